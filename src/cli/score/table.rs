//! The result for people: rounded, one block an incident.

mod judgements;
mod weighing;

use std::io;

use super::{Parts, STRONGEST};
use crate::analysis::agreement::{SourceAgreement, source_agreement};
use crate::analysis::contested::contested_actors;
use crate::analysis::fusion::{BaseRates, about};
use crate::analysis::origins::{CircularReporting, circular_reporting};
use crate::analysis::{Derived, Measure, Relation};
use crate::cli::Console;
use crate::model::{Id, Incident};

/// Prints the result for these incidents.
pub(super) fn print(
    derived: &Derived,
    incidents: &[Id<Incident>],
    parts: Parts,
    console: &mut Console<'_>,
) -> io::Result<()> {
    if let Some(level) = derived.options().level {
        console.line(format_args!("As seen at the level: {level}"))?;
    }
    let circles = circular_reporting(derived);
    for (place, incident) in incidents.iter().enumerate() {
        if place > 0 {
            console.line("")?;
        }
        print_incident(derived, *incident, parts, &circles, console)?;
    }
    for circle in circles.iter().filter(|circle| circle.incidents.is_empty()) {
        console.line(format_args!("circular reporting: {}", circle.sentence))?;
    }
    // Where no two sources speak of one incident there is nothing to say.
    if let Some(found) = super::agreement(derived).filter(|found| !found.units.is_empty()) {
        print_agreement(&found, console)?;
    }
    Ok(())
}

/// How far sources agree over all incidents of the assessment, whichever are asked for.
fn print_agreement(found: &SourceAgreement, console: &mut Console<'_>) -> io::Result<()> {
    console.line("")?;
    let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    console.line(format_args!(
        "Sources over all incidents: {} on {} that two of them speak of",
        plural(found.coders, "source"),
        plural(found.units.len(), "incident"),
    ))?;
    let numbers = [
        ("observed agreement", &found.observed),
        ("Krippendorff's alpha, nominal", &found.alpha),
        ("Fleiss' kappa", &found.fleiss),
        ("Gwet's AC1", &found.gwet),
    ];
    for (name, number) in numbers {
        console.line(format_args!("  {name}: {}", rounded(number)))?;
    }
    if !found.caution.is_empty() {
        console.line(format_args!("  beware: {}", found.caution))?;
    }
    Ok(())
}

fn print_incident(
    derived: &Derived,
    incident: Id<Incident>,
    parts: Parts,
    circles: &[CircularReporting],
    console: &mut Console<'_>,
) -> io::Result<()> {
    let (assessment, results) = (derived.assessment(), derived.incident(incident));
    console.line(format_args!("{} ({})", assessment.name_of(incident), incident.short()))?;
    console.line(format_args!(
        "  claims {} from {} independent origins; {} of {} pairs are comparable",
        results.claims().len(),
        results.origins().len(),
        results.relations().comparable(),
        results.relations().total(),
    ))?;
    let counts: Vec<String> = results
        .relations()
        .iter()
        .map(|(relation, count)| format!("{} {count}", relation.label().to_lowercase()))
        .collect();
    console.line(format_args!("  pairs: {}", counts.join(" · ")))?;

    for circle in circles.iter().filter(|circle| circle.incidents.contains(&incident)) {
        console.line(format_args!("  circular reporting: {}", circle.sentence))?;
    }

    for actor in contested_actors(derived, incident) {
        console.line(format_args!(
            "  contested: {}, conflict {:.3}; origins: {} for it, {} against",
            actor.name, actor.conflict, actor.origins_for, actor.origins_against
        ))?;
    }

    let agreement = source_agreement(derived, [incident]);
    console.line(format_args!(
        "  sources: {} name somebody; observed agreement {}",
        agreement.coders,
        rounded(&agreement.observed)
    ))?;

    let fused = derived.fused(incident, None, None);
    match &fused.uncertainty {
        Ok(uncertainty) => {
            console.line(format_args!(
                "  {}: uncertainty {uncertainty:.3}, conflict {}",
                fused.rule,
                rounded(&fused.conflict())
            ))?;
            console
                .line(format_args!("    projected: what is open shared out in {}", BaseRates::IN_WORDS))?;
            console.line("    belief  plausible  projected  actor")?;
            for actor in &fused.actors {
                let depth = derived.hierarchy().node(actor.number).map_or(0, |node| node.depth);
                console.line(format_args!(
                    "    {:6.3}  {:9.3}  {:9.3}  {}{}",
                    actor.belief,
                    actor.plausibility,
                    actor.projected,
                    "  ".repeat(depth),
                    assessment.name_of(actor.actor)
                ))?;
            }
        }
        Err(undefined) => console.line(format_args!("  {}: {undefined}", fused.rule))?,
    }
    for (claim, reason) in &fused.left_out {
        console.line(format_args!("  not fused: {} ({})", assessment.name_of(*claim), reason.label()))?;
    }
    if parts.rules {
        print_rules(derived, incident, console)?;
    }
    if parts.influence {
        print_influence(derived, incident, console)?;
    }
    weighing::print(derived, incident, console)?;
    weighing::print_lenses(derived, incident, console)?;
    judgements::print(derived, incident, console)?;
    if parts.pairs {
        for pair in results.pairs(assessment) {
            let conflict = match pair.standing.relation {
                Relation::Silent | Relation::NotComparable => "    —".to_owned(),
                _ => rounded(&pair.conflict),
            };
            console.line(format_args!(
                "  {conflict}  {:<14}  {} | {}",
                pair.standing.relation,
                assessment.name_of(pair.left),
                assessment.name_of(pair.right)
            ))?;
        }
    }
    Ok(())
}

