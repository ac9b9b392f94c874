//! Opening and saving: file dialogs off the frame, one question before work is lost, files dropped on the window.

use std::path::{Path, PathBuf};

use eframe::egui::{self, Context};

use super::App;
use super::cases::BundledCase;
use super::jobs::Outcome;
use super::session::Session;
use crate::model::{Assessment, Header, Uuid};
use crate::store;
use crate::ui::command::Notice;

/// What a file dialog is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A file to open.
    Open,
    /// A file to save to.
    Save,
}

/// Something that would lose unsaved work, and so is asked about first.
#[derive(Clone, Debug)]
pub enum Leaving {
    /// Begin a blank assessment.
    New,
    /// Open this file.
    Open(PathBuf),
    /// Open this worked case.
    Case(&'static BundledCase),
    /// Show the welcome page.
    Close,
    /// Leave the program.
    Quit,
}

/// Where opening and saving stand.
#[derive(Debug, Default)]
pub struct Files {
    /// The question that is being asked: what to do about unsaved work.
    pub asking: Option<Leaving>,
    /// What to do once the save that runs is done.
    after_save: Option<Leaving>,
    /// The file dialog that is open.
    pub dialog: Option<Purpose>,
    /// The path that is being typed in place of a dialog.
    pub typed_path: Option<(Purpose, String)>,
    /// The user has agreed to quit.
    is_quitting: bool,
}

impl App {
    /// Does something that would lose unsaved work: at once where there is none, else after asking.
    pub(super) fn leave(&mut self, leaving: Leaving, ctx: &Context) {
        if self.session.document.is_changed() && !self.session.is_welcome {
            self.files.asking = Some(leaving);
        } else {
            self.leave_now(leaving, ctx);
        }
    }

