//! What accepted links do to the fused picture: each is switched, and the actors are put together anew.

use super::measure::Picture;
use super::{Change, Effect};
use crate::analysis::fusion::{Fused, Ground, Pool, Variation};
use crate::analysis::hierarchy::is_accepted_link;
use crate::analysis::{Derived, Undefined};
use crate::model::{Actor, Claim, FusionRule, Id, Incident};

/// The links that are tried: those that somebody asserts and stands by, and that touch an actor of the picture or one
/// below it. By identifier.
pub(super) fn candidates(derived: &Derived, incident: Id<Incident>, fused: &Fused) -> Vec<Change> {
    let named = derived.incident(incident).claims().iter().flat_map(|claim| claim.proposition.actors());
    let named: Vec<Id<Actor>> = named.collect();
    let rows = fused.actors.iter().map(|row| row.number);
    let links = derived.links_touching(&named, rows).into_iter();
    links
        .map(|(claim, is_accepted)| if is_accepted { Change::LinkOff(claim) } else { Change::LinkOn(claim) })
        .collect()
}

/// What switching one link does.
pub(super) fn effect(
    derived: &Derived,
    incident: Id<Incident>,
    rule: FusionRule,
    picture: &Picture,
    change: Change,
) -> Effect {
    let (on, off) = match change {
        Change::LinkOn(claim) => (Some(claim), None),
        Change::LinkOff(claim) => (None, Some(claim)),
        _ => (None, None),
    };
    let holds = |claim: &&Claim| Some(claim.id) == on || (is_accepted_link(claim) && Some(claim.id) != off);
    let links: Vec<&Claim> = derived.links().map(AsRef::as_ref).filter(holds).collect();
    let (hierarchy, base_rates, results) = derived.under_links(incident, links.iter().copied());
    if let Some(rejected) = hierarchy.rejected().iter().find(|link| on.is_some() && link.claim == on) {
        let circle = rejected.circle.join(", part of ");
        let reason = format!("the link would close a circle: {circle}");
        return Picture::undefined(change, Vec::new(), Undefined(reason.into()));
    }
    let also = picture.actors();
    let ground = Ground {
        assessment: derived.assessment(),
        hierarchy: &hierarchy,
        base_rates: &base_rates,
        results: &results,
        options: derived.options(),
        also: &also,
        role: None,
    };
    let pool = Pool::over(&ground, incident);
    let after = pool.fuse(&Variation { rule: Some(rule), ..Variation::default() });
    picture.effect(&hierarchy, change, Vec::new(), &after)
}
