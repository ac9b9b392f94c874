//! The cells.

use eframe::egui::{Key, Popup, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::memo::Memo;
use super::rate::{self, Act};
use super::{State, details, labels, paint};
use crate::analysis::charts::matrix::{MatrixLine, Shown, rating_words};
use crate::model::RatingValue;
use crate::ui::ViewContext;
use crate::ui::tokens;
use crate::ui::widgets::chart_grid::{ChartGrid, GridContent, GridSize, GridView};
use crate::ui::widgets::own_keys::keep_delete;

/// The name of the chart for screen readers.
pub(super) const NAME: &str = "Evidence against hypotheses";
/// The width of the cells in a figure, where the names of the columns are in full.
const COLUMN_ON_PAPER: f32 = 116.0;
/// The room between the names of the columns and the rows, in points.
pub(super) const FOOT: f32 = 6.0;
/// How far the Page keys lead, in rows.
const PAGE: usize = 10;

/// Where the columns of the grid stand on the screen, and which of them are in sight.
#[derive(Clone, Debug, Default)]
pub(super) struct Placed {
    /// The left edge of each column in sight, with its number.
    pub columns: Vec<(usize, f32)>,
    /// The width of a column.
    pub width: f32,
}

/// How the grid is laid out in a figure, with all names in full.
pub(super) fn full_size(ui: &Ui, memo: &Memo, label_width: f32) -> GridSize {
    let (columns, column_width) = (memo.grid_columns(), COLUMN_ON_PAPER);
    let names = (0..columns).map(|column| column_name(memo, column));
    let header_height = ChartGrid::upright_height(ui, names, (column_width, FOOT), f32::INFINITY);
    let foot = FOOT;
    GridSize { label_width, header_height, foot, column_width, columns, is_upright: true, overhang: 0.0 }
}

/// What a column of the grid is called.
pub(super) fn column_name(memo: &Memo, column: usize) -> String {
    if memo.is_transposed() {
        let row = memo.evidence_at(column).and_then(|row| memo.chart.rows.get(row));
        return row.map(|row| format!("{} {}", row.name, row.statement)).unwrap_or_default();
    }
    let column = memo.chart.columns.get(column);
    column.map(|column| format!("{} {}", column.name, column.answer)).unwrap_or_default()
}

/// Draws the grid; where its columns stand.
pub(super) fn show(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    memo: &Memo,
    state: &mut State,
    size: GridSize,
    row_tops: &[f32],
) -> Placed {
    let place = state.cursor.and_then(|cell| memo.place_of(cell));
    let reveal = place.filter(|_| std::mem::take(&mut state.is_to_reveal)).map(|(row, column)| {
        let top = |row: usize| row_tops.get(row).copied().unwrap_or_default();
        let left = column as f32 * size.column_width;
        Rect::from_x_y_ranges(left..=left + size.column_width, top(row)..=top(row + 1))
    });
    let grid = ChartGrid { salt: "matrix", name: NAME, size, row_tops, reveal };
    let mut content = Content { cx, memo, state, place, placed: Placed::default() };
    grid.show(ui, &mut content);
    content.placed
}

struct Content<'a> {
    cx: &'a ViewContext<'a>,
    memo: &'a Memo,
    state: &'a mut State,
    /// The cell of the grid under the keyboard.
    place: Option<(usize, usize)>,
    placed: Placed,
}

