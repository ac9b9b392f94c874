//! What the evidence says of the hypotheses: inconsistency with its sensitivity, and log-odds.

use serde::Serialize;

use super::agreement::{self, RatersReport};
use super::split;
use crate::analysis::ach::score::{diagnosticity, dispute};
use crate::analysis::ach::sensitivity::{Effect, FlipSet, Sensitivity};
use crate::analysis::ach::stability::{Share, Stability};
use crate::analysis::ach::{Matrix, Raters, Scores};
use crate::analysis::odds::LogOdds;
use crate::analysis::{Derived, Measure};
use crate::cli::score;
use crate::model::{Hypothesis, Id, Incident};

#[derive(Debug, Serialize)]
pub(super) struct AchReport {
    hypotheses: Vec<HypothesisReport>,
    evidence: Vec<EvidenceReport>,
    raters: Vec<String>,
    /// How far they rate alike, where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    rater_agreement: Option<RatersReport>,
    /// The cells that several rated.
    disputes: Vec<DisputeReport>,
    sensitivity: SensitivityReport,
}

#[derive(Debug, Serialize)]
struct HypothesisReport {
    id: String,
    name: String,
    inconsistency: Option<f64>,
    weighted_inconsistency: Option<f64>,
    rank: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Debug, Serialize)]
struct EvidenceReport {
    id: String,
    diagnosticity: Option<f64>,
    weight: f64,
    /// Whether its reliability or credibility is F or 6, so that its weight might as well be that of another grade.
    cannot_be_judged: bool,
    /// Whether it is left out of the scores.
    excluded: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Debug, Serialize)]
struct DisputeReport {
    evidence: String,
    hypothesis: String,
    level: &'static str,
    sd: f64,
    raters: usize,
}

#[derive(Debug, Serialize)]
struct SensitivityReport {
    leader: Option<String>,
    /// How far the next one is behind the leader.
    margin: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// The single changes that change the leader.
    flips: Vec<FlipReport>,
    smallest_flip_sets: Option<FlipSetsReport>,
    /// Why there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    smallest_flip_sets_note: Option<&'static str>,
    rank_stability: Vec<ShareReport>,
    rank_stability_trial: TrialReport,
}

