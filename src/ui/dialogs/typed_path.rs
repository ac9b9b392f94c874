//! A path typed as text: where no file dialog can be shown, and for those who prefer to type.

use std::path::PathBuf;

use eframe::egui::{Context, Key, Label, TextEdit};

use super::{buttons, dialog, main_button, other_button};
use crate::ui::widgets::quiet;
use crate::ui::{Command, ViewContext};

/// What a path is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A file to open.
    Open,
    /// A file to save to.
    Save,
    /// A file for a figure.
    Figure,
}

/// The path that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// What it is for.
    pub purpose: Purpose,
    /// What stands in the field.
    pub text: String,
    /// Whether the field had the cursor already.
    had_focus: bool,
}

impl State {
    /// Begins with a text.
    pub const fn new(purpose: Purpose, text: String) -> Self {
        Self { purpose, text, had_focus: false }
    }
}

/// Draws the dialog; whether it is done.
pub fn show(ctx: &Context, cx: &ViewContext<'_>, state: &mut State) -> bool {
    let (title, main) = match state.purpose {
        Purpose::Open => ("Open by path", "Open"),
        Purpose::Save => ("Save by path", "Save"),
        Purpose::Figure => ("Export figure", "Export"),
    };
    let (what, example) = match state.purpose {
        Purpose::Open | Purpose::Save => ("Path of the assessment file", "/home/…/assessment.ron"),
        Purpose::Figure => ("Path of the figure, ending in .svg or .png", "/home/…/figure.svg"),
    };
    let mut is_done = false;
    let closed = dialog(ctx, title, 520.0, |ui| {
        let label = ui.label(what);
        let field = TextEdit::singleline(&mut state.text).desired_width(f32::INFINITY).hint_text(example);
        let response = ui.add(field).labelled_by(label.id);
        if !state.had_focus {
            response.request_focus();
            state.had_focus = true;
        }
        let note = "A leading ~ stands for your home folder; a path that does not begin with a slash counts from the folder in \
                    which the program was started";
        let note = quiet(ui, note).size(crate::ui::tokens::SMALL);
        ui.add(Label::new(note).wrap());
        let is_given = !state.text.trim().is_empty();
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        buttons(ui, |ui| {
            if (main_button(ui, main, is_given).clicked() || entered) && is_given {
                let path = PathBuf::from(state.text.trim());
                cx.send(match state.purpose {
                    Purpose::Open => Command::OpenPath(path),
                    Purpose::Save => Command::SavePath(path),
                    Purpose::Figure => Command::SaveFigure(path),
                });
                is_done = true;
            }
            if other_button(ui, "Cancel").clicked() {
                is_done = true;
            }
        });
    });
    is_done || closed
}
