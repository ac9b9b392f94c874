//! Opening and saving in the window: files that are wrong, files that others have changed, paths that are typed.

use std::path::{Path, PathBuf};
use std::time::Duration;

use ascribe::app::{App, LaunchOptions};
use ascribe::store;
use ascribe::ui::{Action, Command};
use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable};

use super::driving::{Driving, large};
use super::ui_shell::{case, click, press, window};

const CTRL: Modifiers = Modifiers::COMMAND;

/// Draws frames until something is so; background work takes its time.
pub fn wait_until(window: &mut Harness<'_, App>, is_so: impl Fn(&Harness<'_, App>) -> bool) {
    for _ in 0..500 {
        window.run_ok();
        if is_so(window) {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let texts = window
        .query_all_by(|_| true)
        .filter_map(|node| node.accesskit_node().label().or(node.accesskit_node().value()));
    panic!("it did not come to be within five seconds; shown: {:?}", texts.collect::<Vec<_>>());
}

pub fn is_shown(window: &Harness<'_, App>, name: &str) -> bool {
    window.query_all_by_label_contains(name).next().is_some()
}

/// A window with a worked case from a file of its own.
fn with_file() -> (tempfile::TempDir, PathBuf, Harness<'static, App>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.ron");
    store::save(&path, &case("china-airlines-2020.ron")).unwrap();
    let mut window = window(LaunchOptions { file: Some(path.clone()), ..LaunchOptions::default() });
    wait_until(&mut window, |window| !window.state().is_welcome());
    (folder, path, window)
}

#[test]
fn another_file_begins_at_its_first_row() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.ron");
    store::save(&path, &large(400)).unwrap();
    let options = LaunchOptions { file: Some(path.clone()), ..LaunchOptions::default() };
    let mut fresh = window(options);
    wait_until(&mut fresh, |window| !window.state().is_welcome());
    let first_rows = fresh.names("Source: ");
    let first_lines = fresh.names("Incident ");

    let mut window = window(LaunchOptions { assessment: Some(large(300)), ..LaunchOptions::default() });
    window.run_ok();
    window.get_all_by_label("Source: Source 0").next().unwrap().click();
    window.run_ok();
    window.press(Key::End);
    window.run_ok();
    assert_ne!(window.names("Source: "), first_rows, "far down");
    window.state().send(Command::OpenPath(path));
    wait_until(&mut window, |window| window.state().document().assessment().claims.len() == 400);
    window.run_ok();
    assert_eq!(window.names("Source: "), first_rows);
    assert_eq!(window.names("Incident "), first_lines, "the navigator, too");
}

fn sources_in(path: &Path) -> usize {
    store::load(path).unwrap().assessment.sources.len()
}

fn delete_a_source(window: &mut Harness<'_, App>) {
    delete_source_of_name(window, "Qihoo");
}

fn delete_source_of_name(window: &mut Harness<'_, App>, name: &str) {
    let row = window
        .query_all_by_role(Role::TreeItem)
        .find(|row| row.accesskit_node().label().is_some_and(|label| label.contains(name)));
    row.expect("a source of that name").click();
    window.run_ok();
    press(window, Modifiers::NONE, Key::Delete);
    assert!(window.state().document().is_changed());
}

#[test]
fn what_is_saved_is_what_was_done() {
    let (_folder, path, mut window) = with_file();
    let before = store::load(&path).unwrap().assessment;
    delete_a_source(&mut window);
    press(&mut window, CTRL, Key::S);
    wait_until(&mut window, |window| !window.state().document().is_changed());
    let after = store::load(&path).unwrap().assessment;
    assert_eq!(after.sources.len() + 1, before.sources.len());
    assert!(after.header.updated > before.header.updated, "the file says when it was last changed");
    let open = window.state().document().assessment();
    assert_eq!(*open, after, "what is open is what was saved, with its date");
    press(&mut window, CTRL, Key::Z);
    assert!(window.state().document().is_changed(), "undoing what was saved is a change");
}

#[test]
fn a_file_that_another_program_changed_is_asked_about() {
    let (_folder, path, mut window) = with_file();
    let before = sources_in(&path);
    delete_a_source(&mut window);
    let mut theirs = std::fs::read_to_string(&path).unwrap();
    theirs.push('\n');
    store::replace(&path, theirs.as_bytes()).unwrap();

    press(&mut window, CTRL, Key::S);
    wait_until(&mut window, |window| is_shown(window, "was changed by another program"));
    click(&mut window, "Cancel");
    assert_eq!(sources_in(&path), before);
    assert!(window.state().document().is_changed());

    press(&mut window, CTRL, Key::S);
    wait_until(&mut window, |window| is_shown(window, "was changed by another program"));
    click(&mut window, "Overwrite");
    wait_until(&mut window, |window| !window.state().document().is_changed());
    assert_eq!(sources_in(&path), before - 1);
}

/// Asks for a save where the document belongs and, before that is done, for one to another place.
fn save_here_and_there(window: &Harness<'_, App>, there: &Path) {
    window.state().send(Command::Do(Action::Save));
    window.state().send(Command::SavePath(there.to_owned()));
}

#[test]
fn another_place_asked_for_while_a_save_runs_gets_the_document() {
    let (folder, path, mut window) = with_file();
    let there = folder.path().join("there.ron");
    let before = sources_in(&path);
    delete_a_source(&mut window);
    save_here_and_there(&window, &there);
    wait_until(&mut window, |window| is_shown(window, "Saved there.ron"));
    assert_eq!((sources_in(&path), sources_in(&there)), (before - 1, before - 1));
    delete_source_of_name(&mut window, "QiAnXin");
    press(&mut window, CTRL, Key::S);
    wait_until(&mut window, |window| !window.state().document().is_changed());
    assert_eq!((sources_in(&path), sources_in(&there)), (before - 1, before - 2), "it belongs there now");
}

#[test]
fn another_place_gets_the_document_also_where_the_first_was_in_the_way() {
    let (folder, path, mut window) = with_file();
    let there = folder.path().join("there.ron");
    let before = sources_in(&path);
    delete_a_source(&mut window);
    let mut theirs = std::fs::read_to_string(&path).unwrap();
    theirs.push('\n');
    store::replace(&path, theirs.as_bytes()).unwrap();
    save_here_and_there(&window, &there);
    wait_until(&mut window, |window| is_shown(window, "Saved there.ron"));
    assert!(is_shown(&window, "case.ron was not saved"));
    assert!(!is_shown(&window, "was changed by another program"), "there is nothing left to be asked");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), theirs);
    assert_eq!(sources_in(&there), before - 1);
}

