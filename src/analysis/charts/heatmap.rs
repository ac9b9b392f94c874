//! The sources (or origins) of one incident against one another.

use rustc_hash::FxHashMap;

use super::super::relation::{Opinion, Relation};
use super::super::{Derived, IncidentResults};
use super::ChartTable;
use super::seriation::seriate;
use super::who_says_who::{RowKey, RowsBy, row_key, row_label};
use crate::model::{Claim, Id, Incident};

/// How many pairs of claims a cell names; what follows is counted only.
const NAMED_PAIRS: usize = 16;

/// In which order the rows of a heatmap stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum HeatOrder {
    /// Those who agree stand together.
    #[default]
    Bloc,
    /// By name, letter case ignored.
    Name,
    /// By the day on which each first spoke; those without a date last.
    Date,
}

impl HeatOrder {
    /// All orders, as they are offered.
    pub const ALL: [Self; 3] = [Self::Bloc, Self::Name, Self::Date];

    /// The name that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Bloc => "Blocs",
            Self::Name => "Name",
            Self::Date => "Date",
        }
    }
}

/// How far apart two rows stand when blocs are brought together: a step for each grade of the relation, and the degree of
/// conflict, which tells contradictions apart.
fn distance(cell: &Cell) -> f64 {
    let step = match cell.relation {
        Relation::Same => 0.0,
        Relation::Refines => 1.0,
        Relation::Overlaps => 2.0,
        Relation::Silent | Relation::NotComparable => 3.0,
        Relation::Contradicts => 4.0,
    };
    step + cell.conflict.unwrap_or(0.0)
}

/// The sources or origins of one incident against one another, by the relation of their claims.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Heatmap {
    /// What the rows and columns stand for, in the order that was asked for.
    pub keys: Vec<RowKey>,
    /// The names that people read, in the same order.
    pub labels: Vec<String>,
    /// The cells below the diagonal, row by row: those of row r with columns 0 to r − 1.
    cells: Vec<Cell>,
}

/// Two rows against each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The weightiest relation between a claim of the one and a claim of the other: a contradiction outweighs
    /// an overlap, that a refinement, that sameness, that silence, and that what is not comparable.
    pub relation: Relation,
    /// The pairs of claims with that relation, first of the row's claim: at most 16, those with most conflict
    /// first.
    pub pairs: Vec<(Id<Claim>, Id<Claim>)>,
    /// How many pairs of claims have that relation.
    pub pair_count: usize,
    /// The greatest degree of conflict among the pairs with that relation, in `[0, 1]`, which the first of `pairs` has;
    /// `None` where they cannot be set against each other.
    pub conflict: Option<f64>,
}

impl Heatmap {
    /// The chart of one incident. `rows_by` gives what a row stands for, `order` where it stands: see [`HeatOrder`];
    /// blocs are brought together by [`seriate`](super::seriation::seriate).
    pub fn new(derived: &Derived, incident: Id<Incident>, rows_by: RowsBy, order: HeatOrder) -> Self {
        let results = derived.incident(incident);
        let mut places: FxHashMap<RowKey, Vec<usize>> = FxHashMap::default();
        for (place, claim) in results.claims().iter().enumerate() {
            if let Some(key) = row_key(derived, results, claim, rows_by) {
                places.entry(key).or_default().push(place);
            }
        }
        let mut rows: Vec<(String, RowKey, Vec<usize>)> =
            places.into_iter().map(|(key, places)| (row_label(derived, &key), key, places)).collect();
        rows.sort_by_cached_key(|(label, key, _)| (label.to_lowercase(), key.clone()));
        if order == HeatOrder::Date {
            let stated = |place: &usize| results.claims().get(*place).and_then(|claim| claim.stated_on);
            // The sort keeps the order by name where dates are the same.
            rows.sort_by_cached_key(|(_, _, places)| {
                let first = places.iter().filter_map(stated).min();
                (first.is_none(), first)
            });
        }

        let opinions: Vec<Opinion> =
            results.claims().iter().map(|claim| Opinion::of_claim(derived.assessment(), claim)).collect();
        let mut cells: Vec<Option<Cell>> = Vec::with_capacity(rows.len() * rows.len().saturating_sub(1) / 2);
        for (row, (_, _, row_places)) in rows.iter().enumerate() {
            for (_, _, column_places) in rows.iter().take(row) {
                cells.push(Some(cell(results, &opinions, row_places, column_places)));
            }
        }
        let order: Vec<usize> = match order {
            HeatOrder::Name | HeatOrder::Date => (0..rows.len()).collect(),
            HeatOrder::Bloc => seriate(rows.len(), |a, b| {
                cells.get(below_diagonal(a, b)).and_then(Option::as_ref).map_or(0.0, distance)
            }),
        };

        let mut heatmap = Self::default();
        for (place, row) in order.iter().enumerate() {
            if let Some((label, key, _)) = rows.get(*row) {
                heatmap.keys.push(key.clone());
                heatmap.labels.push(label.clone());
            }
            for column in order.iter().take(place) {
                let found = cells.get_mut(below_diagonal(*row, *column)).and_then(Option::take);
                heatmap.cells.extend(found.map(|cell| if row > column { cell } else { cell.turned() }));
            }
        }
        heatmap
    }

