//! An order of things in which what is near stands near: for the rows of a heatmap.
//!
//! The things are clustered by average linkage (Sokal & Michener 1958, by the nearest-neighbour chain of Murtagh 1983),
//! and the leaves of the tree are put in order without crossing its branches, so that every cluster stays in one piece.
//! Up to [`OPTIMAL_UP_TO`] things that order is the one with the least sum of distances between neighbours: optimal leaf
//! ordering, Bar-Joseph, Gifford & Jaakkola, *Bioinformatics* 17 (2001). Beyond that each two branches are joined at
//! their nearest ends, from the leaves upward: Gruvaeus & Wainer, *British Journal of Mathematical and Statistical
//! Psychology* 25 (1972), in the square of the number of things where the optimum takes the cube.

use crate::analysis::rounding::count;

/// Up to how many things are put in the best order that their clusters allow.
pub const OPTIMAL_UP_TO: usize = 160;

/// What a step of number adds to a distance, so that things equally far apart come in the order of their numbers.
const TIE: f64 = 1e-9;

/// The order of `len` things, as their numbers. `distance` must be symmetric, finite and not negative.
///
/// Deterministic. Of an order and its reverse, which are equally good, the one that begins with the lesser number at its
/// ends is given. Where no two distances are equal, the order does not depend on how the things are numbered, but for
/// that reversal; ties are broken by number.
pub fn seriate(len: usize, distance: impl Fn(usize, usize) -> f64) -> Vec<usize> {
    seriate_by(len, distance, len <= OPTIMAL_UP_TO)
}

fn seriate_by(len: usize, distance: impl Fn(usize, usize) -> f64, is_optimal: bool) -> Vec<usize> {
    let distances = Distances::new(len, distance);
    let tree = Tree::average_linkage(len, distances.clone());
    let mut order = if is_optimal { optimal(&tree, &distances) } else { greedy(&tree, &distances) };
    if order.first() > order.last() {
        order.reverse();
    }
    order
}

/// The distances between all pairs.
#[derive(Clone)]
struct Distances {
    len: usize,
    cells: Vec<f64>,
}

impl Distances {
    fn new(len: usize, distance: impl Fn(usize, usize) -> f64) -> Self {
        let cells = (0..len * len).map(|cell| {
            let (a, b) = (cell / len.max(1), cell % len.max(1));
            if a == b { 0.0 } else { distance(a.max(b), a.min(b)) + TIE * count(a.abs_diff(b)) }
        });
        Self { len, cells: cells.collect() }
    }

    fn get(&self, a: usize, b: usize) -> f64 {
        self.cells.get(a * self.len + b).copied().unwrap_or(f64::INFINITY)
    }

    fn set(&mut self, a: usize, b: usize, value: f64) {
        for cell in [a * self.len + b, b * self.len + a] {
            if let Some(cell) = self.cells.get_mut(cell) {
                *cell = value;
            }
        }
    }
}

/// A part of a tree of clusters, with the things in it.
struct Branch {
    leaves: Vec<usize>,
    /// The two branches that it was made from, by their numbers; `None` for a single thing.
    children: Option<(usize, usize)>,
}

/// Clusters of clusters, each after those that it was made from; the last one holds all.
struct Tree {
    branches: Vec<Branch>,
}

impl Tree {
    fn average_linkage(len: usize, mut distances: Distances) -> Self {
        let mut branches: Vec<Branch> =
            (0..len).map(|leaf| Branch { leaves: vec![leaf], children: None }).collect();
        // The branch that each cluster is; a merged cluster keeps the lesser of the two numbers.
        let mut clusters: Vec<Option<usize>> = (0..len).map(Some).collect();
        let mut chain: Vec<usize> = Vec::new();
        for _ in 1..len {
            let (a, b) = loop {
                if chain.is_empty() {
                    chain.extend(clusters.iter().position(Option::is_some));
                }
                let Some(end) = chain.last().copied() else { return Self { branches } };
                let before = chain.len().checked_sub(2).and_then(|place| chain.get(place)).copied();
                let others = clusters.iter().enumerate().filter(|(other, it)| it.is_some() && *other != end);
                // On a tie the one that the chain came from, else it would never end.
                let nearest = others.map(|(other, _)| other).min_by(|a, b| {
                    let (near_a, near_b) = (distances.get(end, *a), distances.get(end, *b));
                    near_a.total_cmp(&near_b).then_with(|| (Some(*b) == before).cmp(&(Some(*a) == before)))
                });
                let Some(nearest) = nearest else { return Self { branches } };
                if Some(nearest) == before {
                    chain.truncate(chain.len() - 2);
                    break (end.min(nearest), end.max(nearest));
                }
                chain.push(nearest);
            };
            let branch_of = |cluster: usize| clusters.get(cluster).copied().flatten();
            let (Some(left), Some(right)) = (branch_of(a), branch_of(b)) else { break };
            let leaves = |branch: usize| branches.get(branch).map_or(&[][..], |branch| &branch.leaves);
            let (left_size, right_size) = (count(leaves(left).len()), count(leaves(right).len()));
            let all = [leaves(left), leaves(right)].concat();
            for (other, _) in clusters.iter().enumerate().filter(|(other, it)| it.is_some() && *other != a) {
                let sum = left_size * distances.get(a, other) + right_size * distances.get(b, other);
                distances.set(a, other, sum / (left_size + right_size));
            }
            let number = branches.len();
            branches.push(Branch { leaves: all, children: Some((left, right)) });
            for (cluster, branch) in [(a, Some(number)), (b, None)] {
                if let Some(place) = clusters.get_mut(cluster) {
                    *place = branch;
                }
            }
        }
        Self { branches }
    }

