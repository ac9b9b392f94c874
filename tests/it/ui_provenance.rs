//! Where claims come from, in the window: worked by accessible names and by keys.

use ascribe::app::App;
use ascribe::model::{
    AnyId, Assessment, Claim, Document, Entity, Header, Id, Incident, Nameable, Record, Source, SourceKind,
};
use ascribe::ui::views::ViewKind;
use eframe::egui::{Event, Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use crate::driving::{Driving, has};
use crate::support::{self, claim, id, number};

const MINISTRY: u128 = 100;
const PAPER: u128 = 101;
const BLOG: u128 = 102;
const RELEASE: u128 = 200;
const ARTICLE: u128 = 201;
const ORIGINAL: u128 = 300;
const IN_PAPER: u128 = 301;
const IN_BLOG: u128 = 302;
const GRAPH: &str = "Provenance graph";

fn source(number: u128, name: &str) -> Record {
    Source { kind: SourceKind::Press, ..Source::named(id(number), name.to_owned()) }.into_record()
}

fn document(number: u128, title: &str, publisher: u128, relays: &[u128]) -> Record {
    Document {
        id: id(number),
        title: title.to_owned(),
        publisher: Some(id(publisher)),
        url: String::new(),
        published: "2020".parse().ok(),
        retrieved: None,
        language: String::new(),
        relays: relays.iter().map(|number| id(*number)).collect(),
        text: None,
        notes: String::new(),
    }
    .into_record()
}

/// A ministry's release, a newspaper that relays it, a blog that repeats the newspaper, and what else the usual assessment has. With
/// `papers` more newspapers that repeat the ministry.
fn assessment(changes: impl Fn(&mut Claim), papers: u128) -> Assessment {
    let blamed: &[u128] = &[number::JSSD];
    let in_document = |number, source, document: u128| Claim {
        document: Some(id(document)),
        ..claim(number, source, blamed)
    };
    let mut claims = vec![
        in_document(ORIGINAL, MINISTRY, RELEASE),
        in_document(IN_PAPER, PAPER, ARTICLE),
        Claim { repeats: vec![id(IN_PAPER)], ..claim(IN_BLOG, BLOG, blamed) },
    ];
    for paper in 0..papers {
        claims.push(Claim { repeats: vec![id(ORIGINAL)], ..claim(400 + paper, PAPER, blamed) });
    }
    claims.iter_mut().for_each(changes);
    let mut records = vec![
        source(MINISTRY, "Ministry"),
        source(PAPER, "Newspaper"),
        source(BLOG, "Blog"),
        document(RELEASE, "Press release", MINISTRY, &[]),
        document(ARTICLE, "Ministry blames", PAPER, &[RELEASE]),
    ];
    records.extend(claims.into_iter().map(Entity::into_record));
    support::assessment().for_each_record(&mut |record| records.push(record));
    Assessment::from_records(Header::default(), records)
}

fn open(assessment: Assessment) -> Harness<'static, App> {
    let mut harness = support::window(assessment);
    harness.run_ok();
    harness.press_with(Modifiers::COMMAND, ViewKind::Provenance.key().unwrap());
    harness
}

fn usual() -> Harness<'static, App> {
    open(assessment(|_| {}, 0))
}

fn is_selected(harness: &Harness<'_, App>, record: impl Into<AnyId>) -> bool {
    harness.state().selection() == [record.into()]
}

fn claim_id(number: u128) -> Id<Claim> {
    id(number)
}

fn value(harness: &Harness<'_, App>) -> String {
    harness.get_by_label(GRAPH).value().unwrap()
}

#[test]
fn claims_and_documents_are_counted_named_and_selected() {
    let mut harness = usual();
    for text in ["5 claims", "3 independent origins", "2 documents"] {
        assert!(has(&harness, text), "{text}");
    }
    let paper = "Newspaper asserts: JSSD, 2019-10-14, not first-hand, repeated by Blog";
    harness.click(paper);
    assert!(is_selected(&harness, claim_id(IN_PAPER)));
    harness.click("Ministry blames, by Newspaper, 2020, relays Press release");
    assert!(is_selected(&harness, Id::<Document>::new(id::<Document>(ARTICLE).uuid())));
    assert_eq!(value(&harness), "Ministry blames, by Newspaper, 2020, relays Press release");
}

#[test]
fn arrow_keys_follow_the_lines() {
    let mut harness = usual();
    harness.click("Blog asserts: JSSD, 2019-10-14, not first-hand, repeats Newspaper");
    harness.press(Key::ArrowLeft);
    assert!(value(&harness).starts_with("Newspaper asserts"), "{}", value(&harness));
    // The claim repeats none; its document relays the release.
    harness.press(Key::ArrowLeft);
    assert!(value(&harness).starts_with("Press release"), "{}", value(&harness));
    harness.press(Key::ArrowDown);
    assert!(value(&harness).starts_with("Ministry asserts"), "{}", value(&harness));
    harness.press(Key::Enter);
    assert!(is_selected(&harness, claim_id(ORIGINAL)));
}

#[test]
fn the_graph_zooms_moves_and_fits() {
    let mut harness = usual();
    let name = "Press release, by Ministry, 2020, relayed by Ministry blames";
    let rect = |harness: &Harness<'_, App>| harness.get_by_label(name).rect();
    let fitted = rect(&harness);
    harness.click("Draw the graph smaller (−)");
    assert!(rect(&harness).width() < fitted.width());
    harness.get_by_label(GRAPH).focus();
    harness.run_ok();
    harness.press(Key::Plus);
    assert!((rect(&harness).width() - fitted.width()).abs() < 1.0);
    harness.press_with(Modifiers::SHIFT, Key::ArrowLeft);
    assert!(rect(&harness).left() > fitted.left() + 40.0);
    harness.press(Key::F);
    assert_eq!(rect(&harness), fitted);
}

