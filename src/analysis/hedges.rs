//! What became of hedges on the way from an original to those who repeat it.
//!
//! "The likely perpetrators" of a report becomes "were also responsible" in the press. Whoever repeats a claim
//! has no ground of its own to be surer, so each step at which a claim got stronger is worth a look. Nothing is
//! judged by wording alone: what is compared is what the claims record as likelihood, confidence and actors.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::relation::{Position, confidence_text, likelihood_text, named_actors};
use super::weight::stated_probability;
use super::{Derived, Options};
use crate::analysis::rounding::ROUNDING;
use crate::model::{Claim, Confidence, Document, Id, Incident, Stance};

/// A claim that repeats another, and in what it is stronger or weaker than that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retelling {
    /// The claim that is repeated.
    pub original: Id<Claim>,
    /// The claim that repeats it.
    pub repeat: Id<Claim>,
    /// How it is known that one repeats the other.
    pub tie: Tie,
    /// In what the two differ in strength, in the order of [`Aspect`]; empty where the repeat is faithful.
    pub shifts: Vec<Shift>,
}

/// How it is known that one claim repeats another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// The claim says so.
    Repeats,
    /// Its document relays that of the other, and both speak of the same.
    Relays,
}

impl Tie {
    /// The words that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Repeats => "the claim repeats the other",
            Self::Relays => "its document relays the other’s",
        }
    }
}

/// In what a repeated claim can be stronger or weaker than its original.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// How likely it is said to be.
    Likelihood,
    /// With what confidence it is said.
    Confidence,
    /// Whom it names: the narrower, the more is said.
    Actor,
}

impl Aspect {
    /// The name that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Likelihood => "Likelihood",
            Self::Confidence => "Confidence",
            Self::Actor => "Actor",
        }
    }
}

/// Whether a repeated claim says more or less than its original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// A hedge was lost: the repeat says more than the original.
    Lost,
    /// A hedge was added: the repeat says less.
    Added,
}

/// One respect in which a repeated claim is stronger or weaker than its original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// In what.
    pub aspect: Aspect,
    /// In which direction.
    pub direction: Direction,
    /// What the original has there, in words.
    pub from: String,
    /// What the repeat has there, in words.
    pub to: String,
}

impl Shift {
    /// What happened, in a few words, such as "hedge dropped".
    pub fn label(&self) -> &'static str {
        match (self.aspect, self.direction) {
            (Aspect::Likelihood, Direction::Lost) => "hedge lost",
            (Aspect::Likelihood, Direction::Added) => "hedge added",
            (Aspect::Confidence, Direction::Lost) => "confidence raised",
            (Aspect::Confidence, Direction::Added) => "confidence lowered",
            (Aspect::Actor, Direction::Lost) => "actor narrowed",
            (Aspect::Actor, Direction::Added) => "actor widened",
        }
    }

    /// What happened, with both wordings, such as "hedge lost: “likely” (55–80 %) became not hedged".
    pub fn sentence(&self) -> String {
        format!("{}: {} became {}", self.label(), self.from, self.to)
    }
}

impl Retelling {
    /// In what the repeat says more than its original.
    pub fn lost(&self) -> impl Iterator<Item = &Shift> {
        self.shifts.iter().filter(|shift| shift.direction == Direction::Lost)
    }

    /// Whether the repeat says more than its original in any respect.
    pub fn is_loss(&self) -> bool {
        self.lost().next().is_some()
    }
}

/// Every claim on an incident that repeats another, in the order of their dates and identifiers, with what is
/// stronger or weaker in it. Retracted and superseded claims are among them: what they said was said.
///
/// A claim repeats another where it says so (its `repeats`). Where it says nothing, it repeats the one that it retells because its
/// document relays the other's, by the rule that also gives both one origin; where it names somebody and there is none, one
/// that names nobody in a relayed document: what it adds is its own, and worth a look. Each step of a chain is a pair of
/// its own, so that a loss is found where it happened.
///
/// A hedge is **lost** where the repeat states a greater probability or none ([`stated_probability`]; dropping
/// a hedge counts even where the convention for unhedged claims is not greater), a higher confidence or none
/// in place of low or moderate, or names a strict part of the original's set of actors (under the accepted
/// links, whatever the level of view), or somebody where the original declined to. The reverse is **added**.
pub fn retellings(derived: &Derived, incident: Id<Incident>) -> Vec<Retelling> {
    let claims = derived.claims_of(incident);
    let mut by_document: BTreeMap<Id<Document>, Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        if let Some(document) = claim.document {
            by_document.entry(document).or_default().push(claim);
        }
    }
    let retold = derived.retold(incident);
    let relayed = |number: usize, claim: &Claim| {
        let original = retold.original_of(number).and_then(|number| claims.get(number)).map(Arc::as_ref);
        // Of a document that declines and also says something, what it says is what is relayed.
        original.or_else(|| declined(derived, &by_document, claim))
    };
    let mut found: Vec<(&Claim, Retelling)> = Vec::new();
    for (number, claim) in claims.iter().enumerate() {
        let stated = claim.repeats.iter().filter_map(|id| derived.assessment().get(*id));
        let stated = stated.filter(|other| other.proposition.incident() == Some(incident));
        let mut originals: Vec<(&Claim, Tie)> = stated.map(|other| (other, Tie::Repeats)).collect();
        if claim.repeats.is_empty() {
            originals.extend(relayed(number, claim).map(|other| (other, Tie::Relays)));
        }
        let pairs = originals.into_iter().filter(|(other, _)| other.id != claim.id);
        found.extend(pairs.map(|(other, tie)| (&**claim, retelling(derived, other, claim, tie))));
    }
    found.sort_by_key(|(claim, pair)| {
        (claim.stated_on.is_none(), claim.stated_on, pair.repeat, pair.original)
    });
    found.into_iter().map(|(_, pair)| pair).collect()
}

