//! How ratings look.

use eframe::egui::{Align2, FontId, Painter, Rect, Shape, Stroke, StrokeKind, vec2};

use crate::analysis::ach::DisputeLevel;
use crate::analysis::charts::matrix::{MatrixCell, Shown};
use crate::model::RatingValue;
use crate::ui::tokens::{self, Palette};
use crate::ui::widgets::rating_colour as fill;

/// How strong the colours are where two analysts say the same.
const FAINT: f32 = 0.3;

/// Paints what the raters of a cell say.
pub(super) fn shown(painter: &Painter, rect: Rect, cell: &MatrixCell, is_excluded: bool, palette: &Palette) {
    let shown = cell.shown;
    let paint = |rect: Rect, value: RatingValue| {
        if let Some(colour) = fill(palette, value).filter(|_| !is_excluded) {
            painter.rect_filled(rect, 2, colour);
        }
    };
    match shown {
        Shown::Nothing => {}
        Shown::One(value) | Shown::Mean(value, _) => paint(rect, value),
        Shown::Split(best, worst, _) => {
            paint(rect.with_max_x(rect.center().x), best);
            paint(rect.with_min_x(rect.center().x), worst);
        }
    }
    if is_excluded || matches!(shown, Shown::Nothing | Shown::One(RatingValue::NotApplicable)) {
        painter.rect_stroke(rect, 2, Stroke::new(1.0, palette.line), StrokeKind::Inside);
    }
    let is_quiet = is_excluded || shown == Shown::One(RatingValue::NotApplicable);
    let colour = if is_quiet { palette.quiet } else { palette.text };
    let is_long = matches!(shown, Shown::Split(..)) || cell.not_applicable > 0;
    let size = if rect.width() < 44.0 || is_long { tokens::SMALL } else { tokens::BODY };
    painter.text(rect.center(), Align2::CENTER_CENTER, cell.letters(), FontId::proportional(size), colour);
}

/// Paints the mark of a cell that others rated, and the analyst who works now did not: a corner.
pub(super) fn not_own(painter: &Painter, rect: Rect, palette: &Palette) {
    let corner = rect.left_top() + vec2(1.0, 1.0);
    let points = vec![corner, corner + vec2(7.0, 0.0), corner + vec2(0.0, 7.0)];
    painter.add(Shape::convex_polygon(points, palette.text, Stroke::NONE));
}

/// Paints how far analysts are apart: one, two or three bars; nothing for consensus.
pub(super) fn dispute(painter: &Painter, rect: Rect, level: DisputeLevel, palette: &Palette) {
    let bars = match level {
        DisputeLevel::Consensus => 0_u8,
        DisputeLevel::Mild => 1,
        DisputeLevel::Strong => 2,
        DisputeLevel::Extreme => 3,
    };
    for bar in 0..bars {
        let x = rect.right() - 3.0 - f32::from(bar) * 3.0;
        painter.vline(x, rect.bottom() - 9.0..=rect.bottom() - 2.0, Stroke::new(1.5, palette.text));
    }
}

/// Paints the ratings of two analysts side by side: where they say the same faintly, where they differ in full.
pub(super) fn both(
    painter: &Painter,
    rect: Rect,
    values: [Option<RatingValue>; 2],
    is_excluded: bool,
    palette: &Palette,
) {
    let [left, right] = values;
    if left.is_none() && right.is_none() {
        painter.rect_stroke(rect, 2, Stroke::new(1.0, palette.line), StrokeKind::Inside);
        return;
    }
    let is_apart = left.is_some() && right.is_some() && left != right;
    let middle = rect.center().x;
    for (half, value) in [(rect.with_max_x(middle), left), (rect.with_min_x(middle), right)] {
        let colour = value.and_then(|value| fill(palette, value)).filter(|_| !is_excluded);
        if let Some(colour) = colour {
            painter.rect_filled(half, 2, if is_apart { colour } else { colour.gamma_multiply(FAINT) });
        }
        let text = value.map_or("–", RatingValue::label);
        let is_quiet = is_excluded || !is_apart || value == Some(RatingValue::NotApplicable);
        let colour = if is_quiet { palette.quiet } else { palette.text };
        let font = FontId::proportional(if rect.width() < 60.0 { tokens::SMALL } else { tokens::BODY });
        painter.text(half.center(), Align2::CENTER_CENTER, text, font, colour);
    }
    let (width, colour) = if is_apart { (1.5, palette.text) } else { (1.0, palette.line) };
    painter.vline(middle, rect.y_range().shrink(if is_apart { 0.0 } else { 5.0 }), Stroke::new(1.0, colour));
    painter.rect_stroke(rect, 2, Stroke::new(width, colour), StrokeKind::Inside);
}

/// Paints the mark of a cell with remarks: a dot, filled while one of them is open.
pub(super) fn remarks(painter: &Painter, rect: Rect, is_open: bool, palette: &Palette) {
    let centre = rect.right_top() + vec2(-6.0, 6.0);
    if is_open {
        painter.circle_filled(centre, 3.0, palette.text);
    } else {
        painter.circle_stroke(centre, 2.5, Stroke::new(1.0, palette.quiet));
    }
}
