//! What a ranking hangs on, as the view of sensitivity shows it: a tornado of margins, and how stable the first rank is.

mod explain;
mod stability;
#[cfg(test)]
mod tests;
mod words;

use std::sync::Arc;

use super::weighing_names::WeighingNames;
use crate::analysis::ach::score::ranks;
use crate::analysis::ach::sensitivity::{
    Change, ChangeKind, Overlap, Sensitivity, margin_after, margin_among_rivals, margin_of,
};
use crate::analysis::ach::{Matrix, Raters};
use crate::analysis::{Derived, Measure};
use crate::model::{AnyId, Assessment, Evidence, Hypothesis, Id, Incident};
pub use stability::{StabilityChart, StabilityRow};
use words::Words;

/// What the ranking of the hypotheses of an incident hangs on: for one of them how its margin moves with each single change.
#[derive(Clone, Debug)]
pub struct SensitivityChart {
    /// Of which incident.
    pub incident: Id<Incident>,
    /// Whose ratings count.
    pub raters: Raters,
    /// The hypotheses in their order.
    pub columns: Vec<LeadColumn>,
    /// The one whose margin is looked at, by its place among the columns; `None` where none has a score.
    pub subject: Option<usize>,
    /// Why that is not one that stands before it, in one sentence; empty where it is, or where it was asked for.
    pub passed_over: String,
    /// Its changes, the one that moves its margin most first.
    pub rows: Vec<TornadoRow>,
    /// The least and the greatest margin that occur, 0 among them.
    pub range: (f64, f64),
    /// How many changes were tried, and how many of them move nothing.
    pub tried: (usize, usize),
    /// What the lead rests on, in one sentence.
    pub lead: String,
    /// What the single changes do, in one sentence.
    pub singles: String,
    /// The smallest sets of evidence without which the leader is not alone in front; all of them where there are few.
    pub sets: Vec<LeadSet>,
    /// Whether [`Self::lead`] names all evidence of the smallest sets.
    pub names_sets: bool,
}

/// Evidence without which the leader is not alone in front.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadSet {
    /// The evidence, in its order.
    pub evidence: Vec<Id<Evidence>>,
    /// What it is called, such as "E2 and E3".
    pub names: String,
    /// What happens without it, such as "H3 draws level".
    pub outcome: String,
}

impl LeadSet {
    /// What happens without the set, such as "Without these 2 items H3 draws level".
    pub fn sentence_in_short(&self) -> String {
        match self.evidence.len() {
            1 => format!("Without this item {}", self.outcome),
            count => format!("Without these {count} items {}", self.outcome),
        }
    }
}

/// A hypothesis with its lead.
#[derive(Clone, Debug)]
pub struct LeadColumn {
    /// The hypothesis.
    pub hypothesis: Id<Hypothesis>,
    /// What it is called in the matrix, such as "H1".
    pub name: String,
    /// What it says.
    pub answer: String,
    /// Its weighted score; `None` where nothing is rated against it.
    pub score: Option<f64>,
    /// Its rank, counted from 1; `None` like the score.
    pub rank: Option<usize>,
    /// How far the best of the others is behind it: negative where one is ahead.
    pub margin: Measure,
    /// Its column in the underlying matrix.
    place: usize,
}

/// What one thing does to the margin, one way or both ways.
#[derive(Clone, Debug)]
pub struct TornadoRow {
    /// What is changed, such as "Credibility of E2".
    pub what: String,
    /// What that is, such as the statement of E2.
    pub detail: String,
    /// What kind of thing it is.
    pub kind: ChangeKind,
    /// The record that is changed.
    pub record: AnyId,
    /// The margin today. For a link only hypotheses that exclude the subject are its rivals.
    pub before: Measure,
    /// What is tried, one or two ways.
    pub ends: Vec<TornadoEnd>,
}

/// A change one way.
#[derive(Clone, Debug)]
pub struct TornadoEnd {
    /// The change.
    pub change: Change,
    /// What is tried, such as "left out" or "C → B".
    pub label: String,
    /// The same in short where its row does not say it: the grade that is tried, such as "B".
    pub short: String,
    /// The margin of the subject after it.
    pub margin: Measure,
    /// Who shares the first rank after it.
    pub leaders: Vec<Id<Hypothesis>>,
    /// Whether that differs from today.
    pub changes_leader: bool,
    /// What it does in words, such as "H3 takes the lead".
    pub outcome: String,
    /// The weighted scores after it, in the order of the columns of the matrix.
    scores: Vec<Option<f64>>,
}

