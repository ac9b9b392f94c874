//! What would change how two claims stand to each other: the period, the level, a link.

use std::sync::Arc;

use super::hierarchy::Hierarchy;
use super::relation::{Position, Reason, Relation, Side, Standing};
use super::{Derived, Options};
use crate::model::{Actor, ActorLevel, Assessment, Claim, Id, Proposition, Stance, Status};

/// One thing that can be looked at otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The periods are set aside.
    IgnorePeriod,
    /// Actors are seen at that level; `None` as they are named.
    Level(Option<ActorLevel>),
    /// A link is accepted that is not.
    Accept(Id<Claim>),
    /// A link is no longer accepted.
    Refuse(Id<Claim>),
}

/// How two claims would stand to each other after one change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// What is changed; all else stays.
    pub change: Change,
    /// The relation that they then have.
    pub relation: Relation,
    /// The narrower of the two; only where one refines the other.
    pub narrower: Option<Side>,
}

impl Alternative {
    /// In a sentence, with the names of the two sources.
    pub fn sentence(&self, assessment: &Assessment, left: &str, right: &str) -> String {
        let link = |claim: Id<Claim>| {
            assessment.get(claim).map_or_else(String::new, |claim| assessment.proposition_text(claim))
        };
        let when = match self.change {
            Change::IgnorePeriod => "If the period is set aside".to_owned(),
            Change::Level(Some(level)) => format!("Seen at the level “{}”", level.label().to_lowercase()),
            Change::Level(None) => "With actors as they are named".to_owned(),
            Change::Accept(claim) => format!("If “{}” is accepted", link(claim)),
            Change::Refuse(claim) => format!("If “{}” is not accepted", link(claim)),
        };
        format!("{when}, {left} {} {right}", self.relation.verb(self.narrower))
    }
}

/// How many links are tried. Each needs the actors put in order anew.
const MOST_LINKS: usize = 8;

/// What would change the relation of two claims, one thing at a time: setting the period aside where it keeps them apart;
/// another level, of those with the same outcome the narrowest; each link between actors that are above or below one
/// that the claims name. Links are tried in the order of their identifiers, at most eight of them. Empty where one of
/// the claims does not exist, or nothing changes anything.
pub fn alternatives(derived: &Derived, left: Id<Claim>, right: Id<Claim>) -> Vec<Alternative> {
    let assessment = derived.assessment();
    let (Some(left), Some(right)) = (assessment.get(left), assessment.get(right)) else { return Vec::new() };
    let options = derived.options();
    let stand = |hierarchy: &Hierarchy, options: Options| -> Standing {
        let position = |claim| Position::of(assessment, hierarchy, options, claim);
        position(left).relation_to(&position(right), options)
    };
    let now = stand(derived.hierarchy(), options);
    let mut found: Vec<Alternative> = Vec::new();
    let mut add = |change: Change, then: Standing| {
        let is_new = (then.relation, then.narrower) != (now.relation, now.narrower);
        // Of two levels that come to the same the first one tried says it all.
        let is_repeated = matches!(change, Change::Level(_))
            && found.iter().any(|other| {
                matches!(other.change, Change::Level(_))
                    && (other.relation, other.narrower) == (then.relation, then.narrower)
            });
        if is_new && !is_repeated {
            found.push(Alternative { change, relation: then.relation, narrower: then.narrower });
        }
    };
    if now.reason == Reason::OtherPeriod {
        add(Change::IgnorePeriod, stand(derived.hierarchy(), Options { ignore_period: true, ..options }));
    }
    let levels = std::iter::once(None).chain(levels(derived.hierarchy(), left, right).into_iter().map(Some));
    for level in levels.filter(|level| *level != options.level) {
        add(Change::Level(level), stand(derived.hierarchy(), Options { level, ..options }));
    }
    for link in links(derived, left, right).into_iter().take(MOST_LINKS) {
        let is_applied = super::hierarchy::is_accepted_link(&link);
        let others = derived.accepted_links().filter(|other| other.id != link.id);
        let tried = (!is_applied).then_some(link.as_ref());
        let hierarchy = Hierarchy::with_links(assessment, others.chain(tried));
        let change = if is_applied { Change::Refuse(link.id) } else { Change::Accept(link.id) };
        add(change, stand(&hierarchy, options));
    }
    found
}

