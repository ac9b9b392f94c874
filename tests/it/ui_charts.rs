//! The charts in the window: disagreement, timeline and actors, worked by accessible names.

use ascribe::app::App;
use ascribe::model::{
    Actor, ActorLevel, Assessment, Claim, Entity, Header, Id, Incident, Nameable, Period, Proposition,
    Record, Source, SourceKind, Uuid,
};
use ascribe::ui::views::ViewKind;
use eframe::egui::{Event, Key, Modifiers, OutputCommand, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use crate::driving::{self, Driving, has};
use crate::support::{self, claim, id, number};
use crate::ui_shell::case;

pub const QIHOO: u128 = 1;
const CROWDSTRIKE: u128 = 2;
const CHINA_MFA: u128 = 3;
const BREACH: u128 = number::OPM;
const STATE: u128 = 10;
const SERVICE: u128 = 11;
const CLUSTER: u128 = 12;
const OTHER_NAME: u128 = 13;
const CRIMINALS: u128 = 14;
const LINK: u128 = 50;

fn window(assessment: Assessment) -> Harness<'static, App> {
    let mut harness = support::window(assessment);
    harness.run_ok();
    harness
}

fn source(number: u128, name: &str) -> Record {
    Source { kind: SourceKind::SecurityVendor, ..Source::named(id(number), name.to_owned()) }.into_record()
}

fn actor(number: u128, name: &str, level: ActorLevel, belongs_to: &[u128]) -> Record {
    Actor {
        id: id(number),
        name: name.to_owned(),
        level,
        belongs_to: belongs_to.iter().map(|number| id(*number)).collect(),
        aliases: Vec::new(),
        notes: String::new(),
    }
    .into_record()
}

/// One incident in 2020; CrowdStrike and the ministry contradict each other, Qihoo 360 speaks of another time, and whether two
/// clusters are one is contested.
pub fn contested() -> Assessment {
    let period = |from: &str, to: &str| Period { from: from.parse().ok(), to: to.parse().ok() };
    let breach = Incident {
        period: period("2020", "2020"),
        ..Incident::named(id(BREACH), "Airline breach".to_owned())
    };
    let mut service = claim(60, CROWDSTRIKE, &[CLUSTER]);
    service.stated_on = "2021-03-04".parse().ok();
    let mut other = claim(61, CHINA_MFA, &[CRIMINALS]);
    other.stated_on = "2021".parse().ok();
    let mut past = claim(62, QIHOO, &[OTHER_NAME]);
    past.covers = period("2008", "2019");
    past.stated_on = "2020-03-03".parse().ok();
    let link = Claim {
        proposition: Proposition::SameActor { first: id(CLUSTER), second: id(OTHER_NAME) },
        ..claim(LINK, CROWDSTRIKE, &[])
    };
    let records = [
        source(QIHOO, "Qihoo 360"),
        source(CROWDSTRIKE, "CrowdStrike"),
        source(CHINA_MFA, "Ministry"),
        actor(STATE, "China", ActorLevel::State, &[]),
        actor(SERVICE, "MSS", ActorLevel::Service, &[STATE]),
        actor(CLUSTER, "Turbine Panda", ActorLevel::Cluster, &[SERVICE]),
        actor(OTHER_NAME, "APT26", ActorLevel::Cluster, &[]),
        actor(CRIMINALS, "Criminals", ActorLevel::Class, &[]),
        breach.into_record(),
    ];
    let claims = [service, other, past, link].map(Entity::into_record);
    let header = Header { id: Uuid::from_u128(1), ..Header::default() };
    Assessment::from_records(header, records.into_iter().chain(claims))
}

fn open(view: ViewKind) -> Harness<'static, App> {
    let mut harness = window(contested());
    harness.press_with(Modifiers::COMMAND, view.key().unwrap());
    harness
}

fn stored(harness: &Harness<'_, App>, claim: u128) -> Claim {
    harness.state().document().assessment().get::<Claim>(id(claim)).unwrap().clone()
}

