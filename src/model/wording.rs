//! How words stand in a sentence: their first letter, and several of them in a row.

/// The text with a capital letter first, as it begins a sentence.
pub fn capitalised(text: &str) -> String {
    with_first(text, |first| first.to_uppercase().collect())
}

/// The text without a capital letter first, as it goes on in a sentence.
pub fn lower_first(text: &str) -> String {
    with_first(text, |first| first.to_lowercase().collect())
}

/// Several things in a row, such as "a, b and c"; nothing for none.
pub fn in_a_row(things: &[impl AsRef<str>]) -> String {
    match things {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [others @ .., last] => {
            let others: Vec<&str> = others.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", others.join(", "), last.as_ref())
        }
    }
}

fn with_first(text: &str, change: impl FnOnce(char) -> String) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(change).unwrap_or_default();
    first + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_in_a_row_comes_after_an_and() {
        let check = |things: &[&str], expect: &str| assert_eq!(in_a_row(things), expect);
        check(&[], "");
        check(&["a"], "a");
        check(&["a", "b"], "a and b");
        check(&["a", "b", "c"], "a, b and c");
    }

    #[test]
    fn only_the_first_letter_changes() {
        let check = |lower: &str, upper: &str| {
            assert_eq!(capitalised(lower), upper);
            assert_eq!(lower_first(upper), lower);
        };
        check("", "");
        check("few claims", "Few claims");
        check("piece of Evidence", "Piece of Evidence");
        check("éclair", "Éclair");
        check("1 origin", "1 origin");
        assert_eq!(capitalised("ß"), "SS");
    }
}
