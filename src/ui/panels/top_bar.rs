//! The top bar: menus, the title, undo and redo, search, the analyst who works, theme, notices, panels.

use eframe::egui::containers::menu::MenuBar;
use eframe::egui::{
    Align, Button, FontId, Frame, Label, Layout, Margin, Panel, Popup, PopupCloseBehavior, Rect, Response,
    RichText, Ui, UiBuilder, pos2, vec2,
};

use super::availability::{is_available, present_label};
use super::{ShellState, ShellView, menus, notices};
use crate::ui::tokens::{self, Icon};
use crate::ui::widgets::{icon_text, icon_toggle, named, square};
use crate::ui::{Action, Command, Landmark, ViewContext};

const HEIGHT: f32 = 36.0;
/// The width of the search field, where there is room.
const SEARCH_WIDTH: f32 = 320.0;
/// What the menus take.
const MENUS_WIDTH: f32 = 236.0;
/// What undo and redo take.
const STEPS_WIDTH: f32 = 60.0;
/// What stands at the right takes.
const RIGHT_WIDTH: f32 = 290.0;
/// The width that a title gets, if it needs so much.
const TITLE_WIDTH: f32 = 340.0;

/// Draws the top bar.
pub fn show(ui: &mut Ui, cx: &ViewContext<'_>, shell: &ShellView<'_>, state: &mut ShellState) {
    let palette = tokens::palette(ui);
    let frame = Frame::new().fill(palette.panel).inner_margin(Margin::symmetric(8, 0));
    Panel::top("top-bar").exact_size(HEIGHT).resizable(false).frame(frame).show(ui, |ui| {
        let bar = ui.max_rect();
        let free = (bar.width() - MENUS_WIDTH - RIGHT_WIDTH).max(0.0);
        let search_width = SEARCH_WIDTH.min(free - STEPS_WIDTH).max(36.0);
        // In the middle of the window where that leaves room for the title, else further to the right.
        let half = search_width / 2.0;
        let title_width = if shell.is_welcome { 0.0 } else { title_width(ui, shell.name) };
        let leftmost = bar.left() + MENUS_WIDTH + title_width + STEPS_WIDTH + half;
        let rightmost = bar.right() - RIGHT_WIDTH - half;
        let middle = bar.center().x.max(leftmost).min(rightmost);
        let search = Rect::from_center_size(pos2(middle, bar.center().y), vec2(search_width, 26.0));
        let steps_left = search.left() - STEPS_WIDTH;

        let left = Rect::from_min_max(bar.min, pos2(steps_left - 8.0, bar.bottom()));
        ui.scope_builder(UiBuilder::new().max_rect(left).layout(row(false)), |ui| {
            MenuBar::new().ui(ui, |ui| menus::show(ui, cx, shell, state));
        });
        let title_left = bar.left() + MENUS_WIDTH + 8.0;
        if !shell.is_welcome && steps_left - title_left > 60.0 {
            let title = Rect::from_min_max(pos2(title_left, bar.top()), pos2(steps_left - 8.0, bar.bottom()));
            ui.scope_builder(UiBuilder::new().max_rect(title).layout(row(false)), |ui| {
                title_text(ui, cx, shell);
            });
        }
        let steps = Rect::from_min_max(pos2(steps_left, bar.top()), pos2(search.left() - 4.0, bar.bottom()));
        ui.scope_builder(UiBuilder::new().max_rect(steps).layout(row(false)), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            step_button(ui, cx, shell, Action::Undo);
            step_button(ui, cx, shell, Action::Redo);
        });
        search_field(ui, cx, search);
        let right = Rect::from_min_max(pos2(search.right() + 8.0, bar.top()), bar.max);
        ui.scope_builder(UiBuilder::new().max_rect(right).layout(row(true)), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            right_side(ui, cx, shell, state);
        });
    });
}

fn row(from_right: bool) -> Layout {
    if from_right { Layout::right_to_left(Align::Center) } else { Layout::left_to_right(Align::Center) }
}

/// How wide a title is drawn, its mark and the space around it included.
fn title_width(ui: &Ui, name: &str) -> f32 {
    let font = FontId::proportional(tokens::BODY);
    let galley = ui.painter().layout_no_wrap(name.to_owned(), font, eframe::egui::Color32::PLACEHOLDER);
    (galley.size().x + 40.0).min(TITLE_WIDTH)
}

fn title_text(ui: &mut Ui, cx: &ViewContext<'_>, shell: &ShellView<'_>) {
    let palette = tokens::palette(ui);
    ui.spacing_mut().item_spacing.x = 6.0;
    if cx.is_changed {
        let mark =
            Label::new(RichText::new("●").size(tokens::SMALL).color(palette.overlaps)).selectable(false);
        ui.add(mark).on_hover_text("There are unsaved changes");
    }
    ui.add(Label::new(RichText::new(shell.name).color(palette.text)).truncate().selectable(false));
}

fn step_button(ui: &mut Ui, cx: &ViewContext<'_>, shell: &ShellView<'_>, action: Action) {
    let is_available = is_available(action, cx, shell);
    let name = present_label(action, cx);
    let tip = format!("{name} ({})", action.keys_text(ui.ctx()));
    let response = ui.add_enabled_ui(is_available, |ui| square(ui, icon_text(action.icon()))).inner;
    let response = response.on_hover_text(&tip).on_disabled_hover_text(&tip);
    if action == Action::Undo {
        Landmark::Undo.is_at(ui, response.rect);
    }
    if named(response, action.label()).clicked() {
        cx.send(Command::Do(action));
    }
}

