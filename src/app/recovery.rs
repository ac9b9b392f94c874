//! Brings back what a crash left over: finds journals, offers them, replays them.

use std::path::{Path, PathBuf};

use eframe::egui::Context;

use super::App;
use super::files::{Leaving, file_name};
use super::jobs::Outcome;
use super::session::Session;
use crate::store::journal::{self, BaseState, Entry, LeftOver, RecoveryError};
use crate::ui::command::Notice;
use crate::ui::panels::{JobKind, Recoverable, RecoverableFile};

/// What was recovered, ready to be shown.
pub struct RecoveredSession {
    session: Session,
    entries: Vec<Entry>,
    refused: Vec<String>,
    is_base_changed: bool,
    is_saved_already: bool,
    /// The journal that it comes from.
    pub journal: PathBuf,
}

/// What was left over.
#[derive(Default)]
pub struct Recovery {
    /// What can be recovered, newest first, as panels and dialogs see it.
    pub shown: Vec<Recoverable>,
    /// The journals that were offered when their file was opened: once is enough.
    offered: Vec<PathBuf>,
}

impl App {
    /// Looks for journals that were left over, in the background.
    pub(super) fn look_for_journals(&mut self) {
        if let Some(folder) = self.journal.folder.clone() {
            self.start_job("Looking for unsaved changes", JobKind::Quiet, move |_| {
                Outcome::LookedForJournals(journal::left_over(&folder))
            });
        }
    }

    pub(super) fn take_left_over(&mut self, found: Vec<LeftOver>) {
        self.recovery.shown = found.into_iter().map(recoverable).collect();
        // Whoever opens a file of which there is more is asked at once: what they do now would only make two versions.
        let is_untouched = !self.session.is_welcome && !self.session.document.is_changed();
        let Some(path) = self.session.path.clone().filter(|_| is_untouched) else { return };
        let here = self.recovery.shown.iter().find(|it| it.path.as_ref() == Some(&path));
        if let Some(here) = here.filter(|it| !self.recovery.offered.contains(&it.journal)) {
            self.recovery.offered.push(here.journal.clone());
            self.shell.recovery = Some(here.journal.clone());
        }
    }

    /// Replays a journal in the background.
    pub(super) fn recover(&mut self, journal: PathBuf) {
        self.start_job("Recovering unsaved changes", JobKind::Stoppable, move |_| {
            let result = journal::recover(&journal).map(|recovered| {
                let mut session = Session::with_document(recovered.document, Some(recovered.base));
                session.proposed_name = recovered.proposed_name;
                match recovered.file {
                    Some((path, stamp)) => {
                        session.path = Some(path);
                        session.stamp = Some(stamp);
                    }
                    // Nothing of it stands in any file.
                    None => session.document.mark_unsaved(),
                }
                Box::new(RecoveredSession {
                    session,
                    entries: recovered.entries,
                    refused: recovered.refused,
                    is_base_changed: recovered.is_base_changed,
                    is_saved_already: recovered.is_saved_already,
                    journal: journal.clone(),
                })
            });
            Outcome::Recovered { journal, result }
        });
    }

    pub(super) fn finish_recovery(
        &mut self,
        journal: &Path,
        result: Result<Box<RecoveredSession>, RecoveryError>,
        ctx: &Context,
    ) {
        match result {
            Ok(recovered) if recovered.is_saved_already => {
                self.notices.add(Notice::info("All changes stand in the file already"));
                self.discard_left_over(recovered.journal);
            }
            Ok(recovered) => self.leave(Leaving::Recovered(recovered), ctx),
            Err(error) => {
                let name = self.recovery.shown.iter().find(|it| it.journal == journal);
                let name = name.map_or("The changes", |it| it.title.as_str());
                let title = format!("{name} could not be recovered");
                self.notices.add(Notice::error(title, format!("{error}. They are kept; try again later.")));
            }
        }
    }

    /// Shows what was recovered; from here on its changes are in a journal of its own.
    pub(super) fn show_recovered(&mut self, recovered: RecoveredSession) {
        let RecoveredSession { session, entries, refused, is_base_changed, is_saved_already: _, journal } =
            recovered;
        let (name, count) = (session.name(), entries.len());
        if let Some(path) = session.path.clone() {
            self.add_recent(path);
        }
        self.show_session(session);
        if self.session.document.is_changed() {
            self.journal.begin(&self.session, entries);
        }
        self.recovery.shown.retain(|it| it.journal != journal);
        self.journal.replace_left_over(journal);
        if is_base_changed || !refused.is_empty() {
            let mut detail =
                "Its file was changed since. This is a copy with the recovered changes; saving asks where to.".to_owned();
            if !refused.is_empty() {
                detail =
                    format!("{detail} Not recovered, since their records are gone: {}.", refused.join(", "));
            }
            self.notices.add(Notice::warning(format!("Recovered into a copy: {name}"), detail));
        } else {
            let changes = if count == 1 { "the change".to_owned() } else { format!("{count} changes") };
            self.notices.add(Notice::info(format!("Recovered {changes} of {name}; save to keep them")));
        }
    }

    /// Throws a left-over journal away.
    pub(super) fn discard_left_over(&mut self, journal: PathBuf) {
        self.recovery.shown.retain(|it| it.journal != journal);
        self.start_job("Discarding unsaved changes", JobKind::Quiet, move |_| {
            match journal::discard(&journal) {
                Ok(()) => Outcome::Nothing,
                Err(error) => {
                    let detail = format!("{error}. It will be offered again.");
                    Outcome::Told(Notice::warning("The journal could not be taken away", detail))
                }
            }
        });
    }
}

fn recoverable(found: LeftOver) -> Recoverable {
    let name = found.file.as_deref().map(file_name);
    Recoverable {
        title: if found.title.is_empty() { name.unwrap_or_default() } else { found.title },
        path: found.file,
        file: match found.base {
            BaseState::Same => RecoverableFile::Same,
            BaseState::Changed => RecoverableFile::Changed,
            BaseState::Missing => RecoverableFile::Missing,
            BaseState::Carried => RecoverableFile::None,
        },
        changes: found.changes,
        last_at: found.last_at,
        labels: found.labels,
        is_torn: found.torn > 0,
        journal: found.journal,
    }
}
