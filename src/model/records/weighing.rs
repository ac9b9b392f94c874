//! Evidence against rival hypotheses: what was observed, what could be true, how the one bears on the other.

use jiff::Timestamp;

use super::super::date::PartialDate;
use super::super::scales::{AssumptionStrength, Credibility, EvidenceKind, Grade3, RatingValue};
use super::super::{AnyId, Id};
use super::{
    Actor, Analyst, Claim, Document, GradeOverride, Incident, Locator, Reference, Source, forget_one,
    forget_some, mentions, needs,
};

/// Something observed that bears on who did it.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Its identifier.
    pub id: Id<Evidence>,
    /// The incident that it bears on.
    pub incident: Id<Incident>,
    /// What was observed.
    pub statement: String,
    /// What kind of observation it is.
    pub kind: EvidenceKind,
    /// Who reports it; its reliability is inherited.
    pub source: Option<Id<Source>>,
    /// Where it is reported.
    pub documents: Vec<Id<Document>>,
    /// Where in the first of the documents.
    pub locator: Locator,
    /// The claim that it was made from.
    pub from_claim: Option<Id<Claim>>,
    /// When it was observed.
    pub observed_on: Option<PartialDate>,
    /// The analyst's grade of the item itself; `None` where not yet graded.
    pub credibility: Option<Credibility>,
    /// A reliability for this item alone, in place of its source's.
    pub reliability_override: Option<GradeOverride>,
    /// How much it bears on the question; `None` where not yet weighed.
    pub relevance: Option<Grade3>,
    /// Items with the same group stand or fall together; empty where it stands alone.
    pub dependence_group: String,
    /// How likely it is to have been planted; `None` where not yet weighed.
    pub deception_risk: Option<Grade3>,
    /// Whether it is left out of the scores.
    pub excluded: bool,
    /// What it is sorted as among its kind, where it was moved; empty: its name. See [`crate::model::order`].
    pub sorted_as: String,
    /// Anything else worth knowing.
    pub notes: String,
}

/// One rival answer for an incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Hypothesis {
    /// Its identifier.
    pub id: Id<Hypothesis>,
    /// The incident that it explains.
    pub incident: Id<Incident>,
    /// The answer.
    pub answer: Answer,
    /// Its probability before the evidence, in `[0, 1]`; `None` for an equal share.
    pub prior: Option<f64>,
    /// The claims that it was made from.
    pub from_claims: Vec<Id<Claim>>,
    /// What it is sorted as among its kind, where it was moved; empty: its name. See [`crate::model::order`].
    pub sorted_as: String,
    /// Anything else worth knowing.
    pub notes: String,
}

/// What a hypothesis says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The actor did it.
    Actor(Id<Actor>),
    /// Anything that is no actor of the assessment, such as "criminals for profit" or "a false flag".
    Text(String),
}

/// One analyst's rating of one piece of evidence against one hypothesis.
#[derive(Clone, Debug, PartialEq)]
pub struct Rating {
    /// Its identifier.
    pub id: Id<Rating>,
    /// Who rates.
    pub analyst: Id<Analyst>,
    /// The row.
    pub evidence: Id<Evidence>,
    /// The column.
    pub hypothesis: Id<Hypothesis>,
    /// The rating.
    pub value: RatingValue,
    /// A likelihood P(E|H) of this cell's own, in `[0, 1]`.
    pub likelihood: Option<f64>,
    /// Why.
    pub reason: String,
    /// When.
    pub rated_at: Timestamp,
    /// In which round of an exercise; 0 outside one.
    pub round: u32,
}

/// Something taken for granted (Key Assumptions Check).
#[derive(Clone, Debug, PartialEq)]
pub struct Assumption {
    /// Its identifier.
    pub id: Id<Assumption>,
    /// The incident that it concerns; `None` where it concerns the whole question.
    pub incident: Option<Id<Incident>>,
    /// What is assumed.
    pub statement: String,
    /// How well it is supported.
    pub strength: AssumptionStrength,
    /// What would overturn it.
    pub overturned_by: String,
    /// What it is sorted as among its kind, where it was moved; empty: its name. See [`crate::model::order`].
    pub sorted_as: String,
    /// Anything else worth knowing.
    pub notes: String,
}

