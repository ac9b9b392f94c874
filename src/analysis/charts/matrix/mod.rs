//! Evidence against rival hypotheses, as the matrix shows it.

mod arrange;
mod compare;
mod explain;
#[cfg(test)]
mod tests;
mod words;

pub use arrange::{MatrixGroups, MatrixLine, MatrixSort};
pub use compare::{Difference, Side};
pub use words::{margin_words, rating_words, short};

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::analysis::ach::hints::{Hint, Numbers, hints};
use crate::analysis::ach::matrix::Cell;
use crate::analysis::ach::score::{cell_mean, cell_points, dispute, signed, spread};
use crate::analysis::ach::{Dispute, HypothesisScore, ItemWeight, Matrix, Raters, Scores, Table, Vote};
use crate::analysis::{Derived, Measure};
use crate::model::{
    Analyst, Assessment, Comment, Evidence, EvidenceKind, Hypothesis, Id, Incident, Methods, PartialDate,
    Rating, RatingValue,
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
    /// What to beware of, in words, the gravest first; after it the conventions that are not the usual ones.
    pub hints: Vec<String>,
    /// What to beware of, as the first of `hints` say it.
    pub beware: Vec<Hint>,
    /// The two analysts who are set against each other, where they are.
    pub sides: Option<[Side; 2]>,
    /// Who works now.
    own: Option<Id<Analyst>>,
    methods: Methods,
    /// Row after row of the underlying matrix.
    cells: Vec<CellFacts>,
    /// The remarks on each cell that has any, by its place in `cells`.
    remarks: FxHashMap<usize, Remarks>,
    matrix: Arc<Matrix>,
}

/// A cell with the numbers that scores are made of.
#[derive(Clone, Debug)]
struct CellFacts {
    /// What it was made from: while that has the same address, the rest holds.
    from: Arc<Cell>,
    cell: MatrixCell,
    points: Option<f64>,
    mean: Option<f64>,
}

/// The remarks on a cell: on the cell itself, and on ratings in it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Remarks {
    /// All of them, the oldest first.
    pub comments: Vec<Id<Comment>>,
    /// How many of them nobody has dealt with yet.
    pub open: usize,
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
    /// How many of them hold it not applicable, while others rate it; 0 where all say the one or all the other.
    pub not_applicable: usize,
    /// What the analyst who works now has rated it.
    pub own: Option<RatingValue>,
}

impl MatrixCell {
    /// The letters of the cell, such as "CC", "C/II" for a split vote, or "C/NA" where some hold it not applicable.
    pub fn letters(&self) -> String {
        let letters = self.shown.letters();
        if self.not_applicable > 0 { format!("{letters}/NA") } else { letters }
    }
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
    /// The matrix of an incident with the ratings of `raters`; `own` is who works now. Cells of an earlier chart of the same
    /// incident are taken over where nothing that they show has changed.
    pub fn new(
        derived: &Derived,
        incident: Id<Incident>,
        raters: Raters,
        own: Option<Id<Analyst>>,
        before: Option<&Self>,
    ) -> Self {
        let assessment: &Assessment = derived.assessment();
        let methods = &assessment.header.methods;
        let matrix = derived.matrix(incident);
        let kept = before.filter(|it| it.raters == raters && it.own == own && it.methods == *methods);
        let cells = cells(&matrix, raters, own, methods, kept);

        let mut table = Table::unrated(&matrix);
        table.points = cells.iter().map(|cell| cell.points).collect();
        let scores = Scores::of(&matrix, &table, methods);
        let rows_of_cells = cells.chunks(table.columns.max(1));
        let mut diagnosticity: Vec<Measure> =
            rows_of_cells.map(|row| spread(row.iter().map(|cell| cell.mean))).collect();
        diagnosticity.resize_with(matrix.items.len(), || spread(std::iter::empty()));
        let numbers = Numbers {
            matrix: &matrix,
            raters,
            table: &table,
            scores: &scores,
            diagnosticity: &diagnosticity,
        };
        let beware = hints(derived, incident, numbers);

        let rows = rows(assessment, &matrix, &diagnosticity);
        let columns = columns(assessment, &matrix, &scores);
        let mut hints: Vec<String> = beware.iter().map(|hint| words::hint(hint, &rows, &columns)).collect();
        hints.extend(words::conventions(methods));
        let sides = match raters {
            Raters::Two(analysts) => Some(analysts.map(|analyst| Side::new(&matrix, analyst, methods))),
            Raters::Everyone | Raters::One(_) => None,
        };
        let remarks = remarks(assessment, &matrix);
        Self {
            raters,
            rows,
            columns,
            hints,
            beware,
            sides,
            own,
            methods: methods.clone(),
            cells,
            remarks,
            matrix,
        }
    }

