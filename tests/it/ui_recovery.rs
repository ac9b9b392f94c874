//! What is left after a crash: a window that goes without saving, and the next one that finds what was done in it.

use std::path::PathBuf;
use std::time::Duration;

use ascribe::app::{App, LaunchOptions};
use ascribe::store;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::ui_files::{is_shown, wait_until};
use super::ui_shell::{case, click, press, type_text, window};

const CTRL: Modifiers = Modifiers::COMMAND;

/// A folder with a case in a file, and journals.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        store::save(&desk.file(), &case("china-airlines-2020.ron")).unwrap();
        desk
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("case.ron")
    }

    fn journals(&self) -> PathBuf {
        self.folder.path().join("journals")
    }

    fn count_journals(&self) -> usize {
        std::fs::read_dir(self.journals()).map_or(0, Iterator::count)
    }

    fn window(&self, file: Option<PathBuf>) -> Harness<'static, App> {
        let opens = file.is_some();
        let journals = Some(self.journals());
        let mut window = window(LaunchOptions { file, journals, ..LaunchOptions::default() });
        if opens {
            wait_until(&mut window, |window| !window.state().is_welcome());
        }
        window
    }

    /// A window in which a source was named and that then went without saving, as in a crash.
    fn crash(&self) {
        let mut window = self.window(Some(self.file()));
        add_source(&mut window, "Second opinion");
        wait_until(&mut window, |window| is_shown(window, "Unsaved, journalled"));
    }
}

fn add_source(window: &mut Harness<'_, App>, name: &str) {
    press(window, CTRL, Key::K);
    type_text(window, "add sour");
    press(window, Modifiers::NONE, Key::Enter);
    press(window, CTRL, Key::A);
    type_text(window, name);
}

fn has_source(window: &Harness<'_, App>, name: &str) -> bool {
    window.state().document().assessment().sources.iter().any(|source| source.name == name)
}

#[test]
fn opening_the_file_again_offers_what_was_not_saved() {
    let desk = Desk::new();
    desk.crash();
    let mut window = desk.window(Some(desk.file()));
    wait_until(&mut window, |window| is_shown(window, "2 changes to"));
    assert!(is_shown(&window, "Change name of source"));
    assert!(!has_source(&window, "Second opinion"));
    press(&mut window, Modifiers::NONE, Key::Enter);
    wait_until(&mut window, |window| has_source(window, "Second opinion"));
    assert!(window.state().document().is_changed());
    wait_until(&mut window, |window| is_shown(window, "Unsaved, journalled"));

    // It is that file, and its history: one step back takes the name back, saving ends the journal.
    press(&mut window, CTRL, Key::S);
    wait_until(&mut window, |window| !window.state().document().is_changed());
    drop(window);
    assert!(
        store::load(&desk.file()).unwrap().assessment.sources.iter().any(|it| it.name == "Second opinion")
    );
    assert_eq!(desk.count_journals(), 0);
}

#[test]
fn the_welcome_page_offers_it_and_discarding_is_for_good() {
    let desk = Desk::new();
    desk.crash();
    let mut window = desk.window(None);
    wait_until(&mut window, |window| is_shown(window, "Recover unsaved changes of"));
    let offer = |window: &mut Harness<'_, App>| {
        window.get_by_label_contains("Recover unsaved changes of").click();
        window.run_ok();
    };
    offer(&mut window);
    click(&mut window, "Later");
    offer(&mut window);
    click(&mut window, "Discard changes");
    assert!(!is_shown(&window, "Recover unsaved changes of"));
    wait_until(&mut window, |_| desk.count_journals() == 0);
    assert!(window.state().is_welcome());
}

#[test]
fn later_means_that_it_is_offered_again() {
    let desk = Desk::new();
    desk.crash();
    let mut window = desk.window(Some(desk.file()));
    wait_until(&mut window, |window| is_shown(window, "2 changes to"));
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, CTRL, Key::W);
    wait_until(&mut window, |window| is_shown(window, "Recover unsaved changes of"));
    assert_eq!(desk.count_journals(), 1);
}

