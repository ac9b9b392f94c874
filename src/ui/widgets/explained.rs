//! A number that explains itself.

use std::sync::Arc;

use eframe::egui::{
    self, Button, FontSelection, Id as EguiId, Label, Popup, PopupCloseBehavior, Response, RichText,
    ScrollArea, Stroke, TextStyle, Ui, WidgetInfo, WidgetText,
};

use super::text::{elided, icon_button, quiet, section_title};
use crate::analysis::Options;
use crate::analysis::explain::{Contribution, Explanation, Input, Unit};
use crate::analysis::percent::{percent_in_full, signed_percent};
use crate::edit::Revision;
use crate::model::AnyId;
use crate::ui::tokens::{self, Icon, bold};
use crate::ui::{Command, ViewContext};

const WIDTH: f32 = 380.0;
const GREATEST_HEIGHT: f32 = 420.0;
const VALUE_WIDTH: f32 = 64.0;

/// A number with a dotted line under it: a click, or Enter, opens how it came about. `name` is what a screen reader says,
/// such as "Belief in the JSSD: 0.43". `explain` is called only when the pointer rests on the number or it is opened, and
/// its result is kept as long.
pub fn explained(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    text: impl Into<RichText>,
    name: &str,
    explain: impl FnOnce() -> Explanation,
) -> Response {
    let text = WidgetText::from(text.into());
    let galley = text.into_galley(ui, None, ui.available_width(), FontSelection::Style(TextStyle::Body));
    let (rect, response) = ui.allocate_exact_size(galley.size(), egui::Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::Button, ui.is_enabled(), name));
    let palette = tokens::palette(ui);
    let colour = if response.hovered() || response.has_focus() { palette.accent } else { palette.quiet };
    // On paper there is nothing to click.
    if !crate::ui::figure::is_figure(ui) {
        let underline =
            egui::Shape::dotted_line(&[rect.left_bottom(), rect.right_bottom()], colour, 3.0, 0.6);
        ui.painter().extend(underline);
    }
    if response.has_focus() {
        let focus = rect.expand(2.0);
        let stroke = Stroke::new(1.0, palette.accent);
        ui.painter().rect_stroke(focus, tokens::RADIUS, stroke, egui::StrokeKind::Outside);
    }
    ui.painter().galley(rect.min, galley, palette.text);
    explain_on_click(&response, cx, explain);
    response.on_hover_cursor(egui::CursorIcon::Help)
}

/// Opens how a number came about when `response` is clicked: for a number that is drawn in a way of its own.
pub fn explain_on_click(response: &Response, cx: &ViewContext<'_>, explain: impl FnOnce() -> Explanation) {
    let kept = response.id.with("explanation");
    if !response.hovered() && !Popup::is_id_open(&response.ctx, Popup::default_response_id(response)) {
        // The rule, the raters or the day that a view shows may be another one when it is looked at again.
        response.ctx.data_mut(|data| data.remove::<Kept>(kept));
    }
    // What a number is and its formula show on hover: made when it is first shown, and kept.
    let mut explain = Some(explain);
    response.clone().on_hover_ui(|ui| {
        let made = || explain.take().map(|explain| explain());
        if let Some(explanation) = kept_explanation(ui, kept, cx, made) {
            ui.label(&explanation.title);
            ui.label(RichText::new(&explanation.formula).monospace());
        }
        ui.label(quiet(ui, "Click: how this number comes about"));
    });
    let made = || explain.map(|explain| explain());
    if response.clicked() {
        // Opened anew, maybe under other settings of the view.
        response.ctx.data_mut(|data| data.remove::<Kept>(kept));
    }
    Popup::menu(response).width(WIDTH).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        let Some(explanation) = kept_explanation(ui, kept, cx, made) else { return };
        ui.set_width(WIDTH);
        ScrollArea::vertical().max_height(GREATEST_HEIGHT).show(ui, |ui| show(ui, cx, &explanation));
    });
}

/// An explanation, and the state of the document and the options that it was made from.
type Kept = (Revision, Options, Arc<Explanation>);

fn kept_explanation(
    ui: &Ui,
    id: EguiId,
    cx: &ViewContext<'_>,
    explain: impl FnOnce() -> Option<Explanation>,
) -> Option<Arc<Explanation>> {
    let (revision, options) = (cx.revision, cx.derived.options());
    match ui.data(|data| data.get_temp::<Kept>(id)) {
        Some((of, under, explanation)) if (of, under) == (revision, options) => Some(explanation),
        _ => {
            let explanation = Arc::new(explain()?);
            ui.data_mut(|data| data.insert_temp(id, (revision, options, Arc::clone(&explanation))));
            Some(explanation)
        }
    }
}

