//! Saving: in the background, never over what another program has changed without asking.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::Context;

use super::opening::absolute;
use super::{App, Pending, file_name, with_extension};
use crate::app::jobs::{Outcome, SaveResult, Saved};
use crate::model::Assessment;
use crate::store::{self, FileStamp, Replaced};
use crate::ui::command::Notice;
use crate::ui::dialogs::typed_path::Purpose;
use crate::ui::panels::{JobKind, OnDisk, Question};

/// What has to hold before a file is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Guard {
    /// Nothing: the user has agreed.
    None,
    /// The file is still the one that was read.
    Unchanged(FileStamp),
    /// No file is there.
    NothingThere,
}

impl App {
    /// Saves where the document belongs; asks for a place where it has none yet.
    pub(in crate::app) fn save(&mut self) {
        match (self.session.path.clone(), self.session.stamp) {
            (Some(path), Some(stamp)) => self.write(path, Guard::Unchanged(stamp)),
            (Some(path), None) => self.write(path, Guard::NothingThere),
            (None, _) => self.ask_for_path(Purpose::Save),
        }
    }

    /// Saves to a path that was typed.
    pub(in crate::app) fn save_to(&mut self, path: PathBuf) {
        let path = assessment_path(self.named(Purpose::Save, absolute(path)));
        if self.session.path.as_ref() == Some(&path) {
            self.save();
        } else {
            self.write(path, Guard::NothingThere);
        }
    }

    /// Writes the document in the background.
    pub(super) fn write(&mut self, path: PathBuf, guard: Guard) {
        if self.jobs.has(JobKind::Lasting) {
            self.files.saves_again = Some((path, guard));
            return;
        }
        let session = self.session.number;
        let state = self.session.document.state();
        let snapshot = self.session.document.snapshot();
        let updated =
            if self.session.document.is_changed() { jiff::Timestamp::now() } else { snapshot.header.updated };
        self.journal.begin_save();
        self.start_job(format!("Saving {}", file_name(&path)), JobKind::Lasting, move |_| {
            let result = write_guarded(&path, &snapshot, updated, guard);
            Outcome::Saved(Saved { path, session, state, updated, snapshot, result })
        });
    }

    pub(super) fn finish_saving(&mut self, saved: Saved, ctx: &Context) {
        let Saved { path, session, state, updated, snapshot, result } = saved;
        let name = file_name(&path);
        if !matches!(result, SaveResult::Done(_)) {
            self.journal.give_up_save();
        }
        let asked = self.files.saves_again.take();
        match result {
            SaveResult::Done(Replaced { stamp, warning }) => {
                self.notices.add(match warning {
                    None => Notice::info(format!("Saved {name}")),
                    Some(warning) => {
                        Notice::warning(format!("Saved {name}, but not for certain"), warning.to_string())
                    }
                });
                if self.session.number == session {
                    self.session.document.mark_saved(state, updated);
                    self.session.refresh();
                    self.session.stamp = Some(stamp);
                    self.session.on_disk = OnDisk::Same;
                    self.session.path = Some(path.clone());
                    self.session.saved_at = Some(updated);
                    self.session.origin = snapshot;
                    self.journal.finish_save(&self.session);
                }
                self.add_recent(path.clone());
                match Asked::while_writing(&path, asked) {
                    Asked::Elsewhere(other, guard) => self.write(other, guard),
                    Asked::Again if self.session.document.is_changed() => self.save(),
                    Asked::Again | Asked::Nothing => {
                        if let Some(leaving) = self.files.after_save.take() {
                            self.leave(leaving, ctx);
                        }
                    }
                }
            }
            // What was to follow the save still follows, once the question is answered.
            SaveResult::ChangedOnDisk => {
                let why = "Another program has changed it since it was read";
                self.not_written((path, asked), why, Question::ChangedOnDisk { file: name });
            }
            SaveResult::AlreadyThere => {
                let why = "A file of this name is there already";
                self.not_written((path, asked), why, Question::AlreadyThere { file: name });
            }
            SaveResult::Failed(error) => {
                self.notices.add(Notice::error(format!("{name} was not saved"), error.to_string()));
                match Asked::while_writing(&path, asked) {
                    // Another place may well take it.
                    Asked::Elsewhere(other, guard) => self.write(other, guard),
                    Asked::Again | Asked::Nothing => self.files.after_save = None,
                }
            }
        }
    }

