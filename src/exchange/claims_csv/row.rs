//! One row of a table, each cell read on its own. What the names in it stand for is settled in [`super::resolve`].

use super::super::Finding;
use super::cells::{self, Fault, Name, choice, date, groups, identifier, list};
use super::columns::Column;
use super::header::Header;
use super::stated::{read_confidence, read_likelihood, read_locator};
use super::text::{RawRow, SAVE_AS_UTF_8};
use crate::model::validate::Severity;
use crate::model::{
    ActorLevel, Confidence, Credibility, Likelihood, PartialDate, Period, Reliability, Role, SourceKind,
    Stance, Standard, Uuid,
};

/// What a row says.
pub(super) struct ClaimRow {
    pub number: usize,
    /// What stands under `id`, where anything does.
    pub label: Option<String>,
    /// The identifier of the claim, where `id` is one.
    pub id: Option<Uuid>,
    pub source: Name,
    pub source_kind: Option<SourceKind>,
    pub reliability: Option<Reliability>,
    pub incident: Option<Name>,
    pub incident_period: Period,
    pub says: Says,
    /// The actors of an attribution; else the two that are linked.
    pub actors: Vec<NamedActor>,
    pub role: Role,
    pub stance: Stance,
    pub likelihood: Option<Likelihood>,
    pub confidence: Option<Confidence>,
    pub confidence_words: String,
    pub credibility: Option<Credibility>,
    pub stated_on: Option<PartialDate>,
    pub covers: Period,
    pub document: Option<Name>,
    pub url: String,
    pub page: String,
    pub paragraph: String,
    pub quote: String,
    /// What stands under `repeats`, one by one.
    pub repeats: Vec<String>,
    pub notes: String,
}

/// What kind of claim a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    Attribution,
    SameActor,
    BelongsTo,
}

impl Says {
    pub const ALL: &'static [Self] = &[Self::Attribution, Self::SameActor, Self::BelongsTo];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Attribution => "attribution",
            Self::SameActor => "same-actor",
            Self::BelongsTo => "belongs-to",
        }
    }
}

/// An actor as a row names it.
pub(super) struct NamedActor {
    pub name: Name,
    pub level: Option<ActorLevel>,
    pub wider: Vec<Name>,
}

/// The word of a kind of source in a table.
pub(super) const fn source_kind_word(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Government => "government",
        SourceKind::SecurityVendor => "security vendor",
        SourceKind::Press => "press",
        SourceKind::Academic => "academic",
        SourceKind::Victim => "victim",
        SourceKind::Individual => "individual",
        SourceKind::Anonymous => "anonymous",
    }
}

/// The word of a role in a table.
pub(super) const fn role_word(role: Role) -> &'static str {
    match role {
        Role::Perpetrator => "perpetrator",
        Role::Sponsor => "sponsor",
        Role::ToolDeveloper => "tool developer",
        Role::Insider => "insider",
        Role::Handler => "handler",
    }
}

/// The word of a stance in a table.
pub(super) const fn stance_word(stance: Stance) -> &'static str {
    match stance {
        Stance::Asserts => "asserts",
        Stance::Denies => "denies",
        Stance::Declines => "declines",
    }
}

/// Reads a row. `None` where it cannot be taken in; the findings then say why.
pub(super) fn read(
    raw: &RawRow,
    header: &Header,
    standard: Standard,
    findings: &mut Vec<Finding>,
) -> Option<ClaimRow> {
    let mut cells = Cells { number: raw.number, header, texts: Vec::new(), has_errors: false, findings };
    cells.take_in(raw);
    let row = cells.row(standard);
    if cells.has_errors { None } else { row }
}

