//! How one line of the tree of actors is drawn.

use eframe::egui::{
    Align2, Color32, FontId, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, TextStyle,
    TextWrapMode, Ui, UiBuilder, WidgetInfo, WidgetText, pos2, vec2,
};

use crate::analysis::charts::{ActorLink, ActorRow};
use crate::model::Confidence;
use crate::ui::ViewContext;
use crate::ui::tokens::{self, Icon, Palette, ROW_HEIGHT};
use crate::ui::views::disagreement::links::{link_switch, link_text};
use crate::ui::widgets::{claim_tooltip, grouped};

/// How far each level is indented, in points.
const INDENT: f32 = 16.0;
/// The room before the first level, in points.
const START: f32 = 8.0;
/// The width of the column of levels, in points.
const LEVEL_WIDTH: f32 = 136.0;
/// The room for the head of the column of other names, in points.
const HEAD_OF_ALSO: f32 = 150.0;
/// How much of its line the text of a link may take where what stands beside it has no room otherwise.
const NAME_OF_LINK: f32 = 0.6;

/// What a line shows.
pub(super) enum Shown<'a> {
    /// An actor.
    Actor(&'a ActorRow),
    /// A link, and how deep it is drawn.
    Link(&'a ActorLink, usize),
}

/// Where the columns stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    left: f32,
    level: f32,
    aliases: f32,
    claims: f32,
    right: f32,
}

impl Columns {
    /// The columns within a rectangle. Names and other names have a usual share of it; whoever needs more takes what the other leaves.
    pub fn within(rect: Rect, wanted: Wishes) -> Self {
        let claims = (wanted.claims + 24.0).max(96.0);
        let room = rect.width() - LEVEL_WIDTH - claims;
        let share = (rect.width() * 0.42).clamp(180.0, 520.0);
        let level = rect.left() + name_width(wanted, room, share);
        let claims = rect.right() - claims;
        Self { left: rect.left(), level, aliases: level + LEVEL_WIDTH, claims, right: rect.right() }
    }

    /// The columns from a place on, so wide that nothing in these lines is cut, as far as `most` allows, in points.
    pub fn for_all(left: f32, wanted: Wishes, most: f32) -> Self {
        let level = left + wanted.names.min(most);
        let aliases = level + LEVEL_WIDTH;
        let claims_left = aliases + wanted.also.min(most).max(61.0) + 9.0;
        let right = (claims_left + wanted.claims.max(96.0) + 24.0).max(left + wanted.links.min(2.0 * most));
        Self { left, level, aliases, claims: claims_left, right }
    }

    /// The whole width.
    pub const fn width(&self) -> f32 {
        self.right - self.left
    }

    /// Draws the names of the columns.
    pub fn show_header(&self, ui: &mut Ui) {
        let palette = tokens::palette(ui);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::hover());
        let font = FontId::proportional(tokens::SMALL);
        let put = |x: f32, anchor: Align2, text: &str| {
            ui.painter().text(pos2(x, rect.center().y), anchor, text, font.clone(), palette.quiet);
        };
        put(self.left + START, Align2::LEFT_CENTER, "Actor");
        put(self.level, Align2::LEFT_CENTER, "Level");
        if self.claims - self.aliases > 60.0 {
            put(self.aliases, Align2::LEFT_CENTER, "Also known as (coined by)");
        }
        put(self.right - 12.0, Align2::RIGHT_CENTER, "Claims · origins");
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, palette.line));
    }
}

/// How wide the columns would have to be for nothing to be cut, in points.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wishes {
    names: f32,
    also: f32,
    claims: f32,
    links: f32,
}

