//! What the view shows of one incident, computed once for each state of the document and each choice of raters.

use std::cell::{Cell, OnceCell};

use super::layout::Laid;
use super::legend::Signs;
use crate::analysis::ach::Raters;
use crate::analysis::agreement::{PairAgreement, RaterAgreement};
use crate::analysis::charts::matrix::{Difference, MatrixGroups, MatrixLine, MatrixSort};
use crate::analysis::charts::{ChartTable, MatrixChart};
use crate::model::{Analyst, AnyId, Assessment, Evidence, Hypothesis, Id, Incident};
use crate::ui::ViewContext;
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
    /// How many rows the grid has.
    rows: usize,
    /// Where everything stood when it was last drawn.
    pub laid: Option<Laid>,
    /// From which width of the labels on long heads leave every text its room, in points: in a figure from any.
    pub long_heads_from: Cell<f32>,
    /// Whether cells that the analyst who works now has not rated are marked: where they rated some.
    pub marks_unrated: bool,
    /// Which signs occur.
    pub signs: Signs,
    /// The cells of the grid in which raters differ, row after row.
    disputed: Vec<(usize, usize)>,
    /// How many cells only one of two analysts who are set against each other has rated.
    pub one_sided: usize,
    table: Option<(ChartTable, Vec<AnyId>)>,
    /// How far those whose ratings are shown rate alike: two who are set against each other, or all of the group.
    agreement: OnceCell<Agreement>,
    /// When the agreement was first asked for, in seconds of the window's clock.
    asked_at_secs: Cell<Option<f64>>,
}

/// From so many ratings on their agreement is computed only once nobody has rated for a moment: it takes as long as several
/// frames, and whoever rates by the key makes a new state with each.
const MANY_RATINGS: usize = 20_000;
/// That moment, in seconds.
const AT_REST_SECS: f64 = 0.4;

/// How far raters rate alike.
#[derive(Debug)]
pub(super) enum Agreement {
    /// One analyst's ratings are shown, or nobody else has rated.
    Nobody,
    /// Of all who rated.
    All(RaterAgreement),
    /// Of the two who are set against each other.
    Two(PairAgreement),
}

impl Memo {
    /// The memo of a key. What `before` has and does not depend on the sorting is taken over.
    pub fn new(cx: &ViewContext<'_>, key: Key, before: Option<Self>) -> Self {
        let (chart, table) = match before {
            Some(before) if (Key { layout: key.layout, ..before.key }) == key => (before.chart, before.table),
            before => {
                let before = before.as_ref().map(|before| &before.chart);
                (MatrixChart::new(cx.derived, key.incident, key.raters, key.own, before), None)
            }
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
        let marks_unrated = key.own.is_some_and(|own| chart.raters().contains(&own)) && chart.sides.is_none();
        let mut memo = Self {
            key,
            chart,
            lines,
            evidence,
            rows,
            laid: None,
            long_heads_from: Cell::new(0.0),
            marks_unrated,
            signs: Signs::default(),
            disputed: Vec::new(),
            one_sided: 0,
            table,
            agreement: OnceCell::new(),
            asked_at_secs: Cell::new(None),
        };
        memo.find_disputes();
        memo.signs = Signs::found(&memo);
        memo
    }

    /// How many seconds of rest are missing until the agreement is computed; `None` where nothing is waited for.
    pub fn agreement_waits(&self, now_secs: f64) -> Option<f64> {
        let ratings = self.chart.rows.len() * self.chart.columns.len() * self.chart.raters().len();
        let is_of_one = matches!(self.chart.raters, Raters::One(_));
        if is_of_one || ratings < MANY_RATINGS || self.agreement.get().is_some() {
            return None;
        }
        let asked = self.asked_at_secs.get().unwrap_or(now_secs);
        self.asked_at_secs.set(Some(asked));
        Some(AT_REST_SECS - (now_secs - asked)).filter(|missing| *missing > 0.0)
    }

    /// How far those whose ratings are shown rate alike, computed when it is first asked for.
    pub fn agreement(&self) -> &Agreement {
        self.agreement.get_or_init(|| match self.chart.raters {
            Raters::Everyone => self.chart.rater_agreement().map_or(Agreement::Nobody, Agreement::All),
            Raters::Two(_) => self.chart.pair_agreement().map_or(Agreement::Nobody, Agreement::Two),
            Raters::One(_) => Agreement::Nobody,
        })
    }

    fn find_disputes(&mut self) {
        let (rows, columns) = (self.grid_rows(), self.grid_columns());
        let all = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
        let (mut disputed, mut one_sided) = (Vec::new(), 0);
        for place in all {
            let Some((item, hypothesis)) = self.at(place.0, place.1) else { continue };
            if self.chart.is_disputed(item, hypothesis) {
                disputed.push(place);
            }
            let is_one_sided = self.chart.difference(item, hypothesis) == Some(Difference::OneSided);
            one_sided += usize::from(is_one_sided);
        }
        (self.disputed, self.one_sided) = (disputed, one_sided);
    }

    /// How many cells there are in which raters differ.
    pub const fn disputes(&self) -> usize {
        self.disputed.len()
    }

    /// The number of the cell of the grid among those in which raters differ, counted from 1; `None` for any other cell.
    pub fn dispute_number(&self, place: Option<(usize, usize)>) -> Option<usize> {
        self.disputed.binary_search(&place?).ok().map(|place| place + 1)
    }

    /// The next cell of the grid in which raters differ, or the one before: after the last one comes the first one.
    pub fn dispute_beyond(&self, from: Option<(usize, usize)>, step: isize) -> Option<(usize, usize)> {
        let count = self.disputed.len();
        let from = from.unwrap_or_default();
        let place = if step > 0 {
            self.disputed.partition_point(|place| *place <= from) % count.max(1)
        } else {
            (self.disputed.partition_point(|place| *place < from) + count.saturating_sub(1)) % count.max(1)
        };
        self.disputed.get(place).copied()
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
    pub const fn grid_rows(&self) -> usize {
        self.rows
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
    pub fn table(&mut self, assessment: &Assessment) -> (&ChartTable, &[AnyId]) {
        let chart = &self.chart;
        let (table, records) = self.table.get_or_insert_with(|| {
            (chart.table(assessment), chart.rows.iter().map(|row| row.evidence.into()).collect())
        });
        (table, records)
    }
}
