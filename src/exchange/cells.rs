//! What stands in one cell: written and read here side by side, so that the one undoes the other.

use std::collections::HashMap;

use crate::model::spreadsheet::may_run;
use crate::model::{Entity, Id, PartialDate, Uuid};

/// Why a cell is not understood, and how to mend it.
pub(super) type Fault = (String, String);

/// The cell as it may stand in a file that a spreadsheet opens: one that would be taken for a formula gets an apostrophe
/// in front, which [`unescaped`] takes off again.
pub(super) fn escaped(cell: String) -> String {
    if may_run(&cell) { format!("'{cell}") } else { cell }
}

/// The cell without the apostrophe of [`escaped`].
pub(super) fn unescaped(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if may_run(rest) => rest,
        _ => cell,
    }
}

/// Several values in one cell.
pub(super) fn joined<'a>(values: impl IntoIterator<Item = &'a str>, separator: char) -> String {
    let mut cell = String::new();
    for (place, value) in values.into_iter().enumerate() {
        if place > 0 {
            if separator != ';' {
                cell.push(' ');
            }
            cell.push(separator);
            cell.push(' ');
        }
        cell.push_str(value);
    }
    cell
}

/// A value as it stands among several: the separators and the backslash get a backslash in front.
pub(super) fn guarded(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for letter in value.chars() {
        if matches!(letter, ';' | '|' | '\\') {
            text.push('\\');
        }
        text.push(letter);
    }
    text
}

/// The values of a cell that are separated by `;`, in groups that are separated by `|`. A backslash before one of the three
/// signs takes its meaning away. Empty values are left out, empty groups are not.
pub(super) fn groups(cell: &str) -> Vec<Vec<String>> {
    let (mut groups, mut group, mut value) = (Vec::new(), Vec::new(), String::new());
    let finish = |value: &mut String, group: &mut Vec<String>| {
        let text = std::mem::take(value);
        if !text.trim().is_empty() {
            group.push(text.trim().to_owned());
        }
    };
    let mut letters = cell.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => value.push(letters.next_if(|next| matches!(next, ';' | '|' | '\\')).unwrap_or('\\')),
            ';' => finish(&mut value, &mut group),
            '|' => {
                finish(&mut value, &mut group);
                groups.push(std::mem::take(&mut group));
            }
            other => value.push(other),
        }
    }
    finish(&mut value, &mut group);
    groups.push(group);
    groups
}

/// The values of a cell that are separated by `;`.
pub(super) fn list(cell: &str) -> Vec<String> {
    groups(cell).into_iter().flatten().collect()
}

/// What a cell calls a record.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Name {
    /// Its name; empty only where the identifier stands alone in brackets.
    pub text: String,
    /// Its identifier, where the cell has it.
    pub id: Option<Uuid>,
}

impl Name {
    /// Reads `Xinhua`, `Xinhua [018f…]`, `[018f…]` or an identifier alone. `None` where there is no text.
    pub fn read(cell: &str) -> Option<Self> {
        let cell = cell.trim();
        if cell.is_empty() {
            return None;
        }
        if let Some(id) = identifier(cell) {
            return Some(Self { text: cell.to_owned(), id: Some(id) });
        }
        let bracket = cell.strip_suffix(']').and_then(|rest| rest.rsplit_once('['));
        if let Some((text, inner)) = bracket
            && let Some(id) = identifier(inner)
        {
            return Some(Self { text: text.trim().to_owned(), id: Some(id) });
        }
        Some(Self { text: cell.to_owned(), id: None })
    }

    /// The name by which it is found: letter case and spaces around it do not matter.
    pub fn key(&self) -> String {
        key(&self.text)
    }
}

/// What a name is compared by.
pub(super) fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

/// A UUID in its usual form.
pub(super) fn identifier(text: &str) -> Option<Uuid> {
    let text = text.trim();
    (text.len() == 36).then(|| Uuid::try_parse(text).ok()).flatten()
}

/// Reads a date that is as precise as it is written: 2015, 2015-06, 2015-06-19; also with `/` or `.`, with a time of day
/// after it, and 19.6.2015.
pub(super) fn date(cell: &str) -> Result<Option<PartialDate>, Fault> {
    let text = cell.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let fault = |message: String| (message, "write 2015, 2015-06 or 2015-06-19".to_owned());
    let day = match text.split_once(['T', ' ']) {
        Some((day, time))
            if time.starts_with(|letter: char| letter.is_ascii_digit()) && time.contains(':') =>
        {
            day
        }
        _ => text,
    };
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    let is_number =
        |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.iter().all(is_number) {
        return Err(fault(format!("\"{text}\" is not a date")));
    }
    let ordered = match parts.as_slice() {
        [year] | [year, ..] if parts.len() <= 3 && year.len() == 4 => parts.clone(),
        [day_of_month, month, year] if year.len() == 4 && text.contains('.') => {
            vec![*year, *month, *day_of_month]
        }
        [_, _, year] if year.len() == 4 => {
            return Err(fault(format!(
                "\"{text}\" can mean two days: it does not say which number is the month"
            )));
        }
        _ => return Err(fault(format!("\"{text}\" is not a date"))),
    };
    let padded: Vec<String> = ordered.iter().map(|part| format!("{part:0>2}")).collect();
    match padded.join("-").parse::<PartialDate>() {
        Ok(date) => Ok(Some(date)),
        Err(crate::model::date::DateError::NoSuchDay(_)) => {
            Err(fault(format!("\"{text}\" is not in the calendar")))
        }
        Err(crate::model::date::DateError::Shape(_)) => Err(fault(format!("\"{text}\" is not a date"))),
    }
}

