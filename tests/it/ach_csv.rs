//! Matrices as tables: what is written is read back, for any assessment; no bytes bring the reader down; published matrices
//! come to their published scores; `ascribe import` and `ascribe export` through the real binary.

use std::f64::consts::{FRAC_1_SQRT_2, SQRT_2};
use std::path::Path;

use ascribe::analysis::ach::{Matrix, Raters, Scores};
use ascribe::exchange::ach_csv::{Target, Wanted, read, write};
use ascribe::exchange::{Change, Import};
use ascribe::model::*;
use proptest::prelude::*;

use crate::arbitrary::assessments;
use crate::program::check;

fn target(incident: Id<Incident>, analyst: Option<Id<Analyst>>) -> Target {
    Target {
        incident: Wanted::Known(incident),
        analyst: analyst.map_or_else(|| Wanted::Named("Ada".to_owned()), Wanted::Known),
        rated_at: jiff::Timestamp::UNIX_EPOCH,
    }
}

/// Reads a matrix into an assessment without any records.
fn import(bytes: &[u8]) -> Import {
    let target = Target {
        incident: Wanted::Named("Breach".to_owned()),
        analyst: Wanted::Named("Ada".to_owned()),
        rated_at: jiff::Timestamp::UNIX_EPOCH,
    };
    read(bytes, &Assessment::default(), &target, &mut Uuid::now_v7, &|_| true).unwrap()
}

/// Every incident that has hypotheses, whose actors are there.
fn weighed(assessment: &Assessment) -> Vec<Id<Incident>> {
    let of = |id: Id<Incident>| assessment.hypotheses.iter().filter(move |it| it.incident == id);
    let is_there = |it: &Hypothesis| match it.answer {
        Answer::Actor(actor) => assessment.actors.contains(actor),
        Answer::Text(_) => true,
    };
    assessment.incidents.ids().filter(|id| of(*id).next().is_some() && of(*id).all(is_there)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_matrix_of_what_is_there_changes_nothing(assessment in assessments()) {
        for incident in weighed(&assessment) {
            for analyst in assessment.analysts.ids() {
                let table = write(&assessment, incident, Some(analyst)).bytes;
                let target = target(incident, Some(analyst));
                let made = read(&table, &assessment, &target, &mut Uuid::now_v7, &|_| true).unwrap();
                prop_assert_eq!(
                    &made.changes, &Vec::<Change>::new(), "{:#?}\n{}", made.findings, String::from_utf8_lossy(&table)
                );
                prop_assert!(made.rejects.is_empty(), "{:#?}", made.findings);
            }
        }
    }

    #[test]
    fn a_matrix_is_read_as_it_was_written(assessment in assessments()) {
        for incident in weighed(&assessment) {
            let analyst = assessment.analysts.ids().next();
            let table = write(&assessment, incident, analyst).bytes;
            let mut reader = csv::Reader::from_reader(table.as_slice());
            if reader.headers().unwrap().iter().any(|name| name.ends_with(']')) {
                // Columns stand by identifier, and those that bring their own come before new ones.
                continue;
            }
            let made = import(&table);
            prop_assert!(made.rejects.is_empty(), "{:#?}", made.findings);
            let again = made.applied_to(&Assessment::default());
            let (incident, analyst) = (again.incidents.ids().next(), again.analysts.ids().next());
            let again = write(&again, incident.unwrap(), analyst).bytes;
            prop_assert_eq!(String::from_utf8_lossy(&again), String::from_utf8_lossy(&table));
        }
    }

    #[test]
    fn no_cell_of_a_matrix_is_a_formula(assessment in assessments()) {
        for incident in assessment.incidents.ids() {
            let table = write(&assessment, incident, assessment.analysts.ids().next()).bytes;
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_slice());
            for record in reader.records() {
                for cell in &record.unwrap() {
                    let first = cell.chars().next();
                    prop_assert!(!first.is_some_and(|it| it.is_control() || "=+-@".contains(it)), "{:?}", cell);
                }
            }
        }
    }

    #[test]
    fn any_rows_below_a_header_are_read_or_rejected(
        rows in proptest::collection::vec(proptest::collection::vec(CELL, 0..9), 0..12),
    ) {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        writer.write_record(["Evidence", "H1", "H2", "Source", "Type", "Credibility", "Relevance"]).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let target = Target {
            incident: Wanted::Named("Breach".to_owned()),
            analyst: Wanted::Named("Ada".to_owned()),
            rated_at: jiff::Timestamp::UNIX_EPOCH,
        };
        let table = writer.into_inner().unwrap();
        // Where no column has a rating there is no hypothesis, and no matrix.
        let Ok(made) = read(&table, &Assessment::default(), &target, &mut Uuid::now_v7, &|_| true) else { return Ok(()) };
        let errors: std::collections::HashSet<usize> = made
            .findings
            .iter()
            .filter(|finding| finding.severity == validate::Severity::Error)
            .map(|finding| finding.row)
            .collect();
        prop_assert_eq!(errors.len(), made.count_rows()[3], "each rejected row has its reason");
        let read = made.applied_to(&Assessment::default());
        let broken: Vec<_> = validate::validate(&read)
            .into_iter()
            .filter(|it| it.severity == validate::Severity::Error)
            .collect();
        prop_assert!(broken.is_empty(), "{broken:#?}");
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400), begins in any::<bool>()) {
        let begin: &[u8] = if begins { b"Evidence,H1,H2\n" } else { b"" };
        let target = target(Id::new(Uuid::nil()), None);
        let _ = read(&[begin, &bytes].concat(), &Assessment::default(), &target, &mut Uuid::now_v7, &|_| true);
    }
}

