//! The tornado: for each thing that can be changed, where the margin goes; what moves it most on top.

use std::mem::{Discriminant, discriminant};

use eframe::egui::{
    Align2, EventFilter, FontId, Id as EguiId, Key, Painter, Rect, Response, Role, ScrollArea, Sense, Shape,
    Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::State;
use super::memo::Memo;
use crate::analysis::ach::sensitivity::Change;
use crate::analysis::charts::SensitivityChart;
use crate::analysis::charts::sensitivity::{TornadoEnd, TornadoRow};
use crate::analysis::{Measure, Relation};
use crate::model::AnyId;
use crate::ui::tokens::{self, Icon, Palette, ROW_HEIGHT, bold};
use crate::ui::views::ViewKind;
use crate::ui::widgets::chart_parts::{self, height_around, name_galley, name_lines, number};
use crate::ui::widgets::marks::{paint_hatch, paint_relation};
use crate::ui::widgets::own_keys::{holds_arrows, pressed, row_by_keys};
use crate::ui::widgets::rows::Rows;
use crate::ui::widgets::{empty_state, quiet};
use crate::ui::{Action, ViewContext};

/// The height of the two lines above the rows, in points.
pub(super) const HEADER: f32 = 36.0;
/// The width of a column of numbers, in points.
const NUMBER: f32 = 54.0;
/// The room left and right of everything, in points.
const EDGE: f32 = 8.0;
/// The room beside the bars for what is tried, in points.
const BESIDE: f32 = 52.0;
/// The same where there is nothing to say of any bar.
const NOTHING_BESIDE: f32 = 8.0;
/// The width of the bars while names have lines to spare, as a share of the chart.
const BROAD_TRACK: f32 = 0.28;
/// The least width of the bars while names are cut, in points.
const LEAST_TRACK: f32 = 190.0;
/// The room for the mark of what changes the leader, in points.
const MARK: f32 = 16.0;

/// Where the columns stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    left: f32,
    name: f32,
    track: (f32, f32),
    right: f32,
    /// The margins at the ends of the track.
    range: (f64, f64),
}

impl Columns {
    /// Those of a chart from a left edge on, with so much room for the names.
    pub fn new(rect: Rect, name: f32, chart: &SensitivityChart) -> Self {
        let (range, beside) = (chart.range, beside(chart));
        let right = rect.right() - EDGE;
        let left = rect.left() + EDGE;
        let from = left + MARK + name + 8.0 + beside;
        let to = (right - 2.0 * NUMBER - 8.0 - beside).max(from + 40.0);
        let room = (range.1 - range.0).max(1e-6) * 0.03;
        Self { left, name, track: (from, to), right, range: (range.0 - room, range.1 + room) }
    }

    fn place(&self, margin: f64) -> f32 {
        let share = (margin - self.range.0) / (self.range.1 - self.range.0);
        self.track.0 + (self.track.1 - self.track.0) * share.clamp(0.0, 1.0) as f32
    }

    /// The cell of a number: 0 for the first way, 1 for the second.
    fn number(&self, row: Rect, place: usize) -> Rect {
        let right = self.right - (1 - place.min(1)) as f32 * NUMBER;
        Rect::from_x_y_ranges(right - NUMBER..=right, row.y_range())
    }

    /// How wide a chart is with so much room for the names, in points.
    pub fn width(name: f32, track: f32, chart: &SensitivityChart) -> f32 {
        2.0 * EDGE + MARK + name + 8.0 + 2.0 * beside(chart) + track + 8.0 + 2.0 * NUMBER
    }
}

/// What a row is known by, wherever it stands: the record that is changed, and what of it.
pub(super) type RowName = (AnyId, Option<Discriminant<Change>>);

fn name_of(row: &TornadoRow) -> RowName {
    (row.record, row.ends.first().map(|end| discriminant(&end.change)))
}

/// Where the row under the keyboard stands among those shown; `None` where it is not shown any more.
fn place_of(chart: &SensitivityChart, shown: &[usize], cursor: Option<RowName>) -> Option<usize> {
    let Some(cursor) = cursor else { return (!shown.is_empty()).then_some(0) };
    let is_it = |place: &usize| chart.rows.get(*place).is_some_and(|row| name_of(row) == cursor);
    shown.iter().position(is_it)
}

/// The room beside the bars, in points.
fn beside(chart: &SensitivityChart) -> f32 {
    let says = |row: &TornadoRow| row.ends.iter().any(|end| !end.short.is_empty());
    if chart.rows.iter().any(says) { BESIDE } else { NOTHING_BESIDE }
}

