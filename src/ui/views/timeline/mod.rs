//! When each claim was stated, and what period it covers, against the period of the incident; over it how the fused
//! belief moved as claims came in.
//!
//! `egui_plot` gives the axis, the panning and the zooming; the rows are painted over it, since each has a label, is
//! met by the pointer and by screen readers, and only those in sight are drawn.

mod axis;
mod belief;
mod computing;
mod figure;
mod hedges;
mod legend;
mod line_names;
mod rows;

use std::sync::Arc;

use eframe::egui::{
    Align, Align2, EventFilter, FontId, Frame, Key, Layout, Margin, Panel, Rect, Role, ScrollArea, Sense,
    Stroke, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2,
};
use egui_plot::{Plot, PlotBounds, PlotResponse, VPlacement};
use rustc_hash::FxHashMap;

use super::data_key::DataKey;
use super::incident::{self, IncidentField};
use crate::analysis::charts::{BeliefOverTime, ChartTable, DaySpan, Timeline};
use crate::analysis::hedges::Retelling;
use crate::model::{AnyId, Claim, Id, Incident, Period};
use crate::ui::tokens::{self, Icon, ROW_HEIGHT};
use crate::ui::views::ViewKind;
use crate::ui::widgets::legend::LegendSwitch;
use crate::ui::widgets::own_keys::{KeyLines, holds_arrows, pressed, row_by_keys};
use crate::ui::widgets::{
    BETWEEN_PARTS, Computing, NamesApart, as_table, checkbox, empty_state, figure_and_copy, icon_button,
    quiet, segmented, table_twin,
};
use crate::ui::{Action, ViewContext};
pub(crate) use figure::{FigureSettings, figure};
use rows::Area;

static EMPTY: &ChartTable = &ChartTable { headers: Vec::new(), rows: Vec::new() };

/// The height of the axis, in points.
const AXIS_HEIGHT: f32 = 22.0;
/// How much of the whole span is left free at both ends.
const MARGIN: f64 = 0.05;
/// The least that can be in sight, and the most, in days.
const SIGHT: (f64, f64) = (2.0, 800_000.0);

/// Its keys, as the shortcut sheet lists them.
pub const KEYS: KeyLines = &[
    ("↑ ↓", "Move from claim to claim"),
    ("← →", "Show earlier or later time; move from day to day"),
    ("+ −", "Show less or more time"),
    ("Enter", "Select the claim, or those of the day"),
];

/// What the view remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    shows: Shows,
    hides_belief: bool,
    belief: belief::State,
    groups_by_source: bool,
    /// The claim under the keyboard.
    cursor: Option<Id<Claim>>,
    /// The days in sight; `None` shows all, also those of claims yet to come.
    sight: Option<(f64, f64)>,
    legend: LegendSwitch,
    memo: Option<Memo>,
    /// The field that picks the incident.
    pub(super) incident: IncidentField,
}

/// What the view shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shows {
    /// The chart.
    #[default]
    Chart,
    /// The claims as a table.
    Claims,
    /// The fused belief over time as a table.
    Belief,
    /// The lost hedges as a table.
    Hedges,
}

