//! The matrix in words: sentences for cells, hints and margins, and the table twin.

use super::{MatrixCell, MatrixChart, MatrixColumn, MatrixRow, Shown, Side};
use crate::analysis::Measure;
use crate::analysis::ach::hints::{Hint, OverlapKind};
use crate::analysis::ach::{HypothesisScore, Raters};
use crate::analysis::charts::ChartTable;
use crate::model::{Assessment, Convention, Evidence, Grade3, Hypothesis, Id, Methods, RatingValue};

/// A rating in words.
pub const fn rating_words(value: RatingValue) -> &'static str {
    match value {
        RatingValue::VeryConsistent => "very consistent",
        RatingValue::Consistent => "consistent",
        RatingValue::Neutral => "neutral",
        RatingValue::Inconsistent => "inconsistent",
        RatingValue::VeryInconsistent => "very inconsistent",
        RatingValue::NotApplicable => "not applicable",
    }
}

/// Puts one part of a score into words.
type Tell = fn(&HypothesisScore) -> String;

const SCORES: [(&str, Tell); 5] = [
    ("Inconsistency", |score| measure(&score.inconsistency)),
    ("Weighted inconsistency", |score| measure(&score.weighted)),
    ("Range, where items cannot be judged", |score| match score.range {
        Some([least, greatest]) => format!("{least} to {greatest}"),
        None => String::new(),
    }),
    ("Rank", |score| score.rank.map(|rank| rank.to_string()).unwrap_or_default()),
    ("Margin", margin_words),
];

/// How many columns of the table stand before those of the hypotheses.
const BEFORE_HYPOTHESES: usize = 6;

impl MatrixChart {
    /// What a cell is called, such as "E2 against H1".
    pub fn cell_name(&self, row: usize, column: usize) -> String {
        match (self.rows.get(row), self.columns.get(column)) {
            (Some(row), Some(column)) => format!("{} against {}", row.name, column.name),
            _ => String::new(),
        }
    }

    /// A cell in one sentence, such as "E2 against H1: inconsistent, 2 raters, mild dispute".
    pub fn cell_sentence(&self, assessment: &Assessment, row: usize, column: usize) -> String {
        let Some(cell) = self.cell(row, column) else { return String::new() };
        let mut text = format!("{}: ", self.cell_name(row, column));
        match self.both(row, column).zip(self.sides.as_ref()) {
            Some((values, sides)) => text.push_str(&both_words(assessment, values, sides)),
            None => {
                text.push_str(&shown_words(cell.shown));
                if cell.raters > 1 {
                    text.push_str(&format!(", {} raters", cell.raters));
                }
                if cell.not_applicable > 0 {
                    text.push_str(&format!(", not applicable to {} of them", cell.not_applicable));
                }
            }
        }
        if let Some(dispute) = cell.dispute {
            text.push_str(&format!(", {}", dispute.level.label()));
        }
        if self.rows.get(row).is_some_and(|row| row.is_excluded) {
            text.push_str(", left out of the scores");
        }
        match self.remarks(row, column).map_or(0, |remarks| remarks.open) {
            0 => {}
            1 => text.push_str(", 1 open comment"),
            open => text.push_str(&format!(", {open} open comments")),
        }
        text
    }

    /// What stands in a cell, such as "CC", "C/II" for a split vote, or "C | II" for two analysts.
    pub fn letters(&self, row: usize, column: usize) -> String {
        let one = |value: Option<RatingValue>| value.map_or("–", RatingValue::label);
        match self.both(row, column) {
            Some([None, None]) => String::new(),
            Some([left, right]) => format!("{} | {}", one(left), one(right)),
            None => self.cell(row, column).map(MatrixCell::letters).unwrap_or_default(),
        }
    }

    /// The chart as a table: a row for each piece of evidence, then the scores.
    pub fn table(&self, assessment: &Assessment) -> ChartTable {
        let mut table =
            ChartTable::new(&["Evidence", "Statement", "Kind", "Counts", "Weight", "Diagnosticity"]);
        let names = self.columns.iter().map(|column| format!("{} {}", column.name, column.answer));
        table.headers.extend(names);
        for (place, row) in self.rows.iter().enumerate() {
            let mut cells = vec![
                row.name.clone(),
                row.statement.clone(),
                row.kind.label().to_owned(),
                if row.is_excluded { "no" } else { "yes" }.to_owned(),
                row.weight.weight.to_string(),
                measure(&row.diagnosticity),
            ];
            cells.extend((0..self.columns.len()).map(|column| self.letters(place, column)));
            table.rows.push(cells);
        }
        for (name, tell) in SCORES {
            table.rows.push(self.score_row(name, |column| tell(&column.score)));
        }
        for (number, side) in self.sides.iter().flatten().enumerate() {
            let analyst = assessment.name_of(side.analyst);
            for (name, tell) in SCORES {
                let name = format!("{name}, {analyst}");
                table.rows.push(self.score_row(&name, |column| {
                    self.side_score(number, column).map(|(_, score)| tell(score)).unwrap_or_default()
                }));
            }
        }
        table
    }

    fn score_row(&self, name: &str, text: impl Fn(&MatrixColumn) -> String) -> Vec<String> {
        let mut cells = vec![name.to_owned()];
        cells.resize(BEFORE_HYPOTHESES, String::new());
        cells.extend(self.columns.iter().map(text));
        cells
    }
}

