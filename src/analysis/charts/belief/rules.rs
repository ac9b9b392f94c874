//! What each of the eight rules makes of the same claims, side by side.

use super::super::super::{Derived, Measure, Undefined};
use super::super::ChartTable;
use super::{BeliefChart, BeliefRow, BeliefSpan};
use crate::analysis::fusion::about;
use crate::analysis::progress::Progress;
use crate::model::{FusionRule, Id, Incident, TrustDiscount};

/// What each rule makes of the same claims.
#[derive(Clone, Debug)]
pub struct RulesChart {
    /// The actors, in hierarchy order.
    pub rows: Vec<BeliefRow>,
    /// The rules, in the order in which they are offered.
    pub columns: Vec<RuleColumn>,
}

/// What one rule makes of the claims.
#[derive(Clone, Debug)]
pub struct RuleColumn {
    /// The rule.
    pub rule: FusionRule,
    /// What it says of each row; undefined where it is.
    pub spans: Result<Vec<BeliefSpan>, Undefined>,
    /// The mass that it leaves open, in `[0, 1]`.
    pub uncertainty: Measure,
}

impl RulesChart {
    /// All rules on one incident, with the assessment's version of trust discounting or another. Some rules look at every
    /// combination of what origins say, which takes up to a second for some twenty of them; beyond that they are undefined.
    /// Each rule is a step; `None` where it is stopped between two of them.
    pub fn new(
        derived: &Derived,
        incident: Id<Incident>,
        discount: Option<TrustDiscount>,
        progress: &Progress<'_>,
    ) -> Option<Self> {
        progress.expect(FusionRule::ALL.len());
        let rows = BeliefChart::new(derived, incident, Some(FusionRule::Weighted), discount).rows;
        let column = |rule: &FusionRule| {
            progress.step()?;
            let fused = derived.fused(incident, Some(*rule), discount);
            let spans = fused.actors.iter().map(|actor| BeliefSpan {
                belief: actor.belief,
                plausibility: actor.plausibility,
                projected: actor.projected,
            });
            Some(RuleColumn {
                rule: *rule,
                spans: fused.uncertainty.clone().map(|_| spans.collect()),
                uncertainty: fused.uncertainty.clone(),
            })
        };
        let columns = FusionRule::ALL.iter().map(column).collect::<Option<_>>()?;
        Some(Self { rows, columns })
    }

    /// What a rule says of a row; `None` where it is undefined.
    pub fn span(&self, row: usize, column: usize) -> Option<BeliefSpan> {
        self.columns.get(column)?.spans.as_ref().ok()?.get(row).copied()
    }

    /// The same as a table: one line an actor, with belief, plausibility and projected probability under each rule, and a
    /// last one for what is left open.
    pub fn table(&self) -> ChartTable {
        let mut headers = vec!["Actor".to_owned()];
        for column in &self.columns {
            let short = about(column.rule).short;
            headers.extend(["belief", "plausibility", "projected"].map(|what| format!("{short}: {what}")));
        }
        let mut table = ChartTable { headers, rows: Vec::new() };
        for (place, row) in self.rows.iter().enumerate() {
            let mut cells = vec![format!("{}{}", "  ".repeat(row.depth), row.name)];
            for column in 0..self.columns.len() {
                cells.extend(match self.span(place, column) {
                    Some(span) => {
                        [span.belief, span.plausibility, span.projected].map(|value| format!("{value:.4}"))
                    }
                    None => [(); 3].map(|()| "undefined".to_owned()),
                });
            }
            table.rows.push(cells);
        }
        let mut open = vec!["Left open".to_owned()];
        for column in &self.columns {
            let value = match &column.uncertainty {
                Ok(uncertainty) => format!("{uncertainty:.4}"),
                Err(undefined) => undefined.to_string(),
            };
            open.extend([value, String::new(), String::new()]);
        }
        table.rows.push(open);
        table
    }
}
