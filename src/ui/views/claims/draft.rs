//! From what was typed to a claim: names become records, known or new, all in one transaction.

use crate::edit::{Edit, Transaction};
use crate::model::{
    Actor, ActorLevel, Assessment, Claim, Confidence, Document, Entity, Id, Incident, Kind, Nameable,
    Proposition, Role, Source, SourceKind, Stance, Uuid,
};

use super::parse;
use crate::ui::widgets::picker::Offer;

/// A text that names records, and those that were picked for it from a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The text.
    pub text: String,
    /// The records that names in it stand for. A name that is not here is looked up.
    pub picked: Vec<(String, Uuid)>,
}

impl Entry {
    /// A text without picked records.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), picked: Vec::new() }
    }

    /// The name of one record.
    pub fn of<T: Entity>(assessment: &Assessment, id: Id<T>) -> Self {
        let name = assessment.name_of(id);
        Self { picked: vec![(name.clone(), id.uuid())], text: name }
    }

    /// The names of several records with "+" between them.
    pub fn of_all<T: Entity>(assessment: &Assessment, ids: impl Iterator<Item = Id<T>>) -> Self {
        let picked: Vec<(String, Uuid)> = ids.map(|id| (assessment.name_of(id), id.uuid())).collect();
        let names: Vec<&str> = picked.iter().map(|(name, _)| name.as_str()).collect();
        Self { text: names.join(" + "), picked }
    }

    /// Notes the record that was chosen for a name in the text.
    pub fn pick(&mut self, offer: &Offer) {
        if let Some(record) = offer.record {
            self.picked.retain(|(name, _)| *name != offer.text);
            self.picked.push((offer.text.clone(), record));
        }
    }

    /// Whether it names nothing.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Looks names up and collects the records that are yet to be made.
pub struct Maker<'a> {
    assessment: &'a Assessment,
    new_id: &'a mut dyn FnMut() -> Uuid,
    edits: Vec<Edit>,
    created: Vec<(Kind, String, Uuid)>,
    parties: Parties,
}

/// What kinds of parties those are that are yet to be made, by name in lower case, where it was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parties {
    sources: Vec<(String, SourceKind)>,
    actors: Vec<(String, ActorLevel)>,
}

impl Parties {
    /// What kind of source one of that name is to be.
    pub fn source(&self, name: &str) -> SourceKind {
        said(&self.sources, name).unwrap_or(NEW_SOURCE)
    }

    /// Of what level an actor of that name is to be.
    pub fn actor(&self, name: &str) -> ActorLevel {
        said(&self.actors, name).unwrap_or(NEW_ACTOR)
    }

    /// Says what kind of source one of that name is.
    pub fn set_source(&mut self, name: &str, kind: SourceKind) {
        say(&mut self.sources, name, kind);
    }

    /// Says of what level an actor of that name is.
    pub fn set_actor(&mut self, name: &str, level: ActorLevel) {
        say(&mut self.actors, name, level);
    }
}

/// What a new source is until it is said.
const NEW_SOURCE: SourceKind = SourceKind::Government;
/// What a new actor is until it is said.
const NEW_ACTOR: ActorLevel = ActorLevel::Cluster;

fn said<T: Copy>(list: &[(String, T)], name: &str) -> Option<T> {
    let name = name.trim().to_lowercase();
    list.iter().find(|(other, _)| *other == name).map(|(_, value)| *value)
}

fn say<T>(list: &mut Vec<(String, T)>, name: &str, value: T) {
    let name = name.trim().to_lowercase();
    list.retain(|(other, _)| *other != name);
    list.push((name, value));
}

impl<'a> Maker<'a> {
    /// Nothing made yet.
    pub fn new(assessment: &'a Assessment, new_id: &'a mut dyn FnMut() -> Uuid) -> Self {
        Self { assessment, new_id, edits: Vec::new(), created: Vec::new(), parties: Parties::default() }
    }

    /// Makes parties of the kinds that were said.
    pub fn with_parties(mut self, parties: &Parties) -> Self {
        self.parties = parties.clone();
        self
    }

    /// The records that are to be made, by kind and name.
    pub fn created(&self) -> impl Iterator<Item = (Kind, &str)> {
        self.created.iter().map(|(kind, name, _)| (*kind, name.as_str()))
    }

    /// A fresh identifier.
    pub fn fresh<T: Entity>(&mut self) -> Id<T> {
        Id::new((self.new_id)())
    }

    /// All that was made, followed by `last`.
    pub fn finish(mut self, last: Edit) -> Vec<Edit> {
        self.edits.push(last);
        self.edits
    }

    /// The source of that name.
    pub fn source(&mut self, entry: &Entry) -> Option<Id<Source>> {
        let kind = self.parties.source(&entry.text);
        self.one(entry, |id, name| Source { kind, ..Source::named(id, name) })
    }

    /// The incident of that name.
    pub fn incident(&mut self, entry: &Entry) -> Option<Id<Incident>> {
        self.one(entry, Nameable::named)
    }

