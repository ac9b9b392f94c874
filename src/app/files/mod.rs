//! Opening and saving: file dialogs off the frame, one question before work is lost, files dropped on the window.

mod figures;
mod opening;
mod picking;
mod saving;
mod tables;
mod watching;

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use eframe::egui::{self, Context};

pub use tables::TableRead;
pub use watching::LookedAtFile;

use super::App;
use super::cases::BundledCase;
use super::jobs::Outcome;
use super::recovery::RecoveredSession;
use super::session::Session;
use crate::ui::command::{Answer, Notice, TableFile};
use crate::ui::dialogs::typed_path::Purpose;
use crate::ui::panels::{Done, JobKind, Question};
use saving::Guard;

/// Something that would lose unsaved work, and so is asked about first.
pub enum Leaving {
    /// Begin a blank assessment.
    New,
    /// Begin with the frame of an assessment.
    Template,
    /// Take the guided tour.
    Tour,
    /// Open this file.
    Open(PathBuf),
    /// Read the open file again.
    ReadAgain(PathBuf),
    /// Show what was read from this file.
    Opened(Box<Session>),
    /// Bring back what this journal has.
    Recover(PathBuf),
    /// Show what was brought back.
    Recovered(Box<RecoveredSession>),
    /// Open this worked case.
    Case(&'static BundledCase),
    /// Show the welcome page.
    Close,
    /// Leave the program.
    Quit,
}

impl Leaving {
    /// What the question says that comes next.
    const fn before(&self) -> &'static str {
        match self {
            Self::New | Self::Template => "beginning a new assessment",
            Self::Tour => "taking the tour",
            Self::ReadAgain(_) => "reading it again",
            Self::Open(_) | Self::Opened(_) => "opening another file",
            Self::Recover(_) | Self::Recovered(_) => "recovering other changes",
            Self::Case(_) => "opening a worked case",
            Self::Close => "closing it",
            Self::Quit => "quitting",
        }
    }
}

/// What happens when the question is answered with yes.
enum Pending {
    /// Go on to something else.
    Leave(Leaving),
    /// Write to this path over what is there.
    Write(PathBuf),
    /// Write the figure to this path over what is there.
    WriteFigure(PathBuf),
    /// Write the table to this path over what is there.
    WriteTable(TableFile, PathBuf),
}

/// Where opening and saving stand.
#[derive(Default)]
pub struct Files {
    /// The question that is being asked, and what it is about.
    asking: Option<(Question, Pending)>,
    /// What to do once the save that runs is done.
    after_save: Option<Leaving>,
    /// Where the document is to be saved once more when the save that runs is done.
    saves_again: Option<(PathBuf, Guard)>,
    /// What the system's file dialog that is open asks for; it may stay after that was closed.
    dialog: Option<Purpose>,
    /// The session and state of a document that the user has agreed to lose.
    discarded: Option<(u64, u64)>,
    /// The figure that a path was asked for last.
    figure: Option<figures::WantedFigure>,
    /// The table that a path was asked for last.
    table: Option<tables::WantedTable>,
    /// The table that was read and waits for the user's word.
    import: Option<tables::PendingImport>,
    /// The user has agreed to quit.
    is_quitting: bool,
    /// The job that reads a file to be opened.
    opening: Option<u64>,
    /// Paths are typed, also where the system has file dialogs.
    types_paths: bool,
}

impl Files {
    /// Nothing is asked and nothing runs.
    pub fn new(types_paths: bool) -> Self {
        Self { types_paths, ..Self::default() }
    }

    /// Lets go of what concerned the document that was open.
    fn forget_document(&mut self) {
        self.after_save = None;
        self.saves_again = None;
        self.discarded = None;
        self.figure = None;
        self.table = None;
    }

    /// The question that is being asked.
    pub fn question(&self) -> Option<&Question> {
        self.asking.as_ref().map(|(question, _)| question)
    }
}

