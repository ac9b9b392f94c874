//! Keeps the crash journal: every change of the document is handed to the thread that writes it down.

use std::path::PathBuf;

use eframe::egui::Context;
use jiff::Timestamp;

use super::App;
use super::jobs::journal::{JournalWriter, Order, Report, Start};
use super::session::Session;
use crate::edit::{self, Transaction};
use crate::store::journal::{Cause, Entry};
use crate::ui::Action;
use crate::ui::command::Notice;
use crate::ui::panels::Journalling;

/// The journal, seen from the window.
#[derive(Default)]
pub struct Journal {
    writer: Option<JournalWriter>,
    /// Where journals are.
    pub folder: Option<PathBuf>,
    /// The session whose changes are being written.
    of: Option<u64>,
    /// What changed since the save that runs took its snapshot.
    since_snapshot: Option<Vec<Entry>>,
    /// How it goes.
    pub state: Journalling,
}

impl Journal {
    /// Keeps journals in a folder; without one nothing is written.
    pub fn new(folder: Option<PathBuf>, ctx: &Context) -> Self {
        let Some(folder) = folder else { return Self::default() };
        match JournalWriter::start(folder.clone(), ctx.clone()) {
            Ok(writer) => Self { writer: Some(writer), folder: Some(folder), ..Self::default() },
            Err(error) => {
                log::warn!("no journal is kept: {error}");
                Self::default()
            }
        }
    }

    /// Whether changes are written down at all.
    pub const fn is_kept(&self) -> bool {
        self.writer.is_some()
    }

    fn give(&mut self, order: Order) {
        if let Some(writer) = &mut self.writer {
            writer.give(order);
        }
    }

    /// Begins a journal of a session with what was changed so far.
    pub fn begin(&mut self, session: &Session, entries: Vec<Entry>) {
        // A path that is no text cannot stand in the journal: then the document itself does.
        let path = session.path.clone().filter(|path| path.to_str().is_some());
        let start = match (path, session.stamp) {
            (Some(path), Some(stamp)) => Start::File(path, stamp),
            _ => Start::Document(session.origin.clone()),
        };
        let (title, proposed_name) = (session.name(), session.proposed_name.clone());
        self.of = Some(session.number);
        self.state = Journalling::Writing;
        self.give(Order::Begin { title, proposed_name, start, entries });
    }

    /// Writes down a change that was just made. Where it led back to what is saved there is nothing to recover.
    pub fn note(&mut self, session: &Session, cause: Cause, transaction: Transaction) {
        if !self.is_kept() || transaction.edits.is_empty() {
            return;
        }
        let entry = Entry { cause, at: Timestamp::now(), transaction };
        if let Some(since) = &mut self.since_snapshot {
            since.push(entry.clone());
        }
        if !session.document.is_changed() {
            self.end();
        } else if self.of == Some(session.number) {
            self.give(Order::Append(Box::new(entry)));
        } else {
            self.begin(session, vec![entry]);
        }
    }

    /// Takes the journal away: all is saved, or the user has agreed to lose it.
    pub fn end(&mut self) {
        if self.of.take().is_some() {
            self.give(Order::Remove);
        }
        self.state = Journalling::Off;
    }

    /// Begins the journal anew with all changes in one: what was typed letter by letter takes no room any more.
    fn shorten(&mut self, session: &Session) {
        // A save that runs begins one anyway.
        if self.since_snapshot.is_none() && self.of == Some(session.number) {
            let edits = edit::between(&session.origin, session.document.assessment());
            let transaction = Transaction::new("Earlier changes", edits);
            self.begin(session, vec![Entry { cause: Cause::Made, at: Timestamp::now(), transaction }]);
        }
    }

    /// A save takes its snapshot now: what follows is not in it.
    pub fn begin_save(&mut self) {
        self.since_snapshot = self.is_kept().then(Vec::new);
    }

    /// The save was done; the session has the new state of its file.
    pub fn finish_save(&mut self, session: &Session) {
        let since = self.since_snapshot.take().unwrap_or_default();
        if session.document.is_changed() && !since.is_empty() {
            self.begin(session, since);
        } else {
            self.end();
        }
    }

    /// The save was not done: the journal goes on as before.
    pub fn give_up_save(&mut self) {
        self.since_snapshot = None;
    }

    /// Takes in what the thread tells; why changes are not written, where that is new.
    fn hear(&mut self, session: &Session) -> Option<String> {
        let writer = self.writer.as_mut()?;
        let report = writer.newest_report()?;
        let is_long = writer.is_long(&report);
        // What is told after the journal was ended concerns nothing that is open.
        self.of?;
        match report {
            Report::Written { at, .. } => {
                self.state = Journalling::Written(at);
                if is_long {
                    self.shorten(session);
                }
                None
            }
            Report::Failed(reason) => {
                self.state = Journalling::Failed(reason.clone());
                Some(reason)
            }
        }
    }

    /// Takes a left-over journal away, once the one that goes on from it is written.
    pub fn replace_left_over(&mut self, journal: PathBuf) {
        self.give(Order::Discard(journal));
    }
}

impl App {
    /// Takes in what the thread tells.
    pub(super) fn hear_journal(&mut self, ctx: &Context) {
        if let Some(reason) = self.journal.hear(&self.session) {
            self.notices.add(Notice::warning(
                "Changes are not journalled",
                format!(
                    "After a crash they could not be recovered, since {reason}. Save ({}), or mend that: it is tried again by \
                     itself.",
                    Action::Save.keys_text(ctx)
                ),
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Assessment, Entity, Header, Id, Incident, Nameable, Uuid};
    use crate::store::journal::{left_over, recover};

    #[test]
    fn a_long_journal_is_begun_anew_and_loses_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let writer = JournalWriter::start_with(folder.path().to_owned(), Context::default(), 20_000).unwrap();
        let mut journal =
            Journal { writer: Some(writer), folder: Some(folder.path().to_owned()), ..Journal::default() };
        let incident = Incident::named(Id::new(Uuid::from_u128(1)), "Breach".to_owned());
        let before = Assessment::from_records(Header::default(), [incident.clone().into_record()]);
        let mut session = Session::with_document(edit::Document::new(before), None);
        // Each letter writes the whole record.
        for letters in 1..400 {
            let named = Incident { name: "x".repeat(letters), ..incident.clone() };
            let transaction = edit::replace(named, "name");
            let cause = if letters == 1 { Cause::Made } else { Cause::Continued };
            session.document.commit(transaction.clone()).unwrap();
            journal.state = Journalling::Writing;
            journal.note(&session, cause, transaction);
            let begun = std::time::Instant::now();
            while !matches!(journal.state, Journalling::Written(_)) {
                assert!(begun.elapsed().as_secs() < 60, "nothing is written");
                assert_eq!(journal.hear(&session), None);
                std::thread::yield_now();
            }
        }
        let begun = journal.writer.as_ref().map(|writer| writer.begun);
        assert!(begun.is_some_and(|begun| (2..40).contains(&begun)), "{begun:?}");
        drop(journal);
        let [left] = &left_over(folder.path())[..] else { panic!("one journal") };
        assert!(std::fs::metadata(&left.journal).unwrap().len() < 40_000);
        let recovered = recover(&left.journal).unwrap();
        assert_eq!(recovered.document.assessment(), session.document.assessment());
    }
}
