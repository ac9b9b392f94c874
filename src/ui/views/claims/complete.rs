//! A text field that offers what can be put in. Arrows move through the list, Enter and Tab choose, Esc closes it.

use eframe::egui::text::{CCursor, CCursorRange, CharIndex};
use eframe::egui::text_edit::TextEditState;
use eframe::egui::{
    self, Align2, EventFilter, Frame, Key, LayerId, Margin, Modifiers, Popup, PopupCloseBehavior, PopupKind,
    Rect, RectAlign, Response, Role, ScrollArea, Sense, Stroke, TextEdit, Ui, WidgetInfo, vec2,
};

use super::cells::line_galley;
use super::draft::Entry;
use super::suggest::{Suggestion, usual_choice};
use crate::edit::Revision;
use crate::ui::tokens;

const LIST_WIDTH: f32 = 260.0;
const LIST_HEIGHT: f32 = 264.0;

/// What the field that has the cursor remembers. One is enough for all fields of the view.
#[derive(Debug, Default)]
pub struct Completion {
    field: Option<egui::Id>,
    /// Whether the text was changed since the cursor came in.
    is_edited: bool,
    is_open: bool,
    highlight: Option<usize>,
    /// Whether the highlight was moved by a key, so that it has to come into sight.
    has_moved: bool,
    searched: Option<(String, Revision)>,
    suggestions: Vec<Suggestion>,
}

/// A text field that offers what can be put in.
pub struct CompletingField<'a> {
    /// Its identity.
    pub id: egui::Id,
    /// Its name for screen readers.
    pub name: &'a str,
    /// What stands in it while it is empty.
    pub hint: &'a str,
    /// What parts several values in it.
    pub separator: Option<char>,
    /// Whether the list opens as soon as the cursor comes in.
    pub opens_at_once: bool,
    /// Whether what stands in it is selected when the cursor comes in; else the cursor goes to its end.
    pub selects_all: bool,
    /// Its width.
    pub width: f32,
    /// Whether what stands in it was refused.
    pub is_refused: bool,
    /// Changes where the offer may have changed.
    pub revision: Revision,
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

