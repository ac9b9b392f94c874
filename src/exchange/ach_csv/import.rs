//! Reading a matrix into an assessment.

use std::collections::{HashMap, HashSet, VecDeque};

use jiff::Timestamp;

use super::super::cells::{Name, key};
use super::super::defaults;
use super::super::registry::Registry;
use super::super::text::{self, Cells, RawRow, Table};
use super::super::{Change, Finding, Import, Row, State, Stopped, Unreadable, grades, rejects};
use super::cells::{Believed, believed, grade3, kind, rating};
use super::header::{Column, Header};
use super::holding;
use crate::model::validate::Severity;
use crate::model::{
    Actor, Analyst, Answer, Assessment, Entity, Evidence, EvidenceKind, Grade3, Hypothesis, Id, Incident,
    Nameable, Rating, RatingValue, Record, Reliability, Source, Uuid,
};

/// For whom and for what a matrix is read, since it says neither itself.
#[derive(Clone, Debug)]
pub struct Target {
    /// The incident that it weighs.
    pub incident: Wanted<Incident>,
    /// Whose ratings they are.
    pub analyst: Wanted<Analyst>,
    /// When they were made.
    pub rated_at: Timestamp,
}

/// A record that is there, or one by its name, which is made where there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted<T> {
    /// This one.
    Known(Id<T>),
    /// The one with this name.
    Named(String),
}

/// The cells that a [`Row`] of a matrix shows.
pub const SHOWN: [&str; 3] = ["Evidence", "Ratings", "Source"];

/// Whether a table is a matrix: its header names a column for the evidence.
pub fn is_matrix(bytes: &[u8]) -> bool {
    let table = text::table(bytes, &|name| Column::from_header(name).is_some());
    table.is_ok_and(|table| {
        table.header.iter().any(|name| Column::from_header(name) == Some(Column::Evidence))
    })
}

/// Reads a matrix, to be put `into` an assessment.
///
/// Evidence is found there by its statement, hypotheses by their answer, sources by name or identifier, or they are made. A rating
/// that differs from the one that holds follows it; an empty cell takes nothing back. `new_id` gives an identifier that was never
/// given before. `goes_on` is told from time to time how far it is, from 0 to 1, and says whether to go on.
///
/// # Errors
///
/// Where the table cannot be read at all: it is empty, has no column for the evidence or none for a hypothesis, the encoding is
/// broken; or when it was stopped. A row that cannot be read is no error: it is among the findings and the rejects.
pub fn read(
    bytes: &[u8],
    into: &Assessment,
    target: &Target,
    new_id: &mut dyn FnMut() -> Uuid,
    goes_on: &dyn Fn(f32) -> bool,
) -> Result<Import, Unreadable> {
    let table = text::table(bytes, &|name| Column::from_header(name).is_some())?;
    let mut findings = Vec::new();
    let mut header = Header::read(&table, &mut findings)?;
    let mut taking = Taking::new(into, target, new_id);
    taking.columns(&mut header, &table, &mut findings);
    let mut rows = Vec::new();
    let mut rejected = HashSet::new();
    let matrix = table.until_blank();
    for (place, raw) in matrix.iter().enumerate() {
        if place % 256 == 0 && !goes_on(0.5 * place as f32 / matrix.len() as f32) {
            return Err(Stopped.into());
        }
        match MatrixRow::read(raw, &header, &mut findings) {
            Some(row) => rows.push(row),
            None => {
                rejected.insert(raw.number);
            }
        }
    }
    if let Some(after) = table.rows.get(matrix.len()) {
        findings.push(Finding {
            severity: Severity::Warning,
            row: after.number,
            column: 1,
            name: String::new(),
            message: "the blank row above ends the matrix; what follows is passed over".to_owned(),
            mend: "take the blank row out where more evidence follows".to_owned(),
        });
    }
    taking.grade_new_sources(&rows);
    findings.extend(taking.what_new_sources_are_taken_as(&rows, &header));
    let mut states = HashMap::new();
    for (place, row) in rows.into_iter().enumerate() {
        if place % 256 == 0 && !goes_on(0.5 + 0.5 * place as f32 / matrix.len() as f32) {
            return Err(Stopped.into());
        }
        let number = row.number;
        let state = taking.row(row, &header);
        states.insert(number, state);
    }
    findings.sort_by_key(|finding| (finding.row, finding.column));
    let rejects = rejects::table(&table, &rejected, &findings);
    let rows = shown_rows(&table, &header, states);
    Ok(Import { changes: taking.into_changes(), rows, findings, rejects })
}

