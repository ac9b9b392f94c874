//! The hypotheses with their priors, which can be edited, and their posteriors.

use eframe::egui::{
    Align, Align2, FontId, FontSelection, Layout, Painter, Pos2, Rect, RichText, Role, ScrollArea, Sense,
    Stroke, TextStyle, TextWrapMode, Ui, UiBuilder, WidgetInfo, WidgetText, pos2, text::LayoutJob, vec2,
};

use super::memo::Memo;
use crate::analysis::Measure;
use crate::analysis::charts::OddsChart;
use crate::analysis::charts::odds::{OddsColumn, decibans_text};
use crate::analysis::explain::Explanation;
use crate::edit;
use crate::model::Hypothesis;
use crate::ui::ViewContext;
use crate::ui::tokens::{self, Palette, bold};
use crate::ui::widgets::{explained, fields};

/// The height of a row, in points.
pub(super) const ROW: f32 = 28.0;
/// The height of the heads, in points.
pub(super) const HEADER: f32 = 22.0;
/// The room left and right of everything, in points.
const EDGE: f32 = 8.0;
/// The width of the field of a prior with its number, in points.
const PRIOR: f32 = 124.0;
/// The width of a column of numbers, in points.
const NUMBER: f32 = 66.0;

/// Where the columns stand.
#[derive(Clone, Copy, Debug)]
struct Columns {
    left: f32,
    name: f32,
    track: (f32, f32),
    right: f32,
}

impl Columns {
    fn new(rect: Rect, name: f32) -> Self {
        let (left, right) = (rect.left() + EDGE, rect.right() - EDGE);
        let from = left + name + PRIOR + 12.0;
        Self { left, name, track: (from, (right - 2.0 * NUMBER - 8.0).max(from + 40.0)), right }
    }

    fn number(&self, row: Rect, place: usize) -> Rect {
        let right = self.right - (1 - place.min(1)) as f32 * NUMBER;
        Rect::from_x_y_ranges(right - NUMBER..=right, row.y_range()).shrink2(vec2(0.0, 4.0))
    }
}

/// How wide a chart is with so much room for the names, in points.
pub(super) fn width(name: f32, track: f32) -> f32 {
    2.0 * EDGE + name + PRIOR + 12.0 + track + 8.0 + 2.0 * NUMBER
}

/// Draws the hypotheses in the available room.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let name = (ui.available_width() * 0.26).clamp(90.0, 340.0);
    ScrollArea::vertical().id_salt("odds hypotheses").auto_shrink(false).show(ui, |ui| {
        draw(ui, cx, &memo.chart, name, true);
    });
}

/// Draws all hypotheses one below the other. Priors can be edited on the screen alone.
pub(super) fn draw(ui: &mut Ui, cx: &ViewContext<'_>, chart: &OddsChart, name: f32, is_editable: bool) {
    let width = ui.available_width();
    let (head, _) = ui.allocate_exact_size(vec2(width, HEADER), Sense::hover());
    let columns = Columns::new(head, name);
    header(
        ui.painter(),
        head,
        head.bottom() + chart.columns.len() as f32 * ROW,
        &columns,
        tokens::palette(ui),
    );
    for column in &chart.columns {
        let (rect, _) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
        row(ui, cx, chart, column, (rect, &columns), is_editable);
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
    text(columns.number(rect, 1).right(), Align2::RIGHT_CENTER, "Decibans");
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
    is_editable: bool,
) {
    let palette = tokens::palette(ui);
    let response = ui.interact(rect, ui.scope_id().with(("odds row", column.hypothesis)), Sense::CLICK);
    let is_selected = cx.is_selected(column.hypothesis);
    let spoken = format!(
        "{} {}: prior {}, posterior {}, {} decibans",
        column.name,
        column.answer,
        percent(column.prior),
        measure(&column.posterior, percent),
        measure(&column.decibans, decibans_text)
    );
    response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_selected, &spoken));
    if is_selected {
        ui.painter().rect_filled(rect, 0, palette.selection);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0, palette.hovered);
    }
    if response.on_hover_text_at_pointer(&column.answer).clicked() {
        cx.select(column.hypothesis);
    }
    let galley = name_galley(ui, &column.name, &column.answer, columns.name);
    ui.painter().galley(pos2(columns.left, rect.center().y - galley.size().y / 2.0), galley, palette.text);
    prior(ui, cx, chart, column, (rect, columns), is_editable);

    let (from, to) = columns.track;
    let at = |share: f64| from + (to - from) * share.clamp(0.0, 1.0) as f32;
    let y = rect.center().y;
    if let Ok(posterior) = column.posterior {
        let bar = Rect::from_x_y_ranges(from..=at(posterior), y - 6.0..=y + 6.0);
        ui.painter().rect_filled(bar, 0, palette.belief);
    }
    paint_prior(ui.painter(), pos2(at(column.prior), y), palette);
    let numbers: [(&str, String, &dyn Fn() -> Explanation); 2] = [
        ("Posterior", measure(&column.posterior, percent), &|| chart.explain_posterior(column)),
        ("Decibans", measure(&column.decibans, decibans_text), &|| chart.explain_decibans(column)),
    ];
    for (place, (what, text, explain)) in numbers.into_iter().enumerate() {
        let name = format!("{what} of {}: {text}", column.name);
        number(ui, cx, columns.number(rect, place), (what, column.hypothesis), &text, &name, explain);
    }
}

