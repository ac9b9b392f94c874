//! Observed agreement, and coefficients that correct it for chance.

use super::super::{Measure, Undefined};

const NOTHING: Undefined = Undefined::because("nothing was judged by two");
const ONE_CATEGORY: Undefined =
    Undefined::because("only one category was ever chosen, so that chance alone would agree too");

/// The share of pairs of judges that chose the same category, averaged over the things that at least two
/// judged, in `[0, 1]`.
///
/// `table` has a row for each thing, with the number of judges that chose each category.
///
/// # Errors
/// Undefined where nothing was judged by two.
pub fn observed_agreement(table: &[Vec<u32>]) -> Measure {
    let rows: Vec<f64> = table.iter().filter_map(|row| row_agreement(row)).collect();
    if rows.is_empty() { Err(NOTHING) } else { Ok(rows.iter().sum::<f64>() / count(rows.len())) }
}

fn row_agreement(row: &[u32]) -> Option<f64> {
    let total: f64 = row.iter().copied().map(f64::from).sum();
    let same: f64 = row.iter().copied().map(f64::from).map(|chosen| chosen * (chosen - 1.0)).sum();
    (total > 1.0).then(|| same / (total * (total - 1.0)))
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// Fleiss' kappa: (P̄ − P_e) / (1 − P_e), with P̄ the observed agreement and P_e = Σ p_j² from the shares of
/// the categories.
///
/// `table` as for [`observed_agreement`]; every row must have the same number of judges. At most 1; 0 is what
/// chance gives. Fleiss 1971.
///
/// # Errors
/// Undefined where rows have different numbers of judges, where nothing was judged by two, and where only one
/// category was chosen.
pub fn fleiss_kappa(table: &[Vec<u32>]) -> Measure {
    let judges: Vec<u32> = table.iter().map(|row| row.iter().sum()).collect();
    if judges.windows(2).any(|pair| matches!(pair, [a, b] if a != b)) {
        return Err(Undefined::because("not everything was judged by the same number"));
    }
    let observed = observed_agreement(table)?;
    let expected: f64 = shares(table).iter().map(|share| share * share).sum();
    corrected(observed, expected)
}

/// Gwet's AC1: (P̄ − P_e) / (1 − P_e), with P_e = Σ p_j (1 − p_j) / (q − 1) over q categories. Unlike kappa
/// it does not fall when nearly all choose one category.
///
/// `table` as for [`observed_agreement`]; categories that were offered and never chosen count too. The shares
/// p_j are averaged over the things. At most 1. Gwet 2008.
///
/// # Errors
/// Undefined where nothing was judged by two, and for fewer than two categories.
pub fn gwet_ac1(table: &[Vec<u32>]) -> Measure {
    let observed = observed_agreement(table)?;
    let categories = table.iter().map(Vec::len).max().unwrap_or(0);
    if categories < 2 {
        return Err(Undefined::because("there is only one category"));
    }
    let mut means = vec![0.0; categories];
    let mut rows = 0.0;
    for row in table {
        let total: f64 = row.iter().copied().map(f64::from).sum();
        if total > 0.0 {
            rows += 1.0;
            for (mean, chosen) in means.iter_mut().zip(row) {
                *mean += f64::from(*chosen) / total;
            }
        }
    }
    let expected: f64 = means.iter().map(|mean| mean / rows).map(|share| share * (1.0 - share)).sum::<f64>()
        / (count(categories) - 1.0);
    corrected(observed, expected)
}

/// The share of each category among all choices.
fn shares(table: &[Vec<u32>]) -> Vec<f64> {
    let categories = table.iter().map(Vec::len).max().unwrap_or(0);
    let mut sums = vec![0.0; categories];
    for row in table {
        for (sum, chosen) in sums.iter_mut().zip(row) {
            *sum += f64::from(*chosen);
        }
    }
    let total: f64 = sums.iter().sum();
    sums.into_iter().map(|sum| if total > 0.0 { sum / total } else { 0.0 }).collect()
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
/// Undefined for a table that is empty or not square, and where both judges always chose one and the same
/// category.
pub fn cohen_kappa(table: &[Vec<u32>], weights: CohenWeights) -> Measure {
    if table.iter().any(|row| row.len() != table.len()) {
        return Err(Undefined::because("the two judges do not have the same categories"));
    }
    let total: f64 = table.iter().flatten().copied().map(f64::from).sum();
    if total <= 0.0 {
        return Err(NOTHING);
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
