//! What it would be worth to know whether an indicator is there.

use super::posteriors;
use crate::analysis::{Measure, Undefined};

/// What it would be worth to look for an indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct Information {
    /// The probability that it would be seen, in `[0, 1]`.
    pub seen: f64,
    /// The probabilities of the hypotheses if it were seen; undefined where it cannot be.
    pub if_seen: Vec<Measure>,
    /// The probabilities of the hypotheses if it were not; undefined where it must be seen.
    pub if_not_seen: Vec<Measure>,
    /// How much of what is unknown looking is expected to clear up, in bits: from 0 for an indicator that tells nothing to
    /// the whole uncertainty of the hypotheses.
    pub expected_bits: f64,
    /// The uncertainty of the hypotheses now, in bits: from 0 to log₂ of their number.
    pub uncertainty_bits: f64,
}

/// The expected value of information of an indicator that nobody has looked for: the mutual information between it and the
/// hypotheses, H(P) − Σ P(o)·H(P|o) over seen and not seen (D. V. Lindley, "On a measure of the information provided by an
/// experiment", Annals of Mathematical Statistics 27, 1956).
///
/// `probabilities` are those of the hypotheses now; `likelihoods` the probability of seeing it under each, in `[0, 1]`.
///
/// # Errors
/// Undefined where a likelihood is missing or no probability, where lengths differ, and where the probabilities do not sum
/// to 1.
pub fn expected_information(
    probabilities: &[f64],
    likelihoods: &[Option<f64>],
) -> Result<Information, Undefined> {
    if probabilities.len() != likelihoods.len() || probabilities.is_empty() {
        return Err(Undefined::because("there is not one likelihood for each hypothesis"));
    }
    let given: Option<Vec<f64>> = likelihoods.iter().copied().collect();
    let given =
        given.ok_or_else(|| Undefined::because("a hypothesis has no likelihood for the indicator"))?;
    if !given.iter().all(|likelihood| (0.0..=1.0).contains(likelihood)) {
        return Err(Undefined::because("a likelihood is not between 0 and 1"));
    }
    let sum: f64 = probabilities.iter().sum();
    if !(sum - 1.0).abs().le(&1e-6) || probabilities.iter().any(|probability| *probability < 0.0) {
        return Err(Undefined::because("the probabilities of the hypotheses do not sum to 1"));
    }
    let seen: f64 = probabilities.iter().zip(&given).map(|(p, likelihood)| p * likelihood).sum();
    let after = |logs: Vec<f64>| posteriors(probabilities, std::iter::once(logs.as_slice()));
    let if_seen = after(given.iter().map(|likelihood| likelihood.ln()).collect());
    let if_not_seen = after(given.iter().map(|likelihood| (1.0 - likelihood).ln()).collect());
    let expected = |chance: f64, after: &[Measure]| {
        // An outcome that cannot happen adds nothing.
        let known: Vec<f64> = after.iter().filter_map(|it| it.as_ref().ok().copied()).collect();
        if known.len() == after.len() { chance * entropy(&known) } else { 0.0 }
    };
    let uncertainty_bits = entropy(probabilities);
    let left = expected(seen, &if_seen) + expected(1.0 - seen, &if_not_seen);
    let expected_bits = (uncertainty_bits - left).max(0.0);
    Ok(Information { seen, if_seen, if_not_seen, expected_bits, uncertainty_bits })
}

/// Shannon's entropy in bits.
fn entropy(probabilities: &[f64]) -> f64 {
    -probabilities.iter().filter(|p| **p > 0.0).map(|p| p * p.log2()).sum::<f64>()
}
