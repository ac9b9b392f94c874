//! How the numbers of the sensitivity came about.

use super::{LeadColumn, SensitivityChart, TornadoEnd, TornadoRow};
use crate::analysis::explain::Explanation;
use crate::model::wording::capitalised;

const ONE_AT_A_TIME: &str = "One change at a time: A. Saltelli et al., Global Sensitivity Analysis. The Primer (2008); for a matrix of \
                             evidence R. J. Heuer, Psychology of Intelligence Analysis (1999), chapter 8, step 6";
const FORMULA: &str = "least weighted inconsistency of the others − own";

impl SensitivityChart {
    /// How far a hypothesis leads today.
    pub fn explain_lead(&self, column: &LeadColumn) -> Explanation {
        let mut explanation = Explanation::new(
            format!("Margin of {}", column.name),
            column.margin.clone(),
            FORMULA,
            "R. J. Heuer, Psychology of Intelligence Analysis (1999), chapter 8",
        );
        for other in &self.columns {
            let name = format!("{} {}", other.name, other.answer);
            explanation = explanation.with_record(name, score(other.score), other.hypothesis);
        }
        explanation.noting("Positive where it leads. A margin is no probability.")
    }

    /// How far the subject leads after a change.
    pub fn explain_change(&self, row: &TornadoRow, end: &TornadoEnd) -> Explanation {
        let subject = self.subject().map_or("", |column| column.name.as_str());
        let mut explanation = Explanation::new(
            format!("Margin of {subject}, {}: {}", row.what, end.label),
            end.margin.clone(),
            FORMULA,
            ONE_AT_A_TIME,
        );
        for column in &self.columns {
            let (before, after) = (column.score, end.scores.get(column.place).copied().flatten());
            let value = if before == after {
                score(after)
            } else {
                format!("{} → {}", score(before), score(after))
            };
            let name = format!("{} {}", column.name, column.answer);
            explanation = explanation.with_record(name, value, column.hypothesis);
        }
        explanation = explanation.with("Margin now", super::words::measure(&row.before));
        let is_link = row.kind == crate::analysis::ach::sensitivity::ChangeKind::Link;
        let note = if is_link {
            "A link moves no score. It says which hypotheses exclude each other, and only those are rivals here."
        } else {
            "One change alone; two together can do more or less than their sum."
        };
        explanation.noting(format!("{}. {note}", capitalised(&end.outcome)))
    }
}

fn score(score: Option<f64>) -> String {
    score.map_or_else(|| "not rated".to_owned(), |score| format!("{score:.4}"))
}
