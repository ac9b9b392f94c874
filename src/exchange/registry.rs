//! The records of one kind, by what a table calls them: those that are there, and those that it makes.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use super::cells::{Name, key};
use crate::model::{Assessment, Id, Nameable, Uuid};

/// The records of one kind, by what they are called.
pub(super) struct Registry<T> {
    by_name: HashMap<String, Id<T>>,
    pub by_alias: HashMap<String, Id<T>>,
    /// Names that several records have.
    pub ambiguous: HashSet<String>,
    /// Records that were not there before, in the order in which they were named.
    pub new: Vec<T>,
    places: HashMap<Id<T>, usize>,
}

impl<T: Nameable> Registry<T> {
    pub fn new<'a>(records: impl Iterator<Item = &'a T>, name: impl Fn(&T) -> &str) -> Self
    where
        T: 'a,
    {
        let mut registry = Self {
            by_name: HashMap::new(),
            by_alias: HashMap::new(),
            ambiguous: HashSet::new(),
            new: Vec::new(),
            places: HashMap::new(),
        };
        for record in records {
            registry.note(key(name(record)), record.id());
        }
        registry
    }

    fn note(&mut self, key: String, id: Id<T>) {
        match self.by_name.entry(key) {
            Entry::Occupied(taken) => {
                self.ambiguous.insert(taken.key().clone());
            }
            Entry::Vacant(free) => {
                free.insert(id);
            }
        }
    }

    pub fn find(&self, name: &Name, into: &Assessment) -> Option<Id<T>> {
        match name.id.map(Id::new) {
            Some(id) => (into.get::<T>(id).is_some() || self.places.contains_key(&id)).then_some(id),
            None => {
                let key = name.key();
                self.by_name.get(&key).or_else(|| self.by_alias.get(&key)).copied()
            }
        }
    }

    pub fn find_or_make(
        &mut self,
        name: &Name,
        into: &Assessment,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Id<T> {
        self.find(name, into).unwrap_or_else(|| self.make(name, new_id))
    }

    pub fn make(&mut self, name: &Name, new_id: &mut dyn FnMut() -> Uuid) -> Id<T> {
        let id = Id::new(name.id.unwrap_or_else(new_id));
        self.note(name.key(), id);
        self.places.insert(id, self.new.len());
        self.new.push(T::named(id, name.text.clone()));
        id
    }

    /// A record that was not there before.
    pub fn new_mut(&mut self, id: Id<T>) -> Option<&mut T> {
        self.places.get(&id).and_then(|place| self.new.get_mut(*place))
    }
}
