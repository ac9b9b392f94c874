//! The fields of evidence, hypotheses, ratings, assumptions and indicators.

use eframe::egui::{Label, Ui};

use super::archived;
use super::claim::reliability_override;
use super::form::{Form, section};
use crate::analysis::charts::matrix::rating_words;
use crate::model::{
    Answer, Assumption, AssumptionStrength, Claim, Credibility, Evidence, EvidenceKind, Grade3, Hypothesis,
    Id, Incident, Indicator, IndicatorLikelihood, Observation, PartialDate, Rating, RatingValue,
};
use crate::ui::tokens::{self, Icon};
use crate::ui::widgets::{fields, labelled_button, moment, rating_line};

/// Draws the fields of a piece of evidence.
pub(super) fn evidence(ui: &mut Ui, form: &Form<'_, Evidence>) {
    let it = form.record;
    form.area(ui, "Statement", "statement", "What was observed", &it.statement, |it, text| {
        it.statement = text;
    });
    form.needed(ui, "Incident", "incident", it.incident, |it, id| it.incident = id);
    form.choice(ui, "Kind", "kind", it.kind, EvidenceKind::ALL, |it, kind| it.kind = kind);
    form.date(ui, "Observed on", "observed_on", it.observed_on, |it, date| it.observed_on = date);
    section(ui, "Where");
    form.one(ui, "Source", "source", it.source, |it, id| it.source = id);
    let label = ("Documents", "Add a document");
    form.several(ui, label, "documents", &it.documents, &|_| None, |it, ids| it.documents = ids);
    form.text(ui, "Page", "locator.page", "", &it.locator.page, |it, text| it.locator.page = text);
    form.text(ui, "Paragraph", "locator.paragraph", "", &it.locator.paragraph, |it, text| {
        it.locator.paragraph = text;
    });
    // The first document is the one that its passage is checked against.
    archived::passage(ui, form, it.documents.first().copied(), (&it.locator, ""), |it, span| {
        it.locator.span = span;
    });
    let claims = claims_of(form, it.incident);
    let current = (it.from_claim, claims.as_slice());
    form.existing(ui, "From claim", "from_claim", current, &|_| None, |it, id| it.from_claim = id);
    section(ui, "Weight");
    let none = "Not graded yet";
    form.choice_or_none(
        ui,
        "Credibility",
        "credibility",
        it.credibility,
        (Credibility::ALL, none),
        |it, value| {
            it.credibility = value;
        },
    );
    reliability_override(ui, form, it.source, it.reliability_override.as_ref(), |it| {
        &mut it.reliability_override
    });
    let grades = (Grade3::ALL, "Not weighed yet");
    form.choice_or_none(ui, "Relevance", "relevance", it.relevance, grades, |it, value| it.relevance = value);
    form.choice_or_none(ui, "Deception risk", "deception_risk", it.deception_risk, grades, |it, value| {
        it.deception_risk = value;
    });
    let hint = "Items that stand or fall together";
    form.text(ui, "Group", "dependence_group", hint, &it.dependence_group, |it, text| {
        it.dependence_group = text;
    });
    let new =
        form.row(ui, "Scores", "excluded", |ui| fields::check(ui, "Left out of the scores", it.excluded));
    if let Some(excluded) = new {
        form.change_once("excluded", |it| it.excluded = excluded);
    }
    form.area(ui, "Notes", "notes", "", &it.notes, |it, text| it.notes = text);
}

fn claims_of<T: crate::model::Entity>(form: &Form<'_, T>, incident: Id<Incident>) -> Vec<Id<Claim>> {
    form.cx.derived.claims_of(incident).iter().map(|claim| claim.id).collect()
}

