use std::fs;
use std::path::Path;

use super::*;
use crate::edit::{Document, Edit, insert};
use crate::model::{Assessment, Entity, Header, Id, Incident, Nameable, Uuid};
use crate::store::{replace, save, to_bytes};

fn incident(number: u128, name: &str) -> Incident {
    Incident::named(Id::new(Uuid::from_u128(number)), name.to_owned())
}

fn rename(number: u128, name: &str) -> Transaction {
    crate::edit::replace(incident(number, name), "name")
}

/// A document that writes down what is done to it, as the window does.
struct Written {
    document: Document,
    entries: Vec<Entry>,
}

impl Written {
    fn new(assessment: Assessment) -> Self {
        Self { document: Document::new(assessment), entries: Vec::new() }
    }

    fn note(&mut self, cause: Cause, transaction: Transaction) {
        self.entries.push(Entry { cause, at: "2026-11-22T23:41:07Z".parse().unwrap(), transaction });
    }

    fn commit(&mut self, transaction: Transaction) {
        let joins = self.document.continues_step(&transaction);
        self.note(if joins { Cause::Continued } else { Cause::Made }, transaction.clone());
        self.document.commit(transaction).unwrap();
    }

    fn undo(&mut self) {
        let edits = self.document.undo_edits().unwrap().to_vec();
        let label = self.document.undo().unwrap();
        self.note(Cause::Undone, Transaction::new(label, edits));
    }

    fn redo(&mut self) {
        let edits = self.document.redo_edits().unwrap().to_vec();
        let label = self.document.redo().unwrap();
        self.note(Cause::Redone, Transaction::new(label, edits));
    }
}

fn base() -> Assessment {
    let header = Header { id: Uuid::from_u128(1), ..Header::default() };
    Assessment::from_records(header, [incident(1, "Breach").into_record()])
}

/// A folder with a saved file, its state, and a place for journals.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("case.ron")
    }

    fn journals(&self) -> PathBuf {
        self.folder.path().join("journals")
    }

    fn save(&self, assessment: &Assessment) -> Heading {
        let stamp = save(&self.file(), assessment).unwrap().stamp;
        heading(Base::File { path: self.file(), stamp })
    }

    /// Leaves a journal as a program does that was killed.
    fn leave(&self, heading: &Heading, entries: &[Entry]) -> PathBuf {
        let mut journal = JournalFile::create(&self.journals(), heading).unwrap();
        journal.append(entries).unwrap();
        journal.sync().unwrap();
        journal.path().to_owned()
    }

    fn the_one_left_over(&self) -> LeftOver {
        let found = left_over(&self.journals());
        assert_eq!(found.len(), 1);
        found.into_iter().next().unwrap()
    }
}

fn heading(base: Base) -> Heading {
    Heading { title: "Case".to_owned(), proposed_name: "case.ron".to_owned(), base }
}

fn typed() -> Written {
    let mut written = Written::new(base());
    written.commit(insert(incident(2, "New")));
    for text in ["N", "Ne", "New one"] {
        written.commit(rename(2, text));
    }
    written.document.close_step();
    written.commit(rename(1, "Breach of OPM"));
    written.undo();
    written.redo();
    written
}

#[test]
fn a_journal_brings_back_the_document_and_its_history() {
    let desk = Desk::new();
    let heading = desk.save(&base());
    let mut written = typed();
    let journal = desk.leave(&heading, &written.entries);
    let found = desk.the_one_left_over();
    assert_eq!((found.changes, found.torn), (5, 0), "letters typed into one field are one change");
    assert_eq!((found.file, found.base), (Some(desk.file()), BaseState::Same));
    assert_eq!(found.labels.first().map(String::as_str), Some("Change name of incident"));

    let mut recovered = recover(&journal).unwrap();
    assert_eq!(recovered.document.assessment(), written.document.assessment());
    assert!(recovered.document.is_changed() && !recovered.is_base_changed && recovered.refused.is_empty());
    assert_eq!(recovered.file.as_ref().map(|(path, _)| path.clone()), Some(desk.file()));
    while written.document.undo().is_some() {
        assert!(recovered.document.undo().is_some(), "every step can be undone as before");
        assert_eq!(recovered.document.assessment(), written.document.assessment());
    }
    assert!(recovered.document.undo().is_none());
}

