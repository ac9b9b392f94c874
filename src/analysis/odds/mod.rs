//! Weight of evidence: from priors and likelihoods to posteriors, in log-odds.
//!
//! After I. J. Good, *Probability and the Weighing of Evidence* (1950), and E. T. Jaynes, *Probability Theory: The Logic of
//! Science* (2003), chapter 4, whose decibans are 10·log₁₀ of odds. Items of one dependence group are tempered, a heuristic:
//! each counts with the power 1 / (1 + (k − 1)·ρ), so that with ρ = 1 k copies of one observation weigh as one.
//!
//! The **neutral stand-in** is a convention. An item that is not rated against a hypothesis, or not applicable to it, is left out
//! of every pair with that hypothesis. Yet the posteriors of three hypotheses and more must sum to 1, and pairs from which different
//! items are left out do not fit one set of posteriors: what holds between H1 and H2 and between H2 and H3 would not hold between
//! H1 and H3. So the hypothesis takes a stand-in there, the geometric mean of the item's other likelihoods, which leaves it where
//! it stood against them on the whole. What stand-ins move in a pair is told apart from what the items add: see
//! [`LogOdds::stand_ins`].

mod information;

pub use information::{Information, expected_information};

use std::collections::BTreeMap;

use super::ach::{Matrix, Raters, Vote};
use super::{Measure, Undefined};
use crate::model::{Assessment, Evidence, Hypothesis, Id, Methods};

/// The hypotheses of an incident weighed by log-odds.
#[derive(Clone, Debug, PartialEq)]
pub struct LogOdds {
    /// One for each hypothesis, in the order of the columns.
    pub hypotheses: Vec<Posterior>,
    /// The rows that count, in the order of the matrix.
    pub items: Vec<ItemOdds>,
}

/// What a hypothesis comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Posterior {
    /// The hypothesis.
    pub hypothesis: Id<Hypothesis>,
    /// Its probability before the evidence, in `[0, 1]`; all sum to 1.
    pub prior: f64,
    /// Its probability after the evidence, in `[0, 1]`; all sum to 1. Undefined where each hypothesis is ruled out by some
    /// item.
    pub posterior: Measure,
    /// The posterior odds against all other hypotheses together, in decibans; undefined like the posterior, where it is 0 or
    /// 1, and where there is no other hypothesis.
    pub decibans: Measure,
}

/// What an item does.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemOdds {
    /// The piece of evidence.
    pub evidence: Id<Evidence>,
    /// The power with which its likelihoods count, in `]0, 1]`: less than 1 for one of a group.
    pub power: f64,
    /// How many items that count are in its dependence group, itself included; 1 where it stands alone.
    pub group_size: usize,
    /// For each hypothesis ln P(E|H) times the power: at most 0, and −∞ where the item rules the hypothesis out. A hypothesis
    /// that it was not rated against has the neutral stand-in: the mean of the others that are finite, and 0, which leaves
    /// it at its prior, where none is. Never −∞: what was not rated rules nothing out.
    pub log_likelihoods: Vec<f64>,
    /// For each hypothesis whether it was rated against it, other than as not applicable.
    pub is_rated: Vec<bool>,
    /// The posteriors without the item, in the order of the columns; undefined like [`Posterior::posterior`].
    pub without: Vec<Measure>,
}

impl LogOdds {
    /// Weighs the hypotheses of a matrix: posterior ∝ prior × Π L^w, with L the likelihood P(E|H) of a rating (or the cell's
    /// own) and w the power of its item.
    ///
    /// Of several raters the geometric mean of their likelihoods counts. A hypothesis against which an item is not rated, or to
    /// which it is not applicable, takes the neutral stand-in there (see the module), so that of two hypotheses the item is left
    /// out. Items that are excluded from the matrix are left out.
    pub fn new(assessment: &Assessment, matrix: &Matrix, raters: Raters) -> Self {
        let priors = priors(assessment, matrix);
        let mut items = items(assessment, matrix, raters);
        let sums = Sums::new(assessment, &priors, &items);
        let logs: Vec<f64> = sums.all.iter().map(LogSum::value).collect();
        let odds: Vec<Measure> = (0..logs.len()).map(|column| log_odds(&logs, column)).collect();
        let all = normalised(&logs);
        let without: Vec<Vec<Measure>> =
            items.iter().map(|item| normalised(&sums.without(assessment, item))).collect();
        for (item, without) in items.iter_mut().zip(without) {
            item.without = without;
        }
        let columns = matrix.hypotheses.iter().zip(&priors).zip(all).zip(odds);
        let hypotheses = columns.map(|(((id, prior), posterior), decibans)| Posterior {
            hypothesis: *id,
            prior: *prior,
            posterior,
            decibans,
        });
        Self { hypotheses: hypotheses.collect(), items }
    }

