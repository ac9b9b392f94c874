use proptest::prelude::*;

use super::*;
use crate::analysis::Measure;

fn check(found: Measure, expect: f64) {
    let found = found.unwrap();
    assert!((found - expect).abs() < 1e-9, "{found} is not {expect}");
}

/// Turns a table of coders (rows) and units (columns), with `*` for a missing value, into units.
fn units(rows: &[&str]) -> Vec<Vec<f64>> {
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.split_whitespace().collect()).collect();
    (0..rows[0].len()).map(|unit| rows.iter().filter_map(|row| row[unit].parse().ok()).collect()).collect()
}

/// Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011), section D; recomputed with the package
/// krippendorff 0.9.0.
#[test]
fn alpha_of_four_observers_with_missing_data() {
    let table = units(&[
        "1 2 3 3 2 1 4 1 2 * * *",
        "1 2 3 3 2 2 4 1 2 5 * 3",
        "* 3 3 3 2 3 4 2 2 5 1 *",
        "1 2 3 3 2 4 4 1 2 5 1 *",
    ]);
    check(krippendorff_alpha(&table, Metric::Nominal), 0.743_421_052_631_579);
    check(krippendorff_alpha(&table, Metric::Ordinal), 0.815_387_503_754_881_4);
    check(krippendorff_alpha(&table, Metric::Interval), 0.849_107_142_857_142_8);
    check(krippendorff_alpha(&table, Metric::Ratio), 0.797_402_774_711_612_1);
}

#[test]
fn alpha_is_undefined_where_nothing_can_disagree() {
    for table in
        [vec![], vec![vec![]], vec![vec![1.0], vec![2.0]], vec![vec![1.0, 1.0]], vec![vec![f64::NAN, 1.0]]]
    {
        assert!(krippendorff_alpha(&table, Metric::Nominal).is_err(), "{table:?}");
    }
    assert!(krippendorff_alpha(&[vec![-1.0, 1.0]], Metric::Ratio).is_err());
    check(krippendorff_alpha(&[vec![1.0, 1.0], vec![2.0, 2.0]], Metric::Nominal), 1.0);
    // Of one unit it would be 0 whatever was said.
    for unit in [vec![1.0, 2.0], vec![1.0, 1.0, 2.0], vec![1.0, 1.0]] {
        assert!(krippendorff_alpha(&[unit, vec![3.0]], Metric::Interval).is_err());
    }
}

/// J. L. Fleiss, "Measuring nominal scale agreement among many raters", Psychological Bulletin 76 (1971), for the coefficient; ten
/// subjects rated by fourteen raters, the worked example of the article "Fleiss' kappa" in Wikipedia (0.210), recomputed with
/// statsmodels 0.15.
#[test]
fn fleiss_kappa_of_ten_subjects() {
    let table: Vec<Vec<u32>> = [
        [0, 0, 0, 0, 14],
        [0, 2, 6, 4, 2],
        [0, 0, 3, 5, 6],
        [0, 3, 9, 2, 0],
        [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0],
        [3, 2, 6, 3, 0],
        [2, 5, 3, 2, 2],
        [6, 5, 2, 1, 0],
        [0, 2, 2, 3, 7],
    ]
    .map(|row| row.to_vec())
    .to_vec();
    check(observed_agreement(&Choices::of_table(&table)), 0.378_021_978_021_978);
    check(fleiss_kappa(&Choices::of_table(&table)), 0.209_930_704_421_955_22);
    // What chance gives, from κ = (P̄ − Pₑ) / (1 − Pₑ).
    let kappa = fleiss_kappa(&Choices::of_table(&table)).unwrap();
    check(Ok((0.378_021_978_021_978 - kappa) / (1.0 - kappa)), 0.212_755_102_040_816_32);
    assert!(gwet_ac1(&Choices::of_table(&table)).unwrap() > 0.0);
    assert!(fleiss_kappa(&Choices::of_table(&[vec![1, 1], vec![3, 0]])).is_err());
    assert!(fleiss_kappa(&Choices::of_table(&[vec![2, 0], vec![2, 0]])).is_err());
    assert!(observed_agreement(&Choices::of_table(&[vec![1, 0]])).is_err());
}

