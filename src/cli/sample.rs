//! `ascribe sample`: a synthetic assessment of any size.

use std::io;

use clap::Args;

use super::output::Output;
use super::{Console, Exit};
use crate::sample::{MatrixSize, generate_with};
use crate::store;

const EXAMPLES: &str = "\
Examples:
  ascribe sample --claims 100 -o small.ron
  ascribe sample --claims 100000 --seed 7 -o large.ron
  ascribe sample --claims 20 -o - | head
  ascribe sample --claims 20 --matrix 500x12x20 -o matrix.ron
The same number and seed give the same file on every machine. All names are invented.";

/// Make a synthetic assessment of any size, for trying things out
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Sample {
    /// How many claims it has
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(..=1_000_000))]
    claims: u32,
    /// What chance begins with: the same seed gives the same assessment
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Also a further incident with an evidence matrix of that size, rated in full
    #[arg(long, value_name = "ITEMSxHYPOTHESESxANALYSTS")]
    matrix: Option<MatrixSize>,
    #[command(flatten)]
    output: Output,
}

impl Sample {
    pub(super) fn run(&self, console: &mut Console<'_>) -> io::Result<Exit> {
        let claims = usize::try_from(self.claims).unwrap_or(usize::MAX);
        let assessment = generate_with(claims, self.seed, self.matrix);
        self.output.deliver(&store::to_bytes(&assessment), console)
    }
}