#[test]
fn a_file_that_changed_since_becomes_a_copy() {
    let desk = Desk::new();
    desk.crash();
    let mut theirs = case("china-airlines-2020.ron");
    theirs.header.title = "Theirs".to_owned();
    store::save(&desk.file(), &theirs).unwrap();
    let mut window = desk.window(Some(desk.file()));
    wait_until(&mut window, |window| is_shown(window, "The file was changed since"));
    press(&mut window, Modifiers::NONE, Key::Enter);
    wait_until(&mut window, |window| has_source(window, "Second opinion"));
    assert!(is_shown(&window, "Recovered into a copy"));
    assert!(is_shown(&window, "Unsaved"));
    drop(window);
    assert_eq!(store::load(&desk.file()).unwrap().assessment.header.title, "Theirs");
    assert_eq!(desk.count_journals(), 1, "the copy is journalled in its turn");
}

#[test]
fn a_document_without_a_file_is_recovered_too() {
    let desk = Desk::new();
    let mut crashed = desk.window(None);
    press(&mut crashed, Modifiers::COMMAND | Modifiers::SHIFT, Key::N);
    add_source(&mut crashed, "Only voice");
    wait_until(&mut crashed, |window| is_shown(window, "Unsaved, journalled"));
    drop(crashed);
    let mut window = desk.window(None);
    wait_until(&mut window, |window| is_shown(window, "Recover unsaved changes of"));
    window.get_by_label_contains("Recover unsaved changes of").click();
    window.run_ok();
    click(&mut window, "Recover");
    wait_until(&mut window, |window| has_source(window, "Only voice"));
    press(&mut window, CTRL, Key::Z);
    assert!(!has_source(&window, "Only voice"), "what was recovered can be undone");
}

#[test]
fn nothing_stays_where_nothing_is_lost() {
    let desk = Desk::new();
    // Undone, discarded on purpose, or saved: each ends the journal.
    let mut window = desk.window(Some(desk.file()));
    add_source(&mut window, "A");
    wait_until(&mut window, |_| desk.count_journals() == 1);
    window.get_by_role_and_label(Role::Tree, "Navigator").focus();
    window.run_ok();
    press(&mut window, CTRL, Key::Z);
    press(&mut window, CTRL, Key::Z);
    assert!(!window.state().document().is_changed());
    wait_until(&mut window, |_| desk.count_journals() == 0);
    press(&mut window, CTRL, Key::Y);
    wait_until(&mut window, |_| desk.count_journals() == 1);
    press(&mut window, CTRL, Key::W);
    click(&mut window, "Don't save");
    wait_until(&mut window, |_| desk.count_journals() == 0);
}

#[test]
fn two_windows_do_not_take_each_others_changes() {
    let desk = Desk::new();
    let mut first = desk.window(Some(desk.file()));
    add_source(&mut first, "First");
    wait_until(&mut first, |window| is_shown(window, "Unsaved, journalled"));
    let mut second = desk.window(Some(desk.file()));
    second.run_steps(30);
    std::thread::sleep(Duration::from_millis(100));
    second.run_steps(30);
    assert!(!is_shown(&second, "Recover unsaved changes?"), "a running window is no crash");
    add_source(&mut second, "Second");
    wait_until(&mut second, |window| is_shown(window, "Unsaved, journalled"));
    assert_eq!(desk.count_journals(), 2);
}

#[test]
fn a_journal_that_cannot_be_written_is_said_once() {
    let desk = Desk::new();
    store::replace(&desk.journals(), b"a file where the folder should be").unwrap();
    let mut window = desk.window(Some(desk.file()));
    add_source(&mut window, "A");
    wait_until(&mut window, |window| is_shown(window, "Unsaved, not journalled"));
    type_text(&mut window, "B");
    type_text(&mut window, "C");
    std::thread::sleep(Duration::from_millis(50));
    window.run_ok();
    assert_eq!(window.query_all_by_label("Close notice").count(), 1);
}