/// The rows of one incident, computed once for each state of the document.
#[derive(Debug)]
struct Memo {
    key: (DataKey, Id<Incident>, bool),
    chart: Timeline,
    incident_period: Period,
    /// The row of each claim.
    places: FxHashMap<Id<Claim>, usize>,
    /// Whether a row's source is that of the row above.
    repeats_source: Vec<bool>,
    /// What the names of the sources share with one another.
    apart: NamesApart,
    in_use: legend::InUse,
    /// The pairs of claims between which a hedge was lost.
    lost: Arc<Vec<Retelling>>,
    /// The same pairs as places in the list, original and repeat.
    ties: Vec<(usize, usize)>,
    over_time: Option<Arc<BeliefOverTime>>,
    table: Option<(Shows, ChartTable, Vec<AnyId>)>,
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
        let in_use = legend::InUse::of(cx, &chart);
        let all = cx.derived.retellings(key.1);
        let lost: Vec<Retelling> = all.iter().filter(|pair| pair.is_loss()).cloned().collect();
        let places: FxHashMap<Id<Claim>, usize> =
            chart.rows.iter().enumerate().map(|(place, row)| (row.claim, place)).collect();
        let tie = |pair: &Retelling| Some((*places.get(&pair.original)?, *places.get(&pair.repeat)?));
        let ties = lost.iter().filter_map(tie).collect();
        let lost = Arc::new(lost);
        let apart = NamesApart::of(chart.rows.iter().map(|row| row.source_name.as_str()));
        Self {
            key,
            chart,
            incident_period,
            places,
            repeats_source,
            apart,
            in_use,
            lost,
            ties,
            over_time: None,
            table: None,
        }
    }

    /// The row of the claim under the keyboard.
    fn place_of(&self, cursor: Option<Id<Claim>>) -> Option<usize> {
        self.places.get(&cursor?).copied()
    }

    /// The table that is shown in place of the chart, with the record of each line.
    fn table(&mut self, cx: &ViewContext<'_>, shows: Shows) -> (&ChartTable, &[AnyId]) {
        if self.table.as_ref().is_none_or(|(of, ..)| *of != shows) {
            let (table, records) = match (shows, &self.over_time) {
                (Shows::Hedges, _) => hedges::table(cx.assessment, &self.lost),
                (Shows::Belief, Some(over_time)) => {
                    (over_time.table(cx.assessment), belief::records(over_time))
                }
                _ => (self.chart.table(), self.chart.rows.iter().map(|row| row.claim.into()).collect()),
            };
            self.table = Some((shows, table, records));
        }
        self.table.as_ref().map_or((EMPTY, &[]), |(_, table, records)| (table, records))
    }

    /// All days of the chart with a margin; where no day is known there is no chart.
    fn whole(&self) -> (f64, f64) {
        let Some((first, last)) = self.chart.bounds else { return (0.0, 365.0) };
        let (from, to) = (axis::day_number(first), axis::day_number(last) + 1.0);
        let margin = ((to - from) * MARGIN).max(15.0);
        (from - margin, to + margin)
    }
}

/// Draws the view.
pub fn show(ui: &mut Ui, cx: &ViewContext<'_>, state: &mut State) {
    let about = [
        "No incident yet",
        "Here stands when each claim on an incident was stated, and what period it covers. It begins with an \
             incident and a claim on it.",
    ];
    let Some(incident) =
        incident::in_front(ui, cx, Icon::CalendarRange, about, &[Action::AddIncident, Action::AddClaim])
    else {
        return;
    };
    let key = (DataKey::of(cx), incident, state.groups_by_source);
    if state.memo.as_ref().is_none_or(|memo| memo.key != key) {
        let is_other = state.memo.as_ref().is_none_or(|memo| memo.key.1 != incident);
        if is_other {
            (state.sight, state.cursor, state.belief) = (None, None, belief::State::default());
        }
        state.memo = Some(Memo::new(cx, key));
    }
    let Some(mut memo) = state.memo.take() else { return };
    let wants_belief = state.shows == Shows::Belief || (state.shows == Shows::Chart && !state.hides_belief);
    let computing = match &memo.over_time {
        None if wants_belief => computing::belief_over_time(cx, incident),
        _ => Computing::Done(None),
    };
    if let Computing::Done(Some(over_time)) = &computing {
        memo.over_time = Some(Arc::clone(over_time));
    }
    Panel::top("timeline tools").frame(Frame::new().inner_margin(Margin::symmetric(8, 4))).show(ui, |ui| {
        toolbar(ui, cx, &memo, state);
    });
    if memo.chart.rows.is_empty() {
        let detail =
            "No claim speaks of this incident yet. Each one will stand here at the date it was stated.";
        empty_state(ui, cx, Icon::CalendarRange, "No claims on this incident", detail, &[Action::AddClaim]);
    } else if state.shows == Shows::Belief && memo.over_time.is_none() {
        computing::show(ui, cx, &computing, incident);
    } else if state.shows != Shows::Chart {
        let (table, records) = memo.table(cx, state.shows);
        table_twin(ui, cx, "timeline table", table, records);
    } else if memo.chart.bounds.is_none() {
        let detail = "Neither the claims on this incident nor the incident itself has a date. With the first one they stand \
                      here in the order of time; until then the table has them.";
        empty_state(ui, cx, Icon::CalendarRange, "No dates yet", detail, &[Action::Show(ViewKind::Claims)]);
    } else {
        if wants_belief && memo.over_time.is_none() {
            Panel::top("belief in the making")
                .frame(Frame::new().inner_margin(Margin::symmetric(8, 4)))
                .show(ui, |ui| computing::show(ui, cx, &computing, incident));
        }
        if state.legend.is_on() {
            Panel::bottom("timeline legend").frame(Frame::new().inner_margin(Margin::symmetric(8, 4))).show(
                ui,
                |ui| {
                    let shows_belief = !state.hides_belief && memo.over_time.is_some();
                    legend::show(ui, &memo.in_use, !memo.ties.is_empty(), shows_belief);
                },
            );
        }
        chart(ui, cx, &memo, state);
    }
    state.memo = Some(memo);
}

