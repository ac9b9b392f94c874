use std::sync::Arc;

use proptest::prelude::*;

use super::combination::{conflict, dempster, dubois_prade, pcr6, yager};
use super::discount::{Trust, discount};
use super::rules::{averaging, consensus_compromise, cumulative, weighted};
use super::*;
use crate::analysis::fixture::world;
use crate::analysis::{ActorSet, Derived, Options};
use crate::model::{Id, TrustDiscount};

mod published;

pub(super) fn set(frame: usize, members: &[usize]) -> ActorSet {
    ActorSet::of_members(frame, members.iter().copied())
}

/// A binomial opinion on a frame of two.
pub(super) fn binomial(belief: f64, disbelief: f64, uncertainty: f64) -> Masses {
    Masses::new([(set(2, &[0]), belief), (set(2, &[1]), disbelief)], uncertainty)
}

pub(super) fn close(found: f64, expect: f64) -> bool {
    (found - expect).abs() < 1e-9
}

fn check_binomial(found: &Masses, belief: f64, disbelief: f64, uncertainty: f64) {
    let found = [found.mass(&set(2, &[0])), found.mass(&set(2, &[1])), found.uncertainty()];
    let expect = [belief, disbelief, uncertainty];
    assert!(
        found.iter().zip(expect).all(|(found, expect)| close(*found, expect)),
        "{found:?} is not {expect:?}"
    );
}

/// The three opinions of van der Heijden, Kopp & Kargl, FUSION 2018 (arXiv 1805.01388), and their exact
/// results; the three-digit values stand in the tests of vs-uulm/subjective-logic-java.
#[test]
fn three_opinions_fuse_to_the_published_values() {
    let opinions = [binomial(0.1, 0.3, 0.6), binomial(0.4, 0.2, 0.4), binomial(0.7, 0.1, 0.2)];
    check_binomial(&cumulative(&opinions), 28.0 / 43.0, 9.0 / 43.0, 6.0 / 43.0);
    check_binomial(&averaging(&opinions), 28.0 / 55.0, 9.0 / 55.0, 18.0 / 55.0);
    check_binomial(&weighted(&opinions), 104.0 / 185.0, 27.0 / 185.0, 54.0 / 185.0);
    let consensus = consensus_compromise(&opinions, &BaseRates::equal(2)).unwrap();
    check_binomial(&consensus, 503.0 / 800.0, 729.0 / 4000.0, 189.0 / 1000.0);
    let (masses, k) = dempster(&opinions).unwrap();
    check_binomial(&masses, 76.0 / 103.0, 19.0 / 103.0, 8.0 / 103.0);
    assert!(close(k, 0.382));
}

/// Two opinions that conflict: the operators differ in how much uncertainty they leave (same sources).
#[test]
fn two_conflicting_opinions_fuse_to_the_published_values() {
    let opinions = [binomial(0.8, 0.1, 0.1), binomial(0.1, 0.8, 0.1)];
    check_binomial(&cumulative(&opinions), 9.0 / 19.0, 9.0 / 19.0, 1.0 / 19.0);
    check_binomial(&averaging(&opinions), 0.45, 0.45, 0.1);
    check_binomial(&weighted(&opinions), 0.45, 0.45, 0.1);
    let consensus = consensus_compromise(&opinions, &BaseRates::equal(2)).unwrap();
    check_binomial(&consensus, 169.0 / 900.0, 169.0 / 900.0, 281.0 / 450.0);
    let (masses, k) = dempster(&opinions).unwrap();
    check_binomial(&masses, 17.0 / 35.0, 17.0 / 35.0, 1.0 / 35.0);
    assert!(close(k, 0.65));
}

