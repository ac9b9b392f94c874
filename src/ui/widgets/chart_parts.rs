//! Small parts that charts share.

use std::sync::Arc;

use eframe::egui::text::LayoutJob;
use eframe::egui::{
    Align, FontSelection, Galley, Layout, Painter, Pos2, Rect, Response, RichText, Role, Sense, Shape,
    Stroke, StrokeKind, TextStyle, TextWrapMode, Ui, UiBuilder, WidgetInfo, WidgetText,
};

use super::explained;
use super::marks::paint_hatch;
use crate::analysis::explain::Explanation;
use crate::ui::ViewContext;
use crate::ui::tokens::{self, Palette, bold};

/// A short name in bold and, where there is such, what it stands for, cut where it does not fit.
pub fn name_galley(ui: &Ui, name: &str, text: &str, room: f32) -> Arc<Galley> {
    let palette = tokens::palette(ui);
    let mut job = LayoutJob::default();
    let font = || FontSelection::Style(TextStyle::Body);
    bold(name).color(palette.text).append_to(&mut job, ui.style(), font(), Align::Center);
    if !text.is_empty() {
        let text = RichText::new(format!("  {text}")).color(palette.quiet);
        text.append_to(&mut job, ui.style(), font(), Align::Center);
    }
    WidgetText::from(job).into_galley(ui, Some(TextWrapMode::Truncate), room, TextStyle::Body)
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
        1 => (&[9.0], &[4.0]),
        2 => (&[2.0], &[3.0]),
        3 => (&[9.0, 2.0], &[3.0, 3.0]),
        _ => (&[4.0, 2.0, 2.0], &[3.0, 3.0, 3.0]),
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
        paint_hatch(painter, rect, 5.0, Stroke::new(1.0, palette.edge));
        painter.rect_stroke(rect, 0, Stroke::new(1.0, palette.edge), StrokeKind::Inside);
    }
}
