//! How the fused belief moved as claims came in.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::super::explain::{Contribution, Explanation};
use super::super::fusion::{BaseRates, Fused, Ground, Pool, Variation};
use super::super::progress::Progress;
use super::super::rounding::ROUNDING;
use super::super::{Derived, Measure};
use super::ChartTable;
use crate::model::{Actor, Claim, FusionRule, Id, Incident, PartialDate, Status};

/// How the fused belief moved as claims came in, were taken back and superseded.
///
/// Computed under the present rule, level, links and period switch: what changes along the axis is only which claims
/// had been stated. A claim counts from the last day that its date can mean, since only then it is sure to have been
/// said; a claim that is known to have ended within its own date counts from the first. A claim without a date, or
/// the end of one that ended nobody knows when, comes in a last step that has no day, after which the picture is the
/// present one.
#[derive(Clone, Debug, PartialEq)]
pub struct BeliefOverTime {
    /// By which rule.
    pub rule: FusionRule,
    /// The actors that claims name, as seen at the chosen level: the one with the greatest projected probability in
    /// the end first, ties in hierarchy order.
    pub tracks: Vec<Track>,
    /// The days on which something changed, oldest first; the step without a day last.
    pub steps: Vec<Step>,
    /// The claims that take no part, because they speak of another role or period; by identifier.
    pub left_out: Vec<Id<Claim>>,
}

/// One actor through time.
#[derive(Clone, Debug, PartialEq)]
pub struct Track {
    /// The actor; of merged ones the one that stands for all.
    pub actor: Id<Actor>,
    /// Its name.
    pub name: String,
    /// Before any claim: nothing speaks for or against, and the projected probability is the base rate.
    pub before: Held,
    /// After each step; `None` where the rule is undefined there.
    pub after: Vec<Option<Held>>,
}

/// What is held of an actor at a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held {
    /// How much speaks for it, in `[0, 1]`.
    pub belief: f64,
    /// How much does not speak against it, in `[0, 1]`.
    pub plausibility: f64,
    /// Its probability once what is open is shared out by base rate, in `[0, 1]`.
    pub projected: f64,
}

impl Held {
    /// Whether no claim speaks for it or against it: its projected probability is a base rate, which nobody stated.
    pub fn is_open(&self) -> bool {
        self.belief <= ROUNDING && self.plausibility >= 1.0 - ROUNDING
    }
}

/// A day on which something changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The day; `None` for what has no date.
    pub day: Option<Date>,
    /// What happened, by claim.
    pub events: Vec<Event>,
    /// The mass that the fused opinion leaves open after it, in `[0, 1]`; undefined where the rule is.
    pub uncertainty: Measure,
    /// How many claims count after it.
    pub claims: usize,
}

/// Something that happened to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// The claim.
    pub claim: Id<Claim>,
    /// What happened to it.
    pub what: Happening,
    /// When, as precisely as is known.
    pub on: Option<PartialDate>,
}

/// What can happen to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Happening {
    /// Its source stated it.
    Stated,
    /// Its source took it back.
    Retracted,
    /// Its source said something newer.
    Superseded,
}

impl Happening {
    /// The word that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Retracted => "retracted",
            Self::Superseded => "superseded",
        }
    }
}

impl Step {
    /// The day, or "no date".
    pub fn day_text(&self) -> String {
        self.day.map_or_else(|| "no date".to_owned(), |day| day.to_string())
    }

    /// The claims to which something happened, each once.
    pub fn claims_concerned(&self) -> Vec<Id<Claim>> {
        let mut claims: Vec<Id<Claim>> = self.events.iter().map(|event| event.claim).collect();
        claims.dedup();
        claims
    }

    /// What happened, in words, such as "FireEye: APT19 stated; Xinhua: Criminals retracted".
    pub fn sentence(&self, assessment: &crate::model::Assessment) -> String {
        let text = |event: &Event| {
            let says = assessment.get(event.claim).map_or_else(String::new, |claim| {
                format!("{}: {}", assessment.name_of(claim.source), assessment.actors_text(claim))
            });
            let imprecise = event.on.filter(|on| on.first_day() != on.last_day());
            let within = imprecise.map_or_else(String::new, |on| format!(" some day within {on}"));
            format!("{says} {}{within}", event.what.label())
        };
        self.events.iter().map(text).collect::<Vec<_>>().join("; ")
    }
}

