//! How trust in a source discounts its opinion.
//!
//! Three versions exist and are named in file and view. Jøsang, *Subjective Logic* (2016), chapter 14;
//! Jøsang, Hayward & Pope 2006 for the two older ones.

use crate::analysis::weight::Weight;
use crate::model::{Credibility, Reliability, TrustDiscount};

/// Trust in a source as an opinion: how much one trusts, distrusts, and knows nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trust {
    /// How much one trusts it, in `[0, 1]`.
    pub belief: f64,
    /// How much one distrusts it, in `[0, 1]`.
    pub disbelief: f64,
    /// What remains, in `[0, 1]`.
    pub uncertainty: f64,
    /// How far one trusts what one does not know, in `[0, 1]`.
    pub base_rate: f64,
}

impl Trust {
    /// Trust of a known degree in `[0, 1]`: what is not trusted is distrusted. Probability-sensitive and
    /// uncertainty-favouring discounts then come to the same.
    pub fn of_degree(degree: f64) -> Self {
        Self { belief: degree, disbelief: 1.0 - degree, uncertainty: 0.0, base_rate: 0.5 }
    }

    /// Nothing is known of the source (grade F or 6): whatever it says stays open, under every version.
    pub const fn unknown() -> Self {
        Self { belief: 0.0, disbelief: 0.0, uncertainty: 1.0, base_rate: 0.0 }
    }
}

/// The opinion `(belief, disbelief, uncertainty)` of a claim of that weight on the set that it stands for, wherever claims are
/// weighed: what it states, discounted by the trust that it deserves. Each is in `[0, 1]`, and they sum to 1. Vacuous where
/// its source or itself cannot be judged (F or 6), under every version.
pub fn opinion_of(weight: &Weight, version: TrustDiscount) -> (f64, f64, f64) {
    let is_unknown = weight.reliability == Reliability::F || weight.credibility == Credibility::Six;
    let trust = if is_unknown { Trust::unknown() } else { Trust::of_degree(weight.trust) };
    discount(version, trust, (weight.probability, 1.0 - weight.probability, 0.0))
}

/// What remains of a binomial opinion `(belief, disbelief, uncertainty)` when its source is trusted so far.
///
/// Probability-sensitive: b = P(t)·b, d = P(t)·d with P(t) = b_t + a_t·u_t. Uncertainty-favouring: b = b_t·b,
/// d = b_t·d. Opposite-belief: b = b_t·b + d_t·d, d = b_t·d + d_t·b. The uncertainty is what remains to 1.
pub fn discount(
    version: TrustDiscount,
    trust: Trust,
    (belief, disbelief, _): (f64, f64, f64),
) -> (f64, f64, f64) {
    let (belief, disbelief) = match version {
        TrustDiscount::ProbabilitySensitive => {
            let trusted = trust.belief + trust.base_rate * trust.uncertainty;
            (trusted * belief, trusted * disbelief)
        }
        TrustDiscount::UncertaintyFavouring => (trust.belief * belief, trust.belief * disbelief),
        TrustDiscount::OppositeBelief => (
            trust.belief * belief + trust.disbelief * disbelief,
            trust.belief * disbelief + trust.disbelief * belief,
        ),
    };
    (belief, disbelief, (1.0 - belief - disbelief).max(0.0))
}
