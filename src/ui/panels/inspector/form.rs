//! The form of one record: each field shows what is in the record and asks for a change of it.

use std::hash::Hash;

use eframe::egui::{self, Id as EguiId, Ui};

use crate::edit::{self, Edit, Transaction};
use crate::model::validate::{Finding, Severity};
use crate::model::wording::capitalised;
use crate::model::{AnyId, Entity, Id, Nameable, PartialDate, Period};
use crate::ui::tokens::{self, Icon};
use crate::ui::widgets::picker::Refusal;
use crate::ui::widgets::{Picked, Picker, TokenChange, fields, icon_button, section_title};
use crate::ui::{Command, ViewContext};

/// The form of one record.
pub(super) struct Form<'a, T> {
    /// What the view may see.
    pub cx: &'a ViewContext<'a>,
    /// The record as it is.
    pub record: &'a T,
    /// What does not hold in it.
    pub findings: &'a [Finding],
    /// Whether the cursor goes into its name now.
    pub focuses_name: bool,
}

impl<T: Entity> Form<'_, T> {
    /// The identity of a field of this record: another record's field is another one, so that its cursor and what was
    /// typed stay with it.
    pub fn field_id(&self, field: impl Hash + std::fmt::Debug) -> EguiId {
        EguiId::unique(("inspector", self.record.id().uuid(), field))
    }

    /// Asks for a change of one field. Changes of one field that follow one another are one step of undo.
    pub fn change(&self, field: &str, change: impl FnOnce(&mut T)) {
        let mut record = self.record.clone();
        change(&mut record);
        self.cx.edit(edit::replace(record, field));
    }

    /// Asks for a change that is a step of undo of its own, as a choice is.
    pub fn change_once(&self, field: &str, change: impl FnOnce(&mut T)) {
        self.change(field, change);
        self.cx.send(Command::CloseStep);
    }

    /// Asks for a new record and for a change that mentions it, as one step.
    fn change_with_new<R: Nameable>(&self, name: String, change: impl FnOnce(&mut T, Id<R>)) {
        let id = self.cx.new_id::<R>();
        let mut record = self.record.clone();
        change(&mut record, id);
        let edits = vec![Edit::Insert(R::named(id, name).into_record()), Edit::Replace(record.into_record())];
        self.cx.edit(Transaction::new(format!("Add {}", R::KIND.label()), edits));
    }

    /// A labelled row, with what is wrong in the field below it.
    pub fn row<R>(&self, ui: &mut Ui, label: &str, field: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
        fields::row(ui, label, |ui| {
            let result = add(ui);
            self.problems_of(ui, field);
            result
        })
    }

    /// A labelled row for a text of several lines, with what is wrong in it below it.
    pub fn prose_row<R>(&self, ui: &mut Ui, label: &str, field: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
        fields::prose_row(ui, label, |ui| {
            let result = add(ui);
            self.problems_of(ui, field);
            result
        })
    }

    /// Whether something is wrong in a field.
    pub fn has_problems(&self, field: &str) -> bool {
        self.findings.iter().any(|finding| finding.field == field)
    }

    /// What is wrong in a field.
    pub fn problems_of(&self, ui: &mut Ui, field: &str) {
        let is_of_field = |finding: &&Finding| finding.field == field;
        for finding in self.findings.iter().filter(is_of_field) {
            show_finding(ui, finding);
        }
    }

    /// The name of the record, which gets the cursor when it was just made.
    pub fn name(&self, ui: &mut Ui, label: &str, field: &str, value: &str, set: impl FnOnce(&mut T, String)) {
        let id = self.field_id(field);
        if self.focuses_name {
            ui.memory_mut(|memory| memory.request_focus(id));
            select_all(ui, id, value);
        }
        if let Some(text) = self.row(ui, label, field, |ui| fields::title(ui, id, label, value)) {
            self.change(field, |record| set(record, text));
        }
    }

    /// One line of text.
    pub fn text(
        &self,
        ui: &mut Ui,
        label: &str,
        field: &str,
        hint: &str,
        value: &str,
        set: impl FnOnce(&mut T, String),
    ) {
        let id = self.field_id(field);
        if let Some(text) = self.row(ui, label, field, |ui| fields::text(ui, id, label, hint, value)) {
            self.change(field, |record| set(record, text));
        }
    }

    /// Text of several lines.
    pub fn area(
        &self,
        ui: &mut Ui,
        label: &str,
        field: &str,
        hint: &str,
        value: &str,
        set: impl FnOnce(&mut T, String),
    ) {
        let id = self.field_id(field);
        if let Some(text) =
            self.prose_row(ui, label, field, |ui| fields::text_area(ui, id, label, hint, value))
        {
            self.change(field, |record| set(record, text));
        }
    }

    /// The reason for another field, which `spoken` names for those who do not see that it stands below it.
    pub fn reason(
        &self,
        ui: &mut Ui,
        spoken: &str,
        field: &str,
        hint: &str,
        value: &str,
        set: impl FnOnce(&mut T, String),
    ) {
        let id = self.field_id(field);
        if let Some(text) =
            self.prose_row(ui, "Reason", field, |ui| fields::text_area(ui, id, spoken, hint, value))
        {
            self.change(field, |record| set(record, text));
        }
    }

    /// A date.
    pub fn date(
        &self,
        ui: &mut Ui,
        label: &str,
        field: &str,
        value: Option<PartialDate>,
        set: impl FnOnce(&mut T, Option<PartialDate>),
    ) {
        let id = self.field_id((field, label));
        if let Some(date) = self.row(ui, label, field, |ui| fields::date(ui, id, label, value)) {
            self.change(field, |record| set(record, date));
        }
    }

    /// The two ends of a period.
    pub fn period(
        &self,
        ui: &mut Ui,
        labels: [&str; 2],
        field: &str,
        value: Period,
        set: impl Fn(&mut T, Period),
    ) {
        let [first, last] = labels;
        // Problems of a period stand below its second row.
        let from =
            fields::row(ui, first, |ui| fields::date(ui, self.field_id((field, "from")), first, value.from));
        let to =
            self.row(ui, last, field, |ui| fields::date(ui, self.field_id((field, "to")), last, value.to));
        if let Some(from) = from {
            self.change(field, |record| set(record, Period { from, ..value }));
        }
        if let Some(to) = to {
            self.change(field, |record| set(record, Period { to, ..value }));
        }
    }

    /// A probability; empty where none is given.
    pub fn percent(
        &self,
        ui: &mut Ui,
        label: &str,
        field: &str,
        hint: &str,
        value: Option<f64>,
        set: impl FnOnce(&mut T, Option<f64>),
    ) {
        let id = self.field_id((field, label));
        if let Some(value) = self.row(ui, label, field, |ui| fields::percent(ui, id, label, hint, value)) {
            self.change(field, |record| set(record, value));
        }
    }

    /// One of a list of probabilities, with a long label.
    pub fn share(
        &self,
        ui: &mut Ui,
        label: &str,
        field: &str,
        value: Option<f64>,
        set: impl FnOnce(&mut T, Option<f64>),
    ) {
        if let Some(value) = fields::share(ui, self.field_id(field), label, value) {
            self.change(field, |record| set(record, value));
        }
    }

    /// One of several values.
    pub fn choice<V: Copy + PartialEq + std::fmt::Display>(
        &self,
        ui: &mut Ui,
        label: &str,
        field: &str,
        value: V,
        all: &[V],
        set: impl FnOnce(&mut T, V),
    ) {
        let id = self.field_id(field);
        let describe = |value: V| value.to_string();
        let new =
            self.row(ui, label, field, |ui| fields::choice(ui, id, label, Some(value), all, None, describe));
        if let Some(value) = new.flatten() {
            self.change_once(field, |record| set(record, value));
        }
    }

    /// One of several values, or none; `none` says what that means.
    pub fn choice_or_none<V: Copy + PartialEq + std::fmt::Display>(
        &self,
        ui: &mut Ui,
        label: &str,
        field: &str,
        value: Option<V>,
        (all, none): (&[V], &str),
        set: impl FnOnce(&mut T, Option<V>),
    ) {
        let id = self.field_id(field);
        let describe = |value: V| value.to_string();
        let new =
            self.row(ui, label, field, |ui| fields::choice(ui, id, label, value, all, Some(none), describe));
        if let Some(value) = new {
            self.change_once(field, |record| set(record, value));
        }
    }

    /// Another record, which can be made on the spot; empty where there is none.
    pub fn one<R: Nameable>(
        &self,
        ui: &mut Ui,
        label: &str,
        field: &str,
        current: Option<Id<R>>,
        set: impl FnOnce(&mut T, Option<Id<R>>),
    ) {
        self.one_unless(ui, label, field, (current, &|_| None), set);
    }

    /// Another record, some of which are refused with the reason.
    pub fn one_unless<R: Nameable>(
        &self,
        ui: &mut Ui,
        label: &str,
        field: &str,
        (current, refuse): (Option<Id<R>>, Refusal<'_, R>),
        set: impl FnOnce(&mut T, Option<Id<R>>),
    ) {
        let picker =
            Picker::new(self.cx, self.field_id(field), label).current(current).hint("None").refusing(refuse);
        match self.row(ui, label, field, |ui| self.picker(ui, picker, current)) {
            Some(Picked::Existing(id)) => self.change_once(field, |record| set(record, Some(id))),
            Some(Picked::New(name)) => self.change_with_new(name, |record, id| set(record, Some(id))),
            Some(Picked::Cleared) => self.change_once(field, |record| set(record, None)),
            None => {}
        }
    }

    /// Another record without which this one makes no sense; it can be made on the spot.
    pub fn needed<R: Nameable>(
        &self,
        ui: &mut Ui,
        label: &str,
        field: &str,
        current: Id<R>,
        set: impl FnOnce(&mut T, Id<R>),
    ) {
        let picker = Picker::new(self.cx, self.field_id(field), label).current(Some(current)).required();
        match self.row(ui, label, field, |ui| self.picker(ui, picker, Some(current))) {
            Some(Picked::Existing(id)) => self.change_once(field, |record| set(record, id)),
            Some(Picked::New(name)) => self.change_with_new(name, set),
            Some(Picked::Cleared) | None => {}
        }
    }

    /// Another record of a kind that cannot be made by its name alone, chosen among some; some of these are refused with
    /// the reason.
    pub fn existing<R: Entity>(
        &self,
        ui: &mut Ui,
        label: &str,
        field: &str,
        (current, among): (Option<Id<R>>, &[Id<R>]),
        refuse: Refusal<'_, R>,
        set: impl FnOnce(&mut T, Option<Id<R>>),
    ) {
        let picker = Picker::new(self.cx, self.field_id(field), label)
            .current(current)
            .hint("None")
            .among(among)
            .refusing(refuse)
            .without_create();
        match self.row(ui, label, field, |ui| self.picker(ui, picker, current)) {
            Some(Picked::Existing(id)) => self.change_once(field, |record| set(record, Some(id))),
            Some(Picked::Cleared) => self.change_once(field, |record| set(record, None)),
            Some(Picked::New(_)) | None => {}
        }
    }

    /// A picker, and after it a button that selects what is picked.
    fn picker<R: Entity>(
        &self,
        ui: &mut Ui,
        picker: Picker<'_, R>,
        current: Option<Id<R>>,
    ) -> Option<Picked<R>> {
        let width = ui.available_width();
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let room = width - if current.is_some() { 24.0 } else { 0.0 };
            let picked = fields::clamped(ui, room, |ui| picker.show(ui).picked);
            if let Some(current) = current {
                let name = format!("Show {}", self.cx.assessment.name_of(current));
                if icon_button(ui, Icon::ChevronRight, &name).clicked() {
                    self.cx.select(current);
                }
            }
            picked
        })
        .inner
    }

    /// Several other records, which can be made on the spot.
    pub fn several<R: Nameable>(
        &self,
        ui: &mut Ui,
        (label, hint): (&str, &str),
        field: &str,
        current: &[Id<R>],
        refuse: Refusal<'_, R>,
        set: impl FnOnce(&mut T, Vec<Id<R>>),
    ) {
        let change = self.row(ui, label, field, |ui| {
            let picker = Picker::new(self.cx, self.field_id(field), label).hint(hint).refusing(refuse);
            picker.several(current).show(ui)
        });
        match change {
            Some(TokenChange::New(name)) => self.change_with_new(name, |record, id| {
                set(record, current.iter().copied().chain([id]).collect());
            }),
            Some(change) => self.change_once(field, |record| set(record, changed(current, &change))),
            None => {}
        }
    }

    /// Several other records of a kind that cannot be made by their names alone, chosen among some.
    pub fn several_existing<R: Entity>(
        &self,
        ui: &mut Ui,
        (label, hint): (&str, &str),
        field: &str,
        (current, among): (&[Id<R>], &[Id<R>]),
        refuse: Refusal<'_, R>,
        set: impl FnOnce(&mut T, Vec<Id<R>>),
    ) {
        let change = self.row(ui, label, field, |ui| {
            let picker = Picker::new(self.cx, self.field_id(field), label)
                .hint(hint)
                .among(among)
                .refusing(refuse)
                .without_create();
            picker.several(current).show(ui)
        });
        if let Some(change) = change {
            self.change_once(field, |record| set(record, changed(current, &change)));
        }
    }

    /// Another record that is not changed here, as a way to it.
    pub fn link(&self, ui: &mut Ui, label: &str, id: impl Into<AnyId>) {
        let id = id.into();
        fields::row(ui, label, |ui| super::links::link(ui, self.cx, id));
    }
}