impl BeliefOverTime {
    /// How the fused belief in the actors that claims on an incident name moved; `None` where `progress` was stopped.
    ///
    /// One fusion for each day on which something changed, of which only the origins that it touches are averaged anew.
    pub fn new(derived: &Derived, incident: Id<Incident>, progress: &Progress<'_>) -> Option<Self> {
        let results = derived.as_if_standing(incident);
        let now = derived.fused(incident, None, None);
        let ground = Ground {
            assessment: derived.assessment(),
            hierarchy: derived.hierarchy(),
            base_rates: derived.base_rates(),
            results: &results,
            options: derived.options(),
            also: &[],
            role: (!derived.incident(incident).claims().is_empty()).then_some(now.role),
        };
        let pool = Pool::over(&ground, incident);
        let steps = events(derived, &pool);
        progress.expect(steps.len());
        let nothing = |_: &Claim| false;
        let mut last = pool.fuse(&Variation { includes: Some(&nothing), ..Variation::default() });
        let mut tracks = tracks(derived, &pool, &last);
        let mut counted: FxHashSet<Id<Claim>> = FxHashSet::default();
        let mut found = Vec::with_capacity(steps.len());
        for ((_, day), events) in steps {
            progress.step()?;
            for event in &events {
                match event.what {
                    Happening::Stated => counted.insert(event.claim),
                    Happening::Retracted | Happening::Superseded => counted.remove(&event.claim),
                };
            }
            let mut step = Step { day, events, uncertainty: Ok(1.0), claims: counted.len() };
            let counts = |claim: &Claim| counted.contains(&claim.id);
            let variation = Variation { includes: Some(&counts), ..Variation::default() };
            last = pool.fuse_near(&last, &step.claims_concerned(), &variation);
            step.uncertainty.clone_from(&last.uncertainty);
            for (number, track) in &mut tracks {
                track.after.push(held(&last, *number));
            }
            found.push(step);
        }
        let end = |track: &Track| track.after.last().copied().flatten().unwrap_or(track.before).projected;
        // Stable: equals stay in hierarchy order.
        tracks.sort_by(|(_, a), (_, b)| end(b).total_cmp(&end(a)));
        let mut left_out: Vec<Id<Claim>> = pool.left_out().collect();
        left_out.sort_unstable();
        let tracks = tracks.into_iter().map(|(_, track)| track).collect();
        Some(Self { rule: last.rule, tracks, steps: found, left_out })
    }

    /// The last step at or before a day; `None` before the first.
    pub fn step_at(&self, day: Date) -> Option<usize> {
        let begun = self.steps.partition_point(|step| step.day.is_some_and(|at| at <= day));
        begun.checked_sub(1)
    }

    /// How the projected probability of a track after a step came about: its base rate, and what each step added.
    pub fn explanation(&self, derived: &Derived, track: &Track, step: Option<usize>) -> Explanation {
        let count = step.map_or(0, |step| step + 1);
        let (when, value) = match step.and_then(|step| self.steps.get(step).zip(track.after.get(step))) {
            Some((at, value)) => (at.day_text(), *value),
            None => ("before any claim".to_owned(), Some(track.before)),
        };
        let undefined =
            || self.steps.get(count.saturating_sub(1)).and_then(|at| at.uncertainty.clone().err());
        let value = match (value, undefined()) {
            (Some(held), _) => Ok(held.projected),
            (None, Some(undefined)) => Err(undefined),
            (None, None) => Err(super::super::Undefined::because("nothing is known of that day")),
        };
        let mut explanation = Explanation::new(
            format!("Projected probability of {}, {when}", track.name),
            value,
            "P(x) = Σ m(A) · a(x ∩ A) / a(A), of the claims that counted then",
            "Jøsang, Subjective Logic (2016), section 3.6, over the claims stated by then",
        )
        .in_percent()
        .with("Rule", self.rule.label())
        .with("Base rates", BaseRates::IN_WORDS);
        explanation.contributions_are = "what each day added".to_owned();
        let part = |what: String, value: f64, record| Contribution { what, value, record };
        explanation.contributions.push(part(
            "before any claim (base rate)".to_owned(),
            track.before.projected,
            Some(track.actor.into()),
        ));
        let mut was = track.before.projected;
        for (at, held) in self.steps.iter().zip(&track.after).take(count) {
            let Some(held) = held else { continue };
            let first = at.events.first().map(|event| event.claim.into());
            let what = format!("{}: {}", at.day_text(), at.sentence(derived.assessment()));
            explanation.contributions.push(part(what, held.projected - was, first));
            was = held.projected;
        }
        explanation.noting(
            "What a day adds depends on what was said before it: in another order the parts would differ, the sum would not.",
        )
    }

