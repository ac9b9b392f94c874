//! The timeline as a figure.

use std::sync::atomic::AtomicBool;

use eframe::egui::{Ui, Vec2, vec2};

use super::{AXIS_HEIGHT, Memo, Place, State, axis, belief, belief_chart, draw, legend, rows};
use crate::analysis::charts::{BeliefOverTime, ChartTable};
use crate::ui::ViewContext;
use crate::ui::figure::{FigureChart, FigureError};
use crate::ui::tokens::ROW_HEIGHT;
use crate::ui::views::data_key::DataKey;
use crate::ui::widgets::counted;

/// The width of the time axis in a figure, in points.
const AXIS_WIDTH: f32 = 720.0;
/// The room of which the fused belief takes its part, in points.
const BELIEF_ROOM: f32 = 640.0;
/// The most room that the labels take, and in it the name of a source, in points: longer ones are cut.
const MOST_LABEL: (f32, f32) = (960.0, 420.0);

/// What the user has set in the view.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FigureSettings {
    /// Whether the claims of a source stand together.
    pub groups_by_source: bool,
    /// The days that are shown, by their numbers; `None` for all.
    pub sight: Option<(f64, f64)>,
    /// Whether the fused belief over time is left out.
    pub hides_belief: bool,
}

impl State {
    /// What the user has set.
    pub fn figure_settings(&self) -> FigureSettings {
        FigureSettings {
            groups_by_source: self.groups_by_source,
            sight: self.sight,
            hides_belief: self.hides_belief,
        }
    }
}

/// The timeline of the incident shown.
pub(crate) fn figure<'a>(
    cx: &'a ViewContext<'a>,
    settings: &FigureSettings,
) -> Result<Box<dyn FigureChart + 'a>, FigureError> {
    let incident = cx.incident;
    let incident = incident.ok_or(FigureError::NoIncident)?;
    let mut memo = Memo::new(cx, (DataKey::of(cx), incident, settings.groups_by_source));
    if memo.chart.rows.is_empty() {
        return Err(FigureError::Empty { why: "no claim speaks of this incident" });
    }
    if memo.chart.bounds.is_none() {
        return Err(FigureError::Empty {
            why: "neither the claims on this incident nor the incident has a date",
        });
    }
    if !settings.hides_belief {
        memo.over_time = cx.derived.belief_over_time(incident, &AtomicBool::new(false));
    }
    Ok(Box::new(TimelineFigure { cx, memo, settings: *settings }))
}

struct TimelineFigure<'a> {
    cx: &'a ViewContext<'a>,
    memo: Memo,
    settings: FigureSettings,
}

impl TimelineFigure<'_> {
    fn over_time(&self) -> Option<&BeliefOverTime> {
        self.memo.over_time.as_deref().filter(|chart| !chart.tracks.is_empty())
    }

    fn belief_height(&self) -> f32 {
        self.over_time().map_or(0.0, |chart| belief::height(chart, BELIEF_ROOM))
    }

    /// The room for the labels, and in it for the name of a source.
    fn label_widths(&self, ui: &Ui) -> (f32, f32) {
        let rows = self.memo.chart.rows.iter().zip(&self.memo.repeats_source);
        let (names, labels) = rows.fold((0.0_f32, 160.0_f32), |(names, labels), (row, repeats)| {
            let (name, label) = rows::label_widths(ui, row, *repeats);
            (names.max(name), labels.max(label))
        });
        ((labels + 2.0).ceil().min(MOST_LABEL.0), (names + 1.0).min(MOST_LABEL.1))
    }
}

impl FigureChart for TimelineFigure<'_> {
    fn title(&self) -> String {
        "Timeline".to_owned()
    }

    fn depends_on_options(&self) -> bool {
        self.over_time().is_some()
    }

    fn conditions(&self) -> Vec<String> {
        let results = self.cx.incident.map(|incident| self.cx.derived.incident(incident));
        let (standing, origins) =
            results.map_or((0, 0), |results| (results.claims().len(), results.origins().len()));
        let mut conditions =
            vec![format!("{} from {}", counted(standing, "claim"), counted(origins, "independent origin"))];
        let set_aside = self.memo.chart.rows.len().saturating_sub(standing);
        if set_aside > 0 {
            conditions.push(format!("{set_aside} retracted or superseded"));
        }
        if let Some(over_time) = self.over_time() {
            let discount = self.cx.assessment.header.methods.discount.label().to_lowercase();
            conditions.push(format!("{}, trust discounting {discount}", over_time.rule.label()));
            let fused = self.cx.incident.map(|incident| self.cx.derived.fused(incident, None, None));
            let left_out = fused.map_or(0, |fused| fused.left_out.len());
            if left_out > 0 {
                conditions
                    .push(format!("{} of another role or period not fused", counted(left_out, "claim")));
            }
        }
        let period = self.memo.incident_period;
        if !period.is_unknown() {
            conditions.push(format!("Shaded: the incident, {period}"));
        }
        if let Some((from, to)) = self.settings.sight {
            conditions.push(format!("Shown: {} – {}", axis::day(from), axis::day(to)));
        }
        conditions
    }

    fn row_count(&self) -> usize {
        self.memo.chart.rows.len()
    }

    fn size(&self, ui: &Ui) -> Vec2 {
        let height =
            self.belief_height() + AXIS_HEIGHT + self.memo.chart.rows.len() as f32 * ROW_HEIGHT + 8.0;
        vec2(self.label_widths(ui).0 + AXIS_WIDTH, height)
    }

    fn draw(&self, ui: &mut Ui) {
        let (label_width, name_room) = self.label_widths(ui);
        let (above, seen) = ui.max_rect().split_top_bottom_at_y(ui.max_rect().top() + self.belief_height());
        let mut state = State { sight: self.settings.sight, ..State::default() };
        let place = Place { seen, scrolled: 0.0, label_width, name_room };
        let id = ui.make_persistent_id("timeline figure");
        let drawn = draw(ui, self.cx, &self.memo, &mut state, place, id);
        if let Some(over_time) = self.over_time() {
            belief_chart(ui, self.cx, &self.memo, &mut state, over_time, (above, drawn.days_on));
        }
    }

    fn legend(&self, ui: &mut Ui) {
        legend::show(ui, &self.memo.in_use, !self.memo.ties.is_empty(), self.over_time().is_some());
    }

    fn table(&self) -> ChartTable {
        self.memo.chart.table()
    }
}
