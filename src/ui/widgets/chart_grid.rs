//! A grid with row labels that stay at the left, column labels that stay at the top, and a cell under the
//! keyboard. Only what is in sight is drawn, so that sixty rows cost no more than six.

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::epaint::TextShape;
use eframe::egui::text::LayoutJob;
use eframe::egui::{
    Align, Color32, Direction, EventFilter, FontId, Galley, Id as EguiId, Key, Pos2, Rect, Response, Role,
    Sense, Shape, Stroke, StrokeKind, TextWrapMode, Ui, Vec2, Vec2b, WidgetInfo, WidgetText, pos2, vec2,
};
use egui_table::{SplitScroll, SplitScrollDelegate};

use super::own_keys::{has_keyboard, holds_arrows, pressed};
use crate::ui::tokens;

/// How far column labels lean, as the rise over the run.
const SLOPE: f32 = 1.5;
/// The most height that column labels take from the rows of a view, in points.
pub const LABELS_IN_VIEW: f32 = 120.0;
/// The room between upright labels, in points.
const UPRIGHT_GAP: f32 = 8.0;
/// What the height of a slanted line of text adds to its rise, in points.
const LABEL_DEPTH: f32 = 12.0;

/// Where everything stands in a grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GridSize {
    /// The width of the row labels, in points.
    pub label_width: f32,
    /// The height of the column labels, in points.
    pub header_height: f32,
    /// The room between the column labels and the rows, within `header_height`, in points.
    pub foot: f32,
    /// The width of a column, in points.
    pub column_width: f32,
    /// How many columns there are.
    pub columns: usize,
    /// Whether the column labels stand upright in several lines, for columns that are wide enough; else they lean.
    pub is_upright: bool,
    /// How far the labels lean out to the right of the last column, in points.
    pub overhang: f32,
}

/// How long the labels of leaning columns are, in points.
#[derive(Clone, Copy, Debug, Default)]
pub struct LabelWidths {
    /// The longest.
    pub widest: f32,
    /// The last ones, the very last first: those further left do not reach the end.
    pub last: [f32; 8],
}

impl LabelWidths {
    /// How far the labels lean out to the right of the last column where they are cut at this height, in points.
    pub fn overhang(&self, height: f32, column_width: f32) -> f32 {
        let out = |(place, width): (usize, &f32)| {
            (width * slant() + LABEL_DEPTH).min(height) / SLOPE - place as f32 * column_width
        };
        self.last.iter().enumerate().map(out).fold(0.0, f32::max)
    }
}

/// What is drawn in a grid.
pub trait GridContent {
    /// What stands above the row labels.
    fn corner(&mut self, _ui: &mut Ui) {}

    /// The name of a column, and whether it is of first rank.
    fn column_label(&self, column: usize) -> (String, bool);

    /// What the tooltip of a column label says.
    fn column_tooltip(&self, column: usize) -> String;

    /// Whether leaning labels lean to the left, over the corner above the row labels, so that the last ones need no room beside
    /// the columns. They must have room above the row labels.
    fn leans_left(&self) -> bool {
        false
    }

    /// A column label was clicked.
    fn column_clicked(&mut self, _column: usize) {}

    /// Paints what links the columns into the room between their labels and the rows; `x_of` gives the middle of a column.
    fn paint_column_links(&self, _ui: &Ui, _foot: Rect, _x_of: &dyn Fn(usize) -> f32) {}

    /// Draws the label of a row.
    fn row_label(&mut self, ui: &mut Ui, row: usize, rect: Rect);

    /// Draws the cells in sight.
    fn cells(&mut self, ui: &mut Ui, view: &GridView);

    /// What is under the keyboard, in words.
    fn current(&self) -> Option<String>;

    /// What the arrow keys, Home, End, the Page keys, Enter and Escape do while the grid has the focus.
    fn key(&mut self, key: Key);
}

