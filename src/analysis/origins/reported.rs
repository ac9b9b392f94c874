//! Circular reporting by what it concerns, with its meaning in words.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::Circle;
use crate::analysis::Derived;
use crate::analysis::charts::provenance::circle_sentence;
use crate::model::{AnyId, Claim, Document, Id, Incident};

/// A circle of claims that repeat and documents that relay one another, with what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CircularReporting {
    /// The records in their order: each repeats or relays the next one, stands in it or contains it, and so does the last one
    /// with the first.
    pub records: Vec<AnyId>,
    /// The incidents that its claims speak of, and those of which claims stand in its documents; none where it ties only links
    /// of actors, or documents without a claim.
    pub incidents: BTreeSet<Id<Incident>>,
    /// What it means, such as "A repeats B, B repeats A: neither is an independent origin".
    pub sentence: String,
}

/// All circles of an assessment: those of claims, those of documents, and those of both. Retracted and superseded claims are
/// among them: what they said was said.
pub fn circular_reporting(derived: &Derived) -> Vec<CircularReporting> {
    let circles = derived.circles();
    let all: Vec<&Circle> = circles.repeats.iter().chain(&circles.relays).chain(&circles.mixed).collect();
    let assessment = derived.assessment();
    let mut of_documents: FxHashMap<Id<Document>, BTreeSet<Id<Incident>>> = all
        .iter()
        .flat_map(|circle| circle.records.iter().filter_map(|record| record.typed::<Document>()))
        .map(|document| (document, BTreeSet::new()))
        .collect();
    if !of_documents.is_empty() {
        for claim in &assessment.claims {
            if let Some(incidents) = claim.document.and_then(|document| of_documents.get_mut(&document)) {
                incidents.extend(claim.proposition.incident());
            }
        }
    }
    let concerned = |record: &AnyId| -> BTreeSet<Id<Incident>> {
        if let Some(document) = record.typed::<Document>() {
            return of_documents.get(&document).cloned().unwrap_or_default();
        }
        let claim = record.typed::<Claim>().and_then(|id| assessment.get(id));
        claim.and_then(|claim| claim.proposition.incident()).into_iter().collect()
    };
    let report = |circle: &&Circle| {
        let is_claim = |record: &&AnyId| record.typed::<Claim>().is_some();
        // Where claims are on the circle they say what it is about: their documents may speak of other incidents as well.
        let has_claims = circle.records.iter().any(|record| is_claim(&record));
        let telling = circle.records.iter().filter(|record| !has_claims || is_claim(record));
        CircularReporting {
            records: circle.records.clone(),
            incidents: telling.flat_map(concerned).collect(),
            sentence: circle_sentence(assessment, &circle.records),
        }
    };
    all.iter().map(report).collect()
}
