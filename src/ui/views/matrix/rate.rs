//! What the keys do to the cell under the keyboard.

use eframe::egui::{InputState, Key, Modifiers};

use super::memo::Memo;
use super::reason::Editing;
use super::{State, details};
use crate::edit::Edit;
use crate::edit::weigh::{self, Cell};
use crate::model::{Analyst, Id, Rating, RatingValue};
use crate::ui::command::Notice;
use crate::ui::{Command, ViewContext};

/// What a key asks for while the matrix has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// Rate the cell.
    Rate(RatingValue),
    /// Take one's own rating back.
    TakeBack,
    /// Say why.
    Reason,
    /// Leave the evidence out of the scores, or take it in again.
    Exclude,
    /// Show the history of the cell and what was remarked on it.
    Details,
    /// Go to the next cell in which raters differ.
    NextDifference,
    /// Go to the one before.
    PreviousDifference,
}

/// The keys that mean something to a cell, pressed alone.
const KEYS: [(Key, Act); 12] = [
    (Key::Num1, Act::Rate(RatingValue::VeryConsistent)),
    (Key::Num2, Act::Rate(RatingValue::Consistent)),
    (Key::Num3, Act::Rate(RatingValue::Neutral)),
    (Key::Num4, Act::Rate(RatingValue::Inconsistent)),
    (Key::Num5, Act::Rate(RatingValue::VeryInconsistent)),
    (Key::N, Act::Rate(RatingValue::Neutral)),
    (Key::X, Act::Rate(RatingValue::NotApplicable)),
    (Key::Delete, Act::TakeBack),
    (Key::Backspace, Act::TakeBack),
    (Key::E, Act::Exclude),
    (Key::H, Act::Details),
    (Key::D, Act::NextDifference),
];

/// Takes the keys that mean something to a cell out of the input.
pub(super) fn take(input: &mut InputState) -> Vec<Act> {
    let mut found = Vec::new();
    // First, since what is asked for without Shift is met with Shift too.
    if input.consume_key(Modifiers::SHIFT, Key::D) {
        found.push(Act::PreviousDifference);
    }
    for (key, act) in KEYS {
        if input.consume_key(Modifiers::NONE, key) {
            found.push(act);
        }
    }
    found
}

/// Does it to a cell of the chart.
pub(super) fn act(
    cx: &ViewContext<'_>,
    memo: &Memo,
    state: &mut State,
    (row, column): (usize, usize),
    act: Act,
) {
    let Some((evidence, hypothesis)) = memo.ids(row, column) else { return };
    let name = memo.chart.cell_name(row, column);
    let cell = Cell { evidence, hypothesis, name: &name };
    if act == Act::Exclude {
        if let (Some(evidence), Some(row)) = (cx.assessment.get(evidence), memo.chart.rows.get(row)) {
            cx.edit(weigh::toggle_excluded(evidence, &row.name));
        }
        return;
    }
    if act == Act::Details {
        state.details = Some(details::Open::new((evidence, hypothesis)));
        return;
    }
    let Some(analyst) = cx.analyst else {
        state.wants_analyst_focus = true;
        cx.send(Command::Notify(Notice::info("Say first who rates: choose an analyst, or type a new name")));
        return;
    };
    let own = own_rating(cx, memo, row, column);
    match act {
        Act::Rate(value) => {
            let new = cx.new_id();
            if let Some(transaction) = weigh::rate(cell, analyst, own, value, (new, cx.now())) {
                let is_new = transaction.edits.iter().any(|edit| matches!(edit, Edit::Insert(_)));
                cx.edit(transaction);
                // The inspector shows the rating that now holds, not the one before.
                cx.select(own.filter(|_| !is_new).map_or(new, |own| own.id));
            }
        }
        Act::TakeBack => {
            if let Some(own) = own {
                cx.edit(weigh::take_back(cx.assessment, cell, own.id));
                match earlier(cx, memo, (row, column), analyst) {
                    Some(earlier) => cx.select(earlier),
                    None => cx.select(evidence),
                }
            }
        }
        Act::Reason => match own {
            Some(own) => state.reason = Some(Editing::new(own)),
            None => {
                cx.send(Command::Notify(Notice::info("Rate the cell first, and then say why")));
            }
        },
        // Done above, or by the grid.
        Act::Exclude | Act::Details | Act::NextDifference | Act::PreviousDifference => {}
    }
}

/// The rating that holds again once that by an analyst which holds in a cell is taken back.
fn earlier(
    cx: &ViewContext<'_>,
    memo: &Memo,
    (row, column): (usize, usize),
    analyst: Id<Analyst>,
) -> Option<Id<Rating>> {
    // Those of each analyst stand the latest first.
    let all = memo.chart.earlier(row, column).iter().copied();
    all.into_iter().find(|id| cx.assessment.get(*id).is_some_and(|rating| rating.analyst == analyst))
}

/// Says that there is no cell to go to.
pub(super) fn say_that_nothing_differs(cx: &ViewContext<'_>, memo: &Memo) {
    let text = if memo.chart.sides.is_some() {
        "The two analysts do not differ in any cell that both have rated"
    } else {
        "There is no cell in which analysts differ"
    };
    cx.send(Command::Notify(Notice::info(text)));
}

/// The rating by the analyst who works now that holds in a cell of the chart.
pub(super) fn own_rating<'a>(
    cx: &ViewContext<'a>,
    memo: &Memo,
    row: usize,
    column: usize,
) -> Option<&'a Rating> {
    let vote = memo.chart.votes(row, column).iter().find(|vote| Some(vote.analyst) == cx.analyst)?;
    cx.assessment.ratings.get(vote.rating)
}

/// Selects what the inspector is to show of a cell: one's own rating, else the evidence.
pub(super) fn select(cx: &ViewContext<'_>, memo: &Memo, row: usize, column: usize) {
    match own_rating(cx, memo, row, column) {
        Some(rating) => cx.select(rating.id),
        None => {
            if let Some(row) = memo.chart.rows.get(row) {
                cx.select(row.evidence);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortcut_sheet_has_every_key() {
        let listed: Vec<&str> = super::super::KEYS.iter().flat_map(|(keys, _)| keys.split(", ")).collect();
        for (key, _) in KEYS {
            let name = if matches!(key.name(), "1" | "2" | "3" | "4" | "5") { "1 to 5" } else { key.name() };
            assert!(listed.contains(&name), "{name} is missing");
        }
    }
}
