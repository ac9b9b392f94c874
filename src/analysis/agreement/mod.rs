//! Agreement among many: how far several people who judge the same things judge them alike.
//!
//! With few judges or few things these numbers mean little; a caution belongs beside each. Every function
//! says when it is undefined; none gives NaN.

mod alpha;
mod chance;
mod distributions;
mod levels;
mod raters;
mod sources;
mod stated;

pub use alpha::{Metric, krippendorff_alpha};
pub use chance::{Choices, CohenWeights, cohen_kappa, fleiss_kappa, gwet_ac1, observed_agreement};
pub use distributions::{jensen_shannon_distance, jensen_shannon_divergence, ordinal_agreement};
pub use levels::{LevelAgreement, agreement_by_level, levels_sentence};
pub use raters::{PairAgreement, RaterAgreement, alpha_of_probabilities, pair_agreements};
pub use sources::{SourceAgreement, Unit, source_agreement};
pub use stated::{Stated, StatedAgreement, stated_agreement};

#[cfg(test)]
mod tests;
