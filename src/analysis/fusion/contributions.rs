//! What each independent opinion adds to a number of the fused one.

use super::masses::{BaseRates, Masses};
use super::rules::Mixture;
use super::{about, combination, combine};
use crate::analysis::{ActorSet, Measure, Undefined};
use crate::model::FusionRule;

/// Up to how many opinions Shapley values are computed: their cost doubles with each one more.
const SHAPLEY_OPINIONS: usize = 10;

/// How many combinations of sets the largest of the fusions that Shapley values need may have: less for the rules that look
/// at each of them than for those that merge what comes to the same.
const SHAPLEY_COMBINATIONS: (usize, usize) = (1 << 12, 1 << 16);

/// A number of a fused opinion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quantity<'a> {
    /// How much speaks for a set.
    Belief(&'a ActorSet),
    /// How much does not speak against a set.
    Plausibility(&'a ActorSet),
    /// The projected probability of a set.
    Projected(&'a ActorSet),
    /// What is left open.
    Uncertainty,
    /// How much the opinions conflict: Dempster's K, whatever the rule.
    Conflict,
}

/// What each opinion adds to a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Contributions {
    /// The number, in `[0, 1]`.
    pub value: f64,
    /// What it consists of beside the parts: for a mixture what remains open of it, for Shapley values what it would be
    /// without any opinion, in `[0, 1]`.
    pub base: f64,
    /// What each opinion adds, in order, in `[-1, 1]`.
    pub parts: Vec<f64>,
    /// How the parts come about.
    pub way: Way,
}

/// How the parts of a number come about.
#[derive(Clone, Debug, PartialEq)]
pub enum Way {
    /// The rule mixes the opinions, so each part is a weight times what the opinion itself says; with `base` they sum to
    /// the number.
    Mixture {
        /// The weight of each opinion, in order.
        weights: Vec<f64>,
        /// What each opinion itself says of the number, in order, in `[0, 1]`.
        own: Vec<f64>,
    },
    /// Each part is a Shapley value: how much the opinion changes the number, averaged over all orders in which the
    /// opinions can be taken in; with `base` they sum to the number.
    Shapley,
    /// Each part is how much the number would fall without that opinion alone. They do not sum to anything.
    LeaveOneOut,
}

impl Contributions {
    /// Whether base and parts sum to the number.
    pub const fn is_sum(&self) -> bool {
        !matches!(self.way, Way::LeaveOneOut)
    }
}

/// What each opinion adds to a number of what `rule` makes of them.
///
/// For the rules that mix ([`Mixture`]) the parts are exact: wᵢ·fᵢ, with fᵢ the belief of the opinion itself, and for
/// plausibility and projected probability what its sets alone come to; the base is what the fused uncertainty adds (0 for
/// belief, u for plausibility, a(x)·u for projected probability). For the other rules, for Dempster's K, and for the
/// uncertainty of cumulated opinions the parts are Shapley values, φᵢ = Σ |S|!(n−|S|−1)!/n! · (v(S ∪ i) − v(S)) over all
/// sets S of other opinions, with v what the rule makes of S alone: Shapley, *A value for n-person games* (1953). They
/// are exact, and take time that doubles with each opinion; beyond ten opinions that say something, or for many combinations of sets, the
/// number without each opinion is given in their place, and said so by [`Way::LeaveOneOut`].
///
/// # Errors
/// Undefined where the number is.
pub fn contributions(
    rule: FusionRule,
    opinions: &[Masses],
    base_rates: &BaseRates,
    quantity: Quantity<'_>,
) -> Result<Contributions, Undefined> {
    if let Some(found) = mixed(rule, opinions, base_rates, quantity) {
        return Ok(found);
    }
    let value_of = |opinions: &[Masses]| value(rule, opinions, base_rates, quantity);
    // Opinions that know nothing have no part in most numbers, and are passed over.
    let can_pass_over = !about(rule).is_moved_by_ignorance || quantity == Quantity::Conflict;
    let counts = |opinion: &Masses| !(can_pass_over && opinion.focal().is_empty());
    let counted: Vec<Masses> = opinions.iter().filter(|opinion| counts(opinion)).cloned().collect();
    let is_merging =
        quantity == Quantity::Conflict || !matches!(rule, FusionRule::ConsensusCompromise | FusionRule::Pcr6);
    let mut found = if is_small(&counted, is_merging) {
        shapley(&counted, value_of)?
    } else {
        leave_one_out(&counted, value_of)?
    };
    let mut parts = found.parts.into_iter();
    found.parts = opinions
        .iter()
        .map(|opinion| if counts(opinion) { parts.next().unwrap_or_default() } else { 0.0 })
        .collect();
    Ok(found)
}

/// The number itself.
fn value(rule: FusionRule, opinions: &[Masses], base_rates: &BaseRates, quantity: Quantity<'_>) -> Measure {
    if quantity == Quantity::Conflict {
        return combination::conflict(opinions);
    }
    combine(rule, opinions, base_rates).map(|fused| match quantity {
        Quantity::Belief(set) => fused.belief(set),
        Quantity::Plausibility(set) => fused.plausibility(set),
        Quantity::Projected(set) => fused.projected(set, base_rates),
        Quantity::Uncertainty | Quantity::Conflict => fused.uncertainty(),
    })
}

fn mixed(
    rule: FusionRule,
    opinions: &[Masses],
    base_rates: &BaseRates,
    quantity: Quantity<'_>,
) -> Option<Contributions> {
    let Mixture { weights, uncertainty } = Mixture::of(rule, opinions)?;
    let is_one = (weights.iter().sum::<f64>() - 1.0).abs() < 1e-9;
    let own = |opinion: &Masses| match quantity {
        Quantity::Belief(set) => opinion.belief(set),
        Quantity::Plausibility(set) => opinion.plausibility(set) - opinion.uncertainty(),
        Quantity::Projected(set) => {
            opinion.projected(set, base_rates) - opinion.uncertainty() * base_rates.of(set)
        }
        Quantity::Uncertainty | Quantity::Conflict => opinion.uncertainty(),
    };
    let base = match quantity {
        Quantity::Belief(_) => 0.0,
        Quantity::Plausibility(_) => uncertainty,
        Quantity::Projected(set) => uncertainty * base_rates.of(set),
        // The uncertainties are mixed like the masses where the weights sum to 1, as they do not for cumulated opinions.
        Quantity::Uncertainty if rule != FusionRule::Cumulative && is_one => 0.0,
        Quantity::Uncertainty | Quantity::Conflict => return None,
    };
    let own: Vec<f64> = opinions.iter().map(|opinion| own(opinion).max(0.0)).collect();
    let parts: Vec<f64> = weights.iter().zip(&own).map(|(weight, own)| weight * own).collect();
    let value = (base + parts.iter().sum::<f64>()).clamp(0.0, 1.0);
    Some(Contributions { value, base, parts, way: Way::Mixture { weights, own } })
}

/// Whether Shapley values can be computed within a moment.
fn is_small(opinions: &[Masses], is_merging: bool) -> bool {
    let most = if is_merging { SHAPLEY_COMBINATIONS.1 } else { SHAPLEY_COMBINATIONS.0 };
    let combinations =
        opinions.iter().map(|opinion| opinion.focal().len() + 1).try_fold(1usize, usize::checked_mul);
    opinions.len() <= SHAPLEY_OPINIONS && combinations.is_some_and(|count| count <= most)
}

fn shapley(opinions: &[Masses], value_of: impl Fn(&[Masses]) -> Measure) -> Result<Contributions, Undefined> {
    let count = opinions.len();
    let chosen = |bits: usize| {
        let members = opinions.iter().enumerate().filter(move |(place, _)| bits & (1 << place) != 0);
        members.map(|(_, opinion)| opinion.clone()).collect::<Vec<Masses>>()
    };
    // The value of every set of opinions, the place of the set being its members as bits.
    let values =
        (0..1 << count).map(|bits| value_of(&chosen(bits))).collect::<Result<Vec<f64>, Undefined>>()?;
    let at = |bits: usize| values.get(bits).copied().unwrap_or_default();
    let chance = chances(count);
    let part = |place: usize| -> f64 {
        let own = 1 << place;
        (0..1 << count)
            .filter(|bits: &usize| bits & own == 0)
            .map(|bits| {
                let chance = chance.get(bits.count_ones() as usize).copied().unwrap_or_default();
                chance * (at(bits | own) - at(bits))
            })
            .sum()
    };
    Ok(Contributions {
        value: at((1 << count) - 1),
        base: at(0),
        parts: (0..count).map(part).collect(),
        way: Way::Shapley,
    })
}

/// For each size of a set of others how likely exactly this set comes before an opinion, in a random order of so many:
/// |S|!(n−|S|−1)!/n!.
fn chances(count: usize) -> Vec<f64> {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    // From one size to the next the factor is (|S| + 1) ÷ (n − |S| − 1).
    let start = 1.0 / number(count.max(1));
    (1..count)
        .scan(start, |chance, size| {
            *chance *= number(size) / number(count - size);
            Some(*chance)
        })
        .fold(vec![start], |mut chances, chance| {
            chances.push(chance);
            chances
        })
}

fn leave_one_out(
    opinions: &[Masses],
    value_of: impl Fn(&[Masses]) -> Measure,
) -> Result<Contributions, Undefined> {
    let whole = value_of(opinions)?;
    let without = |place: usize| {
        let others = opinions.iter().enumerate().filter(|(other, _)| *other != place);
        value_of(&others.map(|(_, opinion)| opinion.clone()).collect::<Vec<_>>())
    };
    let parts = (0..opinions.len()).map(|place| Ok(whole - without(place)?)).collect::<Result<_, _>>()?;
    Ok(Contributions { value: whole, base: value_of(&[])?, parts, way: Way::LeaveOneOut })
}

#[cfg(test)]
mod tests;
