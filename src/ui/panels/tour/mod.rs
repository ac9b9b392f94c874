//! The guided tour: a card that explains one step at a time on a real case, points at the widget that it is about, and sees when
//! the step was done. It never stands in the way: everything can be used while it is open.

mod steps;

use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align, Area, Context, Frame, Id, Key, KeyboardShortcut, Label, Layout, Margin, Modifiers, Order, Rect,
    Response, RichText, Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};

use super::ShellView;
use crate::ui::tokens::{self, Icon, bold};
use crate::ui::widgets::{icon_button, icon_text, quiet};
use crate::ui::{Action, ViewContext};
use steps::{Baseline, STEPS, Step};

const WIDTH: f32 = 340.0;
const NEXT: KeyboardShortcut = KeyboardShortcut::new(Modifiers::NONE, Key::F8);
const BACK: KeyboardShortcut = KeyboardShortcut::new(Modifiers::SHIFT, Key::F8);

/// Where the tour stands.
#[derive(Debug, Default)]
pub struct State {
    step: usize,
    /// What the step began with; what differs from it was done in it.
    baseline: Option<Baseline>,
    is_done: bool,
}

impl State {
    fn go(&mut self, step: usize) {
        *self = Self { step, ..Self::default() };
    }
}

/// Draws the card and points at what it is about; whether the tour is over. `centre` is where the views stand.
pub fn show(
    ctx: &Context,
    centre: Rect,
    cx: &ViewContext<'_>,
    shell: &ShellView<'_>,
    state: &mut State,
) -> bool {
    let Some(step) = STEPS.get(state.step) else { return true };
    let now = Baseline::of(ctx, cx, shell);
    let before = state.baseline.get_or_insert_with(|| now.clone());
    if !state.is_done && (step.is_done)(before, &now) {
        state.is_done = true;
    }
    let at = step.target.place(ctx);
    if let Some(rect) = at.filter(|_| !state.is_done) {
        point_at(ctx, rect);
    }
    let chosen = card(ctx, centre, at, step, state);
    match chosen.or_else(|| keys(ctx)) {
        Some(Choice::Next) if state.step + 1 < STEPS.len() => state.go(state.step + 1),
        Some(Choice::Next | Choice::End) => return true,
        Some(Choice::Back) => state.go(state.step.saturating_sub(1)),
        None => return false,
    }
    ctx.request_repaint();
    false
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    Next,
    Back,
    End,
}

fn keys(ctx: &Context) -> Option<Choice> {
    if ctx.input_mut(|input| input.consume_shortcut(&BACK)) {
        Some(Choice::Back)
    } else {
        ctx.input_mut(|input| input.consume_shortcut(&NEXT)).then_some(Choice::Next)
    }
}

/// An outline around what the step is about, above everything and in nobody's way.
fn point_at(ctx: &Context, rect: Rect) {
    let palette = tokens::window_palette(ctx);
    let layer = eframe::egui::LayerId::new(Order::Foreground, Id::unique("tour-pointer"));
    let stroke = Stroke::new(2.0, palette.accent);
    let rect = rect.expand(2.0).intersect(ctx.content_rect().shrink(1.0));
    ctx.layer_painter(layer).rect_stroke(rect, f32::from(tokens::RADIUS), stroke, StrokeKind::Inside);
}

fn card(ctx: &Context, centre: Rect, at: Option<Rect>, step: &Step, state: &State) -> Option<Choice> {
    let mut chosen = None;
    // A new place for each step, so that the card does not cover what it is about; where it was dragged to, it stays.
    Area::new(Id::unique(("tour", state.step)))
        .order(Order::Foreground)
        .default_pos(place(centre, at))
        .constrain_to(ctx.content_rect())
        .show(ctx, |ui| {
            let palette = tokens::palette(ui);
            Frame::new()
                .fill(palette.raised)
                .stroke(Stroke::new(1.0, palette.accent))
                .corner_radius(f32::from(tokens::RADIUS))
                .shadow(ui.visuals().popup_shadow)
                .inner_margin(Margin::symmetric(14, 12))
                .show(ui, |ui| {
                    ui.set_width(WIDTH);
                    ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
                    chosen = content(ui, step, state);
                });
        });
    chosen
}

/// The corner of the views that is farthest from what the step is about.
fn place(centre: Rect, at: Option<Rect>) -> eframe::egui::Pos2 {
    const HEIGHT: f32 = 220.0;
    let room = Rect::from_min_max(
        centre.min + vec2(16.0, 48.0),
        centre.max - vec2(WIDTH + 28.0 + 16.0, HEIGHT + 16.0),
    );
    let room = if room.is_negative() { Rect::from_min_size(centre.min, vec2(0.0, 0.0)) } else { room };
    let target = at.map_or(centre.left_top(), |at| at.center());
    let corners = [room.left_bottom(), room.right_bottom(), room.right_top(), room.left_top()];
    let farthest = corners.into_iter().max_by(|a, b| {
        let from = |corner: &eframe::egui::Pos2| (*corner + vec2(WIDTH, HEIGHT) / 2.0).distance(target);
        from(a).total_cmp(&from(b))
    });
    farthest.unwrap_or_else(|| room.left_bottom())
}

fn content(ui: &mut Ui, step: &Step, state: &State) -> Option<Choice> {
    let mut chosen = None;
    let place = format!("Tour, step {} of {}", state.step + 1, STEPS.len());
    ui.horizontal(|ui| {
        ui.add(Label::new(quiet(ui, &place).size(tokens::SMALL)).selectable(false));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, Icon::X, "End the tour").clicked() {
                chosen = Some(Choice::End);
            }
        });
    });
    ui.add(Label::new(bold(step.title)).wrap());
    let keys = step.action.map(|action: Action| action.keys_text(ui.ctx())).unwrap_or_default();
    ui.add(Label::new(step.text.replace("KEYS", &keys)).wrap());
    if state.is_done {
        let palette = tokens::palette(ui);
        let done = ui
            .horizontal_top(|ui| {
                ui.add(Label::new(icon_text(Icon::CircleCheck).color(palette.same)).selectable(false));
                ui.add(Label::new(step.then).wrap());
            })
            .response;
        done.widget_info(|| WidgetInfo::labeled(Role::Status, true, format!("Done. {}", step.then)));
    }
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        if state.step > 0 && button(ui, "Back", false).clicked() {
            chosen = Some(Choice::Back);
        }
        let hint = RichText::new("F8 next · Shift+F8 back").size(tokens::SMALL);
        ui.add(Label::new(hint.color(tokens::palette(ui).quiet)).selectable(false));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let is_last = state.step + 1 == STEPS.len();
            let label = match (is_last, state.is_done) {
                (true, _) => "Finish",
                (false, true) => "Next",
                (false, false) => "Skip",
            };
            if button(ui, label, state.is_done).clicked() {
                chosen = Some(Choice::Next);
            }
        });
    });
    chosen
}

fn button(ui: &mut Ui, label: &str, is_main: bool) -> Response {
    let palette = tokens::palette(ui);
    let colour = if is_main { palette.on_accent } else { palette.text };
    let mut button = eframe::egui::Button::new(RichText::new(label).color(colour)).min_size(vec2(64.0, 26.0));
    if is_main {
        button = button.fill(palette.accent);
    }
    let response = ui.add(button);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{label}, tour")));
    response
}
