//! Work in the background: one named thread a job, its result taken in at the start of a frame.

pub mod journal;

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use eframe::egui::Context;

use super::files::{LookedAtFile, TableRead};
use super::recovery::RecoveredSession;
use super::session::Session;
use crate::edit::Revision;
use crate::model::Assessment;
use crate::model::validate::Finding;
use crate::store::journal::{LeftOver, RecoveryError};
use crate::store::{LoadError, Replaced, SaveError};
use crate::ui::command::Notice;
use crate::ui::dialogs::typed_path::Purpose;
use crate::ui::panels::{Done, Job, JobKind, RecentFile};

/// What a job brings back.
pub enum Outcome {
    /// A file was read.
    Opened {
        /// From where.
        path: PathBuf,
        /// What was in it, ready to be shown.
        result: Result<Box<Session>, LoadError>,
    },
    /// A file was written, or was not.
    Saved(Saved),
    /// A figure was written, or was not.
    WroteFigure {
        /// Where.
        path: PathBuf,
        /// How it went, or why not.
        result: Result<(), String>,
    },
    /// A table was read, or cannot be.
    ReadTable(Box<TableRead>),
    /// A table was written, or was not.
    WroteTable {
        /// Where.
        path: PathBuf,
        /// What had no place in it, one sentence each; or why it was not written.
        result: Result<Vec<String>, String>,
    },
    /// The user has answered a file dialog; `None` where they did not pick a file, or no dialog could be shown.
    Picked {
        /// What for.
        purpose: Purpose,
        /// Which file.
        path: Option<PathBuf>,
    },
    /// A large assessment was checked.
    Checked {
        /// Which one.
        session: u64,
        /// In which state.
        revision: Revision,
        /// What does not hold in it.
        findings: Vec<Finding>,
    },
    /// The open file was looked at.
    LookedAtFile(LookedAtFile),
    /// The recent files were looked for.
    LookedForRecent(Vec<RecentFile>),
    /// Journals that were left over were looked for.
    LookedForJournals(Vec<LeftOver>),
    /// A journal was replayed.
    Recovered {
        /// Which one.
        journal: PathBuf,
        /// What came of it, ready to be shown.
        result: Result<Box<RecoveredSession>, RecoveryError>,
    },
    /// Something that only has to be told.
    Told(Notice),
    /// Nothing that has to be taken in.
    Nothing,
}

/// How a save went.
pub struct Saved {
    /// Where.
    pub path: PathBuf,
    /// Of which session.
    pub session: u64,
    /// Which state of its document.
    pub state: u64,
    /// The moment that stands in the file as that of the last change.
    pub updated: jiff::Timestamp,
    /// What was saved.
    pub snapshot: Arc<Assessment>,
    /// How it went.
    pub result: SaveResult,
}

/// How a save went.
pub enum SaveResult {
    /// It is done.
    Done(Replaced),
    /// Nothing was written, because another program has changed the file.
    ChangedOnDisk,
    /// Nothing was written, because another file is there.
    AlreadyThere,
    /// It failed.
    Failed(SaveError),
}

/// A job that runs, and the flag that asks it to stop.
struct Running {
    number: u64,
    stop: Arc<AtomicBool>,
}

/// All jobs.
pub struct Jobs {
    ctx: Context,
    shown: Vec<Job>,
    running: Vec<Running>,
    next_number: u64,
    sender: SyncSender<(u64, Outcome)>,
    receiver: Receiver<(u64, Outcome)>,
}

impl Jobs {
    /// No jobs yet; a finished one wakes the window of `ctx`.
    pub fn new(ctx: Context) -> Self {
        let (sender, receiver) = sync_channel(64);
        Self { ctx, shown: Vec::new(), running: Vec::new(), next_number: 1, sender, receiver }
    }

    /// Starts a job. The work may look at the flag that it is given, which becomes true when it is not wanted any more.
    pub fn start(
        &mut self,
        label: impl Into<String>,
        kind: JobKind,
        work: impl FnOnce(&AtomicBool) -> Outcome + Send + 'static,
    ) -> io::Result<u64> {
        self.begin(label, kind, None, work)
    }

    /// The same for work that says how far it has come.
    pub fn start_counted(
        &mut self,
        label: impl Into<String>,
        kind: JobKind,
        work: impl FnOnce(&AtomicBool, &Done) -> Outcome + Send + 'static,
    ) -> io::Result<u64> {
        let done = Done::default();
        self.begin(label, kind, Some(done.clone()), move |stop| work(stop, &done))
    }

    fn begin(
        &mut self,
        label: impl Into<String>,
        kind: JobKind,
        done: Option<Done>,
        work: impl FnOnce(&AtomicBool) -> Outcome + Send + 'static,
    ) -> io::Result<u64> {
        let number = self.next_number;
        self.next_number += 1;
        let label = label.into();
        let (sender, ctx, stop) = (self.sender.clone(), self.ctx.clone(), Arc::new(AtomicBool::new(false)));
        let (flag, name) = (Arc::clone(&stop), label.clone());
        std::thread::Builder::new().name(format!("job {number}")).spawn(move || {
            // A defect in the work must not leave a job that never ends: with one no document could be closed.
            let outcome = catch_unwind(AssertUnwindSafe(|| work(&flag)))
                .unwrap_or_else(|_| Outcome::Told(broken(&name)));
            // The window may be gone by now; then nobody wants the result.
            let _ = sender.send((number, outcome));
            ctx.request_repaint();
        })?;
        self.shown.push(Job { number, label, kind, done });
        self.running.push(Running { number, stop });
        Ok(number)
    }

    /// Stops a job: its result is thrown away when it comes.
    pub fn cancel(&mut self, number: u64) {
        if let Some(job) = self.running.iter().find(|job| job.number == number) {
            job.stop.store(true, Ordering::Relaxed);
        }
        self.forget(number);
    }

    /// Takes out the next result of a job that was not stopped.
    pub fn next_outcome(&mut self) -> Option<Outcome> {
        loop {
            let (number, outcome) = self.receiver.try_recv().ok()?;
            let was_running = self.running.iter().any(|job| job.number == number);
            self.forget(number);
            if was_running {
                return Some(outcome);
            }
        }
    }

    fn forget(&mut self, number: u64) {
        self.running.retain(|job| job.number != number);
        self.shown.retain(|job| job.number != number);
    }

    /// The jobs that run, oldest first.
    pub fn running(&self) -> &[Job] {
        &self.shown
    }

    /// Whether a job of this kind runs.
    pub fn has(&self, kind: JobKind) -> bool {
        self.shown.iter().any(|job| job.kind == kind)
    }
}

impl Drop for Jobs {
    /// Whoever still works need not go on.
    fn drop(&mut self) {
        for job in &self.running {
            job.stop.store(true, Ordering::Relaxed);
        }
    }
}
/// What is said of work that broke off.
fn broken(label: &str) -> Notice {
    let detail = "This is a defect of the program: please report it. What is open is as it was.";
    Notice::error(format!("{label}: it broke off"), detail)
}
#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn work_that_breaks_off_ends_its_job() {
        let mut jobs = Jobs::new(Context::default());
        jobs.start("Saving a case", JobKind::Lasting, |_| panic!("a defect, made for this test")).unwrap();
        let begun = Instant::now();
        let outcome = loop {
            match jobs.next_outcome() {
                Some(outcome) => break outcome,
                None => assert!(begun.elapsed() < Duration::from_secs(30), "it never ends"),
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        assert!(matches!(outcome, Outcome::Told(_)));
        assert!(!jobs.has(JobKind::Lasting), "nothing keeps the window from closing");
    }
}
