//! How wide the labels and the cells are, and how high the rows.

use eframe::egui::{FontId, Ui, Vec2};

use super::grid::{self, FOOT};
use super::labels;
use super::memo::Memo;
use crate::analysis::charts::matrix::MatrixLine;
use crate::ui::tokens::{self, ROW_HEIGHT};
use crate::ui::widgets::chart_grid::{ChartGrid, GridSize};

/// The width of the cells, in points: as wide as the longest margin under them.
const HYPOTHESIS: f32 = 84.0;
/// The same where there is room to spare.
const WIDEST_HYPOTHESIS: f32 = 150.0;
/// By how much cells are tried narrower, in points.
const STEP: f32 = 6.0;
/// The width of the cells with evidence as columns.
const EVIDENCE: f32 = 48.0;
/// The same where two ratings stand in each cell.
const EVIDENCE_OF_TWO: f32 = 56.0;
/// Up to so many rows are rather read than skimmed.
const READ_THROUGH: usize = 40;
/// The least height in which rows of two lines are scrolled, in rows of one line.
const IN_SIGHT: f32 = 9.0;
/// What is kept free at the right of the cells, in points.
const SPARE: f32 = 16.0;

/// Where everything stands.
#[derive(Clone, Debug)]
pub(super) struct Laid {
    /// The room and the sharpness of the screen that it was made for.
    of: (Vec2, f32),
    /// How wide labels and cells are.
    pub size: GridSize,
    /// The top of each row, and the bottom of the last one.
    pub row_tops: Vec<f32>,
}

impl Laid {
    /// The layout within a room; the one before where nothing has changed.
    pub fn within(ui: &Ui, memo: &mut Memo, room: Vec2) -> Self {
        let of = (room, ui.pixels_per_point());
        match memo.laid.take().filter(|laid| laid.of == of) {
            Some(laid) => laid,
            None => lay_out(ui, memo, of),
        }
    }
}

/// The texts get what they need first, then the cells grow to what is good to look at. Texts that are longer than there is
/// room stand in two lines, where that leaves all rows in sight, or enough of not too many; where all are whole in two lines, the
/// columns get what that leaves, for the names above them.
fn lay_out(ui: &Ui, memo: &Memo, of: (Vec2, f32)) -> Laid {
    let room = of.0;
    let columns = memo.grid_columns();
    let is_transposed = memo.is_transposed();
    let least_cell = match (is_transposed, memo.chart.sides.is_some()) {
        (false, _) => HYPOTHESIS,
        (true, false) => EVIDENCE,
        (true, true) => EVIDENCE_OF_TWO,
    };
    let plain: Vec<f32> = (0..=memo.grid_rows()).map(|row| row as f32 * ROW_HEIGHT).collect();
    let most = ChartGrid::labels_in_view(room.y - FOOT, plain.last().copied().unwrap_or(0.0), |_| true);
    let names = || (0..columns.min(64)).map(|column| grid::column_name(memo, column));
    let upright = |width: f32| ChartGrid::upright_height(ui, names(), (width, FOOT), most);
    let leaning = || {
        let font = FontId::proportional(tokens::DENSE);
        let colour = tokens::palette(ui).text;
        let width = |text| ui.painter().layout_no_wrap(text, font.clone(), colour).size().x;
        ChartGrid::header_height(names().map(width), FOOT, most)
    };
    let leaning = if is_transposed { leaning() } else { 0.0 };
    let overhang = if is_transposed { ChartGrid::overhang(leaning, FOOT) } else { 0.0 };

    // Beside a hypothesis stand more numbers than beside a piece of evidence.
    let least = if is_transposed { (room.x * 0.55).min(440.0) } else { (room.x * 0.46).min(340.0) };
    let needed = labels::needed_width(ui, memo);
    memo.long_heads_from.set(needed);
    let all = room.x - SPARE - overhang;
    let label_beside = |cell: f32| (all - cell * columns as f32).min(needed).max(least).floor();
    let is_whole = |cell: f32| {
        let height = room.y - upright(cell);
        whole_height(ui, memo, label_beside(cell)).is_some_and(|rows| rows <= height)
    };
    let may_widen = !is_transposed && memo.grid_rows() <= READ_THROUGH && label_beside(least_cell) > least;
    let least_cell = if may_widen { widened(least_cell, upright, is_whole) } else { least_cell };
    let label_width = label_beside(least_cell);
    let column_width = if is_transposed {
        least_cell
    } else {
        let share = (all - label_width) / columns.max(1) as f32;
        share.clamp(least_cell, WIDEST_HYPOTHESIS).floor()
    };
    let header_height = if is_transposed { leaning } else { upright(column_width) };
    let size = GridSize {
        label_width,
        header_height,
        foot: FOOT,
        column_width,
        columns,
        is_upright: !is_transposed,
        overhang,
    };
    let height = room.y - header_height;
    let row_tops =
        if label_width < needed { two_lines(ui, memo, label_width, height) } else { None }.unwrap_or(plain);
    Laid { of, size, row_tops }
}

