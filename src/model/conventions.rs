//! The conventions of the numbers, one by one: what each is called, what it is, and what is usual.

use super::header::Methods;
use super::scales::{FusionRule, Grade3, TrustDiscount};

/// One of the conventions that the numbers follow. Each is a field of [`Methods`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Convention {
    /// How opinions of independent origins are fused.
    Fusion,
    /// How trust discounts an opinion.
    Discount,
    /// Trust by reliability.
    ReliabilityTrust,
    /// Trust by credibility.
    CredibilityTrust,
    /// Trust by stated confidence.
    ConfidenceTrust,
    /// Trust where no confidence was stated.
    UnstatedConfidenceTrust,
    /// The probability of a claim without a hedge.
    UnhedgedProbability,
    /// The probability of a claim whose hedge fixes no number.
    UnquantifiedHedge,
    /// Inconsistency points of ratings.
    RatingPoints,
    /// What a grade weighs.
    GradeWeights,
    /// The grade of a reliability.
    ReliabilityGrades,
    /// The grade of a credibility.
    CredibilityGrades,
    /// P(E|H) of ratings.
    RatingLikelihoods,
    /// How far items of one group repeat one another.
    GroupCorrelation,
}

/// What a convention is set to.
#[derive(Clone, Debug, PartialEq)]
pub enum ConventionValue {
    /// A rule of fusion.
    Fusion(FusionRule),
    /// A version of trust discounting.
    Discount(TrustDiscount),
    /// Numbers, each for one of [`Convention::parts`].
    Numbers(Vec<f64>),
    /// Grades, each for one of [`Convention::parts`].
    Grades(Vec<Grade3>),
}

const RELIABILITIES: &[&str] = &["A", "B", "C", "D", "E"];
const CREDIBILITIES: &[&str] = &["1", "2", "3", "4", "5"];
const LEVELS: &[&str] = &["low", "moderate", "high"];
const GRADES: &[&str] = &["low", "medium", "high"];
const RATINGS: &[&str] = &["CC", "C", "N", "I", "II"];

