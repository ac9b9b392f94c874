//! Hedges that were lost: a tie between an original and its repeat, and the list of all.

use std::sync::Arc;

use eframe::egui::{
    Button, Label, Painter, Popup, PopupCloseBehavior, Pos2, Rangef, Rect, ScrollArea, Shape, Stroke, Ui,
    pos2, vec2,
};

use crate::analysis::charts::ChartTable;
use crate::analysis::hedges::Retelling;
use crate::model::wording::capitalised;
use crate::model::{AnyId, Assessment, Claim, Id};
use crate::ui::tokens::{self, Icon, Palette, ROW_HEIGHT, bold};
use crate::ui::widgets::{icon_text, named, quiet};
use crate::ui::{Command, ViewContext};

/// What has to be said of a claim that lost a hedge, such as "Hedge lost"; `None` where it lost none.
pub(super) fn note(lost: &[Retelling], claim: Id<Claim>) -> Option<String> {
    let pair = lost.iter().find(|pair| pair.repeat == claim)?;
    let labels: Vec<&str> = pair.lost().map(|shift| shift.label()).collect();
    let text = labels.join(", ");
    (!text.is_empty()).then(|| capitalised(&text))
}

/// What is kept free of marks and words on either side of a tie, in points.
const CLEAR: f32 = 5.0;
/// From the middle of a mark to where a tie begins and where it ends, in points.
const ENDS: (f32, f32) = (8.0, 9.0);
/// The reach of an arrowhead along the tie and to its sides, and the least length of a tie that has one, in points.
const HEAD: (f32, f32) = (4.0, 16.0);

/// The way of a tie from an original to its repeat: along the edges of their two rows, and between these straight through all others
/// where it meets none of `obstacles`, or as few as it can.
pub(super) fn route(original: Pos2, repeat: Pos2, obstacles: &[Rect]) -> Vec<Pos2> {
    let half = (repeat.y - original.y).signum() * ROW_HEIGHT / 2.0;
    let (leaves, enters) = (original.y + half, repeat.y - half);
    let between = Rangef::new(leaves.min(enters), leaves.max(enters));
    let in_way: Vec<Rangef> = obstacles
        .iter()
        .filter(|other| other.y_range().intersection(between).span() > 1.0)
        .map(|other| other.x_range().expand(CLEAR))
        .collect();
    let met = |x: f32| in_way.iter().filter(|other| other.min < x && x < other.max).count();
    let length = |x: f32| (original.x - x).abs() + (x - repeat.x).abs();
    let beside = in_way.iter().flat_map(|other| [other.min, other.max]);
    let x = [repeat.x, original.x]
        .into_iter()
        .chain(beside)
        .min_by(|a, b| met(*a).cmp(&met(*b)).then(length(*a).total_cmp(&length(*b))))
        .unwrap_or(repeat.x);
    let mut way = vec![
        original,
        pos2(original.x, leaves),
        pos2(x, leaves),
        pos2(x, enters),
        pos2(repeat.x, enters),
        repeat,
    ];
    way.dedup_by(|a, b| a.distance(*b) < 0.5);
    // Where it goes straight on there is no corner.
    let mut corners: Vec<Pos2> = Vec::with_capacity(way.len());
    for at in way {
        if let [.., before, last] = corners.as_mut_slice()
            && ((before.x == last.x && last.x == at.x) || (before.y == last.y && last.y == at.y))
        {
            *last = at;
        } else {
            corners.push(at);
        }
    }
    corners
}

/// Ties a repeat to its original, on a way of level and upright lines, with an arrowhead at the repeat where it is long enough.
pub(super) fn paint_tie(painter: &Painter, way: &[Pos2], palette: &Palette) {
    let stroke = Stroke::new(1.5, palette.overlaps);
    let mut way = way.to_vec();
    // From the edge of one mark to that of the other.
    if let [first, second, ..] = way.as_mut_slice() {
        *first += (*second - *first).normalized() * ENDS.0;
    }
    let Some(ahead) = (match way.as_mut_slice() {
        [.., before, last] => {
            let ahead = (*last - *before).normalized();
            *last -= ahead * ENDS.1;
            Some(ahead)
        }
        _ => None,
    }) else {
        return;
    };
    // A tie may be as long as the list, and is cut into dashes: only what is in sight.
    let sight = painter.clip_rect().expand(8.0);
    for (from, to) in way.iter().zip(way.iter().skip(1)) {
        if Rect::from_two_pos(*from, *to).expand(0.5).intersects(sight) {
            let seen = [sight.clamp(*from), sight.clamp(*to)];
            painter.extend(Shape::dashed_line(&seen, stroke, 4.0, 3.0));
        }
    }
    let length: f32 = way.iter().zip(way.iter().skip(1)).map(|(from, to)| from.distance(*to)).sum();
    let (reach, least) = HEAD;
    if let Some(tip) = way.last().filter(|_| length >= least) {
        for side in [vec2(-ahead.y, ahead.x), vec2(ahead.y, -ahead.x)] {
            painter.line_segment([*tip, *tip + (side - ahead) * reach], stroke);
        }
    }
}

