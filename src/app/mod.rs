//! The window: frame order, the open document, commands, jobs, settings.
//!
//! A frame runs so: [`eframe::App::logic`] takes in finished jobs and keys; [`eframe::App::ui`] draws everything from
//! `&` and queues commands; at its end `dispatch` carries them out, the only place that changes the document.

mod cases;
mod dispatch;
mod files;
mod jobs;
mod journal;
mod layout;
mod notices;
mod recovery;
mod session;
mod settings;
mod shell;
mod surroundings;
mod template;

use std::path::PathBuf;

use eframe::egui::{self, Context, ViewportBuilder};

use crate::ui::Commands;
use crate::ui::command::Computation;
use crate::ui::panels::{RecentFile, ShellState};
use crate::ui::tokens;
use files::Files;
use jobs::Jobs;
use journal::Journal;
use layout::Layout;
use notices::Notices;
use recovery::Recovery;
use session::Session;
use settings::Settings;

pub use cases::{BundledCase, CASES};

/// How the window is to be opened.
#[derive(Clone, Debug, Default)]
pub struct LaunchOptions {
    /// The assessment to open at once.
    pub file: Option<PathBuf>,
    /// An assessment to show at once, without a file.
    pub assessment: Option<crate::model::Assessment>,
    /// Where unsaved changes are journalled; without it they are not.
    pub journals: Option<PathBuf>,
    /// Paths are typed, also where the system has file dialogs.
    pub types_paths: bool,
}

/// Why the window could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// There is nothing to show it on.
    #[error("there is no display to open a window on; the commands work without one, see `ascribe --help`")]
    NoDisplay,
    /// It would be worked from outside of this machine.
    #[error(
        "EGUI_INSPECTION names \"{0}\": the window answers on a loopback address alone, such as 127.0.0.1:5719"
    )]
    NotLoopback(String),
    /// The window system or the graphics driver refuses.
    #[error(
        "the window could not be opened: {0}. A Vulkan or OpenGL driver is needed (on Debian: mesa-vulkan-drivers)"
    )]
    Refused(String),
}

/// Opens the window and returns when it is closed.
pub fn run(mut options: LaunchOptions) -> Result<(), WindowError> {
    surroundings::check()?;
    options.journals = options.journals.or_else(|| Some(eframe::storage_dir("ascribe")?.join("journals")));
    let viewport = ViewportBuilder::default()
        .with_app_id("ascribe")
        .with_title("Ascribe")
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([800.0, 500.0])
        .with_drag_and_drop(true);
    let viewport = match eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png")) {
        Ok(icon) => viewport.with_icon(icon),
        Err(error) => {
            log::warn!("the icon of the window cannot be read: {error}");
            viewport
        }
    };
    let native = eframe::NativeOptions { viewport, ..Default::default() };
    eframe::run_native("ascribe", native, Box::new(|cc| Ok(Box::new(App::new(cc, options)))))
        .map_err(|error| WindowError::Refused(error.to_string()))
}

/// The running program.
pub struct App {
    session: Session,
    layout: Layout,
    shell: ShellState,
    files: Files,
    jobs: Jobs,
    journal: Journal,
    recovery: Recovery,
    notices: Notices,
    settings: Settings,
    commands: Commands,
    /// What was asked for last of what takes long, each with the address of the results that it belongs to.
    computing: Vec<(Computation, usize)>,
    /// The recent files, and whether they are still there.
    recent: Vec<RecentFile>,
    /// The window title that was set last.
    title: String,
    /// Which widget had the focus in the last frame; when it changes, a step of undo ends.
    last_focus: Option<egui::Id>,
}

impl App {
    /// The program in a window that is being opened, or in a test.
    pub fn new(cc: &eframe::CreationContext<'_>, options: LaunchOptions) -> Self {
        let settings = Settings::load(cc.storage);
        tokens::install_fonts(&cc.egui_ctx);
        tokens::install_styles(&cc.egui_ctx, settings.look());
        cc.egui_ctx.set_theme(settings.theme);
        cc.egui_ctx.set_zoom_factor(settings.zoom);
        // The dispatcher does zooming, so that menu, palette and keys are one.
        cc.egui_ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let jobs = Jobs::new(cc.egui_ctx.clone());
        let mut app = Self {
            session: Session::welcome(),
            layout: Layout::load(cc.storage),
            shell: ShellState::default(),
            files: Files::new(options.types_paths),
            jobs,
            journal: Journal::new(options.journals, &cc.egui_ctx),
            recovery: Recovery::default(),
            notices: Notices::default(),
            settings,
            commands: Commands::default(),
            computing: Vec::new(),
            recent: Vec::new(),
            title: String::new(),
            last_focus: None,
        };
        app.look_for_recent();
        app.look_for_journals();
        if let Some(assessment) = options.assessment {
            app.show_session(Session::new(assessment));
        }
        if let Some(path) = options.file {
            app.open_file(path, &cc.egui_ctx);
        }
        app
    }

    /// The open document, for tests.
    pub fn document(&self) -> &crate::edit::Document {
        &self.session.document
    }

    /// Asks for a command as a view would, to be carried out in the next frame; for tests.
    pub fn send(&self, command: crate::ui::Command) {
        self.commands.send(command);
    }

    /// The selected records, for tests.
    pub fn selection(&self) -> &[crate::model::AnyId] {
        &self.session.selection
    }

    /// Whether the welcome page is shown, for tests.
    pub fn is_welcome(&self) -> bool {
        self.session.is_welcome
    }

    fn update_title(&mut self, ctx: &Context) {
        let title = self.session.window_title();
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Ends the step of undo that runs where the user has turned to something else.
    fn close_step_on_focus_change(&mut self, ctx: &Context) {
        let focus = ctx.memory(egui::Memory::focused);
        if focus != self.last_focus || ctx.input(|input| input.pointer.any_released()) {
            self.session.document.close_step();
        }
        self.last_focus = focus;
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.finish_jobs(ctx);
        self.hear_journal(ctx);
        self.take_dropped_files(ctx);
        self.guard_closing(ctx);
        self.watch_file(ctx);
        let now_secs = ctx.input(|input| input.time);
        if let Some(delay) = self.notices.advance(now_secs) {
            ctx.request_repaint_after(delay);
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        if std::mem::take(&mut self.layout.states.has_old_scrolling) {
            shell::forget_scrolling(&ctx);
        }
        self.draw(ui);
        self.dispatch(&ctx);
        self.close_step_on_focus_change(&ctx);
        self.session.refresh();
        self.update_title(&ctx);
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        self.settings.save(storage);
        self.layout.save(storage);
    }

    fn auto_save_interval(&self) -> std::time::Duration {
        std::time::Duration::from_secs(60)
    }
}
