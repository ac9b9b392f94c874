//! The combination rules of belief functions, for any number of opinions at once.

use std::collections::BTreeMap;

use super::logs;
use super::masses::Masses;
use crate::analysis::{ActorSet, Measure, Undefined};

/// How many combinations of sets a rule looks at before it gives up.
pub(super) const BUDGET: usize = 1 << 20;

/// How many different sets an intermediate result may have.
pub(super) const STATES: usize = 1 << 14;

/// How many opinions PCR6 takes, whatever they are: it looks at them one inside the other.
const DEPTH: usize = 200;

pub(super) const fn too_many() -> Undefined {
    Undefined::because(
        "the opinions have too many combinations; choose a rule that needs none, such as weighted belief fusion",
    )
}

/// Dempster's rule: the conjunction of all opinions, without what contradicts itself, and the rest scaled so
/// that it sums to 1. Also gives K, the mass that was left out. Shafer, *A Mathematical Theory of Evidence*
/// (1976). Commutative and associative.
///
/// # Errors
/// Undefined for total conflict (K = 1), and for too many combinations.
pub fn dempster(opinions: &[Masses]) -> Result<(Masses, f64), Undefined> {
    let Conjunction { masses, uncertainty, rest, conflict } = conjunction(opinions)?;
    if rest == f64::NEG_INFINITY {
        return Err(Undefined::because("the opinions contradict one another totally (K = 1)"));
    }
    let scaled = masses.into_iter().map(|(set, mass)| (set, (mass - rest).exp()));
    Ok((Masses::new(scaled, (uncertainty - rest).exp()), conflict))
}

/// Yager's rule: the conjunction of all opinions; what contradicts itself becomes ignorance. Yager 1987. All
/// opinions at once: commutative, not associative.
///
/// # Errors
/// Undefined for too many combinations.
pub fn yager(opinions: &[Masses]) -> Result<Masses, Undefined> {
    let Conjunction { masses, uncertainty, conflict, .. } = conjunction(opinions)?;
    Ok(Masses::new(masses.into_iter().map(|(set, mass)| (set, mass.exp())), uncertainty.exp() + conflict))
}

/// The mass that the conjunction of all opinions gives to the impossible, in `[0, 1]`: Dempster's K.
///
/// # Errors
/// Undefined for too many combinations.
pub fn conflict(opinions: &[Masses]) -> Measure {
    conjunction(opinions).map(|conjunction| conjunction.conflict)
}

/// All opinions taken to hold at once, without scaling. The products of thousands of masses are too small for a number, so
/// that their logarithms are kept; −∞ is a mass of 0.
struct Conjunction {
    /// The sets, each with the logarithm of its mass.
    masses: Vec<(ActorSet, f64)>,
    /// The logarithm of the mass on the whole frame.
    uncertainty: f64,
    /// ln(1 − K): the logarithm of the sum of all these masses.
    rest: f64,
    /// K, the mass on the impossible, in `[0, 1]`: 0 where nothing contradicts.
    conflict: f64,
}

fn conjunction(opinions: &[Masses]) -> Result<Conjunction, Undefined> {
    // No set stands for the whole frame.
    let mut states: BTreeMap<Option<ActorSet>, f64> = BTreeMap::from([(None, 0.0)]);
    let mut conflict = 0.0;
    for opinion in opinions {
        let mut next: BTreeMap<Option<ActorSet>, f64> = BTreeMap::new();
        if states.len().saturating_mul(opinion.focal().len() + 1) > BUDGET {
            return Err(too_many());
        }
        for (state, product) in &states {
            for (set, mass) in choices(opinion) {
                let product = product + mass.ln();
                let common = match (state, set) {
                    (None, None) => None,
                    (Some(state), None) => Some(state.clone()),
                    (None, Some(set)) => Some(set.clone()),
                    (Some(state), Some(set)) => Some(state.intersection(set)),
                };
                if common.as_ref().is_some_and(ActorSet::is_empty) {
                    conflict += product.exp();
                } else {
                    let sum = next.entry(common).or_insert(f64::NEG_INFINITY);
                    *sum = logs::add(*sum, product);
                }
            }
        }
        if next.len() > STATES {
            return Err(too_many());
        }
        states = next;
    }
    let rest = logs::sum(states.values().copied());
    let uncertainty = states.remove(&None).unwrap_or(f64::NEG_INFINITY);
    let masses = states.into_iter().filter_map(|(set, mass)| Some((set?, mass))).collect();
    Ok(Conjunction { masses, uncertainty, rest, conflict: f64::min(conflict, 1.0) })
}

