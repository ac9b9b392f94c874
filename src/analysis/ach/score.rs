//! Inconsistency scores, ranks and margins; diagnosticity; dispute.

use super::matrix::{Matrix, Vote};
use crate::analysis::rounding::{ROUNDING, measured};
use crate::analysis::{Measure, Undefined};
use crate::model::{Analyst, Hypothesis, Id, Methods, RatingValue};

/// Whose ratings count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Raters {
    /// Everyone's: a cell's points are the mean over those who rated it.
    #[default]
    Everyone,
    /// One analyst's own.
    One(Id<Analyst>),
    /// Those of two analysts who are set against each other.
    Two([Id<Analyst>; 2]),
}

impl Raters {
    /// Whether a vote counts.
    pub fn includes(self, vote: &Vote) -> bool {
        match self {
            Self::Everyone => true,
            Self::One(analyst) => vote.analyst == analyst,
            Self::Two(analysts) => analysts.contains(&vote.analyst),
        }
    }
}

/// A matrix as numbers: what each cell adds to the score of its hypothesis, and what each row weighs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// How many hypotheses there are.
    pub columns: usize,
    /// What each row weighs, 0 or more; `None` for one that is left out.
    pub weights: Vec<Option<f64>>,
    /// Row after row, the inconsistency points of each cell; `None` where it is not rated or not applicable.
    pub points: Vec<Option<f64>>,
}

/// The scores of all hypotheses of a matrix.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scores {
    /// One for each hypothesis, in the order of the columns.
    pub hypotheses: Vec<HypothesisScore>,
}

/// How much speaks against a hypothesis.
#[derive(Clone, Debug, PartialEq)]
pub struct HypothesisScore {
    /// The hypothesis.
    pub hypothesis: Id<Hypothesis>,
    /// The sum of the points of all rows; undefined where no evidence is rated against it.
    pub inconsistency: Measure,
    /// The same with each row weighed; undefined where the other is.
    pub weighted: Measure,
    /// Its rank by the weighted score, counted from 1, fewest first; equal scores share a rank. `None` where the score is
    /// undefined.
    pub rank: Option<usize>,
    /// How far the weighted score is behind the best one of the others: negative by its lead for a hypothesis that is alone
    /// in front, 0 for one that shares the first place. `None` where there is nothing to compare.
    pub behind: Option<f64>,
    /// How many rows are rated against it.
    pub rated: usize,
    /// The least and the greatest weighted score that it might have, where rows that cannot be judged (F or 6) weighed as low, or
    /// as high as the other grade of the row allows. `None` where there is no such row against it.
    pub range: Option<[f64; 2]>,
}

impl Table {
    /// The numbers of a matrix.
    pub fn new(matrix: &Matrix, raters: Raters, methods: &Methods) -> Self {
        let mut table = Self::unrated(matrix);
        let columns = table.columns;
        let points = (0..matrix.items.len()).flat_map(|row| {
            (0..columns).map(move |column| cell_points(matrix.votes(row, column), raters, methods))
        });
        table.points = points.collect();
        table
    }

    /// The weights of the rows of a matrix, and no points yet.
    pub(in crate::analysis) fn unrated(matrix: &Matrix) -> Self {
        let weight = |item: &super::Item| (!item.is_excluded).then_some(item.weight.weight);
        Self {
            columns: matrix.hypotheses.len(),
            weights: matrix.items.iter().map(weight).collect(),
            points: Vec::new(),
        }
    }

    /// How many rows there are.
    pub const fn rows(&self) -> usize {
        self.weights.len()
    }

    /// What a row weighs; `None` for one that is left out, and past the end.
    pub fn weight(&self, row: usize) -> Option<f64> {
        self.weights.get(row).copied().flatten()
    }

    /// Whether a row counts, be it with the weight 0.
    pub fn counts(&self, row: usize) -> bool {
        self.weight(row).is_some()
    }

    /// The points of a cell; `None` where it is not rated, not applicable, or past the end.
    pub fn at(&self, row: usize, column: usize) -> Option<f64> {
        if column < self.columns {
            self.points.get(row * self.columns + column).copied().flatten()
        } else {
            None
        }
    }

    /// What a cell adds to the weighted score of its hypothesis.
    pub fn weighted(&self, row: usize, column: usize) -> f64 {
        self.at(row, column).unwrap_or(0.0) * self.weight(row).unwrap_or(0.0)
    }

    /// The weighted score of each hypothesis; `None` where no row that counts is rated against it.
    pub fn scores(&self) -> Vec<Option<f64>> {
        self.scores_by(|row| self.weight(row))
    }