    /// Does it without asking.
    pub(super) fn leave_now(&mut self, leaving: Leaving, ctx: &Context) {
        self.files.asking = None;
        match leaving {
            Leaving::New => self.session = Session::new(blank_assessment()),
            Leaving::Open(path) => self.open_path(path),
            Leaving::Case(case) => self.open_case(case),
            Leaving::Close => self.session = Session::welcome(),
            Leaving::Quit => {
                self.files.is_quitting = true;
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
        }
    }

    /// Saves, and then does what was being asked about.
    pub(super) fn save_and_leave(&mut self, leaving: Leaving) {
        self.files.asking = None;
        self.files.after_save = Some(leaving);
        self.save();
    }

    /// Holds the window back from closing while there is unsaved work.
    pub(super) fn guard_closing(&mut self, ctx: &Context) {
        if ctx.input(|input| input.viewport().close_requested()) && !self.files.is_quitting {
            if self.session.document.is_changed() && !self.session.is_welcome {
                ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
                self.files.asking = Some(Leaving::Quit);
            } else {
                self.files.is_quitting = true;
            }
        }
    }

    /// Reads a file in the background.
    pub(super) fn open_path(&mut self, path: PathBuf) {
        let label = format!("Opening {}", file_name(&path));
        self.jobs.start(label, move || {
            let result = Box::new(store::load(&path));
            Outcome::Opened { path, result }
        });
    }

    fn open_case(&mut self, case: &'static BundledCase) {
        let parsed = store::parse(case.bytes);
        match parsed.assessment {
            Some(assessment) => {
                self.session = Session::new(assessment);
                case.file.clone_into(&mut self.session.proposed_name);
            }
            None => self.notices.add(Notice::error(
                format!("The worked case {} cannot be read", case.file),
                "Please report this: it is a defect of the program.",
            )),
        }
    }

    /// Saves where the document belongs; asks for a place where it has none yet.
    pub(super) fn save(&mut self) {
        match self.session.path.clone() {
            Some(path) => self.save_to(path),
            None => self.ask_for_path(Purpose::Save),
        }
    }

    /// Writes the document in the background.
    pub(super) fn save_to(&mut self, path: PathBuf) {
        let snapshot = self.session.document.snapshot();
        let state = self.session.document.state();
        self.jobs.start(format!("Saving {}", file_name(&path)), move || {
            let result = store::save(&path, &snapshot);
            Outcome::Saved { path, state, result }
        });
    }

    /// Shows a file dialog, off the frame: on some systems it takes long or does not come at all.
    pub(super) fn ask_for_path(&mut self, purpose: Purpose) {
        if self.files.dialog.is_some() {
            return;
        }
        self.files.dialog = Some(purpose);
        let mut dialog = rfd::FileDialog::new().add_filter("Ascribe assessments", &["ron"]);
        if let Some(folder) = self.session.path.as_ref().and_then(|path| path.parent()) {
            dialog = dialog.set_directory(folder);
        }
        let proposed = self.session.path.as_deref().map_or(self.session.proposed_name.clone(), file_name);
        self.jobs.start("A file dialog is open", move || {
            let path = match purpose {
                Purpose::Open => dialog.set_title("Open assessment").pick_file(),
                Purpose::Save => dialog.set_title("Save assessment").set_file_name(proposed).save_file(),
            };
            Outcome::Picked { purpose, path }
        });
    }

    /// Asks for a path as text.
    pub(super) fn ask_for_typed_path(&mut self, purpose: Purpose) {
        let start = match (&self.session.path, purpose) {
            (Some(path), _) => path.display().to_string(),
            (None, Purpose::Save) => self.session.proposed_name.clone(),
            (None, Purpose::Open) => String::new(),
        };
        self.files.typed_path = Some((purpose, start));
    }

    /// Takes in what jobs have brought back.
    pub(super) fn finish_jobs(&mut self, ctx: &Context) {
        while let Some(outcome) = self.jobs.next_outcome() {
            match outcome {
                Outcome::Opened { path, result } => self.finish_opening(path, *result),
                Outcome::Saved { path, state, result } => self.finish_saving(path, state, result, ctx),
                Outcome::Picked { purpose, path } => self.finish_picking(purpose, path, ctx),
            }
        }
    }

    fn finish_opening(&mut self, path: PathBuf, result: Result<store::Loaded, store::LoadError>) {
        match result {
            Ok(loaded) => {
                self.session = Session::new(loaded.assessment);
                self.session.path = Some(path.clone());
                self.session.stamp = Some(loaded.stamp);
                self.settings.add_recent(path);
            }
            Err(error) => {
                self.notices
                    .add(Notice::error(format!("{} cannot be opened", file_name(&path)), error.to_string()));
            }
        }
    }

    fn finish_saving(
        &mut self,
        path: PathBuf,
        state: u64,
        result: Result<store::FileStamp, store::SaveError>,
        ctx: &Context,
    ) {
        let after = self.files.after_save.take();
        match result {
            Ok(stamp) => {
                self.session.document.mark_saved(state);
                self.session.stamp = Some(stamp);
                self.session.path = Some(path.clone());
                self.notices.add(Notice::info(format!("Saved {}", file_name(&path))));
                self.settings.add_recent(path);
                if let Some(leaving) = after {
                    self.leave(leaving, ctx);
                }
            }
            Err(error) => {
                self.notices
                    .add(Notice::error(format!("{} was not saved", file_name(&path)), error.to_string()));
            }
        }
    }

    fn finish_picking(&mut self, purpose: Purpose, path: Option<PathBuf>, ctx: &Context) {
        self.files.dialog = None;
        match (purpose, path) {
            (Purpose::Open, Some(path)) => self.leave(Leaving::Open(path), ctx),
            (Purpose::Save, Some(path)) => self.save_to(with_extension(path)),
            // No answer is the same as "cancel"; where no dialog can be shown at all, a path can still be typed.
            (purpose, None) => {
                if purpose == Purpose::Save {
                    self.files.after_save = None;
                }
                if !dialogs_can_be_shown() {
                    self.ask_for_typed_path(purpose);
                }
            }
        }
    }

    /// Opens a file that was dropped on the window.
    pub(super) fn take_dropped_files(&mut self, ctx: &Context) {
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        let mut paths = dropped.into_iter().map(|file| file.path().to_path_buf());
        if let Some(path) = paths.next() {
            if paths.next().is_some() {
                self.notices.add(Notice::warning(
                    "Only one file was opened",
                    "Several were dropped on the window; one assessment is open at a time",
                ));
            }
            self.leave(Leaving::Open(path), ctx);
        }
    }
}

/// Whether the system has a way to show file dialogs: without a session bus there is no portal, and without zenity no
/// stand-in.
fn dialogs_can_be_shown() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    let has_bus = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some();
    let has_zenity = std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join("zenity").is_file()));
    has_bus || has_zenity
}

/// A blank assessment.
fn blank_assessment() -> Assessment {
    let now = jiff::Timestamp::now();
    let header = Header { id: Uuid::now_v7(), created: now, updated: now, ..Header::default() };
    Assessment::from_records(header, [])
}

/// The last part of a path, as people read it.
pub fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// The path with ".ron" where it has no extension.
pub fn with_extension(path: PathBuf) -> PathBuf {
    if path.extension().is_some() { path } else { path.with_extension("ron") }
}