/// The part of a grid that is in sight, and where its cells are on the screen.
#[derive(Clone, Debug)]
pub struct GridView {
    /// The rows in sight.
    pub rows: Range<usize>,
    /// The columns in sight.
    pub columns: Range<usize>,
    /// Keys go to the grid.
    pub has_focus: bool,
    /// The identity of the grid's own widget, which takes the keyboard.
    pub id: EguiId,
    origin: Pos2,
    column_width: f32,
    row_tops: Vec<(usize, f32, f32)>,
}

impl GridView {
    /// The width of a column, in points.
    pub const fn column_width(&self) -> f32 {
        self.column_width
    }

    /// The place on the screen of a height from the top of the first row.
    pub fn y(&self, offset: f32) -> f32 {
        self.origin.y + offset
    }

    /// The middle of a column on the screen.
    pub fn column_x(&self, column: usize) -> f32 {
        self.origin.x + (column as f32 + 0.5) * self.column_width
    }

    /// A row in sight on the screen, from top to bottom.
    pub fn row_range(&self, row: usize) -> Option<(f32, f32)> {
        let found = self.row_tops.iter().find(|(number, _, _)| *number == row);
        found.map(|(_, top, bottom)| (self.origin.y + top, self.origin.y + bottom))
    }

    /// A cell in sight on the screen.
    pub fn cell(&self, row: usize, column: usize) -> Option<Rect> {
        let (top, bottom) = self.row_range(row)?;
        let left = self.origin.x + column as f32 * self.column_width;
        Some(Rect::from_min_max(pos2(left, top), pos2(left + self.column_width, bottom)))
    }
}

/// A grid that is about to be drawn.
pub struct ChartGrid<'a> {
    /// Tells it from other grids in the same view.
    pub salt: &'static str,
    /// Its name for screen readers.
    pub name: &'a str,
    /// Where everything stands.
    pub size: GridSize,
    /// The top of each row, and the bottom of the last one, in points from the top of the first one.
    pub row_tops: &'a [f32],
    /// A rectangle to bring into sight, in points from the upper left corner of the first cell.
    pub reveal: Option<Rect>,
}

