//! At which levels of the hierarchy the sources on an incident agree, and at which they do not.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::relation::{Position, Relation};
use super::super::{Derived, Hierarchy, Options};
use super::sources::voices;
use crate::model::wording::capitalised;
use crate::model::{ActorLevel, Claim, Id, Incident, Stance};

/// How far the sources on an incident agree where actors are seen at one level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelAgreement {
    /// The level.
    pub level: ActorLevel,
    /// How many sources say something that can be seen at that level: what names nobody, denies something narrower, or
    /// names an actor that nothing so wide stands above, is not among them.
    pub voices: usize,
    /// How many of them name the same, at most.
    pub agreeing: usize,
    /// How many pairs of them contradict each other.
    pub contradictions: usize,
}

impl LevelAgreement {
    const fn pairs(self) -> usize {
        self.voices * self.voices.saturating_sub(1) / 2
    }

    /// How they stand to one another, in words that follow on "at state level".
    pub fn words(self) -> String {
        match self {
            Self { voices: 0, .. } => "nobody is named".to_owned(),
            Self { voices: 1, .. } => "one source speaks alone".to_owned(),
            Self { voices: 2, agreeing: 2, .. } => "both agree".to_owned(),
            Self { voices, agreeing, .. } if agreeing == voices => format!("all {voices} agree"),
            Self { voices: 2, contradictions: 1, .. } => "they contradict each other".to_owned(),
            _ if self.contradictions == self.pairs() => "they all contradict one another".to_owned(),
            Self { voices, agreeing, contradictions: 0, .. } if agreeing > 1 => {
                format!("{agreeing} of {voices} agree and nobody contradicts")
            }
            Self { contradictions: 0, .. } => "nobody contradicts, and no two say the same".to_owned(),
            Self { voices, agreeing, .. } if agreeing > 1 => format!("{agreeing} of {voices} agree"),
            Self { .. } => "no two say the same, and some contradict".to_owned(),
        }
    }
}

/// How far the sources on an incident agree at each level that one of the actors named, or one above such an actor, is
/// at; widest first, whatever level is chosen at present. Levels at which fewer than two sources speak are left out.
///
/// A source's voice is its latest claim at first hand, as for [`source_agreement`](super::source_agreement). Two agree
/// at a level where their sets are equal there, and contradict each other where these share no member.
pub fn agreement_by_level(derived: &Derived, incident: Id<Incident>) -> Vec<LevelAgreement> {
    let (hierarchy, results) = (derived.hierarchy(), derived.incident(incident));
    // Whatever the present level leaves of it.
    let names_somebody = |_: usize, claim: &Claim| {
        claim.stance != Stance::Declines
            && claim.proposition.actors().iter().any(|actor| hierarchy.number_of(*actor).is_some())
    };
    let claims: Vec<&Claim> = voices(derived, results, names_somebody)
        .into_iter()
        .filter_map(|(_, place)| results.claims().get(place).map(AsRef::as_ref))
        .collect();
    let numbers: FxHashSet<usize> = claims
        .iter()
        .flat_map(|claim| claim.proposition.actors())
        .filter_map(|actor| hierarchy.number_of(actor))
        .flat_map(|number| std::iter::once(number).chain(hierarchy.ancestors(number)))
        .collect();
    let mut levels: Vec<ActorLevel> =
        numbers.into_iter().filter_map(|number| Some(hierarchy.node(number)?.level)).collect();
    levels.sort_unstable();
    levels.dedup();
    let found = levels.into_iter().map(|level| at_level(derived, &claims, level));
    found.filter(|level| level.voices > 1).collect()
}

fn at_level(derived: &Derived, claims: &[&Claim], level: ActorLevel) -> LevelAgreement {
    let hierarchy = derived.hierarchy();
    let options = Options { level: Some(level), ..derived.options() };
    let mut sizes: FxHashMap<Position, usize> = FxHashMap::default();
    for claim in claims.iter().filter(|claim| is_seen_at(hierarchy, claim, level)) {
        let mut position = Position::of(derived.assessment(), hierarchy, options, claim);
        // Of one role and one time they are already; what the periods are in detail is no difference here.
        position.period = crate::model::Period::default();
        if position.who.is_ok() {
            *sizes.entry(position).or_default() += 1;
        }
    }
    let groups: Vec<(&Position, usize)> = sizes.iter().map(|(position, size)| (position, *size)).collect();
    let mut contradictions = 0;
    for (place, (left, left_size)) in groups.iter().enumerate() {
        for (right, right_size) in groups.iter().skip(place + 1) {
            if left.relation_to(right, options).relation == Relation::Contradicts {
                contradictions += left_size * right_size;
            }
        }
    }
    LevelAgreement {
        level,
        voices: sizes.values().sum(),
        agreeing: sizes.values().copied().max().unwrap_or(0),
        contradictions,
    }
}

