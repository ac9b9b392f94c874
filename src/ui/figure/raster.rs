//! Draws the triangles of which the screen is made, without a graphics card: the same picture as on the screen.

use eframe::egui::epaint::{ImageData, ImageDelta, Mesh, Vertex, WHITE_UV};
use eframe::egui::{Color32, Rect};

/// Coordinates are counted in so many parts of a pixel, so that triangles that share an edge neither overlap nor leave a gap.
const PARTS: f32 = 256.0;
/// The middle of a pixel.
const MIDDLE: i64 = 128;
/// No picture is as large; what is farther off is out of sight.
const FARTHEST: f32 = 1e6;

/// The picture that holds all letters in use.
#[derive(Clone, Debug, Default)]
pub struct Letters {
    width: usize,
    height: usize,
    pixels: Vec<Color32>,
}

impl Letters {
    /// Takes in what was added to it.
    pub fn update(&mut self, delta: &ImageDelta) {
        let ImageData::Color(image) = &delta.image;
        let [width, height] = image.size;
        let Some([left, top]) = delta.pos else {
            (self.width, self.height, self.pixels) = (width, height, image.pixels.clone());
            return;
        };
        for (row, line) in image.pixels.chunks(width.max(1)).enumerate() {
            let start = (top + row) * self.width + left;
            if let Some(place) = self.pixels.get_mut(start..start + line.len()) {
                place.copy_from_slice(line);
            }
        }
    }

    fn pixel(&self, x: i64, y: i64) -> [f32; 4] {
        let inside =
            |value: i64, size: usize| usize::try_from(value).unwrap_or_default().min(size.saturating_sub(1));
        let place = inside(y, self.height) * self.width + inside(x, self.width);
        self.pixels.get(place).map_or([0.0; 4], |pixel| pixel.to_array().map(f32::from))
    }

    /// The mixed colour of the four pixels around a place, each channel in `[0, 255]`.
    fn mixed(&self, u: f32, v: f32) -> [f32; 4] {
        let (x, y) = (u * self.width as f32 - 0.5, v * self.height as f32 - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (right_part, lower_part) = (x - left, y - top);
        let (left, top) = (left as i64, top as i64);
        let mix = |a: [f32; 4], b: [f32; 4], part: f32| {
            let mut mixed = a;
            for (value, other) in mixed.iter_mut().zip(b) {
                *value += (other - *value) * part;
            }
            mixed
        };
        let upper = mix(self.pixel(left, top), self.pixel(left + 1, top), right_part);
        let lower = mix(self.pixel(left, top + 1), self.pixel(left + 1, top + 1), right_part);
        mix(upper, lower, lower_part)
    }
}

/// A picture that is being drawn. Its colours are as those of the screen: multiplied with how much they hide.
pub struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<[u8; 4]>,
}

