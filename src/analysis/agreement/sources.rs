//! How far the sources of an assessment name the same actors.

use rustc_hash::FxHashMap;

use super::super::relation::Relation;
use super::super::{Derived, IncidentResults, Measure, Undefined};
use super::alpha::{Metric, krippendorff_alpha};
use super::observed_agreement;
use crate::model::{Id, Incident, Source};

/// How far sources agree on who did it.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceAgreement {
    /// Krippendorff's nominal alpha over incidents (units) and sources (coders), each by what the first claim
    /// of its latest origin names.
    pub alpha: Measure,
    /// The share of pairs of sources that name exactly the same, averaged over incidents, in `[0, 1]`.
    pub observed: Measure,
    /// How many incidents at least two sources name somebody for.
    pub units: usize,
    /// How many sources name somebody.
    pub coders: usize,
    /// What has to be said beside the number; empty where nothing has.
    pub caution: &'static str,
}

/// Below this many units or coders a coefficient means little.
const FEW: usize = 5;

/// How far sources agree on who did it, over these incidents. What a source says of an incident is the set
/// that its last standing claim on it stands for, by date stated; repetitions of another source's statement
/// do not count.
///
/// One incident is one unit: alpha then is undefined, and the observed agreement is all there is.
pub fn source_agreement(
    derived: &Derived,
    incidents: impl IntoIterator<Item = Id<Incident>>,
) -> SourceAgreement {
    let mut units: Vec<Vec<f64>> = Vec::new();
    let mut table: Vec<Vec<u32>> = Vec::new();
    let mut coders: std::collections::BTreeSet<Id<Source>> = std::collections::BTreeSet::new();
    // Values of different incidents are told apart by the sets themselves.
    let mut names: FxHashMap<crate::analysis::ActorSet, u32> = FxHashMap::default();
    for incident in incidents {
        let results = derived.incident(incident);
        let said = what_sources_say(results);
        coders.extend(said.iter().map(|(source, _)| *source));
        if said.len() < 2 {
            continue;
        }
        let mut row: FxHashMap<u32, u32> = FxHashMap::default();
        let mut unit = Vec::with_capacity(said.len());
        for (_, place) in said {
            let Some(Ok(who)) = results.position(place).map(|position| &position.who) else { continue };
            let next = u32::try_from(names.len()).unwrap_or(u32::MAX);
            let name = *names.entry(who.clone()).or_insert(next);
            *row.entry(name).or_default() += 1;
            unit.push(f64::from(name));
        }
        units.push(unit);
        table.push(row.into_values().collect());
    }
    let alpha = if units.len() == 1 {
        Err(Undefined::because("one incident is a single unit, and alpha needs several"))
    } else {
        krippendorff_alpha(&units, Metric::Nominal)
    };
    let caution = if units.len() < FEW || coders.len() < FEW {
        "few sources or incidents: the coefficient means little"
    } else {
        ""
    };
    SourceAgreement {
        alpha,
        observed: observed_agreement(&table),
        units: units.len(),
        coders: coders.len(),
        caution,
    }
}

/// For each source that names somebody the place of its latest claim that does so at first hand.
fn what_sources_say(results: &IncidentResults) -> Vec<(Id<Source>, usize)> {
    let mut latest: FxHashMap<Id<Source>, usize> = FxHashMap::default();
    for (place, claim) in results.claims().iter().enumerate() {
        let says_something = results.position(place).is_some_and(|position| position.who.is_ok());
        if !says_something || !results.is_first_hand(claim.id) {
            continue;
        }
        let stated = |place: usize| results.claims().get(place).map(|claim| (claim.stated_on, claim.id));
        latest
            .entry(claim.source)
            .and_modify(|other| {
                if stated(*other) < stated(place) {
                    *other = place;
                }
            })
            .or_insert(place);
    }
    let mut said: Vec<_> = latest.into_iter().collect();
    said.sort_unstable_by_key(|(source, _)| *source);
    // Claims on another role or period are no answer to the same question as the first one's.
    if let Some((_, first)) = said.first().copied() {
        said.retain(|(_, place)| {
            *place == first
                || results
                    .standing(first, *place)
                    .is_some_and(|standing| standing.relation != Relation::NotComparable)
        });
    }
    said
}