#[test]
fn what_was_undone_beyond_the_last_save_is_brought_back_too() {
    let desk = Desk::new();
    let mut written = Written::new(base());
    written.commit(rename(1, "A"));
    written.document.close_step();
    written.commit(rename(1, "B"));
    let heading = desk.save(written.document.assessment());
    written.document.mark_saved(written.document.state(), Timestamp::UNIX_EPOCH);
    written.entries.clear();
    // Undo crosses the moment of the save; redo comes back, and undo goes over it once more.
    for _ in 0..2 {
        written.undo();
    }
    written.redo();
    written.undo();
    written.redo();
    let recovered = recover(&desk.leave(&heading, &written.entries)).unwrap();
    assert_eq!(recovered.document.assessment(), written.document.assessment());
}

#[test]
fn a_torn_end_costs_only_the_change_that_was_being_written() {
    let desk = Desk::new();
    let heading = desk.save(&base());
    let written = typed();
    let journal = desk.leave(&heading, &written.entries);
    let whole = fs::read(&journal).unwrap();
    let first_line = whole.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let mut last = usize::MAX;
    for length in (0..whole.len()).rev().step_by(7) {
        replace(&journal, &whole[..length]).unwrap();
        let found = left_over(&desk.journals());
        let Some(found) = found.first() else {
            assert!(last <= 1, "a journal with {last} changes is not taken away");
            return;
        };
        assert!(length >= first_line && found.changes <= last, "never more than was written");
        last = found.changes;
        let recovered = recover(&journal).unwrap();
        assert!(recovered.refused.is_empty(), "what was read whole applies");
    }
    panic!("a journal without a whole change is taken away");
}

#[test]
fn a_damaged_line_ends_what_is_read() {
    let desk = Desk::new();
    let heading = desk.save(&base());
    let mut written = Written::new(base());
    for number in 2..6 {
        written.commit(insert(incident(number, "New")));
    }
    let journal = desk.leave(&heading, &written.entries);
    let text = fs::read_to_string(&journal).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[3] = lines[3].replace("New", "Old");
    replace(&journal, (lines.join("\n") + "\n").as_bytes()).unwrap();
    let found = desk.the_one_left_over();
    assert_eq!(found.changes, 2);
    assert!(found.torn > 0, "and it is said that there was more");
    assert_eq!(recover(&journal).unwrap().document.assessment().incidents.len(), 3);
}

#[test]
fn a_document_without_a_file_brings_its_base_along() {
    let desk = Desk::new();
    let written = typed();
    let journal = desk.leave(&heading(Base::Bytes(to_bytes(&base()))), &written.entries);
    assert_eq!(desk.the_one_left_over().base, BaseState::Carried);
    let recovered = recover(&journal).unwrap();
    assert_eq!(recovered.document.assessment(), written.document.assessment());
    assert_eq!((recovered.file, recovered.proposed_name.as_str()), (None, "case.ron"));
}

#[test]
fn a_file_that_changed_since_is_not_touched_but_copied() {
    let desk = Desk::new();
    let heading = desk.save(&base());
    let mut written = Written::new(base());
    written.commit(insert(incident(2, "Mine")));
    written.commit(rename(1, "Mine too"));
    let journal = desk.leave(&heading, &written.entries);

    // Saved by another window: the version before is the backup, so that nothing is lost.
    let theirs = Assessment::from_records(base().header, [incident(9, "Theirs").into_record()]);
    save(&desk.file(), &theirs).unwrap();
    assert_eq!(desk.the_one_left_over().base, BaseState::Changed);
    let recovered = recover(&journal).unwrap();
    assert!(recovered.is_base_changed && !recovered.is_saved_already);
    assert_eq!(recovered.document.assessment(), written.document.assessment());
    assert_eq!((recovered.file, recovered.proposed_name.as_str()), (None, "case-recovered.ron"));

    // Saved twice: what can be done is done, what cannot is said.
    save(&desk.file(), &theirs).unwrap();
    let recovered = recover(&journal).unwrap();
    assert_eq!(recovered.refused, ["Change name of incident"]);
    assert_eq!(recovered.document.assessment().incidents.len(), 2);
    assert_eq!(crate::store::load(&desk.file()).unwrap().assessment, theirs, "the file stays as it is");

    fs::remove_file(desk.file()).unwrap();
    assert_eq!(desk.the_one_left_over().base, BaseState::Missing);
    assert!(matches!(recover(&journal), Err(RecoveryError::File(_))));
    assert!(journal.exists(), "it may come back with the drive that it is on");
}

