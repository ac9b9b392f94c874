//! The window around the views, used as a person uses it: by the names that a screen reader says, and by keys.

use std::path::Path;

use ascribe::app::{App, LaunchOptions};
use ascribe::model::validate::validate;
use ascribe::model::{Assessment, Kind, Record, Source};
use ascribe::store;
use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable};

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// A worked case.
pub fn case(file: &str) -> Assessment {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("saves").join(file);
    store::load(&path).unwrap().assessment
}

/// The program in a window without a screen.
pub fn window(options: LaunchOptions) -> Harness<'static, App> {
    let mut window = Harness::builder()
        .with_size([1280.0, 800.0])
        .with_max_steps(20)
        // The worked cases have Chinese names, for which the test has no font.
        .allow_missing_glyphs()
        .build_eframe(|cc| App::new(cc, LaunchOptions { types_paths: true, ..options }));
    // Not `run`: while a file is being read a spinner turns.
    window.run_ok();
    window
}

fn with_case(file: &str) -> Harness<'static, App> {
    window(LaunchOptions { assessment: Some(case(file)), ..LaunchOptions::default() })
}

/// Presses keys and lets everything settle.
pub fn press(window: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_ok();
}

/// Clicks on what has this name.
pub fn click(window: &mut Harness<'_, App>, name: &str) {
    window.get_by_label(name).click();
    window.run_ok();
}

fn click_row(window: &mut Harness<'_, App>, name: &str) {
    window.get_by_role_and_label(Role::TreeItem, name).click();
    window.run_ok();
}

/// Types into whatever has the focus.
pub fn type_text(window: &mut Harness<'_, App>, text: &str) {
    window.event(Event::Text(text.to_owned()));
    window.run_ok();
}

fn names_of_selection(window: &Harness<'_, App>) -> Vec<String> {
    let assessment = window.state().document().assessment();
    window.state().selection().iter().map(|id| assessment.name_of(*id)).collect()
}

fn sources(window: &Harness<'_, App>) -> usize {
    window.state().document().assessment().sources.len()
}

#[test]
fn the_welcome_page_opens_a_worked_case() {
    let mut window = window(LaunchOptions::default());
    assert!(window.state().is_welcome());
    click(&mut window, "Open worked case OPM and Anthem: one hand or several?");
    assert!(!window.state().is_welcome());
    assert_eq!(window.state().document().assessment().incidents.len(), 4);
    assert!(!window.state().document().is_changed(), "an opened case has nothing to lose");
    click_row(&mut window, "Breach of Anthem");
    assert_eq!(names_of_selection(&window), ["Breach of Anthem"]);
}

#[test]
fn the_palette_finds_a_command_and_runs_it() {
    let mut window = with_case("opm-anthem.ron");
    let before = sources(&window);
    press(&mut window, CTRL, Key::K);
    type_text(&mut window, "add sour");
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(sources(&window), before + 1);
    assert!(
        window.query_by_label("Search records and commands").is_some(),
        "only the field of the top bar is left"
    );
}

#[test]
fn the_palette_finds_a_record_by_a_few_letters() {
    let mut window = with_case("opm-anthem.ron");
    press(&mut window, CTRL, Key::K);
    type_text(&mut window, "axiom");
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(names_of_selection(&window), ["Axiom"]);
    press(&mut window, CTRL, Key::K);
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!(names_of_selection(&window), ["Axiom"], "Escape chooses nothing");
}

#[test]
fn unsaved_work_is_asked_about_once() {
    let mut window = with_case("opm-anthem.ron");
    click_row(&mut window, "CrowdStrike");
    press(&mut window, Modifiers::NONE, Key::Delete);
    assert!(window.state().document().is_changed());
    for how_to_stay in ["Cancel", "Close unsaved changes"] {
        press(&mut window, CTRL, Key::W);
        click(&mut window, how_to_stay);
        assert!(!window.state().is_welcome(), "{how_to_stay}");
        assert!(window.state().document().is_changed());
    }
    press(&mut window, CTRL, Key::W);
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!window.state().is_welcome(), "Escape is the same as Cancel");
    press(&mut window, CTRL, Key::W);
    click(&mut window, "Don't save");
    assert!(window.state().is_welcome());
}

#[test]
fn nothing_is_asked_where_nothing_is_lost() {
    let mut window = with_case("opm-anthem.ron");
    press(&mut window, CTRL, Key::W);
    assert!(window.state().is_welcome());
}

