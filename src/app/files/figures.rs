//! Figures: drawn and written in the background, never over another file without asking.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use eframe::egui::Context;

use super::opening::absolute;
use super::{App, Pending, file_name, with_extension};
use crate::analysis::Derived;
use crate::app::jobs::Outcome;
use crate::edit::Revision;
use crate::store;
use crate::ui::command::Notice;
use crate::ui::dialogs::typed_path::Purpose;
use crate::ui::figure::{self, FigureFormat, FigureRequest, FigureSettings};
use crate::ui::panels::{JobKind, Question};

/// A figure that is to be written: what was on the screen when it was asked for.
pub struct WantedFigure {
    derived: Arc<Derived>,
    revision: Revision,
    request: FigureRequest,
}

impl App {
    /// Asks where a chart is to be written, as it is on the screen now.
    pub(in crate::app) fn export_figure(&mut self, settings: FigureSettings, ctx: &Context) {
        if self.waits_for_dialog() {
            return;
        }
        let request = FigureRequest {
            settings,
            incident: self.session.incident,
            title: None,
            theme: ctx.theme().into(),
            date: jiff::Zoned::now().date(),
        };
        let view = self.session.view(&self.commands);
        self.files.figure = Some(WantedFigure {
            derived: Arc::clone(&self.session.derived),
            revision: view.revision,
            request,
        });
        self.ask_for_path(Purpose::Figure);
    }

    /// A name for the file of the figure that was asked for.
    pub(super) fn proposed_figure_name(&self) -> String {
        let name = |wanted: &WantedFigure| wanted.request.file_name(wanted.derived.assessment());
        self.files.figure.as_ref().map_or_else(|| "figure.svg".to_owned(), name)
    }

    /// Writes the figure that was asked for to a path that was typed; asks first where another file is there.
    pub(in crate::app) fn save_figure_to(&mut self, path: PathBuf) {
        let path = figure_path(self.named(Purpose::Figure, absolute(path)));
        if path.exists() {
            let file = file_name(&path);
            self.files.asking = Some((Question::AlreadyThere { file }, Pending::WriteFigure(path)));
        } else {
            self.write_figure(path);
        }
    }

    /// Draws and writes the figure that was asked for, in the background.
    pub(super) fn write_figure(&mut self, path: PathBuf) {
        let path = figure_path(path);
        // A path that was made whole has one of the formats.
        let Some(format) = FigureFormat::of(&path) else { return };
        let Some(wanted) = self.files.figure.take() else { return };
        self.start_job(format!("Exporting {}", file_name(&path)), JobKind::Stoppable, move |stop| {
            let result = write(&wanted, &path, format, stop);
            Outcome::WroteFigure { path, result }
        });
    }

    pub(super) fn finish_figure(&mut self, path: &Path, result: Result<(), String>) {
        self.notices.add(match result {
            Ok(()) => Notice {
                detail: path.display().to_string(),
                ..Notice::info(format!("Exported {}", file_name(path)))
            },
            Err(why) => Notice::error(format!("{} was not written", file_name(path)), why),
        });
    }
}

fn write(wanted: &WantedFigure, path: &Path, format: FigureFormat, stop: &AtomicBool) -> Result<(), String> {
    let bytes = figure::draw(&wanted.derived, wanted.revision, &wanted.request, format)
        .map_err(|error| error.to_string())?;
    // Whoever has stopped it wants no file, either.
    if stop.load(Ordering::Relaxed) {
        return Ok(());
    }
    store::replace(path, &bytes).map(|_| ()).map_err(|error| error.to_string())
}

/// The path of a figure: with ".svg" where it ends neither so nor in ".png".
pub fn figure_path(path: PathBuf) -> PathBuf {
    with_extension(path, &["svg", "png"], "svg")
}