fn shown_rows(table: &Table, header: &Header, mut states: HashMap<usize, (State, Id<Evidence>)>) -> Vec<Row> {
    let rows = table.until_blank().iter().map(|raw| {
        let text = |place: usize| raw.text(place).unwrap_or_default();
        let of = |column: Column| header.place(column).map(text).unwrap_or_default();
        let ratings: Vec<String> = header
            .hypotheses
            .iter()
            .map(|place| Some(text(*place)).filter(|it| !it.is_empty()).unwrap_or_else(|| "·".to_owned()))
            .collect();
        let (state, record) = match states.remove(&raw.number) {
            Some((state, id)) => (state, Some(id.into())),
            None => (State::Rejected, None),
        };
        let cells = vec![of(Column::Evidence), ratings.join("  "), of(Column::Source)];
        Row { number: raw.number, state, record, cells }
    });
    rows.collect()
}

/// A row as it stands there, understood.
struct MatrixRow {
    number: usize,
    statement: String,
    /// By the places of the columns of the hypotheses, what is rated there.
    ratings: Vec<(usize, RatingValue)>,
    source: Option<Name>,
    kind: Option<EvidenceKind>,
    believed: Option<Believed>,
    relevance: Option<Grade3>,
    notes: String,
}

impl MatrixRow {
    /// Reads a row. `None` where it cannot be taken in; the findings then say why.
    fn read(raw: &RawRow, header: &Header, findings: &mut Vec<Finding>) -> Option<Self> {
        let name = |place| header.name(place);
        let mut cells = Cells::new(raw, header.width(), &name, findings);
        let at = |column: Column| header.place(column);
        let statement = cells.text(at(Column::Evidence)).trim().to_owned();
        if statement.is_empty() {
            let fault = ("the evidence is missing".to_owned(), "say what was observed".to_owned());
            cells.fault(at(Column::Evidence), fault);
        }
        let ratings = header.hypotheses.iter();
        let ratings = ratings.filter_map(|place| Some((*place, cells.read(Some(*place), rating)?))).collect();
        let source = Name::read(cells.text(at(Column::Source)));
        let believed = cells.read(at(Column::Credibility), believed);
        let relevance = cells.read(at(Column::Relevance), grade3);
        let (kind, other_kind) = match kind(cells.text(at(Column::Type))) {
            Ok(kind) => (kind, None),
            // What templates call a type is often another one; it is no reason to keep the row out.
            Err((message, mend)) => {
                let message = format!("{message}; it is kept as notes");
                cells.say(Severity::Warning, at(Column::Type), (message, mend));
                (Some(EvidenceKind::Other), at(Column::Type))
            }
        };
        let mut notes = cells.text(at(Column::Notes)).trim().to_owned();
        for place in other_kind.iter().chain(&header.others) {
            let text = cells.text(Some(*place)).trim();
            if !text.is_empty() {
                let gap = if notes.is_empty() { "" } else { "\n" };
                let name = header.name(*place);
                let colon = if name.is_empty() { "" } else { ": " };
                notes = format!("{notes}{gap}{name}{colon}{text}");
            }
        }
        let row = Self { number: raw.number, statement, ratings, source, kind, believed, relevance, notes };
        (!cells.has_errors).then_some(row)
    }
}

