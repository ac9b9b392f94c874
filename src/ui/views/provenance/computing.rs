//! The map while it is not there yet.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use eframe::egui::Ui;

use crate::analysis::charts::provenance::{ProvenanceMap, Room, Scope};
use crate::analysis::progress::Stage;
use crate::ui::command::Computation;
use crate::ui::tokens;
use crate::ui::widgets::{Computing, computing_words};
use crate::ui::{Command, ViewContext};

/// Up to how many claims and documents it is laid out within a frame.
const AT_ONCE: usize = 300;

/// How far a map has come.
pub(super) type Map = Computing<Arc<ProvenanceMap>>;

/// Where the claims in scope come from, for a room: laid out at once where that is quick, else asked for.
pub(super) fn map(cx: &ViewContext<'_>, scope: &Scope, room: Room) -> Map {
    match cx.derived.provenance_stage(scope, room) {
        Stage::Done(map) => Computing::Done(map),
        Stage::Running(fraction) => Computing::Running(fraction),
        Stage::Stopped => Computing::Stopped,
        Stage::NotBegun => {
            let lay_out = || cx.derived.provenance_map(scope, room, &AtomicBool::new(false));
            let map = is_quick(cx, scope).then(lay_out);
            map.flatten().map_or_else(
                || {
                    cx.send(Command::Compute(Computation::Provenance(scope.clone(), room)));
                    Computing::Running(0.0)
                },
                Computing::Done,
            )
        }
    }
}

fn is_quick(cx: &ViewContext<'_>, scope: &Scope) -> bool {
    match scope.incident {
        Some(incident) => cx.derived.claims_of(incident).len() <= AT_ONCE,
        None => cx.assessment.claims.len() + cx.assessment.documents.len() <= AT_ONCE,
    }
}

/// Says how far it has come, or offers to begin again.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, computing: &Map, scope: &Scope, room: Room) {
    let words = ["Laying out documents and claims…", "Laying out was stopped", "Lay out"];
    ui.add_space(tokens::PADDING);
    ui.vertical_centered(|ui| {
        computing_words(ui, words, computing, || {
            cx.send(Command::Compute(Computation::Provenance(scope.clone(), room)));
        });
    });
}
