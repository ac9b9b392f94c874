//! The links between actors that bear on the incident shown, each with its switch.

use eframe::egui::{Button, CollapsingHeader, Label, RichText, Role, ScrollArea, Ui, WidgetInfo};

use crate::analysis::charts::ActorLink;
use crate::model::Stance;
use crate::ui::ViewContext;
use crate::ui::tokens::{self, Icon};
use crate::ui::widgets::bare_checkbox;

/// How many links are shown before the list scrolls.
const ROWS: usize = 3;

/// What a link says, such as "Turbine Panda = APT26".
pub(crate) fn link_text(cx: &ViewContext<'_>, link: &ActorLink) -> String {
    let not = if link.stance == Stance::Denies { "denies: " } else { "" };
    let (first, second) = (cx.assessment.name_of(link.first), cx.assessment.name_of(link.second));
    format!("{not}{first} {} {second}", link.kind.verb())
}

/// The switch of a link, with its name for screen readers. A link that can change nothing is shown with the reason.
pub(crate) fn link_switch(ui: &mut Ui, cx: &ViewContext<'_>, link: &ActorLink) {
    let text = link_text(cx, link);
    let mut accepted = link.accepted;
    let is_live = link.stance == Stance::Asserts && link.is_standing;
    let response = bare_checkbox(ui, &mut accepted, is_live);
    let name = format!("Accept: {text} ({})", link.source_name);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, is_live, accepted, &name));
    if response.changed() {
        cx.accept_link(link.claim, accepted);
    }
    let reason = if link.stance == Stance::Asserts {
        "Its source no longer stands by it"
    } else {
        "Only an asserted link can be accepted"
    };
    response
        .on_hover_text("Accept this link: every comparison then takes it as given")
        .on_disabled_hover_text(reason);
}

/// Draws the strip. Nothing where no link bears on the incident.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, links: &[ActorLink]) {
    if links.is_empty() {
        return;
    }
    let palette = tokens::palette(ui);
    let accepted = links.iter().filter(|link| link.is_applied).count();
    let title = format!("Links between these actors: {accepted} of {} accepted", links.len());
    let id = ui.make_persistent_id("links strip");
    CollapsingHeader::new(RichText::new(title).size(tokens::SMALL).color(palette.quiet))
        .id_salt(id)
        .default_open(links.len() <= ROWS)
        .show_unindented(ui, |ui| {
            let row = tokens::ROW_HEIGHT;
            let height = links.len().min(ROWS) as f32 * (row + ui.spacing().item_spacing.y);
            ScrollArea::vertical().id_salt("links").max_height(height).auto_shrink([false, true]).show_rows(
                ui,
                row,
                links.len(),
                |ui, rows| {
                    for link in links.get(rows).unwrap_or_default() {
                        show_link(ui, cx, link);
                    }
                },
            );
        });
}

fn show_link(ui: &mut Ui, cx: &ViewContext<'_>, link: &ActorLink) {
    let palette = tokens::palette(ui);
    ui.horizontal(|ui| {
        ui.set_height(tokens::ROW_HEIGHT);
        link_switch(ui, cx, link);
        let confidence = link.confidence.map_or("confidence not stated".to_owned(), |it| {
            format!("{} confidence", it.label().to_lowercase())
        });
        if link.is_rejected {
            let text = format!("{}  would close a circle", char::from(Icon::TriangleAlert));
            ui.label(RichText::new(text).color(palette.overlaps)).on_hover_text(
                "It is accepted, and left out: with the other links it would make an actor a part of itself",
            );
        }
        let text = RichText::new(link_text(cx, link));
        let button = Button::new(text).frame(false).truncate();
        if ui.add(button).on_hover_text("Select this claim").clicked() {
            cx.select(link.claim);
        }
        let detail = format!("{} · {confidence}", link.source_name);
        ui.add(Label::new(RichText::new(detail).color(palette.quiet)).truncate());
    });
}
