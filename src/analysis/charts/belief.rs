//! Belief, plausibility and projected probability of every actor, along the hierarchy.

mod explain;
mod rules;
mod triangle;

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::fusion::{Fused, LeftOut};
use super::super::{Derived, IncidentResults, Measure, Undefined};
use super::ChartTable;
use crate::model::{
    Actor, ActorLevel, Claim, FusionRule, Id, Incident, Proposition, Role, Stance, TrustDiscount,
};

pub use rules::{RuleColumn, RulesChart};
pub use triangle::OpinionTriangle;

/// The fused opinion on one incident, actor by actor.
#[derive(Clone, Debug)]
pub struct BeliefChart {
    /// Of which incident.
    pub incident: Id<Incident>,
    /// Fused by which rule.
    pub rule: FusionRule,
    /// With which version of trust discounting.
    pub discount: TrustDiscount,
    /// Of which role: that of most claims.
    pub role: Role,
    /// The actors that a claim names and all above them, in hierarchy order.
    pub rows: Vec<BeliefRow>,
    /// What the opinion says of each row, in the same order; undefined where the rule is.
    pub spans: Result<Vec<BeliefSpan>, Undefined>,
    /// The mass that is left open, in `[0, 1]`.
    pub uncertainty: Measure,
    /// How much the origins conflict, in `[0, 1]`: Dempster's K, whatever the rule.
    pub conflict: Measure,
    /// The independent origins that take part, in order.
    pub origins: Vec<BeliefOrigin>,
    /// How many claims take part.
    pub claims: usize,
    /// The standing claims that take no part.
    pub left_out: Vec<LeftOutClaim>,
    fused: Arc<Fused>,
}

/// An actor of whom the opinion says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeliefRow {
    /// Its number in the hierarchy.
    pub number: usize,
    /// The actor; of several merged ones the representative.
    pub actor: Id<Actor>,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: ActorLevel,
    /// How deep it is drawn; 0 for one without a wider one.
    pub depth: usize,
    /// How many of the origins that take part name it, alone or jointly.
    pub asserted_by: usize,
    /// How many of the origins that take part deny that it was it.
    pub denied_by: usize,
}

/// What an opinion says of one actor; belief ≤ projected probability ≤ plausibility.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BeliefSpan {
    /// How much speaks for it, in `[0, 1]`.
    pub belief: f64,
    /// How much does not speak against it, in `[0, 1]`.
    pub plausibility: f64,
    /// Its probability once what is open is shared out by base rate, in `[0, 1]`.
    pub projected: f64,
}

/// An independent origin that takes part.
#[derive(Clone, Debug, PartialEq)]
pub struct BeliefOrigin {
    /// Its number among the incident's origins.
    pub number: usize,
    /// Its first claim that takes part: the first-hand one where that does.
    pub claim: Id<Claim>,
    /// The name of that claim's source.
    pub source: String,
    /// What that claim says, such as "asserts: JSSD".
    pub says: String,
    /// How many of its claims take part.
    pub claims: usize,
    /// Why it counts as ignorance, where it does.
    pub ignorance: Option<Ignorance>,
}

/// Why an origin counts as ignorance, and not as disbelief.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ignorance {
    /// It speaks of the incident and names nobody.
    NamesNobody,
    /// Its source or its claim cannot be judged: graded F or 6.
    CannotBeJudged,
}

impl Ignorance {
    /// The words that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NamesNobody => "counts as ignorance: names nobody",
            Self::CannotBeJudged => "counts as ignorance: graded F or 6, which gives no basis to judge",
        }
    }
}

/// A claim that takes no part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOutClaim {
    /// The claim.
    pub claim: Id<Claim>,
    /// Its source's name.
    pub source: String,
    /// What it says.
    pub says: String,
    /// Why it takes no part.
    pub reason: LeftOut,
}

