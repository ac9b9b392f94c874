//! What evidence and hypotheses are called in the matrix and in all that follows from it.

use rustc_hash::FxHashMap;

use crate::model::wording::in_a_row;
use crate::model::{Assessment, Evidence, Hypothesis, Id, Incident};

/// The short names of the evidence and the hypotheses of an incident, by their places in the order of the assessment: the
/// second piece of evidence is "E2", the first hypothesis "H1".
#[derive(Clone, Debug, Default)]
pub struct WeighingNames {
    evidence: FxHashMap<Id<Evidence>, usize>,
    hypotheses: Vec<Id<Hypothesis>>,
}

impl WeighingNames {
    /// Those of an incident.
    pub fn new(assessment: &Assessment, incident: Id<Incident>) -> Self {
        let is_of = |id: &Id<Evidence>| assessment.get(*id).is_some_and(|it| it.incident == incident);
        let evidence = assessment.in_order::<Evidence>().into_iter().filter(is_of);
        let is_of = |id: &Id<Hypothesis>| assessment.get(*id).is_some_and(|it| it.incident == incident);
        let hypotheses = assessment.in_order::<Hypothesis>().into_iter().filter(is_of);
        Self { evidence: evidence.zip(1..).collect(), hypotheses: hypotheses.collect() }
    }

    /// The hypotheses in their order.
    pub fn hypotheses(&self) -> &[Id<Hypothesis>] {
        &self.hypotheses
    }

    /// The place of a piece of evidence, counted from 1; 0 for one of another incident.
    pub fn place(&self, id: Id<Evidence>) -> usize {
        self.evidence.get(&id).copied().unwrap_or_default()
    }

    /// The name of a piece of evidence.
    pub fn evidence(&self, id: Id<Evidence>) -> String {
        format!("E{}", self.place(id))
    }

    /// The name of a hypothesis.
    pub fn hypothesis(&self, id: Id<Hypothesis>) -> String {
        format!("H{}", self.place_of(id))
    }

    /// The place of a hypothesis, counted from 1; 0 for one of another incident.
    pub fn place_of(&self, id: Id<Hypothesis>) -> usize {
        self.hypotheses.iter().position(|other| *other == id).map_or(0, |place| place + 1)
    }

    /// Several hypotheses in their order, such as "H1, H2 and H3".
    pub fn list(&self, ids: &[Id<Hypothesis>]) -> String {
        let mut places: Vec<usize> = ids.iter().map(|id| self.place_of(*id)).collect();
        places.sort_unstable();
        in_a_row(&places.into_iter().map(|place| format!("H{place}")).collect::<Vec<_>>())
    }

    /// Several pieces of evidence in their order, such as "E2 and E3".
    pub fn evidence_list(&self, ids: &[Id<Evidence>]) -> String {
        let mut places: Vec<usize> = ids.iter().map(|id| self.place(*id)).collect();
        places.sort_unstable();
        in_a_row(&places.into_iter().map(|place| format!("E{place}")).collect::<Vec<_>>())
    }
}
