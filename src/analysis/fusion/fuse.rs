//! The claims on one incident, fused.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::blocks::Blocks;
use super::discount::opinion_of;
use super::masses::{BaseRates, Masses};
use super::{combination, combine, rules};
use crate::analysis::weight::Weight;
use crate::analysis::{ActorSet, Derived, Hierarchy, IncidentResults, Measure, Options, Undefined};
use crate::model::date::Overlap;
use crate::model::{Actor, Assessment, Claim, FusionRule, Id, Incident, Role, TrustDiscount};

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
    pub(super) blocks: Arc<Blocks>,
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
    /// It is not the K of two claims ([`dempster_conflict`](crate::analysis::relation::dempster_conflict)): here each claim has
    /// mass on the complement of its set too, for the doubt that it states, so that even claims on nested sets conflict a little.
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
/// of one origin are averaged; the origins are combined. Of the claims that name somebody those of another role than most, or of
/// a period outside the incident's (unless the period is ignored), are left out, and named.
pub fn fuse(derived: &Derived, incident: Id<Incident>, rule: Option<FusionRule>) -> Fused {
    fuse_with(derived, incident, &Variation { rule, ..Variation::default() })
}

/// Fuses the standing claims on an incident like [`fuse`], but for what `variation` does otherwise. The actors of the
/// result are those of all claims, so that two variations can be set against each other row by row. For many variations
/// of one incident a [`Pool`] is faster.
pub fn fuse_with(derived: &Derived, incident: Id<Incident>, variation: &Variation<'_>) -> Fused {
    Pool::new(derived, incident).fuse(variation)
}

/// What the claims on an incident are fused over.
pub(in crate::analysis) struct Ground<'a> {
    /// The assessment that has the claims.
    pub assessment: &'a Assessment,
    /// The actors.
    pub hierarchy: &'a Hierarchy,
    /// How probable each member of its frame is before any claim.
    pub base_rates: &'a BaseRates,
    /// What follows from the claims, under that hierarchy.
    pub results: &'a IncidentResults,
    /// How claims are looked at.
    pub options: Options,
    /// Actors that the result has rows for even where no claim names them.
    pub also: &'a [Id<Actor>],
    /// The role that is spoken of, where it is not that of most of these claims.
    pub role: Option<Role>,
}

/// The standing claims on one incident, ready to be fused in any number of ways: what no [`Variation`] changes is worked
/// out once.
#[derive(Clone, Debug)]
pub struct Pool<'a> {
    assessment: &'a Assessment,
    role: Role,
    blocks: Arc<Blocks>,
    base_rates: BaseRates,
    /// The actors of the result, each with its set of blocks.
    rows: Vec<(usize, Id<Actor>, ActorSet)>,
    /// The claims that take part, by identifier.
    members: Vec<Member<'a>>,
    /// For each origin the places of its claims among the members, as far as they take part.
    origins: BTreeMap<usize, Vec<usize>>,
    left_out: Vec<(Id<Claim>, LeftOut)>,
}

/// A claim that takes part in a fusion.
#[derive(Clone, Debug)]
struct Member<'a> {
    claim: &'a Claim,
    origin: usize,
    /// The blocks that it stands for; `None` where it names nobody.
    who: Option<ActorSet>,
}

impl<'a> Pool<'a> {
    /// The standing claims on an incident, as [`fuse`] takes them.
    pub fn new(derived: &'a Derived, incident: Id<Incident>) -> Self {
        let ground = Ground {
            assessment: derived.assessment(),
            hierarchy: derived.hierarchy(),
            base_rates: derived.base_rates(),
            results: derived.incident(incident),
            options: derived.options(),
            also: &[],
            role: None,
        };
        Self::over(&ground, incident)
    }

    /// The same over another ground, such as under other links.
    pub(in crate::analysis) fn over(ground: &Ground<'a>, incident: Id<Incident>) -> Self {
        let Ground { assessment, hierarchy, results, options, .. } = *ground;
        let role = ground.role.unwrap_or_else(|| results.main_role());
        let period = assessment.get(incident).map(|incident| incident.period).unwrap_or_default();
        let named = named_and_above(ground);
        let sets: Vec<ActorSet> = named.iter().map(|number| hierarchy.set_of_node(*number)).collect();
        let positions = results.positions().filter_map(|position| position.who.as_ref().ok());
        let blocks = Blocks::telling_apart(hierarchy, positions.chain(&sets));
        let base_rates = ground.base_rates.of_blocks(&blocks.block_of, blocks.len());

        let (mut left_out, mut members) = (Vec::new(), Vec::new());
        let mut origins: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (place, claim) in results.claims().iter().enumerate() {
            let (Some(position), Some(origin)) = (results.position(place), results.origin_of(claim.id))
            else {
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
                let who = position.who.as_ref().ok().map(|who| blocks.narrow(who));
                origins.entry(origin).or_default().push(members.len());
                members.push(Member { claim, origin, who });
            }
        }
        let rows = named.iter().zip(&sets).filter_map(|(number, set)| {
            hierarchy.node(*number).map(|node| (*number, node.actor, blocks.narrow(set)))
        });
        Self {
            assessment,
            role,
            rows: rows.collect(),
            blocks: Arc::new(blocks),
            base_rates,
            members,
            origins,
            left_out,
        }
    }

