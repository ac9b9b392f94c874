//! Where words stand in an archived text.

use super::attribution::{ArchivedText, Span};

impl ArchivedText {
    /// The words of a span; `None` where it is no span of this text.
    pub fn words_of(&self, span: Span) -> Option<&str> {
        self.text.get(span.start..span.end)
    }

    /// The first place from byte `from` on where the words stand, else the first of all; `None` where they stand nowhere.
    ///
    /// White space of any kind and length counts as one space, since a text that was archived breaks its lines elsewhere
    /// than the page from which words are copied. No words stand nowhere.
    pub fn place_of(&self, words: &str, from: usize) -> Option<Span> {
        let words: Vec<&str> = words.split_whitespace().collect();
        let first = *words.first()?;
        let mut earliest = None;
        for (start, _) in self.text.match_indices(first) {
            // Found before the rest is compared: a text of a megabyte is searched while somebody types.
            if start < from && earliest.is_some() {
                continue;
            }
            let Some(length) = self.text.get(start..).and_then(|rest| length_of(rest, &words)) else {
                continue;
            };
            let span = Span { start, end: start + length };
            if start >= from {
                return Some(span);
            }
            earliest = Some(span);
        }
        earliest
    }
}

/// How many bytes the words take at the beginning of `text`; `None` where it does not begin with them.
fn length_of(text: &str, words: &[&str]) -> Option<usize> {
    let mut rest = text;
    for (index, word) in words.iter().enumerate() {
        let after_space = rest.trim_start();
        if index > 0 && after_space.len() == rest.len() {
            return None;
        }
        rest = after_space.strip_prefix(word)?;
    }
    Some(text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_across_line_breaks_and_in_turn() {
        let archived =
            ArchivedText::new("Höchste Gefahr. The\n  bureau did\tit; the bureau did it.".to_owned());
        let check = |words: &str, from: usize, expected: Option<&str>| {
            let place = archived.place_of(words, from);
            assert_eq!(place.map(|span| archived.words_of(span).unwrap()), expected, "{words:?} from {from}");
        };
        check("Höchste", 0, Some("Höchste"));
        check("The bureau  did it", 0, Some("The\n  bureau did\tit"));
        check("bureau did it", 0, Some("bureau did\tit"));
        check("bureau did it", 30, Some("bureau did it"));
        // From the last place on it begins again.
        check("bureau did it", 60, Some("bureau did\tit"));
        check("bureaudid", 0, None);
        check("bur eau", 0, None);
        check("  ", 0, None);
        check("", 0, None);
    }

    #[test]
    fn no_place_is_found_in_the_midst_of_a_word_that_is_longer_than_the_text() {
        let archived = ArchivedText::new("ab".to_owned());
        assert_eq!(archived.place_of("abc", 0), None);
        assert_eq!(archived.place_of("b", 1), Some(Span { start: 1, end: 2 }));
        assert_eq!(archived.place_of("b", 2), Some(Span { start: 1, end: 2 }));
        assert_eq!(archived.words_of(Span { start: 1, end: 9 }), None);
    }
}
