//! All rules side by side: actors down, rules across, a small bar in each cell, and what the rule of the view assumes.

use eframe::egui::{
    self, Align, EventFilter, FontId, Frame, Grid, Id as EguiId, Key, Label, Layout, Margin, Panel, Rect,
    RichText, Role, ScrollArea, Sense, Stroke, StrokeKind, TextStyle, TextWrapMode, Ui, UiBuilder,
    WidgetInfo, WidgetText, pos2, vec2,
};

use super::memo::{Memo, Rules};
use super::{State, paint, toolbar};
use crate::analysis::Undefined;
use crate::analysis::charts::{BeliefChart, BeliefRow, RuleColumn, RulesChart};
use crate::analysis::explain::Explanation;
use crate::analysis::fusion::{Number, about};
use crate::analysis::percent::{percent, percent_span};
use crate::model::FusionRule;
use crate::ui::command::Computation;
use crate::ui::tokens::{self, ROW_HEIGHT, bold};
use crate::ui::widgets::belief_bar;
use crate::ui::widgets::marks::paint_hatch;
use crate::ui::widgets::own_keys::{holds_arrows, pressed, row_by_keys};
use crate::ui::widgets::{
    Computing, computing_words, explained, figure_and_copy, quiet, section_title, table_twin,
};
use crate::ui::{Command, ViewContext};

/// The height of a row: a bar with its numbers below it, in points.
pub(super) const ROW: f32 = 38.0;
/// The height of the names of the rules, in points.
pub(super) const HEADER: f32 = 24.0;
/// The least width of a column, in points.
const COLUMN: f32 = 64.0;
/// How much each level is set in, in points.
pub(super) const INDENT: f32 = 10.0;

/// Where the columns stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    /// The width of the names.
    pub name: f32,
    /// The width of a rule.
    pub width: f32,
    /// How many rules there are.
    pub count: usize,
}

impl Columns {
    fn within(width: f32, count: usize) -> Self {
        let name = (width * 0.17).clamp(104.0, 260.0);
        let column = ((width - name - 8.0) / count.max(1) as f32).clamp(COLUMN, 160.0);
        Self { name, width: column, count }
    }

    /// The width of all.
    pub fn total(&self) -> f32 {
        self.name + self.width * self.count as f32 + 8.0
    }

    fn cell(&self, row: Rect, column: usize) -> Rect {
        let left = row.left() + self.name + self.width * column as f32;
        Rect::from_x_y_ranges(left..=left + self.width, row.y_range())
    }
}

/// Draws the side-by-side, or its table.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &mut Memo, state: &mut State) {
    let asked = memo.asked;
    let (rule, key) = (memo.key.rule, memo.key);
    let Rules { chart, table, records } = match memo.rules(cx) {
        Computing::Done(rules) => rules,
        computing => {
            let words = ["Computing all rules…", "All rules: stopped before they were there", "Compute"];
            ui.horizontal(|ui| {
                ui.set_height(ROW_HEIGHT);
                ui.add_space(tokens::PADDING);
                computing_words(ui, words, &computing, || {
                    cx.send(Command::Compute(Computation::AllRules(key.incident, key.discount)));
                });
            });
            return;
        }
    };
    ui.horizontal(|ui| {
        ui.set_height(ROW_HEIGHT);
        ui.add_space(tokens::PADDING);
        section_title(ui, "The same claims under each rule");
        figure_and_copy(
            ui,
            cx,
            ("Export all rules as a figure…", || state.rules_settings()),
            ("Copy all rules as a table", || table.clone()),
        );
    });
    if state.shows_table {
        table_twin(ui, cx, "all rules table", table, records);
        return;
    }
    let margin = Margin::symmetric(8, 6);
    Panel::bottom("about the rule")
        .frame(Frame::new().inner_margin(margin))
        .show(ui, |ui| about_rule(ui, rule));
    ui.spacing_mut().item_spacing.y = 0.0;
    let columns = Columns::within(ui.available_width(), chart.columns.len());
    let explain = |rule: FusionRule, number: Number| {
        BeliefChart::new(cx.derived, key.incident, Some(rule), Some(key.discount)).explain(cx.derived, number)
    };
    let mut view = View { cx, chart, columns, rule: Some(rule), asked, explain: &explain, chosen: None };
    let id = ui.make_persistent_id("all rules");
    let is_moved = view.take_keys(ui, id);
    ScrollArea::horizontal().id_salt("rules across").auto_shrink(false).show(ui, |ui| {
        ui.set_min_width(columns.total());
        view.draw(ui, id, is_moved);
    });
    if let Some((row, column)) = view.chosen {
        let rule = chart.columns.get(column).map(|column| column.rule);
        if let Some(rule) = rule {
            toolbar::set_rule(cx, state, rule);
        }
        if let Some(row) = row.and_then(|row| chart.rows.get(row)) {
            state.cursor = Some(row.actor);
        }
    }
}

