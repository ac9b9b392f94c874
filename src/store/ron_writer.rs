//! Writes RON as the file has it: compact, with readable spaces, each record on one line.
//!
//! The `ron` crate's own writer escapes apostrophes and combining characters, which turns names in many languages into
//! numbers, and it cannot fail only because our data never makes it; this one leaves all printable text as it is
//! and has nothing to fail at.

use std::fmt::{Display, Write};

/// Builds a document in memory.
#[derive(Default)]
pub(super) struct RonWriter {
    out: String,
    depth: usize,
    /// Down to which depth fields stand on lines of their own.
    broken_depth: usize,
}

const INDENT: &str = "    ";

impl RonWriter {
    /// A writer that keeps everything on one line.
    pub(super) fn compact() -> Self {
        Self::default()
    }

    /// A writer at a depth of the document, of which the next structure has each field on a line of its own.
    pub(super) fn broken(depth: usize) -> Self {
        Self { out: String::new(), depth, broken_depth: depth + 1 }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    /// Text as it is, for the document's frame.
    pub(super) fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Begins a structure.
    pub(super) fn open(&mut self, name: &str) {
        self.out.push_str(name);
        self.out.push('(');
        self.depth += 1;
    }

    /// Begins a field, of which the value is to follow.
    pub(super) fn field(&mut self, name: &str) {
        let is_first = self.out.ends_with('(');
        if !is_first {
            self.out.push(',');
        }
        if self.depth <= self.broken_depth {
            self.new_line(self.depth);
        } else if !is_first {
            self.out.push(' ');
        }
        self.out.push_str(name);
        self.out.push_str(": ");
    }

    /// Ends a structure.
    pub(super) fn close(&mut self) {
        let is_empty = self.out.ends_with('(');
        if self.depth <= self.broken_depth && !is_empty {
            self.out.push(',');
            self.new_line(self.depth - 1);
        }
        self.depth -= 1;
        self.out.push(')');
    }

    fn new_line(&mut self, depth: usize) {
        self.out.push('\n');
        for _ in 0..depth {
            self.out.push_str(INDENT);
        }
    }

    /// A choice with one unnamed value, such as `Actor("…")`.
    pub(super) fn wrapped(&mut self, name: &str, value: impl FnOnce(&mut Self)) {
        self.out.push_str(name);
        self.out.push('(');
        self.depth += 1;
        value(self);
        self.depth -= 1;
        self.out.push(')');
    }

    /// A list or tuple between brackets.
    pub(super) fn sequence<T>(
        &mut self,
        (open, close): (char, char),
        items: &[T],
        write: impl Fn(&T, &mut Self),
    ) {
        self.out.push(open);
        self.depth += 1;
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.out.push_str(", ");
            }
            write(item, self);
        }
        self.depth -= 1;
        self.out.push(close);
    }

    /// A word or a whole number, as it is.
    pub(super) fn display(&mut self, value: &dyn Display) {
        // Writing to a string cannot fail.
        let _ = write!(self.out, "{value}");
    }

    /// A number with a fraction, in the fewest digits that read back as the same number.
    pub(super) fn number(&mut self, value: &f64) {
        // Zero and minus zero are equal, so they are written alike.
        let value = if *value == 0.0 { 0.0 } else { *value };
        let _ = write!(self.out, "{value:?}");
    }

    /// Something without special characters, between quotation marks.
    pub(super) fn quoted(&mut self, value: &impl Display) {
        let _ = write!(self.out, "\"{value}\"");
    }

    /// A text between quotation marks, escaped where it must be.
    pub(super) fn text(&mut self, text: &str) {
        self.out.push('"');
        let mut plain_from = 0;
        for (at, character) in text.char_indices() {
            if !must_be_escaped(character) {
                continue;
            }
            self.out.push_str(text.get(plain_from..at).unwrap_or_default());
            plain_from = at + character.len_utf8();
            match character {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                other => {
                    let _ = write!(self.out, "\\u{{{:x}}}", u32::from(other));
                }
            }
        }
        self.out.push_str(text.get(plain_from..).unwrap_or_default());
        self.out.push('"');
    }
}

/// Whether a character cannot stand in a file as it is: it would end the text or the line, or it is invisible and
/// turns around what is shown beside it.
const fn must_be_escaped(character: char) -> bool {
    matches!(
        character,
        '"' | '\\'
            | '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{2028}' | '\u{2029}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_printable_text_as_it_is() {
        let check = |text: &str, expect: &str| {
            let mut out = RonWriter::compact();
            out.text(text);
            let written = out.finish();
            assert_eq!(written, expect);
            assert_eq!(ron::from_str::<String>(&written).unwrap(), text);
        };
        check("", r#""""#);
        check("the JSSD's people", r#""the JSSD's people""#);
        check("国家安全部 · Łódź e\u{301} 🇨🇳", "\"国家安全部 · Łódź e\u{301} 🇨🇳\"");
        check("a \"b\"\\\r\n\tc", r#""a \"b\"\\\r\n\tc""#);
        check("\u{0}\u{85}\u{2028}\u{202e}x\u{feff}", r#""\u{0}\u{85}\u{2028}\u{202e}x\u{feff}""#);
    }

    #[test]
    fn numbers_read_back_as_they_were() {
        let check = |value: f64, expect: &str| {
            let mut out = RonWriter::compact();
            out.number(&value);
            let written = out.finish();
            assert_eq!(written, expect);
            assert_eq!(
                ron::from_str::<f64>(&written).unwrap().total_cmp(&(value + 0.0)),
                std::cmp::Ordering::Equal
            );
        };
        check(0.55, "0.55");
        check(1.0, "1.0");
        check(-0.0, "0.0");
        check(1e-9, "1e-9");
        check(f64::MAX, "1.7976931348623157e308");
        check(f64::INFINITY, "inf");
        check(f64::NEG_INFINITY, "-inf");
    }
}