    /// The claims that take part, by identifier.
    pub fn claims(&self) -> impl Iterator<Item = &'a Claim> + '_ {
        self.members.iter().map(|member| member.claim)
    }

    /// The claims that take no part.
    pub fn left_out(&self) -> impl Iterator<Item = Id<Claim>> + '_ {
        self.left_out.iter().map(|(claim, _)| *claim)
    }

    /// The number of a claim's origin among the incident's; `None` where the claim takes no part.
    pub fn origin_of(&self, claim: Id<Claim>) -> Option<usize> {
        self.member(claim).map(|member| member.origin)
    }

    fn member(&self, claim: Id<Claim>) -> Option<&Member<'a>> {
        let place = self.members.binary_search_by_key(&claim, |member| member.claim.id).ok()?;
        self.members.get(place)
    }

    /// Fuses the claims, but for what `variation` does otherwise: see [`fuse_with`].
    pub fn fuse(&self, variation: &Variation<'_>) -> Fused {
        let discount = variation.discount.unwrap_or(self.assessment.header.methods.discount);
        let opinion_of = |(origin, places): (&usize, &Vec<usize>)| {
            Some((*origin, self.averaged(places, discount, variation)?))
        };
        let origins = self.origins.iter().filter_map(opinion_of).collect();
        self.fused(variation, discount, origins)
    }

    /// Fuses the claims, but for what `variation` does otherwise, where that treats only the claims in `touched` otherwise
    /// than `near` did, under one rule and discount: only their origins are averaged anew. `near` has to come from
    /// this pool. The result is that of [`Self::fuse`].
    pub fn fuse_near(&self, near: &Fused, touched: &[Id<Claim>], variation: &Variation<'_>) -> Fused {
        let mut anew: Vec<usize> = touched.iter().filter_map(|claim| self.origin_of(*claim)).collect();
        anew.sort_unstable();
        anew.dedup();
        let mut origins: Vec<(usize, Masses)> =
            near.origins.iter().filter(|(origin, _)| anew.binary_search(origin).is_err()).cloned().collect();
        for origin in anew {
            let places = self.origins.get(&origin).map_or(&[][..], Vec::as_slice);
            if let Some(opinion) = self.averaged(places, near.discount, variation) {
                let place = origins.partition_point(|(other, _)| *other < origin);
                origins.insert(place, (origin, opinion));
            }
        }
        self.fused(&Variation { rule: Some(near.rule), ..*variation }, near.discount, origins)
    }

    /// The opinion of an origin: the average of its claims that take part; `None` where none does.
    fn averaged(
        &self,
        places: &[usize],
        discount: TrustDiscount,
        variation: &Variation<'_>,
    ) -> Option<Masses> {
        let members = places.iter().filter_map(|place| self.members.get(*place));
        let opinions: Vec<Masses> = members
            .filter(|member| variation.includes.is_none_or(|includes| includes(member.claim)))
            .map(|Member { claim, who, .. }| {
                let weight =
                    variation.weigh.map_or_else(|| Weight::of(self.assessment, claim), |weigh| weigh(claim));
                masses_of(&weight, who.clone(), discount)
            })
            .collect();
        (!opinions.is_empty()).then(|| rules::averaging(&opinions))
    }

    fn fused(
        &self,
        variation: &Variation<'_>,
        discount: TrustDiscount,
        origins: Vec<(usize, Masses)>,
    ) -> Fused {
        let rule = variation.rule.unwrap_or(self.assessment.header.methods.fusion);
        let opinions: Vec<Masses> = origins.iter().map(|(_, masses)| masses.clone()).collect();
        let opinion = combine(rule, &opinions, &self.base_rates);
        let row = |opinion: &Masses, (number, actor, set): &(usize, Id<Actor>, ActorSet)| ActorBelief {
            number: *number,
            actor: *actor,
            belief: opinion.belief(set),
            plausibility: opinion.plausibility(set),
            projected: opinion.projected(set, &self.base_rates),
        };
        let actors =
            opinion.iter().flat_map(|opinion| self.rows.iter().map(move |entry| row(opinion, entry)));
        let is_included = |claim: &Id<Claim>| {
            variation.includes.is_none_or(|includes| self.assessment.get(*claim).is_some_and(includes))
        };
        Fused {
            rule,
            discount,
            role: self.role,
            uncertainty: opinion.as_ref().map(Masses::uncertainty).map_err(Clone::clone),
            actors: actors.collect(),
            left_out: self.left_out.iter().filter(|(claim, _)| is_included(claim)).copied().collect(),
            opinion,
            origins,
            blocks: Arc::clone(&self.blocks),
        }
    }
}

/// The nodes that claims name, as seen at the chosen level, and all above them, in hierarchy order.
fn named_and_above(ground: &Ground<'_>) -> Vec<usize> {
    let hierarchy = ground.hierarchy;
    let mut numbers = ground.results.named_actors(hierarchy);
    numbers.extend(ground.also.iter().filter_map(|actor| hierarchy.number_of(*actor)));
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
fn masses_of(weight: &Weight, who: Option<ActorSet>, version: TrustDiscount) -> Masses {
    let Some(who) = who else { return Masses::vacuous() };
    let (belief, disbelief, uncertainty) = opinion_of(weight, version);
    let opposite = who.complement();
    Masses::new([(who, belief), (opposite, disbelief)], uncertainty)
}