fn toolbar(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            state.legend.show(ui);
            let mut shows_table = state.shows != Shows::Chart;
            as_table(ui, &mut shows_table, "Chart");
            state.shows = match (shows_table, state.shows) {
                (false, _) => Shows::Chart,
                (true, Shows::Chart) => Shows::Claims,
                (true, shown) => shown,
            };
            let settings = || crate::ui::figure::FigureSettings::Timeline(state.figure_settings());
            let table = || match (state.shows, &memo.over_time) {
                (Shows::Belief, Some(over_time)) => over_time.table(cx.assessment),
                (Shows::Hedges, _) => hedges::table(cx.assessment, &memo.lost).0,
                _ => memo.chart.table(),
            };
            figure_and_copy(
                ui,
                cx,
                ("Export the timeline as a figure…", settings),
                ("Copy the timeline as a table", table),
            );
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
                state.incident.show(ui, cx, "timeline");
            });
        });
    });
    ui.horizontal_wrapped(|ui| {
        if state.shows == Shows::Chart {
            let mut shows_belief = !state.hides_belief;
            checkbox(ui, &mut shows_belief, "Belief over time");
            state.hides_belief = !shows_belief;
        } else {
            let tables = [
                (Shows::Claims, "Claims", ""),
                (Shows::Belief, "Belief over time", ""),
                (Shows::Hedges, "Lost hedges", ""),
            ];
            segmented(ui, &mut state.shows, &tables);
        }
        checkbox(ui, &mut state.groups_by_source, "Group by source");
        hedges::list(ui, cx, &memo.lost);
        ui.add_space(BETWEEN_PARTS);
        let period = memo.incident_period;
        let text = if period.is_unknown() {
            "The incident’s period is not known".to_owned()
        } else {
            format!("Shaded: the incident, {period}")
        };
        ui.label(quiet(ui, text)).on_hover_text("Drag the chart to move, Ctrl and scroll to zoom");
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
    let over_time = memo.over_time.as_ref().filter(|chart| !state.hides_belief && !chart.tracks.is_empty());
    let belief_height = over_time.map_or(0.0, |chart| belief::height(chart, whole.height()));
    let (above, below) = whole.split_top_bottom_at_y(whole.top() + belief_height);
    let days_on = rows_chart(ui, cx, memo, state, below);
    if let (Some(over_time), Some(days_on)) = (over_time, days_on) {
        belief_chart(ui, cx, memo, state, over_time, (above, days_on));
    }
}

/// The fused belief over the same days as the rows.
fn belief_chart(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    memo: &Memo,
    state: &mut State,
    over_time: &BeliefOverTime,
    (above, days_on): (Rect, (f32, f32)),
) {
    let (from, to) = memo.whole();
    let undated = to - (to - from) * MARGIN * 0.4;
    let sight = state.sight.unwrap_or((from, to));
    let place = belief::Place { whole: above, days_on, sight, undated };
    let mut ui = ui.new_child(UiBuilder::new().max_rect(above).id_salt("belief"));
    belief::show(&mut ui, cx, over_time, &mut state.belief, place);
    let palette = tokens::palette(&ui);
    ui.painter().vline(days_on.0 - 0.5, above.y_range(), Stroke::new(1.0, palette.line));
    ui.painter().hline(above.x_range(), above.bottom() - 0.5, Stroke::new(1.0, palette.line));
}

/// The axis and the rows; gives the left and right edge of the days.
fn rows_chart(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    memo: &Memo,
    state: &mut State,
    whole: Rect,
) -> Option<(f32, f32)> {
    let mut days_on = None;
    let mut ui = ui.new_child(UiBuilder::new().max_rect(whole).id_salt("claims by date"));
    let ui = &mut ui;
    let label_width = (whole.width() * 0.34).clamp(140.0, 400.0).floor();
    let id = ui.make_persistent_id("timeline rows");
    let height = memo.chart.rows.len() as f32 * ROW_HEIGHT;
    let reveals = take_keys(ui, cx, memo, state, id);
    ScrollArea::vertical().id_salt("timeline").auto_shrink(false).show_viewport(ui, |ui, viewport| {
        ui.set_min_height(height + AXIS_HEIGHT + 8.0);
        let content = ui.max_rect();
        let seen = Rect::from_min_size(content.min + viewport.min.to_vec2(), viewport.size());
        let focus = ui.interact(seen, id, Sense::FOCUSABLE);
        focus.widget_info(|| WidgetInfo {
            current_text_value: state
                .cursor
                .and_then(|claim| memo.chart.rows.get(memo.place_of(Some(claim))?))
                .map(|row| format!("{}: {}", row.source_name, row.says)),
            ..WidgetInfo::labeled(Role::Grid, true, "Claims by date")
        });
        let place =
            Place { seen, scrolled: viewport.min.y, label_width, name_room: (label_width - 16.0) * 0.55 };
        let drawn = draw(ui, cx, memo, state, place, id);
        if drawn.is_moved {
            state.sight = Some(limited(drawn.days));
        }
        days_on = Some(drawn.days_on);
        if focus.has_focus() {
            ui.painter().rect_stroke(
                seen.shrink(0.5),
                0,
                Stroke::new(1.0, tokens::palette(ui).accent),
                StrokeKind::Inside,
            );
        }
        if reveals && let Some(place) = memo.place_of(state.cursor) {
            let y = content.top() + AXIS_HEIGHT + place as f32 * ROW_HEIGHT;
            let row = Rect::from_min_max(
                pos2(seen.left(), y - AXIS_HEIGHT),
                pos2(seen.left() + 1.0, y + ROW_HEIGHT),
            );
            ui.scroll_to_rect(row, None);
        }
    });
    days_on
}

/// Where the chart is drawn.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// All of it.
    seen: Rect,
    /// How far the rows are scrolled, in points.
    scrolled: f32,
    /// The width of the row labels, in points.
    label_width: f32,
    /// The most that the name of a source takes of it, in points.
    name_room: f32,
}