impl TornadoRow {
    /// How far the margin moves at most; 0 where it does not move or is undefined.
    pub fn swing(&self) -> f64 {
        let Ok(before) = self.before else { return 0.0 };
        let moved = self.ends.iter().filter_map(|end| Some((end.margin.as_ref().ok()? - before).abs()));
        moved.fold(0.0, f64::max)
    }

    /// Whether a change of it moves anything: the first rank, or the margin, also where that is undefined afterwards.
    pub fn is_moved_by(&self, end: &TornadoEnd) -> bool {
        end.changes_leader
            || match (&end.margin, &self.before) {
                (Ok(after), Ok(before)) => after != before,
                (after, before) => after.is_ok() != before.is_ok(),
            }
    }

    /// Whether it changes the leader, one way or the other.
    pub fn changes_leader(&self) -> bool {
        self.ends.iter().any(|end| end.changes_leader)
    }
}

impl SensitivityChart {
    /// What the ranking of the hypotheses of an incident hangs on, from results that are there. `subject` is the hypothesis whose
    /// margin is looked at; where none is given, the best one whose margin anything moves: the leader, unless it shares the first
    /// rank with one that is rated like it.
    pub fn new(
        derived: &Derived,
        incident: Id<Incident>,
        raters: Raters,
        sensitivity: &Sensitivity,
        subject: Option<Id<Hypothesis>>,
    ) -> Self {
        let assessment = derived.assessment();
        let matrix = derived.matrix(incident);
        let names = WeighingNames::new(assessment, incident);
        let columns = columns(assessment, &matrix, &names, &sensitivity.scores);
        let asked = subject.and_then(|id| columns.iter().position(|column| column.hypothesis == id));
        let asked = asked.filter(|place| columns.get(*place).is_some_and(|column| column.score.is_some()));
        let words = Words { assessment, names: &names, sensitivity };
        let (subject, passed_over, rows) = match asked {
            Some(subject) => (Some(subject), Vec::new(), rows_of(&words, &matrix, &columns, subject)),
            None => usual_subject(&words, &matrix, &columns),
        };
        let still = |row: &TornadoRow| row.ends.iter().filter(|end| !row.is_moved_by(end)).count();
        let sets = words.sets();
        Self {
            incident,
            raters,
            lead: words.lead(&columns),
            singles: words.singles(&rows),
            names_sets: words::names_all(&sets),
            sets,
            range: range(&rows),
            tried: (rows.iter().map(|row| row.ends.len()).sum(), rows.iter().map(still).sum()),
            passed_over: words.passed_over(&columns, &passed_over, subject),
            columns,
            subject,
            rows,
        }
    }

    /// The hypothesis whose margin is looked at.
    pub fn subject(&self) -> Option<&LeadColumn> {
        self.columns.get(self.subject?)
    }
}

/// The best hypothesis whose margin anything moves, those that stand before it, and its changes; the first of the best where nothing
/// moves any.
fn usual_subject(
    words: &Words<'_>,
    matrix: &Arc<Matrix>,
    columns: &[LeadColumn],
) -> (Option<usize>, Vec<usize>, Vec<TornadoRow>) {
    let mut ranked: Vec<(usize, usize)> =
        columns.iter().enumerate().filter_map(|(place, column)| Some((column.rank?, place))).collect();
    ranked.sort_unstable();
    let (mut first, mut passed_over) = (None, Vec::new());
    for (_, place) in ranked {
        let rows = rows_of(words, matrix, columns, place);
        if rows.iter().any(|row| row.swing() > 0.0) {
            return (Some(place), passed_over, rows);
        }
        passed_over.push(place);
        first.get_or_insert((Some(place), Vec::new(), rows));
    }
    first.unwrap_or_default()
}

fn rows_of(
    words: &Words<'_>,
    matrix: &Arc<Matrix>,
    columns: &[LeadColumn],
    subject: usize,
) -> Vec<TornadoRow> {
    columns.get(subject).map_or_else(Vec::new, |column| rows(words, matrix, column.place))
}

/// The least and the greatest margin that occur, 0 among them.
fn range(rows: &[TornadoRow]) -> (f64, f64) {
    let of_row = |row: &TornadoRow| {
        let ends = row.ends.iter().filter_map(|end| end.margin.as_ref().ok().copied());
        ends.chain(row.before.as_ref().ok().copied())
            .fold((0.0, 0.0), |(least, most): (f64, f64), margin| (least.min(margin), most.max(margin)))
    };
    rows.iter()
        .map(of_row)
        .fold((0.0, 0.0), |(least, most): (f64, f64), (from, to)| (least.min(from), most.max(to)))
}

