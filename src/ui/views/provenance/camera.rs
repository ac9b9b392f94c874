//! What part of the graph is in sight, and how large.

use eframe::egui::{Pos2, Rect, Vec2, pos2, vec2};

use super::paint::Detail;
use crate::analysis::charts::Provenance;
use crate::analysis::charts::provenance::{Frame, Layout, Point};

/// How small and how large the graph can be drawn.
const ZOOM: (f32, f32) = (0.02, 2.5);
/// The room around the graph when all of it is shown, in points.
pub(super) const MARGIN: f32 = 12.0;
/// How large the graph is drawn at first where not all of it can be shown so that it can be read.
const READABLE: f32 = 0.8;

/// What is in sight.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Sight {
    /// What is shown at first: everything, or where that could not be read as much as can.
    #[default]
    Opening,
    /// Everything, however small.
    Whole,
    /// What the user has moved into sight.
    Moved(Camera),
}

impl Sight {
    /// What part of a layout that is in a rectangle of that size.
    pub fn camera(self, chart: &Provenance, layout: &Layout, size: Vec2) -> Camera {
        match self {
            Self::Opening => Camera::opening(chart, layout, size),
            Self::Whole => Camera::fit(layout, size),
            Self::Moved(camera) => camera,
        }
    }
}

/// What part of the graph is in sight, and how large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Camera {
    /// The place of the graph that stands in the middle.
    pub centre: Pos2,
    /// How many points on the screen one point of the graph takes.
    pub zoom: f32,
}

impl Camera {
    /// Shows all of a layout in a rectangle of that size, not larger than natural.
    pub fn fit(layout: &Layout, size: Vec2) -> Self {
        Self::show(Frame { x: 0.0, y: 0.0, width: layout.width, height: layout.height }, size, 1.0)
    }

    /// Shows all of a layout where it can be read so; else the upper left of its largest family, and what stands around that. Where
    /// that family begins further down it is the card with which it begins.
    pub fn opening(chart: &Provenance, layout: &Layout, size: Vec2) -> Self {
        let fit = Self::fit(layout, size);
        if Detail::at(fit.zoom) == Detail::Written {
            return fit;
        }
        let related = layout.families.len() - usize::from(layout.alone.is_some());
        let area = |frame: &&Frame| frame.width * frame.height;
        let families = layout.families.iter().take(related).enumerate().rev();
        let largest = families.max_by(|(_, a), (_, b)| area(a).total_cmp(&area(b)));
        let (number, frame) = largest.map_or((0, Frame::default()), |(number, frame)| (number, *frame));
        let half = (size / 2.0 - Vec2::splat(MARGIN)).max(Vec2::ZERO) / READABLE;
        let cards = chart.families.get(number).into_iter().flat_map(|family| &family.cards);
        let places = cards.filter_map(|card| layout.cards.get(*card));
        let first = places.min_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
        // An original stands in the middle of what goes back to it.
        let top = first.map_or(frame.y, |first| (first.y + first.height / 2.0 - half.y).max(frame.y));
        // No more of what is beyond the graph is shown than needs be.
        let along = |start: f32, half: f32, length: f32| {
            if length > 2.0 * half { (start + half).min(length - half) } else { length / 2.0 }
        };
        let centre = pos2(along(frame.x, half.x, layout.width), along(top, half.y, layout.height));
        Self { centre, zoom: READABLE }
    }

    /// Shows a part of the graph in a rectangle of that size, not larger than `most`.
    pub fn show(part: Frame, size: Vec2, most: f32) -> Self {
        let room = (size - Vec2::splat(2.0 * MARGIN)).max(Vec2::splat(1.0));
        let zoom = (room.x / part.width.max(1.0)).min(room.y / part.height.max(1.0)).min(most);
        let centre = pos2(part.x + part.width / 2.0, part.y + part.height / 2.0);
        Self { centre, zoom: zoom.clamp(ZOOM.0, ZOOM.1) }
    }

    /// Moves what is in sight by points on the screen.
    pub fn pan(&mut self, by: Vec2) {
        self.centre -= by / self.zoom;
    }

    /// Draws larger or smaller, so that what is at `fixed`, from the middle of the rectangle, stays where it is.
    pub fn zoom_at(&mut self, factor: f32, fixed: Vec2) {
        let zoom = (self.zoom * factor).clamp(ZOOM.0, ZOOM.1);
        self.centre += fixed / self.zoom - fixed / zoom;
        self.zoom = zoom;
    }

    /// Keeps at least an edge of the graph in sight.
    pub fn keep_in_sight(&mut self, layout: &Layout, size: Vec2) {
        let half = size / (2.0 * self.zoom) * 0.8;
        self.centre.x = self.centre.x.min(layout.width + half.x).max(-half.x);
        self.centre.y = self.centre.y.min(layout.height + half.y).max(-half.y);
    }

