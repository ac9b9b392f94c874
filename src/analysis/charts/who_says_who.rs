//! Who says who: sources or origins down, actors across in hierarchy order, a mark for each claim.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::origins::Origin;
use super::super::relation::{is_period_mismatch, likelihood_text};
use super::super::{Derived, IncidentResults};
use super::ChartTable;
use crate::model::{
    Actor, ActorLevel, Claim, Confidence, Id, Incident, Likelihood, Role, Source, SourceKind, Stance,
    Verification,
};

/// The heading over rows whose claims share their origin with no other claim.
const ALONE: &str = "Said by one alone";

/// What the rows of a chart stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum RowsBy {
    /// One row for each source.
    #[default]
    Source,
    /// One row for each independent origin, named after its first-hand claim's source.
    Origin,
    /// One row for each affiliation of sources.
    Affiliation,
    /// One row for each kind of source.
    Kind,
}

impl RowsBy {
    /// All choices, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Source, Self::Origin, Self::Affiliation, Self::Kind];

    /// The name that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Source => "Source",
            Self::Origin => "Origin",
            Self::Affiliation => "Affiliation",
            Self::Kind => "Kind of source",
        }
    }

    /// What such rows can be grouped by: what is coarser.
    pub const fn groups(self) -> &'static [Self] {
        match self {
            Self::Source => &[Self::Origin, Self::Affiliation, Self::Kind],
            Self::Origin => &[Self::Affiliation, Self::Kind],
            Self::Affiliation => &[Self::Kind],
            Self::Kind => &[],
        }
    }
}

/// What the rows of who says who stand for, and under what they are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Rows {
    /// What a row stands for.
    pub by: RowsBy,
    /// What rows are grouped by; one of [`RowsBy::groups`], anything else is no grouping.
    pub grouped: Option<RowsBy>,
}

impl From<RowsBy> for Rows {
    fn from(by: RowsBy) -> Self {
        Self { by, grouped: None }
    }
}

/// What one row stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKey {
    /// A source.
    Source(Id<Source>),
    /// An origin, by its first-hand claim.
    Origin(Id<Claim>),
    /// An affiliation; empty where none is given.
    Affiliation(String),
    /// A kind of source.
    Kind(SourceKind),
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it stands for.
    pub key: RowKey,
    /// The name that people read.
    pub label: String,
    /// How many claims stand in it.
    pub claims: usize,
    /// How many independent origins these claims have.
    pub origins: usize,
    /// Its group, by its place among the groups; `None` where rows are not grouped.
    pub group: Option<usize>,
}

/// Rows under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowGroup {
    /// What they have in common; `None` for origins of which there is one claim only.
    pub key: Option<RowKey>,
    /// The name that people read.
    pub label: String,
    /// Its rows.
    pub rows: std::ops::Range<usize>,
    /// How many claims stand in them.
    pub claims: usize,
    /// How many independent origins these claims have.
    pub origins: usize,
}

/// One column: an actor that a claim names, or one above such an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorColumn {
    /// Its number in the hierarchy.
    pub number: usize,
    /// The actor; of several merged ones the representative.
    pub actor: Id<Actor>,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: ActorLevel,
    /// How many of the columns to its left it is drawn below; 0 for one without a wider one.
    pub depth: usize,
    /// Whether a claim names it; otherwise it is there as a wider actor only.
    pub is_named: bool,
}

/// One claim in the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The claim.
    pub claim: Id<Claim>,
    /// Its source.
    pub source: Id<Source>,
    /// The source's name.
    pub source_name: String,
    /// In which row it stands.
    pub row: usize,
    /// In which columns it stands: several for a joint attribution, none where nobody is named.
    pub columns: Vec<usize>,
    /// Asserted, denied or declined.
    pub stance: Stance,
    /// In which role; `None` where nobody is named.
    pub role: Option<Role>,
    /// The likelihood as stated; `None` where it was stated without a hedge.
    pub likelihood: Option<Likelihood>,
    /// The confidence as stated.
    pub confidence: Option<Confidence>,
    /// The number of its origin among the incident's.
    pub origin: usize,
    /// Whether it is the first-hand claim of its origin, and not a repetition.
    pub is_first_hand: bool,
    /// The first-hand claim of its origin; itself where it is that.
    pub first_hand: Id<Claim>,
    /// How far it was checked against the original.
    pub verification: Verification,
    /// Whether it speaks of a period outside the incident's.
    pub is_period_mismatch: bool,
}

