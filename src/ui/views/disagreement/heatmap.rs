//! The sources (or origins) of one incident against one another, by relation.

use eframe::egui::{
    Align2, Key, Painter, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::memo::Memo;
use super::who_says_who::paint_small;
use super::{MOST_LABEL, label_width, rows_beside_labels};
use crate::analysis::Relation;
use crate::analysis::charts::{Cell, Heatmap, RowKey};
use crate::ui::tokens::{self, Palette};
use crate::ui::widgets::chart_grid::{ChartGrid, GridContent, GridSize, GridView, LABELS_IN_VIEW};
use crate::ui::widgets::degree_text;
use crate::ui::widgets::marks::{paint_hatch, paint_relation, relation_colour};
use crate::ui::widgets::own_keys::PAGE;

/// The room between the column labels and the rows, in points.
const FOOT: f32 = 6.0;
/// What stands around the names of the rows, in points.
const NAME_EDGES: f32 = 28.0;
/// What is kept free beside the cells and below them, in points.
const AROUND: f32 = 16.0;
/// The side of a cell in a figure, in points.
const HEAT_CELL: f32 = 28.0;
/// The least side of a cell in a window and the greatest, in points.
const CELL: (f32, f32) = (22.0, 32.0);
/// How strongly a cell is tinted with the colour of its relation.
const TINT: f32 = 0.22;

/// What the cells show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Measure {
    /// How the claims stand to each other.
    #[default]
    Relation,
    /// How strongly they conflict.
    Conflict,
}

impl Measure {
    /// The name that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Relation => "Relation",
            Self::Conflict => "Conflict",
        }
    }

    /// What it is, in one sentence.
    pub const fn description(self) -> &'static str {
        match self {
            Self::Relation => "How the claims of the two stand to each other",
            Self::Conflict => {
                "The degree of conflict, from 0 (agreement or ignorance) to 1 (certain opposites)"
            }
        }
    }
}

/// The top of the scale for degrees of conflict of which this is the greatest: a round number, so that the scale is the
/// same for small changes.
pub(super) fn scale_top(greatest: f64) -> f64 {
    const TOPS: [f64; 6] = [0.05, 0.1, 0.2, 0.3, 0.5, 0.75];
    TOPS.into_iter().find(|top| greatest <= *top).unwrap_or(1.0)
}

/// Two rows that are set against each other, and which of their pairs of claims is shown.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Chosen {
    /// The row.
    pub row: RowKey,
    /// The column.
    pub column: RowKey,
    /// Which of the pairs of claims, counted from 0.
    pub pair: usize,
}

/// What the chart remembers.
#[derive(Debug, Default)]
pub(super) struct Cursor {
    /// The cell under the keyboard, by what its row and its column stand for: their places change with the order and with edits.
    pub cell: Option<(RowKey, RowKey)>,
    /// Whether it is to be brought into sight.
    pub is_to_reveal: bool,
}

impl Cursor {
    /// The place of the cell under the keyboard; `None` where there is none, or it is not shown.
    fn place_in(&self, memo: &Memo) -> Option<(usize, usize)> {
        let (row, column) = self.cell.as_ref()?;
        let place = |key| memo.heat.keys.iter().position(|other| other == key);
        place(row).zip(place(column))
    }
}

/// The name of the chart, for the title above it and for screen readers.
pub(super) const TITLE: &str = "One against another";

/// Whether any cell stands for several pairs of claims.
pub(super) fn has_counts(heat: &Heatmap) -> bool {
    let rows = heat.keys.len();
    (0..rows).any(|row| (0..row).any(|column| heat.cell(row, column).is_some_and(|cell| cell.pair_count > 1)))
}

/// The relations that cells show, in their order.
pub(super) fn relations(heat: &Heatmap) -> Vec<Relation> {
    let rows = heat.keys.len();
    let cells = (0..rows).flat_map(|row| (0..row).filter_map(move |column| heat.cell(row, column)));
    let mut found: Vec<Relation> = Vec::new();
    for cell in cells {
        if !found.contains(&cell.relation) {
            found.push(cell.relation);
        }
    }
    found.sort_by_key(|relation| Relation::ALL.iter().position(|it| it == relation));
    found
}

/// Down to this width the names of the rows give way to the cells, in points.
const LEAST_NAMES: f32 = 120.0;

