use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;

use super::*;
use crate::analysis::Options;
use crate::analysis::fixture::{Case, world};
use crate::analysis::fusion::fuse;
use crate::model::{
    Credibility, GradeOverride, Grading, Likelihood, Proposition, Reliability, Status, TrustDiscount,
};

fn derived(case: &Case) -> Derived {
    Derived::new(Arc::new(case.assessment.clone()), Options::default(), None)
}

fn influence(case: &Case, rule: FusionRule) -> Influence {
    let derived = derived(case);
    let found = derived.influence(case.find("The incident"), Some(rule), &AtomicBool::new(false)).unwrap();
    (*found).clone()
}

fn movement(influence: &Influence, change: Change) -> f64 {
    *influence.of(change).unwrap_or_else(|| panic!("{change:?} was not tried")).movement.as_ref().unwrap()
}

fn close(found: f64, expect: f64) -> bool {
    (found - expect).abs() < 1e-9
}

/// Reliability A (0.95), credibility 1 (0.95), no confidence stated (0.8), no hedge (0.95).
const TRUST: f64 = 0.95 * 0.95 * 0.8;

fn confirmed(case: &mut Case, claim: Id<Claim>) {
    case.change(claim, |claim| claim.credibility = Some(Credibility::One));
}

/// Two sources of equal weight, one naming the US and one CN. Three roots besides "anyone else": the class "Any state"
/// with both, "Criminals", and the two clusters.
#[test]
fn by_hand_two_opposites_leave_each_other_in_possession() {
    let mut case = world();
    let (us, cn) = (case.blames("A", &["US"]), case.blames("B", &["CN"]));
    confirmed(&mut case, us);
    confirmed(&mut case, cn);
    let found = influence(&case, FusionRule::Weighted);
    // Base rates: five parts at the top; "Any state" has three, of which US and CN have one each.
    let rate = 1.0 / 5.0 / 3.0;
    let (for_it, against, open) = (TRUST * 0.95, TRUST * 0.05, 1.0 - TRUST);
    // Of the mass on "not CN" the US get their part by base rate.
    let share = rate / (1.0 - rate);
    let alone = for_it + open * rate;
    let both = f64::midpoint(for_it, against * share) + open * rate;
    let other_alone = against * share + open * rate;
    let effect = found.of(Change::WithoutClaim(us)).unwrap();
    let moved = effect.moved.unwrap();
    // Both move as far and lie as deep; the US stand first in the hierarchy or CN do: by name CN.
    assert_eq!(case.assessment.name_of(moved.actor), "CN");
    assert!(close(moved.from, both) && close(moved.to, alone), "{moved:?} is not {both} to {alone}");
    assert!(close(*effect.movement.as_ref().unwrap(), alone - both));
    assert!(close(alone - both, both - other_alone));
    let (before, after) = effect.uncertainty.unwrap();
    assert!(close(before, open) && close(after, open));
    // They tied, so nobody was in front of the states.
    let lead = effect.leads.iter().find(|lead| lead.level == ActorLevel::State).unwrap();
    assert_eq!((lead.before, lead.after), (None, Some(case.find("CN"))));
    assert_eq!(lead.sentence(&case.assessment), "State: nobody was in front, then CN");
    // Removing the source, or the origin, of a single claim is removing the claim.
    let source = case.find("A");
    for change in [Change::WithoutOrigin(us), Change::WithoutSource(source)] {
        let same = found.of(change).unwrap();
        assert_eq!((&same.movement, &same.claims), (&effect.movement, &effect.claims));
    }
    assert_eq!(found.strongest_claim().unwrap().0, us);
    // Told once, not three times.
    assert_eq!(
        found.top(2).iter().map(|effect| effect.change).collect::<Vec<_>>(),
        [Change::WithoutClaim(us), Change::WithoutClaim(cn)]
    );
}

