//! What follows from the claims on one incident.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::hierarchy::Hierarchy;
use super::origins::{Origin, Relays, origins_of};
use super::relation::{Opinion, Position, Reason, Relation, Standing};
use super::{Measure, Options};
use crate::model::{Assessment, Claim, Id, Role, Status};

/// What follows from the claims on one incident, under one hierarchy and one set of options.
#[derive(Clone, Debug, Default)]
pub struct IncidentResults {
    claims: Arc<Vec<Arc<Claim>>>,
    standing: Vec<Arc<Claim>>,
    origins: Vec<Origin>,
    /// For each claim with an origin the number of that.
    origin_of: FxHashMap<Id<Claim>, usize>,
    /// The different positions, and for each standing claim the number of its own.
    positions: Vec<Position>,
    position_of: Vec<usize>,
    relations: RelationCounts,
    options: Options,
}

/// How many pairs of claims stand in which relation, each pair counted once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct RelationCounts {
    /// In the order of [`Relation::ALL`].
    counts: [u64; 6],
}

impl RelationCounts {
    fn add(&mut self, relation: Relation, pairs: u64) {
        for (count, _) in self.counts.iter_mut().zip(Relation::ALL).filter(|(_, other)| *other == relation) {
            *count += pairs;
        }
    }

    /// How many pairs stand in a relation.
    pub fn of(&self, relation: Relation) -> u64 {
        self.iter().find(|(other, _)| *other == relation).map_or(0, |(_, count)| count)
    }

    /// All relations with their counts, in the order of [`Relation::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (Relation, u64)> + '_ {
        Relation::ALL.into_iter().zip(self.counts)
    }

    /// How many pairs there are.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// How many pairs can be set against each other: all but the not comparable ones. Silent pairs are among
    /// them, since the incident, role and time are one.
    pub fn comparable(&self) -> u64 {
        self.total() - self.of(Relation::NotComparable)
    }
}

/// Two claims of one incident and how they stand to each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The claim with the lesser identifier.
    pub left: Id<Claim>,
    /// The other.
    pub right: Id<Claim>,
    /// How they stand to each other.
    pub standing: Standing,
    /// The degree of conflict, in `[0, 1]`; undefined where the two are silent or not comparable.
    pub conflict: Measure,
}

impl IncidentResults {
    pub(super) fn new(
        assessment: &Assessment,
        hierarchy: &Hierarchy,
        relays: &Relays,
        options: Options,
        claims: Arc<Vec<Arc<Claim>>>,
    ) -> Self {
        let standing: Vec<Arc<Claim>> =
            claims.iter().filter(|claim| claim.status == Status::Standing).cloned().collect();
        let origins = origins_of(assessment, hierarchy, relays, &claims);
        let origin_of = origins
            .iter()
            .enumerate()
            .flat_map(|(number, origin)| origin.claims.iter().map(move |claim| (*claim, number)))
            .collect();

        let mut numbers: FxHashMap<Position, usize> = FxHashMap::default();
        let mut sizes: Vec<u64> = Vec::new();
        let mut position_of = Vec::with_capacity(standing.len());
        for claim in &standing {
            let position = Position::of(assessment, hierarchy, options, claim);
            let number = *numbers.entry(position).or_insert_with(|| {
                sizes.push(0);
                sizes.len() - 1
            });
            if let Some(size) = sizes.get_mut(number) {
                *size += 1;
            }
            position_of.push(number);
        }
        let mut positions: Vec<(usize, Position)> =
            numbers.into_iter().map(|(position, number)| (number, position)).collect();
        positions.sort_unstable_by_key(|(number, _)| *number);
        let positions: Vec<Position> = positions.into_iter().map(|(_, position)| position).collect();
        let relations = count_relations(&positions, &sizes, options);
        Self { claims, standing, origins, origin_of, positions, position_of, relations, options }
    }

    /// All claims on the incident, the retracted and superseded ones included, by identifier.
    pub fn all_claims(&self) -> &[Arc<Claim>] {
        &self.claims
    }

    /// The claims that count, by identifier: those by which their sources still stand. Retracted and
    /// superseded claims take no part in counts, relations and fusion.
    pub fn claims(&self) -> &[Arc<Claim>] {
        &self.standing
    }