#[test]
fn a_cell_of_the_heatmap_shows_what_differs() {
    let mut harness = open(ViewKind::Disagreement);
    assert!(has(&harness, "3 claims"));
    assert!(has(&harness, "3 independent origins"));
    assert!(has(&harness, "1 contradicts"));
    assert!(has(&harness, "2 not comparable"));
    assert!(has(&harness, "Contested"));
    harness.click("One against another");
    harness.click("CrowdStrike and Ministry: contradicts");
    let sentence = "CrowdStrike contradicts Ministry: Turbine Panda and Criminals have no member in common";
    assert!(has(&harness, sentence));
    assert!(harness.query_all_by_label("Differs").count() >= 2, "actor and level");
    assert!(harness.query_all_by_label("Same").next().is_some());
    let conflict = harness.names("Dempster's K 0.0").remove(0);
    harness.get_by_label(&conflict).click();
    harness.run_ok();
    assert!(has(&harness, "Shafer, A Mathematical Theory of Evidence (1976)"));
    harness.press(Key::Escape);
    assert!(has(&harness, sentence), "the explanation closes first");
    harness.press(Key::F1);
    assert!(has(&harness, "Close keyboard shortcuts"));
    harness.press(Key::Escape);
    assert!(!has(&harness, "Close keyboard shortcuts"), "a dialog too");
    assert!(has(&harness, sentence));
    harness.press(Key::Escape);
    assert!(!has(&harness, sentence), "then the comparison");
    harness.click("CrowdStrike and Ministry: contradicts");
    harness.click("Close the comparison");
    assert!(!has(&harness, sentence));
}

#[test]
fn without_any_date_there_is_no_axis() {
    let mut records = Vec::new();
    contested().for_each_record(&mut |record| {
        records.push(match record {
            Record::Claim(claim) => {
                Claim { stated_on: None, covers: Period::default(), ..(*claim).clone() }.into_record()
            }
            Record::Incident(incident) => {
                Incident { period: Period::default(), ..(*incident).clone() }.into_record()
            }
            other => other,
        });
    });
    let mut harness = window(Assessment::from_records(Header::default(), records));
    harness.press_with(Modifiers::COMMAND, ViewKind::Timeline.key().unwrap());
    assert!(has(&harness, "No dates yet"));
    assert!(harness.query_by_label("1970").is_none());
    harness.click("Table");
    assert!(!has(&harness, "No dates yet"), "the table has the claims all the same");
}

#[test]
fn a_click_leads_the_keyboard_to_the_heatmap() {
    // In a window without the keyboard too: keys may come from assistive technology.
    for has_keyboard in [true, false] {
        let mut harness = open(ViewKind::Disagreement);
        harness.input_mut().focused = has_keyboard;
        harness.click("One against another");
        let name = harness.names("CrowdStrike and Ministry").remove(0);
        harness.get_by_label(&name).click();
        harness.run_ok();
        // The cell before it is that of Qihoo 360.
        harness.press(Key::ArrowLeft);
        harness.press(Key::Enter);
        let sentence = "CrowdStrike is not comparable with Qihoo 360: ";
        assert!(has(&harness, sentence), "{has_keyboard}: {:?}", harness.names("CrowdStrike"));
    }
}

#[test]
fn setting_the_period_aside_makes_claims_comparable() {
    let mut harness = open(ViewKind::Disagreement);
    harness.click("One against another");
    assert!(has(&harness, "CrowdStrike and Qihoo 360: not comparable"));
    harness.click("Set period aside");
    assert!(has(&harness, "CrowdStrike and Qihoo 360: contradicts"));
    assert!(has(&harness, "3 contradicts"));
    harness.click("Set period aside");
    assert!(has(&harness, "CrowdStrike and Qihoo 360: not comparable"));
}

#[test]
fn an_accepted_link_changes_the_counts_and_can_be_taken_back() {
    let mut harness = open(ViewKind::Disagreement);
    harness.click("One against another");
    harness.click("Set period aside");
    harness.click("Accept: Turbine Panda = APT26 (CrowdStrike)");
    assert!(stored(&harness, LINK).accepted);
    assert!(has(&harness, "CrowdStrike and Qihoo 360: same"));
    assert!(has(&harness, "1 same"));
    harness.press_with(Modifiers::COMMAND, Key::Z);
    assert!(!stored(&harness, LINK).accepted);
    assert!(has(&harness, "CrowdStrike and Qihoo 360: contradicts"));
}

#[test]
fn where_the_chart_would_not_fit_the_summary_is_a_line() {
    let check = |size: [f32; 2], is_folded: bool| {
        let mut harness = driving::window(case("opm-anthem.ron"), size);
        harness.press_with(Modifiers::COMMAND, ViewKind::Disagreement.key().unwrap());
        assert!(has(&harness, "78 pairs:") && has(&harness, "12 independent origins"), "{size:?}");
        assert_eq!(has(&harness, "Contested"), !is_folded, "{size:?}");
        harness.click(if is_folded { "Unfold the summary" } else { "Fold the summary to a line" });
        assert_eq!(has(&harness, "Contested"), is_folded, "{size:?}: as the user wants it");
    };
    check([1280.0, 800.0], true);
    check([1920.0, 1080.0], false);
}

