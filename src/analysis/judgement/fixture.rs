//! Judgements for tests, made by name.

use crate::analysis::ach::fixture::Ach;
use crate::model::*;

/// An incident with hypotheses in free text, and judgements of analysts on it.
pub(crate) struct Judged {
    pub assessment: Assessment,
    pub incident: Id<Incident>,
    pub hypotheses: Vec<Id<Hypothesis>>,
    next: u128,
}

impl Judged {
    pub fn new(hypotheses: &[&str]) -> Self {
        let ach = Ach::new(hypotheses);
        let hypotheses = ach.case.assessment.hypotheses.ids().collect();
        Self { incident: ach.incident, assessment: ach.case.assessment, hypotheses, next: 5_000 }
    }

    fn id<T>(&mut self) -> Id<T> {
        self.next += 1;
        Id::new(Uuid::from_u128(self.next))
    }

    pub fn analyst(&mut self, name: &str) -> Id<Analyst> {
        self.assessment.find_by_name(name).unwrap_or_else(|| {
            let id = self.id();
            self.assessment.put(Analyst::named(id, name.to_owned()).into_record());
            id
        })
    }

    /// A judgement on the `day`th day: a probability for each of the first hypotheses, and one for none of them.
    pub fn judges(&mut self, analyst: &str, day: i64, shares: &[f64], other: f64) -> Id<Judgement> {
        let (analyst, id) = (self.analyst(analyst), self.id());
        let made_at = jiff::Timestamp::from_second(day * 86_400).unwrap();
        let mut judgement = Judgement::new(id, analyst, self.incident, made_at);
        judgement.other = other;
        judgement.probabilities = self
            .hypotheses
            .iter()
            .zip(shares)
            .map(|(hypothesis, share)| ProbabilityShare { hypothesis: *hypothesis, probability: *share })
            .collect();
        self.assessment.put(judgement.into_record());
        id
    }

    pub fn change(&mut self, id: Id<Judgement>, change: impl FnOnce(&mut Judgement)) {
        let mut judgement = self.assessment.get(id).unwrap().clone();
        change(&mut judgement);
        self.assessment.put(judgement.into_record());
    }
}
