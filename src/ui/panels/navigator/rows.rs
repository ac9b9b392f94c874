//! Which rows the navigator has: the sections and the records in them, flattened.

use std::collections::{BTreeMap, BTreeSet};

use super::State;
use crate::model::{Actor, AnyId, Assessment, Id, Kind};
use crate::ui::ViewContext;

/// The sections, in order. Claims, ratings and comments have views of their own.
pub const SECTIONS: &[Kind] = &[
    Kind::Incident,
    Kind::Source,
    Kind::Actor,
    Kind::Document,
    Kind::Evidence,
    Kind::Hypothesis,
    Kind::Assumption,
    Kind::Indicator,
    Kind::Judgement,
    Kind::Analyst,
];

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// The head of a section.
    Section {
        /// What is in it.
        kind: Kind,
        /// How many records there are, or how many pass the filter.
        count: usize,
        /// Whether its records are shown.
        is_open: bool,
    },
    /// A record.
    Record {
        /// Which one.
        id: AnyId,
        /// How far it is indented.
        depth: u16,
        /// Whether it has narrower actors below it, and if so whether they are shown.
        is_open: Option<bool>,
    },
}

impl Row {
    /// What stays the same when other rows come and go.
    pub const fn key(&self) -> Key {
        match self {
            Self::Section { kind, .. } => Key::Section(*kind),
            Self::Record { id, .. } => Key::Record(*id),
        }
    }
}

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A section.
    Section(Kind),
    /// A record.
    Record(AnyId),
}

/// All rows that can be scrolled to. Takes time in proportion to the records of the open sections.
pub fn rows(cx: &ViewContext<'_>, state: &State) -> Vec<Row> {
    let filter = state.filter.trim().to_lowercase();
    let mut rows = Vec::new();
    for kind in SECTIONS {
        let total = cx.assessment.count(*kind);
        if filter.is_empty() {
            let is_open = !state.closed.contains(&Key::Section(*kind));
            rows.push(Row::Section { kind: *kind, count: total, is_open });
            if is_open && *kind == Kind::Actor {
                actor_rows(cx, state, &mut rows);
            } else if is_open {
                rows.extend(sorted(cx, *kind).into_iter().map(|id| Row::Record {
                    id,
                    depth: 0,
                    is_open: None,
                }));
            }
        } else {
            let mut found = sorted(cx, *kind);
            found.retain(|id| passes(cx.assessment, *id, &filter));
            if !found.is_empty() {
                rows.push(Row::Section { kind: *kind, count: found.len(), is_open: true });
                rows.extend(found.into_iter().map(|id| Row::Record { id, depth: 0, is_open: None }));
            }
        }
    }
    rows
}

/// Whether a name, or for actors one of the aliases, contains the filter.
fn passes(assessment: &Assessment, id: AnyId, filter: &str) -> bool {
    let contains = |text: &str| text.to_lowercase().contains(filter);
    if let Some(actor) = id.typed().and_then(|id: Id<Actor>| assessment.get(id)) {
        return contains(&actor.name) || actor.aliases.iter().any(|alias| contains(&alias.name));
    }
    contains(&assessment.name_of(id))
}

/// The records of a kind in their order.
fn sorted(cx: &ViewContext<'_>, kind: Kind) -> Vec<AnyId> {
    let mut ids = Vec::with_capacity(cx.assessment.count(kind));
    let all = cx.assessment;
    match kind {
        Kind::Incident => ids.extend(all.incidents.ids().map(AnyId::from)),
        Kind::Source => ids.extend(all.sources.ids().map(AnyId::from)),
        Kind::Actor => ids.extend(all.actors.ids().map(AnyId::from)),
        Kind::Document => ids.extend(all.documents.ids().map(AnyId::from)),
        Kind::Evidence => ids.extend(all.evidence.ids().map(AnyId::from)),
        Kind::Hypothesis => ids.extend(all.hypotheses.ids().map(AnyId::from)),
        Kind::Assumption => ids.extend(all.assumptions.ids().map(AnyId::from)),
        Kind::Indicator => ids.extend(all.indicators.ids().map(AnyId::from)),
        Kind::Judgement => ids.extend(all.judgements.ids().map(AnyId::from)),
        Kind::Analyst => ids.extend(all.analysts.ids().map(AnyId::from)),
        Kind::Claim | Kind::Rating | Kind::Comment | Kind::Exercise | Kind::Outcome => {}
    }
    let ranks = cx.derived.places(kind);
    if ranks.is_empty() {
        ids.sort_by_cached_key(|id| (all.sort_key(*id), *id));
    } else {
        ids.sort_by_key(|id| (ranks.get(&id.uuid).copied(), *id));
    }
    ids
}

/// The actors as their hierarchy: each under every wider actor that it is part of, its own narrower ones only under that of these
/// under which the hierarchy draws it, so that many parents cannot make the list endless. Memberships that close a circle are left
/// out, as they are there; the list of problems names them.
fn actor_rows(cx: &ViewContext<'_>, state: &State, rows: &mut Vec<Row>) {
    let (actors, hierarchy) = (sorted(cx, Kind::Actor), cx.derived.hierarchy());
    let in_record = hierarchy.rejected().iter().filter(|link| link.claim.is_none());
    let circular: BTreeSet<(Id<Actor>, Id<Actor>)> = in_record.map(|link| (link.part, link.whole)).collect();
    let mut below: BTreeMap<AnyId, Vec<Below>> = BTreeMap::new();
    let mut open = Vec::new();
    for id in &actors {
        let Some(actor) = id.typed::<Actor>().and_then(|id| cx.assessment.get(id)) else { continue };
        let mut wider: Vec<Id<Actor>> = Vec::with_capacity(actor.belongs_to.len());
        for whole in &actor.belongs_to {
            let is_there = cx.assessment.contains((*whole).into()) && !circular.contains(&(actor.id, *whole));
            if is_there && !wider.contains(whole) {
                wider.push(*whole);
            }
        }
        let home = hierarchy.unfolded_under(actor.id, &wider);
        for whole in &wider {
            let here = Below { id: *id, is_unfolded: Some(*whole) == home };
            below.entry((*whole).into()).or_default().push(here);
        }
        if wider.is_empty() {
            open.push((Below { id: *id, is_unfolded: true }, 0));
        }
    }
    open.reverse();
    while let Some((Below { id, is_unfolded }, depth)) = open.pop() {
        let narrower = below.get(&id).filter(|_| is_unfolded);
        let is_open = narrower.map(|_| !state.closed.contains(&Key::Record(id)));
        rows.push(Row::Record { id, depth, is_open });
        if let Some(narrower) = narrower.filter(|_| is_open == Some(true)) {
            open.extend(narrower.iter().rev().map(|it| (*it, depth.saturating_add(1))));
        }
    }
}

/// An actor below another.
#[derive(Clone, Copy)]
struct Below {
    id: AnyId,
    /// Whether its own narrower actors are shown here.
    is_unfolded: bool,
}
