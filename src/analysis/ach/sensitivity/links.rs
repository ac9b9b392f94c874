//! What accepted links do to a ranking: they move no score, but they say which hypotheses exclude one another.

use super::super::hints::{OverlapKind, overlaps_under};
use super::super::matrix::Matrix;
use super::super::score::{best_among, settle, tie};
use crate::analysis::progress::Progress;
use crate::analysis::rounding::measured;
use crate::analysis::{Derived, Measure, Undefined};
use crate::model::{Answer, Claim, Hypothesis, Id, Incident};

/// What accepting a link, or not accepting it, does to the hypotheses of a matrix.
///
/// Every score takes the hypotheses for rivals, and a link moves no score. But with a link two hypotheses may name the same
/// actors, or one may become part of the other: then the lead of one over the other is no lead.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkEffect {
    /// The claim that says it.
    pub link: Id<Claim>,
    /// Whether it is accepted after the change.
    pub is_accepted: bool,
    /// The hypotheses that do not exclude each other after the change; see [`Overlap`].
    pub overlaps: Vec<Overlap>,
    /// Why it cannot be accepted.
    pub refused: Option<Undefined>,
}

/// Two hypotheses that do not exclude each other: the narrower one, or the first one; the wider one, or the second one; and how.
pub type Overlap = (Id<Hypothesis>, Id<Hypothesis>, OverlapKind);

impl LinkEffect {
    /// The overlaps that are new with the change.
    pub fn begun<'a>(&'a self, before: &'a [Overlap]) -> impl Iterator<Item = &'a Overlap> {
        self.overlaps.iter().filter(move |overlap| !before.contains(overlap))
    }

    /// The overlaps that are gone with the change.
    pub fn ended<'a>(&'a self, before: &'a [Overlap]) -> impl Iterator<Item = &'a Overlap> {
        before.iter().filter(move |overlap| !self.overlaps.contains(overlap))
    }
}

/// How far the best of the scores of those that exclude it is behind that of a hypothesis: negative where one of them is ahead.
///
/// # Errors
/// Undefined where it has no score, and where no other that excludes it has one.
pub fn margin_among_rivals(
    matrix: &Matrix,
    scores: &[Option<f64>],
    column: usize,
    overlaps: &[Overlap],
) -> Measure {
    let own = scores.get(column).copied().flatten();
    let own = own.ok_or(Undefined::because("no evidence is rated against it"))?;
    let id = matrix.hypotheses.get(column);
    let is_rival = |other: usize| {
        let other = matrix.hypotheses.get(other);
        !overlaps.iter().any(|(first, second, _)| {
            (Some(first), Some(second)) == (id, other) || (Some(first), Some(second)) == (other, id)
        })
    };
    let best = best_among(scores, |other| other != column && is_rival(other));
    let best = best.ok_or(Undefined::because("no other hypothesis that excludes it has a score"))?;
    measured(settle(best - own, tie(scores)))
}

/// The hypotheses that do not exclude each other today, and the links that change something of it, by identifier; `None` where
/// `progress` was stopped.
pub(super) fn link_effects(
    derived: &Derived,
    incident: Id<Incident>,
    progress: &Progress<'_>,
) -> Option<(Vec<Overlap>, Vec<LinkEffect>)> {
    let today = overlaps_under(derived.assessment(), incident, derived.hierarchy());
    let links = links_to_try(derived, incident);
    progress.expect(links.len());
    let mut found = Vec::new();
    for (link, is_accepted) in links {
        progress.step()?;
        let hierarchy = derived.hierarchy_with(link, !is_accepted);
        let rejected = hierarchy.rejected().iter().find(|other| !is_accepted && other.claim == Some(link));
        let refused = rejected.map(|link| {
            Undefined(format!("it would close a circle: {}", link.circle.join(", part of ")).into())
        });
        let overlaps = overlaps_under(derived.assessment(), incident, &hierarchy);
        if refused.is_some() || overlaps != today {
            found.push(LinkEffect { link, is_accepted: !is_accepted, overlaps, refused });
        }
    }
    Some((today, found))
}

/// The links that touch the actors of the hypotheses of an incident, or those below them, each with whether it is accepted.
pub(in crate::analysis) fn links_to_try(derived: &Derived, incident: Id<Incident>) -> Vec<(Id<Claim>, bool)> {
    let named = derived.assessment().hypotheses.iter().filter(|it| it.incident == incident);
    let actors = named.filter_map(|it| match it.answer {
        Answer::Actor(actor) => Some(actor),
        Answer::Text(_) => None,
    });
    let actors: Vec<_> = actors.collect();
    // One alone overlaps with nothing.
    if actors.len() < 2 { Vec::new() } else { derived.links_below(&actors) }
}
