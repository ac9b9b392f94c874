//! What an analyst concludes: probabilities and their words, confidence and its reasons apart, the key sentence checked as it
//! is typed, dissent by name; beside it the three lenses, the history of judgements, and what several analysts come to.

mod confidence;
mod dissent;
mod edits;
mod figure;
mod history;
mod lenses;
mod memo;
mod pool;
mod sentence;
mod shares;
mod toolbar;
mod track;

use eframe::egui::{Frame, Label, Margin, Panel, ScrollArea, Sense, Stroke, Ui, vec2};

use crate::analysis::judgement::{Pool, Repair};
use crate::model::{Id, Judgement};
use crate::ui::tokens::{self, Icon};
use crate::ui::views::data_key::DataKey;
use crate::ui::views::incident::{self, IncidentField};
use crate::ui::widgets::{empty_state, labelled_button, quiet, section_title, table_twin};
use crate::ui::{Action, ViewContext};
use edits::Judging;
pub use figure::FigureSettings;
pub(crate) use figure::{history_figure, lens_figure};
use memo::{Key, Memo};

/// From this width on the lenses stand beside the judgement, in points; below it, under it.
const SIDE_BY_SIDE: f32 = 920.0;
/// The greatest width of a column, in points.
const COLUMN: f32 = 760.0;

/// What the view remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    shows_table: bool,
    /// The slider that is being moved.
    drag: Option<shares::Drag>,
    repair: Repair,
    pool: Pool,
    /// The two judgements that are compared, the older one first; the last two where there are none.
    compared: Option<(Id<Judgement>, Id<Judgement>)>,
    memo: Option<Memo>,
    /// The field that picks the incident.
    pub(super) incident: IncidentField,
}

/// Draws the view.
pub fn show(ui: &mut Ui, cx: &ViewContext<'_>, state: &mut State) {
    let about = [
        "No incident yet",
        "Here stands how likely each answer is, in the words of a standard, how confident that judgement is, and why. It \
             begins with an incident.",
    ];
    let Some(incident) = incident::in_front(ui, cx, Icon::Gavel, about, &[Action::AddIncident]) else {
        return;
    };
    let key = Key {
        data: DataKey::of(cx),
        incident,
        analyst: cx.analyst,
        pool: state.pool,
        compared: state.compared,
    };
    if state.memo.as_ref().is_none_or(|memo| memo.key != key) {
        state.memo = Some(Memo::new(cx, key));
    }
    let Some(memo) = state.memo.take() else { return };
    let margin = Margin::symmetric(8, 4);
    Panel::top("judgement tools").frame(Frame::new().inner_margin(margin)).show(ui, |ui| {
        toolbar::show(ui, cx, &memo, state);
    });
    if memo.hypotheses.is_empty() {
        empty_state(
            ui,
            cx,
            Icon::Lightbulb,
            "No hypotheses yet",
            "A judgement gives each rival answer a probability. The answers can be made from the claims on this incident: one \
             for each actor whom a standing claim names.",
            &[Action::HypothesesFromClaims, Action::AddHypothesis],
        );
    } else if state.shows_table {
        tables(ui, cx, &memo);
    } else {
        body(ui, cx, &memo, state);
    }
    state.memo = Some(memo);
}

fn body(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    let width = ui.available_width();
    let is_wide = width >= SIDE_BY_SIDE;
    let column = Frame::new().inner_margin(Margin { left: 12, right: 12, top: 4, bottom: 16 });
    if is_wide {
        Panel::right("judgement beside")
            .resizable(true)
            .default_size((width * 0.5).clamp(400.0, COLUMN))
            .size_range(340.0..=(width - 400.0).max(341.0))
            .frame(Frame::new())
            .show(ui, |ui| {
                ScrollArea::vertical().id_salt("judgement beside").auto_shrink(false).show(ui, |ui| {
                    column.show(ui, |ui| {
                        ui.set_max_width(ui.available_width().min(COLUMN));
                        beside(ui, cx, memo, state);
                    });
                });
            });
    }
    ScrollArea::vertical().id_salt("judgement").auto_shrink(false).show(ui, |ui| {
        column.show(ui, |ui| {
            ui.set_max_width(ui.available_width().min(COLUMN));
            own(ui, cx, memo, state);
            if !is_wide {
                beside(ui, cx, memo, state);
            }
        });
    });
}

/// The judgement of the analyst who works now.
fn own(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    let Some(judging) = Judging::new(cx, memo) else {
        section(ui, "Judgement", |_| {});
        let text = "Nobody judges yet. Choose an analyst above, or type a new name there";
        ui.add(Label::new(quiet(ui, text)).wrap());
        return;
    };
    let Some(present) = judging.present else {
        section(ui, "Judgement", |_| {});
        let name = cx.assessment.name_of(judging.analyst);
        let text = format!(
            "{name} has not judged this incident yet. A judgement begins with equal shares for all answers"
        );
        ui.add(Label::new(quiet(ui, text)).wrap());
        ui.add_space(tokens::PADDING);
        if labelled_button(ui, Icon::Gavel, "Record judgement").clicked() {
            judging.record();
        }
        return;
    };
    shares::show(ui, &judging, present, state);
    sentence::show(ui, &judging, present);
    confidence::show(ui, &judging, present);
    dissent::show(ui, &judging, present);
}

/// What stands beside it: the lenses, the history, the pool.
fn beside(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    lenses::show(ui, cx, memo);
    history::show(ui, cx, memo, state);
    pool::show(ui, cx, memo, state);
}

/// The title of a part, with its buttons at the right, set apart from the part before it.
fn section(ui: &mut Ui, title: &str, buttons: impl FnOnce(&mut Ui)) {
    use eframe::egui::{Align, Layout};
    // The first part of a column needs no line above it.
    if ui.cursor().top() - ui.max_rect().top() > 1.0 {
        ui.add_space(tokens::PADDING);
        let line = tokens::palette(ui).line;
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
        ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.0, line));
    }
    let height = tokens::ROW_HEIGHT + 2.0;
    ui.allocate_ui_with_layout(
        vec2(ui.available_width(), height),
        Layout::right_to_left(Align::Center),
        |ui| {
            buttons(ui);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| section_title(ui, title));
        },
    );
}

/// The same as tables: the lenses with the judgement, and below them the history.
fn tables(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo) {
    let height = ui.available_height();
    let history = memo.history_table(cx);
    let records: Vec<_> = memo.history.iter().map(|id| (*id).into()).collect();
    Panel::bottom("judgement history")
        .resizable(true)
        .default_size((history.rows.len() as f32 + 2.0) * tokens::ROW_HEIGHT)
        .size_range(60.0..=(height - 80.0).max(61.0))
        .frame(Frame::new())
        .show(ui, |ui| table_twin(ui, cx, "judgement history table", &history, &records));
    let hypotheses: Vec<_> = memo.hypotheses.iter().map(|it| it.id.into()).collect();
    table_twin(ui, cx, "judgement lenses table", &memo.lens_table(cx), &hypotheses);
}
