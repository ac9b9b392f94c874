//! The opinion triangle of the actor that is asked about, with the list of the origins whose opinions stand in it.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    Align, Align2, FontId, Frame, Galley, Label, Layout, Margin, Panel, Pos2, Rect, Response, Role,
    ScrollArea, Sense, Shape, Stroke, TextStyle, TextWrapMode, Ui, UiBuilder, Vec2, WidgetInfo, WidgetText,
    pos2, vec2,
};

use super::label_places::{self, MARK};
use super::memo::{Key, Memo};
use super::paint::{self, TriangleFrame};
use crate::analysis::charts::{BeliefOrigin, Ignorance, OpinionTriangle};
use crate::analysis::fusion::Binomial;
use crate::analysis::percent::percent;
use crate::model::wording::capitalised;
use crate::model::{Claim, Id};
use crate::ui::ViewContext;
use crate::ui::figure::FigureSettings;
use crate::ui::tokens::{self, ROW_HEIGHT, bold};
use crate::ui::widgets::chart_parts::{height_around, wrapped};
use crate::ui::widgets::legend::{entry, line};
use crate::ui::widgets::rows::Rows;
use crate::ui::widgets::{claim_tooltip, figure_and_copy, line_width, middle_galley, quiet, section_title};

/// The width of a column of numbers in the list of origins, in points.
const NUMBER: f32 = 58.0;

/// The room around the question and the list, in points.
const MARGIN: Margin = Margin { left: 8, right: 8, top: 0, bottom: 4 };

/// Up to so many origins are rather read than skimmed.
const READ_THROUGH: usize = 40;

/// The room for the mark before a name, in points.
const MARK_ROOM: f32 = 20.0;

/// The height of the heads of these columns, in points.
const HEADS: f32 = 18.0;

/// The room between a source and what it says, and the least that a name of a source is cut to, in points.
const GAP: f32 = 6.0;
const LEAST_SOURCE: f32 = 48.0;

/// Draws the question: the triangle above its list where the panel is high, beside it where it is wide.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, is_high: bool) {
    let Some(triangle) = memo.triangle() else { return };
    let (question, mut is_beside) = (triangle.question(), true);
    ui.horizontal(|ui| {
        ui.set_height(ROW_HEIGHT);
        ui.add_space(tokens::PADDING);
        section_title(ui, "Opinion triangle");
        let settings = || {
            let Key { rule, discount, .. } = memo.key;
            let fusing = super::FigureSettings { rule: Some(rule), discount: Some(discount) };
            FigureSettings::Triangle(super::TriangleSettings { fusing, actor: Some(triangle.actor) })
        };
        figure_and_copy(
            ui,
            cx,
            ("Export the opinion triangle as a figure…", settings),
            ("Copy the opinion triangle as a table", || triangle.table()),
        );
        // Beside the title where it has room, else in lines of its own.
        let galley = WidgetText::from(bold(&question)).into_galley(ui, None, f32::INFINITY, TextStyle::Body);
        is_beside = galley.size().x + tokens::PADDING <= ui.available_width();
        if is_beside {
            ui.label(bold(&question));
        }
    });
    if !is_beside {
        Frame::new().inner_margin(MARGIN).show(ui, |ui| ui.add(Label::new(bold(&question)).wrap()));
    }
    let pointed_at = ui.make_persistent_id("origin pointed at");
    let last: Option<usize> = ui.data(|data| data.get_temp(pointed_at)).flatten();
    let mut now = None;
    let size = ui.available_size();
    if is_high {
        let width = size.x - MARGIN.sum().x - ui.spacing().scroll.allocated_width();
        let rows: f32 = row_heights(ui, triangle, width).iter().sum();
        let height = triangle_height(size, HEADS + ROW_HEIGHT + rows + 2.0 * MARGIN.sum().y);
        Panel::top("triangle").exact_size(height).show_separator_line(false).frame(Frame::new()).show(
            ui,
            |ui| {
                draw(ui, cx, triangle, last, &mut now);
            },
        );
    } else {
        let width = (size.y * 1.25).max(160.0).min(size.x * 0.45);
        Panel::left("triangle beside").exact_size(width).show_separator_line(false).frame(Frame::new()).show(
            ui,
            |ui| {
                draw(ui, cx, triangle, last, &mut now);
            },
        );
    }
    Frame::new().inner_margin(MARGIN).show(ui, |ui| {
        // The list keeps room for its scroll bar, and the line above it stands over it.
        let bar = ui.spacing().scroll.allocated_width();
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.set_max_width(ui.available_width() - bar);
            answer(ui, triangle);
        });
        list(ui, cx, triangle, last, &mut now);
    });
    if now != last {
        ui.data_mut(|data| data.insert_temp(pointed_at, now));
        ui.ctx().request_repaint();
    }
}

