//! `ascribe import` and `ascribe export`: from and to the formats of other programs.

mod matrix;

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::output::{Output, deliver};
use super::{Console, Exit};
use crate::exchange::{self, ach_csv, claims_csv};
use crate::model::validate::Severity;
use crate::model::{Assessment, Header, Kind, Uuid};
use crate::store;

const IMPORT_EXAMPLES: &str = "\
Examples:
  ascribe import --from claims-csv claims.csv -o case.ron
  ascribe import --from claims-csv a.csv b.csv -o case.ron           several tables into one assessment
  ascribe import --from claims-csv new.csv --into case.ron -o case.ron
                                       into an assessment that is there; its last version stays as case.ron.bak
  ascribe import --from ach-csv matrix.csv -o case.ron               then: ascribe score case.ron
  ascribe import --from ach-csv ada.csv --analyst Ada --incident 'Breach of OPM' --into case.ron -o case.ron

claims-csv: a table with a header; source, incident and actor are required, the other columns are
  id, source_kind, reliability, incident_start, incident_end, proposition, actor_level, belongs_to, role, stance,
  likelihood, confidence, credibility, stated_on, covers_from, covers_to, document, url, locator, quote, repeats, notes

ach-csv: a matrix of evidence against hypotheses, Evidence,<hypothesis>...,Source,Type,Credibility,Relevance. Cells are
  CC C N I II NA or ++ + 0 - --, an empty one is not rated; credibility and relevance are LOW MEDIUM HIGH or L M H,
  credibility also an Admiralty grade such as B2. Other columns are kept as notes, a blank row ends the matrix.

Each finding is a line FILE:ROW:COLUMN: severity: message. Rows with an error are left out and written, with the reason,
to OUT.rejects.csv; mend them there and import that file. A row whose id is that of a claim changes that claim; evidence is
known by its statement, hypotheses by their answer; a row that says nothing new changes nothing, so that a table can be imported again.
Exit codes: 0 all rows came in, 1 some were rejected, 2 nothing was written.";

const EXPORT_EXAMPLES: &str = "\
Examples:
  ascribe export case.ron --to claims-csv -o claims.csv
  ascribe export case.ron --to claims-csv -o - | head
  ascribe export case.ron --to ach-csv --incident 'Breach of OPM' --analyst Ada -o matrix.csv

claims-csv: all claims as a table that a spreadsheet opens and that can be imported again.
ach-csv: the evidence on one incident against its hypotheses, with the ratings of one analyst.
Cells that a spreadsheet would run as a formula get an apostrophe in front.";

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
    /// ach-csv: the incident that the matrix weighs; the only one, or a new one called like the file, where none is named
    #[arg(long, value_name = "NAME")]
    incident: Option<String>,
    /// ach-csv: whose ratings these are; the only analyst where nobody is named
    #[arg(long, value_name = "NAME")]
    analyst: Option<String>,
    #[command(flatten)]
    output: Output,
}

/// Formats that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ImportFormat {
    /// A table of claims
    ClaimsCsv,
    /// A matrix of evidence against hypotheses
    AchCsv,
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
            let Some(import) = self.read(file, &assessment, console)? else { return Ok(Exit::Failed) };
            for finding in &import.findings {
                let line = format!("{}:{finding}", file.display());
                match finding.severity {
                    Severity::Error => console.error_line(line)?,
                    Severity::Warning => console.message(line)?,
                }
            }
            console.message(format_args!("{}: {}", file.display(), summary(&import, self.made())))?;
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

    /// Reads one of the files; `None` where that was not possible, which has been said.
    fn read(
        &self,
        file: &Path,
        into: &Assessment,
        console: &mut Console<'_>,
    ) -> io::Result<Option<exchange::Import>> {
        let bytes = match std::fs::read(file) {
            Ok(bytes) => bytes,
            Err(error) => {
                console.error(format_args!("{} cannot be read: {error}", file.display()))?;
                return Ok(None);
            }
        };
        let import = match self.from {
            ImportFormat::ClaimsCsv => claims_csv::read(&bytes, into, &mut Uuid::now_v7, &|_| true),
            ImportFormat::AchCsv => {
                match matrix::target(self.incident.as_deref(), self.analyst.as_deref(), file, into) {
                    Ok(target) => ach_csv::read(&bytes, into, &target, &mut Uuid::now_v7, &|_| true),
                    Err(message) => {
                        console.error(message)?;
                        return Ok(None);
                    }
                }
            }
        };
        match import {
            Ok(import) => Ok(Some(import)),
            Err(unreadable) => {
                console.error_line(format_args!("{}:{unreadable}", file.display()))?;
                Ok(None)
            }
        }
    }

    /// What a table of this format can make, in the order in which it is told.
    const fn made(&self) -> &'static [Kind] {
        match self.from {
            ImportFormat::ClaimsCsv => &[Kind::Source, Kind::Incident, Kind::Actor, Kind::Document],
            ImportFormat::AchCsv => {
                &[Kind::Source, Kind::Incident, Kind::Analyst, Kind::Hypothesis, Kind::Rating]
            }
        }
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
fn summary(import: &exchange::Import, made: &[Kind]) -> String {
    let [new, changed, unchanged, rejected] = import.count_rows();
    let count = |kind: &Kind| {
        let count = import.count_new(*kind);
        format!("{count} {}", if count == 1 { kind.label() } else { kind.plural() })
    };
    let made: Vec<String> = made.iter().map(count).collect();
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
    /// ach-csv: of which incident; the only one that has a matrix where none is named
    #[arg(long, value_name = "ID")]
    incident: Option<String>,
    /// ach-csv: whose ratings; those of the only one who rated where nobody is named
    #[arg(long, value_name = "NAME")]
    analyst: Option<String>,
    #[command(flatten)]
    output: Output,
}

/// Formats that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// A table of claims
    ClaimsCsv,
    /// A matrix of evidence against hypotheses
    AchCsv,
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
        let export = match self.to {
            ExportFormat::ClaimsCsv => claims_csv::write(&assessment),
            ExportFormat::AchCsv => {
                match matrix::written(self.incident.as_deref(), self.analyst.as_deref(), &assessment) {
                    Ok((incident, analyst)) => ach_csv::write(&assessment, incident, analyst),
                    Err(message) => {
                        console.error(message)?;
                        return Ok(Exit::Failed);
                    }
                }
            }
        };
        for sentence in &export.left_out {
            console.message(format_args!("{}: warning: {sentence}", self.file.display()))?;
        }
        self.output.deliver(&export.bytes, console)
    }
}
