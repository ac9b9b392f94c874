//! `ascribe score` and `ascribe sample` through the real binary. The names in the JSON are a contract.

use std::path::PathBuf;

use serde_json::Value;

use crate::program::{self, ascribe};

fn case(name: &str) -> String {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("saves").join(name).to_str().unwrap().to_owned()
}

fn json(args: &[&str]) -> Value {
    let output = ascribe(&[args, &["--format", "json"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    program::json(&output)
}

/// All keys that objects below a value have, as paths without places in lists.
fn shape(value: &Value, at: &str, found: &mut std::collections::BTreeSet<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            found.insert(format!("{at}{key}"));
            shape(value, &format!("{at}{key}."), found);
        }),
        Value::Array(items) => items.iter().for_each(|item| shape(item, at, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What weighs and judges hypotheses is there where an incident has some: see `score_weighing` and `score_judgements`.
const WEIGHING: [&str; 5] = [
    "incidents.ach",
    "incidents.log_odds",
    "incidents.indicators",
    "incidents.lenses",
    "incidents.judgement",
];

#[test]
fn the_json_has_the_shape_that_others_rely_on() {
    let report = json(&["score", &case("opm-anthem.ron"), "--pairs"]);
    assert_eq!(report["format"], "ascribe-score/1");
    let mut found = std::collections::BTreeSet::new();
    shape(&report, "", &mut found);
    let weighs = |path: &String| WEIGHING.iter().any(|part| path.starts_with(part));
    let found: Vec<String> = found.into_iter().filter(|path| !weighs(path)).collect();
    insta::assert_snapshot!(found.join("\n"), @r"
    agreement
    agreement.alpha
    agreement.coders
    agreement.fleiss_kappa
    agreement.gwet_ac1
    agreement.level
    agreement.metric
    agreement.note
    agreement.observed
    agreement.units
    circular_reporting
    findings
    format
    incidents
    incidents.claims
    incidents.claims.agreement
    incidents.claims.agreement.alpha
    incidents.claims.agreement.coders
    incidents.claims.agreement.metric
    incidents.claims.agreement.note
    incidents.claims.agreement.observed
    incidents.claims.agreement.units
    incidents.claims.circular_reporting
    incidents.claims.comparable_pairs
    incidents.claims.contested
    incidents.claims.contested.actor
    incidents.claims.contested.claims_against
    incidents.claims.contested.claims_for
    incidents.claims.contested.conflict
    incidents.claims.contested.contributions
    incidents.claims.contested.contributions.claim
    incidents.claims.contested.contributions.conflict
    incidents.claims.contested.name
    incidents.claims.contested.origins_against
    incidents.claims.contested.origins_for
    incidents.claims.fusion
    incidents.claims.fusion.base_rates
    incidents.claims.fusion.conflict
    incidents.claims.fusion.discount
    incidents.claims.fusion.left_out
    incidents.claims.fusion.note
    incidents.claims.fusion.opinion
    incidents.claims.fusion.opinion.actor
    incidents.claims.fusion.opinion.belief
    incidents.claims.fusion.opinion.name
    incidents.claims.fusion.opinion.plausibility
    incidents.claims.fusion.opinion.projected
    incidents.claims.fusion.role
    incidents.claims.fusion.rule
    incidents.claims.fusion.uncertainty
    incidents.claims.independent_origins
    incidents.claims.lost_hedges
    incidents.claims.lost_hedges.lost
    incidents.claims.lost_hedges.original
    incidents.claims.lost_hedges.repeat
    incidents.claims.lost_hedges.tie
    incidents.claims.pairs
    incidents.claims.pairs.a
    incidents.claims.pairs.b
    incidents.claims.pairs.conflict
    incidents.claims.pairs.narrower
    incidents.claims.pairs.note
    incidents.claims.pairs.relation
    incidents.claims.pairs.similarity
    incidents.claims.relations
    incidents.claims.relations.contradicts
    incidents.claims.relations.not_comparable
    incidents.claims.relations.overlaps
    incidents.claims.relations.refines
    incidents.claims.relations.same
    incidents.claims.relations.silent
    incidents.claims.stated
    incidents.claims.stated.confidence
    incidents.claims.stated.confidence.agreement
    incidents.claims.stated.confidence.note
    incidents.claims.stated.confidence.steps
    incidents.claims.stated.confidence.steps.claims
    incidents.claims.stated.confidence.steps.step
    incidents.claims.stated.likelihood
    incidents.claims.stated.likelihood.agreement
    incidents.claims.stated.likelihood.note
    incidents.claims.stated.likelihood.steps
    incidents.claims.stated.likelihood.steps.claims
    incidents.claims.stated.likelihood.steps.step
    incidents.claims.total
    incidents.id
    incidents.name
    ");
    counts_hold(&report);
}

/// What is counted fits together.
fn counts_hold(report: &Value) {
    for incident in report["incidents"].as_array().unwrap() {
        let claims = &incident["claims"];
        let (total, origins) =
            (claims["total"].as_u64().unwrap(), claims["independent_origins"].as_u64().unwrap());
        assert!(origins <= total);
        let pairs = claims["pairs"].as_array().unwrap();
        assert_eq!(pairs.len() as u64, total * total.saturating_sub(1) / 2);
        let relations = claims["relations"].as_object().unwrap();
        let counted: u64 = relations.values().map(|count| count.as_u64().unwrap()).sum();
        assert_eq!(counted, pairs.len() as u64);
        assert_eq!(claims["comparable_pairs"], counted - relations["not_comparable"].as_u64().unwrap());
        for pair in pairs {
            assert!(relations.contains_key(pair["relation"].as_str().unwrap()));
            let is_defined = !matches!(pair["relation"].as_str(), Some("silent" | "not_comparable"));
            assert_eq!(pair["conflict"].is_number(), is_defined);
            assert_eq!(pair["note"].is_string(), !is_defined, "undefined has its reason");
        }
        assert!(claims["agreement"]["alpha"].is_number() || claims["agreement"]["note"] != "");
        for actor in claims["contested"].as_array().unwrap() {
            let parts = actor["contributions"].as_array().unwrap().iter();
            let sum: f64 = parts.map(|part| part["conflict"].as_f64().unwrap()).sum();
            assert!((sum - actor["conflict"].as_f64().unwrap()).abs() < 1e-9, "{actor}");
        }
        for actor in claims["fusion"]["opinion"].as_array().unwrap() {
            let number = |key: &str| actor[key].as_f64().unwrap();
            assert!(number("belief") <= number("projected") + 1e-9);
            assert!(number("projected") <= number("plausibility") + 1e-9);
        }
    }
}

#[test]
fn influence_is_told_where_it_is_asked_for() {
    let file = case("opm-anthem.ron");
    let report = json(&["score", &file, "--influence"]);
    let mut found = std::collections::BTreeSet::new();
    for incident in report["incidents"].as_array().unwrap() {
        let influence = &incident["claims"]["influence"];
        shape(influence, "", &mut found);
        let changes = influence["changes"].as_array().unwrap();
        let movements: Vec<f64> = changes.iter().map(|change| change["movement"].as_f64().unwrap()).collect();
        assert!(movements.windows(2).all(|pair| pair[0] >= pair[1] - 1e-9));
        for change in changes {
            let number = |key: &str| change[key].as_f64().unwrap();
            assert!(change["note"].is_null(), "a movement that is defined needs no reason: {change}");
            assert!((number("movement") - (number("from") - number("to")).abs()).abs() < 1e-9);
        }
    }
    let found: Vec<String> = found.into_iter().collect();
    insta::assert_snapshot!(found.join(" "), @"changes changes.actor changes.change changes.from changes.grade_from changes.grade_to changes.leaders changes.leaders.after changes.leaders.before changes.leaders.level changes.movement changes.note changes.record changes.to measure note rule");
    assert!(json(&["score", &file])["incidents"][0]["claims"].get("influence").is_none());

    let output = ascribe(&["score", &file, "--incident", "Breach of Anthem", "--influence"]);
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(table.contains("influence: the largest change"), "{table}");
    assert!(table.contains("moves from"), "{table}");
}

#[test]
fn all_rules_are_told_where_they_are_asked_for() {
    let file = case("opm-anthem.ron");
    let report = json(&["score", &file, "--rules"]);
    for incident in report["incidents"].as_array().unwrap() {
        let (fusion, rules) = (&incident["claims"]["fusion"], &incident["claims"]["fusion_by_rule"]);
        let rules = rules.as_array().unwrap();
        assert_eq!(rules.len(), 8);
        let own = rules.iter().find(|rule| rule["rule"] == fusion["rule"]).unwrap();
        assert_eq!((&own["opinion"], &own["uncertainty"]), (&fusion["opinion"], &fusion["uncertainty"]));
    }
    assert!(json(&["score", &file])["incidents"][0]["claims"].get("fusion_by_rule").is_none());
    let output = ascribe(&["score", &file, "--incident", "Breach of Anthem", "--rules"]);
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(table.contains("projected by each rule") && table.contains("PCR6"), "{table}");
}

/// The Qihoo 360 report covers 2008 to 2019 and the airlines were attacked in 2020: not comparable, and "refines" once
/// the period is set aside.
#[test]
fn periods_and_levels_can_be_set_aside() {
    let file = case("china-airlines-2020.ron");
    let count = |args: &[&str], relation: &str| {
        let report = json(&[&["score", &file], args].concat());
        report["incidents"][0]["claims"]["relations"][relation].as_u64().unwrap()
    };
    assert!(count(&[], "not_comparable") > 0);
    assert_eq!(count(&[], "refines"), 0);
    assert!(count(&["--ignore-period"], "refines") > 0);
    assert_eq!(count(&["--ignore-period"], "not_comparable"), 0);
    let at_class = ["--ignore-period", "--level", "class"];
    assert!(count(&at_class, "same") > count(&["--ignore-period"], "same"));
}

#[test]
fn the_table_is_for_people() {
    let file = case("opm-anthem.ron");
    let output = ascribe(&["score", &file, "--incident", "Breach of Anthem", "--pairs"]);
    let table = String::from_utf8(output.stdout).unwrap();
    for part in [
        "Breach of Anthem",
        "independent origins",
        "contested: Black Vine",
        "Weighted belief fusion",
        "three lenses: They differ",
        "Refines",
    ] {
        assert!(table.contains(part), "{part} is missing from\n{table}");
    }
    assert!(!table.contains("OPM breach found in March 2014"));
    assert!(!table.contains("-0.000") && !table.contains("NaN"));
}

#[test]
fn what_cannot_be_scored_says_why() {
    let check = |args: &[&str], code: i32, part: &str| {
        let output = ascribe(args);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{message}");
        assert!(message.contains(part), "{part} is missing from\n{message}");
    };
    check(&["score", &case("opm-anthem.ron"), "--incident", "nowhere"], 2, "Breach of Anthem");
    check(&["score", "no-such-file.ron"], 2, "no-such-file.ron");
    check(&["score", &case("opm-anthem.ron"), "--level", "galaxy"], 2, "service");
}

#[test]
fn a_sample_is_the_same_each_time_and_passes_the_check() {
    let folder = tempfile::tempdir().unwrap();
    let make = |name: &str, seed: &str| {
        let file = folder.path().join(name);
        let file = file.to_str().unwrap();
        let made = ascribe(&["sample", "--claims", "300", "--seed", seed, "-o", file]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        assert!(ascribe(&["check", "--quiet", file]).status.success());
        std::fs::read(file).unwrap()
    };
    let first = make("a.ron", "7");
    assert_eq!(first, make("b.ron", "7"));
    assert_ne!(first, make("c.ron", "8"));
    let report = json(&["score", folder.path().join("a.ron").to_str().unwrap()]);
    assert_eq!(report["incidents"].as_array().unwrap().len(), 15);
}