/// The triangle itself.
fn draw(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    triangle: &OpinionTriangle,
    last: Option<usize>,
    now: &mut Option<usize>,
) {
    let frame = TriangleFrame::within(ui.available_rect_before_wrap().shrink(4.0));
    let clusters = paint::clusters(&frame, triangle);
    paint_all(ui, &frame, triangle, &clusters, last);
    // Before the origins: one that stands in the ring is met first.
    if let Ok(fused) = &triangle.fused {
        let rect = Rect::from_center_size(frame.place(fused), Vec2::splat(2.0 * paint::RING_OUT));
        let response = ui.interact(rect, ui.scope_id().with("fused opinion"), Sense::click());
        let name = format!("All, fused: {}", words(fused));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        response.on_hover_ui_at_pointer(|ui| {
            ui.set_max_width(360.0);
            ui.label(bold("All origins, fused"));
            ui.label(words(fused));
            ui.label(quiet(ui, projector(fused)));
        });
    }
    for (at, numbers) in clusters {
        let Some((origin, opinion)) = numbers.first().and_then(|first| triangle.origins.get(*first)) else {
            continue;
        };
        let rect = Rect::from_center_size(at, vec2(14.0, 14.0));
        let response = ui.interact(rect, ui.scope_id().with(("opinion", origin.number)), Sense::click());
        let names = || {
            let origins = numbers.iter().filter_map(|number| triangle.origins.get(*number));
            origins.map(|(origin, _)| format!("{} {}", origin.source, origin.says)).collect::<Vec<_>>()
        };
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Button, true, format!("{}: {}", names().join("; "), words(opinion)))
        });
        if response.hovered() || response.has_focus() {
            *now = numbers.first().copied();
        }
        if response.has_focus() {
            paint::origin(ui.painter(), at, true, tokens::palette(ui));
        }
        if response.clicked() {
            cx.select(origin.claim);
        }
        response.on_hover_ui_at_pointer(|ui| {
            ui.set_max_width(360.0);
            for name in names() {
                ui.label(bold(name));
            }
            ui.label(words(opinion));
        });
    }
}

/// Paints all of it, without a pointer, with the numbers that the origins have in the list: for a figure.
pub(super) fn paint_numbered(ui: &Ui, frame: &TriangleFrame, triangle: &OpinionTriangle) {
    let clusters = paint::clusters(frame, triangle);
    paint_labelled(ui, frame, triangle, &clusters, None, |numbers| {
        let shown: Vec<String> =
            numbers.iter().take(NUMBERED).map(|number| (number + 1).to_string()).collect();
        let rest = numbers.len().saturating_sub(NUMBERED);
        let more = if rest == 0 { String::new() } else { format!(" +{rest}") };
        Some(format!("{}{more}", shown.join(", ")))
    });
}

/// Paints all of it, without a pointer, with the count of those origins that fall together.
pub(super) fn paint_all(
    ui: &Ui,
    frame: &TriangleFrame,
    triangle: &OpinionTriangle,
    clusters: &[(Pos2, Vec<usize>)],
    pointed_at: Option<usize>,
) {
    paint_labelled(ui, frame, triangle, clusters, pointed_at, |numbers| {
        (numbers.len() > 1).then(|| format!("×{}", numbers.len()))
    });
}

