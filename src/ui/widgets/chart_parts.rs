//! Small parts that charts share.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{
    Align, FontId, FontSelection, Galley, Layout, Painter, Pos2, Rect, Response, RichText, Role, Sense,
    Shape, Stroke, StrokeKind, TextStyle, TextWrapMode, Ui, UiBuilder, WidgetInfo, WidgetText,
};

use super::marks::paint_hatch;
use super::{explained, quiet, without_middle};
use crate::analysis::explain::Explanation;
use crate::ui::ViewContext;
use crate::ui::tokens::{self, Palette, bold};

/// A short name in bold and, where there is such, what it stands for, cut where it does not fit.
pub fn name_galley(ui: &Ui, name: &str, text: &str, room: f32) -> Arc<Galley> {
    name_lines(ui, name, text, room, 1)
}

/// The same in at most so many lines.
pub fn name_lines(ui: &Ui, name: &str, text: &str, room: f32, lines: usize) -> Arc<Galley> {
    let palette = tokens::palette(ui);
    if lines == 1 {
        // What follows the name has no room then.
        let font = FontId::new(tokens::BODY, tokens::bold_family());
        if let Some(cut) = without_middle(ui.painter(), name, &font, room) {
            return ui.painter().layout_no_wrap(cut, font, palette.text);
        }
    }
    let mut job = LayoutJob::default();
    let font = || FontSelection::Style(TextStyle::Body);
    bold(name).color(palette.text).append_to(&mut job, ui.style(), font(), Align::Center);
    if !text.is_empty() {
        let text = RichText::new(format!("  {text}")).color(palette.quiet);
        text.append_to(&mut job, ui.style(), font(), Align::Center);
    }
    if lines == 1 {
        return WidgetText::from(job).into_galley(ui, Some(TextWrapMode::Truncate), room, TextStyle::Body);
    }
    wrapped(ui, job, room, lines)
}

/// A quiet text in at most so many lines, cut where it does not fit.
pub fn quiet_lines(ui: &Ui, text: &str, room: f32, lines: usize) -> Arc<Galley> {
    let text = quiet(ui, text);
    if lines == 1 {
        return WidgetText::from(text).into_galley(ui, Some(TextWrapMode::Truncate), room, TextStyle::Body);
    }
    let mut job = LayoutJob::default();
    text.append_to(&mut job, ui.style(), FontSelection::Style(TextStyle::Body), Align::Center);
    wrapped(ui, job, room, lines)
}

/// The height of a row with such a text, in points.
pub fn height_around(galley: &Galley) -> f32 {
    (galley.size().y + 6.0).ceil().max(tokens::ROW_HEIGHT)
}

/// A text in at most so many lines, cut where it does not fit.
pub fn wrapped(ui: &Ui, mut job: LayoutJob, room: f32, lines: usize) -> Arc<Galley> {
    job.wrap = TextWrapping { max_width: room, max_rows: lines, ..TextWrapping::default() };
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// A row of a chart as a whole: its background, its click, what a screen reader says of it.
pub fn row(
    ui: &Ui,
    rect: Rect,
    salt: impl std::hash::Hash + std::fmt::Debug,
    is_selected: bool,
    spoken: &str,
) -> Response {
    let response = ui.interact(rect, ui.scope_id().with(salt), Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_selected, spoken));
    let palette = tokens::palette(ui);
    if is_selected {
        ui.painter().rect_filled(rect, 0, palette.selection);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0, palette.hovered);
    }
    response
}

/// Paints a line of a chart with several: each has a stroke of its own, so that no colour is needed to tell them apart.
pub fn paint_line(painter: &Painter, points: &[Pos2], number: usize, stroke: Stroke) {
    let (dashes, gaps): (&[f32], &[f32]) = match number % 5 {
        0 => {
            painter.line(points.to_vec(), stroke);
            return;
        }
        1 => (&[12.0], &[5.0]),
        2 => (&[2.0], &[5.0]),
        3 => (&[10.0, 2.0], &[4.0, 4.0]),
        _ => (&[6.0, 2.0, 2.0], &[4.0, 4.0, 4.0]),
    };
    painter.extend(Shape::dashed_line_with_offset(points, stroke, dashes, gaps, 0.0));
}

/// Draws a number that explains itself at the right of a cell.
pub fn number(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    cell: Rect,
    salt: impl std::hash::Hash + std::fmt::Debug,
    text: &str,
    name: &str,
    explain: impl FnOnce() -> Explanation,
) {
    let layout = Layout::right_to_left(Align::Center);
    let mut child = ui.new_child(UiBuilder::new().max_rect(cell).layout(layout).id_salt(salt));
    explained(&mut child, cx, RichText::new(text).size(tokens::DENSE), name, explain);
}

/// Paints a bar: solid for what it is first of all about, hatched for its counterpart.
pub fn paint_bar(painter: &Painter, rect: Rect, is_solid: bool, palette: &Palette) {
    if rect.width() < 0.5 {
        return;
    }
    if is_solid {
        painter.rect_filled(rect, 0, palette.belief);
    } else {
        // In a bar of a few points the lines of a hatch are no hatch.
        if rect.width() >= 6.0 {
            paint_hatch(painter, rect, 5.0, Stroke::new(1.0, palette.edge));
        }
        painter.rect_stroke(rect, 0, Stroke::new(1.0, palette.edge), StrokeKind::Inside);
    }
}
