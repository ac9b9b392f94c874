//! How belief is drawn wherever it stands: what is believed solid, what is open hatched, a tick at the projected
//! probability, and a line over what speaks against it.

use eframe::egui::{Painter, Pos2, Rect, Stroke, pos2};

use super::chart_parts::paint_bar;
use crate::analysis::charts::BeliefSpan;
use crate::ui::tokens::Palette;

/// How far the tick reaches beyond a bar, as a multiple of what the bar itself reaches from its middle.
const TICK: f32 = 1.5;

/// The place of a probability on a track that stands for 0 to 1.
pub fn place(track: Rect, probability: f64) -> f32 {
    track.left() + track.width() * probability.clamp(0.0, 1.0) as f32
}

/// Paints one bar, which reaches `reach` points from the middle of the track.
pub fn bar(painter: &Painter, track: Rect, reach: f32, span: BeliefSpan, palette: &Palette) {
    let y = track.center().y;
    let [belief, plausibility, projected] =
        [span.belief, span.plausibility, span.projected].map(|value| place(track, value));
    if plausibility < track.right() {
        painter.hline(plausibility..=track.right(), y, Stroke::new(1.0, palette.edge));
    }
    let open = Rect::from_x_y_ranges(belief..=plausibility, y - reach..=y + reach);
    if open.width() >= 1.0 {
        painter.rect_filled(open, 0, palette.raised);
        paint_bar(painter, open, false, palette);
    }
    let solid = Rect::from_x_y_ranges(track.left()..=belief, y - reach..=y + reach);
    paint_bar(painter, solid, true, palette);
    tick(painter, pos2(projected, y), reach, palette);
}

/// Paints the tick of a projected probability on a bar that reaches `reach` points from its middle.
pub fn tick(painter: &Painter, at: Pos2, reach: f32, palette: &Palette) {
    let ends = at.y - TICK * reach..=at.y + TICK * reach;
    // A light edge around it, so that it is seen on a solid bar too.
    painter.vline(at.x, ends.clone(), Stroke::new(4.0, palette.background));
    painter.vline(at.x, ends, Stroke::new(2.0, palette.text));
}
