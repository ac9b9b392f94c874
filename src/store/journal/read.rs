//! Finds journals that were left over, and reads them as far as they go.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;

use super::line::{ReadHeading, read_entry, read_heading};
use super::write::{BEGUN, ENDING};
use super::{Cause, Entry, JournalError};
use crate::store::{SIZE_LIMIT, input};

/// How many of the newest changes are named.
const NAMED: usize = 5;

/// What has become of the file that the changes start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseState {
    /// It is as it was.
    Same,
    /// It was changed since, by another program or another window.
    Changed,
    /// It cannot be read where it was.
    Missing,
    /// There is none: the journal carries all that is needed.
    Carried,
}

/// A journal that was left over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOver {
    /// The journal.
    pub journal: PathBuf,
    /// The title of the assessment, or the name of its file.
    pub title: String,
    /// The file that was open; `None` where the document had none yet.
    pub file: Option<PathBuf>,
    /// What has become of that file.
    pub base: BaseState,
    /// How many changes it has; letters typed into one field are one.
    pub changes: usize,
    /// When the last change was made.
    pub last_at: Timestamp,
    /// What the newest changes were, newest first, each once.
    pub labels: Vec<String>,
    /// How many bytes at its end cannot be read: a change that was being written when the program ended.
    pub torn: usize,
}

/// A journal as far as it can be read.
pub(super) struct ReadJournal {
    pub heading: ReadHeading,
    /// What the changes start from, where the journal carries it.
    pub base: Option<Vec<u8>>,
    pub entries: Vec<Entry>,
    pub torn: usize,
    /// Held as long as the journal is being worked on, so that no second window takes it too.
    pub lock: File,
}

/// Nobody takes that long to begin a journal.
const BEGUN_FOR: Duration = Duration::from_hours(24);

/// All journals in a folder that nobody writes, newest first. Those without a whole change are taken away: nothing can be
/// recovered from them. Those that cannot be read, or are of a later version, stay where they are.
pub fn left_over(folder: &Path) -> Vec<LeftOver> {
    // No folder, no journals.
    let Ok(files) = fs::read_dir(folder) else { return Vec::new() };
    let journals = files.filter_map(Result::ok).map(|entry| entry.path());
    let mut found: Vec<LeftOver> = journals
        .filter_map(|path| match path.extension()?.to_str()? {
            ENDING => look_at(path),
            BEGUN => {
                clear_begun(&path);
                None
            }
            _ => None,
        })
        .collect();
    found.sort_by(|a, b| b.last_at.cmp(&a.last_at).then_with(|| a.journal.cmp(&b.journal)));
    found
}

fn look_at(journal: PathBuf) -> Option<LeftOver> {
    let read = match read(&journal) {
        Ok(Some(read)) => read,
        Ok(None) => return None,
        Err(error) => {
            log::warn!("a journal cannot be read: {error}");
            return None;
        }
    };
    let Some(last) = read.entries.last() else {
        let _ = fs::remove_file(&journal);
        return None;
    };
    let mut labels: Vec<String> = Vec::new();
    for entry in read.entries.iter().rev() {
        let label = match entry.cause {
            Cause::Undone => format!("Undo: {}", entry.transaction.label),
            Cause::Made | Cause::Continued | Cause::Redone => entry.transaction.label.clone(),
        };
        if !labels.contains(&label) {
            labels.push(label);
        }
        if labels.len() == NAMED {
            break;
        }
    }
    Some(LeftOver {
        title: read.heading.title.clone(),
        file: read.heading.file.clone(),
        base: state_of_base(&read.heading),
        changes: read.entries.iter().filter(|entry| entry.cause != Cause::Continued).count(),
        last_at: last.at,
        labels,
        torn: read.torn,
        journal,
    })
}

/// Takes away what was begun long ago and never got its heading. What is new stays: another window is about to lock it.
fn clear_begun(path: &Path) {
    let age =
        fs::metadata(path).and_then(|found| found.modified()).map(|at| at.elapsed().unwrap_or_default());
    if age.is_ok_and(|age| age > BEGUN_FOR) {
        let _ = discard(path);
    }
}

fn state_of_base(heading: &ReadHeading) -> BaseState {
    let Some(file) = &heading.file else { return BaseState::Carried };
    match input::read(file) {
        Ok((_, stamp)) if heading.is_base(&stamp) => BaseState::Same,
        Ok(_) => BaseState::Changed,
        Err(_) => BaseState::Missing,
    }
}

/// Takes a left-over journal away. One that somebody writes stays.
pub fn discard(journal: &Path) -> Result<(), JournalError> {
    let failed = |source| JournalError { path: journal.to_owned(), source };
    let file = File::open(journal).map_err(failed)?;
    if file.try_lock().is_err() {
        return Err(failed(io::Error::other("another window works with it")));
    }
    fs::remove_file(journal).map_err(failed)
}

/// Reads a journal as far as it goes; `None` where somebody writes it, or it is of a later version.
pub(super) fn read(journal: &Path) -> Result<Option<ReadJournal>, JournalError> {
    let failed = |source| JournalError { path: journal.to_owned(), source };
    let mut file = File::open(journal).map_err(failed)?;
    if file.try_lock().is_err() {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    // By reference, so that the file and with it the lock stay.
    Read::by_ref(&mut file).take(SIZE_LIMIT).read_to_end(&mut bytes).map_err(failed)?;
    let Some((first, rest)) = split_line(&bytes) else {
        // Torn within its first line: nothing was written behind it.
        drop(file);
        let _ = fs::remove_file(journal);
        return Ok(None);
    };
    let Some(heading) = read_heading(first) else { return Ok(None) };
    let (base, mut rest) = match heading.file {
        Some(_) => (None, rest),
        None => {
            let length = usize::try_from(heading.base_length).unwrap_or(usize::MAX);
            let (base, rest) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            (Some(base.to_vec()), rest)
        }
    };
    let mut entries = Vec::new();
    // What follows a line that cannot be read starts from a state that is not known.
    while let Some((line, next)) = split_line(rest)
        && let Some(entry) = read_entry(line)
    {
        entries.push(entry);
        rest = next;
    }
    Ok(Some(ReadJournal { heading, base, entries, torn: rest.len(), lock: file }))
}

/// The first line without its break, and what follows; `None` where no line is whole.
fn split_line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let (line, rest) = bytes.split_at_checked(end)?;
    Some((line, rest.get(1..)?))
}
