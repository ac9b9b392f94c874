//! From bytes to rows of cells: the encoding, the delimiter, the places.

use std::borrow::Cow;

use csv::{ByteRecord, ReaderBuilder};

use super::cells::{Fault, unescaped};
use super::{Finding, Unreadable};
use crate::model::validate::Severity;

/// The signs between cells that are looked for; the first is the usual one.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A table as it stands there.
pub(super) struct Table {
    /// The sign between cells.
    pub delimiter: u8,
    /// The row of the header.
    pub header_row: usize,
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows below it, blank ones left out.
    pub rows: Vec<RawRow>,
}

/// A row as it stands there.
pub(super) struct RawRow {
    /// Its number, counted as a spreadsheet does.
    pub number: usize,
    /// Its cells, in bytes: a row that is not UTF-8 is given back as it was.
    pub cells: ByteRecord,
    /// It opens a quotation mark that is never closed.
    pub is_unclosed: bool,
}

impl Table {
    /// The rows up to the first blank one.
    pub fn until_blank(&self) -> &[RawRow] {
        let follows = |(place, row): &(usize, &RawRow)| row.number == self.header_row + 1 + place;
        let count = self.rows.iter().enumerate().take_while(follows).count();
        self.rows.get(..count).unwrap_or_default()
    }
}

impl RawRow {
    /// A cell as it is meant, without the spaces around it; `None` where there is none.
    pub fn text(&self, place: usize) -> Option<String> {
        let cell = String::from_utf8_lossy(self.cells.get(place)?).into_owned();
        Some(unescaped(&cell).trim().to_owned())
    }
}

/// Reads a table. `is_column` says whether a name in the header is one that is known: the sign between cells is the one
/// under which most of them are.
pub(super) fn table(bytes: &[u8], is_column: &dyn Fn(&str) -> bool) -> Result<Table, Unreadable> {
    let bytes = decoded(bytes)?;
    let (declared, bytes, first_row) = declared_delimiter(&bytes);
    let delimiter = declared.unwrap_or_else(|| likely_delimiter(bytes, is_column));
    let mut rows = rows(bytes, delimiter, first_row)?.into_iter();
    let Some(header) = rows.next() else {
        return Err(unreadable(1, 1, "the table is empty", "its first row names the columns"));
    };
    let mut names = Vec::new();
    for (place, name) in header.cells.iter().enumerate() {
        match std::str::from_utf8(name) {
            Ok(name) => names.push(name.trim().to_owned()),
            Err(_) => {
                return Err(unreadable(header.number, place + 1, "the header is not UTF-8", SAVE_AS_UTF_8));
            }
        }
    }
    Ok(Table { delimiter, header_row: header.number, header: names, rows: rows.collect() })
}

/// What to do about another encoding.
pub(super) const SAVE_AS_UTF_8: &str = "save the table as \"CSV UTF-8\"";

pub(super) fn unreadable(
    row: usize,
    column: usize,
    message: impl Into<String>,
    mend: impl Into<String>,
) -> Unreadable {
    Unreadable::Table(Box::new(Finding {
        severity: Severity::Error,
        row,
        column,
        name: String::new(),
        message: message.into(),
        mend: mend.into(),
    }))
}

/// The bytes as UTF-8 without their mark of order. Nothing is checked that a row can be rejected for later.
fn decoded(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Unreadable> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return Ok(Cow::Borrowed(rest));
    }
    let (rest, is_little) = match bytes {
        [0xff, 0xfe, rest @ ..] => (rest, true),
        [0xfe, 0xff, rest @ ..] => (rest, false),
        // Every other byte of plain letters in UTF-16 is 0, and no table in UTF-8 has one.
        [first, second, third, fourth, ..]
            if matches!((first, second, third, fourth), (1.., 0, 1.., 0) | (0, 1.., 0, 1..)) =>
        {
            return Err(unreadable(
                1,
                1,
                "the table is in UTF-16 without the mark that says so",
                SAVE_AS_UTF_8,
            ));
        }
        _ => return Ok(Cow::Borrowed(bytes)),
    };
    let (pairs, odd) = rest.as_chunks::<2>();
    let units = pairs
        .iter()
        .map(|pair| if is_little { u16::from_le_bytes(*pair) } else { u16::from_be_bytes(*pair) });
    let mut text = String::with_capacity(rest.len());
    for letter in char::decode_utf16(units) {
        match letter {
            Ok(letter) => text.push(letter),
            Err(_) => return Err(broken_utf_16(&text)),
        }
    }
    if odd.is_empty() { Ok(Cow::Owned(text.into_bytes())) } else { Err(broken_utf_16(&text)) }
}

fn broken_utf_16(before: &str) -> Unreadable {
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
    let message = format!("the UTF-16 text breaks off in line {line} at character {column}");
    unreadable(line, 1, message, SAVE_AS_UTF_8)
}

