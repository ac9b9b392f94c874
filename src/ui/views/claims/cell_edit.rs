//! Editing one value in its cell.

use eframe::egui::{self, Frame, Margin, Popup, PopupKind, Rect, RectAlign, RichText, Ui, UiBuilder};

use super::columns::Column;
use super::draft::{Entry, Maker, check_actors, confidence};
use super::index::Index;
use super::parse;
use super::rows::Rows;
use super::suggest;
use crate::edit::{self, Edit, Transaction};
use crate::model::{
    Actor, Assessment, Basis, Claim, Confidence, Credibility, Document, Entity, Id, Incident, Proposition,
    Role, Source, Stance, Status, Uuid, Verification,
};
use crate::ui::ViewContext;
use crate::ui::tokens;
use crate::ui::widgets::picker::{CompletingField, DocumentKey, Left, Look, Offers};

const NOT_GRADED: &str = "Not graded";
const NONE_STATED: &str = "None stated";
const FIRST_HAND: &str = "First-hand";
const STATUSES: [&str; 3] = ["Standing", "Retracted", "Superseded"];

/// Where the cursor goes after a value was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// To the line below.
    Down,
    /// To the column on the right.
    Right,
    /// To the column on the left.
    Left,
    /// It stays.
    Here,
}

/// How the editing of a cell ended.
#[derive(Clone, Debug, PartialEq)]
pub enum CellOutcome {
    /// The value stays as it was.
    Cancelled,
    /// The value stays as it was, because what was typed makes no sense.
    Refused(String),
    /// The value was changed, unless it is the same as before.
    Done(Option<Transaction>, Next),
}

/// A cell that is being edited.
#[derive(Clone, Debug)]
pub struct Editing {
    /// The claim.
    pub claim: Id<Claim>,
    /// The value.
    pub column: Column,
    entry: Entry,
    reason: Option<String>,
    wants_focus: bool,
    /// Whether it began with a letter that was typed on the cell.
    is_typed: bool,
}

impl Editing {
    /// Begins to edit a value; an error says why it cannot be edited here.
    pub fn begin(
        assessment: &Assessment,
        claim: &Claim,
        column: Column,
        typed: Option<String>,
    ) -> Result<Self, String> {
        let mut entry = begin_with(assessment, claim, column)?;
        let is_typed = typed.is_some();
        if let Some(typed) = typed {
            entry = Entry::new(typed);
        }
        Ok(Self { claim: claim.id, column, entry, reason: None, wants_focus: true, is_typed })
    }

    /// The identity of its text field.
    pub fn field_id() -> egui::Id {
        egui::Id::unique("claims cell editor")
    }

    /// Draws it over its cell.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        index: &Index,
        cell: Rect,
    ) -> Option<CellOutcome> {
        let claim = cx.assessment.get(self.claim)?;
        let id = Self::field_id();
        if self.wants_focus {
            ui.memory_mut(|memory| memory.request_focus(id));
            self.wants_focus = false;
        }
        let column = self.column;
        let field = CompletingField {
            id,
            label: &format!("Edit {}", column.label().to_lowercase()),
            hint: hint(column),
            separator: separator(column),
            opens_at_once: is_choice(column),
            selects_all: !self.is_typed,
            look: if self.reason.is_some() { Look::Refused } else { Look::Framed },
            is_form: false,
            key: DocumentKey::of(cx),
        };
        let mut child = ui.new_child(UiBuilder::new().max_rect(cell).id_salt("cell editor"));
        child.spacing_mut().interact_size.y = tokens::ROW_HEIGHT - 2.0;
        let before = self.entry.text.clone();
        let ctx = ui.ctx().clone();
        let done = field.show(&mut child, &mut self.entry.text, |typed| {
            offer(&ctx, cx, index.rows(), claim, column, typed)
        });
        if let Some(chosen) = &done.chosen {
            self.entry.pick(chosen);
        }
        if self.entry.text != before {
            self.reason = None;
        }
        if let Some(reason) = &self.reason {
            show_reason(&done.response, reason);
        }
        let left = done.left?;
        if left == Left::Escape {
            return Some(CellOutcome::Cancelled);
        }
        let next = match left {
            Left::Enter => Next::Down,
            Left::Tab => Next::Right,
            Left::BackTab => Next::Left,
            Left::Escape | Left::Away => Next::Here,
        };
        let mut new_id = Uuid::now_v7;
        match changed(cx.assessment, claim, column, &self.entry, &mut new_id) {
            Ok(transaction) => Some(CellOutcome::Done(transaction, next)),
            Err(reason) if left == Left::Away => Some(CellOutcome::Refused(reason)),
            Err(reason) => {
                self.reason = Some(reason);
                self.wants_focus = true;
                None
            }
        }
    }
}

