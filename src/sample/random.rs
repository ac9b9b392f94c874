//! Chance that is the same on every machine.

use uuid::{Builder, Uuid};

/// `SplitMix64` (Steele, Lea & Flood 2014): a 64-bit counter, mixed. Small, fast, and its sequence is fixed
/// by the seed alone.
pub(super) struct Random {
    state: u64,
    made: u64,
}

/// 2026-01-01T00:00:00Z in milliseconds: identifiers count on from here and not from the clock.
const FIRST_MILLISECOND: u64 = 1_767_225_600_000;

impl Random {
    pub(super) const fn new(seed: u64) -> Self {
        Self { state: seed, made: 0 }
    }

    pub(super) const fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 where `end` is 0. The slight bias of the remainder does not matter for
    /// samples.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let end = end as u64;
        usize::try_from(self.next().checked_rem(end).unwrap_or(0)).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// True in `percent` of a hundred cases.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of the items; `None` where there is none.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let place = self.below(items.len());
        items.get(place)
    }

    /// A new identifier of version 7. Later ones are greater.
    pub(super) fn uuid(&mut self) -> Uuid {
        let [low, high] = [self.next().to_le_bytes(), self.next().to_le_bytes()];
        let mut bytes = [0; 10];
        for (place, byte) in bytes.iter_mut().zip(low.into_iter().chain(high)) {
            *place = byte;
        }
        self.made += 1;
        Builder::from_unix_timestamp_millis(FIRST_MILLISECOND + self.made, &bytes).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers for seed 1234567, as the reference implementation gives them.
    #[test]
    fn the_sequence_is_that_of_the_reference() {
        let mut random = Random::new(1_234_567);
        let first = [random.next(), random.next(), random.next()];
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn identifiers_are_of_version_7_and_grow() {
        let mut random = Random::new(7);
        let made: Vec<Uuid> = (0..100).map(|_| random.uuid()).collect();
        assert!(made.iter().all(|uuid| uuid.get_version_num() == 7));
        assert!(made.is_sorted());
    }
}
