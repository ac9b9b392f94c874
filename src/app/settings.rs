//! What the program remembers of its user between runs, apart from documents.

use std::path::PathBuf;

use eframe::egui::ThemePreference;
use serde::{Deserialize, Serialize};

const KEY: &str = "ascribe-settings";
/// How many recent files are kept.
const RECENT: usize = 12;

/// Which theme the user wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    /// What the system has.
    #[default]
    System,
    /// Always dark.
    Dark,
    /// Always light.
    Light,
}

impl ThemeChoice {
    /// The same in egui's words.
    pub const fn preference(self) -> ThemePreference {
        match self {
            Self::System => ThemePreference::System,
            Self::Dark => ThemePreference::Dark,
            Self::Light => ThemePreference::Light,
        }
    }
}

/// What the program remembers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Dark or light.
    pub theme: ThemeChoice,
    /// Nothing is animated.
    pub reduce_motion: bool,
    /// Files that were open, newest first.
    pub recent: Vec<PathBuf>,
    /// Whether the navigator is shown.
    pub shows_navigator: bool,
    /// Whether the inspector is shown.
    pub shows_inspector: bool,
    /// How much larger than usual everything is drawn.
    pub zoom: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            reduce_motion: false,
            recent: Vec::new(),
            shows_navigator: true,
            shows_inspector: true,
            zoom: 1.0,
        }
    }
}

impl Settings {
    /// What was remembered; the defaults where nothing was, or where it cannot be read.
    pub fn load(storage: Option<&dyn eframe::Storage>) -> Self {
        storage.and_then(|storage| eframe::get_value(storage, KEY)).unwrap_or_default()
    }

    /// Remembers it.
    pub fn save(&self, storage: &mut dyn eframe::Storage) {
        eframe::set_value(storage, KEY, self);
    }

    /// Puts a file at the top of the recent ones.
    pub fn add_recent(&mut self, path: PathBuf) {
        self.forget_recent(&path);
        self.recent.insert(0, path);
        self.recent.truncate(RECENT);
    }

    /// Takes a file out of the recent ones.
    pub fn forget_recent(&mut self, path: &PathBuf) {
        self.recent.retain(|other| other != path);
    }
}
