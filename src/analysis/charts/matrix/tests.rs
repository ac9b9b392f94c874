use super::*;
use crate::analysis::Options;
use crate::analysis::ach::fixture::Ach;
use crate::model::*;

fn chart(ach: &Ach, raters: Raters) -> MatrixChart {
    let derived = Derived::new(ach.case.assessment.clone().into(), Options::default(), None);
    MatrixChart::new(&derived, ach.incident, raters, ach.case.assessment.find_by_name("Ann"), None)
}

#[test]
fn a_cell_shows_what_its_raters_say() {
    let check = |ratings: &[&str], letters: &str, sentence: &str| {
        let mut ach = Ach::new(&["A"]);
        let item = ach.evidence("Something seen");
        for (place, rating) in ratings.iter().enumerate() {
            ach.rates(&format!("Analyst {place}"), item, rating);
        }
        let chart = chart(&ach, Raters::Everyone);
        assert_eq!(chart.letters(0, 0), letters, "{ratings:?}");
        let found = chart.cell_sentence(&ach.case.assessment, 0, 0);
        assert_eq!(found, format!("E1 against H1: {sentence}"), "{ratings:?}");
    };
    check(&[], "", "not rated");
    check(&["NA"], "NA", "not applicable");
    check(&["I"], "I", "inconsistent");
    check(&["I", "I"], "I", "inconsistent, 2 raters, consensus");
    check(&["C", "CC"], "CC", "very consistent on average, 2 raters, mild dispute");
    check(&["N", "I", "N"], "N", "neutral on average, 3 raters, mild dispute");
    check(&["NA", "NA"], "NA", "not applicable, 2 raters");
    // Whether a piece of evidence applies at all is a difference too.
    check(&["NA", "II"], "II/NA", "very inconsistent, 2 raters, not applicable to 1 of them");
    let mut ach = Ach::new(&["A"]);
    let item = ach.row("Something seen", "NA");
    ach.rates("Bob", item, "CC");
    let chart = chart(&ach, Raters::Everyone);
    assert!(chart.is_disputed(0, 0));
    // Its mean is 0, and it is split all the same.
    check(
        &["CC", "II"],
        "CC/II",
        "split between very consistent and very inconsistent, 2 raters, extreme dispute",
    );
    check(&["C", "I"], "C/I", "split between consistent and inconsistent, 2 raters, mild dispute");
}

#[test]
fn one_analyst_is_scored_alone() {
    let mut ach = Ach::new(&["A", "B"]);
    let first = ach.row("First", "I C");
    ach.rates("Bob", first, "C II");
    let check = |raters: Raters, expect: [&str; 2]| {
        let chart = chart(&ach, raters);
        let margins: Vec<String> = chart.columns.iter().map(|it| margin_words(&it.score)).collect();
        assert_eq!(margins, expect);
        assert_eq!(chart.cell(0, 0).unwrap().own, Some(RatingValue::Inconsistent), "Ann's own in all views");
    };
    // Medium grade and relevance weigh 1.
    let at = |name: &str| Raters::One(ach.case.assessment.find_by_name(name).unwrap());
    check(at("Ann"), ["1.00 behind", "leads by 1.00"]);
    check(at("Bob"), ["leads by 2.00", "2.00 behind"]);
    check(Raters::Everyone, ["leads by 0.50", "0.50 behind"]);
}

#[test]
fn rows_are_sorted_and_grouped() {
    let mut ach = Ach::new(&["A", "B"]);
    let first = ach.row("First", "C C");
    let second = ach.row("Second", "CC II");
    let third = ach.row("Third", "C I");
    ach.change(first, |it| {
        it.relevance = Some(Grade3::High);
        it.kind = EvidenceKind::Malware;
        it.dependence_group = "One feed".to_owned();
    });
    ach.change(second, |it| it.observed_on = "2020-05".parse().ok());
    ach.change(third, |it| {
        it.observed_on = "2019".parse().ok();
        it.relevance = Some(Grade3::Low);
    });
    let chart = chart(&ach, Raters::Everyone);
    let check = |sort: MatrixSort, groups: MatrixGroups, expect: &str| {
        let words = chart.arranged(sort, groups).into_iter().map(|line| match line {
            MatrixLine::Group(name, count) => format!("[{name} {count}]"),
            MatrixLine::Row(place) => chart.rows[place].name.clone(),
        });
        assert_eq!(words.collect::<Vec<_>>().join(" "), expect, "{sort:?} {groups:?}");
    };
    check(MatrixSort::Order, MatrixGroups::None, "E1 E2 E3");
    check(MatrixSort::Diagnosticity, MatrixGroups::None, "E2 E3 E1");
    check(MatrixSort::Weight, MatrixGroups::None, "E1 E2 E3");
    check(MatrixSort::Date, MatrixGroups::None, "E3 E2 E1");
    check(MatrixSort::Kind, MatrixGroups::None, "E1 E2 E3");
    check(MatrixSort::Order, MatrixGroups::Kind, "[Malware 1] E1 [Other 2] E2 E3");
    check(MatrixSort::Diagnosticity, MatrixGroups::Dependence, "[One feed 1] E1 [Independent 2] E2 E3");
}

