//! Figures: a chart as it is on the screen, as a file. The chart's own painting code is run off the screen on a sheet with
//! marking, title, legend and date; what it painted becomes SVG, shape by shape, or PNG, from the triangles that the
//! window too is drawn from.
//!
//! # How a chart becomes a figure
//!
//! 1. The view keeps its painting apart from its toolbars and scroll areas, so that it can draw into a rectangle of a
//!    given size, all of it, with labels in full.
//! 2. It implements [`FigureChart`] for that, in a file `figure.rs` of its own, and has a function that builds it from a
//!    [`ViewContext`] and its settings (those that change what the chart shows: grouping, rule, filter), which says with
//!    [`FigureError::Empty`] why there is nothing to draw. See `views/disagreement/figure.rs`, the shortest one.
//! 3. [`FigureSettings`] and [`FigureKind`] get a variant; the compiler then names every place that has to know it: the
//!    name for `ascribe figure --view`, what builds it here, and the view's settings on the screen.
//! 4. The view's tools get `widgets::figure_button`, and `ViewStates::figure` gives the settings for File › Export figure….
//!
//! What can be painted: rectangles, circles, ellipses, lines, paths, curves, bands, meshes of one colour, text. A shadow, a gradient
//! or a picture made of pixels is refused with [`FigureError::Unsupported`]. The test `every_view_is_a_figure` holds that
//! a chart needs none of them, and that no text in it is cut.

mod png;
mod raster;
mod sheet;
mod stage;
mod svg;

use std::path::Path;

use eframe::egui::epaint::ClippedShape;
use eframe::egui::{Theme, Ui, Vec2, vec2};
use jiff::civil::Date;

use super::views::{
    actors, belief, disagreement, judgement, matrix, odds, provenance, sensitivity, timeline,
};
use super::{Commands, Selection, ViewContext};
use crate::analysis::Derived;
use crate::analysis::charts::{ChartTable, Rows};
use crate::edit::Revision;
use crate::model::{ActorLevel, Assessment, Id, Incident};
use png::Sharpness;
use sheet::SheetText;
use stage::Stage;
pub use stage::is_figure;

pub use super::views::disagreement::{HeatSettings, Measure};

/// The most rows that a figure may have. More is a table, and no picture.
pub const MOST_ROWS: usize = 4_000;
/// How many rows of its data a figure tells to those who do not see it.
const TOLD_ROWS: usize = 60;
/// Text in SVG is laid out as for a screen with so many pixels to a point, as many as PNG is drawn with.
const SVG_PIXELS: f32 = 4.0;
/// The most letters of a proposed file name.
const LONGEST_NAME: usize = 80;
/// The sheet on which is measured, in points.
const MEASURING_SHEET: Vec2 = Vec2::new(2_000.0, 20_000.0);

/// A chart that can be drawn in full, apart from the view that it stands in.
pub trait FigureChart {
    /// What it is called, such as "Who says who".
    fn title(&self) -> String;

    /// Whether the level of the hierarchy and what is done about periods bear on it.
    fn depends_on_options(&self) -> bool {
        true
    }

    /// What it was made under, such as "Rows: sources"; the level and the periods are said anyway.
    fn conditions(&self) -> Vec<String>;

    /// How many rows, or nodes, it has.
    fn row_count(&self) -> usize;

    /// How many it may have.
    fn most_rows(&self) -> usize {
        MOST_ROWS
    }

    /// The size at which nothing of it is cut, in points.
    fn size(&self, ui: &Ui) -> Vec2;

    /// Draws all of it into the room of `ui`, which has the size that it asked for.
    fn draw(&self, ui: &mut Ui);

    /// Draws what its marks mean.
    fn legend(&self, ui: &mut Ui);

    /// The same as a table, for those who do not see it.
    fn table(&self) -> ChartTable;
}

