//! One frame: the panels around the views, what stands above them, and the keys that work everywhere.

use eframe::egui::panel::PanelState;
use eframe::egui::{CentralPanel, Context, Frame, Key, Margin, Panel, PointerState, Ui, scroll_area};
use egui_table::TableState;

use super::App;
use super::cases::CARDS;
use crate::ui::dialogs::shortcuts::ALSO;
use crate::ui::panels::availability::is_available;
use crate::ui::panels::{
    Preferences, ShellView, inspector, marking, navigator, notices, problems, status_bar, top_bar, tour,
    welcome,
};
use crate::ui::widgets::own_keys::keeps_delete;
use crate::ui::{Action, Command, Landmark, ViewContext, dialogs, tokens};

impl App {
    /// Draws everything.
    pub(super) fn draw(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let cx = self.session.view(&self.commands);
        let name = self.session.name();
        let shell = ShellView {
            name: &name,
            is_welcome: self.session.is_welcome,
            was_saved: self.session.path.is_some(),
            saved_at: self.session.saved_at,
            on_disk: self.session.on_disk,
            jobs: self.jobs.running(),
            notices: self.notices.entries(),
            findings: self.session.findings(),
            recent: &self.recent,
            journal: &self.journal.state,
            recoverable: &self.recovery.shown,
            cases: CARDS,
            preferences: panels_with_room(&ctx, self.settings.preferences()),
            front_view: self.layout.front_view(),
            question: self.files.question(),
        };
        consume_shortcuts(&ctx, &cx, &shell);
        let pointer = take_pointer_from_beneath(&ctx);

        if !shell.is_welcome {
            marking::show_top(ui, &cx);
        }
        top_bar::show(ui, &cx, &shell, &mut self.shell);
        if !shell.is_welcome {
            marking::show_bottom(ui, &cx);
        }
        status_bar::show(ui, &cx, &shell);
        let palette = tokens::palette(ui);
        let background = Frame::new().fill(palette.background);
        let centre = if shell.is_welcome {
            CentralPanel::default().frame(background).show(ui, |ui| welcome::show(ui, &cx, &shell))
        } else {
            navigator::show(ui, &cx, &shell, &mut self.shell.navigator);
            if shell.preferences.shows_inspector {
                let frame = Frame::new().fill(palette.panel).inner_margin(Margin::same(8));
                let widest = (ctx.content_rect().width() * 0.4).clamp(240.0, 560.0);
                let panel =
                    Panel::right("inspector").default_size(320.0).size_range(240.0..=widest).frame(frame);
                let drawn = panel.show(ui, |ui| {
                    inspector::show(ui, &cx, shell.findings.unwrap_or_default(), &mut self.shell.inspector);
                });
                Landmark::Inspector.is_at(&ctx, drawn.response.rect);
            }
            problems::show(ui, &cx, &shell, &mut self.shell);
            CentralPanel::default().frame(background).show(ui, |ui| self.layout.show(ui, &cx))
        };
        notices::show_above(&ctx, centre.response.rect, &cx, &shell);
        if let Some(state) = &mut self.shell.tour
            && (shell.is_welcome || tour::show(&ctx, centre.response.rect, &cx, &shell, state))
        {
            self.shell.tour = None;
            self.layout.take_back();
        }
        if let Some(pointer) = pointer {
            ctx.input_mut(|input| input.pointer = pointer);
        }
        dialogs::show(&ctx, &cx, &shell, &mut self.shell);
        dialogs::drop_hint::show(&ctx);
    }
}

/// Takes the pointer from all that is drawn beneath an open dialog: a tooltip stays while the pointer rests over what it is of,
/// also where a dialog was opened above it with a key.
fn take_pointer_from_beneath(ctx: &Context) -> Option<PointerState> {
    let is_in_dialog = ctx.memory(|memory| memory.top_modal_layer().is_some());
    is_in_dialog.then(|| ctx.input_mut(|input| std::mem::take(&mut input.pointer)))
}

/// Below this width, in points, the views have no room between two panels.
const TWO_PANELS: f32 = 900.0;

/// Whether the window has no room for both panels beside the views, as when it is small or drawn large.
pub fn is_narrow(ctx: &Context) -> bool {
    ctx.content_rect().width() < TWO_PANELS
}

/// Which panels are shown: in a narrow window the navigator gives way to the inspector.
fn panels_with_room(ctx: &Context, mut preferences: Preferences) -> Preferences {
    preferences.shows_navigator &= !(preferences.shows_inspector && is_narrow(ctx));
    preferences
}

/// Puts the panels back to their usual sizes.
pub fn forget_panel_sizes(ctx: &Context) {
    ctx.data_mut(|data| data.remove_by_type::<PanelState>());
}

/// Puts everything that scrolls back to its beginning, and lets columns be as wide as what stands in them: for another document.
pub fn forget_scrolling(ctx: &Context) {
    ctx.data_mut(|data| {
        data.remove_by_type::<scroll_area::State>();
        data.remove_by_type::<TableState>();
    });
}

/// Turns the keys of actions into commands, unless a text field or a dialog needs them.
fn consume_shortcuts(ctx: &Context, cx: &ViewContext<'_>, shell: &ShellView<'_>) {
    let is_typing = ctx.text_edit_focused();
    let is_in_dialog = ctx.memory(|memory| memory.top_modal_layer().is_some());
    let own = Action::ALL.iter().filter_map(|action| Some((*action, action.shortcut()?)));
    // Keys with more modifiers first: Ctrl+S would also take Ctrl+Shift+S.
    let (with_shift, without): (Vec<_>, Vec<_>) =
        own.chain(ALSO.iter().copied()).partition(|(_, keys)| keys.modifiers.shift);
    for (action, keys) in with_shift.into_iter().chain(without) {
        let is_kept = keys.logical_key == Key::Delete && keeps_delete(ctx);
        if is_kept
            || (is_typing && action.yields_to_text_fields())
            || (is_in_dialog && !works_in_dialogs(action))
        {
            continue;
        }
        if ctx.input_mut(|input| input.consume_shortcut(&keys)) && is_available(action, cx, shell) {
            cx.send(Command::Do(action));
        }
    }
}

/// Whether an action's keys work while a dialog is open.
const fn works_in_dialogs(action: Action) -> bool {
    matches!(
        action,
        Action::CommandPalette
            | Action::Shortcuts
            | Action::ToggleTheme
            | Action::ZoomIn
            | Action::ZoomOut
            | Action::ZoomReset
    )
}
