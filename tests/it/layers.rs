//! Holds the architecture: which room of `src/` may mention which, and what must stay out of each.
//!
//! It reads the source as tokens, so that comments and texts do not count, and leaves out test code: the rules are
//! about what ships. ARCHITECTURE.md has the reasons.

mod source;

use std::path::{Path, PathBuf};

use source::{Mention, Source};

/// The longest a file may be. A longer one hides more than one subject.
const MAX_LINES: usize = 600;

/// What a rule forbids.
#[derive(Clone, Copy)]
enum Forbidden {
    /// A path that contains these segments one after the other, however it was imported.
    Path(&'static [&'static str]),
    /// These tokens one after the other.
    Tokens(&'static [&'static str]),
}

use Forbidden::{Path as ByPath, Tokens as ByTokens};

const WINDOW: &[Forbidden] = &[
    ByPath(&["egui"]),
    ByPath(&["eframe"]),
    ByPath(&["egui_plot"]),
    ByPath(&["egui_table"]),
    ByPath(&["egui_tiles"]),
];
const DIALOGS: &[Forbidden] = &[ByPath(&["rfd"])];
const FILES: &[Forbidden] =
    &[ByPath(&["std", "fs"]), ByPath(&["fs", "File"]), ByPath(&["tempfile"]), ByPath(&["directories"])];
const CLOCK: &[Forbidden] = &[
    ByPath(&["SystemTime"]),
    ByPath(&["Instant"]),
    ByPath(&["Timestamp", "now"]),
    ByPath(&["Zoned", "now"]),
    ByPath(&["Uuid", "now_v7"]),
];
const RANDOM: &[Forbidden] =
    &[ByPath(&["rand"]), ByPath(&["getrandom"]), ByPath(&["Uuid", "new_v4"]), ByPath(&["Uuid", "now_v7"])];
const WIRE: &[Forbidden] = &[ByPath(&["serde"]), ByPath(&["ron"]), ByPath(&["serde_json"])];
const THREADS: &[Forbidden] = &[ByPath(&["thread", "spawn"]), ByPath(&["thread", "Builder"])];
/// Whoever cannot hold a document mutably cannot apply an edit to it.
const CHANGES: &[Forbidden] = &[
    ByPath(&["apply_all"]),
    ByPath(&["Edit", "apply"]),
    ByPath(&["Document", "commit"]),
    ByTokens(&["&", "mut", "Assessment"]),
    ByTokens(&["&", "mut", "Document"]),
];

/// One room: a folder or file directly under `src/`.
struct Room {
    name: &'static str,
    may_mention: &'static [&'static str],
    never: &'static [&'static [Forbidden]],
}

const EVERY_ROOM: &[&str] =
    &["model", "analysis", "edit", "store", "exchange", "report", "sample", "ui", "cli", "app"];

/// The rooms, from the inside out.
const ROOMS: &[Room] = &[
    Room { name: "model", may_mention: &[], never: &[WINDOW, DIALOGS, FILES, CLOCK, RANDOM, WIRE] },
    Room { name: "analysis", may_mention: &["model"], never: &[WINDOW, DIALOGS, FILES, CLOCK, RANDOM] },
    Room { name: "edit", may_mention: &["model"], never: &[WINDOW, DIALOGS, FILES, CLOCK] },
    Room { name: "store", may_mention: &["model", "edit"], never: &[WINDOW, DIALOGS] },
    Room { name: "exchange", may_mention: &["model"], never: &[WINDOW, DIALOGS] },
    Room { name: "report", may_mention: &["model", "analysis"], never: &[WINDOW, DIALOGS] },
    Room { name: "sample", may_mention: &["model"], never: &[WINDOW, DIALOGS, FILES, CLOCK, RANDOM] },
    Room {
        name: "ui",
        may_mention: &["model", "analysis", "report", "edit"],
        never: &[DIALOGS, FILES, CHANGES],
    },
    Room { name: "cli", may_mention: EVERY_ROOM, never: &[WINDOW, DIALOGS] },
    Room { name: "app", may_mention: EVERY_ROOM, never: &[] },
    Room { name: "lib", may_mention: EVERY_ROOM, never: &[] },
    Room { name: "main", may_mention: EVERY_ROOM, never: &[] },
];