/// How the chart is laid out within `room`.
pub(super) fn size(memo: &Memo, room: Vec2) -> GridSize {
    let heads = memo.widths.heat;
    let count = memo.heat.keys.len() as f32;
    let names = memo.widths.heat_rows + NAME_EDGES;
    let cell = cell(names, count, room);
    let rows = cell * count;
    // Names get what the cells do not need.
    let left = room.x - rows - AROUND;
    // Down to a width at which they can still be told apart; where that is not enough the cells are scrolled anyway.
    let most = if left >= LEAST_NAMES { left } else { room.x * 0.4 };
    let label_width = names.clamp(72.0, most.clamp(96.0, MOST_LABEL));
    // Heads lean over the names: whoever has room beside the cells has it above them.
    let fits = |height: f32| height <= ChartGrid::height_above_corner(label_width);
    let most = ChartGrid::labels_in_view(room.y - FOOT, rows_beside_labels(rows, room.y), fits);
    let free = room.y - FOOT - rows - AROUND;
    let most = most.max(free.min(ChartGrid::height_above_corner(label_width)));
    GridSize {
        label_width,
        header_height: ChartGrid::header_height(std::iter::once(heads), FOOT, most),
        foot: FOOT,
        column_width: cell,
        columns: memo.heat.keys.len(),
        is_upright: false,
        overhang: 0.0,
    }
}

/// The side of a cell: as large as lets all be seen, within what can be read and what is pleasant.
fn cell(names: f32, count: f32, room: Vec2) -> f32 {
    let (least, most) = CELL;
    let names = names.min((room.x * 0.4).max(room.x - AROUND - least * count));
    let across = (room.x - names - AROUND) / count.max(1.0);
    let down = (room.y - LABELS_IN_VIEW - FOOT - AROUND) / count.max(1.0);
    // Rows that must be scrolled anyway need not be made low.
    let down = if down < least { HEAT_CELL } else { down };
    across.min(down).clamp(least, most).floor()
}

/// How the chart is laid out where it may grow, so that no label is cut.
pub(super) fn full_size(ui: &Ui, memo: &Memo) -> GridSize {
    let longest = memo.heat.labels.iter().map(|label| label_width(ui, label)).fold(0.0, f32::max);
    let header_height = ChartGrid::header_height(std::iter::once(longest), FOOT, MOST_LABEL);
    GridSize {
        label_width: (longest + NAME_EDGES).clamp(72.0, MOST_LABEL).ceil(),
        header_height,
        overhang: 0.0,
        foot: FOOT,
        column_width: HEAT_CELL,
        columns: memo.heat.keys.len(),
        is_upright: false,
    }
}

/// The tops of the rows, and the bottom of the last one: the cells are square.
pub(super) fn tops(memo: &Memo, size: GridSize) -> Vec<f32> {
    (0..=memo.heat.keys.len()).map(|row| row as f32 * size.column_width).collect()
}

/// Draws the chart in the available room.
pub(super) fn show(
    ui: &mut Ui,
    memo: &Memo,
    cursor: &mut Cursor,
    chosen: &mut Option<Chosen>,
    measure: Measure,
    size: GridSize,
) {
    let at = cursor.place_in(memo);
    let reveal = at.filter(|_| std::mem::take(&mut cursor.is_to_reveal)).map(|(row, column)| {
        let cell = size.column_width;
        Rect::from_min_size(pos2(column as f32 * cell, row as f32 * cell), Vec2::splat(cell))
    });
    let row_tops = tops(memo, size);
    let grid = ChartGrid { salt: "heatmap", name: TITLE, size, row_tops: &row_tops, reveal };
    grid.show(ui, &mut Content { memo, cursor, at, chosen, measure });
}

struct Content<'a> {
    memo: &'a Memo,
    cursor: &'a mut Cursor,
    /// The place of the cell under the keyboard.
    at: Option<(usize, usize)>,
    chosen: &'a mut Option<Chosen>,
    measure: Measure,
}

