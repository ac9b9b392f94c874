//! What each column shows, sorts by and is called.

use std::fmt::Write as _;

use crate::model::{
    Assessment, Claim, Confidence, Entity, Id, Likelihood, PartialDate, Period, Proposition, Reliability,
    Role, Status, Verification,
};

/// A column of the table of claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Column {
    /// Who says it.
    Source,
    /// Asserts, denies or declines.
    Stance,
    /// Whom the claim names, or which two actors it links.
    Says,
    /// Whether the link is accepted.
    Link,
    /// Which incident it speaks of.
    Incident,
    /// In which role the actor took part.
    Role,
    /// The likelihood as stated.
    Likelihood,
    /// The confidence as stated.
    Confidence,
    /// When it was said.
    StatedOn,
    /// The period that it speaks of.
    Covers,
    /// Reliability and credibility, as in "B2".
    Grade,
    /// What the source says it rests on.
    Basis,
    /// Where it is said.
    Document,
    /// First-hand, or which claims it repeats.
    Origin,
    /// Whether the source still stands by it.
    Status,
    /// How far it was checked against the original.
    Verification,
}

/// How the values of a column lie in their cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lie {
    /// Words.
    Left,
    /// Numbers and dates.
    Right,
}

impl Column {
    /// All columns, in their order from left to right.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Source,
        Self::Stance,
        Self::Says,
        Self::Link,
        Self::Incident,
        Self::Role,
        Self::Likelihood,
        Self::Confidence,
        Self::StatedOn,
        Self::Covers,
        Self::Grade,
        Self::Basis,
        Self::Document,
        Self::Origin,
        Self::Status,
        Self::Verification,
    ];

    /// How many columns there are.
    pub const COUNT: usize = 16;

    /// Its place among all columns.
    pub const fn place(self) -> usize {
        self as usize
    }

    /// What stands in its header.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Source => "Source",
            Self::Stance => "Stance",
            Self::Says => "Says",
            Self::Link => "Link",
            Self::Incident => "Incident",
            Self::Role => "Role",
            Self::Likelihood => "Likelihood",
            Self::Confidence => "Confidence",
            Self::StatedOn => "Stated on",
            Self::Covers => "Covers",
            Self::Grade => "Grade",
            Self::Basis => "Basis",
            Self::Document => "Document",
            Self::Origin => "Origin",
            Self::Status => "Status",
            Self::Verification => "Verification",
        }
    }

    /// What it means, in one sentence.
    pub const fn description(self) -> &'static str {
        match self {
            Self::Source => "Who says it",
            Self::Stance => "Whether the source asserts it, denies it, or declines to name anybody",
            Self::Says => "Whom the claim names, or which two actors it links",
            Self::Link => "Whether you accept that the two actors are linked",
            Self::Incident => "What the claim is about",
            Self::Role => "In which role the actor is said to have taken part",
            Self::Likelihood => {
                "The likelihood as the source stated it: its words, and the range that they mean"
            }
            Self::Confidence => "The confidence as the source stated it",
            Self::StatedOn => "When it was said",
            Self::Covers => "The period that the claim speaks of",
            Self::Grade => "Reliability of the source (A–F) and credibility of the item (1–6)",
            Self::Basis => "What the source says the claim rests on",
            Self::Document => "Where it is said",
            Self::Origin => "Whether the claim is first-hand, or repeats others",
            Self::Status => "Whether the source still stands by it",
            Self::Verification => "How far it was checked against the original wording",
        }
    }

    /// The name under which a filter finds its values, as in `source:mandiant`.
    pub const fn filter_name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Stance => "stance",
            Self::Says => "actor",
            Self::Link => "link",
            Self::Incident => "incident",
            Self::Role => "role",
            Self::Likelihood => "likelihood",
            Self::Confidence => "confidence",
            Self::StatedOn => "stated",
            Self::Covers => "covers",
            Self::Grade => "grade",
            Self::Basis => "basis",
            Self::Document => "document",
            Self::Origin => "origin",
            Self::Status => "status",
            Self::Verification => "verification",
        }
    }

    /// How its values lie in their cells.
    pub const fn lie(self) -> Lie {
        match self {
            Self::StatedOn => Lie::Right,
            _ => Lie::Left,
        }
    }

    /// Its value for a claim as text. Empty where there is nothing to say.
    pub fn text(self, assessment: &Assessment, claim: &Claim) -> String {
        let mut text = String::new();
        self.write(assessment, claim, &mut text);
        text
    }

    /// Appends its value for a claim.
    pub fn write(self, assessment: &Assessment, claim: &Claim, out: &mut String) {
        match self {
            Self::Source => out.push_str(name(assessment, claim.source, |source| &source.name)),
            Self::Stance => out.push_str(claim.stance.label()),
            Self::Says => write_says(assessment, claim, out),
            Self::Link => out.push_str(match (claim.proposition.is_link(), claim.accepted) {
                (false, _) => "",
                (true, true) => "Accepted",
                (true, false) => "Not accepted",
            }),
            Self::Incident => {
                if let Some(incident) = claim.proposition.incident() {
                    out.push_str(name(assessment, incident, |incident| &incident.name));
                }
            }
            Self::Role => {
                if let Some(role) = role(claim).filter(|role| *role != Role::Perpetrator) {
                    out.push_str(role.label());
                }
            }
            Self::Likelihood => {
                if let Some(likelihood) = &claim.likelihood {
                    write_likelihood(likelihood, out);
                }
            }
            Self::Confidence => out.push_str(claim.confidence.map_or("", Confidence::label)),
            Self::StatedOn => write_date(claim.stated_on, out),
            Self::Covers => write_period(claim.covers, out),
            Self::Grade => write_grade(assessment, claim, out),
            Self::Basis => write_list(claim.basis.iter().map(|basis| basis.label()), out),
            Self::Document => {
                if let Some(document) = claim.document {
                    out.push_str(name(assessment, document, |document| &document.title));
                }
            }
            Self::Origin => match claim.repeats.len() {
                0 => out.push_str("First-hand"),
                1 => out.push_str("Repeats 1 claim"),
                count => push(out, format_args!("Repeats {count} claims")),
            },
            Self::Status => out.push_str(match claim.status {
                Status::Standing => "Standing",
                Status::Retracted { .. } => "Retracted",
                Status::Superseded { .. } => "Superseded",
            }),
            Self::Verification => out.push_str(claim.verification.label()),
        }
    }

    /// What it sorts by, for a claim whose value is `text` in lower case.
    pub fn sort_key<'a>(self, assessment: &Assessment, claim: &Claim, text: &'a str) -> SortKey<'a> {
        let number = |number: i64| SortKey::Number(number);
        match self {
            Self::Stance => number(claim.stance as i64),
            Self::Likelihood => claim.likelihood.as_ref().and_then(middle).map_or(SortKey::Nothing, number),
            Self::Confidence => {
                claim.confidence.map_or(SortKey::Nothing, |confidence| number(confidence as i64))
            }
            Self::StatedOn => date_key(claim.stated_on),
            Self::Covers => match date_key(claim.covers.from) {
                SortKey::Nothing => date_key(claim.covers.to),
                key => key,
            },
            Self::Grade => {
                let letter = assessment.claim_reliability(claim).map(|grade| grade as i64);
                let digit = claim.credibility.map(|grade| grade as i64);
                match (letter, digit) {
                    (None, None) => SortKey::Nothing,
                    (letter, digit) => number(letter.unwrap_or(9) * 10 + digit.unwrap_or(9)),
                }
            }
            Self::Origin => number(i64::try_from(claim.repeats.len()).unwrap_or(i64::MAX)),
            Self::Verification => number(match claim.verification {
                Verification::WordingSeen => 0,
                Verification::Secondhand => 1,
                Verification::Unverified => 2,
            }),
            _ if text.is_empty() => SortKey::Nothing,
            _ => SortKey::Text(text),
        }
    }
}