/// The only place that starts threads: it names them, counts them and can stop them.
const THREADS_ARE_STARTED_IN: &[&str] = &["app", "jobs"];

/// Everything that is wrong with one file, `modules` being its place: `["ui", "charts", "who"]`.
fn faults(modules: &[&str], text: &str) -> Vec<String> {
    let Some(room) = modules.first().and_then(|name| ROOMS.iter().find(|room| room.name == *name)) else {
        return vec![format!("{modules:?} belongs to no room; list it in ROOMS")];
    };
    let source = Source::read(text);
    let mut found = Vec::new();
    for Mention { line, path } in &source.mentions {
        let Some(other) = room_of(modules, path) else { continue };
        let known = ROOMS.iter().any(|room| room.name == other);
        if known && other != room.name && !room.may_mention.contains(&other) {
            found.push(format!("line {line}: {} may not know {other}", room.name));
        }
    }
    for rule in room.never.iter().copied().flatten() {
        breaches(&source, *rule, room.name, &mut found);
    }
    if !modules.starts_with(THREADS_ARE_STARTED_IN) {
        for rule in THREADS {
            breaches(&source, *rule, "everything but app/jobs", &mut found);
        }
    }
    found
}

/// The room, or other module of the crate's root, that a path leads into from a module.
fn room_of<'path>(modules: &[&str], path: &'path [String]) -> Option<&'path str> {
    let mut at_root = false;
    let mut depth = modules.len();
    for segment in path {
        match segment.as_str() {
            "crate" => at_root = true,
            "self" => {}
            "super" => {
                depth = depth.saturating_sub(1);
                at_root = depth == 0;
            }
            name => return at_root.then_some(name),
        }
    }
    None
}

fn breaches(source: &Source, rule: Forbidden, whose: &str, found: &mut Vec<String>) {
    match rule {
        ByPath(forbidden) => {
            for Mention { line, path } in &source.mentions {
                if path.windows(forbidden.len()).any(|part| part == forbidden) {
                    found.push(format!("line {line}: `{}` stays out of {whose}", forbidden.join("::")));
                }
            }
        }
        ByTokens(forbidden) => {
            for part in source.tokens.windows(forbidden.len()) {
                if part.iter().map(|token| token.text.as_str()).eq(forbidden.iter().copied()) {
                    found.push(format!(
                        "line {}: `{}` stays out of {whose}",
                        part[0].line,
                        forbidden.join(" ")
                    ));
                }
            }
        }
    }
}

/// Every Rust file under `src/`, with its text.
fn files() -> Vec<(PathBuf, String)> {
    let mut waiting = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut files = Vec::new();
    while let Some(place) = waiting.pop() {
        if place.is_dir() {
            waiting.extend(std::fs::read_dir(&place).unwrap().map(|entry| entry.unwrap().path()));
        } else if place.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&place).unwrap();
            files.push((place, text));
        }
    }
    files.sort();
    files
}

/// `src/ui/charts/mod.rs` is `["ui", "charts"]`; the files of tests have no place.
fn modules_of(file: &Path) -> Option<Vec<String>> {
    let relative =
        file.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap().with_extension("");
    let mut modules: Vec<String> = relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if modules.last().is_some_and(|last| last == "mod") {
        modules.pop();
    }
    (!modules.iter().any(|module| module == "tests")).then_some(modules)
}

