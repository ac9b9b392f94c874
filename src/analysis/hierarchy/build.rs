//! How a [`Hierarchy`] comes about: merge, link, leave out what closes a circle, put in order, collect the
//! sets.

use std::cmp::Reverse;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{Hierarchy, Node, RejectedLink};
use crate::model::{Actor, Assessment, Claim, Id, Proposition, Stance, Status};

/// Whether a claim is a link that counts: a same-actor or belongs-to claim that the analyst accepts, that
/// asserts, and by which its source still stands.
pub fn is_accepted_link(claim: &Claim) -> bool {
    claim.proposition.is_link()
        && claim.accepted
        && claim.stance == Stance::Asserts
        && claim.status == Status::Standing
}

impl Hierarchy {
    /// The hierarchy of an assessment under its accepted links.
    pub fn new(assessment: &Assessment) -> Self {
        Self::with_links(assessment, assessment.claims.iter().filter(|claim| is_accepted_link(claim)))
    }

    /// The hierarchy of an assessment's actors under these links, whatever the assessment itself accepts; for
    /// asking what a link changes. Same-actor links are applied before belongs-to links, each in the order
    /// given.
    pub fn with_links<'a>(
        assessment: &Assessment,
        links: impl IntoIterator<Item = &'a Claim> + Clone,
    ) -> Self {
        let mut mentions = Mentions::default();
        // Only what is merged needs a name out of several, so without such links nothing is counted.
        if links.clone().into_iter().any(|claim| matches!(claim.proposition, Proposition::SameActor { .. })) {
            assessment.claims.iter().for_each(|claim| mentions.add(claim));
        }
        Self::with_mentions(assessment, links, &mentions)
    }

    /// As [`Self::with_links`], with the mentions of the assessment's claims counted already.
    pub(in crate::analysis) fn with_mentions<'a>(
        assessment: &Assessment,
        links: impl IntoIterator<Item = &'a Claim> + Clone,
        mentions: &Mentions,
    ) -> Self {
        let mut graph = Graph::new(assessment, mentions);
        for claim in links.clone() {
            if let Proposition::SameActor { first, second } = claim.proposition {
                graph.merge(claim.id, first, second);
            }
        }
        for claim in links {
            if let Proposition::BelongsTo { part, whole } = claim.proposition {
                graph.link(claim.id, part, whole);
            }
        }
        graph.finish()
    }
}

/// How many standing claims say of an actor that it did something, or did not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::analysis) struct Mentions {
    counts: FxHashMap<Id<Actor>, u32>,
}

impl Mentions {
    /// Counts a claim.
    pub fn add(&mut self, claim: &Claim) {
        for actor in Self::of_claim(claim) {
            *self.counts.entry(*actor).or_default() += 1;
        }
    }

    /// Counts a claim no longer.
    pub fn remove(&mut self, claim: &Claim) {
        for actor in Self::of_claim(claim) {
            if let Some(count) = self.counts.get_mut(actor) {
                *count = count.saturating_sub(1);
            }
        }
    }

    fn of_claim(claim: &Claim) -> &[Id<Actor>] {
        match &claim.proposition {
            Proposition::Attribution { actors, .. } if claim.status == Status::Standing => actors,
            _ => &[],
        }
    }

    fn of(&self, actor: Id<Actor>) -> u32 {
        self.counts.get(&actor).copied().unwrap_or(0)
    }

    /// Whether every merged node of a hierarchy still has the name that it would be given.
    pub fn would_name(&self, hierarchy: &Hierarchy, assessment: &Assessment) -> bool {
        hierarchy.nodes().iter().filter(|node| node.members.len() > 1).all(|node| {
            let first = node.members.iter().filter_map(|member| assessment.get(*member));
            first.min_by_key(|actor| precedence(actor, self)).is_none_or(|first| first.id == node.actor)
        })
    }
}

/// What decides which of several merged actors stands for all: the widest level, then most mentions, then name and
/// identifier.
fn precedence<'a>(
    actor: &'a Actor,
    mentions: &Mentions,
) -> (crate::model::ActorLevel, Reverse<u32>, &'a str, Id<Actor>) {
    (actor.level, Reverse(mentions.of(actor.id)), actor.name.as_str(), actor.id)
}

/// The actors while links are being applied. Actors are numbered by identifier.
struct Graph<'a> {
    mentions: &'a Mentions,
    actors: Vec<&'a Actor>,
    numbers: FxHashMap<Id<Actor>, usize>,
    /// For each actor the one that stands for its merged class, or one nearer to it.
    merged_into: Vec<usize>,
    /// For each class, by its representative, its members.
    members: Vec<Vec<usize>>,
    /// For each actor its wider actors, the circular ones left out.
    parents: Vec<Vec<usize>>,
    rejected: Vec<RejectedLink>,
}

