//! Sets of actors, as bits over the members of the frame.

use std::ops::Range;

use fixedbitset::FixedBitSet;

/// A set of actors: what a claim says is always one of these.
///
/// The members are those of one [`super::Hierarchy`]: one for each actor (a leaf stands for itself, any other
/// actor for "some other member of it"), and one for "anyone else". Sets of different hierarchies must not be
/// mixed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ActorSet(FixedBitSet);

/// Some fixed order, so that what goes through sets does so in the same order on every run.
impl Ord for ActorSet {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.as_slice().cmp(other.0.as_slice())
    }
}

impl PartialOrd for ActorSet {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl ActorSet {
    pub(super) fn empty(members: usize) -> Self {
        Self(FixedBitSet::with_capacity(members))
    }

    /// The set of these members of a frame of that many.
    pub(crate) fn of_members(frame_len: usize, members: impl IntoIterator<Item = usize>) -> Self {
        let mut set = Self::empty(frame_len);
        members.into_iter().for_each(|member| set.insert(member));
        set
    }

    pub(super) fn insert(&mut self, member: usize) {
        self.0.insert(member);
    }

    pub(super) fn insert_range(&mut self, members: &Range<usize>) {
        self.0.insert_range(members.clone());
    }

    /// Whether all members of a range are in it.
    pub(super) fn contains_range(&self, members: &Range<usize>) -> bool {
        members.end <= self.0.len() && self.0.contains_all_in_range(members.clone())
    }

    pub(super) fn extend(&mut self, other: &Self) {
        self.0.union_with(&other.0);
    }

    /// All members that are not in the set. Never empty, since no actor contains "anyone else".
    #[must_use]
    pub fn complement(&self) -> Self {
        let mut bits = self.0.clone();
        bits.toggle_range(..);
        Self(bits)
    }

    /// The members of either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let mut union = self.clone();
        union.extend(other);
        union
    }

    /// The members of both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let mut bits = self.0.clone();
        bits.intersect_with(&other.0);
        Self(bits)
    }

    /// Whether every member of it is in `other`.
    pub fn is_subset(&self, other: &Self) -> bool {
        self.0.is_subset(&other.0)
    }

    /// Whether no member of it is in `other`.
    pub fn is_disjoint(&self, other: &Self) -> bool {
        self.0.is_disjoint(&other.0)
    }

    /// Whether every member of the frame is in it or in `other`.
    pub fn is_covering_with(&self, other: &Self) -> bool {
        self.0.union_count(&other.0) == self.0.len()
    }

    /// Whether it has no member.
    pub fn is_empty(&self) -> bool {
        self.0.is_clear()
    }

    /// Whether it has every member of the frame, which says nothing.
    pub fn is_everyone(&self) -> bool {
        self.0.is_full()
    }

    /// How many members it has.
    pub fn len(&self) -> usize {
        self.0.count_ones(..)
    }

    /// Whether the member with this number is in it.
    pub fn contains(&self, member: usize) -> bool {
        self.0.contains(member)
    }

    /// The numbers of its members, in hierarchy order.
    pub fn members(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.ones()
    }
}
