//! A layered drawing of a directed graph: every arc leads to the right, except where the graph has circles.
//!
//! After Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures" (IEEE
//! Transactions on Systems, Man, and Cybernetics, 1981): circles are broken, nodes are put into layers by the longest path,
//! crossings are reduced by barycentres, and the places within a layer are the least-squares ones (pool adjacent
//! violators). Nothing is random and every tie goes to the node that is listed first, so that the same graph gives
//! the same drawing, and a small change a similar one.

use std::collections::VecDeque;

/// How often the layers are swept for fewer crossings, and for straighter arcs.
const SWEEPS: usize = 8;
/// The room between two nodes of a layer, and between an arc that passes and its neighbours.
const GAP: f32 = 14.0;
const PASSING_GAP: f32 = 10.0;
/// How much more an arc that passes wants to be straight than a node wants to be near its neighbours.
const PASSING_WEIGHT: f64 = 4.0;
/// Arcs that would pass more layers than this for each node and arc, all together, are drawn straight across.
const MOST_PASSING: usize = 8;

/// An arc from an original to what goes back to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arc {
    /// The original, and how far below its top the arc leaves it.
    pub from: (usize, f32),
    /// What goes back to it, and how far below its top the arc reaches it.
    pub to: (usize, f32),
}

/// Where everything stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// For each node its layer, from the left.
    pub layers: Vec<usize>,
    /// For each node its top.
    pub tops: Vec<f32>,
    /// For each arc the heights at which it passes the layers between its ends, from its left to its right end.
    pub passings: Vec<Vec<f32>>,
    /// The height of the whole.
    pub height: f32,
}

/// Lays out a graph. `heights` are those of its nodes, in their order; an arc from a node to itself, or to one that is not
/// there, counts for nothing.
pub fn draw(heights: &[f32], arcs: &[Arc]) -> Drawing {
    let forward = without_circles(heights.len(), arcs);
    let layers = layers(heights.len(), &forward);
    let mut net = Net::new(heights, arcs, &forward, &layers);
    net.reduce_crossings();
    net.place();
    net.into_drawing(heights.len())
}

/// The ends of each arc, turned round where it would close a circle; `None` for one that counts for nothing.
fn without_circles(nodes: usize, arcs: &[Arc]) -> Vec<Option<(usize, usize)>> {
    let mut leaving: Vec<Vec<(usize, usize)>> = vec![Vec::new(); nodes];
    let mut is_reached = vec![false; nodes];
    let mut ends: Vec<Option<(usize, usize)>> = Vec::with_capacity(arcs.len());
    for (number, arc) in arcs.iter().enumerate() {
        let (from, to) = (arc.from.0, arc.to.0);
        if from == to || from >= nodes || to >= nodes {
            ends.push(None);
            continue;
        }
        ends.push(Some((from, to)));
        if let Some(list) = leaving.get_mut(from) {
            list.push((number, to));
        }
        if let Some(reached) = is_reached.get_mut(to) {
            *reached = true;
        }
    }
    // Depth first from the originals, then from whatever is left, which hangs in circles only.
    let originals = (0..nodes).filter(|node| is_reached.get(*node) == Some(&false));
    let starts: Vec<usize> = originals.chain(0..nodes).collect();
    let mut visit = vec![Visit::New; nodes];
    for start in starts {
        let mut open = vec![(start, 0)];
        if visit.get(start) != Some(&Visit::New) {
            continue;
        }
        set(&mut visit, start, Visit::Open);
        while let Some((node, next)) = open.last_mut() {
            let Some((number, to)) = leaving.get(*node).and_then(|list| list.get(*next)).copied() else {
                set(&mut visit, *node, Visit::Done);
                open.pop();
                continue;
            };
            *next += 1;
            match visit.get(to) {
                Some(Visit::New) => {
                    set(&mut visit, to, Visit::Open);
                    open.push((to, 0));
                }
                Some(Visit::Open) => {
                    let turned = ends.get(number).copied().flatten().map(|(from, to)| (to, from));
                    set(&mut ends, number, turned);
                }
                _ => {}
            }
        }
    }
    ends
}

