//! The view "Claims": a table of all claims that sorts, filters, groups and edits in place, and a row above it in which a
//! new claim is typed.
//!
//! What depends on the number of claims is in [`index`] and is redone only where something changed; a frame draws the
//! visible lines and nothing else.

mod cell_edit;
mod cells;
mod columns;
mod copy;
mod cursor;
mod draft;
mod filter;
mod index;
mod keys;
mod menu;
mod parse;
mod quick_add;
mod remembered;
mod room;
mod rows;
mod suggest;
mod table;
mod toolbar;

use eframe::egui::{self, EventFilter, Role, Sense, Ui, UiBuilder, WidgetInfo};

use crate::edit::Revision;
use crate::model::{AnyId, Claim, Id, Kind};
use crate::ui::command::Notice;
use crate::ui::tokens::{self, Icon};
use crate::ui::widgets::own_keys::{KeyLines, has_keyboard};
use crate::ui::widgets::{NamesApart, counted, empty_state, labelled_button, line_width};
use crate::ui::{Action, Command, ViewContext};
use cell_edit::{CellOutcome, Editing, Next};
use columns::Column;
use cursor::Cursor;
use index::{Grouping, Index, Sorting, Wanted};
use menu::MenuTarget;
use quick_add::QuickAdd;
pub use remembered::Remembered;
use room::Needs;
use table::{ClaimsTable, TableEvent, Widths};

/// By how many columns rows are sorted at most.
const MOST_SORTINGS: usize = 3;

/// Its keys, as the shortcut sheet lists them.
pub const KEYS: KeyLines = &[
    ("↑ ↓ ← →", "Move from cell to cell"),
    ("Shift+↑ ↓", "Select more claims"),
    ("Enter, F2", "Edit the cell"),
    ("A letter", "Replace its text"),
    ("Space", "Accept a link, fold a group"),
    ("Ctrl+A", "Select all"),
    ("Ctrl+C", "Copy the selected rows"),
    ("Shift+F10", "Menu of the cell"),
    ("Esc", "Select nothing"),
];

/// What the view remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    index: Index,
    /// What the index was made from.
    made_from: Option<Revision>,
    wanted: Wanted,
    /// Whether only claims about the shown incident are shown.
    only_shown_incident: bool,
    /// The columns that the user chose; `None` while they are chosen by the room there is.
    columns: Option<Vec<Column>>,
    widths: Widths,
    /// What the columns need for what stands in them.
    needs: Needs,
    /// What the names of sources and incidents share with one another.
    apart: NamesApart,
    cursor: Option<Cursor>,
    /// Where a selection that is drawn along began.
    anchor: Option<Id<Claim>>,
    scroll_to: Option<usize>,
    /// How many lines are seen.
    page: usize,
    /// The main one of the selected records in the last frame.
    last_main: Option<AnyId>,
    editing: Option<Editing>,
    quick_add: Option<QuickAdd>,
    menu: Option<MenuTarget>,
    wants_filter_focus: bool,
    wants_table_focus: bool,
    wants_new_claim: bool,
}

impl State {
    /// Puts the cursor into the filter.
    pub const fn focus_filter(&mut self) {
        self.wants_filter_focus = true;
    }

    /// Opens the row for a new claim and puts the cursor into it.
    pub const fn begin_claim(&mut self) {
        self.wants_new_claim = true;
    }

    fn update(&mut self, ui: &Ui, cx: &ViewContext<'_>) {
        let made_from = Some(cx.revision);
        let has_changed = self.made_from != made_from;
        self.made_from = made_from;
        self.wanted.incident = cx.incident.filter(|_| self.only_shown_incident);
        self.index.update(cx.assessment, has_changed, &self.wanted);
        if has_changed {
            let font = egui::FontId::proportional(tokens::BODY);
            let sources = cx.assessment.sources.iter().map(|source| source.name.as_str());
            let incidents = cx.assessment.incidents.iter().map(|incident| incident.name.as_str());
            self.apart = NamesApart::of(sources.chain(incidents));
            self.needs = Needs::of(cx.assessment, |text| line_width(ui, text, &font));
        }
        self.follow_cursor();
        // Something else in the window may have selected a claim.
        let main = cx.main_selection();
        if main != self.last_main {
            self.last_main = main;
            if let Some(claim) = main.and_then(AnyId::typed::<Claim>)
                && self.cursor.is_none_or(|cursor| cursor.claim != Some(claim))
                && let Some(line) = self.index.line_of(claim)
            {
                let column = self.cursor.map_or(Column::Source, |cursor| cursor.column);
                self.cursor = Some(Cursor { line, claim: Some(claim), column });
                self.anchor = Some(claim);
                self.scroll_to = Some(line);
            }
        }
    }
}

