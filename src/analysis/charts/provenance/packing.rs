//! Finds places for families and single cards, so that the whole can be shown as large as possible in the room there is.

use super::Provenance;
use super::layout::{Frame, Point, Sizes};

/// The heights at which a column may end are this far apart, so that a small change moves nothing to another column.
const STEP: f32 = 1.08;
/// The most heights that are tried.
const STEPS: usize = 32;
/// How much less than the best may come of a height before no greater one is tried.
const WORSE: f32 = 1.3;

/// The room in which a layout is to be shown, in points, in steps: a window that is made a little larger is laid out as before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Room {
    columns: u16,
    rows: u16,
}

impl Room {
    /// The room of a figure, a little wider than high.
    pub const PAPER: Self = Self { columns: 44, rows: 32 };
    /// How far apart two rooms are, in points.
    const STEP: f32 = 32.0;
    /// The least width and height, in steps: in less nothing can be read anyway.
    const LEAST: u16 = 6;

    /// The largest room that has its place in that width and height, in points.
    pub fn of(width: f32, height: f32) -> Self {
        // What is no number, or too large, ends at a limit.
        let steps = |length: f32| ((length / Self::STEP) as u16).max(Self::LEAST);
        Self { columns: steps(width), rows: steps(height) }
    }

    /// In points.
    pub fn width(self) -> f32 {
        f32::from(self.columns) * Self::STEP
    }

    /// In points.
    pub fn height(self) -> f32 {
        f32::from(self.rows) * Self::STEP
    }
}

/// What is to be placed: the sizes of the families, and the cards on their own.
pub(super) struct Items<'a> {
    sizes: Sizes,
    families: &'a [Frame],
    /// The families, the widest first, so that those in one column leave little beside them.
    order: Vec<usize>,
    /// The cards on their own, each with its height.
    singles: Vec<(usize, f32)>,
}

/// Where everything stands.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Packing {
    /// The upper left corner of each family.
    pub families: Vec<Point>,
    /// The cards on their own.
    pub singles: Vec<(usize, Frame)>,
    /// The line above the first of these, on which it is said what they are.
    pub label: Option<Frame>,
    /// The same above those that stand beyond the families, where others stand under these.
    pub label_beyond: Option<Frame>,
    pub width: f32,
    pub height: f32,
}

/// Families beneath one another.
struct Column {
    x: f32,
    width: f32,
    bottom: f32,
}

/// Room for cards on their own: columns beside one another, under a column of families or beyond the last.
struct Pocket {
    x: f32,
    top: f32,
    /// From one column to the next.
    step: f32,
    /// `None` where there are as many as are needed.
    columns: Option<usize>,
}

impl<'a> Items<'a> {
    /// The families of a chart by their sizes, and its single cards.
    pub fn new(chart: &Provenance, sizes: Sizes, families: &'a [Frame]) -> Self {
        let mut order: Vec<usize> = (0..families.len()).collect();
        let width = |family: &usize| families.get(*family).map_or(0.0, |frame| frame.width);
        order.sort_by(|a, b| width(b).total_cmp(&width(a)));
        let alone = chart.families.get(chart.related).map_or(&[][..], |family| family.cards.as_slice());
        let singles = alone.iter().map(|card| (*card, sizes.height(chart, *card))).collect();
        Self { sizes, families, order, singles }
    }

    /// The packing that can be shown largest in a room.
    pub fn pack(&self, room: Room) -> Packing {
        let mut best = (f32::INFINITY, 0.0);
        for height in self.heights(room) {
            let packing = self.in_columns_of(height);
            let extent = (packing.height / room.height()).max(packing.width / room.width());
            if extent < best.0 {
                best = (extent, height);
            } else if extent > WORSE * best.0 {
                break;
            }
        }
        self.in_columns_of(best.1)
    }