#[test]
fn the_navigator_filters_and_deletes_and_undo_brings_back() {
    let mut window = with_case("opm-anthem.ron");
    let before = sources(&window);
    click(&mut window, "Filter the navigator");
    type_text(&mut window, "crowdstr");
    assert!(window.query_by_role_and_label(Role::TreeItem, "CBS News").is_none());
    click_row(&mut window, "CrowdStrike");
    press(&mut window, Modifiers::NONE, Key::Delete);
    assert_eq!(sources(&window), before - 1);
    assert!(window.query_by_role_and_label(Role::TreeItem, "CrowdStrike").is_none());
    press(&mut window, CTRL, Key::Z);
    assert_eq!(sources(&window), before);
    press(&mut window, CTRL, Key::Y);
    assert_eq!(sources(&window), before - 1);
}

#[test]
fn undo_inside_a_text_field_leaves_the_document_alone() {
    let mut window = with_case("opm-anthem.ron");
    let before = sources(&window);
    click_row(&mut window, "CrowdStrike");
    press(&mut window, Modifiers::NONE, Key::Delete);
    click(&mut window, "Filter the navigator");
    type_text(&mut window, "cbs");
    press(&mut window, CTRL, Key::Z);
    press(&mut window, Modifiers::NONE, Key::Delete);
    assert_eq!(sources(&window), before - 1, "neither undo nor deletion went past the field");
}

#[test]
fn the_navigator_is_walked_and_selected_in_by_keys() {
    let mut window = with_case("opm-anthem.ron");
    click_row(&mut window, "Anthem");
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(names_of_selection(&window), ["Ars Technica (copy at kashifali.ca)"]);
    press(&mut window, Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(window.state().selection().len(), 2);
    press(&mut window, Modifiers::NONE, Key::Home);
    press(&mut window, Modifiers::NONE, Key::ArrowLeft);
    let breach = window.query_by_role_and_label(Role::TreeItem, "Breach of Anthem");
    assert!(breach.is_none(), "the section of incidents is closed");
}

#[test]
fn a_problem_leads_to_its_record() {
    let mut assessment = case("opm-anthem.ron");
    let mut records = Vec::new();
    assessment.for_each_record(&mut |record| records.push(record));
    let named = records.iter().find_map(|record| match record {
        Record::Source(source) if source.name == "CrowdStrike" => Some(Source::clone(source)),
        _ => None,
    });
    let mut nameless = named.unwrap();
    nameless.name = String::new();
    records.push(Record::Source(nameless.into()));
    assessment = Assessment::from_records(assessment.header.clone(), records);
    let finding = validate(&assessment).into_iter().find(|finding| finding.record.is_some()).unwrap();

    let mut window = window(LaunchOptions { assessment: Some(assessment), ..LaunchOptions::default() });
    press(&mut window, CTRL_SHIFT, Key::M);
    window.get_by_label_contains(&finding.message).click();
    window.run_ok();
    assert_eq!(window.state().selection(), [finding.record.unwrap()]);
}

#[test]
fn the_theme_is_switched_by_keys() {
    let mut window = with_case("opm-anthem.ron");
    let before = window.ctx.theme();
    press(&mut window, CTRL_SHIFT, Key::T);
    let other = if before == Theme::Dark { Theme::Light } else { Theme::Dark };
    assert_eq!(window.ctx.theme(), other);
    press(&mut window, CTRL_SHIFT, Key::T);
    assert_eq!(window.ctx.theme(), before);
}

#[test]
fn high_contrast_makes_text_and_lines_stand_out_in_both_themes() {
    let mut window = with_case("opm-anthem.ron");
    let looks = |window: &Harness<'_, App>| {
        [Theme::Dark, Theme::Light].map(|theme| {
            let visuals = window.ctx.style_of(theme).visuals.clone();
            (visuals.weak_text_color, visuals.widgets.noninteractive.bg_stroke.color)
        })
    };
    let usual = looks(&window);
    click(&mut window, "View");
    click(&mut window, "High contrast");
    let high = looks(&window);
    assert!(usual.iter().zip(&high).all(|(usual, high)| usual.0 != high.0 && usual.1 != high.1));
    click(&mut window, "View");
    click(&mut window, "High contrast");
    assert_eq!(looks(&window), usual);
}

#[test]
fn menus_offer_nothing_that_does_not_apply() {
    let mut window = with_case("opm-anthem.ron");
    click(&mut window, "Edit");
    let undo = window.get_by_role_and_label(Role::MenuItem, "Undo");
    assert!(undo.accesskit_node().is_disabled());
    window.key_press(Key::Escape);
    window.run_ok();
    click_row(&mut window, "CrowdStrike");
    press(&mut window, Modifiers::NONE, Key::Delete);
    click(&mut window, "Edit");
    let undo = window
        .query_all_by_role(Role::MenuItem)
        .find(|item| item.accesskit_node().label().is_some_and(|label| label.starts_with("Undo delete ")));
    assert!(undo.is_some(), "the menu says what undo would undo");
}

