//! Circular reporting: claims that repeat and documents that relay one another, so that nothing among them is first-hand.

use std::collections::{BTreeMap, VecDeque};
use std::hash::Hash;
use std::sync::Arc;

use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{AnyId, Assessment, Claim, Document, Id, Incident, Stance};

/// The claims and documents of a circle: each repeats or relays the next one, stands in it or contains it, and so does the
/// last one with the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circle {
    /// The records, the one with the least identifier first.
    pub records: Vec<AnyId>,
}

/// The circles among documents that relay one another.
pub(in crate::analysis) fn relay_circles(assessment: &Assessment) -> Vec<Circle> {
    let documents = assessment.documents.iter();
    circles(documents.flat_map(|it| it.relays.iter().map(|relayed| (it.id.into(), (*relayed).into()))))
}

/// The circles among claims that repeat one another.
pub(in crate::analysis) fn repeat_circles<'a>(repeating: impl Iterator<Item = &'a Claim>) -> Vec<Circle> {
    circles(repeating.flat_map(|it| it.repeats.iter().map(|repeated| (it.id.into(), (*repeated).into()))))
}

/// The circles that are closed by repeats and relays together, as where a claim repeats one whose document relays its own.
///
/// A relay carries on what one incident's claims of one stance say, and a claim is reached from its document only after a
/// relay: two people quoted in one document are two. `repeating` are the claims that repeat others.
pub(in crate::analysis) fn mixed_circles(
    assessment: &Assessment,
    repeating: &BTreeMap<Id<Claim>, Arc<Claim>>,
) -> Vec<Circle> {
    let mut found: Vec<Circle> = knots(assessment, repeating)
        .into_iter()
        .flat_map(|claims| Ways::new(assessment, &claims).circles())
        .collect();
    found.sort_by(|a, b| a.records.cmp(&b.records));
    found
}

/// The claims that may lie on a mixed circle, by what hangs together: without regard to what is said, each can be reached
/// from each other by repeats and relays. Nearly always there are none, and nothing more is to be looked at.
fn knots<'a>(assessment: &'a Assessment, repeating: &BTreeMap<Id<Claim>, Arc<Claim>>) -> Vec<Vec<&'a Claim>> {
    let mut graph = Graph::default();
    let ends = repeating.values().flat_map(|claim| claim.repeats.iter().copied().chain([claim.id]));
    let claims: BTreeMap<Id<Claim>, &Claim> = ends.filter_map(|id| Some((id, assessment.get(id)?))).collect();
    for claim in claims.values() {
        for repeated in claim.repeats.iter().filter(|id| claims.contains_key(id)) {
            graph.add(claim.id.into(), AnyId::from(*repeated), Step::Repeats);
        }
        if let Some(document) = claim.document {
            graph.add(claim.id.into(), document.into(), Step::Within);
            graph.add(document.into(), claim.id.into(), Step::Within);
        }
    }
    for document in &assessment.documents {
        for relayed in &document.relays {
            graph.add(document.id.into(), (*relayed).into(), Step::Relays);
        }
    }
    let claim = |node: &AnyId| node.typed::<Claim>().and_then(|id| claims.get(&id).copied());
    graph.knots().into_iter().map(|knot| knot.iter().filter_map(claim).collect()).collect()
}

/// What one incident's claims of one stance say.
type Saying = (Id<Incident>, Stance);

/// A place on the way of what is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Place {
    Claim(Id<Claim>),
    /// The document of a claim, which may relay another.
    Out(Id<Document>, Saying),
    /// A document that is relayed, and leads to its claims.
    In(Id<Document>, Saying),
}

impl Place {
    fn record(self) -> AnyId {
        match self {
            Self::Claim(id) => id.into(),
            Self::Out(id, _) | Self::In(id, _) => id.into(),
        }
    }
}

/// A step from what repeats or relays to what is repeated or relayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Repeats,
    Relays,
    Within,
}

/// All ways of what these claims say.
struct Ways {
    graph: Graph<Place>,
}

