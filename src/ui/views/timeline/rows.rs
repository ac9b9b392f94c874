//! The rows of the timeline: one claim each, painted over the time axis.

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::{
    Align2, FontId, Galley, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};
use egui_plot::PlotTransform;

use super::axis::ends;
use super::hedges;
use crate::analysis::charts::{DaySpan, Fate, TimelineRow};
use crate::analysis::hedges::Retelling;
use crate::model::date::Precision;
use crate::ui::ViewContext;
use crate::ui::tokens::{self, Palette, ROW_HEIGHT};
use crate::ui::widgets::marks::{ClaimMark, paint_warning};
use crate::ui::widgets::{
    NamesApart, claim_sentence, claim_tooltip, galley_apart, line_width, period_warning,
};

/// Where the rows of a frame stand.
pub(super) struct Area<'a> {
    /// From days to points.
    pub transform: &'a PlotTransform,
    /// The left edge of the row labels.
    pub labels_left: f32,
    /// The top of the row that stands first in the list.
    pub top: f32,
    /// The most that the name of a source takes of a row label, in points.
    pub name_room: f32,
    /// What the names of the sources share with one another.
    pub apart: &'a NamesApart,
}

impl Area<'_> {
    fn frame(&self) -> Rect {
        *self.transform.frame()
    }

    fn x(&self, day: f64) -> f32 {
        // Far-off days would overflow the painter; they are out of sight all the same.
        self.transform.position_from_point_x(day).clamp(-1e5, 1e5)
    }

    /// From the first moment to that after the last; an open end reaches the edge of what is in sight.
    fn range(&self, span: DaySpan) -> (f32, f32) {
        let (from, to) = ends(span);
        let frame = self.frame();
        (from.map_or(frame.left(), |day| self.x(day)), to.map_or(frame.right(), |day| self.x(day)))
    }

    /// Where the mark of a row stands; `None` where its date is unknown.
    pub fn stated_at(&self, place: usize, row: &TimelineRow) -> Option<Pos2> {
        let (left, right) = self.range(DaySpan::of_date(row.stated_on?));
        Some(pos2(f32::midpoint(left, right), self.row(place).center().y))
    }

    /// A row on the screen, labels and chart.
    pub fn row(&self, place: usize) -> Rect {
        let top = self.top + place as f32 * ROW_HEIGHT;
        Rect::from_min_max(pos2(self.labels_left, top), pos2(self.frame().right(), top + ROW_HEIGHT))
    }
}

/// Paints the period of the incident as a band over all rows.
pub(super) fn paint_incident(painter: &Painter, area: &Area<'_>, span: DaySpan, palette: &Palette) {
    let (left, right) = area.range(span);
    let band = Rect::from_x_y_ranges(left..=right.max(left + 2.0), area.frame().y_range());
    painter.rect_filled(band, 0, palette.text.gamma_multiply(0.07));
    let edge = Stroke::new(1.0, palette.edge);
    let (from, to) = ends(span);
    if from.is_some() {
        painter.extend(Shape::dashed_line(&[band.left_top(), band.left_bottom()], edge, 2.0, 3.0));
    }
    if to.is_some() {
        painter.extend(Shape::dashed_line(&[band.right_top(), band.right_bottom()], edge, 2.0, 3.0));
    }
}

/// How far what a claim says is indented where its source stands above, in points.
const INDENT: f32 = 16.0;
/// The room between a source and what it says, in points.
const GAP: f32 = 8.0;

/// How much room the labels want, so that none is cut, in points: the name of a source, and all of it.
pub(super) fn label_widths(ui: &Ui, row: &TimelineRow, repeats_source: bool) -> (f32, f32) {
    let font = FontId::proportional(tokens::BODY);
    let width = |text: &str| line_width(ui, text, &font).ceil();
    let name = width(&row.source_name);
    let used = if repeats_source { INDENT } else { name + GAP };
    (name, used + width(&row.says) + 2.0 * GAP)
}

