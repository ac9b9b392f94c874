//! The conventions of the numbers in the properties: set, checked as they are typed, and put back.

use ascribe::app::App;
use ascribe::model::*;
use ascribe::ui::views::ViewKind;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use crate::driving::{Driving, has, window};
use crate::support::{assessment, id, number};

fn open() -> Harness<'static, App> {
    let evidence = Evidence {
        credibility: Some(Credibility::Two),
        reliability_override: Some(GradeOverride {
            reliability: Reliability::A,
            reason: "Own files".to_owned(),
        }),
        ..Evidence::new(id(60), id(number::OPM), "A certificate of the unit".to_owned())
    };
    let hypothesis = Hypothesis::new(id(70), id(number::OPM), Answer::Actor(id(number::JSSD)));
    let rating = Rating {
        id: id(80),
        analyst: id(number::ANALYST),
        evidence: id(60),
        hypothesis: id(70),
        value: RatingValue::Inconsistent,
        likelihood: None,
        reason: String::new(),
        rated_at: jiff::Timestamp::UNIX_EPOCH,
        round: 0,
    };
    let usual = assessment();
    let mut records = vec![evidence.into_record(), hypothesis.into_record(), rating.into_record()];
    usual.for_each_record(&mut |record| records.push(record));
    let mut harness = window(Assessment::from_records(usual.header, records), [1280.0, 1000.0]);
    harness.press_with(Modifiers::COMMAND, ViewKind::Matrix.key().unwrap());
    harness.press_with(Modifiers::COMMAND, Key::Comma);
    harness.click("Conventions of the numbers");
    harness
}

fn methods(harness: &Harness<'_, App>) -> Methods {
    harness.state().document().assessment().header.methods.clone()
}

/// Puts the cursor into a field, and another text in the place of what is there.
fn fill(harness: &mut Harness<'_, App>, field: &str, text: &str) {
    harness.get_by_role_and_label(Role::TextInput, field).focus();
    harness.run_ok();
    harness.press_with(Modifiers::COMMAND, Key::A);
    harness.type_in(text);
}

#[test]
fn a_convention_is_typed_followed_and_put_back() {
    let mut harness = open();
    assert!(has(&harness, "All are the usual ones"));
    fill(&mut harness, "Weight of grades: high", "2");
    assert_eq!(methods(&harness).grade_weights[2], 2.0);
    assert!(has(&harness, "1 of 14 not the usual ones"));
    fill(&mut harness, "Inconsistency points: I", "1.5");
    assert_eq!(methods(&harness).rating_points[3], 1.5);
    assert_eq!(harness.state().document().undo_label(), Some("Change Inconsistency points"));
    harness.click("Done");
    // A certificate of high grade and medium relevance weighs 2, and 1.5 points are 3.
    assert!(has(&harness, "Weighted inconsistency of H1: 3.00"));
    assert!(has(&harness, "Not the usual conventions: inconsistency points: CC 0, C 0, N 0, I 1.5, II 2"));
    harness.press_with(Modifiers::COMMAND, Key::Comma);
    harness.click("Inconsistency points back to the usual: CC 0, C 0, N 0, I 1, II 2");
    assert_eq!(methods(&harness).rating_points, Methods::default().rating_points);
    assert_eq!(methods(&harness).grade_weights[2], 2.0, "the other one stays");
    harness.click("All back to the usual ones");
    assert_eq!(methods(&harness), Methods::default());
    harness.click("Done");
    for _ in 0..3 {
        harness.press_with(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(methods(&harness).grade_weights[2], 2.0, "each is undone by itself");
    assert_eq!(methods(&harness).rating_points[3], 1.0);
}

#[test]
fn what_cannot_be_is_said_and_changes_nothing() {
    let mut harness = open();
    let check = |harness: &mut Harness<'_, App>, field: &str, typed: &str, expect: &str| {
        fill(harness, field, typed);
        assert!(has(harness, expect), "{field} {typed}");
    };
    check(&mut harness, "Trust by reliability: B", "x", "B: “x” is not a number");
    check(&mut harness, "Probability without a hedge", "2", "it lies between 0 and 1");
    check(&mut harness, "Weight of grades: low", "-", "low: “-” is not a number");
    assert_eq!(methods(&harness).reliability_trust, Methods::default().reliability_trust);
    assert_eq!(methods(&harness).grade_weights, Methods::default().grade_weights);
}

#[test]
fn rules_and_grades_are_chosen() {
    let mut harness = open();
    harness.click("Fusion of opinions");
    harness.click(FusionRule::Pcr6.label());
    harness.click("Grade of credibility: 2");
    harness.query_all_by_label("Low").last().unwrap().click();
    harness.run_ok();
    let methods = methods(&harness);
    assert_eq!((methods.fusion, methods.credibility_grades[1]), (FusionRule::Pcr6, Grade3::Low));
    harness.click("Done");
    assert!(has(&harness, "Weight of E1: 0.71"), "the worse of A and 2 is low now");
}
