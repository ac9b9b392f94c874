//! What a frame of each view costs the processor: layout, drawing commands and tessellation, without the graphics card.
//! Nothing happens in the measured frames, as when the pointer rests: they must not cost more in a larger file.
//!
//! `cargo bench --bench frames`

use std::time::Duration;

use ascribe::app::{App, LaunchOptions};
use ascribe::model::Assessment;
use ascribe::sample::{MatrixSize, generate, generate_with};
use ascribe::ui::views::ViewKind;
use ascribe::ui::{Action, Command};
use divan::Bencher;
use eframe::egui::{
    Context, Event, FullOutput, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2,
    RawInput, Rect, TouchPhase, ViewportId, pos2, vec2,
};
use eframe::{App as _, CreationContext, Frame};

const CLAIMS: [usize; 3] = [100, 10_000, 100_000];
/// How long background work may take before the measuring begins, in steps of a frame each.
const SETTLING: usize = 150;
const STEP: Duration = Duration::from_millis(20);
/// A cell of the matrix.
const MIDDLE: Pos2 = pos2(700.0, 450.0);

fn main() {
    divan::main();
}

#[divan::bench(args = CLAIMS)]
fn claims(bencher: Bencher, claims: usize) {
    view(bencher, claims, ViewKind::Claims);
}

#[divan::bench(args = CLAIMS)]
fn disagreement(bencher: Bencher, claims: usize) {
    view(bencher, claims, ViewKind::Disagreement);
}

#[divan::bench(args = CLAIMS)]
fn timeline(bencher: Bencher, claims: usize) {
    view(bencher, claims, ViewKind::Timeline);
}

#[divan::bench(args = CLAIMS)]
fn belief(bencher: Bencher, claims: usize) {
    view(bencher, claims, ViewKind::Belief);
}

#[divan::bench(args = CLAIMS)]
fn provenance(bencher: Bencher, claims: usize) {
    view(bencher, claims, ViewKind::Provenance);
}

#[divan::bench(args = CLAIMS)]
fn actors(bencher: Bencher, claims: usize) {
    view(bencher, claims, ViewKind::Actors);
}

#[divan::bench(args = CLAIMS)]
fn matrix(bencher: Bencher, claims: usize) {
    view(bencher, claims, ViewKind::Matrix);
}

/// A matrix of 500 pieces of evidence and 12 hypotheses that 20 analysts have rated, at rest.
#[divan::bench]
fn long_matrix(bencher: Bencher) {
    let mut window = matrix_window();
    bencher.bench_local(|| window.frame(Vec::new()));
}

/// The same, scrolled by three rows in each frame.
#[divan::bench]
fn long_matrix_scrolled(bencher: Bencher) {
    let mut window = matrix_window();
    window.frame(vec![Event::PointerMoved(MIDDLE)]);
    let mut frames = 0_u32;
    bencher.bench_local(|| {
        frames += 1;
        // Down to the end and up again.
        let direction = if (frames / 100).is_multiple_of(2) { -1.0 } else { 1.0 };
        window.frame(vec![Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, direction * 72.0),
            phase: TouchPhase::Move,
            source: MouseWheelSource::Trackpad,
            modifiers: Modifiers::NONE,
        }])
    });
}

/// The same, and in each frame a cell is rated: the change, its undo step, and the scores that follow.
#[divan::bench]
fn long_matrix_rated(bencher: Bencher) {
    let mut window = matrix_window();
    window.click(MIDDLE);
    let mut keys = [Key::Num4, Key::Num2].into_iter().cycle();
    bencher.bench_local(|| keys.next().map(|key| window.press_with(key, Modifiers::NONE)));
}

fn matrix_window() -> Window {
    let size = MatrixSize { items: 500, hypotheses: 12, analysts: 20 };
    let assessment = generate_with(20, 1, Some(size));
    let long = assessment
        .incidents
        .iter()
        .max_by_key(|it| assessment.evidence.iter().filter(|evidence| evidence.incident == it.id).count());
    let incident = long.map(|it| it.id);
    let mut window = Window::open(assessment);
    window.app.send(Command::ShowIncident(incident));
    window.app.send(Command::Do(Action::Show(ViewKind::Matrix)));
    for _ in 0..SETTLING {
        window.frame(Vec::new());
        std::thread::sleep(STEP);
    }
    window
}

#[divan::bench(args = CLAIMS)]
fn sensitivity(bencher: Bencher, claims: usize) {
    view(bencher, claims, ViewKind::Sensitivity);
}

#[divan::bench(args = CLAIMS)]
fn odds(bencher: Bencher, claims: usize) {
    view(bencher, claims, ViewKind::Odds);
}

#[divan::bench(args = CLAIMS)]
fn judgement(bencher: Bencher, claims: usize) {
    view(bencher, claims, ViewKind::Judgement);
}

fn view(bencher: Bencher, claims: usize, kind: ViewKind) {
    let mut window = Window::open(generate(claims, 1));
    window.app.send(Command::Do(Action::Show(kind)));
    for _ in 0..SETTLING {
        window.frame(Vec::new());
        std::thread::sleep(STEP);
    }
    bencher.bench_local(|| window.frame(Vec::new()));
}

/// The program without a window around it.
struct Window {
    ctx: Context,
    app: App,
    frame: Frame,
    frames: u32,
}

impl Window {
    fn open(assessment: Assessment) -> Self {
        let ctx = Context::default();
        // What egui's own test harness uses: a program without a window.
        let creation = CreationContext::_new_kittest(ctx.clone());
        let app =
            App::new(&creation, LaunchOptions { assessment: Some(assessment), ..LaunchOptions::default() });
        Self { ctx, app, frame: Frame::_new_kittest(), frames: 0 }
    }

    /// Draws a frame in which a key is pressed; gives back how many triangles it has.
    fn press_with(&mut self, key: Key, modifiers: Modifiers) -> usize {
        let press = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        self.frame(vec![press(true), press(false)])
    }

    fn click(&mut self, pos: Pos2) {
        let button = |pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        for event in [Event::PointerMoved(pos), button(true), button(false)] {
            self.frame(vec![event]);
        }
        self.frame(Vec::new());
    }

    /// Draws one frame; gives back how many triangles it has.
    fn frame(&mut self, events: Vec<Event>) -> usize {
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
        ctx.tessellate(shapes, pixels_per_point).len()
    }
}
