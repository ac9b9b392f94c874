//! The inspector, worked by name and keyboard as a user does.

use ascribe::app::App;
use ascribe::edit;
use ascribe::model::*;
use ascribe::ui::Command;
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::support::{assessment, id, number, window};

/// The window with one record selected.
fn with_selected(ids: &[AnyId]) -> Harness<'static, App> {
    let mut harness = window(assessment());
    select(&mut harness, ids);
    harness
}

fn select(harness: &mut Harness<'static, App>, ids: &[AnyId]) {
    harness.state().send(Command::Select(ids.to_vec()));
    harness.run_ok();
}

fn claim_id() -> Id<Claim> {
    id(number::CROWDSTRIKE_SAYS_JSSD)
}

fn claim(harness: &Harness<'static, App>) -> Claim {
    harness.state().document().assessment().get(claim_id()).unwrap().clone()
}

/// Puts the cursor into a field and replaces what stands there.
fn fill(harness: &mut Harness<'static, App>, field: &str, text: &str) {
    harness.get_by_label(field).focus();
    harness.run_ok();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run_ok();
    harness.get_by_label(field).type_text(text);
    harness.run_ok();
}

/// Works a button with the keyboard.
fn push(harness: &mut Harness<'static, App>, button: &str) {
    harness.get_by_label(button).focus();
    harness.run_ok();
    harness.key_press(Key::Space);
    harness.run_ok();
}

#[test]
fn a_stance_is_changed_with_the_keyboard_and_taken_back() {
    let mut harness = with_selected(&[claim_id().into()]);
    harness.get_by_label("Stance: Denies").focus();
    harness.run_ok();
    harness.key_press(Key::Space);
    harness.run_ok();
    assert_eq!(claim(&harness).stance, Stance::Denies);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_ok();
    assert_eq!(claim(&harness).stance, Stance::Asserts);
}

#[test]
fn a_date_with_an_error_stays_in_the_field_until_it_is_mended() {
    let mut harness = with_selected(&[claim_id().into()]);
    let before = claim(&harness).stated_on;
    fill(&mut harness, "Stated on", "2015-13-40");
    assert!(harness.query_by_label_contains("is not in the calendar").is_some());
    assert_eq!(claim(&harness).stated_on, before);

    // Looking at something else loses nothing.
    select(&mut harness, &[id::<Source>(number::XINHUA).into()]);
    select(&mut harness, &[claim_id().into()]);
    assert_eq!(harness.get_by_label("Stated on").value().as_deref(), Some("2015-13-40"));

    fill(&mut harness, "Stated on", "2015-06");
    assert!(harness.query_by_label_contains("is not in the calendar").is_none());
    assert_eq!(claim(&harness).stated_on, "2015-06".parse().ok());
}

#[test]
fn an_own_reliability_asks_for_its_reason() {
    let mut harness = with_selected(&[claim_id().into()]);
    // The field lies below the window; the cursor brings it into sight.
    harness.get_by_label("Reliability").focus();
    harness.run_ok();
    harness.key_press(Key::Space);
    harness.run_ok();
    harness.get_by_label("C · Fairly reliable").click();
    harness.run_ok();
    let own = claim(&harness).reliability_override.unwrap();
    assert_eq!((own.reliability, own.reason.as_str()), (Reliability::C, ""));
    assert!(harness.query_by_label_contains("differs from the source's").is_some());
}

#[test]
fn words_of_the_standard_bring_their_range() {
    let mut harness = with_selected(&[claim_id().into()]);
    fill(&mut harness, "Likelihood", "likely");
    let likelihood = claim(&harness).likelihood.unwrap();
    assert_eq!((likelihood.low, likelihood.high), (Some(0.55), Some(0.80)));
    fill(&mut harness, "Lowest likelihood", "60.5");
    assert_eq!(claim(&harness).likelihood.unwrap().low, Some(0.605));
}

#[test]
fn an_alias_is_added_and_taken_back_as_one_step() {
    let mut harness = with_selected(&[id::<Actor>(number::MSS).into()]);
    let aliases = |harness: &Harness<'static, App>| {
        let actor = harness.state().document().assessment().get(id::<Actor>(number::MSS)).unwrap().clone();
        actor.aliases.into_iter().map(|alias| alias.name).collect::<Vec<_>>()
    };
    fill(&mut harness, "New alias", "Guoanbu");
    harness.key_press(Key::Enter);
    harness.run_ok();
    assert_eq!(aliases(&harness), ["Guoanbu"]);
    harness.state().send(Command::Do(ascribe::ui::Action::Undo));
    harness.run_ok();
    assert!(aliases(&harness).is_empty());
}

