use proptest::prelude::*;

use super::*;
use crate::analysis::ach::fixture::Ach;
use crate::model::*;

fn close(found: f64, expect: f64) {
    assert!((found - expect).abs() < 1e-9, "{found} for {expect}");
}

fn all_close(found: &[Measure], expect: &[f64]) {
    assert_eq!(found.len(), expect.len());
    for (found, expect) in found.iter().zip(expect) {
        close(found.clone().unwrap(), *expect);
    }
}

const PRIOR: [f64; 3] = [0.5, 0.3, 0.2];
const LIKELIHOODS: [[f64; 3]; 4] = [[0.8, 0.4, 0.1], [0.3, 0.6, 0.5], [0.9, 0.9, 0.2], [0.2, 0.7, 0.7]];

/// Three hypotheses with priors and four items whose cells carry likelihoods of their own, the first and third of one group
/// where `group` names one.
fn four_items(group: &[usize], correlation: f64) -> Ach {
    let mut ach = Ach::new(&["H1", "H2", "H3"]);
    let hypotheses: Vec<Id<Hypothesis>> = ach.case.assessment.hypotheses.ids().collect();
    for (id, prior) in hypotheses.iter().zip(PRIOR) {
        let mut hypothesis = ach.case.assessment.get(*id).unwrap().clone();
        hypothesis.prior = Some(prior);
        ach.case.put(hypothesis);
    }
    for (place, row) in LIKELIHOODS.iter().enumerate() {
        let evidence = ach.row(&format!("E{place}"), "N N N");
        let ratings: Vec<Rating> =
            ach.case.assessment.ratings.iter().filter(|it| it.evidence == evidence).cloned().collect();
        for (rating, likelihood) in ratings.into_iter().zip(row) {
            ach.case.put(Rating { likelihood: Some(*likelihood), ..rating });
        }
        if group.contains(&place) {
            ach.change(evidence, |it| it.dependence_group = "One observation".to_owned());
        }
    }
    ach.case.assessment.header.methods.group_correlation = correlation;
    ach
}

fn weigh(ach: &Ach) -> LogOdds {
    LogOdds::new(&ach.case.assessment, &ach.matrix(), Raters::Everyone)
}

fn posterior(ach: &Ach) -> Vec<Measure> {
    weigh(ach).hypotheses.into_iter().map(|it| it.posterior).collect()
}

#[test]
fn independent_items_multiply() {
    let odds = weigh(&four_items(&[], 1.0));
    let expect = [0.315_974_253_949_678_26, 0.663_545_933_294_324_2, 0.020_479_812_755_997_664];
    all_close(&odds.hypotheses.iter().map(|it| it.posterior.clone()).collect::<Vec<_>>(), &expect);
    let without = [
        [0.174_870_466_321_243_56, 0.734_455_958_549_222_9, 0.090_673_575_129_533_68],
        [0.478_723_404_255_319_2, 0.502_659_574_468_085_1, 0.018_617_021_276_595_747],
        [0.294_840_294_840_294_84, 0.619_164_619_164_619_1, 0.085_995_085_995_085_98],
        [0.617_848_970_251_716_3, 0.370_709_382_151_029_7, 0.011_441_647_597_254_006],
    ];
    for (item, expect) in odds.items.iter().zip(without) {
        all_close(&item.without, &expect);
    }
}

#[test]
fn items_of_one_group_are_tempered() {
    let alone = [0.315_974_253_949_678_2, 0.663_545_933_294_324_2, 0.020_479_812_755_997_67];
    all_close(&posterior(&four_items(&[0, 2], 0.0)), &alone);
    let tempered = [0.229_424_238_063_069_55, 0.681_355_224_912_403_4, 0.089_220_537_024_527_06];
    all_close(&posterior(&four_items(&[0, 2], 1.0)), &tempered);
    close(power(4, 1.0), 0.25);
    close(power(3, 0.5), 0.5);
    close(power(1, 1.0), 1.0);
    close(power(0, f64::NAN), 1.0);
    // Copies weigh as one.
    let one = four_items(&[], 1.0);
    let mut copied = four_items(&[0], 1.0);
    let first = copied.row("A copy", "N N N");
    let ratings: Vec<Rating> =
        copied.case.assessment.ratings.iter().filter(|it| it.evidence == first).cloned().collect();
    for (rating, likelihood) in ratings.into_iter().zip(LIKELIHOODS[0]) {
        copied.case.put(Rating { likelihood: Some(likelihood), ..rating });
    }
    copied.change(first, |it| it.dependence_group = " One observation ".to_owned());
    let expect: Vec<f64> = posterior(&one).into_iter().map(Result::unwrap).collect();
    all_close(&posterior(&copied), &expect);
    // Without the copy the first one counts in full again.
    all_close(&weigh(&copied).items[4].without, &expect);
}

