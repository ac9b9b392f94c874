//! How the relation of two claims comes about, in one sentence.

use super::{Position, Reason, Relation, Side, Standing, effective_period};
use crate::analysis::{Hierarchy, Options};
use crate::model::{Assessment, Claim, Proposition, Stance};

/// How the relation of two claims comes about, as a clause that follows "CrowdStrike refines Bolton: ".
pub(super) fn sentence(
    assessment: &Assessment,
    hierarchy: &Hierarchy,
    options: Options,
    claims: [&Claim; 2],
    standing: &Standing,
) -> String {
    let [left, right] = claims;
    match standing.reason {
        Reason::OtherIncident => {
            let name = |claim: &Claim| {
                claim.proposition.incident().map_or_else(String::new, |incident| assessment.name_of(incident))
            };
            format!("one speaks of {}, the other of {}", name(left), name(right))
        }
        Reason::OtherRole => format!("one speaks of the {}, the other of the {}", role(left), role(right)),
        Reason::OtherPeriod => format!(
            "{} and {} cannot share a day",
            effective_period(assessment, left),
            effective_period(assessment, right)
        ),
        Reason::Sets => {
            let seen = claims.map(|claim| seen(assessment, hierarchy, options, claim));
            sets(hierarchy, options, claims, &seen, standing)
        }
        Reason::NoAttribution | Reason::Declines | Reason::NamesNobody | Reason::DenialBelowLevel => {
            let sentence = standing.reason.sentence().trim_end_matches('.');
            let mut letters = sentence.chars();
            letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
        }
    }
}

fn role(claim: &Claim) -> String {
    match &claim.proposition {
        Proposition::Attribution { role, .. } => role.label().to_lowercase(),
        Proposition::SameActor { .. } | Proposition::BelongsTo { .. } => String::new(),
    }
}

/// Whom a claim names, or denies, as seen at the chosen level.
fn seen(assessment: &Assessment, hierarchy: &Hierarchy, options: Options, claim: &Claim) -> String {
    let position = Position::of(assessment, hierarchy, options, claim);
    match (claim.stance, position.who) {
        (Stance::Denies, Ok(who)) => hierarchy.describe(&who.complement()),
        (_, Ok(who)) => hierarchy.describe(&who),
        (_, Err(_)) => "nobody".to_owned(),
    }
}

fn sets(
    hierarchy: &Hierarchy,
    options: Options,
    claims: [&Claim; 2],
    seen: &[String; 2],
    standing: &Standing,
) -> String {
    let [left, right] = seen;
    let is_denied = claims.map(|claim| claim.stance == Stance::Denies);
    // The narrower one first, where there is one.
    let (narrow, wide, denies) = match standing.narrower {
        Some(Side::Right) => (right, left, [is_denied[1], is_denied[0]]),
        _ => (left, right, is_denied),
    };
    match (standing.relation, denies) {
        (Relation::Same, [false, false]) => same(hierarchy, options, claims, left),
        (Relation::Same, [true, true]) => format!("both deny {left}"),
        (Relation::Same, _) => "what the one names is all that the other leaves".to_owned(),
        (Relation::Refines, [false, false]) => format!("{narrow} {} part of {wide}", is_or_are(narrow)),
        (Relation::Refines, [false, true]) => {
            format!("{narrow} {} outside {wide}, which the other denies", is_or_are(narrow))
        }
        (Relation::Refines, [true, true]) => format!("who denies {narrow} denies {wide} too"),
        (Relation::Refines, [true, false]) => format!("all but {narrow} belong to {wide}"),
        (Relation::Contradicts, [false, false]) => format!("{left} and {right} have no member in common"),
        (Relation::Contradicts, _) => "the one denies what the other asserts".to_owned(),
        (_, [true, true]) => format!("both leave everyone but {left} and {right}"),
        (_, [false, false]) => format!("{left} and {right} have members in common, and each has others"),
        (_, [true, false]) => format!("only a part of {right} is denied"),
        (_, [false, true]) => format!("only a part of {left} is denied"),
    }
}

/// Several actors are named with commas between them.
fn is_or_are(names: &str) -> &'static str {
    if names.contains(", ") { "are" } else { "is" }
}

fn same(hierarchy: &Hierarchy, options: Options, claims: [&Claim; 2], name: &str) -> String {
    let [left, right] = claims.map(|claim| claim.proposition.actors());
    let nodes = |actors: &[crate::model::Id<crate::model::Actor>]| {
        let mut nodes: Vec<_> = actors.iter().filter_map(|actor| hierarchy.number_of(*actor)).collect();
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    };
    let is_one = |a: &[_], b: &[_]| a.iter().all(|actor| b.contains(actor));
    if is_one(&left, &right) && is_one(&right, &left) {
        format!("both name {name}")
    } else if nodes(&left) == nodes(&right) {
        format!("both name {name}, under the accepted links")
    } else if options.level.is_some() {
        format!("seen at that level both name {name}")
    } else {
        format!("what both name comes to {name}")
    }
}
