//! The weight of evidence, as its view shows it: priors, posteriors, what each item adds for one hypothesis against another, and
//! what it would be worth to look for an indicator.

mod explain;
#[cfg(test)]
mod tests;
mod words;

use std::sync::Arc;

use super::weighing_names::WeighingNames;
use crate::analysis::ach::{Matrix, Raters};
use crate::analysis::odds::{Information, LogOdds, decibans, expected_information};
use crate::analysis::rounding::ROUNDING;
use crate::analysis::{Derived, Measure, Undefined};
use crate::model::{Assessment, Evidence, Hypothesis, Id, Incident, Indicator, Observation};
pub use words::{decibans_text, times_text};

/// The hypotheses of an incident weighed by log-odds.
#[derive(Clone, Debug)]
pub struct OddsChart {
    /// Whose ratings count.
    pub raters: Raters,
    /// The hypotheses in their order.
    pub columns: Vec<OddsColumn>,
    /// The evidence that counts and is rated, in its order.
    pub rows: Vec<OddsRow>,
    /// The indicators that nobody has seen or looked for in vain yet, the one that is worth most first.
    pub indicators: Vec<IndicatorRow>,
    /// How many indicators were looked for already.
    pub looked_for: usize,
    odds: LogOdds,
    matrix: Arc<Matrix>,
}

/// A hypothesis with its probabilities.
#[derive(Clone, Debug)]
pub struct OddsColumn {
    /// The hypothesis.
    pub hypothesis: Id<Hypothesis>,
    /// What it is called in the matrix, such as "H1".
    pub name: String,
    /// What it says.
    pub answer: String,
    /// The prior that it was given, in `[0, 1]`; `None` for an equal share of what is left.
    pub given: Option<f64>,
    /// Its probability before the evidence, in `[0, 1]`; all sum to 1.
    pub prior: f64,
    /// Its probability after the evidence, in `[0, 1]`; all sum to 1.
    pub posterior: Measure,
    /// Its posterior odds against all others together, in decibans.
    pub decibans: Measure,
    /// Its column in the underlying matrix.
    place: usize,
}

/// A piece of evidence that is weighed.
#[derive(Clone, Debug)]
pub struct OddsRow {
    /// The piece of evidence.
    pub evidence: Id<Evidence>,
    /// What it is called in the matrix, such as "E2".
    pub name: String,
    /// What was observed.
    pub statement: String,
    /// Items with the same group stand or fall together; empty where it stands alone.
    pub group: String,
    /// How many items that count are in its group; 1 where it stands alone.
    pub group_size: usize,
    /// The power with which its likelihoods count: less than 1 for one of a group.
    pub power: f64,
    /// Its row in the underlying matrix.
    place: usize,
    /// Its place among the items that are weighed.
    item: usize,
}

/// An indicator that nobody has looked for.
#[derive(Clone, Debug)]
pub struct IndicatorRow {
    /// The indicator.
    pub indicator: Id<Indicator>,
    /// What would be seen.
    pub statement: String,
    /// What it would be worth to look for it.
    pub information: Result<Information, Undefined>,
}

/// One hypothesis against another: what each item adds to the odds, in decibans.
#[derive(Clone, Debug)]
pub struct OddsPair {
    /// The one that positive numbers speak for, by its place among the columns.
    pub column: usize,
    /// Its rival.
    pub against: usize,
    /// The odds before the evidence; undefined where a prior is 0.
    pub prior: Measure,
    /// The rows with what each adds, the one that moves most first.
    pub items: Vec<PairItem>,
    /// What the neutral stand-ins of the items that are left out of the pair move in its odds, together; `None` where they
    /// move nothing.
    pub stand_ins: Option<f64>,
    /// The odds after the evidence: the sum of all of these. Undefined where one of the two is ruled out.
    pub posterior: Measure,
}

/// What an item adds to the odds of a pair.
#[derive(Clone, Debug)]
pub struct PairItem {
    /// The place of its row in the chart.
    pub row: usize,
    /// What it adds, in decibans; undefined where it rules one of the two out, and where it is left out of the pair.
    pub adds: Measure,
    /// What its neutral stand-in moves in the odds of the pair, in decibans; `None` for an item that is not left out of it.
    pub stand_in: Option<f64>,
    /// Which of the two it rules out.
    pub rules_out: RulesOut,
    /// The posterior of the first one without it.
    pub without: Measure,
}

/// Which hypotheses of a pair an item rules out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RulesOut {
    /// Neither.
    Neither,
    /// The first one.
    First,
    /// Its rival.
    Rival,
    /// Both.
    Both,
}

impl OddsChart {
    /// Weighs the hypotheses of an incident.
    pub fn new(derived: &Derived, incident: Id<Incident>, raters: Raters) -> Self {
        let assessment = derived.assessment();
        let matrix = derived.matrix(incident);
        let odds = LogOdds::new(assessment, &matrix, raters);
        let names = WeighingNames::new(assessment, incident);
        let columns = columns(assessment, &matrix, &odds, &names);
        let indicators = indicators(assessment, incident, &matrix, &odds);
        let all = assessment.indicators.iter().filter(|it| it.incident == incident).count();
        Self {
            raters,
            rows: rows(assessment, &matrix, &odds, &names),
            looked_for: all - indicators.len(),
            columns,
            indicators,
            odds,
            matrix,
        }
    }

    /// The column of a hypothesis.
    pub fn column_of(&self, hypothesis: Id<Hypothesis>) -> Option<usize> {
        self.columns.iter().position(|column| column.hypothesis == hypothesis)
    }

