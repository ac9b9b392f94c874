//! The table itself: header, group titles, rows and cells, and what the pointer does to them.

use eframe::egui::{
    self, Align2, CursorIcon, Modifiers, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    vec2,
};
use egui_table::{CellInfo, HeaderCellInfo, HeaderRow, PrefetchInfo, TableDelegate, TableState};

use super::cell_edit::{CellOutcome, Editing};
use super::cells::{CELL_PADDING, CellPainter, explanation, line_galley, switch_rect};
use super::columns::Column;
use super::index::{GroupKey, Index, Line, Sorting};
use super::room::Needs;
use crate::analysis::relation::is_period_mismatch;
use crate::model::{Claim, Id};
use crate::ui::ViewContext;
use crate::ui::tokens::{self, Icon, Palette};
use crate::ui::widgets::{NamesApart, counted};

/// The height of the header, in points.
const HEADER_HEIGHT: f32 = 26.0;

/// Something that the pointer or an editor did in the table.
#[derive(Clone, Debug, PartialEq)]
pub enum TableEvent {
    /// A header was clicked: sort by its column, in addition to others or alone.
    Sort {
        /// The column.
        column: Column,
        /// Whether it is added to the columns that already sort.
        is_added: bool,
    },
    /// The title of a group was clicked.
    ToggleGroup(GroupKey),
    /// A cell was clicked.
    Click {
        /// Its line.
        line: usize,
        /// Its column.
        column: Column,
        /// The keys that were held.
        modifiers: Modifiers,
    },
    /// A cell was double-clicked.
    Edit {
        /// Its line.
        line: usize,
        /// Its column.
        column: Column,
    },
    /// A cell was clicked with the second button.
    Menu {
        /// Its line.
        line: usize,
        /// Its column.
        column: Column,
    },
    /// The switch of a link was clicked.
    ToggleLink(Id<Claim>),
    /// The editor of a cell is done.
    Edited(CellOutcome),
}

/// The table while it is drawn.
pub struct ClaimsTable<'a> {
    /// What the view may see.
    pub cx: &'a ViewContext<'a>,
    /// What stands in it.
    pub index: &'a Index,
    /// What the names of sources and incidents share with one another.
    pub apart: &'a NamesApart,
    /// The columns, from left to right.
    pub columns: &'a [Column],
    /// How it is sorted.
    pub sorting: &'a [Sorting],
    /// The cell with the cursor, where the table has the focus.
    pub cursor: Option<(usize, Column)>,
    /// The cell that is being edited.
    pub editing: Option<&'a mut Editing>,
    /// What happened.
    pub events: Vec<TableEvent>,
    /// Which lines are seen.
    pub visible: std::ops::Range<u64>,
    /// Where the table stands.
    pub area: Rect,
    /// The colours.
    pub palette: &'static Palette,
}