impl CompletingField<'_> {
    /// Draws it. `suggest` is asked again only when the text changes.
    pub fn show(
        &self,
        ui: &mut Ui,
        completion: &mut Completion,
        entry: &mut Entry,
        suggest: impl FnOnce(&str) -> Vec<Suggestion>,
    ) -> (Response, Option<Left>) {
        let had_focus = ui.memory(|memory| memory.has_focus(self.id));
        if had_focus && completion.field == Some(self.id) {
            completion.take_arrows(ui);
        }
        let palette = tokens::palette(ui);
        let stroke = if self.is_refused {
            Stroke::new(1.0, palette.contradicts)
        } else if had_focus {
            Stroke::new(1.0, palette.accent)
        } else {
            Stroke::new(1.0, palette.edge)
        };
        let frame = Frame::new()
            .fill(palette.background)
            .stroke(stroke)
            .corner_radius(tokens::RADIUS)
            .inner_margin(Margin::symmetric(4, 2));
        let output = TextEdit::singleline(&mut entry.text)
            .id(self.id)
            .hint_text(self.hint)
            .desired_width(self.width - 10.0)
            .min_size(vec2(self.width, 0.0))
            .margin(Margin::symmetric(4, 2))
            .frame(frame)
            .event_filter(EventFilter {
                horizontal_arrows: true,
                vertical_arrows: true,
                escape: true,
                tab: false,
            })
            .show(ui);
        let response = output.response.response;
        response.widget_info(|| WidgetInfo {
            label: Some(self.name.to_owned()),
            ..WidgetInfo::text_edit(true, &entry.text, &entry.text, self.hint)
        });
        if response.gained_focus() || (response.has_focus() && completion.field != Some(self.id)) {
            *completion =
                Completion { field: Some(self.id), is_open: self.opens_at_once, ..Completion::default() };
            self.place_cursor(ui, &entry.text);
        }
        if completion.field != Some(self.id) {
            return (response, None);
        }
        if response.changed() {
            completion.is_edited = true;
            completion.is_open = true;
        }
        let typed = if completion.is_edited || !self.opens_at_once { self.segment(&entry.text) } else { "" };
        let is_new_search = completion
            .searched
            .as_ref()
            .is_none_or(|(text, revision)| text != typed || *revision != self.revision);
        if is_new_search && (completion.is_open || response.changed()) {
            completion.suggestions = suggest(typed);
            completion.highlight = usual_choice(&completion.suggestions, typed);
            completion.searched = Some((typed.to_owned(), self.revision));
        }

        let left = self.left(ui, &response);
        if matches!(left, Some(Left::Enter | Left::Tab | Left::BackTab))
            && completion.is_open
            && (completion.is_edited || completion.has_moved)
            && let Some(chosen) = completion.chosen()
        {
            self.put_in(entry, &chosen);
        }
        if left == Some(Left::Escape) && completion.is_edited && completion.shows_list() {
            // The first Esc closes the list only.
            completion.is_open = false;
            return (response, None);
        }
        if left == Some(Left::Away) && has_pointer(ui, self.id) {
            // A click on the list: the cursor comes back when the button is released.
            response.request_focus();
            return (response, None);
        }
        if left.is_some() {
            response.surrender_focus();
            completion.field = None;
            return (response, left);
        }
        if completion.is_open
            && let Some(clicked) = self.list(&response, completion)
        {
            self.put_in(entry, &clicked);
            completion.is_open = false;
            completion.is_edited = false;
            response.request_focus();
        }
        completion.has_moved &= completion.is_open;
        (response, None)
    }

    fn left(&self, ui: &Ui, response: &Response) -> Option<Left> {
        if response.has_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
            return Some(Left::Escape);
        }
        if !response.lost_focus() {
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
        let mut state = TextEditState::load(ui.ctx(), self.id).unwrap_or_default();
        let end = CCursor::new(CharIndex(text.chars().count()));
        let start = if self.selects_all { CCursor::new(CharIndex(0)) } else { end };
        state.cursor.set_char_range(Some(CCursorRange::two(start, end)));
        state.store(ui.ctx(), self.id);
    }

    /// The part of the text that is being typed: what follows the last separator.
    fn segment<'t>(&self, text: &'t str) -> &'t str {
        match self.separator {
            Some(separator) => text.rsplit(separator).next().unwrap_or(text).trim(),
            None => text.trim(),
        }
    }

    fn put_in(&self, entry: &mut Entry, suggestion: &Suggestion) {
        let before = self
            .separator
            .and_then(|separator| entry.text.rsplit_once(separator).map(|(before, _)| (before, separator)))
            .map(|(before, separator)| format!("{}{} ", pad(before.trim_end(), separator), separator));
        entry.text = format!("{}{}", before.unwrap_or_default(), suggestion.text);
        if let Some(record) = suggestion.record {
            entry.picked.retain(|(name, _)| *name != suggestion.text);
            entry.picked.push((suggestion.text.clone(), record));
        }
    }

    /// Draws the list and gives back what was clicked.
    fn list(&self, response: &Response, completion: &mut Completion) -> Option<Suggestion> {
        if completion.suggestions.is_empty() {
            return None;
        }
        let popup = Popup::from_response(response)
            .id(list_id(self.id))
            .open(true)
            .close_behavior(PopupCloseBehavior::IgnoreClicks)
            .align(RectAlign::BOTTOM_START)
            .align_alternatives(&[RectAlign::TOP_START, RectAlign::BOTTOM_END, RectAlign::TOP_END])
            .accessible_name(format!("Choices for {}", self.name))
            .gap(2.0);
        let shown = popup.show(|ui| {
            ui.set_width(response.rect.width().max(LIST_WIDTH));
            ui.spacing_mut().item_spacing.y = 0.0;
            let scroll = ScrollArea::vertical().max_height(LIST_HEIGHT).auto_shrink([false, true]);
            scroll.show(ui, |ui| completion.lines(ui)).inner
        });
        let place = shown.and_then(|shown| shown.inner)?;
        completion.suggestions.get(place).cloned()
    }
}