impl Ways {
    fn new(assessment: &Assessment, claims: &[&Claim]) -> Self {
        let mut graph = Graph::default();
        let mut inside: BTreeMap<(Id<Document>, Saying), Vec<Id<Claim>>> = BTreeMap::new();
        let saying = |claim: &Claim| Some((claim.proposition.incident()?, claim.stance));
        for claim in claims {
            for repeated in &claim.repeats {
                graph.add(Place::Claim(claim.id), Place::Claim(*repeated), Step::Repeats);
            }
            if let (Some(document), Some(saying)) = (claim.document, saying(claim)) {
                graph.add(Place::Claim(claim.id), Place::Out(document, saying), Step::Within);
                inside.entry((document, saying)).or_default().push(claim.id);
            }
        }
        let mut open: Vec<Place> =
            inside.keys().map(|(document, saying)| Place::Out(*document, *saying)).collect();
        let mut seen: FxHashSet<Place> = open.iter().copied().collect();
        while let Some(at) = open.pop() {
            let (Place::Out(document, saying) | Place::In(document, saying)) = at else { continue };
            for relayed in assessment.get(document).map_or(&[][..], |document| document.relays.as_slice()) {
                let next = Place::In(*relayed, saying);
                graph.add(at, next, Step::Relays);
                if seen.insert(next) {
                    open.push(next);
                }
            }
            if matches!(at, Place::In(..)) {
                for claim in inside.get(&(document, saying)).into_iter().flatten() {
                    graph.add(at, Place::Claim(*claim), Step::Within);
                }
            }
        }
        Self { graph }
    }

    /// One circle of repeats and relays for each knot that has one: a shortest one through its least repeating claim.
    fn circles(&self) -> Vec<Circle> {
        let circle = |knot: &Vec<Place>| {
            let mut knot = knot.clone();
            knot.sort_unstable();
            let way = knot.iter().find_map(|place| self.graph.round_trip(*place, &knot))?;
            let mut records: Vec<AnyId> = way.into_iter().map(Place::record).collect();
            records.dedup();
            Some(from_least(records))
        };
        self.graph.knots().iter().filter_map(circle).collect()
    }
}

/// A graph of steps between places.
struct Graph<T> {
    steps: DiGraph<T, Step>,
    numbers: FxHashMap<T, NodeIndex>,
}

impl<T> Default for Graph<T> {
    fn default() -> Self {
        Self { steps: DiGraph::new(), numbers: FxHashMap::default() }
    }
}

impl<T: Copy + Eq + Ord + Hash> Graph<T> {
    fn number(&mut self, place: T) -> NodeIndex {
        let steps = &mut self.steps;
        *self.numbers.entry(place).or_insert_with(|| steps.add_node(place))
    }

    fn add(&mut self, from: T, to: T, step: Step) {
        let (from, to) = (self.number(from), self.number(to));
        self.steps.add_edge(from, to, step);
    }

    fn place(&self, number: NodeIndex) -> Option<T> {
        self.steps.node_weight(number).copied()
    }

    /// The strongly connected components within which something repeats and something relays.
    fn knots(&self) -> Vec<Vec<T>> {
        let components = petgraph::algo::kosaraju_scc(&self.steps);
        let component_of: FxHashMap<NodeIndex, usize> = components
            .iter()
            .enumerate()
            .flat_map(|(number, component)| component.iter().map(move |node| (*node, number)))
            .collect();
        let mut has = vec![(false, false); components.len()];
        for edge in self.steps.edge_references() {
            let (from, to) = (component_of.get(&edge.source()), component_of.get(&edge.target()));
            if let Some(has) = from.filter(|from| Some(*from) == to).and_then(|number| has.get_mut(*number)) {
                has.0 |= *edge.weight() == Step::Repeats;
                has.1 |= *edge.weight() == Step::Relays;
            }
        }
        let tied = components.iter().zip(has).filter(|(_, has)| *has == (true, true));
        tied.map(|(component, _)| component.iter().filter_map(|node| self.place(*node)).collect()).collect()
    }