impl App {
    /// Does something that would lose unsaved work: at once where there is none, else after asking.
    pub(super) fn leave(&mut self, leaving: Leaving, ctx: &Context) {
        let session = &self.session;
        let present = (session.number, session.document.state());
        let is_agreed = self.files.discarded == Some(present);
        if session.is_welcome || !session.document.is_changed() || is_agreed {
            self.leave_now(leaving, ctx);
        } else if self.jobs.has(JobKind::Lasting) {
            // The save that runs may be all that is needed; when it is done this comes here again.
            self.files.after_save = Some(leaving);
        } else {
            let question = Question::Unsaved { before: leaving.before() };
            self.files.asking = Some((question, Pending::Leave(leaving)));
        }
    }

    /// Opens an assessment, or shows what would come in of a table.
    pub(super) fn open_file(&mut self, path: PathBuf, ctx: &Context) {
        if tables::is_table(&path) {
            self.read_table(None, path);
        } else {
            self.leave(Leaving::Open(path), ctx);
        }
    }

    /// Does it without asking.
    fn leave_now(&mut self, leaving: Leaving, ctx: &Context) {
        match leaving {
            Leaving::New => self.show_session(Session::new(opening::blank_assessment())),
            Leaving::Template => self.open_template(),
            Leaving::Tour => self.begin_tour(),
            Leaving::Open(path) | Leaving::ReadAgain(path) => self.open_path(path),
            Leaving::Opened(session) => {
                if let Some(path) = session.path.clone() {
                    self.add_recent(path);
                }
                self.show_session(*session);
                self.look_for_journals();
            }
            Leaving::Recover(journal) => self.recover(journal),
            Leaving::Recovered(recovered) => self.show_recovered(*recovered),
            Leaving::Case(case) => self.open_case(case),
            Leaving::Close => {
                self.show_session(Session::welcome());
                self.look_for_recent();
                self.look_for_journals();
            }
            Leaving::Quit => {
                self.journal.end();
                self.files.is_quitting = true;
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
        }
    }

    /// Puts a session in the place of the one that is open.
    pub(super) fn show_session(&mut self, mut session: Session) {
        self.journal.end();
        self.journal.give_up_save();
        let is_read_again = session.path.is_some() && session.path == self.session.path;
        if is_read_again {
            session.take_place_of(&self.session);
        }
        self.session = session;
        self.forget_table();
        self.files.forget_document();
        self.shell.forget_document();
        self.layout.take_back();
        // Whoever reads a file again is still looking at what he was looking at.
        if !is_read_again {
            self.layout.states.forget_document();
        }
        self.warm();
    }

    /// Takes the answer to the question.
    pub(super) fn answer(&mut self, answer: Answer, ctx: &Context) {
        let Some((_, pending)) = self.files.asking.take() else { return };
        match (answer, pending) {
            (Answer::Save, Pending::Leave(leaving)) => {
                self.files.after_save = Some(leaving);
                self.save();
            }
            (Answer::Discard, Pending::Leave(leaving)) => {
                self.files.discarded = Some((self.session.number, self.session.document.state()));
                self.leave_now(leaving, ctx);
            }
            (Answer::Overwrite, Pending::Write(path)) => self.write(path, Guard::None),
            (Answer::SaveAs, Pending::Write(_)) => self.ask_for_path(Purpose::Save),
            (Answer::Overwrite, Pending::WriteFigure(path)) => self.write_figure(path),
            (Answer::SaveAs, Pending::WriteFigure(_)) => self.ask_for_path(Purpose::Figure),
            (Answer::Overwrite, Pending::WriteTable(_, path)) => self.write_table(path),
            (Answer::SaveAs, Pending::WriteTable(table, _)) => self.ask_for_path(Purpose::Table(table)),
            // All other answers mean: leave everything as it is.
            (_, Pending::WriteFigure(_)) => self.give_up_path(Purpose::Figure),
            (_, Pending::WriteTable(table, _)) => self.give_up_path(Purpose::Table(table)),
            (_, Pending::Leave(_) | Pending::Write(_)) => self.give_up_path(Purpose::Save),
        }
    }

    /// Holds the window back from closing while there is unsaved work, or a save runs.
    pub(super) fn guard_closing(&mut self, ctx: &Context) {
        let is_closing = ctx.input(|input| input.viewport().close_requested());
        if !is_closing || self.files.is_quitting {
            return;
        }
        let is_changed = self.session.document.is_changed() && !self.session.is_welcome;
        if self.jobs.has(JobKind::Lasting) {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.files.after_save = Some(Leaving::Quit);
        } else if is_changed {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.leave(Leaving::Quit, ctx);
        } else {
            self.files.is_quitting = true;
        }
    }

    /// Takes in what jobs have brought back.
    pub(super) fn finish_jobs(&mut self, ctx: &Context) {
        while let Some(outcome) = self.jobs.next_outcome() {
            match outcome {
                Outcome::Opened { path, result } => self.finish_opening(&path, result, ctx),
                Outcome::Saved(saved) => self.finish_saving(saved, ctx),
                Outcome::WroteFigure { path, result } => self.finish_figure(&path, result),
                Outcome::ReadTable(read) => self.finish_reading_table(*read),
                Outcome::WroteTable { path, result } => self.finish_writing_table(&path, result),
                Outcome::Picked { purpose, path } => self.finish_picking(purpose, path, ctx),
                Outcome::Checked { session, revision, findings } => {
                    if self.session.number == session {
                        self.session.set_findings(revision, findings);
                    }
                }
                Outcome::LookedAtFile(looked) => self.finish_looking(&looked),
                Outcome::LookedForRecent(files) => self.take_recent(files),
                Outcome::LookedForJournals(found) => self.take_left_over(found),
                Outcome::Recovered { journal, result } => self.finish_recovery(&journal, result, ctx),
                Outcome::Told(notice) => self.notices.add(notice),
                Outcome::Nothing => {}
            }
        }
        self.check_in_background();
    }

    /// Starts a job; says so where the system does not allow it.
    pub(super) fn start_job(
        &mut self,
        label: impl Into<String>,
        kind: JobKind,
        work: impl FnOnce(&AtomicBool) -> Outcome + Send + 'static,
    ) {
        let label = label.into();
        let started = self.jobs.start(label.clone(), kind, work);
        self.say_where_not_begun(&label, started);
    }

    /// The same for a job that says how far it has come.
    fn start_counted_job(
        &mut self,
        label: &str,
        kind: JobKind,
        work: impl FnOnce(&AtomicBool, &Done) -> Outcome + Send + 'static,
    ) {
        let started = self.jobs.start_counted(label, kind, work);
        self.say_where_not_begun(label, started);
    }

    fn say_where_not_begun(&mut self, label: &str, started: std::io::Result<u64>) {
        if let Err(error) = started {
            let detail =
                format!("The system gives no further thread: {error}. Close other programs and try again.");
            self.notices.add(Notice::error(format!("Not begun: {label}"), detail));
        }
    }
}

/// The path with an extension that is known for its kind of file: the usual one is put after a name that has none of
/// them. What follows a dot in "Case v1.2" is none.
fn with_extension(path: PathBuf, known: &[&str], usual: &str) -> PathBuf {
    let has_known =
        path.extension().is_some_and(|it| known.iter().any(|known| it.eq_ignore_ascii_case(known)));
    if has_known {
        return path;
    }
    let mut path = path.into_os_string();
    path.push(".");
    path.push(usual);
    path.into()
}

/// The last part of a path, as people read it.
pub fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_gets_an_ending_where_it_has_none_that_is_known() {
        let check = |path: &str, known: &[&str], expect: &str| {
            let usual = known.first().unwrap();
            assert_eq!(with_extension(PathBuf::from(path), known, usual), PathBuf::from(expect), "{path}");
        };
        check("/tmp/a", &["ron"], "/tmp/a.ron");
        check("/tmp/a.ron", &["ron"], "/tmp/a.ron");
        check("/tmp/A.RON", &["ron"], "/tmp/A.RON");
        check("/tmp/Case v1.2", &["ron"], "/tmp/Case v1.2.ron");
        check("/tmp/a.b/.c", &["ron"], "/tmp/a.b/.c.ron");
        check("/tmp/chart.png", &["svg", "png"], "/tmp/chart.png");
        check("/tmp/chart.pdf", &["svg", "png"], "/tmp/chart.pdf.svg");
        check("/tmp/rows.TXT", &["csv", "txt"], "/tmp/rows.TXT");
    }
}
