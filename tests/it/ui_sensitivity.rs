//! The view of sensitivity: what the lead rests on, whose margin, which changes, how firm the first rank is.

use ascribe::app::App;
use ascribe::model::*;
use ascribe::sample::{MatrixSize, generate_with};
use ascribe::ui::Command;
use ascribe::ui::views::ViewKind;
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use crate::driving::{Driving, has};
use crate::support::{FIRST_ITEM, assessment, id, weighed, window};

fn open(assessment: Assessment) -> Harness<'static, App> {
    let mut harness = window(assessment);
    harness.run_ok();
    harness.press_with(Modifiers::COMMAND, ViewKind::Sensitivity.key().unwrap());
    harness
}

/// Clicks an entry of an open list, which stands above all else.
fn choose(harness: &mut Harness<'_, App>, name: &str) {
    harness.query_all_by_label(name).last().unwrap().click();
    harness.run_ok();
}

fn changed(change: impl Fn(Record) -> Record) -> Assessment {
    let usual = weighed();
    let mut records = Vec::new();
    usual.for_each_record(&mut |record| records.push(change(record)));
    Assessment::from_records(usual.header, records)
}

#[test]
fn the_lead_and_what_it_rests_on_are_said_in_a_sentence() {
    let mut harness = open(weighed());
    assert!(has(&harness, "The lead of H2 rests on E2 and E3 together: without them H3 draws level"));
    assert!(has(&harness, "One single change ends the lead of H2: without CrowdStrike"));
    assert!(has(&harness, "Without E2: left out, H2 leads by 1.00"));
    assert!(has(&harness, "Margin of H2: 2.00"));
    harness.click("Margin, Without E2 left out: 1.00");
    assert!(has(&harness, "least weighted inconsistency of the others"));
    harness.press(Key::Escape);
    // E4 speaks against H1 alone, which is no rival: it moves nothing.
    assert!(!has(&harness, "Without E4"));
    harness.get_by_label("Copy the changes as a table").click();
    harness.step();
    assert!(harness.copied().is_some_and(|text| text.contains("Without E4\tleft out")));
    harness.click("Table");
    assert!(has(&harness, "Tried"));
}

#[test]
fn rows_are_walked_by_keyboard_and_lead_to_their_records() {
    let mut harness = open(weighed());
    harness.get_by_label("What moves the margin").focus();
    harness.run_ok();
    harness.press(Key::Home);
    let first = harness.get_by_label("What moves the margin").value().unwrap();
    assert!(first.starts_with("Without CrowdStrike: "), "{first}");
    harness.press(Key::Enter);
    assert_eq!(harness.state().selection(), [id::<Source>(crate::support::number::CROWDSTRIKE).into()]);
    harness.click("Without E2: left out, H2 leads by 1.00");
    let second: Id<Evidence> = id(FIRST_ITEM + 1);
    assert!(harness.state().selection().contains(&second.into()));
}

#[test]
fn changes_are_filtered_and_another_margin_is_looked_at() {
    let mut harness = open(weighed());
    harness.click("Which changes");
    choose(&mut harness, "Sources");
    assert!(!has(&harness, "Without E2"));
    assert!(has(&harness, "Without CrowdStrike"));
    harness.click("Which changes");
    choose(&mut harness, "All changes");
    harness.click("Only what ends the lead");
    assert!(!has(&harness, "Without E2: left out"));
    harness.click("Only what ends the lead");
    harness.click("Margin of");
    choose(&mut harness, "H1 A false flag");
    assert!(has(&harness, "Without E4: left out, H1 is 2.00 behind"));
    assert!(has(&harness, "Margin of H1: -3.00"));
}