/// How wide the cells are: so wide that the names above them are as low as they can be, as far as the texts of the rows stay whole.
fn widened(least: f32, header_height: impl Fn(f32) -> f32, is_whole: impl Fn(f32) -> bool) -> f32 {
    let steps = ((WIDEST_HYPOTHESIS - least) / STEP).floor().max(0.0) as usize;
    let widths = (0..=steps).map(|step| WIDEST_HYPOTHESIS - step as f32 * STEP);
    let lowest = header_height(WIDEST_HYPOTHESIS);
    // Wider than the names need is no better.
    let useful =
        widths.clone().filter(|width| header_height(*width) <= lowest).fold(WIDEST_HYPOTHESIS, f32::min);
    widths.filter(|width| *width <= useful).find(|width| is_whole(*width)).unwrap_or(least)
}

/// How high all rows are together where their texts stand in two lines at most; `None` where one is not whole in these.
fn whole_height(ui: &Ui, memo: &Memo, label_width: f32) -> Option<f32> {
    let width = labels::text_width(memo, label_width);
    let heights = (0..memo.grid_rows()).map(|row| {
        let Some(text) = row_text(memo, row) else { return Some(ROW_HEIGHT) };
        labels::is_whole(ui, &text, width).then(|| labels::row_height(ui, &text, width, labels::LINES))
    });
    heights.sum()
}

/// Rows of which each is as high as its text needs, two lines at most; `None` where too few would be in sight: what is rated has
/// to be read, but whoever goes through hundreds of items wants many at a time.
fn two_lines(ui: &Ui, memo: &Memo, label_width: f32, height: f32) -> Option<Vec<f32>> {
    let may_scroll = memo.grid_rows() <= READ_THROUGH && height >= IN_SIGHT * ROW_HEIGHT;
    let width = labels::text_width(memo, label_width);
    let mut tops = vec![0.0];
    let mut top = 0.0;
    for row in 0..memo.grid_rows() {
        let text = row_text(memo, row);
        top += text.map_or(ROW_HEIGHT, |text| labels::row_height(ui, &text, width, labels::LINES));
        if top > height && !may_scroll {
            return None;
        }
        tops.push(top);
    }
    Some(tops)
}

/// What a row says; `None` for the head of a group.
pub(super) fn row_text(memo: &Memo, row: usize) -> Option<String> {
    if memo.is_transposed() {
        return memo.chart.columns.get(row).map(|column| column.answer.clone());
    }
    match memo.lines.get(row)? {
        MatrixLine::Row(place) => memo.chart.rows.get(*place).map(labels::statement),
        MatrixLine::Group(..) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_widen_for_the_names_above_them_as_far_as_texts_stay_whole() {
        #[track_caller]
        fn check(names: f32, texts_whole_up_to: f32, expect: f32) {
            // A name that needs so much width in all: as many lines of 10 points as that makes.
            let header = |width: f32| (names / width).ceil() * 10.0;
            assert_eq!(widened(84.0, header, |width| width <= texts_whole_up_to), expect);
        }
        // Names that are short gain nothing by wider columns.
        check(60.0, 150.0, 84.0);
        // As wide as makes the names low, and no wider.
        check(240.0, 150.0, 120.0);
        check(450.0, 150.0, 150.0);
        // Texts come first.
        check(450.0, 110.0, 108.0);
        check(450.0, 80.0, 84.0);
    }
}
