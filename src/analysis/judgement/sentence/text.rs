//! A text as words and sentences.

use std::ops::Range;

/// A word, a number or a percent sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// In lower case.
    pub word: String,
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// Whether it begins with a capital letter.
    pub is_capital: bool,
    /// Whether a mark of punctuation, or the end of the text, follows it.
    pub closes: bool,
}

/// The words of a text. Hyphens part words; an apostrophe within a word does not.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut start: Option<usize> = None;
    let close = |found: &mut Vec<Token>, range: Range<usize>| {
        let Some(word) = text.get(range.clone()) else { return };
        found.push(Token {
            word: word.to_lowercase().replace('\u{2019}', "'"),
            is_capital: word.chars().next().is_some_and(char::is_uppercase),
            span: range,
            closes: false,
        });
    };
    let mut before = ' ';
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map_or(' ', |(_, next)| *next);
        let is_joint = matches!(letter, '\'' | '\u{2019}') && before.is_alphabetic() && next.is_alphabetic();
        let is_point = matches!(letter, '.' | ',') && before.is_ascii_digit() && next.is_ascii_digit();
        if letter.is_alphanumeric() || is_joint || is_point {
            start.get_or_insert(at);
        } else {
            if let Some(start) = start.take() {
                close(&mut found, start..at);
            }
            if letter == '%' {
                close(&mut found, at..at + 1);
            }
            if matches!(letter, '.' | ',' | ';' | ':' | '!' | '?' | ')' | '\n')
                && let Some(last) = found.last_mut()
            {
                last.closes = true;
            }
        }
        before = letter;
    }
    if let Some(start) = start {
        close(&mut found, start..text.len());
    }
    if let Some(last) = found.last_mut() {
        last.closes = true;
    }
    found
}

/// Words with a point that end no sentence.
const ABBREVIATIONS: &[&str] = &[
    "e.g", "i.e", "etc", "vs", "cf", "no", "nos", "mr", "mrs", "ms", "dr", "gen", "col", "st", "inc", "ltd",
    "co", "approx", "ca",
];

/// The sentences of a text: each ends with a point, a question or exclamation mark before a space and a capital letter, or
/// with an empty line.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, letter) in text.char_indices() {
        let mut end = at + letter.len_utf8();
        let is_end = match letter {
            '.' | '!' | '?' => {
                // A quotation or bracket that closes after the point belongs to the sentence.
                let rest = text.get(end..).unwrap_or_default();
                end += rest.len() - rest.trim_start_matches(['"', '\'', '\u{201d}', '\u{2019}', ')']).len();
                ends_sentence(text, at, end)
            }
            '\n' => text.get(end..).is_some_and(|rest| rest.starts_with('\n')),
            _ => false,
        };
        if is_end {
            found.push(start..end);
            start = end;
        }
    }
    if text.get(start..).is_some_and(|rest| !rest.trim().is_empty()) {
        found.push(start..text.len());
    }
    found
}

fn ends_sentence(text: &str, at: usize, end: usize) -> bool {
    let rest = text.get(end..).unwrap_or_default();
    if !rest.starts_with(char::is_whitespace) {
        return rest.is_empty();
    }
    let begins = |letter: char| {
        letter.is_uppercase() || letter.is_numeric() || matches!(letter, '"' | '\u{201c}' | '(')
    };
    if !rest.trim_start().starts_with(begins) {
        return rest.trim().is_empty();
    }
    let before = text.get(..at).unwrap_or_default();
    let word =
        before.rsplit(|letter: char| letter.is_whitespace() || letter == '(').next().unwrap_or_default();
    let word = word.to_lowercase();
    // "U.S." and "J. Edgar": single letters with points are no ends; "80 %." is one.
    let is_letter = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    let is_initial = word.split('.').all(is_letter);
    !is_initial && !ABBREVIATIONS.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_apart_into_words() {
        let words: Vec<String> =
            tokens("It’s 55.5% high-confidence, “very” likely").into_iter().map(|token| token.word).collect();
        assert_eq!(words, ["it's", "55.5", "%", "high", "confidence", "very", "likely"]);
        let closing: Vec<bool> = tokens("One, two three.").into_iter().map(|token| token.closes).collect();
        assert_eq!(closing, [true, false, true]);
        assert!(tokens("… – !").is_empty());
    }

    #[test]
    fn a_text_is_taken_apart_into_sentences() {
        let check = |text: &str, expect: &[&str]| {
            let found: Vec<&str> =
                sentences(text).into_iter().map(|range| text.get(range).unwrap().trim()).collect();
            assert_eq!(found, expect);
        };
        check("One. Two? Three", &["One.", "Two?", "Three"]);
        check("The U.S. Government said so. It did.", &["The U.S. Government said so.", "It did."]);
        check("E.g. Ukraine, i.e. Kyiv. Next.", &["E.g. Ukraine, i.e. Kyiv.", "Next."]);
        check("It is 80 %. We say so.", &["It is 80 %.", "We say so."]);
        check("It cost 3.5 million. More came.", &["It cost 3.5 million.", "More came."]);
        check("He said “no.” Then he left.", &["He said “no.”", "Then he left."]);
        check("Unit 61398 did it; confidence is low.", &["Unit 61398 did it; confidence is low."]);
        check("First line\n\nSecond line", &["First line", "Second line"]);
        check("", &[]);
    }
}
