//! What each item adds to the odds of one hypothesis against another: bars to either side of even odds.

use eframe::egui::{
    Align2, ComboBox, EventFilter, FontId, Id as EguiId, Key, Label, Painter, Rect, Response, Role,
    ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::State;
use super::hypotheses::measure;
use super::layout::Laid;
use super::memo::Memo;
use crate::analysis::Measure;
use crate::analysis::charts::OddsChart;
use crate::analysis::charts::odds::{OddsPair, OddsRow, PairItem, decibans_text};
use crate::analysis::percent::percent_in_tenths;
use crate::model::{Evidence, Hypothesis, Id};
use crate::ui::ViewContext;
use crate::ui::tokens::{self, Palette, ROW_HEIGHT, bold};
use crate::ui::widgets::chart_parts::{self, name_galley, number, paint_bar, quiet_lines};
use crate::ui::widgets::own_keys::{holds_arrows, pressed, row_by_keys};
use crate::ui::widgets::{figure_and_copy, quiet};

/// The height of the two lines above the items, in points.
pub(super) const HEADER: f32 = 38.0;
/// The least room for the texts, in points: as much as what stands before the evidence needs.
pub(super) const LEAST_NAME: f32 = 220.0;
/// The width of the names of the items, in points.
pub(super) const NAME: f32 = 34.0;
/// What a choice of a hypothesis needs beside its name, in points.
const CHOICE_AROUND: f32 = 52.0;
/// The height of the choice of the pair, in points.
pub(super) const CHOICES: f32 = 42.0;
/// The width of the bars while texts have lines to spare, as a share of the chart.
pub(super) const BROAD_TRACK: f32 = 0.28;
/// The least width of the bars while texts are cut, in points.
pub(super) const LEAST_TRACK: f32 = 190.0;
const EDGE: f32 = 8.0;
/// The width of a column of numbers, in points.
pub(super) const NUMBER: f32 = 78.0;
/// The width of the power of an item, in points.
pub(super) const POWER: f32 = 40.0;

/// Where the columns stand.
#[derive(Clone, Copy, Debug)]
struct Columns {
    left: f32,
    name: f32,
    track: (f32, f32),
    right: f32,
    /// The decibans at the ends of the track.
    most: f64,
}

impl Columns {
    fn new(rect: Rect, name: f32, most: f64) -> Self {
        let (left, right) = (rect.left() + EDGE, rect.right() - EDGE);
        let from = left + name + POWER + 8.0;
        Self { left, name, track: (from, (right - 2.0 * NUMBER - 8.0).max(from + 40.0)), right, most }
    }

    fn place(&self, decibans: f64) -> f32 {
        let share = (decibans / self.most + 1.0) / 2.0;
        self.track.0 + (self.track.1 - self.track.0) * share.clamp(0.0, 1.0) as f32
    }

    fn number(&self, row: Rect, place: usize) -> Rect {
        let right = self.right - (1 - place.min(1)) as f32 * NUMBER;
        Rect::from_x_y_ranges(right - NUMBER..=right, row.y_range()).shrink2(vec2(0.0, 2.0))
    }
}

/// How wide a chart is with so much room for the names, in points.
pub(super) fn width(name: f32, track: f32) -> f32 {
    2.0 * EDGE + name + POWER + 8.0 + track + 8.0 + 2.0 * NUMBER
}

/// The most room for the names in a chart of some width with bars of a width, in points.
pub(super) fn most_name(chart: f32, track: f32) -> f32 {
    (chart - width(0.0, track.max(LEAST_TRACK))).max(110.0)
}

/// How wide a chart is in which names of a width are whole, in points.
pub(super) fn least_width(name: f32) -> f32 {
    width(name, LEAST_TRACK)
}

/// A line of the chart: the prior, an item, or what comes out.
#[derive(Clone, Copy)]
enum Line<'a> {
    Prior(&'a Measure),
    Item(&'a PairItem),
    StandIns(f64),
    Sum(&'a Measure),
}

/// The line under the keyboard: what it is of, since its place changes with the evidence and the pair.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Cursor {
    /// The odds before the evidence.
    #[default]
    Prior,
    /// What this piece of evidence adds.
    Item(Id<Evidence>),
    /// What stand-ins move.
    StandIns,
    /// What comes out.
    Sum,
}

impl Cursor {
    fn at(chart: &OddsChart, pair: &OddsPair, place: usize) -> Self {
        match line(pair, place) {
            Line::Prior(_) => Self::Prior,
            Line::StandIns(_) => Self::StandIns,
            Line::Sum(_) => Self::Sum,
            Line::Item(item) => chart.rows.get(item.row).map_or(Self::Prior, |row| Self::Item(row.evidence)),
        }
    }

    /// Where its line stands; `None` where its evidence is gone.
    fn place(self, chart: &OddsChart, pair: &OddsPair) -> Option<usize> {
        match self {
            Self::Prior => Some(0),
            Self::StandIns => pair.stand_ins.map(|_| pair.items.len() + 1),
            Self::Sum => Some(line_count(pair) - 1),
            Self::Item(evidence) => {
                let is_it =
                    |item: &PairItem| chart.rows.get(item.row).is_some_and(|row| row.evidence == evidence);
                Some(pair.items.iter().position(is_it)? + 1)
            }
        }
    }
}

/// Draws the choice of the pair and the bars in the available room.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &mut Memo, state: &mut State) {
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.add_space(EDGE);
        choices(ui, cx, memo, state);
    });
    if memo.pair.is_none() {
        ui.horizontal(|ui| {
            ui.add_space(EDGE);
            ui.label(quiet(ui, "With a second hypothesis there is something to compare with"));
        });
        return;
    }
    if memo.chart.rows.is_empty() {
        ui.horizontal(|ui| {
            ui.add_space(EDGE);
            let text = "No evidence is rated: the posteriors are the priors. Rate it in the evidence matrix";
            ui.add(Label::new(quiet(ui, text)).wrap());
        });
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let room = ui.available_size_before_wrap() - vec2(0.0, HEADER);
    let laid = Laid::within(ui, memo, room);
    items(ui, cx, memo, &laid, state);
    memo.laid = Some(laid);
}

