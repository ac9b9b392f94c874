//! New records, made with one command and named in the inspector.

use super::super::App;
use crate::edit;
use crate::model::{
    Actor, ActorLevel, Analyst, AnalystRole, AnyId, Document, Entity, Id, Incident, Period, Source,
    SourceKind, Uuid,
};
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
            Action::AddSource => self.add(Source {
                id: fresh(),
                name: "New source".to_owned(),
                kind: SourceKind::Government,
                affiliation: String::new(),
                gradings: Vec::new(),
                notes: String::new(),
            }),
            Action::AddActor => self.add(Actor {
                id: fresh(),
                name: "New actor".to_owned(),
                level: ActorLevel::Cluster,
                belongs_to: Vec::new(),
                aliases: Vec::new(),
                notes: String::new(),
            }),
            Action::AddIncident => self.add(Incident {
                id: fresh(),
                name: "New incident".to_owned(),
                period: Period::default(),
                victims: Vec::new(),
                sector: String::new(),
                campaign: None,
                summary: String::new(),
                notes: String::new(),
            }),
            Action::AddDocument => self.add(Document {
                id: fresh(),
                title: "New document".to_owned(),
                publisher: None,
                url: String::new(),
                published: None,
                retrieved: None,
                language: String::new(),
                relays: Vec::new(),
                text: None,
                notes: String::new(),
            }),
            Action::AddAnalyst => {
                self.add(Analyst { id: fresh(), name: "New analyst".to_owned(), role: AnalystRole::Analyst });
            }
            _ => {}
        }
    }

    fn add<T: Entity>(&mut self, record: T) {
        let id = AnyId::from(record.id());
        self.session.is_welcome = false;
        self.commit(edit::insert(record));
        self.session.selection = vec![id];
        self.settings.shows_inspector = true;
        self.shell.focus_name_of(id);
    }
}

fn fresh<T: Entity>() -> Id<T> {
    Id::new(Uuid::now_v7())
}