#[test]
fn a_text_is_archived_and_a_claim_anchored_in_it() {
    let mut assessment = assessment();
    let mut quoting = assessment.get(claim_id()).unwrap().clone();
    quoting.document = Some(id(number::REPORT));
    quoting.quote = "the JSSD was  behind it".to_owned();
    edit::apply_all(&mut assessment, edit::replace(quoting, "quote").edits).unwrap();
    let mut harness = window(assessment);
    let report = id::<Document>(number::REPORT);
    select(&mut harness, &[claim_id().into()]);
    assert!(harness.query_by_label_contains("The document has no archived text").is_some());

    select(&mut harness, &[report.into()]);
    let text = "A bureau. We think that the JSSD was behind it. A bureau?";
    fill(&mut harness, "Text to archive", text);
    push(&mut harness, "Archive this text");
    let archived = harness.state().document().assessment().get(report).unwrap().text.clone().unwrap();
    assert_eq!(archived, ArchivedText::new(text.to_owned()));

    select(&mut harness, &[claim_id().into()]);
    let anchored = |harness: &Harness<'static, App>| {
        claim(harness).locator.span.map(|span| (span.start, archived.words_of(span).unwrap().to_owned()))
    };
    push(&mut harness, "Anchor where the quote stands");
    assert_eq!(anchored(&harness), Some((24, "the JSSD was behind it".to_owned())));
    fill(&mut harness, "Passage", "A bureau");
    harness.key_press(Key::Escape);
    harness.run_ok();
    assert_eq!(anchored(&harness), Some((48, "A bureau".to_owned())), "the next one from where it was");
    push(&mut harness, "Next place where these words stand");
    assert_eq!(anchored(&harness), Some((0, "A bureau".to_owned())));
    fill(&mut harness, "Passage", "A ministry");
    assert!(harness.query_by_label_contains("These words do not stand in the archived text").is_some());
    assert_eq!(anchored(&harness).unwrap().0, 0, "what cannot be read changes nothing");
}

#[test]
fn a_long_text_that_is_pasted_is_archived_at_once() {
    let report = id::<Document>(number::REPORT);
    let mut harness = with_selected(&[report.into()]);
    let archived = |harness: &Harness<'static, App>| {
        harness.state().document().assessment().get(report).unwrap().text.clone()
    };
    let text = "A bureau did it. ".repeat(400);
    harness.get_by_label("Text to archive").focus();
    harness.run_ok();
    harness.event(Event::Paste(text.clone()));
    harness.run_ok();
    assert_eq!(archived(&harness), Some(ArchivedText::new(text)));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_ok();
    assert_eq!(archived(&harness), None, "one step takes it back");
}

#[test]
fn what_would_close_a_circle_is_refused_with_the_reason() {
    let mut harness = with_selected(&[id::<Actor>(number::CHINA).into()]);
    fill(&mut harness, "Add to belongs to", "jssd");
    assert!(harness.query_by_label_contains("a circle: JSSD → MSS → China").is_some());
    harness.key_press(Key::Enter);
    harness.run_ok();
    let china = harness.state().document().assessment().get(id::<Actor>(number::CHINA)).unwrap();
    assert!(china.belongs_to.is_empty());
}

#[test]
fn a_claim_is_not_superseded_by_one_that_it_supersedes() {
    let mut assessment = assessment();
    let claims: Vec<Id<Claim>> = assessment.claims.ids().take(2).collect();
    let [older, newer] = claims[..] else { panic!("two claims") };
    for (own, by) in [(older, Some(newer)), (newer, None)] {
        let mut claim = assessment.get(own).unwrap().clone();
        claim.proposition = Proposition::Attribution {
            incident: id(number::OPM),
            actors: vec![id(number::JSSD)],
            role: Role::Perpetrator,
        };
        claim.status = Status::Superseded { by };
        let change = edit::replace(claim, "status");
        edit::apply_all(&mut assessment, change.edits).unwrap();
    }
    let name = assessment.name_of(older);
    let mut harness = window(assessment);
    select(&mut harness, &[newer.into()]);
    fill(&mut harness, "By", &name);
    assert!(harness.query_by_label_contains("this one supersedes it").is_some());
    harness.key_press(Key::Enter);
    harness.run();
    let status = harness.state().document().assessment().get(newer).unwrap().status;
    assert_eq!(status, Status::Superseded { by: None });
}