/// The heads and the lines, which are scrolled where they are not all in sight.
fn items(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, laid: &Laid, state: &mut State) {
    let Some(pair) = &memo.pair else { return };
    let (whole, rows) = (ui.available_rect_before_wrap(), &laid.rows);
    let columns = Columns::new(whole, laid.name, most(pair));
    let (head, _) = ui.allocate_exact_size(vec2(whole.width(), HEADER), Sense::hover());
    let end = (head.bottom() + rows.height()).min(whole.bottom());
    header(ui.painter(), head, end, &columns, &memo.chart, pair, tokens::palette(ui));

    let id = ui.make_persistent_id("odds items");
    let is_moved = take_keys(ui, cx, memo, pair, state, id);
    let focus = ui.interact(ui.available_rect_before_wrap(), id, Sense::FOCUSABLE);
    let cursor = state.cursor.place(&memo.chart, pair);
    let current = cursor.map(|place| words(&memo.chart, pair, line(pair, place)));
    focus.widget_info(|| WidgetInfo {
        current_text_value: current.clone(),
        ..WidgetInfo::labeled(Role::Grid, true, "What each item adds")
    });
    // What comes out stays in sight: under the last item, or at the bottom.
    let last = line_count(pair) - 1;
    let inner = rows.before(last);
    let room = (ui.available_height() - ROW_HEIGHT).max(0.0).min(inner.height());
    let mut scroll = ScrollArea::vertical()
        .id_salt("odds items")
        .auto_shrink(false)
        .max_height(room)
        .min_scrolled_height(0.0);
    if is_moved && let Some(cursor) = cursor {
        scroll = scroll.vertical_scroll_offset(inner.offset_of(cursor, room));
    }
    let mut draw = |ui: &mut Ui, place: usize, rect: Rect| {
        let line = line(pair, place);
        let response = interact(ui, cx, &memo.chart, pair, line, (rect, place));
        if Some(place) == cursor && focus.has_focus() {
            let stroke = Stroke::new(1.0, tokens::palette(ui).accent);
            ui.painter().rect_stroke(rect.shrink(0.5), 0, stroke, StrokeKind::Inside);
        }
        if response.clicked() {
            state.cursor = Cursor::at(&memo.chart, pair, place);
            ui.memory_mut(|memory| memory.request_focus(id));
            if let Some(row) = row_of(&memo.chart, line) {
                cx.select(row.evidence);
            }
        }
        draw_line(ui, cx, (&memo.chart, pair), line, (rect, &columns, rows.lines()));
    };
    inner.show(ui, scroll, &mut draw);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::hover());
    draw(ui, last, rect);
}

