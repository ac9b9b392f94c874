//! The hierarchy of actors as a figure.

use eframe::egui::{Align2, FontId, Rect, Sense, Shape, Stroke, Ui, Vec2, pos2, vec2};

use super::lines::{Line, Wanted, lines};
use super::rows::{self, Columns, Look};
use super::{Memo, State};
use crate::analysis::charts::ChartTable;
use crate::ui::ViewContext;
use crate::ui::figure::{FigureChart, FigureError};
use crate::ui::tokens::{ROW_HEIGHT, SMALL};
use crate::ui::views::data_key::DataKey;
use crate::ui::widgets::legend::{entry, line};

/// The most room that a column takes in a figure, in points: longer texts are cut there.
const MOST_COLUMN: f32 = 640.0;

/// What the user has set in the view: filter, switches, what is folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FigureSettings {
    wanted: Wanted,
}

impl State {
    /// What the user has set.
    pub fn figure_settings(&self) -> FigureSettings {
        FigureSettings { wanted: self.wanted.clone() }
    }
}

/// The actors that are wanted, with the links that are claimed of them.
pub(crate) fn figure<'a>(
    cx: &'a ViewContext<'a>,
    settings: &FigureSettings,
) -> Result<Box<dyn FigureChart + 'a>, FigureError> {
    let chart = cx.derived.actor_chart();
    let wanted = settings.wanted.clone();
    let lines = lines(cx.assessment, cx.derived.hierarchy(), &chart, &wanted);
    if lines.is_empty() {
        let why = if chart.rows.is_empty() { "there are no actors" } else { "no actor fits the filter" };
        return Err(FigureError::Empty { why });
    }
    Ok(Box::new(ActorsFigure { cx, memo: Memo { key: DataKey::of(cx), chart, wanted, lines, wishes: None } }))
}

struct ActorsFigure<'a> {
    cx: &'a ViewContext<'a>,
    memo: Memo,
}

impl ActorsFigure<'_> {
    fn columns(&self, ui: &Ui, left: f32) -> Columns {
        Columns::for_all(left, self.memo.wishes(ui, self.cx, usize::MAX), MOST_COLUMN)
    }

    fn has_links(&self) -> bool {
        self.memo.lines.iter().any(|line| matches!(line, Line::Link { .. }))
    }
}

impl FigureChart for ActorsFigure<'_> {
    fn title(&self) -> String {
        "Actors".to_owned()
    }

    fn depends_on_options(&self) -> bool {
        false
    }

    fn conditions(&self) -> Vec<String> {
        let chart = &self.memo.chart;
        let applied = chart.links.iter().filter(|link| link.is_applied).count();
        let mut conditions = vec![
            format!("{} actors", self.cx.assessment.actors.len()),
            format!("{} claimed links, {applied} accepted", chart.links.len()),
        ];
        let filter = self.memo.wanted.filter.trim();
        if !filter.is_empty() {
            conditions.push(format!("Filtered: {filter}"));
        }
        if self.memo.wanted.only_named {
            conditions.push("Named by a claim".to_owned());
        }
        if self.memo.wanted.hides_links {
            conditions.push("Links not shown".to_owned());
        }
        conditions
    }

    fn row_count(&self) -> usize {
        self.memo.lines.len()
    }

    fn size(&self, ui: &Ui) -> Vec2 {
        vec2(self.columns(ui, 0.0).width(), (self.memo.lines.len() + 1) as f32 * ROW_HEIGHT)
    }

    fn draw(&self, ui: &mut Ui) {
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        let columns = self.columns(ui, ui.max_rect().left());
        columns.show_header(ui);
        for line in &self.memo.lines {
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::hover());
            match *line {
                Line::Actor { row, has_below, is_context } => {
                    let Some(row) = self.memo.chart.rows.get(row) else { continue };
                    let is_folded = self.memo.wanted.folded.contains(&row.actor);
                    let look = Look { has_below, is_folded, is_context, has_cursor: false };
                    rows::actor(ui, self.cx, rect, columns, row, look);
                }
                Line::Link { link, depth } => {
                    let Some(link) = self.memo.chart.links.get(link) else { continue };
                    rows::link(ui, self.cx, rect, columns, link, depth, false);
                }
            }
        }
    }

    fn legend(&self, ui: &mut Ui) {
        line(ui, |ui| {
            if self.has_links() {
                entry(ui, 22.0, "A link that a source claims; ticked: accepted", |painter, rect, palette| {
                    let corner = pos2(rect.left() + 4.0, rect.center().y);
                    let elbow = [pos2(corner.x, rect.top() + 2.0), corner, pos2(rect.right(), corner.y)];
                    let stroke = Stroke::new(1.2, palette.edge);
                    painter.extend(Shape::dashed_line(&elbow, stroke, 3.0, 2.0));
                });
            }
            entry(
                ui,
                48.0,
                "Claims that name the actor, of those that name it or one below it; from so many independent origins",
                |painter, rect, palette| {
                    let font = FontId::proportional(SMALL);
                    let place: Rect = rect;
                    painter.text(place.center(), Align2::CENTER_CENTER, "1 of 3 · 2", font, palette.text);
                },
            );
        });
    }

    fn table(&self) -> ChartTable {
        self.memo.chart.table()
    }
}
