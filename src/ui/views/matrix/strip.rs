//! The numbers of the columns, which stay in sight under the cells.

use eframe::egui::{Align, Rect, Stroke, Ui, UiBuilder};

use super::grid::Placed;
use super::labels::{self, Line, Score};
use super::memo::Memo;
use crate::analysis::charts::MatrixChart;
use crate::model::Assessment;
use crate::ui::ViewContext;
use crate::ui::tokens;

/// The height of a line, in points.
const LINE: f32 = 20.0;

/// The lines under the cells with hypotheses as columns.
fn lines(memo: &Memo) -> Vec<Line> {
    if memo.chart.sides.is_some() {
        let of = |score: Score| [0, 1].map(|side| Line { score, side: Some(side) });
        return [Score::Rank, Score::Weighted].into_iter().flat_map(of).collect();
    }
    let has_range = memo.chart.columns.iter().any(|column| column.score.range.is_some());
    let range = has_range.then_some(Score::Range);
    let scores = [Score::Rank, Score::Margin, Score::Weighted].into_iter().chain(range).chain([Score::Plain]);
    scores.map(|score| Line { score, side: None }).collect()
}

/// The height of all lines, in points.
pub(super) fn height(memo: &Memo) -> f32 {
    let count = if memo.is_transposed() { 2 } else { lines(memo).len() };
    count as f32 * LINE + 6.0
}

fn names(assessment: &Assessment, memo: &Memo, lines: &[Line]) -> Vec<String> {
    if memo.is_transposed() {
        return ["Weight", "Diagnosticity"].map(str::to_owned).to_vec();
    }
    lines.iter().map(|line| line.label(assessment, memo)).collect()
}

/// Draws the lines into a rectangle whose left part names them.
pub(super) fn show(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    memo: &Memo,
    (rect, label_width): (Rect, f32),
    placed: Placed,
) {
    let palette = tokens::palette(ui);
    ui.painter().rect_filled(rect, 0, palette.panel);
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, palette.line));
    let line = |number: usize| {
        let top = rect.top() + 3.0 + number as f32 * LINE;
        rect.with_min_y(top).with_max_y(top + LINE)
    };
    let lines = lines(memo);
    for (number, name) in names(cx.assessment, memo, &lines).iter().enumerate() {
        let at = line(number);
        labels::line_name(ui, at.with_max_x(at.left() + label_width), name, number == 0);
    }
    let cells = rect.with_min_x(rect.left() + label_width);
    let mut child = ui.new_child(UiBuilder::new().max_rect(cells).id_salt("matrix strip"));
    child.shrink_clip_rect(cells);
    for (column, left) in placed.columns {
        let cell = |number: usize| {
            let line = line(number);
            Rect::from_x_y_ranges(left..=left + placed.width, line.y_range())
        };
        if memo.is_transposed() {
            evidence(&mut child, cx, memo, column, [cell(0), cell(1)]);
        } else if let Some(column) = memo.chart.columns.get(column) {
            for (number, line) in lines.iter().enumerate() {
                labels::score(&mut child, cx, memo, column, (cell(number), Align::Center), *line);
            }
        }
    }
}

fn evidence(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, column: usize, [first, second]: [Rect; 2]) {
    let Some(row) = memo.evidence_at(column).and_then(|row| memo.chart.rows.get(row)) else { return };
    let weight = labels::number(&Ok(row.weight.weight));
    let weight = if row.weight.is_unknown { format!("{weight}?") } else { weight };
    labels::value(
        ui,
        cx,
        (first, Align::Center),
        &weight,
        &format!("Weight of {}: {weight}", row.name),
        || MatrixChart::explain_weight(cx.assessment, row),
    );
    let spread = labels::number(&row.diagnosticity);
    labels::value(
        ui,
        cx,
        (second, Align::Center),
        &spread,
        &format!("Diagnosticity of {}: {spread}", row.name),
        || memo.chart.explain_diagnosticity(row),
    );
}