/// Paints all of it. The fused opinion comes first: nothing that an origin says is hidden under it. Labels keep clear of marks and
/// of one another.
fn paint_labelled(
    ui: &Ui,
    frame: &TriangleFrame,
    triangle: &OpinionTriangle,
    clusters: &[(Pos2, Vec<usize>)],
    pointed_at: Option<usize>,
    label: impl Fn(&[usize]) -> Option<String>,
) {
    let (painter, palette) = (ui.painter(), tokens::palette(ui));
    let corners = paint::triangle(painter, frame, triangle.base_rate, palette);
    let fused = triangle.fused.as_ref().ok();
    let mut taken: Vec<Rect> =
        clusters.iter().map(|(at, _)| Rect::from_center_size(*at, Vec2::splat(MARK))).collect();
    taken.extend(corners);
    let TriangleFrame { disbelief, belief, uncertainty } = *frame;
    for (from, to) in [(disbelief, uncertainty), (uncertainty, belief), (belief, disbelief)] {
        taken.extend(label_places::along(from, to));
    }
    taken.extend(label_places::along(uncertainty, frame.on_base(triangle.base_rate)));
    if let Some(fused) = fused {
        paint::fused(painter, frame, fused, palette);
        taken.push(Rect::from_center_size(frame.place(fused), Vec2::splat(2.0 * paint::RING_OUT)));
        taken.extend(label_places::along(frame.place(fused), frame.on_base(fused.projected)));
    }
    let projected = fused.map(|fused| fused.projected);
    taken.extend(paint::base_labels(painter, frame, corners, (triangle.base_rate, projected), palette));
    let marks: Vec<Pos2> = clusters.iter().map(|(at, _)| *at).collect();
    let mut labels: Vec<Rect> = Vec::new();
    for (at, numbers) in clusters {
        let is_pointed_at = pointed_at.is_some_and(|number| numbers.contains(&number));
        paint::origin(painter, *at, is_pointed_at, palette);
        let Some(text) = label(numbers) else { continue };
        let galley = painter.layout_no_wrap(text, FontId::proportional(tokens::SMALL), palette.text);
        let place = label_places::free(*at, galley.size(), &taken, (&marks, &labels));
        let before = labels.len();
        labels.push(place);
        if let Some([from, to]) = label_places::leader(*at, place) {
            painter.line_segment([from, to], Stroke::new(1.0, palette.edge));
            labels.extend(label_places::along(from, to));
        }
        taken.extend(labels.iter().skip(before));
        painter.galley(place.min, galley, palette.text);
    }
}

/// How many origins that fall together are numbered in a figure; more are counted.
const NUMBERED: usize = 4;

/// What the list of a figure says of an origin.
fn numbered(place: usize, origin: &BeliefOrigin) -> String {
    format!("{}  {} {}", place + 1, origin.source, says(origin))
}

/// The size of the list of all origins, in points.
pub(super) fn list_size(ui: &Ui, triangle: &OpinionTriangle) -> Vec2 {
    let (font, colour) = (FontId::proportional(tokens::BODY), tokens::palette(ui).text);
    let width = |text: String| ui.painter().layout_no_wrap(text, font.clone(), colour).size().x;
    let names =
        triangle.origins.iter().enumerate().map(|(place, (origin, _))| width(numbered(place, origin)));
    let undefined = triangle.fused.as_ref().err().map_or(0.0, |undefined| width(undefined.to_string()));
    let name = names.fold(undefined.max(120.0), f32::max) + 8.0;
    vec2(20.0 + name + 4.0 + 3.0 * NUMBER, (triangle.origins.len() + 1) as f32 * ROW_HEIGHT + HEADS)
}

/// Draws the fused opinion and below it all origins, with the numbers that they have in the triangle: for a figure.
pub(super) fn whole_list(ui: &mut Ui, triangle: &OpinionTriangle) {
    ui.spacing_mut().item_spacing.y = 0.0;
    answer(ui, triangle);
    for (place, (origin, opinion)) in triangle.origins.iter().enumerate() {
        row(ui, Some(opinion), opinion, |ui| {
            ui.add(Label::new(numbered(place, origin)).truncate().selectable(false));
        });
    }
}

