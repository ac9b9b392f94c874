//! What the fields of claims offer besides records: likelihoods and claims.

use super::columns::percent_range;
use super::filter::Haystack;
use super::rows::Rows;
use crate::model::{Assessment, Claim, Likelihood, Standard};
use crate::ui::widgets::picker::{Offer, Offers};

/// How many claims are offered at most; more are reached by typing on.
const SHOWN: usize = 40;

/// The words of a standard with their ranges, most likely first. Numbers, or words of no standard, are taken as they are
/// typed: only words that begin so are offered, lest one is put in their place.
pub fn likelihoods(standard: Standard, typed: &str) -> Offers {
    let wanted = typed.trim().to_lowercase();
    let is_meant = |words: &str| {
        words.starts_with(&wanted) || words.split_whitespace().any(|word| word.starts_with(&wanted))
    };
    let terms = standard.terms().iter().rev();
    let words = terms.flat_map(|term| term.words.iter().map(move |words| (*words, term)));
    let found: Vec<(&str, String)> = words
        .filter(|(words, _)| is_meant(words))
        .map(|(words, term)| {
            let range = Likelihood { words: String::new(), low: Some(term.low), high: Some(term.high) };
            (words, percent_range(&range).map_or_else(String::new, |range| format!("{range} %")))
        })
        .collect();
    Offers::choices(found.iter().map(|(words, range)| (*words, range.as_str())), typed)
}

/// Claims whose text has every word that was typed, but not `except`; those about the same incident come first.
pub fn claims(assessment: &Assessment, rows: &Rows, except: &Claim, typed: &str) -> Offers {
    let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    let incident = except.proposition.incident();
    let fits = |near: bool| {
        rows.as_slice()
            .iter()
            .filter(move |row| {
                row.claim.id != except.id && (row.claim.proposition.incident() == incident) == near
            })
            .filter(|row| words.iter().all(|word| row.all().contains(word.as_str())))
    };
    fits(true)
        .chain(fits(false))
        .take(SHOWN)
        .map(|row| {
            let date = row.claim.stated_on.map_or_else(String::new, |date| date.to_string());
            let record = Some(row.claim.id.uuid());
            Offer { record, ..Offer::plain(claim_name(assessment, &row.claim), date) }
        })
        .collect::<Vec<_>>()
        .into()
}

/// What a claim is called in a list: its source and what it says.
pub fn claim_name(assessment: &Assessment, claim: &Claim) -> String {
    assessment.claim_text(claim)
}
