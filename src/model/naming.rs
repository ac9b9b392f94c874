//! What people call a record.

use super::{
    Answer, AnyId, Assessment, Claim, Comment, Entity, Evidence, Hypothesis, Id, Kind, Proposition, Rating,
    Record, Stance,
};

const MISSING: &str = "(missing)";

impl Assessment {
    /// The name of a source, actor, incident or whatever else `id` is; "(missing)" where there is no such record.
    pub fn name_of(&self, id: impl Into<AnyId>) -> String {
        self.record(id.into()).map_or_else(|| MISSING.to_owned(), |record| self.name_of_record(&record))
    }

    /// The name of a record, one line, without its kind.
    pub fn name_of_record(&self, record: &Record) -> String {
        match record {
            Record::Analyst(it) => it.name.clone(),
            Record::Source(it) => it.name.clone(),
            Record::Document(it) => it.title.clone(),
            Record::Actor(it) => it.name.clone(),
            Record::Incident(it) => it.name.clone(),
            Record::Claim(it) => self.claim_text(it),
            Record::Evidence(it) => it.statement.clone(),
            Record::Hypothesis(it) => self.answer_text(&it.answer),
            Record::Rating(it) => {
                format!("{} on {}", self.name_of(it.analyst), self.name_of(it.evidence))
            }
            Record::Assumption(it) => it.statement.clone(),
            Record::Indicator(it) => it.statement.clone(),
            Record::Judgement(it) => {
                format!("{} on {}", self.name_of(it.analyst), self.name_of(it.incident))
            }
            Record::Comment(it) => it.text.clone(),
            Record::Exercise(it) => it.title.clone(),
            Record::Outcome(it) => format!("Outcome of {}", self.name_of(it.incident)),
        }
    }

    /// What a claim says, without its source, such as "JSSD (OPM breach)" or "denies: China (OPM breach)".
    pub fn proposition_text(&self, claim: &Claim) -> String {
        let what = match &claim.proposition {
            Proposition::Attribution { incident, .. } => {
                format!("{} ({})", self.actors_text(claim), self.name_of(*incident))
            }
            Proposition::SameActor { first, second } => {
                format!("{} = {}", self.name_of(*first), self.name_of(*second))
            }
            Proposition::BelongsTo { part, whole } => {
                format!("{} belongs to {}", self.name_of(*part), self.name_of(*whole))
            }
        };
        match claim.stance {
            Stance::Asserts | Stance::Declines => what,
            Stance::Denies => format!("denies: {what}"),
        }
    }

    /// Who says what, such as "FireEye: JSSD (OPM breach)" or "FireEye denies: China (OPM breach)".
    pub fn claim_text(&self, claim: &Claim) -> String {
        let says = self.proposition_text(claim);
        let colon = if claim.stance == Stance::Denies { "" } else { ":" };
        format!("{}{colon} {says}", self.name_of(claim.source))
    }

    /// Whom a claim names: the joint actors with "+" between them, or "names nobody".
    pub fn actors_text(&self, claim: &Claim) -> String {
        let actors = claim.proposition.actors();
        if actors.is_empty() {
            return "names nobody".to_owned();
        }
        actors.iter().map(|id| self.name_of(*id)).collect::<Vec<_>>().join(" + ")
    }

    /// What a hypothesis says.
    pub fn answer_text(&self, answer: &Answer) -> String {
        match answer {
            Answer::Actor(actor) => self.name_of(*actor),
            Answer::Text(text) => text.clone(),
        }
    }

    /// The field that a remark is on, as people call it; empty for a whole record.
    pub fn field_text(&self, comment: &Comment) -> String {
        match comment.cell() {
            Some((_, hypothesis)) => format!("against {}", self.name_of(hypothesis)),
            None => comment.field.replace(['_', '.'], " "),
        }
    }

    /// The cell of the evidence matrix that a remark is on, or in which the rating stands that it is on.
    pub fn cell_of(&self, comment: &Comment) -> Option<(Id<Evidence>, Id<Hypothesis>)> {
        comment.cell().or_else(|| {
            let rating = self.get(comment.on.typed::<Rating>()?)?;
            Some((rating.evidence, rating.hypothesis))
        })
    }

    /// The record whose name is `name`, letter case and surrounding spaces ignored: for actors the aliases count too.
    pub fn find_by_name<T: Entity>(&self, name: &str) -> Option<Id<T>> {
        let name = name.trim().to_lowercase();
        let matches = |candidate: &str| candidate.trim().to_lowercase() == name;
        if T::KIND == Kind::Actor {
            let found = self.actors.iter().find(|actor| matches(&actor.name)).or_else(|| {
                self.actors.iter().find(|actor| actor.aliases.iter().any(|alias| matches(&alias.name)))
            });
            return found.map(|actor| Id::new(actor.id.uuid()));
        }
        T::table(self).ids().find(|id| matches(&self.name_of(*id)))
    }
}
