//! Files that are broken in some way: each gives a clear error with its place and a mend.

use std::path::Path;

use ascribe::model::validate::Severity;
use ascribe::store::{self, LoadError};

const HEADER: &str = "header: (id: \"0190163d-8694-739b-aea5-966c26f8ad91\", title: \"T\", marking: Clear, \
     standard: Icd203, created: \"2026-01-02T03:04:05Z\", updated: \"2026-01-02T03:04:05Z\"),";

/// A document whose tables begin on line 4.
fn document(tables: &str) -> String {
    format!("Assessment(\nformat: 1,\n{HEADER}\n{tables})\n")
}

/// Holds the errors of a text against "LINE:COLUMN path", a part of the message and a part of the mend.
fn check(text: &str, expect: &[(&str, &str, &str)]) {
    let parsed = store::parse(text.as_bytes());
    let errors: Vec<_> =
        parsed.problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
    assert_eq!(errors.len(), expect.len(), "{errors:#?}\nin {text}");
    for (error, (place, message, mend)) in errors.into_iter().zip(expect) {
        assert_eq!(format!("{} {}", error.place, error.path).trim_end(), *place, "{error:#?}\nin {text}");
        assert!(error.message.contains(message), "{error:#?}");
        assert!(error.mend.contains(mend) && !error.mend.is_empty(), "{error:#?}");
    }
}

/// Holds the one error of an actor, which stands on line 5, against column, path within it, message and mend.
fn check_actor(fields: &str, (place, message, mend): (&str, &str, &str)) {
    let place = place.split_once(' ').map_or_else(
        || format!("5:{place} actors[0]"),
        |(column, path)| format!("5:{column} actors[0].{path}"),
    );
    check(&document(&format!("actors: [\n({fields}),\n],\n")), &[(&place, message, mend)]);
}

const ID: &str = "id: \"00000000-0000-7000-8000-000000000001\"";

#[test]
fn no_assessment_at_all() {
    check("", &[("1:1", "the file is empty", "begin a new assessment")]);
    check(" \n // only a comment\n", &[("3:1", "the file is empty", "")]);
    check("{\"a\": 1}", &[("1:1", "this is no assessment", "ascribe import")]);
    check("<html>", &[("1:1", "this is no assessment", "")]);
    check("#!/bin/sh\n", &[("1:2", "another form than \"#![enable(implicit_some)]\"", "like that")]);
    check("/* never closed", &[("1:16", "the file ends within a comment", "backup")]);
}

#[test]
fn binary() {
    let parsed = store::parse(b"Assessment(\n  format: \xff");
    let [problem] = parsed.problems.as_slice() else { panic!("{:?}", parsed.problems) };
    assert_eq!(problem.place.to_string(), "2:11");
    assert!(problem.message.contains("0xff is not UTF-8"), "{problem}");
    check("\u{0}\u{1}\u{2}", &[("1:1", "this is no assessment", "")]);
}

#[test]
fn another_format() {
    check(
        "Assessment(format: 2)",
        &[("1:20 format", "the file has format 2", "a version of Ascribe that knows")],
    );
    check("Assessment(format: \"1\")", &[("1:20 format", "\"1\" is not the number", "format: 1")]);
    check("Assessment(format: 0)", &[("1:20 format", "0 is not the number", "format: 1")]);
    check(&format!("Assessment({HEADER})"), &[("1:1 format", "the format is missing", "format: 1")]);
    check("Assessment(format: 1)", &[("1:1 header", "the header is missing", "header: (")]);
}

#[test]
fn truncated() {
    check("Assessment(\nformat: 1,", &[("2:11", "but the \"(\" of line 1 is still open", "backup")]);
    check(
        "Assessment(\nformat: 1,\nactors: [\n(id: \"0",
        &[("4:8", "the file ends within a text that begins on line 4", "backup")],
    );
    check(
        "Assessment(\nformat: 1,\nactors: [\n(id: \"0\",",
        &[(
            "4:10",
            "the \"(\" of line 1, the \"[\" of line 3 and the \"(\" of line 4 are still open",
            "backup",
        )],
    );
}

#[test]
fn broken_structure() {
    check(&document("actors: (),\n"), &[("4:9", "`actors` is a list", "actors: [")]);
    check(&document("actors: [}\n],\n"), &[("4:10", "a value is missing", "")]);
    check(&document("actors: [,],\n"), &[("4:10", "a value is missing", "")]);
    check(&document("actors: [],\nactors: [],\n"), &[("5:1", "a second time, after line 4", "one table")]);
    check(&document("actor: [],\n"), &[("4:1", "no field `actor`", "did you mean `actors`?")]);
    check(&document("zzzzzzzz: [],\n"), &[("4:1", "no field `zzzzzzzz`", "known here: `format`")]);
    check(&format!("{}x", document("")), &[("5:1", "more text after the end", "")]);
    let deep = format!("actors: [{}", "(".repeat(100_000));
    check(&document(&deep), &[("4:72", "more than 64 deep", "")]);
}