/// Draws all lines one below the other, as in a figure.
pub(super) fn draw_all(ui: &mut Ui, cx: &ViewContext<'_>, chart: &OddsChart, pair: &OddsPair, name: f32) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let whole = ui.max_rect();
    let columns = Columns::new(whole, name, most(pair));
    let (head, _) = ui.allocate_exact_size(vec2(whole.width(), HEADER), Sense::hover());
    let count = line_count(pair);
    let end = head.bottom() + count as f32 * ROW_HEIGHT;
    header(ui.painter(), head, end, &columns, chart, pair, tokens::palette(ui));
    for place in 0..count {
        let (rect, _) = ui.allocate_exact_size(vec2(whole.width(), ROW_HEIGHT), Sense::hover());
        draw_line(ui, cx, (chart, pair), line(pair, place), (rect, &columns, 1));
    }
}

/// The line at a place: the prior first, what comes out last.
fn line(pair: &OddsPair, place: usize) -> Line<'_> {
    match place.checked_sub(1) {
        None => Line::Prior(&pair.prior),
        Some(place) => match (pair.items.get(place), pair.stand_ins) {
            (Some(item), _) => Line::Item(item),
            (None, Some(stand_ins)) if place == pair.items.len() => Line::StandIns(stand_ins),
            (None, _) => Line::Sum(&pair.posterior),
        },
    }
}

/// How many lines a pair has: the prior, its items, what stand-ins move, and the sum.
pub(super) fn line_count(pair: &OddsPair) -> usize {
    pair.items.len() + 2 + usize::from(pair.stand_ins.is_some())
}

fn row_of<'a>(chart: &'a OddsChart, line: Line<'_>) -> Option<&'a OddsRow> {
    match line {
        Line::Item(item) => chart.rows.get(item.row),
        Line::Prior(_) | Line::StandIns(_) | Line::Sum(_) => None,
    }
}

/// What the evidence of a line says; `None` where the line is of none.
pub(super) fn statement<'a>(chart: &'a OddsChart, pair: &OddsPair, place: usize) -> Option<&'a str> {
    row_of(chart, line(pair, place)).map(|row| row.statement.as_str())
}

/// The greatest distance from even odds on the scale, at least 5 decibans.
fn most(pair: &OddsPair) -> f64 {
    let items = pair.items.iter().map(|item| &item.adds);
    let parts = items.chain([&pair.prior]).filter_map(|it| it.as_ref().ok());
    let most = parts.fold(5.0_f64, |most, value| most.max(value.abs()));
    let most = pair.stand_ins.map_or(most, |stand_ins| most.max(stand_ins.abs()));
    // A sum that would make its parts too small to be seen goes beyond the scale, which is marked.
    let sum = pair.posterior.as_ref().map_or(0.0, |sum| sum.abs());
    (if sum <= 4.0 * most { most.max(sum) } else { most }) * 1.06
}