/// Who says who, on one incident. Only claims that still stand are in it.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct WhoSaysWho {
    /// What the rows stand for, and how they are grouped.
    pub by: Rows,
    /// From top to bottom: by group, by the leftmost actor that they name, then by name, so that those who say the same
    /// stand together; rows that name nobody last.
    pub rows: Vec<Row>,
    /// The groups in the order of their rows; empty where rows are not grouped.
    pub groups: Vec<RowGroup>,
    /// From left to right, in hierarchy order.
    pub columns: Vec<ActorColumn>,
    /// By row, then by date stated and identifier.
    pub marks: Vec<Mark>,
}

impl WhoSaysWho {
    /// The chart of one incident.
    pub fn new(derived: &Derived, incident: Id<Incident>, by: Rows) -> Self {
        let by = Rows { grouped: by.grouped.filter(|group| by.by.groups().contains(group)), ..by };
        let results = derived.incident(incident);
        let columns = columns(derived, results);
        let column_of: FxHashMap<usize, usize> =
            columns.iter().enumerate().map(|(place, column)| (column.number, place)).collect();

        let mut marks: Vec<(Place, Mark)> = results
            .claims()
            .iter()
            .filter_map(|claim| {
                let key = row_key(derived, results, claim, by.by)?;
                let group = by.grouped.map(|grouped| group_key(derived, results, claim, by.by, grouped));
                Some(((group, key), mark(derived, results, claim, &column_of)?))
            })
            .collect();
        let (rows, groups) = rows(derived, &marks);
        let row_of: FxHashMap<Place, usize> = rows
            .iter()
            .enumerate()
            .map(|(place, row)| {
                ((row.group.and_then(|it| groups.get(it)).map(|it| it.key.clone()), row.key.clone()), place)
            })
            .collect();
        for (place, mark) in &mut marks {
            mark.row = row_of.get(place).copied().unwrap_or_default();
        }
        let mut marks: Vec<Mark> = marks.into_iter().map(|(_, mark)| mark).collect();
        let stated = |mark: &Mark| derived.assessment().get(mark.claim).and_then(|claim| claim.stated_on);
        marks.sort_by_cached_key(|mark| (mark.row, stated(mark).is_none(), stated(mark), mark.claim));
        Self { by, rows, groups, columns, marks }
    }

    /// The same as a table, one line a claim.
    pub fn table(&self) -> ChartTable {
        // Where a row is a source its name would stand there twice.
        let has_row = self.by.by != RowsBy::Source;
        let headers = [
            self.by.grouped.map(RowsBy::label),
            has_row.then_some(self.by.by.label()),
            Some("Source"),
            Some("Says"),
            Some("Stance"),
            Some("Role"),
            Some("Likelihood"),
            Some("Confidence"),
            Some("Hand"),
            Some("Verification"),
            Some("Period"),
        ];
        let mut table = ChartTable::new(&headers.into_iter().flatten().collect::<Vec<_>>());
        for mark in &self.marks {
            let names: Vec<&str> = mark
                .columns
                .iter()
                .filter_map(|column| self.columns.get(*column))
                .map(|column| column.name.as_str())
                .collect();
            let row = self.rows.get(mark.row);
            let group = row.and_then(|row| self.groups.get(row.group?)).map(|group| group.label.clone());
            let mut cells: Vec<String> = group.into_iter().collect();
            cells.extend(row.filter(|_| has_row).map(|row| row.label.clone()));
            cells.extend([
                mark.source_name.clone(),
                if names.is_empty() { "names nobody".to_owned() } else { names.join(" + ") },
                mark.stance.label().to_owned(),
                mark.role.map_or("none", Role::label).to_owned(),
                likelihood_text(mark.likelihood.as_ref()),
                mark.confidence.map_or("none stated", Confidence::label).to_owned(),
                if mark.is_first_hand { "first-hand" } else { "repeats" }.to_owned(),
                mark.verification.label().to_owned(),
                if mark.is_period_mismatch { "outside the incident’s" } else { "" }.to_owned(),
            ]);
            table.rows.push(cells);
        }
        table
    }
}

