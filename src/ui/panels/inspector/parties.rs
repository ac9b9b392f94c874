//! The fields of sources, documents, incidents, actors and analysts.

use eframe::egui::{self, Ui};

use super::archived;
use super::form::{Form, section};
use crate::model::{
    Actor, ActorLevel, Alias, Analyst, AnalystRole, Assessment, Document, Grading, Id, Incident, PartialDate,
    Reliability, Source, SourceKind,
};
use crate::ui::Command;
use crate::ui::tokens::{self, Icon};
use crate::ui::widgets::{Picked, Picker, fields, icon_button, quiet};

/// Draws the fields of a source.
pub(super) fn source(ui: &mut Ui, form: &Form<'_, Source>) {
    let source = form.record;
    form.name(ui, "Name", "name", &source.name, |source, text| source.name = text);
    form.choice(ui, "Kind", "kind", source.kind, SourceKind::ALL, |source, kind| source.kind = kind);
    form.text(
        ui,
        "Affiliation",
        "affiliation",
        "A state, a parent company",
        &source.affiliation,
        |source, text| {
            source.affiliation = text;
        },
    );
    form.area(ui, "Notes", "notes", "", &source.notes, |source, text| source.notes = text);
    section(ui, "Reliability");
    let grade = source.reliability();
    let new = form.row(ui, "Grade now", "gradings", |ui| {
        let describe = |grade: Reliability| grade.label().to_owned();
        let id = form.field_id("grade now");
        fields::choice(ui, id, "Grade now", grade, Reliability::ALL, Some("Not graded yet"), describe)
    });
    if let Some(Some(reliability)) = new {
        // A new grade is added to the history and does not overwrite the old one.
        let (on, by) = (Some(PartialDate::from_day(form.cx.today())), form.cx.analyst);
        form.change_once("gradings", |source| {
            source.gradings.push(Grading { reliability, reason: String::new(), on, by });
        });
    }
    for (place, grading) in source.gradings.iter().enumerate().rev() {
        let is_current = place + 1 == source.gradings.len();
        one_grading(ui, form, place, grading, is_current);
    }
}

/// One grade of the history: the one that holds can be edited, the older ones are listed.
fn one_grading(ui: &mut Ui, form: &Form<'_, Source>, place: usize, grading: &Grading, is_current: bool) {
    let by = grading.by.map(|by| format!(" by {}", form.cx.assessment.name_of(by))).unwrap_or_default();
    if is_current {
        let field = "gradings.reason";
        let id = form.field_id((field, place));
        let new = form.prose_row(ui, "Reason", field, |ui| {
            fields::text_area(ui, id, "Reason for grade", "Why this grade", &grading.reason)
        });
        if let Some(reason) = new {
            form.change(field, |source| {
                if let Some(grading) = source.gradings.get_mut(place) {
                    grading.reason = reason;
                }
            });
        }
        form.date(ui, "Graded on", "gradings.on", grading.on, |source, on| {
            if let Some(grading) = source.gradings.get_mut(place) {
                grading.on = on;
            }
        });
        form.one(ui, "Graded by", "gradings.by", grading.by, |source, by| {
            if let Some(grading) = source.gradings.get_mut(place) {
                grading.by = by;
            }
        });
        return;
    }
    let on = grading.on.map_or_else(|| "Earlier".to_owned(), |on| on.to_string());
    fields::row(ui, &on, |ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
            let name = format!("Take the grade {} of {on} out of the history", grading.reliability.letter());
            if icon_button(ui, Icon::X, &name).clicked() {
                form.change_once("gradings", |source| {
                    source.gradings.remove(place);
                });
            }
            ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
                ui.add_space(3.0);
                let reason = if grading.reason.is_empty() { "no reason given" } else { &grading.reason };
                let text = format!("{}{by}: {reason}", grading.reliability.letter());
                let text = quiet(ui, text);
                ui.add(egui::Label::new(text).wrap());
            });
        });
    });
}

