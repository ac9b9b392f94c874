//! What the view shows of one incident, computed once for each state of the document.

use std::ops::Range;

use eframe::egui::{FontId, Ui};
use rustc_hash::FxHashMap;

use super::who_says_who::NOBODY;
use crate::analysis::agreement::{
    LevelAgreement, SourceAgreement, Stated, StatedAgreement, agreement_by_level, levels_sentence,
    source_agreement, stated_agreement,
};
use crate::analysis::charts::{
    ActorChart, ActorLink, ChartTable, HeatOrder, Heatmap, Mark, Rows, WhoSaysWho,
};
use crate::analysis::contested::{ContestedActor, contested_actors};
use crate::analysis::incident::RelationCounts;
use crate::analysis::weight::stated_range;
use crate::model::{AnyId, Claim, Id, Incident, Standard};
use crate::ui::ViewContext;
use crate::ui::tokens;
use crate::ui::views::data_key::DataKey;
use crate::ui::widgets::chart_grid::LabelWidths;
use crate::ui::widgets::legend::{Legend, MarksInUse};
use crate::ui::widgets::marks::{ClaimMark, LikelihoodBar};

/// The height of one line of marks, without and with room for likelihoods, in points.
const LANE: (f32, f32) = (22.0, 28.0);
/// The height of a heading over a group of rows, in points.
const HEADING: f32 = 22.0;
/// The room above and below the marks of a row, in points.
const ROW_PADDING: f32 = 2.0;

/// Everything that the view shows of one incident.
#[derive(Debug)]
pub(super) struct Memo {
    pub key: Key,
    pub who: WhoSaysWho,
    pub who_layout: WhoLayout,
    pub widths: Widths,
    pub heat: Heatmap,
    /// Whether any cell of it stands for several pairs of claims.
    pub has_counts: bool,
    /// The top of the scale of the degree of conflict.
    pub scale_top: f64,
    pub most_conflicting: Option<(usize, usize, f64)>,
    pub links: Vec<ActorLink>,
    pub claims: usize,
    pub set_aside: usize,
    pub origins: usize,
    pub relations: RelationCounts,
    pub contested: Vec<ContestedActor>,
    pub agreement: SourceAgreement,
    /// How alike claims are in the confidence and the likelihood that they state.
    pub stated: [StatedAgreement; 2],
    pub levels: Vec<LevelAgreement>,
    /// What there is to say about the levels; `None` where no two sources speak.
    pub levels_sentence: Option<String>,
    pub legend: Legend,
    /// Whether it was asked what moves the fused picture most.
    pub has_asked_influence: bool,
    /// Whether it was asked how far sources agree over all incidents.
    pub has_asked_agreement: bool,
    tables: Option<(ChartTable, Vec<AnyId>, ChartTable)>,
}

/// What the memo was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    data: DataKey,
    pub incident: Id<Incident>,
    rows: Rows,
    order: HeatOrder,
}

impl Key {
    pub fn of(cx: &ViewContext<'_>, incident: Id<Incident>, rows: Rows, order: HeatOrder) -> Self {
        Self { data: DataKey::of(cx), incident, rows, order }
    }
}

impl Memo {
    pub fn new(cx: &ViewContext<'_>, key: Key) -> Self {
        let results = cx.derived.incident(key.incident);
        let who = cx.derived.who_says_who(key.incident, key.rows);
        let heat = cx.derived.heatmap(key.incident, key.rows.by, key.order);
        let who_layout = WhoLayout::new(cx, &who);
        let legend = Legend {
            relations: super::heatmap::relations(&heat),
            has_ties: who_layout.places.iter().any(|place| place.origin.is_some()),
            ..legend(&who, cx.assessment.header.standard)
        };
        let levels = agreement_by_level(cx.derived, key.incident);
        Self {
            key,
            widths: Widths::default(),
            who_layout,
            has_counts: super::heatmap::has_counts(&heat),
            scale_top: super::heatmap::scale_top(heat.greatest_conflict()),
            most_conflicting: heat.most_conflicting(),
            links: ActorChart::links_of(cx.derived, &who),
            claims: results.claims().len(),
            set_aside: results.all_claims().len() - results.claims().len(),
            origins: results.origins().len(),
            relations: *results.relations(),
            contested: contested_actors(cx.derived, key.incident),
            agreement: source_agreement(cx.derived, [key.incident]),
            stated: [Stated::Confidence, Stated::Likelihood]
                .map(|what| stated_agreement(cx.derived, key.incident, what)),
            levels_sentence: levels_sentence(&levels),
            levels,
            who,
            heat,
            legend,
            has_asked_influence: false,
            has_asked_agreement: false,
            tables: None,
        }
    }

