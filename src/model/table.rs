//! All records of one kind, sorted by identifier.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Entity, Id};

/// All records of one kind, sorted by identifier.
///
/// Records are shared, so that cloning a table copies pointers and a snapshot for a background job is cheap.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<T> {
    records: BTreeMap<Id<T>, Arc<T>>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { records: BTreeMap::new() }
    }
}

impl<T: Entity> Table<T> {
    /// The record of an identifier.
    pub fn get(&self, id: Id<T>) -> Option<&T> {
        self.records.get(&id).map(Arc::as_ref)
    }

    /// The record of an identifier, shared.
    pub fn shared(&self, id: Id<T>) -> Option<Arc<T>> {
        self.records.get(&id).cloned()
    }

    /// Whether there is a record of that identifier.
    pub fn contains(&self, id: Id<T>) -> bool {
        self.records.contains_key(&id)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// All records, by identifier.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator + Clone {
        self.records.values().map(Arc::as_ref)
    }

    /// All records, by identifier, shared.
    pub fn iter_shared(&self) -> impl DoubleEndedIterator<Item = &Arc<T>> + ExactSizeIterator + Clone {
        self.records.values()
    }

    /// All identifiers, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = Id<T>> + ExactSizeIterator + Clone {
        self.records.keys().copied()
    }

    pub(super) fn put(&mut self, record: Arc<T>) -> Option<Arc<T>> {
        self.records.insert(record.id(), record)
    }

    pub(super) fn take(&mut self, id: Id<T>) -> Option<Arc<T>> {
        self.records.remove(&id)
    }
}

impl<'a, T: Entity> IntoIterator for &'a Table<T> {
    type Item = &'a T;
    type IntoIter =
        std::iter::Map<std::collections::btree_map::Values<'a, Id<T>, Arc<T>>, fn(&'a Arc<T>) -> &'a T>;

    fn into_iter(self) -> Self::IntoIter {
        self.records.values().map(Arc::as_ref)
    }
}
