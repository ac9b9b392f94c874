//! How far analysts rate the cells of an evidence matrix alike.

use super::super::ach::Matrix;
use super::super::ach::score::signed;
use super::super::explain::Explanation;
use super::super::{Measure, Undefined};
use super::{CohenWeights, Metric, cohen_kappa, krippendorff_alpha};
use crate::model::{Analyst, Assessment, Id, RatingValue};

/// How far all who rate a matrix rate its cells alike.
#[derive(Clone, Debug, PartialEq)]
pub struct RaterAgreement {
    /// Krippendorff's ordinal alpha over cells (units) and analysts (coders), by the last rating of each: at most 1, 0 is what
    /// chance gives. "Not applicable" is no place on the scale and is left out. Undefined where fewer than two cells are rated
    /// by two, and where all ratings are the same.
    pub alpha: Measure,
    /// How many cells at least two analysts rated.
    pub units: usize,
    /// How many analysts rated any cell.
    pub coders: usize,
}

/// Below this many cells a coefficient means little.
const FEW: usize = 10;
const CAUTION: &str = "few cells are rated by both: the coefficient means little";

impl RaterAgreement {
    /// The agreement of all raters of a matrix; excluded evidence counts too, since what is rated is the cell.
    pub fn new(matrix: &Matrix) -> Self {
        let cells = (0..matrix.items.len())
            .flat_map(|row| (0..matrix.hypotheses.len()).map(move |column| (row, column)));
        let units: Vec<Vec<f64>> = cells
            .map(|(row, column)| {
                matrix.votes(row, column).iter().filter_map(|vote| signed(vote.value)).collect::<Vec<f64>>()
            })
            .filter(|unit| unit.len() > 1)
            .collect();
        Self {
            alpha: krippendorff_alpha(&units, Metric::Ordinal),
            units: units.len(),
            coders: matrix.raters.len(),
        }
    }

    /// What has to be said beside the number; empty where nothing has.
    pub const fn caution(&self) -> &'static str {
        if self.units < FEW { "few cells are rated by several: the coefficient means little" } else { "" }
    }

    /// How alpha comes about.
    pub fn explain(&self) -> Explanation {
        let meaning = "1 is full agreement, 0 what chance would give. CC C N I II are ranks: CC against II counts for more than C \
                       against N, by how many ratings lie between. Not applicable is left out.";
        Explanation::new(
            "Agreement of all raters: Krippendorff's alpha, ordinal",
            self.alpha.clone(),
            "α = 1 − D_o / D_e",
            "Krippendorff, Computing Krippendorff's Alpha-Reliability (2011)",
        )
        .with("Units: cells that two analysts rated", self.units.to_string())
        .with("Coders: analysts who rated any", self.coders.to_string())
        .noting(with_caution(meaning, self.caution()))
    }
}

/// How far two analysts rate the cells of a matrix alike.
#[derive(Clone, Debug, PartialEq)]
pub struct PairAgreement {
    /// The two.
    pub analysts: [Id<Analyst>; 2],
    /// How many cells the first one rated (rows) and the second one (columns) with each of CC, C, N, I and II; "not applicable" is
    /// left out.
    pub table: Vec<Vec<u32>>,
    /// Cohen's kappa with linear weights: at most 1, 0 is what chance gives. Undefined where fewer than two cells are rated by
    /// both, and where both always chose one and the same rating.
    pub linear: Measure,
    /// The same with quadratic weights, by which ratings far apart count for much more.
    pub quadratic: Measure,
}

/// The scale of ratings, from end to end.
const SCALE: [RatingValue; 5] = [
    RatingValue::VeryConsistent,
    RatingValue::Consistent,
    RatingValue::Neutral,
    RatingValue::Inconsistent,
    RatingValue::VeryInconsistent,
];

