//! A text field that completes the records of one kind by name, and can ask for a new one.
//!
//! Keys: type to search, arrows to move, Enter or Tab to choose, Esc to take back what was typed. The cursor stays in
//! the field all the time. [`Picker`] holds one record, [`TokenPicker`] several.

mod candidates;
mod popup;
mod tokens;

use std::sync::Arc;

use eframe::egui::text::{CCursor, CCursorRange, CharIndex};
use eframe::egui::text_edit::TextEditState;
use eframe::egui::{self, EventFilter, Id as EguiId, IdSalt, Key, Response, Ui};

use crate::model::{Entity, Id};
use crate::ui::ViewContext;
use candidates::{Candidates, Matches, Rank};
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
pub struct Picker<'a, T> {
    cx: &'a ViewContext<'a>,
    id_salt: IdSalt,
    label: &'a str,
    hint: &'a str,
    current: Option<Id<T>>,
    typed: Option<&'a str>,
    can_create: bool,
    can_clear: bool,
    wants_focus: bool,
    is_framed: bool,
    among: Option<&'a [Id<T>]>,
    refuse: Option<&'a dyn Fn(Id<T>) -> Option<String>>,
}

/// What a picker remembers while it has the cursor.
#[derive(Clone, Default)]
struct State {
    text: String,
    /// Whether the text was changed since the cursor came in.
    is_edited: bool,
    is_open: bool,
    highlight: usize,
    /// Whether the highlight moved by a key, so that it has to come into sight.
    has_moved: bool,
    /// What was searched for last, and in what.
    searched: Option<(String, usize)>,
    matches: Arc<Matches>,
}

/// One line that is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    Match(usize),
    Create,
}

