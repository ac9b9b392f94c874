//! The sources (or origins) of one incident against one another.

use rustc_hash::FxHashMap;

use super::super::relation::{Opinion, Relation};
use super::super::weight::Weight;
use super::super::{Derived, IncidentResults};
use super::ChartTable;
use super::who_says_who::{RowKey, RowsBy, row_key, row_label};
use crate::model::{Claim, Id, Incident};

/// How many pairs of claims a cell names; what follows is counted only.
const NAMED_PAIRS: usize = 16;

/// How far apart two rows with that relation stand when blocs are brought together.
const fn distance(relation: Relation) -> u32 {
    match relation {
        Relation::Same => 0,
        Relation::Refines => 1,
        Relation::Overlaps => 2,
        Relation::Silent | Relation::NotComparable => 3,
        Relation::Contradicts => 4,
    }
}

/// The sources or origins of one incident against one another, by the relation of their claims.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Heatmap {
    /// What the rows and columns stand for, ordered so that those who agree stand together.
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
    /// The greatest degree of conflict among all pairs of claims of the two, in `[0, 1]`; `None` where no
    /// pair can be set against each other.
    pub conflict: Option<f64>,
}

impl Heatmap {
    /// The chart of one incident. `rows_by` gives what a row stands for; any choice can be made.
    pub fn new(derived: &Derived, incident: Id<Incident>, rows_by: RowsBy) -> Self {
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

        let opinions: Vec<Opinion> = results
            .claims()
            .iter()
            .map(|claim| Opinion::of(&Weight::of(derived.assessment(), claim)))
            .collect();
        let mut cells: FxHashMap<(usize, usize), Cell> = FxHashMap::default();
        for (row, (_, _, row_places)) in rows.iter().enumerate() {
            for (column, (_, _, column_places)) in rows.iter().enumerate().take(row) {
                cells.insert((row, column), cell(results, &opinions, row_places, column_places));
            }
        }
        let order = order(rows.len(), |a, b| {
            cells.get(&(a.max(b), a.min(b))).map_or(Relation::Silent, |cell| cell.relation)
        });

        let mut heatmap = Self::default();
        for (place, row) in order.iter().enumerate() {
            if let Some((label, key, _)) = rows.get(*row) {
                heatmap.keys.push(key.clone());
                heatmap.labels.push(label.clone());
            }
            for column in order.iter().take(place) {
                if let Some(cell) = cells.remove(&((*row).max(*column), (*row).min(*column))) {
                    heatmap.cells.push(if row > column { cell } else { cell.turned() });
                }
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
        self.cells.get(high * (high - 1) / 2 + low)
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
            conflict = match (conflict, degree) {
                (Some(before), Some(degree)) => Some(before.max(degree)),
                (before, degree) => before.or(degree),
            };
            if standing.relation > relation {
                relation = standing.relation;
                found.clear();
            }
            if standing.relation == relation {
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

/// An order of rows that brings blocs together: each row is followed by the one that is nearest to it, then
/// nearest to those already placed, then first by name. It begins with the row that is nearest to all others.
fn order(len: usize, relation: impl Fn(usize, usize) -> Relation) -> Vec<usize> {
    let apart = |a: usize, b: usize| if a == b { 0 } else { distance(relation(a, b)) };
    let total = |a: usize| (0..len).map(|b| apart(a, b)).sum::<u32>();
    let mut waiting: Vec<(usize, u32)> = (0..len).map(|row| (row, 0)).collect();
    let mut order = Vec::with_capacity(len);
    let mut next = waiting.iter().map(|(row, _)| (total(*row), *row)).min().map(|(_, row)| row);
    while let Some(row) = next {
        order.push(row);
        waiting.retain(|(other, _)| *other != row);
        for (other, sum) in &mut waiting {
            *sum += apart(row, *other);
        }
        next = waiting
            .iter()
            .map(|(other, sum)| (apart(row, *other), *sum, *other))
            .min()
            .map(|(_, _, other)| other);
    }
    order
}
