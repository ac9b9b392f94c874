//! The graph on the screen: panning, zooming, picking and the keyboard.

use std::collections::BTreeSet;

use eframe::egui::{
    CursorIcon, EventFilter, Key, Modifiers, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, vec2,
};

use super::camera::{Camera, Sight, View};
use super::navigate;
use super::paint::{Detail, Picture};
use super::{Memo, State};
use crate::analysis::charts::provenance::{CardKind, Node};
use crate::model::Claim;
use crate::ui::ViewContext;
use crate::ui::tokens;
use crate::ui::widgets::own_keys::has_keyboard;
use crate::ui::widgets::{claim_tooltip, quiet};

/// How many nodes in sight have an accessible name of their own; the keyboard reaches all of them.
const NAMED: usize = 150;
/// How far an arrow key moves what is in sight, in points.
const STEP: f32 = 80.0;
/// How much a key or a button zooms.
pub(super) const ZOOM_STEP: f32 = 1.25;

/// Draws the graph in the available room.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &mut Memo, state: &mut State) {
    let rect = ui.available_rect_before_wrap();
    if rect.width() < 8.0 || rect.height() < 8.0 {
        return;
    }
    let id = ui.make_persistent_id("provenance graph");
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let size = rect.size();
    state.size = size;
    let mut camera = state.sight.camera(&memo.chart, &memo.layout, size);
    let mut is_moved = matches!(state.sight, Sight::Moved(_));
    if let Some(wanted) = state.wants_view.take() {
        wanted.apply(memo, &mut camera, size);
        is_moved = true;
    }
    is_moved |= by_pointer(ui, &response, rect, &mut camera);
    let has_focus = has_keyboard(&response);
    if has_focus {
        is_moved |= by_keys(ui, cx, memo, state, &mut camera, size, id);
    }
    if is_moved {
        camera.keep_in_sight(&memo.layout, size);
    }
    if std::mem::take(&mut state.wants_fit) {
        state.sight = Sight::Whole;
    } else if is_moved {
        state.sight = Sight::Moved(camera);
    }
    let view = state.sight.camera(&memo.chart, &memo.layout, size).view(rect);

    let pointer = ui.input(|input| input.pointer.hover_pos());
    let hovered = pointer
        .filter(|at| rect.contains(*at) && ui.rect_contains_pointer(rect) && !response.dragged())
        .and_then(|at| node_at(memo, &view, at));
    let clicked = nodes(ui, cx, memo, &view, &response);
    memo.light(hovered);
    memo.select(cx.selection);
    paint(ui, memo, state, view, hovered, has_focus);
    response.widget_info(|| WidgetInfo {
        current_text_value: Some(match state.cursor {
            Some(node) => memo.chart.describe(node),
            None => memo.chart.summary(),
        }),
        ..WidgetInfo::labeled(Role::Pane, true, "Provenance graph")
    });
    if let Some(node) = clicked {
        ui.memory_mut(|memory| memory.request_focus(id));
        pick(ui, cx, memo, state, node);
    } else if response.clicked() {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    if hovered.is_some() {
        ui.set_cursor_icon(CursorIcon::PointingHand);
    } else if response.dragged() {
        ui.set_cursor_icon(CursorIcon::Grabbing);
    }
}

/// What was asked to be brought into sight.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wanted {
    /// One node, by its place.
    Node(Node),
    /// Several nodes, as large as they fit.
    Nodes(Vec<Node>),
    /// Larger or smaller around the middle.
    Zoom(f32),
}

impl Wanted {
    fn apply(self, memo: &Memo, camera: &mut Camera, size: Vec2) {
        let card = |node: &Node| memo.layout.cards.get(node.card).copied();
        match self {
            Self::Node(node) => {
                if let Some(frame) = card(&node) {
                    // Nothing is found by being shown too small to be read.
                    camera.zoom = camera.zoom.max(0.8);
                    camera.reveal(frame, size);
                }
            }
            Self::Nodes(nodes) => {
                let frames = nodes.iter().filter_map(card);
                if let Some(frame) = frames.reduce(crate::analysis::charts::provenance::Frame::union) {
                    *camera = Camera::show(frame, size * 0.8, 1.2);
                }
            }
            Self::Zoom(factor) => camera.zoom_at(factor, Vec2::ZERO),
        }
    }
}

