//! The cell with the cursor, and the selection that follows it.

use eframe::egui::{Modifiers, Ui, pos2};

use super::State;
use super::columns::Column;
use super::index::Line;
use super::keys::KeyCommand;
use crate::model::{AnyId, Claim, Id};
use crate::ui::{Command, ViewContext};

/// The cell with the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Its line.
    pub line: usize,
    /// The claim of that line; `None` for the title of a group.
    pub claim: Option<Id<Claim>>,
    /// Its column.
    pub column: Column,
}

impl State {
    /// Keeps the cursor on its claim when lines move, and near its place when the claim is gone.
    pub(super) fn follow_cursor(&mut self) {
        let Some(cursor) = self.cursor else { return };
        let now = self.index.claim_at(cursor.line).map(|claim| claim.id);
        if now == cursor.claim && cursor.line < self.index.lines().len() {
            return;
        }
        let line = cursor.claim.and_then(|claim| self.index.line_of(claim)).unwrap_or(cursor.line);
        let Some(last) = self.index.lines().len().checked_sub(1) else {
            self.cursor = None;
            return;
        };
        self.put_cursor(line.min(last), cursor.column);
    }

    pub(super) fn put_cursor(&mut self, line: usize, column: Column) {
        let claim = self.index.claim_at(line).map(|claim| claim.id);
        self.cursor = Some(Cursor { line, claim, column });
    }

    /// Puts the cursor somewhere when the table gets the focus.
    pub(super) fn ensure_cursor(&mut self, columns: &[Column]) {
        let column = columns.first().copied().unwrap_or(Column::Source);
        match self.cursor {
            None => self.put_cursor(0, column),
            Some(cursor) if !columns.contains(&cursor.column) => self.put_cursor(cursor.line, column),
            Some(_) => {}
        }
    }

    /// Carries out a key.
    pub(super) fn press(&mut self, ui: &Ui, cx: &ViewContext<'_>, columns: &[Column], key: KeyCommand) {
        self.ensure_cursor(columns);
        let page = isize::try_from(self.page).unwrap_or(1);
        match key {
            KeyCommand::Lines(step, extends) => self.move_lines(cx, step, extends),
            KeyCommand::Pages(step, extends) => self.move_lines(cx, step * page, extends),
            KeyCommand::Ends { is_last: false, extends } => self.move_lines(cx, isize::MIN / 2, extends),
            KeyCommand::Ends { is_last: true, extends } => self.move_lines(cx, isize::MAX / 2, extends),
            KeyCommand::Columns(step) => self.move_columns(columns, step),
            KeyCommand::All => {
                let all = self.index.claims_in(0..self.index.lines().len());
                cx.send(Command::Select(all.map(|claim| claim.id.into()).collect()));
            }
            KeyCommand::Edit(typed) => self.edit_at_cursor(cx, typed),
            KeyCommand::Toggle => self.toggle_at_cursor(cx),
            KeyCommand::Copy => super::copy_rows(cx, self, columns),
            KeyCommand::Menu => {
                if let Some(cursor) = self.cursor {
                    let corner = ui.max_rect().left_top();
                    self.open_menu(cx, cursor.line, cursor.column, pos2(corner.x + 40.0, corner.y + 60.0));
                }
            }
            KeyCommand::Clear => cx.send(Command::Select(Vec::new())),
        }
    }

    fn edit_at_cursor(&mut self, cx: &ViewContext<'_>, typed: Option<String>) {
        let Some(cursor) = self.cursor else { return };
        match self.index.claim_at(cursor.line).cloned() {
            Some(claim) => self.begin_edit(cx, &claim, cursor.column, typed),
            None => self.toggle_at_cursor(cx),
        }
    }

    fn toggle_at_cursor(&mut self, cx: &ViewContext<'_>) {
        let Some(cursor) = self.cursor else { return };
        match self.index.lines().get(cursor.line) {
            Some(Line::Group(place)) => {
                if let Some(group) = self.index.group(*place) {
                    let key = group.key.clone();
                    if !self.wanted.collapsed.remove(&key) {
                        self.wanted.collapsed.insert(key);
                    }
                }
            }
            Some(Line::Row(_)) => {
                if let Some(claim) = cursor.claim {
                    super::menu::toggle_link(cx, claim);
                }
            }
            None => {}
        }
    }

    /// Moves the cursor by lines, and selects the claim there; or everything from where the selection began.
    pub(super) fn move_lines(&mut self, cx: &ViewContext<'_>, step: isize, extends: bool) {
        let Some(cursor) = self.cursor else { return };
        let last = self.index.lines().len().saturating_sub(1);
        let line = cursor.line.saturating_add_signed(step).min(last);
        if extends && self.anchor.is_none() {
            self.anchor = cursor.claim;
        }
        self.put_cursor(line, cursor.column);
        self.scroll_to = Some(line);
        self.select_to(cx, line, extends);
    }

    /// Moves the cursor by columns.
    pub(super) fn move_columns(&mut self, columns: &[Column], step: isize) {
        let Some(cursor) = self.cursor else { return };
        let place = columns.iter().position(|column| *column == cursor.column).unwrap_or(0);
        let place = place.saturating_add_signed(step).min(columns.len().saturating_sub(1));
        if let Some(column) = columns.get(place) {
            self.put_cursor(cursor.line, *column);
        }
    }

    /// Follows a click on a cell.
    pub(super) fn click(&mut self, cx: &ViewContext<'_>, line: usize, column: Column, modifiers: Modifiers) {
        self.put_cursor(line, column);
        let Some(claim) = self.cursor.and_then(|cursor| cursor.claim) else { return };
        if modifiers.command {
            self.anchor = Some(claim);
            cx.send(Command::ToggleSelected(claim.into()));
        } else {
            self.select_to(cx, line, modifiers.shift);
        }
    }

    fn select_to(&mut self, cx: &ViewContext<'_>, line: usize, extends: bool) {
        let claim = self.index.claim_at(line).map(|claim| claim.id);
        let anchor = self.anchor.filter(|_| extends).and_then(|anchor| self.index.line_of(anchor));
        let Some(anchor) = anchor else {
            if let Some(claim) = claim {
                self.anchor = Some(claim);
                cx.select(claim);
            }
            return;
        };
        // The claim with the cursor goes last: it is the main one.
        let range = anchor.min(line)..anchor.max(line) + 1;
        let mut ids: Vec<AnyId> = self.index.claims_in(range).map(|claim| claim.id.into()).collect();
        if line < anchor {
            ids.reverse();
        }
        cx.send(Command::Select(ids));
    }
}
