//! `ascribe figure`: one chart, as it is on the screen, as SVG or PNG.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::asked::{self, Level};
use super::output::deliver;
use super::{Console, Exit};
use crate::analysis::ach::Raters;
use crate::analysis::charts::matrix::MatrixSort;
use crate::analysis::charts::{HeatOrder, Rows as RowGrouping, RowsBy};
use crate::analysis::{Derived, Options};
use crate::edit::Document;
use crate::model::{Actor, ActorLevel, Assessment, FusionRule, Id, Incident};
use crate::ui::figure::{
    self, FigureFormat, FigureKind, FigureRequest, FigureSettings, FigureTheme, Measure,
};

const EXAMPLES: &str = "\
Examples:
  ascribe figure saves/opm-anthem.ron --view who-says-who --incident 'Breach of Anthem' -o who.svg
  ascribe figure case.ron --view heatmap --level state --theme dark -o heatmap.png
  ascribe figure case.ron --view timeline --title \"Who said it when\" -o timeline.svg
  ascribe figure case.ron --view heatmap --order date --rows origin -o heatmap.svg
  ascribe figure case.ron --view opinion-triangle --actor China --rule dempster -o china.svg
  ascribe figure case.ron --view evidence-matrix --sort diagnosticity -o matrix.svg
  ascribe figure case.ron --view actors -o - | rsvg-convert -f pdf > actors.pdf

The figure carries the marking, a title, what it was made under, a legend and the date. An incident has to be named where there are
several, by its identifier, the last digits of it as shown in the window, or its name. In SVG all text is text; PNG has two pixels to
a point. The same file, options and date give the same SVG.";

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
    /// Show claims as seen at this level of the hierarchy
    #[arg(long, value_enum)]
    level: Option<Level>,
    /// Compare claims whose periods cannot share a day as if they could
    #[arg(long)]
    ignore_period: bool,
    /// What a row of who-says-who and heatmap stands for
    #[arg(long, value_enum, default_value_t = Rows::Source)]
    rows: Rows,
    /// What the rows of who-says-who and heatmap are grouped by; wider than what a row stands for
    #[arg(long, value_enum, value_name = "BY")]
    grouped: Option<Rows>,
    /// In what order the rows of heatmap stand
    #[arg(long, value_enum, default_value_t = Order::Blocs)]
    order: Order,
    /// What the cells of heatmap show
    #[arg(long, value_enum, default_value_t = Cells::Relation)]
    cells: Cells,
    /// In the timeline: keep the claims of a source together
    #[arg(long)]
    group_by_source: bool,
    /// belief and opinion-triangle: the rule by which origins are taken together; the assessment's own where none is named
    #[arg(long, value_enum)]
    rule: Option<Rule>,
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
    #[arg(long, value_enum, default_value_t = Sort::Order)]
    sort: Sort,
    /// evidence-matrix: hypotheses as rows
    #[arg(long)]
    transposed: bool,
    /// evidence-matrix: the ratings of one analyst, by name; the mean of all where nobody is named
    #[arg(long, value_name = "NAME")]
    analyst: Option<String>,
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

/// A chart, as it is named on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum View {
    /// Who says who: sources down, actors across
    WhoSaysWho,
    /// One source against another, by relation
    Heatmap,
    /// When each claim was stated, and what it covers
    Timeline,
    /// How much speaks for whom once all claims are taken together
    Belief,
    /// The opinions of all origins on one actor
    OpinionTriangle,
    /// Documents and claims, and what goes back to what
    Provenance,
    /// The hierarchy of actors with claimed links
    Actors,
    /// Evidence against rival hypotheses, with the scores
    EvidenceMatrix,
    /// The hypotheses before and after the evidence
    Posteriors,
    /// What each item adds to the odds of the two most probable hypotheses
    Contributions,
    /// What the lead of the first hypothesis hangs on
    Tornado,
    /// How firm the first rank is when ratings move
    RankStability,
    /// Inconsistency, log-odds and claim fusion beside what analysts judge together
    Lenses,
    /// The judgements over time of the analyst who has made most of them
    Judgements,
}

