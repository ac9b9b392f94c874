//! Where sources agree, refine and contradict one another, on one incident: who says who, one against another, and what
//! exactly differs.

mod figure;
mod heatmap;
pub(super) mod links;
mod memo;
mod pair;
mod summary;
mod tiles;
pub(super) mod toolbar;
mod who_says_who;

use eframe::egui::{
    self, Align2, ComboBox, CursorIcon, FontId, Frame, Margin, Modifiers, Panel, Popup, Rect, Response, Role,
    Sense, Stroke, TextStyle, TextWrapMode, Ui, UiBuilder, Vec2, WidgetInfo, WidgetText, pos2, vec2,
};

use crate::analysis::charts::{HeatOrder, RowKey, Rows};
use crate::ui::figure::FigureSettings;
use crate::ui::tokens::{self, Icon};
use crate::ui::views::incident::{self, IncidentField};
use crate::ui::widgets::chart_grid::ChartGrid;
use crate::ui::widgets::legend::{Legend, LegendSwitch};
use crate::ui::widgets::own_keys::KeyLines;
use crate::ui::widgets::{empty_state, figure_and_copy, middle_galley, section_title, segmented, table_twin};
use crate::ui::{Action, Landmark, ViewContext};
pub use figure::HeatSettings;
pub(crate) use figure::{heat_figure, who_figure};
pub use heatmap::Measure;
use memo::{Key, Memo};

/// The most room that a label takes in a figure, in points: longer names are cut there, too.
const MOST_LABEL: f32 = 480.0;
/// From this width on the two charts stand side by side, in points; below it one of them has all the room.
const SIDE_BY_SIDE: f32 = 880.0;
/// The least width of a chart beside the other, in points.
const LEAST: f32 = 320.0;
/// The same of the heatmap, which has more to set in its head.
const LEAST_HEAT: f32 = 440.0;
/// The width of the line between the charts that can be dragged, in points.
const SPLITTER: f32 = 7.0;

/// Its keys, as the shortcut sheet lists them.
pub const KEYS: KeyLines = &[
    ("↑ ↓ ← →", "Move from claim to claim, or from cell to cell"),
    ("Enter", "Select the claim, or show what differs"),
    ("Esc", "Leave the claim, or close what differs"),
];

/// From this height on the summary stays while two claims are compared, in points.
const ROOM_FOR_BOTH: f32 = 800.0;

/// What the view remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    rows: Rows,
    order: HeatOrder,
    measure: Measure,
    /// How much of the width the heatmap has, where that was set by hand.
    heat_share: Option<f32>,
    shows_tables: bool,
    legend: LegendSwitch,
    /// Where there is no room for both charts: whether the heatmap is the one shown.
    shows_heatmap: bool,
    who: who_says_who::Cursor,
    heat: heatmap::Cursor,
    chosen: Option<heatmap::Chosen>,
    memo: Option<Memo>,
    /// The field that picks the incident.
    pub(super) incident: IncidentField,
}

impl State {
    /// The chart that is in front, as the user has set it: who says who, unless one against another stands in its place.
    pub fn figure_settings(&self) -> FigureSettings {
        if self.shows_heatmap {
            FigureSettings::Heatmap(self.heat_settings())
        } else {
            FigureSettings::WhoSaysWho(self.rows)
        }
    }

    const fn heat_settings(&self) -> HeatSettings {
        HeatSettings { rows: self.rows, order: self.order, measure: self.measure }
    }
}

