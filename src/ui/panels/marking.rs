//! The marking: a banner in its official colour, on black, at the top and the bottom of the window.

use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align2, Color32, FontId, Frame, LayerId, Order, Painter, Panel, Popup, Rect, RectAlign, Sense, Ui,
    WidgetInfo,
};

use crate::model::Tlp;
use crate::ui::tokens::{self, bold};
use crate::ui::{Command, ViewContext};

const HEIGHT: f32 = 18.0;

/// Draws the banner at the top.
pub fn show_top(ui: &mut Ui, cx: &ViewContext<'_>) {
    show(Panel::top("marking-top"), ui, cx);
}

/// Draws the banner at the bottom.
pub fn show_bottom(ui: &mut Ui, cx: &ViewContext<'_>) {
    show(Panel::bottom("marking-bottom"), ui, cx);
}

fn show(panel: Panel, ui: &mut Ui, cx: &ViewContext<'_>) {
    let frame = Frame::new().fill(tokens::palette::TLP_BACKGROUND);
    let panel = panel.exact_size(HEIGHT).resizable(false).show_separator_line(false).frame(frame);
    let drawn = panel.show(ui, |ui| banner(ui, cx));
    // What a dialog lays over the window does not dim the marking: its colour is its meaning.
    if ui.memory(|memory| memory.top_modal_layer().is_some()) {
        let rect = drawn.response.rect;
        let layer = LayerId::new(Order::Tooltip, drawn.response.id.with("above dialogs"));
        let painter = ui.ctx().layer_painter(layer);
        painter.rect_filled(rect, 0.0, tokens::palette::TLP_BACKGROUND);
        paint_label(&painter, rect, cx.assessment.header.marking);
    }
}

fn paint_label(painter: &Painter, rect: Rect, marking: Tlp) {
    let font = FontId::new(tokens::SMALL, tokens::bold_family());
    painter.text(rect.center(), Align2::CENTER_CENTER, marking.label(), font, tokens::tlp_colour(marking));
}

fn banner(ui: &mut Ui, cx: &ViewContext<'_>) {
    let marking = cx.assessment.header.marking;
    let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::click());
    paint_label(ui.painter(), rect, marking);
    if response.has_focus() {
        let stroke = ui.visuals().selection.stroke;
        ui.painter().rect_stroke(rect, 0.0, stroke, eframe::egui::StrokeKind::Inside);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Marking {}", marking.label())));
    Popup::menu(&response).align(RectAlign::BOTTOM).show(|ui| choices(ui, cx));
    response.on_hover_text("Change the marking");
}

/// The markings to choose from, in a menu.
pub fn choices(ui: &mut Ui, cx: &ViewContext<'_>) {
    for marking in Tlp::ALL {
        let is_current = *marking == cx.assessment.header.marking;
        let dot = bold("■").color(swatch(ui, *marking));
        let button = eframe::egui::Button::selectable(is_current, (dot, marking.label()));
        let response = ui.add(button.min_size(eframe::egui::vec2(160.0, 24.0)));
        response.widget_info(|| WidgetInfo::selected(Role::MenuItemRadio, true, is_current, marking.label()));
        if response.clicked() {
            if !is_current {
                cx.send(Command::SetMarking(*marking));
            }
            ui.close();
        }
    }
}

/// The colour of a marking as a swatch beside its name; white would vanish in the light theme.
fn swatch(ui: &Ui, marking: Tlp) -> Color32 {
    if marking == Tlp::Clear { tokens::palette(ui).edge } else { tokens::tlp_colour(marking) }
}
