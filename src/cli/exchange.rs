//! `ascribe import` and `ascribe export`: from and to the formats of other programs.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::output::{Output, deliver};
use super::{Console, Exit};
use crate::exchange::claims_csv;
use crate::model::validate::Severity;
use crate::model::{Assessment, Header, Kind, Uuid};
use crate::store;

const IMPORT_EXAMPLES: &str = "\
Examples:
  ascribe import --from claims-csv claims.csv -o case.ron
  ascribe import --from claims-csv a.csv b.csv -o case.ron           several tables into one assessment
  ascribe import --from claims-csv new.csv --into case.ron -o case.ron
                                       into an assessment that is there; its last version stays as case.ron.bak

claims-csv: a table with a header; source, incident and actor are required, the other columns are
  id, source_kind, reliability, incident_start, incident_end, proposition, actor_level, belongs_to, role, stance,
  likelihood, confidence, credibility, stated_on, covers_from, covers_to, document, url, locator, quote, repeats, notes

Each finding is a line FILE:ROW:COLUMN: severity: message. Rows with an error are left out and written, with the reason,
to OUT.rejects.csv; mend them there and import that file. A row whose id is that of a claim changes that claim; a row
that says nothing new changes nothing, so that a table can be imported again.
Exit codes: 0 all rows came in, 1 some were rejected, 2 nothing was written.";

const EXPORT_EXAMPLES: &str = "\
Examples:
  ascribe export case.ron --to claims-csv -o claims.csv
  ascribe export case.ron --to claims-csv -o - | head

claims-csv: all claims as a table that a spreadsheet opens and that can be imported again. Cells that a spreadsheet would
run as a formula get an apostrophe in front.";

/// Make an assessment from the files of other programs, or add them to one
#[derive(Debug, Args)]
#[command(after_help = IMPORT_EXAMPLES)]
pub(super) struct Import {
    /// What the files are
    #[arg(long, value_enum, value_name = "FORMAT")]
    from: ImportFormat,
    /// The files
    #[arg(required = true, value_name = "IN")]
    files: Vec<PathBuf>,
    /// The assessment to add them to; without it a new one is begun
    #[arg(long, value_name = "EXISTING")]
    into: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
}

/// Formats that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ImportFormat {
    /// A table of claims
    ClaimsCsv,
}

impl Import {
    pub(super) fn run(&self, console: &mut Console<'_>) -> io::Result<Exit> {
        let mut assessment = match self.begin(console)? {
            Ok(assessment) => assessment,
            Err(exit) => return Ok(exit),
        };
        let (mut exit, mut is_changed) = (Exit::Done, self.into.is_none());
        let mut rejects = Vec::new();
        for file in &self.files {
            let ImportFormat::ClaimsCsv = self.from;
            let import = match std::fs::read(file) {
                Ok(bytes) => claims_csv::read(&bytes, &assessment, &mut Uuid::now_v7, &|_| true),
                Err(error) => {
                    console.error(format_args!("{} cannot be read: {error}", file.display()))?;
                    return Ok(Exit::Failed);
                }
            };
            let import = match import {
                Ok(import) => import,
                Err(unreadable) => {
                    console.error_line(format_args!("{}:{unreadable}", file.display()))?;
                    return Ok(Exit::Failed);
                }
            };
            for finding in &import.findings {
                let line = format!("{}:{finding}", file.display());
                match finding.severity {
                    Severity::Error => console.error_line(line)?,
                    Severity::Warning => console.message(line)?,
                }
            }
            console.message(format_args!("{}: {}", file.display(), summary(&import)))?;
            is_changed |= !import.changes.is_empty();
            assessment = import.applied_to(&assessment);
            if !import.rejects.is_empty() {
                exit = Exit::Findings;
                rejects.push((file.as_path(), import.rejects));
            }
        }
        if is_changed {
            assessment.header.updated = jiff::Timestamp::now();
        }
        exit = exit.max(self.output.deliver(&store::to_bytes(&assessment), console)?);
        if exit != Exit::Failed {
            exit = exit.max(self.write_rejects(&rejects, console)?);
        }
        Ok(exit)
    }

