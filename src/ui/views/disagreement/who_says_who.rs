//! Who says who: sources or origins down, actors across in hierarchy order, a mark for each claim.

use eframe::egui::{
    Align2, Color32, FontId, Key, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};

use super::memo::{Line, Memo, Place};
use super::{MOST_LABEL, label_width, rows_beside_labels};
use crate::analysis::charts::RowKey;
use crate::model::{AnyId, Claim, Id};
use crate::ui::ViewContext;
use crate::ui::tokens::{self, Palette};
use crate::ui::widgets::chart_grid::{ChartGrid, GridContent, GridSize, GridView};
use crate::ui::widgets::marks::paint_warning;
use crate::ui::widgets::{claim_sentence, claim_tooltip};

/// How much each level of the hierarchy takes between the column labels and the rows, in points.
const LEVEL_STEP: f32 = 6.0;
/// The level below which all are drawn alike.
const DEEPEST: usize = 4;
/// The least width of a column, in points.
const COLUMN: f32 = 34.0;
/// What stands above the claims that name nobody.
pub(super) const NOBODY: &str = "Names nobody";
/// Up to how many columns they can be wide in a figure.
const FEW_COLUMNS: usize = 12;

/// What the chart remembers.
#[derive(Debug, Default)]
pub(super) struct Cursor {
    /// The mark under the keyboard.
    pub claim: Option<Id<Claim>>,
    /// Whether it is to be brought into sight.
    pub is_to_reveal: bool,
}

/// The name of the chart, for the title above it and for screen readers.
pub(super) const TITLE: &str = "Who says who";

/// How large the chart is in full, and how it is laid out within `room`.
pub(super) fn size(memo: &Memo, room: Vec2) -> GridSize {
    let columns = memo.who_layout.columns;
    let foot = foot(memo);
    let heads = memo.widths.columns;
    let rows = memo.who_layout.line_tops.last().copied().unwrap_or_default();
    let spare = room.x - (memo.widths.rows + 44.0).min(220.0) - columns as f32 * COLUMN - 12.0;
    let fits = |height: f32| heads.overhang(height, COLUMN) <= spare;
    let most = ChartGrid::labels_in_view(room.y - foot, rows_beside_labels(rows, room.y), fits);
    let header_height = ChartGrid::header_height(std::iter::once(heads.widest), foot, most);
    let overhang = heads.overhang(header_height - foot, COLUMN);
    let room = room.x - overhang - 12.0;
    // Names get what the columns do not need.
    let spared = room - columns as f32 * COLUMN;
    let label_width = (memo.widths.rows + 44.0).clamp(96.0, (room * 0.36).max(spared).clamp(128.0, 320.0));
    let free = room - label_width;
    let column_width = (free / columns.max(1) as f32).clamp(COLUMN, 96.0).floor();
    GridSize { label_width, header_height, foot, column_width, columns, is_upright: false, overhang }
}

/// The room for what links the columns.
fn foot(memo: &Memo) -> f32 {
    let depth = memo.who.columns.iter().map(|column| column.depth).max().unwrap_or_default();
    10.0 + depth.min(DEEPEST) as f32 * LEVEL_STEP
}

/// How the chart is laid out where it may grow, so that no label is cut.
pub(super) fn full_size(ui: &Ui, memo: &Memo) -> GridSize {
    let names = memo.who.columns.iter().map(|column| label_width(ui, &column.name));
    let nobody = memo.has_nobody().then(|| label_width(ui, NOBODY));
    let foot = foot(memo);
    let rows = memo.who.rows.iter().map(|row| (&row.label, row.claims, row.origins));
    let groups = memo.who.groups.iter().map(|group| (&group.label, group.claims, group.origins));
    let labels = rows.chain(groups).map(|(label, claims, origins)| {
        label_width(ui, label) + label_width(ui, &counts(claims, origins)) + 30.0
    });
    let header_height = ChartGrid::header_height(names.chain(nobody), foot, MOST_LABEL);
    GridSize {
        label_width: labels.fold(96.0, f32::max).min(MOST_LABEL).ceil(),
        header_height,
        overhang: ChartGrid::overhang(header_height, foot),
        foot,
        column_width: if memo.who_layout.columns <= FEW_COLUMNS { 64.0 } else { 44.0 },
        columns: memo.who_layout.columns,
        is_upright: false,
    }
}

