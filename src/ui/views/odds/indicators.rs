//! What it would be worth to look for an indicator.

use std::sync::Arc;

use eframe::egui::text::LayoutJob;
use eframe::egui::{
    Align, Align2, FontId, Galley, Label, Layout, Rect, ScrollArea, Sense, Stroke, Ui, pos2, vec2,
};

use super::memo::Memo;
use super::{MARGIN, layout, pair};
use crate::analysis::charts::odds::IndicatorRow;
use crate::analysis::percent::percent_in_tenths;
use crate::edit;
use crate::model::{Indicator, Observation};
use crate::ui::ViewContext;
use crate::ui::tokens::{self, ROW_HEIGHT};
use crate::ui::widgets::chart_parts::{self, number, quiet_lines};
use crate::ui::widgets::{copy_table_button, degree_text, quiet, section_title};

/// The least width of a column of numbers, in points: where there is room they stand under those of the items.
const NUMBER: f32 = 60.0;
/// From which width on there is, in points.
const WIDE: f32 = 600.0;
/// The least width of the bars, in points.
const TRACK: f32 = 46.0;
/// The height of the heads, in points.
const HEADER: f32 = 34.0;
/// The height of the line above them, in points.
const TITLE: f32 = 34.0;
/// In how many lines an indicator may stand.
const LINES: usize = 3;

/// Draws the indicators in the available room.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo) {
    let chart = &memo.chart;
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui
                .button("Add indicator")
                .on_hover_text("Something that would be seen if a hypothesis were true")
                .clicked()
            {
                add(cx, memo);
            }
            if !chart.indicators.is_empty() {
                copy_table_button(ui, cx, "Copy the indicators as a table", || chart.indicator_table());
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                section_title(ui, "Worth looking for");
            });
        });
    });
    if chart.indicators.is_empty() {
        ui.add(Label::new(quiet(ui, nothing(memo))).wrap());
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let width = ui.available_width();
    let (head, _) = ui.allocate_exact_size(vec2(width, HEADER), Sense::hover());
    let columns = Columns::new(ui, memo, width);
    let palette = tokens::palette(ui);
    let font = FontId::proportional(tokens::SMALL);
    for (place, lines) in [["Expected", "gain, bits"], ["Chance", "to see it"]].into_iter().enumerate() {
        let right = columns.cell(head, place).right();
        for (y, text) in [head.top() + 9.0, head.bottom() - 10.0].into_iter().zip(lines) {
            ui.painter().text(pos2(right, y), Align2::RIGHT_CENTER, text, font.clone(), palette.quiet);
        }
    }
    let at = pos2(head.left(), head.bottom() - 10.0);
    ui.painter().text(at, Align2::LEFT_CENTER, "Indicator", font, palette.quiet);
    ui.painter().hline(head.x_range(), head.bottom() - 0.5, Stroke::new(1.0, palette.line));
    ScrollArea::vertical().id_salt("odds indicators").auto_shrink(false).min_scrolled_height(0.0).show(
        ui,
        |ui| {
            for row in &chart.indicators {
                draw_row(ui, cx, memo, row, &columns);
            }
        },
    );
}

/// The height that the indicators need in a width, in points.
pub(super) fn wanted_height(ui: &Ui, memo: &Memo, width: f32) -> f32 {
    let width = width - MARGIN.sum().x;
    if memo.chart.indicators.is_empty() {
        let text = nothing(memo);
        let galley = quiet_lines(ui, text, width, usize::MAX);
        return TITLE + galley.size().y + MARGIN.sum().y;
    }
    let room = Columns::new(ui, memo, width).text;
    let heights = memo.chart.indicators.iter().map(|row| row_height(&statement(ui, &row.statement, room)));
    TITLE + HEADER + heights.sum::<f32>() + MARGIN.sum().y
}

/// Why there are no indicators to be shown.
fn nothing(memo: &Memo) -> &'static str {
    match memo.chart.looked_for {
        0 => {
            "An indicator says what would be seen if a hypothesis were true. With its likelihoods it shows here how much \
             looking for it is expected to clear up"
        }
        _ => "All indicators were looked for already",
    }
}

/// Where the columns stand.
#[derive(Clone, Copy, Debug)]
struct Columns {
    /// The room for the texts.
    text: f32,
    /// The width of a column of numbers.
    number: f32,
    /// How far the bars are from the left, and how wide they are.
    track: (f32, f32),
}

