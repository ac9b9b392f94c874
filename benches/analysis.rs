//! What the numbers cost: everything from nothing, and again after one edit.
//!
//! `cargo bench --bench analysis`

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use ascribe::analysis::ach::sensitivity::Sensitivity;
use ascribe::analysis::ach::stability::{Move, Trial, stability_by_draws};
use ascribe::analysis::ach::{Matrix, Raters, Scores};
use ascribe::analysis::charts::MatrixChart;
use ascribe::analysis::charts::matrix::{MatrixGroups, MatrixSort};
use ascribe::analysis::charts::provenance::{Room, Scope};
use ascribe::analysis::fusion::fuse;
use ascribe::analysis::odds::LogOdds;
use ascribe::analysis::{Derived, Options};
use ascribe::edit::{Document, replace};
use ascribe::model::{Assessment, Id, Incident, RatingValue, Stance, TrustDiscount};
use ascribe::sample::{MatrixSize, generate, generate_with};
use divan::Bencher;
use rayon::prelude::*;

const CLAIMS: [usize; 3] = [100, 10_000, 100_000];

fn main() {
    divan::main();
}

fn sample(claims: usize) -> Arc<Assessment> {
    Arc::new(generate(claims, 1))
}

fn fresh(assessment: &Arc<Assessment>) -> Derived {
    Derived::new(Arc::clone(assessment), Options::default(), None)
}

/// Hierarchy, origins and relation counts of all incidents, from nothing.
#[divan::bench(args = CLAIMS)]
fn relate_all(bencher: Bencher, claims: usize) {
    let assessment = sample(claims);
    bencher.bench(|| {
        let derived = fresh(&assessment);
        derived.warm_incidents(&|| false);
        derived
    });
}

/// The same with references and name ranks: all that a background job computes after a file is opened.
#[divan::bench(args = CLAIMS)]
fn warm(bencher: Bencher, claims: usize) {
    let assessment = sample(claims);
    bencher.bench(|| {
        let derived = fresh(&assessment);
        derived.warm(&|| false);
        derived
    });
}

/// All that a view asks for in the frame after one claim was changed: the incident anew, and everything else
/// as it was.
#[divan::bench(args = CLAIMS)]
fn after_one_edit(bencher: Bencher, claims: usize) {
    let mut document = Document::new(generate(claims, 1));
    let before = Derived::new(document.snapshot(), Options::default(), None);
    before.warm(&|| false);
    let middle = document.assessment().claims.iter().nth(claims / 2).cloned();
    let Some(mut claim) = middle else { return };
    claim.stance = Stance::Denies;
    let incident = claim.proposition.incident();
    if document.commit(replace(claim, "stance")).is_err() {
        return;
    }
    let after = document.snapshot();
    bencher.bench(|| {
        let derived = Derived::new(Arc::clone(&after), Options::default(), Some(&before));
        derived.warm_incidents(&|| false);
        incident.map(|incident| *derived.incident(incident).relations())
    });
}

/// Everything that does not hold: what the list of problems shows.
#[divan::bench(args = CLAIMS)]
fn problems(bencher: Bencher, claims: usize) {
    let assessment = sample(claims);
    bencher.bench(|| fresh(&assessment).problems().len());
}

/// How far sources agree over all incidents, once each incident is known.
#[divan::bench(args = CLAIMS)]
fn agreement(bencher: Bencher, claims: usize) {
    let assessment = sample(claims);
    let go_on = AtomicBool::new(false);
    bencher
        .with_inputs(|| {
            let derived = fresh(&assessment);
            derived.warm_incidents(&|| false);
            derived
        })
        .bench_refs(|derived| derived.agreement(&go_on));
}

/// The fusion of every incident, on all cores.
#[divan::bench(args = CLAIMS)]
fn fuse_all(bencher: Bencher, claims: usize) {
    let derived = fresh(&sample(claims));
    derived.warm(&|| false);
    let incidents: Vec<_> = derived.assessment().incidents.ids().collect();
    bencher.bench(|| {
        incidents.par_iter().for_each(|incident| {
            divan::black_box(fuse(&derived, *incident, None));
        });
    });
}

/// Where all claims come from, laid out: 2,000 nodes and more.
#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 10)]
fn provenance(bencher: Bencher, claims: usize) {
    let assessment = sample(claims);
    let go_on = AtomicBool::new(false);
    bencher
        .with_inputs(|| {
            let derived = fresh(&assessment);
            derived.warm(&|| false);
            derived
        })
        .bench_refs(|derived| derived.provenance_map(&Scope::default(), Room::PAPER, &go_on));
}

