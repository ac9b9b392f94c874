//! The evidence matrix in the window: made from claims, rated by keyboard, scored, taken back.

use ascribe::app::App;
use ascribe::edit::weigh;
use ascribe::model::*;
use ascribe::sample::{MatrixSize, generate_with};
use ascribe::ui::views::ViewKind;
use ascribe::ui::{Action, Command};
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use crate::driving::{Driving, has};
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
    harness.press_with(Modifiers::COMMAND, ViewKind::Matrix.key().unwrap());
    harness
}

fn focus(harness: &mut Harness<'_, App>) {
    harness.get_by_label("Evidence against hypotheses").focus();
    harness.run_ok();
    harness.press(Key::Home);
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

/// The middle of the cell whose name begins so, clicked as with a mouse.
fn click_cell(harness: &mut Harness<'_, App>, beginning: &str) {
    let name = harness.names(beginning).remove(0);
    harness.get_by_label(&name).click();
    harness.run_ok();
}

#[test]
fn a_click_leads_the_keyboard_to_the_cells() {
    // In a window without the keyboard too: keys may come from assistive technology.
    for has_keyboard in [true, false] {
        let mut harness = open(with(matrix()));
        harness.input_mut().focused = has_keyboard;
        click_cell(&mut harness, "E1 against H1");
        for (key, expect) in [
            (Key::ArrowRight, "E1 against H2: neutral"),
            (Key::ArrowDown, "E2 against H2: neutral"),
            (Key::ArrowLeft, "E2 against H1: neutral"),
        ] {
            harness.press(key);
            harness.press(Key::Num3);
            assert!(has(&harness, expect), "{expect}, {has_keyboard}");
        }
        // The key comes in the very next frame, before the cells could say which keys are theirs.
        click_cell(&mut harness, "E1 against H1");
        harness.get_by_label(&harness.names("E2 against H1")[0].clone()).click();
        harness.key_press(Key::ArrowRight);
        harness.run_ok();
        harness.press(Key::ArrowUp);
        harness.press(Key::Num1);
        assert!(has(&harness, "E1 against H2: very consistent"), "{has_keyboard}");
    }
}

/// The identifier of the only record that is selected.
fn selected(harness: &Harness<'_, App>) -> String {
    let names = harness.names("Copy the identifier ");
    assert_eq!(names.len(), 1, "{names:?}");
    names[0].trim_start_matches("Copy the identifier ").to_owned()
}

#[test]
fn the_inspector_edits_the_rating_that_holds() {
    let old: jiff::Timestamp = "2026-01-01T12:00:00Z".parse().unwrap();
    let mut records = matrix();
    records.push(rating(80, number::ANALYST, RatingValue::Consistent, old).into_record());
    let mut harness = open(with(records));
    focus(&mut harness);
    let first = selected(&harness);
    assert!(has(&harness, "Reason for rating"));
    // Long ago: the new rating follows the old one, and is what the inspector shows.
    harness.press(Key::Num5);
    assert_eq!(ratings(&harness), 2);
    let second = selected(&harness);
    assert_ne!(first, second);
    assert!(has(&harness, "Reason for rating"));
    // The earlier one is shown and not edited, and leads to the one that holds.
    let earlier = harness.names("Rating by Ada: consistent").remove(0);
    harness.click(&earlier);
    assert_eq!(selected(&harness), first);
    assert!(has(&harness, "no longer holds"));
    assert!(!has(&harness, "Reason for rating"), "read-only");
    harness.click("Show the rating that holds");
    assert_eq!(selected(&harness), second);
    // Corrected in place: the same rating. Taken back: the one before holds again.
    focus(&mut harness);
    harness.press(Key::Num4);
    assert_eq!((selected(&harness), ratings(&harness)), (second, 2));
    harness.press(Key::Delete);
    assert_eq!((selected(&harness), ratings(&harness)), (first, 1));
    harness.press(Key::Delete);
    assert_eq!(ratings(&harness), 0);
    assert!(has(&harness, "Relevance"), "the evidence");
}

/// The cell's own likelihood is typed in the inspector, and the odds reckon with it.
#[test]
fn a_likelihood_is_given_to_a_cell() {
    let mut harness = open(with(matrix()));
    focus(&mut harness);
    harness.press(Key::Num4);
    let likelihood = |harness: &Harness<'_, App>| {
        harness.state().document().assessment().ratings.iter().next().unwrap().likelihood
    };
    assert_eq!(likelihood(&harness), None);
    harness.get_by_label("P(E|H)").focus();
    harness.run_ok();
    harness.type_in("12");
    harness.press(Key::Enter);
    assert_eq!(likelihood(&harness), Some(0.12));
    // Back to what the rating says.
    harness.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(likelihood(&harness), None);
}