impl Convention {
    /// All conventions, those of claims first.
    pub const ALL: [Self; 14] = [
        Self::Fusion,
        Self::Discount,
        Self::ReliabilityTrust,
        Self::CredibilityTrust,
        Self::ConfidenceTrust,
        Self::UnstatedConfidenceTrust,
        Self::UnhedgedProbability,
        Self::UnquantifiedHedge,
        Self::RatingPoints,
        Self::GradeWeights,
        Self::ReliabilityGrades,
        Self::CredibilityGrades,
        Self::RatingLikelihoods,
        Self::GroupCorrelation,
    ];

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Fusion => "Fusion of opinions",
            Self::Discount => "Discount by trust",
            Self::ReliabilityTrust => "Trust by reliability",
            Self::CredibilityTrust => "Trust by credibility",
            Self::ConfidenceTrust => "Trust by confidence",
            Self::UnstatedConfidenceTrust => "Trust, confidence unstated",
            Self::UnhedgedProbability => "Probability without a hedge",
            Self::UnquantifiedHedge => "Probability, hedge in words",
            Self::RatingPoints => "Inconsistency points",
            Self::GradeWeights => "Weight of grades",
            Self::ReliabilityGrades => "Grade of reliability",
            Self::CredibilityGrades => "Grade of credibility",
            Self::RatingLikelihoods => "P(E|H) of ratings",
            Self::GroupCorrelation => "Correlation within a group",
        }
    }

    /// What it does, in one sentence.
    pub const fn description(self) -> &'static str {
        match self {
            Self::Fusion => "How the opinions of independent origins become one",
            Self::Discount => "How what a source says counts for less where it is trusted less",
            Self::ReliabilityTrust => {
                "How far a source of each reliability is trusted; F gives no basis, and is no number"
            }
            Self::CredibilityTrust => {
                "How far a claim of each credibility is trusted; 6 gives no basis, and is no number"
            }
            Self::ConfidenceTrust => "How far a claim is trusted that states this confidence",
            Self::UnstatedConfidenceTrust => "How far a claim is trusted that states no confidence",
            Self::UnhedgedProbability => "How probable a claim without a hedge says that it is",
            Self::UnquantifiedHedge => {
                "How probable a claim says that it is whose hedge fixes no number, such as “possibly”"
            }
            Self::RatingPoints => "What a rating adds to the inconsistency score of its hypothesis",
            Self::GradeWeights => {
                "What a grade weighs; the weight of evidence is that of its reliability and credibility, times that of \
                 its relevance"
            }
            Self::ReliabilityGrades => {
                "The grade that a reliability stands for in the evidence matrix; F cannot be judged"
            }
            Self::CredibilityGrades => {
                "The grade that a credibility stands for in the evidence matrix; 6 cannot be judged"
            }
            Self::RatingLikelihoods => {
                "How probable the evidence is if the hypothesis is true, where the cell has no number of its own"
            }
            Self::GroupCorrelation => {
                "How far items that stand or fall together repeat one another: with 1 any number of them weighs as one, \
                 with 0 each counts in full"
            }
        }
    }

    /// The field of [`Methods`], as spelled in the file.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Fusion => "methods.fusion",
            Self::Discount => "methods.discount",
            Self::ReliabilityTrust => "methods.reliability_trust",
            Self::CredibilityTrust => "methods.credibility_trust",
            Self::ConfidenceTrust => "methods.confidence_trust",
            Self::UnstatedConfidenceTrust => "methods.unstated_confidence_trust",
            Self::UnhedgedProbability => "methods.unhedged_probability",
            Self::UnquantifiedHedge => "methods.unquantified_hedge",
            Self::RatingPoints => "methods.rating_points",
            Self::GradeWeights => "methods.grade_weights",
            Self::ReliabilityGrades => "methods.reliability_grades",
            Self::CredibilityGrades => "methods.credibility_grades",
            Self::RatingLikelihoods => "methods.rating_likelihoods",
            Self::GroupCorrelation => "methods.group_correlation",
        }
    }

    /// What its numbers or grades stand for, in order; empty where it is a single value.
    pub const fn parts(self) -> &'static [&'static str] {
        match self {
            Self::ReliabilityTrust | Self::ReliabilityGrades => RELIABILITIES,
            Self::CredibilityTrust | Self::CredibilityGrades => CREDIBILITIES,
            Self::ConfidenceTrust => LEVELS,
            Self::RatingPoints | Self::RatingLikelihoods => RATINGS,
            Self::GradeWeights => GRADES,
            Self::Fusion
            | Self::Discount
            | Self::UnstatedConfidenceTrust
            | Self::UnhedgedProbability
            | Self::UnquantifiedHedge
            | Self::GroupCorrelation => &[],
        }
    }

    /// The greatest that its numbers can be. The least is always 0.
    pub const fn greatest(self) -> f64 {
        match self {
            Self::RatingPoints | Self::GradeWeights => Methods::GREATEST,
            _ => 1.0,
        }
    }

    /// What it is set to.
    pub fn value(self, methods: &Methods) -> ConventionValue {
        use ConventionValue::{Discount, Fusion, Grades, Numbers};
        match self {
            Self::Fusion => Fusion(methods.fusion),
            Self::Discount => Discount(methods.discount),
            Self::ReliabilityTrust => Numbers(methods.reliability_trust.to_vec()),
            Self::CredibilityTrust => Numbers(methods.credibility_trust.to_vec()),
            Self::ConfidenceTrust => Numbers(methods.confidence_trust.to_vec()),
            Self::UnstatedConfidenceTrust => Numbers(vec![methods.unstated_confidence_trust]),
            Self::UnhedgedProbability => Numbers(vec![methods.unhedged_probability]),
            Self::UnquantifiedHedge => Numbers(vec![methods.unquantified_hedge]),
            Self::RatingPoints => Numbers(methods.rating_points.to_vec()),
            Self::GradeWeights => Numbers(methods.grade_weights.to_vec()),
            Self::ReliabilityGrades => Grades(methods.reliability_grades.to_vec()),
            Self::CredibilityGrades => Grades(methods.credibility_grades.to_vec()),
            Self::RatingLikelihoods => Numbers(methods.rating_likelihoods.to_vec()),
            Self::GroupCorrelation => Numbers(vec![methods.group_correlation]),
        }
    }

    /// Sets it. A value of another kind or length changes nothing.
    pub fn set(self, methods: &mut Methods, value: &ConventionValue) {
        fn put<T: Copy, const N: usize>(own: &mut [T; N], new: &[T]) {
            if let Ok(new) = <[T; N]>::try_from(new) {
                *own = new;
            }
        }
        fn put_one(own: &mut f64, new: &[f64]) {
            if let [new] = new {
                *own = *new;
            }
        }
        match (self, value) {
            (Self::Fusion, ConventionValue::Fusion(new)) => methods.fusion = *new,
            (Self::Discount, ConventionValue::Discount(new)) => methods.discount = *new,
            (Self::ReliabilityGrades, ConventionValue::Grades(new)) => {
                put(&mut methods.reliability_grades, new);
            }
            (Self::CredibilityGrades, ConventionValue::Grades(new)) => {
                put(&mut methods.credibility_grades, new);
            }
            (_, ConventionValue::Numbers(new)) => match self {
                Self::ReliabilityTrust => put(&mut methods.reliability_trust, new),
                Self::CredibilityTrust => put(&mut methods.credibility_trust, new),
                Self::ConfidenceTrust => put(&mut methods.confidence_trust, new),
                Self::UnstatedConfidenceTrust => put_one(&mut methods.unstated_confidence_trust, new),
                Self::UnhedgedProbability => put_one(&mut methods.unhedged_probability, new),
                Self::UnquantifiedHedge => put_one(&mut methods.unquantified_hedge, new),
                Self::RatingPoints => put(&mut methods.rating_points, new),
                Self::GradeWeights => put(&mut methods.grade_weights, new),
                Self::RatingLikelihoods => put(&mut methods.rating_likelihoods, new),
                Self::GroupCorrelation => put_one(&mut methods.group_correlation, new),
                Self::Fusion | Self::Discount | Self::ReliabilityGrades | Self::CredibilityGrades => {}
            },
            _ => {}
        }
    }

    /// What is usual.
    pub fn usual(self) -> ConventionValue {
        self.value(&Methods::default())
    }

    /// Whether it is set to what is usual.
    pub fn is_usual(self, methods: &Methods) -> bool {
        self.value(methods) == self.usual()
    }

    /// What it is set to, in words, such as "low 0.707, medium 1, high 1.414".
    pub fn text(self, methods: &Methods) -> String {
        self.words(&self.value(methods))
    }

    /// A value of it in words.
    pub fn words(self, value: &ConventionValue) -> String {
        let each = |values: &mut dyn Iterator<Item = String>| match self.parts() {
            [] => values.next().unwrap_or_default(),
            parts => {
                let pairs = parts.iter().zip(values).map(|(part, value)| format!("{part} {value}"));
                pairs.collect::<Vec<_>>().join(", ")
            }
        };
        match value {
            ConventionValue::Fusion(rule) => rule.label().to_owned(),
            ConventionValue::Discount(discount) => discount.label().to_owned(),
            ConventionValue::Numbers(numbers) => each(&mut numbers.iter().map(|number| short(*number))),
            ConventionValue::Grades(grades) => {
                each(&mut grades.iter().map(|grade| grade.label().to_lowercase()))
            }
        }
    }
}