impl ChartGrid<'_> {
    /// How far a column label of the full height leans out to the right of its column, in points.
    pub fn overhang(header_height: f32, foot: f32) -> f32 {
        (header_height - foot) / SLOPE
    }

    /// The size that shows all of it, in points.
    pub fn full_size(size: GridSize, row_tops: &[f32]) -> Vec2 {
        let height = row_tops.last().copied().unwrap_or_default();
        let width = size.column_width * size.columns as f32 + size.overhang;
        vec2(size.label_width + width, size.header_height + height)
    }

    /// The height that column labels of these widths need beside what is at their foot, in points; longer ones than `most`
    /// allows are cut.
    pub fn header_height(widths: impl Iterator<Item = f32>, foot: f32, most: f32) -> f32 {
        let longest = widths.fold(0.0_f32, f32::max);
        (longest * slant() + LABEL_DEPTH).clamp(40.0, most).ceil() + foot
    }

    /// The height that column labels may take above rows of this height, in points: what these leave, within limits, and
    /// no more than `fits` beside the columns.
    pub fn labels_in_view(height: f32, rows: f32, fits: impl Fn(f32) -> bool) -> f32 {
        const MOST: f32 = 200.0;
        const STEP: f32 = 4.0;
        let mut found = (height - rows - 16.0).clamp(LABELS_IN_VIEW, MOST);
        while found > LABELS_IN_VIEW && !fits(found) {
            found = (found - STEP).max(LABELS_IN_VIEW);
        }
        found
    }

    /// The height that upright labels need beside what is at their foot, in points; longer ones than `most` allows are cut.
    pub fn upright_height(ui: &Ui, labels: impl Iterator<Item = String>, size: (f32, f32), most: f32) -> f32 {
        let (width, foot) = size;
        let room = vec2(width - UPRIGHT_GAP, most);
        let height = |label: String| upright(ui, room, &label, Color32::PLACEHOLDER).size().y;
        (labels.map(height).fold(0.0_f32, f32::max) + LABEL_DEPTH).clamp(40.0, most).ceil() + foot
    }

    /// The most height that labels which lean over a corner of this width may have, in points.
    pub fn height_above_corner(width: f32) -> f32 {
        width * SLOPE
    }

    /// Draws it in the available room.
    pub fn show(self, ui: &mut Ui, content: &mut dyn GridContent) {
        let full = Self::full_size(self.size, self.row_tops);
        let fixed = vec2(self.size.label_width, self.size.header_height);
        let room = ui.available_size().max(fixed + Vec2::splat(40.0));
        let id = ui.make_persistent_id(self.salt);
        let scroll = SplitScroll {
            scroll_enabled: Vec2b::TRUE,
            fixed_size: fixed,
            scroll_outer_size: room - fixed,
            scroll_content_size: full - fixed,
            stick_to_bottom: false,
        };
        ui.push_id(self.salt, |ui| scroll.show(ui, &mut Sections { grid: &self, id, content }));
    }

    fn visible_columns(&self, from: f32, to: f32) -> Range<usize> {
        let place = |x: f32| (x / self.size.column_width).max(0.0);
        let first = (place(from).floor() as usize).min(self.size.columns);
        let last = (place(to).ceil() as usize).min(self.size.columns);
        first..last.max(first)
    }

    fn visible_rows(&self, from: f32, to: f32) -> Range<usize> {
        let rows = self.row_tops.len().saturating_sub(1);
        let first = self.row_tops.partition_point(|top| *top <= from).saturating_sub(1).min(rows);
        let last = self.row_tops.partition_point(|top| *top < to).min(rows);
        first..last.max(first)
    }

    fn row(&self, row: usize) -> (f32, f32) {
        let top = self.row_tops.get(row).copied().unwrap_or_default();
        (top, self.row_tops.get(row + 1).copied().unwrap_or(top))
    }
}

/// The four parts of a grid that is being drawn.
struct Sections<'a, 'b> {
    grid: &'a ChartGrid<'b>,
    id: EguiId,
    content: &'a mut dyn GridContent,
}

impl Sections<'_, '_> {
    fn take_keys(&mut self, ui: &Ui, response: &Response) {
        const KEYS: [Key; 9] = [
            Key::ArrowLeft,
            Key::ArrowRight,
            Key::ArrowUp,
            Key::ArrowDown,
            Key::Home,
            Key::End,
            Key::PageUp,
            Key::PageDown,
            Key::Enter,
        ];
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
            ..EventFilter::default()
        };
        if !holds_arrows(ui, response.id, filter) {
            return;
        }
        for key in KEYS {
            if pressed(ui, key) {
                self.content.key(key);
            }
        }
        // It leaves the grid as well, and a popup over it may be closed by the same press.
        if ui.input(|input| input.key_pressed(Key::Escape)) {
            self.content.key(Key::Escape);
            ui.memory_mut(|memory| memory.surrender_focus(response.id));
        }
    }

    /// The column whose label stands at a place of the header.
    fn column_at(&self, area: Rect, place: Pos2) -> Option<usize> {
        let lean = (area.bottom() - place.y - self.grid.size.foot).max(0.0) / SLOPE;
        let foot = match (self.grid.size.is_upright, self.content.leans_left()) {
            (true, _) => place.x,
            (false, true) => place.x + lean,
            (false, false) => place.x - lean,
        };
        let column = ((foot - area.left()) / self.grid.size.column_width).floor();
        (column >= 0.0 && column < self.grid.size.columns as f32).then_some(column as usize)
    }
}

impl SplitScrollDelegate for Sections<'_, '_> {
    fn left_top_ui(&mut self, ui: &mut Ui) {
        self.content.corner(ui);
    }

