//! The judgements of an analyst over time, and what changed between two of them.

use eframe::egui::{
    ComboBox, Grid, Label, Rect, RichText, Role, Sense, Stroke, StrokeKind, TextStyle, TextWrapMode, Ui,
    WidgetInfo, WidgetText, pos2, vec2,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::figure::FigureSettings;
use super::memo::Memo;
use super::track::Track;
use super::{State, section};
use crate::analysis::judgement::wording::percent;
use crate::analysis::judgement::{JudgementChange, ShareChange, record, wording};
use crate::model::{Id, Judgement};
use crate::ui::ViewContext;
use crate::ui::figure;
use crate::ui::tokens::{self, bold};
use crate::ui::widgets::{copy_table_button, elided, explained, fields, figure_and_copy, quiet};

/// The height of the chart, in points.
const HEIGHT: f32 = 150.0;
/// How many judgements are listed, the latest ones; the table has all.
const LISTED: usize = 8;

/// A moment, to the minute, where the user is.
pub(super) fn moment(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// A day where the user is.
pub(super) fn day(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).date().to_string()
}

/// Draws the part.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    section(ui, "History", |ui| {
        let settings = FigureSettings { analyst: memo.key.analyst };
        let figure = || figure::FigureSettings::Judgements(settings);
        let table = ("Copy the history as a table", || memo.history_table(cx));
        match memo.history.len() {
            0 => {}
            1 => copy_table_button(ui, cx, table.0, table.1),
            _ => figure_and_copy(ui, cx, ("Export the history as a figure…", figure), table),
        }
    });
    let text = match memo.history.len() {
        0 => Some("No judgement yet: with the first one the history begins"),
        1 => Some("One judgement so far. The next one stands here beside it, with what changed"),
        _ => None,
    };
    if let Some(text) = text {
        ui.add(Label::new(quiet(ui, text)).wrap());
    } else {
        chart(ui, cx, memo, state);
    }
    list(ui, cx, memo);
    let Some((before, after, change)) = &memo.change else { return };
    ui.add_space(tokens::GRID);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let mut chosen = (*before, *after);
        ui.label(quiet(ui, "What changed from"));
        pick(ui, cx, memo, "Changed from", &mut chosen.0);
        ui.label(quiet(ui, "to"));
        pick(ui, cx, memo, "Changed to", &mut chosen.1);
        copy_table_button(ui, cx, "Copy what changed as a table", || change.table(cx.assessment));
        if chosen != (*before, *after) {
            state.compared = Some(chosen);
        }
    });
    changed(ui, cx, memo, change);
}

pub(super) fn track(cx: &ViewContext<'_>, memo: &Memo) -> Track {
    let judgements: Vec<&Judgement> = memo.history.iter().filter_map(|id| cx.assessment.get(*id)).collect();
    let line = |name: String, hypothesis| {
        (name, judgements.iter().map(|it| record::share_of(it, hypothesis)).collect())
    };
    let mut lines: Vec<_> = memo.hypotheses.iter().map(|it| line(it.name.clone(), Some(it.id))).collect();
    lines.push(line("none".to_owned(), None));
    Track { times: judgements.iter().map(|it| it.made_at).collect(), lines }
}

/// The curves; a click compares the judgement there with the one that holds.
fn chart(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    let track = track(cx, memo);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::CLICK);
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Image, true, "Probabilities over time; the list below says the same")
    });
    let place = |id: Id<Judgement>| memo.history.iter().position(|other| *other == id);
    let marked: Vec<usize> =
        memo.change.iter().flat_map(|(before, after, _)| [place(*before), place(*after)]).flatten().collect();
    track.paint(&ui.painter().with_clip_rect(rect), rect, &marked, tokens::palette(ui));
    if response.clicked()
        && let Some(at) = response.interact_pointer_pos().and_then(|at| track.nearest(rect, at.x))
        && let (Some(chosen), Some(last)) = (memo.history.get(at), memo.history.last())
        && chosen != last
    {
        state.compared = Some((*chosen, *last));
    }
    if let Some(at) = response.hover_pos().and_then(|at| track.nearest(rect, at.x))
        && let Some(judgement) = memo.history.get(at).and_then(|id| cx.assessment.get(*id))
    {
        response.on_hover_ui_at_pointer(|ui| {
            ui.label(bold(moment(judgement.made_at)));
            for (rival, id) in memo.hypotheses.iter().zip(&memo.ids) {
                let share =
                    record::share_of(judgement, Some(*id)).map_or_else(|| "not known".to_owned(), percent);
                ui.label(format!("{} {share}", rival.name));
            }
            ui.label(format!("None of these {}", percent(judgement.other)));
            ui.label(quiet(ui, "Click: compare it with the judgement that holds"));
        });
    }
}