    /// The independent origins of the claims.
    pub fn origins(&self) -> &[Origin] {
        &self.origins
    }

    /// The number of the origin that a claim has, in [`Self::origins`]; `None` for a claim that does not
    /// count here.
    pub fn origin_of(&self, claim: Id<Claim>) -> Option<usize> {
        self.origin_of.get(&claim).copied()
    }

    /// Whether a claim is the first-hand one of its origin.
    pub fn is_first_hand(&self, claim: Id<Claim>) -> bool {
        let origin = self.origin_of(claim).and_then(|number| self.origins.get(number));
        origin.is_none_or(|origin| origin.first_hand == claim)
    }

    /// How many unordered pairs of claims stand in which relation.
    pub const fn relations(&self) -> &RelationCounts {
        &self.relations
    }

    /// Whether any two claims contradict each other.
    pub fn is_contested(&self) -> bool {
        self.relations.of(Relation::Contradicts) > 0
    }

    /// What the claim with this place in [`Self::claims`] says; `None` past the end.
    pub fn position(&self, place: usize) -> Option<&Position> {
        self.positions.get(*self.position_of.get(place)?)
    }

    /// The role that most claims speak of, those left out that name nobody; the first one of the scale where several tie, and the
    /// perpetrator where nobody says anything.
    pub fn main_role(&self) -> Role {
        let speaking = self.position_of.iter().filter_map(|number| self.positions.get(*number));
        let speaking =
            speaking.filter(|position| !matches!(position.who, Err(Reason::Declines | Reason::NamesNobody)));
        let mut counts: FxHashMap<Role, usize> = FxHashMap::default();
        for position in speaking {
            *counts.entry(position.role).or_default() += 1;
        }
        let count = |role: &Role| counts.get(role).copied().unwrap_or(0);
        // The last of equals wins, so the scale is gone through backwards.
        Role::ALL.iter().rev().max_by_key(|role| count(role)).copied().unwrap_or(Role::Perpetrator)
    }

    /// The actors that the claims name, as seen at the chosen level, by their numbers in that hierarchy and in its order.
    pub fn named_actors(&self, hierarchy: &Hierarchy) -> Vec<usize> {
        hierarchy.named_by(self.standing.iter().map(|claim| &**claim), self.options.level)
    }

    /// The different positions that claims take, each once.
    pub fn positions(&self) -> impl Iterator<Item = &Position> {
        self.positions.iter()
    }

    /// How the claims with these two places in [`Self::claims`] stand to each other; `None` past the end.
    pub fn standing(&self, left: usize, right: usize) -> Option<Standing> {
        Some(self.position(left)?.relation_to(self.position(right)?, self.options))
    }

    /// All unordered pairs of claims, by the identifiers of their claims. There are n (n − 1) / 2 of them for
    /// n claims.
    pub fn pairs<'a>(&'a self, assessment: &Assessment) -> impl Iterator<Item = Pair> + 'a {
        let opinions: Vec<Opinion> =
            self.standing.iter().map(|claim| Opinion::of_claim(assessment, claim)).collect();
        let opinions = Arc::new(opinions);
        self.standing.iter().enumerate().flat_map(move |(left, left_claim)| {
            let opinions = Arc::clone(&opinions);
            self.standing.iter().enumerate().skip(left + 1).filter_map(move |(right, right_claim)| {
                let standing = self.standing(left, right)?;
                let (conflict, _) = standing.conflict(*opinions.get(left)?, *opinions.get(right)?);
                Some(Pair { left: left_claim.id, right: right_claim.id, standing, conflict })
            })
        })
    }
}

/// Counts by position and not by claim, so that a thousand sources that say the same cost no more than one.
fn count_relations(positions: &[Position], sizes: &[u64], options: Options) -> RelationCounts {
    let mut counts = RelationCounts::default();
    let groups: Vec<(&Position, u64)> = positions.iter().zip(sizes.iter().copied()).collect();
    for (place, (left, left_size)) in groups.iter().enumerate() {
        if *left_size > 1 {
            counts.add(left.relation_to(left, options).relation, left_size * (left_size - 1) / 2);
        }
        for (right, right_size) in groups.iter().skip(place + 1) {
            counts.add(left.relation_to(right, options).relation, left_size * right_size);
        }
    }
    counts
}

#[cfg(test)]
mod tests;
