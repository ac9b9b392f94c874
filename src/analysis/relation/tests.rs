use proptest::prelude::*;

use super::*;
use crate::analysis::agreement::agreement_by_level;
use crate::analysis::contested::contested_actors;
use crate::analysis::fixture::{Case, period, world};
use crate::analysis::fusion::fuse;
use crate::analysis::weight::Weight;
use crate::analysis::{Derived, Options};
use crate::model::{Actor, ActorLevel, GradeOverride, Likelihood, Reliability, TrustDiscount};
use Relation::{Contradicts, NotComparable, Overlaps, Refines, Same, Silent};
use Stance::{Asserts, Declines, Denies};

fn compared(case: &Case, options: Options, left: Id<Claim>, right: Id<Claim>) -> Comparison {
    let hierarchy = Hierarchy::new(&case.assessment);
    let claim = |id| case.assessment.get(id).unwrap();
    compare(&case.assessment, &hierarchy, options, claim(left), claim(right))
}

/// Checks a pair both ways round.
fn check_pair(
    left: (Stance, &[&str]),
    right: (Stance, &[&str]),
    options: Options,
    expect: (Relation, Option<Side>),
) {
    let mut case = world();
    case.links(case.part("Turbine Panda", "JSSD"));
    let a = case.blames("A", left.1);
    let b = case.blames("B", right.1);
    case.change(a, |claim| claim.stance = left.0);
    case.change(b, |claim| claim.stance = right.0);
    let there = compared(&case, options, a, b);
    let back = compared(&case, options, b, a);
    assert_eq!((there.relation, there.narrower), expect, "{left:?} against {right:?}");
    assert_eq!(back.relation, there.relation);
    assert_eq!(back.narrower, there.narrower.map(Side::other));
    assert_eq!(back.conflict, there.conflict);
    assert_eq!(back.dempster_k, there.dempster_k);
}

#[test]
fn the_relation_of_two_claims_is_that_of_their_sets() {
    let check =
        |left, right, relation, narrower| check_pair(left, right, Options::default(), (relation, narrower));
    let (left, right) = (Some(Side::Left), Some(Side::Right));
    check((Asserts, &["CIA"]), (Asserts, &["CIA"]), Same, None);
    check((Asserts, &["CIA"]), (Asserts, &["US"]), Refines, left);
    check((Asserts, &["Any state"]), (Asserts, &["CIA"]), Refines, right);
    check((Asserts, &["Turbine Panda"]), (Asserts, &["CN"]), Refines, left);
    check((Asserts, &["CIA"]), (Asserts, &["NSA"]), Contradicts, None);
    check((Asserts, &["JSSD"]), (Asserts, &["Criminals"]), Contradicts, None);
    check((Asserts, &["Sixth Bureau"]), (Asserts, &["JSSD"]), Refines, left);
    // Joint attributions stand for the union.
    check((Asserts, &["CIA", "NSA"]), (Asserts, &["NSA", "CIA"]), Same, None);
    check((Asserts, &["CIA", "NSA"]), (Asserts, &["NSA"]), Refines, right);
    check((Asserts, &["CIA", "NSA"]), (Asserts, &["NSA", "MSS"]), Overlaps, None);
    check((Asserts, &["CIA", "NSA"]), (Asserts, &["US"]), Refines, left);
    check((Asserts, &["CIA", "NSA"]), (Asserts, &["MSS", "PLA"]), Contradicts, None);
    // A denial stands for everyone else.
    check((Denies, &["CIA"]), (Asserts, &["CIA"]), Contradicts, None);
    check((Denies, &["US"]), (Asserts, &["CIA"]), Contradicts, None);
    check((Denies, &["CIA"]), (Asserts, &["US"]), Overlaps, None);
    check((Denies, &["CIA"]), (Asserts, &["NSA"]), Refines, right);
    check((Denies, &["CIA"]), (Denies, &["CIA"]), Same, None);
    check((Denies, &["US"]), (Denies, &["CIA"]), Refines, left);
    check((Denies, &["CIA"]), (Denies, &["MSS"]), Overlaps, None);
    check((Denies, &["CIA", "NSA"]), (Asserts, &["NSA"]), Contradicts, None);
    // Whoever names nobody cannot be held against anyone.
    check((Declines, &[]), (Asserts, &["CIA"]), Silent, None);
    check((Declines, &["CIA"]), (Asserts, &["CIA"]), Silent, None);
    check((Declines, &[]), (Declines, &[]), Silent, None);
    check((Asserts, &[]), (Asserts, &["CIA"]), Silent, None);
    check((Denies, &[]), (Asserts, &["CIA"]), Silent, None);
}