/// The published limits: certain opinions count alone and alike; vacuous ones change nothing where the rule
/// says so.
#[test]
fn certain_and_vacuous_opinions_follow_the_published_limits() {
    let certain = [binomial(1.0, 0.0, 0.0), binomial(0.25, 0.75, 0.0), binomial(0.1, 0.1, 0.8)];
    for rule in [cumulative, averaging, weighted] {
        check_binomial(&rule(&certain), 0.625, 0.375, 0.0);
        check_binomial(&rule(&[]), 0.0, 0.0, 1.0);
        check_binomial(&rule(&[Masses::vacuous(), Masses::vacuous()]), 0.0, 0.0, 1.0);
        check_binomial(&rule(&[binomial(0.3, 0.3, 0.4)]), 0.3, 0.3, 0.4);
    }
    for rule in [cumulative, weighted] {
        check_binomial(&rule(&[binomial(0.3, 0.2, 0.5), Masses::vacuous()]), 0.3, 0.2, 0.5);
    }
    check_binomial(&averaging(&[binomial(0.3, 0.2, 0.5), Masses::vacuous()]), 0.2, 0.4 / 3.0, 2.0 / 3.0);
    // So little uncertainty that its inverse is not finite any more.
    check_binomial(&cumulative(&[binomial(1.0, 0.0, 1e-320), binomial(0.0, 0.5, 0.5)]), 1.0, 0.0, 0.0);
    // Thousands of opinions do not underflow.
    let many = vec![binomial(0.6, 0.1, 0.3); 5_000];
    check_binomial(&averaging(&many), 0.6, 0.1, 0.3);
    check_binomial(&weighted(&many), 0.6, 0.1, 0.3);
    assert!(cumulative(&many).uncertainty() < 1e-3);

    let opposite = [binomial(1.0, 0.0, 0.0), binomial(0.0, 1.0, 0.0)];
    assert!(dempster(&opposite).is_err());
    assert!(close(conflict(&opposite).unwrap(), 1.0));
    check_binomial(&yager(&opposite).unwrap(), 0.0, 0.0, 1.0);
    check_binomial(&consensus_compromise(&opposite, &BaseRates::equal(2)).unwrap(), 0.0, 0.0, 1.0);
}

/// Jøsang 2016, equation 14.6, and the two older versions; recomputed with the packages subjective-logic and
/// jsonld-ex.
#[test]
fn trust_discounts_give_the_published_values() {
    let trust = Trust { belief: 0.8, disbelief: 0.1, uncertainty: 0.1, base_rate: 0.5 };
    let check = |version, trust, expect: (f64, f64, f64)| {
        let found = discount(version, trust, (0.7, 0.1, 0.2));
        assert!(
            close(found.0, expect.0) && close(found.1, expect.1) && close(found.2, expect.2),
            "{found:?}"
        );
    };
    check(TrustDiscount::ProbabilitySensitive, trust, (0.595, 0.085, 0.32));
    check(TrustDiscount::UncertaintyFavouring, trust, (0.56, 0.08, 0.36));
    check(TrustDiscount::OppositeBelief, trust, (0.57, 0.15, 0.28));
    for version in TrustDiscount::ALL {
        check(*version, Trust::unknown(), (0.0, 0.0, 1.0));
        check(*version, Trust::of_degree(1.0), (0.7, 0.1, 0.2));
    }
}

