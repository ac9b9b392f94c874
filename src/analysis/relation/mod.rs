//! How two claims about one incident stand to each other.
//!
//! Each claim is a set of actors (see [`crate::analysis::hierarchy`]); the relation is that of the two sets.
//! What the claims share and where they differ, field by field, is in [`differences`].

mod conflict;
mod differences;
mod explain;
mod ground;

use std::fmt;

pub use conflict::{Opinion, SetRelation, degree_of_conflict, dempster_conflict};
pub(in crate::analysis) use differences::named_actors;
pub use differences::{Field, FieldPair, confidence_text, fields, likelihood_text};
pub use explain::{explain_conflict, explain_dempster_k, explain_similarity};

use super::{ActorSet, Hierarchy, Measure, Options, Undefined};
use crate::model::date::Overlap;
use crate::model::{Assessment, Claim, Id, Incident, Period, Proposition, Role, Stance};

/// How two claims stand to each other.
///
/// The order is that of weight, least first: where two sources have several claims, the last one counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// They cannot be set against each other: another incident, role or period.
    NotComparable,
    /// At least one of them names nobody.
    Silent,
    /// They name the same.
    Same,
    /// One is narrower than the other: compatible, and no contradiction.
    Refines,
    /// They share members, and neither contains the other.
    Overlaps,
    /// They share no member: both cannot be right.
    Contradicts,
}

impl Relation {
    /// All relations, in the order in which they are listed to people.
    pub const ALL: [Self; 6] =
        [Self::Same, Self::Refines, Self::Overlaps, Self::Contradicts, Self::Silent, Self::NotComparable];

    /// The name that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Same => "Same",
            Self::Refines => "Refines",
            Self::Overlaps => "Overlaps",
            Self::Contradicts => "Contradicts",
            Self::Silent => "Silent",
            Self::NotComparable => "Not comparable",
        }
    }

    /// The name in machine-readable output.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Refines => "refines",
            Self::Overlaps => "overlaps",
            Self::Contradicts => "contradicts",
            Self::Silent => "silent",
            Self::NotComparable => "not_comparable",
        }
    }

    /// The verb between two claims, with which of them is the narrower where one is.
    pub const fn verb(self, narrower: Option<Side>) -> &'static str {
        match (self, narrower) {
            (Self::Same, _) => "says the same as",
            (Self::Refines, Some(Side::Right)) => "is refined by",
            (Self::Refines, _) => "refines",
            (Self::Overlaps, _) => "overlaps with",
            (Self::Contradicts, _) => "contradicts",
            (Self::Silent, _) => "cannot be held against",
            (Self::NotComparable, _) => "is not comparable with",
        }
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.label())
    }
}

/// One of two claims that are set against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The first one.
    Left,
    /// The second one.
    Right,
}

impl Side {
    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }
}

/// Why two claims stand to each other as they do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Their sets of actors decide.
    Sets,
    /// One of them says something about actors and not about an incident.
    NoAttribution,
    /// They speak of different incidents.
    OtherIncident,
    /// They speak of different roles.
    OtherRole,
    /// Their periods cannot share a day.
    OtherPeriod,
    /// One of them declines to say.
    Declines,
    /// One of them names no actor.
    NamesNobody,
    /// One of them denies something narrower than the level at which claims are seen, which leaves the rest
    /// open there.
    DenialBelowLevel,
}

impl Reason {
    /// A sentence about two claims for which it holds.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Sets => "Both say who did it, of one incident, one role and one time.",
            Self::NoAttribution => "One of them links two actors; it does not say who did something.",
            Self::OtherIncident => "They speak of different incidents.",
            Self::OtherRole => "They speak of different roles.",
            Self::OtherPeriod => "Their periods cannot share a day.",
            Self::Declines => "One of them declines to name anybody.",
            Self::NamesNobody => "One of them names no actor.",
            Self::DenialBelowLevel => {
                "One of them denies something narrower than the chosen level, which leaves the rest open there."
            }
        }
    }
}

/// How two positions stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The relation.
    pub relation: Relation,
    /// Why it is that one.
    pub reason: Reason,
    /// The narrower of the two; only where one refines the other.
    pub narrower: Option<Side>,
    /// How their sets lie to each other; only where the sets decide.
    pub sets: Option<SetRelation>,
}

impl Standing {
    /// The degree of conflict and Dempster's K of two claims with these opinions. Undefined where the sets do
    /// not decide.
    pub fn conflict(&self, left: Opinion, right: Opinion) -> (Measure, Measure) {
        match self.sets {
            Some(sets) => {
                (Ok(degree_of_conflict(left, right, sets)), Ok(dempster_conflict(left, right, sets)))
            }
            None => {
                let undefined = Undefined::because(match self.relation {
                    Relation::Silent => "one of the claims says nothing that could be set against the other",
                    _ => "the claims are not comparable",
                });
                (Err(undefined.clone()), Err(undefined))
            }
        }
    }
}

/// What a claim says, ready to be compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Position {
    /// The incident; `None` for a claim that links actors.
    pub incident: Option<Id<Incident>>,
    /// The role.
    pub role: Role,
    /// The period that it speaks of: its own, else that of its incident.
    pub period: Period,
    /// Who did it, or why the claim does not say.
    pub who: Result<ActorSet, Reason>,
}

