//! Shapes as the elements that SVG has for them.

use std::fmt::Write as _;

use eframe::egui::epaint::{
    BandShape, CircleShape, ColorMode, CubicBezierShape, EllipseShape, Mesh, PathShape, PathStroke,
    QuadraticBezierShape, RectShape, WHITE_UV,
};
use eframe::egui::{Color32, Pos2, Rect, Shape, Stroke, StrokeKind, TextureId};

use super::xml::number;
use super::{TOLERANCE, Writer, colour, fill, place_and_size};

impl Writer {
    /// Writes a shape of which only what is within `clip` is seen.
    pub(super) fn clipped(&mut self, clip: Rect, shape: &Shape) {
        match shape {
            Shape::Noop => return,
            Shape::Vec(shapes) => {
                for shape in shapes {
                    self.clipped(clip, shape);
                }
                return;
            }
            Shape::Callback(_) => {
                self.fault.get_or_insert("a picture that only a graphics card can draw");
                return;
            }
            _ => {}
        }
        let bounds = shape.visual_bounding_rect();
        if !clip.intersects(bounds) {
            return;
        }
        if clip.expand(TOLERANCE).contains_rect(bounds) {
            // Inside a group that cuts elsewhere it would be cut, too.
            if self.open.and_then(|open| self.clips.get(open)) != Some(&clip) {
                self.close();
            }
        } else {
            self.cut_at(clip);
        }
        self.shape(shape);
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Circle(circle) => self.circle(circle),
            Shape::Ellipse(ellipse) => self.ellipse(ellipse),
            Shape::LineSegment { points, stroke } => self.segment(*points, *stroke),
            Shape::Path(path) => self.polygon(path),
            Shape::Band(band) => self.band(band),
            Shape::Rect(rect) => self.rect(rect),
            Shape::Text(text) => self.text(text),
            Shape::Mesh(mesh) => self.mesh(mesh),
            Shape::QuadraticBezier(curve) => self.quadratic(curve),
            Shape::CubicBezier(curve) => self.cubic(curve),
            Shape::Noop | Shape::Vec(_) | Shape::Callback(_) => {}
        }
    }

    fn circle(&mut self, circle: &CircleShape) {
        let at = centre(circle.center);
        let radius = number(circle.radius);
        let paint = painted(circle.fill, circle.stroke);
        self.line(&format!("<circle{at} r=\"{radius}\"{paint}/>"));
    }

    fn ellipse(&mut self, ellipse: &EllipseShape) {
        let at = centre(ellipse.center);
        let (rx, ry) = (number(ellipse.radius.x), number(ellipse.radius.y));
        let paint = painted(ellipse.fill, ellipse.stroke);
        let turn = turned(ellipse.angle, ellipse.center);
        self.line(&format!("<ellipse{at} rx=\"{rx}\" ry=\"{ry}\"{paint}{turn}/>"));
    }

    fn segment(&mut self, [mut from, mut to]: [Pos2; 2], stroke: Stroke) {
        if stroke.is_empty() {
            return;
        }
        // Upright and level lines stand on whole pixels, as on the screen.
        if from.x == to.x {
            stroke.round_center_to_pixel(1.0, &mut from.x);
            to.x = from.x;
        } else if from.y == to.y {
            stroke.round_center_to_pixel(1.0, &mut from.y);
            to.y = from.y;
        }
        let (x1, y1, x2, y2) = (number(from.x), number(from.y), number(to.x), number(to.y));
        let paint = stroked(stroke);
        self.line(&format!("<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"{paint}/>"));
    }

    fn polygon(&mut self, path: &PathShape) {
        let Some(stroke) = self.plain(&path.stroke) else { return };
        let fill = if path.closed { path.fill } else { Color32::TRANSPARENT };
        self.path(&through(&path.points, path.closed), fill, stroke);
    }

    fn band(&mut self, band: &BandShape) {
        if band.angle != 0.0 {
            self.fault.get_or_insert("a band that is turned");
            return;
        }
        let upper = band.points.iter().map(|point| Pos2::new(point.x, point.y.min));
        let lower = band.points.iter().rev().map(|point| Pos2::new(point.x, point.y.max));
        let points: Vec<Pos2> = upper.chain(lower).collect();
        self.path(&through(&points, true), band.fill, band.stroke);
    }

    fn rect(&mut self, shape: &RectShape) {
        if shape.brush.as_ref().is_some_and(|brush| brush.fill_texture_id != TextureId::default()) {
            self.fault.get_or_insert("a picture made of pixels");
            return;
        }
        if shape.blur_width > 0.0 {
            self.fault.get_or_insert("a shadow");
            return;
        }
        let inset = match shape.stroke_kind {
            _ if shape.stroke.is_empty() => 0.0,
            StrokeKind::Inside => shape.stroke.width / 2.0,
            StrokeKind::Middle => 0.0,
            StrokeKind::Outside => -shape.stroke.width / 2.0,
        };
        // SVG has strokes in the middle of the edge only.
        let rect = shape.rect.shrink(inset);
        let corners = shape.corner_radius;
        let radii = [corners.nw, corners.ne, corners.se, corners.sw];
        let turn = turned(shape.angle, shape.rect.center());
        let paint = painted(shape.fill, shape.stroke);
        if radii.iter().all(|radius| *radius == corners.nw) {
            let most = rect.width().min(rect.height()) / 2.0;
            let radius = (f32::from(corners.nw) - inset).clamp(0.0, most.max(0.0));
            let round = if corners.nw > 0 && radius > 0.0 {
                format!(" rx=\"{}\"", number(radius))
            } else {
                String::new()
            };
            self.line(&format!("<rect{}{round}{paint}{turn}/>", place_and_size(rect)));
        } else {
            let data = with_corners(rect, radii.map(|radius| (f32::from(radius) - inset).max(0.0)));
            self.line(&format!("<path d=\"{data}\"{paint}{turn}/>"));
        }
    }

    fn mesh(&mut self, mesh: &Mesh) {
        let is_plain = mesh.vertices.iter().all(|vertex| vertex.uv == WHITE_UV);
        if mesh.texture_id != TextureId::default() || !is_plain {
            self.fault.get_or_insert("a picture made of pixels");
            return;
        }
        // Triangles of one colour that follow one another are one path; SVG has no other colours within one triangle.
        let mut data = String::new();
        let mut present = None;
        for triangle in mesh.indices.chunks_exact(3) {
            let corners: Vec<_> = triangle
                .iter()
                .filter_map(|index| mesh.vertices.get(usize::try_from(*index).ok()?))
                .collect();
            let [first, second, third] = corners.as_slice() else { continue };
            if first.color != second.color || first.color != third.color {
                self.fault.get_or_insert("a gradient");
                return;
            }
            if present.is_some_and(|colour| colour != first.color) {
                self.path(&std::mem::take(&mut data), present.unwrap_or_default(), Stroke::NONE);
            }
            present = Some(first.color);
            data.push_str(&through(&[first.pos, second.pos, third.pos], true));
        }
        self.path(&data, present.unwrap_or_default(), Stroke::NONE);
    }

    fn quadratic(&mut self, curve: &QuadraticBezierShape) {
        let Some(stroke) = self.plain(&curve.stroke) else { return };
        let [from, bend, to] = curve.points;
        let data = format!("M{}Q{} {}{}", pair(from), pair(bend), pair(to), end(curve.closed));
        let fill = if curve.closed { curve.fill } else { Color32::TRANSPARENT };
        self.path(&data, fill, stroke);
    }

    fn cubic(&mut self, curve: &CubicBezierShape) {
        let Some(stroke) = self.plain(&curve.stroke) else { return };
        let [from, first, second, to] = curve.points;
        let data =
            format!("M{}C{} {} {}{}", pair(from), pair(first), pair(second), pair(to), end(curve.closed));
        let fill = if curve.closed { curve.fill } else { Color32::TRANSPARENT };
        self.path(&data, fill, stroke);
    }

    fn path(&mut self, data: &str, fill: Color32, stroke: Stroke) {
        let is_seen = fill != Color32::TRANSPARENT || !stroke.is_empty();
        if !data.is_empty() && is_seen {
            let paint = painted(fill, stroke);
            self.line(&format!("<path d=\"{data}\"{paint}/>"));
        }
    }

    /// A stroke of one colour; `None`, and a fault, for one whose colour is different from place to place.
    fn plain(&mut self, stroke: &PathStroke) -> Option<Stroke> {
        match &stroke.color {
            ColorMode::Solid(colour) => Some(Stroke::new(stroke.width, *colour)),
            ColorMode::UV(_) => {
                self.fault.get_or_insert("a line of many colours");
                None
            }
        }
    }
}

fn centre(centre: Pos2) -> String {
    format!(" cx=\"{}\" cy=\"{}\"", number(centre.x), number(centre.y))
}

fn turned(angle: f32, around: Pos2) -> String {
    if angle == 0.0 {
        return String::new();
    }
    let (angle, x, y) = (number(angle.to_degrees()), number(around.x), number(around.y));
    format!(" transform=\"rotate({angle} {x} {y})\"")
}

fn stroked(stroke: Stroke) -> String {
    if stroke.is_empty() {
        return String::new();
    }
    let (paint, opacity) = colour(stroke.color);
    let mut text = format!(" stroke=\"{paint}\"");
    if stroke.width != 1.0 {
        let _ = write!(text, " stroke-width=\"{}\"", number(stroke.width));
    }
    if opacity < 1.0 {
        let _ = write!(text, " stroke-opacity=\"{}\"", number(opacity));
    }
    text
}

fn painted(inside: Color32, stroke: Stroke) -> String {
    format!("{}{}", fill(inside), stroked(stroke))
}

fn pair(point: Pos2) -> String {
    format!("{} {}", number(point.x), number(point.y))
}

const fn end(is_closed: bool) -> &'static str {
    if is_closed { "Z" } else { "" }
}

