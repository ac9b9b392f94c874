//! The tornado: for each thing that can be changed, where the margin goes; what moves it most on top.

use std::mem::{Discriminant, discriminant};

use eframe::egui::{
    Align, Align2, EventFilter, FontId, Id as EguiId, Key, Layout, Painter, Rect, Response, RichText, Role,
    ScrollArea, Sense, Shape, Stroke, StrokeKind, TextStyle, TextWrapMode, Ui, UiBuilder, WidgetInfo,
    WidgetText, pos2, vec2,
};

use super::State;
use super::memo::Memo;
use crate::analysis::ach::sensitivity::Change;
use crate::analysis::charts::SensitivityChart;
use crate::analysis::charts::sensitivity::{TornadoEnd, TornadoRow};
use crate::analysis::{Measure, Relation};
use crate::model::AnyId;
use crate::ui::ViewContext;
use crate::ui::tokens::{self, Palette, ROW_HEIGHT, bold};
use crate::ui::widgets::marks::{paint_hatch, paint_relation};
use crate::ui::widgets::own_keys::{holds_arrows, pressed, row_by_keys};
use crate::ui::widgets::{explained, quiet};

/// The height of the scale above the rows, in points.
pub(super) const HEADER: f32 = 24.0;
/// The width of a column of numbers, in points.
const NUMBER: f32 = 54.0;
/// The room left and right of everything, in points.
const EDGE: f32 = 8.0;
/// The room beside the bars for what is tried, in points.
const BESIDE: f32 = 52.0;
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
    pub fn new(rect: Rect, name: f32, range: (f64, f64)) -> Self {
        let right = rect.right() - EDGE;
        let left = rect.left() + EDGE;
        let from = left + MARK + name + 8.0 + BESIDE;
        let to = (right - 2.0 * NUMBER - 8.0 - BESIDE).max(from + 40.0);
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
    pub fn width(name: f32, track: f32) -> f32 {
        2.0 * EDGE + MARK + name + 8.0 + 2.0 * BESIDE + track + 8.0 + 2.0 * NUMBER
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

/// Draws the chart in the available room.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    let Some(chart) = memo.chart() else { return };
    let shown = memo.shown();
    if shown.is_empty() {
        let text = if chart.rows.is_empty() {
            "There is nothing to change: no evidence is rated"
        } else {
            "No change of this kind moves the margin"
        };
        ui.add_space(tokens::PADDING);
        ui.horizontal(|ui| {
            ui.add_space(EDGE);
            ui.label(quiet(ui, text));
        });
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let whole = ui.available_rect_before_wrap();
    let name = (whole.width() * 0.34).clamp(120.0, 420.0);
    let columns = Columns::new(whole, name, chart.range);
    let (head, _) = ui.allocate_exact_size(vec2(whole.width(), HEADER), Sense::hover());
    let rows_end = (head.bottom() + shown.len() as f32 * ROW_HEIGHT).min(whole.bottom());
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
        let middle = cursor as f32 * ROW_HEIGHT - (ui.available_height() - ROW_HEIGHT) / 2.0;
        scroll = scroll.vertical_scroll_offset(middle.max(0.0));
    }
    scroll.show_rows(ui, ROW_HEIGHT, shown.len(), |ui, range| {
        for number in range {
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::hover());
            let Some(row) = shown.get(number).and_then(|place| chart.rows.get(*place)) else { continue };
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
            paint_row(ui, rect, &columns, row);
            numbers(ui, cx, rect, &columns, chart, row);
        }
    });
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
    let columns = Columns::new(whole, name, chart.range);
    let (head, _) = ui.allocate_exact_size(vec2(whole.width(), HEADER), Sense::hover());
    header(ui, head, head.bottom() + shown.len() as f32 * ROW_HEIGHT, &columns, chart);
    for row in shown.iter().filter_map(|place| chart.rows.get(*place)) {
        let (rect, _) = ui.allocate_exact_size(vec2(whole.width(), ROW_HEIGHT), Sense::hover());
        paint_row(ui, rect, &columns, row);
        numbers(ui, cx, rect, &columns, chart, row);
    }
}

/// How wide the name of a row is, in points.
pub(super) fn name_width(ui: &Ui, row: &TornadoRow) -> f32 {
    name_galley(ui, row, f32::INFINITY).size().x
}

