//! What the ranking of hypotheses hangs on.

mod change;
mod flips;
mod links;

use super::matrix::Matrix;
use super::score::{Raters, Table, best_among, ranks, settle, sole_leader, tie};
use crate::analysis::progress::Progress;
use crate::analysis::rounding::{ROUNDING, measured};
use crate::analysis::{Derived, Measure, Undefined};
use crate::model::{Assessment, Hypothesis, Id, Incident};

pub use change::{Change, ChangeKind};
#[cfg(test)]
pub(super) use flips::flip_sets;
pub use flips::{FlipSet, FlipSets};
pub(in crate::analysis) use links::links_to_try;
pub use links::{LinkEffect, Overlap, margin_among_rivals};

/// What the ranking of a matrix hangs on: one change at a time, everything else left as it is (one-at-a-time sensitivity
/// analysis: Saltelli et al., *Global Sensitivity Analysis. The Primer*, 2008; for a matrix of evidence R. J. Heuer, *Psychology of
/// Intelligence Analysis*, 1999, chapter 8, step 6).
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// The hypothesis that is alone in front; `None` where several share the first place.
    pub leader: Option<Id<Hypothesis>>,
    /// Who shares the first rank today, in the order of the columns.
    pub leaders: Vec<Id<Hypothesis>>,
    /// The weighted scores today, in the order of the columns; `None` where nothing is rated.
    pub scores: Vec<Option<f64>>,
    /// How far the next one is behind the leader, by the weighted score. Undefined where no hypothesis is alone in front, and
    /// where there is only one.
    pub margin: Measure,
    /// Each single change of evidence, sources and grades with what it does, the one that moves the margin most first.
    pub effects: Vec<Effect>,
    /// The smallest sets of evidence without which another hypothesis draws level or takes the lead; `None` where there is
    /// no lead to lose, or nothing could take it.
    pub smallest: Option<FlipSets>,
    /// The hypotheses that do not exclude each other under the accepted links.
    pub overlaps: Vec<Overlap>,
    /// The links that change which hypotheses exclude each other, by identifier.
    pub links: Vec<LinkEffect>,
}

/// What a change does to the ranking.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// The change.
    pub change: Change,
    /// The weighted scores after it, in the order of the columns; `None` where nothing is rated any more.
    pub scores: Vec<Option<f64>>,
    /// The margin of the hypothesis that leads today, after the change: negative where another one is ahead of it.
    /// Undefined like [`Sensitivity::margin`], and where it has no score any more.
    pub margin: Measure,
    /// Who shares the first rank after the change, in the order of the columns.
    pub leaders: Vec<Id<Hypothesis>>,
    /// Whether that differs from today.
    pub changes_leader: bool,
}

impl Sensitivity {
    /// Tries every single change of the matrix, and looks for the smallest sets of evidence that carry the lead. Links are not
    /// tried: [`Self::with_links`] does that.
    pub fn new(assessment: &Assessment, matrix: &Matrix, raters: Raters) -> Self {
        let table = Table::new(matrix, raters, &assessment.header.methods);
        let scores = table.scores();
        let leader = sole_leader(&scores);
        let sums = Sums::new(&table);
        let before = first(&scores);
        let margin = leader_margin(&scores, leader);
        let tie = tie(&scores);
        let effect = |change: Change, rows: &[(usize, Option<f64>)]| {
            let scores = sums.after(&table, rows);
            let after = first(&scores);
            Effect {
                change,
                margin: settle_margin(leader_margin(&scores, leader), &margin, tie),
                leaders: after.iter().filter_map(|column| matrix.hypotheses.get(*column).copied()).collect(),
                changes_leader: before != after,
                scores,
            }
        };
        let changes = change::changes(assessment, matrix);
        let mut effects: Vec<Effect> =
            changes.into_iter().map(|(change, rows)| effect(change, &rows)).collect();
        // What leaves no margin because the leader is none any more comes before all that leaves one, however small. The stable sort
        // keeps changes that move it equally in the order of the rows.
        let moved = |effect: &Effect| match (&effect.margin, &margin) {
            (Ok(after), Ok(before)) => (false, (after - before).abs()),
            _ => (effect.changes_leader, 0.0),
        };
        effects.sort_by(|left, right| {
            let ((lost, less), (other_lost, more)) = (moved(left), moved(right));
            other_lost.cmp(&lost).then(more.total_cmp(&less))
        });
        Self {
            leader: leader.and_then(|column| matrix.hypotheses.get(column).copied()),
            smallest: leader.and_then(|leader| flips::smallest_flips(matrix, &table, leader)),
            leaders: before.iter().filter_map(|column| matrix.hypotheses.get(*column).copied()).collect(),
            scores,
            effects,
            margin,
            overlaps: Vec::new(),
            links: Vec::new(),
        }
    }

