//! Which column of a table means what.

use super::super::rejects::REASON;
use super::super::text::{Table, unreadable};
use super::super::{Finding, Unreadable};
use super::columns::Column;
use crate::model::validate::Severity;

/// Which column of a table means what.
pub(super) struct Header {
    names: Vec<String>,
    places: Vec<Option<usize>>,
    extra: Vec<usize>,
}

impl Header {
    /// Reads the header. Columns that are not known are kept as notes, which is said.
    pub fn read(table: &Table, findings: &mut Vec<Finding>) -> Result<Self, Unreadable> {
        let mut header =
            Self { names: table.header.clone(), places: vec![None; Column::ALL.len()], extra: Vec::new() };
        for (place, name) in table.header.iter().enumerate() {
            let warning = |message: &str, mend: String| Finding {
                severity: Severity::Warning,
                row: table.header_row,
                column: place + 1,
                name: name.clone(),
                message: message.to_owned(),
                mend,
            };
            if name.eq_ignore_ascii_case(REASON) {
                continue;
            }
            match Column::from_header(name) {
                Some(column) => match header.places.get_mut(column as usize) {
                    Some(slot @ None) => *slot = Some(place),
                    _ => {
                        header.extra.push(place);
                        findings.push(warning(
                            "the column is there twice; this one is kept as notes",
                            "give it another name, or take it out".to_owned(),
                        ));
                    }
                },
                // Spreadsheets leave nameless columns at the end; what stands in one is still kept.
                None if name.is_empty() => header.extra.push(place),
                None => {
                    header.extra.push(place);
                    let mend = Column::nearest(name)
                        .filter(|near| {
                            !table.header.iter().any(|name| Column::from_header(name) == Some(*near))
                        })
                        .map_or(String::new(), |near| format!("did you mean `{}`?", near.name()));
                    findings
                        .push(warning("the column is not known; what stands in it is kept as notes", mend));
                }
            }
        }
        let missing: Vec<&str> = Column::REQUIRED
            .iter()
            .filter(|column| header.place(**column).is_none())
            .map(|column| column.name())
            .collect();
        if missing.is_empty() { Ok(header) } else { Err(header.lacks(&missing, table.header_row)) }
    }

    fn lacks(&self, missing: &[&str], row: usize) -> Unreadable {
        let near = self.extra.iter().filter_map(|place| {
            let name = self.names.get(*place)?;
            let near = Column::nearest(name).filter(|near| missing.contains(&near.name()))?;
            Some(format!("rename \"{name}\" to \"{}\"", near.name()))
        });
        let near: Vec<String> = near.collect();
        let mend = if near.is_empty() {
            "the first row names the columns; source, incident and actor are required".to_owned()
        } else {
            near.join(", ")
        };
        let columns = if missing.len() == 1 { "a required column is" } else { "required columns are" };
        unreadable(row, 1, format!("{columns} missing: {}", missing.join(", ")), mend)
    }

    /// Where a column stands, counted from 0.
    pub fn place(&self, column: Column) -> Option<usize> {
        self.places.get(column as usize).copied().flatten()
    }

    /// Whether the table has a column.
    pub fn has(&self, column: Column) -> bool {
        self.place(column).is_some()
    }

    /// How many columns there are.
    pub fn width(&self) -> usize {
        self.names.len()
    }

    /// The name of a column as it stands there; empty beyond the last one.
    pub fn name(&self, place: usize) -> &str {
        self.names.get(place).map_or("", String::as_str)
    }

    /// The columns that are not known, with their names.
    pub fn extra(&self) -> impl Iterator<Item = (usize, &str)> {
        self.extra.iter().map(|place| (*place, self.name(*place)))
    }
}