#[derive(Debug, Serialize)]
struct FlipReport {
    change: &'static str,
    record: String,
    grade_from: Option<String>,
    grade_to: Option<String>,
    leader_before: Option<String>,
    leader_after: Option<String>,
    /// Why there is none before or after.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Debug, Serialize)]
struct FlipSetsReport {
    size: usize,
    complete: bool,
    sets: Vec<FlipSetReport>,
}

#[derive(Debug, Serialize)]
struct FlipSetReport {
    evidence: Vec<String>,
    /// `None` where nothing is rated any more without the evidence.
    challenger: Option<String>,
    takes_lead: bool,
}

#[derive(Debug, Serialize)]
struct ShareReport {
    hypothesis: String,
    share_first: Option<f64>,
    /// `None` where the share is exact.
    standard_error: Option<f64>,
    /// The 95 % interval of a share from draws.
    interval: Option<[f64; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Debug, Serialize)]
struct TrialReport {
    #[serde(rename = "move")]
    how: &'static str,
    probability: f64,
    exact: bool,
    draws: Option<u32>,
    seed: Option<u64>,
    nobody_alone: Option<f64>,
    /// Why there are neither draws nor standard errors.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'static str>,
}

#[derive(Debug, Serialize)]
pub(super) struct OddsReport {
    hypothesis: String,
    prior: f64,
    posterior: Option<f64>,
    decibans: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// Evidence against hypotheses; `None` where the incident has none of these.
pub(super) fn ach(derived: &Derived, incident: Id<Incident>) -> Option<AchReport> {
    let matrix = derived.matrix(incident);
    if matrix.hypotheses.is_empty() {
        return None;
    }
    let assessment = derived.assessment();
    let scores = Scores::new(&matrix, Raters::Everyone, &assessment.header.methods);
    let hypotheses = scores.hypotheses.iter().map(|score| {
        let (inconsistency, note) = split(score.inconsistency.clone());
        HypothesisReport {
            id: score.hypothesis.to_string(),
            name: assessment.name_of(score.hypothesis),
            inconsistency,
            weighted_inconsistency: score.weighted.clone().ok(),
            rank: score.rank,
            note,
        }
    });
    let evidence = matrix.items.iter().enumerate().map(|(row, item)| {
        let (diagnosticity, note) = split(diagnosticity(&matrix, row, Raters::Everyone));
        EvidenceReport {
            id: item.evidence.to_string(),
            diagnosticity,
            weight: item.weight.weight,
            cannot_be_judged: item.weight.is_unknown,
            excluded: item.is_excluded,
            note,
        }
    });
    Some(AchReport {
        hypotheses: hypotheses.collect(),
        evidence: evidence.collect(),
        raters: matrix.raters.iter().map(ToString::to_string).collect(),
        rater_agreement: (matrix.raters.len() > 1).then(|| agreement::raters(&matrix)),
        disputes: disputes(&matrix),
        sensitivity: sensitivity(derived, incident)?,
    })
}

fn disputes(matrix: &Matrix) -> Vec<DisputeReport> {
    let cells =
        (0..matrix.items.len()).flat_map(|row| (0..matrix.hypotheses.len()).map(move |column| (row, column)));
    let report = |(row, column): (usize, usize)| {
        let dispute = dispute(matrix.votes(row, column))?;
        Some(DisputeReport {
            evidence: matrix.items.get(row)?.evidence.to_string(),
            hypothesis: matrix.hypotheses.get(column)?.to_string(),
            level: dispute.level.key(),
            sd: dispute.sd,
            raters: dispute.raters,
        })
    };
    cells.filter_map(report).collect()
}

fn sensitivity(derived: &Derived, incident: Id<Incident>) -> Option<SensitivityReport> {
    let found = score::sensitivity(derived, incident)?;
    let stability = score::stability(derived, incident)?;
    let (margin, note) = split(found.margin.clone());
    let shares = stability.hypotheses.iter().map(|share: &Share| {
        let (share_first, note) = split(share.alone.clone());
        let standard_error = share_first.filter(|_| !stability.is_exact).map(|_| share.standard_error);
        let interval = share.interval;
        ShareReport { hypothesis: share.hypothesis.to_string(), share_first, standard_error, interval, note }
    });
    Some(SensitivityReport {
        leader: found.leader.map(|id| id.to_string()),
        margin,
        note,
        flips: flips(derived, &found),
        smallest_flip_sets_note: match (&found.smallest, found.leader) {
            (Some(_), _) => None,
            (None, None) => Some("no hypothesis is alone in front, so that there is no lead to lose"),
            (None, Some(_)) => Some("no other hypothesis could draw level by leaving evidence out"),
        },
        smallest_flip_sets: found.smallest.as_ref().map(|smallest| FlipSetsReport {
            size: smallest.size,
            complete: smallest.is_complete,
            sets: smallest.sets.iter().map(flip_set).collect(),
        }),
        rank_stability: shares.collect(),
        rank_stability_trial: trial(&stability),
    })
}

fn flips(derived: &Derived, found: &Sensitivity) -> Vec<FlipReport> {
    let alone = |leaders: &[Id<Hypothesis>]| match leaders {
        [one] => Some(one.to_string()),
        _ => None,
    };
    let why = |leaders: &[Id<Hypothesis>], when: &str| match leaders.len() {
        0 => Some(format!("no hypothesis has a score {when}")),
        1 => None,
        many => Some(format!("{many} hypotheses share the first rank {when}")),
    };
    let before = &found.leaders;
    let report = |effect: &Effect| {
        let (grade_from, grade_to) = effect.change.grades(derived.assessment()).unzip();
        let notes: Vec<String> =
            [why(before, "before"), why(&effect.leaders, "after")].into_iter().flatten().collect();
        FlipReport {
            change: effect.change.key(),
            record: effect.change.record().uuid.to_string(),
            grade_from,
            grade_to,
            leader_before: alone(before),
            leader_after: alone(&effect.leaders),
            note: (!notes.is_empty()).then(|| notes.join("; ")),
        }
    };
    found.effects.iter().filter(|effect| effect.changes_leader).map(report).collect()
}

fn flip_set(set: &FlipSet) -> FlipSetReport {
    FlipSetReport {
        evidence: set.evidence.iter().map(ToString::to_string).collect(),
        challenger: set.challenger.map(|id| id.to_string()),
        takes_lead: set.takes_lead,
    }
}

fn trial(stability: &Stability) -> TrialReport {
    let trial = stability.trial;
    let shared: Measure = stability.shared();
    TrialReport {
        how: trial.how.key(),
        probability: trial.probability,
        exact: stability.is_exact,
        draws: (!stability.is_exact).then_some(trial.draws),
        seed: (!stability.is_exact).then_some(trial.seed),
        nobody_alone: shared.ok(),
        note: stability.is_exact.then_some("the shares are exact: nothing was drawn, and there is no error"),
    }
}

/// The posteriors of the hypotheses; `None` where the incident has none.
pub(super) fn log_odds(derived: &Derived, incident: Id<Incident>) -> Option<Vec<OddsReport>> {
    let matrix = derived.matrix(incident);
    let odds = LogOdds::new(derived.assessment(), &matrix, Raters::Everyone);
    let report = |it: &crate::analysis::odds::Posterior| {
        let (posterior, undefined) = split(it.posterior.clone());
        let (decibans, infinite) = split(it.decibans.clone());
        OddsReport {
            hypothesis: it.hypothesis.to_string(),
            prior: it.prior,
            posterior,
            decibans,
            note: undefined.or(infinite),
        }
    };
    (!odds.hypotheses.is_empty()).then(|| odds.hypotheses.iter().map(report).collect())
}