/// Draws what the marks of a figure mean.
pub(super) fn legend(ui: &mut Ui) {
    line(ui, |ui| {
        entry(ui, 18.0, "All origins, fused", |painter, rect, palette| {
            paint::small_ring(painter, rect.center(), palette);
        });
        entry(ui, 14.0, "One origin, by its number in the list", |painter, rect, palette| {
            paint::origin(painter, rect.center(), false, palette);
        });
        entry(ui, 28.0, "P: projected probability", |painter, rect, palette| {
            let ends = [rect.left_center(), rect.right_center()];
            painter.extend(Shape::dashed_line(&ends, Stroke::new(1.5, palette.belief), 5.0, 3.0));
        });
        entry(ui, 28.0, "a: base rate", |painter, rect, palette| {
            let ends = [rect.left_center(), rect.right_center()];
            painter.extend(Shape::dotted_line(&ends, palette.edge, 4.0, 0.7));
        });
    });
    let text = "b: belief, speaks for it · d: disbelief, speaks against it · u: uncertainty, is open; the three sum to 100 %";
    ui.add(Label::new(quiet(ui, text).size(tokens::SMALL)).wrap());
}

fn words(opinion: &Binomial) -> String {
    format!(
        "belief {}, disbelief {}, uncertainty {}, projected {}",
        percent(opinion.belief),
        percent(opinion.disbelief),
        percent(opinion.uncertainty),
        percent(opinion.projected)
    )
}

/// What the dashed line says.
fn projector(opinion: &Binomial) -> String {
    let line = "The dashed line leads to its projected probability on the base, the dotted one from the top to the base rate";
    if (opinion.effective_base_rate() - opinion.base_rate).abs() < 0.005 {
        return line.to_owned();
    }
    format!(
        "{line}. The two are not parallel here: part of what is open lies on a wider circle that has this actor in it, and \
         counts by its share of that"
    )
}

/// The fused opinion in numbers.
fn answer(ui: &mut Ui, triangle: &OpinionTriangle) {
    heads(ui);
    match &triangle.fused {
        Ok(fused) => row(ui, None, fused, |ui| {
            ui.add(Label::new(bold("All, fused")).truncate());
        }),
        Err(undefined) => {
            ui.add(Label::new(bold(undefined.to_string())).wrap());
        }
    }
}

/// The origins, each with its own opinion.
fn list(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    triangle: &OpinionTriangle,
    last: Option<usize>,
    now: &mut Option<usize>,
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let count = triangle.origins.len();
    // As wide without a scroll bar as with one, so that the numbers stand below those of the line above.
    let width = ui.available_width() - ui.spacing().scroll.allocated_width();
    // All are whole, or all have one line: what an origin counts as is cut in neither.
    let heights = row_heights(ui, triangle, width);
    let is_whole = count <= READ_THROUGH && heights.iter().sum::<f32>() <= ui.available_height();
    let rows = Rows::fitted(count, ROW_HEIGHT, if is_whole { f32::INFINITY } else { 0.0 }, |place, _| {
        heights.get(place).copied().unwrap_or(ROW_HEIGHT)
    });
    let scroll = ScrollArea::vertical().id_salt("opinions").auto_shrink(false);
    rows.show(ui, scroll, |ui, number, rect| {
        let Some((origin, opinion)) = triangle.origins.get(number) else { return };
        let rect = rect.with_max_x(rect.left() + width);
        let place = (rect, rows.lines());
        let response = origin_row(ui, cx, origin, opinion, (place, last == Some(number)));
        if response.hovered() || response.has_focus() {
            *now = Some(number);
        }
        if response.clicked() {
            cx.select(origin.claim);
        }
    });
}

/// How high the rows of the origins are in a list of some width where all are whole, in points; of long lists, which are not
/// read through, each has one line.
fn row_heights(ui: &Ui, triangle: &OpinionTriangle, width: f32) -> Vec<f32> {
    let room = width - MARK_ROOM - 4.0 - 3.0 * NUMBER;
    let is_long = triangle.origins.len() > READ_THROUGH;
    let height = |(origin, _): &(BeliefOrigin, Binomial)| match is_long {
        true => ROW_HEIGHT,
        false => height_around(&origin_galley(ui, origin, room)),
    };
    triangle.origins.iter().map(height).collect()
}

