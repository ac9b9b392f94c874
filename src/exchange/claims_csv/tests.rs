use super::*;
use crate::exchange::{Change, Import, State, Unreadable};
use crate::model::validate::{Severity, validate};
use crate::model::*;

/// Reads a table into an assessment, with identifiers that count up.
fn read_into(text: &str, into: &Assessment) -> Import {
    let mut next = 1000 * (1 + into.claims.len() as u128);
    let mut new_id = || {
        next += 1;
        Uuid::from_u128(next)
    };
    read(text.as_bytes(), into, &mut new_id, &|_| true).unwrap()
}

fn made(text: &str) -> (Import, Assessment) {
    let import = read_into(text, &Assessment::default());
    let assessment = import.applied_to(&Assessment::default());
    assert!(!validate(&assessment).iter().any(|finding| finding.severity == Severity::Error), "{text}");
    (import, assessment)
}

/// What is said of a table, but for what new parties are taken as: few of these tables say of what kind they are.
fn findings(import: &Import) -> Vec<String> {
    all_findings(import).into_iter().filter(|line| !line.contains("taken as")).collect()
}

fn all_findings(import: &Import) -> Vec<String> {
    import.findings.iter().map(ToString::to_string).collect()
}

const SMALL: &str = "\
Source;Source Kind;Incident;Actor;Belongs to;Stance;Likelihood;Confidence;Stated on;Document;Repeats
CrowdStrike;security vendor;OPM;JSSD;MSS;;likely;high;2019-10-14;Huge fan;
The Times;press;opm ;jssd;;asserts;55–80 %;;2019-10-15;;row 2
Xinhua;press;OPM;\"criminals; insiders\";;;;;2015;;
OPM;victim;OPM;;;declines;;;;;
";

#[test]
fn a_table_becomes_an_assessment() {
    let (import, assessment) = made(SMALL);
    assert_eq!(findings(&import), Vec::<String>::new());
    assert_eq!(import.count_rows(), [4, 0, 0, 0]);
    let counts = [Kind::Claim, Kind::Source, Kind::Actor, Kind::Incident, Kind::Document];
    assert_eq!(counts.map(|kind| import.count_new(kind)), [4, 4, 4, 1, 1]);
    let claims: Vec<&Claim> = assessment.claims.iter().collect();
    assert_eq!(
        assessment.name_of_record(&Record::Claim(assessment.claims.shared(claims[0].id).unwrap())),
        "CrowdStrike: JSSD (OPM)"
    );
    assert_eq!(claims[0].likelihood.as_ref().map(|it| (it.low, it.high)), Some((Some(0.55), Some(0.8))));
    assert_eq!(claims[0].confidence, Some(Confidence::High));
    assert_eq!(claims[1].proposition, claims[0].proposition);
    assert_eq!(claims[1].repeats, [claims[0].id]);
    assert_eq!(assessment.actors_text(claims[2]), "criminals + insiders");
    assert_eq!(claims[2].stated_on.map(|date| date.to_string()).as_deref(), Some("2015"));
    assert_eq!(claims[3].stance, Stance::Declines);
    let jssd = assessment.actors.iter().find(|actor| actor.name == "JSSD").unwrap();
    assert_eq!(jssd.belongs_to.iter().map(|id| assessment.name_of(*id)).collect::<Vec<_>>(), ["MSS"]);
}

#[test]
fn reading_a_table_again_changes_nothing() {
    let (_, mut assessment) = made(SMALL);
    let again = read_into(SMALL, &assessment);
    assert_eq!((again.changes.len(), again.count_rows()), (0, [0, 0, 4, 0]), "{:?}", again.changes);

    // What an analyst has added in the meantime is not the table's business.
    let mut claim = assessment.claims.iter().next().unwrap().clone();
    claim.credibility = Some(Credibility::Two);
    claim.notes = "Looked at again".to_owned();
    assessment = Assessment::from_records(
        assessment.header.clone(),
        all(&assessment).into_iter().chain([claim.into_record()]),
    );
    assert_eq!(read_into(SMALL, &assessment).count_rows(), [0, 0, 4, 0]);

    // A row that says something else is another claim; what repeats it now repeats that one.
    let other = SMALL.replace("likely", "very likely");
    assert_eq!(read_into(&other, &assessment).count_rows(), [1, 1, 2, 0]);
}