impl Columns {
    /// Those of a room: bars and numbers stand under those of the items where the texts leave that much.
    fn new(ui: &Ui, memo: &Memo, width: f32) -> Self {
        let number = if width >= WIDE { pair::NUMBER } else { NUMBER };
        let most = (width - 2.0 * number - TRACK - 16.0).max(60.0);
        let beside_items = layout::name(ui, memo, width + MARGIN.sum().x) + pair::POWER;
        let text = memo.longest_indicator(ui).max(beside_items).min(most);
        Self { text, number, track: (text + 8.0, (width - 2.0 * number - text - 16.0).max(TRACK)) }
    }

    fn cell(&self, rect: Rect, place: usize) -> Rect {
        let right = rect.right() - (1 - place.min(1)) as f32 * self.number;
        Rect::from_x_y_ranges(right - self.number..=right, rect.y_range()).shrink2(vec2(0.0, 2.0))
    }
}

fn row_height(galley: &Galley) -> f32 {
    (galley.size().y + 8.0).max(ROW_HEIGHT)
}

/// How wide what an indicator says is in one line, in points.
pub(super) fn whole_width(ui: &Ui, text: &str) -> f32 {
    statement(ui, text, f32::INFINITY).size().x.ceil() + 1.0
}

/// What an indicator says, in a few lines.
fn statement(ui: &Ui, text: &str, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple(
        text.to_owned(),
        FontId::proportional(tokens::BODY),
        tokens::palette(ui).text,
        width,
    );
    job.wrap.max_rows = LINES;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// Information in bits: little of it with a digit more, so that it is not shown as none.
fn bits_text(bits: f64) -> String {
    if bits < 0.1 { degree_text(bits) } else { format!("{bits:.2}") }
}

fn draw_row(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, row: &IndicatorRow, columns: &Columns) {
    let width = ui.available_width();
    let galley = statement(ui, &row.statement, columns.text);
    let height = row_height(&galley);
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    if !ui.is_rect_visible(rect) {
        return;
    }
    let worth = match &row.information {
        Ok(it) => format!("{} of {:.2} bits", bits_text(it.expected_bits), it.uncertainty_bits),
        Err(undefined) => undefined.to_string(),
    };
    let spoken = format!("{}: {worth}", row.statement);
    let response =
        chart_parts::row(ui, rect, ("indicator", row.indicator), cx.is_selected(row.indicator), &spoken);
    let palette = tokens::palette(ui);
    if response.on_hover_text_at_pointer(&spoken).clicked() {
        cx.select(row.indicator);
    }
    let (left, track_width) = columns.track;
    let middle = pos2(rect.left() + left + track_width / 2.0, rect.center().y);
    let track = Rect::from_center_size(middle, vec2(track_width, 10.0));
    ui.painter().galley(pos2(rect.left(), rect.center().y - galley.size().y / 2.0), galley, palette.text);
    if let Ok(it) = &row.information {
        let share = if it.uncertainty_bits > 0.0 { it.expected_bits / it.uncertainty_bits } else { 0.0 };
        ui.painter().rect_stroke(track, 0, Stroke::new(1.0, palette.line), eframe::egui::StrokeKind::Inside);
        let bar = track.with_max_x(track.left() + track.width() * share.clamp(0.0, 1.0) as f32);
        ui.painter().rect_filled(bar, 0, palette.belief);
        let seen = percent_in_tenths(it.seen);
        let font = FontId::proportional(tokens::DENSE);
        ui.painter().text(
            columns.cell(rect, 1).right_center(),
            Align2::RIGHT_CENTER,
            seen,
            font,
            palette.text,
        );
    }
    let text = row.information.as_ref().map_or_else(|_| "–".to_owned(), |it| bits_text(it.expected_bits));
    let name = format!("Expected information of {}: {text}", row.statement);
    number(ui, cx, columns.cell(rect, 0), ("bits", row.indicator), &text, &name, || {
        memo.chart.explain_information(row)
    });
}

/// Adds an indicator, to be filled in in the inspector.
fn add(cx: &ViewContext<'_>, memo: &Memo) {
    let indicator = Indicator {
        id: cx.new_id(),
        incident: memo.key.incident,
        statement: "New indicator".to_owned(),
        likelihoods: Vec::new(),
        observation: Observation::Open,
        notes: String::new(),
    };
    let id = indicator.id;
    cx.edit(edit::insert(indicator));
    cx.send(crate::ui::Command::EditName(id.into()));
}
