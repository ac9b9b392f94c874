mod heuer;
mod limits;

use std::sync::Arc;

use proptest::prelude::*;

use super::fixture::Ach;
use super::hints::{Hint, Numbers, OverlapKind, hints};
use super::score::{diagnosticity, dispute, ranks, sole_leader};
use super::sensitivity::{Change, Sensitivity, flip_sets};
use super::stability::{Move, Stability, Trial, stability, stability_by_draws};
use super::{DisputeLevel, ItemWeight, Matrix, Raters, Scores, Table};
use crate::analysis::{Derived, Measure, Options};
use crate::model::*;

impl Ach {
    fn weighted(&self) -> Vec<f64> {
        self.scores().hypotheses.iter().map(|score| score.weighted.clone().unwrap()).collect()
    }

    fn sensitivity(&self) -> Sensitivity {
        Sensitivity::new(&self.case.assessment, &self.matrix(), Raters::Everyone)
    }

    fn stability(&self, trial: Trial) -> Stability {
        let methods = &self.case.assessment.header.methods;
        stability(&self.matrix(), Raters::Everyone, methods, trial, &|_| true).unwrap()
    }
}

/// The matrix of Heuer 1999, figure 15 (Will Iraq retaliate for US bombing of its intelligence headquarters?), with its
/// plus and minus signs.
fn heuer() -> Ach {
    let mut ach = Ach::new(&["H1", "H2", "H3"]);
    for (name, row) in
        [("E1", "+ + +"), ("E2", "+ + -"), ("E3", "+ + -"), ("E4", "- + +"), ("E5", "- + +"), ("E6", "- + +")]
    {
        ach.row(name, row);
    }
    ach
}

fn close(found: f64, expect: f64) {
    assert!((found - expect).abs() < 1e-9, "{found} for {expect}");
}

#[test]
fn heuers_matrix_has_its_published_scores() {
    let scores = heuer().scores();
    let found: Vec<_> = scores
        .hypotheses
        .iter()
        .map(|it| (it.inconsistency.clone().unwrap(), it.rank.unwrap(), it.behind.unwrap(), it.rated))
        .collect();
    assert_eq!(found, [(3.0, 3, 3.0, 6), (0.0, 1, -2.0, 6), (2.0, 2, 2.0, 6)]);
    assert_eq!(scores.leaders(), [1]);
    // How many of the signs of each item are minus.
    let ach = heuer();
    let table = Table::new(&ach.matrix(), Raters::Everyone, &ach.case.assessment.header.methods);
    let points = |row| (0..3).filter_map(|column| table.at(row, column)).sum::<f64>();
    assert_eq!([0, 1, 2, 3, 4, 5].map(points), [0.0, 1.0, 1.0, 1.0, 1.0, 1.0]);
}

#[test]
fn the_tokyo_matrix_has_its_published_scores() {
    // US Government, A Tradecraft Primer (2009), p. 15: the attack of 1995, magnitudes of −1 −1 −2 −3.
    let mut ach = Ach::new(&["Kooky cult", "Terrorist group", "Political movement", "Criminal group"]);
    for row in ["I N I I", "C I I I", "N N C I", "C C C C"] {
        ach.row(row, row);
    }
    assert_eq!(ach.weighted(), [1.0, 1.0, 2.0, 3.0]);
    let ranks: Vec<_> = ach.scores().hypotheses.iter().map(|it| it.rank).collect();
    assert_eq!(ranks, [Some(1), Some(1), Some(3), Some(4)]);
    let behind: Vec<_> = ach.scores().hypotheses.iter().map(|it| it.behind.unwrap()).collect();
    assert_eq!(behind, [0.0, 0.0, 1.0, 2.0]);
}

