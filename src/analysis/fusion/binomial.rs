//! An opinion on one question: did this actor do it, or somebody else?

use super::masses::{BaseRates, Masses};
use crate::analysis::ActorSet;

/// An opinion on one question, answered by yes, by no, or left open. The three sum to 1, up to rounding.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Binomial {
    /// How much speaks for yes, in `[0, 1]`.
    pub belief: f64,
    /// How much speaks for no, in `[0, 1]`.
    pub disbelief: f64,
    /// What speaks for neither, in `[0, 1]`: what the opinion leaves open, and what it puts on sets that reach beyond the
    /// question without excluding it.
    pub uncertainty: f64,
    /// The projected probability of yes, in `[0, 1]`, between belief and belief plus uncertainty.
    pub projected: f64,
    /// How probable yes is before any claim, in `[0, 1]`.
    pub base_rate: f64,
}

impl Binomial {
    /// The opinion on whether the answer lies in a set: coarsening, Jøsang, *Subjective Logic* (2016), chapter 3.
    ///
    /// The projected probability stays that of the whole opinion. It is b + a·u where all that is open is open to
    /// everybody; mass on a set that reaches beyond the question counts by its own share, as for "a state" when the
    /// question is one of its services.
    pub fn of(opinion: &Masses, question: &ActorSet, base_rates: &BaseRates) -> Self {
        let (belief, plausibility) = (opinion.belief(question), opinion.plausibility(question));
        Self {
            belief,
            disbelief: (1.0 - plausibility).max(0.0),
            uncertainty: (plausibility - belief).max(0.0),
            projected: opinion.projected(question, base_rates),
            base_rate: base_rates.of(question),
        }
    }

    /// At which base rate b + a·u is the projected probability, in `[0, 1]`: that of the question, unless mass lies on
    /// sets that reach beyond it. That of the question where nothing is uncertain.
    pub fn effective_base_rate(&self) -> f64 {
        if self.uncertainty > 0.0 {
            ((self.projected - self.belief) / self.uncertainty).clamp(0.0, 1.0)
        } else {
            self.base_rate
        }
    }
}
