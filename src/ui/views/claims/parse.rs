//! What people type into a cell, read: dates, periods, likelihoods, words of a scale.

use crate::model::{Likelihood, PartialDate, Period, Standard};

/// Reads a date; nothing where there is no text.
pub fn date(text: &str) -> Result<Option<PartialDate>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|error: crate::model::date::DateError| error.to_string())
}

/// Reads a period: "2008 – 2019", "2008-09 to 2019-06", "since 2008", "until 2019", or one date.
pub fn period(text: &str) -> Result<Period, String> {
    let text = text.trim();
    if text.is_empty() || text.eq_ignore_ascii_case("unknown") {
        return Ok(Period::default());
    }
    let lower = text.to_lowercase();
    if let Some(rest) = lower.strip_prefix("since ") {
        return Ok(Period { from: date(rest)?, to: None });
    }
    if let Some(rest) = lower.strip_prefix("until ") {
        return Ok(Period { from: None, to: date(rest)? });
    }
    let ends = ["–", "—", "..", " to ", " - ", "/"].iter().find_map(|sign| lower.split_once(sign));
    let period = match ends {
        Some((from, to)) => Period { from: date(from)?, to: date(to)? },
        None => match date(&lower)? {
            Some(date) => Period::on(date),
            None => Period::default(),
        },
    };
    if period.is_reversed() {
        return Err("The period ends before it begins".to_owned());
    }
    Ok(period)
}

/// Reads a likelihood as a source stated it: words, numbers in per cent, or both. Words of `standard`, or else of the other
/// standard, bring their range with them; other words stay without numbers.
pub fn likelihood(text: &str, standard: Standard) -> Result<Option<Likelihood>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let digits = text.find(|letter: char| letter.is_ascii_digit()).unwrap_or(text.len());
    let (words, numbers) = text.split_at(digits);
    let words = words.trim().trim_end_matches([',', ';', '(']).trim();
    if numbers.is_empty() {
        return Ok(Some(Likelihood::in_words(words, standard)));
    }
    let (low, high) = range(numbers)?;
    let open = |words: &str, sign: &str| words.strip_suffix(sign).map(|words| words.trim().to_owned());
    if let Some(words) = open(words, "≥") {
        return Ok(Some(Likelihood { words, low: Some(low), high: None }));
    }
    if let Some(words) = open(words, "≤") {
        return Ok(Some(Likelihood { words, low: None, high: Some(high) }));
    }
    Ok(Some(Likelihood { words: words.to_owned(), low: Some(low), high: Some(high) }))
}

fn range(text: &str) -> Result<(f64, f64), String> {
    let shape =
        || format!("\"{text}\" is not a likelihood: write a percentage or a range, such as 70 % or 55-80");
    let has_sign = text.contains('%') || text.contains("per");
    let plain = text.replace("per cent", "").replace("percent", "").replace(['%', ')'], "");
    let parts: Vec<&str> = match ["–", "—", "-", " to ", ".."].iter().find_map(|sign| plain.split_once(sign))
    {
        Some((low, high)) => vec![low, high],
        None => vec![&plain],
    };
    let mut numbers = Vec::new();
    for part in parts {
        let number: f64 = part.trim().parse().map_err(|_| shape())?;
        if !number.is_finite() || number < 0.0 {
            return Err(shape());
        }
        numbers.push(number);
    }
    // "0.7" is a probability, "70" and "0.7 %" are percentages.
    let is_share = !has_sign && plain.contains('.') && numbers.iter().all(|number| *number <= 1.0);
    let scale = if is_share { 1.0 } else { 100.0 };
    let low = numbers.first().copied().ok_or_else(shape)? / scale;
    let high = numbers.last().copied().ok_or_else(shape)? / scale;
    if high > 1.0 {
        return Err("A likelihood cannot be above 100 %".to_owned());
    }
    if low > high {
        return Err("The range runs backwards: write the lower number first".to_owned());
    }
    Ok((low, high))
}

/// Reads a value of a scale: its name, or a beginning that only one of them has.
pub fn choice<T: Copy>(text: &str, all: &[T], label: impl Fn(T) -> &'static str) -> Result<T, String> {
    let wanted = text.trim().to_lowercase();
    let exact = all.iter().find(|value| label(**value).to_lowercase() == wanted);
    let mut beginning = all.iter().filter(|value| label(**value).to_lowercase().starts_with(&wanted));
    let found = exact.or_else(|| match (beginning.next(), beginning.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    });
    found.copied().ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|value| label(*value)).collect();
        format!("\"{}\" is none of: {}", text.trim(), names.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Stance;

    #[test]
    fn likelihoods_are_read_as_they_are_stated() {
        let check = |text: &str, expect: Option<(&str, Option<f64>, Option<f64>)>| {
            let found = likelihood(text, Standard::Icd203).unwrap();
            let found = found.as_ref().map(|found| (found.words.as_str(), found.low, found.high));
            assert_eq!(found, expect, "{text}");
        };
        check("", None);
        check("likely", Some(("likely", Some(0.55), Some(0.8))));
        check("Very likely ", Some(("Very likely", Some(0.8), Some(0.95))));
        check("highly unlikely", Some(("highly unlikely", Some(0.1), Some(0.2))));
        check("in all probability", Some(("in all probability", None, None)));
        check("70", Some(("", Some(0.7), Some(0.7))));
        check("70 %", Some(("", Some(0.7), Some(0.7))));
        check("0.7", Some(("", Some(0.7), Some(0.7))));
        check("55-80", Some(("", Some(0.55), Some(0.8))));
        check("55–80 %", Some(("", Some(0.55), Some(0.8))));
        check("55 to 80 per cent", Some(("", Some(0.55), Some(0.8))));
        check("probable, 60–75 %", Some(("probable", Some(0.6), Some(0.75))));
        check("≥ 95 %", Some(("", Some(0.95), None)));
    }

    #[test]
    fn impossible_likelihoods_are_refused() {
        for text in ["120", "80-55", "5x", "likely 5-", "1-2-3", "1e400"] {
            assert!(likelihood(text, Standard::Icd203).is_err(), "{text}");
        }
    }

    #[test]
    fn periods_are_read_as_they_are_shown() {
        for text in ["2008 – 2019", "2008-09 – 2019-06", "since 2008", "until 2019-06", "2008", ""] {
            let found = period(text).unwrap();
            let shown = if found.is_unknown() { String::new() } else { found.to_string() };
            assert_eq!(shown, text);
        }
        assert_eq!(period("2008 to 2019"), period("2008..2019"));
        assert!(period("2019 – 2008").is_err());
        assert!(period("sometime").is_err());
    }

    #[test]
    fn the_beginning_of_a_name_is_enough() {
        let check = |text: &str, expect: Option<Stance>| {
            assert_eq!(choice(text, Stance::ALL, Stance::label).ok(), expect, "{text}");
        };
        check("asserts", Some(Stance::Asserts));
        check("A", Some(Stance::Asserts));
        check("de", None);
        check("den", Some(Stance::Denies));
        check("x", None);
    }
}