/// What was drawn.
#[derive(Clone, Copy, Debug)]
struct Drawn {
    /// The days that are shown.
    days: (f64, f64),
    /// Whether the user has just panned or zoomed there.
    is_moved: bool,
    /// The left and right edge of the days, in points.
    days_on: (f32, f32),
}

/// Draws axis and rows.
fn draw(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    memo: &Memo,
    state: &mut State,
    place: Place,
    id: eframe::egui::Id,
) -> Drawn {
    let Place { seen, scrolled, label_width, name_room } = place;
    let frame = seen.with_min_x(seen.left() + label_width);
    let plot = plot(ui, frame, memo, state);
    let days = (plot.transform.bounds().min()[0], plot.transform.bounds().max()[0]);
    let asked = state.sight.unwrap_or_else(|| memo.whole());
    // A thousandth of a day is a second or two: less than any pointer can move.
    let is_moved = (days.0 - asked.0).abs() > 1e-3 || (days.1 - asked.1).abs() > 1e-3;

    let top = plot.transform.frame().top() - scrolled;
    let area =
        Area { transform: &plot.transform, labels_left: seen.left(), top, name_room, apart: &memo.apart };
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
    let days_on = (plot.transform.frame().left(), plot.transform.frame().right());
    Drawn { days, is_moved, days_on }
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
    // Under the marks and words, which they would cross.
    let painter = ui.painter().with_clip_rect(area.transform.frame().intersect(seen));
    let mut seen_ties = memo
        .ties
        .iter()
        .filter(|(original, repeat)| *original.min(repeat) < last && *original.max(repeat) >= first)
        .peekable();
    let occupied = match seen_ties.peek() {
        Some(_) => rows::occupied(&painter, cx, area, (&memo.chart.rows, &memo.lost), (first..last, palette)),
        None => Vec::new(),
    };
    for (original, repeat) in seen_ties {
        let at = |place: usize| area.stated_at(place, memo.chart.rows.get(place)?);
        if let (Some(original), Some(repeat)) = (at(*original), at(*repeat)) {
            hedges::paint_tie(&painter, &hedges::route(original, repeat, &occupied), palette);
        }
    }
    let has_focus = ui.memory(|memory| memory.has_focus(focus));
    for (place, row) in memo.chart.rows.iter().enumerate().take(last).skip(first) {
        let repeats_source = memo.repeats_source.get(place).copied().unwrap_or_default();
        let lost = hedges::note(&memo.lost, row.claim);
        if rows::show(ui, cx, area, place, (row, repeats_source), lost.as_deref()) {
            state.cursor = Some(row.claim);
            ui.memory_mut(|memory| memory.request_focus(focus));
            cx.select(row.claim);
        }
        if has_focus && state.cursor == Some(row.claim) {
            let stroke = Stroke::new(1.0, palette.edge);
            ui.painter().rect_stroke(area.row(place).shrink(0.5), 0, stroke, StrokeKind::Inside);
        }
    }
}

/// Moves through the rows and along the axis by keys; whether the row under the keyboard changed.
fn take_keys(ui: &Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State, id: eframe::egui::Id) -> bool {
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    if !holds_arrows(ui, id, filter) {
        return false;
    }
    let moved = row_by_keys(ui, memo.place_of(state.cursor), memo.chart.rows.len());
    if let Some(row) = moved.and_then(|place| memo.chart.rows.get(place)) {
        state.cursor = Some(row.claim);
    }
    let (from, to) = state.sight.unwrap_or_else(|| memo.whole());
    let step = (to - from) * 0.1;
    if pressed(ui, Key::ArrowLeft) {
        state.sight = Some((from - step, to - step));
    }
    if pressed(ui, Key::ArrowRight) {
        state.sight = Some((from + step, to + step));
    }
    if pressed(ui, Key::Plus) || pressed(ui, Key::Equals) {
        zoom(state, memo, 0.8);
    }
    if pressed(ui, Key::Minus) {
        zoom(state, memo, 1.25);
    }
    if pressed(ui, Key::Enter)
        && let Some(claim) = state.cursor.filter(|claim| memo.places.contains_key(claim))
    {
        cx.select(claim);
    }
    moved.is_some()
}