    fn right_top_ui(&mut self, ui: &mut Ui, _scroll_offset: Vec2) {
        let (area, seen) = (ui.max_rect(), ui.clip_rect());
        let width = self.grid.size.column_width;
        let is_upright = self.grid.size.is_upright;
        let leans_left = !is_upright && self.content.leans_left();
        let overhang = if is_upright { 0.0 } else { ChartGrid::overhang(area.height(), self.grid.size.foot) };
        let (before, after) = if leans_left { (0.0, overhang) } else { (overhang, 0.0) };
        let columns =
            self.grid.visible_columns(seen.left() - area.left() - before, seen.right() - area.left() + after);
        let x_of = |column: usize| area.left() + (column as f32 + 0.5) * width;
        let foot = area.with_min_y(area.bottom() - self.grid.size.foot);
        self.content.paint_column_links(ui, foot, &x_of);

        // Labels that lean to the left stand above the row labels as well.
        let reach = if leans_left { area.with_min_x(area.left() - self.grid.size.label_width) } else { area };
        if leans_left {
            ui.set_clip_rect(seen.with_min_x(seen.left() - self.grid.size.label_width));
        }
        // Where its column is scrolled away to the left, a label would stand above nothing.
        let is_shown = |column: &usize| !leans_left || x_of(*column) >= seen.left();
        let response = ui.interact(reach, self.id.with("column labels"), Sense::CLICK);
        let hovered = response.hover_pos().and_then(|place| self.column_at(area, place)).filter(is_shown);
        for column in columns.filter(is_shown) {
            let (text, is_first_rank) = self.content.column_label(column);
            let palette = tokens::palette(ui);
            let colour = if is_first_rank || hovered == Some(column) { palette.text } else { palette.quiet };
            let at = pos2(x_of(column), foot.top());
            if is_upright {
                paint_upright(
                    ui,
                    at,
                    vec2(width - UPRIGHT_GAP, area.height() - foot.height()),
                    &text,
                    colour,
                );
            } else {
                paint_slanted(ui, at, area.height() - foot.height(), leans_left, &text, colour);
            }
            // A node of its own for screen readers; the pointer is met by the whole area, since labels lean over.
            let end = Rect::from_center_size(pos2(x_of(column), area.bottom() - 4.0), vec2(width - 2.0, 8.0));
            let node = ui.interact(end, self.id.with(("column", column)), Sense::hover());
            node.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &text));
        }
        if let Some(column) = hovered {
            let response = response.on_hover_text_at_pointer(self.content.column_tooltip(column));
            if response.clicked() {
                self.content.column_clicked(column);
            }
        }
        ui.painter().hline(seen.x_range(), area.bottom() - 0.5, Stroke::new(1.0, tokens::palette(ui).line));
    }

    fn left_bottom_ui(&mut self, ui: &mut Ui, _scroll_offset: Vec2) {
        let (area, seen) = (ui.max_rect(), ui.clip_rect());
        for row in self.grid.visible_rows(seen.top() - area.top(), seen.bottom() - area.top()) {
            let (top, bottom) = self.grid.row(row);
            let rect = Rect::from_min_max(
                pos2(area.left(), area.top() + top),
                pos2(area.right(), area.top() + bottom),
            );
            self.content.row_label(ui, row, rect);
        }
        let end = self.grid.row_tops.last().map_or(area.bottom(), |bottom| area.top() + bottom);
        paint_fade(ui, seen, seen.top() - area.top(), end - seen.bottom());
    }

    fn right_bottom_ui(&mut self, ui: &mut Ui, _scroll_offset: Vec2) {
        let (area, seen) = (ui.max_rect(), ui.clip_rect());
        let rows = self.grid.visible_rows(seen.top() - area.top(), seen.bottom() - area.top());
        let columns = self.grid.visible_columns(seen.left() - area.left(), seen.right() - area.left());
        if let Some(reveal) = self.grid.reveal {
            ui.scroll_to_rect(reveal.translate(area.min.to_vec2()).expand(4.0), None);
        }
        let response = ui.interact(seen, self.id, Sense::FOCUSABLE);
        response.widget_info(|| WidgetInfo {
            current_text_value: self.content.current(),
            ..WidgetInfo::labeled(Role::Grid, true, self.grid.name)
        });
        self.take_keys(ui, &response);
        let view = GridView {
            row_tops: rows.clone().map(|row| (row, self.grid.row(row).0, self.grid.row(row).1)).collect(),
            rows,
            columns,
            has_focus: has_keyboard(&response),
            id: self.id,
            origin: area.min,
            column_width: self.grid.size.column_width,
        };
        self.content.cells(ui, &view);
        if response.has_focus() {
            let stroke = Stroke::new(1.0, tokens::palette(ui).accent);
            ui.painter().rect_stroke(seen.shrink(0.5), 0, stroke, StrokeKind::Inside);
        }
    }
}

