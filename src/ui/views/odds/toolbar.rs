//! Which incident, whose ratings, what ratings mean as likelihoods, and what comes out.

use eframe::egui::{Align, Layout, Ui};

use super::State;
use super::memo::Memo;
use crate::edit::{Edit, Transaction};
use crate::model::{Header, Methods, RatingValue};
use crate::ui::ViewContext;
use crate::ui::tokens::bold;
use crate::ui::views::whose;
use crate::ui::widgets::{as_table, copy_table_button, elided, fields, figure_button, quiet};

/// The width of a field for a number, in points.
const FIELD: f32 = 40.0;

/// Draws the lines of tools and the sentence.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            as_table(ui, &mut state.shows_table, "Chart");
            if !memo.chart.columns.is_empty() {
                copy_table_button(ui, cx, "Copy the probabilities as a table", || memo.chart.table());
                figure_button(ui, cx, "Export the probabilities as a figure…", || {
                    state.posterior_settings()
                });
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                state.incident.show(ui, cx, "odds");
            });
        });
    });
    if memo.chart.columns.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        whose::show(ui, cx, "odds", &mut state.raters, &memo.raters);
        likelihoods(ui, cx);
    });
    if let Some(pair) = &memo.pair {
        elided(ui, bold(memo.chart.pair_sentence(pair)));
    }
}

/// What each rating means as P(E|H), and how far items of one group repeat one another: conventions of the assessment.
fn likelihoods(ui: &mut Ui, cx: &ViewContext<'_>) {
    let methods = &cx.assessment.header.methods;
    ui.label(quiet(ui, "P(E|H) in %"))
        .on_hover_text("How probable it is to see evidence that is rated so, if the hypothesis is true: a convention of the assessment");
    let values = RatingValue::ALL.iter().zip(&methods.rating_likelihoods);
    for (place, (rating, value)) in values.enumerate() {
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.x = 3.0;
            ui.label(rating.label());
            let name = format!("P(E|H) of {}", rating.label());
            let id = ui.make_persistent_id(("odds likelihood", place));
            let new = fields::clamped(ui, FIELD, |ui| fields::percent_alone(ui, id, &name, "", Some(*value)));
            if let Some(Some(new)) = new {
                set(cx, &name, |methods| {
                    if let Some(value) = methods.rating_likelihoods.get_mut(place) {
                        *value = new;
                    }
                });
            }
        });
    }
    ui.label(quiet(ui, "ρ in groups"))
        .on_hover_text("How far items of one dependence group repeat one another, in %: with 100 a whole group weighs as one item, with 0 each in full");
    let id = ui.make_persistent_id("odds correlation");
    let name = "Correlation in groups";
    let value = Some(methods.group_correlation);
    let new = fields::clamped(ui, FIELD, |ui| fields::percent_alone(ui, id, name, "", value));
    if let Some(Some(new)) = new {
        set(cx, name, |methods| methods.group_correlation = new);
    }
}

/// Asks to change a convention of the assessment.
fn set(cx: &ViewContext<'_>, what: &str, change: impl FnOnce(&mut Methods)) {
    let mut methods = cx.assessment.header.methods.clone();
    change(&mut methods);
    let header = Header { methods, ..cx.assessment.header.clone() };
    let transaction = Transaction::new(format!("Change {what}"), vec![Edit::SetHeader(header.into())]);
    cx.edit(transaction.typing(None, what));
}
