//! What the evidence says of the hypotheses, for people.

use std::io;

use super::{plain, rounded};
use crate::analysis::ach::stability::Stability;
use crate::analysis::ach::{Raters, Scores};
use crate::analysis::charts::matrix::margin_words;
use crate::analysis::charts::{MatrixChart, OddsChart, SensitivityChart, WeighingNames};
use crate::analysis::judgement::Lens;
use crate::analysis::odds::LogOdds;
use crate::analysis::{Derived, Measure};
use crate::cli::{Console, score};
use crate::model::{Hypothesis, Id, Incident};

/// How many disputed cells are told one by one.
const DISPUTED: usize = 10;

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
    let has_range = scores.iter().any(|score| score.range.is_some());
    let range = |text: &str| if has_range { format!("{text:<13}  ") } else { String::new() };
    console.line(format_args!(
        "    rank  weighted  plain  margin         {}hypothesis",
        range("F/6 from L up")
    ))?;
    for score in &scores {
        console.line(format_args!(
            "    {:>4}  {:>8}  {:>5}  {:<13}  {}{}",
            score.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string()),
            two(&score.weighted),
            score.inconsistency.as_ref().map_or_else(|_| "–".to_owned(), |it| plain(*it)),
            margin_words(score),
            range(&score.range.map_or_else(String::new, |[least, most]| format!("{least:.2} to {most:.2}"))),
            name(score.hypothesis)
        ))?;
    }
    let chart = MatrixChart::new(derived, incident, Raters::Everyone, None, None);
    for hint in &chart.hints {
        console.line(format_args!("    beware: {hint}"))?;
    }
    let cells =
        (0..chart.rows.len()).flat_map(|row| (0..chart.columns.len()).map(move |column| (row, column)));
    let disputed: Vec<(usize, usize)> =
        cells.filter(|(row, column)| chart.is_disputed(*row, *column)).collect();
    for (row, column) in disputed.iter().take(DISPUTED) {
        console.line(format_args!("    disputed: {}", chart.cell_sentence(assessment, *row, *column)))?;
    }
    if let more @ 1.. = disputed.len().saturating_sub(DISPUTED) {
        console.line(format_args!("    {more} more cells are disputed: --format json has them all"))?;
    }
    if let Some(found) = score::sensitivity(derived, incident) {
        let chart = SensitivityChart::new(derived, incident, Raters::Everyone, &found, None);
        for sentence in [&chart.lead, &chart.singles].into_iter().filter(|it| !it.is_empty()) {
            console.line(format_args!("    {sentence}"))?;
        }
    }
    if let Some(found) = score::stability(derived, incident) {
        for stability in found.moves.iter().filter(|it| it.shared().is_ok()) {
            print_stability(stability, &name, console)?;
        }
    }
    let odds = LogOdds::new(assessment, &matrix, Raters::Everyone);
    console.line("  log-odds")?;
    console.line("    prior  posterior  decibans  hypothesis")?;
    for it in &odds.hypotheses {
        console.line(format_args!(
            "    {:5.3}  {:>9}  {:>8}  {}",
            it.prior,
            it.posterior.as_ref().map_or_else(|_| "–".to_owned(), |it| format!("{it:.3}")),
            it.decibans
                .as_ref()
                .map_or_else(|_| "–".to_owned(), |it| format!("{:+.1}", (it * 10.0).round() / 10.0 + 0.0)),
            name(it.hypothesis)
        ))?;
    }
    if let Some(Err(undefined)) = odds.hypotheses.first().map(|it| &it.posterior) {
        console.line(format_args!("    the posterior is {undefined}"))?;
    }
    print_indicators(derived, incident, console)
}

/// What it would be worth to look for each indicator that nobody has looked for.
fn print_indicators(derived: &Derived, incident: Id<Incident>, console: &mut Console<'_>) -> io::Result<()> {
    for row in OddsChart::new(derived, incident, Raters::Everyone).indicators {
        let worth = match &row.information {
            Ok(it) => {
                format!(
                    "{:.3} of {:.3} bits, seen with {:.3}",
                    it.expected_bits, it.uncertainty_bits, it.seen
                )
            }
            Err(undefined) => undefined.to_string(),
        };
        console.line(format_args!("    expected information of “{}”: {worth}", row.statement))?;
    }
    Ok(())
}

/// What the three lenses have in front, and why they differ; nothing where the incident has no hypotheses.
pub(super) fn print_lenses(
    derived: &Derived,
    incident: Id<Incident>,
    console: &mut Console<'_>,
) -> io::Result<()> {
    let lenses = derived.lenses(incident);
    if lenses.rows.is_empty() {
        return Ok(());
    }
    console.line(format_args!("  three lenses: {}", lenses.summary()))?;
    console.line("    inconsistency  log-odds  claims  hypothesis")?;
    for row in &lenses.rows {
        let [inconsistency, odds, fusion] = Lens::ALL.map(|lens| row.value(lens).as_ref().ok());
        let three = |value: Option<&f64>| value.map_or_else(|| "–".to_owned(), |it| format!("{it:.3}"));
        console.line(format_args!(
            "    {:>13}  {:>8}  {:>6}  {} {}",
            inconsistency.map_or_else(|| "–".to_owned(), |it| format!("{it:.2}")),
            three(odds),
            three(fusion),
            row.name,
            row.answer
        ))?;
    }
    for difference in &lenses.differences {
        console.line(format_args!("    {}", difference.what))?;
        for why in &difference.why {
            console.line(format_args!("      {why}"))?;
        }
    }
    for gap in lenses.gaps() {
        console.line(format_args!("    {gap}"))?;
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
