//! Offers unsaved changes that a crash left over.

use std::path::Path;

use eframe::egui::{Context, Label, Ui};
use jiff::Timestamp;

use super::{buttons, dialog, main_button, other_button};
use crate::ui::panels::{Recoverable, RecoverableFile, ShellView};
use crate::ui::tokens;
use crate::ui::widgets::{counted, quiet, section_title};
use crate::ui::{Command, ViewContext};

/// Draws the offer; whether it is to be closed. Who closes it without an answer is offered the changes again later.
pub fn show(ctx: &Context, cx: &ViewContext<'_>, shell: &ShellView<'_>, journal: &Path) -> bool {
    let Some(left) = shell.recoverable.iter().find(|it| it.journal == journal) else { return true };
    let mut is_done = false;
    let closed = dialog(ctx, "Recover unsaved changes?", 500.0, |ui| {
        ui.add(Label::new(what(left)).wrap());
        newest(ui, left);
        if let Some(note) = note(left) {
            ui.add_space(4.0);
            ui.add(Label::new(note).wrap());
        }
        buttons(ui, |ui| {
            let can_recover = left.file != RecoverableFile::Missing;
            if main_button(ui, "Recover", can_recover).clicked() {
                cx.send(Command::Recover(left.journal.clone()));
                is_done = true;
            }
            if other_button(ui, "Discard changes").clicked() {
                cx.send(Command::DiscardRecovery(left.journal.clone()));
                is_done = true;
            }
            if other_button(ui, "Later").clicked() {
                is_done = true;
            }
        });
    });
    is_done || closed
}

fn what(left: &Recoverable) -> String {
    let count = count_text(left.changes);
    let was = if left.changes == 1 { "was" } else { "were" };
    format!("{count} to \"{}\" {was} not saved, the last one made {}.", left.title, moment(left.last_at))
}

/// "1 change", "12 changes".
pub fn count_text(changes: usize) -> String {
    counted(changes, "change")
}

/// A day and a time where the user is.
pub fn moment(at: Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d at %H:%M").to_string()
}

fn newest(ui: &mut Ui, left: &Recoverable) {
    ui.add_space(4.0);
    section_title(ui, "The newest changes");
    for label in &left.labels {
        ui.add(Label::new(label).truncate());
    }
    if let Some(path) = &left.path {
        let path = quiet(ui, path.display().to_string()).size(tokens::SMALL);
        ui.add(Label::new(path).truncate());
    }
}

fn note(left: &Recoverable) -> Option<String> {
    let of_file = match left.file {
        RecoverableFile::Same => None,
        RecoverableFile::None => Some("It was not saved to a file yet; saving will ask where to."),
        RecoverableFile::Changed => Some(
            "The file was changed since, by another program or window. The changes are recovered into a copy, and the file stays \
             as it is.",
        ),
        RecoverableFile::Missing => Some(
            "The file cannot be read where it was. Bring it back, by plugging in its drive for example, and try again.",
        ),
    };
    let torn = left.is_torn.then_some("The very last change was not written whole and cannot be recovered.");
    let notes: Vec<&str> = of_file.into_iter().chain(torn).collect();
    (!notes.is_empty()).then(|| notes.join(" "))
}
