//! The records of an assessment, one type each, and what all of them have in common.
//!
//! Every field is public: a record is plain data. To change one, clone it, change the clone and hand it to
//! [`crate::edit`]; nothing else can put it into an assessment.

mod attribution;
mod blank;
mod passage;
mod team;
mod weighing;

pub use attribution::{
    Actor, Alias, ArchivedText, Claim, Document, GradeOverride, Grading, Incident, Likelihood, Locator,
    Proposition, Source, Span, Status,
};
pub use blank::Nameable;
pub use team::{
    Analyst, Comment, ConfidenceReasons, Dissent, Exercise, Judgement, Outcome, ProbabilityShare, Round,
};
pub use weighing::{
    Answer, Assumption, Evidence, Hypothesis, Indicator, IndicatorLikelihood, Observation, Rating,
};

use super::{AnyId, Assessment, Id, Kind, Record, Table};

/// One record's mention of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The record that is mentioned.
    pub target: AnyId,
    /// The field that mentions it, as spelled in the file.
    pub field: &'static str,
    /// What becomes of the mentioning record when the mentioned one is deleted.
    pub bond: Bond,
}

/// What becomes of a record when one that it mentions is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bond {
    /// It makes no sense without it and is deleted too.
    Needs,
    /// The mention is cleared and the record stays.
    Mentions,
}

/// What every kind of record can do.
pub trait Entity: Clone + PartialEq + std::fmt::Debug + Send + Sync + Sized + 'static {
    /// Which kind it is.
    const KIND: Kind;

    /// Its identifier.
    fn id(&self) -> Id<Self>;

    /// Calls `see` once for each mention of another record, in the order of the fields.
    fn references(&self, see: &mut dyn FnMut(Reference));

    /// Clears every mention with [`Bond::Mentions`] of a record that is `gone`.
    fn forget(&mut self, gone: &dyn Fn(AnyId) -> bool);

    /// The table of this kind.
    fn table(assessment: &Assessment) -> &Table<Self>;

    /// Wraps it for use where any kind of record is welcome.
    fn into_record(self) -> Record;
}

fn needs<T: Entity>(target: Id<T>, field: &'static str) -> Reference {
    Reference { target: target.into(), field, bond: Bond::Needs }
}

fn mentions<T: Entity>(target: Id<T>, field: &'static str) -> Reference {
    Reference { target: target.into(), field, bond: Bond::Mentions }
}

fn forget_one<T: Entity>(mention: &mut Option<Id<T>>, gone: &dyn Fn(AnyId) -> bool) {
    if mention.is_some_and(|id| gone(id.into())) {
        *mention = None;
    }
}

fn forget_some<T: Entity>(mentions: &mut Vec<Id<T>>, gone: &dyn Fn(AnyId) -> bool) {
    mentions.retain(|id| !gone((*id).into()));
}