/// The cells of a row, with what is wrong with them.
struct Cells<'a> {
    number: usize,
    header: &'a Header,
    texts: Vec<&'a str>,
    has_errors: bool,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Cells<'a> {
    fn take_in(&mut self, raw: &'a RawRow) {
        for (place, bytes) in raw.cells.iter().enumerate() {
            match std::str::from_utf8(bytes) {
                Ok(text) => self.texts.push(cells::unescaped(text)),
                Err(error) => {
                    let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
                    let message =
                        format!("byte {} of the cell (0x{byte:02X}) is not UTF-8", error.valid_up_to() + 1);
                    self.fault_at(place, message, SAVE_AS_UTF_8);
                    self.texts.push("");
                }
            }
        }
        if raw.is_unclosed {
            let mend = "close it, or write it twice where it is meant as such";
            self.fault_at(0, "a quotation mark is opened and never closed", mend);
        }
        let width = self.header.width();
        if let Some(place) = self.texts.iter().skip(width).position(|text| !text.trim().is_empty()) {
            let message = format!("the row has more cells than the {width} of the header");
            self.fault_at(width + place, message, "put cells with a delimiter in them into quotation marks");
        }
    }

    fn fault_at(&mut self, place: usize, message: impl Into<String>, mend: impl Into<String>) {
        self.has_errors = true;
        self.findings.push(Finding {
            severity: Severity::Error,
            row: self.number,
            column: place + 1,
            name: self.header.name(place).to_owned(),
            message: message.into(),
            mend: mend.into(),
        });
    }

    fn fault(&mut self, column: Column, (message, mend): Fault) {
        self.fault_at(self.header.place(column).unwrap_or(0), message, mend);
    }

    /// The cell of a column; empty where there is none.
    fn text(&self, column: Column) -> &'a str {
        self.header.place(column).and_then(|place| self.texts.get(place).copied()).unwrap_or("")
    }

    fn read<T: Default>(&mut self, column: Column, read: impl FnOnce(&str) -> Result<T, Fault>) -> T {
        match read(self.text(column)) {
            Ok(value) => value,
            Err(fault) => {
                self.fault(column, fault);
                T::default()
            }
        }
    }

    fn needed(&mut self, column: Column, mend: &str) -> Option<Name> {
        let name = Name::read(self.text(column));
        if name.is_none() {
            self.fault(column, (format!("the {} is missing", column.name()), mend.to_owned()));
        }
        name
    }

    fn period(&mut self, from: Column, to: Column) -> Period {
        let period = Period { from: self.read(from, date), to: self.read(to, date) };
        if period.is_reversed() {
            self.fault(
                to,
                ("it ends before it begins".to_owned(), "exchange or correct the two dates".to_owned()),
            );
        }
        period
    }

    fn row(&mut self, standard: Standard) -> Option<ClaimRow> {
        let label = Some(self.text(Column::Id).trim()).filter(|label| !label.is_empty()).map(str::to_owned);
        let source = self.needed(Column::Source, "say who makes the claim");
        let says = self.read(Column::Proposition, |cell| choice(cell, Says::ALL, Says::word));
        let says = says.unwrap_or(Says::Attribution);
        let incident = match says {
            Says::Attribution => self.needed(Column::Incident, "say what happened"),
            Says::SameActor | Says::BelongsTo => Name::read(self.text(Column::Incident)),
        };
        let stance = self.read(Column::Stance, |cell| choice(cell, Stance::ALL, stance_word));
        let actors = self.actors(says, stance);
        let (confidence, confidence_words) = read_confidence(self.text(Column::Confidence));
        let (page, paragraph) = read_locator(self.text(Column::Locator));
        Some(ClaimRow {
            number: self.number,
            id: label.as_deref().and_then(identifier),
            label,
            source: source.unwrap_or_default(),
            source_kind: self
                .read(Column::SourceKind, |cell| choice(cell, SourceKind::ALL, source_kind_word)),
            reliability: self.read(Column::Reliability, reliability),
            incident,
            incident_period: self.period(Column::IncidentStart, Column::IncidentEnd),
            says,
            actors,
            role: self
                .read(Column::Role, |cell| choice(cell, Role::ALL, role_word))
                .unwrap_or(Role::Perpetrator),
            stance: stance.unwrap_or(Stance::Asserts),
            likelihood: self.read(Column::Likelihood, |cell| read_likelihood(cell, standard)),
            confidence,
            confidence_words,
            credibility: self.read(Column::Credibility, credibility),
            stated_on: self.read(Column::StatedOn, date),
            covers: self.period(Column::CoversFrom, Column::CoversTo),
            document: Name::read(self.text(Column::Document)),
            url: self.text(Column::Url).trim().to_owned(),
            page,
            paragraph,
            quote: self.text(Column::Quote).to_owned(),
            repeats: list(self.text(Column::Repeats)),
            notes: self.notes(),
        })
    }

    /// The actors with their levels and wider actors, as many as the kind of claim asks for.
    fn actors(&mut self, says: Says, stance: Option<Stance>) -> Vec<NamedActor> {
        let mut names = names(&list(self.text(Column::Actor)));
        let mut wider: Vec<Vec<Name>> =
            groups(self.text(Column::BelongsTo)).iter().map(|group| self::names(group)).collect();
        let fault = |message: &str, mend: &str| Some((message.to_owned(), mend.to_owned()));
        let wrong = match (says, stance.unwrap_or(Stance::Asserts), names.len()) {
            (Says::Attribution, Stance::Declines, 1..) => fault(
                "the source declines, but names an actor",
                "leave it empty, or write asserts or denies under stance",
            ),
            (Says::Attribution, Stance::Asserts | Stance::Denies, 0) => {
                fault("the actor is missing", "name the actor, or write declines under stance")
            }
            (Says::SameActor | Says::BelongsTo, Stance::Declines, _) => {
                fault("a link of two actors cannot be declined", "write asserts or denies under stance")
            }
            (Says::SameActor, _, 2) | (Says::Attribution, ..) => None,
            (Says::SameActor, ..) => {
                fault("two actors that are one are needed here", "write both: APT26; Turbine Panda")
            }
            (Says::BelongsTo, ..) => {
                names.extend(wider.drain(..).flatten());
                match names.len() {
                    2 => None,
                    _ => fault(
                        "one actor that belongs to one other is needed here",
                        "write the narrower one under actor, the wider one under belongs_to",
                    ),
                }
            }
        };
        if let Some(wrong) = wrong {
            self.fault(Column::Actor, wrong);
        }
        let levels = self.levels(names.len());
        if wider.len() > 1 && wider.len() > names.len() {
            let message = "it has more groups than there are actors".to_owned();
            self.fault(
                Column::BelongsTo,
                (message, "write one group for each actor, with | between them".to_owned()),
            );
        }
        let of_all = if wider.len() == 1 { wider.first().cloned() } else { None };
        let mut wider = wider.into_iter();
        let mut levels = levels.into_iter();
        let actor = |name| NamedActor {
            name,
            level: levels.next().flatten(),
            wider: of_all.clone().or_else(|| wider.next()).unwrap_or_default(),
        };
        names.into_iter().map(actor).collect()
    }

    /// The levels of so many actors: one for all, or one for each.
    fn levels(&mut self, count: usize) -> Vec<Option<ActorLevel>> {
        let cell = self.text(Column::ActorLevel);
        let parts: Vec<&str> = cell.split(';').collect();
        if parts.len() > count.max(1) {
            let message = format!("it has {} levels for {count} actors", parts.len());
            self.fault(Column::ActorLevel, (message, "write one for all, or one for each actor".to_owned()));
        }
        let mut levels = Vec::new();
        for part in &parts {
            levels.push(self.read(Column::ActorLevel, |_| cells::level(part)));
        }
        if let [only] = levels.as_slice() { vec![*only; count] } else { levels }
    }

    /// The notes, with what stands in columns that have no place of their own.
    fn notes(&self) -> String {
        let mut notes = self.text(Column::Notes).to_owned();
        for (place, name) in self.header.extra() {
            let text = self.texts.get(place).map_or("", |text| text.trim());
            if !text.is_empty() {
                if !notes.is_empty() {
                    notes.push('\n');
                }
                if !name.is_empty() {
                    notes.push_str(name);
                    notes.push_str(": ");
                }
                notes.push_str(text);
            }
        }
        notes
    }
}

