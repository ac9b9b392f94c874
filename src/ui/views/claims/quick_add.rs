//! The row above the table in which a new claim is typed, without a dialog and without the mouse.

use eframe::egui::{self, Button, ComboBox, Frame, Margin, RichText, Ui, UiBuilder, pos2, vec2};

use super::draft::{Draft, DraftKind, Entry, Field, Maker, Problem};
use super::suggest;
use crate::edit::Revision;
use crate::model::wording::in_a_row;
use crate::model::{
    Actor, ActorLevel, AnyId, Assessment, Confidence, Document, Incident, Kind, Source, SourceKind, Stance,
    Uuid,
};
use crate::ui::tokens::{self, Icon, bold};
use crate::ui::widgets::picker::{CompletingField, DocumentKey, Left, Look, Offers};
use crate::ui::widgets::{elided, icon_button, line_width, named, quiet};
use crate::ui::{Command, ViewContext};

const GAP: f32 = 4.0;

/// The width that one share of a field needs, in points.
const LEAST_SHARE: f32 = 62.0;

/// Below this width the message stands below the fields.
const NARROW: f32 = 520.0;

/// The room for the kind of a party that will be made, in points.
const PARTY: f32 = 150.0;

/// A claim that is being typed.
#[derive(Debug)]
pub struct QuickAdd {
    draft: Draft,
    problem: Option<Problem>,
    focus: Option<Field>,
    creates: Option<Creates>,
}

/// The records that a claim would bring with it.
#[derive(Debug)]
struct Creates {
    draft: Draft,
    /// The field that had the cursor, which is left out.
    except: Option<Field>,
    revision: Revision,
    records: Vec<(Kind, String)>,
}

impl QuickAdd {
    /// A blank claim about the shown incident.
    pub fn new(cx: &ViewContext<'_>) -> Self {
        let draft = Draft::blank(cx.assessment, cx.incident);
        Self { draft, problem: None, focus: Some(Field::Source), creates: None }
    }

    /// Puts the cursor into the first field.
    pub const fn focus(&mut self) {
        self.focus = Some(Field::Source);
    }

