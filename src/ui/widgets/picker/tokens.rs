//! Several records of one kind, each with a button that takes it out, and a picker that adds one more.

use eframe::egui::{self, Button, Key, RichText, Ui};

use super::{Picked, Picker};
use crate::model::{Entity, Id};
use crate::ui::tokens::{self, Icon};

/// A change that the user made to a list of records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenChange<T> {
    /// A record that there is was added.
    Added(Id<T>),
    /// A record is to be made with this name, and added.
    New(String),
    /// A record was taken out.
    Removed(Id<T>),
}

/// A list of records of one kind, edited in place. A click on a name selects that record.
#[must_use = "call `.show(ui)`"]
pub struct TokenPicker<'a, T> {
    /// The picker that adds one.
    adds: Picker<'a, T>,
    records: &'a [Id<T>],
}

impl<'a, T: Entity> TokenPicker<'a, T> {
    pub(super) const fn new(adds: Picker<'a, T>, records: &'a [Id<T>]) -> Self {
        Self { adds, records }
    }

    /// Draws it in the available width: the records one under another, and a field below them.
    pub fn show(self, ui: &mut Ui) -> Option<TokenChange<T>> {
        let mut change = None;
        for id in self.records {
            if self.token(ui, *id) {
                change = Some(TokenChange::Removed(*id));
            }
        }
        let refuse = |id: Id<T>| {
            let is_there = self.records.contains(&id).then(|| "already there".to_owned());
            is_there.or_else(|| self.adds.refuse.and_then(|refuse| refuse(id)))
        };
        let label = format!("Add to {}", self.adds.label.to_lowercase());
        let picker = Picker { label: &label, ..self.adds }.refusing(&refuse);
        let id = picker.id(ui);
        let is_empty = ui.memory(|memory| memory.has_focus(id)) && !picker.has_text(ui);
        if is_empty && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Backspace)) {
            change = self.records.last().map(|id| TokenChange::Removed(*id));
        }
        match picker.show(ui).picked {
            Some(Picked::Existing(id)) => change = Some(TokenChange::Added(id)),
            Some(Picked::New(name)) => change = Some(TokenChange::New(name)),
            Some(Picked::Cleared) | None => {}
        }
        change
    }

    /// Draws one record; whether it was taken out.
    fn token(&self, ui: &mut Ui, id: Id<T>) -> bool {
        let palette = tokens::palette(ui);
        let name = self.adds.cx.assessment.name_of(id);
        let mut is_removed = false;
        let frame = egui::Frame::new().fill(palette.raised).corner_radius(tokens::RADIUS);
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let remove = format!("Take {name} out of {}", self.adds.label.to_lowercase());
                is_removed = crate::ui::widgets::icon_button(ui, Icon::X, &remove).clicked();
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    let button = Button::new(RichText::new(&name)).frame_when_inactive(false).truncate();
                    if ui.add(button).on_hover_text(format!("Show {name}")).clicked() {
                        self.adds.cx.select(id);
                    }
                });
            });
        });
        is_removed
    }
}
