//! Results that can take long or are asked for one incident at a time, each remembered once it was made.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;

use super::{Computed, Derived, RankStability};
use crate::analysis::ach::sensitivity::Sensitivity;
use crate::analysis::ach::stability::Trial;
use crate::analysis::ach::{Matrix, Raters};
use crate::analysis::agreement::{SourceAgreement, source_agreement};
use crate::analysis::charts::provenance::{ProvenanceMap, Room, Scope};
use crate::analysis::charts::{BeliefOverTime, RulesChart};
use crate::analysis::fusion::BaseRates;
use crate::analysis::hedges::{self, Retelling};
use crate::analysis::hierarchy::Hierarchy;
use crate::analysis::incident::IncidentResults;
use crate::analysis::influence::Influence;
use crate::analysis::judgement::Lenses;
use crate::analysis::progress::{Slow, Stage};
use crate::model::{Claim, FusionRule, Id, Incident, Status, TrustDiscount};

/// A map that is filled as its entries are asked for.
type Kept<K, V> = Mutex<FxHashMap<K, Arc<V>>>;

/// What was asked for so far.
#[derive(Debug, Default)]
pub(super) struct SlowResults {
    influence: Kept<(Id<Incident>, FusionRule), Slow<Influence>>,
    over_time: Kept<Id<Incident>, Slow<BeliefOverTime>>,
    provenance: Mutex<FxHashMap<Scope, Laid>>,
    all_rules: Kept<(Id<Incident>, TrustDiscount), Slow<RulesChart>>,
    retellings: Kept<Id<Incident>, Vec<Retelling>>,
    lenses: Kept<Id<Incident>, Lenses>,
    agreement: OnceLock<Slow<SourceAgreement>>,
    pub(super) sensitivity: Kept<(Id<Incident>, Raters), Slow<Sensitivity>>,
    pub(super) stability: Kept<(Id<Incident>, Raters, Trial), Slow<RankStability>>,
    pub(super) matrices: Kept<Id<Incident>, Matrix>,
    pub(super) has_same_matrices: OnceLock<bool>,
}

/// A map for the room that was asked for last: each is large, and another room is not asked for together with it.
#[derive(Clone, Debug)]
struct Laid {
    room: Room,
    map: Arc<Slow<ProvenanceMap>>,
    /// The map for the room before.
    before: Option<Arc<ProvenanceMap>>,
}

impl Derived {
    /// How far [`Influence`] of an incident's claims has come, under the assessment's rule or another. Nothing is computed:
    /// [`Self::influence`] does that, in a job where it takes long.
    pub fn influence_stage(&self, incident: Id<Incident>, rule: Option<FusionRule>) -> Stage<Influence> {
        self.slow_influence(incident, rule).stage()
    }

    /// What moves the fused picture of an incident, under the assessment's rule or another; computed once, and taken over
    /// from the revision before where it still holds. `None` where `stop` became true before it was there.
    pub fn influence(
        &self,
        incident: Id<Incident>,
        rule: Option<FusionRule>,
        stop: &AtomicBool,
    ) -> Option<Arc<Influence>> {
        let slow = self.slow_influence(incident, rule);
        slow.compute(stop, |progress| Influence::new(self, incident, rule, progress))
    }

