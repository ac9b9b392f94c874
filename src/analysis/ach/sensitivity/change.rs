//! The single changes of a matrix that are tried.

use std::collections::BTreeSet;

use super::super::matrix::{Item, ItemWeight, Matrix};
use crate::analysis::weight::neighbours;
use crate::model::{
    AnyId, Assessment, Claim, Credibility, Evidence, Grade3, GradeOverride, Id, Reliability, Source,
};

/// A single change of a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// A piece of evidence is left out.
    Without(Id<Evidence>),
    /// A piece of evidence that is left out is taken in.
    With(Id<Evidence>),
    /// All evidence of a source is left out.
    WithoutSource(Id<Source>),
    /// A piece of evidence has another reliability than that of its source, or than its own.
    ItemReliability(Id<Evidence>, Reliability),
    /// A piece of evidence has another credibility.
    Credibility(Id<Evidence>, Credibility),
    /// A piece of evidence has another relevance.
    Relevance(Id<Evidence>, Grade3),
    /// A source has another reliability, which its items inherit.
    SourceReliability(Id<Source>, Reliability),
    /// What cannot be judged (F or 6) is taken to be worth this grade.
    Judged(Id<Evidence>, Grade3),
    /// All that inherits the reliability of a source that cannot be judged (F) is taken to be worth this grade.
    SourceJudged(Id<Source>, Grade3),
    /// A link between two actors is accepted, or an accepted one is not.
    Link(Id<Claim>, bool),
}

/// What kind of thing a change concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// A piece of evidence counts or does not.
    Item,
    /// A source counts or does not.
    Source,
    /// A grade is another one.
    Grade,
    /// A link is accepted or not.
    Link,
}

impl ChangeKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Item, Self::Source, Self::Grade, Self::Link];

    /// The name that people read, of several.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Item => "Items",
            Self::Source => "Sources",
            Self::Grade => "Grades",
            Self::Link => "Links",
        }
    }
}

impl Change {
    /// What kind of thing it concerns.
    pub const fn kind(self) -> ChangeKind {
        match self {
            Self::Without(_) | Self::With(_) => ChangeKind::Item,
            Self::WithoutSource(_) => ChangeKind::Source,
            Self::ItemReliability(..)
            | Self::Credibility(..)
            | Self::Relevance(..)
            | Self::SourceReliability(..)
            | Self::Judged(..)
            | Self::SourceJudged(..) => ChangeKind::Grade,
            Self::Link(..) => ChangeKind::Link,
        }
    }

    /// The name of the kind of change in machine-readable output.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Without(_) => "without_evidence",
            Self::With(_) => "with_evidence",
            Self::WithoutSource(_) => "without_source",
            Self::ItemReliability(..) => "item_reliability",
            Self::Credibility(..) => "credibility",
            Self::Relevance(..) => "relevance",
            Self::SourceReliability(..) => "source_reliability",
            Self::Judged(..) => "item_judged",
            Self::SourceJudged(..) => "source_judged",
            Self::Link(_, true) => "link_on",
            Self::Link(_, false) => "link_off",
        }
    }

    /// The record that is changed.
    pub fn record(self) -> AnyId {
        match self {
            Self::Without(id)
            | Self::With(id)
            | Self::ItemReliability(id, _)
            | Self::Credibility(id, _)
            | Self::Relevance(id, _)
            | Self::Judged(id, _) => id.into(),
            Self::WithoutSource(id) | Self::SourceReliability(id, _) | Self::SourceJudged(id, _) => id.into(),
            Self::Link(id, _) => id.into(),
        }
    }

    /// The grade before and the one that is tried, such as `("C", "B")`, or `("F or 6", "high")`; `None` where no grade is
    /// changed. One that is not given counts as C, 3 or medium, which is said.
    pub fn grades(self, assessment: &Assessment) -> Option<(String, String)> {
        let weight = |id: Id<Evidence>| assessment.get(id).map(|it| ItemWeight::of(assessment, it));
        let letter = |grade: Reliability| grade.letter().to_string();
        let word = |grade: Grade3| grade.label().to_lowercase();
        let missing = |usual: &str| format!("not graded, as {usual}");
        match self {
            Self::ItemReliability(id, to) => {
                let from = weight(id).and_then(|weight| weight.reliability);
                Some((from.map_or_else(|| missing("C"), letter), letter(to)))
            }
            Self::SourceReliability(id, to) => {
                let from = assessment.get(id).and_then(Source::reliability);
                Some((from.map_or_else(|| missing("C"), letter), letter(to)))
            }
            Self::Credibility(id, to) => {
                let digit = |grade: Credibility| grade.digit().to_string();
                let from = weight(id).and_then(|weight| weight.credibility);
                Some((from.map_or_else(|| missing("3"), digit), digit(to)))
            }
            Self::Relevance(id, to) => {
                let from = assessment.get(id).and_then(|it| it.relevance);
                Some((from.map_or_else(|| missing("medium"), word), word(to)))
            }
            Self::Judged(_, to) => Some(("F or 6".to_owned(), word(to))),
            Self::SourceJudged(_, to) => Some(("F".to_owned(), word(to))),
            Self::Without(_) | Self::With(_) | Self::WithoutSource(_) | Self::Link(..) => None,
        }
    }
}

