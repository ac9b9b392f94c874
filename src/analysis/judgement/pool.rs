//! From the judgements of several analysts to one.

use super::record;
use super::repair::{Repair, is_coherent, repair};
use crate::analysis::agreement::{
    Metric, alpha_of_probabilities, jensen_shannon_distance, jensen_shannon_divergence,
};
use crate::analysis::explain::Explanation;
use crate::analysis::percent::percent_in_full;
use crate::analysis::{Measure, Undefined};
use crate::model::{Analyst, Assessment, Hypothesis, Id, Incident, Judgement};

/// How judgements are pooled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum PoolMethod {
    /// The mean of the probabilities.
    #[default]
    Linear,
    /// The geometric mean of the probabilities.
    Logarithmic,
    /// The geometric mean of the odds, moved away from even.
    ExtremisedOdds,
}

impl PoolMethod {
    /// All of them, the usual one first.
    pub const ALL: &'static [Self] = &[Self::Linear, Self::Logarithmic, Self::ExtremisedOdds];

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Linear => "Linear",
            Self::Logarithmic => "Logarithmic",
            Self::ExtremisedOdds => "Extremised odds",
        }
    }

    /// Its formula.
    pub const fn formula(self) -> &'static str {
        match self {
            Self::Linear => "p = Σ pᵢ / n",
            Self::Logarithmic => "p ∝ (Π pᵢ)^(1/n)",
            Self::ExtremisedOdds => "o = (Π oᵢ)^(d/n), o = p / (1 − p), brought to the sum 1",
        }
    }

    /// Where it is published.
    pub const fn source(self) -> &'static str {
        match self {
            Self::Linear => "M. Stone, The opinion pool, Annals of Mathematical Statistics 32 (1961)",
            Self::Logarithmic => {
                "C. Genest and J. Zidek, Combining probability distributions, Statistical Science 1 (1986)"
            }
            Self::ExtremisedOdds => {
                "V. Satopää and others, Combining multiple probability predictions using a simple logit model, International \
                 Journal of Forecasting 30 (2014); d by E. Neyman and T. Roughgarden, Are you smarter than a random expert? (2021)"
            }
        }
    }

    /// What it assumes, and what to beware of.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Linear => {
                "Keeps everyone’s doubts: an answer that one analyst holds possible stays possible. Less sure than the \
                 analysts where they agree on separate grounds"
            }
            Self::Logarithmic => {
                "Follows those who are sure: an answer that one analyst rules out is ruled out for all"
            }
            Self::ExtremisedOdds => {
                "Moves away from even, for analysts who know different things. Where all rest on the same evidence it is too \
                 sure"
            }
        }
    }
}

/// A way of pooling, with its number.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Pool {
    /// How.
    pub method: PoolMethod,
    /// The factor d by which [`PoolMethod::ExtremisedOdds`] moves the log-odds away from 0, at least 1; `None` takes
    /// [`extremising_factor`]. Without meaning for the others.
    pub factor: Option<f64>,
}

/// The factor by which the mean of n log-odds is to be moved away from its baseline: d = n (√(3n² − 3n + 1) − 2) / (n² − n −
/// 1), from 1 for one analyst and 1.29 for two to √3 for many. E. Neyman and T. Roughgarden, "Are you smarter than a random
/// expert? The robust aggregation of substitutable signals" (2021); for log-odds and the baseline of an even chance it is a
/// heuristic.
pub fn extremising_factor(analysts: usize) -> f64 {
    let n = analysts.max(1) as f64;
    n * ((3.0 * n * (n - 1.0) + 1.0).sqrt() - 2.0) / (n * (n - 1.0) - 1.0)
}

impl Pool {
    /// The factor that holds for so many analysts: 1 or more.
    pub fn factor_for(self, analysts: usize) -> f64 {
        let own = self.factor.filter(|factor| factor.is_finite() && *factor >= 1.0);
        own.unwrap_or_else(|| extremising_factor(analysts))
    }