/// Draws the view.
pub fn show(ui: &mut Ui, cx: &ViewContext<'_>, state: &mut State) {
    state.update(ui, cx);
    if std::mem::take(&mut state.wants_new_claim) {
        state.quick_add.get_or_insert_with(|| QuickAdd::new(cx)).focus();
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let is_empty = cx.assessment.claims.is_empty();
    let room = ui.available_width() - ui.spacing().scroll.allocated_width();
    let columns = state.columns.clone().unwrap_or_else(|| {
        state.needs.fitting(room, |column| state.says_nothing(column, cx.assessment.incidents.len()))
    });
    if !is_empty {
        toolbar::show(ui, cx, state, &columns);
    }
    if let Some(quick_add) = &mut state.quick_add
        && !quick_add.show(ui, cx)
    {
        state.quick_add = None;
        state.wants_table_focus = true;
    }
    // What the toolbar changed is to be seen in this frame.
    state.update(ui, cx);
    if is_empty {
        let steps: &[Action] =
            if state.quick_add.is_some() { &[] } else { &[Action::AddClaim, Action::Open] };
        let detail = format!(
            "A claim is what one source says about one incident: who did it, how likely, how sure, when and where it was \
             said. Add the first with {}, or open a file",
            Action::AddClaim.keys_text(ui.ctx())
        );
        empty_state(ui, cx, Icon::MessagesSquare, "No claims yet", &detail, steps);
    } else if state.index.lines().is_empty() {
        nothing_found(ui, state);
    } else {
        show_table(ui, cx, state, &columns, room);
        menu::show(ui, cx, state, &columns);
    }
}

/// What stands there when the filter leaves nothing.
fn nothing_found(ui: &mut Ui, state: &mut State) {
    let palette = tokens::palette(ui);
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.3 - 60.0).max(tokens::SECTION_GAP));
        ui.label(
            egui::RichText::new(char::from(Icon::SearchX)).size(tokens::LARGE_ICON).color(palette.quiet),
        );
        ui.add_space(tokens::PADDING);
        ui.label(egui::RichText::new("No claim fits the filter").size(tokens::TITLE));
        ui.add_space(tokens::GRID);
        ui.label(egui::RichText::new(state.filter_in_words()).color(palette.quiet));
        ui.add_space(tokens::SECTION_GAP);
        if labelled_button(ui, Icon::FunnelX, "Show all claims").clicked() {
            state.wanted.filter.clear();
            state.wanted.stance = None;
            state.only_shown_incident = false;
        }
    });
}

fn grid_id() -> egui::Id {
    egui::Id::unique("claims grid")
}

fn show_table(ui: &mut Ui, cx: &ViewContext<'_>, state: &mut State, columns: &[Column], room: f32) {
    let palette = tokens::palette(ui);
    let rect = ui.available_rect_before_wrap();
    let grid = ui.interact(rect, grid_id(), Sense::focusable_noninteractive());
    grid.widget_info(|| WidgetInfo::labeled(Role::Grid, true, "Claims"));
    if std::mem::take(&mut state.wants_table_focus) {
        grid.request_focus();
    }
    if has_keyboard(&grid) && state.editing.is_none() {
        let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(grid.id, filter));
        let keys = ui.input_mut(keys::take);
        for key in keys {
            state.press(ui, cx, columns, key);
        }
        state.ensure_cursor(columns);
    }
    if state.editing.as_ref().is_some_and(|editing| state.index.line_of(editing.claim).is_none()) {
        state.editing = None;
    }

    let mut child = ui.new_child(UiBuilder::new().max_rect(rect));
    // The table draws its own hairlines.
    child.visuals_mut().widgets.noninteractive.bg_stroke = egui::Stroke::NONE;
    let id = egui::Id::unique("claims table");
    let widths = state.widths.update(&child, id, &state.needs, (columns, room));
    let shows_cursor = grid.has_focus();
    let mut table = ClaimsTable {
        cx,
        index: &state.index,
        apart: &state.apart,
        columns,
        sorting: &state.wanted.sorting,
        cursor: state.cursor.filter(|_| shows_cursor).map(|cursor| (cursor.line, cursor.column)),
        editing: state.editing.as_mut(),
        events: Vec::new(),
        visible: 0..0,
        area: rect,
        palette,
    };
    table.show(&mut child, id, &widths, state.scroll_to.take());
    let events = std::mem::take(&mut table.events);
    let visible = table.visible.end.saturating_sub(table.visible.start);
    state.page = usize::try_from(visible).unwrap_or(1).saturating_sub(2).max(1);
    ui.advance_cursor_after_rect(rect);
    for event in events {
        state.handle(ui, cx, columns, event);
    }
}

