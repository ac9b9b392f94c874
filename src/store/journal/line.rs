//! The lines of a journal as text.

use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Base, Cause, Entry, Heading};
use crate::store::FileStamp;
use crate::store::edits::{transaction_from_line, transaction_to_line};
use crate::store::input::stable_hash;

/// The version of the layout of journals.
const FORMAT: u32 = 1;

/// The heading as it stands in the first line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadingLine {
    format: u32,
    title: String,
    proposed_name: String,
    /// The file that the changes start from.
    #[serde(default)]
    file: Option<PathBuf>,
    /// The length of that file, or of the base that follows.
    base_length: u64,
    base_hash: u64,
}

/// What a heading says of its base.
pub(super) struct ReadHeading {
    pub title: String,
    pub proposed_name: String,
    pub file: Option<PathBuf>,
    pub base_length: u64,
    pub base_hash: u64,
}

/// A text with its checksum before it and a line break behind it.
fn with_checksum(text: &str) -> String {
    format!("{:016x} {text}\n", stable_hash(text.as_bytes()))
}

/// The text of a line, without its line break; `None` where it is not what was written.
fn checked(line: &[u8]) -> Option<&str> {
    let (checksum, text) = std::str::from_utf8(line).ok()?.split_once(' ')?;
    (u64::from_str_radix(checksum, 16).ok()? == stable_hash(text.as_bytes())).then_some(text)
}

/// The heading, with the base behind it where there is no file.
pub(super) fn heading_bytes(heading: &Heading) -> Vec<u8> {
    let (file, stamp, base) = match &heading.base {
        // A path that is no text cannot stand in a text: the writer gives such a document its base.
        Base::File { path, stamp } => (Some(path.clone()), (stamp.length, stamp.hash), &[][..]),
        Base::Bytes(bytes) => (None, (bytes.len() as u64, stable_hash(bytes)), bytes.as_slice()),
    };
    let line = HeadingLine {
        format: FORMAT,
        title: heading.title.clone(),
        proposed_name: heading.proposed_name.clone(),
        file,
        base_length: stamp.0,
        base_hash: stamp.1,
    };
    let mut bytes = with_checksum(&ron::to_string(&line).unwrap_or_default()).into_bytes();
    bytes.extend_from_slice(base);
    bytes
}

/// Reads the first line; `None` where it is torn or of a later version.
pub(super) fn read_heading(line: &[u8]) -> Option<ReadHeading> {
    let line: HeadingLine = ron::from_str(checked(line)?).ok()?;
    let HeadingLine { format, title, proposed_name, file, base_length, base_hash } = line;
    (format == FORMAT).then_some(ReadHeading { title, proposed_name, file, base_length, base_hash })
}

/// The line of a change.
pub(super) fn entry_line(entry: &Entry) -> String {
    let cause = match entry.cause {
        Cause::Made => "made",
        Cause::Continued => "continued",
        Cause::Undone => "undone",
        Cause::Redone => "redone",
    };
    with_checksum(&format!("{cause} {} {}", entry.at, transaction_to_line(&entry.transaction)))
}

/// Reads what [`entry_line`] has written, without its line break.
pub(super) fn read_entry(line: &[u8]) -> Option<Entry> {
    let (cause, rest) = checked(line)?.split_once(' ')?;
    let (at, transaction) = rest.split_once(' ')?;
    let cause = match cause {
        "made" => Cause::Made,
        "continued" => Cause::Continued,
        "undone" => Cause::Undone,
        "redone" => Cause::Redone,
        _ => return None,
    };
    let at: Timestamp = at.parse().ok()?;
    Some(Entry { cause, at, transaction: transaction_from_line(transaction).ok()? })
}

impl ReadHeading {
    /// Whether a file in this state is the one that the changes start from.
    pub(super) const fn is_base(&self, stamp: &FileStamp) -> bool {
        stamp.length == self.base_length && stamp.hash == self.base_hash
    }
}
