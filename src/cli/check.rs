//! `ascribe check`: what does not hold in files.

use std::io;
use std::path::PathBuf;

use clap::Args;

use super::{Console, Exit};
use crate::model::validate::Severity;
use crate::store;

const EXAMPLES: &str = "\
Examples:
  ascribe check saves/opm-anthem.ron
  ascribe check --quiet *.ron && echo \"all can be opened\"

Each finding is a line FILE:LINE:COLUMN: severity: message, so that editors jump to it.
Exit codes: 0 no errors (warnings may be meant), 1 errors, 2 a file that cannot be read.";

/// Look for what is wrong in assessments, or worth a look
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Check {
    /// The assessments
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

impl Check {
    pub(super) fn run(&self, console: &mut Console<'_>) -> io::Result<Exit> {
        let mut exit = Exit::Done;
        let (mut errors, mut warnings) = (0, 0);
        for file in &self.files {
            let parsed = match store::read_all(file) {
                Ok(parsed) => parsed,
                Err(error) => {
                    console.error(error)?;
                    exit = Exit::Failed;
                    continue;
                }
            };
            for problem in &parsed.problems {
                match problem.severity {
                    Severity::Error => errors += 1,
                    Severity::Warning => warnings += 1,
                }
                console.line(format_args!("{}:{problem}", file.display()))?;
            }
        }
        if errors > 0 {
            exit = exit.max(Exit::Findings);
        }
        let count = |count: usize, what: &str| match count {
            1 => format!("1 {what}"),
            _ => format!("{count} {what}s"),
        };
        console.message(format_args!("{}, {}", count(errors, "error"), count(warnings, "warning")))?;
        Ok(exit)
    }
}