/// Gwet, *Computing inter-rater reliability and its variance in the presence of high agreement* (2008):
/// nearly all chose one category, and AC1 stays high where kappa falls. Worked by hand: P_e = 2 · 0.94 ·
/// 0.06, P̄ = 0.9.
#[test]
fn ac1_stays_high_where_nearly_all_choose_one_category() {
    let mut table = vec![vec![2, 0]; 89];
    table.extend(vec![vec![1, 1]; 10]);
    table.extend(vec![vec![0, 2]; 1]);
    let expected: f64 = 2.0 * 0.94 * 0.06;
    check(gwet_ac1(&Choices::of_table(&table)), (0.9 - expected) / (1.0 - expected));
    assert!(gwet_ac1(&Choices::of_table(&[vec![2], vec![2]])).is_err());
    check(gwet_ac1(&Choices::of_table(&[vec![2, 0], vec![2, 0]])), 1.0);
}

/// Of one thing kappa would be −1 / (n − 1) and Cohen's 0, whatever was said.
#[test]
fn one_thing_alone_tells_nothing_of_chance() {
    for row in [vec![3, 1], vec![2, 2], vec![1, 3], vec![4, 0], vec![1, 0]] {
        let one = Choices::of_table(std::slice::from_ref(&row));
        assert!(fleiss_kappa(&one).is_err() && gwet_ac1(&one).is_err(), "{row:?}");
        let beside_one_judge = Choices::of_table(&[row, vec![1, 0]]);
        assert!(fleiss_kappa(&beside_one_judge).is_err() && gwet_ac1(&beside_one_judge).is_err());
    }
    assert!(cohen_kappa(&[vec![0, 1], vec![0, 0]], CohenWeights::Linear).is_err());
    let units = Choices::of_units(&[vec![0, 0, 1], vec![1, 1, 1]], 2);
    assert_eq!(units, Choices::of_table(&[vec![2, 1], vec![0, 3]]));
    check(observed_agreement(&units), 2.0 / 3.0);
}

/// J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960), and "Weighted kappa",
/// Psychological Bulletin 70 (1968), for the coefficients. The numbers are those of the worked examples in the article "Cohen's kappa"
/// of Wikipedia: grant proposals read by two (0.4), and two pairs with the same observed agreement of 0.6 (0.13 and 0.26).
#[test]
fn cohens_kappa_of_two_judges() {
    let kappa = |cells: [u32; 4], weights| {
        let [a, b, c, d] = cells;
        cohen_kappa(&[vec![a, b], vec![c, d]], weights)
    };
    check(kappa([20, 5, 10, 15], CohenWeights::Unweighted), 0.4);
    check(kappa([45, 15, 25, 15], CohenWeights::Unweighted), 0.130_434_782_608_695_54);
    check(kappa([25, 35, 5, 35], CohenWeights::Unweighted), 0.259_259_259_259_259_25);
    // With two categories the weights make no difference.
    check(kappa([20, 5, 10, 15], CohenWeights::Linear), 0.4);
    check(kappa([20, 5, 10, 15], CohenWeights::Quadratic), 0.4);
    let three = [vec![10, 0, 5], vec![0, 10, 0], vec![5, 0, 10]];
    assert!(
        cohen_kappa(&three, CohenWeights::Quadratic).unwrap()
            < cohen_kappa(&three, CohenWeights::Linear).unwrap()
    );
    for table in [vec![], vec![vec![1, 2]], vec![vec![0, 0], vec![0, 0]], vec![vec![5, 0], vec![0, 0]]] {
        assert!(cohen_kappa(&table, CohenWeights::Linear).is_err(), "{table:?}");
    }
}

