//! The words of estimative probability: the terms of the standards with their bands.

use super::records::Likelihood;
use super::scales::Standard;

/// One term of a standard's words of estimative probability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term {
    /// The words of the standard; the first is the preferred one.
    pub words: &'static [&'static str],
    /// The lowest probability of the band, in `[0, 1]`.
    pub low: f64,
    /// The highest probability of the band, in `[0, 1]`.
    pub high: f64,
    /// Whether the lowest and the highest probability themselves are outside of the band.
    pub excludes: (bool, bool),
}

impl Term {
    const fn closed(words: &'static [&'static str], low: f64, high: f64) -> Self {
        Self { words, low, high, excludes: (false, false) }
    }

    /// Whether a probability lies in its band, the ends included where the standard includes them. What is only rounding
    /// at an end does not count.
    pub fn covers(&self, probability: f64) -> bool {
        const ROUNDING: f64 = 1e-9;
        let margin = |is_excluded: bool| if is_excluded { -ROUNDING } else { ROUNDING };
        let (excludes_low, excludes_high) = self.excludes;
        probability > self.low - margin(excludes_low) && probability < self.high + margin(excludes_high)
    }
}

const ICD_203: &[Term] = &[
    Term::closed(&["almost no chance", "remote"], 0.01, 0.05),
    Term::closed(&["very unlikely", "highly improbable"], 0.05, 0.20),
    Term::closed(&["unlikely", "improbable"], 0.20, 0.45),
    Term::closed(&["roughly even chance", "roughly even odds"], 0.45, 0.55),
    Term::closed(&["likely", "probable"], 0.55, 0.80),
    Term::closed(&["very likely", "highly probable"], 0.80, 0.95),
    Term::closed(&["almost certain", "nearly certain"], 0.95, 0.99),
];

const PHIA: &[Term] = &[
    Term { excludes: (true, false), ..Term::closed(&["remote chance"], 0.0, 0.05) },
    Term::closed(&["highly unlikely"], 0.10, 0.20),
    Term::closed(&["unlikely"], 0.25, 0.35),
    Term { excludes: (false, true), ..Term::closed(&["realistic possibility"], 0.40, 0.50) },
    Term::closed(&["likely", "probable"], 0.55, 0.75),
    Term::closed(&["highly likely"], 0.80, 0.90),
    Term { excludes: (false, true), ..Term::closed(&["almost certain"], 0.95, 1.0) },
];

/// Adverbs, and the terms that they are of. Source: ICD 203, section D.6.e.(2)(a), which writes "almost certain(ly)",
/// "probable (probably)" and "improbable (improbably)"; the others are made likewise.
pub const ADVERBS: &[(&str, &str)] = &[
    ("probably", "probable"),
    ("improbably", "improbable"),
    ("almost certainly", "almost certain"),
    ("nearly certainly", "nearly certain"),
    ("highly probably", "highly probable"),
];

impl Likelihood {
    /// A likelihood that is stated in words: with the range of the term that they are ([`Standard::meaning_of`]), or kept as words
    /// without a range.
    pub fn in_words(words: &str, standard: Standard) -> Self {
        let band = standard.meaning_of(words).map(|(_, term)| (term.low, term.high)).unzip();
        Self { words: words.to_owned(), low: band.0, high: band.1 }
    }

    /// Whether it is hedged in a way that fixes no number: it has no range, and its words are in no standard.
    pub fn is_unquantified(&self, standard: Standard) -> bool {
        self.low.is_none() && self.high.is_none() && standard.meaning_of(&self.words).is_none()
    }
}