/// Draws the chart in the available room.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &mut Memo, state: &mut State) {
    let Some(chart) = memo.chart() else { return };
    if memo.shown().is_empty() {
        nothing_moves(ui, cx, chart, state);
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let room = ui.available_size_before_wrap() - vec2(0.0, HEADER);
    let laid = Laid::within(ui, memo, room);
    rows(ui, cx, memo, &laid, state);
    memo.laid = Some(laid);
}

/// How the rows stand in a room.
#[derive(Clone, Debug)]
pub(super) struct Laid {
    /// The room and the sharpness of the screen that it was made for.
    of: (Vec2, f32),
    /// The room for the names, in points.
    name: f32,
    rows: Rows,
}

impl Laid {
    /// The rows within a room; those before where nothing has changed.
    fn within(ui: &Ui, memo: &mut Memo, room: Vec2) -> Self {
        let of = (room, ui.pixels_per_point());
        if let Some(laid) = memo.laid.take().filter(|laid| laid.of == of) {
            return laid;
        }
        let shown = memo.shown();
        let Some(chart) = memo.chart() else {
            return Self { of, name: 0.0, rows: Rows::plain(0, ROW_HEIGHT) };
        };
        let names = [(BROAD_TRACK * room.x).max(LEAST_TRACK), LEAST_TRACK].map(|track| {
            let most = (room.x - Columns::width(0.0, track, chart)).max(120.0);
            memo.name_width(ui).min(most)
        });
        let (name, rows) = Rows::first_whole(names, |name| {
            Rows::fitted(shown.len(), ROW_HEIGHT, room.y, |place, lines| {
                let row = shown.get(place).and_then(|place| chart.rows.get(*place));
                let galley = |row: &TornadoRow| name_lines(ui, &row.what, &row.detail, name, lines);
                row.map_or(ROW_HEIGHT, |row| height_around(&galley(row)))
            })
        });
        Self { of, name, rows }
    }
}

/// The heads and the rows, which are scrolled where they are not all in sight.
fn rows(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, laid: &Laid, state: &mut State) {
    let Some(chart) = memo.chart() else { return };
    let (whole, shown) = (ui.available_rect_before_wrap(), memo.shown());
    let columns = Columns::new(whole, laid.name, chart);
    let (head, _) = ui.allocate_exact_size(vec2(whole.width(), HEADER), Sense::hover());
    let rows_end = (head.bottom() + laid.rows.height()).min(whole.bottom());
    header(ui, head, rows_end, &columns, chart);

    let id = ui.make_persistent_id("tornado rows");
    let is_moved = take_keys(ui, cx, chart, shown, state, id);
    let cursor = place_of(chart, shown, state.cursor);
    let focus = ui.interact(ui.available_rect_before_wrap(), id, Sense::FOCUSABLE);
    let current = cursor.and_then(|cursor| chart.rows.get(*shown.get(cursor)?)).map(words);
    focus.widget_info(|| WidgetInfo {
        current_text_value: current.clone(),
        ..WidgetInfo::labeled(Role::Grid, true, "What moves the margin")
    });
    let mut scroll = ScrollArea::vertical().id_salt("tornado").auto_shrink(false);
    if is_moved && let Some(cursor) = cursor {
        scroll = scroll.vertical_scroll_offset(laid.rows.offset_of(cursor, ui.available_height()));
    }
    laid.rows.show(ui, scroll, |ui, number, rect| {
        let Some(row) = shown.get(number).and_then(|place| chart.rows.get(*place)) else { return };
        let response = interact(ui, cx, rect, row, number);
        if Some(number) == cursor && focus.has_focus() {
            let stroke = Stroke::new(1.0, tokens::palette(ui).accent);
            ui.painter().rect_stroke(rect.shrink(0.5), 0, stroke, StrokeKind::Inside);
        }
        if response.clicked() {
            state.cursor = Some(name_of(row));
            ui.memory_mut(|memory| memory.request_focus(id));
            cx.select(row.record);
        }
        paint_row(ui, rect, (&columns, laid.rows.lines()), row);
        numbers(ui, cx, rect, &columns, chart, row);
    });
}

