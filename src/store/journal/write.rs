//! Writes a journal.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::line::{entry_line, heading_bytes};
use super::{Entry, Heading};
use crate::model::Uuid;

/// The ending of the name of a journal.
pub(super) const ENDING: &str = "journal";

/// The ending of one that is being begun: until it is locked and has its heading no other window may look at it.
pub(super) const BEGUN: &str = "journal-new";

/// Why a change could not be written into the journal.
#[derive(Debug, thiserror::Error)]
#[error("{}: {source}", path.display())]
pub struct JournalError {
    /// The journal, or its folder.
    pub path: PathBuf,
    /// What the system says.
    pub source: io::Error,
}

impl JournalError {
    /// What happened, in words for the user.
    pub fn reason(&self) -> String {
        match self.source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
            io::ErrorKind::ReadOnlyFilesystem => "the disk can only be read".to_owned(),
            io::ErrorKind::PermissionDenied => {
                format!("you are not allowed to write {}", self.path.display())
            }
            _ => self.to_string(),
        }
    }
}

/// A journal that is being written. Only [`Self::remove`] takes it away; whoever lets go of it leaves it for recovery.
#[derive(Debug)]
pub struct JournalFile {
    file: File,
    path: PathBuf,
    /// Up to where it is known to be whole.
    whole: u64,
}

impl JournalFile {
    /// Begins a journal in a folder, which is made where it is not there. Nobody else can read it: it holds what is in
    /// the assessment.
    pub fn create(folder: &Path, heading: &Heading) -> Result<Self, JournalError> {
        make_folder(folder)?;
        let name = Uuid::now_v7();
        let path = folder.join(format!("{name}.{ENDING}"));
        let begun = folder.join(format!("{name}.{BEGUN}"));
        let failed = |source| JournalError { path: path.clone(), source };
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&begun).map_err(failed)?;
        // Where the file system knows no locks the journal is still worth having; it is then not taken for left over.
        let _ = file.try_lock();
        let mut journal = Self { file, path, whole: 0 };
        let done = journal.put(&heading_bytes(heading)).and_then(|()| {
            fs::rename(&begun, &journal.path)
                .map_err(|source| JournalError { path: journal.path.clone(), source })
        });
        if let Err(error) = done {
            // A heading alone recovers nothing.
            let _ = fs::remove_file(&begun);
            return Err(error);
        }
        Ok(journal)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many bytes are in it.
    pub const fn length(&self) -> u64 {
        self.whole
    }

    /// Adds changes. On an error the journal is as it was, and the same changes can be handed over again.
    pub fn append(&mut self, entries: &[Entry]) -> Result<(), JournalError> {
        let lines: String = entries.iter().map(entry_line).collect();
        self.put(lines.as_bytes())
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), JournalError> {
        let written = self.file.write_all(bytes);
        match written {
            Ok(()) => {
                self.whole += bytes.len() as u64;
                Ok(())
            }
            Err(source) => {
                // Half a line would spoil those that follow.
                let mended =
                    self.file.set_len(self.whole).and_then(|()| self.file.seek(SeekFrom::Start(self.whole)));
                let source = mended.map_or_else(|error| error, |_| source);
                Err(JournalError { path: self.path.clone(), source })
            }
        }
    }

    /// Forces it to the disk.
    pub fn sync(&self) -> Result<(), JournalError> {
        self.file.sync_data().map_err(|source| JournalError { path: self.path.clone(), source })
    }

    /// Takes it away: there is nothing to recover any more.
    pub fn remove(self) -> Result<(), JournalError> {
        fs::remove_file(&self.path).map_err(|source| JournalError { path: self.path.clone(), source })
    }
}

fn make_folder(folder: &Path) -> Result<(), JournalError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|source| JournalError { path: folder.to_owned(), source })
}
