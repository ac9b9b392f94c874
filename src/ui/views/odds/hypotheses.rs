//! The hypotheses with their priors, which can be edited, and their posteriors.

use eframe::egui::{
    Align2, FontId, Painter, Pos2, Rect, ScrollArea, Sense, Stroke, Ui, UiBuilder, pos2, vec2,
};

use super::memo::Memo;
use crate::analysis::Measure;
use crate::analysis::charts::OddsChart;
use crate::analysis::charts::odds::{OddsColumn, decibans_text};
use crate::analysis::explain::Explanation;
use crate::analysis::percent::percent_in_tenths;
use crate::edit;
use crate::model::Hypothesis;
use crate::ui::ViewContext;
use crate::ui::tokens::{self, Palette};
use crate::ui::widgets::chart_parts::{self, name_galley, number};
use crate::ui::widgets::fields;

/// The height of a row, in points.
pub(super) const ROW: f32 = 28.0;
/// The least width of the bars while names are cut, in points.
const LEAST_TRACK: f32 = 150.0;
/// The height of the heads, in points.
pub(super) const HEADER: f32 = 22.0;
/// The room left and right of everything, in points.
const EDGE: f32 = 8.0;
/// The width of the field of a prior, in points; and with what it comes to.
const FIELD: f32 = 66.0;
const PRIOR: f32 = 124.0;
/// The width of the posterior, in points.
const NUMBER: f32 = 66.0;
/// The width of the decibans, in points: as wide as their head.
const DECIBANS: f32 = 126.0;

/// Where the columns stand.
#[derive(Clone, Copy, Debug)]
struct Columns {
    left: f32,
    name: f32,
    prior: f32,
    track: (f32, f32),
    right: f32,
}

impl Columns {
    fn new(rect: Rect, name: f32, prior: f32) -> Self {
        let (left, right) = (rect.left() + EDGE, rect.right() - EDGE);
        let from = left + name + prior + 12.0;
        Self { left, name, prior, track: (from, (right - NUMBER - DECIBANS - 20.0).max(from + 40.0)), right }
    }

    fn number(&self, row: Rect, place: usize) -> Rect {
        let middle = self.right - DECIBANS;
        let (left, right) = if place == 0 { (middle - NUMBER, middle) } else { (middle, self.right) };
        Rect::from_x_y_ranges(left..=right, row.y_range()).shrink2(vec2(0.0, 4.0))
    }
}

/// How wide a chart is with so much room for the names, in points.
pub(super) fn width(name: f32, track: f32) -> f32 {
    2.0 * EDGE + name + PRIOR + 12.0 + track + 20.0 + NUMBER + DECIBANS
}

/// Draws the hypotheses in the available room.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let needed = memo.measured(ui).0;
    let beside = width(0.0, LEAST_TRACK) - PRIOR + Priors::of(&memo.chart, true).width();
    let most = (ui.available_width() - beside).max(90.0);
    let name = needed.clamp(90.0, most);
    ScrollArea::vertical().id_salt("odds hypotheses").auto_shrink(false).show(ui, |ui| {
        draw(ui, cx, &memo.chart, name, true);
    });
}

/// Draws all hypotheses one below the other. Priors can be edited on the screen alone.
pub(super) fn draw(ui: &mut Ui, cx: &ViewContext<'_>, chart: &OddsChart, name: f32, is_editable: bool) {
    let width = ui.available_width();
    let (head, _) = ui.allocate_exact_size(vec2(width, HEADER), Sense::hover());
    let priors = Priors::of(chart, is_editable);
    let columns = Columns::new(head, name, priors.width());
    header(
        ui.painter(),
        head,
        head.bottom() + chart.columns.len() as f32 * ROW,
        &columns,
        tokens::palette(ui),
    );
    for column in &chart.columns {
        let (rect, _) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
        row(ui, cx, chart, column, (rect, &columns), priors);
    }
}

fn header(painter: &Painter, rect: Rect, end: f32, columns: &Columns, palette: &Palette) {
    let font = FontId::proportional(tokens::SMALL);
    let y = rect.center().y;
    let text = |x: f32, anchor: Align2, text: &str| {
        painter.text(pos2(x, y), anchor, text, font.clone(), palette.quiet);
    };
    text(columns.left, Align2::LEFT_CENTER, "Hypothesis");
    text(columns.left + columns.name + 4.0, Align2::LEFT_CENTER, "Prior, %");
    text(columns.number(rect, 0).right(), Align2::RIGHT_CENTER, "Posterior");
    text(columns.number(rect, 1).right(), Align2::RIGHT_CENTER, "Decibans, to all others");
    let (from, to) = columns.track;
    let steps: &[(f32, &str)] = if to - from > 180.0 {
        &[(0.0, "0"), (0.25, "25"), (0.5, "50"), (0.75, "75"), (1.0, "100 %")]
    } else {
        &[(0.0, "0"), (0.5, "50"), (1.0, "100 %")]
    };
    for (share, label) in steps {
        let x = from + (to - from) * share;
        painter.vline(x, rect.bottom()..=end, Stroke::new(1.0, palette.line));
        text(x, Align2::CENTER_CENTER, label);
    }
    painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, palette.line));
}

