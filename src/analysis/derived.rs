//! All results of one revision, each computed when it is first asked for.

mod links;
mod matrices;
mod references;
mod slow;

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::fusion::{BaseRates, Fused, Variation, fuse_with};
use super::hierarchy::Hierarchy;
use super::incident::IncidentResults;
use super::index::ClaimIndex;
use super::origins::{Circle, Relays, Retold, mixed_circles, relay_circles, repeat_circles};
use super::relation::{Comparison, Field, FieldPair, compare};
use super::{Options, charts};
use crate::model::validate::{Finding, Severity, validate};
use crate::model::{
    Actor, AnyId, Assessment, Claim, Document, FusionRule, Id, Incident, Kind, Source, Table, TrustDiscount,
    Uuid,
};
pub use matrices::RankStability;
use references::References;

/// All results of one revision of an assessment, under one set of options.
///
/// Making one is cheap; each result is computed when it is first asked for and kept. What an edit did not
/// touch is taken over from the revision before: the results of an incident whose claims, the actors and the
/// links are as they were. It can be shared with a background job, which [`Self::warm`]s it.
#[derive(Debug)]
pub struct Derived {
    assessment: Arc<Assessment>,
    options: Options,
    /// What an earlier revision had computed.
    before: Option<Arc<Computed>>,
    computed: Arc<Computed>,
}

/// What has been computed for one revision so far.
#[derive(Debug)]
struct Computed {
    assessment: Arc<Assessment>,
    options: Options,
    index: OnceLock<ClaimIndex>,
    hierarchy: OnceLock<Arc<Hierarchy>>,
    base_rates: OnceLock<BaseRates>,
    relays: OnceLock<Arc<Relays>>,
    incidents: OnceLock<FxHashMap<Id<Incident>, OnceLock<Arc<IncidentResults>>>>,
    /// Made one by one, as they are asked for: few of the many rules and incidents ever are.
    fused: Mutex<FxHashMap<FusedKey, Arc<Fused>>>,
    has_same_weights: OnceLock<bool>,
    slow: slow::SlowResults,
    circles: OnceLock<Circles>,
    problems: OnceLock<Vec<Finding>>,
    references: OnceLock<References>,
    ranks: [OnceLock<Arc<FxHashMap<Uuid, u32>>>; 4],
}

/// What a fusion depends on beside the revision.
type FusedKey = (Id<Incident>, FusionRule, TrustDiscount);

/// Circular reporting in the whole assessment.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Circles {
    /// Claims that repeat one another in a circle.
    pub repeats: Vec<Circle>,
    /// Documents that relay one another in a circle.
    pub relays: Vec<Circle>,
    /// Claims and documents that are a circle by repeats and relays together.
    pub mixed: Vec<Circle>,
}

impl Derived {
    /// The results of an assessment. `previous` is those of an earlier revision of the same document, from
    /// which is taken over what still holds; any other assessment is no error, and only of no use.
    pub fn new(assessment: Arc<Assessment>, options: Options, previous: Option<&Self>) -> Self {
        let before = previous.and_then(|previous| {
            // A revision that nobody looked at hands on what it was given, so that a long run of edits loses
            // nothing.
            let is_used = previous.computed.index.get().is_some();
            if is_used { Some(Arc::clone(&previous.computed)) } else { previous.before.clone() }
        });
        let computed = Arc::new(Computed::new(Arc::clone(&assessment), options));
        Self { assessment, options, before, computed }
    }

    /// The assessment that the results are of.
    pub fn assessment(&self) -> &Assessment {
        &self.assessment
    }

    /// How its claims are looked at.
    pub const fn options(&self) -> Options {
        self.options
    }

    fn index(&self) -> &ClaimIndex {
        self.computed.index.get_or_init(|| {
            let before = self.before.as_ref().and_then(|before| Some((before, before.index.get()?)));
            match before {
                Some((before, index)) => index.updated(&before.assessment, &self.assessment),
                None => ClaimIndex::new(&self.assessment),
            }
        })
    }