    /// Asks what becomes of a file that is in the way, unless another place was chosen meanwhile: then that is where the document
    /// goes, and what is in the way stays as it is.
    fn not_written(
        &mut self,
        (path, asked): (PathBuf, Option<(PathBuf, Guard)>),
        why: &str,
        question: Question,
    ) {
        match Asked::while_writing(&path, asked) {
            Asked::Elsewhere(other, guard) => {
                let title = format!("{} was not saved", file_name(&path));
                self.notices.add(Notice::warning(title, format!("{why}; it was left as it is")));
                self.write(other, guard);
            }
            Asked::Again | Asked::Nothing => self.files.asking = Some((question, Pending::Write(path))),
        }
    }
}

/// What else was asked for while a file was being written.
#[derive(Debug, PartialEq)]
enum Asked {
    /// Nothing.
    Nothing,
    /// To save once more to the same place.
    Again,
    /// To save to another place, where the document belongs from then on.
    Elsewhere(PathBuf, Guard),
}

impl Asked {
    fn while_writing(written: &Path, asked: Option<(PathBuf, Guard)>) -> Self {
        match asked {
            None => Self::Nothing,
            Some((path, _)) if path == written => Self::Again,
            Some((path, guard)) => Self::Elsewhere(path, guard),
        }
    }
}

fn write_guarded(
    path: &Path,
    snapshot: &Arc<Assessment>,
    updated: jiff::Timestamp,
    guard: Guard,
) -> SaveResult {
    match guard {
        // A file that is gone or cannot be read is no other program's work that would be lost.
        Guard::Unchanged(stamp) if matches!(stamp.is_current(path), Ok(false)) => {
            return SaveResult::ChangedOnDisk;
        }
        Guard::NothingThere if path.exists() => return SaveResult::AlreadyThere,
        Guard::None | Guard::Unchanged(_) | Guard::NothingThere => {}
    }
    // The records are shared, so that this copies only the header and pointers.
    let mut assessment = Assessment::clone(snapshot);
    assessment.header.updated = updated;
    match store::save(path, &assessment) {
        Ok(replaced) => SaveResult::Done(replaced),
        Err(error) => SaveResult::Failed(error),
    }
}

/// The path of an assessment file: with ".ron" where it does not end so.
pub fn assessment_path(path: PathBuf) -> PathBuf {
    with_extension(path, &["ron"], "ron")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_not_overwritten_unasked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        let snapshot = Arc::new(Assessment::default());
        let now = jiff::Timestamp::UNIX_EPOCH;
        let SaveResult::Done(Replaced { stamp, .. }) =
            write_guarded(&path, &snapshot, now, Guard::NothingThere)
        else {
            panic!("a new file is written")
        };
        assert!(matches!(
            write_guarded(&path, &snapshot, now, Guard::NothingThere),
            SaveResult::AlreadyThere
        ));
        assert!(matches!(write_guarded(&path, &snapshot, now, Guard::Unchanged(stamp)), SaveResult::Done(_)));
        store::replace(&path, b"somebody else was here").unwrap();
        assert!(matches!(
            write_guarded(&path, &snapshot, now, Guard::Unchanged(stamp)),
            SaveResult::ChangedOnDisk
        ));
        assert!(matches!(write_guarded(&path, &snapshot, now, Guard::None), SaveResult::Done(_)));
    }

    #[test]
    fn another_place_that_was_asked_for_meanwhile_is_not_forgotten() {
        let check = |asked: Option<&str>, expect: Asked| {
            let asked = asked.map(|path| (PathBuf::from(path), Guard::NothingThere));
            assert_eq!(Asked::while_writing(Path::new("a.ron"), asked), expect);
        };
        check(None, Asked::Nothing);
        check(Some("a.ron"), Asked::Again);
        check(Some("b.ron"), Asked::Elsewhere("b.ron".into(), Guard::NothingThere));
    }
}
