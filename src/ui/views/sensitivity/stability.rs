//! How firm the first rank is when ratings move: shares with their standard errors, by both kinds of move.

use eframe::egui::{
    Align, Align2, DragValue, FontId, Layout, Painter, Rect, ScrollArea, Sense, Stroke, Ui, pos2, vec2,
};

use super::memo::Memo;
use super::{State, legend};
use crate::analysis::ach::stability::{Move, Share};
use crate::analysis::charts::sensitivity::{StabilityChart, StabilityRow};
use crate::analysis::percent::percent_in_tenths;
use crate::ui::ViewContext;
use crate::ui::tokens::{self, Palette};
use crate::ui::widgets::chart_parts::{self, height_around, name_galley, name_lines, number, paint_bar};
use crate::ui::widgets::legend::line;
use crate::ui::widgets::rows::Rows;
use crate::ui::widgets::{
    BETWEEN_PARTS, computing_line, fields, figure_and_copy, grouped, quiet, section_title,
};

/// The height of a row, in points.
pub(super) const ROW: f32 = 26.0;
/// The height of what stands around the rows, in points.
pub(super) const AROUND: f32 = 142.0;
/// The height of the scale, in points.
pub(super) const HEADER: f32 = 20.0;
/// The height of the legend with the room above it, in points.
const LEGEND: f32 = 26.0;
/// The width of a column of numbers, in points.
const NUMBER: f32 = 64.0;
/// The least width of the bars while names are cut, in points: where that makes a name whole, and otherwise.
const LEAST_TRACK: f32 = 96.0;
const TRACK: f32 = 160.0;
/// What the last row is called, and what it stands for.
const NOBODY: &str = "Nobody";
const SHARED: &str = "several share the first rank";
/// The most draws that can be asked for.
const MOST_DRAWS: u32 = 10_000_000;

/// Draws the controls and the bars in the available room.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &mut Memo, state: &mut State) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Ok((chart, trial)) = memo.stability(cx, state.trial) {
                let settings = || super::figure::stability_settings(state.raters, trial);
                figure_and_copy(
                    ui,
                    cx,
                    ("Export rank stability as a figure…", settings),
                    ("Copy rank stability as a table", || chart.table()),
                );
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                section_title(ui, "How firm the first rank is");
            });
        });
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        controls(ui, state);
    });
    match memo.stability(cx, state.trial) {
        Ok((chart, _)) => {
            ui.spacing_mut().item_spacing.y = 0.0;
            let (name, rows) = lay_out(ui, chart);
            ScrollArea::vertical().id_salt("rank stability rows").auto_shrink(false).show(ui, |ui| {
                draw(ui, cx, chart, name, &rows);
                ui.add_space(tokens::GRID);
                line(ui, legend::stability_entries);
            });
        }
        Err(computing) => {
            let trial = state.trial;
            computing_line(ui, "how firm the first rank is", &computing, || memo.begin_stability(cx, trial));
            // What was there before stays in sight, and is not passed off as new.
            if let Some(chart) = memo.stability_before() {
                ui.set_opacity(super::DIMMED);
                ui.spacing_mut().item_spacing.y = 0.0;
                let (name, rows) = lay_out(ui, chart);
                let scroll = ScrollArea::vertical().id_salt("rank stability rows").auto_shrink(false);
                scroll.show(ui, |ui| draw(ui, cx, chart, name, &rows));
            }
        }
    }
}

/// How wide the chart has to be, in points, so that of labels of these widths all are whole that can be in so much room.
pub(super) fn needed_width(ui: &Ui, labels: &[f32], most: f32) -> f32 {
    let around = width(0.0, LEAST_TRACK) + ui.spacing().scroll.allocated_width();
    around + widest_within(labels, most - around)
}

/// The widths of all labels, in points, with the names and answers of these hypotheses.
pub(super) fn label_widths<'a>(ui: &Ui, hypotheses: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<f32> {
    let labels = hypotheses.chain([(NOBODY, SHARED)]);
    labels.map(|(name, answer)| name_width(ui, name, answer).ceil() + 1.0).collect()
}

/// The widest of some labels that is whole in so much room; 0 where none is.
fn widest_within(labels: &[f32], room: f32) -> f32 {
    labels.iter().copied().filter(|width| *width <= room).fold(0.0, f32::max)
}

/// The room for labels of these widths in a chart of some width, in points: one that is cut either way takes no more from the bars
/// than `TRACK` leaves.
fn label_room(labels: &[f32], chart: f32) -> f32 {
    let whole = widest_within(labels, chart - width(0.0, LEAST_TRACK));
    let needed = labels.iter().copied().fold(0.0, f32::max);
    needed.min((chart - width(0.0, TRACK)).max(whole).max(90.0))
}