/// A number with as many decimals as it needs, three at most.
fn short(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_convention_is_set_and_put_back_alone() {
        for convention in Convention::ALL {
            let mut methods = Methods::default();
            assert!(convention.is_usual(&methods));
            let other = match convention.usual() {
                ConventionValue::Fusion(_) => ConventionValue::Fusion(FusionRule::Pcr6),
                ConventionValue::Discount(_) => ConventionValue::Discount(TrustDiscount::OppositeBelief),
                ConventionValue::Numbers(numbers) => ConventionValue::Numbers(vec![0.125; numbers.len()]),
                ConventionValue::Grades(grades) => ConventionValue::Grades(vec![Grade3::Low; grades.len()]),
            };
            convention.set(&mut methods, &other);
            assert_eq!(convention.value(&methods), other, "{convention:?}");
            let changed = Convention::ALL.into_iter().filter(|other| !other.is_usual(&methods));
            assert_eq!(changed.collect::<Vec<_>>(), [convention]);
            convention.set(&mut methods, &ConventionValue::Numbers(vec![0.5; 9]));
            assert_eq!(convention.value(&methods), other, "of another length");
            convention.set(&mut methods, &convention.usual());
            assert_eq!(methods, Methods::default());
        }
    }

    #[test]
    fn a_convention_is_told_in_words() {
        let methods = Methods::default();
        let check = |convention: Convention, expect: &str| assert_eq!(convention.text(&methods), expect);
        check(Convention::GradeWeights, "low 0.707, medium 1, high 1.414");
        check(Convention::RatingPoints, "CC 0, C 0, N 0, I 1, II 2");
        check(Convention::CredibilityGrades, "1 high, 2 high, 3 medium, 4 low, 5 low");
        check(Convention::GroupCorrelation, "1");
    }
}