impl Content<'_> {
    fn label(&self, place: usize) -> &str {
        self.memo.heat.labels.get(place).map_or("", String::as_str)
    }

    fn sentence(&self, row: usize, column: usize) -> Option<String> {
        let cell = self.memo.heat.cell(row, column)?;
        let mut text = format!(
            "{} and {}: {}",
            self.label(row),
            self.label(column),
            cell.relation.label().to_lowercase()
        );
        if let (Measure::Conflict, Some(degree)) = (self.measure, cell.conflict) {
            text.push_str(&format!(", degree of conflict {}", degree_text(degree)));
        }
        if cell.pair_count > 1 {
            text.push_str(&format!(", {} pairs of claims", cell.pair_count));
        }
        Some(text)
    }

    fn put_cursor(&mut self, at: Option<(usize, usize)>) {
        let keys = &self.memo.heat.keys;
        self.at = at;
        self.cursor.cell =
            at.and_then(|(row, column)| Some((keys.get(row)?.clone(), keys.get(column)?.clone())));
    }

    fn choose(&mut self, row: usize, column: usize) {
        let keys = &self.memo.heat.keys;
        if let (Some(row), Some(column), true) = (keys.get(row), keys.get(column), row != column) {
            *self.chosen = Some(Chosen { row: row.clone(), column: column.clone(), pair: 0 });
        }
    }

    fn is_chosen(&self, row: usize, column: usize) -> bool {
        let keys = &self.memo.heat.keys;
        self.chosen.as_ref().is_some_and(|chosen| {
            keys.get(row) == Some(&chosen.row) && keys.get(column) == Some(&chosen.column)
        })
    }

    fn draw_cell(&mut self, ui: &Ui, view: &GridView, row: usize, column: usize, palette: &Palette) {
        let Some(rect) = view.cell(row, column) else { return };
        let rect = rect.shrink(1.0);
        let painter = ui.painter();
        let Some(cell) = self.memo.heat.cell(row, column) else {
            // A row against itself.
            painter.rect_filled(rect, 2, palette.panel);
            return;
        };
        match self.measure {
            Measure::Relation => {
                let at = mark_place(rect, self.memo.has_counts);
                paint_relation_cell(painter, rect, at, cell, palette);
            }
            Measure::Conflict => {
                paint_conflict_cell(painter, rect, cell.conflict, self.memo.scale_top, palette);
            }
        }
        let response = ui.interact(rect, view.id.with((row, column)), Sense::CLICK);
        response.widget_info(|| {
            let text = self.sentence(row, column).unwrap_or_default();
            WidgetInfo::selected(Role::GridCell, true, self.is_chosen(row, column), text)
        });
        if self.is_chosen(row, column) {
            painter.rect_stroke(rect, 2, Stroke::new(2.0, palette.accent), StrokeKind::Outside);
        } else if response.hovered() || (view.has_focus && self.at == Some((row, column))) {
            painter.rect_stroke(rect, 2, Stroke::new(1.5, palette.text), StrokeKind::Outside);
        }
        if response.clicked() {
            self.put_cursor(Some((row, column)));
            ui.memory_mut(|memory| memory.request_focus(view.id));
            self.choose(row, column);
        }
        let conflict = cell.conflict;
        response.on_hover_ui(|ui| {
            ui.label(self.sentence(row, column).unwrap_or_default());
            let degree = conflict.map_or_else(
                || "Degree of conflict: undefined, because nothing can be set against each other".to_owned(),
                |degree| format!("Degree of conflict: {} of 1", degree_text(degree)),
            );
            ui.label(crate::ui::widgets::quiet(ui, degree));
        });
    }
}

/// How wide and high a count of one digit is with what is kept free around it, in points.
const COUNT: f32 = 9.0;

/// Where the mark of a relation stands in a cell, and its radius: at one place in all cells of a chart, so that the eye can run along
/// them. Where cells are small and counts stand in some, that is a little before the middle, so that the two do not cross.
fn mark_place(rect: Rect, has_counts: bool) -> (Pos2, f32) {
    let radius = (0.2 * rect.width()).min(5.5);
    let lift = if has_counts { (radius + COUNT - rect.width() / 2.0).max(0.0) } else { 0.0 };
    (rect.center() - Vec2::splat(lift), radius)
}

/// A cell by relation: its mark, tinted, with how many pairs of claims there are in the corner.
fn paint_relation_cell(
    painter: &Painter,
    rect: Rect,
    (at, radius): (Pos2, f32),
    cell: &Cell,
    palette: &Palette,
) {
    let colour = relation_colour(palette, cell.relation);
    match cell.relation {
        Relation::NotComparable => {
            painter.rect_stroke(rect, 2, Stroke::new(1.0, palette.line), StrokeKind::Inside);
            paint_hatch(painter, rect.shrink(1.0), 5.0, Stroke::new(1.0, colour.gamma_multiply(0.6)));
        }
        Relation::Silent => {
            painter.rect_stroke(rect, 2, Stroke::new(1.0, palette.line), StrokeKind::Inside);
            paint_relation(painter, at, radius, cell.relation, palette);
        }
        _ => {
            painter.rect_filled(rect, 2, colour.gamma_multiply(TINT));
            paint_relation(painter, at, radius, cell.relation, palette);
        }
    }
    if cell.pair_count > 1 {
        let count = if cell.pair_count > 99 { "99+".to_owned() } else { cell.pair_count.to_string() };
        if cell.relation == Relation::NotComparable {
            painter.rect_filled(
                Rect::from_min_max(rect.right_bottom() - vec2(12.0, 11.0), rect.right_bottom()),
                2,
                palette.background,
            );
        }
        paint_small(
            painter,
            rect.right_bottom() - vec2(2.0, 0.0),
            Align2::RIGHT_BOTTOM,
            &count,
            palette.text,
        );
    }
}

