//! How far the sources of an assessment name the same actors.

use rustc_hash::FxHashMap;

use super::super::explain::Explanation;
use super::super::relation::is_period_mismatch;
use super::super::{Derived, IncidentResults, Measure, Undefined};
use super::alpha::{Metric, krippendorff_alpha};
use super::{fleiss_kappa, gwet_ac1, observed_agreement};
use crate::model::{Claim, Id, Incident, Role, Source};

/// How far sources agree on who did it.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceAgreement {
    /// Krippendorff's nominal alpha over incidents (units) and sources (coders), each by what the first claim
    /// of its latest origin names.
    pub alpha: Measure,
    /// The share of pairs of sources that name exactly the same, averaged over incidents, in `[0, 1]`.
    pub observed: Measure,
    /// Fleiss' kappa; needs the same number of sources for each incident.
    pub fleiss: Measure,
    /// Gwet's AC1, over the categories that were chosen at all.
    pub gwet: Measure,
    /// For each incident that at least two sources name somebody for how many chose which category; all rows have the
    /// same categories.
    pub table: Vec<Vec<u32>>,
    /// How many incidents at least two sources name somebody for.
    pub units: usize,
    /// How many sources name somebody.
    pub coders: usize,
    /// What has to be said beside the number; empty where nothing has.
    pub caution: &'static str,
}

impl SourceAgreement {
    /// How the observed agreement comes about.
    pub fn explain_observed(&self) -> Explanation {
        let mut explanation = Explanation::new(
            "Observed agreement",
            self.observed.clone(),
            "mean over incidents of  Σ n_j (n_j − 1) / (n (n − 1))",
            "The share of pairs that agree, as in Fleiss, Psychological Bulletin 76 (1971)",
        )
        .with("Sources that name somebody", self.coders.to_string())
        .with("Incidents that two of them speak of", self.units.to_string());
        for row in &self.table {
            let mut sizes: Vec<u32> = row.iter().copied().filter(|chosen| *chosen > 0).collect();
            sizes.sort_unstable_by(|a, b| b.cmp(a));
            let sizes: Vec<String> = sizes.iter().map(ToString::to_string).collect();
            explanation = explanation.with("Sources with each answer, n_j", sizes.join(", "));
        }
        explanation.noting(
            "Answers count as one where they name exactly the same; who names the state and who names its agency do not \
             agree here. By level they may: see the sentence beside the level.",
        )
    }

    /// How Krippendorff's alpha comes about, with the other coefficients beside it.
    pub fn explain_alpha(&self) -> Explanation {
        let text = |measure: &Measure| match measure {
            Ok(value) => format!("{value:.3}"),
            Err(undefined) => undefined.to_string(),
        };
        let explanation = Explanation::new(
            "Krippendorff's alpha, nominal",
            self.alpha.clone(),
            "α = 1 − D_o / D_e",
            "Krippendorff, Computing Krippendorff's Alpha-Reliability (2011); Fleiss 1971; Gwet 2008",
        )
        .with("Units: incidents that two sources speak of", self.units.to_string())
        .with("Coders: sources that name somebody", self.coders.to_string())
        .with("Observed agreement", text(&self.observed))
        .with("Fleiss' kappa", text(&self.fleiss))
        .with("Gwet's AC1", text(&self.gwet));
        if self.caution.is_empty() {
            explanation
        } else {
            explanation.noting(format!("Beware: {}", self.caution))
        }
    }
}

/// Below this many units or coders a coefficient means little.
const FEW: usize = 5;

