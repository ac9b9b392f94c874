//! What each rule of fusion makes of the same claims.

use serde::Serialize;

use super::{ActorReport, split};
use crate::analysis::Derived;
use crate::cli::score;
use crate::model::{Id, Incident};

#[derive(Debug, Serialize)]
pub(super) struct RuleReport {
    rule: &'static str,
    /// `None` where the rule is undefined for these claims.
    opinion: Option<Vec<ActorReport>>,
    uncertainty: Option<f64>,
    note: Option<String>,
}

/// In the order in which the rules are offered, under the trust discount of the assessment.
pub(super) fn rules(derived: &Derived, incident: Id<Incident>) -> Option<Vec<RuleReport>> {
    let chart = score::all_rules(derived, incident)?;
    let reports = chart.columns.iter().enumerate().map(|(column, found)| {
        let actors = chart.rows.iter().enumerate().filter_map(|(place, row)| {
            let span = chart.span(place, column)?;
            Some(ActorReport {
                actor: row.actor.to_string(),
                name: row.name.clone(),
                belief: span.belief,
                plausibility: span.plausibility,
                projected: span.projected,
            })
        });
        let (uncertainty, note) = split(found.uncertainty.clone());
        RuleReport {
            rule: found.rule.label(),
            opinion: uncertainty.is_some().then(|| actors.collect()),
            uncertainty,
            note,
        }
    });
    Some(reports.collect())
}