#[test]
fn by_hand_a_grade_moves_a_lone_claim_by_its_trust() {
    let mut case = world();
    let claim = case.blames("A", &["US"]);
    confirmed(&mut case, claim);
    let rate = 1.0 / 5.0 / 3.0;
    let projected = |reliability: f64, credibility: f64| {
        let trust = reliability * credibility * 0.8;
        trust * 0.95 + (1.0 - trust) * rate
    };
    let check = |case: &Case, change: Change, expect: f64| {
        let found = movement(&influence(case, FusionRule::Cumulative), change);
        assert!(close(found, expect.abs()), "{change:?}: {found} is not {expect}");
    };
    let source = case.find("A");
    let (a, b, d) = (Reliability::A, Reliability::B, Reliability::D);
    check(
        &case,
        Change::SourceReliability { source, from: Some(a), to: b },
        projected(0.95, 0.95) - projected(0.8, 0.95),
    );
    let credibility = |from, to| Change::Credibility { claim, from, to };
    let (one, two, four) = (Credibility::One, Credibility::Two, Credibility::Four);
    check(&case, credibility(Some(one), two), projected(0.95, 0.95) - projected(0.95, 0.8));
    // Not graded counts as 3, and goes either way.
    case.change(claim, |claim| claim.credibility = None);
    check(&case, credibility(None, two), projected(0.95, 0.6) - projected(0.95, 0.8));
    check(&case, credibility(None, four), projected(0.95, 0.6) - projected(0.95, 0.4));
    // 6 is ignorance: both sides of the middle are tried, from nothing.
    case.change(claim, |claim| claim.credibility = Some(Credibility::Six));
    check(&case, credibility(Some(Credibility::Six), two), rate - projected(0.95, 0.8));
    check(&case, credibility(Some(Credibility::Six), four), rate - projected(0.95, 0.4));
    // A grade of its own takes the claim away from its source.
    case.change(claim, |claim| {
        claim.credibility = Some(one);
        let reason = String::new();
        claim.reliability_override = Some(GradeOverride { reliability: Reliability::F, reason });
    });
    let found = influence(&case, FusionRule::Weighted);
    assert!(found.effects.iter().all(|effect| !matches!(effect.change, Change::SourceReliability { .. })));
    let own = |to| Change::OwnReliability { claim, from: Reliability::F, to };
    check(&case, own(b), rate - projected(0.8, 0.95));
    check(&case, own(d), rate - projected(0.4, 0.95));
}

#[test]
fn grades_move_by_one_step_and_what_cannot_be_judged_to_both_sides() {
    let reliability = |letter: Option<char>| {
        let grade = letter.and_then(|letter| Reliability::ALL.iter().find(|it| it.letter() == letter));
        change::reliability_steps(grade.copied()).iter().map(|grade| grade.letter()).collect::<String>()
    };
    let steps: Vec<String> =
        [Some('A'), Some('B'), Some('C'), Some('D'), Some('E'), Some('F'), None].map(reliability).into();
    assert_eq!(steps, ["B", "AC", "BD", "CE", "D", "BD", "BD"]);
    let credibility = |digit: u8| {
        let steps = change::credibility_steps(Credibility::from_digit(digit));
        steps.iter().map(|grade| grade.digit().to_string()).collect::<String>()
    };
    let steps: Vec<String> = [1, 2, 3, 4, 5, 6, 0].map(credibility).into();
    assert_eq!(steps, ["2", "13", "24", "35", "4", "24", "24"]);
}

#[test]
fn links_are_switched_one_by_one() {
    let mut case = world();
    let panda = case.blames("A", &["Turbine Panda"]);
    case.blames("B", &["MSS"]);
    confirmed(&mut case, panda);
    let (under, same, circle, far) = (
        case.part("Turbine Panda", "JSSD"),
        case.same("APT26", "Turbine Panda"),
        case.part("MSS", "Turbine Panda"),
        case.part("CIA", "Criminals"),
    );
    let under = case.links(under);
    let same = case.says("Linker", same);
    let circle = case.says("Linker", circle);
    let far = case.says("Linker", far);
    let found = influence(&case, FusionRule::Weighted);
    let off = found.of(Change::LinkOff(under)).unwrap();
    let moved = off.moved.unwrap();
    // Without the link nothing that is said of the group says anything of the bureau.
    assert!(["JSSD", "MSS", "CN", "Any state"].contains(&case.assessment.name_of(moved.actor).as_str()));
    assert!(moved.to < moved.from && off.claims.is_empty());
    // The other is as if the link were, or were not, accepted in the file.
    let mut switched = Case::default();
    switched.assessment = case.assessment.clone();
    switched.change(under, |claim| claim.accepted = false);
    let other = derived(&switched);
    let fused = fuse(&other, case.find("The incident"), Some(FusionRule::Weighted));
    let number = other.hierarchy().number_of(moved.actor).unwrap();
    let without = fused.actors.iter().find(|row| row.number == number).map(|row| row.projected);
    if let Some(without) = without {
        assert!(close(without, moved.to), "{without} is not {}", moved.to);
    }
    assert!(found.of(Change::LinkOn(same)).unwrap().movement.is_ok());
    let undefined = found.of(Change::LinkOn(circle)).unwrap();
    assert!(undefined.movement.as_ref().unwrap_err().to_string().contains("close a circle"));
    assert_eq!(found.effects.last().unwrap().change, Change::LinkOn(circle), "undefined ones stand last");
    assert!(found.of(Change::LinkOn(far)).is_none(), "it touches nobody whom a claim names");
    // Two who say the same of two actors: one of them is enough.
    let again = case.part("Turbine Panda", "JSSD");
    let again = case.links(again);
    let found = influence(&case, FusionRule::Weighted);
    for link in [under, again] {
        assert_eq!(movement(&found, Change::LinkOff(link)), 0.0);
    }
}

