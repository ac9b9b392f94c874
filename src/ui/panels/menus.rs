//! The menus of the top bar.

use eframe::egui::accesskit::Role;
use eframe::egui::containers::menu::{MenuButton, SubMenuButton};
use eframe::egui::{Button, RichText, ThemePreference, Ui, WidgetInfo, vec2};

use super::availability::{is_available, present_label};
use super::{ShellState, ShellView, marking};
use crate::ui::tokens::{self, Icon, Look};
use crate::ui::views::ViewKind;
use crate::ui::widgets::{icon_text, named};
use crate::ui::{Action, Command, ViewContext};

const WIDTH: f32 = 260.0;

/// What the menus draw from.
struct Menus<'a> {
    cx: &'a ViewContext<'a>,
    shell: &'a ShellView<'a>,
}

/// Draws all menus, in a menu bar.
pub fn show(ui: &mut Ui, cx: &ViewContext<'_>, shell: &ShellView<'_>, state: &ShellState) {
    let menus = Menus { cx, shell };
    menu(ui, "File", |ui| menus.file(ui));
    menu(ui, "Edit", |ui| menus.edit(ui));
    menu(ui, "View", |ui| menus.view(ui, state));
    menu(ui, "Assess", |ui| menus.assess(ui));
    menu(ui, "Help", |ui| menus.help(ui));
}

fn menu(ui: &mut Ui, title: &str, content: impl FnOnce(&mut Ui)) {
    MenuButton::new(title).ui(ui, |ui| {
        ui.set_width(WIDTH);
        content(ui);
    });
}

impl Menus<'_> {
    fn file(&self, ui: &mut Ui) {
        self.action(ui, Action::New);
        self.action(ui, Action::NewFromTemplate);
        self.action(ui, Action::Open);
        self.action(ui, Action::OpenByPath);
        self.recent(ui);
        self.cases(ui);
        ui.separator();
        self.action(ui, Action::Save);
        self.action(ui, Action::SaveAs);
        self.action(ui, Action::ReadAgain);
        ui.separator();
        self.action(ui, Action::ImportClaims);
        self.action(ui, Action::ImportMatrix);
        ui.separator();
        self.action(ui, Action::ExportClaims);
        self.action(ui, Action::ExportMatrix);
        self.action(ui, Action::ExportFigure);
        ui.separator();
        self.action(ui, Action::Close);
        self.action(ui, Action::Quit);
    }

    fn recent(&self, ui: &mut Ui) {
        let there: Vec<_> = self.shell.recent.iter().filter(|file| file.is_there).collect();
        if there.is_empty() {
            return;
        }
        submenu(ui, Icon::History, "Open recent", |ui| {
            for file in there {
                let name = file.path.file_name().unwrap_or(file.path.as_os_str()).to_string_lossy();
                let button = Button::new(name.as_ref()).min_size(vec2(WIDTH, 24.0)).truncate();
                if ui.add(button).on_hover_text(file.path.display().to_string()).clicked() {
                    self.cx.send(Command::OpenPath(file.path.clone()));
                    ui.close();
                }
            }
        });
    }

    fn cases(&self, ui: &mut Ui) {
        if self.shell.cases.is_empty() {
            return;
        }
        submenu(ui, Icon::BookOpen, "Worked cases", |ui| {
            for case in self.shell.cases {
                let button = Button::new(case.title).min_size(vec2(WIDTH, 24.0)).truncate();
                if ui.add(button).on_hover_text(case.teaches).clicked() {
                    self.cx.send(Command::OpenCase(case.file));
                    ui.close();
                }
            }
        });
    }

    fn edit(&self, ui: &mut Ui) {
        self.action(ui, Action::Undo);
        self.action(ui, Action::Redo);
        ui.separator();
        self.action(ui, Action::DeleteSelection);
        ui.separator();
        self.action(ui, Action::Find);
        self.action(ui, Action::CommandPalette);
    }

    fn view(&self, ui: &mut Ui, state: &ShellState) {
        for view in ViewKind::ALL {
            self.action(ui, Action::Show(*view));
        }
        ui.separator();
        self.action(ui, Action::SplitView);
        self.action(ui, Action::ResetLayout);
        ui.separator();
        let preferences = self.shell.preferences;
        self.toggle(ui, Action::ToggleNavigator, preferences.shows_navigator);
        self.toggle(ui, Action::ToggleInspector, preferences.shows_inspector);
        self.toggle(ui, Action::ToggleProblems, state.shows_problems);
        self.action(ui, Action::ToggleNotices);
        ui.separator();
        self.theme(ui);
        let look = preferences.look;
        for (name, is_on, other) in [
            (
                "High contrast",
                look.has_high_contrast,
                Look { has_high_contrast: !look.has_high_contrast, ..look },
            ),
            ("Reduce motion", look.reduces_motion, Look { reduces_motion: !look.reduces_motion, ..look }),
        ] {
            if item(ui, check(is_on), name, None, true, Some(is_on)) {
                self.cx.send(Command::SetLook(other));
            }
        }
        ui.separator();
        self.action(ui, Action::ZoomIn);
        self.action(ui, Action::ZoomOut);
        self.action(ui, Action::ZoomReset);
    }

    fn theme(&self, ui: &mut Ui) {
        submenu(ui, Icon::SunMoon, "Theme", |ui| {
            for (theme, label, icon) in [
                (ThemePreference::System, "Follow the system", Icon::Monitor),
                (ThemePreference::Dark, "Dark", Icon::Moon),
                (ThemePreference::Light, "Light", Icon::Sun),
            ] {
                let is_current = self.shell.preferences.theme == theme;
                if item(ui, Some(icon), label, None, true, Some(is_current)) {
                    self.cx.send(Command::SetTheme(theme));
                }
            }
        });
    }

    fn assess(&self, ui: &mut Ui) {
        self.action(ui, Action::AddClaim);
        self.action(ui, Action::AddSource);
        self.action(ui, Action::AddActor);
        self.action(ui, Action::AddIncident);
        self.action(ui, Action::AddDocument);
        self.action(ui, Action::AddAnalyst);
        ui.separator();
        self.action(ui, Action::AddEvidence);
        self.action(ui, Action::AddHypothesis);
        self.action(ui, Action::HypothesesFromClaims);
        self.action(ui, Action::EvidenceFromClaims);
        ui.separator();
        ui.add_enabled_ui(!self.shell.is_welcome, |ui| {
            submenu(ui, Icon::Shield, "Marking", |ui| marking::choices(ui, self.cx));
        });
        self.action(ui, Action::Properties);
    }

    fn help(&self, ui: &mut Ui) {
        self.action(ui, Action::Tour);
        self.action(ui, Action::Shortcuts);
        self.action(ui, Action::About);
    }

    fn action(&self, ui: &mut Ui, action: Action) {
        let label = present_label(action, self.cx);
        let is_available = is_available(action, self.cx, self.shell);
        if item(ui, Some(action.icon()), &label, Some(action), is_available, None) {
            self.cx.send(Command::Do(action));
        }
    }

    fn toggle(&self, ui: &mut Ui, action: Action, is_on: bool) {
        let is_available = is_available(action, self.cx, self.shell);
        if item(ui, check(is_on), action.label(), Some(action), is_available, Some(is_on)) {
            self.cx.send(Command::Do(action));
        }
    }
}

