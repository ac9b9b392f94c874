use std::sync::Arc;

use super::*;
use crate::analysis::fixture::{Case, world};
use crate::model::{Entity, Likelihood};

/// All retellings as "repeat < original: shifts".
fn found(case: &Case) -> Vec<String> {
    let derived = Derived::new(Arc::new(case.assessment.clone()), Options::default(), None);
    let name = |id: Id<Claim>| case.assessment.name_of(case.assessment.get(id).unwrap().source);
    let text = |pair: &Retelling| {
        let shifts: Vec<String> = pair.shifts.iter().map(Shift::sentence).collect();
        format!("{} < {}: {}", name(pair.repeat), name(pair.original), shifts.join("; "))
    };
    retellings(&derived, case.find("The incident")).iter().map(text).collect()
}

fn hedge(words: &str, low: Option<f64>, high: Option<f64>) -> Option<Likelihood> {
    Some(Likelihood { words: words.to_owned(), low, high })
}

/// A says, B repeats it, each with a likelihood and a confidence.
type Said = (Option<Likelihood>, Option<Confidence>);

#[test]
fn a_repeat_that_is_surer_than_its_original_has_lost_a_hedge() {
    let check = |first: Said, second: Said, expect: &str| {
        let mut case = world();
        let a = case.blames("A", &["MSS"]);
        let b = case.blames("B", &["MSS"]);
        case.change(a, |claim| (claim.likelihood, claim.confidence) = first.clone());
        case.change(b, |claim| {
            (claim.likelihood, claim.confidence) = second.clone();
            claim.repeats = vec![a];
        });
        assert_eq!(found(&case), [format!("B < A: {expect}")], "{first:?} {second:?}");
    };
    let likely = || hedge("likely", Some(0.55), Some(0.8));
    let (low, moderate, high) = (Some(Confidence::Low), Some(Confidence::Moderate), Some(Confidence::High));
    check((None, None), (None, None), "");
    check((likely(), None), (likely(), None), "");
    check((likely(), None), (None, None), "hedge lost: “likely” (55–80 %) became not hedged");
    check((None, None), (likely(), None), "hedge added: not hedged became “likely” (55–80 %)");
    check(
        (likely(), None),
        (hedge("very likely", None, None), None),
        "hedge lost: “likely” (55–80 %) became “very likely”",
    );
    // Words that fix no number are taken as 75 %, as everywhere.
    check(
        (hedge("possibly", None, None), None),
        (hedge("", Some(0.5), Some(0.6)), None),
        "hedge added: “possibly” became 50–60 %",
    );
    check((hedge("possibly", None, None), None), (hedge("perhaps", None, None), None), "");
    // A hedge that is dropped is lost, though 97 % is more than the convention for claims without one.
    check((hedge("", Some(0.97), Some(0.97)), None), (None, None), "hedge lost: 97 % became not hedged");
    check((None, low), (None, high), "confidence raised: Low became High");
    check((None, moderate), (None, None), "confidence raised: Moderate became none stated");
    check((None, high), (None, None), "");
    check((None, high), (None, moderate), "confidence lowered: High became Moderate");
    check((None, None), (None, low), "confidence lowered: none stated became Low");
    check((None, None), (None, high), "");
    check(
        (likely(), low),
        (None, high),
        "hedge lost: “likely” (55–80 %) became not hedged; confidence raised: Low became High",
    );
}

