//! Opening: files, worked cases, blank assessments, files dropped on the window, and the list of recent ones.

use std::path::{Path, PathBuf};

use eframe::egui::Context;

use super::{App, Leaving, file_name};
use crate::app::cases::{BundledCase, CASES};
use crate::app::jobs::Outcome;
use crate::app::session::Session;
use crate::app::template::competing_claims;
use crate::model::validate::validate;
use crate::model::{Assessment, Header, Uuid};
use crate::store::{self, LoadError, Problem};
use crate::ui::command::{Computation, Notice};
use crate::ui::dialogs::load_problems::{LoadProblems, ProblemLine};
use crate::ui::panels::{JobKind, RecentFile, tour};
use crate::ui::widgets::counted;

impl App {
    /// Reads a file in the background.
    pub(in crate::app) fn open_path(&mut self, path: PathBuf) {
        let path = absolute(path);
        // The file that was asked for last is the one that is wanted, whichever is read first.
        if let Some(earlier) = self.files.opening.take() {
            self.jobs.cancel(earlier);
        }
        let label = format!("Opening {}", file_name(&path));
        let started = self.jobs.start(label.clone(), JobKind::Stoppable, move |_| {
            let result = store::load(&path).map(|loaded| {
                let mut session = Session::new(loaded.assessment);
                session.lost_comments = loaded.comments;
                session.path = Some(path.clone());
                session.stamp = Some(loaded.stamp);
                Box::new(session)
            });
            Outcome::Opened { path, result }
        });
        self.files.opening = started.as_ref().ok().copied();
        self.say_where_not_begun(&label, started);
    }

    pub(super) fn finish_opening(
        &mut self,
        path: &Path,
        result: Result<Box<Session>, LoadError>,
        ctx: &Context,
    ) {
        self.files.opening = None;
        if let Some(lost) = result.as_ref().ok().map(|session| session.lost_comments).filter(|lost| *lost > 0)
        {
            self.notices.add(Notice::warning(
                format!("{} has {} that saving does not keep", file_name(path), counted(lost, "comment")),
                "The first save leaves the file as it is now beside it, with the ending .bak; the second one replaces that too.",
            ));
        }
        let error = match result {
            // Work that was done while the file was being read is asked about like any other.
            Ok(session) => return self.leave(Leaving::Opened(session), ctx),
            Err(error) => error,
        };
        // What the user agreed to lose for this file is to be kept now.
        self.files.discarded = None;
        match error {
            LoadError::Problems(problems) => {
                let lines = problems.into_iter().map(problem_line).collect();
                self.shell.load_problems = Some(LoadProblems { file: file_name(path), lines });
            }
            other => {
                let title = format!("{} cannot be opened", file_name(path));
                self.notices.add(Notice::error(title, other.to_string()));
            }
        }
    }

    pub(super) fn open_case(&mut self, case: &'static BundledCase) {
        match store::parse(case.bytes).assessment {
            Some(assessment) => {
                let mut session = Session::new(assessment);
                // It has no path: saving asks for one, and the case itself cannot be overwritten.
                case.card.file.clone_into(&mut session.proposed_name);
                self.show_session(session);
            }
            None => self.notices.add(Notice::error(
                format!("The worked case {} cannot be read", case.card.file),
                "Please report this: it is a defect of the program.",
            )),
        }
    }

    /// Begins with the frame of an assessment; the name of its incident comes first.
    pub(super) fn open_template(&mut self) {
        let (assessment, incident) = competing_claims(jiff::Timestamp::now());
        let mut session = Session::new(assessment);
        session.selection = vec![incident.into()].into();
        self.show_session(session);
        self.settings.shows_inspector = true;
        self.shell.focus_name_of(incident.into());
    }

    /// Begins the guided tour on the first worked case, with all panels and views where the tour says that they are.
    pub(super) fn begin_tour(&mut self) {
        let Some(case) = CASES.first() else { return };
        self.open_case(case);
        self.layout.set_aside();
        self.settings.shows_navigator = true;
        self.settings.shows_inspector = true;
        self.shell.tour = Some(tour::State::default());
    }

    /// Opens a file that was dropped on the window.
    pub(in crate::app) fn take_dropped_files(&mut self, ctx: &Context) {
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        let mut paths = dropped.into_iter().map(|file| file.path().to_path_buf());
        if let Some(path) = paths.next() {
            if paths.next().is_some() {
                self.notices.add(Notice::warning(
                    "Only one file was opened",
                    "Several were dropped on the window; one is taken at a time",
                ));
            }
            self.open_file(path, ctx);
        }
    }

    /// Computes the results of a large assessment ahead, in the background.
    pub(super) fn warm(&mut self) {
        if self.session.is_large() {
            let derived = std::sync::Arc::clone(&self.session.derived);
            self.start_job("Computing results", JobKind::Quiet, move |stop| {
                derived.warm(&|| stop.load(std::sync::atomic::Ordering::Relaxed));
                Outcome::Nothing
            });
        }
    }