/// The mark of an entry that is switched on.
const fn check(is_on: bool) -> Option<Icon> {
    if is_on { Some(Icon::Check) } else { None }
}

/// One entry of a menu; whether it was chosen. `is_on` is for entries that switch something.
fn item(
    ui: &mut Ui,
    icon: Option<Icon>,
    label: &str,
    keys_of: Option<Action>,
    is_available: bool,
    is_on: Option<bool>,
) -> bool {
    let palette = tokens::palette(ui);
    let icon = icon.map_or_else(
        // As wide as an icon, so that all labels stand in one line.
        || {
            RichText::new(char::from(Icon::Check))
                .size(tokens::ICON)
                .color(eframe::egui::Color32::TRANSPARENT)
        },
        |icon| icon_text(icon).color(if is_available { palette.quiet } else { palette.line }),
    );
    let is_chosen = is_on == Some(true) && keys_of.is_none();
    let mut button = Button::selectable(is_chosen, (icon, label)).min_size(vec2(WIDTH, 24.0));
    if let Some(action) = keys_of {
        button = button.shortcut_text(RichText::new(action.keys_text(ui.ctx())).size(tokens::SMALL));
    }
    let response = ui.add_enabled(is_available, button);
    response.widget_info(|| match is_on {
        Some(is_on) => WidgetInfo::selected(Role::MenuItemCheckBox, is_available, is_on, label),
        None => WidgetInfo::labeled(Role::MenuItem, is_available, label),
    });
    let chosen = response.clicked();
    if chosen {
        ui.close();
    }
    chosen
}

fn submenu(ui: &mut Ui, icon: Icon, label: &str, content: impl FnOnce(&mut Ui)) {
    let colour = tokens::palette(ui).quiet;
    let button = Button::new((icon_text(icon).color(colour), label))
        .frame_when_inactive(false)
        .min_size(vec2(WIDTH, 24.0))
        .right_text(SubMenuButton::arrow_atom(Some(colour)));
    let (response, _) = SubMenuButton::from_button(button).ui(ui, content);
    named(response, label);
}
