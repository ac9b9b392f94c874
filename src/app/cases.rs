//! The worked cases that come with the program.

/// A worked case.
#[derive(Clone, Copy, Debug)]
pub struct BundledCase {
    /// Its file name.
    pub file: &'static str,
    /// What it is about.
    pub title: &'static str,
    /// What it shows, in one sentence.
    pub teaches: &'static str,
    /// The file.
    pub bytes: &'static [u8],
}

/// All worked cases, the best to begin with first.
pub const CASES: &[BundledCase] = &[];
