//! The navigator: the assessment as a tree, filtered as one types.
//!
//! Only visible rows are laid out; which rows there are is worked out anew only when the assessment, the filter or an
//! open section changes.

mod line;
mod menu;
mod moving;
mod rows;

use std::collections::BTreeSet;

use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align, EventFilter, Frame, Id as WidgetId, Key as KeyboardKey, Layout, Margin, Modifiers, Panel,
    ScrollArea, Sense, TextEdit, Ui, WidgetInfo, vec2,
};

use super::ShellView;
use crate::edit::Revision;
use crate::model::wording::capitalised;
use crate::model::{AnyId, Incident, Kind};
use crate::ui::tokens::{self, Icon};
use crate::ui::widgets::own_keys::{KeyLines, has_keyboard};
use crate::ui::widgets::{filter_name, icon_button, quiet};
use crate::ui::{Command, Landmark, ViewContext};
pub use line::icon_of_kind;
use rows::{Key, Row};

/// Its keys, as the shortcut sheet lists them.
pub const KEYS: KeyLines = &[
    ("↑ ↓", "Move, one row at a time"),
    ("Shift+↑ ↓", "Select more rows"),
    ("← →", "Close or open a branch, go to the one above"),
    ("Alt+↑ ↓", "Move up or down"),
    ("F2", "Rename"),
    ("Shift+F10", "Menu of the record"),
    ("Ctrl+click", "Add to the selection"),
];

/// What the navigator remembers between frames.
#[derive(Debug)]
pub struct State {
    /// What names must contain.
    pub filter: String,
    /// The sections and actors whose content is hidden.
    pub closed: BTreeSet<Key>,
    /// The row from which arrows and Shift count.
    cursor: Option<Key>,
    /// The row at which a selection with Shift begins.
    anchor: Option<Key>,
    rows: Vec<Row>,
    rows_at: Option<(Revision, String, u64)>,
    /// Changes whenever something is opened or closed.
    folding: u64,
    /// The scroll offset and height of the last frame.
    seen: (f32, f32),
    /// A row to scroll to.
    reveal: Option<usize>,
    /// Whether the row with the cursor is to be scrolled to once the rows are made anew: it was moved.
    reveals_cursor: bool,
    /// The row that is being dragged.
    drag: Option<moving::Drag>,
    /// The record whose menu was opened by keys.
    menu: Option<KeyMenu>,
}

/// From which width on a window is a large one, in points.
const LARGE: f32 = 1_600.0;

/// A menu that was opened by keys: it stands at its row, and its first choice gets the focus.
#[derive(Clone, Copy, Debug)]
struct KeyMenu {
    of: AnyId,
    /// For how many frames it is open; it is measured before it can have the focus.
    age: u8,
}

impl Default for State {
    fn default() -> Self {
        let closed = [Kind::Indicator, Kind::Assumption, Kind::Judgement, Kind::Document, Kind::Evidence];
        Self {
            filter: String::new(),
            closed: closed.into_iter().map(Key::Section).collect(),
            cursor: None,
            anchor: None,
            rows: Vec::new(),
            rows_at: None,
            folding: 0,
            seen: (0.0, 0.0),
            reveal: None,
            reveals_cursor: false,
            drag: None,
            menu: None,
        }
    }
}

impl State {
    /// Forgets what concerned another document.
    pub fn forget_document(&mut self) {
        self.filter.clear();
        self.cursor = None;
        self.anchor = None;
        self.rows_at = None;
        self.reveal = None;
        self.reveals_cursor = false;
        self.drag = None;
        self.menu = None;
    }

    fn fold(&mut self, key: Key, is_open: bool) {
        if is_open {
            self.closed.remove(&key);
        } else {
            self.closed.insert(key);
        }
        self.folding += 1;
    }

    fn update(&mut self, cx: &ViewContext<'_>) {
        let now = (cx.revision, self.filter.clone(), self.folding);
        if self.rows_at.as_ref() != Some(&now) {
            self.rows = rows::rows(cx, self);
            self.rows_at = Some(now);
            if std::mem::take(&mut self.reveals_cursor) {
                self.reveal = self.rows.iter().position(|row| Some(row.key()) == self.cursor);
            }
        }
    }
}