/// A button that lists the lost hedges; a click on one selects both claims. Nothing where there is none.
pub(super) fn list(ui: &mut Ui, cx: &ViewContext<'_>, lost: &Arc<Vec<Retelling>>) {
    let count = lost.len();
    if count == 0 {
        return;
    }
    let text = if count == 1 { "1 hedge lost".to_owned() } else { format!("{count} hedges lost") };
    let button =
        ui.add(Button::new((icon_text(Icon::TriangleAlert).size(tokens::SMALL_ICON), text.as_str())));
    let button = named(button, &format!("{text} on the way from an original to its repeat"));
    let button = button.on_hover_text("Where a claim that repeats another says more than it");
    Popup::menu(&button).width(400.0).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        ui.set_width(400.0);
        ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
            for pair in lost.iter() {
                one(ui, cx, pair);
            }
        });
    });
}

fn one(ui: &mut Ui, cx: &ViewContext<'_>, pair: &Retelling) {
    let (Some(original), Some(repeat)) = (cx.assessment.get(pair.original), cx.assessment.get(pair.repeat))
    else {
        return;
    };
    let title = title(cx.assessment, pair);
    let button = Button::new(bold(&title)).frame_when_inactive(false).truncate();
    if ui.add(button).on_hover_text(format!("{title}. Click: select both claims")).clicked() {
        cx.send(Command::Select(vec![AnyId::from(pair.original), AnyId::from(pair.repeat)]));
    }
    for shift in pair.lost() {
        ui.add(Label::new(shift.sentence()).wrap());
    }
    for (claim, who) in [(original, "Original"), (repeat, "Repeat")] {
        if !claim.quote.is_empty() {
            ui.add(Label::new(quiet(ui, format!("{who}: “{}”", claim.quote))).wrap());
        }
    }
    ui.add_space(8.0);
}

/// Who repeats whom, such as "Infosecurity Magazine after CrowdStrike".
fn title(assessment: &Assessment, pair: &Retelling) -> String {
    let source = |claim: Id<Claim>| {
        assessment.get(claim).map_or_else(String::new, |claim| assessment.name_of(claim.source))
    };
    format!("{} after {}", source(pair.repeat), source(pair.original))
}

/// The lost hedges as a table, and the repeat of each line.
pub(super) fn table(assessment: &Assessment, lost: &[Retelling]) -> (ChartTable, Vec<AnyId>) {
    let mut table = ChartTable::new(&[
        "Repeat",
        "Original",
        "What was lost",
        "Original’s words",
        "Repeat’s words",
        "Tie",
    ]);
    let mut records = Vec::new();
    for pair in lost {
        let name = |claim: Id<Claim>| assessment.name_of(claim);
        let quote =
            |claim: Id<Claim>| assessment.get(claim).map_or_else(String::new, |claim| claim.quote.clone());
        let losses: Vec<String> = pair.lost().map(|shift| shift.sentence()).collect();
        table.rows.push(vec![
            name(pair.repeat),
            name(pair.original),
            losses.join("; "),
            quote(pair.original),
            quote(pair.repeat),
            pair.tie.label().to_owned(),
        ]);
        records.push(pair.repeat.into());
    }
    (table, records)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every part of a way is level or upright, and those between the two rows meet nothing.
    #[test]
    fn ties_run_beside_what_stands_between() {
        let row = |place: usize| place as f32 * ROW_HEIGHT;
        let mark = |x: f32, place: usize| Rect::from_center_size(pos2(x, row(place)), vec2(18.0, 18.0));
        let check = |from: (f32, usize), to: (f32, usize), obstacles: &[Rect], corners: usize| {
            let (original, repeat) = (pos2(from.0, row(from.1)), pos2(to.0, row(to.1)));
            let way = route(original, repeat, obstacles);
            assert_eq!((way.first(), way.last()), (Some(&original), Some(&repeat)));
            assert_eq!(way.len() - 2, corners, "{way:?}");
            for (a, b) in way.iter().zip(way.iter().skip(1)) {
                assert!(a.x == b.x || a.y == b.y, "{way:?}");
                let part = Rect::from_two_pos(*a, *b);
                let met = obstacles.iter().find(|other| other.intersects(part));
                assert!(met.is_none(), "{met:?} stands in the way {way:?}");
            }
        };
        // Neighbours: along the edge between them, or straight where they stand under one another.
        check((40.0, 0), (100.0, 1), &[], 2);
        check((40.0, 0), (40.0, 1), &[], 0);
        // Beside the marks between them, upwards too.
        let between = [mark(40.0, 1), mark(60.0, 2), mark(100.0, 3)];
        check((40.0, 0), (100.0, 4), &between, 4);
        check((100.0, 4), (40.0, 0), &between, 4);
        check((40.0, 0), (100.0, 4), &between[1..2], 2);
        // All of a time: around them.
        let between = [mark(50.0, 1), mark(50.0, 2)];
        check((50.0, 0), (50.0, 3), &between, 4);
    }
}