    /// Draws it. Gives back whether it stays open.
    pub fn show(&mut self, ui: &mut Ui, cx: &ViewContext<'_>) -> bool {
        let palette = tokens::palette(ui);
        let frame =
            Frame::new().fill(palette.panel).inner_margin(Margin { left: 8, right: 8, top: 4, bottom: 8 });
        let mut stays = true;
        let mut adds = false;
        let shown = frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            let is_narrow = ui.available_width() < NARROW;
            ui.horizontal(|ui| {
                if !is_narrow {
                    ui.label(bold("New claim"));
                    ui.add_space(GAP);
                }
                self.kinds(ui);
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    stays = !icon_button(ui, Icon::X, "Close new claim").clicked();
                    adds = ui.add(Button::new("Add")).on_hover_text("Add this claim (Enter)").clicked();
                    if !is_narrow {
                        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                            self.message(ui);
                        });
                    }
                });
            });
            let left = self.fields(ui, cx);
            if is_narrow {
                ui.add_space(GAP);
                self.message(ui);
            }
            self.created(ui, cx);
            adds |= left == Some(Left::Enter);
            stays &= left != Some(Left::Escape);
        });
        let bottom = shown.response.rect.bottom();
        ui.painter().hline(ui.max_rect().x_range(), bottom - 0.5, egui::Stroke::new(1.0, palette.line));
        if adds {
            self.add(cx);
        }
        stays
    }

    fn kinds(&mut self, ui: &mut Ui) {
        ui.spacing_mut().item_spacing.x = 0.0;
        for kind in DraftKind::ALL {
            let is_on = self.draft.kind == kind;
            let response = ui.add(Button::selectable(is_on, kind.label()));
            if response.clicked() && !is_on {
                self.draft.kind = kind;
                self.problem = None;
                self.focus = Some(if self.draft.source.is_blank() { Field::Source } else { Field::Actors });
            }
        }
        ui.spacing_mut().item_spacing.x = 8.0;
    }

    /// What is wrong, or which keys there are.
    fn message(&self, ui: &mut Ui) {
        let palette = tokens::palette(ui);
        let text = match &self.problem {
            Some(problem) => RichText::new(format!("{} {}", char::from(Icon::CircleAlert), problem.reason))
                .color(palette.contradicts),
            None => RichText::new("Tab: next field · Enter: add · Esc: close")
                .size(tokens::SMALL)
                .color(palette.quiet),
        };
        elided(ui, text);
    }

    /// What else will be made, in lines of its own: beside the keys there is no room for two names.
    fn created(&mut self, ui: &mut Ui, cx: &ViewContext<'_>) {
        let creates = self.creates(ui, cx).to_vec();
        if creates.is_empty() {
            return;
        }
        let font = egui::FontId::proportional(tokens::BODY);
        let wanted = |kind: Kind, text: &str| {
            let party = if has_party(kind) { PARTY } else { 0.0 };
            (line_width(ui, text, &font).ceil() + party + 2.0).min(ui.available_width())
        };
        let parts: Vec<(Kind, &String, String, f32)> = creates
            .iter()
            .map(|(kind, name)| {
                let text = format!("New {}: {name}", kind.label());
                let width = wanted(*kind, &text);
                (*kind, name, text, width)
            })
            .collect();
        ui.add_space(GAP);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(tokens::SECTION_GAP, GAP);
            for (kind, name, text, width) in parts {
                let (rect, _) = ui.allocate_exact_size(vec2(width, tokens::ROW_HEIGHT), egui::Sense::hover());
                let layout = egui::Layout::left_to_right(egui::Align::Center);
                ui.scope_builder(UiBuilder::new().max_rect(rect).layout(layout), |ui| {
                    ui.spacing_mut().item_spacing.x = 8.0;
                    ui.scope(|ui| {
                        let party = if has_party(kind) { PARTY } else { 0.0 };
                        ui.set_max_width(rect.width() - party);
                        elided(ui, quiet(ui, text));
                    });
                    self.party(ui, kind, name);
                });
            }
        });
    }

    /// What kind of party a new one is: nobody else would say it.
    fn party(&mut self, ui: &mut Ui, kind: Kind, name: &str) {
        let parties = &mut self.draft.parties;
        match kind {
            Kind::Source => {
                let mut chosen = parties.source(name);
                if choice(ui, &format!("Kind of {name}"), &mut chosen, SourceKind::ALL, SourceKind::label) {
                    parties.set_source(name, chosen);
                }
            }
            Kind::Actor => {
                let mut chosen = parties.actor(name);
                if choice(ui, &format!("Level of {name}"), &mut chosen, ActorLevel::ALL, ActorLevel::label) {
                    parties.set_actor(name, chosen);
                }
            }
            _ => {}
        }
    }

    /// The records that are yet to be made for what was typed, but not for the field that has the cursor.
    fn creates(&mut self, ui: &Ui, cx: &ViewContext<'_>) -> &[(Kind, String)] {
        let focused = ui.memory(egui::Memory::focused);
        let typing = self.draft.fields().iter().copied().find(|field| focused == Some(field_id(*field)));
        let is_known = self.creates.as_ref().is_some_and(|known| {
            known.draft == self.draft && known.except == typing && known.revision == cx.revision
        });
        if !is_known {
            self.creates = Some(Creates {
                draft: self.draft.clone(),
                except: typing,
                revision: cx.revision,
                records: to_be_created(cx.assessment, &self.draft, typing),
            });
        }
        self.creates.as_ref().map_or(&[], |known| known.records.as_slice())
    }

    fn fields(&mut self, ui: &mut Ui, cx: &ViewContext<'_>) -> Option<Left> {
        let mut left = None;
        // Fields that are too narrow to be read in stand in several rows.
        let fields = self.draft.fields();
        let shares: f32 = fields.iter().map(|field| share(*field)).sum();
        let rows = (shares * LEAST_SHARE / ui.available_width()).ceil().max(1.0) as usize;
        for row in fields.chunks(fields.len().div_ceil(rows)) {
            left = left.or(self.row(ui, cx, row));
        }
        left
    }

    fn row(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, fields: &[Field]) -> Option<Left> {
        let palette = tokens::palette(ui);
        let (rect, _) = ui
            .allocate_exact_size(vec2(ui.available_width(), 15.0 + tokens::ROW_HEIGHT), egui::Sense::hover());
        let shares: f32 = fields.iter().map(|field| share(*field)).sum();
        let room = rect.width() - GAP * (fields.len().saturating_sub(1)) as f32;
        let mut x = rect.left();
        let mut left = None;
        for field in fields.iter().copied() {
            let width = (room * share(field) / shares).floor();
            let label = label(field, self.draft.kind);
            let galley = super::cells::line_galley(ui, label, tokens::SMALL, palette.quiet, width);
            ui.painter().galley(pos2(x + 1.0, rect.top()), galley, palette.quiet);
            let area = egui::Rect::from_min_size(pos2(x, rect.top() + 15.0), vec2(width, tokens::ROW_HEIGHT));
            let mut child = ui.new_child(UiBuilder::new().max_rect(area).id_salt(("quick add", field)));
            left = left.or(self.field(&mut child, cx, field, label));
            x += width + GAP;
        }
        left
    }

    fn field(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, field: Field, label: &str) -> Option<Left> {
        let id = field_id(field);
        let wants_focus = self.focus == Some(field);
        if wants_focus {
            ui.memory_mut(|memory| memory.request_focus(id));
            self.focus = None;
        }
        let before = self.draft.entry_mut(field).text.clone();
        let is_refused = self.problem.as_ref().is_some_and(|problem| problem.field == field);
        let place = CompletingField {
            id,
            label: &format!("New claim: {}", label.to_lowercase()),
            look: if is_refused { Look::Refused } else { Look::Framed },
            hint: hint(field, self.draft.kind),
            separator: (field == Field::Actors && self.draft.kind == DraftKind::Attribution).then_some('+'),
            opens_at_once: matches!(field, Field::Stance | Field::Confidence | Field::Likelihood),
            selects_all: true,
            is_form: false,
            key: DocumentKey::of(cx),
        };
        let ctx = ui.ctx().clone();
        let entry = self.draft.entry_mut(field);
        let done = place.show(ui, &mut entry.text, |typed| offer(&ctx, cx, field, typed));
        if let Some(chosen) = &done.chosen {
            entry.pick(chosen);
        }
        if wants_focus && !done.response.has_focus() {
            // The click on what asked for it was a click elsewhere to the field.
            done.response.request_focus();
        }
        if self.draft.entry_mut(field).text != before {
            self.problem = None;
            self.follow_stance(field);
        }
        done.left
    }

    /// Who declines names nobody: what was typed as an actor goes.
    fn follow_stance(&mut self, changed: Field) {
        let declines = self.draft.stance.text.trim().eq_ignore_ascii_case(Stance::Declines.label());
        if changed == Field::Stance && declines && self.draft.kind == DraftKind::Attribution {
            self.draft.actors = Entry::default();
        }
    }

    fn add(&mut self, cx: &ViewContext<'_>) {
        let mut new_id = Uuid::now_v7;
        match self.draft.make(cx.assessment, &mut new_id) {
            Ok(made) => {
                cx.edit(made.transaction);
                cx.send(Command::Select(vec![AnyId::from(made.claim)]));
                if !made.created.is_empty() {
                    let what = announce(&made.created, &self.draft);
                    cx.send(Command::Notify(crate::ui::command::Notice::info(what)));
                }
                self.draft = self.draft.next();
                self.problem = None;
                self.focus = Some(Field::Source);
            }
            Err(problem) => {
                self.focus = Some(problem.field);
                self.problem = Some(problem);
            }
        }
    }
}

