//! Probabilities that do not sum to 1, made coherent.

use crate::analysis::Undefined;

/// How far a sum may be from 1 and still be taken for it: what is left by rounding shares to half a percent in all, as the
/// file format has it.
pub const TOLERANCE: f64 = crate::model::validate::SUM_TOLERANCE;

/// How probabilities are made to sum to 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Repair {
    /// All are multiplied by one factor, so that their odds to one another stay what they were.
    #[default]
    Scale,
    /// The nearest coherent probabilities: all are moved by one amount, and none below 0. The coherent approximation of
    /// Osherson and Vardi, in the least squares.
    Shift,
}

impl Repair {
    /// Both, the usual one first.
    pub const ALL: &'static [Self] = &[Self::Scale, Self::Shift];

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Scale => "Scale",
            Self::Shift => "Shift",
        }
    }

    /// What it does, and where it is published.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Scale => {
                "All probabilities are multiplied by one factor: how many times likelier one answer is than another stays as \
                 it was"
            }
            Self::Shift => {
                "All probabilities are moved by the same amount, and none below 0: the nearest ones that sum to 100 % (Osherson \
                 and Vardi 2006; used on judgements of analysts by Mandel, Karvetski and Dhami 2018)"
            }
        }
    }
}

/// Whether probabilities sum to 1, up to [`TOLERANCE`].
pub fn is_coherent(shares: &[f64]) -> bool {
    (shares.iter().sum::<f64>() - 1.0).abs() <= TOLERANCE
}

/// The probabilities of mutually exclusive answers, of which one is true, made to sum to 1. The result is in the order of
/// `shares`, each in `[0, 1]`. Probabilities that sum to 1 already come back as they were, up to rounding.
///
/// [`Repair::Scale`]: p / Σp. [`Repair::Shift`]: the Euclidean projection on the probability simplex, max(p − θ, 0) with the
/// θ that makes the sum 1 (D. Osherson and M. Vardi, "Aggregating disparate estimates of chance", Games and Economic
/// Behavior 56, 2006; computed after J. Duchi and others, ICML 2008). Making judgements coherent before pooling them cut
/// the error in D. Mandel, C. Karvetski and M. Dhami, "Boosting intelligence analysts' judgment accuracy", Judgment and
/// Decision Making 13, 2018.
///
/// # Errors
/// Undefined without any share, where one is negative or no finite number, and for [`Repair::Scale`] where all are 0.
pub fn repair(shares: &[f64], how: Repair) -> Result<Vec<f64>, Undefined> {
    if shares.is_empty() {
        return Err(Undefined::because("there is no probability"));
    }
    if shares.iter().any(|share| !share.is_finite() || *share < 0.0) {
        return Err(Undefined::because("a probability is negative or no number"));
    }
    match how {
        Repair::Scale => {
            let sum: f64 = shares.iter().sum();
            if sum <= 0.0 || !sum.is_finite() {
                return Err(Undefined::because("all probabilities are 0, so that no proportion can be kept"));
            }
            Ok(shares.iter().map(|share| share / sum).collect())
        }
        Repair::Shift => Ok(project(shares)),
    }
}

/// The nearest point of the probability simplex.
fn project(shares: &[f64]) -> Vec<f64> {
    let mut sorted = shares.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let (mut sum, mut shift) = (0.0, 0.0);
    for (place, share) in sorted.iter().enumerate() {
        sum += share;
        let candidate = (sum - 1.0) / (place + 1) as f64;
        if share - candidate > 0.0 {
            shift = candidate;
        }
    }
    shares.iter().map(|share| (share - shift).max(0.0)).collect()
}

/// The steps of a slider: a tenth of a percent.
const STEPS: f64 = 1000.0;