    /// The actors under the accepted links.
    pub fn hierarchy(&self) -> &Hierarchy {
        self.shared_hierarchy()
    }

    fn shared_hierarchy(&self) -> &Arc<Hierarchy> {
        self.computed.hierarchy.get_or_init(|| {
            let index = self.index();
            let kept = self.before.as_ref().and_then(|before| {
                let hierarchy = before.hierarchy.get()?;
                let old = before.index.get()?.accepted_links();
                let is_same = have_same_places(&before.assessment.actors, &self.assessment.actors)
                    && old.eq(index.accepted_links())
                    && index.mentions.would_name(hierarchy, &self.assessment);
                is_same.then(|| Arc::clone(hierarchy))
            });
            kept.unwrap_or_else(|| {
                let links = index.accepted_links();
                Arc::new(Hierarchy::with_mentions(&self.assessment, links, &index.mentions))
            })
        })
    }

    /// How probable each member of the frame is before any claim.
    pub fn base_rates(&self) -> &BaseRates {
        self.computed.base_rates.get_or_init(|| BaseRates::of_hierarchy(self.hierarchy()))
    }

    fn relays(&self) -> &Arc<Relays> {
        self.computed.relays.get_or_init(|| {
            let kept = self.before.as_ref().and_then(|before| {
                let relays = before.relays.get()?;
                before.assessment.documents.is_same(&self.assessment.documents).then(|| Arc::clone(relays))
            });
            kept.unwrap_or_else(|| Arc::new(Relays::new(&self.assessment)))
        })
    }