    /// A shortest way from a place back to it that begins with a repetition and has a relay in it, within some places.
    fn round_trip(&self, start: T, within: &[T]) -> Option<Vec<T>> {
        let start = *self.numbers.get(&start)?;
        let within: FxHashSet<NodeIndex> =
            within.iter().filter_map(|place| self.numbers.get(place).copied()).collect();
        let first = (start, false);
        let mut came_from: FxHashMap<(NodeIndex, bool), (NodeIndex, bool)> = FxHashMap::default();
        let mut open = VecDeque::from([first]);
        while let Some(at) = open.pop_front() {
            for edge in self.steps.edges(at.0) {
                if at == first && *edge.weight() != Step::Repeats || !within.contains(&edge.target()) {
                    continue;
                }
                let next = (edge.target(), at.1 || *edge.weight() == Step::Relays);
                if next == first || came_from.contains_key(&next) {
                    continue;
                }
                came_from.insert(next, at);
                if next == (start, true) {
                    return Some(self.way_to(next, &came_from));
                }
                open.push_back(next);
            }
        }
        None
    }

    /// The way that led to a place, without the place itself.
    fn way_to(
        &self,
        end: (NodeIndex, bool),
        came_from: &FxHashMap<(NodeIndex, bool), (NodeIndex, bool)>,
    ) -> Vec<T> {
        let mut at = end;
        let mut way = Vec::new();
        while let Some(before) = came_from.get(&at) {
            way.extend(self.place(before.0));
            at = *before;
        }
        way.reverse();
        way
    }
}

/// One circle for each strongly connected component that has one: a shortest one through its least member.
fn circles(edges: impl Iterator<Item = (AnyId, AnyId)>) -> Vec<Circle> {
    let mut graph: DiGraph<AnyId, ()> = DiGraph::new();
    let mut numbers: FxHashMap<AnyId, NodeIndex> = FxHashMap::default();
    for (from, to) in edges {
        let from = *numbers.entry(from).or_insert_with(|| graph.add_node(from));
        let to = *numbers.entry(to).or_insert_with(|| graph.add_node(to));
        graph.add_edge(from, to, ());
    }
    let name = |node: &NodeIndex| graph.node_weight(*node).copied();
    let mut found: Vec<Circle> = petgraph::algo::kosaraju_scc(&graph)
        .into_iter()
        .filter_map(|component| shortest_circle(&graph, &component))
        .map(|circle| Circle { records: circle.iter().filter_map(name).collect() })
        .collect();
    found.sort_by(|a, b| a.records.cmp(&b.records));
    found
}

fn shortest_circle(graph: &DiGraph<AnyId, ()>, component: &[NodeIndex]) -> Option<Vec<NodeIndex>> {
    let start = *component.iter().min_by_key(|node| graph.node_weight(**node))?;
    if component.len() == 1 && !graph.contains_edge(start, start) {
        return None;
    }
    let component: FxHashSet<NodeIndex> = component.iter().copied().collect();
    let mut came_from: FxHashMap<NodeIndex, NodeIndex> = FxHashMap::default();
    let mut open = VecDeque::from([start]);
    while let Some(at) = open.pop_front() {
        for next in graph.neighbors(at) {
            if next == start {
                let mut circle = vec![at];
                let mut back = at;
                while let Some(before) = came_from.get(&back) {
                    circle.push(*before);
                    back = *before;
                }
                circle.reverse();
                return Some(circle);
            }
            if component.contains(&next) && !came_from.contains_key(&next) {
                came_from.insert(next, at);
                open.push_back(next);
            }
        }
    }
    None
}

fn from_least(mut records: Vec<AnyId>) -> Circle {
    let least = records.iter().enumerate().min_by_key(|(_, record)| **record).map_or(0, |(place, _)| place);
    records.rotate_left(least);
    Circle { records }
}
