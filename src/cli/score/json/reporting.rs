//! How claims came about, and what is wrong in the file.

use serde::Serialize;

use crate::analysis::hedges::{Retelling, Shift, Tie};
use crate::analysis::origins::CircularReporting;
use crate::store::Problem;

/// A circle of claims that repeat and documents that relay one another.
#[derive(Debug, Serialize)]
pub(super) struct CircleReport {
    /// The claims and documents in their order.
    records: Vec<String>,
    sentence: String,
}

impl CircleReport {
    pub(super) fn new(circle: &CircularReporting) -> Self {
        Self {
            records: circle.records.iter().map(|record| record.uuid.to_string()).collect(),
            sentence: circle.sentence.clone(),
        }
    }
}

/// A claim that repeats another and says more than it.
#[derive(Debug, Serialize)]
pub(super) struct LostHedgeReport {
    original: String,
    repeat: String,
    /// Whether the claim says that it repeats the other, or its document relays the other's.
    tie: &'static str,
    /// What was lost, with both wordings.
    lost: Vec<String>,
}

impl LostHedgeReport {
    pub(super) fn new(pair: &Retelling) -> Self {
        Self {
            original: pair.original.to_string(),
            repeat: pair.repeat.to_string(),
            tie: match pair.tie {
                Tie::Repeats => "repeats",
                Tie::Relays => "relays",
            },
            lost: pair.lost().map(Shift::sentence).collect(),
        }
    }
}

/// An error in the file that leaves the rest its meaning.
#[derive(Debug, Serialize)]
pub(super) struct FindingReport {
    /// The record that it concerns; `None` for the header.
    record: Option<String>,
    /// The place in the file, such as `judgements[0].probabilities`.
    path: String,
    message: String,
    mend: String,
}

impl FindingReport {
    pub(super) fn new(problem: &Problem) -> Self {
        Self {
            record: problem.record.map(|record| record.uuid.to_string()),
            path: problem.path.clone(),
            message: problem.message.clone(),
            mend: problem.mend.clone(),
        }
    }
}
