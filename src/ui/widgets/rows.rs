//! Rows of a chart, one below the other, of which each is as high as its text needs.

use std::ops::Range;

use eframe::egui::{Rect, ScrollArea, Ui};

/// In how many lines a text may stand where there is height for it.
const MOST_LINES: usize = 3;
/// In how many lines it may stand where rows go out of sight for that.
const LINES: usize = 2;
/// Up to so many rows are rather read than skimmed.
const READ_THROUGH: usize = 40;
/// The least height in which rows of several lines are scrolled, in rows of one line.
const IN_SIGHT: f32 = 12.0;

/// Where each row stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// The top of each row, and the bottom of the last one, in points from the top of the first one.
    tops: Vec<f32>,
    /// In how many lines a text stands at most.
    lines: usize,
}

impl Rows {
    /// So many rows of one line.
    pub fn plain(count: usize, height: f32) -> Self {
        Self { tops: (0..=count).map(|row| row as f32 * height).collect(), lines: 1 }
    }

    /// Rows within a height. `row_height` says how high a row is whose text stands in at most so many lines: texts stand in as
    /// many as they need while all rows are in sight, and in two where enough of not too many are. Whoever goes through
    /// hundreds of rows wants many at a time: these have one line.
    pub fn fitted(count: usize, plain: f32, height: f32, row_height: impl Fn(usize, usize) -> f32) -> Self {
        // What does not fit in one line each does not fit in more.
        let may_fit = count as f32 * plain <= height;
        let may_scroll = count <= READ_THROUGH && height >= IN_SIGHT * plain;
        let candidates = [(MOST_LINES, may_fit, false), (LINES, may_fit || may_scroll, may_scroll)];
        for (lines, _, may_scroll) in candidates.into_iter().filter(|(_, is_possible, _)| *is_possible) {
            let mut bottom = 0.0;
            let bottoms = (0..count).map(|row| {
                bottom += row_height(row, lines);
                bottom
            });
            let rows = Self { tops: std::iter::once(0.0).chain(bottoms).collect(), lines };
            if rows.height() <= height + 0.5 || may_scroll {
                return rows;
            }
        }
        Self::plain(count, plain)
    }

    /// The names of a chart and its rows: the first of these widths of the names, in points, with which all texts are in sight as
    /// far as their lines go, else the last one. So the bars can be broad where the names have lines to spare.
    pub fn first_whole(widths: [f32; 2], rows: impl Fn(f32) -> Self) -> (f32, Self) {
        let [broad_bars, broad_names] = widths;
        let first = rows(broad_bars);
        if first.lines >= MOST_LINES { (broad_bars, first) } else { (broad_names, rows(broad_names)) }
    }

    /// How high all are together, in points.
    pub fn height(&self) -> f32 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    /// In how many lines a text stands at most.
    pub const fn lines(&self) -> usize {
        self.lines
    }

    /// A row, from its top to its bottom, in points from the top of the first one.
    pub fn range(&self, row: usize) -> (f32, f32) {
        let at = |place: usize| self.tops.get(place).copied().unwrap_or_else(|| self.height());
        (at(row), at(row + 1))
    }

    /// How far to scroll for a row to stand in the middle of a height, in points.
    pub fn offset_of(&self, row: usize, height: f32) -> f32 {
        let (top, bottom) = self.range(row);
        ((top + bottom - height) / 2.0).max(0.0)
    }

    /// The first rows, without those from a place on.
    pub fn before(&self, row: usize) -> Self {
        Self { tops: self.tops.iter().copied().take(row + 1).collect(), lines: self.lines }
    }

    /// Draws the rows in sight of a scroll area.
    pub fn show(&self, ui: &mut Ui, scroll: ScrollArea, mut draw: impl FnMut(&mut Ui, usize, Rect)) {
        scroll.show_viewport(ui, |ui, viewport| {
            ui.set_height(self.height());
            let area = ui.max_rect();
            for row in self.in_sight(viewport.min.y, viewport.max.y) {
                let (top, bottom) = self.range(row);
                draw(ui, row, Rect::from_x_y_ranges(area.x_range(), area.top() + top..=area.top() + bottom));
            }
        });
    }

    /// The rows between two heights.
    fn in_sight(&self, from: f32, to: f32) -> Range<usize> {
        let count = self.tops.len().saturating_sub(1);
        let first = self.tops.partition_point(|top| *top <= from).saturating_sub(1);
        first..self.tops.partition_point(|top| *top < to).min(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of 24 points a line, with texts of so many lines.
    fn rows(lines: &[usize], height: f32) -> Rows {
        Rows::fitted(lines.len(), 24.0, height, |row, most| lines[row].min(most) as f32 * 24.0)
    }

    #[test]
    fn texts_are_whole_where_the_height_is_free() {
        #[track_caller]
        fn check(lines: &[usize], height: f32, expect: (usize, f32)) {
            let rows = rows(lines, height);
            assert_eq!((rows.lines(), rows.height()), expect, "{lines:?} in {height}");
        }
        check(&[1, 2, 3], 144.0, (3, 144.0));
        // Not all is in sight then: two lines, as far as these are.
        check(&[1, 2, 3], 143.0, (2, 120.0));
        check(&[1, 2, 3], 100.0, (1, 72.0));
        // Enough are in sight to be read, and there are not too many.
        check(&[2; 12], 288.0, (2, 576.0));
        check(&[2; 12], 287.0, (1, 288.0));
        check(&[2; 41], 300.0, (1, 984.0));
        check(&[], 300.0, (3, 0.0));
    }

    #[test]
    fn bars_are_broad_where_names_have_lines_to_spare() {
        let lines = |width: f32| if width < 300.0 { vec![2; 4] } else { vec![1; 4] };
        let found = |height: f32| Rows::first_whole([200.0, 300.0], |width| rows(&lines(width), height));
        assert_eq!(found(192.0), (200.0, rows(&[2; 4], 192.0)));
        assert_eq!(found(191.0), (300.0, rows(&[1; 4], 191.0)));
    }

    #[test]
    fn rows_in_sight_are_found() {
        let rows = rows(&[1, 2, 1], 200.0);
        assert_eq!(rows.range(1), (24.0, 72.0));
        assert_eq!(rows.in_sight(0.0, 24.0), 0..1);
        assert_eq!(rows.in_sight(24.0, 73.0), 1..3);
        assert_eq!(rows.in_sight(30.0, 500.0), 1..3);
        assert_eq!(rows.before(2), Rows { tops: vec![0.0, 24.0, 72.0], lines: 3 });
        assert_eq!(rows.offset_of(1, 20.0), 38.0);
        assert_eq!(Rows::plain(0, 24.0).in_sight(0.0, 50.0), 0..0);
    }
}