impl Canvas {
    /// An empty picture.
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![[0; 4]; width * height] }
    }

    /// The mean colours of all squares of `side` pixels, row by row, red, green and blue; what was not drawn is black.
    pub fn shrunk(&self, side: usize) -> Vec<u8> {
        let side = side.max(1);
        let (columns, rows) = (self.width / side, self.height / side);
        let mut bytes = Vec::with_capacity(columns * rows * 3);
        let mut sums = vec![[0_u32; 3]; columns];
        let count = u32::try_from(side * side).unwrap_or(1);
        for lines in self.pixels.chunks_exact(self.width * side).take(rows) {
            sums.fill([0; 3]);
            for line in lines.chunks_exact(self.width) {
                for (sum, square) in sums.iter_mut().zip(line.chunks_exact(side)) {
                    for [red, green, blue, _] in square {
                        let [reds, greens, blues] = sum;
                        *reds += u32::from(*red);
                        *greens += u32::from(*green);
                        *blues += u32::from(*blue);
                    }
                }
            }
            for sum in &sums {
                bytes.extend(sum.map(|sum| u8::try_from((sum + count / 2) / count).unwrap_or(u8::MAX)));
            }
        }
        bytes
    }

    /// Draws triangles, of which only what is within `clip` is seen. Places are given in points, `scale` pixels each.
    pub fn draw(&mut self, mesh: &Mesh, clip: Rect, scale: f32, letters: &Letters) {
        let limit = |value: f32, size: usize| (value * scale).round().clamp(0.0, size as f32) as i64;
        let clip = Clip {
            left: limit(clip.left(), self.width),
            right: limit(clip.right(), self.width),
            top: limit(clip.top(), self.height),
            bottom: limit(clip.bottom(), self.height),
        };
        for triangle in mesh.indices.chunks_exact(3) {
            let corner = |index: &u32| mesh.vertices.get(usize::try_from(*index).ok()?);
            if let [a, b, c] = triangle
                && let (Some(a), Some(b), Some(c)) = (corner(a), corner(b), corner(c))
            {
                self.triangle([a, b, c], scale, clip, letters);
            }
        }
    }

    fn triangle(&mut self, [a, b, c]: [&Vertex; 3], scale: f32, clip: Clip, letters: &Letters) {
        let place = |vertex: &Vertex| {
            let part = |value: f32| ((value * scale).clamp(-FARTHEST, FARTHEST) * PARTS).round() as i64;
            (part(vertex.pos.x), part(vertex.pos.y))
        };
        let area = Edge::new(place(a), place(b)).at(place(c));
        // Turned the same way round, all edges have their inside on the same side.
        let (b, c, area) = if area < 0 { (c, b, -area) } else { (b, c, area) };
        if area == 0 {
            return;
        }
        let places = [place(a), place(b), place(c)];
        let edges =
            [Edge::new(place(b), place(c)), Edge::new(place(c), place(a)), Edge::new(place(a), place(b))];
        let ys = places.map(|(_, y)| y);
        let pixel = |part: i64| part.div_euclid(256);
        let first = pixel(ys.into_iter().min().unwrap_or_default()).max(clip.top);
        let last = (pixel(ys.into_iter().max().unwrap_or_default()) + 1).min(clip.bottom);
        let paint = Paint::of([a, b, c], area);
        for y in first..last {
            // From the left edge of the picture: how far inside of each edge the first pixel is.
            let starts = edges.map(|edge| edge.at((MIDDLE, y * 256 + MIDDLE)));
            let (mut from, mut to) = (clip.left, clip.right);
            for (edge, start) in edges.iter().zip(starts) {
                edge.limit(start, &mut from, &mut to);
            }
            if from < to {
                self.line(y, from, to, &edges, starts, &paint, letters);
            }
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the inner loop: what it needs is computed once for all its pixels"
    )]
    fn line(
        &mut self,
        y: i64,
        from: i64,
        to: i64,
        edges: &[Edge; 3],
        starts: [i64; 3],
        paint: &Paint,
        letters: &Letters,
    ) {
        let place = |x: i64| usize::try_from(y * self.width as i64 + x).unwrap_or_default();
        let Some(pixels) = self.pixels.get_mut(place(from)..place(to)) else { return };
        match paint {
            Paint::Even(colour) => {
                let hides = colour.map(u32::from);
                for pixel in pixels {
                    blend(pixel, hides);
                }
            }
            Paint::Mixed { corners, area } => {
                for (pixel, x) in pixels.iter_mut().zip(from..) {
                    let mut colour = [0.0_f32; 4];
                    let (mut u, mut v) = (0.0, 0.0);
                    for ((corner, edge), start) in corners.iter().zip(edges).zip(starts) {
                        let part = (start + x * edge.step) as f32 / area;
                        for (value, own) in colour.iter_mut().zip(corner.colour) {
                            *value += own * part;
                        }
                        u += corner.uv.0 * part;
                        v += corner.uv.1 * part;
                    }
                    if !corners.iter().all(|corner| corner.is_white) {
                        for (value, letter) in colour.iter_mut().zip(letters.mixed(u, v)) {
                            *value *= letter / 255.0;
                        }
                    }
                    blend(pixel, colour.map(|value| value.round().clamp(0.0, 255.0) as u32));
                }
            }
        }
    }
}

/// Puts a colour over a pixel.
fn blend(pixel: &mut [u8; 4], colour: [u32; 4]) {
    let [.., hides] = colour;
    if hides == 0 && colour == [0; 4] {
        return;
    }
    let shows = 255 - hides.min(255);
    for (value, own) in pixel.iter_mut().zip(colour) {
        let mixed = own + (u32::from(*value) * shows + 127) / 255;
        *value = u8::try_from(mixed).unwrap_or(u8::MAX);
    }
}

/// What is seen, in pixels.
#[derive(Clone, Copy)]
struct Clip {
    left: i64,
    right: i64,
    top: i64,
    bottom: i64,
}

/// An edge of a triangle.
#[derive(Clone, Copy)]
struct Edge {
    from: (i64, i64),
    along: (i64, i64),
    /// How much farther inside the next pixel to the right is.
    step: i64,
    /// How far inside a place has to be at least: of two triangles that share an edge only one has the places on it.
    least: i64,
}

impl Edge {
    fn new(from: (i64, i64), to: (i64, i64)) -> Self {
        let along = (to.0 - from.0, to.1 - from.1);
        let has_own = along.1 < 0 || (along.1 == 0 && along.0 > 0);
        Self { from, along, step: -along.1 * 256, least: i64::from(!has_own) }
    }

    /// How far inside of the edge a place is, times the length of the edge.
    const fn at(&self, (x, y): (i64, i64)) -> i64 {
        self.along.0 * (y - self.from.1) - self.along.1 * (x - self.from.0)
    }

