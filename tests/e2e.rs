//! The real program, in a virtual display, used as an analyst uses it: open a case, add a claim from the keyboard, see
//! the counts change, save, come back later.

#![cfg(test)]

#[allow(dead_code, reason = "shared with the pictures, which use more of it")]
mod support;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use support::Result;
use support::display::Display;
use support::inspect::{Screen, Widget, Window};
use support::program::Program;

const BINARY: &str = env!("CARGO_BIN_EXE_ascribe");
const CASE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/saves/opm-anthem.ron");

/// A source that no case has.
const SOURCE: &str = "Institute of Second Opinions";
/// What is seen while nobody touches anything for that long,
const IDLE: Duration = Duration::from_secs(3);
/// may be this many frames: those that the two looks at the counter cost, and a stray one of the window system. A
/// program that repaints all the time draws 180, a blinking cursor six.
const IDLE_FRAMES: u64 = 4;

#[test]
fn a_claim_added_from_the_keyboard_counts_and_is_there_next_time() -> Result {
    let home = tempfile::tempdir()?;
    let file = home.path().join("opm-anthem.ron");
    std::fs::copy(CASE, &file)?;
    let display = Display::start(1280, 800)?;

    let mut program = Program::start::<&str>(Path::new(BINARY), &display, home.path(), &[])?;
    println!("start to first frame: {} ms (debug build)", program.first_frame_after.as_millis());
    let window = &mut program.window;

    // Open it by its path, the way that works without any file dialog.
    window.press("Ctrl+Shift+O")?;
    window.type_text(&file.display().to_string())?;
    window.press("Enter")?;
    opened(window)?;

    window.press("Ctrl+2")?;
    let before = pairs(window)?;
    let frames = frames_while_idle(window)?;
    println!("frames drawn in {IDLE:?} without input: {frames}");
    assert!(frames <= IDLE_FRAMES, "an idle window draws {frames} frames in {IDLE:?}");

    add_claim(window)?;
    window.press("Ctrl+2")?;
    let after =
        window.wait_for("another number of pairs", |screen| pairs_on(screen).filter(|now| *now != before))?;
    assert!(after > before, "{after} pairs with one claim more, {before} before");
    println!("pairs of claims: {before} before, {after} after");

    window.press("Ctrl+S")?;
    window.wait_for("that the changes are saved", |screen| screen.named("Saved").map(drop))?;
    assert!(std::fs::read_to_string(&file)?.contains(SOURCE));
    window.press("Ctrl+Q").ok();
    assert!(program.ended()?.success());

    let check = Command::new(BINARY).arg("check").arg(&file).output()?;
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));

    let mut program = Program::start(Path::new(BINARY), &display, home.path(), &[&file])?;
    opened(&mut program.window)?;
    program.window.press("Ctrl+2")?;
    program.window.wait_for_text(SOURCE)?;
    assert_eq!(pairs(&mut program.window)?, after);
    program.window.press("Ctrl+1")?;
    program.window.wait_for_text(SOURCE)
}

#[test]
fn a_killed_program_offers_what_was_not_saved() -> Result {
    let home = tempfile::tempdir()?;
    let file = home.path().join("opm-anthem.ron");
    std::fs::copy(CASE, &file)?;
    let display = Display::start(1280, 800)?;
    let mut program = Program::start(Path::new(BINARY), &display, home.path(), &[&file])?;
    opened(&mut program.window)?;
    add_claim(&mut program.window)?;
    let journalled = |screen: &Screen| screen.says("Unsaved, journalled").then_some(());
    program.window.wait_for("that the change is journalled", journalled)?;
    // As by kill -9: nothing in the program gets a chance to tidy up.
    drop(program);
    assert!(!std::fs::read_to_string(&file)?.contains(SOURCE), "the file itself is as it was");

    let mut program = Program::start(Path::new(BINARY), &display, home.path(), &[&file])?;
    program.window.wait_for_text("was not saved, the last one made")?;
    program.window.settle()?;
    // With the key, which is a press however long a frame takes; a slow click is none.
    program.window.press("Enter")?;
    program.window.press("Ctrl+1")?;
    program.window.wait_for_text(SOURCE)?;
    program.window.press("Ctrl+S")?;
    program.window.wait_for("that the changes are saved", |screen| screen.named("Saved").map(drop))?;
    assert!(std::fs::read_to_string(&file)?.contains(SOURCE));
    program.window.press("Ctrl+Q").ok();
    assert!(program.ended()?.success());

    let mut program = Program::start::<&str>(Path::new(BINARY), &display, home.path(), &[])?;
    program.window.settle()?;
    assert!(!program.window.screen()?.says("Unsaved changes from last time"), "and nothing is offered again");
    Ok(())
}