/// Draws the view.
pub fn show(ui: &mut Ui, cx: &ViewContext<'_>, state: &mut State) {
    let about = [
        "Nothing to compare yet",
        "Here stands who attributes an incident to whom, and where sources agree, refine and contradict one \
             another. It begins with an incident and two claims on it.",
    ];
    let Some(incident) =
        incident::in_front(ui, cx, Icon::Scale, about, &[Action::AddIncident, Action::AddClaim])
    else {
        return;
    };
    // Before anything is drawn: what is open over the view takes the key first.
    let is_covered = Popup::is_any_open(ui.ctx()) || ui.memory(|memory| memory.top_modal_layer().is_some());
    if state.chosen.is_some() && !is_covered && !ui.ctx().text_edit_focused() {
        let is_left = ui.input_mut(|input| input.consume_key(Modifiers::NONE, egui::Key::Escape));
        state.chosen = state.chosen.take().filter(|_| !is_left);
    }
    let key = Key::of(cx, incident, state.rows, state.order);
    if state.memo.as_ref().is_none_or(|memo| memo.key != key) {
        state.memo = Some(Memo::new(cx, key).measured(ui));
    }
    let Some(mut memo) = state.memo.take() else { return };
    let margin = Margin::symmetric(8, 4);
    // In a low window what differs between two claims takes the place of the summary, rather than that of the chart.
    let has_room = ui.available_height() >= ROOM_FOR_BOTH;
    let is_low = summary::is_low(ui, &memo);
    Panel::top("disagreement tools").frame(Frame::new().inner_margin(margin)).show(ui, |ui| {
        toolbar::show(ui, cx, &memo, state);
        if memo.claims > 0 && (has_room || state.chosen.is_none()) {
            summary::ask_influence(cx, &mut memo);
            summary::ask_agreement(cx, &mut memo);
            ui.add_space(tokens::GRID);
            summary::show(ui, cx, &memo, is_low, &mut state.chosen);
        }
        let top = ui.cursor().top();
        links::show(ui, cx, &memo.links);
        Landmark::Links.is_at(ui, ui.min_rect().with_min_y(top));
    });
    if memo.claims == 0 {
        let detail = if memo.set_aside == 0 {
            "No claim speaks of this incident yet. With two of them the comparison begins."
        } else {
            "All claims on this incident were retracted or superseded, and take no part in the comparison."
        };
        empty_state(ui, cx, Icon::Scale, "No claims to compare", detail, &[Action::AddClaim]);
    } else {
        body(ui, cx, &mut memo, state, margin);
    }
    state.memo = Some(memo);
}

fn body(ui: &mut Ui, cx: &ViewContext<'_>, memo: &mut Memo, state: &mut State, margin: Margin) {
    let width = ui.available_width();
    let is_wide = width >= SIDE_BY_SIDE;
    if state.legend.is_on() && !state.shows_tables {
        let legend = legend(memo, state, is_wide);
        Panel::bottom("disagreement legend")
            .frame(Frame::new().inner_margin(margin))
            .show(ui, |ui| legend.show(ui));
    }
    pair::show(ui, cx, memo, &mut state.chosen);
    if !is_wide {
        ui.horizontal(|ui| {
            ui.set_height(tokens::ROW_HEIGHT);
            ui.add_space(tokens::PADDING);
            let charts = [(false, who_says_who::TITLE, ""), (true, heatmap::TITLE, "")];
            let tabs = segmented(ui, &mut state.shows_heatmap, &charts);
            if let (false, Some(tab)) = (state.shows_heatmap, tabs.last()) {
                Landmark::Heatmap.is_at(ui, *tab);
            }
            if state.shows_heatmap {
                heat_tools(ui, cx, memo, state);
            } else {
                who_tools(ui, cx, memo, state);
            }
        });
        if state.shows_heatmap {
            heat_part(ui, cx, memo, state);
        } else {
            who_part(ui, cx, memo, state);
        }
        return;
    }
    let (whole, heat_width) = (ui.available_rect_before_wrap(), heat_width(memo, state, ui.available_size()));
    let edge = whole.right() - heat_width;
    let in_rect = |ui: &mut Ui, rect: Rect, add: &mut dyn FnMut(&mut Ui)| {
        ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
            ui.set_clip_rect(ui.clip_rect().intersect(rect));
            add(ui);
        });
    };
    in_rect(ui, whole.with_max_x(edge - SPLITTER), &mut |ui| {
        part(ui, who_says_who::TITLE, |ui| who_tools(ui, cx, memo, state));
        who_part(ui, cx, memo, state);
    });
    in_rect(ui, whole.with_min_x(edge), &mut |ui| {
        part(ui, heatmap::TITLE, |ui| heat_tools(ui, cx, memo, state));
        heat_part(ui, cx, memo, state);
    });
    splitter(ui, whole, edge - SPLITTER / 2.0, state);
    ui.advance_cursor_after_rect(whole);
}

