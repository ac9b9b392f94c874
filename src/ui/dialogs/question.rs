//! The question that comes before work is lost or a file overwritten. It is asked once.

use eframe::egui::{Context, Label};

use super::{buttons, dialog, main_button, other_button};
use crate::ui::command::Answer;
use crate::ui::panels::{Question, ShellView};
use crate::ui::{Command, ViewContext};

/// Asks.
pub fn show(ctx: &Context, cx: &ViewContext<'_>, shell: &ShellView<'_>, question: &Question) {
    let (title, text, choices): (_, _, [(&str, Answer); 2]) = match question {
        Question::Unsaved { before } => (
            "Unsaved changes",
            format!("Save the changes to \"{}\" before {before}?", shell.name),
            [("Save", Answer::Save), ("Don't save", Answer::Discard)],
        ),
        Question::ChangedOnDisk { file } => (
            "The file has changed",
            format!(
                "{file} was changed by another program since it was opened. Overwriting it loses those changes; a copy of \
                 the file as it is now is kept beside it."
            ),
            [("Save as…", Answer::SaveAs), ("Overwrite", Answer::Overwrite)],
        ),
        Question::AlreadyThere { file } => (
            "The file exists already",
            format!("{file} exists already. Put the new one in its place?"),
            [("Save as…", Answer::SaveAs), ("Overwrite", Answer::Overwrite)],
        ),
    };
    let mut answer = None;
    let closed = dialog(ctx, title, 440.0, |ui| {
        ui.add(Label::new(text).wrap());
        buttons(ui, |ui| {
            for (place, (label, choice)) in choices.iter().enumerate() {
                let response =
                    if place == 0 { main_button(ui, label, true) } else { other_button(ui, label) };
                if response.clicked() {
                    answer = Some(*choice);
                }
            }
            if other_button(ui, "Cancel").clicked() {
                answer = Some(Answer::Cancel);
            }
        });
    });
    if let Some(answer) = answer.or(closed.then_some(Answer::Cancel)) {
        cx.send(Command::Answer(answer));
    }
}