    /// Whether a column is for those who name nobody.
    pub fn has_nobody(&self) -> bool {
        self.who_layout.columns > self.who.columns.len()
    }

    /// With the room that its labels want in a window.
    #[must_use]
    pub fn measured(self, ui: &Ui) -> Self {
        Self { widths: Widths::of(ui, &self.who, &self.heat), ..self }
    }

    /// The table twins: who says who, the claim of each of its rows, and the heatmap.
    pub fn tables(&mut self) -> &(ChartTable, Vec<AnyId>, ChartTable) {
        let (who, heat) = (&self.who, &self.heat);
        self.tables.get_or_insert_with(|| {
            (who.table(), who.marks.iter().map(|mark| mark.claim.into()).collect(), heat.table())
        })
    }
}

/// How much room the labels of the charts want, in points: measured once, since it would cost more than the charts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Widths {
    /// The labels of the columns of who says who.
    pub columns: LabelWidths,
    /// The widest label of a row of it.
    pub rows: f32,
    /// The widest label of a column of the heatmap.
    pub heat: f32,
    /// The widest label of a row of it, whose letters are larger.
    pub heat_rows: f32,
}

impl Widths {
    fn of(ui: &Ui, who: &WhoSaysWho, heat: &Heatmap) -> Self {
        let (heads, names) = (FontId::proportional(tokens::DENSE), FontId::proportional(tokens::BODY));
        let colour = tokens::palette(ui).text;
        let width = |label: &str, font: &FontId| {
            ui.painter().layout_no_wrap(label.to_owned(), font.clone(), colour).size().x
        };
        let widest = |labels: &mut dyn Iterator<Item = &String>, font: &FontId| {
            // A few dozen labels tell how much room all of them want; measuring thousands would tell no more.
            labels.take(64).map(|label| width(label, font)).fold(0.0, f32::max)
        };
        let heads_of = |widest: f32, last: &mut dyn Iterator<Item = &str>| {
            let mut found = LabelWidths { widest, ..LabelWidths::default() };
            found.last.iter_mut().zip(last).for_each(|(place, label)| *place = width(label, &heads));
            found
        };
        let nobody = who.marks.iter().any(|mark| mark.columns.is_empty()).then_some(NOBODY);
        let columns = widest(&mut who.columns.iter().map(|column| &column.name), &heads);
        let last_columns = who.columns.iter().rev().map(|column| column.name.as_str());
        Self {
            columns: heads_of(columns, &mut nobody.into_iter().chain(last_columns)),
            rows: widest(&mut who.rows.iter().map(|row| &row.label), &names),
            heat: widest(&mut heat.labels.iter(), &heads),
            heat_rows: widest(&mut heat.labels.iter(), &names),
        }
    }
}

/// Where the marks stand in their rows.
#[derive(Debug, Default)]
pub(super) struct WhoLayout {
    /// For each mark its place.
    pub places: Vec<Place>,
    /// What stands in the lines from top to bottom: rows, and headings over groups of them.
    pub lines: Vec<Line>,
    /// The top of each line, and the bottom of the last one, in points.
    pub line_tops: Vec<f32>,
    /// How many columns there are, with that of those who name nobody.
    pub columns: usize,
    /// For each column the one that it is drawn below.
    pub parents: Vec<Option<usize>>,
    /// The height of a line of marks, in points.
    pub lane: f32,
    place_of: FxHashMap<Id<Claim>, usize>,
}

/// A line of the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// The heading over a group of rows.
    Group(usize),
    /// A row with its marks.
    Row(usize, Range<usize>),
}

/// Where a mark stands.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The middle of its line, in points from the top of the first row.
    pub y: f32,
    /// Its columns.
    pub columns: Vec<usize>,
    /// How it looks.
    pub look: ClaimMark,
    /// Its likelihood; `None` where it was stated without a hedge.
    pub likelihood: Option<LikelihoodBar>,
    /// The mark of the claim that it goes back to, where it repeats one.
    pub origin: Option<usize>,
}

