//! How alike distributions are, and how far one agrees on an ordered scale.

use super::super::{Measure, Undefined};
use crate::analysis::rounding::count;

/// The Jensen–Shannon divergence of two distributions in bits, in `[0, 1]`: 0 for equal ones, 1 for disjoint
/// ones.
///
/// H((p + q) / 2) − (H(p) + H(q)) / 2: Lin 1991. The weights are scaled to sum to 1. Symmetric.
///
/// # Errors
/// Undefined for distributions of different length, with weights that are negative or not finite, or without
/// any weight.
pub fn jensen_shannon_divergence(first: &[f64], second: &[f64]) -> Measure {
    if first.len() != second.len() {
        return Err(Undefined::because("the two do not speak of the same answers"));
    }
    let (first, second) = (scaled(first)?, scaled(second)?);
    let part = |own: f64, other: f64| {
        let mean = f64::midpoint(own, other);
        if own > 0.0 { own * (own / mean).log2() } else { 0.0 }
    };
    let sum: f64 = first.iter().zip(&second).map(|(a, b)| part(*a, *b) + part(*b, *a)).sum();
    Ok((sum / 2.0).clamp(0.0, 1.0))
}

/// The Jensen–Shannon distance with natural logarithms: the square root of the divergence in nats, in `[0,
/// √ln 2]`. A metric: Endres & Schindelin 2003. (What `scipy.spatial.distance.jensenshannon` gives.)
///
/// # Errors
/// As [`jensen_shannon_divergence`].
pub fn jensen_shannon_distance(first: &[f64], second: &[f64]) -> Measure {
    jensen_shannon_divergence(first, second).map(|bits| (bits * std::f64::consts::LN_2).sqrt())
}

fn scaled(weights: &[f64]) -> Result<Vec<f64>, Undefined> {
    let total: f64 = weights.iter().sum();
    if weights.iter().any(|weight| !weight.is_finite() || *weight < 0.0) || !total.is_finite() || total <= 0.0
    {
        return Err(Undefined::because("the weights are no distribution"));
    }
    Ok(weights.iter().map(|weight| weight / total).collect())
}

/// Van der Eijk's agreement A of judgements on an ordered scale, in `[−1, 1]`: 1 where all choose one
/// category, 0 where all are chosen alike, −1 where half choose the one end and half the other.
///
/// The distribution is taken apart into layers of equal height; a layer has the agreement U · (1 − (S − 1)/(K
/// − 1)), with S chosen of K categories and U = ((K − 2) TU − (K − 1) TDU) / ((K − 2)(TU + TDU)) from the
/// triples of categories that are unimodal (TU) and bimodal (TDU); A is the mean over layers by weight. Van
/// der Eijk, *Quality & Quantity* 35 (2001).
///
/// # Errors
/// Undefined for fewer than three categories, and where nobody chose any.
pub fn ordinal_agreement(chosen: &[f64]) -> Measure {
    if chosen.len() < 3 {
        return Err(Undefined::because("the scale has fewer than three steps"));
    }
    let mut left = scaled(chosen)?;
    let mut agreement: f64 = 0.0;
    loop {
        // What is left of a category after subtraction is either exactly 0 or at least as much as it was
        // given.
        let height = left.iter().copied().filter(|share| *share > 0.0).fold(f64::INFINITY, f64::min);
        if !height.is_finite() {
            return Ok(agreement.clamp(-1.0, 1.0));
        }
        let pattern: Vec<bool> = left.iter().map(|share| *share > 0.0).collect();
        let size = pattern.iter().filter(|is_chosen| **is_chosen).count();
        agreement += layer_agreement(&pattern) * height * count(size);
        for share in &mut left {
            *share = if *share > height { *share - height } else { 0.0 };
        }
    }
}

fn layer_agreement(pattern: &[bool]) -> f64 {
    let categories = count(pattern.len());
    let size = count(pattern.iter().filter(|is_chosen| **is_chosen).count());
    // All chosen: no unimodality to speak of, and the spread is complete.
    let spread = 1.0 - (size - 1.0) / (categories - 1.0);
    let (mut unimodal, mut bimodal) = (0.0, 0.0);
    // For each middle the number of chosen and not chosen categories on either side gives the triples.
    for (middle, is_chosen) in pattern.iter().enumerate() {
        let side = |chosen: bool, range: &mut dyn Iterator<Item = &bool>| {
            range.filter(|is_chosen| **is_chosen == chosen).count()
        };
        let before = |chosen| count(side(chosen, &mut pattern.iter().take(middle)));
        let after = |chosen| count(side(chosen, &mut pattern.iter().skip(middle + 1)));
        if *is_chosen {
            unimodal += before(true) * after(false) + before(false) * after(true);
        } else {
            bimodal += before(true) * after(true);
        }
    }
    let triples = unimodal + bimodal;
    // One category alone, or all of them, has no triple to count.
    let unimodality = if triples > 0.0 {
        ((categories - 2.0) * unimodal - (categories - 1.0) * bimodal) / ((categories - 2.0) * triples)
    } else {
        1.0
    };
    unimodality * spread
}
