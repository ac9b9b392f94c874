//! How the margin of one hypothesis moves with each single change.

use serde::Serialize;

use super::split;
use crate::analysis::Derived;
use crate::analysis::ach::Raters;
use crate::analysis::ach::sensitivity::Sensitivity;
use crate::analysis::charts::SensitivityChart;
use crate::model::{Id, Incident};

#[derive(Debug, Serialize)]
pub(super) struct TornadoReport {
    /// Whose margin it is: the best hypothesis whose margin anything moves.
    hypothesis: Option<String>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'static str>,
    /// The one that moves it most first.
    changes: Vec<ChangeReport>,
}

/// What one change does.
#[derive(Debug, Serialize)]
struct ChangeReport {
    change: &'static str,
    record: String,
    grade_from: Option<String>,
    grade_to: Option<String>,
    /// How far the best of the others is behind before and after.
    margin_before: Option<f64>,
    margin_after: Option<f64>,
    changes_leader: bool,
    /// What it does, in words.
    outcome: String,
    /// Why a margin is undefined.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// Of the matrix of an incident, with everyone's ratings.
pub(super) fn tornado(derived: &Derived, incident: Id<Incident>, found: &Sensitivity) -> TornadoReport {
    let chart = SensitivityChart::new(derived, incident, Raters::Everyone, found, None);
    let ends = chart.rows.iter().flat_map(|row| row.ends.iter().map(move |end| (row, end)));
    let changes = ends.map(|(row, end)| {
        let (margin_before, not_before) = split(row.before.clone());
        let (margin_after, not_after) = split(end.margin.clone());
        let (grade_from, grade_to) = end.change.grades(derived.assessment()).unzip();
        ChangeReport {
            change: end.change.key(),
            record: end.change.record().uuid.to_string(),
            grade_from,
            grade_to,
            margin_before,
            margin_after,
            changes_leader: end.changes_leader,
            outcome: end.outcome.clone(),
            note: not_before.or(not_after),
        }
    });
    let subject = chart.subject().map(|column| column.hypothesis.to_string());
    TornadoReport {
        note: subject.is_none().then_some("undefined, because no hypothesis has a score"),
        hypothesis: subject,
        changes: changes.collect(),
    }
}
