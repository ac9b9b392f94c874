//! What panels and dialogs may see besides what the views see.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use eframe::egui::ThemePreference;

use crate::model::validate::{Finding, Severity};
use crate::ui::command::Notice;
use crate::ui::tokens::Look;
use crate::ui::views::ViewKind;
use jiff::Timestamp;

/// What panels and dialogs may see besides what the views see.
#[derive(Clone, Copy)]
pub struct ShellView<'a> {
    /// The title of the assessment, or of its file.
    pub name: &'a str,
    /// Whether the welcome page stands in place of the views.
    pub is_welcome: bool,
    /// Whether it was ever saved under the present path.
    pub was_saved: bool,
    /// When it was saved last in this run.
    pub saved_at: Option<Timestamp>,
    /// How the open file was when it was last looked at.
    pub on_disk: OnDisk,
    /// The jobs that run, oldest first.
    pub jobs: &'a [Job],
    /// All notices, newest last.
    pub notices: &'a [NoticeEntry],
    /// What does not hold; `None` while it is being looked for.
    pub findings: Option<&'a [Finding]>,
    /// Files that were open, newest first.
    pub recent: &'a [RecentFile],
    /// How far unsaved changes are safe from a crash.
    pub journal: &'a Journalling,
    /// Unsaved changes that a crash left over, newest first.
    pub recoverable: &'a [Recoverable],
    /// The worked cases.
    pub cases: &'a [CaseCard],
    /// What the user prefers.
    pub preferences: Preferences,
    /// The view in front.
    pub front_view: Option<ViewKind>,
    /// What is being asked.
    pub question: Option<&'a Question>,
}

/// What the user prefers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Preferences {
    /// Dark, light, or what the system has.
    pub theme: ThemePreference,
    /// What of the look is chosen, beside the theme.
    pub look: Look,
    /// Whether the navigator is shown.
    pub shows_navigator: bool,
    /// Whether the inspector is shown.
    pub shows_inspector: bool,
    /// How much larger than usual everything is drawn.
    pub zoom: f32,
}

/// Work in the background.
#[derive(Clone, Debug)]
pub struct Job {
    /// Tells jobs apart.
    pub number: u64,
    /// What it does, such as "Opening opm-anthem.ron".
    pub label: String,
    /// What kind of job it is.
    pub kind: JobKind,
    /// How far it has come, where it says so.
    pub done: Option<Done>,
}

/// How far a job has come: told by the thread that does it, shown by the window.
#[derive(Clone, Debug, Default)]
pub struct Done(Arc<AtomicU32>);

impl Done {
    /// Says how far it has come, from 0 to 1.
    pub fn tell(&self, share: f32) {
        self.0.store(share.clamp(0.0, 1.0).to_bits(), Ordering::Relaxed);
    }

    /// How far it has come, from 0 to 1.
    pub fn share(&self) -> f32 {
        f32::from_bits(self.0.load(Ordering::Relaxed))
    }
}

/// How a job is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobKind {
    /// It works and can be stopped.
    Stoppable,
    /// It works and has to come to its end, such as saving.
    Lasting,
    /// It works unseen.
    Quiet,
    /// It waits for the user, such as a file dialog.
    Waiting,
}

/// A notice and whether it is still shown above the views.
#[derive(Clone, Debug)]
pub struct NoticeEntry {
    /// Tells notices apart.
    pub number: u64,
    /// The notice.
    pub notice: Notice,
    /// When it was first shown, in seconds of the window's clock.
    pub shown_at_secs: Option<f64>,
    /// Whether it was closed, or has been shown long enough.
    pub is_dismissed: bool,
    /// Whether the list of notices was open since.
    pub is_seen: bool,
}

/// A file that was open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecentFile {
    /// Where it is.
    pub path: PathBuf,
    /// Whether it was there when last looked for.
    pub is_there: bool,
}

/// What has become of the open file since it was read or written last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnDisk {
    /// It is as it was, as far as can be told.
    #[default]
    Same,
    /// Another program has changed it.
    Changed,
    /// It is no longer there.
    Gone,
}

/// How far unsaved changes are safe from a crash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Journalling {
    /// Nothing has to be journalled, or no journal is kept.
    #[default]
    Off,
    /// The first change is being written.
    Writing,
    /// All changes up to this moment are written.
    Written(Timestamp),
    /// They cannot be written; why.
    Failed(String),
}

/// Unsaved changes that a crash left over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recoverable {
    /// Their journal; it names them.
    pub journal: PathBuf,
    /// The title of the assessment, or the name of its file.
    pub title: String,
    /// The file that was open, where there was one.
    pub path: Option<PathBuf>,
    /// What has become of that file.
    pub file: RecoverableFile,
    /// How many changes there are.
    pub changes: usize,
    /// When the last one was made.
    pub last_at: Timestamp,
    /// What the newest ones were, newest first.
    pub labels: Vec<String>,
    /// Whether the very last one was not written whole.
    pub is_torn: bool,
}

/// What has become of the file of unsaved changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecoverableFile {
    /// It is as it was.
    Same,
    /// It was changed since.
    Changed,
    /// It cannot be read where it was.
    Missing,
    /// The document had no file yet.
    None,
}

/// A worked case, as the welcome page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseCard {
    /// Its file name.
    pub file: &'static str,
    /// What it is about.
    pub title: &'static str,
    /// What it shows, in one sentence.
    pub teaches: &'static str,
    /// How many claims it has.
    pub claims: usize,
    /// How many sources it has.
    pub sources: usize,
    /// How many incidents it has.
    pub incidents: usize,
}

/// What is asked before work is lost or overwritten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// There is unsaved work, and the user wants to go on to something else.
    Unsaved {
        /// What comes next, such as "quitting".
        before: &'static str,
    },
    /// The file was changed by someone else since it was read.
    ChangedOnDisk {
        /// Its name.
        file: String,
    },
    /// Another file is where the document is to be saved.
    AlreadyThere {
        /// Its name.
        file: String,
    },
}

impl ShellView<'_> {
    /// Whether the document is being saved.
    pub fn is_saving(&self) -> bool {
        self.jobs.iter().any(|job| job.kind == JobKind::Lasting)
    }

    /// How many findings of a severity there are.
    pub fn count_findings(&self, severity: Severity) -> usize {
        self.findings.map_or(0, |findings| findings.iter().filter(|it| it.severity == severity).count())
    }
}
