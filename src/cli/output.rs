//! Where a command puts a document that it has made.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Console, Exit};
use crate::store;

/// The option that every command with a document as its result has.
#[derive(Debug, Args)]
pub(super) struct Output {
    /// Where to write the result; "-" is standard output
    #[arg(short, long = "output", value_name = "OUT")]
    pub output: PathBuf,
}

impl Output {
    /// Writes the result. A file is replaced as a whole or not at all, and its last version kept as a backup.
    pub(super) fn deliver(&self, bytes: &[u8], console: &mut Console<'_>) -> io::Result<Exit> {
        deliver(&self.output, bytes, console)
    }
}

/// Writes a result into a file, or to standard output where the file is "-".
pub(super) fn deliver(path: &Path, bytes: &[u8], console: &mut Console<'_>) -> io::Result<Exit> {
    if path == Path::new("-") {
        console.bytes(bytes)?;
        return Ok(Exit::Done);
    }
    match store::replace(path, bytes) {
        Ok(replaced) => {
            console.message(format_args!("wrote {}", path.display()))?;
            if let Some(warning) = replaced.warning {
                console.message(format_args!("warning: {warning}"))?;
            }
            Ok(Exit::Done)
        }
        Err(error) => {
            console.error(error)?;
            Ok(Exit::Failed)
        }
    }
}