/// The probabilities after the one at `place` was moved to `value` (in `[0, 1]`), with the sum 1: the others share what is
/// left in their proportions to one another, equally where all of them are 0. All are rounded to a tenth of a percent, by
/// largest remainders, so that the sum stays exact; the moved one keeps its value. Without others the result is 1.
pub fn rebalance(shares: &[f64], place: usize, value: f64) -> Vec<f64> {
    let value = if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) };
    let count = shares.len();
    if count < 2 || place >= count {
        return if count == 1 { vec![1.0] } else { shares.to_vec() };
    }
    let sound = |share: f64| if share.is_finite() { share.max(0.0) } else { 0.0 };
    let others = || shares.iter().enumerate().filter(|(other, _)| *other != place);
    let sum: f64 = others().map(|(_, share)| sound(*share)).sum();
    let moved = (value * STEPS).round();
    let left = STEPS - moved;
    let wanted: Vec<(usize, f64)> = others()
        .map(|(other, share)| {
            let part = if sum > 0.0 { sound(*share) / sum } else { 1.0 / (count - 1) as f64 };
            (other, part * left)
        })
        .collect();
    let mut steps = vec![0.0; count];
    let mut missing = left;
    for (other, want) in &wanted {
        // A rounding error below a whole step must not cost that step.
        let whole = (want + 1e-9).floor();
        missing -= whole;
        if let Some(step) = steps.get_mut(*other) {
            *step = whole;
        }
    }
    let mut by_rest = wanted;
    by_rest.sort_by(|(a, x), (b, y)| {
        (y - (y + 1e-9).floor()).total_cmp(&(x - (x + 1e-9).floor())).then(a.cmp(b))
    });
    for (other, _) in by_rest.into_iter().take(missing.max(0.0) as usize) {
        if let Some(step) = steps.get_mut(other) {
            *step += 1.0;
        }
    }
    if let Some(step) = steps.get_mut(place) {
        *step = moved;
    }
    steps.into_iter().map(|step| step / STEPS).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn near(found: &[f64], expect: &[f64]) {
        assert_eq!(found.len(), expect.len(), "{found:?}");
        for (a, b) in found.iter().zip(expect) {
            assert!((a - b).abs() < 1e-12, "{found:?} is not {expect:?}");
        }
    }

    #[test]
    fn probabilities_are_made_coherent() {
        let check = |shares: &[f64], scaled: &[f64], shifted: &[f64]| {
            near(&repair(shares, Repair::Scale).unwrap(), scaled);
            near(&repair(shares, Repair::Shift).unwrap(), shifted);
        };
        check(&[0.5, 0.3, 0.2], &[0.5, 0.3, 0.2], &[0.5, 0.3, 0.2]);
        check(&[0.6, 0.6], &[0.5, 0.5], &[0.5, 0.5]);
        // .1 is to go from each of three, and the last has only .05 to give.
        check(&[0.8, 0.45, 0.05], &[0.8 / 1.3, 0.45 / 1.3, 0.05 / 1.3], &[0.675, 0.325, 0.0]);
        check(&[0.4, 0.2], &[2.0 / 3.0, 1.0 / 3.0], &[0.6, 0.4]);
        check(&[0.7], &[1.0], &[1.0]);
    }

    #[test]
    fn what_cannot_be_repaired_says_why() {
        for how in Repair::ALL {
            for shares in [&[][..], &[0.5, f64::NAN], &[-0.1, 1.0], &[f64::INFINITY]] {
                assert!(repair(shares, *how).is_err(), "{shares:?}");
            }
        }
        assert!(repair(&[0.0, 0.0], Repair::Scale).is_err());
        near(&repair(&[0.0, 0.0], Repair::Shift).unwrap(), &[0.5, 0.5]);
    }

    #[test]
    fn a_slider_takes_from_the_others_in_their_proportions() {
        let check = |shares: &[f64], place: usize, value: f64, expect: &[f64]| {
            near(&rebalance(shares, place, value), expect);
        };
        check(&[0.5, 0.3, 0.2], 0, 0.7, &[0.7, 0.18, 0.12]);
        check(&[0.5, 0.3, 0.2], 0, 1.0, &[1.0, 0.0, 0.0]);
        check(&[1.0, 0.0, 0.0], 0, 0.5, &[0.5, 0.25, 0.25]);
        check(&[1.0, 0.0, 0.0, 0.0], 0, 0.5, &[0.5, 0.167, 0.167, 0.166]);
        check(&[0.4, 0.4, 0.4], 1, 0.2, &[0.4, 0.2, 0.4]);
        check(&[0.5, 0.5], 1, 2.0, &[0.0, 1.0]);
        check(&[0.3], 0, 0.3, &[1.0]);
        check(&[f64::NAN, 0.5], 1, f64::NAN, &[1.0, 0.0]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_repair_is_coherent_and_changes_nothing_twice(shares in prop::collection::vec(0.0..1.0_f64, 1..12)) {
            for how in Repair::ALL {
                let Ok(repaired) = repair(&shares, *how) else { continue };
                prop_assert!((repaired.iter().sum::<f64>() - 1.0).abs() < 1e-9);
                prop_assert!(repaired.iter().all(|share| (0.0..=1.0 + 1e-12).contains(share)));
                let again = repair(&repaired, *how).unwrap();
                prop_assert!(again.iter().zip(&repaired).all(|(a, b)| (a - b).abs() < 1e-9));
                // Neither changes which of two is the likelier.
                for (a, x) in shares.iter().zip(&repaired) {
                    for (b, y) in shares.iter().zip(&repaired) {
                        prop_assert!(a > b || x <= &(y + 1e-12));
                    }
                }
            }
        }

        #[test]
        fn a_slider_keeps_the_sum(shares in prop::collection::vec(0.0..1.0_f64, 2..12), value in 0.0..1.0_f64) {
            let moved = rebalance(&shares, 0, value);
            prop_assert!((moved.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{moved:?}");
            prop_assert!((moved[0] - value).abs() <= 0.000_5 + 1e-12);
            prop_assert!(moved.iter().all(|share| (0.0..=1.0).contains(share)));
        }
    }
}
