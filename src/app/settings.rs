//! What the program remembers of its user between runs, apart from documents.

use std::path::{Path, PathBuf};

use eframe::egui::ThemePreference;
use serde::{Deserialize, Serialize};

use crate::ui::panels::Preferences;
use crate::ui::tokens::Look;

const KEY: &str = "ascribe-settings";
/// How many recent files are kept.
const RECENT: usize = 12;

/// What the program remembers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Dark, light, or what the system has.
    pub theme: ThemePreference,
    /// Nothing is animated.
    pub reduce_motion: bool,
    /// Text, lines and marks stand out as far as they can.
    pub high_contrast: bool,
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
            theme: ThemePreference::System,
            reduce_motion: false,
            high_contrast: false,
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
        let mut settings: Self =
            storage.and_then(|storage| eframe::get_value(storage, KEY)).unwrap_or_default();
        settings.zoom = if settings.zoom.is_finite() { settings.zoom.clamp(0.5, 3.0) } else { 1.0 };
        settings
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
    pub fn forget_recent(&mut self, path: &Path) {
        self.recent.retain(|other| other != path);
    }

    /// What of the look is chosen, beside the theme.
    pub const fn look(&self) -> Look {
        Look { reduces_motion: self.reduce_motion, has_high_contrast: self.high_contrast }
    }

    /// Remembers another look.
    pub const fn set_look(&mut self, look: Look) {
        self.reduce_motion = look.reduces_motion;
        self.high_contrast = look.has_high_contrast;
    }

    /// What panels and dialogs may know of it.
    pub const fn preferences(&self) -> Preferences {
        Preferences {
            theme: self.theme,
            look: self.look(),
            shows_navigator: self.shows_navigator,
            shows_inspector: self.shows_inspector,
            zoom: self.zoom,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recent_files_are_few_and_each_stands_once() {
        let mut settings = Settings::default();
        for number in 0..20 {
            settings.add_recent(PathBuf::from(format!("/{number}.ron")));
        }
        settings.add_recent(PathBuf::from("/15.ron"));
        assert_eq!(settings.recent.len(), RECENT);
        assert_eq!(settings.recent.first(), Some(&PathBuf::from("/15.ron")));
        assert_eq!(settings.recent.iter().filter(|path| path.ends_with("15.ron")).count(), 1);
    }
}
