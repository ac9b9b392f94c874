//! Text and buttons.

use eframe::egui::{Align, Button, Label, Layout, Response, RichText, Ui, vec2};

use crate::ui::Action;
use crate::ui::context::ViewContext;
use crate::ui::tokens::{self, Icon, bold};

/// One line of text that is cut where it does not fit; the whole stands in the tooltip.
pub fn elided(ui: &mut Ui, text: impl Into<RichText>) -> Response {
    ui.add(Label::new(text.into()).truncate())
}

/// Text of second rank.
pub fn quiet(ui: &Ui, text: impl Into<String>) -> RichText {
    RichText::new(text).color(tokens::palette(ui).quiet)
}

/// The title of a section.
pub fn section_title(ui: &mut Ui, title: &str) -> Response {
    let text = bold(title.to_uppercase()).size(tokens::SMALL).color(tokens::palette(ui).quiet);
    ui.add(Label::new(text).truncate().selectable(false))
}

/// A button that shows only an icon; its name is in the tooltip and for screen readers.
pub fn icon_button(ui: &mut Ui, icon: Icon, name: &str) -> Response {
    let button =
        Button::new(RichText::new(char::from(icon)).size(15.0)).frame(false).min_size(vec2(24.0, 24.0));
    let response = ui.add(button).on_hover_text(name);
    response
        .widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::accesskit::Role::Button, true, name));
    response
}

/// What stands where there is nothing to show: what belongs here, why it is empty, and the next steps as buttons.
pub fn empty_state(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    icon: Icon,
    title: &str,
    detail: &str,
    steps: &[Action],
) {
    let palette = tokens::palette(ui);
    let height = ui.available_height();
    ui.allocate_ui_with_layout(vec2(ui.available_width(), height), Layout::top_down(Align::Center), |ui| {
        ui.add_space((height * 0.3 - 60.0).max(tokens::SECTION_GAP));
        ui.label(RichText::new(char::from(icon)).size(36.0).color(palette.quiet));
        ui.add_space(tokens::PADDING);
        ui.label(RichText::new(title).size(tokens::TITLE));
        ui.add_space(tokens::GRID);
        ui.scope(|ui| {
            ui.set_max_width(460.0);
            ui.label(RichText::new(detail).color(palette.quiet));
        });
        ui.add_space(tokens::SECTION_GAP);
        for step in steps {
            let text = format!("{}  {}", char::from(step.icon()), step.label());
            if ui.add(Button::new(text).min_size(vec2(200.0, 28.0))).clicked() {
                cx.send(crate::ui::Command::Do(*step));
            }
        }
    });
}