fn search_field(ui: &mut Ui, cx: &ViewContext<'_>, rect: Rect) {
    let palette = tokens::palette(ui);
    // Where there is room for nothing else, the icon alone says it.
    let keys = if rect.width() > 100.0 { Action::CommandPalette.keys_text(ui.ctx()) } else { String::new() };
    let hint = if rect.width() > 220.0 { "Search records and commands…" } else { "" };
    let button =
        Button::new((icon_text(Icon::Search).color(palette.quiet), RichText::new(hint).color(palette.quiet)))
            .fill(palette.background)
            .right_text(RichText::new(keys).size(tokens::SMALL).color(palette.quiet))
            .min_size(rect.size());
    let response = ui.put(rect, button).on_hover_text("Search all records and commands");
    if named(response, "Search records and commands").clicked() {
        cx.send(Command::Do(Action::CommandPalette));
    }
}

/// From the right: panels, notices, theme, analyst.
fn right_side(ui: &mut Ui, cx: &ViewContext<'_>, shell: &ShellView<'_>, state: &mut ShellState) {
    let preferences = shell.preferences;
    if !shell.is_welcome {
        let toggles = [
            (Action::ToggleInspector, Icon::PanelRight, preferences.shows_inspector),
            (Action::ToggleProblems, Icon::PanelBottom, state.shows_problems),
            (Action::ToggleNavigator, Icon::PanelLeft, preferences.shows_navigator),
        ];
        for (action, icon, is_on) in toggles {
            let name = format!("{} {}", if is_on { "Hide" } else { "Show" }, action.label().to_lowercase());
            if icon_toggle(ui, icon, &name, is_on).clicked() {
                cx.send(Command::Do(action));
            }
        }
        ui.add_space(6.0);
    }
    let bell = bell(ui, shell);
    let was_open = state.shows_notices;
    Popup::from_response(&bell)
        .open_bool(&mut state.shows_notices)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .align(eframe::egui::RectAlign::BOTTOM_END)
        .gap(4.0)
        .show(|ui| notices::list(ui, cx, shell));
    if bell.clicked() {
        // A click on the bell is also one beside the list, which has closed it: it is the action that decides.
        state.shows_notices = was_open;
        cx.send(Command::Do(Action::ToggleNotices));
    }
    let theme = icon_toggle(ui, Icon::SunMoon, Action::ToggleTheme.label(), false);
    if theme.clicked() {
        cx.send(Command::Do(Action::ToggleTheme));
    }
    if !shell.is_welcome {
        ui.add_space(6.0);
        analyst(ui, cx);
    }
}

fn bell(ui: &mut Ui, shell: &ShellView<'_>) -> Response {
    let palette = tokens::palette(ui);
    let unseen = shell.notices.iter().filter(|entry| !entry.is_seen && entry.is_problem()).count();
    let icon = if unseen > 0 { Icon::BellDot } else { Icon::Bell };
    let colour = if unseen > 0 { palette.overlaps } else { palette.quiet };
    let name = if unseen > 0 { format!("Notices, {unseen} new") } else { "Notices".to_owned() };
    named(square(ui, icon_text(icon).color(colour)).on_hover_text(&name), &name)
}

fn analyst(ui: &mut Ui, cx: &ViewContext<'_>) {
    let palette = tokens::palette(ui);
    let current = cx.analyst.and_then(|id| cx.assessment.get(id));
    let name = current.map_or("No analyst", |analyst| analyst.name.as_str());
    let button = Button::new((icon_text(Icon::User).color(palette.quiet), name))
        .frame_when_inactive(false)
        .truncate()
        .min_size(vec2(24.0, 24.0));
    let width = 150.0_f32.min(ui.available_width());
    let response = ui
        .allocate_ui_with_layout(vec2(width, HEIGHT), row(true), |ui| ui.add(button))
        .inner
        .on_hover_text(format!("Who works now: {name}"));
    let response = named(response, &format!("Analyst {name}"));
    Popup::menu(&response).show(|ui| {
        ui.set_min_width(180.0);
        for analyst in &cx.assessment.analysts {
            let is_current = cx.analyst == Some(analyst.id);
            let button = Button::selectable(is_current, analyst.name.as_str())
                .right_text(RichText::new(analyst.role.label()).size(tokens::SMALL))
                .min_size(vec2(180.0, 24.0));
            if ui.add(button).clicked() {
                cx.send(Command::SetAnalyst(Some(analyst.id)));
                ui.close();
            }
        }
        if !cx.assessment.analysts.is_empty() {
            ui.separator();
        }
        let add = Button::new((icon_text(Icon::Plus).color(palette.quiet), Action::AddAnalyst.label()))
            .frame_when_inactive(false)
            .min_size(vec2(180.0, 24.0));
        if named(ui.add(add), Action::AddAnalyst.label()).clicked() {
            cx.send(Command::Do(Action::AddAnalyst));
            ui.close();
        }
    });
}
