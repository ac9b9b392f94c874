//! Ratings of cells of the evidence matrix, as they look everywhere.

use eframe::egui::{Align2, Button, Color32, FontId, Label, RichText, Sense, Ui, vec2};

use super::fields;
use super::text::{moment, quiet};
use crate::analysis::charts::matrix::rating_words;
use crate::model::{Rating, RatingValue};
use crate::ui::ViewContext;
use crate::ui::tokens::{self, Palette, bold};

/// Draws a rating: its letters, whose it is, when, whether it still holds, and why. A click shows it in the inspector.
pub fn rating_line(ui: &mut Ui, cx: &ViewContext<'_>, rating: &Rating, (holds, is_indented): (bool, bool)) {
    let palette = tokens::palette(ui);
    let name = cx.assessment.name_of(rating.analyst);
    let when = moment(rating.rated_at);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = tokens::PADDING;
        if is_indented {
            ui.add_space(tokens::SECTION_GAP);
        }
        let (rect, _) = ui.allocate_exact_size(vec2(28.0, 20.0), Sense::hover());
        if let Some(colour) = rating_colour(palette, rating.value).filter(|_| holds) {
            ui.painter().rect_filled(rect, 2, colour);
        }
        let colour = if holds { palette.text } else { palette.quiet };
        let font = FontId::proportional(tokens::SMALL);
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, rating.value.label(), font, colour);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let round = if rating.round == 0 { String::new() } else { format!(" · round {}", rating.round) };
            let until = if holds { "" } else { " · changed since" };
            let text = if holds { bold(&name) } else { quiet(ui, &name) };
            let note = quiet(ui, format!("{when}{round}{until}")).size(tokens::SMALL);
            let button = Button::new((text, note)).frame_when_inactive(false).truncate();
            let response = ui.add(button);
            let words = rating_words(rating.value);
            fields::name(&response, &format!("Rating by {name}: {words}, {when}{until}"));
            if response.on_hover_text("Show this rating in the inspector").clicked() {
                cx.select(rating.id);
            }
            if !rating.reason.is_empty() {
                let text = if holds { RichText::new(&rating.reason) } else { quiet(ui, &rating.reason) };
                ui.horizontal_top(|ui| {
                    ui.add_space(ui.spacing().button_padding.x);
                    ui.add(Label::new(text).wrap());
                });
            }
        });
    });
}

/// What stands behind the letters of a rating; nothing for "not applicable".
pub fn rating_colour(palette: &Palette, value: RatingValue) -> Option<Color32> {
    let place = match value {
        RatingValue::VeryConsistent => 0,
        RatingValue::Consistent => 1,
        RatingValue::Neutral => 2,
        RatingValue::Inconsistent => 3,
        RatingValue::VeryInconsistent => 4,
        RatingValue::NotApplicable => return None,
    };
    palette.ratings.get(place).copied()
}
