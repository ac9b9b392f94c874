//! A standard's words for a probability.

use crate::model::{Standard, Term};

/// What a standard calls a probability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wording {
    /// One term.
    Term(&'static Term),
    /// The end that two bands share: both terms are right, the less likely one first.
    Boundary(&'static Term, &'static Term),
    /// No term.
    None(NoTerm),
}

/// Where a probability without a term lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NoTerm {
    /// Below the first band, or at its end, which the standard leaves out.
    Below(&'static Term),
    /// Between two bands, the less likely one first.
    Between(&'static Term, &'static Term),
    /// Above the last band, or at its end, which the standard leaves out.
    Above(&'static Term),
    /// It is no probability.
    Nowhere,
}

/// What a standard calls a probability, which is in `[0, 1]`: ICD 203 (2015), section D.6.e.(2)(a), whose bands share their
/// ends and which has no term below 1 % and above 99 %; PHIA Probability Yardstick (2018), whose gaps are deliberate.
pub fn wording(standard: Standard, probability: f64) -> Wording {
    let mut found = standard.terms_for(probability);
    match (found.next(), found.next()) {
        (Some(term), None) => return Wording::Term(term),
        (Some(first), Some(second)) => return Wording::Boundary(first, second),
        (None, _) => {}
    }
    if !(0.0..=1.0).contains(&probability) {
        return Wording::None(NoTerm::Nowhere);
    }
    let below = standard.terms().iter().rfind(|term| term.high <= probability);
    let above = standard.terms().iter().find(|term| term.low >= probability);
    Wording::None(match (below, above) {
        (None, Some(above)) => NoTerm::Below(above),
        (Some(below), Some(above)) => NoTerm::Between(below, above),
        (Some(below), None) => NoTerm::Above(below),
        (None, None) => NoTerm::Nowhere,
    })
}

/// The preferred word of a term.
pub fn preferred(term: &Term) -> &'static str {
    term.words.first().copied().unwrap_or_default()
}

/// A probability in per cent, with as many decimals as it needs, two at most.
pub fn percent(probability: f64) -> String {
    format!("{} %", (probability * 10_000.0).round() / 100.0)
}

impl Wording {
    /// The words, such as "likely", or "unlikely or roughly even chance" where two bands share the end; `None` without a term.
    pub fn text(self) -> Option<String> {
        match self {
            Self::Term(term) => Some(preferred(term).to_owned()),
            Self::Boundary(first, second) => Some(format!("{} or {}", preferred(first), preferred(second))),
            Self::None(_) => None,
        }
    }

    /// The words, or "no term".
    pub fn label(self) -> String {
        self.text().unwrap_or_else(|| "no term".to_owned())
    }

    /// What the standard has there, such as "ICD 203: likely or probable, 55–80 %".
    pub fn explain(self, standard: Standard) -> String {
        let term = |term: &Term| format!("{}, {}", term.words.join(" or "), band(term));
        match self {
            Self::Term(only) => format!("{standard}: {}", term(only)),
            Self::Boundary(first, second) => {
                format!(
                    "{standard}: {}; and {}. They share this end, and both are right",
                    term(first),
                    term(second)
                )
            }
            Self::None(NoTerm::Below(first)) => {
                format!("{standard} has no term below {}", term(first))
            }
            Self::None(NoTerm::Between(first, second)) => {
                format!("{standard} has no term between {} and {}", term(first), term(second))
            }
            Self::None(NoTerm::Above(last)) => format!("{standard} has no term above {}", term(last)),
            Self::None(NoTerm::Nowhere) => "This is no probability".to_owned(),
        }
    }

    /// The term to write where there is one; at a shared end the more cautious one, which is nearer to an even chance.
    pub fn cautious(self) -> Option<&'static Term> {
        let distance = |term: &Term| (f64::midpoint(term.low, term.high) - 0.5).abs();
        match self {
            Self::Term(term) => Some(term),
            Self::Boundary(first, second) if distance(second) < distance(first) => Some(second),
            Self::Boundary(first, _) => Some(first),
            Self::None(_) => None,
        }
    }
}

/// The band of a term, such as "55–80 %" or "above 0–5 %" where an end is left out.
pub fn band(term: &Term) -> String {
    let number = |value: f64| format!("{}", (value * 10_000.0).round() / 100.0);
    let (excludes_low, excludes_high) = term.excludes;
    let above = if excludes_low { "above " } else { "" };
    let below = if excludes_high { "below " } else { "" };
    format!("{above}{}–{below}{} %", number(term.low), number(term.high))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bands are those of the standards; 0.50 has no term in PHIA, 0.995 none in ICD 203.
    #[test]
    fn a_probability_is_put_into_words() {
        let check = |standard: Standard, probability: f64, expect: Option<&str>| {
            assert_eq!(wording(standard, probability).text().as_deref(), expect, "{standard} {probability}");
        };
        let icd = |probability: f64, expect: Option<&str>| check(Standard::Icd203, probability, expect);
        icd(0.005, None);
        icd(0.03, Some("almost no chance"));
        icd(0.05, Some("almost no chance or very unlikely"));
        icd(0.10, Some("very unlikely"));
        icd(0.20, Some("very unlikely or unlikely"));
        icd(0.42, Some("unlikely"));
        icd(0.45, Some("unlikely or roughly even chance"));
        icd(0.50, Some("roughly even chance"));
        icd(0.55, Some("roughly even chance or likely"));
        icd(0.60, Some("likely"));
        icd(0.80, Some("likely or very likely"));
        icd(0.90, Some("very likely"));
        icd(0.95, Some("very likely or almost certain"));
        icd(0.97, Some("almost certain"));
        icd(0.995, None);
        let phia = |probability: f64, expect: Option<&str>| check(Standard::Phia, probability, expect);
        phia(0.0, None);
        phia(0.03, Some("remote chance"));
        phia(0.07, None);
        phia(0.15, Some("highly unlikely"));
        phia(0.22, None);
        phia(0.30, Some("unlikely"));
        phia(0.37, None);
        phia(0.45, Some("realistic possibility"));
        phia(0.50, None);
        phia(0.52, None);
        phia(0.60, Some("likely"));
        phia(0.78, None);
        phia(0.85, Some("highly likely"));
        phia(0.92, None);
        phia(0.99, Some("almost certain"));
        phia(1.0, None);
    }

    #[test]
    fn where_there_is_no_term_it_says_what_lies_beside() {
        let check = |standard: Standard, probability: f64, expect: &str| {
            assert_eq!(wording(standard, probability).explain(standard), expect);
        };
        check(Standard::Icd203, 0.6, "ICD 203: likely or probable, 55–80 %");
        check(Standard::Icd203, 0.995, "ICD 203 has no term above almost certain or nearly certain, 95–99 %");
        check(Standard::Icd203, 0.0, "ICD 203 has no term below almost no chance or remote, 1–5 %");
        check(
            Standard::Phia,
            0.5,
            "PHIA has no term between realistic possibility, 40–below 50 % and likely or probable, 55–75 %",
        );
        check(Standard::Phia, 0.0, "PHIA has no term below remote chance, above 0–5 %");
        check(Standard::Phia, 1.5, "This is no probability");
    }

    #[test]
    fn at_a_shared_end_the_more_cautious_term_is_written() {
        let check = |probability: f64, expect: Option<&str>| {
            assert_eq!(wording(Standard::Icd203, probability).cautious().map(preferred), expect);
        };
        check(0.05, Some("very unlikely"));
        check(0.45, Some("roughly even chance"));
        check(0.55, Some("roughly even chance"));
        check(0.95, Some("very likely"));
        check(1.0, None);
    }
}
