//! New records, made with one command and named in the inspector.

use super::super::App;
use crate::edit;
use crate::model::{Actor, Analyst, Document, Id, Incident, Nameable, Source, Uuid};
use crate::ui::Action;
use crate::ui::views::ViewKind;

impl App {
    /// Shows the claims and begins a new one in the row above them.
    pub(super) fn begin_claim(&mut self) {
        self.session.is_welcome = false;
        self.layout.show_view(ViewKind::Claims);
        self.layout.states.begin_claim();
    }

    /// Adds a record without content, selects it and puts the cursor into its name.
    pub(super) fn add_record(&mut self, action: Action) {
        match action {
            Action::AddSource => self.add::<Source>(),
            Action::AddActor => self.add::<Actor>(),
            Action::AddIncident => self.add::<Incident>(),
            Action::AddDocument => self.add::<Document>(),
            Action::AddAnalyst => self.add::<Analyst>(),
            _ => {}
        }
    }

    fn add<T: Nameable>(&mut self) {
        let id: Id<T> = Id::new(Uuid::now_v7());
        self.session.is_welcome = false;
        self.commit(edit::insert(T::named(id, format!("New {}", T::KIND.label()))));
        self.session.selection = vec![id.into()];
        self.settings.shows_inspector = true;
        self.shell.focus_name_of(id.into());
    }
}
