//! What to beware of in a matrix.

use super::matrix::Matrix;
use super::score::{Raters, Scores, Table};
use crate::analysis::{Derived, Hierarchy, Measure};
use crate::model::{Answer, Assessment, Evidence, Hypothesis, Id, Incident};

/// Something to beware of in a matrix.
#[derive(Clone, Debug, PartialEq)]
pub enum Hint {
    /// Two hypotheses do not exclude each other, though every score assumes that they do.
    Overlap {
        /// The narrower one, or the first one.
        first: Id<Hypothesis>,
        /// The wider one, or the second one.
        second: Id<Hypothesis>,
        /// How they overlap.
        kind: OverlapKind,
    },
    /// Most of the rated evidence does not tell the hypotheses apart.
    LittleDiscriminates {
        /// How many rated rows have the same rating for all hypotheses.
        same: usize,
        /// How many rows are rated against at least two hypotheses.
        rated: usize,
    },
    /// Some evidence adds no points to the leader, but not since it was found consistent: that may lead for lack of evidence against
    /// it.
    LeadsForLackOfEvidence {
        /// The leader.
        leader: Id<Hypothesis>,
        /// Whether it shares the first place.
        is_shared: bool,
        /// The rows that are rated against another hypothesis, and by nobody against the leader: who rates them may find that they
        /// speak against it.
        not_rated: Vec<Id<Evidence>>,
        /// The rows that add points to another hypothesis, and hold for not applicable to the leader.
        not_applicable: Vec<Id<Evidence>>,
    },
    /// A hypothesis without any rating.
    NotRated(Id<Hypothesis>),
    /// Evidence whose source or credibility cannot be judged (F or 6).
    CannotBeJudged(Vec<Id<Evidence>>),
}

impl Hint {
    /// The name in machine-readable results.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Overlap { kind: OverlapKind::Same, .. } => "same_actor",
            Self::Overlap { kind: OverlapKind::Subsumes, .. } => "part_of",
            Self::Overlap { kind: OverlapKind::Shares, .. } => "shared_members",
            Self::LittleDiscriminates { .. } => "little_discriminates",
            Self::LeadsForLackOfEvidence { .. } => "leads_for_lack_of_evidence",
            Self::NotRated(_) => "not_rated",
            Self::CannotBeJudged(_) => "cannot_be_judged",
        }
    }

    /// The hypotheses that it names; of two that overlap the narrower one, or the first one, comes first.
    pub fn hypotheses(&self) -> Vec<Id<Hypothesis>> {
        match self {
            Self::Overlap { first, second, .. } => vec![*first, *second],
            Self::LeadsForLackOfEvidence { leader: one, .. } | Self::NotRated(one) => vec![*one],
            Self::LittleDiscriminates { .. } | Self::CannotBeJudged(_) => Vec::new(),
        }
    }

    /// The evidence that it names.
    pub fn evidence(&self) -> impl Iterator<Item = &Id<Evidence>> {
        let (first, second): (&[_], &[_]) = match self {
            Self::LeadsForLackOfEvidence { not_rated, not_applicable, .. } => (not_rated, not_applicable),
            Self::CannotBeJudged(all) => (all, &[]),
            Self::Overlap { .. } | Self::LittleDiscriminates { .. } | Self::NotRated(_) => (&[], &[]),
        };
        first.iter().chain(second)
    }
}

/// How two hypotheses overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverlapKind {
    /// They name the same actors, maybe through an accepted link.
    Same,
    /// The first is part of the second.
    Subsumes,
    /// They share members.
    Shares,
}

/// The numbers of a matrix under one choice of raters.
#[derive(Clone, Copy, Debug)]
pub struct Numbers<'a> {
    /// The matrix.
    pub matrix: &'a Matrix,
    /// Whose ratings count.
    pub raters: Raters,
    /// What each cell adds to its score.
    pub table: &'a Table,
    /// The scores.
    pub scores: &'a Scores,
    /// The diagnosticity of each row.
    pub diagnosticity: &'a [Measure],
}

/// All that is to be said of the matrix of an incident.
pub fn hints(derived: &Derived, incident: Id<Incident>, numbers: Numbers<'_>) -> Vec<Hint> {
    let mut hints = overlaps(derived, incident);
    hints.extend(ratings(numbers));
    hints
}

