//! Asking for a path: with the system's dialog, off the frame, or typed as text.

use std::path::PathBuf;

use eframe::egui::Context;

use super::saving::{Guard, with_extension};
use super::{App, Leaving, file_name};
use crate::app::jobs::Outcome;
use crate::ui::dialogs::typed_path::{Purpose, State};
use crate::ui::panels::JobKind;

impl App {
    /// Shows a file dialog, off the frame: on some systems it takes long or does not come at all.
    pub(in crate::app) fn ask_for_path(&mut self, purpose: Purpose) {
        if self.jobs.has(JobKind::Waiting) {
            return;
        }
        if !dialogs_can_be_shown() {
            return self.ask_for_typed_path(purpose);
        }
        let mut dialog = match purpose {
            Purpose::Open | Purpose::Save => {
                rfd::FileDialog::new().add_filter("Ascribe assessments", &["ron"])
            }
            Purpose::Figure => rfd::FileDialog::new().add_filter("SVG", &["svg"]).add_filter("PNG", &["png"]),
        };
        if let Some(folder) = self.session.path.as_ref().and_then(|path| path.parent()) {
            dialog = dialog.set_directory(folder);
        }
        let proposed = match purpose {
            Purpose::Open | Purpose::Save => {
                self.session.path.as_deref().map_or(self.session.proposed_name.clone(), file_name)
            }
            Purpose::Figure => self.proposed_figure_name(),
        };
        self.start_job("A file dialog is open", JobKind::Waiting, move |_| {
            let path = match purpose {
                Purpose::Open => dialog.set_title("Open assessment").pick_file(),
                Purpose::Save => dialog.set_title("Save assessment").set_file_name(proposed).save_file(),
                Purpose::Figure => dialog.set_title("Export figure").set_file_name(proposed).save_file(),
            };
            Outcome::Picked { purpose, path }
        });
    }

    /// Asks for a path as text.
    pub(in crate::app) fn ask_for_typed_path(&mut self, purpose: Purpose) {
        let folder = || self.settings.recent.first().and_then(|path| path.parent());
        let start = match (&self.session.path, purpose) {
            (Some(path), Purpose::Save) => path.display().to_string(),
            (Some(path), Purpose::Open) => {
                path.parent().map_or(String::new(), |folder| format!("{}/", folder.display()))
            }
            (None, Purpose::Save) => folder()
                .map_or(PathBuf::from("~"), PathBuf::from)
                .join(&self.session.proposed_name)
                .display()
                .to_string(),
            (path, Purpose::Figure) => {
                let beside = path.as_ref().and_then(|path| path.parent()).or_else(folder);
                let folder = beside.map_or(PathBuf::from("~"), PathBuf::from);
                folder.join(self.proposed_figure_name()).display().to_string()
            }
            (None, Purpose::Open) => {
                folder().map_or(String::new(), |folder| format!("{}/", folder.display()))
            }
        };
        self.shell.typed_path = Some(State::new(purpose, start));
    }

    pub(super) fn finish_picking(&mut self, purpose: Purpose, path: Option<PathBuf>, ctx: &Context) {
        match (purpose, path) {
            (Purpose::Open, Some(path)) => self.leave(Leaving::Open(path), ctx),
            // The dialog itself has asked before it gave back a file that is there.
            (Purpose::Save, Some(path)) => self.write(with_extension(path), Guard::None),
            (Purpose::Save, None) => self.files.after_save = None,
            (Purpose::Figure, Some(path)) => self.write_figure(path),
            (Purpose::Open | Purpose::Figure, None) => {}
        }
    }
}

/// Whether the system has a way to show file dialogs: without a session bus there is no portal, and without zenity no
/// stand-in. Then a path is typed.
fn dialogs_can_be_shown() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    let has_bus = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some();
    let has_zenity = std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join("zenity").is_file()));
    has_bus || has_zenity
}
