//! The smallest sets of evidence that carry a lead.

use super::super::matrix::Matrix;
#[cfg(test)]
use super::super::score::sole_leader;
use super::super::score::{Table, tie};
use crate::model::{Evidence, Hypothesis, Id};

/// The smallest sets of rows without which the leader is no longer alone in front.
#[derive(Clone, Debug, PartialEq)]
pub struct FlipSets {
    /// How many rows each has.
    pub size: usize,
    /// The sets, each with the hypothesis that draws level or takes the lead.
    pub sets: Vec<FlipSet>,
    /// Whether all sets of that size are listed.
    pub is_complete: bool,
}

/// Evidence without which the leader is no longer alone in front.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlipSet {
    /// The evidence, in the order of the rows.
    pub evidence: Vec<Id<Evidence>>,
    /// Who draws level or takes the lead; `None` where nothing is rated any more without the evidence, so that nobody is in
    /// front.
    pub challenger: Option<Id<Hypothesis>>,
    /// Whether it takes the lead; otherwise it draws level.
    pub takes_lead: bool,
}

/// How many of the smallest sets are listed.
const LISTED: usize = 50;
/// Up to which size all sets are looked for; of larger ones one for each challenger is given.
const LISTED_SIZE: usize = 3;

/// The smallest sets of rows without which another hypothesis is level with the leader or ahead of it.
///
/// A score is a sum over rows, so that the rows that speak most against a challenger, taken away first, close its gap
/// with the fewest: the size is exact whatever it is. All sets of that size are listed up to size 3; of larger ones that one
/// for each challenger. A hypothesis against which nothing is rated any more has no score and is out of the race: a challenger
/// keeps at least one rating, and a leader that loses all of its own has lost the lead, be it that nobody takes it.
pub(super) fn smallest_flips(matrix: &Matrix, table: &Table, leader: usize) -> Option<FlipSets> {
    let challengers = challengers(table, leader);
    let size = challengers.iter().filter_map(Challenger::size).min();
    let own: Vec<usize> =
        (0..table.rows()).filter(|row| table.counts(*row) && table.at(*row, leader).is_some()).collect();
    let loses_all = size.is_none_or(|size| own.len() <= size);
    let size = if loses_all { own.len() } else { size? };
    let mut found: Vec<Found> = Vec::new();
    if loses_all {
        let heir = heir_without(table, &own);
        found.push(Found { rows: own, column: heir, takes_lead: heir.is_some() });
    }
    let mut is_complete = size <= LISTED_SIZE;
    for challenger in challengers.iter().filter(|it| it.size() == Some(size)) {
        if size <= LISTED_SIZE {
            is_complete &= challenger.list(size, LISTED, &mut found);
        } else {
            let part: f64 = challenger.rows.iter().take(size).map(|row| row.part).sum();
            let rows = challenger.rows.iter().take(size).map(|row| row.row).collect();
            let takes_lead = part > challenger.gap + challenger.tie;
            found.push(Found { rows, column: Some(challenger.column), takes_lead });
        }
    }
    let named = found.into_iter().filter_map(|Found { mut rows, column, takes_lead }| {
        rows.sort_unstable();
        let evidence = rows.iter().filter_map(|row| Some(matrix.items.get(*row)?.evidence)).collect();
        let challenger = match column {
            Some(column) => Some(*matrix.hypotheses.get(column)?),
            None => None,
        };
        Some(FlipSet { evidence, challenger, takes_lead })
    });
    Some(FlipSets { size, sets: named.collect(), is_complete })
}

/// Who is in front without these rows; `None` where nobody has a score then.
fn heir_without(table: &Table, rows: &[usize]) -> Option<usize> {
    let scores = table.scores_by(|row| table.weight(row).filter(|_| !rows.contains(&row)));
    let scored = scores.iter().enumerate().filter_map(|(column, score)| Some((column, (*score)?)));
    scored.min_by(|left, right| left.1.total_cmp(&right.1)).map(|(column, _)| column)
}

/// Rows without which a hypothesis draws level or takes the lead, or nobody has a score.
struct Found {
    rows: Vec<usize>,
    column: Option<usize>,
    takes_lead: bool,
}