#[test]
fn how_firm_the_first_rank_is_follows_the_trial() {
    let mut harness = open(weighed());
    assert!(has(&harness, "H2 alone in front, each rating moving to its opposite: 95.0 %"));
    assert!(has(&harness, "Nobody alone in front, each rating moving to its opposite"));
    harness.click("H2 alone in front, each rating moving to its opposite: 95.0 %");
    assert!(has(&harness, "exactly: the distributions of the scores"));
    harness.press(Key::Escape);
    harness.get_by_label("Probability that a rating moves").click();
    harness.run_ok();
    harness.press_with(Modifiers::COMMAND, Key::A);
    harness.type_in("10");
    harness.press(Key::Enter);
    assert!(has(&harness, "H2 alone in front, each rating moving to its opposite: 85.3 %"));
    harness.get_by_label("Copy rank stability as a table").click();
    harness.step();
    assert!(harness.copied().is_some_and(|text| text.contains("0.852959400159865")));
}

#[test]
fn what_cannot_be_judged_is_tried_both_ways_and_an_edit_is_followed() {
    let unknown = changed(|record| match record {
        Record::Evidence(it) if it.id == id(FIRST_ITEM + 1) => {
            Evidence { credibility: Some(Credibility::Six), ..(*it).clone() }.into_record()
        }
        other => other,
    });
    let mut harness = open(unknown);
    assert!(has(&harness, "Grade of E2: F or 6 → low, H2 leads by 1.71; F or 6 → high, H2 leads by 2.41"));
    // The third item is left out in the matrix: the lead shrinks, and rests on one item.
    harness.press_with(Modifiers::COMMAND, ViewKind::Matrix.key().unwrap());
    harness.get_by_label("Evidence against hypotheses").focus();
    harness.run_ok();
    harness.press(Key::Home);
    harness.press(Key::ArrowDown);
    harness.press(Key::ArrowDown);
    harness.press(Key::E);
    harness.press_with(Modifiers::COMMAND, ViewKind::Sensitivity.key().unwrap());
    assert!(has(&harness, "The lead of H2 rests on E2 alone: without it H3 draws level"));
    assert!(has(&harness, "With E3: taken in"));
}

#[test]
fn empty_places_lead_on() {
    let mut harness = open(assessment());
    assert!(has(&harness, "No hypotheses yet"));
    harness.click("Make hypotheses from claims");
    assert!(has(&harness, "Nothing is rated yet"));
}

/// A matrix of which it takes a while to find out how firm the first rank is, in the view that begins to.
fn computing() -> Harness<'static, App> {
    let size = MatrixSize { items: 12, hypotheses: 4, analysts: 44 };
    let assessment = generate_with(20, 1, Some(size));
    let items = |id: &Id<Incident>| assessment.evidence.iter().filter(|it| it.incident == *id).count();
    let incident = assessment.incidents.ids().max_by_key(items);
    let mut harness = window(assessment);
    harness.run_ok();
    harness.state().send(Command::ShowIncident(incident));
    harness.step();
    harness.key_press_modifiers(Modifiers::COMMAND, ViewKind::Sensitivity.key().unwrap());
    harness.step();
    harness.step();
    assert!(has(&harness, "Computing how firm the first rank is"));
    harness
}

/// Waits for a text; whether it came.
fn comes(harness: &mut Harness<'_, App>, text: &str) -> bool {
    (0..1_200).any(|_| {
        let is_there = has(harness, text);
        if !is_there {
            std::thread::sleep(std::time::Duration::from_millis(50));
            harness.step();
        }
        is_there
    })
}

#[test]
fn what_takes_long_is_computed_in_a_job() {
    let mut harness = computing();
    assert!(has(&harness, "Which changes"), "the rest is there meanwhile");
    let done = "Nobody alone in front, each rating moving to its opposite";
    assert!(comes(&mut harness, done), "the job does not end");
}

#[test]
fn what_takes_long_is_stopped_and_begun_again() {
    let mut harness = computing();
    // Beside the chart, and at the job in the status bar.
    let stops = harness.names("Stop");
    assert!(!stops.is_empty());
    harness.query_all_by_label_contains("Stop").for_each(|stop| stop.click());
    assert!(comes(&mut harness, "Stopped before how firm the first rank is was computed"));
    assert!(!has(&harness, "Nobody alone in front, each rating"), "nothing is passed off as a result");
    harness.get_by_label("Compute").click();
    harness.step();
    assert!(comes(&mut harness, "Nobody alone in front, each rating moving to its opposite"));
}
