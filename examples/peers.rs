//! Computes what `scripts/bench-peers` also has other programs compute, and says how long each took: `peers CASES.json`, the
//! results as JSON to stdout. A case is a table of codings for Krippendorff's alpha, or opinions on sets of actors that are
//! combined by Dempster's rule, all at once or pair by pair.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use ascribe::analysis::agreement::{Metric, krippendorff_alpha};
use ascribe::analysis::fusion::{Masses, combination};
use ascribe::analysis::{ActorSet, Hierarchy};
use ascribe::model::{Actor, Assessment, Entity, Header, Id, Nameable, Uuid};
use serde::{Deserialize, Serialize};

/// How long each case is repeated, at least `RUNS` times.
const REPEATED: Duration = Duration::from_millis(500);
const RUNS: usize = 7;

/// One opinion: mass on sets, each by the numbers of its members, and the rest left open.
type Opinion = Vec<(Vec<usize>, f64)>;

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Work {
    /// The alpha of units, each with the values that coders gave it.
    Alpha { metric: String, units: Vec<Vec<f64>> },
    /// The mass on each of these sets after all opinions are combined.
    Combination { actors: usize, opinions: Vec<Opinion>, ask: Vec<Vec<usize>> },
    /// The conflict K of each pair of opinions.
    Conflicts { actors: usize, opinions: Vec<Opinion> },
}

#[derive(Serialize)]
struct Answer {
    values: Vec<f64>,
    /// The median of all runs.
    seconds: f64,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            use std::io::Write;
            // Where even this cannot be written nobody reads it.
            let _ = writeln!(std::io::stderr(), "peers: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).ok_or("give the file with the cases")?;
    let cases: Vec<Work> = serde_json::from_slice(&std::fs::read(path)?)?;
    let answers = cases.into_iter().map(answer).collect::<Result<Vec<Answer>, _>>()?;
    serde_json::to_writer(std::io::stdout(), &answers)?;
    Ok(())
}

fn answer(work: Work) -> Result<Answer, Box<dyn std::error::Error>> {
    match work {
        Work::Alpha { metric, units } => {
            let metrics = [Metric::Nominal, Metric::Ordinal, Metric::Interval, Metric::Ratio];
            let metric =
                metrics.into_iter().find(|it| it.label() == metric).ok_or("there is no such metric")?;
            timed(|| Ok(vec![krippendorff_alpha(black_box(&units), metric)?]))
        }
        Work::Combination { actors, opinions, ask } => {
            let frame = Frame::new(actors);
            let opinions: Vec<Masses> = opinions.iter().map(|opinion| frame.masses(opinion)).collect();
            let ask: Vec<ActorSet> = ask.iter().map(|members| frame.set(members)).collect();
            timed(|| {
                let (masses, _) = combination::dempster(black_box(&opinions))?;
                Ok(ask.iter().map(|set| masses.mass(set)).collect())
            })
        }
        Work::Conflicts { actors, opinions } => {
            let frame = Frame::new(actors);
            let opinions: Vec<Masses> = opinions.iter().map(|opinion| frame.masses(opinion)).collect();
            timed(|| {
                let opinions = black_box(&opinions);
                let mut conflicts = Vec::with_capacity(opinions.len() * opinions.len() / 2);
                for (place, one) in opinions.iter().enumerate() {
                    for other in opinions.iter().skip(place + 1) {
                        conflicts.push(combination::conflict(&[one.clone(), other.clone()])?);
                    }
                }
                Ok(conflicts)
            })
        }
    }
}

/// Repeats the work and takes the median.
fn timed(
    work: impl Fn() -> Result<Vec<f64>, ascribe::analysis::Undefined>,
) -> Result<Answer, Box<dyn std::error::Error>> {
    let values = work().map_err(|undefined| undefined.to_string())?;
    let (begun, mut runs) = (Instant::now(), Vec::new());
    while runs.len() < RUNS || begun.elapsed() < REPEATED {
        let start = Instant::now();
        black_box(work().map_err(|undefined| undefined.to_string())?);
        runs.push(start.elapsed().as_secs_f64());
    }
    runs.sort_by(f64::total_cmp);
    let seconds = runs.get(runs.len() / 2).copied().unwrap_or_default();
    Ok(Answer { values, seconds })
}

/// Actors side by side, none part of another, and anyone else.
struct Frame {
    hierarchy: Hierarchy,
    actors: Vec<Id<Actor>>,
}

impl Frame {
    fn new(actors: usize) -> Self {
        let ids: Vec<Id<Actor>> =
            (0..actors).map(|number| Id::new(Uuid::from_u128(number as u128 + 1))).collect();
        let records = ids.iter().map(|id| Actor::named(*id, id.to_string()).into_record());
        let assessment = Assessment::from_records(Header::default(), records);
        Self { hierarchy: Hierarchy::new(&assessment), actors: ids }
    }

    /// The set of members by their numbers; the one past the last actor is anyone else.
    fn set(&self, members: &[usize]) -> ActorSet {
        let has_anyone_else = members.contains(&self.actors.len());
        let is_meant = |place: usize| members.contains(&place) != has_anyone_else;
        let ids: Vec<Id<Actor>> =
            self.actors.iter().enumerate().filter(|(place, _)| is_meant(*place)).map(|(_, id)| *id).collect();
        let named = self.hierarchy.set_of(&ids);
        if has_anyone_else { named.complement() } else { named }
    }

    fn masses(&self, opinion: &Opinion) -> Masses {
        let rest = 1.0 - opinion.iter().map(|(_, mass)| mass).sum::<f64>();
        Masses::new(opinion.iter().map(|(members, mass)| (self.set(members), *mass)), rest)
    }
}
