//! What is under the keyboard stays what it is: its place changes with sorting, filters and edits, the record does not.

use ascribe::app::App;
use ascribe::edit::insert;
use ascribe::model::{AnyId, Claim, Evidence, Id, Nameable as _, Source};
use ascribe::ui::Command;
use ascribe::ui::views::ViewKind;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable};

use crate::driving::{Driving, has};
use crate::support::{FIRST_ITEM, claim, id, number, weighed};
use crate::ui_charts::{QIHOO, contested, retold};

fn open(assessment: ascribe::model::Assessment, view: ViewKind) -> Harness<'static, App> {
    let mut harness = crate::support::window(assessment);
    harness.run_ok();
    harness.state().send(Command::ShowView(view));
    harness.run_ok();
    harness
}

fn focus(harness: &mut Harness<'_, App>, name: &str) {
    harness.get_by_label(name).focus();
    harness.run_ok();
}

fn value(harness: &Harness<'_, App>, name: &str) -> String {
    harness.get_by_label(name).value().unwrap_or_default()
}

/// Asks to add a claim about the usual incident.
fn add(harness: &mut Harness<'_, App>, stated_on: &str, number: u128) {
    let mut claim = claim(number, QIHOO, &[12]);
    claim.stated_on = stated_on.parse().ok();
    harness.state().send(Command::Edit(insert(claim)));
    harness.run_ok();
    harness.run_ok();
}

#[test]
fn the_timeline_keeps_its_claim_when_rows_are_grouped() {
    let mut harness = open(contested(), ViewKind::Timeline);
    harness.click("2020-03-03: Qihoo 360 asserts: APT26");
    assert_eq!(value(&harness, "Claims by date"), "Qihoo 360: APT26");
    harness.click("Group by source");
    assert_eq!(value(&harness, "Claims by date"), "Qihoo 360: APT26");
    harness.state().send(Command::Select(Vec::new()));
    focus(&mut harness, "Claims by date");
    harness.press(Key::Enter);
    assert_eq!(harness.state().selection(), [AnyId::from(Id::<Claim>::new(id::<Claim>(62).uuid()))]);
}

#[test]
fn the_time_in_sight_follows_the_claims_until_it_is_moved() {
    let mut harness = open(retold(), ViewKind::Timeline);
    add(&mut harness, "2031-05-06", 80);
    assert!(has(&harness, "Step of 2031-05-06"), "all of the time is in sight, also what was added");
    harness.click("Show less time");
    harness.run_ok();
    assert!(!has(&harness, "Step of 2031-05-06"), "only the middle of it is");
    add(&mut harness, "2040-05-06", 81);
    assert!(!has(&harness, "Step of 2040-05-06"), "what the user looks at stays");
    harness.click("Show the whole time");
    harness.run_ok();
    assert!(has(&harness, "Step of 2040-05-06"));
}

#[test]
fn the_day_that_was_picked_stays_when_an_earlier_claim_comes_in() {
    let mut harness = open(retold(), ViewKind::Timeline);
    focus(&mut harness, "Belief over time, by day");
    harness.press(Key::Home);
    let held = |harness: &Harness<'_, App>| value(harness, "Belief over time, by day");
    assert!(held(&harness).starts_with("2021-03-04: "), "{}", held(&harness));
    add(&mut harness, "2020-06-07", 80);
    assert!(has(&harness, "Step of 2020-06-07"));
    assert!(held(&harness).starts_with("2021-03-04: "), "{}", held(&harness));
}

#[test]
fn enter_leads_to_the_evidence_that_was_walked_to() {
    for (view, grid, row) in [
        (ViewKind::Odds, "What each item adds", "E2 adds +3.7 decibans"),
        (ViewKind::Sensitivity, "What moves the margin", "Without E2: left out"),
    ] {
        let mut harness = open(weighed(), view);
        let name = harness.names(row).remove(0);
        harness.click(&name);
        let second = AnyId::from(Id::<Evidence>::new(id::<Evidence>(FIRST_ITEM + 1).uuid()));
        assert_eq!(harness.state().selection(), [second], "{view:?}");
        // Its place changes when others go.
        let others = [0, 3].map(|number| AnyId::from(id::<Evidence>(FIRST_ITEM + number)));
        harness.state().send(Command::Delete(others.to_vec()));
        harness.run_ok();
        harness.state().send(Command::Select(Vec::new()));
        focus(&mut harness, grid);
        harness.press(Key::Enter);
        assert_eq!(harness.state().selection(), [second], "{view:?}");
        // Once it is gone itself, Enter leads nowhere.
        harness.state().send(Command::Delete(vec![second]));
        harness.run_ok();
        focus(&mut harness, grid);
        harness.press(Key::Enter);
        assert_eq!(harness.state().selection(), [], "{view:?}");
    }
}

