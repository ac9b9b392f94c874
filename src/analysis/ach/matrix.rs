//! Evidence × hypotheses, with the ratings that hold.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{
    Analyst, Assessment, Credibility, Evidence, Grade3, Hypothesis, Id, Incident, Methods, Rating,
    RatingValue, Reliability, Source,
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
    /// Row after row. What an edit did not touch keeps its address.
    cells: Vec<Arc<Cell>>,
    /// How many cells each analyst has rated.
    rated: BTreeMap<Id<Analyst>, usize>,
}

/// All ratings of a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// Those that hold, by analyst.
    pub votes: Vec<Vote>,
    /// Those that others of the same analyst came after, by analyst, the latest first.
    pub earlier: Vec<Id<Rating>>,
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
    /// The two as one grade: the worse of them by the conventions of the assessment. Where one of them cannot be judged
    /// (F or 6) it is medium, or the grade of the other one where that is lower: what cannot be judged raises nothing.
    /// Medium too where both cannot be judged, and where neither was graded.
    pub grade: Grade3,
    /// The best grade that it might have, were all of it judged: that of the one which can be judged, else high.
    pub at_best: Grade3,
    /// Whether one of the two cannot be judged, so that the grade might be another one: from low to [`Self::at_best`]. Not
    /// where the other one is low, and the grade low whatever the one that is missing.
    pub is_unknown: bool,
    /// Whether reliability, credibility or relevance were not graded and taken as C, 3 and medium.
    pub is_assumed: bool,
    /// The relevance that was used.
    pub relevance: Grade3,
    /// The product of the weights of both grades; 0 or more. An item of weight 0 counts among those that are rated, and adds nothing.
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
        let mut matrix = Self::without_ratings(assessment, incident);
        let places = Places::of(&matrix);
        let mut found: Vec<Vec<&Rating>> = vec![Vec::new(); matrix.items.len() * matrix.hypotheses.len()];
        for rating in &assessment.ratings {
            if let Some(cell) = places.of_rating(rating).and_then(|place| found.get_mut(place)) {
                cell.push(rating);
            }
        }
        matrix.cells = found.into_iter().map(|ratings| Arc::new(Cell::new(ratings))).collect();
        for cell in &matrix.cells {
            for vote in &cell.votes {
                *matrix.rated.entry(vote.analyst).or_insert(0) += 1;
            }
        }
        matrix.raters = matrix.rated.keys().copied().collect();
        matrix
    }

    /// The matrix of the same incident in a later revision, or in any other one: only the cells whose ratings differ between
    /// the two are made anew, where the rows and columns are the same.
    #[must_use]
    pub fn updated(&self, incident: Id<Incident>, old: &Assessment, new: &Assessment) -> Self {
        let mut matrix = Self::without_ratings(new, incident);
        let has_same_rows =
            self.items.iter().map(|it| it.evidence).eq(matrix.items.iter().map(|it| it.evidence));
        if !has_same_rows || self.hypotheses != matrix.hypotheses {
            return Self::new(new, incident);
        }
        matrix.cells.clone_from(&self.cells);
        matrix.rated.clone_from(&self.rated);
        let places = Places::of(&matrix);
        let mut touched: BTreeMap<usize, FxHashSet<Id<Rating>>> = BTreeMap::new();
        for (before, after) in old.ratings.changes(&new.ratings) {
            for rating in [before, after].into_iter().flatten() {
                if let Some(place) = places.of_rating(rating) {
                    touched.entry(place).or_default().insert(rating.id);
                }
            }
        }
        for (place, changed) in touched {
            let Some(cell) = matrix.cells.get_mut(place) else { continue };
            let kept = cell.votes.iter().map(|vote| vote.rating).chain(cell.earlier.iter().copied());
            let all: FxHashSet<Id<Rating>> = kept.chain(changed).collect();
            let ratings = all.into_iter().filter_map(|id| new.ratings.get(id));
            let made = Cell::new(ratings.filter(|rating| places.of_rating(rating) == Some(place)).collect());
            for vote in &cell.votes {
                if let Some(count) = matrix.rated.get_mut(&vote.analyst) {
                    *count = count.saturating_sub(1);
                }
            }
            for vote in &made.votes {
                *matrix.rated.entry(vote.analyst).or_insert(0) += 1;
            }
            *cell = Arc::new(made);
        }
        matrix.rated.retain(|_, count| *count > 0);
        matrix.raters = matrix.rated.keys().copied().collect();
        matrix
    }

    fn without_ratings(assessment: &Assessment, incident: Id<Incident>) -> Self {
        let hypotheses =
            assessment.hypotheses.iter().filter(|it| it.incident == incident).map(|it| it.id).collect();
        let items = assessment.evidence.iter().filter(|it| it.incident == incident).map(|it| Item {
            evidence: it.id,
            is_excluded: it.excluded,
            weight: ItemWeight::of(assessment, it),
        });
        Self { hypotheses, items: items.collect(), ..Self::default() }
    }

    /// All ratings of a cell; `None` past the end.
    pub fn cell(&self, row: usize, column: usize) -> Option<&Arc<Cell>> {
        if column >= self.hypotheses.len() {
            return None;
        }
        self.cells.get(row * self.hypotheses.len() + column)
    }

    /// The ratings that hold in a cell, by analyst; none past the end.
    pub fn votes(&self, row: usize, column: usize) -> &[Vote] {
        self.cell(row, column).map_or(&[], |cell| cell.votes.as_slice())
    }

    /// The same without the likelihoods that cells have of their own; `None` where no cell has one.
    pub fn without_likelihoods(&self) -> Option<Self> {
        let mut plain = self.clone();
        let has_one = |cell: &&mut Arc<Cell>| cell.votes.iter().any(|vote| vote.likelihood.is_some());
        let mut is_other = false;
        for cell in plain.cells.iter_mut().filter(has_one) {
            Arc::make_mut(cell).votes.iter_mut().for_each(|vote| vote.likelihood = None);
            is_other = true;
        }
        is_other.then_some(plain)
    }
}

