//! The selected records.

use std::ops::Deref;
use std::sync::atomic::{AtomicU64, Ordering};

use rustc_hash::FxHashSet;

use crate::model::{AnyId, Kind};

/// The selected records in the order in which they were selected, and as a set: a view with many rows is drawn as fast
/// with many of them selected as with none.
#[derive(Debug, Default)]
pub struct Selection {
    records: Vec<AnyId>,
    set: FxHashSet<AnyId>,
    stamp: u64,
}

impl Selection {
    /// Whether a record is selected.
    pub fn has(&self, record: AnyId) -> bool {
        self.set.contains(&record)
    }

    /// How many records of a kind are selected.
    pub fn count(&self, kind: Kind) -> usize {
        self.records.iter().filter(|id| id.kind == kind).count()
    }

    /// Changes with the selection, and no two selections of a run share one, but for those in which nothing was ever
    /// selected; key of what is kept for it.
    pub const fn stamp(&self) -> u64 {
        self.stamp
    }

    /// Puts a record in, or takes it out.
    pub fn toggle(&mut self, record: AnyId) {
        if self.has(record) {
            self.retain(|id| id != record);
        } else {
            let mut records = std::mem::take(&mut self.records);
            records.push(record);
            *self = records.into();
        }
    }

    /// Keeps only some.
    pub fn retain(&mut self, is_kept: impl Fn(AnyId) -> bool) {
        if self.records.iter().any(|id| !is_kept(*id)) {
            let records: Vec<AnyId> = self.records.iter().copied().filter(|id| is_kept(*id)).collect();
            *self = records.into();
        }
    }
}

impl From<Vec<AnyId>> for Selection {
    fn from(mut records: Vec<AnyId>) -> Self {
        static STAMP: AtomicU64 = AtomicU64::new(1);
        // Of a record that is named twice the later place counts: the last one is the main one.
        let mut set = FxHashSet::default();
        records.reverse();
        records.retain(|id| set.insert(*id));
        records.reverse();
        Self { records, set, stamp: STAMP.fetch_add(1, Ordering::Relaxed) }
    }
}

impl Deref for Selection {
    type Target = [AnyId];

    fn deref(&self) -> &[AnyId] {
        &self.records
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Uuid;

    #[test]
    fn the_set_is_that_of_the_list() {
        let id = |number: u128| AnyId { kind: Kind::Claim, uuid: Uuid::from_u128(number) };
        let check = |selection: &Selection, expect: &[u128]| {
            let expect: Vec<AnyId> = expect.iter().map(|number| id(*number)).collect();
            assert_eq!(**selection, *expect);
            assert_eq!(selection.count(Kind::Claim), expect.len());
            for number in 0..5 {
                assert_eq!(selection.has(id(number)), expect.contains(&id(number)), "{number}");
            }
        };
        let mut selection = Selection::default();
        check(&selection, &[]);
        selection.toggle(id(1));
        selection.toggle(id(2));
        check(&selection, &[1, 2]);
        let stamp = selection.stamp();
        selection.retain(|_| true);
        assert_eq!(selection.stamp(), stamp, "nothing changed");
        selection.toggle(id(1));
        check(&selection, &[2]);
        assert_ne!(selection.stamp(), stamp);
        check(&vec![id(3), id(1), id(3)].into(), &[1, 3]);
        selection.retain(|_| false);
        check(&selection, &[]);
    }
}