#[test]
fn who_comes_back_to_the_window_learns_what_became_of_the_file() {
    let (_folder, path, mut window) = with_file();
    let before = sources_in(&path);
    let come_back = |window: &mut Harness<'_, App>| window.event(Event::WindowFocused(true));
    come_back(&mut window);
    window.run_ok();
    assert!(!is_shown(&window, "another program"));

    let mut theirs = store::load(&path).unwrap().assessment;
    let source = theirs.sources.iter().find(|source| source.name.contains("Qihoo")).unwrap().id;
    let deletion = ascribe::edit::delete(&theirs, &[source.into()]);
    ascribe::edit::apply_all(&mut theirs, deletion.edits).unwrap();
    store::save(&path, &theirs).unwrap();
    come_back(&mut window);
    wait_until(&mut window, |window| is_shown(window, "case.ron was changed by another program"));
    assert_eq!(window.state().document().assessment().sources.len(), before, "nothing is read unasked");
    click(&mut window, "Changed on disk");
    wait_until(&mut window, |window| window.state().document().assessment().sources.len() == before - 1);
    assert!(!is_shown(&window, "Changed on disk"));

    std::fs::remove_file(&path).unwrap();
    come_back(&mut window);
    wait_until(&mut window, |window| is_shown(window, "No longer on disk"));
    delete_source_of_name(&mut window, "QiAnXin");
    press(&mut window, CTRL, Key::S);
    wait_until(&mut window, |window| !window.state().document().is_changed());
    assert!(!is_shown(&window, "No longer on disk"));
    assert!(path.exists(), "saving writes it anew");
}