/// A path through points.
fn through(points: &[Pos2], is_closed: bool) -> String {
    if points.len() < 2 {
        return String::new();
    }
    let mut data = String::new();
    for (place, point) in points.iter().enumerate() {
        data.push(if place == 0 { 'M' } else { 'L' });
        data.push_str(&pair(*point));
    }
    data.push_str(end(is_closed));
    data
}

/// A rectangle with a radius for each corner: upper left, upper right, lower right, lower left.
fn with_corners(rect: Rect, [nw, ne, se, sw]: [f32; 4]) -> String {
    let (left, right, top, bottom) = (rect.left(), rect.right(), rect.top(), rect.bottom());
    let arc = |radius: f32, x: f32, y: f32| {
        let radius = number(radius);
        format!("A{radius} {radius} 0 0 1 {} {}", number(x), number(y))
    };
    let mut data = format!("M{}", pair(Pos2::new(left + nw, top)));
    let _ = write!(data, "L{}{}", pair(Pos2::new(right - ne, top)), arc(ne, right, top + ne));
    let _ = write!(data, "L{}{}", pair(Pos2::new(right, bottom - se)), arc(se, right - se, bottom));
    let _ = write!(data, "L{}{}", pair(Pos2::new(left + sw, bottom)), arc(sw, left, bottom - sw));
    let _ = write!(data, "L{}{}Z", pair(Pos2::new(left, top + nw)), arc(nw, left + nw, top));
    data
}