    /// A cell; `None` past the end.
    pub fn cell(&self, row: usize, column: usize) -> Option<&MatrixCell> {
        self.cells.get(self.place(row, column)?).map(|facts| &facts.cell)
    }

    /// The remarks on a cell; `None` where there are none.
    pub fn remarks(&self, row: usize, column: usize) -> Option<&Remarks> {
        self.remarks.get(&self.place(row, column)?)
    }

    /// The ratings that hold in a cell, of everyone; none past the end.
    pub fn votes(&self, row: usize, column: usize) -> &[Vote] {
        self.all_ratings(row, column).map_or(&[], |cell| cell.votes.as_slice())
    }

    /// The ratings in a cell that others of the same analyst came after; none past the end.
    pub fn earlier(&self, row: usize, column: usize) -> &[Id<Rating>] {
        self.all_ratings(row, column).map_or(&[], |cell| cell.earlier.as_slice())
    }

    fn all_ratings(&self, row: usize, column: usize) -> Option<&Arc<Cell>> {
        self.matrix.cell(self.rows.get(row)?.place, self.columns.get(column)?.place)
    }

    /// Where a cell stands in the underlying matrix, counted row after row.
    fn place(&self, row: usize, column: usize) -> Option<usize> {
        Some(self.rows.get(row)?.place * self.columns.len() + self.columns.get(column)?.place)
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

fn cells(
    matrix: &Matrix,
    raters: Raters,
    own: Option<Id<Analyst>>,
    methods: &Methods,
    before: Option<&MatrixChart>,
) -> Vec<CellFacts> {
    let columns = matrix.hypotheses.len();
    let places = (0..matrix.items.len()).flat_map(|row| (0..columns).map(move |column| (row, column)));
    let facts = |(place, (row, column)): (usize, (usize, usize))| {
        let from = matrix.cell(row, column)?;
        let kept = before.and_then(|before| before.cells.get(place));
        if let Some(kept) = kept.filter(|kept| Arc::ptr_eq(&kept.from, from)) {
            return Some(kept.clone());
        }
        let counted: Vec<Vote> = from.votes.iter().filter(|vote| raters.includes(vote)).copied().collect();
        let not_applicable = counted.iter().filter(|vote| vote.value == RatingValue::NotApplicable).count();
        Some(CellFacts {
            cell: MatrixCell {
                shown: Shown::of(counted.iter()),
                raters: counted.len(),
                dispute: dispute(&counted),
                not_applicable: if not_applicable < counted.len() { not_applicable } else { 0 },
                own: from.votes.iter().find(|vote| Some(vote.analyst) == own).map(|vote| vote.value),
            },
            points: cell_points(&counted, raters, methods),
            mean: cell_mean(&counted, raters),
            from: Arc::clone(from),
        })
    };
    places.enumerate().filter_map(facts).collect()
}

/// The remarks on the cells of a matrix, by the place of the cell.
fn remarks(assessment: &Assessment, matrix: &Matrix) -> FxHashMap<usize, Remarks> {
    let mut all: Vec<&Comment> = assessment.comments.iter().collect();
    all.sort_by_key(|comment| (comment.at, comment.id));
    let mut found: FxHashMap<usize, Remarks> = FxHashMap::default();
    for comment in all {
        let Some((evidence, hypothesis)) = assessment.cell_of(comment) else { continue };
        let row = matrix.items.iter().position(|item| item.evidence == evidence);
        let column = matrix.hypotheses.iter().position(|id| *id == hypothesis);
        if let Some((row, column)) = row.zip(column) {
            let remarks = found.entry(row * matrix.hypotheses.len() + column).or_default();
            remarks.comments.push(comment.id);
            remarks.open += usize::from(!comment.resolved);
        }
    }
    found
}

fn rows(assessment: &Assessment, matrix: &Matrix, diagnosticity: &[Measure]) -> Vec<MatrixRow> {
    let places: FxHashMap<Id<Evidence>, usize> =
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
            diagnosticity: diagnosticity.get(place)?.clone(),
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
