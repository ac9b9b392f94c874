//! When each claim was stated, and what period it covers, against the period of the incident.
//!
//! `egui_plot` gives the axis, the panning and the zooming; the rows are painted over it, since each has a label, is
//! met by the pointer and by screen readers, and only those in sight are drawn.

mod axis;
mod legend;
mod rows;

use eframe::egui::{
    Align, Align2, EventFilter, FontId, Frame, Key, Layout, Margin, Modifiers, Panel, Rect, Role, ScrollArea,
    Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2,
};
use egui_plot::{Plot, PlotBounds, PlotResponse, VPlacement};

use super::data_key::DataKey;
use super::disagreement::toolbar::incident_picker;
use crate::analysis::charts::{ChartTable, DaySpan, Timeline};
use crate::model::{AnyId, Id, Incident, Period};
use crate::ui::tokens::{self, Icon, ROW_HEIGHT};
use crate::ui::widgets::{checkbox, copy_table_button, empty_state, icon_button, quiet, table_twin};
use crate::ui::{Action, ViewContext};
use rows::Area;

/// The height of the axis, in points.
const AXIS_HEIGHT: f32 = 22.0;
/// How much of the whole span is left free at both ends.
const MARGIN: f64 = 0.05;
/// The least that can be in sight, and the most, in days.
const SIGHT: (f64, f64) = (2.0, 800_000.0);

/// What the view remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    shows_table: bool,
    groups_by_source: bool,
    /// The row under the keyboard, by its place in the list.
    cursor: Option<usize>,
    /// The days in sight.
    sight: Option<(f64, f64)>,
    memo: Option<Memo>,
    /// The field that picks the incident is to get the cursor.
    wants_picker_focus: bool,
}

impl State {
    /// Puts the cursor into the field that picks the incident.
    pub const fn focus_filter(&mut self) {
        self.wants_picker_focus = true;
    }
}

/// The rows of one incident, computed once for each state of the document.
#[derive(Debug)]
struct Memo {
    key: (DataKey, Id<Incident>, bool),
    chart: Timeline,
    incident_period: Period,
    /// Whether a row's source is that of the row above.
    repeats_source: Vec<bool>,
    in_use: legend::InUse,
    table: Option<(ChartTable, Vec<AnyId>)>,
}

impl Memo {
    fn new(cx: &ViewContext<'_>, key: (DataKey, Id<Incident>, bool)) -> Self {
        let mut chart = cx.derived.timeline(Some(key.1));
        if key.2 {
            // Stable: within a source the order by date stays.
            chart.rows.sort_by_cached_key(|row| row.source_name.to_lowercase());
        }
        let sources = chart.rows.windows(2).map(|pair| match pair {
            [above, below] => key.2 && above.source_name == below.source_name,
            _ => false,
        });
        let repeats_source = std::iter::once(false).chain(sources).collect();
        let incident_period = cx.assessment.get(key.1).map(|incident| incident.period).unwrap_or_default();
        let in_use = legend::InUse::of(&chart);
        Self { key, chart, incident_period, repeats_source, in_use, table: None }
    }

    /// All days of the chart with a margin; a year around today's epoch where no day is known.
    fn whole(&self) -> (f64, f64) {
        let Some((first, last)) = self.chart.bounds else { return (0.0, 365.0) };
        let (from, to) = (axis::day_number(first), axis::day_number(last) + 1.0);
        let margin = ((to - from) * MARGIN).max(15.0);
        (from - margin, to + margin)
    }
}

/// Draws the view.
pub fn show(ui: &mut Ui, cx: &ViewContext<'_>, state: &mut State) {
    let Some(incident) = cx.incident.filter(|incident| cx.assessment.incidents.contains(*incident)) else {
        empty_state(
            ui,
            cx,
            Icon::CalendarRange,
            "No incident yet",
            "Here stands when each claim on an incident was stated, and what period it covers. It begins with an \
             incident and a claim on it.",
            &[Action::AddIncident, Action::AddClaim],
        );
        return;
    };
    let key = (DataKey::of(cx), incident, state.groups_by_source);
    if state.memo.as_ref().is_none_or(|memo| memo.key != key) {
        let is_other = state.memo.as_ref().is_none_or(|memo| memo.key.1 != incident);
        if is_other {
            (state.sight, state.cursor) = (None, None);
        }
        state.memo = Some(Memo::new(cx, key));
    }
    let Some(mut memo) = state.memo.take() else { return };
    Panel::top("timeline tools").frame(Frame::new().inner_margin(Margin::symmetric(8, 4))).show(ui, |ui| {
        toolbar(ui, cx, &memo, state);
    });
    if memo.chart.rows.is_empty() {
        let detail =
            "No claim speaks of this incident yet. Each one will stand here at the date it was stated.";
        empty_state(ui, cx, Icon::CalendarRange, "No claims on this incident", detail, &[Action::AddClaim]);
    } else if state.shows_table {
        let chart = &memo.chart;
        let (table, records) = memo
            .table
            .get_or_insert_with(|| (chart.table(), chart.rows.iter().map(|row| row.claim.into()).collect()));
        table_twin(ui, cx, "timeline table", table, records);
    } else {
        Panel::bottom("timeline legend")
            .frame(Frame::new().inner_margin(Margin::symmetric(8, 4)))
            .show(ui, |ui| legend::show(ui, memo.in_use));
        chart(ui, cx, &memo, state);
    }
    state.memo = Some(memo);
}

