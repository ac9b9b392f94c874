//! Links between actors that could be accepted or set aside.

use rustc_hash::FxHashSet;

use super::Derived;
use crate::analysis::hierarchy::{Hierarchy, is_accepted_link};
use crate::model::{Actor, Claim, Id, Stance, Status};

impl Derived {
    /// The links that somebody asserts and stands by, and that touch one of these actors, one below them, or one of the
    /// `others`, which are given by their numbers in the hierarchy. By identifier, each with whether it is accepted.
    pub(in crate::analysis) fn links_touching(
        &self,
        actors: &[Id<Actor>],
        others: impl Iterator<Item = usize>,
    ) -> Vec<(Id<Claim>, bool)> {
        let hierarchy = self.hierarchy();
        let mut touched: FxHashSet<usize> = FxHashSet::default();
        let mut open: Vec<usize> = actors.iter().filter_map(|actor| hierarchy.number_of(*actor)).collect();
        while let Some(number) = open.pop() {
            if touched.insert(number) {
                open.extend(hierarchy.node(number).into_iter().flat_map(|node| &node.children));
            }
        }
        touched.extend(others);
        let is_touched = |claim: &Claim| {
            let actors = claim.proposition.actors().into_iter();
            actors.filter_map(|actor| hierarchy.number_of(actor)).any(|number| touched.contains(&number))
        };
        let could_hold = |claim: &Claim| claim.stance == Stance::Asserts && claim.status == Status::Standing;
        let links = self.links().filter(|claim| could_hold(claim) && is_touched(claim));
        links.map(|claim| (claim.id, is_accepted_link(claim))).collect()
    }

    /// The same for actors and those below them alone.
    pub(in crate::analysis) fn links_below(&self, actors: &[Id<Actor>]) -> Vec<(Id<Claim>, bool)> {
        self.links_touching(actors, std::iter::empty())
    }

    /// The actors as they would be if one link were accepted or not, all else being as it is. Nothing of it is kept.
    pub(in crate::analysis) fn hierarchy_with(&self, link: Id<Claim>, is_accepted: bool) -> Hierarchy {
        let holds = |claim: &&Claim| if claim.id == link { is_accepted } else { is_accepted_link(claim) };
        let links: Vec<&Claim> = self.links().map(AsRef::as_ref).filter(holds).collect();
        Hierarchy::with_mentions(self.assessment(), links.iter().copied(), &self.index().mentions)
    }
}