    fn leaves(&self, branch: usize) -> &[usize] {
        self.branches.get(branch).map_or(&[], |branch| &branch.leaves)
    }

    /// The leaves that can stand at the other end of a branch that begins with `leaf`.
    fn opposite(&self, branch: usize, leaf: usize) -> &[usize] {
        match self.branches.get(branch).and_then(|branch| branch.children) {
            None => self.leaves(branch),
            Some((left, right)) if self.leaves(left).contains(&leaf) => self.leaves(right),
            Some((left, _)) => self.leaves(left),
        }
    }
}

/// The order of least length: for every two leaves the least length of their branch between them as its ends.
fn optimal(tree: &Tree, distances: &Distances) -> Vec<usize> {
    let len = distances.len;
    let mut lengths = Distances::new(len, |_, _| f64::INFINITY);
    for branch in &tree.branches {
        let Some((left, right)) = branch.children else { continue };
        for first in tree.leaves(left) {
            let inner = tree.opposite(left, *first);
            // From the first leaf through its own branch to each leaf of the other one.
            let mut reached = vec![f64::INFINITY; len];
            for next in tree.leaves(right) {
                let way = inner.iter().map(|end| lengths.get(*first, *end) + distances.get(*end, *next));
                if let Some(place) = reached.get_mut(*next) {
                    *place = way.fold(f64::INFINITY, f64::min);
                }
            }
            for last in tree.leaves(right) {
                let way = tree.opposite(right, *last).iter().map(|next| {
                    reached.get(*next).copied().unwrap_or(f64::INFINITY) + lengths.get(*next, *last)
                });
                lengths.set(*first, *last, way.fold(f64::INFINITY, f64::min));
            }
        }
    }
    unfold(tree, distances, &lengths)
}

/// The leaves from the ends of the best order inward.
fn unfold(tree: &Tree, distances: &Distances, lengths: &Distances) -> Vec<usize> {
    let mut order = Vec::with_capacity(distances.len);
    let Some(root) = tree.branches.len().checked_sub(1) else { return order };
    let ends = match tree.branches.get(root).and_then(|root| root.children) {
        None => tree.leaves(root).first().map(|leaf| (*leaf, *leaf)),
        Some((left, right)) => {
            best(tree.leaves(left), tree.leaves(right), |first, last| lengths.get(first, last))
        }
    };
    let mut waiting: Vec<(usize, (usize, usize))> = ends.into_iter().map(|ends| (root, ends)).collect();
    while let Some((branch, (first, last))) = waiting.pop() {
        let Some((left, right)) = tree.branches.get(branch).and_then(|branch| branch.children) else {
            order.push(first);
            continue;
        };
        let (front, back) = if tree.leaves(left).contains(&first) { (left, right) } else { (right, left) };
        let joint = best(tree.opposite(front, first), tree.opposite(back, last), |end, next| {
            lengths.get(first, end) + distances.get(end, next) + lengths.get(next, last)
        });
        let Some((end, next)) = joint else { continue };
        waiting.push((back, (next, last)));
        waiting.push((front, (first, end)));
    }
    order
}

/// The pair with the least cost, the first one of equals.
fn best(ones: &[usize], others: &[usize], cost: impl Fn(usize, usize) -> f64) -> Option<(usize, usize)> {
    let pairs = ones.iter().flat_map(|one| others.iter().map(|other| (*one, *other)));
    pairs.min_by(|a, b| cost(a.0, a.1).total_cmp(&cost(b.0, b.1)).then(a.cmp(b)))
}