    /// The document of that title. Who published it is not said: whose claim stands in it may only be quoted there.
    pub fn document(&mut self, entry: &Entry) -> Option<Id<Document>> {
        self.one(entry, Nameable::named)
    }

    /// The actors of those names, parted by "+". Each is named once.
    pub fn actors(&mut self, entry: &Entry) -> Vec<Id<Actor>> {
        // A name may itself have a plus in it; one that was picked as a whole is taken as a whole.
        let whole = entry.picked.iter().find(|(name, _)| name.trim() == entry.text.trim());
        // What was picked may be gone since, as when its making was undone.
        if let Some(id) = whole.map(|(_, uuid)| Id::new(*uuid)).filter(|id| self.is_there::<Actor>(*id)) {
            return vec![id];
        }
        let mut actors = Vec::new();
        for name in entry.text.split('+').map(str::trim).filter(|name| !name.is_empty()) {
            let level = self.parties.actor(name);
            let id = self.named(name, &entry.picked, |id, name| Actor { level, ..Actor::named(id, name) });
            if !actors.contains(&id) {
                actors.push(id);
            }
        }
        actors
    }

    fn is_there<T: Entity>(&self, id: Id<T>) -> bool {
        self.assessment.get::<T>(id).is_some()
    }

    fn one<T: Entity>(&mut self, entry: &Entry, make: impl FnOnce(Id<T>, String) -> T) -> Option<Id<T>> {
        (!entry.is_blank()).then(|| self.named(entry.text.trim(), &entry.picked, make))
    }

    fn named<T: Entity>(
        &mut self,
        name: &str,
        picked: &[(String, Uuid)],
        make: impl FnOnce(Id<T>, String) -> T,
    ) -> Id<T> {
        let picked = picked.iter().find(|(other, _)| other.trim() == name).map(|(_, uuid)| Id::new(*uuid));
        if let Some(id) = picked.filter(|id| self.is_there::<T>(*id)) {
            return id;
        }
        if let Some(id) = self.assessment.find_by_name::<T>(name) {
            return id;
        }
        let lower = name.to_lowercase();
        let made =
            self.created.iter().find(|(kind, other, _)| *kind == T::KIND && other.to_lowercase() == lower);
        if let Some((_, _, uuid)) = made {
            return Id::new(*uuid);
        }
        let id = self.fresh::<T>();
        self.created.push((T::KIND, name.to_owned(), id.uuid()));
        self.edits.push(Edit::Insert(make(id, name.to_owned()).into_record()));
        id
    }
}

/// What a new claim says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DraftKind {
    /// Who did it.
    #[default]
    Attribution,
    /// Two actors are one.
    SameActor,
    /// An actor is part of another.
    BelongsTo,
}

impl DraftKind {
    /// All, in the order of their switch.
    pub const ALL: [Self; 3] = [Self::Attribution, Self::SameActor, Self::BelongsTo];

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Attribution => "Attribution",
            Self::SameActor => "Same actor",
            Self::BelongsTo => "Belongs to",
        }
    }
}

/// One field of a new claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Who says it.
    Source,
    /// Asserts, denies, declines.
    Stance,
    /// Who did it; of a link the first, narrower actor.
    Actors,
    /// The second, wider actor of a link.
    Other,
    /// What happened.
    Incident,
    /// When it was said.
    Date,
    /// How likely it is said to be.
    Likelihood,
    /// How confident the source says that it is.
    Confidence,
    /// Where it is said.
    Document,
}

/// A claim as it is being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// What it says.
    pub kind: DraftKind,
    /// Who says it.
    pub source: Entry,
    /// Asserts, denies, declines.
    pub stance: Entry,
    /// Who did it; of a link the first, narrower actor.
    pub actors: Entry,
    /// The second, wider actor of a link.
    pub other: Entry,
    /// What happened.
    pub incident: Entry,
    /// When it was said.
    pub date: Entry,
    /// How likely it is said to be.
    pub likelihood: Entry,
    /// How confident the source says that it is.
    pub confidence: Entry,
    /// Where it is said.
    pub document: Entry,
    /// What kinds of parties the new ones are.
    pub parties: Parties,
}

/// Why a draft is no claim yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where to mend it.
    pub field: Field,
    /// What is wrong.
    pub reason: String,
}

/// A draft that has become a claim.
#[derive(Debug)]
pub struct Made {
    /// The claim.
    pub claim: Id<Claim>,
    /// The records that are made with it, by kind and name.
    pub created: Vec<(Kind, String)>,
    /// All of it.
    pub transaction: Transaction,
}

