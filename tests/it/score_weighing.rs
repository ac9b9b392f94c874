//! What `ascribe score` says of published matrices: their scores, what their leads rest on, their posteriors.

use ascribe::model::*;
use ascribe::sample::{MatrixSize, generate_with};
use serde_json::{Value, json};

use crate::program::{self, score_of, text};
use crate::support::{assessment, id, number};

/// A matrix as it is published: its hypotheses, and its rows of ratings in letters.
struct Published {
    hypotheses: &'static [&'static str],
    rows: &'static [&'static str],
}

/// R. J. Heuer, Psychology of Intelligence Analysis (1999), figure 15: will Iraq retaliate? Plus as C, minus as I.
const HEUER: Published = Published {
    hypotheses: &["H1", "H2", "H3"],
    rows: &["C C C", "C C I", "C C I", "I C C", "I C C", "I C C"],
};

/// US Government, A Tradecraft Primer (2009), p. 15: the attack on the Tokyo subway of 1995.
const TOKYO: Published = Published {
    hypotheses: &["Kooky cult", "Terrorist group", "Political movement", "Criminal group"],
    rows: &["I N I I", "C I I I", "N N C I", "C C C C"],
};

fn hypothesis(place: usize) -> Id<Hypothesis> {
    id(100 + place as u128)
}

fn evidence(place: usize) -> Id<Evidence> {
    id(200 + place as u128)
}

impl Published {
    /// The usual assessment with this matrix on its incident, and changes of its records.
    fn records(&self) -> Vec<Record> {
        let mut records = Vec::new();
        assessment().for_each_record(&mut |record| records.push(record));
        for (place, text) in self.hypotheses.iter().enumerate() {
            let answer = Answer::Text((*text).to_owned());
            records.push(Hypothesis::new(hypothesis(place), id(number::OPM), answer).into_record());
        }
        for (row, ratings) in self.rows.iter().enumerate() {
            let statement = format!("Item {}", row + 1);
            records.push(Evidence::new(evidence(row), id(number::OPM), statement).into_record());
            for (column, letters) in ratings.split_whitespace().enumerate() {
                let Some(value) = RatingValue::ALL.iter().find(|value| value.label() == letters) else {
                    continue;
                };
                records.push(rating(number::ANALYST, row, column, *value).into_record());
            }
        }
        records
    }
}

fn rating(analyst: u128, row: usize, column: usize, value: RatingValue) -> Rating {
    Rating {
        id: id(1_000 * analyst + 10_000 + 20 * row as u128 + column as u128),
        analyst: id(analyst),
        evidence: evidence(row),
        hypothesis: hypothesis(column),
        value,
        likelihood: None,
        reason: String::new(),
        rated_at: jiff::Timestamp::UNIX_EPOCH,
        round: 0,
    }
}

fn run(records: Vec<Record>, args: &[&str]) -> String {
    text(&score_of(&Assessment::from_records(assessment().header, records), args).stdout)
}

fn score(records: Vec<Record>) -> Value {
    let report: Value = serde_json::from_str(&run(records, &["--format", "json"])).unwrap();
    crate::score_schema::hold_report(&report);
    report["incidents"][0].clone()
}

fn numbers(list: &Value, key: &str) -> Vec<f64> {
    list.as_array().unwrap().iter().map(|it| it[key].as_f64().unwrap()).collect()
}

fn close(found: &[f64], expect: &[f64]) {
    assert_eq!(found.len(), expect.len());
    for (found, expect) in found.iter().zip(expect) {
        assert!((found - expect).abs() < 1e-9, "{found} for {expect}");
    }
}

