//! How a change of the view becomes a transaction.

use jiff::tz::TimeZone;

use super::memo::Memo;
use crate::edit::judge::{self, Occasion};
use crate::model::{Analyst, Id, Judgement};
use crate::ui::{Command, ViewContext};

/// An analyst and the judgement that they change.
pub(super) struct Judging<'a> {
    pub cx: &'a ViewContext<'a>,
    pub memo: &'a Memo,
    pub analyst: Id<Analyst>,
    /// The judgement that holds.
    pub present: Option<&'a Judgement>,
}

impl<'a> Judging<'a> {
    /// `None` where nobody judges.
    pub fn new(cx: &'a ViewContext<'a>, memo: &'a Memo) -> Option<Self> {
        Some(Self { cx, memo, analyst: memo.key.analyst?, present: memo.present(cx) })
    }

    fn occasion(&self) -> Occasion<'a> {
        Occasion {
            analyst: self.analyst,
            incident: self.memo.key.incident,
            hypotheses: &self.memo.ids,
            id: self.cx.new_id(),
            now: self.cx.now(),
            zone: TimeZone::system(),
        }
    }

    /// Whether a change goes into the judgement that holds, and not into one that follows it.
    pub fn is_open(&self) -> bool {
        self.present.is_some_and(|present| self.occasion().is_open(present))
    }

    /// Asks for a change of one field. Changes of one field that follow one another are one step of undo.
    pub fn change(&self, label: &str, field: &str, change: impl FnOnce(&mut Judgement)) {
        if let Some(made) = judge::change(&self.occasion(), self.present, (label, field), change) {
            self.cx.edit(made);
        }
    }

    /// Asks for a change that is a step of its own, as a choice is.
    pub fn change_once(&self, label: &str, field: &str, change: impl FnOnce(&mut Judgement)) {
        self.change(label, field, change);
        self.cx.send(Command::CloseStep);
    }

    /// Asks for a new judgement, dated now.
    pub fn record(&self) {
        self.cx.edit(judge::record(&self.occasion(), self.present));
    }

    /// The identity of a field, which stays while a new judgement takes the place of an old one under the cursor.
    pub fn field_id(&self, field: impl std::hash::Hash + std::fmt::Debug) -> eframe::egui::Id {
        let (analyst, incident) = (self.analyst.uuid(), self.memo.key.incident.uuid());
        eframe::egui::Id::unique(("judgement", analyst, incident, field))
    }
}
