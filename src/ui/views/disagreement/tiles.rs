//! The parts of the summary side by side, each as wide as what it says where there is room for all.

use eframe::egui::{Align, FontId, Layout, Ui, vec2};

use crate::ui::tokens;
use crate::ui::widgets::{elided, line_width, quiet};

/// The least width of a tile whose title stands above what it is about, in points; and where it stands before it.
const LEAST: (f32, f32) = (160.0, 210.0);
/// The height of the one and of the other, in points.
const HEIGHT: (f32, f32) = (38.0, 22.0);
/// The room between two tiles, and between what stands in one, in points.
const GAP: f32 = 12.0;
const BETWEEN: f32 = 6.0;

/// One of the parts of the summary.
pub(super) struct Tile<'a> {
    /// What stands above what it is about, and before it where both stand in one line: nothing where it says itself what it is.
    titles: (&'a str, &'a str),
    /// The width in which nothing of it is cut, without its title, in points.
    wanted: f32,
    content: &'a mut dyn FnMut(&mut Ui),
}

impl<'a> Tile<'a> {
    /// One with a long and a short title that wants a width, in points.
    pub fn new(titles: (&'a str, &'a str), wanted: f32, content: &'a mut dyn FnMut(&mut Ui)) -> Self {
        Self { titles, wanted, content }
    }
}

/// Draws the tiles: their titles above them where all stand side by side and say all that they have to say, else before them, so
/// that two rows take little more height than one.
pub(super) fn show(ui: &mut Ui, tiles: &mut [Tile<'_>]) {
    let width = ui.available_width();
    let count = tiles.len();
    let gaps = GAP * count.saturating_sub(1) as f32;
    let is_above = width >= count as f32 * LEAST.0 + gaps
        && width >= tiles.iter().map(|tile| above(ui, tile)).sum::<f32>() + gaps;
    let per_row = if is_above { count } else { beside_one_another(width, count) };
    for row in tiles.chunks_mut(per_row.max(1)) {
        let wanted: Vec<f32> =
            row.iter().map(|tile| if is_above { above(ui, tile) } else { inline(ui, tile) }).collect();
        let room = width - GAP * row.len().saturating_sub(1) as f32;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            for (tile, width) in row.iter_mut().zip(shares(&wanted, room)) {
                if is_above { draw_above(ui, tile, width) } else { draw_inline(ui, tile, width) }
            }
        });
    }
}

/// How many tiles with their titles before them stand in a row: as many in one row as in the other, and never all, which would have
/// room with their titles above them.
fn beside_one_another(width: f32, count: usize) -> usize {
    let fitting = (1..=count.div_ceil(2)).rev().find(|fitting| {
        let fitting = *fitting as f32;
        fitting * (LEAST.1 + GAP) - GAP <= width
    });
    count.div_ceil(count.div_ceil(fitting.unwrap_or(1)).max(1))
}

fn draw_above(ui: &mut Ui, tile: &mut Tile<'_>, width: f32) {
    ui.allocate_ui_with_layout(vec2(width, HEIGHT.0), Layout::top_down(Align::Min), |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 0.0;
        elided(ui, quiet(ui, tile.titles.0).size(tokens::SMALL));
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = BETWEEN;
            (tile.content)(ui);
        });
    });
}

fn draw_inline(ui: &mut Ui, tile: &mut Tile<'_>, width: f32) {
    ui.allocate_ui_with_layout(vec2(width, HEIGHT.1), Layout::left_to_right(Align::Center), |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.x = BETWEEN;
        if !tile.titles.1.is_empty() {
            ui.label(quiet(ui, tile.titles.1));
        }
        (tile.content)(ui);
    });
}

/// The room in which nothing of a tile is cut that has its title above, in points.
fn above(ui: &Ui, tile: &Tile<'_>) -> f32 {
    tile.wanted.max(line_width(ui, tile.titles.0, &FontId::proportional(tokens::SMALL)) + 1.0)
}

/// The same of a tile that has its title before it.
fn inline(ui: &Ui, tile: &Tile<'_>) -> f32 {
    if tile.titles.1.is_empty() {
        return tile.wanted;
    }
    tile.wanted + line_width(ui, tile.titles.1, &FontId::proportional(tokens::BODY)) + BETWEEN
}

/// The widths of tiles in a row. Where there is more room than they want, all get as much more; where there is less, those that want
/// most give way, none to less than any other that is cut.
fn shares(wanted: &[f32], room: f32) -> Vec<f32> {
    let sum: f32 = wanted.iter().sum();
    if sum <= room {
        let more = (room - sum) / (wanted.len().max(1)) as f32;
        return wanted.iter().map(|width| width + more).collect();
    }
    let mut ascending = wanted.to_vec();
    ascending.sort_unstable_by(f32::total_cmp);
    let mut level = room;
    let mut left = room.max(0.0);
    for (place, width) in ascending.iter().enumerate() {
        level = left / (ascending.len() - place) as f32;
        if *width > level {
            break;
        }
        left -= width;
    }
    wanted.iter().map(|width| width.min(level)).collect()
}

#[cfg(test)]
mod tests {
    use super::{beside_one_another, shares};

    #[test]
    fn those_that_want_most_give_way() {
        let check = |wanted: &[f32], room: f32, expect: &[f32]| assert_eq!(shares(wanted, room), expect);
        check(&[100.0, 50.0], 200.0, &[125.0, 75.0]);
        check(&[100.0, 50.0], 150.0, &[100.0, 50.0]);
        check(&[300.0, 50.0, 200.0], 400.0, &[175.0, 50.0, 175.0]);
        check(&[300.0, 50.0, 100.0], 400.0, &[250.0, 50.0, 100.0]);
        check(&[300.0, 200.0], 100.0, &[50.0, 50.0]);
        check(&[300.0], 0.0, &[0.0]);
        check(&[], 100.0, &[]);
    }

    #[test]
    fn rows_hold_as_many_as_one_another() {
        let check = |width: f32, expect: usize| assert_eq!(beside_one_another(width, 5), expect, "{width}");
        check(100.0, 1);
        check(432.0, 2);
        check(700.0, 3);
        check(2_000.0, 3);
    }
}
