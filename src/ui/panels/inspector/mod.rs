//! The inspector: every field of what is selected, what it is linked to, and why its numbers are what they are.

mod archived;
mod claim;
mod facts;
mod form;
mod likelihood;
mod links;
mod numbers;
mod overview;
mod parties;
mod proposition;
mod team;
mod weighing;

use eframe::egui::{self, RichText, ScrollArea, Ui};

use crate::edit::discuss::Subject;
use crate::model::validate::Finding;
use crate::model::{AnyId, Comment, Entity, Id, Kind, Record};
use crate::ui::panels::navigator::icon_of_kind;
use crate::ui::tokens::{self, Icon, bold};
use crate::ui::widgets::{comments, comparison, icon_button};
use crate::ui::{Command, ViewContext};
use facts::{Facts, Summary};
use form::{Form, findings_of, section, show_finding};
pub(super) use parties::closes_circle;

/// What the inspector remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    /// The record whose name is to get the cursor, because it was just made.
    pub name_to_focus: Option<AnyId>,
    facts: Option<Facts>,
    summary: Option<Summary>,
}

/// Draws the inspector. `findings` is what does not hold in the assessment, sorted by record.
pub fn show(ui: &mut Ui, cx: &ViewContext<'_>, findings: &[Finding], state: &mut State) {
    // A scroll area of its own for each record: a long form does not open in its middle.
    let selected = cx.main_selection();
    let scroll = ScrollArea::vertical().id_salt(("inspector", selected.map(|id| id.uuid))).auto_shrink(false);
    scroll.show(ui, |ui| {
        let width = ui.available_width();
        // The form cannot widen the panel, whatever is in it: only its height counts.
        let room = egui::Rect::from_min_size(
            ui.cursor().min,
            egui::vec2(width.min(tokens::FORM_WIDTH), f32::INFINITY),
        );
        let mut form = ui.new_child(egui::UiBuilder::new().max_rect(room).layout(*ui.layout()));
        contents(&mut form, cx, findings, state);
        ui.allocate_space(egui::vec2(width, form.min_size().y + tokens::SECTION_GAP));
    });
}

fn contents(ui: &mut Ui, cx: &ViewContext<'_>, findings: &[Finding], state: &mut State) {
    match &**cx.selection {
        [] => overview::nothing(ui, cx, findings, Summary::of(&mut state.summary, cx)),
        [id] => one(ui, cx, findings_of(findings, *id), state, *id),
        several => match overview::pair(several) {
            Some((left, right)) => comparison(ui, cx, left, right),
            None => overview::several(ui, cx),
        },
    }
}