#[test]
fn heuers_matrix_has_its_published_scores() {
    let incident = score(HEUER.records());
    let ach = &incident["ach"];
    close(&numbers(&ach["hypotheses"], "inconsistency"), &[3.0, 0.0, 2.0]);
    close(&numbers(&ach["hypotheses"], "weighted_inconsistency"), &[3.0, 0.0, 2.0]);
    close(&numbers(&ach["hypotheses"], "rank"), &[3.0, 1.0, 2.0]);
    let sensitivity = &ach["sensitivity"];
    assert_eq!(sensitivity["leader"], hypothesis(1).to_string());
    assert_eq!((&sensitivity["margin"], &sensitivity["flips"]), (&json!(2.0), &json!([])));
    let expect = json!({
        "size": 2,
        "complete": true,
        "sets": [{
            "evidence": [evidence(1).to_string(), evidence(2).to_string()],
            "challenger": hypothesis(2).to_string(),
            "takes_lead": false,
        }],
    });
    assert_eq!(sensitivity["smallest_flip_sets"], expect);
    let tornado = &sensitivity["tornado"];
    assert_eq!(tornado["hypothesis"], hypothesis(1).to_string());
    let without = |place: usize| {
        let changes = tornado["changes"].as_array().unwrap().iter();
        let is_it =
            |it: &&Value| it["change"] == "without_evidence" && it["record"] == evidence(place).to_string();
        changes.filter(is_it).map(|it| it["margin_after"].as_f64().unwrap()).next().unwrap()
    };
    // Without each item the scores are those that Heuer's matrix has: 3 0 2, twice 3 0 1, and thrice 2 0 2.
    close(&[0, 1, 2, 3, 4, 5].map(without), &[2.0, 1.0, 1.0, 2.0, 2.0, 2.0]);
    // By enumeration of all flips of its 18 signs.
    let shares = &sensitivity["rank_stability"];
    assert!((shares[1]["share_first"].as_f64().unwrap() - 0.950_307_122_284_933_4).abs() < 1e-9);
    assert!((shares[1]["share_first_or_level"].as_f64().unwrap() - 0.994_975_974_829_235).abs() < 1e-9);
    assert_eq!(shares[1]["standard_error"], Value::Null);
    let trial = &sensitivity["rank_stability_trial"];
    assert_eq!(
        (&trial["exact"], &trial["seed"], &trial["probability"]),
        (&json!(true), &json!(null), &json!(0.05))
    );

    let table = run(HEUER.records(), &[]);
    for line in [
        "evidence matrix: 6 items, 3 hypotheses, 1 rater",
        "The lead of H2 rests on E2 and E3 together: without them H3 draws level",
        "No single item, source or grade ends the lead of H2",
        "0.950  H2 H2",
        "log-odds",
    ] {
        assert!(table.contains(line), "{line} is missing from\n{table}");
    }
}

#[test]
fn the_tokyo_matrix_has_its_published_scores() {
    let incident = score(TOKYO.records());
    let ach = &incident["ach"];
    close(&numbers(&ach["hypotheses"], "inconsistency"), &[1.0, 1.0, 2.0, 3.0]);
    close(&numbers(&ach["hypotheses"], "rank"), &[1.0, 1.0, 3.0, 4.0]);
    let sensitivity = &ach["sensitivity"];
    assert_eq!((&sensitivity["leader"], &sensitivity["margin"]), (&Value::Null, &Value::Null));
    assert_eq!(sensitivity["note"], "undefined, because no hypothesis is alone in front");
    let flips = sensitivity["flips"].as_array().unwrap();
    let without = flips.iter().find(|it| it["record"] == evidence(0).to_string()).unwrap();
    assert_eq!(without["leader_before"], Value::Null);
    assert_eq!(without["leader_after"], hypothesis(0).to_string());
    assert_eq!(without["note"], "2 hypotheses share the first rank before");
    assert!(run(TOKYO.records(), &[]).contains("H2 and H4 share the first rank: there is no lead to lose"));
}

#[test]
fn cells_of_their_own_likelihood_give_the_posteriors_of_bayes_theorem() {
    // Posterior ∝ prior × Π likelihood, computed with exact fractions.
    const PRIOR: [f64; 3] = [0.5, 0.3, 0.2];
    const LIKELIHOODS: [[f64; 3]; 4] = [[0.8, 0.4, 0.1], [0.3, 0.6, 0.5], [0.9, 0.9, 0.2], [0.2, 0.7, 0.7]];
    let published =
        Published { hypotheses: &["H1", "H2", "H3"], rows: &["N N N", "N N N", "N N N", "N N N"] };
    let own = |record: Record| match record {
        Record::Hypothesis(it) => {
            let place = (it.id.uuid().as_u128() - 100) as usize;
            Hypothesis { prior: Some(PRIOR[place]), ..(*it).clone() }.into_record()
        }
        Record::Rating(it) => {
            let row = (it.evidence.uuid().as_u128() - 200) as usize;
            let column = (it.hypothesis.uuid().as_u128() - 100) as usize;
            Rating { likelihood: Some(LIKELIHOODS[row][column]), ..(*it).clone() }.into_record()
        }
        other => other,
    };
    let incident = score(published.records().into_iter().map(own).collect());
    let odds = &incident["log_odds"];
    close(&numbers(odds, "prior"), &PRIOR);
    let posterior = [0.315_974_253_949_678_26, 0.663_545_933_294_324_2, 0.020_479_812_755_997_664];
    close(&numbers(odds, "posterior"), &posterior);
    let decibans: Vec<f64> = posterior.iter().map(|p| 10.0 * (p / (1.0 - p)).log10()).collect();
    close(&numbers(odds, "decibans"), &decibans);
}

