//! What moves the fused picture: one change at a time, everything else left as it is.
//!
//! A picture that rests on one claim, one source, one accepted link or one grade should be known to. So each of
//! them is taken away, or moved by one step, and the claims are fused again ([`Change`] lists what is tried).
//! This is leave-one-out and one-at-a-time sensitivity analysis (Saltelli et al., *Global Sensitivity Analysis. The
//! Primer*, 2008); it says nothing about two changes at once.
//!
//! The **movement** of a change is the largest change of the projected probability of any actor that a claim names
//! or that is above such a one: max |P′(x) − P(x)|, in `[0, 1]`. It needs no common frame, so that links, which
//! change the frame, can be set beside claims and grades; and it is one actor's, so that it can be told from what
//! to what. Moving beliefs without moving any projected probability is no movement; the uncertainty before and
//! after is told beside it.

mod change;
mod links;
mod measure;

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::charts::ChartTable;
use super::explain::Explanation;
use super::fusion::{Fused, Pool, Variation};
use super::percent::percent;
use super::progress::Progress;
use super::weight::Weight;
use super::{Derived, Measure, Undefined};
use crate::model::{Actor, ActorLevel, Assessment, Claim, FusionRule, Id, Incident, Source};

pub use change::Change;
use measure::Picture;

/// Movements that differ by less are a tie: the sums behind them are of numbers near 1.
const TIE: f64 = 1e-12;

/// What moves the fused picture of one incident, the strongest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Influence {
    /// The rule by which claims were fused.
    pub rule: FusionRule,
    /// What each change does, by movement, the greatest first. Of several that tie, claims stand before origins,
    /// sources, links and grades (a source with a single claim ties with that claim), and then the lesser identifier
    /// first. Those whose effect is undefined stand last. Empty where `undefined` says why.
    pub effects: Vec<Effect>,
    /// Why nothing can be said: the fused picture itself is undefined.
    pub undefined: Option<Undefined>,
}

/// What one change does to the fused picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// What is changed.
    pub change: Change,
    /// The claims that count otherwise, by identifier. Empty for a link, which can concern all.
    pub claims: Vec<Id<Claim>>,
    /// The movement, in `[0, 1]`: see the module. Undefined where the fusion is after the change, or where a link
    /// cannot be accepted.
    pub movement: Measure,
    /// The actor that moves most; `None` where nothing moves. Of several that move as far, the narrowest one (the
    /// deepest in the hierarchy) and then the first in hierarchy order.
    pub moved: Option<Moved>,
    /// The mass that the fused opinion leaves open before and after, each in `[0, 1]`; `None` where the movement is
    /// undefined.
    pub uncertainty: Option<(f64, f64)>,
    /// The levels at which another actor is in front after the change, widest first.
    pub leads: Vec<Lead>,
}

/// How far one actor moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moved {
    /// The actor.
    pub actor: Id<Actor>,
    /// Its projected probability before, in `[0, 1]`.
    pub from: f64,
    /// Its projected probability after, in `[0, 1]`.
    pub to: f64,
}

/// A level of the hierarchy at which another actor is in front after a change. In front is who has the greatest
/// projected probability of all actors of that level that claims name or that are above such ones; nobody is where
/// two tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lead {
    /// The level.
    pub level: ActorLevel,
    /// Who was in front.
    pub before: Option<Id<Actor>>,
    /// Who is in front after.
    pub after: Option<Id<Actor>>,
}

