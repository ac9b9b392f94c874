//! Where claims come from: the documents in which they stand, what repeats and relays what, and which of them go back to
//! one statement.
//!
//! A document is a card with its claims as rows; a claim without a document is a card of its own. So "stands in" is
//! told by place and needs no line, and the lines that are left are those that matter: repeats and relays. Cards that
//! hang together by them are a family.

mod build;
mod explain;
mod layered;
mod layout;
mod packing;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use layered::{Arc as LayeredArc, Drawing, draw};
pub use layout::{Frame, Layout, Point, SIZES, Sizes};
pub use packing::Room;
pub use words::circle_sentence;

use rustc_hash::FxHashMap;

use super::super::Derived;
use super::super::progress::Progress;
use super::ChartTable;
use crate::model::{AnyId, Claim, Confidence, Document, Id, Incident, PartialDate, Stance};

/// What of an assessment is shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Scope {
    /// The incident whose claims are shown; `None` shows the claims on all incidents and the links between actors.
    pub incident: Option<Id<Incident>>,
    /// Leaves documents out. What their relays tie together is then an edge between claims.
    pub claims_only: bool,
    /// The folded groups of repeats that are shown one by one, by the first claim or document in each.
    pub unfolded: BTreeSet<AnyId>,
}

/// What a card stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardKind {
    /// A document, with its claims as rows.
    Document(Id<Document>),
    /// A claim by itself.
    Claim(Id<Claim>),
    /// Several cards that repeat the same in the same way, folded into one.
    Folded {
        /// The first record of the group, by which it is unfolded.
        first: AnyId,
        /// How many cards are folded away.
        cards: usize,
        /// The claims in them.
        claims: Vec<Id<Claim>>,
    },
}

/// A claim on a card.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimRow {
    /// The claim.
    pub claim: Id<Claim>,
    /// Who says it.
    pub source_name: String,
    /// What it says in short, without the source.
    pub says: String,
    /// Asserted, denied or declined.
    pub stance: Stance,
    /// The confidence that the source states.
    pub confidence: Option<Confidence>,
    /// When it was stated.
    pub stated_on: Option<PartialDate>,
    /// The number of its independent origin, counted from 0 over the whole chart; `None` for a link between actors, and where the
    /// claim no longer stands.
    pub origin: Option<usize>,
    /// Whether it is the first-hand one of its origin.
    pub is_first_hand: bool,
    /// Whether its source stands by it.
    pub is_standing: bool,
    /// The circle in which it is, by its place in [`Provenance::circles`].
    pub circle: Option<usize>,
}

/// A document with its claims, or a claim by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// What it stands for.
    pub kind: CardKind,
    /// Who published the document, or who makes the claim; empty where that is not known.
    pub heading: String,
    /// The title of the document; empty for a claim by itself.
    pub title: String,
    /// When it was published or stated.
    pub date: Option<PartialDate>,
    /// The claims that stand in it, by date stated and identifier.
    pub rows: Vec<ClaimRow>,
    /// The circle of documents in which it is.
    pub circle: Option<usize>,
    /// The family to which it belongs, by its place in [`Provenance::families`].
    pub family: usize,
}

/// How something goes back to something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// A claim repeats a claim.
    Repeats,
    /// A document relays a document; without documents: a claim stands in a document that relays another claim's and says the
    /// same.
    Relays,
}

/// A card, or one of the claims on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    /// The card.
    pub card: usize,
    /// The row; `None` for the card itself, which is its document or the folded group.
    pub row: Option<usize>,
}

/// One thing goes back to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// How.
    pub kind: EdgeKind,
    /// The original.
    pub original: Node,
    /// What repeats or relays it.
    pub repeat: Node,
    /// The circle that it is part of.
    pub circle: Option<usize>,
}

