//! Carries out what the views asked for: the only place that changes the document.

mod records;

use eframe::egui::{self, Context, ThemePreference};

use super::App;
use super::cases::CASES;
use super::files::Leaving;
use super::shell::{forget_panel_sizes, is_narrow};
use crate::edit::{Edit, Transaction};
use crate::model::{AnyId, Claim};
use crate::store::journal::Cause;
use crate::ui::command::{Notice, TableFile, TableFormat};
use crate::ui::dialogs::typed_path::Purpose;
use crate::ui::tokens;
use crate::ui::views::ViewKind;
use crate::ui::{Action, Command};

impl App {
    /// Carries out all commands of this frame.
    pub(super) fn dispatch(&mut self, ctx: &Context) {
        let commands = self.commands.take();
        if commands.is_empty() {
            return;
        }
        for command in commands {
            self.carry_out(command, ctx);
        }
        // What was done is to be seen at once, not at the next move of the pointer.
        ctx.request_repaint();
    }

    fn carry_out(&mut self, command: Command, ctx: &Context) {
        match command {
            Command::Do(action) => self.act(action, ctx),
            Command::Edit(transaction) => {
                self.commit(transaction);
            }
            Command::CloseStep => self.session.document.close_step(),
            Command::Delete(ids) => self.delete(&ids, ctx),
            Command::Select(ids) => self.session.selection = ids.into(),
            Command::ToggleSelected(id) => self.session.selection.toggle(id),
            Command::ShowIncident(incident) => self.session.incident = incident,
            Command::ShowView(view) => self.layout.show_view(view),
            Command::ShowInProvenance(id) => self.show_in_provenance(id),
            Command::OpenPath(path) => self.open_file(path, ctx),
            Command::OpenCase(file) => {
                if let Some(case) = CASES.iter().find(|case| case.card.file == file) {
                    self.leave(Leaving::Case(case), ctx);
                }
            }
            Command::SavePath(path) => self.save_to(path),
            Command::GiveUpPath(purpose) => self.give_up_path(purpose),
            Command::ExportFigure(settings) => self.export_figure(settings, ctx),
            Command::SaveFigure(path) => self.save_figure_to(path),
            Command::ReadTable(format, path) => self.read_table(format, path),
            Command::WriteTable(table, path) => self.write_table_to(table, path),
            Command::Import(answer) => self.answer_import(answer, ctx),
            Command::Answer(answer) => self.answer(answer, ctx),
            Command::CancelJob(number) => self.jobs.cancel(number),
            Command::ForgetRecent(path) => self.forget_recent(&path),
            Command::OfferRecovery(journal) => self.shell.recovery = Some(journal),
            Command::Recover(journal) => self.leave(Leaving::Recover(journal), ctx),
            Command::DiscardRecovery(journal) => self.discard_left_over(journal),
            Command::EditName(id) => {
                self.session.selection = vec![id].into();
                self.settings.shows_inspector = true;
                self.shell.focus_name_of(id);
            }
            Command::SetAnalyst(analyst) => self.session.analyst = analyst,
            Command::SetTheme(theme) => self.set_theme(theme, ctx),
            Command::SetLook(look) => {
                self.settings.set_look(look);
                tokens::install_styles(ctx, look);
            }
            Command::Copy { text, what } => {
                ctx.copy_text(text);
                self.notices.add(Notice::info(format!("Copied {what}")));
            }
            Command::OpenUrl(url) => ctx.open_url(egui::OpenUrl::new_tab(url)),
            Command::SetMarking(marking) => {
                let mut header = self.session.document.assessment().header.clone();
                header.marking = marking;
                self.commit(Transaction::new("Change marking", vec![Edit::SetHeader(header.into())]));
            }
            Command::SetOptions(options) => self.session.options = options,
            Command::Compute(computation) => self.compute(computation),
            Command::Notify(notice) => self.notices.add(notice),
            Command::Dismiss(number) => self.notices.dismiss(number),
        }
    }

    /// Changes the document; whether it was done. What cannot be done is said and changes nothing.
    pub(super) fn commit(&mut self, transaction: Transaction) -> bool {
        let label = transaction.label.clone();
        let joins = self.session.document.continues_step(&transaction);
        let cause = if joins { Cause::Continued } else { Cause::Made };
        // The records are shared, so that this copies only pointers.
        let copy = transaction.clone();
        match self.session.document.commit(transaction) {
            Ok(()) => {
                // The first change on the welcome page begins an assessment.
                self.session.is_welcome = false;
                self.journal.note(&self.session, cause, copy);
                true
            }
            Err(error) => {
                self.notices.add(Notice::error(format!("\"{label}\" was not done"), error.to_string()));
                false
            }
        }
    }

    fn delete(&mut self, ids: &[AnyId], ctx: &Context) {
        let transaction = crate::edit::delete(self.session.document.assessment(), ids);
        if transaction.edits.is_empty() {
            return;
        }
        // "Delete source, 4 claims" names all that goes.
        let what = transaction.label.trim_start_matches("Delete ").to_owned();
        if self.commit(transaction) {
            let keys = Action::Undo.keys_text(ctx);
            self.notices.add(Notice::info(format!("Deleted {what} ({keys} takes it back)")));
        }
    }