impl BeliefChart {
    /// The chart of one incident, by the assessment's conventions or by another rule or version of trust discounting.
    pub fn new(
        derived: &Derived,
        incident: Id<Incident>,
        rule: Option<FusionRule>,
        discount: Option<TrustDiscount>,
    ) -> Self {
        let fused = derived.fused(incident, rule, discount);
        let results = derived.incident(incident);
        let left_out: FxHashSet<Id<Claim>> = fused.left_out.iter().map(|(claim, _)| *claim).collect();
        let takes_part =
            |claim: &&Arc<Claim>| !left_out.contains(&claim.id) && results.origin_of(claim.id).is_some();
        let taking_part: Vec<&Arc<Claim>> = results.claims().iter().filter(takes_part).collect();
        let spans = fused.actors.iter().map(|actor| BeliefSpan {
            belief: actor.belief,
            plausibility: actor.plausibility,
            projected: actor.projected,
        });
        Self {
            incident,
            rule: fused.rule,
            discount: fused.discount,
            role: fused.role,
            rows: rows(derived, incident, &fused, results, &taking_part),
            spans: fused.uncertainty.clone().map(|_| spans.collect()),
            uncertainty: fused.uncertainty.clone(),
            conflict: fused.conflict(),
            origins: origins(derived, results, &fused, &taking_part),
            claims: taking_part.len(),
            left_out: fused.left_out.iter().filter_map(|left| left_out_claim(derived, *left)).collect(),
            fused,
        }
    }

    /// What the opinion says of a row; `None` where it is undefined.
    pub fn span(&self, row: usize) -> Option<BeliefSpan> {
        self.spans.as_ref().ok()?.get(row).copied()
    }

    /// The row of an actor, which may be merged into another; `None` where the opinion says nothing of its own of it.
    pub fn row_of(&self, derived: &Derived, actor: Id<Actor>) -> Option<usize> {
        let number = derived.hierarchy().number_of(actor)?;
        self.rows.iter().position(|row| row.number == number)
    }

    /// The row with the most belief, of several the narrowest: what an analyst asks about first.
    pub fn foremost(&self) -> Option<usize> {
        let spans = self.spans.as_ref().ok()?;
        let rows = self.rows.iter().zip(spans).enumerate();
        let rank = |row: &BeliefRow, span: &BeliefSpan| (span.belief, row.level, row.depth);
        rows.max_by(|(_, (row, span)), (_, (other, other_span))| {
            let (a, b) = (rank(row, span), rank(other, other_span));
            a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2))
        })
        .map(|(place, _)| place)
    }

    /// How many origins count as ignorance.
    pub fn ignorant(&self) -> usize {
        self.origins.iter().filter(|origin| origin.ignorance.is_some()).count()
    }

    /// The same as a table: one line an actor, the name indented by depth.
    pub fn table(&self) -> ChartTable {
        let mut table = ChartTable::new(&[
            "Actor",
            "Level",
            "Belief",
            "Plausibility",
            "Projected probability",
            "Origins that name it",
            "Origins that deny it",
        ]);
        for (place, row) in self.rows.iter().enumerate() {
            let numbers = match self.span(place) {
                Some(span) => {
                    [span.belief, span.plausibility, span.projected].map(|value| format!("{value:.4}"))
                }
                None => [(); 3].map(|()| "undefined".to_owned()),
            };
            let mut cells =
                vec![format!("{}{}", "  ".repeat(row.depth), row.name), row.level.label().to_owned()];
            cells.extend(numbers);
            cells.extend([row.asserted_by.to_string(), row.denied_by.to_string()]);
            table.rows.push(cells);
        }
        table
    }

    /// What took part and what did not, and why: one line an origin, then one a claim that was left out.
    pub fn origin_table(&self) -> ChartTable {
        let mut table = ChartTable::new(&["Source", "Says", "Claims", "Takes part"]);
        for origin in &self.origins {
            let part = origin.ignorance.map_or("yes", Ignorance::label);
            let cells =
                [origin.source.clone(), origin.says.clone(), origin.claims.to_string(), part.to_owned()];
            table.rows.push(cells.into());
        }
        for claim in &self.left_out {
            let part = format!("no: {}", claim.reason.label());
            table.rows.push(vec![claim.source.clone(), claim.says.clone(), "1".to_owned(), part]);
        }
        table
    }
}

