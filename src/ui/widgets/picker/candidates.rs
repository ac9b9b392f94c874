//! The records that a picker offers, and which of them fit what was typed.

use std::collections::HashSet;
use std::sync::Arc;

use eframe::egui::{Context, Id as EguiId};
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::offers::Rank;
use crate::edit::Revision;
use crate::model::{AnyId, Assessment, Entity, Id, Kind, Uuid};
use crate::ui::ViewContext;

/// How many records are offered at most. More are reached by typing on.
pub(super) const SHOWN: usize = 50;

/// The names of all records of one kind, in alphabetical order.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    names: Vec<Name>,
}

#[derive(Debug)]
struct Name {
    record: Uuid,
    text: Box<str>,
    /// In lower case, as it is compared.
    folded: Box<str>,
    is_alias: bool,
}

/// A record that fits what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Match {
    /// The record.
    pub record: Uuid,
    /// The other name by which it was found.
    pub alias: Option<String>,
    /// How well it fits.
    pub rank: Rank,
}

/// What fits a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Matches {
    /// The best ones.
    pub best: Vec<Match>,
    /// How many more there are.
    pub more: usize,
}

/// The state of the document that names were taken from. The address tells two documents with the same revision apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentKey {
    revision: Revision,
    address: usize,
    document: Uuid,
}

impl DocumentKey {
    /// The present state.
    pub fn of(cx: &ViewContext<'_>) -> Self {
        Self {
            revision: cx.revision,
            address: std::ptr::from_ref(cx.assessment).addr(),
            document: cx.assessment.header.id,
        }
    }
}

#[derive(Clone)]
struct Kept {
    key: DocumentKey,
    /// Which records they are, where they are not all of a kind.
    among: Vec<Uuid>,
    candidates: Arc<Candidates>,
}

impl Candidates {
    /// The names of all records of a kind, kept until the document changes.
    pub fn of_kind<T: Entity>(ctx: &Context, cx: &ViewContext<'_>) -> Arc<Self> {
        Self::kept(ctx, cx, ("picker candidates", T::KIND), Vec::new(), || {
            Self::new(cx.assessment, T::table(cx.assessment).ids())
        })
    }

    /// The names of some records. Only the list that is open asks for them, so that those of one list are kept and no more.
    pub fn among<T: Entity>(ctx: &Context, cx: &ViewContext<'_>, ids: &[Id<T>]) -> Arc<Self> {
        let among = ids.iter().map(|id| id.uuid()).collect();
        Self::kept(ctx, cx, ("picker candidates among", T::KIND), among, || {
            Self::new(cx.assessment, ids.iter().copied())
        })
    }

    fn kept(
        ctx: &Context,
        cx: &ViewContext<'_>,
        place: (&str, Kind),
        among: Vec<Uuid>,
        make: impl FnOnce() -> Self,
    ) -> Arc<Self> {
        let (place, now) = (EguiId::unique(place), DocumentKey::of(cx));
        let kept: Option<Kept> = ctx.data(|data| data.get_temp(place));
        if let Some(kept) = kept.filter(|kept| kept.key == now && kept.among == among) {
            return kept.candidates;
        }
        let candidates = Arc::new(make());
        let kept = Kept { key: now, among, candidates: Arc::clone(&candidates) };
        ctx.data_mut(|data| data.insert_temp(place, kept));
        candidates
    }

    fn new<T: Entity>(assessment: &Assessment, ids: impl Iterator<Item = Id<T>>) -> Self {
        let mut names = Vec::new();
        for id in ids {
            let record = id.uuid();
            let mut add = |text: &str, is_alias| {
                names.push(Name {
                    record,
                    text: text.into(),
                    folded: text.trim().to_lowercase().into(),
                    is_alias,
                });
            };
            add(&assessment.name_of(id), false);
            if T::KIND == Kind::Actor
                && let Some(actor) = assessment.actors.get(Id::new(record))
            {
                actor.aliases.iter().for_each(|alias| add(&alias.name, true));
            }
        }
        names.sort_by(|a, b| (&a.folded, a.record).cmp(&(&b.folded, b.record)));
        Self { names }
    }