fn toolbar(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.selectable_value(&mut state.shows_table, true, "Table")
                .on_hover_text("The same as a table, for reading, copying and screen readers");
            ui.selectable_value(&mut state.shows_table, false, "Chart");
            copy_table_button(ui, cx, "Copy the timeline as a table", || memo.chart.table());
            if icon_button(ui, Icon::Maximize2, "Show the whole time").clicked() {
                state.sight = None;
            }
            if icon_button(ui, Icon::ZoomIn, "Show less time").clicked() {
                zoom(state, memo, 0.5);
            }
            if icon_button(ui, Icon::ZoomOut, "Show more time").clicked() {
                zoom(state, memo, 2.0);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let wants_focus = std::mem::take(&mut state.wants_picker_focus);
                incident_picker(ui, cx, "timeline", wants_focus);
            });
        });
    });
    ui.horizontal_wrapped(|ui| {
        checkbox(ui, &mut state.groups_by_source, "Group by source");
        ui.label(quiet(ui, "·"));
        let period = memo.incident_period;
        let text = if period.is_unknown() {
            "The incident’s period is not known".to_owned()
        } else {
            format!("Shaded: the incident, {period}")
        };
        ui.label(quiet(ui, text));
        ui.label(quiet(ui, "· Drag to move, Ctrl and scroll to zoom"));
    });
}

fn zoom(state: &mut State, memo: &Memo, factor: f64) {
    let (from, to) = state.sight.unwrap_or_else(|| memo.whole());
    let (middle, half) = (f64::midpoint(from, to), (to - from) / 2.0 * factor);
    state.sight = Some(limited((middle - half, middle + half)));
}

/// Keeps what is in sight within what the axis can show.
fn limited((from, to): (f64, f64)) -> (f64, f64) {
    let width = to - from;
    if !width.is_finite() || width <= 0.0 {
        return (0.0, 365.0);
    }
    let (middle, half) = (f64::midpoint(from, to), width.clamp(SIGHT.0, SIGHT.1) / 2.0);
    (middle - half, middle + half)
}

fn chart(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    let whole = ui.available_rect_before_wrap();
    let label_width = (whole.width() * 0.34).clamp(140.0, 320.0).floor();
    let id = ui.make_persistent_id("timeline rows");
    let height = memo.chart.rows.len() as f32 * ROW_HEIGHT;
    let reveals = take_keys(ui, cx, memo, state, id);
    ScrollArea::vertical().id_salt("timeline").auto_shrink(false).show_viewport(ui, |ui, viewport| {
        ui.set_min_height(height + AXIS_HEIGHT + 8.0);
        let content = ui.max_rect();
        let seen = Rect::from_min_size(content.min + viewport.min.to_vec2(), viewport.size());
        let frame = seen.with_min_x(seen.left() + label_width);
        let focus = ui.interact(seen, id, Sense::FOCUSABLE);
        focus.widget_info(|| WidgetInfo {
            current_text_value: state
                .cursor
                .and_then(|place| memo.chart.rows.get(place))
                .map(|row| format!("{}: {}", row.source_name, row.says)),
            ..WidgetInfo::labeled(Role::Grid, true, "Claims by date")
        });
        let plot = plot(ui, frame, memo, state);
        let (from, to) = (plot.transform.bounds().min()[0], plot.transform.bounds().max()[0]);
        state.sight = Some(limited((from, to)));

        let top = plot.transform.frame().top() - viewport.min.y;
        let area = Area { transform: &plot.transform, labels_left: seen.left(), top };
        let below_axis = seen.with_min_y(plot.transform.frame().top());
        let mut rows_ui = ui.new_child(UiBuilder::new().max_rect(below_axis).id_salt("rows"));
        rows_ui.shrink_clip_rect(below_axis);
        draw_rows(&mut rows_ui, cx, memo, state, &area, id);
        let palette = tokens::palette(ui);
        let edge = plot.transform.frame().left() - 0.5;
        ui.painter().vline(edge, seen.y_range(), Stroke::new(1.0, palette.line));
        ui.painter().hline(seen.x_range(), below_axis.top() - 0.5, Stroke::new(1.0, palette.line));
        ui.painter().text(
            pos2(seen.left() + 8.0, f32::midpoint(seen.top(), below_axis.top())),
            Align2::LEFT_CENTER,
            "Source and whom it names",
            FontId::proportional(tokens::SMALL),
            palette.quiet,
        );
        if focus.has_focus() {
            ui.painter().rect_stroke(
                seen.shrink(0.5),
                0,
                Stroke::new(1.0, palette.accent),
                StrokeKind::Inside,
            );
        }
        if reveals && let Some(place) = state.cursor {
            let y = content.top() + AXIS_HEIGHT + place as f32 * ROW_HEIGHT;
            let row = Rect::from_min_max(
                pos2(seen.left(), y - AXIS_HEIGHT),
                pos2(seen.left() + 1.0, y + ROW_HEIGHT),
            );
            ui.scroll_to_rect(row, None);
        }
    });
}

