//! What a record is linked to, and ways to other records.

use eframe::egui::{self, AtomExt as _, Button, RichText, Ui};

use super::facts::Facts;
use super::form::section;
use crate::model::AnyId;
use crate::ui::ViewContext;
use crate::ui::panels::navigator::icon_of_kind;
use crate::ui::tokens;
use crate::ui::widgets::{fields, grouped, quiet};

/// The name of a record; a click selects it.
pub(super) fn link(ui: &mut Ui, cx: &ViewContext<'_>, id: AnyId) {
    let palette = tokens::palette(ui);
    let name = cx.assessment.name_of(id);
    let icon = RichText::new(char::from(icon_of_kind(id.kind))).color(palette.quiet);
    let height = egui::vec2(0.0, tokens::ROW_HEIGHT);
    let button = Button::new((icon, RichText::new(&name).atom_shrink(true)))
        .frame_when_inactive(false)
        .truncate()
        .min_size(height);
    let response = ui.add(button);
    fields::name(&response, &format!("Show {} {name}", id.kind.label()));
    if response.on_hover_text(&name).clicked() {
        cx.select(id);
    }
}

/// The records that mention this one.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, facts: &Facts) {
    section(ui, "Linked to");
    if facts.mentioned_by.is_empty() {
        ui.label(quiet(ui, "No other record mentions it"));
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    for (kind, mentions) in &facts.mentioned_by {
        let title = if mentions.count == 1 {
            format!("1 {}", kind.label())
        } else {
            format!("{} {}", grouped(mentions.count), kind.plural())
        };
        ui.add_space(tokens::GRID);
        ui.label(quiet(ui, title).size(tokens::SMALL));
        for id in &mentions.listed {
            link(ui, cx, *id);
        }
        let more = mentions.count - mentions.listed.len();
        if more > 0 {
            ui.label(quiet(ui, format!("and {} more", grouped(more))).size(tokens::SMALL));
        }
    }
}
