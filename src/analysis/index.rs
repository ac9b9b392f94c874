//! Which claims speak of which incident, kept up to date from one revision to the next.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

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
        for (before, after) in old.claims.changes(&new.claims) {
            if let Some(claim) = before {
                index.remove(claim);
            }
            if let Some(claim) = after {
                index.insert(claim);
            }
        }
        index
    }

    fn remove(&mut self, claim: &Arc<Claim>) {
        Arc::make_mut(&mut self.mentions).remove(claim);
        match claim.proposition.incident() {
            Some(incident) => {
                if let Some(claims) = self.by_incident.get_mut(&incident) {
                    Arc::make_mut(claims).retain(|other| other.id != claim.id);
                    if claims.is_empty() {
                        self.by_incident.remove(&incident);
                    }
                }
            }
            None => {
                Arc::make_mut(&mut self.links).remove(&claim.id);
            }
        }
        if !claim.repeats.is_empty() {
            Arc::make_mut(&mut self.repeating).remove(&claim.id);
        }
    }

    fn insert(&mut self, claim: &Arc<Claim>) {
        Arc::make_mut(&mut self.mentions).add(claim);
        match claim.proposition.incident() {
            Some(incident) => {
                let claims = Arc::make_mut(self.by_incident.entry(incident).or_default());
                let place = claims.partition_point(|other| other.id < claim.id);
                claims.insert(place, Arc::clone(claim));
            }
            None => {
                Arc::make_mut(&mut self.links).insert(claim.id, Arc::clone(claim));
            }
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
