//! What the lead in the matrix of R. J. Heuer (Psychology of Intelligence Analysis, 1999, figure 15) hangs on.

use super::*;

#[test]
fn the_lead_in_heuers_matrix_rests_on_two_items_together() {
    let ach = heuer();
    let sensitivity = ach.sensitivity();
    assert_eq!(sensitivity.margin, Ok(2.0));
    let changed: Vec<&Change> =
        sensitivity.effects.iter().filter(|it| it.changes_leader).map(|it| &it.change).collect();
    assert!(changed.is_empty(), "{changed:?}");
    let without: Vec<Vec<f64>> = ach
        .matrix()
        .items
        .iter()
        .map(|item| {
            let is_it = |change: &Change| *change == Change::Without(item.evidence);
            let effect = sensitivity.effects.iter().find(|effect| is_it(&effect.change)).unwrap();
            effect.scores.iter().map(|score| score.unwrap()).collect()
        })
        .collect();
    let expect = [
        [3.0, 0.0, 2.0],
        [3.0, 0.0, 1.0],
        [3.0, 0.0, 1.0],
        [2.0, 0.0, 2.0],
        [2.0, 0.0, 2.0],
        [2.0, 0.0, 2.0],
    ];
    assert_eq!(without, expect);

    let evidence: Vec<Id<Evidence>> = ach.case.assessment.evidence.ids().collect();
    let smallest = sensitivity.smallest.unwrap();
    assert_eq!((smallest.size, smallest.is_complete, smallest.sets.len()), (2, true, 1));
    assert_eq!(smallest.sets[0].evidence, [evidence[1], evidence[2]]);
    assert_eq!(smallest.sets[0].challenger, ach.case.assessment.hypotheses.ids().nth(2));

    let table = Table::new(&ach.matrix(), Raters::Everyone, &ach.case.assessment.header.methods);
    assert_eq!(flip_sets(&table, 1), []);
    assert_eq!(flip_sets(&table, 2), [(vec![1, 2], 2)]);
    let expect = [[0, 1, 2], [1, 2, 3], [1, 2, 4], [1, 2, 5], [3, 4, 5]];
    let expect: Vec<_> =
        expect.into_iter().map(|rows| (rows.to_vec(), if rows[0] == 3 { 0 } else { 2 })).collect();
    assert_eq!(flip_sets(&table, 3), expect);
}

#[test]
fn the_lead_in_heuers_matrix_is_as_stable_as_enumeration_says() {
    // The matrix of Heuer 1999, figure 15. Exact, by enumeration: all 2¹⁸ flips of the 18 signs, alone in front and level with others.
    for (probability, alone, first) in [
        (0.05, 0.950_307_122_284_933_4, 0.994_975_974_829_235),
        (0.1, 0.852_959_400_159_865, 0.970_591_768_839_847),
        (0.2, 0.646_202_244_894_557_1, 0.867_197_298_126_357_8),
        (0.3, 0.474_137_741_964_020_2, 0.729_664_094_579_55),
    ] {
        let found = heuer().stability(Trial { probability, ..Trial::default() });
        assert!(found.is_exact);
        close(found.hypotheses[1].alone.clone().unwrap(), alone);
        close(found.hypotheses[1].first.clone().unwrap(), first);
    }
    let certain = heuer().stability(Trial { probability: 0.0, ..Trial::default() });
    assert_eq!((&certain.hypotheses[1].alone, &certain.hypotheses[1].first), (&Ok(1.0), &Ok(1.0)));
    let stopped = heuer();
    let methods = &stopped.case.assessment.header.methods;
    assert_eq!(stability(&stopped.matrix(), Raters::Everyone, methods, Trial::default(), &|_| false), None);
}
