//! Other people's formats, in and out.
//!
//! A reader never stops at the first problem: what it understands comes in, what it does not is a [`Finding`] with its
//! place and a mend, and is given back unchanged. It changes nothing itself: what it made of the input is a value, from which
//! whoever asked makes one transaction.

pub mod ach_csv;
mod cells;
pub mod claims_csv;
mod defaults;
mod finding;
mod grades;
mod import;
mod registry;
mod rejects;
mod text;

pub use finding::{Finding, Stopped, Unreadable};
pub use import::{Change, Export, Import, Row, State};
