//! Text fields that complete what is typed, and make records on the spot.
//!
//! Keys: type to search, arrows to move, Enter or Tab to choose, Esc to take back what was typed. The cursor stays in
//! the field all the time. [`CompletingField`] is under all of them: a text with what can be put into it. [`Picker`] holds one
//! record, [`TokenPicker`] several.

mod candidates;
mod field;
mod list;
mod offers;
mod tokens;

use std::sync::Arc;

use eframe::egui::{Id as EguiId, IdSalt, Response, Ui};

use crate::model::{Entity, Id};
use crate::ui::ViewContext;
use candidates::Candidates;
pub use candidates::DocumentKey;
pub use field::{Completed, CompletingField, Left, Look};
pub use offers::{Offer, Offers, Refusal};
pub use tokens::{TokenChange, TokenPicker};

/// What was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked<T> {
    /// A record that there is.
    Existing(Id<T>),
    /// A record that is to be made, with this name.
    New(String),
    /// No record.
    Cleared,
}

/// What a picker gives back.
pub struct PickerOutput<T> {
    /// The text field.
    pub response: Response,
    /// What was chosen in this frame.
    pub picked: Option<Picked<T>>,
}

/// A text field that completes the records of one kind by name.
///
/// ```text
/// let output = Picker::<Source>::new(cx, "quick-add source", "Source").current(draft.source).show(ui);
/// match output.picked {
///     Some(Picked::Existing(id)) => { /* that record */ }
///     Some(Picked::New(name)) => { /* one yet to be made */ }
///     Some(Picked::Cleared) | None => {}
/// }
/// ```
#[must_use = "call `.show(ui)`"]
#[derive(Clone, Copy)]
pub struct Picker<'a, T> {
    cx: &'a ViewContext<'a>,
    id_salt: IdSalt,
    label: &'a str,
    hint: &'a str,
    current: Option<Id<T>>,
    can_create: bool,
    can_clear: bool,
    wants_focus: bool,
    among: Option<&'a [Id<T>]>,
    refuse: Option<Refusal<'a, T>>,
}

impl<'a, T: Entity> Picker<'a, T> {
    /// A picker with an identity of its own in its `Ui` and a name for screen readers.
    pub fn new(
        cx: &'a ViewContext<'a>,
        id_salt: impl std::hash::Hash + std::fmt::Debug,
        label: &'a str,
    ) -> Self {
        Self {
            cx,
            id_salt: IdSalt::new(id_salt),
            label,
            hint: "",
            current: None,
            can_create: true,
            can_clear: true,
            wants_focus: false,
            among: None,
            refuse: None,
        }
    }

    /// The record that is chosen now.
    pub const fn current(mut self, current: Option<Id<T>>) -> Self {
        self.current = current;
        self
    }

    /// What the empty field says.
    pub const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// Emptying the field does not clear the choice.
    pub const fn required(mut self) -> Self {
        self.can_clear = false;
        self
    }

    /// Offers no new record.
    pub const fn without_create(mut self) -> Self {
        self.can_create = false;
        self
    }

    /// Takes the cursor now and selects the text.
    pub const fn wants_focus(mut self, wants_focus: bool) -> Self {
        self.wants_focus = wants_focus;
        self
    }

    /// Offers these records only.
    pub const fn among(mut self, ids: &'a [Id<T>]) -> Self {
        self.among = Some(ids);
        self
    }

    /// Refuses some records, with the reason, which is shown in their place of the list.
    pub const fn refusing(mut self, refuse: Refusal<'a, T>) -> Self {
        self.refuse = Some(refuse);
        self
    }

    /// Holds these records in place of one, and adds to them.
    pub const fn several(self, records: &'a [Id<T>]) -> TokenPicker<'a, T> {
        TokenPicker::new(self, records)
    }

    /// The identity that the text field has in `ui`.
    fn id(&self, ui: &Ui) -> EguiId {
        ui.make_persistent_id(self.id_salt)
    }

    /// Draws it in the available width.
    pub fn show(self, ui: &mut Ui) -> PickerOutput<T> {
        let id = self.id(ui);
        if self.wants_focus {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let typed_id = id.with("typed");
        let typed: Option<String> = ui.data(|data| data.get_temp(typed_id));
        let present = || self.current.map_or_else(String::new, |id| self.cx.assessment.name_of(id));
        let mut text = typed.unwrap_or_else(present);
        let field = CompletingField {
            id,
            label: self.label,
            hint: self.hint,
            look: Look::Usual,
            separator: None,
            opens_at_once: false,
            selects_all: true,
            is_form: true,
            key: DocumentKey::of(self.cx),
        };
        let ctx = ui.ctx().clone();
        let candidates = || match self.among {
            Some(ids) => Candidates::among(&ctx, self.cx, ids),
            None => Candidates::of_kind::<T>(&ctx, self.cx),
        };
        let done = field.show(ui, &mut text, |typed| {
            Offers::found(self.cx, &candidates(), typed, self.can_create, self.refuse)
        });
        let mut picked = match &done.chosen {
            Some(Offer { record: Some(record), .. }) => Some(Picked::Existing(Id::new(*record))),
            Some(new) => Some(Picked::New(new.text.clone())),
            None if done.is_cleared && self.can_clear => Some(Picked::Cleared),
            None => None,
        };
        if picked.is_none() && done.is_edited && matches!(done.left, Some(Left::Enter | Left::Away)) {
            // Enter in a field whose list is closed, or a click elsewhere: what was typed in full counts.
            picked = self.typed_in_full(candidates, &text);
        }
        let keeps = done.is_edited && done.left.is_none() && !done.is_reverted && picked.is_none();
        ui.data_mut(|data| {
            if keeps {
                data.insert_temp(typed_id, text);
            } else {
                data.remove::<String>(typed_id);
            }
        });
        PickerOutput { response: done.response, picked }
    }

    /// Whether something was typed that is not chosen yet.
    fn has_text(&self, ui: &Ui) -> bool {
        let typed: Option<String> = ui.data(|data| data.get_temp(self.id(ui).with("typed")));
        typed.is_some_and(|typed| !typed.is_empty())
    }

    fn typed_in_full(&self, candidates: impl Fn() -> Arc<Candidates>, text: &str) -> Option<Picked<T>> {
        if text.trim().is_empty() {
            return (self.can_clear && self.current.is_some()).then_some(Picked::Cleared);
        }
        let record = candidates::named(&candidates(), text)?;
        let is_refused = self.refuse.is_some_and(|refuse| refuse(record).is_some());
        (!is_refused).then_some(Picked::Existing(record))
    }
}
