//! The people and what they conclude: analysts, judgements, comments, exercises and their outcomes.

use jiff::Timestamp;

use super::super::scales::{AnalystRole, Confidence, Technique};
use super::super::{AnyId, Id, Uuid};
use super::{Evidence, Hypothesis, Incident, Reference, forget_one, forget_some, mentions, needs};

/// Someone who rates and judges.
#[derive(Clone, Debug, PartialEq)]
pub struct Analyst {
    /// Their identifier.
    pub id: Id<Analyst>,
    /// Their name.
    pub name: String,
    /// What they do in the team.
    pub role: AnalystRole,
}

/// One analyst's dated conclusion for an incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Its identifier.
    pub id: Id<Judgement>,
    /// Whose conclusion it is.
    pub analyst: Id<Analyst>,
    /// The incident that it concerns.
    pub incident: Id<Incident>,
    /// When it was made.
    pub made_at: Timestamp,
    /// The probability of each hypothesis; with `other` they sum to 1.
    pub probabilities: Vec<ProbabilityShare>,
    /// The probability that it was none of the hypotheses, in `[0, 1]`.
    pub other: f64,
    /// Analytic confidence, which is no likelihood.
    pub confidence: Option<Confidence>,
    /// Why that confidence.
    pub confidence_reasons: ConfidenceReasons,
    /// The conclusion in one sentence.
    pub key_sentence: String,
    /// Who disagrees, and why.
    pub dissent: Vec<Dissent>,
    /// In which round of an exercise; 0 outside one.
    pub round: u32,
}

/// A hypothesis and its probability.
#[derive(Clone, Debug, PartialEq)]
pub struct ProbabilityShare {
    /// The hypothesis.
    pub hypothesis: Id<Hypothesis>,
    /// Its probability, in `[0, 1]`.
    pub probability: f64,
}

/// Why an analytic confidence is what it is.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ConfidenceReasons {
    /// What information there is, and what is missing.
    pub information_base: String,
    /// How rigorous the analysis was.
    pub rigour: String,
    /// How complex the question is.
    pub complexity: String,
}

/// A named disagreement with a judgement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dissent {
    /// Who disagrees.
    pub analyst: Id<Analyst>,
    /// Why.
    pub text: String,
}

/// A remark or objection of an analyst on any record, field or cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Comment {
    /// Its identifier.
    pub id: Id<Comment>,
    /// Who remarks; `None` where the analyst was deleted.
    pub analyst: Option<Id<Analyst>>,
    /// On which record.
    pub on: AnyId,
    /// On which of its fields; empty for the whole record.
    pub field: String,
    /// When.
    pub at: Timestamp,
    /// The remark.
    pub text: String,
    /// Whether it has been dealt with.
    pub resolved: bool,
}

/// A structured technique that is being worked through.
#[derive(Clone, Debug, PartialEq)]
pub struct Exercise {
    /// Its identifier.
    pub id: Id<Exercise>,
    /// Its title.
    pub title: String,
    /// The technique.
    pub technique: Technique,
    /// The incident that it concerns.
    pub incident: Option<Id<Incident>>,
    /// The step that it has reached, counted from 1.
    pub step: u32,
    /// Its rounds, in order.
    pub rounds: Vec<Round>,
    /// Who takes part.
    pub participants: Vec<Id<Analyst>>,
    /// Anything else worth knowing.
    pub notes: String,
}

/// One round of an exercise.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Round {
    /// Its number, counted from 1.
    pub number: u32,
    /// When it was opened.
    pub opened: Option<Timestamp>,
    /// When it was closed; until then the others' answers stay hidden.
    pub closed: Option<Timestamp>,
    /// The records that are released to the participants with it.
    pub releases: Vec<AnyId>,
}

/// The ground truth of an exercise.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Its identifier.
    pub id: Id<Outcome>,
    /// The incident that it concerns.
    pub incident: Id<Incident>,
    /// Whether it is still kept from the participants.
    pub sealed: bool,
    /// The hypothesis that is true; `None` where it is none of them.
    pub hypothesis: Option<Id<Hypothesis>>,
    /// What really happened.
    pub explanation: String,
}