/// The title of a group of fields, set apart from the group before it.
pub(super) fn section(ui: &mut Ui, title: &str) {
    ui.add_space(tokens::PADDING);
    let line = tokens::palette(ui).line;
    let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 1.0), egui::Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, egui::Stroke::new(1.0, line));
    ui.add_space(tokens::GRID);
    section_title(ui, title);
}

/// A finding and how to mend it.
pub(super) fn show_finding(ui: &mut Ui, finding: &Finding) {
    let text = if finding.mend.is_empty() {
        capitalised(&finding.message)
    } else {
        format!("{}. To mend it: {}", capitalised(&finding.message), finding.mend)
    };
    fields::problem(ui, &text, finding.severity == Severity::Error);
}

fn changed<R: Entity>(current: &[Id<R>], change: &TokenChange<R>) -> Vec<Id<R>> {
    match change {
        TokenChange::Added(id) => current.iter().copied().chain([*id]).collect(),
        TokenChange::Removed(id) => current.iter().copied().filter(|other| other != id).collect(),
        TokenChange::New(_) => current.to_vec(),
    }
}

fn select_all(ui: &Ui, id: EguiId, text: &str) {
    use eframe::egui::text::{CCursor, CCursorRange};
    let mut state = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()))));
    state.store(ui.ctx(), id);
}

/// What does not hold in one record.
pub(super) fn findings_of(findings: &[Finding], id: AnyId) -> &[Finding] {
    // Findings are sorted by record, those of the header first.
    let start = findings.partition_point(|finding| finding.record < Some(id));
    let end = findings.partition_point(|finding| finding.record <= Some(id));
    findings.get(start..end).unwrap_or_default()
}
