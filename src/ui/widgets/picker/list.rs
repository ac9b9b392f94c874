//! The list under a completing field.

use eframe::egui::{
    self, Align2, Id as EguiId, LayerId, Popup, PopupCloseBehavior, PopupKind, RectAlign, Response, Role,
    ScrollArea, Sense, Ui, WidgetInfo, vec2,
};

use super::field::State;
use super::offers::Offer;
use crate::ui::tokens::{self, Icon};
use crate::ui::widgets::quiet;

const LEAST_WIDTH: f32 = 320.0;
const GREATEST_HEIGHT: f32 = 320.0;

fn list_id(field: EguiId) -> EguiId {
    field.with("choices")
}

/// Whether the pointer is over the list of a field.
pub(super) fn has_pointer(ui: &Ui, field: EguiId) -> bool {
    let layer = LayerId::new(PopupKind::Popup.order(), list_id(field));
    let place = ui.ctx().pointer_interact_pos();
    place.and_then(|place| ui.ctx().layer_id_at(place)) == Some(layer)
}

/// Draws the list and gives back what was clicked.
pub(super) fn show(field: EguiId, response: &Response, label: &str, state: &mut State) -> Option<Offer> {
    if state.offers.lines.is_empty() && state.offers.nothing.is_none() {
        return None;
    }
    let popup = Popup::from_response(response)
        .id(list_id(field))
        .open(true)
        .close_behavior(PopupCloseBehavior::IgnoreClicks)
        .align(RectAlign::BOTTOM_START)
        .align_alternatives(&[RectAlign::TOP_START, RectAlign::BOTTOM_END, RectAlign::TOP_END])
        .accessible_name(format!("Choices for {label}"))
        .gap(2.0);
    let shown = popup.show(|ui| {
        ui.set_width(response.rect.width().max(LEAST_WIDTH));
        ui.spacing_mut().item_spacing.y = 0.0;
        if let (true, Some(nothing)) = (state.offers.lines.is_empty(), &state.offers.nothing) {
            ui.label(quiet(ui, nothing));
            return None;
        }
        let scroll = ScrollArea::vertical().max_height(GREATEST_HEIGHT).auto_shrink([false, true]);
        let clicked = scroll.show(ui, |ui| lines(ui, state)).inner;
        if state.offers.more > 0 {
            let more = format!("{} more: type to narrow them down", state.offers.more);
            ui.add_space(tokens::GRID);
            ui.label(quiet(ui, more).size(tokens::SMALL));
        }
        clicked
    });
    let place = shown.and_then(|shown| shown.inner)?;
    state.offers.lines.get(place).cloned()
}

/// Draws the lines and gives back the place of the one that was clicked.
fn lines(ui: &mut Ui, state: &mut State) -> Option<usize> {
    let moves = ui.input(|input| input.pointer.is_moving());
    let mut clicked = None;
    let mut hovered = None;
    for (place, offer) in state.offers.lines.iter().enumerate() {
        let is_highlighted = state.highlight == Some(place);
        let response = line(ui, offer, is_highlighted);
        if is_highlighted && state.has_moved {
            response.scroll_to_me(None);
        }
        if response.hovered() && moves {
            hovered = Some(place);
        }
        if response.clicked() {
            clicked = Some(place);
        }
    }
    state.highlight = hovered.or(state.highlight);
    clicked
}

fn line(ui: &mut Ui, offer: &Offer, is_highlighted: bool) -> Response {
    let is_refused = offer.refusal.is_some();
    let beside = offer.refusal.as_ref().unwrap_or(&offer.detail);
    let spoken = match &offer.alias {
        _ if offer.is_new => format!("Create “{}”", offer.text),
        Some(alias) => format!("{} (also {alias})", offer.text),
        None => offer.text.clone(),
    };
    let sense = if is_refused { Sense::hover() } else { Sense::CLICK };
    let (rect, mut response) = ui.allocate_exact_size(vec2(ui.available_width(), tokens::ROW_HEIGHT), sense);
    response.widget_info(|| {
        let label = if beside.is_empty() { spoken.clone() } else { format!("{spoken}, {beside}") };
        WidgetInfo::selected(Role::ListBoxOption, !is_refused, is_highlighted, label)
    });
    if ui.is_rect_visible(rect) {
        let name = if offer.is_new { format!("{}  {spoken}", char::from(Icon::Plus)) } else { spoken };
        if paint(ui, rect, &name, beside, is_highlighted, is_refused) {
            response =
                response.on_hover_text(if beside.is_empty() { name } else { format!("{name}\n{beside}") });
        }
    }
    response
}

/// Paints a line; whether something in it is cut.
fn paint(
    ui: &Ui,
    rect: egui::Rect,
    name: &str,
    beside: &str,
    is_highlighted: bool,
    is_refused: bool,
) -> bool {
    let palette = tokens::palette(ui);
    if is_highlighted {
        ui.painter().rect_filled(rect, tokens::RADIUS, palette.selection);
    }
    let inner = rect.shrink2(vec2(tokens::GRID, 0.0));
    let galley = |text: &str, size: f32, colour, width: f32| {
        let text = egui::RichText::new(text).size(size).color(colour);
        let wrap = Some(egui::TextWrapMode::Truncate);
        egui::WidgetText::from(text).into_galley(ui, wrap, width, egui::TextStyle::Body)
    };
    // What stands beside the name may take two fifths of the line; a reason for refusing may take more.
    let share = if is_refused { 0.65 } else { 0.4 };
    let beside = galley(beside, tokens::SMALL, palette.quiet, inner.width() * share);
    let room = inner.width() - beside.size().x - tokens::PADDING;
    let colour = if is_refused { palette.quiet } else { palette.text };
    let name = galley(name, tokens::BODY, colour, room);
    let is_cut = name.elided || beside.elided;
    let place = |size, align: Align2| align.align_size_within_rect(size, inner).min;
    ui.painter().galley(place(name.size(), Align2::LEFT_CENTER), name, colour);
    ui.painter().galley(place(beside.size(), Align2::RIGHT_CENTER), beside, palette.quiet);
    is_cut
}
