//! What the ranking of hypotheses hangs on.

use std::collections::BTreeSet;

use super::matrix::{ItemWeight, Matrix};
use super::score::{Raters, TIE, Table, ranks, sole_leader};
use crate::analysis::{Measure, Undefined};
use crate::model::{
    Assessment, Credibility, Evidence, Grade3, GradeOverride, Hypothesis, Id, Reliability, Source,
};

/// What the ranking of a matrix hangs on.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// The hypothesis that is alone in front; `None` where several share the first place.
    pub leader: Option<Id<Hypothesis>>,
    /// How far the next one is behind it, by the weighted score. Undefined where no hypothesis is alone in front, and where
    /// there is only one.
    pub margin: Measure,
    /// Each single change with what it does, the one that moves the margin most first.
    pub effects: Vec<Effect>,
    /// The smallest sets of evidence without which another hypothesis draws level or takes the lead; `None` where there is
    /// no lead to lose, or nothing could take it.
    pub smallest: Option<FlipSets>,
}

/// A single change of a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// A piece of evidence is left out.
    Without(Id<Evidence>),
    /// A piece of evidence that is left out is taken in.
    With(Id<Evidence>),
    /// All evidence of a source is left out.
    WithoutSource(Id<Source>),
    /// A piece of evidence has another reliability than that of its source, or than its own.
    ItemReliability(Id<Evidence>, Reliability),
    /// A piece of evidence has another credibility.
    Credibility(Id<Evidence>, Credibility),
    /// A piece of evidence has another relevance.
    Relevance(Id<Evidence>, Grade3),
    /// A source has another reliability, which its items inherit.
    SourceReliability(Id<Source>, Reliability),
    /// What cannot be judged (F or 6) is taken to be worth this grade.
    Judged(Id<Evidence>, Grade3),
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
    /// Who draws level or takes the lead.
    pub challenger: Id<Hypothesis>,
}

/// How many of the smallest sets are listed.
const LISTED: usize = 50;
/// Up to which size all sets are looked for; of larger ones one for each challenger is given.
const LISTED_SIZE: usize = 3;

impl Sensitivity {
    /// Tries every single change of the matrix, and looks for the smallest sets of evidence that carry the lead.
    pub fn new(assessment: &Assessment, matrix: &Matrix, raters: Raters) -> Self {
        let table = Table::new(matrix, raters, &assessment.header.methods);
        let scores = table.scores();
        let leader = sole_leader(&scores);
        let mut effects: Vec<Effect> = changes(assessment, matrix)
            .into_iter()
            .map(|(change, weights)| effect(matrix, &table, leader, change, &weights))
            .collect();
        let margin = margin(&scores, leader);
        // The stable sort keeps changes that move it equally in the order of the rows.
        let moved = |effect: &Effect| match (&effect.margin, &margin) {
            (Ok(after), Ok(before)) => (after - before).abs(),
            _ => f64::from(u8::from(effect.changes_leader)),
        };
        effects.sort_by(|left, right| moved(right).total_cmp(&moved(left)));
        Self {
            leader: leader.and_then(|column| matrix.hypotheses.get(column).copied()),
            smallest: leader.and_then(|leader| smallest_flips(matrix, &table, leader)),
            effects,
            margin,
        }
    }
}

/// How far the best of the other scores is behind the leader's.
fn margin(scores: &[Option<f64>], leader: Option<usize>) -> Measure {
    let Some(leader) = leader else {
        return Err(Undefined::because("no hypothesis is alone in front"));
    };
    let own = scores.get(leader).copied().flatten();
    let own = own.ok_or_else(|| Undefined::because("no evidence is rated against the leader"))?;
    let others = scores.iter().enumerate().filter(|(column, _)| *column != leader);
    let best = others.filter_map(|(_, score)| *score).min_by(f64::total_cmp);
    best.map(|best| best - own).ok_or_else(|| Undefined::because("no other hypothesis has a score"))
}

fn effect(matrix: &Matrix, table: &Table, leader: Option<usize>, change: Change, weights: &[f64]) -> Effect {
    let scores = table.scores_by(|row| weights.get(row).copied().unwrap_or(0.0));
    let first = |scores: &[Option<f64>]| -> Vec<usize> {
        let ranks = ranks(scores);
        (0..ranks.len()).filter(|column| ranks.get(*column).copied().flatten() == Some(1)).collect()
    };
    let (before, after) = (first(&table.scores()), first(&scores));
    Effect {
        change,
        margin: margin(&scores, leader),
        leaders: after.iter().filter_map(|column| matrix.hypotheses.get(*column).copied()).collect(),
        changes_leader: before != after,
        scores,
    }
}

