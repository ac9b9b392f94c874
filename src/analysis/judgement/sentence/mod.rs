//! Whether a key sentence keeps to the standard, and the sentence that a judgement makes.
//!
//! Three rules: a likelihood and a confidence level do not stand in one sentence (ICD 203, 2015, section D.6.e.(2)(b));
//! words of likelihood are those of one standard, and in ICD 203 of one of its two rows (the same, (a)); there are no
//! others. What is found is a hint to a writer and not proof: the words of English have other meanings too.

mod compose;
mod lexicon;
mod mend;
#[cfg(test)]
mod tests;
mod text;

use std::ops::Range;

pub use compose::{NoSentence, compose};

use crate::model::Standard;
use lexicon::{Hit, What, hits};
use text::{sentences, tokens};

/// Something that is wrong in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentenceFinding {
    /// Which bytes of the text.
    pub span: Range<usize>,
    /// What it breaks.
    pub fault: Fault,
    /// Why it is wrong.
    pub reason: String,
    /// How to mend it.
    pub mend: String,
    /// What to put in the place of the span, where that mends it.
    pub replacement: Option<String>,
}

/// What a text breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// A likelihood and a confidence level stand in one sentence.
    LikelihoodWithConfidence,
    /// A term of another standard.
    OtherStandard,
    /// Words of likelihood that are in no standard.
    OutsideStandard,
    /// Terms of both rows of ICD 203.
    MixedRows,
    /// Words of confidence that are no level.
    NotALevel,
    /// A confidence as a number.
    ConfidenceAsNumber,
    /// No likelihood at all: the sentence reads as certain.
    NoLikelihood,
}

impl Fault {
    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::LikelihoodWithConfidence => "Likelihood and confidence in one sentence",
            Self::OtherStandard => "Term of another standard",
            Self::OutsideStandard => "Not a term of the standard",
            Self::MixedRows => "Terms of both rows",
            Self::NotALevel => "Not a level of confidence",
            Self::ConfidenceAsNumber => "Confidence as a number",
            Self::NoLikelihood => "No likelihood",
        }
    }

    /// Whether a rule is broken; otherwise it is worth a look.
    pub const fn is_breach(self) -> bool {
        !matches!(self, Self::NoLikelihood)
    }
}

/// Checks a text against a standard. Findings are in the order of their spans. An empty text has none.
pub fn check_sentence(text: &str, standard: Standard) -> Vec<SentenceFinding> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let tokens = tokens(text);
    let hits = hits(text, &tokens);
    let mut found: Vec<SentenceFinding> =
        hits.iter().filter_map(|hit| mend::of_hit(text, hit, standard)).collect();
    found.extend(mixed_rows(text, &hits, standard));
    for sentence in sentences(text) {
        found.extend(together(text, &hits, &sentence));
    }
    if !hits.iter().any(|hit| hit.what.is_likelihood() || hit.what == What::Percentage) {
        let start = text.len() - text.trim_start().len();
        found.push(SentenceFinding {
            span: start..text.trim_end().len(),
            fault: Fault::NoLikelihood,
            reason: "it gives no likelihood, and so reads as certain".to_owned(),
            mend: format!("say how likely it is, in a term of {standard}"),
            replacement: None,
        });
    }
    found.sort_by_key(|finding| (finding.span.start, finding.span.end, finding.fault));
    found
}

/// A likelihood and a confidence level in one sentence; the finding stands at the level.
fn together(text: &str, hits: &[Hit], sentence: &Range<usize>) -> Option<SentenceFinding> {
    let within = |hit: &&Hit| sentence.start <= hit.span.start && hit.span.end <= sentence.end;
    let likelihood = hits.iter().filter(within).find(|hit| hit.what.is_likelihood())?;
    let confidence = hits.iter().filter(within).find(|hit| hit.what.is_confidence())?;
    let words = |hit: &Hit| text.get(hit.span.clone()).unwrap_or_default();
    Some(SentenceFinding {
        span: confidence.span.clone(),
        fault: Fault::LikelihoodWithConfidence,
        reason: format!(
            "“{}” is a likelihood and “{}” a confidence: they are two things, and a sentence must not have both (ICD 203, \
             D.6.e.(2)(b))",
            words(likelihood),
            words(confidence)
        ),
        mend: "say how confident the judgement is in a sentence of its own".to_owned(),
        replacement: None,
    })
}

/// Terms of the row that is not that of the text's first one.
fn mixed_rows(text: &str, hits: &[Hit], standard: Standard) -> Vec<SentenceFinding> {
    if standard != Standard::Icd203 {
        return Vec::new();
    }
    let rows = hits.iter().filter_map(|hit| Some((hit, hit.what.row(standard)?)));
    let mut first = None;
    let mut found = Vec::new();
    for (hit, (term, row)) in rows {
        let kept = *first.get_or_insert(row);
        if kept == row {
            continue;
        }
        let (Some(own), Some(mate)) = (term.words.get(row), term.words.get(kept)) else { continue };
        found.push(SentenceFinding {
            span: hit.span.clone(),
            fault: Fault::MixedRows,
            reason: format!("“{own}” is of the other row of {standard} than the terms before it"),
            mend: format!("keep to one row: write “{mate}”"),
            replacement: mend::in_place_of(text, hit, mate),
        });
    }
    found
}
