//! Matrices of evidence against hypotheses, as people keep them in spreadsheets: one row a piece of evidence.
//!
//! The header is `Evidence,<hypothesis>…,Source,Type,Credibility,Relevance`; other columns are kept as notes, and a blank row
//! ends the matrix. Cells are ratings, `CC C N I II NA` or `++ + 0 - --`; an empty one is not rated. Credibility is `LOW
//! MEDIUM HIGH` or an Admiralty grade such as `B2`. Cells that a spreadsheet would run as a formula have an apostrophe in front.
//!
//! The table says neither which incident it weighs nor whose ratings it has: that comes with the [`Target`]. It cannot carry why
//! a cell was rated so, a likelihood of the cell's own, earlier ratings and those of other analysts, which evidence is left out
//! or depends on other evidence, or the priors.

mod cells;
mod export;
mod header;
mod import;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::model::{Analyst, Assessment, Evidence, Hypothesis, Id, Rating};

pub use export::write;
pub use header::Column;
pub use import::{SHOWN, Target, Wanted, is_matrix, read};

/// The ratings of an analyst that hold, by cell.
fn holding(
    assessment: &Assessment,
    analyst: Id<Analyst>,
) -> HashMap<(Id<Evidence>, Id<Hypothesis>), &Rating> {
    let mut holding: HashMap<_, &Rating> = HashMap::new();
    for rating in assessment.ratings.iter().filter(|it| it.analyst == analyst) {
        let held = holding.entry((rating.evidence, rating.hypothesis)).or_insert(rating);
        if rating.turn() > held.turn() {
            *held = rating;
        }
    }
    holding
}
