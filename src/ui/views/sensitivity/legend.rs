//! What the marks mean.

use eframe::egui::{Rect, Ui, vec2};

use super::{stability, tornado};
use crate::analysis::ach::stability::Move;
use crate::ui::widgets::legend::entry;
use crate::ui::widgets::marks::paint_relation;

/// Draws what the marks of both charts mean.
pub(super) fn show(ui: &mut Ui) {
    line(ui, |ui| {
        tornado_entries(ui);
        stability_entries(ui);
    });
}

/// Entries in one or, where that is too narrow, several lines.
pub(super) fn line(ui: &mut Ui, entries: impl FnOnce(&mut Ui)) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 2.0);
        entries(ui);
    });
}

/// What the marks of the tornado mean.
pub(super) fn tornado_entries(ui: &mut Ui) {
    entry(ui, 12.0, "Margin now", tornado::paint_now);
    entry(ui, 26.0, "After the change", |painter, rect, palette| {
        let bar = Rect::from_center_size(rect.center(), vec2(rect.width() - 4.0, 8.0));
        tornado::paint_part(painter, bar, true, palette);
    });
    entry(ui, 26.0, "Behind another one", |painter, rect, palette| {
        let bar = Rect::from_center_size(rect.center(), vec2(rect.width() - 4.0, 8.0));
        tornado::paint_part(painter, bar, false, palette);
    });
    entry(ui, 12.0, "Changes the leader", |painter, rect, palette| {
        paint_relation(painter, rect.center(), 4.5, crate::analysis::Relation::Contradicts, palette);
    });
}

/// What the bars of the stability mean.
pub(super) fn stability_entries(ui: &mut Ui) {
    for how in Move::ALL {
        let label = format!("Each rating moves {}", how.label());
        entry(ui, 26.0, &label, |painter, rect, palette| {
            let bar = Rect::from_center_size(rect.center(), vec2(rect.width() - 4.0, 8.0));
            stability::paint_bar(painter, bar, how, palette);
        });
    }
}
