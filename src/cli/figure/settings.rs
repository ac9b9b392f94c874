//! The settings of a chart from the options of `ascribe figure`, and which option says something to which chart.

use clap::ValueEnum as _;

use super::choices::View;
use super::{Figure, actor};
use crate::analysis::ach::Raters;
use crate::analysis::ach::stability::Trial;
use crate::analysis::charts::{Rows, RowsBy};
use crate::analysis::judgement::record;
use crate::cli::asked;
use crate::model::{Analyst, Assessment, Hypothesis, Id, Incident};
use crate::ui::figure::FigureSettings;

use View::{
    Belief, Contributions, EvidenceMatrix, FusionRules, Heatmap, Judgements, Lenses, OpinionTriangle,
    Posteriors, Provenance, RankStability, Timeline, Tornado, WhoSaysWho,
};

/// The charts in which claims are compared or fused.
const OF_CLAIMS: &[View] = &[WhoSaysWho, Heatmap, Timeline, Belief, OpinionTriangle, FusionRules, Lenses];
/// The charts in which hypotheses are weighed or judged.
const WEIGHING: &[View] =
    &[EvidenceMatrix, Posteriors, Contributions, Tornado, RankStability, Lenses, Judgements];
impl Figure {
    /// Each option that says something to some charts alone, whether it was given, and to which charts.
    fn options<'a>(&self, of_an_incident: &'a [View]) -> [(&'static str, bool, &'a [View]); 26] {
        [
            ("--incident", self.incident.is_some(), of_an_incident),
            ("--level", self.level.is_some(), OF_CLAIMS),
            ("--ignore-period", self.ignore_period, OF_CLAIMS),
            ("--rows", self.rows.is_some(), &[WhoSaysWho, Heatmap]),
            ("--grouped", self.grouped.is_some(), &[WhoSaysWho, Heatmap]),
            ("--order", self.order.is_some(), &[Heatmap]),
            ("--cells", self.cells.is_some(), &[Heatmap]),
            ("--group-by-source", self.group_by_source, &[Timeline]),
            ("--rule", self.rule.is_some(), &[Belief, OpinionTriangle]),
            ("--discount", self.discount.is_some(), &[Belief, OpinionTriangle, FusionRules]),
            ("--actor", self.actor.is_some(), &[OpinionTriangle]),
            ("--whole", self.whole, &[Provenance]),
            ("--claims-only", self.claims_only, &[Provenance]),
            ("--sort", self.sort.is_some(), &[EvidenceMatrix]),
            ("--groups", self.groups.is_some(), &[EvidenceMatrix]),
            ("--transposed", self.transposed, &[EvidenceMatrix]),
            ("--analyst", self.analyst.is_some(), WEIGHING),
            ("--compare", self.compare.is_some(), &[EvidenceMatrix]),
            ("--hypothesis", self.hypothesis.is_some(), &[Contributions, Tornado]),
            ("--against", self.against.is_some(), &[Contributions]),
            ("--changes", self.changes.is_some(), &[Tornado]),
            ("--only-flips", self.only_flips, &[Tornado]),
            ("--move", self.moves.is_some(), &[RankStability]),
            ("--probability", self.probability.is_some(), &[RankStability]),
            ("--draws", self.draws.is_some(), &[RankStability]),
            ("--seed", self.seed.is_some(), &[RankStability]),
        ]
    }

    /// Refuses options that would change nothing: who gives one expects another picture.
    pub(super) fn check_options(&self) -> Result<(), String> {
        let of_an_incident: Vec<View> =
            View::value_variants().iter().copied().filter(|view| view.is_of_an_incident()).collect();
        for (name, is_given, charts) in self.options(&of_an_incident) {
            if is_given && !charts.contains(&self.view) {
                let charts: Vec<&str> = charts.iter().map(|chart| chart.name()).collect();
                return Err(format!(
                    "{name} says nothing to --view {}; it is for {}",
                    self.view.name(),
                    charts.join(", ")
                ));
            }
        }
        if self.whole && self.incident.is_some() {
            return Err("--whole shows all incidents; leave out --incident, or --whole".to_owned());
        }
        Ok(())
    }

    /// Whether the chart shows one incident; otherwise it shows the whole assessment.
    pub(super) const fn is_of_an_incident(&self) -> bool {
        !self.whole && self.view.is_of_an_incident()
    }

    /// What is set for the chart of this incident.
    pub(super) fn settings(
        &self,
        assessment: &Assessment,
        incident: Option<Id<Incident>>,
    ) -> Result<FigureSettings, String> {
        let analyst = self.analyst.as_deref().map(|name| asked::analyst(name, assessment)).transpose()?;
        let raters = self.raters(assessment, analyst)?;
        let hypothesis = |asked: &Option<String>| {
            asked.as_deref().map(|asked| hypothesis(asked, assessment, incident)).transpose()
        };
        let mut settings = self.view.kind().usual();
        match &mut settings {
            FigureSettings::WhoSaysWho(rows) => *rows = self.row_grouping()?,
            FigureSettings::Heatmap(settings) => {
                settings.rows = self.row_grouping()?;
                settings.order = self.order.map_or(settings.order, Into::into);
                settings.measure = self.cells.map_or(settings.measure, Into::into);
            }
            FigureSettings::Timeline(settings) => settings.groups_by_source = self.group_by_source,
            FigureSettings::Belief(settings) => {
                settings.rule = self.rule.map(Into::into);
                settings.discount = self.discount.map(Into::into);
            }
            FigureSettings::Rules(settings) => settings.discount = self.discount.map(Into::into),
            FigureSettings::Triangle(settings) => {
                settings.fusing.rule = self.rule.map(Into::into);
                settings.fusing.discount = self.discount.map(Into::into);
                settings.actor = self.actor.as_deref().map(|name| actor(name, assessment)).transpose()?;
            }
            FigureSettings::Provenance(settings) => {
                settings.shows_whole = self.whole;
                settings.hides_documents = self.claims_only;
            }
            FigureSettings::Actors(_) => {}
            FigureSettings::Matrix(settings) => {
                settings.sort = self.sort.map_or(settings.sort, Into::into);
                settings.groups = self.groups.map_or(settings.groups, Into::into);
                settings.is_transposed = self.transposed;
                settings.raters = raters;
            }
            FigureSettings::Posteriors(settings) => settings.raters = raters,
            FigureSettings::Contributions(settings) => {
                settings.raters = raters;
                settings.column = hypothesis(&self.hypothesis)?;
                settings.against = hypothesis(&self.against)?;
                if settings.column.is_some() && settings.column == settings.against {
                    return Err("--hypothesis and --against name the same; name two".to_owned());
                }
            }
            FigureSettings::Tornado(settings) => {
                settings.raters = raters;
                settings.subject = hypothesis(&self.hypothesis)?;
                settings.filter.kind = self.changes.map(Into::into);
                settings.filter.only_flips = self.only_flips;
            }
            FigureSettings::RankStability(settings) => {
                settings.raters = raters;
                settings.trial = self.trial(settings.trial);
            }
            FigureSettings::Lenses(settings) | FigureSettings::Judgements(settings) => {
                settings.analyst = analyst;
            }
        }
        Ok(settings)
    }

    fn trial(&self, usual: Trial) -> Trial {
        Trial {
            probability: self.probability.unwrap_or(usual.probability),
            how: self.moves.map_or(usual.how, Into::into),
            draws: self.draws.unwrap_or(usual.draws),
            seed: self.seed.unwrap_or(usual.seed),
        }
    }

    /// Whose ratings count.
    fn raters(&self, assessment: &Assessment, analyst: Option<Id<Analyst>>) -> Result<Raters, String> {
        let other = self.compare.as_deref().map(|name| asked::analyst(name, assessment)).transpose()?;
        match (analyst, other) {
            (Some(one), Some(other)) if one == other => {
                Err("--analyst and --compare name the same analyst; name two".to_owned())
            }
            (Some(one), Some(other)) => Ok(Raters::Two([one, other])),
            (Some(one), None) => Ok(Raters::One(one)),
            (None, _) => Ok(Raters::Everyone),
        }
    }

    /// What a row stands for, and what rows are grouped by.
    fn row_grouping(&self) -> Result<Rows, String> {
        let usual = Rows::default();
        let by = self.rows.map_or(usual.by, RowsBy::from);
        let grouped = self.grouped.map(RowsBy::from);
        if grouped.is_some_and(|grouped| !by.groups().contains(&grouped)) {
            return Err(format!(
                "rows that stand for {} cannot be grouped so; --grouped names something wider than --rows",
                by.label().to_lowercase()
            ));
        }
        Ok(Rows { by, grouped })
    }
}

