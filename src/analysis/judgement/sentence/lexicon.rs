//! The words of likelihood and of confidence in a text.

use std::ops::Range;
use std::sync::OnceLock;

use super::text::Token;
use crate::model::{ADVERBS, Confidence, Standard, Term};

/// Words of likelihood or of confidence in a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Hit {
    pub span: Range<usize>,
    pub what: What,
}

/// What the words are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum What {
    /// A term of one standard or of both, each by the standard's own words; and whether it stands as an adverb.
    Term { icd: Option<&'static str>, phia: Option<&'static str>, is_adverb: bool },
    /// A likelihood in no standard's words; the probability that it comes near to, where that is plain, and whether a term
    /// fits into its place.
    Vague { near: Option<f64>, fits: bool },
    /// A comparison of likelihoods, which is none itself.
    Comparison,
    /// A likelihood as a number, such as "70 % chance".
    Number,
    /// A percentage that may be a likelihood or not.
    Percentage,
    /// A level of confidence.
    Level(Confidence),
    /// A confidence that is no level; the level that it comes near to.
    NotALevel(Option<Confidence>),
    /// A confidence as a number.
    ConfidenceNumber,
}

impl What {
    /// Whether it says how likely something is.
    pub const fn is_likelihood(self) -> bool {
        matches!(self, Self::Term { .. } | Self::Vague { .. } | Self::Comparison | Self::Number)
    }

    /// Whether it says how confident somebody is.
    pub const fn is_confidence(self) -> bool {
        matches!(self, Self::Level(_) | Self::NotALevel(_) | Self::ConfidenceNumber)
    }

    /// The term under a standard.
    pub fn term(self, standard: Standard) -> Option<&'static Term> {
        standard.term(self.words(standard)?)
    }

    /// The words of the term under a standard.
    pub const fn words(self, standard: Standard) -> Option<&'static str> {
        match (self, standard) {
            (Self::Term { icd, .. }, Standard::Icd203) => icd,
            (Self::Term { phia, .. }, Standard::Phia) => phia,
            _ => None,
        }
    }

    /// The term under a standard, and in which of its rows of words it stands.
    pub fn row(self, standard: Standard) -> Option<(&'static Term, usize)> {
        let words = self.words(standard)?;
        let term = standard.term(words)?;
        Some((term, term.words.iter().position(|word| *word == words)?))
    }
}

