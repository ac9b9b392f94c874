//! Circles in what a table says of actors: nothing may belong to itself by way of others.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// The nodes that lie on a circle, or between two of them: what is left when those that nothing leads to, and those that
/// lead nowhere, are taken away one after the other.
pub(super) fn on_circles<T: Copy + Eq + Hash>(edges: &HashMap<T, Vec<T>>) -> HashSet<T> {
    let mut left = without_ends(edges, edges.keys().copied().collect());
    let mut back: HashMap<T, Vec<T>> = HashMap::new();
    for (from, to) in edges {
        for to in to.iter().filter(|to| left.contains(from) && left.contains(to)) {
            back.entry(*to).or_default().push(*from);
        }
    }
    left = without_ends(&back, left);
    left
}

/// Takes away what has no way on within the rest, again and again.
fn without_ends<T: Copy + Eq + Hash>(edges: &HashMap<T, Vec<T>>, all: HashSet<T>) -> HashSet<T> {
    let mut left = all;
    let mut ways: HashMap<T, usize> = HashMap::new();
    let mut back: HashMap<T, Vec<T>> = HashMap::new();
    for from in &left {
        let onward = edges.get(from).map_or(&[][..], Vec::as_slice).iter().filter(|to| left.contains(to));
        let mut count = 0;
        for to in onward {
            count += 1;
            back.entry(*to).or_default().push(*from);
        }
        ways.insert(*from, count);
    }
    let mut ends: Vec<T> = ways.iter().filter(|(_, count)| **count == 0).map(|(node, _)| *node).collect();
    while let Some(end) = ends.pop() {
        left.remove(&end);
        for from in back.get(&end).map_or(&[][..], Vec::as_slice) {
            if let Some(count) = ways.get_mut(from) {
                *count -= 1;
                if *count == 0 {
                    ends.push(*from);
                }
            }
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_leads_back_to_itself() {
        let check = |edges: &[(u8, &[u8])], expect: &[u8]| {
            let edges: HashMap<u8, Vec<u8>> = edges.iter().map(|(from, to)| (*from, to.to_vec())).collect();
            let mut found: Vec<u8> = on_circles(&edges).into_iter().collect();
            found.sort_unstable();
            assert_eq!(found, expect);
        };
        check(&[], &[]);
        check(&[(1, &[2]), (2, &[3])], &[]);
        check(&[(1, &[1])], &[1]);
        check(&[(1, &[2]), (2, &[1, 4]), (3, &[1])], &[1, 2]);
        check(&[(1, &[2, 3]), (2, &[4]), (3, &[4]), (4, &[5])], &[]);
    }
}