    /// Pools distributions over the same answers, each analyst counting alike. The result sums to 1.
    ///
    /// Linear: the mean. Logarithmic: the geometric mean, brought to the sum 1. Extremised odds: for each answer the geometric
    /// mean of its odds, raised to the power d, and the probabilities brought to the sum 1; an answer that somebody is certain
    /// of has probability 1.
    ///
    /// # Errors
    /// Undefined without any distribution, where they speak of different numbers of answers, where one is no distribution, and
    /// where every answer is ruled out by somebody (not for the linear pool).
    pub fn distributions(self, all: &[&[f64]]) -> Result<Vec<f64>, Undefined> {
        let Some(first) = all.first() else {
            return Err(Undefined::because("nobody has judged"));
        };
        if all.iter().any(|shares| shares.len() != first.len()) {
            return Err(Undefined::because("the judgements do not speak of the same answers"));
        }
        let all: Vec<Vec<f64>> =
            all.iter().map(|shares| repair(shares, Repair::Scale)).collect::<Result<_, _>>()?;
        let n = all.len() as f64;
        let mean = |of: &dyn Fn(f64) -> f64, place: usize| {
            all.iter().filter_map(|shares| shares.get(place)).map(|share| of(*share)).sum::<f64>() / n
        };
        let answers = 0..first.len();
        let pooled: Vec<f64> = match self.method {
            PoolMethod::Linear => return Ok(answers.map(|place| mean(&|p| p, place)).collect()),
            PoolMethod::Logarithmic => answers.map(|place| mean(&f64::ln, place).exp()).collect(),
            PoolMethod::ExtremisedOdds => {
                let factor = self.factor_for(all.len());
                answers
                    .map(|place| {
                        let is_out = all.iter().any(|shares| shares.get(place) == Some(&0.0));
                        // Certain against impossible leaves nothing to pool: ruled out, as in the logarithmic pool.
                        if is_out { 0.0 } else { logistic(factor * mean(&|p| p.ln() - (-p).ln_1p(), place)) }
                    })
                    .collect()
            }
        };
        repair(&pooled, Repair::Scale)
            .map_err(|_| Undefined::because("every answer is ruled out by some analyst"))
    }
}