    /// What the claims on an incident say in documents that hang together by relays, by which is known what they retell.
    /// The claims are numbered as in [`Self::claims_of`].
    pub(super) fn retold(&self, incident: Id<Incident>) -> Retold<'_> {
        Retold::new(&self.assessment, self.hierarchy(), self.relays(), self.claims_of(incident))
    }

    fn incidents(&self) -> &FxHashMap<Id<Incident>, OnceLock<Arc<IncidentResults>>> {
        self.computed.incidents.get_or_init(|| {
            let index = self.index();
            let before =
                self.before.as_ref().filter(|before| before.options == self.options).and_then(|before| {
                    let is_same = Arc::ptr_eq(before.hierarchy.get()?, self.shared_hierarchy())
                        && Arc::ptr_eq(before.relays.get()?, self.relays());
                    is_same.then_some((before, before.incidents.get()?))
                });
            let kept = |id: &Id<Incident>, claims: &Arc<Vec<Arc<Claim>>>| {
                let (before, incidents) = before?;
                let results = incidents.get(id)?.get()?;
                let same_claims = Arc::ptr_eq(before.index.get()?.by_incident.get(id)?, claims);
                let same_incident = match (before.assessment.get(*id), self.assessment.get(*id)) {
                    (Some(was), Some(is)) => std::ptr::eq(was, is),
                    (was, is) => was.is_none() && is.is_none(),
                };
                (same_claims && same_incident).then(|| Arc::clone(results))
            };
            index
                .by_incident
                .iter()
                .map(|(id, claims)| (*id, kept(id, claims).map_or_else(OnceLock::new, OnceLock::from)))
                .collect()
        })
    }

    /// What follows from the claims on an incident. Empty results where no claim speaks of it.
    pub fn incident(&self, id: Id<Incident>) -> &IncidentResults {
        static NOTHING: OnceLock<IncidentResults> = OnceLock::new();
        let (Some(results), Some(claims)) = (self.incidents().get(&id), self.index().by_incident.get(&id))
        else {
            return NOTHING.get_or_init(IncidentResults::default);
        };
        results.get_or_init(|| {
            Arc::new(IncidentResults::new(
                &self.assessment,
                self.hierarchy(),
                self.relays(),
                self.options,
                Arc::clone(claims),
            ))
        })
    }

    /// The standing claims on an incident, fused by the assessment's conventions or by another rule or version of trust
    /// discounting. The same as [`fuse_with`], remembered.
    pub fn fused(
        &self,
        incident: Id<Incident>,
        rule: Option<FusionRule>,
        discount: Option<TrustDiscount>,
    ) -> Arc<Fused> {
        let methods = &self.assessment.header.methods;
        let (rule, discount) = (rule.unwrap_or(methods.fusion), discount.unwrap_or(methods.discount));
        let key = (incident, rule, discount);
        if let Some(fused) = self.computed.fused(key) {
            return fused;
        }
        // The lock is not held meanwhile, so that several can be made at once; the first one that is done counts.
        let fused = self.fused_before(key).unwrap_or_else(|| {
            let variation = Variation { rule: Some(rule), discount: Some(discount), ..Variation::default() };
            Arc::new(fuse_with(self, incident, &variation))
        });
        let mut made = self.computed.fused.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(made.entry(key).or_insert(fused))
    }

    /// The result of the revision before, where it still holds.
    fn fused_before(&self, key: FusedKey) -> Option<Arc<Fused>> {
        let before = self.before.as_ref()?;
        let fused = before.fused(key)?;
        self.fuses_as(before, key.0).then_some(fused)
    }

    /// Whether the claims on an incident are fused as in the revision before.
    fn fuses_as(&self, before: &Computed, incident: Id<Incident>) -> bool {
        let results = |computed: &Computed| computed.incidents.get()?.get(&incident)?.get().map(Arc::clone);
        self.incident(incident);
        let is_same = match (results(before), results(&self.computed)) {
            (Some(before), Some(now)) => Arc::ptr_eq(&before, &now),
            _ => false,
        };
        is_same && self.has_same_weights(before)
    }

    /// Whether claims weigh what they weighed in the revision before, as far as sources and conventions go.
    fn has_same_weights(&self, before: &Computed) -> bool {
        *self.computed.has_same_weights.get_or_init(|| {
            let (old, new) = (&before.assessment, &self.assessment);
            old.header.methods == new.header.methods
                && old.header.standard == new.header.standard
                && old.sources.is_same(&new.sources)
        })
    }

    /// All claims on an incident, by identifier.
    pub fn claims_of(&self, incident: Id<Incident>) -> &[Arc<Claim>] {
        self.index().by_incident.get(&incident).map_or(&[], |claims| claims.as_slice())
    }

    /// All claims that link two actors, by identifier.
    pub fn links(&self) -> impl Iterator<Item = &Arc<Claim>> {
        self.index().links.values()
    }

    /// The claims that link two actors and count, by identifier.
    pub fn accepted_links(&self) -> impl Iterator<Item = &Claim> + Clone {
        self.index().accepted_links()
    }

    /// Sets two claims against each other; `None` where one of them does not exist.
    pub fn compare(&self, left: Id<Claim>, right: Id<Claim>) -> Option<Comparison> {
        let (left, right) = (self.assessment.get(left)?, self.assessment.get(right)?);
        let mut comparison = compare(&self.assessment, self.hierarchy(), self.options, left, right);
        comparison.fields.push(self.hands(left, right));
        Some(comparison)
    }

    /// Which of two claims speaks at first hand, as a field of their comparison.
    fn hands(&self, left: &Claim, right: &Claim) -> FieldPair {
        let origin = |claim: &Claim| {
            let results = self.incident(claim.proposition.incident()?);
            results.origins().get(results.origin_of(claim.id)?)
        };
        let hand = |claim: &Claim| match origin(claim).filter(|origin| origin.first_hand != claim.id) {
            Some(origin) => {
                let first = self.assessment.get(origin.first_hand);
                format!(
                    "goes back to {}",
                    first.map_or_else(String::new, |it| self.assessment.name_of(it.source))
                )
            }
            None => "first-hand".to_owned(),
        };
        let is_one = origin(left).zip(origin(right)).is_some_and(|(a, b)| a.first_hand == b.first_hand);
        let meaning =
            if is_one { "They have one origin, and count once." } else { "They have different origins." };
        FieldPair::new(Field::Hand, hand(left), hand(right), meaning)
    }

    /// Circular reporting: claims that repeat and documents that relay one another in a circle.
    pub fn circles(&self) -> &Circles {
        self.computed.circles.get_or_init(|| {
            let repeating = &self.index().repeating;
            let kept = self.before.as_ref().and_then(|before| {
                let circles = before.circles.get()?;
                let is_same = Arc::ptr_eq(&before.index.get()?.repeating, repeating)
                    && Arc::ptr_eq(before.relays.get()?, self.relays());
                is_same.then(|| (circles.repeats.clone(), circles.relays.clone()))
            });
            let (repeats, relays) = kept.unwrap_or_else(|| {
                (repeat_circles(repeating.values().map(Arc::as_ref)), relay_circles(&self.assessment))
            });
            Circles { repeats, relays, mixed: mixed_circles(&self.assessment, repeating) }
        })
    }

    /// What does not hold in the assessment, and the accepted links that cannot be applied beside the others.
    /// Takes a fraction of a second for a large file: to be asked for by a background job.
    pub fn problems(&self) -> &[Finding] {
        self.computed.problems.get_or_init(|| {
            let mut findings = validate(&self.assessment);
            // What an actor's own record closes is among the findings already.
            let rejected = self.hierarchy().rejected().iter().filter_map(|link| Some((link.claim?, link)));
            findings.extend(rejected.map(|(claim, link)| Finding {
                severity: Severity::Warning,
                record: Some(claim.into()),
                field: "accepted".to_owned(),
                message: format!(
                    "the link is accepted, and left out because it would close a circle: {}",
                    link.circle.join(", part of ")
                ),
                mend: "accept another link of the circle in its place, or none".to_owned(),
                blocks_opening: false,
            }));
            findings.sort_by_key(|finding| finding.record);
            findings
        })
    }

    /// The records that mention one, each with the fields in which it does, by identifier.
    pub fn references_to(&self, id: impl Into<AnyId>) -> Vec<(AnyId, &'static str)> {
        let references = self.computed.references.get_or_init(|| {
            let before = self.before.as_ref().and_then(|before| Some((before, before.references.get()?)));
            match before {
                Some((before, references)) => references.updated(&before.assessment, &self.assessment),
                None => References::new(&self.assessment),
            }
        });
        references.to(&self.assessment, id.into())
    }

    /// For the sources, documents, actors or incidents their places in their order: by name, letter case ignored, or
    /// where they were moved to; empty for other kinds. Kept as long as these records stay as they are.
    pub fn places(&self, kind: Kind) -> &FxHashMap<Uuid, u32> {
        static NONE: OnceLock<FxHashMap<Uuid, u32>> = OnceLock::new();
        let place = match kind {
            Kind::Source => 0,
            Kind::Document => 1,
            Kind::Actor => 2,
            Kind::Incident => 3,
            _ => usize::MAX,
        };
        let Some(cell) = self.computed.ranks.get(place) else { return NONE.get_or_init(FxHashMap::default) };
        cell.get_or_init(|| {
            let (old, new) = (self.before.as_ref(), &self.assessment);
            let kept = old.and_then(|before| {
                let ranks = before.ranks.get(place)?.get()?;
                let old = &before.assessment;
                let is_same = match kind {
                    Kind::Source => old.sources.is_same(&new.sources),
                    Kind::Document => old.documents.is_same(&new.documents),
                    Kind::Actor => old.actors.is_same(&new.actors),
                    _ => old.incidents.is_same(&new.incidents),
                };
                is_same.then(|| Arc::clone(ranks))
            });
            kept.unwrap_or_else(|| {
                Arc::new(match kind {
                    Kind::Source => places(&new.in_order::<Source>()),
                    Kind::Document => places(&new.in_order::<Document>()),
                    Kind::Actor => places(&new.in_order::<Actor>()),
                    _ => places(&new.in_order::<Incident>()),
                })
            })
        })
    }

    /// Who says who, on one incident.
    pub fn who_says_who(&self, incident: Id<Incident>, rows: impl Into<charts::Rows>) -> charts::WhoSaysWho {
        charts::WhoSaysWho::new(self, incident, rows.into())
    }

    /// The sources or origins of one incident against one another.
    pub fn heatmap(
        &self,
        incident: Id<Incident>,
        rows: charts::RowsBy,
        order: charts::HeatOrder,
    ) -> charts::Heatmap {
        charts::Heatmap::new(self, incident, rows, order)
    }

    /// When each claim was stated, against the period that it covers and the incident's. `None` takes all
    /// claims.
    pub fn timeline(&self, incident: Option<Id<Incident>>) -> charts::Timeline {
        charts::Timeline::new(self, incident)
    }

    /// The documents and claims with what repeats and relays what.
    pub fn provenance(&self, scope: &charts::provenance::Scope) -> charts::Provenance {
        charts::Provenance::new(self, scope)
    }

    /// The hierarchy with aliases and contested links.
    pub fn actor_chart(&self) -> charts::ActorChart {
        // It counts the origins of all incidents.
        self.warm_incidents(&|| false);
        charts::ActorChart::new(self)
    }

    /// Computes the hierarchy and the results of all incidents, on all cores of rayon's pool. Stops early
    /// where `is_cancelled` says so.
    pub fn warm_incidents(&self, is_cancelled: &(dyn Fn() -> bool + Sync)) {
        self.hierarchy();
        self.relays();
        let ids: Vec<Id<Incident>> = self.incidents().keys().copied().collect();
        ids.par_iter().for_each(|id| {
            if !is_cancelled() {
                self.incident(*id);
            }
        });
    }

    /// Computes whatever the views ask for first: all incidents' results, circular reporting, the agreement of
    /// sources, references and name ranks; not the problems. For a background job. Stops early where `is_cancelled` says so.
    pub fn warm(&self, is_cancelled: &(dyn Fn() -> bool + Sync)) {
        self.warm_incidents(is_cancelled);
        let others: [fn(&Self); 4] = [
            |derived| {
                derived.agreement(&AtomicBool::new(false));
            },
            |derived| {
                derived.circles();
            },
            |derived| {
                derived.references_to(AnyId { kind: Kind::Claim, uuid: Uuid::nil() });
            },
            |derived| {
                for kind in [Kind::Source, Kind::Document, Kind::Actor, Kind::Incident] {
                    derived.places(kind);
                }
            },
        ];
        others.par_iter().for_each(|compute| {
            if !is_cancelled() {
                compute(self);
            }
        });
    }
}

