//! The user guide says of the program what is so: its keys, its views, its files.

use std::path::Path;

use ascribe::ui::Action;
use ascribe::ui::views::ViewKind;
use eframe::egui::ModifierNames;

fn read(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)).unwrap()
}

#[test]
fn the_guide_lists_all_keys_in_the_order_of_the_menus() {
    let row = |action: &Action| {
        let keys = action.shortcut()?.format(&ModifierNames::NAMES, false);
        Some(format!("| `{keys}` | {} |\n", action.label()))
    };
    let table: String = Action::ALL.iter().filter_map(row).collect();
    assert!(read("guide.md").ends_with(&table), "the table of keys in docs/guide.md should be:\n{table}");
}

#[test]
fn the_guide_names_every_view() {
    let guide = read("guide.md");
    for view in ViewKind::ALL {
        assert!(guide.contains(&format!("| **{}** |", view.label())), "{}", view.label());
    }
}

#[test]
fn links_between_the_pages_lead_somewhere() {
    for page in ["guide.md", "cases.md"] {
        for link in read(page).split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let is_outside = link.starts_with("http://") || link.starts_with("https://");
            let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(link);
            assert!(is_outside || target.exists(), "{page}: {link}");
        }
    }
}