/// How far sources agree on who did it, over these incidents. What a source says of an incident is the set
/// that its last standing claim on it stands for, by date stated; repetitions of another source's statement
/// do not count, nor do claims on another role than most or on a time that cannot be the incident's.
///
/// One incident is one unit: alpha then is undefined, and the observed agreement is all there is.
pub fn source_agreement(
    derived: &Derived,
    incidents: impl IntoIterator<Item = Id<Incident>>,
) -> SourceAgreement {
    let mut units: Vec<Vec<f64>> = Vec::new();
    let mut table: Vec<Vec<u32>> = Vec::new();
    let mut coders: std::collections::BTreeSet<Id<Source>> = std::collections::BTreeSet::new();
    // Values of different incidents are told apart by the sets themselves.
    let mut names: FxHashMap<crate::analysis::ActorSet, u32> = FxHashMap::default();
    for incident in incidents {
        let results = derived.incident(incident);
        let said = voices(derived, results, |place, _| {
            results.position(place).is_some_and(|position| position.who.is_ok())
        });
        coders.extend(said.iter().map(|(source, _)| *source));
        if said.len() < 2 {
            continue;
        }
        let mut row: Vec<u32> = Vec::new();
        let mut unit = Vec::with_capacity(said.len());
        for (_, place) in said {
            let Some(Ok(who)) = results.position(place).map(|position| &position.who) else { continue };
            let next = u32::try_from(names.len()).unwrap_or(u32::MAX);
            let name = *names.entry(who.clone()).or_insert(next);
            let place = usize::try_from(name).unwrap_or(usize::MAX);
            row.resize(row.len().max(names.len()), 0);
            if let Some(chosen) = row.get_mut(place) {
                *chosen += 1;
            }
            unit.push(f64::from(name));
        }
        units.push(unit);
        table.push(row);
    }
    table.iter_mut().for_each(|row| row.resize(names.len(), 0));
    let alpha = if units.len() == 1 {
        Err(Undefined::because("one incident is a single unit, and alpha needs several"))
    } else {
        krippendorff_alpha(&units, Metric::Nominal)
    };
    let caution = if units.len() < FEW || coders.len() < FEW {
        "few sources or incidents: the coefficient means little"
    } else {
        ""
    };
    SourceAgreement {
        alpha,
        observed: observed_agreement(&table),
        fleiss: fleiss_kappa(&table),
        gwet: gwet_ac1(&table),
        table,
        units: units.len(),
        coders: coders.len(),
        caution,
    }
}

/// The place among [`IncidentResults::claims`] of what each source says of the incident, by source: its latest claim at
/// first hand that says something, in the role that most of these claims speak of and of a time that can be the
/// incident's (unless the period is set aside). Claims on another role or time answer another question.
pub(super) fn voices(
    derived: &Derived,
    results: &IncidentResults,
    says_something: impl Fn(usize, &Claim) -> bool,
) -> Vec<(Id<Source>, usize)> {
    let is_of_its_time =
        |claim: &Claim| derived.options().ignore_period || !is_period_mismatch(derived.assessment(), claim);
    let candidates: Vec<(usize, &Claim)> = results
        .claims()
        .iter()
        .enumerate()
        .filter(|(place, claim)| {
            says_something(*place, claim) && results.is_first_hand(claim.id) && is_of_its_time(claim)
        })
        .map(|(place, claim)| (place, claim.as_ref()))
        .collect();
    let role_of = |place: usize| results.position(place).map(|position| position.role);
    let count = |role: Role| candidates.iter().filter(|(place, _)| role_of(*place) == Some(role)).count();
    // The last of equals wins, so the scale is gone through backwards.
    let role = Role::ALL.iter().rev().copied().max_by_key(|role| count(*role));
    let mut latest: FxHashMap<Id<Source>, (usize, &Claim)> = FxHashMap::default();
    for (place, claim) in candidates.into_iter().filter(|(place, _)| role_of(*place) == role) {
        let newest = latest.entry(claim.source).or_insert((place, claim));
        if (newest.1.stated_on, newest.1.id) < (claim.stated_on, claim.id) {
            *newest = (place, claim);
        }
    }
    let mut said: Vec<_> = latest.into_iter().map(|(source, (place, _))| (source, place)).collect();
    said.sort_unstable_by_key(|(source, _)| *source);
    said
}
