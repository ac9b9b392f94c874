//! Moving records: into another order, or an actor into another whole. By dragging a row, or with Alt and an arrow.

use eframe::egui::{self, Align2, FontId, Key as KeyboardKey, Order, Pos2, Rect, Response, Stroke, Ui};

use super::State;
use super::rows::{Key, Row};
use crate::edit;
use crate::model::{Actor, AnyId, Id, Kind};
use crate::ui::command::Notice;
use crate::ui::panels::inspector::closes_circle;
use crate::ui::tokens;
use crate::ui::{Command, ViewContext};

/// How near to an end of the tree the pointer scrolls it.
const EDGE: f32 = 24.0;

/// A row that is being dragged.
#[derive(Clone, Debug, PartialEq)]
pub struct Drag {
    id: AnyId,
    /// The wider actor under which the row stood.
    parent: Option<AnyId>,
    target: Option<Target>,
}

/// Where a dragged row would go.
#[derive(Clone, Debug, PartialEq)]
enum Target {
    /// Between two records, or to an end.
    Between(Option<AnyId>, Option<AnyId>),
    /// Into a wider actor, or out of all where there is none; with the reason why not.
    Into(Option<AnyId>, Option<String>),
}

/// Whether a record can be moved.
pub const fn can_move(kind: Kind) -> bool {
    kind.has_order() || matches!(kind, Kind::Actor)
}

/// Takes up the row of a record, if it is being dragged.
pub fn take_up(state: &mut State, place: usize, id: AnyId, response: &Response) {
    if response.drag_started() && can_move(id.kind) {
        state.cursor = Some(Key::Record(id));
        state.drag = Some(Drag { id, parent: parent(state, place), target: None });
    }
}

/// Shows where the dragged row would go, if the pointer is over this one.
pub fn hover(ui: &Ui, cx: &ViewContext<'_>, state: &mut State, place: usize, row: Row, rect: Rect) {
    let Some(drag) = &state.drag else { return };
    let Some(at) = ui.ctx().pointer_interact_pos() else { return };
    if !rect.contains(at) || !ui.clip_rect().contains(at) {
        return;
    }
    let palette = tokens::palette(ui);
    let target = match row {
        Row::Section { kind: Kind::Actor, .. } if drag.id.kind == Kind::Actor => {
            outline(ui, rect, palette.accent);
            Target::Into(None, None)
        }
        Row::Record { id, .. } if drag.id.kind == Kind::Actor && id.kind == Kind::Actor => {
            if id == drag.id {
                return;
            }
            let refusal = refusal(cx, drag.id, id);
            outline(ui, rect, if refusal.is_some() { palette.contradicts } else { palette.accent });
            Target::Into(Some(id), refusal)
        }
        Row::Record { id, .. } if id.kind == drag.id.kind => {
            let is_above = at.y < rect.center().y;
            let y = if is_above { rect.top() } else { rect.bottom() };
            line(ui, rect, y.max(ui.clip_rect().top() + 1.0).min(ui.clip_rect().bottom() - 1.0));
            let gap = if is_above { place } else { place + 1 };
            let (before, after) = around(state, gap, id.kind);
            Target::Between(before, after)
        }
        _ => return,
    };
    if let Some(drag) = &mut state.drag {
        drag.target = Some(target);
    }
}

/// Ends a drag where the button was released, and says what it would do until then. To be called after the rows.
pub fn finish(ui: &mut Ui, cx: &ViewContext<'_>, state: &mut State) {
    let Some(drag) = state.drag.clone() else { return };
    if ui.input(|input| input.key_pressed(KeyboardKey::Escape)) {
        state.drag = None;
        return;
    }
    if ui.input(|input| input.pointer.any_released() || !input.pointer.any_down()) {
        state.drag = None;
        carry_out(cx, &drag);
        return;
    }
    ui.set_cursor_icon(egui::CursorIcon::Grabbing);
    if let Some(at) = ui.ctx().pointer_interact_pos() {
        tell(ui, cx, &drag, at);
    }
    if let Some(drag) = &mut state.drag {
        drag.target = None;
    }
}

/// How far the tree is to be scrolled since a dragged row is held at one of its ends.
pub fn scrolling(ui: &Ui, state: &State) -> f32 {
    let Some(at) = ui.ctx().pointer_interact_pos().filter(|_| state.drag.is_some()) else { return 0.0 };
    let seen = ui.clip_rect();
    let step = if at.y < seen.top() + EDGE {
        6.0
    } else if at.y > seen.bottom() - EDGE {
        -6.0
    } else {
        return 0.0;
    };
    ui.ctx().request_repaint();
    step
}

/// Moves the record with the cursor one place up or down.
pub fn step(cx: &ViewContext<'_>, state: &mut State, is_up: bool) {
    let Some(place) = state.cursor.and_then(|key| state.rows.iter().position(|row| row.key() == key)) else {
        return;
    };
    let Some(Row::Record { id, .. }) = state.rows.get(place).copied() else { return };
    if id.kind == Kind::Actor {
        let text = "Actors stand in their hierarchy: drag one onto another, or change what it belongs to";
        cx.send(Command::Notify(Notice::info(text)));
        return;
    }
    let gap = if is_up { place.checked_sub(1) } else { Some(place + 2) };
    let neighbour = if is_up { place.checked_sub(1) } else { Some(place + 1) };
    if neighbour.and_then(|at| record_at(state, at, id.kind)).is_none() {
        return;
    }
    let (before, after) = gap.map_or((None, None), |gap| around(state, gap, id.kind));
    if let Some(transaction) = edit::reorder(cx.assessment, id, before, after) {
        cx.edit(transaction);
        cx.send(Command::CloseStep);
        state.reveals_cursor = true;
    }
}

