//! Observed agreement, and coefficients that correct it for chance.

use super::super::{Measure, Undefined};
use crate::analysis::rounding::count;

const NOTHING: Undefined = Undefined::because("nothing was judged by two");
const ONE_CATEGORY: Undefined =
    Undefined::because("only one category was ever chosen, so that chance alone would agree too");

const ONE_THING: Undefined = Undefined::because(
    "a single thing was judged: what chance gives would be taken from the very choices that it corrects",
);

/// What judges chose: for each thing that was judged how many judges chose which category.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// For each thing the categories that were chosen, each once, with how many chose it.
    rows: Vec<Vec<(usize, u32)>>,
    /// How many categories there are.
    categories: usize,
}

impl Choices {
    /// A table with a row for each thing and a column for each category; categories that were offered and never chosen count
    /// too.
    pub fn of_table(table: &[Vec<u32>]) -> Self {
        let row =
            |row: &Vec<u32>| row.iter().copied().enumerate().filter(|(_, chosen)| *chosen > 0).collect();
        Self {
            rows: table.iter().map(row).collect(),
            categories: table.iter().map(Vec::len).max().unwrap_or(0),
        }
    }

    /// For each thing the category that each judge chose, by its number among so many.
    pub fn of_units(units: &[Vec<usize>], categories: usize) -> Self {
        let row = |unit: &Vec<usize>| {
            let mut sorted = unit.clone();
            sorted.sort_unstable();
            let runs = sorted.chunk_by(|a, b| a == b);
            let run = |run: &[usize]| Some((*run.first()?, u32::try_from(run.len()).unwrap_or(u32::MAX)));
            runs.filter_map(run).collect()
        };
        Self { rows: units.iter().map(row).collect(), categories }
    }

    fn totals(&self) -> impl Iterator<Item = u32> + '_ {
        self.rows.iter().map(|row| row.iter().map(|(_, chosen)| *chosen).sum())
    }

    /// Whether chance can be told from what was chosen: whether at least two things were judged by two.
    fn has_several(&self) -> Result<(), Undefined> {
        match self.totals().filter(|total| *total > 1).count() {
            0 => Err(NOTHING),
            1 => Err(ONE_THING),
            _ => Ok(()),
        }
    }

    /// The mean over things of what `weight` gives for each category, by its share among the choices.
    fn sums(&self, weight: impl Fn(u32, u32) -> f64) -> Vec<f64> {
        let mut sums = vec![0.0; self.categories];
        for (row, total) in self.rows.iter().zip(self.totals()) {
            for (category, chosen) in row {
                if let Some(sum) = sums.get_mut(*category) {
                    *sum += weight(*chosen, total);
                }
            }
        }
        let whole: f64 = sums.iter().sum();
        sums.into_iter().map(|sum| if whole > 0.0 { sum / whole } else { 0.0 }).collect()
    }
}

/// The share of pairs of judges that chose the same category, averaged over the things that at least two
/// judged, in `[0, 1]`.
///
/// # Errors
/// Undefined where nothing was judged by two.
pub fn observed_agreement(choices: &Choices) -> Measure {
    let rows: Vec<f64> = choices.rows.iter().filter_map(|row| row_agreement(row)).collect();
    if rows.is_empty() { Err(NOTHING) } else { Ok(rows.iter().sum::<f64>() / count(rows.len())) }
}

fn row_agreement(row: &[(usize, u32)]) -> Option<f64> {
    let chosen = || row.iter().map(|(_, chosen)| f64::from(*chosen));
    let total: f64 = chosen().sum();
    let same: f64 = chosen().map(|chosen| chosen * (chosen - 1.0)).sum();
    (total > 1.0).then(|| same / (total * (total - 1.0)))
}

