use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::*;
use crate::analysis::Options;
use crate::analysis::ach::fixture::Ach;
use crate::analysis::ach::stability::{Move, Trial};
use crate::analysis::progress::Stage;
use crate::model::*;

fn derived(ach: &Ach) -> Derived {
    Derived::new(Arc::new(ach.case.assessment.clone()), Options::default(), None)
}

fn chart(ach: &Ach) -> SensitivityChart {
    let derived = derived(ach);
    let found = derived.sensitivity(ach.incident, Raters::Everyone, &AtomicBool::new(false)).unwrap();
    SensitivityChart::new(&derived, ach.incident, Raters::Everyone, &found, None)
}

/// The matrix of Heuer 1999, figure 15.
fn heuer() -> Ach {
    let mut ach = Ach::new(&["H1", "H2", "H3"]);
    for row in ["+ + +", "+ + -", "+ + -", "- + +", "- + +", "- + +"] {
        ach.row(row, row);
    }
    ach
}

#[test]
fn the_sentence_says_what_the_lead_rests_on() {
    let check = |rows: &[&str], lead: &str, singles: &str| {
        let mut ach = Ach::new(&["First", "Second", "Third"]);
        for (place, row) in rows.iter().enumerate() {
            ach.row(&format!("Item {place}"), row);
        }
        let chart = chart(&ach);
        assert_eq!((chart.lead.as_str(), chart.singles.as_str()), (lead, singles), "{rows:?}");
    };
    check(
        &["+ + +", "+ + -", "+ + -", "- + +", "- + +", "- + +"],
        "The lead of H2 rests on E2 and E3 together: without them H3 draws level",
        "No single item, source or grade ends the lead of H2",
    );
    check(
        &["+ - -", "+ + +"],
        "The lead of H1 rests on E1 alone: without it H2 and H3 draw level",
        "One single change ends the lead of H1: without E1",
    );
    check(
        &["+ + +"],
        "H1, H2 and H3 share the first rank: there is no lead to lose",
        "No single item, source or grade parts them",
    );
    check(&[], "No hypothesis has a score yet: nothing is rated", "");
    check(&["+ . ."], "H1 is the only hypothesis with a score: there is nothing to lead", "");
}

#[test]
fn it_is_said_why_the_margin_of_another_is_shown() {
    let check = |rows: &[&str], subject: &str, passed_over: &str| {
        let mut ach = Ach::new(&["First", "Second", "Third"]);
        for (place, row) in rows.iter().enumerate() {
            ach.row(&format!("Item {place}"), row);
        }
        let chart = chart(&ach);
        let found = chart.subject().map_or("", |column| column.name.as_str());
        assert_eq!((found, chart.passed_over.as_str()), (subject, passed_over), "{rows:?}");
        // Asked for, it needs no reason.
        let derived = derived(&ach);
        let result = derived.sensitivity(ach.incident, Raters::Everyone, &AtomicBool::new(false)).unwrap();
        let asked = chart.columns.iter().find(|column| column.name == subject).unwrap().hypothesis;
        let chart = SensitivityChart::new(&derived, ach.incident, Raters::Everyone, &result, Some(asked));
        assert_eq!(chart.passed_over, "");
    };
    check(&["+ - -", "+ + +"], "H1", "");
    check(
        &["- + +", "- - -"],
        "H1",
        "No single change moves the margins of H2 and H3; shown is the next, H1",
    );
    check(&["+ + +"], "H1", "");
}

#[test]
fn both_ways_to_change_a_grade_stand_in_one_row() {
    let mut ach = heuer();
    let source = ach.case.source("A source");
    let item = ach.case.assessment.evidence.ids().nth(1).unwrap();
    ach.change(item, |it| {
        it.source = Some(source);
        it.credibility = Some(Credibility::Three);
    });
    let chart = chart(&ach);
    let row = |what: &str| chart.rows.iter().find(|row| row.what == what).unwrap();
    let credibility = row("Credibility of E2");
    let labels: Vec<&str> = credibility.ends.iter().map(|end| end.label.as_str()).collect();
    assert_eq!(labels, ["3 → 4", "3 → 2"], "the lower margin first");
    assert_eq!(row("Without A source").swing(), 1.0);
    assert_eq!(row("Without E2").ends[0].outcome, "H2 leads by 1.00");
    assert!(chart.rows.windows(2).all(|pair| pair[0].swing() >= pair[1].swing()));
    assert!((chart.range.1 - (1.0 + std::f64::consts::SQRT_2)).abs() < 1e-9);
    let table = chart.table();
    assert_eq!(table.rows.len(), chart.records().len());
    assert!(table.rows.iter().all(|row| row.len() == table.headers.len()));
    let explained = chart.explain_change(row("Without E2"), &row("Without E2").ends[0]);
    assert_eq!(explained.value, Ok(1.0));
    assert!(explained.inputs.iter().any(|input| input.value == "2.0000 → 1.0000"), "{explained:?}");
}