/// Draws the chart in the available room.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, cursor: &mut Cursor, size: GridSize) {
    let place = cursor.claim.and_then(|claim| memo.who_layout.place_of(claim));
    let reveal = place.filter(|_| std::mem::take(&mut cursor.is_to_reveal)).and_then(|place| {
        let place = memo.who_layout.places.get(place)?;
        let column = *place.columns.first()? as f32;
        let centre = pos2((column + 0.5) * size.column_width, place.y);
        Some(Rect::from_center_size(centre, vec2(size.column_width, memo.who_layout.lane)))
    });
    let grid =
        ChartGrid { salt: "who says who", name: TITLE, size, row_tops: &memo.who_layout.line_tops, reveal };
    grid.show(ui, &mut Content { cx, memo, cursor });
}

struct Content<'a> {
    cx: &'a ViewContext<'a>,
    memo: &'a Memo,
    cursor: &'a mut Cursor,
}

impl Content<'_> {
    /// The heading over a group of rows.
    fn heading(&self, ui: &Ui, group: usize, rect: Rect) {
        let Some(group) = self.memo.who.groups.get(group) else { return };
        let palette = tokens::palette(ui);
        ui.painter().rect_filled(rect, 0, palette.raised);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, palette.line));
        let tooltip =
            format!("{}\nClaims: {}\nIndependent origins: {}", group.label, group.claims, group.origins);
        super::heading(ui, rect, &group.label, &counts(group.claims, group.origins), tooltip);
    }

    fn step(&mut self, key: Key) {
        let places = &self.memo.who_layout.places;
        let marks = &self.memo.who.marks;
        let now = self.cursor.claim.and_then(|claim| self.memo.who_layout.place_of(claim));
        let next = match now {
            None => (!places.is_empty()).then_some(0),
            Some(now) => next_mark(places, now, key),
        };
        if let Some(mark) = next.and_then(|next| marks.get(next)) {
            self.cursor.claim = Some(mark.claim);
            self.cursor.is_to_reveal = true;
        }
    }

    fn paint_ties(&self, painter: &Painter, view: &GridView, visible: &[usize], palette: &Palette) {
        let places = &self.memo.who_layout.places;
        let at = |place: &Place| {
            let column = place.columns.first().copied().unwrap_or_default();
            Some(pos2(view.column_x(column), view.y(place.y)))
        };
        for place in visible.iter().filter_map(|mark| places.get(*mark)) {
            let Some(origin) = place.origin.and_then(|origin| places.get(origin)) else { continue };
            let (Some(from), Some(to)) = (at(place), at(origin)) else { continue };
            paint_tie(painter, from, place.look.radius(), to, origin.look.radius(), palette);
        }
    }

    fn mark(&mut self, ui: &Ui, view: &GridView, number: usize, palette: &Palette) {
        let (Some(mark), Some(place)) =
            (self.memo.who.marks.get(number), self.memo.who_layout.places.get(number))
        else {
            return;
        };
        let y = view.y(place.y);
        let painter = ui.painter();
        let has_bar = place.likelihood.is_some();
        let centre_y = if has_bar { y - 3.0 } else { y };
        let xs: Vec<f32> = place.columns.iter().map(|column| view.column_x(*column)).collect();
        let (Some(left), Some(right)) = (xs.first().copied(), xs.last().copied()) else { return };
        let reach = place.look.radius() + 3.0;
        let whole = Rect::from_min_max(
            pos2(left - reach.max(11.0), y - 14.0),
            pos2(right + reach.max(11.0), y + 14.0),
        );
        let response = ui.interact(whole, view.id.with(mark.claim), Sense::CLICK);
        let is_selected = self.cx.is_selected(mark.claim);
        response.widget_info(|| {
            let text = self.cx.assessment.get(mark.claim).map(|claim| claim_sentence(self.cx, claim));
            WidgetInfo::selected(Role::GridCell, true, is_selected, text.unwrap_or_default())
        });
        if response.hovered() {
            painter.rect_filled(whole, tokens::RADIUS, palette.hovered);
        }
        if right > left {
            painter.hline(left..=right, centre_y, Stroke::new(2.0, palette.edge));
        }
        for x in &xs {
            let centre = pos2(*x, centre_y);
            painter.circle_filled(centre, place.look.radius(), palette.background);
            place.look.paint(painter, centre, palette);
            if let Some(bar) = place.likelihood {
                let half = (view.column_width() * 0.5 - 6.0).min(22.0);
                let track = Rect::from_center_size(pos2(*x, y + 10.5), vec2(half * 2.0, 4.0));
                bar.paint(painter, track, palette);
            }
            if mark.is_period_mismatch {
                paint_warning(painter, centre + vec2(reach + 3.0, -4.0), 4.5, palette);
            }
            if is_selected {
                painter.circle_stroke(centre, reach, Stroke::new(2.0, palette.accent));
            } else if view.has_focus && self.cursor.claim == Some(mark.claim) {
                painter.circle_stroke(centre, reach, Stroke::new(1.5, palette.text));
            }
        }
        if response.clicked() {
            self.cursor.claim = Some(mark.claim);
            ui.memory_mut(|memory| memory.request_focus(view.id));
            self.cx.select(mark.claim);
        }
        response.on_hover_ui(|ui| claim_tooltip(ui, self.cx, mark.claim));
    }
}