/// Fleiss' kappa: (P̄ − P_e) / (1 − P_e), with P̄ the observed agreement and P_e = Σ p_j² from the shares of
/// the categories.
///
/// Every thing must have been judged by the same number. At most 1; 0 is what chance gives. Fleiss 1971.
///
/// # Errors
/// Undefined where things were judged by different numbers, where nothing was judged by two, where only one thing was (n judges
/// of a single one would have −1 / (n − 1) whatever they said), and where only one category was chosen.
pub fn fleiss_kappa(choices: &Choices) -> Measure {
    choices.has_several()?;
    let mut totals = choices.totals();
    let first = totals.next();
    if totals.any(|total| Some(total) != first) {
        return Err(Undefined::because("not everything was judged by the same number"));
    }
    let observed = observed_agreement(choices)?;
    let expected: f64 = choices.sums(|chosen, _| f64::from(chosen)).iter().map(|share| share * share).sum();
    corrected(observed, expected)
}

/// Gwet's AC1: (P̄ − P_e) / (1 − P_e), with P_e = Σ p_j (1 − p_j) / (q − 1) over q categories. Unlike kappa
/// it does not fall when nearly all choose one category.
///
/// Categories that were offered and never chosen count too. The shares p_j are averaged over the things. At most 1. Gwet 2008.
///
/// # Errors
/// Undefined where nothing was judged by two, where only one thing was, and for fewer than two categories.
pub fn gwet_ac1(choices: &Choices) -> Measure {
    choices.has_several()?;
    let observed = observed_agreement(choices)?;
    if choices.categories < 2 {
        return Err(Undefined::because("there is only one category"));
    }
    let shares = choices.sums(|chosen, total| f64::from(chosen) / f64::from(total.max(1)));
    let expected =
        shares.iter().map(|share| share * (1.0 - share)).sum::<f64>() / (count(choices.categories) - 1.0);
    corrected(observed, expected)
}

fn corrected(observed: f64, expected: f64) -> Measure {
    if expected < 1.0 { Ok((observed - expected) / (1.0 - expected)) } else { Err(ONE_CATEGORY) }
}

/// How much a disagreement between two ordered categories counts, for Cohen's kappa.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CohenWeights {
    /// Every disagreement counts the same.
    Unweighted,
    /// By the number of steps between the two.
    Linear,
    /// By the square of it.
    Quadratic,
}

/// Cohen's weighted kappa of two judges: 1 − Σ w_ij o_ij / Σ w_ij e_ij, with o the shares of the cells and e
/// those that the two judges' own habits would give by chance. Cohen 1960, 1968.
///
/// `table` is square: the row is the category that the first judge chose, the column that of the second. At
/// most 1; 0 is what chance gives.
///
/// # Errors
/// Undefined for a table that is empty or not square, for a single thing that was judged (kappa would be 0 whatever was said),
/// and where both judges always chose one and the same category.
pub fn cohen_kappa(table: &[Vec<u32>], weights: CohenWeights) -> Measure {
    if table.iter().any(|row| row.len() != table.len()) {
        return Err(Undefined::because("the two judges do not have the same categories"));
    }
    let total: f64 = table.iter().flatten().copied().map(f64::from).sum();
    if total <= 0.0 {
        return Err(NOTHING);
    }
    if total < 2.0 {
        return Err(ONE_THING);
    }
    let rows: Vec<f64> = table.iter().map(|row| row.iter().copied().map(f64::from).sum()).collect();
    let columns: Vec<f64> = (0..table.len())
        .map(|column| table.iter().filter_map(|row| row.get(column)).copied().map(f64::from).sum())
        .collect();
    let (mut observed, mut expected) = (0.0, 0.0);
    for (row, (cells, row_sum)) in table.iter().zip(&rows).enumerate() {
        for (column, (cell, column_sum)) in cells.iter().zip(&columns).enumerate() {
            let steps = count(row.abs_diff(column));
            let weight = match weights {
                CohenWeights::Unweighted => f64::from(u8::from(row != column)),
                CohenWeights::Linear => steps,
                CohenWeights::Quadratic => steps * steps,
            };
            observed += weight * f64::from(*cell) / total;
            expected += weight * row_sum * column_sum / (total * total);
        }
    }
    if expected > 0.0 { Ok(1.0 - observed / expected) } else { Err(ONE_CATEGORY) }
}