#[test]
fn grades_weigh_as_in_the_published_template() {
    // P. Stirparo's ACH template 0.4: credibility and relevance, then the ratings.
    let mut ach = Ach::new(&["H1", "H2", "H3"]);
    let rows = [
        (Credibility::Five, Grade3::High, "N C I"),
        (Credibility::One, Grade3::Medium, "C C I"),
        (Credibility::Four, Grade3::Low, "I N I"),
        (Credibility::Five, Grade3::Medium, "N I C"),
    ];
    for (credibility, relevance, ratings) in rows {
        let item = ach.row(ratings, ratings);
        ach.change(item, |it| {
            it.credibility = Some(credibility);
            it.relevance = Some(relevance);
            it.reliability_override =
                Some(GradeOverride { reliability: Reliability::A, reason: "Test".to_owned() });
        });
    }
    let found = ach.weighted();
    for (found, expect) in found.into_iter().zip([0.5, 0.707_106_781_186_547_5, 2.914_213_562_373_095]) {
        close(found, expect);
    }
}

#[test]
fn the_worse_of_reliability_and_credibility_counts_and_f_and_6_are_no_grade() {
    let mut ach = Ach::new(&["H1", "H2"]);
    let source = ach.case.source("A source");
    let item = ach.row("E1", "I C");
    let weight = |ach: &Ach| ach.matrix().items[0].weight;
    let assumed = weight(&ach);
    assert!(assumed.is_assumed && !assumed.is_unknown);
    assert_eq!((assumed.grade, assumed.weight), (Grade3::Medium, 1.0));

    let mut check = |reliability, credibility, grade, is_unknown| {
        ach.change(item, |it| {
            it.source = Some(source);
            it.credibility = Some(credibility);
            it.relevance = Some(Grade3::High);
            let reason = "Test".to_owned();
            it.reliability_override = Some(GradeOverride { reliability, reason });
        });
        let weight = weight(&ach);
        assert_eq!((weight.grade, weight.is_unknown), (grade, is_unknown), "{reliability} {credibility}");
        assert!(!weight.is_assumed);
    };
    check(Reliability::A, Credibility::Two, Grade3::High, false);
    check(Reliability::A, Credibility::Three, Grade3::Medium, false);
    check(Reliability::D, Credibility::One, Grade3::Low, false);
    check(Reliability::F, Credibility::One, Grade3::Medium, true);
    check(Reliability::B, Credibility::Six, Grade3::Medium, true);
    check(Reliability::F, Credibility::Six, Grade3::Medium, true);
    check(Reliability::C, Credibility::Six, Grade3::Medium, true);
    // What cannot be judged does not raise what is known to be low.
    check(Reliability::F, Credibility::Five, Grade3::Low, false);
    check(Reliability::E, Credibility::Six, Grade3::Low, false);

    // The source's own grade is inherited, and really counts.
    ach.change(item, |it| {
        it.credibility = Some(Credibility::One);
        it.reliability_override = None;
    });
    close(weight(&ach).weight, 2.0);
    let mut graded = ach.case.assessment.get(source).unwrap().clone();
    graded.gradings.push(Grading { reliability: Reliability::E, reason: String::new(), on: None, by: None });
    ach.case.put(graded);
    close(weight(&ach).weight, 1.0);
}

#[test]
fn diagnosticity_is_the_spread_of_signed_ratings() {
    let mut ach = Ach::new(&["H1", "H2", "H3"]);
    let mut check = |ratings: &str, expect: Option<f64>| {
        let evidence = ach.row(ratings, ratings);
        let matrix = ach.matrix();
        let row = matrix.items.iter().position(|item| item.evidence == evidence).unwrap();
        let found = diagnosticity(&matrix, row, Raters::Everyone);
        assert_eq!(found.is_ok(), expect.is_some(), "{ratings}");
        if let (Ok(found), Some(expect)) = (found, expect) {
            close(found, expect);
        }
    };
    // The tests of the program Open Synthesis: C against I is 1, CC against II is 2.
    check("C I .", Some(1.0));
    check("CC II NA", Some(2.0));
    // What contradicts everything tells nothing apart.
    check("II II II", Some(0.0));
    check("C . .", None);
    check("C NA NA", None);
}