/// The nodes that a claim names, and all above them.
fn named_and_above(hierarchy: &Hierarchy, claim: &Claim) -> Vec<usize> {
    let actors = claim.proposition.actors();
    let named = actors.iter().filter_map(|actor| hierarchy.number_of(*actor));
    let mut numbers: Vec<usize> =
        named.flat_map(|number| std::iter::once(number).chain(hierarchy.ancestors(number))).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// The levels of the actors that two claims name and of those above them, narrowest first.
fn levels(hierarchy: &Hierarchy, left: &Claim, right: &Claim) -> Vec<ActorLevel> {
    let numbers = [left, right].map(|claim| named_and_above(hierarchy, claim)).concat();
    let mut levels: Vec<ActorLevel> =
        numbers.into_iter().filter_map(|number| Some(hierarchy.node(number)?.level)).collect();
    levels.sort_unstable();
    levels.dedup();
    levels.reverse();
    levels
}

/// The links that can be switched and have both their ends above or below an actor that the claims name.
fn links(derived: &Derived, left: &Claim, right: &Claim) -> Vec<Arc<Claim>> {
    let hierarchy = derived.hierarchy();
    let above = [left, right].map(|claim| named_and_above(hierarchy, claim)).concat();
    let all = [left.proposition.actors(), right.proposition.actors()].concat();
    let below = hierarchy.set_of(&all);
    let is_near = |actor: Id<Actor>| {
        hierarchy.number_of(actor).is_some_and(|number| above.contains(&number) || below.contains(number))
    };
    let can_be_switched = |claim: &Claim| {
        claim.stance == Stance::Asserts
            && claim.status == Status::Standing
            && match claim.proposition {
                Proposition::SameActor { first, second } => is_near(first) && is_near(second),
                Proposition::BelongsTo { part, whole } => is_near(part) && is_near(whole),
                Proposition::Attribution { .. } => false,
            }
    };
    derived.links().filter(|claim| can_be_switched(claim)).map(Arc::clone).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Case, period, world};

    fn found(case: &Case, options: Options) -> Vec<String> {
        let derived = Derived::new(Arc::new(case.assessment.clone()), options, None);
        let claim = |source: &str| {
            let source: Id<crate::model::Source> = case.find(source);
            let mut claims = case.assessment.claims.iter();
            claims.find(|it| it.source == source && !it.proposition.is_link()).unwrap().id
        };
        let there = alternatives(&derived, claim("A"), claim("B"));
        let back = alternatives(&derived, claim("B"), claim("A"));
        let turned: Vec<_> =
            back.iter().map(|it| (it.change, it.relation, it.narrower.map(Side::other))).collect();
        assert_eq!(there.iter().map(|it| (it.change, it.relation, it.narrower)).collect::<Vec<_>>(), turned);
        there.iter().map(|it| it.sentence(&case.assessment, "A", "B")).collect()
    }

    #[test]
    fn a_period_a_level_or_a_link_can_change_the_relation() {
        let mut case = world();
        case.incident("Airlines", period("2020", "2020"));
        let old = case.blames("A", &["CIA"]);
        case.blames("B", &["US"]);
        assert_eq!(found(&case, Options::default()), ["Seen at the level “state”, A says the same as B"]);
        case.change(old, |claim| claim.covers = period("2008", "2019"));
        assert_eq!(found(&case, Options::default()), ["If the period is set aside, A refines B"]);

        let mut case = world();
        case.blames("A", &["Turbine Panda"]);
        case.blames("B", &["MSS"]);
        assert_eq!(found(&case, Options::default()), Vec::<String>::new());
        let link = case.part("Turbine Panda", "MSS");
        let link = case.says("C", link);
        let elsewhere = case.part("Turbine Panda", "PLA");
        case.says("C", elsewhere);
        assert_eq!(
            found(&case, Options::default()),
            ["If “Turbine Panda belongs to MSS” is accepted, A refines B"]
        );
        case.change(link, |claim| claim.accepted = true);
        assert_eq!(
            found(&case, Options::default()),
            [
                "Seen at the level “service or agency”, A says the same as B",
                "If “Turbine Panda belongs to MSS” is not accepted, A contradicts B"
            ]
        );
        let state = Options { level: Some(ActorLevel::State), ..Options::default() };
        assert_eq!(
            found(&case, state),
            [
                "With actors as they are named, A refines B",
                "If “Turbine Panda belongs to MSS” is not accepted, A contradicts B"
            ]
        );
    }
}
