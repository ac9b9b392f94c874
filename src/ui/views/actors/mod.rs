//! The hierarchy of actors with their other names, and the links between them that sources claim, each with a switch.

mod figure;
mod lines;
mod rows;
#[cfg(test)]
mod tests;

use eframe::egui::{
    self, Align, EventFilter, Frame, Key, Layout, Margin, Panel, Rect, Role, ScrollArea, Sense, TextEdit, Ui,
    WidgetInfo, vec2,
};

use super::data_key::DataKey;
use crate::analysis::charts::{ActorChart, ActorRow};
use crate::edit;
use crate::model::{Actor, ActorLevel, AnyId, Id};
use crate::ui::tokens::{self, Icon, ROW_HEIGHT};
use crate::ui::widgets::own_keys::{KeyLines, holds_arrows, pressed, row_by_keys};
use crate::ui::widgets::{
    checkbox, empty_state, figure_and_copy, filter_name, icon_button, menu_item, quiet,
};
use crate::ui::{Action, Command, ViewContext};
pub(crate) use figure::{FigureSettings, figure};
use lines::{Line, Wanted, lines};
use rows::{Columns, Look, Shown, Wishes};

/// Its keys, as the shortcut sheet lists them.
pub const KEYS: KeyLines = &[
    ("↑ ↓", "Move from row to row"),
    ("← →", "Fold or unfold"),
    ("Enter", "Select"),
    ("Space", "Accept a link, or take it back"),
];

/// What the view remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    wanted: Wanted,
    wants_filter_focus: bool,
    /// The line under the keyboard.
    cursor: Option<AnyId>,
    /// Whether that line is to be brought into sight.
    is_to_reveal: bool,
    memo: Option<Memo>,
}

impl State {
    /// Puts the cursor into the filter.
    pub const fn focus_filter(&mut self) {
        self.wants_filter_focus = true;
    }
}

/// The chart and its lines, computed once for each state of the document.
#[derive(Debug)]
struct Memo {
    key: DataKey,
    chart: ActorChart,
    /// What the lines were made for.
    wanted: Wanted,
    lines: Vec<Line>,
    /// How wide the columns want to be; `None` where that was not measured yet.
    wishes: Option<Wishes>,
}

/// So many lines tell how wide columns want to be: measuring thousands would cost more than drawing them.
const MEASURED: usize = 400;

impl Memo {
    /// How wide the first lines, at most so many, want the columns to be.
    fn wishes(&self, ui: &Ui, cx: &ViewContext<'_>, most: usize) -> Wishes {
        let shown = self.lines.iter().take(most).filter_map(|line| match *line {
            Line::Actor { row, .. } => self.chart.rows.get(row).map(Shown::Actor),
            Line::Link { link, depth } => self.chart.links.get(link).map(|link| Shown::Link(link, depth)),
        });
        Wishes::of(ui, cx, shown)
    }

    fn id_of(&self, line: Line) -> Option<AnyId> {
        match line {
            Line::Actor { row, .. } => self.chart.rows.get(row).map(|row| row.actor.into()),
            Line::Link { link, .. } => self.chart.links.get(link).map(|link| link.claim.into()),
        }
    }

    fn place_of(&self, id: AnyId) -> Option<usize> {
        self.lines.iter().position(|line| self.id_of(*line) == Some(id))
    }
}

/// Draws the view.
pub fn show(ui: &mut Ui, cx: &ViewContext<'_>, state: &mut State) {
    if cx.assessment.actors.is_empty() {
        empty_state(
            ui,
            cx,
            Icon::Network,
            "No actors yet",
            "Here stand the states, services, units and tracked clusters to whom incidents are attributed, with their \
             other names and the links between them that sources claim.",
            &[Action::AddActor, Action::AddClaim],
        );
        return;
    }
    let mut memo = memo(cx, state);
    let wishes = memo.wishes.unwrap_or_else(|| memo.wishes(ui, cx, MEASURED));
    memo.wishes = Some(wishes);
    Panel::top("actors tools").frame(Frame::new().inner_margin(Margin::symmetric(8, 4))).show(ui, |ui| {
        toolbar(ui, cx, &memo, state);
    });
    if memo.lines.is_empty() {
        nothing_fits(ui, state);
    } else {
        tree(ui, cx, &memo, wishes, state);
    }
    state.memo = Some(memo);
}

