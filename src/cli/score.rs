//! `ascribe score`: the results of each incident as a table or as JSON: how claims relate and agree, the fused beliefs, the
//! weighing of the hypotheses and the judgements. What only a chart shows is not among them: `ascribe figure` draws it.

mod json;
mod table;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clap::{Args, ValueEnum};

use super::asked::{self, Level, Sound};
use super::{Console, Exit};
use crate::analysis::ach::Raters;
use crate::analysis::ach::sensitivity::Sensitivity;
use crate::analysis::ach::stability::Trial;
use crate::analysis::agreement::SourceAgreement;
use crate::analysis::charts::RulesChart;
use crate::analysis::derived::RankStability;
use crate::analysis::influence::Influence;
use crate::analysis::{Derived, Options};
use crate::model::{ActorLevel, Assessment, Id, Incident};

const EXAMPLES: &str = "\
Examples:
  ascribe score saves/opm-anthem.ron
  ascribe score case.ron --level state            as seen at the level of states
  ascribe score case.ron --incident 1f0c2a9b      one incident, by the end of its identifier or by its name
  ascribe score case.ron --pairs --format json    every pair of claims, for other programs
  ascribe score case.ron --influence              what moves the fused picture most
  ascribe score case.ron --rules                  what each rule of fusion makes of the claims

Retracted and superseded claims take no part. A number that is undefined is shown with the reason.";

/// Of each incident: how claims relate and agree, fused beliefs, the weighing of hypotheses, judgements
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Score {
    /// The assessment
    file: PathBuf,
    /// Only this incident: its identifier, the last digits of it as shown in the window, or its name
    #[arg(long, value_name = "ID")]
    incident: Option<String>,
    /// Compare and fuse claims as seen at this level of the hierarchy
    #[arg(long, value_enum)]
    level: Option<Level>,
    /// Compare claims whose periods cannot share a day as if they could
    #[arg(long)]
    ignore_period: bool,
    /// Every pair of claims with its relation and degree of conflict
    #[arg(long)]
    pairs: bool,
    /// What moves the fused picture most: each claim, source, origin, link and grade, changed one at a time
    #[arg(long)]
    influence: bool,
    /// What each rule of fusion makes of the same claims, side by side
    #[arg(long)]
    rules: bool,
    /// How to write the result
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: rounded
    Table,
    /// For programs: full precision
    Json,
}

/// What is told only where it is asked for.
#[derive(Clone, Copy, Debug)]
struct Parts {
    pairs: bool,
    influence: bool,
    rules: bool,
}

/// How many of the strongest changes are told.
const STRONGEST: usize = 10;

/// What moves the fused picture of an incident.
fn influence(derived: &Derived, incident: Id<Incident>) -> Option<Arc<Influence>> {
    derived.influence(incident, None, &AtomicBool::new(false))
}

/// What each rule of fusion makes of the claims on an incident.
fn all_rules(derived: &Derived, incident: Id<Incident>) -> Option<Arc<RulesChart>> {
    let discount = derived.assessment().header.methods.discount;
    derived.all_rules(incident, discount, &AtomicBool::new(false))
}

/// What the ranking of the hypotheses of an incident hangs on.
fn sensitivity(derived: &Derived, incident: Id<Incident>) -> Option<Arc<Sensitivity>> {
    derived.sensitivity(incident, Raters::Everyone, &AtomicBool::new(false))
}

/// How far sources agree over all incidents.
fn agreement(derived: &Derived) -> Option<Arc<SourceAgreement>> {
    derived.agreement(&AtomicBool::new(false))
}

/// How often each hypothesis of an incident is alone in front when ratings move, by each kind of move.
fn stability(derived: &Derived, incident: Id<Incident>) -> Option<Arc<RankStability>> {
    derived.rank_stability(incident, Raters::Everyone, Trial::default(), &AtomicBool::new(false))
}

impl Score {
    const fn parts(&self) -> Parts {
        Parts { pairs: self.pairs, influence: self.influence, rules: self.rules }
    }

    pub(super) fn run(&self, console: &mut Console<'_>) -> io::Result<Exit> {
        let Sound { assessment, errors } = match asked::sound_assessment(&self.file, console)? {
            Ok(sound) => sound,
            Err(exit) => return Ok(exit),
        };
        let incidents = match self.incidents(&assessment) {
            Ok(incidents) => incidents,
            Err(message) => {
                console.error(message)?;
                return Ok(Exit::Failed);
            }
        };
        if incidents.is_empty() {
            console.message("the assessment has no incident, so that there is nothing to score")?;
        }
        let options = Options { level: self.level.map(ActorLevel::from), ignore_period: self.ignore_period };
        let derived = Derived::new(Arc::new(assessment), options, None);
        derived.warm(&|| false);
        match self.format {
            Format::Json => {
                let report = json::report(&derived, &incidents, self.parts(), &errors);
                let text = serde_json::to_string_pretty(&report).map_err(io::Error::other)?;
                console.line(text)?;
            }
            Format::Table => table::print(&derived, &incidents, self.parts(), console)?,
        }
        Ok(Exit::Done)
    }

    /// The incidents that are asked for, in their order.
    fn incidents(&self, assessment: &Assessment) -> Result<Vec<Id<Incident>>, String> {
        match &self.incident {
            Some(asked) => Ok(vec![asked::incident(asked, assessment)?]),
            None => Ok(assessment.in_order()),
        }
    }
}