    /// What each item adds to the odds of one hypothesis against another, in decibans, in the order of
    /// [`items`](Self::items). With 10·log₁₀ of the ratio of the priors and with the [stand-ins](Self::stand_ins) they sum to
    /// 10·log₁₀ of the ratio of the posteriors.
    ///
    /// # Errors
    /// Undefined where the item rules one of the two out, where it is left out of the pair because it is not rated against one
    /// of the two, and past the last hypothesis.
    pub fn contributions(&self, column: usize, against: usize) -> Vec<Measure> {
        let of = |item: &ItemOdds| {
            let adds = item.difference(column, against)?;
            if item.is_left_out(column, against) { Err(LEFT_OUT) } else { Ok(adds) }
        };
        self.items.iter().map(of).collect()
    }

    /// What the neutral stand-ins of each item that is left out of a pair move in its posterior odds, in decibans, in the order
    /// of [`items`](Self::items): `None` for an item that is not left out of the pair, or that rules one of the two out.
    pub fn stand_ins(&self, column: usize, against: usize) -> Vec<Option<f64>> {
        let of = |item: &ItemOdds| {
            item.difference(column, against).ok().filter(|_| item.is_left_out(column, against))
        };
        self.items.iter().map(of).collect()
    }
}

const LEFT_OUT: Undefined = Undefined::because(
    "the item is left out of the pair: it is not rated against one of the two, or not applicable",
);

impl ItemOdds {
    /// 10·log₁₀ of the ratio of two likelihoods as they are weighed, stand-ins included.
    fn difference(&self, column: usize, against: usize) -> Measure {
        let pair = self.log_likelihoods.get(column).zip(self.log_likelihoods.get(against));
        let (own, other) = pair.ok_or_else(|| Undefined::because("there is no such hypothesis"))?;
        if own.is_infinite() || other.is_infinite() {
            return Err(Undefined::because("the item rules one of the two out"));
        }
        Ok(10.0 * (own - other) / std::f64::consts::LN_10)
    }

    /// Whether it is not rated against one of two hypotheses.
    fn is_left_out(&self, column: usize, against: usize) -> bool {
        [column, against].iter().any(|place| self.is_rated.get(*place).is_none_or(|is_rated| !is_rated))
    }
}

/// Odds in decibans: 10·log₁₀ of the odds (Jaynes 2003, section 4.2).
///
/// # Errors
/// Undefined for odds that are not positive or not finite.
pub fn decibans(odds: f64) -> Measure {
    if odds > 0.0 && odds.is_finite() {
        Ok(10.0 * odds.log10())
    } else {
        Err(Undefined::because("the odds are 0 or infinite"))
    }
}

/// The odds of one hypothesis against all others together in decibans, from the logarithms of numbers that are in proportion to
/// their probabilities: a probability that differs from 1 by less than rounding still has its odds.
fn log_odds(logs: &[f64], column: usize) -> Measure {
    let own = logs.get(column).copied().unwrap_or(f64::NEG_INFINITY);
    if logs.len() < 2 {
        return Err(Undefined::because("there is no other hypothesis to weigh it against"));
    }
    let others = || logs.iter().enumerate().filter(|(other, _)| *other != column).map(|(_, log)| *log);
    let greatest = others().fold(f64::NEG_INFINITY, f64::max);
    match (own.is_finite(), greatest.is_finite()) {
        (false, false) => {
            Err(Undefined::because("every hypothesis is ruled out by its prior or by some item"))
        }
        (false, true) => Err(Undefined::because("it is ruled out: the odds are 0")),
        (true, false) => Err(Undefined::because("all others are ruled out: the odds are infinite")),
        (true, true) => {
            let others = greatest + others().map(|log| (log - greatest).exp()).sum::<f64>().ln();
            Ok(10.0 * (own - others) / std::f64::consts::LN_10)
        }
    }
}