fn logistic(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// The judgements on an incident that hold, one of each analyst, pooled.
#[derive(Clone, Debug, PartialEq)]
pub struct PooledJudgements {
    /// How.
    pub pool: Pool,
    /// The answers: hypotheses in the order of the assessment, and last `None` for none of them.
    pub answers: Vec<Option<Id<Hypothesis>>>,
    /// What each analyst gives the answers.
    pub rows: Vec<PooledRow>,
    /// The probability of each answer; undefined where the pool is.
    pub pooled: Result<Vec<f64>, Undefined>,
    /// Hypotheses that some judgement does not know, since it is older than they are: they are pooled within "none of
    /// these".
    pub folded: Vec<Id<Hypothesis>>,
    /// Krippendorff's alpha of the analysts over the answers, by interval and by ratio: see [`alpha_of_probabilities`].
    pub alpha: [Measure; 2],
}

/// What one analyst gives the answers.
#[derive(Clone, Debug, PartialEq)]
pub struct PooledRow {
    /// The judgement.
    pub judgement: Id<Judgement>,
    /// Whose it is.
    pub analyst: Id<Analyst>,
    /// The probability of each answer, made to sum to 1.
    pub shares: Vec<f64>,
    /// Whether the judgement did not sum to 1 and was scaled.
    pub is_repaired: bool,
    /// The Jensen–Shannon divergence from the pooled distribution, in bits, in `[0, 1]`.
    pub divergence: Measure,
    /// The Jensen–Shannon distance from it, with natural logarithms, in `[0, √ln 2]`: a metric.
    pub distance: Measure,
}

impl PooledJudgements {
    /// Pools the judgements on an incident that hold, one of each analyst. What does not sum to 1 is scaled first: pooling
    /// after repair is what helped in Mandel, Karvetski and Dhami 2018. A judgement without any probability is passed over.
    pub fn new(assessment: &Assessment, incident: Id<Incident>, pool: Pool) -> Self {
        let judgements: Vec<&Judgement> = record::latest(assessment, incident)
            .into_iter()
            .filter(|judgement| repair(&all_shares(judgement), Repair::Scale).is_ok())
            .collect();
        let knows =
            |judgement: &&Judgement, id: Id<Hypothesis>| record::share_of(judgement, Some(id)).is_some();
        let (known, folded): (Vec<_>, Vec<_>) = record::hypotheses(assessment, incident)
            .into_iter()
            .partition(|id| judgements.iter().all(|judgement| knows(judgement, *id)));
        let answers: Vec<Option<Id<Hypothesis>>> = known.iter().copied().map(Some).chain([None]).collect();
        let mut rows: Vec<PooledRow> = judgements
            .iter()
            .filter_map(|judgement| {
                let shares = shares_over(judgement, &known);
                Some(PooledRow {
                    judgement: judgement.id,
                    analyst: judgement.analyst,
                    is_repaired: !is_coherent(&shares),
                    shares: repair(&shares, Repair::Scale).ok()?,
                    divergence: Err(Undefined::because("there is no pooled judgement")),
                    distance: Err(Undefined::because("there is no pooled judgement")),
                })
            })
            .collect();
        let all: Vec<&[f64]> = rows.iter().map(|row| row.shares.as_slice()).collect();
        let pooled = pool.distributions(&all);
        let alpha = [Metric::Interval, Metric::Ratio].map(|metric| alpha_of_probabilities(&all, metric));
        for row in &mut rows {
            row.divergence = pooled
                .as_ref()
                .map_err(Clone::clone)
                .and_then(|it| jensen_shannon_divergence(&row.shares, it));
            row.distance =
                pooled.as_ref().map_err(Clone::clone).and_then(|it| jensen_shannon_distance(&row.shares, it));
        }
        Self { pool, answers, rows, pooled, folded, alpha }
    }

    /// How far the judgement of an analyst is from the pooled one, and how that comes about.
    pub fn explain_divergence(&self, assessment: &Assessment, row: &PooledRow) -> Explanation {
        let name = assessment.name_of(row.analyst);
        let mut explanation = Explanation::new(
            format!("How far {name} is from the pool, bits"),
            row.divergence.clone(),
            "JS = H((p + q) / 2) − (H(p) + H(q)) / 2",
            "J. Lin, Divergence measures based on the Shannon entropy, IEEE Transactions on Information Theory 37 (1991); D. Endres and \
             J. Schindelin 2003 for the distance",
        );
        let pooled = self.pooled.as_deref().unwrap_or_default();
        for (answer, (own, together)) in self.answers.iter().zip(row.shares.iter().zip(pooled)) {
            let answer = answer.map_or_else(|| "none of these".to_owned(), |id| assessment.name_of(id));
            let written = format!("{}, the pool {}", percent_in_full(*own), percent_in_full(*together));
            let decimal = format!("{own:.4}, the pool {together:.4}");
            explanation = explanation.with_decimal(answer, written, decimal, None);
        }
        explanation
            .with("As a distance, √JS in nats", measure_text(&row.distance))
            .noting("0 the same, 1 bit nothing in common. The distance is a metric, from 0 to 0.833.")
    }

    /// How far the analysts agree in the probabilities that they give, and how that comes about.
    pub fn explain_alpha(&self, assessment: &Assessment) -> Explanation {
        let [interval, ratio] = &self.alpha;
        let mut explanation = Explanation::new(
            "Agreement of analysts: Krippendorff's alpha, interval",
            interval.clone(),
            "α = 1 − D_o / D_e,  δ² = (p − q)²",
            "Krippendorff, Computing Krippendorff's Alpha-Reliability (2011)",
        )
        .with("Units: answers", self.answers.len().to_string())
        .with("Coders: analysts", self.rows.len().to_string())
        .with("By ratio, δ² = ((p − q) / (p + q))²", measure_text(ratio));
        for (place, answer) in self.answers.iter().enumerate() {
            let shares = || self.rows.iter().filter_map(|row| row.shares.get(place).copied());
            let written: Vec<String> = shares().map(percent_in_full).collect();
            let decimal: Vec<String> = shares().map(|share| format!("{share:.3}")).collect();
            let answer = answer.map_or_else(|| "none of these".to_owned(), |id| assessment.name_of(id));
            explanation = explanation.with_decimal(answer, written.join(", "), decimal.join(", "), None);
        }
        explanation.noting(
            "1 is full agreement, 0 what chance would give. By ratio a difference among small probabilities counts for more. The probabilities of \
             one analyst sum to 1, and there are few answers: a rough measure.",
        )
    }

    /// How the pooled probability of the answer at `place` came about.
    pub fn explain(&self, assessment: &Assessment, place: usize) -> Explanation {
        let method = self.pool.method;
        let answer = self.answers.get(place).copied().flatten();
        let name = answer.map_or_else(|| "none of these".to_owned(), |id| assessment.name_of(id));
        let value = self.pooled.as_ref().map_err(Clone::clone).and_then(|pooled| {
            pooled.get(place).copied().ok_or_else(|| Undefined::because("there is no such answer"))
        });
        let mut explanation = Explanation::new(
            format!("Pooled probability of {name}"),
            value,
            method.formula(),
            method.source(),
        )
        .in_percent();
        if method == PoolMethod::ExtremisedOdds {
            let factor = self.pool.factor_for(self.rows.len());
            explanation = explanation.with("Factor d", format!("{factor:.3}"));
        }
        for row in &self.rows {
            let (name, record) = (assessment.name_of(row.analyst), row.judgement.into());
            explanation = match row.shares.get(place) {
                Some(share) => explanation.with_probability(name, *share, Some(record)),
                None => explanation.with_record(name, "", record),
            };
        }
        explanation.noting(method.about())
    }
}

fn measure_text(measure: &Measure) -> String {
    measure.as_ref().map_or_else(ToString::to_string, |value| format!("{value:.3}"))
}

fn all_shares(judgement: &Judgement) -> Vec<f64> {
    judgement.probabilities.iter().map(|share| share.probability).chain([judgement.other]).collect()
}

/// The probabilities of these hypotheses, and last of everything else that the judgement speaks of.
fn shares_over(judgement: &Judgement, known: &[Id<Hypothesis>]) -> Vec<f64> {
    let rest = judgement.probabilities.iter().filter(|share| !known.contains(&share.hypothesis));
    let rest: f64 = rest.map(|share| share.probability).sum();
    known
        .iter()
        .map(|id| record::share_of(judgement, Some(*id)).unwrap_or(0.0))
        .chain([judgement.other + rest])
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fixture::Judged;
    use super::*;

    fn pool(method: PoolMethod, factor: Option<f64>, all: &[&[f64]]) -> Vec<f64> {
        Pool { method, factor }.distributions(all).unwrap()
    }

    fn near(found: &[f64], expect: &[f64]) {
        assert!(found.iter().zip(expect).all(|(a, b)| (a - b).abs() < 1e-9), "{found:?} is not {expect:?}");
    }

    /// By hand: the mean; √.12 : √.32 = .346410 : .565685; odds .25 and 1.5, geometric mean √.375, to the power d.
    #[test]
    fn two_analysts_are_pooled() {
        let all: &[&[f64]] = &[&[0.2, 0.8], &[0.6, 0.4]];
        near(&pool(PoolMethod::Linear, None, all), &[0.4, 0.6]);
        let (a, b) = (0.12_f64.sqrt(), 0.32_f64.sqrt());
        near(&pool(PoolMethod::Logarithmic, None, all), &[a / (a + b), b / (a + b)]);
        // Of two answers the geometric mean of the odds is the logarithmic pool.
        near(&pool(PoolMethod::ExtremisedOdds, Some(1.0), all), &[a / (a + b), b / (a + b)]);
        let odds = 0.375_f64;
        near(&pool(PoolMethod::ExtremisedOdds, Some(2.0), all), &[odds / (1.0 + odds), 1.0 / (1.0 + odds)]);
    }

    /// Three answers, by hand: the odds of each answer are 1:1 and 1:4 and so on; d = 2 raises their mean to the product.
    #[test]
    fn odds_of_several_answers_are_brought_to_the_sum_1() {
        let all: &[&[f64]] = &[&[0.5, 0.3, 0.2], &[0.2, 0.5, 0.3]];
        let odds = |p: f64| p / (1.0 - p);
        let products = [odds(0.5) * odds(0.2), odds(0.3) * odds(0.5), odds(0.2) * odds(0.3)];
        let each = products.map(|o| o / (1.0 + o));
        let sum: f64 = each.iter().sum();
        near(&pool(PoolMethod::ExtremisedOdds, Some(2.0), all), &each.map(|p| p / sum));
    }

    /// 1 for one analyst; √7 − 2 for two, doubled; towards √3.
    #[test]
    fn the_factor_grows_with_the_number_of_analysts() {
        let check = |analysts: usize, expect: f64| {
            let found = extremising_factor(analysts);
            assert!((found - expect).abs() < 1e-4, "{analysts}: {found}");
        };
        check(0, 1.0);
        check(1, 1.0);
        check(2, 2.0 * (7.0_f64.sqrt() - 2.0));
        check(1_000_000, 3.0_f64.sqrt());
    }

    #[test]
    fn those_who_are_certain_are_followed_as_far_as_the_method_says() {
        let all: &[&[f64]] = &[&[1.0, 0.0, 0.0], &[0.2, 0.3, 0.5]];
        near(&pool(PoolMethod::Linear, None, all), &[0.6, 0.15, 0.25]);
        near(&pool(PoolMethod::Logarithmic, None, all), &[1.0, 0.0, 0.0]);
        near(&pool(PoolMethod::ExtremisedOdds, None, all), &[1.0, 0.0, 0.0]);
        let against: &[&[f64]] = &[&[1.0, 0.0], &[0.0, 1.0]];
        near(&pool(PoolMethod::Linear, None, against), &[0.5, 0.5]);
        for method in [PoolMethod::Logarithmic, PoolMethod::ExtremisedOdds] {
            assert!(Pool { method, factor: None }.distributions(against).is_err());
        }
    }

    #[test]
    fn what_cannot_be_pooled_says_why() {
        for method in PoolMethod::ALL {
            let pool = Pool { method: *method, factor: None };
            assert!(pool.distributions(&[]).is_err());
            assert!(pool.distributions(&[&[0.5, 0.5], &[1.0]]).is_err());
            assert!(pool.distributions(&[&[0.5, f64::NAN]]).is_err());
        }
    }

    #[test]
    fn a_hypothesis_that_a_judgement_does_not_know_is_pooled_within_none_of_these() {
        let mut judged = Judged::new(&["A", "B", "C"]);
        judged.judges("Ann", 1, &[0.5, 0.3, 0.2], 0.0);
        judged.judges("Ann", 2, &[0.6, 0.2, 0.1], 0.1);
        judged.judges("Ben", 1, &[0.4, 0.4], 0.2);
        let found = PooledJudgements::new(&judged.assessment, judged.incident, Pool::default());
        assert_eq!(found.answers, [Some(judged.hypotheses[0]), Some(judged.hypotheses[1]), None]);
        assert_eq!(found.folded, [judged.hypotheses[2]]);
        near(found.pooled.as_ref().unwrap(), &[0.5, 0.3, 0.2]);
        assert!(found.rows.iter().all(|row| !row.is_repaired && row.divergence.is_ok()));
        let explained = found.explain(&judged.assessment, 0);
        assert_eq!(explained.inputs.len(), 2);
        assert_eq!(found.explain_alpha(&judged.assessment).value, found.alpha[0]);
        let row = &found.rows[0];
        let distance = (row.divergence.clone().unwrap() * std::f64::consts::LN_2).sqrt();
        near(&[row.distance.clone().unwrap()], &[distance]);
        assert_eq!(found.explain_divergence(&judged.assessment, row).value, row.divergence);
    }

    #[test]
    fn what_is_not_coherent_is_repaired_before_it_is_pooled() {
        let mut judged = Judged::new(&["A", "B"]);
        judged.judges("Ann", 1, &[0.9, 0.6], 0.0);
        judged.judges("Ben", 1, &[0.0, 0.0], 0.0);
        let found = PooledJudgements::new(&judged.assessment, judged.incident, Pool::default());
        near(found.pooled.as_ref().unwrap(), &[0.6, 0.4, 0.0]);
        assert_eq!(found.rows.len(), 1, "a judgement of nothing but zeros says nothing");
        assert!(found.rows[0].is_repaired);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_pool_is_a_distribution_and_keeps_what_all_agree_on(
            shares in prop::collection::vec(0.001..1.0_f64, 2..8),
            others in prop::collection::vec(0.001..1.0_f64, 8),
        ) {
            let own = repair(&shares, Repair::Scale).unwrap();
            let other = repair(&others[..own.len()], Repair::Scale).unwrap();
            for method in PoolMethod::ALL {
                let pooled = pool(*method, None, &[&own, &other]);
                prop_assert!((pooled.iter().sum::<f64>() - 1.0).abs() < 1e-9);
                let reversed = pool(*method, None, &[&other, &own]);
                prop_assert!(pooled.iter().zip(&reversed).all(|(a, b)| (a - b).abs() < 1e-9));
            }
            for method in [PoolMethod::Linear, PoolMethod::Logarithmic] {
                let agreed = pool(method, None, &[&own, &own, &own]);
                prop_assert!(agreed.iter().zip(&own).all(|(a, b)| (a - b).abs() < 1e-9));
            }
        }
    }
}
