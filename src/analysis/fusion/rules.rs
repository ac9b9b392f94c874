//! The fusion rules of subjective logic, for any number of opinions at once.
//!
//! Folding pairs gives a wrong answer for averaging and weighting, so each rule takes all opinions together.
//! Sources: Jøsang, Wang & Zhang, *Multi-source fusion in subjective logic* (FUSION 2017); van der Heijden,
//! Kopp & Kargl,
//! *Multi-source fusion operations in subjective logic* (FUSION 2018, arXiv 1805.01388). The formulas are
//! written with 1/uᵢ in place of the products of the others' uncertainties, which is the same and does not
//! underflow for thousands of opinions. Opinions without uncertainty (u = 0) are the published limits: only
//! they count, with equal weights.

use rustc_hash::FxHashMap;

use super::combination::{BUDGET, STATES, too_many};
use super::logs;
use super::masses::{BaseRates, Masses};
use crate::analysis::rounding::count;
use crate::analysis::{ActorSet, Undefined};
use crate::model::FusionRule;

/// A fusion that mixes: the masses of each opinion count by a weight, and what remains is open.
#[derive(Clone, Debug, PartialEq)]
pub struct Mixture {
    /// The weight of the masses of each opinion, in order; not negative. They sum to 1 for averaging, and for
    /// weighting unless all opinions are vacuous; to at least 1 for cumulating.
    pub weights: Vec<f64>,
    /// The fused uncertainty, in `[0, 1]`.
    pub uncertainty: f64,
}

impl Mixture {
    /// The mixture by which a rule fuses; `None` for the rules that are no mixtures.
    pub fn of(rule: FusionRule, opinions: &[Masses]) -> Option<Self> {
        match rule {
            FusionRule::Weighted => Some(weighting(opinions)),
            FusionRule::Cumulative => Some(cumulating(opinions)),
            FusionRule::Averaging => Some(averaged(opinions)),
            _ => None,
        }
    }

    fn mix(&self, opinions: &[Masses]) -> Masses {
        let masses = opinions.iter().zip(&self.weights).flat_map(|(opinion, weight)| {
            opinion.focal().iter().map(move |(set, mass)| (set.clone(), mass * weight))
        });
        Masses::new(masses, self.uncertainty)
    }
}

/// Cumulative belief fusion: independent observations add up.
///
/// b(x) = Σ bᵢ(x)/uᵢ ÷ (Σ 1/uᵢ − (N−1)), u = 1 ÷ the same. Commutative and associative; a vacuous opinion
/// changes nothing.
pub fn cumulative(opinions: &[Masses]) -> Masses {
    cumulating(opinions).mix(opinions)
}

fn cumulating(opinions: &[Masses]) -> Mixture {
    by_certainty(opinions, || {
        // Σ 1/uᵢ − (N−1) = 1 + Σ (1−uᵢ)/uᵢ, without the cancellation.
        let whole =
            1.0 + opinions.iter().map(|opinion| certainty(opinion) / opinion.uncertainty()).sum::<f64>();
        let weights = opinions.iter().map(|opinion| 1.0 / opinion.uncertainty() / whole).collect();
        Mixture { weights, uncertainty: 1.0 / whole }
    })
}

/// Averaging belief fusion: dependent opinions are averaged.
///
/// b(x) = Σ bᵢ(x)/uᵢ ÷ Σ 1/uᵢ, u = N ÷ Σ 1/uᵢ. Commutative and idempotent, not associative.
pub fn averaging(opinions: &[Masses]) -> Masses {
    averaged(opinions).mix(opinions)
}

fn averaged(opinions: &[Masses]) -> Mixture {
    by_certainty(opinions, || {
        let whole: f64 = opinions.iter().map(|opinion| 1.0 / opinion.uncertainty()).sum();
        let weights = opinions.iter().map(|opinion| 1.0 / opinion.uncertainty() / whole).collect();
        Mixture { weights, uncertainty: count(opinions.len()) / whole }
    })
}

/// Weighted belief fusion: opinions are averaged with their certainty as weight.
///
/// b(x) = Σ bᵢ(x)(1−uᵢ)/uᵢ ÷ (Σ 1/uᵢ − N), u = (N − Σuᵢ) ÷ the same. Commutative and idempotent, not
/// associative; a vacuous opinion changes nothing; vacuous where all are.
pub fn weighted(opinions: &[Masses]) -> Masses {
    weighting(opinions).mix(opinions)
}

fn weighting(opinions: &[Masses]) -> Mixture {
    by_certainty(opinions, || {
        // Σ 1/uᵢ − N = Σ (1−uᵢ)/uᵢ and N − Σuᵢ = Σ (1−uᵢ), without the cancellation.
        let certainties: Vec<f64> =
            opinions.iter().map(|opinion| certainty(opinion) / opinion.uncertainty()).collect();
        let whole: f64 = certainties.iter().sum();
        if whole > 0.0 {
            let uncertainty = opinions.iter().map(certainty).sum::<f64>() / whole;
            Mixture { weights: certainties.into_iter().map(|weight| weight / whole).collect(), uncertainty }
        } else {
            Mixture { weights: vec![0.0; opinions.len()], uncertainty: 1.0 }
        }
    })
}

/// 1 − u: the sum of all masses on sets.
fn certainty(opinion: &Masses) -> f64 {
    opinion.focal().iter().map(|(_, mass)| mass).sum()
}

