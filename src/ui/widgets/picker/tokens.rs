//! Several records of one kind, each with a button that takes it out, and a picker that adds one more.

use eframe::egui::{self, Button, Key, RichText, Ui};

use super::{Picked, Picker};
use crate::model::{Entity, Id};
use crate::ui::ViewContext;
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
    cx: &'a ViewContext<'a>,
    label: &'a str,
    hint: &'a str,
    records: &'a [Id<T>],
    can_create: bool,
    among: Option<&'a [Id<T>]>,
    refuse: Option<&'a dyn Fn(Id<T>) -> Option<String>>,
}

impl<'a, T: Entity> TokenPicker<'a, T> {
    /// A list of records with a name for screen readers.
    pub const fn new(cx: &'a ViewContext<'a>, label: &'a str, records: &'a [Id<T>]) -> Self {
        Self { cx, label, hint: "Add…", records, can_create: true, among: None, refuse: None }
    }

    /// What the field that adds one says.
    pub const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// Offers no new record.
    pub const fn without_create(mut self) -> Self {
        self.can_create = false;
        self
    }

    /// Offers these records only.
    pub const fn among(mut self, ids: &'a [Id<T>]) -> Self {
        self.among = Some(ids);
        self
    }

    /// Refuses some records, with the reason.
    pub const fn refusing(mut self, refuse: &'a dyn Fn(Id<T>) -> Option<String>) -> Self {
        self.refuse = Some(refuse);
        self
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
            is_there.or_else(|| self.refuse.and_then(|refuse| refuse(id)))
        };
        let name = format!("Add to {}", self.label.to_lowercase());
        let mut picker = Picker::new(self.cx, ("add", self.label), &name).hint(self.hint).refusing(&refuse);
        if !self.can_create {
            picker = picker.without_create();
        }
        if let Some(ids) = self.among {
            picker = picker.among(ids);
        }
        let id = picker.id(ui);
        let is_empty = ui.memory(|memory| memory.has_focus(id)) && !super::has_text(ui, id);
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
        let name = self.cx.assessment.name_of(id);
        let mut is_removed = false;
        let frame = egui::Frame::new().fill(palette.raised).corner_radius(tokens::RADIUS);
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let remove = format!("Take {name} out of {}", self.label.to_lowercase());
                is_removed = crate::ui::widgets::icon_button(ui, Icon::X, &remove).clicked();
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    let button = Button::new(RichText::new(&name)).frame_when_inactive(false).truncate();
                    if ui.add(button).on_hover_text(format!("Show {name}")).clicked() {
                        self.cx.select(id);
                    }
                });
            });
        });
        is_removed
    }
}