    /// The score of each hypothesis with rows weighed by `weight`; a row of which that is `None` does not count.
    pub fn scores_by(&self, weight: impl Fn(usize) -> Option<f64>) -> Vec<Option<f64>> {
        let mut scores = vec![None; self.columns];
        for (row, points) in self.points.chunks(self.columns.max(1)).enumerate() {
            let Some(weight) = weight(row) else { continue };
            for (score, points) in scores.iter_mut().zip(points) {
                if let Some(points) = points {
                    *score = Some(score.unwrap_or(0.0) + points * weight);
                }
            }
        }
        scores
    }
}

/// What a cell adds to the score of its hypothesis: the mean points over those who rated it. `None` where nobody did, or
/// all hold it not applicable.
pub fn cell_points(votes: &[Vote], raters: Raters, methods: &Methods) -> Option<f64> {
    mean(votes.iter().filter(|vote| raters.includes(vote)).filter_map(|vote| methods.points(vote.value)))
}

/// A rating on a signed scale: CC 2, C 1, N 0, I −1, II −2; `None` for not applicable.
pub const fn signed(value: RatingValue) -> Option<f64> {
    match value {
        RatingValue::VeryConsistent => Some(2.0),
        RatingValue::Consistent => Some(1.0),
        RatingValue::Neutral => Some(0.0),
        RatingValue::Inconsistent => Some(-1.0),
        RatingValue::VeryInconsistent => Some(-2.0),
        RatingValue::NotApplicable => None,
    }
}

impl Scores {
    /// Scores the hypotheses of a matrix.
    ///
    /// The score of a hypothesis is the sum over the evidence that is not left out: by default I counts 1, II counts 2,
    /// everything else 0; the weighted one multiplies each row by credibility × relevance. Heuer 1999, chapter 8, steps 5
    /// and 6.
    pub fn new(matrix: &Matrix, raters: Raters, methods: &Methods) -> Self {
        Self::of(matrix, &Table::new(matrix, raters, methods), methods)
    }

    /// The scores that follow from the numbers of a matrix.
    pub fn of(matrix: &Matrix, table: &Table, methods: &Methods) -> Self {
        let plain = table.scores_by(|row| table.counts(row).then_some(1.0));
        let weighted = table.scores();
        let tie = tie(&weighted);
        let ranks = ranks(&weighted);
        let none = Undefined::because("no evidence is rated against it");
        let hypotheses = matrix.hypotheses.iter().enumerate().map(|(column, hypothesis)| {
            let own = weighted.get(column).copied().flatten();
            HypothesisScore {
                hypothesis: *hypothesis,
                inconsistency: plain
                    .get(column)
                    .copied()
                    .flatten()
                    .ok_or_else(|| none.clone())
                    .and_then(measured),
                weighted: own.ok_or_else(|| none.clone()).and_then(measured),
                rank: ranks.get(column).copied().flatten(),
                behind: own
                    .and_then(|own| Some(settle(own - best_other(&weighted, column)?, tie)))
                    .filter(|behind| behind.is_finite()),
                rated: (0..table.rows())
                    .filter(|row| table.counts(*row) && table.at(*row, column).is_some())
                    .count(),
                range: own.and_then(|own| range(matrix, table, methods, (column, own))),
            }
        });
        Self { hypotheses: hypotheses.collect() }
    }

    /// The columns that share the first rank.
    pub fn leaders(&self) -> Vec<usize> {
        (0..self.hypotheses.len())
            .filter(|column| self.hypotheses.get(*column).is_some_and(|it| it.rank == Some(1)))
            .collect()
    }
}

/// The least and the greatest score of a column whose own one is given, where rows that cannot be judged weigh anything from low
/// to the best that their other grade allows; `None` where none of them speaks against it.
fn range(matrix: &Matrix, table: &Table, methods: &Methods, (column, own): (usize, f64)) -> Option<[f64; 2]> {
    let mut range = None;
    for (row, item) in matrix.items.iter().enumerate() {
        let points = table.at(row, column).unwrap_or(0.0);
        if item.is_excluded || !item.weight.is_unknown || points == 0.0 {
            continue;
        }
        let [least, greatest] = item.weight.bounds(methods);
        let [from, to] = range.get_or_insert([own; 2]);
        *from += points * (least - item.weight.weight);
        *to += points * (greatest - item.weight.weight);
    }
    range
}

/// Two of these scores that differ by no more are equal: the same weights added up in another order. In proportion to the greatest,
/// so that weights of any size can be chosen.
pub(super) fn tie(scores: &[Option<f64>]) -> f64 {
    ROUNDING * scores.iter().flatten().fold(0.0, |most: f64, score| most.max(score.abs()))
}

/// A difference of scores, with what is only rounding taken as 0.
pub(super) fn settle(difference: f64, tie: f64) -> f64 {
    if difference.abs() <= tie { 0.0 } else { difference }
}

