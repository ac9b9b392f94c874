//! The probabilities, and what each item adds to the odds of a pair, as figures.

use eframe::egui::{Ui, Vec2, vec2};

use super::memo::places;
use super::{State, hypotheses, legend, pair};
use crate::analysis::ach::Raters;
use crate::analysis::charts::odds::OddsPair;
use crate::analysis::charts::{ChartTable, OddsChart};
use crate::model::{Hypothesis, Id};
use crate::ui::ViewContext;
use crate::ui::figure::{FigureChart, FigureError};
use crate::ui::tokens::ROW_HEIGHT;
use crate::ui::widgets::chart_parts::name_galley;
use crate::ui::widgets::legend::line;

/// The width of the bars in a figure, in points.
const TRACK: f32 = 420.0;
/// The most room for the names in a figure, in points: longer ones are cut.
const MOST_NAME: f32 = 1_600.0;

/// What the user has set in the view.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FigureSettings {
    /// Whose ratings count.
    pub raters: Raters,
    /// The first of the pair that is compared; the two most probable where nothing is chosen.
    pub column: Option<Id<Hypothesis>>,
    /// The other of the pair.
    pub against: Option<Id<Hypothesis>>,
}

impl State {
    const fn figure_settings(&self) -> FigureSettings {
        FigureSettings { raters: self.raters, column: self.column, against: self.against }
    }

    /// The probabilities as the user has set them.
    pub const fn posterior_settings(&self) -> crate::ui::figure::FigureSettings {
        crate::ui::figure::FigureSettings::Posteriors(self.figure_settings())
    }

    /// What each item adds, as the user has set it.
    pub(super) const fn pair_settings(&self) -> crate::ui::figure::FigureSettings {
        crate::ui::figure::FigureSettings::Contributions(self.figure_settings())
    }
}

fn chart(cx: &ViewContext<'_>, settings: &FigureSettings) -> Result<OddsChart, FigureError> {
    let incident = cx.incident;
    let chart = OddsChart::new(cx.derived, incident.ok_or(FigureError::NoIncident)?, settings.raters);
    if chart.columns.is_empty() {
        return Err(FigureError::Empty { why: "the incident has no hypotheses" });
    }
    Ok(chart)
}

fn conditions_of(cx: &ViewContext<'_>, chart: &OddsChart) -> Vec<String> {
    let methods = &cx.assessment.header.methods;
    let percent = |share: &f64| format!("{}", (share * 10_000.0).round() / 100.0);
    let likelihoods: Vec<String> = methods.rating_likelihoods.iter().map(percent).collect();
    let mut conditions = vec![format!("P(E|H) of CC C N I II: {} %", likelihoods.join(" "))];
    if chart.rows.iter().any(|row| row.group_size > 1) {
        conditions
            .push(format!("Dependence groups tempered, overlap {} %", methods.group_correlation * 100.0));
    }
    conditions.extend(crate::ui::views::whose::name(cx, chart.raters).map(|name| format!("Ratings: {name}")));
    conditions
}

/// The probabilities of the hypotheses of the incident shown.
pub(crate) fn posterior_figure<'a>(
    cx: &'a ViewContext<'a>,
    settings: &FigureSettings,
) -> Result<Box<dyn FigureChart + 'a>, FigureError> {
    Ok(Box::new(Posteriors { cx, chart: chart(cx, settings)? }))
}

struct Posteriors<'a> {
    cx: &'a ViewContext<'a>,
    chart: OddsChart,
}

impl Posteriors<'_> {
    fn name_width(&self, ui: &Ui) -> f32 {
        let widths = self
            .chart
            .columns
            .iter()
            .map(|column| name_galley(ui, &column.name, &column.answer, f32::INFINITY).size().x);
        (widths.fold(120.0, f32::max) + 1.0).ceil().min(MOST_NAME)
    }
}

impl FigureChart for Posteriors<'_> {
    fn title(&self) -> String {
        "Before and after the evidence".to_owned()
    }

    fn depends_on_options(&self) -> bool {
        false
    }

    fn conditions(&self) -> Vec<String> {
        conditions_of(self.cx, &self.chart)
    }

    fn row_count(&self) -> usize {
        self.chart.columns.len()
    }

    fn size(&self, ui: &Ui) -> Vec2 {
        let height = hypotheses::HEADER + self.chart.columns.len() as f32 * hypotheses::ROW;
        vec2(hypotheses::width(self.name_width(ui), TRACK), height + 2.0)
    }

    fn draw(&self, ui: &mut Ui) {
        ui.spacing_mut().item_spacing.y = 0.0;
        hypotheses::draw(ui, self.cx, &self.chart, self.name_width(ui), false);
    }

    fn legend(&self, ui: &mut Ui) {
        line(ui, legend::posterior_entries);
    }

    fn table(&self) -> ChartTable {
        self.chart.table()
    }
}

/// What each item adds to the odds of a pair of hypotheses of the incident shown.
pub(crate) fn pair_figure<'a>(
    cx: &'a ViewContext<'a>,
    settings: &FigureSettings,
) -> Result<Box<dyn FigureChart + 'a>, FigureError> {
    let chart = chart(cx, settings)?;
    let (column, against) = places(&chart, settings.column, settings.against);
    let pair = chart.pair(column, against).filter(|_| column != against);
    let pair = pair
        .ok_or(FigureError::Empty { why: "there is one hypothesis alone, and nothing to compare it with" })?;
    Ok(Box::new(Contributions { cx, chart, pair }))
}

struct Contributions<'a> {
    cx: &'a ViewContext<'a>,
    chart: OddsChart,
    pair: OddsPair,
}

impl Contributions<'_> {
    fn name_width(&self, ui: &Ui) -> f32 {
        let widths = self.chart.rows.iter().map(|row| pair::name_width(ui, &row.statement));
        (widths.fold(pair::LEAST_NAME, f32::max) + 1.0).ceil().min(MOST_NAME)
    }
}

impl FigureChart for Contributions<'_> {
    fn title(&self) -> String {
        let name = |place: usize| {
            self.chart
                .columns
                .get(place)
                .map_or_else(String::new, |it| format!("{} ({})", it.name, it.answer))
        };
        format!("What each item adds to {} against {}", name(self.pair.column), name(self.pair.against))
    }

    fn depends_on_options(&self) -> bool {
        false
    }

    fn conditions(&self) -> Vec<String> {
        let mut conditions = vec![self.chart.pair_sentence(&self.pair)];
        conditions.extend(conditions_of(self.cx, &self.chart));
        conditions
    }

    fn row_count(&self) -> usize {
        pair::line_count(&self.pair)
    }

    fn size(&self, ui: &Ui) -> Vec2 {
        let height = pair::HEADER + pair::line_count(&self.pair) as f32 * ROW_HEIGHT;
        vec2(pair::width(self.name_width(ui), TRACK), height + 2.0)
    }

    fn draw(&self, ui: &mut Ui) {
        let name = self.name_width(ui);
        pair::draw_all(ui, self.cx, &self.chart, &self.pair, name);
    }

    fn legend(&self, ui: &mut Ui) {
        let has_groups = self.chart.rows.iter().any(|row| row.group_size > 1);
        line(ui, |ui| legend::pair_entries(ui, &self.chart, &self.pair, has_groups));
    }

    fn table(&self) -> ChartTable {
        self.chart.pair_table(&self.pair)
    }
}
