//! How often a hypothesis stays in front when ratings move: rank stability.

use rayon::prelude::*;

use super::matrix::{Matrix, Vote};
use super::score::{Raters, cell_points, tie};
use crate::analysis::rounding::ROUNDING;
use crate::analysis::{Measure, Undefined};
use crate::model::{Hypothesis, Id, Methods, RatingValue};

/// How a rating moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Move {
    /// To its opposite: CC ↔ II, C ↔ I; N stays. The hardest test.
    #[default]
    Opposite,
    /// One step along CC C N I II, either way with equal chance; at an end the only way there is.
    Neighbour,
}

impl Move {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Opposite, Self::Neighbour];

    /// The name in machine-readable results.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Opposite => "opposite",
            Self::Neighbour => "neighbour",
        }
    }

    /// The name that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Opposite => "to its opposite",
            Self::Neighbour => "to a neighbour",
        }
    }

    /// Where a rating can move, each with its share; nowhere where it is not applicable.
    fn targets(self, value: RatingValue) -> &'static [(RatingValue, f64)] {
        use RatingValue::{Consistent as C, Inconsistent as I, Neutral as N, VeryConsistent as CC};
        use RatingValue::{NotApplicable, VeryInconsistent as II};
        match (self, value) {
            (_, NotApplicable) => &[],
            (Self::Opposite, CC) => &[(II, 1.0)],
            (Self::Opposite, C) => &[(I, 1.0)],
            (Self::Opposite, N) => &[(N, 1.0)],
            (Self::Opposite, I) => &[(C, 1.0)],
            (Self::Opposite, II) => &[(CC, 1.0)],
            (Self::Neighbour, CC) => &[(C, 1.0)],
            (Self::Neighbour, C) => &[(CC, 0.5), (N, 0.5)],
            (Self::Neighbour, N) => &[(C, 0.5), (I, 0.5)],
            (Self::Neighbour, I) => &[(N, 0.5), (II, 0.5)],
            (Self::Neighbour, II) => &[(I, 1.0)],
        }
    }
}

/// What is tried.
#[derive(Clone, Copy, Debug)]
pub struct Trial {
    /// The probability with which each rating moves, in `[0, 1]`.
    pub probability: f64,
    /// How it moves.
    pub how: Move,
    /// How many draws are made where the exact shares are out of reach.
    pub draws: u32,
    /// What the draws depend on: the same seed gives the same draws.
    pub seed: u64,
}

impl Trial {
    /// What tells trials apart: the probability to the last bit.
    const fn key(self) -> (u64, Move, u32, u64) {
        (self.probability.to_bits(), self.how, self.draws, self.seed)
    }
}

