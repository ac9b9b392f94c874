//! What else goes when records are deleted.

use std::collections::{BTreeMap, BTreeSet};

use super::{AnyId, Assessment, Bond, Kind, Record};

/// What a deletion touches.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Cascade {
    /// The records that go: those asked for and all that need them. Sorted.
    pub gone: BTreeSet<AnyId>,
    /// The records that stay and lose a mention, as they will be.
    pub changed: Vec<Record>,
}

impl Cascade {
    /// How many records of each kind go besides `asked`.
    pub fn others(&self, asked: &[AnyId]) -> BTreeMap<Kind, usize> {
        let mut counts = BTreeMap::new();
        for id in self.gone.iter().filter(|id| !asked.contains(id)) {
            *counts.entry(id.kind).or_insert(0) += 1;
        }
        counts
    }
}

/// What goes, and what changes, when the `asked` records are deleted. Identifiers without a record are passed over.
///
/// Takes time in proportion to the number of records, once for each step of the longest chain of needs.
pub fn cascade(assessment: &Assessment, asked: &[AnyId]) -> Cascade {
    let mut needed_by: BTreeMap<AnyId, Vec<AnyId>> = BTreeMap::new();
    let mut mentioned_by: BTreeMap<AnyId, Vec<AnyId>> = BTreeMap::new();
    assessment.for_each_reference(&mut |from, reference| {
        let index = match reference.bond {
            Bond::Needs => &mut needed_by,
            Bond::Mentions => &mut mentioned_by,
        };
        index.entry(reference.target).or_default().push(from);
    });

    let mut gone = BTreeSet::new();
    let mut open: Vec<AnyId> = asked.iter().copied().filter(|id| assessment.contains(*id)).collect();
    while let Some(id) = open.pop() {
        if gone.insert(id) {
            open.extend(needed_by.get(&id).into_iter().flatten());
        }
    }

    let touched: BTreeSet<AnyId> = gone
        .iter()
        .filter_map(|id| mentioned_by.get(id))
        .flatten()
        .copied()
        .filter(|id| !gone.contains(id))
        .collect();
    let changed = touched
        .into_iter()
        .filter_map(|id| assessment.record(id))
        .map(|record| record.forgetting(&|id| gone.contains(&id)))
        .collect();
    Cascade { gone, changed }
}
