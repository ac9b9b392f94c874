//! Matrices for tests, made by name.

use super::{Matrix, Raters, Scores};
use crate::analysis::fixture::{Case, world};
use crate::model::*;

/// A matrix in the making: an incident, hypotheses and analysts by name, evidence with ratings in letters.
pub(crate) struct Ach {
    pub case: Case,
    pub incident: Id<Incident>,
    next: u128,
    rated: i64,
}

impl Ach {
    pub fn new(hypotheses: &[&str]) -> Self {
        let mut case = world();
        let incident = case.incident("The incident", Period::default());
        let mut ach = Self { case, incident, next: 1_000, rated: 0 };
        for text in hypotheses {
            let answer = Answer::Text((*text).to_owned());
            ach.hypothesis(answer);
        }
        ach
    }

    fn id<T>(&mut self) -> Id<T> {
        self.next += 1;
        Id::new(Uuid::from_u128(self.next))
    }

    pub fn hypothesis(&mut self, answer: Answer) -> Id<Hypothesis> {
        let (id, incident) = (self.id(), self.incident);
        self.case.put(Hypothesis::new(id, incident, answer));
        id
    }

    pub fn evidence(&mut self, statement: &str) -> Id<Evidence> {
        let (id, incident) = (self.id(), self.incident);
        self.case.put(Evidence::new(id, incident, statement.to_owned()));
        id
    }

    pub fn change(&mut self, id: Id<Evidence>, change: impl FnOnce(&mut Evidence)) {
        let mut evidence = self.case.assessment.get(id).unwrap().clone();
        change(&mut evidence);
        self.case.put(evidence);
    }

    pub fn analyst(&mut self, name: &str) -> Id<Analyst> {
        self.case.assessment.find_by_name(name).unwrap_or_else(|| {
            let id = self.id();
            self.case.put(Analyst { id, name: name.to_owned(), role: AnalystRole::Analyst });
            id
        })
    }

    /// Rates a row: "+" C, "-" I, or the words CC C N I II NA, "." for nothing, one for each hypothesis.
    pub fn rates(&mut self, analyst: &str, evidence: Id<Evidence>, ratings: &str) {
        let analyst = self.analyst(analyst);
        let hypotheses: Vec<Id<Hypothesis>> = self.case.assessment.hypotheses.ids().collect();
        for (hypothesis, rating) in hypotheses.into_iter().zip(ratings.split_whitespace()) {
            let value = match rating {
                "." => continue,
                "+" => RatingValue::Consistent,
                "-" => RatingValue::Inconsistent,
                word => *RatingValue::ALL.iter().find(|value| value.label() == word).unwrap(),
            };
            self.rated += 1;
            let rated_at = jiff::Timestamp::from_second(self.rated).unwrap();
            let (id, likelihood, reason, round) = (self.id(), None, String::new(), 0);
            self.case.put(Rating {
                id,
                analyst,
                evidence,
                hypothesis,
                value,
                likelihood,
                reason,
                rated_at,
                round,
            });
        }
    }

    pub fn row(&mut self, statement: &str, ratings: &str) -> Id<Evidence> {
        let evidence = self.evidence(statement);
        self.rates("Ann", evidence, ratings);
        evidence
    }

    pub fn matrix(&self) -> Matrix {
        Matrix::new(&self.case.assessment, self.incident)
    }

    pub fn scores(&self) -> Scores {
        Scores::new(&self.matrix(), Raters::Everyone, &self.case.assessment.header.methods)
    }
}
