//! What several commands are asked for: a sound assessment, one of its incidents, a level of the hierarchy.

use std::io;
use std::path::Path;

use clap::ValueEnum;

use super::{Console, Exit};
use crate::model::validate::Severity;
use crate::model::{ActorLevel, Analyst, Assessment, Id, Incident};
use crate::store::{self, Problem};

/// How many of an assessment's incidents a message names.
const NAMED: usize = 10;

/// A level of the hierarchy, as it is named on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Level {
    Class,
    State,
    Service,
    Unit,
    Cluster,
    Organisation,
    Person,
}

impl From<Level> for ActorLevel {
    fn from(level: Level) -> Self {
        match level {
            Level::Class => Self::Class,
            Level::State => Self::State,
            Level::Service => Self::Service,
            Level::Unit => Self::Unit,
            Level::Cluster => Self::Cluster,
            Level::Organisation => Self::Organisation,
            Level::Person => Self::Person,
        }
    }
}

/// An assessment from which something can be made, and what is wrong in it all the same.
pub(super) struct Sound {
    pub assessment: Assessment,
    /// Errors that leave the rest of the file its meaning, such as a judgement that does not sum to 100 %. They were printed.
    pub errors: Vec<Problem>,
}

/// Reads an assessment from which something is to be made. What is made of a file whose structure is broken would mean nothing, so
/// that one is refused with all that is wrong; other errors are printed, and concern only the record in which they stand.
pub(super) fn sound_assessment(file: &Path, console: &mut Console<'_>) -> io::Result<Result<Sound, Exit>> {
    let parsed = match store::read_all(file) {
        Ok(parsed) => parsed,
        Err(error) => {
            console.error(error)?;
            return Ok(Err(Exit::Failed));
        }
    };
    let errors: Vec<Problem> =
        parsed.problems.into_iter().filter(|problem| problem.severity == Severity::Error).collect();
    for problem in &errors {
        console.error_line(format_args!("{}:{problem}", file.display()))?;
    }
    let is_broken = errors.iter().any(|problem| problem.blocks_opening);
    Ok(match parsed.assessment {
        Some(assessment) if !is_broken => Ok(Sound { assessment, errors }),
        _ => Err(Exit::Findings),
    })
}

/// The incident that is meant by its identifier, the last digits of it, or its name; or why none is.
pub(super) fn incident(asked: &str, assessment: &Assessment) -> Result<Id<Incident>, String> {
    let asked = asked.trim().to_lowercase();
    let is_meant = |incident: &&Incident| {
        let is_end = asked.len() >= 4 && incident.id.to_string().ends_with(&asked);
        is_end || incident.name.to_lowercase() == asked
    };
    let found: Vec<&Incident> = assessment.incidents.iter().filter(is_meant).collect();
    match found.as_slice() {
        [incident] => Ok(incident.id),
        [] => Err(format!("no incident \"{asked}\"; the assessment has\n{}", names(assessment))),
        several if several.iter().any(|incident| incident.name.to_lowercase() == asked) => Err(format!(
            "\"{asked}\" means {} incidents; give the identifier of one instead of its name\n{}",
            several.len(),
            listed(several.iter().copied(), several.len())
        )),
        several => Err(format!(
            "\"{asked}\" is the end of {} incidents' identifiers; give more of it",
            several.len()
        )),
    }
}

/// The analyst with a name; letter case does not matter.
pub(super) fn analyst(asked: &str, assessment: &Assessment) -> Result<Id<Analyst>, String> {
    let wanted = asked.trim().to_lowercase();
    let found = assessment.analysts.iter().filter(|it| it.name.trim().to_lowercase() == wanted);
    only(found.map(|it| it.id), asked, "analyst").unwrap_or_else(|| Err(format!("no analyst \"{asked}\"")))
}

/// The only record that is meant; what says that several are; `None` where none is.
pub(super) fn only<T>(
    found: impl Iterator<Item = Id<T>>,
    asked: &str,
    kind: &str,
) -> Option<Result<Id<T>, String>> {
    let found: Vec<Id<T>> = found.collect();
    match found.as_slice() {
        [] => None,
        [only] => Some(Ok(*only)),
        several => {
            let list: Vec<String> = several.iter().map(|id| format!("  {}", id.short())).collect();
            Some(Err(format!(
                "\"{asked}\" means more than one {kind}; rename all but one of\n{}",
                list.join("\n")
            )))
        }
    }
}

/// The incidents of an assessment with their identifiers, one a line; not more than a screen holds.
pub(super) fn names(assessment: &Assessment) -> String {
    listed(assessment.incidents.iter(), assessment.incidents.len())
}

fn listed<'a>(incidents: impl Iterator<Item = &'a Incident>, count: usize) -> String {
    let lines: Vec<String> = incidents
        .take(NAMED)
        .map(|incident| format!("  {} {}", incident.id.short(), incident.name))
        .collect();
    let rest = count.saturating_sub(NAMED);
    if rest == 0 { lines.join("\n") } else { format!("{}\n  and {rest} more", lines.join("\n")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Entity, Header, Nameable, Uuid};

    #[test]
    fn an_incident_that_is_not_certain_is_asked_for_again() {
        let named = |number: u128, name: &str| {
            Incident::named(Id::new(Uuid::from_u128(number)), name.to_owned()).into_record()
        };
        let records = [named(0xa_1234, "Breach"), named(0xb_1234, "breach"), named(0xc_1234, "Theft")];
        let assessment = Assessment::from_records(Header::default(), records);
        let check = |asked: &str, expect: Result<u128, &str>| match (incident(asked, &assessment), expect) {
            (Ok(found), Ok(number)) => assert_eq!(found.uuid(), Uuid::from_u128(number), "{asked}"),
            (Err(message), Err(part)) => assert!(message.contains(part), "{message}"),
            (found, _) => panic!("{asked}: {found:?}"),
        };
        check("theft", Ok(0xc_1234));
        check("a1234", Ok(0xa_1234));
        check("1234", Err("the end of 3 incidents' identifiers; give more of it"));
        check("Breach", Err("means 2 incidents; give the identifier of one instead of its name\n"));
        check("nothing", Err("no incident"));
    }
}