fn names(texts: &[String]) -> Vec<Name> {
    texts.iter().filter_map(|text| Name::read(text)).collect()
}

/// Reads a reliability: `B`, `B · Usually reliable`, `usually reliable`, or the letter of an Admiralty grade such as `B2`.
fn reliability(cell: &str) -> Result<Option<Reliability>, Fault> {
    let text = cell.trim().to_lowercase();
    let is = |grade: &&Reliability| {
        let letter = grade.letter().to_ascii_lowercase();
        let rest = text.strip_prefix(letter);
        let is_letter = rest.is_some_and(|rest| rest.is_empty() || matches!(rest.as_bytes(), [b'1'..=b'6']));
        let label = grade.label().to_lowercase();
        is_letter || label == text || label.split_once(" · ").is_some_and(|(_, name)| name == text)
    };
    grade(cell, Reliability::ALL.iter().find(is).copied(), "a reliability", "write A, B, C, D, E or F")
}

/// Reads a credibility: `2`, `2 · Probably true`, `probably true`, or the digit of an Admiralty grade such as `B2`.
fn credibility(cell: &str) -> Result<Option<Credibility>, Fault> {
    let text = cell.trim().to_lowercase();
    let is = |grade: &&Credibility| {
        let digit = grade.digit().to_string();
        let before = text.strip_suffix(&digit);
        let is_digit = before.is_some_and(|rest| rest.is_empty() || matches!(rest.as_bytes(), [b'a'..=b'f']));
        let label = grade.label().to_lowercase();
        is_digit || label == text || label.split_once(" · ").is_some_and(|(_, name)| name == text)
    };
    grade(cell, Credibility::ALL.iter().find(is).copied(), "a credibility", "write a digit from 1 to 6")
}

fn grade<T>(cell: &str, found: Option<T>, what: &str, mend: &str) -> Result<Option<T>, Fault> {
    match (found, cell.trim()) {
        (None, "") => Ok(None),
        (None, text) => Err((format!("\"{text}\" is not {what}"), mend.to_owned())),
        (found, _) => Ok(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_read_in_all_their_forms() {
        let check = |cell: &str, letter: Option<char>, digit: Option<u8>| {
            assert_eq!(reliability(cell).ok().flatten().map(Reliability::letter), letter, "{cell}");
            assert_eq!(credibility(cell).ok().flatten().map(Credibility::digit), digit, "{cell}");
        };
        check("", None, None);
        check("b", Some('B'), None);
        check("2", None, Some(2));
        check("B2", Some('B'), Some(2));
        check("usually reliable", Some('B'), None);
        check("2 · Probably true", None, Some(2));
        check("G", None, None);
        check("7", None, None);
        check("BB", None, None);
        assert!(reliability("Bad").is_err() && credibility("12").is_err());
    }
}
