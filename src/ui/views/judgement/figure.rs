//! The lenses and the history as figures.

use eframe::egui::text::LayoutJob;
use eframe::egui::{FontId, Rect, Sense, Shape, Stroke, Ui, Vec2, pos2, vec2};
use std::sync::Arc;

use super::State;
use super::history;
use super::lenses::{self, Columns, Judged};
use super::memo::{Key, Memo};
use super::track::{self, Track};
use crate::analysis::charts::ChartTable;
use crate::analysis::judgement::{Pool, record};
use crate::model::{Analyst, Id, Judgement};
use crate::ui::ViewContext;
use crate::ui::figure::{FigureChart, FigureError};
use crate::ui::tokens::{self, BODY, SMALL};
use crate::ui::views::data_key::DataKey;
use crate::ui::widgets::chart_parts::paint_line;
use crate::ui::widgets::counted;
use crate::ui::widgets::legend::{entry, line};
use crate::ui::widgets::marks::paint_hatch;

/// The width of a lens in a figure, in points.
const CELL: f32 = 116.0;
/// The least width of the names, in points.
const NAMES: f32 = 200.0;
/// What stands around the name of a hypothesis, in points.
const AROUND: f32 = 72.0;
/// The room between the chart and the sentences below it, in points.
const GAP: f32 = 12.0;
/// The size of the curves, in points.
const CURVES: Vec2 = Vec2::new(720.0, 320.0);

/// What the user has set in the view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FigureSettings {
    /// Whose judgement is shown; `None` takes all analysts together for the lenses, and for the history the analyst with the
    /// most judgements.
    pub analyst: Option<Id<Analyst>>,
}

impl State {
    /// What the user has set.
    pub fn figure_settings(&self) -> FigureSettings {
        FigureSettings { analyst: self.memo.as_ref().and_then(|memo| memo.key.analyst) }
    }
}

fn memo(cx: &ViewContext<'_>, analyst: Option<Id<Analyst>>) -> Result<Memo, FigureError> {
    let incident = cx.incident;
    let incident = incident.ok_or(FigureError::NoIncident)?;
    let pool = Pool::default();
    let memo = Memo::new(cx, Key { data: DataKey::of(cx), incident, analyst, pool, compared: None });
    if memo.hypotheses.is_empty() {
        return Err(FigureError::Empty { why: "the incident has no hypotheses" });
    }
    Ok(memo)
}

/// The three lenses on the incident shown, beside what is judged.
pub(crate) fn lens_figure<'a>(
    cx: &'a ViewContext<'a>,
    settings: &FigureSettings,
) -> Result<Box<dyn FigureChart + 'a>, FigureError> {
    let memo = memo(cx, settings.analyst)?;
    let (judged, by) = match memo.present(cx) {
        Some(present) => {
            let by = format!(
                "Judged by {}, {}",
                cx.assessment.name_of(present.analyst),
                history::day(present.made_at)
            );
            (Judged::own(cx, &memo), Some(by))
        }
        None if settings.analyst.is_none() => together(&memo),
        None => (Judged::own(cx, &memo), None),
    };
    Ok(Box::new(LensFigure { cx, memo, judged, by }))
}

/// What all analysts come to together.
fn together(memo: &Memo) -> (Judged, Option<String>) {
    let pooled = &memo.pooled;
    let share = |id| {
        let place = pooled.answers.iter().position(|answer| *answer == Some(id))?;
        pooled.pooled.as_ref().ok()?.get(place).copied()
    };
    let shares = memo.lenses.rows.iter().map(|row| share(row.hypothesis)).collect();
    let by = match pooled.rows.len() {
        0 => None,
        1 => Some("Judged by 1 analyst".to_owned()),
        many => {
            Some(format!("Judged by {many} analysts, pooled: {}", pooled.pool.method.label().to_lowercase()))
        }
    };
    (Judged { title: "Judged", shares }, by)
}