/// The room for the names, in points: what they need, while there is enough for the bars; and the rows, of which each is as high
/// as its name needs where all are in sight with the legend.
fn lay_out(ui: &Ui, chart: &StabilityChart) -> (f32, Rows) {
    let labels = label_widths(ui, chart.rows.iter().map(|row| (&*row.name, &*row.answer)));
    let room = ui.available_size() - vec2(ui.spacing().scroll.allocated_width(), HEADER + LEGEND);
    let name = label_room(&labels, room.x);
    let count = chart.rows.len() + 1;
    if labels.iter().all(|label| *label <= name) || room.y < count as f32 * ROW {
        return (name, Rows::plain(count, ROW));
    }
    let rows = Rows::fitted(count, ROW, room.y, |place, lines| {
        let galley = |row: &StabilityRow| name_lines(ui, &row.name, &row.answer, name, lines);
        chart.rows.get(place).map_or(ROW, |row| height_around(&galley(row)).max(ROW))
    });
    (name, rows)
}

/// What is tried: with which probability a rating moves, and how the draws are made where they are needed.
fn controls(ui: &mut Ui, state: &mut State) {
    let trial = &mut state.trial;
    ui.label(quiet(ui, "Chance that a rating moves"));
    let mut percent = trial.probability * 100.0;
    let field = DragValue::new(&mut percent)
        .range(0.0..=100.0)
        .speed(0.2)
        .max_decimals(2)
        .custom_formatter(|percent, _| ((percent * 100.0).round() / 100.0).to_string())
        .suffix(" %");
    let response = ui.add(field).on_hover_text("With which probability each single rating moves");
    fields::name(&response, "Probability that a rating moves");
    if response.changed() {
        trial.probability = (percent * 100.0).round() / 10_000.0;
    }
    ui.add_space(BETWEEN_PARTS);
    let field = DragValue::new(&mut trial.draws)
        .range(100..=MOST_DRAWS)
        .speed(1_000.0)
        .custom_formatter(|draws, _| grouped(draws as usize))
        .custom_parser(|text| text.replace(',', "").trim().parse().ok());
    let response = ui.add(field).on_hover_text("How many draws are made where the shares cannot be exact");
    fields::name(&response, "Draws");
    ui.label(quiet(ui, "draws"));
    ui.add_space(BETWEEN_PARTS);
    ui.label(quiet(ui, "seed"));
    let field = DragValue::new(&mut trial.seed).speed(0.1);
    let response = ui.add(field).on_hover_text("The same seed gives the same draws");
    fields::name(&response, "Seed");
}

/// Draws all rows one below the other, with so much room for the names.
pub(super) fn draw(ui: &mut Ui, cx: &ViewContext<'_>, chart: &StabilityChart, name: f32, rows: &Rows) {
    let width = ui.available_width();
    let (head, _) = ui.allocate_exact_size(vec2(width, HEADER), Sense::hover());
    let track = track(head, name);
    scale(ui.painter(), head, track, head.bottom() + rows.height(), tokens::palette(ui));
    for place in 0..=chart.rows.len() {
        let (top, bottom) = rows.range(place);
        let (rect, _) = ui.allocate_exact_size(vec2(width, bottom - top), Sense::hover());
        match chart.rows.get(place) {
            Some(row) => hypothesis(ui, cx, chart, row, rect, (name, rows.lines())),
            None => nobody(ui, cx, chart, rect, name),
        }
    }
}

/// How wide a chart is with so much room for the names, in points.
pub(super) fn width(name: f32, track: f32) -> f32 {
    name + 12.0 + track + 12.0 + 2.0 * NUMBER
}

fn track(rect: Rect, name: f32) -> Rect {
    let left = rect.left() + name + 12.0;
    let right = (rect.right() - 2.0 * NUMBER - 12.0).max(left + 30.0);
    Rect::from_x_y_ranges(left..=right, rect.y_range())
}

fn number_cell(rect: Rect, place: usize) -> Rect {
    let right = rect.right() - (1 - place.min(1)) as f32 * NUMBER;
    Rect::from_x_y_ranges(right - NUMBER..=right, rect.y_range()).shrink2(vec2(0.0, 4.0))
}

fn scale(painter: &Painter, head: Rect, track: Rect, end: f32, palette: &Palette) {
    let font = FontId::proportional(tokens::SMALL);
    let steps: &[(f32, &str)] = if track.width() > 160.0 {
        &[(0.0, "0"), (0.25, "25"), (0.5, "50"), (0.75, "75"), (1.0, "100 %")]
    } else {
        &[(0.0, "0"), (0.5, "50"), (1.0, "100 %")]
    };
    for (share, label) in steps {
        let x = track.left() + track.width() * share;
        painter.vline(x, head.bottom()..=end, Stroke::new(1.0, palette.line));
        painter.text(pos2(x, head.center().y), Align2::CENTER_CENTER, label, font.clone(), palette.quiet);
    }
    for (place, how) in Move::ALL.into_iter().enumerate() {
        let cell = number_cell(head, place);
        let text = match how {
            Move::Opposite => "Opposite",
            Move::Neighbour => "Neighbour",
        };
        painter.text(cell.right_center(), Align2::RIGHT_CENTER, text, font.clone(), palette.quiet);
    }
    painter.hline(head.x_range(), head.bottom() - 0.5, Stroke::new(1.0, palette.line));
}

