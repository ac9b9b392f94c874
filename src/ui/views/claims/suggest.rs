//! What a text field offers while something is typed.

use crate::model::{
    Actor, Assessment, Claim, Document, Entity, Id, Incident, Likelihood, Source, Standard, Uuid,
};

use super::columns::percent_range;
use super::filter::Haystack;
use super::rows::Rows;

/// How many are offered at most; more are reached by typing on.
const SHOWN: usize = 40;

/// Something that can be put into a text field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What is put in.
    pub text: String,
    /// What tells it from others.
    pub detail: String,
    /// The record that it stands for.
    pub record: Option<Uuid>,
    /// Whether a record of that name is yet to be made.
    pub is_new: bool,
    /// How well it fits what was typed.
    pub fit: Fit,
}

/// How well a name fits what was typed, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is what was typed.
    Equal,
    /// It begins so.
    Beginning,
    /// One of its words begins so.
    Word,
    /// It contains it.
    Inside,
}

impl Suggestion {
    fn plain(text: &str, detail: String, fit: Fit) -> Self {
        Self { text: text.to_owned(), detail, record: None, is_new: false, fit }
    }
}

/// How well `name` fits `typed`, both in lower case.
pub fn fit(name: &str, typed: &str) -> Option<Fit> {
    if name == typed {
        return Some(Fit::Equal);
    }
    if name.starts_with(typed) {
        return Some(Fit::Beginning);
    }
    let mut found = None;
    for (place, _) in name.match_indices(typed) {
        let before = name.get(..place).and_then(|before| before.chars().next_back());
        if before.is_none_or(|letter| !letter.is_alphanumeric()) {
            return Some(Fit::Word);
        }
        found = Some(Fit::Inside);
    }
    found
}

/// The line that is chosen by Enter and Tab without moving to it: what was most likely meant.
pub fn usual_choice(suggestions: &[Suggestion], typed: &str) -> Option<usize> {
    if typed.trim().is_empty() {
        return None;
    }
    let best = suggestions.iter().position(|it| !it.is_new && it.fit < Fit::Inside);
    best.or_else(|| suggestions.iter().position(|it| it.is_new)).or((!suggestions.is_empty()).then_some(0))
}

/// Sources by name, and a new one.
pub fn sources(assessment: &Assessment, typed: &str) -> Vec<Suggestion> {
    let all = assessment.sources.iter().map(|source: &Source| (source.id, source.name.as_str(), None));
    named(all, typed, "source", |id| {
        assessment.sources.get(id).map_or_else(String::new, |source| source.kind.label().to_owned())
    })
}

/// Incidents by name, and a new one.
pub fn incidents(assessment: &Assessment, typed: &str) -> Vec<Suggestion> {
    let all = assessment.incidents.iter().map(|it: &Incident| (it.id, it.name.as_str(), None));
    named(all, typed, "incident", |id| {
        let period = assessment.incidents.get(id).map(|incident| incident.period).unwrap_or_default();
        if period.is_unknown() { String::new() } else { period.to_string() }
    })
}

/// Documents by title, and a new one.
pub fn documents(assessment: &Assessment, typed: &str) -> Vec<Suggestion> {
    let all = assessment.documents.iter().map(|it: &Document| (it.id, it.title.as_str(), None));
    named(all, typed, "document", |id| {
        let document = assessment.documents.get(id);
        let publisher = document.and_then(|it| it.publisher).map(|id| assessment.name_of(id));
        let date = document.and_then(|it| it.published).map(|date| date.to_string());
        publisher.into_iter().chain(date).collect::<Vec<_>>().join(" · ")
    })
}

/// Actors by name or another name of theirs, and a new one.
pub fn actors(assessment: &Assessment, typed: &str) -> Vec<Suggestion> {
    let all = assessment.actors.iter().flat_map(|actor: &Actor| {
        let own = std::iter::once((actor.id, actor.name.as_str(), None));
        let others = actor.aliases.iter();
        own.chain(others.map(|alias| (actor.id, alias.name.as_str(), Some(actor.name.as_str()))))
    });
    named(all, typed, "actor", |id| {
        assessment.actors.get(id).map_or_else(String::new, |actor| actor.level.label().to_owned())
    })
}

/// A name that fits.
struct Found<'a, T> {
    fit: Fit,
    /// Whether it is another name of the record.
    is_other: bool,
    lower: String,
    id: Id<T>,
    name: &'a str,
    own: Option<&'a str>,
}