    /// The assessment that the files are added to.
    fn begin(&self, console: &mut Console<'_>) -> io::Result<Result<Assessment, Exit>> {
        let Some(path) = &self.into else { return Ok(Ok(self.blank())) };
        let parsed = match store::read_all(path) {
            Ok(parsed) => parsed,
            Err(error) => {
                console.error(error)?;
                return Ok(Err(Exit::Failed));
            }
        };
        if let Some(assessment) = parsed.assessment {
            return Ok(Ok(assessment));
        }
        for problem in parsed.problems.iter().filter(|problem| problem.severity == Severity::Error) {
            console.error_line(format_args!("{}:{problem}", path.display()))?;
        }
        Ok(Err(Exit::Failed))
    }

    /// A new assessment with the name of the first file as its title.
    fn blank(&self) -> Assessment {
        let title = self.files.first().and_then(|file| file.file_stem());
        let title = title.map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let now = jiff::Timestamp::now();
        let header = Header { id: Uuid::now_v7(), title, created: now, updated: now, ..Header::default() };
        Assessment::from_records(header, [])
    }

    /// Writes the rows that did not come in beside the result: `OUT.rejects.csv`, of several tables `OUT.NAME.rejects.csv`.
    fn write_rejects(&self, rejects: &[(&Path, Vec<u8>)], console: &mut Console<'_>) -> io::Result<Exit> {
        let mut exit = Exit::Done;
        for (file, bytes) in rejects {
            if self.output.output == Path::new("-") {
                let message =
                    "rows with errors are not written anywhere; give a file with --output to get them";
                console.error_line(format_args!("{}: {message}", file.display()))?;
                continue;
            }
            let mut name = self.output.output.clone().into_os_string();
            if let (true, Some(stem)) = (self.files.len() > 1, file.file_stem()) {
                name.push(".");
                name.push(stem);
            }
            name.push(".rejects.csv");
            let path = PathBuf::from(name);
            exit = exit.max(deliver(&path, bytes, console)?);
            console.error_line(format_args!(
                "{}: the rejected rows are in {}",
                file.display(),
                path.display()
            ))?;
        }
        Ok(exit)
    }
}

/// What became of a table, in one line.
fn summary(import: &claims_csv::Import) -> String {
    let [new, changed, unchanged, rejected] = import.count_rows();
    let made = [Kind::Source, Kind::Incident, Kind::Actor, Kind::Document].map(|kind| {
        let count = import.count_new(kind);
        format!("{count} {}", if count == 1 { kind.label() } else { kind.plural() })
    });
    format!(
        "{new} new, {changed} changed, {unchanged} unchanged, {rejected} rejected; made {}",
        made.join(", ")
    )
}

/// Write an assessment in a format of other programs
#[derive(Debug, Args)]
#[command(after_help = EXPORT_EXAMPLES)]
pub(super) struct Export {
    /// The assessment
    file: PathBuf,
    /// What to write
    #[arg(long, value_enum, value_name = "FORMAT")]
    to: ExportFormat,
    #[command(flatten)]
    output: Output,
}

/// Formats that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// A table of claims
    ClaimsCsv,
}

impl Export {
    pub(super) fn run(&self, console: &mut Console<'_>) -> io::Result<Exit> {
        let parsed = match store::read_all(&self.file) {
            Ok(parsed) => parsed,
            Err(error) => {
                console.error(error)?;
                return Ok(Exit::Failed);
            }
        };
        let Some(assessment) = parsed.assessment else {
            for problem in parsed.problems.iter().filter(|problem| problem.severity == Severity::Error) {
                console.error_line(format_args!("{}:{problem}", self.file.display()))?;
            }
            return Ok(Exit::Findings);
        };
        let ExportFormat::ClaimsCsv = self.to;
        let export = claims_csv::write(&assessment);
        for sentence in &export.left_out {
            console.message(format_args!("{}: warning: {sentence}", self.file.display()))?;
        }
        self.output.deliver(&export.bytes, console)
    }
}
