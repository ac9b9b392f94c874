//! The labels of the rows with their numbers, and the heads above them.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    Align, Align2, Button, FontFamily, FontId, Galley, Label, Layout, Rect, RichText, Role, Sense, Stroke,
    Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::State;
use super::memo::Memo;
use crate::analysis::Measure;
use crate::analysis::charts::MatrixChart;
use crate::analysis::charts::matrix::{MatrixColumn, MatrixRow, MatrixSort, margin_words, short};
use crate::analysis::explain::Explanation;
use crate::model::{AnyId, Assessment};
use crate::ui::ViewContext;
use crate::ui::figure::is_figure;
use crate::ui::tokens::{self, Palette, ROW_HEIGHT, bold};
use crate::ui::widgets::{explained, quiet};

/// The width of a column of numbers, in points.
const NUMBER: f32 = 60.0;
/// The width of a column of numbers under a long head, in points.
const LONG_NUMBER: f32 = 88.0;
/// From which width of the labels on there is room for long heads, in points; from less where no text needs as much.
const LONG_HEADS: f32 = 420.0;
/// In how many lines a text may stand.
pub(super) const LINES: usize = 2;
/// The width of a margin in words, in points.
const MARGIN: f32 = 88.0;
/// The width of a rank, in points.
const RANK: f32 = 40.0;
/// The width of the short names, in points.
const NAME: f32 = 34.0;
/// The width at which a text has several lines in a figure, in points.
pub(super) const WIDEST_TEXT: f32 = 440.0;

/// How the diagnosticity is called above labels of a width, and how wide its column is.
fn spread_column(memo: &Memo, label_width: f32) -> (&'static str, f32) {
    if label_width >= memo.long_heads_from.get().min(LONG_HEADS) {
        ("Diagnosticity", LONG_NUMBER)
    } else {
        ("Diagn.", NUMBER)
    }
}

/// The width of the numbers beside a label of a width, in points.
fn facts_width(memo: &Memo, label_width: f32) -> f32 {
    if memo.is_transposed() {
        fact_places(memo, Rect::ZERO).iter().map(Rect::width).sum()
    } else {
        NUMBER + spread_column(memo, label_width).1
    }
}

/// What the text of a label leaves of its width, in points.
pub(super) fn text_width(memo: &Memo, label_width: f32) -> f32 {
    (label_width - facts_width(memo, label_width) - NAME - 16.0).max(40.0)
}

/// The width of the labels with which the longest text stands in one line, in points.
pub(super) fn needed_width(ui: &Ui, memo: &Memo) -> f32 {
    (longest_text(ui, memo) + NAME + 18.0 + facts_width(memo, f32::INFINITY)).ceil()
}

fn longest_text(ui: &Ui, memo: &Memo) -> f32 {
    let font = FontId::proportional(tokens::BODY);
    let colour = tokens::palette(ui).text;
    let width = |text: String| ui.painter().layout_no_wrap(text, font.clone(), colour).size().x;
    let texts = (0..memo.grid_rows()).filter_map(|row| super::layout::row_text(memo, row));
    texts.map(width).fold(120.0, f32::max)
}

