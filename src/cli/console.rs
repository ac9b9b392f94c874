//! Where the headless commands write.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

/// Results to standard output, messages to standard error.
pub struct Console<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    is_quiet: bool,
}

impl<'a> Console<'a> {
    /// A console that writes results to `out` and messages to `err`.
    pub fn new(out: &'a mut dyn Write, err: &'a mut dyn Write) -> Self {
        Self { out, err, is_quiet: false }
    }

    /// Leaves out messages from now on; results and errors still come.
    pub const fn set_quiet(&mut self, is_quiet: bool) {
        self.is_quiet = is_quiet;
    }

    /// A result, without a line break of its own.
    pub fn print(&mut self, text: impl Display) -> io::Result<()> {
        write!(self.out, "{text}")
    }

    /// A line of a result.
    pub fn line(&mut self, text: impl Display) -> io::Result<()> {
        writeln!(self.out, "{text}")
    }

    /// A result as it is to stand in a file.
    pub fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)
    }

    /// A message for whoever watches, such as what was written where; left out where quiet.
    pub fn message(&mut self, text: impl Display) -> io::Result<()> {
        if self.is_quiet { Ok(()) } else { writeln!(self.err, "{text}") }
    }

    /// What went wrong. Never left out.
    pub fn error(&mut self, text: impl Display) -> io::Result<()> {
        writeln!(self.err, "error: {text}")
    }

    /// What is wrong with a file, with its place. Never left out.
    pub fn error_line(&mut self, text: impl Display) -> io::Result<()> {
        writeln!(self.err, "{text}")
    }

    /// Hands on what is still buffered.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()?;
        self.err.flush()
    }
}

/// How a command ended, as its exit code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: it did what was asked; there may be warnings.
    Done,
    /// 1: it looked, and found errors.
    Findings,
    /// 2: it could not do what was asked.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::SUCCESS,
            Exit::Findings => Self::from(1),
            Exit::Failed => Self::from(2),
        }
    }
}
