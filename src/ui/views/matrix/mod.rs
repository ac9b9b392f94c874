//! Evidence against rival hypotheses: rated by keyboard, scored at once.

mod details;
mod figure;
mod grid;
mod labels;
mod layout;
mod legend;
mod memo;
mod paint;
mod rate;
mod reason;
mod strip;
mod toolbar;

use eframe::egui::{Frame, Margin, Panel, Ui, UiBuilder, Vec2, vec2};

use crate::analysis::charts::matrix::{MatrixGroups, MatrixSort};
use crate::model::{Analyst, Evidence, Hypothesis, Id};
use crate::ui::tokens::Icon;
use crate::ui::views::data_key::DataKey;
use crate::ui::views::incident::{self, IncidentField};
use crate::ui::widgets::chart_grid::ChartGrid;
use crate::ui::widgets::legend::LegendSwitch;
use crate::ui::widgets::own_keys::KeyLines;
use crate::ui::widgets::{empty_state, table_twin};
use crate::ui::{Action, ViewContext};
pub use figure::FigureSettings;
pub(crate) use figure::figure;
use layout::Laid;
use memo::{Key, Memo};

/// Whose ratings are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum Show {
    /// Everyone's.
    #[default]
    Group,
    /// Those of the analyst who works now.
    Own,
    /// Those of another analyst.
    Of(Id<Analyst>),
    /// Those of two analysts side by side.
    Two,
}

/// Its keys, as the shortcut sheet lists them.
pub const KEYS: KeyLines = &[
    ("↑ ↓ ← →", "Move from cell to cell"),
    ("1 to 5", "Rate from CC to II"),
    ("N, X", "Neutral, not applicable"),
    ("Enter", "Reason of the rating"),
    ("Delete, Backspace", "Take one’s rating back"),
    ("E", "Leave the evidence out, or count it again"),
    ("H", "History of the cell and comments"),
    ("D", "Next difference between raters"),
    ("Shift+D", "Previous difference"),
];

/// What the view remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    show: Show,
    /// The two analysts who are set against each other; where none is chosen, who works now, and another rater.
    two: [Option<Id<Analyst>>; 2],
    sort: MatrixSort,
    groups: MatrixGroups,
    is_transposed: bool,
    shows_table: bool,
    legend: LegendSwitch,
    shows_all_hints: bool,
    /// The cell under the keyboard.
    cursor: Option<(Id<Evidence>, Id<Hypothesis>)>,
    /// Whether it is to be brought into sight.
    is_to_reveal: bool,
    /// The cells are to get the keyboard.
    wants_focus: bool,
    reason: Option<reason::Editing>,
    details: Option<details::Open>,
    memo: Option<Memo>,
    /// The field that picks the incident.
    pub(super) incident: IncidentField,
    /// The field that picks who rates is to get the cursor.
    wants_analyst_focus: bool,
}

/// Draws the view.
pub fn show(ui: &mut Ui, cx: &ViewContext<'_>, state: &mut State) {
    let about = [
        "No incident yet",
        "Here evidence is rated against rival hypotheses, and the hypotheses are ranked by what speaks against each. \
             It begins with an incident.",
    ];
    let Some(incident) = incident::in_front(ui, cx, Icon::Grid3x3, about, &[Action::AddIncident]) else {
        return;
    };
    let key = Key {
        data: DataKey::of(cx),
        incident,
        raters: toolbar::raters(cx, incident, state),
        own: cx.analyst,
        layout: (state.sort, state.groups, state.is_transposed),
    };
    if state.memo.as_ref().is_none_or(|memo| memo.key != key) {
        state.memo = Some(Memo::new(cx, key, state.memo.take()));
    }
    let Some(mut memo) = state.memo.take() else { return };
    let margin = Margin::symmetric(8, 4);
    Panel::top("matrix tools").frame(Frame::new().inner_margin(margin)).show(ui, |ui| {
        toolbar::show(ui, cx, &memo, state);
    });
    if memo.chart.columns.is_empty() {
        empty_state(
            ui,
            cx,
            Icon::Lightbulb,
            "No hypotheses yet",
            "Rival answers are the columns of the matrix. They can be made from the claims on this incident: one for each \
             actor whom a standing claim names.",
            &[Action::HypothesesFromClaims, Action::AddHypothesis],
        );
    } else if memo.chart.rows.is_empty() {
        empty_state(
            ui,
            cx,
            Icon::FileSearch,
            "No evidence yet",
            "What was observed stands in the rows of the matrix, and is rated against each hypothesis. A claim can be made \
             into evidence in the menu of the table of claims.",
            &[Action::AddEvidence],
        );
    } else if state.shows_table {
        let (table, records) = memo.table(cx.assessment);
        table_twin(ui, cx, "matrix table", table, records);
    } else {
        body(ui, cx, &mut memo, state, margin);
    }
    state.memo = Some(memo);
}

fn body(ui: &mut Ui, cx: &ViewContext<'_>, memo: &mut Memo, state: &mut State, margin: Margin) {
    if state.legend.is_on() {
        Panel::bottom("matrix legend").frame(Frame::new().inner_margin(margin)).show(ui, |ui| {
            legend::show(ui, memo);
        });
    }
    let whole = ui.available_rect_before_wrap();
    let strip_height = strip::height(memo);
    let room = vec2(whole.width(), whole.height() - strip_height);
    let laid = Laid::within(ui, memo, room);
    let size = laid.size;
    let full = ChartGrid::full_size(size, &laid.row_tops);
    // The scores stand right under the last row, and at the bottom where not all rows fit.
    let room = (whole.height() - strip_height).max(size.header_height + 40.0);
    let height = room.min((full.y + 12.0).max(size.header_height + 40.0));
    let above = whole.with_max_y(whole.top() + height);
    let mut child = ui.new_child(UiBuilder::new().max_rect(above).id_salt("matrix grid"));
    child.spacing_mut().item_spacing = Vec2::ZERO;
    let placed = grid::show(&mut child, cx, memo, state, size, &laid.row_tops);
    let below = whole.with_min_y(above.bottom());
    let below = below.with_max_y(below.top() + strip_height);
    strip::show(ui, cx, memo, (below, size.label_width), placed);
    ui.advance_cursor_after_rect(above.union(below));
    memo.laid = Some(laid);
    reason::show(ui, cx, memo, state);
    details::show(ui, cx, memo, state);
    if state.cursor.is_none() && ui.is_enabled() {
        // The keyboard begins at the first cell.
        state.cursor = memo.at(memo.first_row(), 0).and_then(|(row, column)| memo.ids(row, column));
    }
}