/// Whether a record is a party, of which there are kinds.
const fn has_party(kind: Kind) -> bool {
    matches!(kind, Kind::Source | Kind::Actor)
}

/// A small choice with a name; whether another one was chosen.
fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    chosen: &mut T,
    all: &[T],
    label: impl Fn(T) -> &'static str,
) -> bool {
    let before = *chosen;
    let combo = ComboBox::from_id_salt(("quick add", name)).selected_text(label(*chosen)).width(92.0);
    let response = combo.show_ui(ui, |ui| {
        for value in all {
            ui.selectable_value(chosen, *value, label(*value));
        }
    });
    named(response.response, name);
    *chosen != before
}

/// "Created the source “X” (press) and the actor “Y” (tracked cluster)".
fn announce(created: &[(Kind, String)], draft: &Draft) -> String {
    let party = |kind: Kind, name: &str| match kind {
        Kind::Source => format!(" ({})", draft.parties.source(name).label().to_lowercase()),
        Kind::Actor => format!(" ({})", draft.parties.actor(name).label().to_lowercase()),
        _ => String::new(),
    };
    let names: Vec<String> = created
        .iter()
        .map(|(kind, name)| format!("the {} “{name}”{}", kind.label(), party(*kind, name)))
        .collect();
    format!("Created {}", in_a_row(&names))
}