impl Influence {
    /// Tries every change for one incident, by the assessment's rule or another; `None` where `progress` was
    /// stopped.
    ///
    /// Takes one fusion for each change, of which only the origins that it touches are averaged anew, and a
    /// hierarchy for each link: for a thousand claims a matter of a second, so it belongs in a job. Only claims
    /// that take part are varied: retracted and superseded ones do not, nor those of another role or period.
    /// Links are tried that touch an actor that a claim names, one above it or one below it; the others could only
    /// shift the base rates. An incident without claims has no effects.
    pub fn new(
        derived: &Derived,
        incident: Id<Incident>,
        rule: Option<FusionRule>,
        progress: &Progress<'_>,
    ) -> Option<Self> {
        let rule = rule.unwrap_or(derived.assessment().header.methods.fusion);
        let pool = Pool::new(derived, incident);
        let fused = pool.fuse(&Variation { rule: Some(rule), ..Variation::default() });
        if let Err(undefined) = &fused.uncertainty {
            return Some(Self { rule, effects: Vec::new(), undefined: Some(undefined.clone()) });
        }
        let picture = Picture::of(derived.assessment(), derived.hierarchy(), &pool, &fused);
        let changes = changes(derived.assessment(), derived, incident, &pool);
        let links = links::candidates(derived, incident, &fused);
        progress.expect(changes.len() + links.len());
        let of_claims = changes.into_par_iter().map(|(change, claims)| {
            progress.step()?;
            let varied = vary(derived.assessment(), &pool, &fused, change, &claims);
            Some(picture.effect(derived.hierarchy(), change, claims, &varied))
        });
        let mut effects = of_claims.collect::<Option<Vec<Effect>>>()?;
        let of_links = links.into_par_iter().map(|link| {
            progress.step()?;
            Some(links::effect(derived, incident, rule, &picture, link))
        });
        effects.extend(of_links.collect::<Option<Vec<Effect>>>()?);
        let size =
            |effect: &Effect| effect.movement.as_ref().map_or(-1.0, |movement| (movement / TIE).round());
        effects.sort_by(|a, b| size(b).total_cmp(&size(a)).then_with(|| a.change.cmp(&b.change)));
        Some(Self { rule, effects, undefined: None })
    }

    /// The strongest effects that move anything, of several changes that concern the same claims in the same way only
    /// the first: a source with a single claim is not told beside that claim.
    pub fn top(&self, count: usize) -> Vec<&Effect> {
        let mut told: Vec<&Effect> = Vec::new();
        for effect in self.effects.iter().take_while(|effect| effect.moved.is_some()) {
            let is_told = effect.change.is_removal()
                && told.iter().any(|other| other.change.is_removal() && other.claims == effect.claims);
            if !is_told {
                told.push(effect);
            }
            if told.len() == count {
                break;
            }
        }
        told
    }

    /// The claim whose removal moves most, with its effect; `None` where none moves anything.
    pub fn strongest_claim(&self) -> Option<(Id<Claim>, &Effect)> {
        self.effects.iter().find_map(|effect| match effect.change {
            Change::WithoutClaim(claim) if effect.moved.is_some() => Some((claim, effect)),
            _ => None,
        })
    }

    /// The effect of one change; `None` where it was not tried.
    pub fn of(&self, change: Change) -> Option<&Effect> {
        self.effects.iter().find(|effect| effect.change == change)
    }

    /// All effects as a table, the strongest first.
    pub fn table(&self, assessment: &Assessment) -> ChartTable {
        let mut table = ChartTable::new(&[
            "Change",
            "Movement",
            "Moves most",
            "From",
            "To",
            "Uncertainty from",
            "Uncertainty to",
            "Leader changes",
        ]);
        let number = |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value:.4}"));
        for effect in &self.effects {
            let movement = match &effect.movement {
                Ok(movement) => format!("{movement:.4}"),
                Err(undefined) => undefined.to_string(),
            };
            let leads: Vec<String> = effect.leads.iter().map(|lead| lead.sentence(assessment)).collect();
            table.rows.push(vec![
                effect.change.label(assessment),
                movement,
                effect.moved.map_or_else(String::new, |moved| assessment.name_of(moved.actor)),
                number(effect.moved.map(|moved| moved.from)),
                number(effect.moved.map(|moved| moved.to)),
                number(effect.uncertainty.map(|(before, _)| before)),
                number(effect.uncertainty.map(|(_, after)| after)),
                leads.join("; "),
            ]);
        }
        table
    }
}

impl Effect {
    /// What the change does, in one sentence, such as "JSSD moves from 62 % to 41 %".
    pub fn sentence(&self, assessment: &Assessment) -> String {
        match (&self.movement, self.moved) {
            (Err(undefined), _) => undefined.to_string(),
            (Ok(_), None) => "nothing moves".to_owned(),
            (Ok(_), Some(Moved { actor, from, to })) => {
                format!("{} moves from {} to {}", assessment.name_of(actor), percent(from), percent(to))
            }
        }
    }

