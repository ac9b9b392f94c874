//! What the ranking of the hypotheses hangs on: a tornado of margins, and how firm the first rank is.

mod figure;
mod legend;
mod memo;
mod stability;
mod toolbar;
mod tornado;

use eframe::egui::{Frame, Label, Margin, Panel, Ui, Vec2, vec2};

use crate::analysis::ach::Raters;
use crate::analysis::ach::sensitivity::ChangeKind;
use crate::analysis::ach::stability::Trial;
use crate::model::{Hypothesis, Id};
use crate::ui::tokens::{self, Icon, ROW_HEIGHT};
use crate::ui::views::data_key::DataKey;
use crate::ui::views::incident::{self, IncidentField};
use crate::ui::views::whose;
use crate::ui::widgets::legend::{LegendSwitch, line};
use crate::ui::widgets::own_keys::KeyLines;
use crate::ui::widgets::{Computing, computing_line, empty_state, quiet, table_twin};
use crate::ui::{Action, ViewContext};
pub use figure::FigureSettings;
pub(crate) use figure::{stability_figure, tornado_figure};
use memo::{Key, Memo};

/// From this width on the two charts may stand side by side, in points; below it one stands under the other.
const SIDE_BY_SIDE: f32 = 1_000.0;
/// So many changes in sight are enough for one to stand under the other.
const ENOUGH: f32 = 14.0;
/// The room that the line between them takes, in points.
const PANEL_EDGE: f32 = 2.0;

/// Its keys, as the shortcut sheet lists them.
pub const KEYS: KeyLines = &[("↑ ↓", "Move from change to change"), ("Enter", "Select what is changed")];
/// How what is not up to date looks beside what is.
const DIMMED: f32 = 0.45;

/// What the view remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    raters: Raters,
    /// The hypothesis whose margin is looked at; the best one that anything moves where none is chosen.
    subject: Option<Id<Hypothesis>>,
    filter: Filter,
    trial: Trial,
    shows_table: bool,
    /// What is changed in the row under the keyboard; the first row before any was chosen.
    cursor: Option<tornado::RowName>,
    legend: LegendSwitch,
    memo: Option<Memo>,
    /// The field that picks the incident.
    pub(super) incident: IncidentField,
}

/// Which changes are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Filter {
    /// Those of one kind; all where there is none.
    pub kind: Option<ChangeKind>,
    /// Those alone that change the leader.
    pub only_flips: bool,
}

/// Draws the view.
pub fn show(ui: &mut Ui, cx: &ViewContext<'_>, state: &mut State) {
    let about = [
        "No incident yet",
        "Here stands what the ranking of the hypotheses hangs on: which piece of evidence, source, grade or link changes the \
             leader. It begins with an incident.",
    ];
    let Some(incident) = incident::in_front(ui, cx, Icon::Activity, about, &[Action::AddIncident]) else {
        return;
    };
    state.raters = whose::present(cx, state.raters);
    let key = Key { data: DataKey::of(cx), incident, raters: state.raters };
    if state.memo.as_ref().is_none_or(|memo| memo.key != key) {
        state.memo = Some(Memo::new(cx, key, state.memo.take()));
    }
    let Some(mut memo) = state.memo.take() else { return };
    let margin = Margin::symmetric(8, 4);
    memo.ask(cx, state.subject, state.filter);
    Panel::top("sensitivity tools").frame(Frame::new().inner_margin(margin)).show(ui, |ui| {
        toolbar::show(ui, cx, &memo, state);
    });
    if !nothing(ui, cx, &memo) {
        body(ui, cx, &mut memo, state, margin);
    }
    state.memo = Some(memo);
}

/// Says why there is nothing to show; whether that is so.
fn nothing(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo) -> bool {
    let (title, detail, steps): (_, _, &[Action]) = if memo.hypotheses == 0 {
        (
            "No hypotheses yet",
            "A ranking needs rival answers. They can be made from the claims on this incident: one for each actor whom a \
             standing claim names.",
            &[Action::HypothesesFromClaims, Action::AddHypothesis],
        )
    } else if memo.rated == 0 {
        (
            "Nothing is rated yet",
            "What the ranking hangs on shows once evidence is rated against the hypotheses, in the evidence matrix.",
            &[Action::Show(crate::ui::views::ViewKind::Matrix), Action::AddEvidence],
        )
    } else {
        return false;
    };
    empty_state(ui, cx, Icon::Activity, title, detail, steps);
    true
}

