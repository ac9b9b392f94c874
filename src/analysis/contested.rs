//! Whom the independent origins on an incident disagree about, and how strongly.

use rustc_hash::FxHashMap;

use super::explain::{Contribution, Explanation};
use super::relation::{Opinion, Position, Relation};
use super::{ActorSet, Derived, IncidentResults};
use crate::analysis::rounding::count;
use crate::model::{Actor, Assessment, Claim, Id, Incident};

/// An actor that some origins name, or name a part of, and others exclude.
#[derive(Clone, Debug, PartialEq)]
pub struct ContestedActor {
    /// Its number in the hierarchy.
    pub number: usize,
    /// The actor; of several merged ones the representative.
    pub actor: Id<Actor>,
    /// Its name.
    pub name: String,
    /// How strongly the origins conflict over it, in `[0, 1]`: the sum of `contributions`.
    pub conflict: f64,
    /// How many origins say that it was this actor or a part of it.
    pub origins_for: usize,
    /// How many origins say that it was somebody else.
    pub origins_against: usize,
    /// The claims that say that it was this actor or a part of it, by identifier.
    pub claims_for: Vec<Id<Claim>>,
    /// The claims that say that it was somebody else, by identifier.
    pub claims_against: Vec<Id<Claim>>,
    /// What each claim for it adds to the conflict, the most first; claims that add nothing are not among them.
    pub contributions: Vec<(Id<Claim>, f64)>,
}

/// The contested actors of an incident, those with most conflict first, then by how many origins are on the smaller
/// side, then in hierarchy order.
///
/// An actor that a claim names (as seen at the chosen level) is contested if a claim of one origin stands for a set of
/// which every member belongs to it, and a claim of another origin, comparable with the first, for a set of which none
/// does: because it names somebody else, or because it denies the actor. An actor's members are all those below it.
///
/// The conflict is the mean over all unordered pairs of the incident's origins of Dempster's K on the question "was it
/// this actor?": K = b(for) · b(against), added up both ways, with b the belief of a claim (trust × probability) in what
/// it says; what it leaves open, and what straddles the actor, supports neither side. Within an origin claims are not
/// independent, and each counts as its share of one. Shafer, *A Mathematical Theory of Evidence* (1976), for K; that it is
/// averaged over pairs is a convention of this program. In `[0, 1]`, and 0 where no claim of one of the sides carries
/// belief. Empty for fewer than two origins.
pub fn contested_actors(derived: &Derived, incident: Id<Incident>) -> Vec<ContestedActor> {
    let results = derived.incident(incident);
    let origins = results.origins().len();
    if origins < 2 {
        return Vec::new();
    }
    let voices = voices(derived, results);
    let comparable = comparable(&voices, derived);
    let pairs = count(origins) * (count(origins) - 1.0) / 2.0;
    let mut found: Vec<(usize, ContestedActor)> = results
        .named_actors(derived.hierarchy())
        .into_iter()
        .filter_map(|number| contested(derived, number, &voices, &comparable, pairs))
        .map(|actor| (actor.origins_for.min(actor.origins_against), actor))
        .collect();
    found.sort_by(|(a_least, a), (b_least, b)| {
        b.conflict.total_cmp(&a.conflict).then(b_least.cmp(a_least)).then(a.number.cmp(&b.number))
    });
    found.into_iter().map(|(_, actor)| actor).collect()
}

impl ContestedActor {
    /// How the conflict comes about.
    pub fn explain(&self, assessment: &Assessment) -> Explanation {
        let mut explanation = Explanation::new(
            format!("Conflict over {}", self.name),
            Ok(self.conflict),
            "mean of K over pairs of origins,  K = b(for) · b(against)",
            "K: Shafer, A Mathematical Theory of Evidence (1976); averaged over pairs by a convention of this program",
        )
        .with("Origins that say it was", self.origins_for.to_string())
        .with("Origins that say it was somebody else", self.origins_against.to_string());
        let source = |claim: Id<Claim>| {
            assessment.get(claim).map_or_else(String::new, |claim| assessment.name_of(claim.source))
        };
        for claim in &self.claims_against {
            let what =
                assessment.get(*claim).map_or_else(String::new, |claim| assessment.proposition_text(claim));
            explanation = explanation.with_record(format!("Against: {}", source(*claim)), what, *claim);
        }
        explanation.contributions = self
            .contributions
            .iter()
            .map(|(claim, value)| Contribution {
                what: source(*claim),
                value: *value,
                record: Some((*claim).into()),
            })
            .collect();
        explanation.contributions_are = "What each claim for it adds".to_owned();
        explanation
    }
}