/// What has to be known while the cells are drawn.
pub(super) struct View<'a> {
    pub cx: &'a ViewContext<'a>,
    pub chart: &'a RulesChart,
    pub columns: Columns,
    /// The rule of the view; `None` in a figure, which is of all of them.
    pub rule: Option<FusionRule>,
    pub asked: Option<usize>,
    pub explain: &'a dyn Fn(FusionRule, Number) -> Explanation,
    /// The cell that was chosen in this frame: a column, and a row unless it was the name of a rule.
    pub chosen: Option<(Option<usize>, usize)>,
}

impl View<'_> {
    fn column_of_rule(&self) -> usize {
        self.chart.columns.iter().position(|column| Some(column.rule) == self.rule).unwrap_or_default()
    }

    fn draw(&mut self, ui: &mut Ui, id: EguiId, is_moved: bool) {
        let focus = ui.interact(ui.available_rect_before_wrap(), id, Sense::FOCUSABLE);
        let current = self.asked.and_then(|row| {
            let name = &self.chart.rows.get(row)?.name;
            Some(format!("{name} under {}", self.rule?.label()))
        });
        focus.widget_info(|| WidgetInfo {
            current_text_value: current.clone(),
            ..WidgetInfo::labeled(Role::Grid, true, "All rules side by side")
        });
        self.header(ui);
        let mut scroll = ScrollArea::vertical().id_salt("rules down").auto_shrink(false);
        if is_moved && let Some(row) = self.asked {
            let middle = row as f32 * ROW - (ui.available_height() - ROW) / 2.0;
            scroll = scroll.vertical_scroll_offset(middle.max(0.0));
        }
        let rows = self.chart.rows.len() + 1;
        let has_focus = focus.has_focus();
        scroll.show_rows(ui, ROW, rows, |ui, range| {
            for row in range {
                let (rect, _) = ui.allocate_exact_size(vec2(self.columns.total(), ROW), Sense::hover());
                self.row(ui, rect, row, has_focus);
            }
        });
        if has_focus {
            let stroke = Stroke::new(1.0, tokens::palette(ui).accent);
            ui.painter().rect_stroke(ui.clip_rect().shrink(0.5), 0, stroke, StrokeKind::Inside);
        }
    }

    /// The names of the rules.
    pub fn header(&mut self, ui: &mut Ui) {
        let palette = tokens::palette(ui);
        let (rect, _) = ui.allocate_exact_size(vec2(self.columns.total(), HEADER), Sense::hover());
        let convention = self.cx.assessment.header.methods.fusion;
        for (place, column) in self.chart.columns.iter().enumerate() {
            let cell = self.columns.cell(rect, place);
            let about = about(column.rule);
            let response = ui.interact(cell, ui.scope_id().with(("rule", place)), Sense::click());
            let is_chosen = Some(column.rule) == self.rule;
            response.widget_info(|| {
                WidgetInfo::selected(Role::ColumnHeader, true, is_chosen, column.rule.label())
            });
            if is_chosen {
                ui.painter().rect_filled(cell, 0, palette.selection);
            } else if response.hovered() || response.has_focus() {
                ui.painter().rect_filled(cell, 0, palette.hovered);
            }
            let text = if column.rule == convention {
                format!("{} ●", about.short)
            } else {
                about.short.to_owned()
            };
            let text = RichText::new(text).size(tokens::SMALL);
            let text = if is_chosen { text.family(tokens::bold_family()) } else { text };
            centred(ui, cell, text, if is_chosen { palette.text } else { palette.quiet });
            let hint = if column.rule == convention { "\n● the convention of this assessment" } else { "" };
            let tip = format!("{}\n{}\n{}{hint}", column.rule.label(), about.assumes, about.misleads);
            if response.on_hover_text(tip).clicked() {
                self.chosen = Some((None, place));
            }
        }
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, palette.line));
    }

    /// The row of an actor; past the last one what each rule leaves open.
    pub fn row(&mut self, ui: &mut Ui, rect: Rect, place: usize, has_focus: bool) {
        let palette = tokens::palette(ui);
        let row = self.chart.rows.get(place);
        self.name(ui, rect, row);
        for (column_place, column) in self.chart.columns.iter().enumerate() {
            let cell = self.columns.cell(rect, column_place);
            let is_current = Some(column.rule) == self.rule;
            if is_current {
                ui.painter().rect_filled(cell, 0, palette.stripe);
            }
            match (row, &column.spans) {
                (row, Err(undefined)) => {
                    let of = (column.rule.label(), row.map(|row| row.number));
                    undefined_cell(ui, cell, of, place == 0, undefined);
                }
                (Some(row), Ok(_)) => self.cell(ui, cell, (place, row), (column_place, column)),
                (None, Ok(_)) => self.open(ui, cell, column),
            }
            if is_current && row.is_some() && self.asked == Some(place) {
                let colour = if has_focus { palette.accent } else { palette.edge };
                ui.painter().rect_stroke(cell.shrink(1.0), 2, Stroke::new(1.0, colour), StrokeKind::Inside);
            }
        }
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, palette.line));
    }

    fn name(&self, ui: &Ui, rect: Rect, row: Option<&BeliefRow>) {
        let palette = tokens::palette(ui);
        let depth = row.map_or(0, |row| row.depth);
        let left = rect.left() + 8.0 + depth as f32 * INDENT;
        let text = row.map_or("Left open", |row| row.name.as_str());
        let text = if row.is_some() { RichText::new(text) } else { bold(text) };
        let room = (rect.left() + self.columns.name - 6.0 - left).max(12.0);
        let galley =
            WidgetText::from(text).into_galley(ui, Some(TextWrapMode::Truncate), room, TextStyle::Body);
        let is_cut = galley.elided;
        let at = pos2(left, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, palette.text);
        if let Some(row) = row.filter(|_| is_cut) {
            let place = Rect::from_min_max(rect.min, pos2(rect.left() + self.columns.name, rect.bottom()));
            let response = ui.interact(place, ui.scope_id().with(("rules name", row.number)), Sense::hover());
            response.on_hover_text(&row.name);
        }
    }

    fn cell(
        &mut self,
        ui: &mut Ui,
        cell: Rect,
        (place, row): (usize, &BeliefRow),
        (column_place, column): (usize, &RuleColumn),
    ) {
        let Some(span) = self.chart.span(place, column_place) else { return };
        let palette = tokens::palette(ui);
        let response =
            ui.interact(cell, ui.scope_id().with(("rules cell", row.number, column_place)), Sense::CLICK);
        let spoken = format!(
            "{} under {}: belief {}, plausibility {}, projected {}",
            row.name,
            column.rule.label(),
            percent(span.belief),
            percent(span.plausibility),
            percent(span.projected)
        );
        response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, &spoken));
        let track = Rect::from_x_y_ranges(
            cell.left() + 7.0..=cell.right() - 7.0,
            cell.top() + 2.0..=cell.top() + 22.0,
        );
        belief_bar::bar(ui.painter(), track, paint::BAR, span, palette);
        if response.clicked() {
            self.chosen = Some((Some(place), column_place));
            self.cx.select(row.actor);
        }
        response.on_hover_text_at_pointer(&spoken);
        let text = percent_span(span.belief, span.plausibility);
        let name = format!("Belief in {} under {}: {}", row.name, column.rule.label(), percent(span.belief));
        self.number(
            ui,
            cell,
            ("span", row.number, column_place),
            &text,
            &name,
            column.rule,
            Number::Belief(row.number),
        );
    }

    /// What a rule leaves open.
    fn open(&mut self, ui: &mut Ui, cell: Rect, column: &RuleColumn) {
        let Ok(uncertainty) = &column.uncertainty else { return };
        let text = percent(*uncertainty);
        let name = format!("Left open under {}: {text}", column.rule.label());
        let middle = cell.with_min_y(cell.top() - 6.0).with_max_y(cell.bottom() - 8.0);
        self.number(ui, middle, ("open", 0, 0), &text, &name, column.rule, Number::Uncertainty);
    }

    #[expect(clippy::too_many_arguments, reason = "one number with all that it says")]
    fn number(
        &self,
        ui: &mut Ui,
        cell: Rect,
        salt: (&str, usize, usize),
        text: &str,
        name: &str,
        rule: FusionRule,
        number: Number,
    ) {
        let font = FontId::proportional(tokens::SMALL);
        let width = ui.painter().layout_no_wrap(text.to_owned(), font, egui::Color32::PLACEHOLDER).size().x;
        let place = Rect::from_center_size(pos2(cell.center().x, cell.bottom() - 9.0), vec2(width, 14.0));
        let layout = Layout::left_to_right(Align::Center);
        let builder = UiBuilder::new().max_rect(place).layout(layout).id_salt((salt, rule.label()));
        let mut child = ui.new_child(builder);
        explained(&mut child, self.cx, RichText::new(text).size(tokens::SMALL), name, || {
            (self.explain)(rule, number)
        });
    }

    /// Up and down ask about another actor, left and right take another rule, Enter selects the actor. Whether the actor
    /// changed.
    fn take_keys(&mut self, ui: &Ui, id: EguiId) -> bool {
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        if !holds_arrows(ui, id, filter) {
            return false;
        }
        let (row, column) = (self.asked.unwrap_or_default(), self.column_of_rule());
        let last_column = self.chart.columns.len().saturating_sub(1);
        if let Some(row) = row_by_keys(ui, Some(row), self.chart.rows.len()) {
            self.chosen = Some((Some(row), column));
        }
        let sideways =
            [(Key::ArrowLeft, column.saturating_sub(1)), (Key::ArrowRight, (column + 1).min(last_column))];
        for (key, column) in sideways {
            if pressed(ui, key) {
                self.chosen = Some((Some(row), column));
            }
        }
        if pressed(ui, Key::Enter)
            && let Some(row) = self.chart.rows.get(row)
        {
            self.cx.select(row.actor);
        }
        let moved = self.chosen.and_then(|(row, _)| row).filter(|chosen| *chosen != row);
        if moved.is_some() {
            self.asked = moved;
        }
        moved.is_some()
    }
}

