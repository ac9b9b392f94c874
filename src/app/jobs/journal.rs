//! The thread that writes the crash journal, so that no frame waits for a disk.

use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use eframe::egui::Context;
use jiff::Timestamp;

use crate::model::Assessment;
use crate::store::journal::{self, Base, Entry, Heading, JournalError, JournalFile};
use crate::store::{FileStamp, to_bytes};

/// What was written is forced to the disk within this time. A crash of the program needs none of it, since the system
/// has the bytes; a power cut costs at most these seconds.
const SYNC_AFTER: Duration = Duration::from_secs(1);
/// What could not be written is tried again after this time.
const RETRY_AFTER: Duration = Duration::from_secs(10);
/// From this length on, in bytes, a journal is begun anew: each change holds its whole records, and what is beyond the
/// greatest size of a file would not be read.
const LONG: u64 = crate::store::SIZE_LIMIT / 4;
/// Orders that wait for the thread; more wait in the window.
const QUEUE: usize = 256;

/// What a new journal starts from.
pub enum Start {
    /// A file in this state.
    File(PathBuf, FileStamp),
    /// A document without a file.
    Document(Arc<Assessment>),
}

/// What the thread is to do.
pub enum Order {
    /// Begin a journal with these changes, in the place of the one that is being written.
    Begin {
        /// The title of the assessment, or the name of its file.
        title: String,
        /// The name to propose when it is saved for the first time.
        proposed_name: String,
        /// What the changes start from.
        start: Start,
        /// The changes so far.
        entries: Vec<Entry>,
    },
    /// Add a change.
    Append(Box<Entry>),
    /// Take the journal away: all is saved, or is not wanted.
    Remove,
    /// Take a left-over journal away, unless its changes are not written yet into the one that goes on from it.
    Discard(PathBuf),
}

/// How writing goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// Everything is written.
    Written {
        /// When.
        at: Timestamp,
        /// How many journals the window had begun by then: what is told of one before concerns nothing.
        begun: u64,
        /// Whether the journal has grown so long that it should be begun anew.
        is_long: bool,
    },
    /// It is not; why.
    Failed(String),
}

/// The thread, seen from the window.
pub struct JournalWriter {
    orders: Option<SyncSender<Order>>,
    waiting: VecDeque<Order>,
    /// How many journals were begun.
    pub(in crate::app) begun: u64,
    reports: Receiver<Report>,
    thread: Option<JoinHandle<()>>,
}

impl JournalWriter {
    /// Starts the thread, which writes into `folder` and wakes the window when it has something to tell.
    pub fn start(folder: PathBuf, ctx: Context) -> io::Result<Self> {
        Self::start_with(folder, ctx, LONG)
    }

    /// As [`Self::start`], with the length from which on a journal is long.
    pub(in crate::app) fn start_with(folder: PathBuf, ctx: Context, long: u64) -> io::Result<Self> {
        let (orders, receiver) = sync_channel(QUEUE);
        let (sender, reports) = sync_channel(QUEUE);
        let tell = move |report| {
            // A window that does not listen has more news than it needs, or is gone.
            let _ = sender.try_send(report);
            ctx.request_repaint();
        };
        let thread = std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || Writer::new(folder, Box::new(tell), long).run(&receiver))?;
        Ok(Self { orders: Some(orders), waiting: VecDeque::new(), begun: 0, reports, thread: Some(thread) })
    }

    /// Gives an order. Never waits.
    pub fn give(&mut self, order: Order) {
        self.begun += u64::from(matches!(order, Order::Begin { .. }));
        self.waiting.push_back(order);
        self.hand_over();
    }

    /// The newest report since the last call.
    pub fn newest_report(&mut self) -> Option<Report> {
        self.hand_over();
        self.reports.try_iter().last()
    }

    /// Whether a report says that the journal that is written now is long.
    pub const fn is_long(&self, report: &Report) -> bool {
        matches!(report, Report::Written { begun, is_long: true, .. } if *begun == self.begun)
    }

    fn hand_over(&mut self) {
        let Some(orders) = &self.orders else { return };
        while let Some(order) = self.waiting.pop_front() {
            match orders.try_send(order) {
                Ok(()) => {}
                Err(TrySendError::Full(order)) => return self.waiting.push_front(order),
                // The thread is gone, which the reports have told.
                Err(TrySendError::Disconnected(_)) => return,
            }
        }
    }
}

