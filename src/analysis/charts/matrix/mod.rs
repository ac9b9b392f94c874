//! Evidence against rival hypotheses, as the matrix shows it.

mod arrange;
mod explain;
#[cfg(test)]
mod tests;
mod words;

pub use arrange::{MatrixGroups, MatrixLine, MatrixSort};
pub use words::{margin_words, rating_words};

use std::sync::Arc;

use crate::analysis::ach::hints::hints;
use crate::analysis::ach::score::{diagnosticity, dispute, signed};
use crate::analysis::ach::{Dispute, HypothesisScore, ItemWeight, Matrix, Raters, Scores, Vote};
use crate::analysis::{Derived, Measure};
use crate::model::{
    Analyst, Assessment, Evidence, EvidenceKind, Hypothesis, Id, Incident, PartialDate, RatingValue,
};

/// The matrix of an incident under one choice of raters: rows, columns and cells in the order of the assessment.
#[derive(Clone, Debug)]
pub struct MatrixChart {
    /// Whose ratings are shown and scored.
    pub raters: Raters,
    /// The evidence.
    pub rows: Vec<MatrixRow>,
    /// The hypotheses.
    pub columns: Vec<MatrixColumn>,
    /// What to beware of, in words, the gravest first.
    pub hints: Vec<String>,
    /// Row after row.
    cells: Vec<MatrixCell>,
    matrix: Arc<Matrix>,
}

/// A piece of evidence in the matrix.
#[derive(Clone, Debug)]
pub struct MatrixRow {
    /// The piece of evidence.
    pub evidence: Id<Evidence>,
    /// What it is called in the matrix, such as "E2".
    pub name: String,
    /// What was observed.
    pub statement: String,
    /// What kind of observation it is.
    pub kind: EvidenceKind,
    /// Items with the same group stand or fall together; empty where it stands alone.
    pub dependence_group: String,
    /// When it was observed.
    pub observed_on: Option<PartialDate>,
    /// Whether it is left out of the scores.
    pub is_excluded: bool,
    /// What it weighs, and why.
    pub weight: ItemWeight,
    /// How well it tells the hypotheses apart, in `[0, 2]`.
    pub diagnosticity: Measure,
    /// Its row in the underlying [`Matrix`].
    place: usize,
}

/// A hypothesis in the matrix.
#[derive(Clone, Debug)]
pub struct MatrixColumn {
    /// The hypothesis.
    pub hypothesis: Id<Hypothesis>,
    /// What it is called in the matrix, such as "H1".
    pub name: String,
    /// What it says.
    pub answer: String,
    /// How much speaks against it.
    pub score: HypothesisScore,
    /// Its column in the underlying [`Matrix`].
    place: usize,
}

/// A cell of the matrix.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MatrixCell {
    /// What stands in it.
    pub shown: Shown,
    /// How many of the chosen raters rated it, "not applicable" included.
    pub raters: usize,
    /// How far the chosen raters are apart; `None` for fewer than two of them.
    pub dispute: Option<Dispute>,
    /// What the analyst who works now has rated it.
    pub own: Option<RatingValue>,
}

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shown {
    /// Nobody has rated it.
    Nothing,
    /// All who rated it say the same.
    One(RatingValue),
    /// They differ, all on one side of neutral: the rating that is nearest to their mean, which lies in `[-2, 2]`.
    Mean(RatingValue, f64),
    /// Some hold it consistent and others inconsistent: the extremes and the mean.
    Split(RatingValue, RatingValue, f64),
}

impl Shown {
    /// What the ratings of a cell amount to. Ratings as "not applicable" count only where there are no others.
    pub fn of<'a>(votes: impl Iterator<Item = &'a Vote>) -> Self {
        let (mut sum, mut count, mut is_na) = (0.0, 0_u32, false);
        let mut ends: Option<(RatingValue, RatingValue)> = None;
        for vote in votes {
            let Some(value) = signed(vote.value) else {
                is_na = true;
                continue;
            };
            sum += value;
            count += 1;
            // The scale runs from very consistent to very inconsistent.
            ends = Some(ends.map_or((vote.value, vote.value), |(best, worst)| {
                (best.min(vote.value), worst.max(vote.value))
            }));
        }
        let Some((best, worst)) = ends else {
            return if is_na { Self::One(RatingValue::NotApplicable) } else { Self::Nothing };
        };
        let mean = sum / f64::from(count.max(1));
        if best == worst {
            Self::One(best)
        } else if best < RatingValue::Neutral && worst > RatingValue::Neutral {
            Self::Split(best, worst, mean)
        } else {
            Self::Mean(nearest(mean), mean)
        }
    }

    /// The letters of the cell, such as "CC", or "C/II" for a split vote; empty where nobody has rated it.
    pub fn letters(self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::One(value) | Self::Mean(value, _) => value.label().to_owned(),
            Self::Split(best, worst, _) => format!("{}/{}", best.label(), worst.label()),
        }
    }
}