/// Every single change with the weights of the rows after it.
fn changes(assessment: &Assessment, matrix: &Matrix) -> Vec<(Change, Vec<f64>)> {
    let usual: Vec<f64> =
        matrix.items.iter().map(|item| if item.is_excluded { 0.0 } else { item.weight.weight }).collect();
    let with = |rows: &dyn Fn(usize) -> Option<f64>| -> Vec<f64> {
        usual.iter().enumerate().map(|(row, weight)| rows(row).unwrap_or(*weight)).collect()
    };
    let mut found = Vec::new();
    for (row, item) in matrix.items.iter().enumerate() {
        let Some(evidence) = assessment.get(item.evidence) else { continue };
        let only = |weight: f64| with(&move |other| (other == row).then_some(weight));
        if item.is_excluded {
            found.push((Change::With(item.evidence), only(item.weight.weight)));
            continue;
        }
        found.push((Change::Without(item.evidence), only(0.0)));
        for (change, changed) in regraded(evidence, &item.weight) {
            found.push((change, only(ItemWeight::of(assessment, &changed).weight)));
        }
        if item.weight.is_unknown {
            for grade in [Grade3::Low, Grade3::High] {
                let weight = item.weight.graded(assessment, grade).weight;
                found.push((Change::Judged(item.evidence, grade), only(weight)));
            }
        }
    }
    let sources: BTreeSet<Id<Source>> = matrix
        .items
        .iter()
        .filter(|item| !item.is_excluded)
        .filter_map(|item| assessment.get(item.evidence)?.source)
        .collect();
    for source in sources {
        let of_source = |row: usize| {
            let item = matrix.items.get(row).filter(|item| !item.is_excluded)?;
            assessment.get(item.evidence).filter(|evidence| evidence.source == Some(source))
        };
        found.push((Change::WithoutSource(source), with(&|row| of_source(row).map(|_| 0.0))));
        let grade = assessment.get(source).and_then(Source::reliability);
        for other in steps(Reliability::ALL, grade.unwrap_or(Reliability::C), &[Reliability::F]) {
            let weights = with(&|row| {
                let evidence = of_source(row).filter(|it| it.reliability_override.is_none())?;
                let (credibility, relevance) = (evidence.credibility, evidence.relevance);
                let changed = ItemWeight::from_grades(assessment, Some(other), credibility, relevance);
                Some(changed.weight)
            });
            found.push((Change::SourceReliability(source, other), weights));
        }
    }
    found
}

/// A step up and a step down in each grade of an item. Grades that cannot be judged have no next one: both ends are tried
/// instead.
fn regraded(evidence: &Evidence, weight: &ItemWeight) -> Vec<(Change, Evidence)> {
    let mut found = Vec::new();
    if evidence.source.is_some() || evidence.reliability_override.is_some() {
        let now = weight.reliability.unwrap_or(Reliability::C);
        for other in steps(Reliability::ALL, now, &[Reliability::F]) {
            let mut changed = evidence.clone();
            changed.reliability_override = Some(GradeOverride { reliability: other, reason: String::new() });
            found.push((Change::ItemReliability(evidence.id, other), changed));
        }
    }
    let now = weight.credibility.unwrap_or(Credibility::Three);
    for other in steps(Credibility::ALL, now, &[Credibility::Six]) {
        let changed = Evidence { credibility: Some(other), ..evidence.clone() };
        found.push((Change::Credibility(evidence.id, other), changed));
    }
    for other in steps(Grade3::ALL, weight.relevance, &[]) {
        let changed = Evidence { relevance: Some(other), ..evidence.clone() };
        found.push((Change::Relevance(evidence.id, other), changed));
    }
    found
}

/// The neighbours of a grade on its scale; none for a grade off the scale, and none of those.
fn steps<T: Copy + PartialEq>(scale: &[T], now: T, off: &[T]) -> Vec<T> {
    let on: Vec<T> = scale.iter().copied().filter(|grade| !off.contains(grade)).collect();
    let Some(place) = on.iter().position(|grade| *grade == now) else { return Vec::new() };
    let neighbours = [place.checked_sub(1), place.checked_add(1)];
    neighbours.into_iter().flatten().filter_map(|place| on.get(place).copied()).collect()
}

