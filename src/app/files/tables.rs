//! Tables from and for spreadsheets: read in the background, shown before anything changes, taken in as one step of undo.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::opening::{absolute, blank_assessment};
use super::{App, Pending, file_name};
use crate::analysis::charts::ChartTable;
use crate::app::jobs::Outcome;
use crate::app::session::Session;
use crate::edit::{Edit, Revision, Transaction};
use crate::exchange::{Change, Finding, Import, State as RowState, Unreadable, claims_csv};
use crate::model::{Assessment, Kind, Uuid};
use crate::store;
use crate::ui::command::{ImportAnswer, Notice, TableFile, TableFormat};
use crate::ui::dialogs::import::{Made, Preview, State};
use crate::ui::dialogs::load_problems::{LoadProblems, ProblemLine};
use crate::ui::dialogs::typed_path::Purpose;
use crate::ui::panels::{Done, JobKind, Question};
use crate::ui::views::ViewKind;

/// A table as it stands in its file.
struct TableInput {
    format: TableFormat,
    path: PathBuf,
    bytes: Vec<u8>,
}

/// What came of reading a table.
pub struct TableRead {
    path: PathBuf,
    result: Result<(PendingImport, Preview), String>,
}

/// A table that was understood, and waits for the user's word.
pub struct PendingImport {
    input: Arc<TableInput>,
    /// The session and the state of its document that it was read into.
    into: (u64, Revision),
    transaction: Transaction,
    rejects: Vec<u8>,
}

/// Whether a path is that of a table and not of an assessment.
pub fn is_table(path: &Path) -> bool {
    path.extension().is_some_and(|it| it.eq_ignore_ascii_case("csv") || it.eq_ignore_ascii_case("tsv"))
}

impl App {
    /// Reads a table in the background, and shows what would come in.
    pub(in crate::app) fn read_table(&mut self, format: TableFormat, path: PathBuf) {
        let path = absolute(path);
        self.understand(path.clone(), move || match std::fs::read(&path) {
            Ok(bytes) => Ok(Arc::new(TableInput { format, path, bytes })),
            Err(error) => Err(error.to_string()),
        });
    }

    /// Understands a table in the light of the assessment that is open.
    fn understand(
        &mut self,
        path: PathBuf,
        input: impl FnOnce() -> Result<Arc<TableInput>, String> + Send + 'static,
    ) {
        let into = (self.session.number, self.session.document.revision());
        let name = (!self.session.is_welcome).then(|| self.session.name());
        let snapshot = self.session.document.snapshot();
        let label = format!("Reading {}", file_name(&path));
        self.start_counted_job(&label, JobKind::Stoppable, move |stop, done| {
            let result = input().and_then(|input| understood(&input, &snapshot, into, name, stop, done));
            Outcome::ReadTable(Box::new(TableRead { path, result }))
        });
    }

    pub(super) fn finish_reading_table(&mut self, read: TableRead) {
        let file = file_name(&read.path);
        let (pending, preview) = match read.result {
            Ok(understood) => understood,
            Err(why) => {
                self.notices.add(Notice::error(format!("{file} cannot be imported"), why));
                return;
            }
        };
        if pending.into.0 != self.session.number {
            let detail =
                "Another assessment was opened while it was being read; import it again into this one";
            self.notices.add(Notice::warning(format!("{file} was not imported"), detail));
            return;
        }
        if self.is_outdated(&pending) {
            return self.understand(read.path, move || Ok(pending.input));
        }
        self.files.import = Some(pending);
        self.shell.import = Some(State::new(preview));
    }

    /// Whether the document has changed since a table was read into it: names may lead elsewhere now.
    fn is_outdated(&self, pending: &PendingImport) -> bool {
        pending.into != (self.session.number, self.session.document.revision())
    }

    /// Does what the user wants of the table that was read.
    pub(in crate::app) fn answer_import(&mut self, answer: ImportAnswer) {
        match answer {
            ImportAnswer::TakeIn => self.take_in_table(),
            ImportAnswer::SaveRejects => self.ask_for_path(Purpose::Table(TableFile::Rejects)),
            ImportAnswer::Cancel => self.forget_table(),
        }
    }

    /// Lets go of a table that was read.
    pub(super) fn forget_table(&mut self) {
        self.files.import = None;
        self.shell.import = None;
    }

    fn take_in_table(&mut self) {
        let Some(pending) = self.files.import.take() else { return };
        self.shell.import = None;
        if self.is_outdated(&pending) {
            let path = pending.input.path.clone();
            return self.understand(path, move || Ok(pending.input));
        }
        if self.session.is_welcome {
            self.begin_with_table(&pending.input.path);
        }
        let before = self.session.document.revision();
        self.commit(pending.transaction);
        if self.session.document.revision() != before {
            self.layout.show_view(match pending.input.format {
                TableFormat::Claims => ViewKind::Claims,
            });
            let file = file_name(&pending.input.path);
            self.notices.add(Notice::info(format!("Imported {file} (Ctrl+Z takes it back)")));
        }
    }

