//! How firm the first rank is when ratings move: shares with their standard errors, by both kinds of move.

use eframe::egui::{
    Align, Align2, DragValue, FontId, Layout, Painter, Rect, RichText, Role, ScrollArea, Sense, Stroke,
    StrokeKind, TextStyle, TextWrapMode, Ui, UiBuilder, WidgetInfo, WidgetText, pos2, vec2,
};

use super::State;
use super::memo::{Memo, computing_line};
use crate::analysis::ach::stability::{Move, Share};
use crate::analysis::charts::sensitivity::{StabilityChart, StabilityRow};
use crate::ui::ViewContext;
use crate::ui::tokens::{self, Palette, bold};
use crate::ui::widgets::fields;
use crate::ui::widgets::marks::paint_hatch;
use crate::ui::widgets::{copy_table_button, explained, figure_button, quiet, section_title};

/// The height of a row, in points.
pub(super) const ROW: f32 = 28.0;
/// The height of the scale, in points.
pub(super) const HEADER: f32 = 20.0;
/// The width of a column of numbers, in points.
const NUMBER: f32 = 64.0;
/// The most draws that can be asked for.
const MOST_DRAWS: u32 = 10_000_000;

/// Draws the controls and the bars in the available room.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &mut Memo, state: &mut State) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Ok((chart, trial)) = memo.stability(cx, state.trial) {
                copy_table_button(ui, cx, "Copy rank stability as a table", || chart.table());
                figure_button(ui, cx, "Export rank stability as a figure…", || {
                    super::figure::stability_settings(state.raters, trial)
                });
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
            let name = (ui.available_width() * 0.36).clamp(90.0, 300.0);
            ScrollArea::vertical().id_salt("rank stability rows").auto_shrink(false).show(ui, |ui| {
                draw(ui, cx, chart, name);
            });
        }
        Err(computing) => {
            let trial = state.trial;
            computing_line(ui, "how firm the first rank is", computing, || memo.begin_stability(cx, trial));
        }
    }
}

/// What is tried: with which probability a rating moves, and how the draws are made where they are needed.
fn controls(ui: &mut Ui, state: &mut State) {
    let trial = &mut state.trial;
    ui.label(quiet(ui, "Each rating moves with"));
    let mut percent = trial.probability * 100.0;
    let field = DragValue::new(&mut percent).range(0.0..=100.0).speed(0.2).max_decimals(2).suffix(" %");
    let response = ui.add(field).on_hover_text("The probability with which each single rating moves");
    fields::name(&response, "Probability that a rating moves");
    if response.changed() {
        trial.probability = (percent * 100.0).round() / 10_000.0;
    }
    ui.label(quiet(ui, "draws"));
    let field = DragValue::new(&mut trial.draws).range(100..=MOST_DRAWS).speed(1_000.0);
    let response = ui.add(field).on_hover_text("How many draws are made where the shares cannot be exact");
    fields::name(&response, "Draws");
    ui.label(quiet(ui, "seed"));
    let field = DragValue::new(&mut trial.seed).speed(0.1);
    let response = ui.add(field).on_hover_text("The same seed gives the same draws");
    fields::name(&response, "Seed");
}