/// Zadeh's example (0.99 A, 0.01 C against 0.99 B, 0.01 C); recomputed with `py_dempster_shafer` and
/// evidencelib.
#[test]
fn zadehs_example_gives_the_published_values() {
    let [a, b, c] = [0, 1, 2].map(|member| set(3, &[member]));
    let opinions = [
        Masses::new([(a.clone(), 0.99), (c.clone(), 0.01)], 0.0),
        Masses::new([(b.clone(), 0.99), (c.clone(), 0.01)], 0.0),
    ];
    let check = |found: &Masses, expect: &[(&ActorSet, f64)], uncertainty: f64| {
        assert_eq!(found.focal().len(), expect.len(), "{found:?}");
        assert!(expect.iter().all(|(set, mass)| close(found.mass(set), *mass)), "{found:?}");
        assert!(close(found.uncertainty(), uncertainty));
    };
    let (masses, k) = dempster(&opinions).unwrap();
    check(&masses, &[(&c, 1.0)], 0.0);
    assert!(close(k, 0.9999));
    // Shafer's weight of conflict, −ln(1 − K).
    assert!(close(-(-k).ln_1p(), 9.210_340_371_976_294));
    check(&yager(&opinions).unwrap(), &[(&c, 0.0001)], 0.9999);
    let [ab, ac, bc] = [[0, 1], [0, 2], [1, 2]].map(|members| set(3, &members));
    check(
        &dubois_prade(&opinions).unwrap(),
        &[(&ab, 0.9801), (&ac, 0.0099), (&bc, 0.0099), (&c, 0.0001)],
        0.0,
    );
    check(&pcr6(&opinions).unwrap(), &[(&a, 0.499_851), (&b, 0.499_851), (&c, 0.000_298)], 0.0);
}

/// A ministry says "a state's service" (0.8), one vendor the CIA (0.7), another a US service (0.6); the frame
/// is CIA, NSA, GCHQ, JSSD, PLA, TJSSB and criminals. Recomputed with `py_dempster_shafer`.
#[test]
fn nested_claims_combine_without_conflict() {
    let (cia, us, states) = (set(7, &[0]), set(7, &[0, 1]), set(7, &[0, 1, 2, 3, 4, 5]));
    let support = |set: &ActorSet, mass: f64| Masses::new([(set.clone(), mass)], 1.0 - mass);
    let opinions = [support(&states, 0.8), support(&cia, 0.7), support(&us, 0.6)];
    let (fused, k) = dempster(&opinions).unwrap();
    assert_eq!(k, 0.0);
    let check = |found: f64, expect: f64| assert!(close(found, expect), "{found} is not {expect}");
    check(fused.mass(&cia), 0.7);
    check(fused.mass(&us), 0.18);
    check(fused.mass(&states), 0.096);
    check(fused.uncertainty(), 0.024);
    check(fused.belief(&cia), 0.7);
    check(fused.plausibility(&cia), 1.0);
    check(fused.belief(&us), 0.88);
    check(fused.plausibility(&us), 1.0);
    check(fused.belief(&states), 0.976);
    let equal = BaseRates::equal(7);
    let state = 0.019_428_571_429;
    let expect = [0.809_428_571_429, 0.109_428_571_429, state, state, state, state, 0.003_428_571_429];
    for (member, expect) in expect.into_iter().enumerate() {
        let found = fused.projected(&set(7, &[member]), &equal);
        assert!((found - expect).abs() < 1e-11, "{member}: {found}");
    }
}

#[test]
fn base_rates_are_shared_out_along_the_hierarchy() {
    let case = world();
    let hierarchy = crate::analysis::Hierarchy::new(&case.assessment);
    let rates = BaseRates::of_hierarchy(&hierarchy);
    let rate = |name: &str| rates.of(&hierarchy.set_of(&[case.find(name)]));
    // At the top: any state, criminals, two clusters and anyone else.
    assert!(close(rate("Any state"), 0.2) && close(rate("Criminals"), 0.2));
    assert!(close(rate("US"), 0.2 / 3.0) && close(rate("US"), rate("CN")));
    assert!(close(rate("CIA"), rate("US") / 3.0));
    let everyone = hierarchy.set_of(&[case.find("CIA")]);
    assert!(close(rates.of(&everyone) + rates.of(&everyone.complement()), 1.0));
}

