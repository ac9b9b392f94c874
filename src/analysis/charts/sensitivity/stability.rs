//! How often each hypothesis is in front when ratings move.

use super::super::weighing_names::WeighingNames;
use super::words::measure;
use crate::analysis::ach::stability::{Move, Share, Stability};
use crate::analysis::charts::ChartTable;
use crate::analysis::derived::RankStability;
use crate::analysis::explain::Explanation;
use crate::analysis::percent::percent_in_full;
use crate::analysis::{Derived, Measure};
use crate::model::{AnyId, Hypothesis, Id, Incident};

/// How often each hypothesis is alone in front, by each kind of move.
#[derive(Clone, Debug)]
pub struct StabilityChart {
    /// The hypotheses in their order.
    pub rows: Vec<StabilityRow>,
    /// For each of [`Move::ALL`] how often nobody is alone in front, in `[0, 1]`.
    pub shared: Vec<Measure>,
    /// What was tried, for each of [`Move::ALL`].
    moves: Vec<Stability>,
}

/// A hypothesis with its shares.
#[derive(Clone, Debug)]
pub struct StabilityRow {
    /// The hypothesis.
    pub hypothesis: Id<Hypothesis>,
    /// What it is called in the matrix, such as "H1".
    pub name: String,
    /// What it says.
    pub answer: String,
    /// For each of [`Move::ALL`] its share and its standard error.
    pub shares: Vec<Share>,
}

impl StabilityChart {
    /// The chart of a result.
    pub fn new(derived: &Derived, incident: Id<Incident>, result: &RankStability) -> Self {
        let assessment = derived.assessment();
        let names = WeighingNames::new(assessment, incident);
        let row = |id: &Id<Hypothesis>| {
            let shares = result.moves.iter().filter_map(|stability| {
                stability.hypotheses.iter().find(|share| share.hypothesis == *id).cloned()
            });
            StabilityRow {
                hypothesis: *id,
                name: names.hypothesis(*id),
                answer: assessment.get(*id).map_or_else(String::new, |it| assessment.answer_text(&it.answer)),
                shares: shares.collect(),
            }
        };
        Self {
            rows: names.hypotheses().iter().map(row).collect(),
            shared: result.moves.iter().map(Stability::shared).collect(),
            moves: result.moves.clone(),
        }
    }

    /// Whether the shares of a kind of move are exact; otherwise they come from draws.
    pub fn is_exact(&self, how: Move) -> bool {
        self.stability(how).is_some_and(|it| it.is_exact)
    }

    fn stability(&self, how: Move) -> Option<&Stability> {
        self.moves.iter().find(|it| it.trial.how == how)
    }

    /// How the shares were computed, such as "exact" or "100000 draws, seed 1".
    pub fn method(&self, how: Move) -> String {
        match self.stability(how) {
            Some(it) if it.is_exact => "exact".to_owned(),
            Some(it) => format!("{} draws, seed {}", it.trial.draws, it.trial.seed),
            None => String::new(),
        }
    }

    /// The shares as a table.
    pub fn table(&self) -> ChartTable {
        let mut table = ChartTable::new(&["Hypothesis", "Answer"]);
        for how in Move::ALL {
            table.headers.push(format!("Alone in front, each rating moving {}", how.label()));
            table.headers.push("Alone or level with others".to_owned());
            table.headers.push("Standard error".to_owned());
            table.headers.push("95 % interval".to_owned());
            table.headers.push("Computed".to_owned());
        }
        for row in &self.rows {
            let mut cells = vec![row.name.clone(), row.answer.clone()];
            for (how, share) in Move::ALL.into_iter().zip(&row.shares) {
                let error =
                    share.alone.as_ref().map_or_else(|_| String::new(), |_| share.standard_error.to_string());
                let interval =
                    share.interval.map_or_else(String::new, |[low, high]| format!("{low} to {high}"));
                cells.extend([
                    measure(&share.alone),
                    measure(&share.first),
                    error,
                    interval,
                    self.method(how),
                ]);
            }
            table.rows.push(cells);
        }
        let mut cells = vec!["Nobody".to_owned(), "Several share the first rank".to_owned()];
        for (how, shared) in Move::ALL.into_iter().zip(&self.shared) {
            cells.extend([measure(shared), String::new(), String::new(), String::new(), self.method(how)]);
        }
        table.rows.push(cells);
        table
    }

    /// The record of each row of the table but the last one.
    pub fn records(&self) -> Vec<AnyId> {
        self.rows.iter().map(|row| row.hypothesis.into()).collect()
    }

    /// How a share came about; that of nobody for a row past the end.
    pub fn explain(&self, row: Option<&StabilityRow>, how: Move) -> Explanation {
        let place = Move::ALL.iter().position(|other| *other == how).unwrap_or_default();
        let share = row.and_then(|row| row.shares.get(place));
        let none = || Err(crate::analysis::Undefined::because("it was not computed"));
        let (title, value, formula) = match row {
            Some(row) => (
                format!("{} alone in front", row.name),
                share.map_or_else(none, |share| share.alone.clone()),
                "Σ P(own score = s) · Π P(score of another > s)",
            ),
            None => (
                "Nobody alone in front".to_owned(),
                self.shared.get(place).cloned().unwrap_or_else(none),
                "1 − Σ shares of those alone in front",
            ),
        };
        let Some(stability) = self.stability(how) else {
            return Explanation::new(title, value, formula, "");
        };
        let trial = stability.trial;
        let mut explanation = Explanation::new(title, value, formula, SOURCE)
            .in_percent()
            .with("Each rating moves with the probability", format!("{} %", percent(trial.probability)))
            .with("It moves", how.label());
        if let Some(Ok(first)) = share.map(|share| &share.first) {
            explanation = explanation.with_probability("Alone in front or level with others", *first, None);
        }
        if stability.is_exact {
            explanation =
                explanation.with("Computed", "exactly: the distributions of the scores, cell by cell");
        } else {
            explanation =
                explanation.with("Draws", trial.draws.to_string()).with("Seed", trial.seed.to_string()).with(
                    "How far it may be off: standard error, or where none or all draws had it the 95 % bound",
                    share.map_or_else(String::new, Share::error_words),
                );
            if let Some([low, high]) = share.and_then(|share| share.interval) {
                let written = format!("{} to {}", percent_in_full(low), percent_in_full(high));
                let decimal = format!("{low:.6} to {high:.6}");
                explanation = explanation.with_decimal("95 % interval (Wilson)", written, decimal, None);
            }
        }
        explanation.noting(
            "Says how firm the first rank is against slips in single ratings. It is no probability that the hypothesis is true.",
        )
    }
}

const SOURCE: &str = "Ratings move independently; exact by convolution, else by draws (N. Metropolis and S. Ulam, The Monte Carlo \
                      Method, Journal of the American Statistical Association 44, 1949)";

fn percent(share: f64) -> f64 {
    (share * 1_000_000.0).round() / 10_000.0
}