#[test]
fn a_narrower_actor_says_more() {
    let check = |first: &[&str], stances: (Stance, Stance), second: &[&str], expect: &str| {
        let mut case = world();
        let a = case.blames("A", first);
        let b = case.blames("B", second);
        case.change(a, |claim| claim.stance = stances.0);
        case.change(b, |claim| {
            claim.stance = stances.1;
            claim.repeats = vec![a];
        });
        assert_eq!(found(&case), [format!("B < A: {expect}")], "{first:?} {second:?}");
    };
    use Stance::{Asserts, Declines, Denies};
    check(&["CN"], (Asserts, Asserts), &["JSSD"], "actor narrowed: CN became JSSD");
    check(&["JSSD"], (Asserts, Asserts), &["CN"], "actor widened: JSSD became CN");
    check(&["CIA", "NSA"], (Asserts, Asserts), &["CIA"], "actor narrowed: CIA + NSA became CIA");
    check(&["CIA"], (Asserts, Asserts), &["PLA"], "");
    check(&[], (Declines, Asserts), &["PLA"], "actor narrowed: names nobody became PLA");
    check(&["PLA"], (Asserts, Declines), &[], "actor widened: PLA became names nobody");
    check(&[], (Declines, Declines), &[], "");
    // Who denies more excludes more.
    check(&["JSSD"], (Denies, Denies), &["CN"], "actor narrowed: not JSSD became not CN");
    check(&["CN"], (Denies, Denies), &["CN"], "");
}

#[test]
fn an_accepted_link_makes_two_names_one() {
    let mut case = world();
    let a = case.blames("A", &["Turbine Panda"]);
    let b = case.blames("B", &["APT26"]);
    case.change(b, |claim| claim.repeats = vec![a]);
    assert_eq!(found(&case), ["B < A: "]);
    let under = case.part("APT26", "Turbine Panda");
    case.links(under);
    assert_eq!(found(&case), ["B < A: actor narrowed: Turbine Panda became APT26"]);
    let same = case.same("APT26", "Turbine Panda");
    case.links(same);
    assert_eq!(found(&case), ["B < A: "]);
}

#[test]
fn a_document_that_relays_another_repeats_the_claim_that_is_nearest() {
    let mut case = world();
    let report = case.document("Report", &[]);
    let article = case.document("Article", &[report]);
    let wide = case.blames("Report, wide", &["CN"]);
    let near = case.blames("Report, near", &["MSS"]);
    let other = case.blames("Report, other", &["CIA"]);
    let press = case.blames("Press", &["JSSD"]);
    for (claim, document) in [(wide, report), (near, report), (other, report), (press, article)] {
        case.change(claim, |claim| claim.document = Some(document));
    }
    case.change(near, |claim| claim.likelihood = hedge("likely", None, None));
    let expect =
        "Press < Report, near: hedge lost: “likely” became not hedged; actor narrowed: MSS became JSSD";
    assert_eq!(found(&case), [expect]);
    // What the claim itself says comes first.
    case.change(press, |claim| claim.repeats = vec![wide]);
    assert_eq!(found(&case), ["Press < Report, wide: actor narrowed: CN became JSSD"]);
}

#[test]
fn each_step_of_a_chain_stands_alone_and_other_incidents_are_left_out() {
    let mut case = world();
    let [a, b, c] = ["A", "B", "C"].map(|name| case.blames(name, &["MSS"]));
    case.change(a, |claim| claim.likelihood = hedge("likely", None, None));
    case.change(b, |claim| {
        claim.repeats = vec![a];
        claim.likelihood = hedge("likely", None, None);
        claim.stated_on = "2020-05".parse().ok();
    });
    case.change(c, |claim| {
        claim.repeats = vec![b];
        claim.stated_on = "2020-04".parse().ok();
    });
    let elsewhere = case.incident("Elsewhere", crate::model::Period::default());
    let abroad = case.blames("D", &["MSS"]);
    case.change(abroad, |claim| {
        let crate::model::Proposition::Attribution { incident, .. } = &mut claim.proposition else { return };
        *incident = elsewhere;
        claim.repeats = vec![a];
    });
    assert_eq!(found(&case), ["C < B: hedge lost: “likely” became not hedged", "B < A: "]);
    let derived = Derived::new(Arc::new(case.assessment.clone()), Options::default(), None);
    let lost = lost_hedges(&derived, case.find("The incident"));
    assert_eq!(lost.iter().map(|pair| pair.repeat).collect::<Vec<_>>(), [c]);
    assert_eq!(lost[0].tie, Tie::Repeats);
    assert!(lost_hedges(&derived, elsewhere).is_empty());
    assert!(case.assessment.get(abroad).unwrap().id() == abroad);
}