/// What rows are sorted by. What is not known stands last, whichever way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortKey<'a> {
    /// Not known, or without meaning for the claim.
    Nothing,
    /// A number, or a step of a scale.
    Number(i64),
    /// A text in lower case.
    Text(&'a str),
}

fn name<'a, T: Entity>(assessment: &'a Assessment, id: Id<T>, name: impl Fn(&'a T) -> &'a str) -> &'a str {
    assessment.get(id).map_or("(missing)", name)
}

/// In which role an attribution sees its actors.
pub fn role(claim: &Claim) -> Option<Role> {
    match &claim.proposition {
        Proposition::Attribution { role, .. } => Some(*role),
        Proposition::SameActor { .. } | Proposition::BelongsTo { .. } => None,
    }
}

fn write_says(assessment: &Assessment, claim: &Claim, out: &mut String) {
    let actor = |id| name(assessment, id, |actor: &crate::model::Actor| &actor.name);
    match &claim.proposition {
        Proposition::Attribution { actors, .. } => {
            for (place, id) in actors.iter().enumerate() {
                if place > 0 {
                    out.push_str(" + ");
                }
                out.push_str(actor(*id));
            }
            if actors.is_empty() {
                out.push_str("names nobody");
            }
        }
        Proposition::SameActor { first, second } => {
            push(out, format_args!("{} = {}", actor(*first), actor(*second)));
        }
        Proposition::BelongsTo { part, whole } => {
            push(out, format_args!("{} belongs to {}", actor(*part), actor(*whole)));
        }
    }
}

