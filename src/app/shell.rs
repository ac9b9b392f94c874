//! One frame: the panels around the views, and the keys that work everywhere.

use eframe::egui::{CentralPanel, Context, Frame, Panel, Ui};

use super::App;
use crate::ui::{Action, Command, Commands};

impl App {
    /// Draws everything.
    pub(super) fn draw(&mut self, ui: &mut Ui) {
        let cx = self.session.view(&self.commands);
        Panel::right("inspector").default_size(320.0).show(ui, |ui| {
            crate::ui::panels::inspector::show(ui, &cx, &mut self.shell.inspector);
        });
        CentralPanel::default().frame(Frame::new()).show(ui, |ui| self.layout.show(ui, &cx));
    }
}

/// Turns the keys of actions into commands, unless a text field needs them.
pub fn consume_shortcuts(ctx: &Context, commands: &Commands) {
    let is_typing = ctx.text_edit_focused();
    // Keys with more modifiers first: Ctrl+S would also take Ctrl+Shift+S.
    let with_keys = Action::ALL.iter().filter_map(|action| Some((*action, action.shortcut()?)));
    let (with_shift, without): (Vec<_>, Vec<_>) = with_keys.partition(|(_, keys)| keys.modifiers.shift);
    for (action, keys) in with_shift.into_iter().chain(without) {
        if is_typing && action.yields_to_text_fields() {
            continue;
        }
        if ctx.input_mut(|input| input.consume_shortcut(&keys)) {
            commands.send(Command::Do(action));
        }
    }
}
