//! The claims on one incident, fused.

use rustc_hash::FxHashMap;

use super::discount::{Trust, discount};
use super::masses::Masses;
use super::{combination, combine, rules};
use crate::analysis::relation::Reason;
use crate::analysis::weight::Weight;
use crate::analysis::{ActorSet, Derived, Hierarchy, IncidentResults, Measure, Undefined};
use crate::model::date::Overlap;
use crate::model::{Actor, Claim, Credibility, FusionRule, Id, Incident, Reliability, Role, TrustDiscount};

/// The claims on one incident, fused into one opinion.
#[derive(Clone, Debug)]
pub struct Fused {
    /// By which rule.
    pub rule: FusionRule,
    /// With which discount.
    pub discount: TrustDiscount,
    /// Of which role: that of most claims.
    pub role: Role,
    /// The mass that the fused opinion leaves open, in `[0, 1]`; undefined where the rule is.
    pub uncertainty: Measure,
    /// What the opinion says of each actor that a claim names or that is above such a one, in hierarchy order. Of all
    /// others it says nothing of their own. Empty where the rule is undefined.
    pub actors: Vec<ActorBelief>,
    /// The claims that take no part, and why.
    pub left_out: Vec<(Id<Claim>, LeftOut)>,
    pub(super) opinion: Result<Masses, Undefined>,
    /// The opinion of each origin that counts, by its number among the incident's.
    pub(super) origins: Vec<(usize, Masses)>,
    pub(super) blocks: Blocks,
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
    /// How much the origins conflict, in `[0, 1]`: the mass that their conjunction gives to the impossible (Dempster's
    /// K), whatever the rule. It grows with the number of origins. Computed anew with each call.
    ///
    /// # Errors
    /// Undefined where the opinions have too many combinations.
    pub fn conflict(&self) -> Measure {
        let opinions: Vec<Masses> = self.origins.iter().map(|(_, masses)| masses.clone()).collect();
        combination::conflict(&opinions)
    }

    /// The sets that the fused opinion puts mass on, each with its mass.
    ///
    /// # Errors
    /// Undefined where the rule is.
    pub fn focal(&self) -> Result<Vec<(ActorSet, f64)>, Undefined> {
        self.opinion.as_ref().map(|opinion| self.blocks.expand_all(opinion)).map_err(Clone::clone)
    }

    /// The opinion of each origin that counts: its number among the incident's, the sets that it puts mass on, and
    /// what it leaves open.
    pub fn origins(&self) -> impl Iterator<Item = (usize, Vec<(ActorSet, f64)>, f64)> {
        self.origins
            .iter()
            .map(|(origin, masses)| (*origin, self.blocks.expand_all(masses), masses.uncertainty()))
    }
}

/// What a fusion does otherwise than the assessment says; nothing by default.
#[derive(Clone, Copy, Default)]
pub struct Variation<'a> {
    /// By this rule.
    pub rule: Option<FusionRule>,
    /// With this version of trust discounting.
    pub discount: Option<TrustDiscount>,
    /// With these of the standing claims only. The others keep their place in the hierarchy and in their origins: what
    /// is left of an origin is averaged as before.
    pub includes: Option<&'a dyn Fn(&Claim) -> bool>,
    /// With claims weighed in this way.
    pub weigh: Option<&'a dyn Fn(&Claim) -> Weight>,
}

/// Fuses the standing claims on an incident, by the assessment's conventions or by another `rule`.
///
/// Each claim is belief t·p on the set that it stands for, t·(1−p) on its complement, and the rest open, with p the
/// probability that it states and t the trust that it deserves ([`Weight`]). Claims that name nobody are vacuous. Claims
/// of one origin are averaged; the origins are combined. Claims of another role than most, or of a period outside the
/// incident's (unless the period is ignored), are left out, and named.
pub fn fuse(derived: &Derived, incident: Id<Incident>, rule: Option<FusionRule>) -> Fused {
    fuse_with(derived, incident, &Variation { rule, ..Variation::default() })
}

