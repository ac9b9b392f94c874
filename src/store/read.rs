//! Reads a document: splits it, reads the records independently of each other and in parallel, and puts them together.

use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::explain::Explainer;
use super::problem::{Place, Problem, RecordLines};
use super::scan::Fault;
use super::split::{RecordSpan, Split, TableSpan, split};
use super::wire::{NEWEST_FORMAT, Wire, v1};
use crate::model::validate::{self, Severity};
use crate::model::{AnyId, Assessment, Header, Kind, Record};

/// What stands in a file, as far as it could be read.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// The assessment; `None` where a part of it could not be read, so that saving it would lose that part. It may
    /// still have errors, such as a reference to a record that is not there.
    pub assessment: Option<Assessment>,
    /// All that is wrong, or worth a look, in the order of the file.
    pub problems: Vec<Problem>,
    /// Where each record begins.
    pub lines: RecordLines,
    /// How many comments the file has besides the one that Ascribe writes: they are lost when it is saved.
    pub comments: usize,
}

impl Parsed {
    /// Whether the file must not be opened: a part of it could not be read, or its structure is broken.
    pub fn is_blocked(&self) -> bool {
        self.assessment.is_none() || self.problems.iter().any(|problem| problem.blocks_opening)
    }

    /// Whether there is at least one error.
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }
}

/// Reads the bytes of a file.
pub fn parse(bytes: &[u8]) -> Parsed {
    match std::str::from_utf8(bytes) {
        Ok(text) => parse_text(text),
        Err(error) => {
            let valid = bytes.get(..error.valid_up_to()).and_then(|valid| std::str::from_utf8(valid).ok());
            let text = valid.unwrap_or_default();
            let byte = bytes.get(text.len()).copied().unwrap_or_default();
            let fault = Fault {
                at: text.len(),
                message: format!("this is no text: the byte 0x{byte:02x} is not UTF-8"),
                mend: "if it is an assessment, convert it to UTF-8; otherwise open another file".to_owned(),
            };
            Parsed { problems: vec![Explainer::new(text).fault(&fault, String::new())], ..Parsed::default() }
        }
    }
}

fn parse_text(text: &str) -> Parsed {
    let split = split(text);
    let explainer = Explainer::new(text);
    let mut problems: Vec<Problem> =
        split.faults.iter().map(|fault| explainer.fault(fault, String::new())).collect();
    if let Err(problem) = check_format(text, &split, &explainer) {
        // Nothing of another format can be judged by the rules of this one.
        problems.push(*problem);
        return Parsed { problems, ..Parsed::default() };
    }
    let header = match read_header(text, &split, &explainer) {
        Ok(header) => Some(header),
        Err(problem) => {
            problems.extend(problem.map(|problem| *problem));
            None
        }
    };
    let read = read_records(text, &split, &explainer);
    problems.extend(read.problems);
    let has_header = header.is_some();
    let is_whole = problems.is_empty() && has_header;

    let unread = read.unread;
    let assessment = Assessment::from_records(header.unwrap_or_default(), read.records);
    let findings = validate::validate_with(&assessment, &|id| unread.covers(id));
    let mut indexes: FxHashMap<AnyId, (usize, Range<usize>)> = FxHashMap::default();
    if !findings.is_empty() {
        indexes = index_of_records(&split, &read.ids);
    }
    let judged = findings.into_iter().filter(|finding| has_header || finding.record.is_some());
    problems.extend(judged.map(|finding| {
        let found = finding.record.and_then(|id| indexes.get(&id).cloned());
        explainer.finding(finding, found, header_value(&split))
    }));
    problems.sort_by_key(|problem| problem.place);
    Parsed {
        assessment: is_whole.then_some(assessment),
        problems,
        lines: RecordLines::new(read.places),
        comments: split
            .comments
            .saturating_sub(usize::from(text.lines().take(4).any(|line| line == super::write::BANNER))),
    }
}

/// Makes sure that the document is of a format that this program knows.
fn check_format(text: &str, split: &Split<'_>, explainer: &Explainer<'_>) -> Result<(), Box<Problem>> {
    let problem = |at: usize, message: String, mend: &str| {
        Box::new(explainer.fault(&Fault { at, message, mend: mend.to_owned() }, "format".to_owned()))
    };
    let field = split.fields.iter().find(|field| field.name == "format");
    let Some(field) = field else {
        // Where the structure is broken the format may stand behind the break.
        if !split.faults.is_empty() {
            return Ok(());
        }
        return Err(problem(
            0,
            "the number of the format is missing".to_owned(),
            "write \"format: 1,\" at the beginning of the assessment",
        ));
    };
    let value = text.get(field.value.clone()).unwrap_or_default();
    match value.parse::<u64>() {
        Ok(1..=NEWEST_FORMAT) => Ok(()),
        Ok(newer @ 2..) => Err(problem(
            field.value.start,
            format!(
                "the file has format {newer}, and this version of Ascribe knows formats up to {NEWEST_FORMAT}"
            ),
            &format!("open it with a version of Ascribe that knows format {newer}"),
        )),
        _ => Err(problem(
            field.value.start,
            format!("{value} is not the number of a format"),
            "write \"format: 1,\"",
        )),
    }
}

fn header_value(split: &Split<'_>) -> Option<Range<usize>> {
    split.fields.iter().find(|field| field.name == "header").map(|field| field.value.clone())
}

