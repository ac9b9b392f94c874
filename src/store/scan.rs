//! A small, tolerant lexer of RON: enough to find where values begin and end, without knowing what they mean.

use std::ops::Range;

/// How deep brackets may lie within one another. Deeper text is no assessment, but an attempt to exhaust the reader.
const DEPTH_LIMIT: usize = 64;

/// Something that is wrong with the structure of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The byte where it was noticed.
    pub at: usize,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub mend: String,
}

/// A value between brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item<'a> {
    /// The name before the colon, and where it begins; `None` for a member of a list.
    pub name: Option<(&'a str, usize)>,
    /// Where the value stands.
    pub value: Range<usize>,
}

/// Reads through a text.
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// The brackets that are open, with their places.
    open: Vec<(u8, usize)>,
    comments: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, open: Vec::new(), comments: 0 }
    }

    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// Goes on elsewhere, with only the outermost `depth` brackets open.
    pub(super) fn resume(&mut self, at: usize, depth: usize) {
        self.at = at;
        self.open.truncate(depth);
    }

    /// How many brackets are open.
    pub(super) const fn depth(&self) -> usize {
        self.open.len()
    }

    /// How many comments were passed over.
    pub(super) const fn comments(&self) -> usize {
        self.comments
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Passes over `expected` if it comes next.
    pub(super) fn take(&mut self, expected: &str) -> bool {
        let is_next =
            self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(expected.as_bytes()));
        if is_next {
            self.at += expected.len();
        }
        is_next
    }

    fn advance_while(&mut self, belongs: impl Fn(u8) -> bool) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest.iter().position(|byte| !belongs(*byte)).unwrap_or(rest.len());
    }

    /// Passes over white space and comments.
    pub(super) fn skip_blank(&mut self) -> Result<(), Fault> {
        loop {
            self.advance_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | 0x0b | 0x0c));
            match self.peek() {
                Some(b'/') => self.skip_comment()?,
                Some(0x80..) => match self.rest().chars().next() {
                    Some(
                        blank @ ('\u{85}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{feff}'),
                    ) => {
                        self.at += blank.len_utf8();
                    }
                    _ => return Ok(()),
                },
                _ => return Ok(()),
            }
        }
    }

    fn skip_comment(&mut self) -> Result<(), Fault> {
        let start = self.at;
        self.comments += 1;
        if self.take("//") {
            self.advance_while(|byte| byte != b'\n');
            return Ok(());
        }
        if !self.take("/*") {
            return Err(self.fault(
                start,
                "a \"/\" stands here, where nothing can begin with it",
                "remove it",
            ));
        }
        let mut depth = 1_usize;
        while depth > 0 {
            self.advance_while(|byte| byte != b'*' && byte != b'/');
            if self.take("/*") {
                depth += 1;
            } else if self.take("*/") {
                depth -= 1;
            } else if self.peek().is_some() {
                self.at += 1;
            } else {
                return Err(self.ends_within("a comment", start));
            }
        }
        Ok(())
    }

    /// A name, such as that of a field; empty where none comes next.
    pub(super) fn word(&mut self) -> &'a str {
        let start = self.at;
        self.advance_while(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80);
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Passes over an opening bracket.
    pub(super) fn enter(&mut self, bracket: u8) -> Result<(), Fault> {
        if self.open.len() >= DEPTH_LIMIT {
            return Err(self.fault(
                self.at,
                &format!("brackets lie within one another more than {DEPTH_LIMIT} deep"),
                "no assessment is nested that deep: remove what does not belong here",
            ));
        }
        self.open.push((bracket, self.at));
        self.at += 1;
        Ok(())
    }

    /// Passes over the bracket that closes the innermost open one.
    pub(super) fn leave(&mut self) -> Result<(), Fault> {
        let Some(found) = self.peek() else { return Err(self.ends_early()) };
        let opened = self.open.last().copied();
        match opened {
            Some((bracket, _)) if closing(bracket) == found => {
                self.open.pop();
                self.at += 1;
                Ok(())
            }
            Some((bracket, at)) => Err(self.fault(
                self.at,
                &format!(
                    "\"{}\" stands here, but the \"{}\" of line {} is still open",
                    char::from(found),
                    char::from(bracket),
                    self.line(at)
                ),
                &format!("close it with \"{}\", or remove what is too much", char::from(closing(bracket))),
            )),
            None => Err(self.fault(
                self.at,
                &format!("\"{}\" closes nothing", char::from(found)),
                "remove it, or add the bracket that it should close",
            )),
        }
    }

    /// Passes over one value and gives back where it stands, without the comments and blanks around it.
    pub(super) fn value(&mut self) -> Result<Range<usize>, Fault> {
        self.skip_blank()?;
        let start = self.at;
        let mut end = start;
        let base = self.open.len();
        loop {
            match self.peek() {
                None => return Err(self.ends_early()),
                Some(b'"') => self.skip_string()?,
                Some(b'\'') => self.skip_char()?,
                Some(bracket @ (b'(' | b'[' | b'{')) => self.enter(bracket)?,
                Some(b')' | b']' | b'}' | b',') if self.open.len() == base => break,
                Some(b')' | b']' | b'}') => self.leave()?,
                Some(b' ' | b'\n' | b'\r' | b'\t' | b'/') => {
                    self.skip_blank()?;
                    continue;
                }
                Some(b'r' | b'b') => self.skip_raw_or_word()?,
                Some(byte) if byte.is_ascii_alphanumeric() => {
                    self.word();
                }
                Some(_) => self.at += 1,
            }
            end = self.at;
        }
        if end == start {
            return Err(self.fault(
                start,
                "a value is missing here",
                "add it, or remove the comma or the name before it",
            ));
        }
        Ok(start..end)
    }

    fn skip_string(&mut self) -> Result<(), Fault> {
        let start = self.at;
        self.at += 1;
        loop {
            self.advance_while(|byte| byte != b'"' && byte != b'\\');
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(_) => self.at += 2,
                None => return Err(self.ends_within("a text", start)),
            }
        }
    }

    fn skip_char(&mut self) -> Result<(), Fault> {
        let start = self.at;
        self.at += 1;
        if self.peek() == Some(b'\\') {
            self.at += 2;
        } else {
            self.at += self.rest().chars().next().map_or(0, char::len_utf8);
        }
        self.advance_while(|byte| byte != b'\'' && byte != b'\n');
        if self.take("'") {
            Ok(())
        } else {
            Err(self.fault(
                start,
                "an apostrophe begins a character that does not end",
                "put texts between quotation marks (\")",
            ))
        }
    }

    /// Passes over a raw string, a byte string or a word, all of which can begin with "r" or "b".
    fn skip_raw_or_word(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let is_bytes = self.take("b");
        match self.peek() {
            Some(b'"') if is_bytes => return self.skip_string(),
            Some(b'\'') if is_bytes => return self.skip_char(),
            Some(b'r') => {
                self.at += 1;
                let hashes_from = self.at;
                self.advance_while(|byte| byte == b'#');
                let hashes = self.text.get(hashes_from..self.at).unwrap_or_default();
                if self.take("\"") {
                    return match self.rest().find(&format!("\"{hashes}")) {
                        Some(length) => {
                            self.at += length + 1 + hashes.len();
                            Ok(())
                        }
                        None => Err(self.ends_within("a raw text", start)),
                    };
                }
            }
            _ => {}
        }
        self.word();
        Ok(())
    }

    /// What stands between the brackets of the value that comes next, such as the fields of a structure; empty for a
    /// value without brackets.
    pub(super) fn items(&mut self) -> Result<Vec<Item<'a>>, Fault> {
        self.skip_blank()?;
        self.word();
        self.skip_blank()?;
        let Some(bracket @ (b'(' | b'[' | b'{')) = self.peek() else { return Ok(Vec::new()) };
        self.enter(bracket)?;
        let mut items = Vec::new();
        loop {
            self.skip_blank()?;
            if matches!(self.peek(), Some(b')' | b']' | b'}')) {
                self.leave()?;
                return Ok(items);
            }
            let item_at = self.at;
            let word = self.word();
            self.skip_blank()?;
            let name = (!word.is_empty() && self.take(":")).then_some((word, item_at));
            if name.is_none() {
                self.at = item_at;
            }
            items.push(Item { name, value: self.value()? });
            self.take(",");
        }
    }

    /// The line of a byte, counted from 1.
    fn line(&self, at: usize) -> usize {
        let before = self.text.as_bytes().get(..at).unwrap_or_default();
        1 + before.iter().filter(|byte| **byte == b'\n').count()
    }

    pub(super) fn fault(&self, at: usize, message: &str, mend: &str) -> Fault {
        Fault { at: at.min(self.text.len()), message: message.to_owned(), mend: mend.to_owned() }
    }

    fn ends_within(&self, what: &str, start: usize) -> Fault {
        self.fault(
            self.text.len(),
            &format!("the file ends within {what} that begins on line {}", self.line(start)),
            CUT_OFF,
        )
    }

    /// The text ends where something is still open.
    pub(super) fn ends_early(&self) -> Fault {
        let open: Vec<String> = self
            .open
            .iter()
            .map(|(bracket, at)| format!("the \"{}\" of line {}", char::from(*bracket), self.line(*at)))
            .collect();
        let message = match open.as_slice() {
            [] => "the file ends here, before the value that should follow".to_owned(),
            [one] => format!("the file ends here, but {one} is still open"),
            [others @ .., last] => {
                format!("the file ends here, but {} and {last} are still open", others.join(", "))
            }
        };
        self.fault(self.text.len(), &message, CUT_OFF)
    }
}

const CUT_OFF: &str = "it was probably cut off while it was copied or written: take the backup beside it (NAME.bak), or close what is open";

const fn closing(bracket: u8) -> u8 {
    match bracket {
        b'(' => b')',
        b'[' => b']',
        _ => b'}',
    }
}