/// The height of a triangle above its list, in points: less than it could have where that makes the list whole.
fn triangle_height(room: Vec2, list: f32) -> f32 {
    let most = (room.x * 0.78).min(room.y * 0.6);
    let least = most.min(room.y * 0.4);
    if room.y - list >= least { most.min(room.y - list) } else { most }
}

fn origin_row(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    origin: &BeliefOrigin,
    opinion: &Binomial,
    ((rect, lines), is_pointed_at): ((Rect, usize), bool),
) -> Response {
    let response = ui.interact(rect, ui.scope_id().with(("origin", origin.number)), Sense::click());
    let is_selected = cx.is_selected(origin.claim);
    let name = format!("{} {}", origin.source, origin.says);
    response.widget_info(|| {
        let ignorance = origin.ignorance.map_or(String::new(), |reason| format!(", {}", reason.label()));
        WidgetInfo::selected(Role::Row, true, is_selected, format!("{name}, {}{ignorance}", words(opinion)))
    });
    let palette = tokens::palette(ui);
    if is_selected {
        ui.painter().rect_filled(rect, 0, palette.selection);
    } else if is_pointed_at || response.hovered() {
        ui.painter().rect_filled(rect, 0, palette.hovered);
    }
    row_in(ui, rect, Some(opinion), opinion, |ui| origin_name(ui, origin, lines));
    let claim: Id<Claim> = origin.claim;
    response.on_hover_ui_at_pointer(|ui| {
        claim_tooltip(ui, cx, claim);
        if let Some(reason) = origin.ignorance {
            ui.label(quiet(ui, capitalised(reason.label())));
        }
    })
}

/// Its source and what it says, on which all depends. Why it counts as ignorance is never cut: before it the name of the source
/// is, and then what it says.
fn origin_name(ui: &mut Ui, origin: &BeliefOrigin, lines: usize) {
    if lines > 1 {
        let galley = origin_galley(ui, origin, ui.available_width());
        ui.add(Label::new(galley).selectable(false));
        return;
    }
    let palette = tokens::palette(ui);
    let font = || FontId::proportional(tokens::BODY);
    let parts = [&*origin.source, &*origin.says, reason(origin).unwrap_or_default()];
    let needed = parts.map(|part| line_width(ui, part, &font()).ceil() + 1.0);
    let [source, says, reason] = parts;
    let [source_width, says_width, reason_width] = widths(ui.available_width() - GAP, needed);
    ui.spacing_mut().item_spacing.x = 0.0;
    let galley = middle_galley(ui.painter(), source, font(), palette.text, source_width);
    ui.add(Label::new(galley).selectable(false));
    ui.add_space(GAP);
    for (part, width) in [(says, says_width), (reason, reason_width)] {
        let galley = WidgetText::from(quiet(ui, part)).into_galley(
            ui,
            Some(TextWrapMode::Truncate),
            width,
            TextStyle::Body,
        );
        ui.add(Label::new(galley).selectable(false));
    }
}

/// The same in as many lines as it needs.
fn origin_galley(ui: &Ui, origin: &BeliefOrigin, room: f32) -> Arc<Galley> {
    let palette = tokens::palette(ui);
    let format = |colour| TextFormat::simple(FontId::proportional(tokens::BODY), colour);
    let mut text = LayoutJob::default();
    text.append(&format!("{}  ", origin.source), 0.0, format(palette.text));
    text.append(&says(origin), 0.0, format(palette.quiet));
    wrapped(ui, text, room, usize::MAX)
}

/// The widths of a source, of what it says and of the reason, in points, where they need so much of a room: the source is cut
/// first, but not to nothing; then what it says.
fn widths(room: f32, [source, says, reason]: [f32; 3]) -> [f32; 3] {
    let least = source.min(LEAST_SOURCE);
    let source = source.min((room - says - reason).max(least));
    [source, says.min((room - source - reason).max(0.0)), reason]
}