#[test]
fn the_summary_says_who_is_contested_and_how_strongly() {
    let mut harness = open(ViewKind::Disagreement);
    assert!(has(&harness, "they contradict each other"));
    harness.get_by_label("3 independent origins").click();
    harness.run_ok();
    assert!(has(&harness, "THE ORIGINS"));
    harness.press(Key::Escape);
    harness.click("All 2 contested actors");
    assert!(has(&harness, "Conflict over Criminals"));
    harness.press(Key::Escape);
    // The most conflicting pair opens what differs.
    let pair = harness
        .query_all_by_label_contains(" × ")
        .find(|node| node.accesskit_node().label().is_some_and(|label| !label.contains("Degree")));
    pair.unwrap().click();
    harness.run_ok();
    assert!(has(&harness, "Ministry contradicts "));
}

#[test]
fn the_heatmap_shows_degrees_and_stands_in_other_orders() {
    let mut harness = open(ViewKind::Disagreement);
    harness.click("One against another");
    harness.click("Conflict");
    assert!(has(&harness, "CrowdStrike and Ministry: contradicts, degree of conflict 0.0"));
    harness.get_by_label("Order of the rows").click();
    harness.run_ok();
    harness.click("Date");
    assert!(has(&harness, "Ministry and CrowdStrike: contradicts"));
    harness.click("Relation");
    assert!(!has(&harness, "degree of conflict 0.0"));
}

#[test]
fn rows_stand_under_headings_where_they_are_grouped() {
    let mut harness = open(ViewKind::Disagreement);
    assert!(harness.query_by_role_and_label(Role::RowHeader, "Security vendor").is_none());
    harness.get_by_label("Grouped by").click();
    harness.run_ok();
    harness.click("Kind of source");
    assert!(harness.query_by_role_and_label(Role::RowHeader, "Security vendor").is_some());
    assert!(harness.query_by_role_and_label(Role::RowHeader, "CrowdStrike").is_some());
}

#[test]
fn what_would_change_a_relation_can_be_tried_at_once() {
    let mut harness = open(ViewKind::Disagreement);
    harness.click("One against another");
    harness.click("CrowdStrike and Qihoo 360: not comparable");
    assert!(has(
        &harness,
        "CrowdStrike is not comparable with Qihoo 360: 2020 and 2008 – 2019 cannot share a day"
    ));
    harness.click("If the period is set aside, CrowdStrike contradicts Qihoo 360");
    assert!(has(
        &harness,
        "CrowdStrike contradicts Qihoo 360: Turbine Panda and APT26 have no member in common"
    ));
    harness.click("If “Turbine Panda = APT26” is accepted, CrowdStrike says the same as Qihoo 360");
    assert!(stored(&harness, LINK).accepted);
    assert!(has(&harness, "CrowdStrike says the same as Qihoo 360"));
}

#[test]
fn the_table_twin_can_be_read_and_copied() {
    let mut harness = open(ViewKind::Disagreement);
    harness.click("Table");
    assert!(has(&harness, "Stance"));
    harness.get_by_label("Copy who says who as a table").click();
    let copied = (0..4).find_map(|_| {
        harness.step();
        harness.output().platform_output.commands.iter().find_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    });
    let copied = copied.unwrap();
    assert!(copied.starts_with("Source\tSays\t"), "{copied}");
    assert_eq!(copied.lines().count(), 4);
    assert!(copied.contains("Ministry\tCriminals\tAsserts"), "{copied}");
}

#[test]
fn marks_are_selected_by_pointer_and_by_keys() {
    let mut harness = open(ViewKind::Disagreement);
    harness.get_by_role_and_label(Role::Grid, "Who says who").focus();
    harness.run_ok();
    harness.press(Key::ArrowRight);
    harness.press(Key::ArrowDown);
    harness.press(Key::Enter);
    let value = harness.get_by_role_and_label(Role::Grid, "Who says who").value().unwrap();
    assert!(value.contains("asserts"), "{value}");
    harness.get_by_label("Ministry asserts: Criminals").click();
    harness.run_ok();
    let value = harness.get_by_role_and_label(Role::Grid, "Who says who").value().unwrap();
    assert_eq!(value, "Ministry asserts: Criminals");
}