#[test]
fn changes_that_were_saved_already_are_no_changes() {
    let desk = Desk::new();
    let heading = desk.save(&base());
    let mut written = Written::new(base());
    written.commit(rename(1, "Saved in time"));
    let journal = desk.leave(&heading, &written.entries);
    let mut saved = written.document.assessment().clone();
    saved.header.updated = "2026-11-23T00:00:00Z".parse().unwrap();
    save(&desk.file(), &saved).unwrap();
    assert!(recover(&journal).unwrap().is_saved_already);
}

#[test]
fn a_journal_that_is_being_written_is_left_alone() {
    let desk = Desk::new();
    let heading = desk.save(&base());
    let mut journal = JournalFile::create(&desk.journals(), &heading).unwrap();
    journal.append(&typed().entries).unwrap();
    assert_eq!(left_over(&desk.journals()), []);
    assert!(matches!(recover(journal.path()), Err(RecoveryError::Taken)));
    assert!(discard(journal.path()).is_err());
    let path = journal.path().to_owned();
    drop(journal);
    assert_eq!(left_over(&desk.journals()).len(), 1, "the lock ends with its writer");
    discard(&path).unwrap();
    assert_eq!(left_over(&desk.journals()), []);
}

#[test]
fn what_is_no_journal_is_passed_over_and_kept() {
    let desk = Desk::new();
    fs::create_dir_all(desk.journals()).unwrap();
    let check = |name: &str, content: &[u8], stays: bool| {
        let path = desk.journals().join(name);
        replace(&path, content).unwrap();
        assert_eq!(left_over(&desk.journals()), [], "{name}");
        assert_eq!(path.exists(), stays, "{name}");
    };
    check("notes.txt", b"mine", true);
    check("later.journal", b"0123456789abcdef (format: 2)\n", true);
    check("binary.journal", &[0xff, 0xfe, b'\n', 0], true);
    check("empty.journal", b"", false);
    assert_eq!(left_over(Path::new("/nowhere/at/all")), []);
}

#[cfg(unix)]
#[test]
fn a_journal_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    let journal = desk.leave(&desk.save(&base()), &typed().entries);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&journal), mode(&desk.journals())), (0o600, 0o700));
}

#[test]
fn a_header_is_journalled_like_a_record() {
    let desk = Desk::new();
    let heading = desk.save(&base());
    let mut written = Written::new(base());
    let header = Header { title: "Who?\nתל אביב 中国".to_owned(), ..base().header };
    written.commit(Transaction::new("Change title", vec![Edit::SetHeader(header.into())]));
    let recovered = recover(&desk.leave(&heading, &written.entries)).unwrap();
    assert_eq!(recovered.document.assessment(), written.document.assessment());
}

#[test]
fn a_journal_that_is_being_begun_is_nothing_to_take_away() {
    let desk = Desk::new();
    let heading = desk.save(&base());
    let journal = JournalFile::create(&desk.journals(), &heading).unwrap();
    let begun = journal.path().with_extension(write::BEGUN);
    assert!(journal.path().exists() && !begun.exists());

    // Another window looks while a third one has made its file and not yet locked it.
    let file = fs::File::create_new(&begun).unwrap();
    left_over(&desk.journals());
    assert!(begun.exists());
    file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_hours(48)).unwrap();
    left_over(&desk.journals());
    assert!(!begun.exists(), "what was left there long ago goes");
    assert!(journal.path().exists());
}

#[test]
fn another_window_that_looks_costs_no_journal() {
    let desk = Desk::new();
    let heading = desk.save(&base());
    let looks = std::sync::atomic::AtomicBool::new(true);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while looks.load(std::sync::atomic::Ordering::Relaxed) {
                left_over(&desk.journals());
            }
        });
        for _ in 0..300 {
            let journal = JournalFile::create(&desk.journals(), &heading).unwrap();
            assert!(journal.path().exists());
            journal.remove().unwrap();
        }
        looks.store(false, std::sync::atomic::Ordering::Relaxed);
    });
}
