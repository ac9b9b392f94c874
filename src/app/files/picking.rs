//! Asking for a path: with the system's dialog, off the frame, or typed as text.

use std::path::{Path, PathBuf};

use eframe::egui::Context;

use super::saving::{Guard, assessment_path};
use super::tables::csv_path;
use super::{App, figures, file_name};
use crate::app::jobs::Outcome;
use crate::ui::command::{Notice, TableFile};
use crate::ui::dialogs::typed_path::{Purpose, State};
use crate::ui::panels::JobKind;

impl App {
    /// Shows a file dialog, off the frame: on some systems it takes long or does not come at all.
    pub(in crate::app) fn ask_for_path(&mut self, purpose: Purpose) {
        if self.waits_for_dialog() {
            if self.files.dialog != Some(purpose) {
                self.give_up_path(purpose);
            }
            return;
        }
        if self.files.types_paths || !dialogs_can_be_shown() {
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
        self.files.dialog = Some(purpose);
        self.start_job("A file dialog is open", JobKind::Waiting, move |_| {
            let path = match proposed {
                None => dialog.pick_file(),
                Some(name) => dialog.set_file_name(name).save_file(),
            };
            Outcome::Picked { purpose, path }
        });
    }

    /// Whether the system's file dialog is open, which is said: whoever asks for another path must not take from it what it is
    /// open for.
    pub(super) fn waits_for_dialog(&mut self) -> bool {
        let is_open = self.jobs.has(JobKind::Waiting);
        if is_open {
            self.notices.add(Notice::info("A file dialog is open already: answer that one first"));
        }
        is_open
    }

    /// The file that is meant by a path: where it ends in a separator, the one of the proposed name in that folder.
    pub(super) fn named(&self, purpose: Purpose, path: PathBuf) -> PathBuf {
        match self.proposed_name(purpose) {
            Some(name) if path.to_string_lossy().ends_with(std::path::is_separator) => path.join(name),
            _ => path,
        }
    }

    /// A name for the file that is to be written; `None` where one is to be read.
    fn proposed_name(&self, purpose: Purpose) -> Option<String> {
        match purpose {
            Purpose::Open | Purpose::Import(_) => None,
            Purpose::Save => {
                Some(self.session.path.as_deref().map_or(self.session.proposed_name.clone(), file_name))
            }
            Purpose::Figure => Some(self.proposed_figure_name()),
            Purpose::Table(_) => self.files.table.as_ref().map(|wanted| wanted.name.clone()),
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
        let Some(path) = path else { return self.give_up_path(purpose) };
        // The dialog itself has asked before it gave back a file that is there. Where the name gets an ending it has
        // asked about another file.
        match purpose {
            Purpose::Open => self.open_file(path, ctx),
            Purpose::Save if is_whole(&path, assessment_path) => self.write(path, Guard::None),
            Purpose::Save => self.save_to(path),
            Purpose::Figure if is_whole(&path, figures::figure_path) => self.write_figure(path),
            Purpose::Figure => self.save_figure_to(path),
            Purpose::Import(format) => self.read_table(Some(format), path),
            Purpose::Table(_) if is_whole(&path, csv_path) => self.write_table(path),
            Purpose::Table(table) => self.write_table_to(table, path),
        }
    }

    /// Lets go of what waited for a path.
    pub(in crate::app) fn give_up_path(&mut self, purpose: Purpose) {
        match purpose {
            Purpose::Save => self.files.after_save = None,
            Purpose::Figure => self.files.figure = None,
            Purpose::Table(_) => self.files.table = None,
            Purpose::Open | Purpose::Import(_) => {}
        }
    }
}

/// Whether a path has the ending that its file needs.
fn is_whole(path: &Path, with_ending: fn(PathBuf) -> PathBuf) -> bool {
    with_ending(path.to_path_buf()) == path
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