#[test]
fn evidence_is_sorted_and_grouped_in_the_window() {
    let old: jiff::Timestamp = "2026-01-01T12:00:00Z".parse().unwrap();
    let mut records = matrix();
    records.push(rating(80, number::ANALYST, RatingValue::Consistent, old).into_record());
    for record in &mut records {
        let Record::Evidence(evidence) = record else { continue };
        let evidence = std::sync::Arc::make_mut(evidence);
        let is_first = evidence.id == id(FIRST);
        evidence.relevance = Some(if is_first { Grade3::Low } else { Grade3::High });
        evidence.kind = if is_first { EvidenceKind::Malware } else { EvidenceKind::Legal };
        evidence.observed_on = if is_first { "2015".parse().ok() } else { "2014".parse().ok() };
    }
    let mut harness = open(with(records));
    // The rows, from top to bottom.
    let order = |harness: &Harness<'_, App>| -> Vec<String> {
        harness
            .names("Weight of E")
            .iter()
            .map(|it| it.chars().skip("Weight of ".len()).take(2).collect())
            .collect()
    };
    assert_eq!(order(&harness), ["E1", "E2"]);
    harness.click("Sort by weight");
    assert_eq!(order(&harness), ["E2", "E1"]);
    for (choice, expect) in
        [("Kind", ["E1", "E2"]), ("Date", ["E2", "E1"]), ("In order", ["E1", "E2"]), ("Weight", ["E2", "E1"])]
    {
        harness.click("Sort");
        harness.query_all_by_label(choice).last().unwrap().click();
        harness.run_ok();
        assert_eq!(order(&harness), expect, "{choice}");
    }
    harness.click("Groups");
    harness.query_all_by_label("By kind").last().unwrap().click();
    harness.run_ok();
    // Each group with its one row; the keyboard passes over the heads.
    assert_eq!(order(&harness).len(), 2);
    focus(&mut harness);
    harness.press(Key::ArrowDown);
    harness.press(Key::Num4);
    assert_eq!(ratings(&harness), 2, "a cell of the other group");
}

