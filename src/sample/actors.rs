//! The actors and sources of a sample.

use super::{Make, names, timestamp};
use crate::model::{
    Actor, ActorLevel, Alias, Analyst, Grading, Id, Nameable, PartialDate, Reliability, Source, SourceKind,
};

/// The actors of a sample, by what an incident can be blamed on.
pub(super) struct World {
    pub states: Vec<State>,
    /// "Any state".
    pub any_state: Id<Actor>,
    /// "Criminals", and gangs of them.
    pub criminals: Vec<Id<Actor>>,
    /// Clusters that nobody has placed yet.
    pub clusters: Vec<Id<Actor>>,
}

/// A state with what belongs to it.
pub(super) struct State {
    pub name: &'static str,
    pub id: Id<Actor>,
    pub services: Vec<Service>,
}

/// A service with its units, each with the clusters and people that belong to it.
pub(super) struct Service {
    pub id: Id<Actor>,
    pub units: Vec<(Id<Actor>, Vec<Id<Actor>>)>,
}

/// A source, and the place of the state that it speaks for.
#[derive(Clone, Copy)]
pub(super) struct Voice {
    pub id: Id<Source>,
    pub kind: SourceKind,
    pub state: Option<usize>,
}

impl Make {
    fn actor(&mut self, name: String, level: ActorLevel, belongs_to: Vec<Id<Actor>>) -> Id<Actor> {
        let id = self.id();
        self.put(Actor { level, belongs_to, ..Actor::named(id, name) });
        id
    }

    pub(super) fn world(&mut self, claims: usize) -> World {
        let any_state = self.actor("Any state".to_owned(), ActorLevel::Class, Vec::new());
        let any_criminal = self.actor("Criminals".to_owned(), ActorLevel::Class, Vec::new());
        // From about 60 actors for a small sample to about 1,000 for the largest.
        let units_per_service = (claims / 10_000).clamp(1, 8);
        let mut clusters_made = 0;
        let mut people_made = 0;
        let mut units_made = 0;
        let mut states = Vec::new();
        for name in names::STATES {
            let state = self.actor(name.to_owned(), ActorLevel::State, vec![any_state]);
            let mut services = Vec::new();
            for service_name in
                names::SERVICES.into_iter().take(self.random.between(2, names::SERVICES.len()))
            {
                let service = self.actor(format!("{name} {service_name}"), ActorLevel::Service, vec![state]);
                let mut units = Vec::new();
                for _ in 0..self.random.between(1, units_per_service) {
                    units_made += 1;
                    let unit =
                        self.actor(format!("Unit {}", 4_100 + units_made), ActorLevel::Unit, vec![service]);
                    let mut below = Vec::new();
                    for _ in 0..self.random.between(0, 2) {
                        below.push(self.actor(
                            names::cluster(clusters_made),
                            ActorLevel::Cluster,
                            vec![unit],
                        ));
                        clusters_made += 1;
                    }
                    if self.random.chance(30) {
                        below.push(self.actor(names::person(people_made), ActorLevel::Person, vec![unit]));
                        people_made += 1;
                    }
                    units.push((unit, below));
                }
                services.push(Service { id: service, units });
            }
            states.push(State { name, id: state, services });
        }
        let mut criminals = vec![any_criminal];
        let mut clusters = Vec::new();
        for place in 0..(10 + claims / 2_000).min(60) {
            let name = names::cluster(clusters_made);
            clusters_made += 1;
            if place % 3 == 0 {
                criminals.push(self.actor(
                    format!("{name} gang"),
                    ActorLevel::Organisation,
                    vec![any_criminal],
                ));
            } else {
                clusters.push(self.actor(name, ActorLevel::Cluster, Vec::new()));
            }
        }
        World { states, any_state, criminals, clusters }
    }

    pub(super) fn sources(&mut self, world: &World, analysts: &[Id<Analyst>], claims: usize) -> Vec<Voice> {
        let count = (12 + claims / 100).min(600);
        let mut voices = Vec::new();
        for (place, state) in world.states.iter().enumerate() {
            let name = format!("{} Ministry of Foreign Affairs", state.name);
            voices.push(self.source(name, SourceKind::Government, Some((place, state.name)), analysts));
        }
        for number in voices.len()..count {
            let kinds = [
                (SourceKind::SecurityVendor, "Security"),
                (SourceKind::Press, "Courier"),
                (SourceKind::SecurityVendor, "Threat Research"),
                (SourceKind::Academic, "Institute"),
                (SourceKind::Press, "Daily"),
                (SourceKind::Victim, "Holdings"),
                (SourceKind::Individual, ""),
            ];
            let (kind, word) =
                kinds.get(number % kinds.len()).copied().unwrap_or((SourceKind::Press, "Daily"));
            let name = if word.is_empty() {
                format!("{}, researcher", names::person(number))
            } else {
                names::body(word, number / kinds.len())
            };
            let place = self.random.below(world.states.len());
            let home =
                world.states.get(place).filter(|_| self.random.chance(60)).map(|state| (place, state.name));
            voices.push(self.source(name, kind, home, analysts));
        }
        self.coin_aliases(&voices);
        voices
    }

    fn source(
        &mut self,
        name: String,
        kind: SourceKind,
        home: Option<(usize, &str)>,
        analysts: &[Id<Analyst>],
    ) -> Voice {
        let id = self.id();
        let mut gradings = Vec::new();
        for year in [2_024, 2_025].into_iter().take(self.random.between(1, 2)) {
            let by = self.random.pick(analysts).copied();
            gradings.push(Grading {
                reliability: self.grade(kind),
                reason: "Track record in this sample".to_owned(),
                on: PartialDate::year(year),
                by,
            });
        }
        let affiliation = home.map(|(_, name)| name.to_owned()).unwrap_or_default();
        self.put(Source { kind, affiliation, gradings, ..Source::named(id, name) });
        Voice { id, kind, state: home.map(|(place, _)| place) }
    }

    fn grade(&mut self, kind: SourceKind) -> Reliability {
        use Reliability::{A, B, C, D, E, F};
        let grades: &[Reliability] = match kind {
            SourceKind::SecurityVendor | SourceKind::Academic => &[A, B, B, B, C],
            SourceKind::Press => &[B, B, C, C, D],
            SourceKind::Government => &[B, B, C, C, D, E],
            _ => &[B, C, C, D, F],
        };
        self.random.pick(grades).copied().unwrap_or(C)
    }

    /// Gives every other cluster a second name, coined by one of the security vendors.
    fn coin_aliases(&mut self, voices: &[Voice]) {
        let vendors: Vec<Id<Source>> = voices
            .iter()
            .filter(|voice| voice.kind == SourceKind::SecurityVendor)
            .map(|voice| voice.id)
            .collect();
        let mut records = std::mem::take(&mut self.records);
        let mut number = 0;
        for record in &mut records {
            let crate::model::Record::Actor(actor) = record else { continue };
            if actor.level == ActorLevel::Cluster && self.random.chance(50) {
                number += 1;
                let coined_by = self.random.pick(&vendors).copied();
                std::sync::Arc::make_mut(actor)
                    .aliases
                    .push(Alias { name: format!("Group {number}"), coined_by });
            }
        }
        self.records = records;
    }
}

/// When the analysts worked.
pub(super) fn worked_at() -> jiff::Timestamp {
    timestamp(2025, 6, 2)
}