    /// Leaves of a line of pixels those that are inside of the edge. `start` is how far inside pixel 0 is.
    fn limit(&self, start: i64, from: &mut i64, to: &mut i64) {
        let missing = self.least - start;
        match self.step {
            0 if missing > 0 => *to = *from,
            0 => {}
            step if step > 0 => *from = (*from).max((missing + step - 1).div_euclid(step)),
            step => *to = (*to).min((-missing).div_euclid(-step) + 1),
        }
    }
}

/// One corner of a triangle, as it is painted.
struct Corner {
    colour: [f32; 4],
    uv: (f32, f32),
    is_white: bool,
}

/// How a triangle is painted.
enum Paint {
    /// With one colour.
    Even([u8; 4]),
    /// With the colours of its corners, and of letters.
    Mixed { corners: [Corner; 3], area: f32 },
}

impl Paint {
    fn of(corners: [&Vertex; 3], area: i64) -> Self {
        let [first, second, third] = corners;
        let is_white = corners.iter().all(|corner| corner.uv == WHITE_UV);
        if is_white && first.color == second.color && first.color == third.color {
            return Self::Even(first.color.to_array());
        }
        let corners = corners.map(|corner| Corner {
            colour: corner.color.to_array().map(f32::from),
            uv: (corner.uv.x, corner.uv.y),
            is_white,
        });
        Self::Mixed { corners, area: area as f32 }
    }
}

#[cfg(test)]
mod tests {
    use eframe::egui::{Pos2, pos2};

    use super::*;
    use crate::ui::tokens::palette::{DARK, LIGHT};

    fn canvas(side: usize) -> Canvas {
        let mut canvas = Canvas::new(side, side);
        let mut mesh = Mesh::default();
        mesh.add_colored_rect(Rect::EVERYTHING.intersect(all(side)), LIGHT.background);
        canvas.draw(&mesh, all(side), 1.0, &Letters::default());
        canvas
    }

    fn all(side: usize) -> Rect {
        Rect::from_min_max(Pos2::ZERO, pos2(side as f32, side as f32))
    }

    #[test]
    fn triangles_that_share_an_edge_meet_without_gap_or_overlap() {
        let half = DARK.background.gamma_multiply(0.5);
        for corner in [pos2(3.3, 4.7), pos2(8.0, 8.0), pos2(0.1, 15.9), pos2(12.5, 7.25)] {
            let mut canvas = canvas(16);
            let mut mesh = Mesh::default();
            // A fan around a place somewhere inside.
            let around = [pos2(0.0, 0.0), pos2(16.0, 0.0), pos2(16.0, 16.0), pos2(0.0, 16.0)];
            mesh.colored_vertex(corner, half);
            for place in around {
                mesh.colored_vertex(place, half);
            }
            for (a, b) in [(1, 2), (2, 3), (3, 4), (4, 1)] {
                mesh.add_triangle(0, a, b);
            }
            canvas.draw(&mesh, all(16), 1.0, &Letters::default());
            let first = canvas.pixels[0];
            assert_ne!(first, LIGHT.background.to_array());
            assert!(canvas.pixels.iter().all(|pixel| *pixel == first), "around {corner:?}");
        }
    }

    #[test]
    fn only_what_is_within_the_clip_is_drawn_and_shrinking_takes_the_mean() {
        let mut canvas = canvas(4);
        let mut mesh = Mesh::default();
        mesh.add_colored_rect(all(100), DARK.background);
        canvas.draw(&mesh, Rect::from_min_max(pos2(1.0, 0.0), pos2(2.0, 4.0)), 1.0, &Letters::default());
        let is_dark = |x: usize| canvas.pixels[x] == DARK.background.to_array();
        assert_eq!([0, 1, 2, 3].map(is_dark), [false, true, false, false]);
        let small = canvas.shrunk(2);
        assert_eq!(small.len(), 2 * 2 * 3);
        assert_eq!(small[0], u8::midpoint(DARK.background.r(), LIGHT.background.r()));
        assert_eq!(small[3], LIGHT.background.r());
    }

    #[test]
    fn letters_are_mixed_in() {
        let mut letters = Letters::default();
        let white = LIGHT.background;
        let image = eframe::egui::ColorImage::new([2, 1], vec![white, Color32::TRANSPARENT]);
        letters.update(&ImageDelta::full(image, eframe::egui::TextureOptions::LINEAR));
        assert_eq!(letters.mixed(0.25, 0.5), [255.0; 4]);
        assert_eq!(letters.mixed(0.5, 0.5), [127.5; 4]);
        assert_eq!(letters.mixed(0.75, 0.5), [0.0; 4]);
    }
}
