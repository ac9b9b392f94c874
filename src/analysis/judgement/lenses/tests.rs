//! The lenses on made-up matrices and claims.

use super::*;
use crate::analysis::Options;
use crate::analysis::ach::fixture::Ach;
use crate::analysis::judgement::fixture::Judged;
use crate::model::{Credibility, Entity, Grade3, Proposition, Role};
use std::sync::Arc;

fn lenses_of(ach: &Ach) -> (Derived, Lenses) {
    let derived = Derived::new(Arc::new(ach.case.assessment.clone()), Options::default(), None);
    let lenses = Lenses::new(&derived, ach.incident);
    (derived, lenses)
}

fn with_priors(ach: &mut Ach, priors: &[f64]) {
    let ids: Vec<Id<Hypothesis>> = ach.case.assessment.hypotheses.ids().collect();
    for (id, prior) in ids.into_iter().zip(priors) {
        let hypothesis = ach.case.assessment.get(id).unwrap().clone();
        ach.case.put(Hypothesis { prior: Some(*prior), ..hypothesis });
    }
}

/// Heuer's Iraq matrix: ranks H2, H3, H1 by inconsistency (scores 3, 0, 2), and the same order by log-odds with equal priors.
#[test]
fn the_lenses_agree_on_heuers_matrix() {
    let mut ach = Ach::new(&["a", "b", "c"]);
    for row in ["+ + +", "+ + -", "+ + -", "- + +", "- + +", "- + +"] {
        ach.row(row, row);
    }
    let (_, lenses) = lenses_of(&ach);
    let ranks = |lens| lenses.rows.iter().map(|row| row.rank(lens)).collect::<Vec<_>>();
    assert_eq!(ranks(Lens::Inconsistency), [Some(3), Some(1), Some(2)]);
    assert_eq!(ranks(Lens::LogOdds), [Some(3), Some(1), Some(2)]);
    assert_eq!(ranks(Lens::Fusion), [None; 3]);
    assert_eq!(lenses.differences, []);
    assert_eq!(
        lenses.summary(),
        "Inconsistency and log-odds have H2 in front; claim fusion cannot rate any hypothesis"
    );
    assert_eq!(lenses.items, 6);
}

#[test]
fn consistent_evidence_counts_by_log_odds_only() {
    let mut ach = Ach::new(&["a", "b"]);
    ach.row("1 against b", "+ -");
    ach.row("2 says nothing against either", "N CC");
    ach.row("3 says nothing against either", "N CC");
    let (_, lenses) = lenses_of(&ach);
    assert_eq!((lenses.leaders(Lens::Inconsistency), lenses.leaders(Lens::LogOdds)), (vec![0], vec![1]));
    let [difference] = lenses.differences.as_slice() else { panic!("{:?}", lenses.differences) };
    assert_eq!(difference.what, "Inconsistency has H1 in front, log-odds have H2 in front");
    let why = difference.why.join("\n");
    assert!(why.contains("count evidence that is consistent"), "{why}");
    assert!(why.contains("E2 and E3 make the difference"), "{why}");
    assert!(why.contains("log-odds count most, in decibans: E2 +2.6, E3 +2.6"), "{why}");
    assert!(lenses.summary().starts_with("They differ"), "{}", lenses.summary());
}

#[test]
fn priors_make_a_difference() {
    let mut ach = Ach::new(&["a", "b"]);
    ach.row("1", "N I");
    with_priors(&mut ach, &[0.2, 0.8]);
    let (derived, lenses) = lenses_of(&ach);
    let why = lenses.differences[0].why.join("\n");
    assert!(why.contains("priors, 20 % for H1 and 80 % for H2"), "{why}");
    assert!(!why.contains("consistent"), "{why}");
    let explained = lenses.explain(&derived, &lenses.rows[1], Lens::LogOdds);
    // .8 · .3 against .2 · .5.
    assert!((explained.value.unwrap() - 0.24 / 0.34).abs() < 1e-12);
}

#[test]
fn weights_make_a_difference() {
    let mut ach = Ach::new(&["a", "b"]);
    let strong = ach.row("1 strong, against b", "N I");
    ach.change(strong, |it| {
        it.credibility = Some(Credibility::One);
        it.relevance = Some(Grade3::High);
    });
    for statement in ["2 weak, against a", "3 weak, against a"] {
        let weak = ach.row(statement, "I N");
        ach.change(weak, |it| {
            it.credibility = Some(Credibility::Five);
            it.relevance = Some(Grade3::Low);
        });
    }
    // 1.41 against H2, 1.0 against H1 in all: weighted H1 leads, unweighted and by log-odds H2.
    let (_, lenses) = lenses_of(&ach);
    let why = lenses.differences[0].why.join("\n");
    assert!(why.contains("unweighted, H2 would be in front by inconsistency too"), "{why}");
}

