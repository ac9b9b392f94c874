//! Two claims in two columns, field by field.

use eframe::egui::{Label, Response, RichText, Role, Sense, Shape, Stroke, Ui, WidgetInfo, vec2};

use super::{claim_button, column};
use crate::analysis::Comparison;
use crate::analysis::relation::FieldPair;
use crate::model::Claim;
use crate::ui::ViewContext;
use crate::ui::tokens::{self, bold};
use crate::ui::widgets::quiet;

/// From this width on what a difference means stands beside it.
const WIDEST: f32 = 640.0;
/// The width of the names of fields, in points.
const FIELD_WIDTH: f32 = 72.0;
/// The width of the mark of a difference, in points.
const SIGN_WIDTH: f32 = 14.0;
/// The room between two columns, in points.
const GAP: f32 = 12.0;

/// Draws a row for each field: those that differ marked and in full, the others quiet.
pub(super) fn show(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    claims: [&Claim; 2],
    names: &[String; 2],
    found: &Comparison,
) {
    let has_meaning = ui.available_width() >= WIDEST;
    let columns = if has_meaning { 3.0 } else { 2.0 };
    let width = (ui.available_width() - FIELD_WIDTH - SIGN_WIDTH - (columns + 1.0) * GAP) / columns;
    ui.spacing_mut().item_spacing.y = 3.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        column(ui, FIELD_WIDTH + SIGN_WIDTH + GAP, |_| {});
        for (claim, name) in claims.into_iter().zip(names) {
            column(ui, width, |ui| head(ui, cx, claim, name));
        }
    });
    for field in &found.fields {
        row(ui, field, width, has_meaning);
    }
}

/// What one claim says, in its words.
fn head(ui: &mut Ui, cx: &ViewContext<'_>, claim: &Claim, source: &str) {
    claim_button(ui, cx, claim, source);
    let date = claim.stated_on.map_or_else(|| "undated".to_owned(), |date| date.to_string());
    let says = format!("{date} · {}", cx.assessment.proposition_text(claim));
    ui.add(Label::new(quiet(ui, says)).wrap());
    if !claim.quote.is_empty() {
        ui.add(Label::new(quiet(ui, format!("“{}”", claim.quote))).wrap());
    }
}

fn row(ui: &mut Ui, field: &FieldPair, width: f32, has_meaning: bool) {
    let palette = tokens::palette(ui);
    let is_different = field.is_different();
    let value = |text: &str| {
        let text = RichText::new(text);
        Label::new(if is_different { text } else { text.color(palette.quiet) }).wrap()
    };
    let background = ui.painter().add(Shape::Noop);
    let drawn = ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        column(ui, SIGN_WIDTH, |ui| difference_mark(ui, is_different));
        column(ui, FIELD_WIDTH, |ui| {
            let name = field.field.label();
            ui.add(Label::new(if is_different { bold(name) } else { quiet(ui, name) }).truncate());
        });
        column(ui, width, |ui| ui.add(value(&field.left)));
        column(ui, width, |ui| ui.add(value(&field.right)));
        if has_meaning {
            let meaning = if is_different { field.meaning.as_str() } else { "Same" };
            column(ui, width, |ui| ui.add(Label::new(quiet(ui, meaning)).wrap()));
        }
    });
    if is_different {
        let rect = drawn.response.rect.expand2(vec2(4.0, 1.0));
        ui.painter().set(background, Shape::rect_filled(rect, 2, palette.stripe));
    }
}

/// Whether a field differs: two lines, crossed through where it does.
fn difference_mark(ui: &mut Ui, is_different: bool) -> Response {
    let palette = tokens::palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(SIGN_WIDTH, 16.0), Sense::hover());
    let (painter, centre) = (ui.painter(), rect.center());
    let stroke = Stroke::new(1.4, if is_different { palette.text } else { palette.neutral });
    for y in [-2.0, 2.0] {
        painter.hline(centre.x - 4.0..=centre.x + 4.0, centre.y + y, stroke);
    }
    if is_different {
        painter.line_segment([centre + vec2(-3.0, 5.5), centre + vec2(3.0, -5.5)], stroke);
    }
    let words = if is_different { "Differs" } else { "Same" };
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    response.on_hover_text(words)
}
