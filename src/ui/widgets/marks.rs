//! The marks that carry meaning: relations between claims, and what one claim says.
//!
//! They are painted, not typed, so that they look the same in every font and size. Each channel is shape, size or line
//! first, and colour second: see [`super::legend`].

use std::f32::consts::TAU;

use eframe::egui::{Color32, Painter, Pos2, Rect, Response, Sense, Shape, Stroke, Ui, Vec2, pos2, vec2};

use crate::analysis::Relation;
use crate::model::{Claim, Confidence, Stance};
use crate::ui::tokens::{self, Palette};

/// The room that a relation mark takes in a line of text, in points.
const INLINE: f32 = 14.0;
/// How far the outline of a claim's mark stands off, in points.
const OUTLINE_GAP: f32 = 2.5;

/// The colour of a relation.
pub const fn relation_colour(palette: &Palette, relation: Relation) -> Color32 {
    match relation {
        Relation::Same => palette.same,
        Relation::Refines => palette.refines,
        Relation::Overlaps => palette.overlaps,
        Relation::Contradicts => palette.contradicts,
        Relation::Silent | Relation::NotComparable => palette.neutral,
    }
}

/// Paints the mark of a relation: ● same, ▲ refines, ◆ overlaps, ✕ contradicts, ○ silent, hatching for not comparable.
pub fn paint_relation(painter: &Painter, centre: Pos2, radius: f32, relation: Relation, palette: &Palette) {
    let colour = relation_colour(palette, relation);
    let at = |x: f32, y: f32| centre + vec2(x, y) * radius;
    let polygon = |points: Vec<Pos2>| {
        painter.add(Shape::convex_polygon(points, colour, Stroke::NONE));
    };
    match relation {
        Relation::Same => {
            painter.circle_filled(centre, radius * 0.86, colour);
        }
        Relation::Refines => polygon(vec![at(0.0, -0.95), at(0.98, 0.75), at(-0.98, 0.75)]),
        Relation::Overlaps => polygon(vec![at(0.0, -1.05), at(1.05, 0.0), at(0.0, 1.05), at(-1.05, 0.0)]),
        Relation::Contradicts => {
            let stroke = Stroke::new((radius * 0.38).max(1.5), colour);
            painter.line_segment([at(-0.8, -0.8), at(0.8, 0.8)], stroke);
            painter.line_segment([at(0.8, -0.8), at(-0.8, 0.8)], stroke);
        }
        Relation::Silent => {
            painter.circle_stroke(centre, radius * 0.8, Stroke::new(1.5, colour));
        }
        Relation::NotComparable => {
            let square = Rect::from_center_size(centre, Vec2::splat(radius * 1.8));
            paint_hatch(painter, square, 3.5, Stroke::new(1.0, colour));
        }
    }
}

/// Fills a rectangle with slanted hairlines.
pub fn paint_hatch(painter: &Painter, rect: Rect, gap: f32, stroke: Stroke) {
    let (width, height) = (rect.width(), rect.height());
    let mut along = gap;
    while along < width + height {
        let start = if along <= height {
            pos2(rect.left(), rect.top() + along)
        } else {
            pos2(rect.left() + along - height, rect.bottom())
        };
        let end = if along <= width {
            pos2(rect.left() + along, rect.top())
        } else {
            pos2(rect.right(), rect.top() + along - width)
        };
        painter.line_segment([start, end], stroke);
        along += gap;
    }
}

/// A relation mark in a line of text, without its name; the name is in the tooltip.
pub fn relation_mark(ui: &mut Ui, relation: Relation) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(INLINE), Sense::hover());
    paint_relation(ui.painter(), rect.center(), INLINE * 0.36, relation, tokens::palette(ui));
    response.on_hover_text(relation.label())
}

/// What the mark of a claim shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimMark {
    /// Asserted (filled), denied (crossed) or declined (hollow).
    pub stance: Stance,
    /// Three sizes; where none is stated the middle one, dotted.
    pub confidence: Option<Confidence>,
    /// A solid outline; dashed where the claim repeats another.
    pub is_first_hand: bool,
}

impl ClaimMark {
    /// The mark of a claim.
    pub const fn of(claim: &Claim, is_first_hand: bool) -> Self {
        Self { stance: claim.stance, confidence: claim.confidence, is_first_hand }
    }

    /// The radius of the mark within its outline, in points.
    const fn core(self) -> f32 {
        match self.confidence {
            Some(Confidence::Low) => 3.0,
            Some(Confidence::Moderate) | None => 5.0,
            Some(Confidence::High) => 7.0,
        }
    }

    /// The radius of the whole mark, in points.
    pub const fn radius(self) -> f32 {
        self.core() + OUTLINE_GAP
    }

    /// Paints the mark.
    pub fn paint(self, painter: &Painter, centre: Pos2, palette: &Palette) {
        self.paint_in(
            painter,
            centre,
            if self.stance == Stance::Declines { palette.neutral } else { palette.text },
        );
    }

    /// Paints the mark in one colour.
    pub fn paint_in(self, painter: &Painter, centre: Pos2, colour: Color32) {
        self.paint_scaled(painter, centre, 1.0, colour);
    }

