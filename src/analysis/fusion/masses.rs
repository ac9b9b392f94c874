//! An opinion on sets of actors.

use std::collections::BTreeMap;

use super::super::{ActorSet, Hierarchy};

/// An opinion on sets of actors: a mass on each set that it has an opinion on, and the rest left open.
///
/// In subjective logic a hyper-opinion, in the theory of belief functions a mass function whose mass on the
/// whole frame is the uncertainty. Masses are in `[0, 1]` and sum to 1 with the uncertainty, up to rounding.
#[derive(Clone, Debug, PartialEq)]
pub struct Masses {
    /// The sets with a mass above 0, neither empty nor the whole frame, each once, in a fixed order.
    focal: Vec<(ActorSet, f64)>,
    /// The mass on the whole frame.
    uncertainty: f64,
}

impl Masses {
    /// An opinion that knows nothing.
    pub const fn vacuous() -> Self {
        Self { focal: Vec::new(), uncertainty: 1.0 }
    }

    /// An opinion with these masses. Those on one set are added up; mass on the whole frame joins the
    /// uncertainty; empty sets and masses that are not above 0 are passed over.
    pub fn new(masses: impl IntoIterator<Item = (ActorSet, f64)>, uncertainty: f64) -> Self {
        let mut sums: BTreeMap<ActorSet, f64> = BTreeMap::new();
        let mut open = uncertainty.max(0.0);
        for (set, mass) in masses {
            if mass > 0.0 && set.is_everyone() {
                open += mass;
            } else if mass > 0.0 && !set.is_empty() {
                *sums.entry(set).or_default() += mass;
            }
        }
        Self { focal: sums.into_iter().collect(), uncertainty: open }
    }

    /// The sets with their masses.
    pub fn focal(&self) -> &[(ActorSet, f64)] {
        &self.focal
    }

    /// The mass that is left open, in `[0, 1]`.
    pub const fn uncertainty(&self) -> f64 {
        self.uncertainty
    }

    /// The mass on exactly this set.
    pub fn mass(&self, set: &ActorSet) -> f64 {
        self.focal.iter().find(|(focal, _)| focal == set).map_or(0.0, |(_, mass)| *mass)
    }

    /// How much speaks for the set: the mass on its subsets, in `[0, 1]`.
    pub fn belief(&self, set: &ActorSet) -> f64 {
        self.sum(|focal| focal.is_subset(set)).min(1.0)
    }

    /// How much does not speak against the set: the mass on sets that share a member with it, in `[0, 1]`,
    /// never below belief.
    pub fn plausibility(&self, set: &ActorSet) -> f64 {
        (self.sum(|focal| !focal.is_disjoint(set)) + self.uncertainty).min(1.0)
    }

    /// The projected probability of the set, in `[0, 1]`: every mass is shared out among the members of its
    /// set by base rate.
    ///
    /// P(x) = Σ m(A) a(x ∩ A) / a(A): Jøsang, *Subjective Logic* (2016), section 3.6; with equal base rates
    /// it is Smets' pignistic probability.
    pub fn projected(&self, set: &ActorSet, base_rates: &BaseRates) -> f64 {
        let share = |sum, (focal, mass): &(ActorSet, f64)| sum + mass * base_rates.share(set, focal);
        let from_sets = self.focal.iter().fold(0.0, share);
        (from_sets + self.uncertainty * base_rates.of(set)).clamp(0.0, 1.0)
    }

    fn sum(&self, counts: impl Fn(&ActorSet) -> bool) -> f64 {
        // From 0.0 and not by `sum`, which gives -0.0 where nothing counts.
        self.focal.iter().filter(|(set, _)| counts(set)).fold(0.0, |sum, (_, mass)| sum + mass)
    }
}

/// How probable each member of the frame is before any claim; they sum to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct BaseRates {
    rates: Vec<f64>,
}

impl BaseRates {
    /// What [`of_hierarchy`](Self::of_hierarchy) does, in words: shown wherever a projected probability is explained.
    pub const IN_WORDS: &str =
        "equal parts at each level of the hierarchy, one of them for an actor that is not recorded";

    /// The same for every one of so many members.
    pub fn equal(members: usize) -> Self {
        let count = u32::try_from(members.max(1)).unwrap_or(u32::MAX);
        Self { rates: vec![1.0 / f64::from(count); members] }
    }

    /// Shared out along the hierarchy: each actor's share goes in equal parts to those right below it and to
    /// "some other member of it"; at the top in equal parts to the actors without a wider one and to "anyone
    /// else". So recording one more unit of one state makes that state no more probable, as it would with equal
    /// rates for all members: that is why there is no such choice in the file. An actor with several wider ones
    /// gets a share of each. A convention of this program; belief and plausibility do not depend on it, but for
    /// those of consensus & compromise, which shares out compromises by base rate.
    pub fn of_hierarchy(hierarchy: &Hierarchy) -> Self {
        let nodes = hierarchy.nodes();
        let parts = |count: usize| f64::from(u32::try_from(count + 1).unwrap_or(u32::MAX));
        let roots = nodes.iter().filter(|node| node.parents.is_empty()).count();
        let top = 1.0 / parts(roots);
        let mut shares: BTreeMap<usize, f64> = nodes
            .iter()
            .enumerate()
            .filter(|(_, node)| node.parents.is_empty())
            .map(|(number, _)| (number, top))
            .collect();
        let mut rates = vec![0.0; hierarchy.frame_len()];
        for number in hierarchy.parents_first() {
            let Some(node) = hierarchy.node(number) else { continue };
            let part = shares.get(&number).copied().unwrap_or(0.0) / parts(node.children.len());
            for child in &node.children {
                *shares.entry(*child).or_default() += part;
            }
            if let Some(rate) = rates.get_mut(number) {
                *rate = part;
            }
        }
        if let Some(anyone_else) = rates.last_mut() {
            *anyone_else = top;
        }
        Self { rates }
    }

    /// The base rates where members are taken together to blocks: `block_of` gives for each member the number of its
    /// block, of so many.
    pub(super) fn of_blocks(&self, block_of: &[usize], blocks: usize) -> Self {
        let mut rates = vec![0.0; blocks];
        for (rate, block) in self.rates.iter().zip(block_of) {
            if let Some(sum) = rates.get_mut(*block) {
                *sum += rate;
            }
        }
        Self { rates }
    }

    /// The base rate of a set, in `[0, 1]`.
    pub fn of(&self, set: &ActorSet) -> f64 {
        set.members().filter_map(|member| self.rates.get(member)).sum::<f64>().min(1.0)
    }

    /// The relative base rate a(x | A) = a(x ∩ A) / a(A), in `[0, 1]`; 0 where A has none.
    pub fn share(&self, set: &ActorSet, of: &ActorSet) -> f64 {
        if of.is_subset(set) {
            return 1.0;
        }
        if of.is_disjoint(set) {
            return 0.0;
        }
        let (mut common, mut whole) = (0.0, 0.0);
        for member in of.members() {
            let rate = self.rates.get(member).copied().unwrap_or(0.0);
            whole += rate;
            if set.contains(member) {
                common += rate;
            }
        }
        if whole > 0.0 { f64::min(common / whole, 1.0) } else { 0.0 }
    }
}