#[test]
fn too_many_combinations_are_refused_and_not_waited_for() {
    let frame = 40;
    let opinions: Vec<Masses> = (0..frame)
        .map(|member| {
            Masses::new([(set(frame, &[member]), 0.4), (set(frame, &[member]).complement(), 0.4)], 0.2)
        })
        .collect();
    for rule in FusionRule::ALL {
        // Here the residues have few different common parts.
        let is_easy = matches!(
            rule,
            FusionRule::Weighted
                | FusionRule::Cumulative
                | FusionRule::Averaging
                | FusionRule::ConsensusCompromise
        );
        match combine(*rule, &opinions, &BaseRates::equal(frame)) {
            Ok(fused) => {
                let total = fused.focal().iter().map(|(_, mass)| mass).sum::<f64>() + fused.uncertainty();
                assert!(is_easy && close(total, 1.0), "{rule}: {total}");
            }
            Err(undefined) => {
                assert!(!is_easy && undefined.to_string().contains("too many combinations"), "{rule}");
            }
        }
    }
    assert!(pcr6(&opinions).is_err());
    // Here they have as many as there are subsets of twenty.
    let opinions: Vec<Masses> = (0..20)
        .map(|member| {
            let narrow = set(frame, &[member]).complement();
            let narrower = set(frame, &[member, member + 20]).complement();
            Masses::new([(narrow, 0.4), (narrower, 0.4)], 0.2)
        })
        .collect();
    assert!(consensus_compromise(&opinions, &BaseRates::equal(frame)).is_err());
    assert!(pcr6(&vec![Masses::vacuous(); 10_000]).is_err());
}

/// Thousands of opinions multiply to what no number can hold; what comes out goes on as it began.
#[test]
fn consensus_and_compromise_does_not_flip_with_the_number_of_opinions() {
    const TRUST: f64 = 0.6;
    let (inner, outer) = (set(62, &[0]), set(62, &[0, 1, 2]));
    let base_rates = BaseRates::equal(62);
    for pairs in [1_i32, 5, 30, 80, 100, 200, 1_500] {
        let pair = [
            Masses::new([(inner.clone(), TRUST)], 1.0 - TRUST),
            Masses::new([(outer.clone(), TRUST)], 1.0 - TRUST),
        ];
        let opinions: Vec<Masses> =
            std::iter::repeat_n(pair, usize::try_from(pairs).unwrap()).flatten().collect();
        // In units of TRUST^N: what one of each half says while all others know nothing, and what all say together, of which
        // the common part has (1/3) for each of the wider half.
        let alone = f64::from(pairs) * ((1.0 - TRUST) / TRUST).powi(2 * pairs - 1);
        let common = (1.0_f64 / 3.0).powi(pairs);
        let open = (1.0 - TRUST).powi(2 * pairs);
        let expect = (alone + common) / (2.0 * alone + 1.0) * (1.0 - open);
        let fused = consensus_compromise(&opinions, &base_rates).unwrap();
        assert!(close(fused.belief(&inner), expect), "{pairs}: {} is not {expect}", fused.belief(&inner));
        assert!(close(fused.belief(&outer), 1.0 - open), "{pairs}");
    }
}

#[test]
fn no_number_of_opinions_makes_a_total_conflict_of_a_partial_one() {
    // What is left after K tends to the side of which there is one more.
    let mut opinions = vec![binomial(0.7, 0.2, 0.1); 1_501];
    opinions.extend(vec![binomial(0.2, 0.7, 0.1); 1_500]);
    let (fused, k) = dempster(&opinions).unwrap();
    // Belief : disbelief as (b + u) : (d + u), each once more than the other.
    check_binomial(&fused, 8.0 / 11.0, 3.0 / 11.0, 0.0);
    assert!(close(k, 1.0));
    // One certain opinion decides against any number of uncertain ones.
    let mut opinions = vec![binomial(0.8, 0.0, 0.2); 3_000];
    opinions.push(binomial(0.0, 1.0, 0.0));
    check_binomial(&dempster(&opinions).unwrap().0, 0.0, 1.0, 0.0);
    check_binomial(&yager(&opinions).unwrap(), 0.0, 0.0, 1.0);
    assert_eq!(conflict(&vec![binomial(0.8, 0.0, 0.2); 3_000]), Ok(0.0));
}

