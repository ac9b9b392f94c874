//! The text field under every picker: it offers what can be put in while something is typed.

use std::sync::Arc;

use eframe::egui::text::{CCursor, CCursorRange, CharIndex};
use eframe::egui::text_edit::TextEditState;
use eframe::egui::{self, EventFilter, Frame, Id as EguiId, Key, Margin, Modifiers, Response, Stroke, Ui};

use super::candidates::DocumentKey;
use super::list;
use super::offers::{Offer, Offers, Searched};
use crate::ui::tokens;
use crate::ui::widgets::fields;

/// A text field that offers what can be put in.
///
/// Arrows move through the list, Enter and Tab choose, Esc closes it. The cursor stays in the field all the time.
#[derive(Clone, Debug)]
pub struct CompletingField<'a> {
    /// Its identity.
    pub id: EguiId,
    /// Its name for screen readers.
    pub label: &'a str,
    /// What stands in it while it is empty.
    pub hint: &'a str,
    /// How it looks.
    pub look: Look,
    /// What parts several values in it.
    pub separator: Option<char>,
    /// Whether the list opens as soon as the cursor comes in.
    pub opens_at_once: bool,
    /// Whether what stands in it is selected when the cursor comes in; else the cursor goes to its end.
    pub selects_all: bool,
    /// Whether it is a field of a form: Enter chooses and the cursor stays, Esc takes back what was typed. Else Enter
    /// chooses and leaves the field, and Esc first closes the list.
    pub is_form: bool,
    /// Changes where the offer may have changed.
    pub key: DocumentKey,
}

/// How a completing field looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// As a field of a form.
    Usual,
    /// With a frame that shows where the cursor is.
    Framed,
    /// With a frame that shows that its content was refused.
    Refused,
}

/// How the cursor left the field in this frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// By Enter.
    Enter,
    /// By Tab.
    Tab,
    /// By Shift+Tab.
    BackTab,
    /// By Esc.
    Escape,
    /// By a click elsewhere.
    Away,
}

/// What happened in a completing field in this frame.
#[derive(Debug)]
pub struct Completed {
    /// The text field.
    pub response: Response,
    /// What was chosen; its text is in the field already.
    pub chosen: Option<Offer>,
    /// The field was emptied, and that was confirmed by Enter or Tab.
    pub is_cleared: bool,
    /// What was typed is to be taken back.
    pub is_reverted: bool,
    /// How the cursor left, where it did.
    pub left: Option<Left>,
    /// Whether the text was changed since the cursor came in and nothing was chosen since.
    pub is_edited: bool,
}

/// What a field remembers while it has the cursor.
#[derive(Clone, Default)]
pub(super) struct State {
    has_cursor: bool,
    /// Whether the text was changed since the cursor came in, or since something was chosen.
    is_edited: bool,
    is_open: bool,
    pub highlight: Option<usize>,
    /// Whether the highlight was moved by a key, so that it has to come into sight.
    pub has_moved: bool,
    searched: Option<Searched>,
    pub offers: Arc<Offers>,
}

/// Keys that were pressed in the field.
#[derive(Default)]
struct Keys {
    down: usize,
    up: usize,
    chooses: bool,
    reverts: bool,
}

