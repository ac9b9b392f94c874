//! The evidence matrix in the window: made from claims, rated by keyboard, scored, taken back.

use ascribe::app::App;
use ascribe::edit::weigh;
use ascribe::model::*;
use ascribe::ui::views::ViewKind;
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use crate::driving::Driving;
use crate::support::{assessment, id, number, window};

const FIRST: u128 = 60;
const SECOND: u128 = 61;
const H_JSSD: u128 = 70;
const H_CRIMINALS: u128 = 71;
const BEA: u128 = 2;

/// The usual assessment with these records besides its own.
fn with(records: Vec<Record>) -> Assessment {
    let usual = assessment();
    let mut all = records;
    usual.for_each_record(&mut |record| all.push(record));
    Assessment::from_records(usual.header, all)
}

/// Two pieces of evidence and two hypotheses, of which nothing is rated.
fn matrix() -> Vec<Record> {
    let evidence = |number: u128, statement: &str| {
        Evidence::new(id(number), id(number::OPM), statement.to_owned()).into_record()
    };
    let hypothesis = |number: u128, actor: u128| {
        Hypothesis::new(id(number), id(number::OPM), Answer::Actor(id(actor))).into_record()
    };
    vec![
        evidence(FIRST, "A certificate of the unit"),
        evidence(SECOND, "Nothing was sold"),
        hypothesis(H_CRIMINALS, number::CRIMINALS),
        hypothesis(H_JSSD, number::JSSD),
        Analyst::named(id(BEA), "Bea".to_owned()).into_record(),
    ]
}

fn rating(number: u128, analyst: u128, value: RatingValue, rated_at: jiff::Timestamp) -> Rating {
    Rating {
        id: id(number),
        analyst: id(analyst),
        evidence: id(FIRST),
        hypothesis: id(H_CRIMINALS),
        value,
        likelihood: None,
        reason: String::new(),
        rated_at,
        round: 0,
    }
}

fn open(assessment: Assessment) -> Harness<'static, App> {
    let mut harness = window(assessment);
    harness.run_ok();
    harness.press_with(Modifiers::COMMAND, ViewKind::Matrix.key());
    harness
}

fn focus(harness: &mut Harness<'_, App>) {
    harness.get_by_label("Evidence against hypotheses").focus();
    harness.run_ok();
    harness.press(Key::Home);
}

fn has(harness: &Harness<'_, App>, text: &str) -> bool {
    harness.query_all_by_label_contains(text).next().is_some()
}

fn ratings(harness: &Harness<'_, App>) -> usize {
    harness.state().document().assessment().ratings.len()
}

#[test]
fn a_matrix_is_rated_by_keyboard_alone() {
    let mut harness = open(with(matrix()));
    // In the order of names: H1 is Criminals, H2 the JSSD.
    focus(&mut harness);
    assert!(has(&harness, "Rank of H1: –"));
    harness.press(Key::Num4);
    assert!(has(&harness, "E1 against H1: inconsistent"));
    harness.press(Key::ArrowRight);
    harness.press(Key::Num1);
    assert!(has(&harness, "E1 against H2: very consistent"));
    for name in ["Rank of H1: 2", "Margin of H1: 1.00 behind", "Rank of H2: 1", "Margin of H2: leads by 1.00"]
    {
        assert!(has(&harness, name), "{name}");
    }
    harness.press(Key::ArrowDown);
    harness.press(Key::Num5);
    assert!(has(&harness, "E2 against H2: very inconsistent"));
    assert!(has(&harness, "Rank of H1: 1"), "one point against two");
    assert_eq!(harness.state().document().undo_label(), Some("Rate E2 against H2"));
    harness.press_with(Modifiers::COMMAND, Key::Z);
    assert!(has(&harness, "Rank of H2: 1"), "undone");
    assert_eq!(ratings(&harness), 2);

    harness.press(Key::X);
    assert!(has(&harness, "E2 against H2: not applicable"));
    harness.press(Key::N);
    assert!(has(&harness, "E2 against H2: neutral"));
    assert_eq!(ratings(&harness), 3, "corrected in place");
    harness.press(Key::Delete);
    assert!(has(&harness, "E2 against H2: not rated"));
    assert_eq!(ratings(&harness), 2);
    assert_eq!(
        harness.state().document().assessment().evidence.len(),
        2,
        "the selected record is not deleted"
    );
}

#[test]
fn a_reason_is_typed_in_the_cell() {
    let mut harness = open(with(matrix()));
    focus(&mut harness);
    harness.press(Key::Enter);
    assert!(has(&harness, "Rate the cell first"));
    harness.press(Key::Num4);
    harness.press(Key::Enter);
    harness.type_in("1 e");
    harness.press(Key::Enter);
    let reasons: Vec<String> =
        harness.state().document().assessment().ratings.iter().map(|it| it.reason.clone()).collect();
    assert_eq!(reasons, ["1 e"]);
    assert_eq!(harness.state().document().undo_label(), Some("Change reason of E1 against H1"));
    harness.press(Key::Num5);
    assert!(has(&harness, "E1 against H1: very inconsistent"), "the matrix has the keyboard again");
}

