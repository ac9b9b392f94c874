//! The navigator: its order, by drag and by key, and where its actors belong.

use ascribe::app::App;
use ascribe::model::{Actor, ActorLevel, AnyId, Assessment, Entity, Header, Incident, Nameable, Record};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Pos2, Vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

use super::driving::{Driving, incident, window};
use super::support::{self, id, number};

/// The names of the rows, from top to bottom.
fn rows(harness: &Harness<'_, App>) -> Vec<String> {
    let mut found: Vec<(f32, String)> = harness
        .query_all_by_role(Role::TreeItem)
        .map(|row| (row.rect().top(), row.accesskit_node().label().unwrap_or_default()))
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, name)| name).collect()
}

fn between(harness: &Harness<'_, App>, first: &str, last: &str) -> Vec<String> {
    let rows = rows(harness);
    let place = |name: &str| rows.iter().position(|row| row == name).unwrap();
    rows[place(first) + 1..place(last)].to_vec()
}

fn row_at(harness: &Harness<'_, App>, name: &str) -> eframe::egui::Rect {
    let mut rows = harness.query_all_by_role(Role::TreeItem);
    rows.find(|row| row.accesskit_node().label().as_deref() == Some(name)).unwrap().rect()
}

fn drag(harness: &mut Harness<'_, App>, name: &str, to: Pos2) {
    let from = row_at(harness, name).center() - Vec2::new(20.0, 0.0);
    harness.hover_at(from);
    harness.run_ok();
    harness.drag_at(from);
    harness.run_ok();
    for step in 1..=4 {
        harness.hover_at(from + (to - from) * (step as f32 / 4.0));
        harness.step();
    }
    harness.drop_at(to);
    harness.run_ok();
}

fn three_incidents() -> Harness<'static, App> {
    let mut assessment = support::assessment();
    let more = [incident(31, "Anthem breach"), incident(32, "Premera breach")];
    let mut records: Vec<_> = more.into();
    assessment.for_each_record(&mut |record| records.push(record));
    assessment = Assessment::from_records(assessment.header.clone(), records);
    window(assessment, [1280.0, 900.0])
}

#[test]
fn incidents_are_put_into_an_order_by_dragging_and_by_keys() {
    let mut harness = three_incidents();
    let order = |harness: &Harness<'_, App>| between(harness, "Incidents", "Sources");
    assert_eq!(order(&harness), ["Anthem breach", "OPM breach", "Premera breach"]);
    let top = row_at(&harness, "Anthem breach").left_top() + Vec2::new(60.0, 4.0);
    drag(&mut harness, "Premera breach", top);
    assert_eq!(order(&harness), ["Premera breach", "Anthem breach", "OPM breach"]);
    assert_eq!(harness.state().document().undo_label(), Some("Move incident \"Premera breach\""));
    let assessment = harness.state().document().assessment();
    let moved: Vec<bool> = assessment.incidents.iter().map(|it| !it.sorted_as.is_empty()).collect();
    assert_eq!(moved, [false, false, true], "one record is changed");
    assert_eq!(assessment.in_order::<Incident>(), [id(32), id(31), id(30)]);

    harness.click("Premera breach");
    harness.press_with(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(order(&harness), ["Anthem breach", "Premera breach", "OPM breach"]);
    harness.press_with(Modifiers::ALT, Key::ArrowDown);
    harness.press_with(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(order(&harness), ["Anthem breach", "OPM breach", "Premera breach"], "and no further");
    harness.press_with(Modifiers::ALT, Key::ArrowUp);
    harness.press_with(Modifiers::COMMAND, Key::Z);
    harness.press_with(Modifiers::COMMAND, Key::Z);
    harness.press_with(Modifiers::COMMAND, Key::Z);
    harness.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(order(&harness), ["Anthem breach", "OPM breach", "Premera breach"]);
    assert!(!harness.state().document().is_changed());
}

#[test]
fn an_actor_that_is_dragged_onto_another_belongs_to_it_unless_that_closes_a_circle() {
    let mut harness = window(support::assessment(), [1280.0, 900.0]);
    let wider = |harness: &Harness<'_, App>, actor: u128| {
        harness.state().document().assessment().get(id::<Actor>(actor)).unwrap().belongs_to.clone()
    };
    let onto = |harness: &Harness<'_, App>, name: &str| row_at(harness, name).center();
    let to = onto(&harness, "Criminals");
    drag(&mut harness, "JSSD", to);
    assert_eq!(wider(&harness, number::JSSD), [id(number::CRIMINALS)]);
    assert_eq!(harness.state().document().undo_label(), Some("Move actor \"JSSD\""));
    harness.press_with(Modifiers::COMMAND, Key::Z);

    let to = onto(&harness, "JSSD");
    drag(&mut harness, "China", to);
    assert!(wider(&harness, number::CHINA).is_empty());
    assert!(harness.query_by_label_contains("China cannot be part of JSSD").is_some());

    let to = onto(&harness, "Actors");
    drag(&mut harness, "JSSD", to);
    assert!(wider(&harness, number::JSSD).is_empty(), "dropped on the title it is part of no other");
    let selected: &[AnyId] = harness.state().selection();
    assert!(selected.is_empty(), "a drag selects nothing");
}

#[test]
fn an_actor_of_several_is_unfolded_where_the_actors_view_draws_it() {
    let actor = |number: u128, name: &str, level: ActorLevel, above: &[u128]| {
        let belongs_to = above.iter().map(|number| id(*number)).collect();
        Actor { level, belongs_to, ..Actor::named(id(number), name.to_owned()) }.into_record()
    };
    let with = |actors: Vec<Record>| {
        let assessment = Assessment::from_records(Header::default(), actors);
        window(assessment, [1280.0, 900.0])
    };
    // By level the class stands before the state; the service is said to belong to the state first.
    let mut harness = with(vec![
        actor(1, "Overseas agency", ActorLevel::Class, &[]),
        actor(2, "United States", ActorLevel::State, &[]),
        actor(3, "CIA", ActorLevel::Service, &[2, 1]),
        actor(4, "APT-C-39", ActorLevel::Cluster, &[3]),
    ]);
    let found = ["Overseas agency", "CIA", "United States", "CIA", "APT-C-39"];
    assert_eq!(between(&harness, "Actors", "Documents"), found);
    harness.press_with(Modifiers::COMMAND, Key::Num6);
    let drawn: Vec<String> = rows(&harness).into_iter().filter(|name| name.contains(", ")).collect();
    let expect = [
        "Overseas agency, class of actors",
        "United States, state",
        "CIA, service or agency",
        "APT-C-39, tracked cluster",
    ];
    assert_eq!(drawn, expect);

    // Whoever belongs to one another in a circle is seen, once each, as in the view.
    let harness = with(vec![
        actor(1, "First", ActorLevel::Cluster, &[2]),
        actor(2, "Second", ActorLevel::Cluster, &[1]),
        actor(3, "Third", ActorLevel::Cluster, &[1]),
    ]);
    assert_eq!(between(&harness, "Actors", "Documents"), ["Second", "First", "Third"]);
}
