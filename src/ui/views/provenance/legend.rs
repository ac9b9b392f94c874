//! What the marks of the graph mean.

use eframe::egui::{Shape, Stroke, StrokeKind, Ui, pos2, vec2};

use super::paint::{arrowhead, mark_of};
use crate::analysis::charts::Provenance;
use crate::analysis::charts::provenance::{CardKind, EdgeKind};
use crate::ui::tokens;
use crate::ui::widgets::legend::{MarksInUse, entry, line};
use crate::ui::widgets::marks::paint_warning;

/// Which marks are in use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct InUse {
    marks: MarksInUse,
    repeats: bool,
    relays: bool,
    related: bool,
    folded: bool,
    circles: bool,
}

impl InUse {
    /// Those of a chart.
    pub fn of(chart: &Provenance) -> Self {
        let rows = chart.cards.iter().flat_map(|card| &card.rows);
        let has = |kind| chart.edges.iter().any(|edge| edge.kind == kind);
        Self {
            marks: MarksInUse::of(rows.map(mark_of)),
            repeats: has(EdgeKind::Repeats),
            relays: has(EdgeKind::Relays),
            related: chart.related > 0,
            folded: chart.cards.iter().any(|card| matches!(card.kind, CardKind::Folded { .. })),
            circles: !chart.circles.is_empty(),
        }
    }
}

/// Draws the legend in one or, where that is too narrow, several rows.
pub(super) fn show(ui: &mut Ui, in_use: &InUse) {
    line(ui, |ui| {
        in_use.marks.show(ui);
        if in_use.repeats {
            entry(ui, 30.0, "Repeated by", |painter, rect, palette| {
                let (from, to) = (rect.left_center(), rect.right_center() - vec2(2.0, 0.0));
                painter.line_segment([from, to], Stroke::new(1.2, palette.edge));
                arrowhead(painter, from, to, 6.0, palette.edge);
            });
        }
        if in_use.relays {
            entry(ui, 30.0, "Relayed by", |painter, rect, palette| {
                let (from, to) = (rect.left_center(), rect.right_center() - vec2(2.0, 0.0));
                painter.extend(Shape::dashed_line(&[from, to], Stroke::new(1.2, palette.edge), 5.0, 3.0));
                arrowhead(painter, from, to, 6.0, palette.edge);
            });
        }
        if in_use.related {
            entry(ui, 26.0, "Related", |painter, rect, palette| {
                let family = rect.shrink2(vec2(0.0, 3.0));
                painter.rect_filled(family, tokens::RADIUS, palette.panel);
                painter.rect_stroke(
                    family,
                    tokens::RADIUS,
                    Stroke::new(1.0, palette.edge),
                    StrokeKind::Inside,
                );
            });
        }
        if in_use.folded {
            entry(ui, 22.0, "Repeats folded away, click to unfold", |painter, rect, palette| {
                for step in [4.0, 0.0] {
                    let card = rect.shrink2(vec2(2.0, 6.0)).translate(vec2(step - 2.0, step - 2.0));
                    painter.rect_filled(card, 2, palette.raised);
                    painter.rect_stroke(card, 2, Stroke::new(1.0, palette.edge), StrokeKind::Inside);
                }
            });
        }
        if in_use.circles {
            entry(ui, 14.0, "Circular reporting", |painter, rect, palette| {
                paint_warning(painter, pos2(rect.center().x, rect.center().y), 5.0, palette);
            });
        }
    });
}
