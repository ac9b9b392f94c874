//! The open document: an assessment with its history of undoable steps.
//!
//! Limitations: the history is linear (a change after an undo forgets what was undone) and lives in memory only.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;

use super::{Edit, EditError, StepKey, Transaction, apply_all};
use crate::model::Assessment;

/// Names one state of one document: it grows with every change, undo and redo included, and no two documents of a run
/// share one. Results are memoised by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(u64);

impl Revision {
    /// One that no state had before.
    fn next() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

/// An assessment with its history. The only holder of a mutable assessment.
#[derive(Debug)]
pub struct Document {
    assessment: Arc<Assessment>,
    revision: Revision,
    undo: Vec<Step>,
    redo: Vec<Step>,
    /// Whether the newest step still takes in changes with its key.
    is_step_open: bool,
    /// The state that was saved: the identity of the newest step at that time.
    saved: Option<u64>,
    next_step: u64,
}

/// One undoable step.
#[derive(Debug)]
struct Step {
    /// Names the state after the step; states are equal where the newest step is the same.
    identity: u64,
    label: String,
    key: Option<StepKey>,
    /// What leads away from the present state: back for a step of undo, forth for one of redo.
    edits: Vec<Edit>,
}

impl Document {
    /// A document without history, equal to its saved state.
    pub fn new(assessment: Assessment) -> Self {
        Self {
            assessment: Arc::new(assessment),
            revision: Revision::next(),
            undo: Vec::new(),
            redo: Vec::new(),
            is_step_open: false,
            saved: Some(0),
            next_step: 1,
        }
    }

    /// The assessment.
    pub fn assessment(&self) -> &Assessment {
        &self.assessment
    }

    /// The assessment as it is now, to be kept by a background job.
    pub fn snapshot(&self) -> Arc<Assessment> {
        Arc::clone(&self.assessment)
    }

    /// The revision of the present state.
    pub const fn revision(&self) -> Revision {
        self.revision
    }

    /// Applies a transaction as one step, or as part of the newest step where it continues that. On an error nothing
    /// has changed. A transaction without edits does nothing.
    pub fn commit(&mut self, transaction: Transaction) -> Result<(), EditError> {
        if transaction.edits.is_empty() {
            return Ok(());
        }
        let continues = self.continues_step(&transaction);
        let inverses = self.apply(transaction.edits)?;
        self.redo.clear();
        let identity = self.next_step;
        self.next_step += 1;

        match self.undo.last_mut().filter(|_| continues) {
            // Going back over both: the newer change first. Of several replacements of one record only the oldest
            // inverse matters, which keeps a long run of typing from piling up.
            Some(step) => {
                step.identity = identity;
                let covered = inverses.iter().all(|new| {
                    matches!(new, Edit::Replace(_) | Edit::SetHeader(_))
                        && step.edits.iter().any(|old| old.target() == new.target())
                });
                if !covered {
                    step.edits.splice(0..0, inverses);
                }
            }
            None => self.undo.push(Step {
                identity,
                label: transaction.label,
                key: transaction.continues,
                edits: inverses,
            }),
        }
        self.is_step_open = true;
        Ok(())
    }

    /// Whether committing this transaction would make it part of the newest step.
    pub fn continues_step(&self, transaction: &Transaction) -> bool {
        self.is_step_open
            && transaction.continues.is_some()
            && self.undo.last().is_some_and(|step| step.key == transaction.continues)
    }

    /// Ends the newest step, so that the next change begins a new one: the focus left the field, the pointer was
    /// released.
    pub const fn close_step(&mut self) {
        self.is_step_open = false;
    }

    /// What undo would undo.
    pub fn undo_label(&self) -> Option<&str> {
        self.undo.last().map(|step| step.label.as_str())
    }

    /// What redo would redo.
    pub fn redo_label(&self) -> Option<&str> {
        self.redo.last().map(|step| step.label.as_str())
    }

    /// What undo would do, in order.
    pub fn undo_edits(&self) -> Option<&[Edit]> {
        self.undo.last().map(|step| step.edits.as_slice())
    }

    /// What redo would do, in order.
    pub fn redo_edits(&self) -> Option<&[Edit]> {
        self.redo.last().map(|step| step.edits.as_slice())
    }

    /// Goes one step back; gives back what it undid.
    pub fn undo(&mut self) -> Option<String> {
        let step = self.undo.pop()?;
        let step = self.turn(step)?;
        let label = step.label.clone();
        self.redo.push(step);
        Some(label)
    }

    /// Goes one step forth; gives back what it redid.
    pub fn redo(&mut self) -> Option<String> {
        let step = self.redo.pop()?;
        let step = self.turn(step)?;
        let label = step.label.clone();
        self.undo.push(step);
        Some(label)
    }

    /// Applies a step of the history and turns it around.
    fn turn(&mut self, step: Step) -> Option<Step> {
        self.close_step();
        match self.apply(step.edits) {
            Ok(edits) => Some(Step { edits, ..step }),
            // Cannot happen: the history holds the inverses of all changes since. Should it, the assessment is as it
            // was, and the step is dropped.
            Err(_) => None,
        }
    }

    /// Whether the present state differs from the saved one.
    pub fn is_changed(&self) -> bool {
        self.saved != Some(self.state())
    }

    /// The identity of the present state, to be handed to [`Self::mark_saved`] when a save of it is done.
    pub fn state(&self) -> u64 {
        self.undo.last().map_or(0, |step| step.identity)
    }

    /// Notes that the state with this identity is saved.
    ///
    /// `updated` is the date that the file says. It is no change that could be undone: undo and redo leave it alone.
    pub fn mark_saved(&mut self, state: u64, updated: Timestamp) {
        if self.assessment.header.updated != updated {
            Arc::make_mut(&mut self.assessment).header.updated = updated;
            self.advance();
        }
        self.saved = Some(state);
        // A change after saving must not slip into a step that is saved.
        self.is_step_open = false;
    }

    /// Notes that no saved state exists, as after opening a recovered or a new document.
    pub const fn mark_unsaved(&mut self) {
        self.saved = None;
    }

    /// Applies edits and gives back their inverses. The date of the last save is not theirs to change.
    fn apply(&mut self, edits: Vec<Edit>) -> Result<Vec<Edit>, EditError> {
        let assessment = Arc::make_mut(&mut self.assessment);
        let updated = assessment.header.updated;
        let inverses = apply_all(assessment, edits)?;
        assessment.header.updated = updated;
        self.advance();
        Ok(inverses)
    }

    fn advance(&mut self) {
        self.revision = Revision::next();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_states_share_a_revision() {
        let mut first = Document::new(Assessment::default());
        let second = Document::new(Assessment::default());
        let opened = first.revision();
        assert_ne!(opened, second.revision());
        let header = Arc::new(first.assessment().header.clone());
        first.commit(Transaction::new("Change", vec![Edit::SetHeader(header)])).unwrap();
        assert!(first.revision() > second.revision());
        first.undo();
        assert_ne!(first.revision(), opened);
    }
}