/// Which chart, with what the user has set in its view.
#[derive(Clone, Debug, PartialEq)]
pub enum FigureSettings {
    /// Who says who.
    WhoSaysWho(Rows),
    /// One against another.
    Heatmap(HeatSettings),
    /// When each claim was stated.
    Timeline(timeline::FigureSettings),
    /// How much speaks for whom.
    Belief(belief::FigureSettings),
    /// The opinions on one actor.
    Triangle(belief::TriangleSettings),
    /// What each rule makes of the same claims; the version of trust discounting counts, and no rule.
    Rules(belief::FigureSettings),
    /// Where claims come from.
    Provenance(provenance::FigureSettings),
    /// The hierarchy of actors.
    Actors(actors::FigureSettings),
    /// Evidence against hypotheses.
    Matrix(matrix::FigureSettings),
    /// The hypotheses before and after the evidence.
    Posteriors(odds::FigureSettings),
    /// What each item adds to one hypothesis against another.
    Contributions(odds::FigureSettings),
    /// What the lead hangs on.
    Tornado(sensitivity::FigureSettings),
    /// How firm the first rank is.
    RankStability(sensitivity::FigureSettings),
    /// The three lenses beside the judgement.
    Lenses(judgement::FigureSettings),
    /// The judgements of an analyst over time.
    Judgements(judgement::FigureSettings),
}

/// Which chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureKind {
    /// Who says who.
    WhoSaysWho,
    /// One against another.
    Heatmap,
    /// When each claim was stated.
    Timeline,
    /// How much speaks for whom.
    Belief,
    /// The opinions on one actor.
    Triangle,
    /// What each rule makes of the same claims.
    Rules,
    /// Where claims come from.
    Provenance,
    /// The hierarchy of actors.
    Actors,
    /// Evidence against hypotheses.
    Matrix,
    /// The hypotheses before and after the evidence.
    Posteriors,
    /// What each item adds to one hypothesis against another.
    Contributions,
    /// What the lead hangs on.
    Tornado,
    /// How firm the first rank is.
    RankStability,
    /// The three lenses beside the judgement.
    Lenses,
    /// The judgements of an analyst over time.
    Judgements,
}

impl FigureKind {
    /// All of them, in the order of the views.
    pub const ALL: &'static [Self] = &[
        Self::WhoSaysWho,
        Self::Heatmap,
        Self::Timeline,
        Self::Belief,
        Self::Triangle,
        Self::Rules,
        Self::Provenance,
        Self::Actors,
        Self::Matrix,
        Self::Posteriors,
        Self::Contributions,
        Self::Tornado,
        Self::RankStability,
        Self::Lenses,
        Self::Judgements,
    ];

    /// Its name on the command line and in proposed file names.
    pub const fn name(self) -> &'static str {
        match self {
            Self::WhoSaysWho => "who-says-who",
            Self::Heatmap => "heatmap",
            Self::Timeline => "timeline",
            Self::Belief => "belief",
            Self::Triangle => "opinion-triangle",
            Self::Rules => "fusion-rules",
            Self::Provenance => "provenance",
            Self::Actors => "actors",
            Self::Matrix => "evidence-matrix",
            Self::Posteriors => "posteriors",
            Self::Contributions => "contributions",
            Self::Tornado => "tornado",
            Self::RankStability => "rank-stability",
            Self::Lenses => "lenses",
            Self::Judgements => "judgements",
        }
    }

    /// Whether it shows one incident, unless it is asked for all; otherwise it shows the whole assessment.
    pub const fn is_of_an_incident(self) -> bool {
        !matches!(self, Self::Actors)
    }

    /// It, as it is where the user has set nothing.
    pub fn usual(self) -> FigureSettings {
        match self {
            Self::WhoSaysWho => FigureSettings::WhoSaysWho(Rows::default()),
            Self::Heatmap => FigureSettings::Heatmap(HeatSettings::default()),
            Self::Timeline => FigureSettings::Timeline(timeline::FigureSettings::default()),
            Self::Belief => FigureSettings::Belief(belief::FigureSettings::default()),
            Self::Triangle => FigureSettings::Triangle(belief::TriangleSettings::default()),
            Self::Rules => FigureSettings::Rules(belief::FigureSettings::default()),
            Self::Provenance => FigureSettings::Provenance(provenance::FigureSettings::default()),
            Self::Actors => FigureSettings::Actors(actors::FigureSettings::default()),
            Self::Matrix => FigureSettings::Matrix(matrix::FigureSettings::default()),
            Self::Posteriors => FigureSettings::Posteriors(odds::FigureSettings::default()),
            Self::Contributions => FigureSettings::Contributions(odds::FigureSettings::default()),
            Self::Tornado => FigureSettings::Tornado(sensitivity::FigureSettings::default()),
            Self::RankStability => FigureSettings::RankStability(sensitivity::FigureSettings::default()),
            Self::Lenses => FigureSettings::Lenses(judgement::FigureSettings::default()),
            Self::Judgements => FigureSettings::Judgements(judgement::FigureSettings::default()),
        }
    }
}