fn show_reason(response: &egui::Response, reason: &str) {
    Popup::from_response(response)
        .id(response.id.with("reason"))
        .kind(PopupKind::Tooltip)
        .open(true)
        .align(RectAlign::TOP_START)
        .gap(2.0)
        .show(|ui| {
            ui.set_max_width(320.0);
            Frame::new().inner_margin(Margin::same(2)).show(ui, |ui| {
                let palette = tokens::palette(ui);
                ui.label(RichText::new(reason).color(palette.text));
            });
        });
}

const fn is_choice(column: Column) -> bool {
    matches!(
        column,
        Column::Stance
            | Column::Role
            | Column::Confidence
            | Column::Grade
            | Column::Status
            | Column::Verification
            | Column::Origin
    )
}

const fn separator(column: Column) -> Option<char> {
    match column {
        Column::Says => Some('+'),
        Column::Basis => Some(','),
        _ => None,
    }
}

const fn hint(column: Column) -> &'static str {
    match column {
        Column::Says => "actor + actor",
        Column::Likelihood => "likely, 55-80",
        Column::StatedOn => "2015-06-19",
        Column::Covers => "2008 – 2019",
        Column::Basis => "technical, legal",
        _ => "",
    }
}

/// What stands in the field when editing begins.
fn begin_with(assessment: &Assessment, claim: &Claim, column: Column) -> Result<Entry, String> {
    let is_link = claim.proposition.is_link();
    match column {
        Column::Incident | Column::Role if is_link => {
            Err("This claim links two actors and speaks of no incident".to_owned())
        }
        Column::Link if !is_link => Err("Only claims that link two actors are accepted or not".to_owned()),
        Column::Source => Ok(Entry::of(assessment, claim.source)),
        Column::Says => Ok(Entry::of_all(assessment, claim.proposition.actors().into_iter())),
        Column::Incident => {
            Ok(claim.proposition.incident().map_or_else(Entry::default, |id| Entry::of(assessment, id)))
        }
        Column::Document => Ok(claim.document.map_or_else(Entry::default, |id| Entry::of(assessment, id))),
        Column::Role => Ok(Entry::new(super::columns::role(claim).map_or("", Role::label))),
        Column::Grade => Ok(Entry::new(claim.credibility.map_or(NOT_GRADED, Credibility::label))),
        Column::Confidence => Ok(Entry::new(claim.confidence.map_or(NONE_STATED, Confidence::label))),
        Column::Origin => match claim.repeats[..] {
            [] => Ok(Entry::new(FIRST_HAND)),
            [only] => Ok(Entry::of(assessment, only)),
            _ => Err(format!("It repeats {} claims: edit them in the inspector", claim.repeats.len())),
        },
        _ => Ok(Entry::new(column.text(assessment, claim))),
    }
}

/// What the field offers.
fn offer(
    ctx: &egui::Context,
    cx: &ViewContext<'_>,
    rows: &Rows,
    claim: &Claim,
    column: Column,
    typed: &str,
) -> Offers {
    fn labels<T: Copy>(all: &[T], label: impl Fn(T) -> &'static str) -> Vec<(&'static str, &'static str)> {
        all.iter().map(|value| (label(*value), "")).collect()
    }
    match column {
        Column::Source => Offers::records::<Source>(ctx, cx, typed),
        Column::Says => Offers::records::<Actor>(ctx, cx, typed),
        Column::Incident => Offers::records::<Incident>(ctx, cx, typed),
        Column::Document => Offers::records::<Document>(ctx, cx, typed),
        Column::Likelihood => suggest::likelihoods(cx.assessment.header.standard, typed),
        Column::Stance => Offers::choices(labels(Stance::ALL, Stance::label), typed),
        Column::Role => Offers::choices(labels(Role::ALL, Role::label), typed),
        Column::Confidence => {
            let all = labels(Confidence::ALL, Confidence::label);
            Offers::choices(all.into_iter().rev().chain([(NONE_STATED, "")]), typed)
        }
        Column::Grade => {
            let all = labels(Credibility::ALL, Credibility::label);
            Offers::choices(all.into_iter().chain([(NOT_GRADED, "")]), typed)
        }
        Column::Basis => Offers::choices(labels(Basis::ALL, Basis::label), typed),
        Column::Status => Offers::choices(STATUSES.map(|label| (label, "")), typed),
        Column::Verification => Offers::choices(labels(Verification::ALL, Verification::label), typed),
        Column::Origin => {
            let mut found = Offers::choices([(FIRST_HAND, "")], typed);
            found.lines.extend(suggest::claims(cx.assessment, rows, claim, typed).lines);
            found
        }
        Column::StatedOn | Column::Covers | Column::Link => Offers::default(),
    }
}

