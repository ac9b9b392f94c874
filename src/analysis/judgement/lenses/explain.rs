//! How the numbers of the lenses came about.

use super::{Lens, LensRow, Lenses};
use crate::analysis::ach::Raters;
use crate::analysis::charts::{BeliefChart, MatrixChart};
use crate::analysis::explain::Explanation;
use crate::analysis::fusion::Number;
use crate::analysis::odds::LogOdds;
use crate::analysis::{Derived, Undefined};

const BAYES: &str = "I. J. Good, Probability and the Weighing of Evidence (1950)";

impl Lenses {
    /// How what a lens shows of a row came about. Takes up to some hundredths of a second.
    pub fn explain(&self, derived: &Derived, row: &LensRow, lens: Lens) -> Explanation {
        let nothing = || {
            let value = Err(Undefined::because("the hypothesis is gone"));
            Explanation::new(format!("{} of {}", lens.label(), row.name), value, "", "")
        };
        match lens {
            Lens::Inconsistency => {
                let chart = MatrixChart::new(derived, self.incident, Raters::Everyone, None, None);
                let column = chart.column_of(row.hypothesis).and_then(|place| chart.columns.get(place));
                column.map_or_else(nothing, |column| {
                    let own = (chart.raters, &column.score);
                    chart.explain_score(derived.assessment(), column, own, true)
                })
            }
            Lens::LogOdds => self.explain_posterior(derived, row),
            Lens::Fusion => {
                let number = row.number.filter(|_| row.projected.is_ok());
                number.map_or_else(
                    || {
                        let title = format!("Projected probability of {}", row.name);
                        Explanation::new(title, row.projected.clone(), "", "")
                            .with("Hypothesis", row.answer.as_str())
                    },
                    |number| {
                        BeliefChart::new(derived, self.incident, None, None)
                            .explain(derived, Number::Projected(number))
                    },
                )
            }
        }
    }

    fn explain_posterior(&self, derived: &Derived, row: &LensRow) -> Explanation {
        let assessment = derived.assessment();
        let matrix = derived.matrix(self.incident);
        let odds = LogOdds::new(assessment, &matrix, Raters::Everyone);
        let column = matrix.hypotheses.iter().position(|id| *id == row.hypothesis);
        let mut explanation = Explanation::new(
            format!("Posterior of {}", row.name),
            row.posterior.clone(),
            "posterior ∝ prior × Π P(E|H)^w",
            BAYES,
        )
        .in_percent()
        .with("Hypothesis", row.answer.as_str())
        .with_probability("Prior", row.prior, None);
        for item in &odds.items {
            let log = column.and_then(|column| item.log_likelihoods.get(column));
            let is_rated = column.and_then(|column| item.is_rated.get(column)).copied().unwrap_or(false);
            let Some(log) = log else { continue };
            let own = (log / item.power).exp();
            let power = if item.power < 1.0 { format!("^{:.2}", item.power) } else { String::new() };
            let value = if is_rated {
                format!("{own:.3}{power}")
            } else {
                format!("not rated: {own:.3}{power}, the neutral stand-in")
            };
            explanation = explanation.with_record(assessment.name_of(item.evidence), value, item.evidence);
        }
        explanation.noting(
            "All posteriors sum to 1: one of these hypotheses is taken to be true. Items of one dependence group are tempered by \
             the power w, a heuristic",
        )
    }
}
