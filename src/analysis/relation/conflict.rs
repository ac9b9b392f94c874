//! How strongly two claims conflict, as numbers.

use super::super::ActorSet;
use super::super::fusion::discount::opinion_of;
use super::super::weight::Weight;
use super::Side;
use crate::model::{Assessment, Claim, TrustDiscount};

/// How two sets of actors lie to each other. All that a comparison has to know of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetRelation {
    /// Every member of the first is in the second.
    pub left_in_right: bool,
    /// Every member of the second is in the first.
    pub right_in_left: bool,
    /// No member is in both.
    pub is_disjoint: bool,
    /// Every member of the frame is in one of the two.
    pub is_covering: bool,
}

impl SetRelation {
    /// How `left` lies to `right`.
    pub fn between(left: &ActorSet, right: &ActorSet) -> Self {
        Self {
            left_in_right: left.is_subset(right),
            right_in_left: right.is_subset(left),
            is_disjoint: left.is_disjoint(right),
            is_covering: left.is_covering_with(right),
        }
    }

    /// The same, seen from the other side.
    #[must_use]
    pub const fn turned(self) -> Self {
        Self { left_in_right: self.right_in_left, right_in_left: self.left_in_right, ..self }
    }
}

/// How much a claim believes in the set that it stands for, and how much against it; the rest it leaves open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Opinion {
    /// The mass on that set, in `[0, 1]`: trust × probability, unless the discount is that of opposite belief.
    pub belief: f64,
    /// The mass on its complement, in `[0, 1]`: trust × (1 − probability), with the same exception.
    pub disbelief: f64,
}

impl Opinion {
    /// The opinion of a claim with that weight, under the version of trust discounting that the claim is fused with:
    /// [`opinion_of`].
    pub fn of(weight: &Weight, version: TrustDiscount) -> Self {
        let (belief, disbelief, _) = opinion_of(weight, version);
        Self { belief, disbelief }
    }

    /// The opinion of a claim of an assessment, by its conventions.
    pub fn of_claim(assessment: &Assessment, claim: &Claim) -> Self {
        Self::of(&Weight::of(assessment, claim), assessment.header.methods.discount)
    }

    /// The opinion on another question than its own, which lies to its own as `own` (left) to `question`
    /// (right): mass on subsets of the question is belief, on sets disjoint from it disbelief, and what
    /// straddles it uncertainty.
    fn on(self, own_to_question: SetRelation) -> Self {
        let SetRelation { left_in_right, right_in_left, is_disjoint, is_covering } = own_to_question;
        let when = |condition: bool, mass: f64| if condition { mass } else { 0.0 };
        Self {
            belief: when(left_in_right, self.belief) + when(is_covering, self.disbelief),
            disbelief: when(is_disjoint, self.belief) + when(right_in_left, self.disbelief),
        }
    }

    pub(super) fn uncertainty(self) -> f64 {
        (1.0 - self.belief - self.disbelief).clamp(0.0, 1.0)
    }

    /// The projected probability b + a·u under a base rate a, both in `[0, 1]`.
    pub(super) fn projected(self, base_rate: f64) -> f64 {
        self.belief + base_rate * self.uncertainty()
    }
}

/// The degree of conflict of two claims, in `[0, 1]`: 0 where they agree or one knows nothing, 1 for certain
/// opposites.
///
/// DC = PD · CC with PD = ½ Σ |P₁ − P₂| (projected distance) and CC = (1 − u₁)(1 − u₂) (conjunctive
/// certainty): Jøsang,
/// *Subjective Logic* (2016), section 4.8. Each claim is read as a binomial opinion (base rate ½) on the two
/// questions that the claims themselves raise, "was it whom the first names?" and "was it whom the second
/// names?"; what a claim leaves open about a question is its uncertainty there. The greater of the two
/// degrees is given. So the number does not depend on how many other actors are recorded, and a claim
/// conflicts with one that refines it only by the doubt that either states. Defined for all opinions;
/// symmetric.
pub fn degree_of_conflict(left: Opinion, right: Opinion, sets: SetRelation) -> f64 {
    ConflictParts::of(left, right, sets).degree()
}

/// What the degree of conflict of two claims is made of, on that one of their two questions where it is greater.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ConflictParts {
    /// Whose question it is.
    pub question: Side,
    /// The opinion of each claim on the question.
    pub opinions: [Opinion; 2],
    /// PD, the projected distance, in `[0, 1]`.
    pub distance: f64,
    /// CC, the conjunctive certainty, in `[0, 1]`.
    pub certainty: f64,
}