impl PartialEq for Trial {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Trial {}

impl std::hash::Hash for Trial {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl Default for Trial {
    fn default() -> Self {
        Self { probability: 0.05, how: Move::default(), draws: 100_000, seed: 1 }
    }
}

/// How often each hypothesis is in front.
#[derive(Clone, Debug, PartialEq)]
pub struct Stability {
    /// What was tried.
    pub trial: Trial,
    /// One for each hypothesis, in the order of the columns.
    pub hypotheses: Vec<Share>,
    /// Whether the shares are exact; otherwise they come from draws.
    pub is_exact: bool,
}

/// How often a hypothesis is in front.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// The hypothesis.
    pub hypothesis: Id<Hypothesis>,
    /// The share of all outcomes in which it is alone in front, in `[0, 1]`; undefined where it has no score.
    pub alone: Measure,
    /// The share of all outcomes in which it is in front, alone or level with others, in `[0, 1]`: at least [`alone`](Self::alone),
    /// and undefined like it.
    pub first: Measure,
    /// The standard error √(p (1 − p) / n) of that share, of draws; 0 where it is exact. Of a share of 0 or 1 from draws it
    /// is 0 too and says nothing: the interval does.
    pub standard_error: f64,
    /// The 95 % interval of a share from draws, which also holds for one of 0 or 1 (E. B. Wilson, "Probable inference, the law of
    /// succession, and statistical inference", Journal of the American Statistical Association 22, 1927); `None` where the share
    /// is exact or undefined.
    pub interval: Option<[f64; 2]>,
}

impl Share {
    /// How far the share from draws may be off, such as "± 0.00069", or "fewer than 1 in 26,000" and "all but 1 in 26,000" where
    /// none or each of the draws had it; empty where it is exact or undefined.
    pub fn error_words(&self) -> String {
        let (Ok(share), Some([low, high])) = (&self.alone, self.interval) else { return String::new() };
        let one_in = |part: f64| (1.0 / part.max(f64::MIN_POSITIVE)).floor();
        match *share {
            0.0 => format!("fewer than 1 in {}", one_in(high)),
            1.0 => format!("all but 1 in {} or fewer", one_in(1.0 - low)),
            _ => format!("± {:.5}", self.standard_error),
        }
    }
}

/// The Wilson score interval of a share of so many draws, in `[0, 1]`, with z = 1.96: 95 %.
fn wilson(share: f64, draws: f64) -> [f64; 2] {
    const Z: f64 = 1.959_963_984_540_054;
    let (z2, whole) = (Z * Z, 1.0 + Z * Z / draws);
    let middle = (share + z2 / (2.0 * draws)) / whole;
    let half = Z * (share * (1.0 - share) / draws + z2 / (4.0 * draws * draws)).sqrt() / whole;
    // An end that coincides with the share does so exactly.
    let low = if share == 0.0 { 0.0 } else { (middle - half).max(0.0) };
    let high = if share == 1.0 { 1.0 } else { (middle + half).min(1.0) };
    [low, high]
}

impl Stability {
    /// The share of all outcomes in which nobody is alone in front, because several share the first place, in `[0, 1]`.
    /// Undefined where no hypothesis has a score.
    pub fn shared(&self) -> Measure {
        let alone: Vec<f64> =
            self.hypotheses.iter().filter_map(|it| it.alone.as_ref().ok().copied()).collect();
        if alone.is_empty() {
            return Err(Undefined::because("no hypothesis has a score"));
        }
        Ok((1.0 - alone.iter().sum::<f64>()).clamp(0.0, 1.0))
    }
}

/// The greatest number of different scores of a hypothesis up to which shares are computed exactly.
const GREATEST_SUPPORT: usize = 20_000;
/// How many products the exact shares may take before draws are made instead: about half a second.
const MOST_WORK: usize = 5_000_000;

/// The share of all outcomes in which each hypothesis is alone in front when every rating of the matrix moves on its own
/// with the probability of the trial: exact where the different scores of each hypothesis can be listed, else from draws.
///
/// Cells are independent, so that the distribution of each score is a convolution over its cells and the share of
/// hypothesis j is Σ P(Sⱼ = s) Π P(Sₖ > s). `progress` gets the part that is done, in `[0, 1]`, and stops the work by giving
/// back `false`; the result is `None` then.
pub fn stability(
    matrix: &Matrix,
    raters: Raters,
    methods: &Methods,
    trial: Trial,
    progress: &(dyn Fn(f32) -> bool + Sync),
) -> Option<Stability> {
    let cells = Cells::new(matrix, raters, methods, trial);
    match cells.exact(MOST_WORK, progress) {
        Ok(shares) => Some(result(matrix, cells.trial, shares, true)),
        Err(Missing::Stopped) => None,
        Err(Missing::TooMany) => drawn(matrix, &cells, progress),
    }
}

/// The same where it is exact within so many products; `None` where it is not.
pub fn exact_stability(
    matrix: &Matrix,
    raters: Raters,
    methods: &Methods,
    trial: Trial,
    most_work: usize,
) -> Option<Stability> {
    let cells = Cells::new(matrix, raters, methods, trial);
    let shares = cells.exact(most_work, &|_| true).ok()?;
    Some(result(matrix, cells.trial, shares, true))
}

/// The same from draws, even where the exact shares are within reach.
pub fn stability_by_draws(
    matrix: &Matrix,
    raters: Raters,
    methods: &Methods,
    trial: Trial,
    progress: &(dyn Fn(f32) -> bool + Sync),
) -> Option<Stability> {
    drawn(matrix, &Cells::new(matrix, raters, methods, trial), progress)
}

fn drawn(matrix: &Matrix, cells: &Cells, progress: &(dyn Fn(f32) -> bool + Sync)) -> Option<Stability> {
    Some(result(matrix, cells.trial, Draws::new(cells).shares(cells.trial, progress)?, false))
}

/// The part of all outcomes in which a hypothesis is alone in front, and that in which it is alone or level with others.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Parts {
    alone: f64,
    first: f64,
}

