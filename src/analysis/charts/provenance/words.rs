//! What the chart says in words: labels, circles, the table twin, and each node for a screen reader.

use std::fmt::Write as _;

use super::{CardKind, EdgeKind, Family, Node, Provenance};
use crate::analysis::charts::ChartTable;
use crate::model::{AnyId, Assessment, Claim, Document, Stance};

/// "1 claim", "5 claims".
pub(super) fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// The label of a family, or of the cards on their own.
pub(super) fn family(family: &Family, documents: usize, is_alone: bool, incident: Option<String>) -> String {
    let what = match (is_alone, family.claims, family.origins) {
        (true, 0, _) => format!("On their own: {}", count(family.cards.len(), "record")),
        (true, claims, _) => format!("On their own: {}", count(claims, "claim")),
        (false, 0, _) => "No claim that stands".to_owned(),
        (false, claims, 0) => count(claims, "link"),
        (false, claims, 1) if family.is_circular => {
            format!("Circular: {}, none first-hand", count(claims, "claim"))
        }
        // One claim is always of one origin: what hangs together are the documents.
        (false, 1, 1) if documents > 1 => format!("1 claim, {documents} documents"),
        (false, claims, 1) => format!("{} from one origin", count(claims, "claim")),
        (false, claims, origins) => format!("{} from {origins} independent origins", count(claims, "claim")),
    };
    match incident {
        Some(incident) => format!("{what} · {incident}"),
        None => what,
    }
}

/// The heading of a folded group.
pub(super) fn folded_heading(cards: usize, claims: usize) -> String {
    if claims == cards {
        format!("+{}", count(cards, "repeat"))
    } else {
        format!("+{cards} more that relay it")
    }
}

/// What a circle of claims and documents means, such as "A repeats B, B repeats A: neither is an independent origin".
pub fn circle_sentence(assessment: &Assessment, records: &[AnyId]) -> String {
    let short: Vec<String> = records.iter().map(|record| name(assessment, *record, false)).collect();
    let mut sorted = short.clone();
    sorted.sort_unstable();
    sorted.dedup();
    let names = if sorted.len() == short.len() {
        short
    } else {
        records.iter().map(|record| name(assessment, *record, true)).collect()
    };
    let is_document = |record: &AnyId| record.typed::<Document>().is_some();
    let next = records.iter().zip(&names).cycle().skip(1);
    let steps = records.iter().zip(&names).zip(next).map(|((from, name), (to, next))| {
        let verb = match (is_document(from), is_document(to)) {
            (false, false) => "repeats",
            (false, true) => "stands in",
            (true, false) => "contains",
            (true, true) => "relays",
        };
        if names.len() == 1 { format!("{name} {verb} itself") } else { format!("{name} {verb} {next}") }
    });
    let steps: Vec<String> = steps.collect();
    let none = match names.len() {
        1 => "it is no independent origin".to_owned(),
        2 => "neither is an independent origin".to_owned(),
        many => format!("none of the {many} is an independent origin"),
    };
    format!("{}: {none}", steps.join(", "))
}

/// A claim by its source, a document by its title; with the date where that alone does not tell them apart.
fn name(assessment: &Assessment, record: AnyId, with_date: bool) -> String {
    let (name, date) = if let Some(claim) = record.typed::<Claim>().and_then(|id| assessment.get(id)) {
        (assessment.name_of(claim.source), claim.stated_on)
    } else if let Some(document) = record.typed::<Document>().and_then(|id| assessment.get(id)) {
        (document.title.clone(), document.published)
    } else {
        (assessment.name_of(record), None)
    };
    match date {
        Some(date) if with_date => format!("{name} ({date})"),
        _ if with_date => format!("{name} ({})", crate::model::id::short(record.uuid)),
        _ => name,
    }
}

/// The counts in words.
pub(super) fn summary(chart: &Provenance) -> String {
    let mut text = count(chart.claims, "claim");
    let _ = write!(text, ", {}", count(chart.origins, "independent origin"));
    if !chart.circles.is_empty() {
        let _ = write!(text, ", {}", count(chart.circles.len(), "circle"));
    }
    text
}

/// What a node goes back to and what goes back to it, by name.
fn ends(chart: &Provenance, node: Node, goes_back: bool, kind: EdgeKind) -> Vec<String> {
    let edges = chart.edges_at(node).filter(|edge| edge.kind == kind);
    let others = edges.filter_map(|edge| match goes_back {
        true => (edge.repeat == node).then_some(edge.original),
        false => (edge.original == node).then_some(edge.repeat),
    });
    others.map(|other| short(chart, other)).collect()
}