impl View {
    const fn kind(self) -> FigureKind {
        match self {
            Self::WhoSaysWho => FigureKind::WhoSaysWho,
            Self::Heatmap => FigureKind::Heatmap,
            Self::Timeline => FigureKind::Timeline,
            Self::Belief => FigureKind::Belief,
            Self::OpinionTriangle => FigureKind::Triangle,
            Self::Provenance => FigureKind::Provenance,
            Self::Actors => FigureKind::Actors,
            Self::EvidenceMatrix => FigureKind::Matrix,
            Self::Posteriors => FigureKind::Posteriors,
            Self::Contributions => FigureKind::Contributions,
            Self::Tornado => FigureKind::Tornado,
            Self::RankStability => FigureKind::RankStability,
            Self::Lenses => FigureKind::Lenses,
            Self::Judgements => FigureKind::Judgements,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Rows {
    Source,
    Origin,
    Affiliation,
    Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Order {
    /// Those who agree stand together
    Blocs,
    /// By name
    Name,
    /// By the day on which each first spoke
    Date,
}

impl From<Order> for HeatOrder {
    fn from(order: Order) -> Self {
        match order {
            Order::Blocs => Self::Bloc,
            Order::Name => Self::Name,
            Order::Date => Self::Date,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Sort {
    /// As in the assessment
    Order,
    /// What tells hypotheses apart first
    Diagnosticity,
    /// What weighs most first
    Weight,
    /// By kind
    Kind,
    /// By date
    Date,
}

impl From<Sort> for MatrixSort {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Order => Self::Order,
            Sort::Diagnosticity => Self::Diagnosticity,
            Sort::Weight => Self::Weight,
            Sort::Kind => Self::Kind,
            Sort::Date => Self::Date,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Rule {
    Weighted,
    Cumulative,
    Averaging,
    ConsensusCompromise,
    Dempster,
    Yager,
    DuboisPrade,
    Pcr6,
}

impl From<Rule> for FusionRule {
    fn from(rule: Rule) -> Self {
        match rule {
            Rule::Weighted => Self::Weighted,
            Rule::Cumulative => Self::Cumulative,
            Rule::Averaging => Self::Averaging,
            Rule::ConsensusCompromise => Self::ConsensusCompromise,
            Rule::Dempster => Self::Dempster,
            Rule::Yager => Self::Yager,
            Rule::DuboisPrade => Self::DuboisPrade,
            Rule::Pcr6 => Self::Pcr6,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Cells {
    /// How claims stand to each other
    Relation,
    /// How strongly they conflict
    Conflict,
}

impl From<Cells> for Measure {
    fn from(cells: Cells) -> Self {
        match cells {
            Cells::Relation => Self::Relation,
            Cells::Conflict => Self::Conflict,
        }
    }
}

impl From<Rows> for RowsBy {
    fn from(rows: Rows) -> Self {
        match rows {
            Rows::Source => Self::Source,
            Rows::Origin => Self::Origin,
            Rows::Affiliation => Self::Affiliation,
            Rows::Kind => Self::Kind,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Colours {
    Light,
    Dark,
}

impl Figure {
    pub(super) fn run(&self, console: &mut Console<'_>) -> io::Result<Exit> {
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
        let asked = self.settings(&assessment).and_then(|settings| {
            let incident = self.incident(&assessment, &settings)?;
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

    fn settings(&self, assessment: &Assessment) -> Result<FigureSettings, String> {
        let rows = self.row_grouping()?;
        Ok(match self.view.kind().usual() {
            FigureSettings::WhoSaysWho(_) => FigureSettings::WhoSaysWho(rows),
            FigureSettings::Heatmap(mut settings) => {
                settings.rows = rows;
                settings.order = self.order.into();
                settings.measure = self.cells.into();
                FigureSettings::Heatmap(settings)
            }
            FigureSettings::Timeline(mut settings) => {
                settings.groups_by_source = self.group_by_source;
                FigureSettings::Timeline(settings)
            }
            FigureSettings::Belief(mut settings) => {
                settings.rule = self.rule.map(FusionRule::from);
                FigureSettings::Belief(settings)
            }
            FigureSettings::Triangle(mut settings) => {
                settings.fusing.rule = self.rule.map(FusionRule::from);
                settings.actor = self.actor.as_deref().map(|name| actor(name, assessment)).transpose()?;
                FigureSettings::Triangle(settings)
            }
            FigureSettings::Provenance(mut settings) => {
                settings.shows_whole = self.whole;
                settings.hides_documents = self.claims_only;
                FigureSettings::Provenance(settings)
            }
            FigureSettings::Matrix(mut settings) => {
                settings.sort = self.sort.into();
                settings.is_transposed = self.transposed;
                if let Some(name) = &self.analyst {
                    settings.raters = Raters::One(asked::analyst(name, assessment)?);
                }
                FigureSettings::Matrix(settings)
            }
            settings => settings,
        })
    }

    /// What a row stands for, and what rows are grouped by.
    fn row_grouping(&self) -> Result<RowGrouping, String> {
        let by = RowsBy::from(self.rows);
        let grouped = self.grouped.map(RowsBy::from);
        if grouped.is_some_and(|grouped| !by.groups().contains(&grouped)) {
            return Err(format!(
                "rows that stand for {} cannot be grouped so; --grouped names something wider than --rows",
                by.label().to_lowercase()
            ));
        }
        Ok(RowGrouping { by, grouped })
    }

    /// The incident that is asked for; the only one where none is named; `None` for a chart of the whole assessment.
    fn incident(
        &self,
        assessment: &Assessment,
        settings: &FigureSettings,
    ) -> Result<Option<Id<Incident>>, String> {
        if let Some(asked) = &self.incident {
            return asked::incident(asked, assessment).map(Some);
        }
        if !settings.is_of_an_incident() {
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

/// The actor with a name or alias; letter case does not matter.
fn actor(name: &str, assessment: &Assessment) -> Result<Id<Actor>, String> {
    let wanted = name.trim().to_lowercase();
    let is = |text: &str| text.trim().to_lowercase() == wanted;
    let by_name = || assessment.actors.iter().find(|actor| is(&actor.name));
    let by_alias =
        || assessment.actors.iter().find(|actor| actor.aliases.iter().any(|alias| is(&alias.name)));
    by_name().or_else(by_alias).map(|actor| actor.id).ok_or_else(|| format!("no actor \"{name}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

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