/// The choice of the two hypotheses.
fn choices(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    let name = |place: usize| {
        memo.chart.columns.get(place).map_or_else(String::new, |it| format!("{} {}", it.name, it.answer))
    };
    // The words and the two buttons take the rest of the line.
    let needed = memo.measured(ui).0 + CHOICE_AROUND;
    let width = ((ui.available_width() - 310.0) / 2.0).clamp(70.0, needed.max(140.0));
    let shown = memo.pair.as_ref().map_or((0, 1), |pair| (pair.column, pair.against));
    let choose = |ui: &mut Ui, label: &str, shown: usize, chosen: &mut Option<Id<Hypothesis>>| {
        let label = ui.label(quiet(ui, label));
        let combo = ui.scope(|ui| {
            ui.set_max_width(width);
            ComboBox::from_id_salt(("odds", label.id))
                .selected_text(name(shown))
                .width(width - 20.0)
                .truncate()
                .show_ui(ui, |ui| {
                    for (place, column) in memo.chart.columns.iter().enumerate() {
                        if ui.selectable_label(place == shown, name(place)).clicked() {
                            *chosen = Some(column.hypothesis);
                        }
                    }
                })
        });
        combo.inner.response.labelled_by(label.id).on_hover_text(name(shown));
    };
    choose(ui, "What each item adds to", shown.0, &mut state.column);
    choose(ui, "against", shown.1, &mut state.against);
    if let Some(pair) = &memo.pair {
        figure_and_copy(
            ui,
            cx,
            ("Export what each item adds as a figure…", || state.pair_settings()),
            ("Copy what each item adds as a table", || memo.chart.pair_table(pair)),
        );
    }
}

fn header(
    painter: &Painter,
    rect: Rect,
    end: f32,
    columns: &Columns,
    chart: &OddsChart,
    pair: &OddsPair,
    palette: &Palette,
) {
    let font = FontId::proportional(tokens::SMALL);
    let (above, below) = (rect.top() + 10.0, rect.bottom() - 10.0);
    let text = |at: (f32, f32), anchor: Align2, text: &str| {
        painter.text(at.into(), anchor, text, font.clone(), palette.quiet);
    };
    let name = |place: usize| chart.columns.get(place).map_or("", |column| column.name.as_str());
    let (own, rival) = (name(pair.column), name(pair.against));
    text((columns.left, below), Align2::LEFT_CENTER, "Evidence");
    let numbers = [0, 1].map(|place| columns.number(rect, place).right());
    text((numbers[0], above), Align2::RIGHT_CENTER, &format!("{own} against {rival}"));
    text((numbers[0], below), Align2::RIGHT_CENTER, "Decibans");
    text((numbers[1], above), Align2::RIGHT_CENTER, own);
    text((numbers[1], below), Align2::RIGHT_CENTER, "without it");
    let (from, to) = columns.track;
    text((from, above), Align2::LEFT_CENTER, &format!("← for {rival}"));
    text((to, above), Align2::RIGHT_CENTER, &format!("for {own} →"));
    text((columns.place(0.0), above), Align2::CENTER_CENTER, "decibans");
    let steps = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0];
    let step = steps.into_iter().find(|step| columns.most / step <= 5.0).unwrap_or(1_000.0);
    // A number on each line, unless these stand too near.
    let is_wide = columns.place(step) - columns.place(0.0) > 26.0;
    let mut at = step;
    let mut count = 1;
    while at < columns.most {
        for decibans in [-at, at] {
            let x = columns.place(decibans);
            painter.vline(x, rect.bottom()..=end, Stroke::new(1.0, palette.line));
            if is_wide || count % 2 == 0 {
                text((x, below), Align2::CENTER_CENTER, &decibans_text(decibans).replace(".0", ""));
            }
        }
        at += step;
        count += 1;
    }
    let middle = columns.place(0.0);
    text((middle, below), Align2::CENTER_CENTER, "0");
    painter.vline(middle, rect.bottom()..=end, Stroke::new(1.5, palette.edge));
    painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, palette.line));
}

/// How wide the text of a piece of evidence is with its name, in points.
pub(super) fn name_width(ui: &Ui, statement: &str) -> f32 {
    NAME + quiet_lines(ui, statement, f32::INFINITY, 1).size().x
}

