//! Asking for a path: with the system's dialog, off the frame, or typed as text.

use std::path::PathBuf;

use eframe::egui::Context;

use super::saving::{Guard, with_extension};
use super::{App, file_name};
use crate::app::jobs::Outcome;
use crate::ui::command::TableFile;
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
            Purpose::Import(_) => rfd::FileDialog::new().add_filter("Tables", &["csv", "tsv", "txt"]),
            Purpose::Table(_) => rfd::FileDialog::new().add_filter("Tables", &["csv"]),
        };
        if let Some(folder) = self.session.path.as_ref().and_then(|path| path.parent()) {
            dialog = dialog.set_directory(folder);
        }
        let dialog = dialog.set_title(match purpose {
            Purpose::Open => "Open assessment".to_owned(),
            Purpose::Save => "Save assessment".to_owned(),
            Purpose::Figure => "Export figure".to_owned(),
            Purpose::Import(format) => format!("Import {}", format.what()),
            Purpose::Table(TableFile::Export(format)) => format!("Export {}", format.what()),
            Purpose::Table(TableFile::Rejects) => "Save rejected rows".to_owned(),
        });
        let proposed = self.proposed_name(purpose);
        self.start_job("A file dialog is open", JobKind::Waiting, move |_| {
            let path = match proposed {
                None => dialog.pick_file(),
                Some(name) => dialog.set_file_name(name).save_file(),
            };
            Outcome::Picked { purpose, path }
        });
    }

    /// A name for the file that is to be written; `None` where one is to be read.
    fn proposed_name(&self, purpose: Purpose) -> Option<String> {
        match purpose {
            Purpose::Open | Purpose::Import(_) => None,
            Purpose::Save => {
                Some(self.session.path.as_deref().map_or(self.session.proposed_name.clone(), file_name))
            }
            Purpose::Figure => Some(self.proposed_figure_name()),
            Purpose::Table(table) => Some(self.proposed_table_name(table)),
        }
    }

    /// Asks for a path as text.
    pub(in crate::app) fn ask_for_typed_path(&mut self, purpose: Purpose) {
        let last = self.session.path.as_ref().or(self.settings.recent.first());
        let folder = last.and_then(|path| path.parent());
        let start = match self.proposed_name(purpose) {
            None => folder.map_or(String::new(), |folder| format!("{}/", folder.display())),
            Some(name) => folder.map_or(PathBuf::from("~"), PathBuf::from).join(name).display().to_string(),
        };
        self.shell.typed_path = Some(State::new(purpose, start));
    }

    pub(super) fn finish_picking(&mut self, purpose: Purpose, path: Option<PathBuf>, ctx: &Context) {
        match (purpose, path) {
            (Purpose::Open, Some(path)) => self.open_file(path, ctx),
            // The dialog itself has asked before it gave back a file that is there.
            (Purpose::Save, Some(path)) => self.write(with_extension(path), Guard::None),
            (Purpose::Save, None) => self.files.after_save = None,
            (Purpose::Figure, Some(path)) => self.write_figure(path),
            (Purpose::Import(format), Some(path)) => self.read_table(Some(format), path),
            (Purpose::Table(table), Some(path)) => self.write_table(table, path),
            (Purpose::Open | Purpose::Figure | Purpose::Import(_) | Purpose::Table(_), None) => {}
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