/// The ends of the scale as C. van der Eijk, "Measuring agreement in ordered rating scales", Quality & Quantity 35 (2001), defines them:
/// all in one category 1, all categories alike 0, half at each end −1.
#[test]
fn ordinal_agreement_at_its_ends() {
    check(ordinal_agreement(&[0.0, 10.0, 0.0, 0.0, 0.0]), 1.0);
    check(ordinal_agreement(&[1.0; 7]), 0.0);
    check(ordinal_agreement(&[5.0, 0.0, 0.0, 0.0, 0.0, 0.0, 5.0]), -1.0);
    check(ordinal_agreement(&[5.0, 0.0, 5.0]), -1.0);
    assert!(ordinal_agreement(&[1.0, 1.0]).is_err());
    assert!(ordinal_agreement(&[0.0; 5]).is_err());
    assert!(ordinal_agreement(&[1.0, f64::NAN, 1.0]).is_err());
}

/// The distance of `scipy.spatial.distance.jensenshannon` for [1, 0] and [½, ½].
#[test]
fn jensen_shannon_of_two_judgements() {
    check(jensen_shannon_distance(&[1.0, 0.0], &[0.5, 0.5]), 0.464_501_404_022_458_93);
    check(jensen_shannon_divergence(&[1.0, 0.0], &[0.0, 1.0]), 1.0);
    check(jensen_shannon_divergence(&[2.0, 6.0], &[0.25, 0.75]), 0.0);
    assert!(jensen_shannon_divergence(&[1.0], &[0.5, 0.5]).is_err());
    assert!(jensen_shannon_divergence(&[0.0], &[0.0]).is_err());
}

proptest! {
    #[test]
    fn alpha_ignores_order_and_names(table in prop::collection::vec(prop::collection::vec(0u8..4, 0..5), 0..6)) {
        let numbers = |map: &dyn Fn(u8) -> f64| -> Vec<Vec<f64>> {
            table.iter().map(|unit| unit.iter().map(|value| map(*value)).collect()).collect()
        };
        let plain = numbers(&f64::from);
        let renamed = numbers(&|value| f64::from(value ^ 3) * 7.0);
        let mut reversed = plain.clone();
        reversed.reverse();
        reversed.iter_mut().for_each(|unit| unit.reverse());
        for metric in [Metric::Nominal, Metric::Ordinal, Metric::Interval, Metric::Ratio] {
            match (krippendorff_alpha(&plain, metric), krippendorff_alpha(&reversed, metric)) {
                (Ok(alpha), Ok(other)) => prop_assert!(alpha <= 1.0 && (alpha - other).abs() < 1e-9),
                (plain, reversed) => prop_assert_eq!(plain.is_err(), reversed.is_err()),
            }
        }
        if let (Ok(alpha), Ok(renamed)) =
            (krippendorff_alpha(&plain, Metric::Nominal), krippendorff_alpha(&renamed, Metric::Nominal))
        {
            prop_assert!((alpha - renamed).abs() < 1e-9);
        }
    }

    #[test]
    fn distributions_give_numbers_in_range(a in prop::collection::vec(0.0..10.0f64, 4), b in prop::collection::vec(0.0..10.0f64, 4)) {
        if let Ok(divergence) = jensen_shannon_divergence(&a, &b) {
            prop_assert!((0.0..=1.0).contains(&divergence));
            prop_assert!((divergence - jensen_shannon_divergence(&b, &a).unwrap()).abs() < 1e-12);
        }
        if let Ok(agreement) = ordinal_agreement(&a) {
            prop_assert!((-1.0..=1.0).contains(&agreement));
            let mirrored: Vec<f64> = a.iter().rev().copied().collect();
            prop_assert!((agreement - ordinal_agreement(&mirrored).unwrap()).abs() < 1e-9);
        }
    }
}

/// C. van der Eijk, "Measuring agreement in ordered rating scales", Quality & Quantity 35 (2001), p. 331: 30, 40, 210, 130, 530, 50 and 10
/// of 1,000 along seven positions. The value, given to seven digits, is that of the documentation of the R package agrmt (D. Ruedin);
/// the exact one follows by hand, layer by layer.
#[test]
fn agreement_on_an_ordered_scale_is_that_of_the_published_frequencies() {
    let found = ordinal_agreement(&[30.0, 40.0, 210.0, 130.0, 530.0, 50.0, 10.0]).unwrap();
    assert!((found - 0.611_333_3).abs() < 1e-7, "{found}");
    check(Ok(found), 917.0 / 1500.0);
}