/// What the charts in sight need explained.
fn legend(memo: &Memo, state: &State, is_wide: bool) -> Legend {
    let (has_who, has_heat) = (is_wide || !state.shows_heatmap, is_wide || state.shows_heatmap);
    let mut legend = if has_who { memo.legend.clone() } else { Legend::default() };
    let by_relation = has_heat && state.measure == Measure::Relation;
    legend.relations = if by_relation { memo.legend.relations.clone() } else { Vec::new() };
    legend.has_counts = by_relation && memo.has_counts;
    legend.conflict_top = (has_heat && !by_relation).then_some(memo.scale_top);
    legend
}

/// The width of the heatmap beside the other chart: as set by hand, else what it wants, and all that the other one does
/// not need.
fn heat_width(memo: &Memo, state: &State, room: Vec2) -> f32 {
    let width = room.x;
    let most = width - LEAST - SPLITTER;
    let wanted = state.heat_share.map_or_else(
        || {
            // Beyond half of the room it takes what the other chart has no use for.
            let who = ChartGrid::full_size(who_says_who::size(memo, room), &memo.who_layout.line_tops).x;
            let most = (width - who - SPLITTER).max(width * 0.5);
            let heat = heatmap::size(memo, vec2(most, room.y));
            (ChartGrid::full_size(heat, &heatmap::tops(memo, heat)).x + 16.0).min(most)
        },
        |share| share * width,
    );
    wanted.clamp(LEAST_HEAT, most.max(LEAST_HEAT + 1.0)).floor()
}

/// The line between the two charts: drag it, or click it twice for the width that fits.
fn splitter(ui: &Ui, whole: Rect, x: f32, state: &mut State) {
    let rect = Rect::from_x_y_ranges(x - SPLITTER / 2.0..=x + SPLITTER / 2.0, whole.y_range());
    let response = ui
        .interact(rect, ui.scope_id().with("splitter"), Sense::CLICK | Sense::DRAG)
        .on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
    response.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, "Between the charts"));
    if let Some(place) = response.interact_pointer_pos().filter(|_| response.dragged()) {
        state.heat_share = Some((whole.right() - place.x) / whole.width().max(1.0));
    }
    if response.double_clicked() {
        state.heat_share = None;
    }
    let palette = tokens::palette(ui);
    let colour = if response.hovered() || response.dragged() { palette.edge } else { palette.line };
    ui.painter().vline(x, whole.y_range(), Stroke::new(1.0, colour));
}

fn who_tools(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &State) {
    figure_and_copy(
        ui,
        cx,
        ("Export who says who as a figure…", || FigureSettings::WhoSaysWho(state.rows)),
        ("Copy who says who as a table", || memo.who.table()),
    );
}

fn who_part(ui: &mut Ui, cx: &ViewContext<'_>, memo: &mut Memo, state: &mut State) {
    if state.shows_tables {
        let (table, records, _) = memo.tables();
        table_twin(ui, cx, "who says who table", table, records);
    } else {
        let size = who_says_who::size(memo, ui.available_size());
        who_says_who::show(ui, cx, memo, &mut state.who, size);
    }
}

/// What the heatmap measures, and in what order its rows stand.
fn heat_tools(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    figure_and_copy(
        ui,
        cx,
        ("Export one against another as a figure…", || FigureSettings::Heatmap(state.heat_settings())),
        ("Copy one against another as a table", || memo.heat.table()),
    );
    if memo.heat.keys.len() < 2 || state.shows_tables {
        return;
    }
    let measures = [Measure::Relation, Measure::Conflict];
    segmented(ui, &mut state.measure, &measures.map(|it| (it, it.label(), it.description())));
    let combo = ComboBox::from_id_salt("heat order").selected_text(state.order.label()).width(64.0).show_ui(
        ui,
        |ui| {
            for order in HeatOrder::ALL {
                ui.selectable_value(&mut state.order, order, order.label());
            }
        },
    );
    combo.response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, true, "Order of the rows");
        info.current_text_value = Some(state.order.label().to_owned());
        info
    });
    combo.response.on_hover_text("The order of the rows: those who agree together, by name, or by date");
}