/// Draws the fields of a hypothesis.
pub(super) fn hypothesis(ui: &mut Ui, form: &Form<'_, Hypothesis>) {
    const KINDS: &[(bool, &str)] = &[(true, "An actor did it"), (false, "Something else")];
    let it = form.record;
    let is_actor = matches!(it.answer, Answer::Actor(_));
    let new =
        form.row(ui, "Answer", "answer", |ui| fields::buttons(ui, "Answer", Some(is_actor), KINDS, false));
    match new.flatten() {
        Some(true) => {
            // The actor that the text names, else the first one, to be changed in the field below.
            let text = form.cx.assessment.answer_text(&it.answer);
            let actor =
                form.cx.assessment.find_by_name(&text).or_else(|| form.cx.assessment.actors.ids().next());
            if let Some(actor) = actor {
                form.change_once("answer", |it| it.answer = Answer::Actor(actor));
            }
        }
        Some(false) => {
            let text = form.cx.assessment.answer_text(&it.answer);
            form.change_once("answer", |it| it.answer = Answer::Text(text));
        }
        None => {}
    }
    match &it.answer {
        Answer::Actor(actor) => {
            form.needed(ui, "Actor", "answer.actor", *actor, |it, id| it.answer = Answer::Actor(id));
        }
        Answer::Text(text) => {
            form.area(ui, "Text", "answer.text", "Such as “criminals for profit”", text, |it, text| {
                it.answer = Answer::Text(text);
            });
        }
    }
    form.needed(ui, "Incident", "incident", it.incident, |it, id| it.incident = id);
    form.percent(ui, "Prior", "prior", "Equal share", it.prior, |it, value| it.prior = value);
    let claims = claims_of(form, it.incident);
    form.several_existing(
        ui,
        ("From claims", "Add a claim"),
        "from_claims",
        (&it.from_claims, &claims),
        &|_| None,
        |it, ids| it.from_claims = ids,
    );
    form.area(ui, "Notes", "notes", "", &it.notes, |it, text| it.notes = text);
}

/// Draws the fields of a rating, and under them how its cell was rated: all its ratings, and whether each holds. One that
/// does not hold is history: it is shown, with the way to the one that does, and not edited.
pub(super) fn rating(ui: &mut Ui, form: &Form<'_, Rating>, cell: &[(Id<Rating>, bool)]) {
    let it = form.record;
    match superseded_by(form, cell) {
        Some(holding) => superseded(ui, form, holding),
        None => editable_rating(ui, form),
    }
    form.link(ui, "Evidence", it.evidence);
    form.link(ui, "Hypothesis", it.hypothesis);
    fields::shown(ui, "Rated", &moment(it.rated_at));
    fields::shown(ui, "Round", &super::round(it.round));
    section(ui, "History of the cell");
    for (id, holds) in cell {
        if let Some(rating) = form.cx.assessment.get(*id) {
            rating_line(ui, form.cx, rating, (*holds, false));
        }
    }
}

/// The rating by the same analyst that holds in the cell, where this one does not.
fn superseded_by(form: &Form<'_, Rating>, cell: &[(Id<Rating>, bool)]) -> Option<Id<Rating>> {
    let own = form.record;
    let is_superseded = cell.iter().any(|(id, holds)| *id == own.id && !holds);
    let by_same = |id: Id<Rating>| form.cx.assessment.get(id).is_some_and(|it| it.analyst == own.analyst);
    let mut holding = cell.iter().filter(|(_, holds)| *holds).map(|(id, _)| *id);
    holding.find(|id| is_superseded && by_same(*id))
}

/// Draws a rating that was given anew since.
fn superseded(ui: &mut Ui, form: &Form<'_, Rating>, holding: Id<Rating>) {
    let it = form.record;
    ui.add(Label::new("This rating no longer holds: the same analyst rated the cell anew.").wrap());
    let button = labelled_button(ui, Icon::CornerDownRight, "Show the rating that holds");
    if button.clicked() {
        form.cx.select(holding);
    }
    ui.add_space(tokens::GRID);
    fields::shown(ui, "Rating", &format!("{}, {}", it.value.label(), rating_words(it.value)));
    if !it.reason.is_empty() {
        fields::shown(ui, "Reason", &it.reason);
    }
    if let Some(likelihood) = it.likelihood {
        fields::shown(ui, "P(E|H)", &format!("{} %", trimmed(likelihood * 100.0)));
    }
    form.link(ui, "Analyst", it.analyst);
}

