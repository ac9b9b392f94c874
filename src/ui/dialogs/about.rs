//! What the program is, and the licences of what it is made of.

use eframe::egui::{Context, Label, ScrollArea, Ui};

use super::{buttons, dialog, main_button};
use crate::ui::tokens::bold;
use crate::ui::widgets::{quiet, section_title};
use crate::ui::{Command, ViewContext};

/// What is bundled: its name, its licence, who made it.
const BUNDLED: &[(&str, &str, &str)] = &[
    (
        "Noto Sans",
        "Apache License 2.0",
        "Copyright 2012 Google Inc. The crate notosans, which brings it, has the SIL Open Font License 1.1 beside it",
    ),
    (
        "Lucide icons",
        "ISC License",
        "Copyright Lucide Icons and Contributors; parts derived from Feather, copyright Cole Bemis, MIT License",
    ),
    ("Ubuntu Light", "Ubuntu Font Licence 1.0", "Copyright 2011 Canonical Ltd. Comes with egui"),
    (
        "Hack",
        "MIT License and Bitstream Vera License",
        "Copyright 2018 Source Foundry Authors, copyright 2003 Bitstream, Inc. Comes with egui",
    ),
    ("emoji-icon-font, five glyphs of it", "MIT License", "Copyright 2014 John Slegers. Comes with egui"),
];

const LIBRARIES: &str = "Ascribe is written in Rust with egui, eframe, egui_plot, egui_table and egui_tiles and with other \
                         libraries from crates.io, nearly all under the MIT License or the Apache License 2.0, a few under the \
                         ISC, Zlib, Unicode and Boost licences or the Mozilla Public License 2.0 (nucleo-matcher and option-ext, \
                         whose source is at crates.io). The file Cargo.lock of the source names every one and its \
                         version.";

/// Draws the window; whether it is to be closed.
pub fn show(ctx: &Context, cx: &ViewContext<'_>) -> bool {
    let height = ctx.content_rect().height() - 260.0;
    let mut is_done = false;
    let closed = dialog(ctx, "About Ascribe", 560.0, |ui| {
        ui.label(quiet(ui, format!("Version {}", env!("CARGO_PKG_VERSION"))));
        ui.add(Label::new(env!("CARGO_PKG_DESCRIPTION")).wrap());
        ui.add(
            Label::new("Free software under the MIT License or the Apache License 2.0, whichever you prefer")
                .wrap(),
        );
        ui.add_space(8.0);
        ScrollArea::vertical().max_height(height.max(120.0)).show(ui, |ui| {
            section_title(ui, "Typefaces and icons");
            for (name, licence, holder) in BUNDLED {
                bundled(ui, name, licence, holder);
            }
            section_title(ui, "Libraries");
            let text = quiet(ui, LIBRARIES);
            ui.add(Label::new(text).wrap());
        });
        buttons(ui, |ui| {
            is_done = main_button(ui, "Close", true).clicked();
            if super::other_button(ui, "Copy version").clicked() {
                let text = format!("Ascribe {} on {}", env!("CARGO_PKG_VERSION"), std::env::consts::OS);
                cx.send(Command::Copy { text, what: "the version".to_owned() });
            }
        });
    });
    is_done || closed
}

fn bundled(ui: &mut Ui, name: &str, licence: &str, holder: &str) {
    ui.horizontal_wrapped(|ui| {
        ui.label(bold(name));
        ui.label(licence);
    });
    let holder = quiet(ui, holder).size(crate::ui::tokens::SMALL);
    ui.add(Label::new(holder).wrap());
    ui.add_space(4.0);
}
