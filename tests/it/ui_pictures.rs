//! Pictures of whole windows in both themes: the welcome page, and a worked case in the two views that matter most. Drivers differ
//! in the last bit of an edge, so that a picture passes where few pixels are off (kittest.toml);
//! `UPDATE_SNAPSHOTS=true cargo test` makes them anew.

use ascribe::app::{App, LaunchOptions};
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::ui_shell::case;

fn window(options: LaunchOptions) -> Harness<'static, App> {
    let mut window = Harness::builder()
        .with_size([1280.0, 800.0])
        .with_max_steps(20)
        // The worked cases have Chinese names, which no system is sure to have a font for; none is on these pictures.
        .allow_missing_glyphs()
        .wgpu()
        .build_eframe(|cc| App::new(cc, options));
    window.run();
    window
}

fn press(window: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run();
}

/// Waits until what is found in the background is there, so that the picture does not depend on how fast that is.
fn settle(window: &mut Harness<'_, App>) {
    for _ in 0..500 {
        if window.query_all_by_label_contains("Being found").next().is_none() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
        window.run();
    }
    panic!("the most influential claim was not found");
}

#[test]
fn the_welcome_page_in_both_themes() {
    let mut window = window(LaunchOptions::default());
    window.snapshot("welcome_dark");
    press(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::T);
    window.snapshot("welcome_light");
}

#[test]
fn a_worked_case_in_both_themes() {
    let assessment = Some(case("turbine-panda-c919.ron"));
    let mut window = window(LaunchOptions { assessment, ..LaunchOptions::default() });
    for theme in ["dark", "light"] {
        for (view, key) in [("claims", Key::Num1), ("disagreement", Key::Num2)] {
            press(&mut window, Modifiers::COMMAND, key);
            settle(&mut window);
            window.snapshot(format!("case_{view}_{theme}"));
        }
        press(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::T);
    }
}
