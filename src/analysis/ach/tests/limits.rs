//! One item, no weight, weights of any size, shares that no draw had.

use super::super::score::spread;
use super::*;

/// One item is all there is: a set may end with nobody in front, and is one of those that carry the lead.
#[test]
fn without_the_only_item_nobody_is_in_front() {
    let mut ach = Ach::new(&["H1", "H2"]);
    ach.row("E1", "II C");
    let sensitivity = ach.sensitivity();
    let evidence: Vec<Id<Evidence>> = ach.case.assessment.evidence.ids().collect();
    let smallest = sensitivity.smallest.unwrap();
    assert_eq!((smallest.size, smallest.sets.len()), (1, 1));
    assert_eq!((&smallest.sets[0].evidence, smallest.sets[0].challenger), (&evidence, None));
    // And what single changes say agrees.
    let first = &sensitivity.effects[0];
    assert_eq!((first.change, first.changes_leader), (Change::Without(evidence[0]), true));
    assert!(first.leaders.is_empty() && first.margin.is_err());
}

/// What leaves no leader comes first, though it leaves no margin that a number could say.
#[test]
fn a_lost_leader_comes_before_any_shift_of_the_margin() {
    let mut ach = Ach::new(&["H1", "H2"]);
    let only = ach.row("E1", "C II");
    ach.row("E2", ". II");
    ach.row("E3", ". II");
    let sensitivity = ach.sensitivity();
    assert_eq!(sensitivity.effects[0].change, Change::Without(only));
    assert!(sensitivity.effects[0].margin.is_err() && sensitivity.effects[1].margin.is_ok());
}

/// A grade that weighs nothing still counts what is rated.
#[test]
fn a_weight_of_0_is_no_exclusion() {
    let mut ach = Ach::new(&["H1", "H2"]);
    let row = ach.row("E1", "C II");
    ach.case.assessment.header.methods.grade_weights = [0.0; 3];
    let scores = ach.scores();
    assert_eq!(scores.hypotheses[1].weighted, Ok(0.0));
    assert_eq!((scores.hypotheses[1].inconsistency.clone(), scores.hypotheses[1].rated), (Ok(2.0), 1));
    assert_eq!(scores.leaders(), [0, 1]);
    ach.change(row, |it| it.excluded = true);
    assert!(ach.scores().hypotheses[1].weighted.is_err());
}

/// Equal scores are equal and unequal ones are not, whatever the size of the weights.
#[test]
fn ties_do_not_depend_on_the_size_of_the_weights() {
    for size in [1e-12, 1e-3, 1.0, 1_000.0] {
        let mut ach = Ach::new(&["H1", "H2", "H3"]);
        let methods = &mut ach.case.assessment.header.methods;
        methods.grade_weights = [0.1 * size, 0.3 * size, 0.7 * size];
        for (place, row) in ["I II CC", "II I I", "I I I", "C C II", "C C C"].iter().enumerate() {
            let evidence = ach.row(&format!("E{place}"), row);
            let relevance = *Grade3::ALL.get(place % 3).unwrap();
            ach.change(evidence, |it| it.relevance = Some(relevance));
        }
        let scores = ach.scores();
        // 0.1 + 0.6 + 0.7 against 0.2 + 0.3 + 0.7 and 0.3 + 0.7 + 0.2.
        let ranks: Vec<Option<usize>> = scores.hypotheses.iter().map(|it| it.rank).collect();
        assert_eq!(ranks, [Some(3), Some(1), Some(1)], "{size}: {scores:?}");
        let mut tied = Ach::new(&["H1", "H2"]);
        tied.case.assessment.header.methods.grade_weights = [0.1 * size, 0.3 * size, 0.7 * size];
        for (row, grade) in [("I C", 0), ("I C", 1), ("C I", 1), ("C I", 0)] {
            let evidence = tied.row("E", row);
            tied.change(evidence, |it| it.relevance = Some(Grade3::ALL[grade]));
        }
        assert_eq!(tied.scores().leaders(), [0, 1], "{size}");
    }
}

#[test]
fn no_accepted_weight_makes_a_score_that_is_no_number() {
    for weight in [1e200, f64::MAX, f64::INFINITY, f64::NAN] {
        let mut ach = Ach::new(&["H1", "H2"]);
        ach.row("E1", "I II");
        ach.row("E2", "C II");
        let methods = &mut ach.case.assessment.header.methods;
        methods.grade_weights = [weight; 3];
        methods.rating_points = [weight; 5];
        for score in ach.scores().hypotheses {
            assert!(score.weighted.is_ok_and(f64::is_finite), "{weight}");
            assert!(score.behind.is_some_and(f64::is_finite));
        }
        assert!(ach.sensitivity().margin.is_ok_and(f64::is_finite) || ach.sensitivity().leader.is_none());
    }
}

#[test]
fn a_spread_of_equal_means_is_none() {
    // 5/3 is 5/3, whoever adds it up.
    let means = vec![Some(5.0_f64 / 3.0); 7];
    assert_eq!(spread(means.into_iter()), Ok(0.0));
    assert!(spread([Some(1.0), Some(1.5)].into_iter()).unwrap() > 0.0);
}

#[test]
fn a_share_that_no_draw_had_is_not_said_to_be_certain() {
    let mut ach = Ach::new(&["H1", "H2"]);
    for place in 0..12 {
        ach.row(&format!("E{place}"), "CC II");
    }
    let methods = &ach.case.assessment.header.methods;
    let trial = Trial { draws: 1_000, probability: 0.01, ..Trial::default() };
    let drawn = stability_by_draws(&ach.matrix(), Raters::Everyone, methods, trial, &|_| true).unwrap();
    let [first, second] = drawn.hypotheses.as_slice() else { panic!("{drawn:?}") };
    assert_eq!((first.alone.clone(), second.alone.clone()), (Ok(1.0), Ok(0.0)));
    // Wilson: z² / (n + z²).
    let bound = 3.841_458_820_694_124 / 1_003.841_458_820_694_1;
    let [low, high] = second.interval.unwrap();
    assert_eq!(low, 0.0);
    close(high, bound);
    let [low, high] = first.interval.unwrap();
    close(low, 1.0 - bound);
    assert_eq!(high, 1.0);
    assert_eq!(second.error_words(), "fewer than 1 in 261");
    assert_eq!(first.error_words(), "all but 1 in 261 or fewer");
    assert_eq!(ach.stability(trial).hypotheses[0].interval, None, "exact");
}
