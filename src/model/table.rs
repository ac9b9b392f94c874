//! All records of one kind, sorted by identifier.

use std::iter::Map;
use std::slice;
use std::sync::Arc;

use super::{Entity, Id};

/// How many records a part holds at most. An edit copies the addresses of one part; a clone those of all parts. Small in
/// this crate's tests, so that they see parts come and go.
const FULL: usize = if cfg!(test) { 4 } else { 512 };

/// All records of one kind, sorted by identifier.
///
/// Records are shared, and so are the parts of the table that an edit did not touch: cloning a large table is cheap, as
/// a snapshot for a background job or for undo must be, and so is telling what differs between two versions of it.
#[derive(Debug)]
pub struct Table<T> {
    parts: Vec<Part<T>>,
    len: usize,
}

/// A record as it was and as it is; one of the two is missing where it was put in or taken out.
pub type RecordChange<'a, T> = (Option<&'a Arc<T>>, Option<&'a Arc<T>>);

/// Some records that follow one another; never empty.
#[derive(Debug)]
struct Part<T> {
    /// The identifier of the first: what a search goes by.
    first: Id<T>,
    chunk: Arc<Chunk<T>>,
}

/// The records of a part, with their identifiers beside them, so that a search reads no record.
#[derive(Debug)]
struct Chunk<T> {
    ids: Vec<Id<T>>,
    records: Vec<Arc<T>>,
}

impl<T: Entity> Table<T> {
    /// The record of an identifier.
    pub fn get(&self, id: Id<T>) -> Option<&T> {
        self.find(id).map(Arc::as_ref)
    }

    /// The record of an identifier, shared.
    pub fn shared(&self, id: Id<T>) -> Option<Arc<T>> {
        self.find(id).cloned()
    }

    /// Whether there is a record of that identifier.
    pub fn contains(&self, id: Id<T>) -> bool {
        self.find(id).is_some()
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// All records, by identifier.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator + Clone {
        self.iter_shared().map(Arc::as_ref)
    }

    /// All records, by identifier, shared.
    pub fn iter_shared(&self) -> Records<'_, T> {
        Records { parts: self.parts.iter(), front: [].iter(), back: [].iter(), left: self.len }
    }

    /// All identifiers, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = Id<T>> + ExactSizeIterator + Clone {
        self.iter_shared().map(|record| record.id())
    }

    /// The records that differ between this version of a table and a later one, by identifier. Addresses are compared and
    /// not the records, since an edit shares all that it does not touch; parts that both share are not looked into.
    pub fn changes<'a>(&'a self, later: &'a Self) -> Vec<RecordChange<'a, T>> {
        let mut found = Vec::new();
        let (mut before, mut after) = (self.apart_from(later), later.apart_from(self));
        let (mut was, mut is) = (before.next(), after.next());
        loop {
            match (was, is) {
                (None, None) => return found,
                (Some(left), Some(right)) if Arc::ptr_eq(left, right) => {
                    (was, is) = (before.next(), after.next());
                }
                (Some(left), Some(right)) if left.id() == right.id() => {
                    found.push((was, is));
                    (was, is) = (before.next(), after.next());
                }
                (Some(left), right) if right.is_none_or(|right| left.id() < right.id()) => {
                    found.push((was, None));
                    was = before.next();
                }
                _ => {
                    found.push((None, is));
                    is = after.next();
                }
            }
        }
    }

    /// Whether two versions of a table share all their records.
    pub fn is_same(&self, other: &Self) -> bool {
        self.len == other.len
            && self.apart_from(other).zip(other.apart_from(self)).all(|(own, other)| Arc::ptr_eq(own, other))
    }

    pub(super) fn put(&mut self, record: Arc<T>) -> Option<Arc<T>> {
        let id = record.id();
        let place = self.place(id);
        let Some(part) = self.parts.get_mut(place) else {
            self.parts
                .push(Part { first: id, chunk: Arc::new(Chunk { ids: vec![id], records: vec![record] }) });
            self.len += 1;
            return None;
        };
        let chunk = Arc::make_mut(&mut part.chunk);
        match chunk.ids.binary_search(&id) {
            Ok(at) => chunk.records.get_mut(at).map(|old| std::mem::replace(old, record)),
            Err(at) => {
                chunk.ids.insert(at, id);
                chunk.records.insert(at, record);
                part.first = part.first.min(id);
                self.len += 1;
                let rest = (chunk.ids.len() > FULL).then(|| chunk.split(at));
                if let Some(rest) = rest.and_then(Part::of) {
                    self.parts.insert(place + 1, rest);
                }
                None
            }
        }
    }

    pub(super) fn take(&mut self, id: Id<T>) -> Option<Arc<T>> {
        let place = self.place(id);
        let part = self.parts.get_mut(place)?;
        let at = part.chunk.ids.binary_search(&id).ok()?;
        let chunk = Arc::make_mut(&mut part.chunk);
        chunk.ids.remove(at);
        let record = chunk.records.remove(at);
        self.len -= 1;
        match chunk.ids.first() {
            Some(first) => part.first = *first,
            None => drop(self.parts.remove(place)),
        }
        Some(record)
    }

    fn find(&self, id: Id<T>) -> Option<&Arc<T>> {
        let chunk = &self.parts.get(self.place(id))?.chunk;
        chunk.records.get(chunk.ids.binary_search(&id).ok()?)
    }

    /// The part that holds an identifier, or would.
    fn place(&self, id: Id<T>) -> usize {
        self.parts.partition_point(|part| part.first <= id).saturating_sub(1)
    }

    /// The records of the parts that are not also parts of the other: at least those in which it differs.
    pub(crate) fn apart_from<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a Arc<T>> {
        let is_own = |part: &&Part<T>| {
            let twin = other.parts.get(other.place(part.first));
            twin.is_none_or(|twin| !Arc::ptr_eq(&twin.chunk, &part.chunk))
        };
        self.parts.iter().filter(is_own).flat_map(|part| part.chunk.records.iter())
    }
}