#[test]
fn actors_are_seen_at_a_level() {
    let mut harness = open(ViewKind::Disagreement);
    assert!(harness.query_by_role_and_label(Role::ColumnHeader, "Turbine Panda").is_some());
    harness.get_by_label("Level").click();
    harness.run_ok();
    harness.get_by_label("State").click();
    harness.run_ok();
    assert!(harness.query_all_by_label("CrowdStrike asserts: Turbine Panda").next().is_some());
    assert!(harness.query_by_role_and_label(Role::ColumnHeader, "Turbine Panda").is_none());
    assert!(harness.query_by_role_and_label(Role::ColumnHeader, "China").is_some());
}

#[test]
fn the_timeline_says_where_periods_do_not_meet() {
    let mut harness = open(ViewKind::Timeline);
    assert_eq!(
        harness.names("20"),
        [
            "2020-03-03: Qihoo 360 asserts: APT26",
            "2021-03-04: CrowdStrike asserts: Turbine Panda",
            "2021: Ministry asserts: Criminals"
        ]
    );
    harness.click("2020-03-03: Qihoo 360 asserts: APT26");
    harness.press(Key::ArrowDown);
    assert_eq!(harness.get_by_label("Claims by date").value().unwrap(), "CrowdStrike: Turbine Panda");
    harness.click("Show less time");
    harness.click("Table");
    assert!(has(&harness, "outside the incident’s"));
}

/// The claims of [`contested`] in 2020 and 2021, and a fourth that repeats CrowdStrike's without its hedge.
pub fn retold() -> Assessment {
    let mut records = Vec::new();
    contested().for_each_record(&mut |record| match &record {
        Record::Claim(claim) if claim.id == id(60) => {
            let mut hedged = Claim::clone(claim);
            let words = "likely".to_owned();
            hedged.likelihood = Some(ascribe::model::Likelihood { words, low: Some(0.55), high: Some(0.8) });
            records.push(hedged.into_record());
        }
        _ => records.push(record),
    });
    let mut repeat = claim(63, QIHOO, &[CLUSTER]);
    repeat.repeats = vec![id(60)];
    repeat.stated_on = "2021-06-01".parse().ok();
    records.push(repeat.into_record());
    Assessment::from_records(Header::default(), records)
}

#[test]
fn the_belief_over_time_is_walked_through_day_by_day() {
    let mut harness = window(retold());
    harness.press_with(Modifiers::COMMAND, ViewKind::Timeline.key().unwrap());
    let day = |name: &String| name.split(' ').nth(2).map(|day| day.trim_end_matches(':').to_owned());
    let mut days: Vec<String> = harness.names("Step of").iter().filter_map(day).collect();
    days.sort();
    assert_eq!(days, ["2021-03-04", "2021-06-01", "2021-12-31"], "Qihoo 360 speaks of another period");
    let held = |harness: &Harness<'_, App>| harness.get_by_label("Belief over time, by day").value().unwrap();
    assert!(held(&harness).starts_with("2021-12-31: "), "{}", held(&harness));
    harness.get_by_label("Belief over time, by day").focus();
    harness.run_ok();
    harness.press(Key::Home);
    assert!(held(&harness).starts_with("2021-03-04: "), "{}", held(&harness));
    assert!(has(&harness, "Projected on 2021-03-04"));
    harness.press(Key::ArrowRight);
    harness.press(Key::Enter);
    assert_eq!(harness.state().selection(), [Id::<Claim>::new(Uuid::from_u128(63)).into()]);
    let number = harness.names("Turbine Panda: ").pop().unwrap();
    harness.click(&number);
    assert!(has(&harness, "Projected probability of Turbine Panda, 2021-06-01"));
    assert!(has(&harness, "before any claim (base rate)"));
    harness.press(Key::Escape);
    harness.click("Table");
    harness.get_by_role_and_label(Role::Button, "Belief over time").click();
    harness.run_ok();
    assert!(has(&harness, "Plausibility"));
}

#[test]
fn a_lost_hedge_is_listed_with_both_claims() {
    let mut harness = window(retold());
    harness.press_with(Modifiers::COMMAND, ViewKind::Timeline.key().unwrap());
    harness.click("1 hedge lost on the way from an original to its repeat");
    assert!(has(&harness, "hedge lost: “likely” (55–80 %) became not hedged"));
    harness.click("Qihoo 360 after CrowdStrike");
    let claim = |number| Id::<Claim>::new(Uuid::from_u128(number)).into();
    assert_eq!(harness.state().selection(), [claim(60), claim(63)]);
    harness.press(Key::Escape);
    harness.click("2021-06-01: Qihoo 360 asserts: Turbine Panda");
    assert!(has(&harness, "Says more than CrowdStrike"));
}

