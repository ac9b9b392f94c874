//! What analysts judged: of each the judgement that holds.

use serde::Serialize;

use super::split;
use crate::analysis::Derived;
use crate::analysis::agreement::{jensen_shannon_distance, jensen_shannon_divergence};
use crate::analysis::judgement::{Pool, PoolMethod, PooledJudgements, record, wording};
use crate::model::{Confidence, Id, Incident};

/// What one analyst gives one answer.
#[derive(Debug, Serialize)]
pub(super) struct JudgementReport {
    analyst: String,
    /// `None` for none of the hypotheses.
    hypothesis: Option<String>,
    probability: f64,
    /// As it is pooled, where the judgement does not sum to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    repaired: Option<Option<f64>>,
    words: Option<String>,
    confidence: Option<&'static str>,
    /// Why there are no words.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// By analyst, and of each the hypotheses in their order and last none of them. A hypothesis that a judgement does not know,
/// since it is older, is left out.
pub(super) fn judgements(derived: &Derived, incident: Id<Incident>) -> Vec<JudgementReport> {
    let assessment = derived.assessment();
    let standard = assessment.header.standard;
    let hypotheses = record::hypotheses(assessment, incident);
    let mut reports = Vec::new();
    for judgement in record::latest(assessment, incident) {
        let scaled = record::scaled(judgement);
        for answer in hypotheses.iter().copied().map(Some).chain([None]) {
            let Some(probability) = record::share_of(judgement, answer) else { continue };
            let found = wording(standard, probability);
            let words = found.text();
            reports.push(JudgementReport {
                analyst: judgement.analyst.to_string(),
                hypothesis: answer.map(|id| id.to_string()),
                probability,
                repaired: scaled.map(|factor| factor.map(|factor| probability * factor)),
                note: words.is_none().then(|| found.explain(standard)),
                words,
                confidence: judgement.confidence.map(key),
            });
        }
    }
    reports
}

/// How far the analysts who judged agree.
#[derive(Debug, Serialize)]
pub(super) struct AgreementReport {
    /// Krippendorff's alpha over the answers, by interval and by ratio.
    alpha_interval: Option<f64>,
    alpha_ratio: Option<f64>,
    /// Answers, "none of these" included.
    units: usize,
    /// Analysts.
    coders: usize,
    note: Option<String>,
    /// Each pair of analysts.
    pairs: Vec<PairReport>,
}

#[derive(Debug, Serialize)]
struct PairReport {
    a: String,
    b: String,
    /// Jensen–Shannon, in bits.
    divergence_bits: Option<f64>,
    /// Its square root in nats, a metric.
    distance: Option<f64>,
    note: Option<String>,
}

/// The agreement of those who judged an incident; `None` for fewer than two.
pub(super) fn agreement(derived: &Derived, incident: Id<Incident>) -> Option<AgreementReport> {
    let found = PooledJudgements::new(derived.assessment(), incident, Pool::default());
    if found.rows.len() < 2 {
        return None;
    }
    let [interval, ratio] = found.alpha;
    let (alpha_interval, note) = split(interval);
    let pairs = found.rows.iter().enumerate().flat_map(|(place, first)| {
        found.rows.iter().skip(place + 1).map(move |second| {
            let (divergence_bits, note) = split(jensen_shannon_divergence(&first.shares, &second.shares));
            PairReport {
                a: first.analyst.to_string(),
                b: second.analyst.to_string(),
                divergence_bits,
                distance: jensen_shannon_distance(&first.shares, &second.shares).ok(),
                note,
            }
        })
    });
    Some(AgreementReport {
        alpha_interval,
        alpha_ratio: ratio.ok(),
        units: found.answers.len(),
        coders: found.rows.len(),
        note,
        pairs: pairs.collect(),
    })
}

/// What the analysts who judged come to together, by one way of pooling.
#[derive(Debug, Serialize)]
pub(super) struct PoolReport {
    method: &'static str,
    /// The factor by which odds are moved away from even.
    #[serde(skip_serializing_if = "Option::is_none")]
    factor: Option<f64>,
    /// How many analysts.
    analysts: usize,
    answers: Vec<AnswerReport>,
    /// The hypotheses that some judgement does not know, which are pooled within "none of these".
    folded: Vec<String>,
    /// Why there are no probabilities.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Debug, Serialize)]
struct AnswerReport {
    /// `None` for none of the hypotheses.
    hypothesis: Option<String>,
    probability: Option<f64>,
    words: Option<String>,
    /// Why there are no words.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// Each way of pooling those who judged an incident; `None` for fewer than two.
pub(super) fn pools(derived: &Derived, incident: Id<Incident>) -> Option<Vec<PoolReport>> {
    let standard = derived.assessment().header.standard;
    let pool = |method: &PoolMethod| {
        let found =
            PooledJudgements::new(derived.assessment(), incident, Pool { method: *method, factor: None });
        let analysts = found.rows.len();
        let shares = found.pooled.as_ref().ok();
        let answer = |(place, answer): (usize, &Option<Id<_>>)| {
            let probability = shares.and_then(|shares| shares.get(place)).copied();
            let found = probability.map(|probability| wording(standard, probability));
            let words = found.as_ref().and_then(|found| found.text());
            let note = found.filter(|_| words.is_none()).map(|found| found.explain(standard));
            AnswerReport { hypothesis: answer.map(|id| id.to_string()), probability, words, note }
        };
        (analysts > 1).then(|| PoolReport {
            method: pool_key(*method),
            factor: (*method == PoolMethod::ExtremisedOdds).then(|| found.pool.factor_for(analysts)),
            analysts,
            answers: found.answers.iter().enumerate().map(answer).collect(),
            folded: found.folded.iter().map(ToString::to_string).collect(),
            note: found.pooled.as_ref().err().map(ToString::to_string),
        })
    };
    PoolMethod::ALL.iter().map(pool).collect()
}

/// The name of a way of pooling for other programs.
const fn pool_key(method: PoolMethod) -> &'static str {
    match method {
        PoolMethod::Linear => "linear",
        PoolMethod::Logarithmic => "logarithmic",
        PoolMethod::ExtremisedOdds => "extremised_odds",
    }
}

/// The name of a confidence for other programs.
const fn key(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Low => "low",
        Confidence::Moderate => "moderate",
        Confidence::High => "high",
    }
}
