//! The command palette: type a few letters of any command or record, press Enter.

mod search;

use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align2, Area, Color32, Context, FontId, Frame, Id, Key, Margin, Modal, Modifiers, Order, ScrollArea,
    Sense, TextEdit, TextWrapMode, Ui, UiKind, WidgetInfo, WidgetText, pos2, vec2,
};

use crate::model::{AnyId, Incident, Kind};
use crate::ui::panels::availability::{is_available, present_label};
use crate::ui::panels::{ShellView, navigator};
use crate::ui::tokens;
use crate::ui::views::ViewKind;
use crate::ui::widgets::quiet;
use crate::ui::{Action, Command, ViewContext};
use search::Search;

const WIDTH: f32 = 620.0;
const ROW: f32 = 28.0;
/// How many results are seen without scrolling.
const SEEN: usize = 12;

/// What the palette remembers while it is open.
#[derive(Debug, Default)]
pub struct State {
    query: String,
    search: Search,
    chosen: usize,
    had_focus: bool,
    /// What was chosen in the last frame.
    ran: Option<Hit>,
}

/// Something that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hit {
    /// A command.
    Action(Action),
    /// A record.
    Record(AnyId),
}

/// Draws the palette; whether it is to be closed.
pub fn show(ctx: &Context, cx: &ViewContext<'_>, shell: &ShellView<'_>, state: &mut State) -> bool {
    // A frame later, without the palette: nothing behind it could take the keyboard, such as the name of a new record.
    if let Some(hit) = state.ran {
        run(cx, hit);
        return true;
    }
    let window = ctx.content_rect();
    let area = Area::new(Id::unique("command-palette"))
        .kind(UiKind::Modal)
        .sense(Sense::hover())
        .order(Order::Foreground)
        .anchor(Align2::CENTER_TOP, vec2(0.0, 22.0));
    let modal = Modal::new(Id::unique("command-palette")).area(area).frame(Frame::NONE);
    let response = modal.backdrop_color(Color32::TRANSPARENT).show(ctx, |ui| {
        Frame::popup(ui.style()).inner_margin(Margin::same(8)).show(ui, |ui| {
            ui.set_width(WIDTH.min(window.width() - 48.0));
            content(ui, cx, shell, state)
        })
    });
    state.ran = response.inner.inner;
    if state.ran.is_some() {
        ctx.request_repaint();
    }
    state.ran.is_none() && response.should_close()
}

/// The field and the results; what was chosen.
fn content(ui: &mut Ui, cx: &ViewContext<'_>, shell: &ShellView<'_>, state: &mut State) -> Option<Hit> {
    // The field would take these keys for moving its own cursor.
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let steps = [
        (pressed(Key::ArrowDown), 1),
        (pressed(Key::ArrowUp), -1),
        (pressed(Key::PageDown), SEEN as isize),
        (pressed(Key::PageUp), -(SEEN as isize)),
    ];
    let step: isize = steps.iter().filter(|(is_pressed, _)| *is_pressed).map(|(_, step)| step).sum();
    let entered = pressed(Key::Enter);

    let field = TextEdit::singleline(&mut state.query)
        .hint_text("Search records and commands…")
        .desired_width(f32::INFINITY)
        .margin(Margin::symmetric(8, 6));
    let response = ui.add(field);
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::TextInput, true, "Search records and commands");
        info.current_text_value = Some(state.query.clone());
        info
    });
    if !state.had_focus || !response.has_focus() {
        response.request_focus();
        state.had_focus = true;
    }
    if response.changed() {
        state.chosen = 0;
    }

    let hits = hits(ui, cx, shell, state);
    let last = hits.len().saturating_sub(1);
    state.chosen = state.chosen.min(last).saturating_add_signed(step).min(last);
    if entered && let Some(hit) = hits.get(state.chosen) {
        return Some(*hit);
    }
    ui.add_space(4.0);
    if hits.is_empty() {
        ui.add_space(8.0);
        ui.vertical_centered(|ui| ui.label(quiet(ui, "Nothing is called that")));
        ui.add_space(8.0);
        return None;
    }
    list(ui, cx, &hits, state, step != 0)
}