fn result(matrix: &Matrix, trial: Trial, shares: Vec<Option<Parts>>, is_exact: bool) -> Stability {
    let draws = f64::from(trial.draws.max(1));
    let defined = |share: Option<f64>| share.ok_or(Undefined::because("no evidence is rated against it"));
    let hypotheses = matrix.hypotheses.iter().zip(shares).map(|(hypothesis, parts)| {
        // Sums of products may go past 1 in the last digit.
        let share = parts.map(|parts| parts.alone.clamp(0.0, 1.0));
        Share {
            hypothesis: *hypothesis,
            standard_error: match share {
                Some(share) if !is_exact => (share * (1.0 - share) / draws).sqrt(),
                _ => 0.0,
            },
            interval: share.filter(|_| !is_exact).map(|share| wilson(share, draws)),
            alone: defined(share),
            first: defined(parts.map(|parts| parts.first.clamp(share.unwrap_or(0.0), 1.0))),
        }
    });
    Stability { trial, hypotheses: hypotheses.collect(), is_exact }
}

/// Why there are no exact shares.
enum Missing {
    /// A score has more values than can be listed.
    TooMany,
    /// They are not wanted any more.
    Stopped,
}

/// What a score can be, with the probability of each, by score.
type Distribution = Vec<(f64, f64)>;

/// Of each cell that counts what it can add to the score of its hypothesis.
struct Cells {
    columns: Vec<Vec<Distribution>>,
    /// Two scores that differ by no more are equal.
    tie: f64,
    trial: Trial,
}

impl Cells {
    fn new(matrix: &Matrix, raters: Raters, methods: &Methods, trial: Trial) -> Self {
        let probability = if trial.probability.is_nan() { 0.0 } else { trial.probability.clamp(0.0, 1.0) };
        let trial = Trial { probability, ..trial };
        let rows = matrix.items.iter().enumerate().filter(|(_, item)| !item.is_excluded);
        let rows: Vec<(usize, f64)> = rows.map(|(row, item)| (row, item.weight.weight)).collect();
        let column = |column: usize| -> Vec<Distribution> {
            let cells = rows.iter().filter_map(|(row, weight)| {
                outcomes(matrix.votes(*row, column), raters, methods, trial).map(|points| {
                    points.into_iter().map(|(points, share)| (points * weight, share)).collect()
                })
            });
            cells.collect()
        };
        let columns: Vec<Vec<Distribution>> =
            (0..matrix.hypotheses.len()).into_par_iter().map(column).collect();
        let greatest = |cell: &Distribution| cell.iter().fold(0.0, |most: f64, (value, _)| most.max(*value));
        let sums = columns.iter().map(|cells| cells.iter().map(greatest).sum::<f64>());
        let tie = ROUNDING * sums.fold(0.0, f64::max);
        Self { columns, tie, trial }
    }

    /// The exact shares, by at most so many products.
    fn exact(
        &self,
        most_work: usize,
        progress: &(dyn Fn(f32) -> bool + Sync),
    ) -> Result<Vec<Option<Parts>>, Missing> {
        let mut left = most_work;
        let mut distributions = Vec::with_capacity(self.columns.len());
        for (column, cells) in self.columns.iter().enumerate() {
            if !progress(column as f32 / self.columns.len() as f32) {
                return Err(Missing::Stopped);
            }
            distributions.push(distribution(cells, self.tie, &mut left)?);
        }
        Ok(in_front(&distributions, self.tie))
    }
}

/// The distribution of the score of a hypothesis of these cells; `None` where it has no score.
fn distribution(cells: &[Distribution], tie: f64, left: &mut usize) -> Result<Option<Distribution>, Missing> {
    let mut sum: Distribution = vec![(0.0, 1.0)];
    for cell in cells {
        *left = left.checked_sub(sum.len() * cell.len()).ok_or(Missing::TooMany)?;
        sum = convolve(&sum, cell, tie);
        if sum.len() > GREATEST_SUPPORT {
            return Err(Missing::TooMany);
        }
    }
    Ok((!cells.is_empty()).then_some(sum))
}

