//! Whether another program has changed the open file: looked at when the user comes back to the window.
//!
//! Not by a watch of the system, which misses network folders and costs a thread that waits: what another program did
//! cannot be acted on before the user is back, and a save looks once more in any case.

use std::path::Path;

use eframe::egui::{Context, Event};

use super::{App, file_name};
use crate::app::jobs::Outcome;
use crate::store::{FileStamp, LoadError};
use crate::ui::command::Notice;
use crate::ui::panels::{JobKind, OnDisk};

/// What was found of the open file.
pub struct LookedAtFile {
    session: u64,
    /// How the file was when it was read or written last: void where it was saved while it was looked at.
    stamp: FileStamp,
    found: OnDisk,
}

impl App {
    /// Begins to look at the open file where the user has just come back to the window.
    pub(in crate::app) fn watch_file(&mut self, ctx: &Context) {
        let has_come_back = ctx
            .input(|input| input.raw.events.iter().any(|event| matches!(event, Event::WindowFocused(true))));
        if !has_come_back || self.jobs.has(JobKind::Lasting) {
            return;
        }
        let (Some(path), Some(stamp)) = (self.session.path.clone(), self.session.stamp) else { return };
        let session = self.session.number;
        self.start_job("Looking at the file", JobKind::Quiet, move |_| {
            Outcome::LookedAtFile(LookedAtFile { session, stamp, found: look(&path, stamp) })
        });
    }

    /// Takes in what was found, and says once what is new.
    pub(super) fn finish_looking(&mut self, looked: &LookedAtFile) {
        let session = &mut self.session;
        let is_void = session.number != looked.session || session.stamp != Some(looked.stamp);
        if is_void || session.on_disk == looked.found {
            return;
        }
        session.on_disk = looked.found;
        let name = session.path.as_deref().map(file_name).unwrap_or_default();
        self.notices.add(match looked.found {
            OnDisk::Same => return,
            OnDisk::Changed => Notice::warning(
                format!("{name} was changed by another program"),
                "What is open here is as it was. “Read again” in the menu File shows the file as it is now; \
                 saving asks first.",
            ),
            OnDisk::Gone => Notice::warning(
                format!("{name} is no longer where it was"),
                "What is open here is as it was. Saving writes the file anew.",
            ),
        });
    }
}

fn look(path: &Path, stamp: FileStamp) -> OnDisk {
    match stamp.is_current(path) {
        Ok(true) => OnDisk::Same,
        Ok(false) => OnDisk::Changed,
        Err(LoadError::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => OnDisk::Gone,
        // It cannot be told now: a folder on the network that is away, say.
        Err(_) => OnDisk::Same,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Assessment;
    use crate::store;

    #[test]
    fn a_file_is_as_it_was_or_changed_or_gone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        let stamp = store::save(&path, &Assessment::default()).unwrap().stamp;
        assert_eq!(look(&path, stamp), OnDisk::Same);
        store::replace(&path, b"somebody else was here").unwrap();
        assert_eq!(look(&path, stamp), OnDisk::Changed);
        std::fs::remove_file(&path).unwrap();
        assert_eq!(look(&path, stamp), OnDisk::Gone);
    }
}
