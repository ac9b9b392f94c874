//! The shortcut sheet.

use eframe::egui::{Context, Grid, ScrollArea, Ui};

use super::dialog;
use crate::ui::Action;
use crate::ui::tokens::{self, bold};
use crate::ui::widgets::{quiet, section_title};

/// Keys that are not actions: they work where the focus is.
const WITHIN: &[(&str, &[(&str, &str)])] = &[
    (
        "Lists and tables",
        &[
            ("↑ ↓", "Move, one row at a time"),
            ("Shift+↑ ↓", "Select more rows"),
            ("← →", "Close or open a branch"),
            ("Alt+↑ ↓", "Put before or after, in the navigator"),
            ("F2", "Rename"),
            ("Ctrl+click", "Add to the selection"),
        ],
    ),
    (
        "Evidence matrix",
        &[
            ("1 to 5", "Rate from CC to II"),
            ("N, X", "Neutral, not applicable"),
            ("Enter", "Reason of the rating"),
            ("Delete", "Take one’s rating back"),
            ("E", "Leave out, or count again"),
        ],
    ),
    ("Everywhere", &[("Tab", "Next field or panel"), ("Esc", "Close, or leave as it was")]),
    ("Tour", &[("F8", "Next step"), ("Shift+F8", "Step before")]),
];

const GROUPS: &[(&str, &[Action])] = &[
    (
        "File",
        &[
            Action::New,
            Action::Open,
            Action::OpenByPath,
            Action::Save,
            Action::SaveAs,
            Action::Close,
            Action::Quit,
        ],
    ),
    ("Edit", &[Action::Undo, Action::Redo, Action::DeleteSelection, Action::Find, Action::CommandPalette]),
    ("Assess", &[Action::AddClaim, Action::Properties]),
    (
        "View",
        &[
            Action::Show(crate::ui::views::ViewKind::Claims),
            Action::Show(crate::ui::views::ViewKind::Disagreement),
            Action::Show(crate::ui::views::ViewKind::Timeline),
            Action::Show(crate::ui::views::ViewKind::Belief),
            Action::Show(crate::ui::views::ViewKind::Provenance),
            Action::Show(crate::ui::views::ViewKind::Actors),
            Action::Show(crate::ui::views::ViewKind::Matrix),
            Action::Show(crate::ui::views::ViewKind::Odds),
            Action::Show(crate::ui::views::ViewKind::Sensitivity),
            Action::Show(crate::ui::views::ViewKind::Judgement),
            Action::SplitView,
            Action::ToggleNavigator,
            Action::ToggleInspector,
            Action::ToggleProblems,
            Action::ToggleTheme,
            Action::ZoomIn,
            Action::ZoomOut,
            Action::ZoomReset,
            Action::Shortcuts,
        ],
    ),
];

/// Draws the sheet; whether it is to be closed.
pub fn show(ctx: &Context) -> bool {
    let height = ctx.content_rect().height() - 140.0;
    let is_wide = ctx.content_rect().width() >= 1040.0;
    dialog(ctx, "Keyboard shortcuts", if is_wide { 960.0 } else { 640.0 }, |ui| {
        ScrollArea::vertical().max_height(height).show(ui, |ui| {
            ui.columns(if is_wide { 3 } else { 2 }, |columns| {
                let actions = GROUPS.iter().map(|(title, actions)| (*title, keys_of(ctx, actions)));
                let within = WITHIN.iter().map(|(title, keys)| {
                    (*title, keys.iter().map(|(keys, text)| ((*keys).to_owned(), *text)).collect())
                });
                let groups: Vec<(&str, Vec<(String, &str)>)> = actions.chain(within).collect();
                // Each group goes where there is more room, so that the columns are about as long.
                let mut columns: Vec<(usize, &mut Ui)> =
                    columns.iter_mut().map(|column| (0, column)).collect();
                for (title, keys) in &groups {
                    if let Some((used, column)) = columns.iter_mut().min_by_key(|(used, _)| *used) {
                        *used += keys.len() + 2;
                        group(column, title, keys);
                    }
                }
            });
        });
    })
}

fn keys_of(ctx: &Context, actions: &[Action]) -> Vec<(String, &'static str)> {
    let with_keys = actions.iter().filter(|action| action.shortcut().is_some());
    with_keys.map(|action| (action.keys_text(ctx), action.label())).collect()
}

fn group(ui: &mut Ui, title: &str, keys: &[(String, &str)]) {
    section_title(ui, title);
    Grid::new(("shortcuts", title)).num_columns(2).spacing([12.0, 4.0]).min_col_width(96.0).show(ui, |ui| {
        for (keys, text) in keys {
            ui.label(bold(keys.as_str()).size(tokens::SMALL + 1.0));
            ui.label(quiet(ui, *text));
            ui.end_row();
        }
    });
    ui.add_space(12.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_has_every_action_with_keys() {
        let listed: Vec<Action> = GROUPS.iter().flat_map(|(_, actions)| actions.iter().copied()).collect();
        for action in Action::ALL.iter().filter(|action| action.shortcut().is_some()) {
            assert!(listed.contains(action), "{} is missing", action.label());
        }
    }

    #[test]
    fn no_two_actions_have_the_same_keys() {
        let mut seen = Vec::new();
        for action in Action::ALL {
            if let Some(keys) = action.shortcut() {
                assert!(!seen.contains(&keys), "{} has keys that are taken", action.label());
                seen.push(keys);
            }
        }
    }
}