/// Whether the two charts stand side by side in a room, where the lower one needs so much height. One stands under the other
/// where that leaves enough changes in sight: so their names have the whole width. How many changes there are does not count,
/// since each filter would move the charts about.
fn is_beside(room: Vec2, stability: f32) -> bool {
    let enough = tornado::HEADER + ENOUGH * ROW_HEIGHT;
    room.x >= SIDE_BY_SIDE && room.y - stability.min(room.y * 0.5) < enough
}

fn body(ui: &mut Ui, cx: &ViewContext<'_>, memo: &mut Memo, state: &mut State, margin: Margin) {
    let (width, height) = (ui.available_width(), ui.available_height());
    if state.shows_table {
        tables(ui, cx, memo, state);
        return;
    }
    if let Some(chart) = memo.chart().filter(|_| state.legend.is_on() && !memo.shown().is_empty()) {
        Panel::bottom("sensitivity legend").frame(Frame::new().inner_margin(margin)).show(ui, |ui| {
            line(ui, |ui| legend::tornado_entries(ui, chart, memo.shown()));
        });
    }
    let needed = (memo.hypotheses as f32 + 1.0) * stability::ROW + stability::AROUND;
    if is_beside(vec2(width, height), needed) {
        // So wide that all names are whole that can be in half of the room; of each incident on its own, since its names are.
        let beside = margin.sum().x + PANEL_EDGE;
        let needed = stability::needed_width(ui, memo.label_widths(ui, cx), width / 2.0 - beside) + beside;
        Panel::right(("rank stability", memo.key.incident))
            .resizable(true)
            .default_size((width * 0.38).clamp(360.0, 620.0).max(needed))
            .size_range(320.0..=(width - 420.0).max(321.0))
            .frame(Frame::new().inner_margin(margin))
            .show(ui, |ui| stability::show(ui, cx, memo, state));
    } else if height > 220.0 {
        Panel::bottom("rank stability below")
            .resizable(true)
            .default_size(needed.clamp(120.0, (height * 0.5).max(121.0)))
            .size_range(110.0..=(height - 100.0).max(111.0))
            .frame(Frame::new().inner_margin(margin))
            .show(ui, |ui| stability::show(ui, cx, memo, state));
    }
    let computing = memo.computing();
    if !matches!(computing, Computing::Done(())) {
        ui.add_space(tokens::GRID);
        ui.horizontal(|ui| {
            ui.add_space(tokens::PADDING);
            computing_line(ui, "what the ranking hangs on", &computing, || memo.begin(cx));
        });
    }
    // What was there before stays in sight, and is not passed off as new.
    if memo.is_stale() {
        ui.set_opacity(DIMMED);
    }
    tornado::show(ui, cx, memo, state);
}

/// The same in words: the changes, and below them how firm the first rank is.
fn tables(ui: &mut Ui, cx: &ViewContext<'_>, memo: &mut Memo, state: &State) {
    let height = ui.available_height();
    let rows = memo.hypotheses as f32 + 2.0;
    Panel::bottom("rank stability table")
        .resizable(true)
        .default_size((rows * ROW_HEIGHT + 4.0).clamp(60.0, (height * 0.45).max(61.0)))
        .size_range(60.0..=(height - 80.0).max(61.0))
        .frame(Frame::new())
        .show(ui, |ui| match memo.stability(cx, state.trial) {
            Ok((chart, _)) => {
                table_twin(ui, cx, "stability table", &chart.table(), &chart.records());
            }
            Err(_) => {
                ui.add(Label::new(quiet(ui, "How firm the first rank is, is being computed…")));
            }
        });
    if let Some((table, records)) = memo.table() {
        table_twin(ui, cx, "sensitivity table", table, records);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_get_the_whole_width_where_enough_changes_stay_in_sight() {
        #[track_caller]
        fn check(room: [f32; 2], stability: f32, expect: bool) {
            assert_eq!(is_beside(room.into(), stability), expect, "{room:?}, {stability}");
        }
        check([1_300.0, 800.0], 262.0, false);
        check([1_300.0, 600.0], 262.0, true);
        // With many hypotheses the lower chart would take half of the room.
        check([1_300.0, 700.0], 900.0, true);
        check([1_300.0, 800.0], 900.0, false);
        check([700.0, 400.0], 262.0, false);
    }
}
