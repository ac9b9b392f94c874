//! A path typed as text: where no file dialog can be shown, and for those who prefer to type.

use std::path::PathBuf;

use eframe::egui::{Context, Key, Label, TextEdit};

use super::{buttons, dialog, main_button, other_button};
use crate::ui::command::{TableFile, TableFormat};
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
    /// A table to read.
    Import(TableFormat),
    /// A file for a table.
    Table(TableFile),
}

impl Purpose {
    /// Whether what is open is to be written there.
    pub const fn is_of_the_document(self) -> bool {
        match self {
            Self::Save | Self::Figure | Self::Table(_) => true,
            Self::Open | Self::Import(_) => false,
        }
    }

    /// The title of the dialog that asks, and the word on its main button.
    const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::Open => ("Open by path", "Open"),
            Self::Save => ("Save by path", "Save"),
            Self::Figure => ("Export figure", "Export"),
            Self::Import(TableFormat::Claims) => ("Import claims", "Read"),
            Self::Import(TableFormat::Matrix) => ("Import evidence matrix", "Read"),
            Self::Table(TableFile::Export(TableFormat::Claims)) => ("Export claims", "Export"),
            Self::Table(TableFile::Export(TableFormat::Matrix)) => ("Export evidence matrix", "Export"),
            Self::Table(TableFile::Rejects) => ("Save rejected rows", "Save"),
        }
    }

    /// What is to be typed, and an example of it.
    const fn field(self) -> (&'static str, &'static str) {
        match self {
            Self::Open | Self::Save => ("Path of the assessment file", "/home/…/assessment.ron"),
            Self::Figure => ("Path of the figure, ending in .svg or .png", "/home/…/figure.svg"),
            Self::Import(_) | Self::Table(_) => ("Path of the table, ending in .csv", "/home/…/table.csv"),
        }
    }

    /// What is asked for once the path is there.
    fn command(self, path: PathBuf) -> Command {
        match self {
            Self::Open => Command::OpenPath(path),
            Self::Save => Command::SavePath(path),
            Self::Figure => Command::SaveFigure(path),
            Self::Import(format) => Command::ReadTable(Some(format), path),
            Self::Table(table) => Command::WriteTable(table, path),
        }
    }
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

/// Draws the dialog; whether it is done: with a path, or without one, which is said too.
pub fn show(ctx: &Context, cx: &ViewContext<'_>, state: &mut State) -> bool {
    let (title, main) = state.purpose.title();
    let (what, example) = state.purpose.field();
    let mut is_given_up = false;
    let mut given = None;
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
                given = Some(PathBuf::from(state.text.trim()));
            }
            if other_button(ui, "Cancel").clicked() {
                is_given_up = true;
            }
        });
    });
    let purpose = state.purpose;
    let is_done = given.is_some() || is_given_up || closed;
    if is_done {
        cx.send(given.map_or(Command::GiveUpPath(purpose), |path| purpose.command(path)));
    }
    is_done
}
