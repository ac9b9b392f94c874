//! Tables of claims: what is written is read back, for any assessment; no bytes bring the reader down; `ascribe import`
//! and `ascribe export` through the real binary.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use ascribe::exchange::Change;
use ascribe::exchange::claims_csv::{Column, read, write};
use ascribe::model::validate::{Severity, validate};
use ascribe::model::*;
use proptest::prelude::*;

use crate::arbitrary::assessments;
use crate::program::{ascribe, check};

/// The assessment without the records that have errors, which no table can carry: what is written is only held against
/// what was sound.
fn sound(mut assessment: Assessment) -> Assessment {
    loop {
        let wrong: HashSet<AnyId> = validate(&assessment)
            .into_iter()
            .filter(|finding| finding.severity == Severity::Error)
            .filter_map(|finding| finding.record)
            .collect();
        let mut records = Vec::new();
        assessment.for_each_record(&mut |record| {
            let keeps = matches!(
                record.id().kind,
                Kind::Source | Kind::Document | Kind::Actor | Kind::Incident | Kind::Claim
            );
            if keeps && !wrong.contains(&record.id()) {
                let is_gone =
                    |id: AnyId| wrong.contains(&id) || !assessment.contains(id) || id.kind == Kind::Analyst;
                records.push(record.forgetting(&is_gone));
            }
        });
        let header = Header { standard: assessment.header.standard, ..Header::default() };
        let less = Assessment::from_records(header, records);
        if less == assessment {
            return less;
        }
        assessment = less;
    }
}

fn import(bytes: &[u8], into: &Assessment) -> ascribe::exchange::Import {
    read(bytes, into, &mut Uuid::now_v7, &|_| true).unwrap()
}

