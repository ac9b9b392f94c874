//! The graph of where claims come from as a figure.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use eframe::egui::{FontId, Ui, Vec2, pos2, vec2};
use rustc_hash::FxHashMap;

use super::camera::Camera;
use super::paint::Picture;
use super::{State, legend};
use crate::analysis::charts::provenance::{Card, CardKind, Layout, Room, SIZES, Scope, Sizes};
use crate::analysis::charts::{ChartTable, Provenance};
use crate::model::AnyId;
use crate::ui::ViewContext;
use crate::ui::figure::{FigureChart, FigureError};
use crate::ui::tokens::{self, BODY, SMALL};

/// The most cards of a figure; more cannot be made out on any paper.
const MOST_CARDS: usize = 1_500;
/// How wide a card may become for the sake of its longest line, in points; longer titles have several lines.
const WIDEST: f32 = 720.0;
/// The least width of a card in a figure, in points.
const LEAST: f32 = 300.0;
/// The room around the graph, in points.
const AROUND: f32 = 14.0;
/// The height of a line of a title, in points.
const LINE: f32 = 17.0;

/// What the user has set in the view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FigureSettings {
    /// Whether all incidents are shown, and not one.
    pub shows_whole: bool,
    /// Whether documents are left out.
    pub hides_documents: bool,
    /// The folded groups that were opened.
    pub unfolded: BTreeSet<AnyId>,
}

impl State {
    /// What the user has set.
    pub fn figure_settings(&self) -> FigureSettings {
        FigureSettings {
            shows_whole: self.shows_whole,
            hides_documents: self.hides_documents,
            unfolded: self.unfolded.clone(),
        }
    }
}

/// The whole graph, at its natural size.
pub(crate) fn figure<'a>(
    cx: &'a ViewContext<'a>,
    settings: &FigureSettings,
) -> Result<Box<dyn FigureChart + 'a>, FigureError> {
    let incident = cx.incident.filter(|_| !settings.shows_whole);
    if incident.is_none() && !settings.shows_whole {
        return Err(FigureError::NoIncident);
    }
    let FigureSettings { hides_documents, unfolded, .. } = settings.clone();
    let chart = cx.derived.provenance(&Scope { incident, claims_only: hides_documents, unfolded });
    if chart.cards.is_empty() {
        let why =
            if settings.shows_whole { "nothing is said yet" } else { "no claim speaks of this incident" };
        return Err(FigureError::Empty { why });
    }
    Ok(Box::new(Graph { chart, settings: settings.clone(), layout: OnceCell::new() }))
}

struct Graph {
    chart: Provenance,
    settings: FigureSettings,
    /// Where everything stands; it needs to be known how long texts are.
    layout: OnceCell<Layout>,
}

impl Graph {
    fn layout(&self, ui: &Ui) -> &Layout {
        // Nobody stops it.
        let lay_out = || Layout::with_sizes(&self.chart, sizes(ui, &self.chart), Room::PAPER, || Some(()));
        self.layout.get_or_init(|| lay_out().unwrap_or_default())
    }
}

/// Sizes at which no text of the chart is cut.
fn sizes(ui: &Ui, chart: &Provenance) -> Sizes {
    let colour = tokens::palette(ui).text;
    let width = |text: &str, size: f32| {
        ui.painter().layout_no_wrap(text.to_owned(), FontId::proportional(size), colour).size().x
    };
    let of_card = |card: &Card| {
        let date = card.date.map(|date| date.to_string()).unwrap_or_default();
        let head = match card.kind {
            CardKind::Folded { .. } => width(&card.heading, BODY),
            // Without a publisher it says so.
            _ => width(&card.heading, SMALL).max(110.0) + width(&date, SMALL) + 24.0,
        };
        let rows = card.rows.iter().map(|row| {
            // "circular", "no longer stands" and "origin 12" stand at the right.
            20.0 + width(&row.says, BODY) + 8.0 + width(&row.source_name, SMALL) + 2.0 * SMALL + 110.0
        });
        rows.fold(head, f32::max)
    };
    let widest = chart.cards.iter().map(of_card).fold(LEAST, f32::max);
    let labels = chart.families.iter().map(|family| width(&family.label, SMALL) + 40.0);
    let card_width = (labels.fold(widest, f32::max) + 20.0).min(WIDEST).ceil();
    let lines = chart.cards.iter().map(|card| {
        let title = card.title.clone();
        let galley = ui.painter().layout(title, FontId::proportional(BODY), colour, card_width - 16.0);
        galley.rows.len()
    });
    let more = lines.max().unwrap_or(1).saturating_sub(1) as f32;
    Sizes { card_width, document_head: SIZES.document_head + more * LINE, ..SIZES }
}

impl FigureChart for Graph {
    fn title(&self) -> String {
        "Provenance".to_owned()
    }

    fn depends_on_options(&self) -> bool {
        false
    }

    fn conditions(&self) -> Vec<String> {
        let mut conditions = vec![self.chart.summary()];
        if self.settings.shows_whole {
            conditions.push("All incidents".to_owned());
        }
        if self.settings.hides_documents {
            conditions.push("Documents left out".to_owned());
        }
        if self.chart.set_aside > 0 {
            conditions.push(format!("{} retracted or superseded, not counted", self.chart.set_aside));
        }
        conditions
    }

    fn row_count(&self) -> usize {
        self.chart.cards.len()
    }

    fn most_rows(&self) -> usize {
        MOST_CARDS
    }

    fn size(&self, ui: &Ui) -> Vec2 {
        let layout = self.layout(ui);
        vec2(layout.width, layout.height) + Vec2::splat(2.0 * AROUND)
    }

    fn draw(&self, ui: &mut Ui) {
        let layout = self.layout(ui);
        let camera = Camera { centre: pos2(layout.width / 2.0, layout.height / 2.0), zoom: 1.0 };
        let picture = Picture {
            chart: &self.chart,
            layout,
            view: camera.view(ui.max_rect()),
            palette: tokens::palette(ui),
            lit: None,
            selected: &FxHashMap::default(),
            hovered: None,
            cursor: None,
        };
        picture.paint(ui.painter());
    }

    fn legend(&self, ui: &mut Ui) {
        legend::show(ui, &legend::InUse::of(&self.chart));
    }

    fn table(&self) -> ChartTable {
        self.chart.table()
    }
}