/// Draws the navigator where it is shown.
pub fn show(ui: &mut Ui, cx: &ViewContext<'_>, shell: &ShellView<'_>, state: &mut State) {
    if !shell.preferences.shows_navigator {
        return;
    }
    let palette = tokens::palette(ui);
    let frame =
        Frame::new().fill(palette.panel).inner_margin(Margin { left: 4, right: 0, top: 6, bottom: 0 });
    // A larger window has room for longer names; what the user makes of it there is remembered apart.
    let (id, width) = if ui.ctx().content_rect().width() < LARGE {
        ("navigator", 248.0)
    } else {
        ("navigator, large", 300.0)
    };
    let drawn = Panel::left(id).default_size(width).size_range(180.0..=480.0).frame(frame).show(ui, |ui| {
        filter(ui, state);
        state.update(cx);
        tree(ui, cx, state);
    });
    Landmark::Navigator.is_at(ui, drawn.response.rect);
}

fn filter(ui: &mut Ui, state: &mut State) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.add_space(4.0);
        let button = if state.filter.is_empty() { 0.0 } else { 28.0 };
        let width = ui.available_width() - 8.0 - button;
        let field = TextEdit::singleline(&mut state.filter)
            .hint_text("Filter")
            .clip_text(true)
            .margin(Margin::symmetric(8, 4));
        let response =
            ui.add_sized([width, 26.0], field).on_hover_text("Shows only records whose name contains this");
        filter_name(&response, "Filter the navigator", &state.filter);
        let leaves = response.has_focus() && ui.input(|input| input.key_pressed(KeyboardKey::Escape));
        if button > 0.0 && (icon_button(ui, Icon::X, "Clear the filter").clicked() || leaves) {
            state.filter.clear();
        }
    });
    ui.add_space(2.0);
}

fn tree(ui: &mut Ui, cx: &ViewContext<'_>, state: &mut State) {
    if state.rows.is_empty() {
        ui.add_space(tokens::SECTION_GAP);
        ui.with_layout(Layout::top_down(Align::Center), |ui| {
            ui.label(quiet(ui, "Nothing has such a name"));
            if ui.button("Clear the filter").clicked() {
                state.filter.clear();
            }
        });
        return;
    }
    // The tree as a whole is one stop of the Tab key; arrows move within it.
    let id = WidgetId::unique("navigator-tree");
    let rect = ui.available_rect_before_wrap();
    let focus = ui.interact(rect, id, Sense::FOCUSABLE);
    focus.widget_info(|| WidgetInfo {
        current_text_value: state.cursor.and_then(|cursor| name_of(cx, cursor)),
        ..WidgetInfo::labeled(Role::Tree, true, "Navigator")
    });
    if has_keyboard(&focus) {
        let filter = EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        keys(ui, cx, state);
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::vertical().auto_shrink([false, false]);
    if let Some(row) = state.reveal.take() {
        area = area.vertical_scroll_offset(offset_for(row, state.seen));
    }
    let output = area.show_rows(ui, tokens::ROW_HEIGHT, state.rows.len(), |ui, range| {
        let visible = state.rows.get(range.clone()).unwrap_or_default().to_vec();
        for (place, row) in range.zip(visible) {
            line::show(ui, cx, state, (place, row), id);
        }
        let scrolled = moving::scrolling(ui, state);
        if scrolled != 0.0 {
            ui.scroll_with_delta(vec2(0.0, scrolled));
        }
    });
    moving::finish(ui, cx, state);
    state.seen = (output.state.clamped_offset().y, output.inner_rect.height());
}

/// The least scrolling that brings a row into view.
fn offset_for(row: usize, (offset, height): (f32, f32)) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a list of sixteen million rows is none")]
    let top = row as f32 * tokens::ROW_HEIGHT;
    let bottom = top + tokens::ROW_HEIGHT;
    if top < offset {
        top
    } else if bottom > offset + height {
        bottom - height
    } else {
        offset
    }
}

