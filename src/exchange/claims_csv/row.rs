//! One row of a table, each cell read on its own. What the names in it stand for is settled in [`super::resolve`].

use super::super::Finding;
use super::super::cells::{Fault, Name, choice, date, groups, identifier, list};
use super::super::grades::{credibility, reliability};
use super::super::text::{Cells, RawRow};
use super::columns::Column;
use super::header::Header;
use super::levels;
use super::stated::{read_confidence, read_likelihood, read_locator};
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
    let name = |place| header.name(place);
    let mut row = ClaimCells { cells: Cells::new(raw, header.width(), &name, findings), header };
    let read = row.row(raw.number, standard);
    if row.cells.has_errors { None } else { read }
}

/// The cells of a row by their columns.
struct ClaimCells<'a> {
    cells: Cells<'a>,
    header: &'a Header,
}

impl<'a> ClaimCells<'a> {
    fn fault(&mut self, column: Column, fault: Fault) {
        self.cells.fault(self.header.place(column), fault);
    }

    fn warn(&mut self, column: Column, fault: Fault) {
        self.cells.say(Severity::Warning, self.header.place(column), fault);
    }

    /// The cell of a column; empty where there is none.
    fn text(&self, column: Column) -> &'a str {
        self.cells.text(self.header.place(column))
    }

    fn read<T: Default>(&mut self, column: Column, read: impl FnOnce(&str) -> Result<T, Fault>) -> T {
        self.cells.read(self.header.place(column), read)
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

    fn row(&mut self, number: usize, standard: Standard) -> Option<ClaimRow> {
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
        let likelihood = self.likelihood(standard);
        let (confidence, confidence_words) = self.confidence();
        let (page, paragraph) = read_locator(self.text(Column::Locator));
        Some(ClaimRow {
            number,
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
            likelihood,
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

    /// The likelihood; words that fix no number come in, which is said. Words in quotation marks are meant as they stand.
    fn likelihood(&mut self, standard: Standard) -> Option<Likelihood> {
        let likelihood = self.read(Column::Likelihood, |cell| read_likelihood(cell, standard));
        let is_quoted = self.text(Column::Likelihood).trim().starts_with('"');
        if let Some(likelihood) = likelihood.as_ref().filter(|it| !is_quoted && it.is_unquantified(standard))
        {
            let message = format!("\"{}\" is kept as words, without a range", likelihood.words);
            let known: Vec<&str> =
                standard.terms().iter().filter_map(|it| it.words.first().copied()).collect();
            let mend = format!(
                "write a percentage, a range such as 55-80, or a term of {standard}: {}",
                known.join(", ")
            );
            self.warn(Column::Likelihood, (message, mend));
        }
        likelihood
    }

    /// The confidence; words that are no level come in as the source's own, which is said.
    fn confidence(&mut self) -> (Option<Confidence>, String) {
        let cell = self.text(Column::Confidence);
        let (level, words) = read_confidence(cell);
        if level.is_none() && !words.is_empty() && !cell.trim().starts_with('"') {
            let message = format!("\"{words}\" is no level of confidence; it is kept as the source's words");
            self.warn(
                Column::Confidence,
                (message, "write low, moderate or high, with the words in quotation marks behind".to_owned()),
            );
        }
        (level, words)
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
            levels.push(self.read(Column::ActorLevel, |_| levels::level(part)));
        }
        if let [only] = levels.as_slice() { vec![*only; count] } else { levels }
    }

    /// The notes, with what stands in columns that have no place of their own.
    fn notes(&self) -> String {
        let mut notes = self.text(Column::Notes).to_owned();
        for (place, name) in self.header.extra() {
            let text = self.cells.text(Some(place)).trim();
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
