//! Judgements: from probabilities that an analyst gives to words, sentences, pools and comparisons that can be defended.
//!
//! - [`mod@repair`]: probabilities that do not sum to 1, made coherent; and sliders that keep the sum
//! - [`mod@wording`]: a standard's words for a probability
//! - [`sentence`]: whether a key sentence keeps to the standard, and the sentence that a judgement makes
//! - [`pool`]: from the judgements of several analysts to one
//! - [`change`]: what changed between two judgements
//! - [`lenses`]: inconsistency, log-odds and claim fusion side by side, where they differ and why
//! - [`record`]: which judgement holds, and those before it

pub mod change;
#[cfg(test)]
pub(crate) mod fixture;
pub mod lenses;
pub mod pool;
pub mod record;
pub mod repair;
pub mod sentence;
pub mod wording;

pub use change::{JudgementChange, ShareChange};
pub use lenses::{Difference, Lens, LensRow, Lenses};
pub use pool::{Pool, PoolMethod, PooledJudgements};
pub use repair::{Repair, rebalance, repair};
pub use sentence::{Fault, SentenceFinding, check_sentence};
pub use wording::{NoTerm, Wording, wording};
