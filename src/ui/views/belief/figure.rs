//! Belief by actor and the opinion triangle as figures.

use eframe::egui::{Align, Layout, Rect, Ui, UiBuilder, Vec2, pos2, vec2};

use super::memo::{Key, Memo};
use super::paint::TriangleFrame;
use super::{State, bars, legend, triangle};
use crate::analysis::charts::{ChartTable, OpinionTriangle};
use crate::analysis::percent::percent;
use crate::model::{Actor, FusionRule, Id, TrustDiscount};
use crate::ui::ViewContext;
use crate::ui::figure::{FigureChart, FigureError};
use crate::ui::views::data_key::DataKey;
use crate::ui::widgets::{counted, degree_text};

/// The size of the triangle in a figure, in points.
const TRIANGLE: Vec2 = Vec2::new(430.0, 400.0);
/// The room between the triangle and the list of the origins, in points.
const GAP: f32 = 24.0;
/// The most origins of a figure with a triangle: each has a line.
const MOST_ORIGINS: usize = 300;

/// How claims are taken together; the assessment's own way where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FigureSettings {
    /// By which rule.
    pub rule: Option<FusionRule>,
    /// With which version of trust discounting.
    pub discount: Option<TrustDiscount>,
}

/// How claims are taken together, and whom the triangle asks about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TriangleSettings {
    /// How claims are taken together.
    pub fusing: FigureSettings,
    /// The actor; the foremost one where none is named.
    pub actor: Option<Id<Actor>>,
}

impl State {
    /// What the user has set for the bars.
    pub const fn figure_settings(&self) -> FigureSettings {
        FigureSettings { rule: self.rule, discount: self.discount }
    }
}

/// Belief by actor, in full.
pub(crate) fn figure<'a>(
    cx: &'a ViewContext<'a>,
    settings: FigureSettings,
) -> Result<Box<dyn FigureChart + 'a>, FigureError> {
    Ok(Box::new(Bars(fused(cx, settings)?)))
}

/// The opinion triangle of an actor, with the opinions of all origins.
pub(crate) fn triangle_figure<'a>(
    cx: &'a ViewContext<'a>,
    settings: TriangleSettings,
) -> Result<Box<dyn FigureChart + 'a>, FigureError> {
    let memo = fused(cx, settings.fusing)?;
    if settings.actor.is_some() && memo.place_of(cx, settings.actor).is_none() {
        return Err(FigureError::Empty { why: "no claim on this incident names that actor or one below it" });
    }
    let asked = memo.place_of(cx, settings.actor).or_else(|| memo.chart.foremost()).unwrap_or(0);
    match OpinionTriangle::new(cx.derived, &memo.chart, asked) {
        Some(triangle) => Ok(Box::new(Triangle { memo, triangle })),
        None => Err(FigureError::Empty { why: "there is nobody to ask about" }),
    }
}

pub(super) fn fused(cx: &ViewContext<'_>, settings: FigureSettings) -> Result<Memo, FigureError> {
    let incident = cx.incident;
    let incident = incident.ok_or(FigureError::NoIncident)?;
    let methods = &cx.assessment.header.methods;
    let key = Key {
        data: DataKey::of(cx),
        incident,
        rule: settings.rule.unwrap_or(methods.fusion),
        discount: settings.discount.unwrap_or(methods.discount),
    };
    let memo = Memo::new(cx, key, None);
    if !memo.chart.rows.is_empty() {
        return Ok(memo);
    }
    Err(FigureError::Empty {
        why: match (memo.claims, memo.set_aside) {
            (0, 0) => "no claim speaks of this incident",
            (0, _) => "all claims on this incident were retracted or superseded",
            _ => "all claims on this incident decline to name anybody",
        },
    })
}

/// Under what it was made, for the bars and the triangle.
fn conditions(memo: &Memo) -> Vec<String> {
    let chart = &memo.chart;
    let open = match &chart.uncertainty {
        Ok(open) => format!("Open: {}", percent(*open)),
        Err(undefined) => format!("Under this rule {undefined}"),
    };
    let mut conditions = shared_conditions(memo);
    conditions.splice(1..1, [chart.rule.label().to_owned(), open]);
    conditions
}

/// Under what it was made, whatever the rule; first what took part.
pub(super) fn shared_conditions(memo: &Memo) -> Vec<String> {
    let chart = &memo.chart;
    let mut conditions = vec![
        format!(
            "{} from {}",
            counted(chart.claims, "claim"),
            counted(chart.origins.len(), "independent origin")
        ),
        format!("Trust discounting: {}", chart.discount.label().to_lowercase()),
    ];
    if let Ok(conflict) = &chart.conflict {
        conditions.push(format!("Conflict of the origins (K): {}", degree_text(*conflict)));
    }
    if !chart.left_out.is_empty() {
        conditions.push(format!(
            "{} of another role or period not counted",
            counted(chart.left_out.len(), "claim")
        ));
    }
    conditions
}

struct Bars(Memo);

impl FigureChart for Bars {
    fn title(&self) -> String {
        "Belief".to_owned()
    }

    fn conditions(&self) -> Vec<String> {
        conditions(&self.0)
    }

    fn row_count(&self) -> usize {
        self.0.chart.rows.len()
    }

    fn size(&self, ui: &Ui) -> Vec2 {
        bars::full_size(ui, &self.0.chart)
    }

    fn draw(&self, ui: &mut Ui) {
        bars::paint_all(ui, ui.max_rect(), &self.0.chart);
    }

    fn legend(&self, ui: &mut Ui) {
        legend::show(ui);
    }

    fn table(&self) -> ChartTable {
        self.0.chart.table()
    }
}

struct Triangle {
    memo: Memo,
    triangle: OpinionTriangle,
}

impl FigureChart for Triangle {
    fn title(&self) -> String {
        format!("Opinion on {}", self.triangle.name)
    }

    fn conditions(&self) -> Vec<String> {
        conditions(&self.memo)
    }

    fn row_count(&self) -> usize {
        self.triangle.origins.len()
    }

    fn most_rows(&self) -> usize {
        MOST_ORIGINS
    }

    fn size(&self, ui: &Ui) -> Vec2 {
        let list = triangle::list_size(ui, &self.triangle);
        vec2(TRIANGLE.x + GAP + list.x, TRIANGLE.y.max(list.y))
    }

    fn draw(&self, ui: &mut Ui) {
        let whole = ui.max_rect();
        let left = Rect::from_min_size(whole.min, TRIANGLE);
        triangle::paint_numbered(ui, &TriangleFrame::within(left.shrink(4.0)), &self.triangle);
        let right = Rect::from_min_max(pos2(left.right() + GAP, whole.top()), whole.max);
        let builder = UiBuilder::new().max_rect(right).layout(Layout::top_down(Align::Min));
        triangle::whole_list(&mut ui.new_child(builder), &self.triangle);
    }

    fn legend(&self, ui: &mut Ui) {
        triangle::legend(ui);
    }

    fn table(&self) -> ChartTable {
        self.triangle.table()
    }
}
