//! What the marks of the timeline mean.

use eframe::egui::{Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use super::hedges::paint_tie;
use super::rows::{look, paint_end};
use crate::analysis::charts::{Fate, Timeline};
use crate::model::date::Precision;
use crate::ui::ViewContext;
use crate::ui::widgets::legend::{MarksInUse, entry, line, other_period};

/// Which marks are in use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct InUse {
    marks: MarksInUse,
    imprecise: bool,
    covers: bool,
    retracted: bool,
    superseded: bool,
    mismatch: bool,
}

impl InUse {
    /// Those of a chart.
    pub fn of(cx: &ViewContext<'_>, chart: &Timeline) -> Self {
        let marks = MarksInUse::of(chart.rows.iter().map(|row| look(cx, row)));
        let mut found = Self { marks, ..Self::default() };
        for row in &chart.rows {
            found.imprecise |= row.precision().is_some_and(|precision| precision != Precision::Day);
            found.covers |= !row.covers.is_unknown();
            found.retracted |= matches!(row.fate, Fate::Retracted { .. });
            found.superseded |= matches!(row.fate, Fate::Superseded { .. });
            found.mismatch |= row.is_period_mismatch;
        }
        found
    }
}

/// Draws the legend in one or, where that is too narrow, several rows.
pub(super) fn show(ui: &mut Ui, in_use: &InUse, has_lost_hedge: bool, shows_belief: bool) {
    line(ui, |ui| {
        in_use.marks.show(ui);
        if in_use.imprecise {
            entry(ui, 34.0, "Some day within", |painter, rect, palette| {
                let pill = Rect::from_center_size(rect.center(), vec2(32.0, 14.0));
                painter.rect_stroke(pill, 7, Stroke::new(1.0, palette.edge), StrokeKind::Inside);
            });
        }
        if in_use.covers {
            entry(ui, 34.0, "Period that it covers", |painter, rect, palette| {
                let (left, right, y) = (rect.left() + 2.0, rect.right() - 2.0, rect.center().y);
                painter.hline(left..=right, y, Stroke::new(3.0, palette.refines));
                for x in [left, right] {
                    painter.vline(x, y - 4.0..=y + 4.0, Stroke::new(1.5, palette.refines));
                }
            });
        }
        let ends = [
            (in_use.retracted, true, "Taken back"),
            (in_use.superseded, false, "Superseded by a newer claim"),
        ];
        for (_, is_retracted, label) in ends.into_iter().filter(|(is_used, _, _)| *is_used) {
            entry(ui, 34.0, label, |painter, rect, palette| {
                let tip = pos2(rect.right() - 6.0, rect.center().y);
                paint_end(painter, rect.left_center(), tip, is_retracted, palette);
            });
        }
        if has_lost_hedge {
            entry(ui, 34.0, "Hedge lost when repeated", |painter, rect, palette| {
                let way = [rect.left_center() - vec2(8.0, 0.0), rect.right_center() + vec2(2.0, 0.0)];
                paint_tie(painter, &way, palette);
            });
        }
        if shows_belief {
            entry(ui, 12.0, "Claims come in", |painter, rect, palette| {
                painter.circle_filled(rect.center(), 3.0, palette.quiet);
            });
            entry(ui, 34.0, "From belief to plausibility of the actor picked", |painter, rect, palette| {
                let band = Rect::from_center_size(rect.center(), vec2(32.0, 12.0));
                painter.rect_filled(band, 0, palette.belief.gamma_multiply(super::belief::BAND));
                for y in [band.top(), band.bottom()] {
                    painter.hline(band.x_range(), y, Stroke::new(1.0, palette.edge));
                }
                painter.hline(band.x_range(), band.center().y, Stroke::new(2.0, palette.text));
            });
        }
        if in_use.mismatch {
            other_period(ui);
        }
    });
}