/// Says why there are no bars, and what to do about it.
fn nothing_moves(ui: &mut Ui, cx: &ViewContext<'_>, chart: &SensitivityChart, state: &State) {
    let subject = chart.subject().map_or("the leader", |column| column.name.as_str());
    let is_all = state.filter == super::Filter::default();
    let (title, detail) = if chart.rows.is_empty() {
        ("Nothing to change".to_owned(), "No evidence is rated, and nothing can be left out.".to_owned())
    } else if is_all {
        (
            format!("Nothing moves the margin of {subject}"),
            format!(
                "Whatever is left out or graded otherwise takes the same from {subject} and from the best of the others, or \
                 nothing from either. Only other ratings, or more evidence, can part them."
            ),
        )
    } else {
        (
            format!("No such change moves the margin of {subject}"),
            "Changes of other kinds may: choose “All changes” above. What moves nothing stands in the table."
                .to_owned(),
        )
    };
    let steps = [Action::Show(ViewKind::Matrix)];
    empty_state(ui, cx, Icon::Activity, &title, &detail, &steps);
}

/// Draws all rows one below the other, as in a figure.
pub(super) fn draw_all(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    chart: &SensitivityChart,
    shown: &[usize],
    name: f32,
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let whole = ui.max_rect();
    let columns = Columns::new(whole, name, chart);
    let (head, _) = ui.allocate_exact_size(vec2(whole.width(), HEADER), Sense::hover());
    header(ui, head, head.bottom() + shown.len() as f32 * ROW_HEIGHT, &columns, chart);
    for row in shown.iter().filter_map(|place| chart.rows.get(*place)) {
        let (rect, _) = ui.allocate_exact_size(vec2(whole.width(), ROW_HEIGHT), Sense::hover());
        paint_row(ui, rect, (&columns, 1), row);
        numbers(ui, cx, rect, &columns, chart, row);
    }
}

/// How wide the name of a row is, in points.
pub(super) fn name_width(ui: &Ui, row: &TornadoRow) -> f32 {
    name_galley(ui, &row.what, &row.detail, f32::INFINITY).size().x
}

/// The row as a whole: its background, its click, its tooltip, what a screen reader says.
fn interact(ui: &Ui, cx: &ViewContext<'_>, rect: Rect, row: &TornadoRow, number: usize) -> Response {
    let response =
        chart_parts::row(ui, rect, ("tornado row", number), cx.is_selected(row.record), &words(row));
    response.on_hover_ui_at_pointer(|ui| {
        ui.set_max_width(380.0);
        ui.label(bold(row.what.as_str()));
        if !row.detail.is_empty() {
            ui.label(row.detail.as_str());
        }
        for end in &row.ends {
            ui.label(quiet(ui, format!("{}: {}", end.label, end.outcome)));
        }
    })
}

/// What a row says, in words.
fn words(row: &TornadoRow) -> String {
    let ends: Vec<String> = row.ends.iter().map(|end| format!("{}, {}", end.label, end.outcome)).collect();
    format!("{}: {}", row.what, ends.join("; "))
}

fn header(ui: &Ui, rect: Rect, rows_end: f32, columns: &Columns, chart: &SensitivityChart) {
    let palette = tokens::palette(ui);
    let (painter, above, y) = (ui.painter(), rect.top() + 9.0, rect.bottom() - 11.0);
    let font = FontId::proportional(tokens::SMALL);
    let text = |x: f32, y: f32, anchor: Align2, text: &str| {
        painter.text(pos2(x, y), anchor, text, font.clone(), palette.quiet)
    };
    text(columns.left + MARK, y, Align2::LEFT_CENTER, "Change");
    text(columns.right, above, Align2::RIGHT_CENTER, "Margin after");
    text(columns.number(rect, 0).right(), y, Align2::RIGHT_CENTER, "least");
    text(columns.number(rect, 1).right(), y, Align2::RIGHT_CENTER, "most");
    let lines = rect.bottom()..=rows_end;
    let mut taken: Vec<Rect> = Vec::new();
    let mut label = |x: f32, label: &str| {
        let galley = painter.layout_no_wrap(label.to_owned(), font.clone(), palette.quiet);
        let place = Align2::CENTER_CENTER.anchor_size(pos2(x, y), galley.size());
        if taken.iter().any(|other| other.expand(4.0).intersects(place)) {
            return;
        }
        taken.push(place);
        painter.galley(place.min, galley, palette.quiet);
    };
    label(columns.place(0.0), "level");
    for value in ticks(columns.range) {
        let x = columns.place(value);
        if value != 0.0 {
            painter.vline(x, lines.clone(), Stroke::new(1.0, palette.line));
            label(x, &signed(value, ticks_digits(columns.range)));
        }
    }
    painter.vline(columns.place(0.0), lines.clone(), Stroke::new(1.5, palette.edge));
    if let Some(Ok(margin)) = chart.subject().map(|subject| &subject.margin) {
        let x = columns.place(*margin);
        painter.vline(x, lines, Stroke::new(1.0, palette.text));
        let bottom = rect.bottom();
        let points = vec![pos2(x, bottom), pos2(x - 4.0, bottom - 5.0), pos2(x + 4.0, bottom - 5.0)];
        painter.add(Shape::convex_polygon(points, palette.text, Stroke::NONE));
    }
    painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, palette.line));
}