    /// The records that fit a text, best first. All of them, in alphabetical order, where it is empty.
    pub fn matching(&self, text: &str) -> Matches {
        let text = text.trim().to_lowercase();
        if text.is_empty() {
            let all = || self.names.iter().filter(|name| !name.is_alias);
            let best = all().take(SHOWN).map(|name| name.found(Rank::Prefix)).collect();
            return Matches { best, more: all().count().saturating_sub(SHOWN) };
        }
        let mut found: Vec<(Rank, i64, &Name)> = Vec::new();
        for name in &self.names {
            if let Some(rank) = name_rank(&name.folded, &text) {
                // Of two that fit equally well the shorter one is nearer to what was typed.
                found.push((rank, i64::try_from(name.folded.len()).unwrap_or(i64::MAX), name));
            }
        }
        if found.len() < SHOWN {
            self.add_fuzzy(&text, &mut found);
        }
        // A record's own name goes before its aliases; the sort is stable, and the names are in order.
        found.sort_by_key(|(rank, order, name)| (*rank, name.is_alias, *order));
        let mut seen = HashSet::new();
        found.retain(|(_, _, name)| seen.insert(name.record));
        let best = found.iter().take(SHOWN).map(|(rank, _, name)| name.found(*rank)).collect();
        Matches { best, more: found.len().saturating_sub(SHOWN) }
    }

    fn add_fuzzy<'a>(&'a self, text: &str, found: &mut Vec<(Rank, i64, &'a Name)>) {
        let known: HashSet<Uuid> = found.iter().map(|(_, _, name)| name.record).collect();
        let pattern = Pattern::new(text, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        for name in self.names.iter().filter(|name| !known.contains(&name.record)) {
            let haystack = Utf32Str::new(&name.text, &mut buffer);
            if let Some(score) = pattern.score(haystack, &mut matcher) {
                found.push((Rank::Fuzzy, -i64::from(score), name));
            }
        }
    }
}

impl Name {
    fn found(&self, rank: Rank) -> Match {
        Match { record: self.record, alias: self.is_alias.then(|| self.text.to_string()), rank }
    }
}

/// How well `name` fits `text`, both in lower case.
pub(super) fn name_rank(name: &str, text: &str) -> Option<Rank> {
    if name == text {
        return Some(Rank::Equal);
    }
    if name.starts_with(text) {
        return Some(Rank::Prefix);
    }
    let mut rank = None;
    for (place, _) in name.match_indices(text) {
        let before = name.get(..place).and_then(|before| before.chars().next_back());
        if before.is_none_or(|letter| !letter.is_alphanumeric()) {
            return Some(Rank::WordPrefix);
        }
        rank = Some(Rank::Inside);
    }
    rank
}

/// The record of a kind that is called `text`, letter case and surrounding spaces ignored.
pub(super) fn named<T: Entity>(candidates: &Candidates, text: &str) -> Option<Id<T>> {
    let text = text.trim().to_lowercase();
    let start = candidates.names.partition_point(|name| *name.folded < *text);
    let mut equal = candidates.names.iter().skip(start).take_while(|name| *name.folded == *text);
    let first = equal.next()?;
    // A name of its own goes before an alias of another.
    let own = std::iter::once(first).chain(equal).find(|name| !name.is_alias);
    Some(Id::new(own.unwrap_or(first).record))
}

/// What is said quietly beside a name: what kind of record it is, and what tells it from its namesakes.
pub(super) fn detail(assessment: &Assessment, id: AnyId) -> String {
    let parts: Vec<String> = match id.kind {
        Kind::Actor => {
            assessment.get::<crate::model::Actor>(Id::new(id.uuid)).map_or_else(Vec::new, |actor| {
                let wider = actor.belongs_to.first().map(|wider| assessment.name_of(*wider));
                std::iter::once(actor.level.label().to_owned()).chain(wider).collect()
            })
        }
        Kind::Source => {
            assessment.get::<crate::model::Source>(Id::new(id.uuid)).map_or_else(Vec::new, |source| {
                let grade = source.reliability().map(|grade| grade.letter().to_string());
                std::iter::once(source.kind.label().to_owned()).chain(grade).collect()
            })
        }
        Kind::Incident => assessment
            .get::<crate::model::Incident>(Id::new(id.uuid))
            .filter(|incident| !incident.period.is_unknown())
            .map_or_else(Vec::new, |incident| vec![incident.period.to_string()]),
        Kind::Document => {
            assessment.get::<crate::model::Document>(Id::new(id.uuid)).map_or_else(Vec::new, |document| {
                let publisher = document.publisher.map(|publisher| assessment.name_of(publisher));
                publisher.into_iter().chain(document.published.map(|date| date.to_string())).collect()
            })
        }
        Kind::Claim => assessment
            .get::<crate::model::Claim>(Id::new(id.uuid))
            .and_then(|claim| claim.stated_on)
            .map_or_else(Vec::new, |date| vec![date.to_string()]),
        Kind::Analyst => assessment
            .get::<crate::model::Analyst>(Id::new(id.uuid))
            .map_or_else(Vec::new, |analyst| vec![analyst.role.label().to_owned()]),
        _ => Vec::new(),
    };
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Actor, Alias, Header, Nameable};

