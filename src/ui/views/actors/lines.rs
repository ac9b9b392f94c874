//! Which lines the tree of actors has: the actors that are not folded away and fit the filter, each followed by the links
//! that are claimed of it.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::analysis::Hierarchy;
use crate::analysis::charts::{ActorChart, ActorRow};
use crate::model::{Actor, Assessment, Id};

/// One line of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// An actor, by its place in the chart.
    Actor {
        /// Its place.
        row: usize,
        /// Whether anything stands below it.
        has_below: bool,
        /// Whether it is there only because something below it fits the filter.
        is_context: bool,
    },
    /// A link that is claimed of the actor above, by its place in the chart.
    Link {
        /// Its place.
        link: usize,
        /// How deep it is drawn.
        depth: usize,
    },
}

/// What decides which lines are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    /// What was typed; empty for everything.
    pub filter: String,
    /// Whether only actors are shown that a claim names, with those above them.
    pub only_named: bool,
    /// Whether links are left out.
    pub hides_links: bool,
    /// The actors whose lower ones are folded away.
    pub folded: BTreeSet<Id<Actor>>,
}

/// The lines that are wanted.
pub(super) fn lines(
    assessment: &Assessment,
    hierarchy: &Hierarchy,
    chart: &ActorChart,
    wanted: &Wanted,
) -> Vec<Line> {
    let filter = wanted.filter.trim().to_lowercase();
    let links = links_by_row(hierarchy, chart);
    let links_of = |row: &ActorRow| links.get(&row.number).map_or(&[][..], Vec::as_slice);
    let fits = |row: &ActorRow| {
        (!wanted.only_named || row.claims > 0) && (filter.is_empty() || is_match(row, &filter))
    };
    let link_fits = |link: &usize| {
        let Some(link) = chart.links.get(*link).filter(|_| !filter.is_empty()) else { return false };
        link.source_name.to_lowercase().contains(&filter)
            || assessment.name_of(link.second).to_lowercase().contains(&filter)
    };
    let is_filtered = !filter.is_empty() || wanted.only_named;

    // An actor above one that fits is kept as context: going backwards, each kept row asks for the nearest ones above it.
    let mut kept: Vec<Option<bool>> = vec![None; chart.rows.len()];
    let mut asked_depth = 0;
    for (row, keep) in chart.rows.iter().zip(&mut kept).rev() {
        let does_fit = fits(row) || (!wanted.hides_links && links_of(row).iter().any(link_fits));
        if !is_filtered || does_fit || row.depth < asked_depth {
            *keep = Some(is_filtered && !does_fit);
            asked_depth = row.depth;
        }
    }

    let mut found = Vec::new();
    let mut folded_at: Option<usize> = None;
    for (place, (row, keep)) in chart.rows.iter().zip(&kept).enumerate() {
        if folded_at.is_some_and(|depth| row.depth > depth) {
            continue;
        }
        folded_at = None;
        let Some(is_context) = *keep else { continue };
        let own = if wanted.hides_links || is_context { &[] } else { links_of(row) };
        let has_lower = chart.rows.get(place + 1).is_some_and(|next| next.depth > row.depth);
        found.push(Line::Actor { row: place, has_below: has_lower || !own.is_empty(), is_context });
        // What was searched for is never folded away.
        if !is_filtered && wanted.folded.contains(&row.actor) {
            folded_at = Some(row.depth);
            continue;
        }
        found.extend(own.iter().map(|link| Line::Link { link: *link, depth: row.depth + 1 }));
    }
    found
}

fn links_by_row(hierarchy: &Hierarchy, chart: &ActorChart) -> FxHashMap<usize, Vec<usize>> {
    let mut links: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (place, link) in chart.links.iter().enumerate() {
        if let Some(number) = hierarchy.number_of(link.first) {
            links.entry(number).or_default().push(place);
        }
    }
    links
}

fn is_match(row: &ActorRow, filter: &str) -> bool {
    let has = |text: &str| text.to_lowercase().contains(filter);
    has(&row.name)
        || row.merged.iter().any(|(_, name)| has(name))
        || row.aliases.iter().any(|(name, coined_by)| has(name) || coined_by.as_deref().is_some_and(has))
        || has(row.level.label())
}