#[test]
fn numbers_explain_themselves_in_parts_that_sum_to_them() {
    let mut ach = Ach::new(&["A", "B"]);
    let heavy = ach.row("Heavy", "II C");
    ach.row("Light", "I NA");
    let out = ach.row("Left out", "II I");
    ach.change(heavy, |it| it.relevance = Some(Grade3::High));
    ach.change(out, |it| it.excluded = true);
    let chart = chart(&ach, Raters::Everyone);
    for column in &chart.columns {
        for is_weighted in [true, false] {
            let explanation = chart.explain_score(
                &ach.case.assessment,
                column,
                (Raters::Everyone, &column.score),
                is_weighted,
            );
            let score = if is_weighted { &column.score.weighted } else { &column.score.inconsistency };
            assert_eq!(explanation.value, *score);
            let sum: f64 = explanation.contributions.iter().map(|part| part.value).sum();
            assert!((sum - explanation.value.clone().unwrap()).abs() < 1e-9, "{explanation:?}");
        }
    }
    assert_eq!(chart.columns[0].score.inconsistency, Ok(3.0));
    assert!(chart.explain_margin(&ach.case.assessment, &chart.columns[0], None).value.unwrap() > 0.0);
    for row in &chart.rows {
        let explanation = MatrixChart::explain_weight(&ach.case.assessment, row);
        assert_eq!(explanation.value, Ok(row.weight.weight));
        assert_eq!(chart.explain_diagnosticity(row).value, row.diagnosticity);
    }
}

#[test]
fn hints_and_the_table_speak_the_names_of_the_matrix() {
    let mut ach = Ach::new(&["A", "B", "C"]);
    ach.row("First", "C C .");
    ach.row("Second", "C I .");
    let unknown = ach.row("Third", "N N .");
    ach.change(unknown, |it| it.credibility = Some(Credibility::Six));
    let chart = chart(&ach, Raters::Everyone);
    let hints = chart.hints.join("\n");
    for part in [
        "2 of 3 rated items say the same of all hypotheses",
        "Nothing that applies is rated against H3 (C)",
        "Cannot be judged (F or 6), and taken as medium: E3",
    ] {
        assert!(hints.contains(part), "{part}: {hints}");
    }
    let table = chart.table(&ach.case.assessment);
    assert!(table.rows.iter().all(|row| row.len() == table.headers.len()));
    assert_eq!(table.rows[1][6..], ["C", "I", ""]);
    assert_eq!(table.rows[6][..1], ["Rank"]);
    assert_eq!(table.rows[6][6..], ["1", "2", ""]);
    assert!(table.to_tsv().contains("leads by 1"), "{}", table.to_tsv());
    assert!(chart.cell(0, 3).is_none() && chart.votes(9, 0).is_empty());
}

#[test]
fn two_analysts_stand_side_by_side() {
    let mut ach = Ach::new(&["A", "B"]);
    let first = ach.row("First", "CC I");
    let second = ach.row("Second", ". NA");
    ach.rates("Bob", first, "II I");
    ach.rates("Bob", second, "C C");
    ach.rates("Cy", first, "N N");
    let of = |name: &str| ach.case.assessment.find_by_name(name).unwrap();
    let chart = chart(&ach, Raters::Two([of("Ann"), of("Bob")]));
    let check = |place: (usize, usize), letters: &str, difference: Difference, sentence: &str| {
        let (row, column) = place;
        assert_eq!(chart.letters(row, column), letters);
        assert_eq!(chart.difference(row, column), Some(difference), "{place:?}");
        assert_eq!(chart.is_disputed(row, column), difference == Difference::Apart);
        let found = chart.cell_sentence(&ach.case.assessment, row, column);
        assert!(found.ends_with(sentence), "{found}");
    };
    check(
        (0, 0),
        "CC | II",
        Difference::Apart,
        "Ann very consistent, Bob very inconsistent, extreme dispute",
    );
    check((0, 1), "I | I", Difference::Same, "Ann inconsistent, Bob inconsistent, consensus");
    check((1, 0), "– | C", Difference::OneSided, "Ann has not rated it, Bob consistent");
    check((1, 1), "NA | C", Difference::Apart, "Ann not applicable, Bob consistent");
    // Ann has I against B, Bob II against A and I against B.
    let ranks = |side: usize| -> Vec<Option<usize>> {
        chart.columns.iter().map(|column| chart.side_score(side, column).unwrap().1.rank).collect()
    };
    assert_eq!((ranks(0), ranks(1)), (vec![Some(1), Some(2)], vec![Some(2), Some(1)]));
    let (raters, score) = chart.side_score(1, &chart.columns[0]).unwrap();
    let explanation = chart.explain_score(&ach.case.assessment, &chart.columns[0], (raters, score), true);
    assert_eq!(explanation.value, Ok(2.0));
    assert_eq!(explanation.contributions.len(), 1);
    assert!(chart.explain_margin(&ach.case.assessment, &chart.columns[0], Some(0)).value.unwrap() < 0.0);
    let table = chart.table(&ach.case.assessment);
    assert!(table.rows.iter().all(|row| row.len() == table.headers.len()));
    assert!(table.rows.iter().any(|row| row[0] == "Rank, Bob" && row[6..] == ["2", "1"]));
}