#[test]
fn at_a_level_claims_are_widened_and_denials_of_something_narrower_say_nothing() {
    let check = |left, right, level, expect| {
        check_pair(left, right, Options { level: Some(level), ..Options::default() }, (expect, None));
    };
    let (state, service) = (ActorLevel::State, ActorLevel::Service);
    check((Asserts, &["CIA"]), (Asserts, &["NSA"]), state, Same);
    check((Asserts, &["CIA"]), (Asserts, &["NSA"]), service, Contradicts);
    check((Asserts, &["Turbine Panda"]), (Asserts, &["MSS"]), service, Same);
    check((Asserts, &["CIA"]), (Asserts, &["MSS"]), state, Contradicts);
    check((Denies, &["CIA"]), (Asserts, &["CIA"]), state, Silent);
    check((Denies, &["US"]), (Asserts, &["CIA"]), state, Contradicts);
    check((Asserts, &["Criminals"]), (Asserts, &["Criminals"]), state, Same);
}

#[test]
fn incident_role_and_period_must_agree() {
    let mut case = world();
    let incident = case.incident("Airlines 2020", period("2020-01", "2020"));
    let other = case.incident("Another", period("2020-01", "2020"));
    let mss = case.blames("MSS", &["Any state"]);
    let qihoo = case.blames("360", &["CIA"]);
    assert_eq!(case.assessment.get(mss).unwrap().proposition.incident(), Some(incident));
    let reason = |case: &Case, options| {
        let comparison = compared(case, options, mss, qihoo);
        assert_eq!(comparison.conflict.is_ok(), comparison.reason == Reason::Sets);
        (comparison.relation, comparison.reason, comparison.narrower)
    };
    let plain = Options::default();
    assert_eq!(reason(&case, plain), (Refines, Reason::Sets, Some(Side::Right)));

    // The Qihoo 360 report covers 2008 to 2019; the MSS does not say, and speaks of the incident of 2020.
    case.change(qihoo, |claim| claim.covers = period("2008-09", "2019-06"));
    assert_eq!(reason(&case, plain), (NotComparable, Reason::OtherPeriod, None));
    let ignoring = Options { ignore_period: true, ..plain };
    assert_eq!(reason(&case, ignoring), (Refines, Reason::Sets, Some(Side::Right)));
    assert!(is_period_mismatch(&case.assessment, case.assessment.get(qihoo).unwrap()));
    assert!(!is_period_mismatch(&case.assessment, case.assessment.get(mss).unwrap()));

    // Silence comes first: what was not said needs no period.
    case.change(mss, |claim| claim.stance = Declines);
    assert_eq!(reason(&case, plain), (Silent, Reason::Declines, None));
    case.change(mss, |claim| claim.stance = Asserts);

    let actors = |case: &Case| vec![case.find("CIA")];
    let cia = actors(&case);
    case.change(qihoo, |claim| {
        claim.covers = Period::default();
        claim.proposition = Proposition::Attribution { incident, actors: cia.clone(), role: Role::Sponsor };
    });
    assert_eq!(reason(&case, plain), (NotComparable, Reason::OtherRole, None));
    case.change(qihoo, |claim| {
        claim.proposition =
            Proposition::Attribution { incident: other, actors: cia, role: Role::Perpetrator };
    });
    assert_eq!(reason(&case, plain), (NotComparable, Reason::OtherIncident, None));
    let link = case.same("CIA", "NSA");
    case.change(qihoo, |claim| claim.proposition = link);
    assert_eq!(reason(&case, plain), (NotComparable, Reason::NoAttribution, None));
}

