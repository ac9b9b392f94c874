//! Messages to the user: shown once, then kept in a list.

use crate::ui::command::{Notice, NoticeSeverity};

/// How many notices are kept.
const KEPT: usize = 200;

/// A notice and whether it is still shown above the views.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Tells notices apart.
    pub number: u64,
    /// The notice.
    pub notice: Notice,
    /// When it was given, in seconds of the window's clock.
    pub shown_at_secs: Option<f64>,
    /// Whether it was closed, or has been shown long enough.
    pub is_dismissed: bool,
}

/// All notices, newest last.
#[derive(Debug, Default)]
pub struct Notices {
    entries: Vec<Entry>,
    next_number: u64,
}

impl Notices {
    /// Adds a notice.
    pub fn add(&mut self, notice: Notice) {
        match notice.severity {
            NoticeSeverity::Info => log::info!("{}", notice.title),
            NoticeSeverity::Warning => log::warn!("{}: {}", notice.title, notice.detail),
            NoticeSeverity::Error => log::error!("{}: {}", notice.title, notice.detail),
        }
        self.entries.push(Entry {
            number: self.next_number,
            notice,
            shown_at_secs: None,
            is_dismissed: false,
        });
        self.next_number += 1;
        if self.entries.len() > KEPT {
            self.entries.remove(0);
        }
    }

    /// Closes a notice; it stays in the list.
    pub fn dismiss(&mut self, number: u64) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.number == number) {
            entry.is_dismissed = true;
        }
    }

    /// All notices, newest last.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}