/// Draws the fields of a document.
pub(super) fn document(ui: &mut Ui, form: &Form<'_, Document>) {
    let document = form.record;
    form.name(ui, "Title", "title", &document.title, |document, text| document.title = text);
    form.one(ui, "Publisher", "publisher", document.publisher, |document, id| document.publisher = id);
    let id = form.field_id("url");
    let new = form.row(ui, "Address", "url", |ui| {
        let mut new = None;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let room = ui.available_width() - 24.0;
            fields::clamped(ui, room, |ui| {
                new = fields::text(ui, id, "Address", "https://…", &document.url);
            });
            let can_open = is_web_address(&document.url);
            let button =
                ui.add_enabled_ui(can_open, |ui| icon_button(ui, Icon::ExternalLink, "Open in the browser"));
            if button.inner.clicked() {
                form.cx.send(Command::OpenUrl(document.url.trim().to_owned()));
            }
        });
        new
    });
    if let Some(url) = new {
        form.change("url", |document| document.url = url);
    }
    form.date(ui, "Published", "published", document.published, |document, date| document.published = date);
    form.date(ui, "Retrieved", "retrieved", document.retrieved, |document, date| document.retrieved = date);
    form.text(ui, "Language", "language", "en, zh-Hans, …", &document.language, |document, text| {
        document.language = text;
    });
    // Circular reporting happens, and is named below the field.
    let refuse = |id: Id<Document>| (id == document.id).then(|| "this document itself".to_owned());
    let label = ("Relays", "Add a document that it repeats");
    form.several(ui, label, "relays", &document.relays, &refuse, |document, ids| document.relays = ids);
    form.area(ui, "Notes", "notes", "", &document.notes, |document, text| document.notes = text);
    archived::text(ui, form);
}

/// Only web addresses are opened: a file that came from elsewhere must not start programs.
fn is_web_address(url: &str) -> bool {
    let url = url.trim().to_ascii_lowercase();
    url.starts_with("https://") || url.starts_with("http://")
}

/// Draws the fields of an incident.
pub(super) fn incident(ui: &mut Ui, form: &Form<'_, Incident>) {
    let incident = form.record;
    form.name(ui, "Name", "name", &incident.name, |incident, text| incident.name = text);
    form.period(ui, ["From", "To"], "period", incident.period, |incident, period| incident.period = period);
    let id = form.field_id("victims");
    let new = form.row(ui, "Victims", "victims", |ui| {
        fields::lines(ui, id, "Victims", "One a line", &incident.victims)
    });
    if let Some(victims) = new {
        form.change("victims", |incident| incident.victims = victims);
    }
    form.text(ui, "Sector", "sector", "", &incident.sector, |incident, text| incident.sector = text);
    let refuse = |id: Id<Incident>| {
        let next =
            |id: Id<Incident>| form.cx.assessment.get(id).and_then(|it| it.campaign).into_iter().collect();
        chain(incident.id, id, next).map(|_| "it is part of this one".to_owned())
    };
    form.one_unless(ui, "Campaign", "campaign", (incident.campaign, &refuse), |incident, id| {
        incident.campaign = id;
    });
    form.area(ui, "Summary", "summary", "What is known of it", &incident.summary, |incident, text| {
        incident.summary = text;
    });
    form.area(ui, "Notes", "notes", "", &incident.notes, |incident, text| incident.notes = text);
}

/// Draws the fields of an analyst.
pub(super) fn analyst(ui: &mut Ui, form: &Form<'_, Analyst>) {
    let analyst = form.record;
    form.name(ui, "Name", "name", &analyst.name, |analyst, text| analyst.name = text);
    form.choice(ui, "Role", "role", analyst.role, AnalystRole::ALL, |analyst, role| analyst.role = role);
}

/// Draws the fields of an actor.
pub(super) fn actor(ui: &mut Ui, form: &Form<'_, Actor>) {
    let actor = form.record;
    form.name(ui, "Name", "name", &actor.name, |actor, text| actor.name = text);
    form.choice(ui, "Level", "level", actor.level, ActorLevel::ALL, |actor, level| actor.level = level);
    let refuse = |id: Id<Actor>| closes_circle(form.cx.assessment, actor.id, id);
    let label = ("Belongs to", "Add a wider actor");
    form.several(ui, label, "belongs_to", &actor.belongs_to, &refuse, |actor, ids| actor.belongs_to = ids);
    form.area(ui, "Notes", "notes", "", &actor.notes, |actor, text| actor.notes = text);
    section(ui, "Other names");
    for (place, alias) in actor.aliases.iter().enumerate() {
        one_alias(ui, form, place, alias);
    }
    form.problems_of(ui, "aliases.name");
    new_alias(ui, form);
}

