//! What the view shows of one incident, computed once for each state of the document and each choice of raters.

use std::cell::{Cell, OnceCell};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use eframe::egui::Ui;

use super::{Filter, stability, tornado};
use crate::analysis::ach::Raters;
use crate::analysis::ach::sensitivity::Sensitivity;
use crate::analysis::ach::stability::Trial;
use crate::analysis::charts::sensitivity::{SensitivityChart, StabilityChart};
use crate::analysis::charts::{ChartTable, WeighingNames};
use crate::analysis::progress::Stage;
use crate::model::{Analyst, AnyId, Hypothesis, Id, Incident};
use crate::ui::command::Computation;
use crate::ui::views::data_key::DataKey;
use crate::ui::widgets::Computing;
use crate::ui::{Command, ViewContext};

/// Up to how many cells the changes are tried within a frame.
const AT_ONCE_CELLS: usize = 4_000;
/// Up to how many records links are tried on within a frame: links times what the hierarchy is made of.
const AT_ONCE_LINKS: usize = 20_000;

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
    /// How many hypotheses there are, and how many cells are rated.
    pub hypotheses: usize,
    pub rated: usize,
    /// Who has rated anything.
    pub raters: Vec<Id<Analyst>>,
    result: Option<Arc<Sensitivity>>,
    chart: Option<(Option<Id<Hypothesis>>, SensitivityChart)>,
    shown: Option<(Filter, Vec<usize>)>,
    stability: Option<(Trial, StabilityChart)>,
    /// The charts are those of another state of the document, until the new ones are there.
    is_stale: bool,
    is_stability_stale: bool,
    /// At which sharpness of the screen the names were measured, and the width of the longest one.
    measured: Cell<Option<(f32, f32)>>,
    /// The widths of the names of the hypotheses with their answers.
    label_widths: OnceCell<Vec<f32>>,
    /// How the rows of the tornado were laid out before.
    pub laid: Option<tornado::Laid>,
    table: Option<(ChartTable, Vec<AnyId>)>,
    stage: Computing<()>,
}

impl Memo {
    /// The memo of a key. What was shown of the same incident before stays to be seen until the new results are there.
    pub fn new(cx: &ViewContext<'_>, key: Key, before: Option<Self>) -> Self {
        let matrix = cx.derived.matrix(key.incident);
        let columns = matrix.hypotheses.len();
        let rated = (0..matrix.items.len())
            .flat_map(|row| (0..columns).map(move |column| (row, column)))
            .filter(|(row, column)| matrix.votes(*row, *column).iter().any(|vote| key.raters.includes(vote)))
            .count();
        let before = before.filter(|before| before.key.incident == key.incident && rated > 0);
        let (chart, shown, stability) =
            before.map_or((None, None, None), |it| (it.chart, it.shown, it.stability));
        Self {
            key,
            hypotheses: columns,
            rated,
            raters: matrix.raters.clone(),
            result: None,
            is_stale: chart.is_some(),
            is_stability_stale: stability.is_some(),
            chart,
            shown,
            stability,
            measured: Cell::new(None),
            label_widths: OnceCell::new(),
            laid: None,
            table: None,
            stage: Computing::Running(0.0),
        }
    }

    /// Gets the results, at once where that is quick, and asks about a hypothesis.
    pub fn ask(&mut self, cx: &ViewContext<'_>, subject: Option<Id<Hypothesis>>, filter: Filter) {
        if self.result.is_none() && self.hypotheses > 0 && self.rated > 0 {
            self.fetch(cx);
        }
        let Some(result) = &self.result else { return };
        if self.is_stale || self.chart.as_ref().is_none_or(|(of, _)| *of != subject) {
            let Key { incident, raters, .. } = self.key;
            self.chart =
                Some((subject, SensitivityChart::new(cx.derived, incident, raters, result, subject)));
            (self.shown, self.table, self.is_stale) = (None, None, false);
            self.laid = None;
            self.measured.set(None);
        }
        if self.shown.as_ref().is_none_or(|(of, _)| *of != filter)
            && let Some((_, chart)) = &self.chart
        {
            self.shown = Some((filter, shown(chart, filter)));
            self.laid = None;
            self.measured.set(None);
        }
    }

    fn fetch(&mut self, cx: &ViewContext<'_>) {
        let Key { incident, raters, .. } = self.key;
        self.stage = match cx.derived.sensitivity_stage(incident, raters) {
            Stage::Done(result) => {
                self.result = Some(result);
                Computing::Done(())
            }
            Stage::Running(fraction) => Computing::Running(fraction),
            Stage::Stopped => Computing::Stopped,
            Stage::NotBegun if self.is_quick(cx) => {
                self.result = cx.derived.sensitivity(incident, raters, &AtomicBool::new(false));
                Computing::Done(())
            }
            Stage::NotBegun => {
                self.begin(cx);
                Computing::Running(0.0)
            }
        };
    }

    fn is_quick(&self, cx: &ViewContext<'_>) -> bool {
        let matrix = cx.derived.matrix(self.key.incident);
        let size = cx.assessment.actors.len() + cx.assessment.claims.len();
        matrix.items.len() * matrix.hypotheses.len() <= AT_ONCE_CELLS
            && cx.derived.links_to_try(self.key.incident) * size <= AT_ONCE_LINKS
    }