impl PairAgreement {
    /// The agreement of two raters of a matrix; excluded evidence counts too, since what is rated is the cell.
    pub fn new(matrix: &Matrix, analysts: [Id<Analyst>; 2]) -> Self {
        let mut table = vec![vec![0_u32; SCALE.len()]; SCALE.len()];
        let place = |value: RatingValue| SCALE.iter().position(|other| *other == value);
        for row in 0..matrix.items.len() {
            for column in 0..matrix.hypotheses.len() {
                let votes = matrix.votes(row, column);
                let rated = |analyst: Id<Analyst>| {
                    votes.iter().find(|vote| vote.analyst == analyst).and_then(|vote| place(vote.value))
                };
                let [first, second] = analysts.map(rated);
                let (Some(first), Some(second)) = (first, second) else { continue };
                if let Some(count) = table.get_mut(first).and_then(|row| row.get_mut(second)) {
                    *count += 1;
                }
            }
        }
        Self {
            analysts,
            linear: cohen_kappa(&table, CohenWeights::Linear),
            quadratic: cohen_kappa(&table, CohenWeights::Quadratic),
            table,
        }
    }

    /// How many cells both rated.
    pub fn cells(&self) -> u32 {
        self.table.iter().flatten().sum()
    }

    /// In how many cells they are so many steps of the scale apart.
    fn apart(&self, steps: usize) -> u32 {
        let cells = self.table.iter().enumerate().flat_map(|(first, row)| {
            row.iter().enumerate().filter(move |(second, _)| first.abs_diff(*second) == steps)
        });
        cells.map(|(_, count)| *count).sum()
    }

    /// What has to be said beside the number; empty where nothing has.
    pub fn caution(&self) -> &'static str {
        if self.cells() < u32::try_from(FEW).unwrap_or(u32::MAX) { CAUTION } else { "" }
    }

    /// How kappa comes about.
    pub fn explain(&self, assessment: &Assessment) -> Explanation {
        let [first, second] = self.analysts.map(|id| assessment.name_of(id));
        let number = |measure: &Measure| match measure {
            Ok(value) => format!("{value:.3}"),
            Err(undefined) => undefined.to_string(),
        };
        let mut explanation = Explanation::new(
            format!("Agreement of {first} and {second}: Cohen's kappa, linear weights"),
            self.linear.clone(),
            "κ_w = 1 − Σ w_ij o_ij / Σ w_ij e_ij,  w_ij = |i − j|",
            "Cohen, Psychological Bulletin 70 (1968)",
        )
        .with("Cells that both rated", self.cells().to_string());
        for (steps, what) in
            ["the same", "one step apart", "two steps apart", "three steps apart", "four steps apart"]
                .into_iter()
                .enumerate()
        {
            explanation = explanation.with(format!("Of these {what}"), self.apart(steps).to_string());
        }
        let meaning = "1 is full agreement, 0 what chance would give by how often each uses each rating. The steps lead along CC C N I II; \
                       not applicable is left out.";
        explanation
            .with("With quadratic weights, w_ij = (i − j)²", number(&self.quadratic))
            .noting(with_caution(meaning, self.caution()))
    }
}

fn with_caution(meaning: &str, caution: &str) -> String {
    if caution.is_empty() { meaning.to_owned() } else { format!("{meaning} Beware: {caution}.") }
}

/// Every pair of raters of a matrix with its agreement, by analyst.
pub fn pair_agreements(matrix: &Matrix) -> Vec<PairAgreement> {
    let raters = &matrix.raters;
    let pairs = raters
        .iter()
        .enumerate()
        .flat_map(|(place, first)| raters.iter().skip(place + 1).map(move |second| [*first, *second]));
    pairs.map(|pair| PairAgreement::new(matrix, pair)).collect()
}