/// The base rate of the questions that two claims raise: each is as likely as not before anybody speaks.
pub(super) const BASE_RATE: f64 = 0.5;

impl ConflictParts {
    /// Of two opinions on one question with this base rate, in `[0, 1]`.
    fn on(question: Side, left: Opinion, right: Opinion, base_rate: f64) -> Self {
        Self {
            question,
            opinions: [left, right],
            distance: (left.projected(base_rate) - right.projected(base_rate)).abs(),
            certainty: (1.0 - left.uncertainty()) * (1.0 - right.uncertainty()),
        }
    }

    pub fn of(left: Opinion, right: Opinion, sets: SetRelation) -> Self {
        let on_left = Self::on(Side::Left, left, right.on(sets.turned()), BASE_RATE);
        let on_right = Self::on(Side::Right, left.on(sets), right, BASE_RATE);
        if on_left.degree() >= on_right.degree() { on_left } else { on_right }
    }

    fn degree(&self) -> f64 {
        // The certainty is a product of its own, so that the result is the same to the last bit whichever comes first.
        (self.distance * self.certainty).clamp(0.0, 1.0)
    }
}

/// Dempster's K of two claims, in `[0, 1]`: the mass that the conjunction of the two gives to the impossible.
///
/// K = Σ m₁(A) m₂(B) over disjoint A and B: Shafer, *A Mathematical Theory of Evidence* (1976). Each claim is
/// a simple support function: its belief on the set that it stands for, the rest on the whole frame. So K is
/// the product of the two beliefs where the sets are disjoint, and 0 for nested and overlapping sets by
/// construction. Symmetric.
///
/// It is not the conflict of fused origins ([`Fused::conflict`](crate::analysis::fusion::Fused::conflict)), where each claim has
/// mass on the complement of its set too, for the doubt that it states.
pub fn dempster_conflict(left: Opinion, right: Opinion, sets: SetRelation) -> f64 {
    if sets.is_disjoint { (left.belief * right.belief).clamp(0.0, 1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Opinions as (b, d, u) with their base rate: A. Jøsang, Subjective Logic (2016), section 4.8. With a base rate of .9 the first
    /// pair projects to the same .77, so that nothing is in conflict though the masses are far apart.
    #[test]
    fn the_degree_of_conflict_depends_on_the_base_rate() {
        let check = |left: (f64, f64), right: (f64, f64), base_rate: f64, expect: f64| {
            let opinion = |(belief, disbelief)| Opinion { belief, disbelief };
            let parts = ConflictParts::on(Side::Left, opinion(left), opinion(right), base_rate);
            assert!((parts.degree() - expect).abs() < 1e-12, "{left:?} {right:?} {base_rate}: {parts:?}");
        };
        check((0.05, 0.15), (0.68, 0.22), 0.9, 0.0);
        check((0.05, 0.15), (0.68, 0.22), 0.5, (0.73 - 0.45) * 0.2 * 0.9);
        check((0.8, 0.1), (0.1, 0.8), 0.5, 0.567);
        check((0.8, 0.1), (0.1, 0.8), 0.9, 0.567);
        check((1.0, 0.0), (0.0, 1.0), 0.9, 1.0);
    }

    /// The same examples taken apart, recomputed with the package eslimpp: distance and certainty.
    #[test]
    fn the_degree_of_conflict_is_distance_times_certainty() {
        let check = |left: (f64, f64), right: (f64, f64), base_rate: f64, expect: [f64; 3]| {
            let opinion = |(belief, disbelief)| Opinion { belief, disbelief };
            let parts = ConflictParts::on(Side::Left, opinion(left), opinion(right), base_rate);
            let found = [parts.distance, parts.certainty, parts.degree()];
            assert!(
                found.iter().zip(expect).all(|(found, expect)| (found - expect).abs() < 1e-12),
                "{found:?}"
            );
        };
        check((0.1, 0.3), (0.7, 0.1), 0.5, [0.4, 0.32, 0.128]);
        check((0.8, 0.1), (0.1, 0.8), 0.5, [0.7, 0.81, 0.567]);
        check((0.05, 0.15), (0.68, 0.22), 0.9, [0.0, 0.18, 0.0]);
        check((1.0, 0.0), (0.0, 1.0), 0.5, [1.0, 1.0, 1.0]);
    }
}