/// Dubois and Prade's rule: the conjunction of all opinions; what contradicts itself goes to the union of the
/// sets that do. Dubois & Prade 1988. All opinions at once: commutative, not associative.
///
/// # Errors
/// Undefined for too many combinations.
pub fn dubois_prade(opinions: &[Masses]) -> Result<Masses, Undefined> {
    /// What the sets that were chosen so far have in common, and their union; `None` stands for the whole
    /// frame.
    type Pair = (Option<ActorSet>, Option<ActorSet>);
    let Some((first, others)) = opinions.split_first() else { return Ok(Masses::vacuous()) };
    let mut states: BTreeMap<Pair, f64> =
        choices(first).map(|(set, mass)| ((set.cloned(), set.cloned()), mass)).collect();
    for opinion in others {
        let mut next: BTreeMap<Pair, f64> = BTreeMap::new();
        if states.len().saturating_mul(opinion.focal().len() + 1) > BUDGET {
            return Err(too_many());
        }
        for ((common, union), product) in &states {
            for (set, mass) in choices(opinion) {
                let common = match (common, set) {
                    (None, set) => set.cloned(),
                    (Some(common), None) => Some(common.clone()),
                    (Some(common), Some(set)) => Some(common.intersection(set)),
                };
                let union = match (union, set) {
                    (Some(union), Some(set)) => Some(union.union(set)).filter(|union| !union.is_everyone()),
                    _ => None,
                };
                *next.entry((common, union)).or_default() += product * mass;
            }
        }
        if next.len() > STATES {
            return Err(too_many());
        }
        states = next;
    }
    let mut uncertainty = 0.0;
    let mut masses = Vec::with_capacity(states.len());
    for ((common, union), mass) in states {
        let goes_to = if common.as_ref().is_some_and(|common| common.is_empty()) { union } else { common };
        match goes_to {
            Some(set) => masses.push((set, mass)),
            None => uncertainty += mass,
        }
    }
    Ok(Masses::new(masses, uncertainty))
}

/// Proportional conflict redistribution no. 6: what contradicts itself goes back to the sets that do, in
/// proportion to the masses that each opinion put on them. Martin & Osswald 2006; for two opinions the same
/// as PCR5. Commutative, not associative.
///
/// # Errors
/// Undefined for too many combinations: every one has to be looked at.
pub fn pcr6(opinions: &[Masses]) -> Result<Masses, Undefined> {
    let combinations = opinions
        .iter()
        .try_fold(1usize, |product, opinion| product.checked_mul(opinion.focal().len() + 1))
        .filter(|product| *product <= BUDGET && opinions.len() <= DEPTH);
    if combinations.is_none() {
        return Err(too_many());
    }
    let mut collected = Collected::default();
    let mut chosen = Vec::with_capacity(opinions.len());
    redistribute(opinions, &mut chosen, None, 1.0, &mut collected);
    Ok(Masses::new(collected.masses, collected.uncertainty))
}

#[derive(Default)]
struct Collected {
    masses: BTreeMap<ActorSet, f64>,
    uncertainty: f64,
}

impl Collected {
    fn add(&mut self, set: Option<&ActorSet>, mass: f64) {
        match set {
            Some(set) => *self.masses.entry(set.clone()).or_default() += mass,
            None => self.uncertainty += mass,
        }
    }
}

/// Goes through all choices of one set from each opinion. As deep as there are opinions.
fn redistribute<'a>(
    opinions: &'a [Masses],
    chosen: &mut Vec<(Option<&'a ActorSet>, f64)>,
    common: Option<&ActorSet>,
    product: f64,
    collected: &mut Collected,
) {
    let Some((opinion, others)) = opinions.split_first() else {
        if common.is_some_and(ActorSet::is_empty) {
            let total: f64 = chosen.iter().map(|(_, mass)| mass).sum();
            for (set, mass) in chosen.iter() {
                collected.add(*set, product * mass / total);
            }
        } else {
            collected.add(common, product);
        }
        return;
    };
    for (set, mass) in choices(opinion) {
        let narrowed = match (common, set) {
            (Some(common), Some(set)) => Some(common.intersection(set)),
            (common, set) => common.or(set).cloned(),
        };
        chosen.push((set, mass));
        redistribute(others, chosen, narrowed.as_ref(), product * mass, collected);
        chosen.pop();
    }
}

/// What an opinion can be taken to say: each of its sets, and nothing (the whole frame), where that has a
/// mass.
fn choices(opinion: &Masses) -> impl Iterator<Item = (Option<&ActorSet>, f64)> {
    let open = (opinion.uncertainty() > 0.0).then_some((None, opinion.uncertainty()));
    opinion.focal().iter().map(|(set, mass)| (Some(set), *mass)).chain(open)
}
