//! The labels of the rows with their numbers, and the heads above them.

use eframe::egui::{
    Align, Align2, FontId, Label, Layout, Rect, RichText, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};

use super::State;
use super::memo::Memo;
use crate::analysis::Measure;
use crate::analysis::charts::MatrixChart;
use crate::analysis::charts::matrix::{MatrixColumn, MatrixRow, MatrixSort, margin_words};
use crate::analysis::explain::Explanation;
use crate::model::AnyId;
use crate::ui::ViewContext;
use crate::ui::tokens::{self, Palette, ROW_HEIGHT, bold};
use crate::ui::widgets::{explained, quiet};

/// The width of a column of numbers, in points.
const NUMBER: f32 = 60.0;
/// The width of a margin in words, in points.
const MARGIN: f32 = 88.0;
/// The width of the short names, in points.
const NAME: f32 = 34.0;

/// Draws the heads of the columns at the left; a click sorts by them.
pub(super) fn corner(ui: &mut Ui, state: &mut State) {
    let palette = tokens::palette(ui);
    let area = ui.max_rect();
    ui.painter().hline(area.x_range(), area.bottom() - 0.5, Stroke::new(1.0, palette.line));
    let line = area.with_min_y(area.bottom() - ROW_HEIGHT);
    if state.is_transposed {
        let right = line.right() - 8.0;
        for (right, text) in
            [(right, "Weighted"), (right - NUMBER, "Margin"), (right - NUMBER - MARGIN, "Rank")]
        {
            let font = FontId::proportional(tokens::SMALL);
            ui.painter().text(pos2(right, line.center().y), Align2::RIGHT_CENTER, text, font, palette.quiet);
        }
        head(ui, line.with_max_x(line.left() + 120.0), "Hypothesis");
        return;
    }
    let right = line.right();
    for (range, sort, text) in [
        (line.left()..right - 2.0 * NUMBER - 8.0, MatrixSort::Order, "Evidence"),
        (right - 2.0 * NUMBER - 4.0..right - NUMBER - 4.0, MatrixSort::Weight, "Weight"),
        (right - NUMBER - 4.0..right - 4.0, MatrixSort::Diagnosticity, "Diagn."),
    ] {
        let rect = Rect::from_x_y_ranges(range.start..=range.end, line.y_range());
        let layout = if sort == MatrixSort::Order {
            Layout::left_to_right(Align::Center)
        } else {
            Layout::right_to_left(Align::Center)
        };
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect.shrink2(vec2(4.0, 0.0))).layout(layout));
        let is_chosen = state.sort == sort;
        let mark = if is_chosen && sort != MatrixSort::Order { " ↓" } else { "" };
        let text = RichText::new(format!("{text}{mark}")).size(tokens::SMALL);
        let button = eframe::egui::Button::selectable(is_chosen, text);
        let name = format!("Sort by {}", sort.label().to_lowercase());
        let response = child.add(button).on_hover_text(name.as_str());
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, &name));
        if response.clicked() {
            state.sort = sort;
        }
    }
}

fn head(ui: &Ui, rect: Rect, text: &str) {
    let palette = tokens::palette(ui);
    let font = FontId::proportional(tokens::SMALL);
    ui.painter().text(
        pos2(rect.left() + 8.0, rect.center().y),
        Align2::LEFT_CENTER,
        text,
        font,
        palette.quiet,
    );
}

/// Draws the head of a group.
pub(super) fn group(ui: &Ui, rect: Rect, name: &str, count: usize) {
    let palette = tokens::palette(ui);
    ui.painter().rect_filled(rect, 0, palette.panel);
    let text = format!("{name} · {count}").to_uppercase();
    let font = FontId::new(tokens::SMALL, tokens::bold_family());
    ui.painter().text(
        pos2(rect.left() + 8.0, rect.center().y),
        Align2::LEFT_CENTER,
        text,
        font,
        palette.quiet,
    );
}

/// Draws a piece of evidence with its weight and its diagnosticity.
pub(super) fn evidence(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    memo: &Memo,
    row: &MatrixRow,
    (rect, is_current): (Rect, bool),
) {
    let text = if row.is_excluded { format!("{} (left out)", row.statement) } else { row.statement.clone() };
    let words = (row.name.as_str(), text.as_str(), row.is_excluded);
    let id = row.evidence.into();
    let tip = format!("{}\n{}", row.statement, row.kind.label());
    label(ui, cx, id, words, (rect, is_current, 2.0 * NUMBER), tip);
    let right = rect.right() - 4.0;
    let weight = number(&Ok(row.weight.weight));
    let weight = if row.weight.is_unknown { format!("{weight}?") } else { weight };
    let at = Rect::from_x_y_ranges(right - 2.0 * NUMBER..=right - NUMBER, rect.y_range());
    value(ui, cx, at, &weight, &format!("Weight of {}: {weight}", row.name), || {
        MatrixChart::explain_weight(cx.assessment, row)
    });
    let spread = number(&row.diagnosticity);
    let at = Rect::from_x_y_ranges(right - NUMBER..=right, rect.y_range());
    value(ui, cx, at, &spread, &format!("Diagnosticity of {}: {spread}", row.name), || {
        memo.chart.explain_diagnosticity(row)
    });
}