#[test]
fn what_takes_no_part_is_not_varied() {
    let mut case = world();
    case.blames("A", &["CIA"]);
    case.blames("B", &["CIA"]);
    let gone = case.blames("C", &["MSS"]);
    case.change(gone, |claim| claim.status = Status::Retracted { on: None });
    let sponsor = case.blames("D", &["MSS"]);
    case.change(sponsor, |claim| {
        if let Proposition::Attribution { role, .. } = &mut claim.proposition {
            *role = crate::model::Role::Sponsor;
        }
    });
    let found = influence(&case, FusionRule::Weighted);
    for claim in [gone, sponsor] {
        assert!(found.of(Change::WithoutClaim(claim)).is_none());
    }
    assert!(influence(&world_with_nothing(), FusionRule::Weighted).effects.is_empty());
}

fn world_with_nothing() -> Case {
    let mut case = world();
    case.incident("The incident", crate::model::Period::default());
    case
}

#[test]
fn an_undefined_picture_says_why() {
    let mut case = world();
    for (source, actor) in [("A", "CIA"), ("B", "MSS")] {
        let claim = case.blames(source, &[actor]);
        confirmed(&mut case, claim);
        case.change(claim, |claim| {
            claim.likelihood = Some(Likelihood { words: String::new(), low: Some(1.0), high: Some(1.0) });
            claim.confidence = Some(crate::model::Confidence::High);
        });
    }
    case.assessment.header.methods.reliability_trust = [1.0, 1.0, 0.6, 0.4, 0.2];
    case.assessment.header.methods.credibility_trust = [1.0, 0.8, 0.6, 0.4, 0.2];
    let found = influence(&case, FusionRule::Dempster);
    assert!(found.effects.is_empty());
    assert!(found.undefined.unwrap().to_string().contains("K = 1"));
    // And where only what comes after is undefined, that one alone is.
    let claim = case.assessment.claims.ids().next().unwrap();
    case.change(claim, |claim| claim.credibility = Some(Credibility::Two));
    let found = influence(&case, FusionRule::Dempster);
    let up = Change::Credibility { claim, from: Some(Credibility::Two), to: Credibility::One };
    assert!(found.of(up).unwrap().movement.is_err());
    // The other one is certain: beside it this one does not count.
    assert!(movement(&found, Change::WithoutClaim(claim)) < 1e-9);
    let other = case.assessment.claims.ids().nth(1).unwrap();
    assert!(movement(&found, Change::WithoutClaim(other)) > 0.1);
}

#[test]
fn it_is_kept_until_something_that_it_rests_on_changes() {
    let mut case = world();
    let claim = case.blames("A", &["CIA"]);
    let link = case.part("Turbine Panda", "JSSD");
    let link = case.says("Linker", link);
    let go_on = AtomicBool::new(false);
    let incident: Id<Incident> = case.find("The incident");
    let first = derived(&case);
    assert!(matches!(first.influence_stage(incident, None), crate::analysis::progress::Stage::NotBegun));
    let found = first.influence(incident, None, &go_on).unwrap();
    let next =
        |case: &Case| Derived::new(Arc::new(case.assessment.clone()), Options::default(), Some(&first));
    case.assessment.header.title = "Another title".to_owned();
    assert!(Arc::ptr_eq(&found, &next(&case).influence(incident, None, &go_on).unwrap()));
    case.change(link, |claim| claim.notes = "Read again".to_owned());
    assert!(!Arc::ptr_eq(&found, &next(&case).influence(incident, None, &go_on).unwrap()));
    case.change(claim, |claim| claim.credibility = Some(Credibility::Five));
    let later = next(&case);
    assert!(later.influence(incident, None, &AtomicBool::new(true)).is_none(), "stopped");
    assert!(matches!(later.influence_stage(incident, None), crate::analysis::progress::Stage::Stopped));
    assert_ne!(found, later.influence(incident, None, &go_on).unwrap());
}

