//! What stands around a chart: the marking, what it shows and under which conditions, the legend, the date.

use eframe::egui::{
    Align2, FontId, Frame, Label, Margin, Rect, RichText, Sense, Stroke, Ui, UiBuilder, Vec2, vec2,
};

use super::FigureChart;
use crate::model::Tlp;
use crate::ui::tokens::{self, bold};

/// The height of the marking, in points.
const BANNER: f32 = 22.0;
/// The room around everything, in points.
const MARGIN: i8 = 24;
/// The least width of a sheet: titles and legends need it, in points.
const LEAST_WIDTH: f32 = 640.0;

/// What is said around a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetText {
    /// Who may see it.
    pub marking: Tlp,
    /// The title.
    pub title: String,
    /// The assessment that it is from.
    pub assessment: String,
    /// What it was made under.
    pub conditions: String,
    /// When and with what it was made.
    pub footer: String,
}

/// The width of a sheet around a chart of a width, in points.
pub fn width_for(chart: f32) -> f32 {
    (chart.ceil() + 2.0 * f32::from(MARGIN)).max(LEAST_WIDTH)
}

/// Draws a sheet from the top down; gives back how high it is. Without a chart only the room for it is left.
pub fn show(
    ui: &mut Ui,
    text: &SheetText,
    chart: &dyn FigureChart,
    chart_size: Vec2,
    is_for_measuring: bool,
) -> f32 {
    let palette = tokens::palette(ui);
    ui.painter().rect_filled(ui.max_rect(), 0, palette.background);
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    banner(ui, text.marking);
    Frame::new().inner_margin(Margin::same(MARGIN)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(Label::new(bold(text.title.as_str()).size(tokens::TITLE)).wrap());
        ui.add_space(4.0);
        if !text.assessment.is_empty() {
            ui.add(Label::new(RichText::new(text.assessment.as_str())).wrap());
            ui.add_space(2.0);
        }
        quiet(ui, &text.conditions);
        ui.add_space(16.0);
        let room = vec2(ui.available_width(), chart_size.y);
        let (rect, _) = ui.allocate_exact_size(room, Sense::hover());
        if !is_for_measuring {
            let place = Rect::from_min_size(rect.min, chart_size);
            let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt("chart"));
            chart.draw(&mut child);
        }
        ui.add_space(12.0);
        ui.scope(|ui| chart.legend(ui));
        ui.add_space(10.0);
        let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
        ui.painter().hline(line.x_range(), line.center().y, Stroke::new(1.0, palette.line));
        ui.add_space(8.0);
        quiet(ui, &text.footer);
    });
    banner(ui, text.marking);
    ui.min_rect().height()
}

fn quiet(ui: &mut Ui, text: &str) {
    let palette = tokens::palette(ui);
    ui.add(Label::new(RichText::new(text).size(tokens::SMALL).color(palette.quiet)).wrap());
}

/// The marking in its official colour, on black in both themes.
fn banner(ui: &mut Ui, marking: Tlp) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), BANNER), Sense::hover());
    ui.painter().rect_filled(rect, 0, tokens::palette::TLP_BACKGROUND);
    let font = FontId::new(tokens::DENSE, tokens::bold_family());
    let colour = tokens::tlp_colour(marking);
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, marking.label(), font, colour);
}
