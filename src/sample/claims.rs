//! The claims and documents of a sample.

use jiff::civil::Date;

use super::actors::{Voice, World};
use super::{Happened, Make};
use crate::model::{
    Actor, Basis, Claim, Confidence, Credibility, Document, GradeOverride, Id, Incident, Likelihood, Locator,
    Nameable, PartialDate, Period, Proposition, Reliability, Role, SourceKind, Stance, Standard, Status,
    Verification,
};

/// What was made besides the records.
pub(super) struct Made {
    /// Each incident with the actors that were blamed for it, the most likely one first.
    pub blamed: Vec<(Id<Incident>, Vec<Id<Actor>>)>,
}

/// Who may be behind an incident, narrowest first, and who else is suspected.
struct Suspects {
    home: usize,
    chain: Vec<Id<Actor>>,
    rivals: Vec<Id<Actor>>,
}

/// A claim that later ones can repeat.
struct Said {
    claim: Id<Claim>,
    document: Id<Document>,
    stated: Date,
    proposition: Proposition,
    stance: Stance,
}

impl Make {
    pub(super) fn claims(
        &mut self,
        count: usize,
        world: &World,
        incidents: &[Happened],
        sources: &[Voice],
    ) -> Made {
        let links = count / 50;
        let attributions = count - links;
        let mut blamed = Vec::new();
        for (place, happened) in incidents.iter().enumerate() {
            // As even as the number allows: the first incidents get one more.
            let share = attributions / incidents.len() + usize::from(place < attributions % incidents.len());
            let suspects = self.suspects(world);
            let mut said: Vec<Said> = Vec::new();
            for _ in 0..share {
                let new = self.attribution(world, *happened, &suspects, sources, &said);
                said.push(new);
            }
            let mut all = Vec::new();
            all.extend(suspects.chain.first());
            all.extend(&suspects.rivals);
            blamed.push((happened.id, all));
        }
        for number in 0..links {
            self.link(number, world, sources);
        }
        Made { blamed }
    }

    fn suspects(&mut self, world: &World) -> Suspects {
        let home = self.random.below(world.states.len());
        let mut chain = vec![world.any_state];
        if let Some(state) = world.states.get(home) {
            chain.push(state.id);
            if let Some(service) = self.random.pick(&state.services) {
                chain.push(service.id);
                if let Some((unit, below)) = self.random.pick(&service.units) {
                    chain.push(*unit);
                    chain.extend(self.random.pick(below));
                }
            }
        }
        chain.reverse();
        let mut rivals = Vec::new();
        rivals.extend(self.random.pick(&world.criminals));
        let other =
            (home + 1 + self.random.below(world.states.len().saturating_sub(1))) % world.states.len().max(1);
        if let Some(state) = world.states.get(other) {
            rivals.extend(self.random.pick(&state.services).map(|service| service.id));
        }
        Suspects { home, chain, rivals }
    }

    fn attribution(
        &mut self,
        world: &World,
        happened: Happened,
        suspects: &Suspects,
        sources: &[Voice],
        said: &[Said],
    ) -> Said {
        let place = self.random.below(sources.len());
        let voice = sources.get(place).copied();
        let repeated = if self.random.chance(25) { self.random.pick(said) } else { None };
        let began = repeated.map_or(happened.began, |repeated| repeated.stated);
        let stated = self.later(began, 700);
        let (stance, actors) = match repeated {
            Some(repeated) => (repeated.stance, repeated.proposition.actors()),
            None => self.position(world, suspects, voice),
        };
        let proposition = Proposition::Attribution { incident: happened.id, actors, role: self.role() };
        let document = self.document(stated, voice, repeated.map(|repeated| repeated.document));
        let mut claim = Claim {
            repeats: repeated
                .map(|repeated| repeated.claim)
                .into_iter()
                .filter(|_| self.random.chance(80))
                .collect(),
            stance,
            covers: self.covered(happened.began),
            status: self.status(stated),
            ..self.claim(voice, stated, Some(document), proposition.clone())
        };
        if stance == Stance::Declines {
            // Who names nobody cannot say how likely it was them.
            claim.likelihood = None;
        }
        let id = claim.id;
        self.put(claim);
        Said { claim: id, document, stated, proposition, stance }
    }

    /// What a source says of its own accord.
    fn position(
        &mut self,
        world: &World,
        suspects: &Suspects,
        voice: Option<Voice>,
    ) -> (Stance, Vec<Id<Actor>>) {
        let is_accused = voice
            .is_some_and(|voice| voice.state == Some(suspects.home) && voice.kind == SourceKind::Government);
        let home = world.states.get(suspects.home).map(|state| state.id);
        if is_accused || self.random.chance(6) {
            return (Stance::Denies, home.into_iter().collect());
        }
        let chain = &suspects.chain;
        let actors = match self.random.below(100) {
            0..=9 => return (Stance::Declines, Vec::new()),
            10..=22 => self.random.pick(&suspects.rivals).copied().into_iter().collect(),
            23..=27 => self.random.pick(&world.clusters).copied().into_iter().collect(),
            28..=32 => chain.first().into_iter().chain(suspects.rivals.first()).copied().collect::<Vec<_>>(),
            _ => self.random.pick(chain).copied().into_iter().collect(),
        };
        if actors.is_empty() { (Stance::Declines, actors) } else { (Stance::Asserts, actors) }
    }

