//! What follows from the matrices of evidence: computed once, and taken over from the revision before where it still holds.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError};

use super::{Computed, Derived};
use crate::analysis::ach::sensitivity::{Sensitivity, links_to_try};
use crate::analysis::ach::stability::{Move, Stability, Trial, exact_stability, stability};
use crate::analysis::ach::{Matrix, Raters};
use crate::analysis::progress::{Slow, Stage};
use crate::model::{Id, Incident};

/// How often each hypothesis is in front when ratings move, by each kind of move.
#[derive(Clone, Debug, PartialEq)]
pub struct RankStability {
    /// One for each of [`Move::ALL`].
    pub moves: Vec<Stability>,
}

impl Derived {
    /// The matrix of an incident. Remembered, and taken over from the revision before where it still holds: where ratings
    /// have changed, all cells but theirs.
    pub fn matrix(&self, incident: Id<Incident>) -> Arc<Matrix> {
        let made = |computed: &Computed| {
            let matrices = computed.slow.matrices.lock().unwrap_or_else(PoisonError::into_inner);
            matrices.get(&incident).map(Arc::clone)
        };
        if let Some(matrix) = made(&self.computed) {
            return matrix;
        }
        // So that this revision counts as one that was used, and hands its matrices on.
        self.index();
        let before = self.before.as_ref().and_then(|before| Some((before, made(before)?)));
        let matrix = match before {
            Some((before, matrix)) if self.has_same_matrices(before) => matrix,
            Some((before, matrix)) => {
                Arc::new(matrix.updated(incident, &before.assessment, &self.assessment))
            }
            None => Arc::new(Matrix::new(&self.assessment, incident)),
        };
        let mut all = self.computed.slow.matrices.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.entry(incident).or_insert(matrix))
    }

    /// Whether all that the matrices and their scores are made of is as it was in the revision before.
    pub(super) fn has_same_matrices(&self, before: &Computed) -> bool {
        *self.computed.slow.has_same_matrices.get_or_init(|| {
            let (old, new) = (&before.assessment, &self.assessment);
            old.header.methods == new.header.methods
                && old.hypotheses.is_same(&new.hypotheses)
                && old.evidence.is_same(&new.evidence)
                && old.sources.is_same(&new.sources)
                && old.ratings.is_same(&new.ratings)
        })
    }

    /// How far [`Self::sensitivity`] has come. Nothing is computed.
    pub fn sensitivity_stage(&self, incident: Id<Incident>, raters: Raters) -> Stage<Sensitivity> {
        self.slow_sensitivity(incident, raters).stage()
    }

    /// What the ranking of the hypotheses of an incident hangs on, links included; computed once, and taken over from the
    /// revision before where it still holds. `None` where `stop` became true before it was there.
    pub fn sensitivity(
        &self,
        incident: Id<Incident>,
        raters: Raters,
        stop: &AtomicBool,
    ) -> Option<Arc<Sensitivity>> {
        let slow = self.slow_sensitivity(incident, raters);
        slow.compute(stop, |progress| Sensitivity::with_links(self, incident, raters, progress))
    }

    /// How many links [`Self::sensitivity`] would try: each takes about as long as the hierarchy.
    pub fn links_to_try(&self, incident: Id<Incident>) -> usize {
        links_to_try(self, incident).len()
    }

    fn slow_sensitivity(&self, incident: Id<Incident>, raters: Raters) -> Arc<Slow<Sensitivity>> {
        let key = (incident, raters);
        let made = |computed: &Computed| {
            let all = computed.slow.sensitivity.lock().unwrap_or_else(PoisonError::into_inner);
            all.get(&key).map(Arc::clone)
        };
        if let Some(slow) = made(&self.computed) {
            return slow;
        }
        let kept = self.before.as_ref().and_then(|before| {
            let result = made(before)?.get()?;
            let is_same = self.has_same_matrices(before)
                && Arc::ptr_eq(&before.index.get()?.links, &self.index().links)
                && Arc::ptr_eq(before.hierarchy.get()?, self.shared_hierarchy());
            is_same.then(|| Slow::from(result))
        });
        let mut all = self.computed.slow.sensitivity.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.entry(key).or_insert_with(|| Arc::new(kept.unwrap_or_default())))
    }

    /// How far [`Self::rank_stability`] has come. Nothing is computed.
    pub fn rank_stability_stage(
        &self,
        incident: Id<Incident>,
        raters: Raters,
        trial: Trial,
    ) -> Stage<RankStability> {
        self.slow_stability(incident, raters, trial).stage()
    }

    /// How often each hypothesis is in front when ratings move, by each kind of move (that of the trial does not count); computed
    /// once, and taken over from the revision before where it still holds. `None` where `stop` became true before it was there.
    pub fn rank_stability(
        &self,
        incident: Id<Incident>,
        raters: Raters,
        trial: Trial,
        stop: &AtomicBool,
    ) -> Option<Arc<RankStability>> {
        /// Into how many steps the work on one kind of move is divided.
        const STEPS: usize = 100;
        let slow = self.slow_stability(incident, raters, trial);
        slow.compute(stop, |progress| {
            progress.expect(STEPS * Move::ALL.len());
            let matrix = self.matrix(incident);
            let methods = &self.assessment.header.methods;
            let of_move = |how: Move| {
                let done = AtomicUsize::new(0);
                let tell = |fraction: f32| {
                    let reached = (fraction.clamp(0.0, 1.0) * STEPS as f32) as usize;
                    let before = done.fetch_max(reached, Ordering::Relaxed);
                    // At least a look at whether it is still wanted.
                    (before..reached).all(|_| progress.step().is_some()) && progress.is_wanted()
                };
                stability(&matrix, raters, methods, Trial { how, ..trial }, &tell)
            };
            let moves: Option<Vec<Stability>> = Move::ALL.into_iter().map(of_move).collect();
            moves.map(|moves| RankStability { moves })
        })
    }

    /// The same where it is exact and quick; `None` where it takes longer than a frame may.
    pub fn quick_rank_stability(
        &self,
        incident: Id<Incident>,
        raters: Raters,
        trial: Trial,
    ) -> Option<Arc<RankStability>> {
        /// How many products may be made for one kind of move: a few milliseconds.
        const MOST_WORK: usize = 100_000;
        /// How many cells are looked at.
        const MOST_CELLS: usize = 2_000;
        let matrix = self.matrix(incident);
        if matrix.items.len() * matrix.hypotheses.len() * matrix.raters.len().max(1) > MOST_CELLS {
            return None;
        }
        let methods = &self.assessment.header.methods;
        let of_move =
            |how: Move| exact_stability(&matrix, raters, methods, Trial { how, ..trial }, MOST_WORK);
        let moves: Option<Vec<Stability>> = Move::ALL.into_iter().map(of_move).collect();
        let moves = moves?;
        let slow = self.slow_stability(incident, raters, trial);
        slow.compute(&AtomicBool::new(false), |_| Some(RankStability { moves }))
    }

    fn slow_stability(
        &self,
        incident: Id<Incident>,
        raters: Raters,
        trial: Trial,
    ) -> Arc<Slow<RankStability>> {
        let key = (incident, raters, Trial { how: Move::default(), ..trial });
        let made = |computed: &Computed| {
            let all = computed.slow.stability.lock().unwrap_or_else(PoisonError::into_inner);
            all.get(&key).map(Arc::clone)
        };
        if let Some(slow) = made(&self.computed) {
            return slow;
        }
        let kept = self.before.as_ref().and_then(|before| {
            let result = made(before)?.get()?;
            self.has_same_matrices(before).then(|| Slow::from(result))
        });
        let mut all = self.computed.slow.stability.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.entry(key).or_insert_with(|| Arc::new(kept.unwrap_or_default())))
    }
}
