//! `ascribe fmt` and `ascribe migrate`: a file in the canonical layout of the newest format.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::output::{Output, deliver};
use super::{Console, Exit};
use crate::model::validate::Severity;
use crate::store;

const FMT_EXAMPLES: &str = "\
Examples:
  ascribe fmt case.ron               rewrite it in place; the last version stays beside it as case.ron.bak
  ascribe fmt --check *.ron          only say which files are not in the canonical layout
  ascribe fmt case.ron -o -          write the result to standard output

The canonical layout has one record on each line, sorted by identifier, so that files compare and merge line by line.";

const MIGRATE_EXAMPLES: &str = "\
Examples:
  ascribe migrate old.ron -o new.ron
  ascribe migrate old.ron -o -       write the result to standard output";

/// Rewrite assessments in the canonical layout
#[derive(Debug, Args)]
#[command(after_help = FMT_EXAMPLES)]
pub(super) struct Fmt {
    /// The assessments
    #[arg(required = true)]
    files: Vec<PathBuf>,

    /// Change nothing; name the files that would change, and exit with 1 if there are any
    #[arg(long)]
    check: bool,

    /// Where to write the result, of one file, in place of the file itself; "-" is standard output
    #[arg(short, long, value_name = "OUT", conflicts_with = "check")]
    output: Option<PathBuf>,
}

impl Fmt {
    pub(super) fn run(&self, console: &mut Console<'_>) -> io::Result<Exit> {
        if self.output.is_some() && self.files.len() > 1 {
            console.error("several files cannot go into one; give one file with --output")?;
            return Ok(Exit::Failed);
        }
        let mut exit = Exit::Done;
        for file in &self.files {
            exit = exit.max(self.one(file, console)?);
        }
        Ok(exit)
    }

    fn one(&self, file: &Path, console: &mut Console<'_>) -> io::Result<Exit> {
        let canonical = match canonical(file, console)? {
            Ok(canonical) => canonical,
            Err(exit) => return Ok(exit),
        };
        match &self.output {
            Some(output) => deliver(output, &canonical.bytes, console),
            None if canonical.is_as_before => Ok(Exit::Done),
            None if self.check => {
                console.line(format_args!("{} is not in the canonical layout", file.display()))?;
                Ok(Exit::Findings)
            }
            None => {
                if canonical.comments > 0 {
                    console.message(format_args!(
                        "{}: comments have no place in the canonical layout; those that it had are in {0}.bak",
                        file.display()
                    ))?;
                }
                deliver(file, &canonical.bytes, console)
            }
        }
    }
}

/// Rewrite an assessment in the newest format
#[derive(Debug, Args)]
#[command(after_help = MIGRATE_EXAMPLES)]
pub(super) struct Migrate {
    /// The assessment
    file: PathBuf,

    #[command(flatten)]
    output: Output,
}

impl Migrate {
    pub(super) fn run(&self, console: &mut Console<'_>) -> io::Result<Exit> {
        match canonical(&self.file, console)? {
            Ok(canonical) => self.output.deliver(&canonical.bytes, console),
            Err(exit) => Ok(exit),
        }
    }
}

/// A document in the canonical layout of the newest format.
struct Canonical {
    bytes: Vec<u8>,
    is_as_before: bool,
    comments: usize,
}

/// Rewrites a file in memory. One that cannot be read as a whole is refused, with all that is wrong; findings about
/// the assessment itself are no obstacle.
fn canonical(file: &Path, console: &mut Console<'_>) -> io::Result<Result<Canonical, Exit>> {
    let (before, parsed) = match store::read_with_bytes(file) {
        Ok(read) => read,
        Err(error) => {
            console.error(error)?;
            return Ok(Err(Exit::Failed));
        }
    };
    let Some(assessment) = parsed.assessment else {
        for problem in parsed.problems.iter().filter(|problem| problem.severity == Severity::Error) {
            console.error_line(format_args!("{}:{problem}", file.display()))?;
        }
        return Ok(Err(Exit::Findings));
    };
    let bytes = store::to_bytes(&assessment);
    Ok(Ok(Canonical { is_as_before: bytes == before, bytes, comments: parsed.comments }))
}
