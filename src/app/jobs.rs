//! Work in the background: one named thread a job, its result taken in at the start of a frame.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use eframe::egui::Context;

use crate::store::{FileStamp, LoadError, Loaded, SaveError};

/// What a job brings back.
pub enum Outcome {
    /// A file was read.
    Opened {
        /// From where.
        path: PathBuf,
        /// What was in it.
        result: Box<Result<Loaded, LoadError>>,
    },
    /// A file was written.
    Saved {
        /// Where.
        path: PathBuf,
        /// Which state of the document.
        state: u64,
        /// How it went.
        result: Result<FileStamp, SaveError>,
    },
    /// The user has answered a file dialog; `None` where they did not pick a file, or no dialog could be shown.
    Picked {
        /// What for.
        purpose: super::files::Purpose,
        /// Which file.
        path: Option<PathBuf>,
    },
}

/// A job that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    /// Tells jobs apart.
    pub number: u64,
    /// What it does, such as "Opening opm-anthem.ron".
    pub label: String,
}

/// All jobs.
pub struct Jobs {
    ctx: Context,
    running: Vec<Running>,
    next_number: u64,
    sender: SyncSender<(u64, Outcome)>,
    receiver: Receiver<(u64, Outcome)>,
}

impl Jobs {
    /// No jobs yet; a finished one wakes the window of `ctx`.
    pub fn new(ctx: Context) -> Self {
        let (sender, receiver) = sync_channel(64);
        Self { ctx, running: Vec::new(), next_number: 1, sender, receiver }
    }

    /// Starts a job.
    #[expect(clippy::disallowed_methods, reason = "this is the place that the rule points to")]
    pub fn start(&mut self, label: impl Into<String>, work: impl FnOnce() -> Outcome + Send + 'static) {
        let number = self.next_number;
        self.next_number += 1;
        self.running.push(Running { number, label: label.into() });
        let sender = self.sender.clone();
        let ctx = self.ctx.clone();
        std::thread::spawn(move || {
            let outcome = work();
            // The window may be gone by now; then nobody wants the result.
            let _ = sender.send((number, outcome));
            ctx.request_repaint();
        });
    }

    /// Takes out the next result.
    pub fn next_outcome(&mut self) -> Option<Outcome> {
        let (number, outcome) = self.receiver.try_recv().ok()?;
        self.running.retain(|job| job.number != number);
        Some(outcome)
    }

    /// The jobs that run, oldest first.
    pub fn running(&self) -> &[Running] {
        &self.running
    }
}