/// Takes rows in, one after the other.
struct Taking<'a> {
    into: &'a Assessment,
    new_id: &'a mut dyn FnMut() -> Uuid,
    rated_at: Timestamp,
    incident: Id<Incident>,
    analyst: Id<Analyst>,
    /// By the places of their columns.
    hypotheses: HashMap<usize, Id<Hypothesis>>,
    sources: Registry<Source>,
    /// How the sources are graded that were not there before.
    new_grades: HashMap<Id<Source>, Reliability>,
    /// The evidence on the incident by what it says, in order: rows that say the same are as many items.
    known: HashMap<String, VecDeque<Id<Evidence>>>,
    /// The rating of each cell that holds, by the analyst.
    present: HashMap<(Id<Evidence>, Id<Hypothesis>), &'a Rating>,
    changes: Vec<Change>,
}

impl<'a> Taking<'a> {
    fn new(into: &'a Assessment, target: &Target, new_id: &'a mut dyn FnMut() -> Uuid) -> Self {
        let mut changes = Vec::new();
        let incident = wanted(&target.incident, into, new_id, &mut changes, |it| &it.name);
        let analyst = wanted(&target.analyst, into, new_id, &mut changes, |it| &it.name);
        let mut known: HashMap<String, VecDeque<Id<Evidence>>> = HashMap::new();
        for evidence in into.evidence.iter().filter(|it| it.incident == incident) {
            known.entry(key(&evidence.statement)).or_default().push_back(evidence.id);
        }
        let present = holding(into, analyst);
        let sources = Registry::new(into.sources.iter(), |source: &Source| &source.name);
        let (rated_at, hypotheses, new_grades) = (target.rated_at, HashMap::new(), HashMap::new());
        Self {
            into,
            new_id,
            rated_at,
            incident,
            analyst,
            hypotheses,
            sources,
            new_grades,
            known,
            present,
            changes,
        }
    }

    /// Finds the hypothesis of each column, or makes it: of an actor with that name or alias, else of the words. A column whose
    /// hypothesis an earlier one names in another way is kept as notes: it would rate each cell twice.
    fn columns(&mut self, header: &mut Header, table: &Table, findings: &mut Vec<Finding>) {
        for place in header.hypotheses.clone() {
            let Some(name) = Name::read(super::super::cells::unescaped(header.name(place))) else {
                continue;
            };
            let id = self.hypothesis(&name);
            match self.hypotheses.iter().find(|(_, other)| **other == id).map(|(first, _)| *first) {
                Some(first) => findings.push(header.leave_out_same(table, place, first)),
                None => {
                    self.hypotheses.insert(place, id);
                }
            }
        }
    }

    fn hypothesis(&mut self, name: &Name) -> Id<Hypothesis> {
        let on_incident = || self.into.hypotheses.iter().filter(|it| it.incident == self.incident);
        let wanted = name.key();
        // A name comes before an alias that is the same.
        let is_called = |it: &&Hypothesis, by: fn(&Actor, &str) -> bool| match &it.answer {
            Answer::Actor(actor) => self.into.get(*actor).is_some_and(|actor| by(actor, &wanted)),
            Answer::Text(text) => key(text) == wanted,
        };
        let found = match name.id {
            Some(id) => on_incident().find(|it| it.id.uuid() == id),
            None => on_incident()
                .find(|it| is_called(it, is_named))
                .or_else(|| on_incident().find(|it| is_called(it, has_alias))),
        };
        if let Some(found) = found {
            return found.id;
        }
        let actors = || self.into.actors.iter();
        let actor = actors()
            .find(|actor| is_named(actor, &wanted))
            .or_else(|| actors().find(|actor| has_alias(actor, &wanted)));
        let answer = actor.map_or_else(|| Answer::Text(name.text.clone()), |actor| Answer::Actor(actor.id));
        let made = self.changes.iter().find_map(|change| match change {
            Change::New(Record::Hypothesis(made)) if name.id.is_none() && made.answer == answer => {
                Some(made.id)
            }
            _ => None,
        });
        if let Some(made) = made {
            return made;
        }
        let free = name.id.filter(|id| !self.into.hypotheses.contains(Id::new(*id)));
        let id = Id::new(free.unwrap_or_else(&mut *self.new_id));
        self.changes.push(Change::New(Hypothesis::new(id, self.incident, answer).into_record()));
        id
    }