/// Draws a hypothesis with its rank, its margin and its score.
pub(super) fn hypothesis(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    memo: &Memo,
    column: &MatrixColumn,
    (rect, is_current): (Rect, bool),
) {
    let words = (column.name.as_str(), column.answer.as_str(), false);
    let facts = NUMBER + MARGIN + 40.0;
    label(ui, cx, column.hypothesis.into(), words, (rect, is_current, facts), column.answer.clone());
    let right = rect.right() - 4.0;
    let at = Rect::from_x_y_ranges(right - NUMBER..=right, rect.y_range());
    score(ui, cx, memo, column, at, Score::Weighted);
    let at = Rect::from_x_y_ranges(right - NUMBER - MARGIN..=right - NUMBER, rect.y_range());
    score(ui, cx, memo, column, at, Score::Margin);
    let at = Rect::from_x_y_ranges(right - facts..=right - NUMBER - MARGIN, rect.y_range());
    score(ui, cx, memo, column, at, Score::Rank);
}

/// A number of a hypothesis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Score {
    /// Its rank.
    Rank,
    /// How far it leads or is behind.
    Margin,
    /// The weighted score.
    Weighted,
    /// The plain score.
    Plain,
}

impl Score {
    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Rank => "Rank",
            Self::Margin => "Margin",
            Self::Weighted => "Weighted inconsistency",
            Self::Plain => "Inconsistency",
        }
    }
}

/// Draws a number of a hypothesis, which explains itself.
pub(super) fn score(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    memo: &Memo,
    column: &MatrixColumn,
    rect: Rect,
    what: Score,
) {
    let text = match what {
        Score::Rank => column.score.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string()),
        Score::Margin => {
            Some(margin_words(&column.score)).filter(|it| !it.is_empty()).unwrap_or("–".to_owned())
        }
        Score::Weighted => number(&column.score.weighted),
        Score::Plain => number(&column.score.inconsistency),
    };
    let name = format!("{} of {}: {text}", what.label(), column.name);
    value(ui, cx, rect, &text, &name, || match what {
        Score::Rank | Score::Margin => memo.chart.explain_margin(column),
        Score::Weighted => memo.chart.explain_score(cx.assessment, column, true),
        Score::Plain => memo.chart.explain_score(cx.assessment, column, false),
    });
}

/// Draws a number that explains itself at the right of a rectangle.
pub(super) fn value(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    rect: Rect,
    text: &str,
    name: &str,
    explain: impl FnOnce() -> Explanation,
) {
    let layout = Layout::right_to_left(Align::Center);
    let builder = UiBuilder::new().max_rect(rect.shrink2(vec2(4.0, 2.0))).layout(layout).id_salt(name);
    let mut child = ui.new_child(builder);
    explained(&mut child, cx, RichText::new(text).size(tokens::BODY - 1.0), name, explain);
}

/// A number with two digits after the point; a dash where it is undefined.
pub(super) fn number(measure: &Measure) -> String {
    measure.as_ref().map_or_else(|_| "–".to_owned(), |value| format!("{value:.2}"))
}

/// Draws the names of a row; a click selects its record.
fn label(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    id: AnyId,
    (name, text, is_quiet): (&str, &str, bool),
    (rect, is_current, facts): (Rect, bool, f32),
    tip: String,
) {
    let palette = tokens::palette(ui);
    let area = rect.with_max_x(rect.right() - facts - 8.0);
    let response = ui.interact(area, ui.scope_id().with(("label", id)), Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::RowHeader, true, format!("{name} {text}")));
    background(ui, rect, palette, cx.is_selected(id), is_current || response.hovered());
    let font = FontId::new(tokens::BODY - 1.0, tokens::bold_family());
    ui.painter().text(
        pos2(area.left() + 8.0, area.center().y),
        Align2::LEFT_CENTER,
        name,
        font,
        palette.quiet,
    );
    let at = area.with_min_x(area.left() + NAME + 8.0);
    let layout = Layout::left_to_right(Align::Center);
    let mut child = ui.new_child(UiBuilder::new().max_rect(at).layout(layout));
    let text = if is_quiet { quiet(&child, text).strikethrough() } else { RichText::new(text) };
    child.add(
        Label::new(text).truncate().selectable(false).sense(Sense::hover()).show_tooltip_when_elided(false),
    );
    if response.on_hover_text(tip).clicked() {
        cx.select(id);
    }
}

fn background(ui: &Ui, rect: Rect, palette: &Palette, is_selected: bool, is_lit: bool) {
    let colour = match (is_selected, is_lit) {
        (true, _) => palette.selection,
        (false, true) => palette.hovered,
        _ => return,
    };
    ui.painter().rect_filled(rect, 0, colour);
}

/// The name of a line of numbers, at the right of a rectangle.
pub(super) fn line_name(ui: &mut Ui, rect: Rect, text: &str, is_first: bool) {
    let layout = Layout::right_to_left(Align::Center);
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect.shrink2(vec2(8.0, 0.0))).layout(layout));
    let text = if is_first { bold(text) } else { quiet(&child, text) };
    child.add(Label::new(text.size(tokens::BODY - 1.0)).truncate().selectable(false));
}
