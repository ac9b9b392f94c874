//! Keys that mean something else to the widget that has the focus than to the window.

use eframe::egui::{Context, EventFilter, FocusDirection, Id as EguiId, Key, Modifiers, Response, Ui};

/// Keys that work where the focus is, and what each does, as the shortcut sheet lists them.
pub type KeyLines = &'static [(&'static str, &'static str)];

/// Whether keys go to this widget. Unlike [`Response::has_focus`] it does not ask whether the window has the keyboard too:
/// where it has not, keys come from what works the window for somebody, such as assistive technology.
pub fn has_keyboard(response: &Response) -> bool {
    response.ctx.memory(|memory| memory.has_focus(response.id))
}

/// Whether a chart has the focus; if so, the arrows of `filter` belong to it and do not move the focus.
pub fn holds_arrows(ui: &Ui, id: EguiId, filter: EventFilter) -> bool {
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    if has_focus {
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }
    has_focus
}

/// Whether a key was pressed alone; nobody else gets it.
pub fn pressed(ui: &Ui, key: Key) -> bool {
    let is_pressed = ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if is_pressed {
        // In the first frame with the focus its filter does not hold yet, and an arrow would lead elsewhere.
        ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
    }
    is_pressed
}

/// How many rows a page is for keys.
pub const PAGE: usize = 10;

/// The row to which up, down, Home, End and the keys for pages lead in a list of `count` rows, from the one under the keyboard;
/// the first one where none was.
pub fn row_by_keys(ui: &Ui, now: Option<usize>, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    let steps = [
        (Key::ArrowDown, now.map_or(0, |row| row.saturating_add(1).min(last))),
        (Key::ArrowUp, now.map_or(0, |row| row.saturating_sub(1).min(last))),
        (Key::PageDown, now.map_or(0, |row| row.saturating_add(PAGE).min(last))),
        (Key::PageUp, now.map_or(0, |row| row.saturating_sub(PAGE).min(last))),
        (Key::Home, 0),
        (Key::End, last),
    ];
    steps.into_iter().filter(|(key, _)| pressed(ui, *key)).map(|(_, row)| row).next_back()
}

/// Says that Delete belongs to this widget while it has the focus.
pub fn keep_delete(ui: &Ui, widget: EguiId) {
    ui.data_mut(|data| data.insert_temp(kept(), widget));
}

/// Whether Delete belongs to the widget that has the focus.
pub fn keeps_delete(ctx: &Context) -> bool {
    let keeper: Option<EguiId> = ctx.data(|data| data.get_temp(kept()));
    keeper.is_some() && ctx.memory(|memory| memory.focused()) == keeper
}

fn kept() -> EguiId {
    EguiId::unique("keeps Delete")
}
