//! Pictures of the welcome page in both themes. Drivers differ in the last bit of an edge, so that a picture passes where
//! few pixels are off (kittest.toml); `UPDATE_SNAPSHOTS=true cargo test` makes them anew.

use ascribe::app::{App, LaunchOptions};
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;

#[test]
fn the_welcome_page_in_both_themes() {
    let mut window = Harness::builder()
        .with_size([1280.0, 800.0])
        .with_max_steps(20)
        .wgpu()
        .build_eframe(|cc| App::new(cc, LaunchOptions::default()));
    window.run();
    window.snapshot("welcome_dark");
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::T);
    window.run();
    window.snapshot("welcome_light");
}