#[test]
fn saving_before_closing_closes_when_it_is_saved() {
    let (_folder, path, mut window) = with_file();
    let before = sources_in(&path);
    delete_a_source(&mut window);
    press(&mut window, CTRL, Key::W);
    click(&mut window, "Save");
    wait_until(&mut window, |window| window.state().is_welcome());
    assert_eq!(sources_in(&path), before - 1);
}

#[test]
fn comments_that_saving_would_lose_are_pointed_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.ron");
    store::save(&path, &case("china-airlines-2020.ron")).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    store::replace(
        &path,
        text.replacen("sources: [", "// Ask Li about these.\n    sources: [", 1).as_bytes(),
    )
    .unwrap();
    let mut window = window(LaunchOptions { file: Some(path), ..LaunchOptions::default() });
    wait_until(&mut window, |window| !window.state().is_welcome());
    assert!(is_shown(&window, "case.ron has 1 comment that saving does not keep"));
}

#[test]
fn a_broken_file_is_explained_and_what_is_open_stays() {
    let (folder, _path, mut window) = with_file();
    let title = window.state().document().assessment().header.title.clone();
    let broken = folder.path().join("broken.ron");
    store::replace(&broken, b"Assessment(format: 1, header: (title: 3, sorces: [])").unwrap();
    press(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::O);
    let field = window.get_by_label("Path of the assessment file");
    assert!(field.is_focused(), "the cursor is in the field");
    press(&mut window, CTRL, Key::A);
    window.event(Event::Text(broken.display().to_string()));
    window.run_ok();
    press(&mut window, Modifiers::NONE, Key::Enter);
    wait_until(&mut window, |window| is_shown(window, "What was open before stays open"));
    assert!(is_shown(&window, "Line 1, column"));
    // What is copied is what `ascribe check` prints.
    let problems = store::read_all(&broken).unwrap().problems;
    let lines: Vec<String> = problems.iter().map(|problem| format!("broken.ron:{problem}")).collect();
    assert!(!lines.is_empty());
    window.get_by_label("Copy all").click();
    let copied = (0..4).find_map(|_| {
        window.step();
        window.copied()
    });
    assert_eq!(copied, Some(lines.join("\n")));
    window.run_ok();
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!(window.state().document().assessment().header.title, title);
}

#[test]
fn a_missing_file_is_a_notice_that_stays() {
    let path = PathBuf::from("/nowhere/at/all.ron");
    let mut window = window(LaunchOptions { file: Some(path), ..LaunchOptions::default() });
    wait_until(&mut window, |window| is_shown(window, "all.ron cannot be opened"));
    window.run_steps(600);
    assert!(is_shown(&window, "all.ron cannot be opened"), "ten seconds later it is still there");
    click(&mut window, "Close notice");
    assert!(!is_shown(&window, "all.ron cannot be opened"));
}

#[test]
fn a_window_at_rest_draws_nothing() {
    let (_folder, _path, mut window) = with_file();
    window.run_steps(400);
    assert_eq!(window.run(), 1, "one frame, and no further one asked for");
    let delay = window.output().viewport_output.values().map(|output| output.repaint_delay).min();
    assert!(delay.is_some_and(|delay| delay > Duration::from_secs(3_600)), "{delay:?}");
}

/// Types a path into the dialog that asks for one, and accepts it.
pub fn type_path(window: &mut Harness<'_, App>, path: &Path) {
    press(window, CTRL, Key::A);
    window.event(Event::Text(path.display().to_string()));
    window.run();
    window.key_press(Key::Enter);
    window.run_ok();
}

/// A blank assessment with an actor in it, which was never saved.
fn unsaved() -> Harness<'static, App> {
    let mut window =
        window(LaunchOptions { assessment: Some(Default::default()), ..LaunchOptions::default() });
    window.state().send(Command::Do(Action::AddActor));
    window.run_ok();
    assert!(window.state().document().is_changed());
    window
}