/// Where the one that log-odds have in front shares the first rank already, weights are a reason only if it were alone there
/// without them.
#[test]
fn weights_are_no_reason_for_what_holds_with_them_too() {
    let mut ach = Ach::new(&["a", "b"]);
    for row in ["CC N", "I N", "N I"] {
        ach.row(row, row);
    }
    let (_, lenses) = lenses_of(&ach);
    assert_eq!((lenses.leaders(Lens::Inconsistency), lenses.leaders(Lens::LogOdds)), (vec![0, 1], vec![0]));
    let text = lenses.differences[0].why.join("\n");
    assert!(!text.contains("unweighted"), "{text}");

    let mut ach = Ach::new(&["a", "b"]);
    ach.row("1 counts by log-odds alone", "CC N");
    let half = ach.row("2 against a", "I N");
    ach.change(half, |it| it.relevance = Some(Grade3::High));
    for statement in ["3 against b", "4 against b"] {
        let weak = ach.row(statement, "N I");
        ach.change(weak, |it| it.relevance = Some(Grade3::Low));
    }
    let (_, lenses) = lenses_of(&ach);
    assert_eq!(lenses.leaders(Lens::Inconsistency), [0, 1], "√2 against twice √½");
    let text = lenses.differences[0].why.join("\n");
    assert!(text.contains("unweighted, H1 would be alone in front by inconsistency too"), "{text}");
}

#[test]
fn dependence_groups_make_a_difference() {
    let mut ach = Ach::new(&["a", "b"]);
    for statement in ["1", "2", "3"] {
        let id = ach.row(statement, "N I");
        ach.change(id, |it| it.dependence_group = "one report".to_owned());
    }
    for statement in ["4", "5"] {
        ach.row(statement, "I N");
    }
    let (_, lenses) = lenses_of(&ach);
    assert_eq!((lenses.leaders(Lens::Inconsistency), lenses.leaders(Lens::LogOdds)), (vec![0], vec![1]));
    let why = lenses.differences[0].why.join("\n");
    assert!(why.contains("dependence group"), "{why}");
    assert!(why.contains("Without E4, or without E5"), "{why}");
}

/// Sources that cannot be judged leave everything open: what is projected is base rate, and puts nobody in front.
#[test]
fn a_base_rate_puts_nobody_in_front() {
    let mut ach = Ach::new(&[]);
    let (jssd, criminals) = (ach.case.find("JSSD"), ach.case.find("Criminals"));
    for actor in [jssd, criminals] {
        ach.hypothesis(Answer::Actor(actor));
    }
    let (incident, role) = (ach.incident, Role::Perpetrator);
    for (source, actor) in [("Vendor", jssd), ("Press", criminals)] {
        let claim = ach.case.says(source, Proposition::Attribution { incident, actors: vec![actor], role });
        ach.case.change(claim, |claim| claim.credibility = Some(Credibility::Six));
    }
    ach.row("1 against the second", "N II");
    let (_, lenses) = lenses_of(&ach);
    for row in &lenses.rows {
        let span = row.span.unwrap();
        assert_eq!((span.belief, span.plausibility), (0.0, 1.0));
        assert!(row.projected.as_ref().is_ok_and(|share| *share > 0.0));
    }
    assert_eq!(lenses.leaders(Lens::Fusion), Vec::<usize>::new());
    let summary = lenses.summary();
    assert!(summary.ends_with("; claim fusion leaves open who is in front"), "{summary}");
}

#[test]
fn fusion_says_whom_it_does_not_know() {
    let mut ach = Ach::new(&[]);
    let (jssd, criminals) = (ach.case.find("JSSD"), ach.case.find("Criminals"));
    let first = ach.hypothesis(Answer::Actor(jssd));
    ach.hypothesis(Answer::Actor(criminals));
    let (incident, role) = (ach.incident, Role::Perpetrator);
    ach.case.says("Vendor", Proposition::Attribution { incident, actors: vec![criminals], role });
    ach.row("1 against the second", "N II");
    let (derived, lenses) = lenses_of(&ach);
    // In the order of names: criminals first.
    assert_eq!(lenses.rows[1].hypothesis, first);
    // It rates one hypothesis alone: that is in front of nothing.
    assert_eq!(lenses.rows[0].rank(Lens::Fusion), Some(1));
    assert_eq!((lenses.leaders(Lens::Fusion), lenses.known(Lens::Fusion)), (vec![], 1));
    assert_eq!(lenses.leaders(Lens::Inconsistency), [1]);
    assert_eq!(lenses.differences, []);
    assert_eq!(lenses.summary(), "Inconsistency and log-odds have H2 in front; claim fusion cannot rate H2");
    assert_eq!(lenses.gaps(), ["Claim fusion cannot rate H2: no claim names the actor, or a part of it"]);
    let explained = lenses.explain(&derived, &lenses.rows[0], Lens::Fusion);
    assert_eq!(explained.value, lenses.rows[0].projected);
    assert!(lenses.explain(&derived, &lenses.rows[1], Lens::Fusion).value.is_err());
    assert!(lenses.explain(&derived, &lenses.rows[1], Lens::Inconsistency).value.is_ok());
}

