//! Moving the cursor and the selection in the table.

use eframe::egui::{Event, InputState, Key, Modifiers};

/// What a key asks for while the table has the focus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyCommand {
    /// Move by lines; with the second part the selection is drawn along.
    Lines(isize, bool),
    /// Move by pages.
    Pages(isize, bool),
    /// To the first line, or the last.
    Ends {
        /// Whether to the last.
        is_last: bool,
        /// Whether the selection is drawn along.
        extends: bool,
    },
    /// Move by columns.
    Columns(isize),
    /// Select all.
    All,
    /// Edit the cell, perhaps beginning with a text.
    Edit(Option<String>),
    /// Turn the switch of a link, or open and close a group.
    Toggle,
    /// Copy the selected rows.
    Copy,
    /// Open the menu of the cell.
    Menu,
    /// Select nothing.
    Clear,
}

/// Takes the keys that mean something to the table out of the input.
pub fn take(input: &mut InputState) -> Vec<KeyCommand> {
    let mut found = Vec::new();
    let shift = Modifiers::SHIFT;
    let none = Modifiers::NONE;
    // A key with Shift first: without it the shorter one would take both.
    for (extends, modifiers) in [(true, shift), (false, none)] {
        let mut key = |key: Key, command: KeyCommand| {
            for _ in 0..input.count_and_consume_key(modifiers, key) {
                found.push(command.clone());
            }
        };
        key(Key::ArrowDown, KeyCommand::Lines(1, extends));
        key(Key::ArrowUp, KeyCommand::Lines(-1, extends));
        key(Key::PageDown, KeyCommand::Pages(1, extends));
        key(Key::PageUp, KeyCommand::Pages(-1, extends));
        key(Key::Home, KeyCommand::Ends { is_last: false, extends });
        key(Key::End, KeyCommand::Ends { is_last: true, extends });
        if extends {
            key(Key::F10, KeyCommand::Menu);
        } else {
            key(Key::ArrowRight, KeyCommand::Columns(1));
            key(Key::ArrowLeft, KeyCommand::Columns(-1));
            key(Key::Enter, KeyCommand::Edit(None));
            key(Key::F2, KeyCommand::Edit(None));
            key(Key::Space, KeyCommand::Toggle);
            key(Key::Escape, KeyCommand::Clear);
        }
    }
    if input.consume_key(Modifiers::COMMAND, Key::A) {
        found.push(KeyCommand::All);
    }
    input.events.retain(|event| match event {
        Event::Copy => {
            found.push(KeyCommand::Copy);
            false
        }
        Event::Text(text) if !text.trim().is_empty() => {
            found.push(KeyCommand::Edit(Some(text.clone())));
            false
        }
        _ => true,
    });
    found
}