#[derive(Clone, Copy, PartialEq)]
enum Visit {
    New,
    Open,
    Done,
}

fn set<T>(list: &mut [T], place: usize, value: T) {
    if let Some(slot) = list.get_mut(place) {
        *slot = value;
    }
}

/// For each node the length of the longest way to it.
fn layers(nodes: usize, forward: &[Option<(usize, usize)>]) -> Vec<usize> {
    let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    let mut waiting = vec![0_usize; nodes];
    for (from, to) in forward.iter().flatten() {
        if let (Some(list), Some(count)) = (leaving.get_mut(*from), waiting.get_mut(*to)) {
            list.push(*to);
            *count += 1;
        }
    }
    let mut layers = vec![0; nodes];
    let mut open: VecDeque<usize> = (0..nodes).filter(|node| waiting.get(*node) == Some(&0)).collect();
    while let Some(node) = open.pop_front() {
        let next = layers.get(node).copied().unwrap_or_default() + 1;
        for to in leaving.get(node).into_iter().flatten() {
            if let (Some(layer), Some(count)) = (layers.get_mut(*to), waiting.get_mut(*to)) {
                *layer = next.max(*layer);
                *count = count.saturating_sub(1);
                if *count == 0 {
                    open.push_back(*to);
                }
            }
        }
    }
    layers
}

/// Something that takes a place in a layer: a node, or an arc that passes.
#[derive(Clone, Debug)]
struct Item {
    layer: usize,
    height: f32,
    is_passing: bool,
    middle: f64,
    /// The place within its layer, from the top.
    rank: usize,
    /// The items to its left and right, each with how far below the top the arc leaves here and arrives there.
    left: Vec<Link>,
    right: Vec<Link>,
}

#[derive(Clone, Copy, Debug)]
struct Link {
    item: usize,
    /// From the middle of this item to where the arc leaves it.
    here: f64,
    /// From the middle of the other item to where the arc meets it.
    there: f64,
}

/// The nodes with the arcs cut into pieces that each join neighbouring layers.
struct Net {
    items: Vec<Item>,
    /// The items of each layer, from the top.
    layers: Vec<Vec<usize>>,
    /// For each arc the items through which it passes, from the left.
    passings: Vec<Vec<usize>>,
}

impl Net {
    fn new(heights: &[f32], arcs: &[Arc], forward: &[Option<(usize, usize)>], layer_of: &[usize]) -> Self {
        let layer = |node: usize| layer_of.get(node).copied().unwrap_or_default();
        let spans = forward.iter().flatten().map(|(from, to)| layer(*to).saturating_sub(layer(*from) + 1));
        let does_pass = spans.sum::<usize>() <= MOST_PASSING * (heights.len() + arcs.len());
        let item = |layer, height, is_passing| Item {
            layer,
            height,
            is_passing,
            middle: 0.0,
            rank: 0,
            left: Vec::new(),
            right: Vec::new(),
        };
        let mut items: Vec<Item> =
            heights.iter().enumerate().map(|(node, height)| item(layer(node), *height, false)).collect();
        let mut passings = vec![Vec::new(); arcs.len()];
        let offset = |(node, port): (usize, f32)| {
            f64::from(port - heights.get(node).copied().unwrap_or_default() / 2.0)
        };
        for ((arc, ends), passing) in arcs.iter().zip(forward).zip(&mut passings) {
            let Some((left, right)) = *ends else { continue };
            let (left_port, right_port) =
                if left == arc.from.0 { (arc.from, arc.to) } else { (arc.to, arc.from) };
            let (mut at, mut port) = (left, offset(left_port));
            let between = layer(left) + 1..layer(right);
            if !does_pass && !between.is_empty() {
                continue;
            }
            for layer in between {
                let next = items.len();
                items.push(item(layer, 0.0, true));
                join(&mut items, (at, port), (next, 0.0));
                passing.push(next);
                (at, port) = (next, 0.0);
            }
            join(&mut items, (at, port), (right, offset(right_port)));
        }
        let mut layers: Vec<Vec<usize>> = Vec::new();
        for (number, item) in items.iter().enumerate() {
            if layers.len() <= item.layer {
                layers.resize(item.layer + 1, Vec::new());
            }
            if let Some(layer) = layers.get_mut(item.layer) {
                layer.push(number);
            }
        }
        let mut net = Self { items, layers, passings };
        net.rank();
        net
    }