    /// The heights that columns may have, from one at which everything were wider than the room.
    fn heights(&self, room: Room) -> impl Iterator<Item = f32> {
        let Sizes { card_width, padding, gap, .. } = self.sizes;
        let families = self.families.iter().map(|it| (it.width + gap) * (it.height + gap));
        let singles = self.singles.iter().map(|(_, height)| (card_width + padding) * (height + padding));
        let area: f32 = families.sum::<f32>() + singles.sum::<f32>();
        // No column can be lower than the highest family.
        let highest = self.families.iter().fold(1.0_f32, |highest, frame| highest.max(frame.height));
        let least = highest.max(0.7 * (area * room.height() / room.width()).sqrt());
        let first = least.log(STEP).ceil() as i32;
        (first..).take(STEPS).map(|step| STEP.powi(step))
    }

    fn in_columns_of(&self, height: f32) -> Packing {
        let mut packing =
            Packing { families: vec![Point::default(); self.families.len()], ..Packing::default() };
        let mut columns: Vec<Column> = Vec::new();
        for number in &self.order {
            let Some(frame) = self.families.get(*number) else { continue };
            let beneath = columns.last_mut().filter(|it| it.bottom + self.sizes.gap + frame.height <= height);
            let place = if let Some(column) = beneath {
                let place = Point { x: column.x, y: column.bottom + self.sizes.gap };
                column.bottom = place.y + frame.height;
                place
            } else {
                let x = columns.last().map_or(0.0, |last| last.x + last.width + self.sizes.gap);
                columns.push(Column { x, width: frame.width, bottom: frame.height });
                Point { x, y: 0.0 }
            };
            packing.width = packing.width.max(place.x + frame.width);
            packing.height = packing.height.max(place.y + frame.height);
            if let Some(slot) = packing.families.get_mut(*number) {
                *slot = place;
            }
        }
        self.pour(&columns, height, &mut packing);
        packing
    }

    /// Puts the cards on their own under the families where there is room, and the rest beyond them.
    fn pour(&self, columns: &[Column], height: f32, packing: &mut Packing) {
        let Sizes { card_width, padding, gap, layer_gap, label, .. } = self.sizes;
        let under = columns.iter().map(|column| {
            // Beneath the layers of the family above.
            let step = card_width + layer_gap;
            let layers = ((column.width - 2.0 * padding + layer_gap) / step).round() as usize;
            Pocket { x: column.x + padding, top: column.bottom + gap, step, columns: Some(layers) }
        });
        let right = columns.last().map_or(0.0, |last| last.x + last.width + gap);
        let beyond = Pocket { x: right + padding, top: 0.0, step: card_width + padding, columns: None };
        let mut cards = self.singles.iter().peekable();
        for pocket in under.chain([beyond]) {
            let Some((_, first)) = cards.peek() else { return };
            let is_beyond = pocket.columns.is_none();
            let head = if packing.label.is_none() || is_beyond { label + padding / 2.0 } else { 0.0 };
            if pocket.columns.is_some() && pocket.top + head + first > height {
                continue;
            }
            let mut end = pocket.x;
            for column in 0..pocket.columns.unwrap_or(usize::MAX) {
                let x = pocket.x + column as f32 * pocket.step;
                let mut y = pocket.top + head;
                // Beyond the families each column holds one, however high.
                let mut must_fit = pocket.columns.is_some();
                while let Some((card, card_height)) =
                    cards.next_if(|(_, card_height)| !must_fit || y + card_height <= height)
                {
                    let frame = Frame { x, y, width: card_width, height: *card_height };
                    packing.singles.push((*card, frame));
                    y += card_height + padding;
                    must_fit = true;
                    end = x + card_width;
                    packing.width = packing.width.max(end);
                    packing.height = packing.height.max(y - padding);
                }
                if cards.peek().is_none() {
                    break;
                }
            }
            if packing.label.is_none() {
                let width = pocket
                    .columns
                    .map_or(end - pocket.x, |count| (count as f32 * pocket.step - layer_gap).max(card_width));
                packing.label = Some(Frame { x: pocket.x, y: pocket.top, width, height: label });
            } else if is_beyond {
                let frame = Frame { x: pocket.x, y: pocket.top, width: card_width, height: label };
                packing.label_beyond = Some(frame);
            }
        }
    }
}