    fn actors(names: &[&str]) -> Assessment {
        let record = |(number, names): (usize, &&str)| {
            let mut names = names.split('/');
            let id = Id::new(Uuid::from_u128(number as u128 + 1));
            let mut actor = Actor::named(id, names.next().unwrap().to_owned());
            actor.aliases = names.map(|name| Alias { name: name.to_owned(), coined_by: None }).collect();
            actor.into_record()
        };
        Assessment::from_records(Header::default(), names.iter().enumerate().map(record))
    }

    #[test]
    fn the_best_fit_comes_first() {
        let assessment =
            actors(&["Turbine Panda/APT26/Black Vine", "JSSD", "Deep Panda", "Pandas Inc", "CIA", "Axiom"]);
        let candidates = Candidates::new(&assessment, assessment.actors.ids());
        let check = |text: &str, expect: &[&str]| {
            let found = candidates.matching(text).best;
            let names: Vec<String> = found
                .iter()
                .map(|found| {
                    let name = assessment.name_of(Id::<Actor>::new(found.record));
                    found.alias.as_ref().map_or(name.clone(), |alias| format!("{name} ({alias})"))
                })
                .collect();
            assert_eq!(names, expect, "{text}");
        };
        check("", &["Axiom", "CIA", "Deep Panda", "JSSD", "Pandas Inc", "Turbine Panda"]);
        check("panda", &["Pandas Inc", "Deep Panda", "Turbine Panda"]);
        check(" apt26 ", &["Turbine Panda (APT26)"]);
        check("vine", &["Turbine Panda (Black Vine)"]);
        check("cia", &["CIA"]);
        check("trbpnd", &["Turbine Panda"]);
        check("zzz", &[]);
    }

    #[test]
    fn names_are_found_whatever_their_case() {
        let assessment = actors(&["Axiom/Deep Panda", "Deep Panda"]);
        let candidates = Candidates::new(&assessment, assessment.actors.ids());
        let check = |text: &str, expect: Option<u128>| {
            let found = named::<Actor>(&candidates, text).map(|id| id.uuid().as_u128());
            assert_eq!(found, expect, "{text}");
        };
        check(" AXIOM ", Some(1));
        check("deep panda", Some(2));
        check("panda", None);
        check("", None);
    }

    #[test]
    fn a_hundred_thousand_names_are_no_obstacle() {
        let names: Vec<String> = (0..100_000).map(|number| format!("Cluster {number:06}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let assessment = actors(&names);
        let candidates = Candidates::new(&assessment, assessment.actors.ids());
        let found = candidates.matching("cluster");
        assert_eq!((found.best.len(), found.more), (SHOWN, 100_000 - SHOWN));
    }
}