/// Draws the form of one record.
fn one(ui: &mut Ui, cx: &ViewContext<'_>, findings: &[Finding], state: &mut State, id: AnyId) {
    let Some(record) = cx.assessment.record(id) else { return };
    let focuses_name = state.name_to_focus.take_if(|wanted| *wanted == id).is_some();
    let facts = Facts::of(&mut state.facts, cx, id);
    heading(ui, cx, &record);
    // What concerns the record as a whole stands at its top; the rest stands at its fields.
    findings.iter().filter(|finding| finding.field.is_empty()).for_each(|finding| show_finding(ui, finding));
    ui.add_space(tokens::GRID);
    match &record {
        Record::Claim(record) => {
            let neighbours = facts.claim.as_ref().map_or(&[][..], |claim| &claim.neighbours);
            claim::show(ui, &form(cx, record, findings, focuses_name), neighbours);
            if let Some(facts) = &facts.claim {
                numbers::show(ui, cx, record, facts);
            }
        }
        Record::Source(record) => parties::source(ui, &form(cx, record, findings, focuses_name)),
        Record::Document(record) => parties::document(ui, &form(cx, record, findings, focuses_name)),
        Record::Actor(record) => parties::actor(ui, &form(cx, record, findings, focuses_name)),
        Record::Incident(record) => parties::incident(ui, &form(cx, record, findings, focuses_name)),
        Record::Analyst(record) => parties::analyst(ui, &form(cx, record, findings, focuses_name)),
        Record::Evidence(record) => weighing::evidence(ui, &form(cx, record, findings, focuses_name)),
        Record::Hypothesis(record) => weighing::hypothesis(ui, &form(cx, record, findings, focuses_name)),
        Record::Rating(record) => {
            weighing::rating(ui, &form(cx, record, findings, focuses_name), &facts.cell);
        }
        Record::Assumption(record) => weighing::assumption(ui, &form(cx, record, findings, focuses_name)),
        Record::Indicator(record) => weighing::indicator(ui, &form(cx, record, findings, focuses_name)),
        Record::Judgement(record) => team::judgement(ui, &form(cx, record, findings, focuses_name)),
        Record::Comment(record) => team::comment(ui, &form(cx, record, findings, focuses_name)),
        Record::Exercise(record) => team::exercise(ui, &form(cx, record, findings, focuses_name)),
        Record::Outcome(record) => team::outcome(ui, &form(cx, record, findings, focuses_name)),
    }
    if id.kind != Kind::Comment {
        section(ui, &remarks_title(cx, &facts.comments));
        comments(ui, cx, &facts.comments, &Subject { on: id, field: String::new() }, false);
    }
    links::show(ui, cx, facts);
}

/// What stands above the remarks on a record.
fn remarks_title(cx: &ViewContext<'_>, remarks: &[Id<Comment>]) -> String {
    let open = remarks.iter().filter(|id| cx.assessment.get(**id).is_some_and(|it| !it.resolved)).count();
    if open == 0 { "Comments".to_owned() } else { format!("Comments · {open} open") }
}

fn form<'a, T: Entity>(
    cx: &'a ViewContext<'a>,
    record: &'a T,
    findings: &'a [Finding],
    focuses_name: bool,
) -> Form<'a, T> {
    Form { cx, record, findings, focuses_name }
}

/// The kind of the record, its identifier and a button that deletes it; its name where that is not a field.
fn heading(ui: &mut Ui, cx: &ViewContext<'_>, record: &Record) {
    let palette = tokens::palette(ui);
    let id = record.id();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = tokens::GRID;
        ui.label(RichText::new(char::from(icon_of_kind(id.kind))).color(palette.quiet));
        let kind = bold(id.kind.label().to_uppercase()).size(tokens::SMALL).color(palette.quiet);
        ui.add(egui::Label::new(kind).selectable(false));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if icon_button(ui, Icon::Trash2, &format!("Delete this {}", id.kind.label())).clicked() {
                cx.send(Command::Delete(vec![id]));
            }
            if matches!(id.kind, Kind::Claim | Kind::Document)
                && icon_button(ui, Icon::GitFork, "Show in provenance").clicked()
            {
                cx.send(Command::ShowInProvenance(id));
            }
            let short = crate::model::id::short(id.uuid);
            let text = RichText::new(&short).size(tokens::SMALL).color(palette.quiet).monospace();
            let hover = format!("Copy the identifier {}", id.uuid);
            let copy = ui.add(egui::Button::new(text).frame_when_inactive(false));
            crate::ui::widgets::fields::name(&copy, &format!("Copy the identifier {short}"));
            if copy.on_hover_text(hover).clicked() {
                cx.send(Command::Copy { text: id.uuid.to_string(), what: "the identifier".to_owned() });
            }
        });
    });
    let is_summed_up = matches!(
        record,
        Record::Claim(_)
            | Record::Rating(_)
            | Record::Judgement(_)
            | Record::Hypothesis(_)
            | Record::Outcome(_)
    );
    if is_summed_up {
        ui.add(egui::Label::new(bold(cx.assessment.name_of_record(record))).wrap());
    }
}

/// A round of an exercise.
fn round(number: u32) -> String {
    if number == 0 { "outside an exercise".to_owned() } else { number.to_string() }
}