/// The cells made ready for drawing: each outcome of a cell takes one random number (A. J. Walker, "An efficient method for
/// generating discrete random variables with general distributions", ACM Transactions on Mathematical Software 3, 1977).
struct Draws {
    /// The slots of all cells, one cell after the other.
    slots: Vec<Slot>,
    /// For each column how many slots each of its cells has.
    columns: Vec<Vec<usize>>,
}

/// One of the equally likely slots of a cell: one of two values.
#[derive(Clone, Copy)]
struct Slot {
    /// Below this place in the slot it is the first value.
    threshold: u64,
    first: f64,
    second: f64,
}

impl Draws {
    fn new(cells: &Cells) -> Self {
        let columns = cells.columns.iter().map(|cells| cells.iter().map(Vec::len).collect()).collect();
        Self { slots: cells.columns.iter().flatten().flat_map(slots).collect(), columns }
    }

    /// The shares from draws: each has its own stream of random numbers, so that they do not depend on the number of
    /// threads.
    fn shares(&self, trial: Trial, progress: &(dyn Fn(f32) -> bool + Sync)) -> Option<Vec<Option<Parts>>> {
        const BATCH: u32 = 1_000;
        let draws = trial.draws.max(1);
        // How often each is alone in front, and how often alone or level with others.
        let mut wins = vec![[0_u32; 2]; self.columns.len()];
        for from in (0..draws).step_by(BATCH as usize) {
            if !progress(from as f32 / draws as f32) {
                return None;
            }
            let to = draws.min(from.saturating_add(BATCH));
            let draws: Vec<Vec<usize>> =
                (from..to).into_par_iter().map(|draw| self.leaders_of(trial.seed, draw)).collect();
            for leaders in draws {
                for leader in &leaders {
                    if let Some([alone, first]) = wins.get_mut(*leader) {
                        *alone += u32::from(leaders.len() == 1);
                        *first += 1;
                    }
                }
            }
        }
        let share = |(wins, cells): ([u32; 2], &Vec<usize>)| {
            let [alone, first] = wins.map(|wins| f64::from(wins) / f64::from(draws));
            (!cells.is_empty()).then_some(Parts { alone, first })
        };
        Some(wins.into_iter().zip(&self.columns).map(share).collect())
    }

    /// Who is in front in a draw: one, or several that are level.
    fn leaders_of(&self, seed: u64, draw: u32) -> Vec<usize> {
        let mut random = SplitMix64(seed ^ u64::from(draw).wrapping_mul(0xd134_2543_de82_ef95));
        let mut slots = self.slots.as_slice();
        let score = |cells: &Vec<usize>| {
            let mut sum = 0.0;
            for count in cells {
                let (own, rest) = slots.split_at_checked(*count).unwrap_or((slots, &[]));
                slots = rest;
                sum += pick(own, random.next());
            }
            (!cells.is_empty()).then_some(sum)
        };
        let scores: Vec<Option<f64>> = self.columns.iter().map(score).collect();
        let least = scores.iter().flatten().copied().fold(f64::INFINITY, f64::min);
        let tie = tie(&scores);
        let is_first =
            |column: &usize| scores.get(*column).copied().flatten().is_some_and(|score| score - least <= tie);
        (0..scores.len()).filter(is_first).collect()
    }
}

/// The slots of a cell: whoever has less than a slot shares one with who has most.
fn slots(cell: &Distribution) -> Vec<Slot> {
    let count = cell.len() as f64;
    let mut open: Vec<(f64, f64)> = cell.iter().map(|(value, share)| (share * count, *value)).collect();
    let mut slots = Vec::with_capacity(cell.len());
    while !open.is_empty() {
        open.sort_unstable_by(|left, right| left.0.total_cmp(&right.0));
        let (share, first) = open.remove(0);
        slots.push(match open.last_mut() {
            Some((most, second)) if share < 1.0 => {
                *most -= 1.0 - share;
                Slot { threshold: (share.max(0.0) * 2.0_f64.powi(64)) as u64, first, second: *second }
            }
            _ => Slot { threshold: u64::MAX, first, second: first },
        });
    }
    slots
}

