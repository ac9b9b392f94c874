//! What accepted links do to the fused picture: each is switched, and the actors are put together anew.

use rustc_hash::FxHashSet;

use super::measure::Picture;
use super::{Change, Effect};
use crate::analysis::fusion::{Fused, Ground, Pool, Variation};
use crate::analysis::hierarchy::is_accepted_link;
use crate::analysis::{Derived, Undefined};
use crate::model::{Claim, FusionRule, Id, Incident, Stance, Status};

/// The links that are tried: those that somebody asserts and stands by, and that touch an actor of the picture or one
/// below it. By identifier.
pub(super) fn candidates(derived: &Derived, incident: Id<Incident>, fused: &Fused) -> Vec<Change> {
    let hierarchy = derived.hierarchy();
    let mut touched: FxHashSet<usize> = fused.actors.iter().map(|row| row.number).collect();
    // Nobody is below an actor without being in its set; only those that claims name are looked below, since the whole
    // world is below the widest.
    let named = derived.incident(incident).claims().iter().flat_map(|claim| claim.proposition.actors());
    let mut open: Vec<usize> = named.filter_map(|actor| hierarchy.number_of(actor)).collect();
    let mut seen = FxHashSet::default();
    while let Some(number) = open.pop() {
        if seen.insert(number) {
            open.extend(hierarchy.node(number).into_iter().flat_map(|node| &node.children));
        }
    }
    touched.extend(seen);
    let is_touched = |claim: &Claim| {
        let actors = claim.proposition.actors();
        actors
            .into_iter()
            .filter_map(|actor| hierarchy.number_of(actor))
            .any(|number| touched.contains(&number))
    };
    let could_hold = |claim: &Claim| claim.stance == Stance::Asserts && claim.status == Status::Standing;
    let links = derived.links().filter(|claim| could_hold(claim) && is_touched(claim));
    links
        .map(
            |claim| {
                if is_accepted_link(claim) { Change::LinkOff(claim.id) } else { Change::LinkOn(claim.id) }
            },
        )
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
