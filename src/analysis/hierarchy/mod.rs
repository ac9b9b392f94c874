//! The actors as a hierarchy, under the links that the analyst accepts, and the set of actors that each
//! stands for.

mod build;
mod set;
mod similarity;

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{Actor, ActorLevel, Claim, Id};

pub(super) use build::Mentions;
pub use build::is_accepted_link;
pub use set::ActorSet;

/// The actors in hierarchy order, with accepted links applied: accepted same-actor claims merge actors into
/// one [`Node`], accepted belongs-to claims add parents.
///
/// Always acyclic: an edge that would close a circle is left out and named in [`Self::rejected`].
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Hierarchy {
    nodes: Vec<Node>,
    index: FxHashMap<Id<Actor>, usize>,
    rejected: Vec<RejectedLink>,
}

/// One actor, or several that are accepted to be one.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The actor that stands for all merged ones: the widest in level, then the one that most standing claims
    /// name, then the first by name and by identifier.
    pub actor: Id<Actor>,
    /// All actors that are one here, the representative first, the others by identifier.
    pub members: Vec<Id<Actor>>,
    /// The name of the representative.
    pub name: String,
    /// The level of the representative.
    pub level: ActorLevel,
    /// The nodes right above it, the one that it is drawn under first.
    pub parents: Vec<usize>,
    /// The nodes right below it, in hierarchy order, those included that are drawn under another parent.
    pub children: Vec<usize>,
    /// How deep it is drawn; 0 for a root.
    pub depth: usize,
    /// The set that it stands for, as ranges of numbers in order: where every node below it is drawn below it, one range.
    /// A bit for each pair of nodes would be half a gigabyte for sixty thousand of them.
    below: Vec<Range<usize>>,
}

impl Node {
    fn is_within(&self, set: &ActorSet) -> bool {
        self.below.iter().all(|range| set.contains_range(range))
    }
}

/// A membership that cannot hold beside the others, and was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectedLink {
    /// The accepted claim that says so; `None` where it stands in the actor's own record.
    pub claim: Option<Id<Claim>>,
    /// The narrower actor, or one of two that are said to be the same.
    pub part: Id<Actor>,
    /// The wider actor, or the other of the two.
    pub whole: Id<Actor>,
    /// The names along the circle that it would close, the first one repeated at the end.
    pub circle: Vec<String>,
}

impl Hierarchy {
    /// All nodes in hierarchy order: each below its first parent, siblings by level and then by name. The
    /// place of a node in this list is its number everywhere else.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The node with this number.
    pub fn node(&self, number: usize) -> Option<&Node> {
        self.nodes.get(number)
    }

    /// The number of the node that an actor is part of; `None` where there is no such actor.
    pub fn number_of(&self, actor: Id<Actor>) -> Option<usize> {
        self.index.get(&actor).copied()
    }

    /// The actor that stands for all those merged with this one.
    pub fn representative(&self, actor: Id<Actor>) -> Option<Id<Actor>> {
        Some(self.node(self.number_of(actor)?)?.actor)
    }

    /// Under which of the actors `above` it an actor is unfolded: the one whose node stands first among the parents of its own
    /// node, under which it is drawn here; where none of them does, the first. `None` where there are none above.
    ///
    /// A list of records, in which merged actors stand apart, asks this so that it unfolds them as the hierarchy does.
    pub fn unfolded_under(&self, actor: Id<Actor>, above: &[Id<Actor>]) -> Option<Id<Actor>> {
        let node = self.number_of(actor).and_then(|number| self.node(number));
        let parent = node.and_then(|node| node.parents.first()).copied();
        let is_drawn_under = |wider: &&Id<Actor>| parent.is_some() && self.number_of(**wider) == parent;
        above.iter().find(is_drawn_under).or(above.first()).copied()
    }

    /// The numbers of all nodes, wider ones before those below them.
    pub fn parents_first(&self) -> Vec<usize> {
        let mut waiting_for: Vec<usize> = self.nodes.iter().map(|node| node.parents.len()).collect();
        let mut order: Vec<usize> = waiting_for
            .iter()
            .enumerate()
            .filter(|(_, count)| **count == 0)
            .map(|(number, _)| number)
            .collect();
        let mut next = 0;
        while let Some(node) = order.get(next).and_then(|number| self.node(*number)) {
            next += 1;
            for child in &node.children {
                if let Some(count) = waiting_for.get_mut(*child) {
                    *count = count.saturating_sub(1);
                    if *count == 0 {
                        order.push(*child);
                    }
                }
            }
        }
        order
    }

