//! The painting of the charts, apart from panels and pointers: the same for the screen and for a figure.

use eframe::egui::{Align2, FontId, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

use crate::analysis::charts::OpinionTriangle;
use crate::analysis::fusion::Binomial;
use crate::analysis::percent::percent;
use crate::ui::tokens::{self, Palette};
use crate::ui::widgets::belief_bar::{place, tick};

/// How far from the middle of a row a bar reaches, in points.
pub(super) const BAR: f32 = 6.0;
/// The room around the triangle for the names of its corners and for the base rate, in points: left and right, above,
/// below.
const AROUND: (f32, f32, f32) = (34.0, 22.0, 48.0);
/// The middle of the ring that stands for the fused opinion, from its centre, and how broad it is, in points: the mark of an
/// origin has room in it.
const RING: (f32, f32) = (7.5, 3.0);
/// How far that ring reaches, in points.
pub(super) const RING_OUT: f32 = RING.0 + RING.1 / 2.0 + 1.0;
/// The room between two lines of names below the base, and beside the names of the corners, in points.
const BETWEEN: f32 = 6.0;
/// Points nearer than this are taken for one, in points.
const NEAR: f32 = 5.0;

/// Paints the scale from 0 to 100 % above the bars, with hairlines down through them.
pub(super) fn scale(painter: &Painter, track: Rect, labels_y: f32, palette: &Palette) {
    let steps: &[(f64, &str)] = if track.width() > 200.0 {
        &[(0.0, "0"), (0.25, "25"), (0.5, "50"), (0.75, "75"), (1.0, "100 %")]
    } else {
        &[(0.0, "0"), (0.5, "50"), (1.0, "100 %")]
    };
    for (value, label) in steps {
        let x = place(track, *value);
        painter.vline(x, track.y_range(), Stroke::new(1.0, palette.line));
        let font = FontId::proportional(tokens::SMALL);
        painter.text(pos2(x, labels_y), Align2::CENTER_CENTER, label, font, palette.quiet);
    }
}

/// Where the parts of an opinion triangle stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct TriangleFrame {
    /// All speaks against it.
    pub disbelief: Pos2,
    /// All speaks for it.
    pub belief: Pos2,
    /// Nobody knows.
    pub uncertainty: Pos2,
}

impl TriangleFrame {
    /// The largest triangle with equal sides that fits into a rectangle with its labels.
    pub fn within(rect: Rect) -> Self {
        let (beside, above, below) = AROUND;
        let room = vec2((rect.width() - 2.0 * beside).max(20.0), (rect.height() - above - below).max(20.0));
        let slope = 3.0_f32.sqrt() / 2.0;
        let side = room.x.min(room.y / slope);
        let middle = rect.center().x;
        let base = rect.top() + above + (room.y + side * slope) / 2.0;
        Self {
            disbelief: pos2(middle - side / 2.0, base),
            belief: pos2(middle + side / 2.0, base),
            uncertainty: pos2(middle, base - side * slope),
        }
    }

    /// The place of an opinion: the corners weighed by belief, disbelief and uncertainty.
    pub fn place(&self, opinion: &Binomial) -> Pos2 {
        let [belief, disbelief, uncertainty] =
            [opinion.belief, opinion.disbelief, opinion.uncertainty].map(|mass| mass as f32);
        (self.belief.to_vec2() * belief
            + self.disbelief.to_vec2() * disbelief
            + self.uncertainty.to_vec2() * uncertainty)
            .to_pos2()
    }

    /// The place of a probability on the base line.
    pub fn on_base(&self, probability: f64) -> Pos2 {
        self.disbelief.lerp(self.belief, probability.clamp(0.0, 1.0) as f32)
    }
}

/// The places of the origins' opinions: those that fall together once, each with the numbers of its origins in the list.
pub(super) fn clusters(frame: &TriangleFrame, triangle: &OpinionTriangle) -> Vec<(Pos2, Vec<usize>)> {
    let mut found: Vec<(Pos2, Vec<usize>)> = Vec::new();
    for (number, (_, opinion)) in triangle.origins.iter().enumerate() {
        let at = frame.place(opinion);
        match found.iter_mut().find(|(other, _)| other.distance(at) < NEAR) {
            Some((_, numbers)) => numbers.push(number),
            None => found.push((at, vec![number])),
        }
    }
    found
}

/// Paints the triangle with its corners, the base rate and the director from the top to it. Gives back where the names of the
/// corners stand: the two lower ones, and the upper one.
pub(super) fn triangle(
    painter: &Painter,
    frame: &TriangleFrame,
    base_rate: f64,
    palette: &Palette,
) -> [Rect; 3] {
    let TriangleFrame { disbelief, belief, uncertainty } = *frame;
    let fill = Shape::convex_polygon(vec![disbelief, uncertainty, belief], palette.panel, Stroke::NONE);
    painter.add(fill);
    // The grid of equal uncertainty: the higher, the less is known.
    for height in [0.25_f32, 0.5, 0.75] {
        let ends = [disbelief.lerp(uncertainty, height), belief.lerp(uncertainty, height)];
        painter.line_segment(ends, Stroke::new(1.0, palette.line));
    }
    let outline = vec![disbelief, uncertainty, belief];
    painter.add(Shape::closed_line(outline, Stroke::new(1.0, palette.edge)));
    let small = FontId::proportional(tokens::SMALL);
    let text =
        |at: Pos2, anchor: Align2, text: &str| painter.text(at, anchor, text, small.clone(), palette.quiet);
    let unknown = text(uncertainty - vec2(0.0, 4.0), Align2::CENTER_BOTTOM, "Unknown");
    let against = text(disbelief + vec2(-6.0, 4.0), Align2::CENTER_TOP, "Against");
    let for_it = text(belief + vec2(6.0, 4.0), Align2::CENTER_TOP, "For");

    let base = frame.on_base(base_rate);
    painter.extend(Shape::dotted_line(&[uncertainty, base], palette.edge, 4.0, 0.7));
    painter.add(Shape::convex_polygon(
        vec![base, base + vec2(4.0, 7.0), base + vec2(-4.0, 7.0)],
        palette.neutral,
        Stroke::NONE,
    ));
    [against, for_it, unknown]
}