#[test]
fn the_tree_of_actors_filters_folds_and_grows() {
    let mut harness = open(ViewKind::Actors);
    for name in
        ["China, state", "MSS, service or agency", "Turbine Panda, tracked cluster", "APT26, tracked cluster"]
    {
        assert!(has(&harness, name), "{name}");
    }
    harness.press_with(Modifiers::COMMAND, Key::F);
    harness.event(Event::Text("turbine".to_owned()));
    harness.run_ok();
    assert!(has(&harness, "China, state"), "what stands above stays");
    assert!(!has(&harness, "Criminals, class of actors"));
    harness.press(Key::Escape);
    assert!(has(&harness, "Criminals, class of actors"));

    harness.click("Fold MSS");
    assert!(!has(&harness, "Turbine Panda, tracked cluster"));
    harness.click("Unfold MSS");
    harness.click("Accept: Turbine Panda = APT26 (CrowdStrike)");
    assert!(stored(&harness, LINK).accepted);

    harness.get_by_label("MSS, service or agency").click_secondary();
    harness.run_ok();
    harness.get_by_label_contains("Add actor below").click();
    harness.run_ok();
    let actors = &harness.state().document().assessment().actors;
    let added = actors.iter().find(|actor| actor.name == "New actor").unwrap();
    assert_eq!(
        (added.level, &added.belongs_to),
        (ActorLevel::Unit, &vec![Id::<Actor>::new(Uuid::from_u128(SERVICE))])
    );
}

#[test]
fn empty_places_say_what_belongs_there() {
    let mut harness = window(Assessment::default());
    // The welcome page stands in place of the views until there is something.
    harness.press_with(Modifiers::COMMAND, ViewKind::Disagreement.key().unwrap());
    assert!(!has(&harness, "Contested"));
    let mut kept = Vec::new();
    contested().for_each_record(&mut |record| {
        let is_other = matches!(&record, Record::Claim(claim) if claim.id != id(60));
        if !is_other {
            kept.push(record);
        }
    });
    let lone = Assessment::from_records(Header::default(), kept);
    let mut harness = window(lone);
    harness.press_with(Modifiers::COMMAND, ViewKind::Disagreement.key().unwrap());
    harness.click("One against another");
    assert!(has(&harness, "One source alone: nothing to set against it"));
}

#[test]
fn find_puts_the_cursor_where_the_incident_is_picked() {
    for view in [ViewKind::Disagreement, ViewKind::Timeline] {
        let mut harness = open(view);
        harness.press_with(Modifiers::COMMAND, Key::F);
        let fields = harness.query_all_by_role(Role::TextInput);
        let focused: Vec<String> = fields
            .filter(|node| node.is_focused())
            .filter_map(|node| node.accesskit_node().label())
            .collect();
        assert_eq!(focused, ["Incident"], "{view:?}");
    }
}

#[test]
fn every_legend_has_a_switch() {
    let mut harness = window(support::weighed());
    harness.run_ok();
    for (view, entry) in [
        (ViewKind::Disagreement, "Asserts"),
        (ViewKind::Timeline, "Asserts"),
        (ViewKind::Belief, "Open, up to plausibility"),
        (ViewKind::Provenance, "Asserts"),
        (ViewKind::Matrix, "very consistent"),
        (ViewKind::Sensitivity, "Margin now"),
    ] {
        harness.press_with(Modifiers::COMMAND, view.key().unwrap());
        for is_shown in [true, false, true] {
            let found = harness.query_all_by_label(entry).count();
            assert_eq!(found > 0, is_shown, "{view:?}: {entry}");
            harness.get_by_role_and_label(Role::CheckBox, "Legend").click();
            harness.run_ok();
        }
    }
}

#[test]
fn a_mark_has_the_same_words_in_every_legend() {
    let mut repeat = claim(63, QIHOO, &[CLUSTER]);
    repeat.repeats = vec![id(60)];
    let mut records = vec![repeat.into_record()];
    let case = contested();
    case.for_each_record(&mut |record| records.push(record));
    let mut harness = window(Assessment::from_records(case.header, records));
    for view in [ViewKind::Disagreement, ViewKind::Timeline, ViewKind::Provenance] {
        harness.press_with(Modifiers::COMMAND, view.key().unwrap());
        for entry in ["Asserts", "Goes back to another"] {
            assert_eq!(harness.query_all_by_label(entry).count(), 1, "{view:?}: {entry}");
        }
        let is_warned = harness.query_all_by_label("Speaks of another period").count() == 1;
        assert_eq!(is_warned, view != ViewKind::Provenance, "{view:?}");
    }
}
