//! The reason of a cell, typed where the cell stands.

use eframe::egui::{
    Id as EguiId, Key, Popup, PopupAnchor, PopupCloseBehavior, Pos2, TextEdit, Ui, WidgetInfo,
    accesskit::Role,
};

use super::State;
use super::memo::Memo;
use crate::edit::weigh::{self, Cell};
use crate::model::{Id, Rating};
use crate::ui::ViewContext;
use crate::ui::tokens::bold;
use crate::ui::widgets::quiet;

/// A reason that is being typed.
#[derive(Debug)]
pub(super) struct Editing {
    rating: Id<Rating>,
    text: String,
    /// Where it stands; the place of the cell, noted when that is drawn.
    pub at: Option<Pos2>,
    /// What gets the keyboard back.
    pub grid: Option<EguiId>,
    is_new: bool,
}

impl Editing {
    /// Begins to edit the reason of a rating.
    pub fn new(rating: &Rating) -> Self {
        Self { rating: rating.id, text: rating.reason.clone(), at: None, grid: None, is_new: true }
    }
}

/// Draws the field where a reason is being typed.
pub(super) fn show(ui: &Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    let Some(mut editing) = state.reason.take() else { return };
    let Some(rating) = cx.assessment.ratings.get(editing.rating) else { return };
    let place = memo.chart.row_of(rating.evidence).zip(memo.chart.column_of(rating.hypothesis));
    let name = place.map(|(row, column)| memo.chart.cell_name(row, column)).unwrap_or_default();
    let at = editing.at.unwrap_or_else(|| ui.max_rect().center());
    let id = EguiId::unique("matrix reason");
    let mut is_done = false;
    let mut is_kept = true;
    Popup::new(id, ui.ctx().clone(), PopupAnchor::Position(at), ui.layer_id())
        .open(true)
        .close_behavior(PopupCloseBehavior::IgnoreClicks)
        .accessible_name("Reason")
        .show(|ui| {
            ui.set_width(360.0);
            ui.label(bold(format!("Why {} for {name}", rating.value.label())));
            let field = ui.add(
                TextEdit::multiline(&mut editing.text)
                    .id(id.with("text"))
                    .desired_rows(3)
                    .desired_width(f32::INFINITY)
                    .return_key(None)
                    .hint_text("Why this rating"),
            );
            field.widget_info(|| WidgetInfo {
                current_text_value: Some(editing.text.clone()),
                ..WidgetInfo::labeled(Role::TextInput, true, "Reason of the cell")
            });
            ui.label(quiet(ui, "Enter keeps it, Esc does not"));
            if std::mem::take(&mut editing.is_new) {
                field.request_focus();
            } else {
                let (enter, escape) =
                    ui.input(|input| (input.key_pressed(Key::Enter), input.key_pressed(Key::Escape)));
                is_done = enter || escape || field.lost_focus();
                is_kept = !escape;
            }
        });
    if !is_done {
        state.reason = Some(editing);
        return;
    }
    if is_kept {
        let cell = Cell { evidence: rating.evidence, hypothesis: rating.hypothesis, name: &name };
        if let Some(transaction) = weigh::give_reason(cell, rating, &editing.text) {
            cx.edit(transaction);
        }
    }
    if let Some(grid) = editing.grid {
        ui.memory_mut(|memory| memory.request_focus(grid));
    }
}