impl<'a> Graph<'a> {
    fn new(assessment: &'a Assessment, mentions: &'a Mentions) -> Self {
        let actors: Vec<&Actor> = assessment.actors.iter().collect();
        let numbers: FxHashMap<_, _> =
            actors.iter().enumerate().map(|(number, actor)| (actor.id, number)).collect();
        let parents = actors
            .iter()
            .map(|actor| {
                let mut parents: Vec<usize> = Vec::with_capacity(actor.belongs_to.len());
                for parent in actor.belongs_to.iter().filter_map(|id| numbers.get(id)) {
                    if !parents.contains(parent) {
                        parents.push(*parent);
                    }
                }
                parents
            })
            .collect();
        let mut graph = Self {
            mentions,
            merged_into: (0..actors.len()).collect(),
            members: (0..actors.len()).map(|number| vec![number]).collect(),
            actors,
            numbers,
            parents,
            rejected: Vec::new(),
        };
        graph.break_circles();
        graph
    }

    /// Leaves out of the actors' own memberships those that close a circle, in one walk over all of them.
    fn break_circles(&mut self) {
        #[derive(Clone, Copy, PartialEq)]
        enum State {
            New,
            Open,
            Done,
        }
        let mut states = vec![State::New; self.actors.len()];
        let state_of = |states: &[State], number: usize| states.get(number).copied().unwrap_or(State::Done);
        for start in 0..self.actors.len() {
            if state_of(&states, start) != State::New {
                continue;
            }
            // Each entry: an actor, and how many of its parents have been looked at.
            let mut path: Vec<(usize, usize)> = vec![(start, 0)];
            set(&mut states, start, State::Open);
            while let Some((number, looked_at)) = path.last_mut() {
                let number = *number;
                let Some(parent) =
                    self.parents.get(number).and_then(|parents| parents.get(*looked_at)).copied()
                else {
                    set(&mut states, number, State::Done);
                    path.pop();
                    continue;
                };
                match state_of(&states, parent) {
                    State::Done => *looked_at += 1,
                    State::New => {
                        *looked_at += 1;
                        set(&mut states, parent, State::Open);
                        path.push((parent, 0));
                    }
                    State::Open => {
                        let circle: Vec<usize> =
                            path.iter().map(|(number, _)| *number).skip_while(|it| *it != parent).collect();
                        self.reject(None, number, parent, &circle);
                        if let Some(parents) = self.parents.get_mut(number) {
                            parents.retain(|it| *it != parent);
                        }
                    }
                }
            }
        }
    }

    fn find(&self, number: usize) -> usize {
        let mut at = number;
        while let Some(next) = self.merged_into.get(at).copied().filter(|next| *next != at) {
            at = next;
        }
        at
    }

