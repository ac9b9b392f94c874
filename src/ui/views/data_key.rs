//! What tells whether something that a view keeps still holds.

use crate::analysis::Options;
use crate::edit::Revision;
use crate::model::Uuid;
use crate::ui::ViewContext;

/// The state of the document and the way of looking at it that something was computed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DataKey {
    document: Uuid,
    /// No two documents of a run share one.
    revision: Revision,
    options: Options,
}

impl DataKey {
    /// The present state.
    pub fn of(cx: &ViewContext<'_>) -> Self {
        Self { document: cx.assessment.header.id, revision: cx.revision, options: cx.derived.options() }
    }

    /// Whether both are states of one document, looked at in the same way.
    pub fn is_same_document(&self, other: &Self) -> bool {
        (self.document, self.options) == (other.document, other.options)
    }
}
