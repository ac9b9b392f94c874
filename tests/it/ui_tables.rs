//! Tables from spreadsheets in the window: shown before anything changes, taken in as one step, written again.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ascribe::app::{App, LaunchOptions};
use ascribe::ui::command::{ImportAnswer, TableFormat};
use ascribe::ui::{Action, Command};
use eframe::egui::{DroppedFile, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::driving::{Driving, small};
use super::ui_files::{is_shown, type_path, wait_until};
use super::ui_shell::{press, window};

const CLAIMS: &str = "\
source,incident,actor,likelihood,stated_on
CrowdStrike,OPM breach,Deep Panda,likely,2015-06-19
Mandiant,OPM breach,China,,2015-06
Mandiant,OPM breach,China,70,2015-13
,OPM breach,China,,
";

#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// A folder with a table in it.
fn table(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vendors.csv");
    ascribe::store::replace(&path, text.as_bytes()).unwrap();
    (folder, path)
}

fn with_small() -> Harness<'static, App> {
    window(LaunchOptions { assessment: Some(small()), ..LaunchOptions::default() })
}

fn drop_on(window: &mut Harness<'_, App>, path: &Path) {
    window.input_mut().dropped_files.push(Arc::new(Dropped(path.to_owned())));
    window.run_ok();
    wait_until(window, |window| is_shown(window, "vendors.csv has"));
}

fn claims(window: &Harness<'_, App>) -> usize {
    window.state().document().assessment().claims.len()
}

#[test]
fn a_dropped_table_is_shown_and_comes_in_as_one_step() {
    let (_folder, path) = table(CLAIMS);
    let mut window = with_small();
    let before = window.state().document().assessment().clone();
    drop_on(&mut window, &path);
    assert_eq!(*window.state().document().assessment(), before, "nothing changes before it is asked for");
    assert!(is_shown(&window, "vendors.csv has 4 rows: 2 new, 2 not understood and left out"));
    assert!(is_shown(&window, "2 new claims"));
    assert!(is_shown(&window, "1 new source"));
    assert!(is_shown(&window, "1 new actor"));

    // Two of them say what new sources and actors are taken as, of which the table says nothing.
    window.click("Not understood (4)");
    assert!(is_shown(&window, "Row 3, column 1 · source_kind"));
    assert!(is_shown(&window, "Row 4, column 5 · stated_on"));
    assert!(is_shown(&window, "Row 5, column 1 · source"));
    window.get_by_label("Copy findings").click();
    window.step();
    let copied = window.copied().unwrap_or_default();
    for line in [
        "vendors.csv:3:1: warning: source_kind: 1 new source without a kind is taken as government: \"Mandiant\" in row 3",
        "vendors.csv:4:5: error: stated_on: ",
    ] {
        assert!(copied.contains(line), "{line} is missing from\n{copied}");
    }

    window.click("Import");
    assert_eq!(claims(&window), before.claims.len() + 2);
    assert!(!is_shown(&window, "vendors.csv has"));
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.state().document().assessment(), before, "one step takes all of it back");
    assert!(is_shown(&window, "Undone: Import claims from vendors.csv"));
}

#[test]
fn a_table_that_says_nothing_new_changes_nothing() {
    let (_folder, path) = table(CLAIMS);
    let mut window = with_small();
    drop_on(&mut window, &path);
    window.click("Import");
    let after = window.state().document().assessment().clone();
    drop_on(&mut window, &path);
    assert!(is_shown(&window, "Nothing in the table is new"));
    assert!(is_shown(&window, "2 there already"));
    window.click("Close");
    assert_eq!(*window.state().document().assessment(), after);
}

#[test]
fn a_table_on_the_welcome_page_begins_an_assessment() {
    let (_folder, path) = table(CLAIMS);
    let mut window = window(LaunchOptions::default());
    drop_on(&mut window, &path);
    assert!(is_shown(&window, "Begins a new assessment"));
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.state().is_welcome(), "Escape takes nothing in");
    drop_on(&mut window, &path);
    // The main button has the focus.
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert!(!window.state().is_welcome());
    assert_eq!(claims(&window), 2);
    assert_eq!(window.state().document().assessment().header.title, "vendors");
}

