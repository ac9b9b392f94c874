//! The view "Claims", used as a person uses it.

use ascribe::app::App;
use ascribe::model::{Claim, Confidence, Id, Proposition, SourceKind, Stance};
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable};

use super::driving::{Driving, large, small, window};
use super::support::id;

fn open() -> Harness<'static, App> {
    window(small(), [1280.0, 800.0])
}

fn claims(harness: &Harness<'_, App>) -> usize {
    harness.state().document().assessment().claims.len()
}

fn newest(harness: &Harness<'_, App>) -> Claim {
    harness.state().document().assessment().claims.iter().next_back().unwrap().clone()
}

fn get(harness: &Harness<'_, App>, claim: u128) -> Claim {
    harness.state().document().assessment().claims.get(id(claim)).unwrap().clone()
}

/// Types into one field after another; Tab leads on from each but the last. An empty text leaves a field as it is.
fn type_fields(harness: &mut Harness<'_, App>, fields: &[&str]) {
    for (place, text) in fields.iter().enumerate() {
        if place > 0 {
            harness.press(Key::Tab);
        }
        harness.type_in(text);
    }
}

fn sources(harness: &Harness<'_, App>) -> Vec<String> {
    harness.names("Source: ").iter().map(|name| name.replace("Source: ", "")).collect()
}

#[test]
fn a_claim_is_added_with_a_few_keys() {
    let mut harness = open();
    harness.press_with(Modifiers::COMMAND, Key::N);
    // Three letters and Tab for the source, Tab over "asserts", two letters for the actor, Enter: nine keys with Ctrl+N.
    type_fields(&mut harness, &["xin", "", "js"]);
    harness.press(Key::Enter);
    assert_eq!(claims(&harness), 6);
    let claim = newest(&harness);
    assert_eq!((claim.source, claim.stance, claim.stated_on), (id(2), Stance::Asserts, None));
    assert_eq!(claim.proposition.actors(), [id(11)]);
    assert_eq!(claim.proposition.incident(), Some(id(21)), "the shown incident");
    harness.type_in("xin");
    harness.press(Key::Escape);
    assert!(
        harness.query_by_label("New claim: source").is_some(),
        "the first Esc closes the list of choices"
    );
    harness.press(Key::Escape);
    assert!(harness.query_by_label("New claim: source").is_none(), "the second one closes the row");
}

#[test]
fn a_new_source_says_what_it_is_and_a_new_document_nobody_published() {
    let mut harness = open();
    harness.press_with(Modifiers::COMMAND, Key::N);
    type_fields(&mut harness, &["Mandiant", "", "axi", ""]);
    harness.click("Kind of Mandiant");
    harness.click("Security vendor");
    harness.get_by_label("New claim: document").focus();
    harness.run_ok();
    harness.type_in("A post");
    harness.press(Key::Enter);
    let claim = newest(&harness);
    let assessment = harness.state().document().assessment();
    let source = assessment.get(claim.source).unwrap();
    assert_eq!((source.name.as_str(), source.kind), ("Mandiant", SourceKind::SecurityVendor));
    let document = assessment.get(claim.document.unwrap()).unwrap();
    assert_eq!((document.title.as_str(), document.publisher), ("A post", None));
}

#[test]
fn a_new_name_is_created_with_its_claim_and_goes_with_it() {
    let before = small();
    let mut harness = open();
    harness.press_with(Modifiers::COMMAND, Key::N);
    type_fields(&mut harness, &["Mandiant", "", "axi", "", "2016-01", "very lik", "hi"]);
    harness.press(Key::Enter);
    let claim = newest(&harness);
    let assessment = harness.state().document().assessment();
    assert_eq!(assessment.name_of(claim.source), "Mandiant");
    assert_eq!(claim.proposition.actors(), [id(12)]);
    assert_eq!(claim.stated_on.map(|date| date.to_string()).as_deref(), Some("2016-01"));
    assert_eq!(claim.likelihood.as_ref().map(|it| (it.low, it.high)), Some((Some(0.8), Some(0.95))));
    assert_eq!(claim.confidence, Some(Confidence::High));

    harness.press(Key::Escape);
    harness.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(
        *harness.state().document().assessment(),
        before,
        "one step takes back the claim and the source"
    );
}

#[test]
fn what_is_missing_is_said_and_nothing_is_added() {
    let mut harness = open();
    harness.press_with(Modifiers::COMMAND, Key::N);
    harness.type_in("xin");
    harness.press(Key::Enter);
    assert_eq!(claims(&harness), 5);
    assert!(harness.query_by_label_contains("give an actor").is_some());
    harness.type_in("jssd + axiom");
    harness.press(Key::Enter);
    assert_eq!(newest(&harness).proposition.actors(), [id(11), id(12)], "a joint attribution");
}

