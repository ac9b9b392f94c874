//! The table twin that every chart has.

use crate::model::spreadsheet::may_run;

/// A chart as a table of text: for screen readers, for the clipboard, for tests.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ChartTable {
    /// The names of the columns.
    pub headers: Vec<String>,
    /// The cells, row by row; each row as long as `headers`.
    pub rows: Vec<Vec<String>>,
}

impl ChartTable {
    /// A table without rows.
    pub fn new(headers: &[&str]) -> Self {
        Self { headers: headers.iter().map(|header| (*header).to_owned()).collect(), rows: Vec::new() }
    }

    /// The table as tab-separated values with a line of headers, ready to be pasted into a spreadsheet.
    ///
    /// Tabs and line breaks within a cell become spaces. A cell that a spreadsheet would take for a formula
    /// ([`may_run`], and it is no number) gets an apostrophe in front.
    pub fn to_tsv(&self) -> String {
        let mut text = String::new();
        for row in std::iter::once(&self.headers).chain(&self.rows) {
            for (place, cell) in row.iter().enumerate() {
                if place > 0 {
                    text.push('\t');
                }
                text.push_str(&tsv_cell(cell));
            }
            text.push('\n');
        }
        text
    }
}

/// One cell of tab-separated values: see [`ChartTable::to_tsv`].
pub fn tsv_cell(cell: &str) -> String {
    let flat: String = cell.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if may_run(&flat) && flat.trim().parse::<f64>().is_err() { format!("'{flat}") } else { flat }
}
