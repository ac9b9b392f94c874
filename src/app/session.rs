//! What is open: the document, its results, and what is selected in it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;

use crate::analysis::Options;
use crate::analysis::derived::Derived;
use crate::edit::{Document, Revision};
use crate::model::validate::{Finding, validate};
use crate::model::{Analyst, Assessment, Id, Incident, Kind};
use crate::store::FileStamp;
use crate::ui::panels::OnDisk;
use crate::ui::{Commands, Selection, ViewContext};

/// Up to how many records an assessment is checked within a frame; a larger one is checked in the background.
const CHECKED_AT_ONCE: usize = 3_000;

/// Up to how many bytes of archived texts are compared with their digests within a frame.
const DIGESTED_AT_ONCE: usize = 2 << 20;

/// What is open.
pub struct Session {
    /// Tells sessions apart, so that what a job brings back for an earlier one is not taken for this one's.
    pub number: u64,
    /// The document with its history.
    pub document: Document,
    /// Its results at `derived_at`. Shared with the job that computes them ahead.
    pub derived: Arc<Derived>,
    derived_at: Revision,
    /// How results are computed.
    pub options: Options,
    /// What does not hold, in the state in which it was found; `None` before the first check is done.
    findings: Option<(Revision, Vec<Finding>)>,
    /// Where it is saved; `None` where it never was.
    pub path: Option<PathBuf>,
    /// The file as it was when it was read or written last.
    pub stamp: Option<FileStamp>,
    /// How that file was when the user last came back to the window.
    pub on_disk: OnDisk,
    /// What was read or saved last, or what it began with: where the journal starts from if there is no file.
    pub origin: Arc<Assessment>,
    /// When it was saved last in this run.
    pub saved_at: Option<Timestamp>,
    /// The name to propose when it is saved for the first time.
    pub proposed_name: String,
    /// Whether the welcome page stands in place of the views.
    pub is_welcome: bool,
    /// The selected records.
    pub selection: Selection,
    /// How many comments its file has that are lost when it is saved.
    pub lost_comments: usize,
    /// The incident whose charts are shown.
    pub incident: Option<Id<Incident>>,
    /// Who works now.
    pub analyst: Option<Id<Analyst>>,
}

impl Session {
    /// Goes on where another session of the same file stood, as far as its records are still there.
    pub fn take_place_of(&mut self, before: &Self) {
        let assessment = self.document.assessment();
        let is_there = |incident: &Id<Incident>| assessment.get(*incident).is_some();
        self.incident = before.incident.filter(is_there).or(self.incident);
        self.analyst = before.analyst.filter(|it| assessment.get(*it).is_some()).or(self.analyst);
        self.options = before.options;
    }

    /// Nothing is open: the welcome page.
    pub fn welcome() -> Self {
        let mut session = Self::new(Assessment::default());
        session.is_welcome = true;
        session
    }

    /// An assessment is open. Takes time in proportion to its size: a large one is best made ready in a job.
    pub fn new(assessment: Assessment) -> Self {
        Self::with_document(Document::new(assessment), None)
    }

    /// A document with a history is open, which began with `origin`.
    pub fn with_document(document: Document, origin: Option<Assessment>) -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let options = Options::default();
        let derived = Arc::new(Derived::new(document.snapshot(), options, None));
        let mut session = Self {
            number: NUMBER.fetch_add(1, Ordering::Relaxed),
            derived_at: document.revision(),
            origin: origin.map_or_else(|| document.snapshot(), Arc::new),
            document,
            derived,
            options,
            findings: None,
            path: None,
            stamp: None,
            on_disk: OnDisk::Same,
            saved_at: None,
            proposed_name: "assessment.ron".to_owned(),
            is_welcome: false,
            selection: Selection::default(),
            incident: None,
            lost_comments: 0,
            analyst: None,
        };
        session.settle();
        session
    }

    /// Brings the results up to date with the document. Does nothing where nothing changed.
    pub fn refresh(&mut self) {
        if self.derived_at == self.document.revision() && self.derived.options() == self.options {
            return;
        }
        self.derived_at = self.document.revision();
        self.derived = Arc::new(Derived::new(self.document.snapshot(), self.options, Some(&self.derived)));
        self.settle();
    }

    /// Lets go of what is no longer there, picks an incident and an analyst where there are some, and checks what is small.
    fn settle(&mut self) {
        let assessment = self.document.assessment();
        self.selection.retain(|id| assessment.contains(id));
        if !self.incident.is_some_and(|id| assessment.incidents.contains(id)) {
            // The incident that most is said about is the best to begin with.
            self.incident =
                assessment.incidents.ids().rev().max_by_key(|id| self.derived.claims_of(*id).len());
        }
        if !self.analyst.is_some_and(|id| assessment.analysts.contains(id)) {
            self.analyst = assessment.analysts.ids().next();
        }
        if !self.is_large() {
            self.findings = Some((self.derived_at, validate(assessment)));
        }
    }

    /// Whether what is computed from the whole is computed in the background.
    pub fn is_large(&self) -> bool {
        let assessment = self.document.assessment();
        let archived = || {
            assessment.documents.iter().filter_map(|document| document.text.as_ref()).map(|it| it.text.len())
        };
        Kind::ALL.iter().map(|kind| assessment.count(*kind)).sum::<usize>() > CHECKED_AT_ONCE
            || archived().sum::<usize>() > DIGESTED_AT_ONCE
    }

    /// What does not hold, as far as it is known; `None` before the first check is done.
    pub fn findings(&self) -> Option<&[Finding]> {
        self.findings.as_ref().map(|(_, findings)| findings.as_slice())
    }

    /// Whether the findings are those of an earlier state.
    pub fn needs_check(&self) -> bool {
        self.findings.as_ref().is_none_or(|(revision, _)| *revision != self.document.revision())
    }

    /// Takes in what a check in the background has found.
    pub fn set_findings(&mut self, revision: Revision, findings: Vec<Finding>) {
        self.findings = Some((revision, findings));
    }

    /// What the views may see.
    pub fn view<'a>(&'a self, commands: &'a Commands) -> ViewContext<'a> {
        let assessment = self.document.assessment();
        ViewContext {
            assessment,
            derived: &self.derived,
            revision: self.derived_at,
            selection: &self.selection,
            // Between a change and `refresh` they can be gone.
            incident: self.incident.filter(|id| assessment.incidents.contains(*id)),
            analyst: self.analyst.filter(|id| assessment.analysts.contains(*id)),
            path: self.path.as_ref(),
            is_changed: self.document.is_changed(),
            undo_label: self.document.undo_label(),
            redo_label: self.document.redo_label(),
            commands,
        }
    }

    /// The title of the assessment, or of its file where it has none.
    pub fn name(&self) -> String {
        let title = self.document.assessment().header.title.trim();
        if !title.is_empty() {
            return title.to_owned();
        }
        let file = self
            .path
            .as_ref()
            .and_then(|path| path.file_stem())
            .map(|name| name.to_string_lossy().into_owned());
        file.unwrap_or_else(|| "Untitled assessment".to_owned())
    }

    /// The title of the window, with the mark of unsaved changes.
    pub fn window_title(&self) -> String {
        if self.is_welcome {
            return "Ascribe".to_owned();
        }
        let mark = if self.document.is_changed() { "• " } else { "" };
        format!("{mark}{} – Ascribe", self.name())
    }
}