/// The nodes that a claim stands for, as seen at the chosen level.
fn nodes_of(derived: &Derived, claim: &Claim) -> Vec<usize> {
    let hierarchy = derived.hierarchy();
    let mut nodes: Vec<usize> = claim
        .proposition
        .actors()
        .into_iter()
        .flat_map(|actor| match derived.options().level {
            Some(level) if claim.stance == Stance::Asserts => hierarchy.at_level(actor, level),
            _ => hierarchy.number_of(actor).into_iter().collect(),
        })
        .collect();
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

fn columns(derived: &Derived, results: &IncidentResults) -> Vec<ActorColumn> {
    let hierarchy = derived.hierarchy();
    let named: FxHashSet<usize> =
        results.claims().iter().flat_map(|claim| nodes_of(derived, claim)).collect();
    let mut numbers: Vec<usize> = named
        .iter()
        .flat_map(|number| std::iter::once(*number).chain(hierarchy.ancestors(*number)))
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut depths: FxHashMap<usize, usize> = FxHashMap::default();
    let mut columns = Vec::with_capacity(numbers.len());
    for number in numbers {
        let Some(node) = hierarchy.node(number) else { continue };
        // A wider actor always stands to the left of those that are drawn below it.
        let depth = node.parents.first().and_then(|parent| depths.get(parent)).map_or(0, |depth| depth + 1);
        depths.insert(number, depth);
        columns.push(ActorColumn {
            number,
            actor: node.actor,
            name: node.name.clone(),
            level: node.level,
            depth,
            is_named: named.contains(&number),
        });
    }
    columns
}

pub(super) fn row_key(
    derived: &Derived,
    results: &IncidentResults,
    claim: &Claim,
    rows_by: RowsBy,
) -> Option<RowKey> {
    let source = derived.assessment().get(claim.source);
    Some(match rows_by {
        RowsBy::Source => RowKey::Source(claim.source),
        RowsBy::Origin => RowKey::Origin(origin_of(results, claim)?.1.first_hand),
        RowsBy::Affiliation => RowKey::Affiliation(source?.affiliation.trim().to_owned()),
        RowsBy::Kind => RowKey::Kind(source?.kind),
    })
}

pub(super) fn row_label(derived: &Derived, key: &RowKey) -> String {
    let assessment = derived.assessment();
    match key {
        RowKey::Source(source) => assessment.name_of(*source),
        RowKey::Origin(claim) => {
            assessment.get(*claim).map_or_else(String::new, |claim| assessment.name_of(claim.source))
        }
        RowKey::Affiliation(name) if name.is_empty() => "No affiliation".to_owned(),
        RowKey::Affiliation(name) => name.clone(),
        RowKey::Kind(kind) => kind.label().to_owned(),
    }
}

fn origin_of<'a>(results: &'a IncidentResults, claim: &Claim) -> Option<(usize, &'a Origin)> {
    let number = results.origin_of(claim.id)?;
    Some((number, results.origins().get(number)?))
}

fn mark(
    derived: &Derived,
    results: &IncidentResults,
    claim: &Claim,
    column_of: &FxHashMap<usize, usize>,
) -> Option<Mark> {
    let (origin, Origin { first_hand, .. }) = origin_of(results, claim)?;
    let columns: Vec<usize> =
        nodes_of(derived, claim).into_iter().filter_map(|number| column_of.get(&number).copied()).collect();
    let role = match &claim.proposition {
        crate::model::Proposition::Attribution { role, .. } if !columns.is_empty() => Some(*role),
        _ => None,
    };
    Some(Mark {
        claim: claim.id,
        source: claim.source,
        source_name: derived.assessment().name_of(claim.source),
        row: 0,
        columns,
        stance: claim.stance,
        role,
        likelihood: claim.likelihood.clone(),
        confidence: claim.confidence,
        origin,
        is_first_hand: *first_hand == claim.id,
        first_hand: *first_hand,
        verification: claim.verification,
        is_period_mismatch: is_period_mismatch(derived.assessment(), claim),
    })
}