fn one_alias(ui: &mut Ui, form: &Form<'_, Actor>, place: usize, alias: &Alias) {
    let label = format!("Alias {}", place + 1);
    let source = format!("Who coined {}", alias.name);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = tokens::GRID;
        let room = (ui.available_width() - 24.0 - 2.0 * tokens::GRID) / 2.0;
        fields::clamped(ui, room, |ui| {
            if let Some(text) = fields::text(ui, form.field_id(("alias", place)), &label, "", &alias.name) {
                form.change("aliases.name", |actor| {
                    if let Some(alias) = actor.aliases.get_mut(place) {
                        alias.name = text;
                    }
                });
            }
        });
        fields::clamped(ui, room, |ui| {
            let picker = Picker::<Source>::new(form.cx, form.field_id(("coined by", place)), &source)
                .current(alias.coined_by)
                .hint("coined by")
                .without_create();
            let coined_by = match picker.show(ui).picked {
                Some(Picked::Existing(id)) => Some(id),
                Some(Picked::Cleared) => None,
                Some(Picked::New(_)) | None => return,
            };
            form.change("aliases.coined_by", |actor| {
                if let Some(alias) = actor.aliases.get_mut(place) {
                    alias.coined_by = coined_by;
                }
            });
        });
        if icon_button(ui, Icon::X, &format!("Take out the alias {}", alias.name)).clicked() {
            form.change_once("aliases", |actor| {
                actor.aliases.remove(place);
            });
        }
    });
}

/// A field for one more alias, which is added with Enter or when the field is left.
fn new_alias(ui: &mut Ui, form: &Form<'_, Actor>) {
    let id = form.field_id("new alias");
    let mut text: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let edit = egui::TextEdit::singleline(&mut text)
        .id(id)
        .hint_text("Add another name")
        .desired_width(f32::INFINITY);
    let response = ui.add(edit);
    fields::name(&response, "New alias");
    let is_done = response.lost_focus() && !ui.input(|input| input.key_pressed(egui::Key::Escape));
    if is_done && !text.trim().is_empty() {
        let name = text.trim().to_owned();
        text.clear();
        form.change_once("aliases", |actor| actor.aliases.push(Alias { name, coined_by: None }));
        if ui.input(|input| input.key_pressed(egui::Key::Enter)) {
            response.request_focus();
        }
    }
    ui.data_mut(|data| data.insert_temp(id, text));
}

/// Why `actor` cannot belong to `wider`: the way that leads back from there; `None` where it can.
pub(in crate::ui::panels) fn closes_circle(
    assessment: &Assessment,
    actor: Id<Actor>,
    wider: Id<Actor>,
) -> Option<String> {
    if actor == wider {
        return Some("an actor does not belong to itself".to_owned());
    }
    let next = |id: Id<Actor>| assessment.get(id).map(|actor| actor.belongs_to.clone()).unwrap_or_default();
    let way = chain(actor, wider, next)?;
    let names: Vec<String> = way.iter().map(|id| assessment.name_of(*id)).collect();
    Some(format!("a circle: {}", names.join(" → ")))
}

/// The way from `from` to `target` along `next`, both included; `None` where there is none.
pub(super) fn chain<T>(target: Id<T>, from: Id<T>, next: impl Fn(Id<T>) -> Vec<Id<T>>) -> Option<Vec<Id<T>>> {
    let mut came: Vec<(Id<T>, Option<usize>)> = vec![(from, None)];
    let mut place = 0;
    while let Some((id, _)) = came.get(place).copied() {
        if id == target {
            let mut way = Vec::new();
            let mut at = Some(place);
            while let Some((id, before)) = at.and_then(|at| came.get(at)) {
                way.push(*id);
                at = *before;
            }
            way.reverse();
            return Some(way);
        }
        for further in next(id) {
            if !came.iter().any(|(seen, _)| *seen == further) {
                came.push((further, Some(place)));
            }
        }
        place += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Entity, Header, Nameable, Uuid};

    #[test]
    fn a_circle_is_refused_with_the_way_it_would_take() {
        let id = |number: u128| Id::<Actor>::new(Uuid::from_u128(number));
        let actor = |number: u128, name: &str, wider: &[u128]| {
            let mut actor = Actor::named(id(number), name.to_owned());
            actor.belongs_to = wider.iter().map(|number| id(*number)).collect();
            actor.into_record()
        };
        let records =
            [actor(1, "China", &[]), actor(2, "MSS", &[1]), actor(3, "JSSD", &[2]), actor(4, "PLA", &[1])];
        let assessment = Assessment::from_records(Header::default(), records);
        let check = |part: u128, whole: u128, expect: Option<&str>| {
            assert_eq!(
                closes_circle(&assessment, id(part), id(whole)).as_deref(),
                expect,
                "{part} in {whole}"
            );
        };
        check(3, 4, None);
        check(1, 3, Some("a circle: JSSD → MSS → China"));
        check(2, 2, Some("an actor does not belong to itself"));
    }
}
