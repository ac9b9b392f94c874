//! What can be asked of a fused opinion: its opinion on one actor, that of each origin, and where a number comes from.

use super::binomial::Binomial;
use super::contributions::{Contributions, Quantity, contributions};
use super::masses::{BaseRates, Masses};
use super::{Fused, Undefined};
use crate::analysis::{ActorSet, Derived};

/// A number of a fused opinion; actors by their number in the hierarchy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Number {
    /// How much speaks for an actor.
    Belief(usize),
    /// How much does not speak against an actor.
    Plausibility(usize),
    /// The projected probability of an actor.
    Projected(usize),
    /// What is left open.
    Uncertainty,
    /// How much the origins conflict.
    Conflict,
}

/// The answers to the question whether one actor did it.
#[derive(Clone, Debug, PartialEq)]
pub struct Answers {
    /// The fused one; undefined where the rule is.
    pub fused: Result<Binomial, Undefined>,
    /// How probable the answer yes is before any claim, in `[0, 1]`.
    pub base_rate: f64,
    /// That of each origin that counts, by its number among the incident's.
    pub origins: Vec<(usize, Binomial)>,
}

impl Fused {
    /// The numbers of the origins that count, among the incident's, in order.
    pub fn origin_numbers(&self) -> impl Iterator<Item = usize> {
        self.origins.iter().map(|(origin, _)| *origin)
    }

    /// The numbers of the origins that count as ignorance: what they say is graded F or 6, or names nobody.
    pub fn ignorant_origins(&self) -> impl Iterator<Item = usize> {
        self.origins.iter().filter(|(_, masses)| masses.focal().is_empty()).map(|(origin, _)| *origin)
    }

    /// Whether this actor did it: the fused opinion, and that of each origin. `derived` is what the fusion was made from,
    /// and `actor` a number of its hierarchy.
    pub fn answers(&self, derived: &Derived, actor: usize) -> Answers {
        let (question, base_rates) = (self.question(derived, actor), self.base_rates(derived));
        let of = |masses: &Masses| Binomial::of(masses, &question, &base_rates);
        Answers {
            base_rate: base_rates.of(&question),
            fused: self.opinion.as_ref().map(of).map_err(Clone::clone),
            origins: self.origins.iter().map(|(origin, masses)| (*origin, of(masses))).collect(),
        }
    }

    /// What each origin adds to a number, in the order of [`Self::origin_numbers`]. `derived` is what the fusion was made
    /// from. Takes up to some hundredths of a second; see [`contributions`].
    ///
    /// # Errors
    /// Undefined where the number is.
    pub fn contributions(&self, derived: &Derived, number: Number) -> Result<Contributions, Undefined> {
        let base_rates = self.base_rates(derived);
        let opinions: Vec<Masses> = self.origins.iter().map(|(_, masses)| masses.clone()).collect();
        let of = |quantity: Quantity<'_>| contributions(self.rule, &opinions, &base_rates, quantity);
        match number {
            Number::Belief(actor) => of(Quantity::Belief(&self.question(derived, actor))),
            Number::Plausibility(actor) => of(Quantity::Plausibility(&self.question(derived, actor))),
            Number::Projected(actor) => of(Quantity::Projected(&self.question(derived, actor))),
            Number::Uncertainty => of(Quantity::Uncertainty),
            Number::Conflict => of(Quantity::Conflict),
        }
    }

    fn question(&self, derived: &Derived, actor: usize) -> ActorSet {
        self.blocks.narrow(&derived.hierarchy().set_of_node(actor))
    }

    fn base_rates(&self, derived: &Derived) -> BaseRates {
        derived.base_rates().of_blocks(&self.blocks.block_of, self.blocks.len())
    }
}
