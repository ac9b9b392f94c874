//! Analysis of competing hypotheses: evidence against rival answers, by what speaks against each.
//!
//! After R. J. Heuer, *Psychology of Intelligence Analysis* (1999), chapter 8: hypotheses are ranked by the evidence that
//! is inconsistent with them, fewest first; consistent evidence buys nothing back. What comes out is a rank and a margin and
//! never a probability.
//!
//! - [`matrix`]: evidence × hypotheses with the ratings that hold, and what each item weighs
//! - [`score`]: inconsistency, ranks and margins, diagnosticity, dispute
//! - [`sensitivity`]: what the ranking hangs on
//! - [`stability`]: how often the leader stays in front when ratings move
//! - [`hints`]: what to beware of in a matrix

pub mod hints;
pub mod matrix;
pub mod score;
pub mod sensitivity;
pub mod stability;

pub use matrix::{Item, ItemWeight, Matrix, Vote};
pub use score::{Dispute, DisputeLevel, HypothesisScore, Raters, Scores, Table};

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;
