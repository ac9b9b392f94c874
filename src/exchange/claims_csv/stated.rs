//! What a source states, as it stands in a cell: likelihood, confidence, place in the document. Each is written in the
//! plainest form that is read back as the same, else with the source's words in quotation marks.

use super::super::cells::{Fault, choice, guarded, list};
use crate::model::{Confidence, Likelihood, Locator, Standard};

/// Writes a likelihood: `likely`, `55-80`, `≥ 95`, `probable (60-75)`; words without a number stand in quotation marks.
pub(super) fn likelihood_cell(likelihood: Option<&Likelihood>, standard: Standard) -> String {
    let Some(likelihood) = likelihood else { return String::new() };
    let words = likelihood.words.as_str();
    let numbers = numbers_cell(likelihood.low, likelihood.high);
    let with_sign = format!("{numbers} %");
    let bare =
        |numbers: &str| if words.is_empty() { numbers.to_owned() } else { format!("{words} ({numbers})") };
    // Words that fix no number are marked as meant so, or reading them would be a finding.
    let candidates = if numbers.is_empty() {
        Vec::new()
    } else {
        vec![words.to_owned(), bare(&numbers), bare(&with_sign)]
    };
    let is_same =
        |cell: &String| read_likelihood(cell, standard).is_ok_and(|read| read.as_ref() == Some(likelihood));
    candidates.into_iter().find(is_same).unwrap_or_else(|| {
        let quoted = format!("\"{words}\"");
        if numbers.is_empty() { quoted } else { format!("{quoted} ({with_sign})") }
    })
}

/// Reads a likelihood: words, numbers in per cent, or both. Words of `standard`, or else of the other standard, bring
/// their range with them; other words and words in quotation marks stay without numbers.
pub(super) fn read_likelihood(cell: &str, standard: Standard) -> Result<Option<Likelihood>, Fault> {
    let text = cell.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if let Some((words, rest)) = quoted(text) {
        let numbers = rest.trim().trim_start_matches('(').trim_end_matches(')').trim();
        let (low, high) = if numbers.is_empty() { (None, None) } else { read_numbers(numbers)? };
        return Ok(Some(Likelihood { words: words.to_owned(), low, high }));
    }
    if text
        .starts_with(|sign: char| sign.is_ascii_digit() || matches!(sign, '.' | '≥' | '≤' | '<' | '>' | '~'))
    {
        let (low, high) = read_numbers(text)?;
        return Ok(Some(Likelihood { words: String::new(), low, high }));
    }
    let parts =
        text.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).or_else(|| text.rsplit_once(','));
    if let Some((words, numbers)) = parts
        && let Ok((low, high)) = read_numbers(numbers.trim())
    {
        return Ok(Some(Likelihood { words: words.trim().to_owned(), low, high }));
    }
    Ok(Some(Likelihood::in_words(text, standard)))
}

/// The text before the last quotation mark of a cell that begins with one, and what follows.
fn quoted(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('"')?.rsplit_once('"')
}

fn numbers_cell(low: Option<f64>, high: Option<f64>) -> String {
    match (low, high) {
        (None, None) => String::new(),
        (Some(low), None) => format!("≥ {}", per_cent(low)),
        (None, Some(high)) => format!("≤ {}", per_cent(high)),
        (Some(low), Some(high)) if low.to_bits() == high.to_bits() => per_cent(low),
        (Some(low), Some(high)) => format!("{}-{}", per_cent(low), per_cent(high)),
    }
}

/// A probability in per cent. The point is moved in the digits and not by a multiplication, so that nothing is lost.
fn per_cent(probability: f64) -> String {
    let text = probability.abs().to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let mut digits = part.chars();
    let mut moved: String = whole.to_owned();
    moved.extend([digits.next().unwrap_or('0'), digits.next().unwrap_or('0')]);
    let whole = moved.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let rest: String = digits.collect();
    if rest.is_empty() { whole.to_owned() } else { format!("{whole}.{rest}") }
}