/// The text of a label in at most so many lines of a width, cut where it does not fit.
fn text_galley(ui: &Ui, text: &str, is_quiet: bool, width: f32, lines: usize) -> Arc<Galley> {
    let palette = tokens::palette(ui);
    let colour = if is_quiet { palette.quiet } else { palette.text };
    let strikethrough = if is_quiet { Stroke::new(1.0, palette.quiet) } else { Stroke::NONE };
    let format =
        TextFormat { strikethrough, ..TextFormat::simple(FontId::proportional(tokens::BODY), colour) };
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap.max_width = width;
    job.wrap.max_rows = lines;
    job.wrap.break_anywhere = lines == 1;
    job.break_on_newline = lines > 1;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// The height of a row whose text stands in at most so many lines of a width, in points.
pub(super) fn row_height(ui: &Ui, text: &str, width: f32, lines: usize) -> f32 {
    (text_galley(ui, text, false, width, lines).size().y + 6.0).ceil().max(ROW_HEIGHT)
}

/// Whether a text is whole in the lines that it may have in a width.
pub(super) fn is_whole(ui: &Ui, text: &str, width: f32) -> bool {
    !text_galley(ui, text, false, width, LINES).elided
}

/// Draws the heads of the columns at the left; a click sorts by them.
pub(super) fn corner(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    let palette = tokens::palette(ui);
    let area = ui.max_rect();
    ui.painter().hline(area.x_range(), area.bottom() - 0.5, Stroke::new(1.0, palette.line));
    let line = area.with_min_y(area.bottom() - ROW_HEIGHT);
    let (spread, spread_width) = spread_column(memo, area.width());
    if is_figure(ui) && !memo.is_transposed() {
        // On paper nothing is sorted by a click.
        let numbers = line.with_max_x(line.right() - 8.0);
        head(ui, numbers, Align2::RIGHT_CENTER, spread, false);
        let weights = numbers.with_max_x(numbers.right() - spread_width);
        head(ui, weights, Align2::RIGHT_CENTER, "Weight", false);
        head(ui, line.shrink2(vec2(8.0, 0.0)), Align2::LEFT_CENTER, "Evidence", false);
        return;
    }
    if memo.is_transposed() {
        for (line_of, at) in facts(memo).into_iter().zip(fact_places(memo, line)) {
            let name = line_of.head(cx.assessment, memo);
            head(ui, at.shrink2(vec2(4.0, 0.0)), Align2::RIGHT_CENTER, &name, false);
            // The name of an analyst may be cut.
            if !is_figure(ui) {
                ui.interact(
                    at,
                    ui.scope_id().with(("head", line_of.label(cx.assessment, memo))),
                    Sense::HOVER,
                )
                .on_hover_text(line_of.label(cx.assessment, memo));
            }
        }
        head(ui, line.shrink2(vec2(8.0, 0.0)), Align2::LEFT_CENTER, "Hypothesis", false);
        return;
    }
    let right = line.right() - 4.0;
    let middle = right - spread_width;
    for (range, sort, text) in [
        (line.left()..middle - NUMBER - 4.0, MatrixSort::Order, "Evidence"),
        (middle - NUMBER..middle, MatrixSort::Weight, "Weight"),
        (middle..right, MatrixSort::Diagnosticity, spread),
    ] {
        let rect = Rect::from_x_y_ranges(range.start..=range.end, line.y_range());
        sort_head(ui, rect, state, sort, text);
    }
}

/// A head of a column at the left that sorts by it.
fn sort_head(ui: &mut Ui, rect: Rect, state: &mut State, sort: MatrixSort, text: &str) {
    let layout = if sort == MatrixSort::Order {
        Layout::left_to_right(Align::Center)
    } else {
        Layout::right_to_left(Align::Center)
    };
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect.shrink2(vec2(4.0, 0.0))).layout(layout));
    child.spacing_mut().button_padding.x = 4.0;
    let is_chosen = state.sort == sort;
    let text = if is_chosen { bold(format!("{text} ↓")) } else { quiet(&child, text) };
    let name = match sort {
        MatrixSort::Order => "Sort in order: by name, unless moved".to_owned(),
        sort => format!("Sort by {}", sort.label().to_lowercase()),
    };
    let button = Button::new(text.size(tokens::SMALL)).frame_when_inactive(false);
    let response = child.add(button).on_hover_text(name.as_str());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, &name));
    if response.clicked() {
        state.sort = sort;
    }
}

/// Paints a head: the name of a column, or of a group.
fn head(ui: &Ui, rect: Rect, align: Align2, text: &str, is_bold: bool) {
    let family = if is_bold { tokens::bold_family() } else { FontFamily::Proportional };
    let font = FontId::new(tokens::SMALL, family);
    let place = align.pos_in_rect(&rect);
    ui.painter().text(place, align, text, font, tokens::palette(ui).quiet);
}

/// Draws the head of a group.
pub(super) fn group(ui: &Ui, rect: Rect, name: &str, count: usize) {
    ui.painter().rect_filled(rect, 0, tokens::palette(ui).panel);
    let text = format!("{name} · {count}").to_uppercase();
    head(ui, rect.shrink2(vec2(8.0, 0.0)), Align2::LEFT_CENTER, &text, true);
}

