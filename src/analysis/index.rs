//! Which claims speak of which incident, kept up to date from one revision to the next.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::hierarchy::{Mentions, is_accepted_link};
use crate::model::{Assessment, Claim, Id, Incident};

/// The claims of an assessment, by what they speak of. What an edit did not touch keeps its address, so that
/// results that were made from it can be kept too.
#[derive(Clone, Debug, Default)]
pub(super) struct ClaimIndex {
    /// The attributions of each incident that has any, by identifier.
    pub by_incident: FxHashMap<Id<Incident>, Arc<Vec<Arc<Claim>>>>,
    /// The claims that link two actors, by identifier.
    pub links: Arc<BTreeMap<Id<Claim>, Arc<Claim>>>,
    /// The claims that repeat others, by identifier.
    pub repeating: Arc<BTreeMap<Id<Claim>, Arc<Claim>>>,
    /// How many claims name each actor.
    pub mentions: Arc<Mentions>,
}

/// The claims on an incident that an edit took out and put in.
#[derive(Default)]
struct Moved {
    gone: FxHashSet<Id<Claim>>,
    /// By identifier.
    come: Vec<Arc<Claim>>,
}

impl ClaimIndex {
    /// The index of an assessment, from nothing.
    pub fn new(assessment: &Assessment) -> Self {
        let mut by_incident: FxHashMap<Id<Incident>, Vec<Arc<Claim>>> = FxHashMap::default();
        let mut links = BTreeMap::new();
        let mut repeating = BTreeMap::new();
        let mut mentions = Mentions::default();
        for claim in assessment.claims.iter_shared() {
            match claim.proposition.incident() {
                Some(incident) => by_incident.entry(incident).or_default().push(Arc::clone(claim)),
                None => {
                    links.insert(claim.id, Arc::clone(claim));
                }
            }
            if !claim.repeats.is_empty() {
                repeating.insert(claim.id, Arc::clone(claim));
            }
            mentions.add(claim);
        }
        Self {
            by_incident: by_incident
                .into_iter()
                .map(|(incident, claims)| (incident, Arc::new(claims)))
                .collect(),
            links: Arc::new(links),
            repeating: Arc::new(repeating),
            mentions: Arc::new(mentions),
        }
    }

    /// The index of a later revision: only what differs between the two is looked at closely.
    pub fn updated(&self, old: &Assessment, new: &Assessment) -> Self {
        let mut index = self.clone();
        // Of each incident at once: a large import into one would move its claims about for every one of them.
        let mut moved: FxHashMap<Id<Incident>, Moved> = FxHashMap::default();
        for (before, after) in old.claims.changes(&new.claims) {
            if let Some(claim) = before {
                index.remove(claim);
                if let Some(incident) = claim.proposition.incident() {
                    moved.entry(incident).or_default().gone.insert(claim.id);
                }
            }
            if let Some(claim) = after {
                index.insert(claim);
                if let Some(incident) = claim.proposition.incident() {
                    moved.entry(incident).or_default().come.push(Arc::clone(claim));
                }
            }
        }
        for (incident, Moved { gone, come }) in moved {
            let claims = Arc::make_mut(index.by_incident.entry(incident).or_default());
            claims.retain(|claim| !gone.contains(&claim.id));
            claims.extend(come);
            // Two sorted runs, which are merged.
            claims.sort_by_key(|claim| claim.id);
            if claims.is_empty() {
                index.by_incident.remove(&incident);
            }
        }
        index
    }

    /// Takes out a claim of everything but its incident.
    fn remove(&mut self, claim: &Claim) {
        Arc::make_mut(&mut self.mentions).remove(claim);
        if claim.proposition.is_link() {
            Arc::make_mut(&mut self.links).remove(&claim.id);
        }
        if !claim.repeats.is_empty() {
            Arc::make_mut(&mut self.repeating).remove(&claim.id);
        }
    }

    /// Takes a claim into everything but its incident.
    fn insert(&mut self, claim: &Arc<Claim>) {
        Arc::make_mut(&mut self.mentions).add(claim);
        if claim.proposition.is_link() {
            Arc::make_mut(&mut self.links).insert(claim.id, Arc::clone(claim));
        }
        if !claim.repeats.is_empty() {
            Arc::make_mut(&mut self.repeating).insert(claim.id, Arc::clone(claim));
        }
    }

    /// The links that count, by identifier.
    pub fn accepted_links(&self) -> impl Iterator<Item = &Claim> + Clone {
        self.links.values().map(Arc::as_ref).filter(|claim| is_accepted_link(claim))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Entity, Header, Proposition, Role, Uuid};

    /// A claim on one of three incidents, or a link.
    fn claim(number: u128, on: u128) -> Claim {
        let id = |number: u128| Uuid::from_u128(number);
        let proposition = match on {
            0 => Proposition::SameActor { first: Id::new(id(1)), second: Id::new(id(2)) },
            _ => Proposition::Attribution {
                incident: Id::new(id(on)),
                actors: vec![Id::new(id(number % 5))],
                role: Role::Perpetrator,
            },
        };
        let repeats = if number.is_multiple_of(7) { vec![Id::new(id(1))] } else { Vec::new() };
        Claim { repeats, ..Claim::new(Id::new(id(number)), Id::new(id(1)), proposition) }
    }

    #[test]
    fn a_large_change_leads_to_the_index_that_is_made_from_nothing() {
        let assessment = |claims: &mut dyn Iterator<Item = Claim>| {
            Assessment::from_records(Header::default(), claims.map(Entity::into_record))
        };
        let few = assessment(&mut (0..40).map(|number| claim(2 * number, number % 4)));
        // Others between them, some moved to another incident, some gone.
        let many = assessment(&mut (10..3_000).map(|number| claim(number, (number / 3) % 4)));
        for (old, new) in [(&few, &many), (&many, &few), (&few, &Assessment::default())] {
            let (updated, fresh) = (ClaimIndex::new(old).updated(old, new), ClaimIndex::new(new));
            assert_eq!(updated.by_incident, fresh.by_incident);
            assert_eq!((updated.links, updated.repeating), (fresh.links, fresh.repeating));
        }
    }
}