type Phrase = (Vec<&'static str>, What);

/// Likelihoods in no standard's words, with the probability that they come near to where that is plain, and whether a term
/// fits into their place.
const VAGUE: &[(&str, Option<f64>, bool)] = &[
    ("may", None, false),
    ("might", None, false),
    ("could", None, false),
    ("perhaps", None, false),
    ("maybe", None, false),
    ("possible", None, false),
    ("possibly", None, false),
    ("possibility", None, false),
    ("conceivable", None, false),
    ("conceivably", None, false),
    ("plausible", None, false),
    ("plausibly", None, false),
    ("potentially", None, false),
    ("presumably", None, false),
    ("apparently", None, false),
    ("seemingly", None, false),
    ("supposedly", None, false),
    ("arguably", None, false),
    ("appears to", None, false),
    ("appear to", None, false),
    ("seems to", None, false),
    ("seem to", None, false),
    ("cannot rule out", None, false),
    ("can't rule out", None, false),
    ("cannot be ruled out", None, false),
    ("can't be ruled out", None, false),
    ("cannot be excluded", None, false),
    ("cannot exclude", None, false),
    ("cannot be discounted", None, false),
    ("not impossible", None, false),
    ("not unlikely", None, false),
    ("not improbable", None, false),
    ("not likely", Some(0.3), true),
    ("not probable", Some(0.3), true),
    ("probably not", Some(0.3), false),
    ("not very likely", Some(0.3), true),
    ("doubtful", Some(0.3), true),
    ("more likely than not", Some(0.65), true),
    ("more probable than not", Some(0.65), true),
    ("better than even", Some(0.65), false),
    ("quite likely", Some(0.65), true),
    ("rather likely", Some(0.65), true),
    ("fairly likely", Some(0.65), true),
    ("most likely", None, false),
    ("most probably", None, false),
    ("very probably", Some(0.85), true),
    ("very probable", Some(0.85), true),
    ("extremely likely", Some(0.85), true),
    ("overwhelmingly likely", Some(0.85), true),
    ("quite unlikely", Some(0.15), true),
    ("extremely unlikely", Some(0.03), false),
    ("very improbable", Some(0.15), true),
    ("even chance", Some(0.5), true),
    ("even odds", Some(0.5), true),
    ("fifty fifty", Some(0.5), false),
    ("50 50", Some(0.5), false),
    ("toss up", Some(0.5), false),
    ("in all likelihood", Some(0.85), false),
    ("in all probability", Some(0.85), false),
    ("virtually certain", Some(0.97), true),
    ("practically certain", Some(0.97), true),
    ("absolutely certain", Some(0.97), true),
    ("virtually impossible", Some(0.03), false),
    ("certainly", Some(0.97), true),
    ("undoubtedly", Some(0.97), true),
    ("doubtless", Some(0.97), true),
    ("definitely", Some(0.97), true),
    ("indisputably", Some(0.97), true),
    ("no doubt", Some(0.97), false),
    ("without doubt", Some(0.97), false),
    ("without a doubt", Some(0.97), false),
    ("beyond doubt", Some(0.97), false),
    ("impossible", Some(0.03), false),
    ("inconceivable", Some(0.03), false),
    ("chances are", Some(0.65), false),
    ("odds are", Some(0.65), false),
    ("chances are even", Some(0.5), false),
    ("chances are roughly even", Some(0.5), false),
    ("chances are about even", Some(0.5), false),
    ("odds are even", Some(0.5), false),
    ("odds are roughly even", Some(0.5), false),
    ("near certainty", Some(0.97), false),
    ("virtual certainty", Some(0.97), false),
    ("a certainty", Some(0.97), false),
    ("realistic chance", Some(0.45), false),
    ("realistic likelihood", Some(0.45), false),
    ("realistic probability", Some(0.45), false),
    ("no chance", Some(0.03), true),
];

/// What may stand before the nouns of likelihood.
const AMOUNTS: &[&str] = &[
    "high",
    "higher",
    "low",
    "lower",
    "good",
    "fair",
    "strong",
    "weak",
    "real",
    "serious",
    "slight",
    "slim",
    "small",
    "tiny",
    "large",
    "considerable",
    "significant",
    "substantial",
    "distinct",
    "reasonable",
    "great",
    "greater",
    "little",
    "outside",
    "some",
    "any",
    "every",
];
const NOUNS: &[&str] = &["chance", "chances", "likelihood", "probability", "possibility", "odds"];

/// Levels of confidence, and what is said in their place.
const LEVELS: &[(&str, Option<Confidence>, bool)] = &[
    ("low", Some(Confidence::Low), true),
    ("moderate", Some(Confidence::Moderate), true),
    ("high", Some(Confidence::High), true),
    ("medium", Some(Confidence::Moderate), false),
    ("strong", Some(Confidence::High), false),
    ("great", Some(Confidence::High), false),
    ("full", Some(Confidence::High), false),
    ("complete", Some(Confidence::High), false),
    ("utmost", Some(Confidence::High), false),
    ("highest", Some(Confidence::High), false),
    ("considerable", None, false),
    ("reasonable", None, false),
    ("fair", None, false),
    ("some", None, false),
    ("good", None, false),
    ("limited", Some(Confidence::Low), false),
    ("little", Some(Confidence::Low), false),
    ("weak", Some(Confidence::Low), false),
    ("increased", None, false),
    ("increasing", None, false),
];
/// What may stand between a level and "confidence".
const FILLERS: &[&str] = &["analytic", "analytical", "overall", "degree", "level", "levels", "of"];
const BE: &[&str] =
    &["is", "are", "was", "were", "be", "been", "remains", "remain", "seems", "it's", "that's"];
/// What may stand before a level and makes it none.
const DEGREES: &[&str] =
    &["very", "extremely", "fairly", "quite", "relatively", "rather", "reasonably", "not"];
/// How far "is moderate" may stand behind "confidence", and "80 %" behind "probability", in words.
const REACH: usize = 12;

fn phrases() -> &'static [Phrase] {
    static PHRASES: OnceLock<Vec<Phrase>> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let split = |words: &'static str| words.split(' ').collect::<Vec<_>>();
        let own = |standard: Standard, words: &str| {
            standard.term(words).and_then(|term| term.words.iter().copied().find(|word| *word == words))
        };
        let term = |words: &str, is_adverb: bool| What::Term {
            icd: own(Standard::Icd203, words),
            phia: own(Standard::Phia, words),
            is_adverb,
        };
        let mut all: Vec<Phrase> = Vec::new();
        for words in Standard::ALL.iter().flat_map(|it| it.terms()).flat_map(|it| it.words).copied() {
            // "Remote" alone is mostly said of access and servers: see `remote`.
            if words != "remote" {
                all.push((split(words), term(words, false)));
            }
        }
        all.extend(ADVERBS.iter().map(|(adverb, words)| (split(adverb), term(words, true))));
        // "Remote chance" is how ICD 203's "remote" stands in a sentence, and PHIA's own term.
        all.retain(|(words, _)| *words != ["remote", "chance"]);
        let remote = |phia| What::Term { icd: Some("remote"), phia, is_adverb: false };
        all.push((split("remote chance"), remote(Some("remote chance"))));
        all.extend(
            ["remote possibility", "remote likelihood", "remote probability"]
                .map(|it| (split(it), remote(None))),
        );
        all.extend(
            VAGUE.iter().map(|(words, near, fits)| (split(words), What::Vague { near: *near, fits: *fits })),
        );
        for words in ["more likely", "less likely", "likelier", "likeliest", "least likely", "as likely as"] {
            all.push((split(words), What::Comparison));
        }
        // The longest phrase that fits is meant.
        all.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        all
    })
}

