//! How far sources agree, on one incident and over all.

use serde::Serialize;

use super::split;
use crate::analysis::ach::Matrix;
use crate::analysis::agreement::{
    Metric, PairAgreement, RaterAgreement, SourceAgreement, Stated, pair_agreements, source_agreement,
    stated_agreement,
};
use crate::analysis::{Derived, Measure};
use crate::model::{Id, Incident};

#[derive(Debug, Serialize)]
pub(super) struct AgreementReport {
    alpha: Option<f64>,
    metric: &'static str,
    units: usize,
    coders: usize,
    observed: Option<f64>,
    note: String,
}

/// Over all incidents of the assessment, each a unit.
#[derive(Debug, Serialize)]
pub(super) struct OverallReport {
    metric: &'static str,
    /// The level at which actors are seen; `None` where they are seen as they are named.
    level: Option<&'static str>,
    units: usize,
    coders: usize,
    observed: Option<f64>,
    alpha: Option<f64>,
    fleiss_kappa: Option<f64>,
    gwet_ac1: Option<f64>,
    /// Why a number is undefined, and what to beware of.
    note: String,
}

/// The sources on one incident.
pub(super) fn agreement(derived: &Derived, incident: Id<Incident>) -> AgreementReport {
    let agreement = source_agreement(derived, [incident]);
    let (alpha, undefined) = split(agreement.alpha);
    let (observed, not_observed) = split(agreement.observed);
    let notes = [undefined, not_observed, Some(agreement.caution.to_owned())];
    let mut notes: Vec<String> = notes.into_iter().flatten().filter(|note| !note.is_empty()).collect();
    notes.dedup();
    AgreementReport {
        alpha,
        metric: Metric::Nominal.label(),
        units: agreement.units.len(),
        coders: agreement.coders,
        observed,
        note: notes.join("; "),
    }
}

/// The sources on all incidents.
pub(super) fn overall(derived: &Derived, found: &SourceAgreement) -> OverallReport {
    let mut notes = Vec::new();
    let mut take = |name: &str, measure: &Measure| match measure {
        Ok(value) => Some(*value),
        Err(undefined) => {
            notes.push(format!("{name} is {undefined}"));
            None
        }
    };
    let observed = take("observed", &found.observed);
    let alpha = take("alpha", &found.alpha);
    let fleiss_kappa = take("fleiss_kappa", &found.fleiss);
    let gwet_ac1 = take("gwet_ac1", &found.gwet);
    notes.extend((!found.caution.is_empty()).then(|| found.caution.to_owned()));
    OverallReport {
        metric: Metric::Nominal.label(),
        level: derived.options().level.map(|level| level.label()),
        units: found.units.len(),
        coders: found.coders,
        observed,
        alpha,
        fleiss_kappa,
        gwet_ac1,
        note: notes.join("; "),
    }
}

/// What claims state on an ordered scale, and how alike that is.
#[derive(Debug, Serialize)]
pub(super) struct StatedReport {
    confidence: ScaleReport,
    likelihood: ScaleReport,
}

#[derive(Debug, Serialize)]
struct ScaleReport {
    steps: Vec<StepReport>,
    /// Van der Eijk's A.
    agreement: Option<f64>,
    note: Option<String>,
}

#[derive(Debug, Serialize)]
struct StepReport {
    step: &'static str,
    claims: u32,
}

/// What the claims on an incident state.
pub(super) fn stated(derived: &Derived, incident: Id<Incident>) -> StatedReport {
    let scale = |what: Stated| {
        let found = stated_agreement(derived, incident, what);
        let (agreement, note) = split(found.agreement);
        let steps = found.steps.into_iter().map(|(step, claims)| StepReport { step, claims });
        ScaleReport { steps: steps.collect(), agreement, note }
    };
    StatedReport { confidence: scale(Stated::Confidence), likelihood: scale(Stated::Likelihood) }
}

/// How far analysts rate the cells of a matrix alike.
#[derive(Debug, Serialize)]
pub(super) struct RatersReport {
    /// Krippendorff's ordinal alpha of all raters.
    alpha_ordinal: Option<f64>,
    units: usize,
    coders: usize,
    note: String,
    /// Each pair of raters.
    pairs: Vec<RaterPairReport>,
}

#[derive(Debug, Serialize)]
struct RaterPairReport {
    a: String,
    b: String,
    /// Cells that both rated.
    cells: u32,
    /// Cohen's weighted kappa.
    kappa_linear: Option<f64>,
    kappa_quadratic: Option<f64>,
    note: Option<String>,
}

/// The raters of a matrix.
pub(super) fn raters(matrix: &Matrix) -> RatersReport {
    let all = RaterAgreement::new(matrix);
    let (alpha_ordinal, undefined) = split(all.alpha.clone());
    let notes = [undefined, (!all.caution().is_empty()).then(|| all.caution().to_owned())];
    let pair = |pair: PairAgreement| {
        let (kappa_linear, undefined) = split(pair.linear.clone());
        let [a, b] = pair.analysts.map(|id| id.to_string());
        RaterPairReport {
            a,
            b,
            cells: pair.cells(),
            kappa_linear,
            kappa_quadratic: pair.quadratic.clone().ok(),
            note: undefined.or_else(|| (!pair.caution().is_empty()).then(|| pair.caution().to_owned())),
        }
    };
    RatersReport {
        alpha_ordinal,
        units: all.units,
        coders: all.coders,
        note: notes.into_iter().flatten().collect::<Vec<_>>().join("; "),
        pairs: pair_agreements(matrix).into_iter().map(pair).collect(),
    }
}