impl GridContent for Content<'_> {
    fn column_label(&self, column: usize) -> (String, bool) {
        self.memo
            .who
            .columns
            .get(column)
            .map_or_else(|| (NOBODY.to_owned(), false), |column| (column.name.clone(), column.is_named))
    }

    fn column_tooltip(&self, column: usize) -> String {
        let columns = &self.memo.who.columns;
        let Some(column) = columns.get(column) else {
            return "Claims that speak of the incident and name nobody".to_owned();
        };
        let hierarchy = self.cx.derived.hierarchy();
        let above: Vec<&str> = hierarchy
            .ancestors(column.number)
            .into_iter()
            .rev()
            .filter_map(|number| Some(hierarchy.node(number)?.name.as_str()))
            .collect();
        let mut text = format!("{}\n{}", column.name, column.level);
        let merged = hierarchy.node(column.number).map_or(&[][..], |node| &node.members);
        let others: Vec<String> =
            merged.iter().skip(1).map(|actor| self.cx.assessment.name_of(*actor)).collect();
        if !others.is_empty() {
            text.push_str(&format!("\nThe same under the accepted links: {}", others.join(", ")));
        }
        if !above.is_empty() {
            text.push_str(&format!("\nPart of {}", above.join(", part of ")));
        }
        if !column.is_named {
            text.push_str("\nNo claim names it; it stands here as the wider actor");
        }
        text
    }

    fn column_clicked(&mut self, column: usize) {
        if let Some(column) = self.memo.who.columns.get(column) {
            self.cx.select(column.actor);
        }
    }

    fn paint_column_links(&self, ui: &Ui, foot: Rect, x_of: &dyn Fn(usize) -> f32) {
        let palette = tokens::palette(ui);
        let (painter, seen) = (ui.painter(), ui.clip_rect());
        let line = Stroke::new(1.0, palette.edge);
        let y_of = |depth: usize| foot.top() + 5.0 + depth.min(DEEPEST) as f32 * LEVEL_STEP;
        for (place, column) in self.memo.who.columns.iter().enumerate() {
            let x = x_of(place);
            if let Some(parent) = self.memo.who_layout.parents.get(place).copied().flatten() {
                let (from, to) = (x_of(parent), x);
                if to < seen.left() || from > seen.right() {
                    continue;
                }
                let top = y_of(column.depth.saturating_sub(1));
                painter.hline(from..=to, top, line);
                painter.vline(x, top..=y_of(column.depth), line);
            }
            painter.circle_filled(pos2(x, y_of(column.depth)), 2.0, palette.edge);
        }
    }

    fn row_label(&mut self, ui: &mut Ui, line: usize, rect: Rect) {
        let row = match self.memo.who_layout.lines.get(line) {
            Some(Line::Group(group)) => return self.heading(ui, *group, rect),
            Some(Line::Row(row, _)) => self.memo.who.rows.get(*row),
            None => None,
        };
        let Some(row) = row else { return };
        let palette = tokens::palette(ui);
        let counts = counts(row.claims, row.origins);
        let record: Option<AnyId> = match &row.key {
            RowKey::Source(source) => Some((*source).into()),
            RowKey::Origin(claim) => Some((*claim).into()),
            RowKey::Affiliation(_) | RowKey::Kind(_) => None,
        };
        let tooltip = format!("{}\nClaims: {}\nIndependent origins: {}", row.label, row.claims, row.origins);
        let response = super::row_label(ui, rect, &row.key, &row.label, &counts, tooltip);
        if let Some(record) = record {
            if self.cx.is_selected(record) {
                ui.painter().vline(rect.left() + 1.0, rect.y_range(), Stroke::new(2.0, palette.accent));
            }
            if response.clicked() {
                self.cx.select(record);
            }
        }
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, palette.line));
    }

    fn cells(&mut self, ui: &mut Ui, view: &GridView) {
        let palette = tokens::palette(ui);
        let painter = ui.painter();
        let seen = painter.clip_rect();
        for column in view.columns.clone() {
            painter.vline(view.column_x(column), seen.y_range(), Stroke::new(1.0, palette.stripe));
        }
        let lines = &self.memo.who_layout.lines;
        for line in view.rows.clone() {
            let Some((top, bottom)) = view.row_range(line) else { continue };
            if matches!(lines.get(line), Some(Line::Group(_))) {
                let band = Rect::from_x_y_ranges(seen.x_range(), top..=bottom);
                painter.rect_filled(band, 0, palette.raised);
            }
            painter.hline(seen.x_range(), bottom - 0.5, Stroke::new(1.0, palette.line));
        }
        let visible: Vec<usize> = view
            .rows
            .clone()
            .filter_map(|line| match lines.get(line) {
                Some(Line::Row(_, marks)) => Some(marks.clone()),
                _ => None,
            })
            .flatten()
            .filter(|mark| {
                self.memo.who_layout.places.get(*mark).is_some_and(|place| {
                    let y = view.y(place.y);
                    let first = place.columns.first().copied().unwrap_or_default();
                    let last = place.columns.last().copied().unwrap_or_default();
                    (seen.top() - 20.0..=seen.bottom() + 20.0).contains(&y)
                        && first < view.columns.end
                        && last >= view.columns.start
                })
            })
            .collect();
        self.paint_ties(painter, view, &visible, palette);
        for mark in visible {
            self.mark(ui, view, mark, palette);
        }
    }

    fn current(&self) -> Option<String> {
        let claim = self.cx.assessment.get(self.cursor.claim?)?;
        Some(claim_sentence(self.cx, claim))
    }

    fn key(&mut self, key: Key) {
        match key {
            Key::Enter => {
                if let Some(claim) = self.cursor.claim {
                    self.cx.select(claim);
                }
            }
            Key::Escape => self.cursor.claim = None,
            _ => self.step(key),
        }
    }
}

