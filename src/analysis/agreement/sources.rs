//! How far the sources of an assessment name the same actors.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::explain::Explanation;
use super::super::relation::is_period_mismatch;
use super::super::{ActorSet, Derived, IncidentResults, Measure};
use super::alpha::{Metric, krippendorff_alpha};
use super::{Choices, fleiss_kappa, gwet_ac1, observed_agreement};
use crate::model::{Assessment, Claim, Id, Incident, Source};

/// How far sources agree on who did it.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceAgreement {
    /// Krippendorff's nominal alpha over incidents (units) and sources (coders). Undefined for a single incident.
    pub alpha: Measure,
    /// The share of pairs of sources that name exactly the same, averaged over incidents, in `[0, 1]`.
    pub observed: Measure,
    /// Fleiss' kappa; needs several incidents, and the same number of sources for each.
    pub fleiss: Measure,
    /// Gwet's AC1, over the categories that were chosen at all; needs several incidents.
    pub gwet: Measure,
    /// The incidents that at least two sources name somebody for, in the order in which they were asked for.
    pub units: Vec<Unit>,
    /// How many sources name somebody.
    pub coders: usize,
    /// What has to be said beside the number; empty where nothing has.
    pub caution: &'static str,
}

/// An incident on which several sources name somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The incident.
    pub incident: Id<Incident>,
    /// How many sources have each answer, the most first.
    pub sizes: Vec<u32>,
}

impl Unit {
    /// The sizes of the camps, such as "3, 1, 1".
    fn text(&self) -> String {
        self.sizes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }
}

/// How many incidents an explanation lists.
const LISTED: usize = 40;

impl SourceAgreement {
    /// How the observed agreement comes about.
    pub fn explain_observed(&self) -> Explanation {
        let mut explanation = Explanation::new(
            "Observed agreement",
            self.observed.clone(),
            "mean over incidents of  Σ n_j (n_j − 1) / (n (n − 1))",
            "The share of pairs that agree, as in Fleiss, Psychological Bulletin 76 (1971)",
        )
        .in_percent()
        .with("Sources that name somebody", self.coders.to_string())
        .with("Incidents that two of them speak of", self.units.len().to_string());
        for unit in self.units.iter().take(LISTED) {
            explanation =
                explanation.with_record("Sources with each answer, n_j", unit.text(), unit.incident);
        }
        explanation.noting(
            "Answers count as one where they name exactly the same; who names the state and who names its agency do not \
             agree here. By level they may: see the sentence beside the level.",
        )
    }

    /// How Krippendorff's alpha over all incidents comes about, with the other coefficients beside it.
    pub fn explain_alpha(&self, assessment: &Assessment) -> Explanation {
        let text = |measure: &Measure| match measure {
            Ok(value) => format!("{value:.3}"),
            Err(undefined) => undefined.to_string(),
        };
        let mut explanation = Explanation::new(
            "Krippendorff's alpha over all incidents, nominal",
            self.alpha.clone(),
            "α = 1 − D_o / D_e",
            "Krippendorff, Computing Krippendorff's Alpha-Reliability (2011); Fleiss 1971; Gwet 2008",
        )
        .with("Units: incidents that two sources speak of", self.units.len().to_string())
        .with("Coders: sources that name somebody", self.coders.to_string())
        .with("Observed agreement", text(&self.observed))
        .with("Fleiss' kappa", text(&self.fleiss))
        .with("Gwet's AC1", text(&self.gwet));
        for unit in self.units.iter().take(LISTED) {
            let what = format!("{}: sources with each answer", assessment.name_of(unit.incident));
            explanation = explanation.with_record(what, unit.text(), unit.incident);
        }
        if let Some(more) = self.units.len().checked_sub(LISTED).filter(|more| *more > 0) {
            explanation = explanation.with("Incidents not listed here", more.to_string());
        }
        let meaning = "1 is full agreement, 0 what chance would give. Answers are seen at the level that is chosen. Of one incident \
                       alone alpha is undefined.";
        if self.caution.is_empty() {
            explanation.noting(meaning)
        } else {
            explanation.noting(format!("{meaning} Beware: {}.", self.caution))
        }
    }
}

/// Below this many units or coders a coefficient means little.
const FEW: usize = 5;

/// How far sources agree on who did it, over these incidents. What a source says of an incident is the set
/// that its last standing claim on it stands for, by date stated; repetitions of another source's statement
/// do not count, nor do claims on another role than most or on a time that cannot be the incident's.
///
/// One incident is one unit: alpha, kappa and AC1 then are undefined, and the observed agreement is all there is.
pub fn source_agreement(
    derived: &Derived,
    incidents: impl IntoIterator<Item = Id<Incident>>,
) -> SourceAgreement {
    let (mut units, mut chosen): (Vec<Unit>, Vec<Vec<usize>>) = Default::default();
    let mut coders: FxHashSet<Id<Source>> = FxHashSet::default();
    // Values of different incidents are told apart by the sets themselves.
    let mut names: FxHashMap<&ActorSet, usize> = FxHashMap::default();
    for incident in incidents {
        let results = derived.incident(incident);
        let said = voices(derived, results, |place, _| {
            results.position(place).is_some_and(|position| position.who.is_ok())
        });
        coders.extend(said.iter().map(|(source, _)| *source));
        if said.len() < 2 {
            continue;
        }
        let name_of = |(_, place): &(Id<Source>, usize)| {
            let who = results.position(*place)?.who.as_ref().ok()?;
            let next = names.len();
            Some(*names.entry(who).or_insert(next))
        };
        let unit: Vec<usize> = said.iter().filter_map(name_of).collect();
        units.push(Unit { incident, sizes: sizes(&unit) });
        chosen.push(unit);
    }
    let choices = Choices::of_units(&chosen, names.len());
    let values: Vec<Vec<f64>> =
        chosen.iter().map(|unit| unit.iter().map(|name| *name as f64).collect()).collect();
    let caution = if units.len() < FEW || coders.len() < FEW {
        "few sources or incidents: the coefficient means little"
    } else {
        ""
    };
    SourceAgreement {
        alpha: krippendorff_alpha(&values, Metric::Nominal),
        observed: observed_agreement(&choices),
        fleiss: fleiss_kappa(&choices),
        gwet: gwet_ac1(&choices),
        units,
        coders: coders.len(),
        caution,
    }
}