/// Draws a row; whether it was clicked. `lost` says which hedge was lost in it.
pub(super) fn show(
    ui: &Ui,
    cx: &ViewContext<'_>,
    area: &Area<'_>,
    place: usize,
    (row, repeats_source): (&TimelineRow, bool),
    lost: Option<&str>,
) -> bool {
    let palette = tokens::palette(ui);
    let rect = area.row(place);
    let response = ui.interact(rect, ui.scope_id().with(("claim", row.claim)), Sense::CLICK);
    let is_selected = cx.is_selected(row.claim);
    response.widget_info(|| {
        let sentence =
            cx.assessment.get(row.claim).map(|claim| claim_sentence(cx, claim)).unwrap_or_default();
        let stated = row.stated_on.map_or_else(|| "date unknown".to_owned(), |date| date.to_string());
        WidgetInfo::selected(Role::Row, true, is_selected, format!("{stated}: {sentence}"))
    });
    let painter = ui.painter();
    if is_selected {
        painter.rect_filled(rect, 0, palette.selection);
    } else if response.hovered() {
        painter.rect_filled(rect, 0, palette.hovered.gamma_multiply(0.7));
    }
    painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, palette.line.gamma_multiply(0.6)));
    label(ui, rect.with_max_x(area.frame().left()), row, repeats_source, area);
    let chart = painter.with_clip_rect(area.frame().intersect(painter.clip_rect()));
    paint(&chart, cx, area, rect.center().y, (row, lost), palette);
    let clicked = response.clicked();
    response.on_hover_ui_at_pointer(|ui| claim_tooltip(ui, cx, row.claim));
    clicked
}

fn label(ui: &Ui, rect: Rect, row: &TimelineRow, repeats_source: bool, area: &Area<'_>) {
    let palette = tokens::palette(ui);
    let inner = rect.shrink2(vec2(GAP, 0.0));
    let font = FontId::proportional(tokens::BODY);
    let put = |text: &str, left: f32, room: f32, colour| {
        // Both are often told apart by their ends.
        let galley = galley_apart(ui.painter(), (text, area.apart.shared(text)), font.clone(), colour, room);
        let width = galley.size().x;
        ui.painter().galley(pos2(left, inner.center().y - galley.size().y / 2.0), galley, colour);
        width
    };
    let used = if repeats_source {
        INDENT
    } else {
        // A source may have more than its part where what it says is short.
        let says = line_width(ui, &row.says, &font).ceil();
        put(&row.source_name, inner.left(), area.name_room.max(inner.width() - says - GAP), palette.text)
            + GAP
    };
    put(&row.says, inner.left() + used, inner.width() - used, palette.quiet);
}

/// Paints one claim: the period that it covers, when it was stated, what became of it, and what does not fit.
fn paint(
    painter: &Painter,
    cx: &ViewContext<'_>,
    area: &Area<'_>,
    y: f32,
    (row, lost): (&TimelineRow, Option<&str>),
    palette: &Palette,
) {
    let frame = area.frame();
    if let Some(covers) = DaySpan::of_period(row.covers) {
        let (left, right) = area.range(covers);
        paint_covered(painter, covers, left..=right.max(left + 2.0), y, row.is_period_mismatch, palette);
    }
    if let Some(stated) = row.stated_on {
        let (left, right) = area.range(DaySpan::of_date(stated));
        let centre = pos2(f32::midpoint(left, right), y);
        if row.precision().is_some_and(|precision| precision != Precision::Day) && right - left > 12.0 {
            let pill = Rect::from_x_y_ranges(left..=right, y - 9.0..=y + 9.0);
            painter.rect_filled(pill, 9, palette.text.gamma_multiply(0.06));
            painter.rect_stroke(pill, 9, Stroke::new(1.0, palette.edge), StrokeKind::Inside);
        }
        let look = look(cx, row);
        if let Some((end, is_retracted)) = end_of(area, centre.x, row.fate) {
            paint_end(painter, centre, pos2(end, centre.y), is_retracted, palette);
        }
        painter.circle_filled(centre, look.radius(), palette.background);
        if row.fate == Fate::Stands {
            look.paint(painter, centre, palette);
        } else {
            look.paint_in(painter, centre, palette.neutral);
        }
    }
    let around = Surroundings::of(cx, area, row);
    if let Some(note) = Note::of(painter, cx, around, (row, lost), palette) {
        note.paint(painter, y, palette);
    }
    paint_out_of_sight(painter, frame, (around.start, around.reach), y, palette);
}

