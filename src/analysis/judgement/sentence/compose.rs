//! The sentence that a judgement makes.

use crate::analysis::judgement::record;
use crate::analysis::judgement::wording::{preferred, wording};
use crate::model::{Answer, Assessment, Judgement, Term};

/// Why a judgement makes no sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSentence {
    /// No hypothesis has a probability above 0, or several share the greatest one.
    #[error("no hypothesis is in front")]
    NoLeader,
    /// "None of these" is the likeliest.
    #[error("“none of these” is the likeliest answer: another hypothesis is needed first")]
    NoneOfThese,
    /// The standard has no term for the probability.
    #[error("{0}")]
    NoTerm(String),
}

/// The sentences that a judgement makes in the words of the assessment's standard: how likely its foremost hypothesis is, and
/// apart from that how confident the analyst is.
///
/// # Errors
/// Where no hypothesis is alone in front, or the standard has no term for its probability.
pub fn compose(assessment: &Assessment, judgement: &Judgement) -> Result<String, NoSentence> {
    let hypotheses = record::hypotheses(assessment, judgement.incident);
    let share = |id| record::share_of(judgement, Some(id)).unwrap_or(0.0);
    let best = hypotheses
        .iter()
        .copied()
        .max_by(|a, b| share(*a).total_cmp(&share(*b)))
        .ok_or(NoSentence::NoLeader)?;
    let probability = share(best);
    let level = |id: &&_| (share(**id) - probability).abs() < 1e-9;
    if probability <= 0.0 || hypotheses.iter().filter(level).count() > 1 {
        return Err(NoSentence::NoLeader);
    }
    if judgement.other > probability {
        return Err(NoSentence::NoneOfThese);
    }
    let standard = assessment.header.standard;
    let words = wording(standard, probability);
    let term = words.cautious().ok_or_else(|| NoSentence::NoTerm(words.explain(standard)))?;
    let incident = assessment.name_of(judgement.incident);
    let hypothesis = assessment.get(best).ok_or(NoSentence::NoLeader)?;
    let what = match &hypothesis.answer {
        Answer::Actor(actor) => format!("{} was behind this: {incident}", assessment.name_of(*actor)),
        Answer::Text(text) => {
            format!("this is the answer for {incident}: {}", text.trim().trim_end_matches('.'))
        }
    };
    let mut text = format!("{} that {what}.", opening(term));
    if let Some(confidence) = judgement.confidence {
        text.push_str(&format!(" Confidence in this judgement is {}.", confidence.label().to_lowercase()));
    }
    Ok(text)
}

/// How a sentence with a term begins.
fn opening(term: &Term) -> String {
    let word = preferred(term);
    if word.starts_with("almost no") {
        format!("There is {word}")
    } else if word.ends_with("chance") || word.ends_with("odds") || word.ends_with("possibility") {
        format!("There is a {word}")
    } else {
        format!("It is {word}")
    }
}
