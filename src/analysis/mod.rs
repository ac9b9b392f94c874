//! What follows from an assessment: pure functions, an assessment in, results and findings out.
//!
//! Nothing here changes an assessment, reads a clock or draws. [`Derived`] holds all results of one revision,
//! each computed when it is first asked for.
//!
//! - [`hierarchy`]: the actors under the accepted links, and the set that each stands for
//! - [`relation`]: how two claims stand to each other
//! - [`origins`]: which claims are independent of one another
//! - [`contested`]: whom the origins disagree about
//! - [`fusion`]: from many opinions to one, on the hierarchy of actors
//! - [`ach`]: evidence against rival hypotheses
//! - [`odds`]: evidence against rival hypotheses, by log-odds
//! - [`judgement`]: probabilities and their words, key sentences, pools, and the three lenses side by side
//! - [`alternatives`]: what would change how two claims stand to each other
//! - [`agreement`]: coefficients of agreement among many
//! - [`weight`]: what a claim weighs, by its grades and its hedges
//! - [`rounding`]: what counts as equal, and what is a number at all
//! - [`explain`]: how a number came about: formula, inputs, contributions and where the method is published
//! - [`hedges`]: what became of hedges on the way from an original to those who repeat it
//! - [`influence`]: which claim, source, link or grade moves the fused picture most
//! - [`progress`]: how far a long computation has come
//! - [`charts`]: what the charts show, as data
//! - [`derived`]: all results of one revision, memoised

pub mod ach;
pub mod agreement;
pub mod alternatives;
pub mod charts;
pub mod contested;
pub mod derived;
pub mod explain;
#[cfg(test)]
mod fixture;
pub mod fusion;
pub mod hedges;
pub mod hierarchy;
pub mod incident;
mod index;
pub mod influence;
pub mod judgement;
pub mod odds;
pub mod origins;
pub mod percent;
pub mod progress;
pub mod relation;
pub mod rounding;
pub mod weight;

use std::borrow::Cow;

pub use derived::Derived;
pub use hierarchy::{ActorSet, Hierarchy};
pub use incident::IncidentResults;
pub use relation::{Comparison, Relation, Side};

use crate::model::ActorLevel;

/// How claims are looked at. Two results can be compared only where these are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Options {
    /// The level at which actors are seen: at the level of states the CIA and the NSA are both the United
    /// States. `None` takes every actor as it is named.
    pub level: Option<ActorLevel>,
    /// Compares claims whose periods cannot share a day as if they could.
    pub ignore_period: bool,
}

/// A number, or why there is none. Never NaN and never infinite: see [`rounding::measured`].
pub type Measure = Result<f64, Undefined>;

/// Why a number is undefined, in words that continue "undefined, because …".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undefined(pub Cow<'static, str>);

impl Undefined {
    /// Undefined for a fixed reason.
    pub const fn because(reason: &'static str) -> Self {
        Self(Cow::Borrowed(reason))
    }
}

impl std::fmt::Display for Undefined {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "undefined, because {}", self.0)
    }
}