/// What the columns carry of a claim and of what it names, by names and not by identifiers.
fn carried(assessment: &Assessment) -> BTreeMap<Id<Claim>, String> {
    let actor = |id: &Id<Actor>| {
        let actor = assessment.get(*id).unwrap();
        let wider: Vec<String> =
            actor.belongs_to.iter().map(|id| assessment.name_of(*id).trim().to_owned()).collect();
        (actor.name.trim().to_owned(), actor.level, wider)
    };
    let text = |claim: &Claim| {
        let source = assessment.get(claim.source).unwrap();
        let actors: Vec<_> = match &claim.proposition {
            // What the part of a contested link belongs to besides has no cell in its row.
            Proposition::BelongsTo { part, whole } => {
                [part, whole].map(|id| (actor(id).0, actor(id).1, Vec::new())).to_vec()
            }
            other => other.actors().iter().map(actor).collect(),
        };
        let incident = claim.proposition.incident().and_then(|id| assessment.get(id));
        let document = claim.document.and_then(|id| assessment.get(id));
        let role = match &claim.proposition {
            Proposition::Attribution { role, .. } => Some(*role),
            Proposition::SameActor { .. } | Proposition::BelongsTo { .. } => None,
        };
        format!(
            "{:?}",
            (
                (source.name.trim(), source.kind),
                incident.map(|it| (it.name.trim(), it.period)),
                (actors, role, std::mem::discriminant(&claim.proposition)),
                document.map(|it| (it.title.trim(), it.url.trim())),
                (
                    claim.stance,
                    &claim.likelihood,
                    claim.confidence,
                    &claim.confidence_words,
                    claim.credibility
                ),
                (claim.stated_on, claim.covers, &claim.repeats),
                (claim.locator.page.trim(), claim.locator.paragraph.trim(), &claim.quote, &claim.notes),
            )
        )
    };
    assessment.claims.iter().map(|claim| (claim.id, text(claim))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_table_is_read_as_it_was_written(assessment in assessments()) {
        let assessment = sound(assessment);
        let table = write(&assessment).bytes;
        let header = Header { standard: assessment.header.standard, ..Header::default() };
        let empty = Assessment::from_records(header, []);
        let made = import(&table, &empty);
        prop_assert!(made.rejects.is_empty(), "{:#?}\n{}", made.findings, String::from_utf8_lossy(&table));
        let read = made.applied_to(&empty);
        // Actors that are named only as the wider ones of others have no level in the table.
        prop_assert_eq!(carried(&read), carried(&assessment));
        for claim in assessment.claims.iter() {
            if let Some(grade) = assessment.claim_reliability(claim) {
                let again = read.claims.get(claim.id).and_then(|claim| read.claim_reliability(claim));
                prop_assert_eq!(again, Some(grade));
            }
        }
        prop_assert!(!validate(&read).iter().any(|finding| finding.blocks_opening));
    }

    #[test]
    fn a_table_of_what_is_there_changes_nothing(assessment in assessments()) {
        let assessment = sound(assessment);
        let made = import(&write(&assessment).bytes, &assessment);
        prop_assert_eq!(&made.changes, &Vec::<Change>::new(), "{:#?}", made.findings);
        prop_assert_eq!(made.count_rows(), [0, 0, assessment.claims.len(), 0]);
    }

    #[test]
    fn no_cell_of_a_table_is_a_formula(assessment in assessments()) {
        let table = write(&assessment).bytes;
        let mut reader = csv::Reader::from_reader(table.as_slice());
        for record in reader.records() {
            for cell in &record.unwrap() {
                let first = cell.chars().next();
                prop_assert!(!first.is_some_and(|it| it.is_control() || "=+-@".contains(it)), "{:?}", cell);
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400), mark in 0..4usize) {
        let marks: [&[u8]; 4] = [b"", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"];
        let _ = read(&[marks[mark], &bytes].concat(), &Assessment::default(), &mut Uuid::now_v7, &|_| true);
    }

    #[test]
    fn any_cells_below_a_header_are_read_or_rejected(
        rows in proptest::collection::vec(proptest::collection::vec(CELL, 0..30), 0..12),
        delimiter in prop_oneof![Just(b','), Just(b';'), Just(b'\t')],
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(Vec::new());
        writer.write_record(Column::ALL.iter().map(|column| column.name())).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let made = import(&writer.into_inner().unwrap(), &Assessment::default());
        let rejected = made.count_rows()[3];
        let errors: HashSet<usize> = made
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .map(|finding| finding.row)
            .collect();
        prop_assert_eq!(errors.len(), rejected, "each rejected row has its reason");
        let read = made.applied_to(&Assessment::default());
        let broken: Vec<_> = validate(&read).into_iter().filter(|it| it.severity == Severity::Error).collect();
        prop_assert!(broken.is_empty(), "{broken:#?}");
    }
}

/// A cell that means something, or anything.
const CELL: &str = "|a|b|c; a|a \\| b|row 2|row 3; row 4|declines|same-actor|belongs-to|2015|2014-06|70|55-80|likely|B|2|\\PC{0,12}";

fn put(path: &Path, text: &str) {
    ascribe::store::replace(path, text.as_bytes()).unwrap();
}

#[test]
fn the_command_line_reads_and_writes_tables() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (table, case, rejects) = (at("claims.csv"), at("case.ron"), at("case.ron.rejects.csv"));
    put(
        Path::new(&table),
        "source;incident;actor;stated_on\nXinhua;OPM;Criminals;2015\nA;OPM;JSSD;2015-13\n",
    );
    let said = [
        &format!("{table}:3:4: error: stated_on: \"2015-13\" is not in the calendar"),
        "1 new, 0 changed, 0 unchanged, 1 rejected; made 1 source, 1 incident, 1 actor, 0 documents",
        &rejects,
    ];
    check(&["import", "--from", "claims-csv", &table, "-o", &case], 1, &[], &said);
    assert!(std::fs::read_to_string(&rejects).unwrap().contains(";A;OPM;JSSD;2015-13"));
    check(&["check", &case], 0, &[], &["0 errors"]);

    // Mended and imported, the rejects complete the assessment; once more they change nothing.
    put(Path::new(&rejects), &std::fs::read_to_string(&rejects).unwrap().replace("2015-13", "2015-12"));
    let again = ["import", "--from", "claims-csv", &rejects, "--into", &case, "-o", &case];
    check(&again, 0, &[], &["1 new, 0 changed, 0 unchanged, 0 rejected"]);
    let complete = std::fs::read(&case).unwrap();
    check(&again, 0, &[], &["0 new, 0 changed, 1 unchanged, 0 rejected"]);
    assert_eq!(std::fs::read(&case).unwrap(), complete);

    let output = check(&["-q", "export", &case, "--to", "claims-csv", "-o", "-"], 0, &[], &[]);
    assert_eq!((output.stderr.len(), String::from_utf8(output.stdout).unwrap().lines().count()), (0, 3));
}

#[test]
fn what_cannot_be_read_leaves_everything_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (table, case) = (at("claims.csv"), at("case.ron"));
    put(Path::new(&table), "who,what\na,b\n");
    let import = ["import", "--from", "claims-csv", &table, "-o", &case];
    check(
        &import,
        2,
        &[],
        &[&format!("{table}:1:1: error: required columns are missing: source, incident, actor")],
    );
    assert!(!Path::new(&case).exists());
    check(&["import", "--from", "claims-csv", &at("nowhere.csv"), "-o", &case], 2, &[], &["nowhere.csv"]);
    // Formats that there are not are not offered, and those that there are are named.
    check(
        &["import", "--from", "stix", &table, "-o", &case],
        2,
        &[],
        &["possible values: claims-csv, ach-csv"],
    );
    check(
        &["export", &case, "--to", "argdown", "-o", "-"],
        2,
        &[],
        &["possible values: claims-csv, ach-csv"],
    );
    let help = String::from_utf8(ascribe(&["import", "--help"]).stdout).unwrap();
    assert!(
        !help.contains("stix") && Column::ALL.iter().all(|column| help.contains(column.name())),
        "{help}"
    );
}

#[test]
fn the_worked_cases_survive_a_table() {
    for case in ["china-airlines-2020.ron", "opm-anthem.ron", "turbine-panda-c919.ron"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("saves").join(case);
        let Ok(parsed) = ascribe::store::read_all(&path) else { panic!("{case}") };
        let assessment = parsed.assessment.unwrap();
        let table = write(&assessment).bytes;
        let made = import(&table, &assessment);
        assert_eq!((made.changes.len(), made.findings.len()), (0, 0), "{case}: {:#?}", made.findings);
        let header = Header { standard: assessment.header.standard, ..Header::default() };
        let empty = Assessment::from_records(header, []);
        assert_eq!(carried(&import(&table, &empty).applied_to(&empty)), carried(&assessment), "{case}");
    }
}
