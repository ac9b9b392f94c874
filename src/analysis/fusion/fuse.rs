//! The claims on one incident, fused.

use rustc_hash::FxHashMap;

use super::discount::{Trust, discount};
use super::masses::{BaseRates, Masses};
use super::{combination, combine, rules};
use crate::analysis::relation::{Position, Reason};
use crate::analysis::weight::Weight;
use crate::analysis::{ActorSet, Hierarchy, IncidentResults, Measure, Options, Undefined};
use crate::model::date::Overlap;
use crate::model::{
    Actor, Assessment, Claim, Credibility, FusionRule, Id, Incident, Reliability, Role, TrustDiscount,
};

/// The claims on one incident, fused into one opinion.
#[derive(Clone, Debug)]
pub struct Fused {
    /// By which rule.
    pub rule: FusionRule,
    /// With which discount.
    pub discount: TrustDiscount,
    /// Of which role: that of most claims.
    pub role: Role,
    /// The opinion; undefined where the rule is.
    pub opinion: Result<Masses, Undefined>,
    /// How much the origins conflict, in `[0, 1]`: the mass that their conjunction gives to the impossible (Dempster's K),
    /// whatever the rule. It grows with the number of origins.
    pub conflict: Measure,
    /// The opinion of each origin that counts, by its number among the incident's.
    pub origins: Vec<(usize, Masses)>,
    /// The claims that take no part, and why.
    pub left_out: Vec<(Id<Claim>, LeftOut)>,
    base_rates: BaseRates,
}

/// Why a claim takes no part in a fusion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// It speaks of another role than most.
    OtherRole,
    /// It speaks of a period outside the incident's.
    OtherPeriod,
}

impl LeftOut {
    /// The words that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::OtherRole => "speaks of another role",
            Self::OtherPeriod => "speaks of another period",
        }
    }
}

/// What a fused opinion says of one actor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ActorBelief {
    /// The number of the actor in the hierarchy.
    pub number: usize,
    /// The actor; of several merged ones the representative.
    pub actor: Id<Actor>,
    /// How much speaks for it, in `[0, 1]`.
    pub belief: f64,
    /// How much does not speak against it, in `[0, 1]`.
    pub plausibility: f64,
    /// Its probability once what is open is shared out by base rate, in `[0, 1]`.
    pub projected: f64,
}

impl Fused {
    /// What the opinion says of each actor that a claim names or that is above such a one, in hierarchy order. Of all others it says
    /// nothing of their own.
    pub fn actors(
        &self,
        hierarchy: &Hierarchy,
        results: &IncidentResults,
        options: Options,
    ) -> Vec<ActorBelief> {
        let Ok(opinion) = &self.opinion else { return Vec::new() };
        let mut numbers: Vec<usize> = results
            .claims()
            .iter()
            .flat_map(|claim| claim.proposition.actors())
            .flat_map(|actor| match options.level {
                Some(level) => hierarchy.at_level(actor, level),
                None => hierarchy.number_of(actor).into_iter().collect(),
            })
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        let above: Vec<usize> = numbers.iter().flat_map(|number| hierarchy.ancestors(*number)).collect();
        numbers.extend(above);
        numbers.sort_unstable();
        numbers.dedup();
        numbers
            .into_iter()
            .filter_map(|number| {
                let node = hierarchy.node(number)?;
                Some(self.belief_in(opinion, number, node.actor, &hierarchy.set_of_node(number)))
            })
            .collect()
    }

    fn belief_in(&self, opinion: &Masses, number: usize, actor: Id<Actor>, set: &ActorSet) -> ActorBelief {
        ActorBelief {
            number,
            actor,
            belief: opinion.belief(set),
            plausibility: opinion.plausibility(set),
            projected: opinion.projected(set, &self.base_rates),
        }
    }
}

/// Fuses the standing claims on an incident, by the assessment's conventions or by another `rule`.
///
/// Each claim is belief t·p on the set that it stands for, t·(1−p) on its complement, and the rest open, with p the probability that it states and t the trust
/// that it deserves ([`Weight`]). Claims that name nobody are vacuous. Claims of one origin are averaged; the
/// origins are combined. Claims of another role than most, or of a period outside the incident's (unless the period is
/// ignored), are left out, and named.
pub fn fuse(
    assessment: &Assessment,
    hierarchy: &Hierarchy,
    options: Options,
    incident: Id<Incident>,
    results: &IncidentResults,
    rule: Option<FusionRule>,
) -> Fused {
    let methods = &assessment.header.methods;
    let rule = rule.unwrap_or(methods.fusion);
    let role = main_role(results);
    let period = assessment.get(incident).map(|incident| incident.period).unwrap_or_default();
    let mut left_out = Vec::new();
    let mut by_origin: FxHashMap<usize, Vec<Masses>> = FxHashMap::default();
    for (place, claim) in results.claims().iter().enumerate() {
        let (Some(position), Some(origin)) = (results.position(place), results.origin_of(claim.id)) else {
            continue;
        };
        let says_something = position.who.is_ok();
        if says_something && position.role != role {
            left_out.push((claim.id, LeftOut::OtherRole));
        } else if says_something
            && !options.ignore_period
            && position.period.overlap(period) == Overlap::Apart
        {
            left_out.push((claim.id, LeftOut::OtherPeriod));
        } else {
            let masses = opinion_of(assessment, claim, position, methods.discount);
            by_origin.entry(origin).or_default().push(masses);
        }
    }
    let mut origins: Vec<(usize, Masses)> =
        by_origin.into_iter().map(|(origin, opinions)| (origin, rules::averaging(&opinions))).collect();
    origins.sort_by_key(|(origin, _)| *origin);
    let opinions: Vec<Masses> = origins.iter().map(|(_, masses)| masses.clone()).collect();
    let base_rates = BaseRates::of_hierarchy(hierarchy);
    Fused {
        rule,
        discount: methods.discount,
        role,
        opinion: combine(rule, &opinions, &base_rates),
        conflict: combination::conflict(&opinions),
        origins,
        left_out,
        base_rates,
    }
}

/// The opinion that a claim stands for; vacuous where it names nobody or where its source or itself cannot be judged.
pub fn opinion_of(
    assessment: &Assessment,
    claim: &Claim,
    position: &Position,
    version: TrustDiscount,
) -> Masses {
    let Ok(who) = &position.who else { return Masses::vacuous() };
    let weight = Weight::of(assessment, claim);
    let is_unknown = weight.reliability == Reliability::F || weight.credibility == Credibility::Six;
    let trust = if is_unknown { Trust::unknown() } else { Trust::of_degree(weight.trust) };
    let stated = (weight.probability, 1.0 - weight.probability, 0.0);
    let (belief, disbelief, uncertainty) = discount(version, trust, stated);
    Masses::new([(who.clone(), belief), (who.complement(), disbelief)], uncertainty)
}

/// The role that most claims speak of, those left out that name nobody; the first one of the scale where several tie.
fn main_role(results: &IncidentResults) -> Role {
    let count = |role: Role| {
        let speaks = |place: usize| {
            results.position(place).is_some_and(|position| {
                position.role == role && !matches!(position.who, Err(Reason::Declines | Reason::NamesNobody))
            })
        };
        (0..results.claims().len()).filter(|place| speaks(*place)).count()
    };
    // The last of equals wins, so the scale is gone through backwards.
    Role::ALL.iter().rev().copied().max_by_key(|role| count(*role)).unwrap_or(Role::Perpetrator)
}
