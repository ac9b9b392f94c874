//! Keys that mean something else to the widget that has the focus than to the window.

use eframe::egui::{Context, Id as EguiId, Response, Ui};

/// Whether keys go to this widget. Unlike [`Response::has_focus`] it does not ask whether the window has the keyboard too:
/// where it has not, keys come from what works the window for somebody, such as assistive technology.
pub fn has_keyboard(response: &Response) -> bool {
    response.ctx.memory(|memory| memory.has_focus(response.id))
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