impl State {
    /// Whether a column says nothing that is not seen anyway.
    fn says_nothing(&self, column: Column, incidents: usize) -> bool {
        match column {
            Column::Link => !self.index.has_links(),
            Column::Incident => {
                self.wanted.grouping == Grouping::Incident || self.only_shown_incident || incidents < 2
            }
            _ => false,
        }
    }

    fn filter_in_words(&self) -> String {
        let mut parts = Vec::new();
        if !self.wanted.filter.trim().is_empty() {
            parts.push(format!("“{}”", self.wanted.filter.trim()));
        }
        if let Some(stance) = self.wanted.stance {
            parts.push(format!("only “{stance}”"));
        }
        if self.only_shown_incident {
            parts.push("only the shown incident".to_owned());
        }
        format!("Filtered by {}", parts.join(", "))
    }

    fn handle(&mut self, ui: &Ui, cx: &ViewContext<'_>, columns: &[Column], event: TableEvent) {
        match event {
            TableEvent::Sort { column, is_added } => self.sort(column, is_added),
            TableEvent::ToggleGroup(key) => {
                if !self.wanted.collapsed.remove(&key) {
                    self.wanted.collapsed.insert(key);
                }
            }
            TableEvent::Click { line, column, modifiers } => {
                self.wants_table_focus = true;
                self.click(cx, line, column, modifiers);
            }
            TableEvent::Edit { line, column } => {
                self.put_cursor(line, column);
                if let Some(claim) = self.index.claim_at(line).cloned() {
                    self.begin_edit(cx, &claim, column, None);
                }
            }
            TableEvent::Menu { line, column } => {
                let at = ui.ctx().pointer_interact_pos().unwrap_or_default();
                self.open_menu(cx, line, column, at);
            }
            TableEvent::ToggleLink(claim) => menu::toggle_link(cx, claim),
            TableEvent::Edited(outcome) => self.finish_edit(cx, columns, outcome),
        }
        ui.ctx().request_repaint();
    }

    /// The next state of a column's sorting: up, down, off. An added column decides where those before it do not.
    fn sort(&mut self, column: Column, is_added: bool) {
        let sorting = &mut self.wanted.sorting;
        let place = sorting.iter().position(|sorting| sorting.column == column);
        let before = place.map(|place| sorting.remove(place));
        let next = match before {
            None => Some(Sorting { column, is_descending: false }),
            Some(before) if !before.is_descending => Some(Sorting { column, is_descending: true }),
            Some(_) => None,
        };
        if !is_added {
            sorting.clear();
        }
        if let Some(next) = next {
            let at = if is_added { place.unwrap_or(sorting.len()) } else { 0 };
            sorting.insert(at.min(sorting.len()), next);
            sorting.truncate(MOST_SORTINGS);
        }
        if let Some(line) = self.cursor.map(|cursor| cursor.line) {
            self.scroll_to = Some(line);
        }
    }

    fn open_menu(&mut self, cx: &ViewContext<'_>, line: usize, column: Column, at: egui::Pos2) {
        let Some(claim) = self.index.claim_at(line).map(|claim| claim.id) else { return };
        self.put_cursor(line, column);
        if !cx.is_selected(claim) {
            self.anchor = Some(claim);
            cx.select(claim);
        }
        self.menu = Some(MenuTarget { claim, column, at, is_new: true });
    }

    fn finish_edit(&mut self, cx: &ViewContext<'_>, columns: &[Column], outcome: CellOutcome) {
        let Some(editing) = self.editing.take() else { return };
        let next = match outcome {
            CellOutcome::Cancelled => Next::Here,
            CellOutcome::Refused(reason) => {
                let what = editing.column.label();
                cx.send(Command::Notify(Notice::warning(format!("{what} was not changed"), reason)));
                Next::Here
            }
            CellOutcome::Done(transaction, next) => {
                if let Some(transaction) = transaction {
                    cx.edit(transaction);
                    cx.send(Command::CloseStep);
                }
                next
            }
        };
        self.wants_table_focus = true;
        match next {
            Next::Down => self.move_lines(cx, 1, false),
            Next::Right => self.move_columns(columns, 1),
            Next::Left => self.move_columns(columns, -1),
            Next::Here => {}
        }
    }
}

/// Copies the selected rows, or all of them where none is selected.
fn copy_rows(cx: &ViewContext<'_>, state: &State, columns: &[Column]) {
    let is_any = cx.selection.count(Kind::Claim) > 0;
    let claims: Vec<&Claim> = state
        .index
        .claims_in(0..state.index.lines().len())
        .filter(|claim| !is_any || cx.is_selected(claim.id))
        .collect();
    // Selected rows that the filter hides are not what the user sees as selected.
    let claims = if claims.is_empty() { menu::selected_claims(cx) } else { claims };
    let what = counted(claims.len(), "row");
    let text = copy::tab_separated(cx.assessment, columns, claims.into_iter());
    cx.send(Command::Copy { text, what });
}
