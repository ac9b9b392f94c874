//! The rows that did not come in, as they were, each with the reason: to be mended and read again.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use csv::{ByteRecord, WriterBuilder};

use super::Finding;
use super::cells::unescaped;
use super::text::{RawRow, Table};
use crate::model::spreadsheet::may_run;
use crate::model::validate::Severity;

/// The column in which the rejected rows say why they were rejected. It is passed over when they are read again.
pub(super) const REASON: &str = "rejected_because";

/// A table of the rejected rows, with the same columns and delimiter and a first column that says why; empty where there
/// are none. What a spreadsheet would run gets an apostrophe in front, which is taken off when the table is read again.
pub(super) fn table(table: &Table, rejected: &HashSet<usize>, findings: &[Finding]) -> Vec<u8> {
    if rejected.is_empty() {
        return Vec::new();
    }
    let mut reasons: HashMap<usize, Vec<String>> = HashMap::new();
    for finding in findings.iter().filter(|finding| finding.severity == Severity::Error) {
        let place = if finding.name.is_empty() { String::new() } else { format!("{}: ", finding.name) };
        reasons.entry(finding.row).or_default().push(format!("{place}{}", finding.message));
    }
    let mut writer = WriterBuilder::new().delimiter(table.delimiter).flexible(true).from_writer(Vec::new());
    // Reasons of an earlier reading are not carried along.
    let old: HashSet<usize> = table
        .header
        .iter()
        .enumerate()
        .filter(|(_, name)| name.eq_ignore_ascii_case(REASON))
        .map(|(place, _)| place)
        .collect();
    let mut write = |first: &str, cells: &mut dyn Iterator<Item = &[u8]>| {
        let mut record = ByteRecord::new();
        record.push_field(&guarded(first.as_bytes()));
        cells
            .enumerate()
            .filter(|(place, _)| !old.contains(place))
            .for_each(|(_, cell)| record.push_field(&guarded(cell)));
        // Writing into memory does not fail.
        let _ = writer.write_byte_record(&record);
    };
    write(REASON, &mut table.header.iter().map(|name| name.as_bytes()));
    for RawRow { number, cells, .. } in table.rows.iter().filter(|row| rejected.contains(&row.number)) {
        let reason = reasons.get(number).map_or(String::new(), |reasons| reasons.join("; "));
        write(&reason, &mut cells.iter());
    }
    writer.into_inner().unwrap_or_default()
}

/// A cell that no spreadsheet runs: guarded as in the tables that are written here, unless it is so already.
fn guarded(cell: &[u8]) -> Cow<'_, [u8]> {
    let text = String::from_utf8_lossy(cell);
    let is_guarded = unescaped(&text).len() < text.len();
    if may_run(&text) && !is_guarded { [b"'", cell].concat().into() } else { cell.into() }
}