#[test]
fn rejected_rows_are_saved_mended_and_imported() {
    let (folder, path) = table(CLAIMS);
    let mut window = with_small();
    drop_on(&mut window, &path);
    let rejects = folder.path().join("out.csv");
    window.state().send(Command::Import(ImportAnswer::SaveRejects));
    window.run_ok();
    type_path(&mut window, &rejects);
    wait_until(&mut window, |_| rejects.exists());
    let text = std::fs::read_to_string(&rejects).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "rejected_because,source,incident,actor,likelihood,stated_on");
    assert!(lines[1].ends_with(",Mandiant,OPM breach,China,70,2015-13"), "{text}");
    assert_eq!(lines.len(), 3);
    assert!(is_shown(&window, "vendors.csv has"), "the preview stays");
}

#[test]
fn what_was_changed_meanwhile_is_read_anew() {
    let (_folder, path) = table(CLAIMS);
    let mut window = with_small();
    drop_on(&mut window, &path);
    let source = window.state().document().assessment().sources.ids().next().unwrap();
    window.state().send(Command::Delete(vec![source.into()]));
    window.run_ok();
    window.click("Import");
    wait_until(&mut window, |window| is_shown(window, "2 new sources"));
    window.click("Import");
    let assessment = window.state().document().assessment();
    assert!(
        ascribe::model::validate::validate(assessment)
            .iter()
            .all(|it| { it.severity == ascribe::model::validate::Severity::Warning })
    );
    assert_eq!(assessment.sources.iter().filter(|it| it.name == "CrowdStrike").count(), 1);
}

#[test]
fn a_table_without_the_columns_is_a_notice() {
    let (_folder, path) = table("who,what\na,b\n");
    let mut window = with_small();
    window.state().send(Command::ReadTable(Some(TableFormat::Claims), path));
    wait_until(&mut window, |window| is_shown(window, "vendors.csv cannot be imported"));
    assert!(is_shown(&window, "required columns are missing: source, incident, actor"));
}

#[test]
fn exported_claims_come_back_as_they_were() {
    let (folder, path) = table("");
    let mut window = with_small();
    window.state().send(Command::Do(Action::ExportClaims));
    window.run_ok();
    type_path(&mut window, &path);
    assert!(is_shown(&window, "vendors.csv exists already"), "nothing is written over unasked");
    window.click("Overwrite");
    wait_until(&mut window, |_| std::fs::read(&path).is_ok_and(|bytes| !bytes.is_empty()));
    wait_until(&mut window, |window| is_shown(window, "Wrote vendors.csv"));
    drop_on(&mut window, &path);
    assert!(is_shown(&window, "vendors.csv has 5 rows: 5 there already"));
    drop(folder);
}

const MATRIX: &str = "\
Evidence,The state,Criminals,Source,Type,Credibility,Relevance
Chinese strings in the loader,C,N,Symantec,Malware,B2,MEDIUM
The data was never sold,CC,II,,Cui bono,HIGH,HIGH
Something odd,CC,perhaps,,,,
";

#[test]
fn a_dropped_matrix_is_known_by_its_header() {
    let (_folder, path) = table(MATRIX);
    let mut window = with_small();
    let before = window.state().document().assessment().clone();
    drop_on(&mut window, &path);
    assert!(is_shown(&window, "Import evidence matrix"));
    assert!(is_shown(&window, "with the ratings of Unnamed analyst"));
    assert!(is_shown(&window, "2 new pieces of evidence"));
    assert!(is_shown(&window, "2 new hypotheses"));
    assert!(is_shown(&window, "4 new ratings"));
    window.click("Import");
    assert_eq!(window.state().document().assessment().ratings.len(), 4);
    assert!(is_shown(&window, "The data was never sold"), "the matrix is in front");

    let out = path.with_file_name("out.csv");
    window.state().send(Command::Do(Action::ExportMatrix));
    window.run_ok();
    type_path(&mut window, &out);
    wait_until(&mut window, |_| out.exists());
    let text = std::fs::read_to_string(&out).unwrap();
    assert!(text.contains("The data was never sold,CC,II,,Cui bono,B2,HIGH"), "{text}");
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.state().document().assessment(), before);
}