/// Up to five opinions on a frame of four.
pub(super) fn arbitrary_opinions() -> impl Strategy<Value = Vec<Masses>> {
    let focal = (1usize..15, 0.0..1.0f64);
    let opinion = (prop::collection::vec(focal, 0..4), 0.0..1.0f64).prop_map(|(focal, open)| {
        let total = focal.iter().map(|(_, mass)| mass).sum::<f64>() + open;
        let members = |bits: usize| (0..4).filter(move |member| bits & (1 << member) != 0);
        if total > 0.0 {
            let masses =
                focal.into_iter().map(|(bits, mass)| (ActorSet::of_members(4, members(bits)), mass / total));
            Masses::new(masses, open / total)
        } else {
            Masses::vacuous()
        }
    });
    prop::collection::vec(opinion, 1..5)
}

fn assert_alike(left: &Masses, right: &Masses) -> Result<(), TestCaseError> {
    let sets = left.focal().iter().chain(right.focal()).map(|(set, _)| set);
    for set in sets {
        prop_assert!(close(left.mass(set), right.mass(set)), "{left:?}\n{right:?}");
    }
    prop_assert!(close(left.uncertainty(), right.uncertainty()));
    Ok(())
}

proptest! {
    #[test]
    fn fused_opinions_are_opinions_and_do_not_depend_on_the_order(opinions in arbitrary_opinions()) {
        let base_rates = BaseRates::equal(4);
        let reversed: Vec<Masses> = opinions.iter().rev().cloned().collect();
        for rule in FusionRule::ALL {
            let Ok(fused) = combine(*rule, &opinions, &base_rates) else { continue };
            let total = fused.focal().iter().map(|(_, mass)| mass).sum::<f64>() + fused.uncertainty();
            prop_assert!(close(total, 1.0), "{rule}: {total}");
            for bits in 1usize..15 {
                let set = ActorSet::of_members(4, (0..4).filter(|member| bits & (1 << member) != 0));
                let (belief, plausibility) = (fused.belief(&set), fused.plausibility(&set));
                let projected = fused.projected(&set, &base_rates);
                prop_assert!(-1e-9 <= belief && belief <= projected + 1e-9 && projected <= plausibility + 1e-9, "{rule}");
                prop_assert!(close(belief + fused.plausibility(&set.complement()), 1.0));
            }
            assert_alike(&fused, &combine(*rule, &reversed, &base_rates).unwrap())?;
        }
    }

    #[test]
    fn some_rules_are_associative_and_some_idempotent(opinions in arbitrary_opinions()) {
        let (first, others) = opinions.split_first().unwrap();
        if !others.is_empty() && opinions.iter().all(|opinion| opinion.uncertainty() > 0.01) {
            assert_alike(&cumulative(&opinions), &cumulative(&[first.clone(), cumulative(others)]))?;
        }
        // Dempster's rule: whichever are taken together first, as long as no part of them rules the others out.
        if let (Ok((rest, _)), Ok((all, _))) = (dempster(others), dempster(&opinions))
            && opinions.iter().all(|opinion| opinion.uncertainty() > 0.01)
        {
            assert_alike(&all, &dempster(&[first.clone(), rest]).unwrap().0)?;
        }
        let twice = [first.clone(), first.clone(), first.clone()];
        for rule in [averaging, weighted] {
            if first.uncertainty() > 0.0 {
                assert_alike(&rule(&twice), first)?;
            }
        }
        assert_alike(&consensus_compromise(&twice, &BaseRates::equal(4)).unwrap(), first)?;
    }
}