/// The change that gives a claim the value that was typed; nothing where it has it already. An error says what is wrong.
pub fn changed(
    assessment: &Assessment,
    claim: &Claim,
    column: Column,
    entry: &Entry,
    new_id: &mut dyn FnMut() -> Uuid,
) -> Result<Option<Transaction>, String> {
    let mut maker = Maker::new(assessment, new_id);
    let mut new = claim.clone();
    let text = entry.text.trim();
    let is_blank = text.is_empty();
    match column {
        Column::Source => new.source = maker.source(entry).ok_or("A claim needs a source: who says it?")?,
        Column::Stance => {
            new.stance = parse::choice(text, Stance::ALL, Stance::label)?;
            if let Proposition::Attribution { actors, .. } = &new.proposition {
                check_actors(new.stance, actors.len())?;
            } else if new.stance == Stance::Declines {
                return Err("A link is asserted or denied; nobody declines to name it".to_owned());
            }
        }
        Column::Says => set_actors(&mut maker, &mut new, entry)?,
        Column::Incident => {
            let found = maker.incident(entry).ok_or("An attribution needs an incident")?;
            if let Proposition::Attribution { incident, .. } = &mut new.proposition {
                *incident = found;
            }
        }
        Column::Role => {
            let found = parse::choice(text, Role::ALL, Role::label)?;
            if let Proposition::Attribution { role, .. } = &mut new.proposition {
                *role = found;
            }
        }
        Column::Likelihood => new.likelihood = parse::likelihood(text, assessment.header.standard)?,
        Column::Confidence => {
            new.confidence = if text.eq_ignore_ascii_case(NONE_STATED) { None } else { confidence(text)? };
        }
        Column::StatedOn => new.stated_on = parse::date(text)?,
        Column::Covers => new.covers = parse::period(text)?,
        Column::Grade => {
            let is_none = is_blank || text.eq_ignore_ascii_case(NOT_GRADED);
            new.credibility =
                if is_none { None } else { Some(parse::choice(text, Credibility::ALL, Credibility::label)?) };
        }
        Column::Basis => {
            let mut basis = Vec::new();
            for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
                basis.push(parse::choice(part, Basis::ALL, Basis::label)?);
            }
            basis.sort_unstable();
            basis.dedup();
            new.basis = basis;
        }
        Column::Document => new.document = maker.document(entry),
        Column::Origin => set_repeats(&mut new, entry)?,
        Column::Status => set_status(&mut new, text)?,
        Column::Verification => {
            new.verification = parse::choice(text, Verification::ALL, Verification::label)?;
        }
        Column::Link => new.accepted = !new.accepted,
    }
    if new == *claim {
        return Ok(None);
    }
    let field = field_name(column);
    let created = maker.created().count();
    if created == 0 {
        return Ok(Some(edit::replace(new, field)));
    }
    let label = format!("Change {} of claim", field.replace('_', " "));
    Ok(Some(Transaction::new(label, maker.finish(Edit::Replace(new.into_record())))))
}

fn set_actors(maker: &mut Maker<'_>, claim: &mut Claim, entry: &Entry) -> Result<(), String> {
    let named = maker.actors(entry);
    let stance = claim.stance;
    let two = |named: &[Id<Actor>]| match *named {
        [first, second] => Ok((first, second)),
        _ => Err("A link needs two different actors, with + between them".to_owned()),
    };
    match &mut claim.proposition {
        Proposition::Attribution { actors, .. } => {
            check_actors(stance, named.len())?;
            *actors = named;
        }
        Proposition::SameActor { first, second } => (*first, *second) = two(&named)?,
        Proposition::BelongsTo { part, whole } => (*part, *whole) = two(&named)?,
    }
    Ok(())
}

fn set_repeats(claim: &mut Claim, entry: &Entry) -> Result<(), String> {
    let text = entry.text.trim();
    if text.is_empty() || text.eq_ignore_ascii_case(FIRST_HAND) {
        claim.repeats.clear();
        return Ok(());
    }
    let picked = entry.picked.iter().rev().find(|(name, _)| name.trim() == text);
    let (_, uuid) = picked.ok_or("Choose the claim that it repeats from the list, or First-hand")?;
    claim.repeats = vec![Id::new(*uuid)];
    Ok(())
}

fn set_status(claim: &mut Claim, text: &str) -> Result<(), String> {
    let chosen = parse::choice(text, &STATUSES, |label| label)?;
    claim.status = match (chosen, claim.status) {
        ("Standing", _) => Status::Standing,
        ("Retracted", Status::Retracted { on }) => Status::Retracted { on },
        ("Retracted", _) => Status::Retracted { on: None },
        (_, Status::Superseded { by }) => Status::Superseded { by },
        _ => Status::Superseded { by: None },
    };
    Ok(())
}

/// The field of the file that a column shows.
const fn field_name(column: Column) -> &'static str {
    match column {
        Column::Source => "source",
        Column::Stance => "stance",
        Column::Says => "actors",
        Column::Link => "accepted",
        Column::Incident => "incident",
        Column::Role => "role",
        Column::Likelihood => "likelihood",
        Column::Confidence => "confidence",
        Column::StatedOn => "stated_on",
        Column::Covers => "covers",
        Column::Grade => "credibility",
        Column::Basis => "basis",
        Column::Document => "document",
        Column::Origin => "repeats",
        Column::Status => "status",
        Column::Verification => "verification",
    }
}
