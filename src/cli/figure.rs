//! `ascribe figure`: one chart, as it is on the screen, as SVG or PNG.

mod choices;
mod settings;

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;

use super::asked::{self, Level};
use super::output::deliver;
use super::{Console, Exit};
use crate::analysis::{Derived, Options};
use crate::edit::Document;
use crate::model::{Actor, ActorLevel, Assessment, Id, Incident};
use crate::ui::figure::{self, FigureFormat, FigureRequest, FigureTheme};
use choices::{Cells, Changes, Colours, Discount, Groups, Moves, Order, Rows, Rule, Sort, View};

const EXAMPLES: &str = "\
Examples:
  ascribe figure saves/opm-anthem.ron --view who-says-who --incident 'Breach of Anthem' -o who.svg
  ascribe figure case.ron --view heatmap --level state --theme dark -o heatmap.png
  ascribe figure case.ron --view timeline --title \"Who said it when\" -o timeline.svg
  ascribe figure case.ron --view heatmap --order date --rows origin -o heatmap.svg
  ascribe figure case.ron --view opinion-triangle --actor China --rule dempster -o china.svg
  ascribe figure case.ron --view evidence-matrix --sort diagnosticity -o matrix.svg
  ascribe figure case.ron --view contributions --hypothesis H1 --against H3 --analyst Ada -o pair.svg
  ascribe figure case.ron --view actors -o - | rsvg-convert -f pdf > actors.pdf

The figure carries the marking, a title, what it was made under, a legend and the date. An incident has to be named where there are
several, by its identifier, the last digits of it as shown in the window, or its name. In SVG all text is text; PNG has two pixels to
a point. The same file, options and date give the same SVG. An option that says nothing to a chart is refused.";

/// One chart, as it is on the screen, as SVG or PNG
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Figure {
    /// The assessment
    file: PathBuf,
    /// Which chart
    #[arg(long, value_enum)]
    view: View,
    /// Of which incident: its identifier, the last digits of it, or its name
    #[arg(long, value_name = "ID")]
    incident: Option<String>,
    /// Show claims as seen at this level of the hierarchy, in charts of claims
    #[arg(long, value_enum)]
    level: Option<Level>,
    /// Compare claims whose periods cannot share a day as if they could, in charts of claims
    #[arg(long)]
    ignore_period: bool,
    /// who-says-who, heatmap: what a row stands for; a source where nothing is said
    #[arg(long, value_enum)]
    rows: Option<Rows>,
    /// who-says-who, heatmap: what the rows are grouped by; wider than what a row stands for
    #[arg(long, value_enum, value_name = "BY")]
    grouped: Option<Rows>,
    /// heatmap: in what order the rows stand; by blocs where nothing is said
    #[arg(long, value_enum)]
    order: Option<Order>,
    /// heatmap: what the cells show; the relation where nothing is said
    #[arg(long, value_enum)]
    cells: Option<Cells>,
    /// timeline: keep the claims of a source together
    #[arg(long)]
    group_by_source: bool,
    /// belief, opinion-triangle: the rule by which origins are taken together; the assessment's own where none is named
    #[arg(long, value_enum)]
    rule: Option<Rule>,
    /// belief, opinion-triangle, fusion-rules: the version of trust discounting; the assessment's own where none is named
    #[arg(long, value_enum)]
    discount: Option<Discount>,
    /// opinion-triangle: whom it asks about, by name; the actor that most speaks for where nobody is named
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,
    /// provenance: all incidents and the links between actors
    #[arg(long)]
    whole: bool,
    /// provenance: without documents
    #[arg(long)]
    claims_only: bool,
    /// evidence-matrix: in what order the evidence stands
    #[arg(long, value_enum)]
    sort: Option<Sort>,
    /// evidence-matrix: what the evidence is grouped by; not at all where nothing is said
    #[arg(long, value_enum, value_name = "BY")]
    groups: Option<Groups>,
    /// evidence-matrix: hypotheses as rows
    #[arg(long)]
    transposed: bool,
    /// Charts of hypotheses: the ratings of one analyst, by name, and for lenses and judgements whose judgements; all analysts
    /// together where nobody is named
    #[arg(long, value_name = "NAME")]
    analyst: Option<String>,
    /// evidence-matrix: the analyst who is set against the one of --analyst, by name
    #[arg(long, value_name = "NAME", requires = "analyst")]
    compare: Option<String>,
    /// tornado: whose margin is looked at; contributions: the first of the pair. By its place (H2), answer or identifier
    #[arg(long, value_name = "HYPOTHESIS")]
    hypothesis: Option<String>,
    /// contributions: the other of the pair
    #[arg(long, value_name = "HYPOTHESIS")]
    against: Option<String>,
    /// tornado: the changes of one kind alone
    #[arg(long, value_enum, value_name = "KIND")]
    changes: Option<Changes>,
    /// tornado: the changes alone that change the leader
    #[arg(long)]
    only_flips: bool,
    /// rank-stability: how a rating moves
    #[arg(long = "move", value_enum, value_name = "HOW")]
    moves: Option<Moves>,
    /// rank-stability: the probability with which each rating moves, from 0 to 1
    #[arg(long, value_name = "SHARE", value_parser = share)]
    probability: Option<f64>,
    /// rank-stability: how many draws are made where the exact shares are out of reach, up to 1000000
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    draws: Option<u32>,
    /// rank-stability: what the draws depend on; the same seed gives the same draws
    #[arg(long)]
    seed: Option<u64>,
    /// The colours
    #[arg(long, value_enum, default_value_t = Colours::Light)]
    theme: Colours,
    /// A title in place of the chart's own
    #[arg(long)]
    title: Option<String>,
    /// The date that stands on the figure, such as 2026-11-22; today's where none is given
    #[arg(long)]
    date: Option<Date>,
    /// Where to write it: a file that ends in .svg or .png; "-" is SVG to standard output
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
}