fn centred(ui: &Ui, cell: Rect, text: RichText, colour: egui::Color32) {
    let room = cell.width();
    let galley = WidgetText::from(text).into_galley(ui, Some(TextWrapMode::Truncate), room, TextStyle::Small);
    ui.painter().galley(cell.center() - galley.size() / 2.0, galley, colour);
}

/// A cell of a column without numbers: hatched, with the reason in its tooltip. `of` is its rule, and the number of its actor.
fn undefined_cell(ui: &Ui, cell: Rect, of: (&str, Option<usize>), is_first: bool, undefined: &Undefined) {
    let palette = tokens::palette(ui);
    let inner = cell.shrink2(vec2(6.0, 0.0));
    paint_hatch(&ui.painter().with_clip_rect(inner), inner, 9.0, Stroke::new(1.0, palette.line));
    if is_first {
        let back = Rect::from_center_size(cell.center(), vec2(cell.width() - 12.0, 16.0));
        ui.painter().rect_filled(back, 0, palette.background);
        centred(ui, cell, RichText::new("undefined").size(tokens::SMALL), palette.quiet);
    }
    let response = ui.interact(cell, ui.scope_id().with(("undefined", of)), Sense::hover());
    response.on_hover_text_at_pointer(undefined.to_string());
}

/// What the rule of the view assumes, when it fits, when it misleads, and who published it.
fn about_rule(ui: &mut Ui, rule: FusionRule) {
    let about = about(rule);
    ui.label(bold(rule.label()));
    Grid::new("about the rule").num_columns(2).spacing([12.0, 2.0]).min_row_height(ROW_HEIGHT * 0.7).show(
        ui,
        |ui| {
            let ignorance = if about.is_moved_by_ignorance {
                "An origin that knows nothing (F, 6, or one that names nobody) changes the result"
            } else {
                "An origin that knows nothing (F, 6, or one that names nobody) changes nothing"
            };
            let lines = [
                ("Assumes", about.assumes),
                ("Fits", about.fits.strip_prefix("Fits ").unwrap_or(about.fits)),
                ("Misleads", about.misleads),
                ("Ignorance", ignorance),
                ("Source", about.source),
            ];
            for (name, text) in lines {
                ui.label(quiet(ui, name));
                ui.add(Label::new(text).wrap());
                ui.end_row();
            }
        },
    );
}
