//! Makes pictures of every view by driving the real program: `pictures PROGRAM CASES OUT`, where PROGRAM is built with
//! the feature `inspection` and CASES is a folder of assessments. `scripts/pictures` calls it.

#[path = "../tests/support/mod.rs"]
#[allow(dead_code, reason = "shared with the end-to-end test, which uses more of it")]
mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use ascribe::ui::views::ViewKind;
use support::Result;
use support::display::Display;
use support::inspect::Window;
use support::program::Program;

const SIZES: [(u32, u32); 2] = [(1280, 800), (1920, 1080)];
/// What stands over a view, and the key that opens it.
const OVERLAYS: [(&str, &str); 2] = [("palette", "Ctrl+K"), ("shortcuts", "F1")];
const SAMPLE_CLAIMS: &str = "10000";

/// Where the pictures go, and how many there are.
struct Album {
    folder: PathBuf,
    count: usize,
}

fn main() -> Result {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [program, cases, folder] = arguments.as_slice() else {
        return Err("usage: pictures PROGRAM CASES OUT".into());
    };
    std::fs::create_dir_all(folder)?;
    let mut album = Album { folder: folder.clone(), count: 0 };
    // The path stands in the pictures.
    let scratch = tempfile::Builder::new().prefix("cases-").rand_bytes(3).tempdir()?;
    let display = Display::start(1920, 1080)?;

    for case in assessments(program, cases, scratch.path())? {
        let name = case.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        // A copy, so that nothing can happen to the case.
        let copy = scratch.path().join(format!("{name}.ron"));
        if copy != case {
            std::fs::copy(&case, &copy)?;
        }
        for size in SIZES {
            // A program and a home of its own for each size, so that no layout is remembered.
            let home = tempfile::tempdir()?;
            let mut running = Program::start(program, &display, home.path(), &[&copy])?;
            report(&name, &running);
            opened(&mut running.window)?;
            album.in_both_themes(&mut running.window, size, &mut |album, window, look| {
                album.every_view(window, &name, look)
            })?;
        }
    }
    let home = tempfile::tempdir()?;
    let mut running = Program::start::<&str>(program, &display, home.path(), &[])?;
    for size in SIZES {
        album.in_both_themes(&mut running.window, size, &mut |album, window, look| {
            album.shoot(window, "start", "welcome", look)
        })?;
    }
    report(&format!("{} pictures in {}", album.count, folder.display()), &running);
    Ok(())
}

/// The worked cases, and a large synthetic assessment.
fn assessments(program: &Path, cases: &Path, scratch: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(cases)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "ron") {
            files.push(path);
        }
    }
    files.sort();
    let sample = scratch.join("sample.ron");
    let status = Command::new(program)
        .args(["sample", "--claims", SAMPLE_CLAIMS, "--seed", "1", "-o"])
        .arg(&sample)
        .status()?;
    if !status.success() {
        return Err(format!("ascribe sample ended with {status}").into());
    }
    files.push(sample);
    Ok(files)
}

/// Waits until the assessment stands in the window: the welcome page has no navigator.
fn opened(window: &mut Window) -> Result {
    window.wait_for("the navigator", |screen| screen.named("Navigator").map(drop))
}

#[expect(clippy::print_stdout, reason = "a program for developers, which says what it does")]
fn report(what: &str, running: &Program) {
    println!("{what}: first frame after {} ms", running.first_frame_after.as_millis());
}

impl Album {
    fn every_view(&mut self, window: &mut Window, case: &str, look: &str) -> Result {
        for view in ViewKind::ALL {
            match view.key() {
                Some(key) => window.press(&format!("Ctrl+{}", key.name()))?,
                None => window.click(view.label())?,
            }
            self.shoot(window, case, &format!("{view:?}").to_lowercase(), look)?;
        }
        for (overlay, key) in OVERLAYS {
            window.press(key)?;
            self.shoot(window, case, overlay, look)?;
            window.press("Escape")?;
        }
        Ok(())
    }

    /// Lets `work` take its pictures in the dark theme and then in the light one.
    fn in_both_themes(
        &mut self,
        window: &mut Window,
        (width, height): (u32, u32),
        work: &mut dyn FnMut(&mut Self, &mut Window, &str) -> Result,
    ) -> Result {
        window.resize(width, height)?;
        // Without a desktop there is no preference of the system; the program then starts dark.
        for theme in ["dark", "light"] {
            work(self, window, &format!("{theme}-{width}x{height}"))?;
            window.press("Ctrl+Shift+T")?;
        }
        Ok(())
    }

    #[expect(clippy::disallowed_methods, reason = "a picture is no document; the last run's may be lost")]
    fn shoot(&mut self, window: &mut Window, case: &str, view: &str, look: &str) -> Result {
        window.leave()?;
        std::fs::write(self.folder.join(format!("{case}-{view}-{look}.png")), window.picture()?.bytes)?;
        self.count += 1;
        Ok(())
    }
}
