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
    /// From top to bottom: by the leftmost actor that they name, then by name, so that those who say the same
    /// stand together; rows that name nobody last.
    pub rows: Vec<Row>,
    /// From left to right, in hierarchy order.
    pub columns: Vec<ActorColumn>,
    /// By row, then by date stated and identifier.
    pub marks: Vec<Mark>,
}

impl WhoSaysWho {
    /// The chart of one incident.
    pub fn new(derived: &Derived, incident: Id<Incident>, rows_by: RowsBy) -> Self {
        let results = derived.incident(incident);
        let columns = columns(derived, results);
        let column_of: FxHashMap<usize, usize> =
            columns.iter().enumerate().map(|(place, column)| (column.number, place)).collect();

        let mut marks: Vec<(RowKey, Mark)> = results
            .claims()
            .iter()
            .filter_map(|claim| {
                Some((row_key(derived, results, claim, rows_by)?, mark(derived, results, claim, &column_of)?))
            })
            .collect();
        let rows = rows(derived, &marks);
        let row_of: FxHashMap<&RowKey, usize> =
            rows.iter().enumerate().map(|(place, row)| (&row.key, place)).collect();
        for (key, mark) in &mut marks {
            mark.row = row_of.get(key).copied().unwrap_or_default();
        }
        let mut marks: Vec<Mark> = marks.into_iter().map(|(_, mark)| mark).collect();
        let stated = |mark: &Mark| derived.assessment().get(mark.claim).and_then(|claim| claim.stated_on);
        marks.sort_by_cached_key(|mark| (mark.row, stated(mark).is_none(), stated(mark), mark.claim));
        Self { rows, columns, marks }
    }

    /// The same as a table, one line a claim.
    pub fn table(&self) -> ChartTable {
        let mut table = ChartTable::new(&[
            "Row",
            "Source",
            "Says",
            "Stance",
            "Role",
            "Likelihood",
            "Confidence",
            "Hand",
            "Verification",
            "Period",
        ]);
        for mark in &self.marks {
            let names: Vec<&str> = mark
                .columns
                .iter()
                .filter_map(|column| self.columns.get(*column))
                .map(|column| column.name.as_str())
                .collect();
            table.rows.push(vec![
                self.rows.get(mark.row).map(|row| row.label.clone()).unwrap_or_default(),
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

fn rows(derived: &Derived, marks: &[(RowKey, Mark)]) -> Vec<Row> {
    /// What a row holds: its leftmost column, its claims, its origins.
    type Content = (usize, usize, FxHashSet<usize>);
    let mut contents: FxHashMap<&RowKey, Content> = FxHashMap::default();
    for (key, mark) in marks {
        let (leftmost, claims, origins) =
            contents.entry(key).or_insert_with(|| (usize::MAX, 0, FxHashSet::default()));
        *leftmost = (*leftmost).min(mark.columns.first().copied().unwrap_or(usize::MAX));
        *claims += 1;
        origins.insert(mark.origin);
    }
    let mut rows: Vec<(usize, Row)> = contents
        .into_iter()
        .map(|(key, (leftmost, claims, origins))| {
            let label = row_label(derived, key);
            (leftmost, Row { key: key.clone(), label, claims, origins: origins.len() })
        })
        .collect();
    rows.sort_by_cached_key(|(leftmost, row)| (*leftmost, row.label.to_lowercase(), row.key.clone()));
    rows.into_iter().map(|(_, row)| row).collect()
}