/// The records of a kind above and below a gap between rows.
fn around(state: &State, gap: usize, kind: Kind) -> (Option<AnyId>, Option<AnyId>) {
    let above = gap.checked_sub(1).and_then(|at| record_at(state, at, kind));
    (above, record_at(state, gap, kind))
}

fn record_at(state: &State, place: usize, kind: Kind) -> Option<AnyId> {
    match state.rows.get(place)? {
        Row::Record { id, .. } if id.kind == kind => Some(*id),
        Row::Record { .. } | Row::Section { .. } => None,
    }
}

/// The wider actor under which a row stands.
fn parent(state: &State, place: usize) -> Option<AnyId> {
    let Row::Record { depth, .. } = state.rows.get(place)? else { return None };
    let above = state.rows.get(..place)?.iter().rev();
    above
        .map_while(|row| match row {
            Row::Record { id, depth, .. } => Some((*id, *depth)),
            Row::Section { .. } => None,
        })
        .find(|(_, other)| other < depth)
        .map(|(id, _)| id)
}

fn refusal(cx: &ViewContext<'_>, part: AnyId, whole: AnyId) -> Option<String> {
    let (part, whole): (Id<Actor>, Id<Actor>) = (part.typed()?, whole.typed()?);
    closes_circle(cx.assessment, part, whole)
}

fn carry_out(cx: &ViewContext<'_>, drag: &Drag) {
    match &drag.target {
        None => {}
        Some(Target::Between(before, after)) => {
            let stays = *before == Some(drag.id) || *after == Some(drag.id);
            let moved = (!stays).then(|| edit::reorder(cx.assessment, drag.id, *before, *after)).flatten();
            if let Some(transaction) = moved {
                cx.edit(transaction);
                cx.send(Command::CloseStep);
            }
        }
        Some(Target::Into(whole, Some(reason))) => {
            let into = whole.map(|id| cx.assessment.name_of(id)).unwrap_or_default();
            let text = format!("{} cannot be part of {into}", cx.assessment.name_of(drag.id));
            cx.send(Command::Notify(Notice::warning(text, reason.clone())));
        }
        Some(Target::Into(whole, None)) => belong(cx, drag, *whole),
    }
}

/// Makes an actor part of another, in place of the one under which its row stood.
fn belong(cx: &ViewContext<'_>, drag: &Drag, whole: Option<AnyId>) {
    let Some(actor) = drag.id.typed::<Actor>().and_then(|id| cx.assessment.get(id)) else { return };
    let mut new = actor.clone();
    let parent = drag.parent.and_then(AnyId::typed::<Actor>);
    let whole = whole.and_then(AnyId::typed::<Actor>);
    if whole.is_some_and(|whole| actor.belongs_to.contains(&whole)) {
        return;
    }
    let place = new.belongs_to.iter().position(|id| Some(*id) == parent);
    match (place.and_then(|place| new.belongs_to.get_mut(place)), whole) {
        (Some(old), Some(whole)) => *old = whole,
        (None, Some(whole)) => new.belongs_to.push(whole),
        (_, None) => new.belongs_to.retain(|id| Some(*id) != parent),
    }
    if new == *actor {
        return;
    }
    let label = format!("Move actor \"{}\"", actor.name);
    let mut transaction = edit::replace(new, "belongs_to");
    transaction.label = label;
    cx.edit(transaction);
    cx.send(Command::CloseStep);
}

fn outline(ui: &Ui, rect: Rect, colour: egui::Color32) {
    let stroke = Stroke::new(1.5, colour);
    ui.painter().rect_stroke(rect.shrink(1.0), f32::from(tokens::RADIUS), stroke, egui::StrokeKind::Inside);
}

/// The line at which the row would be put in.
fn line(ui: &Ui, row: Rect, y: f32) {
    let colour = tokens::palette(ui).accent;
    let (left, right) = (row.left() + 10.0, row.right() - 8.0);
    ui.painter().hline(left..=right, y, Stroke::new(2.0, colour));
    ui.painter().circle_filled(egui::pos2(left, y), 3.5, colour);
}

/// What is dragged, and what letting go would do, beside the pointer.
fn tell(ui: &Ui, cx: &ViewContext<'_>, drag: &Drag, at: Pos2) {
    let palette = tokens::palette(ui);
    let name = cx.assessment.name_of(drag.id);
    let text = match &drag.target {
        Some(Target::Into(Some(whole), None)) => format!("{name}: part of {}", cx.assessment.name_of(*whole)),
        Some(Target::Into(Some(_), Some(reason))) => format!("{name}: {reason}"),
        Some(Target::Into(None, _)) => format!("{name}: part of no other"),
        Some(Target::Between(..)) | None => name,
    };
    let layer = egui::LayerId::new(Order::Tooltip, egui::Id::unique("navigator-dragged"));
    let painter = ui.ctx().layer_painter(layer);
    let font = FontId::proportional(tokens::BODY);
    let galley = painter.layout(text, font, palette.text, 320.0);
    let size = galley.size() + egui::vec2(12.0, 8.0);
    let place = Align2::LEFT_TOP.anchor_size(at + egui::vec2(14.0, 10.0), size);
    painter.rect(
        place,
        f32::from(tokens::RADIUS),
        palette.raised,
        Stroke::new(1.0, palette.edge),
        egui::StrokeKind::Inside,
    );
    painter.galley(place.min + egui::vec2(6.0, 4.0), galley, palette.text);
}
