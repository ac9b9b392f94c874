//! What the view shows of one incident, computed once for each state of the document and each choice of raters.

use std::cell::Cell;

use eframe::egui::Ui;

use super::layout::{Laid, Needed};
use super::{indicators, pair};
use crate::analysis::ach::Raters;
use crate::analysis::charts::odds::OddsPair;
use crate::analysis::charts::{ChartTable, OddsChart};
use crate::model::{Analyst, AnyId, Hypothesis, Id, Incident};
use crate::ui::ViewContext;
use crate::ui::views::data_key::DataKey;
use crate::ui::widgets::chart_parts::name_galley;

/// What the memo was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub data: DataKey,
    pub incident: Id<Incident>,
    pub raters: Raters,
}

/// Everything that the view shows of one incident.
#[derive(Debug)]
pub(super) struct Memo {
    pub key: Key,
    pub chart: OddsChart,
    /// Who has rated anything.
    pub raters: Vec<Id<Analyst>>,
    /// The pair that is compared, where there are two hypotheses.
    pub pair: Option<OddsPair>,
    /// At which sharpness of the screen texts were measured, and the widths of the longest hypothesis and piece of evidence.
    measured: Cell<Option<(f32, (f32, f32))>>,
    /// At which sharpness, and the width of the longest indicator.
    indicators: Cell<Option<(f32, f32)>>,
    /// How high the items and the indicators are in the whole width.
    pub needed: Cell<Option<Needed>>,
    /// How the items were laid out before.
    pub laid: Option<Laid>,
    tables: Option<Tables>,
}

/// The table twins with the record of each row.
#[derive(Debug)]
pub(super) struct Tables {
    pub hypotheses: ChartTable,
    pub hypothesis_records: Vec<AnyId>,
    pub pair: Option<ChartTable>,
    pub pair_records: Vec<AnyId>,
    pub indicators: ChartTable,
    pub indicator_records: Vec<AnyId>,
}

impl Memo {
    /// The memo of a key.
    pub fn new(cx: &ViewContext<'_>, key: Key) -> Self {
        Self {
            chart: OddsChart::new(cx.derived, key.incident, key.raters),
            raters: cx.derived.matrix(key.incident).raters.clone(),
            key,
            pair: None,
            measured: Cell::new(None),
            indicators: Cell::new(None),
            needed: Cell::new(None),
            laid: None,
            tables: None,
        }
    }

    /// Compares two hypotheses; the two most probable where they are not chosen.
    pub fn ask(&mut self, column: Option<Id<Hypothesis>>, against: Option<Id<Hypothesis>>) {
        let (column, against) = places(&self.chart, column, against);
        let is_same = |pair: &OddsPair| (pair.column, pair.against) == (column, against);
        if !self.pair.as_ref().is_some_and(is_same) {
            self.pair = self.chart.pair(column, against).filter(|_| column != against);
            (self.tables, self.laid) = (None, None);
            self.needed.set(None);
        }
    }

    /// The widths in full of the longest hypothesis and of the longest piece of evidence, in points.
    pub fn measured(&self, ui: &Ui) -> (f32, f32) {
        let sharpness = ui.pixels_per_point();
        if let Some((_, widths)) = self.measured.get().filter(|(of, _)| *of == sharpness) {
            return widths;
        }
        let columns = self.chart.columns.iter();
        let hypotheses = columns.map(|it| name_galley(ui, &it.name, &it.answer, f32::INFINITY).size().x);
        let evidence = self.chart.rows.iter().map(|row| pair::name_width(ui, &row.statement));
        let widths = (
            hypotheses.fold(90.0, f32::max).ceil() + 1.0,
            evidence.fold(pair::LEAST_NAME, f32::max).ceil() + 1.0,
        );
        self.measured.set(Some((sharpness, widths)));
        widths
    }

    /// The width in full of the longest indicator, in points.
    pub fn longest_indicator(&self, ui: &Ui) -> f32 {
        let sharpness = ui.pixels_per_point();
        if let Some((_, width)) = self.indicators.get().filter(|(of, _)| *of == sharpness) {
            return width;
        }
        let texts = self.chart.indicators.iter();
        let width = texts.map(|row| indicators::whole_width(ui, &row.statement)).fold(60.0, f32::max);
        self.indicators.set(Some((sharpness, width)));
        width
    }

    /// Whether any item is tempered.
    pub fn has_groups(&self) -> bool {
        self.chart.rows.iter().any(|row| row.group_size > 1)
    }

    /// The table twins, made when first asked for.
    pub fn tables(&mut self) -> &Tables {
        let (chart, pair) = (&self.chart, self.pair.as_ref());
        self.tables.get_or_insert_with(|| Tables {
            hypotheses: chart.table(),
            hypothesis_records: chart.records(),
            pair: pair.map(|pair| chart.pair_table(pair)),
            pair_records: pair.map(|pair| chart.pair_records(pair)).unwrap_or_default(),
            indicators: chart.indicator_table(),
            indicator_records: chart.indicator_records(),
        })
    }
}

/// The places of the two that are compared: as chosen, else the most probable ones.
pub(super) fn places(
    chart: &OddsChart,
    column: Option<Id<Hypothesis>>,
    against: Option<Id<Hypothesis>>,
) -> (usize, usize) {
    let (first, second) = chart.foremost().unwrap_or((0, 1));
    let place = |id: Option<Id<Hypothesis>>| id.and_then(|id| chart.column_of(id));
    let column = place(column).unwrap_or(first);
    // A rival that is the hypothesis itself gives way to another one.
    let against = place(against).filter(|place| *place != column);
    let next = if column == first { second } else { first };
    (column, against.unwrap_or(next))
}