/// Takes off the line `sep=;` with which a table can tell a spreadsheet its delimiter; the number of the first row after it.
fn declared_delimiter(bytes: &[u8]) -> (Option<u8>, &[u8], usize) {
    match bytes {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', sign, b'\r', b'\n', rest @ ..]
        | [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', sign, b'\n', rest @ ..]
            if sign.is_ascii() && !matches!(sign, b'"' | b'\r' | b'\n') =>
        {
            (Some(*sign), rest, 2)
        }
        _ => (None, bytes, 1),
    }
}

/// The delimiter under which the first row names the most columns.
fn likely_delimiter(bytes: &[u8], is_column: &dyn Fn(&str) -> bool) -> u8 {
    let known = |delimiter: u8| {
        let mut first = ByteRecord::new();
        let read = reader(bytes, delimiter).read_byte_record(&mut first);
        if !matches!(read, Ok(true)) {
            return 0;
        }
        let names = first.iter().filter_map(|name| std::str::from_utf8(name).ok());
        names.filter(|name| is_column(name)).count()
    };
    let mut best = (0, b',');
    for delimiter in DELIMITERS {
        let count = known(delimiter);
        if count > best.0 {
            best = (count, delimiter);
        }
    }
    best.1
}

fn reader(bytes: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(bytes)
}

/// All rows but blank ones, which count all the same.
fn rows(bytes: &[u8], delimiter: u8, first_row: usize) -> Result<Vec<RawRow>, Unreadable> {
    let mut reader = reader(bytes, delimiter);
    let (mut rows, mut number) = (Vec::new(), first_row);
    let mut start = 0;
    loop {
        let mut cells = ByteRecord::new();
        match reader.read_byte_record(&mut cells) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                return Err(unreadable(
                    number,
                    1,
                    format!("the table breaks off: {error}"),
                    "save it again as CSV",
                ));
            }
        }
        let end = usize::try_from(reader.position().byte()).unwrap_or(bytes.len()).min(bytes.len());
        let (blank, begin) = blank_lines(bytes, start);
        number += blank;
        let raw = bytes.get(begin..end).unwrap_or_default();
        let is_last = end >= bytes.len();
        let is_unclosed =
            is_last && raw.iter().filter(|byte| **byte == b'"').count() % 2 == 1 && has_breaks(&cells);
        if cells.iter().any(|cell| !cell.trim_ascii().is_empty()) {
            rows.push(RawRow { number, cells, is_unclosed });
        }
        number += 1;
        start = end;
    }
    Ok(rows)
}

fn has_breaks(cells: &ByteRecord) -> bool {
    cells.iter().any(|cell| cell.contains(&b'\n') || cell.contains(&b'\r'))
}

/// How many blank lines the reader passes over from `start`, where the row before ended, and where the next row begins.
fn blank_lines(bytes: &[u8], start: usize) -> (usize, usize) {
    let mut at = start;
    // The reader may stop between the two signs that end a row.
    if start > 0 && bytes.get(start - 1) == Some(&b'\r') && bytes.get(start) == Some(&b'\n') {
        at += 1;
    }
    let mut blank = 0;
    loop {
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => at += 2,
            (Some(b'\r' | b'\n'), _) => at += 1,
            _ => return (blank, at),
        }
        blank += 1;
    }
}