#[test]
fn disputes_and_what_is_undefined_are_told() {
    let mut records = TOKYO.records();
    records.push(Analyst::named(id(2), "Bea".to_owned()).into_record());
    records.push(rating(2, 0, 0, RatingValue::VeryConsistent).into_record());
    records
        .push(Hypothesis::new(hypothesis(9), id(number::OPM), Answer::Text("New".to_owned())).into_record());
    records.push(Evidence::new(evidence(9), id(number::OPM), "New".to_owned()).into_record());
    let incident = score(records);
    let ach = &incident["ach"];
    let expect = json!([{
        "evidence": evidence(0).to_string(),
        "hypothesis": hypothesis(0).to_string(),
        "level": "strong",
        "sd": 1.5,
        "raters": 2,
        "not_applicable": 0,
    }]);
    assert_eq!(ach["disputes"], expect);
    assert_eq!(ach["raters"].as_array().unwrap().len(), 2);
    let unrated = &ach["hypotheses"][4];
    assert_eq!((&unrated["rank"], &unrated["inconsistency"]), (&Value::Null, &Value::Null));
    assert_eq!(unrated["note"], "undefined, because no evidence is rated against it");
    assert_eq!(ach["evidence"][4]["diagnosticity"], Value::Null);
    assert_eq!(ach["sensitivity"]["rank_stability"][4]["share_first"], Value::Null);

    let mut nothing = Vec::new();
    assessment().for_each_record(&mut |record| nothing.push(record));
    let incident = score(nothing);
    assert!(incident.get("ach").is_none() && incident.get("log_odds").is_none(), "no hypotheses");
}

/// The parts of each score sum to it, and what cannot be judged shows how far it might move the score.
#[test]
fn each_item_says_what_it_adds_and_each_score_how_far_it_may_go() {
    let mut records = TOKYO.records();
    let unjudged = |record: Record| match record {
        Record::Evidence(it) if it.id == evidence(1) => {
            Evidence { credibility: Some(Credibility::Six), ..(*it).clone() }.into_record()
        }
        Record::Evidence(it) if it.id == evidence(2) => {
            Evidence { excluded: true, ..(*it).clone() }.into_record()
        }
        other => other,
    };
    records = records.into_iter().map(unjudged).collect();
    let ach = score(records)["ach"].clone();
    let items = ach["evidence"].as_array().unwrap();
    for (column, hypothesis) in ach["hypotheses"].as_array().unwrap().iter().enumerate() {
        let parts = |key: &str, counts: &dyn Fn(&Value) -> bool| -> f64 {
            let cells = items.iter().filter(|item| counts(item)).map(|item| &item["cells"][column]);
            cells.clone().for_each(|cell| assert_eq!(cell["hypothesis"], hypothesis["id"]));
            cells.filter_map(|cell| cell[key].as_f64()).sum()
        };
        let counts = |item: &Value| item["excluded"] == json!(false);
        close(&[parts("points", &counts)], &[hypothesis["inconsistency"].as_f64().unwrap()]);
        close(&[parts("contribution", &|_| true)], &[hypothesis["weighted_inconsistency"].as_f64().unwrap()]);
        assert_eq!(hypothesis["rated"], json!(3));
    }
    // I N I I, then C I I I at √½ to √2 since it cannot be judged.
    let (low, high) = (0.5_f64.sqrt(), 2.0_f64.sqrt());
    let range = |column: usize| ach["hypotheses"][column]["range"].clone();
    assert_eq!(range(0), Value::Null);
    assert_eq!(
        ach["hypotheses"][0]["range_note"],
        "no item that cannot be judged (F or 6) speaks against it"
    );
    for (column, own) in [(1, 0.0), (2, 1.0), (3, 1.0)] {
        let found: Vec<f64> =
            range(column).as_array().unwrap().iter().map(|it| it.as_f64().unwrap()).collect();
        close(&found, &[own + low, own + high]);
    }
    let behind: Vec<f64> = numbers(&ach["hypotheses"], "behind");
    close(&behind, &[0.0, 0.0, 1.0, 1.0]);
    let excluded = &items[2]["cells"][3];
    assert_eq!((&excluded["rating"], &excluded["contribution"]), (&json!("I"), &Value::Null));
    assert_eq!(excluded["note"], "the item is left out of the scores");
    let hints = ach["hints"].as_array().unwrap();
    let unjudged = hints.iter().find(|it| it["hint"] == "cannot_be_judged").unwrap();
    assert_eq!(unjudged["evidence"], json!([evidence(1).to_string()]));
    assert!(unjudged["text"].as_str().unwrap().contains("E2"), "{unjudged}");
}

