//! What would come in of a table: shown before anything changes, with all that was not understood.

use eframe::egui::{Context, Frame, Label, Margin, ScrollArea, Ui, vec2};

use super::load_problems::{self, LoadProblems};
use super::{buttons, dialog, main_button, other_button};
use crate::analysis::charts::ChartTable;
use crate::model::Kind;
use crate::model::validate::Severity;
use crate::ui::command::{ImportAnswer, TableFormat};
use crate::ui::panels::navigator::icon_of_kind;
use crate::ui::tokens;
use crate::ui::widgets::{grouped, icon_text, quiet, segmented, table_twin};
use crate::ui::{Command, ViewContext};

/// What the button is called that copies all findings.
const COPY: &str = "Copy findings";

/// What would come in of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// What stands in the table.
    pub format: TableFormat,
    /// What comes of its rows, as one sentence.
    pub summary: String,
    /// What it is read into: the name of the assessment; `None` where it begins one.
    pub into: Option<String>,
    /// For which incident and whose ratings, of a matrix.
    pub target: Option<(String, String)>,
    /// How many records of each kind would be made and changed, kinds without any left out.
    pub made: Vec<Made>,
    /// Its rows, each with what becomes of it.
    pub rows: ChartTable,
    /// What was not understood, or was taken in another way than it stands there.
    pub findings: LoadProblems,
    /// Whether there are rows that do not come in.
    pub has_rejects: bool,
}

/// How many records of a kind would be made and changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    /// The kind.
    pub kind: Kind,
    /// How many are new.
    pub new: usize,
    /// How many that are there would be changed.
    pub changed: usize,
}

/// The table that is shown, and which part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    preview: Preview,
    shows_findings: bool,
}

impl State {
    /// Shows the rows first, or what is wrong where no row comes in.
    pub const fn new(preview: Preview) -> Self {
        let shows_findings = preview.made.is_empty() && !preview.findings.lines.is_empty();
        Self { preview, shows_findings }
    }
}

/// Draws the dialog.
pub fn show(ctx: &Context, cx: &ViewContext<'_>, state: &mut State) {
    let State { preview, shows_findings } = state;
    let title = match preview.format {
        TableFormat::Claims => "Import claims",
        TableFormat::Matrix => "Import evidence matrix",
    };
    let mut answer = None;
    let most = (ctx.content_rect().height() - 330.0).clamp(96.0, 460.0);
    // As high as its rows, so that a short table leaves no gap; the same for both parts, so that nothing jumps.
    let lines = preview.rows.rows.len().max(3 * preview.findings.lines.len()) + 2;
    let height = (lines as f32 * tokens::ROW_HEIGHT).clamp(96.0, most);
    let closed = dialog(ctx, title, 820.0, |ui| {
        ui.add(Label::new(preview.summary.as_str()).wrap());
        made(ui, preview);
        ui.add_space(4.0);
        parts(ui, preview, shows_findings);
        let palette = tokens::palette(ui);
        let frame = Frame::new().fill(palette.background).corner_radius(f32::from(tokens::RADIUS));
        if *shows_findings {
            frame.inner_margin(Margin::same(8)).show(ui, |ui| findings(ui, &preview.findings, height - 16.0));
        } else {
            frame.show(ui, |ui| {
                ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
                    ui.set_min_height(height);
                    table_twin(ui, cx, "rows of the table", &preview.rows, &[]);
                });
            });
        }
        buttons(ui, |ui| answer = answer_buttons(ui, cx, preview));
    });
    if let Some(answer) = answer.or(closed.then_some(ImportAnswer::Cancel)) {
        cx.send(Command::Import(answer));
    }
}