    /// Grades new sources as most of their rows do.
    fn grade_new_sources(&mut self, rows: &[MatrixRow]) {
        let methods = &self.into.header.methods;
        let mut stated = Vec::new();
        for row in rows {
            let Some(name) = &row.source else { continue };
            let source = self.sources.find_or_make(name, self.into, self.new_id);
            let letter = row.believed.and_then(|it| it.grades(methods).0);
            stated.extend(letter.map(|letter| (source, letter)));
        }
        grades::grade_new(&mut self.sources.new, stated);
        let graded = self.sources.new.iter().filter_map(|it| Some((it.id, it.reliability()?)));
        self.new_grades = graded.collect();
    }

    /// Says what the new sources were taken as: no column of a matrix says what kind a source is.
    fn what_new_sources_are_taken_as(&mut self, rows: &[MatrixRow], header: &Header) -> Option<Finding> {
        let mut named_in: HashMap<Id<Source>, usize> = HashMap::new();
        for row in rows {
            if let Some(name) = &row.source {
                let source = self.sources.find_or_make(name, self.into, self.new_id);
                named_in.entry(source).or_insert(row.number);
            }
        }
        let row = |it: &Source| named_in.get(&it.id).copied().unwrap_or_default();
        let new = self.sources.new.iter();
        let new: Vec<(&str, usize, &str)> =
            new.map(|it| (it.name.as_str(), row(it), it.kind.label())).collect();
        let (row, message) = defaults::sentence(&new, ["source", "kind"])?;
        let place = header.place(Column::Source)?;
        Some(Finding {
            severity: Severity::Warning,
            row,
            column: place + 1,
            name: header.name(place).to_owned(),
            message,
            mend: "a matrix does not say it: set it in the inspector".to_owned(),
        })
    }

    /// Takes in one row; what became of it, and its evidence.
    fn row(&mut self, row: MatrixRow, header: &Header) -> (State, Id<Evidence>) {
        let known = self.known(&row.statement);
        let mut evidence = known
            .cloned()
            .unwrap_or_else(|| Evidence::new(Id::new((self.new_id)()), self.incident, row.statement.clone()));
        let source = row.source.as_ref().map(|name| self.sources.find_or_make(name, self.into, self.new_id));
        let mut changed = self.tell(&mut evidence, &row, source);
        let id = evidence.id;
        let is_new = known.is_none();
        if is_new {
            self.changes.push(Change::New(evidence.into_record()));
        } else if !changed.is_empty() {
            self.changes.push(Change::Changed(evidence.into_record()));
        }
        for (place, value) in row.ratings {
            let hypothesis = self.hypotheses.get(&place).copied();
            if hypothesis.is_some_and(|hypothesis| self.rate(id, hypothesis, value)) {
                changed.push(header.name(place).to_owned());
            }
        }
        let state = match (is_new, changed.is_empty()) {
            (true, _) => State::New,
            (false, true) => State::Unchanged,
            (false, false) => State::Changed(changed),
        };
        (state, id)
    }

