//! Where the cards stand: each family drawn in layers from its originals to the right, the families beneath one another in columns,
//! and the cards on their own in the room that these leave.

use rustc_hash::FxHashMap;

use super::layered::{self, Arc};
use super::packing::{Items, Room};
use super::{CardKind, Node, Provenance};

/// The sizes of everything, in points at a zoom of 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizes {
    /// The width of a card.
    pub card_width: f32,
    /// The height of what stands above the claims of a document: publisher and title.
    pub document_head: f32,
    /// The height of what stands above a claim by itself: who makes it.
    pub claim_head: f32,
    /// The height of a claim.
    pub row: f32,
    /// The room beneath the last claim.
    pub foot: f32,
    /// The height of a folded group.
    pub folded: f32,
    /// The room between two layers.
    pub layer_gap: f32,
    /// The room between a family's edge and its cards.
    pub padding: f32,
    /// The height of a family's label.
    pub label: f32,
    /// The room between two families.
    pub gap: f32,
}

impl Default for Sizes {
    fn default() -> Self {
        SIZES
    }
}

/// The sizes on the screen.
pub const SIZES: Sizes = Sizes {
    card_width: 280.0,
    document_head: 42.0,
    claim_head: 22.0,
    row: 22.0,
    foot: 6.0,
    folded: 30.0,
    layer_gap: 52.0,
    padding: 14.0,
    label: 22.0,
    gap: 16.0,
};

/// The widths that cards are given where there is room to spare beside them, so that longer titles can be read.
const WIDER: [f32; 4] = [360.0, 340.0, 320.0, 300.0];
/// The least zoom of all in a room at which that is worth it.
const LEGIBLE: f32 = 0.75;

/// A place, in points at a zoom of 1.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

/// A rectangle, in points at a zoom of 1.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Frame {
    /// The left edge.
    pub x: f32,
    /// The top.
    pub y: f32,
    /// The width.
    pub width: f32,
    /// The height.
    pub height: f32,
}

impl Frame {
    /// Whether two rectangles share room.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }

    /// The smallest rectangle that holds both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let (right, bottom) = (
            (self.x + self.width).max(other.x + other.width),
            (self.y + self.height).max(other.y + other.height),
        );
        Self { x, y, width: right - x, height: bottom - y }
    }
}

/// Where everything stands. The lists are those of the [`Provenance`] that it was made from, place by place.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Layout {
    /// The cards.
    pub cards: Vec<Frame>,
    /// The edges from the original to what repeats it, each as the points through which it goes.
    pub edges: Vec<Vec<Point>>,
    /// The families, with the room for their labels; of the cards on their own the rectangle that holds them all, in which
    /// families stand too.
    pub families: Vec<Frame>,
    /// The line on which it is said what the cards on their own are.
    pub alone: Option<Frame>,
    /// The line above those of them that stand beyond the families, where others stand under these.
    pub alone_beyond: Option<Frame>,
    /// For each family its edges.
    pub edges_of: Vec<Vec<usize>>,
    /// The whole.
    pub width: f32,
    /// The whole.
    pub height: f32,
    /// The sizes that it was made with.
    pub sizes: Sizes,
}

impl Layout {
    /// Lays out a chart for a room, with wider cards where there is room to spare. The same chart gives the same layout; no two
    /// cards overlap; and every edge leads to the right, but those that close a circle. Where edges are in circles they are
    /// turned at the latest card.
    ///
    /// `step` is called before each family of cards, the greater part of the work; `None` where it gives `None`.
    pub fn new(chart: &Provenance, room: Room, step: impl Fn() -> Option<()>) -> Option<Self> {
        let layout = Self::with_sizes(chart, SIZES, room, &step)?;
        // What can be read as it is consists of a few cards, so that laying them out again takes no time.
        let zoom = layout.zoom(room);
        for card_width in WIDER.into_iter().take_while(|_| zoom >= LEGIBLE) {
            let wider = Self::with_sizes(chart, Sizes { card_width, ..SIZES }, room, &step)?;
            if wider.zoom(room) >= zoom {
                return Some(wider);
            }
        }
        Some(layout)
    }

