use jiff::Timestamp;

use super::*;
use crate::exchange::{Finding, Import, State, Unreadable};
use crate::model::{
    Actor, Alias, Answer, Assessment, Entity, Hypothesis, Id, Incident, Kind, Nameable, RatingValue, Uuid,
};

fn target() -> Target {
    Target {
        incident: Wanted::Named("Breach".to_owned()),
        analyst: Wanted::Named("Ada".to_owned()),
        rated_at: Timestamp::UNIX_EPOCH,
    }
}

fn read_into(text: &str, into: &Assessment) -> Result<Import, Unreadable> {
    let mut last = into.evidence.ids().last().map_or(0, |_| 1_000_000) as u128;
    let mut new_id = || {
        last += 1;
        Uuid::from_u128(last)
    };
    read(text.as_bytes(), into, &target(), &mut new_id, &|_| true)
}

fn import(text: &str) -> Import {
    read_into(text, &Assessment::default()).unwrap()
}

fn findings(import: &Import) -> Vec<String> {
    import.findings.iter().map(Finding::to_string).collect()
}

/// What is said of rows and columns, and not of what new sources were taken as.
fn faults(import: &Import) -> Vec<String> {
    findings(import).into_iter().filter(|said| !said.contains("taken as government")).collect()
}

/// What is written of what was read.
fn written(import: &Import) -> String {
    let assessment = import.applied_to(&Assessment::default());
    let incident = assessment.incidents.ids().next().unwrap();
    let analyst = assessment.analysts.ids().next();
    String::from_utf8(write(&assessment, incident, analyst).bytes).unwrap()
}

const PLAIN: &str = "\
Evidence,State service,Criminals,Source,Type,Credibility,Relevance
Chinese strings in the loader,C,N,FireEye,Malware,B2,MEDIUM
Data never offered for sale,CC,II,,Cui bono,C3,HIGH
Paid with a stolen card,,C,CrowdStrike,Other,,
";

/// What is said of the new sources of [`PLAIN`]: a matrix cannot say what they are.
const NEW_SOURCES: &str = "2:4: warning: Source: 2 new sources without a kind are taken as government: \"FireEye\" in row 2 and \
    \"CrowdStrike\" in row 4; a matrix does not say it: set it in the inspector";

#[test]
fn a_matrix_comes_back_as_it_was_written() {
    let import = import(PLAIN);
    assert_eq!(findings(&import), [NEW_SOURCES]);
    assert_eq!(written(&import), PLAIN);
    let counts =
        [Kind::Incident, Kind::Analyst, Kind::Source, Kind::Hypothesis, Kind::Evidence, Kind::Rating];
    assert_eq!(counts.map(|kind| import.count_new(kind)), [1, 1, 2, 2, 3, 5]);
}

#[test]
fn all_forms_of_cells_come_to_the_same() {
    let check = |text: &str| assert_eq!(written(&import(text)), PLAIN, "{text}");
    check(
        "evidence;State service;criminals;SOURCE;type;credibility;relevance\n\
         Chinese strings in the loader;c;0;FireEye;malware;b2;m\n\
         Data never offered for sale;c c;i i;;cui;MEDIUM;h\n\
         Paid with a stolen card;;+;CrowdStrike;;;\n"
            .replace("criminals", "Criminals")
            .as_str(),
    );
    check(
        "Evidence\tState service\tCriminals\tSource\tType\tCredibility\tRelevance\n\
         Chinese strings in the loader\t+\tN\tFireEye\tMalware\tB2\tMedium\n\
         Data never offered for sale\t'++\t'--\t\tCui bono\tC3\tHigh\n\
         Paid with a stolen card\t\tC\tCrowdStrike\n",
    );
    // The known columns may come first.
    check(
        "Evidence,Source,Type,Credibility,Relevance,State service,Criminals\n\
         Chinese strings in the loader,FireEye,Malware,B2,M,C,N\n\
         Data never offered for sale,,Cui bono,M,H,CC,II\n\
         Paid with a stolen card,CrowdStrike,,,,,C\n",
    );
}

#[test]
fn a_blank_row_ends_the_matrix() {
    let import = import(&format!("{PLAIN},,,,,,\nCC,Very consistent,,,,,\n"));
    assert_eq!(written(&import), PLAIN);
    assert_eq!(
        faults(&import),
        [
            "6:1: warning: the blank row above ends the matrix; what follows is passed over; take the blank row out where \
          more evidence follows"
        ]
    );
    assert_eq!(import.rows.len(), 3);
}