fn interact(
    ui: &Ui,
    cx: &ViewContext<'_>,
    chart: &OddsChart,
    pair: &OddsPair,
    line: Line<'_>,
    (rect, place): (Rect, usize),
) -> Response {
    let row = row_of(chart, line);
    let is_selected = row.is_some_and(|row| cx.is_selected(row.evidence));
    let spoken = words(chart, pair, line);
    let response = chart_parts::row(ui, rect, ("odds line", place), is_selected, &spoken);
    response.on_hover_ui_at_pointer(|ui| {
        ui.set_max_width(380.0);
        if let Some(row) = row {
            ui.label(bold(format!("{} {}", row.name, row.statement)));
            if row.group_size > 1 {
                let text = format!(
                    "One of {} items of the group “{}”: each counts with the power {:.2}, a heuristic",
                    row.group_size, row.group, row.power
                );
                ui.label(quiet(ui, text));
            }
        }
        ui.label(quiet(ui, spoken));
    })
}

/// What a line says, in words.
fn words(chart: &OddsChart, pair: &OddsPair, line: Line<'_>) -> String {
    let adds = |value: &Measure| measure(value, |value| format!("{} decibans", decibans_text(value)));
    match line {
        Line::Prior(value) => format!("Prior odds: {}", adds(value)),
        Line::StandIns(value) => format!("Stand-ins of what is left out: {}", adds(&Ok(value))),
        Line::Sum(value) => format!("Posterior odds: {}", adds(value)),
        Line::Item(item) => {
            let name = chart.rows.get(item.row).map_or("", |row| row.name.as_str());
            let first = chart.columns.get(pair.column).map_or("", |column| column.name.as_str());
            let without = format!("without it {first} has {}", measure(&item.without, percent_in_tenths));
            match &item.adds {
                Ok(_) => format!("{name} adds {}; {without}", adds(&item.adds)),
                Err(_) => format!("{name} {}; {without}", chart.not_counted(pair, item)),
            }
        }
    }
}

fn draw_line(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    (chart, pair): (&OddsChart, &OddsPair),
    line: Line<'_>,
    (rect, columns, lines): (Rect, &Columns, usize),
) {
    let palette = tokens::palette(ui);
    let y = rect.center().y;
    let stand_ins;
    let (name, about, value) = match line {
        Line::Prior(value) => ("Prior odds", "before the evidence", value),
        Line::StandIns(value) => {
            stand_ins = Ok(value);
            ("Stand-ins", "of what is left out", &stand_ins)
        }
        Line::Sum(value) => ("Posterior odds", "all together", value),
        Line::Item(item) => {
            let row = chart.rows.get(item.row);
            (
                row.map_or("", |row| row.name.as_str()),
                row.map_or("", |row| row.statement.as_str()),
                &item.adds,
            )
        }
    };
    if matches!(line, Line::Sum(_)) {
        ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, palette.edge));
    }
    // The names of the items are a column of their own; the other lines have none.
    let is_item = matches!(line, Line::Item(_));
    let galley = name_galley(ui, name, if is_item { "" } else { about }, columns.name);
    ui.painter().galley(pos2(columns.left, y - galley.size().y / 2.0), galley, palette.text);
    if is_item {
        let galley = quiet_lines(ui, about, columns.name - NAME, lines);
        ui.painter().galley(pos2(columns.left + NAME, y - galley.size().y / 2.0), galley, palette.quiet);
    }
    if let Some(row) = row_of(chart, line).filter(|row| row.group_size > 1) {
        let font = FontId::proportional(tokens::SMALL);
        let at = pos2(columns.track.0 - 8.0, y);
        ui.painter().text(at, Align2::RIGHT_CENTER, power_text(row.power), font, palette.quiet);
    }
    match value {
        Ok(decibans) => {
            let (zero, at) = (columns.place(0.0), columns.place(*decibans));
            let bar = Rect::from_x_y_ranges(zero.min(at)..=zero.max(at), y - 6.0..=y + 6.0);
            paint_bar(ui.painter(), bar, *decibans > 0.0, palette);
            if decibans.abs() > columns.most {
                let (sign, anchor, inside) = if *decibans > 0.0 {
                    ("→", Align2::LEFT_CENTER, 2.0)
                } else {
                    ("←", Align2::RIGHT_CENTER, -2.0)
                };
                let font = FontId::proportional(tokens::BODY);
                ui.painter().text(pos2(at + inside, y), anchor, sign, font, palette.text);
            }
        }
        Err(_) => {
            if let Line::Item(item) = line {
                let font = FontId::proportional(tokens::SMALL);
                let text = chart.not_counted(pair, item);
                ui.painter().text(
                    pos2(columns.place(0.0) + 6.0, y),
                    Align2::LEFT_CENTER,
                    text,
                    font,
                    if item.stand_in.is_some() { palette.quiet } else { palette.text },
                );
            }
        }
    }
    line_numbers(ui, cx, chart, pair, line, (rect, columns));
}

