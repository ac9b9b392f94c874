//! What the numbers cost: everything from nothing, and again after one edit.
//!
//! `cargo bench --bench analysis`

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use ascribe::analysis::charts::provenance::Scope;
use ascribe::analysis::fusion::fuse;
use ascribe::analysis::{Derived, Options};
use ascribe::cli::sample::generate;
use ascribe::edit::{Document, replace};
use ascribe::model::{Assessment, Stance, TrustDiscount};
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
        .bench_refs(|derived| derived.provenance_map(&Scope::default(), &go_on));
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