#[test]
fn flipping_a_link_changes_the_relation() {
    let mut case = world();
    let link = case.links(case.same("Turbine Panda", "JSSD"));
    let (a, b) = (case.blames("A", &["Turbine Panda"]), case.blames("B", &["JSSD"]));
    assert_eq!(compared(&case, Options::default(), a, b).relation, Same);
    case.change(link, |claim| claim.accepted = false);
    assert_eq!(compared(&case, Options::default(), a, b).relation, Contradicts);
}

/// Published numbers: degree of conflict as in Jøsang, *Subjective Logic* (2016), section 4.8, recomputed
/// with the package eslimpp.
#[test]
fn the_degree_of_conflict_of_two_answers_to_one_question() {
    let one_question =
        SetRelation { left_in_right: true, right_in_left: true, is_disjoint: false, is_covering: false };
    let opinion = |belief, disbelief| Opinion { belief, disbelief };
    let check = |left, right, sets, expect: f64| {
        let found = degree_of_conflict(left, right, sets);
        assert!((found - expect).abs() < 1e-12, "{left:?} against {right:?}: {found}");
        assert_eq!(found, degree_of_conflict(right, left, sets.turned()));
    };
    check(opinion(0.1, 0.3), opinion(0.7, 0.1), one_question, 0.128);
    check(opinion(0.8, 0.1), opinion(0.1, 0.8), one_question, 0.567);
    check(opinion(1.0, 0.0), opinion(0.0, 1.0), one_question, 1.0);
    check(opinion(0.0, 0.0), opinion(0.0, 1.0), one_question, 0.0);
    let denial =
        SetRelation { left_in_right: false, right_in_left: false, is_disjoint: true, is_covering: true };
    check(opinion(1.0, 0.0), opinion(1.0, 0.0), denial, 1.0);
    check(opinion(0.8, 0.1), opinion(0.8, 0.1), denial, 0.567);
}

/// The pairs of a tree of states, services and units, with how near they stand by Wu and Palmer ("Verb semantics and lexical
/// selection", ACL 1994): two services of one state contradict each other, and are nearer than a service and "any state".
#[test]
fn pairs_of_a_tree_of_states_relate_and_stand_as_near_as_published() {
    use ActorLevel::{Class, Service, State, Unit};
    let mut case = Case::default();
    for (name, level, above) in [
        ("Any state", Class, None),
        ("Non-state", Class, None),
        ("US", State, Some("Any state")),
        ("CN", State, Some("Any state")),
        ("UK", State, Some("Any state")),
        ("CIA", Service, Some("US")),
        ("NSA", Service, Some("US")),
        ("GCHQ", Service, Some("UK")),
        ("MSS", Service, Some("CN")),
        ("PLA", Service, Some("CN")),
        ("JSSD", Unit, Some("MSS")),
        ("TJSSB", Unit, Some("MSS")),
        ("Sixth Bureau", Unit, Some("JSSD")),
        ("Criminals", Class, Some("Non-state")),
    ] {
        case.actor(name, level, above.as_slice());
    }
    let mut check = |left: &str, right: &str, relation, narrower, near: f64| {
        let (a, b) = (case.blames("A", &[left]), case.blames("B", &[right]));
        let found = compared(&case, Options::default(), a, b);
        assert_eq!((found.relation, found.narrower), (relation, narrower), "{left} | {right}");
        assert_eq!(found.dempster_k.unwrap() > 0.0, relation == Contradicts, "{left} | {right}");
        let hierarchy = Hierarchy::new(&case.assessment);
        let similarity = hierarchy.similarity(&[case.find(left)], &[case.find(right)]).unwrap();
        assert!((similarity - near).abs() < 1e-12, "{left} | {right}: {similarity}");
    };
    let left = Some(Side::Left);
    check("CIA", "Any state", Refines, left, 0.666_666_666_666_666_6);
    check("CIA", "US", Refines, left, 0.857_142_857_142_857_1);
    check("CIA", "NSA", Contradicts, None, 0.75);
    check("CIA", "JSSD", Contradicts, None, 0.444_444_444_444_444_4);
    check("JSSD", "MSS", Refines, left, 0.888_888_888_888_888_8);
    check("Sixth Bureau", "JSSD", Refines, left, 0.909_090_909_090_909_1);
    check("JSSD", "TJSSB", Contradicts, None, 0.8);
    check("JSSD", "PLA", Contradicts, None, 0.666_666_666_666_666_6);
    check("JSSD", "Criminals", Contradicts, None, 0.25);
    check("MSS", "PLA", Contradicts, None, 0.75);
}

