//! What a claim says: that somebody did something, that two actors are one, or that one is part of another.

use eframe::egui::Ui;

use super::form::Form;
use crate::edit::{Edit, Transaction};
use crate::model::{Actor, Claim, Entity, Id, Incident, Nameable, Proposition, Role, Stance};
use crate::ui::widgets::{Picked, Picker, fields};

/// A kind of proposition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PropositionKind {
    Attribution,
    SameActor,
    BelongsTo,
}

const KINDS: &[(PropositionKind, &str)] = &[
    (PropositionKind::Attribution, "Who did it"),
    (PropositionKind::SameActor, "Same as"),
    (PropositionKind::BelongsTo, "Part of"),
];

/// Draws the fields of a claim's proposition.
pub(super) fn show(ui: &mut Ui, form: &Form<'_, Claim>) {
    kind(ui, form);
    match &form.record.proposition {
        Proposition::Attribution { incident, actors, role } => {
            let hint = match form.record.stance {
                Stance::Declines => "Names nobody",
                _ if actors.is_empty() => "Add an actor",
                _ => "Add one who did it jointly",
            };
            form.several(ui, ("Actors", hint), "proposition.actors", actors, &|_| None, |claim, ids| {
                if let Proposition::Attribution { actors, .. } = &mut claim.proposition {
                    *actors = ids;
                }
            });
            form.needed(ui, "Incident", "proposition.incident", *incident, |claim, id| {
                if let Proposition::Attribution { incident, .. } = &mut claim.proposition {
                    *incident = id;
                }
            });
            form.choice(ui, "Role", "proposition.role", *role, Role::ALL, |claim, value| {
                if let Proposition::Attribution { role, .. } = &mut claim.proposition {
                    *role = value;
                }
            });
        }
        Proposition::SameActor { first, second } => {
            form.needed(ui, "Actor", "proposition.first", *first, |claim, id| {
                if let Proposition::SameActor { first, .. } = &mut claim.proposition {
                    *first = id;
                }
            });
            form.needed(ui, "Is the same as", "proposition.second", *second, |claim, id| {
                if let Proposition::SameActor { second, .. } = &mut claim.proposition {
                    *second = id;
                }
            });
        }
        Proposition::BelongsTo { part, whole } => {
            form.needed(ui, "Actor", "proposition.part", *part, |claim, id| {
                if let Proposition::BelongsTo { part, .. } = &mut claim.proposition {
                    *part = id;
                }
            });
            form.needed(ui, "Belongs to", "proposition.whole", *whole, |claim, id| {
                if let Proposition::BelongsTo { whole, .. } = &mut claim.proposition {
                    *whole = id;
                }
            });
        }
    }
}

/// The kind, and where the claim has not yet all that another kind needs, a field for what is missing.
fn kind(ui: &mut Ui, form: &Form<'_, Claim>) {
    let proposition = &form.record.proposition;
    let kind = match proposition {
        Proposition::Attribution { .. } => PropositionKind::Attribution,
        Proposition::SameActor { .. } => PropositionKind::SameActor,
        Proposition::BelongsTo { .. } => PropositionKind::BelongsTo,
    };
    let wanted_id = form.field_id("wanted proposition");
    let wanted: Option<PropositionKind> = ui.data(|data| data.get_temp(wanted_id));
    let shown = wanted.unwrap_or(kind);
    let new =
        form.row(ui, "Says", "proposition", |ui| fields::buttons(ui, "Says", Some(shown), KINDS, false));
    let wanted = new.flatten().or(wanted).filter(|wanted| *wanted != kind);
    let Some(wanted) = wanted else {
        ui.data_mut(|data| data.remove::<PropositionKind>(wanted_id));
        return;
    };
    let is_done = match wanted {
        PropositionKind::Attribution => to_attribution(ui, form),
        PropositionKind::SameActor | PropositionKind::BelongsTo => to_link(ui, form, wanted),
    };
    ui.data_mut(|data| {
        if is_done {
            data.remove::<PropositionKind>(wanted_id);
        } else {
            data.insert_temp(wanted_id, wanted);
        }
    });
}

fn to_attribution(ui: &mut Ui, form: &Form<'_, Claim>) -> bool {
    let known = form.cx.incident.filter(|id| form.cx.assessment.incidents.contains(*id));
    let set = |claim: &mut Claim, incident: Id<Incident>| {
        let actors = claim.proposition.actors();
        claim.proposition = Proposition::Attribution { incident, actors, role: Role::Perpetrator };
        claim.accepted = false;
    };
    match known {
        Some(incident) => {
            form.change_once("proposition", |claim| set(claim, incident));
            true
        }
        None => missing(ui, form, "Which incident", set),
    }
}

fn to_link(ui: &mut Ui, form: &Form<'_, Claim>, wanted: PropositionKind) -> bool {
    let actors = form.record.proposition.actors();
    let set = move |claim: &mut Claim, first: Id<Actor>, second: Id<Actor>| {
        claim.proposition = match wanted {
            PropositionKind::BelongsTo => Proposition::BelongsTo { part: first, whole: second },
            _ => Proposition::SameActor { first, second },
        };
    };
    match actors.as_slice() {
        [first, second, ..] => {
            let (first, second) = (*first, *second);
            form.change_once("proposition", |claim| set(claim, first, second));
            true
        }
        [first] => {
            let first = *first;
            let label =
                if wanted == PropositionKind::BelongsTo { "To which actor" } else { "As which actor" };
            missing(ui, form, label, move |claim, second| set(claim, first, second))
        }
        [] => {
            let text = "Name an actor first: the claim names nobody yet";
            fields::row(ui, "", |ui| fields::problem(ui, text, false));
            false
        }
    }
}

/// A field for a record that the other kind of proposition needs; whether it was given.
fn missing<R: Nameable>(
    ui: &mut Ui,
    form: &Form<'_, Claim>,
    label: &str,
    set: impl FnOnce(&mut Claim, Id<R>),
) -> bool {
    let picker = Picker::<R>::new(form.cx, form.field_id("missing"), label).hint("Choose or type a name");
    let picked = fields::row(ui, label, |ui| picker.show(ui).picked);
    let mut claim = form.record.clone();
    let (id, mut edits) = match picked {
        Some(Picked::Existing(id)) => (id, Vec::new()),
        Some(Picked::New(name)) => {
            let id = form.cx.new_id();
            (id, vec![Edit::Insert(R::named(id, name).into_record())])
        }
        Some(Picked::Cleared) | None => return false,
    };
    set(&mut claim, id);
    edits.push(Edit::Replace(claim.into_record()));
    form.cx.edit(Transaction::new("Change proposition of claim", edits));
    true
}