impl Content<'_> {
    fn move_to(&mut self, row: usize, column: usize) {
        if let Some((row, column)) = self.memo.at(row, column) {
            self.state.cursor = self.memo.ids(row, column);
            self.state.is_to_reveal = true;
            rate::select(self.cx, self.memo, row, column);
        }
    }

    /// The row that is `count` rows away in a direction, heads of groups left out; the last one where there are fewer.
    fn rows_beyond(&self, row: usize, step: isize, count: usize) -> usize {
        let (mut found, mut next) = (row, row);
        let mut left = count;
        while let Some(candidate) = next.checked_add_signed(step).filter(|it| *it < self.memo.grid_rows()) {
            if self.memo.at(candidate, 0).is_some() {
                found = candidate;
                left -= 1;
                if left == 0 {
                    break;
                }
            }
            next = candidate;
        }
        found
    }

    fn draw_cell(&mut self, ui: &Ui, view: &GridView, (row, column): (usize, usize)) {
        let (Some(rect), Some((item, hypothesis))) = (view.cell(row, column), self.memo.at(row, column))
        else {
            return;
        };
        let palette = tokens::palette(ui);
        let rect = rect.shrink(1.0);
        self.paint_cell(ui, rect, (item, hypothesis));
        let is_current = self.place == Some((row, column));
        let response = ui.interact(rect, view.id.with((row, column)), Sense::CLICK);
        response.widget_info(|| {
            let text = self.memo.chart.cell_sentence(self.cx.assessment, item, hypothesis);
            WidgetInfo::selected(Role::GridCell, true, is_current, text)
        });
        if is_current {
            let colour = if view.has_focus { palette.accent } else { palette.edge };
            ui.painter().rect_stroke(rect, 2, Stroke::new(2.0, colour), StrokeKind::Inside);
        } else if response.hovered() {
            ui.painter().rect_stroke(rect, 2, Stroke::new(1.0, palette.text), StrokeKind::Inside);
        }
        if response.clicked() || response.secondary_clicked() {
            ui.memory_mut(|memory| memory.request_focus(view.id));
            self.move_to(row, column);
        }
        response.context_menu(|ui| self.menu(ui, (item, hypothesis)));
        if is_current {
            let at = Some(rect.left_bottom() + vec2(0.0, 4.0));
            if let Some(editing) = &mut self.state.reason {
                (editing.at, editing.grid) = (at, Some(view.id));
            }
            if let Some(open) = &mut self.state.details {
                (open.at, open.grid) = (at, Some(view.id));
            }
        }
        // What is open on a cell says more than the tooltip, and is not to be covered by it.
        if response.hovered() && !Popup::is_any_open(ui.ctx()) {
            response.on_hover_ui(|ui| details::tooltip(ui, self.cx, self.memo, (item, hypothesis)));
        }
    }

    fn paint_cell(&self, ui: &Ui, rect: Rect, (item, hypothesis): (usize, usize)) {
        let chart = &self.memo.chart;
        let Some(cell) = chart.cell(item, hypothesis) else { return };
        let palette = tokens::palette(ui);
        let is_excluded = chart.rows.get(item).is_some_and(|row| row.is_excluded);
        match chart.both(item, hypothesis) {
            Some(values) => paint::both(ui.painter(), rect, values, is_excluded, palette),
            None => {
                paint::shown(ui.painter(), rect, cell, is_excluded, palette);
                if cell.own.is_none() && self.memo.marks_unrated && cell.shown != Shown::Nothing {
                    paint::not_own(ui.painter(), rect, palette);
                }
            }
        }
        if let Some(dispute) = cell.dispute {
            paint::dispute(ui.painter(), rect, dispute.level, palette);
        }
        if let Some(remarks) = chart.remarks(item, hypothesis) {
            paint::remarks(ui.painter(), rect, remarks.open > 0, palette);
        }
    }

    /// Does what a key asks for.
    fn act(&mut self, act: Act) {
        match act {
            Act::NextDifference => self.jump(1),
            Act::PreviousDifference => self.jump(-1),
            act => {
                if let Some(cell) = self.place.and_then(|(row, column)| self.memo.at(row, column)) {
                    rate::act(self.cx, self.memo, self.state, cell, act);
                }
            }
        }
    }

    /// Goes to the next cell in the order of the grid, or the one before, in which raters differ.
    fn jump(&mut self, step: isize) {
        match self.memo.dispute_beyond(self.place, step) {
            Some((row, column)) => self.move_to(row, column),
            None => rate::say_that_nothing_differs(self.cx, self.memo),
        }
        self.place = self.state.cursor.and_then(|cell| self.memo.place_of(cell));
    }

    fn menu(&mut self, ui: &mut Ui, cell: (usize, usize)) {
        let mut chosen = None;
        for value in RatingValue::ALL {
            if ui.button(format!("{}  {}", value.label(), rating_words(*value))).clicked() {
                chosen = Some(Act::Rate(*value));
            }
        }
        ui.separator();
        for (text, act) in [
            ("Reason…", Act::Reason),
            ("History and comments…", Act::Details),
            ("Take one’s own rating back", Act::TakeBack),
            ("Leave out of the scores, or count again", Act::Exclude),
        ] {
            if ui.button(text).clicked() {
                chosen = Some(act);
            }
        }
        if let Some(act) = chosen {
            rate::act(self.cx, self.memo, self.state, cell, act);
        }
    }
}