#[test]
fn the_table_tells_all_in_words() {
    let mut case = world();
    let claim = case.blames("A", &["CIA"]);
    let found = influence(&case, FusionRule::Weighted);
    let table = found.table(&case.assessment);
    assert_eq!(table.rows.len(), found.effects.len());
    assert_eq!(table.rows[0][0], "Without the claim A: CIA");
    let grade = found.effects.iter().find(|effect| matches!(effect.change, Change::Credibility { .. }));
    assert_eq!(
        grade.unwrap().change.label(&case.assessment),
        "Credibility of the claim A: CIA: not graded → 2"
    );
    let effect = found.of(Change::WithoutClaim(claim)).unwrap();
    let explanation = effect.explanation(&case.assessment);
    assert_eq!(explanation.value, effect.movement);
    assert!(effect.sentence(&case.assessment).starts_with("CIA moves from "));
}

const ACTORS: [&str; 8] = ["Any state", "Criminals", "US", "CN", "CIA", "MSS", "JSSD", "Turbine Panda"];

/// What a source says: who, whom it names, its two grades, whether it denies, and which claim before it it repeats.
type Saying = (usize, usize, usize, usize, bool, Option<usize>);

fn arbitrary_sayings() -> impl Strategy<Value = Vec<Saying>> {
    let repeated = prop::option::weighted(0.3, 0..6usize);
    prop::collection::vec(
        (0..4usize, 0..8usize, 0..6usize, 0..6usize, prop::bool::weighted(0.2), repeated),
        1..7,
    )
}

fn case_of(sayings: &[Saying], rename: impl Fn(&str) -> String) -> Case {
    let mut case = world();
    let mut made = Vec::new();
    for (source, actor, reliability, credibility, denies, repeated) in sayings {
        let claim = case.blames(&format!("Source {source}"), &[ACTORS[*actor]]);
        let original = repeated.and_then(|place| made.get(place).copied());
        case.change(claim, |claim| {
            claim.credibility = Some(Credibility::ALL[*credibility]);
            claim.repeats = original.into_iter().collect();
            if *denies {
                claim.stance = crate::model::Stance::Denies;
            }
        });
        let mut source = case.assessment.get(case.assessment.get(claim).unwrap().source).unwrap().clone();
        source.gradings = vec![Grading {
            reliability: Reliability::ALL[*reliability],
            reason: String::new(),
            on: None,
            by: None,
        }];
        case.put(source);
        made.push(claim);
    }
    let actors: Vec<Actor> = case.assessment.actors.iter().cloned().collect();
    for actor in actors {
        case.put(Actor { name: rename(&actor.name), ..actor });
    }
    case
}

