//! What `ascribe score --format json` writes is what `docs/score.schema.json` describes, and the schema refuses what it
//! must not be.

use std::path::Path;

use ascribe::model::{Assessment, Entity, Header, Stance};
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::program;
use crate::support::{self, number};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn schema() -> Validator {
    let text = std::fs::read_to_string(root().join("docs/score.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

fn score(file: &Path, args: &[&str]) -> Value {
    program::json(&program::score(file.to_str().unwrap(), &[&["--format", "json"], args].concat()))
}

/// Holds an output against the schema, and what a schema cannot say against the output.
fn hold(schema: &Validator, report: &Value, what: &str) {
    let faults: Vec<String> =
        schema.iter_errors(report).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{what}: {faults:#?}");
    for incident in report["incidents"].as_array().unwrap() {
        let claims = &incident["claims"];
        let total = claims["total"].as_u64().unwrap();
        let counts = claims["relations"].as_object().unwrap();
        let all: u64 = counts.values().map(|count| count.as_u64().unwrap()).sum();
        assert_eq!(all, total * total.saturating_sub(1) / 2, "{what}: each pair is counted once");
        assert_eq!(
            claims["comparable_pairs"].as_u64(),
            Some(all - counts["not_comparable"].as_u64().unwrap())
        );
        if let Some(pairs) = claims.get("pairs").and_then(Value::as_array) {
            for (relation, count) in counts {
                let listed = pairs.iter().filter(|pair| pair["relation"] == relation.as_str()).count();
                assert_eq!(count.as_u64(), Some(listed as u64), "{what}: {relation}");
            }
        }
    }
}

/// Holds an output against the schema.
pub fn hold_report(report: &Value) {
    hold(&schema(), report, "a report");
}

#[test]
fn the_worked_cases_are_written_as_the_schema_says() {
    let schema = schema();
    let options: [&[&str]; 7] = [
        &[],
        &["--pairs"],
        &["--level", "state"],
        &["--level", "class", "--pairs"],
        &["--influence"],
        &["--rules"],
        &["--ignore-period", "--pairs"],
    ];
    for case in ["china-airlines-2020.ron", "opm-anthem.ron", "turbine-panda-c919.ron"] {
        for options in options {
            let report = score(&root().join("saves").join(case), options);
            assert!(!report["incidents"].as_array().unwrap().is_empty());
            hold(&schema, &report, &format!("{case} {options:?}"));
        }
    }
}

fn saved(assessment: &Assessment, args: &[&str]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("case.ron");
    ascribe::store::save(&file, assessment).unwrap();
    score(&file, args)
}

/// The small assessment with some of its claims changed or taken out.
fn with_claims(change: impl Fn(&mut ascribe::model::Claim) -> bool) -> Assessment {
    let assessment = support::assessment();
    let mut records = Vec::new();
    assessment.for_each_record(&mut |record| match record {
        ascribe::model::Record::Claim(claim) => {
            let mut claim = (*claim).clone();
            if change(&mut claim) {
                records.push(claim.into_record());
            }
        }
        other => records.push(other),
    });
    Assessment::from_records(assessment.header, records)
}

#[test]
fn what_is_undefined_is_null_with_its_reason() {
    let schema = schema();
    let declined = |claim: &mut ascribe::model::Claim| {
        claim.stance = Stance::Declines;
        if let ascribe::model::Proposition::Attribution { actors, .. } = &mut claim.proposition {
            actors.clear();
        }
        true
    };
    for (what, assessment) in [
        ("no records", Assessment::from_records(Header::default(), [])),
        ("no claims", with_claims(|_| false)),
        ("one claim", with_claims(|claim| claim.id == support::id(number::CROWDSTRIKE_SAYS_JSSD))),
        ("only silence", with_claims(declined)),
        ("two that contradict", support::assessment()),
    ] {
        for args in [&["--pairs"][..], &["--pairs", "--level", "state"]] {
            let report = saved(&assessment, args);
            hold(&schema, &report, what);
            let overall = &report["agreement"];
            // One incident is a single unit: chance cannot be told from it.
            for coefficient in ["alpha", "fleiss_kappa", "gwet_ac1"] {
                assert_eq!(overall[coefficient], Value::Null, "{what}");
                let note = overall["note"].as_str().unwrap();
                assert!(note.contains(&format!("{coefficient} is undefined, because")), "{what}: {note}");
            }
            let Some(incident) = report["incidents"].get(0) else { continue };
            let agreement = &incident["claims"]["agreement"];
            if what != "two that contradict" {
                assert_eq!(agreement["alpha"], Value::Null, "{what}");
                assert_ne!(agreement["note"], "", "{what}");
            }
            if matches!(what, "no claims" | "only silence") {
                // Nobody says anything: that is the vacuous opinion, which is defined.
                let fusion = &incident["claims"]["fusion"];
                assert_eq!(fusion["uncertainty"], json!(1.0), "{what}: {fusion:#}");
                let beliefs = fusion["opinion"].as_array().unwrap().iter();
                assert!(beliefs.clone().all(|actor| actor["belief"] == json!(0.0)), "{what}: {fusion:#}");
            }
        }
    }
}

/// At the level of states a service and a unit of it are the same, which is counted as refining at their own levels,
/// whichever of the two comes first.
#[test]
fn levels_and_directions_count_as_the_contract_says() {
    for (first, second) in [(number::JSSD, number::MSS), (number::MSS, number::JSSD)] {
        let assessment = with_claims(|claim| {
            let actor = if claim.id == support::id(number::CROWDSTRIKE_SAYS_JSSD) { first } else { second };
            if let ascribe::model::Proposition::Attribution { actors, .. } = &mut claim.proposition {
                *actors = vec![support::id(actor)];
            }
            true
        });
        let relations =
            |args: &[&str]| saved(&assessment, args)["incidents"][0]["claims"]["relations"].clone();
        assert_eq!((&relations(&[])["refines"], &relations(&[])["same"]), (&json!(1), &json!(0)));
        let at_state = relations(&["--level", "state"]);
        assert_eq!((&at_state["refines"], &at_state["same"]), (&json!(0), &json!(1)));
    }
}

/// Numbers come with all their digits: read back they are the numbers that were computed.
#[test]
fn numbers_have_full_precision() {
    let report = score(&root().join("saves/opm-anthem.ron"), &[]);
    let opinions = report["incidents"].as_array().unwrap().iter();
    let long = opinions
        .filter_map(|incident| incident["claims"]["fusion"]["opinion"].as_array())
        .flatten()
        .filter(|actor| actor["projected"].to_string().len() > 12)
        .count();
    assert!(long > 3);
}

#[test]
fn the_schema_refuses_what_is_wrong() {
    let schema = schema();
    let right = saved(&support::assessment(), &["--pairs"]);
    hold(&schema, &right, "as written");
    let wrong: [(&str, Value); 22] = [
        ("/format", json!("ascribe-score/2")),
        ("/incidents", json!({})),
        ("/incidents/0/id", json!("OPM")),
        ("/incidents/0/extra", json!(1)),
        ("/incidents/0/ach", json!({ "hypotheses": [] })),
        ("/incidents/0/log_odds", json!([{ "hypothesis": "x" }])),
        ("/incidents/0/judgements", json!([{ "probability": 2 }])),
        ("/incidents/0/claims/total", json!(-1)),
        ("/incidents/0/claims/total", json!(1.5)),
        ("/incidents/0/claims/relations/same", json!(null)),
        ("/incidents/0/claims/relations/agrees", json!(1)),
        ("/incidents/0/claims/pairs/0/relation", json!("agrees")),
        ("/incidents/0/claims/pairs/0/conflict", json!("NaN")),
        ("/incidents/0/claims/pairs/0/conflict", json!(1.5)),
        ("/incidents/0/claims/pairs/0/conflict", json!(null)),
        ("/incidents/0/claims/pairs/0/narrower", json!("a")),
        ("/incidents/0/claims/agreement/alpha", json!("NaN")),
        ("/incidents/0/claims/agreement/observed", json!(2)),
        ("/incidents/0/claims/fusion/uncertainty", json!(null)),
        ("/incidents/0/claims/fusion/opinion", json!(null)),
        ("/incidents/0/claims/fusion/opinion/0/belief", json!(-0.1)),
        ("/incidents/0/claims/fusion/left_out", json!(null)),
    ];
    for (place, value) in wrong {
        let mut report = right.clone();
        let (parent, name) = place.rsplit_once('/').unwrap();
        report.pointer_mut(parent).unwrap()[name] = value.clone();
        assert!(!schema.is_valid(&report), "{place} = {value} is let through");
    }
    // Nothing that is described may be missing.
    for (parent, name) in [
        ("", "format"),
        ("/incidents/0", "claims"),
        ("/incidents/0/claims", "agreement"),
        ("/incidents/0/claims/relations", "refines"),
        ("/incidents/0/claims/agreement", "alpha"),
        ("/incidents/0/claims/pairs/0", "conflict"),
        ("/incidents/0/claims/fusion", "note"),
    ] {
        let mut report = right.clone();
        report.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name).unwrap();
        assert!(!schema.is_valid(&report), "{parent}/{name} may be missing");
    }
    let mut unexplained = right;
    unexplained["incidents"][0]["claims"]["agreement"]["alpha"] = Value::Null;
    unexplained["incidents"][0]["claims"]["agreement"]["note"] = json!("");
    assert!(!schema.is_valid(&unexplained), "null needs its reason");
}