fn all(assessment: &Assessment) -> Vec<Record> {
    let mut records = Vec::new();
    assessment.for_each_record(&mut |record| records.push(record));
    records
}

#[test]
fn a_row_with_an_identifier_changes_its_claim() {
    let (_, assessment) = made(SMALL);
    let table = String::from_utf8(write(&assessment).bytes).unwrap();
    assert_eq!(read_into(&table, &assessment).count_rows(), [0, 0, 4, 0]);
    let changed = read_into(&table.replace("2019-10-14", "2019-10"), &assessment);
    assert_eq!(changed.count_rows(), [0, 1, 3, 0]);
    assert_eq!(changed.rows[0].state, State::Changed(vec![Column::StatedOn.name().to_owned()]));
    assert!(matches!(changed.changes.as_slice(), [Change::Changed(Record::Claim(_))]));

    // A column that is not there takes nothing away; an empty cell does.
    let id = assessment.claims.ids().next().unwrap();
    let table = format!("id,source,incident,actor,confidence\n{id},CrowdStrike,OPM,JSSD,\n");
    let import = read_into(&table, &assessment);
    assert_eq!(import.rows[0].state, State::Changed(vec![Column::Confidence.name().to_owned()]));
    let claim = import.applied_to(&assessment).claims.get(id).unwrap().clone();
    assert_eq!((claim.confidence, claim.likelihood.is_some()), (None, true));
}

#[test]
fn what_is_not_understood_is_said_and_given_back() {
    let check = |cells: &str, expect: &str| {
        let header = "id,source,incident,actor,stance,likelihood,stated_on,covers_from,covers_to,reliability";
        let good = ",Xinhua,OPM,Criminals,,,,,,";
        let text = format!("{header}\n{good}\n{cells}\n");
        let import = read_into(&text, &Assessment::default());
        assert_eq!(findings(&import).first().map(String::as_str), Some(expect), "{cells}");
        assert_eq!(import.count_rows(), [1, 0, 0, 1], "{cells}");
        assert_eq!(import.count_new(Kind::Source), 1, "a rejected row makes nothing");
        let rejects = String::from_utf8(import.rejects.clone()).unwrap();
        assert!(rejects.starts_with(&format!("rejected_because,{header}\n")), "{rejects}");
        assert!(rejects.trim_end().ends_with(&format!(",{cells}")), "{rejects}");
        // The rejects can be mended and read as they are.
        let again = read_into(&rejects, &Assessment::default());
        assert_eq!(again.count_rows(), [0, 0, 0, 1], "{rejects}");
        assert_eq!(findings(&again).len(), findings(&import).len());
    };
    check(",,OPM,JSSD,,,,,,", "3:2: error: source: the source is missing; say who makes the claim");
    check(",A,,JSSD,,,,,,", "3:3: error: incident: the incident is missing; say what happened");
    check(
        ",A,OPM,,,,,,,",
        "3:4: error: actor: the actor is missing; name the actor, or write declines under stance",
    );
    check(
        ",A,OPM,JSSD,perhaps,,,,,",
        "3:5: error: stance: \"perhaps\" is not known here; write one of: asserts, denies, declines",
    );
    check(
        ",A,OPM,JSSD,,120,,,,",
        "3:6: error: likelihood: \"120\" is above 100 %; write a percentage, a range such as 55-80, or words",
    );
    check(
        ",A,OPM,JSSD,,,2019-02-30,,,",
        "3:7: error: stated_on: \"2019-02-30\" is not in the calendar; write 2015, 2015-06 or 2015-06-19",
    );
    check(
        ",A,OPM,JSSD,,,,2020,2019,",
        "3:9: error: covers_to: it ends before it begins; exchange or correct the two dates",
    );
    check(
        ",A,OPM,JSSD,,,,,,Z",
        "3:10: error: reliability: \"Z\" is not a reliability; write A, B, C, D, E or F",
    );
    check(
        ",A,OPM,JSSD,,,,,,B,too much",
        "3:11: error: the row has more cells than the 10 of the header; put cells with a delimiter in them into quotation marks",
    );
}

