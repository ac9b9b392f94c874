//! What exactly differs between two claims, field by field, in words.

use super::super::Hierarchy;
use super::super::percent::percent as percent_of;
use super::super::weight::stated_probability;
use super::effective_period;
use crate::model::date::Overlap;
use crate::model::{Assessment, Claim, Likelihood, Proposition};

/// A field in which two claims can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Which incident.
    Incident,
    /// Asserted, denied or declined.
    Stance,
    /// Whom it names.
    Actor,
    /// How wide the actor is that it names.
    Level,
    /// In which role.
    Role,
    /// Of which time.
    Period,
    /// How likely.
    Likelihood,
    /// With what confidence.
    Confidence,
    /// On what it rests.
    Basis,
    /// Whether it speaks for itself or repeats another.
    Hand,
}

impl Field {
    /// The name that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Incident => "Incident",
            Self::Stance => "Stance",
            Self::Actor => "Actor",
            Self::Level => "Level",
            Self::Role => "Role",
            Self::Period => "Period",
            Self::Likelihood => "Likelihood",
            Self::Confidence => "Confidence",
            Self::Basis => "Basis",
            Self::Hand => "Hand",
        }
    }
}

/// One field of two claims, side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldPair {
    /// The field.
    pub field: Field,
    /// What the first claim has there.
    pub left: String,
    /// What the second claim has there.
    pub right: String,
    /// What the difference means; empty where there is none.
    pub meaning: String,
}

impl FieldPair {
    pub(in crate::analysis) fn new(field: Field, left: String, right: String, meaning: &str) -> Self {
        let meaning = if left == right { "" } else { meaning };
        Self { field, meaning: meaning.to_owned(), left, right }
    }

    /// Whether the two claims differ here.
    pub fn is_different(&self) -> bool {
        self.left != self.right
    }
}

/// What two claims have in each field that can be read off them, in the order of [`Field`]; the incident only where it is
/// not the same.
pub fn fields(assessment: &Assessment, hierarchy: &Hierarchy, left: &Claim, right: &Claim) -> Vec<FieldPair> {
    let mut found = Vec::new();
    let mut add = |field: Field, left: String, right: String, meaning: String| {
        found.push(FieldPair::new(field, left, right, &meaning));
    };
    let incident = |claim: &Claim| {
        claim.proposition.incident().map_or_else(|| "none".to_owned(), |id| assessment.name_of(id))
    };
    if left.proposition.incident() != right.proposition.incident() {
        add(Field::Incident, incident(left), incident(right), "They do not speak of one event.".to_owned());
    }
    add(
        Field::Stance,
        left.stance.label().to_owned(),
        right.stance.label().to_owned(),
        "One does not do with its statement what the other does.".to_owned(),
    );
    add(
        Field::Actor,
        named_actors(assessment, hierarchy, left),
        named_actors(assessment, hierarchy, right),
        actor_meaning(hierarchy, left, right),
    );
    add(
        Field::Level,
        levels(hierarchy, left),
        levels(hierarchy, right),
        "One is more specific than the other.".to_owned(),
    );
    add(Field::Role, role(left), role(right), "One actor can order what another carries out.".to_owned());
    let (left_period, right_period) =
        (effective_period(assessment, left), effective_period(assessment, right));
    let period_meaning = match left_period.overlap(right_period) {
        Overlap::Apart => "No day belongs to both.",
        Overlap::Shared => "They share time, and do not cover the same.",
        Overlap::Unknown => "One of them does not say of what time it speaks.",
    };
    add(Field::Period, left_period.to_string(), right_period.to_string(), period_meaning.to_owned());
    add(
        Field::Likelihood,
        likelihood_text(left.likelihood.as_ref()),
        likelihood_text(right.likelihood.as_ref()),
        likelihood_meaning(assessment, left, right),
    );
    add(
        Field::Confidence,
        confidence_text(left),
        confidence_text(right),
        confidence_meaning(left, right).to_owned(),
    );
    add(Field::Basis, basis(left), basis(right), basis_meaning(left, right).to_owned());
    found
}