/// A vote for "not applicable" has no place on the scale of ratings, and still is a dispute.
#[test]
fn a_dispute_about_whether_an_item_applies_has_no_deviation() {
    let mut records = TOKYO.records();
    records
        .extend((2..4).map(|number| Analyst::named(id(number), format!("Analyst {number}")).into_record()));
    records.push(rating(2, 0, 0, RatingValue::NotApplicable).into_record());
    records.push(rating(2, 0, 1, RatingValue::Neutral).into_record());
    records.push(rating(3, 0, 1, RatingValue::NotApplicable).into_record());
    let incident = score(records.clone());
    let expect = json!([
        {
            "evidence": evidence(0).to_string(),
            "hypothesis": hypothesis(0).to_string(),
            "level": "split",
            "sd": null,
            "raters": 1,
            "not_applicable": 1,
            "note": "undefined, because one analyst rated it and the others hold it not applicable, which has no place on the scale of ratings",
        },
        {
            "evidence": evidence(0).to_string(),
            "hypothesis": hypothesis(1).to_string(),
            "level": "consensus",
            "sd": 0.0,
            "raters": 2,
            "not_applicable": 1,
        },
    ]);
    assert_eq!(incident["ach"]["disputes"], expect);
    assert_eq!(incident["ach"]["evidence"][0]["cells"][0]["rating"], "I/NA");
    let table = run(records, &[]);
    assert!(
        table.contains("disputed: E1 against H2: inconsistent, 2 raters, not applicable to 1"),
        "{table}"
    );
}

/// An item that speaks against the one alone: the other stays alone in front unless that one rating moves to neutral.
#[test]
fn ranks_are_tried_by_neighbours_too() {
    let small = Published { hypotheses: &["H1", "H2"], rows: &["I C"] };
    let sensitivity = score(small.records())["ach"]["sensitivity"].clone();
    close(&numbers(&sensitivity["rank_stability_neighbour"], "share_first"), &[0.0, 0.975]);
    let trial = &sensitivity["rank_stability_neighbour_trial"];
    assert_eq!((&trial["move"], &trial["exact"]), (&json!("neighbour"), &json!(true)));
    // To its opposite: both must stay, or both move the other way.
    close(&numbers(&sensitivity["rank_stability"], "share_first"), &[0.05 * 0.05, 0.95 * 0.95]);
    assert_eq!(sensitivity["rank_stability_trial"]["move"], "opposite");
}

