//! What the evidence weighs: posteriors, what each item does, and what indicators are worth.

use serde::Serialize;

use super::split;
use crate::analysis::ach::score::Raters;
use crate::analysis::charts::OddsChart;
use crate::analysis::charts::odds::IndicatorRow;
use crate::analysis::odds::{ItemOdds, LogOdds, Posterior};
use crate::analysis::{Derived, Measure};
use crate::model::{Hypothesis, Id, Incident};

#[derive(Debug, Serialize)]
pub(super) struct OddsReport {
    hypothesis: String,
    /// The prior that it was given; `None` for an equal share of what the others leave.
    given_prior: Option<f64>,
    prior: f64,
    posterior: Option<f64>,
    decibans: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// What an item does.
#[derive(Debug, Serialize)]
pub(super) struct ItemReport {
    evidence: String,
    /// How many items that count are in its dependence group.
    group_size: usize,
    /// With what power its likelihoods count.
    power: f64,
    hypotheses: Vec<CellReport>,
}

#[derive(Debug, Serialize)]
struct CellReport {
    hypothesis: String,
    /// 10·log₁₀ of P(E|H), tempered: the difference of two is what the item adds to the odds of the one against the other.
    decibans: Option<f64>,
    /// Whether the item is not rated against it, so that it has the neutral stand-in.
    stand_in: bool,
    posterior_without: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// What it would be worth to look for an indicator that nobody has looked for.
#[derive(Debug, Serialize)]
pub(super) struct IndicatorReport {
    indicator: String,
    statement: String,
    /// The probability that it would be seen.
    seen: Option<f64>,
    expected_bits: Option<f64>,
    /// The uncertainty of the hypotheses now.
    uncertainty_bits: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    posteriors: Vec<OutcomeReport>,
}

#[derive(Debug, Serialize)]
struct OutcomeReport {
    hypothesis: String,
    if_seen: Option<f64>,
    if_not_seen: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// All that log-odds say of an incident.
pub(super) struct Odds {
    pub(super) hypotheses: Vec<OddsReport>,
    pub(super) items: Vec<ItemReport>,
    pub(super) indicators: Vec<IndicatorReport>,
}

/// By everyone's ratings; `None` where the incident has no hypotheses.
pub(super) fn odds(derived: &Derived, incident: Id<Incident>) -> Option<Odds> {
    let (assessment, matrix) = (derived.assessment(), derived.matrix(incident));
    let odds = LogOdds::new(assessment, &matrix, Raters::Everyone);
    let posterior = |it: &Posterior| {
        let (posterior, undefined) = split(it.posterior.clone());
        let (decibans, infinite) = split(it.decibans.clone());
        OddsReport {
            hypothesis: it.hypothesis.to_string(),
            given_prior: assessment.get(it.hypothesis).and_then(|it| it.prior),
            prior: it.prior,
            posterior,
            decibans,
            note: undefined.or(infinite),
        }
    };
    let indicators = OddsChart::new(derived, incident, Raters::Everyone).indicators;
    (!odds.hypotheses.is_empty()).then(|| Odds {
        hypotheses: odds.hypotheses.iter().map(posterior).collect(),
        items: odds.items.iter().map(|it| item(it, &matrix.hypotheses)).collect(),
        indicators: indicators.iter().map(|it| indicator(it, &matrix.hypotheses)).collect(),
    })
}

fn item(item: &ItemOdds, hypotheses: &[Id<Hypothesis>]) -> ItemReport {
    let cell = |(column, id): (usize, &Id<Hypothesis>)| {
        let log = item.log_likelihoods.get(column)?;
        let decibans = log.is_finite().then(|| 10.0 * log / std::f64::consts::LN_10);
        let (posterior_without, undefined) = split(item.without.get(column)?.clone());
        let ruled_out = decibans.is_none().then(|| "the item rules it out: P(E|H) is 0".to_owned());
        Some(CellReport {
            hypothesis: id.to_string(),
            decibans,
            stand_in: !*item.is_rated.get(column)?,
            posterior_without,
            note: both(ruled_out, undefined),
        })
    };
    ItemReport {
        evidence: item.evidence.to_string(),
        group_size: item.group_size,
        power: item.power,
        hypotheses: hypotheses.iter().enumerate().filter_map(cell).collect(),
    }
}

fn indicator(row: &IndicatorRow, hypotheses: &[Id<Hypothesis>]) -> IndicatorReport {
    let found = row.information.as_ref();
    let outcomes = found.map_or_else(
        |_| Vec::new(),
        |it| {
            let outcome = |(id, (seen, not_seen)): (&Id<Hypothesis>, (&Measure, &Measure))| {
                let (if_seen, never) = split(seen.clone());
                let (if_not_seen, always) = split(not_seen.clone());
                let hypothesis = id.to_string();
                OutcomeReport { hypothesis, if_seen, if_not_seen, note: both(never, always) }
            };
            hypotheses.iter().zip(it.if_seen.iter().zip(&it.if_not_seen)).map(outcome).collect()
        },
    );
    let found = found.ok();
    IndicatorReport {
        indicator: row.indicator.to_string(),
        statement: row.statement.clone(),
        seen: found.map(|it| it.seen),
        expected_bits: found.map(|it| it.expected_bits),
        uncertainty_bits: found.map(|it| it.uncertainty_bits),
        note: row.information.as_ref().err().map(ToString::to_string),
        posteriors: outcomes,
    }
}

/// Two reasons as one.
fn both(first: Option<String>, second: Option<String>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) if first != second => Some(format!("{first}; {second}")),
        (first, second) => first.or(second),
    }
}