    /// The same for another room: what takes long is not done again where the cards are as wide as before.
    pub fn in_room(&self, chart: &Provenance, room: Room, step: impl Fn() -> Option<()>) -> Option<Self> {
        if self.sizes == SIZES {
            let mut layout = self.clone();
            layout.place(chart, room);
            if layout.zoom(room) < LEGIBLE {
                return Some(layout);
            }
        }
        Self::new(chart, room, step)
    }

    /// The zoom at which all of it can be shown in a room, at most 1.
    pub fn zoom(&self, room: Room) -> f32 {
        (room.width() / self.width.max(1.0)).min(room.height() / self.height.max(1.0)).min(1.0)
    }

    /// Lays out a chart with other sizes, as for a figure in which no text is cut.
    pub fn with_sizes(
        chart: &Provenance,
        sizes: Sizes,
        room: Room,
        step: impl Fn() -> Option<()>,
    ) -> Option<Self> {
        let mut layout = Self {
            sizes,
            cards: vec![Frame::default(); chart.cards.len()],
            edges: vec![Vec::new(); chart.edges.len()],
            families: Vec::with_capacity(chart.families.len()),
            edges_of: vec![Vec::new(); chart.families.len()],
            ..Self::default()
        };
        for (number, edge) in chart.edges.iter().enumerate() {
            let family = chart.cards.get(edge.original.card).map_or(0, |card| card.family);
            if let Some(edges) = layout.edges_of.get_mut(family) {
                edges.push(number);
            }
        }
        for family in 0..chart.related {
            step()?;
            let frame = layout.draw_family(chart, family);
            layout.families.push(frame);
        }
        layout.place(chart, room);
        Some(layout)
    }

    /// Where a node stands: a whole card, its head, or a row of it.
    pub fn frame_of(&self, chart: &Provenance, node: Node) -> Option<Frame> {
        let frame = *self.cards.get(node.card)?;
        let card = chart.cards.get(node.card)?;
        let head = self.sizes.head(&card.kind);
        Some(match node.row {
            Some(row) => {
                Frame { y: frame.y + head + self.sizes.row * row as f32, height: self.sizes.row, ..frame }
            }
            None if card.rows.is_empty() => frame,
            None => Frame { height: head, ..frame },
        })
    }

    /// Draws a family with its upper left corner at the origin.
    fn draw_family(&mut self, chart: &Provenance, number: usize) -> Frame {
        let Some(family) = chart.families.get(number) else { return Frame::default() };
        let place_of: FxHashMap<usize, usize> =
            family.cards.iter().enumerate().map(|(place, card)| (*card, place)).collect();
        let heights: Vec<f32> = family.cards.iter().map(|card| self.sizes.height(chart, *card)).collect();
        let edges = self.edges_of.get(number).cloned().unwrap_or_default();
        let end = |node: Node| {
            (place_of.get(&node.card).copied().unwrap_or(usize::MAX), self.sizes.port(chart, node))
        };
        let arcs: Vec<Arc> = edges
            .iter()
            .filter_map(|edge| chart.edges.get(*edge))
            .map(|edge| Arc { from: end(edge.original), to: end(edge.repeat) })
            .collect();
        let drawing = layered::draw(&heights, &arcs);
        let (left, top) = (self.sizes.padding, self.sizes.label + self.sizes.padding / 2.0);
        let x_of = |layer: usize| left + layer as f32 * (self.sizes.card_width + self.sizes.layer_gap);
        let places = drawing.layers.iter().zip(&drawing.tops).zip(&heights);
        for (card, ((layer, card_top), height)) in family.cards.iter().zip(places) {
            if let Some(frame) = self.cards.get_mut(*card) {
                *frame = Frame {
                    x: x_of(*layer),
                    y: top + card_top,
                    width: self.sizes.card_width,
                    height: *height,
                };
            }
        }
        for ((edge, arc), passing) in edges.iter().zip(&arcs).zip(&drawing.passings) {
            let layer = |end: (usize, f32)| drawing.layers.get(end.0).copied().unwrap_or_default();
            let height =
                |end: (usize, f32)| top + drawing.tops.get(end.0).copied().unwrap_or_default() + end.1;
            let points = route(
                (layer(arc.from), height(arc.from)),
                (layer(arc.to), height(arc.to)),
                passing.iter().map(|y| y + top),
                &x_of,
                self.sizes.card_width,
            );
            if let Some(place) = self.edges.get_mut(*edge) {
                *place = points;
            }
        }
        let layers = drawing.layers.iter().max().map_or(0, |last| last + 1);
        let width = x_of(layers) - self.sizes.layer_gap + self.sizes.padding;
        Frame { x: 0.0, y: 0.0, width, height: top + drawing.height + self.sizes.padding }
    }

