//! How alike the claims on an incident are in the confidence and the likelihood that they state.

use super::super::explain::Explanation;
use super::super::weight::stated_range;
use super::super::{Derived, Measure, Undefined};
use super::ordinal_agreement;
use crate::model::{Claim, Confidence, Id, Incident, Standard};

/// What the claims on an incident state on an ordered scale, and how alike that is.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedAgreement {
    /// What is stated.
    pub what: Stated,
    /// The steps of the scale, least first, each with how many claims state it.
    pub steps: Vec<(&'static str, u32)>,
    /// Van der Eijk's A, in `[−1, 1]`: 1 where all state one step, 0 where all steps are stated alike, −1 where half state the
    /// one end and half the other. Undefined where fewer than two claims state any.
    pub agreement: Measure,
}

/// What claims state on an ordered scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stated {
    /// How sure the source is of its analysis.
    Confidence,
    /// How likely the source says it is.
    Likelihood,
}

impl Stated {
    /// The word that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Confidence => "confidence",
            Self::Likelihood => "likelihood",
        }
    }
}

/// How alike the claims on an incident are in what they state, whatever it is that they claim: first-hand claims that count and
/// state it at all. A likelihood is the band of the assessment's standard whose middle is nearest to the middle of the stated
/// range, the less likely one of two; a hedge that fixes no number is on no band.
pub fn stated_agreement(derived: &Derived, incident: Id<Incident>, what: Stated) -> StatedAgreement {
    let standard = derived.assessment().header.standard;
    let results = derived.incident(incident);
    let claims = results.claims().iter().filter(|claim| results.is_first_hand(claim.id));
    let names: Vec<&'static str> = match what {
        Stated::Confidence => Confidence::ALL.iter().map(|confidence| confidence.label()).collect(),
        Stated::Likelihood => {
            standard.terms().iter().map(|term| term.words.first().copied().unwrap_or("")).collect()
        }
    };
    let mut counts = vec![0_u32; names.len()];
    let step = |claim: &Claim| match what {
        Stated::Confidence => {
            let stated = claim.confidence?;
            Confidence::ALL.iter().position(|confidence| *confidence == stated)
        }
        Stated::Likelihood => band(claim, standard),
    };
    for place in claims.filter_map(|claim| step(claim)) {
        if let Some(count) = counts.get_mut(place) {
            *count += 1;
        }
    }
    let chosen: Vec<f64> = counts.iter().copied().map(f64::from).collect();
    let agreement = if counts.iter().sum::<u32>() < 2 {
        Err(Undefined::because("fewer than two claims state any"))
    } else {
        ordinal_agreement(&chosen)
    };
    StatedAgreement { what, agreement, steps: names.into_iter().zip(counts).collect() }
}

/// The band of a claim's likelihood, counted from the least likely one.
fn band(claim: &Claim, standard: Standard) -> Option<usize> {
    let (low, high) = stated_range(claim.likelihood.as_ref()?, standard)?;
    let middle = f64::midpoint(low, high);
    let distance = |place: usize| {
        let term = standard.terms().get(place);
        term.map_or(f64::INFINITY, |term| (f64::midpoint(term.low, term.high) - middle).abs())
    };
    (0..standard.terms().len()).min_by(|left, right| distance(*left).total_cmp(&distance(*right)))
}

impl StatedAgreement {
    /// How many claims state it.
    pub fn claims(&self) -> u32 {
        self.steps.iter().map(|(_, count)| count).sum()
    }

    /// How the number comes about.
    pub fn explain(&self) -> Explanation {
        let mut explanation = Explanation::new(
            format!("Agreement in the {} that claims state", self.what.label()),
            self.agreement.clone(),
            "A = Σ weight of layer · U · (1 − (S − 1) / (K − 1))",
            "C. van der Eijk, Measuring agreement in ordered rating scales, Quality & Quantity 35 (2001)",
        );
        for (step, count) in &self.steps {
            explanation = explanation.with(format!("Claims that state “{step}”"), count.to_string());
        }
        let scale = match self.what {
            Stated::Confidence => "",
            Stated::Likelihood => {
                " A likelihood counts for the band of the standard whose middle is nearest to that of its range."
            }
        };
        explanation.noting(format!(
            "1 where all state the same, 0 where all steps are stated alike, −1 where half state the one end and half the other. Claims at \
             first hand that state it at all, whatever it is that they claim.{scale}"
        ))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::Options;
    use crate::analysis::fixture::world;
    use crate::model::{Confidence, Likelihood};

    #[test]
    fn claims_agree_in_what_they_state_or_are_polarised() {
        let check = |stated: &[(Option<Confidence>, &str)], expect: [Option<f64>; 2]| {
            let mut case = world();
            for (place, (confidence, words)) in stated.iter().enumerate() {
                let claim = case.blames(&format!("Source {place}"), &["CIA"]);
                let likelihood = Likelihood { words: (*words).to_owned(), low: None, high: None };
                case.change(claim, |claim| {
                    claim.confidence = *confidence;
                    claim.likelihood = (!words.is_empty()).then_some(likelihood);
                });
            }
            let derived = Derived::new(Arc::new(case.assessment.clone()), Options::default(), None);
            let incident = case.assessment.incidents.ids().next().unwrap();
            for (what, expect) in [Stated::Confidence, Stated::Likelihood].into_iter().zip(expect) {
                let found = stated_agreement(&derived, incident, what);
                match (&found.agreement, expect) {
                    (Ok(found), Some(expect)) => assert!((found - expect).abs() < 1e-9, "{found} {expect}"),
                    (found, expect) => assert_eq!(found.is_ok(), expect.is_some(), "{stated:?} {found:?}"),
                }
                assert_eq!(found.explain().value, found.agreement);
            }
        };
        use Confidence::{High, Low};
        check(
            &[(Some(High), "likely"), (Some(High), "probable"), (None, "possibly")],
            [Some(1.0), Some(1.0)],
        );
        check(&[(Some(High), "remote"), (Some(Low), "almost certain")], [Some(-1.0), Some(-1.0)]);
        check(&[(None, ""), (None, "possibly")], [None, None]);
    }
}