/// A likelihood in the source's words, with the range where it has one: "likely, 55–80 %".
pub fn write_likelihood(likelihood: &Likelihood, out: &mut String) {
    out.push_str(&likelihood.words);
    if let Some(range) = percent_range(likelihood) {
        if !likelihood.words.is_empty() {
            out.push_str(", ");
        }
        push(out, format_args!("{range} %"));
    }
}

/// The range of a likelihood in per cent, without the sign: "55–80", or "70" where it is one number.
pub fn percent_range(likelihood: &Likelihood) -> Option<String> {
    let percent = |share: f64| {
        let text = format!("{:.1}", share * 100.0);
        text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
    };
    match (likelihood.low.map(percent), likelihood.high.map(percent)) {
        (Some(low), Some(high)) if low == high => Some(low),
        (Some(low), Some(high)) => Some(format!("{low}–{high}")),
        (Some(low), None) => Some(format!("≥ {low}")),
        (None, Some(high)) => Some(format!("≤ {high}")),
        (None, None) => None,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a probability times a million fits, and only orders rows"
)]
fn middle(likelihood: &Likelihood) -> Option<i64> {
    let low = likelihood.low.or(likelihood.high)?;
    let high = likelihood.high.unwrap_or(low);
    Some(((low + high) * 500_000.0) as i64)
}

fn write_date(date: Option<PartialDate>, out: &mut String) {
    if let Some(date) = date {
        push(out, format_args!("{date}"));
    }
}

fn write_period(period: Period, out: &mut String) {
    if !period.is_unknown() {
        push(out, format_args!("{period}"));
    }
}

fn date_key(date: Option<PartialDate>) -> SortKey<'static> {
    date.map_or(SortKey::Nothing, |date| {
        let day = date.first_day();
        let days = i64::from(day.year()) * 400 + i64::from(day.month()) * 32 + i64::from(day.day());
        SortKey::Number(days * 4 + date.precision() as i64)
    })
}

fn write_grade(assessment: &Assessment, claim: &Claim, out: &mut String) {
    let reliability = assessment.claim_reliability(claim).map(Reliability::letter);
    let credibility = claim.credibility.map(|grade| grade.digit());
    if reliability.is_none() && credibility.is_none() {
        return;
    }
    out.push(reliability.unwrap_or('–'));
    if let Some(digit) = credibility {
        push(out, format_args!("{digit}"));
    }
}

fn write_list<'a>(items: impl Iterator<Item = &'a str>, out: &mut String) {
    for (place, item) in items.enumerate() {
        if place > 0 {
            out.push_str(", ");
        }
        out.push_str(item);
    }
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = out.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_know_their_place() {
        for (place, column) in Column::ALL.iter().enumerate() {
            assert_eq!(column.place(), place, "{column:?}");
        }
    }

    #[test]
    fn likelihoods_are_told_in_words_and_numbers() {
        let check = |words: &str, low: Option<f64>, high: Option<f64>, expect: &str| {
            let mut text = String::new();
            write_likelihood(&Likelihood { words: words.to_owned(), low, high }, &mut text);
            assert_eq!(text, expect);
        };
        check("likely", Some(0.55), Some(0.8), "likely, 55–80 %");
        check("", Some(0.7), Some(0.7), "70 %");
        check("perhaps", None, None, "perhaps");
        check("", Some(0.995), None, "≥ 99.5 %");
    }
}