#[test]
fn claims_can_be_read_however_many_there_are() {
    let mut harness = open(assessment(|_| {}, 40));
    harness.click("+37 repeats, repeats Ministry");
    harness.get_by_label(GRAPH).focus();
    harness.run_ok();
    let height = |harness: &Harness<'_, App>| {
        harness.get_by_label_contains("Ministry asserts: JSSD, 2019-10-14, first-hand").rect().height()
    };
    harness.press(Key::F);
    let whole = height(&harness);
    // Another incident and back: the view opens anew, at the upper left of the largest family.
    harness.click("Whole assessment");
    harness.click("One incident");
    let opened = height(&harness);
    assert!(whole < 13.0 && opened > 17.0, "{whole} {opened}");
    harness.click("Fit everything into sight (F)");
    assert!(height(&harness) < 13.0);
}

#[test]
fn circular_reporting_is_said_in_words() {
    let mut harness = open(assessment(
        |claim| {
            if claim.id == id(ORIGINAL) {
                claim.repeats = vec![id(IN_BLOG)];
            }
            if claim.id == id(IN_BLOG) {
                claim.repeats = vec![id(ORIGINAL)];
            }
        },
        0,
    ));
    assert!(has(&harness, "Circular reporting: 1 circle"));
    let sentence = "Ministry repeats Blog, Blog repeats Ministry: neither is an independent origin";
    harness.click(sentence);
    assert!(has(
        &harness,
        "Blog asserts: JSSD, 2019-10-14, not first-hand, repeats Ministry, repeated by Ministry, circular reporting"
    ));
    harness.click("Table");
    assert!(has(&harness, "circle 1"));
}

#[test]
fn what_is_searched_for_is_counted_and_shown() {
    let mut harness = usual();
    harness.press_with(Modifiers::COMMAND, Key::F);
    harness.event(Event::Text("blog".to_owned()));
    harness.run_ok();
    assert!(has(&harness, "1 found, Enter shows the first"));
    harness.press(Key::Enter);
    assert!(has(&harness, "1 of 1"));
    assert!(value(&harness).starts_with("Blog asserts"));
    harness.press(Key::Escape);
    assert!(!has(&harness, "1 of 1"));
}

#[test]
fn documents_can_be_left_out_and_all_incidents_shown() {
    let mut harness = usual();
    harness.get_by_role_and_label(Role::CheckBox, "Documents").click();
    harness.run_ok();
    assert!(!has(&harness, "Press release, by Ministry"));
    assert!(has(
        &harness,
        "Newspaper asserts: JSSD, 2019-10-14, not first-hand, repeated by Blog, relays Ministry"
    ));
    harness.click("Whole assessment");
    assert!(has(&harness, "5 claims"));
    assert!(harness.query_all_by_role_and_label(Role::TextInput, "Incident").next().is_none());
}

#[test]
fn folded_repeats_are_unfolded_and_folded_again() {
    let mut harness = open(assessment(|_| {}, 20));
    let folded = "+17 repeats, repeats Ministry";
    harness.click(folded);
    assert!(!has(&harness, folded));
    harness.click("Fold repeats");
    assert!(has(&harness, folded));
}

#[test]
fn the_inspector_leads_to_what_is_folded_away_in_another_incident() {
    let mut harness = open(assessment(|_| {}, 20));
    harness.press_with(Modifiers::COMMAND, ViewKind::Claims.key().unwrap());
    harness.state().send(ascribe::ui::Command::ShowIncident(None::<Id<Incident>>));
    harness.state().send(ascribe::ui::Command::Select(vec![claim_id(415).into()]));
    harness.run_ok();
    harness.click("Show in provenance");
    assert!(value(&harness).starts_with("Newspaper asserts: JSSD"), "{}", value(&harness));
    assert!(is_selected(&harness, claim_id(415)));
    assert!(!has(&harness, "+17 repeats"));
}

#[test]
fn empty_places_say_what_belongs_there() {
    let mut harness = support::window(support::assessment());
    harness.run_ok();
    harness.press_with(Modifiers::COMMAND, ViewKind::Provenance.key().unwrap());
    assert!(has(&harness, "Nothing repeats or relays anything here."));
}

/// Waits until the graph stands there: a large one is laid out in the background.
fn wait_for_graph(harness: &mut Harness<'_, App>) {
    for _ in 0..500 {
        let is_running = has(harness, "Laying out documents and claims");
        if !is_running && harness.query_by_label(GRAPH).is_some() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        harness.run_ok();
    }
    panic!("the graph was not laid out");
}

#[test]
fn a_large_graph_is_laid_out_in_the_background() {
    let mut harness = support::window(assessment(|_| {}, 400));
    harness.run_ok();
    // One frame an event: the first that shows the view has nothing to show yet, however fast the job is.
    let key = Event::Key {
        key: ViewKind::Provenance.key().unwrap(),
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::COMMAND,
    };
    harness.input_mut().events.push(key);
    let is_awaited = (0..2).any(|_| {
        harness.step();
        has(&harness, "Laying out documents and claims") && harness.query_by_label(GRAPH).is_none()
    });
    assert!(is_awaited);
    wait_for_graph(&mut harness);
    assert!(has(&harness, "405 claims"));
    // What was there stays until the new one is: nothing flickers after an edit.
    harness.get_by_label_contains("Ministry asserts: JSSD").click();
    harness.run_ok();
    harness.press(Key::Delete);
    assert!(harness.query_by_label(GRAPH).is_some());
    wait_for_graph(&mut harness);
    assert!(has(&harness, "404 claims"));
}