/// How many claims, and where that is another number how many origins.
fn counts(claims: usize, origins: usize) -> String {
    if claims == origins { claims.to_string() } else { format!("{claims} / {origins}") }
}

/// The mark that a key leads to: left and right go through a line and on to the next one, up and down to the nearest mark of the
/// neighbouring line.
fn next_mark(places: &[Place], now: usize, key: Key) -> Option<usize> {
    let column = |place: &Place| place.columns.first().copied().unwrap_or_default();
    let order = |a: &Place, b: &Place| a.y.total_cmp(&b.y).then(column(a).cmp(&column(b)));
    let here = places.get(now)?;
    let others = || places.iter().enumerate().filter(|(number, _)| *number != now);
    let found = match key {
        Key::ArrowRight => {
            others().filter(|(_, it)| order(it, here).is_gt()).min_by(|(_, a), (_, b)| order(a, b))
        }
        Key::ArrowLeft => {
            others().filter(|(_, it)| order(it, here).is_lt()).max_by(|(_, a), (_, b)| order(a, b))
        }
        Key::ArrowDown | Key::ArrowUp => {
            let away = |it: &Place| if key == Key::ArrowDown { it.y - here.y } else { here.y - it.y };
            others().filter(|(_, it)| away(it) > 0.5).min_by(|(_, a), (_, b)| {
                let sideways = |it: &Place| column(it).abs_diff(column(here));
                away(a).total_cmp(&away(b)).then(sideways(a).cmp(&sideways(b)))
            })
        }
        Key::Home => places.iter().enumerate().min_by(|(_, a), (_, b)| order(a, b)),
        Key::End => places.iter().enumerate().max_by(|(_, a), (_, b)| order(a, b)),
        _ => None,
    };
    found.map(|(number, _)| number)
}

