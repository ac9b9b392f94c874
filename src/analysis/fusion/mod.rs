//! From many opinions to one: belief, plausibility and projected probability for every actor.
//!
//! A claim is an opinion on sets of actors ([`Masses`]): belief on the set that it names, belief on its
//! complement, and what it leaves open. Claims of one origin are not independent and are averaged; the
//! origins are then combined by a [`FusionRule`]. [`rules`] has the rules of subjective logic,
//! [`combination`] those of belief functions.

mod about;
mod binomial;
mod blocks;
pub mod combination;
mod contributions;
pub mod discount;
mod fuse;
mod logs;
mod masses;
mod questions;
pub mod rules;

pub use about::{AboutRule, about, about_discount};
pub use binomial::Binomial;
pub use contributions::{Contributions, Quantity, Way, contributions};
pub use discount::Trust;
pub(in crate::analysis) use fuse::Ground;
pub use fuse::{ActorBelief, Fused, LeftOut, Pool, Variation, fuse, fuse_with};
pub use masses::{BaseRates, Masses};
pub use questions::{Answers, Number};

use super::Undefined;
use crate::model::FusionRule;

/// Combines opinions by a rule. Vacuous where there is none.
///
/// # Errors
/// Undefined where the rule is: total conflict under Dempster's rule, and where a rule that looks at every
/// combination of sets would have too many of them.
pub fn combine(rule: FusionRule, opinions: &[Masses], base_rates: &BaseRates) -> Result<Masses, Undefined> {
    match rule {
        FusionRule::Weighted => Ok(rules::weighted(opinions)),
        FusionRule::Cumulative => Ok(rules::cumulative(opinions)),
        FusionRule::Averaging => Ok(rules::averaging(opinions)),
        FusionRule::ConsensusCompromise => rules::consensus_compromise(opinions, base_rates),
        FusionRule::Dempster => combination::dempster(opinions).map(|(masses, _)| masses),
        FusionRule::Yager => combination::yager(opinions),
        FusionRule::DuboisPrade => combination::dubois_prade(opinions),
        FusionRule::Pcr6 => combination::pcr6(opinions),
    }
}

#[cfg(test)]
mod tests;
