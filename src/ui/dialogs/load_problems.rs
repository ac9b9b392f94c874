//! What is wrong with a file that could not be opened: all of it, with places and mends.

use eframe::egui::{Context, Frame, Label, Margin, RichText, ScrollArea, Ui};

use super::{buttons, dialog, main_button, other_button};
use crate::model::validate::Severity;
use crate::model::wording::capitalised;
use crate::ui::command::NoticeSeverity;
use crate::ui::panels::notices::severity_icon;
use crate::ui::tokens;
use crate::ui::widgets::quiet;
use crate::ui::{Command, ViewContext};

/// All that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadProblems {
    /// Its name.
    pub file: String,
    /// The problems, in the order of the file.
    pub lines: Vec<ProblemLine>,
}

/// One thing that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemLine {
    /// How bad it is.
    pub severity: Severity,
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1.
    pub column: usize,
    /// The path to it in the document, or the name of its column in a table.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub mend: String,
}

impl LoadProblems {
    /// All problems as text, one a line, as `ascribe check` prints them.
    pub fn text(&self) -> String {
        let line = |it: &ProblemLine| {
            let severity = match it.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            let mut text = format!("{}:{}:{}: {severity}: ", self.file, it.line, it.column);
            for part in [&it.path, &it.message].into_iter().filter(|part| !part.is_empty()) {
                if !text.ends_with(": ") {
                    text.push_str(": ");
                }
                text.push_str(&on_one_line(part));
            }
            if !it.mend.is_empty() {
                text.push_str("; ");
                text.push_str(&on_one_line(&it.mend));
            }
            text
        };
        self.lines.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

/// Text that may quote the file: its line breaks and other control characters as what they are written as in a file.
fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_control() {
            line.extend(letter.escape_default());
        } else {
            line.push(letter);
        }
    }
    line
}

/// Draws the dialog; whether it is done.
pub fn show(ctx: &Context, cx: &ViewContext<'_>, problems: &LoadProblems) -> bool {
    let mut is_done = false;
    let height = (ctx.content_rect().height() - 260.0).clamp(120.0, 420.0);
    let closed = dialog(ctx, "The file cannot be opened", 720.0, |ui| {
        let errors = problems.lines.iter().filter(|line| line.severity == Severity::Error).count();
        let count = if errors == 1 { "one error".to_owned() } else { format!("{errors} errors") };
        let text = format!("{} has {count}. What was open before stays open.", problems.file);
        ui.add(Label::new(text).wrap());
        let palette = tokens::palette(ui);
        Frame::new()
            .fill(palette.background)
            .corner_radius(f32::from(tokens::RADIUS))
            .inner_margin(Margin::same(8))
            .show(ui, |ui| {
                // Rows differ in height, so only a first part is laid out where a file is wrong all over; all of it can be copied.
                ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
                    list(ui, problems, "Line", COPY);
                });
            });
        buttons(ui, |ui| {
            is_done = main_button(ui, "Close", true).clicked();
            if other_button(ui, COPY).clicked() {
                cx.send(Command::Copy { text: problems.text(), what: "all problems".to_owned() });
            }
        });
    });
    is_done || closed
}

/// What the button is called that copies all problems of a file.
const COPY: &str = "Copy all";

/// How many problems are laid out.
const SHOWN: usize = 500;

/// Lists the problems; `line_word` is what a line of the file is called, `copy_button` the button
/// that copies all of them.
pub(super) fn list(ui: &mut Ui, problems: &LoadProblems, line_word: &str, copy_button: &str) {
    for line in problems.lines.iter().take(SHOWN) {
        entry(ui, line, line_word);
    }
    if let Some(more) = problems.lines.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        ui.label(quiet(ui, format!("… and {more} more; \"{copy_button}\" has them")));
    }
}

fn entry(ui: &mut Ui, line: &ProblemLine, line_word: &str) {
    ui.horizontal_top(|ui| {
        severity_icon(
            ui,
            match line.severity {
                Severity::Error => NoticeSeverity::Error,
                Severity::Warning => NoticeSeverity::Warning,
            },
        );
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let place = if line.path.is_empty() {
                format!("{line_word} {}, column {}", line.line, line.column)
            } else {
                format!("{line_word} {}, column {} · {}", line.line, line.column, line.path)
            };
            let place = quiet(ui, place).size(tokens::SMALL);
            ui.add(Label::new(place).wrap());
            ui.add(Label::new(capitalised(&line.message)).wrap());
            if !line.mend.is_empty() {
                let mend = RichText::new(capitalised(&line.mend)).color(tokens::palette(ui).quiet);
                ui.add(Label::new(mend).wrap());
            }
            ui.add_space(6.0);
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_one_line_of_text() {
        let line = |path: &str, message: &str, mend: &str| ProblemLine {
            severity: Severity::Error,
            line: 3,
            column: 7,
            path: path.to_owned(),
            message: message.to_owned(),
            mend: mend.to_owned(),
        };
        let check = |line: ProblemLine, expect: &str| {
            assert_eq!(LoadProblems { file: "a.ron".to_owned(), lines: vec![line] }.text(), expect);
        };
        check(line("claims[0]", "no source", "name one"), "a.ron:3:7: error: claims[0]: no source; name one");
        check(line("", "empty", ""), "a.ron:3:7: error: empty");
        check(line("", "\"a\nb\" is no date", ""), "a.ron:3:7: error: \"a\\nb\" is no date");
    }
}