/// The prior: the field in which it is given, and what it comes to.
fn prior(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    chart: &OddsChart,
    column: &OddsColumn,
    (rect, columns): (Rect, &Columns),
    is_editable: bool,
) {
    let left = columns.left + columns.name + 4.0;
    let place = Rect::from_x_y_ranges(left..=left + PRIOR - 8.0, rect.y_range());
    if is_editable {
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
    let cell =
        Rect::from_x_y_ranges(place.right() - 54.0..=place.right(), rect.y_range()).shrink2(vec2(0.0, 4.0));
    let text = percent(column.prior);
    let name = format!("Prior of {}, with the others to 100 %: {text}", column.name);
    number(ui, cx, cell, ("prior number", column.hypothesis), &text, &name, || chart.explain_prior(column));
}

/// Draws a number that explains itself at the right of a cell.
pub(super) fn number(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    cell: Rect,
    salt: impl std::hash::Hash + std::fmt::Debug,
    text: &str,
    name: &str,
    explain: impl FnOnce() -> Explanation,
) {
    let layout = Layout::right_to_left(Align::Center);
    let mut child = ui.new_child(UiBuilder::new().max_rect(cell).layout(layout).id_salt(salt));
    explained(&mut child, cx, RichText::new(text).size(tokens::BODY - 1.0), name, explain);
}

/// Paints the mark of a prior.
pub(super) fn paint_prior(painter: &Painter, at: Pos2, palette: &Palette) {
    painter.vline(at.x, at.y - 9.0..=at.y + 9.0, Stroke::new(4.0, palette.background));
    painter.vline(at.x, at.y - 9.0..=at.y + 9.0, Stroke::new(2.0, palette.text));
}

/// A short name in bold and what it stands for, cut where it does not fit.
pub(super) fn name_galley(
    ui: &Ui,
    name: &str,
    text: &str,
    room: f32,
) -> std::sync::Arc<eframe::egui::Galley> {
    let palette = tokens::palette(ui);
    let mut job = LayoutJob::default();
    let font = || FontSelection::Style(TextStyle::Body);
    bold(name).color(palette.text).append_to(&mut job, ui.style(), font(), Align::Center);
    RichText::new(format!("  {text}")).color(palette.quiet).append_to(
        &mut job,
        ui.style(),
        font(),
        Align::Center,
    );
    WidgetText::from(job).into_galley(ui, Some(TextWrapMode::Truncate), room, TextStyle::Body)
}

/// A probability in per cent; what is not quite nothing or all is not shown as that.
pub(super) fn percent(share: f64) -> String {
    match share {
        share if share > 0.0 && share < 0.000_5 => "< 0.1 %".to_owned(),
        share if (0.999_5..1.0).contains(&share) => "> 99.9 %".to_owned(),
        share => format!("{:.1} %", share * 100.0),
    }
}

/// A number as text; a dash where it is undefined.
pub(super) fn measure(measure: &Measure, text: impl Fn(f64) -> String) -> String {
    measure.as_ref().map_or_else(|_| "–".to_owned(), |value| text(*value))
}
