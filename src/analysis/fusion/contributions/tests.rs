use proptest::prelude::*;

use super::*;
use crate::analysis::fusion::about;
use crate::analysis::fusion::tests::{arbitrary_opinions, binomial, close, set};

const EQUAL: f64 = 1e-12;

fn sum(found: &Contributions) -> f64 {
    found.base + found.parts.iter().sum::<f64>()
}

fn check_parts(found: &Contributions, base: f64, parts: &[f64]) {
    assert!(close(found.base, base), "base {}", found.base);
    assert_eq!(found.parts.len(), parts.len());
    assert!(found.parts.iter().zip(parts).all(|(found, expect)| close(*found, *expect)), "{:?}", found.parts);
}

/// The two conflicting opinions whose fusions are published (van der Heijden, Kopp & Kargl 2018).
fn conflicting() -> [Masses; 2] {
    [binomial(0.8, 0.1, 0.1), binomial(0.1, 0.8, 0.1)]
}

#[test]
fn mixtures_are_taken_apart_by_weight() {
    let (yes, rates) = (set(2, &[0]), BaseRates::equal(2));
    let of = |rule, quantity| contributions(rule, &conflicting(), &rates, quantity).unwrap();
    // Cumulative: both weights are (1/.1) / 19.
    let weight = 10.0 / 19.0;
    check_parts(&of(FusionRule::Cumulative, Quantity::Belief(&yes)), 0.0, &[0.8 * weight, 0.1 * weight]);
    check_parts(
        &of(FusionRule::Cumulative, Quantity::Plausibility(&yes)),
        1.0 / 19.0,
        &[0.8 * weight, 0.1 * weight],
    );
    check_parts(
        &of(FusionRule::Cumulative, Quantity::Projected(&yes)),
        0.5 / 19.0,
        &[0.8 * weight, 0.1 * weight],
    );
    for rule in [FusionRule::Weighted, FusionRule::Averaging] {
        check_parts(&of(rule, Quantity::Belief(&yes)), 0.0, &[0.4, 0.05]);
        check_parts(&of(rule, Quantity::Uncertainty), 0.0, &[0.05, 0.05]);
    }
    let Way::Mixture { weights, own } = of(FusionRule::Weighted, Quantity::Belief(&yes)).way else {
        panic!("weighting is a mixture")
    };
    assert!(close(weights[0], 0.5) && own == [0.8, 0.1]);
}

#[test]
fn shapley_values_share_out_what_no_mixture_can() {
    let (yes, rates) = (set(2, &[0]), BaseRates::equal(2));
    let of = |rule, quantity| contributions(rule, &conflicting(), &rates, quantity).unwrap();
    // Alone the opinions give .8 and .1, together 17/35: each one's part is the mean of what it adds first and second.
    let together = 17.0 / 35.0;
    let found = of(FusionRule::Dempster, Quantity::Belief(&yes));
    assert_eq!(found.way, Way::Shapley);
    check_parts(&found, 0.0, &[(0.8 + together - 0.1) / 2.0, (0.1 + together - 0.8) / 2.0]);
    // Neither conflicts alone, so that both bring in half of K = .65.
    check_parts(&of(FusionRule::Weighted, Quantity::Conflict), 0.0, &[0.325, 0.325]);
    // From knowing nothing (1) down to 1/19, half by each.
    let found = of(FusionRule::Cumulative, Quantity::Uncertainty);
    check_parts(&found, 1.0, &[-9.0 / 19.0, -9.0 / 19.0]);
    // Consensus & compromise leaves 281/450 open.
    let found = of(FusionRule::ConsensusCompromise, Quantity::Uncertainty);
    check_parts(&found, 1.0, &[(281.0 / 450.0 - 1.0) / 2.0; 2]);
}

