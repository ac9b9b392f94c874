//! What can be done with the selected claims.

use eframe::egui::{self, Layout, Popup, PopupAnchor, PopupKind, Pos2, SetOpenCommand, Ui};

use super::State;
use super::cell_edit::Editing;
use super::columns::Column;
use crate::edit::{self, Edit, Transaction};
use crate::model::{AnyId, Claim, Entity, Id, Status};
use crate::ui::tokens::Icon;
use crate::ui::widgets::{counted, menu_item};
use crate::ui::{Command, ViewContext};

/// The cell whose menu is open, and where it was opened.
#[derive(Clone, Copy, Debug)]
pub struct MenuTarget {
    /// The claim.
    pub claim: Id<Claim>,
    /// The column.
    pub column: Column,
    /// Where the menu stands.
    pub at: Pos2,
    /// Whether it is to be opened in this frame.
    pub is_new: bool,
}

/// Draws the menu where it is open.
pub fn show(ui: &Ui, cx: &ViewContext<'_>, state: &mut State, columns: &[Column]) {
    let Some(mut target) = state.menu else { return };
    let Some(claim) = cx.assessment.get(target.claim) else {
        state.menu = None;
        return;
    };
    let open = std::mem::take(&mut target.is_new).then_some(SetOpenCommand::Bool(true));
    state.menu = Some(target);
    let id = egui::Id::unique("claims menu");
    let popup = Popup::new(id, ui.ctx().clone(), PopupAnchor::Position(target.at), ui.layer_id())
        .kind(PopupKind::Menu)
        .layout(Layout::top_down_justified(egui::Align::Min))
        .style(egui::containers::menu::menu_style)
        .accessible_name("Claim menu")
        .gap(0.0)
        .open_memory(open);
    if popup.show(|ui| items(ui, cx, state, claim, target.column, columns)).is_none() {
        state.menu = None;
    }
}

fn items(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    state: &mut State,
    claim: &Claim,
    column: Column,
    columns: &[Column],
) {
    ui.set_min_width(220.0);
    let selected = selected_claims(cx);
    let several = selected.len() > 1;
    let item = |ui: &mut Ui, icon: Icon, text: &str| menu_item(ui, icon, text).clicked();

    if item(ui, Icon::Pencil, &format!("Edit {}", column.label().to_lowercase())) {
        state.begin_edit(cx, claim, column, None);
    }
    if item(ui, Icon::Copy, if several { "Copy rows" } else { "Copy row" }) {
        super::copy_rows(cx, state, columns);
    }
    if item(ui, Icon::CopyPlus, if several { "Duplicate claims" } else { "Duplicate claim" }) {
        duplicate(cx, &selected);
    }
    if item(ui, Icon::Trash2, if several { "Delete claims" } else { "Delete claim" }) {
        cx.send(Command::Delete(selected.iter().map(|claim| claim.id.into()).collect()));
    }
    ui.separator();
    let all_retracted = selected.iter().all(|claim| matches!(claim.status, Status::Retracted { .. }));
    if item(ui, Icon::Undo, if all_retracted { "Mark as standing" } else { "Mark as retracted" }) {
        let status = if all_retracted { Status::Standing } else { Status::Retracted { on: None } };
        change_all(cx, &selected, "Change status of", |claim| claim.status = status);
    }
    if item(ui, Icon::Repeat2, "Repeats…") {
        begin_repeats(cx, state, claim, columns);
    }
    if selected.iter().any(|claim| claim.proposition.is_link()) {
        let accepts = !claim.accepted;
        if item(ui, Icon::Link2, if accepts { "Accept link" } else { "Do not accept link" }) {
            cx.edit(edit::accept_links(selected.iter().copied(), accepts));
        }
    }
    if selected.iter().any(|claim| claim.proposition.incident().is_some())
        && item(
            ui,
            Icon::FileSearch,
            if several { "Make evidence from claims" } else { "Make evidence from claim" },
        )
    {
        cx.send(Command::Do(crate::ui::Action::EvidenceFromClaims));
    }
    ui.separator();
    if let Some(incident) = claim.proposition.incident()
        && item(ui, Icon::Zap, "Show incident")
    {
        cx.send(Command::ShowIncident(Some(incident)));
    }
    if item(ui, Icon::Megaphone, "Select source") {
        cx.select(claim.source);
    }
    if item(ui, Icon::ListTree, "Select what repeats this") {
        let repeating = cx.assessment.claims.iter().filter(|other| other.repeats.contains(&claim.id));
        let ids: Vec<AnyId> = repeating.map(|other| other.id.into()).collect();
        if ids.is_empty() {
            cx.send(Command::Notify(crate::ui::command::Notice::info("No claim repeats this one")));
        } else {
            cx.send(Command::Select(ids));
        }
    }
}

fn begin_repeats(cx: &ViewContext<'_>, state: &mut State, claim: &Claim, columns: &[Column]) {
    if !columns.contains(&Column::Origin) {
        let mut chosen = columns.to_vec();
        chosen.push(Column::Origin);
        chosen.sort_unstable();
        state.columns = Some(chosen);
    }
    state.begin_edit(cx, claim, Column::Origin, None);
}

/// The selected claims, in the order in which they were selected.
pub fn selected_claims<'a>(cx: &ViewContext<'a>) -> Vec<&'a Claim> {
    let claims = cx.selection.iter().filter_map(|id| id.typed::<Claim>());
    claims.filter_map(|id| cx.assessment.claims.get(id)).collect()
}

fn duplicate(cx: &ViewContext<'_>, claims: &[&Claim]) {
    let copies: Vec<Claim> =
        claims.iter().map(|claim| Claim { id: cx.new_id(), ..(*claim).clone() }).collect();
    let ids = copies.iter().map(|copy| AnyId::from(copy.id)).collect();
    let label = counted(copies.len(), "claim");
    let edits = copies.into_iter().map(|copy| Edit::Insert(copy.into_record())).collect();
    cx.edit(Transaction::new(format!("Duplicate {label}"), edits));
    cx.send(Command::Select(ids));
}

/// Changes several claims in one step.
pub fn change_all(cx: &ViewContext<'_>, claims: &[&Claim], what: &str, change: impl Fn(&mut Claim)) {
    let changed = claims.iter().filter_map(|claim| {
        let mut new = (*claim).clone();
        change(&mut new);
        (new != **claim).then(|| Edit::Replace(new.into_record()))
    });
    let edits: Vec<Edit> = changed.collect();
    let label = format!("{what} {}", counted(edits.len(), "claim"));
    cx.edit(Transaction::new(label, edits));
}

/// Turns the switch of a link.
pub fn toggle_link(cx: &ViewContext<'_>, id: Id<Claim>) {
    if let Some(claim) = cx.assessment.get(id) {
        cx.accept_link(id, !claim.accepted);
    }
}

impl State {
    /// Begins to edit a value, or says why that is not possible here.
    pub(super) fn begin_edit(
        &mut self,
        cx: &ViewContext<'_>,
        claim: &Claim,
        column: Column,
        typed: Option<String>,
    ) {
        if column == Column::Link && claim.proposition.is_link() {
            toggle_link(cx, claim.id);
            return;
        }
        match Editing::begin(cx.assessment, claim, column, typed) {
            Ok(editing) => self.editing = Some(editing),
            Err(reason) => cx.send(Command::Notify(crate::ui::command::Notice::info(reason))),
        }
    }
}
