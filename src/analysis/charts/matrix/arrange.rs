//! The order in which the rows of a matrix are looked at.

use std::cmp::Ordering;

use super::{MatrixChart, MatrixRow};

/// By what the evidence is sorted. Equal rows stay in the order of the assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum MatrixSort {
    /// As the assessment has it.
    #[default]
    Order,
    /// What tells the hypotheses apart best first; what has no diagnosticity last.
    Diagnosticity,
    /// The weightiest first.
    Weight,
    /// By kind of observation.
    Kind,
    /// The earliest first; what has no date last.
    Date,
}

impl MatrixSort {
    /// All ways to sort.
    pub const ALL: [Self; 5] = [Self::Order, Self::Diagnosticity, Self::Weight, Self::Kind, Self::Date];

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Order => "In order",
            Self::Diagnosticity => "Diagnosticity",
            Self::Weight => "Weight",
            Self::Kind => "Kind",
            Self::Date => "Date",
        }
    }

    fn compare(self, left: &MatrixRow, right: &MatrixRow) -> Ordering {
        match self {
            Self::Order => Ordering::Equal,
            Self::Diagnosticity => {
                let at = |row: &MatrixRow| row.diagnosticity.as_ref().map_or(-1.0, |value| *value);
                at(right).total_cmp(&at(left))
            }
            Self::Weight => right.weight.weight.total_cmp(&left.weight.weight),
            Self::Kind => left.kind.cmp(&right.kind),
            Self::Date => {
                let key = |row: &MatrixRow| (row.observed_on.is_none(), row.observed_on);
                key(left).cmp(&key(right))
            }
        }
    }
}

/// How the evidence is gathered into groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum MatrixGroups {
    /// Not at all.
    #[default]
    None,
    /// By kind of observation.
    Kind,
    /// By what stands or falls together.
    Dependence,
}

impl MatrixGroups {
    /// All ways to group.
    pub const ALL: [Self; 3] = [Self::None, Self::Kind, Self::Dependence];

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::None => "No groups",
            Self::Kind => "By kind",
            Self::Dependence => "By dependence",
        }
    }

    fn name(self, row: &MatrixRow) -> String {
        match self {
            Self::None => String::new(),
            Self::Kind => row.kind.label().to_owned(),
            Self::Dependence if row.dependence_group.is_empty() => "Independent".to_owned(),
            Self::Dependence => row.dependence_group.clone(),
        }
    }
}

/// A line of the arranged matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MatrixLine {
    /// The head of a group: its name, and how many rows follow.
    Group(String, usize),
    /// A row, as its place in [`MatrixChart::rows`].
    Row(usize),
}

impl MatrixChart {
    /// The rows as sorted and grouped. Of groups by dependence those with a name come first, in the order of their names.
    pub fn arranged(&self, sort: MatrixSort, groups: MatrixGroups) -> Vec<MatrixLine> {
        let mut places: Vec<(String, usize, &MatrixRow)> =
            self.rows.iter().enumerate().map(|(place, row)| (groups.name(row), place, row)).collect();
        places.sort_by(|(left_name, _, left), (right_name, _, right)| {
            let group = match groups {
                MatrixGroups::None => Ordering::Equal,
                MatrixGroups::Kind => left.kind.cmp(&right.kind),
                MatrixGroups::Dependence => {
                    let stands_alone = |row: &MatrixRow| row.dependence_group.is_empty();
                    stands_alone(left).cmp(&stands_alone(right)).then_with(|| left_name.cmp(right_name))
                }
            };
            group.then_with(|| sort.compare(left, right))
        });
        let mut lines = Vec::with_capacity(places.len());
        for run in places.chunk_by(|(left, ..), (right, ..)| left == right) {
            if let Some((name, ..)) = run.first().filter(|_| groups != MatrixGroups::None) {
                lines.push(MatrixLine::Group(name.clone(), run.len()));
            }
            lines.extend(run.iter().map(|(_, place, _)| MatrixLine::Row(*place)));
        }
        lines
    }
}