impl Wishes {
    /// Those of these lines.
    pub fn of<'a>(ui: &Ui, cx: &ViewContext<'_>, lines: impl Iterator<Item = Shown<'a>>) -> Self {
        let width = |text: &str| text_width(ui, text);
        let mut found = Self { names: 160.0, ..Self::default() };
        for line in lines {
            match line {
                Shown::Actor(row) => {
                    let beside = beside(row);
                    let beside = if beside.is_empty() { 0.0 } else { width(&beside).max(40.0) + 9.0 };
                    let start = START + row.depth as f32 * INDENT + 16.0;
                    found.names = found.names.max(start + width(&row.name) + beside + 9.0);
                    found.also = found.also.max(width(&aliases(row, ", ")));
                    found.claims = found.claims.max(width(&claims_text(row)));
                }
                Shown::Link(link, depth) => {
                    let start = START + depth as f32 * INDENT + 34.0;
                    let name = width(&link_text(cx, link)) + 1.0;
                    found.links = found.links.max(start + name + width(&link_note(link)) + 23.0);
                }
            }
        }
        found
    }
}

/// The width of the column of names, of the `room` that it has together with the other names.
fn name_width(wanted: Wishes, room: f32, share: f32) -> f32 {
    let left = room - (wanted.also + 9.0).max(HEAD_OF_ALSO);
    if wanted.names > share { wanted.names.min(left).max(share) } else { share.min(left).max(wanted.names) }
}

/// What happened to a line.
pub(super) struct LineOutput {
    /// The whole line.
    pub response: Response,
    /// Whether it is to be folded or unfolded.
    pub is_folded: bool,
}

/// How an actor is to be drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Whether anything stands below it.
    pub has_below: bool,
    /// Whether that is folded away.
    pub is_folded: bool,
    /// Whether it is there only because something below it fits the filter.
    pub is_context: bool,
    /// Whether the keyboard is on it.
    pub has_cursor: bool,
}

/// Draws an actor.
pub(super) fn actor(
    ui: &Ui,
    cx: &ViewContext<'_>,
    rect: Rect,
    columns: Columns,
    row: &ActorRow,
    look: Look,
) -> LineOutput {
    let palette = tokens::palette(ui);
    let response = ui.interact(rect, ui.scope_id().with(("actor", row.actor)), Sense::CLICK);
    let is_selected = cx.is_selected(row.actor);
    response.widget_info(|| {
        let text = format!("{}, {}", row.name, row.level.label().to_lowercase());
        WidgetInfo::selected(Role::TreeItem, true, is_selected, text)
    });
    background(ui, rect, &response, is_selected, look.has_cursor, palette);
    let x = columns.left + START + row.depth as f32 * INDENT;
    guides(ui.painter(), rect, columns, row.depth, palette);
    let mut is_folded = false;
    if look.has_below {
        is_folded = caret(ui, pos2(x + 6.0, rect.center().y), row, look.is_folded);
    }
    let colour = if look.is_context { palette.quiet } else { palette.text };
    let y = rect.center().y;
    let name_left = x + 16.0;
    let used = text(ui, pos2(name_left, y), columns.level - 8.0 - name_left, &row.name, colour);
    let beside = beside(row);
    let beside_left = name_left + used + 8.0;
    if !beside.is_empty() && columns.level - beside_left > 40.0 {
        text(ui, pos2(beside_left, y), columns.level - 8.0 - beside_left, &beside, palette.quiet);
    }
    text(
        ui,
        pos2(columns.level, y),
        128.0_f32.min(columns.claims - columns.level),
        row.level.label(),
        palette.quiet,
    );
    let aliases = aliases(row, ", ");
    if !aliases.is_empty() && columns.claims - columns.aliases > 60.0 {
        text(ui, pos2(columns.aliases, y), columns.claims - 8.0 - columns.aliases, &aliases, palette.text);
    }
    let claims = claims_text(row);
    let claims_colour = if row.claims_with_below == 0 { palette.quiet } else { palette.text };
    let font = FontId::proportional(tokens::BODY);
    ui.painter().text(pos2(columns.right - 12.0, y), Align2::RIGHT_CENTER, claims, font, claims_colour);
    let response = response.on_hover_ui_at_pointer(|ui| tooltip(ui, row));
    LineOutput { response, is_folded }
}