/// Marks nearer than this stand in the same row or in one next to it, in points.
const NEXT_ROW: f32 = 42.0;

/// A dashed curve from a repeated claim to its origin, bent so that it does not run through what stands between.
fn paint_tie(painter: &Painter, from: Pos2, from_radius: f32, to: Pos2, to_radius: f32, palette: &Palette) {
    const STEPS: u8 = 12;
    // Half of this is how far it bends: past the bar under the mark of the next row, and past a mark with a warning further off.
    let aside = if (from.y - to.y).abs() < NEXT_ROW { 30.0 } else { 44.0 };
    let bend = pos2(f32::midpoint(from.x, to.x) + aside, f32::midpoint(from.y, to.y));
    let leave = |from: Pos2, radius: f32| from + (bend - from).normalized() * (radius + 1.5);
    let (from, to) = (leave(from, from_radius), leave(to, to_radius));
    let points: Vec<Pos2> = (0..=STEPS)
        .map(|step| {
            let t = f32::from(step) / f32::from(STEPS);
            from.lerp(bend, t).lerp(bend.lerp(to, t), t)
        })
        .collect();
    painter.extend(Shape::dashed_line(&points, Stroke::new(1.0, palette.edge), 4.0, 3.0));
}

/// A number that a chart shows in small type.
pub(super) fn paint_small(painter: &Painter, at: Pos2, anchor: Align2, text: &str, colour: Color32) {
    painter.text(at, anchor, text, FontId::proportional(tokens::TINY), colour);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Stance;
    use crate::ui::widgets::marks::ClaimMark;

    #[test]
    fn arrows_reach_every_mark() {
        let place = |y: f32, column: usize| Place {
            y,
            columns: vec![column],
            look: ClaimMark { stance: Stance::Asserts, confidence: None, is_first_hand: true },
            likelihood: None,
            origin: None,
        };
        let places = [place(10.0, 3), place(10.0, 0), place(40.0, 2), place(70.0, 0)];
        let check = |now: usize, key: Key, expect: Option<usize>| {
            assert_eq!(next_mark(&places, now, key), expect, "{now} {key:?}");
        };
        check(1, Key::ArrowRight, Some(0));
        check(0, Key::ArrowRight, Some(2));
        check(3, Key::ArrowRight, None);
        check(2, Key::ArrowLeft, Some(0));
        check(2, Key::ArrowUp, Some(0));
        check(2, Key::ArrowDown, Some(3));
        check(3, Key::Home, Some(1));
        check(1, Key::End, Some(3));
    }
}
