//! Who mentions whom.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::model::{AnyId, Assessment, Claim, Entity, Incident, Kind, Reference};

/// Who mentions whom. The index is made once and shared by later revisions, each with the list of records
/// that changed since; it is made anew when that list grows long.
#[derive(Clone, Debug)]
pub(super) struct References {
    index: Arc<FxHashMap<AnyId, Vec<(AnyId, &'static str)>>>,
    changed: BTreeSet<AnyId>,
}

/// How many records may have changed before the index of references is made anew.
const REFERENCES_OVERLAY: usize = 2_000;

impl References {
    pub(super) fn new(assessment: &Assessment) -> Self {
        let mut index: FxHashMap<AnyId, Vec<(AnyId, &'static str)>> = FxHashMap::default();
        assessment.for_each_reference(&mut |from, Reference { target, field, .. }| {
            index.entry(target).or_default().push((from, field));
        });
        Self { index: Arc::new(index), changed: BTreeSet::new() }
    }

    pub(super) fn updated(&self, old: &Assessment, new: &Assessment) -> Self {
        let mut updated = self.clone();
        for_each_changed(old, new, &mut |id| {
            updated.changed.insert(id);
        });
        if updated.changed.len() > REFERENCES_OVERLAY { Self::new(new) } else { updated }
    }

    /// The records that mention `id`, each with the field in which it does.
    pub(super) fn to(&self, assessment: &Assessment, id: AnyId) -> Vec<(AnyId, &'static str)> {
        let indexed = self.index.get(&id).into_iter().flatten().copied();
        let mut found: Vec<_> = indexed.filter(|(from, _)| !self.changed.contains(from)).collect();
        for from in &self.changed {
            if let Some(record) = assessment.record(*from) {
                record.references(&mut |reference| {
                    if reference.target == id {
                        found.push((*from, reference.field));
                    }
                });
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Calls `see` for every record that differs between two revisions.
fn for_each_changed(old: &Assessment, new: &Assessment, see: &mut dyn FnMut(AnyId)) {
    fn table<T: Entity>(old: &Assessment, new: &Assessment, see: &mut dyn FnMut(AnyId)) {
        for (before, after) in T::table(old).changes(T::table(new)) {
            if let Some(record) = after.or(before) {
                see(record.id().into());
            }
        }
    }
    use crate::model as m;
    for kind in Kind::ALL {
        match kind {
            Kind::Analyst => table::<m::Analyst>(old, new, see),
            Kind::Source => table::<m::Source>(old, new, see),
            Kind::Document => table::<m::Document>(old, new, see),
            Kind::Actor => table::<m::Actor>(old, new, see),
            Kind::Incident => table::<Incident>(old, new, see),
            Kind::Claim => table::<Claim>(old, new, see),
            Kind::Evidence => table::<m::Evidence>(old, new, see),
            Kind::Hypothesis => table::<m::Hypothesis>(old, new, see),
            Kind::Rating => table::<m::Rating>(old, new, see),
            Kind::Assumption => table::<m::Assumption>(old, new, see),
            Kind::Indicator => table::<m::Indicator>(old, new, see),
            Kind::Judgement => table::<m::Judgement>(old, new, see),
            Kind::Comment => table::<m::Comment>(old, new, see),
            Kind::Exercise => table::<m::Exercise>(old, new, see),
            Kind::Outcome => table::<m::Outcome>(old, new, see),
        }
    }
}
