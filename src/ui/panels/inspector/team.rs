//! The fields of judgements, comments, exercises and outcomes.

use eframe::egui::Ui;

use super::form::{Form, section};
use crate::model::{Comment, Confidence, Exercise, Hypothesis, Id, Incident, Judgement, Outcome, Technique};
use crate::ui::views::ViewKind;
use crate::ui::widgets::{fields, moment};
use crate::ui::{Command, tokens};

/// Shows a judgement. It says what its analyst concluded at that time: what is concluded now is another judgement, which is made
/// where its probabilities can be balanced. Only numbers that are wrong are mended here.
pub(super) fn judgement(ui: &mut Ui, form: &Form<'_, Judgement>) {
    let (it, cx) = (form.record, form.cx);
    form.link(ui, "Analyst", it.analyst);
    form.link(ui, "Incident", it.incident);
    fields::shown(ui, "Made", &moment(it.made_at));
    fields::shown(ui, "Round", &super::round(it.round));
    text(ui, "Key sentence", &it.key_sentence);
    form.problems_of(ui, "key_sentence");
    section(ui, "Probabilities");
    let percent = |probability: f64| format!("{} %", fields::percent_text(probability));
    if SHARES.iter().any(|field| form.has_problems(field)) {
        shares(ui, form);
    } else {
        for share in &it.probabilities {
            fields::shown(ui, &cx.assessment.name_of(share.hypothesis), &percent(share.probability));
        }
        fields::shown(ui, "Other", &percent(it.other));
    }
    let sum: f64 = it.probabilities.iter().map(|share| share.probability).sum::<f64>() + it.other;
    fields::shown(ui, "Sum", &percent(sum));
    for field in SHARES {
        form.problems_of(ui, field);
    }
    section(ui, "Confidence");
    fields::shown(ui, "Confidence", it.confidence.map_or("none stated", Confidence::label));
    let reasons = &it.confidence_reasons;
    text(ui, "Information", &reasons.information_base);
    text(ui, "Rigour", &reasons.rigour);
    text(ui, "Complexity", &reasons.complexity);
    if !it.dissent.is_empty() {
        section(ui, "Dissent");
        for dissent in &it.dissent {
            text(ui, &cx.assessment.name_of(dissent.analyst), &dissent.text);
        }
    }
    ui.add_space(tokens::PADDING);
    let open = ui.button("Open the Judgement view");
    if open.on_hover_text("Where judgements are made and compared").clicked() {
        cx.send(Command::ShowIncident(Some(it.incident)));
        cx.send(Command::ShowView(ViewKind::Judgement));
    }
}

/// Where findings about the probabilities of a judgement stand.
const SHARES: [&str; 4] = ["probabilities", "probabilities.probability", "probabilities.hypothesis", "other"];

/// The probabilities of a judgement, to be changed until they hold.
fn shares(ui: &mut Ui, form: &Form<'_, Judgement>) {
    let (all, assessment) = (&form.record.probabilities, form.cx.assessment);
    for (place, share) in all.iter().enumerate() {
        let name = assessment.name_of(share.hypothesis);
        let field = format!("probabilities {place}");
        form.share(ui, &name, &field, Some(share.probability), |it, value| {
            if let Some(own) = it.probabilities.get_mut(place) {
                own.probability = value.unwrap_or_default();
            }
        });
        let is_again = all.iter().take(place).any(|other| other.hypothesis == share.hypothesis);
        let incident = assessment.get(share.hypothesis).map(|hypothesis| hypothesis.incident);
        if (is_again || incident != Some(form.record.incident))
            && ui.button(format!("Take out {name}")).clicked()
        {
            form.change_once("probabilities", |it| {
                if place < it.probabilities.len() {
                    it.probabilities.remove(place);
                }
            });
        }
    }
    let other = form.record.other;
    form.share(ui, "Other", "other", Some(other), |it, value| it.other = value.unwrap_or_default());
}

/// A text that may be long, or that there may be none of.
fn text(ui: &mut Ui, label: &str, text: &str) {
    if !text.trim().is_empty() {
        fields::shown(ui, label, text);
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
