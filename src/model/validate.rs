//! What has to hold in an assessment. Each finding names the record and says how to mend it.

use super::AnyId;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The numbers cannot be trusted until it is mended.
    Error,
    /// Worth a look: it may be meant.
    Warning,
}

/// Something that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// The record that it concerns; `None` for the header.
    pub record: Option<AnyId>,
    /// The field that it concerns, as spelled in the file; empty for the whole record.
    pub field: String,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub mend: String,
}
