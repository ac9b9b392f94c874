//! New records, made with one command and named in the inspector.

use super::super::App;
use crate::edit::{self, weigh};
use crate::model::{
    Actor, Analyst, Answer, AnyId, Claim, Document, Entity, Evidence, Hypothesis, Id, Incident, Nameable,
    Source, Uuid,
};
use crate::ui::Action;
use crate::ui::command::Notice;
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

    /// Adds a piece of evidence on the incident that is shown.
    pub(super) fn add_evidence(&mut self) {
        if let Some(incident) = self.session.incident {
            self.put_in(Evidence::new(Id::new(Uuid::now_v7()), incident, "New evidence".to_owned()));
        }
    }

    /// Adds a hypothesis on the incident that is shown.
    pub(super) fn add_hypothesis(&mut self) {
        if let Some(incident) = self.session.incident {
            let answer = Answer::Text("New hypothesis".to_owned());
            self.put_in(Hypothesis::new(Id::new(Uuid::now_v7()), incident, answer));
        }
    }

    /// Makes a hypothesis of each actor whom standing claims on the incident name, and that has none yet.
    pub(super) fn make_hypotheses(&mut self) {
        let Some(incident) = self.session.incident else { return };
        let assessment = self.session.document.assessment();
        match weigh::hypotheses_from_claims(assessment, incident, &mut Uuid::now_v7) {
            Some(transaction) => {
                self.commit(transaction);
            }
            None => self.notices.add(Notice::info(
                "No hypotheses to make: each actor that claims on this incident assert has one already",
            )),
        }
    }

    /// Makes evidence from the selected claims.
    pub(super) fn make_evidence(&mut self) {
        let claims: Vec<Id<Claim>> =
            self.session.selection.iter().filter_map(|id| id.typed::<Claim>()).collect();
        let assessment = self.session.document.assessment();
        if let Some((transaction, made)) = weigh::evidence_from_claims(assessment, &claims, &mut Uuid::now_v7)
            && self.commit(transaction)
        {
            self.session.selection = made.into_iter().map(AnyId::from).collect::<Vec<_>>().into();
        }
    }

    fn add<T: Nameable>(&mut self) {
        let id: Id<T> = Id::new(Uuid::now_v7());
        self.put_in(T::named(id, format!("New {}", T::KIND.label())));
    }

    /// Adds a record, selects it and puts the cursor into its name.
    fn put_in<T: Entity>(&mut self, record: T) {
        let id = record.id();
        if !self.commit(edit::insert(record)) {
            return;
        }
        self.session.selection = vec![id.into()].into();
        self.settings.shows_inspector = true;
        self.shell.focus_name_of(id.into());
    }
}
