//! Circles in what a table says of actors: nothing may belong to itself by way of others.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

/// The nodes that lie on a circle.
pub(super) fn on_circles<T: Copy + Eq + Hash>(edges: &HashMap<T, Vec<T>>) -> HashSet<T> {
    let mut graph: DiGraph<T, ()> = DiGraph::new();
    let mut nodes = HashMap::new();
    for id in edges.iter().flat_map(|(from, to)| to.iter().chain([from])) {
        nodes.entry(*id).or_insert_with(|| graph.add_node(*id));
    }
    let pairs = edges.iter().flat_map(|(from, to)| to.iter().map(move |to| (from, to)));
    for (from, to) in pairs {
        if let (Some(from), Some(to)) = (nodes.get(from), nodes.get(to)) {
            graph.add_edge(*from, *to, ());
        }
    }
    let turns = |component: &Vec<_>| match component.as_slice() {
        [alone] => graph.contains_edge(*alone, *alone),
        _ => true,
    };
    let components = kosaraju_scc(&graph).into_iter().filter(turns);
    components.flatten().filter_map(|node| graph.node_weight(node).copied()).collect()
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
        // What only leads from one circle to another lies on none.
        check(&[(1, &[1, 2]), (2, &[3]), (3, &[3])], &[1, 3]);
        check(&[(1, &[2, 3]), (2, &[4]), (3, &[4]), (4, &[5])], &[]);
    }
}
