//! What has to hold between records of one kind.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::super::{Actor, Answer, AnyId, Hypothesis, Id, Incident};
use super::Check;

impl Check<'_> {
    /// An analyst may rate a cell again, and the last rating holds; which one is last must be clear.
    pub(super) fn duplicate_cells(&mut self) {
        let mut cells = FxHashMap::default();
        for rating in &self.assessment.ratings {
            let cell = (rating.analyst, rating.evidence, rating.hypothesis, rating.round, rating.rated_at);
            let Some(first) = cells.insert(cell, rating.id) else { continue };
            self.record = Some(rating.id.into());
            self.error(
                "rated_at",
                format!("the same analyst has rated the same cell in the same round at the same moment (\"{first}\")"),
                "delete one of the two ratings, or give it another moment",
            );
        }
    }

    /// Every score of competing hypotheses assumes that they exclude one another.
    pub(super) fn overlapping_hypotheses(&mut self) {
        let mut by_incident: BTreeMap<Id<Incident>, Vec<(&Hypothesis, Id<Actor>)>> = BTreeMap::new();
        for hypothesis in &self.assessment.hypotheses {
            if let Answer::Actor(actor) = hypothesis.answer {
                by_incident.entry(hypothesis.incident).or_default().push((hypothesis, actor));
            }
        }
        for hypotheses in by_incident.values() {
            for (narrow, actor) in hypotheses {
                let wider = self.wider_than(*actor);
                for (other, other_actor) in hypotheses.iter().filter(|(other, _)| other.id != narrow.id) {
                    self.record = Some(narrow.id.into());
                    let name = self.assessment.name_of(*actor);
                    if wider.contains(other_actor) && other_actor != actor {
                        let other_name = self.assessment.name_of(*other_actor);
                        self.warning(
                            "answer",
                            format!("it does not exclude the hypothesis \"{other_name}\": \"{name}\" is part of it"),
                            format!("narrow the other to what of \"{other_name}\" remains, or remove one of the two"),
                        );
                    } else if other_actor == actor && other.id < narrow.id {
                        self.warning(
                            "answer",
                            format!("\"{name}\" is a hypothesis for this incident twice"),
                            "remove one of the two",
                        );
                    }
                }
            }
        }
    }

    /// All actors that an actor belongs to, at any distance.
    fn wider_than(&self, actor: Id<Actor>) -> BTreeSet<Id<Actor>> {
        let mut wider = BTreeSet::new();
        let mut open = vec![actor];
        while let Some(next) = open.pop().and_then(|id| self.assessment.get(id)) {
            open.extend(next.belongs_to.iter().copied().filter(|id| wider.insert(*id)));
        }
        wider
    }

    /// A name that stands for two actors is ambiguous wherever names are typed or imported.
    pub(super) fn duplicate_names(&mut self) {
        let mut names: FxHashMap<String, AnyId> = FxHashMap::default();
        for actor in &self.assessment.actors {
            let id = AnyId::from(actor.id);
            self.record = Some(id);
            let own = std::iter::once(("name", &actor.name));
            let aliases = actor.aliases.iter().map(|alias| ("aliases.name", &alias.name));
            for (field, name) in own.chain(aliases) {
                let key = name.trim().to_lowercase();
                if key.is_empty() {
                    continue;
                }
                match names.insert(key, id) {
                    Some(other) if other == id => {
                        self.warning(
                            field,
                            format!("it is called \"{name}\" twice"),
                            "remove one of the two",
                        );
                    }
                    Some(other) => {
                        let other = self.assessment.name_of(other);
                        self.warning(
                            field,
                            format!("the actor \"{other}\" is called \"{name}\" too"),
                            "rename one of them; if they are one actor, record who says so as a same-actor claim",
                        );
                    }
                    None => {}
                }
            }
        }
    }
}