impl<T> Chunk<T> {
    /// Takes the later part off. Where a record was put in last, only that one goes, so that a table that is filled in
    /// order is full.
    fn split(&mut self, put_in_at: usize) -> Self {
        let last = self.ids.len().saturating_sub(1);
        let keep = if put_in_at == last { last } else { self.ids.len() / 2 };
        Self { ids: self.ids.split_off(keep), records: self.records.split_off(keep) }
    }
}

impl<T> Part<T> {
    fn of(chunk: Chunk<T>) -> Option<Self> {
        Some(Self { first: *chunk.ids.first()?, chunk: Arc::new(chunk) })
    }
}

// Derived, these would ask that the records can be cloned too.
impl<T> Clone for Table<T> {
    fn clone(&self) -> Self {
        Self { parts: self.parts.clone(), len: self.len }
    }
}

impl<T> Clone for Part<T> {
    fn clone(&self) -> Self {
        Self { first: self.first, chunk: Arc::clone(&self.chunk) }
    }
}

impl<T> Clone for Chunk<T> {
    fn clone(&self) -> Self {
        Self { ids: self.ids.clone(), records: self.records.clone() }
    }
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { parts: Vec::new(), len: 0 }
    }
}

impl<T: Entity + PartialEq> PartialEq for Table<T> {
    /// The same records, however they are parted.
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.apart_from(other).eq(other.apart_from(self))
    }
}

/// The records of a table, shared, by identifier.
#[derive(Debug)]
pub struct Records<'a, T> {
    /// Those that were not begun from either end.
    parts: slice::Iter<'a, Part<T>>,
    front: slice::Iter<'a, Arc<T>>,
    back: slice::Iter<'a, Arc<T>>,
    left: usize,
}

impl<T> Clone for Records<'_, T> {
    fn clone(&self) -> Self {
        Self {
            parts: self.parts.clone(),
            front: self.front.clone(),
            back: self.back.clone(),
            left: self.left,
        }
    }
}

impl<'a, T> Iterator for Records<'a, T> {
    type Item = &'a Arc<T>;

    fn next(&mut self) -> Option<Self::Item> {
        let record = loop {
            if let Some(record) = self.front.next() {
                break record;
            }
            match self.parts.next() {
                Some(part) => self.front = part.chunk.records.iter(),
                None => break self.back.next()?,
            }
        };
        self.left = self.left.saturating_sub(1);
        Some(record)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl<T> DoubleEndedIterator for Records<'_, T> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let record = loop {
            if let Some(record) = self.back.next_back() {
                break record;
            }
            match self.parts.next_back() {
                Some(part) => self.back = part.chunk.records.iter(),
                None => break self.front.next_back()?,
            }
        };
        self.left = self.left.saturating_sub(1);
        Some(record)
    }
}

