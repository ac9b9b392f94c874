//! Circular reporting, in words: what goes back to itself, and so is no origin.

use eframe::egui::{Button, CollapsingHeader, RichText, ScrollArea, Sense, Ui, Vec2};

use super::canvas::Wanted;
use super::{Memo, State};
use crate::ui::tokens;
use crate::ui::widgets::marks::paint_warning;
use crate::ui::widgets::named;

/// How many circles are shown before the list scrolls.
const ROWS: usize = 3;

/// Draws the list; nothing where there is no circle. A click shows one.
pub(super) fn show(ui: &mut Ui, memo: &Memo, state: &mut State) {
    let circles = &memo.chart.circles;
    if circles.is_empty() {
        return;
    }
    let palette = tokens::palette(ui);
    let title = match circles.len() {
        1 => "Circular reporting: 1 circle".to_owned(),
        count => format!("Circular reporting: {count} circles"),
    };
    let id = ui.make_persistent_id("provenance circles");
    CollapsingHeader::new(RichText::new(title).size(tokens::SMALL).color(palette.contradicts))
        .id_salt(id)
        .default_open(true)
        .show_unindented(ui, |ui| {
            let row = tokens::ROW_HEIGHT;
            let height = circles.len().min(ROWS) as f32 * (row + ui.spacing().item_spacing.y);
            let scroll =
                ScrollArea::vertical().id_salt("circles").max_height(height).auto_shrink([false, true]);
            scroll.show_rows(ui, row, circles.len(), |ui, rows| {
                for circle in circles.get(rows).unwrap_or_default() {
                    ui.horizontal(|ui| {
                        let (rect, _) = ui.allocate_exact_size(Vec2::splat(row), Sense::hover());
                        paint_warning(ui.painter(), rect.center(), 5.5, palette);
                        let button = Button::new(&circle.sentence).frame_when_inactive(false).truncate();
                        let response = named(ui.add(button), &circle.sentence);
                        if response.on_hover_text(format!("{}. Click to show it", circle.sentence)).clicked()
                        {
                            state.shows_table = false;
                            state.wants_view = Some(Wanted::Nodes(circle.nodes.clone()));
                        }
                    });
                }
            });
        });
}
