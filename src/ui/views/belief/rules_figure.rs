//! All rules side by side as a figure: actors down, rules across.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use eframe::egui::{Align2, Color32, FontId, Rect, Stroke, Ui, Vec2, pos2, vec2};

use super::figure::{fused, shared_conditions};
use super::memo::Memo;
use super::{FigureSettings, State, legend, paint};
use crate::analysis::charts::{BeliefRow, ChartTable, RulesChart};
use crate::analysis::fusion::about;
use crate::analysis::percent::{percent, percent_span};
use crate::ui::ViewContext;
use crate::ui::figure::{FigureChart, FigureError};
use crate::ui::tokens::{self, Palette};
use crate::ui::widgets::belief_bar;
use crate::ui::widgets::marks::paint_hatch;

/// The height of a row: a bar with its numbers below it, in points.
const ROW: f32 = 38.0;
/// The height of the names of the rules, in points.
const HEADER: f32 = 26.0;
/// The width of a rule, in points.
const COLUMN: f32 = 116.0;
/// The least width of the names, in points.
const NAMES: f32 = 120.0;
/// How much each level is set in, in points.
const INDENT: f32 = 12.0;
/// What stands around texts, in points.
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
    Ok(Box::new(RulesFigure { memo, chart }))
}

struct RulesFigure {
    memo: Memo,
    chart: Arc<RulesChart>,
}

impl RulesFigure {
    fn names(&self, ui: &Ui) -> f32 {
        let width = |row: &BeliefRow| {
            let font = FontId::proportional(tokens::BODY);
            let galley = ui.painter().layout_no_wrap(row.name.clone(), font, Color32::PLACEHOLDER);
            galley.size().x + row.depth as f32 * INDENT + 2.0 * AROUND
        };
        self.chart.rows.iter().map(width).fold(NAMES, f32::max)
    }

    fn header(&self, ui: &Ui, rect: Rect, names: f32, palette: &Palette) {
        for (place, column) in self.chart.columns.iter().enumerate() {
            let name = about(column.rule).short;
            // The assessment's own rule is the one that other charts show.
            let (text, font) = if column.rule == self.memo.key.rule {
                (format!("{name} ●"), FontId::new(tokens::SMALL, tokens::bold_family()))
            } else {
                (name.to_owned(), FontId::proportional(tokens::SMALL))
            };
            let x = rect.left() + names + COLUMN * (place as f32 + 0.5);
            let at = pos2(x, rect.top() + HEADER / 2.0);
            ui.painter().text(at, Align2::CENTER_CENTER, text, font, palette.text);
        }
        let line = Stroke::new(1.0, palette.line);
        ui.painter().hline(rect.x_range(), rect.top() + HEADER, line);
    }

    /// Draws the row of an actor; past the last one what each rule leaves open.
    fn row(&self, ui: &Ui, rect: Rect, names: f32, place: usize, palette: &Palette) {
        let row = self.chart.rows.get(place);
        let (name, depth) = row.map_or(("Left open", 0), |row| (row.name.as_str(), row.depth));
        let left = rect.left() + AROUND + depth as f32 * INDENT;
        let font = match row {
            Some(_) => FontId::proportional(tokens::BODY),
            None => FontId::new(tokens::BODY, tokens::bold_family()),
        };
        ui.painter().text(pos2(left, rect.center().y), Align2::LEFT_CENTER, name, font, palette.text);
        for (place_across, column) in self.chart.columns.iter().enumerate() {
            let left = rect.left() + names + COLUMN * place_across as f32;
            let cell = Rect::from_x_y_ranges(left..=left + COLUMN, rect.y_range());
            let small = FontId::proportional(tokens::SMALL);
            let write = |y: f32, text: String| {
                let at = pos2(cell.center().x, y);
                ui.painter().text(at, Align2::CENTER_CENTER, text, small.clone(), palette.text);
            };
            match (row, self.chart.span(place, place_across), &column.uncertainty) {
                (Some(_), Some(span), _) => {
                    let track = Rect::from_x_y_ranges(
                        cell.left() + AROUND..=cell.right() - AROUND,
                        cell.top() + 2.0..=cell.top() + 22.0,
                    );
                    belief_bar::bar(ui.painter(), track, paint::BAR, span, palette);
                    write(cell.bottom() - 8.0, percent_span(span.belief, span.plausibility));
                }
                (None, _, Ok(open)) => write(cell.center().y, percent(*open)),
                _ => {
                    let inner = cell.shrink2(vec2(AROUND, 4.0));
                    paint_hatch(ui.painter(), inner, 9.0, Stroke::new(1.0, palette.line));
                    if place == 0 {
                        let back = Rect::from_center_size(cell.center(), vec2(COLUMN - 24.0, 16.0));
                        ui.painter().rect_filled(back, 0, palette.background);
                        write(cell.center().y, "undefined".to_owned());
                    }
                }
            }
        }
        ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, palette.line));
    }
}

impl FigureChart for RulesFigure {
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
        let width = self.names(ui) + COLUMN * self.chart.columns.len() as f32;
        vec2(width, HEADER + ROW * (self.chart.rows.len() + 1) as f32 + 1.0)
    }

    fn draw(&self, ui: &mut Ui) {
        let rect = ui.max_rect();
        let palette = tokens::palette(ui);
        let names = self.names(ui);
        self.header(ui, rect, names, palette);
        for place in 0..=self.chart.rows.len() {
            let top = rect.top() + HEADER + ROW * place as f32;
            let row = Rect::from_x_y_ranges(rect.x_range(), top..=top + ROW);
            self.row(ui, row, names, place, palette);
        }
    }

    fn legend(&self, ui: &mut Ui) {
        legend::show(ui);
    }

    fn table(&self) -> ChartTable {
        self.chart.table()
    }
}