fn by_change(influence: &Influence) -> BTreeMap<Change, Option<i64>> {
    let rounded = |effect: &Effect| effect.movement.as_ref().ok().map(|it| (it * 1e9).round() as i64);
    influence.effects.iter().map(|effect| (effect.change, rounded(effect))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A claim that cannot be judged says nothing: where a vacuous opinion is neutral and the claim has an origin of its
    /// own, taking it away moves nothing.
    #[test]
    fn taking_away_ignorance_moves_nothing(sayings in arbitrary_sayings()) {
        let case = case_of(&sayings, str::to_owned);
        for rule in [FusionRule::Weighted, FusionRule::Cumulative, FusionRule::Dempster, FusionRule::Yager] {
            let found = influence(&case, rule);
            let derived = derived(&case);
            let results = derived.incident(case.find("The incident"));
            for effect in &found.effects {
                let Change::WithoutOrigin(_) = effect.change else { continue };
                let is_vacuous = effect.claims.iter().all(|id| {
                    Weight::of(&case.assessment, case.assessment.get(*id).unwrap()).trust == 0.0
                });
                prop_assert_eq!(results.origin_of(effect.claims[0]).is_some(), true);
                if is_vacuous {
                    prop_assert!(effect.movement.as_ref().is_ok_and(|movement| *movement < 1e-9), "{rule}: {effect:?}");
                }
            }
        }
    }

    /// What is measured is a difference of probabilities; and the quick way gives what fusing anew gives.
    #[test]
    fn movements_are_what_fusing_anew_gives(sayings in arbitrary_sayings(), place in 0..6usize) {
        let case = case_of(&sayings, str::to_owned);
        let derived = derived(&case);
        let incident = case.find("The incident");
        for rule in FusionRule::ALL {
            let found = influence(&case, *rule);
            prop_assert!(found.undefined.is_some() || !found.effects.is_empty());
            for effect in &found.effects {
                let Ok(movement) = effect.movement else { continue };
                prop_assert!((0.0..=1.0).contains(&movement));
                prop_assert_eq!(effect.moved.is_none(), movement == 0.0);
            }
            let sizes: Vec<f64> =
                found.effects.iter().filter_map(|effect| effect.movement.clone().ok()).collect();
            prop_assert!(sizes.windows(2).all(|pair| pair[0] >= pair[1] - 1e-9));
            let Some(claim) = case.assessment.claims.ids().nth(place) else { continue };
            let Some(effect) = found.of(Change::WithoutClaim(claim)) else { continue };
            let without = |other: &Claim| other.id != claim;
            let variation = Variation { rule: Some(*rule), includes: Some(&without), ..Variation::default() };
            let after = crate::analysis::fusion::fuse_with(&derived, incident, &variation);
            let before = fuse(&derived, incident, Some(*rule));
            let most = before.actors.iter().zip(&after.actors).map(|(a, b)| (a.projected - b.projected).abs());
            if let Ok(movement) = effect.movement {
                prop_assert!(close(movement, most.fold(0.0, f64::max)) || movement == 0.0);
            }
        }
    }

    /// Names mean nothing: the same effects under other names.
    #[test]
    fn relabelling_actors_changes_nothing(sayings in arbitrary_sayings()) {
        let found = influence(&case_of(&sayings, str::to_owned), FusionRule::Weighted);
        let renamed = influence(
            &case_of(&sayings, |name| name.chars().rev().collect()),
            FusionRule::Weighted,
        );
        prop_assert_eq!(by_change(&found), by_change(&renamed));
    }

    /// A repeat of an origin that says the same with the same weight adds nothing under averaging, so taking one of
    /// several such repeats away moves nothing, whatever the rule.
    #[test]
    fn one_of_several_equal_repeats_moves_nothing(sayings in arbitrary_sayings()) {
        let mut case = case_of(&sayings, str::to_owned);
        let original = case.assessment.claims.iter().next().unwrap().clone();
        let source = case.assessment.name_of(original.source);
        let copy = case.says(&source, original.proposition.clone());
        case.change(copy, |claim| {
            *claim = Claim { id: claim.id, repeats: vec![original.id], ..original.clone() };
        });
        let derived = derived(&case);
        let origin = derived.incident(case.find("The incident")).origins().iter()
            .find(|origin| origin.claims.contains(&copy)).unwrap().claims.len();
        prop_assume!(origin == 2);
        for rule in [FusionRule::Weighted, FusionRule::Cumulative, FusionRule::Averaging] {
            let found = influence(&case, rule);
            prop_assert!(movement(&found, Change::WithoutClaim(copy)) < 1e-9);
        }
    }

    /// Opposite-belief discounting has its own idea of distrust; ignorance stays ignorance under every version.
    #[test]
    fn ignorance_is_neutral_under_every_discount(sayings in arbitrary_sayings()) {
        for discount in TrustDiscount::ALL {
            let mut case = case_of(&sayings, str::to_owned);
            case.assessment.header.methods.discount = *discount;
            let unknown = case.blames("Unknown", &["CIA"]);
            case.change(unknown, |claim| claim.credibility = Some(Credibility::Six));
            let found = influence(&case, FusionRule::Weighted);
            prop_assert!(movement(&found, Change::WithoutClaim(unknown)) < 1e-9);
        }
    }
}