/// The axis with its grid, panned and zoomed by the pointer.
fn plot(ui: &mut Ui, frame: Rect, memo: &Memo, state: &State) -> PlotResponse<()> {
    let palette = tokens::palette(ui);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(frame).id_salt("axis"));
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    let (from, to) = state.sight.unwrap_or_else(|| memo.whole());
    let width = f64::from(frame.width());
    Plot::new(("timeline", memo.key.1))
        .width(frame.width())
        .height(frame.height())
        .show_background(false)
        .show_axes([true, false])
        .x_axis_position(VPlacement::Top)
        .x_axis_formatter(axis::label)
        .x_grid_spacer(move |input| axis::lines(input.bounds, width))
        .show_grid([true, false])
        .grid_color(palette.line)
        .grid_fade(0.0)
        .set_margin_fraction(Vec2::ZERO)
        .show_x(false)
        .show_y(false)
        .show_crosshair(false)
        .allow_drag([true, false])
        .allow_zoom([true, false])
        .allow_axis_zoom_drag([true, false])
        .allow_scroll([false, false])
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .show(&mut ui, move |plot| {
            // The user's own panning and zooming comes after this, and is read back from the transform.
            plot.set_plot_bounds(PlotBounds::from_min_max([from, 0.0], [to, 1.0]));
        })
}

fn draw_rows(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    memo: &Memo,
    state: &mut State,
    area: &Area<'_>,
    focus: eframe::egui::Id,
) {
    let palette = tokens::palette(ui);
    let seen = ui.clip_rect();
    if let Some(span) = DaySpan::of_period(memo.incident_period) {
        let painter = ui.painter().with_clip_rect(area.transform.frame().intersect(seen));
        rows::paint_incident(&painter, area, span, palette);
    }
    let first = ((seen.top() - area.top) / ROW_HEIGHT).floor().max(0.0) as usize;
    let last = ((seen.bottom() - area.top) / ROW_HEIGHT).ceil().max(0.0) as usize;
    let has_focus = ui.memory(|memory| memory.has_focus(focus));
    for (place, row) in memo.chart.rows.iter().enumerate().take(last).skip(first) {
        let repeats_source = memo.repeats_source.get(place).copied().unwrap_or_default();
        if rows::show(ui, cx, area, place, row, repeats_source) {
            state.cursor = Some(place);
            ui.memory_mut(|memory| memory.request_focus(focus));
            cx.select(row.claim);
        }
        if has_focus && state.cursor == Some(place) {
            let stroke = Stroke::new(1.0, palette.edge);
            ui.painter().rect_stroke(area.row(place).shrink(0.5), 0, stroke, StrokeKind::Inside);
        }
    }
}

/// Moves through the rows and along the axis by keys; whether the row under the keyboard changed.
fn take_keys(ui: &Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State, id: eframe::egui::Id) -> bool {
    if !ui.memory(|memory| memory.has_focus(id)) {
        return false;
    }
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let before = state.cursor;
    let last = memo.chart.rows.len().saturating_sub(1);
    if pressed(Key::ArrowDown) {
        state.cursor = Some(before.map_or(0, |place| (place + 1).min(last)));
    }
    if pressed(Key::ArrowUp) {
        state.cursor = Some(before.map_or(0, |place| place.saturating_sub(1)));
    }
    if pressed(Key::Home) {
        state.cursor = Some(0);
    }
    if pressed(Key::End) {
        state.cursor = Some(last);
    }
    let (from, to) = state.sight.unwrap_or_else(|| memo.whole());
    let step = (to - from) * 0.1;
    if pressed(Key::ArrowLeft) {
        state.sight = Some((from - step, to - step));
    }
    if pressed(Key::ArrowRight) {
        state.sight = Some((from + step, to + step));
    }
    if pressed(Key::Plus) || pressed(Key::Equals) {
        zoom(state, memo, 0.8);
    }
    if pressed(Key::Minus) {
        zoom(state, memo, 1.25);
    }
    if pressed(Key::Enter)
        && let Some(row) = state.cursor.and_then(|place| memo.chart.rows.get(place))
    {
        cx.select(row.claim);
    }
    state.cursor != before
}