    fn move_family(&mut self, chart: &Provenance, number: usize, by: Point) {
        let cards = chart.families.get(number).map_or(&[][..], |family| family.cards.as_slice());
        for card in cards {
            if let Some(frame) = self.cards.get_mut(*card) {
                (frame.x, frame.y) = (frame.x + by.x, frame.y + by.y);
            }
        }
        for edge in self.edges_of.get(number).into_iter().flatten() {
            for point in self.edges.get_mut(*edge).into_iter().flatten() {
                (point.x, point.y) = (point.x + by.x, point.y + by.y);
            }
        }
        if let Some(frame) = self.families.get_mut(number) {
            (frame.x, frame.y) = (frame.x + by.x, frame.y + by.y);
        }
    }

    /// Puts the families, wherever they stand, and the cards on their own to where they belong in a room.
    fn place(&mut self, chart: &Provenance, room: Room) {
        self.families.truncate(chart.related);
        let packing = Items::new(chart, self.sizes, &self.families).pack(room);
        for (number, to) in packing.families.into_iter().enumerate() {
            let at = self.families.get(number).map_or(to, |frame| Point { x: frame.x, y: frame.y });
            self.move_family(chart, number, Point { x: to.x - at.x, y: to.y - at.y });
        }
        let mut whole = packing.label;
        for (card, frame) in packing.singles {
            whole = whole.map(|whole| whole.union(frame));
            if let Some(place) = self.cards.get_mut(card) {
                *place = frame;
            }
        }
        self.families.extend(whole);
        self.alone = packing.label;
        self.alone_beyond = packing.label_beyond;
        (self.width, self.height) = (packing.width, packing.height);
    }
}

impl Sizes {
    const fn head(&self, kind: &CardKind) -> f32 {
        match kind {
            CardKind::Document(_) => self.document_head,
            CardKind::Claim(_) => self.claim_head,
            CardKind::Folded { .. } => self.folded,
        }
    }

    pub(super) fn height(&self, chart: &Provenance, card: usize) -> f32 {
        chart.cards.get(card).map_or(0.0, |card| match card.kind {
            CardKind::Folded { .. } => self.folded,
            _ => self.head(&card.kind) + self.row * card.rows.len() as f32 + self.foot,
        })
    }

    /// How far below the top of its card an edge meets a node.
    fn port(&self, chart: &Provenance, node: Node) -> f32 {
        let Some(card) = chart.cards.get(node.card) else { return 0.0 };
        match (node.row, &card.kind) {
            (Some(row), kind) => self.head(kind) + self.row * (row as f32 + 0.5),
            (None, kind) => self.head(kind) / 2.0,
        }
    }
}

/// The points of an edge, from the original to what repeats it.
fn route(
    from: (usize, f32),
    to: (usize, f32),
    passing: impl DoubleEndedIterator<Item = f32>,
    x_of: &dyn Fn(usize) -> f32,
    card_width: f32,
) -> Vec<Point> {
    let right = |layer: usize| x_of(layer) + card_width;
    if from.0 == to.0 {
        // Within one card: out at the left and in again.
        let x = x_of(from.0);
        return vec![Point { x, y: from.1 }, Point { x, y: to.1 }];
    }
    let goes_right = from.0 < to.0;
    let (low, high) = if goes_right { (from, to) } else { (to, from) };
    let mut points = vec![Point { x: right(low.0), y: low.1 }];
    for (step, y) in passing.enumerate() {
        let layer = low.0 + 1 + step;
        points.push(Point { x: x_of(layer), y });
        points.push(Point { x: right(layer), y });
    }
    points.push(Point { x: x_of(high.0), y: high.1 });
    if !goes_right {
        points.reverse();
    }
    points
}