#[test]
fn many_opinions_are_left_out_one_at_a_time() {
    let (yes, rates) = (set(2, &[0]), BaseRates::equal(2));
    let opinions = vec![binomial(0.3, 0.1, 0.6); SHAPLEY_OPINIONS + 1];
    let found = contributions(FusionRule::Dempster, &opinions, &rates, Quantity::Belief(&yes)).unwrap();
    assert!(!found.is_sum());
    let (others, _) = combination::dempster(&opinions[1..]).unwrap();
    assert!(found.parts.iter().all(|part| close(*part, found.value - others.belief(&yes))));
    // Those that know nothing do not make it too many.
    let mut opinions = vec![binomial(0.3, 0.1, 0.6); 3];
    opinions.insert(1, Masses::vacuous());
    opinions.extend(vec![Masses::vacuous(); SHAPLEY_OPINIONS]);
    let found = contributions(FusionRule::Dempster, &opinions, &rates, Quantity::Belief(&yes)).unwrap();
    assert!(found.is_sum() && found.parts.len() == opinions.len() && close(found.parts[1], 0.0));
    assert!((sum(&found) - found.value).abs() < EQUAL);
    // A mixture needs no such thing.
    let found = contributions(FusionRule::Cumulative, &opinions, &rates, Quantity::Belief(&yes)).unwrap();
    assert!(found.is_sum() && (sum(&found) - found.value).abs() < EQUAL);
}

#[test]
fn limits_and_undefined_numbers_stay_what_they_are() {
    let (yes, rates) = (set(2, &[0]), BaseRates::equal(2));
    let certain = [binomial(1.0, 0.0, 0.0), binomial(0.25, 0.75, 0.0), binomial(0.1, 0.1, 0.8)];
    for rule in [FusionRule::Weighted, FusionRule::Averaging, FusionRule::Cumulative] {
        let found = contributions(rule, &certain, &rates, Quantity::Belief(&yes)).unwrap();
        check_parts(&found, 0.0, &[0.5, 0.125, 0.0]);
        let vacuous = vec![Masses::vacuous(); 3];
        let found = contributions(rule, &vacuous, &rates, Quantity::Uncertainty).unwrap();
        assert!(close(found.value, 1.0) && close(sum(&found), 1.0), "{rule}: {found:?}");
        assert!(close(contributions(rule, &[], &rates, Quantity::Uncertainty).unwrap().value, 1.0));
    }
    let opposite = [binomial(1.0, 0.0, 0.0), binomial(0.0, 1.0, 0.0)];
    assert!(contributions(FusionRule::Dempster, &opposite, &rates, Quantity::Belief(&yes)).is_err());
}

/// What [`about`] says of an origin that knows nothing is what the rules do.
#[test]
fn ignorance_moves_the_rules_that_say_so() {
    // With a third answer, since of two "either" is everybody.
    let (rates, yes, no) = (BaseRates::equal(3), set(3, &[0]), set(3, &[1]));
    let opinion = |yes_mass, no_mass| Masses::new([(yes.clone(), yes_mass), (no.clone(), no_mass)], 0.1);
    for rule in FusionRule::ALL {
        let opinions = [opinion(0.8, 0.1), opinion(0.1, 0.8), Masses::vacuous()];
        let without = combine(*rule, &opinions[..2], &rates).unwrap();
        let with = combine(*rule, &opinions, &rates).unwrap();
        let is_moved =
            !close(with.uncertainty(), without.uncertainty()) || !close(with.mass(&yes), without.mass(&yes));
        assert_eq!(about(*rule).is_moved_by_ignorance, is_moved, "{rule}: {without:?} {with:?}");
    }
}

proptest! {
    #[test]
    fn contributions_sum_to_the_number(opinions in arbitrary_opinions(), bits in 1usize..15) {
        let rates = BaseRates::equal(4);
        let question = ActorSet::of_members(4, (0..4).filter(|member| bits & (1 << member) != 0));
        let quantities = [
            Quantity::Belief(&question),
            Quantity::Plausibility(&question),
            Quantity::Projected(&question),
            Quantity::Uncertainty,
            Quantity::Conflict,
        ];
        for rule in FusionRule::ALL {
            for quantity in quantities {
                let expect = value(*rule, &opinions, &rates, quantity);
                let found = contributions(*rule, &opinions, &rates, quantity);
                let (Ok(found), Ok(expect)) = (found, expect) else { continue };
                prop_assert!((found.value - expect).abs() < EQUAL, "{rule} {quantity:?}: {} {expect}", found.value);
                prop_assert!((sum(&found) - expect).abs() < EQUAL, "{rule} {quantity:?}: {found:?} {expect}");
            }
        }
    }
}
