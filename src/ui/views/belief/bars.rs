//! Belief to plausibility for every actor, along the hierarchy: one row an actor, only those in sight drawn.

use eframe::egui::{
    self, Align2, EventFilter, FontId, Id as EguiId, Key, Painter, Rect, Response, RichText, Role,
    ScrollArea, Sense, Stroke, StrokeKind, TextStyle, TextWrapMode, Ui, Vec2, WidgetInfo, WidgetText, pos2,
    vec2,
};

use super::memo::Memo;
use super::{State, paint};
use crate::analysis::charts::{BeliefChart, BeliefRow, BeliefSpan};
use crate::analysis::fusion::Number;
use crate::analysis::percent::percent;
use crate::ui::ViewContext;
use crate::ui::tokens::{self, ROW_HEIGHT};
use crate::ui::widgets::own_keys::{holds_arrows, pressed, row_by_keys};
use crate::ui::widgets::{belief_bar, chart_parts};

/// The height of the scale above the rows, in points.
const HEADER: f32 = 22.0;
/// The width of a column of numbers, in points.
const NUMBER: f32 = 66.0;
/// How much each level is set in, in points.
const INDENT: f32 = 14.0;
/// The room left and right of everything, in points.
const EDGE: f32 = 8.0;
/// The least width of the bars while names are cut, in points.
const LEAST_TRACK: f32 = 180.0;
/// The width of the bars in a figure, in points.
const FIGURE_BAR: f32 = 420.0;

/// Where the columns stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    left: f32,
    bar: (f32, f32),
    right: f32,
}

impl Columns {
    /// Those of a chart as wide as `rect` whose longest name needs so much room, in points.
    pub fn within(rect: Rect, longest: f32) -> Self {
        Self::with_names(rect, room_for_names(rect.width(), longest))
    }

    /// Those of a chart as wide as `rect` whose names take so much room, in points.
    fn with_names(rect: Rect, name: f32) -> Self {
        let right = rect.right() - EDGE;
        let numbers = right - 3.0 * NUMBER;
        let bar_left = rect.left() + EDGE + name + 12.0;
        Self { left: rect.left() + EDGE, bar: (bar_left, (numbers - 8.0).max(bar_left + 40.0)), right }
    }

    fn track(&self, row: Rect) -> Rect {
        Rect::from_x_y_ranges(self.bar.0..=self.bar.1, row.y_range())
    }

    /// The cell of a number: 0 for belief, 1 for plausibility, 2 for the projected probability.
    fn number(&self, row: Rect, place: usize) -> Rect {
        let right = self.right - (2 - place.min(2)) as f32 * NUMBER;
        Rect::from_x_y_ranges(right - NUMBER..=right, row.y_range())
    }
}

/// The room for the names in a chart of some width, in points: more than their share where the bars are still broad.
fn room_for_names(chart: f32, longest: f32) -> f32 {
    let share = (chart * 0.32).clamp(110.0, 340.0);
    let most = chart - 2.0 * EDGE - 12.0 - LEAST_TRACK - 8.0 - 3.0 * NUMBER;
    longest.min(most).max(share)
}

/// Draws the chart in the available room.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let whole = ui.available_rect_before_wrap();
    let columns = Columns::within(whole, memo.longest_name(ui));
    let (head, _) = ui.allocate_exact_size(vec2(whole.width(), HEADER), Sense::hover());
    let rows_end = (head.bottom() + memo.chart.rows.len() as f32 * ROW_HEIGHT).min(whole.bottom());
    header(ui, head, rows_end, columns);

    let id = ui.make_persistent_id("belief rows");
    let is_moved = take_keys(ui, cx, memo, state, id);
    let focus = ui.interact(ui.available_rect_before_wrap(), id, Sense::FOCUSABLE);
    focus.widget_info(|| WidgetInfo {
        current_text_value: memo
            .asked
            .and_then(|place| Some(words(memo.chart.rows.get(place)?, memo.chart.span(place)))),
        ..WidgetInfo::labeled(Role::Tree, true, "Belief by actor")
    });
    let mut scroll = ScrollArea::vertical().id_salt("belief").auto_shrink(false);
    if is_moved && let Some(place) = memo.place_of(cx, state.cursor) {
        let middle = place as f32 * ROW_HEIGHT - (ui.available_height() - ROW_HEIGHT) / 2.0;
        scroll = scroll.vertical_scroll_offset(middle.max(0.0));
    }
    scroll.show_rows(ui, ROW_HEIGHT, memo.chart.rows.len(), |ui, range| {
        for place in range {
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::hover());
            let Some(row) = memo.chart.rows.get(place) else { continue };
            let is_asked = memo.asked == Some(place);
            let response = interact(ui, cx, rect, memo, place, is_asked);
            if is_asked && focus.has_focus() {
                let stroke = Stroke::new(1.0, tokens::palette(ui).accent);
                ui.painter().rect_stroke(rect.shrink(0.5), 0, stroke, StrokeKind::Inside);
            }
            if response.clicked() {
                state.cursor = Some(row.actor);
                ui.memory_mut(|memory| memory.request_focus(id));
                cx.select(row.actor);
            }
            row_parts(ui, rect, columns, row, memo.chart.span(place));
            numbers(ui, cx, rect, columns, memo, place);
        }
    });
}