/// Keys that were pressed while the list was open.
#[derive(Default)]
struct Keys {
    down: usize,
    up: usize,
    choose: bool,
    /// Tab or Shift+Tab, which also move the cursor on: choose.
    leave: bool,
    revert: bool,
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
            typed: None,
            can_create: true,
            can_clear: true,
            wants_focus: false,
            is_framed: true,
            among: None,
            refuse: None,
        }
    }

    /// The record that is chosen now.
    pub const fn current(mut self, current: Option<Id<T>>) -> Self {
        self.current = current;
        self
    }

    /// The name of a record that is chosen and not made yet; shown where there is no current one.
    pub const fn typed(mut self, name: Option<&'a str>) -> Self {
        self.typed = name;
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

    /// Without a frame, for the cell of a table.
    pub const fn frameless(mut self) -> Self {
        self.is_framed = false;
        self
    }

    /// Offers these records only.
    pub const fn among(mut self, ids: &'a [Id<T>]) -> Self {
        self.among = Some(ids);
        self
    }

    /// Refuses some records, with the reason, which is shown in their place of the list.
    pub const fn refusing(mut self, refuse: &'a dyn Fn(Id<T>) -> Option<String>) -> Self {
        self.refuse = Some(refuse);
        self
    }

    /// The identity that the text field has in `ui`.
    pub fn id(&self, ui: &Ui) -> EguiId {
        ui.make_persistent_id(self.id_salt)
    }

    /// Draws it in the available width.
    pub fn show(self, ui: &mut Ui) -> PickerOutput<T> {
        let id = self.id(ui);
        if self.wants_focus {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let mut state: State = ui.data(|data| data.get_temp(id)).unwrap_or_default();
        if !state.is_edited {
            state.text = self.shown_text();
        }
        let keys = if state.is_open { take_keys(ui) } else { Keys::default() };
        let before = state.text.clone();
        let response = self.text_field(ui, id, &mut state);
        if response.gained_focus() {
            select_all(ui, id, &state.text);
        }
        if response.changed() && state.text != before {
            state.is_edited = true;
            state.is_open = true;
        }
        let asks_for_list = response.has_focus()
            && !state.is_open
            && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::ArrowDown));
        if asks_for_list || response.clicked() {
            state.is_open = true;
        }
        if keys.revert {
            state.close();
        }

        let mut picked = None;
        if state.is_open {
            picked = self.choose(ui, id, &response, &mut state, &keys);
        }
        if picked.is_none() && response.lost_focus() {
            // Enter in a field whose list is closed, or a click elsewhere: what was typed in full counts.
            picked = self.typed_in_full(ui, id, &state);
            state.close();
        }
        if picked.is_some() {
            state.close();
        }
        if response.has_focus() || state.is_open {
            ui.data_mut(|data| data.insert_temp(id, state));
        } else {
            ui.data_mut(|data| data.remove::<State>(id));
        }
        PickerOutput { response, picked }
    }

    fn shown_text(&self) -> String {
        match (self.current, self.typed) {
            (Some(current), _) => self.cx.assessment.name_of(current),
            (None, typed) => typed.unwrap_or_default().to_owned(),
        }
    }

    fn text_field(&self, ui: &mut Ui, id: EguiId, state: &mut State) -> Response {
        // A press on the list must not take the cursor out of the field before it becomes a click.
        let is_on_list = state.is_open && popup::has_pointer(ui, id);
        let usual = ui.ctx().options(|options| options.input_options.surrender_focus_on);
        if is_on_list {
            ui.ctx().options_mut(|options| {
                options.input_options.surrender_focus_on = egui::SurrenderFocusOn::Never;
            });
        }
        let (hint, is_open, is_framed) = (self.hint, state.is_open, self.is_framed);
        let response = super::fields::line(ui, id, &mut state.text, |edit| {
            let edit = edit.hint_text(hint.to_owned()).event_filter(EventFilter {
                tab: false,
                escape: is_open,
                horizontal_arrows: true,
                vertical_arrows: true,
            });
            if is_framed { edit } else { edit.frame(egui::Frame::NONE) }
        });
        ui.ctx().options_mut(|options| options.input_options.surrender_focus_on = usual);
        super::fields::name(&response, self.label);
        response
    }

    fn candidates(&self, ui: &Ui, id: EguiId) -> Arc<Candidates> {
        match self.among {
            Some(ids) => Candidates::among(ui.ctx(), self.cx, id, ids),
            None => Candidates::of_kind::<T>(ui.ctx(), self.cx),
        }
    }

    /// Shows the list and gives back what was chosen from it.
    fn choose(
        &self,
        ui: &mut Ui,
        id: EguiId,
        response: &Response,
        state: &mut State,
        keys: &Keys,
    ) -> Option<Picked<T>> {
        let candidates = self.candidates(ui, id);
        // A field that was only entered shows everything, not what resembles its present content.
        let text = if state.is_edited { state.text.trim().to_owned() } else { String::new() };
        let source = Arc::as_ptr(&candidates).addr();
        if state.searched.as_ref().is_none_or(|(searched, from)| *searched != text || *from != source) {
            state.matches = Arc::new(candidates.matching(&text));
            state.searched = Some((text.clone(), source));
            state.highlight = if state.is_edited { 0 } else { self.first_highlight(&state.matches) };
        }
        let rows = self.rows(&state.matches, &text);
        if !rows.is_empty() {
            let count = rows.len();
            state.highlight =
                (state.highlight.min(count - 1) + keys.down + (count - keys.up % count)) % count;
            state.has_moved = keys.down != keys.up;
        }
        let mut chosen = None;
        // Tab through a field that nobody typed into leaves it as it is.
        let leaves_changed = keys.leave && (state.is_edited || state.has_moved);
        if keys.choose || leaves_changed {
            if text.is_empty() && state.is_edited && self.can_clear {
                return Some(Picked::Cleared);
            }
            chosen = rows.get(state.highlight).copied();
        }
        if keys.leave {
            state.is_open = false;
        }
        if chosen.is_none() && state.is_open {
            let is_open = response.has_focus() || popup::has_pointer(ui, id);
            state.is_open = is_open;
            if is_open {
                chosen = self.list(ui, id, response, state, &rows);
            }
        }
        match chosen? {
            Row::Create => Some(Picked::New(state.text.trim().to_owned())),
            Row::Match(place) => {
                let record = Id::new(state.matches.best.get(place)?.record);
                let is_refused = self.refuse.is_some_and(|refuse| refuse(record).is_some());
                (!is_refused).then_some(Picked::Existing(record))
            }
        }
    }

    /// The line that is highlighted when the list opens: the present choice, else the first that can be chosen.
    fn first_highlight(&self, matches: &Matches) -> usize {
        let current = self.current.map(Id::uuid);
        let is_allowed = |record| self.refuse.is_none_or(|refuse| refuse(Id::new(record)).is_none());
        let place = matches.best.iter().position(|found| Some(found.record) == current);
        place.or_else(|| matches.best.iter().position(|found| is_allowed(found.record))).unwrap_or(0)
    }

    /// The lines to offer. A new record comes first where nothing but loose matches was found, since then it is what
    /// was most likely meant, and last otherwise.
    fn rows(&self, matches: &Matches, text: &str) -> Vec<Row> {
        let best = matches.best.first().map(|found| found.rank);
        let mut rows: Vec<Row> = (0..matches.best.len()).map(Row::Match).collect();
        if self.can_create && !text.is_empty() && best != Some(Rank::Equal) {
            let is_first = best.is_none_or(|rank| rank == Rank::Fuzzy);
            rows.insert(if is_first { 0 } else { rows.len() }, Row::Create);
        }
        rows
    }

    fn typed_in_full(&self, ui: &Ui, id: EguiId, state: &State) -> Option<Picked<T>> {
        if !state.is_edited {
            return None;
        }
        if state.text.trim().is_empty() {
            let had_one = self.current.is_some() || self.typed.is_some();
            return (self.can_clear && had_one).then_some(Picked::Cleared);
        }
        let record = candidates::named(&self.candidates(ui, id), &state.text)?;
        let is_refused = self.refuse.is_some_and(|refuse| refuse(record).is_some());
        (!is_refused).then_some(Picked::Existing(record))
    }
}

impl State {
    fn close(&mut self) {
        *self = Self::default();
    }
}

fn take_keys(ui: &Ui) -> Keys {
    let mut keys = Keys::default();
    ui.input_mut(|input| {
        keys.down = input.count_and_consume_key(egui::Modifiers::NONE, Key::ArrowDown);
        keys.up = input.count_and_consume_key(egui::Modifiers::NONE, Key::ArrowUp);
        keys.choose = input.consume_key(egui::Modifiers::NONE, Key::Enter);
        keys.revert = input.consume_key(egui::Modifiers::NONE, Key::Escape);
        // Not taken away: egui moves the cursor to the next field by it.
        keys.leave = input.key_pressed(Key::Tab);
    });
    keys
}

fn select_all(ui: &Ui, id: EguiId, text: &str) {
    if let Some(mut state) = TextEditState::load(ui.ctx(), id) {
        let end = CharIndex(text.chars().count());
        state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(CharIndex(0)), CCursor::new(end))));
        state.store(ui.ctx(), id);
    }
}

/// Whether the picker with this identity holds text that was typed.
fn has_text(ui: &Ui, id: EguiId) -> bool {
    ui.data(|data| data.get_temp::<State>(id)).is_some_and(|state| !state.text.is_empty())
}