/// The latest judgements, the newest first; a click selects one.
fn list(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo) {
    let standard = cx.assessment.header.standard;
    ui.spacing_mut().item_spacing.y = 1.0;
    if memo.history.is_empty() {
        return;
    }
    let heads = ["Made", "Likelihood", "Confidence"];
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
    for (at, head) in columns(rect).into_iter().zip(heads) {
        cell(ui, at, quiet(ui, head).size(tokens::SMALL));
    }
    for id in memo.history.iter().rev().take(LISTED) {
        let Some(judgement) = cx.assessment.get(*id) else { continue };
        let foremost = memo.foremost(judgement).map_or_else(
            || "no hypothesis in front".to_owned(),
            |(name, share)| format!("{name} {}, {}", percent(share), wording(standard, share).label()),
        );
        let confidence = judgement.confidence.map_or("not stated", |it| it.label()).to_lowercase();
        let made = moment(judgement.made_at);
        let (rect, row) =
            ui.allocate_exact_size(vec2(ui.available_width(), tokens::ROW_HEIGHT), Sense::CLICK);
        let is_selected = cx.is_selected(*id);
        let spoken = format!("Judgement of {made}: likelihood {foremost}; confidence {confidence}");
        row.widget_info(|| WidgetInfo::selected(Role::Button, true, is_selected, &spoken));
        let palette = tokens::palette(ui);
        if is_selected {
            ui.painter().rect_filled(rect, tokens::RADIUS, palette.selection);
        } else if row.hovered() {
            ui.painter().rect_filled(rect, tokens::RADIUS, palette.hovered);
        }
        if row.has_focus() {
            let stroke = Stroke::new(1.0, palette.accent);
            ui.painter().rect_stroke(rect, tokens::RADIUS, stroke, StrokeKind::Inside);
        }
        // Two columns: how likely it is and how confident somebody is are two things.
        for (at, text) in columns(rect).into_iter().zip([made, foremost, confidence]) {
            cell(ui, at, RichText::new(text));
        }
        if row
            .on_hover_text(format!("{spoken}\nSelect this judgement; the inspector shows all of it"))
            .clicked()
        {
            cx.select(*id);
        }
    }
    if memo.history.len() > LISTED {
        let text = format!("and {} before; the table has all", memo.history.len() - LISTED);
        ui.label(quiet(ui, text).size(tokens::SMALL));
    }
}

/// When it was made, the likelihood, and apart from it the confidence.
fn columns(row: Rect) -> [Rect; 3] {
    const MADE: f32 = 124.0;
    const CONFIDENCE: f32 = 84.0;
    let right = (row.right() - CONFIDENCE).max(row.left() + MADE + 40.0);
    let at = |from: f32, to: f32| Rect::from_x_y_ranges(from..=to, row.y_range());
    [at(row.left(), row.left() + MADE), at(row.left() + MADE, right - 8.0), at(right, row.right())]
}

fn cell(ui: &Ui, at: Rect, text: RichText) {
    let galley =
        WidgetText::from(text).into_galley(ui, Some(TextWrapMode::Truncate), at.width(), TextStyle::Body);
    let place = pos2(at.left(), at.center().y - galley.size().y / 2.0);
    ui.painter().galley(place, galley, tokens::palette(ui).text);
}

fn pick(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, name: &str, chosen: &mut Id<Judgement>) {
    let text = |id: Id<Judgement>| cx.assessment.get(id).map_or_else(String::new, |it| moment(it.made_at));
    let combo = ComboBox::from_id_salt(("judgement", name))
        .selected_text(text(*chosen))
        .width(126.0)
        .show_ui(ui, |ui| {
            for id in memo.history.iter().rev() {
                ui.selectable_value(chosen, *id, text(*id));
            }
        });
    fields::name(&combo.response, name);
}

fn changed(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, change: &JudgementChange) {
    if change.is_empty() {
        ui.label(quiet(ui, "Nothing changed"));
        return;
    }
    let standard = cx.assessment.header.standard;
    Grid::new("judgement change").num_columns(2).spacing([12.0, 2.0]).show(ui, |ui| {
        for share in change.shares.iter().filter(|share| share.is_change()) {
            ui.label(bold(memo.name_of(share.hypothesis)));
            let text = format!("{} {}", arrow(share), share.sentence(standard));
            elided(ui, RichText::new(text));
            ui.end_row();
        }
    });
    for text in change.other_changes(cx.assessment) {
        ui.add(Label::new(text).wrap());
    }
    ui.horizontal(|ui| {
        ui.label(quiet(ui, "Divergence"));
        let text = match &change.divergence {
            Ok(bits) => format!("{bits:.3} bits"),
            Err(_) => "undefined".to_owned(),
        };
        let spoken = format!("Divergence of the two judgements: {text}");
        explained(ui, cx, bold(text), &spoken, || change.explain(cx.assessment));
    });
}

/// Which way a probability went.
fn arrow(share: &ShareChange) -> char {
    match share.rise() {
        Some(rise) if rise > 0.0 => '↑',
        Some(rise) if rise < 0.0 => '↓',
        _ => '·',
    }
}