    /// Shows a claim, with the incident of which it speaks, or a document among what it hangs together with.
    fn show_in_provenance(&mut self, id: AnyId) {
        let claim = id.typed::<Claim>().and_then(|claim| self.session.document.assessment().get(claim));
        if let Some(incident) = claim.and_then(|claim| claim.proposition.incident()) {
            self.session.incident = Some(incident);
        }
        self.session.selection = vec![id].into();
        self.layout.show_view(ViewKind::Provenance);
        self.layout.states.provenance.reveal(id);
    }

    fn act(&mut self, action: Action, ctx: &Context) {
        match action {
            Action::New => self.leave(Leaving::New, ctx),
            Action::NewFromTemplate => self.leave(Leaving::Template, ctx),
            Action::Tour => self.leave(Leaving::Tour, ctx),
            Action::Open => self.ask_for_path(Purpose::Open),
            Action::OpenByPath => self.ask_for_typed_path(Purpose::Open),
            Action::ReadAgain => {
                if let Some(path) = self.session.path.clone() {
                    self.leave(Leaving::ReadAgain(path), ctx);
                }
            }
            Action::Save => self.save(),
            Action::SaveAs => self.ask_for_path(Purpose::Save),
            Action::ImportClaims => self.ask_for_path(Purpose::Import(TableFormat::Claims)),
            Action::ImportMatrix => self.ask_for_path(Purpose::Import(TableFormat::Matrix)),
            Action::ExportMatrix => {
                self.ask_for_table(TableFile::Export(TableFormat::Matrix));
            }
            Action::ExportClaims => {
                self.ask_for_table(TableFile::Export(TableFormat::Claims));
            }
            Action::ExportFigure => {
                let settings = self.layout.front_view().and_then(|view| self.layout.states.figure(view));
                if let Some(settings) = settings {
                    self.export_figure(settings, ctx);
                }
            }
            Action::Close => self.leave(Leaving::Close, ctx),
            Action::Quit => self.leave(Leaving::Quit, ctx),
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            Action::DeleteSelection => {
                let ids = self.session.selection.to_vec();
                self.delete(&ids, ctx);
            }
            Action::AddClaim => self.begin_claim(),
            Action::AddSource
            | Action::AddActor
            | Action::AddIncident
            | Action::AddDocument
            | Action::AddAnalyst => self.add_record(action),
            Action::AddEvidence => self.add_evidence(),
            Action::AddHypothesis => self.add_hypothesis(),
            Action::HypothesesFromClaims => self.make_hypotheses(),
            Action::EvidenceFromClaims => self.make_evidence(),
            Action::Show(view) => self.layout.show_view(view),
            Action::SplitView => self.layout.split(),
            Action::ResetLayout => {
                self.layout.reset();
                forget_panel_sizes(ctx);
                self.settings.shows_navigator = true;
                self.settings.shows_inspector = true;
            }
            Action::ToggleNavigator => self.toggle_navigator(ctx),
            Action::ToggleInspector => self.settings.shows_inspector = !self.settings.shows_inspector,
            Action::ToggleTheme => {
                let is_dark = ctx.theme() == egui::Theme::Dark;
                self.set_theme(if is_dark { ThemePreference::Light } else { ThemePreference::Dark }, ctx);
            }
            Action::ZoomIn => self.zoom(ctx, 0.1),
            Action::ZoomOut => self.zoom(ctx, -0.1),
            Action::ZoomReset => self.zoom(ctx, 1.0 - self.settings.zoom),
            Action::Find => self.layout.states.focus_filter(),
            Action::ToggleNotices => {
                self.shell.act(action);
                self.notices.mark_seen();
            }
            Action::ToggleProblems
            | Action::CommandPalette
            | Action::Shortcuts
            | Action::About
            | Action::Properties => self.shell.act(action),
        }
    }

    /// Shows or hides the navigator. Where there is room for one panel only, the inspector gives way.
    fn toggle_navigator(&mut self, ctx: &Context) {
        let is_narrow = is_narrow(ctx);
        let is_shown = self.settings.shows_navigator && !(is_narrow && self.settings.shows_inspector);
        self.settings.shows_navigator = !is_shown;
        self.settings.shows_inspector &= is_shown || !is_narrow;
    }

    fn set_theme(&mut self, theme: ThemePreference, ctx: &Context) {
        self.settings.theme = theme;
        ctx.set_theme(theme);
    }

    fn zoom(&mut self, ctx: &Context, step: f32) {
        self.settings.zoom = ((self.settings.zoom + step) * 10.0).round().clamp(5.0, 30.0) / 10.0;
        ctx.set_zoom_factor(self.settings.zoom);
    }

    fn undo(&mut self) {
        let edits = self.session.document.undo_edits().map(<[Edit]>::to_vec).unwrap_or_default();
        if let Some(label) = self.session.document.undo() {
            self.journal.note(&self.session, Cause::Undone, Transaction::new(label.clone(), edits));
            self.notices.add(Notice::info(format!("Undone: {label}")));
        }
    }

    fn redo(&mut self) {
        let edits = self.session.document.redo_edits().map(<[Edit]>::to_vec).unwrap_or_default();
        if let Some(label) = self.session.document.redo() {
            self.journal.note(&self.session, Cause::Redone, Transaction::new(label.clone(), edits));
            self.notices.add(Notice::info(format!("Redone: {label}")));
        }
    }
}
