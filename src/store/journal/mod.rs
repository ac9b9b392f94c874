//! The crash journal: what was changed since the last save, so that a crash loses next to nothing.
//!
//! ```text
//! journal = heading line, base (as many bytes as the heading says), one line for each change
//! line    = checksum, a space, the text, a line break
//! ```
//!
//! A document with a file is rebuilt from that file and the changes; one without carries its base along. A change is kept
//! as the edits that were in fact applied, also where it was undone or redone, so that a journal can be replayed
//! whatever the history was when it began. Who writes a journal holds a lock on it, which the system releases
//! when the program ends, however it ends: a journal that can be locked was left over.

mod line;
mod read;
mod replay;
mod write;

use std::path::PathBuf;

use jiff::Timestamp;

use super::FileStamp;
use crate::edit::Transaction;

pub use read::{BaseState, LeftOver, discard, left_over};
pub use replay::{Recovered, RecoveryError, recover};
pub use write::{JournalError, JournalFile};

/// How a change came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// It was made, as a step of its own.
    Made,
    /// It was made, as part of the step before it.
    Continued,
    /// A step was undone.
    Undone,
    /// A step was redone.
    Redone,
}

/// One change of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// How it came about.
    pub cause: Cause,
    /// When.
    pub at: Timestamp,
    /// What was changed, and what undo calls it.
    pub transaction: Transaction,
}

/// What the changes of a journal start from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// A file, with its state when it was read or written last.
    File {
        /// Where it is.
        path: PathBuf,
        /// Its length and hash; the time does not count.
        stamp: FileStamp,
    },
    /// A document without a file: the bytes of [`super::to_bytes`].
    Bytes(Vec<u8>),
}

/// What a journal is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The title of the assessment, or the name of its file.
    pub title: String,
    /// The name to propose where it is saved for the first time.
    pub proposed_name: String,
    /// What the changes start from.
    pub base: Base,
}

#[cfg(test)]
mod tests;
