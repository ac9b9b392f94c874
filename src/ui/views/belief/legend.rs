//! What the marks mean.

use eframe::egui::{Rect, Stroke, StrokeKind, Ui, vec2};

use super::paint;
use crate::ui::widgets::belief_bar;
use crate::ui::widgets::legend::entry;
use crate::ui::widgets::marks::paint_hatch;

/// Draws what the parts of a bar mean.
pub(super) fn show(ui: &mut Ui) {
    let part = |rect: Rect| Rect::from_center_size(rect.center(), vec2(rect.width() - 4.0, 12.0));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 2.0);
        entry(ui, 26.0, "Belief: speaks for it", |painter, rect, palette| {
            painter.rect_filled(part(rect), 0, palette.belief);
        });
        entry(ui, 26.0, "Open, up to plausibility", |painter, rect, palette| {
            paint_hatch(painter, part(rect), 5.0, Stroke::new(1.0, palette.edge));
            painter.rect_stroke(part(rect), 0, Stroke::new(1.0, palette.edge), StrokeKind::Inside);
        });
        entry(ui, 26.0, "Speaks against it", |painter, rect, palette| {
            painter.hline(part(rect).x_range(), rect.center().y, Stroke::new(1.0, palette.edge));
        });
        entry(ui, 12.0, "Projected probability", |painter, rect, palette| {
            belief_bar::tick(painter, rect.center(), paint::BAR, palette);
        });
    });
}
