//! The cells.

use eframe::egui::{
    Align2, Color32, FontId, Key, Painter, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};

use super::memo::Memo;
use super::rate::{self, Act};
use super::{State, labels};
use crate::analysis::ach::DisputeLevel;
use crate::analysis::charts::matrix::{MatrixLine, Shown, rating_words};
use crate::model::RatingValue;
use crate::ui::ViewContext;
use crate::ui::tokens::{self, Palette, ROW_HEIGHT, bold};
use crate::ui::widgets::chart_grid::{ChartGrid, GridContent, GridSize, GridView, LABELS_IN_VIEW};
use crate::ui::widgets::own_keys::keep_delete;
use crate::ui::widgets::quiet;

/// The name of the chart for screen readers.
pub(super) const NAME: &str = "Evidence against hypotheses";
/// The width of the cells, in points: as wide as the longest margin under them.
const HYPOTHESIS: f32 = 84.0;
const EVIDENCE: f32 = 48.0;
const FOOT: f32 = 6.0;

/// Where the columns of the grid stand on the screen, and which of them are in sight.
#[derive(Clone, Debug, Default)]
pub(super) struct Placed {
    /// The left edge of each column in sight, with its number.
    pub columns: Vec<(usize, f32)>,
    /// The width of a column.
    pub width: f32,
}

/// How the grid is laid out within `room`.
pub(super) fn size(ui: &Ui, memo: &Memo, room: f32, is_transposed: bool) -> GridSize {
    let font = FontId::proportional(tokens::BODY - 1.0);
    let measure =
        |text: String| ui.painter().layout_no_wrap(text, font.clone(), tokens::palette(ui).text).size().x;
    let widths = (0..memo.grid_columns().min(64)).map(|column| measure(column_name(memo, column)));
    let column_width = if is_transposed { EVIDENCE } else { HYPOTHESIS };
    let header_height = ChartGrid::header_height(widths, FOOT, LABELS_IN_VIEW);
    let cells = column_width * memo.grid_columns() as f32 + ChartGrid::overhang(header_height, FOOT);
    let label_width = (room - cells - 16.0).clamp((room * 0.4).min(300.0), 760.0_f32.max(room * 0.5));
    GridSize { label_width, header_height, foot: FOOT, column_width, columns: memo.grid_columns() }
}