impl Standard {
    /// The terms of the standard, least likely first. Source: ICD 203 (2015, reissued 2022), section D.6.e.(2)(a);
    /// PHIA Probability Yardstick (2018). The gaps of PHIA are deliberate.
    pub const fn terms(self) -> &'static [Term] {
        match self {
            Self::Icd203 => ICD_203,
            Self::Phia => PHIA,
        }
    }

    /// The term that has `words` among its words, letter case ignored.
    pub fn term(self, words: &str) -> Option<&'static Term> {
        let words = words.trim();
        self.terms().iter().find(|term| term.words.iter().any(|word| word.eq_ignore_ascii_case(words)))
    }

    /// The term that a source's words stand for, and the standard whose term it is: this standard's, where it has the words,
    /// else the other one's; and where neither has them as they stand, that of their adjective, since a source writes "almost
    /// certainly" as well. `None` for words of neither standard, which fix no number. Letter case and the width of spaces do not
    /// matter.
    pub fn meaning_of(self, words: &str) -> Option<(Self, &'static Term)> {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let standards = || [self, self.other()].into_iter();
        let has = |words: &str| standards().find_map(|it| Some((it, it.term(words)?)));
        let adjective =
            || ADVERBS.iter().find(|(adverb, _)| adverb.eq_ignore_ascii_case(&words)).map(|(_, it)| *it);
        has(&words).or_else(|| adjective().and_then(has))
    }

    /// The other standard.
    pub const fn other(self) -> Self {
        match self {
            Self::Icd203 => Self::Phia,
            Self::Phia => Self::Icd203,
        }
    }

    /// The terms whose bands have a probability in them: none in a gap and beyond the ends, two where bands share an end.
    pub fn terms_for(self, probability: f64) -> impl Iterator<Item = &'static Term> {
        self.terms().iter().filter(move |term| term.covers(probability))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_found_by_any_of_their_words() {
        let check = |standard: Standard, words: &str, expect: Option<(f64, f64)>| {
            assert_eq!(standard.term(words).map(|term| (term.low, term.high)), expect, "{words}");
        };
        check(Standard::Icd203, "Likely", Some((0.55, 0.80)));
        check(Standard::Icd203, " probable ", Some((0.55, 0.80)));
        check(Standard::Icd203, "realistic possibility", None);
        check(Standard::Phia, "realistic possibility", Some((0.40, 0.50)));
        check(Standard::Phia, "", None);
    }

    #[test]
    fn words_of_the_other_standard_and_adverbs_have_their_bands() {
        use Standard::{Icd203, Phia};
        let check = |standard: Standard, words: &str, expect: Option<(Standard, f64, f64)>| {
            let found = standard.meaning_of(words).map(|(of, term)| (of, term.low, term.high));
            assert_eq!(found, expect, "{standard} {words}");
            let likelihood = Likelihood::in_words(words, standard);
            let band = expect.map(|(_, low, high)| (Some(low), Some(high))).unwrap_or_default();
            assert_eq!((likelihood.low, likelihood.high), band, "{standard} {words}");
            let as_words = Likelihood { words: words.to_owned(), low: None, high: None };
            assert_eq!(as_words.is_unquantified(standard), expect.is_none(), "{standard} {words}");
        };
        // Its own band comes first where both standards have the words.
        check(Icd203, "likely", Some((Icd203, 0.55, 0.80)));
        check(Phia, "likely", Some((Phia, 0.55, 0.75)));
        check(Icd203, "Highly  unlikely", Some((Phia, 0.10, 0.20)));
        check(Icd203, "remote chance", Some((Phia, 0.0, 0.05)));
        check(Icd203, "realistic possibility", Some((Phia, 0.40, 0.50)));
        check(Phia, "very likely", Some((Icd203, 0.80, 0.95)));
        check(Phia, "remote", Some((Icd203, 0.01, 0.05)));
        check(Phia, "Almost certainly", Some((Phia, 0.95, 1.0)));
        check(Icd203, "probably", Some((Icd203, 0.55, 0.80)));
        check(Phia, "improbably", Some((Icd203, 0.20, 0.45)));
        check(Icd203, "possibly", None);
        check(Phia, "", None);
    }

    #[test]
    fn a_probability_has_its_terms() {
        let check = |standard: Standard, probability: f64, expect: &[&str]| {
            let found: Vec<&str> =
                standard.terms_for(probability).filter_map(|term| term.words.first().copied()).collect();
            assert_eq!(found, expect, "{standard} {probability}");
        };
        let icd = |probability: f64, expect: &[&str]| check(Standard::Icd203, probability, expect);
        icd(0.0, &[]);
        icd(0.01, &["almost no chance"]);
        icd(0.05, &["almost no chance", "very unlikely"]);
        icd(0.2, &["very unlikely", "unlikely"]);
        icd(0.45, &["unlikely", "roughly even chance"]);
        icd(0.5, &["roughly even chance"]);
        icd(0.55, &["roughly even chance", "likely"]);
        icd(0.1 + 0.2 + 0.25, &["roughly even chance", "likely"]);
        icd(0.8, &["likely", "very likely"]);
        icd(0.95, &["very likely", "almost certain"]);
        icd(0.995, &[]);
        icd(f64::NAN, &[]);
        let phia = |probability: f64, expect: &[&str]| check(Standard::Phia, probability, expect);
        phia(0.0, &[]);
        phia(0.001, &["remote chance"]);
        phia(0.05, &["remote chance"]);
        phia(0.07, &[]);
        phia(0.4, &["realistic possibility"]);
        phia(0.499, &["realistic possibility"]);
        phia(0.5, &[]);
        phia(0.75, &["likely"]);
        phia(0.77, &[]);
        phia(0.995, &["almost certain"]);
        phia(1.0, &[]);
    }

    #[test]
    fn bands_are_ordered_and_within_bounds() {
        for standard in Standard::ALL {
            for pair in standard.terms().windows(2) {
                assert!(pair[0].high <= pair[1].low, "{standard}: {:?}", pair[1].words);
            }
            for term in standard.terms() {
                assert!(0.0 <= term.low && term.low < term.high && term.high <= 1.0);
            }
        }
    }
}