/// The width of the longest name with its place in the hierarchy, in points.
pub(super) fn longest_name(ui: &Ui, chart: &BeliefChart) -> f32 {
    let font = FontId::proportional(tokens::BODY);
    let width = |row: &BeliefRow| {
        let colour = tokens::palette(ui).text;
        let text = ui.painter().layout_no_wrap(row.name.clone(), font.clone(), colour);
        text.size().x + row.depth as f32 * INDENT
    };
    chart.rows.iter().map(width).fold(110.0, f32::max) + 4.0
}

/// The size at which all names are in full, in points.
pub(super) fn full_size(ui: &Ui, chart: &BeliefChart) -> Vec2 {
    let width = 2.0 * EDGE + longest_name(ui, chart) + 12.0 + FIGURE_BAR + 8.0 + 3.0 * NUMBER;
    vec2(width, HEADER + chart.rows.len() as f32 * ROW_HEIGHT + 4.0)
}

/// Draws all of the chart, without a pointer: for a figure.
pub(super) fn paint_all(ui: &Ui, rect: Rect, chart: &BeliefChart) {
    let columns = Columns::with_names(rect, longest_name(ui, chart));
    let top = rect.top() + HEADER;
    let end = top + chart.rows.len() as f32 * ROW_HEIGHT;
    header(ui, rect.with_max_y(top), end, columns);
    let (font, colour) = (FontId::proportional(tokens::DENSE), tokens::palette(ui).text);
    for (place, row) in chart.rows.iter().enumerate() {
        let top = top + place as f32 * ROW_HEIGHT;
        let at = rect.with_min_y(top).with_max_y(top + ROW_HEIGHT);
        let span = chart.span(place);
        row_parts(ui, at, columns, row, span);
        for (number, value) in span.map(values).into_iter().flatten().enumerate() {
            let cell = columns.number(at, number);
            ui.painter().text(
                cell.right_center(),
                Align2::RIGHT_CENTER,
                percent(value),
                font.clone(),
                colour,
            );
        }
    }
}

/// The row as a whole: its background, its click, its tooltip, what a screen reader says.
fn interact(
    ui: &Ui,
    cx: &ViewContext<'_>,
    rect: Rect,
    memo: &Memo,
    place: usize,
    is_asked: bool,
) -> Response {
    let Some(row) = memo.chart.rows.get(place) else {
        return ui.interact(rect, ui.scope_id().with(place), Sense::hover());
    };
    let span = memo.chart.span(place);
    let response = ui.interact(rect, ui.scope_id().with(("belief row", row.number)), Sense::CLICK);
    let is_selected = cx.is_selected(row.actor);
    response.widget_info(|| WidgetInfo::selected(Role::TreeItem, true, is_selected, words(row, span)));
    let palette = tokens::palette(ui);
    if is_selected {
        ui.painter().rect_filled(rect, 0, palette.selection);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0, palette.hovered);
    }
    if is_asked {
        // The one that the triangle asks about.
        let mark = Rect::from_min_size(rect.min, vec2(2.0, rect.height()));
        ui.painter().rect_filled(mark, 0, palette.accent);
    }
    response.on_hover_ui_at_pointer(|ui| tooltip(ui, &memo.chart, row, span))
}

fn values(span: BeliefSpan) -> [f64; 3] {
    [span.belief, span.plausibility, span.projected]
}

/// What a row says, in words.
fn words(row: &BeliefRow, span: Option<BeliefSpan>) -> String {
    match span {
        Some(span) => format!(
            "{}: belief {}, plausibility {}, projected {}",
            row.name,
            percent(span.belief),
            percent(span.plausibility),
            percent(span.projected)
        ),
        None => format!("{}: undefined", row.name),
    }
}

fn tooltip(ui: &mut Ui, chart: &BeliefChart, row: &BeliefRow, span: Option<BeliefSpan>) {
    ui.set_max_width(360.0);
    ui.label(tokens::bold(format!("{}, {}", row.name, row.level.label().to_lowercase())));
    match (span, &chart.uncertainty) {
        (Some(span), _) => {
            ui.label(format!("{} speaks for it: belief", percent(span.belief)));
            ui.label(format!(
                "{} speaks against it: 100 % − plausibility",
                percent((1.0 - span.plausibility).max(0.0))
            ));
            let open = percent((span.plausibility - span.belief).max(0.0));
            ui.label(format!("{open} is open: nobody knows, or only that it was somebody of a wider circle"));
            let shared = "once what is open is shared out by base rate";
            ui.label(format!("{} is its projected probability, {shared}", percent(span.projected)));
        }
        (None, Err(undefined)) => {
            ui.label(undefined.to_string());
        }
        (None, Ok(_)) => {}
    }
    let mut said = Vec::new();
    let count = |number: usize, verb: &str| match number {
        1 => format!("1 origin {verb}s it"),
        _ => format!("{number} origins {verb} it"),
    };
    if row.asserted_by > 0 {
        said.push(count(row.asserted_by, "name"));
    }
    if row.denied_by > 0 {
        said.push(match row.denied_by {
            1 => "1 origin denies it".to_owned(),
            number => format!("{number} origins deny it"),
        });
    }
    if said.is_empty() {
        said.push("No origin names it; it is here because it is wider than one that is named".to_owned());
    }
    ui.label(RichText::new(said.join(", ")).color(tokens::palette(ui).quiet));
}

