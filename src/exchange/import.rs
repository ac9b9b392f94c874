//! What a table comes to: new and changed records, what became of each row, what was not understood.

use super::Finding;
use crate::model::{AnyId, Assessment, Kind, Record};

/// What a table comes to.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// What is to be put into the assessment or to be changed in it. Nothing is taken out.
    pub changes: Vec<Change>,
    /// All rows, in the order of the table.
    pub rows: Vec<Row>,
    /// What was not understood, or was taken in another way than it stands there, in the order of the table.
    pub findings: Vec<Finding>,
    /// A table of the rows that did not come in, unchanged, with the reasons; empty where all did.
    pub rejects: Vec<u8>,
}

/// One record that is new or changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// It was not there before.
    New(Record),
    /// It stands in the place of the one with its identifier.
    Changed(Record),
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number, counted as a spreadsheet does: the header is row 1.
    pub number: usize,
    /// What became of it.
    pub state: State,
    /// Its claim or its evidence, where it is one.
    pub record: Option<AnyId>,
    /// What stands in the cells by which people know it again; which ones, the format says.
    pub cells: Vec<String>,
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It was not there before.
    New,
    /// It is there, with something new in the columns of these names.
    Changed(Vec<String>),
    /// It is there as it stands.
    Unchanged,
    /// It was not understood.
    Rejected,
}

impl Import {
    /// How many records of a kind are new.
    pub fn count_new(&self, kind: Kind) -> usize {
        self.changes.iter().filter(|it| matches!(it, Change::New(record) if record.id().kind == kind)).count()
    }

    /// How many records of a kind are changed.
    pub fn count_changed(&self, kind: Kind) -> usize {
        self.changes
            .iter()
            .filter(|it| matches!(it, Change::Changed(record) if record.id().kind == kind))
            .count()
    }

    /// How many rows came to this: new, changed, unchanged, rejected.
    pub fn count_rows(&self) -> [usize; 4] {
        let mut counts = [0; 4];
        for row in &self.rows {
            let [new, changed, unchanged, rejected] = &mut counts;
            *match row.state {
                State::New => new,
                State::Changed(_) => changed,
                State::Unchanged => unchanged,
                State::Rejected => rejected,
            } += 1;
        }
        counts
    }

    /// The assessment with all changes made.
    #[must_use]
    pub fn applied_to(&self, assessment: &Assessment) -> Assessment {
        let mut records = Vec::new();
        assessment.for_each_record(&mut |record| records.push(record));
        records.extend(self.changes.iter().map(|change| match change {
            Change::New(record) | Change::Changed(record) => record.clone(),
        }));
        Assessment::from_records(assessment.header.clone(), records)
    }
}

/// A table that was made of an assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// The table, in UTF-8.
    pub bytes: Vec<u8>,
    /// What of the assessment has no place in it, one sentence each.
    pub left_out: Vec<String>,
}