/// The hypothesis of an incident that is meant by its place (`H2`), its identifier, the last digits of that, or its answer.
fn hypothesis(
    asked: &str,
    assessment: &Assessment,
    incident: Option<Id<Incident>>,
) -> Result<Id<Hypothesis>, String> {
    let wanted = asked.trim().to_lowercase();
    let all = incident.map(|incident| record::hypotheses(assessment, incident)).unwrap_or_default();
    let place = wanted.strip_prefix('h').and_then(|digits| digits.parse::<usize>().ok());
    let by_place = place.and_then(|place| all.get(place.checked_sub(1)?).copied());
    if let Some(id) = by_place {
        return Ok(id);
    }
    let is_meant = |id: &Id<Hypothesis>| {
        let is_end = wanted.len() >= 4 && id.to_string().ends_with(&wanted);
        is_end || assessment.name_of(*id).trim().to_lowercase() == wanted
    };
    let meant: Vec<Id<Hypothesis>> = all.iter().copied().filter(is_meant).collect();
    if let [only] = meant.as_slice() {
        return Ok(*only);
    }
    let names: Vec<String> =
        all.iter().zip(1..).map(|(id, place)| format!("  H{place} {}", assessment.name_of(*id))).collect();
    let why = match meant.len() {
        0 => format!("no hypothesis \"{asked}\"; the incident has"),
        several => format!("\"{asked}\" means {several} hypotheses; give the place of one, such as H1, of"),
    };
    Err(format!("{why}\n{}", names.join("\n")))
}
