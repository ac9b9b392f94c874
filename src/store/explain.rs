//! Says what is wrong with a part of a document, where, and how to mend it. Only asked after reading has failed, so it
//! may take its time.

use std::ops::Range;
use std::sync::OnceLock;

use ron::error::{Error, SpannedError};
use serde_path_to_error::{Path, Segment};

use super::nearest::did_you_mean;
use super::problem::{LineIndex, Place, Problem};
use super::scan::{Fault, Item, Scanner};
use super::split::RecordSpan;
use super::wire::v1;
use crate::model::validate::{Finding, Severity};
use crate::model::wording::lower_first;
use crate::model::{AnyId, Kind};

/// Explains problems of one text.
pub(super) struct Explainer<'a> {
    text: &'a str,
    /// Made when the first problem is met.
    index: OnceLock<LineIndex<'a>>,
}

impl<'a> Explainer<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, index: OnceLock::new() }
    }

    fn index(&self) -> &LineIndex<'a> {
        self.index.get_or_init(|| LineIndex::new(self.text))
    }

    fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// A problem of the structure.
    pub(super) fn fault(&self, fault: &Fault, path: String) -> Problem {
        Problem {
            severity: Severity::Error,
            blocks_opening: true,
            place: self.index().place(fault.at),
            path,
            record: None,
            message: fault.message.clone(),
            mend: fault.mend.clone(),
        }
    }

    /// The second of two records with one identifier.
    pub(super) fn duplicate(&self, id: AnyId, kind: Kind, index: usize, at: usize, first: Place) -> Problem {
        let fault = Fault {
            at,
            message: format!(
                "the identifier \"{}\" stands here a second time, after line {}",
                id.uuid, first.line
            ),
            mend: "delete one of the two records, or give one of them a new identifier".to_owned(),
        };
        Problem { record: Some(id), ..self.fault(&fault, format!("{}[{index}]", kind.table_name())) }
    }

    /// A header that cannot be read.
    pub(super) fn header(&self, range: Range<usize>) -> Problem {
        let error = v1::explain_header(self.slice(range.clone()));
        self.unreadable("header".to_owned(), range, error, None)
    }

    /// A record that cannot be read.
    pub(super) fn record(&self, kind: Kind, index: usize, span: &RecordSpan) -> Problem {
        let text = self.slice(span.range.clone());
        let error = v1::explain_record(kind, text);
        let id = items_of(text)
            .iter()
            .find(|item| item.name.is_some_and(|(name, _)| name == "id"))
            .and_then(|item| text.get(item.value.clone()))
            .and_then(|value| value.trim_matches('"').parse().ok())
            .map(|uuid| AnyId { kind, uuid });
        let path = format!("{}[{index}]", kind.table_name());
        let problem = self.unreadable(path, span.range.clone(), error, span.fault.as_deref());
        Problem { record: id, ..problem }
    }

    fn unreadable(
        &self,
        mut path: String,
        range: Range<usize>,
        error: Option<(SpannedError, Path)>,
        fault: Option<&Fault>,
    ) -> Problem {
        let Some((error, inner)) = error else {
            // Cannot happen: it is asked only after reading failed in the same way.
            let fault =
                Fault { at: range.start, message: "this cannot be read".to_owned(), mend: String::new() };
            return self.fault(&fault, path);
        };
        let text = self.slice(range.clone());
        let (value, is_found) = locate(text, &inner);
        for segment in &inner {
            match segment {
                Segment::Map { key } => path.push_str(&format!(".{key}")),
                Segment::Seq { index } => path.push_str(&format!("[{index}]")),
                Segment::Enum { .. } | Segment::Unknown => {}
            }
        }
        let (message, mend) = explain(&error.code);
        let syntax = Place { line: error.span.end.line, column: error.span.end.col };
        let at = match &error.code {
            Error::NoSuchStructField { found, .. } => {
                field_name(text, &value, found).map(|at| range.start + at)
            }
            Error::DuplicateStructField { field, .. } => {
                last_field_name(text, &value, field).map(|at| range.start + at)
            }
            code if is_found && is_about_a_value(code) => Some(range.start + value.start),
            _ => None,
        };
        let at = at.unwrap_or_else(|| self.index().byte_within(range.start, syntax));
        // A text that does not end swallows what follows it: where the structure is broken that is the better reason.
        match fault {
            Some(fault) if !is_about_a_value(&error.code) && fault.message.contains("still open") => {
                self.fault(fault, path)
            }
            _ => self.fault(&Fault { at: at.min(range.end), message, mend }, path),
        }
    }

    /// What does not hold in the assessment, with its place in the file. `found` is where the record stands.
    pub(super) fn finding(
        &self,
        finding: Finding,
        found: Option<(usize, Range<usize>)>,
        header: Option<Range<usize>>,
    ) -> Problem {
        let (mut path, range) = match (finding.record, found) {
            (Some(id), Some((index, range))) => (format!("{}[{index}]", id.kind.table_name()), Some(range)),
            (Some(id), None) => (id.kind.table_name().to_owned(), None),
            (None, _) => ("header".to_owned(), header),
        };
        let at = range.map_or(0, |range| {
            range.start
                + locate_field(self.slice(range), finding.field.split('.').filter(|name| !name.is_empty()))
        });
        if !finding.field.is_empty() {
            path.push('.');
            path.push_str(&finding.field);
        }
        Problem {
            severity: finding.severity,
            blocks_opening: finding.blocks_opening,
            place: self.index().place(at),
            path,
            record: finding.record,
            message: finding.message,
            mend: finding.mend,
        }
    }
}

