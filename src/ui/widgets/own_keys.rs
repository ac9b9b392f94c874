//! Keys that mean something else to the widget that has the focus than to the window.

use eframe::egui::{Context, Id as EguiId, Ui};

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
