//! What speaks against each hypothesis: inconsistency, with its sensitivity.

use serde::Serialize;

use super::agreement::{self, RatersReport};
use super::matrix::{self, CellReport, Cells, DisputeReport, HintReport};
use super::split;
use super::tornado::{TornadoReport, tornado};
use crate::analysis::ach::score::diagnosticity;
use crate::analysis::ach::sensitivity::{Effect, FlipSet, Sensitivity};
use crate::analysis::ach::stability::{Move, Share, Stability};
use crate::analysis::ach::{Raters, Scores, Table};
use crate::analysis::charts::MatrixChart;
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
    /// What to beware of, the gravest first.
    hints: Vec<HintReport>,
    sensitivity: SensitivityReport,
}

#[derive(Debug, Serialize)]
struct HypothesisReport {
    id: String,
    name: String,
    inconsistency: Option<f64>,
    weighted_inconsistency: Option<f64>,
    rank: Option<usize>,
    /// How far the weighted score is behind the best one of the others.
    behind: Option<f64>,
    /// How many items are rated against it.
    rated: usize,
    /// The least and the greatest weighted score that it might have, where items cannot be judged.
    range: Option<[f64; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// Why there is nothing that it is behind.
    #[serde(skip_serializing_if = "Option::is_none")]
    behind_note: Option<&'static str>,
    /// Why there is no range.
    #[serde(skip_serializing_if = "Option::is_none")]
    range_note: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct EvidenceReport {
    id: String,
    diagnosticity: Option<f64>,
    weight: f64,
    /// Whether its reliability or credibility is F or 6 and the other one leaves open what it weighs: its weight might as well be
    /// another one, up to what the other grade allows.
    cannot_be_judged: bool,
    /// Whether it is left out of the scores.
    excluded: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// What it says of each hypothesis.
    cells: Vec<CellReport>,
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
    /// How the margin of one hypothesis moves with every single change, links included.
    tornado: TornadoReport,
    smallest_flip_sets: Option<FlipSetsReport>,
    /// Why there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    smallest_flip_sets_note: Option<&'static str>,
    /// Where each rating moves to its opposite.
    rank_stability: Vec<ShareReport>,
    rank_stability_trial: TrialReport,
    /// The same where it moves to a neighbour.
    rank_stability_neighbour: Vec<ShareReport>,
    rank_stability_neighbour_trial: TrialReport,
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
    /// How often it is in front, alone or level with others.
    share_first_or_level: Option<f64>,
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

/// Evidence against hypotheses; `None` where the incident has none of these.
pub(super) fn ach(derived: &Derived, incident: Id<Incident>) -> Option<AchReport> {
    let matrix = derived.matrix(incident);
    if matrix.hypotheses.is_empty() {
        return None;
    }
    let assessment = derived.assessment();
    let table = Table::new(&matrix, Raters::Everyone, &assessment.header.methods);
    let scores = Scores::of(&matrix, &table, &assessment.header.methods);
    let chart = MatrixChart::new(derived, incident, Raters::Everyone, None, None);
    let cells = Cells { matrix: &matrix, table: &table, chart: &chart };
    let hypotheses = scores.hypotheses.iter().map(|score| {
        let (inconsistency, note) = split(score.inconsistency.clone());
        HypothesisReport {
            id: score.hypothesis.to_string(),
            name: assessment.name_of(score.hypothesis),
            inconsistency,
            weighted_inconsistency: score.weighted.clone().ok(),
            rank: score.rank,
            behind: score.behind,
            rated: score.rated,
            range: score.range,
            note,
            behind_note: match (&score.weighted, score.behind) {
                (_, Some(_)) => None,
                (Err(_), None) => Some("it has no score to compare"),
                (Ok(_), None) => Some("there is no other score to compare it with"),
            },
            range_note: score
                .range
                .is_none()
                .then_some("no item that cannot be judged (F or 6) speaks against it"),
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
            cells: cells.of_row(row),
        }
    });
    Some(AchReport {
        hypotheses: hypotheses.collect(),
        evidence: evidence.collect(),
        raters: matrix.raters.iter().map(ToString::to_string).collect(),
        rater_agreement: (matrix.raters.len() > 1).then(|| agreement::raters(&matrix)),
        disputes: cells.disputes(),
        hints: matrix::hints(&chart),
        sensitivity: sensitivity(derived, incident)?,
    })
}

fn sensitivity(derived: &Derived, incident: Id<Incident>) -> Option<SensitivityReport> {
    let found = score::sensitivity(derived, incident)?;
    let stability = score::stability(derived, incident)?;
    let of = |how: Move| stability.moves.iter().find(|stability| stability.trial.how == how);
    let (opposite, neighbour) = of(Move::Opposite).zip(of(Move::Neighbour))?;
    let (margin, note) = split(found.margin.clone());
    Some(SensitivityReport {
        leader: found.leader.map(|id| id.to_string()),
        margin,
        note,
        flips: flips(derived, &found),
        tornado: tornado(derived, incident, &found),
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
        rank_stability: shares(opposite),
        rank_stability_trial: trial(opposite),
        rank_stability_neighbour: shares(neighbour),
        rank_stability_neighbour_trial: trial(neighbour),
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

fn shares(stability: &Stability) -> Vec<ShareReport> {
    let report = |share: &Share| {
        let (share_first, note) = split(share.alone.clone());
        let standard_error = share_first.filter(|_| !stability.is_exact).map(|_| share.standard_error);
        ShareReport {
            hypothesis: share.hypothesis.to_string(),
            share_first,
            share_first_or_level: share.first.clone().ok(),
            standard_error,
            interval: share.interval,
            note,
        }
    };
    stability.hypotheses.iter().map(report).collect()
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