fn hypothesis(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    chart: &StabilityChart,
    row: &StabilityRow,
    rect: Rect,
    (name, lines): (f32, usize),
) {
    let spoken = words(row);
    let is_selected = cx.is_selected(row.hypothesis);
    let response = chart_parts::row(ui, rect, ("stability", row.hypothesis), is_selected, &spoken);
    label(ui, rect, (&row.name, &row.answer), (name, lines));
    let errors = Move::ALL.into_iter().zip(&row.shares).map(|(how, share)| match &share.alone {
        Ok(share_alone) if !chart.is_exact(how) => {
            format!(
                "{}: {}, {}, {}",
                how.label(),
                percent_in_tenths(*share_alone),
                share.error_words(),
                chart.method(how)
            )
        }
        Ok(share) => format!("{}: {}, {}", how.label(), percent_in_tenths(*share), chart.method(how)),
        Err(undefined) => undefined.to_string(),
    });
    let tip = format!(
        "{} {}\nAlone in front when each rating moves\n{}",
        row.name,
        row.answer,
        errors.collect::<Vec<_>>().join("\n")
    );
    if response.on_hover_text_at_pointer(tip).clicked() {
        cx.select(row.hypothesis);
    }
    for (place, (how, share)) in Move::ALL.into_iter().zip(&row.shares).enumerate() {
        if let Ok(alone) = share.alone {
            let error = if chart.is_exact(how) { 0.0 } else { share.standard_error };
            bar(ui.painter(), lane(track(rect, name), place), alone, error, how, tokens::palette(ui));
        }
        let text = share_text(share);
        let spoken = format!("{} alone in front, each rating moving {}: {text}", row.name, how.label());
        number(ui, cx, number_cell(rect, place), (row.hypothesis, place), &text, &spoken, || {
            chart.explain(Some(row), how)
        });
    }
}

fn nobody(ui: &mut Ui, cx: &ViewContext<'_>, chart: &StabilityChart, rect: Rect, name: f32) {
    label(ui, rect, (NOBODY, SHARED), (name, 1));
    for (place, (how, shared)) in Move::ALL.into_iter().zip(&chart.shared).enumerate() {
        let Ok(shared) = shared else { continue };
        bar(ui.painter(), lane(track(rect, name), place), *shared, 0.0, how, tokens::palette(ui));
        let text = percent_in_tenths(*shared);
        let spoken = format!("Nobody alone in front, each rating moving {}: {text}", how.label());
        number(ui, cx, number_cell(rect, place), ("nobody", place), &text, &spoken, || {
            chart.explain(None, how)
        });
    }
}

/// How wide the label of a row is, in points.
pub(super) fn name_width(ui: &Ui, name: &str, answer: &str) -> f32 {
    name_galley(ui, name, answer, f32::INFINITY).size().x
}

fn label(ui: &Ui, rect: Rect, (name, answer): (&str, &str), (room, lines): (f32, usize)) {
    let galley = name_lines(ui, name, answer, room, lines);
    let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, tokens::palette(ui).text);
}

/// The lane of a kind of move within a row.
fn lane(track: Rect, place: usize) -> Rect {
    let y = track.center().y + if place == 0 { -5.0 } else { 5.0 };
    Rect::from_x_y_ranges(track.x_range(), y - 4.0..=y + 4.0)
}

fn bar(painter: &Painter, lane: Rect, share: f64, error: f64, how: Move, palette: &Palette) {
    let at = |share: f64| lane.left() + lane.width() * share.clamp(0.0, 1.0) as f32;
    paint_bar(painter, lane.with_max_x(at(share)), how == Move::Opposite, palette);
    if error > 0.0 {
        let (from, to, y) = (at(share - error), at(share + error), lane.center().y);
        let stroke = Stroke::new(1.5, palette.text);
        painter.hline(from..=to, y, stroke);
        for x in [from, to] {
            painter.vline(x, y - 3.0..=y + 3.0, stroke);
        }
    }
}

fn share_text(share: &Share) -> String {
    share.alone.as_ref().map_or_else(|_| "–".to_owned(), |share| percent_in_tenths(*share))
}

/// What a row says, in words.
fn words(row: &StabilityRow) -> String {
    let shares = Move::ALL.into_iter().zip(&row.shares);
    let said: Vec<String> = shares
        .map(|(how, share)| format!("{} when each rating moves {}", share_text(share), how.label()))
        .collect();
    format!("{} {}: alone in front in {}", row.name, row.answer, said.join(", "))
}

#[cfg(test)]
mod tests {
    use super::label_room;

    #[test]
    fn bars_give_way_to_names_that_become_whole() {
        #[track_caller]
        fn check(labels: &[f32], chart: f32, expect: f32) {
            assert_eq!(label_room(labels, chart), expect, "{labels:?} in {chart}");
        }
        // All have room beside broad bars.
        check(&[80.0, 120.0], 600.0, 120.0);
        // The bars give way so far that the longest is whole.
        check(&[80.0, 220.0], 500.0, 220.0);
        // What cannot be whole takes no more from them; what can be is.
        check(&[80.0, 900.0], 500.0, 188.0);
        check(&[220.0, 900.0], 500.0, 220.0);
        check(&[900.0], 200.0, 90.0);
    }
}
