//! The fused picture as it is, and what becomes of it.

use super::{Change, Effect, Lead, Moved};
use crate::analysis::fusion::{ActorBelief, Fused, Pool};
use crate::analysis::rounding::ROUNDING;
use crate::analysis::{Hierarchy, Undefined};
use crate::model::{Actor, ActorLevel, Assessment, Claim, Id};

/// The fused picture as it is.
pub(super) struct Picture {
    uncertainty: f64,
    watched: Vec<Watched>,
    leaders: Vec<(ActorLevel, Option<Id<Actor>>)>,
}

/// An actor whose projected probability is followed.
struct Watched {
    actor: Id<Actor>,
    depth: usize,
    projected: f64,
}

impl Picture {
    /// The picture of a fusion. Of merged actors those are followed that claims name, since only of them somebody
    /// says something; else the one that stands for all.
    pub fn of(assessment: &Assessment, hierarchy: &Hierarchy, pool: &Pool<'_>, fused: &Fused) -> Self {
        let mut named: Vec<Id<Actor>> = pool.claims().flat_map(|claim| claim.proposition.actors()).collect();
        named.retain(|actor| assessment.actors.contains(*actor));
        named.sort_unstable();
        named.dedup();
        let mut watched = Vec::new();
        for row in &fused.actors {
            let Some(node) = hierarchy.node(row.number) else { continue };
            let mut members: Vec<Id<Actor>> =
                node.members.iter().copied().filter(|member| named.binary_search(member).is_ok()).collect();
            if members.is_empty() {
                members.push(node.actor);
            }
            let watch = |actor| Watched { actor, depth: node.depth, projected: row.projected };
            watched.extend(members.into_iter().map(watch));
        }
        Self {
            uncertainty: fused.uncertainty.clone().unwrap_or(1.0),
            watched,
            leaders: leaders(hierarchy, &fused.actors),
        }
    }

    /// The actors that are followed.
    pub fn actors(&self) -> Vec<Id<Actor>> {
        self.watched.iter().map(|watched| watched.actor).collect()
    }

    /// What a change does that leads to `after`, under `hierarchy`.
    pub fn effect(
        &self,
        hierarchy: &Hierarchy,
        change: Change,
        claims: Vec<Id<Claim>>,
        after: &Fused,
    ) -> Effect {
        match &after.uncertainty {
            Err(undefined) => Self::undefined(change, claims, undefined.clone()),
            Ok(uncertainty) => {
                let moved = self.moved(hierarchy, &after.actors);
                Effect {
                    change,
                    claims,
                    movement: Ok(moved.map_or(0.0, |moved| (moved.to - moved.from).abs())),
                    moved,
                    uncertainty: Some((self.uncertainty, *uncertainty)),
                    leads: self.leads(hierarchy, &after.actors),
                }
            }
        }
    }

    /// The effect of a change that leads nowhere.
    pub const fn undefined(change: Change, claims: Vec<Id<Claim>>, undefined: Undefined) -> Effect {
        Effect { change, claims, movement: Err(undefined), moved: None, uncertainty: None, leads: Vec::new() }
    }

    fn moved(&self, hierarchy: &Hierarchy, after: &[ActorBelief]) -> Option<Moved> {
        let mut most: Option<(f64, usize, Moved)> = None;
        for Watched { actor, depth, projected } in &self.watched {
            let Some(number) = hierarchy.number_of(*actor) else { continue };
            // They are in hierarchy order.
            let place = after.binary_search_by_key(&number, |row| row.number).ok();
            let Some(to) = place.and_then(|place| after.get(place)).map(|row| row.projected) else {
                continue;
            };
            let distance = (to - projected).abs();
            let is_further = most.is_none_or(|(furthest, deepest, _)| {
                distance > furthest + ROUNDING || (distance > furthest - ROUNDING && *depth > deepest)
            });
            if distance > ROUNDING && is_further {
                most = Some((distance, *depth, Moved { actor: *actor, from: *projected, to }));
            }
        }
        most.map(|(_, _, moved)| moved)
    }

    fn leads(&self, hierarchy: &Hierarchy, after: &[ActorBelief]) -> Vec<Lead> {
        let now = leaders(hierarchy, after);
        let node = |actor: Option<Id<Actor>>| actor.and_then(|actor| hierarchy.number_of(actor));
        let changed = self.leaders.iter().filter_map(|(level, before)| {
            let (_, after) = now.iter().find(|(other, _)| other == level)?;
            (node(*before) != node(*after)).then_some(Lead { level: *level, before: *before, after: *after })
        });
        changed.collect()
    }
}

/// For each level that has actors in the picture the one in front; `None` where several tie. Widest level first.
fn leaders(hierarchy: &Hierarchy, rows: &[ActorBelief]) -> Vec<(ActorLevel, Option<Id<Actor>>)> {
    let at = |level: ActorLevel| {
        let of_level =
            |row: &&ActorBelief| hierarchy.node(row.number).is_some_and(|node| node.level == level);
        let at_level = || rows.iter().filter(of_level);
        let most = at_level().map(|row| row.projected).max_by(f64::total_cmp)?;
        let mut in_front = at_level().filter(|row| row.projected > most - ROUNDING);
        let first = in_front.next()?;
        Some((level, in_front.next().is_none().then_some(first.actor)))
    };
    ActorLevel::ALL.iter().filter_map(|level| at(*level)).collect()
}
