//! What concerns the whole assessment: its question, its marking, and the conventions that its numbers follow.

use jiff::Timestamp;

use super::id::Uuid;
use super::scales::{
    Confidence, Credibility, FusionRule, Grade3, RatingValue, Reliability, Standard, Tlp, TrustDiscount,
};

/// What concerns the whole assessment.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// The identifier of the assessment, kept through saving under another name.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// The question that it answers.
    pub question: String,
    /// Who may see it.
    pub marking: Tlp,
    /// Whose words of estimative probability it uses.
    pub standard: Standard,
    /// When it was begun.
    pub created: Timestamp,
    /// When it was last saved with a change.
    pub updated: Timestamp,
    /// The conventions that its numbers follow.
    pub methods: Methods,
    /// Anything else worth knowing.
    pub notes: String,
}

impl Default for Header {
    fn default() -> Self {
        Self {
            id: Uuid::nil(),
            title: String::new(),
            question: String::new(),
            marking: Tlp::Clear,
            standard: Standard::Icd203,
            created: Timestamp::UNIX_EPOCH,
            updated: Timestamp::UNIX_EPOCH,
            methods: Methods::default(),
            notes: String::new(),
        }
    }
}

/// The conventions that the numbers follow. None of them is a fact; all are shown, named and editable.
#[derive(Clone, Debug, PartialEq)]
pub struct Methods {
    /// How opinions of independent origins are fused.
    pub fusion: FusionRule,
    /// How trust discounts an opinion.
    pub discount: TrustDiscount,
    /// Trust for reliability A to E, in `[0, 1]`; F is always 0, which makes the opinion vacuous.
    pub reliability_trust: [f64; 5],
    /// Trust for credibility 1 to 5, in `[0, 1]`; 6 is always 0, which makes the opinion vacuous.
    pub credibility_trust: [f64; 5],
    /// Trust for stated confidence low, moderate and high, in `[0, 1]`.
    pub confidence_trust: [f64; 3],
    /// Trust where no confidence was stated, in `[0, 1]`.
    pub unstated_confidence_trust: f64,
    /// The probability of a claim that was stated without a hedge, in `[0, 1]`.
    pub unhedged_probability: f64,
    /// The probability of a claim whose hedge fixes no number, such as "possibly", in `[0, 1]`.
    pub unquantified_hedge: f64,
    /// P(E|H) for CC, C, N, I and II, in `[0, 1]`.
    pub rating_likelihoods: [f64; 5],
    /// Inconsistency points for CC, C, N, I and II, from 0 to [`Methods::GREATEST`].
    pub rating_points: [f64; 5],
    /// The weight of a grade low, medium and high, from 0 to [`Methods::GREATEST`].
    pub grade_weights: [f64; 3],
    /// The grade that reliability A to E stands for in the evidence matrix; F stands for none.
    pub reliability_grades: [Grade3; 5],
    /// The grade that credibility 1 to 5 stands for in the evidence matrix; 6 stands for none.
    pub credibility_grades: [Grade3; 5],
    /// How far items of one dependence group repeat one another, in `[0, 1]`: 1 makes k copies weigh as one.
    pub group_correlation: f64,
}

/// The best two grades count as high, the worst two as low.
const GRADES: [Grade3; 5] = [Grade3::High, Grade3::High, Grade3::Medium, Grade3::Low, Grade3::Low];

impl Default for Methods {
    fn default() -> Self {
        Self {
            fusion: FusionRule::Weighted,
            discount: TrustDiscount::UncertaintyFavouring,
            reliability_trust: [0.95, 0.8, 0.6, 0.4, 0.2],
            credibility_trust: [0.95, 0.8, 0.6, 0.4, 0.2],
            confidence_trust: [0.6, 0.8, 1.0],
            unstated_confidence_trust: 0.8,
            unhedged_probability: 0.95,
            // The middle between an even chance and certainty: whoever asserts something holds it more likely than not.
            unquantified_hedge: 0.75,
            rating_likelihoods: [0.9, 0.7, 0.5, 0.3, 0.1],
            rating_points: [0.0, 0.0, 0.0, 1.0, 2.0],
            grade_weights: [std::f64::consts::FRAC_1_SQRT_2, 1.0, std::f64::consts::SQRT_2],
            reliability_grades: GRADES,
            credibility_grades: GRADES,
            group_correlation: 1.0,
        }
    }
}