/// How much one of a group of `size` items counts under a correlation ρ in `[0, 1]`: 1 / (1 + (k − 1)·ρ).
pub fn power(size: usize, correlation: f64) -> f64 {
    let correlation = if correlation.is_nan() { 1.0 } else { correlation.clamp(0.0, 1.0) };
    1.0 / (size.saturating_sub(1) as f64).mul_add(correlation, 1.0)
}

/// The probability of each hypothesis before the evidence: its own, an equal share of what is left for one without, and all
/// brought to the sum 1.
pub fn priors(assessment: &Assessment, matrix: &Matrix) -> Vec<f64> {
    let given: Vec<Option<f64>> = matrix
        .hypotheses
        .iter()
        .map(|id| {
            assessment.get(*id).and_then(|it| it.prior).filter(|it| it.is_finite()).map(|it| it.max(0.0))
        })
        .collect();
    let sum: f64 = given.iter().flatten().sum();
    let open = given.iter().filter(|prior| prior.is_none()).count();
    let share = if open == 0 { 0.0 } else { (1.0 - sum).max(0.0) / open as f64 };
    let all: Vec<f64> = given.iter().map(|prior| prior.unwrap_or(share)).collect();
    let total: f64 = all.iter().sum();
    if total > 0.0 {
        all.into_iter().map(|prior| prior / total).collect()
    } else {
        vec![1.0 / all.len().max(1) as f64; all.len()]
    }
}

/// The posteriors of hypotheses of these priors under independent items: prior × Π L, brought to the sum 1.
///
/// # Errors
/// Each is undefined where every hypothesis is ruled out.
pub fn posteriors<'a>(priors: &[f64], items: impl Iterator<Item = &'a [f64]>) -> Vec<Measure> {
    let mut logs: Vec<f64> = priors.iter().map(|prior| prior.ln()).collect();
    for item in items {
        for (log, likelihood) in logs.iter_mut().zip(item) {
            *log += likelihood;
        }
    }
    normalised(&logs)
}

/// Probabilities in proportion to numbers whose logarithms these are.
fn normalised(logs: &[f64]) -> Vec<Measure> {
    let greatest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if greatest == f64::NEG_INFINITY {
        let ruled_out = Undefined::because("every hypothesis is ruled out by its prior or by some item");
        return vec![Err(ruled_out); logs.len()];
    }
    let scaled: Vec<f64> = logs.iter().map(|log| (log - greatest).exp()).collect();
    let sum: f64 = scaled.iter().sum();
    scaled.into_iter().map(|weight| Ok(weight / sum)).collect()
}

/// The rows that count, not yet with the posteriors without them.
fn items(assessment: &Assessment, matrix: &Matrix, raters: Raters) -> Vec<ItemOdds> {
    let methods = &assessment.header.methods;
    let rows = matrix.items.iter().enumerate().filter(|(_, item)| !item.is_excluded);
    let mut items: Vec<ItemOdds> = rows
        .filter_map(|(row, item)| {
            let columns = 0..matrix.hypotheses.len();
            let logs = columns.map(|column| log_likelihood(matrix.votes(row, column), raters, methods));
            row_of(item.evidence, logs.collect())
        })
        .collect();
    let sizes = group_sizes(assessment, items.iter().map(|item| item.evidence));
    for item in &mut items {
        let size = sizes.get(group(assessment, item.evidence)).copied().unwrap_or(1);
        item.group_size = size;
        item.power = power(size, methods.group_correlation);
        item.log_likelihoods.iter_mut().for_each(|log| *log *= item.power);
    }
    items
}

/// A row of its likelihoods; `None` for one that is not rated at all.
fn row_of(evidence: Id<Evidence>, logs: Vec<Option<f64>>) -> Option<ItemOdds> {
    let rated: Vec<f64> = logs.iter().flatten().copied().collect();
    if rated.is_empty() {
        return None;
    }
    // What rules another hypothesis out must not rule this one out too.
    let finite: Vec<f64> = rated.into_iter().filter(|log| log.is_finite()).collect();
    let stand_in = finite.iter().sum::<f64>() / finite.len().max(1) as f64;
    Some(ItemOdds {
        evidence,
        power: 1.0,
        group_size: 1,
        is_rated: logs.iter().map(Option::is_some).collect(),
        log_likelihoods: logs.into_iter().map(|log| log.unwrap_or(stand_in)).collect(),
        without: Vec::new(),
    })
}

