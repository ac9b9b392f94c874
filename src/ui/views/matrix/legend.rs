//! What the signs of the matrix mean, and which keys rate.

use eframe::egui::{Align2, FontId, Rect, Sense, Ui, vec2};

use super::grid::{fill, paint_dispute, paint_own};
use crate::analysis::ach::DisputeLevel;
use crate::analysis::charts::matrix::rating_words;
use crate::model::RatingValue;
use crate::ui::tokens;
use crate::ui::widgets::quiet;

/// Draws the legend.
pub(super) fn show(ui: &mut Ui) {
    let palette = tokens::palette(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 2.0);
        for (key, value) in RatingValue::ALL.iter().enumerate() {
            let (rect, _) = ui.allocate_exact_size(vec2(24.0, 16.0), Sense::hover());
            if let Some(colour) = fill(palette, *value) {
                ui.painter().rect_filled(rect, 2, colour);
            }
            let font = FontId::proportional(tokens::SMALL);
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, value.label(), font, palette.text);
            let key =
                if *value == RatingValue::NotApplicable { "X".to_owned() } else { (key + 1).to_string() };
            note(ui, &format!("{} ({key})", rating_words(*value)));
        }
        sign(ui, |ui, rect| paint_own(ui.painter(), rect, palette));
        note(ui, "one’s own");
        for level in [DisputeLevel::Mild, DisputeLevel::Strong, DisputeLevel::Extreme] {
            sign(ui, |ui, rect| paint_dispute(ui.painter(), rect, level, palette));
            note(ui, level.label());
        }
        note(ui, "· Delete takes back · Enter: reason · E leaves out");
    });
}

fn sign(ui: &mut Ui, paint: impl FnOnce(&Ui, Rect)) {
    let (rect, _) = ui.allocate_exact_size(vec2(14.0, 14.0), Sense::hover());
    paint(ui, rect);
}

fn note(ui: &mut Ui, text: &str) {
    ui.label(quiet(ui, text).size(tokens::SMALL));
}
