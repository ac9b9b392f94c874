//! What is wrong with single words, and what to write in their place.

use super::lexicon::{Hit, What};
use super::{Fault, SentenceFinding};
use crate::analysis::judgement::wording::{Wording, preferred, wording};
use crate::model::wording::capitalised;
use crate::model::{Confidence, Standard, Term};

/// What is wrong with words under a standard; `None` where nothing is.
pub(super) fn of_hit(text: &str, hit: &Hit, standard: Standard) -> Option<SentenceFinding> {
    let words = text.get(hit.span.clone()).unwrap_or_default();
    let finding = |fault: Fault, reason: String, mend: String, replacement: Option<String>| {
        Some(SentenceFinding { span: hit.span.clone(), fault, reason, mend, replacement })
    };
    match hit.what {
        What::Term { .. } if hit.what.words(standard).is_some() => None,
        What::Term { is_adverb, .. } => {
            let (other, term) =
                Standard::ALL.iter().find_map(|other| Some((*other, hit.what.term(*other)?)))?;
            let (mend, replacement) = in_words_of(standard, term, is_adverb, text, hit);
            finding(
                Fault::OtherStandard,
                format!("“{words}” is a term of {other}, and the assessment keeps to {standard}"),
                mend,
                replacement,
            )
        }
        What::Vague { near, fits } => {
            let term = near.and_then(|near| wording(standard, near).cautious());
            let mend = match term {
                Some(term) => format!(
                    "write “{}”, or say how likely it is in another term of {standard}",
                    preferred(term)
                ),
                None => format!("say how likely it is, in a term of {standard}: {}", ladder(standard)),
            };
            let is_adverb = words.to_lowercase().ends_with("ly") && !words.to_lowercase().ends_with("likely");
            let new = term.filter(|_| fits).and_then(|term| form(term, is_adverb));
            let replacement = new.and_then(|new| in_place_of(text, hit, new));
            finding(
                Fault::OutsideStandard,
                format!("“{words}” says how likely something is, and is no term of {standard}"),
                mend,
                replacement,
            )
        }
        What::NotALevel(level) => {
            let mend = match level {
                Some(level) => format!("write “{} confidence”", level_word(level)),
                None => "write low, moderate or high confidence".to_owned(),
            };
            // Only the words before "confidence" are exchanged as they stand.
            let is_before = words.to_lowercase().ends_with("confidence");
            let new = level.filter(|_| is_before).map(|level| format!("{} confidence", level_word(level)));
            finding(
                Fault::NotALevel,
                format!("“{words}” is no level of analytic confidence: these are low, moderate and high"),
                mend,
                new.and_then(|new| in_place_of(text, hit, &new)),
            )
        }
        What::ConfidenceNumber => finding(
            Fault::ConfidenceAsNumber,
            format!("“{words}” gives a confidence as a number, which is what a likelihood has"),
            "write low, moderate or high confidence; a probability is a likelihood".to_owned(),
            None,
        ),
        What::Comparison | What::Number | What::Percentage | What::Level(_) => None,
    }
}

/// The term of a standard that stands for what another standard's term does.
fn in_words_of(
    standard: Standard,
    term: &Term,
    is_adverb: bool,
    text: &str,
    hit: &Hit,
) -> (String, Option<String>) {
    let middle = f64::midpoint(term.low, term.high);
    match wording(standard, middle) {
        Wording::Term(own) => {
            let new = form(own, is_adverb).and_then(|new| in_place_of(text, hit, new));
            (format!("write “{}”", preferred(own)), new)
        }
        Wording::Boundary(first, second) => {
            (format!("write “{}” or “{}”, whichever is meant", preferred(first), preferred(second)), None)
        }
        Wording::None(_) => (
            format!(
                "{standard} has no term for {:.0} %: say what is meant in another of its terms: {}",
                middle * 100.0,
                ladder(standard)
            ),
            None,
        ),
    }
}

/// A term as it stands in a sentence; `None` for an adverb of a term that has none.
fn form(term: &Term, is_adverb: bool) -> Option<&'static str> {
    let word = preferred(term);
    match (word, is_adverb) {
        ("almost certain", true) => Some("almost certainly"),
        // "Likely" and its kin are adverbs too.
        (word, true) => word.ends_with("likely").then_some(word),
        (word, false) => Some(word),
    }
}

/// The terms of a standard, least likely first.
fn ladder(standard: Standard) -> String {
    standard.terms().iter().map(preferred).collect::<Vec<_>>().join(", ")
}

fn level_word(level: Confidence) -> String {
    level.label().to_lowercase()
}

/// Other words with the capital letter of those in the text.
pub(super) fn in_place_of(text: &str, hit: &Hit, new: &str) -> Option<String> {
    let old = text.get(hit.span.clone())?;
    let is_capital = old.chars().next().is_some_and(char::is_uppercase);
    let words = if is_capital { capitalised(new) } else { new.to_owned() };
    (!words.is_empty()).then_some(words)
}