/// Draws all rows one below the other, with so much room for the names.
pub(super) fn draw(ui: &mut Ui, cx: &ViewContext<'_>, chart: &StabilityChart, name: f32) {
    let width = ui.available_width();
    let (head, _) = ui.allocate_exact_size(vec2(width, HEADER), Sense::hover());
    let track = track(head, name);
    let end = head.bottom() + (chart.rows.len() + 1) as f32 * ROW;
    scale(ui.painter(), head, track, end, tokens::palette(ui));
    for row in &chart.rows {
        let (rect, _) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
        hypothesis(ui, cx, chart, row, rect, name);
    }
    let (rect, _) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
    nobody(ui, cx, chart, rect, name);
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
    Rect::from_x_y_ranges(right - NUMBER..=right, rect.y_range())
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
    name: f32,
) {
    let response = ui.interact(rect, ui.scope_id().with(("stability", row.hypothesis)), Sense::CLICK);
    let is_selected = cx.is_selected(row.hypothesis);
    let spoken = words(row);
    response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_selected, &spoken));
    let palette = tokens::palette(ui);
    if is_selected {
        ui.painter().rect_filled(rect, 0, palette.selection);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0, palette.hovered);
    }
    label(ui, rect, &row.name, &row.answer, name);
    let errors = Move::ALL.into_iter().zip(&row.shares).map(|(how, share)| match &share.alone {
        Ok(share_alone) if !chart.is_exact(how) => {
            format!(
                "{}: {}, {}, {}",
                how.label(),
                percent(*share_alone),
                share.error_words(),
                chart.method(how)
            )
        }
        Ok(share) => format!("{}: {}, {}", how.label(), percent(*share), chart.method(how)),
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
    label(ui, rect, "Nobody", "several share the first rank", name);
    for (place, (how, shared)) in Move::ALL.into_iter().zip(&chart.shared).enumerate() {
        let Ok(shared) = shared else { continue };
        bar(ui.painter(), lane(track(rect, name), place), *shared, 0.0, how, tokens::palette(ui));
        let text = percent(*shared);
        let spoken = format!("Nobody alone in front, each rating moving {}: {text}", how.label());
        number(ui, cx, number_cell(rect, place), ("nobody", place), &text, &spoken, || {
            chart.explain(None, how)
        });
    }
}

fn number(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    cell: Rect,
    salt: impl std::hash::Hash + std::fmt::Debug,
    text: &str,
    name: &str,
    explain: impl FnOnce() -> crate::analysis::explain::Explanation,
) {
    let layout = Layout::right_to_left(Align::Center);
    let builder = UiBuilder::new().max_rect(cell.shrink2(vec2(0.0, 4.0))).layout(layout).id_salt(salt);
    let mut child = ui.new_child(builder);
    explained(&mut child, cx, RichText::new(text).size(tokens::BODY - 1.0), name, explain);
}

/// How wide the label of a row is, in points.
pub(super) fn name_width(ui: &Ui, name: &str, answer: &str) -> f32 {
    galley(ui, name, answer, f32::INFINITY).size().x
}

fn galley(ui: &Ui, name: &str, answer: &str, room: f32) -> std::sync::Arc<eframe::egui::Galley> {
    let palette = tokens::palette(ui);
    let mut job = eframe::egui::text::LayoutJob::default();
    let font = || eframe::egui::FontSelection::Style(TextStyle::Body);
    bold(name).color(palette.text).append_to(&mut job, ui.style(), font(), Align::Center);
    let answer = RichText::new(format!("  {answer}")).color(palette.quiet);
    answer.append_to(&mut job, ui.style(), font(), Align::Center);
    WidgetText::from(job).into_galley(ui, Some(TextWrapMode::Truncate), room, TextStyle::Body)
}

fn label(ui: &Ui, rect: Rect, name: &str, answer: &str, room: f32) {
    let galley = galley(ui, name, answer, room);
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
    paint_bar(painter, lane.with_max_x(at(share)), how, palette);
    if error > 0.0 {
        let (from, to, y) = (at(share - error), at(share + error), lane.center().y);
        let stroke = Stroke::new(1.5, palette.text);
        painter.hline(from..=to, y, stroke);
        for x in [from, to] {
            painter.vline(x, y - 3.0..=y + 3.0, stroke);
        }
    }
}

/// Paints a bar in the way of its kind of move.
pub(super) fn paint_bar(painter: &Painter, rect: Rect, how: Move, palette: &Palette) {
    if rect.width() < 0.5 {
        return;
    }
    match how {
        Move::Opposite => {
            painter.rect_filled(rect, 0, palette.belief);
        }
        Move::Neighbour => {
            paint_hatch(painter, rect, 5.0, Stroke::new(1.0, palette.edge));
            painter.rect_stroke(rect, 0, Stroke::new(1.0, palette.edge), StrokeKind::Inside);
        }
    }
}

/// A share in per cent; what is not quite nothing or all is not shown as that.
fn percent(share: f64) -> String {
    match share {
        share if share > 0.0 && share < 0.000_5 => "< 0.1 %".to_owned(),
        share if (0.999_5..1.0).contains(&share) => "> 99.9 %".to_owned(),
        share => format!("{:.1} %", share * 100.0),
    }
}

fn share_text(share: &Share) -> String {
    share.alone.as_ref().map_or_else(|_| "–".to_owned(), |share| percent(*share))
}

/// What a row says, in words.
fn words(row: &StabilityRow) -> String {
    let shares = Move::ALL.into_iter().zip(&row.shares);
    let said: Vec<String> = shares
        .map(|(how, share)| format!("{} when each rating moves {}", share_text(share), how.label()))
        .collect();
    format!("{} {}: alone in front in {}", row.name, row.answer, said.join(", "))
}