    /// The classes right above a class.
    fn above(&self, class: usize) -> impl Iterator<Item = usize> + '_ {
        let members = self.members.get(class).into_iter().flatten();
        members
            .flat_map(|member| self.parents.get(*member).into_iter().flatten())
            .map(|parent| self.find(*parent))
            .filter(move |parent| *parent != class)
    }

    /// The classes on a way upward from `from` to `to`, both included; `None` where there is no way. A way
    /// that is one step long counts only if `direct`.
    fn way_up(&self, from: usize, to: usize, direct: bool) -> Option<Vec<usize>> {
        let mut came_from: FxHashMap<usize, usize> = FxHashMap::default();
        let mut open = vec![from];
        while let Some(class) = open.pop() {
            for next in self.above(class) {
                if next == to && (direct || class != from) {
                    let mut way = vec![to, class];
                    let mut at = class;
                    while let Some(before) = came_from.get(&at) {
                        way.push(*before);
                        at = *before;
                    }
                    way.reverse();
                    return Some(way);
                }
                if next != to && next != from && !came_from.contains_key(&next) {
                    came_from.insert(next, class);
                    open.push(next);
                }
            }
        }
        None
    }

    /// Makes two actors one, unless one is above the other with a third between them.
    fn merge(&mut self, claim: Id<Claim>, first: Id<Actor>, second: Id<Actor>) {
        let Some((first, second)) = self.classes(first, second).filter(|(a, b)| a != b) else { return };
        let between = self.way_up(first, second, false).or_else(|| self.way_up(second, first, false));
        if let Some(mut circle) = between {
            // The two ends are the two that would be one.
            circle.pop();
            self.reject(Some(claim), first, second, &circle);
            return;
        }
        let stands_first =
            |number: usize| self.actors.get(number).map(|actor| precedence(actor, self.mentions));
        let (into, gone) =
            if stands_first(first) <= stands_first(second) { (first, second) } else { (second, first) };
        if let Some(place) = self.merged_into.get_mut(gone) {
            *place = into;
        }
        let moved = self.members.get_mut(gone).map(std::mem::take).unwrap_or_default();
        if let Some(members) = self.members.get_mut(into) {
            members.extend(moved);
        }
    }

    /// Puts one actor under another, unless the other is part of it already.
    fn link(&mut self, claim: Id<Claim>, part: Id<Actor>, whole: Id<Actor>) {
        let Some((part, whole)) = self.classes(part, whole) else { return };
        if part == whole || self.above(part).any(|parent| parent == whole) {
            return;
        }
        if let Some(circle) = self.way_up(whole, part, true) {
            self.reject(Some(claim), part, whole, &circle);
        } else if let Some(parents) = self.parents.get_mut(part) {
            parents.push(whole);
        }
    }

    fn classes(&self, a: Id<Actor>, b: Id<Actor>) -> Option<(usize, usize)> {
        Some((self.find(*self.numbers.get(&a)?), self.find(*self.numbers.get(&b)?)))
    }

    fn reject(&mut self, claim: Option<Id<Claim>>, part: usize, whole: usize, circle: &[usize]) {
        let name = |number: &usize| self.actors.get(*number).map(|actor| actor.name.clone());
        let closed = circle.iter().chain(circle.first());
        let circle = closed.filter_map(name).collect();
        if let (Some(part), Some(whole)) = (self.actors.get(part), self.actors.get(whole)) {
            self.rejected.push(RejectedLink { claim, part: part.id, whole: whole.id, circle });
        }
    }

    /// The place of a class among its siblings: level, name, identifier.
    fn place(&self, number: usize) -> Option<(crate::model::ActorLevel, &'a str, Id<Actor>)> {
        self.actors.get(number).map(|actor| (actor.level, actor.name.as_str(), actor.id))
    }

    fn finish(self) -> Hierarchy {
        let mut classes: Vec<usize> =
            (0..self.actors.len()).filter(|number| self.find(*number) == *number).collect();
        classes.sort_by_key(|class| self.place(*class));

        let mut parents_of: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        let mut children_of: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for class in &classes {
            let mut parents: Vec<usize> = Vec::new();
            for parent in self.above(*class) {
                if !parents.contains(&parent) {
                    parents.push(parent);
                    children_of.entry(parent).or_default().push(*class);
                }
            }
            parents_of.insert(*class, parents);
        }

        // Depth first, each class below its first parent. The roots and children are already sorted.
        let mut order: Vec<(usize, usize)> = Vec::with_capacity(classes.len());
        let first_parent = |class: usize| parents_of.get(&class).and_then(|parents| parents.first()).copied();
        let mut open: Vec<(usize, usize)> = classes
            .iter()
            .rev()
            .filter(|class| first_parent(**class).is_none())
            .map(|class| (*class, 0))
            .collect();
        while let Some((class, depth)) = open.pop() {
            order.push((class, depth));
            let children = children_of.get(&class).into_iter().flatten();
            let drawn_here = children.filter(|child| first_parent(**child) == Some(class));
            open.extend(drawn_here.rev().map(|child| (*child, depth + 1)));
        }
        let place: FxHashMap<usize, usize> =
            order.iter().enumerate().map(|(place, (class, _))| (*class, place)).collect();
        let places = |classes: Option<&Vec<usize>>| -> Vec<usize> {
            classes.into_iter().flatten().filter_map(|class| place.get(class).copied()).collect()
        };

        let mut nodes = Vec::with_capacity(order.len());
        let mut index = FxHashMap::default();
        for (number, (class, depth)) in order.iter().enumerate() {
            let Some(actor) = self.actors.get(*class) else { continue };
            let mut members: Vec<Id<Actor>> = self
                .members
                .get(*class)
                .into_iter()
                .flatten()
                .filter_map(|member| self.actors.get(*member).map(|actor| actor.id))
                .collect();
            members.sort_by_key(|member| (Reverse(*member == actor.id), *member));
            index.extend(members.iter().map(|member| (*member, number)));
            let mut children = places(children_of.get(class));
            children.sort_unstable();
            nodes.push(Node {
                actor: actor.id,
                members,
                name: actor.name.clone(),
                level: actor.level,
                parents: places(parents_of.get(class)),
                children,
                depth: *depth,
                below: Vec::new(),
            });
        }
        collect_sets(&mut nodes);
        Hierarchy { nodes, index, rejected: self.rejected }
    }
}

/// Gives every node the members of all nodes below it, children before parents.
fn collect_sets(nodes: &mut [Node]) {
    let mut waiting_for: Vec<usize> = nodes.iter().map(|node| node.children.len()).collect();
    let mut ready: Vec<usize> =
        waiting_for.iter().enumerate().filter(|(_, count)| **count == 0).map(|(number, _)| number).collect();
    while let Some(number) = ready.pop() {
        let Some(node) = nodes.get(number) else { continue };
        let children = node.children.iter().filter_map(|child| nodes.get(*child));
        let below = merged(number, children.flat_map(|child| child.below.iter().cloned()));
        let parents = node.parents.clone();
        if let Some(node) = nodes.get_mut(number) {
            node.below = below;
        }
        for parent in parents {
            if let Some(count) = waiting_for.get_mut(parent) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    ready.push(parent);
                }
            }
        }
    }
}

/// A node and ranges of others as the fewest ranges, in order.
fn merged(number: usize, others: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = others.collect();
    all.push(number..number + 1);
    all.sort_unstable_by_key(|range| range.start);
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(1);
    for range in all {
        match merged.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => merged.push(range),
        }
    }
    merged
}

fn set<T>(items: &mut [T], place: usize, value: T) {
    if let Some(item) = items.get_mut(place) {
        *item = value;
    }
}