#[test]
fn what_is_not_understood_keeps_its_row_out_and_no_other() {
    let check = |row: &str, expect: &str| {
        let import = import(&format!("{PLAIN}{row}\n"));
        assert_eq!(faults(&import).first().map(String::as_str), Some(expect), "{row}");
        assert_eq!(import.count_rows(), [3, 0, 0, 1], "{row}");
        assert_eq!(written(&import), PLAIN, "{row}");
        let rejects = String::from_utf8(import.rejects).unwrap();
        assert!(rejects.starts_with("rejected_because,Evidence,State service,"), "{rejects}");
        assert!(rejects.trim_end().ends_with(&format!(",{row}")), "{rejects}");
    };
    let rating = "write CC C N I II NA, or ++ + 0 - --, or leave it empty where it is not rated";
    check("New,X,N,,,,", &format!("5:2: error: State service: \"X\" is not a rating; {rating}"));
    check("New,C,CCC,,,,", &format!("5:3: error: Criminals: \"CCC\" is not a rating; {rating}"));
    check(",C,N,,,,", "5:1: error: Evidence: the evidence is missing; say what was observed");
    check(
        "New,C,N,,,B9,",
        "5:6: error: Credibility: \"B9\" is not a credibility; write LOW, MEDIUM or HIGH, L, M or H, or an Admiralty \
         grade such as B2",
    );
    check(
        "New,C,N,,,,B2",
        "5:7: error: Relevance: \"B2\" is not a grade; write LOW, MEDIUM or HIGH, or L, M or H",
    );
    check(
        "New,C,N,,,,,more",
        "5:8: error: the row has more cells than the 7 of the header; put cells with a delimiter in them into quotation \
         marks",
    );
}

#[test]
fn rejected_rows_come_in_once_they_are_mended() {
    let first = import(&format!("{PLAIN}New,X,N,,,,\n"));
    let after = first.applied_to(&Assessment::default());
    let mended = String::from_utf8(first.rejects).unwrap().replace(",X,", ",II,");
    let second = read_into(&mended, &after).unwrap();
    assert_eq!(findings(&second), Vec::<String>::new());
    assert_eq!(second.count_rows(), [1, 0, 0, 0]);
    let kinds = [Kind::Hypothesis, Kind::Incident, Kind::Analyst];
    assert_eq!(kinds.map(|kind| second.count_new(kind)), [0, 0, 0], "they are there");
}

#[test]
fn other_columns_and_types_are_kept_as_notes() {
    let import = import(
        "#,Evidence,H1,H2,Type,Weight,Notes\n\
         7,Something,C,I,SIGINT,0.5,Seen twice\n",
    );
    let assessment = import.applied_to(&Assessment::default());
    let evidence = assessment.evidence.iter().next().unwrap();
    assert_eq!(evidence.notes, "Seen twice\nType: SIGINT\n#: 7\nWeight: 0.5");
    assert!(
        findings(&import)[0]
            .starts_with("2:5: warning: Type: \"SIGINT\" is not known here; it is kept as notes;")
    );
}

#[test]
fn a_column_without_ratings_is_no_hypothesis() {
    let import = import("Evidence,H1,Remarks,,Source\nOne,C,seen,x,\nTwo,I,heard,y,\n");
    assert_eq!(import.count_new(Kind::Hypothesis), 1);
    assert_eq!(
        findings(&import),
        [
            "1:3: warning: Remarks: the column is kept as notes: not one of its cells is a rating; write CC C N I II NA"
        ]
    );
}

#[test]
fn ratings_stay_under_their_hypothesis_beside_a_column_without_a_name() {
    let check = |text: &str, place: &str| {
        let import = import(text);
        assert_eq!(
            written(&import).lines().next().unwrap(),
            "Evidence,H1,H2,Source,Type,Credibility,Relevance,Notes"
        );
        assert_eq!(written(&import).lines().nth(1).unwrap(), "One thing,II,C,A,Other,,,CC");
        let [finding] = &faults(&import)[..] else { panic!("{:?}", import.findings) };
        assert!(finding.starts_with(place) && finding.contains("it has ratings and no name"), "{finding}");
    };
    check("Evidence,Source,,H1,H2\nOne thing,A,CC,II,C\n", "1:3: warning");
    check("Evidence,H1,,H2,Source\nOne thing,II,CC,C,A\n", "1:3: warning");
}

#[test]
fn no_spreadsheet_runs_what_was_rejected() {
    let rejects = |text: &str| String::from_utf8(import(text).rejects).unwrap();
    let first = rejects("Evidence,H1,Source,=cmd\n=1+1,X,＝A,'-1\n");
    assert!(first.starts_with("rejected_because,Evidence,H1,Source,'=cmd\n"), "{first}");
    assert!(first.trim_end().ends_with(",'=1+1,X,'＝A,'-1"), "{first}");
    assert_eq!(rejects(&first), first, "read again it stays as it is");
}