    fn slow_influence(&self, incident: Id<Incident>, rule: Option<FusionRule>) -> Arc<Slow<Influence>> {
        let key = (incident, rule.unwrap_or(self.assessment.header.methods.fusion));
        let made = |computed: &Computed| {
            let influence = computed.slow.influence.lock().unwrap_or_else(PoisonError::into_inner);
            influence.get(&key).map(Arc::clone)
        };
        if let Some(slow) = made(&self.computed) {
            return slow;
        }
        let kept = self.before.as_ref().and_then(|before| {
            let result = made(before)?.get()?;
            // Links that are not accepted count too.
            let is_same = Arc::ptr_eq(&before.index.get()?.links, &self.index().links)
                && self.fuses_as(before, incident);
            is_same.then(|| Slow::from(result))
        });
        let mut all = self.computed.slow.influence.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.entry(key).or_insert_with(|| Arc::new(kept.unwrap_or_default())))
    }

    /// How far [`Self::agreement`] has come. Of few claims it is computed at once.
    pub fn agreement_stage(&self) -> Stage<SourceAgreement> {
        /// What takes a fraction of a millisecond.
        const FEW: usize = 1_000;
        if self.assessment.claims.len() <= FEW {
            self.agreement(&AtomicBool::new(false));
        }
        self.slow_agreement().stage()
    }

    /// How far sources agree over all incidents; computed once, and taken over from the revision before where no claim, incident,
    /// document or actor changed. `None` where `stop` became true before it was there.
    pub fn agreement(&self, stop: &AtomicBool) -> Option<Arc<SourceAgreement>> {
        self.slow_agreement().compute(stop, |progress| {
            let incidents: Vec<Id<Incident>> = self.assessment.incidents.ids().collect();
            progress.expect(incidents.len());
            let mut is_stopped = false;
            let asked = incidents.into_iter().take_while(|_| {
                is_stopped |= progress.step().is_none();
                !is_stopped
            });
            let found = source_agreement(self, asked);
            (!is_stopped).then_some(found)
        })
    }

    fn slow_agreement(&self) -> &Slow<SourceAgreement> {
        self.computed.slow.agreement.get_or_init(|| {
            let kept = self.before.as_ref().and_then(|before| {
                let found = before.slow.agreement.get()?.get()?;
                let (old, new) = (&before.assessment, &self.assessment);
                let is_same = before.options == self.options
                    && old.claims.is_same(&new.claims)
                    && old.incidents.is_same(&new.incidents)
                    && Arc::ptr_eq(before.hierarchy.get()?, self.shared_hierarchy())
                    && Arc::ptr_eq(before.relays.get()?, self.relays());
                is_same.then(|| Slow::from(found))
            });
            kept.unwrap_or_default()
        })
    }

    /// The actors and what follows from the claims on an incident under other accepted links than the assessment's, all
    /// else being as it is. Nothing of it is kept.
    pub(in crate::analysis) fn under_links<'a>(
        &self,
        incident: Id<Incident>,
        links: impl IntoIterator<Item = &'a Claim> + Clone,
    ) -> (Hierarchy, BaseRates, IncidentResults) {
        let hierarchy = Hierarchy::with_mentions(&self.assessment, links, &self.index().mentions);
        let base_rates = BaseRates::of_hierarchy(&hierarchy);
        let claims = self.index().by_incident.get(&incident).map(Arc::clone).unwrap_or_default();
        let results = IncidentResults::new(&self.assessment, &hierarchy, self.relays(), self.options, claims);
        (hierarchy, base_rates, results)
    }

    /// What would follow from the claims on an incident if all of them still stood. Nothing of it is kept.
    pub(in crate::analysis) fn as_if_standing(&self, incident: Id<Incident>) -> IncidentResults {
        let standing = |claim: &Arc<Claim>| match claim.status {
            Status::Standing => Arc::clone(claim),
            _ => Arc::new(Claim { status: Status::Standing, ..Claim::clone(claim) }),
        };
        let claims = Arc::new(self.claims_of(incident).iter().map(standing).collect());
        IncidentResults::new(&self.assessment, self.hierarchy(), self.relays(), self.options, claims)
    }

    /// How far [`Self::belief_over_time`] has come. Nothing is computed.
    pub fn belief_over_time_stage(&self, incident: Id<Incident>) -> Stage<BeliefOverTime> {
        self.slow_over_time(incident).stage()
    }

    /// How the fused belief on an incident moved as claims came in; computed once. `None` where `stop` became true before it
    /// was there.
    pub fn belief_over_time(&self, incident: Id<Incident>, stop: &AtomicBool) -> Option<Arc<BeliefOverTime>> {
        let slow = self.slow_over_time(incident);
        slow.compute(stop, |progress| BeliefOverTime::new(self, incident, progress))
    }

    fn slow_over_time(&self, incident: Id<Incident>) -> Arc<Slow<BeliefOverTime>> {
        let mut all = self.computed.slow.over_time.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.entry(incident).or_default())
    }

    /// How far [`Self::provenance_map`] has come. Nothing is computed.
    pub fn provenance_stage(&self, scope: &Scope, room: Room) -> Stage<ProvenanceMap> {
        self.laid_provenance(scope, room).map.stage()
    }

    /// The documents and claims with what repeats and relays what, laid out for a room; computed once, and where only the room is
    /// another no more than has to be. `None` where `stop` became true before it was there.
    pub fn provenance_map(&self, scope: &Scope, room: Room, stop: &AtomicBool) -> Option<Arc<ProvenanceMap>> {
        let Laid { map, before, .. } = self.laid_provenance(scope, room);
        map.compute(stop, |progress| match before {
            Some(before) => before.in_room(room, progress),
            None => ProvenanceMap::new(self, scope, room, progress),
        })
    }

    fn laid_provenance(&self, scope: &Scope, room: Room) -> Laid {
        let mut all = self.computed.slow.provenance.lock().unwrap_or_else(PoisonError::into_inner);
        let new = |before| Laid { room, map: Arc::default(), before };
        let laid = all.entry(scope.clone()).or_insert_with(|| new(None));
        if laid.room != room {
            *laid = new(laid.map.get().or_else(|| laid.before.take()));
        }
        laid.clone()
    }

    /// How far [`Self::all_rules`] has come. Nothing is computed.
    pub fn all_rules_stage(&self, incident: Id<Incident>, discount: TrustDiscount) -> Stage<RulesChart> {
        self.slow_all_rules(incident, discount).stage()
    }

    /// What each rule makes of the claims on an incident, under a version of trust discounting; computed once, and taken
    /// over from the revision before where it still holds. `None` where `stop` became true before it was there.
    pub fn all_rules(
        &self,
        incident: Id<Incident>,
        discount: TrustDiscount,
        stop: &AtomicBool,
    ) -> Option<Arc<RulesChart>> {
        let slow = self.slow_all_rules(incident, discount);
        slow.compute(stop, |progress| RulesChart::new(self, incident, Some(discount), progress))
    }

    fn slow_all_rules(&self, incident: Id<Incident>, discount: TrustDiscount) -> Arc<Slow<RulesChart>> {
        let key = (incident, discount);
        let made = |computed: &Computed| {
            let charts = computed.slow.all_rules.lock().unwrap_or_else(PoisonError::into_inner);
            charts.get(&key).map(Arc::clone)
        };
        if let Some(slow) = made(&self.computed) {
            return slow;
        }
        let kept = self.before.as_ref().and_then(|before| {
            let result = made(before)?.get()?;
            self.fuses_as(before, incident).then(|| Slow::from(result))
        });
        let mut all = self.computed.slow.all_rules.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.entry(key).or_insert_with(|| Arc::new(kept.unwrap_or_default())))
    }

    /// What became of hedges among the claims on an incident: see [`hedges::retellings`]. Remembered.
    pub fn retellings(&self, incident: Id<Incident>) -> Arc<Vec<Retelling>> {
        let kept = || self.computed.slow.retellings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = kept().get(&incident) {
            return Arc::clone(found);
        }
        let found = Arc::new(hedges::retellings(self, incident));
        Arc::clone(kept().entry(incident).or_insert(found))
    }

    /// The three lenses on an incident: see [`Lenses::new`]. Remembered, and taken over from the revision before where neither
    /// claims nor evidence, hypotheses, ratings or conventions changed.
    pub fn lenses(&self, incident: Id<Incident>) -> Arc<Lenses> {
        let made = |computed: &Computed| {
            let lenses = computed.slow.lenses.lock().unwrap_or_else(PoisonError::into_inner);
            lenses.get(&incident).map(Arc::clone)
        };
        if let Some(found) = made(&self.computed) {
            return found;
        }
        let kept = self.before.as_ref().and_then(|before| {
            let found = made(before)?;
            let is_same = self.has_same_matrices(before) && self.fuses_as(before, incident);
            is_same.then_some(found)
        });
        let found = kept.unwrap_or_else(|| Arc::new(Lenses::new(self, incident)));
        let mut all = self.computed.slow.lenses.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.entry(incident).or_insert(found))
    }
}