/// Round numbers on a scale, about five of them, 0 among them.
fn ticks((from, to): (f64, f64)) -> Vec<f64> {
    let step = tick_step(from, to);
    let (first, last) = ((from / step).ceil() as i64, (to / step).floor() as i64);
    (first..=last.min(first + 20)).map(|number| number as f64 * step).collect()
}

fn tick_step(from: f64, to: f64) -> f64 {
    let raw = ((to - from) / 5.0).max(1e-6);
    let power = 10.0_f64.powf(raw.log10().floor());
    match raw / power {
        share if share <= 1.0 => power,
        share if share <= 2.0 => 2.0 * power,
        share if share <= 5.0 => 5.0 * power,
        _ => 10.0 * power,
    }
}

/// How many digits after the point the numbers of a scale need.
fn ticks_digits((from, to): (f64, f64)) -> usize {
    let step = tick_step(from, to);
    if step >= 1.0 { 0 } else { (-step.log10().floor()).clamp(1.0, 6.0) as usize }
}

fn signed(value: f64, digits: usize) -> String {
    let text = format!("{value:.digits$}");
    let is_nothing = text.chars().all(|letter| matches!(letter, '-' | '0' | '.'));
    if is_nothing { text.replace('-', "") } else { text.replace('-', "\u{2212}") }
}

/// Mark, name and bars of a row.
fn paint_row(ui: &Ui, rect: Rect, (columns, lines): (&Columns, usize), row: &TornadoRow) {
    let palette = tokens::palette(ui);
    let painter = ui.painter();
    if row.changes_leader() {
        let at = pos2(columns.left + MARK / 2.0 - 2.0, rect.center().y);
        paint_relation(painter, at, 4.5, Relation::Contradicts, palette);
    }
    let galley = name_lines(ui, &row.what, &row.detail, columns.name, lines);
    let at = pos2(columns.left + MARK, rect.center().y - galley.size().y / 2.0);
    painter.galley(at, galley, palette.text);
    let Ok(before) = row.before else { return };
    // What moves nothing has no bar, and the other one the middle.
    let moving: Vec<(&TornadoEnd, f64)> = row
        .ends
        .iter()
        .filter_map(|end| Some((end, *end.margin.as_ref().ok()?)))
        .filter(|(_, after)| *after != before)
        .collect();
    let lanes = moving.len().max(1) as f32;
    let height = if moving.len() > 1 { 7.0 } else { 10.0 };
    for (number, (end, after)) in moving.into_iter().enumerate() {
        let y = rect.center().y + (number as f32 - (lanes - 1.0) / 2.0) * (height + 2.0);
        let bar = |from: f64, to: f64| {
            let (from, to) = (columns.place(from.min(to)), columns.place(from.max(to)));
            Rect::from_x_y_ranges(from..=to, y - height / 2.0..=y + height / 2.0)
        };
        let (least, most) = (before.min(after), before.max(after));
        if most > 0.0 {
            paint_part(painter, bar(least.max(0.0), most), true, palette);
        }
        if least < 0.0 {
            paint_part(painter, bar(least, most.min(0.0)), false, palette);
        }
        tip(ui, bar(after, after), after < before, end);
    }
    let x = columns.place(before);
    painter.vline(x, rect.y_range(), Stroke::new(1.0, palette.text));
}

/// What is tried, beside the end of its bar.
fn tip(ui: &Ui, at: Rect, is_left: bool, end: &TornadoEnd) {
    let palette = tokens::palette(ui);
    if end.short.is_empty() {
        return;
    }
    let (x, anchor) = if is_left {
        (at.left() - 4.0, Align2::RIGHT_CENTER)
    } else {
        (at.right() + 4.0, Align2::LEFT_CENTER)
    };
    let font = FontId::proportional(tokens::TINY);
    ui.painter().text(pos2(x, at.center().y), anchor, &end.short, font, palette.quiet);
}