/// Whether something above every actor that is asserted is wide enough. A denial says by itself whether it is.
fn is_seen_at(hierarchy: &Hierarchy, claim: &Claim, level: ActorLevel) -> bool {
    let is_wide = |number: usize| hierarchy.node(number).is_some_and(|node| node.level <= level);
    claim.stance != Stance::Asserts
        || claim
            .proposition
            .actors()
            .into_iter()
            .all(|actor| hierarchy.at_level(actor, level).into_iter().all(is_wide))
}

/// What there is to say about the levels in one sentence, such as "At state level all 3 agree; at agency level they
/// contradict each other": the widest level, and each narrower one at which something else holds. `None` where no two
/// sources speak.
pub fn levels_sentence(levels: &[LevelAgreement]) -> Option<String> {
    let mut parts: Vec<(String, String)> = Vec::new();
    for level in levels {
        let words = level.words();
        if parts.last().is_none_or(|(_, before)| *before != words) {
            parts.push((level_phrase(level.level).to_owned(), words));
        }
    }
    let parts: Vec<String> = parts.into_iter().map(|(phrase, words)| format!("{phrase} {words}")).collect();
    let sentence = parts.join("; ");
    (!sentence.is_empty()).then(|| capitalised(&sentence))
}

/// The words that a statement about a level begins with.
const fn level_phrase(level: ActorLevel) -> &'static str {
    match level {
        ActorLevel::Class => "among classes of actors",
        ActorLevel::State => "at state level",
        ActorLevel::Service => "at agency level",
        ActorLevel::Unit => "at unit level",
        ActorLevel::Cluster => "at cluster level",
        ActorLevel::Organisation => "at the level of organisations",
        ActorLevel::Person => "at the level of persons",
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::fixture::world;

    #[test]
    fn sources_agree_at_one_level_and_not_at_another() {
        let check = |says: &[(&str, &[&str], Stance)], expect: &str| {
            let mut case = world();
            for (source, actors, stance) in says {
                let claim = case.blames(source, actors);
                case.change(claim, |claim| claim.stance = *stance);
            }
            let derived = Derived::new(Arc::new(case.assessment.clone()), Options::default(), None);
            let incident = case.assessment.incidents.ids().next().unwrap();
            let levels = agreement_by_level(&derived, incident);
            assert_eq!(levels_sentence(&levels).unwrap_or_default(), expect, "{says:?}");
            // What is looked at at present makes no difference.
            let options = Options { level: Some(ActorLevel::State), ..Options::default() };
            let other = Derived::new(Arc::new(case.assessment.clone()), options, None);
            assert_eq!(levels, agreement_by_level(&other, incident));
        };
        use Stance::{Asserts, Declines, Denies};
        check(&[("A", &["CIA"], Asserts)], "");
        check(&[("A", &["CIA"], Asserts), ("B", &[], Declines)], "");
        check(&[("A", &["CIA"], Asserts), ("B", &["CIA"], Asserts)], "Among classes of actors both agree");
        check(
            &[("A", &["CIA"], Asserts), ("B", &["NSA"], Asserts)],
            "Among classes of actors both agree; at agency level they contradict each other",
        );
        check(
            &[
                ("A", &["CIA"], Asserts),
                ("B", &["NSA"], Asserts),
                ("C", &["US"], Asserts),
                ("D", &["PLA"], Asserts),
            ],
            "Among classes of actors all 4 agree; at state level 3 of 4 agree; at agency level no two say the same, \
             and some contradict",
        );
        // A denial of the agency says nothing about the state.
        check(
            &[("A", &["CIA"], Asserts), ("B", &["US"], Asserts), ("C", &["CIA"], Denies)],
            "Among classes of actors both agree; at agency level no two say the same, and some contradict",
        );
        // A cluster that nothing stands above is not seen at the level of states.
        check(
            &[("A", &["CIA"], Asserts), ("B", &["US"], Asserts), ("C", &["APT26"], Asserts)],
            "Among classes of actors both agree; at agency level nobody contradicts, and no two say the same; at cluster \
             level no two say the same, and some contradict",
        );
    }
}