impl ClaimsTable<'_> {
    /// Draws it. `scroll_to` is a line to bring into sight.
    pub fn show(&mut self, ui: &mut Ui, id: egui::Id, widths: &[f32], scroll_to: Option<usize>) {
        let columns: Vec<egui_table::Column> = self
            .columns
            .iter()
            .zip(widths)
            .map(|(column, width)| egui_table::Column::new(*width).range(40.0..=900.0).id(column_id(*column)))
            .collect();
        let rows = self.index.lines().len() as u64;
        let mut table = egui_table::Table::new()
            .id_salt(id)
            .num_rows(rows)
            .columns(columns)
            .num_sticky_cols(1)
            .headers([HeaderRow::new(HEADER_HEIGHT)]);
        if let Some(line) = scroll_to {
            table = table.scroll_to_row(line as u64, None);
        }
        table.show(ui, self);
    }

    fn claim(&self, line: u64) -> Option<&Claim> {
        self.index.claim_at(usize::try_from(line).ok()?)
    }

    fn group_title(&mut self, ui: &Ui, rect: Rect, place: u32, is_sticky: bool) {
        let Some(group) = self.index.group(place) else { return };
        let painter = ui.painter();
        painter.rect_filled(rect, 0.0, self.palette.panel);
        painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, self.palette.line));
        let icon = if group.is_collapsed { Icon::ChevronRight } else { Icon::ChevronDown };
        let icon = line_galley(ui, &char::from(icon).to_string(), tokens::ICON, self.palette.quiet, 20.0);
        // The title does not scroll sideways with the cells.
        let row = Rect::from_x_y_ranges(
            self.area.left() + CELL_PADDING..=self.area.left() + 4000.0,
            rect.y_range(),
        );
        painter.galley(
            Align2::LEFT_CENTER.align_size_within_rect(icon.size(), row).min,
            icon,
            self.palette.quiet,
        );
        let title = tokens::bold(&group.title);
        let title = egui::WidgetText::from(title).into_galley(
            ui,
            Some(egui::TextWrapMode::Truncate),
            600.0,
            egui::TextStyle::Body,
        );
        let row = row.with_min_x(row.left() + 20.0);
        let (width, is_cut) = (title.size().x, title.elided);
        let place = Align2::LEFT_CENTER.align_size_within_rect(title.size(), row).min;
        painter.galley(place, title, self.palette.text);
        let count = counted(group.count, "claim");
        let count = line_galley(ui, &count, tokens::SMALL, self.palette.quiet, 200.0);
        let row = row.with_min_x(row.left() + width + 8.0);
        let place = Align2::LEFT_CENTER.align_size_within_rect(count.size(), row).min;
        painter.galley(place, count, self.palette.quiet);

        // The part beside the first column is drawn, and can be clicked, apart.
        let part = rect.intersect(ui.clip_rect());
        let response = ui.interact(part, ui.scope_id().with("group"), Sense::CLICK);
        if is_sticky {
            response.widget_info(|| {
                let state = if group.is_collapsed { "collapsed" } else { "expanded" };
                let label = format!("{}, {}, {state}", group.title, counted(group.count, "claim"));
                WidgetInfo::labeled(Role::Button, true, label)
            });
        }
        let response = if is_cut { response.on_hover_text(&group.title) } else { response };
        if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
            self.events.push(TableEvent::ToggleGroup(group.key.clone()));
        }
    }

    /// Whether the pointer is over a row: over its whole width, whichever part of it is being drawn.
    fn is_hovered(&self, ui: &Ui, row: Rect) -> bool {
        let pointer = ui
            .ctx()
            .pointer_hover_pos()
            .filter(|at| at.y >= row.top() && at.y < row.bottom() && self.area.contains(*at));
        pointer.is_some_and(|at| ui.ctx().layer_id_at(at) == Some(ui.layer_id()))
    }

    fn row_background(&self, ui: &Ui, rect: Rect, claim: &Claim, is_sticky: bool) {
        let is_selected = self.cx.is_selected(claim.id);
        let painter = ui.painter();
        if is_selected {
            painter.rect_filled(rect, 0.0, self.palette.selection);
        } else if self.is_hovered(ui, rect) {
            painter.rect_filled(rect, 0.0, self.palette.hovered);
        }
        painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, self.palette.stripe));
        if is_sticky {
            let response = ui.interact(rect, ui.scope_id().with("row"), Sense::hover());
            response.widget_info(|| {
                let label = self.cx.assessment.name_of(claim.id);
                let stance = claim.stance.label().to_lowercase();
                WidgetInfo::selected(Role::Row, true, is_selected, format!("{label} ({stance})"))
            });
        }
    }

    fn cell(&mut self, ui: &mut Ui, line: usize, column: Column) {
        let index = self.index;
        let Some(claim) = index.claim_at(line) else { return };
        let rect = ui.max_rect();
        if self.edits_here(ui, claim, column, rect) {
            return;
        }
        if ui.is_sizing_pass() {
            // The column is being fitted to what stands in it.
            let text = column.text(self.cx.assessment, claim);
            let width = line_galley(ui, &text, tokens::BODY, self.palette.text, 520.0).size().x;
            ui.allocate_space(vec2(width + 2.0 * CELL_PADDING + 12.0, 1.0));
            return;
        }
        let id = egui::Id::unique(("claim cell", claim.id.uuid(), column));
        let response = ui.interact(rect, id, Sense::CLICK);
        let mut painter = CellPainter {
            ui,
            rect,
            palette: self.palette,
            assessment: self.cx.assessment,
            apart: self.apart,
            is_cut: false,
            shows_role: false,
        };
        painter.shows_role = column == Column::Says && !self.columns.contains(&Column::Role);
        painter.paint(column, claim);
        let is_cut = painter.is_cut;
        self.name_cell(&response, column, claim);
        if self.cursor == Some((line, column)) {
            let stroke = Stroke::new(1.5, self.palette.accent);
            ui.painter().rect_stroke(rect.shrink(0.5), 1.0, stroke, StrokeKind::Inside);
        }
        let has_more = is_cut
            || matches!(column, Column::Likelihood | Column::Confidence | Column::Grade | Column::Origin)
            || (column == Column::Says
                && (!claim.quote.is_empty() || is_period_mismatch(self.cx.assessment, claim)));
        if has_more {
            let assessment = self.cx.assessment;
            response.clone().on_hover_ui(|ui| {
                ui.set_max_width(420.0);
                ui.label(explanation(column, assessment, claim));
            });
        }
        self.clicks(ui, &response, line, column, claim);
    }

    fn name_cell(&self, response: &Response, column: Column, claim: &Claim) {
        response.widget_info(|| {
            let text = column.text(self.cx.assessment, claim);
            if column == Column::Link && claim.proposition.is_link() {
                let says = Column::Says.text(self.cx.assessment, claim);
                return WidgetInfo::selected(
                    Role::Switch,
                    true,
                    claim.accepted,
                    format!("Accept link: {says}"),
                );
            }
            let mut text = if text.is_empty() { "none".to_owned() } else { text };
            if column == Column::Says && is_period_mismatch(self.cx.assessment, claim) {
                text.push_str(", speaks of another period than its incident");
            }
            WidgetInfo::labeled(Role::Cell, true, format!("{}: {text}", column.label()))
        });
    }

    fn clicks(&mut self, ui: &Ui, response: &Response, line: usize, column: Column, claim: &Claim) {
        let modifiers = ui.input(|input| input.modifiers);
        let is_on_switch = column == Column::Link && claim.proposition.is_link() && {
            let switch = switch_rect(ui.max_rect().shrink2(vec2(CELL_PADDING, 0.0))).expand(5.0);
            // Assistive technology clicks without a place.
            response.interact_pointer_pos().is_none_or(|place| switch.contains(place))
        };
        if response.clicked() && is_on_switch {
            self.events.push(TableEvent::ToggleLink(claim.id));
        } else if response.double_clicked() {
            self.events.push(TableEvent::Edit { line, column });
        } else if response.clicked() {
            self.events.push(TableEvent::Click { line, column, modifiers });
        } else if response.secondary_clicked() {
            self.events.push(TableEvent::Menu { line, column });
        }
    }

    /// Draws the editor where this is the cell that is being edited.
    fn edits_here(&mut self, ui: &mut Ui, claim: &Claim, column: Column, rect: Rect) -> bool {
        let Some(editing) = self.editing.as_deref_mut() else { return false };
        if editing.claim != claim.id || editing.column != column {
            return false;
        }
        if let Some(outcome) = editing.show(ui, self.cx, self.index, rect) {
            self.events.push(TableEvent::Edited(outcome));
        }
        true
    }
}