#[test]
fn words_that_are_in_no_scale_come_in_and_are_said() {
    let check = |likelihood: &str, confidence: &str, expect: &[&str]| {
        let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let text = format!(
            "source,incident,actor,likelihood,confidence\nA,OPM,JSSD,{},{}\n",
            cell(likelihood),
            cell(confidence)
        );
        let (import, assessment) = made(&text);
        let found = findings(&import);
        assert_eq!(found.len(), expect.len(), "{found:#?}");
        assert!(found.iter().zip(expect).all(|(line, start)| line.starts_with(start)), "{found:#?}");
        assert_eq!(assessment.claims.len(), 1);
    };
    check("likely", "high", &[]);
    check("highly unlikely", "Medium confidence", &[]);
    check("\"possibly\"", "\"fairly sure\"", &[]);
    check(
        "possibly",
        "",
        &["2:4: warning: likelihood: \"possibly\" is kept as words, without a range; write a"],
    );
    check(
        "",
        "some doubt",
        &[
            "2:5: warning: confidence: \"some doubt\" is no level of confidence; it is kept as the source's words; write",
        ],
    );
}

#[test]
fn other_columns_are_kept_as_notes() {
    let (import, assessment) =
        made("source,incident,actor,likelyhood,Region\nXinhua,OPM,Criminals,high,Asia\n");
    assert_eq!(
        findings(&import),
        [
            "1:4: warning: likelyhood: the column is not known; what stands in it is kept as notes; did you mean `likelihood`?",
            "1:5: warning: Region: the column is not known; what stands in it is kept as notes",
        ]
    );
    assert_eq!(assessment.claims.iter().next().unwrap().notes, "likelyhood: high\nRegion: Asia");
}

#[test]
fn a_table_without_its_columns_is_refused() {
    let check = |text: &[u8], part: &str| {
        let error = read(text, &Assessment::default(), &mut Uuid::nil, &|_| true).unwrap_err();
        assert!(error.to_string().contains(part), "{error}");
    };
    check(b"", "the table is empty");
    check(b"\n\n , ,\n", "the table is empty");
    check(b"a,b,c\n1,2,3\n", "required columns are missing: source, incident, actor");
    check(b"Sources,incident,actor\n", "rename \"Sources\" to \"source\"");
    check(
        b"source,incid\xe9nt,actor\n",
        "1:2: error: the header is not UTF-8; save the table as \"CSV UTF-8\"",
    );
    let stopped = read(SMALL.as_bytes(), &Assessment::default(), &mut Uuid::nil, &|_| false);
    assert_eq!(stopped.unwrap_err(), Unreadable::Stopped);
}

#[test]
fn a_row_that_is_not_utf_8_is_given_back_byte_for_byte() {
    let text = b"source,incident,actor\nXinhua,OPM,Criminals\nLe Mo\xf1de,OPM,JSSD\n";
    let import = read(text, &Assessment::default(), &mut Uuid::now_v7, &|_| true).unwrap();
    assert_eq!(import.count_rows(), [1, 0, 0, 1]);
    let expect =
        "3:1: error: source: byte 6 of the cell (0xF1) is not UTF-8; save the table as \"CSV UTF-8\"";
    assert_eq!(findings(&import), [expect], "what cannot be read is not called missing");
    assert!(import.rejects.windows(12).any(|part| part == b"Le Mo\xf1de,OPM"));
}