#[test]
fn decibans_are_those_of_the_tables() {
    for (odds, expect) in [
        (2.0, 3.010_299_956_639_812),
        (5.0, 6.989_700_043_360_188),
        (10.0, 10.0),
        (20.0, 13.010_299_956_639_813),
        (100.0, 20.0),
        (1000.0, 30.0),
        (0.5, -3.010_299_956_639_812),
        (1.258_925_411_79, 0.999_999_999_985_624),
    ] {
        close(decibans(odds).unwrap(), expect);
    }
    // E. T. Jaynes, Probability Theory (2003), section 4.2: prior odds of 1 : 10 are −10 dB.
    close(decibans(1.0 / 10.0).unwrap(), -10.0);
    assert!(decibans(0.0).is_err() && decibans(f64::INFINITY).is_err() && decibans(f64::NAN).is_err());
}

#[test]
fn twelve_bad_widgets_of_jaynes() {
    // Jaynes 2003, section 4.2: prior odds 1:10 for a third bad against a sixth, and twelve bad ones drawn.
    let bad = [(1.0_f64 / 3.0).ln(), (1.0_f64 / 6.0).ln()];
    let found = posteriors(&[1.0 / 11.0, 10.0 / 11.0], std::iter::repeat_n(bad.as_slice(), 12));
    let probability = found[0].clone().unwrap();
    close(probability, 0.997_564_539_698_003);
    close(decibans(probability / (1.0 - probability)).unwrap(), 26.123_599_479_677_743);
    close(decibans((1.0 / 3.0) / (1.0 / 6.0)).unwrap(), 3.010_299_956_639_812);
    close(decibans((2.0 / 3.0) / (5.0 / 6.0)).unwrap(), -0.969_100_130_080_564_5);
}

#[test]
fn what_is_not_rated_says_nothing_and_what_is_impossible_rules_out() {
    let mut ach = Ach::new(&["H1", "H2"]);
    ach.row("E1", "CC NA");
    ach.row("E2", ". II");
    all_close(&posterior(&ach), &[0.5, 0.5]);
    ach.row("E3", "C I");
    all_close(&posterior(&ach), &[0.7, 0.3]);
    let contributions = weigh(&ach).contributions(0, 1);
    assert!(contributions[..2].iter().all(Result::is_err), "left out of the pair");
    let stand_ins = weigh(&ach).stand_ins(0, 1);
    assert_eq!(stand_ins, [Some(0.0), Some(0.0), None], "of two hypotheses stand-ins move nothing");
    close(contributions[2].clone().unwrap(), decibans(7.0 / 3.0).unwrap());

    ach.case.assessment.header.methods.rating_likelihoods[3] = 0.0;
    all_close(&posterior(&ach), &[1.0, 0.0]);
    assert!(weigh(&ach).hypotheses.iter().all(|it| it.decibans.is_err()));
    assert!(weigh(&ach).contributions(0, 1)[2].is_err());
    ach.row("E4", "I C");
    assert!(posterior(&ach).iter().all(Result::is_err));
}

