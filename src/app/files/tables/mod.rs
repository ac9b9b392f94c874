//! Tables from and for spreadsheets: read in the background, shown before anything changes, taken in as one step of undo.

mod understood;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use eframe::egui::Context;
use understood::{Base, understood};

use super::opening::{absolute, blank_assessment};
use super::{App, Pending, file_name, with_extension};
use crate::app::jobs::Outcome;
use crate::app::session::Session;
use crate::edit::{Revision, Transaction};
use crate::exchange::{Export, ach_csv, claims_csv};
use crate::model::{Analyst, Assessment, Evidence, Id, Incident};
use crate::store;
use crate::ui::Action;
use crate::ui::command::{ImportAnswer, Notice, TableFile, TableFormat};
use crate::ui::dialogs::import::{Preview, State};
use crate::ui::dialogs::typed_path::Purpose;
use crate::ui::panels::{JobKind, Question};
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

/// A table that is to be written: what there was when it was asked for.
pub struct WantedTable {
    content: Content,
    /// The name that is proposed for its file.
    pub name: String,
}

enum Content {
    Claims(Arc<Assessment>),
    Matrix(Arc<Assessment>, Id<Incident>, Option<Id<Analyst>>),
    /// The rows that did not come in, as bytes of a table.
    Rejects(Vec<u8>),
}

impl Content {
    fn write(self) -> Export {
        match self {
            Self::Claims(assessment) => claims_csv::write(&assessment),
            Self::Matrix(assessment, incident, analyst) => matrix(&assessment, incident, analyst),
            Self::Rejects(bytes) => Export { bytes, left_out: Vec::new() },
        }
    }
}

/// Whether a path is that of a table and not of an assessment.
pub fn is_table(path: &Path) -> bool {
    path.extension().is_some_and(|it| it.eq_ignore_ascii_case("csv") || it.eq_ignore_ascii_case("tsv"))
}

impl App {
    /// Reads a table in the background, and shows what would come in.
    pub(in crate::app) fn read_table(&mut self, format: Option<TableFormat>, path: PathBuf) {
        let path = absolute(path);
        self.understand(path.clone(), move || {
            let bytes = std::fs::read(&path).map_err(|error| error.to_string())?;
            let likely =
                || if ach_csv::is_matrix(&bytes) { TableFormat::Matrix } else { TableFormat::Claims };
            Ok(Arc::new(TableInput { format: format.unwrap_or_else(likely), path, bytes }))
        });
    }

    /// Understands a table in the light of the assessment that is open.
    fn understand(
        &mut self,
        path: PathBuf,
        input: impl FnOnce() -> Result<Arc<TableInput>, String> + Send + 'static,
    ) {
        let base = Base {
            state: (self.session.number, self.session.document.revision()),
            assessment: self.session.document.snapshot(),
            name: (!self.session.is_welcome).then(|| self.session.name()),
            incident: self.session.incident,
            analyst: self.session.analyst,
        };
        let label = format!("Reading {}", file_name(&path));
        self.start_counted_job(&label, JobKind::Stoppable, move |stop, done| {
            let result = input().and_then(|input| understood(&input, &base, stop, done));
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
    pub(in crate::app) fn answer_import(&mut self, answer: ImportAnswer, ctx: &Context) {
        match answer {
            ImportAnswer::TakeIn => self.take_in_table(ctx),
            ImportAnswer::SaveRejects => self.ask_for_table(TableFile::Rejects),
            ImportAnswer::Cancel => self.forget_table(),
        }
    }

    /// Lets go of a table that was read.
    pub(super) fn forget_table(&mut self) {
        self.files.import = None;
        self.shell.import = None;
    }

    fn take_in_table(&mut self, ctx: &Context) {
        let Some(pending) = self.files.import.take() else { return };
        self.shell.import = None;
        if self.is_outdated(&pending) {
            let path = pending.input.path.clone();
            return self.understand(path, move || Ok(pending.input));
        }
        if self.session.is_welcome {
            self.begin_with_table(&pending.input.path);
        }
        let changes = !pending.transaction.edits.is_empty();
        if self.commit(pending.transaction) && changes {
            self.layout.show_view(match pending.input.format {
                TableFormat::Claims => ViewKind::Claims,
                TableFormat::Matrix => ViewKind::Matrix,
            });
            let file = file_name(&pending.input.path);
            let keys = Action::Undo.keys_text(ctx);
            self.notices.add(Notice::info(format!("Imported {file} ({keys} takes it back)")));
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

    /// Asks where a table is to be written, with what it has now.
    pub(in crate::app) fn ask_for_table(&mut self, table: TableFile) {
        if self.waits_for_dialog() {
            return;
        }
        let content = match table {
            TableFile::Export(TableFormat::Claims) => Some(Content::Claims(self.session.document.snapshot())),
            TableFile::Export(TableFormat::Matrix) => self.session.incident.map(|incident| {
                Content::Matrix(self.session.document.snapshot(), incident, self.session.analyst)
            }),
            TableFile::Rejects => {
                self.files.import.as_ref().map(|pending| Content::Rejects(pending.rejects.clone()))
            }
        };
        if let Some(content) = content {
            let name = self.proposed_table_name(table);
            self.files.table = Some(WantedTable { content, name });
            self.ask_for_path(Purpose::Table(table));
        }
    }

    /// Writes the table that was asked for to a path that was typed; asks first where another file is there.
    pub(in crate::app) fn write_table_to(&mut self, table: TableFile, path: PathBuf) {
        let path = csv_path(self.named(Purpose::Table(table), absolute(path)));
        if path.exists() {
            let file = file_name(&path);
            self.files.asking = Some((Question::AlreadyThere { file }, Pending::WriteTable(table, path)));
        } else {
            self.write_table(path);
        }
    }

    /// Writes the table that was asked for, in the background.
    pub(super) fn write_table(&mut self, path: PathBuf) {
        let path = csv_path(path);
        let Some(wanted) = self.files.table.take() else { return };
        self.start_job(format!("Writing {}", file_name(&path)), JobKind::Stoppable, move |stop| {
            let Export { bytes, left_out } = wanted.content.write();
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
    fn proposed_table_name(&self, table: TableFile) -> String {
        match table {
            TableFile::Export(format) => {
                let file =
                    self.session.path.clone().unwrap_or_else(|| self.session.proposed_name.clone().into());
                let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                format!("{stem}-{}.csv", format.what().replace(' ', "-"))
            }
            TableFile::Rejects => {
                let path = self.files.import.as_ref().map(|pending| pending.input.path.as_path());
                let stem = path.and_then(Path::file_stem).unwrap_or_default().to_string_lossy().into_owned();
                format!("{stem}.rejects.csv")
            }
        }
    }
}

/// The path of a table: with ".csv" where it does not end like one.
pub fn csv_path(path: PathBuf) -> PathBuf {
    with_extension(path, &["csv", "txt"], "csv")
}

/// The matrix of an incident with the ratings of the analyst who works, or of the only one who rated.
fn matrix(assessment: &Assessment, incident: Id<Incident>, analyst: Option<Id<Analyst>>) -> Export {
    let is_on = |id| assessment.get::<Evidence>(id).is_some_and(|it| it.incident == incident);
    let mut raters = assessment.ratings.iter().filter(|it| is_on(it.evidence)).map(|it| it.analyst);
    let first = raters.clone().next();
    let own = analyst.filter(|analyst| raters.any(|rater| rater == *analyst));
    ach_csv::write(assessment, incident, own.or(first))
}

#[cfg(test)]
mod tests {
    use super::*;

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
