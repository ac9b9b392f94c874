//! The view "Timeline".

use eframe::egui::Ui;

use crate::ui::ViewContext;

/// What the view remembers between frames.
#[derive(Debug, Default)]
pub struct State {}

/// Draws the view.
pub fn show(ui: &mut Ui, cx: &ViewContext<'_>, _state: &mut State) {
    ui.label(cx.assessment.claims.len().to_string());
}
