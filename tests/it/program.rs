//! The real binary, as the command line runs it.

use std::process::{Command, Output};

use ascribe::model::Assessment;
use serde_json::Value;

/// Where it was built.
pub const PATH: &str = env!("CARGO_BIN_EXE_ascribe");

pub fn ascribe(args: &[&str]) -> Output {
    Command::new(PATH).args(args).output().unwrap()
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Runs a command and holds its exit code, and what it writes, against parts that must be in it.
pub fn check(args: &[&str], code: i32, out: &[&str], err: &[&str]) -> Output {
    let output = ascribe(args);
    let (found_out, found_err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{args:?}\n{found_out}\n{found_err}");
    for (found, parts) in [(&found_out, out), (&found_err, err)] {
        for part in parts {
            assert!(found.contains(part), "{args:?}: {part:?} is missing from\n{found}");
        }
    }
    output
}

/// What `ascribe score` says of a file, which it must be able to read.
pub fn score(file: &str, args: &[&str]) -> Output {
    let output = ascribe(&[&["score", file], args].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

/// The same of an assessment, by way of a file.
pub fn score_of(assessment: &Assessment, args: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("case.ron");
    ascribe::store::save(&file, assessment).unwrap();
    score(file.to_str().unwrap(), args)
}

/// What stands on standard output as JSON.
pub fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}