/// Records whose name fits; of several names of one record the best. The third part of an item is the record's own name
/// where the second is another one.
fn named<'a, T: Entity>(
    all: impl Iterator<Item = (Id<T>, &'a str, Option<&'a str>)>,
    typed: &str,
    kind: &str,
    detail: impl Fn(Id<T>) -> String,
) -> Vec<Suggestion> {
    let typed = typed.trim();
    let wanted = typed.to_lowercase();
    let mut found = Vec::new();
    for (id, name, own) in all {
        let lower = name.to_lowercase();
        let fit = if wanted.is_empty() { own.is_none().then_some(Fit::Inside) } else { fit(&lower, &wanted) };
        if let Some(fit) = fit {
            found.push(Found { fit, is_other: own.is_some(), lower, id, name, own });
        }
    }
    found.sort_by(|a, b| (a.fit, a.is_other, &a.lower).cmp(&(b.fit, b.is_other, &b.lower)));
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|it| seen.insert(it.id));
    let is_known = found.first().is_some_and(|it| it.fit == Fit::Equal);
    let suggestion = |it: Found<'_, T>| {
        let detail = detail(it.id);
        let (text, detail) = match it.own {
            Some(own) if detail.is_empty() => (own, format!("also {}", it.name)),
            Some(own) => (own, format!("also {} · {detail}", it.name)),
            None => (it.name, detail),
        };
        Suggestion { text: text.to_owned(), detail, record: Some(it.id.uuid()), is_new: false, fit: it.fit }
    };
    let mut suggestions: Vec<Suggestion> = found.into_iter().take(SHOWN).map(suggestion).collect();
    if !wanted.is_empty() && !is_known {
        suggestions.push(Suggestion {
            text: typed.to_owned(),
            detail: format!("new {kind}"),
            record: None,
            is_new: true,
            fit: Fit::Inside,
        });
    }
    suggestions
}

/// The words of a standard with their ranges, most likely first.
pub fn likelihoods(standard: Standard, typed: &str) -> Vec<Suggestion> {
    let wanted = typed.trim().to_lowercase();
    let terms = standard.terms().iter().rev();
    let mut found: Vec<Suggestion> = terms
        .flat_map(|term| term.words.iter().map(move |words| (term, *words)))
        .filter_map(|(term, words)| {
            let fit = if wanted.is_empty() { Some(Fit::Inside) } else { fit(words, &wanted) };
            let range = Likelihood { words: String::new(), low: Some(term.low), high: Some(term.high) };
            let detail = percent_range(&range).map_or_else(String::new, |range| format!("{range} %"));
            fit.map(|fit| Suggestion::plain(words, detail, fit))
        })
        .collect();
    found.sort_by_key(|it| it.fit);
    // Numbers, or words of no standard, are taken as they are typed.
    found.retain(|it| wanted.is_empty() || it.fit < Fit::Inside);
    found
}

/// The values of a scale, each with what it means.
pub fn choices<'a>(all: impl Iterator<Item = (&'a str, &'a str)>, typed: &str) -> Vec<Suggestion> {
    let wanted = typed.trim().to_lowercase();
    let mut found: Vec<Suggestion> = all
        .filter_map(|(label, detail)| {
            let fit = if wanted.is_empty() { Some(Fit::Inside) } else { fit(&label.to_lowercase(), &wanted) };
            fit.map(|fit| Suggestion::plain(label, detail.to_owned(), fit))
        })
        .collect();
    found.sort_by_key(|it| it.fit);
    found
}

/// Claims whose text has every word that was typed, but not `except`; those about the same incident come first.
pub fn claims(assessment: &Assessment, rows: &Rows, except: &Claim, typed: &str) -> Vec<Suggestion> {
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
        .map(|row| Suggestion {
            text: claim_name(assessment, &row.claim),
            detail: row.claim.stated_on.map_or_else(String::new, |date| date.to_string()),
            record: Some(row.claim.id.uuid()),
            is_new: false,
            fit: Fit::Word,
        })
        .collect()
}

/// What a claim is called in a list: its source and what it says.
pub fn claim_name(assessment: &Assessment, claim: &Claim) -> String {
    format!("{}: {}", assessment.name_of(claim.source), assessment.proposition_text(claim))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_better_the_nearer_they_are() {
        let check = |name: &str, typed: &str, expect: Option<Fit>| {
            assert_eq!(fit(name, typed), expect, "{typed} in {name}");
        };
        check("jssd", "jssd", Some(Fit::Equal));
        check("jssd bureau", "js", Some(Fit::Beginning));
        check("turbine panda", "pan", Some(Fit::Word));
        check("turbine panda", "urb", Some(Fit::Inside));
        check("expand panda", "pan", Some(Fit::Word));
        check("axiom", "pan", None);
    }

    #[test]
    fn a_new_name_is_chosen_only_where_nothing_near_is_known() {
        let known = |fit| Suggestion::plain("known", String::new(), fit);
        let new = Suggestion { is_new: true, ..known(Fit::Inside) };
        let check = |suggestions: &[Suggestion], typed: &str, expect: Option<usize>| {
            assert_eq!(usual_choice(suggestions, typed), expect, "{suggestions:?}");
        };
        check(&[], "x", None);
        check(&[known(Fit::Word), new.clone()], "x", Some(0));
        check(&[known(Fit::Inside), new.clone()], "x", Some(1));
        check(std::slice::from_ref(&new), "x", Some(0));
        check(&[known(Fit::Inside)], "x", Some(0));
        check(&[known(Fit::Word), new], " ", None);
    }
}
