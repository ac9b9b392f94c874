//! The cells of the matrix, and what to beware of in it.

use serde::Serialize;

use crate::analysis::ach::score::cell_mean;
use crate::analysis::ach::{Matrix, Raters, Table};
use crate::analysis::charts::MatrixChart;
use crate::model::{Evidence, Id};

/// What an item says of one hypothesis.
#[derive(Debug, Serialize)]
pub(super) struct CellReport {
    hypothesis: String,
    /// The letters of the rating, the extremes of a split vote; `None` where nobody has rated the cell.
    rating: Option<String>,
    /// How many rated it, "not applicable" included.
    raters: usize,
    /// The mean of the signed ratings.
    mean: Option<f64>,
    /// The points against the hypothesis, not weighed.
    points: Option<f64>,
    /// What it adds to the weighted inconsistency.
    contribution: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'static str>,
}

/// A cell that several rated.
#[derive(Debug, Serialize)]
pub(super) struct DisputeReport {
    evidence: String,
    hypothesis: String,
    level: &'static str,
    sd: Option<f64>,
    /// Who rated it other than as not applicable.
    raters: usize,
    /// Who holds it not applicable.
    not_applicable: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'static str>,
}

/// Something to beware of.
#[derive(Debug, Serialize)]
pub(super) struct HintReport {
    hint: &'static str,
    text: String,
    hypotheses: Vec<String>,
    evidence: Vec<String>,
}

/// The cells of a matrix, with everyone's ratings.
pub(super) struct Cells<'a> {
    pub(super) matrix: &'a Matrix,
    pub(super) table: &'a Table,
    pub(super) chart: &'a MatrixChart,
}

impl Cells<'_> {
    /// What an item says of each hypothesis, in the order of the columns.
    pub(super) fn of_row(&self, row: usize) -> Vec<CellReport> {
        let Some(item) = self.matrix.items.get(row) else { return Vec::new() };
        let shown = self.chart.row_of(item.evidence);
        let cell = |(column, hypothesis): (usize, &Id<_>)| {
            let shown = self.chart.cell(shown?, self.chart.column_of(*hypothesis)?)?;
            let points = self.table.at(row, column);
            Some(CellReport {
                hypothesis: hypothesis.to_string(),
                rating: (shown.raters > 0).then(|| shown.letters()),
                raters: shown.raters,
                mean: cell_mean(self.matrix.votes(row, column), Raters::Everyone),
                points,
                contribution: points.and(self.table.weight(row)).map(|_| self.table.weighted(row, column)),
                note: match (shown.raters, points) {
                    (0, _) => Some("undefined, because nobody has rated it"),
                    (_, None) => Some("undefined, because it is not applicable, and adds nothing"),
                    (_, Some(_)) if item.is_excluded => Some("the item is left out of the scores"),
                    (_, Some(_)) => None,
                },
            })
        };
        self.matrix.hypotheses.iter().enumerate().filter_map(cell).collect()
    }

    /// The cells that several rated, row after row.
    pub(super) fn disputes(&self) -> Vec<DisputeReport> {
        let mut found = Vec::new();
        for item in &self.matrix.items {
            for hypothesis in &self.matrix.hypotheses {
                let place = self.chart.row_of(item.evidence).zip(self.chart.column_of(*hypothesis));
                let Some(cell) = place.and_then(|(row, column)| self.chart.cell(row, column)) else {
                    continue;
                };
                let dispute = cell.dispute;
                if dispute.is_none() && cell.not_applicable == 0 {
                    continue;
                }
                found.push(DisputeReport {
                    evidence: item.evidence.to_string(),
                    hypothesis: hypothesis.to_string(),
                    level: dispute.map_or("split", |dispute| dispute.level.key()),
                    sd: dispute.map(|dispute| dispute.sd),
                    raters: cell.raters - cell.not_applicable,
                    not_applicable: cell.not_applicable,
                    note: dispute.is_none().then_some(
                        "undefined, because one analyst rated it and the others hold it not applicable, which has no place on \
                         the scale of ratings",
                    ),
                });
            }
        }
        found
    }
}

/// What to beware of, the gravest first.
pub(super) fn hints(chart: &MatrixChart) -> Vec<HintReport> {
    // The words of each, and after them those of unusual conventions.
    let found = chart.beware.iter().zip(&chart.hints);
    let report = |(hint, text): (&crate::analysis::ach::hints::Hint, &String)| HintReport {
        hint: hint.key(),
        text: text.clone(),
        hypotheses: hint.hypotheses().iter().map(ToString::to_string).collect(),
        evidence: hint.evidence().map(|id: &Id<Evidence>| id.to_string()).collect(),
    };
    found.map(report).collect()
}