impl TableDelegate for ClaimsTable<'_> {
    fn prepare(&mut self, info: &PrefetchInfo) {
        self.visible = info.visible_rows.clone();
    }

    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let Some(column) = self.columns.get(cell.col_range.start).copied() else { return };
        let rect = ui.max_rect();
        let place = self.sorting.iter().position(|sorting| sorting.column == column);
        let sorting = place.and_then(|place| self.sorting.get(place));
        if ui.is_sizing_pass() {
            let width = line_galley(ui, column.label(), tokens::BODY, self.palette.quiet, 300.0).size().x;
            ui.allocate_space(vec2(width + 2.0 * CELL_PADDING + 20.0, 1.0));
            return;
        }
        let painter = ui.painter();
        painter.rect_filled(rect, 0.0, self.palette.panel);
        let response = ui.interact(rect, ui.scope_id().with("header"), Sense::click());
        if response.hovered() {
            painter.rect_filled(rect, 0.0, self.palette.hovered);
        }
        painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, self.palette.line));
        painter.vline(rect.right() - 0.5, rect.y_range().shrink(6.0), Stroke::new(1.0, self.palette.line));
        if response.has_focus() {
            let stroke = Stroke::new(1.5, self.palette.accent);
            painter.rect_stroke(rect.shrink(1.0), 1.0, stroke, StrokeKind::Inside);
        }
        let inner = rect.shrink2(vec2(CELL_PADDING, 0.0));
        let mut room = inner;
        if let Some(sorting) = sorting {
            let icon = if sorting.is_descending { Icon::ArrowDown } else { Icon::ArrowUp };
            let order = place.filter(|_| self.sorting.len() > 1).map(|place| (place + 1).to_string());
            let mark = format!("{}{}", char::from(icon), order.unwrap_or_default());
            let mark = line_galley(ui, &mark, tokens::SMALL_ICON, self.palette.text, 40.0);
            room.max.x -= mark.size().x + 4.0;
            let place = Align2::RIGHT_CENTER.align_size_within_rect(mark.size(), inner).min;
            ui.painter().galley(place, mark, self.palette.text);
        }
        let colour = if sorting.is_some() { self.palette.text } else { self.palette.quiet };
        let label = line_galley(ui, column.label(), tokens::BODY, colour, room.width());
        let align = match column.lie() {
            super::columns::Lie::Right => Align2::RIGHT_CENTER,
            super::columns::Lie::Left => Align2::LEFT_CENTER,
        };
        ui.painter().galley(align.align_size_within_rect(label.size(), room).min, label, colour);
        response.widget_info(|| {
            let state = match sorting {
                None => "",
                Some(sorting) if sorting.is_descending => ", descending",
                Some(_) => ", ascending",
            };
            let label = format!("Sort by {}{state}", column.label().to_lowercase());
            WidgetInfo::labeled(Role::ColumnHeader, true, label)
        });
        if response.clicked() {
            let is_added = ui.input(|input| input.modifiers.shift);
            self.events.push(TableEvent::Sort { column, is_added });
        }
        response.on_hover_text(column.description());
    }

    fn row_ui(&mut self, ui: &mut Ui, row: u64) {
        let rect = ui.max_rect();
        let is_sticky = ui.clip_rect().left() <= self.area.left() + 1.0;
        let line = usize::try_from(row).ok().and_then(|line| self.index.lines().get(line)).copied();
        match line {
            Some(Line::Group(place)) => self.group_title(ui, rect, place, is_sticky),
            Some(Line::Row(_)) => {
                if let Some(claim) = self.claim(row) {
                    self.row_background(ui, rect, claim, is_sticky);
                }
            }
            None => {}
        }
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let Some(column) = self.columns.get(cell.col_nr).copied() else { return };
        if let Ok(line) = usize::try_from(cell.row_nr) {
            self.cell(ui, line, column);
        }
    }

    fn default_row_height(&self) -> f32 {
        tokens::ROW_HEIGHT
    }
}

