//! The only room that touches assessment files: their format by version, reading, writing, replacing them safely.
//!
//! ```text
//! bytes -> split (fields, tables, records) -> wire, each record on its own and in parallel -> model
//! model -> wire, in parallel -> bytes -> a temporary file -> the place of the old one
//! ```
//!
//! Reading never stops at the first problem: it gives back all of them, each with its place and a way to mend it.

mod atomic;
pub mod edits;
mod explain;
mod input;
pub mod journal;
mod nearest;
mod problem;
mod read;
mod ron_writer;
mod scan;
mod split;
mod wire;
mod write;

use std::path::Path;

pub use atomic::{Replaced, SaveError, Unconfirmed, replace};
pub use input::{FileStamp, LoadError, SIZE_LIMIT};
pub use problem::{Place, Problem, RecordLines};
pub use read::{Parsed, parse};
pub use wire::NEWEST_FORMAT;
pub use write::to_bytes;

use crate::model::Assessment;

/// An assessment from a file.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The assessment, whose structure is sound.
    pub assessment: Assessment,
    /// What can be mended in the window, or is worth a look.
    pub problems: Vec<Problem>,
    /// Where each record begins in the file.
    pub lines: RecordLines,
    /// The state of the file when it was read.
    pub stamp: FileStamp,
    /// How many comments it has that are lost when it is saved.
    pub comments: usize,
}

/// Opens a file. One that cannot be read whole, or whose structure is broken, is refused with all its problems, since what
/// cannot be read would be lost when it is saved. Other errors come along: they can be made in the window, and are mended
/// there.
pub fn load(path: &Path) -> Result<Loaded, LoadError> {
    let (bytes, stamp) = input::read(path)?;
    let parsed = parse(&bytes);
    let is_blocked = parsed.is_blocked();
    match parsed {
        Parsed { assessment: Some(assessment), problems, lines, comments } if !is_blocked => {
            Ok(Loaded { assessment, problems, lines, stamp, comments })
        }
        Parsed { problems, .. } => Err(LoadError::Problems(problems)),
    }
}

/// Reads a file as far as it goes, with all its problems.
pub fn read_all(path: &Path) -> Result<Parsed, LoadError> {
    read_with_bytes(path).map(|(_, parsed)| parsed)
}

/// As [`read_all`], with the bytes of the file.
pub fn read_with_bytes(path: &Path) -> Result<(Vec<u8>, Parsed), LoadError> {
    let (bytes, _) = input::read(path)?;
    let parsed = parse(&bytes);
    Ok((bytes, parsed))
}

/// Saves an assessment in the place of what stands there, which is kept as a backup. On an error the old file is as it
/// was.
pub fn save(path: &Path, assessment: &Assessment) -> Result<Replaced, SaveError> {
    replace(path, &to_bytes(assessment))
}
