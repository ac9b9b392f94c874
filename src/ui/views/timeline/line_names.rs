//! Where the names of step lines stand on them, so that no name is taken for that of another line.

use eframe::egui::{Pos2, Rect, Vec2, pos2, vec2};

/// The parts of one step line in sight, from left to right.
pub(super) type Line = Vec<Vec<Pos2>>;

/// How far a name stands from its line, and from the end of its line, in points.
const OFF: f32 = 1.5;
const FROM_END: f32 = 6.0;
/// How far from the next line a name stands that is below its own, in points.
const CLEAR: f32 = 8.0;
/// By how much a name is moved to the left at a time, in points.
const STEP: f32 = 8.0;
/// Lines nearer than this to one another are taken for one, in points.
const COINCIDE: f32 = 2.0;

/// The places of the names of all lines, of these sizes; `None` for a line that gets none. The line `first` has its name first, and
/// no other has one where that has none: one name alone would be taken for that of the line that stands out. Names cover neither a
/// line nor what is `taken`, and where lines run as one none is named.
pub(super) fn places(
    curves: Rect,
    lines: &[Line],
    sizes: &[Vec2],
    first: usize,
    taken: &[Rect],
) -> Vec<Option<Rect>> {
    let mut taken = taken.to_vec();
    let segments: Vec<Rect> = lines.iter().flat_map(segments).collect();
    let is_free = |rect: &Rect, taken: &[Rect]| {
        curves.expand2(vec2(0.0, 4.0)).contains_rect(*rect)
            && !taken.iter().chain(&segments).any(|other| other.intersects(*rect))
    };
    let mut found = vec![None; lines.len()];
    for number in std::iter::once(first).chain((0..lines.len()).filter(|number| *number != first)) {
        let (Some(line), Some(size)) = (lines.get(number), sizes.get(number)) else { continue };
        let others = || lines.iter().enumerate().filter(|(other, _)| *other != number).map(|(_, line)| line);
        let is_alone = |at: &Pos2| !others().any(|other| runs_along(other, *at, size.x));
        // Only the one that stands out is worth a place that is not at its end.
        let tries = if number == first { usize::MAX } else { 1 };
        let place = ends(line, size.x).take(tries).filter(is_alone).find_map(|end| {
            let at = |top: f32| Rect::from_min_size(pos2(end.x - size.x, top), *size);
            let (above, below) = (at(end.y - size.y - OFF), at(end.y + OFF));
            // Close above another line it would be taken for the name of that.
            let is_clear = |rect: &Rect| is_free(&rect.with_max_y(rect.bottom() + CLEAR), &taken);
            is_free(&above, &taken).then_some(above).or_else(|| is_clear(&below).then_some(below))
        });
        if place.is_none() && number == first {
            return found;
        }
        taken.extend(place.map(|rect| rect.expand(2.0)));
        if let Some(slot) = found.get_mut(number) {
            *slot = place;
        }
    }
    found
}

/// Where a name of some width can end on a line, from the right to the left: its parts that are at least as wide as the name.
fn ends(line: &Line, width: f32) -> impl Iterator<Item = Pos2> {
    line.iter().rev().flat_map(move |part| {
        let (left, right) = match part.as_slice() {
            [first, .., last] => (first.x, last.x - FROM_END),
            _ => (0.0, 0.0),
        };
        let count = ((right - left - width) / STEP).floor();
        let count = if count < 0.0 { 0 } else { count.min(10_000.0) as usize + 1 };
        (0..count).filter_map(move |step| {
            let x = right - step as f32 * STEP;
            height_at(part, x).map(|y| pos2(x, y))
        })
    })
}

/// The height of a part of a line at a place: that of the level stretch over it.
fn height_at(part: &[Pos2], x: f32) -> Option<f32> {
    let level = part.windows(2).find(|ends| match ends {
        [from, to] => from.y == to.y && from.x <= x && x <= to.x,
        _ => false,
    });
    level.and_then(|ends| ends.first()).map(|from| from.y)
}

/// Whether a level stretch of a line runs where a name of some width ends, at the height of the named line.
fn runs_along(line: &Line, end: Pos2, width: f32) -> bool {
    segments(line).any(|part| {
        part.height() < f32::EPSILON
            && (part.top() - end.y).abs() < COINCIDE
            && part.left() < end.x
            && part.right() > end.x - width
    })
}

/// The straight parts of a line.
fn segments(line: &Line) -> impl Iterator<Item = Rect> {
    line.iter().flat_map(|part| part.windows(2)).filter_map(|ends| match ends {
        [from, to] => Some(Rect::from_two_pos(*from, *to)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Vec2 = Vec2::new(60.0, 12.0);

    fn curves() -> Rect {
        Rect::from_min_max(pos2(0.0, 0.0), pos2(400.0, 100.0))
    }

    /// A line through these corners: level from each to the next one, then up or down to it.
    fn line(corners: &[(f32, f32)]) -> Line {
        let mut points: Vec<Pos2> = Vec::new();
        for (x, y) in corners {
            let before = points.last().map(|before| pos2(*x, before.y));
            points.extend(before.into_iter().chain([pos2(*x, *y)]));
        }
        points.dedup();
        vec![points]
    }

    fn lefts(lines: &[Line], taken: &[Rect]) -> Vec<Option<f32>> {
        let found = places(curves(), lines, &vec![SIZE; lines.len()], 0, taken);
        found.into_iter().map(|place| place.map(|rect| rect.left())).collect()
    }

    #[test]
    fn lines_apart_are_named_at_their_ends() {
        let lines = [line(&[(0.0, 20.0), (400.0, 20.0)]), line(&[(0.0, 70.0), (400.0, 70.0)])];
        assert_eq!(lefts(&lines, &[]), [Some(334.0), Some(334.0)]);
    }

    #[test]
    fn the_picked_line_is_named_further_left_where_its_end_is_taken() {
        let lines = [line(&[(0.0, 20.0), (400.0, 20.0)]), line(&[(0.0, 70.0), (400.0, 70.0)])];
        let end = Rect::from_min_max(pos2(300.0, 0.0), pos2(400.0, 40.0));
        assert_eq!(lefts(&lines, &[end]), [Some(238.0), Some(334.0)]);
    }

    #[test]
    fn of_lines_that_run_as_one_none_is_named() {
        let (one, other) = (line(&[(0.0, 20.0), (400.0, 20.0)]), line(&[(0.0, 60.0), (400.0, 60.0)]));
        assert_eq!(lefts(&[one.clone(), other.clone(), other.clone()], &[]), [Some(334.0), None, None]);
        // Nor any other where the picked one has no name.
        assert_eq!(lefts(&[one.clone(), one.clone(), other], &[]), [None, None, None]);
        // Where they part further left, the picked one is named there.
        let late = line(&[(0.0, 80.0), (200.0, 80.0), (200.0, 20.0), (400.0, 20.0)]);
        assert!(matches!(lefts(&[one, late], &[]).as_slice(), [Some(left), None] if *left + SIZE.x <= 200.0));
    }

    #[test]
    fn no_name_is_wider_than_its_line() {
        let lines = [line(&[(350.0, 20.0), (400.0, 20.0)]), line(&[(0.0, 70.0), (400.0, 70.0)])];
        assert_eq!(lefts(&lines, &[]), [None, None]);
    }
}