    /// The evidence that says this, or has this identifier; each is given once.
    fn known(&mut self, statement: &str) -> Option<&'a Evidence> {
        let by_text = self.known.get_mut(&key(statement)).and_then(VecDeque::pop_front);
        let by_id = || {
            Name::read(statement).filter(|name| name.text.is_empty()).and_then(|name| name.id).map(Id::new)
        };
        by_text.or_else(by_id).and_then(|id| self.into.get(id)).filter(|it| it.incident == self.incident)
    }

    /// Puts what a row says into its evidence; what the row leaves empty stays. Gives the names of the columns that were new.
    fn tell(&self, evidence: &mut Evidence, row: &MatrixRow, source: Option<Id<Source>>) -> Vec<String> {
        let methods = &self.into.header.methods;
        let mut changed = Vec::new();
        if source.is_some() && evidence.source != source {
            evidence.source = source;
            changed.push(Column::Source);
        }
        if let Some(kind) = row.kind.filter(|kind| evidence.kind != *kind) {
            evidence.kind = kind;
            changed.push(Column::Type);
        }
        let of_source = evidence.source.and_then(|id| match self.into.get(id) {
            Some(source) => source.reliability(),
            None => self.new_grades.get(&id).copied(),
        });
        let own = evidence.reliability_override.as_ref().map(|own| own.reliability);
        if let Some(believed) =
            row.believed.filter(|it| !it.is_met_by(own.or(of_source), evidence.credibility, methods))
        {
            let (letter, digit) = believed.grades(methods);
            evidence.credibility = digit.or(evidence.credibility);
            if letter.is_some() && letter != own.or(of_source) {
                evidence.reliability_override = letter.filter(|_| letter != of_source).map(grades::own);
            }
            changed.push(Column::Credibility);
        }
        if row.relevance.is_some() && evidence.relevance != row.relevance {
            evidence.relevance = row.relevance;
            changed.push(Column::Relevance);
        }
        if !row.notes.is_empty() && evidence.notes.trim() != row.notes {
            evidence.notes.clone_from(&row.notes);
            changed.push(Column::Notes);
        }
        changed.into_iter().map(|column| column.name().to_owned()).collect()
    }

    /// Rates a cell; whether that is something new.
    fn rate(&mut self, evidence: Id<Evidence>, hypothesis: Id<Hypothesis>, value: RatingValue) -> bool {
        let present = self.present.get(&(evidence, hypothesis));
        if present.is_some_and(|present| present.value == value) {
            return false;
        }
        let rating = Rating {
            id: Id::new((self.new_id)()),
            analyst: self.analyst,
            evidence,
            hypothesis,
            value,
            likelihood: None,
            reason: String::new(),
            // After the one that it follows, whatever the clocks say.
            rated_at: present.map_or(self.rated_at, |present| self.rated_at.max(present.rated_at)),
            // One of an earlier round would not hold.
            round: present.map_or(0, |present| present.round),
        };
        self.changes.push(Change::New(rating.into_record()));
        true
    }

    fn into_changes(self) -> Vec<Change> {
        let sources = self.sources.new.into_iter().map(|source| Change::New(source.into_record()));
        sources.chain(self.changes).collect()
    }
}

/// The record that is wanted; made where there is none of that name.
fn wanted<T: Nameable>(
    wanted: &Wanted<T>,
    into: &Assessment,
    new_id: &mut dyn FnMut() -> Uuid,
    changes: &mut Vec<Change>,
    name: impl Fn(&T) -> &str,
) -> Id<T> {
    match wanted {
        Wanted::Known(id) => *id,
        Wanted::Named(wanted) => {
            let found = T::table(into).iter().find(|it| key(name(it)) == key(wanted)).map(Entity::id);
            found.unwrap_or_else(|| {
                let made = T::named(Id::new(new_id()), wanted.trim().to_owned());
                let id = made.id();
                changes.push(Change::New(made.into_record()));
                id
            })
        }
    }
}

fn is_named(actor: &Actor, wanted: &str) -> bool {
    key(&actor.name) == wanted
}

fn has_alias(actor: &Actor, wanted: &str) -> bool {
    actor.aliases.iter().any(|alias| key(&alias.name) == wanted)
}