impl Computed {
    fn new(assessment: Arc<Assessment>, options: Options) -> Self {
        Self {
            assessment,
            options,
            index: OnceLock::new(),
            hierarchy: OnceLock::new(),
            base_rates: OnceLock::new(),
            relays: OnceLock::new(),
            incidents: OnceLock::new(),
            fused: Mutex::default(),
            has_same_weights: OnceLock::new(),
            slow: slow::SlowResults::default(),
            circles: OnceLock::new(),
            problems: OnceLock::new(),
            references: OnceLock::new(),
            ranks: Default::default(),
        }
    }

    fn fused(&self, key: FusedKey) -> Option<Arc<Fused>> {
        self.fused.lock().unwrap_or_else(PoisonError::into_inner).get(&key).map(Arc::clone)
    }
}

fn places<T>(ids: &[Id<T>]) -> FxHashMap<Uuid, u32> {
    ids.iter().zip(0..).map(|(id, place)| (id.uuid(), place)).collect()
}

/// Whether the actors of two revisions have the same places in a hierarchy: other names and notes are of no account there.
fn have_same_places(old: &Table<Actor>, new: &Table<Actor>) -> bool {
    let place = |actor: &Actor| (actor.id, actor.level);
    old.len() == new.len()
        && old.apart_from(new).zip(new.apart_from(old)).all(|(old, new)| {
            place(old) == place(new) && old.name == new.name && old.belongs_to == new.belongs_to
        })
}

#[cfg(test)]
mod tests;