/// Krippendorff's alpha over the probabilities that analysts give the answers: units are answers, coders analysts.
///
/// `rows` has for each analyst a probability in `[0, 1]` for each answer, all in one order. By [`Metric::Interval`] every
/// difference of probabilities counts alike, by [`Metric::Ratio`] differences among small ones count for more. The
/// probabilities of one analyst sum to 1, so that the units are not independent: a rough measure where there are few answers.
///
/// # Errors
/// Undefined for fewer than two analysts or answers, and where all probabilities are the same.
pub fn alpha_of_probabilities(rows: &[&[f64]], metric: Metric) -> Measure {
    let answers = rows.iter().map(|row| row.len()).max().unwrap_or(0);
    if rows.len() < 2 {
        return Err(Undefined::because("fewer than two analysts have judged"));
    }
    let units: Vec<Vec<f64>> =
        (0..answers).map(|place| rows.iter().filter_map(|row| row.get(place)).copied().collect()).collect();
    krippendorff_alpha(&units, metric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::ach::fixture::Ach;

    fn two() -> Ach {
        let mut ach = Ach::new(&["H1", "H2"]);
        for (place, (ann, ben)) in
            [("CC I", "CC II"), ("C N", "N N"), ("NA C", "I C"), (". I", "C .")].into_iter().enumerate()
        {
            let evidence = ach.evidence(&format!("E{place}"));
            ach.rates("Ann", evidence, ann);
            ach.rates("Ben", evidence, ben);
        }
        ach
    }

    fn close(found: &Measure, expect: f64) {
        assert!((found.clone().unwrap() - expect).abs() < 1e-12, "{found:?} is not {expect}");
    }

    #[test]
    fn two_raters_agree_by_steps_of_the_scale() {
        let mut ach = two();
        let analysts = ["Ann", "Ben"].map(|name| ach.analyst(name));
        let found = PairAgreement::new(&ach.matrix(), analysts);
        // CC·CC, I·II, C·N, N·N, C·C: "not applicable" and what only one rated are left out.
        assert_eq!((found.cells(), found.apart(0), found.apart(1)), (5, 3, 2));
        // Ann: CC 1, C 2, N 1, I 1. Ben: CC 1, C 1, N 2, II 1. The steps of all 25 pairs, by hand: CC 9, each C 6, N 5, I 8.
        close(&found.linear, 1.0 - (2.0 / 5.0) / (34.0 / 25.0));
        assert!(found.quadratic.is_ok() && !found.caution().is_empty());
        assert_eq!(found.explain(&ach.case.assessment).value, found.linear);
        let turned = PairAgreement::new(&ach.matrix(), [analysts[1], analysts[0]]);
        close(&turned.linear, found.linear.unwrap());
        assert_eq!(pair_agreements(&ach.matrix()).len(), 1);
    }

    #[test]
    fn all_raters_agree_by_rank() {
        let found = RaterAgreement::new(&two().matrix());
        assert_eq!((found.units, found.coders), (5, 2));
        let units = [[2.0, 2.0], [-1.0, -2.0], [1.0, 0.0], [0.0, 0.0], [1.0, 1.0]].map(|unit| unit.to_vec());
        assert_eq!(found.alpha, krippendorff_alpha(&units, Metric::Ordinal));
        assert_eq!(found.explain().value, found.alpha);
        let mut alone = Ach::new(&["H1", "H2"]);
        alone.row("E1", "C I");
        assert!(RaterAgreement::new(&alone.matrix()).alpha.is_err());
    }

    #[test]
    fn probabilities_of_analysts_agree_by_their_differences() {
        let (ann, ben) = (&[0.6, 0.3, 0.1][..], &[0.5, 0.3, 0.2][..]);
        // D_o = (2·.01 + 0 + 2·.01) / 6; D_e = Σ over ordered pairs of all six values / 30.
        let all: Vec<f64> = [ann, ben].concat();
        let pairs = || all.iter().flat_map(|a| all.iter().map(move |b| (a - b).powi(2)));
        let expect = 1.0 - (0.04 / 6.0) / (pairs().sum::<f64>() / 30.0);
        close(&alpha_of_probabilities(&[ann, ben], Metric::Interval), expect);
        assert!(alpha_of_probabilities(&[ann, ben], Metric::Ratio).is_ok());
        assert!(alpha_of_probabilities(&[ann], Metric::Interval).is_err());
        assert!(alpha_of_probabilities(&[], Metric::Interval).is_err());
        assert!(alpha_of_probabilities(&[&[0.5, 0.5], &[0.5, 0.5]], Metric::Interval).is_err());
    }
}