    /// How the movement comes about.
    pub fn explanation(&self, assessment: &Assessment) -> Explanation {
        let mut explanation = Explanation::new(
            format!("Movement: {}", self.change.label(assessment)),
            self.movement.clone(),
            "M = max over the actors named and above of |P′(x) − P(x)|",
            "Leave-one-out, one change at a time: Saltelli et al., Global Sensitivity Analysis. The Primer (2008); \
             projected probability: Jøsang, Subjective Logic (2016), section 3.6",
        );
        if let Some(Moved { actor, from, to }) = self.moved {
            let name = assessment.name_of(actor);
            explanation = explanation
                .with_probability(format!("P({name}), as it is"), from, Some(actor.into()))
                .with_probability(format!("P′({name}), after the change"), to, Some(actor.into()));
        }
        if let Some((before, after)) = self.uncertainty {
            explanation = explanation
                .with_probability("Uncertainty, as it is", before, None)
                .with_probability("Uncertainty, after the change", after, None);
        }
        for claim in &self.claims {
            explanation = explanation.with_record("Concerns", assessment.name_of(*claim), *claim);
        }
        let leads: Vec<String> = self.leads.iter().map(|lead| lead.sentence(assessment)).collect();
        let beware = "One change alone; two together can do more or less than their sum.";
        explanation.noting(leads.into_iter().map(|lead| lead + ". ").collect::<String>() + beware)
    }
}

impl Lead {
    /// What changes, such as "Service or agency: MSS was in front, then PLA".
    pub fn sentence(&self, assessment: &Assessment) -> String {
        let name =
            |actor: Option<Id<Actor>>| actor.map_or_else(|| "nobody".to_owned(), |id| assessment.name_of(id));
        format!("{}: {} was in front, then {}", self.level, name(self.before), name(self.after))
    }
}

/// What is changed of the claims that take part, with those claims.
fn changes(
    assessment: &Assessment,
    derived: &Derived,
    incident: Id<Incident>,
    pool: &Pool<'_>,
) -> Vec<(Change, Vec<Id<Claim>>)> {
    let mut found = Vec::new();
    let mut by_origin: BTreeMap<usize, Vec<Id<Claim>>> = BTreeMap::new();
    let mut by_source: BTreeMap<Id<Source>, Vec<&Claim>> = BTreeMap::new();
    for claim in pool.claims() {
        found.push((Change::WithoutClaim(claim.id), vec![claim.id]));
        for to in change::credibility_steps(claim.credibility) {
            let change = Change::Credibility { claim: claim.id, from: claim.credibility, to };
            found.push((change, vec![claim.id]));
        }
        if let Some(own) = &claim.reliability_override {
            for to in change::reliability_steps(Some(own.reliability)) {
                let change = Change::OwnReliability { claim: claim.id, from: own.reliability, to };
                found.push((change, vec![claim.id]));
            }
        }
        by_source.entry(claim.source).or_default().push(claim);
        if let Some(origin) = pool.origin_of(claim.id) {
            by_origin.entry(origin).or_default().push(claim.id);
        }
    }
    let origins = derived.incident(incident).origins();
    for (number, claims) in by_origin {
        if let Some(origin) = origins.get(number) {
            found.push((Change::WithoutOrigin(origin.first_hand), claims));
        }
    }
    for (source, claims) in by_source {
        let ids =
            |claims: &mut dyn Iterator<Item = &&Claim>| claims.map(|claim| claim.id).collect::<Vec<_>>();
        found.push((Change::WithoutSource(source), ids(&mut claims.iter())));
        let inheriting = ids(&mut claims.iter().filter(|claim| claim.reliability_override.is_none()));
        let grade = assessment.get(source).and_then(Source::reliability);
        if !inheriting.is_empty() {
            let steps = change::reliability_steps(grade).into_iter();
            found.extend(
                steps.map(|to| (Change::SourceReliability { source, from: grade, to }, inheriting.clone())),
            );
        }
    }
    found
}

/// Fuses once more, with one change.
fn vary(
    assessment: &Assessment,
    pool: &Pool<'_>,
    fused: &Fused,
    change: Change,
    claims: &[Id<Claim>],
) -> Fused {
    let is_concerned = |claim: &Claim| claims.binary_search(&claim.id).is_ok();
    let is_kept = |claim: &Claim| !is_concerned(claim);
    let weigh = |claim: &Claim| {
        let (own, credibility) = (assessment.claim_reliability(claim), claim.credibility);
        match change {
            Change::Credibility { to, .. } if is_concerned(claim) => {
                Weight::graded(assessment, claim, own, Some(to))
            }
            Change::SourceReliability { to, .. } | Change::OwnReliability { to, .. }
                if is_concerned(claim) =>
            {
                Weight::graded(assessment, claim, Some(to), credibility)
            }
            _ => Weight::of(assessment, claim),
        }
    };
    let variation = if change.is_removal() {
        Variation { includes: Some(&is_kept), ..Variation::default() }
    } else {
        Variation { weigh: Some(&weigh), ..Variation::default() }
    };
    pool.fuse_near(fused, claims, &variation)
}

#[cfg(test)]
mod tests;
