//! The weight of evidence: from priors and likelihoods to posteriors, what each item adds for one hypothesis against another, and
//! what it would be worth to look for an indicator.

mod figure;
mod hypotheses;
mod indicators;
mod layout;
mod legend;
mod memo;
mod pair;
mod toolbar;

use eframe::egui::{Frame, Margin, Panel, Ui, vec2};

use crate::analysis::ach::Raters;
use crate::model::{Hypothesis, Id};
use crate::ui::tokens::{Icon, ROW_HEIGHT};
use crate::ui::views::data_key::DataKey;
use crate::ui::views::incident::{self, IncidentField};
use crate::ui::views::whose;
use crate::ui::widgets::legend::{LegendSwitch, line};
use crate::ui::widgets::own_keys::KeyLines;
use crate::ui::widgets::{empty_state, table_twin};
use crate::ui::{Action, ViewContext};
pub use figure::FigureSettings;
pub(crate) use figure::{pair_figure, posterior_figure};
use layout::Arrangement;
use memo::{Key, Memo};

/// The room around the parts, in points.
const MARGIN: Margin = Margin::symmetric(8, 4);

/// Its keys, as the shortcut sheet lists them.
pub const KEYS: KeyLines = &[("↑ ↓", "Move from item to item"), ("Enter", "Select the evidence")];

/// What the view remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    raters: Raters,
    /// The pair that is compared; the two most probable where nothing is chosen.
    column: Option<Id<Hypothesis>>,
    against: Option<Id<Hypothesis>>,
    shows_table: bool,
    /// The line of the items under the keyboard.
    cursor: pair::Cursor,
    legend: LegendSwitch,
    memo: Option<Memo>,
    /// The field that picks the incident.
    pub(super) incident: IncidentField,
}

/// Draws the view.
pub fn show(ui: &mut Ui, cx: &ViewContext<'_>, state: &mut State) {
    let about = [
        "No incident yet",
        "Here the evidence is weighed as odds: how probable each hypothesis is before and after it, and what each item adds. \
             It begins with an incident.",
    ];
    let Some(incident) = incident::in_front(ui, cx, Icon::Weight, about, &[Action::AddIncident]) else {
        return;
    };
    state.raters = whose::present(cx, state.raters);
    let key = Key { data: DataKey::of(cx), incident, raters: state.raters };
    if state.memo.as_ref().is_none_or(|memo| memo.key != key) {
        state.memo = Some(Memo::new(cx, key));
    }
    let Some(mut memo) = state.memo.take() else { return };
    memo.ask(state.column, state.against);
    Panel::top("odds tools").frame(Frame::new().inner_margin(MARGIN)).show(ui, |ui| {
        toolbar::show(ui, cx, &memo, state);
    });
    if memo.chart.columns.is_empty() {
        empty_state(
            ui,
            cx,
            Icon::Lightbulb,
            "No hypotheses yet",
            "Evidence is weighed between rival answers. They can be made from the claims on this incident: one for each actor \
             whom a standing claim names.",
            &[Action::HypothesesFromClaims, Action::AddHypothesis],
        );
    } else if state.shows_table {
        tables(ui, cx, &mut memo);
    } else {
        body(ui, cx, &mut memo, state);
    }
    state.memo = Some(memo);
}

fn body(ui: &mut Ui, cx: &ViewContext<'_>, memo: &mut Memo, state: &mut State) {
    if let Some(pair) = memo.pair.as_ref().filter(|_| state.legend.is_on() && !memo.chart.rows.is_empty()) {
        Panel::bottom("odds legend").frame(Frame::new().inner_margin(MARGIN)).show(ui, |ui| {
            line(ui, |ui| legend::pair_entries(ui, &memo.chart, pair, memo.has_groups()));
        });
    }
    let (width, height) = (ui.available_width(), ui.available_height());
    let rows = memo.chart.columns.len() as f32;
    let wanted = hypotheses::HEADER + rows * hypotheses::ROW + 10.0;
    Panel::top("odds hypotheses")
        .resizable(true)
        .default_size(wanted.min((height * 0.45).max(80.0)))
        .size_range(60.0..=(height - 120.0).max(61.0))
        .frame(Frame::new())
        .show(ui, |ui| hypotheses::show(ui, cx, memo));
    let below = ui.available_height();
    let frame = Frame::new().inner_margin(MARGIN);
    match Arrangement::within(ui, memo, vec2(width, below)) {
        Arrangement::After(height) => {
            Panel::top("odds items")
                .exact_size(height)
                .frame(Frame::new())
                .show(ui, |ui| pair::show(ui, cx, memo, state));
            frame.show(ui, |ui| indicators::show(ui, cx, memo));
            return;
        }
        Arrangement::Beside(size) => {
            Panel::right("odds indicators")
                .resizable(true)
                .default_size(size)
                .size_range(240.0..=(width - 420.0).max(281.0))
                .frame(frame)
                .show(ui, |ui| indicators::show(ui, cx, memo));
        }
        Arrangement::Under(size) => {
            Panel::bottom("odds indicators below")
                .resizable(true)
                .default_size(size)
                .size_range(56.0..=(below - 110.0).max(57.0))
                .frame(frame)
                .show(ui, |ui| indicators::show(ui, cx, memo));
        }
        Arrangement::Left => {}
    }
    pair::show(ui, cx, memo, state);
}

/// The same in words: the hypotheses, what each item adds, and the indicators.
fn tables(ui: &mut Ui, cx: &ViewContext<'_>, memo: &mut Memo) {
    let height = ui.available_height();
    let tables = memo.tables();
    let size = |rows: usize, share: f32| {
        ((rows as f32 + 1.0) * ROW_HEIGHT + 4.0).clamp(50.0, (height * share).max(51.0))
    };
    Panel::top("odds hypotheses table")
        .resizable(true)
        .default_size(size(tables.hypotheses.rows.len(), 0.35))
        .size_range(50.0..=(height - 80.0).max(51.0))
        .frame(Frame::new())
        .show(ui, |ui| {
            table_twin(ui, cx, "odds table", &tables.hypotheses, &tables.hypothesis_records);
        });
    if !tables.indicators.rows.is_empty() {
        let below = ui.available_height();
        Panel::bottom("odds indicators table")
            .resizable(true)
            .default_size(size(tables.indicators.rows.len(), 0.3))
            .size_range(50.0..=(below - 60.0).max(51.0))
            .frame(Frame::new())
            .show(ui, |ui| {
                table_twin(ui, cx, "indicator table", &tables.indicators, &tables.indicator_records);
            });
    }
    if let Some(pair) = &tables.pair {
        table_twin(ui, cx, "pair table", pair, &tables.pair_records);
    }
}