/// Fuses the standing claims on an incident like [`fuse`], but for what `variation` does otherwise. The actors of the
/// result are those of all claims, so that two variations can be set against each other row by row.
pub fn fuse_with(derived: &Derived, incident: Id<Incident>, variation: &Variation<'_>) -> Fused {
    let (assessment, hierarchy, results) =
        (derived.assessment(), derived.hierarchy(), derived.incident(incident));
    let methods = &assessment.header.methods;
    let rule = variation.rule.unwrap_or(methods.fusion);
    let discount = variation.discount.unwrap_or(methods.discount);
    let role = main_role(results);
    let period = assessment.get(incident).map(|incident| incident.period).unwrap_or_default();
    let named = named_and_above(derived, results);
    let sets: Vec<ActorSet> = named.iter().map(|number| hierarchy.set_of_node(*number)).collect();
    let positions = results.positions().filter_map(|position| position.who.as_ref().ok());
    let blocks = Blocks::telling_apart(hierarchy, positions.chain(&sets));
    let base_rates = derived.base_rates().of_blocks(&blocks.block_of, blocks.len());

    let mut left_out = Vec::new();
    let mut by_origin: FxHashMap<usize, Vec<Masses>> = FxHashMap::default();
    for (place, claim) in results.claims().iter().enumerate() {
        if variation.includes.is_some_and(|includes| !includes(claim)) {
            continue;
        }
        let (Some(position), Some(origin)) = (results.position(place), results.origin_of(claim.id)) else {
            continue;
        };
        let says_something = position.who.is_ok();
        if says_something && position.role != role {
            left_out.push((claim.id, LeftOut::OtherRole));
        } else if says_something
            && !derived.options().ignore_period
            && position.period.overlap(period) == Overlap::Apart
        {
            left_out.push((claim.id, LeftOut::OtherPeriod));
        } else {
            let who = position.who.as_ref().ok().map(|who| blocks.narrow(who));
            let weight = variation.weigh.map_or_else(|| Weight::of(assessment, claim), |weigh| weigh(claim));
            by_origin.entry(origin).or_default().push(opinion_of(&weight, who, discount));
        }
    }
    let mut origins: Vec<(usize, Masses)> =
        by_origin.into_iter().map(|(origin, opinions)| (origin, rules::averaging(&opinions))).collect();
    origins.sort_by_key(|(origin, _)| *origin);
    let opinions: Vec<Masses> = origins.iter().map(|(_, masses)| masses.clone()).collect();
    let opinion = combine(rule, &opinions, &base_rates);
    let belief_in = |opinion: &Masses, number: usize, set: &ActorSet| {
        let (node, set) = (hierarchy.node(number)?, blocks.narrow(set));
        Some(ActorBelief {
            number,
            actor: node.actor,
            belief: opinion.belief(&set),
            plausibility: opinion.plausibility(&set),
            projected: opinion.projected(&set, &base_rates),
        })
    };
    let actors = opinion.iter().flat_map(|opinion| {
        named.iter().zip(&sets).filter_map(move |(number, set)| belief_in(opinion, *number, set))
    });
    Fused {
        rule,
        discount,
        role,
        uncertainty: opinion.as_ref().map(Masses::uncertainty).map_err(Clone::clone),
        actors: actors.collect(),
        left_out,
        opinion,
        origins,
        blocks,
    }
}

/// The nodes that claims name, as seen at the chosen level, and all above them, in hierarchy order.
fn named_and_above(derived: &Derived, results: &IncidentResults) -> Vec<usize> {
    let hierarchy = derived.hierarchy();
    let actors = results.claims().iter().flat_map(|claim| claim.proposition.actors());
    let mut numbers: Vec<usize> = actors
        .flat_map(|actor| match derived.options().level {
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
}

/// The opinion that a claim of that weight on that set stands for; vacuous where it names nobody or where its source or
/// itself cannot be judged.
fn opinion_of(weight: &Weight, who: Option<ActorSet>, version: TrustDiscount) -> Masses {
    let Some(who) = who else { return Masses::vacuous() };
    let is_unknown = weight.reliability == Reliability::F || weight.credibility == Credibility::Six;
    let trust = if is_unknown { Trust::unknown() } else { Trust::of_degree(weight.trust) };
    let stated = (weight.probability, 1.0 - weight.probability, 0.0);
    let (belief, disbelief, uncertainty) = discount(version, trust, stated);
    let opposite = who.complement();
    Masses::new([(who, belief), (opposite, disbelief)], uncertainty)
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

/// The members of the frame, those taken together that no claim of the incident tells apart: a thousand actors become the
/// few blocks that matter, and sets of them single words. Nothing is lost by it, since every set of the fusion is a union
/// of blocks.
#[derive(Clone, Debug)]
pub(super) struct Blocks {
    /// For each member the number of its block.
    pub(super) block_of: Vec<usize>,
    /// For each block one of its members.
    example: Vec<usize>,
}

impl Blocks {
    fn telling_apart<'a>(hierarchy: &Hierarchy, sets: impl Iterator<Item = &'a ActorSet>) -> Self {
        let mut block_of = vec![0; hierarchy.frame_len()];
        let mut next = 1;
        for set in sets {
            // The members of the set leave their blocks, together where they were together.
            let mut moved: FxHashMap<usize, usize> = FxHashMap::default();
            for member in set.members() {
                if let Some(block) = block_of.get_mut(member) {
                    *block = *moved.entry(*block).or_insert_with(|| {
                        next += 1;
                        next - 1
                    });
                }
            }
        }
        // Blocks that all members left are no more.
        let mut number_of: FxHashMap<usize, usize> = FxHashMap::default();
        let mut example = Vec::new();
        for (member, block) in block_of.iter_mut().enumerate() {
            *block = *number_of.entry(*block).or_insert_with(|| {
                example.push(member);
                example.len() - 1
            });
        }
        Self { block_of, example }
    }

    pub(super) fn len(&self) -> usize {
        self.example.len()
    }

    pub(super) fn narrow(&self, set: &ActorSet) -> ActorSet {
        let blocks = self.example.iter().enumerate().filter(|(_, member)| set.contains(**member));
        ActorSet::of_members(self.len(), blocks.map(|(block, _)| block))
    }

    fn expand(&self, blocks: &ActorSet) -> ActorSet {
        let members = self.block_of.iter().enumerate().filter(|(_, block)| blocks.contains(**block));
        ActorSet::of_members(self.block_of.len(), members.map(|(member, _)| member))
    }

    fn expand_all(&self, masses: &Masses) -> Vec<(ActorSet, f64)> {
        masses.focal().iter().map(|(set, mass)| (self.expand(set), *mass)).collect()
    }
}
