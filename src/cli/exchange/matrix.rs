//! Which incident and which analyst a matrix is read or written for.

use std::path::Path;

use super::super::asked;
use crate::exchange::ach_csv::{Target, Wanted};
use crate::model::{Analyst, Assessment, Id, Incident, Nameable};

/// Who rates where nobody is named and the assessment has no analysts.
const NOBODY: &str = "Unnamed analyst";

/// For whom and for what a matrix is read: what was asked for; else the only incident and the only analyst there are, or new
/// ones where there are none.
pub(super) fn target(
    incident: Option<&str>,
    analyst: Option<&str>,
    file: &Path,
    into: &Assessment,
) -> Result<Target, String> {
    let stem = || file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let incident = match incident {
        Some(asked) => {
            asked::incident(asked, into).map_or_else(|_| Wanted::Named(asked.to_owned()), Wanted::Known)
        }
        None => only(into.incidents.ids())
            .map_err(|()| {
                format!(
                    "a matrix weighs one incident; name it with --incident. The assessment has\n{}",
                    asked::names(into)
                )
            })?
            .map_or_else(|| Wanted::Named(stem()), Wanted::Known),
    };
    let analyst = match analyst {
        Some(asked) => Wanted::Named(asked.to_owned()),
        None => only(into.analysts.ids())
            .map_err(|()| {
                let names: Vec<&str> = into.analysts.iter().map(|it| it.name.as_str()).collect();
                format!("say with --analyst whose ratings these are: {}", names.join(", "))
            })?
            .map_or_else(|| Wanted::Named(NOBODY.to_owned()), Wanted::Known),
    };
    Ok(Target { incident, analyst, rated_at: jiff::Timestamp::now() })
}

/// Of which incident and by whom a matrix is written: what was asked for; else the only incident that has one, and the only
/// analyst who rated anything in it.
pub(super) fn written(
    incident: Option<&str>,
    analyst: Option<&str>,
    assessment: &Assessment,
) -> Result<(Id<Incident>, Option<Id<Analyst>>), String> {
    let incident = match incident {
        Some(asked) => asked::incident(asked, assessment)?,
        None => {
            let weighed = assessment.incidents.ids().filter(|id| {
                assessment.evidence.iter().any(|it| it.incident == *id)
                    || assessment.hypotheses.iter().any(|it| it.incident == *id)
            });
            match only(weighed) {
                Ok(Some(incident)) => incident,
                Ok(None) => return Err("the assessment has no evidence and no hypotheses".to_owned()),
                Err(()) => {
                    return Err(format!(
                        "a table holds the matrix of one incident; name it with --incident. The assessment has\n{}",
                        asked::names(assessment)
                    ));
                }
            }
        }
    };
    let on_incident =
        |id| assessment.get::<crate::model::Evidence>(id).is_some_and(|it| it.incident == incident);
    let mut raters: Vec<Id<Analyst>> =
        assessment.ratings.iter().filter(|it| on_incident(it.evidence)).map(|it| it.analyst).collect();
    raters.sort_unstable();
    raters.dedup();
    let name = |id: &Id<Analyst>| assessment.name_of(*id);
    let analyst = match analyst {
        Some(asked) => Some(asked::analyst(asked, assessment)?),
        None => only(raters.iter().copied()).map_err(|()| {
            let names: Vec<String> = raters.iter().map(name).collect();
            format!(
                "a table holds the ratings of one analyst; name them with --analyst: {}",
                names.join(", ")
            )
        })?,
    };
    Ok((incident, analyst))
}

/// The only one of some; nothing where there is none, an error where there are several.
fn only<T>(mut of: impl Iterator<Item = Id<T>>) -> Result<Option<Id<T>>, ()>
where
    T: Nameable,
{
    match (of.next(), of.next()) {
        (only, None) => Ok(only),
        _ => Err(()),
    }
}