impl Methods {
    /// The greatest that points and weights can be: what is beyond would soon be too great to calculate with.
    pub const GREATEST: f64 = 1_000.0;

    /// The trust that a reliability grade stands for: `None` for F, which gives no basis.
    pub const fn trust_in_reliability(&self, grade: Reliability) -> Option<f64> {
        let [a, b, c, d, e] = self.reliability_trust;
        match grade {
            Reliability::A => Some(a),
            Reliability::B => Some(b),
            Reliability::C => Some(c),
            Reliability::D => Some(d),
            Reliability::E => Some(e),
            Reliability::F => None,
        }
    }

    /// The trust that a credibility grade stands for: `None` for 6, which gives no basis.
    pub const fn trust_in_credibility(&self, grade: Credibility) -> Option<f64> {
        let [one, two, three, four, five] = self.credibility_trust;
        match grade {
            Credibility::One => Some(one),
            Credibility::Two => Some(two),
            Credibility::Three => Some(three),
            Credibility::Four => Some(four),
            Credibility::Five => Some(five),
            Credibility::Six => None,
        }
    }

    /// The trust that a stated confidence stands for.
    pub const fn trust_in_confidence(&self, confidence: Option<Confidence>) -> f64 {
        let [low, moderate, high] = self.confidence_trust;
        match confidence {
            Some(Confidence::Low) => low,
            Some(Confidence::Moderate) => moderate,
            Some(Confidence::High) => high,
            None => self.unstated_confidence_trust,
        }
    }

    /// The grade that a reliability stands for: `None` for F, which cannot be judged.
    pub const fn grade_of_reliability(&self, reliability: Reliability) -> Option<Grade3> {
        let [a, b, c, d, e] = self.reliability_grades;
        match reliability {
            Reliability::A => Some(a),
            Reliability::B => Some(b),
            Reliability::C => Some(c),
            Reliability::D => Some(d),
            Reliability::E => Some(e),
            Reliability::F => None,
        }
    }

    /// The grade that a credibility stands for: `None` for 6, which cannot be judged.
    pub const fn grade_of_credibility(&self, credibility: Credibility) -> Option<Grade3> {
        let [one, two, three, four, five] = self.credibility_grades;
        match credibility {
            Credibility::One => Some(one),
            Credibility::Two => Some(two),
            Credibility::Three => Some(three),
            Credibility::Four => Some(four),
            Credibility::Five => Some(five),
            Credibility::Six => None,
        }
    }

    /// The weight of a grade, from 0 to [`Self::GREATEST`] whatever the file says.
    pub const fn grade_weight(&self, grade: Grade3) -> f64 {
        let [low, medium, high] = self.grade_weights;
        Self::bounded(match grade {
            Grade3::Low => low,
            Grade3::Medium => medium,
            Grade3::High => high,
        })
    }

    /// A weight of a file that was not checked, brought within its bounds; what is no number counts as 0.
    const fn bounded(weight: f64) -> f64 {
        if weight.is_nan() { 0.0 } else { weight.clamp(0.0, Self::GREATEST) }
    }

    /// P(E|H) of a rating: `None` for not applicable.
    pub const fn likelihood(&self, rating: RatingValue) -> Option<f64> {
        Self::by_rating(self.rating_likelihoods, rating)
    }

    /// Inconsistency points of a rating, from 0 to [`Self::GREATEST`] whatever the file says: `None` for not applicable.
    pub const fn points(&self, rating: RatingValue) -> Option<f64> {
        match Self::by_rating(self.rating_points, rating) {
            Some(points) => Some(Self::bounded(points)),
            None => None,
        }
    }

    const fn by_rating([cc, c, n, i, ii]: [f64; 5], rating: RatingValue) -> Option<f64> {
        match rating {
            RatingValue::VeryConsistent => Some(cc),
            RatingValue::Consistent => Some(c),
            RatingValue::Neutral => Some(n),
            RatingValue::Inconsistent => Some(i),
            RatingValue::VeryInconsistent => Some(ii),
            RatingValue::NotApplicable => None,
        }
    }
}
