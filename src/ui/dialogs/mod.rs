//! Windows above the views: questions, properties, the command palette, what the program is.

pub mod about;
pub mod drop_hint;
pub mod import;
pub mod load_problems;
pub mod palette;
pub mod properties;
pub mod question;
pub mod recovery;
pub mod shortcuts;
pub mod typed_path;

use eframe::egui::{Align, Button, Context, Frame, Id, Layout, Margin, Modal, Response, Ui, vec2};

use super::panels::{ShellState, ShellView};
use super::tokens::{self, Icon, bold};
use super::widgets::icon_button;
use super::{Action, Command, ViewContext};

/// Draws all dialogs that are open.
pub fn show(ctx: &Context, cx: &ViewContext<'_>, shell: &ShellView<'_>, state: &mut ShellState) {
    if state.shows_shortcuts && shortcuts::show(ctx) {
        cx.send(Command::Do(Action::Shortcuts));
    }
    if state.shows_about && about::show(ctx, cx) {
        cx.send(Command::Do(Action::About));
    }
    if state.shows_properties && properties::show(ctx, cx) {
        cx.send(Command::Do(Action::Properties));
    }
    if let Some(import) = &mut state.import {
        import::show(ctx, cx, import);
    }
    if let Some(typed) = &mut state.typed_path
        && typed_path::show(ctx, cx, typed)
    {
        state.typed_path = None;
    }
    if let Some(problems) = &state.load_problems
        && load_problems::show(ctx, cx, problems)
    {
        state.load_problems = None;
    }
    if let Some(journal) = &state.recovery
        && recovery::show(ctx, cx, shell, journal)
    {
        state.recovery = None;
    }
    if let Some(palette) = &mut state.palette
        && palette::show(ctx, cx, shell, palette)
    {
        state.palette = None;
    }
    if let Some(question) = shell.question {
        question::show(ctx, cx, shell, question);
    }
}

/// Draws a dialog in the middle of the window with its title, its content and a row of buttons under it; whether it is
/// to be closed: by Escape, by its cross, by a click beside it.
fn dialog(ctx: &Context, title: &str, width: f32, content: impl FnOnce(&mut Ui)) -> bool {
    let room = ctx.content_rect().size() - vec2(48.0, 64.0);
    let response = Modal::new(Id::unique(("dialog", title))).frame(Frame::NONE).show(ctx, |ui| {
        Frame::popup(ui.style()).inner_margin(Margin::same(16)).show(ui, |ui| {
            ui.set_width(width.min(room.x));
            ui.set_max_height(room.y);
            ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
            let closed = ui
                .horizontal(|ui| {
                    ui.label(bold(title).size(tokens::TITLE));
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        icon_button(ui, Icon::X, &format!("Close {}", title.to_lowercase())).clicked()
                    })
                    .inner
                })
                .inner;
            ui.add_space(4.0);
            content(ui);
            closed
        })
    });
    response.inner.inner || response.should_close()
}

/// Draws the buttons of a dialog, from the right; the first one is the main one and has the focus, so that Enter chooses it.
fn buttons(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    ui.add_space(10.0);
    ui.allocate_ui_with_layout(
        vec2(ui.available_width(), 30.0),
        Layout::right_to_left(Align::Center),
        content,
    );
}

/// The main button of a dialog.
fn main_button(ui: &mut Ui, label: &str, is_available: bool) -> Response {
    let palette = tokens::palette(ui);
    let text = eframe::egui::RichText::new(label).color(palette.on_accent);
    let button = Button::new(text).fill(palette.accent).min_size(vec2(88.0, 28.0));
    let response = ui.add_enabled(is_available, button);
    if is_available && ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    response
}

/// Any other button of a dialog.
fn other_button(ui: &mut Ui, label: &str) -> Response {
    ui.add(Button::new(label).min_size(vec2(88.0, 28.0)))
}
