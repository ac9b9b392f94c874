//! What a table comes to in the light of an assessment: what is shown of it, and what is committed.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::super::file_name;
use super::{PendingImport, TableInput};
use crate::analysis::charts::ChartTable;
use crate::edit::{Edit, Revision, Transaction};
use crate::exchange::ach_csv::{self, Target, Wanted};
use crate::exchange::{Change, Finding, Import, State as RowState, Unreadable, claims_csv};
use crate::model::{Analyst, Assessment, Id, Incident, Kind, Uuid};
use crate::ui::command::TableFormat;
use crate::ui::dialogs::import::{Made, Preview};
use crate::ui::dialogs::load_problems::{LoadProblems, ProblemLine};
use crate::ui::panels::Done;

/// What a table is read into.
pub(super) struct Base {
    /// The session and the state of its document.
    pub state: (u64, Revision),
    pub assessment: Arc<Assessment>,
    /// What it is called; `None` where nothing is open.
    pub name: Option<String>,
    /// The incident that is shown, which a matrix is taken to weigh.
    pub incident: Option<Id<Incident>>,
    /// Who works, whose ratings those of a matrix are taken to be.
    pub analyst: Option<Id<Analyst>>,
}

impl Base {
    fn target(&self, path: &Path) -> Target {
        let stem = || path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        Target {
            incident: self.incident.map_or_else(|| Wanted::Named(stem()), Wanted::Known),
            analyst: self.analyst.map_or_else(|| Wanted::Named(NOBODY.to_owned()), Wanted::Known),
            rated_at: jiff::Timestamp::now(),
        }
    }

    /// What the incident and the analyst of a matrix are called.
    fn called(&self, target: &Target) -> (String, String) {
        let incident = match &target.incident {
            Wanted::Known(id) => self.assessment.name_of(*id),
            Wanted::Named(name) => name.clone(),
        };
        let analyst = match &target.analyst {
            Wanted::Known(id) => self.assessment.name_of(*id),
            Wanted::Named(name) => name.clone(),
        };
        (incident, analyst)
    }
}

/// Who rates where the assessment has no analysts.
const NOBODY: &str = "Unnamed analyst";

/// Reads a table, and makes of it what is shown and what is committed.
pub(super) fn understood(
    input: &Arc<TableInput>,
    base: &Base,
    stop: &AtomicBool,
    done: &Done,
) -> Result<(PendingImport, Preview), String> {
    let goes_on = |share: f32| {
        done.tell(share);
        !stop.load(Ordering::Relaxed)
    };
    let new_id = &mut Uuid::now_v7;
    let (import, target, shown) = match input.format {
        TableFormat::Claims => {
            let import = claims_csv::read(&input.bytes, &base.assessment, new_id, &goes_on);
            (import, None, claims_csv::SHOWN)
        }
        TableFormat::Matrix => {
            let target = base.target(&input.path);
            let import = ach_csv::read(&input.bytes, &base.assessment, &target, new_id, &goes_on);
            (import, Some(base.called(&target)), ach_csv::SHOWN)
        }
    };
    let import = import.map_err(why)?;
    let mut preview = preview(&import, &file_name(&input.path), input.format, &shown);
    preview.into.clone_from(&base.name);
    preview.target = target;
    let edits = import.changes.into_iter().map(|change| match change {
        Change::New(record) => Edit::Insert(record),
        Change::Changed(record) => Edit::Replace(record),
    });
    let label = format!("Import {} from {}", input.format.what(), file_name(&input.path));
    let transaction = Transaction::new(label, edits.collect());
    let pending =
        PendingImport { input: Arc::clone(input), into: base.state, transaction, rejects: import.rejects };
    Ok((pending, preview))
}

/// Why nothing could be read, for people.
fn why(unreadable: Unreadable) -> String {
    match unreadable {
        Unreadable::Table(finding) => {
            let mend = if finding.mend.is_empty() { String::new() } else { format!("\n{}", finding.mend) };
            format!("Row {}, column {}: {}{mend}", finding.row, finding.column, finding.message)
        }
        Unreadable::Stopped => unreadable.to_string(),
    }
}

fn preview(import: &Import, file: &str, format: TableFormat, shown: &[&str]) -> Preview {
    let made = Kind::ALL.iter().map(|kind| Made {
        kind: *kind,
        new: import.count_new(*kind),
        changed: import.count_changed(*kind),
    });
    let mut rows = ChartTable::new(&[&["Row", "What becomes of it"], shown].concat());
    rows.rows = import
        .rows
        .iter()
        .map(|row| {
            let becomes = match &row.state {
                RowState::New => "new".to_owned(),
                RowState::Changed(columns) => format!("changes {}", columns.join(", ")),
                RowState::Unchanged => "there already".to_owned(),
                RowState::Rejected => "left out".to_owned(),
            };
            let mut cells = vec![row.number.to_string(), becomes];
            cells.extend(row.cells.iter().cloned());
            cells
        })
        .collect();
    Preview {
        format,
        summary: summary(file, import.count_rows()),
        into: None,
        target: None,
        made: made.filter(|made| made.new + made.changed > 0).collect(),
        rows,
        findings: LoadProblems {
            file: file.to_owned(),
            lines: import.findings.iter().map(problem_line).collect(),
        },
        has_rejects: !import.rejects.is_empty(),
    }
}

/// What comes of the rows, as one sentence: how many are new, changed, unchanged, rejected.
fn summary(file: &str, [new, changed, unchanged, rejected]: [usize; 4]) -> String {
    let parts = [
        (new, "new"),
        (changed, "with changes"),
        (unchanged, "there already"),
        (rejected, "not understood and left out"),
    ];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    match new + changed + unchanged + rejected {
        0 => format!("{file} has no rows"),
        1 => format!("{file} has one row: {}", parts.join(", ")),
        total => format!("{file} has {total} rows: {}", parts.join(", ")),
    }
}

fn problem_line(finding: &Finding) -> ProblemLine {
    ProblemLine {
        severity: finding.severity,
        line: finding.row,
        column: finding.column,
        path: finding.name.clone(),
        message: finding.message.clone(),
        mend: finding.mend.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_summed_up_in_a_sentence() {
        let check = |counts: [usize; 4], expect: &str| assert_eq!(summary("a.csv", counts), expect);
        check([0, 0, 0, 0], "a.csv has no rows");
        check([1, 0, 0, 0], "a.csv has one row: 1 new");
        check([3, 0, 2, 1], "a.csv has 6 rows: 3 new, 2 there already, 1 not understood and left out");
    }
}
