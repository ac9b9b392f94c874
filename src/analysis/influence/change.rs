//! What is changed, one thing at a time.

use crate::analysis::weight::neighbours;
use crate::model::{Assessment, Claim, Credibility, Id, Reliability, Source};

/// One change of what is fused. The order is that in which changes that move as far are listed.
///
/// A grade moves by one step along A to E or 1 to 5. F and 6 are no steps of that scale: they say that nothing can
/// be judged. They are tried one step to either side of the middle grade, B and D or 2 and 4, as if they could be
/// judged well or badly; so is a grade that is not given, which counts as C or 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// The claim is left out.
    WithoutClaim(Id<Claim>),
    /// All claims of one independent origin are left out; the origin is named by its first-hand claim.
    WithoutOrigin(Id<Claim>),
    /// All claims of a source are left out.
    WithoutSource(Id<Source>),
    /// An accepted link is not accepted.
    LinkOff(Id<Claim>),
    /// A link that is not accepted is.
    LinkOn(Id<Claim>),
    /// The source has another grade; claims with a grade of their own keep that.
    SourceReliability {
        /// The source.
        source: Id<Source>,
        /// The grade that it has; `None` where it is not graded.
        from: Option<Reliability>,
        /// The grade that is tried.
        to: Reliability,
    },
    /// The claim has another reliability in place of its own.
    OwnReliability {
        /// The claim.
        claim: Id<Claim>,
        /// The grade that it has.
        from: Reliability,
        /// The grade that is tried.
        to: Reliability,
    },
    /// The claim has another credibility.
    Credibility {
        /// The claim.
        claim: Id<Claim>,
        /// The grade that it has; `None` where it is not graded.
        from: Option<Credibility>,
        /// The grade that is tried.
        to: Credibility,
    },
}

impl Change {
    /// Whether claims are left out.
    pub const fn is_removal(self) -> bool {
        matches!(self, Self::WithoutClaim(_) | Self::WithoutOrigin(_) | Self::WithoutSource(_))
    }

    /// Whether a link is switched.
    pub const fn is_link(self) -> bool {
        matches!(self, Self::LinkOff(_) | Self::LinkOn(_))
    }

    /// The name of the kind of change in machine-readable output.
    pub const fn key(self) -> &'static str {
        match self {
            Self::WithoutClaim(_) => "without_claim",
            Self::WithoutOrigin(_) => "without_origin",
            Self::WithoutSource(_) => "without_source",
            Self::LinkOff(_) => "link_off",
            Self::LinkOn(_) => "link_on",
            Self::SourceReliability { .. } => "source_reliability",
            Self::OwnReliability { .. } => "own_reliability",
            Self::Credibility { .. } => "credibility",
        }
    }

    /// The record that is changed; for an origin its first-hand claim.
    pub fn record(self) -> crate::model::AnyId {
        match self {
            Self::WithoutClaim(claim)
            | Self::WithoutOrigin(claim)
            | Self::LinkOff(claim)
            | Self::LinkOn(claim)
            | Self::OwnReliability { claim, .. }
            | Self::Credibility { claim, .. } => claim.into(),
            Self::WithoutSource(source) | Self::SourceReliability { source, .. } => source.into(),
        }
    }

    /// The grade before and the one that is tried, such as `("B", "C")` or `("not graded", "2")`; `None` where no grade is
    /// changed.
    pub fn grades(self) -> Option<(String, String)> {
        let not_graded = || "not graded".to_owned();
        let letter = |grade: Reliability| grade.letter().to_string();
        let digit = |grade: Credibility| grade.digit().to_string();
        match self {
            Self::SourceReliability { from, to, .. } => {
                Some((from.map_or_else(not_graded, letter), letter(to)))
            }
            Self::OwnReliability { from, to, .. } => Some((letter(from), letter(to))),
            Self::Credibility { from, to, .. } => Some((from.map_or_else(not_graded, digit), digit(to))),
            _ => None,
        }
    }

    /// What is changed, in words, such as "Without the claim CrowdStrike: JSSD".
    pub fn label(self, assessment: &Assessment) -> String {
        let says = |claim: Id<Claim>| {
            let Some(claim) = assessment.get(claim) else { return assessment.name_of(claim) };
            let text = match claim.proposition.incident() {
                Some(_) => assessment.actors_text(claim),
                None => assessment.proposition_text(claim),
            };
            let not = if claim.stance == crate::model::Stance::Denies { "not " } else { "" };
            format!("{}: {not}{text}", assessment.name_of(claim.source))
        };
        let (from, to) = self.grades().unwrap_or_default();
        match self {
            Self::WithoutClaim(claim) => format!("Without the claim {}", says(claim)),
            Self::WithoutOrigin(claim) => format!("Without the origin {}", says(claim)),
            Self::WithoutSource(source) => format!("Without the source {}", assessment.name_of(source)),
            Self::LinkOff(claim) => format!("Link not accepted, {}", says(claim)),
            Self::LinkOn(claim) => format!("Link accepted, {}", says(claim)),
            Self::SourceReliability { source, .. } => {
                format!("Reliability of {}: {from} → {to}", assessment.name_of(source))
            }
            Self::OwnReliability { claim, .. } => {
                format!("Reliability of the claim {}: {from} → {to}", says(claim))
            }
            Self::Credibility { claim, .. } => {
                format!("Credibility of the claim {}: {from} → {to}", says(claim))
            }
        }
    }
}

/// The grades that are tried in place of a reliability: its neighbours, and those of C where it is F or not given.
pub(super) fn reliability_steps(grade: Option<Reliability>) -> Vec<Reliability> {
    let now = grade.filter(|grade| *grade != Reliability::F).unwrap_or(Reliability::C);
    neighbours(Reliability::ALL, now, &[Reliability::F])
}

/// The grades that are tried in place of a credibility: its neighbours, and those of 3 where it is 6 or not given.
pub(super) fn credibility_steps(grade: Option<Credibility>) -> Vec<Credibility> {
    let now = grade.filter(|grade| *grade != Credibility::Six).unwrap_or(Credibility::Three);
    neighbours(Credibility::ALL, now, &[Credibility::Six])
}