#[test]
fn an_actor_is_found_by_its_alias_or_made_on_the_spot() {
    let mut harness = with_selected(&[id::<Claim>(number::XINHUA_SAYS_CRIMINALS).into()]);
    let actors = |harness: &Harness<'static, App>| {
        let assessment = harness.state().document().assessment();
        let claim = assessment.get(id::<Claim>(number::XINHUA_SAYS_CRIMINALS)).unwrap();
        assessment.actors_text(claim)
    };
    fill(&mut harness, "Add to actors", "apt26");
    harness.key_press(Key::Enter);
    harness.run_ok();
    assert_eq!(actors(&harness), "Criminals + JSSD");

    fill(&mut harness, "Add to actors", "Nobody known");
    harness.key_press(Key::Tab);
    harness.run_ok();
    assert_eq!(actors(&harness), "Criminals + JSSD + Nobody known");
    harness.get_by_label("Take Criminals out of actors").click();
    harness.run_ok();
    assert_eq!(actors(&harness), "JSSD + Nobody known");
}

#[test]
fn escape_takes_back_what_was_typed_into_a_picker() {
    let mut harness = with_selected(&[claim_id().into()]);
    fill(&mut harness, "Source", "xin");
    assert!(harness.query_by_label_contains("Xinhua, Press").is_some());
    harness.key_press(Key::Escape);
    harness.run_ok();
    assert_eq!(harness.get_by_label("Source").value().as_deref(), Some("CrowdStrike"));
    assert_eq!(claim(&harness).source, id(number::CROWDSTRIKE));
    fill(&mut harness, "Source", "xin");
    harness.key_press(Key::Enter);
    harness.run_ok();
    assert_eq!(claim(&harness).source, id(number::XINHUA));
}

#[test]
fn a_line_of_the_list_is_chosen_with_the_mouse() {
    let mut harness = with_selected(&[claim_id().into()]);
    harness.get_by_label("Document").focus();
    harness.run_ok();
    harness.key_press(Key::ArrowDown);
    harness.run_ok();
    harness.get_by_label_contains("Huge fan of your work, CrowdStrike").click();
    harness.run_ok();
    assert_eq!(claim(&harness).document, Some(id(number::REPORT)));
}

#[test]
fn a_new_record_gets_the_cursor_into_its_name() {
    let mut harness = window(assessment());
    harness.state().send(Command::Do(ascribe::ui::Action::AddSource));
    harness.run_ok();
    harness.get_by_label("Name").type_text("Mandiant");
    harness.run_ok();
    let sources = &harness.state().document().assessment().sources;
    assert!(sources.iter().any(|source| source.name == "Mandiant"));
}

#[test]
fn two_claims_stand_side_by_side() {
    let harness = with_selected(&[claim_id().into(), id::<Claim>(number::XINHUA_SAYS_CRIMINALS).into()]);
    assert!(harness.query_by_label_contains("CrowdStrike contradicts Xinhua").is_some());
    assert!(harness.query_by_label_contains("Degree of conflict").is_some());
}

#[test]
fn every_record_of_the_worked_cases_can_be_shown() {
    for case in ["china-airlines-2020.ron", "turbine-panda-c919.ron", "opm-anthem.ron"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("saves").join(case);
        let assessment = ascribe::store::parse(&std::fs::read(path).unwrap()).assessment.unwrap();
        let mut ids = std::collections::BTreeMap::new();
        // The first and the last record of each kind: all of them would take minutes.
        assessment.for_each_record(&mut |record| {
            let id = record.id();
            ids.entry(id.kind).or_insert([id, id])[1] = id;
        });
        let mut harness = window(assessment);
        for id in ids.into_values().flatten() {
            select(&mut harness, &[id]);
            assert!(
                harness.query_by_label("Linked to").is_some()
                    || harness.query_by_label("LINKED TO").is_some()
            );
        }
    }
}