impl FigureSettings {
    /// Which chart it is.
    pub const fn kind(&self) -> FigureKind {
        match self {
            Self::WhoSaysWho(_) => FigureKind::WhoSaysWho,
            Self::Heatmap(_) => FigureKind::Heatmap,
            Self::Timeline(_) => FigureKind::Timeline,
            Self::Belief(_) => FigureKind::Belief,
            Self::Triangle(_) => FigureKind::Triangle,
            Self::Rules(_) => FigureKind::Rules,
            Self::Provenance(_) => FigureKind::Provenance,
            Self::Actors(_) => FigureKind::Actors,
            Self::Matrix(_) => FigureKind::Matrix,
            Self::Posteriors(_) => FigureKind::Posteriors,
            Self::Contributions(_) => FigureKind::Contributions,
            Self::Tornado(_) => FigureKind::Tornado,
            Self::RankStability(_) => FigureKind::RankStability,
            Self::Lenses(_) => FigureKind::Lenses,
            Self::Judgements(_) => FigureKind::Judgements,
        }
    }

    /// Whether it shows one incident; otherwise it shows the whole assessment.
    pub const fn is_of_an_incident(&self) -> bool {
        match self {
            Self::Provenance(settings) => !settings.shows_whole,
            other => other.kind().is_of_an_incident(),
        }
    }

    fn chart<'a>(&self, cx: &'a ViewContext<'a>) -> Result<Box<dyn FigureChart + 'a>, FigureError> {
        match self {
            Self::WhoSaysWho(rows) => disagreement::who_figure(cx, *rows),
            Self::Heatmap(settings) => disagreement::heat_figure(cx, *settings),
            Self::Timeline(settings) => timeline::figure(cx, settings),
            Self::Belief(settings) => belief::figure(cx, *settings),
            Self::Triangle(settings) => belief::triangle_figure(cx, *settings),
            Self::Rules(settings) => belief::rules_figure(cx, *settings),
            Self::Provenance(settings) => provenance::figure(cx, settings),
            Self::Actors(settings) => actors::figure(cx, settings),
            Self::Matrix(settings) => matrix::figure(cx, *settings),
            Self::Posteriors(settings) => odds::posterior_figure(cx, settings),
            Self::Contributions(settings) => odds::pair_figure(cx, settings),
            Self::Tornado(settings) => sensitivity::tornado_figure(cx, settings),
            Self::RankStability(settings) => sensitivity::stability_figure(cx, settings),
            Self::Lenses(settings) => judgement::lens_figure(cx, settings),
            Self::Judgements(settings) => judgement::history_figure(cx, settings),
        }
    }
}

/// The colours of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureTheme {
    /// On white, for paper.
    Light,
    /// On near black, for slides.
    Dark,
}

impl From<FigureTheme> for Theme {
    fn from(theme: FigureTheme) -> Self {
        match theme {
            FigureTheme::Light => Self::Light,
            FigureTheme::Dark => Self::Dark,
        }
    }
}

impl From<Theme> for FigureTheme {
    fn from(theme: Theme) -> Self {
        match theme {
            Theme::Light => Self::Light,
            Theme::Dark => Self::Dark,
        }
    }
}

/// What is to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureRequest {
    /// Which chart.
    pub settings: FigureSettings,
    /// Of which incident; without meaning for charts of the whole assessment.
    pub incident: Option<Id<Incident>>,
    /// A title in place of the chart's own.
    pub title: Option<String>,
    /// The colours.
    pub theme: FigureTheme,
    /// The date that stands on it.
    pub date: Date,
}