/// What a row says of its evidence.
pub(super) fn statement(row: &MatrixRow) -> String {
    if row.is_excluded { format!("{} (left out)", row.statement) } else { row.statement.clone() }
}

/// The width of the labels in a figure, in points: the texts in full, the longest in several lines.
pub(super) fn full_width(ui: &Ui, memo: &Memo) -> f32 {
    8.0 + NAME + longest_text(ui, memo).min(WIDEST_TEXT) + 12.0 + facts_width(memo, f32::INFINITY)
}

/// Draws a piece of evidence with its weight and its diagnosticity.
pub(super) fn evidence(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    memo: &Memo,
    row: &MatrixRow,
    (rect, is_current): (Rect, bool),
) {
    let text = statement(row);
    let words = (row.name.as_str(), text.as_str(), row.is_excluded);
    let id = row.evidence.into();
    let tip = format!("{}\n{}", row.statement, row.kind.label());
    let spread_width = spread_column(memo, rect.width()).1;
    label(ui, cx, id, words, (rect, is_current, NUMBER + spread_width), tip);
    let right = rect.right() - 4.0;
    let middle = right - spread_width;
    let weight = number(&Ok(row.weight.weight));
    let weight = if row.weight.is_unknown { format!("{weight}?") } else { weight };
    let at = Rect::from_x_y_ranges(middle - NUMBER..=middle, rect.y_range());
    value(ui, cx, (at, Align::Max), &weight, &format!("Weight of {}: {weight}", row.name), || {
        MatrixChart::explain_weight(cx.assessment, row)
    });
    let spread = number(&row.diagnosticity);
    let at = Rect::from_x_y_ranges(middle..=right, rect.y_range());
    value(ui, cx, (at, Align::Max), &spread, &format!("Diagnosticity of {}: {spread}", row.name), || {
        memo.chart.explain_diagnosticity(row)
    });
}

/// What stands beside a hypothesis where hypotheses are the rows.
fn facts(memo: &Memo) -> Vec<Line> {
    let rank = |side| Line { score: Score::Rank, side };
    let weighted = Line { score: Score::Weighted, side: None };
    if memo.chart.sides.is_some() {
        vec![rank(Some(0)), rank(Some(1)), weighted]
    } else {
        vec![rank(None), Line { score: Score::Margin, side: None }, weighted]
    }
}

/// Where these stand at the right of a row.
fn fact_places(memo: &Memo, row: Rect) -> Vec<Rect> {
    let widths = if memo.chart.sides.is_some() { [MARGIN, MARGIN, NUMBER] } else { [RANK, MARGIN, NUMBER] };
    let mut left = row.right() - 4.0 - widths.iter().sum::<f32>();
    let place = |width: f32| {
        let rect = Rect::from_x_y_ranges(left..=left + width, row.y_range());
        left += width;
        rect
    };
    widths.into_iter().map(place).collect()
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
    let places = fact_places(memo, rect);
    let width = places.iter().map(Rect::width).sum();
    label(ui, cx, column.hypothesis.into(), words, (rect, is_current, width), column.answer.clone());
    for (line, at) in facts(memo).into_iter().zip(places) {
        score(ui, cx, memo, column, (at, Align::Max), line);
    }
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
    /// What the weighted score might be where evidence cannot be judged.
    Range,
    /// The plain score.
    Plain,
}

/// A number of a hypothesis, by all ratings that are shown or by one of two analysts who are set against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Which number.
    pub score: Score,
    /// Whose it is.
    pub side: Option<usize>,
}

impl Score {
    const fn label(self) -> &'static str {
        match self {
            Self::Rank => "Rank",
            Self::Margin => "Margin",
            Self::Weighted => "Weighted inconsistency",
            Self::Range => "Range (F or 6)",
            Self::Plain => "Inconsistency",
        }
    }
}

impl Line {
    /// What it is called.
    pub fn label(self, assessment: &Assessment, memo: &Memo) -> String {
        match self.analyst(assessment, memo) {
            Some(analyst) => format!("{}, {analyst}", self.score.label()),
            None => self.score.label().to_owned(),
        }
    }