    /// The places of the two most probable hypotheses; `None` where there are fewer than two, or the posteriors are undefined.
    pub fn foremost(&self) -> Option<(usize, usize)> {
        let known = |(place, column): (usize, &OddsColumn)| Some((place, column.posterior.clone().ok()?));
        let mut places: Vec<(usize, f64)> = self.columns.iter().enumerate().filter_map(known).collect();
        places.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
        match places.as_slice() {
            [(first, _), (second, _), ..] => Some((*first, *second)),
            _ => None,
        }
    }

    /// One hypothesis against another; `None` past the last one.
    pub fn pair(&self, column: usize, against: usize) -> Option<OddsPair> {
        let (own, other) = (self.columns.get(column)?, self.columns.get(against)?);
        let contributions = self.odds.contributions(own.place, other.place);
        let stand_ins = self.odds.stand_ins(own.place, other.place);
        let item = |(row, line): (usize, &OddsRow)| {
            let item = self.odds.items.get(line.item)?;
            let is_out =
                |place: usize| item.log_likelihoods.get(place).is_some_and(|log| *log == f64::NEG_INFINITY);
            Some(PairItem {
                row,
                adds: contributions.get(line.item)?.clone(),
                stand_in: stand_ins.get(line.item).copied().flatten(),
                rules_out: match (is_out(own.place), is_out(other.place)) {
                    (false, false) => RulesOut::Neither,
                    (true, false) => RulesOut::First,
                    (false, true) => RulesOut::Rival,
                    (true, true) => RulesOut::Both,
                },
                without: item.without.get(own.place)?.clone(),
            })
        };
        let mut items: Vec<PairItem> = self.rows.iter().enumerate().filter_map(item).collect();
        // What rules one of the two out stands first, what is left out last.
        let moves = |item: &PairItem| match (&item.adds, item.stand_in) {
            (Ok(adds), _) => adds.abs(),
            (Err(_), Some(_)) => -1.0,
            (Err(_), None) => f64::INFINITY,
        };
        items.sort_by(|left, right| moves(right).total_cmp(&moves(left)));
        let prior = decibans(own.prior / other.prior);
        // Added up rather than taken from the probabilities, which may be too small to be told from 0.
        let posterior: Measure = items
            .iter()
            .fold(prior.clone(), |sum, item| Ok(sum? + item.stand_in.map_or_else(|| item.adds.clone(), Ok)?));
        let stand_ins: f64 = items.iter().filter_map(|item| item.stand_in).sum();
        let moves = items.iter().any(|item| item.stand_in.is_some_and(|it| it.abs() > ROUNDING));
        Some(OddsPair { column, against, prior, items, stand_ins: moves.then_some(stand_ins), posterior })
    }
}

fn columns(
    assessment: &Assessment,
    matrix: &Matrix,
    odds: &LogOdds,
    names: &WeighingNames,
) -> Vec<OddsColumn> {
    let column = |id: &Id<Hypothesis>| {
        let place = matrix.hypotheses.iter().position(|other| other == id)?;
        let (hypothesis, posterior) = (assessment.get(*id)?, odds.hypotheses.get(place)?);
        Some(OddsColumn {
            hypothesis: *id,
            name: names.hypothesis(*id),
            answer: assessment.answer_text(&hypothesis.answer),
            given: hypothesis.prior,
            prior: posterior.prior,
            posterior: posterior.posterior.clone(),
            decibans: posterior.decibans.clone(),
            place,
        })
    };
    names.hypotheses().iter().filter_map(column).collect()
}

fn rows(assessment: &Assessment, matrix: &Matrix, odds: &LogOdds, names: &WeighingNames) -> Vec<OddsRow> {
    let places: rustc_hash::FxHashMap<Id<Evidence>, usize> =
        matrix.items.iter().enumerate().map(|(place, item)| (item.evidence, place)).collect();
    let row = |(place, item): (usize, &crate::analysis::odds::ItemOdds)| {
        let evidence = assessment.get(item.evidence)?;
        Some(OddsRow {
            evidence: item.evidence,
            name: names.evidence(item.evidence),
            statement: evidence.statement.clone(),
            group: evidence.dependence_group.trim().to_owned(),
            group_size: item.group_size,
            power: item.power,
            place: *places.get(&item.evidence)?,
            item: place,
        })
    };
    let mut rows: Vec<OddsRow> = odds.items.iter().enumerate().filter_map(row).collect();
    rows.sort_by_key(|row| names.place(row.evidence));
    rows
}

fn indicators(
    assessment: &Assessment,
    incident: Id<Incident>,
    matrix: &Matrix,
    odds: &LogOdds,
) -> Vec<IndicatorRow> {
    let probabilities: Result<Vec<f64>, Undefined> =
        odds.hypotheses.iter().map(|it| it.posterior.clone()).collect();
    let is_open =
        |indicator: &&Indicator| indicator.incident == incident && indicator.observation == Observation::Open;
    let row = |indicator: &Indicator| {
        let likelihood = |id: &Id<Hypothesis>| {
            let entry = indicator.likelihoods.iter().find(|entry| entry.hypothesis == *id);
            entry.map(|entry| entry.probability)
        };
        let likelihoods: Vec<Option<f64>> = matrix.hypotheses.iter().map(likelihood).collect();
        let information = probabilities
            .clone()
            .and_then(|probabilities| expected_information(&probabilities, &likelihoods));
        IndicatorRow { indicator: indicator.id, statement: indicator.statement.clone(), information }
    };
    let mut rows: Vec<IndicatorRow> = assessment.indicators.iter().filter(is_open).map(row).collect();
    let worth = |row: &IndicatorRow| row.information.as_ref().map_or(-1.0, |it| it.expected_bits);
    rows.sort_by(|left, right| worth(right).total_cmp(&worth(left)));
    rows
}
