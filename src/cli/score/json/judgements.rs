//! What analysts judged: of each the judgement that holds.

use serde::Serialize;

use crate::analysis::Derived;
use crate::analysis::judgement::{record, wording};
use crate::model::{Confidence, Id, Incident};

/// What one analyst gives one answer.
#[derive(Debug, Serialize)]
pub(super) struct JudgementReport {
    analyst: String,
    /// `None` for none of the hypotheses.
    hypothesis: Option<String>,
    probability: f64,
    /// As it is pooled, where the judgement does not sum to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    repaired: Option<Option<f64>>,
    words: Option<String>,
    confidence: Option<&'static str>,
    /// Why there are no words.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// By analyst, and of each the hypotheses in their order and last none of them. A hypothesis that a judgement does not know,
/// since it is older, is left out.
pub(super) fn judgements(derived: &Derived, incident: Id<Incident>) -> Vec<JudgementReport> {
    let assessment = derived.assessment();
    let standard = assessment.header.standard;
    let hypotheses = record::hypotheses(assessment, incident);
    let mut reports = Vec::new();
    for judgement in record::latest(assessment, incident) {
        let scaled = record::scaled(judgement);
        for answer in hypotheses.iter().copied().map(Some).chain([None]) {
            let Some(probability) = record::share_of(judgement, answer) else { continue };
            let found = wording(standard, probability);
            let words = found.text();
            reports.push(JudgementReport {
                analyst: judgement.analyst.to_string(),
                hypothesis: answer.map(|id| id.to_string()),
                probability,
                repaired: scaled.map(|factor| factor.map(|factor| probability * factor)),
                note: words.is_none().then(|| found.explain(standard)),
                words,
                confidence: judgement.confidence.map(key),
            });
        }
    }
    reports
}

/// The name of a confidence for other programs.
const fn key(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Low => "low",
        Confidence::Moderate => "moderate",
        Confidence::High => "high",
    }
}
