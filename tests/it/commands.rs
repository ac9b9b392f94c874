//! The commands that work without a display, through the real binary.

use std::path::Path;

use crate::program::{check, text};
use crate::store::golden;

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A copy of a golden file, changed, in a folder of its own.
fn copy(name: &str, change: impl Fn(String) -> String) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("case.ron");
    let content = change(std::fs::read_to_string(golden(name)).unwrap());
    ascribe::store::replace(&file, content.as_bytes()).unwrap();
    (folder, path(&file).to_owned())
}

#[test]
fn check_says_what_is_wrong_and_where() {
    let sound = golden("complete.ron");
    let output = check(&["check", path(&sound)], 0, &[], &["0 errors, 0 warnings"]);
    assert_eq!(text(&output.stdout), "");

    let (_folder, warned) =
        copy("complete.ron", |text| text.replace("gradings: [(reliability: F)]", "gradings: []"));
    check(
        &["check", &warned],
        0,
        &[&format!("{warned}:22:"), ": warning: sources[1].gradings: "],
        &["1 warning"],
    );

    let (_folder, wrong) = copy("complete.ron", |text| text.replace("low: 0.55", "low: 5.5"));
    let output = check(
        &["-q", "check", path(&sound), &wrong],
        1,
        &[&format!("{wrong}:38:"), ": error: claims[0]."],
        &[],
    );
    assert_eq!(text(&output.stderr), "", "quiet");
    assert_eq!(text(&output.stdout).lines().count(), 2, "the bound, and the order of the two");

    check(
        &["check", "nothing.ron", &wrong],
        2,
        &[": error: "],
        &["error: nothing.ron: there is no such file"],
    );
    check(&["check"], 2, &[], &["FILE"]);
}

#[test]
fn fmt_rewrites_in_place_and_keeps_a_backup() {
    let canonical = std::fs::read_to_string(golden("layout.canonical.ron")).unwrap();
    let (folder, file) = copy("layout.other.ron", |text| text);
    let before = std::fs::read_to_string(&file).unwrap();

    check(&["fmt", "--check", &file], 1, &["is not in the canonical layout"], &[]);
    let output = check(&["fmt", &file, "-o", "-"], 0, &[], &[]);
    assert_eq!(text(&output.stdout), canonical);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), before, "nothing was written over");

    check(&["fmt", &file], 0, &[], &["wrote ", "comments have no place"]);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), canonical);
    assert_eq!(std::fs::read_to_string(folder.path().join("case.ron.bak")).unwrap(), before);

    // What is in its layout already is not touched.
    check(&["fmt", "--check", &file], 0, &[], &[]);
    check(&["fmt", &file], 0, &[], &[]);
    assert_eq!(std::fs::read_to_string(folder.path().join("case.ron.bak")).unwrap(), before);
}

#[test]
fn fmt_refuses_what_it_would_lose() {
    let (_folder, file) = copy("complete.ron", |text| text.replace("level: Class", "level: Klass"));
    let before = std::fs::read(&file).unwrap();
    check(&["fmt", &file], 1, &[], &[&format!("{file}:"), "did you mean `Class`?"]);
    assert_eq!(std::fs::read(&file).unwrap(), before);
    check(&["fmt", "a.ron", "b.ron", "-o", "c.ron"], 2, &[], &["several files"]);
}

#[test]
fn migrate_writes_the_newest_format() {
    let canonical = std::fs::read_to_string(golden("layout.canonical.ron")).unwrap();
    let (folder, file) = copy("layout.other.ron", |text| text);
    let out = folder.path().join("new.ron");
    check(&["migrate", &file, "-o", path(&out)], 0, &[], &["wrote "]);
    assert_eq!(std::fs::read_to_string(&out).unwrap(), canonical);
    let output = check(&["migrate", &file, "-o", "-"], 0, &[], &[]);
    assert_eq!(text(&output.stdout), canonical);

    check(&["migrate", &file], 2, &[], &["--output"]);
    let nowhere = folder.path().join("no/where.ron");
    check(&["migrate", &file, "-o", path(&nowhere)], 2, &[], &["was not saved", "its folder does not exist"]);
    let (_folder, newer) = copy("complete.ron", |text| text.replace("format: 1", "format: 9"));
    check(&["migrate", &newer, "-o", "-"], 1, &[], &["the file has format 9"]);
}

#[test]
fn help_has_examples_and_shells_are_served() {
    check(&["--help"], 0, &["Examples:", "Exit codes:"], &[]);
    for command in ["check", "fmt", "migrate", "completions", "man"] {
        check(&[command, "--help"], 0, &["Examples:", &format!("ascribe {command}")], &[]);
    }
    check(&["completions", "bash"], 0, &["ascribe", "migrate"], &[]);
    check(&["man"], 0, &[".TH ascribe 1"], &[]);
    check(&["chekc"], 2, &[], &[]);
    check(&["--version"], 0, &[env!("CARGO_PKG_VERSION")], &[]);
}