/// How often each value occurs, the most first.
fn sizes(values: &[usize]) -> Vec<u32> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let runs = sorted.chunk_by(|a, b| a == b);
    let mut sizes: Vec<u32> = runs.map(|run| u32::try_from(run.len()).unwrap_or(u32::MAX)).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes
}

/// The place among [`IncidentResults::claims`] of what each source says of the incident, by source: its latest claim at
/// first hand that says something, in the [main role](IncidentResults::main_role) of the incident and of a time that can be the
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
    let role = results.main_role();
    let is_of_role = |place: usize| results.position(place).is_some_and(|it| it.role == role);
    let mut latest: FxHashMap<Id<Source>, (usize, &Claim)> = FxHashMap::default();
    for (place, claim) in candidates.into_iter().filter(|(place, _)| is_of_role(*place)) {
        let newest = latest.entry(claim.source).or_insert((place, claim));
        if (newest.1.stated_on, newest.1.id) < (claim.stated_on, claim.id) {
            *newest = (place, claim);
        }
    }
    let mut said: Vec<_> = latest.into_iter().map(|(source, (place, _))| (source, place)).collect();
    said.sort_unstable_by_key(|(source, _)| *source);
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Case, world};
    use crate::analysis::{Options, Undefined};
    use crate::model::{Period, Proposition, Role};

    /// An assessment in which on each incident these sources name these actors.
    fn case(incidents: &[&[(&str, &str)]]) -> Case {
        let mut case = world();
        for (place, said) in incidents.iter().enumerate() {
            let incident = case.incident(&format!("Incident {place}"), Period::default());
            for (source, actor) in *said {
                let actors = vec![case.find(actor)];
                case.says(source, Proposition::Attribution { incident, actors, role: Role::Perpetrator });
            }
        }
        case
    }

    fn overall(case: &Case) -> SourceAgreement {
        let derived = Derived::new(std::sync::Arc::new(case.assessment.clone()), Options::default(), None);
        let stop = std::sync::atomic::AtomicBool::new(false);
        (*derived.agreement(&stop).unwrap()).clone()
    }

    #[test]
    fn agreement_over_all_incidents_takes_each_for_a_unit() {
        // Three units of two: CIA CIA, NSA NSA, CIA MSS. D_o = 2/6; of the values CIA 3, NSA 2, MSS 1 the unequal pairs are
        // 36 − 14 = 22 of 30.
        let found = overall(&case(&[
            &[("A", "CIA"), ("B", "CIA")],
            &[("A", "NSA"), ("B", "NSA")],
            &[("A", "CIA"), ("B", "MSS")],
            &[("A", "PLA")],
        ]));
        let close = |found: &Measure, expect: f64| {
            assert!((found.clone().unwrap() - expect).abs() < 1e-12, "{found:?} is not {expect}");
        };
        close(&found.observed, 2.0 / 3.0);
        close(&found.alpha, 1.0 - (2.0 / 6.0) / (22.0 / 30.0));
        // P_e = (9 + 4 + 1) / 36.
        close(&found.fleiss, (2.0 / 3.0 - 14.0 / 36.0) / (1.0 - 14.0 / 36.0));
        // P_e = Σ p (1 − p) / 2.
        close(&found.gwet, (2.0 / 3.0 - 22.0 / 72.0) / (1.0 - 22.0 / 72.0));
        assert_eq!((found.units.len(), found.coders), (3, 2));
        assert_eq!(found.units[2].sizes, [1, 1]);
        assert!(!found.caution.is_empty());
        let explained = found.explain_alpha(&world().assessment);
        assert_eq!(explained.value, found.alpha);
        assert!(explained.inputs.iter().any(|input| input.value == "2"), "{explained:?}");
    }

    #[test]
    fn one_incident_has_an_observed_agreement_and_no_coefficient() {
        let found = overall(&case(&[&[("A", "CIA"), ("B", "CIA"), ("C", "MSS"), ("D", "US")]]));
        assert_eq!(found.observed, Ok(1.0 / 6.0));
        for undefined in [&found.alpha, &found.fleiss, &found.gwet] {
            let Err(Undefined(why)) = undefined else { panic!("{undefined:?}") };
            assert!(why.contains("single"), "{why}");
        }
    }

    #[test]
    fn agreement_is_kept_until_a_claim_changes() {
        let case = case(&[&[("A", "CIA"), ("B", "CIA")]]);
        let stop = std::sync::atomic::AtomicBool::new(false);
        let derived = |assessment: &Assessment, before: Option<&Derived>| {
            Derived::new(std::sync::Arc::new(assessment.clone()), Options::default(), before)
        };
        let first = derived(&case.assessment, None);
        let found = first.agreement(&stop).unwrap();
        let same = derived(&case.assessment, Some(&first));
        assert!(std::sync::Arc::ptr_eq(&found, &same.agreement(&stop).unwrap()));
        let mut case = case;
        case.blames("C", &["MSS"]);
        let changed = derived(&case.assessment, Some(&same)).agreement(&stop).unwrap();
        assert_eq!((changed.coders, &changed.observed), (3, &Ok(1.0 / 3.0)));
    }
}
