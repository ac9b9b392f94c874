//! The tornado and the rank stability as figures.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use eframe::egui::{Ui, Vec2, vec2};

use super::memo::shown;
use super::{Filter, State, legend, stability, tornado};
use crate::analysis::ach::Raters;
use crate::analysis::ach::stability::{Move, Trial};
use crate::analysis::charts::ChartTable;
use crate::analysis::charts::sensitivity::{SensitivityChart, StabilityChart};
use crate::model::{Hypothesis, Id, Incident};
use crate::ui::ViewContext;
use crate::ui::figure::{FigureChart, FigureError};
use crate::ui::tokens::ROW_HEIGHT;
use crate::ui::widgets::legend::line;
use crate::ui::widgets::rows::Rows;

/// The width of the bars in a figure, in points.
const TRACK: f32 = 420.0;
/// The most room for the names in a figure, in points: longer ones are cut.
const MOST_NAME: f32 = 1_600.0;

/// What the user has set in the view.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FigureSettings {
    /// Whose ratings count.
    pub raters: Raters,
    /// The hypothesis whose margin is looked at; the leader where none is chosen.
    pub subject: Option<Id<Hypothesis>>,
    /// Which changes are shown.
    pub filter: Filter,
    /// How ratings move.
    pub trial: Trial,
}

impl State {
    /// The tornado as the user has set it.
    pub fn tornado_settings(&self) -> crate::ui::figure::FigureSettings {
        let Self { raters, subject, filter, trial, .. } = *self;
        crate::ui::figure::FigureSettings::Tornado(FigureSettings { raters, subject, filter, trial })
    }
}

/// The rank stability under a trial.
pub(super) fn stability_settings(raters: Raters, trial: Trial) -> crate::ui::figure::FigureSettings {
    crate::ui::figure::FigureSettings::RankStability(FigureSettings {
        raters,
        trial,
        ..FigureSettings::default()
    })
}

fn incident(cx: &ViewContext<'_>) -> Result<Id<Incident>, FigureError> {
    let incident = cx.incident;
    let incident = incident.ok_or(FigureError::NoIncident)?;
    if cx.derived.matrix(incident).hypotheses.is_empty() {
        return Err(FigureError::Empty { why: "the incident has no hypotheses" });
    }
    Ok(incident)
}

fn whose(cx: &ViewContext<'_>, raters: Raters) -> Option<String> {
    Some(format!("Ratings: {}", crate::ui::views::whose::name(cx, raters)?))
}

/// The tornado of the incident shown.
pub(crate) fn tornado_figure<'a>(
    cx: &'a ViewContext<'a>,
    settings: &FigureSettings,
) -> Result<Box<dyn FigureChart + 'a>, FigureError> {
    let incident = incident(cx)?;
    let raters = settings.raters;
    let result = cx.derived.sensitivity(incident, raters, &AtomicBool::new(false));
    let result = result.ok_or(FigureError::Empty { why: "it was stopped" })?;
    let chart = SensitivityChart::new(cx.derived, incident, raters, &result, settings.subject);
    let rows = shown(&chart, settings.filter);
    if rows.is_empty() {
        return Err(FigureError::Empty { why: "no change moves the margin" });
    }
    Ok(Box::new(Tornado { cx, chart, rows }))
}

struct Tornado<'a> {
    cx: &'a ViewContext<'a>,
    chart: SensitivityChart,
    rows: Vec<usize>,
}

impl Tornado<'_> {
    fn name_width(&self, ui: &Ui) -> f32 {
        let rows = self.rows.iter().filter_map(|place| self.chart.rows.get(*place));
        let width = rows.map(|row| tornado::name_width(ui, row)).fold(120.0, f32::max);
        (width + 1.0).ceil().min(MOST_NAME)
    }
}