fn pick(slots: &[Slot], random: u64) -> f64 {
    let wide = u128::from(random) * slots.len() as u128;
    let slot = slots.get((wide >> 64) as usize);
    slot.map_or(0.0, |slot| if (wide as u64) < slot.threshold { slot.first } else { slot.second })
}

/// What the mean points of a cell can be; `None` where it has none. Each rating moves on its own.
fn outcomes(votes: &[Vote], raters: Raters, methods: &Methods, trial: Trial) -> Option<Distribution> {
    let counted: Vec<&Vote> = votes
        .iter()
        .filter(|vote| cell_points(std::slice::from_ref(vote), raters, methods).is_some())
        .collect();
    let count = counted.len() as f64;
    if counted.is_empty() {
        return None;
    }
    let mut sum: Distribution = vec![(0.0, 1.0)];
    for vote in counted {
        let mut one: Distribution =
            vec![(methods.points(vote.value).unwrap_or(0.0) / count, 1.0 - trial.probability)];
        for (value, share) in trial.how.targets(vote.value) {
            one.push((methods.points(*value).unwrap_or(0.0) / count, share * trial.probability));
        }
        let greatest = methods.rating_points.iter().fold(0.0, |most: f64, points| most.max(*points));
        sum = convolve(&sum, &one, ROUNDING * greatest);
    }
    Some(sum)
}

/// The distribution of the sum of two independent numbers; values that differ by rounding alone are one.
fn convolve(left: &Distribution, right: &Distribution, tie: f64) -> Distribution {
    let mut sums: Distribution = left
        .iter()
        .flat_map(|(a, p)| right.iter().map(move |(b, q)| (a + b, p * q)))
        .filter(|(_, share)| *share > 0.0)
        .collect();
    sums.sort_unstable_by(|(a, _), (b, _)| a.total_cmp(b));
    let mut merged: Distribution = Vec::with_capacity(sums.len());
    for (value, share) in sums {
        match merged.last_mut() {
            Some((last, sum)) if value - *last <= tie => *sum += share,
            _ => merged.push((value, share)),
        }
    }
    merged
}

/// For each hypothesis the probability that its score is below those of all others, and that it is above none of them.
fn in_front(distributions: &[Option<Distribution>], tie: f64) -> Vec<Option<Parts>> {
    // For each distribution the probability of what lies beyond each of its values.
    let beyond: Vec<Option<Vec<f64>>> = distributions.iter().map(|it| it.as_ref().map(tails)).collect();
    // The probability that all others have scores from the first one on that is not `below`.
    let others = |column: usize, below: &dyn Fn(f64) -> bool| -> f64 {
        let one = |(other, (distribution, tails)): (usize, (&Option<Distribution>, &Option<Vec<f64>>))| {
            let (distribution, tails) = (distribution.as_ref()?, tails.as_ref()?);
            let first = distribution.partition_point(|(value, _)| below(*value));
            (other != column).then(|| tails.get(first).copied().unwrap_or(0.0))
        };
        distributions.iter().zip(&beyond).enumerate().filter_map(one).product()
    };
    let parts = |(column, distribution): (usize, &Option<Distribution>)| {
        let distribution = distribution.as_ref()?;
        let sum = |others: &dyn Fn(f64) -> f64| -> f64 {
            distribution.iter().map(|(score, share)| share * others(*score)).sum()
        };
        Some(Parts {
            alone: sum(&|score| others(column, &|value| value <= score + tie)),
            first: sum(&|score| others(column, &|value| value < score - tie)),
        })
    };
    distributions.iter().enumerate().map(parts).collect()
}

/// The probability of each value or a greater one, and 0 at the end.
fn tails(distribution: &Distribution) -> Vec<f64> {
    let mut sum = 0.0;
    let mut tails: Vec<f64> = distribution
        .iter()
        .rev()
        .map(|(_, share)| {
            sum += share;
            sum
        })
        .collect();
    tails.reverse();
    tails.push(0.0);
    tails
}

/// The generator of G. L. Steele, D. Lea and C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014: kept
/// here so that a published figure can be drawn again with every later version.
struct SplitMix64(u64);

impl SplitMix64 {
    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