#[test]
fn several_analysts_are_averaged_and_a_split_vote_is_seen() {
    let mut ach = Ach::new(&["H1", "H2"]);
    let row = ach.evidence("E1");
    ach.rates("Ann", row, "II CC");
    ach.rates("Ben", row, "CC CC");
    ach.rates("Cleo", row, "NA C");
    let matrix = ach.matrix();
    assert_eq!(matrix.raters.len(), 3);
    let split = dispute(matrix.votes(0, 0)).unwrap();
    // The program Open Synthesis has the sample standard deviation there, 2.8284271247461903 = 2√2 for two who rate.
    close(split.sd * 2.0_f64.sqrt(), 2.828_427_124_746_190_3);
    assert_eq!((split.sd, split.raters, split.level), (2.0, 2, DisputeLevel::Extreme));
    let near = dispute(matrix.votes(0, 1)).unwrap();
    assert_eq!((near.raters, near.level), (3, DisputeLevel::Mild));
    assert_eq!(dispute(&matrix.votes(0, 0)[..1]), None);
    assert_eq!(ach.weighted(), [1.0, 0.0]);

    let ann = ach.analyst("Ann");
    let own = Scores::new(&matrix, Raters::One(ann), &ach.case.assessment.header.methods);
    assert_eq!(own.hypotheses[0].weighted, Ok(2.0));

    // The last rating of a cell holds, and the earlier one stays on record.
    ach.rates("Ann", row, "I .");
    assert_eq!(ach.weighted(), [0.5, 0.0]);
    assert_eq!(ach.case.assessment.ratings.len(), 7);
}

#[test]
fn levels_of_dispute_begin_where_the_scale_says() {
    let check = |sd, level| assert_eq!(DisputeLevel::of(sd), level, "{sd}");
    check(0.0, DisputeLevel::Consensus);
    check(0.25, DisputeLevel::Consensus);
    check(0.26, DisputeLevel::Mild);
    check(1.0, DisputeLevel::Mild);
    check(1.74, DisputeLevel::Strong);
    check(1.75, DisputeLevel::Extreme);
}

#[test]
fn an_unrated_hypothesis_has_no_score_and_no_rank() {
    let mut ach = Ach::new(&["H1", "H2"]);
    let item = ach.row("E1", "I .");
    let scores = ach.scores();
    assert!(scores.hypotheses[1].weighted.is_err());
    assert_eq!(scores.hypotheses[1].rank, None);
    assert_eq!(scores.hypotheses[0].behind, None);
    ach.change(item, |it| it.excluded = true);
    assert!(ach.scores().hypotheses.iter().all(|score| score.rank.is_none()));
    assert!(ach.sensitivity().margin.is_err());
    assert!(Ach::new(&[]).scores().hypotheses.is_empty());
}

#[test]
fn draws_come_close_to_the_exact_shares() {
    let ach = heuer();
    let methods = &ach.case.assessment.header.methods;
    let trial = Trial { draws: 20_000, ..Trial::default() };
    let draw =
        |trial| stability_by_draws(&ach.matrix(), Raters::Everyone, methods, trial, &|_| true).unwrap();
    let (drawn, exact) = (draw(trial), ach.stability(trial));
    assert!(exact.is_exact && !drawn.is_exact);
    for (drawn, exact) in drawn.hypotheses.iter().zip(&exact.hypotheses) {
        let (share, expect) = (drawn.alone.clone().unwrap(), exact.alone.clone().unwrap());
        assert!((share - expect).abs() <= 4.0 * drawn.standard_error, "{share} for {expect}");
        let (first, expect) = (drawn.first.clone().unwrap(), exact.first.clone().unwrap());
        assert!(first >= share && (first - expect).abs() <= 0.01, "{first} for {expect}");
        assert!(drawn.standard_error < 0.002 && exact.standard_error == 0.0);
    }
    assert_eq!(drawn, draw(trial), "the same seed gives the same draws");
    assert_ne!(drawn.hypotheses, draw(Trial { seed: 2, ..trial }).hypotheses);
}