impl Completion {
    const fn shows_list(&self) -> bool {
        self.is_open && !self.suggestions.is_empty()
    }

    /// What Enter or Tab would put in.
    fn chosen(&self) -> Option<Suggestion> {
        self.suggestions.get(self.highlight?).cloned()
    }

    fn take_arrows(&mut self, ui: &Ui) {
        let (down, up) = ui.input_mut(|input| {
            (
                input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown),
                input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp),
            )
        });
        if down == 0 && up == 0 {
            return;
        }
        self.has_moved = true;
        if !self.is_open {
            self.is_open = true;
            return;
        }
        let count = self.suggestions.len();
        if count == 0 {
            return;
        }
        for _ in 0..down {
            self.highlight = Some(self.highlight.map_or(0, |place| (place + 1) % count));
        }
        for _ in 0..up {
            self.highlight = Some(self.highlight.map_or(count - 1, |place| (place + count - 1) % count));
        }
    }

    /// Draws the lines and gives back the place of the one that was clicked.
    fn lines(&mut self, ui: &mut Ui) -> Option<usize> {
        let moves = ui.input(|input| input.pointer.is_moving());
        let mut clicked = None;
        let mut hovered = None;
        for (place, suggestion) in self.suggestions.iter().enumerate() {
            let is_highlighted = self.highlight == Some(place);
            let size = vec2(ui.available_width(), tokens::ROW_HEIGHT);
            let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
            let label = if suggestion.is_new {
                format!("Create “{}”", suggestion.text)
            } else {
                suggestion.text.clone()
            };
            response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_highlighted, &label));
            if is_highlighted && self.has_moved {
                response.scroll_to_me(None);
            }
            if response.hovered() && moves {
                hovered = Some(place);
            }
            if response.clicked() {
                clicked = Some(place);
            }
            paint_line(ui, rect, &label, &suggestion.detail, is_highlighted);
        }
        if hovered.is_some() {
            self.highlight = hovered;
        }
        self.has_moved &= clicked.is_none();
        clicked
    }
}

fn paint_line(ui: &Ui, rect: Rect, name: &str, detail: &str, is_highlighted: bool) {
    let palette = tokens::palette(ui);
    if is_highlighted {
        ui.painter().rect_filled(rect, tokens::RADIUS, palette.selection);
    }
    let inner = rect.shrink2(vec2(tokens::GRID, 0.0));
    let detail = line_galley(ui, detail, tokens::SMALL, palette.quiet, inner.width() * 0.5);
    let room = inner.width() - detail.size().x - tokens::PADDING;
    let name = line_galley(ui, name, tokens::BODY, palette.text, room);
    let place = |size, align: Align2| align.align_size_within_rect(size, inner).min;
    ui.painter().galley(place(name.size(), Align2::LEFT_CENTER), name, palette.text);
    ui.painter().galley(place(detail.size(), Align2::RIGHT_CENTER), detail, palette.quiet);
}

fn pad(text: &str, separator: char) -> String {
    // "A + B", but "A, B".
    if text.is_empty() || separator == ',' { text.to_owned() } else { format!("{text} ") }
}

fn list_id(field: egui::Id) -> egui::Id {
    field.with("list")
}

/// Whether the pointer is over the list of a field.
fn has_pointer(ui: &Ui, field: egui::Id) -> bool {
    let layer = LayerId::new(PopupKind::Popup.order(), list_id(field));
    let place = ui.ctx().pointer_interact_pos();
    place.and_then(|place| ui.ctx().layer_id_at(place)) == Some(layer)
}