/// A broken line takes only itself with it.
#[test]
fn broken_lines_do_not_hide_each_other() {
    let good = "        (id: \"00000000-0000-7000-8000-000000000001\", name: \"A\", level: State),\n";
    let unclosed = "        (id: \"00000000-0000-7000-8000-000000000002\", name: \"A, level: State),\n";
    let wrong = "        (id: \"00000000-0000-7000-8000-000000000003\", name: \"A\", level: Country),\n";
    let bracket =
        "        (id: \"00000000-0000-7000-8000-000000000004\", name: \"A\", belongs_to: [, level: State),\n";
    let claim = "        (id: \"00000000-0000-7000-8000-000000000005\"),\n";
    check(
        &document(&format!(
            "    actors: [\n{unclosed}{good}{wrong}{bracket}    ],\n    claims: [\n{claim}    ],\n"
        )),
        &[
            ("5:61 actors[0].name", "a text does not end", ""),
            ("7:72 actors[2].level", "`Country` is not one of the values", "known here: `Class`"),
            ("8:78 actors[3].belongs_to[0]", "a text is expected", ""),
            ("11:9 claims[0]", "the field `source` is missing", "source: …"),
        ],
    );
}

#[test]
fn fields() {
    check_actor(&format!("{ID}, name: \"A\""), ("1", "the field `level` is missing", "level: …"));
    check_actor(
        &format!("{ID}, name: \"A\", level: State, alias: []"),
        ("76 alias", "no field `alias`", "did you mean `aliases`?"),
    );
    check_actor(
        &format!("{ID}, name: \"A\", name: \"B\", level: State"),
        ("57", "`name` stands here a second time", "remove"),
    );
    check_actor(
        &format!("{ID}, name: \"A\", level: Stat"),
        ("64 level", "`Stat` is not one of the values", "did you mean `State`?"),
    );
    check_actor(
        &format!("{ID}, name: 7, level: State"),
        ("52 name", "a text is expected", "quotation marks"),
    );
    check_actor(
        "id: \"x\", name: \"A\", level: State",
        ("6 id", "\"x\" is not an identifier", "a UUID with hyphens"),
    );
    check_actor(
        "id: \"00000000000070008000000000000001\", name: \"A\", level: State",
        ("6 id", "is not an identifier", "hyphens"),
    );
    check_actor(
        &format!("{ID}, name: \"A\", level: State, aliases: [(name: \"B\"), (nam: \"C\")]"),
        ("98 aliases[1].nam", "no field `nam`", "did you mean `name`?"),
    );
}

#[test]
fn values() {
    let incident = |period: &str| format!("incidents: [\n({ID}, name: \"A\", period: ({period})),\n],\n");
    check(
        &document(&incident("from: \"2015-13\"")),
        &[("5:72 incidents[0].period.from", "\"2015-13\" is not in the calendar", "")],
    );
    check(
        &document(&incident("from: \"June\"")),
        &[("5:72 incidents[0].period.from", "\"June\" is not a date", "write a year")],
    );
    check(
        &document(&incident("from: \"2020\", to: \"2019\"")),
        &[("5:65 incidents[0].period", "it ends (2019) before it begins (2020)", "exchange")],
    );
}

#[test]
fn what_does_not_hold_has_its_place() {
    let hypothesis = |prior: &str| {
        format!(
            "incidents: [\n({ID}, name: \"A\"),\n],\nhypotheses: [\n({ID}, incident: \"00000000-0000-7000-8000-000000000001\", answer: Text(\"x\"), prior: {prior}),\n],\n"
        )
    };
    for number in ["NaN", "inf", "-inf", "1.5", "-0.1", "1e999"] {
        check(&document(&hypothesis(number)), &[("8:122 hypotheses[0].prior", "", "a number from 0 to 1")]);
    }
    let actor = |number: u8, name: &str, wider: u8| {
        format!(
            "(id: \"00000000-0000-7000-8000-00000000000{number}\", name: \"{name}\", level: State, belongs_to: [\"00000000-0000-7000-8000-00000000000{wider}\"]),\n"
        )
    };
    check(
        &document(&format!("actors: [\n{}{}],\n", actor(1, "A", 2), actor(2, "B", 1))),
        &[("5:83 actors[0].belongs_to", "\"A\" belongs to \"B\" belongs to \"A\"", "remove one")],
    );
    check(
        &document(&format!("actors: [\n{}],\n", actor(1, "A", 2))),
        &[("5:83 actors[0].belongs_to", "no actor with the identifier", "add that actor")],
    );
    check(
        &document(&format!(
            "actors: [\n({ID}, name: \"A\", level: State),\n({ID}, name: \"B\", level: State),\n],\n"
        )),
        &[("6:1 actors[1]", "a second time, after line 5", "delete one")],
    );
}