#[test]
fn evidence_is_left_out_with_one_key() {
    let mut harness = open(with(matrix()));
    focus(&mut harness);
    harness.press(Key::Num4);
    assert!(has(&harness, "Weighted inconsistency of H1: 1.00"));
    harness.press(Key::E);
    assert!(has(&harness, "Weighted inconsistency of H1: –"));
    assert!(has(&harness, "E1 against H1: inconsistent, left out of the scores"));
    assert_eq!(harness.state().document().undo_label(), Some("Leave out E1"));
    harness.press(Key::E);
    assert!(has(&harness, "Weighted inconsistency of H1: 1.00"));
}

#[test]
fn several_analysts_are_shown_together_and_apart() {
    let old: jiff::Timestamp = "2026-01-01T12:00:00Z".parse().unwrap();
    let mut records = matrix();
    records.push(rating(80, number::ANALYST, RatingValue::Consistent, old).into_record());
    records.push(rating(81, BEA, RatingValue::Inconsistent, old).into_record());
    let mut harness = open(with(records));
    assert!(has(
        &harness,
        "E1 against H1: split between consistent and inconsistent, 2 raters, mild dispute"
    ));
    harness.click("Ratings");
    // The choice stands before the navigator's record.
    harness.query_all_by_label("Bea").last().unwrap().click();
    harness.run_ok();
    assert!(!harness.names("E1 against H1: inconsistent").is_empty());
    // Ada's old rating is kept, and a new one follows it.
    focus(&mut harness);
    harness.press(Key::Num2);
    assert_eq!(ratings(&harness), 2, "it says so already");
    harness.press(Key::Num1);
    assert_eq!(ratings(&harness), 3);
    harness.press(Key::Delete);
    assert_eq!(ratings(&harness), 2);
}

#[test]
fn the_matrix_is_transposed_sorted_and_read_as_a_table() {
    let mut harness = open(with(matrix()));
    harness.click("Transposed");
    focus(&mut harness);
    harness.press(Key::Num4);
    harness.press(Key::ArrowDown);
    harness.press(Key::Num1);
    assert!(has(&harness, "E1 against H2: very consistent"));
    assert!(has(&harness, "Rank of H2: 1"));
    assert!(has(&harness, "Diagnosticity of E1: 1.50"));
    harness.click("Transposed");
    harness.click("Sort by diagnosticity");
    harness.click("Diagnosticity of E1: 1.50");
    assert!(has(&harness, "standard deviation of the ratings"));
    harness.press(Key::Escape);
    harness.get_by_label("Copy the matrix as a table").click();
    harness.step();
    assert!(harness.copied().is_some_and(|text| text.contains("A certificate of the unit")));
    harness.click("Table");
    assert!(has(&harness, "Weighted inconsistency"));
}

#[test]
fn empty_places_lead_on() {
    let mut harness = open(assessment());
    assert!(has(&harness, "No hypotheses yet"));
    harness.click("Make hypotheses from claims");
    assert!(has(&harness, "No evidence yet"));
    let document = harness.state().document();
    assert_eq!(document.undo_label(), Some("Make 2 hypotheses from claims"));
    let of_jssd = Answer::Actor(id(number::JSSD));
    let made = document.assessment().hypotheses.iter().find(|it| it.answer == of_jssd).unwrap();
    assert_eq!(made.from_claims, [id(number::CROWDSTRIKE_SAYS_JSSD)]);
    // The navigator has one too.
    harness.query_all_by_label("Add evidence").last().unwrap().click();
    harness.run_ok();
    assert_eq!(harness.state().document().assessment().evidence.len(), 1);
}

#[test]
fn making_from_claims_keeps_the_links_and_makes_nothing_twice() {
    let mut next = 1_000;
    let mut new_id = || {
        next += 1;
        Uuid::from_u128(next)
    };
    assert!(weigh::hypotheses_from_claims(&with(matrix()), id(number::OPM), &mut new_id).is_none());
    let claims = [id(number::CROWDSTRIKE_SAYS_JSSD), id(number::XINHUA_SAYS_CRIMINALS)];
    let (made, ids) = weigh::evidence_from_claims(&assessment(), &claims, &mut new_id).unwrap();
    assert_eq!((made.label.as_str(), ids.len()), ("Make evidence from 2 claims", 2));
    let mut after = assessment();
    ascribe::edit::apply_all(&mut after, made.edits).unwrap();
    let from: Vec<_> = ids.iter().map(|id| after.get(*id).unwrap().from_claim).collect();
    assert_eq!(from, claims.map(Some));
    assert!(weigh::evidence_from_claims(&assessment(), &[], &mut new_id).is_none());
}
