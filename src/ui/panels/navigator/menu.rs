//! The context menu of a record.

use std::cell::Cell;

use eframe::egui::{Button, Response, RichText, Ui, vec2};

use super::rows::Key;
use super::{State, moving};
use crate::edit::{Edit, Transaction};
use crate::model::{AnyId, Incident, Kind};
use crate::ui::tokens::{self, Icon};
use crate::ui::views::ViewKind;
use crate::ui::widgets::{icon_text, named};
use crate::ui::{Action, Command, ViewContext};

const WIDTH: f32 = 220.0;

/// Draws the menu of a record that may be one of several selected ones; with `focuses` its first choice gets the focus.
pub fn show(ui: &mut Ui, cx: &ViewContext<'_>, state: &mut State, (id, name): (AnyId, &str), focuses: bool) {
    ui.set_width(WIDTH);
    // Whatever comes first: which choices there are depends on the record.
    let focuses = Cell::new(focuses);
    let entry = |ui: &mut Ui, icon: Icon, label: &str, keys: &str| {
        let response = entry(ui, icon, label, keys);
        if focuses.take() {
            response.request_focus();
        }
        response.clicked()
    };
    if has_name(id.kind) && entry(ui, Icon::Pencil, "Rename", "F2") {
        cx.send(Command::EditName(id));
    }
    if let Some(incident) = id.typed::<Incident>()
        && entry(ui, Icon::Crosshair, "Show its charts", "")
    {
        cx.send(Command::ShowIncident(Some(incident)));
        cx.send(Command::ShowView(ViewKind::Disagreement));
    }
    let claims = claims_of(cx, id);
    if !claims.is_empty() {
        let label = match claims.len() {
            1 => "Select its claim".to_owned(),
            count => format!("Select its {count} claims"),
        };
        if entry(ui, Icon::MessagesSquare, &label, "") {
            cx.send(Command::Select(claims));
            cx.send(Command::ShowView(ViewKind::Claims));
        }
    }
    if entry(ui, Icon::Copy, "Copy name", "") {
        cx.send(Command::Copy { text: name.to_owned(), what: format!("\"{name}\"") });
    }
    if id.kind.has_order() {
        order(ui, cx, state, id);
    }
    ui.separator();
    let several = cx.is_selected(id) && cx.selection.len() > 1;
    let label = if several { format!("Delete {} records", cx.selection.len()) } else { "Delete".to_owned() };
    if entry(ui, Icon::Trash2, &label, &Action::DeleteSelection.keys_text(ui.ctx())) {
        cx.send(Command::Delete(if several { cx.selection.to_vec() } else { vec![id] }));
    }
}

fn order(ui: &mut Ui, cx: &ViewContext<'_>, state: &mut State, id: AnyId) {
    ui.separator();
    for (icon, label, keys, is_up) in
        [(Icon::ArrowUp, "Move up", "Alt+↑", true), (Icon::ArrowDown, "Move down", "Alt+↓", false)]
    {
        if entry(ui, icon, label, keys).clicked() {
            state.cursor = Some(Key::Record(id));
            moving::step(cx, state, is_up);
        }
    }
    let moved = cx.assessment.record(id).filter(|record| record.sorted_as().is_some());
    if let Some(back) = moved.and_then(|record| record.sorting_as(String::new()))
        && entry(ui, Icon::ArrowDownAZ, "Sort by name", "").clicked()
    {
        let label = format!("Sort {} \"{}\" by name", id.kind.label(), cx.assessment.name_of(id));
        cx.edit(Transaction::new(label, vec![Edit::Replace(back)]));
        cx.send(Command::CloseStep);
    }
}

/// The claims that mention a record. Asked for only while the menu is open.
fn claims_of(cx: &ViewContext<'_>, id: AnyId) -> Vec<AnyId> {
    let mut claims: Vec<AnyId> = cx
        .derived
        .references_to(id)
        .into_iter()
        .map(|(from, _)| from)
        .filter(|from| from.kind == Kind::Claim)
        .collect();
    claims.dedup();
    claims
}

const fn has_name(kind: Kind) -> bool {
    !matches!(kind, Kind::Judgement | Kind::Rating | Kind::Outcome)
}

fn entry(ui: &mut Ui, icon: Icon, label: &str, keys: &str) -> Response {
    let quiet = tokens::palette(ui).quiet;
    let mut button = Button::new((icon_text(icon).color(quiet), label))
        .frame_when_inactive(false)
        .min_size(vec2(WIDTH, 24.0));
    if !keys.is_empty() {
        button = button.shortcut_text(RichText::new(keys).size(tokens::SMALL));
    }
    let response = named(ui.add(button), label);
    if response.clicked() {
        ui.close();
    }
    response
}