#[test]
fn a_view_is_split_closed_and_shown_again() {
    let mut window = with_case("opm-anthem.ron");
    let tabs = |window: &Harness<'_, App>| window.query_all_by_role(Role::Tab).count();
    let all = ascribe::ui::views::ViewKind::ALL.len();
    assert_eq!(tabs(&window), all);
    // A tab that is not in front may show its icon alone, and is closed from its menu then.
    press(&mut window, CTRL, Key::Num3);
    click(&mut window, "Close Timeline");
    assert_eq!(tabs(&window), all - 1);
    press(&mut window, CTRL, Key::Num3);
    assert_eq!(tabs(&window), all);
    press(&mut window, CTRL, Key::Num2);
    click(&mut window, "Close Disagreement");
    assert_eq!(tabs(&window), all - 1);
    click(&mut window, "Show a view");
    window.get_by_role_and_label(Role::Button, "Disagreement").click();
    window.run_ok();
    assert_eq!(tabs(&window), all);
    press(&mut window, CTRL, Key::Num1);
    press(&mut window, CTRL, Key::Backslash);
    assert_eq!(tabs(&window), all, "each view still has one tab");
    let selected = window
        .query_all_by_role(Role::Tab)
        .filter(|tab| tab.accesskit_node().toggled() == Some(eframe::egui::accesskit::Toggled::True));
    assert_eq!(selected.count(), 2, "two views are seen side by side");
}

#[test]
fn the_marking_is_changed_at_its_banner() {
    let mut window = with_case("opm-anthem.ron");
    window.query_all_by_label("Marking TLP:CLEAR").next().unwrap().click();
    window.run_ok();
    click(&mut window, "TLP:RED");
    assert_eq!(window.query_all_by_label("Marking TLP:RED").count(), 2, "at the top and at the bottom");
    press(&mut window, CTRL, Key::Z);
    assert_eq!(window.query_all_by_label("Marking TLP:CLEAR").count(), 2);
}

#[test]
fn the_properties_are_edited_in_one_step_a_field() {
    let mut window = with_case("opm-anthem.ron");
    press(&mut window, CTRL, Key::Comma);
    let title = window.get_by_role_and_label(Role::TextInput, "Title");
    title.focus();
    title.type_text("Who? ");
    window.run_ok();
    click(&mut window, "Done");
    assert!(window.state().document().assessment().header.title.contains("Who?"));
    press(&mut window, CTRL, Key::Z);
    assert!(!window.state().document().is_changed());
}

#[test]
fn every_dialog_opens_is_named_throughout_and_closes_by_escape() {
    let mut window = with_case("opm-anthem.ron");
    for (action, title) in [
        ("Keyboard shortcuts", "Close keyboard shortcuts"),
        ("About Ascribe", "Close about ascribe"),
        ("Assessment properties…", "Close assessment properties"),
        ("Open by path…", "Close open by path"),
    ] {
        press(&mut window, CTRL, Key::K);
        type_text(&mut window, action);
        press(&mut window, Modifiers::NONE, Key::Enter);
        assert!(window.query_by_label(title).is_some(), "{action}");
        press(&mut window, Modifiers::NONE, Key::Escape);
        press(&mut window, Modifiers::NONE, Key::Escape);
        assert!(window.query_by_label(title).is_none(), "{action}");
    }
}

#[test]
fn a_new_record_is_selected_and_counts() {
    let mut window = with_case("china-airlines-2020.ron");
    let before = window.state().document().assessment().count(Kind::Incident);
    click(&mut window, "Add incident");
    assert_eq!(window.state().document().assessment().count(Kind::Incident), before + 1);
    assert_eq!(names_of_selection(&window), ["New incident"]);
}

#[test]
fn the_status_bar_names_the_incident_that_it_counts_where_there_are_several() {
    let check = |assessment: Assessment, expect: &str| {
        let mut window = crate::driving::window(assessment, [1280.0, 800.0]);
        press(&mut window, Modifiers::COMMAND, Key::Num2);
        let labels = window.query_all_by_role(Role::Label);
        let said: Vec<String> =
            labels.filter_map(|node| node.value()).filter(|text| text.contains(" origins on ")).collect();
        assert!(said.iter().any(|text| text.ends_with(expect)), "{expect}: {said:?}");
    };
    check(crate::support::assessment(), "on this incident");
    check(crate::driving::small(), " on OPM breach");
}
