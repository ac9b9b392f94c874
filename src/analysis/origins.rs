//! Which claims are independent of one another.
//!
//! Five articles on one press release are one independent claim. Two claims on one incident have one
//! **origin** where one repeats the other, where they say the same in documents that hang together by relays (the same
//! actors, stance and role, under the accepted links), or where one stands in a document that relays the other's and
//! names a narrower or a wider actor in its place; and so on along the chain.
//! Circles among repeats or relays are no obstacle, and are reported by name.

mod circles;
mod reported;
mod retold;

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::hierarchy::Hierarchy;
use crate::model::{Assessment, Claim, Document, Id, Status};
pub use circles::Circle;
pub(super) use circles::{mixed_circles, relay_circles, repeat_circles};
pub use reported::{CircularReporting, circular_reporting};
pub(super) use retold::Retold;
use retold::Said;

/// Claims on one incident that go back to one statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// The claim nearest to the statement: the first one that repeats and relays none of the others.
    pub first_hand: Id<Claim>,
    /// The claims that still stand, the first-hand one first where it does, then by date stated and
    /// identifier.
    pub claims: Vec<Id<Claim>>,
    /// Whether each of the claims repeats or relays another one, so that none of them is first-hand.
    pub is_circular: bool,
}

/// Documents that hang together by relays.
#[derive(Clone, Debug, Default)]
pub(super) struct Relays {
    /// For each document that relays another or is relayed the number of its group.
    group_of: FxHashMap<Id<Document>, usize>,
}

impl Relays {
    pub fn new(assessment: &Assessment) -> Self {
        let mut groups = Groups::default();
        let mut numbers: FxHashMap<Id<Document>, usize> = FxHashMap::default();
        for document in &assessment.documents {
            for relayed in &document.relays {
                let a = *numbers.entry(document.id).or_insert_with(|| groups.add());
                let b = *numbers.entry(*relayed).or_insert_with(|| groups.add());
                groups.join(a, b);
            }
        }
        Self {
            group_of: numbers.into_iter().map(|(document, number)| (document, groups.find(number))).collect(),
        }
    }
}

/// The origins of one incident's claims, in the order of their first-hand claims' dates and identifiers.
///
/// Claims that were retracted or superseded still tie others together, but an origin counts only while one of
/// its claims stands.
pub(super) fn origins_of(
    assessment: &Assessment,
    hierarchy: &Hierarchy,
    relays: &Relays,
    claims: &[Arc<Claim>],
) -> Vec<Origin> {
    let numbers: FxHashMap<Id<Claim>, usize> =
        claims.iter().enumerate().map(|(number, claim)| (claim.id, number)).collect();
    let mut groups = Groups::default();
    claims.iter().for_each(|_| {
        groups.add();
    });
    for (number, claim) in claims.iter().enumerate() {
        for repeated in claim.repeats.iter().filter_map(|id| numbers.get(id)) {
            groups.join(number, *repeated);
        }
    }
    join_relayed(&Retold::new(assessment, hierarchy, relays, claims), claims, &mut groups);

    let mut members: FxHashMap<usize, Vec<&Claim>> = FxHashMap::default();
    for (number, claim) in claims.iter().enumerate() {
        members.entry(groups.find(number)).or_default().push(claim);
    }
    let mut origins: Vec<_> =
        members.into_values().filter_map(|members| origin(assessment, members)).collect();
    origins.sort_by_key(|(order, _)| *order);
    origins.into_iter().map(|(_, origin)| origin).collect()
}

/// A claim and where it stands.
type Voice = (usize, Id<Document>);

/// Joins the claims that say the same in different documents of one group, and each with the claim that it retells.
fn join_relayed(retold: &Retold<'_>, claims: &[Arc<Claim>], groups: &mut Groups) {
    let mut said: FxHashMap<(usize, usize), Vec<Voice>> = FxHashMap::default();
    let mut sayings: FxHashMap<usize, FxHashSet<usize>> = FxHashMap::default();
    for (number, it) in retold.said().iter().enumerate() {
        let Some(Said { group, document, saying }) = *it else { continue };
        said.entry((group, saying)).or_default().push((number, document));
        sayings.entry(group).or_default().insert(saying);
    }
    for same in said.values() {
        let Some((first, first_document)) = same.first() else { continue };
        // Two people quoted in one document are two; only another document makes it a relay.
        if same.iter().any(|(_, document)| document != first_document) {
            same.iter().for_each(|(number, _)| groups.join(*first, *number));
        }
    }
    for (number, claim) in claims.iter().enumerate() {
        // Whose words a claim repeats it says itself, where it says so. Where all say the same all is done.
        let is_open = claim.repeats.is_empty()
            && retold
                .said()
                .get(number)
                .copied()
                .flatten()
                .is_some_and(|it| sayings.get(&it.group).is_some_and(|sayings| sayings.len() > 1));
        if let Some(original) = is_open.then(|| retold.original_of(number)).flatten() {
            groups.join(number, original);
        }
    }
}

type Order = (bool, Option<crate::model::PartialDate>, Id<Claim>);

/// By date stated, those without a date last, and then by identifier.
fn order(claim: &Claim) -> Order {
    (claim.stated_on.is_none(), claim.stated_on, claim.id)
}

fn origin(assessment: &Assessment, mut members: Vec<&Claim>) -> Option<(Order, Origin)> {
    members.sort_by_key(|claim| order(claim));
    let ids: Vec<Id<Claim>> = members.iter().map(|claim| claim.id).collect();
    let documents: Vec<Id<Document>> = members.iter().filter_map(|claim| claim.document).collect();
    let relays_another = |claim: &Claim| {
        let document = claim.document.and_then(|id| assessment.get(id));
        document.is_some_and(|document| {
            document.relays.iter().any(|other| *other != document.id && documents.contains(other))
        })
    };
    let repeats_another = |claim: &Claim| claim.repeats.iter().any(|id| ids.contains(id));
    let first_hand = members.iter().find(|claim| !repeats_another(claim) && !relays_another(claim));
    let first = first_hand.or_else(|| members.first())?;
    let standing = members.iter().filter(|claim| claim.status == Status::Standing);
    let mut claims: Vec<Id<Claim>> = standing.map(|claim| claim.id).collect();
    claims.sort_by_key(|id| *id != first.id);
    let origin = Origin { first_hand: first.id, claims, is_circular: first_hand.is_none() };
    (!origin.claims.is_empty()).then_some((order(first), origin))
}

/// Disjoint groups of numbers (union–find with path halving).
#[derive(Default)]
struct Groups {
    above: Vec<usize>,
}

impl Groups {
    fn add(&mut self) -> usize {
        self.above.push(self.above.len());
        self.above.len() - 1
    }

    fn find(&mut self, number: usize) -> usize {
        let mut at = number;
        loop {
            let Some(above) = self.above.get(at).copied().filter(|above| *above != at) else { return at };
            let higher = self.above.get(above).copied().unwrap_or(above);
            if let Some(place) = self.above.get_mut(at) {
                *place = higher;
            }
            at = higher;
        }
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        // The lesser number stands for the group, so that the result does not depend on the order.
        if let Some(place) = self.above.get_mut(a.max(b)) {
            *place = a.min(b);
        }
    }
}

#[cfg(test)]
mod tests;
