//! Whom the origins disagree about.

use serde::Serialize;

use crate::analysis::Derived;
use crate::analysis::contested::{ContestedActor, contested_actors};
use crate::model::{Claim, Id, Incident};

/// An actor that some origins name, or name a part of, and others exclude.
#[derive(Debug, Serialize)]
pub(super) struct ContestedReport {
    actor: String,
    name: String,
    /// The sum of the contributions.
    conflict: f64,
    origins_for: usize,
    origins_against: usize,
    claims_for: Vec<String>,
    claims_against: Vec<String>,
    contributions: Vec<ContributionReport>,
}

#[derive(Debug, Serialize)]
struct ContributionReport {
    claim: String,
    conflict: f64,
}

/// Those with most conflict first.
pub(super) fn contested(derived: &Derived, incident: Id<Incident>) -> Vec<ContestedReport> {
    let ids = |claims: &[Id<Claim>]| claims.iter().map(ToString::to_string).collect();
    let report = |it: ContestedActor| {
        let contributions = it.contributions.iter();
        let contributions = contributions
            .map(|(claim, conflict)| ContributionReport { claim: claim.to_string(), conflict: *conflict });
        ContestedReport {
            actor: it.actor.to_string(),
            conflict: it.conflict,
            origins_for: it.origins_for,
            origins_against: it.origins_against,
            claims_for: ids(&it.claims_for),
            claims_against: ids(&it.claims_against),
            contributions: contributions.collect(),
            name: it.name,
        }
    };
    contested_actors(derived, incident).into_iter().map(report).collect()
}
