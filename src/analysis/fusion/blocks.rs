//! The frame, as coarse as the claims of one incident leave it.

use rustc_hash::FxHashMap;

use super::Masses;
use crate::analysis::{ActorSet, Hierarchy};

/// The members of the frame, those taken together that no claim of the incident tells apart: a thousand actors become the
/// few blocks that matter, and sets of them single words. Nothing is lost by it, since every set of the fusion is a union
/// of blocks.
#[derive(Clone, Debug)]
pub(super) struct Blocks {
    /// For each member the number of its block.
    pub block_of: Vec<usize>,
    /// For each block one of its members.
    example: Vec<usize>,
}

impl Blocks {
    pub fn telling_apart<'a>(hierarchy: &Hierarchy, sets: impl Iterator<Item = &'a ActorSet>) -> Self {
        let mut block_of = vec![0; hierarchy.frame_len()];
        let mut next = 1;
        for set in sets {
            // The members of the set leave their blocks, together where they were together.
            let mut moved: FxHashMap<usize, usize> = FxHashMap::default();
            for member in set.members() {
                if let Some(block) = block_of.get_mut(member) {
                    *block = *moved.entry(*block).or_insert_with(|| {
                        next += 1;
                        next - 1
                    });
                }
            }
        }
        // Blocks that all members left are no more.
        let mut number_of: FxHashMap<usize, usize> = FxHashMap::default();
        let mut example = Vec::new();
        for (member, block) in block_of.iter_mut().enumerate() {
            *block = *number_of.entry(*block).or_insert_with(|| {
                example.push(member);
                example.len() - 1
            });
        }
        Self { block_of, example }
    }

    pub fn len(&self) -> usize {
        self.example.len()
    }

    pub fn narrow(&self, set: &ActorSet) -> ActorSet {
        let blocks = self.example.iter().enumerate().filter(|(_, member)| set.contains(**member));
        ActorSet::of_members(self.len(), blocks.map(|(block, _)| block))
    }

    fn expand(&self, blocks: &ActorSet) -> ActorSet {
        let members = self.block_of.iter().enumerate().filter(|(_, block)| blocks.contains(**block));
        ActorSet::of_members(self.block_of.len(), members.map(|(member, _)| member))
    }

    pub fn expand_all(&self, masses: &Masses) -> Vec<(ActorSet, f64)> {
        masses.focal().iter().map(|(set, mass)| (self.expand(set), *mass)).collect()
    }
}
