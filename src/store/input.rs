//! Reads the bytes of a file, and refuses what cannot be an assessment before reading it.

use std::fs::{self, File, Metadata};
use std::hash::Hasher;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rustc_hash::FxHasher;

use super::problem::Problem;

/// The largest file that is read, in bytes: 1 GiB. An assessment of a million claims is half as large.
pub const SIZE_LIMIT: u64 = 1 << 30;

/// How many problems a message lists before it only counts them.
const LISTED_PROBLEMS: usize = 20;

/// Why a file cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The system does not give it.
    #[error("{}: {}", path.display(), describe(source))]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is a folder, a pipe or a device.
    #[error("{} is {what}, not a file; name a file that ends in .ron", path.display())]
    NotAFile {
        /// What was named.
        path: PathBuf,
        /// What it is, with its article.
        what: &'static str,
    },
    /// It is larger than [`SIZE_LIMIT`].
    #[error(
        "{} has {} MiB, and no more than {} MiB are read; split it into several assessments",
        path.display(),
        bytes >> 20,
        SIZE_LIMIT >> 20
    )]
    TooBig {
        /// The file.
        path: PathBuf,
        /// Its size.
        bytes: u64,
    },
    /// It can be read, but what stands in it is wrong. All problems, warnings too, in the order of the file.
    #[error("{}", list(.0))]
    Problems(Vec<Problem>),
}

/// What the system says, and what to do about it.
fn describe(error: &io::Error) -> String {
    let mend = match error.kind() {
        ErrorKind::NotFound => "there is no such file; check the name, or open it with File > Open",
        ErrorKind::PermissionDenied => {
            "you are not allowed to read it; ask its owner, or change its permissions"
        }
        _ => return format!("it cannot be read: {error}"),
    };
    mend.to_owned()
}

fn list(problems: &[Problem]) -> String {
    let mut lines: Vec<String> = problems.iter().take(LISTED_PROBLEMS).map(ToString::to_string).collect();
    if let Some(more @ 1..) = problems.len().checked_sub(LISTED_PROBLEMS) {
        lines.push(format!("and {more} more; \"ascribe check\" lists all of them"));
    }
    lines.join("\n")
}

/// The state of a file, to notice that another program has changed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileStamp {
    /// When it was last modified, where the file system says so.
    pub modified: Option<SystemTime>,
    /// Its length in bytes.
    pub length: u64,
    /// A hash of its bytes, for comparison within one run of the program only.
    pub hash: u64,
}

impl FileStamp {
    pub(super) fn new(metadata: &Metadata, bytes: &[u8]) -> Self {
        let mut hasher = FxHasher::default();
        hasher.write(bytes);
        Self { modified: metadata.modified().ok(), length: bytes.len() as u64, hash: hasher.finish() }
    }

    /// Whether the file still has the content that it had. Reads it only where its time or length differ.
    pub fn is_current(&self, path: &Path) -> Result<bool, LoadError> {
        let metadata =
            fs::metadata(path).map_err(|source| LoadError::Io { path: path.to_owned(), source })?;
        if metadata.len() != self.length {
            return Ok(false);
        }
        if self.modified.is_some() && metadata.modified().ok() == self.modified {
            return Ok(true);
        }
        read(path).map(|(_, now)| now.hash == self.hash)
    }
}

/// The bytes of a file and its state.
pub(super) fn read(path: &Path) -> Result<(Vec<u8>, FileStamp), LoadError> {
    let failed = |source| LoadError::Io { path: path.to_owned(), source };
    // Looked at before it is opened, since opening a pipe waits until somebody writes into it.
    check(path, &fs::metadata(path).map_err(failed)?)?;
    let file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    check(path, &metadata)?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0).saturating_add(1));
    // It may grow while it is being read.
    file.take(SIZE_LIMIT + 1).read_to_end(&mut bytes).map_err(failed)?;
    check_size(path, bytes.len() as u64)?;
    let stamp = FileStamp::new(&metadata, &bytes);
    Ok((bytes, stamp))
}

fn check(path: &Path, metadata: &Metadata) -> Result<(), LoadError> {
    if metadata.is_dir() {
        return Err(LoadError::NotAFile { path: path.to_owned(), what: "a folder" });
    }
    if !metadata.is_file() {
        return Err(LoadError::NotAFile { path: path.to_owned(), what: "a pipe or a device" });
    }
    check_size(path, metadata.len())
}

fn check_size(path: &Path, bytes: u64) -> Result<(), LoadError> {
    if bytes > SIZE_LIMIT {
        return Err(LoadError::TooBig { path: path.to_owned(), bytes });
    }
    Ok(())
}