/// What would be seen if a hypothesis were true.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    /// Its identifier.
    pub id: Id<Indicator>,
    /// The incident that it concerns.
    pub incident: Id<Incident>,
    /// What would be seen.
    pub statement: String,
    /// How likely it would be seen under each hypothesis.
    pub likelihoods: Vec<IndicatorLikelihood>,
    /// Whether it has been seen.
    pub observation: Observation,
    /// Anything else worth knowing.
    pub notes: String,
}

/// How likely an indicator would be seen if a hypothesis were true.
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorLikelihood {
    /// The hypothesis.
    pub hypothesis: Id<Hypothesis>,
    /// The probability, in `[0, 1]`.
    pub probability: f64,
}

/// Whether an indicator has been seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Observation {
    /// Nobody has looked yet.
    #[default]
    Open,
    /// It was looked for and not seen.
    NotSeen {
        /// When.
        on: Option<PartialDate>,
    },
    /// It was seen.
    Seen {
        /// When.
        on: Option<PartialDate>,
    },
}

impl Evidence {
    pub(in crate::model) fn visit(&self, see: &mut dyn FnMut(Reference)) {
        see(needs(self.incident, "incident"));
        self.source.iter().for_each(|id| see(mentions(*id, "source")));
        self.documents.iter().for_each(|id| see(mentions(*id, "documents")));
        self.from_claim.iter().for_each(|id| see(mentions(*id, "from_claim")));
    }

    pub(in crate::model) fn clear(&mut self, gone: &dyn Fn(AnyId) -> bool) {
        forget_one(&mut self.source, gone);
        forget_some(&mut self.documents, gone);
        forget_one(&mut self.from_claim, gone);
    }
}

impl Hypothesis {
    pub(in crate::model) fn visit(&self, see: &mut dyn FnMut(Reference)) {
        see(needs(self.incident, "incident"));
        if let Answer::Actor(actor) = self.answer {
            see(needs(actor, "answer"));
        }
        self.from_claims.iter().for_each(|id| see(mentions(*id, "from_claims")));
    }

    pub(in crate::model) fn clear(&mut self, gone: &dyn Fn(AnyId) -> bool) {
        forget_some(&mut self.from_claims, gone);
    }
}

impl Rating {
    /// By what a rating comes after another one of the same cell and analyst: its round, then its moment. The last one holds.
    pub const fn turn(&self) -> (u32, Timestamp, Id<Self>) {
        (self.round, self.rated_at, self.id)
    }

    /// Gives it a value. A likelihood of its own was that of another value, and goes where that changes.
    pub fn set_value(&mut self, value: RatingValue) {
        if self.value != value {
            self.value = value;
            self.likelihood = None;
        }
    }

    pub(in crate::model) fn visit(&self, see: &mut dyn FnMut(Reference)) {
        see(needs(self.analyst, "analyst"));
        see(needs(self.evidence, "evidence"));
        see(needs(self.hypothesis, "hypothesis"));
    }

    pub(in crate::model) fn clear(&mut self, _gone: &dyn Fn(AnyId) -> bool) {}
}

impl Assumption {
    pub(in crate::model) fn visit(&self, see: &mut dyn FnMut(Reference)) {
        self.incident.iter().for_each(|id| see(mentions(*id, "incident")));
    }

    pub(in crate::model) fn clear(&mut self, gone: &dyn Fn(AnyId) -> bool) {
        forget_one(&mut self.incident, gone);
    }
}

impl Indicator {
    pub(in crate::model) fn visit(&self, see: &mut dyn FnMut(Reference)) {
        see(needs(self.incident, "incident"));
        self.likelihoods.iter().for_each(|entry| see(mentions(entry.hypothesis, "likelihoods.hypothesis")));
    }

    pub(in crate::model) fn clear(&mut self, gone: &dyn Fn(AnyId) -> bool) {
        self.likelihoods.retain(|entry| !gone(entry.hypothesis.into()));
    }
}