impl FigureRequest {
    /// A name for its file, such as "who-says-who-opm-breach.svg".
    pub fn file_name(&self, assessment: &Assessment) -> String {
        let kind = self.settings.kind();
        let incident = self.incident.filter(|_| self.settings.is_of_an_incident());
        let of = incident.map_or_else(|| assessment.header.title.clone(), |it| assessment.name_of(it));
        let letters = of.to_lowercase();
        let words: Vec<&str> =
            letters.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let name: String = std::iter::once(kind.name()).chain(words).collect::<Vec<_>>().join("-");
        format!("{}.svg", name.chars().take(LONGEST_NAME).collect::<String>().trim_end_matches('-'))
    }
}

/// How a figure is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureFormat {
    /// Shapes and text: sharp at every size, can be searched and edited.
    Svg,
    /// Pixels: two to a point, one where it is very large.
    Png,
}

impl FigureFormat {
    /// The one that a file name ends with.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?;
        let is = |name: &str| extension.eq_ignore_ascii_case(name);
        if is("svg") {
            Some(Self::Svg)
        } else if is("png") {
            Some(Self::Png)
        } else {
            None
        }
    }
}

/// Why there is no figure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FigureError {
    /// The chart shows one incident, and none was named.
    #[error("this chart shows one incident; say which one")]
    NoIncident,
    /// There is nothing to draw.
    #[error("there is nothing to draw: {why}")]
    Empty {
        /// Why not.
        why: &'static str,
    },
    /// More rows than a picture is good for.
    #[error(
        "the chart has {rows} rows, and a figure may have at most {most}; the table can be copied instead"
    )]
    TooManyRows {
        /// How many there are.
        rows: usize,
        /// How many there may be.
        most: usize,
    },
    /// More pixels than there is memory for.
    #[error(
        "the figure would have {width} × {height} pixels, and a PNG may have at most {most} in all; SVG has no such limit"
    )]
    TooManyPixels {
        /// From left to right.
        width: u32,
        /// From top to bottom.
        height: u32,
        /// How many there may be in all.
        most: u32,
    },
    /// The chart paints something that has no place in a file.
    #[error("the chart has {what}, which cannot be written as SVG")]
    Unsupported {
        /// What it is.
        what: &'static str,
    },
    /// The file could not be put together.
    #[error("the figure cannot be written: {why}")]
    NotWritten {
        /// Why not.
        why: String,
    },
}

/// Draws a figure of an assessment and gives back the file. The same assessment, options and request give the same file, as
/// long as the program's own fonts have all letters.
pub fn draw(
    derived: &Derived,
    revision: Revision,
    request: &FigureRequest,
    format: FigureFormat,
) -> Result<Vec<u8>, FigureError> {
    let (commands, selection) = (Commands::default(), Selection::default());
    let cx = ViewContext {
        assessment: derived.assessment(),
        derived,
        revision,
        selection: &selection,
        incident: request.incident.filter(|id| derived.assessment().incidents.contains(*id)),
        analyst: None,
        path: None,
        is_changed: false,
        undo_label: None,
        redo_label: None,
        commands: &commands,
    };
    let chart = request.settings.chart(&cx)?;
    let (rows, most) = (chart.row_count(), chart.most_rows());
    if rows > most {
        return Err(FigureError::TooManyRows { rows, most });
    }
    let text = sheet_text(&cx, chart.as_ref(), request);
    let sheet = Sheet { text: &text, chart: chart.as_ref(), theme: request.theme.into() };
    match format {
        FigureFormat::Svg => {
            let (size, shapes) = sheet.on(&mut Stage::new(request.theme.into(), SVG_PIXELS));
            let incident = request.incident.filter(|_| request.settings.is_of_an_incident());
            let incident = incident.map_or_else(|| "all".to_owned(), Id::short);
            let caption = svg::Caption {
                title: text.title.clone(),
                description: description(&text, &chart.table()),
                prefix: format!("{}-{incident}", request.settings.kind().name()),
            };
            Ok(svg::write(size, &shapes, &caption)?.into_bytes())
        }
        FigureFormat::Png => sheet.png(),
    }
}