/// How many claims name an actor, how many name it or one below it, and from how many origins these are.
fn claims_text(row: &ActorRow) -> String {
    let (own, all) = (grouped(row.claims), grouped(row.claims_with_below));
    let origins = grouped(row.origins_with_below);
    match (row.claims, row.claims_with_below) {
        (_, 0) => all,
        (some, with_below) if some == with_below => format!("{all} · {origins}"),
        _ => format!("{own} of {all} · {origins}"),
    }
}

/// Who says that there is a link, and how surely; and that it is left out, where it is.
fn link_note(link: &ActorLink) -> String {
    let confidence = link.confidence.map_or("confidence not stated".to_owned(), |confidence: Confidence| {
        format!("{} confidence", confidence.label().to_lowercase())
    });
    let note = format!("{} · {confidence}", link.source_name);
    if link.is_rejected {
        format!("{}  left out, since it would close a circle · {note}", char::from(Icon::TriangleAlert))
    } else {
        note
    }
}

/// What stands quietly beside the name: the other actors that are one with it, and its further parents.
fn beside(row: &ActorRow) -> String {
    let mut parts = Vec::new();
    if !row.merged.is_empty() {
        let names: Vec<&str> = row.merged.iter().map(|(_, name)| name.as_str()).collect();
        parts.push(format!("= {}", names.join(", ")));
    }
    if !row.other_parents.is_empty() {
        parts.push(format!("also in {}", row.other_parents.join(", ")));
    }
    parts.join(" · ")
}

fn aliases(row: &ActorRow, between: &str) -> String {
    let alias = |(name, coined_by): &(String, Option<String>)| match coined_by {
        Some(source) => format!("{name} ({source})"),
        None => name.clone(),
    };
    row.aliases.iter().map(alias).collect::<Vec<_>>().join(between)
}

fn tooltip(ui: &mut Ui, row: &ActorRow) {
    ui.set_max_width(360.0);
    ui.label(tokens::bold(&*row.name));
    ui.label(crate::ui::widgets::quiet(ui, row.level.label()));
    if !row.aliases.is_empty() {
        ui.label(format!("Also known as\n{}", aliases(row, "\n")));
    }
    let beside = beside(row);
    if !beside.is_empty() {
        ui.label(beside);
    }
    let below = row.claims_with_below - row.claims;
    ui.label(format!("Claims that name it: {}", row.claims));
    if below > 0 {
        ui.label(format!("Claims that name only an actor below it: {below}"));
    }
    if row.claims_with_below > 0 {
        ui.label(format!("Independent origins of all these: {}", row.origins_with_below));
    }
}

/// Draws a link: a dashed connector, its switch, what it says, who says so and how surely.
pub(super) fn link(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    rect: Rect,
    columns: Columns,
    link: &ActorLink,
    depth: usize,
    has_cursor: bool,
) -> Response {
    let palette = tokens::palette(ui);
    let response = ui.interact(rect, ui.scope_id().with(("link", link.claim)), Sense::CLICK);
    let name = link_text(cx, link);
    let is_selected = cx.is_selected(link.claim);
    response.widget_info(|| {
        WidgetInfo::selected(Role::TreeItem, true, is_selected, format!("{name}, says {}", link.source_name))
    });
    background(ui, rect, &response, is_selected, has_cursor, palette);
    guides(ui.painter(), rect, columns, depth.saturating_sub(1), palette);

    let x = columns.left + START + depth as f32 * INDENT;
    let y = rect.center().y;
    let stroke = Stroke::new(1.2, if link.is_applied { palette.text } else { palette.edge });
    let corner = pos2(x - 10.0, y);
    let elbow = [pos2(corner.x, rect.top()), corner, pos2(x + 4.0, y)];
    ui.painter().extend(Shape::dashed_line(&elbow, stroke, 3.0, 2.0));

    let place = Rect::from_min_size(pos2(x + 8.0, y - 10.0), vec2(20.0, 20.0));
    // A child of its own, since a switch that is laid out in the row would make the row taller.
    let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt(("switch", link.claim)));
    link_switch(&mut child, cx, link);
    let left = x + 34.0;
    let note = link_note(link);
    let most = columns.right - 12.0 - left;
    let room = (columns.right - left) * NAME_OF_LINK;
    let room = room.max(most - 10.0 - text_width(ui, &note));
    let used = text(ui, pos2(left, y), room, &name, palette.text);
    let note_left = left + used + 10.0;
    let note_colour = if link.is_rejected { palette.overlaps } else { palette.quiet };
    text(ui, pos2(note_left, y), columns.right - 12.0 - note_left, &note, note_colour);
    response.on_hover_ui_at_pointer(|ui| claim_tooltip(ui, cx, link.claim))
}