impl Position {
    /// What a claim says under a hierarchy and options.
    ///
    /// A claim that does not say what period it covers is taken to speak of the period of its incident. An
    /// assertion stands for the union of its actors, a denial for everyone else. At a chosen level an
    /// assertion is widened to that level; a denial of something narrower than the level excludes nobody
    /// there, and says nothing.
    pub fn of(assessment: &Assessment, hierarchy: &Hierarchy, options: Options, claim: &Claim) -> Self {
        let Proposition::Attribution { incident, actors, role } = &claim.proposition else {
            return Self {
                incident: None,
                role: Role::Perpetrator,
                period: claim.covers,
                who: Err(Reason::NoAttribution),
            };
        };
        let seen = || hierarchy.set_at_level(actors, options.level);
        let who = match claim.stance {
            Stance::Declines => Err(Reason::Declines),
            _ if actors.iter().all(|actor| hierarchy.number_of(*actor).is_none()) => Err(Reason::NamesNobody),
            Stance::Asserts => Ok(seen()),
            Stance::Denies => {
                let denied = hierarchy.set_of(actors);
                let is_below = options.level.is_some() && seen() != denied;
                if is_below { Err(Reason::DenialBelowLevel) } else { Ok(denied.complement()) }
            }
        };
        Self { incident: Some(*incident), role: *role, period: effective_period(assessment, claim), who }
    }

    /// How this stands to another, why, and which of the two is the narrower where one refines the other.
    pub fn relation_to(&self, other: &Self, options: Options) -> Standing {
        let without_sets = |relation, reason| Standing { relation, reason, narrower: None, sets: None };
        let (Some(left_incident), Some(right_incident)) = (self.incident, other.incident) else {
            return without_sets(Relation::NotComparable, Reason::NoAttribution);
        };
        if left_incident != right_incident {
            return without_sets(Relation::NotComparable, Reason::OtherIncident);
        }
        let (left, right) = match (&self.who, &other.who) {
            (Ok(left), Ok(right)) => (left, right),
            (Err(reason), _) | (_, Err(reason)) => return without_sets(Relation::Silent, *reason),
        };
        if self.role != other.role {
            return without_sets(Relation::NotComparable, Reason::OtherRole);
        }
        if !options.ignore_period && self.period.overlap(other.period) == Overlap::Apart {
            return without_sets(Relation::NotComparable, Reason::OtherPeriod);
        }
        let sets = SetRelation::between(left, right);
        let (relation, narrower) = match (sets.left_in_right, sets.right_in_left) {
            (true, true) => (Relation::Same, None),
            (true, false) => (Relation::Refines, Some(Side::Left)),
            (false, true) => (Relation::Refines, Some(Side::Right)),
            (false, false) if sets.is_disjoint => (Relation::Contradicts, None),
            (false, false) => (Relation::Overlaps, None),
        };
        Standing { relation, reason: Reason::Sets, narrower, sets: Some(sets) }
    }
}

/// The period that a claim speaks of: its own where it says, else that of its incident; unknown where neither
/// is known.
pub fn effective_period(assessment: &Assessment, claim: &Claim) -> Period {
    if !claim.covers.is_unknown() {
        return claim.covers;
    }
    let incident = claim.proposition.incident().and_then(|id| assessment.get(id));
    incident.map_or(Period::default(), |incident| incident.period)
}

/// Whether a claim speaks of a period that cannot share a day with its incident's.
pub fn is_period_mismatch(assessment: &Assessment, claim: &Claim) -> bool {
    let incident = claim.proposition.incident().and_then(|id| assessment.get(id));
    incident.is_some_and(|incident| incident.period.overlap(claim.covers) == Overlap::Apart)
}

/// Two claims, set against each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// How they stand to each other.
    pub relation: Relation,
    /// The narrower of the two; only where one refines the other.
    pub narrower: Option<Side>,
    /// Why they stand so.
    pub reason: Reason,
    /// The degree of conflict, in `[0, 1]`: see [`degree_of_conflict`]. Undefined where the two are silent or
    /// not comparable.
    pub conflict: Measure,
    /// Dempster's K, in `[0, 1]`: see [`dempster_conflict`]. Undefined where the degree of conflict is.
    pub dempster_k: Measure,
    /// How near their actors stand to each other, in `(0, 1]`: see [`Hierarchy::similarity`]. For display alone.
    pub similarity: Measure,
    /// How their sets lie to each other; only where the sets decide.
    pub sets: Option<SetRelation>,
    /// How the relation comes about, in one sentence, such as "CIA is part of United States".
    pub ground: String,
    /// What they have in each field, side by side.
    pub fields: Vec<FieldPair>,
}

impl Comparison {
    /// What is to be said about the pair in one sentence, with the names of the two sources.
    pub fn sentence(&self, left: &str, right: &str) -> String {
        format!("{left} {} {right}: {}", self.relation.verb(self.narrower), self.ground)
    }

    /// The fields in which they differ.
    pub fn differences(&self) -> impl Iterator<Item = &FieldPair> {
        self.fields.iter().filter(|field| field.is_different())
    }
}

/// Sets two claims against each other.
pub fn compare(
    assessment: &Assessment,
    hierarchy: &Hierarchy,
    options: Options,
    left: &Claim,
    right: &Claim,
) -> Comparison {
    let position = |claim| Position::of(assessment, hierarchy, options, claim);
    let opinion = |claim| Opinion::of_claim(assessment, claim);
    let standing = position(left).relation_to(&position(right), options);
    let (conflict, dempster_k) = standing.conflict(opinion(left), opinion(right));
    Comparison {
        relation: standing.relation,
        narrower: standing.narrower,
        reason: standing.reason,
        conflict,
        dempster_k,
        similarity: hierarchy.similarity(&left.proposition.actors(), &right.proposition.actors()),
        sets: standing.sets,
        ground: ground::sentence(assessment, hierarchy, options, [left, right], &standing),
        fields: fields(assessment, hierarchy, left, right),
    }
}

#[cfg(test)]
mod tests;