/// What is not applicable takes the mean of those of the others that are possible, and rules nothing out.
#[test]
fn what_rules_one_hypothesis_out_leaves_those_that_are_not_rated() {
    let check = |row: &str, expect: [f64; 3]| {
        let mut ach = Ach::new(&["H1", "H2", "H3"]);
        ach.case.assessment.header.methods.rating_likelihoods[4] = 0.0;
        ach.row("E1", row);
        all_close(&posterior(&ach), &expect);
        let odds = weigh(&ach);
        let words: Vec<&str> = row.split_whitespace().collect();
        for (column, against) in [(0, 1), (0, 2), (1, 2)] {
            let is_left_out = ["NA", "."].iter().any(|it| words[column] == *it || words[against] == *it);
            let is_out = words[column] == "II" || words[against] == "II";
            assert_eq!(odds.contributions(column, against)[0].is_err(), is_left_out || is_out);
            assert_eq!(odds.stand_ins(column, against)[0].is_some(), is_left_out && !is_out);
        }
    };
    check("II C NA", [0.0, 0.5, 0.5]);
    check("II NA .", [0.0, 0.5, 0.5]);
    check("II II NA", [0.0, 0.0, 1.0]);
    check("II C I", [0.0, 0.7, 0.3]);
    // The geometric mean of the other two stands in, and what that moves in a pair is told apart.
    let stand_in = (0.9_f64 * 0.3).sqrt();
    check("CC I NA", [0.9, 0.3, stand_in].map(|own| own / (1.2 + stand_in)));
    let mut ach = Ach::new(&["H1", "H2", "H3"]);
    ach.row("E1", "CC I NA");
    close(weigh(&ach).stand_ins(0, 2)[0].unwrap(), decibans(0.9 / stand_in).unwrap());
}

#[test]
fn priors_share_out_what_is_left() {
    let check = |given: &[Option<f64>], expect: &[f64]| {
        let names: Vec<String> = (0..given.len()).map(|place| format!("H{place}")).collect();
        let mut ach = Ach::new(&names.iter().map(String::as_str).collect::<Vec<_>>());
        let ids: Vec<Id<Hypothesis>> = ach.case.assessment.hypotheses.ids().collect();
        for (id, prior) in ids.into_iter().zip(given) {
            let mut hypothesis = ach.case.assessment.get(id).unwrap().clone();
            hypothesis.prior = *prior;
            ach.case.put(hypothesis);
        }
        let found = priors(&ach.case.assessment, &ach.matrix());
        assert_eq!(found.len(), expect.len());
        found.into_iter().zip(expect).for_each(|(found, expect)| close(found, *expect));
    };
    check(&[None, None], &[0.5, 0.5]);
    check(&[Some(0.5), None, None], &[0.5, 0.25, 0.25]);
    check(&[Some(0.9), Some(0.9)], &[0.5, 0.5]);
    check(&[Some(0.0), Some(0.0)], &[0.5, 0.5]);
    check(&[Some(f64::NAN), Some(0.4)], &[0.6, 0.4]);
    check(&[], &[]);
}

#[test]
fn looking_is_worth_what_it_clears_up() {
    // An indicator that settles an even question is worth one bit, one that is seen either way is worth nothing.
    let settled = expected_information(&[0.5, 0.5], &[Some(1.0), Some(0.0)]).unwrap();
    close(settled.expected_bits, 1.0);
    close(settled.uncertainty_bits, 1.0);
    all_close(&settled.if_seen, &[1.0, 0.0]);
    let idle = expected_information(&[0.3, 0.7], &[Some(0.4), Some(0.4)]).unwrap();
    close(idle.expected_bits, 0.0);
    close(idle.seen, 0.4);
    // H(½) − H(0.9): a symmetric channel.
    let noisy = expected_information(&[0.5, 0.5], &[Some(0.9), Some(0.1)]).unwrap();
    close(noisy.expected_bits, 1.0 - 0.468_995_593_589_281_2);
    let certain = expected_information(&[0.5, 0.5], &[Some(1.0), Some(1.0)]).unwrap();
    assert!(certain.if_not_seen.iter().all(Result::is_err));
    close(certain.expected_bits, 0.0);
    for (probabilities, likelihoods) in [
        (&[0.5, 0.5][..], &[Some(0.5), None][..]),
        (&[0.5, 0.4], &[Some(0.5), Some(0.5)]),
        (&[0.5, 0.5], &[Some(1.5), Some(0.5)]),
        (&[1.0], &[]),
        (&[f64::NAN, 0.5], &[Some(0.5), Some(0.5)]),
    ] {
        assert!(
            expected_information(probabilities, likelihoods).is_err(),
            "{probabilities:?} {likelihoods:?}"
        );
    }
}