/// A cell that means something, or anything.
const CELL: &str = "|a|b|CC|c|I I|--|0|na|B2|HIGH|l|malware|\\PC{0,12}";

/// The plain and the weighted scores of a matrix, by column.
fn scored(table: &str) -> Vec<(f64, f64)> {
    let made = import(table.as_bytes());
    assert!(made.findings.is_empty(), "{:#?}", made.findings);
    let assessment = made.applied_to(&Assessment::default());
    let matrix = Matrix::new(&assessment, assessment.incidents.ids().next().unwrap());
    let scores = Scores::new(&matrix, Raters::Everyone, &assessment.header.methods);
    let number = |measure: &ascribe::analysis::Measure| measure.clone().unwrap();
    scores.hypotheses.iter().map(|it| (number(&it.inconsistency), number(&it.weighted))).collect()
}

#[test]
fn published_matrices_come_to_their_scores() {
    let check = |table: &str, plain: &[f64], weighted: &[f64]| {
        let found = scored(table);
        assert_eq!(found.len(), plain.len());
        for (found, (plain, weighted)) in found.iter().zip(plain.iter().zip(weighted)) {
            assert!((found.0 - plain).abs() < 1e-9 && (found.1 - weighted).abs() < 1e-9, "{found:?} {table}");
        }
    };
    // Heuer, Psychology of Intelligence Analysis (1999), chapter 8: would Iraq retaliate?
    check(
        "Evidence,H1,H2,H3\nE1,+,+,+\nE2,+,+,-\nE3,+,+,-\nE4,-,+,+\nE5,-,+,+\nE6,-,+,+\n",
        &[3.0, 0.0, 2.0],
        &[3.0, 0.0, 2.0],
    );
    // A Tradecraft Primer (2009), the figure "Terrorism in Tokyo", with magnitudes for its minus signs.
    check(
        "Evidence,Cult,Terrorist group,Political movement,Criminal group,Credibility\n\
         Attacks on journalists,I,N,I,I,MEDIUM\nReligious affiliation,C,I,I,I,MEDIUM\n\
         Established party,N,N,C,I,MEDIUM\nBlind leader,C,C,C,C,MEDIUM\n",
        &[1.0, 1.0, 2.0, 3.0],
        &[1.0, 1.0, 2.0, 3.0],
    );
    // The four-item template by Stirparo, in magnitudes.
    check(
        "Evidence,H1,H2,H3,Source,Type,Credibility,Relevance\n\
         A,N,C,I,,,L,H\nB,C,C,I,,,H,M\nC,I,N,I,,,L,L\nD,N,I,C,,,L,M\n",
        &[1.0, 1.0, 3.0],
        &[0.5, FRAC_1_SQRT_2, 1.5 + SQRT_2],
    );
}

#[test]
fn the_command_line_reads_and_writes_matrices() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (table, case, rejects) = (at("Breach.csv"), at("case.ron"), at("case.ron.rejects.csv"));
    let put = |path: &str, text: &str| ascribe::store::replace(Path::new(path), text.as_bytes()).unwrap();
    put(&table, "Evidence,H1,H2,Source\nOne,CC,II,A\nTwo,maybe,N,A\n");
    check(
        &["import", "--from", "ach-csv", &table, "--analyst", "Ada", "-o", &case],
        1,
        &[],
        &[
            &format!("{table}:3:2: error: H1: \"maybe\" is not a rating"),
            "1 new, 0 changed, 0 unchanged, 1 rejected; made 1 source, 1 incident, 1 analyst, 2 hypotheses, 2 ratings",
            &rejects,
        ],
    );
    check(&["check", &case], 0, &[], &["0 errors"]);

    // Mended and imported, the rejects complete the matrix; once more they change nothing.
    put(&rejects, &std::fs::read_to_string(&rejects).unwrap().replace("maybe", "c"));
    let again = ["import", "--from", "ach-csv", &rejects, "--into", &case, "-o", &case];
    check(&again, 0, &[], &["1 new, 0 changed, 0 unchanged, 0 rejected"]);
    check(&again, 0, &[], &["0 new, 0 changed, 1 unchanged, 0 rejected"]);
    let output = check(&["-q", "export", &case, "--to", "ach-csv", "-o", "-"], 0, &[], &[]);
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "Evidence,H1,H2,Source,Type,Credibility,Relevance\nOne,CC,II,A,Other,,\nTwo,C,N,A,Other,,\n"
    );
    check(&["score", &case], 0, &[], &[]);

    // A second analyst, and then it has to be said whose ratings are meant.
    let ben = ["import", "--from", "ach-csv", &table, "--analyst", "Ben", "--into", &case, "-o", &case];
    check(&ben, 1, &[], &["0 new, 1 changed, 0 unchanged, 1 rejected"]);
    check(&["export", &case, "--to", "ach-csv", "-o", "-"], 2, &[], &["name them with --analyst: Ada, Ben"]);
    check(&again, 2, &[], &["say with --analyst whose ratings these are: Ada, Ben"]);
    let output = check(
        &["export", &case, "--to", "ach-csv", "--analyst", "ben", "-o", "-"],
        0,
        &[],
        &["other analysts'"],
    );
    assert!(String::from_utf8(output.stdout).unwrap().contains("Two,,,A,Other,,"));
    check(
        &["export", &case, "--to", "ach-csv", "--analyst", "Cat", "-o", "-"],
        2,
        &[],
        &["no analyst \"Cat\""],
    );
}
