//! What stands around the views: menus, navigator, inspector, status bar, notices, welcome page.

pub mod inspector;

use crate::model::AnyId;
use crate::ui::Action;

/// What the panels and dialogs remember between frames.
#[derive(Debug, Default)]
pub struct ShellState {
    /// Whether the list of problems is shown.
    pub shows_problems: bool,
    /// Whether the list of notices is shown.
    pub shows_notices: bool,
    /// Whether the shortcut sheet is shown.
    pub shows_shortcuts: bool,
    /// Whether the About window is shown.
    pub shows_about: bool,
    /// Whether the properties of the assessment are shown.
    pub shows_properties: bool,
    /// Whether the command palette is shown.
    pub shows_palette: bool,
    /// The inspector.
    pub inspector: inspector::State,
}

impl ShellState {
    /// Carries out an action that concerns only panels and dialogs.
    pub fn act(&mut self, action: Action) {
        let switch = match action {
            Action::ToggleProblems => &mut self.shows_problems,
            Action::ToggleNotices => &mut self.shows_notices,
            Action::Shortcuts => &mut self.shows_shortcuts,
            Action::About => &mut self.shows_about,
            Action::Properties => &mut self.shows_properties,
            Action::CommandPalette => &mut self.shows_palette,
            _ => return,
        };
        *switch = !*switch;
    }

    /// Puts the cursor into the name of a record that was just made.
    pub const fn focus_name_of(&mut self, id: AnyId) {
        self.inspector.name_to_focus = Some(id);
    }
}