/// What a claim that names somebody says, and with what mass.
struct Voice<'a> {
    claim: Id<Claim>,
    origin: usize,
    position: &'a Position,
    who: &'a ActorSet,
    /// The number of the position among the different ones.
    place: usize,
    /// Belief times the share that the claim has in its origin.
    mass: f64,
}

fn voices<'a>(derived: &Derived, results: &'a IncidentResults) -> Vec<Voice<'a>> {
    let mut sizes: FxHashMap<usize, f64> = FxHashMap::default();
    let mut places: FxHashMap<&Position, usize> = FxHashMap::default();
    let mut voices = Vec::new();
    for (number, claim) in results.claims().iter().enumerate() {
        let (Some(position), Some(origin)) = (results.position(number), results.origin_of(claim.id)) else {
            continue;
        };
        let Ok(who) = &position.who else { continue };
        *sizes.entry(origin).or_default() += 1.0;
        let next = places.len();
        let place = *places.entry(position).or_insert(next);
        let mass = Opinion::of_claim(derived.assessment(), claim).belief;
        voices.push(Voice { claim: claim.id, origin, position, who, place, mass });
    }
    for voice in &mut voices {
        voice.mass /= sizes.get(&voice.origin).copied().unwrap_or(1.0);
    }
    voices
}