fn header(ui: &Ui, rect: Rect, rows_end: f32, columns: Columns) {
    let palette = tokens::palette(ui);
    let y = rect.center().y;
    let font = FontId::proportional(tokens::SMALL);
    ui.painter().text(pos2(columns.left, y), Align2::LEFT_CENTER, "Actor", font.clone(), palette.quiet);
    for (place, name) in ["Belief", "Plausibility", "Projected"].into_iter().enumerate() {
        let cell = columns.number(rect, place);
        ui.painter().text(cell.right_center(), Align2::RIGHT_CENTER, name, font.clone(), palette.quiet);
    }
    let track = columns.track(rect).with_min_y(rect.bottom()).with_max_y(rows_end);
    paint::scale(ui.painter(), track, y, palette);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, palette.line));
}

/// Name and bar of a row.
fn row_parts(ui: &Ui, rect: Rect, columns: Columns, row: &BeliefRow, span: Option<BeliefSpan>) {
    let palette = tokens::palette(ui);
    let painter = ui.painter();
    for level in 0..row.depth {
        let x = columns.left + level as f32 * INDENT + 3.0;
        painter.vline(x, rect.y_range(), Stroke::new(1.0, palette.line));
    }
    let left = columns.left + row.depth as f32 * INDENT;
    let is_named = row.asserted_by + row.denied_by > 0;
    let colour = if is_named { palette.text } else { palette.quiet };
    let room = (columns.bar.0 - 12.0 - left).max(12.0);
    let text = RichText::new(row.name.as_str());
    let galley = WidgetText::from(text).into_galley(ui, Some(TextWrapMode::Truncate), room, TextStyle::Body);
    painter.galley(pos2(left, rect.center().y - galley.size().y / 2.0), galley, colour);
    match span {
        Some(span) => belief_bar::bar(painter, columns.track(rect), paint::BAR, span, palette),
        None => undefined(painter, columns.track(rect), palette),
    }
}

fn undefined(painter: &Painter, track: Rect, palette: &tokens::Palette) {
    let y = track.center().y;
    let ends = [pos2(track.left(), y), pos2(track.right(), y)];
    painter.extend(egui::Shape::dashed_line(&ends, Stroke::new(1.0, palette.edge), 3.0, 4.0));
}

fn numbers(ui: &mut Ui, cx: &ViewContext<'_>, rect: Rect, columns: Columns, memo: &Memo, place: usize) {
    let (Some(row), Some(span)) = (memo.chart.rows.get(place), memo.chart.span(place)) else { return };
    let numbers = [
        ("Belief in", Number::Belief(row.number)),
        ("Plausibility of", Number::Plausibility(row.number)),
        ("Projected probability of", Number::Projected(row.number)),
    ];
    for (column, ((what, number), value)) in numbers.into_iter().zip(values(span)).enumerate() {
        let text = percent(value);
        let name = format!("{what} {}: {text}", row.name);
        // A name of its own, so that an open explanation stays where it is when the rows are scrolled.
        let salt = ("number", row.number, column);
        let explain = || memo.chart.explain(cx.derived, number);
        chart_parts::number(ui, cx, columns.number(rect, column), salt, &text, &name, explain);
    }
}

/// Moves the question through the rows by keys; whether it moved.
fn take_keys(ui: &Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State, id: EguiId) -> bool {
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    if !holds_arrows(ui, id, filter) {
        return false;
    }
    let moved = row_by_keys(ui, memo.asked, memo.chart.rows.len());
    if let Some(row) = moved.and_then(|place| memo.chart.rows.get(place)) {
        state.cursor = Some(row.actor);
    }
    if pressed(ui, Key::Enter)
        && let Some(actor) = state.cursor
    {
        cx.select(actor);
    }
    moved.is_some()
}

#[cfg(test)]
mod tests {
    use super::room_for_names;

    #[test]
    fn bars_give_way_to_names_that_are_cut() {
        #[track_caller]
        fn check(chart: f32, longest: f32, expect: f32) {
            assert_eq!(room_for_names(chart, longest), expect, "{longest} in {chart}");
        }
        check(700.0, 120.0, 224.0);
        check(700.0, 260.0, 260.0);
        check(700.0, 500.0, 286.0);
        check(400.0, 500.0, 128.0);
        check(1_400.0, 500.0, 500.0);
    }
}