/// What a column of the grid is called.
fn column_name(memo: &Memo, column: usize) -> String {
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
) -> Placed {
    let place = state.cursor.and_then(|cell| memo.place_of(cell));
    let reveal = place.filter(|_| std::mem::take(&mut state.is_to_reveal)).map(|(row, column)| {
        let corner = pos2(column as f32 * size.column_width, row as f32 * ROW_HEIGHT);
        Rect::from_min_size(corner, vec2(size.column_width, ROW_HEIGHT))
    });
    let grid = ChartGrid { salt: "matrix", name: NAME, size, row_tops: &memo.row_tops, reveal };
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

    /// The nearest row in a direction that is no head of a group; the same where there is none.
    fn row_beyond(&self, row: usize, step: isize) -> usize {
        let mut next = row;
        while let Some(candidate) = next.checked_add_signed(step).filter(|it| *it < self.memo.grid_rows()) {
            if self.memo.at(candidate, 0).is_some() {
                return candidate;
            }
            next = candidate;
        }
        row
    }

    fn draw_cell(&mut self, ui: &Ui, view: &GridView, (row, column): (usize, usize)) {
        let (Some(rect), Some((item, hypothesis))) = (view.cell(row, column), self.memo.at(row, column))
        else {
            return;
        };
        let Some(cell) = self.memo.chart.cell(item, hypothesis) else { return };
        let palette = tokens::palette(ui);
        let rect = rect.shrink(1.0);
        let is_excluded = self.memo.chart.rows.get(item).is_some_and(|row| row.is_excluded);
        paint_shown(ui.painter(), rect, cell.shown, is_excluded, palette);
        if let Some(dispute) = cell.dispute {
            paint_dispute(ui.painter(), rect, dispute.level, palette);
        }
        if cell.own.is_some() {
            paint_own(ui.painter(), rect, palette);
        }
        let is_current = self.place == Some((row, column));
        let response = ui.interact(rect, view.id.with((row, column)), Sense::CLICK);
        response.widget_info(|| {
            let text = self.memo.chart.cell_sentence(item, hypothesis);
            WidgetInfo::selected(Role::GridCell, true, is_current, text)
        });
        if is_current {
            let colour = if view.has_focus { palette.accent } else { palette.edge };
            ui.painter().rect_stroke(rect, 2, Stroke::new(2.0, colour), StrokeKind::Inside);
        } else if response.hovered() {
            ui.painter().rect_stroke(rect, 2, Stroke::new(1.0, palette.text), StrokeKind::Inside);
        }
        if response.clicked() || response.secondary_clicked() {
            // In the next frame: in this one the press beside the grid's own widget takes the keyboard from it.
            self.state.wants_focus = true;
            ui.ctx().request_repaint();
            self.move_to(row, column);
        }
        response.context_menu(|ui| self.menu(ui, (item, hypothesis)));
        if is_current && let Some(editing) = &mut self.state.reason {
            (editing.at, editing.grid) = (Some(rect.left_bottom() + vec2(0.0, 4.0)), Some(view.id));
        }
        response.on_hover_ui(|ui| tooltip(ui, self.cx, self.memo, item, hypothesis));
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
        labels::corner(ui, self.state);
    }

    fn column_label(&self, column: usize) -> (String, bool) {
        let is_current = self.place.is_some_and(|(_, current)| current == column);
        let is_leader = !self.memo.is_transposed()
            && self.memo.chart.columns.get(column).is_some_and(|column| column.score.rank == Some(1));
        (column_name(self.memo, column), is_current || is_leader)
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
            let acts = ui.input_mut(rate::take);
            if let Some((row, column)) = self.place.and_then(|(row, column)| self.memo.at(row, column)) {
                for act in acts {
                    rate::act(self.cx, self.memo, self.state, (row, column), act);
                }
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
        Some(self.memo.chart.cell_sentence(item, hypothesis))
    }

    fn key(&mut self, key: Key) {
        let Some((row, column)) = self.place else {
            self.move_to(self.memo.first_row(), 0);
            return;
        };
        let last = self.memo.grid_columns().saturating_sub(1);
        match key {
            Key::ArrowLeft => self.move_to(row, column.saturating_sub(1)),
            Key::ArrowRight => self.move_to(row, (column + 1).min(last)),
            Key::ArrowUp => self.move_to(self.row_beyond(row, -1), column),
            Key::ArrowDown => self.move_to(self.row_beyond(row, 1), column),
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

/// What stands behind the letters of a rating; nothing for "not applicable".
pub(super) fn fill(palette: &Palette, value: RatingValue) -> Option<Color32> {
    let place = match value {
        RatingValue::VeryConsistent => 0,
        RatingValue::Consistent => 1,
        RatingValue::Neutral => 2,
        RatingValue::Inconsistent => 3,
        RatingValue::VeryInconsistent => 4,
        RatingValue::NotApplicable => return None,
    };
    palette.ratings.get(place).copied()
}

fn paint_shown(painter: &Painter, rect: Rect, shown: Shown, is_excluded: bool, palette: &Palette) {
    let paint = |rect: Rect, value: RatingValue| {
        if let Some(colour) = fill(palette, value).filter(|_| !is_excluded) {
            painter.rect_filled(rect, 2, colour);
        }
    };
    match shown {
        Shown::Nothing => {}
        Shown::One(value) | Shown::Mean(value, _) => paint(rect, value),
        Shown::Split(best, worst, _) => {
            paint(rect.with_max_x(rect.center().x), best);
            paint(rect.with_min_x(rect.center().x), worst);
        }
    }
    if is_excluded || matches!(shown, Shown::Nothing | Shown::One(RatingValue::NotApplicable)) {
        painter.rect_stroke(rect, 2, Stroke::new(1.0, palette.line), StrokeKind::Inside);
    }
    let is_quiet = is_excluded || shown == Shown::One(RatingValue::NotApplicable);
    let colour = if is_quiet { palette.quiet } else { palette.text };
    let size =
        if rect.width() < 44.0 || matches!(shown, Shown::Split(..)) { tokens::SMALL } else { tokens::BODY };
    painter.text(rect.center(), Align2::CENTER_CENTER, shown.letters(), FontId::proportional(size), colour);
}

/// Paints the mark of a rating by the analyst who works now: a corner.
pub(super) fn paint_own(painter: &Painter, rect: Rect, palette: &Palette) {
    let corner = rect.left_top() + vec2(1.0, 1.0);
    let points = vec![corner, corner + vec2(6.0, 0.0), corner + vec2(0.0, 6.0)];
    painter.add(Shape::convex_polygon(points, palette.text, Stroke::NONE));
}

/// Paints how far analysts are apart: one, two or three bars; nothing for consensus.
pub(super) fn paint_dispute(painter: &Painter, rect: Rect, level: DisputeLevel, palette: &Palette) {
    let bars = match level {
        DisputeLevel::Consensus => 0_u8,
        DisputeLevel::Mild => 1,
        DisputeLevel::Strong => 2,
        DisputeLevel::Extreme => 3,
    };
    for bar in 0..bars {
        let x = rect.right() - 3.0 - f32::from(bar) * 3.0;
        painter.vline(x, rect.bottom() - 9.0..=rect.bottom() - 2.0, Stroke::new(1.5, palette.text));
    }
}

/// A cell with all its ratings.
fn tooltip(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, row: usize, column: usize) {
    ui.set_max_width(440.0);
    ui.label(bold(memo.chart.cell_sentence(row, column)));
    let (Some(item), Some(hypothesis)) = (memo.chart.rows.get(row), memo.chart.columns.get(column)) else {
        return;
    };
    ui.label(item.statement.as_str());
    ui.label(quiet(ui, hypothesis.answer.as_str()));
    if let Some(Shown::Mean(_, mean) | Shown::Split(_, _, mean)) =
        memo.chart.cell(row, column).map(|cell| cell.shown)
    {
        let mean = format!("{mean:+.2}").replace('-', "\u{2212}");
        ui.label(quiet(ui, format!("Mean {mean}, from +2 (CC) to \u{2212}2 (II)")));
    }
    let votes = memo.chart.votes(row, column);
    for vote in votes {
        let Some(rating) = cx.assessment.ratings.get(vote.rating) else { continue };
        let reason = if rating.reason.is_empty() { String::new() } else { format!(" – {}", rating.reason) };
        let on = rating.rated_at.strftime("%Y-%m-%d");
        ui.label(format!("{}: {}{reason} ({on})", cx.assessment.name_of(vote.analyst), vote.value.label()));
    }
    let all = cx
        .assessment
        .ratings
        .iter()
        .filter(|rating| rating.evidence == item.evidence && rating.hypothesis == hypothesis.hypothesis)
        .count();
    match all.saturating_sub(votes.len()) {
        0 => {}
        1 => drop(ui.label(quiet(ui, "1 earlier rating is kept"))),
        earlier => drop(ui.label(quiet(ui, format!("{earlier} earlier ratings are kept")))),
    }
}