impl WhoLayout {
    fn new(cx: &ViewContext<'_>, who: &WhoSaysWho) -> Self {
        let standard = cx.assessment.header.standard;
        let place_of: FxHashMap<Id<Claim>, usize> =
            who.marks.iter().enumerate().map(|(place, mark)| (mark.claim, place)).collect();
        let nobody = who.marks.iter().any(|mark| mark.columns.is_empty()).then_some(who.columns.len());
        let has_likelihood = who.marks.iter().any(|mark| mark.likelihood.is_some());
        let lane = if has_likelihood { LANE.1 } else { LANE.0 };
        let mut layout = Self {
            columns: who.columns.len() + usize::from(nobody.is_some()),
            parents: parents(who),
            lane,
            place_of,
            ..Self::default()
        };
        let mut top = 0.0;
        let mut start = 0;
        for row in 0..who.rows.len() {
            if let Some(group) = who.groups.iter().position(|group| group.rows.start == row) {
                layout.line_tops.push(top);
                layout.lines.push(Line::Group(group));
                top += HEADING;
            }
            layout.line_tops.push(top);
            let count = who.marks.iter().skip(start).take_while(|mark| mark.row == row).count();
            let mut lanes = Lanes::default();
            for mark in who.marks.iter().skip(start).take(count) {
                let columns =
                    if mark.columns.is_empty() { nobody.into_iter().collect() } else { mark.columns.clone() };
                let number = lanes.put(&columns);
                let origin = if mark.is_first_hand { None } else { layout.place_of.get(&mark.first_hand) };
                layout.places.push(Place {
                    y: top + ROW_PADDING + (number as f32 + 0.5) * lane,
                    look: look(mark),
                    likelihood: mark.likelihood.as_ref().map(|likelihood| {
                        stated_range(likelihood, standard)
                            .map_or(LikelihoodBar::Unquantified, |(low, high)| {
                                LikelihoodBar::Range(low, high)
                            })
                    }),
                    origin: origin.copied(),
                    columns,
                });
            }
            layout.lines.push(Line::Row(row, start..start + count));
            start += count;
            top += lanes.count().max(1) as f32 * lane + 2.0 * ROW_PADDING;
        }
        layout.line_tops.push(top);
        layout
    }

    /// The place of a claim's mark.
    pub fn place_of(&self, claim: Id<Claim>) -> Option<usize> {
        self.place_of.get(&claim).copied()
    }
}

/// For each column the nearest one to its left that is one level wider.
fn parents(who: &WhoSaysWho) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(who.columns.len());
    for (place, column) in who.columns.iter().enumerate() {
        open.truncate(column.depth);
        parents.push(open.last().copied().filter(|_| column.depth > 0));
        open.push(place);
    }
    parents
}

const fn look(mark: &Mark) -> ClaimMark {
    ClaimMark { stance: mark.stance, confidence: mark.confidence, is_first_hand: mark.is_first_hand }
}

/// The lines of one row, each with the columns that are taken.
#[derive(Default)]
struct Lanes {
    taken: Vec<Vec<Range<usize>>>,
}

impl Lanes {
    /// Puts a mark into the first line with room for it.
    fn put(&mut self, columns: &[usize]) -> usize {
        let first = columns.iter().copied().min().unwrap_or_default();
        let span = first..columns.iter().copied().max().unwrap_or_default() + 1;
        let is_free = |taken: &[Range<usize>]| {
            taken.iter().all(|other| other.end <= span.start || span.end <= other.start)
        };
        if let Some(number) = self.taken.iter().position(|taken| is_free(taken)) {
            if let Some(taken) = self.taken.get_mut(number) {
                taken.push(span);
            }
            return number;
        }
        self.taken.push(vec![span]);
        self.taken.len() - 1
    }

    fn count(&self) -> usize {
        self.taken.len()
    }
}

fn legend(who: &WhoSaysWho, standard: Standard) -> Legend {
    let range = |mark: &Mark| mark.likelihood.as_ref().map(|likelihood| stated_range(likelihood, standard));
    let has = |test: &dyn Fn(&Mark) -> bool| who.marks.iter().any(test);
    Legend {
        marks: MarksInUse::of(who.marks.iter().map(look)),
        has_likelihood: has(&|mark| range(mark).is_some_and(|it| it.is_some())),
        has_words_only: has(&|mark| range(mark).is_some_and(|it| it.is_none())),
        has_joint: has(&|mark| mark.columns.len() > 1),
        has_period_mismatch: has(&|mark| mark.is_period_mismatch),
        ..Legend::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_share_a_line_only_where_their_columns_do_not_cross() {
        let mut lanes = Lanes::default();
        let mut check =
            |columns: &[usize], expect: usize| assert_eq!(lanes.put(columns), expect, "{columns:?}");
        check(&[0], 0);
        check(&[0], 1);
        check(&[3], 0);
        check(&[1, 4], 1);
        check(&[2], 0);
        check(&[2, 3], 2);
        check(&[5], 0);
        assert_eq!(lanes.count(), 3);
    }
}
