//! What the names in a table stand for: records that are there, found by identifier, name or alias, or new ones.

use std::collections::{HashMap, HashSet};

use super::super::Finding;
use super::super::cells::{Name, key};
use super::super::defaults;
use super::super::registry::Registry;
use super::columns::Column;
use super::header::Header;
use super::levels::level_word;
use super::row::{ClaimRow, NamedActor, Says};
use crate::model::validate::Severity;
use crate::model::{Actor, Assessment, Document, Entity, Id, Incident, Period, Proposition, Source, Uuid};

/// Settles what the names stand for, row by row.
pub(super) struct Resolver<'a> {
    pub into: &'a Assessment,
    pub header: &'a Header,
    pub new_id: &'a mut dyn FnMut() -> Uuid,
    pub findings: &'a mut Vec<Finding>,
    pub sources: Registry<Source>,
    pub actors: Registry<Actor>,
    pub incidents: Registry<Incident>,
    pub documents: Registry<Document>,
    by_url: HashMap<String, Id<Document>>,
    by_title_and_url: HashMap<(String, String), Id<Document>>,
    /// What earlier rows have said about records that were not there before.
    said: HashSet<(Uuid, Column)>,
    /// The row in which each record was first named that was not there before.
    named_in: HashMap<Uuid, usize>,
    /// What was warned of once.
    warned: HashSet<(Uuid, Column)>,
}

/// What the names of a row stand for.
pub(super) struct Resolved {
    pub source: Id<Source>,
    pub proposition: Proposition,
    pub document: Option<Id<Document>>,
}

impl<'a> Resolver<'a> {
    pub fn new(
        into: &'a Assessment,
        header: &'a Header,
        new_id: &'a mut dyn FnMut() -> Uuid,
        findings: &'a mut Vec<Finding>,
    ) -> Self {
        let mut actors = Registry::new(into.actors.iter(), |actor: &Actor| &actor.name);
        for actor in into.actors.iter() {
            for alias in &actor.aliases {
                actors.by_alias.entry(key(&alias.name)).or_insert(actor.id);
            }
        }
        let (mut by_url, mut by_title_and_url) = (HashMap::new(), HashMap::new());
        for document in into.documents.iter() {
            let url = document.url.trim().to_owned();
            if !url.is_empty() {
                by_title_and_url.entry((key(&document.title), url.clone())).or_insert(document.id);
                by_url.entry(url).or_insert(document.id);
            }
        }
        Self {
            into,
            header,
            new_id,
            findings,
            sources: Registry::new(into.sources.iter(), |source: &Source| &source.name),
            actors,
            incidents: Registry::new(into.incidents.iter(), |incident: &Incident| &incident.name),
            documents: Registry::new(into.documents.iter(), |document: &Document| &document.title),
            by_url,
            by_title_and_url,
            said: HashSet::new(),
            named_in: HashMap::new(),
            warned: HashSet::new(),
        }
    }

    /// Settles the names of a row. `None` where it cannot be taken in after all; the findings then say why.
    pub fn row(&mut self, row: &ClaimRow) -> Option<Resolved> {
        if let (Says::SameActor | Says::BelongsTo, [first, second]) = (row.says, row.actors.as_slice())
            && self.is_one(&first.name, &second.name)
        {
            let (message, mend) = ("it links an actor to itself", "name two different actors");
            self.say(Severity::Error, row.number, Column::Actor, message, mend);
            return None;
        }
        let source = self.source(row);
        let incident = row.incident.as_ref().map(|name| self.incident(name, row));
        let actors: Vec<Id<Actor>> = row.actors.iter().map(|actor| self.actor(actor, row)).collect();
        let proposition = match (row.says, incident, actors.as_slice()) {
            (Says::Attribution, Some(incident), _) => {
                Proposition::Attribution { incident, actors, role: row.role }
            }
            (Says::SameActor, _, [first, second]) => {
                Proposition::SameActor { first: *first, second: *second }
            }
            (Says::BelongsTo, _, [part, whole]) => Proposition::BelongsTo { part: *part, whole: *whole },
            // The row was checked before: each kind of claim has what it needs.
            _ => return None,
        };
        Some(Resolved { source, proposition, document: self.document(row) })
    }

    fn is_one(&self, first: &Name, second: &Name) -> bool {
        let (one, other) = (self.actors.find(first, self.into), self.actors.find(second, self.into));
        match (one, other) {
            (Some(one), Some(other)) => one == other,
            (None, None) => first.id == second.id && (first.id.is_some() || first.key() == second.key()),
            _ => false,
        }
    }