/// What is drawn.
#[derive(Clone, Copy)]
struct Sheet<'a> {
    text: &'a SheetText,
    chart: &'a dyn FigureChart,
    theme: Theme,
}

impl Sheet<'_> {
    /// Its size, in points, and the size of the chart in it.
    fn sizes(self, stage: &mut Stage) -> (Vec2, Vec2) {
        let chart = stage.measure(MEASURING_SHEET, |ui| self.chart.size(ui)).unwrap_or_default();
        let width = sheet::width_for(chart.x);
        let room = vec2(width, MEASURING_SHEET.y + chart.y);
        let height = stage.measure(room, |ui| sheet::show(ui, self.text, self.chart, chart, true));
        (vec2(width, height.unwrap_or_default().ceil()), chart)
    }

    /// Draws it; gives back its size, in points, and what was painted.
    fn on(self, stage: &mut Stage) -> (Vec2, Vec<ClippedShape>) {
        let (size, chart) = self.sizes(stage);
        let shapes = stage.draw(size, |ui| {
            sheet::show(ui, self.text, self.chart, chart, false);
        });
        (size, shapes)
    }

    fn png(self) -> Result<Vec<u8>, FigureError> {
        let (size, _) = self.sizes(&mut Stage::new(self.theme, SVG_PIXELS));
        let sharpness = Sharpness::for_size(size)?;
        let mut stage = Stage::new(self.theme, f32::from(sharpness.drawn));
        let (size, shapes) = self.on(&mut stage);
        let (triangles, letters) = stage.triangles(shapes);
        png::write(size, &triangles, letters, sharpness)
    }
}

fn sheet_text(cx: &ViewContext<'_>, chart: &dyn FigureChart, request: &FigureRequest) -> SheetText {
    let is_of_an_incident = request.settings.is_of_an_incident();
    let incident = cx.incident.filter(|_| is_of_an_incident).map(|incident| cx.assessment.name_of(incident));
    let own = || match &incident {
        Some(incident) => format!("{}: {incident}", chart.title()),
        None => chart.title(),
    };
    let options = cx.derived.options();
    let mut conditions = chart.conditions();
    if chart.depends_on_options() {
        let level = options.level.map_or("as named", ActorLevel::label).to_lowercase();
        conditions.push(format!(
            "Actors: {}",
            if options.level.is_some() { format!("at the level {level}") } else { level }
        ));
        if options.ignore_period {
            conditions.push("Periods set aside".to_owned());
        }
    }
    SheetText {
        marking: cx.assessment.header.marking,
        title: one_line(request.title.as_deref().unwrap_or(&own())),
        assessment: one_line(&cx.assessment.header.title),
        conditions: one_line(&conditions.join(" · ")),
        footer: format!("{} · Ascribe {}", request.date, env!("CARGO_PKG_VERSION")),
    }
}

/// A text without line breaks and other marks that are not letters.
fn one_line(text: &str) -> String {
    let flat: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    flat.trim().to_owned()
}

/// What a figure shows, in words.
fn description(text: &SheetText, table: &ChartTable) -> String {
    let mut parts = vec![text.marking.label().to_owned()];
    if !text.assessment.is_empty() {
        parts.push(text.assessment.clone());
    }
    parts.push(text.conditions.clone());
    parts.push(format!("Columns: {}", table.headers.join(", ")));
    parts.extend(table.rows.iter().take(TOLD_ROWS).map(|row| {
        let told: Vec<&str> = row.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        told.join(", ")
    }));
    if table.rows.len() > TOLD_ROWS {
        parts.push(format!("and {} more rows", table.rows.len() - TOLD_ROWS));
    }
    parts.push(text.footer.clone());
    let sentence =
        |part: &String| if part.ends_with(['.', '?', '!']) { part.clone() } else { format!("{part}.") };
    parts.iter().map(sentence).collect::<Vec<_>>().join(" ")
}