/// Reads the header. Where it is missing because the structure broke before it, that is no problem of its own.
fn read_header(
    text: &str,
    split: &Split<'_>,
    explainer: &Explainer<'_>,
) -> Result<Header, Option<Box<Problem>>> {
    let Some(range) = header_value(split) else {
        return Err(split.faults.is_empty().then(|| {
            let fault = Fault {
                at: 0,
                message: "the header is missing".to_owned(),
                mend: "write \"header: (id: …, title: …, marking: …, standard: …, created: …, updated: …),\" behind the format"
                    .to_owned(),
            };
            Box::new(explainer.fault(&fault, "header".to_owned()))
        }));
    };
    match v1::read_value::<v1::Header>(text.get(range.clone()).unwrap_or_default()) {
        Ok(header) => Ok(header.into_model()),
        Err(_) => Err(Some(Box::new(explainer.header(range)))),
    }
}

/// The records of all tables.
#[derive(Default)]
struct Records {
    records: Vec<Record>,
    /// The identifiers of the records by table and index; `None` where a record could not be read.
    ids: Vec<Vec<Option<AnyId>>>,
    places: Vec<(AnyId, Place)>,
    problems: Vec<Problem>,
    unread: Unread,
}

/// The records that are in the file but could not be read, so that references to them are not reported as well.
#[derive(Default)]
struct Unread {
    ids: FxHashSet<AnyId>,
    /// Kinds of which a record could not be read whose identifier is unknown too.
    kinds: Vec<Kind>,
    /// Whether the document ends early, so that any record may have been in it.
    any: bool,
}

impl Unread {
    fn covers(&self, id: AnyId) -> bool {
        self.any || self.kinds.contains(&id.kind) || self.ids.contains(&id)
    }
}

fn read_records(text: &str, split: &Split<'_>, explainer: &Explainer<'_>) -> Records {
    let mut all = Records::default();
    all.unread.any = !split.faults.is_empty();
    let mut marker = PlaceMarker::new(text);
    let mut seen: FxHashMap<AnyId, Place> = FxHashMap::default();
    for table in &split.tables {
        let read: Vec<Result<Record, Box<Problem>>> = table
            .records
            .par_iter()
            .enumerate()
            .with_min_len(64)
            .map(|(index, span)| read_record(text, table, index, span, explainer))
            .collect();
        let mut ids = Vec::with_capacity(read.len());
        for ((index, span), result) in table.records.iter().enumerate().zip(read) {
            let place = marker.place(span.range.start);
            match result {
                Ok(record) => {
                    let id = record.id();
                    ids.push(Some(id));
                    if let Some(first) = seen.insert(id, place) {
                        all.problems.push(explainer.duplicate(
                            id,
                            table.kind,
                            index,
                            span.range.start,
                            first,
                        ));
                    } else {
                        all.places.push((id, place));
                        all.records.push(record);
                    }
                }
                Err(problem) => {
                    ids.push(None);
                    match problem.record {
                        Some(id) => {
                            all.unread.ids.insert(id);
                            all.places.push((id, place));
                        }
                        None => all.unread.kinds.push(table.kind),
                    }
                    all.problems.push(*problem);
                }
            }
        }
        all.ids.push(ids);
    }
    all
}

fn read_record(
    text: &str,
    table: &TableSpan,
    index: usize,
    span: &RecordSpan,
    explainer: &Explainer<'_>,
) -> Result<Record, Box<Problem>> {
    let read = v1::read_record(table.kind, text.get(span.range.clone()).unwrap_or_default());
    match (read, &span.fault) {
        (Ok(record), None) => Ok(record),
        (Ok(record), Some(fault)) => {
            let path = format!("{}[{index}]", table.kind.table_name());
            Err(Box::new(Problem { record: Some(record.id()), ..explainer.fault(fault, path) }))
        }
        (Err(_), _) => Err(Box::new(explainer.record(table.kind, index, span))),
    }
}

/// Where each record stands: its index in its table, and its bytes.
fn index_of_records(
    split: &Split<'_>,
    ids: &[Vec<Option<AnyId>>],
) -> FxHashMap<AnyId, (usize, Range<usize>)> {
    let mut indexes = FxHashMap::default();
    for (table, ids) in split.tables.iter().zip(ids) {
        for (index, (span, id)) in table.records.iter().zip(ids).enumerate() {
            if let Some(id) = id {
                indexes.entry(*id).or_insert((index, span.range.clone()));
            }
        }
    }
    indexes
}

/// Finds places that are asked for in the order of the text, by reading it once.
struct PlaceMarker<'a> {
    text: &'a str,
    line: usize,
    line_start: usize,
    at: usize,
}

impl<'a> PlaceMarker<'a> {
    const fn new(text: &'a str) -> Self {
        Self { text, line: 1, line_start: 0, at: 0 }
    }

    fn place(&mut self, at: usize) -> Place {
        let between = self.text.as_bytes().get(self.at..at).unwrap_or_default();
        let breaks = between.iter().filter(|byte| **byte == b'\n').count();
        if breaks > 0 {
            self.line += breaks;
            let last = between.iter().rposition(|byte| *byte == b'\n').unwrap_or(0);
            self.line_start = self.at + last + 1;
        }
        self.at = at;
        let before = self.text.get(self.line_start..at).unwrap_or_default();
        Place { line: self.line, column: 1 + before.chars().count() }
    }
}