#[test]
fn the_page_keys_leave_the_comparison_of_the_heatmap_open() {
    let mut harness = open(contested(), ViewKind::Disagreement);
    harness.click("One against another");
    harness.click("CrowdStrike and Ministry: contradicts");
    let sentence = "CrowdStrike contradicts Ministry: Turbine Panda and Criminals have no member in common";
    for key in [Key::PageDown, Key::PageUp] {
        harness.press(key);
        assert!(has(&harness, sentence), "{key:?}");
    }
    harness.press(Key::Escape);
    assert!(!has(&harness, sentence));
}

#[test]
fn the_cell_of_the_heatmap_stays_that_of_its_sources() {
    let mut harness = open(contested(), ViewKind::Disagreement);
    harness.click("One against another");
    harness.click("CrowdStrike and Ministry: contradicts");
    harness.press(Key::Escape);
    let held = |harness: &Harness<'_, App>| {
        let grid = harness.get_by_role_and_label(Role::Grid, "One against another");
        grid.value().unwrap_or_default()
    };
    assert_eq!(held(&harness), "CrowdStrike and Ministry: contradicts");
    for order in ["Date", "Name"] {
        harness.get_by_label("Order of the rows").click();
        harness.run_ok();
        harness.click(order);
        assert_eq!(held(&harness), "CrowdStrike and Ministry: contradicts", "by {order}");
    }
    // Another source, whose name and date stand before all others.
    let first = Source::named(id(900), "Agency".to_owned());
    harness.state().send(Command::Edit(insert(first)));
    let mut claim = claim(901, 900, &[12]);
    claim.stated_on = "2001".parse().ok();
    harness.state().send(Command::Edit(insert(claim)));
    harness.run_ok();
    assert!(has(&harness, "CrowdStrike and Agency: "));
    assert_eq!(held(&harness), "CrowdStrike and Ministry: contradicts");
}

#[test]
fn a_judgement_is_read_in_the_inspector_and_changed_in_its_view() {
    let mut harness = open(weighed(), ViewKind::Claims);
    let judgement = harness.state().document().assessment().judgements.ids().next().unwrap();
    harness.state().send(Command::Select(vec![judgement.into()]));
    harness.run_ok();
    assert!(has(&harness, "PROBABILITIES"));
    let fields: Vec<String> =
        harness.query_all_by_role(Role::TextInput).filter_map(|node| node.accesskit_node().label()).collect();
    assert_eq!(fields, ["Filter the navigator", "Filter claims"]);
    harness.click("Open the Judgement view");
    assert!(has(&harness, "Close Judgement"), "its tab is in front");
}

#[test]
fn each_turn_of_a_link_is_a_step_of_its_own() {
    let mut harness = open(contested(), ViewKind::Actors);
    let link: Id<Claim> = id(50);
    let is_accepted = |harness: &Harness<'_, App>| {
        harness.state().document().assessment().get(link).is_some_and(|claim| claim.accepted)
    };
    harness.click("Turbine Panda = APT26, says CrowdStrike");
    for expect in [true, false] {
        harness.press(Key::Space);
        assert_eq!(is_accepted(&harness), expect);
    }
    assert_eq!(harness.state().document().undo_label(), Some("No longer accept link"));
    harness.press_with(Modifiers::COMMAND, Key::Z);
    assert!(is_accepted(&harness));
    assert_eq!(harness.state().document().undo_label(), Some("Accept link"));
    harness.press_with(Modifiers::COMMAND, Key::Z);
    assert!(!is_accepted(&harness));
}

#[test]
fn the_navigator_says_where_it_stands_and_opens_the_menu_by_keys() {
    let mut harness = open(crate::support::assessment(), ViewKind::Claims);
    harness.get_by_role_and_label(Role::TreeItem, "JSSD").click();
    harness.run_ok();
    assert_eq!(value(&harness, "Navigator"), "JSSD");
    for expect in ["MSS", "China"] {
        // The first press of an open branch closes it.
        harness.press(Key::ArrowLeft);
        if value(&harness, "Navigator") != expect {
            harness.press(Key::ArrowLeft);
        }
        assert_eq!(value(&harness, "Navigator"), expect);
    }
    let china = AnyId::from(id::<ascribe::model::Actor>(number::CHINA));
    assert_eq!(harness.state().selection(), [china]);
    harness.press_with(Modifiers::SHIFT, Key::F10);
    harness.run_ok();
    assert!(harness.get_by_label("Rename").is_focused(), "the first choice has the focus");
    harness.press(Key::Escape);
    assert!(harness.query_by_label("Rename").is_none());
}
