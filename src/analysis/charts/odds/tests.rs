use std::sync::Arc;

use super::*;
use crate::analysis::Options;
use crate::analysis::ach::fixture::Ach;
use crate::model::*;

fn chart(ach: &Ach) -> OddsChart {
    let assessment = Arc::new(ach.case.assessment.clone());
    OddsChart::new(&Derived::new(assessment, Options::default(), None), ach.incident, Raters::Everyone)
}

fn close(found: f64, expect: f64) {
    assert!((found - expect).abs() < 1e-9, "{found} for {expect}");
}

fn three() -> Ach {
    let mut ach = Ach::new(&["First", "Second", "Third"]);
    ach.row("A", "CC I N");
    ach.row("B", "C C II");
    let grouped = ach.row("C", "I C .");
    ach.change(grouped, |it| it.dependence_group = "Twins".to_owned());
    let twin = ach.row("D", "I C C");
    ach.change(twin, |it| it.dependence_group = "Twins".to_owned());
    ach
}

#[test]
fn the_parts_of_a_pair_sum_to_its_odds() {
    let chart = chart(&three());
    let pair = chart.pair(0, 1).unwrap();
    let explained = chart.explain_pair(&pair);
    close(explained.remainder().unwrap(), 0.0);
    let probability = |place: usize| chart.columns[place].posterior.clone().unwrap();
    close(pair.posterior.clone().unwrap(), decibans(probability(0) / probability(1)).unwrap());
    let names: Vec<&str> = pair.items.iter().map(|item| chart.rows[item.row].name.as_str()).collect();
    assert_eq!(names, ["E1", "E3", "E4", "E2"], "the one that moves most first");
    assert_eq!((chart.rows[2].group_size, chart.rows[2].power), (2, 0.5));
    let turned = chart.pair(1, 0).unwrap();
    close(turned.posterior.unwrap(), -pair.posterior.clone().unwrap());
    assert!(chart.pair(0, 3).is_none());
    assert_eq!(
        chart.foremost().map(|(first, _)| first),
        chart
            .columns
            .iter()
            .enumerate()
            .max_by(|a, b| { a.1.posterior.clone().unwrap().total_cmp(&b.1.posterior.clone().unwrap()) })
            .map(|(place, _)| place)
    );
}

#[test]
fn tables_are_as_wide_as_their_heads_and_numbers_explain_themselves() {
    let mut ach = three();
    let hypotheses: Vec<Id<Hypothesis>> = ach.case.assessment.hypotheses.ids().collect();
    let id = Id::new(Uuid::from_u128(77));
    let likelihood = |(hypothesis, probability): (&Id<Hypothesis>, f64)| IndicatorLikelihood {
        hypothesis: *hypothesis,
        probability,
    };
    let indicator = Indicator {
        id,
        incident: ach.incident,
        statement: "A leak".to_owned(),
        likelihoods: hypotheses.iter().zip([0.9, 0.2, 0.2]).map(likelihood).collect(),
        observation: Observation::Open,
        notes: String::new(),
    };
    let mut missing = Indicator { id: Id::new(Uuid::from_u128(78)), ..indicator.clone() };
    missing.likelihoods.pop();
    let mut seen = Indicator { id: Id::new(Uuid::from_u128(79)), ..indicator.clone() };
    seen.observation = Observation::Seen { on: None };
    for it in [indicator, missing, seen] {
        ach.case.put(it);
    }
    let chart = chart(&ach);
    assert_eq!((chart.indicators.len(), chart.looked_for), (2, 1));
    assert!(chart.indicators[0].information.is_ok() && chart.indicators[1].information.is_err());
    let pair = chart.pair(0, 2).unwrap();
    for table in [chart.table(), chart.pair_table(&pair), chart.indicator_table()] {
        assert!(table.rows.iter().all(|row| row.len() == table.headers.len()), "{table:?}");
    }
    assert_eq!(chart.pair_records(&pair).len(), 4);
    let twin = pair.items.iter().find(|item| chart.rows[item.row].name == "E3").unwrap();
    let explained = chart.explain_item(&ach.case.assessment, &pair, twin);
    assert!(explained.inputs.iter().any(|input| input.value == "Twins, 2 items"), "{explained:?}");
    assert!(explained.inputs.iter().any(|input| input.value.starts_with("not rated")), "{explained:?}");
    assert_eq!(chart.explain_without(&pair, twin).value, twin.without);
    assert!(chart.explain_information(&chart.indicators[0]).value.unwrap() > 0.0);
    let prior = chart.explain_prior(&chart.columns[0]);
    close(prior.value.unwrap(), 1.0 / 3.0);
}

/// What is left out of a pair is said so, and what its stand-in moves stands under its own name, so that what is shown sums.
#[test]
fn what_is_left_out_of_a_pair_is_told_apart() {
    let mut ach = three();
    ach.row("E", "CC II NA");
    let chart = chart(&ach);
    let pair = chart.pair(0, 2).unwrap();
    let left_out = pair.items.iter().find(|item| chart.rows[item.row].name == "E5").unwrap();
    assert!(left_out.adds.is_err());
    assert_eq!(chart.not_counted(&pair, left_out), "left out: not rated against H3");
    let stand_ins = pair.stand_ins.unwrap();
    let counted: f64 = pair.items.iter().filter_map(|item| item.adds.as_ref().ok()).sum();
    close(pair.prior.clone().unwrap() + counted + stand_ins, pair.posterior.clone().unwrap());
    let probability = |place: usize| chart.columns[place].posterior.clone().unwrap();
    close(pair.posterior.clone().unwrap(), decibans(probability(0) / probability(2)).unwrap());
    let explained = chart.explain_pair(&pair);
    close(explained.remainder().unwrap(), 0.0);
    assert!(explained.contributions.iter().any(|it| it.what.starts_with("Stand-in for E5, left out")));
    let table = chart.pair_table(&pair);
    let cell = |what: &str| table.rows.iter().find(|row| row[0] == what).unwrap()[4].clone();
    assert_eq!(cell("E5"), "left out: not rated against H3");
    assert_eq!(cell("Stand-ins of what is left out"), stand_ins.to_string());
    assert!(chart.explain_item(&ach.case.assessment, &pair, left_out).value.is_err());
    // Rated against both, it adds a number; and no stand-in is left in this pair.
    assert_eq!(chart.pair(0, 1).unwrap().stand_ins, None);
}

#[test]
fn what_rules_out_is_said_so() {
    let mut ach = Ach::new(&["First", "Second"]);
    ach.row("A", "C II");
    ach.case.assessment.header.methods.rating_likelihoods[4] = 0.0;
    let chart = chart(&ach);
    let pair = chart.pair(0, 1).unwrap();
    assert!(pair.posterior.is_err());
    assert_eq!(pair.items[0].rules_out, RulesOut::Rival);
    assert_eq!(chart.ruled_out(&pair, pair.items[0].rules_out), "rules H2 out");
    assert_eq!(chart.pair_table(&pair).rows[0][4], "rules H2 out");
    assert_eq!(chart.columns[0].posterior, Ok(1.0));
    assert!(chart.columns[0].decibans.is_err());
}

#[test]
fn decibans_are_told_as_times_too() {
    let check = |decibans: f64, text: &str, times: &str| {
        assert_eq!((decibans_text(decibans).as_str(), times_text(decibans).as_str()), (text, times));
    };
    check(3.010_3, "+3.0", "2.0 to 1");
    check(-20.0, "\u{2212}20.0", "1 to 100");
    check(0.01, "0.0", "1.0 to 1");
    check(1_291.7, "+1291.7", "more than a million to 1");
}