#[cfg(test)]
mod tests {
    use eframe::egui::epaint::{ClippedShape, CornerRadius};
    use eframe::egui::{Rect, Vec2, pos2, vec2};

    use super::super::{Caption, write};
    use super::*;
    use crate::ui::figure::FigureError;
    use crate::ui::tokens::palette::{DARK, LIGHT};

    fn file(shapes: Vec<Shape>, clip: Rect) -> Result<String, FigureError> {
        let shapes: Vec<ClippedShape> =
            shapes.into_iter().map(|shape| ClippedShape::new(clip, shape)).collect();
        let caption = Caption { title: "T".into(), description: "D".into(), prefix: "p".into() };
        write(vec2(100.0, 100.0), &shapes, &caption)
    }

    /// The elements that one shape becomes.
    #[track_caller]
    fn check(shape: impl Into<Shape>, expect: &[&str]) {
        let text = file(vec![shape.into()], Rect::EVERYTHING).unwrap();
        let body: Vec<&str> = text.lines().skip(3).filter(|line| *line != "</svg>").collect();
        assert_eq!(body, expect);
    }

    #[test]
    fn each_shape_has_its_element() {
        let line = Stroke::new(2.0, DARK.accent);
        check(
            Shape::circle_filled(pos2(1.0, 2.0), 3.0, LIGHT.same),
            &["<circle cx=\"1\" cy=\"2\" r=\"3\" fill=\"#00795a\"/>"],
        );
        check(
            Shape::line_segment([pos2(1.0, 2.0), pos2(3.5, 4.25)], line),
            &["<line x1=\"1\" y1=\"2\" x2=\"3.5\" y2=\"4.25\" stroke=\"#4c8dff\" stroke-width=\"2\"/>"],
        );
        check(
            Shape::closed_line(vec![pos2(0.0, 0.0), pos2(1.0, 0.0), pos2(0.0, 1.0)], line),
            &["<path d=\"M0 0L1 0L0 1Z\" fill=\"none\" stroke=\"#4c8dff\" stroke-width=\"2\"/>"],
        );
        check(
            RectShape::stroke(
                Rect::from_min_size(pos2(0.0, 0.0), vec2(10.0, 10.0)),
                CornerRadius::same(4),
                line,
                StrokeKind::Inside,
            ),
            &[
                "<rect x=\"1\" y=\"1\" width=\"8\" height=\"8\" rx=\"3\" fill=\"none\" stroke=\"#4c8dff\" stroke-width=\"2\"/>",
            ],
        );
        check(
            CubicBezierShape::from_points_stroke(
                [pos2(0.0, 0.0), pos2(1.0, 0.0), pos2(2.0, 1.0), pos2(3.0, 1.0)],
                false,
                Color32::TRANSPARENT,
                line,
            ),
            &["<path d=\"M0 0C1 0 2 1 3 1\" fill=\"none\" stroke=\"#4c8dff\" stroke-width=\"2\"/>"],
        );
        check(Shape::Noop, &[]);
        let mut mesh = Mesh::default();
        mesh.add_colored_rect(Rect::from_min_size(Pos2::ZERO, Vec2::splat(2.0)), DARK.text);
        check(Shape::mesh(mesh), &["<path d=\"M0 0L2 0L0 2ZM0 2L2 0L2 2Z\" fill=\"#e6e9ec\"/>"]);
    }