fn heat_part(ui: &mut Ui, cx: &ViewContext<'_>, memo: &mut Memo, state: &mut State) {
    Landmark::Heatmap.is_at(ui, ui.max_rect());
    if memo.heat.keys.len() < 2 {
        ui.vertical_centered(|ui| {
            ui.add_space(tokens::SECTION_GAP * 2.0);
            let name = state.rows.by.label().to_lowercase();
            ui.label(crate::ui::widgets::quiet(ui, format!("One {name} alone: nothing to set against it")));
        });
    } else if state.shows_tables {
        let (_, _, table) = memo.tables();
        table_twin(ui, cx, "heatmap table", table, &[]);
    } else {
        let size = heatmap::size(memo, ui.available_size());
        heatmap::show(ui, memo, &mut state.heat, &mut state.chosen, state.measure, size);
    }
}

/// The title of a chart with what can be done with it.
fn part(ui: &mut Ui, title: &str, tools: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.set_height(tokens::ROW_HEIGHT);
        ui.add_space(tokens::PADDING);
        section_title(ui, title);
        tools(ui);
    });
}

/// The height that rows take from their column labels, in points: what they need, but where they have to be scrolled anyway no more than
/// a part of the whole, so that the labels can be read.
fn rows_beside_labels(rows: f32, height: f32) -> f32 {
    const PART: f32 = 0.5;
    rows.min(height * PART - 16.0)
}

/// How wide a label is in full, in points.
fn label_width(ui: &Ui, text: &str) -> f32 {
    let font = FontId::proportional(tokens::BODY);
    ui.painter().layout_no_wrap(text.to_owned(), font, tokens::palette(ui).text).size().x
}

/// A row label with a quiet number at its right; both are cut where they do not fit.
fn row_label(ui: &Ui, rect: Rect, key: &RowKey, label: &str, note: &str, tooltip: String) -> Response {
    let palette = tokens::palette(ui);
    let response = ui.interact(rect, ui.scope_id().with(("row label", key)), Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::RowHeader, true, label));
    if response.hovered() {
        ui.painter().rect_filled(rect, 0, palette.hovered);
    }
    let note_rect = ui.painter().text(
        pos2(rect.right() - 8.0, rect.center().y),
        Align2::RIGHT_CENTER,
        note,
        FontId::proportional(tokens::SMALL),
        palette.quiet,
    );
    let room = (note_rect.left().min(rect.right() - 8.0) - rect.left() - 16.0).max(16.0);
    let galley = middle_galley(ui.painter(), label, FontId::proportional(tokens::BODY), palette.text, room);
    let at = pos2(rect.left() + 8.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, palette.text);
    response.on_hover_text(tooltip)
}

/// The heading over a group of rows, with a quiet number at its right.
fn heading(ui: &Ui, rect: Rect, label: &str, note: &str, tooltip: String) {
    let palette = tokens::palette(ui);
    let response = ui.interact(rect, ui.scope_id().with(("heading", label)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::RowHeader, true, label));
    let at = pos2(rect.right() - 8.0, rect.center().y);
    let font = FontId::proportional(tokens::SMALL);
    let note = ui.painter().text(at, Align2::RIGHT_CENTER, note, font, palette.quiet);
    let text = tokens::bold(label).size(tokens::SMALL);
    let room = (note.left() - rect.left() - 16.0).max(16.0);
    let galley = WidgetText::from(text).into_galley(ui, Some(TextWrapMode::Truncate), room, TextStyle::Small);
    let at = pos2(rect.left() + 8.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, palette.quiet);
    response.on_hover_text(tooltip);
}
