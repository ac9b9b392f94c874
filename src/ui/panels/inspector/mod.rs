//! The inspector: every field of what is selected.

use eframe::egui::Ui;

use crate::ui::ViewContext;

/// What the inspector remembers between frames.
#[derive(Debug, Default)]
pub struct State {
    /// The record whose name is to get the cursor, because it was just made.
    pub name_to_focus: Option<crate::model::AnyId>,
}

/// Draws the inspector.
pub fn show(ui: &mut Ui, cx: &ViewContext<'_>, _state: &mut State) {
    ui.label(cx.selection.len().to_string());
}
