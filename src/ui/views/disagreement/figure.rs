//! Who says who and one against another as figures.

use eframe::egui::{Ui, Vec2, vec2};

use super::heatmap::Measure;
use super::memo::{Key, Memo};
use super::{heatmap, links, who_says_who};
use crate::analysis::charts::{ChartTable, HeatOrder, Rows};
use crate::ui::ViewContext;
use crate::ui::figure::{FigureChart, FigureError};
use crate::ui::widgets::chart_grid::ChartGrid;
use crate::ui::widgets::counted;
use crate::ui::widgets::legend::Legend;

/// The most rows of a heatmap: it has a cell for each two of them.
const MOST_ROWS: usize = 300;
/// How many accepted links are named; more are counted.
const NAMED_LINKS: usize = 3;

/// How one against another is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct HeatSettings {
    /// What a row stands for.
    pub rows: Rows,
    /// In what order they stand.
    pub order: HeatOrder,
    /// What the cells show.
    pub measure: Measure,
}

/// Who says who, in full.
pub(crate) fn who_figure<'a>(
    cx: &'a ViewContext<'a>,
    rows: Rows,
) -> Result<Box<dyn FigureChart + 'a>, FigureError> {
    Ok(Box::new(WhoSaysWho(Subject::new(cx, rows, HeatOrder::default())?)))
}

/// One against another, in full.
pub(crate) fn heat_figure<'a>(
    cx: &'a ViewContext<'a>,
    settings: HeatSettings,
) -> Result<Box<dyn FigureChart + 'a>, FigureError> {
    let subject = Subject::new(cx, settings.rows, settings.order)?;
    if subject.memo.heat.keys.len() < 2 {
        return Err(FigureError::Empty { why: "there is one row alone, and nothing to set against it" });
    }
    Ok(Box::new(Heat { subject, settings }))
}

/// The incident and how it is looked at.
struct Subject<'a> {
    cx: &'a ViewContext<'a>,
    memo: Memo,
    rows: Rows,
}

impl<'a> Subject<'a> {
    fn new(cx: &'a ViewContext<'a>, rows: Rows, order: HeatOrder) -> Result<Self, FigureError> {
        let incident = cx.incident;
        let incident = incident.ok_or(FigureError::NoIncident)?;
        let memo = Memo::new(cx, Key::of(cx, incident, rows, order));
        match (memo.claims, memo.set_aside) {
            (0, 0) => Err(FigureError::Empty { why: "no claim speaks of this incident" }),
            (0, _) => {
                Err(FigureError::Empty { why: "all claims on this incident were retracted or superseded" })
            }
            _ => Ok(Self { cx, memo, rows }),
        }
    }

    fn conditions(&self) -> Vec<String> {
        let memo = &self.memo;
        let mut conditions = vec![
            format!("{} from {}", counted(memo.claims, "claim"), counted(memo.origins, "independent origin")),
            format!("Rows: {}", self.rows.by.label().to_lowercase()),
        ];
        if memo.set_aside > 0 {
            conditions.push(format!("{} retracted or superseded, not counted", memo.set_aside));
        }
        let accepted: Vec<_> = memo.links.iter().filter(|link| link.is_applied).collect();
        if accepted.len() <= NAMED_LINKS {
            let names = accepted.iter().map(|link| format!("Accepted: {}", links::link_text(self.cx, link)));
            conditions.extend(names);
        } else {
            conditions.push(format!("Accepted: {} of {} links", accepted.len(), memo.links.len()));
        }
        conditions
    }
}

struct WhoSaysWho<'a>(Subject<'a>);

impl FigureChart for WhoSaysWho<'_> {
    fn title(&self) -> String {
        who_says_who::TITLE.to_owned()
    }

    fn conditions(&self) -> Vec<String> {
        self.0.conditions()
    }

    fn row_count(&self) -> usize {
        self.0.memo.who.rows.len()
    }

    fn size(&self, ui: &Ui) -> Vec2 {
        let memo = &self.0.memo;
        ChartGrid::full_size(who_says_who::full_size(ui, memo), &memo.who_layout.line_tops)
    }

    fn draw(&self, ui: &mut Ui) {
        let memo = &self.0.memo;
        let size = who_says_who::full_size(ui, memo);
        who_says_who::show(ui, self.0.cx, memo, &mut who_says_who::Cursor::default(), size);
    }

    fn legend(&self, ui: &mut Ui) {
        // Relations have no mark in this chart.
        Legend { relations: Vec::new(), ..self.0.memo.legend.clone() }.show(ui);
    }

    fn table(&self) -> ChartTable {
        self.0.memo.who.table()
    }
}

struct Heat<'a> {
    subject: Subject<'a>,
    settings: HeatSettings,
}

impl FigureChart for Heat<'_> {
    fn title(&self) -> String {
        heatmap::TITLE.to_owned()
    }

    fn conditions(&self) -> Vec<String> {
        let mut conditions = self.subject.conditions();
        let relations = self.subject.memo.relations.iter().filter(|(_, pairs)| *pairs > 0);
        let counts: Vec<String> = relations
            .map(|(relation, pairs)| format!("{pairs} {}", relation.label().to_lowercase()))
            .collect();
        if self.settings.measure == Measure::Conflict {
            conditions.push("Cells: degree of conflict, 0 to 1".to_owned());
        }
        conditions.push(format!("Pairs of claims: {}", counts.join(", ")));
        conditions
    }

    fn row_count(&self) -> usize {
        self.subject.memo.heat.keys.len()
    }

    fn most_rows(&self) -> usize {
        MOST_ROWS
    }

    fn size(&self, ui: &Ui) -> Vec2 {
        let memo = &self.subject.memo;
        // The last cell's frame stands half outside of it.
        let size = heatmap::full_size(ui, memo);
        ChartGrid::full_size(size, &heatmap::tops(memo, size)) + vec2(0.0, 1.0)
    }

    fn draw(&self, ui: &mut Ui) {
        let memo = &self.subject.memo;
        let size = heatmap::full_size(ui, memo);
        heatmap::show(ui, memo, &mut heatmap::Cursor::default(), &mut None, self.settings.measure, size);
    }

    fn legend(&self, ui: &mut Ui) {
        let memo = &self.subject.memo;
        let legend = match self.settings.measure {
            // A cell of degrees writes the degree, not how many pairs it stands for.
            Measure::Relation => Legend {
                relations: memo.legend.relations.clone(),
                has_counts: memo.has_counts,
                ..Legend::default()
            },
            Measure::Conflict => Legend { conflict_top: Some(memo.scale_top), ..Legend::default() },
        };
        legend.show(ui);
    }

    fn table(&self) -> ChartTable {
        self.subject.memo.heat.table()
    }
}
