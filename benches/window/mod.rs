//! The program as the benches drive it: each frame is laid out and tessellated, nothing is shown.

use std::time::Duration;

use ascribe::app::{App, LaunchOptions};
use ascribe::model::Assessment;
use ascribe::ui::views::ViewKind;
use ascribe::ui::{Action, Command};
use eframe::egui::epaint::{ClippedPrimitive, Primitive};
use eframe::egui::{Context, Event, FullOutput, RawInput, Rect, ViewportId, pos2, vec2};
use eframe::{App as _, CreationContext, Frame};

/// How long background work may take before the measuring begins, in steps of a frame each.
const SETTLING: usize = 150;
const STEP: Duration = Duration::from_millis(20);

/// The program without a window around it.
pub struct Window {
    ctx: Context,
    pub app: App,
    frame: Frame,
    frames: u32,
}

impl Window {
    /// The program with this assessment open.
    pub fn open(assessment: Assessment) -> Self {
        let ctx = Context::default();
        // What egui's own test harness uses: a program without a window.
        let creation = CreationContext::_new_kittest(ctx.clone());
        let app =
            App::new(&creation, LaunchOptions { assessment: Some(assessment), ..LaunchOptions::default() });
        Self { ctx, app, frame: Frame::_new_kittest(), frames: 0 }
    }

    /// Shows a view and waits until what is computed for it is there.
    pub fn show(&mut self, kind: ViewKind) {
        self.app.send(Command::Do(Action::Show(kind)));
        for _ in 0..SETTLING {
            self.frame(Vec::new());
            std::thread::sleep(STEP);
        }
    }

    /// Draws one frame; gives back how many triangles it has.
    pub fn frame(&mut self, events: Vec<Event>) -> usize {
        self.frames += 1;
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 800.0))),
            time: Some(f64::from(self.frames) / 60.0),
            focused: true,
            events,
            ..RawInput::default()
        };
        input.viewports.entry(ViewportId::ROOT).or_default().native_pixels_per_point = Some(1.0);
        let Self { ctx, app, frame, .. } = self;
        let FullOutput { shapes, pixels_per_point, .. } = ctx.run_ui(input, |ui| {
            app.logic(ui, frame);
            app.ui(ui, frame);
        });
        let triangles = |primitive: &ClippedPrimitive| match &primitive.primitive {
            Primitive::Mesh(mesh) => mesh.indices.len() / 3,
            Primitive::Callback(_) => 0,
        };
        ctx.tessellate(shapes, pixels_per_point).iter().map(triangles).sum()
    }
}