/// Joint attributions conflict like any other: by K where no actor is in both, and not at all where one holds the other. By hand:
/// each claim carries t·p = 0.456 · 0.95.
#[test]
fn joint_attributions_conflict_only_where_no_actor_is_in_both() {
    let k = (0.456_f64 * 0.95).powi(2);
    let check = |left: &[&str], right: &[&str], relation, expect: f64| {
        let mut case = world();
        let (a, b) = (case.blames("A", left), case.blames("B", right));
        let found = compared(&case, Options::default(), a, b);
        assert_eq!(found.relation, relation, "{left:?} | {right:?}");
        assert!((found.dempster_k.unwrap() - expect).abs() < 1e-12, "{left:?} | {right:?}");
    };
    check(&["CIA", "NSA"], &["MSS", "PLA"], Contradicts, k);
    check(&["CIA", "NSA"], &["CN"], Contradicts, k);
    check(&["CIA", "NSA"], &["NSA", "MSS"], Overlaps, 0.0);
    check(&["CIA", "NSA"], &["US"], Refines, 0.0);
    check(&["CIA", "MSS"], &["Any state"], Refines, 0.0);
}

/// A pair is weighed as the claims are fused: by the version of trust discounting that the assessment has.
#[test]
fn a_pair_conflicts_under_the_discount_that_claims_are_fused_with() {
    let mut case = world();
    let (a, b) = (case.blames("A", &["JSSD"]), case.blames("B", &["Criminals"]));
    let usual = compared(&case, Options::default(), a, b);
    let belief = |case: &Case, id| {
        let claim = case.assessment.get(id).unwrap();
        Opinion::of_claim(&case.assessment, claim).belief
    };
    let product = belief(&case, a) * belief(&case, b);
    assert!((usual.dempster_k.unwrap() - product).abs() < 1e-12);
    case.assessment.header.methods.discount = TrustDiscount::OppositeBelief;
    let opposite = compared(&case, Options::default(), a, b);
    let weight = Weight::of(&case.assessment, case.assessment.get(a).unwrap());
    let (t, p) = (weight.trust, weight.probability);
    assert!((belief(&case, a) - (t * p + (1.0 - t) * (1.0 - p))).abs() < 1e-12);
    assert!(opposite.dempster_k.unwrap() > product);
}

/// K of JSSD against criminals 0.63, against the PLA 0.35, against China 0 (masses 0.9 and 0.7, 0.7 and 0.5): Shafer, A Mathematical
/// Theory of Evidence (1976), recomputed with `py_dempster_shafer`.
#[test]
fn dempsters_k_is_the_product_of_disjoint_beliefs() {
    let opinion = |belief| Opinion { belief, disbelief: 0.0 };
    let disjoint =
        SetRelation { left_in_right: false, right_in_left: false, is_disjoint: true, is_covering: false };
    let nested =
        SetRelation { left_in_right: true, right_in_left: false, is_disjoint: false, is_covering: false };
    assert!((dempster_conflict(opinion(0.9), opinion(0.7), disjoint) - 0.63).abs() < 1e-12);
    assert!((dempster_conflict(opinion(0.7), opinion(0.5), disjoint) - 0.35).abs() < 1e-12);
    assert_eq!(dempster_conflict(opinion(0.9), opinion(0.7), nested), 0.0);
}

#[test]
fn a_source_that_cannot_be_judged_conflicts_with_nobody() {
    let mut case = world();
    let (a, b) = (case.blames("A", &["CIA"]), case.blames("B", &["MSS"]));
    let before = compared(&case, Options::default(), a, b);
    assert!(before.conflict.unwrap() > 0.05);
    case.change(a, |claim| {
        claim.reliability_override =
            Some(GradeOverride { reliability: Reliability::F, reason: String::new() });
    });
    let after = compared(&case, Options::default(), a, b);
    assert_eq!((after.relation, after.conflict, after.dempster_k), (Contradicts, Ok(0.0), Ok(0.0)));
}

