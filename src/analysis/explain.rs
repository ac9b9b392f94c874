//! How a number came about, so that nobody has to believe it.

use super::Measure;
use super::charts::ChartTable;
use super::percent::percent_in_full;
use crate::model::AnyId;

/// How a number came about: its formula, what went into it, which part each input has in it, and where the method is
/// published.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What the number is, such as "Belief in the JSSD".
    pub title: String,
    /// The number, or why there is none.
    pub value: Measure,
    /// How the number and its parts are written for people.
    pub unit: Unit,
    /// The formula in one line, such as "DC = PD · CC".
    pub formula: String,
    /// What went into it.
    pub inputs: Vec<Input>,
    /// Its parts, which [sum](Self::remainder) to the number. Empty where it has no parts that do.
    pub contributions: Vec<Contribution>,
    /// What one contribution is, such as "the part of each independent origin".
    pub contributions_are: String,
    /// Where the method is published.
    pub source: String,
    /// What to beware of.
    pub note: String,
}

/// How a number is written for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// As it is.
    Plain,
    /// In per cent: a probability or a share in `[0, 1]`.
    Percent,
}

/// Something that went into a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// What it is, such as "Trust in CrowdStrike".
    pub name: String,
    /// Its value as text, with its unit.
    pub value: String,
    /// The same for a table, where that has a probability as a decimal; `None` where both read alike.
    pub decimal: Option<String>,
    /// The record that it comes from.
    pub record: Option<AnyId>,
}

/// A part of a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// Whose part it is.
    pub what: String,
    /// The part, in the unit of the number.
    pub value: f64,
    /// The record whose part it is.
    pub record: Option<AnyId>,
}

impl Explanation {
    /// An explanation of a number, so far of its formula and source alone.
    pub fn new(
        title: impl Into<String>,
        value: Measure,
        formula: impl Into<String>,
        source: impl Into<String>,
    ) -> Self {
        Self {
            title: title.into(),
            value,
            unit: Unit::Plain,
            formula: formula.into(),
            inputs: Vec::new(),
            contributions: Vec::new(),
            contributions_are: String::new(),
            source: source.into(),
            note: String::new(),
        }
    }

    /// Of a number that is written in per cent.
    #[must_use]
    pub const fn in_percent(mut self) -> Self {
        self.unit = Unit::Percent;
        self
    }

    /// With one more input.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.inputs.push(Input { name: name.into(), value: value.into(), decimal: None, record: None });
        self
    }

    /// With one more input, a probability in `[0, 1]`, which may come from a record.
    #[must_use]
    pub fn with_probability(self, name: impl Into<String>, probability: f64, record: Option<AnyId>) -> Self {
        self.with_decimal(name, percent_in_full(probability), format!("{probability:.4}"), record)
    }

    /// With one more input that people read in per cent and a table has with decimals.
    #[must_use]
    pub fn with_decimal(
        mut self,
        name: impl Into<String>,
        value: String,
        decimal: String,
        record: Option<AnyId>,
    ) -> Self {
        self.inputs.push(Input { name: name.into(), value, decimal: Some(decimal), record });
        self
    }

    /// With one more input, which comes from a record.
    #[must_use]
    pub fn with_record(
        mut self,
        name: impl Into<String>,
        value: impl Into<String>,
        record: impl Into<AnyId>,
    ) -> Self {
        let record = Some(record.into());
        self.inputs.push(Input { name: name.into(), value: value.into(), decimal: None, record });
        self
    }

    /// With what to beware of.
    #[must_use]
    pub fn noting(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// What the contributions leave unexplained of the number: 0 up to rounding wherever there are contributions. `None`
    /// where the number is undefined or has no parts.
    pub fn remainder(&self) -> Option<f64> {
        let value = self.value.as_ref().ok()?;
        let sum: f64 = self.contributions.iter().map(|part| part.value).sum();
        (!self.contributions.is_empty()).then_some(value - sum)
    }

    /// The explanation as a table, for the clipboard: numbers in full precision.
    pub fn table(&self) -> ChartTable {
        let mut table = ChartTable::new(&["Part", "Name", "Value"]);
        let mut row = |part: &str, name: &str, value: String| {
            table.rows.push(vec![part.to_owned(), name.to_owned(), value]);
        };
        let value = match &self.value {
            Ok(value) => value.to_string(),
            Err(undefined) => undefined.to_string(),
        };
        row("Result", &self.title, value);
        row("Formula", "", self.formula.clone());
        for input in &self.inputs {
            let value = input.decimal.as_ref().unwrap_or(&input.value);
            row("Input", &input.name, value.clone());
        }
        for part in &self.contributions {
            row("Contribution", &part.what, part.value.to_string());
        }
        row("Source", "", self.source.clone());
        if !self.note.is_empty() {
            row("Note", "", self.note.clone());
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Undefined;

    #[test]
    fn contributions_are_held_against_the_number() {
        let mut explanation = Explanation::new("Sum", Ok(0.75), "a + b", "Arithmetic");
        assert_eq!(explanation.remainder(), None);
        for (what, value) in [("a", 0.5), ("b", 0.25)] {
            explanation.contributions.push(Contribution { what: what.to_owned(), value, record: None });
        }
        assert_eq!(explanation.remainder(), Some(0.0));
        explanation.value = Err(Undefined::because("nothing was added"));
        assert_eq!(explanation.remainder(), None);
    }

    #[test]
    fn probabilities_are_decimals_in_a_table() {
        let explanation = Explanation::new("Belief", Ok(0.25), "b", "Arithmetic")
            .in_percent()
            .with_probability("own belief", 0.5, None);
        assert_eq!(explanation.inputs.first().map(|input| input.value.as_str()), Some("50.00 %"));
        let table = explanation.table().to_tsv();
        assert!(table.contains("Belief\t0.25\n") && table.contains("own belief\t0.5000\n"), "{table}");
    }

    #[test]
    fn as_a_table_it_has_all_parts_in_full_precision() {
        let mut explanation =
            Explanation::new("Third", Ok(1.0 / 3.0), "1 / n", "Arithmetic").with("n", "3").noting("Rounded");
        explanation.contributions.push(Contribution {
            what: "one".to_owned(),
            value: 1.0 / 3.0,
            record: None,
        });
        assert_eq!(
            explanation.table().to_tsv(),
            "Part\tName\tValue\nResult\tThird\t0.3333333333333333\nFormula\t\t1 / n\nInput\tn\t3\n\
             Contribution\tone\t0.3333333333333333\nSource\t\tArithmetic\nNote\t\tRounded\n"
        );
    }
}