#[test]
fn what_is_all_but_certain_still_has_its_odds() {
    let mut ach = Ach::new(&["H1", "H2"]);
    for row in 0..60 {
        ach.row(&format!("E{row}"), "CC II");
    }
    let odds = weigh(&ach);
    assert_eq!(odds.hypotheses[0].posterior, Ok(1.0));
    close(odds.hypotheses[0].decibans.clone().unwrap(), 60.0 * decibans(9.0).unwrap());
    close(odds.hypotheses[1].decibans.clone().unwrap(), -60.0 * decibans(9.0).unwrap());
}

proptest! {
    #[test]
    fn without_an_item_is_as_if_it_were_left_out(
        rows in prop::collection::vec(prop::collection::vec(0_usize..7, 3), 1..6),
        correlation in 0.0..=1.0,
        impossible in any::<bool>(),
    ) {
        const WORDS: [&str; 7] = ["CC", "C", "N", "I", "II", "NA", "."];
        let mut ach = Ach::new(&["H1", "H2", "H3"]);
        let mut items = Vec::new();
        for (place, row) in rows.iter().enumerate() {
            let words: Vec<&str> = row.iter().map(|word| WORDS[*word]).collect();
            let evidence = ach.row(&format!("E{place}"), &words.join(" "));
            ach.change(evidence, |it| it.dependence_group = ["G", "", "K"][place % 3].to_owned());
            items.push(evidence);
        }
        let methods = &mut ach.case.assessment.header.methods;
        methods.group_correlation = correlation;
        if impossible {
            methods.rating_likelihoods[4] = 0.0;
        }
        let odds = weigh(&ach);
        for item in &odds.items {
            ach.change(item.evidence, |it| it.excluded = true);
            let left = posterior(&ach);
            for (found, expect) in item.without.iter().zip(&left) {
                match (found, expect) {
                    (Ok(found), Ok(expect)) => prop_assert!((found - expect).abs() < 1e-9),
                    (found, expect) => prop_assert_eq!(found.is_ok(), expect.is_ok()),
                }
            }
            ach.change(item.evidence, |it| it.excluded = false);
        }
    }

    #[test]
    fn contributions_sum_to_the_odds_of_a_pair(
        rows in prop::collection::vec(prop::collection::vec(0_usize..7, 3), 1..6),
        correlation in 0.0..=1.0,
    ) {
        const WORDS: [&str; 7] = ["CC", "C", "N", "I", "II", "NA", "."];
        let mut ach = Ach::new(&["H1", "H2", "H3"]);
        for (place, row) in rows.iter().enumerate() {
            let words: Vec<&str> = row.iter().map(|word| WORDS[*word]).collect();
            let evidence = ach.row(&format!("E{place}"), &words.join(" "));
            ach.change(evidence, |it| it.dependence_group = if place % 2 == 0 { "G".into() } else { String::new() });
        }
        ach.case.assessment.header.methods.group_correlation = correlation;
        let odds = weigh(&ach);
        let all: Vec<f64> = odds.hypotheses.iter().map(|it| it.posterior.clone().unwrap()).collect();
        prop_assert!((all.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        for (column, against) in [(0, 1), (1, 2), (2, 0)] {
            let parts = odds.contributions(column, against).into_iter().zip(odds.stand_ins(column, against));
            let mut sum = 0.0;
            for ((part, stand_in), row) in parts.zip(&odds.items) {
                prop_assert_eq!(part.is_ok(), stand_in.is_none(), "either it counts or it is left out");
                prop_assert_eq!(part.is_ok(), row.is_rated[column] && row.is_rated[against]);
                sum += part.unwrap_or(0.0) + stand_in.unwrap_or(0.0);
            }
            let pair = decibans(all[column] / all[against]).unwrap();
            prop_assert!((sum - pair).abs() < 1e-7, "{} {}", sum, pair);
        }
    }
}
