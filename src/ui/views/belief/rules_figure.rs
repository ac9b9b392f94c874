//! All rules side by side as a figure: actors down, rules across.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use eframe::egui::{Color32, FontId, Sense, Ui, Vec2, vec2};

use super::figure::{fused, shared_conditions};
use super::memo::Memo;
use super::rules::{Columns, HEADER, INDENT, ROW, View};
use super::{FigureSettings, State, legend};
use crate::analysis::charts::{BeliefChart, BeliefRow, ChartTable, RulesChart};
use crate::analysis::fusion::Number;
use crate::model::FusionRule;
use crate::ui::ViewContext;
use crate::ui::figure::{FigureChart, FigureError};
use crate::ui::tokens;

/// The width of a rule, in points.
const COLUMN: f32 = 116.0;
/// The least width of the names, in points.
const NAMES: f32 = 120.0;
/// What stands around names, in points.
const AROUND: f32 = 8.0;

impl State {
    /// What is shown, as the user has set it: one rule, or all of them.
    pub const fn shown_settings(&self) -> crate::ui::figure::FigureSettings {
        if self.shows_rules {
            self.rules_settings()
        } else {
            crate::ui::figure::FigureSettings::Belief(self.figure_settings())
        }
    }

    /// What the user has set for all rules side by side.
    pub(super) const fn rules_settings(&self) -> crate::ui::figure::FigureSettings {
        // The side-by-side shows every rule, whichever is chosen.
        crate::ui::figure::FigureSettings::Rules(FigureSettings { rule: None, discount: self.discount })
    }
}

/// What each of the eight rules makes of the claims on the incident shown.
pub(crate) fn rules_figure<'a>(
    cx: &'a ViewContext<'a>,
    settings: FigureSettings,
) -> Result<Box<dyn FigureChart + 'a>, FigureError> {
    let memo = fused(cx, settings)?;
    let chart = cx.derived.all_rules(memo.key.incident, memo.key.discount, &AtomicBool::new(false));
    let chart = chart.ok_or(FigureError::Empty { why: "it was stopped" })?;
    Ok(Box::new(RulesFigure { cx, memo, chart }))
}

struct RulesFigure<'a> {
    cx: &'a ViewContext<'a>,
    memo: Memo,
    chart: Arc<RulesChart>,
}

impl RulesFigure<'_> {
    fn columns(&self, ui: &Ui) -> Columns {
        let width = |row: &BeliefRow| {
            let font = FontId::proportional(tokens::BODY);
            let galley = ui.painter().layout_no_wrap(row.name.clone(), font, Color32::PLACEHOLDER);
            galley.size().x + row.depth as f32 * INDENT + 2.0 * AROUND
        };
        let name = self.chart.rows.iter().map(width).fold(NAMES, f32::max);
        Columns { name, width: COLUMN, count: self.chart.columns.len() }
    }
}

impl FigureChart for RulesFigure<'_> {
    fn title(&self) -> String {
        "Belief under each rule".to_owned()
    }

    fn conditions(&self) -> Vec<String> {
        let mut conditions = shared_conditions(&self.memo);
        conditions.push(format!("● {}, the rule of this assessment", self.memo.key.rule.label()));
        conditions.extend(self.chart.columns.iter().filter_map(|column| {
            let undefined = column.uncertainty.as_ref().err()?;
            Some(format!("{} is {undefined}", column.rule.label()))
        }));
        conditions
    }

    fn row_count(&self) -> usize {
        self.chart.rows.len()
    }

    fn size(&self, ui: &Ui) -> Vec2 {
        vec2(self.columns(ui).total(), HEADER + ROW * (self.chart.rows.len() + 1) as f32 + 1.0)
    }

    fn draw(&self, ui: &mut Ui) {
        ui.spacing_mut().item_spacing.y = 0.0;
        let columns = self.columns(ui);
        let key = self.memo.key;
        let explain = |rule: FusionRule, number: Number| {
            BeliefChart::new(self.cx.derived, key.incident, Some(rule), Some(key.discount))
                .explain(self.cx.derived, number)
        };
        let (cx, chart) = (self.cx, &self.chart);
        let mut view = View { cx, chart, columns, rule: None, asked: None, explain: &explain, chosen: None };
        view.header(ui);
        for place in 0..=chart.rows.len() {
            let (rect, _) = ui.allocate_exact_size(vec2(columns.total(), ROW), Sense::hover());
            view.row(ui, rect, place, false);
        }
    }

    fn legend(&self, ui: &mut Ui) {
        legend::show(ui);
    }

    fn table(&self) -> ChartTable {
        self.chart.table()
    }
}
