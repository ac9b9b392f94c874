//! What a claim weighs: the probability that it states, and the trust that it deserves.
//!
//! Both follow the conventions in [`Methods`], which are shown and editable.

use crate::model::{Assessment, Claim, Credibility, Likelihood, Methods, Reliability, Standard};

/// What a claim weighs. Each part is kept, so that a number can be traced to its grades.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weight {
    /// The probability that the claim states for what it says, in `[0, 1]`.
    pub probability: f64,
    /// Where the probability comes from.
    pub probability_from: ProbabilityFrom,
    /// The reliability that was used; [`Reliability::C`] where none is given.
    pub reliability: Reliability,
    /// Whether the reliability is only assumed, because nobody graded the source.
    pub is_reliability_assumed: bool,
    /// The credibility that was used; [`Credibility::Three`] where none is given.
    pub credibility: Credibility,
    /// Whether the credibility is only assumed, because nobody graded the item.
    pub is_credibility_assumed: bool,
    /// Trust by reliability, in `[0, 1]`; 0 for F.
    pub reliability_trust: f64,
    /// Trust by credibility, in `[0, 1]`; 0 for 6.
    pub credibility_trust: f64,
    /// Trust by the confidence that the source states, in `[0, 1]`.
    pub confidence_trust: f64,
    /// The product of the three, in `[0, 1]`: 0 makes the claim's opinion vacuous, which is ignorance and not
    /// disbelief.
    pub trust: f64,
}

/// Where the probability of a claim comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProbabilityFrom {
    /// The middle of the range that the source stated.
    StatedRange,
    /// The middle of the band that a standard gives to the source's words: the assessment's own, or the other one where that
    /// has no such term.
    StandardWords(Standard),
    /// The convention for a hedge that fixes no number.
    UnquantifiedHedge,
    /// The convention for a claim without a hedge.
    Unhedged,
}

impl Weight {
    /// Weighs a claim.
    pub fn of(assessment: &Assessment, claim: &Claim) -> Self {
        Self::graded(assessment, claim, assessment.claim_reliability(claim), claim.credibility)
    }

    /// Weighs a claim as if it had these grades; `None` is not graded.
    pub fn graded(
        assessment: &Assessment,
        claim: &Claim,
        given_reliability: Option<Reliability>,
        given_credibility: Option<Credibility>,
    ) -> Self {
        let methods = &assessment.header.methods;
        let (probability, probability_from) =
            stated_probability(claim.likelihood.as_ref(), assessment.header.standard, methods);
        let reliability = given_reliability.unwrap_or(Reliability::C);
        let credibility = given_credibility.unwrap_or(Credibility::Three);
        let reliability_trust = unit(methods.trust_in_reliability(reliability).unwrap_or(0.0));
        let credibility_trust = unit(methods.trust_in_credibility(credibility).unwrap_or(0.0));
        let confidence_trust = unit(methods.trust_in_confidence(claim.confidence));
        Self {
            probability,
            probability_from,
            reliability,
            is_reliability_assumed: given_reliability.is_none(),
            credibility,
            is_credibility_assumed: given_credibility.is_none(),
            reliability_trust,
            credibility_trust,
            confidence_trust,
            trust: reliability_trust * credibility_trust * confidence_trust,
        }
    }
}

/// The probability that a stated likelihood stands for: the middle of its range. An end that is not given is
/// the end of the scale. Words without numbers take the band of `standard`, or else of the other one ([`Standard::meaning_of`]).
pub fn stated_probability(
    likelihood: Option<&Likelihood>,
    standard: Standard,
    methods: &Methods,
) -> (f64, ProbabilityFrom) {
    let Some(likelihood) = likelihood else {
        return (unit(methods.unhedged_probability), ProbabilityFrom::Unhedged);
    };
    let is_numeric = likelihood.low.is_some() || likelihood.high.is_some();
    match stated_range(likelihood, standard) {
        Some((low, high)) => {
            let words = standard.meaning_of(&likelihood.words).filter(|_| !is_numeric);
            let from =
                words.map_or(ProbabilityFrom::StatedRange, |(of, _)| ProbabilityFrom::StandardWords(of));
            (f64::midpoint(low, high), from)
        }
        None => (unit(methods.unquantified_hedge), ProbabilityFrom::UnquantifiedHedge),
    }
}

/// The range of probabilities that a stated likelihood stands for, each in `[0, 1]`: its own, else the band of its words in
/// `standard`, else in the other one; `None` for a hedge that fixes no number.
pub fn stated_range(likelihood: &Likelihood, standard: Standard) -> Option<(f64, f64)> {
    if likelihood.low.is_some() || likelihood.high.is_some() {
        return Some((unit(likelihood.low.unwrap_or(0.0)), unit(likelihood.high.unwrap_or(1.0))));
    }
    standard.meaning_of(&likelihood.words).map(|(_, term)| (term.low, term.high))
}

/// The neighbours of a grade on its scale, the one before it first; none for a grade that is `off` the scale, and none of those.
pub fn neighbours<T: Copy + PartialEq>(scale: &[T], now: T, off: &[T]) -> Vec<T> {
    let on: Vec<T> = scale.iter().copied().filter(|grade| !off.contains(grade)).collect();
    let Some(place) = on.iter().position(|grade| *grade == now) else { return Vec::new() };
    let places = [place.checked_sub(1), place.checked_add(1)];
    places.into_iter().flatten().filter_map(|place| on.get(place).copied()).collect()
}

/// A number of a file that was not checked, brought into `[0, 1]`; what is no number counts as 0.
fn unit(value: f64) -> f64 {
    if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stated_likelihood_is_its_own_numbers_or_else_the_band_of_its_words() {
        let check = |words: &str, low: Option<f64>, high: Option<f64>, expect: Option<(f64, f64)>| {
            let likelihood = Likelihood { words: words.to_owned(), low, high };
            assert_eq!(stated_range(&likelihood, Standard::Icd203), expect, "{words} {low:?} {high:?}");
        };
        check("likely", Some(0.6), Some(0.7), Some((0.6, 0.7)));
        check("likely", None, None, Some((0.55, 0.80)));
        check("highly unlikely", None, None, Some((0.10, 0.20)));
        check("at least even", Some(0.5), None, Some((0.5, 1.0)));
        check("possibly", None, None, None);
        check("", None, Some(f64::NAN), Some((0.0, 0.0)));
    }
}