/// A cell by degree of conflict: lightness and the number; hatched where it is undefined.
fn paint_conflict_cell(painter: &Painter, rect: Rect, conflict: Option<f64>, top: f64, palette: &Palette) {
    let Some(degree) = conflict else {
        painter.rect_stroke(rect, 2, Stroke::new(1.0, palette.line), StrokeKind::Inside);
        let stroke = Stroke::new(1.0, palette.neutral.gamma_multiply(0.6));
        paint_hatch(painter, rect.shrink(1.0), 5.0, stroke);
        return;
    };
    let colour = palette.conflict_at((degree / top) as f32);
    painter.rect_filled(rect, 2, colour);
    paint_small(painter, rect.center(), Align2::CENTER_CENTER, &short(degree, top), palette.text_on(colour));
}

/// A degree in as few letters as a cell has room for: the digits after the point, which stands first. On a short scale
/// there are three of them.
fn short(degree: f64, top: f64) -> String {
    let text = if top > 0.1 { format!("{degree:.2}") } else { format!("{degree:.3}") };
    text.strip_prefix('0').map_or_else(|| "1".to_owned(), str::to_owned)
}

impl GridContent for Content<'_> {
    fn leans_left(&self) -> bool {
        true
    }

    fn column_label(&self, column: usize) -> (String, bool) {
        (self.label(column).to_owned(), true)
    }

    fn column_tooltip(&self, column: usize) -> String {
        self.label(column).to_owned()
    }

    fn row_label(&mut self, ui: &mut Ui, row: usize, rect: Rect) {
        let Some(key) = self.memo.heat.keys.get(row) else { return };
        super::row_label(ui, rect, key, self.label(row), "", self.label(row).to_owned());
    }

    fn cells(&mut self, ui: &mut Ui, view: &GridView) {
        let palette = tokens::palette(ui);
        for row in view.rows.clone() {
            for column in view.columns.clone() {
                self.draw_cell(ui, view, row, column, palette);
            }
        }
    }

    fn current(&self) -> Option<String> {
        let (row, column) = self.at?;
        self.sentence(row, column)
    }

    fn key(&mut self, key: Key) {
        let last = self.memo.heat.keys.len().saturating_sub(1);
        self.cursor.is_to_reveal = true;
        let Some((row, column)) = self.at else {
            self.put_cursor(Some((last.min(1), 0)));
            return;
        };
        let at = match key {
            Key::ArrowLeft => Some((row, column.saturating_sub(1))),
            Key::ArrowRight => Some((row, (column + 1).min(last))),
            Key::ArrowUp => Some((row.saturating_sub(1), column)),
            Key::ArrowDown => Some(((row + 1).min(last), column)),
            Key::PageUp => Some((row.saturating_sub(PAGE), column)),
            Key::PageDown => Some(((row + PAGE).min(last), column)),
            Key::Home => Some((row, 0)),
            Key::End => Some((row, last)),
            Key::Enter => {
                self.choose(row, column);
                return;
            }
            Key::Escape => {
                *self.chosen = None;
                None
            }
            _ => return,
        };
        self.put_cursor(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_at_one_place_and_keep_off_counts() {
        for side in [20.0_f32, 22.0, 26.0, 30.0] {
            let rect = Rect::from_min_size(pos2(100.0, 40.0), Vec2::splat(side));
            let (at, radius) = mark_place(rect, true);
            assert!(at.x + radius <= rect.right() - COUNT + 0.01, "{side}: beside the count");
            assert!(at.y + radius <= rect.bottom() - COUNT + 0.01, "{side}: above the count");
            assert!(at.x - radius >= rect.left() + 2.0, "{side}: within the cell");
            assert_eq!(
                mark_place(rect, false).0,
                rect.center(),
                "{side}: in the middle where nothing is counted"
            );
        }
    }

    #[test]
    fn degrees_are_short_and_their_scale_is_round() {
        let check = |degree: f64, expect: (&str, f64)| {
            let top = scale_top(degree);
            assert_eq!((short(degree, top).as_str(), top), expect, "{degree}");
        };
        check(0.0, (".000", 0.05));
        check(0.0312, (".031", 0.05));
        check(0.118, (".12", 0.2));
        check(0.3, (".30", 0.3));
        check(0.8, (".80", 1.0));
        check(1.0, ("1", 1.0));
    }
}
