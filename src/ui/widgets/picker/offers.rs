//! What a completing field offers for what was typed.

use eframe::egui::Context;

use super::candidates::{Candidates, DocumentKey, Matches, detail, name_rank};
use crate::model::{Entity, Id, Uuid};
use crate::ui::ViewContext;

/// Something that can be put into a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What is put in.
    pub text: String,
    /// The other name by which it was found.
    pub alias: Option<String>,
    /// What tells it from its namesakes.
    pub detail: String,
    /// The record that it stands for.
    pub record: Option<Uuid>,
    /// Whether a record of that name is yet to be made.
    pub is_new: bool,
    /// Why it cannot be chosen here.
    pub refusal: Option<String>,
}

/// What a field offers, what was most likely meant first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    /// The best ones.
    pub lines: Vec<Offer>,
    /// How many more there are, which typing on brings up.
    pub more: usize,
    /// What is said where there is nothing to choose from.
    pub nothing: Option<String>,
}

/// How well a name fits what was typed, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// It is what was typed, letter case ignored.
    Equal,
    /// It begins so.
    Prefix,
    /// One of its words begins so.
    WordPrefix,
    /// It contains it.
    Inside,
    /// It has the letters in that order.
    Fuzzy,
}

/// Why a record cannot be chosen here; `None` where it can.
pub type Refusal<'a, T> = &'a dyn Fn(Id<T>) -> Option<String>;

impl Offer {
    /// Words that stand for themselves.
    pub fn plain(text: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            alias: None,
            detail: detail.into(),
            record: None,
            is_new: false,
            refusal: None,
        }
    }
}

impl Offers {
    /// The records of a kind whose names or aliases fit, and a new one of that name.
    pub fn records<T: Entity>(ctx: &Context, cx: &ViewContext<'_>, typed: &str) -> Self {
        Self::found::<T>(cx, &Candidates::of_kind::<T>(ctx, cx), typed, true, None)
    }

    /// The values of a scale that fit, in its order where they fit equally well.
    pub fn choices<'a>(all: impl IntoIterator<Item = (&'a str, &'a str)>, typed: &str) -> Self {
        let wanted = typed.trim().to_lowercase();
        let rank = |label: &str| {
            if wanted.is_empty() { Some(Rank::Inside) } else { name_rank(&label.to_lowercase(), &wanted) }
        };
        let mut found: Vec<(Rank, Offer)> = all
            .into_iter()
            .filter_map(|(label, detail)| Some((rank(label)?, Offer::plain(label, detail))))
            .collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, offer)| offer).collect::<Vec<_>>().into()
    }

    /// The records among some candidates that fit; with `can_create` a new one too.
    ///
    /// A new one comes first where no name begins with what was typed, nor any of its words: then it is what was most
    /// likely meant. Else it comes last. Where the name is taken there is none.
    pub(super) fn found<T: Entity>(
        cx: &ViewContext<'_>,
        candidates: &Candidates,
        typed: &str,
        can_create: bool,
        refuse: Option<Refusal<'_, T>>,
    ) -> Self {
        let typed = typed.trim();
        let Matches { best, more } = candidates.matching(typed);
        let first = best.first().map(|found| found.rank);
        let offer = |found: super::candidates::Match| {
            let id: Id<T> = Id::new(found.record);
            Offer {
                text: cx.assessment.name_of(id),
                alias: found.alias,
                detail: detail(cx.assessment, id.into()),
                record: Some(found.record),
                is_new: false,
                refusal: refuse.and_then(|refuse| refuse(id)),
            }
        };
        let mut lines: Vec<Offer> = best.into_iter().map(offer).collect();
        if can_create && !typed.is_empty() && first != Some(Rank::Equal) {
            let is_first = first.is_none_or(|rank| rank >= Rank::Inside);
            let new = Offer { is_new: true, ..Offer::plain(typed, T::KIND.label()) };
            lines.insert(if is_first { 0 } else { lines.len() }, new);
        }
        let kind = T::KIND.plural();
        let nothing = if can_create {
            format!("No {kind} yet: type a name")
        } else {
            format!("No {kind} to choose from")
        };
        Self { lines, more, nothing: Some(nothing) }
    }
}

impl From<Vec<Offer>> for Offers {
    fn from(lines: Vec<Offer>) -> Self {
        Self { lines, ..Self::default() }
    }
}

/// What an offer was made from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Searched {
    pub text: String,
    pub key: DocumentKey,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_a_scale_fit_better_the_nearer_they_are() {
        let check = |typed: &str, expect: &[&str]| {
            let all = ["Very likely", "Likely", "Unlikely"].map(|label| (label, ""));
            let found = Offers::choices(all, typed);
            let texts: Vec<&str> = found.lines.iter().map(|offer| offer.text.as_str()).collect();
            assert_eq!(texts, expect, "{typed}");
        };
        check("", &["Very likely", "Likely", "Unlikely"]);
        check("lik", &["Likely", "Very likely", "Unlikely"]);
        check("likely", &["Likely", "Very likely", "Unlikely"]);
        check("x", &[]);
    }
}
