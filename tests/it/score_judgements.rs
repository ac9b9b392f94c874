//! `ascribe score`: what analysts judged, in the words of the standard.

use ascribe::model::*;
use serde_json::{Value, json};

use crate::program::{self, score_of};
use crate::score_schema::hold_report;
use crate::support::{assessment, id, number};

const HYPOTHESES: [u128; 2] = [70, 71];
const BEA: u128 = 2;

fn judgement(number: u128, analyst: u128, made_at: &str, shares: &[f64], other: f64) -> Judgement {
    let mut judgement = Judgement::new(id(number), id(analyst), id(number::OPM), made_at.parse().unwrap());
    judgement.probabilities = HYPOTHESES
        .iter()
        .zip(shares)
        .map(|(hypothesis, share)| ProbabilityShare { hypothesis: id(*hypothesis), probability: *share })
        .collect();
    judgement.other = other;
    judgement
}

/// Two hypotheses; Ada has judged twice, Bea once and before the second hypothesis was there.
fn judged(standard: Standard) -> Assessment {
    let usual = assessment();
    let mut records = vec![Analyst::named(id(BEA), "Bea".to_owned()).into_record()];
    usual.for_each_record(&mut |record| records.push(record));
    for (hypothesis, actor) in HYPOTHESES.into_iter().zip([number::CRIMINALS, number::JSSD]) {
        let answer = Answer::Actor(id(actor));
        records.push(Hypothesis::new(id(hypothesis), id(number::OPM), answer).into_record());
    }
    let old = judgement(80, number::ANALYST, "2020-01-01T12:00:00Z", &[0.9, 0.1], 0.0);
    let mut new = judgement(81, number::ANALYST, "2020-02-01T12:00:00Z", &[0.2, 0.795], 0.005);
    new.confidence = Some(Confidence::Moderate);
    new.key_sentence = "It is likely, with high confidence.".to_owned();
    let beas = judgement(82, BEA, "2020-01-15T12:00:00Z", &[0.5], 0.5);
    records.extend([old, new, beas].map(Entity::into_record));
    Assessment::from_records(Header { standard, ..usual.header }, records)
}

fn judgements(assessment: &Assessment) -> Vec<Value> {
    let report: Value = program::json(&score_of(assessment, &["--format", "json"]));
    hold_report(&report);
    report["incidents"][0]["judgements"].as_array().unwrap().clone()
}

#[test]
fn of_each_analyst_the_judgement_that_holds_is_told() {
    let found = judgements(&judged(Standard::Icd203));
    let text = |number: u128| id::<Analyst>(number).to_string();
    let expect = |analyst: u128,
                  hypothesis: Option<u128>,
                  probability: f64,
                  words: Option<&str>,
                  confidence: Option<&str>| {
        json!([text(analyst), hypothesis.map(text), probability, words, confidence])
    };
    let row = |row: &Value| {
        json!([row["analyst"], row["hypothesis"], row["probability"], row["words"], row["confidence"]])
    };
    let ada = |hypothesis, probability, words| {
        expect(number::ANALYST, hypothesis, probability, words, Some("moderate"))
    };
    let even = Some("roughly even chance");
    assert_eq!(
        found.iter().map(row).collect::<Vec<_>>(),
        [
            ada(Some(70), 0.2, Some("very unlikely or unlikely")),
            ada(Some(71), 0.795, Some("likely")),
            ada(None, 0.005, None),
            expect(BEA, Some(70), 0.5, even, None),
            expect(BEA, None, 0.5, even, None),
        ]
    );
    assert_eq!(found[2]["note"], "ICD 203 has no term below almost no chance or remote, 1–5 %");
    assert!(found[0].get("note").is_none());
}

/// Bea's judgement does not know the second hypothesis, which is pooled within none of these: 0.2 and 0.8 against 0.5 and 0.5.
#[test]
fn pools_are_told_by_each_way_of_pooling() {
    let report: Value =
        serde_json::from_slice(&score_of(&judged(Standard::Icd203), &["--format", "json"]).stdout).unwrap();
    hold_report(&report);
    let pools = report["incidents"][0]["judgement_pools"].as_array().unwrap();
    let methods: Vec<&Value> = pools.iter().map(|pool| &pool["method"]).collect();
    assert_eq!(methods, ["linear", "logarithmic", "extremised_odds"]);
    // The mean; the roots of 0.2 · 0.5 and 0.8 · 0.5 are as 1 to 2.
    for (pool, expect) in pools.iter().zip([[0.35, 0.65], [1.0 / 3.0, 2.0 / 3.0]]) {
        let answers = pool["answers"].as_array().unwrap();
        assert_eq!(answers[0]["hypothesis"], id::<Analyst>(70).to_string());
        assert_eq!(answers[1]["hypothesis"], Value::Null);
        for (answer, expect) in answers.iter().zip(expect) {
            assert!((answer["probability"].as_f64().unwrap() - expect).abs() < 1e-9, "{pool}");
        }
        assert_eq!(pool["folded"], json!([id::<Analyst>(71).to_string()]));
    }
    assert!(pools[2]["factor"].as_f64().unwrap() > 1.0 && pools[0].get("factor").is_none());
}

#[test]
fn the_words_are_those_of_the_assessments_standard() {
    let found = judgements(&judged(Standard::Phia));
    let words: Vec<&Value> = found.iter().map(|row| &row["words"]).collect();
    let expect = [json!("highly unlikely"), Value::Null, json!("remote chance"), Value::Null, Value::Null];
    assert_eq!(words, expect.iter().collect::<Vec<_>>());
    assert!(found[3]["note"].as_str().unwrap().starts_with("PHIA has no term between realistic possibility"));
    assert!(judgements(&assessment()).is_empty());
}

#[test]
fn the_table_tells_people() {
    let output = score_of(&judged(Standard::Icd203), &[]);
    let table = String::from_utf8(output.stdout).unwrap();
    for part in [
        "judgement of Ada, 2020-02-01T12:00:00Z: moderate confidence",
        "79.5 %  likely",
        "no term",
        "key sentence: “likely” is a likelihood and “high confidence” a confidence",
        "judgement of Bea",
        "2 analysts pooled, linear",
    ] {
        assert!(table.contains(part), "{part} is missing from\n{table}");
    }
    assert!(!table.contains("90 %"), "the old judgement does not hold");
}
