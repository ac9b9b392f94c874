//! What a frame of each view costs the processor: layout, drawing commands and tessellation, without the graphics card.
//! Nothing happens in the measured frames, as when the pointer rests: they must not cost more in a larger file.
//!
//! The sizes take turns, some frames each, and are compared within a round. A machine that changes its speed now and then
//! changes it for all of them, where sizes measured one after the other would seem to differ by as much.
//!
//! `cargo bench --bench frames [-- the name of a view]`, and a table in Markdown is written.

mod window;

use std::time::Instant;

use ascribe::sample::generate;
use ascribe::ui::views::ViewKind;
use window::Window;

const CLAIMS: [usize; 3] = [100, 10_000, 100_000];
const ROUNDS: usize = 100;
/// After another window's turn its data is in the caches: the first frames of a turn are not counted.
const WARMING: usize = 3;
const COUNTED: usize = 5;

#[expect(clippy::print_stdout, reason = "the table is what this program is for")]
fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    let mut windows = CLAIMS.map(|claims| Window::open(generate(claims, 1)));
    println!(
        "| view | 100 claims, µs | 10,000 | 100,000 | 10,000 to 100 | 100,000 to 100 | triangles drawn |"
    );
    println!("|---|---:|---:|---:|---:|---:|---|");
    for &kind in ViewKind::ALL {
        let name = format!("{kind:?}").to_lowercase();
        if wanted.is_empty() || wanted.contains(&name) {
            println!("| {name} {}", row(&mut windows, kind));
        }
    }
}

/// The medians of a view at each size, of the quotients of a round, and what is drawn.
fn row(windows: &mut [Window; 3], kind: ViewKind) -> String {
    for window in windows.iter_mut() {
        window.show(kind);
    }
    let rounds: Vec<[f64; 3]> = (0..ROUNDS).map(|_| windows.each_mut().map(turn)).collect();
    let over_rounds = |value: fn(&[f64; 3]) -> f64| median(rounds.iter().map(value));
    let [small, middle, large] =
        [over_rounds(|[it, ..]| *it), over_rounds(|[_, it, _]| *it), over_rounds(|[.., it]| *it)];
    let middle_to_small = over_rounds(|[small, middle, _]| middle / small);
    let large_to_small = over_rounds(|[small, _, large]| large / small);
    let triangles = windows.each_mut().map(|it| it.frame(Vec::new()).to_string()).join(" / ");
    format!(
        "| {small:.0} | {middle:.0} | {large:.0} | {middle_to_small:.2} | {large_to_small:.2} | {triangles} |"
    )
}

/// The median of some frames, in microseconds.
fn turn(window: &mut Window) -> f64 {
    for _ in 0..WARMING {
        window.frame(Vec::new());
    }
    median((0..COUNTED).map(|_| {
        let start = Instant::now();
        std::hint::black_box(window.frame(Vec::new()));
        start.elapsed().as_secs_f64() * 1e6
    }))
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
