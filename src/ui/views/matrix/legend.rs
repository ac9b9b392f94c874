//! What the signs of the matrix mean, and which keys rate.

use eframe::egui::{Align2, FontId, Label, Rect, Sense, TextWrapMode, Ui, vec2};

use super::paint;
use crate::analysis::ach::DisputeLevel;
use crate::analysis::charts::matrix::rating_words;
use crate::model::RatingValue;
use crate::ui::figure::is_figure;
use crate::ui::tokens;
use crate::ui::widgets::{quiet, rating_colour};

/// The keys that do not rate.
const KEYS: [&str; 5] = [
    "· Delete takes back",
    "· Enter: reason",
    "· H: history and comments",
    "· E leaves out",
    "· D: next difference",
];

/// Draws the legend, for one rating in a cell or for those of two analysts.
pub(super) fn show(ui: &mut Ui, is_of_two: bool) {
    let palette = tokens::palette(ui);
    // On paper there are no keys, and nobody works.
    let is_on_paper = is_figure(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 2.0);
        for (key, value) in RatingValue::ALL.iter().enumerate() {
            let (rect, _) = ui.allocate_exact_size(vec2(24.0, 16.0), Sense::hover());
            if let Some(colour) = rating_colour(palette, *value) {
                ui.painter().rect_filled(rect, 2, colour);
            }
            let font = FontId::proportional(tokens::SMALL);
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, value.label(), font, palette.text);
            let key =
                if *value == RatingValue::NotApplicable { "X".to_owned() } else { (key + 1).to_string() };
            let key = if is_on_paper { String::new() } else { format!(" ({key})") };
            note(ui, &format!("{}{key}", rating_words(*value)));
        }
        if !is_on_paper && !is_of_two {
            sign(ui, |ui, rect| paint::own(ui.painter(), rect, palette));
            note(ui, "one’s own");
        }
        for level in [DisputeLevel::Mild, DisputeLevel::Strong, DisputeLevel::Extreme] {
            sign(ui, |ui, rect| paint::dispute(ui.painter(), rect, level, palette));
            note(ui, level.label());
        }
        sign(ui, |ui, rect| paint::remarks(ui.painter(), rect, true, palette));
        note(ui, "comments");
        if !is_on_paper {
            for key in KEYS {
                note(ui, key);
            }
        }
    });
}

fn sign(ui: &mut Ui, paint: impl FnOnce(&Ui, Rect)) {
    let (rect, _) = ui.allocate_exact_size(vec2(14.0, 14.0), Sense::hover());
    paint(ui, rect);
}

fn note(ui: &mut Ui, text: &str) {
    let text = quiet(ui, text).size(tokens::SMALL);
    // A phrase goes to the next line as a whole.
    ui.add(Label::new(text).wrap_mode(TextWrapMode::Extend));
}
