//! What a reader did not understand, or took in another way than it stands there.

use std::fmt;

use crate::model::validate::Severity;

/// Something in a table that was not understood, or was taken in another way than it stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is: an error keeps the row out.
    pub severity: Severity,
    /// The row, counted as a spreadsheet does: the header is row 1.
    pub row: usize,
    /// The column, counted from 1.
    pub column: usize,
    /// The name of the column; empty where the row as a whole is meant.
    pub name: String,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub mend: String,
}

impl fmt::Display for Finding {
    /// `ROW:COLUMN: severity: name: message; mend`, to which a file name is put in front.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: ", self.row, self.column, self.severity)?;
        if !self.name.is_empty() {
            write!(f, "{}: ", self.name)?;
        }
        f.write_str(&self.message)?;
        if !self.mend.is_empty() {
            write!(f, "; {}", self.mend)?;
        }
        Ok(())
    }
}

/// Why nothing at all could be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The table is none, or lacks what every table has.
    #[error("{0}")]
    Table(Box<Finding>),
    /// Whoever asked does not want it any more.
    #[error("it was stopped")]
    Stopped,
}

/// Whoever asked does not want the result any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

impl From<Stopped> for Unreadable {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}