impl<T> ExactSizeIterator for Records<'_, T> {}

impl<'a, T: Entity> IntoIterator for &'a Table<T> {
    type Item = &'a T;
    type IntoIter = Map<Records<'a, T>, fn(&'a Arc<T>) -> &'a T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_shared().map(Arc::as_ref)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::model::{Analyst, AnalystRole, Uuid};

    fn analyst(number: u8, name: u8) -> Arc<Analyst> {
        let id = Id::new(Uuid::from_u128(number.into()));
        Arc::new(Analyst { id, name: name.to_string(), role: AnalystRole::Analyst })
    }

    /// A record that is put in under a number, or what stands there taken out.
    #[derive(Clone, Copy, Debug)]
    enum Step {
        Put(u8, u8),
        Take(u8),
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let put = (0..40_u8, any::<u8>()).prop_map(|(number, name)| Step::Put(number, name));
        proptest::collection::vec(prop_oneof![3 => put, 1 => (0..40_u8).prop_map(Step::Take)], 0..120)
    }

    fn follow(table: &mut Table<Analyst>, plain: &mut BTreeMap<Id<Analyst>, Arc<Analyst>>, steps: &[Step]) {
        for step in steps {
            match *step {
                Step::Put(number, name) => {
                    let record = analyst(number, name);
                    assert_eq!(table.put(Arc::clone(&record)), plain.insert(record.id, record));
                }
                Step::Take(number) => {
                    let id = analyst(number, 0).id;
                    assert_eq!(table.take(id), plain.remove(&id));
                }
            }
        }
    }

    proptest! {
        #[test]
        fn a_table_is_a_sorted_map(steps in steps(), turns in proptest::collection::vec(any::<bool>(), 0..50)) {
            let (mut table, mut plain) = (Table::default(), BTreeMap::new());
            follow(&mut table, &mut plain, &steps);
            prop_assert_eq!(table.len(), plain.len());
            prop_assert!(table.ids().eq(plain.keys().copied()));
            prop_assert!(table.iter_shared().rev().eq(plain.values().rev()));
            prop_assert!(plain.iter().all(|(id, record)| table.get(*id) == Some(record.as_ref())));
            // From both ends at once.
            let (mut ours, mut theirs) = (table.iter_shared(), plain.values());
            for is_front in turns {
                prop_assert_eq!(ours.len(), theirs.len());
                if is_front {
                    prop_assert_eq!(ours.next(), theirs.next());
                } else {
                    prop_assert_eq!(ours.next_back(), theirs.next_back());
                }
            }
        }

        #[test]
        fn changes_lead_from_one_version_to_the_next(first in steps(), second in steps()) {
            let (mut table, mut plain) = (Table::default(), BTreeMap::new());
            follow(&mut table, &mut plain, &first);
            let (before, old) = (table.clone(), plain.clone());
            follow(&mut table, &mut plain, &second);
            // The clone has kept what it had.
            prop_assert!(before.iter_shared().eq(old.values()));
            let mut patched = old.clone();
            for (was, is) in before.changes(&table) {
                prop_assert!(was.is_some() || is.is_some());
                if let Some(was) = was {
                    prop_assert!(patched.remove(&was.id).is_some_and(|it| Arc::ptr_eq(&it, was)));
                }
                if let Some(is) = is {
                    prop_assert!(patched.insert(is.id, Arc::clone(is)).is_none());
                }
            }
            prop_assert!(patched.values().zip(plain.values()).all(|(ours, theirs)| Arc::ptr_eq(ours, theirs)));
            prop_assert_eq!(patched.len(), plain.len());
            prop_assert_eq!(before.is_same(&table), before.changes(&table).is_empty());
            // Equal is what holds the same records, in whatever parts.
            let mut rebuilt = Table::default();
            for record in plain.values() {
                rebuilt.put(Arc::clone(record));
            }
            prop_assert_eq!(&rebuilt, &table);
            prop_assert_eq!(before == table, old == plain);
        }
    }
}
