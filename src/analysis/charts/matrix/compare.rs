//! Two analysts set against each other.

use super::{MatrixChart, MatrixColumn};
use crate::analysis::ach::{DisputeLevel, HypothesisScore, Matrix, Raters, Scores};
use crate::analysis::agreement::{PairAgreement, RaterAgreement};
use crate::model::{Analyst, Id, Methods, RatingValue};

/// One of two analysts who are set against each other, with the scores that follow from their ratings alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// The analyst.
    pub analyst: Id<Analyst>,
    /// Their scores, in the order of the columns of the underlying matrix.
    scores: Scores,
}

impl Side {
    pub(super) fn new(matrix: &Matrix, analyst: Id<Analyst>, methods: &Methods) -> Self {
        Self { analyst, scores: Scores::new(matrix, Raters::One(analyst), methods) }
    }
}

/// How the ratings of a cell by two analysts stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Neither of them has rated it.
    Unrated,
    /// Only one of them has rated it.
    OneSided,
    /// They say the same.
    Same,
    /// They differ.
    Apart,
}

impl MatrixChart {
    /// The ratings of a cell by the two analysts who are set against each other; `None` where there are no two.
    pub fn both(&self, row: usize, column: usize) -> Option<[Option<RatingValue>; 2]> {
        let sides = self.sides.as_ref()?;
        let votes = self.votes(row, column);
        let value =
            |side: &Side| votes.iter().find(|vote| vote.analyst == side.analyst).map(|vote| vote.value);
        Some(sides.each_ref().map(value))
    }

    /// How the ratings of a cell by the two analysts stand to each other; `None` where there are no two.
    pub fn difference(&self, row: usize, column: usize) -> Option<Difference> {
        Some(match self.both(row, column)? {
            [None, None] => Difference::Unrated,
            [None, _] | [_, None] => Difference::OneSided,
            [left, right] if left == right => Difference::Same,
            _ => Difference::Apart,
        })
    }

    /// Whether those whose ratings are shown differ in a cell: the two who are set against each other, or any of the group.
    pub fn is_disputed(&self, row: usize, column: usize) -> bool {
        match self.difference(row, column) {
            Some(difference) => difference == Difference::Apart,
            None => self.cell(row, column).is_some_and(|cell| {
                cell.not_applicable > 0
                    || cell.dispute.is_some_and(|dispute| dispute.level > DisputeLevel::Consensus)
            }),
        }
    }

    /// How far the two analysts who are set against each other rate alike; `None` where there are no two.
    pub fn pair_agreement(&self) -> Option<PairAgreement> {
        let sides = self.sides.as_ref()?;
        Some(PairAgreement::new(&self.matrix, sides.each_ref().map(|side| side.analyst)))
    }

    /// How far all raters rate alike; `None` where fewer than two rated anything.
    pub fn rater_agreement(&self) -> Option<RaterAgreement> {
        (self.matrix.raters.len() > 1).then(|| RaterAgreement::new(&self.matrix))
    }

    /// How two analysts who are set against each other score a hypothesis; `None` where there are no two.
    pub fn side_score(&self, side: usize, column: &MatrixColumn) -> Option<(Raters, &HypothesisScore)> {
        let side = self.sides.as_ref()?.get(side)?;
        Some((Raters::One(side.analyst), side.scores.hypotheses.get(column.place)?))
    }
}