/// Paints a part of a bar: solid where the hypothesis still leads, hatched where another one is ahead of it.
pub(super) fn paint_part(painter: &Painter, rect: Rect, leads: bool, palette: &Palette) {
    if rect.width() < 0.5 {
        return;
    }
    if leads {
        painter.rect_filled(rect, 0, palette.belief);
    } else {
        painter.rect_filled(rect, 0, palette.raised);
        paint_hatch(painter, rect, 4.0, Stroke::new(1.0, palette.contradicts));
        painter.rect_stroke(rect, 0, Stroke::new(1.0, palette.contradicts), StrokeKind::Inside);
    }
}

/// Paints the mark of the margin today.
pub(super) fn paint_now(painter: &Painter, rect: Rect, palette: &Palette) {
    let (x, top) = (rect.center().x, rect.top() + 2.0);
    painter.vline(x, top..=rect.bottom() - 2.0, Stroke::new(1.0, palette.text));
    let points = vec![pos2(x, top + 5.0), pos2(x - 4.0, top), pos2(x + 4.0, top)];
    painter.add(Shape::convex_polygon(points, palette.text, Stroke::NONE));
}

fn numbers(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    rect: Rect,
    columns: &Columns,
    chart: &SensitivityChart,
    row: &TornadoRow,
) {
    for (place, end) in ends_by_column(row) {
        let cell = columns.number(rect, place).shrink2(vec2(0.0, 2.0));
        let text = margin_text(&end.margin);
        let name = format!("Margin, {} {}: {text}", row.what, end.label);
        number(ui, cx, cell, (&row.what, row.record, &end.label), &text, &name, || {
            chart.explain_change(row, end)
        });
    }
}

/// The results of a row by their columns: 0 for the least margin, 1 for the greatest. What moves nothing is no result; an only
/// one stands where it belongs beside the margin of today.
fn ends_by_column(row: &TornadoRow) -> Vec<(usize, &TornadoEnd)> {
    let moving: Vec<&TornadoEnd> = row.ends.iter().filter(|end| row.is_moved_by(end)).collect();
    match moving.as_slice() {
        [only] => {
            let is_more = matches!((&only.margin, &row.before), (Ok(after), Ok(before)) if after > before);
            vec![(usize::from(is_more), *only)]
        }
        // The least stands first among them.
        several => several.iter().enumerate().map(|(place, end)| (place.min(1), *end)).collect(),
    }
}

fn margin_text(margin: &Measure) -> String {
    margin.as_ref().map_or_else(|_| "–".to_owned(), |margin| signed(*margin, 2))
}

/// Moves the cursor through the rows by keys; whether it moved.
fn take_keys(
    ui: &Ui,
    cx: &ViewContext<'_>,
    chart: &SensitivityChart,
    shown: &[usize],
    state: &mut State,
    id: EguiId,
) -> bool {
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    if !holds_arrows(ui, id, filter) {
        return false;
    }
    let row = |place: usize| chart.rows.get(*shown.get(place)?);
    let moved = row_by_keys(ui, place_of(chart, shown, state.cursor), shown.len());
    if let Some(row) = moved.and_then(row) {
        state.cursor = Some(name_of(row));
    }
    if pressed(ui, Key::Enter)
        && let Some(row) = place_of(chart, shown, state.cursor).and_then(row)
    {
        cx.select(row.record);
    }
    moved.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_have_round_numbers() {
        let check = |range: (f64, f64), expect: &[f64], digits: usize| {
            let found = ticks(range);
            assert_eq!(found.len(), expect.len(), "{found:?}");
            assert!(found.iter().zip(expect).all(|(a, b)| (a - b).abs() < 1e-9), "{found:?}");
            assert_eq!(ticks_digits(range), digits);
        };
        check((-1.2, 2.3), &[-1.0, 0.0, 1.0, 2.0], 0);
        check((0.0, 0.5), &[0.0, 0.1, 0.2, 0.3, 0.4, 0.5], 1);
        check((-3.0, 12.0), &[0.0, 5.0, 10.0], 0);
    }

    #[test]
    fn what_rounds_to_nothing_has_no_sign() {
        assert_eq!(signed(-0.001, 2), "0.00");
        assert_eq!(signed(-1.5, 2), "\u{2212}1.50");
    }
}
