//! What a view can ask for. Views queue commands; `app` carries them out at the end of the frame.

use std::cell::RefCell;
use std::path::PathBuf;

use eframe::egui::ThemePreference;

use super::Action;
use super::dialogs::typed_path::Purpose;
use super::figure::FigureSettings;
use super::tokens::Look;
use super::views::ViewKind;
use crate::analysis::ach::Raters;
use crate::analysis::ach::stability::Trial;
use crate::analysis::charts::provenance::{Room, Scope};
use crate::edit::Transaction;
use crate::model::{Analyst, AnyId, FusionRule, Id, Incident, Tlp, TrustDiscount};

/// Something that a view asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// What also stands in a menu.
    Do(Action),
    /// Change the document.
    Edit(Transaction),
    /// End the step that runs, so that the next change is undone apart from it: a field lost the focus.
    CloseStep,
    /// Delete these records and what needs them.
    Delete(Vec<AnyId>),
    /// Select these records in place of what is selected. The last one is the main one.
    Select(Vec<AnyId>),
    /// Add a record to the selection, or take it out.
    ToggleSelected(AnyId),
    /// Show the charts of this incident.
    ShowIncident(Option<Id<Incident>>),
    /// Bring a view to the front.
    ShowView(ViewKind),
    /// Bring a claim or document into sight in the view of where claims come from.
    ShowInProvenance(AnyId),
    /// Open an assessment file.
    OpenPath(PathBuf),
    /// Open a bundled worked case by its file name.
    OpenCase(&'static str),
    /// Save under this path, after asking where another file is there already.
    SavePath(PathBuf),
    /// A path was asked for, and none is given: what waited for it does not happen.
    GiveUpPath(Purpose),
    /// Ask where a chart is to be written as a figure.
    ExportFigure(FigureSettings),
    /// Write the figure that was asked for under this path.
    SaveFigure(PathBuf),
    /// Read a table and show what would come in of it; without a format that which its header speaks for.
    ReadTable(Option<TableFormat>, PathBuf),
    /// Write the table that was asked for under this path.
    WriteTable(TableFile, PathBuf),
    /// What the user wants of the table that was read.
    Import(ImportAnswer),
    /// The user has answered the question that was asked.
    Answer(Answer),
    /// Stop a job, by its number.
    CancelJob(u64),
    /// Put the cursor into the name of a record.
    EditName(AnyId),
    /// Who works from now on.
    SetAnalyst(Option<Id<Analyst>>),
    /// Dark, light, or what the system has.
    SetTheme(ThemePreference),
    /// Change what of the look is chosen, beside the theme.
    SetLook(Look),
    /// Take a file out of the list of recent ones.
    ForgetRecent(PathBuf),
    /// Ask whether the changes of a left-over journal are to be recovered.
    OfferRecovery(PathBuf),
    /// Recover the changes of a left-over journal.
    Recover(PathBuf),
    /// Throw a left-over journal away.
    DiscardRecovery(PathBuf),
    /// Put a text into the clipboard and say what it is, such as "12 rows".
    Copy {
        /// The text.
        text: String,
        /// What it is.
        what: String,
    },
    /// Open a web address in the browser.
    OpenUrl(String),
    /// Change the marking.
    SetMarking(Tlp),
    /// How results are computed, such as at which level of the hierarchy.
    SetOptions(crate::analysis::Options),
    /// Compute something that takes long, in a job; its result is remembered with the others of the document.
    Compute(Computation),
    /// Tell the user something.
    Notify(Notice),
    /// Close a notice.
    Dismiss(u64),
}

/// A result that takes long.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Computation {
    /// What moves the fused picture of an incident, under this rule or the assessment's.
    Influence(Id<Incident>, Option<FusionRule>),
    /// How far sources agree over all incidents.
    Agreement,
    /// How the fused belief on an incident moved as claims came in.
    BeliefOverTime(Id<Incident>),
    /// What each rule makes of the claims on an incident, under this version of trust discounting.
    AllRules(Id<Incident>, TrustDiscount),
    /// Where claims come from, laid out for a room.
    Provenance(Scope, Room),
    /// What the ranking of the hypotheses of an incident hangs on, by these ratings.
    Sensitivity(Id<Incident>, Raters),
    /// How often each hypothesis of an incident is in front when these ratings move.
    RankStability(Id<Incident>, Raters, Trial),
}

impl Computation {
    /// What the job is called.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Influence(..) => "Computing influence",
            Self::Agreement => "Computing agreement",
            Self::BeliefOverTime(_) => "Computing belief over time",
            Self::AllRules(..) => "Computing all rules",
            Self::Provenance(..) => "Laying out provenance",
            Self::Sensitivity(..) => "Computing sensitivity",
            Self::RankStability(..) => "Computing rank stability",
        }
    }
}

/// What stands in a table for spreadsheets and other programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TableFormat {
    /// A claim a row.
    Claims,
    /// A piece of evidence a row, a hypothesis a column.
    Matrix,
}

impl TableFormat {
    /// What it holds, as a word in a sentence.
    pub const fn what(self) -> &'static str {
        match self {
            Self::Claims => "claims",
            Self::Matrix => "evidence matrix",
        }
    }
}

/// A table that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TableFile {
    /// What the assessment has.
    Export(TableFormat),
    /// The rows that did not come in, of the table that was read.
    Rejects,
}

/// What the user wants of the table that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportAnswer {
    /// Take in what was understood.
    TakeIn,
    /// Write the rows that were not understood into a file of their own.
    SaveRejects,
    /// Take in nothing.
    Cancel,
}

/// What the user answers to a question that comes before work is lost or overwritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Save first.
    Save,
    /// Go on without saving.
    Discard,
    /// Put the document in the place of the file that is there.
    Overwrite,
    /// Save under another name.
    SaveAs,
    /// Leave everything as it is.
    Cancel,
}

/// A message to the user. Worse ones stay until closed; all stay in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How bad it is.
    pub severity: NoticeSeverity,
    /// What happened, in one line.
    pub title: String,
    /// Where, and what to do; may have several lines.
    pub detail: String,
}

/// How bad a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticeSeverity {
    /// Something was done.
    Info,
    /// Something may need attention.
    Warning,
    /// Something could not be done.
    Error,
}

impl Notice {
    /// A message that something was done.
    pub fn info(title: impl Into<String>) -> Self {
        Self { severity: NoticeSeverity::Info, title: title.into(), detail: String::new() }
    }

    /// A message that something may need attention.
    pub fn warning(title: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { severity: NoticeSeverity::Warning, title: title.into(), detail: detail.into() }
    }

    /// A message that something could not be done.
    pub fn error(title: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { severity: NoticeSeverity::Error, title: title.into(), detail: detail.into() }
    }
}

/// The commands that were asked for in this frame.
#[derive(Debug, Default)]
pub struct Commands {
    queue: RefCell<Vec<Command>>,
}

impl Commands {
    /// Asks for a command.
    pub fn send(&self, command: Command) {
        self.queue.borrow_mut().push(command);
    }

    /// Takes out all that was asked for, oldest first.
    pub fn take(&self) -> Vec<Command> {
        self.queue.take()
    }
}
