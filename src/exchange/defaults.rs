//! What a reader took for granted of the records that it makes, in words.

use crate::model::wording::in_a_row;

/// Says what the new records of one kind were taken as, of which the table does not say `what`: the row in which the first is named,
/// and a sentence such as `2 new sources without a kind are taken as government: "A" in row 2 and "B" in row 3`. Of each its
/// name, the row in which it is named first, and what it was taken as.
pub(super) fn sentence(records: &[(&str, usize, &str)], [one, what]: [&str; 2]) -> Option<(usize, String)> {
    /// How many of them are named.
    const NAMED: usize = 3;
    let (_, row, default) = *records.iter().min_by_key(|(_, row, _)| *row)?;
    let default = default.to_lowercase();
    let mut named: Vec<String> =
        records.iter().take(NAMED).map(|(name, row, _)| format!("\"{name}\" in row {row}")).collect();
    let more = records.len().saturating_sub(NAMED);
    named.extend((more > 0).then(|| format!("{more} more")));
    let (many, are) = if records.len() == 1 { ("", "is") } else { ("s", "are") };
    let message = format!(
        "{} new {one}{many} without a {what} {are} taken as {default}: {}",
        records.len(),
        in_a_row(&named)
    );
    Some((row, message))
}