/// The smallest sets of rows without which another hypothesis is level with the leader or ahead of it.
///
/// A score is a sum over rows, so that the rows that speak most against a challenger, taken away first, close its gap
/// with the fewest: the size is exact whatever it is. All sets of that size are listed up to size 3; of larger ones that one
/// for each challenger.
fn smallest_flips(matrix: &Matrix, table: &Table, leader: usize) -> Option<FlipSets> {
    let scores = table.scores();
    let own = scores.get(leader).copied().flatten()?;
    let mut challengers: Vec<Challenger> = Vec::new();
    for (column, score) in scores.iter().enumerate() {
        let Some(score) = score.filter(|_| column != leader) else { continue };
        let mut rows: Vec<(usize, f64)> = (0..table.rows())
            .filter(|row| table.weights.get(*row).is_some_and(|weight| *weight > 0.0))
            .map(|row| (row, table.weighted(row, column) - table.weighted(row, leader)))
            .collect();
        rows.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
        challengers.push(Challenger { column, gap: score - own, rows });
    }
    let size = challengers.iter().filter_map(Challenger::size).min()?;
    let mut sets = Vec::new();
    let mut is_complete = size <= LISTED_SIZE;
    for challenger in challengers.iter().filter(|it| it.size() == Some(size)) {
        if size <= LISTED_SIZE {
            is_complete &= challenger.list(size, LISTED, &mut sets);
        } else {
            let rows = challenger.rows.iter().take(size).map(|(row, _)| *row).collect();
            sets.push((rows, challenger.column));
        }
    }
    let named = sets.into_iter().filter_map(|(mut rows, column): (Vec<usize>, usize)| {
        rows.sort_unstable();
        let evidence = rows.iter().filter_map(|row| Some(matrix.items.get(*row)?.evidence)).collect();
        Some(FlipSet { evidence, challenger: *matrix.hypotheses.get(column)? })
    });
    Some(FlipSets { size, sets: named.collect(), is_complete })
}

/// A hypothesis that is behind the leader.
struct Challenger {
    column: usize,
    /// How far it is behind; positive.
    gap: f64,
    /// The rows that count, each with what it adds to the gap, the most first.
    rows: Vec<(usize, f64)>,
}

impl Challenger {
    /// How few rows must go for it to draw level; `None` where no number of them does it.
    fn size(&self) -> Option<usize> {
        let mut left = self.gap;
        let needed = self.rows.iter().take_while(|(_, part)| {
            let is_needed = left > TIE && *part > 0.0;
            left -= part;
            is_needed
        });
        let size = needed.count();
        let closed: f64 = self.rows.iter().take(size).map(|(_, part)| part).sum();
        (closed >= self.gap - TIE && size > 0).then_some(size)
    }

    /// All sets of `size` rows without which it draws level, up to a limit; whether these are all.
    fn list(&self, size: usize, limit: usize, found: &mut Vec<(Vec<usize>, usize)>) -> bool {
        self.extend(&mut Vec::new(), 0, self.gap, size, limit, found)
    }

    fn extend(
        &self,
        chosen: &mut Vec<usize>,
        from: usize,
        left: f64,
        more: usize,
        limit: usize,
        found: &mut Vec<(Vec<usize>, usize)>,
    ) -> bool {
        if more == 0 {
            if left <= TIE {
                found.push((chosen.clone(), self.column));
            }
            return true;
        }
        for (place, (row, part)) in self.rows.iter().enumerate().skip(from) {
            // The rows that follow have no more to give than this one.
            if part * (more as f64) < left - TIE {
                return true;
            }
            if found.len() >= limit {
                return false;
            }
            chosen.push(*row);
            let is_complete = self.extend(chosen, place + 1, left - part, more - 1, limit, found);
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
pub fn flip_sets(table: &Table, size: usize) -> Vec<(Vec<usize>, usize)> {
    let scores = table.scores();
    let Some(leader) = sole_leader(&scores) else { return Vec::new() };
    let mut found = Vec::new();
    for column in (0..table.columns).filter(|column| *column != leader) {
        let gap = scores.get(column).copied().flatten().zip(scores.get(leader).copied().flatten());
        let Some(gap) = gap.map(|(score, own)| score - own) else { continue };
        let mut rows: Vec<(usize, f64)> = (0..table.rows())
            .map(|row| (row, table.weighted(row, column) - table.weighted(row, leader)))
            .collect();
        rows.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
        Challenger { column, gap, rows }.list(size, usize::MAX, &mut found);
    }
    for (rows, _) in &mut found {
        rows.sort_unstable();
    }
    found.sort();
    found
}