    fn rank(&mut self) {
        for layer in &self.layers {
            for (rank, item) in layer.iter().enumerate() {
                if let Some(item) = self.items.get_mut(*item) {
                    item.rank = rank;
                }
            }
        }
    }

    /// Sweeps to and fro, putting each item at the mean of its neighbours, and keeps the order with the fewest crossings.
    fn reduce_crossings(&mut self) {
        let mut best = (self.crossings(), self.layers.clone());
        for sweep in 0..SWEEPS {
            if best.0 == 0 {
                break;
            }
            let goes_right = sweep % 2 == 0;
            let order: Vec<usize> = if goes_right {
                (1..self.layers.len()).collect()
            } else {
                (0..self.layers.len()).rev().collect()
            };
            for layer in order {
                self.sort_layer(layer, goes_right);
            }
            let crossings = self.crossings();
            if crossings < best.0 {
                best = (crossings, self.layers.clone());
            }
        }
        self.layers = best.1;
        self.rank();
    }

    fn sort_layer(&mut self, number: usize, by_left: bool) {
        let Some(mut layer) = self.layers.get(number).cloned() else { return };
        let barycentre = |item: &usize| {
            let Some(item) = self.items.get(*item) else { return 0.0 };
            let links = if by_left { &item.left } else { &item.right };
            let sum: f64 = links.iter().map(|link| self.position(link)).sum();
            if links.is_empty() { item.rank as f64 } else { sum / links.len() as f64 }
        };
        let mut keyed: Vec<(f64, usize)> = layer.iter().map(|item| (barycentre(item), *item)).collect();
        keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
        layer.clear();
        layer.extend(keyed.into_iter().map(|(_, item)| item));
        for (rank, item) in layer.iter().enumerate() {
            if let Some(item) = self.items.get_mut(*item) {
                item.rank = rank;
            }
        }
        set(&mut self.layers, number, layer);
    }

    /// The rank of the item at the other end, and a fraction for where the arc meets it.
    fn position(&self, link: &Link) -> f64 {
        let Some(item) = self.items.get(link.item) else { return 0.0 };
        item.rank as f64 + link.there / (f64::from(item.height) + 1.0)
    }

    /// How many pieces of arcs cross.
    fn crossings(&self) -> u64 {
        let mut count = 0;
        for layer in &self.layers {
            let mut pieces: Vec<(f64, f64)> = Vec::new();
            for item in layer.iter().filter_map(|item| self.items.get(*item)) {
                for link in &item.right {
                    let here = item.rank as f64 + link.here / (f64::from(item.height) + 1.0);
                    pieces.push((here, self.position(link)));
                }
            }
            pieces.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
            let mut ends: Vec<f64> = pieces.into_iter().map(|(_, end)| end).collect();
            count += inversions(&mut ends);
        }
        count
    }

    /// Gives every item the place nearest to its neighbours that its order in the layer allows.
    fn place(&mut self) {
        for number in 0..self.layers.len() {
            self.stack(number);
        }
        for sweep in 0..SWEEPS {
            let is_last = sweep + 1 == SWEEPS;
            let goes_right = sweep % 2 == 0;
            let count = self.layers.len();
            for step in 0..count {
                let number = if goes_right { step } else { count - 1 - step };
                self.align(number, goes_right || is_last, !goes_right || is_last);
            }
        }
    }

    fn gap(&self, above: usize, below: usize) -> f64 {
        let half = |item: usize| self.items.get(item).map_or(0.0, |item| f64::from(item.height) / 2.0);
        let passes = |item: usize| self.items.get(item).is_some_and(|item| item.is_passing);
        let gap = if passes(above) || passes(below) { PASSING_GAP } else { GAP };
        half(above) + half(below) + f64::from(gap)
    }

