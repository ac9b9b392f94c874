//! Reads the bytes of a file, and refuses what cannot be an assessment before reading it.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

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
    /// A hash of its bytes, the same in every run and on every machine. It tells versions apart; it is no seal.
    pub hash: u64,
}

impl FileStamp {
    pub(super) fn new(metadata: &Metadata, bytes: &[u8]) -> Self {
        Self { modified: metadata.modified().ok(), length: bytes.len() as u64, hash: stable_hash(bytes) }
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

/// A hash of bytes that does not change between runs, machines and versions of the program: FNV-1a over words of eight
/// bytes, little end first, with the high half folded into the low one after each.
pub(super) fn stable_hash(bytes: &[u8]) -> u64 {
    const PRIME: u64 = 0x0000_0100_0000_01B3;
    let mix = |hash: u64, word: u64| {
        let hash = (hash ^ word).wrapping_mul(PRIME);
        hash ^ (hash >> 32)
    };
    let (words, rest) = bytes.as_chunks::<8>();
    let mut hash = 0xCBF2_9CE4_8422_2325;
    for word in words {
        hash = mix(hash, u64::from_le_bytes(*word));
    }
    for byte in rest {
        hash = mix(hash, u64::from(*byte));
    }
    mix(hash, bytes.len() as u64)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_stays_what_it_is() {
        // It stands in journals: another value would make every unchanged file look changed.
        let check = |text: &str, expect: u64| assert_eq!(stable_hash(text.as_bytes()), expect, "{text:?}");
        check("", 0xAF63_BD4C_2962_0A93);
        check("a", 0x68E0_166A_3938_C199);
        check("Assessment(format: 1)", 0xA49B_3314_D99B_13E3);
    }

    #[test]
    fn the_hash_tells_neighbours_apart() {
        let mut seen = std::collections::HashSet::new();
        let bytes: Vec<u8> = (0..64).collect();
        for length in 0..=bytes.len() {
            assert!(seen.insert(stable_hash(&bytes[..length])), "length {length}");
        }
        for place in 0..bytes.len() {
            let mut other = bytes.clone();
            other[place] ^= 1;
            assert!(seen.insert(stable_hash(&other)), "place {place}");
        }
    }
}
