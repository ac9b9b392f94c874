//! The weight of evidence in words and as tables.

use super::{OddsChart, OddsPair, PairItem, RulesOut};
use crate::analysis::Measure;
use crate::analysis::charts::ChartTable;
use crate::model::AnyId;

/// Decibans with their sign and one digit after the point, such as "+3.0" or "−12.4".
pub fn decibans_text(decibans: f64) -> String {
    // What rounds to nothing has no sign.
    let text = if decibans.abs() < 0.05 { "0.0".to_owned() } else { format!("{decibans:+.1}") };
    text.replace('-', "\u{2212}")
}

/// How many times decibans make something as likely as something else, such as "2.0 times", "1 to 2.0" the other way round.
pub fn times_text(decibans: f64) -> String {
    let times = 10.0_f64.powf(decibans.abs() / 10.0);
    let number = match times {
        times if times < 10.0 => format!("{times:.1}"),
        times if times < 1e6 => format!("{times:.0}"),
        _ => "more than a million".to_owned(),
    };
    if decibans < 0.0 { format!("1 to {number}") } else { format!("{number} to 1") }
}

pub(super) fn measure(measure: &Measure) -> String {
    match measure {
        Ok(value) => value.to_string(),
        Err(undefined) => undefined.to_string(),
    }
}

impl OddsChart {
    /// The hypotheses as a table.
    pub fn table(&self) -> ChartTable {
        let mut table = ChartTable::new(&[
            "Hypothesis",
            "Answer",
            "Prior given",
            "Prior",
            "Posterior",
            "Posterior odds against the rest, decibans",
        ]);
        for column in &self.columns {
            table.rows.push(vec![
                column.name.clone(),
                column.answer.clone(),
                column.given.map_or_else(|| "an equal share".to_owned(), |given| given.to_string()),
                column.prior.to_string(),
                measure(&column.posterior),
                measure(&column.decibans),
            ]);
        }
        table
    }

    /// The record of each row of the table of hypotheses.
    pub fn records(&self) -> Vec<AnyId> {
        self.columns.iter().map(|column| column.hypothesis.into()).collect()
    }

    /// What each item adds to the odds of a pair, as a table with the posteriors of all hypotheses without the item; below it
    /// rows for the prior, for the stand-ins of what is left out where they move anything, and for the sum.
    pub fn pair_table(&self, pair: &OddsPair) -> ChartTable {
        let name = |place: usize| self.columns.get(place).map_or("", |column| column.name.as_str());
        let adds = format!("Adds to {} against {}, decibans", name(pair.column), name(pair.against));
        let mut table = ChartTable::new(&["Evidence", "Statement", "Dependence group", "Power", &adds]);
        let posteriors = self.columns.iter().map(|column| format!("Posterior of {} without it", column.name));
        table.headers.extend(posteriors);
        let sum_row = |what: &str, value: &Measure| {
            let mut cells =
                vec![what.to_owned(), String::new(), String::new(), String::new(), measure(value)];
            cells.resize(5 + self.columns.len(), String::new());
            cells
        };
        for item in &pair.items {
            let Some(row) = self.rows.get(item.row) else { continue };
            let mut cells = vec![
                row.name.clone(),
                row.statement.clone(),
                row.group.clone(),
                row.power.to_string(),
                match &item.adds {
                    Ok(adds) => adds.to_string(),
                    Err(_) => self.not_counted(pair, item),
                },
            ];
            let without = self.odds.items.get(row.item).map_or(&[][..], |item| item.without.as_slice());
            let places = self.columns.iter().map(|column| without.get(column.place));
            cells.extend(places.map(|it| it.map_or_else(String::new, measure)));
            table.rows.push(cells);
        }
        table.rows.push(sum_row("Prior odds", &pair.prior));
        table.rows.extend(pair.stand_ins.map(|it| sum_row("Stand-ins of what is left out", &Ok(it))));
        table.rows.push(sum_row("Posterior odds", &pair.posterior));
        table
    }

    /// The record of each row of the table of a pair, but for the last ones, which are sums.
    pub fn pair_records(&self, pair: &OddsPair) -> Vec<AnyId> {
        let rows = pair.items.iter().filter_map(|item| self.rows.get(item.row));
        rows.map(|row| row.evidence.into()).collect()
    }

    /// Why an item adds no number to a pair, such as "rules H2 out" or "left out: not rated against H3".
    pub fn not_counted(&self, pair: &OddsPair, item: &PairItem) -> String {
        if item.stand_in.is_none() {
            return self.ruled_out(pair, item.rules_out);
        }
        let is_rated = |place: usize| {
            let (row, column) = (self.rows.get(item.row)?, self.columns.get(place)?);
            self.odds.items.get(row.item)?.is_rated.get(column.place).copied()
        };
        let missing = [pair.column, pair.against].into_iter().filter(|place| is_rated(*place) != Some(true));
        let missing: Vec<&str> =
            missing.filter_map(|place| Some(self.columns.get(place)?.name.as_str())).collect();
        format!("left out: not rated against {}", missing.join(" and "))
    }

    /// What an item does that rules a hypothesis out, such as "rules H2 out".
    pub fn ruled_out(&self, pair: &OddsPair, rules_out: RulesOut) -> String {
        let name = |place: usize| self.columns.get(place).map_or("", |column| column.name.as_str());
        match rules_out {
            RulesOut::Neither => String::new(),
            RulesOut::First => format!("rules {} out", name(pair.column)),
            RulesOut::Rival => format!("rules {} out", name(pair.against)),
            RulesOut::Both => "rules both out".to_owned(),
        }
    }

    /// The indicators as a table.
    pub fn indicator_table(&self) -> ChartTable {
        let mut table = ChartTable::new(&[
            "Indicator",
            "Expected information, bits",
            "Uncertainty now, bits",
            "Probability of seeing it",
        ]);
        for column in &self.columns {
            table.headers.push(format!("{} if seen", column.name));
            table.headers.push(format!("{} if not seen", column.name));
        }
        for row in &self.indicators {
            let mut cells = vec![row.statement.clone()];
            match &row.information {
                Ok(it) => {
                    cells.extend(
                        [it.expected_bits, it.uncertainty_bits, it.seen].map(|value| value.to_string()),
                    );
                    for column in &self.columns {
                        let at =
                            |after: &[Measure]| after.get(column.place).map_or_else(String::new, measure);
                        cells.extend([at(&it.if_seen), at(&it.if_not_seen)]);
                    }
                }
                Err(undefined) => {
                    cells.push(undefined.to_string());
                    cells.resize(table.headers.len(), String::new());
                }
            }
            table.rows.push(cells);
        }
        table
    }

    /// The record of each row of the table of indicators.
    pub fn indicator_records(&self) -> Vec<AnyId> {
        self.indicators.iter().map(|row| row.indicator.into()).collect()
    }
}
