//! Krippendorff's alpha.

use super::super::{Measure, Undefined};
use crate::analysis::rounding::count;

/// How far apart two values are, for Krippendorff's alpha.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Metric {
    /// Values are the same or not.
    Nominal,
    /// Values are ranks.
    Ordinal,
    /// Differences between values mean something.
    Interval,
    /// Ratios between values mean something; values must not be negative.
    Ratio,
}

impl Metric {
    /// The name that people and programs read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Nominal => "nominal",
            Self::Ordinal => "ordinal",
            Self::Interval => "interval",
            Self::Ratio => "ratio",
        }
    }
}

/// Krippendorff's alpha for a table of units, each with the values that coders gave it; a coder who gave none
/// is simply not there.
///
/// α = 1 − D_o / D_e, with the observed and the expected disagreement D = Σ o_ck δ²(c, k) over the
/// coincidences o of values within units, and over all values for D_e. 1 is perfect agreement, 0 what chance
/// gives, below 0 is worse than chance; never above 1. Krippendorff, *Computing Krippendorff's
/// Alpha-Reliability* (2011). Nominal values are given as any numbers that tell them apart. Order of units
/// and of values within one does not matter.
///
/// # Errors
/// Undefined where no unit has two values, where only one has (alpha would be 0 whatever was said: what chance gives would be
/// taken from that unit alone), where all values are the same, and for values that are not finite or (ratio) negative.
pub fn krippendorff_alpha(units: &[Vec<f64>], metric: Metric) -> Measure {
    let pairable: Vec<&Vec<f64>> = units.iter().filter(|values| values.len() > 1).collect();
    let mut values: Vec<f64> = pairable.iter().flat_map(|unit| unit.iter().copied()).collect();
    if values.is_empty() {
        return Err(Undefined::because("nothing was judged by two"));
    }
    if pairable.len() == 1 {
        return Err(Undefined::because(
            "there is a single unit, and alpha needs several to tell what chance gives",
        ));
    }
    if values.iter().any(|value| !value.is_finite() || (metric == Metric::Ratio && *value < 0.0)) {
        return Err(Undefined::because("a value is no number that the metric can deal with"));
    }
    values.sort_unstable_by(f64::total_cmp);
    let distances = Distances::new(&values, metric);
    let total = count(values.len());

    // Within a unit of m values each ordered pair counts 1/(m − 1).
    let mut observed = 0.0;
    // Taken again for each unit: a matrix has thousands of them, and is rated by the key.
    let (mut ranks, mut present) = (Vec::new(), Vec::new());
    for unit in pairable {
        ranks.clear();
        ranks.extend(unit.iter().map(|value| distances.rank(*value)));
        ranks.sort_unstable();
        present.clear();
        let runs = ranks.chunk_by(|a, b| a == b);
        present.extend(runs.filter_map(|run| Some((*run.first()?, count(run.len())))));
        observed += distances.among(&present) / (count(unit.len()) - 1.0);
    }
    present.clear();
    present.extend(distances.values.iter().enumerate().map(|(rank, (_, times))| (rank, *times)));
    let expected = distances.among(&present) / (total - 1.0);
    if expected > 0.0 {
        Ok(1.0 - observed / expected)
    } else {
        Err(Undefined::because("all values are the same, so that chance alone would agree too"))
    }
}

/// The distances between all different values.
struct Distances {
    metric: Metric,
    /// The different values, least first, each with how often it occurs.
    values: Vec<(f64, f64)>,
    /// For each value how many values lie below it.
    below: Vec<f64>,
}

impl Distances {
    fn new(sorted: &[f64], metric: Metric) -> Self {
        let mut values: Vec<(f64, f64)> = Vec::new();
        for value in sorted {
            match values.last_mut() {
                Some((last, times)) if *last == *value => *times += 1.0,
                _ => values.push((*value, 1.0)),
            }
        }
        let mut sum = 0.0;
        let mut below = Vec::with_capacity(values.len());
        for (_, times) in &values {
            below.push(sum);
            sum += times;
        }
        Self { metric, values, below }
    }

    fn rank(&self, value: f64) -> usize {
        self.values.partition_point(|(other, _)| *other < value)
    }

    /// δ² of two ranks.
    fn squared(&self, a: usize, b: usize) -> f64 {
        let (Some((low, low_times)), Some((high, high_times))) =
            (self.values.get(a.min(b)), self.values.get(a.max(b)))
        else {
            return 0.0;
        };
        let distance = match self.metric {
            _ if a == b => 0.0,
            Metric::Nominal => 1.0,
            // The values from the one to the other, half of each of the two.
            Metric::Ordinal => {
                let from = self.below.get(a.min(b)).copied().unwrap_or(0.0);
                let to = self.below.get(a.max(b)).copied().unwrap_or(0.0);
                to + high_times - from - f64::midpoint(*low_times, *high_times)
            }
            Metric::Interval => high - low,
            Metric::Ratio => (high - low) / (high + low),
        };
        distance * distance
    }

    /// The sum of δ² over all ordered pairs of these ranks, each with how often it is there: many equal values cost no more
    /// than few.
    fn among(&self, present: &[(usize, f64)]) -> f64 {
        if self.metric == Metric::Nominal {
            // The pairs of different values are all pairs but those of equal ones.
            let total: f64 = present.iter().map(|(_, times)| times).sum();
            return total * total - present.iter().map(|(_, times)| times * times).sum::<f64>();
        }
        let mut sum = 0.0;
        for (place, (a, a_times)) in present.iter().enumerate() {
            for (b, b_times) in present.iter().skip(place + 1) {
                sum += 2.0 * a_times * b_times * self.squared(*a, *b);
            }
        }
        sum
    }
}