/// The mean of ln P(E|H) over those who rated a cell.
fn log_likelihood(votes: &[Vote], raters: Raters, methods: &Methods) -> Option<f64> {
    let logs: Vec<f64> = votes
        .iter()
        .filter(|vote| raters.includes(vote))
        .filter_map(|vote| {
            let usual = methods.likelihood(vote.value)?;
            Some(vote.likelihood.unwrap_or(usual).clamp(0.0, 1.0).ln())
        })
        .collect();
    (!logs.is_empty()).then(|| logs.iter().sum::<f64>() / logs.len() as f64)
}

/// P(E|H) of a cell as it is weighed, before any tempering: of several raters the geometric mean, in `[0, 1]`. `None` where it is not
/// rated, or not applicable.
pub fn cell_likelihood(votes: &[Vote], raters: Raters, methods: &Methods) -> Option<f64> {
    log_likelihood(votes, raters, methods).map(f64::exp)
}

fn group(assessment: &Assessment, evidence: Id<Evidence>) -> &str {
    assessment.get(evidence).map_or("", |evidence| evidence.dependence_group.trim())
}

fn group_sizes(assessment: &Assessment, items: impl Iterator<Item = Id<Evidence>>) -> BTreeMap<&str, usize> {
    let mut sizes = BTreeMap::new();
    for evidence in items {
        let group = group(assessment, evidence);
        if !group.is_empty() {
            *sizes.entry(group).or_insert(0) += 1;
        }
    }
    sizes
}

/// A sum of logarithms from which parts can be taken away again: what is −∞ is counted, not added.
#[derive(Clone, Copy, Debug, Default)]
struct LogSum {
    finite: f64,
    impossible: usize,
}

impl LogSum {
    fn add(&mut self, log: f64) {
        if log == f64::NEG_INFINITY {
            self.impossible += 1;
        } else {
            self.finite += log;
        }
    }

    fn less(self, other: Self) -> Self {
        let impossible = self.impossible.saturating_sub(other.impossible);
        Self { finite: self.finite - other.finite, impossible }
    }

    fn of(log: f64) -> Self {
        let mut sum = Self::default();
        sum.add(log);
        sum
    }

    const fn value(&self) -> f64 {
        if self.impossible > 0 { f64::NEG_INFINITY } else { self.finite }
    }
}

/// Log priors and log-likelihoods added up for each column, over all items and over those of each group, so that the posteriors
/// without an item take no second sum over the others.
struct Sums<'a> {
    all: Vec<LogSum>,
    groups: BTreeMap<&'a str, Vec<LogSum>>,
}

impl<'a> Sums<'a> {
    fn new(assessment: &'a Assessment, priors: &[f64], items: &[ItemOdds]) -> Self {
        let mut all: Vec<LogSum> = priors.iter().map(|prior| LogSum::of(prior.ln())).collect();
        let mut groups: BTreeMap<&str, Vec<LogSum>> = BTreeMap::new();
        for item in items {
            all.iter_mut().zip(&item.log_likelihoods).for_each(|(sum, log)| sum.add(*log));
            if item.group_size > 1 {
                let group = groups.entry(group(assessment, item.evidence));
                let sums = group.or_insert_with(|| vec![LogSum::default(); priors.len()]);
                sums.iter_mut().zip(&item.log_likelihoods).for_each(|(sum, log)| sum.add(*log));
            }
        }
        Self { all, groups }
    }

    /// The logarithms without an item; the others of its group count for more without it.
    fn without(&self, assessment: &Assessment, item: &ItemOdds) -> Vec<f64> {
        let correlation = assessment.header.methods.group_correlation;
        let factor = power(item.group_size.saturating_sub(1), correlation) / item.power;
        let group = self.groups.get(group(assessment, item.evidence)).filter(|_| item.group_size > 1);
        let columns = self.all.iter().zip(&item.log_likelihoods).enumerate();
        let without = columns.map(|(column, (sum, log))| {
            let own = LogSum::of(*log);
            let Some(group) = group.and_then(|group| group.get(column)) else { return sum.less(own).value() };
            let others = group.less(own);
            let mut sum = sum.less(*group);
            sum.finite += others.finite * factor;
            sum.impossible += others.impossible;
            sum.value()
        });
        without.collect()
    }
}

#[cfg(test)]
mod tests;