#[test]
fn what_is_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let check = |path: &Path, expect: &[&str]| {
        let error = store::load(path).unwrap_err();
        let message = error.to_string();
        assert!(!matches!(error, LoadError::Problems(_)), "{message}");
        assert!(expect.iter().all(|part| message.contains(part)), "{message}");
    };
    check(folder.path(), &["is a folder, not a file"]);
    check(&folder.path().join("nothing.ron"), &["there is no such file", "check the name"]);
    let file = tempfile::NamedTempFile::new().unwrap();
    check(&file.path().join("below-a-file.ron"), &["cannot be read"]);
    #[cfg(unix)]
    check(Path::new("/dev/null"), &["a pipe or a device"]);

    // A file with a hole has the size without needing the room.
    file.as_file().set_len(store::SIZE_LIMIT + 1).unwrap();
    check(file.path(), &["1024 MiB", "split it"]);
}

/// A file that may not be read, and a disk that is full, through the real program.
#[test]
#[cfg(target_os = "linux")]
fn what_the_system_refuses() {
    use std::os::unix::fs::PermissionsExt;
    use std::process::{Command, Stdio};

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.ron");
    store::save(&path, &ascribe::model::Assessment::default()).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    let program = crate::program::PATH;
    // The administrator reads everything, unless that right is laid down.
    let mut command = if std::fs::read(&path).is_ok() {
        let mut command = Command::new("setpriv");
        command.args(["--bounding-set=-dac_override,-dac_read_search", program]);
        command
    } else {
        Command::new(program)
    };
    let output = command.arg("check").arg(&path).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("secret.ron: you are not allowed to read it; ask its owner"), "{said}");

    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let sample = ["sample", "--claims", "10", "--seed", "1", "-o", "-"];
    let output = Command::new(program)
        .args(sample)
        .stdout(full)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
        .wait_with_output();
    let output = output.unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("cannot write the output: No space left"), "{said}");
}

#[test]
fn a_refused_file_lists_its_problems() {
    let mut lines = String::new();
    for _ in 0..30 {
        lines.push_str("(id: \"x\"),\n");
    }
    let file = tempfile::NamedTempFile::new().unwrap();
    std::io::Write::write_all(&mut file.as_file(), document(&format!("actors: [\n{lines}],\n")).as_bytes())
        .unwrap();
    let message = store::load(file.path()).unwrap_err().to_string();
    assert_eq!(message.lines().count(), 21, "{message}");
    assert!(message.ends_with("and 10 more; \"ascribe check\" lists all of them"), "{message}");
}

#[test]
fn what_the_window_can_make_it_can_open_again() {
    let id = |number: u8| format!("00000000-0000-7000-8000-00000000000{number}");
    let with_claims = |claims: &str| {
        let (a, b, c) = (id(1), id(2), id(3));
        document(&format!(
            "sources: [\n(id: \"{a}\", name: \"S\", kind: Press),\n],\n\
             actors: [\n(id: \"{b}\", name: \"A\", level: State),\n],\n\
             incidents: [\n(id: \"{c}\", name: \"I\"),\n],\nclaims: [\n{claims}],\n"
        ))
    };
    let claim =
        |number: u8, rest: &str| format!("(id: \"{}\", source: \"{}\", {rest}),\n", id(number), id(1));
    let says = |actors: &str| {
        format!("proposition: Attribution(incident: \"{}\", actors: [{actors}], role: Perpetrator)", id(3))
    };
    let actor = format!("\"{}\"", id(2));
    let nobody = id(9);
    let check = |claims: String, opens: bool, message: &str| {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::io::Write::write_all(&mut file.as_file(), with_claims(&claims).as_bytes()).unwrap();
        let found = match store::load(file.path()) {
            Ok(loaded) => {
                assert!(opens, "it was opened: {claims}");
                loaded.problems
            }
            Err(LoadError::Problems(problems)) => {
                assert!(!opens, "it was not opened: {problems:#?}");
                problems
            }
            Err(error) => panic!("{error}"),
        };
        assert!(found.iter().any(|problem| problem.message.contains(message)), "{found:#?}");
    };
    check(claim(4, &format!("{}, stance: Asserts", says(""))), true, "names nobody");
    check(claim(4, &format!("{}, stance: Declines", says(&actor))), true, "declines to name anybody");
    let reversed = format!("{}, stance: Asserts, covers: (from: \"2020\", to: \"2019\")", says(&actor));
    check(claim(4, &reversed), true, "before it begins");
    let repeats = |other: u8| format!("{}, stance: Asserts, repeats: [\"{}\"]", says(&actor), id(other));
    check(format!("{}{}", claim(4, &repeats(5)), claim(5, &repeats(4))), true, "circular reporting: ");
    let superseded =
        |other: u8| format!("{}, stance: Asserts, status: Superseded(by: \"{}\")", says(&actor), id(other));
    check(format!("{}{}", claim(4, &superseded(5)), claim(5, &superseded(4))), true, "in a circle");
    check(
        claim(4, &format!("{}, stance: Asserts", says(&format!("\"{nobody}\"")))),
        false,
        "there is no actor",
    );
}
