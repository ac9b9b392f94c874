//! Why the numbers of a claim are what they are.

use eframe::egui::{self, RichText, Ui};

use super::facts::{ClaimFacts, origin_of_probability};
use super::form::section;
use super::links::link;
use crate::analysis::percent::percent;
use crate::model::{Claim, Confidence};
use crate::ui::ViewContext;
use crate::ui::tokens::{self, bold};
use crate::ui::widgets::{comparison, grouped, quiet};

/// Draws how the claim's weight comes about, its origin, and how other claims stand to it.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, claim: &Claim, facts: &ClaimFacts) {
    let weight = &facts.weight;
    section(ui, "Why it weighs what it weighs");
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let trust = |value: f64| format!("{value:.2}");
        let assumed = |is_assumed: bool| if is_assumed { ", assumed: not graded" } else { "" };
        let reliability =
            format!("reliability {}{}", weight.reliability.letter(), assumed(weight.is_reliability_assumed));
        let credibility =
            format!("credibility {}{}", weight.credibility.digit(), assumed(weight.is_credibility_assumed));
        let confidence = match claim.confidence {
            Some(confidence) => format!("confidence {}", lower(confidence)),
            None => "confidence not stated".to_owned(),
        };
        factor(ui, "", trust(weight.reliability_trust), quiet(ui, reliability));
        factor(ui, "×", trust(weight.credibility_trust), quiet(ui, credibility));
        factor(ui, "×", trust(weight.confidence_trust), quiet(ui, confidence));
        let formula =
            "Reliability × credibility × stated confidence, each as the methods of the assessment set it";
        factor(ui, "=", trust(weight.trust), bold("trust")).on_hover_text(formula);
        let probability = format!("probability: {}", origin_of_probability(weight.probability_from));
        factor(ui, "", percent(weight.probability), quiet(ui, probability));
    });
    if weight.trust == 0.0 {
        ui.label(
            quiet(ui, "F and 6 give no basis: the claim counts as ignorance, not as disbelief")
                .size(tokens::SMALL),
        );
    }
    origin(ui, cx, claim, facts);
    relations(ui, facts);
}

const fn lower(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Low => "low",
        Confidence::Moderate => "moderate",
        Confidence::High => "high",
    }
}

/// One factor: its sign, its value in a column of its own, and what it is.
fn factor(ui: &mut Ui, sign: &str, value: String, what: RichText) -> egui::Response {
    const WIDTH: f32 = 44.0;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = tokens::PADDING;
        let layout = egui::Layout::right_to_left(egui::Align::Center);
        let (rect, _) = ui.allocate_exact_size(egui::vec2(WIDTH, 20.0), egui::Sense::hover());
        let mut cell = ui.new_child(egui::UiBuilder::new().max_rect(rect).layout(layout));
        cell.spacing_mut().item_spacing.x = tokens::GRID;
        cell.label(value);
        cell.label(quiet(ui, sign));
        ui.add(egui::Label::new(what).truncate())
    })
    .inner
}

fn origin(ui: &mut Ui, cx: &ViewContext<'_>, claim: &Claim, facts: &ClaimFacts) {
    let Some(first_hand) = facts.first_hand else { return };
    section(ui, "Origin");
    let text = match facts.same_origin.len() {
        0 => "It counts as an origin of its own".to_owned(),
        1 => "It counts as one with another claim".to_owned(),
        others => format!("It counts as one with {others} other claims"),
    };
    ui.label(text);
    if facts.same_origin.is_empty() {
        return;
    }
    if first_hand == claim.id {
        ui.label(quiet(ui, "This one is first-hand"));
    }
    const LISTED: usize = 8;
    for id in facts.same_origin.iter().take(LISTED) {
        link(ui, cx, (*id).into());
    }
    let more = facts.same_origin.len().saturating_sub(LISTED);
    if more > 0 {
        ui.label(quiet(ui, format!("and {} more", grouped(more))).size(tokens::SMALL));
    }
}

fn relations(ui: &mut Ui, facts: &ClaimFacts) {
    if facts.relations.is_empty() {
        return;
    }
    section(ui, "Against the other claims");
    for (relation, count) in &facts.relations {
        comparison::relation_count(ui, *relation, *count);
    }
}