    /// What was left out because it would have closed a circle.
    pub fn rejected(&self) -> &[RejectedLink] {
        &self.rejected
    }

    /// How many members the frame has: one for each node, and "anyone else".
    pub fn frame_len(&self) -> usize {
        self.nodes.len() + 1
    }

    /// The set that a node stands for: all leaves below it, and "some other member" of every node from it
    /// downward that is no leaf. Empty for a number without a node.
    pub fn set_of_node(&self, number: usize) -> ActorSet {
        self.union([number])
    }

    /// The set that actors jointly stand for: the union of theirs. Actors that do not exist add nothing.
    pub fn set_of(&self, actors: &[Id<Actor>]) -> ActorSet {
        self.union(actors.iter().filter_map(|actor| self.number_of(*actor)))
    }

    fn union(&self, numbers: impl IntoIterator<Item = usize>) -> ActorSet {
        let mut set = ActorSet::empty(self.frame_len());
        for node in numbers.into_iter().filter_map(|number| self.node(number)) {
            node.below.iter().for_each(|range| set.insert_range(range));
        }
        set
    }

    /// The set of joint actors as seen at a level: each is replaced as [`Self::at_level`] says.
    pub fn set_at_level(&self, actors: &[Id<Actor>], level: Option<ActorLevel>) -> ActorSet {
        match level {
            None => self.set_of(actors),
            Some(level) => self.union(actors.iter().flat_map(|actor| self.at_level(*actor, level))),
        }
    }

    /// The actors that claims name, by their numbers and in hierarchy order; as seen at `level` where one is given.
    pub fn named_by<'a>(
        &self,
        claims: impl Iterator<Item = &'a Claim>,
        level: Option<ActorLevel>,
    ) -> Vec<usize> {
        let actors = claims.flat_map(|claim| claim.proposition.actors());
        let mut numbers: Vec<usize> = actors
            .flat_map(|actor| match level {
                Some(level) => self.at_level(actor, level),
                None => self.number_of(actor).into_iter().collect(),
            })
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// The nodes that an actor is seen as at a level: the nearest above it that are no narrower than the
    /// level, or itself where it is no narrower or where nothing above it is wide enough. Several where it
    /// has several parents; empty where there is no such actor. In hierarchy order.
    pub fn at_level(&self, actor: Id<Actor>, level: ActorLevel) -> Vec<usize> {
        let Some(start) = self.number_of(actor) else { return Vec::new() };
        let mut found = Vec::new();
        let mut seen = FxHashSet::default();
        let mut open = vec![start];
        while let Some(number) = open.pop() {
            let Some(node) = self.node(number).filter(|_| seen.insert(number)) else { continue };
            if node.level <= level {
                found.push(number);
            } else {
                open.extend(&node.parents);
            }
        }
        if found.is_empty() {
            found.push(start);
        }
        found.sort_unstable();
        found
    }

    /// All nodes above one, itself excluded, in hierarchy order.
    pub fn ancestors(&self, number: usize) -> Vec<usize> {
        let mut found = FxHashSet::default();
        let mut open: Vec<usize> = self.node(number).map(|node| node.parents.clone()).unwrap_or_default();
        while let Some(next) = open.pop() {
            if found.insert(next) {
                open.extend(self.node(next).into_iter().flat_map(|node| &node.parents));
            }
        }
        let mut found: Vec<usize> = found.into_iter().collect();
        found.sort_unstable();
        found
    }

    /// Names a set in the fewest words: the widest nodes that lie wholly in it, "other members of" those of
    /// which only the remainder does, and "anyone else".
    pub fn describe(&self, set: &ActorSet) -> String {
        if set.is_everyone() {
            return "anyone".to_owned();
        }
        let mut names = Vec::new();
        for member in set.members() {
            match self.node(member) {
                Some(node) if node.is_within(set) => {
                    let is_covered = node
                        .parents
                        .iter()
                        .any(|parent| self.node(*parent).is_some_and(|parent| parent.is_within(set)));
                    if !is_covered {
                        names.push(node.name.clone());
                    }
                }
                Some(node) => names.push(format!("other members of {}", node.name)),
                None => names.push("anyone else".to_owned()),
            }
        }
        if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
    }
}

#[cfg(test)]
mod tests;