/// The cells of a row as text, and what is wrong with them.
pub(super) struct Cells<'a> {
    number: usize,
    name: &'a dyn Fn(usize) -> &'a str,
    texts: Vec<&'a str>,
    /// The cells that cannot be read at all: what is in them is not known, so that nothing more is said of them.
    unreadable: Vec<usize>,
    /// Whether the row cannot come in.
    pub has_errors: bool,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Cells<'a> {
    /// The cells of a row of a table of so many columns, whose names `name` gives.
    pub fn new(
        raw: &'a RawRow,
        width: usize,
        name: &'a dyn Fn(usize) -> &'a str,
        findings: &'a mut Vec<Finding>,
    ) -> Self {
        let mut cells = Self {
            number: raw.number,
            name,
            texts: Vec::new(),
            unreadable: Vec::new(),
            has_errors: false,
            findings,
        };
        for (place, bytes) in raw.cells.iter().enumerate() {
            match std::str::from_utf8(bytes) {
                Ok(text) => cells.texts.push(unescaped(text)),
                Err(error) => {
                    let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
                    let message =
                        format!("byte {} of the cell (0x{byte:02X}) is not UTF-8", error.valid_up_to() + 1);
                    cells.fault(Some(place), (message, SAVE_AS_UTF_8.to_owned()));
                    cells.unreadable.push(place);
                    cells.texts.push("");
                }
            }
        }
        if raw.is_unclosed {
            let message = "a quotation mark is opened and never closed".to_owned();
            cells.fault(
                Some(0),
                (message, "close it, or write it twice where it is meant as such".to_owned()),
            );
        }
        if let Some(place) = cells.texts.iter().skip(width).position(|text| !text.trim().is_empty()) {
            let message = format!("the row has more cells than the {width} of the header");
            let mend = "put cells with a delimiter in them into quotation marks".to_owned();
            cells.fault(Some(width + place), (message, mend));
        }
        cells
    }

    /// Says what is wrong with a cell, which keeps the row out. The place of a column that the table has not is the first.
    pub fn fault(&mut self, place: Option<usize>, fault: Fault) {
        self.has_errors = true;
        self.say(Severity::Error, place, fault);
    }

    /// Says something of a cell.
    pub fn say(&mut self, severity: Severity, place: Option<usize>, (message, mend): Fault) {
        if place.is_some_and(|place| self.unreadable.contains(&place)) {
            return;
        }
        let place = place.unwrap_or(0);
        let name = (self.name)(place).to_owned();
        self.findings.push(Finding { severity, row: self.number, column: place + 1, name, message, mend });
    }

    /// The cell at a place; empty where there is none.
    pub fn text(&self, place: Option<usize>) -> &'a str {
        place.and_then(|place| self.texts.get(place).copied()).unwrap_or("")
    }

    /// What stands in the cell at a place; nothing where that is not understood, which keeps the row out.
    pub fn read<T: Default>(
        &mut self,
        place: Option<usize>,
        read: impl FnOnce(&str) -> Result<T, Fault>,
    ) -> T {
        match read(self.text(place)) {
            Ok(value) => value,
            Err(fault) => {
                self.fault(place, fault);
                T::default()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(bytes: &[u8]) -> Result<Table, Unreadable> {
        super::table(bytes, &|name| ["source", "incident", "actor"].contains(&name))
    }

    fn cells(table: &Table) -> Vec<(usize, Vec<String>)> {
        let text =
            |row: &RawRow| row.cells.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
        table.rows.iter().map(|row| (row.number, text(row))).collect()
    }

    #[test]
    fn the_delimiter_is_the_one_that_names_columns() {
        let check = |text: &str, delimiter: u8, header_row: usize| {
            let table = table(text.as_bytes()).unwrap();
            assert_eq!((table.delimiter, table.header_row), (delimiter, header_row), "{text}");
            assert_eq!(table.header, ["source", "incident", "actor"], "{text}");
        };
        check("source,incident,actor\n", b',', 1);
        check("source;incident;actor\n", b';', 1);
        check("source\tincident\tactor\n", b'\t', 1);
        check("\u{feff}source;incident;actor\n", b';', 1);
        check("\r\n\r\nsource;incident;actor\r\n", b';', 3);
        check("sep=;\r\nsource;incident;actor\r\n", b';', 2);
        check("\"source\",\"incident\",\"actor\"", b',', 1);
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_counts_them() {
        for end in ["\n", "\r\n", "\r"] {
            let lines = ["source,actor", "", "a,b", "\"c", "d\",e", "", "", " , ", "f,g", ""];
            let table = table(lines.join(end).as_bytes()).unwrap();
            let own = |text: &str| text.replace('\n', end);
            let expect = [
                (3, vec!["a".to_owned(), "b".to_owned()]),
                (4, vec![own("c\nd"), "e".to_owned()]),
                (8, vec!["f".to_owned(), "g".to_owned()]),
            ];
            assert_eq!(cells(&table), expect, "{end:?}");
        }
    }

    #[test]
    fn utf_16_is_read_by_its_mark() {
        let text = "source,incident,actor\nXinhua,OPM,国家安全部 🇨🇳\n";
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let plain = cells(&table(text.as_bytes()).unwrap());
        assert_eq!(cells(&table(&[b"\xff\xfe".as_slice(), &le].concat()).unwrap()), plain);
        assert_eq!(cells(&table(&[b"\xfe\xff".as_slice(), &be].concat()).unwrap()), plain);
        for bytes in [&le, &be] {
            let unmarked = table(bytes);
            assert!(
                matches!(unmarked, Err(Unreadable::Table(it)) if it.message.contains("without the mark"))
            );
        }
        let broken = table(&[b"\xff\xfe".as_slice(), &le[..le.len() - 1]].concat());
        assert!(matches!(broken, Err(Unreadable::Table(finding)) if finding.message.contains("line 2")));
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_seen() {
        let unclosed = |text: &str| table(text.as_bytes()).unwrap().rows.iter().any(|row| row.is_unclosed);
        assert!(unclosed("source,actor\na,b\nc,\"d\ne,f\n"));
        assert!(!unclosed("source,actor\na,\"b\nc\"\n"));
        assert!(!unclosed("source,actor\na,5\" disk\n"));
    }
}
