//! How the probabilities of an analyst moved from judgement to judgement, as lines over time.

use eframe::egui::{Align2, FontId, Painter, Pos2, Rect, Stroke, pos2, vec2};
use jiff::Timestamp;

use crate::ui::tokens::{self, Palette};
use crate::ui::widgets::chart_parts::paint_line;

/// The room below the curves for the days, in points.
pub(super) const DAYS: f32 = 18.0;
/// The room at the left for the scale, in points.
const SCALE: f32 = 40.0;
/// The room at the right for the names of the lines, in points.
const NAMES: f32 = 44.0;

/// What is drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Track {
    /// When each judgement was made, in order.
    pub times: Vec<Timestamp>,
    /// For each hypothesis its name and its probability in each judgement; `None` where the judgement did not know it.
    pub lines: Vec<(String, Vec<Option<f64>>)>,
}

/// The width of a legend’s stroke, in points.
pub(super) const STROKE: f32 = 34.0;

/// Where the curves stand in the chart.
fn curves(rect: Rect) -> Rect {
    Rect::from_min_max(rect.min + vec2(SCALE, 6.0), rect.max - vec2(NAMES, DAYS))
}

impl Track {
    /// The place of each judgement from left to right: by time, and side by side where all are of one moment.
    fn x(&self, curves: Rect, place: usize) -> f32 {
        let second = |place: usize| self.times.get(place).map_or(0.0, |at| at.as_second() as f64);
        let last = self.times.len().saturating_sub(1);
        let (from, to) = (second(0), second(last));
        let share =
            if to > from { (second(place) - from) / (to - from) } else { place as f64 / last.max(1) as f64 };
        curves.left() + 8.0 + share as f32 * (curves.width() - 16.0)
    }

    /// The judgement that is nearest to a place on the screen.
    pub fn nearest(&self, rect: Rect, x: f32) -> Option<usize> {
        let curves = curves(rect);
        let distance = |place: &usize| (self.x(curves, *place) - x).abs();
        (0..self.times.len()).min_by(|a, b| distance(a).total_cmp(&distance(b)))
    }

    /// Paints the lines; `marked` are the judgements that are compared.
    pub fn paint(&self, painter: &Painter, rect: Rect, marked: &[usize], palette: &Palette) {
        let curves = curves(rect);
        for (value, label) in [(0.0, "0"), (0.5, "50"), (1.0, "100 %")] {
            let y = height(curves, value);
            painter.hline(curves.x_range(), y, Stroke::new(1.0, palette.line));
            let at = pos2(curves.left() - 6.0, y);
            painter.text(at, Align2::RIGHT_CENTER, label, small(), palette.quiet);
        }
        for place in marked {
            painter.vline(self.x(curves, *place), curves.y_range(), Stroke::new(1.0, palette.edge));
        }
        let mut ends: Vec<(&str, Pos2)> = Vec::new();
        for (number, (name, shares)) in self.lines.iter().enumerate() {
            let point = |(place, share): (usize, &Option<f64>)| {
                share.map(|share| pos2(self.x(curves, place), height(curves, share)))
            };
            let points: Vec<Pos2> = shares.iter().enumerate().filter_map(point).collect();
            paint_line(painter, &points, number, Stroke::new(1.5, palette.text));
            for at in &points {
                painter.circle(*at, 3.0, palette.background, Stroke::new(1.5, palette.text));
            }
            ends.extend(points.last().map(|last| (name.as_str(), *last)));
        }
        ends.sort_by(|(_, one), (_, other)| one.y.total_cmp(&other.y));
        let room = (curves.top() - 2.0, curves.bottom() - 2.0);
        let heights = spread(&ends.iter().map(|(_, end)| end.y).collect::<Vec<_>>(), room);
        for ((name, end), y) in ends.into_iter().zip(heights) {
            let x = curves.right() + 2.0;
            // A hairline leads from the end of the line to its name.
            painter.line_segment([end + vec2(4.0, 0.0), pos2(x + 4.0, y)], Stroke::new(1.0, palette.edge));
            painter.text(pos2(x + 6.0, y), Align2::LEFT_CENTER, name, small(), palette.text);
        }
        self.days(painter, curves, palette);
    }

    /// The first and the last day below the curves.
    fn days(&self, painter: &Painter, curves: Rect, palette: &Palette) {
        let y = curves.bottom() + 4.0;
        let day = |at: &Timestamp| super::history::day(*at);
        let (Some(first), Some(last)) = (self.times.first().map(day), self.times.last().map(day)) else {
            return;
        };
        painter.text(pos2(curves.left() + 8.0, y), Align2::LEFT_TOP, &first, small(), palette.quiet);
        if first != last {
            painter.text(pos2(curves.right() - 8.0, y), Align2::RIGHT_TOP, last, small(), palette.quiet);
        }
    }
}

fn small() -> FontId {
    FontId::proportional(tokens::SMALL)
}

fn height(curves: Rect, share: f64) -> f32 {
    curves.bottom() - curves.height() * share.clamp(0.0, 1.0) as f32
}

/// The heights of names beside line ends that stand from the top down at `wanted`: in the same order, a line of text apart, and
/// within `room` as far as they all fit there.
fn spread(wanted: &[f32], (top, bottom): (f32, f32)) -> Vec<f32> {
    const APART: f32 = 11.0;
    let mut least = top;
    let mut heights: Vec<f32> = wanted
        .iter()
        .map(|wanted| {
            let height = wanted.max(least);
            least = height + APART;
            height
        })
        .collect();
    let mut greatest = bottom.max(top + APART * (wanted.len().max(1) - 1) as f32);
    for height in heights.iter_mut().rev() {
        *height = height.min(greatest);
        greatest = *height - APART;
    }
    heights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_the_order_of_their_lines() {
        let check =
            |wanted: &[f32], expect: &[f32]| assert_eq!(spread(wanted, (0.0, 100.0)), expect, "{wanted:?}");
        check(&[], &[]);
        check(&[20.0, 60.0], &[20.0, 60.0]);
        check(&[20.0, 20.0, 25.0], &[20.0, 31.0, 42.0]);
        check(&[90.0, 98.0, 99.0], &[78.0, 89.0, 100.0]);
        check(&[0.0, 0.0], &[0.0, 11.0]);
        let many = spread(&[50.0; 20], (0.0, 100.0));
        assert!(many.windows(2).all(|pair| pair[1] - pair[0] >= 11.0) && many[0] >= 0.0, "{many:?}");
    }

    #[test]
    fn judgements_stand_where_their_time_is() {
        let track = |seconds: &[i64]| Track {
            times: seconds.iter().map(|at| Timestamp::from_second(*at).unwrap()).collect(),
            lines: Vec::new(),
        };
        let rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(400.0, 100.0));
        let curves = curves(rect);
        let apart = track(&[0, 100, 1_000]);
        let (first, last) = (curves.left() + 8.0, curves.right() - 8.0);
        assert!((apart.x(curves, 0) - first).abs() < 0.01 && (apart.x(curves, 2) - last).abs() < 0.01);
        assert!(apart.x(curves, 1) < first + (last - first) * 0.2);
        assert_eq!(apart.nearest(rect, last), Some(2));
        let at_once = track(&[5, 5]);
        assert!((at_once.x(curves, 1) - last).abs() < 0.01);
        assert_eq!(track(&[]).nearest(rect, 0.0), None);
    }
}