pub(super) fn look(cx: &ViewContext<'_>, row: &TimelineRow) -> ClaimMark {
    cx.assessment.get(row.claim).map_or(
        ClaimMark { stance: row.stance, confidence: None, is_first_hand: row.is_first_hand },
        |claim| ClaimMark::of(claim, row.is_first_hand),
    )
}

/// Where the marks and the words of some rows stand, which ties keep clear of.
pub(super) fn occupied(
    painter: &Painter,
    cx: &ViewContext<'_>,
    area: &Area<'_>,
    (rows, lost): (&[TimelineRow], &[Retelling]),
    (places, palette): (Range<usize>, &Palette),
) -> Vec<Rect> {
    let mut found = Vec::new();
    for (place, row) in rows.iter().enumerate().take(places.end).skip(places.start) {
        let y = area.row(place).center().y;
        if let Some(at) = area.stated_at(place, row) {
            found.push(Rect::from_center_size(at, Vec2::splat(2.0 * look(cx, row).radius())));
        }
        let lost = hedges::note(lost, row.claim);
        let around = Surroundings::of(cx, area, row);
        let note = Note::of(painter, cx, around, (row, lost.as_deref()), palette);
        found.extend(note.map(|note| note.rect(y)));
    }
    found
}

fn paint_covered(
    painter: &Painter,
    covers: DaySpan,
    range: std::ops::RangeInclusive<f32>,
    y: f32,
    is_mismatch: bool,
    palette: &Palette,
) {
    let colour = if is_mismatch { palette.overlaps } else { palette.refines };
    let (left, right) = (*range.start(), *range.end());
    let bar = Rect::from_x_y_ranges(left..=right, y - 1.5..=y + 1.5);
    painter.rect_filled(bar, 0, colour);
    // An end that is known is marked; an open one runs out of sight.
    for (x, is_known) in [(left, covers.first.is_some()), (right, covers.last.is_some())] {
        if is_known {
            painter.vline(x, y - 4.0..=y + 4.0, Stroke::new(1.5, colour));
        }
    }
}

/// Where the line ends on the screen that says what became of a claim, and whether it was taken back; `None` for one that stands.
fn end_of(area: &Area<'_>, from: f32, fate: Fate) -> Option<(f32, bool)> {
    let (on, is_retracted) = match fate {
        Fate::Stands => return None,
        Fate::Retracted { on } => (on, true),
        Fate::Superseded { on, .. } => (on, false),
    };
    let end = on.map_or(from + 26.0, |date| {
        let (left, right) = area.range(DaySpan::of_date(date));
        f32::midpoint(left, right).max(from + 26.0)
    });
    Some((end, is_retracted))
}

/// A dashed line to a cross, where a claim was taken back, or to an arrowhead, where something newer took its place.
pub(super) fn paint_end(painter: &Painter, from: Pos2, tip: Pos2, is_retracted: bool, palette: &Palette) {
    let stroke = Stroke::new(1.5, palette.neutral);
    painter.extend(Shape::dashed_line(&[from, tip], stroke, 3.0, 2.0));
    if is_retracted {
        painter.line_segment([tip + vec2(-4.0, -4.0), tip + vec2(4.0, 4.0)], stroke);
        painter.line_segment([tip + vec2(4.0, -4.0), tip + vec2(-4.0, 4.0)], stroke);
    } else {
        painter.line_segment([tip + vec2(-5.0, -4.0), tip], stroke);
        painter.line_segment([tip + vec2(-5.0, 4.0), tip], stroke);
    }
}

/// What words in a row have to keep clear of, in points.
#[derive(Clone, Copy)]
struct Surroundings {
    /// What is in sight.
    frame: Rect,
    /// The left edge of everything painted.
    start: f32,
    /// The right edge of everything painted.
    reach: f32,
    /// The bar of the covered period.
    covered: Option<(f32, f32)>,
}

impl Surroundings {
    /// Those of a row: what it covers, its mark, and what became of it.
    fn of(cx: &ViewContext<'_>, area: &Area<'_>, row: &TimelineRow) -> Self {
        let frame = area.frame();
        let (mut start, mut reach) = (frame.right(), frame.left());
        let covered = DaySpan::of_period(row.covers).map(|covers| area.range(covers));
        if let Some((left, right)) = covered {
            (start, reach) = (start.min(left), reach.max(right));
        }
        if let Some(stated) = row.stated_on {
            let (left, right) = area.range(DaySpan::of_date(stated));
            let centre = f32::midpoint(left, right);
            let end = end_of(area, centre, row.fate).map_or(centre, |(end, _)| end + 5.0);
            (start, reach) =
                (start.min(left), reach.max(right.max(end).max(centre + look(cx, row).radius())));
        }
        Self { frame, start, reach, covered }
    }