#[test]
fn a_save_that_was_given_up_takes_with_it_what_was_to_follow() {
    let folder = tempfile::tempdir().unwrap();
    for how in ["Cancel", "Close save by path", "Escape"] {
        let mut window = unsaved();
        press(&mut window, CTRL, Key::W);
        click(&mut window, "Save");
        window.get_by_label("Path of the assessment file");
        match how {
            "Escape" => press(&mut window, Modifiers::NONE, Key::Escape),
            button => click(&mut window, button),
        }
        assert!(!is_shown(&window, "Path of the assessment file"), "{how}");
        press(&mut window, CTRL, Key::S);
        type_path(&mut window, &folder.path().join(format!("{how}.ron")));
        wait_until(&mut window, |window| !window.state().document().is_changed());
        window.run_ok();
        assert!(!window.state().is_welcome(), "{how}: an ordinary save closes nothing");
        assert_eq!(window.state().document().assessment().actors.len(), 1);
    }
}

#[test]
fn in_a_folder_that_is_typed_a_file_has_the_proposed_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = unsaved();
    press(&mut window, CTRL, Key::S);
    type_path(&mut window, &folder.path().join(""));
    wait_until(&mut window, |window| !window.state().document().is_changed());
    let found: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(found.len(), 1);
    let name = found[0].to_str().unwrap();
    assert!(name.len() > ".ron".len() && name.ends_with(".ron"), "{name}");
}

#[test]
fn a_second_file_is_shown_without_the_filter_of_the_first() {
    let (folder, _path, mut window) = with_file();
    click(&mut window, "Filter claims");
    window.event(Event::Text("China Airlines".to_owned()));
    window.run();
    let second = folder.path().join("second.ron");
    store::save(&second, &case("opm-anthem.ron")).unwrap();
    window.state().send(Command::OpenPath(second));
    let incidents = |window: &Harness<'_, App>| window.state().document().assessment().incidents.len();
    wait_until(&mut window, |window| incidents(window) == 4);
    assert!(!is_shown(&window, "0 of "), "all claims of the second file are shown");
    let filter = window.get_by_label("Filter claims");
    assert_eq!(filter.accesskit_node().value().unwrap_or_default(), "");
}

#[test]
fn a_file_that_is_read_again_is_looked_at_as_before() {
    let (_folder, path, mut window) = with_file();
    let incident = window.state().document().assessment().incidents.ids().next();
    window.state().send(Command::ShowIncident(incident));
    click(&mut window, "Filter claims");
    window.event(Event::Text("airlines".to_owned()));
    window.run_ok();
    let rows = window.names("Source: ");
    let mut changed = case("china-airlines-2020.ron");
    changed.header.title = "Changed meanwhile".to_owned();
    store::save(&path, &changed).unwrap();
    window.state().send(Command::Do(Action::ReadAgain));
    wait_until(&mut window, |window| {
        window.state().document().assessment().header.title == "Changed meanwhile"
    });
    window.run_ok();
    let filter = window.get_by_label("Filter claims");
    assert_eq!(filter.accesskit_node().value().unwrap_or_default(), "airlines");
    assert_eq!(window.names("Source: "), rows);
}

#[test]
fn the_bell_opens_and_closes_its_list() {
    let mut window = unsaved();
    for _ in 0..2 {
        click(&mut window, "Notices");
        assert!(is_shown(&window, "Nothing has happened yet"));
        click(&mut window, "Notices");
        assert!(!is_shown(&window, "Nothing has happened yet"));
    }
}

#[test]
fn a_table_has_what_there_was_when_it_was_asked_for() {
    let (folder, _path, mut window) = with_file();
    let claims = window.state().document().assessment().claims.len();
    window.state().send(Command::Do(Action::ExportClaims));
    window.run_ok();
    // While the dialog is open the document changes, as it may while a system's dialog is.
    let all = window.state().document().assessment().claims.ids().map(Into::into).collect();
    window.state().send(Command::Delete(all));
    window.run_ok();
    assert!(window.state().document().assessment().claims.is_empty());
    type_path(&mut window, &folder.path().join("claims v1.0"));
    wait_until(&mut window, |window| is_shown(window, "Wrote claims v1.0.csv"));
    let written = std::fs::read(folder.path().join("claims v1.0.csv")).unwrap();
    let rows = csv::Reader::from_reader(written.as_slice()).records().count();
    assert_eq!(rows, claims);
}
