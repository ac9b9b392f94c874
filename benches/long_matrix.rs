//! What a frame of the matrix costs the processor with 500 pieces of evidence and 12 hypotheses that 20 analysts have rated.
//!
//! `cargo bench --bench long_matrix`

mod window;

use ascribe::sample::{MatrixSize, generate_with};
use ascribe::ui::Command;
use ascribe::ui::views::ViewKind;
use divan::Bencher;
use eframe::egui::{
    Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, TouchPhase, pos2, vec2,
};
use window::Window;

/// A cell of the matrix.
const MIDDLE: Pos2 = pos2(700.0, 450.0);

fn main() {
    divan::main();
}

/// Nothing happens.
#[divan::bench]
fn at_rest(bencher: Bencher) {
    let mut window = matrix_window();
    bencher.bench_local(|| window.frame(Vec::new()));
}

/// Scrolled by three rows in each frame.
#[divan::bench]
fn scrolled(bencher: Bencher) {
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

/// In each frame a cell is rated: the change, its undo step, and the scores that follow.
#[divan::bench]
fn rated(bencher: Bencher) {
    let mut window = matrix_window();
    click(&mut window, MIDDLE);
    let mut keys = [Key::Num4, Key::Num2].into_iter().cycle();
    bencher.bench_local(|| keys.next().map(|key| window.frame(pressed(key))));
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
    window.show(ViewKind::Matrix);
    window
}

fn click(window: &mut Window, pos: Pos2) {
    let button = |pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    for event in [Event::PointerMoved(pos), button(true), button(false)] {
        window.frame(vec![event]);
    }
    window.frame(Vec::new());
}

fn pressed(key: Key) -> Vec<Event> {
    let event =
        |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE };
    vec![event(true), event(false)]
}