/// The projected probabilities by each rule side by side, and what each leaves open.
fn print_rules(derived: &Derived, incident: Id<Incident>, console: &mut Console<'_>) -> io::Result<()> {
    let Some(chart) = super::all_rules(derived, incident) else { return Ok(()) };
    console.line("  projected by each rule")?;
    let line = |cell: &dyn Fn(usize) -> String| -> String {
        (0..chart.columns.len()).map(|column| format!("{:>13}", cell(column))).collect()
    };
    let short = |column: usize| chart.columns.get(column).map_or("", |it| about(it.rule).short).to_owned();
    console.line(format_args!("  {}  actor", line(&short)))?;
    for (place, row) in chart.rows.iter().enumerate() {
        let projected = |column: usize| {
            chart.span(place, column).map_or_else(|| "–".to_owned(), |span| format!("{:.3}", span.projected))
        };
        console.line(format_args!("  {}  {}{}", line(&projected), "  ".repeat(row.depth), row.name))?;
    }
    let open = |column: usize| {
        let open = chart.columns.get(column).and_then(|it| it.uncertainty.as_ref().ok());
        open.map_or_else(|| "–".to_owned(), |open| format!("{open:.3}"))
    };
    console.line(format_args!("  {}  left open", line(&open)))?;
    for column in &chart.columns {
        if let Err(undefined) = &column.uncertainty {
            console.line(format_args!("    {}: {undefined}", column.rule))?;
        }
    }
    Ok(())
}

/// The strongest single changes of what is fused, each with the actor that it moves most.
fn print_influence(derived: &Derived, incident: Id<Incident>, console: &mut Console<'_>) -> io::Result<()> {
    let Some(influence) = super::influence(derived, incident) else { return Ok(()) };
    if let Some(undefined) = &influence.undefined {
        return console.line(format_args!("  influence: {undefined}"));
    }
    let top = influence.top(STRONGEST);
    if top.is_empty() {
        return console.line("  influence: no single change moves anything");
    }
    let assessment = derived.assessment();
    console.line("  influence: the largest change of a projected probability")?;
    for effect in top {
        console.line(format_args!(
            "    {}  {} · {}",
            rounded(&effect.movement),
            effect.change.label(assessment),
            effect.sentence(assessment)
        ))?;
        for lead in &effect.leads {
            console.line(format_args!("           {}", lead.sentence(assessment)))?;
        }
    }
    Ok(())
}

fn rounded(measure: &Measure) -> String {
    match measure {
        Ok(value) => format!("{value:.3}"),
        Err(undefined) => undefined.to_string(),
    }
}

/// A number without needless digits.
fn plain(value: f64) -> String {
    format!("{}", (value * 1_000.0).round() / 1_000.0)
}
