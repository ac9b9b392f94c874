//! Identifiers: a UUID that never changes and is never reused, typed by the kind of record it names.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

pub use uuid::Uuid;

/// The identifier of a record of type `T`.
///
/// New identifiers are UUID version 7, so that records sorted by identifier stand in the order in which
/// they were made; an identifier read from a file may be any UUID. The model never makes one itself
/// (that needs a clock and randomness): whoever creates a record passes it in.
pub struct Id<T> {
    uuid: Uuid,
    record: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The typed identifier of a UUID.
    pub const fn new(uuid: Uuid) -> Self {
        Self { uuid, record: PhantomData }
    }

    /// The UUID behind the identifier.
    pub const fn uuid(self) -> Uuid {
        self.uuid
    }

    /// The last eight hexadecimal digits, as shown to people.
    ///
    /// The first digits of a version 7 UUID are the time, which records made together share; the last
    /// ones are random and tell them apart.
    pub fn short(self) -> String {
        short(self.uuid)
    }
}

/// The last eight hexadecimal digits of a UUID, as shown to people.
pub fn short(uuid: Uuid) -> String {
    format!("{:08x}", uuid.as_u128() & 0xffff_ffff)
}

// Derived implementations would demand the same traits of `T`, which is only a tag.
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.uuid.cmp(&other.uuid)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.uuid)
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.uuid)
    }
}