/// Fusion rates two of three hypotheses. Whether one of them is in front hangs on what the evidence makes of the third.
#[test]
fn fusion_puts_nobody_in_front_of_what_it_does_not_rate() {
    let check = |row: &str, summary: &str, reasons: usize| {
        let mut ach = Ach::new(&[]);
        let (jssd, mss, criminals) =
            (ach.case.find("JSSD"), ach.case.find("MSS"), ach.case.find("Criminals"));
        for actor in [criminals, jssd, mss] {
            ach.hypothesis(Answer::Actor(actor));
        }
        let (incident, role) = (ach.incident, Role::Perpetrator);
        ach.case.says("Vendor", Proposition::Attribution { incident, actors: vec![jssd], role });
        // In the order of names: criminals, JSSD, MSS.
        ach.row("1", row);
        let (_, lenses) = lenses_of(&ach);
        assert_eq!(lenses.known(Lens::Fusion), 2, "{:?}", lenses.rows);
        assert_eq!((lenses.summary().as_str(), lenses.differences.len()), (summary, reasons));
    };
    check("CC II II", "Inconsistency and log-odds have H1 in front; claim fusion cannot rate H1", 0);
    check("II CC II", "They differ: inconsistency and log-odds have H2 in front, claim fusion H3", 1);
    check("II II CC", "All three have H3 in front", 0);
}

#[test]
fn a_wider_hypothesis_has_at_least_as_much_in_fusion() {
    let mut ach = Ach::new(&[]);
    let (jssd, mss) = (ach.case.find("JSSD"), ach.case.find("MSS"));
    ach.hypothesis(Answer::Actor(jssd));
    ach.hypothesis(Answer::Actor(mss));
    let (incident, role) = (ach.incident, Role::Perpetrator);
    ach.case.says("Vendor", Proposition::Attribution { incident, actors: vec![jssd], role });
    ach.case.says("Newspaper", Proposition::Attribution { incident, actors: vec![mss], role });
    ach.row("1 against the second", "N II");
    let (_, lenses) = lenses_of(&ach);
    let why = lenses.differences.iter().find(|it| it.second == Lens::Fusion).unwrap().why.join("\n");
    assert!(why.contains("H2 contains H1"), "{why}");
    assert!(why.contains("2 origins speak for H2, 1 for H1"), "{why}");
}

#[test]
fn a_hypothesis_in_free_text_is_unknown_to_fusion() {
    let (_, lenses) = lenses_of(&Ach::new(&["Somebody", "Nobody"]));
    assert!(lenses.rows.iter().all(|row| row.projected.is_err() && row.posterior.is_err()));
    assert_eq!(lenses.speaking().count(), 0);
    assert!(lenses.summary().starts_with("Nothing to compare yet"));
}

#[test]
fn a_judgement_is_set_beside_the_lenses() {
    let mut judged = Judged::new(&["a", "b"]);
    let id = judged.judges("Ann", 1, &[0.3, 0.6], 0.1);
    let derived = Derived::new(Arc::new(judged.assessment.clone()), Options::default(), None);
    let lenses = Lenses::new(&derived, judged.incident);
    assert_eq!(lenses.beside(judged.assessment.get(id).unwrap()), None, "no lens says anything");

    let mut ach = Ach::new(&["a", "b"]);
    ach.row("1", "I N");
    let (_, lenses) = lenses_of(&ach);
    let mut judgement = judged.assessment.get(id).unwrap().clone();
    assert_eq!(
        lenses.beside(&judgement).as_deref(),
        Some("The judgement has H2 in front, as inconsistency and log-odds do")
    );
    // Nothing speaks against either, and only log-odds count what speaks for one.
    let mut level = Ach::new(&["a", "b"]);
    level.row("1", "N C");
    assert_eq!(
        lenses_of(&level).1.beside(&judgement).as_deref(),
        Some("The judgement has H2 in front, as log-odds do; inconsistency has H1 level with it")
    );
    judgement.probabilities.iter_mut().for_each(|share| share.probability = 0.9 - share.probability);
    assert_eq!(
        lenses.beside(&judgement).as_deref(),
        Some("The judgement has H1 in front, and inconsistency and log-odds do not")
    );
    // "None of these" can be in front too, alone or level with a hypothesis.
    judgement.other = 0.7;
    let none = "The judgement has none of these hypotheses in front, which no lens speaks of";
    assert_eq!(lenses.beside(&judgement).as_deref(), Some(none));
    judgement.other = 0.6;
    let level = "The judgement has H1 and none of these in front, and inconsistency and log-odds do not";
    assert_eq!(lenses.beside(&judgement).as_deref(), Some(level));
    let table = lenses.table(("Judged", &[Some(0.3), None]));
    assert_eq!(table.rows.len(), 2);
    assert_eq!(table.rows[0].len(), table.headers.len());
    assert!(judgement.into_record().id().uuid == id.uuid());
}