    fn role(&mut self) -> Role {
        match self.random.below(20) {
            0 => Role::Sponsor,
            1 => Role::ToolDeveloper,
            _ => Role::Perpetrator,
        }
    }

    /// Mostly silent on the period; sometimes the incident's, rarely one long before it.
    fn covered(&mut self, began: Date) -> Period {
        match self.random.below(20) {
            0..=3 => {
                Period { from: PartialDate::year(began.year()), to: PartialDate::year(began.year() + 1) }
            }
            4 => {
                Period { from: PartialDate::year(began.year() - 6), to: PartialDate::year(began.year() - 2) }
            }
            _ => Period::default(),
        }
    }

    fn status(&mut self, stated: Date) -> Status {
        if self.random.chance(3) {
            let on = self.later(stated, 300);
            Status::Retracted { on: Some(PartialDate::from_day(on)) }
        } else {
            Status::Standing
        }
    }

    /// A claim with chance's share of hedges, grades and grounds.
    fn claim(
        &mut self,
        voice: Option<Voice>,
        stated: Date,
        document: Option<Id<Document>>,
        proposition: Proposition,
    ) -> Claim {
        let id = self.id();
        let likelihood = if self.random.chance(30) {
            self.random.pick(Standard::Icd203.terms()).map(|term| Likelihood {
                words: term.words.first().copied().unwrap_or_default().to_owned(),
                low: Some(term.low),
                high: Some(term.high),
            })
        } else {
            None
        };
        let confidence =
            if self.random.chance(40) { self.random.pick(Confidence::ALL).copied() } else { None };
        let basis = if self.random.chance(60) { self.random.pick(Basis::ALL).copied() } else { None };
        let credibility =
            if self.random.chance(75) { self.random.pick(Credibility::ALL).copied() } else { None };
        let reliability_override = self
            .random
            .chance(4)
            .then(|| GradeOverride { reliability: Reliability::D, reason: "Outside its field".to_owned() });
        let verification = *self.random.pick(Verification::ALL).unwrap_or(&Verification::Unverified);
        let source = voice.map_or_else(|| Id::new(crate::model::Uuid::nil()), |voice| voice.id);
        Claim {
            document,
            locator: Locator { page: (1 + self.random.below(40)).to_string(), ..Locator::default() },
            stated_on: Some(self.blurred(stated)),
            likelihood,
            confidence,
            basis: basis.into_iter().collect(),
            credibility,
            reliability_override,
            verification,
            ..Claim::new(id, source, proposition)
        }
    }

    fn document(
        &mut self,
        published: Date,
        voice: Option<Voice>,
        relayed: Option<Id<Document>>,
    ) -> Id<Document> {
        let id: Id<Document> = self.id();
        let title = format!("Report {}", id.short());
        let relayed = relayed.filter(|_| self.random.chance(60));
        self.put(Document {
            publisher: voice.map(|voice| voice.id),
            url: format!("https://example.org/{}", id.short()),
            published: Some(PartialDate::from_day(published)),
            retrieved: PartialDate::month(2026, 1),
            language: "en".to_owned(),
            relays: relayed.into_iter().collect(),
            ..Document::named(id, title)
        });
        id
    }

    /// A claim that links two actors; one in three is accepted.
    fn link(&mut self, number: usize, world: &World, sources: &[Voice]) {
        let Some(cluster) = self.random.pick(&world.clusters).copied() else { return };
        let state = self.random.below(world.states.len());
        let unit = world
            .states
            .get(state)
            .and_then(|state| self.random.pick(&state.services))
            .map(|service| service.id);
        let other = self.random.pick(&world.clusters).copied().filter(|other| *other != cluster);
        let proposition = match (number % 2, other, unit) {
            (0, Some(other), _) => Proposition::SameActor { first: cluster, second: other },
            (_, _, Some(service)) => Proposition::BelongsTo { part: cluster, whole: service },
            _ => return,
        };
        let stated = self.day(2015, 2025);
        let place = self.random.below(sources.len());
        let accepted = self.random.chance(33);
        let stance = if self.random.chance(15) { Stance::Denies } else { Stance::Asserts };
        let claim = self.claim(sources.get(place).copied(), stated, None, proposition);
        self.put(Claim { accepted, stance, ..claim });
    }
}
