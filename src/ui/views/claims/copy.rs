//! Rows as text that a spreadsheet takes in.

use crate::model::spreadsheet::may_run;
use crate::model::{Assessment, Claim};

use super::columns::Column;

/// The header and the rows, cells parted by tabs.
pub fn tab_separated<'a>(
    assessment: &Assessment,
    columns: &[Column],
    claims: impl Iterator<Item = &'a Claim>,
) -> String {
    let header: Vec<&str> = columns.iter().map(|column| column.label()).collect();
    let mut text = header.join("\t");
    text.push('\n');
    for claim in claims {
        let cells: Vec<String> = columns.iter().map(|column| cell(&column.text(assessment, claim))).collect();
        text.push_str(&cells.join("\t"));
        text.push('\n');
    }
    text
}

/// A value as a cell: nothing in it ends the cell, and a spreadsheet runs nothing of it.
fn cell(value: &str) -> String {
    let value = if may_run(value) { format!("'{value}") } else { value.to_owned() };
    if value.contains(['\t', '\n', '\r', '"']) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_hold_together_and_run_nothing() {
        let check = |value: &str, expect: &str| assert_eq!(cell(value), expect);
        check("China", "China");
        check("", "");
        check("=1+1", "'=1+1");
        check("+1", "'+1");
        check("-1", "'-1");
        check("＝1", "'＝1");
        check("@SUM(A1)", "'@SUM(A1)");
        check("two\nlines", "\"two\nlines\"");
        check("a\tb", "\"a\tb\"");
        check("the \"Cell\"", "\"the \"\"Cell\"\"\"");
        check("=\t", "\"'=\t\"");
        check("A + B", "A + B");
    }
}
