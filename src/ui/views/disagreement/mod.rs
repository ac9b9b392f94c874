//! Where sources agree, refine and contradict one another, on one incident: who says who, one against another, and what
//! exactly differs.

mod heatmap;
pub(super) mod links;
mod memo;
mod pair;
pub(super) mod toolbar;
mod who_says_who;

use eframe::egui::{
    Align2, FontId, Frame, Margin, Panel, Rect, Response, Role, Sense, TextStyle, TextWrapMode, Ui,
    WidgetInfo, WidgetText, pos2,
};

use crate::analysis::charts::RowsBy;
use crate::ui::tokens::{self, Icon};
use crate::ui::widgets::{copy_table_button, empty_state, section_title, table_twin};
use crate::ui::{Action, Landmark, ViewContext};
use memo::{Key, Memo};

/// From this width on the two charts stand side by side, in points.
const SIDE_BY_SIDE: f32 = 620.0;

/// What the view remembers between frames.
#[derive(Debug)]
pub struct State {
    rows: RowsBy,
    shows_tables: bool,
    shows_legend: bool,
    /// Where there is no room for both charts: whether the heatmap is the one shown.
    shows_heatmap: bool,
    who: who_says_who::Cursor,
    heat: heatmap::Cursor,
    chosen: Option<heatmap::Chosen>,
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

impl Default for State {
    fn default() -> Self {
        Self {
            rows: RowsBy::default(),
            shows_tables: false,
            shows_legend: true,
            shows_heatmap: false,
            who: who_says_who::Cursor::default(),
            heat: heatmap::Cursor::default(),
            chosen: None,
            memo: None,
            wants_picker_focus: false,
        }
    }
}

/// Draws the view.
pub fn show(ui: &mut Ui, cx: &ViewContext<'_>, state: &mut State) {
    let Some(incident) = cx.incident.filter(|incident| cx.assessment.incidents.contains(*incident)) else {
        empty_state(
            ui,
            cx,
            Icon::Scale,
            "Nothing to compare yet",
            "Here stands who attributes an incident to whom, and where sources agree, refine and contradict one \
             another. It begins with an incident and two claims on it.",
            &[Action::AddIncident, Action::AddClaim],
        );
        return;
    };
    let key = Key::of(cx, incident, state.rows);
    if state.memo.as_ref().is_none_or(|memo| memo.key != key) {
        state.memo = Some(Memo::new(cx, key));
    }
    let Some(mut memo) = state.memo.take() else { return };
    let margin = Margin::symmetric(8, 4);
    Panel::top("disagreement tools").frame(Frame::new().inner_margin(margin)).show(ui, |ui| {
        toolbar::show(ui, cx, &memo, state);
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
    if state.shows_legend && !state.shows_tables {
        Panel::bottom("disagreement legend")
            .frame(Frame::new().inner_margin(margin))
            .show(ui, |ui| memo.legend.show(ui));
    }
    pair::show(ui, cx, memo, &mut state.chosen);
    let width = ui.available_width();
    if width < SIDE_BY_SIDE {
        ui.horizontal(|ui| {
            ui.add_space(tokens::PADDING);
            ui.selectable_value(&mut state.shows_heatmap, false, who_says_who::TITLE);
            ui.selectable_value(&mut state.shows_heatmap, true, heatmap::TITLE);
        });
        if state.shows_heatmap {
            heat_part(ui, cx, memo, state);
        } else {
            who_part(ui, cx, memo, state);
        }
        return;
    }
    let wanted = heatmap::size(ui, memo, width * 0.5);
    let wanted = crate::ui::widgets::chart_grid::ChartGrid::full_size(wanted, &memo.heat_tops).x + 24.0;
    Panel::right("disagreement heatmap")
        .resizable(true)
        .default_size(wanted.clamp(220.0, width * 0.48))
        .size_range(180.0..=(width - 240.0).max(181.0))
        .frame(Frame::new())
        .show(ui, |ui| heat_part(ui, cx, memo, state));
    who_part(ui, cx, memo, state);
}

fn who_part(ui: &mut Ui, cx: &ViewContext<'_>, memo: &mut Memo, state: &mut State) {
    part(ui, who_says_who::TITLE, |ui| {
        copy_table_button(ui, cx, "Copy who says who as a table", || memo.who.table());
    });
    if state.shows_tables {
        let (table, records, _) = memo.tables();
        table_twin(ui, cx, "who says who table", table, records);
    } else {
        let size = who_says_who::size(ui, memo, ui.available_width());
        who_says_who::show(ui, cx, memo, &mut state.who, size);
    }
}

fn heat_part(ui: &mut Ui, cx: &ViewContext<'_>, memo: &mut Memo, state: &mut State) {
    Landmark::Heatmap.is_at(ui, ui.max_rect());
    part(ui, heatmap::TITLE, |ui| {
        copy_table_button(ui, cx, "Copy one against another as a table", || memo.heat.table());
    });
    if memo.heat.keys.len() < 2 {
        ui.vertical_centered(|ui| {
            ui.add_space(tokens::SECTION_GAP * 2.0);
            let name = state.rows.label().to_lowercase();
            ui.label(crate::ui::widgets::quiet(ui, format!("One {name} alone: nothing to set against it")));
        });
    } else if state.shows_tables {
        let (_, _, table) = memo.tables();
        table_twin(ui, cx, "heatmap table", table, &[]);
    } else {
        let size = heatmap::size(ui, memo, ui.available_width());
        heatmap::show(ui, memo, &mut state.heat, &mut state.chosen, size);
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

/// A row label with a quiet number at its right; both are cut where they do not fit.
fn row_label(ui: &Ui, rect: Rect, label: &str, note: &str, tooltip: String) -> Response {
    let palette = tokens::palette(ui);
    let response =
        ui.interact(rect, ui.scope_id().with(("row label", rect.top() as i32, label)), Sense::CLICK);
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
    let galley = WidgetText::from(label).into_galley(ui, Some(TextWrapMode::Truncate), room, TextStyle::Body);
    let at = pos2(rect.left() + 8.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, palette.text);
    response.on_hover_text(tooltip)
}