/// Drag and scroll move, Ctrl and scroll or pinching zoom; whether anything moved.
fn by_pointer(ui: &Ui, response: &Response, rect: Rect, camera: &mut Camera) -> bool {
    let before = *camera;
    if response.dragged() {
        camera.pan(response.drag_delta());
    }
    let pointer = ui.input(|input| input.pointer.hover_pos());
    let Some(pointer) = pointer.filter(|at| rect.contains(*at) && ui.rect_contains_pointer(rect)) else {
        return *camera != before;
    };
    let (zoom, scroll) = ui.input(|input| (input.zoom_delta(), input.smooth_scroll_delta()));
    if zoom != 1.0 {
        camera.zoom_at(zoom, pointer - rect.center());
    } else if scroll != Vec2::ZERO {
        camera.pan(scroll);
    }
    *camera != before
}

/// The keys of the graph; whether what is in sight moved.
fn by_keys(
    ui: &Ui,
    cx: &ViewContext<'_>,
    memo: &Memo,
    state: &mut State,
    camera: &mut Camera,
    size: Vec2,
    id: eframe::egui::Id,
) -> bool {
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let pressed = |modifiers, key: Key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let before = *camera;
    let arrows = [
        (Key::ArrowLeft, vec2(STEP, 0.0)),
        (Key::ArrowRight, vec2(-STEP, 0.0)),
        (Key::ArrowUp, vec2(0.0, STEP)),
        (Key::ArrowDown, vec2(0.0, -STEP)),
    ];
    let mut reveals = false;
    for (key, by) in arrows {
        if pressed(Modifiers::SHIFT, key) {
            camera.pan(by);
        } else if pressed(Modifiers::NONE, key) {
            let next = match state.cursor {
                Some(node) => navigate::next(&memo.chart, &memo.layout, node, key),
                None => first(memo),
            };
            if let Some(next) = next {
                state.cursor = Some(next);
                reveals = true;
            }
        }
    }
    if pressed(Modifiers::NONE, Key::Home) {
        state.cursor = first(memo);
        reveals = true;
    }
    for (keys, factor) in [([Key::Plus, Key::Equals], ZOOM_STEP), ([Key::Minus, Key::Minus], 1.0 / ZOOM_STEP)]
    {
        // Some keyboards have the plus above another sign.
        if keys.iter().any(|key| pressed(Modifiers::NONE, *key) || pressed(Modifiers::SHIFT, *key)) {
            camera.zoom_at(factor, Vec2::ZERO);
        }
    }
    if pressed(Modifiers::NONE, Key::F) {
        state.wants_fit = true;
    }
    let node = state.cursor;
    if reveals && let Some(frame) = node.and_then(|node| memo.layout.cards.get(node.card)) {
        camera.reveal(*frame, size);
    }
    if pressed(Modifiers::NONE, Key::Enter)
        && let Some(node) = node
    {
        pick(ui, cx, memo, state, node);
    }
    *camera != before
}

fn first(memo: &Memo) -> Option<Node> {
    let card = memo.chart.families.first()?.cards.first()?;
    memo.chart.nodes_of(*card).next()
}

/// Selects a node; a folded group is unfolded.
fn pick(ui: &Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State, node: Node) {
    state.cursor = Some(node);
    if let Some(CardKind::Folded { first, .. }) = memo.chart.cards.get(node.card).map(|card| &card.kind) {
        state.unfolded.insert(*first);
        return;
    }
    let Some(record) = memo.chart.record(node) else { return };
    state.seen_selection = Some(record);
    if ui.input(|input| input.modifiers.command) {
        cx.send(crate::ui::Command::ToggleSelected(record));
    } else {
        cx.select(record);
    }
}