#[test]
fn draws_stand_in_where_scores_have_too_many_values() {
    // Grade weights without a common measure, and points that differ for each rating.
    let mut ach = Ach::new(&["H1", "H2"]);
    for row in 0..20 {
        let item = ach.row(&format!("E{row}"), if row % 3 == 0 { "I C" } else { "N I" });
        ach.change(item, |it| it.relevance = Grade3::ALL.get(row % 3).copied());
    }
    let methods = &mut ach.case.assessment.header.methods;
    methods.rating_points = [0.0131, 0.0977, 0.3119, 1.000_37, 2.0];
    methods.grade_weights = [0.713_11, 1.0, 1.417_71];
    let found = ach.stability(Trial { how: Move::Neighbour, draws: 2_000, probability: 0.3, seed: 7 });
    assert!(!found.is_exact);
    let sum: f64 = found.hypotheses.iter().map(|it| it.alone.clone().unwrap()).sum();
    assert!((0.9..=1.0).contains(&sum), "{sum}");
}

#[test]
fn every_grade_and_source_is_tried_both_ways() {
    let mut ach = Ach::new(&["H1", "H2"]);
    let source = ach.case.source("A source");
    let first = ach.row("E1", "I C");
    let second = ach.row("E2", "C I");
    ach.change(first, |it| {
        it.source = Some(source);
        it.credibility = Some(Credibility::Six);
    });
    ach.change(second, |it| it.excluded = true);
    let sensitivity = ach.sensitivity();
    let tried: Vec<Change> = sensitivity.effects.iter().map(|effect| effect.change).collect();
    for expect in [
        Change::Without(first),
        Change::With(second),
        Change::WithoutSource(source),
        Change::ItemReliability(first, Reliability::B),
        Change::SourceReliability(source, Reliability::B),
        Change::Relevance(first, Grade3::Low),
        Change::Relevance(first, Grade3::High),
        Change::Judged(first, Grade3::Low),
        Change::Judged(first, Grade3::High),
    ] {
        assert!(tried.contains(&expect), "{expect:?} of {tried:?}");
    }
    assert!(!tried.iter().any(|change| matches!(change, Change::Credibility(..))), "6 has no neighbour");
    let with = sensitivity.effects.iter().find(|effect| effect.change == Change::With(second)).unwrap();
    assert!(with.changes_leader && with.leaders.len() == 2);
}

#[test]
fn a_matrix_is_warned_of_where_it_misleads() {
    let mut ach = Ach::new(&[]);
    let actor = |ach: &Ach, name: &str| Answer::Actor(ach.case.find(name));
    let cia = ach.hypothesis(actor(&ach, "CIA"));
    let us = ach.hypothesis(actor(&ach, "US"));
    let mss = ach.hypothesis(actor(&ach, "MSS"));
    let first = ach.row("E1", "C C C");
    let second = ach.row("E2", ". I I");
    ach.change(first, |it| it.credibility = Some(Credibility::Six));
    let derived = Derived::new(Arc::new(ach.case.assessment.clone()), Options::default(), None);
    let (matrix, methods) = (ach.matrix(), &ach.case.assessment.header.methods);
    let table = Table::new(&matrix, Raters::Everyone, methods);
    let scores = Scores::of(&matrix, &table, methods);
    let diagnosticity: Vec<Measure> =
        (0..matrix.items.len()).map(|row| diagnosticity(&matrix, row, Raters::Everyone)).collect();
    let numbers = Numbers {
        matrix: &matrix,
        raters: Raters::Everyone,
        table: &table,
        scores: &scores,
        diagnosticity: &diagnosticity,
    };
    let found = hints(&derived, ach.incident, numbers);
    let expect = [
        Hint::Overlap { first: cia, second: us, kind: OverlapKind::Subsumes },
        Hint::LittleDiscriminates { same: 2, rated: 2 },
        Hint::LeadsForLackOfEvidence {
            leader: cia,
            is_shared: false,
            not_rated: vec![second],
            not_applicable: Vec::new(),
        },
        Hint::CannotBeJudged(vec![first]),
    ];
    assert_eq!(found, expect, "{mss:?}");
}

