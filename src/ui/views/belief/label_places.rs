//! Where the labels of marks stand, so that it is seen which belongs to which.

use eframe::egui::{Pos2, Rect, Vec2, vec2};

use super::paint::RING_OUT;

/// The room that a mark takes, in points.
pub(super) const MARK: f32 = 10.0;
/// How far out labels are tried, from the middle of the mark, in points: beside it, and beyond the ring around it.
const OUT: [f32; 4] = [MARK / 2.0 + 2.0, 2.0 * RING_OUT, 4.0 * RING_OUT, 6.0 * RING_OUT];

/// A place for a label beside a mark: clear of what is taken, nearer to its own mark than to any other, and with a line to it that runs
/// through none, where there is one. The nearest ring with such a place is taken; where none has one, the line counts for more.
///
/// `labels` are those that stand already, with their lines.
pub(super) fn free(mark: Pos2, size: Vec2, taken: &[Rect], (marks, labels): (&[Pos2], &[Rect])) -> Rect {
    let is_free = |place: &Rect| !taken.iter().any(|other| other.intersects(*place));
    let is_its_own = |place: &Rect| {
        let own = place.distance_to_pos(mark);
        !marks.iter().any(|other| *other != mark && place.distance_to_pos(*other) <= own)
    };
    let has_clear_line = |place: &Rect| {
        let others = || marks.iter().filter(|other| **other != mark);
        let is_crossed = |part: Rect| {
            labels.iter().any(|label| label.intersects(part))
                || others().any(|other| Rect::from_center_size(*other, Vec2::splat(MARK)).intersects(part))
        };
        leader(mark, *place).is_none_or(|[from, to]| !along(from, to).any(is_crossed))
    };
    let free = || OUT.into_iter().flat_map(|out| around(mark, size, out)).filter(is_free);
    let [first, ..] = around(mark, size, MARK / 2.0 + 2.0);
    free()
        .find(|place| is_its_own(place) && has_clear_line(place))
        .or_else(|| free().find(has_clear_line))
        .or_else(|| free().next())
        .unwrap_or(first)
}

/// The places around a mark, so far out: directly beside it first.
fn around(mark: Pos2, size: Vec2, out: f32) -> [Rect; 6] {
    let step = size.y * 0.85;
    let right = |down: f32| Rect::from_min_size(mark + vec2(out, down - size.y / 2.0), size);
    let left = |down: f32| Rect::from_min_size(mark + vec2(-out - size.x, down - size.y / 2.0), size);
    [right(0.0), left(0.0), right(step), right(-step), left(step), left(-step)]
}

/// The line from a mark to its label, which ends at the middle of the height of the text; none where the label stands directly beside
/// the mark.
pub(super) fn leader(mark: Pos2, place: Rect) -> Option<[Pos2; 2]> {
    let end = if place.left() > mark.x { place.left_center() } else { place.right_center() };
    let way = end - mark;
    let is_beside = way.y.abs() < 1.0 && way.x.abs() <= MARK;
    (!is_beside && way.length() > MARK / 2.0).then(|| [mark + way.normalized() * (MARK / 2.0), end])
}

/// The room that a line takes, as small squares.
pub(super) fn along(from: Pos2, to: Pos2) -> impl Iterator<Item = Rect> {
    const SQUARE: f32 = 2.0;
    let count = (from.distance(to) / SQUARE).ceil().clamp(1.0, 10_000.0);
    let at = move |number: usize| from.lerp(to, number as f32 / count);
    (0..=count as usize).map(move |number| Rect::from_center_size(at(number), Vec2::splat(SQUARE)))
}

#[cfg(test)]
mod tests {
    use eframe::egui::pos2;

    use super::*;

    const SIZE: Vec2 = Vec2::new(18.0, 12.0);

    fn marks_taken(marks: &[Pos2]) -> Vec<Rect> {
        marks.iter().map(|at| Rect::from_center_size(*at, Vec2::splat(MARK))).collect()
    }

    #[test]
    fn a_mark_alone_has_its_label_at_its_right_without_a_line() {
        let mark = pos2(100.0, 100.0);
        let place = free(mark, SIZE, &marks_taken(&[mark]), (&[mark], &[]));
        assert_eq!((place.left(), place.center().y), (107.0, 100.0));
        assert_eq!(leader(mark, place), None);
    }

    #[test]
    fn a_label_is_never_nearer_to_another_mark_than_to_its_own() {
        for (x, y) in [(12.0, 0.0), (20.0, 3.0), (26.0, 0.0), (15.0, 12.0), (-20.0, -9.0), (0.0, 13.0)] {
            let (mark, other) = (pos2(100.0, 100.0), pos2(100.0 + x, 100.0 + y));
            let marks = [mark, other];
            let place = free(mark, SIZE, &marks_taken(&marks), (&marks, &[]));
            assert!(place.distance_to_pos(mark) < place.distance_to_pos(other), "{x}, {y}: {place:?}");
        }
    }

    #[test]
    fn the_line_to_a_label_runs_through_no_other_mark() {
        // At the top of a triangle, with others down both of its sides.
        let marks = [(0.0, 0.0), (-8.0, 10.0), (6.0, 10.0), (9.0, 16.0), (20.0, 33.0), (26.0, 44.0)]
            .map(|(x, y)| pos2(100.0 + x, 100.0 + y));
        let mut taken = marks_taken(&marks);
        taken.push(Rect::from_min_max(pos2(75.0, 82.0), pos2(125.0, 94.0)));
        for side in [pos2(20.0, 240.0), pos2(180.0, 240.0)] {
            taken.extend(along(marks[0], side));
        }
        let place = free(marks[0], SIZE, &taken, (&marks, &[]));
        let [from, to] = leader(marks[0], place).unwrap();
        let others = &marks_taken(&marks)[1..];
        let crosses = |[from, to]: [Pos2; 2], what: &[Rect]| {
            along(from, to).any(|part| what.iter().any(|other| other.intersects(part)))
        };
        assert!(!crosses([from, to], others), "{place:?}");

        let mut labels = vec![place];
        labels.extend(along(from, to));
        taken.extend(&labels);
        let second = free(marks[2], SIZE, &taken, (&marks, &labels));
        let line = leader(marks[2], second).unwrap();
        assert!(!crosses(line, &labels), "{second:?}");
    }

    #[test]
    fn lines_are_taken_and_a_label_that_gives_way_has_a_line_to_the_middle_of_its_height() {
        let mark = pos2(100.0, 100.0);
        let mut taken = marks_taken(&[mark]);
        // A line down each side of the mark.
        for x in [90.0, 110.0] {
            taken.extend(along(pos2(x, 80.0), pos2(x, 120.0)));
        }
        let place = free(mark, SIZE, &taken, (&[mark], &[]));
        assert!(!taken.iter().any(|other| other.intersects(place)), "{place:?}");
        let [_, end] = leader(mark, place).unwrap();
        assert_eq!(end.y, place.center().y);
    }
}