/// The node at a place of the screen.
fn node_at(memo: &Memo, view: &View, at: Pos2) -> Option<Node> {
    let place = view.place(at);
    let holds = |frame: &crate::analysis::charts::provenance::Frame| {
        place.x >= frame.x
            && place.x < frame.x + frame.width
            && place.y >= frame.y
            && place.y < frame.y + frame.height
    };
    let family = memo.layout.families.iter().position(holds)?;
    let cards = &memo.chart.families.get(family)?.cards;
    let card = *cards.iter().find(|card| memo.layout.cards.get(**card).is_some_and(holds))?;
    let nodes: Vec<Node> = memo.chart.nodes_of(card).collect();
    let found = nodes
        .iter()
        .find(|node| memo.layout.frame_of(&memo.chart, **node).is_some_and(|frame| holds(&frame)));
    // The head of a claim by itself, and the foot of a card, belong to what stands next to them.
    found.or_else(|| nodes.last()).copied()
}

/// Gives the nodes in sight their accessible names and tooltips; the one that was clicked.
fn nodes(ui: &Ui, cx: &ViewContext<'_>, memo: &Memo, view: &View, canvas: &Response) -> Option<Node> {
    let mut clicked = canvas
        .clicked()
        .then(|| canvas.interact_pointer_pos().and_then(|at| node_at(memo, view, at)))
        .flatten();
    let in_sight = memo
        .chart
        .families
        .iter()
        .zip(&memo.layout.families)
        .filter(|(_, frame)| view.sees(**frame))
        .flat_map(|(family, _)| &family.cards)
        .filter(|card| memo.layout.cards.get(**card).is_some_and(|frame| view.sees(*frame)))
        .flat_map(|card| memo.chart.nodes_of(*card));
    for node in in_sight.take(NAMED) {
        let (Some(frame), Some(record)) = (memo.layout.frame_of(&memo.chart, node), memo.record_of(node))
        else {
            continue;
        };
        let rect = view.frame(frame).intersect(view.rect);
        let is_folded = memo.chart.record(node).is_none();
        let response = ui.interact(rect, canvas.id.with((record, is_folded)), Sense::CLICK);
        let is_selected = !is_folded && cx.is_selected(record);
        response.widget_info(|| {
            WidgetInfo::selected(Role::ListItem, true, is_selected, memo.chart.describe(node))
        });
        if response.clicked() {
            clicked = Some(node);
        }
        response.on_hover_ui_at_pointer(|ui| tooltip(ui, cx, memo, node));
    }
    clicked
}

fn tooltip(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, node: Node) {
    if let Some(claim) = memo.chart.record(node).and_then(|record| record.typed::<Claim>()) {
        claim_tooltip(ui, cx, claim);
    } else {
        ui.set_max_width(320.0);
        ui.label(memo.chart.describe(node));
        if memo.chart.record(node).is_none() {
            ui.label(quiet(ui, "Click to show them one by one"));
        }
    }
    let circle = match memo.chart.row(node) {
        Some(row) => row.circle,
        None => memo.chart.cards.get(node.card).and_then(|card| card.circle),
    };
    if let Some(circle) = circle.and_then(|circle| memo.chart.circles.get(circle)) {
        ui.label(eframe::egui::RichText::new(&circle.sentence).color(tokens::palette(ui).overlaps));
    }
}

fn paint(ui: &Ui, memo: &Memo, state: &State, view: View, hovered: Option<Node>, has_focus: bool) {
    let palette = tokens::palette(ui);
    let found: Option<&BTreeSet<Node>> = memo.found.as_ref().map(|found| &found.nodes);
    let picture = Picture {
        chart: &memo.chart,
        layout: &memo.layout,
        view,
        palette,
        lit: memo.lit.as_ref().map(|(_, lit)| lit).or(found),
        selected: &memo.selected.1,
        hovered: hovered.filter(|_| Detail::at(view.camera.zoom) > Detail::Shapes),
        cursor: state.cursor.filter(|_| has_focus),
    };
    picture.paint(ui.painter());
    if has_focus {
        let stroke = Stroke::new(1.0, palette.accent);
        ui.painter().rect_stroke(view.rect.shrink(0.5), 0, stroke, StrokeKind::Inside);
    }
}
