//! `ascribe score` on how claims came about: circular reporting is told, and no reason to refuse a file.

use std::path::{Path, PathBuf};

use ascribe::model::{Assessment, Claim, Document, Entity, Judgement, Nameable, Record};
use serde_json::{Value, json};

use crate::program::{self, ascribe};
use crate::score_schema::hold_report;
use crate::support::{self, id, number};

fn saved(folder: &Path, assessment: &Assessment) -> String {
    let file: PathBuf = folder.join("case.ron");
    ascribe::store::save(&file, assessment).unwrap();
    file.to_str().unwrap().to_owned()
}

fn report(file: &str) -> Value {
    let report = program::json(&program::score(file, &["--format", "json"]));
    hold_report(&report);
    report
}

/// The small assessment with its claims changed, and with more records.
fn with(change: impl Fn(&mut Claim), more: impl IntoIterator<Item = Record>) -> Assessment {
    let assessment = support::assessment();
    let mut records: Vec<Record> = Vec::new();
    assessment.for_each_record(&mut |record| match record {
        Record::Claim(claim) => {
            let mut claim = (*claim).clone();
            change(&mut claim);
            records.push(claim.into_record());
        }
        other => records.push(other),
    });
    Assessment::from_records(assessment.header, records.into_iter().chain(more))
}

#[test]
fn circular_reporting_is_told_and_no_reason_to_refuse_a_file() {
    let document = |number: u128, title: &str, relays: u128| {
        let document = Document::named(id(number), title.to_owned());
        Document { relays: vec![id(relays)], ..document }.into_record()
    };
    // The two claims repeat each other; two documents in which nothing stands relay each other.
    let circular = with(
        |claim| {
            let is_first = claim.id == id(number::CROWDSTRIKE_SAYS_JSSD);
            let other = if is_first { number::XINHUA_SAYS_CRIMINALS } else { number::CROWDSTRIKE_SAYS_JSSD };
            claim.repeats = vec![id(other)];
        },
        [document(80, "Wire", 81), document(81, "Daily", 80)],
    );
    let folder = tempfile::tempdir().unwrap();
    let file = saved(folder.path(), &circular);

    let check = ascribe(&["check", &file]);
    let lines = String::from_utf8(check.stdout).unwrap();
    assert!(check.status.success(), "{lines}");
    assert!(
        lines.contains("relays: circular reporting: \"Wire\" relays \"Daily\" relays \"Wire\""),
        "{lines}"
    );

    let report = report(&file);
    let claims = &report["incidents"][0]["claims"];
    assert_eq!((&claims["total"], &claims["independent_origins"]), (&json!(2), &json!(1)));
    let records =
        [number::CROWDSTRIKE_SAYS_JSSD, number::XINHUA_SAYS_CRIMINALS].map(|it| id::<Claim>(it).to_string());
    let expect = json!([{
        "records": records,
        "sentence": "CrowdStrike repeats Xinhua, Xinhua repeats CrowdStrike: neither is an independent origin"
    }]);
    assert_eq!(claims["circular_reporting"], expect);
    let elsewhere = report["circular_reporting"].as_array().unwrap();
    assert_eq!(elsewhere.len(), 1);
    assert_eq!(
        elsewhere[0]["sentence"],
        "Wire relays Daily, Daily relays Wire: neither is an independent origin"
    );

    let table = String::from_utf8(ascribe(&["score", &file]).stdout).unwrap();
    assert!(table.contains("  circular reporting: CrowdStrike repeats Xinhua, Xinhua repeats"), "{table}");
    assert!(table.contains("\ncircular reporting: Wire relays Daily"), "{table}");

    let figure = ascribe(&["figure", &file, "--view", "provenance", "-o", "-"]);
    assert!(figure.status.success(), "{}", String::from_utf8_lossy(&figure.stderr));
}

#[test]
fn a_judgement_that_does_not_sum_to_100_percent_closes_nothing() {
    let weighed = support::weighed();
    let mut records: Vec<Record> = Vec::new();
    weighed.for_each_record(&mut |record| match record {
        Record::Judgement(judgement) if judgement.id == id(1_901) => {
            // .1 + .7 + .1 + .35 is 125 %.
            records.push(Judgement { other: 0.35, ..(*judgement).clone() }.into_record());
        }
        other => records.push(other),
    });
    let folder = tempfile::tempdir().unwrap();
    let file = saved(folder.path(), &Assessment::from_records(weighed.header, records));
    let report = report(&file);
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0]["record"], id::<Judgement>(1_901).to_string());
    assert!(findings[0]["message"].as_str().unwrap().contains("sum to 125.0 %"), "{findings:?}");
    let judgements = report["incidents"][0]["judgements"].as_array().unwrap();
    let near = |value: &Value, expect: f64| (value.as_f64().unwrap() - expect).abs() < 1e-9;
    let probabilities: Vec<&Value> = judgements.iter().map(|it| &it["probability"]).collect();
    let repaired: Vec<&Value> = judgements.iter().map(|it| &it["repaired"]).collect();
    assert!(probabilities.iter().zip([0.1, 0.7, 0.1, 0.35]).all(|(value, expect)| near(value, expect)));
    assert!(repaired.iter().zip([0.08, 0.56, 0.08, 0.28]).all(|(value, expect)| near(value, expect)));

    let output = ascribe(&["score", &file]);
    let (table, said) =
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.success() && table.contains("it sums to 125"), "{table}");
    assert!(said.contains("case.ron:") && said.contains("sum to 125.0 %"), "{said}");
    assert!(ascribe(&["figure", &file, "--view", "tornado", "-o", "-"]).status.success());
}
