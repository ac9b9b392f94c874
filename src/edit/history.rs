//! The open document: an assessment with its history of undoable steps.
//!
//! Limitations: the history is linear (a change after an undo forgets what was undone) and lives in memory only.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;

use super::{Edit, EditError, StepKey, Transaction, apply_all};
use crate::model::validate::broken_at;
use crate::model::{AnyId, Assessment};

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
    /// has changed, and one is that the assessment could not be opened again. A transaction without edits does nothing.
    pub fn commit(&mut self, transaction: Transaction) -> Result<(), EditError> {
        if transaction.edits.is_empty() {
            return Ok(());
        }
        let continues = self.continues_step(&transaction);
        let inverses = self.apply_sound(transaction.edits)?;
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

    /// The same, but nothing where that would break the structure. What was broken before may stay so.
    fn apply_sound(&mut self, edits: Vec<Edit>) -> Result<Vec<Edit>, EditError> {
        let places: BTreeSet<Option<AnyId>> = edits.iter().map(Edit::target).collect();
        let (before, revision) = (self.snapshot(), self.revision);
        let inverses = self.apply(edits)?;
        let broken = broken_at(&self.assessment, &places);
        if !broken.is_empty() {
            let known = broken_at(&before, &places);
            if let Some(new) = broken.into_iter().find(|finding| !known.contains(finding)) {
                self.assessment = before;
                self.revision = revision;
                return Err(EditError::Breaks { message: new.message, mend: new.mend });
            }
        }
        Ok(inverses)
    }

    fn advance(&mut self) {
        self.revision = Revision::next();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Actor, Claim, Entity, Id, Incident, Nameable, Proposition, Role, Source, Uuid};

    fn id<T>(number: u128) -> Id<T> {
        Id::new(Uuid::from_u128(number))
    }

    fn actor(number: u128, belongs_to: &[u128]) -> Actor {
        let belongs_to = belongs_to.iter().map(|number| id(*number)).collect();
        Actor { belongs_to, ..Actor::named(id(number), format!("Actor {number}")) }
    }

    fn claim(number: u128, source: u128, actors: &[u128], probability: f64) -> Claim {
        let actors = actors.iter().map(|number| id(*number)).collect();
        let attribution = Proposition::Attribution { incident: id(30), actors, role: Role::Perpetrator };
        let mut claim = Claim::new(id(number), id(source), attribution);
        claim.likelihood = Some(crate::model::Likelihood {
            words: "likely".to_owned(),
            low: Some(probability),
            high: Some(probability),
        });
        claim
    }

    #[test]
    fn nothing_is_done_after_which_the_file_could_not_be_opened() {
        let records = [
            Source::named(id(1), "Source".to_owned()).into_record(),
            actor(21, &[]).into_record(),
            actor(22, &[21]).into_record(),
            Incident::named(id(30), "Incident".to_owned()).into_record(),
            claim(40, 1, &[21], 0.5).into_record(),
        ];
        let before = Assessment::from_records(Default::default(), records);
        let check = |what: &str, edits: Vec<Edit>, expect: Option<&str>| {
            let mut document = Document::new(before.clone());
            let state = document.state();
            match (document.commit(Transaction::new(what, edits)), expect) {
                (Ok(()), None) => assert_ne!(document.state(), state, "{what}"),
                (Err(error @ EditError::Breaks { .. }), Some(expect)) => {
                    assert!(error.to_string().contains(expect), "{what}: {error}");
                    assert_eq!((document.assessment(), document.state()), (&before, state), "{what}");
                    assert_eq!(document.undo_label(), None);
                }
                (result, _) => panic!("{what}: {result:?}"),
            }
        };
        let removed = |id: Id<Actor>| Edit::Remove(id.into());
        check("a sound claim", vec![Edit::Insert(claim(41, 1, &[22], 0.5).into_record())], None);
        check(
            "nobody's",
            vec![Edit::Insert(claim(41, 9, &[], 0.5).into_record())],
            Some("there is no source"),
        );
        check(
            "of a ghost",
            vec![Edit::Insert(claim(41, 1, &[9], 0.5).into_record())],
            Some("there is no actor"),
        );
        check("no number", vec![Edit::Replace(claim(40, 1, &[21], f64::NAN).into_record())], Some("NaN"));
        check("what is referred to", vec![removed(id(21))], Some("there is no actor"));
        check("what nobody needs", vec![removed(id(22))], None);
        let with_what_needs_it = vec![
            Edit::Replace(actor(22, &[]).into_record()),
            Edit::Remove(Id::<Claim>::new(Uuid::from_u128(40)).into()),
            removed(id(21)),
        ];
        check("with what needs it", with_what_needs_it, None);
        check("a circle", vec![Edit::Replace(actor(21, &[22]).into_record())], Some("in a circle"));
        let mut header = before.header.clone();
        header.methods.group_correlation = 2.0;
        check("a method", vec![Edit::SetHeader(header.into())], Some("2 is not a probability"));
    }

    #[test]
    fn what_was_broken_before_can_be_mended_step_by_step() {
        let broken = Assessment::from_records(Default::default(), [claim(40, 1, &[21], 0.5).into_record()]);
        let mut document = Document::new(broken);
        let mended = Edit::Replace(claim(40, 1, &[], 0.5).into_record());
        assert_eq!(document.commit(Transaction::new("Mend one of three", vec![mended])), Ok(()));
        let worse = Edit::Replace(claim(40, 1, &[22], 0.5).into_record());
        assert!(document.commit(Transaction::new("Break again", vec![worse])).is_err());
    }

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