    fn source(&mut self, row: &ClaimRow) -> Id<Source> {
        let id = self.sources.find_or_make(&row.source, self.into, self.new_id);
        self.named_in.entry(id.uuid()).or_insert(row.number);
        self.warn_ambiguous(
            &row.source,
            self.sources.ambiguous.contains(&row.source.key()),
            row,
            Column::Source,
        );
        if let Some(kind) = row.source_kind {
            let is_first = self.said.insert((id.uuid(), Column::SourceKind));
            match self.sources.new_mut(id) {
                Some(source) if is_first => source.kind = kind,
                Some(source) if source.kind != kind => {
                    let has = source.kind.label().to_lowercase();
                    self.differs(id, row.number, Column::SourceKind, &row.source, &has);
                }
                Some(_) => {}
                None => match self.into.get(id) {
                    Some(source) if source.kind != kind => {
                        let has = source.kind.label().to_lowercase();
                        self.differs(id, row.number, Column::SourceKind, &row.source, &has);
                    }
                    _ => {}
                },
            }
        }
        id
    }

    fn incident(&mut self, name: &Name, row: &ClaimRow) -> Id<Incident> {
        let id = self.incidents.find_or_make(name, self.into, self.new_id);
        self.warn_ambiguous(name, self.incidents.ambiguous.contains(&name.key()), row, Column::Incident);
        for (column, stated) in
            [(Column::IncidentStart, row.incident_period.from), (Column::IncidentEnd, row.incident_period.to)]
        {
            let Some(stated) = stated else { continue };
            let is_first = self.said.insert((id.uuid(), column));
            let end = |period: Period| if column == Column::IncidentStart { period.from } else { period.to };
            let has = match self.incidents.new_mut(id) {
                Some(incident) if is_first => {
                    let mut period = incident.period;
                    match column {
                        Column::IncidentStart => period.from = Some(stated),
                        _ => period.to = Some(stated),
                    }
                    // Two rows can each be possible and impossible together.
                    if !period.is_reversed() {
                        incident.period = period;
                    }
                    end(incident.period)
                }
                Some(incident) => end(incident.period),
                None => self.into.get(id).and_then(|incident| end(incident.period)),
            };
            if has != Some(stated) {
                let has = has.map_or_else(|| "none".to_owned(), |date| date.to_string());
                self.differs(id, row.number, column, name, &has);
            }
        }
        id
    }

    fn actor(&mut self, actor: &NamedActor, row: &ClaimRow) -> Id<Actor> {
        let id = self.actors.find_or_make(&actor.name, self.into, self.new_id);
        self.named_in.entry(id.uuid()).or_insert(row.number);
        self.warn_ambiguous(
            &actor.name,
            self.actors.ambiguous.contains(&actor.name.key()),
            row,
            Column::Actor,
        );
        if let Some(level) = actor.level {
            let is_first = self.said.insert((id.uuid(), Column::ActorLevel));
            let has = match self.actors.new_mut(id) {
                Some(new) if is_first => {
                    new.level = level;
                    Some(level)
                }
                Some(new) => Some(new.level),
                None => self.into.get(id).map(|actor| actor.level),
            };
            if let Some(has) = has.filter(|has| *has != level) {
                self.differs(id, row.number, Column::ActorLevel, &actor.name, &has.label().to_lowercase());
            }
        }
        if !actor.wider.is_empty() {
            self.wider(id, actor, row);
        }
        id
    }

    /// What an actor belongs to: the first row that says it holds for an actor that was not there before; one that was there
    /// stays as it is.
    fn wider(&mut self, id: Id<Actor>, actor: &NamedActor, row: &ClaimRow) {
        let is_new = self.actors.new_mut(id).is_some();
        if is_new && self.said.insert((id.uuid(), Column::BelongsTo)) {
            let wider: Vec<Id<Actor>> = actor
                .wider
                .iter()
                .map(|name| self.actors.find_or_make(name, self.into, self.new_id))
                .collect();
            for wider in &wider {
                self.named_in.entry(wider.uuid()).or_insert(row.number);
            }
            if let Some(new) = self.actors.new_mut(id) {
                new.belongs_to = wider;
            }
            return;
        }
        let stated: HashSet<Option<Id<Actor>>> =
            actor.wider.iter().map(|name| self.actors.find(name, self.into)).collect();
        let has: Vec<Id<Actor>> = match self.actors.new_mut(id) {
            Some(new) => new.belongs_to.clone(),
            None => self.into.get(id).map(|actor| actor.belongs_to.clone()).unwrap_or_default(),
        };
        if stated != has.iter().copied().map(Some).collect() {
            let names: Vec<String> = has.iter().map(|id| self.actor_name(*id)).collect();
            let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            self.differs(id, row.number, Column::BelongsTo, &actor.name, &names);
        }
    }

    fn actor_name(&mut self, id: Id<Actor>) -> String {
        match self.actors.new_mut(id) {
            Some(new) => new.name.clone(),
            None => self.into.name_of(id),
        }
    }