impl FigureChart for Tornado<'_> {
    fn title(&self) -> String {
        "What the lead hangs on".to_owned()
    }

    fn depends_on_options(&self) -> bool {
        false
    }

    fn conditions(&self) -> Vec<String> {
        let mut conditions = vec![self.chart.lead.clone()];
        if let Some(subject) = self.chart.subject() {
            let margin = match &subject.margin {
                Ok(margin) => format!("{margin:.2} now").replace('-', "\u{2212}"),
                Err(undefined) => undefined.to_string(),
            };
            conditions.push(format!("Margin of {} {}: {margin}", subject.name, subject.answer));
        }
        conditions.extend(whose(self.cx, self.chart.raters));
        let left = self.chart.rows.len() - self.rows.len();
        if left > 0 {
            conditions.push(format!("{left} other changes not shown"));
        }
        conditions
    }

    fn row_count(&self) -> usize {
        self.rows.len()
    }

    fn size(&self, ui: &Ui) -> Vec2 {
        let width = tornado::Columns::width(self.name_width(ui), TRACK, &self.chart);
        vec2(width, tornado::HEADER + self.rows.len() as f32 * ROW_HEIGHT + 2.0)
    }

    fn draw(&self, ui: &mut Ui) {
        let name = self.name_width(ui);
        tornado::draw_all(ui, self.cx, &self.chart, &self.rows, name);
    }

    fn legend(&self, ui: &mut Ui) {
        line(ui, |ui| legend::tornado_entries(ui, &self.chart, &self.rows));
    }

    fn table(&self) -> ChartTable {
        self.chart.table()
    }
}

/// The rank stability of the incident shown.
pub(crate) fn stability_figure<'a>(
    cx: &'a ViewContext<'a>,
    settings: &FigureSettings,
) -> Result<Box<dyn FigureChart + 'a>, FigureError> {
    let incident = incident(cx)?;
    let FigureSettings { raters, trial, .. } = *settings;
    let result = cx.derived.rank_stability(incident, raters, trial, &AtomicBool::new(false));
    let result: Arc<_> = result.ok_or(FigureError::Empty { why: "it was stopped" })?;
    let chart = StabilityChart::new(cx.derived, incident, &result);
    if chart.shared.iter().all(Result::is_err) {
        return Err(FigureError::Empty { why: "no evidence is rated" });
    }
    Ok(Box::new(RankStability { cx, chart, raters, trial }))
}

struct RankStability<'a> {
    cx: &'a ViewContext<'a>,
    chart: StabilityChart,
    raters: Raters,
    trial: Trial,
}

impl RankStability<'_> {
    fn name_width(&self, ui: &Ui) -> f32 {
        let rows = self.chart.rows.iter().map(|row| stability::name_width(ui, &row.name, &row.answer));
        let nobody = stability::name_width(ui, "Nobody", "several share the first rank");
        (rows.fold(nobody, f32::max) + 1.0).ceil().min(MOST_NAME)
    }
}

impl FigureChart for RankStability<'_> {
    fn title(&self) -> String {
        "How firm the first rank is".to_owned()
    }

    fn depends_on_options(&self) -> bool {
        false
    }

    fn conditions(&self) -> Vec<String> {
        let percent = (self.trial.probability * 1_000_000.0).round() / 10_000.0;
        let mut conditions =
            vec![format!("Alone in front when each rating moves with a probability of {percent} %")];
        for how in Move::ALL {
            conditions.push(format!("{}: {}", how.label(), self.chart.method(how)));
        }
        conditions.extend(whose(self.cx, self.raters));
        conditions
    }

    fn row_count(&self) -> usize {
        self.chart.rows.len() + 1
    }

    fn size(&self, ui: &Ui) -> Vec2 {
        let height = stability::HEADER + (self.chart.rows.len() + 1) as f32 * stability::ROW;
        vec2(stability::width(self.name_width(ui), TRACK), height + 2.0)
    }

    fn draw(&self, ui: &mut Ui) {
        ui.spacing_mut().item_spacing.y = 0.0;
        let rows = Rows::plain(self.chart.rows.len() + 1, stability::ROW);
        stability::draw(ui, self.cx, &self.chart, self.name_width(ui), &rows);
    }

    fn legend(&self, ui: &mut Ui) {
        line(ui, legend::stability_entries);
    }

    fn table(&self) -> ChartTable {
        self.chart.table()
    }
}
