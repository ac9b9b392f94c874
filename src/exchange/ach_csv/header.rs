//! Which column of a matrix means what.

use super::super::cells::{self, Name};
use super::super::text::{Table, unreadable};
use super::super::{Finding, Unreadable, rejects};
use super::cells::rating;
use crate::model::validate::Severity;

/// A column that every matrix has, or may have, beside its hypotheses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// What was observed. Required.
    Evidence,
    /// Who reports it.
    Source,
    /// What kind of observation it is.
    Type,
    /// How far it is to be believed.
    Credibility,
    /// How much it bears on the question.
    Relevance,
    /// Anything else worth knowing.
    Notes,
}

impl Column {
    /// All of them, in the order in which they are written; the hypotheses follow the first.
    pub const ALL: &'static [Self] =
        &[Self::Evidence, Self::Source, Self::Type, Self::Credibility, Self::Relevance, Self::Notes];

    /// Its name in the header.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Evidence => "Evidence",
            Self::Source => "Source",
            Self::Type => "Type",
            Self::Credibility => "Credibility",
            Self::Relevance => "Relevance",
            Self::Notes => "Notes",
        }
    }

    /// The column of a name in a header; letter case and spaces around it do not matter.
    pub fn from_header(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|column| column.name().eq_ignore_ascii_case(name.trim()))
    }
}

/// Which column of a matrix means what.
#[derive(Debug)]
pub(super) struct Header {
    names: Vec<String>,
    places: [Option<usize>; 6],
    /// The columns of the hypotheses.
    pub hypotheses: Vec<usize>,
    /// The columns that are kept as notes.
    pub others: Vec<usize>,
}

impl Header {
    /// Reads the header of a matrix. The hypotheses are the columns between the evidence and the next column that is
    /// known. Where none are there (the known columns come first), they are those that hold nothing but ratings.
    pub fn read(table: &Table, findings: &mut Vec<Finding>) -> Result<Self, Unreadable> {
        let mut header = Self {
            names: table.header.clone(),
            places: [None; 6],
            hypotheses: Vec::new(),
            others: Vec::new(),
        };
        let mut unknown = Vec::new();
        for (place, name) in table.header.iter().enumerate() {
            if name.eq_ignore_ascii_case(rejects::REASON) {
                continue;
            }
            match Column::from_header(name).and_then(|column| header.places.get_mut(column as usize)) {
                Some(slot @ None) => *slot = Some(place),
                Some(Some(_)) => {
                    let message = "the column is there twice; this one is kept as notes";
                    findings.push(header.warning(table, place, message, "take one of the two out"));
                    header.others.push(place);
                }
                None => unknown.push(place),
            }
        }
        let Some(evidence) = header.place(Column::Evidence) else {
            return Err(unreadable(
                table.header_row,
                1,
                "no column is called Evidence",
                "the first row names the columns: Evidence,<hypothesis>…,Source,Type,Credibility,Relevance",
            ));
        };
        let end = header.places.iter().flatten().copied().filter(|place| *place > evidence).min();
        let end = end.unwrap_or(header.names.len());
        let is_between = |place: &usize| (evidence..end).contains(place);
        if unknown.iter().any(is_between) {
            let (between, others): (Vec<usize>, Vec<usize>) = unknown.into_iter().partition(is_between);
            header.others.extend(others);
            between.into_iter().for_each(|place| header.settle(table, place, findings));
        } else {
            let (rated, others): (Vec<usize>, Vec<usize>) =
                unknown.into_iter().partition(|place| ratings(table, *place) == Ratings::Always);
            header.others.extend(others);
            rated.into_iter().for_each(|place| header.settle(table, place, findings));
        }
        header.leave_out_repeated(table, findings);
        header.others.sort_unstable();
        if header.hypotheses.is_empty() {
            let mend = "name each hypothesis in a column behind Evidence, with its ratings below";
            return Err(unreadable(
                table.header_row,
                evidence + 1,
                "no column stands for a hypothesis",
                mend,
            ));
        }
        Ok(header)
    }

    /// Takes a column where hypotheses stand for one, unless it can be none.
    fn settle(&mut self, table: &Table, place: usize, findings: &mut Vec<Finding>) {
        let has_name = Name::read(cells::unescaped(self.name(place))).is_some();
        let ratings = ratings(table, place);
        let why = match (has_name, ratings) {
            (true, Ratings::Never) => Some(("not one of its cells is a rating", "write CC C N I II NA")),
            (false, Ratings::Always | Ratings::Sometimes) => {
                Some(("it has ratings and no name", "name the hypothesis in the header"))
            }
            _ => None,
        };
        if let Some((why, mend)) = why {
            let message = format!("the column is kept as notes: {why}");
            findings.push(self.warning(table, place, &message, mend));
        }
        if has_name && why.is_none() {
            self.hypotheses.push(place);
        } else {
            self.others.push(place);
        }
    }

    /// Keeps a hypothesis that is there for the second time as notes.
    fn leave_out_repeated(&mut self, table: &Table, findings: &mut Vec<Finding>) {
        let mut seen: Vec<String> = Vec::new();
        for place in std::mem::take(&mut self.hypotheses) {
            let key = cells::key(self.name(place));
            if seen.contains(&key) {
                let message = "the hypothesis is there twice; this column is kept as notes";
                findings.push(self.warning(table, place, message, "give it another name"));
                self.others.push(place);
            } else {
                seen.push(key);
                self.hypotheses.push(place);
            }
        }
    }

    /// Keeps a column as notes whose hypothesis that of `first` is already, under another name; gives back what to say of it.
    pub fn leave_out_same(&mut self, table: &Table, place: usize, first: usize) -> Finding {
        self.hypotheses.retain(|other| *other != place);
        self.others.push(place);
        self.others.sort_unstable();
        let message = format!(
            "it is the same hypothesis as \"{}\" in column {}; this column is kept as notes",
            self.name(first),
            first + 1
        );
        self.warning(table, place, &message, "take one of the two out")
    }

    fn warning(&self, table: &Table, place: usize, message: &str, mend: &str) -> Finding {
        Finding {
            severity: Severity::Warning,
            row: table.header_row,
            column: place + 1,
            name: self.name(place).to_owned(),
            message: message.to_owned(),
            mend: mend.to_owned(),
        }
    }

    /// Where a column stands, counted from 0.
    pub fn place(&self, column: Column) -> Option<usize> {
        self.places.get(column as usize).copied().flatten()
    }

    /// How many columns there are.
    pub fn width(&self) -> usize {
        self.names.len()
    }

    /// The name of a column as it stands there; empty beyond the last one.
    pub fn name(&self, place: usize) -> &str {
        self.names.get(place).map_or("", String::as_str)
    }
}

/// How many of the cells of a column are ratings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ratings {
    /// It has no cells, or only one that might have been meant as a rating.
    Open,
    /// None of several.
    Never,
    /// Some of them.
    Sometimes,
    /// All of them.
    Always,
}

fn ratings(table: &Table, place: usize) -> Ratings {
    let texts = table.until_blank().iter().filter_map(|row| std::str::from_utf8(row.cells.get(place)?).ok());
    let texts = texts.map(|text| cells::unescaped(text).trim()).filter(|text| !text.is_empty());
    let (mut rated, mut total) = (0, 0);
    for text in texts {
        total += 1;
        rated += usize::from(rating(text).is_ok());
    }
    match (rated, total) {
        (0, 0 | 1) => Ratings::Open,
        (0, _) => Ratings::Never,
        _ if rated == total => Ratings::Always,
        _ => Ratings::Sometimes,
    }
}