    /// Computes a result that takes long, in a job of its own. A job that computes the same for an earlier state of the
    /// document, or for another incident, is not wanted any more.
    pub(in crate::app) fn compute(&mut self, computation: Computation) {
        let derived = std::sync::Arc::clone(&self.session.derived);
        let address = std::sync::Arc::as_ptr(&derived).addr();
        let label = computation.label();
        let running = self.jobs.running().iter().find(|job| job.label == label).map(|job| job.number);
        if let Some(number) = running {
            if self.computing.iter().any(|(other, of)| *other == computation && *of == address) {
                return;
            }
            self.jobs.cancel(number);
        }
        self.computing.retain(|(other, _)| other.label() != label);
        self.computing.push((computation.clone(), address));
        self.start_job(label, JobKind::Stoppable, move |stop| {
            match computation {
                Computation::Influence(incident, rule) => {
                    derived.influence(incident, rule, stop);
                }
                Computation::Agreement => {
                    derived.agreement(stop);
                }
                Computation::BeliefOverTime(incident) => {
                    derived.belief_over_time(incident, stop);
                }
                Computation::AllRules(incident, discount) => {
                    derived.all_rules(incident, discount, stop);
                }
                Computation::Provenance(scope, room) => {
                    derived.provenance_map(&scope, room, stop);
                }
                Computation::Sensitivity(incident, raters) => {
                    derived.sensitivity(incident, raters, stop);
                }
                Computation::RankStability(incident, raters, trial) => {
                    derived.rank_stability(incident, raters, trial, stop);
                }
            }
            Outcome::Nothing
        });
    }

    /// Checks a large assessment in the background, one check at a time.
    pub(super) fn check_in_background(&mut self) {
        const LABEL: &str = "Checking";
        let runs = self.jobs.running().iter().any(|job| job.label == LABEL);
        if runs || !self.session.is_large() || !self.session.needs_check() {
            return;
        }
        let (session, revision) = (self.session.number, self.session.document.revision());
        let snapshot = self.session.document.snapshot();
        self.start_job(LABEL, JobKind::Quiet, move |_| Outcome::Checked {
            session,
            revision,
            findings: validate(&snapshot),
        });
    }

    /// Puts a file at the top of the recent ones.
    pub(in crate::app) fn add_recent(&mut self, path: PathBuf) {
        self.settings.add_recent(path);
        self.look_for_recent();
    }

    /// Takes a file out of the recent ones.
    pub(in crate::app) fn forget_recent(&mut self, path: &Path) {
        self.settings.forget_recent(path);
        self.recent.retain(|file| file.path != path);
    }

    /// Looks which recent files are still there; in the background, since a path may lead to a network that is slow.
    pub(in crate::app) fn look_for_recent(&mut self) {
        let paths = self.settings.recent.clone();
        self.recent = paths.iter().map(|path| RecentFile { path: path.clone(), is_there: true }).collect();
        if paths.is_empty() {
            return;
        }
        self.start_job("Looking for recent files", JobKind::Quiet, move |_| {
            let look = |path: PathBuf| RecentFile { is_there: path.is_file(), path };
            Outcome::LookedForRecent(paths.into_iter().map(look).collect())
        });
    }

    pub(super) fn take_recent(&mut self, files: Vec<RecentFile>) {
        // The list may have changed in the meantime.
        for found in files {
            if let Some(file) = self.recent.iter_mut().find(|file| file.path == found.path) {
                file.is_there = found.is_there;
            }
        }
    }
}

fn problem_line(problem: Problem) -> ProblemLine {
    ProblemLine {
        severity: problem.severity,
        line: problem.place.line,
        column: problem.place.column,
        path: problem.path,
        message: problem.message,
        mend: problem.mend,
    }
}

/// A blank assessment.
pub fn blank_assessment() -> Assessment {
    let now = jiff::Timestamp::now();
    let header = Header { id: Uuid::now_v7(), created: now, updated: now, ..Header::default() };
    Assessment::from_records(header, [])
}

/// The path from the root; a leading `~` is the home folder.
pub fn absolute(path: PathBuf) -> PathBuf {
    let path = match (path.strip_prefix("~"), directories::BaseDirs::new()) {
        (Ok(rest), Some(folders)) => folders.home_dir().join(rest),
        _ => path,
    };
    std::path::absolute(&path).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_made_absolute() {
        assert!(absolute(PathBuf::from("a.ron")).is_absolute());
        assert_eq!(absolute(PathBuf::from("/tmp/a.ron")), PathBuf::from("/tmp/a.ron"));
        let home = directories::BaseDirs::new().map(|folders| folders.home_dir().join("a.ron"));
        assert_eq!(Some(absolute(PathBuf::from("~/a.ron"))), home);
    }
}