#[test]
fn a_link_is_added_and_accepted() {
    // In less room the likelihood stands in the place of the switch, which the inspector has too.
    let mut harness = window(small(), [1600.0, 800.0]);
    harness.press_with(Modifiers::COMMAND, Key::N);
    harness.click("Belongs to");
    type_fields(&mut harness, &["sym", "", "axi", "chi"]);
    harness.press(Key::Enter);
    let link = newest(&harness);
    assert_eq!(link.proposition, Proposition::BelongsTo { part: id(12), whole: id(13) });
    harness.press(Key::Escape);
    harness.click("Accept link: Axiom belongs to China");
    assert!(newest(&harness).accepted);
    harness.press_with(Modifiers::COMMAND, Key::Z);
    assert!(!newest(&harness).accepted);
}

#[test]
fn headers_sort_up_down_and_off() {
    let mut harness = open();
    let as_made = sources(&harness);
    assert_eq!(as_made, ["CrowdStrike", "Xinhua", "Symantec", "Symantec", "CrowdStrike"]);
    harness.click("Sort by source");
    assert_eq!(sources(&harness), ["CrowdStrike", "CrowdStrike", "Symantec", "Symantec", "Xinhua"]);
    harness.click("Sort by source, ascending");
    assert_eq!(sources(&harness), ["Xinhua", "Symantec", "Symantec", "CrowdStrike", "CrowdStrike"]);
    harness.click("Sort by source, descending");
    assert_eq!(sources(&harness), as_made);
}

#[test]
fn the_filter_keeps_what_fits_and_says_how_much() {
    let mut harness = open();
    harness.press_with(Modifiers::COMMAND, Key::F);
    harness.type_in("source:crowd stance:asserts");
    assert_eq!(sources(&harness), ["CrowdStrike", "CrowdStrike"]);
    assert!(harness.query_by_label("2 of 5 claims").is_some());
    harness.click("Clear filter");
    assert_eq!(sources(&harness).len(), 5);
    harness.press_with(Modifiers::COMMAND, Key::F);
    harness.type_in("nothing like this");
    assert!(harness.query_by_label("No claim fits the filter").is_some());
    harness.get_by_label_contains("Show all claims").click();
    harness.run_ok();
    assert_eq!(sources(&harness).len(), 5);
    harness.click("Only claims about OPM breach");
    assert_eq!(sources(&harness), ["CrowdStrike", "Xinhua", "Symantec"]);
}

#[test]
fn groups_open_and_close() {
    let mut harness = open();
    harness.click("Group claims: No groups");
    harness.click("By source");
    assert!(harness.query_by_label("By incident").is_none(), "the menu is closed");
    assert!(harness.query_by_label("CrowdStrike, 2 claims, expanded").is_some());
    harness.click("CrowdStrike, 2 claims, expanded");
    assert_eq!(sources(&harness), ["Symantec", "Symantec", "Xinhua"]);
    harness.click("CrowdStrike, 2 claims, collapsed");
    assert_eq!(sources(&harness).len(), 5);
}

#[test]
fn cells_are_edited_in_place() {
    // Wide enough for the column of dates.
    let mut harness = window(small(), [1600.0, 900.0]);
    harness.double_click("Stated on: 2019-10-14");
    harness.type_in("nonsense");
    harness.press(Key::Enter);
    assert!(harness.query_by_label_contains("is not a date").is_some(), "the reason is said");
    assert_eq!(get(&harness, 31), *small().claims.get(id(31)).unwrap(), "the old value stays");
    harness.press(Key::Escape);

    harness.double_click("Stated on: 2019-10-14");
    harness.type_in("2018");
    harness.press(Key::Enter);
    assert_eq!(get(&harness, 31).stated_on.map(|date| date.to_string()).as_deref(), Some("2018"));
    // Enter went down: F2 edits the next claim's date.
    harness.press(Key::F2);
    assert!(harness.query_by_label("Edit stated on").is_some());
    harness.type_in("2014");
    harness.press(Key::Enter);
    assert_eq!(get(&harness, 32).stated_on.map(|date| date.to_string()).as_deref(), Some("2014"));

    harness.double_click("Source: Xinhua");
    assert!(harness.query_by_label("Edit source").is_some());
    harness.type_in("A new agency");
    harness.press(Key::Tab);
    let assessment = harness.state().document().assessment();
    assert_eq!(assessment.name_of(get(&harness, 32).source), "A new agency");
    // Tab went right, to the stance; a choice is picked from its list.
    harness.press(Key::Enter);
    harness.press(Key::ArrowDown);
    harness.press(Key::Enter);
    assert_eq!(get(&harness, 32).stance, Stance::Asserts);
    harness.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(get(&harness, 32).stance, Stance::Denies);
    // Typing on a cell edits it, in place of what was there.
    harness.click("Stated on: 2018");
    harness.type_in("2017-05");
    harness.press(Key::Enter);
    assert_eq!(get(&harness, 31).stated_on.map(|date| date.to_string()).as_deref(), Some("2017-05"));
}