#[test]
fn what_cannot_be_judged_gives_a_score_its_range() {
    let mut ach = Ach::new(&["A", "B", "C"]);
    let unknown = ach.row("E1", "II C .");
    ach.row("E2", "I I C");
    let out = ach.row("E3", "II II II");
    ach.change(unknown, |it| it.credibility = Some(Credibility::Six));
    ach.change(out, |it| {
        it.credibility = Some(Credibility::Six);
        it.excluded = true;
    });
    let ranges: Vec<Option<[f64; 2]>> = ach.scores().hypotheses.iter().map(|it| it.range).collect();
    let root = std::f64::consts::SQRT_2;
    let [least, greatest] = ranges[0].unwrap();
    assert!((least - (1.0 + 2.0 / root)).abs() < 1e-12 && (greatest - (1.0 + 2.0 * root)).abs() < 1e-12);
    assert_eq!(ranges[1..], [None, None], "it says nothing against B, and E3 does not count");
}

/// What is not applicable is not the same as not rated, and a first place that is shared may be for lack of evidence too.
#[test]
fn a_first_place_for_lack_of_evidence_is_said_of_each_that_has_it() {
    let mut ach = Ach::new(&["A", "B", "C"]);
    let first = ach.row("E1", "NA I II");
    let second = ach.row("E2", "I . I");
    // This speaks against nobody.
    ach.row("E3", "NA CC C");
    let derived = Derived::new(Arc::new(ach.case.assessment.clone()), Options::default(), None);
    let (matrix, methods) = (ach.matrix(), &ach.case.assessment.header.methods);
    let table = Table::new(&matrix, Raters::Everyone, methods);
    let scores = Scores::of(&matrix, &table, methods);
    let diagnosticity: Vec<Measure> =
        (0..matrix.items.len()).map(|row| diagnosticity(&matrix, row, Raters::Everyone)).collect();
    let raters = Raters::Everyone;
    let numbers =
        Numbers { matrix: &matrix, raters, table: &table, scores: &scores, diagnosticity: &diagnosticity };
    let found = hints(&derived, ach.incident, numbers);
    let [a, b, _] = matrix.hypotheses[..] else { panic!() };
    let lack = |leader, not_rated, not_applicable| Hint::LeadsForLackOfEvidence {
        leader,
        is_shared: true,
        not_rated,
        not_applicable,
    };
    assert_eq!(found, [lack(a, vec![], vec![first]), lack(b, vec![second], vec![])]);
}

/// For every pair of grades: where one of them cannot be judged, the item weighs no more than the other one allows, and all that
/// it might weigh lies in its bounds.
#[test]
fn what_cannot_be_judged_raises_no_weight() {
    let ach = Ach::new(&["A", "B"]);
    let assessment = &ach.case.assessment;
    let methods = &assessment.header.methods;
    let weight = |reliability: Reliability, credibility: Credibility| {
        ItemWeight::from_grades(assessment, Some(reliability), Some(credibility), Some(Grade3::Medium))
    };
    let known: Vec<Reliability> =
        Reliability::ALL.iter().copied().filter(|it| *it != Reliability::F).collect();
    for credibility in Credibility::ALL.iter().copied() {
        let unknown = weight(Reliability::F, credibility);
        let [least, greatest] = unknown.bounds(methods);
        assert!(least <= unknown.weight && unknown.weight <= greatest, "{credibility}: {unknown:?}");
        for reliability in &known {
            if weight(*reliability, credibility).is_unknown {
                continue;
            }
            let judged = weight(*reliability, credibility).weight;
            assert!(least <= judged && judged <= greatest, "{reliability} {credibility}: {judged}");
        }
        for grade in unknown.other_grades() {
            let tried = unknown.graded(assessment, grade).weight;
            assert!(tried == least || tried == greatest, "{credibility} {grade}");
        }
    }
    close(weight(Reliability::F, Credibility::Five).weight, weight(Reliability::A, Credibility::Five).weight);
}