#[test]
fn a_chart_takes_over_cells_that_stay_as_they_were() {
    let mut ach = Ach::new(&["A", "B"]);
    let first = ach.row("First", "C I");
    ach.row("Second", "II .");
    let own = ach.case.assessment.find_by_name("Ann");
    let earlier = Derived::new(ach.case.assessment.clone().into(), Options::default(), None);
    let before = MatrixChart::new(&earlier, ach.incident, Raters::Everyone, own, None);
    ach.rates("Bob", first, ". II");
    let derived = Derived::new(ach.case.assessment.clone().into(), Options::default(), Some(&earlier));
    let kept = MatrixChart::new(&derived, ach.incident, Raters::Everyone, own, Some(&before));
    let anew = chart(&ach, Raters::Everyone);
    let cells = |chart: &MatrixChart| -> Vec<MatrixCell> {
        let places = (0..2).flat_map(|row| (0..2).map(move |column| (row, column)));
        places.map(|(row, column)| *chart.cell(row, column).unwrap()).collect()
    };
    assert_eq!(cells(&kept), cells(&anew));
    let scores = |chart: &MatrixChart| -> Vec<HypothesisScore> {
        chart.columns.iter().map(|column| column.score.clone()).collect()
    };
    assert_eq!(scores(&kept), scores(&anew));
    assert_eq!(kept.cell(0, 1).unwrap().raters, 2);
    let shared = (0..4).filter(|place| Arc::ptr_eq(&before.cells[*place].from, &kept.cells[*place].from));
    assert_eq!(shared.count(), 3, "all but the one that Bob rated");
}

#[test]
fn remarks_and_unusual_conventions_are_told() {
    let mut ach = Ach::new(&["A", "B"]);
    let first = ach.row("First", "C I");
    let hypothesis = ach.case.assessment.hypotheses.ids().next().unwrap();
    let rating = ach.case.assessment.ratings.iter().find(|it| it.hypothesis == hypothesis).unwrap().id;
    let comment = |number: u128, on: AnyId, field: String, resolved: bool| Comment {
        id: Id::new(Uuid::from_u128(number)),
        analyst: None,
        on,
        field,
        at: jiff::Timestamp::from_second(i64::try_from(number).unwrap()).unwrap(),
        text: "Why?".to_owned(),
        resolved,
    };
    ach.case.put(comment(91, rating.into(), "reason".to_owned(), true));
    ach.case.put(comment(90, first.into(), Comment::field_of_cell(hypothesis), false));
    ach.case.put(comment(92, first.into(), String::new(), false));
    ach.case.assessment.header.methods.grade_weights = [0.5, 1.0, 2.0];
    let chart = chart(&ach, Raters::Everyone);
    let remarks = chart.remarks(0, 0).unwrap();
    assert_eq!((remarks.comments.len(), remarks.open), (2, 1), "the third is on the evidence as a whole");
    assert_eq!(remarks.comments[0], Id::new(Uuid::from_u128(90)), "the oldest first");
    assert!(chart.remarks(0, 1).is_none());
    assert!(chart.cell_sentence(&ach.case.assessment, 0, 0).ends_with("1 open comment"));
    let hints = chart.hints.join("\n");
    assert!(
        hints.contains("Not the usual conventions: weight of grades: low 0.5, medium 1, high 2"),
        "{hints}"
    );
}

#[test]
fn scores_are_as_short_as_can_be() {
    let check = |score: f64, expect: &str| assert_eq!(short(score), expect);
    check(0.0, "0.00");
    check(-1.618_034, "-1.62");
    check(99.99, "99.99");
    check(99.999, "100");
    check(366.87, "367");
}