fn name_galley(ui: &Ui, row: &TornadoRow, room: f32) -> std::sync::Arc<eframe::egui::Galley> {
    let mut job = eframe::egui::text::LayoutJob::default();
    let palette = tokens::palette(ui);
    let format = |text: RichText, job: &mut eframe::egui::text::LayoutJob| {
        text.append_to(job, ui.style(), eframe::egui::FontSelection::Style(TextStyle::Body), Align::Center);
    };
    format(bold(row.what.as_str()).color(palette.text), &mut job);
    if !row.detail.is_empty() {
        format(RichText::new(format!("  {}", row.detail)).color(palette.quiet), &mut job);
    }
    WidgetText::from(job).into_galley(ui, Some(TextWrapMode::Truncate), room, TextStyle::Body)
}

/// The row as a whole: its background, its click, its tooltip, what a screen reader says.
fn interact(ui: &Ui, cx: &ViewContext<'_>, rect: Rect, row: &TornadoRow, number: usize) -> Response {
    let response = ui.interact(rect, ui.scope_id().with(("tornado row", number)), Sense::CLICK);
    let is_selected = cx.is_selected(row.record);
    response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_selected, words(row)));
    let palette = tokens::palette(ui);
    if is_selected {
        ui.painter().rect_filled(rect, 0, palette.selection);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0, palette.hovered);
    }
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
    let (painter, y) = (ui.painter(), rect.center().y);
    let font = FontId::proportional(tokens::SMALL);
    let text = |x: f32, anchor: Align2, text: &str| {
        painter.text(pos2(x, y), anchor, text, font.clone(), palette.quiet)
    };
    text(columns.left + MARK, Align2::LEFT_CENTER, "Change");
    text(columns.right, Align2::RIGHT_CENTER, "Margin after");
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
        painter.extend(Shape::dashed_line(
            &[pos2(x, *lines.start()), pos2(x, rows_end)],
            Stroke::new(1.0, palette.text),
            4.0,
            3.0,
        ));
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
fn paint_row(ui: &Ui, rect: Rect, columns: &Columns, row: &TornadoRow) {
    let palette = tokens::palette(ui);
    let painter = ui.painter();
    if row.changes_leader() {
        let at = pos2(columns.left + MARK / 2.0 - 2.0, rect.center().y);
        paint_relation(painter, at, 4.5, Relation::Contradicts, palette);
    }
    let galley = name_galley(ui, row, columns.name);
    let at = pos2(columns.left + MARK, rect.center().y - galley.size().y / 2.0);
    painter.galley(at, galley, palette.text);
    let Ok(before) = row.before else { return };
    let lanes = row.ends.len().max(1) as f32;
    let height = if row.ends.len() > 1 { 7.0 } else { 10.0 };
    for (number, end) in row.ends.iter().enumerate() {
        let Ok(after) = end.margin else { continue };
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
        if most - least > 0.0 {
            tip(ui, bar(after, after), after < before, end);
        }
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
    let font = FontId::proportional(tokens::SMALL - 1.0);
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
    let stroke = Stroke::new(1.0, palette.text);
    let x = rect.center().x;
    painter.extend(Shape::dashed_line(
        &[pos2(x, rect.top() + 2.0), pos2(x, rect.bottom() - 2.0)],
        stroke,
        4.0,
        3.0,
    ));
}

fn numbers(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    rect: Rect,
    columns: &Columns,
    chart: &SensitivityChart,
    row: &TornadoRow,
) {
    for (number, end) in row.ends.iter().enumerate() {
        let place = if row.ends.len() == 1 { 1 } else { number };
        let cell = columns.number(rect, place).shrink2(vec2(0.0, 2.0));
        let layout = Layout::right_to_left(Align::Center);
        let builder = UiBuilder::new().max_rect(cell).layout(layout).id_salt((&row.what, row.record, number));
        let mut child = ui.new_child(builder);
        let text = margin_text(&end.margin);
        let name = format!("Margin, {} {}: {text}", row.what, end.label);
        let text = RichText::new(text).size(tokens::BODY - 1.0);
        explained(&mut child, cx, text, &name, || chart.explain_change(row, end));
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