#[test]
fn two_analysts_are_scored_together() {
    let mut ach = Ach::new(&["A", "B"]);
    let first = ach.row("First", "I C");
    ach.rates("Bob", first, "C II");
    ach.rates("Cy", first, "II II");
    let of = |name: &str| ach.case.assessment.find_by_name(name).unwrap();
    let both = Raters::Two([of("Ann"), of("Bob")]);
    let scores = Scores::new(&ach.matrix(), both, &ach.case.assessment.header.methods);
    let scores: Vec<f64> = scores.hypotheses.iter().map(|it| it.inconsistency.clone().unwrap()).collect();
    assert_eq!(scores, [0.5, 1.0]);
}

#[test]
fn a_matrix_is_brought_up_to_date_as_if_made_anew() {
    let mut ach = Ach::new(&["A", "B"]);
    let first = ach.row("E1", "I C");
    let second = ach.row("E2", "N II");
    let check = |ach: &Ach, before: &Assessment, kept: usize| {
        let old = Matrix::new(before, ach.incident);
        let updated = old.updated(ach.incident, before, &ach.case.assessment);
        assert_eq!(updated, ach.matrix());
        let is_same = |place: &(usize, usize)| {
            old.cell(place.0, place.1)
                .zip(updated.cell(place.0, place.1))
                .is_some_and(|(a, b)| Arc::ptr_eq(a, b))
        };
        let same = [(0, 0), (0, 1), (1, 0), (1, 1)].into_iter().filter(|place| is_same(place)).count();
        assert_eq!(same, kept);
    };
    let before = ach.case.assessment.clone();
    check(&ach, &before, 4);
    // A second analyst, and a first one who changes her mind.
    ach.rates("Bob", second, "CC .");
    ach.rates("Ann", first, ". N");
    check(&ach, &before, 2);
    // What a row weighs may change, and no cell with it.
    let before = ach.case.assessment.clone();
    ach.change(first, |it| it.relevance = Some(Grade3::High));
    check(&ach, &before, 4);
    // A rating is moved to another cell, and one is taken out, with it its analyst.
    let mut moved = ach.case.assessment.ratings.iter().next().unwrap().clone();
    moved.evidence = second;
    ach.case.put(moved);
    check(&ach, &before, 2);
    let before = ach.case.assessment.clone();
    let bob: Id<Analyst> = before.find_by_name("Bob").unwrap();
    let gone = before.ratings.iter().find(|it| it.analyst == bob).unwrap().id;
    ach.case.assessment.take(gone.into());
    check(&ach, &before, 3);
    // Another row: all is made anew.
    let before = ach.case.assessment.clone();
    ach.row("E3", "C C");
    check(&ach, &before, 0);
}

fn arbitrary_rows() -> impl Strategy<Value = Vec<Vec<u8>>> {
    prop::collection::vec(prop::collection::vec(0_u8..7, 3), 1..7)
}

