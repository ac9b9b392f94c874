//! What a view may see.

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::Date;

use super::Selection;
use super::command::{Command, Commands};
use crate::analysis::Derived;
use crate::edit::{self, Revision, Transaction};
use crate::model::{Analyst, AnyId, Assessment, Claim, Entity, Id, Incident, Uuid};

/// What a view may see: everything by `&`, and a queue for what it asks for.
#[derive(Clone, Copy)]
pub struct ViewContext<'a> {
    /// The open assessment.
    pub assessment: &'a Assessment,
    /// Its results, computed when first asked for and kept until it changes.
    pub derived: &'a Derived,
    /// Changes with every change of the assessment; key of what a view keeps.
    pub revision: Revision,
    /// The selected records; the last one is the main one.
    pub selection: &'a Selection,
    /// The incident whose charts are shown; one of the assessment.
    pub incident: Option<Id<Incident>>,
    /// Who works now; one of the assessment.
    pub analyst: Option<Id<Analyst>>,
    /// Where the document is saved.
    pub path: Option<&'a PathBuf>,
    /// Whether there are unsaved changes.
    pub is_changed: bool,
    /// What undo would undo.
    pub undo_label: Option<&'a str>,
    /// What redo would redo.
    pub redo_label: Option<&'a str>,
    /// What the user asks for.
    pub commands: &'a Commands,
}

impl ViewContext<'_> {
    /// Asks for a command.
    pub fn send(&self, command: Command) {
        self.commands.send(command);
    }

    /// Asks for a change of the document.
    pub fn edit(&self, transaction: Transaction) {
        self.send(Command::Edit(transaction));
    }

    /// Asks to accept a claimed link, or to do so no more.
    pub fn accept_link(&self, link: Id<Claim>, accepted: bool) {
        self.edit(edit::accept_links(self.assessment.get(link), accepted));
    }

    /// Asks to select one record.
    pub fn select(&self, id: impl Into<AnyId>) {
        self.send(Command::Select(vec![id.into()]));
    }

    /// Whether a record is selected.
    pub fn is_selected(&self, id: impl Into<AnyId>) -> bool {
        self.selection.has(id.into())
    }

    /// The main one of the selected records.
    pub fn main_selection(&self) -> Option<AnyId> {
        self.selection.last().copied()
    }

    /// A fresh identifier for a record that is about to be made.
    pub fn new_id<T: Entity>(&self) -> Id<T> {
        Id::new(Uuid::now_v7())
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    /// Today's date where the user is.
    pub fn today(&self) -> Date {
        jiff::Zoned::now().date()
    }
}
