//! Analytic confidence with its reasons, apart from every likelihood.

use eframe::egui::{Label, Ui};

use super::edits::Judging;
use super::section;
use crate::model::{Confidence, ConfidenceReasons, Judgement};
use crate::ui::tokens;
use crate::ui::widgets::{fields, quiet};

/// The three levels.
const LEVELS: &[(Confidence, &str)] =
    &[(Confidence::Low, "Low"), (Confidence::Moderate, "Moderate"), (Confidence::High, "High")];

/// What a level means, after ICD 203 and the practice of its users.
const fn meaning(confidence: Option<Confidence>) -> &'static str {
    match confidence {
        None => "How good the grounds of the judgement are; it says nothing of how likely the answer is",
        Some(Confidence::Low) => {
            "The information is questionable, fragmented or poorly corroborated, or there are significant concerns about sources"
        }
        Some(Confidence::Moderate) => {
            "The information is credibly sourced and plausible, but not of sufficient quality or corroboration for more"
        }
        Some(Confidence::High) => {
            "High-quality information, or an issue that allows a solid judgement; still no certainty"
        }
    }
}

/// A reason for the confidence: how it is labelled, what it asks, and where it stands.
type Reason = (&'static str, &'static str, fn(&mut ConfidenceReasons) -> &mut String);

const REASONS: [Reason; 3] = [
    ("Information", "What information there is, and what is missing", |it| &mut it.information_base),
    ("Rigour", "How rigorous the analysis was: techniques, rivals weighed, who checked", |it| &mut it.rigour),
    ("Complexity", "How complex the question is, and what could not be known", |it| &mut it.complexity),
];

/// Draws the part.
pub(super) fn show(ui: &mut Ui, judging: &Judging<'_>, present: &Judgement) {
    section(ui, "Analytic confidence", |_| {});
    let new = fields::row(ui, "Confidence", |ui| {
        fields::buttons(ui, "Confidence", present.confidence, LEVELS, true)
    });
    if let Some(confidence) = new {
        judging.change_once("Change confidence of judgement", "confidence", |it| it.confidence = confidence);
    }
    ui.add(Label::new(quiet(ui, meaning(present.confidence)).size(tokens::SMALL)).wrap());
    ui.add_space(2.0);
    let mut reasons = present.confidence_reasons.clone();
    for (label, hint, of) in REASONS {
        let id = judging.field_id(("reason", label));
        let value = of(&mut reasons).clone();
        let new = fields::row(ui, label, |ui| fields::text_area(ui, id, label, hint, &value));
        if let Some(text) = new {
            let step = format!("Change {} of confidence", label.to_lowercase());
            judging.change(&step, label, |it| *of(&mut it.confidence_reasons) = text);
        }
    }
}
