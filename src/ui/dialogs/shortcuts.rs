//! The shortcut sheet.

use eframe::egui::{Context, Key, KeyboardShortcut, Label, Modifiers, ScrollArea, Ui};

use super::dialog;
use crate::ui::Action;
use crate::ui::action::keys_text;
use crate::ui::panels::navigator;
use crate::ui::tokens::{self, bold};
use crate::ui::views::ViewKind;
use crate::ui::widgets::own_keys::KeyLines;
use crate::ui::widgets::{quiet, section_title};

/// Keys that are not actions and belong to no view: they work where the focus is.
const WITHIN: &[(&str, KeyLines)] = &[
    ("Navigator", navigator::KEYS),
    ("Everywhere", &[("Tab", "Next field or panel"), ("Esc", "Close, or leave as it was")]),
    ("Tour", &[("F8", "Next step"), ("Shift+F8", "Previous step")]),
];

/// Keys that mean the same as others, since people know both.
pub const ALSO: &[(Action, KeyboardShortcut)] = &[
    (Action::Redo, KeyboardShortcut::new(Modifiers::COMMAND, Key::Y)),
    // Plus is on the key of the equals sign on many keyboards.
    (Action::ZoomIn, KeyboardShortcut::new(Modifiers::COMMAND, Key::Equals)),
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
            Action::Show(ViewKind::Claims),
            Action::Show(ViewKind::Disagreement),
            Action::Show(ViewKind::Timeline),
            Action::Show(ViewKind::Belief),
            Action::Show(ViewKind::Provenance),
            Action::Show(ViewKind::Actors),
            Action::Show(ViewKind::Matrix),
            Action::Show(ViewKind::Odds),
            Action::Show(ViewKind::Sensitivity),
            Action::Show(ViewKind::Judgement),
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
                let within = within().map(|(title, keys)| {
                    (title, keys.iter().map(|(keys, text)| ((*keys).to_owned(), *text)).collect())
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

/// What works where the focus is: in each view, and elsewhere.
fn within() -> impl Iterator<Item = (&'static str, KeyLines)> {
    let views = ViewKind::ALL.iter().map(|view| (view.label(), view.keys()));
    views.filter(|(_, keys)| !keys.is_empty()).chain(WITHIN.iter().copied())
}

fn keys_of(ctx: &Context, actions: &[Action]) -> Vec<(String, &'static str)> {
    let with_keys = actions.iter().filter(|action| action.shortcut().is_some());
    let keys = |action: &Action| {
        let also = ALSO.iter().filter(|(other, _)| other == action).map(|(_, keys)| keys_text(ctx, keys));
        std::iter::once(action.keys_text(ctx)).chain(also).collect::<Vec<_>>().join(", ")
    };
    with_keys.map(|action| (keys(action), action.label())).collect()
}

/// The width of the keys, in points.
const KEYS: f32 = 124.0;

fn group(ui: &mut Ui, title: &str, keys: &[(String, &str)]) {
    section_title(ui, title);
    for (keys, text) in keys {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = tokens::GRID;
            ui.vertical(|ui| {
                ui.set_width(KEYS);
                ui.add(Label::new(bold(keys.as_str()).size(tokens::DENSE)).wrap());
            });
            ui.vertical(|ui| {
                ui.set_width(ui.available_width());
                ui.add(Label::new(quiet(ui, *text)).wrap());
            });
        });
    }
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
    fn the_sheet_has_each_key_once_in_its_group() {
        for (title, keys) in within() {
            let mut seen: Vec<&str> = keys.iter().map(|(keys, _)| *keys).collect();
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len(), keys.len(), "{title}");
        }
        let titles: Vec<&str> = within().map(|(title, _)| title).collect();
        for view in ViewKind::ALL.iter().filter(|view| !view.keys().is_empty()) {
            assert!(titles.contains(&view.label()), "{} is missing", view.label());
        }
    }

    #[test]
    fn no_two_actions_have_the_same_keys() {
        let mut seen = Vec::new();
        for action in Action::ALL {
            let also = ALSO.iter().filter(|(other, _)| other == action).map(|(_, keys)| *keys);
            for keys in action.shortcut().into_iter().chain(also) {
                assert!(!seen.contains(&keys), "{} has keys that are taken", action.label());
                seen.push(keys);
            }
        }
    }
}