    /// Asks for the results in a job.
    pub fn begin(&self, cx: &ViewContext<'_>) {
        cx.send(Command::Compute(Computation::Sensitivity(self.key.incident, self.key.raters)));
    }

    /// How far the results have come.
    pub const fn computing(&self) -> Computing<()> {
        self.stage
    }

    /// Whether the chart is that of another state of the document.
    pub const fn is_stale(&self) -> bool {
        self.is_stale
    }

    /// The width in full of the longest name of a change that is shown, in points.
    pub fn name_width(&self, ui: &Ui) -> f32 {
        let sharpness = ui.pixels_per_point();
        if let Some((_, width)) = self.measured.get().filter(|(of, _)| *of == sharpness) {
            return width;
        }
        let rows = self.chart().map_or(&[][..], |chart| chart.rows.as_slice());
        let rows = self.shown().iter().filter_map(|place| rows.get(*place));
        let width = rows.map(|row| tornado::name_width(ui, row)).fold(120.0, f32::max).ceil() + 1.0;
        self.measured.set(Some((sharpness, width)));
        width
    }

    /// The widths in full of the names of the hypotheses with their answers, in points: known before anything is computed.
    pub fn label_widths(&self, ui: &Ui, cx: &ViewContext<'_>) -> &[f32] {
        self.label_widths.get_or_init(|| {
            let names = WeighingNames::new(cx.assessment, self.key.incident);
            let labels: Vec<(String, String)> = names
                .hypotheses()
                .iter()
                .filter_map(|id| cx.assessment.get(*id).map(|it| (*id, &it.answer)))
                .map(|(id, answer)| (names.hypothesis(id), cx.assessment.answer_text(answer)))
                .collect();
            stability::label_widths(ui, labels.iter().map(|(name, answer)| (&**name, &**answer)))
        })
    }

    /// The chart, once it is there; meanwhile that of before, where there was one.
    pub fn chart(&self) -> Option<&SensitivityChart> {
        self.chart.as_ref().map(|(_, chart)| chart)
    }

    /// The places of the rows that the filter lets through.
    pub fn shown(&self) -> &[usize] {
        self.shown.as_ref().map_or(&[], |(_, rows)| rows)
    }

    /// How firm the first rank is, under a trial: the chart, or how far it has come.
    pub fn stability(
        &mut self,
        cx: &ViewContext<'_>,
        trial: Trial,
    ) -> Result<(&StabilityChart, Trial), Computing<()>> {
        let Key { incident, raters, .. } = self.key;
        if self.is_stability_stale || self.stability.as_ref().is_none_or(|(of, _)| *of != trial) {
            let result = match cx.derived.rank_stability_stage(incident, raters, trial) {
                Stage::Done(result) => Ok(result),
                Stage::Running(fraction) => Err(Computing::Running(fraction)),
                Stage::Stopped => Err(Computing::Stopped),
                Stage::NotBegun => {
                    cx.derived.quick_rank_stability(incident, raters, trial).ok_or_else(|| {
                        self.begin_stability(cx, trial);
                        Computing::Running(0.0)
                    })
                }
            };
            match result {
                Ok(result) => {
                    self.stability = Some((trial, StabilityChart::new(cx.derived, incident, &result)));
                    self.is_stability_stale = false;
                }
                // What was there under another trial is not passed off as this one's.
                Err(stage) => return Err(stage),
            }
        }
        self.stability.as_ref().map(|(trial, chart)| (chart, *trial)).ok_or(Computing::Stopped)
    }

    /// How firm the first rank was under the trial before, or in the state of the document before.
    pub fn stability_before(&self) -> Option<&StabilityChart> {
        self.stability.as_ref().map(|(_, chart)| chart)
    }

    /// Asks for it in a job.
    pub fn begin_stability(&self, cx: &ViewContext<'_>, trial: Trial) {
        cx.send(Command::Compute(Computation::RankStability(self.key.incident, self.key.raters, trial)));
    }

    /// The table twin with the record of each row, made when first asked for.
    pub fn table(&mut self) -> Option<(&ChartTable, &[AnyId])> {
        let (_, chart) = self.chart.as_ref()?;
        let (table, records) = self.table.get_or_insert_with(|| (chart.table(), chart.records()));
        Some((table, records))
    }
}

/// The places of the rows that a filter lets through, but for those that move nothing.
pub(super) fn shown(chart: &SensitivityChart, filter: Filter) -> Vec<usize> {
    let is_shown = |row: &crate::analysis::charts::sensitivity::TornadoRow| {
        let moves = row.ends.iter().any(|end| row.is_moved_by(end)) || row.kind == super::ChangeKind::Link;
        moves
            && filter.kind.is_none_or(|kind| row.kind == kind)
            && (!filter.only_flips || row.changes_leader())
    };
    chart.rows.iter().enumerate().filter(|(_, row)| is_shown(row)).map(|(place, _)| place).collect()
}