/// The pairs of hypotheses of an incident that do not exclude each other, under the accepted links. Hypotheses in free text
/// are taken to exclude all others.
pub fn overlaps(derived: &Derived, incident: Id<Incident>) -> Vec<Hint> {
    let found = overlaps_under(derived.assessment(), incident, derived.hierarchy()).into_iter();
    found.map(|(first, second, kind)| Hint::Overlap { first, second, kind }).collect()
}

/// The same in the order of the assessment under any links: the narrower one, or the first one; the wider one, or the second
/// one; and how they overlap.
pub(super) fn overlaps_under(
    assessment: &Assessment,
    incident: Id<Incident>,
    hierarchy: &Hierarchy,
) -> Vec<(Id<Hypothesis>, Id<Hypothesis>, OverlapKind)> {
    let of_incident = assessment.hypotheses.iter().filter(|hypothesis| hypothesis.incident == incident);
    let sets: Vec<_> = of_incident
        .filter_map(|hypothesis| match hypothesis.answer {
            Answer::Actor(actor) => Some((hypothesis.id, hierarchy.set_of(&[actor]))),
            Answer::Text(_) => None,
        })
        .collect();
    let mut found = Vec::new();
    for (place, (first, left)) in sets.iter().enumerate() {
        for (second, right) in sets.iter().skip(place + 1) {
            found.extend(match (left.is_subset(right), right.is_subset(left)) {
                (true, true) => Some((*first, *second, OverlapKind::Same)),
                (true, false) => Some((*first, *second, OverlapKind::Subsumes)),
                (false, true) => Some((*second, *first, OverlapKind::Subsumes)),
                (false, false) if !left.is_disjoint(right) => Some((*first, *second, OverlapKind::Shares)),
                _ => None,
            });
        }
    }
    found
}

fn ratings(numbers: Numbers<'_>) -> Vec<Hint> {
    let Numbers { matrix, scores, diagnosticity, .. } = numbers;
    let mut found = Vec::new();
    let counted = |row: usize| matrix.items.get(row).is_some_and(|item| !item.is_excluded);
    let spread = diagnosticity.iter().enumerate().filter(|(row, _)| counted(*row));
    let spread: Vec<f64> = spread.filter_map(|(_, spread)| spread.as_ref().ok().copied()).collect();
    let same = spread.iter().filter(|spread| **spread == 0.0).count();
    if same * 2 > spread.len() {
        found.push(Hint::LittleDiscriminates { same, rated: spread.len() });
    }
    let leaders = scores.leaders();
    found.extend(leaders.iter().filter_map(|leader| lack_of_evidence(numbers, *leader, leaders.len() > 1)));
    let is_rated = !spread.is_empty();
    let unrated = scores.hypotheses.iter().filter(|score| is_rated && score.rated == 0);
    found.extend(unrated.map(|score| Hint::NotRated(score.hypothesis)));
    let unknown = matrix.items.iter().filter(|item| !item.is_excluded && item.weight.is_unknown);
    let unknown: Vec<Id<Evidence>> = unknown.map(|item| item.evidence).collect();
    if !unknown.is_empty() {
        found.push(Hint::CannotBeJudged(unknown));
    }
    found
}

/// The evidence that counts against others and not against a leader; `None` where there is none.
fn lack_of_evidence(numbers: Numbers<'_>, leader: usize, is_shared: bool) -> Option<Hint> {
    let Numbers { matrix, raters, table, .. } = numbers;
    let (mut not_rated, mut not_applicable) = (Vec::new(), Vec::new());
    for (row, item) in matrix.items.iter().enumerate().filter(|(_, item)| !item.is_excluded) {
        if table.at(row, leader).is_some() {
            continue;
        }
        let points = || (0..table.columns).filter_map(|column| table.at(row, column));
        // Whoever rated a cell without any points holds it not applicable.
        let is_rated = matrix.votes(row, leader).iter().any(|vote| raters.includes(vote));
        if is_rated && points().any(|points| points > 0.0) {
            not_applicable.push(item.evidence);
        } else if !is_rated && points().next().is_some() {
            not_rated.push(item.evidence);
        }
    }
    let leader = *matrix.hypotheses.get(leader)?;
    let is_any = !not_rated.is_empty() || !not_applicable.is_empty();
    is_any.then_some(Hint::LeadsForLackOfEvidence { leader, is_shared, not_rated, not_applicable })
}
