//! What stands where a result is not there yet.

use std::time::Duration;

use eframe::egui::{ProgressBar, Ui};

use super::text::quiet;

/// How far something has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Computing<T = ()> {
    /// Here it is.
    Done(T),
    /// It is on its way: how far, in `[0, 1]`.
    Running(f32),
    /// The user stopped it.
    Stopped,
}

/// Says how far something has come, such as "what the ranking hangs on", or offers to begin again where it was stopped; in a
/// line. Nothing once it is there.
pub fn computing_line<T>(ui: &mut Ui, what: &str, computing: &Computing<T>, begin: impl FnOnce()) {
    let running = format!("Computing {what}…");
    let stopped = format!("Stopped before {what} was computed");
    ui.horizontal(|ui| computing_words(ui, [&running, &stopped, "Compute"], computing, begin));
}

/// The same in other words, as the layout has it: what is being done, that it was stopped, and what the button is called that
/// begins again.
pub fn computing_words<T>(
    ui: &mut Ui,
    [running, stopped, again]: [&str; 3],
    computing: &Computing<T>,
    begin: impl FnOnce(),
) {
    match computing {
        Computing::Done(_) => {}
        Computing::Running(fraction) => {
            ui.label(quiet(ui, running));
            ui.add(ProgressBar::new(*fraction).desired_width(140.0).desired_height(6.0));
            ui.request_repaint_after(Duration::from_millis(100));
        }
        Computing::Stopped => {
            ui.label(quiet(ui, stopped));
            if ui.button(again).clicked() {
                begin();
            }
        }
    }
}
