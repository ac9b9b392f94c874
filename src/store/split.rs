//! Finds the parts of a document (fields, tables, records) in any layout, so that each can be read on its own.
//!
//! What is found is not yet understood: that a record makes sense is for [`super::read`].

use std::ops::Range;

use super::nearest::did_you_mean;
use super::scan::{Fault, Scanner};
use crate::model::Kind;

/// How often a broken record is skipped to go on behind it. Each attempt can read the rest of the file.
const RECOVERY_LIMIT: usize = 100;

/// The parts of a document.
#[derive(Debug, Default)]
pub(super) struct Split<'a> {
    /// The fields that are no tables.
    pub fields: Vec<Field<'a>>,
    /// The tables, in the order of the document.
    pub tables: Vec<TableSpan>,
    /// What is wrong with the structure.
    pub faults: Vec<Fault>,
    /// How many comments there are.
    pub comments: usize,
}

/// A field of the document.
#[derive(Debug)]
pub(super) struct Field<'a> {
    pub name: &'a str,
    pub value: Range<usize>,
}

/// A table.
#[derive(Debug)]
pub(super) struct TableSpan {
    pub kind: Kind,
    /// Where the name begins.
    pub at: usize,
    pub records: Vec<RecordSpan>,
}

/// A record.
#[derive(Debug)]
pub(super) struct RecordSpan {
    pub range: Range<usize>,
    /// What is wrong with its structure, if it could only be delimited by its line.
    pub fault: Option<Box<Fault>>,
}

/// Splits a document. Finds what it can, also where something is wrong.
pub(super) fn split(text: &str) -> Split<'_> {
    let mut splitter = Splitter { text, scanner: Scanner::new(text), split: Split::default(), recoveries: 0 };
    if let Err(fault) = splitter.document() {
        splitter.split.faults.push(fault);
    }
    splitter.split.comments = splitter.scanner.comments();
    splitter.split
}

struct Splitter<'a> {
    text: &'a str,
    scanner: Scanner<'a>,
    split: Split<'a>,
    recoveries: usize,
}

impl<'a> Splitter<'a> {
    fn document(&mut self) -> Result<(), Fault> {
        self.scanner.skip_blank()?;
        while self.scanner.take("#") {
            self.attribute()?;
        }
        let at = self.scanner.at();
        let name = self.scanner.word();
        self.scanner.skip_blank()?;
        if self.scanner.peek().is_none() && name.is_empty() {
            return Err(self.scanner.fault(
                at,
                "the file is empty",
                "open another file, or begin a new assessment and save it here",
            ));
        }
        if !matches!(name, "" | "Assessment") || self.scanner.peek() != Some(b'(') {
            return Err(self.scanner.fault(
                at,
                "this is no assessment: \"Assessment(\" is expected here",
                "open a file that Ascribe has written; other formats come in with \"ascribe import\"",
            ));
        }
        self.scanner.enter(b'(')?;
        loop {
            self.scanner.skip_blank()?;
            match self.scanner.peek() {
                Some(b')') => break,
                Some(_) => self.field()?,
                None => return Err(self.scanner.ends_early()),
            }
            self.scanner.skip_blank()?;
            if !self.scanner.take(",") && self.scanner.peek().is_some_and(|byte| byte != b')') {
                return Err(self.scanner.fault(
                    self.scanner.at(),
                    "a comma is missing before this",
                    "add it",
                ));
            }
        }
        self.scanner.leave()?;
        self.scanner.skip_blank()?;
        match self.scanner.peek() {
            None => Ok(()),
            Some(_) => Err(self.scanner.fault(
                self.scanner.at(),
                "there is more text after the end of the assessment",
                "remove it, or close the last bracket further below",
            )),
        }
    }

    /// An attribute such as `#![enable(implicit_some)]`, of which the "#" is passed. What it enables is always enabled.
    fn attribute(&mut self) -> Result<(), Fault> {
        let at = self.scanner.at();
        let is_attribute = self.scanner.take("![") && self.scanner.word() == "enable";
        let is_attribute = is_attribute && !self.scanner.items()?.is_empty();
        self.scanner.skip_blank()?;
        let is_attribute = is_attribute && self.scanner.take("]");
        if !is_attribute {
            return Err(self.scanner.fault(
                at,
                "an attribute has another form than \"#![enable(implicit_some)]\"",
                "write it like that",
            ));
        }
        self.scanner.skip_blank()
    }