/// The best score of all columns but one.
fn best_other(scores: &[Option<f64>], column: usize) -> Option<f64> {
    best_among(scores, |other| other != column)
}

/// The best score of the columns that are asked for.
pub(super) fn best_among(scores: &[Option<f64>], is_asked: impl Fn(usize) -> bool) -> Option<f64> {
    let asked = scores.iter().enumerate().filter(|(column, _)| is_asked(*column));
    asked.filter_map(|(_, score)| *score).min_by(f64::total_cmp)
}

/// The rank of each score, counted from 1, least first; equal ones share a rank.
pub fn ranks(scores: &[Option<f64>]) -> Vec<Option<usize>> {
    let tie = tie(scores);
    let rank = |score: f64| 1 + scores.iter().flatten().filter(|other| score - **other > tie).count();
    scores.iter().map(|score| score.map(rank)).collect()
}

/// The column that is alone in front; `None` where several share the first place or there is none.
pub fn sole_leader(scores: &[Option<f64>]) -> Option<usize> {
    let leader = (0..scores.len()).filter(|column| scores.get(*column).copied().flatten().is_some()).min_by(
        |left, right| {
            let at = |column: usize| scores.get(column).copied().flatten().unwrap_or(f64::INFINITY);
            at(*left).total_cmp(&at(*right))
        },
    )?;
    let own = scores.get(leader).copied().flatten()?;
    let is_alone = best_other(scores, leader).is_none_or(|other| other - own > tie(scores));
    is_alone.then_some(leader)
}

/// How well a piece of evidence tells the hypotheses apart: the population standard deviation of its signed ratings (CC 2,
/// C 1, N 0, I −1, II −2) across hypotheses, in `[0, 2]`; with several analysts of their means. What is not rated or not
/// applicable is left out.
///
/// # Errors
/// Undefined where fewer than two cells are rated.
pub fn diagnosticity(matrix: &Matrix, row: usize, raters: Raters) -> Measure {
    let cells = (0..matrix.hypotheses.len()).map(|column| cell_mean(matrix.votes(row, column), raters));
    spread(cells)
}

/// The mean of the signed ratings of a cell, in `[-2, 2]`; `None` where nobody rated it, or all hold it not applicable.
pub fn cell_mean(votes: &[Vote], raters: Raters) -> Option<f64> {
    mean(votes.iter().filter(|vote| raters.includes(vote)).filter_map(|vote| signed(vote.value)))
}

/// The diagnosticity of a row of which these are the means of the cells.
///
/// # Errors
/// Undefined where fewer than two cells are rated.
pub fn spread(cells: impl Iterator<Item = Option<f64>>) -> Measure {
    let rated: Vec<f64> = cells.flatten().collect();
    if rated.len() < 2 {
        return Err(Undefined::because("fewer than two hypotheses are rated against it"));
    }
    Ok(population_sd(&rated))
}

/// How far the analysts who rated a cell are apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dispute {
    /// The population standard deviation of the signed ratings, in `[0, 2]`.
    pub sd: f64,
    /// How many rated it, "not applicable" left out; at least 2.
    pub raters: usize,
    /// In words.
    pub level: DisputeLevel,
}

/// How far analysts are apart, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DisputeLevel {
    /// A standard deviation of at most 0.25.
    Consensus,
    /// At most 1.
    Mild,
    /// At most 1.74.
    Strong,
    /// More.
    Extreme,
}

impl DisputeLevel {
    /// The level of a standard deviation.
    pub fn of(sd: f64) -> Self {
        match sd {
            sd if sd <= 0.25 => Self::Consensus,
            sd if sd <= 1.0 => Self::Mild,
            sd if sd <= 1.74 => Self::Strong,
            _ => Self::Extreme,
        }
    }

    /// The word that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Consensus => "consensus",
            Self::Mild => "mild dispute",
            Self::Strong => "strong dispute",
            Self::Extreme => "extreme dispute",
        }
    }

    /// The name in machine-readable results.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Consensus => "consensus",
            Self::Mild => "mild",
            Self::Strong => "strong",
            Self::Extreme => "extreme",
        }
    }
}

/// How far those who rated a cell are apart; `None` for fewer than two of them.
pub fn dispute(votes: &[Vote]) -> Option<Dispute> {
    let rated: Vec<f64> = votes.iter().filter_map(|vote| signed(vote.value)).collect();
    let sd = (rated.len() >= 2).then(|| population_sd(&rated))?;
    Some(Dispute { sd, raters: rated.len(), level: DisputeLevel::of(sd) })
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0_u32), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

fn population_sd(values: &[f64]) -> f64 {
    let count = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / count;
    let sd = (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count).sqrt();
    // The same mean of several raters, calculated from other sums, is no spread.
    let greatest = values.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
    settle(sd, ROUNDING * greatest)
}
