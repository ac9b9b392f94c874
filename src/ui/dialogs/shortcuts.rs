//! The shortcut sheet.

use eframe::egui::{
    Context, Key, KeyboardShortcut, Label, Modifiers, ScrollArea, TextStyle, TextWrapMode, Ui, WidgetText,
};

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
    // So wide that all of it can be seen without scrolling where the window has room.
    let (columns, width) = match ctx.content_rect().width() {
        wide if wide >= 1400.0 => (4, 1280.0),
        usual if usual >= 1040.0 => (3, 960.0),
        _ => (2, 640.0),
    };
    dialog(ctx, "Keyboard shortcuts", width, |ui| {
        ScrollArea::vertical().max_height(height).show(ui, |ui| {
            ui.columns(columns, |columns| {
                let actions = GROUPS.iter().map(|(title, actions)| (*title, keys_of(ctx, actions)));
                let within = within().map(|(title, keys)| {
                    (title, keys.iter().map(|(keys, text)| ((*keys).to_owned(), *text)).collect())
                });
                let groups: Vec<(&str, Vec<(String, &str)>)> = actions.chain(within).collect();
                let Some(first) = columns.first() else { return };
                let heights: Vec<f32> = groups.iter().map(|(_, keys)| group_height(first, keys)).collect();
                for ((title, keys), place) in groups.iter().zip(column_of(&heights, columns.len())) {
                    if let Some(column) = columns.get_mut(place) {
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

/// In which column each group stands, by the heights of the groups: so that the columns end near each other, the highest groups
/// first, each where there is the least. Within a column, and from column to column, the first ones keep their order.
fn column_of(heights: &[f32], columns: usize) -> Vec<usize> {
    let height = |group: usize| heights.get(group).copied().unwrap_or_default();
    let mut highest_first: Vec<usize> = (0..heights.len()).collect();
    highest_first.sort_by(|a, b| height(*b).total_cmp(&height(*a)));
    let mut found: Vec<(f32, Vec<usize>)> = vec![Default::default(); columns];
    for group in highest_first {
        if let Some((sum, groups)) = found.iter_mut().min_by(|a, b| a.0.total_cmp(&b.0)) {
            *sum += height(group);
            groups.push(group);
        }
    }
    found.sort_by_key(|(_, groups)| groups.iter().min().copied().unwrap_or(usize::MAX));
    let mut places = vec![0; heights.len()];
    for (column, (_, groups)) in found.iter().enumerate() {
        for group in groups {
            if let Some(place) = places.get_mut(*group) {
                *place = column;
            }
        }
    }
    places
}

/// The width of the keys, in points.
const KEYS: f32 = 124.0;
/// What is left free under a group, in points.
const BELOW: f32 = 12.0;

/// How high a group is in a column, in points.
fn group_height(column: &Ui, keys: &[(String, &str)]) -> f32 {
    let gap = column.spacing().item_spacing.y;
    let of = |text: WidgetText, width: f32| {
        text.into_galley(column, Some(TextWrapMode::Wrap), width, TextStyle::Body).size().y + gap
    };
    let entries = keys.iter().map(|(keys, text)| {
        let keys = of(bold(keys.as_str()).size(tokens::DENSE).into(), KEYS);
        keys.max(of((*text).into(), column.available_width() - KEYS - tokens::GRID))
    });
    of(bold("A").size(tokens::SMALL).into(), f32::INFINITY) + entries.sum::<f32>() + BELOW + gap
}

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
    ui.add_space(BELOW);
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
    fn columns_end_near_each_other() {
        let check = |heights: &[f32], columns: usize, expect: &[usize]| {
            assert_eq!(column_of(heights, columns), expect, "{heights:?}");
        };
        check(&[], 3, &[]);
        check(&[5.0], 1, &[0]);
        check(&[4.0, 4.0, 4.0], 3, &[0, 1, 2]);
        // The first group stands in the first column, whichever is the highest.
        check(&[1.0, 9.0, 4.0, 3.0], 2, &[0, 1, 0, 0]);
        check(&[2.0, 7.0, 1.0, 6.0], 2, &[0, 1, 1, 0]);
        check(&[7.0, 5.0, 2.0, 19.0, 9.0, 6.0], 3, &[0, 1, 0, 2, 1, 0]);
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