    fn field(&mut self) -> Result<(), Fault> {
        let at = self.scanner.at();
        let name = self.scanner.word();
        self.scanner.skip_blank()?;
        if name.is_empty() || !self.scanner.take(":") {
            return Err(self.scanner.fault(
                at,
                "a field with its name and a colon is expected here",
                "write for example \"claims: [\"",
            ));
        }
        self.scanner.skip_blank()?;
        let kind = Kind::ALL.iter().copied().find(|kind| kind.table_name() == name);
        match kind {
            Some(kind) => self.table(kind, at),
            None => {
                let value = self.scanner.value()?;
                if !matches!(name, "format" | "header") {
                    let names = ["format", "header"].into_iter();
                    let names = names.chain(Kind::ALL.iter().map(|kind| kind.table_name()));
                    let mend = did_you_mean(name, names);
                    let fault =
                        self.scanner.fault(at, &format!("an assessment has no field `{name}`"), &mend);
                    self.split.faults.push(fault);
                }
                self.split.fields.push(Field { name, value });
                Ok(())
            }
        }
    }

    fn table(&mut self, kind: Kind, at: usize) -> Result<(), Fault> {
        if self.scanner.peek() != Some(b'[') {
            let name = kind.table_name();
            let fault = self.scanner.fault(
                self.scanner.at(),
                &format!("`{name}` is a list of records"),
                &format!("write \"{name}: [\", the records with commas between them, and \"]\""),
            );
            self.split.faults.push(fault);
            return self.scanner.value().map(|_| ());
        }
        if let Some(earlier) = self.split.tables.iter().find(|table| table.kind == kind) {
            let line = 1 + self.text.bytes().take(earlier.at).filter(|byte| *byte == b'\n').count();
            let fault = self.scanner.fault(
                at,
                &format!("`{}` stands here a second time, after line {line}", kind.table_name()),
                "put all records into one table",
            );
            self.split.faults.push(fault);
        }
        self.scanner.enter(b'[')?;
        let table = self.split.tables.len();
        self.split.tables.push(TableSpan { kind, at, records: Vec::new() });
        loop {
            self.scanner.skip_blank()?;
            if self.scanner.peek() == Some(b']') {
                return self.scanner.leave();
            }
            let record = self.record()?;
            if let Some(table) = self.split.tables.get_mut(table) {
                table.records.push(record);
            }
        }
    }

    /// A record and the comma behind it. A broken record that stands on a line of its own does not take the following
    /// ones with it.
    fn record(&mut self) -> Result<RecordSpan, Fault> {
        let start = self.scanner.at();
        let depth = self.scanner.depth();
        let fault = match self.scanner.value() {
            Ok(range) => {
                self.scanner.skip_blank()?;
                match self.scanner.peek() {
                    Some(b',') => {
                        self.scanner.take(",");
                        return Ok(RecordSpan { range, fault: None });
                    }
                    Some(b']') => return Ok(RecordSpan { range, fault: None }),
                    _ => self.scanner.leave().err().unwrap_or_else(|| self.scanner.ends_early()),
                }
            }
            Err(fault) => fault,
        };
        self.recoveries += 1;
        let next = self.next_line_like(start).filter(|_| self.recoveries <= RECOVERY_LIMIT);
        let Some(next) = next else { return Err(fault) };
        self.scanner.resume(next, depth);
        let rest = self.text.get(start..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default().trim_end().trim_end_matches(',');
        Ok(RecordSpan { range: start..start + line.len(), fault: Some(Box::new(fault)) })
    }

    /// Where the next line begins its text that looks like a record or like the end of the table, judged by a record
    /// that begins at `start`.
    fn next_line_like(&self, start: usize) -> Option<usize> {
        let before = self.text.get(..start)?;
        let indent = before.get(before.rfind('\n')? + 1..)?;
        if !indent.trim().is_empty() {
            return None;
        }
        let rest = self.text.get(start..)?;
        let mut line_start = start;
        for line in rest.split_inclusive('\n') {
            let text = line.trim_start();
            let line_indent = line.get(..line.len() - text.len()).unwrap_or_default();
            let is_record = line_indent == indent && text.starts_with('(');
            let is_end = line_indent.len() < indent.len() && text.starts_with(']');
            if line_start > start && (is_record || is_end) {
                return Some(line_start + line_indent.len());
            }
            line_start += line.len();
        }
        None
    }
}