    fn stack(&mut self, number: usize) {
        let Some(layer) = self.layers.get(number).cloned() else { return };
        let mut at = 0.0;
        let mut above = None;
        for item in layer {
            if let Some(above) = above {
                at += self.gap(above, item);
            }
            above = Some(item);
            if let Some(item) = self.items.get_mut(item) {
                item.middle = at;
            }
        }
    }

    fn align(&mut self, number: usize, by_left: bool, by_right: bool) {
        let Some(layer) = self.layers.get(number).cloned() else { return };
        let mut wishes = Vec::with_capacity(layer.len());
        let mut floor = 0.0;
        let mut above = None;
        let mut floors = Vec::with_capacity(layer.len());
        for item in &layer {
            if let Some(above) = above {
                floor += self.gap(above, *item);
            }
            above = Some(*item);
            floors.push(floor);
            let (wish, weight) = self.wish(*item, by_left, by_right);
            wishes.push((wish - floor, weight));
        }
        for ((item, place), floor) in layer.iter().zip(isotonic(&wishes)).zip(floors) {
            if let Some(item) = self.items.get_mut(*item) {
                item.middle = place + floor;
            }
        }
    }

    /// Where an item would best stand, and how much that matters.
    fn wish(&self, item: usize, by_left: bool, by_right: bool) -> (f64, f64) {
        let Some(item) = self.items.get(item) else { return (0.0, 0.0) };
        let left = item.left.iter().filter(|_| by_left);
        let links: Vec<&Link> = left.chain(item.right.iter().filter(|_| by_right)).collect();
        if links.is_empty() {
            return (item.middle, 0.05);
        }
        let sum: f64 = links
            .iter()
            .map(|link| {
                let other = self.items.get(link.item).map_or(0.0, |other| other.middle);
                other + link.there - link.here
            })
            .sum();
        let weight = if item.is_passing { PASSING_WEIGHT } else { 1.0 };
        (sum / links.len() as f64, weight)
    }

    fn into_drawing(self, nodes: usize) -> Drawing {
        let top = |item: &Item| item.middle as f32 - item.height / 2.0;
        let least = self.items.iter().map(top).fold(f32::INFINITY, f32::min);
        let least = if least.is_finite() { least } else { 0.0 };
        let bottom = self.items.iter().map(|item| top(item) + item.height - least).fold(0.0_f32, f32::max);
        let placed = self.items.get(..nodes).unwrap_or_default();
        let height_at =
            |item: &usize| self.items.get(*item).map_or(0.0, |item| (item.middle as f32 - least).round());
        Drawing {
            layers: placed.iter().map(|item| item.layer).collect(),
            tops: placed.iter().map(|item| (top(item) - least).round()).collect(),
            passings: self.passings.iter().map(|items| items.iter().map(height_at).collect()).collect(),
            height: bottom.round(),
        }
    }
}

fn join(items: &mut [Item], left: (usize, f64), right: (usize, f64)) {
    if let Some(item) = items.get_mut(left.0) {
        item.right.push(Link { item: right.0, here: left.1, there: right.1 });
    }
    if let Some(item) = items.get_mut(right.0) {
        item.left.push(Link { item: left.0, here: right.1, there: left.1 });
    }
}

/// How many pairs stand in the wrong order; sorts the list.
fn inversions(list: &mut [f64]) -> u64 {
    if list.len() < 2 {
        return 0;
    }
    let middle = list.len() / 2;
    let (low, high) = list.split_at_mut(middle);
    let mut count = inversions(low) + inversions(high);
    let mut merged = Vec::with_capacity(low.len() + high.len());
    let (mut a, mut b) = (low.iter().peekable(), high.iter().peekable());
    let mut left = low.len();
    loop {
        match (a.peek(), b.peek()) {
            (Some(x), Some(y)) if y < x => {
                count += left as u64;
                merged.push(**y);
                b.next();
            }
            (Some(x), _) => {
                merged.push(**x);
                left -= 1;
                a.next();
            }
            (None, Some(y)) => {
                merged.push(**y);
                b.next();
            }
            (None, None) => break,
        }
    }
    list.copy_from_slice(&merged);
    count
}