impl Drop for JournalWriter {
    /// The window closes: everything that was ordered is done first.
    fn drop(&mut self) {
        if let Some(orders) = self.orders.take() {
            for order in self.waiting.drain(..) {
                let _ = orders.send(order);
            }
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The thread, seen from inside.
struct Writer {
    folder: PathBuf,
    tell: Box<dyn Fn(Report) + Send>,
    /// The heading of the journal that is wanted.
    heading: Option<Heading>,
    file: Option<JournalFile>,
    /// Those before it, which go as soon as everything is in the new one.
    superseded: Vec<JournalFile>,
    /// How many journals were begun.
    begun: u64,
    /// From which length on the journal is long: never before it is twice as long as it began.
    long: u64,
    least_long: u64,
    /// Changes that are not written yet.
    entries: Vec<Entry>,
    is_synced: bool,
    has_failed: bool,
}

impl Writer {
    fn new(folder: PathBuf, tell: Box<dyn Fn(Report) + Send>, long: u64) -> Self {
        Self {
            folder,
            tell,
            heading: None,
            file: None,
            superseded: Vec::new(),
            begun: 0,
            long,
            least_long: long,
            entries: Vec::new(),
            is_synced: true,
            has_failed: false,
        }
    }

    fn run(mut self, orders: &Receiver<Order>) {
        loop {
            let patience = match (self.entries.is_empty(), self.is_synced) {
                (false, _) => RETRY_AFTER,
                (true, false) if self.has_failed => RETRY_AFTER,
                (true, false) => SYNC_AFTER,
                // Nothing to do: asleep until there is.
                (true, true) => Duration::MAX,
            };
            match orders.recv_timeout(patience) {
                Ok(order) => {
                    self.take(order);
                    // Several at once are written at once.
                    while let Ok(order) = orders.try_recv() {
                        self.take(order);
                    }
                    self.write();
                }
                Err(RecvTimeoutError::Timeout) if !self.entries.is_empty() => self.write(),
                Err(RecvTimeoutError::Timeout) => self.sync(),
                Err(RecvTimeoutError::Disconnected) => return self.sync(),
            }
        }
    }

    fn take(&mut self, order: Order) {
        match order {
            Order::Begin { title, proposed_name, start, entries } => {
                let base = match start {
                    Start::File(path, stamp) => Base::File { path, stamp },
                    Start::Document(assessment) => Base::Bytes(to_bytes(&assessment)),
                };
                // The new one is there before the old one goes.
                self.superseded.extend(self.file.take());
                self.heading = Some(Heading { title, proposed_name, base });
                self.entries = entries;
                self.begun += 1;
                self.write();
                self.long = self.least_long.max(2 * self.file.as_ref().map_or(0, JournalFile::length));
            }
            Order::Append(entry) => self.entries.push(*entry),
            Order::Remove => {
                self.heading = None;
                self.entries.clear();
                self.is_synced = true;
                self.has_failed = false;
                self.superseded.extend(self.file.take());
                self.superseded.drain(..).for_each(remove);
            }
            Order::Discard(path) => {
                self.write();
                if self.entries.is_empty()
                    && let Err(error) = journal::discard(&path)
                {
                    log::warn!("a journal that is not needed any more stays: {error}");
                }
            }
        }
    }

    fn write(&mut self) {
        if !self.entries.is_empty() {
            if let Err(error) = self.try_to_write() {
                return self.fail(&error);
            }
            self.entries.clear();
            self.is_synced = false;
            self.has_failed = false;
            self.tell_written();
        }
        self.superseded.drain(..).for_each(remove);
    }

    fn try_to_write(&mut self) -> Result<(), JournalError> {
        let Some(heading) = &self.heading else { return Ok(()) };
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(JournalFile::create(&self.folder, heading)?),
        };
        file.append(&self.entries)
    }

    fn sync(&mut self) {
        match self.file.as_ref().map(JournalFile::sync) {
            Some(Err(error)) => self.fail(&error),
            Some(Ok(())) => {
                self.is_synced = true;
                if std::mem::take(&mut self.has_failed) {
                    self.tell_written();
                }
            }
            None => self.is_synced = true,
        }
    }

    fn tell_written(&self) {
        let is_long = self.file.as_ref().is_some_and(|file| file.length() > self.long);
        (self.tell)(Report::Written { at: Timestamp::now(), begun: self.begun, is_long });
    }

    /// Says so once, not with every letter that is typed.
    fn fail(&mut self, error: &JournalError) {
        if !std::mem::replace(&mut self.has_failed, true) {
            (self.tell)(Report::Failed(error.reason()));
        }
    }
}

fn remove(file: JournalFile) {
    if let Err(error) = file.remove() {
        log::warn!("a journal that is not needed any more stays: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::insert;
    use crate::model::{Analyst, AnalystRole, Id, Uuid};
    use crate::store::journal::{Cause, left_over};

    fn entry(number: u128) -> Entry {
        let analyst = Analyst {
            id: Id::new(Uuid::from_u128(number)),
            name: "Ada".to_owned(),
            role: AnalystRole::Analyst,
        };
        Entry { cause: Cause::Made, at: Timestamp::UNIX_EPOCH, transaction: insert(analyst) }
    }

    fn begin(entries: Vec<Entry>) -> Order {
        let start = Start::Document(Arc::new(Assessment::default()));
        Order::Begin { title: String::new(), proposed_name: "a.ron".to_owned(), start, entries }
    }

    #[test]
    fn what_is_ordered_is_done_before_the_window_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let write = |orders: Vec<Order>| {
            let mut writer = JournalWriter::start(folder.path().to_owned(), Context::default()).unwrap();
            orders.into_iter().for_each(|order| writer.give(order));
            drop(writer);
            left_over(folder.path())
        };
        let many = (2..2_000).map(|number| Order::Append(Box::new(entry(number))));
        let found = write(std::iter::once(begin(vec![entry(1)])).chain(many).collect());
        assert_eq!(found.iter().map(|found| found.changes).collect::<Vec<_>>(), [1_999]);
        let left = found[0].journal.clone();

        // What was recovered goes on in a journal of its own, and the one that was left over goes.
        let found = write(vec![begin(vec![entry(1), entry(2)]), Order::Discard(left.clone())]);
        assert_eq!(found.iter().map(|found| found.changes).collect::<Vec<_>>(), [2]);
        assert!(!left.exists());

        let found = write(vec![begin(vec![entry(1)]), begin(vec![entry(1), entry(2)]), Order::Remove]);
        assert_eq!(found.len(), 1, "only the one from before is left");
    }

    #[test]
    fn what_cannot_be_written_is_told_once_and_costs_no_other_journal() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("journals");
        let mut writer = JournalWriter::start(place.clone(), Context::default()).unwrap();
        writer.give(begin(vec![entry(1)]));
        drop(writer);
        let left = left_over(&place)[0].journal.clone();

        let blocked = folder.path().join("blocked");
        crate::store::replace(&blocked, b"a file where the folder should be").unwrap();
        let mut writer = JournalWriter::start(blocked, Context::default()).unwrap();
        writer.give(begin(vec![entry(1)]));
        writer.give(Order::Append(Box::new(entry(2))));
        writer.give(Order::Discard(left.clone()));
        let first = writer.reports.recv().unwrap();
        assert!(matches!(first, Report::Failed(_)), "{first:?}");
        std::thread::sleep(Duration::from_millis(50));
        assert_eq!(writer.newest_report(), None);
        drop(writer);
        assert!(left.exists());
    }

    #[test]
    fn the_journal_before_stays_until_the_new_one_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let blocked = folder.path().join("blocked");
        crate::store::replace(&blocked, b"a file where the folder should be").unwrap();
        let mut writer = Writer::new(folder.path().join("journals"), Box::new(|_| {}), LONG);
        writer.take(begin(vec![entry(1)]));
        let first = writer.file.as_ref().unwrap().path().to_owned();

        let journals = std::mem::replace(&mut writer.folder, blocked);
        writer.take(begin(vec![entry(1), entry(2)]));
        assert!(first.exists(), "what is in it is nowhere else");
        writer.folder = journals;
        writer.write();
        assert!(!first.exists());
        let second = writer.file.as_ref().unwrap().path().to_owned();
        assert!(second.exists());
        writer.take(Order::Remove);
        assert!(!second.exists());
    }
}