#[test]
fn differences_are_named_field_by_field() {
    let mut case = world();
    case.links(case.same("Turbine Panda", "JSSD"));
    let incident = case.incident("OPM", period("2014", "2015"));
    let a = case.blames("A", &["Turbine Panda"]);
    let b = case.blames("B", &["CN"]);
    assert_eq!(case.assessment.get(a).unwrap().proposition.incident(), Some(incident));
    case.change(a, |claim| {
        claim.likelihood = Some(Likelihood { words: "likely".to_owned(), low: Some(0.55), high: Some(0.8) });
        claim.basis = vec![crate::model::Basis::Technical];
    });
    case.change(b, |claim| {
        claim.confidence = Some(crate::model::Confidence::High);
        claim.covers = period("2013", "2013");
    });
    let comparison = compared(&case, Options::default(), a, b);
    let lines: Vec<String> = comparison
        .differences()
        .map(|it| format!("{}: {} | {} | {}", it.field.label(), it.left, it.right, it.meaning))
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    Actor: JSSD (as Turbine Panda) | CN | The first is part of the second.
    Level: Unit or bureau | State | One is more specific than the other.
    Period: 2014 – 2015 | 2013 | No day belongs to both.
    Likelihood: “likely” (55–80 %) | not hedged | Only the first is hedged.
    Confidence: none stated | High | Only the second states a degree of confidence.
    Basis: Technical | none given | Only the first says on what it rests.
    ");
    assert_eq!(
        comparison.sentence("A", "B"),
        "A is not comparable with B: 2014 – 2015 and 2013 cannot share a day"
    );
    assert!(compared(&case, Options::default(), a, a).differences().next().is_none());
}

#[test]
fn how_a_relation_comes_about_is_said_in_a_sentence() {
    let check = |left: (Stance, &[&str]), right: (Stance, &[&str]), expect: &str| {
        let mut case = world();
        case.links(case.same("APT26", "Turbine Panda"));
        let [a, b] = [("A", left), ("B", right)].map(|(source, (stance, actors))| {
            let claim = case.blames(source, actors);
            case.change(claim, |claim| claim.stance = stance);
            claim
        });
        let comparison = compared(&case, Options::default(), a, b);
        assert_eq!(comparison.sentence("A", "B"), expect, "{left:?} {right:?}");
    };
    check((Asserts, &["CIA"]), (Asserts, &["US"]), "A refines B: CIA is part of US");
    check((Asserts, &["CN"]), (Asserts, &["JSSD"]), "A is refined by B: JSSD is part of CN");
    check((Asserts, &["CIA", "NSA"]), (Asserts, &["US"]), "A refines B: CIA, NSA are part of US");
    check((Asserts, &["CIA"]), (Asserts, &["CIA"]), "A says the same as B: both name CIA");
    check(
        (Asserts, &["APT26"]),
        (Asserts, &["Turbine Panda"]),
        "A says the same as B: both name APT26, under the accepted links",
    );
    check((Asserts, &["CIA"]), (Asserts, &["MSS"]), "A contradicts B: CIA and MSS have no member in common");
    check((Asserts, &["CIA"]), (Denies, &["US"]), "A contradicts B: the one denies what the other asserts");
    check((Asserts, &["US"]), (Denies, &["CIA"]), "A overlaps with B: only a part of US is denied");
    check((Denies, &["US"]), (Denies, &["CIA"]), "A refines B: who denies US denies CIA too");
    check((Asserts, &["MSS"]), (Denies, &["CIA"]), "A refines B: MSS is outside CIA, which the other denies");
    check(
        (Declines, &[]),
        (Asserts, &["CIA"]),
        "A cannot be held against B: one of them declines to name anybody",
    );
}

type Indices = Vec<prop::sample::Index>;