#[test]
fn lenses_that_differ_say_why() {
    // H1 has one point against it, and more evidence that fits it than H2.
    let small = Published { hypotheses: &["H1", "H2"], rows: &["I C", "CC N", "CC N"] };
    let incident = score(small.records());
    let lenses = &incident["lenses"];
    let values = |lens: &str| -> Vec<Value> {
        lenses["hypotheses"].as_array().unwrap().iter().map(|row| row[lens]["value"].clone()).collect()
    };
    assert_eq!(values("inconsistency"), [json!(1.0), json!(0.0)]);
    assert_eq!(values("claim_fusion"), [Value::Null, Value::Null]);
    let odds = &incident["log_odds"];
    assert_eq!(values("log_odds"), [odds[0]["posterior"].clone(), odds[1]["posterior"].clone()]);
    let difference = &lenses["differences"][0];
    assert_eq!(difference["lenses"], json!(["inconsistency", "log_odds"]));
    assert_eq!(difference["what"], "Inconsistency has H2 in front, log-odds have H1 in front");
    assert!(difference["why"][0].as_str().unwrap().starts_with("Log-odds count evidence that is consistent"));
    let free = &lenses["hypotheses"][0]["claim_fusion"];
    assert_eq!(free["note"], "undefined, because free text names no actor, and fusion rates actors only");
    let table = run(small.records(), &[]);
    assert!(
        table.contains("three lenses: They differ: inconsistency has H2 in front, log-odds H1"),
        "{table}"
    );
}

/// The posteriors without each item by exact fractions, and an indicator that would tell the two apart for certain.
#[test]
fn log_odds_say_what_each_item_and_each_indicator_does() {
    let small = Published { hypotheses: &["H1", "H2"], rows: &["C I", "I C", "NA II"] };
    let mut records = small.records();
    let indicator = |own: u128, likelihoods: &[f64]| Indicator {
        id: id(own),
        incident: id(number::OPM),
        statement: format!("Indicator {own}"),
        likelihoods: likelihoods
            .iter()
            .enumerate()
            .map(|(place, probability)| IndicatorLikelihood {
                hypothesis: hypothesis(place),
                probability: *probability,
            })
            .collect(),
        observation: Observation::Open,
        notes: String::new(),
    };
    records.extend([indicator(300, &[1.0, 0.0]), indicator(301, &[])].map(Entity::into_record));
    let incident = score(records);
    let items = &incident["log_odds_items"];
    let without: Vec<Vec<f64>> = items
        .as_array()
        .unwrap()
        .iter()
        .map(|item| numbers(&item["hypotheses"], "posterior_without"))
        .collect();
    for (found, expect) in without.iter().zip([[0.3, 0.7], [0.7, 0.3], [0.5, 0.5]]) {
        close(found, &expect);
    }
    // 10·log10(.7/.3) for H1 from the first item.
    let decibans = numbers(&items[0]["hypotheses"], "decibans");
    close(&[decibans[0] - decibans[1]], &[3.679_767_852_945_944]);
    let stand_ins: Vec<&Value> = (0..2).map(|column| &items[2]["hypotheses"][column]["stand_in"]).collect();
    assert_eq!(stand_ins, [&json!(true), &json!(false)]);
    close(&numbers(&incident["log_odds"], "posterior"), &[0.5, 0.5]);
    assert_eq!(incident["log_odds"][0]["given_prior"], Value::Null);

    let indicators = &incident["indicators"];
    assert_eq!((&indicators[0]["expected_bits"], &indicators[0]["seen"]), (&json!(1.0), &json!(0.5)));
    close(&numbers(&indicators[0]["posteriors"], "if_seen"), &[1.0, 0.0]);
    close(&numbers(&indicators[0]["posteriors"], "if_not_seen"), &[0.0, 1.0]);
    assert_eq!(indicators[1]["expected_bits"], Value::Null);
    assert_eq!(indicators[1]["note"], "undefined, because a hypothesis has no likelihood for the indicator");
}

/// Weights of √½, 1 and √2 that are taken away and added again leave something in the last digit.
#[test]
fn rounding_moves_no_margin() {
    let size = MatrixSize { items: 8, hypotheses: 3, analysts: 2 };
    for seed in 1..=4 {
        let report = program::json(&score_of(&generate_with(20, seed, Some(size)), &["--format", "json"]));
        let margin = |change: &Value, key: &str| change[key].as_f64();
        let changes: Vec<(Value, f64)> = report["incidents"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|incident| {
                incident["ach"]["sensitivity"]["tornado"]["changes"].as_array().into_iter().flatten()
            })
            .filter_map(|it| Some((it.clone(), margin(it, "margin_after")? - margin(it, "margin_before")?)))
            .collect();
        assert!(changes.iter().any(|(_, moved)| *moved == 0.0) && changes.len() > 50, "{}", changes.len());
        for (change, moved) in changes {
            assert!(moved == 0.0 || moved.abs() > 1e-6, "seed {seed}: {change}");
        }
    }
}