    /// Moves so that a part comes into sight; does nothing where it is.
    pub fn reveal(&mut self, part: Frame, size: Vec2) {
        let half = (size / (2.0 * self.zoom) - Vec2::splat(16.0 / self.zoom)).max(Vec2::ZERO);
        let along = |centre: f32, half: f32, low: f32, high: f32| {
            if high - low > 2.0 * half {
                f32::midpoint(low, high)
            } else {
                centre.max(high - half).min(low + half)
            }
        };
        self.centre.x = along(self.centre.x, half.x, part.x, part.x + part.width);
        self.centre.y = along(self.centre.y, half.y, part.y, part.y + part.height);
    }

    /// How the graph stands in a rectangle of the screen.
    pub fn view(self, rect: Rect) -> View {
        View { rect, camera: self }
    }
}

/// How the graph stands in a rectangle of the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct View {
    pub rect: Rect,
    pub camera: Camera,
}

impl View {
    /// A length on the screen.
    pub fn length(&self, length: f32) -> f32 {
        length * self.camera.zoom
    }

    /// A place on the screen.
    pub fn point(&self, point: Point) -> Pos2 {
        self.rect.center() + (pos2(point.x, point.y) - self.camera.centre) * self.camera.zoom
    }

    /// A rectangle on the screen.
    pub fn frame(&self, frame: Frame) -> Rect {
        let min = self.point(Point { x: frame.x, y: frame.y });
        Rect::from_min_size(min, vec2(self.length(frame.width), self.length(frame.height)))
    }

    /// The place of the graph that is at a place of the screen.
    pub fn place(&self, at: Pos2) -> Point {
        let place = self.camera.centre + (at - self.rect.center()) / self.camera.zoom;
        Point { x: place.x, y: place.y }
    }

    /// Whether any of a rectangle of the graph is in sight.
    pub fn sees(&self, frame: Frame) -> bool {
        self.frame(frame).intersects(self.rect)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Vec2 = vec2(800.0, 600.0);

    fn view(camera: Camera) -> View {
        camera.view(Rect::from_min_size(pos2(100.0, 50.0), SIZE))
    }

    #[test]
    fn everything_is_in_sight_when_it_fits() {
        let layout = Layout { width: 4_000.0, height: 900.0, ..Layout::default() };
        let view = view(Camera::fit(&layout, SIZE));
        let whole = view.frame(Frame { x: 0.0, y: 0.0, width: layout.width, height: layout.height });
        assert!(view.rect.contains_rect(whole), "{whole}");
        let small = Layout { width: 10.0, height: 10.0, ..Layout::default() };
        assert_eq!(Camera::fit(&small, SIZE).zoom, 1.0);
    }

    #[test]
    fn what_could_not_be_read_opens_at_its_largest_family() {
        let family = |x: f32, y: f32, width: f32, height: f32| Frame { x, y, width, height };
        let check = |families: &[Frame], alone: bool, expect: (f32, f32)| {
            let layout = Layout {
                width: 9_000.0,
                height: 3_000.0,
                families: families.to_vec(),
                alone: alone.then(Frame::default),
                ..Layout::default()
            };
            let view = view(Camera::opening(&Provenance::default(), &layout, SIZE));
            assert_eq!(Detail::at(view.camera.zoom), Detail::Written);
            let corner = view.place(view.rect.min + Vec2::splat(MARGIN));
            let distance = (corner.x - expect.0).abs() + (corner.y - expect.1).abs();
            assert!(distance < 0.1, "{corner:?}");
        };
        let [small, large] = [family(0.0, 0.0, 600.0, 100.0), family(2_000.0, 500.0, 900.0, 800.0)];
        check(&[small, large], false, (2_000.0, 500.0));
        check(&[large, small], true, (2_000.0, 500.0));
        // Of the cards on their own the rectangle is around everything.
        check(&[small, family(0.0, 0.0, 9_000.0, 3_000.0)], true, (0.0, 0.0));
        check(&[family(0.0, 0.0, 9_000.0, 3_000.0)], true, (0.0, 0.0));
        check(&[], false, (0.0, 0.0));
        // At the end of the graph nothing is gained by showing what is beyond.
        let width = (SIZE.x - 2.0 * MARGIN) / READABLE;
        check(&[family(8_500.0, 0.0, 400.0, 300.0)], false, (9_000.0 - width, 0.0));
    }

    #[test]
    fn zooming_keeps_what_is_under_the_pointer() {
        let mut camera = Camera { centre: pos2(500.0, 200.0), zoom: 0.5 };
        let pointer = pos2(300.0, 400.0);
        let before = view(camera).place(pointer);
        camera.zoom_at(1.7, pointer - view(camera).rect.center());
        let after = view(camera).place(pointer);
        assert!((before.x - after.x).abs() < 0.01 && (before.y - after.y).abs() < 0.01);
        assert!((view(camera).point(after) - pointer).length() < 0.1);
    }

    #[test]
    fn what_is_revealed_is_in_sight_and_the_rest_moves_no_further() {
        let part = Frame { x: 2_000.0, y: 0.0, width: 236.0, height: 70.0 };
        let mut camera = Camera { centre: pos2(0.0, 0.0), zoom: 1.0 };
        camera.reveal(part, SIZE);
        assert!(view(camera).rect.contains_rect(view(camera).frame(part)));
        let before = camera;
        camera.reveal(part, SIZE);
        assert_eq!(camera, before);
    }
}
