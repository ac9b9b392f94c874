//! Whether a row is a claim that is there already, and what of it changes.

use std::collections::{HashMap, HashSet};

use super::columns::Column;
use super::header::Header;
use crate::model::{Assessment, Claim, Id, Incident, Period, Proposition, Source, Uuid};

/// The claims of an assessment by what identifies most of them, so that a row is compared with few.
pub(super) struct KnownClaims {
    by_core: HashMap<Core, Vec<Id<Claim>>>,
    taken: HashSet<Id<Claim>>,
}

type Core = (Id<Source>, Option<Id<Incident>>, Option<Uuid>);

fn core(claim: &Claim) -> Core {
    let first = match &claim.proposition {
        Proposition::Attribution { actors, .. } => actors.first(),
        Proposition::SameActor { first, .. } => Some(first),
        Proposition::BelongsTo { part, .. } => Some(part),
    };
    (claim.source, claim.proposition.incident(), first.map(|id| id.uuid()))
}

impl KnownClaims {
    pub fn new(claims: impl Iterator<Item = Id<Claim>>, of: &Assessment) -> Self {
        let mut by_core: HashMap<Core, Vec<Id<Claim>>> = HashMap::new();
        for claim in claims.filter_map(|id| of.get(id)) {
            by_core.entry(core(claim)).or_default().push(claim.id);
        }
        Self { by_core, taken: HashSet::new() }
    }

    /// The claim that says all that this one says, and best nothing else. Each one is given once.
    pub fn take(&mut self, claim: &Claim, of: &Assessment, header: &Header) -> Option<Id<Claim>> {
        let candidates = self.by_core.get(&core(claim))?;
        let free = || candidates.iter().filter(|id| !self.taken.contains(id)).filter_map(|id| of.get(*id));
        let found = free()
            .find(|known| says_all_of(known, claim, header) && says_all_of(claim, known, header))
            .or_else(|| free().find(|known| says_all_of(known, claim, header)))?;
        self.taken.insert(found.id);
        Some(found.id)
    }
}

/// The claims of the table itself, to find rows that say the same twice.
#[derive(Default)]
pub(super) struct SeenRows {
    by_core: HashMap<Core, Vec<(usize, Claim)>>,
}

impl SeenRows {
    /// The row that says just the same, and its claim; else remembers this one.
    pub fn same_or_add(&mut self, claim: &Claim, row: usize, header: &Header) -> Option<(usize, Id<Claim>)> {
        let seen = self.by_core.entry(core(claim)).or_default();
        let same = |(_, other): &&(usize, Claim)| {
            says_all_of(other, claim, header) && says_all_of(claim, other, header)
        };
        if let Some((row, other)) = seen.iter().find(same) {
            return Some((*row, other.id));
        }
        seen.push((row, claim.clone()));
        None
    }
}

/// Whether `known` says all that `row` says; what a row leaves empty does not count. Repeats are compared later, when
/// it is known which claims they are.
fn says_all_of(known: &Claim, row: &Claim, header: &Header) -> bool {
    let told = |said: bool, is_same: bool| !said || is_same;
    with_role(&known.proposition, &row.proposition, header) == row.proposition
        && told(header.has(Column::Stance), known.stance == row.stance)
        && told(row.likelihood.is_some(), known.likelihood == row.likelihood)
        && told(row.confidence.is_some(), known.confidence == row.confidence)
        && told(!row.confidence_words.is_empty(), known.confidence_words == row.confidence_words)
        && told(row.credibility.is_some(), known.credibility == row.credibility)
        && told(row.stated_on.is_some(), known.stated_on == row.stated_on)
        && told(row.covers.from.is_some(), known.covers.from == row.covers.from)
        && told(row.covers.to.is_some(), known.covers.to == row.covers.to)
        && told(row.document.is_some(), known.document == row.document)
        && told(!row.locator.page.is_empty(), known.locator.page.trim() == row.locator.page)
        && told(!row.locator.paragraph.is_empty(), known.locator.paragraph.trim() == row.locator.paragraph)
        && told(!row.quote.is_empty(), known.quote == row.quote)
        && told(!row.notes.is_empty(), known.notes.contains(&row.notes))
}

