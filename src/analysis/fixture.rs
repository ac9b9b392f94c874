//! Small assessments for tests, made by name.

use crate::model::*;

/// An assessment in the making. Records are found again by their names.
#[derive(Debug, Default)]
pub(crate) struct Case {
    pub assessment: Assessment,
    next: u128,
}

impl Case {
    fn id<T>(&mut self) -> Id<T> {
        self.next += 1;
        Id::new(Uuid::from_u128(self.next))
    }

    pub fn put(&mut self, record: impl Entity) {
        self.assessment.put(record.into_record());
    }

    pub fn actor(&mut self, name: &str, level: ActorLevel, belongs_to: &[&str]) -> Id<Actor> {
        let belongs_to = belongs_to.iter().map(|name| self.find(name)).collect();
        let id = self.id();
        let (aliases, notes) = (Vec::new(), String::new());
        self.put(Actor { level, belongs_to, aliases, notes, ..Actor::named(id, name.to_owned()) });
        id
    }

    pub fn source(&mut self, name: &str) -> Id<Source> {
        let id = self.id();
        let gradings =
            vec![Grading { reliability: Reliability::A, reason: String::new(), on: None, by: None }];
        self.put(Source { gradings, ..Source::named(id, name.to_owned()) });
        id
    }

    pub fn incident(&mut self, name: &str, period: Period) -> Id<Incident> {
        let id = self.id();
        let (victims, sector, summary, notes) = Default::default();
        self.put(Incident {
            period,
            victims,
            sector,
            summary,
            notes,
            ..Incident::named(id, name.to_owned())
        });
        id
    }

    pub fn document(&mut self, title: &str, relays: &[Id<Document>]) -> Id<Document> {
        let id = self.id();
        self.put(Document { relays: relays.to_vec(), ..Document::named(id, title.to_owned()) });
        id
    }

    /// Makes a document relay others.
    pub fn relays(&mut self, document: Id<Document>, others: &[Id<Document>]) {
        let mut document = self.assessment.get(document).cloned().expect("it was made");
        document.relays = others.to_vec();
        self.put(document);
    }

    /// A claim by a source of that name, made where there is none.
    pub fn says(&mut self, source: &str, proposition: Proposition) -> Id<Claim> {
        let source = self.assessment.find_by_name(source).unwrap_or_else(|| self.source(source));
        let id = self.id();
        self.put(Claim::new(id, source, proposition));
        id
    }

    /// The claim of a source that these actors did it: the incident is the first one, made where there is
    /// none.
    pub fn blames(&mut self, source: &str, actors: &[&str]) -> Id<Claim> {
        let incident = self.assessment.incidents.ids().next();
        let incident = incident.unwrap_or_else(|| self.incident("The incident", Period::default()));
        let actors = actors.iter().map(|name| self.find(name)).collect();
        self.says(source, Proposition::Attribution { incident, actors, role: Role::Perpetrator })
    }

    /// An accepted link.
    pub fn links(&mut self, proposition: Proposition) -> Id<Claim> {
        let id = self.says("Linker", proposition);
        self.change(id, |claim| claim.accepted = true);
        id
    }

    pub fn change(&mut self, id: Id<Claim>, change: impl FnOnce(&mut Claim)) {
        let mut claim = self.assessment.get(id).unwrap().clone();
        change(&mut claim);
        self.put(claim);
    }

    pub fn find<T: Entity>(&self, name: &str) -> Id<T> {
        self.assessment.find_by_name(name).unwrap_or_else(|| panic!("no {name}"))
    }

    pub fn same(&self, first: &str, second: &str) -> Proposition {
        Proposition::SameActor { first: self.find(first), second: self.find(second) }
    }

    pub fn part(&self, part: &str, whole: &str) -> Proposition {
        Proposition::BelongsTo { part: self.find(part), whole: self.find(whole) }
    }
}

pub(crate) fn period(from: &str, to: &str) -> Period {
    Period { from: from.parse().ok(), to: to.parse().ok() }
}

/// States, services, units, a cluster and criminals.
pub(crate) fn world() -> Case {
    use ActorLevel::{Class, Cluster, Service, State, Unit};
    let mut case = Case::default();
    case.actor("Any state", Class, &[]);
    case.actor("Criminals", Class, &[]);
    case.actor("US", State, &["Any state"]);
    case.actor("CN", State, &["Any state"]);
    case.actor("CIA", Service, &["US"]);
    case.actor("NSA", Service, &["US"]);
    case.actor("MSS", Service, &["CN"]);
    case.actor("PLA", Service, &["CN"]);
    case.actor("JSSD", Unit, &["MSS"]);
    case.actor("Sixth Bureau", Unit, &["JSSD"]);
    case.actor("Turbine Panda", Cluster, &[]);
    case.actor("APT26", Cluster, &[]);
    case
}
