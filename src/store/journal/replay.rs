//! Rebuilds a document from its base and the changes of its journal.

use std::path::{Path, PathBuf};

use super::line::ReadHeading;
use super::read::{ReadJournal, read};
use super::{Base, Cause, Entry, Heading, JournalError};
use crate::edit::{Document, Transaction};
use crate::model::Assessment;
use crate::store::atomic::backup_of;
use crate::store::input::{self, stable_hash};
use crate::store::{FileStamp, LoadError, parse, to_bytes};

/// Why a journal could not be replayed. It stays where it is.
#[derive(Debug, thiserror::Error)]
pub enum RecoveryError {
    /// It is gone, or another window works with it.
    #[error("the journal is gone, or another window works with it")]
    Taken,
    /// The journal cannot be read.
    #[error("the journal cannot be read: {0}")]
    Journal(#[from] JournalError),
    /// The file that the changes start from cannot be read.
    #[error("the file that the changes start from cannot be opened: {0}")]
    File(#[from] LoadError),
    /// What the changes start from is torn.
    #[error("what the changes start from was not written whole")]
    TornBase,
}

/// A document with the changes of its journal.
#[derive(Debug)]
pub struct Recovered {
    /// The document; its history has the changes, so that they can be undone.
    pub document: Document,
    /// What it was before the changes.
    pub base: Assessment,
    /// Where the file is unchanged: the file and its state. Otherwise the document is a copy without a file.
    pub file: Option<(PathBuf, FileStamp)>,
    /// The name to propose where it is a copy.
    pub proposed_name: String,
    /// The changes that were taken over, for the journal that goes on from here.
    pub entries: Vec<Entry>,
    /// The changes that could not be made, since the file is another one now.
    pub refused: Vec<String>,
    /// Whether the file was changed since by someone else, so that this is a copy.
    pub is_base_changed: bool,
    /// Whether all changes stand in the file already.
    pub is_saved_already: bool,
}

/// Replays a left-over journal. The journal stays: who has taken the document in takes it away.
pub fn recover(journal: &Path) -> Result<Recovered, RecoveryError> {
    let Some(read) = read(journal)? else { return Err(RecoveryError::Taken) };
    let ReadJournal { heading, base, entries, torn: _, lock: _lock } = read;
    match (&heading.file, base) {
        (Some(path), _) => from_file(path, &heading, entries),
        (None, base) => {
            let bytes = base.unwrap_or_default();
            if stable_hash(&bytes) != heading.base_hash {
                return Err(RecoveryError::TornBase);
            }
            let base = parse(&bytes).assessment.ok_or(RecoveryError::TornBase)?;
            Ok(replay(base, entries, heading.proposed_name.clone()))
        }
    }
}

fn from_file(path: &Path, heading: &ReadHeading, entries: Vec<Entry>) -> Result<Recovered, RecoveryError> {
    let (bytes, stamp) = input::read(path)?;
    let parsed = parse(&bytes);
    let is_sound = !parsed.is_blocked();
    let Some(present) = parsed.assessment.filter(|_| is_sound) else {
        return Err(LoadError::Problems(parsed.problems).into());
    };
    let name = proposed_copy(path);
    if heading.is_base(&stamp) {
        let mut recovered = replay(present, entries, name);
        recovered.file = Some((path.to_owned(), stamp));
        return Ok(recovered);
    }
    // The version before may still be there as the backup; else what the file is now has to do.
    let before = input::read(&backup_of(path)).ok().filter(|(_, stamp)| heading.is_base(stamp));
    let base = before.and_then(|(bytes, _)| parse(&bytes).assessment);
    let mut recovered = replay(base.unwrap_or_else(|| present.clone()), entries, name);
    recovered.is_base_changed = true;
    // The program may have ended between saving and taking the journal away.
    recovered.is_saved_already = says_the_same(recovered.document.assessment(), &present);
    Ok(recovered)
}

/// Whether two assessments differ at most in the moment of their last change.
fn says_the_same(a: &Assessment, b: &Assessment) -> bool {
    let mut a = a.clone();
    a.header.updated = b.header.updated;
    a == *b
}

/// The name of a copy: `case.ron` becomes `case-recovered.ron`.
fn proposed_copy(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    format!("{stem}-recovered.ron")
}

fn replay(base: Assessment, entries: Vec<Entry>, proposed_name: String) -> Recovered {
    let mut document = Document::new(base.clone());
    let mut done = Vec::with_capacity(entries.len());
    let mut refused = Vec::new();
    for entry in entries {
        if apply(&mut document, &entry) {
            done.push(entry);
        } else {
            refused.push(entry.transaction.label);
        }
    }
    document.close_step();
    Recovered {
        document,
        base,
        file: None,
        proposed_name,
        entries: done,
        refused,
        is_base_changed: false,
        is_saved_already: false,
    }
}

/// Applies a change in the way in which it came about; whether it could be.
fn apply(document: &mut Document, entry: &Entry) -> bool {
    let edits = entry.transaction.edits.as_slice();
    match entry.cause {
        Cause::Undone if document.undo_edits() == Some(edits) => return document.undo().is_some(),
        Cause::Redone if document.redo_edits() == Some(edits) => return document.redo().is_some(),
        Cause::Continued => {}
        // A step from before the journal began is no step here: what it changed is a change of its own.
        Cause::Made | Cause::Undone | Cause::Redone => document.close_step(),
    }
    let mut transaction: Transaction = entry.transaction.clone();
    if entry.cause == Cause::Undone {
        transaction.label = format!("Undo: {}", transaction.label);
    }
    document.commit(transaction).is_ok()
}

impl Recovered {
    /// The heading of the journal that goes on from here.
    pub fn heading(&self, title: String) -> Heading {
        let base = match &self.file {
            Some((path, stamp)) => Base::File { path: path.clone(), stamp: *stamp },
            None => Base::Bytes(to_bytes(&self.base)),
        };
        Heading { title, proposed_name: self.proposed_name.clone(), base }
    }
}
