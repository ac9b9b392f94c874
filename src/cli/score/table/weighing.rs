//! What the evidence says of the hypotheses, for people.

use std::io;

use super::{plain, rounded};
use crate::analysis::ach::stability::Stability;
use crate::analysis::ach::{Raters, Scores};
use crate::analysis::charts::matrix::margin_words;
use crate::analysis::charts::{SensitivityChart, WeighingNames};
use crate::analysis::odds::LogOdds;
use crate::analysis::{Derived, Measure};
use crate::cli::{Console, score};
use crate::model::{Hypothesis, Id, Incident};

/// Prints ranks, what they hang on, and posteriors; nothing where the incident has no hypotheses.
pub(super) fn print(derived: &Derived, incident: Id<Incident>, console: &mut Console<'_>) -> io::Result<()> {
    let (assessment, matrix) = (derived.assessment(), derived.matrix(incident));
    if matrix.hypotheses.is_empty() {
        return Ok(());
    }
    let names = WeighingNames::new(assessment, incident);
    let name = |id: Id<Hypothesis>| format!("{} {}", names.hypothesis(id), assessment.name_of(id));
    let count = |number: usize, one: &str, many: &str| {
        if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
    };
    console.line(format_args!(
        "  evidence matrix: {}, {}, {}",
        count(matrix.items.len(), "item", "items"),
        count(matrix.hypotheses.len(), "hypothesis", "hypotheses"),
        count(matrix.raters.len(), "rater", "raters"),
    ))?;
    let mut scores = Scores::new(&matrix, Raters::Everyone, &assessment.header.methods).hypotheses;
    scores.sort_by_key(|score| score.rank.unwrap_or(usize::MAX));
    console.line("    rank  weighted  plain  margin         hypothesis")?;
    for score in &scores {
        console.line(format_args!(
            "    {:>4}  {:>8}  {:>5}  {:<13}  {}",
            score.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string()),
            two(&score.weighted),
            score.inconsistency.as_ref().map_or_else(|_| "–".to_owned(), |it| plain(*it)),
            margin_words(score),
            name(score.hypothesis)
        ))?;
    }
    if let Some(found) = score::sensitivity(derived, incident) {
        let chart = SensitivityChart::new(derived, incident, Raters::Everyone, &found, None);
        for sentence in [&chart.lead, &chart.singles].into_iter().filter(|it| !it.is_empty()) {
            console.line(format_args!("    {sentence}"))?;
        }
    }
    if let Some(stability) = score::stability(derived, incident).filter(|it| it.shared().is_ok()) {
        print_stability(&stability, &name, console)?;
    }
    let odds = LogOdds::new(assessment, &matrix, Raters::Everyone);
    console.line("  log-odds")?;
    console.line("    prior  posterior  decibans  hypothesis")?;
    for it in &odds.hypotheses {
        console.line(format_args!(
            "    {:5.3}  {:>9}  {:>8}  {}",
            it.prior,
            it.posterior.as_ref().map_or_else(|_| "–".to_owned(), |it| format!("{it:.3}")),
            it.decibans.as_ref().map_or_else(|_| "–".to_owned(), |it| format!("{it:+.1}")),
            name(it.hypothesis)
        ))?;
    }
    if let Some(Err(undefined)) = odds.hypotheses.first().map(|it| &it.posterior) {
        console.line(format_args!("    the posterior is {undefined}"))?;
    }
    Ok(())
}

fn print_stability(
    stability: &Stability,
    name: &dyn Fn(Id<Hypothesis>) -> String,
    console: &mut Console<'_>,
) -> io::Result<()> {
    let trial = stability.trial;
    let how = if stability.is_exact {
        "exact".to_owned()
    } else {
        format!("{} draws, seed {}", trial.draws, trial.seed)
    };
    console.line(format_args!(
        "  alone in front when each rating moves {} with probability {} ({how})",
        trial.how.label(),
        plain(trial.probability)
    ))?;
    for share in &stability.hypotheses {
        let error = if stability.is_exact || share.alone.is_err() {
            String::new()
        } else {
            format!(" {}", share.error_words())
        };
        console.line(format_args!("    {}{error}  {}", rounded(&share.alone), name(share.hypothesis)))?;
    }
    console.line(format_args!("    {}  nobody: several share the first rank", rounded(&stability.shared())))
}

/// A number with two digits after the point; a dash where it is undefined.
fn two(measure: &Measure) -> String {
    measure.as_ref().map_or_else(|_| "–".to_owned(), |value| format!("{value:.2}"))
}