    /// Where words of that width stand best: in the middle of the bar that they speak of, as on a dimension line, else at the right
    /// or left of everything; `None` where they would cover what they speak of.
    fn place_for(self, width: f32) -> Option<f32> {
        let Self { frame, start, reach, covered } = self;
        if let Some((left, right)) = covered {
            let (left, right) = (left.max(frame.left()), right.min(frame.right()));
            if right - left >= width + 48.0 {
                return Some(f32::midpoint(left, right) - width / 2.0);
            }
        }
        let (after, before) = (reach.max(frame.left()) + 10.0, start.min(frame.right()) - 10.0 - width);
        if after + width <= frame.right() { Some(after) } else { (before >= frame.left()).then_some(before) }
    }
}

/// The width of a warning sign, in points, and of the gap between it and words.
const SIGN: f32 = 12.0;
const SIGN_GAP: f32 = 6.0;

/// Words beside the marks of a row, or the sign alone where these have no room: the tooltip of the row has them.
struct Note {
    left: f32,
    width: f32,
    is_warning: bool,
    words: Option<Arc<Galley>>,
}

impl Note {
    /// What there is to say of a row; `None` where there is nothing, or no room.
    fn of(
        painter: &Painter,
        cx: &ViewContext<'_>,
        around: Surroundings,
        (row, lost): (&TimelineRow, Option<&str>),
        palette: &Palette,
    ) -> Option<Self> {
        let mismatch = row.is_period_mismatch.then(|| cx.assessment.get(row.claim)).flatten();
        let undated = row.stated_on.is_none().then(|| "Date unknown".to_owned());
        let notes =
            [mismatch.map(|claim| period_warning(cx.assessment, claim)), lost.map(str::to_owned), undated];
        let notes: Vec<String> = notes.into_iter().flatten().collect();
        if notes.is_empty() {
            return None;
        }
        let is_warning = row.is_period_mismatch || lost.is_some();
        let colour = if is_warning { palette.text } else { palette.quiet };
        let galley = painter.layout_no_wrap(notes.join(" · "), FontId::proportional(tokens::SMALL), colour);
        let width = galley.size().x + if is_warning { SIGN + SIGN_GAP } else { 0.0 };
        if let Some(left) = around.place_for(width) {
            return Some(Self { left, width, is_warning, words: Some(galley) });
        }
        let alone = || around.place_for(SIGN).unwrap_or(around.frame.left() + 12.0);
        is_warning.then(|| Self { left: alone(), width: SIGN, is_warning, words: None })
    }

    fn rect(&self, y: f32) -> Rect {
        Rect::from_x_y_ranges(self.left - 4.0..=self.left + self.width + 4.0, y - 8.0..=y + 8.0)
    }

    fn paint(self, painter: &Painter, y: f32, palette: &Palette) {
        painter.rect_filled(self.rect(y), tokens::RADIUS, palette.background);
        let mut at = self.left;
        if self.is_warning {
            paint_warning(painter, pos2(at + SIGN / 2.0, y), 5.5, palette);
            at += SIGN + SIGN_GAP;
        }
        if let Some(words) = self.words {
            painter.galley(pos2(at, y - words.size().y / 2.0), words, palette.text);
        }
    }
}

/// A small arrow at the edge where everything of a claim lies beyond it.
fn paint_out_of_sight(painter: &Painter, frame: Rect, (start, reach): (f32, f32), y: f32, palette: &Palette) {
    let (text, at, anchor) = if reach < frame.left() {
        ("‹", frame.left() + 3.0, Align2::LEFT_CENTER)
    } else if start > frame.right() {
        ("›", frame.right() - 3.0, Align2::RIGHT_CENTER)
    } else {
        return;
    };
    painter.text(pos2(at, y), anchor, text, FontId::proportional(tokens::BODY), palette.quiet);
}