fn memo(cx: &ViewContext<'_>, state: &mut State) -> Memo {
    let key = DataKey::of(cx);
    let old = state.memo.take().filter(|memo| memo.key == key);
    if let Some(memo) = old {
        if memo.wanted == state.wanted {
            return memo;
        }
        let lines = lines(cx.assessment, cx.derived.hierarchy(), &memo.chart, &state.wanted);
        return Memo { wanted: state.wanted.clone(), lines, wishes: None, ..memo };
    }
    let chart = cx.derived.actor_chart();
    let lines = lines(cx.assessment, cx.derived.hierarchy(), &chart, &state.wanted);
    Memo { key, chart, wanted: state.wanted.clone(), lines, wishes: None }
}

fn toolbar(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let settings = || crate::ui::figure::FigureSettings::Actors(state.figure_settings());
            figure_and_copy(
                ui,
                cx,
                ("Export the actors as a figure…", settings),
                ("Copy the actors as a table", || memo.chart.table()),
            );
            if icon_button(ui, Icon::FoldVertical, "Fold all").clicked() {
                state.wanted.folded = memo.chart.rows.iter().map(|row| row.actor).collect();
            }
            if icon_button(ui, Icon::UnfoldVertical, "Unfold all").clicked() {
                state.wanted.folded.clear();
            }
            if icon_button(ui, Icon::UserPlus, "Add actor").clicked() {
                cx.send(Command::Do(Action::AddActor));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let edit = TextEdit::singleline(&mut state.wanted.filter)
                    .hint_text("Filter by name, alias, coiner or level")
                    .desired_width(260.0);
                let response = ui.add(edit);
                filter_name(&response, "Filter actors", &state.wanted.filter);
                if std::mem::take(&mut state.wants_filter_focus) {
                    response.request_focus();
                }
                if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
                    state.wanted.filter.clear();
                }
                checkbox(ui, &mut state.wanted.only_named, "Named by a claim");
                let mut shows_links = !state.wanted.hides_links;
                checkbox(ui, &mut shows_links, "Links");
                state.wanted.hides_links = !shows_links;
            });
        });
    });
    let (actors, links) = (cx.assessment.actors.len(), memo.chart.links.len());
    let applied = memo.chart.links.iter().filter(|link| link.is_applied).count();
    let merged = actors - memo.chart.rows.len().min(actors);
    let mut text = format!("{actors} actors · {links} claimed links, {applied} accepted");
    if merged > 0 {
        text.push_str(&format!(" · {merged} merged into another"));
    }
    ui.label(quiet(ui, text));
}

fn nothing_fits(ui: &mut Ui, state: &mut State) {
    ui.vertical_centered(|ui| {
        ui.add_space(tokens::SECTION_GAP * 3.0);
        ui.label("No actor fits the filter");
        ui.add_space(tokens::GRID);
        if ui.button("Clear the filter").clicked() {
            state.wanted.filter.clear();
            state.wanted.only_named = false;
        }
    });
}

fn tree(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, wishes: Wishes, state: &mut State) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let columns = Columns::within(ui.available_rect_before_wrap(), wishes);
    columns.show_header(ui);
    let id = ui.make_persistent_id("actor tree");
    take_keys(ui, cx, memo, state, id);
    let focus = ui.interact(ui.available_rect_before_wrap(), id, Sense::FOCUSABLE);
    focus.widget_info(|| WidgetInfo {
        current_text_value: state
            .cursor
            .map(|cursor| cx.assessment.record(cursor))
            .and_then(|record| record.map(|record| cx.assessment.name_of_record(&record))),
        ..WidgetInfo::labeled(Role::Tree, true, "Actors")
    });
    let mut scroll = ScrollArea::vertical().id_salt("actors").auto_shrink(false);
    if std::mem::take(&mut state.is_to_reveal)
        && let Some(place) = state.cursor.and_then(|cursor| memo.place_of(cursor))
    {
        let middle = place as f32 * ROW_HEIGHT - (ui.available_height() - ROW_HEIGHT) / 2.0;
        scroll = scroll.vertical_scroll_offset(middle.max(0.0));
    }
    scroll.show_rows(ui, ROW_HEIGHT, memo.lines.len(), |ui, range| {
        for line in memo.lines.get(range).unwrap_or_default() {
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::hover());
            let has_cursor = focus.has_focus() && state.cursor.is_some() && state.cursor == memo.id_of(*line);
            draw(ui, cx, memo, state, *line, rect, (columns, has_cursor, id));
        }
    });
}

