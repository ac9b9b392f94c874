//! The selection as a set, so that a table with many selected rows is drawn as fast as one with none.

use rustc_hash::FxHashSet;

use crate::model::{AnyId, Claim, Id, Kind, Uuid};

/// Which claims are selected.
#[derive(Debug, Default)]
pub struct Selected {
    of: Vec<AnyId>,
    claims: FxHashSet<Uuid>,
}

impl Selected {
    /// Brings it up to date.
    pub fn update(&mut self, selection: &[AnyId]) {
        if self.of != selection {
            self.of = selection.to_vec();
            self.claims = selection.iter().filter(|id| id.kind == Kind::Claim).map(|id| id.uuid).collect();
        }
    }

    /// Whether a claim is selected.
    pub fn has(&self, claim: Id<Claim>) -> bool {
        self.claims.contains(&claim.uuid())
    }

    /// How many claims are selected.
    pub fn count(&self) -> usize {
        self.claims.len()
    }
}