/// Cards that hang together by repeats and relays.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Family {
    /// Its cards, by date and identifier.
    pub cards: Vec<usize>,
    /// The standing claims on them, folded ones included.
    pub claims: usize,
    /// The independent origins of those.
    pub origins: usize,
    /// Whether one of the origins is circular, so that nothing in it is first-hand.
    pub is_circular: bool,
    /// What is said of it, such as "5 claims from one origin".
    pub label: String,
}

/// Circular reporting: claims that repeat, or documents that relay, one another.
#[derive(Clone, Debug, PartialEq)]
pub struct CircleMark {
    /// The records, each repeating or relaying the next one, and the last one the first.
    pub records: Vec<AnyId>,
    /// The nodes that are in it, in that order.
    pub nodes: Vec<Node>,
    /// What it means, such as "A repeats B, B repeats A: neither is an independent origin".
    pub sentence: String,
}

/// Where claims come from.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Provenance {
    /// The cards, by date and identifier.
    pub cards: Vec<Card>,
    /// What goes back to what.
    pub edges: Vec<Edge>,
    /// The families, by their first card; then, last, the cards that go back to nothing and to which
    /// nothing goes back, where there are any.
    pub families: Vec<Family>,
    /// How many of `families` are families; the one that may follow is of the cards on their own.
    pub related: usize,
    /// The circles, those of claims first.
    pub circles: Vec<CircleMark>,
    /// How many claims stand.
    pub claims: usize,
    /// How many independent origins those on incidents have.
    pub origins: usize,
    /// How many claims were retracted or superseded; they tie others together and do not count.
    pub set_aside: usize,
    /// How many documents are shown.
    pub documents: usize,
    /// For each node the edges that begin or end there.
    edges_at: FxHashMap<Node, Vec<usize>>,
}

/// A chart of where claims come from, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct ProvenanceMap {
    /// What is on it.
    pub chart: Arc<Provenance>,
    /// Where it stands.
    pub layout: Arc<Layout>,
    /// The node of each record that is on it; of those that are folded away the card that they are folded into.
    pub nodes: Arc<FxHashMap<AnyId, Node>>,
}

impl ProvenanceMap {
    /// The map of one incident or of all, as in [`Provenance::new`], for a room; `None` where it is not wanted any more.
    pub fn new(derived: &Derived, scope: &Scope, room: Room, progress: &Progress<'_>) -> Option<Self> {
        // The chart takes about as long as its layout.
        const CHART: usize = 2;
        progress.expect(CHART);
        progress.step()?;
        let chart = Provenance::new(derived, scope);
        progress.expect(chart.related);
        progress.step()?;
        let layout = Layout::new(&chart, room, || progress.step())?;
        let mut nodes = FxHashMap::default();
        for (place, card) in chart.cards.iter().enumerate() {
            if let CardKind::Folded { claims, .. } = &card.kind {
                nodes.extend(
                    claims.iter().map(|claim| (AnyId::from(*claim), Node { card: place, row: None })),
                );
            }
            nodes.extend(chart.nodes_of(place).filter_map(|node| Some((chart.record(node)?, node))));
        }
        Some(Self { chart: Arc::new(chart), layout: Arc::new(layout), nodes: Arc::new(nodes) })
    }

    /// The same map for another room; `None` where it is not wanted any more.
    pub fn in_room(&self, room: Room, progress: &Progress<'_>) -> Option<Self> {
        let layout = self.layout.in_room(&self.chart, room, || progress.step())?;
        Some(Self { layout: Arc::new(layout), ..self.clone() })
    }
}

impl Provenance {
    /// Where the claims of one incident, or all claims, come from.
    ///
    /// Of an incident are shown all claims that name it, and the documents in which they stand or that hang together with
    /// these by relays. Of the whole assessment are shown all claims, and the documents that hold one or relay another.
    /// Time grows with the claims, and with the edges of the larger families.
    pub fn new(derived: &Derived, scope: &Scope) -> Self {
        build::build(derived, scope)
    }