    /// The cell of a row and a column; `None` on the diagonal and outside.
    pub fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        let (high, low) = (row.max(column), row.min(column));
        if high == low || high >= self.keys.len() {
            return None;
        }
        self.cells.get(below_diagonal(high, low))
    }

    /// Of the rows that contradict one another or overlap those with most conflict, the greater number first, and their
    /// degree: the first pair of them where several are alike. `None` where there are none, or nothing conflicts.
    ///
    /// Who says the same with another likelihood, or refines it, has a degree of conflict too, but is not at odds.
    pub fn most_conflicting(&self) -> Option<(usize, usize, f64)> {
        let pairs = (0..self.keys.len()).flat_map(|row| (0..row).map(move |column| (row, column)));
        let degrees = pairs.filter_map(|(row, column)| {
            let cell = self.cell(row, column)?;
            let is_at_odds = matches!(cell.relation, Relation::Contradicts | Relation::Overlaps);
            Some((row, column, cell.conflict.filter(|degree| is_at_odds && *degree > 0.0)?))
        });
        degrees.reduce(|best, next| if next.2 > best.2 { next } else { best })
    }

    /// The greatest degree of conflict, in `[0, 1]`; 0 where there is none.
    pub fn greatest_conflict(&self) -> f64 {
        self.cells.iter().filter_map(|cell| cell.conflict).fold(0.0, f64::max)
    }

    /// The pairs of claims behind a cell, the claim of `row` first.
    pub fn pairs(&self, row: usize, column: usize) -> Vec<(Id<Claim>, Id<Claim>)> {
        let Some(cell) = self.cell(row, column) else { return Vec::new() };
        if row > column { cell.pairs.clone() } else { cell.clone().turned().pairs }
    }

    /// The same as a table: a line for each pair of rows.
    pub fn table(&self) -> ChartTable {
        let mut table =
            ChartTable::new(&["One", "Other", "Relation", "Pairs of claims", "Degree of conflict"]);
        for (row, label) in self.labels.iter().enumerate() {
            for (column, other) in self.labels.iter().enumerate().take(row) {
                let Some(cell) = self.cell(row, column) else { continue };
                table.rows.push(vec![
                    other.clone(),
                    label.clone(),
                    cell.relation.label().to_owned(),
                    cell.pair_count.to_string(),
                    cell.conflict.map_or_else(|| "undefined".to_owned(), |conflict| format!("{conflict:.3}")),
                ]);
            }
        }
        table
    }
}

/// The place of a cell in a list of those below the diagonal, row by row.
const fn below_diagonal(a: usize, b: usize) -> usize {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    high * high.saturating_sub(1) / 2 + low
}

impl Cell {
    fn turned(mut self) -> Self {
        for (row, column) in &mut self.pairs {
            std::mem::swap(row, column);
        }
        self
    }
}

fn cell(results: &IncidentResults, opinions: &[Opinion], rows: &[usize], columns: &[usize]) -> Cell {
    let mut relation = Relation::NotComparable;
    let mut found: Vec<(f64, Id<Claim>, Id<Claim>)> = Vec::new();
    let mut conflict: Option<f64> = None;
    for row in rows {
        for column in columns {
            let (Some(standing), Some(a), Some(b)) =
                (results.standing(*row, *column), results.claims().get(*row), results.claims().get(*column))
            else {
                continue;
            };
            let degree = match (opinions.get(*row), opinions.get(*column)) {
                (Some(left), Some(right)) => standing.conflict(*left, *right).0.ok(),
                _ => None,
            };
            if standing.relation > relation {
                relation = standing.relation;
                conflict = None;
                found.clear();
            }
            if standing.relation == relation {
                conflict = match (conflict, degree) {
                    (Some(before), Some(degree)) => Some(before.max(degree)),
                    (before, degree) => before.or(degree),
                };
                found.push((degree.unwrap_or(0.0), a.id, b.id));
            }
        }
    }
    found.sort_by(|(a, a_row, a_column), (b, b_row, b_column)| {
        b.total_cmp(a).then_with(|| (a_row, a_column).cmp(&(b_row, b_column)))
    });
    let pair_count = found.len();
    let pairs = found.into_iter().take(NAMED_PAIRS).map(|(_, row, column)| (row, column)).collect();
    Cell { relation, pairs, pair_count, conflict }
}