fn read_numbers(text: &str) -> Result<(Option<f64>, Option<f64>), Fault> {
    let fault = |message: String| (message, "write a percentage, a range such as 55-80, or words".to_owned());
    let shape = || fault(format!("\"{text}\" is not a likelihood"));
    let has_sign = text.contains('%') || text.contains("per");
    let plain = text.replace("per cent", "").replace("percent", "").replace('%', "");
    let plain = plain.trim().trim_start_matches('~').trim();
    let (is_least, is_most) = (plain.starts_with(['≥', '>']), plain.starts_with(['≤', '<']));
    let plain = plain.trim_start_matches(['≥', '>', '≤', '<', '=']).trim();
    let parts: Vec<&str> =
        match ["–", "—", "−", "-", " to ", ".."].iter().find_map(|sign| plain.split_once(sign)) {
            Some((low, high)) if !is_least && !is_most => vec![low.trim(), high.trim()],
            _ => vec![plain],
        };
    let is_number = |part: &&str| {
        part.bytes().any(|byte| byte.is_ascii_digit())
            && part.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
            && part.bytes().filter(|byte| !byte.is_ascii_digit()).count() <= 1
    };
    if !parts.iter().all(is_number) {
        return Err(shape());
    }
    // "0.7" is a probability, "70" and "0.7 %" are percentages. A decimal comma is read as a point.
    let parts: Vec<String> = parts.into_iter().map(|part| part.replace(',', ".")).collect();
    let value = |part: &String, power: &str| format!("{part}{power}").parse::<f64>().ok();
    let is_share = !has_sign
        && parts.iter().any(|part| part.contains('.'))
        && parts.iter().all(|part| value(part, "").is_some_and(|number| number <= 1.0));
    let power = if is_share { "" } else { "e-2" };
    let numbers: Option<Vec<f64>> = parts.iter().map(|part| value(part, power)).collect();
    let numbers = numbers.ok_or_else(shape)?;
    let (Some(low), Some(high)) = (numbers.first().copied(), numbers.last().copied()) else {
        return Err(shape());
    };
    if high > 1.0 || low > 1.0 {
        return Err(fault(format!("\"{text}\" is above 100 %")));
    }
    if low > high {
        return Err((format!("\"{text}\" runs backwards"), "write the lower number first".to_owned()));
    }
    Ok(((!is_most).then_some(low), (!is_least).then_some(high)))
}

/// The word of a confidence in a table.
const fn confidence_word(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Low => "low",
        Confidence::Moderate => "moderate",
        Confidence::High => "high",
    }
}

/// Writes a confidence: `high`, `"fairly sure"`, `moderate "medium degree of confidence"`.
pub(super) fn confidence_cell(confidence: Option<Confidence>, words: &str) -> String {
    match (confidence, words) {
        (None, "") => String::new(),
        (Some(level), "") => confidence_word(level).to_owned(),
        (Some(level), words) => format!("{} \"{words}\"", confidence_word(level)),
        (None, words) => format!("\"{words}\""),
    }
}

/// Reads a confidence: a level, the source's own words, or both. What is no level is kept as the source's words.
pub(super) fn read_confidence(cell: &str) -> (Option<Confidence>, String) {
    let text = cell.trim();
    if let Some((words, "")) = quoted(text) {
        return (None, words.to_owned());
    }
    if let Some((level, rest)) = text.split_once(" \"")
        && let (Some(level), Some(words)) = (confidence_level(level), rest.strip_suffix('"'))
    {
        return (Some(level), words.to_owned());
    }
    match confidence_level(text) {
        Some(level) => (Some(level), String::new()),
        None => (None, text.to_owned()),
    }
}

fn confidence_level(text: &str) -> Option<Confidence> {
    let text = text.trim().to_lowercase();
    match text.strip_suffix("confidence").unwrap_or(&text).trim() {
        "medium" => Some(Confidence::Moderate),
        "" => None,
        word => choice(word, Confidence::ALL, confidence_word).ok().flatten(),
    }
}

