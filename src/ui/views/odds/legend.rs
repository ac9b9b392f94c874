//! What the marks mean.

use eframe::egui::{Rect, Ui, vec2};

use super::{hypotheses, pair};
use crate::ui::widgets::legend::entry;
use crate::ui::widgets::quiet;

/// Draws what the marks of the charts mean.
pub(super) fn show(ui: &mut Ui, has_groups: bool) {
    line(ui, |ui| {
        posterior_entries(ui);
        pair_entries(ui, has_groups);
    });
}

/// Entries in one or, where that is too narrow, several lines.
pub(super) fn line(ui: &mut Ui, entries: impl FnOnce(&mut Ui)) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 2.0);
        entries(ui);
    });
}

/// What the marks of the probabilities mean.
pub(super) fn posterior_entries(ui: &mut Ui) {
    entry(ui, 26.0, "Posterior", |painter, rect, palette| {
        let bar = Rect::from_center_size(rect.center(), vec2(rect.width() - 4.0, 10.0));
        painter.rect_filled(bar, 0, palette.belief);
    });
    entry(ui, 12.0, "Prior", |painter, rect, palette| {
        hypotheses::paint_prior(painter, rect.center(), palette);
    });
}

/// What the bars of a pair mean.
pub(super) fn pair_entries(ui: &mut Ui, has_groups: bool) {
    entry(ui, 26.0, "Speaks for the first", |painter, rect, palette| {
        let bar = Rect::from_center_size(rect.center(), vec2(rect.width() - 4.0, 10.0));
        pair::paint_bar(painter, bar, true, palette);
    });
    entry(ui, 26.0, "For its rival", |painter, rect, palette| {
        let bar = Rect::from_center_size(rect.center(), vec2(rect.width() - 4.0, 10.0));
        pair::paint_bar(painter, bar, false, palette);
    });
    if has_groups {
        ui.label(
            quiet(ui, "×½: tempered, as one of a dependence group (a heuristic)")
                .size(crate::ui::tokens::SMALL),
        );
    }
}