/// Actors as a random forest with second parents, and claims on them.
fn arbitrary_case() -> impl Strategy<Value = (Vec<Indices>, Vec<(Indices, u8)>)> {
    let index = any::<prop::sample::Index>;
    let actors = prop::collection::vec(prop::collection::vec(index(), 0..3), 1..10);
    let claims = prop::collection::vec((prop::collection::vec(index(), 0..3), 0u8..3), 2..6);
    (actors, claims)
}

fn actor_id(name: usize) -> Id<Actor> {
    Id::new(crate::model::Uuid::from_u128(1_000_000 + name as u128))
}

/// Builds the case, with the actors' identifiers and names given by `name_of`.
fn build(
    actors: &[Indices],
    claims: &[(Indices, u8)],
    name_of: impl Fn(usize) -> usize,
) -> (Case, Vec<Id<Claim>>) {
    let id = |number: usize| actor_id(name_of(number));
    let mut case = Case::default();
    for (number, parents) in actors.iter().enumerate() {
        let level = ActorLevel::ALL[number % ActorLevel::ALL.len()];
        // Parents have lesser numbers, so that there is no circle; the first actor has none.
        let mut belongs_to: Vec<_> =
            parents.iter().filter(|_| number > 0).map(|parent| id(parent.index(number))).collect();
        belongs_to.dedup();
        case.put(Actor {
            id: id(number),
            name: format!("Actor {}", name_of(number)),
            level,
            belongs_to,
            aliases: Vec::new(),
            notes: String::new(),
        });
    }
    let claims = claims
        .iter()
        .enumerate()
        .map(|(number, (named, stance))| {
            let claim = case.blames(&format!("S{number}"), &[]);
            let named: Vec<_> = named.iter().map(|actor| id(actor.index(actors.len()))).collect();
            case.change(claim, |claim| {
                claim.stance = Stance::ALL[usize::from(*stance)];
                if let Proposition::Attribution { actors, .. } = &mut claim.proposition {
                    *actors = named;
                }
            });
            claim
        })
        .collect();
    (case, claims)
}