/// Writes the place in a document: `p. 12`, `para. 3`, or both with `;` between them.
pub(super) fn locator_cell(locator: &Locator) -> String {
    let part = |sign: &str, text: &str| match text.trim() {
        "" => None,
        text => Some(format!("{sign} {}", guarded(text))),
    };
    let parts = [part("p.", &locator.page), part("para.", &locator.paragraph)];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// Reads the page and the paragraph. A number alone is a page, other words are a paragraph or section.
pub(super) fn read_locator(cell: &str) -> (String, String) {
    let (mut page, mut paragraph) = (String::new(), String::new());
    let add = |to: &mut String, text: &str| {
        if !to.is_empty() {
            to.push_str("; ");
        }
        to.push_str(text.trim());
    };
    for item in list(cell) {
        let after = |signs: &[&str]| signs.iter().find_map(|sign| item.strip_prefix(sign)).map(str::trim);
        if let Some(text) = after(&["para. ", "paragraph ", "para ", "§", "¶"]) {
            add(&mut paragraph, text);
        } else if let Some(text) = after(&["p. ", "pp. ", "page ", "pages ", "p."]) {
            add(&mut page, text);
        } else if item.bytes().all(|byte| byte.is_ascii_digit()) {
            add(&mut page, &item);
        } else {
            add(&mut paragraph, &item);
        }
    }
    (page, paragraph)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likelihoods_are_read_as_they_are_stated() {
        let check = |cell: &str, expect: Option<(&str, Option<f64>, Option<f64>)>| {
            let found = read_likelihood(cell, Standard::Icd203).unwrap();
            let found = found.as_ref().map(|found| (found.words.as_str(), found.low, found.high));
            assert_eq!(found, expect, "{cell}");
        };
        check("", None);
        check("likely", Some(("likely", Some(0.55), Some(0.8))));
        check("Highly probable", Some(("Highly probable", Some(0.8), Some(0.95))));
        check("realistic possibility", Some(("realistic possibility", Some(0.4), Some(0.5))));
        check("highly unlikely", Some(("highly unlikely", Some(0.1), Some(0.2))));
        check("almost certainly", Some(("almost certainly", Some(0.95), Some(0.99))));
        check("possibly", Some(("possibly", None, None)));
        check("\"likely\"", Some(("likely", None, None)));
        check("70", Some(("", Some(0.7), Some(0.7))));
        check("70%", Some(("", Some(0.7), Some(0.7))));
        check("0.7", Some(("", Some(0.7), Some(0.7))));
        check("0,7", Some(("", Some(0.7), Some(0.7))));
        check("0.7 %", Some(("", Some(0.007), Some(0.007))));
        check("1", Some(("", Some(0.01), Some(0.01))));
        check("55-80", Some(("", Some(0.55), Some(0.8))));
        check("55 – 80 %", Some(("", Some(0.55), Some(0.8))));
        check("55%-80%", Some(("", Some(0.55), Some(0.8))));
        check("55 to 80 per cent", Some(("", Some(0.55), Some(0.8))));
        check("probable, 60–75 %", Some(("probable", Some(0.6), Some(0.75))));
        check("probable (60-75)", Some(("probable", Some(0.6), Some(0.75))));
        check("likely, if at all", Some(("likely, if at all", None, None)));
        check(">= 95", Some(("", Some(0.95), None)));
        check("≤ 5 %", Some(("", None, Some(0.05))));
    }

    #[test]
    fn impossible_likelihoods_are_refused() {
        for cell in ["120", "80-55", "5x", "1-2-3", "1e400", ".", "7..", "\"likely\" (500)", "101-102"] {
            assert!(read_likelihood(cell, Standard::Icd203).is_err(), "{cell}");
        }
    }

    #[test]
    fn a_likelihood_is_read_as_it_was_written() {
        let numbers = [
            None,
            Some(0.0),
            Some(1.0),
            Some(0.55),
            Some(0.007),
            Some(0.1 + 0.2),
            Some(1.0 / 3.0),
            Some(1e-300),
        ];
        let words = [
            "",
            " ",
            "likely",
            "Likely",
            "probable",
            "in all probability",
            "highly unlikely",
            "probably",
            "a (5)",
            "b, 7",
            "\"x\"",
            "70",
            "\" (5)",
        ];
        for standard in Standard::ALL {
            for words in words {
                for low in numbers {
                    for high in numbers {
                        if low.zip(high).is_some_and(|(low, high)| low > high) {
                            continue;
                        }
                        let likelihood = Likelihood { words: words.to_owned(), low, high };
                        let cell = likelihood_cell(Some(&likelihood), *standard);
                        assert_eq!(read_likelihood(&cell, *standard), Ok(Some(likelihood)), "{cell}");
                    }
                }
            }
        }
        let likelihood = |words: &str, low, high| Likelihood { words: words.to_owned(), low, high };
        let check = |likelihood: &Likelihood, expect: &str| {
            assert_eq!(likelihood_cell(Some(likelihood), Standard::Icd203), expect);
        };
        check(&likelihood("", Some(0.55), Some(0.8)), "55-80");
        check(&likelihood("likely", Some(0.55), Some(0.8)), "likely");
        check(&likelihood("likely", Some(0.6), Some(0.7)), "likely (60-70)");
        check(&likelihood("likely", None, None), "\"likely\"");
    }

    #[test]
    fn a_confidence_is_read_as_it_was_written() {
        for words in ["", "high", "fairly sure", "\"", "a \"b\" c", " ", "low \"x\"", "\"x\"", "confidence"] {
            for level in Confidence::ALL.iter().copied().map(Some).chain([None]) {
                let cell = confidence_cell(level, words);
                assert_eq!(read_confidence(&cell), (level, words.to_owned()), "{cell}");
            }
        }
        assert_eq!(read_confidence("Medium confidence"), (Some(Confidence::Moderate), String::new()));
        assert_eq!(read_confidence("some doubt"), (None, "some doubt".to_owned()));
    }

    #[test]
    fn a_place_is_read_as_it_was_written() {
        for page in ["", "12", "xii", "a; b", "para. 3"] {
            for paragraph in ["", "3", "p. 4", "12", "Annex | B"] {
                let locator = Locator { span: None, page: page.to_owned(), paragraph: paragraph.to_owned() };
                let cell = locator_cell(&locator);
                assert_eq!(read_locator(&cell), (page.to_owned(), paragraph.to_owned()), "{cell}");
            }
        }
        assert_eq!(read_locator("12"), ("12".to_owned(), String::new()));
        assert_eq!(read_locator("section 4"), (String::new(), "section 4".to_owned()));
    }
}