/// Where a claim stands: under what heading, where there are headings, and in which row.
type Place = (Option<Option<RowKey>>, RowKey);

/// The heading that a claim stands under. Origins of one claim share one: a heading for each would say nothing.
fn group_key(
    derived: &Derived,
    results: &IncidentResults,
    claim: &Claim,
    by: RowsBy,
    grouped: RowsBy,
) -> Option<RowKey> {
    let (_, origin) = origin_of(results, claim)?;
    match grouped {
        RowsBy::Origin if origin.claims.len() < 2 => None,
        // An origin is one row, and so stands where its first-hand claim does.
        _ if by == RowsBy::Origin => {
            row_key(derived, results, derived.assessment().get(origin.first_hand)?, grouped)
        }
        _ => row_key(derived, results, claim, grouped),
    }
}

/// What a row or a group holds.
struct Content {
    leftmost: usize,
    claims: usize,
    origins: FxHashSet<usize>,
}

impl Content {
    fn collect<K: std::hash::Hash + Eq>(
        items: impl Iterator<Item = (K, usize, usize)>,
    ) -> FxHashMap<K, Self> {
        let mut contents: FxHashMap<K, Self> = FxHashMap::default();
        for (key, leftmost, origin) in items {
            let empty = || Self { leftmost: usize::MAX, claims: 0, origins: FxHashSet::default() };
            let content = contents.entry(key).or_insert_with(empty);
            content.leftmost = content.leftmost.min(leftmost);
            content.claims += 1;
            content.origins.insert(origin);
        }
        contents
    }
}

/// The groups and the rows, each in order.
fn rows(derived: &Derived, marks: &[(Place, Mark)]) -> (Vec<Row>, Vec<RowGroup>) {
    let leftmost = |mark: &Mark| mark.columns.first().copied().unwrap_or(usize::MAX);
    let group_contents = Content::collect(
        marks.iter().filter_map(|((group, _), mark)| Some((group.as_ref()?, leftmost(mark), mark.origin))),
    );
    let mut groups: Vec<(usize, RowGroup)> = group_contents
        .into_iter()
        .map(|(key, content)| {
            let label = key.as_ref().map_or_else(|| ALONE.to_owned(), |key| row_label(derived, key));
            let (claims, origins) = (content.claims, content.origins.len());
            (content.leftmost, RowGroup { key: key.clone(), label, rows: 0..0, claims, origins })
        })
        .collect();
    groups.sort_by_cached_key(|(leftmost, group)| {
        (group.key.is_none(), *leftmost, group.label.to_lowercase(), group.key.clone())
    });
    let mut groups: Vec<RowGroup> = groups.into_iter().map(|(_, group)| group).collect();
    let group_of: FxHashMap<&Option<RowKey>, usize> =
        groups.iter().enumerate().map(|(place, group)| (&group.key, place)).collect();

    let contents = Content::collect(marks.iter().map(|(place, mark)| (place, leftmost(mark), mark.origin)));
    let mut rows: Vec<(usize, Row)> = contents
        .into_iter()
        .map(|((group, key), content)| {
            let group = group.as_ref().and_then(|group| group_of.get(group).copied());
            let (label, origins) = (row_label(derived, key), content.origins.len());
            (content.leftmost, Row { key: key.clone(), label, claims: content.claims, origins, group })
        })
        .collect();
    rows.sort_by_cached_key(|(leftmost, row)| {
        (row.group, *leftmost, row.label.to_lowercase(), row.key.clone())
    });
    let rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
    for (number, group) in groups.iter_mut().enumerate() {
        let first = rows.partition_point(|row| row.group < Some(number));
        group.rows = first..rows.partition_point(|row| row.group <= Some(number));
    }
    (rows, groups)
}
