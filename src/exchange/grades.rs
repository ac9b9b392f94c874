//! Grades on the Admiralty scale, as they stand in a cell.

use std::collections::HashMap;

use super::cells::Fault;
use crate::model::{Credibility, GradeOverride, Grading, Id, Reliability, Source};

/// Reads a reliability: `B`, `B · Usually reliable`, `usually reliable`, or the letter of an Admiralty grade such as `B2`.
pub(super) fn reliability(cell: &str) -> Result<Option<Reliability>, Fault> {
    let text = cell.trim().to_lowercase();
    let is = |grade: &&Reliability| {
        let letter = grade.letter().to_ascii_lowercase();
        let rest = text.strip_prefix(letter);
        let is_letter = rest.is_some_and(|rest| rest.is_empty() || matches!(rest.as_bytes(), [b'1'..=b'6']));
        let label = grade.label().to_lowercase();
        is_letter || label == text || label.split_once(" · ").is_some_and(|(_, name)| name == text)
    };
    grade(cell, Reliability::ALL.iter().find(is).copied(), "a reliability", "write A, B, C, D, E or F")
}

/// Reads a credibility: `2`, `2 · Probably true`, `probably true`, or the digit of an Admiralty grade such as `B2`.
pub(super) fn credibility(cell: &str) -> Result<Option<Credibility>, Fault> {
    let text = cell.trim().to_lowercase();
    let is = |grade: &&Credibility| {
        let digit = grade.digit().to_string();
        let before = text.strip_suffix(&digit);
        let is_digit = before.is_some_and(|rest| rest.is_empty() || matches!(rest.as_bytes(), [b'a'..=b'f']));
        let label = grade.label().to_lowercase();
        is_digit || label == text || label.split_once(" · ").is_some_and(|(_, name)| name == text)
    };
    grade(cell, Credibility::ALL.iter().find(is).copied(), "a credibility", "write a digit from 1 to 6")
}

/// Grades new sources as most of what is stated of each; where as much says one thing as another, the first one said holds.
pub(super) fn grade_new(sources: &mut [Source], stated: impl IntoIterator<Item = (Id<Source>, Reliability)>) {
    let mut grades: HashMap<Id<Source>, Vec<(Reliability, usize)>> = HashMap::new();
    for (source, reliability) in stated {
        let of_source = grades.entry(source).or_default();
        match of_source.iter_mut().find(|(grade, _)| *grade == reliability) {
            Some((_, count)) => *count += 1,
            None => of_source.push((reliability, 1)),
        }
    }
    for source in sources {
        let grades = grades.get(&source.id).map_or(&[][..], Vec::as_slice);
        // Of equal counts `max_by_key` takes the last.
        if let Some((reliability, _)) = grades.iter().rev().max_by_key(|(_, count)| *count) {
            let grading = Grading { reliability: *reliability, reason: String::new(), on: None, by: None };
            source.gradings.push(grading);
        }
    }
}

/// The grade of a row whose source has another one.
pub(super) fn own(reliability: Reliability) -> GradeOverride {
    GradeOverride { reliability, reason: "As in the table that it came from".to_owned() }
}

fn grade<T>(cell: &str, found: Option<T>, what: &str, mend: &str) -> Result<Option<T>, Fault> {
    match (found, cell.trim()) {
        (None, "") => Ok(None),
        (None, text) => Err((format!("\"{text}\" is not {what}"), mend.to_owned())),
        (found, _) => Ok(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_read_in_all_their_forms() {
        let check = |cell: &str, letter: Option<char>, digit: Option<u8>| {
            assert_eq!(reliability(cell).ok().flatten().map(Reliability::letter), letter, "{cell}");
            assert_eq!(credibility(cell).ok().flatten().map(Credibility::digit), digit, "{cell}");
        };
        check("", None, None);
        check("b", Some('B'), None);
        check("2", None, Some(2));
        check("B2", Some('B'), Some(2));
        check("usually reliable", Some('B'), None);
        check("2 · Probably true", None, Some(2));
        check("G", None, None);
        check("7", None, None);
        check("BB", None, None);
        assert!(reliability("Bad").is_err() && credibility("12").is_err());
    }
}