/// A number without zeros at its end.
fn trimmed(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Draws the fields of a rating that holds.
fn editable_rating(ui: &mut Ui, form: &Form<'_, Rating>) {
    const VALUES: &[(RatingValue, &str)] = &[
        (RatingValue::VeryConsistent, "CC"),
        (RatingValue::Consistent, "C"),
        (RatingValue::Neutral, "N"),
        (RatingValue::Inconsistent, "I"),
        (RatingValue::VeryInconsistent, "II"),
        (RatingValue::NotApplicable, "NA"),
    ];
    let it = form.record;
    let new =
        form.row(ui, "Rating", "value", |ui| fields::buttons(ui, "Rating", Some(it.value), VALUES, false));
    if let Some(value) = new.flatten() {
        form.change_once("value", |it| it.set_value(value));
    }
    form.reason(ui, "Reason for rating", "reason", "Why", &it.reason, |it, text| it.reason = text);
    form.percent(ui, "P(E|H)", "likelihood", "By the rating", it.likelihood, |it, value| {
        it.likelihood = value;
    });
    form.needed(ui, "Analyst", "analyst", it.analyst, |it, id| it.analyst = id);
}

/// Draws the fields of an assumption.
pub(super) fn assumption(ui: &mut Ui, form: &Form<'_, Assumption>) {
    const STRENGTHS: &[(AssumptionStrength, &str)] = &[
        (AssumptionStrength::Solid, "Solid"),
        (AssumptionStrength::Caveated, "Caveated"),
        (AssumptionStrength::Unsupported, "Unsupported"),
    ];
    let it = form.record;
    form.area(ui, "Statement", "statement", "What is assumed", &it.statement, |it, text| it.statement = text);
    let new = form.row(ui, "Support", "strength", |ui| {
        fields::buttons(ui, "Support", Some(it.strength), STRENGTHS, false)
    });
    if let Some(strength) = new.flatten() {
        form.change_once("strength", |it| it.strength = strength);
    }
    form.area(
        ui,
        "Overturned by",
        "overturned_by",
        "What would overturn it",
        &it.overturned_by,
        |it, text| {
            it.overturned_by = text;
        },
    );
    form.one(ui, "Incident", "incident", it.incident, |it, id| it.incident = id);
    form.area(ui, "Notes", "notes", "", &it.notes, |it, text| it.notes = text);
}

/// Whether anybody has looked for an indicator, and with what success; without the date.
#[derive(Clone, Copy, PartialEq)]
enum Looked {
    NotYet,
    InVain,
    WithSuccess,
}

/// Draws the fields of an indicator.
pub(super) fn indicator(ui: &mut Ui, form: &Form<'_, Indicator>) {
    const SEEN: &[(Looked, &str)] =
        &[(Looked::NotYet, "Open"), (Looked::InVain, "Not seen"), (Looked::WithSuccess, "Seen")];
    let it = form.record;
    form.area(ui, "Statement", "statement", "What would be seen", &it.statement, |it, text| {
        it.statement = text;
    });
    form.needed(ui, "Incident", "incident", it.incident, |it, id| it.incident = id);
    let (seen, on) = match it.observation {
        Observation::Open => (Looked::NotYet, None),
        Observation::NotSeen { on } => (Looked::InVain, on),
        Observation::Seen { on } => (Looked::WithSuccess, on),
    };
    let observation = |seen: Looked, on: Option<PartialDate>| match seen {
        Looked::NotYet => Observation::Open,
        Looked::InVain => Observation::NotSeen { on },
        Looked::WithSuccess => Observation::Seen { on },
    };
    let new = form
        .row(ui, "Observed", "observation", |ui| fields::buttons(ui, "Observed", Some(seen), SEEN, false));
    if let Some(seen) = new.flatten() {
        form.change_once("observation", |it| it.observation = observation(seen, on));
    }
    if seen != Looked::NotYet {
        form.date(ui, "On", "observation.on", on, |it, on| it.observation = observation(seen, on));
    }
    section(ui, "How likely it is seen, if");
    let hypotheses = form.cx.assessment.in_order::<Hypothesis>();
    let hypotheses = hypotheses.into_iter().filter_map(|id| form.cx.assessment.get(id));
    for hypothesis in hypotheses.filter(|hypothesis| hypothesis.incident == it.incident) {
        let name = form.cx.assessment.answer_text(&hypothesis.answer);
        let value = it.likelihoods.iter().find(|entry| entry.hypothesis == hypothesis.id);
        let value = value.map(|entry| entry.probability);
        let field = format!("likelihoods {}", hypothesis.id);
        form.share(ui, &name, &field, value, |it, value| {
            it.likelihoods.retain(|entry| entry.hypothesis != hypothesis.id);
            let entry =
                value.map(|probability| IndicatorLikelihood { hypothesis: hypothesis.id, probability });
            it.likelihoods.extend(entry);
        });
    }
    form.problems_of(ui, "likelihoods");
    form.area(ui, "Notes", "notes", "", &it.notes, |it, text| it.notes = text);
}
