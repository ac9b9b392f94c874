//! What the view shows of one incident, computed once for each state of the document and each choice of raters.

use crate::analysis::ach::Raters;
use crate::analysis::charts::matrix::{MatrixGroups, MatrixLine, MatrixSort};
use crate::analysis::charts::{ChartTable, MatrixChart};
use crate::model::{Analyst, AnyId, Evidence, Hypothesis, Id, Incident};
use crate::ui::ViewContext;
use crate::ui::tokens::ROW_HEIGHT;
use crate::ui::views::data_key::DataKey;

/// What the memo was made from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Key {
    pub data: DataKey,
    pub incident: Id<Incident>,
    pub raters: Raters,
    pub own: Option<Id<Analyst>>,
    /// The sorting, the groups, and whether hypotheses are the rows.
    pub layout: (MatrixSort, MatrixGroups, bool),
}

/// Everything that the view shows of one incident.
#[derive(Debug)]
pub(super) struct Memo {
    pub key: Key,
    pub chart: MatrixChart,
    /// The lines of evidence as sorted and grouped.
    pub lines: Vec<MatrixLine>,
    /// The places in the chart of the evidence, in the order of the lines.
    evidence: Vec<usize>,
    /// The top of each line of the grid, and the bottom of the last one.
    pub row_tops: Vec<f32>,
    table: Option<(ChartTable, Vec<AnyId>)>,
}

impl Memo {
    /// The memo of a key. What `before` has and does not depend on the sorting is taken over.
    pub fn new(cx: &ViewContext<'_>, key: Key, before: Option<Self>) -> Self {
        let kept = before.filter(|before| Key { layout: key.layout, ..before.key } == key);
        let (chart, table) = match kept {
            Some(before) => (before.chart, before.table),
            None => (MatrixChart::new(cx.derived, key.incident, key.raters, key.own), None),
        };
        let (sort, groups, is_transposed) = key.layout;
        let lines = chart.arranged(sort, groups);
        let evidence = lines
            .iter()
            .filter_map(|line| match line {
                MatrixLine::Row(row) => Some(*row),
                MatrixLine::Group(..) => None,
            })
            .collect();
        let rows = if is_transposed { chart.columns.len() } else { lines.len() };
        let row_tops = (0..=rows).map(|row| row as f32 * ROW_HEIGHT).collect();
        Self { key, chart, lines, evidence, row_tops, table }
    }

    /// Whether hypotheses are the rows.
    pub const fn is_transposed(&self) -> bool {
        self.key.layout.2
    }

    /// How many columns the grid has.
    pub fn grid_columns(&self) -> usize {
        if self.is_transposed() { self.evidence.len() } else { self.chart.columns.len() }
    }

    /// How many rows the grid has, heads of groups included.
    pub fn grid_rows(&self) -> usize {
        self.row_tops.len().saturating_sub(1)
    }

    /// The first row of the grid that is no head of a group.
    pub fn first_row(&self) -> usize {
        (0..self.grid_rows()).find(|row| self.at(*row, 0).is_some()).unwrap_or(0)
    }

    /// The place in the chart, evidence first, of a cell of the grid; `None` for the head of a group.
    pub fn at(&self, row: usize, column: usize) -> Option<(usize, usize)> {
        if self.is_transposed() {
            return Some((self.evidence_at(column)?, row)).filter(|_| row < self.chart.columns.len());
        }
        match self.lines.get(row)? {
            MatrixLine::Row(place) => Some((*place, column)),
            MatrixLine::Group(..) => None,
        }
    }

    /// The place in the chart of the evidence of a column of the grid with hypotheses as rows.
    pub fn evidence_at(&self, column: usize) -> Option<usize> {
        self.evidence.get(column).copied()
    }

    /// The cell of the grid in which a piece of evidence meets a hypothesis.
    pub fn place_of(&self, cell: (Id<Evidence>, Id<Hypothesis>)) -> Option<(usize, usize)> {
        let (row, column) = (self.chart.row_of(cell.0)?, self.chart.column_of(cell.1)?);
        if self.is_transposed() {
            return Some((column, self.evidence.iter().position(|place| *place == row)?));
        }
        let line = self.lines.iter().position(|line| *line == MatrixLine::Row(row))?;
        Some((line, column))
    }

    /// The records that meet in a cell of the chart.
    pub fn ids(&self, row: usize, column: usize) -> Option<(Id<Evidence>, Id<Hypothesis>)> {
        Some((self.chart.rows.get(row)?.evidence, self.chart.columns.get(column)?.hypothesis))
    }

    /// The table twin with the record of each row, made when first asked for.
    pub fn table(&mut self) -> (&ChartTable, &[AnyId]) {
        let chart = &self.chart;
        let (table, records) = self.table.get_or_insert_with(|| {
            (chart.table(), chart.rows.iter().map(|row| row.evidence.into()).collect())
        });
        (table, records)
    }
}