/// By hand: reliability A (0.95), credibility not graded (3: 0.6), no confidence stated (0.8): trust 0.456; stated without
/// a hedge, 0.95.
#[test]
fn a_single_claim_is_belief_on_its_set_and_on_the_complement() {
    let mut case = world();
    case.blames("A", &["CIA"]);
    let derived = Derived::new(Arc::new(case.assessment.clone()), Options::default(), None);
    let fused = fuse(&derived, case.find("The incident"), None);
    let names: Vec<String> =
        fused.actors.iter().map(|belief| case.assessment.name_of(belief.actor)).collect();
    assert_eq!(names, ["Any state", "US", "CIA"]);
    for belief in &fused.actors {
        assert!(close(belief.belief, 0.456 * 0.95), "{belief:?}");
    }
    assert!(close(fused.actors[2].plausibility, 1.0 - 0.456 * 0.05));
    assert!(close(fused.actors[1].plausibility, 1.0));
    assert!(close(fused.uncertainty.clone().unwrap(), 0.544));
    assert!(close(fused.conflict().unwrap(), 0.0));
    // Told in the members of the whole frame again.
    let cia = derived.hierarchy().set_of(&[case.find("CIA")]);
    let focal = fused.focal().unwrap();
    assert!(focal.len() == 2 && focal.iter().any(|(set, mass)| *set == cia && close(*mass, 0.456 * 0.95)));
    assert!(focal.iter().any(|(set, _)| *set == cia.complement()));
}

#[test]
fn repetitions_add_nothing_and_other_roles_and_periods_stay_out() {
    let mut case = world();
    let incident = case.incident("The incident", crate::analysis::fixture::period("2020", "2020"));
    let first = case.blames("A", &["CIA"]);
    case.blames("B", &["MSS"]);
    let fused = |case: &crate::analysis::fixture::Case, options| {
        fuse(&Derived::new(Arc::new(case.assessment.clone()), options, None), incident, None)
    };
    let before = fused(&case, Options::default());
    for source in ["C", "D", "E"] {
        let claim = case.blames(source, &["CIA"]);
        case.change(claim, |claim| claim.repeats = vec![first]);
    }
    let after = fused(&case, Options::default());
    for (before, after) in before.actors.iter().zip(&after.actors) {
        assert!(close(before.belief, after.belief) && close(before.projected, after.projected));
    }
    assert_eq!(after.origins().count(), 2);

    let sponsor = case.blames("F", &["PLA"]);
    case.change(sponsor, |claim| {
        if let crate::model::Proposition::Attribution { role, .. } = &mut claim.proposition {
            *role = crate::model::Role::Sponsor;
        }
    });
    let early = case.blames("G", &["NSA"]);
    case.change(early, |claim| claim.covers = crate::analysis::fixture::period("2008", "2019"));
    let left_out = fused(&case, Options::default()).left_out;
    assert_eq!(left_out, [(sponsor, LeftOut::OtherRole), (early, LeftOut::OtherPeriod)]);
    let ignoring = Options { ignore_period: true, ..Options::default() };
    assert_eq!(fused(&case, ignoring).left_out.len(), 1);

    // At the level of states the CIA and the NSA support each other.
    let at_state = Options { level: Some(crate::model::ActorLevel::State), ignore_period: true };
    let at_state = fused(&case, at_state);
    assert!(at_state.actors.iter().all(|belief| case.assessment.name_of(belief.actor) != "CIA"));
}

#[test]
fn every_rule_can_be_asked_for() {
    let mut case = world();
    for (source, actor) in [("A", "CIA"), ("B", "MSS"), ("C", "US"), ("D", "Criminals")] {
        case.blames(source, &[actor]);
    }
    let derived = Derived::new(Arc::new(case.assessment.clone()), Options::default(), None);
    for rule in FusionRule::ALL {
        let fused = fuse(&derived, case.find("The incident"), Some(*rule));
        assert_eq!(fused.rule, *rule);
        for belief in &fused.actors {
            assert!(
                belief.belief <= belief.projected + 1e-9 && belief.projected <= belief.plausibility + 1e-9
            );
        }
        assert!(!fused.actors.is_empty());
    }
    assert!(fuse(&derived, Id::new(crate::model::Uuid::nil()), None).actors.is_empty());
}