    #[test]
    fn hairlines_stand_on_whole_pixels() {
        let line = Stroke::new(1.0, DARK.text);
        let segment = Shape::line_segment([pos2(0.0, 10.0), pos2(20.0, 10.0)], line);
        check(segment, &["<line x1=\"0\" y1=\"10.5\" x2=\"20\" y2=\"10.5\" stroke=\"#e6e9ec\"/>"]);
    }

    #[test]
    fn only_what_reaches_out_is_cut() {
        let dot = |x: f32| Shape::circle_filled(pos2(x, 5.0), 2.0, DARK.text);
        let clip = Rect::from_min_size(Pos2::ZERO, Vec2::splat(10.0));
        let text = file(vec![dot(5.0), dot(10.0), dot(5.0), dot(40.0)], clip).unwrap();
        assert_eq!(text.matches("<circle").count(), 3, "what is out of sight is left out");
        assert_eq!(text.matches("<g clip-path=\"url(#p-clip-0)\">").count(), 1);
        assert_eq!(
            text.matches("<clipPath id=\"p-clip-0\"><rect x=\"0\" y=\"0\" width=\"10\" height=\"10\"/>")
                .count(),
            1
        );
        assert_eq!(text.matches("</g>").count(), 1);
    }

    #[test]
    fn what_no_file_can_hold_is_refused() {
        let mut mesh = Mesh::default();
        mesh.colored_vertex(pos2(0.0, 0.0), DARK.text);
        mesh.colored_vertex(pos2(5.0, 0.0), DARK.text);
        mesh.colored_vertex(pos2(0.0, 5.0), DARK.accent);
        mesh.add_triangle(0, 1, 2);
        assert_eq!(
            file(vec![Shape::mesh(mesh)], Rect::EVERYTHING),
            Err(FigureError::Unsupported { what: "a gradient" })
        );
    }
}