/// The identity of a column within the table.
fn column_id(column: Column) -> egui::Id {
    egui::Id::unique(("claims column", column))
}

/// The widths of the columns. Until the user changes one, those with long texts share the room that is left.
#[derive(Debug, Default)]
pub struct Widths {
    /// What was set last, to see whether the user changed it.
    set: Vec<(Column, f32)>,
    is_users: bool,
    /// Widths of an earlier run that the table is to take over.
    earlier: Vec<(Column, f32)>,
}

impl Widths {
    /// The widths that the user has set; none where the columns fill the table.
    pub fn of_the_user(&self) -> &[(Column, f32)] {
        match (self.earlier.is_empty(), self.is_users) {
            (false, _) => &self.earlier,
            (true, true) => &self.set,
            (true, false) => &[],
        }
    }

    /// Takes over what the user had set.
    pub fn restore(&mut self, widths: Vec<(Column, f32)>) {
        *self = Self { set: Vec::new(), is_users: !widths.is_empty(), earlier: widths };
    }

    /// The widths for `columns` in a table as wide as `room`.
    pub fn update(
        &mut self,
        ui: &Ui,
        table: egui::Id,
        needs: &Needs,
        (columns, room): (&[Column], f32),
    ) -> Vec<f32> {
        let id = TableState::id(ui, egui::IdSalt::new(table));
        let mut state = TableState::load(ui.ctx(), id).unwrap_or_default();
        for (column, width) in self.earlier.drain(..) {
            state.col_widths.insert(column_id(column), width);
        }
        for (column, width) in &self.set {
            let now = state.col_widths.get(&column_id(*column)).copied().unwrap_or(*width);
            self.is_users |= (now - width).abs() > 0.5;
        }
        let fitted = needs.widths(columns, room);
        let mut widths = Vec::with_capacity(columns.len());
        for (column, fitted) in columns.iter().zip(fitted) {
            let kept = state.col_widths.get(&column_id(*column)).copied();
            let width = if self.is_users { kept.unwrap_or(fitted) } else { fitted };
            state.col_widths.insert(column_id(*column), width);
            widths.push(width);
        }
        state.store(ui.ctx(), id);
        self.set = columns.iter().copied().zip(widths.iter().copied()).collect();
        widths
    }

    /// Goes back to widths that fill the table.
    pub fn reset(&mut self) {
        *self = Self::default();
    }
}
