//! The Belief view in the window: rules, questions, explanations and conventions, worked by accessible names.

use ascribe::app::App;
use ascribe::model::{Actor, Assessment, Claim, Entity, FusionRule, Id, Record, Stance};
use ascribe::ui::views::ViewKind;
use eframe::egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use crate::driving::{Driving, has};
use crate::support::{assessment, claim, id, number, window};

fn open(assessment: Assessment) -> Harness<'static, App> {
    let mut harness = window(assessment);
    harness.run_ok();
    harness.press_with(Modifiers::COMMAND, ViewKind::Belief.key().unwrap());
    harness
}

/// The usual assessment with these claims in place of its own.
fn with_claims(claims: Vec<Claim>) -> Assessment {
    let usual = assessment();
    let mut records = Vec::new();
    usual.for_each_record(&mut |record| {
        if !matches!(record, Record::Claim(_)) {
            records.push(record);
        }
    });
    records.extend(claims.into_iter().map(Entity::into_record));
    Assessment::from_records(usual.header, records)
}

/// A claim that names nobody.
fn silent() -> Claim {
    Claim { stance: Stance::Declines, ..claim(70, number::XINHUA, &[]) }
}

fn choose(harness: &mut Harness<'_, App>, field: &str, choice: &str) {
    harness.click(field);
    harness.get_by_label(choice).click();
    harness.run_ok();
}

fn convention(harness: &Harness<'_, App>) -> FusionRule {
    harness.state().document().assessment().header.methods.fusion
}

/// CrowdStrike is trusted .8 × .6 × .8 = .384 and Xinhua .4 × .6 × .8 = .192; both state .95.
#[test]
fn belief_stands_along_the_hierarchy() {
    let mut harness = open(assessment());
    let rows = harness.names("JSSD: belief");
    assert_eq!(rows.len(), 1, "{rows:?}");
    // Weighted: weights (1−u)/u are .6234 and .2376, so that CrowdStrike counts .7240.
    assert!(rows[0].starts_with("JSSD: belief 26 %, plausibility 94 %"), "{rows:?}");
    for name in ["China: belief 26 %", "MSS: belief 26 %", "Criminals: belief 5 %"] {
        assert!(has(&harness, name), "{name}");
    }
    assert!(
        has(&harness, "How much speaks for JSSD?"),
        "the narrowest of those with most belief is asked about"
    );

    harness.click("Criminals: belief 5 %, plausibility 73 %, projected 28 %");
    assert!(has(&harness, "How much speaks for Criminals?"));
    let criminals: Id<Actor> = id(number::CRIMINALS);
    assert_eq!(harness.state().selection(), [criminals.into()]);
    harness.press(Key::Home);
    assert!(has(&harness, "How much speaks for Criminals?"), "it is the first row");
    harness.press(Key::ArrowDown);
    assert!(has(&harness, "How much speaks for China?"));
    assert!(harness.get_by_label("Belief by actor").value().unwrap().starts_with("China: belief"));
}

#[test]
fn the_rule_of_the_view_becomes_that_of_the_assessment_and_is_taken_back() {
    let mut harness = open(assessment());
    assert!(!has(&harness, "Use for this assessment"));
    choose(&mut harness, "Rule", "Dempster's rule");
    assert_eq!(convention(&harness), FusionRule::Weighted, "only the view changed");
    harness.click("Use for this assessment");
    assert_eq!(convention(&harness), FusionRule::Dempster);
    assert!(!has(&harness, "Use for this assessment"));
    harness.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(convention(&harness), FusionRule::Weighted);
    choose(&mut harness, "Rule", "Yager's rule");
    harness.click("Back");
    assert!(!has(&harness, "Use for this assessment"));
}

#[test]
fn every_number_opens_its_explanation() {
    let mut harness = open(assessment());
    harness.click("Belief in JSSD: 26 %");
    assert!(has(&harness, "belief = Σ weight × own belief"));
    assert!(has(&harness, "Jøsang, Wang & Zhang"));
    assert!(has(&harness, "CrowdStrike asserts: JSSD"));
    // In per cent, also where it is told how it came about.
    assert!(has(&harness, "36.48 % × weight 0.7240"), "{:?}", harness.names("36"));
    harness.press(Key::Escape);
    assert!(!has(&harness, "belief = Σ weight × own belief"));
    // Only the two assertions exclude one another: .3648 × .1824.
    harness.click("Conflict K: 0.067");
    assert!(has(&harness, "K = Σ Π"));
}

#[test]
fn what_a_number_tells_on_hover_is_of_the_rule_that_is_set() {
    let mut harness = open(assessment());
    let rest_on = |harness: &mut Harness<'_, App>, number: &str| {
        harness.get_by_label_contains(number).hover();
        harness.run_steps(60);
    };
    rest_on(&mut harness, "Belief in JSSD: ");
    assert!(has(&harness, "belief = Σ weight × own belief"));
    choose(&mut harness, "Rule", "Dempster's rule");
    rest_on(&mut harness, "Belief in JSSD: ");
    assert!(!has(&harness, "belief = Σ weight × own belief"));
}

#[test]
fn what_is_told_on_hover_does_not_stay_above_a_dialog() {
    let mut harness = open(assessment());
    harness.get_by_label_contains("Belief in JSSD: ").hover();
    harness.run_steps(60);
    assert!(has(&harness, "belief = Σ weight × own belief"));
    harness.press(Key::F1);
    harness.run_steps(4);
    assert!(has(&harness, "Keyboard shortcuts"));
    assert!(!has(&harness, "belief = Σ weight × own belief"));
    harness.press(Key::Escape);
    harness.run_steps(4);
    assert!(!has(&harness, "Keyboard shortcuts"), "the dialog has the keyboard and the pointer");
}

#[test]
fn all_rules_stand_side_by_side() {
    let mut harness = open(assessment());
    harness.click("All rules");
    for rule in FusionRule::ALL {
        let name = format!("JSSD under {}: belief", rule.label());
        assert!(has(&harness, &name), "{name}");
    }
    assert!(has(&harness, "Each origin counts by how certain it is"));
    harness.click("Dempster's rule");
    assert!(has(&harness, "Under strong conflict what all hold nearly impossible can become certain"));
    harness.get_by_label("All rules side by side").focus();
    harness.run_ok();
    harness.press(Key::ArrowRight);
    assert!(has(&harness, "Where origins conflict one of them is wrong"), "the next rule is Yager's");
    harness.click("Table");
    assert!(has(&harness, "Cumulative: plausibility"));
}

#[test]
fn what_cannot_be_judged_or_names_nobody_counts_as_ignorance() {
    let says = claim(71, number::CROWDSTRIKE, &[number::JSSD]);
    let mut harness = open(with_claims(vec![says, silent()]));
    assert!(has(&harness, "1 counts as ignorance"));
    harness.click("1 counts as ignorance");
    assert!(has(&harness, "Xinhua declines – counts as ignorance: names nobody"));
    harness.press(Key::Escape);
    harness.click("Table");
    assert!(has(&harness, "Takes part"));
}

#[test]
fn empty_places_say_why() {
    let mut harness = open(with_claims(Vec::new()));
    assert!(has(&harness, "No claims to take together"));
    harness.press_with(Modifiers::COMMAND, Key::F);
    assert!(
        harness.get_by_role_and_label(Role::TextInput, "Incident").is_focused(),
        "another incident can be picked"
    );
    assert!(has(&open(with_claims(vec![silent()])), "Nobody is named"));
}