impl Figure {
    pub(super) fn run(&self, console: &mut Console<'_>) -> io::Result<Exit> {
        if let Err(message) = self.check_options() {
            console.error(message)?;
            return Ok(Exit::Failed);
        }
        let is_stdout = self.output == Path::new("-");
        let format = if is_stdout { Some(FigureFormat::Svg) } else { FigureFormat::of(&self.output) };
        let Some(format) = format else {
            console.error(format_args!(
                "{}: a figure is written as .svg or .png; end the name with one of them",
                self.output.display()
            ))?;
            return Ok(Exit::Failed);
        };
        let assessment = match asked::sound_assessment(&self.file, console)? {
            Ok(sound) => sound.assessment,
            Err(exit) => return Ok(exit),
        };
        let asked = self.incident(&assessment).and_then(|incident| {
            let settings = self.settings(&assessment, incident)?;
            Ok((settings, incident))
        });
        let (settings, incident) = match asked {
            Ok(asked) => asked,
            Err(message) => {
                console.error(message)?;
                return Ok(Exit::Failed);
            }
        };
        let request = FigureRequest {
            settings,
            incident,
            title: self.title.clone(),
            theme: match self.theme {
                Colours::Light => FigureTheme::Light,
                Colours::Dark => FigureTheme::Dark,
            },
            date: self.date.unwrap_or_else(|| jiff::Zoned::now().date()),
        };
        let document = Document::new(assessment);
        let options = Options { level: self.level.map(ActorLevel::from), ignore_period: self.ignore_period };
        let derived = Derived::new(document.snapshot(), options, None);
        match figure::draw(&derived, document.revision(), &request, format) {
            Ok(bytes) => deliver(&self.output, &bytes, console),
            Err(error) => {
                console.error(error)?;
                Ok(Exit::Failed)
            }
        }
    }

    /// The incident that is asked for; the only one where none is named; `None` for a chart of the whole assessment.
    fn incident(&self, assessment: &Assessment) -> Result<Option<Id<Incident>>, String> {
        if let Some(asked) = &self.incident {
            return asked::incident(asked, assessment).map(Some);
        }
        if !self.is_of_an_incident() {
            return Ok(None);
        }
        let mut incidents = assessment.incidents.ids();
        match (incidents.next(), incidents.next()) {
            (Some(incident), None) => Ok(Some(incident)),
            (None, _) => Err("the assessment has no incident, and this chart shows one".to_owned()),
            (Some(_), Some(_)) => Err(format!(
                "this chart shows one incident; name one with --incident. The assessment has\n{}",
                asked::names(assessment)
            )),
        }
    }
}

/// A share from 0 to 1, as it is written.
fn share(text: &str) -> Result<f64, String> {
    let share = text.trim().parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "write a number from 0 to 1, such as 0.1".to_owned())
}

/// The actor with a name or alias; letter case does not matter.
fn actor(name: &str, assessment: &Assessment) -> Result<Id<Actor>, String> {
    let wanted = name.trim().to_lowercase();
    let is = |text: &str| text.trim().to_lowercase() == wanted;
    let by_name = assessment.actors.iter().filter(|actor| is(&actor.name));
    let by_alias = assessment.actors.iter().filter(|actor| actor.aliases.iter().any(|alias| is(&alias.name)));
    asked::only(by_name.map(|actor| actor.id), name, "actor")
        .or_else(|| asked::only(by_alias.map(|actor| actor.id), name, "actor"))
        .unwrap_or_else(|| Err(format!("no actor \"{name}\"")))
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum as _;

    use super::*;
    use crate::ui::figure::FigureKind;

    #[test]
    fn every_figure_has_its_name_on_the_command_line() {
        let named: Vec<FigureKind> = View::value_variants().iter().map(|view| view.kind()).collect();
        assert_eq!(named, FigureKind::ALL);
        for view in View::value_variants() {
            let name = view.to_possible_value().map(|value| value.get_name().to_owned());
            assert_eq!(name.as_deref(), Some(view.kind().name()));
        }
    }
}