/// What an origin says, and whether it counts as ignorance.
fn says(origin: &BeliefOrigin) -> String {
    format!("{}{}", origin.says, reason(origin).unwrap_or_default())
}

/// Why an origin counts as ignorance, as it follows what it says.
const fn reason(origin: &BeliefOrigin) -> Option<&'static str> {
    match origin.ignorance {
        Some(Ignorance::NamesNobody) => Some(", ignorance"),
        Some(Ignorance::CannotBeJudged) => Some(", F or 6: ignorance"),
        None => None,
    }
}

/// What the columns of numbers are called.
fn heads(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEADS), Sense::hover());
    let palette = tokens::palette(ui);
    for (place, head) in ["Unknown", "Against", "For"].into_iter().enumerate() {
        let at = pos2(rect.right() - NUMBER * place as f32, rect.center().y);
        let font = FontId::proportional(tokens::SMALL);
        ui.painter().text(at, Align2::RIGHT_CENTER, head, font, palette.quiet);
    }
}

/// One line: a mark, what `name` draws, and at the right belief, disbelief and uncertainty.
fn row(ui: &mut Ui, origin: Option<&Binomial>, opinion: &Binomial, name: impl FnOnce(&mut Ui)) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::hover());
    row_in(ui, rect, origin, opinion, name);
}

/// The same in a rectangle.
fn row_in(
    ui: &mut Ui,
    rect: Rect,
    origin: Option<&Binomial>,
    opinion: &Binomial,
    name: impl FnOnce(&mut Ui),
) {
    let palette = tokens::palette(ui);
    let mark = pos2(rect.left() + 8.0, rect.center().y);
    match origin {
        Some(_) => paint::origin(ui.painter(), mark, false, palette),
        None => paint::small_ring(ui.painter(), mark, palette),
    }
    let numbers = [opinion.belief, opinion.disbelief, opinion.uncertainty];
    let numbers_left = rect.right() - NUMBER * numbers.len() as f32;
    for (place, value) in numbers.into_iter().enumerate() {
        let at = pos2(numbers_left + NUMBER * (place as f32 + 1.0), rect.center().y);
        let font = FontId::proportional(tokens::BODY);
        ui.painter().text(at, Align2::RIGHT_CENTER, percent(value), font, palette.text);
    }
    let room = Rect::from_min_max(
        pos2(rect.left() + MARK_ROOM, rect.top()),
        pos2(numbers_left - 4.0, rect.bottom()),
    );
    let builder = UiBuilder::new().max_rect(room).layout(Layout::left_to_right(Align::Center));
    let mut child = ui.new_child(builder);
    child.spacing_mut().item_spacing.x = 6.0;
    name(&mut child);
}

#[cfg(test)]
mod tests {
    use eframe::egui::vec2;

    use super::{triangle_height, widths};

    #[test]
    fn the_triangle_gives_way_to_a_list_that_becomes_whole() {
        #[track_caller]
        fn check(list: f32, expect: f32) {
            assert!((triangle_height(vec2(500.0, 800.0), list) - expect).abs() < 0.01, "{list}");
        }
        check(200.0, 390.0);
        check(450.0, 350.0);
        check(480.0, 320.0);
        // It would not be whole: the triangle stays as large as it can be.
        check(500.0, 390.0);
    }

    #[test]
    fn the_reason_is_never_cut_and_the_source_is_cut_first() {
        #[track_caller]
        fn check(room: f32, needed: [f32; 3], expect: [f32; 3]) {
            assert_eq!(widths(room, needed), expect, "{needed:?} in {room}");
        }
        check(300.0, [80.0, 60.0, 110.0], [80.0, 60.0, 110.0]);
        check(230.0, [80.0, 60.0, 110.0], [60.0, 60.0, 110.0]);
        check(200.0, [80.0, 60.0, 110.0], [48.0, 42.0, 110.0]);
        check(200.0, [30.0, 90.0, 110.0], [30.0, 60.0, 110.0]);
        check(120.0, [80.0, 60.0, 110.0], [48.0, 0.0, 110.0]);
    }
}
