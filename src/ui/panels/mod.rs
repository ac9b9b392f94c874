//! What stands around the views: menus, navigator, inspector, status bar, notices, welcome page.

pub mod availability;
pub mod inspector;
pub mod marking;
mod menus;
pub mod navigator;
pub mod notices;
pub mod problems;
pub mod shell_view;
pub mod status_bar;
pub mod top_bar;
pub mod tour;
pub mod welcome;

pub use shell_view::{
    CaseCard, Done, Job, JobKind, Journalling, NoticeEntry, OnDisk, Preferences, Question, RecentFile,
    Recoverable, RecoverableFile, ShellView,
};

use std::path::PathBuf;

use crate::model::AnyId;
use crate::ui::Action;
use crate::ui::dialogs::{import, load_problems::LoadProblems, palette, typed_path};

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
    /// The command palette, where it is shown.
    pub palette: Option<palette::State>,
    /// The path that is being typed, where one is.
    pub typed_path: Option<typed_path::State>,
    /// The table that was read, where one is shown before it comes in.
    pub import: Option<import::State>,
    /// The left-over journal whose recovery is being offered.
    pub recovery: Option<PathBuf>,
    /// What is wrong with a file that could not be opened.
    pub load_problems: Option<LoadProblems>,
    /// The guided tour, where it is on.
    pub tour: Option<tour::State>,
    /// The navigator.
    pub navigator: navigator::State,
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
            Action::CommandPalette => {
                self.palette = if self.palette.is_some() { None } else { Some(palette::State::default()) };
                return;
            }
            _ => return,
        };
        *switch = !*switch;
    }

    /// Lets go of what concerned the document that was open.
    pub fn forget_document(&mut self) {
        self.navigator.forget_document();
        self.tour = None;
        self.typed_path.take_if(|typed| typed.purpose.is_of_the_document());
    }

    /// Puts the cursor into the name of a record that was just made.
    pub const fn focus_name_of(&mut self, id: AnyId) {
        self.inspector.name_to_focus = Some(id);
    }
}
