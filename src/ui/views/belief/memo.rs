//! What the view shows of one incident, computed once for each state of the document and each way of fusing.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use eframe::egui::Ui;

use super::bars;
use crate::analysis::charts::{BeliefChart, ChartTable, OpinionTriangle, RulesChart};
use crate::analysis::progress::Stage;
use crate::model::{Actor, AnyId, FusionRule, Id, Incident, TrustDiscount};
use crate::ui::command::Computation;
use crate::ui::views::data_key::DataKey;
use crate::ui::widgets::Computing;
use crate::ui::{Command, ViewContext};

/// Up to how many origins all rules are computed within a frame: some rules look at every combination of what these say.
const AT_ONCE: usize = 5;

/// What the memo was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub data: DataKey,
    pub incident: Id<Incident>,
    pub rule: FusionRule,
    pub discount: TrustDiscount,
}

/// Everything that the view shows of one incident.
#[derive(Debug)]
pub(super) struct Memo {
    pub key: Key,
    pub chart: BeliefChart,
    /// How many standing claims the incident has, and how many were retracted or superseded.
    pub claims: usize,
    pub set_aside: usize,
    /// The row that the triangle asks about.
    pub asked: Option<usize>,
    triangle: Option<(usize, OpinionTriangle)>,
    rules: Option<Rules>,
    tables: Option<Tables>,
    /// At which sharpness of the screen the names were measured, and the width of the longest one.
    measured: Cell<Option<(f32, f32)>>,
}

/// The table twins with the record of each row.
#[derive(Debug)]
pub(super) struct Tables {
    pub actors: ChartTable,
    pub actor_records: Vec<AnyId>,
    pub origins: ChartTable,
    pub origin_records: Vec<AnyId>,
}

/// How far all rules side by side have come.
pub(super) type AllRules<'a> = Computing<&'a Rules>;

/// All rules side by side, with the table twin and the record of each of its rows.
#[derive(Debug)]
pub(super) struct Rules {
    pub chart: Arc<RulesChart>,
    pub table: ChartTable,
    pub records: Vec<AnyId>,
}

impl Memo {
    /// The memo of a key. What `before` has of it and does not depend on the rule is taken over.
    pub fn new(cx: &ViewContext<'_>, key: Key, before: Option<Self>) -> Self {
        let rules = before
            .filter(|before| Key { rule: key.rule, ..before.key } == key)
            .and_then(|before| before.rules);
        let results = cx.derived.incident(key.incident);
        Self {
            chart: BeliefChart::new(cx.derived, key.incident, Some(key.rule), Some(key.discount)),
            claims: results.claims().len(),
            set_aside: results.all_claims().len() - results.claims().len(),
            key,
            asked: None,
            triangle: None,
            rules,
            tables: None,
            measured: Cell::new(None),
        }
    }

    /// The width in full of the longest name with its place in the hierarchy, in points.
    pub fn longest_name(&self, ui: &Ui) -> f32 {
        let sharpness = ui.pixels_per_point();
        if let Some((_, width)) = self.measured.get().filter(|(of, _)| *of == sharpness) {
            return width;
        }
        let width = bars::longest_name(ui, &self.chart);
        self.measured.set(Some((sharpness, width)));
        width
    }

    /// The row of an actor.
    pub fn place_of(&self, cx: &ViewContext<'_>, actor: Option<Id<Actor>>) -> Option<usize> {
        self.chart.row_of(cx.derived, actor?)
    }

    /// Asks about an actor; about the foremost one where that is none of the rows.
    pub fn ask(&mut self, cx: &ViewContext<'_>, actor: Option<Id<Actor>>) {
        let first = (!self.chart.rows.is_empty()).then_some(0);
        self.asked = self.place_of(cx, actor).or_else(|| self.chart.foremost()).or(first);
        if let Some(asked) = self.asked
            && self.triangle.as_ref().is_none_or(|(row, _)| *row != asked)
        {
            self.triangle =
                OpinionTriangle::new(cx.derived, &self.chart, asked).map(|triangle| (asked, triangle));
        }
    }

    /// The triangle of the question.
    pub fn triangle(&self) -> Option<&OpinionTriangle> {
        self.triangle.as_ref().map(|(_, triangle)| triangle)
    }

    /// All rules side by side: computed at once where that is quick, else asked for.
    pub fn rules(&mut self, cx: &ViewContext<'_>) -> AllRules<'_> {
        let Key { incident, discount, .. } = self.key;
        let chart = match (&self.rules, cx.derived.all_rules_stage(incident, discount)) {
            (Some(_), _) => None,
            (None, Stage::Done(chart)) => Some(chart),
            (None, Stage::Running(fraction)) => return Computing::Running(fraction),
            (None, Stage::Stopped) => return Computing::Stopped,
            (None, Stage::NotBegun) if self.chart.origins.len() <= AT_ONCE => {
                cx.derived.all_rules(incident, discount, &AtomicBool::new(false))
            }
            (None, Stage::NotBegun) => {
                cx.send(Command::Compute(Computation::AllRules(incident, discount)));
                return Computing::Running(0.0);
            }
        };
        let rules = chart.map(|chart| {
            let records = chart.rows.iter().map(|row| row.actor.into()).collect();
            Rules { table: chart.table(), records, chart }
        });
        self.rules = self.rules.take().or(rules);
        self.rules.as_ref().map_or(Computing::Stopped, Computing::Done)
    }

    /// The table twins, made when first asked for.
    pub fn tables(&mut self) -> &Tables {
        let chart = &self.chart;
        self.tables.get_or_insert_with(|| Tables {
            actors: chart.table(),
            actor_records: chart.rows.iter().map(|row| row.actor.into()).collect(),
            origins: chart.origin_table(),
            origin_records: chart
                .origins
                .iter()
                .map(|origin| origin.claim.into())
                .chain(chart.left_out.iter().map(|claim| claim.claim.into()))
                .collect(),
        })
    }
}