proptest! {
    /// For any two opinions and any two sets of a frame: the same both ways, none where one knows nothing, none of K where the sets
    /// share a member, and full only between certain opposites.
    #[test]
    fn conflict_has_no_direction_and_stays_in_its_range(
        masses in prop::array::uniform4(0.0..=1.0_f64),
        sets in prop::array::uniform2(1_usize..15),
    ) {
        let [b1, d1, b2, d2] = masses;
        let opinion = |b: f64, d: f64| Opinion { belief: b, disbelief: (1.0 - b) * d };
        let (left, right, vacuous) = (opinion(b1, d1), opinion(b2, d2), opinion(0.0, 0.0));
        let [a, b] = sets.map(|bits| {
            ActorSet::of_members(4, (0..4).filter(move |member| bits & (1 << member) != 0))
        });
        let sets = SetRelation::between(&a, &b);
        let (degree, k) = (degree_of_conflict(left, right, sets), dempster_conflict(left, right, sets));
        prop_assert!((0.0..=1.0).contains(&degree) && (0.0..=1.0).contains(&k), "{degree} {k}");
        prop_assert_eq!(degree, degree_of_conflict(right, left, sets.turned()));
        prop_assert_eq!(k, dempster_conflict(right, left, sets.turned()));
        prop_assert_eq!(degree_of_conflict(left, vacuous, sets), 0.0);
        prop_assert!(a.is_disjoint(&b) || k == 0.0);
        // Never more than the certainty that both have.
        let certainty = (left.belief + left.disbelief) * (right.belief + right.disbelief);
        prop_assert!(degree <= certainty + 1e-12);
    }

    /// To refine is an order, joint attributions and denials included: who refines what refines a third refines that too, and none
    /// refines what refines it.
    #[test]
    fn refining_is_an_order((actors, claims) in arbitrary_case()) {
        let (case, ids) = build(&actors, &claims, |number| number);
        let refines = |a: Id<Claim>, b: Id<Claim>| {
            let found = compared(&case, Options::default(), a, b);
            found.relation == Refines && found.narrower == Some(Side::Left)
        };
        for a in &ids {
            prop_assert!(!refines(*a, *a));
            for b in ids.iter().filter(|b| refines(*a, **b)) {
                prop_assert!(!refines(*b, *a));
                for c in ids.iter().filter(|c| refines(*b, **c)) {
                    prop_assert!(refines(*a, *c));
                }
            }
        }
    }

    #[test]
    fn relations_turn_with_the_pair_and_survive_relabelling((actors, claims) in arbitrary_case(), seed in any::<u64>()) {
        let (case, ids) = build(&actors, &claims, |number| number);
        let step = 1 + (seed % 7) as usize * 2;
        let (relabelled, other_ids) = build(&actors, &claims, |number| 500 - number * step);
        for (a, other_a) in ids.iter().zip(&other_ids) {
            for (b, other_b) in ids.iter().zip(&other_ids) {
                let there = compared(&case, Options::default(), *a, *b);
                let back = compared(&case, Options::default(), *b, *a);
                prop_assert_eq!(there.relation, back.relation);
                prop_assert_eq!(there.narrower, back.narrower.map(Side::other));
                prop_assert_eq!(&there.conflict, &back.conflict);
                if matches!(there.relation, Same | Refines | Overlaps) {
                    prop_assert_eq!(&there.dempster_k, &Ok(0.0));
                }
                for number in [&there.conflict, &there.dempster_k].into_iter().flatten() {
                    prop_assert!((0.0..=1.0).contains(number));
                }
                let other = compared(&relabelled, Options::default(), *other_a, *other_b);
                prop_assert_eq!((there.relation, there.narrower), (other.relation, other.narrower));
                prop_assert_eq!(there.conflict, other.conflict);
            }
        }
    }

    #[test]
    fn no_number_depends_on_names_and_identifiers((actors, claims) in arbitrary_case(), seed in any::<u64>()) {
        let step = 1 + (seed % 7) as usize * 2;
        let numbers_under = |name_of: &dyn Fn(usize) -> usize| {
            let (case, _) = build(&actors, &claims, name_of);
            let incident = case.assessment.incidents.ids().next();
            let number_of: Vec<(Id<Actor>, usize)> =
                (0..actors.len()).map(|number| (actor_id(name_of(number)), number)).collect();
            let number = |actor: Id<Actor>| {
                number_of.iter().find(|(id, _)| *id == actor).map_or(usize::MAX, |(_, number)| *number)
            };
            let derived = Derived::new(std::sync::Arc::new(case.assessment), Options::default(), None);
            let mut contested: Vec<_> = incident.map_or_else(Vec::new, |id| contested_actors(&derived, id))
                .into_iter()
                .map(|it| (number(it.actor), it.origins_for, it.origins_against, it.conflict))
                .collect();
            contested.sort_by_key(|it| it.0);
            let levels = incident.map_or_else(Vec::new, |id| agreement_by_level(&derived, id));
            let mut fused: Vec<_> = incident
                .map_or_else(Vec::new, |id| fuse(&derived, id, None).actors)
                .into_iter()
                .map(|it| (number(it.actor), [it.belief, it.plausibility, it.projected]))
                .collect();
            fused.sort_by_key(|it| it.0);
            (contested, levels, fused)
        };
        let (contested, levels, fused) = numbers_under(&|number| number);
        let (other_contested, other_levels, other_fused) = numbers_under(&|number| 500 - number * step);
        prop_assert_eq!(levels, other_levels);
        prop_assert_eq!(contested.len(), other_contested.len());
        for (is, other) in contested.iter().zip(&other_contested) {
            prop_assert_eq!((is.0, is.1, is.2), (other.0, other.1, other.2));
            // Sums may be added up in another order.
            prop_assert!((is.3 - other.3).abs() < 1e-12);
        }
        prop_assert_eq!(fused.len(), other_fused.len());
        for (is, other) in fused.iter().zip(&other_fused) {
            prop_assert_eq!(is.0, other.0);
            prop_assert!(is.1.iter().zip(other.1).all(|(is, other)| (is - other).abs() < 1e-12), "{:?} {:?}", is, other);
        }
    }
}