/// What moves the picture of one incident of 20 claims most: everything left out or changed by a step, links included.
#[divan::bench(args = CLAIMS, sample_count = 10)]
fn influence(bencher: Bencher, claims: usize) {
    let assessment = sample(claims);
    let go_on = AtomicBool::new(false);
    let Some(incident) = assessment.incidents.ids().next() else { return };
    bencher
        .with_inputs(|| {
            let derived = fresh(&assessment);
            derived.warm(&|| false);
            derived
        })
        .bench_refs(|derived| derived.influence(incident, None, &go_on));
}

/// One incident of 20 claims under every rule, those included that look at combinations.
#[divan::bench(args = [100, 10_000], sample_count = 10)]
fn all_rules(bencher: Bencher, claims: usize) {
    let assessment = sample(claims);
    let go_on = AtomicBool::new(false);
    let Some(incident) = assessment.incidents.ids().next() else { return };
    bencher
        .with_inputs(|| {
            let derived = fresh(&assessment);
            derived.warm(&|| false);
            derived
        })
        .bench_refs(|derived| derived.all_rules(incident, TrustDiscount::UncertaintyFavouring, &go_on));
}

/// 500 pieces of evidence and 12 hypotheses that 20 analysts have rated.
fn long_matrix() -> (Arc<Assessment>, Id<Incident>) {
    let size = MatrixSize { items: 500, hypotheses: 12, analysts: 20 };
    let assessment = Arc::new(generate_with(20, 1, Some(size)));
    let items = |id: &Id<Incident>| assessment.evidence.iter().filter(|it| it.incident == *id).count();
    let incident = assessment.incidents.ids().max_by_key(items);
    (Arc::clone(&assessment), incident.unwrap_or_else(|| Id::new(ascribe::model::Uuid::nil())))
}

/// The matrix and its scores, from nothing.
#[divan::bench(sample_count = 20)]
fn matrix_from_nothing(bencher: Bencher) {
    let (assessment, incident) = long_matrix();
    bencher.bench(|| {
        let matrix = Matrix::new(&assessment, incident);
        Scores::new(&matrix, Raters::Everyone, &assessment.header.methods)
    });
}

/// The scores after one cell was rated anew.
#[divan::bench]
fn matrix_rescore(bencher: Bencher) {
    let (assessment, incident) = long_matrix();
    let mut document = Document::new(Arc::unwrap_or_clone(assessment));
    let before = Derived::new(document.snapshot(), Options::default(), None);
    before.matrix(incident);
    let rating = document.assessment().ratings.iter().find(|it| it.value != RatingValue::Neutral).cloned();
    let Some(mut rating) = rating else { return };
    rating.value = RatingValue::Neutral;
    if document.commit(replace(rating, "value")).is_err() {
        return;
    }
    let after = document.snapshot();
    bencher.bench(|| {
        let derived = Derived::new(Arc::clone(&after), Options::default(), Some(&before));
        Scores::new(&derived.matrix(incident), Raters::Everyone, &after.header.methods)
    });
}

/// Its rows sorted by each key, and grouped by dependence.
#[divan::bench(args = MatrixSort::ALL)]
fn matrix_sorted(bencher: Bencher, sort: MatrixSort) {
    let (assessment, incident) = long_matrix();
    let derived = Derived::new(assessment, Options::default(), None);
    let chart = MatrixChart::new(&derived, incident, Raters::Everyone, None, None);
    bencher.bench(|| chart.arranged(sort, MatrixGroups::Dependence));
}

/// Every single change of items, sources and grades, and the smallest sets that carry the lead.
#[divan::bench(sample_count = 20)]
fn sensitivity(bencher: Bencher) {
    let (assessment, incident) = long_matrix();
    let matrix = Matrix::new(&assessment, incident);
    bencher.bench(|| Sensitivity::new(&assessment, &matrix, Raters::Everyone));
}

/// 100,000 draws of which hypothesis is in front, by each kind of move.
#[divan::bench(args = Move::ALL, sample_count = 2)]
fn rank_stability_draws(bencher: Bencher, how: Move) {
    let (assessment, incident) = long_matrix();
    let matrix = Matrix::new(&assessment, incident);
    let methods = &assessment.header.methods;
    let trial = Trial { how, ..Trial::default() };
    bencher.bench(|| stability_by_draws(&matrix, Raters::Everyone, methods, trial, &|_| true));
}

/// Posteriors, and the posteriors without each item.
#[divan::bench(sample_count = 20)]
fn log_odds(bencher: Bencher) {
    let (assessment, incident) = long_matrix();
    let matrix = Matrix::new(&assessment, incident);
    bencher.bench(|| LogOdds::new(&assessment, &matrix, Raters::Everyone));
}