    /// What stands above it.
    fn head(self, assessment: &Assessment, memo: &Memo) -> String {
        match (self.score, self.analyst(assessment, memo)) {
            (_, Some(analyst)) => cut(&analyst),
            (Score::Weighted, None) => "Weighted".to_owned(),
            (score, None) => score.label().to_owned(),
        }
    }

    fn analyst(self, assessment: &Assessment, memo: &Memo) -> Option<String> {
        let side = memo.chart.sides.as_ref()?.get(self.side?)?;
        Some(assessment.name_of(side.analyst))
    }
}

/// A name that fits above a narrow column.
fn cut(name: &str) -> String {
    const MOST: usize = 12;
    if name.chars().count() <= MOST {
        return name.to_owned();
    }
    name.chars().take(MOST - 1).chain(['…']).collect()
}

/// Draws a number of a hypothesis, which explains itself.
pub(super) fn score(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    memo: &Memo,
    column: &MatrixColumn,
    place: (Rect, Align),
    line: Line,
) {
    let chart = &memo.chart;
    let of_side = line.side.and_then(|side| chart.side_score(side, column));
    let (raters, score) = of_side.unwrap_or((chart.raters, &column.score));
    let none = "–";
    let text = match line.score {
        Score::Rank => score.rank.map_or_else(|| none.to_owned(), |rank| rank.to_string()),
        Score::Margin => Some(margin_words(score)).filter(|it| !it.is_empty()).unwrap_or(none.to_owned()),
        Score::Weighted => number(&score.weighted),
        Score::Range => {
            score.range.map_or_else(|| none.to_owned(), |[from, to]| format!("{}–{}", short(from), short(to)))
        }
        Score::Plain => number(&score.inconsistency),
    };
    let name = format!("{} of {}: {text}", line.label(cx.assessment, memo), column.name);
    value(ui, cx, place, &text, &name, || match line.score {
        Score::Rank | Score::Margin => chart.explain_margin(cx.assessment, column, line.side),
        Score::Weighted | Score::Range => chart.explain_score(cx.assessment, column, (raters, score), true),
        Score::Plain => chart.explain_score(cx.assessment, column, (raters, score), false),
    });
}

/// Draws a number that explains itself in a rectangle: in its middle, or at its right.
pub(super) fn value(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    (rect, align): (Rect, Align),
    text: &str,
    name: &str,
    explain: impl FnOnce() -> Explanation,
) {
    let rect = rect.shrink2(vec2(4.0, 2.0));
    let room = if align == Align::Center {
        let font = FontId::proportional(tokens::DENSE);
        let width = ui.painter().layout_no_wrap(text.to_owned(), font, tokens::palette(ui).text).size().x;
        rect.shrink2(vec2(((rect.width() - width) / 2.0).max(0.0), 0.0))
    } else {
        rect
    };
    let layout = Layout::right_to_left(Align::Center);
    let mut child = ui.new_child(UiBuilder::new().max_rect(room).layout(layout).id_salt(name));
    explained(&mut child, cx, RichText::new(text).size(tokens::DENSE), name, explain);
}

/// A number as short as can be; a dash where it is undefined.
pub(super) fn number(measure: &Measure) -> String {
    measure.as_ref().map_or_else(|_| "–".to_owned(), |value| short(*value))
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
    let font = FontId::new(tokens::DENSE, tokens::bold_family());
    ui.painter().text(
        pos2(area.left() + 8.0, area.center().y),
        Align2::LEFT_CENTER,
        name,
        font,
        palette.quiet,
    );
    let at = area.with_min_x(area.left() + NAME + 8.0);
    let lines = match rect.height() > ROW_HEIGHT {
        _ if is_figure(ui) => usize::MAX,
        true => LINES,
        false => 1,
    };
    let galley = text_galley(ui, text, is_quiet, at.width(), lines);
    ui.painter().galley(pos2(at.left(), at.center().y - galley.size().y / 2.0), galley, palette.text);
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
    child.add(Label::new(text.size(tokens::DENSE)).truncate().selectable(false));
}