fn row(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    chart: &OddsChart,
    column: &OddsColumn,
    (rect, columns): (Rect, &Columns),
    priors: Priors,
) {
    let palette = tokens::palette(ui);
    let spoken = format!(
        "{} {}: prior {}, posterior {}, {} decibans",
        column.name,
        column.answer,
        percent_in_tenths(column.prior),
        measure(&column.posterior, percent_in_tenths),
        measure(&column.decibans, decibans_text)
    );
    let is_selected = cx.is_selected(column.hypothesis);
    let response = chart_parts::row(ui, rect, ("odds row", column.hypothesis), is_selected, &spoken);
    if response.on_hover_text_at_pointer(&column.answer).clicked() {
        cx.select(column.hypothesis);
    }
    let galley = name_galley(ui, &column.name, &column.answer, columns.name);
    ui.painter().galley(pos2(columns.left, rect.center().y - galley.size().y / 2.0), galley, palette.text);
    prior(ui, cx, chart, column, (rect, columns), priors);

    let (from, to) = columns.track;
    let at = |share: f64| from + (to - from) * share.clamp(0.0, 1.0) as f32;
    let y = rect.center().y;
    if let Ok(posterior) = column.posterior {
        let bar = Rect::from_x_y_ranges(from..=at(posterior), y - 6.0..=y + 6.0);
        ui.painter().rect_filled(bar, 0, palette.belief);
    }
    paint_prior(ui.painter(), pos2(at(column.prior), y), palette);
    let numbers: [(&str, String, &dyn Fn() -> Explanation); 2] = [
        ("Posterior", measure(&column.posterior, percent_in_tenths), &|| chart.explain_posterior(column)),
        ("Decibans", measure(&column.decibans, decibans_text), &|| chart.explain_decibans(column)),
    ];
    for (place, (what, text, explain)) in numbers.into_iter().enumerate() {
        let name = format!("{what} of {}: {text}", column.name);
        number(ui, cx, columns.number(rect, place), (what, column.hypothesis), &text, &name, explain);
    }
}

/// How the priors are drawn.
#[derive(Clone, Copy)]
struct Priors {
    /// In fields.
    is_editable: bool,
    /// As what they come to.
    is_shown: bool,
}

impl Priors {
    /// What was typed says it all where it sums to 100 %.
    fn of(chart: &OddsChart, is_editable: bool) -> Self {
        Self { is_editable, is_shown: !is_editable || !chart.columns.iter().all(is_as_given) }
    }

    /// How much room they take, in points.
    const fn width(self) -> f32 {
        if self.is_shown { PRIOR } else { FIELD }
    }
}

/// Whether a prior counts as it was given.
fn is_as_given(column: &OddsColumn) -> bool {
    column.given.is_some_and(|given| (given - column.prior).abs() < 5e-4)
}

/// The prior: the field in which it is given, and what it comes to.
fn prior(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    chart: &OddsChart,
    column: &OddsColumn,
    (rect, columns): (Rect, &Columns),
    priors: Priors,
) {
    let left = columns.left + columns.name + 4.0;
    let place = Rect::from_x_y_ranges(left..=left + columns.prior - 8.0, rect.y_range());
    if priors.is_editable {
        let field = Rect::from_min_size(place.min + vec2(0.0, 2.0), vec2(58.0, ROW - 4.0));
        let mut child = ui.new_child(UiBuilder::new().max_rect(field).id_salt(("prior", column.hypothesis)));
        let id = child.make_persistent_id(("odds prior", column.hypothesis));
        let name = format!("Prior of {}", column.name);
        let new = fields::clamped(&mut child, 58.0, |ui| {
            fields::percent_alone(ui, id, &name, "equal", column.given)
        });
        if let (Some(prior), Some(hypothesis)) = (new, cx.assessment.get(column.hypothesis)) {
            cx.edit(edit::replace(Hypothesis { prior, ..hypothesis.clone() }, "prior"));
        }
    }
    if !priors.is_shown {
        return;
    }
    let cell =
        Rect::from_x_y_ranges(place.right() - 54.0..=place.right(), rect.y_range()).shrink2(vec2(0.0, 4.0));
    let text = percent_in_tenths(column.prior);
    let name = format!("Prior of {}, with the others to 100 %: {text}", column.name);
    number(ui, cx, cell, ("prior number", column.hypothesis), &text, &name, || chart.explain_prior(column));
}

/// Paints the mark of a prior.
pub(super) fn paint_prior(painter: &Painter, at: Pos2, palette: &Palette) {
    painter.vline(at.x, at.y - 9.0..=at.y + 9.0, Stroke::new(4.0, palette.background));
    painter.vline(at.x, at.y - 9.0..=at.y + 9.0, Stroke::new(2.0, palette.text));
}

/// A number as text; a dash where it is undefined.
pub(super) fn measure(measure: &Measure, text: impl Fn(f64) -> String) -> String {
    measure.as_ref().map_or_else(|_| "–".to_owned(), |value| text(*value))
}
