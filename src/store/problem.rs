//! What is wrong with a file, and where.

use std::fmt::{self, Write as _};

use crate::model::AnyId;
use crate::model::validate::Severity;

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Something that is wrong with a file, or worth a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// Whether a file with it is not opened: a part of it cannot be read, or its structure is broken.
    pub blocks_opening: bool,
    /// Where it is.
    pub place: Place,
    /// The path to it, such as `claims[12].likelihood.low`; empty for the document as a whole.
    pub path: String,
    /// The record, if it is known.
    pub record: Option<AnyId>,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub mend: String,
}

impl fmt::Display for Problem {
    /// `LINE:COLUMN: severity: path: message; mend`, on one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { severity, place, path, message, mend, .. } = self;
        write!(f, "{place}: {severity}: ")?;
        if !path.is_empty() {
            on_one_line(f, path)?;
            f.write_str(": ")?;
        }
        on_one_line(f, message)?;
        if !mend.is_empty() {
            f.write_str("; ")?;
            on_one_line(f, mend)?;
        }
        Ok(())
    }
}

/// Writes text that may quote the file: its line breaks and other control characters as what they are written as in a
/// file, such as `\n`.
fn on_one_line(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    text.chars().try_for_each(|letter| {
        if letter.is_control() { write!(f, "{}", letter.escape_default()) } else { f.write_char(letter) }
    })
}

/// Finds lines and columns of bytes.
pub(super) struct LineIndex<'a> {
    text: &'a str,
    /// The first byte of each line.
    starts: Vec<usize>,
}

impl<'a> LineIndex<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(breaks).collect() }
    }

    pub(super) fn place(&self, at: usize) -> Place {
        let line = self.starts.partition_point(|start| *start <= at).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let before = self.text.get(start..at).unwrap_or_default();
        Place { line, column: 1 + before.chars().filter(|character| *character != '\u{feff}').count() }
    }

    /// The byte of a place within the part of the text that begins at `base`, where `place` counts from there.
    pub(super) fn byte_within(&self, base: usize, place: Place) -> usize {
        let rest = self.text.get(base..).unwrap_or_default();
        let line_at = match place.line.checked_sub(2) {
            None => 0,
            Some(breaks) => rest.match_indices('\n').nth(breaks).map_or(rest.len(), |(at, _)| at + 1),
        };
        let line = rest.get(line_at..).unwrap_or_default();
        let column = line.char_indices().nth(place.column.saturating_sub(1)).map_or(line.len(), |(at, _)| at);
        base + line_at + column
    }
}

/// Where the records of a file begin.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct RecordLines {
    /// Sorted by identifier.
    lines: Vec<(AnyId, Place)>,
}

impl RecordLines {
    pub(super) fn new(mut lines: Vec<(AnyId, Place)>) -> Self {
        lines.sort_unstable();
        Self { lines }
    }

    /// Where a record begins; `None` where it is not in the file.
    pub fn place(&self, id: AnyId) -> Option<Place> {
        let found = self.lines.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        self.lines.get(found).map(|(_, place)| *place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_characters() {
        let text = "\u{feff}ab\n国家x\n";
        let index = LineIndex::new(text);
        let check = |needle: char, line: usize, column: usize| {
            let at = text.find(needle).unwrap();
            assert_eq!(index.place(at), Place { line, column });
        };
        check('a', 1, 1);
        check('b', 1, 2);
        check('国', 2, 1);
        check('x', 2, 3);
        assert_eq!(index.place(text.len()), Place { line: 3, column: 1 });
        assert_eq!(index.byte_within(4, Place { line: 2, column: 3 }), text.find('x').unwrap() + 1 - 1);
    }

    #[test]
    fn a_problem_stands_on_one_line_whatever_it_quotes() {
        let problem = Problem {
            severity: Severity::Error,
            blocks_opening: true,
            place: Place { line: 39, column: 338 },
            path: "claims[1].status.on".into(),
            record: None,
            message: "\"\n022\u{1b}-021\" is not a date".into(),
            mend: "write a day".into(),
        };
        assert_eq!(
            problem.to_string(),
            "39:338: error: claims[1].status.on: \"\\n022\\u{1b}-021\" is not a date; write a day"
        );
    }
}