/// The rising sequence nearest to the wishes, each a place and a weight, by least squares: pool adjacent violators.
fn isotonic(wishes: &[(f64, f64)]) -> Vec<f64> {
    let mut pools: Vec<(f64, f64, usize)> = Vec::with_capacity(wishes.len());
    for (wish, weight) in wishes {
        let mut pool = (*wish, weight.max(1e-9), 1);
        while let Some(last) = pools.last().copied().filter(|last| last.0 > pool.0) {
            pools.pop();
            let weight = last.1 + pool.1;
            pool = ((last.0 * last.1 + pool.0 * pool.1) / weight, weight, last.2 + pool.2);
        }
        pools.push(pool);
    }
    pools.into_iter().flat_map(|(place, _, count)| std::iter::repeat_n(place, count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arcs(pairs: &[(usize, usize)]) -> Vec<Arc> {
        pairs.iter().map(|(from, to)| Arc { from: (*from, 20.0), to: (*to, 20.0) }).collect()
    }

    #[test]
    fn layers_follow_the_longest_way_and_circles_are_broken_at_their_first_node() {
        let check = |nodes: usize, pairs: &[(usize, usize)], expect: &[usize]| {
            assert_eq!(draw(&vec![40.0; nodes], &arcs(pairs)).layers, expect, "{pairs:?}");
        };
        check(0, &[], &[]);
        check(3, &[(0, 1), (1, 2), (0, 2)], &[0, 1, 2]);
        check(3, &[(2, 1), (1, 0)], &[2, 1, 0]);
        check(3, &[(0, 1), (1, 2), (2, 0)], &[0, 1, 2]);
        check(4, &[(3, 0), (0, 1), (1, 0)], &[1, 2, 0, 0]);
        check(1, &[(0, 0), (0, 7)], &[0]);
    }

    #[test]
    fn crossings_that_need_not_be_are_not() {
        let drawing = draw(&[40.0; 4], &arcs(&[(0, 3), (1, 2)]));
        assert_eq!(drawing.tops[0] < drawing.tops[1], drawing.tops[3] < drawing.tops[2]);
    }

    #[test]
    fn a_chain_is_straight_and_a_fan_is_centred() {
        let chain = draw(&[40.0; 4], &arcs(&[(0, 1), (1, 2), (2, 3)]));
        assert_eq!(chain.tops, [0.0; 4]);
        let fan = draw(&[40.0; 4], &arcs(&[(0, 1), (0, 2), (0, 3)]));
        assert_eq!(fan.tops[1..], [0.0, 54.0, 108.0]);
        assert_eq!(fan.tops[0], 54.0);
    }

    #[test]
    fn what_passes_keeps_clear_of_the_nodes_between() {
        let drawing = draw(&[40.0; 3], &arcs(&[(0, 1), (1, 2), (0, 2)]));
        let passing = drawing.passings[2][0];
        let top = drawing.tops[1];
        assert!(passing <= top - 10.0 || passing >= top + 50.0, "{drawing:?}");
    }

    #[test]
    fn the_nearest_rising_sequence() {
        let check = |wishes: &[f64], expect: &[f64]| {
            let wishes: Vec<(f64, f64)> = wishes.iter().map(|wish| (*wish, 1.0)).collect();
            assert_eq!(isotonic(&wishes), expect);
        };
        check(&[], &[]);
        check(&[1.0, 2.0, 3.0], &[1.0, 2.0, 3.0]);
        check(&[3.0, 1.0], &[2.0, 2.0]);
        check(&[1.0, 4.0, 2.0, 3.0], &[1.0, 3.0, 3.0, 3.0]);
        assert_eq!(inversions(&mut [3.0, 1.0, 2.0]), 2);
    }

    #[test]
    fn a_very_long_chain_with_long_arcs_stays_feasible() {
        let pairs: Vec<(usize, usize)> = (1..5_000).flat_map(|node| [(node - 1, node), (0, node)]).collect();
        let drawing = draw(&vec![40.0; 5_000], &arcs(&pairs));
        assert_eq!(drawing.layers.last(), Some(&4_999));
    }
}