    /// Begins an assessment that is called like the table.
    fn begin_with_table(&mut self, path: &Path) {
        let mut blank = blank_assessment();
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        blank.header.title.clone_from(&name);
        let mut session = Session::new(blank);
        session.proposed_name = format!("{name}.ron");
        self.show_session(session);
    }

    /// Writes a table to a path that was typed; asks first where another file is there.
    pub(in crate::app) fn write_table_to(&mut self, table: TableFile, path: PathBuf) {
        let path = with_csv_extension(absolute(path));
        if path.exists() {
            let file = file_name(&path);
            self.files.asking = Some((Question::AlreadyThere { file }, Pending::WriteTable(table, path)));
        } else {
            self.write_table(table, path);
        }
    }

    /// Writes a table in the background.
    pub(super) fn write_table(&mut self, table: TableFile, path: PathBuf) {
        let path = with_csv_extension(path);
        let snapshot = self.session.document.snapshot();
        let rejects = self.files.import.as_ref().map(|pending| pending.rejects.clone());
        self.start_job(format!("Writing {}", file_name(&path)), JobKind::Stoppable, move |stop| {
            let (bytes, left_out) = match table {
                TableFile::Export(TableFormat::Claims) => {
                    let export = claims_csv::write(&snapshot);
                    (export.bytes, export.left_out)
                }
                TableFile::Rejects => (rejects.unwrap_or_default(), Vec::new()),
            };
            // Whoever has stopped it wants no file, either.
            if stop.load(Ordering::Relaxed) {
                return Outcome::Nothing;
            }
            let written = store::replace(&path, &bytes).map_err(|error| error.to_string());
            Outcome::WroteTable { path, result: written.map(|_| left_out) }
        });
    }

    pub(super) fn finish_writing_table(&mut self, path: &Path, result: Result<Vec<String>, String>) {
        let file = file_name(path);
        self.notices.add(match result {
            Ok(left_out) if left_out.is_empty() => {
                Notice { detail: path.display().to_string(), ..Notice::info(format!("Wrote {file}")) }
            }
            Ok(left_out) => {
                Notice::warning(format!("Wrote {file}, which cannot hold everything"), left_out.join("\n"))
            }
            Err(why) => Notice::error(format!("{file} was not written"), why),
        });
    }

    /// A name for the file of a table.
    pub(super) fn proposed_table_name(&self, table: TableFile) -> String {
        match table {
            TableFile::Export(format) => {
                let file =
                    self.session.path.clone().unwrap_or_else(|| self.session.proposed_name.clone().into());
                let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                format!("{stem}-{}.csv", format.what())
            }
            TableFile::Rejects => {
                let path = self.files.import.as_ref().map(|pending| pending.input.path.as_path());
                let stem = path.and_then(Path::file_stem).unwrap_or_default().to_string_lossy().into_owned();
                format!("{stem}.rejects.csv")
            }
        }
    }
}

/// The path with ".csv" where it has no extension.
fn with_csv_extension(path: PathBuf) -> PathBuf {
    if path.extension().is_some() { path } else { path.with_extension("csv") }
}

/// Reads a table, and makes of it what is shown and what is committed.
fn understood(
    input: &Arc<TableInput>,
    assessment: &Assessment,
    into: (u64, Revision),
    name: Option<String>,
    stop: &AtomicBool,
    done: &Done,
) -> Result<(PendingImport, Preview), String> {
    let goes_on = |share: f32| {
        done.tell(share);
        !stop.load(Ordering::Relaxed)
    };
    let TableFormat::Claims = input.format;
    let import = claims_csv::read(&input.bytes, assessment, &mut Uuid::now_v7, &goes_on).map_err(why)?;
    let preview = preview(&import, &file_name(&input.path), input.format, name);
    let edits = import.changes.into_iter().map(|change| match change {
        Change::New(record) => Edit::Insert(record),
        Change::Changed(record) => Edit::Replace(record),
    });
    let label = format!("Import {} from {}", input.format.what(), file_name(&input.path));
    let transaction = Transaction::new(label, edits.collect());
    let pending = PendingImport { input: Arc::clone(input), into, transaction, rejects: import.rejects };
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

fn preview(import: &Import, file: &str, format: TableFormat, into: Option<String>) -> Preview {
    let made = Kind::ALL.iter().map(|kind| Made {
        kind: *kind,
        new: import.count_new(*kind),
        changed: import.count_changed(*kind),
    });
    let mut rows = ChartTable::new(&["Row", "What becomes of it", "Source", "Incident", "Actor"]);
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
        into,
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

    #[test]
    fn tables_are_told_from_assessments_by_their_names() {
        let check = |path: &str, expect: bool| assert_eq!(is_table(Path::new(path)), expect, "{path}");
        check("/a/claims.csv", true);
        check("CLAIMS.CSV", true);
        check("claims.tsv", true);
        check("claims.ron", false);
        check("csv", false);
    }
}