/// For every two positions whether they can be set against each other, by their places.
fn comparable(voices: &[Voice<'_>], derived: &Derived) -> Vec<Vec<bool>> {
    let len = voices.iter().map(|voice| voice.place + 1).max().unwrap_or(0);
    let mut positions: Vec<Option<&Position>> = vec![None; len];
    for voice in voices {
        if let Some(place) = positions.get_mut(voice.place) {
            *place = Some(voice.position);
        }
    }
    let positions: Vec<&Position> = positions.into_iter().flatten().collect();
    let is_comparable =
        |a: &Position, b: &Position| a.relation_to(b, derived.options()).relation != Relation::NotComparable;
    positions.iter().map(|a| positions.iter().map(|b| is_comparable(a, b)).collect()).collect()
}

fn contested(
    derived: &Derived,
    number: usize,
    voices: &[Voice<'_>],
    comparable: &[Vec<bool>],
    pairs: f64,
) -> Option<ContestedActor> {
    let node = derived.hierarchy().node(number)?;
    let set = derived.hierarchy().set_of_node(number);
    let supports: Vec<&Voice<'_>> = voices.iter().filter(|voice| voice.who.is_subset(&set)).collect();
    let excludes: Vec<&Voice<'_>> = voices.iter().filter(|voice| voice.who.is_disjoint(&set)).collect();
    let is_comparable = |a: &Voice<'_>, b: &Voice<'_>| {
        comparable.get(a.place).and_then(|row| row.get(b.place)).copied().unwrap_or(false)
    };
    let is_opposed = |a: &Voice<'_>, b: &Voice<'_>| a.origin != b.origin && is_comparable(a, b);
    let (mut claims_for, mut claims_against) = (Vec::new(), Vec::new());
    let (mut origins_for, mut origins_against) = (Vec::new(), Vec::new());
    let mut contributions = Vec::new();
    for one in &supports {
        let against = excludes.iter().filter(|other| is_opposed(one, other));
        let mut masses = against.map(|other| other.mass).peekable();
        if masses.peek().is_none() {
            continue;
        }
        claims_for.push(one.claim);
        origins_for.push(one.origin);
        let added = one.mass * masses.sum::<f64>() / pairs;
        if added > 0.0 {
            contributions.push((one.claim, added));
        }
    }
    for other in &excludes {
        if supports.iter().any(|one| is_opposed(one, other)) {
            claims_against.push(other.claim);
            origins_against.push(other.origin);
        }
    }
    if claims_for.is_empty() {
        return None;
    }
    for origins in [&mut origins_for, &mut origins_against] {
        origins.sort_unstable();
        origins.dedup();
    }
    contributions.sort_by(|(a_claim, a), (b_claim, b)| b.total_cmp(a).then(a_claim.cmp(b_claim)));
    Some(ContestedActor {
        number,
        actor: node.actor,
        name: node.name.clone(),
        // The sum of nothing would be −0.
        conflict: contributions.iter().fold(0.0, |sum, (_, added)| sum + added),
        origins_for: origins_for.len(),
        origins_against: origins_against.len(),
        claims_for,
        claims_against,
        contributions,
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::Options;
    use crate::analysis::fixture::{Case, period, world};
    use crate::model::{Reliability, Stance};

    fn lines(case: &Case) -> Vec<String> {
        let derived = Derived::new(Arc::new(case.assessment.clone()), Options::default(), None);
        let incident = case.assessment.incidents.ids().next().unwrap();
        let found = contested_actors(&derived, incident);
        for actor in &found {
            let sum: f64 = actor.contributions.iter().map(|(_, added)| added).sum();
            assert!((sum - actor.conflict).abs() < 1e-12 && (0.0..=1.0).contains(&sum));
        }
        let line = |it: &ContestedActor| {
            format!("{} {}:{} {:.3}", it.name, it.origins_for, it.origins_against, it.conflict)
        };
        found.iter().map(line).collect()
    }

    /// What a claim without grades but those of the fixture (A, not yet graded) carries.
    fn belief(case: &Case) -> f64 {
        let claim = case.assessment.claims.iter().next().unwrap();
        Opinion::of_claim(&case.assessment, claim).belief
    }

    #[test]
    fn an_actor_is_contested_where_one_names_it_and_another_excludes_it() {
        let check = |says: &[(&str, &[&str], Stance)], expect: &[(&str, f64)]| {
            let mut case = world();
            for (source, actors, stance) in says {
                let claim = case.blames(source, actors);
                case.change(claim, |claim| claim.stance = *stance);
            }
            let k = belief(&case) * belief(&case);
            let expect: Vec<String> =
                expect.iter().map(|(name, share)| format!("{name} {:.3}", share * k)).collect();
            assert_eq!(lines(&case), expect, "{says:?}");
        };
        use Stance::{Asserts, Declines, Denies};
        check(&[("A", &["CIA"], Asserts), ("B", &["US"], Asserts)], &[]);
        check(&[("A", &["CIA"], Asserts), ("B", &[], Declines)], &[]);
        check(&[("A", &["CIA"], Asserts), ("B", &["CIA"], Denies)], &[("CIA 1:1", 1.0)]);
        check(&[("A", &["CIA"], Asserts), ("B", &["MSS"], Asserts)], &[("MSS 1:1", 1.0), ("CIA 1:1", 1.0)]);
        // Three pairs of origins, in two of which somebody else is named.
        check(
            &[("A", &["CIA"], Asserts), ("B", &["CIA"], Asserts), ("C", &["MSS"], Asserts)],
            &[("MSS 1:2", 2.0 / 3.0), ("CIA 2:1", 2.0 / 3.0)],
        );
        // Who names the state does not exclude its agency, and supports the state only.
        check(
            &[("A", &["CIA"], Asserts), ("B", &["US"], Asserts), ("C", &["MSS"], Asserts)],
            &[("MSS 1:2", 2.0 / 3.0), ("US 2:1", 2.0 / 3.0), ("CIA 1:1", 1.0 / 3.0)],
        );
    }

    #[test]
    fn one_origin_does_not_contest_itself_and_other_times_do_not_count() {
        let mut case = world();
        let first = case.blames("A", &["CIA"]);
        let echo = case.blames("B", &["MSS"]);
        let other = case.blames("C", &["US"]);
        case.change(other, |claim| claim.stance = Stance::Declines);
        case.change(echo, |claim| claim.repeats = vec![first]);
        assert_eq!(lines(&case), Vec::<String>::new(), "a repetition that says something else");

        case.change(echo, |claim| claim.repeats = Vec::new());
        case.change(echo, |claim| claim.covers = period("2001", "2002"));
        for claim in [first, other] {
            case.change(claim, |claim| {
                claim.stance = Stance::Asserts;
                claim.covers = period("2010", "2011");
            });
        }
        assert_eq!(lines(&case), Vec::<String>::new());
    }

    #[test]
    fn what_cannot_be_judged_contests_without_weight() {
        let mut case = world();
        case.blames("A", &["CIA"]);
        case.blames("B", &["MSS"]);
        let mut source = case.assessment.get::<crate::model::Source>(case.find("B")).unwrap().clone();
        source.gradings.iter_mut().for_each(|grading| grading.reliability = Reliability::F);
        case.put(source);
        assert_eq!(lines(&case), ["MSS 1:1 0.000", "CIA 1:1 0.000"]);
    }
}