/// All words of likelihood and confidence, in order.
pub(super) fn hits(text: &str, tokens: &[Token]) -> Vec<Hit> {
    let mut found = Vec::new();
    let mut place = 0;
    while place < tokens.len() {
        let at = At { text, tokens, place };
        let hit = at.confidence().or_else(|| at.number()).or_else(|| at.phrase()).or_else(|| at.amount());
        match hit.or_else(|| at.alone()) {
            Some((length, what)) => {
                found.extend(at.span(length).map(|span| Hit { span, what }));
                // Between "confidence" and its level there may be a likelihood, which counts as well.
                place += if at.word(0) == "confidence" { 1 } else { length.max(1) };
            }
            None => place += 1,
        }
    }
    found
}

/// A place in a text.
#[derive(Clone, Copy)]
struct At<'a> {
    text: &'a str,
    tokens: &'a [Token],
    place: usize,
}

impl At<'_> {
    fn token(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.place + ahead)
    }

    /// The word so many places ahead; "" past the end.
    fn word(&self, ahead: usize) -> &str {
        self.token(ahead).map_or("", |token| token.word.as_str())
    }

    fn before(&self) -> &str {
        self.place
            .checked_sub(1)
            .and_then(|place| self.tokens.get(place))
            .map_or("", |token| token.word.as_str())
    }

    fn span(&self, length: usize) -> Option<Range<usize>> {
        let (first, last) = (self.token(0)?, self.token(length.checked_sub(1)?)?);
        Some(first.span.start..last.span.end)
    }

    fn phrase(&self) -> Option<(usize, What)> {
        let fits =
            |words: &Vec<&str>| words.iter().enumerate().all(|(ahead, word)| self.word(ahead) == *word);
        let (words, what) = phrases().iter().find(|(words, _)| fits(words))?;
        (!self.is_other_meaning(words)).then_some((words.len(), *what))
    }

    /// The month of May; might as a noun, at the end of a clause.
    fn is_other_meaning(&self, words: &[&str]) -> bool {
        let Some(token) = self.token(0) else { return false };
        match words {
            ["may"] if token.is_capital => {
                let is_number = self.word(1).starts_with(|letter: char| letter.is_ascii_digit());
                let is_first = self.place == 0 || self.tokens.get(self.place - 1).is_some_and(|it| it.closes);
                is_number || !is_first || token.closes
            }
            ["might"] => token.closes,
            _ => false,
        }
    }

    /// "High probability", "a good chance".
    fn amount(&self) -> Option<(usize, What)> {
        (AMOUNTS.contains(&self.word(0)) && NOUNS.contains(&self.word(1)))
            .then_some((2, What::Vague { near: None, fits: false }))
    }

    /// Words that mean something only in some places: "remote", "certain".
    fn alone(&self) -> Option<(usize, What)> {
        let token = self.token(0)?;
        let is_said_of_it = BE.contains(&self.before());
        match self.word(0) {
            "remote" if is_said_of_it && (token.closes || self.word(1) == "that") => {
                Some((1, What::Term { icd: Some("remote"), phia: None, is_adverb: false }))
            }
            "certain" if is_said_of_it && (token.closes || matches!(self.word(1), "that" | "to")) => {
                Some((1, What::Vague { near: Some(0.97), fits: true }))
            }
            // Whoever is certain of something says how confident they are.
            "certain" | "sure" if is_said_of_it && matches!(self.word(1), "of" | "about") => {
                Some((1, What::NotALevel(Some(Confidence::High))))
            }
            _ => None,
        }
    }

    /// "70 %" and what it is said of.
    fn number(&self) -> Option<(usize, What)> {
        let first = self.word(0);
        if !first.starts_with(|letter: char| letter.is_ascii_digit()) {
            return None;
        }
        let mut length = 1;
        // "55–80 %" is one number.
        if self.word(1).starts_with(|letter: char| letter.is_ascii_digit()) && !self.token(0)?.closes {
            length = 2;
        }
        length += match (self.word(length), self.word(length + 1)) {
            ("%" | "percent", _) => 1,
            ("per", "cent") => 2,
            _ => return None,
        };
        let (next, after) = (self.word(length), self.word(length + 1));
        Some(match next {
            "confidence" | "confident" | "sure" | "certain" | "certainty" => {
                (length + 1, What::ConfidenceNumber)
            }
            "chance" | "probability" | "likelihood" | "likely" | "probable" => (length + 1, What::Number),
            "analytic" if after == "confidence" => (length + 2, What::ConfidenceNumber),
            _ if self.is_said_of_a_likelihood() => (length, What::Number),
            _ => (length, What::Percentage),
        })
    }

    /// Whether "probability", or a word like it, stands before this place in the same clause or the one before.
    fn is_said_of_a_likelihood(&self) -> bool {
        let Some(here) = self.token(0) else { return false };
        let before = self.tokens.get(self.place.saturating_sub(REACH)..self.place).unwrap_or_default();
        before.iter().rev().any(|token| {
            let between = self.text.get(token.span.end..here.span.start).unwrap_or_default();
            NOUNS.contains(&token.word.as_str()) && !between.contains(['.', ';', '!', '?', '%'])
        })
    }

    /// "High confidence", "fairly confident", "confidence in this judgement is low".
    fn confidence(&self) -> Option<(usize, What)> {
        if self.word(0) == "confident" {
            return Some((1, What::NotALevel(None)));
        }
        if matches!(
            self.word(0),
            "very" | "highly" | "fairly" | "reasonably" | "quite" | "moderately" | "not" | "extremely"
        ) && self.word(1) == "confident"
        {
            return Some((2, What::NotALevel(None)));
        }
        if self.word(0) == "confidence" {
            return self.level_behind();
        }
        let begin =
            usize::from(matches!(self.word(0), "very" | "extremely" | "fairly" | "quite" | "relatively"));
        let (_, level, is_level) = LEVELS.iter().find(|(word, ..)| *word == self.word(begin))?;
        // "Low to moderate confidence" is two levels and none.
        let is_range = matches!(self.word(begin + 1), "to" | "or")
            && LEVELS.iter().any(|(word, ..)| *word == self.word(begin + 2));
        let mut length = begin + if is_range { 3 } else { 1 };
        while FILLERS.contains(&self.word(length)) {
            length += 1;
        }
        if self.word(length) != "confidence" {
            return None;
        }
        let what = match level {
            Some(level) if *is_level && begin == 0 && !is_range => What::Level(*level),
            _ if is_range => What::NotALevel(None),
            level => What::NotALevel(*level),
        };
        Some((length + 1, what))
    }

    /// A level that is said of confidence further on in the sentence: "confidence: low", "confidence in this is low".
    fn level_behind(&self) -> Option<(usize, What)> {
        let end = self.token(0)?.span.end;
        let begin = if matches!(self.word(1), "level" | "levels") { 2 } else { 1 };
        let mark = self.text.get(self.token(begin - 1)?.span.end..self.token(begin)?.span.start)?;
        // Without a mark only the three levels themselves: "with confidence some of them" is something else.
        let is_level = matches!(self.word(begin), "low" | "moderate" | "high");
        let is_joined = matches!(mark.trim(), ":" | "=") || (mark.trim().is_empty() && is_level);
        if let Some(found) = is_joined.then(|| self.level_at(begin)).flatten() {
            return Some(found);
        }
        for ahead in 1..REACH {
            let token = self.token(ahead)?;
            let between = self.text.get(end..token.span.start)?;
            if between.contains(['.', ';', '!', '?']) {
                return None;
            }
            let is_be = BE.contains(&token.word.as_str());
            if let Some(found) = is_be.then(|| self.level_at(ahead + 1)).flatten() {
                return Some(found);
            }
        }
        None
    }

    /// The level so many words ahead, and how many words it is to its end.
    fn level_at(&self, ahead: usize) -> Option<(usize, What)> {
        let has_degree = DEGREES.contains(&self.word(ahead));
        let place = ahead + usize::from(has_degree);
        let of = |place: usize| LEVELS.iter().find(|(word, ..)| *word == self.word(place));
        let (_, level, is_level) = of(place)?;
        if matches!(self.word(place + 1), "to" | "or") && of(place + 2).is_some() {
            return Some((place + 3, What::NotALevel(None)));
        }
        let what = match level {
            Some(level) if *is_level && !has_degree => What::Level(*level),
            _ if self.word(ahead) == "not" => What::NotALevel(None),
            level => What::NotALevel(*level),
        };
        Some((place + 1, what))
    }
}