impl GridContent for Content<'_> {
    fn corner(&mut self, ui: &mut Ui) {
        labels::corner(ui, self.cx, self.memo, self.state);
    }

    fn column_label(&self, column: usize) -> (String, bool) {
        let is_leader = !self.memo.is_transposed()
            && self.memo.chart.columns.get(column).is_some_and(|column| column.score.rank == Some(1));
        (column_name(self.memo, column), is_leader)
    }

    fn column_tooltip(&self, column: usize) -> String {
        column_name(self.memo, column)
    }

    fn column_clicked(&mut self, column: usize) {
        if self.memo.is_transposed() {
            let row = self.memo.evidence_at(column).and_then(|row| self.memo.chart.rows.get(row));
            if let Some(row) = row {
                self.cx.select(row.evidence);
            }
        } else if let Some(column) = self.memo.chart.columns.get(column) {
            self.cx.select(column.hypothesis);
        }
    }

    fn row_label(&mut self, ui: &mut Ui, row: usize, rect: Rect) {
        let is_current = self.place.is_some_and(|(current, _)| current == row);
        if self.memo.is_transposed() {
            if let Some(column) = self.memo.chart.columns.get(row) {
                labels::hypothesis(ui, self.cx, self.memo, column, (rect, is_current));
            }
            return;
        }
        match self.memo.lines.get(row) {
            Some(MatrixLine::Group(name, count)) => labels::group(ui, rect, name, *count),
            Some(MatrixLine::Row(place)) => {
                if let Some(row) = self.memo.chart.rows.get(*place) {
                    labels::evidence(ui, self.cx, self.memo, row, (rect, is_current));
                }
            }
            None => {}
        }
    }

    fn cells(&mut self, ui: &mut Ui, view: &GridView) {
        let half = view.column_width() / 2.0;
        self.placed = Placed {
            columns: view.columns.clone().map(|column| (column, view.column_x(column) - half)).collect(),
            width: view.column_width(),
        };
        if std::mem::take(&mut self.state.wants_focus) {
            ui.memory_mut(|memory| memory.request_focus(view.id));
        }
        if view.has_focus {
            keep_delete(ui, view.id);
            for act in ui.input_mut(rate::take) {
                self.act(act);
            }
        }
        for row in view.rows.clone() {
            for column in view.columns.clone() {
                self.draw_cell(ui, view, (row, column));
            }
        }
    }

    fn current(&self) -> Option<String> {
        let (row, column) = self.place?;
        let (item, hypothesis) = self.memo.at(row, column)?;
        Some(self.memo.chart.cell_sentence(self.cx.assessment, item, hypothesis))
    }

    fn key(&mut self, key: Key) {
        if key == Key::Escape {
            return;
        }
        let Some((row, column)) = self.place else {
            self.move_to(self.memo.first_row(), 0);
            return;
        };
        let last = self.memo.grid_columns().saturating_sub(1);
        match key {
            Key::ArrowLeft => self.move_to(row, column.saturating_sub(1)),
            Key::ArrowRight => self.move_to(row, (column + 1).min(last)),
            Key::ArrowUp => self.move_to(self.rows_beyond(row, -1, 1), column),
            Key::ArrowDown => self.move_to(self.rows_beyond(row, 1, 1), column),
            Key::PageUp => self.move_to(self.rows_beyond(row, -1, PAGE), column),
            Key::PageDown => self.move_to(self.rows_beyond(row, 1, PAGE), column),
            Key::Home => self.move_to(row, 0),
            Key::End => self.move_to(row, last),
            Key::Enter => {
                if let Some(cell) = self.memo.at(row, column) {
                    rate::act(self.cx, self.memo, self.state, cell, Act::Reason);
                }
            }
            _ => {}
        }
        // A second key of the same frame goes on from here.
        self.place = self.state.cursor.and_then(|cell| self.memo.place_of(cell));
    }
}