    /// Paints the mark in one colour, larger or smaller than usual.
    pub fn paint_scaled(self, painter: &Painter, centre: Pos2, scale: f32, colour: Color32) {
        let core = self.core() * scale;
        let line = Stroke::new(1.5 * scale, colour);
        match (self.stance, self.confidence) {
            (Stance::Asserts, Some(_)) => {
                painter.circle_filled(centre, core, colour);
            }
            (Stance::Asserts, None) => {
                painter.circle_filled(centre, core * 0.56, colour);
                paint_dotted_ring(painter, centre, core, scale, colour);
            }
            (Stance::Denies, confidence) => {
                let arm = core * if confidence.is_some() { 0.68 } else { 0.56 };
                painter.line_segment([centre + vec2(-arm, -arm), centre + vec2(arm, arm)], line);
                painter.line_segment([centre + vec2(arm, -arm), centre + vec2(-arm, arm)], line);
                if confidence.is_none() {
                    paint_dotted_ring(painter, centre, core, scale, colour);
                }
            }
            (Stance::Declines, Some(_)) => {
                painter.circle_stroke(centre, (core - 1.5).max(1.5), Stroke::new(1.0, colour));
            }
            (Stance::Declines, None) => paint_dotted_ring(painter, centre, core - scale, scale, colour),
        }
        let outline = Stroke::new(1.2 * scale, colour);
        let radius = self.radius() * scale;
        if self.is_first_hand {
            painter.circle_stroke(centre, radius, outline);
        } else {
            paint_dashed_ring(painter, centre, radius, outline);
        }
    }
}

fn on_circle(centre: Pos2, radius: f32, turn: f32) -> Pos2 {
    centre + Vec2::angled(turn * TAU) * radius
}

fn paint_dotted_ring(painter: &Painter, centre: Pos2, radius: f32, scale: f32, colour: Color32) {
    const DOTS: u8 = 8;
    for dot in 0..DOTS {
        painter.circle_filled(
            on_circle(centre, radius, f32::from(dot) / f32::from(DOTS)),
            0.8 * scale,
            colour,
        );
    }
}

fn paint_dashed_ring(painter: &Painter, centre: Pos2, radius: f32, stroke: Stroke) {
    const DASHES: u8 = 5;
    const STEPS: u8 = 4;
    for dash in 0..DASHES {
        let points = (0..=STEPS).map(|step| {
            let part = f32::from(step) / f32::from(STEPS) * 0.6;
            on_circle(centre, radius, (f32::from(dash) + part) / f32::from(DASHES))
        });
        painter.line(points.collect(), stroke);
    }
}

/// A likelihood as it is to be drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LikelihoodBar {
    /// From the lowest to the highest probability that was meant, each in `[0, 1]`.
    Range(f64, f64),
    /// A hedge that fixes no number.
    Unquantified,
}

impl LikelihoodBar {
    /// Paints the bar on a track that stands for 0 to 100 %.
    pub fn paint(self, painter: &Painter, track: Rect, palette: &Palette) {
        let middle = track.center().y;
        let hairline = Stroke::new(1.0, palette.edge);
        match self {
            Self::Range(low, high) => {
                painter.hline(track.x_range(), middle, Stroke::new(1.0, palette.line));
                for end in [track.left(), track.right()] {
                    painter.vline(end, middle - 2.0..=middle + 2.0, hairline);
                }
                let at =
                    |probability: f64| track.left() + track.width() * (probability.clamp(0.0, 1.0) as f32);
                // A point that was stated as a point stays visible.
                let (left, right) = (at(low), at(high).max(at(low) + 2.0));
                let bar = Rect::from_x_y_ranges(left..=right, middle - 2.0..=middle + 2.0);
                painter.rect_filled(bar, 0, palette.text);
            }
            Self::Unquantified => {
                let ends = [pos2(track.left(), middle), pos2(track.right(), middle)];
                painter.extend(Shape::dashed_line(&ends, Stroke::new(1.5, palette.edge), 3.0, 3.0));
            }
        }
    }
}

/// Paints a small warning triangle.
pub fn paint_warning(painter: &Painter, centre: Pos2, radius: f32, palette: &Palette) {
    let at = |x: f32, y: f32| centre + vec2(x, y) * radius;
    let points = vec![at(0.0, -1.0), at(1.0, 0.8), at(-1.0, 0.8)];
    painter.add(Shape::convex_polygon(points, palette.overlaps, Stroke::NONE));
    painter.line_segment([at(0.0, -0.35), at(0.0, 0.25)], Stroke::new(1.2, palette.background));
    painter.circle_filled(at(0.0, 0.52), 0.7, palette.background);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confidence_is_told_by_size_and_the_unstated_one_is_the_middle() {
        let radius =
            |confidence| ClaimMark { stance: Stance::Asserts, confidence, is_first_hand: true }.radius();
        assert!(radius(Some(Confidence::Low)) + 1.5 < radius(Some(Confidence::Moderate)));
        assert!(radius(Some(Confidence::Moderate)) + 1.5 < radius(Some(Confidence::High)));
        assert!((radius(None) - radius(Some(Confidence::Moderate))).abs() < f32::EPSILON);
    }
}