/// A hypothesis that is behind the leader.
struct Challenger {
    column: usize,
    /// How far it is behind; positive.
    gap: f64,
    /// What is left of a gap that is only rounding.
    tie: f64,
    /// How many of the rows that count are rated against it.
    rated: usize,
    /// The rows that count, the one that adds most to the gap first.
    rows: Vec<Part>,
}

/// What a row adds to a gap.
struct Part {
    row: usize,
    part: f64,
    is_rated: bool,
}

/// The hypotheses that have a score, but for the leader.
fn challengers(table: &Table, leader: usize) -> Vec<Challenger> {
    let scores = table.scores();
    let Some(own) = scores.get(leader).copied().flatten() else { return Vec::new() };
    let tie = tie(&scores);
    let challenger = |(column, score): (usize, &Option<f64>)| {
        let score = score.filter(|_| column != leader)?;
        let rows = (0..table.rows()).filter(|row| table.counts(*row)).map(|row| Part {
            row,
            part: table.weighted(row, column) - table.weighted(row, leader),
            is_rated: table.at(row, column).is_some(),
        });
        let mut rows: Vec<Part> = rows.collect();
        rows.sort_by(|left, right| right.part.total_cmp(&left.part).then(left.row.cmp(&right.row)));
        let rated = rows.iter().filter(|row| row.is_rated).count();
        Some(Challenger { column, gap: score - own, tie, rated, rows })
    };
    scores.iter().enumerate().filter_map(challenger).collect()
}

impl Challenger {
    /// How few rows must go for it to draw level; `None` where no number of them does it. What adds to the gap is rated
    /// against it, so that where all of its ratings would have to go nothing does it.
    fn size(&self) -> Option<usize> {
        let mut left = self.gap;
        let needed = self.rows.iter().take_while(|row| {
            let is_needed = left > self.tie && row.part > 0.0;
            left -= row.part;
            is_needed
        });
        let size = needed.count();
        let closed: f64 = self.rows.iter().take(size).map(|row| row.part).sum();
        (closed >= self.gap - self.tie && size > 0 && size < self.rated).then_some(size)
    }

    /// All sets of `size` rows without which it draws level, up to a limit; whether these are all.
    fn list(&self, size: usize, limit: usize, found: &mut Vec<Found>) -> bool {
        self.extend(&mut Vec::new(), (0, self.gap, self.rated), size, limit, found)
    }

    /// Extends a set of rows by `more` of those from a place on; `left` is what is left of the gap, and `rated` of the ratings.
    fn extend(
        &self,
        chosen: &mut Vec<usize>,
        (from, left, rated): (usize, f64, usize),
        more: usize,
        limit: usize,
        found: &mut Vec<Found>,
    ) -> bool {
        if more == 0 {
            if left <= self.tie && rated > 0 {
                let (rows, column) = (chosen.clone(), Some(self.column));
                found.push(Found { rows, column, takes_lead: left < -self.tie });
            }
            return true;
        }
        for (place, Part { row, part, is_rated }) in self.rows.iter().enumerate().skip(from) {
            // The rows that follow have no more to give than this one.
            if part * (more as f64) < left - self.tie {
                return true;
            }
            if found.len() >= limit {
                return false;
            }
            chosen.push(*row);
            let rest = (place + 1, left - part, rated - usize::from(*is_rated));
            let is_complete = self.extend(chosen, rest, more - 1, limit, found);
            chosen.pop();
            if !is_complete {
                return false;
            }
        }
        true
    }
}

/// All sets of exactly `size` rows without which another hypothesis draws level with the leader, or is ahead of it: rows by
/// number, then the column of that hypothesis. Sets with rows that change nothing are among them.
#[cfg(test)]
pub(in crate::analysis::ach) fn flip_sets(table: &Table, size: usize) -> Vec<(Vec<usize>, usize)> {
    let Some(leader) = sole_leader(&table.scores()) else { return Vec::new() };
    let mut found = Vec::new();
    for challenger in challengers(table, leader) {
        challenger.list(size, usize::MAX, &mut found);
    }
    let mut found: Vec<(Vec<usize>, usize)> =
        found.into_iter().filter_map(|Found { rows, column, .. }| Some((rows, column?))).collect();
    for (rows, _) in &mut found {
        rows.sort_unstable();
    }
    found.sort();
    found
}
