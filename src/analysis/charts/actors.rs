//! The hierarchy of actors with their aliases and the links that are claimed between them.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::Derived;
use super::super::hierarchy::is_accepted_link;
use super::{ChartTable, WhoSaysWho};
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
            Self::SameActor => "=",
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
    /// How many standing attributions name one of them or an actor below.
    pub claims_with_below: usize,
    /// From how many independent origins those claims are; at most as many as there are.
    pub origins_with_below: usize,
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
        let mut named_below: FxHashMap<usize, usize> = FxHashMap::default();
        let mut above: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for claim in &assessment.claims {
            let Proposition::Attribution { actors, .. } = &claim.proposition else { continue };
            if claim.status != Status::Standing {
                continue;
            }
            let numbers: FxHashSet<usize> =
                actors.iter().filter_map(|actor| hierarchy.number_of(*actor)).collect();
            let mut reached = numbers.clone();
            for number in numbers {
                *named.entry(number).or_default() += 1;
                reached.extend(above.entry(number).or_insert_with(|| hierarchy.ancestors(number)).iter());
            }
            for number in reached {
                *named_below.entry(number).or_default() += 1;
            }
        }
        let origins = origins(derived, &mut above);
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
                    claims_with_below: named_below.get(&number).copied().unwrap_or_default(),
                    origins_with_below: origins.get(number).copied().unwrap_or_default(),
                }
            })
            .collect();
        Self { rows, links: links(derived, |_| true) }
    }

    /// The links that can change who agrees with whom in a chart: those of an actor that stands in it.
    pub fn links_of(derived: &Derived, chart: &WhoSaysWho) -> Vec<ActorLink> {
        let columns: FxHashSet<usize> = chart.columns.iter().map(|column| column.number).collect();
        let is_in = |actor: Id<Actor>| {
            derived.hierarchy().number_of(actor).is_some_and(|number| columns.contains(&number))
        };
        links(derived, |link| match *link {
            Proposition::SameActor { first, second } => is_in(first) || is_in(second),
            Proposition::BelongsTo { part, .. } => is_in(part),
            Proposition::Attribution { .. } => false,
        })
    }

    /// The actors as a table, one line an actor, the name indented by depth.
    pub fn table(&self) -> ChartTable {
        let mut table = ChartTable::new(&[
            "Actor",
            "Level",
            "Also known as",
            "Same as",
            "Also part of",
            "Claims",
            "Claims, with those of actors below",
            "Independent origins of these",
        ]);
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
                row.claims_with_below.to_string(),
                row.origins_with_below.to_string(),
            ]);
        }
        table
    }
}

/// For each actor, by its number, how many independent origins have a standing claim that names it or an actor below. `above` has
/// those above an actor, as far as they are known.
fn origins(derived: &Derived, above: &mut FxHashMap<usize, Vec<usize>>) -> Vec<usize> {
    let (assessment, hierarchy) = (derived.assessment(), derived.hierarchy());
    // With each actor the last origin that was counted for it, so that none counts twice.
    let mut counts = vec![(0, 0); hierarchy.nodes().len()];
    let mut count = |number: usize, origin: usize| match counts.get_mut(number) {
        Some((sum, last)) if *last != origin => (*sum, *last) = (*sum + 1, origin),
        _ => {}
    };
    let mut origin = 0;
    for incident in assessment.incidents.ids() {
        for found in derived.incident(incident).origins() {
            origin += 1;
            let claims = found.claims.iter().filter_map(|claim| assessment.get(*claim));
            for actor in claims.flat_map(|claim| claim.proposition.actors()) {
                let Some(number) = hierarchy.number_of(actor) else { continue };
                count(number, origin);
                let wider = above.entry(number).or_insert_with(|| hierarchy.ancestors(number));
                wider.iter().for_each(|number| count(*number, origin));
            }
        }
    }
    counts.into_iter().map(|(sum, _)| sum).collect()
}

fn links(derived: &Derived, is_wanted: impl Fn(&Proposition) -> bool) -> Vec<ActorLink> {
    let rejected: FxHashSet<Id<Claim>> =
        derived.hierarchy().rejected().iter().filter_map(|link| link.claim).collect();
    derived
        .links()
        .filter(|claim| is_wanted(&claim.proposition))
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::RowsBy;
    use super::*;
    use crate::analysis::Options;
    use crate::analysis::fixture::Case;

    fn case() -> (Case, Id<crate::model::Incident>) {
        let mut case = Case::default();
        case.actor("China", ActorLevel::State, &[]);
        case.actor("MSS", ActorLevel::Service, &["China"]);
        case.actor("JSSD", ActorLevel::Unit, &["MSS"]);
        case.actor("Turbine Panda", ActorLevel::Cluster, &[]);
        case.actor("Longhorn", ActorLevel::Cluster, &[]);
        case.blames("CrowdStrike", &["JSSD"]);
        case.blames("Symantec", &["MSS", "JSSD"]);
        case.blames("FireEye", &["Turbine Panda"]);
        let incident = case.assessment.incidents.ids().next().unwrap();
        (case, incident)
    }

    #[test]
    fn an_actor_counts_the_claims_that_name_it_and_those_below_it_once() {
        let (case, _) = case();
        let derived = Derived::new(Arc::new(case.assessment), Options::default(), None);
        let found: Vec<(String, usize, usize)> = derived
            .actor_chart()
            .rows
            .into_iter()
            .map(|row| (row.name, row.claims, row.claims_with_below))
            .collect();
        let expect =
            [("China", 0, 2), ("MSS", 1, 2), ("JSSD", 2, 2), ("Longhorn", 0, 0), ("Turbine Panda", 1, 1)];
        let expect = expect.map(|(name, own, all)| (name.to_owned(), own, all));
        assert_eq!(found, expect);
    }

    #[test]
    fn claims_that_repeat_one_another_are_one_origin() {
        let (mut case, _) = case();
        let first = case.assessment.claims.ids().next().unwrap();
        let echo = case.blames("The Times", &["MSS"]);
        case.change(echo, |claim| claim.repeats = vec![first]);
        let derived = Derived::new(Arc::new(case.assessment), Options::default(), None);
        let rows = derived.actor_chart().rows;
        let found: Vec<(&str, usize, usize)> = rows
            .iter()
            .map(|row| (row.name.as_str(), row.claims_with_below, row.origins_with_below))
            .collect();
        let expect =
            [("China", 3, 2), ("MSS", 3, 2), ("JSSD", 2, 2), ("Longhorn", 0, 0), ("Turbine Panda", 1, 1)];
        assert_eq!(found, expect);
    }

    #[test]
    fn the_links_of_a_chart_are_those_of_its_actors() {
        let (mut case, incident) = case();
        let part = case.part("Turbine Panda", "JSSD");
        case.says("CrowdStrike", part);
        let same = case.same("Longhorn", "MSS");
        case.says("Symantec", same);
        case.actor("Elsewhere", ActorLevel::State, &[]);
        let elsewhere = case.part("Longhorn", "Elsewhere");
        case.says("Kaspersky", elsewhere);
        let derived = Derived::new(Arc::new(case.assessment), Options::default(), None);
        let chart = derived.who_says_who(incident, RowsBy::Source);
        let sources: Vec<String> =
            ActorChart::links_of(&derived, &chart).into_iter().map(|link| link.source_name).collect();
        assert_eq!(sources, ["CrowdStrike", "Symantec"]);
        assert_eq!(derived.actor_chart().links.len(), 3);
    }
}