fn columns(
    assessment: &Assessment,
    matrix: &Matrix,
    names: &WeighingNames,
    scores: &[Option<f64>],
) -> Vec<LeadColumn> {
    let ranks = ranks(scores);
    let column = |id: &Id<Hypothesis>| {
        let place = matrix.hypotheses.iter().position(|other| other == id)?;
        Some(LeadColumn {
            hypothesis: *id,
            name: names.hypothesis(*id),
            answer: assessment.get(*id).map_or_else(String::new, |it| assessment.answer_text(&it.answer)),
            score: scores.get(place).copied().flatten(),
            rank: ranks.get(place).copied().flatten(),
            margin: margin_of(scores, place),
            place,
        })
    };
    names.hypotheses().iter().filter_map(column).collect()
}

/// What tells the rows apart: the two ways to change one thing stand in one row.
fn row_key(change: Change) -> (AnyId, u8) {
    let part = match change {
        Change::Without(_) | Change::With(_) | Change::WithoutSource(_) | Change::Link(..) => 0,
        Change::ItemReliability(..) | Change::SourceReliability(..) => 1,
        Change::Credibility(..) => 2,
        Change::Relevance(..) => 3,
        Change::Judged(..) | Change::SourceJudged(..) => 4,
    };
    (change.record(), part)
}

fn rows(words: &Words<'_>, matrix: &Arc<Matrix>, subject: usize) -> Vec<TornadoRow> {
    let sensitivity = words.sensitivity;
    let before = margin_of(&sensitivity.scores, subject);
    let mut rows: Vec<TornadoRow> = Vec::new();
    let mut places = rustc_hash::FxHashMap::default();
    for effect in &sensitivity.effects {
        let change = effect.change;
        let place = *places.entry(row_key(change)).or_insert_with(|| {
            let (what, detail) = words.what(change);
            let (kind, record) = (change.kind(), change.record());
            rows.push(TornadoRow { what, detail, kind, record, before: before.clone(), ends: Vec::new() });
            rows.len() - 1
        });
        let margin = margin_after(&sensitivity.scores, &effect.scores, subject);
        let end = TornadoEnd {
            change,
            label: words.tried(change),
            short: change.grades(words.assessment).map(|(_, to)| to).unwrap_or_default(),
            outcome: words.outcome(matrix.hypotheses.get(subject).copied(), &margin, effect),
            margin,
            leaders: effect.leaders.clone(),
            changes_leader: effect.changes_leader,
            scores: effect.scores.clone(),
        };
        if let Some(row) = rows.get_mut(place) {
            row.ends.push(end);
        }
    }
    // The lower margin first; what is undefined last.
    let lowest = |end: &TornadoEnd| end.margin.as_ref().map_or(f64::INFINITY, |margin| *margin);
    for row in &mut rows {
        row.ends.sort_by(|left, right| lowest(left).total_cmp(&lowest(right)));
    }
    rows.extend(link_rows(words, matrix, subject));
    // The stable sort keeps what moves it equally in the order of the changes.
    let lost = |row: &TornadoRow| {
        row.before.is_ok() && row.ends.iter().any(|end| end.changes_leader && end.margin.is_err())
    };
    let rank = |row: &TornadoRow| (lost(row), row.swing(), row.changes_leader());
    // What leaves no margin because the leader is none any more comes before all that leaves one.
    rows.sort_by(|left, right| {
        let (left, right) = (rank(left), rank(right));
        right.0.cmp(&left.0).then(right.1.total_cmp(&left.1)).then(right.2.cmp(&left.2))
    });
    rows
}

/// The links that change who the rivals of a hypothesis are. No score moves with a link.
fn link_rows(words: &Words<'_>, matrix: &Matrix, subject: usize) -> Vec<TornadoRow> {
    let sensitivity = words.sensitivity;
    let among = |overlaps: &[Overlap]| margin_among_rivals(matrix, &sensitivity.scores, subject, overlaps);
    let row = |link: &crate::analysis::ach::sensitivity::LinkEffect| {
        let change = Change::Link(link.link, link.is_accepted);
        let (what, detail) = words.what(change);
        let margin = match &link.refused {
            Some(undefined) => Err(undefined.clone()),
            None => among(&link.overlaps),
        };
        TornadoRow {
            what,
            detail,
            kind: change.kind(),
            record: change.record(),
            before: among(&sensitivity.overlaps),
            ends: vec![TornadoEnd {
                change,
                label: words.tried(change),
                short: words.tried(change),
                outcome: words.link_outcome(link),
                margin,
                leaders: sensitivity.leaders.clone(),
                changes_leader: false,
                scores: sensitivity.scores.clone(),
            }],
        }
    };
    sensitivity.links.iter().map(row).collect()
}
