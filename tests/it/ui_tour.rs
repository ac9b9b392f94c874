//! The guided tour, taken by keys and clicks, and the template.

use ascribe::app::{App, LaunchOptions};
use ascribe::model::Kind;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable};

use super::ui_files::is_shown;
use super::ui_shell::{click, press, window};

const CTRL: Modifiers = Modifiers::COMMAND;

fn with_tour() -> Harness<'static, App> {
    let mut window = window(LaunchOptions::default());
    click(&mut window, "Two-minute tour of a case");
    assert!(is_shown(&window, "Tour, step 1 of 8"));
    window
}

fn next(window: &mut Harness<'_, App>) {
    press(window, Modifiers::NONE, Key::F8);
}

#[test]
fn steps_are_done_by_doing_them() {
    let mut window = with_tour();
    assert!(!window.state().is_welcome(), "it is taken on a real case");
    let is_done = |window: &Harness<'_, App>| is_shown(window, "Done. ");
    assert!(!is_done(&window));
    window.get_by_role_and_label(Role::TreeItem, "Breach of Anthem").click();
    window.run();
    assert!(is_done(&window));

    next(&mut window);
    assert!(!is_done(&window));
    press(&mut window, CTRL, Key::Num2);
    assert!(is_done(&window));

    next(&mut window);
    // Beside navigator and inspector the two charts take turns.
    click(&mut window, "One against another");
    let cell = window
        .query_all_by_role(Role::GridCell)
        .filter(|cell| cell.accesskit_node().label().is_some_and(|label| label.ends_with(": contradicts")))
        // The card of the tour may stand over those at the right.
        .min_by(|a, b| a.rect().left().total_cmp(&b.rect().left()));
    cell.expect("a pair that contradicts each other").click();
    window.run();
    assert!(is_done(&window));

    next(&mut window);
    click(&mut window, "Close the comparison");
    window.get_by_label_contains("Links between these actors:").click();
    window.run();
    let link = window
        .query_all_by_role(Role::CheckBox)
        .find(|link| link.accesskit_node().label().is_some_and(|label| label.starts_with("Accept: ")));
    link.expect("a link with a switch").click();
    // What the link changes is computed in the background.
    window.run_ok();
    assert!(is_done(&window));

    next(&mut window);
    press(&mut window, CTRL, Key::Z);
    assert!(is_done(&window));
    assert!(!window.state().document().is_changed());

    next(&mut window);
    assert!(is_shown(&window, "Record a claim"));
    assert!(!is_done(&window));
}

#[test]
fn it_goes_back_and_forth_and_ends() {
    let mut window = with_tour();
    next(&mut window);
    assert!(is_shown(&window, "Tour, step 2 of 8"));
    press(&mut window, Modifiers::SHIFT, Key::F8);
    assert!(is_shown(&window, "Tour, step 1 of 8"));
    for _ in 0..8 {
        next(&mut window);
    }
    assert!(!is_shown(&window, "Tour, step"), "after the last step it is over");
    assert!(!window.state().document().is_changed(), "who only reads changes nothing");

    let mut window = with_tour();
    click(&mut window, "End the tour");
    assert!(!is_shown(&window, "Tour, step"));
    let mut window = with_tour();
    press(&mut window, CTRL, Key::W);
    assert!(window.state().is_welcome() && !is_shown(&window, "Tour, step"));
}

#[test]
fn it_does_not_stand_in_the_way() {
    let mut window = with_tour();
    press(&mut window, CTRL, Key::K);
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, CTRL, Key::Num4);
    assert!(is_shown(&window, "Tour, step 1 of 8"));
    window.run_steps(300);
    assert_eq!(window.run(), 1, "a tour at rest draws nothing");
}

#[test]
fn the_template_asks_for_the_name_of_its_incident() {
    let mut window = window(LaunchOptions::default());
    click(&mut window, "From a template: competing claims");
    let document = window.state().document();
    assert!(!document.is_changed(), "a frame has nothing to lose");
    let assessment = document.assessment();
    assert_eq!(assessment.count(Kind::Claim) + assessment.count(Kind::Evidence), 0, "it has no facts");
    assert!(assessment.count(Kind::Hypothesis) >= 4 && assessment.count(Kind::Assumption) >= 3);
    press(&mut window, CTRL, Key::A);
    super::ui_shell::type_text(&mut window, "Breach of a ministry");
    let names: Vec<_> =
        window.state().document().assessment().incidents.iter().map(|it| it.name.clone()).collect();
    assert_eq!(names, ["Breach of a ministry"]);
}