/// The pairs of [`retellings`] at which a hedge was lost.
pub fn lost_hedges(derived: &Derived, incident: Id<Incident>) -> Vec<Retelling> {
    retellings(derived, incident).into_iter().filter(Retelling::is_loss).collect()
}

/// A claim in a relayed document that names nobody, where another one names somebody.
fn declined<'a>(
    derived: &Derived,
    by_document: &BTreeMap<Id<Document>, Vec<&'a Claim>>,
    claim: &Claim,
) -> Option<&'a Claim> {
    let document = derived.assessment().get(claim.document?)?;
    position(derived, claim).who.ok()?;
    let relayed = document.relays.iter().filter(|relayed| **relayed != document.id);
    let claims = relayed.filter_map(|relayed| by_document.get(relayed)).flatten();
    claims.filter(|other| other.stance == Stance::Declines).min_by_key(|other| other.id).copied()
}

fn retelling(derived: &Derived, original: &Claim, repeat: &Claim, tie: Tie) -> Retelling {
    let shifts = [
        likelihood_shift(derived, original, repeat),
        confidence_shift(original, repeat),
        actor_shift(derived, original, repeat),
    ];
    Retelling {
        original: original.id,
        repeat: repeat.id,
        tie,
        shifts: shifts.into_iter().flatten().collect(),
    }
}

fn likelihood_shift(derived: &Derived, original: &Claim, repeat: &Claim) -> Option<Shift> {
    // "Likely not" is no stronger or weaker than "likely".
    if original.stance != repeat.stance || original.stance == Stance::Declines {
        return None;
    }
    let header = &derived.assessment().header;
    let probability =
        |claim: &Claim| stated_probability(claim.likelihood.as_ref(), header.standard, &header.methods).0;
    let change = probability(repeat) - probability(original);
    let direction = match (original.likelihood.is_some(), repeat.likelihood.is_some()) {
        (false, false) => return None,
        (true, false) => Direction::Lost,
        (false, true) => Direction::Added,
        _ if change > ROUNDING => Direction::Lost,
        _ if change < -ROUNDING => Direction::Added,
        _ => return None,
    };
    let text = |claim: &Claim| likelihood_text(claim.likelihood.as_ref());
    Some(Shift { aspect: Aspect::Likelihood, direction, from: text(original), to: text(repeat) })
}

fn confidence_shift(original: &Claim, repeat: &Claim) -> Option<Shift> {
    // Confidence in naming nobody is no confidence in whom another names.
    if original.stance != repeat.stance {
        return None;
    }
    let is_guarded = |confidence| matches!(confidence, Some(Confidence::Low | Confidence::Moderate));
    let direction = match (original.confidence, repeat.confidence) {
        (Some(was), Some(is)) if is > was => Direction::Lost,
        (Some(was), Some(is)) if is < was => Direction::Added,
        (was, None) if is_guarded(was) => Direction::Lost,
        (None, is) if is_guarded(is) => Direction::Added,
        _ => return None,
    };
    let (from, to) = (confidence_text(original), confidence_text(repeat));
    Some(Shift { aspect: Aspect::Confidence, direction, from, to })
}

fn actor_shift(derived: &Derived, original: &Claim, repeat: &Claim) -> Option<Shift> {
    let direction = match (position(derived, original).who, position(derived, repeat).who) {
        (Ok(was), Ok(is)) if was == is => return None,
        (Ok(was), Ok(is)) if is.is_subset(&was) => Direction::Lost,
        (Ok(was), Ok(is)) if was.is_subset(&is) => Direction::Added,
        (Err(_), Ok(_)) => Direction::Lost,
        (Ok(_), Err(_)) => Direction::Added,
        _ => return None,
    };
    let text = |claim: &Claim| match claim.stance {
        Stance::Asserts => named_actors(derived.assessment(), derived.hierarchy(), claim),
        Stance::Denies => format!("not {}", named_actors(derived.assessment(), derived.hierarchy(), claim)),
        Stance::Declines => "names nobody".to_owned(),
    };
    Some(Shift { aspect: Aspect::Actor, direction, from: text(original), to: text(repeat) })
}

/// What a claim says of actors as they are named: hedges are a matter of what was said, at no level of view.
fn position(derived: &Derived, claim: &Claim) -> Position {
    Position::of(derived.assessment(), derived.hierarchy(), Options::default(), claim)
}

#[cfg(test)]
mod tests;
