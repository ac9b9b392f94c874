//! The hierarchy of actors with their aliases and the links that are claimed between them.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::Derived;
use super::super::hierarchy::is_accepted_link;
use super::ChartTable;
use crate::model::{Actor, ActorLevel, Claim, Confidence, Id, Proposition, Source, Stance, Status};

/// What a link says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// The two are one.
    SameActor,
    /// The first is part of the second.
    BelongsTo,
}

impl LinkKind {
    /// The verb between the two actors.
    pub const fn verb(self) -> &'static str {
        match self {
            Self::SameActor => "is",
            Self::BelongsTo => "belongs to",
        }
    }
}

/// A claim that links two actors.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorLink {
    /// The claim.
    pub claim: Id<Claim>,
    /// What it says of the two.
    pub kind: LinkKind,
    /// One of them, or the narrower one.
    pub first: Id<Actor>,
    /// The other, or the wider one.
    pub second: Id<Actor>,
    /// Who says so.
    pub source: Id<Source>,
    /// That source's name.
    pub source_name: String,
    /// Whether the source asserts or denies it.
    pub stance: Stance,
    /// The confidence that the source states.
    pub confidence: Option<Confidence>,
    /// Whether the analyst accepts it.
    pub accepted: bool,
    /// Whether its source still stands by it.
    pub is_standing: bool,
    /// Whether it is applied: accepted, asserted, standing, and closing no circle.
    pub is_applied: bool,
    /// Whether it is left out because it would close a circle.
    pub is_rejected: bool,
}

/// One actor of the hierarchy, or several that are accepted to be one.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorRow {
    /// Its number in the hierarchy.
    pub number: usize,
    /// The actor; of several merged ones the representative.
    pub actor: Id<Actor>,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: ActorLevel,
    /// How deep it is drawn; 0 for a root.
    pub depth: usize,
    /// The other actors that are accepted to be the same, with their names.
    pub merged: Vec<(Id<Actor>, String)>,
    /// The aliases of all of them, each with the name of who coined it.
    pub aliases: Vec<(String, Option<String>)>,
    /// The names of its further parents, besides the one that it is drawn under.
    pub other_parents: Vec<String>,
    /// How many standing attributions name one of them.
    pub claims: usize,
}

/// The hierarchy of actors with their aliases and the links that are claimed between them.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct ActorChart {
    /// In hierarchy order.
    pub rows: Vec<ActorRow>,
    /// The links, by identifier of their claims.
    pub links: Vec<ActorLink>,
}

impl ActorChart {
    /// The chart of all actors.
    pub fn new(derived: &Derived) -> Self {
        let (assessment, hierarchy) = (derived.assessment(), derived.hierarchy());
        let mut named: FxHashMap<usize, usize> = FxHashMap::default();
        for claim in &assessment.claims {
            let Proposition::Attribution { actors, .. } = &claim.proposition else { continue };
            if claim.status != Status::Standing {
                continue;
            }
            let numbers: FxHashSet<usize> =
                actors.iter().filter_map(|actor| hierarchy.number_of(*actor)).collect();
            for number in numbers {
                *named.entry(number).or_default() += 1;
            }
        }
        let rows = hierarchy
            .nodes()
            .iter()
            .enumerate()
            .map(|(number, node)| {
                let records = node.members.iter().filter_map(|actor| assessment.get(*actor));
                let aliases = records.flat_map(|actor| &actor.aliases).map(|alias| {
                    (alias.name.clone(), alias.coined_by.map(|source| assessment.name_of(source)))
                });
                let other_parents = node.parents.iter().skip(1).filter_map(|parent| hierarchy.node(*parent));
                ActorRow {
                    number,
                    actor: node.actor,
                    name: node.name.clone(),
                    level: node.level,
                    depth: node.depth,
                    merged: node
                        .members
                        .iter()
                        .skip(1)
                        .map(|actor| (*actor, assessment.name_of(*actor)))
                        .collect(),
                    aliases: aliases.collect(),
                    other_parents: other_parents.map(|parent| parent.name.clone()).collect(),
                    claims: named.get(&number).copied().unwrap_or_default(),
                }
            })
            .collect();
        Self { rows, links: links(derived) }
    }

    /// The actors as a table, one line an actor, the name indented by depth.
    pub fn table(&self) -> ChartTable {
        let mut table =
            ChartTable::new(&["Actor", "Level", "Also known as", "Same as", "Also part of", "Claims"]);
        for row in &self.rows {
            let alias = |(name, coined_by): &(String, Option<String>)| match coined_by {
                Some(source) => format!("{name} ({source})"),
                None => name.clone(),
            };
            table.rows.push(vec![
                format!("{}{}", "  ".repeat(row.depth), row.name),
                row.level.label().to_owned(),
                row.aliases.iter().map(alias).collect::<Vec<_>>().join(", "),
                row.merged.iter().map(|(_, name)| name.clone()).collect::<Vec<_>>().join(", "),
                row.other_parents.join(", "),
                row.claims.to_string(),
            ]);
        }
        table
    }

    /// The links as a table, one line a claim.
    pub fn link_table(&self, derived: &Derived) -> ChartTable {
        let mut table = ChartTable::new(&["Source", "Says", "Stance", "Confidence", "Accepted", "Applied"]);
        for link in &self.links {
            let name = |actor| derived.assessment().name_of(actor);
            let yes = |flag: bool| if flag { "yes" } else { "no" }.to_owned();
            table.rows.push(vec![
                link.source_name.clone(),
                format!("{} {} {}", name(link.first), link.kind.verb(), name(link.second)),
                link.stance.label().to_owned(),
                link.confidence.map_or("none stated", Confidence::label).to_owned(),
                yes(link.accepted),
                if link.is_rejected {
                    "no: it would close a circle".to_owned()
                } else {
                    yes(link.is_applied)
                },
            ]);
        }
        table
    }
}

fn links(derived: &Derived) -> Vec<ActorLink> {
    let rejected: FxHashSet<Id<Claim>> =
        derived.hierarchy().rejected().iter().filter_map(|link| link.claim).collect();
    derived
        .links()
        .filter_map(|claim| {
            let (kind, first, second) = match claim.proposition {
                Proposition::SameActor { first, second } => (LinkKind::SameActor, first, second),
                Proposition::BelongsTo { part, whole } => (LinkKind::BelongsTo, part, whole),
                Proposition::Attribution { .. } => return None,
            };
            let is_rejected = rejected.contains(&claim.id);
            Some(ActorLink {
                claim: claim.id,
                kind,
                first,
                second,
                source: claim.source,
                source_name: derived.assessment().name_of(claim.source),
                stance: claim.stance,
                confidence: claim.confidence,
                accepted: claim.accepted,
                is_standing: claim.status == Status::Standing,
                is_applied: is_accepted_link(claim) && !is_rejected,
                is_rejected,
            })
        })
        .collect()
}