    /// The same for the matrix of an incident, and with every link that touches the actors of its hypotheses: accepted ones
    /// set aside, others accepted, one at a time. Puts the hierarchy together anew for each link, so that it belongs in a job
    /// where there are many. `None` where `progress` was stopped.
    pub fn with_links(
        derived: &Derived,
        incident: Id<Incident>,
        raters: Raters,
        progress: &Progress<'_>,
    ) -> Option<Self> {
        let (overlaps, links) = links::link_effects(derived, incident, progress)?;
        let matrix = derived.matrix(incident);
        Some(Self { overlaps, links, ..Self::new(derived.assessment(), &matrix, raters) })
    }
}

/// The columns that share the first rank.
fn first(scores: &[Option<f64>]) -> Vec<usize> {
    let ranks = ranks(scores);
    (0..ranks.len()).filter(|column| ranks.get(*column).copied().flatten() == Some(1)).collect()
}

fn leader_margin(scores: &[Option<f64>], leader: Option<usize>) -> Measure {
    match leader {
        Some(leader) => margin_of(scores, leader),
        None => Err(Undefined::because("no hypothesis is alone in front")),
    }
}

/// [`margin_of`] the scores after a change, without what differs from the margin before by rounding alone.
///
/// # Errors
/// Undefined like [`margin_of`].
pub fn margin_after(before: &[Option<f64>], after: &[Option<f64>], column: usize) -> Measure {
    settle_margin(margin_of(after, column), &margin_of(before, column), tie(before))
}

/// How far the best of the other weighted scores is behind that of a hypothesis: its lead where it is positive, 0 where it is
/// level with the best of the others, and negative where one is ahead of it.
///
/// # Errors
/// Undefined where it has no score, and where no other has one.
pub fn margin_of(scores: &[Option<f64>], column: usize) -> Measure {
    let own = scores.get(column).copied().flatten();
    let own = own.ok_or(Undefined::because("no evidence is rated against it"))?;
    let best = best_among(scores, |other| other != column);
    let best = best.ok_or(Undefined::because("no other hypothesis has a score"))?;
    measured(settle(best - own, tie(scores)))
}

/// The margin after a change. What differs from the margin before by rounding alone, as weights that are taken away and added again
/// do, is the margin before.
fn settle_margin(after: Measure, before: &Measure, tie: f64) -> Measure {
    match (&after, before) {
        (Ok(moved), Ok(margin)) if (moved - margin).abs() <= tie => Ok(*margin),
        _ => after,
    }
}

/// The weighted scores with how many rows each is made of, so that where a few rows change the others need not be added up
/// again.
struct Sums {
    /// For each column.
    sums: Vec<(f64, usize)>,
}

impl Sums {
    fn new(table: &Table) -> Self {
        let mut sums = vec![(0.0, 0); table.columns];
        for row in (0..table.rows()).filter(|row| table.counts(*row)) {
            for (column, (sum, rated)) in sums.iter_mut().enumerate() {
                if table.at(row, column).is_some() {
                    *sum += table.weighted(row, column);
                    *rated += 1;
                }
            }
        }
        Self { sums }
    }

    /// The scores where rows weigh otherwise.
    fn after(&self, table: &Table, rows: &[(usize, Option<f64>)]) -> Vec<Option<f64>> {
        let mut sums = self.sums.clone();
        for (row, weight) in rows {
            let usual = table.weight(*row);
            for (column, (sum, rated)) in sums.iter_mut().enumerate() {
                let Some(points) = table.at(*row, column) else { continue };
                *sum += points * (weight.unwrap_or(0.0) - usual.unwrap_or(0.0));
                *rated =
                    (*rated + usize::from(weight.is_some())).saturating_sub(usize::from(usual.is_some()));
            }
        }
        // What is left of a sum of which all was taken away is rounding of what it was.
        let greatest = self.sums.iter().fold(0.0, |most: f64, (sum, _)| most.max(sum.abs()));
        sums.into_iter().map(|(sum, rated)| (rated > 0).then(|| settle(sum, ROUNDING * greatest))).collect()
    }
}