#[test]
fn several_claims_are_selected_deleted_and_brought_back() {
    let before = small();
    let mut harness = open();
    harness.click("Source: Xinhua");
    harness.press_with(Modifiers::SHIFT, Key::ArrowDown);
    harness.press_with(Modifiers::SHIFT, Key::ArrowDown);
    harness.press(Key::Delete);
    let left: Vec<Id<Claim>> = harness.state().document().assessment().claims.ids().collect();
    assert_eq!(left, [id(31), id(35)]);
    harness.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(*harness.state().document().assessment(), before);

    harness.click("Source: Xinhua");
    harness.press_with(Modifiers::COMMAND, Key::A);
    harness.press(Key::Delete);
    assert_eq!(claims(&harness), 0);
    assert!(harness.query_by_label("No claims yet").is_some());
}

#[test]
fn selected_rows_are_copied_for_a_spreadsheet() {
    let mut harness = open();
    harness.click("Source: Xinhua");
    harness.event(Event::Copy);
    harness.step();
    let text = harness.copied().expect("something was copied");
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("Source\tStance\tSays\t"), "{text}");
    assert!(lines[1].starts_with("Xinhua\tDenies\tChina\t"), "{text}");
    assert_eq!(lines.len(), 2);
}

#[test]
fn twenty_rows_are_seen_in_a_small_window() {
    let harness = window(large(200), [1280.0, 800.0]);
    assert!(sources(&harness).len() >= 20);
}

#[test]
fn the_keys_reach_every_row() {
    let mut harness = window(large(5_000), [1280.0, 800.0]);
    harness.get_all_by_label("Source: Source 0").next().unwrap().click();
    harness.run_ok();
    harness.press(Key::End);
    let last = harness.names("Source: ").pop().unwrap();
    assert_eq!(last, format!("Source: Source {}", 4_999 * 7 % 200));
    harness.press(Key::Home);
    assert_eq!(sources(&harness).first().map(String::as_str), Some("Source 0"));
}

#[test]
fn an_actor_is_found_by_another_name_and_a_new_one_only_where_nothing_begins_so() {
    let mut harness = window(super::support::assessment(), [1280.0, 800.0]);
    harness.press_with(Modifiers::COMMAND, Key::N);
    type_fields(&mut harness, &["crowd", "", "apt"]);
    assert!(harness.query_by_label_contains("JSSD (also APT26)").is_some());
    harness.type_in("26 + rimin");
    assert!(harness.query_by_label_contains("Create “rimin”").is_some());
    harness.press(Key::ArrowDown);
    harness.press(Key::Tab);
    harness.press(Key::Enter);
    let claim = newest(&harness);
    assert_eq!(
        claim.proposition.actors(),
        [id(22), id(23)],
        "the alias typed in full, and the second of the list"
    );
}

#[test]
fn in_a_narrow_table_the_fields_of_a_new_claim_stand_in_several_rows() {
    // Beside navigator and inspector some 330 points are left.
    let mut harness = window(small(), [900.0, 800.0]);
    harness.press_with(Modifiers::COMMAND, Key::N);
    let fields =
        ["source", "stance", "actor", "incident", "stated on", "likelihood", "confidence", "document"];
    for field in fields {
        let width = harness.get_by_label(&format!("New claim: {field}")).rect().width();
        assert!(width >= 50.0, "{field} is {width} wide");
    }
}

#[test]
fn what_a_claim_will_create_pushes_nothing_out_of_the_table() {
    for width in [900.0, 1280.0, 1920.0] {
        let mut harness = window(small(), [width, 800.0]);
        harness.press_with(Modifiers::COMMAND, Key::N);
        let place = |harness: &Harness<'_, App>, label: &str| harness.get_by_label(label).rect();
        let before =
            ["New claim: document", "Close new claim"].map(|label| (label, place(&harness, label).right()));
        type_fields(
            &mut harness,
            &[
                "A reporter with a long name",
                "",
                "A group nobody knows + Another such group",
                "A new break-in",
                "",
            ],
        );
        for (label, right) in before {
            assert_eq!(place(&harness, label).right(), right, "{label} at {width}");
        }
        let fields = place(&harness, "New claim: document").bottom();
        let mut kinds: Vec<_> = [
            "Kind of A reporter with a long name",
            "Level of A group nobody knows",
            "Level of Another such group",
        ]
        .map(|label| place(&harness, label))
        .into();
        for (at, kind) in kinds.iter().enumerate() {
            assert!(
                kind.top() > fields && kind.right() <= before[1].1,
                "{kind:?} below {fields} within {before:?} at {width}"
            );
            assert!(!kinds[..at].iter().any(|other| other.intersects(*kind)), "{kinds:?} at {width}");
        }
        kinds.retain(|it| it.width() < 60.0);
        assert_eq!(kinds, [], "choices too narrow to be read");
    }
}
