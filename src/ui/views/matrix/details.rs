//! All that was said of a cell: every rating with who, when and why, and the remarks.

use eframe::egui::{Id as EguiId, Label, Popup, PopupAnchor, PopupCloseBehavior, Pos2, ScrollArea, Ui};

use super::State;
use super::memo::Memo;
use crate::analysis::charts::matrix::Shown;
use crate::edit::discuss::Subject;
use crate::model::{Comment, Evidence, Hypothesis, Id, Rating};
use crate::ui::ViewContext;
use crate::ui::tokens::{self, bold};
use crate::ui::widgets::{comments, quiet, rating_line, section_title};

const WIDTH: f32 = 420.0;
const GREATEST_HEIGHT: f32 = 460.0;

/// The cell of which all is shown.
#[derive(Debug)]
pub(super) struct Open {
    cell: (Id<Evidence>, Id<Hypothesis>),
    /// Where it stands; the place of the cell, noted when that is drawn.
    pub at: Option<Pos2>,
    /// What gets the keyboard back.
    pub grid: Option<EguiId>,
    is_new: bool,
}

impl Open {
    /// Begins to show a cell.
    pub const fn new(cell: (Id<Evidence>, Id<Hypothesis>)) -> Self {
        Self { cell, at: None, grid: None, is_new: true }
    }
}

/// Draws what was said of the cell that is open.
pub(super) fn show(ui: &Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    let Some(mut open) = state.details.take() else { return };
    let (evidence, hypothesis) = open.cell;
    let place = memo.chart.row_of(evidence).zip(memo.chart.column_of(hypothesis));
    let Some((row, column)) = place else { return };
    let at = open.at.unwrap_or_else(|| ui.max_rect().center());
    let mut is_open = true;
    let is_new = std::mem::take(&mut open.is_new);
    // A click that chooses a cell beside it moves the cursor; what is open here is of the old one.
    Popup::new(EguiId::unique("matrix details"), ui.ctx().clone(), PopupAnchor::Position(at), ui.layer_id())
        .open_bool(&mut is_open)
        .close_behavior(if is_new {
            PopupCloseBehavior::IgnoreClicks
        } else {
            PopupCloseBehavior::CloseOnClickOutside
        })
        .accessible_name("History and comments")
        .show(|ui| {
            ui.set_width(WIDTH);
            ui.label(bold(memo.chart.cell_name(row, column)));
            ScrollArea::vertical().max_height(GREATEST_HEIGHT).show(ui, |ui| {
                names(ui, memo, (row, column));
                history(ui, cx, memo, (row, column));
                ui.add_space(tokens::PADDING);
                section_title(ui, "Comments");
                let subject = Subject { on: evidence.into(), field: Comment::field_of_cell(hypothesis) };
                let remarks = memo.chart.remarks(row, column);
                let list = remarks.map_or(&[][..], |remarks| remarks.comments.as_slice());
                comments(ui, cx, list, &subject, is_new);
            });
        });
    if is_open {
        state.details = Some(open);
    } else if let Some(grid) = open.grid {
        ui.memory_mut(|memory| memory.request_focus(grid));
    }
}

/// What the row and the column say.
fn names(ui: &mut Ui, memo: &Memo, (row, column): (usize, usize)) {
    if let (Some(row), Some(column)) = (memo.chart.rows.get(row), memo.chart.columns.get(column)) {
        ui.add(Label::new(row.statement.as_str()).wrap());
        ui.add(Label::new(quiet(ui, column.answer.as_str())).wrap());
    }
}

/// Every rating: those that hold, each followed by what the same analyst said before.
fn history(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, (row, column): (usize, usize)) {
    ui.add_space(tokens::PADDING);
    section_title(ui, "Ratings");
    let votes = memo.chart.votes(row, column);
    if votes.is_empty() {
        ui.label(quiet(ui, "Nobody has rated it yet"));
    }
    let rating = |id: Id<Rating>| cx.assessment.ratings.get(id);
    let earlier: Vec<&Rating> = memo.chart.earlier(row, column).iter().filter_map(|id| rating(*id)).collect();
    for vote in votes {
        if let Some(rating) = rating(vote.rating) {
            rating_line(ui, cx, rating, (true, false));
        }
        for rating in earlier.iter().filter(|rating| rating.analyst == vote.analyst) {
            rating_line(ui, cx, rating, (false, true));
        }
    }
}

/// What the tooltip of a cell says: all ratings that hold.
pub(super) fn tooltip(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, (row, column): (usize, usize)) {
    const LISTED: usize = 12;
    ui.set_max_width(440.0);
    ui.label(bold(memo.chart.cell_sentence(cx.assessment, row, column)));
    names(ui, memo, (row, column));
    if let Some(Shown::Mean(_, mean) | Shown::Split(_, _, mean)) =
        memo.chart.cell(row, column).map(|cell| cell.shown)
    {
        let mean = format!("{mean:+.2}").replace('-', "\u{2212}");
        ui.label(quiet(ui, format!("Mean {mean}, from +2 (CC) to \u{2212}2 (II)")));
    }
    let votes = memo.chart.votes(row, column);
    for vote in votes.iter().take(LISTED) {
        let Some(rating) = cx.assessment.ratings.get(vote.rating) else { continue };
        let reason = if rating.reason.is_empty() { String::new() } else { format!(" – {}", rating.reason) };
        let on = rating.rated_at.strftime("%Y-%m-%d");
        ui.label(format!("{}: {}{reason} ({on})", cx.assessment.name_of(vote.analyst), vote.value.label()));
    }
    let more = votes.len().saturating_sub(LISTED);
    if more > 0 {
        ui.label(quiet(ui, format!("and {more} more")));
    }
    let earlier = match memo.chart.earlier(row, column).len() {
        0 => None,
        1 => Some("1 earlier rating is kept".to_owned()),
        earlier => Some(format!("{earlier} earlier ratings are kept")),
    };
    let remarks = match memo.chart.remarks(row, column).map_or(0, |remarks| remarks.comments.len()) {
        0 => None,
        1 => Some("1 comment".to_owned()),
        comments => Some(format!("{comments} comments")),
    };
    let notes: Vec<String> = earlier.into_iter().chain(remarks).collect();
    if !notes.is_empty() {
        ui.label(quiet(ui, format!("{} (H shows all)", notes.join(", "))));
    }
}
