//! Writing the matrix of an incident as a table.

use csv::WriterBuilder;

use super::super::Export;
use super::super::cells::{escaped, names};
use super::super::rejects::REASON;
use super::cells::believed_cell;
use super::header::Column;
use super::holding;
use crate::model::{Analyst, Assessment, Evidence, Hypothesis, Id, Incident, Rating, RatingValue, Source};

/// Writes the evidence on an incident against its hypotheses, with the ratings of one analyst that hold. Rows and columns are by
/// identifier, as the scores have them.
pub fn write(assessment: &Assessment, incident: Id<Incident>, analyst: Option<Id<Analyst>>) -> Export {
    let hypotheses: Vec<&Hypothesis> =
        assessment.hypotheses.iter().filter(|it| it.incident == incident).collect();
    let evidence: Vec<&Evidence> = assessment.evidence.iter().filter(|it| it.incident == incident).collect();
    let ratings = analyst.map(|analyst| holding(assessment, analyst)).unwrap_or_default();
    let sources = names(assessment.sources.iter().map(|it: &Source| (it.id, it.name.clone())));
    let headers: Vec<(Id<Hypothesis>, String)> =
        hypotheses.iter().map(|it| (it.id, assessment.name_of(it.id))).collect();
    let called = names(headers.iter().cloned());
    let has_notes = evidence.iter().any(|it| !it.notes.trim().is_empty());
    let columns: Vec<Column> =
        Column::ALL.iter().copied().filter(|column| *column != Column::Notes || has_notes).collect();

    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    let mut write_row = |cell: &dyn Fn(Column) -> String, rated: &dyn Fn(&Hypothesis) -> String| {
        let (first, rest) = columns.split_at(1);
        let row = first.iter().map(|column| cell(*column));
        let row =
            row.chain(hypotheses.iter().map(|it| rated(it))).chain(rest.iter().map(|column| cell(*column)));
        // Writing into memory does not fail, and all rows have as many cells.
        let _ = writer.write_record(row.map(escaped));
    };
    let header = |it: &Hypothesis| {
        let name = called.get(&it.id).cloned().unwrap_or_default();
        // One that is called like another column would be taken for that.
        let is_taken = Column::from_header(&name).is_some() || name.eq_ignore_ascii_case(REASON);
        if is_taken { format!("{name} [{}]", it.id) } else { name }
    };
    write_row(&|column| column.name().to_owned(), &header);
    for item in &evidence {
        let source = || item.source.and_then(|id| sources.get(&id).cloned()).unwrap_or_default();
        let cell = |column: Column| match column {
            Column::Evidence if item.statement.trim().is_empty() => format!("[{}]", item.id),
            Column::Evidence => item.statement.trim().to_owned(),
            Column::Source => source(),
            Column::Type => item.kind.label().to_owned(),
            Column::Credibility => {
                let own = item.reliability_override.as_ref().map(|own| own.reliability);
                let inherited =
                    || item.source.and_then(|id| assessment.get(id)).and_then(Source::reliability);
                believed_cell(own.or_else(inherited), item.credibility)
            }
            Column::Relevance => item.relevance.map(|it| it.label().to_uppercase()).unwrap_or_default(),
            Column::Notes => item.notes.trim().to_owned(),
        };
        let rated = |it: &Hypothesis| {
            let rating = ratings.get(&(item.id, it.id));
            rating.map_or("", |rating| RatingValue::label(rating.value)).to_owned()
        };
        write_row(&cell, &rated);
    }
    let left_out = left_out(assessment, &evidence, &hypotheses, analyst);
    Export { bytes: writer.into_inner().unwrap_or_default(), left_out }
}

/// What of the matrix has no place in the table.
fn left_out(
    assessment: &Assessment,
    evidence: &[&Evidence],
    hypotheses: &[&Hypothesis],
    analyst: Option<Id<Analyst>>,
) -> Vec<String> {
    let of_matrix = |rating: &&Rating| hypotheses.iter().any(|it| it.id == rating.hypothesis);
    let ratings: Vec<&Rating> = assessment.ratings.iter().filter(of_matrix).collect();
    let own = || ratings.iter().filter(|it| Some(it.analyst) == analyst);
    let items = |is: &dyn Fn(&Evidence) -> bool| evidence.iter().filter(|it| is(it)).count();
    let parts = [
        (
            items(&|it| it.excluded),
            "piece of evidence is left out of the scores",
            "pieces of evidence are left out of the scores",
        ),
        (
            items(&|it| !it.dependence_group.trim().is_empty()),
            "piece of evidence is in a dependence group",
            "pieces of evidence are in dependence groups",
        ),
        (items(&|it| it.deception_risk.is_some()), "deception risk", "deception risks"),
        (
            items(&|it| !it.documents.is_empty()),
            "piece of evidence has documents",
            "pieces of evidence have documents",
        ),
        (
            own().filter(|it| !it.reason.trim().is_empty()).count(),
            "rating has a reason",
            "ratings have reasons",
        ),
        (
            own().filter(|it| it.likelihood.is_some()).count(),
            "cell has a likelihood of its own",
            "cells have likelihoods of their own",
        ),
        (
            hypotheses.iter().filter(|it| it.prior.is_some()).count(),
            "hypothesis has a prior",
            "hypotheses have priors",
        ),
        (
            ratings.iter().filter(|it| Some(it.analyst) != analyst).count(),
            "rating is another analyst's",
            "ratings are other analysts'",
        ),
    ];
    let sentence = |(count, one, many): (usize, &str, &str)| match count {
        0 => None,
        1 => Some(format!("1 {one}; the table has no column for that")),
        _ => Some(format!("{count} {many}; the table has no column for that")),
    };
    parts.into_iter().filter_map(sentence).collect()
}