#[test]
fn a_matrix_is_known_by_its_header() {
    let check = |text: &str, expect: bool| assert_eq!(is_matrix(text.as_bytes()), expect, "{text}");
    check(PLAIN, true);
    check("rejected_because;evidence;H1\n", true);
    check("source,incident,actor\n", false);
    check("", false);
}

#[test]
fn a_table_that_is_no_matrix_is_refused() {
    let check = |text: &str, expect: &str| {
        let error = read_into(text, &Assessment::default()).unwrap_err().to_string();
        assert!(error.contains(expect), "{text}: {error}");
    };
    check("", "the table is empty");
    check("source,incident,actor\nA,B,C\n", "no column is called Evidence");
    check("Evidence,Source\nSomething,A\n", "no column stands for a hypothesis");
}

#[test]
fn a_matrix_that_is_read_again_changes_only_what_is_new() {
    let first = import(PLAIN).applied_to(&Assessment::default());
    let again = read_into(PLAIN, &first).unwrap();
    assert!(again.changes.is_empty(), "{:?}", again.changes);
    assert_eq!(again.count_rows(), [0, 0, 3, 0]);

    let other = PLAIN.replace(",CC,II,", ",CC,I,").replace("Other,,", "Legal,HIGH,");
    let second = read_into(&other, &first).unwrap();
    let states: Vec<&State> = second.rows.iter().map(|row| &row.state).collect();
    let changed = |names: &[&str]| State::Changed(names.iter().map(|name| (*name).to_owned()).collect());
    assert_eq!(states, [&State::Unchanged, &changed(&["Criminals"]), &changed(&["Type", "Credibility"])]);
    let after = second.applied_to(&first);
    assert_eq!(after.ratings.len(), first.ratings.len() + 1, "the earlier rating stays");
    assert!(read_into(&other, &after).unwrap().changes.is_empty());
}

#[test]
fn sources_get_the_grade_that_most_of_their_rows_have() {
    let import =
        import("Evidence,H1,Source,Credibility\nOne,C,A,B2\nTwo,C,A,B3\nThree,C,A,D4\nFour,C,,HIGH\n");
    let assessment = import.applied_to(&Assessment::default());
    let source = assessment.sources.iter().next().unwrap();
    assert_eq!(source.reliability().map(|it| it.letter()), Some('B'));
    let own: Vec<Option<char>> = assessment
        .evidence
        .iter()
        .map(|it| it.reliability_override.as_ref().map(|own| own.reliability.letter()))
        .collect();
    assert_eq!(own, [None, None, Some('D'), Some('B')]);
}

/// An actor is one hypothesis under each of its names: a second column for it would rate each cell twice.
#[test]
fn columns_that_name_one_hypothesis_count_once() {
    let mut actor = Actor::named(Id::new(Uuid::from_u128(7)), "Ministry of State Security".to_owned());
    actor.aliases = vec![Alias { name: "MSS".to_owned(), coined_by: None }];
    let there = Hypothesis::new(
        Id::new(Uuid::from_u128(9)),
        Id::new(Uuid::from_u128(8)),
        Answer::Actor(Id::new(Uuid::from_u128(7))),
    );
    let incident = Incident::named(Id::new(Uuid::from_u128(8)), "Breach".to_owned());
    let check = |into: Assessment| {
        let text = "Evidence,MSS,Criminals,Ministry of State Security\nOne,C,N,II\nTwo,,I,CC\n";
        let import = read_into(text, &into).unwrap();
        assert_eq!(
            findings(&import),
            [
                "1:4: warning: Ministry of State Security: it is the same hypothesis as \"MSS\" in column 2; this column is kept as \
                 notes; take one of the two out"
            ]
        );
        let after = import.applied_to(&into);
        let ratings: Vec<RatingValue> = after.ratings.iter().map(|rating| rating.value).collect();
        use RatingValue::{Consistent, Inconsistent, Neutral};
        assert_eq!(ratings, [Consistent, Neutral, Inconsistent]);
        assert_eq!(after.hypotheses.len(), 2);
        let notes: Vec<&str> = after.evidence.iter().map(|it| it.notes.as_str()).collect();
        assert_eq!(notes, ["Ministry of State Security: II", "Ministry of State Security: CC"]);
        assert!(read_into(text, &after).unwrap().changes.is_empty(), "read again it says nothing new");
    };
    let records = [actor.into_record(), incident.into_record()];
    check(Assessment::from_records(Default::default(), records.clone()));
    check(Assessment::from_records(Default::default(), records.into_iter().chain([there.into_record()])));
}