fn of_rows(rows: &[Vec<u8>]) -> Ach {
    const WORDS: [&str; 7] = ["CC", "C", "N", "I", "II", "NA", "."];
    let mut ach = Ach::new(&["H1", "H2", "H3"]);
    for (place, row) in rows.iter().enumerate() {
        let words: Vec<&str> = row.iter().map(|word| WORDS[usize::from(*word)]).collect();
        ach.row(&format!("E{place}"), &words.join(" "));
    }
    ach
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_smallest_flip_set_is_the_smallest_that_trying_all_sets_finds(rows in arbitrary_rows()) {
        let ach = of_rows(&rows);
        let table = Table::new(&ach.matrix(), Raters::Everyone, &ach.case.assessment.header.methods);
        let smallest = ach.sensitivity().smallest;
        let leader = sole_leader(&table.scores());
        let flips = |set: u32| {
            let scores = table.scores_by(|row| if set >> row & 1 == 1 { None } else { table.weights[row] });
            // A hypothesis that loses all its ratings is out of the race; where all are, nobody is in front any more.
            leader.is_some() && sole_leader(&scores) != leader
        };
        let tried = (0..1_u32 << rows.len()).filter(|set| flips(*set)).map(u32::count_ones).min();
        prop_assert_eq!(smallest.as_ref().map(|it| it.size as u32), tried);
        // And what is said of each set is so.
        let evidence: Vec<Id<Evidence>> = ach.case.assessment.evidence.ids().collect();
        for set in smallest.iter().flat_map(|it| &it.sets) {
            let without = |row: usize| set.evidence.contains(&evidence[row]);
            let scores = table.scores_by(|row| if without(row) { None } else { table.weights[row] });
            let now = sole_leader(&scores);
            prop_assert_ne!(now, leader);
            prop_assert_eq!(set.challenger.is_none(), scores.iter().all(Option::is_none));
            if set.takes_lead && set.evidence.len() == 1 {
                prop_assert!(now.is_some() || ranks(&scores).contains(&Some(1)));
            }
        }
    }

    #[test]
    fn a_changed_row_is_added_up_as_all_rows_would_be(rows in arbitrary_rows()) {
        let ach = of_rows(&rows);
        let sensitivity = ach.sensitivity();
        let table = Table::new(&ach.matrix(), Raters::Everyone, &ach.case.assessment.header.methods);
        let evidence: Vec<Id<Evidence>> = ach.case.assessment.evidence.ids().collect();
        for effect in &sensitivity.effects {
            let Change::Without(gone) = effect.change else { continue };
            let scores = table.scores_by(|row| if evidence[row] == gone { None } else { table.weights[row] });
            prop_assert_eq!(&effect.scores, &scores);
        }
    }

    #[test]
    fn shares_are_probabilities_and_follow_the_columns(rows in arbitrary_rows(), probability in 0.0..=1.0) {
        let trial = Trial { probability, how: Move::Neighbour, ..Trial::default() };
        let found = of_rows(&rows).stability(trial);
        let turned: Vec<Vec<u8>> = rows.iter().map(|row| row.iter().rev().copied().collect()).collect();
        let turned = of_rows(&turned).stability(trial);
        let shares: Vec<Option<f64>> = found.hypotheses.iter().map(|it| it.alone.clone().ok()).collect();
        let back: Vec<Option<f64>> = turned.hypotheses.iter().rev().map(|it| it.alone.clone().ok()).collect();
        for (left, right) in shares.iter().zip(&back) {
            prop_assert_eq!(left.is_some(), right.is_some());
            prop_assert!((left.unwrap_or(0.0) - right.unwrap_or(0.0)).abs() < 1e-9);
        }
        let sum: f64 = shares.iter().flatten().sum();
        prop_assert!((-1e-12..=1.0 + 1e-9).contains(&sum));
    }

    #[test]
    fn consistent_evidence_buys_nothing_back(rows in arbitrary_rows()) {
        let mut ach = of_rows(&rows);
        let before: Vec<Option<f64>> = ach.scores().hypotheses.iter().map(|it| it.weighted.clone().ok()).collect();
        ach.row("More", "CC C N");
        let after: Vec<Option<f64>> = ach.scores().hypotheses.iter().map(|it| it.weighted.clone().ok()).collect();
        for (before, after) in before.into_iter().zip(after) {
            prop_assert_eq!(before.unwrap_or(0.0), after.unwrap_or(-1.0));
        }
    }
}
