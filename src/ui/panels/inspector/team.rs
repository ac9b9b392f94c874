//! The fields of judgements, comments, exercises and outcomes.

use eframe::egui::Ui;

use super::claim::CONFIDENCES;
use super::form::{Form, section};
use crate::model::{Comment, Exercise, Hypothesis, Id, Incident, Judgement, Outcome, Technique};
use crate::ui::widgets::{fields, moment};

/// Draws the fields of a judgement. Its probabilities are shown here and changed where they can be balanced.
pub(super) fn judgement(ui: &mut Ui, form: &Form<'_, Judgement>) {
    let it = form.record;
    form.needed(ui, "Analyst", "analyst", it.analyst, |it, id| it.analyst = id);
    form.needed(ui, "Incident", "incident", it.incident, |it, id| it.incident = id);
    fields::shown(ui, "Made", &moment(it.made_at));
    fields::shown(ui, "Round", &super::round(it.round));
    form.area(
        ui,
        "Key sentence",
        "key_sentence",
        "The conclusion in one sentence",
        &it.key_sentence,
        |it, text| {
            it.key_sentence = text;
        },
    );
    section(ui, "Probabilities");
    for share in &it.probabilities {
        let name = form.cx.assessment.name_of(share.hypothesis);
        let field = format!("probabilities {}", share.hypothesis);
        form.share(ui, &name, &field, Some(share.probability), |it, value| {
            let own = it.probabilities.iter_mut().find(|other| other.hypothesis == share.hypothesis);
            if let Some(own) = own {
                own.probability = value.unwrap_or_default();
            }
        });
    }
    form.share(ui, "Other", "other", Some(it.other), |it, value| it.other = value.unwrap_or_default());
    let sum: f64 = it.probabilities.iter().map(|share| share.probability).sum::<f64>() + it.other;
    fields::shown(ui, "Sum", &format!("{} %", fields::percent_text(sum)));
    form.problems_of(ui, "probabilities");
    section(ui, "Confidence");
    let new = form.row(ui, "Confidence", "confidence", |ui| {
        fields::buttons(ui, "Confidence", it.confidence, CONFIDENCES, true)
    });
    if let Some(confidence) = new {
        form.change_once("confidence", |it| it.confidence = confidence);
    }
    let reasons = &it.confidence_reasons;
    let field = "confidence_reasons.information_base";
    form.area(
        ui,
        "Information",
        field,
        "What there is, what is missing",
        &reasons.information_base,
        |it, text| {
            it.confidence_reasons.information_base = text;
        },
    );
    form.area(ui, "Rigour", "confidence_reasons.rigour", "", &reasons.rigour, |it, text| {
        it.confidence_reasons.rigour = text;
    });
    form.area(ui, "Complexity", "confidence_reasons.complexity", "", &reasons.complexity, |it, text| {
        it.confidence_reasons.complexity = text;
    });
    if !it.dissent.is_empty() {
        section(ui, "Dissent");
        for (place, dissent) in it.dissent.iter().enumerate() {
            let name = form.cx.assessment.name_of(dissent.analyst);
            form.area(ui, &name, &format!("dissent {place}"), "Why", &dissent.text, |it, text| {
                if let Some(dissent) = it.dissent.get_mut(place) {
                    dissent.text = text;
                }
            });
        }
    }
}

/// Draws the fields of a comment.
pub(super) fn comment(ui: &mut Ui, form: &Form<'_, Comment>) {
    let it = form.record;
    form.area(ui, "Remark", "text", "", &it.text, |it, text| it.text = text);
    form.link(ui, "On", it.on);
    if !it.field.is_empty() {
        fields::shown(ui, "Field", &form.cx.assessment.field_text(it));
    }
    form.one(ui, "By", "analyst", it.analyst, |it, id| it.analyst = id);
    fields::shown(ui, "When", &moment(it.at));
    let new = form.row(ui, "State", "resolved", |ui| fields::check(ui, "Dealt with", it.resolved));
    if let Some(resolved) = new {
        form.change_once("resolved", |it| it.resolved = resolved);
    }
}

/// Draws the fields of an exercise.
pub(super) fn exercise(ui: &mut Ui, form: &Form<'_, Exercise>) {
    let it = form.record;
    form.name(ui, "Title", "title", &it.title, |it, text| it.title = text);
    form.choice(ui, "Technique", "technique", it.technique, Technique::ALL, |it, value| it.technique = value);
    form.one(ui, "Incident", "incident", it.incident, |it, id| it.incident = id);
    form.row(ui, "Step", "step", |ui| ui.label(it.step.to_string()));
    let label = ("Participants", "Add an analyst");
    form.several(ui, label, "participants", &it.participants, &|_| None, |it, ids| it.participants = ids);
    for round in &it.rounds {
        let when = |at: Option<jiff::Timestamp>| at.map_or_else(|| "not yet".to_owned(), moment);
        let text = format!("opened {}, closed {}", when(round.opened), when(round.closed));
        fields::shown(ui, &format!("Round {}", round.number), &text);
    }
    form.problems_of(ui, "rounds.closed");
    form.area(ui, "Notes", "notes", "", &it.notes, |it, text| it.notes = text);
}

/// Draws the fields of an outcome. While it is sealed, nothing of it is shown but that it is there.
pub(super) fn outcome(ui: &mut Ui, form: &Form<'_, Outcome>) {
    let it = form.record;
    form.link(ui, "Incident", it.incident);
    let new = form.row(ui, "Seal", "sealed", |ui| fields::check(ui, "Kept from the participants", it.sealed));
    if let Some(sealed) = new {
        form.change_once("sealed", |it| it.sealed = sealed);
    }
    if it.sealed {
        fields::shown(ui, "Outcome", "Sealed until revealed");
        return;
    }
    let hypotheses = hypotheses_of(form, it.incident);
    let current = (it.hypothesis, hypotheses.as_slice());
    form.existing(ui, "True is", "hypothesis", current, &|_| None, |it, id| it.hypothesis = id);
    let hint = "What really happened";
    form.area(ui, "Explanation", "explanation", hint, &it.explanation, |it, text| it.explanation = text);
}

fn hypotheses_of(form: &Form<'_, Outcome>, incident: Id<Incident>) -> Vec<Id<Hypothesis>> {
    let mut all = form.cx.assessment.in_order::<Hypothesis>();
    all.retain(|id| form.cx.assessment.get(*id).is_some_and(|hypothesis| hypothesis.incident == incident));
    all
}
