//! Hedges that were lost: a tie between an original and its repeat, and the list of all.

use std::sync::Arc;

use eframe::egui::{
    Button, Label, Painter, Popup, PopupCloseBehavior, Pos2, Rect, ScrollArea, Shape, Stroke, Ui, vec2,
};

use crate::analysis::charts::ChartTable;
use crate::analysis::hedges::Retelling;
use crate::model::wording::capitalised;
use crate::model::{AnyId, Assessment, Claim, Id};
use crate::ui::tokens::{self, Icon, Palette, bold};
use crate::ui::widgets::{icon_text, named, quiet};
use crate::ui::{Command, ViewContext};

/// What has to be said of a claim that lost a hedge, such as "Hedge lost"; `None` where it lost none.
pub(super) fn note(lost: &[Retelling], claim: Id<Claim>) -> Option<String> {
    let pair = lost.iter().find(|pair| pair.repeat == claim)?;
    let labels: Vec<&str> = pair.lost().map(|shift| shift.label()).collect();
    let text = labels.join(", ");
    (!text.is_empty()).then(|| capitalised(&text))
}

/// Ties a repeat to its original, with an arrowhead at the repeat.
pub(super) fn paint_tie(painter: &Painter, original: Pos2, repeat: Pos2, palette: &Palette) {
    let stroke = Stroke::new(1.5, palette.overlaps);
    let way = (repeat - original).normalized();
    // From the edge of one mark to that of the other.
    let (from, tip) = (original + way * 8.0, repeat - way * 9.0);
    if let Some(seen) = part_in_sight([from, tip], painter.clip_rect()) {
        painter.extend(Shape::dashed_line(&seen, stroke, 4.0, 3.0));
    }
    let side = vec2(-way.y, way.x) * 4.0;
    painter.line_segment([tip, tip - way * 6.0 + side], stroke);
    painter.line_segment([tip, tip - way * 6.0 - side], stroke);
}

/// The part of a line that crosses the height of a rectangle: a tie may be as long as the list, and is cut into dashes.
fn part_in_sight([from, to]: [Pos2; 2], sight: Rect) -> Option<[Pos2; 2]> {
    let (low, high) = (from.y.min(to.y), from.y.max(to.y));
    if high < sight.top() || low > sight.bottom() {
        return None;
    }
    let at = |y: f32| {
        let share = if high - low > 1.0 { (y - from.y) / (to.y - from.y) } else { 0.0 };
        from + (to - from) * share.clamp(0.0, 1.0)
    };
    if high - low <= sight.height() {
        return Some([from, to]);
    }
    let (first, second) = (at(sight.top()), at(sight.bottom()));
    Some(if from.y <= to.y { [first, second] } else { [second, first] })
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