/// The rows that a change concerns, each with what it weighs after it; `None` where it is left out.
pub(super) type Reweighed = Vec<(usize, Option<f64>)>;

/// Every single change but those of links.
pub(super) fn changes(assessment: &Assessment, matrix: &Matrix) -> Vec<(Change, Reweighed)> {
    let mut found = Vec::new();
    for (row, item) in matrix.items.iter().enumerate() {
        let Some(evidence) = assessment.get(item.evidence) else { continue };
        if item.is_excluded {
            found.push((Change::With(item.evidence), vec![(row, Some(item.weight.weight))]));
            continue;
        }
        found.push((Change::Without(item.evidence), vec![(row, None)]));
        for (change, changed) in regraded(evidence, &item.weight) {
            found.push((change, vec![(row, Some(ItemWeight::of(assessment, &changed).weight))]));
        }
        for grade in item.weight.other_grades() {
            let weight = item.weight.graded(assessment, grade).weight;
            found.push((Change::Judged(item.evidence, grade), vec![(row, Some(weight))]));
        }
    }
    let sources: BTreeSet<Id<Source>> = matrix
        .items
        .iter()
        .filter(|item| !item.is_excluded)
        .filter_map(|item| assessment.get(item.evidence)?.source)
        .collect();
    for source in sources {
        of_source(assessment, matrix, source, &mut found);
    }
    found
}

/// The changes of a source: all of its items that count are left out, or inherit another grade.
fn of_source(
    assessment: &Assessment,
    matrix: &Matrix,
    source: Id<Source>,
    found: &mut Vec<(Change, Reweighed)>,
) {
    let counted = matrix.items.iter().enumerate().filter(|(_, item)| !item.is_excluded);
    let items: Vec<(usize, &Item, &Evidence)> = counted
        .filter_map(|(row, item)| Some((row, item, assessment.get(item.evidence)?)))
        .filter(|(_, _, evidence)| evidence.source == Some(source))
        .collect();
    found.push((Change::WithoutSource(source), items.iter().map(|(row, ..)| (*row, None)).collect()));
    let inheriting = || items.iter().filter(|(_, _, evidence)| evidence.reliability_override.is_none());
    if inheriting().next().is_none() {
        return;
    }
    let grade = assessment.get(source).and_then(Source::reliability);
    for other in neighbours(Reliability::ALL, grade.unwrap_or(Reliability::C), &[Reliability::F]) {
        let regraded = inheriting().map(|(row, _, evidence)| {
            let (credibility, relevance) = (evidence.credibility, evidence.relevance);
            (*row, Some(ItemWeight::from_grades(assessment, Some(other), credibility, relevance).weight))
        });
        found.push((Change::SourceReliability(source, other), regraded.collect()));
    }
    if grade == Some(Reliability::F) {
        let others: BTreeSet<Grade3> =
            inheriting().flat_map(|(_, item, _)| item.weight.other_grades()).collect();
        for grade in others {
            let judged =
                inheriting().map(|(row, item, _)| (*row, Some(item.weight.graded(assessment, grade).weight)));
            found.push((Change::SourceJudged(source, grade), judged.collect()));
        }
    }
}

/// A step up and a step down in each grade of an item. Grades that cannot be judged have no next one: both ends are tried
/// instead.
fn regraded(evidence: &Evidence, weight: &ItemWeight) -> Vec<(Change, Evidence)> {
    let mut found = Vec::new();
    if evidence.source.is_some() || evidence.reliability_override.is_some() {
        let now = weight.reliability.unwrap_or(Reliability::C);
        for other in neighbours(Reliability::ALL, now, &[Reliability::F]) {
            let mut changed = evidence.clone();
            changed.reliability_override = Some(GradeOverride { reliability: other, reason: String::new() });
            found.push((Change::ItemReliability(evidence.id, other), changed));
        }
    }
    let now = weight.credibility.unwrap_or(Credibility::Three);
    for other in neighbours(Credibility::ALL, now, &[Credibility::Six]) {
        let changed = Evidence { credibility: Some(other), ..evidence.clone() };
        found.push((Change::Credibility(evidence.id, other), changed));
    }
    for other in neighbours(Grade3::ALL, weight.relevance, &[]) {
        let changed = Evidence { relevance: Some(other), ..evidence.clone() };
        found.push((Change::Relevance(evidence.id, other), changed));
    }
    found
}