/// The names of a claim's actors, those of accepted links made one.
pub(in crate::analysis) fn named_actors(
    assessment: &Assessment,
    hierarchy: &Hierarchy,
    claim: &Claim,
) -> String {
    let actors = claim.proposition.actors();
    if actors.is_empty() {
        return "names nobody".to_owned();
    }
    let mut names: Vec<String> = Vec::with_capacity(actors.len());
    for actor in actors {
        let own = assessment.name_of(actor);
        let name = match hierarchy.representative(actor) {
            Some(other) if other != actor => format!("{} (as {own})", assessment.name_of(other)),
            _ => own,
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(" + ")
}

fn actor_meaning(hierarchy: &Hierarchy, left: &Claim, right: &Claim) -> String {
    let set = |claim: &Claim| hierarchy.set_of(&claim.proposition.actors());
    let (left, right) = (set(left), set(right));
    let meaning = match (left.is_subset(&right), right.is_subset(&left)) {
        _ if left.is_empty() || right.is_empty() => "Only one of them names somebody.",
        (true, true) => "Two names of one actor, under the accepted links.",
        (true, false) => "The first is part of the second.",
        (false, true) => "The second is part of the first.",
        (false, false) if left.is_disjoint(&right) => "Neither is part of the other.",
        (false, false) => "They have members in common, and each has others.",
    };
    meaning.to_owned()
}

fn levels(hierarchy: &Hierarchy, claim: &Claim) -> String {
    let actors = claim.proposition.actors();
    let numbers = actors.iter().filter_map(|actor| hierarchy.number_of(*actor));
    let mut levels: Vec<_> =
        numbers.filter_map(|number| hierarchy.node(number)).map(|node| node.level).collect();
    levels.sort_unstable();
    levels.dedup();
    if levels.is_empty() {
        return "none".to_owned();
    }
    levels.iter().map(|level| level.label()).collect::<Vec<_>>().join(", ")
}

fn role(claim: &Claim) -> String {
    match &claim.proposition {
        Proposition::Attribution { role, .. } => role.label().to_owned(),
        Proposition::SameActor { .. } | Proposition::BelongsTo { .. } => "none".to_owned(),
    }
}

/// A likelihood as people read it: the source's words, the range in per cent, or both.
pub fn likelihood_text(likelihood: Option<&Likelihood>) -> String {
    let Some(likelihood) = likelihood else { return "not hedged".to_owned() };
    let percent = |value: f64| format!("{}", (value * 1000.0).round() / 10.0);
    let range = match (likelihood.low, likelihood.high) {
        (Some(low), Some(high)) if low == high => format!("{} %", percent(low)),
        (Some(low), Some(high)) => format!("{}–{} %", percent(low), percent(high)),
        (Some(low), None) => format!("at least {} %", percent(low)),
        (None, Some(high)) => format!("at most {} %", percent(high)),
        (None, None) => String::new(),
    };
    match (likelihood.words.trim(), range.as_str()) {
        ("", "") => "hedged".to_owned(),
        ("", range) => range.to_owned(),
        (words, "") => format!("“{words}”"),
        (words, range) => format!("“{words}” ({range})"),
    }
}

fn likelihood_meaning(assessment: &Assessment, left: &Claim, right: &Claim) -> String {
    let header = &assessment.header;
    let probability =
        |claim: &Claim| stated_probability(claim.likelihood.as_ref(), header.standard, &header.methods).0;
    let (first, second) = (probability(left), probability(right));
    match (left.likelihood.is_some(), right.likelihood.is_some()) {
        (true, false) => "Only the first is hedged.".to_owned(),
        (false, true) => "Only the second is hedged.".to_owned(),
        _ if first == second => "Other words; the same weight here.".to_owned(),
        _ => {
            let more = if first > second { "first" } else { "second" };
            format!(
                "The {more} thinks it more likely: about {} against {}.",
                percent_of(first.max(second)),
                percent_of(first.min(second))
            )
        }
    }
}

/// The confidence of a claim as people read it: the degree, the source's words, or both.
pub fn confidence_text(claim: &Claim) -> String {
    let words = claim.confidence_words.trim();
    match (claim.confidence, words) {
        (None, "") => "none stated".to_owned(),
        (None, words) => format!("“{words}”"),
        (Some(confidence), "") => confidence.label().to_owned(),
        (Some(confidence), words) => format!("{} (“{words}”)", confidence.label()),
    }
}

fn confidence_meaning(left: &Claim, right: &Claim) -> &'static str {
    match (left.confidence, right.confidence) {
        (Some(left), Some(right)) if left > right => "The first is surer of its grounds.",
        (Some(left), Some(right)) if left < right => "The second is surer of its grounds.",
        (Some(_), None) => "Only the first states a degree of confidence.",
        (None, Some(_)) => "Only the second states a degree of confidence.",
        _ => "Other words for the same degree of confidence.",
    }
}

fn basis(claim: &Claim) -> String {
    if claim.basis.is_empty() {
        return "none given".to_owned();
    }
    let mut basis = claim.basis.clone();
    basis.sort_unstable();
    basis.iter().map(|basis| basis.label()).collect::<Vec<_>>().join(", ")
}

fn basis_meaning(left: &Claim, right: &Claim) -> &'static str {
    match (left.basis.is_empty(), right.basis.is_empty()) {
        (true, false) => "Only the second says on what it rests.",
        (false, true) => "Only the first says on what it rests.",
        _ if left.basis.iter().any(|basis| right.basis.contains(basis)) => {
            "They rest in part on the same kind of grounds."
        }
        _ => "They rest on different kinds of grounds.",
    }
}
