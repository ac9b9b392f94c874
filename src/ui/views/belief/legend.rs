//! What the marks mean.

use eframe::egui::{Rect, Stroke, Ui, vec2};

use super::paint;
use crate::ui::widgets::belief_bar;
use crate::ui::widgets::chart_parts::paint_bar;
use crate::ui::widgets::legend::{entry, line};

/// Draws what the parts of a bar mean.
pub(super) fn show(ui: &mut Ui) {
    let part = |rect: Rect| Rect::from_center_size(rect.center(), vec2(rect.width() - 4.0, 12.0));
    line(ui, |ui| {
        entry(ui, 26.0, "Belief: speaks for it", |painter, rect, palette| {
            paint_bar(painter, part(rect), true, palette);
        });
        entry(ui, 26.0, "Open, up to plausibility", |painter, rect, palette| {
            paint_bar(painter, part(rect), false, palette);
        });
        entry(ui, 26.0, "Speaks against it", |painter, rect, palette| {
            painter.hline(part(rect).x_range(), rect.center().y, Stroke::new(1.0, palette.edge));
        });
        entry(ui, 12.0, "Projected probability", |painter, rect, palette| {
            belief_bar::tick(painter, rect.center(), paint::BAR, palette);
        });
    });
}