/// Weighs the opinions by `weigh`. Where opinions have no uncertainty only those count, in equal parts.
fn by_certainty(opinions: &[Masses], weigh: impl Fn() -> Mixture) -> Mixture {
    // 1/u is not finite for the very least numbers either; for those the limit is as good.
    let is_certain = |opinion: &Masses| !(1.0 / opinion.uncertainty()).is_finite();
    let certain = opinions.iter().filter(|opinion| is_certain(opinion)).count();
    if opinions.is_empty() {
        return Mixture { weights: Vec::new(), uncertainty: 1.0 };
    }
    if certain == 0 {
        return weigh();
    }
    let weight = |opinion: &Masses| if is_certain(opinion) { 1.0 / count(certain) } else { 0.0 };
    Mixture { weights: opinions.iter().map(weight).collect(), uncertainty: 0.0 }
}

/// Consensus & compromise fusion: what all believe stays, the rest is a compromise, and conflict turns into
/// vagueness.
///
/// Three steps: consensus, the least mass that all give a set; compromise among the residues, where each
/// residue counts by the others' uncertainty, residues on sets with a common part go to that part by relative
/// base rate and to their union otherwise; normalisation, so that consensus, compromise and the product of
/// the uncertainties sum to 1. Mass on the whole frame becomes uncertainty. Jøsang 2016, section 12.6, for
/// two; van der Heijden et al. 2018, definition 5, for N. Commutative and idempotent.
///
/// # Errors
/// Undefined where the residues have too many combinations.
pub fn consensus_compromise(opinions: &[Masses], base_rates: &BaseRates) -> Result<Masses, Undefined> {
    let Some((first, others)) = opinions.split_first() else { return Ok(Masses::vacuous()) };
    let consensus: Vec<(ActorSet, f64)> = first
        .focal()
        .iter()
        .map(|(set, mass)| (set.clone(), others.iter().map(|other| other.mass(set)).fold(*mass, f64::min)))
        .filter(|(_, mass)| *mass > 0.0)
        .collect();
    let agreed: f64 = consensus.iter().map(|(_, mass)| mass).sum();
    let residues: Vec<Vec<(&ActorSet, f64)>> = opinions
        .iter()
        .map(|opinion| {
            let residue = |(set, mass): &'_ (ActorSet, f64)| {
                mass - consensus.iter().find(|(other, _)| other == set).map_or(0.0, |(_, mass)| *mass)
            };
            let masses = opinion.focal().iter().map(|entry| (&entry.0, residue(entry)));
            masses.filter(|(_, mass)| *mass > 0.0).collect()
        })
        .collect();

    // Products of many masses are too small for a number: only their logarithms are kept, −∞ for a mass of 0.
    let mut compromise: Vec<(ActorSet, f64)> = Vec::new();
    let open: Vec<f64> = opinions.iter().map(|opinion| opinion.uncertainty().ln()).collect();
    for (residue, open) in residues.iter().zip(logs::of_others(&open)) {
        compromise.extend(residue.iter().map(|(set, mass)| ((*set).clone(), mass.ln() + open)));
    }
    compromise.extend(compromises(&residues, base_rates)?);

    let open: f64 = open.iter().sum::<f64>().exp();
    let total = logs::sum(compromise.iter().map(|(_, mass)| *mass));
    let has_compromise = total > f64::NEG_INFINITY;
    let left = if has_compromise { (1.0 - agreed - open).max(0.0) } else { 0.0 };
    let scaled = compromise.into_iter().filter(|_| has_compromise);
    let scaled = scaled.map(|(set, mass)| (set, (mass - total).exp() * left));
    // Where nobody has a residue to compromise on, consensus and uncertainty are all there is.
    let uncertainty = if has_compromise { open } else { 1.0 - agreed };
    Ok(Masses::new(consensus.into_iter().chain(scaled), uncertainty))
}

/// What becomes of the residues where everyone has one: for each choice of one set from each, the product of
/// the masses goes to the common part by relative base rate, and to the union otherwise. Each set comes with the logarithm of its
/// mass, which may be −∞.
fn compromises(
    residues: &[Vec<(&ActorSet, f64)>],
    base_rates: &BaseRates,
) -> Result<Vec<(ActorSet, f64)>, Undefined> {
    let Some((first, others)) = residues.split_first() else { return Ok(Vec::new()) };
    // For each common part and union: the logarithm of the product of the masses, and that of the same over the base rates of
    // the sets.
    type State = FxHashMap<(ActorSet, ActorSet), (f64, f64)>;
    const NOTHING: (f64, f64) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
    let over_base_rate = |set: &ActorSet, mass: f64| {
        let rate = base_rates.of(set);
        if rate > 0.0 { mass.ln() - rate.ln() } else { f64::NEG_INFINITY }
    };
    let start = first
        .iter()
        .map(|(set, mass)| (((*set).clone(), (*set).clone()), (mass.ln(), over_base_rate(set, *mass))));
    let mut states: State = start.collect();
    for residue in others {
        if states.len().saturating_mul(residue.len()) > BUDGET {
            return Err(too_many());
        }
        let mut next = State::default();
        for (set, mass) in residue {
            let (mass, over) = (mass.ln(), over_base_rate(set, *mass));
            for ((common, union), (product, relative)) in &states {
                let key = (common.intersection(set), union.union(set));
                let entry = next.entry(key).or_insert(NOTHING);
                entry.0 = logs::add(entry.0, product + mass);
                entry.1 = logs::add(entry.1, relative + over);
            }
        }
        if next.len() > STATES {
            return Err(too_many());
        }
        states = next;
    }
    let mut found = Vec::new();
    for ((common, union), (product, relative)) in states {
        // The share of the common part, by its base rate among those of the sets: more than 1 only by rounding.
        let share = if common.is_empty() {
            0.0
        } else {
            let relative = relative + count(residues.len()) * base_rates.of(&common).ln();
            (relative - product).exp().min(1.0)
        };
        found.push((common, product + share.ln()));
        found.push((union, product + (-share).ln_1p()));
    }
    // In a fixed order, so that sums are the same on every run.
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(found)
}