/// A node by its source or title.
fn short(chart: &Provenance, node: Node) -> String {
    if let Some(row) = chart.row(node) {
        return row.source_name.clone();
    }
    chart.cards.get(node.card).map_or_else(String::new, |card| match card.kind {
        CardKind::Document(_) => card.title.clone(),
        _ => card.heading.clone(),
    })
}

/// What a node is, in one sentence.
pub(super) fn describe(chart: &Provenance, node: Node) -> String {
    let Some(card) = chart.cards.get(node.card) else { return String::new() };
    let mut text = match (chart.row(node), &card.kind) {
        // What is denied says so itself.
        (Some(row), _) if row.stance == Stance::Denies => format!("{} {}", row.source_name, row.says),
        (Some(row), _) => {
            format!("{} {}: {}", row.source_name, row.stance.label().to_lowercase(), row.says)
        }
        (None, CardKind::Document(_)) if card.heading.is_empty() => card.title.clone(),
        (None, CardKind::Document(_)) => format!("{}, by {}", card.title, card.heading),
        (None, _) => card.heading.clone(),
    };
    let date = chart.row(node).map_or(card.date, |row| row.stated_on);
    if let Some(date) = date.filter(|_| !matches!(card.kind, CardKind::Folded { .. })) {
        let _ = write!(text, ", {date}");
    }
    if let Some(row) = chart.row(node) {
        text.push_str(match (row.is_standing, row.is_first_hand) {
            (false, _) => ", no longer stands",
            (true, true) => ", first-hand",
            (true, false) => ", not first-hand",
        });
    }
    for (kind, verb, passive) in
        [(EdgeKind::Repeats, "repeats", "repeated by"), (EdgeKind::Relays, "relays", "relayed by")]
    {
        let back = ends(chart, node, true, kind);
        if !back.is_empty() {
            let _ = write!(text, ", {verb} {}", some(&back));
        }
        let forth = ends(chart, node, false, kind);
        if !forth.is_empty() {
            let _ = write!(text, ", {passive} {}", some(&forth));
        }
    }
    let circle = chart.row(node).map_or(card.circle.filter(|_| node.row.is_none()), |row| row.circle);
    if circle.is_some() {
        text.push_str(", circular reporting");
    }
    text
}

/// The first names of a list, and how many more there are.
fn some(names: &[String]) -> String {
    const LISTED: usize = 3;
    let listed: Vec<&str> = names.iter().take(LISTED).map(String::as_str).collect();
    let more = names.len().saturating_sub(LISTED);
    if more == 0 { listed.join(", ") } else { format!("{} and {more} more", listed.join(", ")) }
}

/// One line a document, claim or folded group, in the order of the chart.
pub(super) fn table(chart: &Provenance) -> ChartTable {
    let mut table = ChartTable::new(&[
        "Kind",
        "Source or publisher",
        "Says or title",
        "Date",
        "Document",
        "Origin",
        "Hand",
        "Repeats or relays",
        "Circle",
    ]);
    let nodes = (0..chart.cards.len()).flat_map(|card| chart.nodes_of(card));
    for node in nodes {
        let Some(card) = chart.cards.get(node.card) else { continue };
        let row = chart.row(node);
        let mut back = ends(chart, node, true, EdgeKind::Repeats);
        back.extend(ends(chart, node, true, EdgeKind::Relays));
        let kind = match (row, &card.kind) {
            (Some(_), _) => "claim",
            (None, CardKind::Document(_)) => "document",
            (None, _) => "folded",
        };
        let circle = row.map_or(card.circle, |row| row.circle);
        let date = row.map_or(card.date, |row| row.stated_on);
        table.rows.push(vec![
            kind.to_owned(),
            row.map_or_else(|| card.heading.clone(), |row| row.source_name.clone()),
            row.map_or_else(|| card.title.clone(), |row| row.says.clone()),
            date.map(|date| date.to_string()).unwrap_or_default(),
            if row.is_some() { card.title.clone() } else { String::new() },
            row.and_then(|row| row.origin).map(|origin| (origin + 1).to_string()).unwrap_or_default(),
            match row {
                Some(row) if !row.is_standing => "no longer stands".to_owned(),
                Some(row) if row.is_first_hand => "first-hand".to_owned(),
                Some(_) => "repeats".to_owned(),
                None => String::new(),
            },
            back.join("; "),
            circle.map(|circle| format!("circle {}", circle + 1)).unwrap_or_default(),
        ]);
    }
    table
}