    /// Says what was taken for granted of new sources and actors of which no row says what kind they are, or how wide.
    pub fn say_defaults(&mut self) {
        let rows = |id: Uuid| self.named_in.get(&id).copied().unwrap_or_default();
        let is_open = |id: Uuid, column: Column| !self.said.contains(&(id, column));
        let sources = self.sources.new.iter().filter(|it| is_open(it.id.uuid(), Column::SourceKind));
        let sources: Vec<(&str, usize, &str)> =
            sources.map(|it| (it.name.as_str(), rows(it.id.uuid()), it.kind.label())).collect();
        let actors = self.actors.new.iter().filter(|it| is_open(it.id.uuid(), Column::ActorLevel));
        let actors: Vec<(&str, usize, &str)> =
            actors.map(|it| (it.name.as_str(), rows(it.id.uuid()), level_word(it.level))).collect();
        let found = [
            defaults::sentence(&sources, ["source", "kind"]).map(|said| (Column::SourceKind, said)),
            defaults::sentence(&actors, ["actor", "level"]).map(|said| (Column::ActorLevel, said)),
        ];
        for (column, (row, message)) in found.into_iter().flatten() {
            let mend = if self.header.has(column) {
                format!("write it under `{}`", column.name())
            } else {
                format!("add a column `{}` that says it", column.name())
            };
            self.say(Severity::Warning, row, column, &message, &mend);
        }
    }

    /// A document is found by its title, with its address where both are given: press releases share their titles.
    fn document(&mut self, row: &ClaimRow) -> Option<Id<Document>> {
        let url = row.url.as_str();
        let name = match &row.document {
            Some(name) => name.clone(),
            None if url.is_empty() => return None,
            None => match self.by_url.get(url) {
                Some(id) => return Some(*id),
                None => Name { text: url.to_owned(), id: None },
            },
        };
        let found = if name.id.is_some() || url.is_empty() {
            self.documents.find(&name, self.into)
        } else {
            let both = (name.key(), url.to_owned());
            self.by_title_and_url.get(&both).copied().or_else(|| {
                let by_title = self.documents.find(&name, self.into)?;
                self.document_url(by_title).is_empty().then_some(by_title)
            })
        };
        if name.id.is_none() && url.is_empty() {
            let is_ambiguous = self.documents.ambiguous.contains(&name.key());
            self.warn_ambiguous(&name, is_ambiguous, row, Column::Document);
        }
        let id = found.unwrap_or_else(|| self.documents.make(&name, self.new_id));
        if !url.is_empty() {
            if let Some(new) = self.documents.new_mut(id)
                && new.url.is_empty()
            {
                url.clone_into(&mut new.url);
                self.by_url.entry(url.to_owned()).or_insert(id);
                self.by_title_and_url.entry((name.key(), url.to_owned())).or_insert(id);
            }
            let has = self.document_url(id);
            if has != url {
                self.differs(id, row.number, Column::Url, &name, if has.is_empty() { "none" } else { &has });
            }
        }
        Some(id)
    }

    fn document_url(&mut self, id: Id<Document>) -> String {
        match self.documents.new_mut(id) {
            Some(new) => new.url.trim().to_owned(),
            None => self.into.get(id).map(|document| document.url.trim().to_owned()).unwrap_or_default(),
        }
    }

    /// Says once that a record stays as it is although a row says otherwise.
    fn differs<T: Entity>(&mut self, id: Id<T>, row: usize, column: Column, name: &Name, has: &str) {
        if self.warned.insert((id.uuid(), column)) {
            let message = format!(
                "{} \"{}\" already has another value here, which stays: {has}",
                T::KIND.label(),
                name.text
            );
            self.say(
                Severity::Warning,
                row,
                column,
                &message,
                "change it in the assessment where the table is right",
            );
        }
    }

    fn warn_ambiguous(&mut self, name: &Name, is_ambiguous: bool, row: &ClaimRow, column: Column) {
        if is_ambiguous && name.id.is_none() {
            let message = format!("several records are called \"{}\"; the first one is taken", name.text);
            self.say(
                Severity::Warning,
                row.number,
                column,
                &message,
                "put the identifier behind the name, in square brackets",
            );
        }
    }

    /// Adds a finding.
    pub fn say(&mut self, severity: Severity, row: usize, column: Column, message: &str, mend: &str) {
        self.findings.push(finding(self.header, severity, row, column, message, mend));
    }
}

/// A finding about a cell.
pub(super) fn finding(
    header: &Header,
    severity: Severity,
    row: usize,
    column: Column,
    message: impl Into<String>,
    mend: impl Into<String>,
) -> Finding {
    let place = header.place(column);
    Finding {
        severity,
        row,
        column: place.map_or(1, |place| place + 1),
        name: place.map_or(column.name(), |place| header.name(place)).to_owned(),
        message: message.into(),
        mend: mend.into(),
    }
}