fn shown_words(shown: Shown) -> String {
    match shown {
        Shown::Nothing => "not rated".to_owned(),
        Shown::One(value) => rating_words(value).to_owned(),
        Shown::Mean(value, _) => format!("{} on average", rating_words(value)),
        Shown::Split(best, worst, _) => {
            format!("split between {} and {}", rating_words(best), rating_words(worst))
        }
    }
}

fn both_words(assessment: &Assessment, values: [Option<RatingValue>; 2], sides: &[Side; 2]) -> String {
    let one = |(value, side): (Option<RatingValue>, &Side)| {
        format!("{} {}", assessment.name_of(side.analyst), value.map_or("has not rated it", rating_words))
    };
    values.into_iter().zip(sides).map(one).collect::<Vec<_>>().join(", ")
}

fn measure(measure: &Measure) -> String {
    match measure {
        Ok(value) => value.to_string(),
        Err(undefined) => undefined.to_string(),
    }
}

/// How far a hypothesis leads or is behind, such as "leads by 2.00"; empty where there is nothing to compare.
pub fn margin_words(score: &HypothesisScore) -> String {
    match score.behind {
        Some(behind) if behind < 0.0 => format!("leads by {}", short(-behind)),
        Some(0.0) => "level".to_owned(),
        Some(behind) => format!("{} behind", short(behind)),
        None => String::new(),
    }
}

/// A score as short as can be told apart by eye: two digits after the point, none from 100 on.
pub fn short(score: f64) -> String {
    if score.abs() < 99.995 { format!("{score:.2}") } else { format!("{score:.0}") }
}

/// The grade of an item in words, such as "medium: cannot be judged".
pub(super) fn grade_words(grade: Grade3, is_unknown: bool) -> String {
    let grade = grade.label().to_lowercase();
    if is_unknown { format!("{grade}, since it cannot be judged") } else { grade }
}

/// Whose ratings count, in words.
pub(super) fn raters_words(assessment: &Assessment, raters: Raters) -> String {
    match raters {
        Raters::Everyone => "everyone's, the mean in each cell".to_owned(),
        Raters::One(analyst) => format!("{}'s", assessment.name_of(analyst)),
        Raters::Two([left, right]) => {
            let (left, right) = (assessment.name_of(left), assessment.name_of(right));
            format!("{left}'s and {right}'s, the mean in each cell")
        }
    }
}

/// The conventions of the matrix that are not the usual ones.
pub(super) fn conventions(methods: &Methods) -> Option<String> {
    const OF_THE_MATRIX: [Convention; 4] = [
        Convention::RatingPoints,
        Convention::GradeWeights,
        Convention::ReliabilityGrades,
        Convention::CredibilityGrades,
    ];
    let own = OF_THE_MATRIX.into_iter().filter(|convention| !convention.is_usual(methods));
    let own: Vec<String> =
        own.map(|it| format!("{}: {}", it.label().to_lowercase(), it.text(methods))).collect();
    (!own.is_empty()).then(|| format!("Not the usual conventions: {}", own.join("; ")))
}

/// A hint in words.
pub(super) fn hint(hint: &Hint, rows: &[MatrixRow], columns: &[MatrixColumn]) -> String {
    let column = |id: &Id<Hypothesis>| {
        let found = columns.iter().find(|column| column.hypothesis == *id);
        found.map_or_else(String::new, |column| format!("{} ({})", column.name, column.answer))
    };
    let names = |ids: &[Id<Evidence>]| {
        let found: Vec<&str> =
            rows.iter().filter(|row| ids.contains(&row.evidence)).map(|row| row.name.as_str()).collect();
        match found.as_slice() {
            [first, second, third, rest @ ..] if rest.len() > 1 => {
                format!("{first}, {second}, {third} and {} more", rest.len())
            }
            all => all.join(", "),
        }
    };
    match hint {
        Hint::Overlap { first, second, kind } => {
            let (first, second) = (column(first), column(second));
            match kind {
                OverlapKind::Same => {
                    format!("{first} and {second} name the same actor; every score takes them for rivals")
                }
                OverlapKind::Subsumes => {
                    format!("{first} is part of {second}; every score takes them for rivals")
                }
                OverlapKind::Shares => {
                    format!("{first} and {second} share members; every score takes them for rivals")
                }
            }
        }
        Hint::LittleDiscriminates { same, rated } => {
            format!("{same} of {rated} rated items say the same of all hypotheses, and tell nothing apart")
        }
        Hint::LeadsForLackOfEvidence { leader, is_shared, not_rated, not_applicable } => {
            let first = if *is_shared { "share the first place" } else { "lead" };
            let parts = [(not_rated, "not rated against it"), (not_applicable, "not applicable to it")];
            let parts = parts.iter().filter(|(items, _)| !items.is_empty());
            let parts: Vec<String> = parts.map(|(items, why)| format!("{} {why}", names(items))).collect();
            format!("{} may {first} for lack of evidence against it: {}", column(leader), parts.join("; "))
        }
        Hint::NotRated(hypothesis) => format!("Nothing that applies is rated against {}", column(hypothesis)),
        Hint::CannotBeJudged(items) => {
            format!("Cannot be judged (F or 6), and taken as medium: {}", names(items))
        }
    }
}
