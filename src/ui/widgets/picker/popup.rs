//! The list under the text field of a picker.

use eframe::egui::{
    self, Align2, Id as EguiId, LayerId, Popup, PopupCloseBehavior, PopupKind, RectAlign, Response, RichText,
    ScrollArea, Sense, Ui, WidgetInfo, vec2,
};

use super::candidates::{SHOWN, detail};
use super::{Picker, Row, State};
use crate::model::{Entity, Id};
use crate::ui::tokens::{self, Icon};

const LEAST_WIDTH: f32 = 360.0;
const GREATEST_HEIGHT: f32 = 320.0;

fn popup_id(picker: EguiId) -> EguiId {
    picker.with("picker list")
}

/// Whether the pointer is over the list of a picker.
pub(super) fn has_pointer(ui: &Ui, picker: EguiId) -> bool {
    let layer = LayerId::new(PopupKind::Popup.order(), popup_id(picker));
    let place = ui.ctx().pointer_interact_pos();
    place.and_then(|place| ui.ctx().layer_id_at(place)) == Some(layer)
}

impl<T: Entity> Picker<'_, T> {
    /// Draws the list and gives back the line that was clicked.
    pub(super) fn list(
        &self,
        ui: &Ui,
        picker: EguiId,
        response: &Response,
        state: &mut State,
        rows: &[Row],
    ) -> Option<Row> {
        let popup = Popup::from_response(response)
            .id(popup_id(picker))
            .open(true)
            .close_behavior(PopupCloseBehavior::IgnoreClicks)
            .align(RectAlign::BOTTOM_START)
            .align_alternatives(&[RectAlign::TOP_START, RectAlign::BOTTOM_END, RectAlign::TOP_END])
            .accessible_name(format!("Choices for {}", self.label))
            .gap(2.0);
        let shown = popup.show(|ui| {
            ui.set_width(response.rect.width().max(LEAST_WIDTH));
            ui.spacing_mut().item_spacing.y = 0.0;
            if rows.is_empty() {
                ui.label(RichText::new(self.nothing()).color(tokens::palette(ui).quiet));
                return None;
            }
            let scroll = ScrollArea::vertical().max_height(GREATEST_HEIGHT).auto_shrink([false, true]);
            let clicked = scroll.show(ui, |ui| self.lines(ui, state, rows)).inner;
            if state.matches.more > 0 {
                let more = format!("{} more: type to narrow them down", state.matches.more);
                ui.add_space(tokens::GRID);
                ui.label(RichText::new(more).size(tokens::SMALL).color(tokens::palette(ui).quiet));
            }
            clicked
        });
        if state.has_moved {
            ui.ctx().request_repaint();
        }
        shown.and_then(|shown| shown.inner)
    }

    fn nothing(&self) -> String {
        let kind = T::KIND.plural();
        if self.can_create {
            format!("No {kind} yet: type a name")
        } else {
            format!("No {kind} to choose from")
        }
    }

    fn lines(&self, ui: &mut Ui, state: &mut State, rows: &[Row]) -> Option<Row> {
        debug_assert!(rows.len() <= SHOWN + 1);
        let moves = ui.input(|input| input.pointer.is_moving());
        let mut clicked = None;
        for (place, row) in rows.iter().enumerate() {
            let response = self.line(ui, state, *row, place == state.highlight);
            if place == state.highlight && state.has_moved {
                response.scroll_to_me(None);
            }
            if response.hovered() && moves {
                state.highlight = place;
            }
            if response.clicked() {
                clicked = Some(*row);
            }
        }
        clicked
    }

    fn line(&self, ui: &mut Ui, state: &State, row: Row, is_highlighted: bool) -> Response {
        let found = match row {
            Row::Create => None,
            Row::Match(place) => state.matches.best.get(place),
        };
        let assessment = self.cx.assessment;
        let (name, beside, refusal) = match found {
            None => (
                format!("{}  Create “{}”", char::from(Icon::Plus), state.text.trim()),
                T::KIND.label().to_owned(),
                None,
            ),
            Some(found) => {
                let id: Id<T> = Id::new(found.record);
                let refusal = self.refuse.and_then(|refuse| refuse(id));
                let name = assessment.name_of(id);
                let name =
                    found.alias.as_ref().map_or(name.clone(), |alias| format!("{name} (also {alias})"));
                let beside = refusal.clone().unwrap_or_else(|| detail(assessment, id.into()));
                (name, beside, refusal)
            }
        };
        let sense = if refusal.is_some() { Sense::hover() } else { Sense::CLICK };
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), tokens::ROW_HEIGHT), sense);
        response.widget_info(|| {
            let label = if beside.is_empty() { name.clone() } else { format!("{name}, {beside}") };
            WidgetInfo::selected(egui::Role::Button, refusal.is_none(), is_highlighted, label)
        });
        if ui.is_rect_visible(rect) {
            paint_line(ui, rect, &name, &beside, is_highlighted, refusal.is_some());
        }
        response
    }
}

fn paint_line(ui: &Ui, rect: egui::Rect, name: &str, beside: &str, is_highlighted: bool, is_refused: bool) {
    let palette = tokens::palette(ui);
    if is_highlighted {
        ui.painter().rect_filled(rect, tokens::RADIUS, palette.selection);
    }
    let inner = rect.shrink2(vec2(tokens::GRID, 0.0));
    let quiet = |text: &str, size: f32, width: f32| {
        let text = RichText::new(text).size(size).color(palette.quiet);
        egui::WidgetText::from(text).into_galley(
            ui,
            Some(egui::TextWrapMode::Truncate),
            width,
            egui::TextStyle::Body,
        )
    };
    // What stands beside the name may take two fifths of the line; a reason for refusing may take more.
    let share = if is_refused { 0.65 } else { 0.4 };
    let beside = quiet(beside, tokens::SMALL, inner.width() * share);
    let room = inner.width() - beside.size().x - tokens::PADDING;
    let colour = if is_refused { palette.quiet } else { palette.text };
    let name = egui::WidgetText::from(RichText::new(name).color(colour)).into_galley(
        ui,
        Some(egui::TextWrapMode::Truncate),
        room,
        egui::TextStyle::Body,
    );
    let place = |size, align: Align2| align.align_size_within_rect(size, inner).min;
    ui.painter().galley(place(name.size(), Align2::LEFT_CENTER), name, colour);
    ui.painter().galley(place(beside.size(), Align2::RIGHT_CENTER), beside, palette.quiet);
}
