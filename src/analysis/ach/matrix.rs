//! Evidence × hypotheses, with the ratings that hold.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use crate::model::{
    Analyst, Assessment, Credibility, Evidence, Grade3, Hypothesis, Id, Incident, Rating, RatingValue,
    Reliability, Source,
};

/// The evidence on one incident against its hypotheses, with the ratings that hold: of each analyst the last one of each
/// cell. Rows and columns are in the order of the assessment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    /// The columns.
    pub hypotheses: Vec<Id<Hypothesis>>,
    /// The rows, those left out of the scores included.
    pub items: Vec<Item>,
    /// Who rated anything, by identifier.
    pub raters: Vec<Id<Analyst>>,
    /// Row after row.
    cells: Vec<Vec<Vote>>,
}

/// A row of the matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The piece of evidence.
    pub evidence: Id<Evidence>,
    /// Whether it is left out of the scores.
    pub is_excluded: bool,
    /// What it weighs, and why.
    pub weight: ItemWeight,
}

/// What a piece of evidence weighs: credibility × relevance, each a grade low, medium or high.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ItemWeight {
    /// The reliability that holds: the item's own, else its source's; `None` where neither is given.
    pub reliability: Option<Reliability>,
    /// The item's own credibility; `None` where not yet graded.
    pub credibility: Option<Credibility>,
    /// The two as one grade: the worse of them by the conventions of the assessment. Medium where one of them cannot be
    /// judged (F or 6), and where neither was graded.
    pub grade: Grade3,
    /// Whether one of the two cannot be judged, so that the grade might as well be low or high.
    pub is_unknown: bool,
    /// Whether reliability, credibility or relevance were not graded and taken as C, 3 and medium.
    pub is_assumed: bool,
    /// The relevance that was used.
    pub relevance: Grade3,
    /// The product of the weights of both grades; positive.
    pub weight: f64,
}

/// One analyst's rating of a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vote {
    /// The rating.
    pub rating: Id<Rating>,
    /// Whose it is.
    pub analyst: Id<Analyst>,
    /// What it says.
    pub value: RatingValue,
    /// The cell's own P(E|H), in `[0, 1]`.
    pub likelihood: Option<f64>,
}

impl Matrix {
    /// The matrix of an incident. Of several ratings of one cell by one analyst that of the latest round holds, in it the
    /// latest one.
    pub fn new(assessment: &Assessment, incident: Id<Incident>) -> Self {
        let hypotheses: Vec<Id<Hypothesis>> =
            assessment.hypotheses.iter().filter(|it| it.incident == incident).map(|it| it.id).collect();
        let items: Vec<Item> = assessment
            .evidence
            .iter()
            .filter(|it| it.incident == incident)
            .map(|it| Item {
                evidence: it.id,
                is_excluded: it.excluded,
                weight: ItemWeight::of(assessment, it),
            })
            .collect();
        let rows: FxHashMap<Id<Evidence>, usize> =
            items.iter().enumerate().map(|(row, item)| (item.evidence, row)).collect();
        let columns: FxHashMap<Id<Hypothesis>, usize> =
            hypotheses.iter().enumerate().map(|(column, id)| (*id, column)).collect();
        let mut found: Vec<Vec<(&Rating, Vote)>> = vec![Vec::new(); items.len() * hypotheses.len()];
        for rating in &assessment.ratings {
            let place = rows.get(&rating.evidence).zip(columns.get(&rating.hypothesis));
            let cell = place.and_then(|(row, column)| found.get_mut(row * hypotheses.len() + column));
            if let Some(cell) = cell {
                let Rating { id, analyst, value, likelihood, .. } = *rating;
                cell.push((rating, Vote { rating: id, analyst, value, likelihood }));
            }
        }
        let cells: Vec<Vec<Vote>> = found.into_iter().map(latest).collect();
        let mut raters: Vec<Id<Analyst>> = cells.iter().flatten().map(|vote| vote.analyst).collect();
        raters.sort_unstable();
        raters.dedup();
        Self { hypotheses, items, raters, cells }
    }

    /// The ratings that hold in a cell, by analyst; none past the end.
    pub fn votes(&self, row: usize, column: usize) -> &[Vote] {
        if column >= self.hypotheses.len() {
            return &[];
        }
        self.cells.get(row * self.hypotheses.len() + column).map_or(&[], Vec::as_slice)
    }

    /// The same without the likelihoods that cells have of their own; `None` where no cell has one.
    pub fn without_likelihoods(&self) -> Option<Self> {
        let mut plain = self.clone();
        let own = plain.cells.iter_mut().flatten().filter_map(|vote| vote.likelihood.take());
        (own.count() > 0).then_some(plain)
    }
}

/// Of each analyst the rating that holds.
fn latest(mut cell: Vec<(&Rating, Vote)>) -> Vec<Vote> {
    cell.sort_by_key(|(rating, vote)| (vote.analyst, Reverse((rating.round, rating.rated_at, rating.id))));
    cell.dedup_by_key(|(_, vote)| vote.analyst);
    cell.into_iter().map(|(_, vote)| vote).collect()
}

impl ItemWeight {
    /// Weighs a piece of evidence by the conventions of the assessment.
    pub fn of(assessment: &Assessment, evidence: &Evidence) -> Self {
        let inherited = || evidence.source.and_then(|id| assessment.get(id)).and_then(Source::reliability);
        let reliability =
            evidence.reliability_override.as_ref().map(|own| own.reliability).or_else(inherited);
        Self::from_grades(assessment, reliability, evidence.credibility, evidence.relevance)
    }

    /// Weighs an item of these grades; what is `None` is taken as C, 3 and medium.
    pub fn from_grades(
        assessment: &Assessment,
        reliability: Option<Reliability>,
        credibility: Option<Credibility>,
        relevance: Option<Grade3>,
    ) -> Self {
        let methods = &assessment.header.methods;
        let by_reliability = methods.grade_of_reliability(reliability.unwrap_or(Reliability::C));
        let by_credibility = methods.grade_of_credibility(credibility.unwrap_or(Credibility::Three));
        let known = by_reliability.zip(by_credibility).map(|(left, right)| left.min(right));
        let grade = known.unwrap_or(Grade3::Medium);
        let used = relevance.unwrap_or(Grade3::Medium);
        Self {
            reliability,
            credibility,
            grade,
            is_unknown: known.is_none(),
            is_assumed: reliability.is_none() || credibility.is_none() || relevance.is_none(),
            relevance: used,
            weight: methods.grade_weight(grade) * methods.grade_weight(used),
        }
    }

    /// The same with another grade in the place of one that cannot be judged.
    #[must_use]
    pub fn graded(mut self, assessment: &Assessment, grade: Grade3) -> Self {
        let methods = &assessment.header.methods;
        self.grade = grade;
        self.weight = methods.grade_weight(grade) * methods.grade_weight(self.relevance);
        self
    }
}
