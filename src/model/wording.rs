//! The first letter of words that stand at the beginning of a sentence, or within one.

/// The text with a capital letter first, as it begins a sentence.
pub fn capitalised(text: &str) -> String {
    with_first(text, |first| first.to_uppercase().collect())
}

/// The text without a capital letter first, as it goes on in a sentence.
pub fn lower_first(text: &str) -> String {
    with_first(text, |first| first.to_lowercase().collect())
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
