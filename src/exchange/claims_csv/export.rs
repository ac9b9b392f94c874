//! Writing the claims of an assessment as a table.

use std::collections::HashMap;

use csv::WriterBuilder;

use super::super::Export;
use super::super::cells::{escaped, guarded, joined, names};
use super::columns::Column;
use super::levels::level_word;
use super::row::{Says, role_word, source_kind_word, stance_word};
use super::stated::{confidence_cell, likelihood_cell, locator_cell};
use crate::model::{
    Actor, Assessment, Claim, Document, Entity, Id, Incident, PartialDate, Proposition, Source, Status,
};

/// Writes all claims of an assessment, by identifier, with all columns in their order.
pub fn write(assessment: &Assessment) -> Export {
    let names = Names {
        assessment,
        sources: names(assessment.sources.iter().map(|it: &Source| (it.id, it.name.clone()))),
        incidents: names(assessment.incidents.iter().map(|it: &Incident| (it.id, it.name.clone()))),
        actors: names(assessment.actors.iter().map(|it: &Actor| (it.id, it.name.clone()))),
        documents: names(assessment.documents.iter().map(|it: &Document| (it.id, it.title.clone()))),
    };
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    // Writing into memory does not fail, and all records have as many cells.
    let _ = writer.write_record(Column::ALL.iter().map(|column| column.name()));
    for claim in assessment.claims.iter() {
        let _ = writer.write_record(Column::ALL.iter().map(|column| escaped(names.cell(claim, *column))));
    }
    Export { bytes: writer.into_inner().unwrap_or_default(), left_out: left_out(assessment) }
}

/// By what the records of each kind are called in the table.
struct Names<'a> {
    assessment: &'a Assessment,
    sources: HashMap<Id<Source>, String>,
    incidents: HashMap<Id<Incident>, String>,
    actors: HashMap<Id<Actor>, String>,
    documents: HashMap<Id<Document>, String>,
}

fn of<T: Entity>(names: &HashMap<Id<T>, String>, id: Id<T>) -> String {
    // One that is not there is still called by its identifier.
    names.get(&id).cloned().unwrap_or_else(|| format!("[{id}]"))
}

fn date(date: Option<PartialDate>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

impl Names<'_> {
    fn cell(&self, claim: &Claim, column: Column) -> String {
        let incident = || claim.proposition.incident();
        let period =
            || incident().and_then(|id| self.assessment.get(id)).map(|it| it.period).unwrap_or_default();
        let source = || self.assessment.get(claim.source);
        let document = || claim.document.and_then(|id| self.assessment.get(id));
        let standard = self.assessment.header.standard;
        match column {
            Column::Id => claim.id.to_string(),
            Column::Source => of(&self.sources, claim.source),
            Column::SourceKind => source().map(|it| source_kind_word(it.kind).to_owned()).unwrap_or_default(),
            Column::Reliability => {
                self.assessment.claim_reliability(claim).map(|it| it.letter().to_string()).unwrap_or_default()
            }
            Column::Incident => incident().map(|id| of(&self.incidents, id)).unwrap_or_default(),
            Column::IncidentStart => date(period().from),
            Column::IncidentEnd => date(period().to),
            Column::Proposition => says(&claim.proposition).word().to_owned(),
            Column::Actor => self.actor(&claim.proposition),
            Column::ActorLevel => self.levels(&claim.proposition),
            Column::BelongsTo => self.belongs_to(&claim.proposition),
            Column::Role => match &claim.proposition {
                Proposition::Attribution { role, .. } => role_word(*role).to_owned(),
                Proposition::SameActor { .. } | Proposition::BelongsTo { .. } => String::new(),
            },
            Column::Stance => stance_word(claim.stance).to_owned(),
            Column::Likelihood => likelihood_cell(claim.likelihood.as_ref(), standard),
            Column::Confidence => confidence_cell(claim.confidence, &claim.confidence_words),
            Column::Credibility => claim.credibility.map(|it| it.digit().to_string()).unwrap_or_default(),
            Column::StatedOn => date(claim.stated_on),
            Column::CoversFrom => date(claim.covers.from),
            Column::CoversTo => date(claim.covers.to),
            Column::Document => claim.document.map(|id| of(&self.documents, id)).unwrap_or_default(),
            Column::Url => document().map(|it| it.url.trim().to_owned()).unwrap_or_default(),
            Column::Locator => locator_cell(&claim.locator),
            Column::Quote => claim.quote.clone(),
            Column::Repeats => {
                let ids: Vec<String> = claim.repeats.iter().map(ToString::to_string).collect();
                joined(ids.iter().map(String::as_str), ';')
            }
            Column::Notes => claim.notes.clone(),
        }
    }

    fn listed(&self, actors: &[Id<Actor>]) -> String {
        let names: Vec<String> = actors.iter().map(|id| guarded(&of(&self.actors, *id))).collect();
        joined(names.iter().map(String::as_str), ';')
    }

    fn actor(&self, proposition: &Proposition) -> String {
        match proposition {
            Proposition::BelongsTo { part, .. } => self.listed(&[*part]),
            Proposition::Attribution { .. } | Proposition::SameActor { .. } => {
                self.listed(&proposition.actors())
            }
        }
    }

    fn levels(&self, proposition: &Proposition) -> String {
        let levels = proposition
            .actors()
            .into_iter()
            .map(|id| self.assessment.get(id).map_or("", |it| level_word(it.level)));
        joined(levels, ';')
    }

    fn belongs_to(&self, proposition: &Proposition) -> String {
        if let Proposition::BelongsTo { whole, .. } = proposition {
            return self.listed(&[*whole]);
        }
        let wider =
            |id: Id<Actor>| self.assessment.get(id).map(|it| self.listed(&it.belongs_to)).unwrap_or_default();
        let groups: Vec<String> = proposition.actors().into_iter().map(wider).collect();
        if groups.iter().all(String::is_empty) {
            return String::new();
        }
        joined(groups.iter().map(String::as_str), '|')
    }
}

fn says(proposition: &Proposition) -> Says {
    match proposition {
        Proposition::Attribution { .. } => Says::Attribution,
        Proposition::SameActor { .. } => Says::SameActor,
        Proposition::BelongsTo { .. } => Says::BelongsTo,
    }
}

/// What of the claims has no column.
fn left_out(assessment: &Assessment) -> Vec<String> {
    let count = |is: &dyn Fn(&Claim) -> bool| assessment.claims.iter().filter(|claim| is(claim)).count();
    let parts = [
        (count(&|claim| claim.status != Status::Standing), "retracted or superseded"),
        (count(&|claim| claim.proposition.is_link() && claim.accepted), "accepted as links"),
        (count(&|claim| !claim.basis.is_empty()), "given with a basis"),
        (count(&|claim| claim.locator.span.is_some()), "anchored in an archived text"),
    ];
    let sentence = |(count, what): (usize, &str)| match count {
        0 => None,
        1 => Some(format!("1 claim is {what}; the table has no column that says so")),
        _ => Some(format!("{count} claims are {what}; the table has no column that says so")),
    };
    parts.into_iter().filter_map(sentence).collect()
}