fn keys(ui: &Ui, cx: &ViewContext<'_>, state: &mut State) {
    let count = state.rows.len();
    let at = state.cursor.and_then(|key| state.rows.iter().position(|row| row.key() == key));
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let extends = |key| ui.input_mut(|input| input.consume_key(Modifiers::SHIFT, key));
    let page = |ui: &Ui| ((ui.available_height() / tokens::ROW_HEIGHT) as usize).max(1);
    let last = count.saturating_sub(1);
    let next = |at: Option<usize>, step: usize| at.map_or(0, |at| (at + step).min(last));
    let before = |at: Option<usize>, step: usize| at.map_or(0, |at| at.saturating_sub(step));
    let moves = |key| ui.input_mut(|input| input.consume_key(Modifiers::ALT, key));
    if moves(KeyboardKey::ArrowDown) {
        moving::step(cx, state, false);
    } else if moves(KeyboardKey::ArrowUp) {
        moving::step(cx, state, true);
    } else if extends(KeyboardKey::ArrowDown) {
        move_to(cx, state, next(at, 1), true);
    } else if extends(KeyboardKey::ArrowUp) {
        move_to(cx, state, before(at, 1), true);
    } else if pressed(KeyboardKey::ArrowDown) {
        move_to(cx, state, next(at, 1), false);
    } else if pressed(KeyboardKey::ArrowUp) {
        move_to(cx, state, before(at, 1), false);
    } else if pressed(KeyboardKey::PageDown) {
        move_to(cx, state, next(at, page(ui)), false);
    } else if pressed(KeyboardKey::PageUp) {
        move_to(cx, state, before(at, page(ui)), false);
    } else if pressed(KeyboardKey::Home) {
        move_to(cx, state, 0, false);
    } else if pressed(KeyboardKey::End) {
        move_to(cx, state, last, false);
    } else if let Some(row) = at.and_then(|at| state.rows.get(at)).copied() {
        let is_open = match row {
            Row::Section { is_open, .. } => Some(is_open),
            Row::Record { is_open, .. } => is_open,
        };
        if is_open == Some(false) && pressed(KeyboardKey::ArrowRight) {
            state.fold(row.key(), true);
        } else if is_open == Some(true) && pressed(KeyboardKey::ArrowLeft) {
            state.fold(row.key(), false);
        } else if pressed(KeyboardKey::ArrowLeft) {
            if let Some(above) = at.and_then(|at| above(&state.rows, at)) {
                move_to(cx, state, above, false);
            }
        } else if extends(KeyboardKey::F10)
            && let Row::Record { id, .. } = row
        {
            state.menu = Some(KeyMenu { of: id, age: 0 });
        } else if pressed(KeyboardKey::F2)
            && let Row::Record { id, .. } = row
        {
            cx.send(Command::EditName(id));
        }
    }
}

/// The row of the branch in which a row stands: that of the wider actor, or of the section.
fn above(rows: &[Row], at: usize) -> Option<usize> {
    let depth = |row: &Row| match row {
        Row::Section { .. } => None,
        Row::Record { depth, .. } => Some(*depth),
    };
    let own = depth(rows.get(at)?)?;
    rows.get(..at)?.iter().rposition(|row| depth(row).is_none_or(|depth| depth < own))
}

/// What a row is called.
fn name_of(cx: &ViewContext<'_>, key: Key) -> Option<String> {
    match key {
        Key::Section(kind) => Some(capitalised(kind.plural())),
        Key::Record(id) => cx.assessment.record(id).map(|record| cx.assessment.name_of_record(&record)),
    }
}

/// Puts the cursor on a row, and with `extends` selects everything from the anchor to it.
fn move_to(cx: &ViewContext<'_>, state: &mut State, at: usize, extends: bool) {
    let Some(row) = state.rows.get(at).copied() else { return };
    state.cursor = Some(row.key());
    state.reveal = Some(at);
    let Row::Record { id, .. } = row else { return };
    if extends {
        select_to(cx, state, row.key());
    } else {
        state.anchor = Some(row.key());
        choose(cx, id);
    }
}

/// Selects one record; an incident also shows its charts.
fn choose(cx: &ViewContext<'_>, id: AnyId) {
    cx.select(id);
    if let Some(incident) = id.typed::<Incident>() {
        cx.send(Command::ShowIncident(Some(incident)));
    }
}

/// Selects everything from the anchor to a row, which becomes the main one.
fn select_to(cx: &ViewContext<'_>, state: &State, to: Key) {
    let place = |key| state.rows.iter().position(|row| row.key() == key);
    let Some(end) = place(to) else { return };
    let start = state.anchor.and_then(place).unwrap_or(end);
    let range = if start <= end { start..=end } else { end..=start };
    let record = |row: &Row| match row {
        Row::Record { id, .. } => Some(*id),
        Row::Section { .. } => None,
    };
    let mut ids: Vec<AnyId> = state.rows.get(range).unwrap_or_default().iter().filter_map(record).collect();
    if start > end {
        ids.reverse();
    }
    cx.send(Command::Select(ids));
}

/// Makes space of the height of a row.
fn allocate_row(ui: &mut Ui, sense: Sense) -> (eframe::egui::Rect, eframe::egui::Response) {
    ui.allocate_exact_size(vec2(ui.available_width(), tokens::ROW_HEIGHT), sense)
}
