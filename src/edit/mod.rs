//! Every change is a value: an [`Edit`] with an inverse, grouped into a [`Transaction`], kept in the history of a
//! [`Document`].
//!
//! This is the only room that changes an assessment. A transaction is applied whole or not at all.

mod build;
pub mod discuss;
mod history;
pub mod judge;
pub mod weigh;

use std::sync::Arc;

pub use build::{accept_links, between, delete, insert, reorder, replace};
pub use history::{Document, Revision};

use crate::model::{AnyId, Assessment, Header, Record};

/// One change of an assessment.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Puts in a record whose identifier is new.
    Insert(Record),
    /// Puts a record in the place of the one with its identifier.
    Replace(Record),
    /// Takes a record out.
    Remove(AnyId),
    /// Changes what concerns the whole.
    SetHeader(Arc<Header>),
}

/// Why an edit cannot be applied.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// An insertion of an identifier that is taken.
    #[error("there is already a {0}")]
    AlreadyThere(AnyId),
    /// A change or removal of a record that is not there.
    #[error("there is no {0}")]
    NotThere(AnyId),
    /// A change after which the assessment could not be opened again.
    #[error("the assessment could not be opened again: {message}; to mend it, {mend}")]
    Breaks {
        /// What would be wrong.
        message: String,
        /// How to mend it.
        mend: String,
    },
}

impl Edit {
    /// The record that it concerns; `None` for the header.
    pub fn target(&self) -> Option<AnyId> {
        match self {
            Self::Insert(record) | Self::Replace(record) => Some(record.id()),
            Self::Remove(id) => Some(*id),
            Self::SetHeader(_) => None,
        }
    }

    /// Applies it and gives back its inverse. On an error nothing has changed.
    pub fn apply(self, assessment: &mut Assessment) -> Result<Self, EditError> {
        match self {
            Self::Insert(record) => {
                let id = record.id();
                if assessment.contains(id) {
                    return Err(EditError::AlreadyThere(id));
                }
                assessment.put(record);
                Ok(Self::Remove(id))
            }
            Self::Replace(record) => {
                let id = record.id();
                if !assessment.contains(id) {
                    return Err(EditError::NotThere(id));
                }
                assessment.put(record).map(Self::Replace).ok_or(EditError::NotThere(id))
            }
            Self::Remove(id) => assessment.take(id).map(Self::Insert).ok_or(EditError::NotThere(id)),
            Self::SetHeader(header) => {
                let old = std::mem::replace(&mut assessment.header, Arc::unwrap_or_clone(header));
                Ok(Self::SetHeader(Arc::new(old)))
            }
        }
    }
}

/// Edits that belong together: one step of undo.
#[derive(Clone, Debug, PartialEq)]
pub struct Transaction {
    /// What undo says that it undoes, such as "Add claim".
    pub label: String,
    /// The edits, in order.
    pub edits: Vec<Edit>,
    /// Where it continues an earlier transaction, as when a word is typed letter by letter: transactions that follow
    /// one another with one key become one step, until [`Document::close_step`].
    pub continues: Option<StepKey>,
}

/// What a run of small changes has in common: one field of one record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StepKey {
    /// The record; `None` for the header.
    pub record: Option<AnyId>,
    /// The field.
    pub field: String,
}

impl Transaction {
    /// A transaction that is a step of its own.
    pub fn new(label: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { label: label.into(), edits, continues: None }
    }

    /// The same, continuing earlier changes of one field.
    #[must_use]
    pub fn typing(mut self, record: Option<AnyId>, field: impl Into<String>) -> Self {
        self.continues = Some(StepKey { record, field: field.into() });
        self
    }
}

/// Applies all edits in order and gives back their inverses in the order in which they undo. On an error nothing has
/// changed.
pub fn apply_all(assessment: &mut Assessment, edits: Vec<Edit>) -> Result<Vec<Edit>, EditError> {
    let mut inverses = Vec::with_capacity(edits.len());
    for edit in edits {
        match edit.apply(assessment) {
            Ok(inverse) => inverses.push(inverse),
            Err(error) => {
                for inverse in inverses.into_iter().rev() {
                    // An inverse of an edit that was just applied always applies.
                    let _ = inverse.apply(assessment);
                }
                return Err(error);
            }
        }
    }
    inverses.reverse();
    Ok(inverses)
}