fn line_numbers(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    chart: &OddsChart,
    pair: &OddsPair,
    line: Line<'_>,
    (rect, columns): (Rect, &Columns),
) {
    let cell = |place: usize| columns.number(rect, place);
    let text = |value: &Measure| measure(value, decibans_text);
    match line {
        Line::Prior(value) => {
            let (text, palette) = (text(value), tokens::palette(ui));
            let font = FontId::proportional(tokens::DENSE);
            ui.painter().text(cell(0).right_center(), Align2::RIGHT_CENTER, text, font, palette.text);
        }
        Line::StandIns(value) => {
            let text = decibans_text(value);
            let name = format!("What stand-ins move in decibans: {text}");
            number(ui, cx, cell(0), "odds stand-ins", &text, &name, || chart.explain_pair(pair));
        }
        Line::Sum(value) => {
            let text = text(value);
            let name = format!("Posterior odds in decibans: {text}");
            number(ui, cx, cell(0), "odds sum", &text, &name, || chart.explain_pair(pair));
        }
        Line::Item(item) => {
            let Some(row) = chart.rows.get(item.row) else { return };
            // Why there is none stands in place of the bar.
            let adds =
                if item.stand_in.is_some() { "–".to_owned() } else { measure(&item.adds, decibans_text) };
            let name = format!("What {} adds in decibans: {adds}", row.name);
            number(ui, cx, cell(0), ("adds", row.evidence), &adds, &name, || {
                chart.explain_item(cx.assessment, pair, item)
            });
            let without = measure(&item.without, percent_in_tenths);
            let name = format!("Posterior without {}: {without}", row.name);
            number(ui, cx, cell(1), ("without", row.evidence), &without, &name, || {
                chart.explain_without(pair, item)
            });
        }
    }
}

/// The power of an item, such as "×½" or "×0.37".
fn power_text(power: f64) -> String {
    let halves = [(0.5, "½"), (1.0 / 3.0, "⅓"), (0.25, "¼")];
    let exact = halves.iter().find(|(value, _)| (value - power).abs() < 1e-9);
    exact.map_or_else(|| format!("×{power:.2}"), |(_, sign)| format!("×{sign}"))
}

/// Moves the cursor through the lines by keys; whether it moved.
fn take_keys(
    ui: &Ui,
    cx: &ViewContext<'_>,
    memo: &Memo,
    pair: &OddsPair,
    state: &mut State,
    id: EguiId,
) -> bool {
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    if !holds_arrows(ui, id, filter) {
        return false;
    }
    let moved = row_by_keys(ui, state.cursor.place(&memo.chart, pair), line_count(pair));
    if let Some(place) = moved {
        state.cursor = Cursor::at(&memo.chart, pair, place);
    }
    if pressed(ui, Key::Enter)
        && let Some(place) = state.cursor.place(&memo.chart, pair)
        && let Some(row) = row_of(&memo.chart, line(pair, place))
    {
        cx.select(row.evidence);
    }
    moved.is_some()
}