/// Paints the fused opinion and the projector to its probability on the base line: a ring, so that an origin of the same opinion is
/// seen in it.
pub(super) fn fused(painter: &Painter, frame: &TriangleFrame, opinion: &Binomial, palette: &Palette) {
    let (at, on_base) = (frame.place(opinion), frame.on_base(opinion.projected));
    let down = on_base - at;
    if down.length() > RING_OUT {
        let from = at + down.normalized() * RING_OUT;
        painter.extend(Shape::dashed_line(&[from, on_base], Stroke::new(1.5, palette.belief), 5.0, 3.0));
    }
    tick(painter, on_base, BAR, palette);
    ring(painter, at, RING, palette);
}

/// Paints the mark of the fused opinion in a line of text.
pub(super) fn small_ring(painter: &Painter, at: Pos2, palette: &Palette) {
    ring(painter, at, (5.0, 2.5), palette);
}

fn ring(painter: &Painter, at: Pos2, (radius, broad): (f32, f32), palette: &Palette) {
    painter.circle_stroke(at, radius, Stroke::new(broad + 2.0, palette.text));
    painter.circle_stroke(at, radius, Stroke::new(broad, palette.belief));
}

/// Paints the opinion of one origin, or of several that fall together.
pub(super) fn origin(painter: &Painter, at: Pos2, is_pointed_at: bool, palette: &Palette) {
    let radius = if is_pointed_at { 5.5 } else { 4.0 };
    painter.circle(at, radius, palette.background, Stroke::new(1.5, palette.text));
}

/// Paints the names of the two places on the base line, so that they run neither into one another nor into those of the corners.
/// Gives back where they stand.
pub(super) fn base_labels(
    painter: &Painter,
    frame: &TriangleFrame,
    [against, for_it, _]: [Rect; 3],
    (base_rate, projected): (f64, Option<f64>),
    palette: &Palette,
) -> Vec<Rect> {
    let mut taken: Vec<Rect> = Vec::new();
    let projected = projected.map(|projected| ("projected", projected, palette.text));
    for (what, probability, colour) in projected.into_iter().chain([("base rate", base_rate, palette.quiet)])
    {
        let text = format!("{what} {}", percent(probability));
        let galley = painter.layout_no_wrap(text, FontId::proportional(tokens::SMALL), colour);
        let at = pos2(frame.on_base(probability).x, frame.disbelief.y + 12.0);
        let place = Align2::CENTER_TOP.anchor_size(at, galley.size());
        let (least, most) = (against.right() + BETWEEN, for_it.left() - BETWEEN - place.width());
        let mut clear =
            Rect::from_min_size(pos2(place.left().min(most).max(least), place.top()), place.size());
        if taken.iter().any(|taken| taken.expand2(vec2(BETWEEN, 0.0)).intersects(clear)) {
            // In a line of its own below the corners, where it can stand at its place.
            clear = place.translate(vec2(0.0, place.height() + 1.0));
        }
        taken.push(clear);
        painter.galley(clear.min, galley, colour);
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame() -> TriangleFrame {
        TriangleFrame::within(Rect::from_min_size(pos2(10.0, 20.0), vec2(300.0, 260.0)))
    }

    fn opinion(belief: f64, disbelief: f64, base_rate: f64) -> Binomial {
        let uncertainty = 1.0 - belief - disbelief;
        let projected = belief + base_rate * uncertainty;
        Binomial { belief, disbelief, uncertainty, projected, base_rate }
    }

    #[test]
    fn opinions_stand_where_their_masses_are() {
        let frame = frame();
        let close = |a: Pos2, b: Pos2| a.distance(b) < 0.01;
        assert!(close(frame.place(&opinion(1.0, 0.0, 0.5)), frame.belief));
        assert!(close(frame.place(&opinion(0.0, 1.0, 0.5)), frame.disbelief));
        assert!(close(frame.place(&opinion(0.0, 0.0, 0.5)), frame.uncertainty));
        // The three sides are as long as one another.
        let side = frame.belief.distance(frame.disbelief);
        assert!((frame.uncertainty.distance(frame.belief) - side).abs() < 0.01);
    }

    #[test]
    fn the_projector_is_parallel_to_the_director() {
        let frame = frame();
        let opinion = opinion(0.3, 0.2, 0.25);
        let director = frame.on_base(0.25) - frame.uncertainty;
        let projector = frame.on_base(opinion.projected) - frame.place(&opinion);
        let cross = director.x * projector.y - director.y * projector.x;
        assert!(cross.abs() < 0.05 * director.length(), "{director:?} {projector:?}");
    }
}
