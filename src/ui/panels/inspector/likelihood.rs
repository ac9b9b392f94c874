//! The likelihood that a source states, in its words and as a range. It never merges with confidence.

use eframe::egui::{self, Ui};

use super::form::Form;
use crate::model::{Claim, Likelihood, Standard, Term};
use crate::ui::tokens::{self, Icon};
use crate::ui::widgets::{fields, icon_button};

const FIELD: &str = "likelihood";

/// Draws the words and the range of a claim's likelihood.
pub(super) fn show(ui: &mut Ui, form: &Form<'_, Claim>) {
    let standard = form.cx.assessment.header.standard;
    let likelihood = form.record.likelihood.clone().unwrap_or_default();
    let new = fields::row(ui, "Likelihood", |ui| words(ui, form, standard, &likelihood));
    if let Some(new) = new {
        set(form, new);
    }
    let new = form.row(ui, "Range", FIELD, |ui| range(ui, form, &likelihood));
    if let Some(new) = new {
        set(form, new);
    }
}

fn set(form: &Form<'_, Claim>, likelihood: Likelihood) {
    form.change(FIELD, |claim| {
        claim.likelihood = (likelihood != Likelihood::default()).then_some(likelihood);
    });
}

/// The source's words, free or one of the standard's.
fn words(
    ui: &mut Ui,
    form: &Form<'_, Claim>,
    standard: Standard,
    likelihood: &Likelihood,
) -> Option<Likelihood> {
    let mut new = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let room = ui.available_width() - 24.0;
        fields::clamped(ui, room, |ui| {
            let id = form.field_id("likelihood.words");
            if let Some(words) =
                fields::text(ui, id, "Likelihood", "Stated without a hedge", &likelihood.words)
            {
                new = Some(with_words(standard, likelihood, words));
            }
        });
        let button = icon_button(ui, Icon::ChevronDown, &format!("Words of {standard}"));
        egui::Popup::menu(&button).show(|ui| {
            for term in standard.terms() {
                if ui.button(describe(term)).clicked() {
                    new = Some(of_term(term));
                }
            }
            if ui.button("Stated without a hedge").clicked() {
                new = Some(Likelihood::default());
            }
        });
    });
    new
}

fn of_term(term: &Term) -> Likelihood {
    let words = term.words.first().copied().unwrap_or_default().to_owned();
    Likelihood { words, low: Some(term.low), high: Some(term.high) }
}

fn describe(term: &Term) -> String {
    let words = term.words.join(", ");
    format!("{words} ({}–{} %)", fields::percent_text(term.low), fields::percent_text(term.high))
}

/// The likelihood with other words. Where the range is that of the old words in a standard, or none, it follows the new
/// ones; a range that the source gave itself stays.
fn with_words(standard: Standard, old: &Likelihood, words: String) -> Likelihood {
    let band = |words: &str| standard.meaning_of(words).map(|(_, term)| (term.low, term.high));
    let range = old.low.zip(old.high);
    let follows = (old.low.is_none() && old.high.is_none()) || (range.is_some() && band(&old.words) == range);
    let (low, high) = match band(&words) {
        Some((low, high)) if follows => (Some(low), Some(high)),
        None if follows => (None, None),
        _ => (old.low, old.high),
    };
    Likelihood { words, low, high }
}

fn range(ui: &mut Ui, form: &Form<'_, Claim>, likelihood: &Likelihood) -> Option<Likelihood> {
    let mut new = None;
    let palette = tokens::palette(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = tokens::GRID;
        const SIGN_WIDTH: f32 = 12.0;
        let half = (ui.available_width() - 2.0 * SIGN_WIDTH - 3.0 * tokens::GRID) / 2.0;
        let ends = [
            ("Lowest likelihood", "from", likelihood.low, "–"),
            ("Highest likelihood", "to", likelihood.high, "%"),
        ];
        for (place, (label, hint, value, sign)) in ends.into_iter().enumerate() {
            fields::clamped(ui, half, |ui| {
                let id = form.field_id(("likelihood", place));
                if let Some(value) = fields::percent_alone(ui, id, label, hint, value) {
                    let mut changed = likelihood.clone();
                    *(if place == 0 { &mut changed.low } else { &mut changed.high }) = value;
                    new = Some(changed);
                }
            });
            let (rect, _) =
                ui.allocate_exact_size(egui::vec2(SIGN_WIDTH, tokens::ROW_HEIGHT), egui::Sense::hover());
            let font = egui::FontId::proportional(tokens::BODY);
            ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, sign, font, palette.quiet);
        }
    });
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_of_the_standard_fills_the_range() {
        let given = |words: &str, low: Option<f64>, high: Option<f64>| Likelihood {
            words: words.to_owned(),
            low,
            high,
        };
        let check = |old: Likelihood, words: &str, expect: Likelihood| {
            assert_eq!(with_words(Standard::Icd203, &old, words.to_owned()), expect, "{words}");
        };
        let likely = || given("likely", Some(0.55), Some(0.80));
        check(Likelihood::default(), "likely", likely());
        check(likely(), "very likely", given("very likely", Some(0.80), Some(0.95)));
        check(likely(), "highly unlikely", given("highly unlikely", Some(0.10), Some(0.20)));
        check(likely(), "likely, they say", given("likely, they say", None, None));
        let own = || given("likely", Some(0.7), Some(0.7));
        check(own(), "very likely", given("very likely", Some(0.7), Some(0.7)));
        check(given("", Some(0.6), None), "likely", given("likely", Some(0.6), None));
    }
}