#[test]
fn a_whole_matrix_is_rated_without_a_mouse() {
    let mut harness = open(with(matrix()));
    // Into the cells with Tab alone.
    let mut tabs = 0;
    while !harness.get_by_label("Evidence against hypotheses").is_focused() {
        harness.press(Key::Tab);
        tabs += 1;
        assert!(tabs < 200, "Tab does not reach the matrix");
    }
    harness.press(Key::Home);
    harness.press(Key::PageUp);
    // Row by row: what to rate, and why.
    let plan = [
        (Key::Num4, Some("Sells elsewhere")),
        (Key::Num1, None),
        (Key::X, None),
        (Key::Num5, Some("No buyer was found")),
    ];
    for (place, (key, reason)) in plan.into_iter().enumerate() {
        harness.press(key);
        if let Some(reason) = reason {
            harness.press(Key::Enter);
            harness.type_in(reason);
            harness.press(Key::Enter);
        }
        match place {
            0 | 2 => harness.press(Key::ArrowRight),
            1 => {
                harness.press(Key::ArrowDown);
                harness.press(Key::Home);
            }
            _ => {}
        }
    }
    for name in [
        "E1 against H1: inconsistent",
        "E1 against H2: very consistent",
        "E2 against H1: not applicable",
        "E2 against H2: very inconsistent",
        "Rank of H1: 1",
        "Rank of H2: 2",
    ] {
        assert!(has(&harness, name), "{name}");
    }
    let document = harness.state().document();
    let mut reasons: Vec<&str> = document.assessment().ratings.iter().map(|it| it.reason.as_str()).collect();
    reasons.retain(|reason| !reason.is_empty());
    reasons.sort_unstable();
    assert_eq!(reasons, ["No buyer was found", "Sells elsewhere"]);
    assert!(document.assessment().ratings.iter().all(|it| it.analyst == id(number::ANALYST)), "who");
    // All the way back, step by step.
    for _ in 0..6 {
        harness.press_with(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(ratings(&harness), 0);
}

#[test]
fn two_analysts_are_compared_cell_by_cell() {
    let old: jiff::Timestamp = "2026-01-01T12:00:00Z".parse().unwrap();
    let mut records = matrix();
    let mut rated = |number: u128, analyst: u128, evidence: u128, hypothesis: u128, value: RatingValue| {
        let rating = Rating {
            evidence: id(evidence),
            hypothesis: id(hypothesis),
            ..rating(number, analyst, value, old)
        };
        records.push(rating.into_record());
    };
    rated(80, number::ANALYST, FIRST, H_CRIMINALS, RatingValue::Consistent);
    rated(81, BEA, FIRST, H_CRIMINALS, RatingValue::Inconsistent);
    rated(82, number::ANALYST, FIRST, H_JSSD, RatingValue::Consistent);
    rated(83, BEA, FIRST, H_JSSD, RatingValue::Consistent);
    rated(84, number::ANALYST, SECOND, H_JSSD, RatingValue::Neutral);
    rated(85, BEA, SECOND, H_JSSD, RatingValue::VeryInconsistent);
    rated(86, BEA, SECOND, H_CRIMINALS, RatingValue::VeryInconsistent);
    let mut harness = open(with(records));
    harness.click("Ratings");
    harness.click("Two compared");
    for name in [
        "E1 against H1: Ada consistent, Bea inconsistent, mild dispute",
        "E1 against H2: Ada consistent, Bea consistent, consensus",
        "E2 against H1: Ada has not rated it, Bea very inconsistent",
        "Rank, Ada of H1: 1",
        "Rank, Bea of H1: 2",
        "Rank, Bea of H2: 1",
    ] {
        assert!(has(&harness, name), "{name}");
    }
    // From one difference to the next, around and back.
    focus(&mut harness);
    assert!(has(&harness, "1/2"));
    harness.press(Key::D);
    assert!(has(&harness, "2/2"));
    harness.press(Key::D);
    assert!(has(&harness, "1/2"));
    harness.press_with(Modifiers::SHIFT, Key::D);
    assert!(has(&harness, "2/2"));
    harness.press(Key::Num5);
    assert!(has(&harness, "E2 against H2: Ada very inconsistent, Bea very inconsistent, consensus"));
    assert!(has(&harness, "1 difference"));
    // The second analyst as the first one: they change places.
    harness.click("First analyst");
    harness.query_all_by_label("Bea").last().unwrap().click();
    harness.run_ok();
    assert!(has(&harness, "E1 against H1: Bea inconsistent, Ada consistent, mild dispute"));
    harness.click("Transposed");
    assert!(has(&harness, "Rank, Ada of H1: "));
}

#[test]
fn a_cell_tells_its_history_and_takes_remarks() {
    let old = |day: &str| -> jiff::Timestamp { format!("2026-01-{day}T12:00:00Z").parse().unwrap() };
    let mut records = matrix();
    let mut first = rating(80, number::ANALYST, RatingValue::Consistent, old("01"));
    first.reason = "A first look".to_owned();
    records.push(first.into_record());
    records.push(rating(81, number::ANALYST, RatingValue::Inconsistent, old("02")).into_record());
    records.push(rating(82, BEA, RatingValue::Neutral, old("03")).into_record());
    let mut harness = open(with(records));
    focus(&mut harness);
    harness.press(Key::H);
    for name in [
        "Rating by Ada: inconsistent, 2026-01-02",
        "Rating by Ada: consistent, 2026-01-01",
        "Rating by Bea: neutral",
    ] {
        assert!(!harness.names(name).is_empty(), "{name}");
    }
    assert!(harness.names("Rating by Ada: consistent")[0].ends_with("changed since"));
    assert!(has(&harness, "A first look"));
    // The cursor is in the field for a remark.
    harness.type_in("Not so sure");
    harness.press(Key::Enter);
    let comments = |harness: &Harness<'_, App>| -> Vec<Comment> {
        harness.state().document().assessment().comments.iter().cloned().collect()
    };
    let made = comments(&harness).remove(0);
    assert_eq!((made.text.as_str(), made.analyst), ("Not so sure", Some(id(number::ANALYST))));
    assert_eq!(made.cell(), Some((id(FIRST), id(H_CRIMINALS))));
    assert!(has(&harness, "1 open comment"));
    // It stands in the inspector too.
    assert_eq!(harness.names("Open: mark the comment as dealt with").len(), 2);
    harness.query_all_by_label("Open: mark the comment as dealt with").last().unwrap().click();
    harness.run_ok();
    assert!(comments(&harness)[0].resolved);
    assert_eq!(harness.state().document().undo_label(), Some("Resolve comment"));
    harness.press(Key::Escape);
    harness.press(Key::Num5);
    assert_eq!(ratings(&harness), 4, "the matrix has the keyboard again");
}

/// The agreement of many ratings takes as long as several frames: it follows once nobody has rated for a moment.
#[test]
fn the_agreement_of_many_ratings_waits_for_a_rest() {
    let size = MatrixSize { items: 130, hypotheses: 8, analysts: 20 };
    let mut harness = window(generate_with(20, 1, Some(size)));
    let assessment = harness.state().document().assessment();
    let count = |id: Id<Incident>| assessment.evidence.iter().filter(|it| it.incident == id).count();
    let long = assessment.incidents.ids().max_by_key(|id| count(*id));
    harness.state().send(Command::ShowIncident(long));
    harness.state().send(Command::Do(Action::Show(ViewKind::Matrix)));
    harness.step();
    harness.step();
    assert!(has(&harness, "α …"));
    // A window in a test draws four frames a second.
    for _ in 0..4 {
        harness.step();
    }
    assert!(!has(&harness, "α …"));
    assert!(harness.query_by_label_contains("Krippendorff's alpha of all raters: 0.").is_some());
}