/// What was found: commands first, then records.
fn hits(ui: &Ui, cx: &ViewContext<'_>, shell: &ShellView<'_>, state: &mut State) -> Vec<Hit> {
    let actions = Action::ALL
        .iter()
        .copied()
        .filter(|action| *action != Action::CommandPalette && is_available(*action, cx, shell));
    if state.query.trim().is_empty() {
        let mut actions: Vec<Action> = actions.collect();
        actions.sort_by_key(|action| usual_place(*action));
        return actions.into_iter().map(Hit::Action).collect();
    }
    let named: Vec<(Action, String)> = actions.map(|action| (action, present_label(action, cx))).collect();
    let mut hits: Vec<Hit> = search::actions(&state.query, &named).into_iter().map(Hit::Action).collect();
    if !shell.is_welcome && state.search.advance(cx, &state.query) {
        // A part of a large assessment was searched; the rest follows in the next frames.
        ui.ctx().request_repaint();
    }
    hits.extend(state.search.best().map(Hit::Record));
    hits
}

/// Where a command stands while nothing is typed: what leads on with the work first, what leads away from it last.
const fn usual_place(action: Action) -> u8 {
    match action {
        Action::Show(_) => 0,
        Action::AddClaim
        | Action::AddSource
        | Action::AddActor
        | Action::AddIncident
        | Action::AddDocument
        | Action::AddAnalyst
        | Action::AddEvidence
        | Action::AddHypothesis
        | Action::HypothesesFromClaims
        | Action::EvidenceFromClaims => 1,
        Action::New
        | Action::NewFromTemplate
        | Action::Open
        | Action::OpenByPath
        | Action::ReadAgain
        | Action::Close
        | Action::Quit => 3,
        _ => 2,
    }
}

fn list(ui: &mut Ui, cx: &ViewContext<'_>, hits: &[Hit], state: &mut State, moved: bool) -> Option<Hit> {
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut ran = None;
    let height = ROW * SEEN.min(hits.len()) as f32;
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        for (place, hit) in hits.iter().enumerate() {
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
            if place == state.chosen && moved {
                ui.scroll_to_rect(rect, None);
            }
            if response.clicked() {
                ran = Some(*hit);
            }
            if ui.is_rect_visible(rect) {
                row(ui, cx, *hit, rect, &response, place == state.chosen);
            }
        }
    });
    ran
}

fn row(
    ui: &Ui,
    cx: &ViewContext<'_>,
    hit: Hit,
    rect: eframe::egui::Rect,
    response: &eframe::egui::Response,
    is_chosen: bool,
) {
    let palette = tokens::palette(ui);
    let (icon, name, note) = match hit {
        Hit::Action(action) => (action.icon(), present_label(action, cx), action.keys_text(ui.ctx())),
        Hit::Record(id) => {
            (navigator::icon_of_kind(id.kind), cx.assessment.name_of(id), id.kind.label().to_owned())
        }
    };
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_chosen, name.as_str()));
    if is_chosen {
        ui.painter().rect_filled(rect, f32::from(tokens::RADIUS), palette.selection);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, f32::from(tokens::RADIUS), palette.hovered);
    }
    let middle = rect.center().y;
    let font = FontId::proportional(tokens::ICON);
    ui.painter().text(
        pos2(rect.left() + 18.0, middle),
        Align2::CENTER_CENTER,
        char::from(icon),
        font,
        palette.quiet,
    );
    let font = FontId::proportional(tokens::SMALL);
    let note =
        ui.painter().text(pos2(rect.right() - 10.0, middle), Align2::RIGHT_CENTER, note, font, palette.quiet);
    let left = rect.left() + 36.0;
    let galley = WidgetText::from(name.as_str()).into_galley(
        ui,
        Some(TextWrapMode::Truncate),
        (note.left() - left - 12.0).max(20.0),
        FontId::proportional(tokens::BODY),
    );
    let at = pos2(left, middle - galley.size().y / 2.0);
    let is_cut = galley.elided;
    ui.painter().galley_with_override_text_color(at, galley, palette.text);
    if is_cut {
        response.clone().on_hover_text(name);
    }
}

fn run(cx: &ViewContext<'_>, hit: Hit) {
    match hit {
        Hit::Action(action) => cx.send(Command::Do(action)),
        Hit::Record(id) => {
            cx.select(id);
            if let Some(incident) = id.typed::<Incident>() {
                cx.send(Command::ShowIncident(Some(incident)));
            }
            if id.kind == Kind::Claim {
                cx.send(Command::ShowView(ViewKind::Claims));
            }
        }
    }
}
