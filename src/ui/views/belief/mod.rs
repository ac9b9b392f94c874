//! How much speaks for whom once all claims are taken together: belief to plausibility along the hierarchy of actors, one
//! question as a triangle, and all rules side by side.

mod bars;
mod figure;
mod label_places;
mod legend;
mod memo;
mod paint;
mod rules;
mod rules_figure;
mod toolbar;
mod triangle;

use eframe::egui::{Frame, Label, Margin, Panel, Ui};

use crate::model::{Actor, AnyId, FusionRule, Id, TrustDiscount};
use crate::ui::tokens::{self, Icon, bold};
use crate::ui::views::data_key::DataKey;
use crate::ui::views::incident::{self, IncidentField};
use crate::ui::widgets::legend::LegendSwitch;
use crate::ui::widgets::own_keys::KeyLines;
use crate::ui::widgets::{empty_state, quiet, table_twin};
use crate::ui::{Action, ViewContext};
pub use figure::{FigureSettings, TriangleSettings};
pub(crate) use figure::{figure, triangle_figure};
use memo::{Key, Memo};
pub(crate) use rules_figure::rules_figure;

/// From this width on the triangle stands beside the bars, in points; below it, under them.
const SIDE_BY_SIDE: f32 = 880.0;

/// The width of bars that are wide enough, in points: what is left belongs to the question.
const WIDE_BARS: f32 = 740.0;

/// Its keys, as the shortcut sheet lists them.
pub const KEYS: KeyLines = &[
    ("↑ ↓", "Ask about the actor above or below"),
    ("← →", "Move from rule to rule"),
    ("Enter", "Select the actor, or take the rule"),
];

/// What the view remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    /// The rule of the view; the assessment's where there is none.
    rule: Option<FusionRule>,
    /// The version of trust discounting of the view; the assessment's where there is none.
    discount: Option<TrustDiscount>,
    shows_rules: bool,
    shows_table: bool,
    /// The actor that is asked about.
    cursor: Option<Id<Actor>>,
    /// What was selected in the last frame, so that an actor selected elsewhere becomes the question.
    selected: Option<AnyId>,
    legend: LegendSwitch,
    memo: Option<Memo>,
    /// The field that picks the incident.
    pub(super) incident: IncidentField,
}

/// Draws the view.
pub fn show(ui: &mut Ui, cx: &ViewContext<'_>, state: &mut State) {
    let about = [
        "No incident yet",
        "Here stands how much speaks for whom, once all claims on an incident are weighed and taken together, and how \
             much stays open. It begins with an incident and a claim on it.",
    ];
    let Some(incident) =
        incident::in_front(ui, cx, Icon::ChartBarStacked, about, &[Action::AddIncident, Action::AddClaim])
    else {
        return;
    };
    let methods = &cx.assessment.header.methods;
    let key = Key {
        data: DataKey::of(cx),
        incident,
        rule: state.rule.unwrap_or(methods.fusion),
        discount: state.discount.unwrap_or(methods.discount),
    };
    if state.memo.as_ref().is_none_or(|memo| memo.key != key) {
        state.memo = Some(Memo::new(cx, key, state.memo.take()));
    }
    let Some(mut memo) = state.memo.take() else { return };
    follow_selection(cx, &memo, state);
    memo.ask(cx, state.cursor);
    let margin = Margin::symmetric(8, 4);
    Panel::top("belief tools").frame(Frame::new().inner_margin(margin)).show(ui, |ui| {
        toolbar::show(ui, cx, &memo, state);
    });
    if memo.chart.rows.is_empty() {
        nothing(ui, cx, &memo);
    } else {
        body(ui, cx, &mut memo, state, margin);
    }
    state.memo = Some(memo);
}

/// An actor that was selected elsewhere becomes the question.
fn follow_selection(cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    let selected = cx.main_selection();
    if selected != state.selected {
        state.selected = selected;
        let actor = selected.and_then(AnyId::typed::<Actor>);
        if memo.place_of(cx, actor).is_some() {
            state.cursor = actor;
        }
    }
}

/// Why there is nothing to show.
fn nothing(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo) {
    let (title, detail) = if memo.claims == 0 && memo.set_aside > 0 {
        (
            "No claims to take together",
            "All claims on this incident were retracted or superseded, and take no part.",
        )
    } else if memo.claims == 0 {
        (
            "No claims to take together",
            "No claim speaks of this incident yet. With the first one belief begins.",
        )
    } else {
        (
            "Nobody is named",
            "All claims on this incident decline to name anybody: they count as ignorance, and everything is open.",
        )
    };
    empty_state(ui, cx, Icon::ChartBarStacked, title, detail, &[Action::AddClaim]);
}

fn body(ui: &mut Ui, cx: &ViewContext<'_>, memo: &mut Memo, state: &mut State, margin: Margin) {
    if state.shows_rules {
        rules::show(ui, cx, memo, state);
        return;
    }
    if state.shows_table {
        tables(ui, cx, memo);
        return;
    }
    if state.legend.is_on() {
        Panel::bottom("belief legend").frame(Frame::new().inner_margin(margin)).show(ui, legend::show);
    }
    let (width, height) = (ui.available_width(), ui.available_height());
    if width >= SIDE_BY_SIDE {
        Panel::right("belief question")
            .resizable(true)
            .default_size((width * 0.36).max(width - WIDE_BARS).clamp(320.0, 560.0))
            .size_range(280.0..=(width - 400.0).max(281.0))
            .frame(Frame::new())
            .show(ui, |ui| triangle::show(ui, cx, memo, true));
    } else if height > 220.0 {
        Panel::bottom("belief question below")
            .resizable(true)
            .default_size((height * 0.48).clamp(150.0, 300.0))
            .size_range(120.0..=(height - 90.0).max(121.0))
            .frame(Frame::new())
            .show(ui, |ui| triangle::show(ui, cx, memo, false));
    }
    if let Err(undefined) = &memo.chart.uncertainty {
        Panel::top("belief undefined").frame(Frame::new().inner_margin(margin)).show(ui, |ui| {
            ui.add(Label::new(bold(format!("{} is {undefined}", memo.chart.rule.label()))).wrap());
            let advice = "Another rule can be chosen above; “All rules” shows which ones are defined here";
            ui.add(Label::new(quiet(ui, advice)).wrap());
        });
    }
    bars::show(ui, cx, memo, state);
}

/// The same in words: the actors, and below them what took part and what did not.
fn tables(ui: &mut Ui, cx: &ViewContext<'_>, memo: &mut Memo) {
    let height = ui.available_height();
    let tables = memo.tables();
    let rows = tables.origins.rows.len() as f32 + 1.0;
    Panel::bottom("belief origins")
        .resizable(true)
        .default_size((rows * tokens::ROW_HEIGHT + 4.0).clamp(60.0, (height * 0.45).max(61.0)))
        .size_range(60.0..=(height - 80.0).max(61.0))
        .frame(Frame::new())
        .show(ui, |ui| {
            table_twin(ui, cx, "belief origins table", &tables.origins, &tables.origin_records);
        });
    table_twin(ui, cx, "belief table", &tables.actors, &tables.actor_records);
}
