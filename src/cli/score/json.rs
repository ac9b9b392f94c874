//! The machine-readable result: `ascribe-score/1`. Other programs rely on its names.

mod agreement;
mod contested;
mod judgements;
mod lenses;
mod matrix;
mod odds;
mod reporting;
mod rules;
mod tornado;
mod weighing;

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Parts, STRONGEST};
use crate::analysis::fusion::{BaseRates, Fused, LeftOut};
use crate::analysis::hedges::lost_hedges;
use crate::analysis::influence::{Effect, Lead};
use crate::analysis::origins::{CircularReporting, circular_reporting};
use crate::analysis::{Derived, Measure, Relation, Side};
use crate::model::{Claim, Id, Incident};
use crate::store::Problem;

/// The whole result.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    format: &'static str,
    /// Of the sources over all incidents of the assessment, whichever are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    agreement: Option<agreement::OverallReport>,
    incidents: Vec<IncidentReport>,
    /// The circles that concern no incident.
    circular_reporting: Vec<reporting::CircleReport>,
    /// Errors in the file that leave the rest its meaning.
    findings: Vec<reporting::FindingReport>,
}

#[derive(Debug, Serialize)]
struct IncidentReport {
    id: String,
    name: String,
    claims: ClaimsReport,
    /// Where the incident has hypotheses.
    #[serde(skip_serializing_if = "Option::is_none")]
    ach: Option<weighing::AchReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    log_odds: Option<Vec<odds::OddsReport>>,
    /// What each item does to the posteriors.
    #[serde(skip_serializing_if = "Option::is_none")]
    log_odds_items: Option<Vec<odds::ItemReport>>,
    /// The indicators that nobody has looked for, the one that is worth most first.
    #[serde(skip_serializing_if = "Option::is_none")]
    indicators: Option<Vec<odds::IndicatorReport>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lenses: Option<lenses::LensesReport>,
    judgements: Vec<judgements::JudgementReport>,
    /// Where several analysts judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    judgement_agreement: Option<judgements::AgreementReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    judgement_pools: Option<Vec<judgements::PoolReport>>,
}

#[derive(Debug, Serialize)]
struct ClaimsReport {
    /// Standing claims.
    total: usize,
    independent_origins: usize,
    /// All pairs but the not comparable ones.
    comparable_pairs: u64,
    circular_reporting: Vec<reporting::CircleReport>,
    /// The claims that repeat others and say more than they do.
    lost_hedges: Vec<reporting::LostHedgeReport>,
    relations: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pairs: Option<Vec<PairReport>>,
    /// Whom the origins disagree about, those with most conflict first.
    contested: Vec<contested::ContestedReport>,
    agreement: agreement::AgreementReport,
    stated: agreement::StatedReport,
    fusion: FusionReport,
    /// The same by each rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    fusion_by_rule: Option<Vec<rules::RuleReport>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    influence: Option<InfluenceReport>,
}

/// The strongest single changes of what is fused.
#[derive(Debug, Serialize)]
struct InfluenceReport {
    rule: &'static str,
    /// Largest change of a projected probability.
    measure: &'static str,
    changes: Vec<EffectReport>,
    /// Why there are none.
    note: Option<String>,
}

#[derive(Debug, Serialize)]
struct EffectReport {
    change: &'static str,
    /// The claim, source or link that is changed; of an origin its first-hand claim.
    record: String,
    /// The grade before and the one that is tried.
    grade_from: Option<String>,
    grade_to: Option<String>,
    movement: Option<f64>,
    /// Why there is no movement, where it is undefined.
    note: Option<String>,
    /// The actor that moves most, and its projected probability before and after.
    actor: Option<String>,
    from: Option<f64>,
    to: Option<f64>,
    /// The levels at which another actor is in front.
    leaders: Vec<LeaderReport>,
}

#[derive(Debug, Serialize)]
struct LeaderReport {
    level: &'static str,
    before: Option<String>,
    after: Option<String>,
}

#[derive(Debug, Serialize)]
struct PairReport {
    a: String,
    b: String,
    relation: &'static str,
    /// For "refines": which of the two is the narrower.
    narrower: Option<&'static str>,
    conflict: Option<f64>,
    /// How near the actors stand to each other in the hierarchy; none where one of the two names nobody.
    similarity: Option<f64>,
    /// Why the conflict is undefined.
    note: Option<String>,
}

#[derive(Debug, Serialize)]
struct FusionReport {
    rule: &'static str,
    discount: &'static str,
    role: &'static str,
    /// How what is open is shared out in projected probabilities.
    base_rates: &'static str,
    opinion: Option<Vec<ActorReport>>,
    uncertainty: Option<f64>,
    conflict: Option<f64>,
    left_out: Vec<LeftOutReport>,
    note: Option<String>,
}

#[derive(Debug, Serialize)]
struct ActorReport {
    actor: String,
    name: String,
    belief: f64,
    plausibility: f64,
    projected: f64,
}

#[derive(Debug, Serialize)]
struct LeftOutReport {
    claim: String,
    reason: &'static str,
}

/// The result for these incidents.
pub(super) fn report(
    derived: &Derived,
    incidents: &[Id<Incident>],
    parts: Parts,
    errors: &[Problem],
) -> Report {
    let circles = circular_reporting(derived);
    let incidents =
        incidents.iter().map(|incident| incident_report(derived, *incident, parts, &circles)).collect();
    let elsewhere = circles.iter().filter(|circle| circle.incidents.is_empty());
    Report {
        format: "ascribe-score/1",
        agreement: super::agreement(derived).map(|found| agreement::overall(derived, &found)),
        incidents,
        circular_reporting: elsewhere.map(reporting::CircleReport::new).collect(),
        findings: errors.iter().map(reporting::FindingReport::new).collect(),
    }
}

