//! The opinion triangle: one question, the fused opinion on it and that of each origin.

use super::super::super::fusion::Binomial;
use super::super::super::{Derived, Undefined};
use super::super::ChartTable;
use super::{BeliefChart, BeliefOrigin};
use crate::model::{Actor, Id};

/// One question, was it this actor, with the fused opinion on it and that of each origin.
///
/// An opinion is a point of a triangle whose corners are belief (all speaks for it), disbelief (all speaks against it)
/// and uncertainty (nobody knows): Jøsang, *Subjective Logic* (2016), section 3.4.
#[derive(Clone, Debug)]
pub struct OpinionTriangle {
    /// The actor that is asked about.
    pub actor: Id<Actor>,
    /// Its name.
    pub name: String,
    /// The fused opinion; undefined where the rule is.
    pub fused: Result<Binomial, Undefined>,
    /// How probable the answer yes is before any claim, in `[0, 1]`.
    pub base_rate: f64,
    /// The origins that take part, each with its own opinion.
    pub origins: Vec<(BeliefOrigin, Binomial)>,
}

impl OpinionTriangle {
    /// The triangle of a row; `None` past the end.
    pub fn new(derived: &Derived, chart: &BeliefChart, row: usize) -> Option<Self> {
        let row = chart.rows.get(row)?;
        let answers = chart.fused.answers(derived, row.number);
        let opinion_of = |number: usize| {
            answers.origins.iter().find(|(origin, _)| *origin == number).map(|(_, opinion)| *opinion)
        };
        let origins =
            chart.origins.iter().filter_map(|origin| Some((origin.clone(), opinion_of(origin.number)?)));
        Some(Self {
            actor: row.actor,
            name: row.name.clone(),
            fused: answers.fused,
            base_rate: answers.base_rate,
            origins: origins.collect(),
        })
    }

    /// The question in words.
    pub fn question(&self) -> String {
        format!("How much speaks for {}?", self.name)
    }

    /// The same as a table: the fused opinion, then one line an origin.
    pub fn table(&self) -> ChartTable {
        let mut table = ChartTable::new(&[
            "Opinion of",
            "Says",
            "Belief",
            "Disbelief",
            "Uncertainty",
            "Projected probability",
            "Base rate",
        ]);
        let mut line = |name: &str, says: &str, opinion: Result<&Binomial, &Undefined>| {
            let mut cells = vec![name.to_owned(), says.to_owned()];
            match opinion {
                Ok(it) => {
                    let numbers = [it.belief, it.disbelief, it.uncertainty, it.projected, it.base_rate];
                    cells.extend(numbers.map(|value| format!("{value:.4}")));
                }
                Err(undefined) => {
                    cells.push(undefined.to_string());
                    cells.resize(7, String::new());
                }
            }
            table.rows.push(cells);
        };
        line("All, fused", &self.question(), self.fused.as_ref());
        for (origin, opinion) in &self.origins {
            line(&origin.source, &origin.says, Ok(opinion));
        }
        table
    }
}