/// The rating that is nearest to a signed mean; half-way the stronger one.
fn nearest(mean: f64) -> RatingValue {
    match mean.round() {
        mean if mean >= 2.0 => RatingValue::VeryConsistent,
        mean if mean >= 1.0 => RatingValue::Consistent,
        mean if mean <= -2.0 => RatingValue::VeryInconsistent,
        mean if mean <= -1.0 => RatingValue::Inconsistent,
        _ => RatingValue::Neutral,
    }
}

impl MatrixChart {
    /// The matrix of an incident with the ratings of `raters`; `own` is who works now.
    pub fn new(derived: &Derived, incident: Id<Incident>, raters: Raters, own: Option<Id<Analyst>>) -> Self {
        let assessment: &Assessment = derived.assessment();
        let methods = &assessment.header.methods;
        let matrix = derived.matrix(incident);
        let scores = Scores::new(&matrix, raters, methods);
        let rows = rows(assessment, &matrix, raters);
        let columns = columns(assessment, &matrix, &scores);
        let cell = |row: &MatrixRow, column: &MatrixColumn| {
            let votes = matrix.votes(row.place, column.place);
            let counted: Vec<Vote> = votes.iter().filter(|vote| raters.includes(vote)).copied().collect();
            MatrixCell {
                shown: Shown::of(counted.iter()),
                raters: counted.len(),
                dispute: dispute(&counted),
                own: votes.iter().find(|vote| Some(vote.analyst) == own).map(|vote| vote.value),
            }
        };
        let cells = rows.iter().flat_map(|row| columns.iter().map(move |column| cell(row, column))).collect();
        let found = hints(derived, incident, &matrix, raters);
        let hints = found.iter().map(|hint| words::hint(hint, &rows, &columns)).collect();
        Self { raters, rows, columns, hints, cells, matrix }
    }

    /// A cell; `None` past the end.
    pub fn cell(&self, row: usize, column: usize) -> Option<&MatrixCell> {
        if column >= self.columns.len() {
            return None;
        }
        self.cells.get(row * self.columns.len() + column)
    }

    /// The ratings that hold in a cell, of everyone; none past the end.
    pub fn votes(&self, row: usize, column: usize) -> &[Vote] {
        match (self.rows.get(row), self.columns.get(column)) {
            (Some(row), Some(column)) => self.matrix.votes(row.place, column.place),
            _ => &[],
        }
    }

    /// Who has rated anything.
    pub fn raters(&self) -> &[Id<Analyst>] {
        &self.matrix.raters
    }

    /// The row of a piece of evidence.
    pub fn row_of(&self, evidence: Id<Evidence>) -> Option<usize> {
        self.rows.iter().position(|row| row.evidence == evidence)
    }

    /// The column of a hypothesis.
    pub fn column_of(&self, hypothesis: Id<Hypothesis>) -> Option<usize> {
        self.columns.iter().position(|column| column.hypothesis == hypothesis)
    }
}

fn rows(assessment: &Assessment, matrix: &Matrix, raters: Raters) -> Vec<MatrixRow> {
    let places: rustc_hash::FxHashMap<Id<Evidence>, usize> =
        matrix.items.iter().enumerate().map(|(place, item)| (item.evidence, place)).collect();
    let in_order = assessment.in_order::<Evidence>().into_iter().filter_map(|id| places.get(&id).copied());
    let row = |(number, place): (usize, usize)| {
        let item = matrix.items.get(place)?;
        let evidence = assessment.get(item.evidence)?;
        Some(MatrixRow {
            evidence: item.evidence,
            name: format!("E{}", number + 1),
            statement: evidence.statement.clone(),
            kind: evidence.kind,
            dependence_group: evidence.dependence_group.trim().to_owned(),
            observed_on: evidence.observed_on,
            is_excluded: item.is_excluded,
            weight: item.weight,
            diagnosticity: diagnosticity(matrix, place, raters),
            place,
        })
    };
    in_order.enumerate().filter_map(row).collect()
}

fn columns(assessment: &Assessment, matrix: &Matrix, scores: &Scores) -> Vec<MatrixColumn> {
    let in_order = assessment.in_order::<Hypothesis>().into_iter();
    let places = in_order.filter_map(|id| matrix.hypotheses.iter().position(|other| *other == id));
    let column = |(number, place): (usize, usize)| {
        let hypothesis = assessment.get(*matrix.hypotheses.get(place)?)?;
        Some(MatrixColumn {
            hypothesis: hypothesis.id,
            name: format!("H{}", number + 1),
            answer: assessment.answer_text(&hypothesis.answer),
            score: scores.hypotheses.get(place)?.clone(),
            place,
        })
    };
    places.enumerate().filter_map(column).collect()
}
