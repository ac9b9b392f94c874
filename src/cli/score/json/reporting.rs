//! How claims came about: circular reporting.

use serde::Serialize;

use crate::analysis::origins::CircularReporting;

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