/// The actors that claims name and all above them. Taken from a rule that is never undefined, so that they stand there
/// also where the chosen one is.
fn rows(
    derived: &Derived,
    incident: Id<Incident>,
    fused: &Fused,
    results: &IncidentResults,
    taking_part: &[&Arc<Claim>],
) -> Vec<BeliefRow> {
    let hierarchy = derived.hierarchy();
    let seen_as = |actor: Id<Actor>| match derived.options().level {
        Some(level) => hierarchy.at_level(actor, level),
        None => hierarchy.number_of(actor).into_iter().collect(),
    };
    let mut said: FxHashMap<(usize, Stance), FxHashSet<usize>> = FxHashMap::default();
    for claim in taking_part {
        let Proposition::Attribution { actors, .. } = &claim.proposition else { continue };
        let Some(origin) = results.origin_of(claim.id) else { continue };
        for number in actors.iter().flat_map(|actor| seen_as(*actor)) {
            said.entry((number, claim.stance)).or_default().insert(origin);
        }
    }
    let count = |number: usize, stance: Stance| said.get(&(number, stance)).map_or(0, FxHashSet::len);
    let defined = match fused.uncertainty {
        Ok(_) => None,
        Err(_) => Some(derived.fused(incident, Some(FusionRule::Weighted), Some(fused.discount))),
    };
    let actors = defined.as_ref().map_or(&fused.actors, |defined| &defined.actors);
    let row = |number: usize| {
        let node = hierarchy.node(number)?;
        Some(BeliefRow {
            number,
            actor: node.actor,
            name: node.name.clone(),
            level: node.level,
            depth: node.depth,
            asserted_by: count(number, Stance::Asserts),
            denied_by: count(number, Stance::Denies),
        })
    };
    actors.iter().filter_map(|actor| row(actor.number)).collect()
}

fn origins(
    derived: &Derived,
    results: &IncidentResults,
    fused: &Fused,
    taking_part: &[&Arc<Claim>],
) -> Vec<BeliefOrigin> {
    let ignorant: FxHashSet<usize> = fused.ignorant_origins().collect();
    let by_id: FxHashMap<Id<Claim>, &Claim> =
        taking_part.iter().map(|claim| (claim.id, claim.as_ref())).collect();
    let origin = |number: usize| {
        let ids = &results.origins().get(number)?.claims;
        let claims: Vec<&Claim> = ids.iter().filter_map(|id| by_id.get(id).copied()).collect();
        let first = *claims.first()?;
        let names_somebody = |claim: &&Claim| {
            claim.stance != Stance::Declines
                && matches!(&claim.proposition, Proposition::Attribution { actors, .. } if !actors.is_empty())
        };
        let reason = if claims.iter().any(names_somebody) {
            Ignorance::CannotBeJudged
        } else {
            Ignorance::NamesNobody
        };
        Some(BeliefOrigin {
            number,
            claim: first.id,
            source: derived.assessment().name_of(first.source),
            says: says(derived, first),
            claims: claims.len(),
            ignorance: ignorant.contains(&number).then_some(reason),
        })
    };
    fused.origin_numbers().filter_map(origin).collect()
}

fn left_out_claim(derived: &Derived, (id, reason): (Id<Claim>, LeftOut)) -> Option<LeftOutClaim> {
    let claim = derived.assessment().get(id)?;
    let source = derived.assessment().name_of(claim.source);
    Some(LeftOutClaim { claim: id, source, says: says(derived, claim), reason })
}

fn says(derived: &Derived, claim: &Claim) -> String {
    let stance = claim.stance.label().to_lowercase();
    match claim.stance {
        Stance::Declines => stance,
        _ => format!("{stance}: {}", derived.assessment().actors_text(claim)),
    }
}

#[cfg(test)]
mod tests;
