//! What each fusion rule assumes, when it fits, when it misleads, and where it was published.

use crate::model::{FusionRule, TrustDiscount};

/// What an analyst has to know of a rule before trusting its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AboutRule {
    /// A short name, for where there is little room.
    pub short: &'static str,
    /// What it takes for granted of the sources.
    pub assumes: &'static str,
    /// When it fits.
    pub fits: &'static str,
    /// When it misleads.
    pub misleads: &'static str,
    /// Its formula, in one line.
    pub formula: &'static str,
    /// Where it was published.
    pub source: &'static str,
    /// Whether an origin that knows nothing (a source graded F, a claim graded 6, or one that names nobody) changes what
    /// the rule makes of the others.
    pub is_moved_by_ignorance: bool,
}

const WEIGHTED: AboutRule = AboutRule {
    short: "Weighted",
    assumes: "Each origin counts by how certain it is; to hear the same twice makes nobody surer",
    fits: "Fits assessments of one matter by sources that know unequally much of it",
    misleads: "Two firm opposite opinions come out as an even split with little uncertainty, so look at the conflict beside it",
    formula: "b = Σ bᵢ(1−uᵢ)/uᵢ ÷ Σ (1−uᵢ)/uᵢ,  u = Σ (1−uᵢ) ÷ the same",
    source: "Jøsang, Wang & Zhang, Multi-source fusion in subjective logic (FUSION 2017); van der Heijden, Kopp & Kargl, \
             Multi-source fusion operations in subjective logic (FUSION 2018)",
    is_moved_by_ignorance: false,
};

const CUMULATIVE: AboutRule = AboutRule {
    short: "Cumulative",
    assumes: "Origins observed independently of one another, so that each adds evidence of its own",
    fits: "Fits separate observations, such as two sensors or two firms with telemetry of their own",
    misleads: "Sources that secretly share a basis are counted twice, and even opposite opinions leave hardly any uncertainty: \
               .8 against .1 leaves .05",
    formula: "b = Σ bᵢ/uᵢ ÷ (1 + Σ (1−uᵢ)/uᵢ),  u = 1 ÷ the same",
    source: "Jøsang, Subjective Logic (2016), section 12.3; for many sources Jøsang, Wang & Zhang (FUSION 2017)",
    is_moved_by_ignorance: false,
};

const AVERAGING: AboutRule = AboutRule {
    short: "Averaging",
    assumes: "Origins judge from the same evidence, so that a further one adds nothing new",
    fits: "Fits several readings of one body of evidence, as in a jury",
    misleads: "Who knows nothing still pulls the result towards ignorance, and agreement of independent sources does not count",
    formula: "b = Σ bᵢ/uᵢ ÷ Σ 1/uᵢ,  u = N ÷ the same",
    source: "Jøsang, Subjective Logic (2016), section 12.4; for many sources Jøsang, Wang & Zhang (FUSION 2017)",
    is_moved_by_ignorance: true,
};

const CONSENSUS: AboutRule = AboutRule {
    short: "Consensus",
    assumes: "What all hold is kept; where they differ nobody is wholly right, and conflict turns into vagueness",
    fits: "Fits where dissent is to stay visible as not knowing: .8 against .1 leaves .62",
    misleads: "A well-founded side loses as much as its rival, and one origin that knows nothing leaves no consensus",
    formula: "consensus min bᵢ + compromise on the residues, scaled so that all sums to 1",
    source: "Jøsang, Subjective Logic (2016), section 12.6; van der Heijden, Kopp & Kargl (FUSION 2018), definition 5",
    is_moved_by_ignorance: true,
};

const DEMPSTER: AboutRule = AboutRule {
    short: "Dempster",
    assumes: "Every origin is right as far as it goes, and independent; conflict is put down to chance and scaled away",
    fits: "Fits sources that are compatible, such as wider and narrower claims of one actor",
    misleads: "Under strong conflict what all hold nearly impossible can become certain (Zadeh 1984)",
    formula: "m(A) = Σ Π mᵢ(Bᵢ) over ∩Bᵢ = A, ÷ (1 − K)",
    source: "Dempster (1967); Shafer, A Mathematical Theory of Evidence (1976)",
    is_moved_by_ignorance: false,
};

const YAGER: AboutRule = AboutRule {
    short: "Yager",
    assumes: "Where origins conflict one of them is wrong, and nobody knows which: conflict becomes ignorance",
    fits: "Fits where a false certainty would cost more than no answer",
    misleads: "With many sources nearly everything becomes ignorance, even where most agree",
    formula: "as Dempster’s rule without the division; u grows by K",
    source: "Yager, On the Dempster–Shafer framework and new combination rules (1987)",
    is_moved_by_ignorance: false,
};

const DUBOIS_PRADE: AboutRule = AboutRule {
    short: "Dubois–Prade",
    assumes: "Where origins conflict at least one of them is right: conflict goes to either of what they name",
    fits: "Fits few sources of which some may be wrong, and where “one of these” is worth knowing",
    misleads: "With many sources “either” soon means anyone, and one origin that knows nothing makes it so at once",
    formula: "m(A) = Σ Π mᵢ(Bᵢ) over ∩Bᵢ = A, and over ∪Bᵢ = A where ∩Bᵢ is empty",
    source: "Dubois & Prade, Representation and combination of uncertainty with belief functions and possibility measures (1988)",
    is_moved_by_ignorance: true,
};

const PCR6: AboutRule = AboutRule {
    short: "PCR6",
    assumes: "Each side of a conflict is right in proportion to how firmly it was stated",
    fits: "Fits a decision between rivals, where conflict should not hide who was surer",
    misleads: "Conflict is shared out among the rivals and little of it shows as uncertainty; who knows nothing takes a share \
               too (Dezert, Dezert & Smarandache 2021)",
    formula: "as Dempster’s rule without the division; each conflicting product Π mᵢ(Bᵢ) goes back to the Bᵢ in the ratio of mᵢ(Bᵢ)",
    source: "Martin & Osswald, A new generalization of the proportional conflict redistribution rule stable in terms of decision (2006)",
    is_moved_by_ignorance: true,
};

/// What to know of a rule.
pub const fn about(rule: FusionRule) -> &'static AboutRule {
    match rule {
        FusionRule::Weighted => &WEIGHTED,
        FusionRule::Cumulative => &CUMULATIVE,
        FusionRule::Averaging => &AVERAGING,
        FusionRule::ConsensusCompromise => &CONSENSUS,
        FusionRule::Dempster => &DEMPSTER,
        FusionRule::Yager => &YAGER,
        FusionRule::DuboisPrade => &DUBOIS_PRADE,
        FusionRule::Pcr6 => &PCR6,
    }
}

/// What a version of trust discounting makes of a claim of a source that is trusted only in part.
pub const fn about_discount(version: TrustDiscount) -> &'static str {
    match version {
        TrustDiscount::ProbabilitySensitive => {
            "Belief and disbelief count by the probability of trust; the rest becomes ignorance. A grade is a known degree of \
             trust, so that here it is the same as uncertainty-favouring (Jøsang 2016, chapter 14)"
        }
        TrustDiscount::UncertaintyFavouring => {
            "What is not trusted becomes ignorance: a poor source says little, and nothing to the contrary (Jøsang 2016, \
             chapter 14)"
        }
        TrustDiscount::OppositeBelief => {
            "A source that is distrusted is believed to say the opposite of the truth. Fits deception, and misleads wherever \
             a poor grade means only careless work (Jøsang, Hayward & Pope 2006)"
        }
    }
}