impl CompletingField<'_> {
    /// Draws it in the available width. `offer` is asked only when the text changes while the list is open.
    pub fn show(&self, ui: &mut Ui, text: &mut String, offer: impl FnOnce(&str) -> Offers) -> Completed {
        let id = self.id;
        let mut state: State = ui.data(|data| data.get_temp(id)).unwrap_or_default();
        let had_focus = ui.memory(|memory| memory.has_focus(id));
        let keys = if had_focus && state.has_cursor { self.take_keys(ui, &state) } else { Keys::default() };
        let response = self.text_field(ui, &state, text);
        // Not what the response says: that is also false while another window is in front, and the cursor is here still.
        let has_focus = ui.memory(|memory| memory.has_focus(id));
        if has_focus && !state.has_cursor {
            state = State { has_cursor: true, is_open: self.opens_at_once, ..State::default() };
            self.place_cursor(ui, text);
        }
        if response.changed() {
            state.is_edited = true;
            state.is_open = true;
        }
        let opens = !state.is_open && (response.clicked() || keys.down + keys.up > 0);
        state.is_open |= opens && has_focus;
        self.search(&mut state, text, offer);
        if !opens {
            state.step(keys.down, keys.up);
        }

        let mut done = Completed {
            chosen: None,
            is_cleared: false,
            is_reverted: keys.reverts,
            left: self.left(ui, has_focus, &state),
            is_edited: state.is_edited,
            response,
        };
        let confirms = keys.chooses || matches!(done.left, Some(Left::Enter | Left::Tab | Left::BackTab));
        let may_choose = state.is_open && (keys.chooses || state.is_edited || state.has_moved);
        if confirms && state.is_edited && self.segment(text).is_empty() {
            done.is_cleared = true;
        } else if confirms && may_choose {
            done.chosen = state.chosen();
        }
        if done.left == Some(Left::Escape) && state.is_edited && state.shows_list() {
            // The first Esc closes the list only.
            state.is_open = false;
            done.left = None;
        }
        if done.left.is_some() {
            done.response.surrender_focus();
            state = State::default();
        } else if done.is_reverted || done.is_cleared {
            state.close();
        } else if state.is_open && done.chosen.is_none() && has_focus {
            done.chosen = list::show(id, &done.response, self.label, &mut state);
        }
        if let Some(chosen) = &done.chosen {
            self.put_in(text, chosen);
            done.is_edited = false;
            state.close();
        }
        state.has_moved &= state.is_open;
        ui.data_mut(|data| {
            if state.has_cursor {
                data.insert_temp(id, state);
            } else {
                data.remove::<State>(id);
            }
        });
        done
    }

    fn take_keys(&self, ui: &Ui, state: &State) -> Keys {
        let is_form_list = self.is_form && state.is_open;
        ui.input_mut(|input| Keys {
            down: input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown),
            up: input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp),
            chooses: is_form_list && input.consume_key(Modifiers::NONE, Key::Enter),
            reverts: is_form_list && input.consume_key(Modifiers::NONE, Key::Escape),
        })
    }

    fn text_field(&self, ui: &mut Ui, state: &State, text: &mut String) -> Response {
        // A press on the list must not take the cursor out of the field before it becomes a click.
        let usual = ui.ctx().options(|options| options.input_options.surrender_focus_on);
        if state.is_open && list::has_pointer(ui, self.id) {
            ui.ctx().options_mut(|options| {
                options.input_options.surrender_focus_on = egui::SurrenderFocusOn::Never;
            });
        }
        let frame = self.frame(ui);
        let hint = self.hint.to_owned();
        let filter = EventFilter {
            tab: false,
            escape: !self.is_form || state.is_open,
            horizontal_arrows: true,
            vertical_arrows: true,
        };
        let response = fields::line(ui, self.id, text, |edit| {
            let edit = edit.hint_text(hint).event_filter(filter);
            match frame {
                Some(frame) => edit.margin(frame.inner_margin).frame(frame),
                None => edit,
            }
        });
        ui.ctx().options_mut(|options| options.input_options.surrender_focus_on = usual);
        fields::name(&response, self.label);
        response
    }

    fn frame(&self, ui: &Ui) -> Option<Frame> {
        let palette = tokens::palette(ui);
        let colour = match self.look {
            Look::Usual => return None,
            Look::Refused => palette.contradicts,
            Look::Framed if ui.memory(|memory| memory.has_focus(self.id)) => palette.accent,
            Look::Framed => palette.edge,
        };
        let frame = Frame::new().fill(palette.background).stroke(Stroke::new(1.0, colour));
        Some(frame.corner_radius(tokens::RADIUS).inner_margin(Margin::symmetric(4, 2)))
    }

    /// Asks for the offer where the list is open and shows something else than what was searched for.
    fn search(&self, state: &mut State, text: &str, offer: impl FnOnce(&str) -> Offers) {
        if !state.is_open {
            return;
        }
        // A field that was only entered offers everything, not what resembles its present content.
        let typed = if state.is_edited { self.segment(text) } else { "" };
        let searched = Searched { text: typed.to_owned(), key: self.key };
        if state.searched.as_ref() == Some(&searched) {
            return;
        }
        state.offers = Arc::new(offer(typed));
        state.highlight = if !typed.is_empty() {
            (!state.offers.lines.is_empty()).then_some(0)
        } else if self.is_form && !state.is_edited {
            let present = self.segment(text);
            let lines = &state.offers.lines;
            let place = lines.iter().position(|line| line.text == present);
            place.or_else(|| lines.iter().position(|line| line.refusal.is_none()))
        } else {
            None
        };
        state.searched = Some(searched);
    }

    fn left(&self, ui: &Ui, has_focus: bool, state: &State) -> Option<Left> {
        if !self.is_form && has_focus && ui.input(|input| input.key_pressed(Key::Escape)) {
            return Some(Left::Escape);
        }
        if !state.has_cursor || has_focus {
            return None;
        }
        Some(ui.input(|input| {
            if input.key_pressed(Key::Enter) {
                Left::Enter
            } else if input.key_pressed(Key::Tab) {
                if input.modifiers.shift { Left::BackTab } else { Left::Tab }
            } else if input.key_pressed(Key::Escape) {
                Left::Escape
            } else {
                Left::Away
            }
        }))
    }

    fn place_cursor(&self, ui: &Ui, text: &str) {
        let mut edit = TextEditState::load(ui.ctx(), self.id).unwrap_or_default();
        let end = CCursor::new(CharIndex(text.chars().count()));
        let start = if self.selects_all { CCursor::new(CharIndex(0)) } else { end };
        edit.cursor.set_char_range(Some(CCursorRange::two(start, end)));
        edit.store(ui.ctx(), self.id);
    }

    /// The part of the text that is being typed: what follows the last separator.
    fn segment<'t>(&self, text: &'t str) -> &'t str {
        match self.separator {
            Some(separator) => text.rsplit(separator).next().unwrap_or(text).trim(),
            None => text.trim(),
        }
    }

    fn put_in(&self, text: &mut String, offer: &Offer) {
        let parted =
            self.separator.and_then(|separator| Some((text.rsplit_once(separator)?.0.trim_end(), separator)));
        *text = match parted {
            None => offer.text.clone(),
            // "A + B", but "A, B".
            Some((before, ',')) => format!("{before}, {}", offer.text),
            Some(("", separator)) => format!("{separator} {}", offer.text),
            Some((before, separator)) => format!("{before} {separator} {}", offer.text),
        };
    }
}

impl State {
    fn shows_list(&self) -> bool {
        self.is_open && (!self.offers.lines.is_empty() || self.offers.nothing.is_some())
    }

    /// Closes the list; the cursor stays.
    fn close(&mut self) {
        *self = Self { has_cursor: self.has_cursor, ..Self::default() };
    }

    /// What Enter or Tab would put in.
    fn chosen(&self) -> Option<Offer> {
        let line = self.offers.lines.get(self.highlight?)?;
        line.refusal.is_none().then(|| line.clone())
    }

    fn step(&mut self, down: usize, up: usize) {
        let count = self.offers.lines.len();
        if !self.is_open || count == 0 || down == up {
            return;
        }
        self.has_moved = true;
        for _ in 0..down {
            self.highlight = Some(self.highlight.map_or(0, |place| (place + 1) % count));
        }
        for _ in 0..up {
            self.highlight = Some(self.highlight.map_or(count - 1, |place| (place + count - 1) % count));
        }
    }
}