impl Analyst {
    pub(in crate::model) fn visit(&self, _see: &mut dyn FnMut(Reference)) {}

    pub(in crate::model) fn clear(&mut self, _gone: &dyn Fn(AnyId) -> bool) {}
}

impl Judgement {
    pub(in crate::model) fn visit(&self, see: &mut dyn FnMut(Reference)) {
        see(needs(self.analyst, "analyst"));
        see(needs(self.incident, "incident"));
        self.probabilities
            .iter()
            .for_each(|share| see(mentions(share.hypothesis, "probabilities.hypothesis")));
        self.dissent.iter().for_each(|dissent| see(mentions(dissent.analyst, "dissent.analyst")));
    }

    /// The share of a deleted hypothesis goes to `other`, so that the sum stays what it was; but `other` rises to 1 at most,
    /// since shares may sum to anything and a probability may not.
    pub(in crate::model) fn clear(&mut self, gone: &dyn Fn(AnyId) -> bool) {
        let mut freed = 0.0;
        self.probabilities.retain(|share| {
            let goes = gone(share.hypothesis.into());
            if goes {
                freed += share.probability;
            }
            !goes
        });
        let sum = self.other + freed;
        // What is above 1 already, or no number, is not mended in passing.
        self.other = if sum > 1.0 { self.other.max(1.0) } else { sum };
        self.dissent.retain(|dissent| !gone(dissent.analyst.into()));
    }
}

/// What the field of a remark on a cell begins with; the identifier of the hypothesis follows.
const AGAINST: &str = "against ";

impl Comment {
    /// The field of a piece of evidence that means its cell against a hypothesis.
    pub fn field_of_cell(hypothesis: Id<Hypothesis>) -> String {
        format!("{AGAINST}{hypothesis}")
    }

    /// The cell of the evidence matrix that it is on; `None` where it is on anything else.
    pub fn cell(&self) -> Option<(Id<Evidence>, Id<Hypothesis>)> {
        let hypothesis = self.field.strip_prefix(AGAINST)?.parse::<Uuid>().ok()?;
        Some((self.on.typed()?, Id::new(hypothesis)))
    }

    pub(in crate::model) fn visit(&self, see: &mut dyn FnMut(Reference)) {
        self.analyst.iter().for_each(|id| see(mentions(*id, "analyst")));
        see(Reference { target: self.on, field: "on", bond: super::Bond::Needs });
        // A remark on a cell makes no sense without the column.
        self.cell().iter().for_each(|(_, hypothesis)| see(needs(*hypothesis, "field")));
    }

    pub(in crate::model) fn clear(&mut self, gone: &dyn Fn(AnyId) -> bool) {
        forget_one(&mut self.analyst, gone);
    }
}

impl Exercise {
    pub(in crate::model) fn visit(&self, see: &mut dyn FnMut(Reference)) {
        self.incident.iter().for_each(|id| see(mentions(*id, "incident")));
        for round in &self.rounds {
            for target in &round.releases {
                see(Reference { target: *target, field: "rounds.releases", bond: super::Bond::Mentions });
            }
        }
        self.participants.iter().for_each(|id| see(mentions(*id, "participants")));
    }

    pub(in crate::model) fn clear(&mut self, gone: &dyn Fn(AnyId) -> bool) {
        forget_one(&mut self.incident, gone);
        self.rounds.iter_mut().for_each(|round| round.releases.retain(|id| !gone(*id)));
        forget_some(&mut self.participants, gone);
    }
}

impl Outcome {
    pub(in crate::model) fn visit(&self, see: &mut dyn FnMut(Reference)) {
        see(needs(self.incident, "incident"));
        self.hypothesis.iter().for_each(|id| see(mentions(*id, "hypothesis")));
    }

    pub(in crate::model) fn clear(&mut self, gone: &dyn Fn(AnyId) -> bool) {
        forget_one(&mut self.hypothesis, gone);
    }
}
