//! Messages to the user: shown above the views for a while, then kept in a list.

use std::time::Duration;

use crate::ui::command::{Notice, NoticeSeverity};
use crate::ui::panels::NoticeEntry;

/// How many notices are kept.
const KEPT: usize = 200;
/// How long a notice is shown that something was done.
const SHOWN_SECS: f64 = 4.0;

/// All notices, newest last.
#[derive(Debug, Default)]
pub struct Notices {
    entries: Vec<NoticeEntry>,
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
        self.entries.push(NoticeEntry {
            number: self.next_number,
            notice,
            shown_at_secs: None,
            is_dismissed: false,
            is_seen: false,
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
            entry.is_seen = true;
        }
    }

    /// Notes that the list was looked at.
    pub fn mark_seen(&mut self) {
        self.entries.iter_mut().for_each(|entry| entry.is_seen = true);
    }

    /// Closes what was shown long enough; gives back when the next one is due, if any is.
    pub fn advance(&mut self, now_secs: f64) -> Option<Duration> {
        let mut next: Option<f64> = None;
        for entry in self.entries.iter_mut().filter(|entry| !entry.is_dismissed) {
            let shown_at = *entry.shown_at_secs.get_or_insert(now_secs);
            // What went wrong stays until the user has closed it.
            if entry.notice.severity == NoticeSeverity::Info {
                let left = shown_at + SHOWN_SECS - now_secs;
                if left <= 0.0 {
                    entry.is_dismissed = true;
                } else {
                    next = Some(next.map_or(left, |next| next.min(left)));
                }
            }
        }
        next.map(|secs| Duration::from_secs_f64(secs.clamp(0.01, SHOWN_SECS)))
    }

    /// All notices, newest last.
    pub fn entries(&self) -> &[NoticeEntry] {
        &self.entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_news_fades_and_bad_news_stays() {
        let mut notices = Notices::default();
        notices.add(Notice::info("Saved"));
        notices.add(Notice::error("Not saved", "The disk is full"));
        let open = |notices: &Notices| notices.entries().iter().filter(|it| !it.is_dismissed).count();
        assert!(notices.advance(10.0).is_some_and(|left| left.as_secs_f64() <= SHOWN_SECS));
        assert_eq!(open(&notices), 2);
        assert_eq!(notices.advance(14.1), None, "nothing more is due, so that nothing is drawn again");
        assert_eq!(open(&notices), 1);
        assert_eq!(notices.entries().len(), 2, "both stay in the list");
        notices.dismiss(1);
        assert_eq!(open(&notices), 0);
    }

    #[test]
    fn looking_at_the_list_is_seeing_all_of_it() {
        let mut notices = Notices::default();
        notices.add(Notice::error("Not saved", "The disk is full"));
        notices.add(Notice::info("Copied"));
        notices.dismiss(1);
        notices.mark_seen();
        assert!(notices.entries().iter().all(|it| it.is_seen), "{:?}", notices.entries());
    }

    #[test]
    fn the_list_does_not_grow_without_end() {
        let mut notices = Notices::default();
        for number in 0..KEPT + 50 {
            notices.add(Notice::info(number.to_string()));
        }
        assert_eq!(notices.entries().len(), KEPT);
    }
}
