//! The three lenses side by side.

use serde::Serialize;

use super::split;
use crate::analysis::Derived;
use crate::analysis::judgement::{Difference, Lens, LensRow};
use crate::model::{Id, Incident};

/// What speaks against each hypothesis, what the evidence weighs, and who claims what.
#[derive(Debug, Serialize)]
pub(super) struct LensesReport {
    /// What they have in common, or that they differ.
    summary: String,
    /// How many pieces of evidence are rated and count.
    items: usize,
    /// By which rule claims were fused.
    rule: &'static str,
    /// What the fused claims leave open.
    uncertainty: Option<f64>,
    /// Why that is undefined.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    hypotheses: Vec<HypothesisReport>,
    differences: Vec<DifferenceReport>,
    /// Why lenses that have nobody in front cannot rate some hypotheses.
    gaps: Vec<String>,
}

#[derive(Debug, Serialize)]
struct HypothesisReport {
    hypothesis: String,
    inconsistency: SeenReport,
    log_odds: SeenReport,
    claim_fusion: SeenReport,
}

/// What one lens shows of one hypothesis.
#[derive(Debug, Serialize)]
struct SeenReport {
    /// The weighted inconsistency, or a probability.
    value: Option<f64>,
    rank: Option<usize>,
    /// Why there is no value.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// Two lenses that have another hypothesis in front.
#[derive(Debug, Serialize)]
struct DifferenceReport {
    lenses: [&'static str; 2],
    what: String,
    why: Vec<String>,
}

/// The name of a lens for other programs.
const fn key(lens: Lens) -> &'static str {
    match lens {
        Lens::Inconsistency => "inconsistency",
        Lens::LogOdds => "log_odds",
        Lens::Fusion => "claim_fusion",
    }
}

/// The lenses on an incident; `None` where it has no hypotheses.
pub(super) fn lenses(derived: &Derived, incident: Id<Incident>) -> Option<LensesReport> {
    let lenses = derived.lenses(incident);
    let row = |row: &LensRow| {
        let seen = |lens: Lens| {
            let (value, note) = split(row.value(lens).clone());
            SeenReport { value, rank: row.rank(lens), note }
        };
        HypothesisReport {
            hypothesis: row.hypothesis.to_string(),
            inconsistency: seen(Lens::Inconsistency),
            log_odds: seen(Lens::LogOdds),
            claim_fusion: seen(Lens::Fusion),
        }
    };
    let difference = |it: &Difference| DifferenceReport {
        lenses: [it.first, it.second].map(key),
        what: it.what.clone(),
        why: it.why.clone(),
    };
    let (uncertainty, note) = split(lenses.uncertainty.clone());
    (!lenses.rows.is_empty()).then(|| LensesReport {
        summary: lenses.summary(),
        items: lenses.items,
        rule: lenses.rule.label(),
        uncertainty,
        note,
        hypotheses: lenses.rows.iter().map(row).collect(),
        differences: lenses.differences.iter().map(difference).collect(),
        gaps: lenses.gaps(),
    })
}
