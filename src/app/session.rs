//! What is open: the document, its results, and what is selected in it.

use std::path::PathBuf;

use crate::analysis::{Derived, Options};
use crate::edit::{Document, Revision};
use crate::model::{Analyst, AnyId, Assessment, Id, Incident};
use crate::store::FileStamp;
use crate::ui::{Commands, ViewContext};

/// What is open.
pub struct Session {
    /// The document with its history.
    pub document: Document,
    /// Its results at `derived_at`.
    pub derived: Derived,
    derived_at: Revision,
    /// How results are computed.
    pub options: Options,
    /// Where it is saved; `None` where it never was.
    pub path: Option<PathBuf>,
    /// The file as it was when it was read or written last.
    pub stamp: Option<FileStamp>,
    /// The name to propose when it is saved for the first time.
    pub proposed_name: String,
    /// Whether the welcome page stands in place of the views.
    pub is_welcome: bool,
    /// The selected records.
    pub selection: Vec<AnyId>,
    /// The incident whose charts are shown.
    pub incident: Option<Id<Incident>>,
    /// Who works now.
    pub analyst: Option<Id<Analyst>>,
}

impl Session {
    /// Nothing is open: the welcome page.
    pub fn welcome() -> Self {
        let mut session = Self::new(Assessment::default());
        session.is_welcome = true;
        session
    }

    /// An assessment is open.
    pub fn new(assessment: Assessment) -> Self {
        let document = Document::new(assessment);
        let options = Options::default();
        let derived = Derived::new(document.snapshot(), options, None);
        let mut session = Self {
            derived_at: document.revision(),
            document,
            derived,
            options,
            path: None,
            stamp: None,
            proposed_name: "assessment.ron".to_owned(),
            is_welcome: false,
            selection: Vec::new(),
            incident: None,
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
        self.derived = Derived::new(self.document.snapshot(), self.options, Some(&self.derived));
        self.settle();
    }

    /// Lets go of what is no longer there, and picks an incident and an analyst where there are some.
    fn settle(&mut self) {
        let assessment = self.document.assessment();
        self.selection.retain(|id| assessment.contains(*id));
        if !self.incident.is_some_and(|id| assessment.incidents.contains(id)) {
            // The incident that most is said about is the best to begin with.
            self.incident =
                assessment.incidents.ids().rev().max_by_key(|id| self.derived.claims_of(*id).len());
        }
        if !self.analyst.is_some_and(|id| assessment.analysts.contains(id)) {
            self.analyst = assessment.analysts.ids().next();
        }
    }

    /// What the views may see.
    pub fn view<'a>(&'a self, commands: &'a Commands) -> ViewContext<'a> {
        ViewContext {
            assessment: self.document.assessment(),
            derived: &self.derived,
            revision: self.derived_at,
            selection: &self.selection,
            incident: self.incident,
            analyst: self.analyst,
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