fn to_be_created(assessment: &Assessment, draft: &Draft, except: Option<Field>) -> Vec<(Kind, String)> {
    let mut new_id = || Uuid::nil();
    let mut maker = Maker::new(assessment, &mut new_id);
    for field in draft.fields().iter().copied().filter(|field| Some(*field) != except) {
        match field {
            Field::Source => drop(maker.source(&draft.source)),
            Field::Actors => drop(maker.actors(&draft.actors)),
            Field::Other => drop(maker.actors(&draft.other)),
            Field::Incident => drop(maker.incident(&draft.incident)),
            Field::Document => drop(maker.document(&draft.document)),
            Field::Stance | Field::Date | Field::Likelihood | Field::Confidence => {}
        }
    }
    maker.created().map(|(kind, name)| (kind, name.to_owned())).collect()
}

fn field_id(field: Field) -> egui::Id {
    egui::Id::unique(("new claim", field))
}

const fn label(field: Field, kind: DraftKind) -> &'static str {
    match (field, kind) {
        (Field::Source, _) => "Source",
        (Field::Stance, _) => "Stance",
        (Field::Actors, DraftKind::Attribution) => "Actor",
        (Field::Actors, DraftKind::SameActor) => "This actor",
        (Field::Actors, DraftKind::BelongsTo) => "This actor",
        (Field::Other, DraftKind::SameActor) => "Is the same as",
        (Field::Other, _) => "Belongs to",
        (Field::Incident, _) => "Incident",
        (Field::Date, _) => "Stated on",
        (Field::Likelihood, _) => "Likelihood",
        (Field::Confidence, _) => "Confidence",
        (Field::Document, _) => "Document",
    }
}

const fn hint(field: Field, kind: DraftKind) -> &'static str {
    match (field, kind) {
        (Field::Source, _) => "who says it",
        (Field::Actors, DraftKind::Attribution) => "who did it, + for several",
        (Field::Incident, _) => "what happened",
        (Field::Date, _) => "2015-06",
        (Field::Likelihood, _) => "likely, 70 %",
        (Field::Confidence, _) => "none",
        (Field::Document, _) => "optional",
        _ => "",
    }
}

/// How much of the width a field gets.
const fn share(field: Field) -> f32 {
    match field {
        Field::Actors | Field::Incident => 1.6,
        Field::Source | Field::Other => 1.4,
        Field::Likelihood => 1.3,
        // A whole day, such as 2015-06-04, is to be read.
        Field::Date => 1.25,
        Field::Confidence | Field::Document => 1.0,
        Field::Stance => 0.95,
    }
}

fn offer(ctx: &egui::Context, cx: &ViewContext<'_>, field: Field, typed: &str) -> Offers {
    let labels =
        |labels: Vec<&'static str>| Offers::choices(labels.into_iter().map(|label| (label, "")), typed);
    match field {
        Field::Source => Offers::records::<Source>(ctx, cx, typed),
        Field::Actors | Field::Other => Offers::records::<Actor>(ctx, cx, typed),
        Field::Incident => Offers::records::<Incident>(ctx, cx, typed),
        Field::Document => Offers::records::<Document>(ctx, cx, typed),
        Field::Likelihood => suggest::likelihoods(cx.assessment.header.standard, typed),
        Field::Stance => labels(Stance::ALL.iter().map(|stance| stance.label()).collect()),
        Field::Confidence => {
            labels(Confidence::ALL.iter().rev().map(|confidence| confidence.label()).collect())
        }
        Field::Date => Offers::default(),
    }
}