/// Reads a value of a scale: its word in a table, its name, or a beginning that only one of them has.
pub(super) fn choice<T: Copy>(
    cell: &str,
    all: &[T],
    word: impl Fn(T) -> &'static str,
) -> Result<Option<T>, Fault> {
    let wanted = cell.trim().to_lowercase().replace(['-', '_'], " ");
    if wanted.is_empty() {
        return Ok(None);
    }
    let wanted = wanted.replace("organization", "organisation");
    let is = |value: &&T| word(**value).replace('-', " ") == wanted;
    let mut beginning = all.iter().filter(|value| word(**value).replace('-', " ").starts_with(&wanted));
    let found = all.iter().find(is).or_else(|| match (beginning.next(), beginning.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    });
    match found {
        Some(value) => Ok(Some(*value)),
        None => {
            let words: Vec<&str> = all.iter().map(|value| word(*value)).collect();
            Err((
                format!("\"{}\" is not known here", cell.trim()),
                format!("write one of: {}", words.join(", ")),
            ))
        }
    }
}

/// What each record is called in a table: its name, with its identifier where the name alone would not lead back to it.
pub(super) fn names<T: Entity>(
    records: impl Iterator<Item = (Id<T>, String)> + Clone,
) -> HashMap<Id<T>, String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (_, name) in records.clone() {
        *counts.entry(key(&name)).or_default() += 1;
    }
    let called = |(id, name): (Id<T>, String)| {
        let plain = name.trim();
        let is_clear = counts.get(&key(&name)) == Some(&1)
            && Name::read(plain).is_some_and(|read| read.id.is_none() && read.text == plain);
        let called = match (is_clear, plain) {
            (true, _) => plain.to_owned(),
            (false, "") => format!("[{id}]"),
            (false, _) => format!("{plain} [{id}]"),
        };
        (id, called)
    };
    records.map(called).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_taken_for_a_formula() {
        for cell in ["=1+1", "+49", "-3", "@SUM(A1)", "\tx", "\rx", "\nx", "\u{0}", "'=1", "''@x", "＝1"] {
            let safe = escaped(cell.to_owned());
            assert_eq!(safe.chars().next(), Some('\''), "{cell:?}");
            assert_eq!(unescaped(&safe), cell, "{cell:?}");
        }
        for cell in ["", "a=1", "'tis", "''", "'", "70", "≥ 95", "\"likely\""] {
            assert_eq!(escaped(cell.to_owned()), cell);
            assert_eq!(unescaped(cell), cell);
        }
    }

    #[test]
    fn lists_keep_what_stands_between_their_separators() {
        let check = |cell: &str, expect: &[&[&str]]| assert_eq!(groups(cell), expect, "{cell}");
        check("", &[&[]]);
        check("A", &[&["A"]]);
        check("A; B;", &[&["A", "B"]]);
        check("A; B | C", &[&["A", "B"], &["C"]]);
        check("A | | C", &[&["A"], &[], &["C"]]);
        check(r"A\; B; C\\; D\|E; F\G", &[&["A; B", r"C\", "D|E", r"F\G"]]);
        for text in ["A; B", r"C\", "D|E", r"\;", r"a\;b|"] {
            assert_eq!(list(&guarded(text)), [text]);
        }
    }

    #[test]
    fn a_name_may_bring_its_identifier() {
        let id = "018f3c2e-0000-7000-8000-000000000001";
        let check = |cell: &str, text: &str, has_id: bool| {
            let name = Name::read(cell).unwrap();
            assert_eq!((name.text.as_str(), name.id.is_some()), (text, has_id), "{cell}");
        };
        check(" Xinhua ", "Xinhua", false);
        check(&format!("Xinhua [{id}]"), "Xinhua", true);
        check(&format!("[{id}]"), "", true);
        check(id, id, true);
        check("APT26 [JSSD]", "APT26 [JSSD]", false);
        check("]", "]", false);
        assert_eq!(Name::read("  "), None);
    }

    #[test]
    fn dates_are_as_precise_as_they_are_written() {
        let check = |cell: &str, expect: &str| {
            let found = date(cell).unwrap().map(|date| date.to_string());
            assert_eq!(found.unwrap_or_default(), expect, "{cell}");
        };
        check("", "");
        check("2015", "2015");
        check(" 2015-06 ", "2015-06");
        check("2015-06-19", "2015-06-19");
        check("2015/6/9", "2015-06-09");
        check("19.6.2015", "2015-06-19");
        check("2015-06-19T08:00:00Z", "2015-06-19");
        check("2015-06-19 08:00", "2015-06-19");
    }

    #[test]
    fn impossible_dates_say_what_is_wrong() {
        let check = |cell: &str, part: &str| {
            let (message, mend) = date(cell).unwrap_err();
            assert!(message.contains(part) && mend.contains("2015-06-19"), "{cell}: {message}");
        };
        check("2015-02-30", "not in the calendar");
        check("2015-13", "not in the calendar");
        check("0000", "not in the calendar");
        check("10/12/2015", "two days");
        check("soon", "not a date");
        check("15", "not a date");
        check("2015-06-19-01", "not a date");
        check("2015-", "not a date");
        check("20150619", "not a date");
    }
}