/// The proposition with the role of `row`, where the table does not speak of roles.
fn with_role(known: &Proposition, row: &Proposition, header: &Header) -> Proposition {
    match (known, row) {
        (Proposition::Attribution { incident, actors, .. }, Proposition::Attribution { role, .. })
            if !header.has(Column::Role) =>
        {
            Proposition::Attribution { incident: *incident, actors: actors.clone(), role: *role }
        }
        _ => known.clone(),
    }
}

/// The claim that is there with what the columns of the table say, and the columns in which that is something new. A
/// column that the table does not have changes nothing; an empty cell takes away what was there.
pub(super) fn updated(known: &Claim, row: &Claim, header: &Header) -> (Claim, Vec<Column>) {
    let mut claim = known.clone();
    let mut changed = Vec::new();
    let mut set = |column: Column, has: bool, is_other: bool, change: &mut dyn FnMut(&mut Claim)| {
        if has && is_other {
            change(&mut claim);
            changed.push(column);
        }
    };
    let has = |column| header.has(column);
    let proposition = with_role(&row.proposition, &known.proposition, header);
    set(Column::Source, true, known.source != row.source, &mut |claim| claim.source = row.source);
    set(
        changed_part(&known.proposition, &proposition),
        true,
        known.proposition != proposition,
        &mut |claim| {
            claim.proposition = proposition.clone();
        },
    );
    set(Column::Stance, has(Column::Stance), known.stance != row.stance, &mut |claim| {
        claim.stance = row.stance;
    });
    set(Column::Likelihood, has(Column::Likelihood), known.likelihood != row.likelihood, &mut |claim| {
        claim.likelihood.clone_from(&row.likelihood);
    });
    let is_other = known.confidence != row.confidence || known.confidence_words != row.confidence_words;
    set(Column::Confidence, has(Column::Confidence), is_other, &mut |claim| {
        claim.confidence = row.confidence;
        claim.confidence_words.clone_from(&row.confidence_words);
    });
    set(Column::Credibility, has(Column::Credibility), known.credibility != row.credibility, &mut |claim| {
        claim.credibility = row.credibility;
    });
    set(Column::StatedOn, has(Column::StatedOn), known.stated_on != row.stated_on, &mut |claim| {
        claim.stated_on = row.stated_on;
    });
    let Period { from, to } = known.covers;
    set(Column::CoversFrom, has(Column::CoversFrom), from != row.covers.from, &mut |claim| {
        claim.covers.from = row.covers.from;
    });
    set(Column::CoversTo, has(Column::CoversTo), to != row.covers.to, &mut |claim| {
        claim.covers.to = row.covers.to;
    });
    let speaks_of_document = has(Column::Document) || has(Column::Url);
    set(Column::Document, speaks_of_document, known.document != row.document, &mut |claim| {
        claim.document = row.document;
        // A span is anchored in the text of the document that it was taken from.
        claim.locator.span = None;
    });
    let place =
        |claim: &Claim| [claim.locator.page.trim().to_owned(), claim.locator.paragraph.trim().to_owned()];
    set(Column::Locator, has(Column::Locator), place(known) != place(row), &mut |claim| {
        claim.locator.page.clone_from(&row.locator.page);
        claim.locator.paragraph.clone_from(&row.locator.paragraph);
    });
    set(Column::Quote, has(Column::Quote), known.quote != row.quote, &mut |claim| {
        claim.quote.clone_from(&row.quote);
    });
    let speaks_of_notes = has(Column::Notes) || header.extra().next().is_some();
    set(Column::Notes, speaks_of_notes, known.notes != row.notes, &mut |claim| {
        claim.notes.clone_from(&row.notes);
    });
    (claim, changed)
}

/// The column by which two propositions differ.
fn changed_part(known: &Proposition, row: &Proposition) -> Column {
    match (known, row) {
        (
            Proposition::Attribution { incident, actors, .. },
            Proposition::Attribution { incident: other, actors: others, .. },
        ) => {
            if incident != other {
                Column::Incident
            } else if actors != others {
                Column::Actor
            } else {
                Column::Role
            }
        }
        (Proposition::SameActor { .. }, Proposition::SameActor { .. })
        | (Proposition::BelongsTo { .. }, Proposition::BelongsTo { .. }) => Column::Actor,
        _ => Column::Proposition,
    }
}