/// Draws an explanation.
fn show(ui: &mut Ui, cx: &ViewContext<'_>, explanation: &Explanation) {
    ui.horizontal(|ui| {
        let value = match &explanation.value {
            Ok(value) => number(explanation.unit, *value),
            Err(undefined) => undefined.to_string(),
        };
        let title = format!("{}: {value}", explanation.title);
        ui.add(Label::new(bold(title)).wrap());
    });
    ui.add(Label::new(RichText::new(&explanation.formula).monospace()).wrap());
    if !explanation.inputs.is_empty() {
        ui.add_space(tokens::GRID);
        section_title(ui, "From");
        for Input { name, value, record, .. } in &explanation.inputs {
            input(ui, cx, name, value, *record);
        }
    }
    contributions(ui, cx, explanation);
    ui.add_space(tokens::GRID);
    section_title(ui, "Method");
    ui.add(Label::new(quiet(ui, &explanation.source)).wrap());
    if !explanation.note.is_empty() {
        ui.add_space(tokens::GRID);
        ui.add(Label::new(quiet(ui, &explanation.note).size(tokens::SMALL)).wrap());
    }
    if icon_button(ui, Icon::Copy, "Copy the explanation as a table").clicked() {
        cx.send(Command::Copy { text: explanation.table().to_tsv(), what: "the explanation".to_owned() });
    }
}

/// An input: its name at the left, cut where it does not fit, and its value at the right.
fn input(ui: &mut Ui, cx: &ViewContext<'_>, name: &str, value: &str, record: Option<AnyId>) {
    ui.horizontal(|ui| {
        let whole = ui.available_width();
        let font = FontSelection::Style(TextStyle::Body);
        let text = WidgetText::from(value).into_galley(ui, None, f32::INFINITY, font).size().x;
        let value_width = text.max(40.0).min(whole * 0.6);
        ui.allocate_ui_with_layout(
            egui::vec2(whole - value_width - 12.0, 18.0),
            egui::Layout::left_to_right(egui::Align::Center),
            |ui| {
                ui.set_min_width(ui.available_width());
                what(ui, cx, name, record);
            },
        );
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add(Label::new(value).wrap())
        });
    });
}

fn contributions(ui: &mut Ui, cx: &ViewContext<'_>, explanation: &Explanation) {
    let Some(remainder) = explanation.remainder() else { return };
    ui.add_space(tokens::GRID);
    section_title(ui, &explanation.contributions_are);
    let line = |ui: &mut Ui, value: f64, draw: &mut dyn FnMut(&mut Ui)| {
        ui.horizontal(|ui| {
            let layout = egui::Layout::right_to_left(egui::Align::Center);
            ui.allocate_ui_with_layout(egui::vec2(VALUE_WIDTH, 18.0), layout, |ui| {
                ui.set_min_width(VALUE_WIDTH);
                ui.label(signed(explanation.unit, value));
            });
            draw(ui);
        });
    };
    for Contribution { what: name, value, record } in &explanation.contributions {
        line(ui, *value, &mut |ui| what(ui, cx, name, *record));
    }
    // What is only rounding is not worth a line.
    if remainder.abs() > 1e-9 {
        line(ui, remainder, &mut |ui| {
            ui.label(quiet(ui, "not attributed"));
        });
    }
    if let Ok(value) = explanation.value {
        line(ui, value, &mut |ui| {
            ui.label(bold("sum"));
        });
    }
}

/// The name of an input; a click shows its record.
fn what(ui: &mut Ui, cx: &ViewContext<'_>, name: &str, record: Option<AnyId>) {
    let Some(record) = record else {
        elided(ui, quiet(ui, name));
        return;
    };
    let button = Button::new(name).frame_when_inactive(false).truncate();
    if ui.add(button).on_hover_text(name).clicked() {
        cx.select(record);
    }
}

/// A number with four digits after the point, a probability with two after that of per cent; a count without any.
fn number(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Percent => percent_in_full(value),
        Unit::Plain if value.fract() == 0.0 && value.abs() < 1e9 => format!("{value:.0}"),
        Unit::Plain => format!("{value:.4}"),
    }
}

fn signed(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Percent => signed_percent(value),
        Unit::Plain => format!("{value:+.4}").replace('-', "\u{2212}"),
    }
}
