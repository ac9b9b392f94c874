//! How near actors stand to one another in the hierarchy.

use rustc_hash::FxHashMap;

use super::Hierarchy;
use crate::analysis::{Measure, Undefined};
use crate::model::{Actor, Id};

/// The depth of the root above all actors, which nobody names.
const ROOT: usize = 1;

impl Hierarchy {
    /// How near two actors, or two groups of actors that are named jointly, stand to each other, in `(0, 1]`; 1 for the same.
    ///
    /// Twice the depth of the nearest common actor above both, over the sum of both depths. A root above all actors has depth 1, and
    /// where an actor is part of several, the longest way down counts. Of groups the mean over all members of both of the best that
    /// each finds in the other. For display alone, never as conflict: two services of one state, which contradict each other, are
    /// nearer than a service and "any state", which do not. Undefined where one of the two names nobody of the hierarchy.
    ///
    /// Source: Wu and Palmer, "Verb semantics and lexical selection", ACL 1994.
    pub fn similarity(&self, left: &[Id<Actor>], right: &[Id<Actor>]) -> Measure {
        let paths = |actors: &[Id<Actor>]| -> Vec<Path> {
            let mut numbers: Vec<usize> = actors.iter().filter_map(|actor| self.number_of(*actor)).collect();
            numbers.sort_unstable();
            numbers.dedup();
            numbers.into_iter().map(|number| self.path(number)).collect()
        };
        let (left, right) = (paths(left), paths(right));
        if left.is_empty() || right.is_empty() {
            return Err(Undefined::because("one of the two names nobody"));
        }
        let best =
            |own: &Path, others: &[Path]| others.iter().map(|other| own.near(other)).fold(0.0, f64::max);
        let sum: f64 = left.iter().map(|own| best(own, &right)).sum::<f64>()
            + right.iter().map(|own| best(own, &left)).sum::<f64>();
        Ok(sum / (left.len() + right.len()) as f64)
    }

    /// An actor and all above it. Takes no recursion, so that a deep hierarchy cannot exhaust the stack.
    fn path(&self, start: usize) -> Path {
        let mut depths: FxHashMap<usize, usize> = FxHashMap::default();
        let mut open = vec![start];
        while let Some(at) = open.last().copied() {
            let parents = self.node(at).map_or(&[][..], |node| node.parents.as_slice());
            if let Some(next) = parents.iter().find(|parent| !depths.contains_key(parent)) {
                open.push(*next);
                continue;
            }
            open.pop();
            let above = parents.iter().filter_map(|parent| depths.get(parent).copied()).max();
            depths.insert(at, above.unwrap_or(ROOT) + 1);
        }
        Path { depth: depths.get(&start).copied().unwrap_or(ROOT), depths }
    }
}

/// An actor's depth, and the depths of itself and of all above it.
struct Path {
    depth: usize,
    depths: FxHashMap<usize, usize>,
}

impl Path {
    fn near(&self, other: &Self) -> f64 {
        let common = self.depths.iter().filter(|(number, _)| other.depths.contains_key(number));
        let deepest = common.map(|(_, depth)| *depth).max().unwrap_or(ROOT);
        2.0 * deepest as f64 / (self.depth + other.depth) as f64
    }
}