/// What would be made and changed, kind by kind, and where it would come in.
fn made(ui: &mut Ui, preview: &Preview) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 2.0);
        let palette = tokens::palette(ui);
        for made in &preview.made {
            ui.add(
                Label::new(icon_text(icon_of_kind(made.kind)).size(tokens::SMALL_ICON).color(palette.quiet))
                    .selectable(false),
            );
            ui.label(made.text());
            ui.add_space(10.0);
        }
    });
    let mut note = match (&preview.into, preview.made.is_empty()) {
        (_, true) => "Nothing in the table is new".to_owned(),
        (Some(name), _) => format!("Comes into “{name}” as one step, which can be undone"),
        (None, _) => "Begins a new assessment".to_owned(),
    };
    if let Some((incident, analyst)) = &preview.target {
        note = format!("Weighs “{incident}”, with the ratings of {analyst}. {note}");
    }
    ui.add(Label::new(quiet(ui, note)).wrap());
}

impl Made {
    /// Such as "12 new claims, 3 changed".
    fn text(self) -> String {
        let named = |count: usize| match (count, self.kind) {
            (1, kind) => kind.label(),
            // Its plural names the list.
            (_, Kind::Evidence) => "pieces of evidence",
            (_, kind) => kind.plural(),
        };
        match (self.new, self.changed) {
            (0, changed) => format!("{} {} changed", grouped(changed), named(changed)),
            (new, 0) => format!("{} new {}", grouped(new), named(new)),
            (new, changed) => format!("{} new {}, {} changed", grouped(new), named(new), grouped(changed)),
        }
    }
}

/// The switch between the rows and what was not understood of them.
fn parts(ui: &mut Ui, preview: &Preview, shows_findings: &mut bool) {
    ui.horizontal(|ui| {
        let rows = format!("Rows ({})", grouped(preview.rows.rows.len()));
        let lines = &preview.findings.lines;
        let errors = lines.iter().filter(|line| line.severity == Severity::Error).count();
        let name = if errors == 0 && !lines.is_empty() { "Remarks" } else { "Not understood" };
        let remarks = format!("{name} ({})", grouped(lines.len()));
        let about = "Each with its row, its column and a mend";
        segmented(ui, shows_findings, &[(false, rows.as_str(), ""), (true, remarks.as_str(), about)]);
    });
}

fn findings(ui: &mut Ui, findings: &LoadProblems, height: f32) {
    ui.set_min_height(height);
    ui.set_width(ui.available_width());
    if findings.lines.is_empty() {
        ui.label(quiet(ui, "Every cell of the table was understood"));
        return;
    }
    ScrollArea::vertical()
        .max_height(height)
        .auto_shrink([false, false])
        .show(ui, |ui| load_problems::list(ui, findings, "Row", COPY));
}

fn answer_buttons(ui: &mut Ui, cx: &ViewContext<'_>, preview: &Preview) -> Option<ImportAnswer> {
    let mut answer = None;
    let has_changes = !preview.made.is_empty();
    if main_button(ui, "Import", has_changes).clicked() {
        answer = Some(ImportAnswer::TakeIn);
    }
    if other_button(ui, if has_changes { "Cancel" } else { "Close" }).clicked() {
        answer = Some(ImportAnswer::Cancel);
    }
    if preview.has_rejects
        && other_button(ui, "Save rejected rows…")
            .on_hover_text(
                "Writes them with their reasons into a table of their own, to be mended and imported",
            )
            .clicked()
    {
        answer = Some(ImportAnswer::SaveRejects);
    }
    if !preview.findings.lines.is_empty() && other_button(ui, COPY).clicked() {
        cx.send(Command::Copy { text: preview.findings.text(), what: "all findings".to_owned() });
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_is_counted_in_words() {
        let check = |new: usize, changed: usize, expect: &str| {
            assert_eq!(Made { kind: Kind::Claim, new, changed }.text(), expect);
        };
        check(1, 0, "1 new claim");
        check(1_200, 0, "1,200 new claims");
        check(0, 1, "1 claim changed");
        check(2, 3, "2 new claims, 3 changed");
    }
}