fn incident_report(
    derived: &Derived,
    incident: Id<Incident>,
    parts: Parts,
    circles: &[CircularReporting],
) -> IncidentReport {
    let circles = circles.iter().filter(|circle| circle.incidents.contains(&incident));
    let results = derived.incident(incident);
    let relations = results.relations();
    let count = |relation: Relation| (relation.key().to_owned(), Value::from(relations.of(relation)));
    let (log_odds, log_odds_items, indicators) = match odds::odds(derived, incident) {
        Some(odds) => (Some(odds.hypotheses), Some(odds.items), Some(odds.indicators)),
        None => (None, None, None),
    };
    IncidentReport {
        id: incident.to_string(),
        name: derived.assessment().name_of(incident),
        claims: ClaimsReport {
            total: results.claims().len(),
            independent_origins: results.origins().len(),
            comparable_pairs: relations.comparable(),
            circular_reporting: circles.map(reporting::CircleReport::new).collect(),
            lost_hedges: lost_hedges(derived, incident).iter().map(reporting::LostHedgeReport::new).collect(),
            relations: Relation::ALL.into_iter().map(count).collect(),
            pairs: parts.pairs.then(|| pairs(derived, incident)),
            contested: contested::contested(derived, incident),
            agreement: agreement::agreement(derived, incident),
            stated: agreement::stated(derived, incident),
            fusion: fusion(derived, incident),
            fusion_by_rule: parts.rules.then(|| rules::rules(derived, incident)).flatten(),
            influence: parts.influence.then(|| influence(derived, incident)).flatten(),
        },
        ach: weighing::ach(derived, incident),
        log_odds,
        log_odds_items,
        indicators,
        lenses: lenses::lenses(derived, incident),
        judgements: judgements::judgements(derived, incident),
        judgement_agreement: judgements::agreement(derived, incident),
        judgement_pools: judgements::pools(derived, incident),
    }
}

fn pairs(derived: &Derived, incident: Id<Incident>) -> Vec<PairReport> {
    let claim = |id| derived.assessment().get(id);
    let actors = |id: Id<Claim>| claim(id).map(|claim| claim.proposition.actors()).unwrap_or_default();
    let similarity = |left, right| derived.hierarchy().similarity(&actors(left), &actors(right)).ok();
    let report = |pair: crate::analysis::incident::Pair| {
        let (conflict, note) = split(pair.conflict);
        PairReport {
            a: pair.left.to_string(),
            b: pair.right.to_string(),
            relation: pair.standing.relation.key(),
            narrower: pair.standing.narrower.map(|side| match side {
                Side::Left => "a",
                Side::Right => "b",
            }),
            conflict,
            similarity: similarity(pair.left, pair.right),
            note,
        }
    };
    derived.incident(incident).pairs(derived.assessment()).map(report).collect()
}

fn fusion(derived: &Derived, incident: Id<Incident>) -> FusionReport {
    let fused = derived.fused(incident, None, None);
    let actors = fused.actors.iter().map(|belief| ActorReport {
        actor: belief.actor.to_string(),
        name: derived.assessment().name_of(belief.actor),
        belief: belief.belief,
        plausibility: belief.plausibility,
        projected: belief.projected,
    });
    let (uncertainty, opinion_note) = split(fused.uncertainty.clone());
    let (conflict, conflict_note) = split(fused.conflict());
    FusionReport {
        rule: fused.rule.label(),
        discount: fused.discount.label(),
        role: fused.role.label(),
        base_rates: BaseRates::IN_WORDS,
        opinion: uncertainty.is_some().then(|| actors.collect()),
        uncertainty,
        conflict,
        left_out: left_out(&fused),
        note: opinion_note.or(conflict_note),
    }
}

fn influence(derived: &Derived, incident: Id<Incident>) -> Option<InfluenceReport> {
    let influence = super::influence(derived, incident)?;
    let report = |effect: &Effect| {
        let (grade_from, grade_to) = effect.change.grades().unzip();
        let leader = |lead: &Lead| LeaderReport {
            level: lead.level.label(),
            before: lead.before.map(|actor| actor.to_string()),
            after: lead.after.map(|actor| actor.to_string()),
        };
        EffectReport {
            change: effect.change.key(),
            record: effect.change.record().uuid.to_string(),
            grade_from,
            grade_to,
            movement: effect.movement.as_ref().ok().copied(),
            note: effect.movement.as_ref().err().map(ToString::to_string),
            actor: effect.moved.map(|moved| moved.actor.to_string()),
            from: effect.moved.map(|moved| moved.from),
            to: effect.moved.map(|moved| moved.to),
            leaders: effect.leads.iter().map(leader).collect(),
        }
    };
    Some(InfluenceReport {
        rule: influence.rule.label(),
        measure: "largest change of the projected probability of an actor",
        changes: influence.top(STRONGEST).into_iter().map(report).collect(),
        note: influence.undefined.as_ref().map(ToString::to_string),
    })
}

fn left_out(fused: &Fused) -> Vec<LeftOutReport> {
    let report = |(claim, reason): &(Id<_>, LeftOut)| LeftOutReport {
        claim: claim.to_string(),
        reason: reason.label(),
    };
    fused.left_out.iter().map(report).collect()
}

/// A number or the reason why there is none.
pub(super) fn split(measure: Measure) -> (Option<f64>, Option<String>) {
    match measure {
        Ok(value) => (Some(value), None),
        Err(undefined) => (None, Some(undefined.to_string())),
    }
}