/// A label in several lines, centred, cut where it does not fit.
fn upright(ui: &Ui, size: Vec2, text: &str, colour: Color32) -> Arc<Galley> {
    let font = FontId::proportional(tokens::SMALL);
    let line = ui.fonts_mut(|fonts| fonts.row_height(&font));
    let mut job = LayoutJob::simple(text.to_owned(), font, colour, size.x);
    job.halign = Align::Center;
    job.wrap.max_rows = ((size.y / line).floor() as usize).max(1);
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// Paints a label whose last line stands on its foot.
fn paint_upright(ui: &Ui, foot: Pos2, size: Vec2, text: &str, colour: Color32) {
    let galley = upright(ui, size, text, colour);
    let top = foot.y - galley.size().y;
    ui.painter().galley(pos2(foot.x, top), galley, colour);
}

/// Fades what is scrolled in part out of sight, above and below by so many points, as a scroll area does with its own content.
fn paint_fade(ui: &Ui, seen: Rect, above: f32, below: f32) {
    let fade = ui.spacing().scroll.fade;
    let background = ui.stack().bg_color();
    let paint = |rect: Rect, hidden: f32, direction: Direction| {
        if hidden > 0.0 && fade.strength > 0.0 {
            let share = (hidden / fade.size).clamp(0.0, 1.0) * fade.strength;
            let colours = [background.gamma_multiply(share), Color32::TRANSPARENT];
            ui.painter().add(Shape::gradient_rect(rect, direction, colours));
        }
    };
    paint(seen.with_max_y(seen.top() + fade.size), above, Direction::TopDown);
    paint(seen.with_min_y(seen.bottom() - fade.size), below, Direction::BottomUp);
}

/// How much a slanted label rises for each point of its length.
fn slant() -> f32 {
    SLOPE / SLOPE.hypot(1.0)
}

/// Paints a label that rises from its foot to the right, or falls from the left onto it; cut where it does not fit in `height`.
fn paint_slanted(ui: &Ui, foot: Pos2, height: f32, leans_left: bool, text: &str, colour: Color32) {
    let room = (height - LABEL_DEPTH).max(20.0) / slant();
    let galley = WidgetText::from(text).into_galley(
        ui,
        Some(TextWrapMode::Truncate),
        room,
        FontId::proportional(tokens::DENSE),
    );
    let angle = if leans_left { SLOPE.atan() } else { -SLOPE.atan() };
    // The middle of the line's left edge stands on the foot; that of its right edge ends just above it where it falls onto it.
    let back = if leans_left { Vec2::angled(angle) * (galley.size().x + 3.0) } else { Vec2::ZERO };
    let up = Vec2::angled(angle + std::f32::consts::FRAC_PI_2) * (galley.size().y / 2.0);
    ui.painter().add(TextShape::new(foot - back - up, galley, colour).with_angle(angle));
}
