//! What counts as equal although it was calculated in another way, and counts as numbers.

use super::{Measure, Undefined};

/// Two numbers that differ by less than this share of the greatest of those that they are among differ by rounding alone: the
/// same parts added up in another order. Probabilities are among numbers up to 1.
pub const ROUNDING: f64 = 1e-9;

/// How many there are, as a number to calculate with.
pub fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// The number that was calculated.
///
/// # Errors
/// Undefined for what is no number, or too great for one.
pub const fn measured(value: f64) -> Measure {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(Undefined::because("what it is made of is too great to calculate with"))
    }
}