struct LensFigure<'a> {
    cx: &'a ViewContext<'a>,
    memo: Memo,
    judged: Judged,
    /// Whose judgement it is.
    by: Option<String>,
}

impl LensFigure<'_> {
    fn columns(&self, ui: &Ui) -> Columns {
        let width = |text: &str| {
            let galley = ui.painter().layout_no_wrap(
                text.to_owned(),
                FontId::proportional(BODY),
                tokens::palette(ui).text,
            );
            galley.size().x
        };
        let names = self.memo.lenses.rows.iter().map(|row| width(&row.answer)).fold(0.0, f32::max);
        Columns { names: (names + AROUND).max(NAMES), cell: CELL }
    }

    /// What the lenses have in common, where they differ and why: each sentence with its indent.
    fn sentences(&self) -> Vec<(f32, String)> {
        let lenses = &self.memo.lenses;
        let mut found = vec![(0.0, lenses.summary())];
        found.extend(lenses.gaps().into_iter().map(|gap| (12.0, format!("– {gap}"))));
        for difference in &lenses.differences {
            // The one difference that there is stands in the summary.
            if lenses.differences.len() > 1 {
                found.push((0.0, format!("{}:", difference.what)));
            }
            found.extend(difference.why.iter().map(|why| (12.0, format!("– {why}"))));
        }
        found
    }

    fn galleys(&self, ui: &Ui, width: f32) -> Vec<(f32, Arc<eframe::egui::Galley>)> {
        let colour = tokens::palette(ui).text;
        let laid = |(indent, text): (f32, String)| {
            let job = LayoutJob::simple(text, FontId::proportional(BODY), colour, width - indent);
            (indent, ui.painter().layout_job(job))
        };
        self.sentences().into_iter().map(laid).collect()
    }
}

impl FigureChart for LensFigure<'_> {
    fn title(&self) -> String {
        "Three lenses".to_owned()
    }

    fn conditions(&self) -> Vec<String> {
        let lenses = &self.memo.lenses;
        let items = if lenses.items == 1 {
            "1 item rated".to_owned()
        } else {
            format!("{} items rated", lenses.items)
        };
        let results = self.cx.derived.incident(lenses.incident);
        let claims = format!(
            "{} from {}, fused by: {}",
            counted(results.claims().len(), "claim"),
            counted(results.origins().len(), "independent origin"),
            lenses.rule.label()
        );
        self.by.iter().cloned().chain([items, claims]).collect()
    }

    fn row_count(&self) -> usize {
        self.memo.lenses.rows.len()
    }

    fn size(&self, ui: &Ui) -> Vec2 {
        let columns = self.columns(ui);
        let width = columns.names + 4.0 * columns.cell;
        let sentences: f32 = self.galleys(ui, width).iter().map(|(_, galley)| galley.size().y + 3.0).sum();
        vec2(width, lenses::height(ui, &self.memo.lenses, columns) + GAP + sentences)
    }

    fn draw(&self, ui: &mut Ui) {
        let whole = ui.max_rect();
        let columns = self.columns(ui);
        let height = lenses::height(ui, &self.memo.lenses, columns);
        let rect = whole.with_max_y(whole.top() + height);
        lenses::chart(ui, self.cx, &self.memo.lenses, &self.judged, (rect, columns));
        let mut top = rect.bottom() + GAP;
        for (indent, galley) in self.galleys(ui, whole.width()) {
            let next = top + galley.size().y + 3.0;
            ui.painter().galley(pos2(whole.left() + indent, top), galley, tokens::palette(ui).text);
            top = next;
        }
    }

    fn legend(&self, ui: &mut Ui) {
        let bar = |rect: Rect| Rect::from_center_size(rect.center(), vec2(rect.width() - 4.0, 6.0));
        line(ui, |ui| {
            entry(ui, 30.0, "Probability, 0 to 100 %", |painter, rect, palette| {
                painter.rect_filled(bar(rect), 0, palette.line);
                let filled = bar(rect).with_max_x(rect.center().x);
                painter.rect_filled(filled, 0, palette.belief);
            });
            entry(ui, 30.0, "Points against it, the most is longest", |painter, rect, palette| {
                let stroke = Stroke::new(1.0, palette.contradicts);
                paint_hatch(painter, bar(rect), 4.0, stroke);
                painter.rect_stroke(bar(rect), 0, stroke, eframe::egui::StrokeKind::Inside);
            });
            entry(ui, 0.0, "Bold: in front", |_, _, _| {});
            entry(ui, 0.0, "–: undefined", |_, _, _| {});
        });
    }

    fn table(&self) -> ChartTable {
        self.memo.lenses.table((self.judged.title, &self.judged.shares))
    }
}

