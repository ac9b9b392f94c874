//! Results that take long: how far one has come, whether it is still wanted, and the result once it is there.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What a long computation is given: it counts its steps, and is told when it is not wanted any more.
#[derive(Debug)]
pub struct Progress<'a> {
    steps: &'a Steps,
    stop: &'a AtomicBool,
}

#[derive(Debug, Default)]
struct Steps {
    done: AtomicUsize,
    expected: AtomicUsize,
}

impl Progress<'_> {
    /// Says that so many more steps are to be done.
    pub fn expect(&self, steps: usize) {
        self.steps.expected.fetch_add(steps, Ordering::Relaxed);
    }

    /// One step is about to be done; `None` where the result is not wanted any more.
    pub fn step(&self) -> Option<()> {
        self.steps.done.fetch_add(1, Ordering::Relaxed);
        self.is_wanted().then_some(())
    }

    /// Whether the result is still wanted.
    pub fn is_wanted(&self) -> bool {
        !self.stop.load(Ordering::Relaxed)
    }
}

/// How far a result has come.
#[derive(Clone, Debug)]
pub enum Stage<T> {
    /// Nobody has asked for it yet.
    NotBegun,
    /// It is being computed, and has come so far, in `[0, 1]`.
    Running(f32),
    /// It was asked for, and stopped before it was there.
    Stopped,
    /// Here it is.
    Done(Arc<T>),
}

/// A result that takes long, computed once. Shared between the thread that computes it and the one that shows it.
#[derive(Debug)]
pub struct Slow<T> {
    result: OnceLock<Arc<T>>,
    /// The computation that was begun last, and whether it is still at work.
    begun: Mutex<Option<(Arc<Steps>, bool)>>,
}

impl<T> Default for Slow<T> {
    fn default() -> Self {
        Self { result: OnceLock::new(), begun: Mutex::default() }
    }
}

impl<T> From<Arc<T>> for Slow<T> {
    fn from(result: Arc<T>) -> Self {
        Self { result: OnceLock::from(result), begun: Mutex::default() }
    }
}

impl<T> Slow<T> {
    /// The result where it is there.
    pub fn get(&self) -> Option<Arc<T>> {
        self.result.get().map(Arc::clone)
    }

    /// How far it has come.
    pub fn stage(&self) -> Stage<T> {
        if let Some(result) = self.get() {
            return Stage::Done(result);
        }
        match &*self.begun.lock().unwrap_or_else(PoisonError::into_inner) {
            None => Stage::NotBegun,
            Some((_, false)) => Stage::Stopped,
            Some((steps, true)) => {
                let (done, expected) =
                    (steps.done.load(Ordering::Relaxed), steps.expected.load(Ordering::Relaxed));
                Stage::Running(if expected == 0 { 0.0 } else { (done as f32 / expected as f32).min(1.0) })
            }
        }
    }

    /// The result, computed in this thread where it is not there yet; `None` where `stop` became true before it was.
    pub fn compute(
        &self,
        stop: &AtomicBool,
        compute: impl FnOnce(&Progress<'_>) -> Option<T>,
    ) -> Option<Arc<T>> {
        if let Some(result) = self.get() {
            return Some(result);
        }
        let steps = Arc::new(Steps::default());
        let begun = |is_at_work| {
            *self.begun.lock().unwrap_or_else(PoisonError::into_inner) =
                Some((Arc::clone(&steps), is_at_work));
        };
        begun(true);
        let result = compute(&Progress { steps: &steps, stop });
        let result = result.map(|result| Arc::clone(self.result.get_or_init(|| Arc::new(result))));
        begun(false);
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_is_followed_from_the_first_step_to_the_last() {
        let slow = Slow::default();
        assert!(matches!(slow.stage(), Stage::NotBegun));
        let go_on = AtomicBool::new(false);
        let result = slow.compute(&go_on, |progress| {
            progress.expect(4);
            progress.step()?;
            assert!(matches!(slow.stage(), Stage::Running(fraction) if fraction == 0.25));
            Some(7)
        });
        assert_eq!(result.as_deref(), Some(&7));
        assert!(matches!(slow.stage(), Stage::Done(result) if *result == 7));
        let again = slow.compute(&go_on, |_| unreachable!("it is there"));
        assert_eq!(again.as_deref(), Some(&7));
    }

    #[test]
    fn what_was_stopped_can_be_asked_for_again() {
        let slow = Slow::default();
        let stop = AtomicBool::new(true);
        assert!(slow.compute(&stop, |progress| progress.step().map(|()| 7)).is_none());
        assert!(matches!(slow.stage(), Stage::Stopped));
        assert!(slow.compute(&AtomicBool::new(false), |progress| progress.step().map(|()| 7)).is_some());
    }
}