impl Draft {
    /// A blank claim about an incident.
    pub fn blank(assessment: &Assessment, incident: Option<Id<Incident>>) -> Self {
        Self {
            stance: Entry::new(Stance::Asserts.label()),
            incident: incident.map(|id| Entry::of(assessment, id)).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// The next claim after this one: about the same incident, from the same document.
    pub fn next(&self) -> Self {
        Self {
            kind: self.kind,
            stance: Entry::new(Stance::Asserts.label()),
            incident: self.incident.clone(),
            document: self.document.clone(),
            ..Self::default()
        }
    }

    /// The fields in the order in which they are typed.
    pub const fn fields(&self) -> &'static [Field] {
        match self.kind {
            DraftKind::Attribution => &[
                Field::Source,
                Field::Stance,
                Field::Actors,
                Field::Incident,
                Field::Date,
                Field::Likelihood,
                Field::Confidence,
                Field::Document,
            ],
            DraftKind::SameActor | DraftKind::BelongsTo => &[
                Field::Source,
                Field::Stance,
                Field::Actors,
                Field::Other,
                Field::Date,
                Field::Likelihood,
                Field::Confidence,
                Field::Document,
            ],
        }
    }

    /// What stands in a field.
    pub const fn entry_mut(&mut self, field: Field) -> &mut Entry {
        match field {
            Field::Source => &mut self.source,
            Field::Stance => &mut self.stance,
            Field::Actors => &mut self.actors,
            Field::Other => &mut self.other,
            Field::Incident => &mut self.incident,
            Field::Date => &mut self.date,
            Field::Likelihood => &mut self.likelihood,
            Field::Confidence => &mut self.confidence,
            Field::Document => &mut self.document,
        }
    }

    /// The claim that it says, and the records that it needs.
    pub fn make(&self, assessment: &Assessment, new_id: &mut dyn FnMut() -> Uuid) -> Result<Made, Problem> {
        let mut maker = Maker::new(assessment, new_id).with_parties(&self.parties);
        let no = |field, reason: &str| Problem { field, reason: reason.to_owned() };
        let source = maker
            .source(&self.source)
            .ok_or_else(|| no(Field::Source, "A claim needs a source: who says it?"))?;
        let stance = parse::choice(&self.stance.text, Stance::ALL, Stance::label)
            .map_err(|reason| Problem { field: Field::Stance, reason })?;
        let proposition = self.proposition(&mut maker, stance)?;
        let stated_on =
            parse::date(&self.date.text).map_err(|reason| Problem { field: Field::Date, reason })?;
        let likelihood = parse::likelihood(&self.likelihood.text, assessment.header.standard)
            .map_err(|reason| Problem { field: Field::Likelihood, reason })?;
        let confidence = confidence(&self.confidence.text)
            .map_err(|reason| Problem { field: Field::Confidence, reason })?;
        let document = maker.document(&self.document);
        let id = maker.fresh::<Claim>();
        let claim = Claim {
            document,
            stated_on,
            stance,
            likelihood,
            confidence,
            ..Claim::new(id, source, proposition)
        };
        let created = maker.created().map(|(kind, name)| (kind, name.to_owned())).collect();
        let edits = maker.finish(Edit::Insert(claim.into_record()));
        Ok(Made { claim: id, created, transaction: Transaction::new("Add claim", edits) })
    }

    fn proposition(&self, maker: &mut Maker<'_>, stance: Stance) -> Result<Proposition, Problem> {
        let no = |field, reason: &str| Problem { field, reason: reason.to_owned() };
        let actors = maker.actors(&self.actors);
        if self.kind == DraftKind::Attribution {
            check_actors(stance, actors.len()).map_err(|reason| Problem { field: Field::Actors, reason })?;
            let incident = maker.incident(&self.incident).ok_or_else(|| {
                no(Field::Incident, "An attribution needs an incident: what is the claim about?")
            })?;
            return Ok(Proposition::Attribution { incident, actors, role: Role::Perpetrator });
        }
        let others = maker.actors(&self.other);
        let [first] = actors[..] else { return Err(no(Field::Actors, "A link needs one actor here")) };
        let [second] = others[..] else { return Err(no(Field::Other, "A link needs one actor here")) };
        if first == second {
            return Err(no(Field::Other, "A link needs two different actors"));
        }
        if stance == Stance::Declines {
            return Err(no(Field::Stance, "A link is asserted or denied; nobody declines to name it"));
        }
        Ok(match self.kind {
            DraftKind::SameActor => Proposition::SameActor { first, second },
            DraftKind::BelongsTo | DraftKind::Attribution => {
                Proposition::BelongsTo { part: first, whole: second }
            }
        })
    }
}

/// Whether an attribution of this stance can name so many actors.
pub fn check_actors(stance: Stance, count: usize) -> Result<(), String> {
    match (stance, count) {
        (Stance::Asserts, 0) => Err("Who asserts names somebody: give an actor".to_owned()),
        (Stance::Denies, 0) => Err("Who denies says whom it was not: give an actor".to_owned()),
        (Stance::Declines, 1..) => {
            Err("Who declines names nobody: take the actors out, or change the stance".to_owned())
        }
        _ => Ok(()),
    }
}

/// Reads a confidence; none where there is no text.
pub fn confidence(text: &str) -> Result<Option<Confidence>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    parse::choice(text, Confidence::ALL, Confidence::label).map(Some)
}

#[cfg(test)]
mod tests;