/// The judgements of an analyst on the incident shown, over time.
pub(crate) fn history_figure<'a>(
    cx: &'a ViewContext<'a>,
    settings: &FigureSettings,
) -> Result<Box<dyn FigureChart + 'a>, FigureError> {
    let analyst = settings.analyst.or_else(|| busiest(cx));
    let memo = memo(cx, analyst)?;
    if memo.history.len() < 2 {
        return Err(FigureError::Empty { why: "no analyst has judged the incident twice" });
    }
    let track = history::track(cx, &memo);
    Ok(Box::new(HistoryFigure { cx, memo, track }))
}

/// The analyst with the most judgements on the incident shown; of several the first by name.
fn busiest(cx: &ViewContext<'_>) -> Option<Id<Analyst>> {
    let incident = cx.incident?;
    let count = |judgement: &&Judgement| record::history(cx.assessment, incident, judgement.analyst).len();
    record::latest(cx.assessment, incident).into_iter().rev().max_by_key(count).map(|it| it.analyst)
}

struct HistoryFigure<'a> {
    cx: &'a ViewContext<'a>,
    memo: Memo,
    track: Track,
}

impl FigureChart for HistoryFigure<'_> {
    fn title(&self) -> String {
        "Judgements".to_owned()
    }

    fn depends_on_options(&self) -> bool {
        false
    }

    fn conditions(&self) -> Vec<String> {
        let who =
            self.memo.key.analyst.map(|analyst| format!("Analyst: {}", self.cx.assessment.name_of(analyst)));
        who.into_iter().chain([format!("{} judgements", self.memo.history.len())]).collect()
    }

    fn row_count(&self) -> usize {
        self.memo.history.len()
    }

    fn size(&self, _ui: &Ui) -> Vec2 {
        CURVES
    }

    fn draw(&self, ui: &mut Ui) {
        self.track.paint(ui.painter(), ui.max_rect(), &[], tokens::palette(ui));
    }

    fn legend(&self, ui: &mut Ui) {
        let names = self.memo.hypotheses.iter().map(|it| format!("{} {}", it.name, it.answer));
        let names: Vec<String> = names.chain(["none: none of these".to_owned()]).collect();
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing = vec2(12.0, 2.0);
            for (number, name) in names.iter().enumerate() {
                stroke(ui, number, name);
            }
        });
    }

    fn table(&self) -> ChartTable {
        self.memo.history_table(self.cx)
    }
}

/// The stroke of a line and what it stands for; long answers take several lines.
fn stroke(ui: &mut Ui, number: usize, name: &str) {
    let palette = tokens::palette(ui);
    let width = ui.available_width() - track::STROKE - 6.0;
    let job = LayoutJob::simple(name.to_owned(), FontId::proportional(SMALL), palette.quiet, width);
    let galley = ui.painter().layout_job(job);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), galley.size().y + 4.0), Sense::hover());
    let y = rect.top() + 8.0;
    let ends = [pos2(rect.left(), y), pos2(rect.left() + track::STROKE, y)];
    paint_line(ui.painter(), &ends, number, Stroke::new(1.5, palette.text));
    let at = pos2(rect.left() + track::STROKE + 6.0, rect.top() + 2.0);
    ui.painter().add(Shape::galley(at, galley, palette.quiet));
}
