//! Which claims are independent of one another.
//!
//! Five articles on one press release are one independent claim. Two claims on one incident have one
//! **origin** where one repeats the other, or where they stand in documents of which one relays the other and
//! say the same (the same actors, stance and role, under the accepted links); and so on along the chain.
//! Circles among repeats or relays are no obstacle, and are reported by name.

mod circles;
mod reported;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::hierarchy::Hierarchy;
use crate::model::{Assessment, Claim, Document, Id, Proposition, Role, Stance, Status};
pub use circles::Circle;
pub(super) use circles::{mixed_circles, relay_circles, repeat_circles};
pub use reported::{CircularReporting, circular_reporting};

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
    join_relayed(hierarchy, relays, claims, &mut groups);

    let mut members: FxHashMap<usize, Vec<&Claim>> = FxHashMap::default();
    for (number, claim) in claims.iter().enumerate() {
        members.entry(groups.find(number)).or_default().push(claim);
    }
    let mut origins: Vec<_> =
        members.into_values().filter_map(|members| origin(assessment, members)).collect();
    origins.sort_by_key(|(order, _)| *order);
    origins.into_iter().map(|(_, origin)| origin).collect()
}

/// Joins the claims that say the same in different documents of one group.
fn join_relayed(hierarchy: &Hierarchy, relays: &Relays, claims: &[Arc<Claim>], groups: &mut Groups) {
    type Saying = (usize, Stance, Option<Role>, Vec<usize>);
    let mut said: FxHashMap<Saying, Vec<(usize, Id<Document>)>> = FxHashMap::default();
    for (number, claim) in claims.iter().enumerate() {
        let Some(document) = claim.document else { continue };
        let Some(group) = relays.group_of.get(&document) else { continue };
        let Proposition::Attribution { actors, role, .. } = &claim.proposition else { continue };
        let mut whom: Vec<usize> = actors.iter().filter_map(|actor| hierarchy.number_of(*actor)).collect();
        whom.sort_unstable();
        whom.dedup();
        // A role means nothing where nobody is named.
        let role = (!whom.is_empty()).then_some(*role);
        said.entry((*group, claim.stance, role, whom)).or_default().push((number, document));
    }
    for same in said.values() {
        let Some((first, first_document)) = same.first() else { continue };
        // Two people quoted in one document are two; only another document makes it a relay.
        if same.iter().any(|(_, document)| document != first_document) {
            same.iter().for_each(|(number, _)| groups.join(*first, *number));
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