#[test]
fn links_and_joint_actors_have_their_cells() {
    let (import, assessment) = made(
        "source,incident,proposition,actor,actor_level,belongs_to\n\
         A,OPM,,MSS; PLA,service,China\n\
         A,OPM,,JSSD; Unit 61398,unit; unit,MSS | PLA\n\
         B,,same actor,APT26; Turbine Panda,,\n\
         B,,belongs-to,Turbine Panda,cluster; unit,JSSD\n",
    );
    assert_eq!(findings(&import), Vec::<String>::new());
    let text: Vec<String> =
        assessment.claims.iter().map(|claim| assessment.proposition_text(claim)).collect();
    assert_eq!(
        text,
        [
            "MSS + PLA (OPM)",
            "JSSD + Unit 61398 (OPM)",
            "APT26 = Turbine Panda",
            "Turbine Panda belongs to JSSD"
        ]
    );
    let wider = |name: &str| {
        let actor = assessment.actors.iter().find(|actor| actor.name == name).unwrap();
        actor.belongs_to.iter().map(|id| assessment.name_of(*id)).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(
        ["MSS", "PLA", "JSSD", "Unit 61398", "Turbine Panda"].map(wider),
        ["China", "China", "MSS", "PLA", ""]
    );
    assert_eq!(import.rows.len(), 4);
    let wrong = read_into(
        "source,incident,proposition,actor,belongs_to\nB,,same-actor,APT26,\nB,,belongs-to,JSSD,jssd\n",
        &Assessment::default(),
    );
    assert_eq!(wrong.count_rows(), [0, 0, 0, 2]);
}

#[test]
fn circles_of_actors_and_dead_ends_are_left_out_and_circular_reporting_is_kept() {
    let (import, assessment) = made(
        "id,source,incident,actor,belongs_to,repeats\n\
         a,S,OPM,X,Y,b\n\
         b,T,OPM,Y,X,a\n\
         c,U,OPM,X,,a; nowhere; row 9\n\
         d,V,OPM,X,,d\n",
    );
    let lines = findings(&import);
    let count = |part: &str| lines.iter().filter(|line| line.contains(part)).count();
    let circle = "circular reporting, which is kept: row 2 repeats row 3 repeats row 2; say which";
    assert!(
        lines.iter().any(|line| line.starts_with(&format!("2:6: warning: repeats: {circle}"))),
        "{lines:#?}"
    );
    assert_eq!(count("circular reporting"), 1);
    assert_eq!(count("is not to be found"), 2);
    assert_eq!(count("it repeats itself"), 1);
    assert_eq!(count("belongs to itself by way of others"), 2);
    assert_eq!(import.count_rows(), [4, 0, 0, 0]);
    let repeats: Vec<usize> = assessment.claims.iter().map(|claim| claim.repeats.len()).collect();
    assert_eq!(repeats, [1, 1, 1, 0]);
    // Read again it is named again, and nothing changes; what the table does not speak of is not named.
    let table = String::from_utf8(write(&assessment).bytes).unwrap();
    let again = read_into(&table, &assessment);
    assert_eq!((again.count_rows(), findings(&again).len()), ([0, 0, 4, 0], 1), "{:#?}", findings(&again));
    let other = read_into("source,incident,actor\nW,OPM,X\n", &assessment);
    assert_eq!(findings(&other), Vec::<String>::new());
}

#[test]
fn records_that_are_there_stay_as_they_are() {
    let (_, assessment) =
        made("source,source_kind,reliability,incident,actor\nXinhua,press,D,OPM,Criminals\n");
    let import = read_into(
        "source,source_kind,reliability,incident,incident_start,actor,belongs_to\n\
         xinhua,government,B,OPM,2014,Criminals,Underworld\n\
         XINHUA,government,D,OPM,2014,Insiders,\n",
        &assessment,
    );
    let lines = findings(&import);
    assert_eq!(lines.len(), 3, "{lines:#?}");
    assert!(lines[0].starts_with("2:2: warning: source_kind: source \"xinhua\" already has another value"));
    let after = import.applied_to(&assessment);
    assert_eq!((after.sources.len(), after.actors.len()), (1, 2));
    assert_eq!(after.sources, assessment.sources);
    let grades: Vec<Option<char>> =
        after.claims.iter().map(|claim| after.claim_reliability(claim).map(Reliability::letter)).collect();
    // The first row is the claim that was there, graded otherwise than its source.
    assert_eq!(grades, [Some('B'), Some('D')]);
}

#[test]
fn rows_that_say_the_same_come_in_once() {
    let (import, assessment) = made("source,incident,actor\nA,OPM,X\na,opm,x\nA,OPM,Y\n");
    assert_eq!((assessment.claims.len(), import.count_rows()), (2, [2, 0, 1, 0]));
    let (_, assessment) = made("id,source,incident,actor\n1,A,OPM,X\n2,A,OPM,X\n");
    assert_eq!(assessment.claims.len(), 2);
    let id = Uuid::from_u128(7);
    let import =
        read_into(&format!("id,source,incident,actor\n{id},A,OPM,X\n{id},A,OPM,Y\n"), &Assessment::default());
    assert_eq!(import.count_rows(), [1, 0, 0, 1]);
}

/// A kind or a level that nobody has stated is not taken for granted in silence.
#[test]
fn what_kind_and_level_new_parties_are_taken_as_is_said_once_for_each_column() {
    let check = |text: &str, expect: &[&str]| {
        let (import, _) = made(text);
        assert_eq!(all_findings(&import), expect, "{text}");
    };
    check("source,source_kind,incident,actor,actor_level\nA,press,OPM,X,unit\n", &[]);
    check(
        "source,source_kind,incident,actor,actor_level\nA,,OPM,X,\nA,press,OPM,Y,unit\nA,,OPM 2,X,service\n",
        &[],
    );
    check(
        "source,source_kind,incident,actor,actor_level,belongs_to\n\
         A,press,OPM,X,unit,China\nB,,OPM,X,,\nC,,OPM,Y,,\nB,,OPM,Y,,\n",
        &[
            "2:5: warning: actor_level: 2 new actors without a level are taken as cluster: \"China\" in row 2 and \"Y\" in row 4; \
             write it under `actor_level`",
            "3:2: warning: source_kind: 2 new sources without a kind are taken as government: \"B\" in row 3 and \"C\" in row 4; \
             write it under `source_kind`",
        ],
    );
    // Nothing is known of what the table has no column for either.
    check(
        "source,incident,actor,actor_level\nA,OPM,X,unit\nB,OPM,X,\nC,OPM,X,\nD,OPM,X,\nE,OPM,X,\n",
        &[
            "2:1: warning: source_kind: 5 new sources without a kind are taken as government: \"A\" in row 2, \"B\" in row 3, \
             \"C\" in row 4 and 2 more; add a column `source_kind` that says it",
        ],
    );
    // Who is there already is what the assessment says.
    let (_, assessment) = made("source,source_kind,incident,actor,actor_level\nA,press,OPM,X,unit\n");
    let again = read_into("source,incident,actor\nA,OPM 2,X\n", &assessment);
    assert_eq!(all_findings(&again), Vec::<String>::new());
}

#[test]
fn documents_are_told_apart_by_title_and_address() {
    let (_, assessment) = made(
        "source,incident,actor,document,url\n\
         A,OPM,X,Press release,https://a.example\n\
         B,OPM,X,press release,https://b.example\n\
         C,OPM,X,,https://a.example\n\
         D,OPM,X,,https://c.example\n\
         E,OPM,X,Report,\n\
         F,OPM,X,Report,https://d.example\n",
    );
    let documents: Vec<(&str, &str)> =
        assessment.documents.iter().map(|it| (it.title.as_str(), it.url.as_str())).collect();
    assert_eq!(
        documents,
        [
            ("Press release", "https://a.example"),
            ("press release", "https://b.example"),
            ("https://c.example", "https://c.example"),
            ("Report", "https://d.example"),
        ]
    );
}