/// Joins every two branches at those of their ends that are nearest.
fn greedy(tree: &Tree, distances: &Distances) -> Vec<usize> {
    let mut orders: Vec<Vec<usize>> = Vec::with_capacity(tree.branches.len());
    for branch in &tree.branches {
        let Some((left, right)) = branch.children else {
            orders.push(branch.leaves.clone());
            continue;
        };
        let mut take = |branch: usize| orders.get_mut(branch).map(std::mem::take).unwrap_or_default();
        let (mut front, mut back) = (take(left), take(right));
        let turns = [(false, false), (false, true), (true, false), (true, true)];
        let gap = |(turns_front, turns_back): (bool, bool)| {
            let end = if turns_front { front.first() } else { front.last() };
            let next = if turns_back { back.last() } else { back.first() };
            end.zip(next).map_or(f64::INFINITY, |(end, next)| distances.get(*end, *next))
        };
        let turn = turns.into_iter().min_by(|a, b| gap(*a).total_cmp(&gap(*b)));
        let (turns_front, turns_back) = turn.unwrap_or_default();
        if turns_front {
            front.reverse();
        }
        if turns_back {
            back.reverse();
        }
        front.append(&mut back);
        orders.push(front);
    }
    orders.pop().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Some distance between all pairs, no two alike.
    fn distances(len: usize) -> impl Strategy<Value = Vec<Vec<f64>>> {
        proptest::collection::vec(1_u32..1_000_000, len * len).prop_map(move |drawn| {
            let of = |a: usize, b: usize| {
                let (high, low) = (a.max(b), a.min(b));
                f64::from(drawn[high * len + low]) + (high * len + low) as f64 / 1_000.0
            };
            (0..len).map(|a| (0..len).map(|b| if a == b { 0.0 } else { of(a, b) }).collect()).collect()
        })
    }

    fn length(order: &[usize], matrix: &[Vec<f64>]) -> f64 {
        order.windows(2).map(|pair| matrix[pair[0]][pair[1]]).sum()
    }

    proptest! {
        #[test]
        fn numbering_changes_nothing_but_the_direction(
            (matrix, shuffled) in (1_usize..14).prop_flat_map(|len| {
                (distances(len), Just((0..len).collect::<Vec<usize>>()).prop_shuffle())
            }),
        ) {
            let len = matrix.len();
            for is_optimal in [true, false] {
                let order = seriate_by(len, |a, b| matrix[a][b], is_optimal);
                let other = seriate_by(len, |a, b| matrix[shuffled[a]][shuffled[b]], is_optimal);
                let mut other: Vec<usize> = other.into_iter().map(|place| shuffled[place]).collect();
                if order != other {
                    other.reverse();
                }
                prop_assert_eq!(&order, &other);
                let mut all = order;
                all.sort_unstable();
                prop_assert_eq!(all, (0..len).collect::<Vec<_>>());
            }
        }

        #[test]
        fn the_best_order_is_no_longer_than_the_quick_one(matrix in (2_usize..20).prop_flat_map(distances)) {
            let len = matrix.len();
            let [best, quick] = [true, false].map(|it| seriate_by(len, |a, b| matrix[a][b], it));
            prop_assert!(length(&best, &matrix) <= length(&quick, &matrix) + 1e-6);
        }

        #[test]
        fn blocs_stay_in_one_piece(blocs in proptest::collection::vec(0_usize..5, 1..60), is_optimal: bool) {
            let order = seriate_by(blocs.len(), |a, b| if blocs[a] == blocs[b] { 0.0 } else { 4.0 }, is_optimal);
            let mut seen: Vec<usize> = order.iter().map(|thing| blocs[*thing]).collect();
            seen.dedup();
            let runs = seen.len();
            seen.sort_unstable();
            seen.dedup();
            prop_assert_eq!(runs, seen.len());
        }
    }

    #[test]
    fn points_on_a_line_come_in_their_order() {
        let check = |points: &[f64], expect: &[f64]| {
            for is_optimal in [true, false] {
                let order = seriate_by(points.len(), |a, b| (points[a] - points[b]).abs(), is_optimal);
                let found: Vec<f64> = order.iter().map(|place| points[*place]).collect();
                assert_eq!(found, expect, "{points:?} {is_optimal}");
            }
        };
        check(&[], &[]);
        check(&[7.0], &[7.0]);
        check(&[5.0, 1.0], &[5.0, 1.0]);
        check(&[1.0, 9.0, 2.0, 8.0, 4.0], &[1.0, 2.0, 4.0, 8.0, 9.0]);
    }

    #[test]
    fn a_thousand_things_are_no_trouble() {
        let order = seriate(1_000, |a, b| if a % 7 == b % 7 { 0.0 } else { 1.0 });
        assert_eq!(
            order
                .iter()
                .map(|thing| thing % 7)
                .fold((0, 99), |(runs, last), bloc| { (runs + usize::from(bloc != last), bloc) })
                .0,
            7
        );
    }
}