#[test]
fn a_cell_rated_in_the_matrix_changes_the_rank_until_it_is_undone() -> Result {
    let home = tempfile::tempdir()?;
    let file = home.path().join("opm-anthem.ron");
    std::fs::copy(CASE, &file)?;
    let display = Display::start(1280, 800)?;
    let mut program = Program::start(Path::new(BINARY), &display, home.path(), &[&file])?;
    let window = &mut program.window;
    opened(window)?;
    window.press("Ctrl+7")?;
    let says = |window: &mut Window, name: &str| {
        window.wait_for(&format!("“{name}”"), |screen| screen.named(name).map(drop))
    };
    // Two hypotheses share the first place, until evidence speaks against one of them.
    says(window, "Rank of H2: 1")?;
    says(window, "Margin of H4: level")?;
    let cell = |screen: &Screen| {
        let found = screen.widgets.iter().find(|widget| widget.label.starts_with("E1 against H2:"));
        found.map(|widget| widget.rect.center())
    };
    let at = window.wait_for("the cell of E1 against H2", cell)?;
    window.click_at(at)?;
    window.press("5")?;
    says(window, "Rank of H2: 2")?;
    says(window, "Rank of H4: 1")?;
    window.wait_for("that H4 leads", |screen| screen.says("Margin of H4: leads by").then_some(()))?;
    // The keys go on from the cell that was clicked.
    window.press("ArrowDown")?;
    window.press("5")?;
    window.wait_for("the rating of the cell below", |screen| {
        screen.widgets.iter().any(|widget| widget.label.starts_with("E2 against H2: split")).then_some(())
    })?;
    window.press("Ctrl+Z")?;
    window.press("Ctrl+Z")?;
    says(window, "Rank of H2: 1")?;
    says(window, "Margin of H4: level")
}

/// Adds a claim of a source that no case has, with the keyboard.
fn add_claim(window: &mut Window) -> Result {
    window.press("Ctrl+N")?;
    for (field, text) in [("source", SOURCE), ("actor", "Deep Panda"), ("confidence", "High")] {
        window.tab_to(&format!("New claim: {field}"))?;
        window.type_text(text)?;
    }
    window.press("Enter")?;
    window.wait_for_text(SOURCE)?;
    window.press("Escape")
}

/// Waits until the assessment stands in the window: the welcome page has no navigator.
fn opened(window: &mut Window) -> Result {
    window.wait_for("the navigator", |screen| screen.named("Navigator").map(drop))?;
    window.settle()
}

/// How many pairs of claims the shown incident has.
fn pairs(window: &mut Window) -> Result<usize> {
    window.wait_for("the number of pairs", pairs_on)
}

/// From the summary of the view: "105 pairs:".
fn pairs_on(screen: &Screen) -> Option<usize> {
    let number = |widget: &Widget| widget.value.strip_suffix(" pairs:")?.parse().ok();
    screen.widgets.iter().find_map(number)
}

/// How many frames are drawn while nobody does anything.
fn frames_while_idle(window: &mut Window) -> Result<u64> {
    window.settle()?;
    let before = window.screen()?.frames;
    std::thread::sleep(IDLE);
    Ok(window.screen()?.frames - before)
}
