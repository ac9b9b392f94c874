//! Text and numbers as they may stand in an SVG file.

/// A text as XML: what could be taken for markup is escaped, and what must not be in a picture is left out.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars().filter_map(printable) {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// A character as it is shown: white space as a space, and nothing for what XML forbids, and for marks that would turn the
/// direction of what follows, with which a name could make the picture say something else.
pub fn printable(letter: char) -> Option<char> {
    match letter {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => None,
        '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => None,
        letter if letter.is_control() => None,
        letter => Some(letter),
    }
}

/// A number of points: at most two decimals, and always finite.
pub fn number(value: f32) -> String {
    let value = if value.is_nan() { 0.0 } else { value.clamp(-1e6, 1e6) };
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_name_is_never_markup() {
        let check = |text: &str, expect: &str| assert_eq!(escape(text), expect, "{text:?}");
        check("Qihoo 360", "Qihoo 360");
        check("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;");
        check("\" onload='x' &amp;", "&quot; onload=&#39;x&#39; &amp;amp;");
        check("two\nlines\tand\u{0}\u{1b}[31m", "two lines and[31m");
        check("abc\u{202E}cba\u{2066}", "abccba");
        check("]]>\u{FFFE}", "]]&gt;");
        check("中国 · Иран · إيران", "中国 · Иран · إيران");
    }

    #[test]
    fn numbers_are_short_and_finite() {
        let check = |value: f32, expect: &str| assert_eq!(number(value), expect, "{value}");
        check(12.0, "12");
        check(0.5, "0.5");
        check(-0.001, "0");
        check(1.0 / 3.0, "0.33");
        check(100.0, "100");
        check(f32::NAN, "0");
        check(f32::INFINITY, "1000000");
    }
}