#[test]
fn every_room_knows_only_what_it_may() {
    let mut found = Vec::new();
    for (file, text) in files() {
        let Some(modules) = modules_of(&file) else { continue };
        let modules: Vec<&str> = modules.iter().map(String::as_str).collect();
        found.extend(faults(&modules, &text).into_iter().map(|fault| format!("{}: {fault}", file.display())));
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn no_file_is_longer_than_its_subject() {
    for (file, text) in files() {
        let lines = text.lines().count();
        assert!(lines <= MAX_LINES, "{} has {lines} lines; at most {MAX_LINES}", file.display());
    }
}

mod the_checker_itself {
    use super::faults;

    #[track_caller]
    fn check(place: &str, text: &str, expect: &[&str]) {
        let modules: Vec<&str> = place.split('/').collect();
        assert_eq!(faults(&modules, text), expect, "{place}: {text}");
    }

    #[test]
    fn sees_a_room_however_it_is_mentioned() {
        let fault = &["line 1: ui may not know store"];
        check("ui/a", "use crate::store::load;", fault);
        check("ui/a", "use crate::{model::Claim, store::load};", fault);
        check("ui/a", "use crate::{model::{Claim, Actor}, store};", fault);
        check("ui/a", "fn f() { crate::store::load() }", fault);
        check("ui/a", "use super::super::store::load;", fault);
        check("ui/a/b", "use super::super::super::{store as disk};", fault);
        check("ui", "use super::store;", fault);
        check("model/a", "\n\nuse crate::edit::Edit;", &["line 3: model may not know edit"]);
        check("edit", "use crate::analysis;", &["line 1: edit may not know analysis"]);
    }

    #[test]
    fn lets_pass_what_is_allowed() {
        check("ui/a", "use crate::{analysis::relate, edit::Transaction, model::Claim, ui::tokens};", &[]);
        check("ui/a", "use super::store; use super::super::model;", &[]);
        check("app/run", "use crate::store::load; use crate::ui;", &[]);
        check("cli", "use std::fs; use crate::store;", &[]);
        check("model/a", "use std::fmt; struct Instantaneous; fn serde_free() {}", &[]);
    }

    #[test]
    fn reads_neither_comments_nor_texts_nor_tests() {
        check("model", "// use crate::store;\n/* crate::ui /* nested */ std::fs */ //! egui", &[]);
        check(
            "model",
            r##"const A: &str = "crate::store \" std::fs"; const B: &str = r#"egui " egui"#;"##,
            &[],
        );
        check(
            "model",
            "const A: char = '\"'; const B: &'static str = \"egui::x\"; const C: u8 = b'\\'';",
            &[],
        );
        check("model", "#[cfg(test)] mod tests { use std::fs; fn f() { egui::x() } }\nuse std::fmt;", &[]);
        check("model", "#[cfg(test)]\n#[path = \"x.rs\"]\nmod tests;", &[]);
        let after = "#[cfg(test)] mod tests { mod inner {} } use std::fs;";
        check("model", after, &["line 1: `std::fs` stays out of model"]);
    }

    #[test]
    fn sees_what_a_room_must_not_touch() {
        check("model", "use std::{fmt, fs};", &["line 1: `std::fs` stays out of model"]);
        check("model", "let t = jiff::Timestamp::now();", &["line 1: `Timestamp::now` stays out of model"]);
        check("model", "use std::time::Instant;", &["line 1: `Instant` stays out of model"]);
        check("model", "#[derive(serde::Serialize)]", &["line 1: `serde` stays out of model"]);
        check(
            "analysis/x",
            "use eframe::egui::Ui;",
            &["line 1: `egui` stays out of analysis", "line 1: `eframe` stays out of analysis"],
        );
        check("ui/x", "fn f(a: &mut Assessment) {}", &["line 1: `& mut Assessment` stays out of ui"]);
        check("ui/x", "fn f(a: &'a mut Document) {}", &["line 1: `& mut Document` stays out of ui"]);
        check("ui/x", "Edit::apply(edit, a);", &["line 1: `Edit::apply` stays out of ui"]);
        check("ui/x", "use rfd::AsyncFileDialog;", &["line 1: `rfd` stays out of ui"]);
    }

    #[test]
    fn sees_threads_that_nobody_joins() {
        let fault = &["line 1: `thread::spawn` stays out of everything but app/jobs"];
        check("store/load", "std::thread::spawn(work);", fault);
        check("app/run", "use std::thread; thread::spawn(work);", fault);
        check("app/run", "use std::thread::{self, spawn};", fault);
        check("app/jobs", "std::thread::spawn(work);", &[]);
        check("app/jobs/pool", "thread::Builder::new();", &[]);
    }

    #[test]
    fn wants_every_room_listed() {
        check("cellar/x", "", &[r#"["cellar", "x"] belongs to no room; list it in ROOMS"#]);
    }
}
