//! Which part stands where, how much room the texts have, and how high the lines of the items are.

use eframe::egui::{Ui, Vec2, vec2};

use super::memo::Memo;
use super::{indicators, pair};
use crate::ui::tokens::ROW_HEIGHT;
use crate::ui::widgets::chart_parts::{height_around, quiet_lines};
use crate::ui::widgets::rows::Rows;

/// From this width on the indicators may stand beside the items, in points.
const SIDE_BY_SIDE: f32 = 1_000.0;
/// So much height for the items is enough for the indicators to stand under them, in rows.
const ENOUGH: f32 = 14.0;
/// The least height of both parts for the indicators to be in sight at all, in points.
const LEAST_BOTH: f32 = 200.0;

/// Where the indicators stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Arrangement {
    /// Right under the items, which take so much height: all is in sight.
    After(f32),
    /// At the bottom, with so much height.
    Under(f32),
    /// At the right, with so much width.
    Beside(f32),
    /// Nowhere: there is hardly room for the items.
    Left,
}

/// How high the two parts are in the whole width where no text is cut, in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Needed {
    /// The width and the sharpness of the screen that it was measured for.
    of: (f32, f32),
    items: f32,
    indicators: f32,
}

impl Needed {
    fn within(ui: &Ui, memo: &Memo, width: f32) -> Self {
        let of = (width, ui.pixels_per_point());
        let needed = memo.needed.get().filter(|it| it.of == of).unwrap_or_else(|| {
            let items = if memo.pair.is_some() && !memo.chart.rows.is_empty() {
                pair::HEADER + names_and_rows(ui, memo, vec2(width, f32::INFINITY)).1.height()
            } else {
                2.0 * ROW_HEIGHT
            };
            Self { of, items: pair::CHOICES + items, indicators: indicators::wanted_height(ui, memo, width) }
        });
        memo.needed.set(Some(needed));
        needed
    }
}

impl Arrangement {
    /// One under the other, where that leaves enough of the items in sight: so the texts have the whole width. `whole` is the
    /// width of the items with which no text is cut.
    fn of(room: Vec2, needed: Needed, whole: f32) -> Self {
        if needed.items + needed.indicators <= room.y {
            return Self::After(needed.items);
        }
        let indicators = needed.indicators.min((room.y * 0.4).max(61.0));
        let enough = needed.items.min(pair::HEADER + ENOUGH * ROW_HEIGHT);
        if room.x >= SIDE_BY_SIDE && room.y - indicators < enough {
            // The texts of the items come first.
            return Self::Beside((room.x - whole).clamp(320.0, 520.0));
        }
        if room.y > LEAST_BOTH { Self::Under(indicators) } else { Self::Left }
    }

    /// That of the view within a room.
    pub fn within(ui: &Ui, memo: &Memo, room: Vec2) -> Self {
        Self::of(room, Needed::within(ui, memo, room.x), pair::least_width(memo.measured(ui).1))
    }
}

/// The lines of the items.
#[derive(Clone, Debug)]
pub(super) struct Laid {
    /// The room and the sharpness of the screen that it was made for.
    of: (Vec2, f32),
    /// The room for the names with their texts, in points.
    pub name: f32,
    /// How high the lines are, the prior first and what comes out last.
    pub rows: Rows,
}

impl Laid {
    /// The lines within a room; those before where nothing has changed.
    pub fn within(ui: &Ui, memo: &mut Memo, room: Vec2) -> Self {
        let of = (room, ui.pixels_per_point());
        memo.laid.take().filter(|laid| laid.of == of).unwrap_or_else(|| {
            let (name, rows) = names_and_rows(ui, memo, room);
            Self { of, name, rows }
        })
    }
}

/// The room for the names with their texts in a width, as they were last laid out, in points.
pub(super) fn name(ui: &Ui, memo: &Memo, width: f32) -> f32 {
    let broad_bars = || names(ui, memo, width)[0];
    memo.laid.as_ref().filter(|laid| laid.of.0.x == width).map_or_else(broad_bars, |laid| laid.name)
}

/// The room for the names with broad bars, and with narrow ones, in points.
fn names(ui: &Ui, memo: &Memo, width: f32) -> [f32; 2] {
    [pair::BROAD_TRACK * width, pair::LEAST_TRACK]
        .map(|track| memo.measured(ui).1.clamp(110.0, pair::most_name(width, track)))
}

fn names_and_rows(ui: &Ui, memo: &Memo, room: Vec2) -> (f32, Rows) {
    Rows::first_whole(names(ui, memo, room.x), |name| {
        let Some(pair) = &memo.pair else { return Rows::plain(0, ROW_HEIGHT) };
        Rows::fitted(pair::line_count(pair), ROW_HEIGHT, room.y, |place, lines| {
            // The prior and the sums are short.
            let text = pair::statement(&memo.chart, pair, place);
            let galley = |text| quiet_lines(ui, text, name - pair::NAME, lines);
            text.map_or(ROW_HEIGHT, |text| height_around(&galley(text)))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indicators_stand_where_they_leave_the_items_most_room() {
        #[track_caller]
        fn check(room: [f32; 2], (items, indicators, whole): (f32, f32, f32), expect: Arrangement) {
            let needed = Needed { of: (room[0], 1.0), items, indicators };
            assert_eq!(Arrangement::of(room.into(), needed, whole), expect);
        }
        // All is in sight, in a wide window and in a narrow one.
        check([1_300.0, 680.0], (400.0, 100.0, 900.0), Arrangement::After(400.0));
        check([700.0, 680.0], (400.0, 100.0, 900.0), Arrangement::After(400.0));
        // Not all is, but enough.
        check([1_300.0, 680.0], (900.0, 100.0, 900.0), Arrangement::Under(100.0));
        check([700.0, 400.0], (900.0, 400.0, 900.0), Arrangement::Under(160.0));
        // A low window: beside the items, with what their texts leave.
        check([1_300.0, 400.0], (900.0, 100.0, 900.0), Arrangement::Beside(400.0));
        check([1_300.0, 400.0], (900.0, 100.0, 1_200.0), Arrangement::Beside(320.0));
        check([1_900.0, 400.0], (900.0, 100.0, 900.0), Arrangement::Beside(520.0));
        check([700.0, 180.0], (900.0, 100.0, 900.0), Arrangement::Left);
    }
}