#[test]
fn any_hypothesis_can_be_asked_about() {
    let ach = heuer();
    let derived = derived(&ach);
    let found = derived.sensitivity(ach.incident, Raters::Everyone, &AtomicBool::new(false)).unwrap();
    let first = ach.case.assessment.hypotheses.ids().next();
    let chart = SensitivityChart::new(&derived, ach.incident, Raters::Everyone, &found, first);
    assert_eq!(chart.subject().unwrap().margin, Ok(-3.0));
    let row = chart.rows.iter().find(|row| row.what == "Without E4").unwrap();
    assert_eq!((row.ends[0].margin.clone(), row.ends[0].outcome.as_str()), (Ok(-2.0), "H1 is 2.00 behind"));
}

#[test]
fn a_link_says_who_the_rivals_are() {
    let mut ach = Ach::new(&[]);
    let mss = ach.case.find::<Actor>("MSS");
    let cia = ach.case.find::<Actor>("CIA");
    let first = ach.hypothesis(Answer::Actor(mss));
    let second = ach.hypothesis(Answer::Actor(cia));
    ach.hypothesis(Answer::Text("Criminals".to_owned()));
    ach.row("E1", "C I II");
    let same = ach.case.same("MSS", "CIA");
    let link = ach.case.links(same);
    ach.case.change(link, |it| it.accepted = false);
    let chart = chart(&ach);
    let row = chart.rows.iter().find(|row| row.kind == ChangeKind::Link).unwrap();
    assert_eq!(row.record, link.into());
    assert_eq!((row.before.clone(), row.ends[0].margin.clone()), (Ok(1.0), Ok(2.0)));
    // In the order of their names: H1 is the CIA, H3 the MSS.
    assert_eq!(row.ends[0].outcome, "H1 and H3 become one answer", "{first:?} {second:?}");
    assert!(!row.changes_leader());
}

#[test]
fn shares_have_their_table_and_explain_themselves() {
    let ach = heuer();
    let derived = derived(&ach);
    let stop = AtomicBool::new(false);
    let trial = Trial::default();
    let quick = derived.quick_rank_stability(ach.incident, Raters::Everyone, trial).unwrap();
    let result = derived.rank_stability(ach.incident, Raters::Everyone, trial, &stop).unwrap();
    assert!(Arc::ptr_eq(&quick, &result), "it is computed once");
    let chart = StabilityChart::new(&derived, ach.incident, &result);
    let share = chart.rows[1].shares[0].alone.clone().unwrap();
    assert!((share - 0.950_307_122_284_933_4).abs() < 1e-9);
    assert!(Move::ALL.into_iter().all(|how| chart.is_exact(how)));
    let sum: f64 = chart.rows.iter().map(|row| row.shares[0].alone.clone().unwrap()).sum();
    assert!((sum + chart.shared[0].clone().unwrap() - 1.0).abs() < 1e-9);
    let table = chart.table();
    assert_eq!(table.rows.len(), 4);
    assert!(table.rows.iter().all(|row| row.len() == table.headers.len()));
    let explained = chart.explain(chart.rows.get(1), Move::Opposite);
    assert!(explained.inputs.iter().any(|input| input.value == "5 %"), "{explained:?}");
}

#[test]
fn what_was_stopped_is_not_passed_off_and_can_be_asked_for_again() {
    let ach = heuer();
    let derived = derived(&ach);
    let (incident, raters, trial) = (ach.incident, Raters::Everyone, Trial::default());
    let (stop, go_on) = (AtomicBool::new(true), AtomicBool::new(false));
    assert!(matches!(derived.rank_stability_stage(incident, raters, trial), Stage::NotBegun));
    assert!(derived.rank_stability(incident, raters, trial, &stop).is_none());
    assert!(matches!(derived.rank_stability_stage(incident, raters, trial), Stage::Stopped));
    assert!(derived.rank_stability(incident, raters, trial, &go_on).is_some());
    let drawn = crate::analysis::ach::stability::stability_by_draws(
        &derived.matrix(incident),
        raters,
        &derived.assessment().header.methods,
        trial,
        &|_| false,
    );
    assert_eq!(drawn, None);
}

#[test]
fn results_are_taken_over_as_long_as_they_hold() {
    let mut ach = heuer();
    let before = derived(&ach);
    let go_on = AtomicBool::new(false);
    let (incident, raters, trial) = (ach.incident, Raters::Everyone, Trial::default());
    let found = before.sensitivity(incident, raters, &go_on).unwrap();
    let firm = before.rank_stability(incident, raters, trial, &go_on).unwrap();
    // What has no part in it changes nothing; the tables that were not touched are shared.
    let mut after = ach.case.assessment.clone();
    after.header.title = "Another title".to_owned();
    let after = Derived::new(Arc::new(after), Options::default(), Some(&before));
    let again = after.rank_stability(incident, raters, trial, &go_on).unwrap();
    assert!(Arc::ptr_eq(&firm, &again));
    let _ = after.hierarchy();
    assert_eq!(*after.sensitivity(incident, raters, &go_on).unwrap(), *found);
    // A rating does.
    ach.row("E7", "+ - +");
    let after = Derived::new(Arc::new(ach.case.assessment.clone()), Options::default(), Some(&before));
    assert_eq!(after.sensitivity(incident, raters, &go_on).unwrap().margin, Ok(1.0));
    let now = after.rank_stability(incident, raters, trial, &go_on).unwrap();
    assert_ne!(now.moves[0].hypotheses[1].alone, firm.moves[0].hypotheses[1].alone);
}
