//! Where the arrow keys lead.

use eframe::egui::Key;

use crate::analysis::charts::Provenance;
use crate::analysis::charts::provenance::{Frame, Layout, Node};

/// The node to which an arrow key leads: left to what a node goes back to, right to what goes back to it, up and down to the
/// neighbours on the card and in the column. Where nothing is tied to it the nearest node on that side.
pub(super) fn next(chart: &Provenance, layout: &Layout, from: Node, key: Key) -> Option<Node> {
    let here = layout.frame_of(chart, from)?;
    match key {
        Key::ArrowLeft => {
            tied(chart, layout, from, here, true).or_else(|| beside(chart, layout, from, here, true))
        }
        Key::ArrowRight => {
            tied(chart, layout, from, here, false).or_else(|| beside(chart, layout, from, here, false))
        }
        Key::ArrowUp => on_card(chart, from, true).or_else(|| in_column(chart, layout, from, here, true)),
        Key::ArrowDown => on_card(chart, from, false).or_else(|| in_column(chart, layout, from, here, false)),
        _ => None,
    }
}

fn middle(frame: Frame) -> (f32, f32) {
    (frame.x + frame.width / 2.0, frame.y + frame.height / 2.0)
}

/// The nearest of the nodes at the other ends of the edges; of a claim that has none those of its document.
fn tied(chart: &Provenance, layout: &Layout, from: Node, here: Frame, goes_back: bool) -> Option<Node> {
    let (_, y) = middle(here);
    let ends = |node: Node| {
        let others = chart.edges_at(node).filter_map(move |edge| match goes_back {
            true => (edge.repeat == node && edge.original != node).then_some(edge.original),
            false => (edge.original == node && edge.repeat != node).then_some(edge.repeat),
        });
        others
            .filter_map(|other| Some(((middle(layout.frame_of(chart, other)?).1 - y).abs(), other)))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, other)| other)
    };
    ends(from).or_else(|| ends(Node { row: None, ..from }))
}

/// The next node of the same card.
fn on_card(chart: &Provenance, from: Node, goes_up: bool) -> Option<Node> {
    let nodes: Vec<Node> = chart.nodes_of(from.card).collect();
    let at = nodes.iter().position(|node| *node == from)?;
    let next = if goes_up { at.checked_sub(1)? } else { at + 1 };
    nodes.get(next).copied()
}

/// The nearest card above or below that shares a column; its last or first node.
fn in_column(chart: &Provenance, layout: &Layout, from: Node, here: Frame, goes_up: bool) -> Option<Node> {
    let card = *layout.cards.get(from.card)?;
    let distance = |other: &Frame| {
        let shares = other.x < here.x + here.width && here.x < other.x + other.width;
        let gap = if goes_up { card.y - other.y } else { other.y - card.y };
        (shares && gap > 0.0).then_some(gap)
    };
    let found = nearest(layout, from.card, distance)?;
    let mut nodes = chart.nodes_of(found);
    if goes_up { nodes.last() } else { nodes.next() }
}

/// The nearest card to the left or right.
fn beside(chart: &Provenance, layout: &Layout, from: Node, here: Frame, goes_left: bool) -> Option<Node> {
    let (_, y) = middle(here);
    let distance = |other: &Frame| {
        let gap = if goes_left { here.x - (other.x + other.width) } else { other.x - (here.x + here.width) };
        (gap >= 0.0).then(|| gap + 2.0 * (middle(*other).1 - y).abs())
    };
    chart.nodes_of(nearest(layout, from.card, distance)?).next()
}

fn nearest(layout: &Layout, from: usize, distance: impl Fn(&Frame) -> Option<f32>) -> Option<usize> {
    let others = layout.cards.iter().enumerate().filter(|(place, _)| *place != from);
    let near = others.filter_map(|(place, frame)| Some((distance(frame)?, place)));
    near.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, place)| place)
}
