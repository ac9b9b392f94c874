//! What has to hold in an assessment. Each finding names the record and says how to mend it.
//!
//! Errors are what makes numbers meaningless. Those that break the structure itself (a reference that leads nowhere, a circle in the
//! hierarchy, a number that is none) keep a file from being opened; the others can be made, and are mended, in the
//! window. Warnings are what may be meant.

mod across;
mod cycles;
mod records;
mod touched;

pub use touched::broken_at;

pub use cycles::circles;

use super::{AnyId, Assessment, Entity};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The numbers cannot be trusted until it is mended.
    Error,
    /// Worth a look: it may be meant.
    Warning,
}

impl std::fmt::Display for Severity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// Something that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Whether it breaks the structure, so that a file with it is not opened. Nothing that is done in the window may
    /// lead to such a finding, or the work could not be opened again.
    pub blocks_opening: bool,
    /// The record that it concerns; `None` for the header.
    pub record: Option<AnyId>,
    /// The field that it concerns, as spelled in the file; empty for the whole record.
    pub field: String,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub mend: String,
}

/// The probabilities of a judgement may miss 1 by this much, since people round them to whole percents.
pub const SUM_TOLERANCE: f64 = 0.005;

/// All that does not hold, in the order of the file: the header, then by record.
pub fn validate(assessment: &Assessment) -> Vec<Finding> {
    validate_with(assessment, &|_| false)
}

/// As [`validate`], for an assessment of which some records are known to exist although they are not in it: those are
/// not reported as missing.
pub fn validate_with(
    assessment: &Assessment,
    exists_elsewhere: &(dyn Fn(AnyId) -> bool + Sync),
) -> Vec<Finding> {
    let mut check = Check { assessment, exists_elsewhere, record: None, findings: Vec::new() };
    check.header();
    check.each_record();
    check.circles();
    check.duplicate_cells();
    check.overlapping_hypotheses();
    check.duplicate_names();
    let mut findings = check.findings;
    // The header has no record and comes first; the sort is stable, so that within a record the order above stays.
    findings.sort_by_key(|finding| finding.record);
    findings
}

/// A walk over the assessment that collects findings.
struct Check<'a> {
    assessment: &'a Assessment,
    exists_elsewhere: &'a (dyn Fn(AnyId) -> bool + Sync),
    /// The record that is being looked at; `None` for the header.
    record: Option<AnyId>,
    findings: Vec<Finding>,
}

impl Check<'_> {
    fn add(
        &mut self,
        (severity, blocks_opening): (Severity, bool),
        field: &str,
        message: impl Into<String>,
        mend: impl Into<String>,
    ) {
        self.findings.push(Finding {
            severity,
            blocks_opening,
            record: self.record,
            field: field.to_owned(),
            message: message.into(),
            mend: mend.into(),
        });
    }

    /// The structure is broken.
    fn broken(&mut self, field: &str, message: impl Into<String>, mend: impl Into<String>) {
        self.add((Severity::Error, true), field, message, mend);
    }

    /// What is said cannot be right, and can be mended where it is shown.
    fn error(&mut self, field: &str, message: impl Into<String>, mend: impl Into<String>) {
        self.add((Severity::Error, false), field, message, mend);
    }

    fn warning(&mut self, field: &str, message: impl Into<String>, mend: impl Into<String>) {
        self.add((Severity::Warning, false), field, message, mend);
    }

    /// Every reference must lead to a record.
    fn references(&mut self, record: &impl Entity) {
        record.references(&mut |reference| {
            if self.assessment.contains(reference.target) || (self.exists_elsewhere)(reference.target) {
                return;
            }
            let AnyId { kind, uuid } = reference.target;
            let kind = kind.label();
            self.broken(
                reference.field,
                format!("there is no {kind} with the identifier \"{uuid}\""),
                format!("add that {kind}, or name another one"),
            );
        });
    }
}

#[cfg(test)]
mod tests;
