//! Which incident, whose ratings, what ratings mean as likelihoods, and what comes out.

use eframe::egui::{Align, Layout, Ui};

use super::memo::Memo;
use super::{State, legend};
use crate::edit::{Edit, Transaction};
use crate::model::{Header, Methods, RatingValue};
use crate::ui::ViewContext;
use crate::ui::tokens::bold;
use crate::ui::views::whose;
use crate::ui::widgets::{as_table, elided, fields, figure_and_copy, quiet};

/// The width of a field for a number, in points.
const FIELD: f32 = 36.0;
/// The width of one that may have three digits, in points.
const WIDE_FIELD: f32 = 44.0;

/// Draws the lines of tools and the sentence.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            state.legend.show(ui);
            as_table(ui, &mut state.shows_table, "Chart");
            if !memo.chart.columns.is_empty() {
                figure_and_copy(
                    ui,
                    cx,
                    ("Export the probabilities as a figure…", || state.posterior_settings()),
                    ("Copy the probabilities as a table", || memo.chart.table()),
                );
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
    // The sentence, and beside it what the marks right below mean.
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if !state.shows_table && state.legend.is_on() {
                ui.spacing_mut().item_spacing.x = 12.0;
                legend::posterior_entries(ui);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                if let Some(pair) = &memo.pair {
                    elided(ui, bold(memo.chart.pair_sentence(pair)));
                }
            });
        });
    });
}

/// What each rating means as P(E|H), and how far items of one group repeat one another: conventions of the assessment.
fn likelihoods(ui: &mut Ui, cx: &ViewContext<'_>) {
    let methods = &cx.assessment.header.methods;
    ui.label(quiet(ui, "P(E|H), %"))
        .on_hover_text("How likely it is to see evidence that is rated so, if the hypothesis is true; the same for all of this assessment");
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
    ui.label(quiet(ui, "Overlap in groups, %"))
        .on_hover_text("How far items of one dependence group repeat one another: with 100 a whole group weighs as one item, with 0 each in full");
    let id = ui.make_persistent_id("odds correlation");
    let name = "Correlation in groups";
    let value = Some(methods.group_correlation);
    let new = fields::clamped(ui, WIDE_FIELD, |ui| fields::percent_alone(ui, id, name, "", value));
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
