//! The weight of evidence in the window: priors and likelihoods edited, what each item adds, what it is worth to look.

use ascribe::app::App;
use ascribe::model::*;
use ascribe::ui::Action;
use ascribe::ui::views::ViewKind;
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use crate::driving::{Driving, has};
use crate::support::{FIRST_ITEM, HYPOTHESES, assessment, id, number, weighed, window};

fn open(assessment: Assessment) -> Harness<'static, App> {
    let mut harness = window(assessment);
    harness.run_ok();
    assert_eq!(Action::Show(ViewKind::Odds).shortcut(), None, "it has no keys of its own");
    harness.press_with(Modifiers::COMMAND, Key::K);
    harness.type_in("Weight of");
    harness.press(Key::Enter);
    harness
}

fn with(records: Vec<Record>) -> Assessment {
    let usual = weighed();
    let mut all = Vec::new();
    usual.for_each_record(&mut |record| all.push(record));
    all.extend(records);
    Assessment::from_records(usual.header, all)
}

/// Puts a text in the place of what stands in a field.
fn fill(harness: &mut Harness<'_, App>, field: &str, text: &str) {
    harness.get_by_label(field).focus();
    harness.run_ok();
    harness.press_with(Modifiers::COMMAND, Key::A);
    harness.type_in(text);
    harness.press(Key::Tab);
}

#[test]
fn odds_follow_from_priors_and_ratings() {
    // C is .7 and I is .3: H2 is right in all, H3 wrong in two, H1 in three, of prior odds of one.
    let mut harness = open(weighed());
    for name in ["Posterior of H2: 79.2 %", "Posterior of H3: 14.5 %", "Posterior of H1: 6.2 %"] {
        assert!(has(&harness, name), "{name}");
    }
    assert!(has(&harness, "H2 is more probable than H3: +7.4 decibans, 5.4 to 1"));
    assert!(has(&harness, "E2 adds +3.7 decibans"));
    harness.click("What E2 adds in decibans: +3.7");
    assert!(has(&harness, "P(E|H) / P(E|rival)"));
    harness.press(Key::Escape);
    harness.click("Posterior without E2: 66.3 %");
    assert!(has(&harness, "79.21 % → 66.34 %"), "the posterior without it");
    harness.press(Key::Escape);
    harness.click("Posterior odds in decibans: +7.4");
    assert!(has(&harness, "prior odds + Σ w"), "the explanation has the formula");
}

#[test]
fn a_prior_is_an_edit_of_its_hypothesis() {
    let mut harness = open(weighed());
    fill(&mut harness, "Prior of H3", "80");
    let prior = |harness: &Harness<'_, App>| {
        harness.state().document().assessment().get(id::<Hypothesis>(HYPOTHESES[2])).unwrap().prior
    };
    assert_eq!(prior(&harness), Some(0.8));
    assert!(has(&harness, "Prior of H1, with the others to 100 %: 10.0 %"));
    assert_eq!(harness.state().document().undo_label(), Some("Change prior of hypothesis"));
    harness.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(prior(&harness), None);
    assert!(has(&harness, "Prior of H1, with the others to 100 %: 33.3 %"));
}

#[test]
fn likelihoods_are_conventions_of_the_assessment() {
    let mut harness = open(weighed());
    fill(&mut harness, "P(E|H) of I", "0");
    assert_eq!(harness.state().document().assessment().header.methods.rating_likelihoods[3], 0.0);
    assert_eq!(harness.state().document().undo_label(), Some("Change P(E|H) of I"));
    assert!(has(&harness, "Posterior of H2: 100.0 %"));
    assert!(has(&harness, "E4 rules H1 out"));
    // Within a field Ctrl+Z belongs to the field.
    harness.press(Key::Escape);
    harness.press_with(Modifiers::COMMAND, Key::Z);
    assert!(has(&harness, "Posterior of H2: 79.2 %"));
}

#[test]
fn groups_are_tempered_and_said_to_be() {
    let usual = weighed();
    let grouped = [1, 2].map(|row| {
        let evidence = usual.get(id::<Evidence>(FIRST_ITEM + row)).unwrap().clone();
        Evidence { dependence_group: "One leak".to_owned(), ..evidence }.into_record()
    });
    let mut harness = open(with(grouped.to_vec()));
    assert!(has(&harness, "E2 adds +1.8 decibans"));
    assert!(has(&harness, "tempered, as one of a dependence group"));
    fill(&mut harness, "Correlation in groups", "0");
    assert!(has(&harness, "E2 adds +3.7 decibans"));
    assert_eq!(harness.state().document().assessment().header.methods.group_correlation, 0.0);
}

#[test]
fn another_pair_is_compared_and_told_as_a_table() {
    let mut harness = open(weighed());
    harness.click("against");
    harness.query_all_by_label("H1 A false flag").last().unwrap().click();
    harness.run_ok();
    assert!(has(&harness, "H2 is more probable than H1: +11.0 decibans"));
    harness.get_by_label("Copy what each item adds as a table").click();
    harness.step();
    assert!(harness.copied().is_some_and(|text| text.contains("Adds to H2 against H1, decibans")));
    harness.click("Table");
    assert!(has(&harness, "Posterior odds"));
}

#[test]
fn an_indicator_says_what_looking_for_it_is_worth() {
    let mut harness = open(weighed());
    assert!(has(&harness, "what would be seen if a hypothesis were true"));
    harness.click("Add indicator");
    let document = harness.state().document();
    let made = document.assessment().indicators.iter().next().unwrap();
    assert_eq!(made.incident, id(number::OPM));
    assert!(has(&harness, "New indicator: undefined, because a hypothesis has no likelihood"));

    let likelihood = |(hypothesis, probability): (u128, f64)| IndicatorLikelihood {
        hypothesis: id(hypothesis),
        probability,
    };
    let indicator = Indicator {
        id: id(90),
        incident: id(number::OPM),
        statement: "The files are sold".to_owned(),
        likelihoods: HYPOTHESES.into_iter().zip([0.1, 0.9, 0.1]).map(likelihood).collect(),
        observation: Observation::Open,
        notes: String::new(),
    };
    let harness = open(with(vec![indicator.into_record()]));
    assert!(has(&harness, "Expected information of The files are sold: 0.3"));
}

#[test]
fn empty_places_lead_on() {
    let harness = open(assessment());
    assert!(has(&harness, "No hypotheses yet"));
}