    /// The same as a table, one line for each step and actor.
    pub fn table(&self, assessment: &crate::model::Assessment) -> ChartTable {
        let mut table = ChartTable::new(&[
            "From",
            "Actor",
            "Belief",
            "Plausibility",
            "Projected",
            "Uncertainty",
            "Claims",
            "What happened",
        ]);
        let number = |value: f64| format!("{value:.4}");
        for (place, step) in self.steps.iter().enumerate() {
            let uncertainty = match &step.uncertainty {
                Ok(value) => number(*value),
                Err(undefined) => undefined.to_string(),
            };
            for track in &self.tracks {
                let held = track.after.get(place).copied().flatten();
                let text = |value: fn(Held) -> f64| held.map_or_else(String::new, |held| number(value(held)));
                table.rows.push(vec![
                    step.day_text(),
                    track.name.clone(),
                    text(|held| held.belief),
                    text(|held| held.plausibility),
                    text(|held| held.projected),
                    uncertainty.clone(),
                    step.claims.to_string(),
                    step.sentence(assessment),
                ]);
            }
        }
        table
    }
}

/// The actors that claims which take part name, as seen at the chosen level, in hierarchy order, with their numbers.
fn tracks(derived: &Derived, pool: &Pool<'_>, before: &Fused) -> Vec<(usize, Track)> {
    let hierarchy = derived.hierarchy();
    let numbers = hierarchy.named_by(pool.claims(), derived.options().level);
    let track = |number: usize| {
        let node = hierarchy.node(number)?;
        let before = held(before, number)?;
        Some((number, Track { actor: node.actor, name: node.name.clone(), before, after: Vec::new() }))
    };
    numbers.into_iter().filter_map(track).collect()
}

fn held(fused: &Fused, number: usize) -> Option<Held> {
    let place = fused.actors.binary_search_by_key(&number, |row| row.number).ok()?;
    let row = fused.actors.get(place)?;
    Some(Held { belief: row.belief, plausibility: row.plausibility, projected: row.projected })
}

/// Everything that happened to the claims that take part, by day; what has no day last.
fn events(derived: &Derived, pool: &Pool<'_>) -> BTreeMap<(bool, Option<Date>), Vec<Event>> {
    let mut found: BTreeMap<(bool, Option<Date>), Vec<Event>> = BTreeMap::new();
    let mut add =
        |day: Option<Date>, event: Event| found.entry((day.is_none(), day)).or_default().push(event);
    for claim in pool.claims() {
        // The pool has them all as standing; what became of them stands in the assessment.
        let Some(claim) = derived.assessment().get(claim.id) else { continue };
        let newer = |by: Option<Id<Claim>>| by.and_then(|by| derived.assessment().get(by)?.stated_on);
        let end = match claim.status {
            Status::Standing => None,
            Status::Retracted { on } => Some((Happening::Retracted, on)),
            Status::Superseded { by } => Some((Happening::Superseded, newer(by))),
        };
        let ended = end.and_then(|(_, on)| on).map(PartialDate::last_day);
        let stated = |on: PartialDate| match ended {
            Some(ended) if ended <= on.last_day() => on.first_day().min(ended),
            _ => on.last_day(),
        };
        let event = |what, on| Event { claim: claim.id, what, on };
        match (claim.stated_on, end) {
            (None, None) => add(None, event(Happening::Stated, None)),
            // Nobody knows from when it counted, only that it does no more.
            (None, Some(_)) => {}
            (Some(on), end) => {
                add(Some(stated(on)), event(Happening::Stated, Some(on)));
                if let Some((what, on)) = end {
                    add(ended, event(what, on));
                }
            }
        }
    }
    found.values_mut().for_each(|events| events.sort_unstable());
    found
}

#[cfg(test)]
mod tests;