/// Whether an error concerns the value to which the path leads, and not the way in which it is written.
const fn is_about_a_value(error: &Error) -> bool {
    matches!(
        error,
        Error::Message(_)
            | Error::InvalidValueForType { .. }
            | Error::ExpectedDifferentLength { .. }
            | Error::NoSuchEnumVariant { .. }
            | Error::NoSuchStructField { .. }
            | Error::MissingStructField { .. }
            | Error::DuplicateStructField { .. }
            | Error::IntegerOutOfBounds
            | Error::ExpectedString
            | Error::ExpectedInteger
            | Error::ExpectedFloat
            | Error::ExpectedBoolean
            | Error::ExpectedArray
            | Error::ExpectedStructLike
            | Error::ExpectedNamedStructLike(_)
            | Error::ExpectedOption
    )
}

/// What an error means, and how to mend it.
fn explain(error: &Error) -> (String, String) {
    let say = |message: &str, mend: &str| (message.to_owned(), mend.to_owned());
    match error {
        Error::NoSuchStructField { expected, found, .. } => {
            (format!("there is no field `{found}` here"), did_you_mean(found, expected.iter().copied()))
        }
        Error::NoSuchEnumVariant { expected, found, .. } => {
            (format!("`{found}` is not one of the values"), did_you_mean(found, expected.iter().copied()))
        }
        Error::MissingStructField { field, .. } => {
            (format!("the field `{field}` is missing"), format!("add \"{field}: …\""))
        }
        Error::DuplicateStructField { field, .. } => {
            (format!("the field `{field}` stands here a second time"), "remove one of the two".to_owned())
        }
        Error::InvalidValueForType { expected, found } => {
            (format!("{found} stands where {expected} is expected"), format!("write {expected}"))
        }
        // Our own messages say what is wrong, and behind a colon how to mend it.
        Error::Message(message) => match message.split_once(": write ") {
            Some((message, mend)) => (message.to_owned(), format!("write {mend}")),
            None => (message.clone(), "correct it".to_owned()),
        },
        Error::ExpectedString => say("a text is expected here", "put it between quotation marks"),
        Error::ExpectedStringEnd => say("a text does not end", "close it with a quotation mark"),
        Error::ExpectedInteger => say("a whole number is expected here", "write one without quotation marks"),
        Error::ExpectedFloat => {
            say("a number is expected here", "write one such as 0.55, without quotation marks")
        }
        Error::ExpectedBoolean => say("true or false is expected here", "write one of the two"),
        Error::ExpectedArray => say("a list is expected here", "write it between \"[\" and \"]\""),
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => {
            say("fields between brackets are expected here", "write them between \"(\" and \")\"")
        }
        Error::ExpectedComma => say("a comma is missing here", "add it before this"),
        Error::ExpectedMapColon => say("a colon is missing here", "write a name, a colon and a value"),
        Error::Eof => say("it ends too early", "close what is open"),
        Error::ExceededRecursionLimit => {
            say("brackets lie within one another too deep", "remove what does not belong here")
        }
        Error::IntegerOutOfBounds => say("the number is too large or negative", "write a smaller one"),
        other => (
            // The reader's own messages begin with a capital, and ours go on in a sentence.
            lower_first(&other.to_string()),
            "write it as the other records of its kind are written".to_owned(),
        ),
    }
}

fn items_of(text: &str) -> Vec<Item<'_>> {
    // Where the structure is broken there are no items to be found.
    Scanner::new(text).items().unwrap_or_default()
}

/// Where the value stands to which a path leads, as far as it can be followed, and whether it can be to its end.
fn locate(text: &str, path: &Path) -> (Range<usize>, bool) {
    let mut range = 0..text.len();
    for segment in path {
        let items = items_of(text.get(range.clone()).unwrap_or_default());
        let next = match segment {
            Segment::Map { key } => items.iter().find(|item| item.name.is_some_and(|(name, _)| name == key)),
            Segment::Seq { index } => items.get(*index),
            Segment::Enum { .. } | Segment::Unknown => continue,
        };
        let Some(next) = next else { return (range, false) };
        range = range.start + next.value.start..range.start + next.value.end;
    }
    (range, true)
}

/// Where a field's value stands, by names only: in a list the first member that has the field is taken.
fn locate_field<'n>(text: &str, names: impl Iterator<Item = &'n str>) -> usize {
    let mut range = 0..text.len();
    for name in names {
        let within = text.get(range.clone()).unwrap_or_default();
        let named = |items: &[Item<'_>]| {
            items
                .iter()
                .find(|item| item.name.is_some_and(|(found, _)| found == name))
                .map(|item| item.value.clone())
        };
        let items = items_of(within);
        let found = named(&items).or_else(|| {
            items.iter().filter(|item| item.name.is_none()).find_map(|member| {
                let inner = named(&items_of(within.get(member.value.clone())?))?;
                Some(member.value.start + inner.start..member.value.start + inner.end)
            })
        });
        let Some(found) = found else { break };
        range = range.start + found.start..range.start + found.end;
    }
    range.start
}

/// Where the name of a field stands in a structure.
fn field_name(text: &str, structure: &Range<usize>, field: &str) -> Option<usize> {
    field_names(text, structure, field).next()
}

fn last_field_name(text: &str, structure: &Range<usize>, field: &str) -> Option<usize> {
    field_names(text, structure, field).last()
}

fn field_names(text: &str, structure: &Range<usize>, field: &str) -> impl Iterator<Item = usize> {
    let start = structure.start;
    items_of(text.get(structure.clone()).unwrap_or_default())
        .into_iter()
        .filter_map(|item| item.name)
        .filter(move |(name, _)| *name == field)
        .map(move |(_, at)| start + at)
        .collect::<Vec<_>>()
        .into_iter()
}
