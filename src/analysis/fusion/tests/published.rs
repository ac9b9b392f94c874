//! Values of three opinions at once, of joint attributions, and the limits where some opinions are certain.

use super::*;

/// By the formula of A. Martin and C. Osswald, "A new generalization of the proportional conflict redistribution rule stable in
/// terms of decision" (Advances and Applications of DSmT for Information Fusion 2, 2006), worked in exact fractions. Two at a time
/// give other values: the rule is not associative.
#[test]
fn pcr6_of_three_opinions_is_that_of_the_formula() {
    let [first, second, third] = [binomial(0.6, 0.1, 0.3), binomial(0.2, 0.5, 0.3), binomial(0.4, 0.4, 0.2)];
    let all = [first.clone(), second.clone(), third.clone()];
    let expect = (356_947.0 / 682_500.0, 1_103_069.0 / 2_730_000.0, 9_483.0 / 130_000.0);
    check_binomial(&pcr6(&all).unwrap(), expect.0, expect.1, expect.2);
    let folded = pcr6(&[pcr6(&[first, second]).unwrap(), third]).unwrap();
    assert!((folded.belief(&set(2, &[0])) - expect.0).abs() > 1e-3);
}

/// F. Smarandache and J. Dezert, "On the consistency of PCR6 with the averaging rule and its application to probability estimation"
/// (FUSION 2013): of certain opinions in total conflict PCR6 is the mean, where PCR5 gives one half to each.
#[test]
fn pcr6_of_certain_opinions_is_their_mean() {
    let (a, b) = (binomial(1.0, 0.0, 0.0), binomial(0.0, 1.0, 0.0));
    check_binomial(&pcr6(&[a.clone(), b.clone(), a.clone()]).unwrap(), 2.0 / 3.0, 1.0 / 3.0, 0.0);
    check_binomial(&pcr6(&[a.clone(), b.clone(), b.clone(), b, a]).unwrap(), 0.4, 0.6, 0.0);
}

/// Joint attributions are belief on the union. By hand: one origin for the CIA and the NSA together, one for the NSA and the MSS,
/// each t·p = 0.456 · 0.95 = 0.4332 on its set, 0.0228 on the complement, 0.544 open; by Dempster's rule they meet in the NSA.
#[test]
fn joint_attributions_are_belief_on_the_union() {
    let mut case = world();
    case.blames("A", &["CIA", "NSA"]);
    case.blames("B", &["NSA", "MSS"]);
    let derived = Derived::new(Arc::new(case.assessment.clone()), Options::default(), None);
    let fused = fuse(&derived, case.find("The incident"), Some(FusionRule::Dempster));
    let (b, d, u) = (0.4332, 0.0228, 0.544);
    // CIA + NSA against "neither the NSA nor the MSS" share the CIA; no two of the sets are disjoint.
    assert!(close(fused.conflict().unwrap(), 0.0));
    let belief = |name: &str| {
        let id = case.find(name);
        fused.actors.iter().find(|it| it.actor == id).map(|it| [it.belief, it.plausibility]).unwrap()
    };
    let check = |name: &str, expect: [f64; 2]| {
        let found = belief(name);
        assert!(found.iter().zip(expect).all(|(found, expect)| close(*found, expect)), "{name}: {found:?}");
    };
    check("NSA", [b * b, 1.0 - (d + d - d * d)]);
    // CIA alone: A's set without what B excludes; and not where B, or A's complement, says otherwise.
    check("CIA", [b * d, 1.0 - (b + d - b * d)]);
    check("MSS", [b * d, 1.0 - (b + d - b * d)]);
    check("US", [b * (b + d + u), 1.0 - d * b]);
}

/// Some certain and some uncertain opinions, in this order.
fn mixed_opinions() -> impl Strategy<Value = (Vec<Masses>, Vec<Masses>)> {
    let share = || 0.0..=1.0_f64;
    let certain = prop::collection::vec(share().prop_map(|b| binomial(b, 1.0 - b, 0.0)), 1..4);
    let uncertain = prop::collection::vec(
        (share(), 0.1..=1.0_f64).prop_map(|(b, u)| binomial(b * (1.0 - u), (1.0 - b) * (1.0 - u), u)),
        0..4,
    );
    (certain, uncertain)
}

proptest! {
    /// Certain opinions outvote all others, and count alike: what the rules tend to where their uncertainty goes to 0 together
    /// (A. Jøsang, D. Wang and J. Zhang, "Multi-source fusion in subjective logic", FUSION 2017).
    #[test]
    fn the_limit_of_certain_opinions_is_what_the_rules_tend_to((certain, uncertain) in mixed_opinions()) {
        const EPSILON: f64 = 1e-9;
        let nearly = |masses: &Masses| {
            let less = masses.focal().iter().map(|(set, mass)| (set.clone(), mass * (1.0 - EPSILON)));
            Masses::new(less, EPSILON)
        };
        let all: Vec<Masses> = certain.iter().chain(&uncertain).cloned().collect();
        let near: Vec<Masses> = certain.iter().map(nearly).chain(uncertain.iter().cloned()).collect();
        let mean = certain.iter().map(|it| it.belief(&set(2, &[0]))).sum::<f64>() / certain.len() as f64;
        for rule in [cumulative, averaging, weighted] {
            let (at, towards) = (rule(&all), rule(&near));
            prop_assert!(close(at.belief(&set(2, &[0])), mean), "{at:?}");
            prop_assert!(close(at.uncertainty(), 0.0));
            prop_assert!((towards.belief(&set(2, &[0])) - mean).abs() < 1e-6, "{towards:?}");
            prop_assert!(towards.uncertainty() < 1e-6);
        }
    }
}
