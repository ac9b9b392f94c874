//! What the inspector shows where not exactly one record is selected.

use std::collections::BTreeMap;

use eframe::egui::{self, RichText, Ui};

use super::facts::Summary;
use super::form::section;
use super::links::link;
use crate::model::validate::{Finding, Severity};
use crate::model::{AnyId, Claim, Id, Kind};
use crate::ui::tokens::{self, Icon, bold};
use crate::ui::widgets::{comparison, counted, fields, grouped, quiet};
use crate::ui::{Action, Command, ViewContext};

/// Nothing is selected: the whole.
pub(super) fn nothing(ui: &mut Ui, cx: &ViewContext<'_>, findings: &[Finding], summary: &Summary) {
    let header = &cx.assessment.header;
    let title = if header.title.trim().is_empty() { "Untitled assessment" } else { &header.title };
    ui.add(egui::Label::new(bold(title)).wrap());
    if header.question.trim().is_empty() {
        ui.label(quiet(ui, "No question is written down yet"));
    } else {
        ui.add(egui::Label::new(quiet(ui, &header.question)).wrap());
    }
    ui.add_space(tokens::GRID);
    if ui.button("Properties…").on_hover_text("Title, question, marking and standard").clicked() {
        cx.send(Command::Do(Action::Properties));
    }

    section(ui, "At a glance");
    let all = cx.assessment.claims.len();
    fields::shown(ui, "Claims", &grouped(all));
    if summary.claims != all {
        fields::shown(ui, "Counted", &format!("{} that stand on incidents", grouped(summary.claims)));
    }
    fields::shown(ui, "Origins", &format!("{} independent", grouped(summary.origins)));
    fields::shown(
        ui,
        "Incidents",
        &match summary.contested {
            0 => format!("{}, none contested", grouped(cx.assessment.incidents.len())),
            contested => {
                format!("{}, {} contested", grouped(cx.assessment.incidents.len()), grouped(contested))
            }
        },
    );
    fields::shown(ui, "Sources", &grouped(cx.assessment.sources.len()));
    fields::shown(ui, "Actors", &grouped(cx.assessment.actors.len()));
    if !summary.relations.is_empty() {
        section(ui, "Pairs of claims");
        for (relation, count) in &summary.relations {
            comparison::relation_count(ui, *relation, *count);
        }
    }
    problems(ui, cx, findings);
    section(ui, "Next");
    let hint: &str = if cx.assessment.claims.is_empty() {
        let keys = Action::AddClaim.keys_text(ui.ctx());
        &format!("{keys} adds the first claim: who says who did what")
    } else {
        "Select a claim, a source or an actor to see and change all of it. Two claims together show what differs between them"
    };
    ui.add(egui::Label::new(quiet(ui, hint)).wrap());
}

fn problems(ui: &mut Ui, cx: &ViewContext<'_>, findings: &[Finding]) {
    if findings.is_empty() {
        return;
    }
    section(ui, "Problems");
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let warnings = findings.len() - errors;
    let text = match (errors, warnings) {
        (0, warnings) => counted(warnings, "warning"),
        (errors, 0) => counted(errors, "error"),
        (errors, warnings) => format!("{}, {}", counted(errors, "error"), counted(warnings, "warning")),
    };
    fields::problem(ui, &text, errors > 0);
    if ui.button("Show problems").clicked() {
        cx.send(Command::Do(Action::ToggleProblems));
    }
}

/// Several records are selected.
pub(super) fn several(ui: &mut Ui, cx: &ViewContext<'_>) {
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    for id in cx.selection.iter() {
        *counts.entry(id.kind).or_insert(0) += 1;
    }
    ui.label(bold(format!("{} selected", grouped(cx.selection.len()))));
    for (kind, count) in counts {
        let what = if count == 1 { kind.label() } else { kind.plural() };
        ui.label(quiet(ui, format!("{} {what}", grouped(count))));
    }
    ui.add_space(tokens::PADDING);
    ui.horizontal_wrapped(|ui| {
        if ui.button("Copy names").clicked() {
            let names: Vec<String> = cx.selection.iter().map(|id| cx.assessment.name_of(*id)).collect();
            let what = format!("{} names", grouped(names.len()));
            cx.send(Command::Copy { text: names.join("\n"), what });
        }
        let delete = egui::Button::new((RichText::new(char::from(Icon::Trash2)), "Delete"));
        let response = ui.add(delete).on_hover_text("Delete these records, and what needs them");
        fields::name(&response, "Delete the selected records");
        if response.clicked() {
            cx.send(Command::Delete(cx.selection.to_vec()));
        }
        if ui.button("Select none").clicked() {
            cx.send(Command::Select(Vec::new()));
        }
    });
    const LISTED: usize = 50;
    section(ui, "Selected");
    ui.spacing_mut().item_spacing.y = 0.0;
    for id in cx.selection.iter().rev().take(LISTED) {
        link(ui, cx, *id);
    }
    let more = cx.selection.len().saturating_sub(LISTED);
    if more > 0 {
        ui.label(quiet(ui, format!("and {} more", grouped(more))).size(tokens::SMALL));
    }
}

/// The two claims that are selected, where exactly two are.
pub(super) fn pair(selection: &[AnyId]) -> Option<(Id<Claim>, Id<Claim>)> {
    match selection {
        [first, second] => Some((first.typed()?, second.typed()?)),
        _ => None,
    }
}