fn draw(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    memo: &Memo,
    state: &mut State,
    line: Line,
    rect: Rect,
    (columns, has_cursor, focus): (Columns, bool, egui::Id),
) {
    let response = match line {
        Line::Actor { row, has_below, is_context } => {
            let Some(row) = memo.chart.rows.get(row) else { return };
            let is_folded = state.wanted.folded.contains(&row.actor);
            let look = Look { has_below, is_folded, is_context, has_cursor };
            let output = rows::actor(ui, cx, rect, columns, row, look);
            if output.is_folded {
                fold(state, row.actor, !is_folded);
            }
            output.response.context_menu(|ui| menu(ui, cx, row));
            output.response
        }
        Line::Link { link, depth } => {
            let Some(link) = memo.chart.links.get(link) else { return };
            rows::link(ui, cx, rect, columns, link, depth, has_cursor)
        }
    };
    if response.clicked()
        && let Some(id) = memo.id_of(line)
    {
        state.cursor = Some(id);
        ui.memory_mut(|memory| memory.request_focus(focus));
        let adds = ui.input(|input| input.modifiers.command);
        cx.send(if adds { Command::ToggleSelected(id) } else { Command::Select(vec![id]) });
    }
}

fn fold(state: &mut State, actor: Id<Actor>, is_folded: bool) {
    if is_folded {
        state.wanted.folded.insert(actor);
    } else {
        state.wanted.folded.remove(&actor);
    }
}

fn menu(ui: &mut Ui, cx: &ViewContext<'_>, row: &ActorRow) {
    let item = |ui: &mut Ui, icon: Icon, text: &str| {
        let is_chosen = menu_item(ui, icon, text).clicked();
        if is_chosen {
            ui.close();
        }
        is_chosen
    };
    if item(ui, Icon::UserPlus, "Add actor below") {
        let actor = below(cx, row);
        let id = actor.id;
        cx.edit(edit::insert(actor));
        cx.select(id);
    }
    if item(ui, Icon::MousePointerClick, "Select") {
        cx.select(row.actor);
    }
    ui.separator();
    if item(ui, Icon::Trash2, "Delete") {
        cx.send(Command::Delete(vec![row.actor.into()]));
    }
}

/// A new actor that is part of another, one step narrower.
fn below(cx: &ViewContext<'_>, row: &ActorRow) -> Actor {
    let narrower = ActorLevel::ALL.iter().copied().find(|level| *level > row.level);
    Actor {
        id: cx.new_id(),
        name: "New actor".to_owned(),
        level: narrower.unwrap_or(row.level),
        belongs_to: vec![row.actor],
        aliases: Vec::new(),
        notes: String::new(),
    }
}

/// Up and down move, left and right fold and unfold, Enter selects, Space accepts a link or not.
fn take_keys(ui: &Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State, id: egui::Id) {
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    if !holds_arrows(ui, id, filter) {
        return;
    }
    let now = state.cursor.and_then(|cursor| memo.place_of(cursor));
    if let Some(place) = row_by_keys(ui, now, memo.lines.len()) {
        state.cursor = memo.lines.get(place).and_then(|line| memo.id_of(*line));
        state.is_to_reveal = true;
    }
    let Some(cursor) = state.cursor else { return };
    if let Some(actor) = cursor.typed::<Actor>() {
        if pressed(ui, Key::ArrowLeft) {
            fold(state, actor, true);
        }
        if pressed(ui, Key::ArrowRight) {
            fold(state, actor, false);
        }
    }
    if pressed(ui, Key::Enter) {
        cx.send(Command::Select(vec![cursor]));
    }
    let link = memo.chart.links.iter().find(|link| AnyId::from(link.claim) == cursor);
    if let Some(link) = link
        && pressed(ui, Key::Space)
    {
        cx.accept_link(link.claim, !link.accepted);
    }
}
