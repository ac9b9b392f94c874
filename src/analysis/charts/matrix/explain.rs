//! How the numbers of the matrix came about.

use super::words::{grade_words, raters_words};
use super::{MatrixChart, MatrixColumn, MatrixRow, Shown};
use crate::analysis::ach::score::cell_points;
use crate::analysis::ach::{HypothesisScore, Raters};
use crate::analysis::explain::{Contribution, Explanation};
use crate::model::{Assessment, Convention};

const HEUER: &str = "R. J. Heuer, Psychology of Intelligence Analysis (1999), chapter 8";
const WEIGHTS: &str = "Weighted inconsistency after R. J. Heuer (1999), chapter 8, and the ACH software of PARC (2005): \
                       credibility × relevance";

impl MatrixChart {
    /// How the score of a hypothesis came about; the weighted one, or the plain one. Whose ratings count, and what they make:
    /// those of the chart, or of one of two analysts who are set against each other.
    pub fn explain_score(
        &self,
        assessment: &Assessment,
        column: &MatrixColumn,
        (raters, score): (Raters, &HypothesisScore),
        is_weighted: bool,
    ) -> Explanation {
        let (what, value, formula, source) = if is_weighted {
            ("Weighted inconsistency", &score.weighted, "Σ weight × points", WEIGHTS)
        } else {
            ("Inconsistency", &score.inconsistency, "Σ points", HEUER)
        };
        let methods = &assessment.header.methods;
        let mut explanation =
            Explanation::new(format!("{what} of {}", column.name), value.clone(), formula, source)
                .with("Hypothesis", column.answer.as_str())
                .with("Whose ratings", raters_words(assessment, raters))
                .with("Items rated against it", score.rated.to_string());
        for convention in [Convention::RatingPoints, Convention::GradeWeights] {
            if !convention.is_usual(methods) && (is_weighted || convention == Convention::RatingPoints) {
                let text = format!("{}, not the usual ones", convention.text(methods));
                explanation = explanation.with(convention.label(), text);
            }
        }
        if let Some([least, greatest]) = score.range.filter(|_| is_weighted) {
            let range = format!("{least:.2} to {greatest:.2}");
            explanation = explanation.with("Range, since some items cannot be judged", range);
        }
        for row in self.rows.iter().filter(|row| !row.is_excluded) {
            let votes = self.matrix.votes(row.place, column.place);
            let points = cell_points(votes, raters, methods).unwrap_or(0.0);
            if points != 0.0 {
                let counted = votes.iter().filter(|vote| raters.includes(vote));
                let letters = Shown::of(counted).letters();
                explanation.contributions.push(Contribution {
                    what: format!("{} {letters}: {}", row.name, row.statement),
                    value: if is_weighted { points * row.weight.weight } else { points },
                    record: Some(row.evidence.into()),
                });
            }
        }
        "the part of each item that speaks against it".clone_into(&mut explanation.contributions_are);
        explanation
            .noting("Fewest first. Consistent evidence buys nothing back, and a score is no probability.")
    }

    /// How far a hypothesis leads or is behind, by all ratings of the chart; with `side` by those of one of the two analysts
    /// who are set against each other.
    pub fn explain_margin(
        &self,
        assessment: &Assessment,
        column: &MatrixColumn,
        side: Option<usize>,
    ) -> Explanation {
        let score = |column| match side {
            Some(side) => self.side_score(side, column),
            None => Some((self.raters, &column.score)),
        };
        let none = crate::analysis::Undefined::because("there is no other score to compare it with");
        let mut explanation = Explanation::new(
            format!("Margin of {}", column.name),
            score(column).and_then(|(_, score)| score.behind).ok_or(none),
            "own weighted inconsistency − the least one of the others",
            HEUER,
        );
        if let Some((raters, _)) = score(column) {
            explanation = explanation.with("Whose ratings", raters_words(assessment, raters));
        }
        for other in &self.columns {
            let Some((_, score)) = score(other) else { continue };
            let value = match &score.weighted {
                Ok(value) => format!("{value:.4}"),
                Err(undefined) => undefined.to_string(),
            };
            let name = format!("{} {}", other.name, other.answer);
            explanation = explanation.with_record(name, value, other.hypothesis);
        }
        explanation.noting("Negative where it leads. A margin is no probability.")
    }

    /// What a piece of evidence weighs.
    pub fn explain_weight(assessment: &Assessment, row: &MatrixRow) -> Explanation {
        let (weight, methods) = (&row.weight, &assessment.header.methods);
        let reliability = weight.reliability.map_or("not graded, taken as C", |grade| grade.label());
        let credibility = weight.credibility.map_or("not graded, taken as 3", |grade| grade.label());
        let grade = grade_words(weight.grade, weight.is_unknown);
        let relevance = weight.relevance.label().to_lowercase();
        let explanation = Explanation::new(
            format!("Weight of {}", row.name),
            Ok(weight.weight),
            "weight of the grade × weight of the relevance",
            WEIGHTS,
        )
        .with("Reliability of the source", reliability)
        .with("Credibility of the item", credibility)
        .with("Both as one grade, the worse of them", grade)
        .with("Weight of the grade", format!("{:.4}", methods.grade_weight(weight.grade)))
        .with("Relevance", relevance)
        .with("Weight of the relevance", format!("{:.4}", methods.grade_weight(weight.relevance)));
        if weight.is_unknown {
            let [low, high] = weight.bounds(methods);
            explanation.noting(format!(
                "F and 6 mean that it cannot be judged: the weight might as well be anything from {low:.2} to {high:.2}."
            ))
        } else if weight.is_assumed {
            explanation.noting("What is not graded is taken as C, 3 and medium.")
        } else {
            explanation
        }
    }

    /// How well a piece of evidence tells the hypotheses apart.
    pub fn explain_diagnosticity(&self, row: &MatrixRow) -> Explanation {
        let mut explanation = Explanation::new(
            format!("Diagnosticity of {}", row.name),
            row.diagnosticity.clone(),
            "standard deviation of the ratings, CC 2, C 1, N 0, I −1, II −2",
            HEUER,
        );
        for column in &self.columns {
            let votes = self.matrix.votes(row.place, column.place);
            let letters = match Shown::of(votes.iter().filter(|vote| self.raters.includes(vote))) {
                Shown::Nothing => "not rated".to_owned(),
                Shown::Mean(value, mean) => format!("{} (mean {mean:.2})", value.label()),
                Shown::Split(best, worst, mean) => {
                    format!("{}/{} (mean {mean:.2})", best.label(), worst.label())
                }
                one @ Shown::One(_) => one.letters(),
            };
            let name = format!("{} {}", column.name, column.answer);
            explanation = explanation.with_record(name, letters, column.hypothesis);
        }
        explanation.noting("0 where it says the same of all hypotheses; at most 2.")
    }
}
