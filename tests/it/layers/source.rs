//! As much of a Rust lexer as the rules need.

/// A word or a mark, and the line it stands on.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub text: String,
    pub line: usize,
}

/// A path that the code mentions, groups resolved: `a::{b, c::d}` is `a::b` and `a::c::d`.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    pub line: usize,
    pub path: Vec<String>,
}

/// The code of a file without its comments, texts and tests.
pub struct Source {
    pub tokens: Vec<Token>,
    pub mentions: Vec<Mention>,
}

impl Source {
    pub fn read(text: &str) -> Self {
        let tokens = without_tests(&tokens(text));
        let mentions = mentions(&tokens);
        Self { tokens, mentions }
    }
}

/// Splits into words, `::` and single marks. Lifetimes, numbers and texts leave nothing that a rule looks for.
fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < chars.len() {
        let start = at;
        let next = chars.get(at + 1).copied();
        match chars[at] {
            '/' if next == Some('/') => at = find(&chars, at, |rest| rest[0] == '\n'),
            '/' if next == Some('*') => at = end_of_comment(&chars, at),
            '"' => at = end_of_text(&chars, at),
            '\'' => at = end_of_quote(&chars, at),
            first if first.is_alphanumeric() || first == '_' => {
                while chars.get(at).is_some_and(|c| c.is_alphanumeric() || *c == '_') {
                    at += 1;
                }
                let word: String = chars[start..at].iter().collect();
                match (word.as_str(), chars.get(at)) {
                    ("r" | "br" | "cr", Some('"' | '#')) => at = end_of_raw_text(&chars, at),
                    ("b" | "c", Some('"')) => at = end_of_text(&chars, at),
                    ("b", Some('\'')) => at = end_of_quote(&chars, at),
                    _ => tokens.push(Token { text: word, line }),
                }
            }
            ':' if next == Some(':') => {
                tokens.push(Token { text: "::".to_owned(), line });
                at += 2;
            }
            mark => {
                if !mark.is_whitespace() {
                    tokens.push(Token { text: mark.to_string(), line });
                }
                at += 1;
            }
        }
        line += chars[start..at].iter().filter(|c| **c == '\n').count();
    }
    tokens
}

/// The first place from `at` on where the rest of the file satisfies `is`, or the end.
fn find(chars: &[char], at: usize, is: impl Fn(&[char]) -> bool) -> usize {
    (at..chars.len()).find(|start| is(&chars[*start..])).unwrap_or(chars.len())
}

fn end_of_comment(chars: &[char], mut at: usize) -> usize {
    let mut depth = 0;
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    at
}

fn end_of_text(chars: &[char], at: usize) -> usize {
    let mut at = at + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

fn end_of_raw_text(chars: &[char], at: usize) -> usize {
    let hashes = chars[at..].iter().take_while(|c| **c == '#').count();
    if chars.get(at + hashes) != Some(&'"') {
        return at + hashes; // A raw identifier: `r#type`.
    }
    let close: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    (find(chars, at + hashes + 1, |rest| rest.starts_with(&close)) + close.len()).min(chars.len())
}

/// After a character, or after a lifetime.
fn end_of_quote(chars: &[char], at: usize) -> usize {
    if chars.get(at + 1) == Some(&'\\') {
        return (find(chars, at + 3, |rest| rest[0] == '\'') + 1).min(chars.len());
    }
    if chars.get(at + 2) == Some(&'\'') {
        return at + 3;
    }
    let mut at = at + 1;
    while chars.get(at).is_some_and(|c| c.is_alphanumeric() || *c == '_') {
        at += 1;
    }
    at
}

/// Leaves out each item marked `#[cfg(test)]`: up to its closing brace, or its semicolon.
fn without_tests(tokens: &[Token]) -> Vec<Token> {
    const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let rest = &tokens[at..];
        if rest.len() >= MARK.len() && rest.iter().zip(MARK).all(|(token, mark)| token.text == mark) {
            let mut depth = 0;
            at += MARK.len();
            while at < tokens.len() {
                match tokens[at].text.as_str() {
                    "{" => depth += 1,
                    "}" => depth -= 1,
                    _ => {}
                }
                let ends = depth == 0 && matches!(tokens[at].text.as_str(), "}" | ";");
                at += 1;
                if ends {
                    break;
                }
            }
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    kept
}

/// All paths, each from its first segment on.
fn mentions(tokens: &[Token]) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if is_word(&tokens[at].text) {
            at = path(tokens, at, &[], &mut found);
        } else {
            at += 1;
        }
    }
    found
}

/// Reads the path that starts at `at`, `before` being what the groups around it have; gives the place after it.
fn path(tokens: &[Token], mut at: usize, before: &[String], found: &mut Vec<Mention>) -> usize {
    let line = tokens[at].line;
    let mut segments = before.to_vec();
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    while is_word(text(at)) {
        segments.push(text(at).to_owned());
        at += 1;
        if text(at) != "::" {
            break;
        }
        at += 1;
        if text(at) == "{" {
            at += 1;
            while at < tokens.len() && text(at) != "}" {
                at = if is_word(text(at)) { path(tokens, at, &segments, found) } else { at + 1 };
            }
            return at + 1;
        }
    }
    found.push(Mention { line, path: segments });
    at
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}
