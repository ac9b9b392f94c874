//! Finds what must not go round in a circle.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{AnyId, Status};
use super::Check;

impl Check<'_> {
    /// Reports every circle once, at its first record.
    pub(super) fn circles(&mut self) {
        let assessment = self.assessment;
        let edges = assessment.actors.iter().flat_map(|actor| {
            actor.belongs_to.iter().map(|wider| (AnyId::from(actor.id), AnyId::from(*wider)))
        });
        self.report(edges, "belongs_to", "belongs to");
        let edges = assessment
            .claims
            .iter()
            .flat_map(|claim| claim.repeats.iter().map(|other| (AnyId::from(claim.id), AnyId::from(*other))));
        self.report(edges, "repeats", "repeats");
        let edges = assessment.claims.iter().filter_map(|claim| match claim.status {
            Status::Superseded { by: Some(by) } => Some((AnyId::from(claim.id), AnyId::from(by))),
            _ => None,
        });
        self.report(edges, "status.by", "is superseded by");
        let edges = assessment.documents.iter().flat_map(|document| {
            document.relays.iter().map(|other| (AnyId::from(document.id), AnyId::from(*other)))
        });
        self.report(edges, "relays", "relays");
        let edges = assessment
            .incidents
            .iter()
            .filter_map(|incident| Some((AnyId::from(incident.id), AnyId::from(incident.campaign?))));
        self.report(edges, "campaign", "is part of");
    }

    pub(super) fn report(&mut self, edges: impl Iterator<Item = (AnyId, AnyId)>, field: &str, verb: &str) {
        for circle in circles(edges) {
            self.record = circle.first().copied();
            let names: Vec<String> = circle
                .iter()
                .chain(circle.first())
                .map(|id| format!("\"{}\"", self.assessment.name_of(*id)))
                .collect();
            let way = names.join(&format!(" {verb} "));
            match field {
                // Circular reporting happens; it is shown, and counted as one origin.
                "repeats" | "relays" => self.warning(
                    field,
                    format!("circular reporting: {way}"),
                    format!(
                        "remove the link of the original from `{field}`; until then all of them are one origin, and none is first-hand"
                    ),
                ),
                // Of claims that supersede each other none stands, and nothing follows them further.
                "status.by" => self.error(
                    field,
                    format!("this goes round in a circle: {way}"),
                    format!("remove one of these links from `{field}`"),
                ),
                _ => self.broken(
                    field,
                    format!("this goes round in a circle: {way}"),
                    format!("remove one of these links from `{field}`"),
                ),
            }
        }
    }
}

/// Circles that share no member, each from its smallest member on; none are left when these are broken up, or the
/// ones that are will be found then. Takes no recursion, so that a long chain cannot exhaust the stack.
pub fn circles(edges: impl Iterator<Item = (AnyId, AnyId)>) -> Vec<Vec<AnyId>> {
    let mut targets: BTreeMap<AnyId, Vec<AnyId>> = BTreeMap::new();
    let mut sources: BTreeMap<AnyId, Vec<AnyId>> = BTreeMap::new();
    for (from, to) in edges {
        targets.entry(from).or_default().push(to);
        sources.entry(to).or_default().push(from);
    }
    let mut left: BTreeMap<AnyId, usize> = targets.iter().map(|(id, to)| (*id, to.len())).collect();
    // What leads nowhere is in no circle, nor is what only leads there.
    let mut ends: Vec<AnyId> = sources.keys().copied().filter(|id| !targets.contains_key(id)).collect();
    let mut circles = Vec::new();
    loop {
        while let Some(end) = ends.pop() {
            for from in sources.get(&end).into_iter().flatten() {
                if let Some(count) = left.get_mut(from) {
                    *count -= 1;
                    if *count == 0 {
                        left.remove(from);
                        ends.push(*from);
                    }
                }
            }
        }
        // All that is left leads on, so that following it must come back to where it was.
        let Some(start) = left.keys().next().copied() else { return circles };
        let mut path = vec![start];
        let mut on_path = BTreeSet::from([start]);
        let circle = loop {
            let next = path
                .last()
                .and_then(|last| targets.get(last))
                .and_then(|next| next.iter().find(|id| left.contains_key(id)));
            // There is always a next one; should there be none the walk ends.
            let Some(next) = next else { return circles };
            if !on_path.insert(*next) {
                break path.iter().copied().skip_while(|id| id != next).collect::<Vec<_>>();
            }
            path.push(*next);
        };
        for id in &circle {
            left.remove(id);
            ends.push(*id);
        }
        circles.push(from_smallest(circle));
    }
}

fn from_smallest(mut circle: Vec<AnyId>) -> Vec<AnyId> {
    let smallest = circle.iter().enumerate().min_by_key(|(_, id)| **id).map_or(0, |(index, _)| index);
    circle.rotate_left(smallest);
    circle
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, Uuid};

    #[test]
    fn finds_each_circle_and_nothing_else() {
        let id = |number: u128| AnyId { kind: Kind::Claim, uuid: Uuid::from_u128(number) };
        let check = |edges: &[(u128, u128)], expect: &[&[u128]]| {
            let found = circles(edges.iter().map(|(from, to)| (id(*from), id(*to))));
            let expect: Vec<Vec<AnyId>> =
                expect.iter().map(|circle| circle.iter().copied().map(id).collect()).collect();
            assert_eq!(found, expect, "{edges:?}");
        };
        check(&[], &[]);
        check(&[(1, 2), (2, 3), (1, 3)], &[]);
        check(&[(1, 1)], &[&[1]]);
        check(&[(3, 2), (2, 1), (1, 3)], &[&[1, 3, 2]]);
        check(&[(0, 1), (1, 2), (2, 1), (2, 9), (5, 6), (6, 5)], &[&[1, 2], &[5, 6]]);
        check(&[(1, 2), (1, 2), (2, 1)], &[&[1, 2]]);
        let chain: Vec<(u128, u128)> = (0..50_000).map(|at| (at, at + 1)).collect();
        check(&chain, &[]);
    }
}
