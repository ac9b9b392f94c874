//! The evidence, hypotheses, ratings and judgements of a sample.

use std::str::FromStr;

use super::Make;
use super::actors::{Voice, worked_at};
use crate::model::{
    Actor, Analyst, Answer, Confidence, ConfidenceReasons, Credibility, Evidence, EvidenceKind, Grade3,
    Hypothesis, Id, Incident, Judgement, Nameable, ProbabilityShare, Rating, RatingValue,
};

const ROWS: usize = 6;
/// The most ratings of a matrix: some hundred megabytes in a file, and a few times that in memory.
const MOST_RATINGS: usize = 1_000_000;

/// How large an evidence matrix is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MatrixSize {
    /// How many pieces of evidence there are.
    pub items: usize,
    /// How many hypotheses there are.
    pub hypotheses: usize,
    /// How many analysts have rated all of it.
    pub analysts: usize,
}

impl FromStr for MatrixSize {
    type Err = String;

    /// Reads "500x12x20".
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let numbers: Option<Vec<usize>> =
            text.split(['x', 'X', '×']).map(|part| part.trim().parse().ok()).collect();
        match numbers.as_deref() {
            Some([items @ 1..=5_000, hypotheses @ 1..=100, analysts @ 1..=100]) => {
                let ratings = items * hypotheses * analysts;
                if ratings > MOST_RATINGS {
                    return Err(format!(
                        "that would be {ratings} ratings, and at most {MOST_RATINGS} are made"
                    ));
                }
                Ok(Self { items: *items, hypotheses: *hypotheses, analysts: *analysts })
            }
            Some([_, _, _]) => {
                Err("at most 5000 items, 100 hypotheses and 100 analysts, and one of each".to_owned())
            }
            _ => Err("write items, hypotheses and analysts as in 500x12x20".to_owned()),
        }
    }
}

impl Make {
    /// Weighs an incident at length: with more analysts, hypotheses and evidence than [`Self::weigh`] makes.
    pub(super) fn fill_matrix(&mut self, incident: Id<Incident>, size: MatrixSize, sources: &[Voice]) {
        let analysts: Vec<Id<Analyst>> = (0..size.analysts)
            .map(|number| {
                let id = self.id();
                self.put(Analyst::named(id, format!("Analyst {}", number + 1)));
                id
            })
            .collect();
        let hypotheses: Vec<Id<Hypothesis>> = (0..size.hypotheses)
            .map(|number| self.hypothesis(incident, Answer::Text(format!("Rival answer {}", number + 1))))
            .collect();
        for number in 0..size.items {
            let evidence = self.evidence(incident, number, sources);
            for analyst in &analysts {
                for (place, hypothesis) in hypotheses.iter().enumerate() {
                    self.rating(*analyst, evidence, *hypothesis, place == 0);
                }
            }
        }
    }

    /// Weighs the first of the `blamed` actors against the others.
    pub(super) fn weigh(
        &mut self,
        incident: Id<Incident>,
        blamed: &[Id<Actor>],
        analysts: &[Id<Analyst>],
        sources: &[Voice],
    ) {
        let hypotheses: Vec<Id<Hypothesis>> =
            blamed.iter().map(|actor| self.hypothesis(incident, Answer::Actor(*actor))).collect();
        for number in 0..ROWS {
            let evidence = self.evidence(incident, number, sources);
            for analyst in analysts {
                for (place, hypothesis) in hypotheses.iter().enumerate() {
                    self.rating(*analyst, evidence, *hypothesis, place == 0);
                }
            }
        }
        for analyst in analysts {
            self.judgement(*analyst, incident, &hypotheses);
        }
    }

    fn hypothesis(&mut self, incident: Id<Incident>, answer: Answer) -> Id<Hypothesis> {
        let id = self.id();
        self.put(Hypothesis::new(id, incident, answer));
        id
    }

    fn evidence(&mut self, incident: Id<Incident>, number: usize, sources: &[Voice]) -> Id<Evidence> {
        let id = self.id();
        let kind =
            EvidenceKind::ALL.get(number % EvidenceKind::ALL.len()).copied().unwrap_or(EvidenceKind::Other);
        let source = self.random.pick(sources).map(|voice| voice.id);
        let credibility = self.random.pick(Credibility::ALL).copied();
        let relevance = self.random.pick(Grade3::ALL).copied();
        self.put(Evidence {
            kind,
            source,
            credibility,
            relevance,
            ..Evidence::new(
                id,
                incident,
                format!("Observation {} ({})", number + 1, kind.label().to_lowercase()),
            )
        });
        id
    }

    fn rating(
        &mut self,
        analyst: Id<Analyst>,
        evidence: Id<Evidence>,
        hypothesis: Id<Hypothesis>,
        is_favoured: bool,
    ) {
        use RatingValue::{
            Consistent, Inconsistent, Neutral, NotApplicable, VeryConsistent, VeryInconsistent,
        };
        let values: &[RatingValue] = if is_favoured {
            &[VeryConsistent, Consistent, Consistent, Neutral, Inconsistent]
        } else {
            &[Consistent, Neutral, Inconsistent, Inconsistent, VeryInconsistent, NotApplicable]
        };
        let value = self.random.pick(values).copied().unwrap_or(Neutral);
        let id = self.id();
        self.put(Rating {
            id,
            analyst,
            evidence,
            hypothesis,
            value,
            likelihood: None,
            reason: String::new(),
            rated_at: worked_at(),
            round: 0,
        });
    }

    fn judgement(&mut self, analyst: Id<Analyst>, incident: Id<Incident>, hypotheses: &[Id<Hypothesis>]) {
        let id = self.id();
        // Whole percents, so that they sum to 100 exactly: the first gets most, "other" what remains.
        let mut rest = 100;
        let mut probabilities = Vec::new();
        for (place, hypothesis) in hypotheses.iter().enumerate() {
            let share =
                if place == 0 { self.random.between(40, 70) } else { self.random.between(0, rest / 2) };
            rest -= share;
            probabilities.push(ProbabilityShare { hypothesis: *hypothesis, probability: percent(share) });
        }
        let confidence = self.random.pick(Confidence::ALL).copied();
        self.put(Judgement {
            id,
            analyst,
            incident,
            made_at: worked_at(),
            probabilities,
            other: percent(rest),
            confidence,
            confidence_reasons: ConfidenceReasons::default(),
            key_sentence: String::new(),
            dissent: Vec::new(),
            round: 0,
        });
    }
}

fn percent(value: usize) -> f64 {
    f64::from(u32::try_from(value).unwrap_or(0)) / 100.0
}
