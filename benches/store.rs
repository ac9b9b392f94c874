//! How long files take: reading, writing and validating, by the number of claims.
//!
//! `cargo bench --bench store`

use ascribe::model::validate::validate;
use ascribe::model::*;
use ascribe::store;
use divan::Bencher;
use divan::counter::BytesCount;

const SIZES: &[usize] = &[100, 10_000, 100_000];

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn read(bencher: Bencher, claims: usize) {
    let bytes = store::to_bytes(&assessment(claims));
    bencher.counter(BytesCount::new(bytes.len())).bench(|| store::parse(&bytes).assessment);
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn write(bencher: Bencher, claims: usize) {
    let assessment = assessment(claims);
    let length = store::to_bytes(&assessment).len();
    bencher.counter(BytesCount::new(length)).bench(|| store::to_bytes(&assessment));
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn save(bencher: Bencher, claims: usize) {
    let assessment = assessment(claims);
    let path = std::env::temp_dir().join(format!("ascribe-bench-{}.ron", std::process::id()));
    bencher.bench(|| store::save(&path, &assessment).is_ok());
    for left in [path.clone(), path.with_extension("ron.bak")] {
        // What cannot be removed is left to the system, which clears that folder.
        let _ = std::fs::remove_file(left);
    }
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn check(bencher: Bencher, claims: usize) {
    let assessment = assessment(claims);
    bencher.bench(|| validate(&assessment));
}

/// An assessment of about 500 bytes a claim.
fn assessment(claims: usize) -> Assessment {
    let id = |kind: u128, number: usize| Uuid::from_u128(kind << 64 | number as u128);
    let mut records = Vec::with_capacity(claims + 600);
    for number in 0..100 {
        records.push(
            Source {
                kind: SourceKind::Press,
                gradings: vec![Grading {
                    reliability: Reliability::B,
                    reason: "Usually right".to_owned(),
                    on: PartialDate::year(2020),
                    by: None,
                }],
                ..Source::named(Id::new(id(1, number)), format!("Source {number}"))
            }
            .into_record(),
        );
        records.push(
            Actor {
                belongs_to: (number > 0).then(|| Id::new(id(2, number / 3))).into_iter().collect(),
                ..Actor::named(Id::new(id(2, number)), format!("Actor {number}"))
            }
            .into_record(),
        );
        records.push(
            Incident {
                period: Period { from: PartialDate::year(2019), to: PartialDate::year(2021) },
                ..Incident::named(Id::new(id(3, number)), format!("Incident {number}"))
            }
            .into_record(),
        );
    }
    for number in 0..claims {
        records.push(
            Claim {
                id: Id::new(id(4, number)),
                source: Id::new(id(1, number % 100)),
                document: None,
                locator: Locator { page: "12".to_owned(), ..Locator::default() },
                quote: "a group that works for the state".to_owned(),
                stated_on: PartialDate::day(2021, 3, 14),
                proposition: Proposition::Attribution {
                    incident: Id::new(id(3, number % 97)),
                    actors: vec![Id::new(id(2, number % 89))],
                    role: Role::Perpetrator,
                },
                stance: Stance::Asserts,
                likelihood: Some(Likelihood { words: "likely".to_owned(), low: Some(0.55), high: Some(0.8) }),
                confidence: Some(Confidence::Moderate),
                confidence_words: String::new(),
                basis: vec![Basis::Technical],
                covers: Period { from: PartialDate::month(2020, 2), to: PartialDate::month(2020, 9) },
                repeats: (number % 4 == 3).then(|| Id::new(id(4, number - 1))).into_iter().collect(),
                credibility: Some(Credibility::Two),
                credibility_reason: String::new(),
                reliability_override: None,
                status: Status::Standing,
                accepted: false,
                verification: Verification::WordingSeen,
                notes: String::new(),
            }
            .into_record(),
        );
    }
    Assessment::from_records(Header { title: "Bench".to_owned(), ..Header::default() }, records)
}