    /// Whether nothing repeats or relays anything.
    pub const fn is_unrelated(&self) -> bool {
        self.edges.is_empty()
    }

    /// The row of a node; `None` for the card itself.
    pub fn row(&self, node: Node) -> Option<&ClaimRow> {
        self.cards.get(node.card)?.rows.get(node.row?)
    }

    /// The record that a node stands for; `None` for a folded group.
    pub fn record(&self, node: Node) -> Option<AnyId> {
        let card = self.cards.get(node.card)?;
        match node.row {
            Some(row) => card.rows.get(row).map(|row| row.claim.into()),
            None => match &card.kind {
                CardKind::Document(document) => Some((*document).into()),
                CardKind::Claim(claim) => Some((*claim).into()),
                CardKind::Folded { .. } => None,
            },
        }
    }

    /// The nodes of a card, from the top: the document or folded group, then the claims.
    pub fn nodes_of(&self, card: usize) -> impl Iterator<Item = Node> {
        let card_itself = self.cards.get(card).filter(|card| !matches!(card.kind, CardKind::Claim(_)));
        let rows = self.cards.get(card).map_or(0, |card| card.rows.len());
        let head = card_itself.map(|_| Node { card, row: None });
        head.into_iter().chain((0..rows).map(move |row| Node { card, row: Some(row) }))
    }

    /// The node of a record; for one that is folded away the folded group.
    pub fn node_of(&self, record: AnyId) -> Option<Node> {
        let (as_document, as_claim) = (record.typed::<Document>(), record.typed::<Claim>());
        self.cards.iter().enumerate().find_map(|(place, card)| {
            let row = as_claim.and_then(|claim| card.rows.iter().position(|row| row.claim == claim));
            let is_card = match &card.kind {
                CardKind::Document(document) => Some(*document) == as_document,
                CardKind::Claim(_) => false,
                CardKind::Folded { claims, .. } => as_claim.is_some_and(|claim| claims.contains(&claim)),
            };
            (row.is_some() || is_card).then_some(Node { card: place, row })
        })
    }

    /// The edges that begin or end at a node.
    pub fn edges_at(&self, node: Node) -> impl Iterator<Item = &Edge> {
        self.edges_at.get(&node).into_iter().flatten().filter_map(|edge| self.edges.get(*edge))
    }

    /// The nodes to which one goes back, and those that go back to it, over any number of steps, with itself.
    pub fn chain(&self, node: Node) -> BTreeSet<Node> {
        let mut chain = BTreeSet::from([node]);
        for goes_back in [true, false] {
            let mut open = vec![node];
            let mut seen = BTreeSet::from([node]);
            while let Some(at) = open.pop() {
                for edge in self.edges_at(at) {
                    let (from, to) =
                        if goes_back { (edge.repeat, edge.original) } else { (edge.original, edge.repeat) };
                    if from == at && seen.insert(to) {
                        open.push(to);
                    }
                }
            }
            chain.extend(seen);
        }
        chain
    }

    /// The same as a table, one line a claim or document; folded ones are counted in a line of their own.
    pub fn table(&self) -> ChartTable {
        words::table(self)
    }

    /// For each line of [`Self::table`] the record that it is about; a folded group stands for its first record.
    pub fn table_records(&self) -> Vec<AnyId> {
        let nodes = (0..self.cards.len()).flat_map(|card| self.nodes_of(card));
        nodes
            .filter_map(|node| {
                self.record(node).or_else(|| match self.cards.get(node.card).map(|card| &card.kind) {
                    Some(CardKind::Folded { first, .. }) => Some(*first),
                    _ => None,
                })
            })
            .collect()
    }

    /// What a node is, in one sentence, as a screen reader says it.
    pub fn describe(&self, node: Node) -> String {
        words::describe(self, node)
    }

    /// The counts in words, such as "12 claims, 5 independent origins, 1 circle".
    pub fn summary(&self) -> String {
        words::summary(self)
    }
}