/// Where the cells of a matrix stand.
struct Places {
    rows: FxHashMap<Id<Evidence>, usize>,
    columns: FxHashMap<Id<Hypothesis>, usize>,
}

impl Places {
    fn of(matrix: &Matrix) -> Self {
        Self {
            rows: matrix.items.iter().enumerate().map(|(row, item)| (item.evidence, row)).collect(),
            columns: matrix.hypotheses.iter().enumerate().map(|(column, id)| (*id, column)).collect(),
        }
    }

    /// The cell of a rating, counted row after row.
    fn of_rating(&self, rating: &Rating) -> Option<usize> {
        let (row, column) = (self.rows.get(&rating.evidence)?, self.columns.get(&rating.hypothesis)?);
        Some(row * self.columns.len() + column)
    }
}

impl Cell {
    /// The ratings of a cell, of which the latest one of each analyst holds.
    fn new(mut ratings: Vec<&Rating>) -> Self {
        ratings.sort_by_key(|rating| (rating.analyst, Reverse(rating.turn())));
        let mut cell = Self::default();
        for rating in ratings {
            if cell.votes.last().is_some_and(|vote| vote.analyst == rating.analyst) {
                cell.earlier.push(rating.id);
                continue;
            }
            let Rating { id, analyst, value, likelihood, .. } = *rating;
            cell.votes.push(Vote { rating: id, analyst, value, likelihood });
        }
        cell
    }
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
        let judged = by_reliability.zip(by_credibility).map(|(left, right)| left.min(right));
        // What was not graded is no better known than what cannot be judged, and holds nothing down.
        let known = [reliability.and(by_reliability), credibility.and(by_credibility)];
        let cap = known.into_iter().flatten().min().unwrap_or(Grade3::High);
        let at_best = judged.unwrap_or(cap);
        let grade = judged.unwrap_or(cap.min(Grade3::Medium));
        let used = relevance.unwrap_or(Grade3::Medium);
        Self {
            reliability,
            credibility,
            grade,
            at_best,
            is_unknown: judged.is_none() && at_best > Grade3::Low,
            is_assumed: reliability.is_none() || credibility.is_none() || relevance.is_none(),
            relevance: used,
            weight: methods.grade_weight(grade) * methods.grade_weight(used),
        }
    }

    /// The least and the greatest weight that it might have: the same twice where it can be judged, else those of the grades
    /// from low to the best that it might have.
    pub fn bounds(&self, methods: &Methods) -> [f64; 2] {
        if !self.is_unknown {
            return [self.weight; 2];
        }
        let possible = Grade3::ALL.iter().filter(|grade| **grade <= self.at_best);
        let weights = possible.map(|grade| methods.grade_weight(*grade));
        let (least, greatest) = weights.fold((f64::INFINITY, 0.0_f64), |(least, greatest), weight| {
            (least.min(weight), greatest.max(weight))
        });
        let relevance = methods.grade_weight(self.relevance);
        [least * relevance, greatest * relevance]
    }

    /// The grades to try in the place of one that cannot be judged: both ends of what it might be, the one that is taken
    /// left out. None where all can be judged.
    pub fn other_grades(self) -> impl Iterator<Item = Grade3> {
        let ends = if self.is_unknown { [Some(Grade3::Low), Some(self.at_best)] } else { [None; 2] };
        ends.into_iter().flatten().filter(move |grade| *grade != self.grade)
    }

    /// The same with another grade in the place of one that cannot be judged; no better than the one that can be judged.
    #[must_use]
    pub fn graded(mut self, assessment: &Assessment, grade: Grade3) -> Self {
        let methods = &assessment.header.methods;
        let grade = grade.min(self.at_best);
        self.grade = grade;
        self.weight = methods.grade_weight(grade) * methods.grade_weight(self.relevance);
        self
    }
}
