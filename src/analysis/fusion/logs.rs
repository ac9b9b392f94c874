//! Sums and products of masses by their logarithms, for products of thousands of masses that are too small for a number.

/// ln(eᵃ + eᵇ), for logarithms of numbers that are not negative: −∞ is the logarithm of 0.
pub(super) fn add(a: f64, b: f64) -> f64 {
    let (greater, lesser) = if a < b { (b, a) } else { (a, b) };
    if lesser == f64::NEG_INFINITY { greater } else { greater + (lesser - greater).exp().ln_1p() }
}

/// The logarithm of the sum of numbers of which these are the logarithms; −∞ for none.
pub(super) fn sum(logs: impl Iterator<Item = f64> + Clone) -> f64 {
    let greatest = logs.clone().fold(f64::NEG_INFINITY, f64::max);
    if greatest == f64::NEG_INFINITY {
        return greatest;
    }
    greatest + logs.map(|log| (log - greatest).exp()).sum::<f64>().ln()
}

/// For each of these logarithms the sum of all others: the logarithm of the product of the others' numbers, a factor of 0 (−∞)
/// included.
pub(super) fn of_others(logs: &[f64]) -> Vec<f64> {
    let is_zero = |log: &&f64| **log == f64::NEG_INFINITY;
    let zeros = logs.iter().filter(is_zero).count();
    let finite: f64 = logs.iter().filter(|log| !is_zero(log)).sum();
    let others = |log: &f64| match (zeros, is_zero(&log)) {
        (0, _) => finite - log,
        (1, true) => finite,
        _ => f64::NEG_INFINITY,
    };
    logs.iter().map(others).collect()
}