fn background(
    ui: &Ui,
    rect: Rect,
    response: &Response,
    is_selected: bool,
    has_cursor: bool,
    palette: &Palette,
) {
    if is_selected {
        ui.painter().rect_filled(rect, 0, palette.selection);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0, palette.hovered);
    }
    if has_cursor {
        let stroke = Stroke::new(1.0, palette.accent);
        ui.painter().rect_stroke(rect.shrink(0.5), 0, stroke, eframe::egui::StrokeKind::Inside);
    }
}

/// One hairline for each level above, so that the eye finds the parent.
fn guides(painter: &Painter, rect: Rect, columns: Columns, depth: usize, palette: &Palette) {
    for level in 0..depth {
        let x = columns.left + START + level as f32 * INDENT + 6.0;
        painter.vline(x, rect.y_range(), Stroke::new(1.0, palette.line));
    }
}

fn caret(ui: &Ui, centre: Pos2, row: &ActorRow, is_folded: bool) -> bool {
    let rect = Rect::from_center_size(centre, vec2(16.0, 18.0));
    let response = ui.interact(rect, ui.scope_id().with(("fold", row.actor)), Sense::CLICK);
    response.widget_info(|| {
        let verb = if is_folded { "Unfold" } else { "Fold" };
        WidgetInfo::labeled(Role::Button, true, format!("{verb} {}", row.name))
    });
    let icon = if is_folded { Icon::ChevronRight } else { Icon::ChevronDown };
    let palette = tokens::palette(ui);
    let colour = if response.hovered() { palette.text } else { palette.quiet };
    let font = FontId::proportional(tokens::DENSE);
    ui.painter().text(centre, Align2::CENTER_CENTER, char::from(icon), font, colour);
    response.clicked()
}

fn text_width(ui: &Ui, text: &str) -> f32 {
    let text = WidgetText::from(text);
    text.into_galley(ui, Some(TextWrapMode::Extend), f32::INFINITY, TextStyle::Body).size().x
}

/// A line of text, cut where it does not fit; gives back how wide it is.
fn text(ui: &Ui, at: Pos2, room: f32, text: &str, colour: Color32) -> f32 {
    if room < 12.0 {
        return 0.0;
    }
    let galley = WidgetText::from(text).into_galley(ui, Some(TextWrapMode::Truncate), room, TextStyle::Body);
    let (width, height) = (galley.size().x, galley.size().y);
    ui.painter().galley(at - vec2(0.0, height / 2.0), galley, colour);
    width
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_other_names_take_what_the_other_leaves() {
        let check = |names: f32, also: f32, room: f32, expect: f32| {
            let wanted = Wishes { names, also, ..Wishes::default() };
            assert_eq!(name_width(wanted, room, 300.0), expect, "{names} and {also} in {room}");
        };
        check(200.0, 100.0, 700.0, 300.0);
        // More than the share, and there is room.
        check(450.0, 100.0, 700.0, 450.0);
        check(650.0, 191.0, 700.0, 500.0);
        // Other names take what names do not need.
        check(200.0, 441.0, 700.0, 250.0);
        check(200.0, 900.0, 700.0, 200.0);
        // Both need more than there is.
        check(500.0, 900.0, 700.0, 300.0);
    }
}
