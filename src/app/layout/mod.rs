//! The tabs and tiles of the centre.

mod tabs;

use std::cmp::Ordering;

use eframe::egui::{self, Pos2, Ui};
use egui_tiles::{Container, LinearDir, Tile, TileId, Tree};
use serde::{Deserialize, Serialize};

use crate::ui::ViewContext;
use crate::ui::tokens;
use crate::ui::views::{ViewKind, ViewStates};
use tabs::{Request, Tabs};

const KEY: &str = "ascribe-layout";
const CLAIMS_KEY: &str = "ascribe-claims-table";

/// One tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pane {
    /// Which view it shows.
    pub view: ViewKind,
}

/// The tabs and tiles, and what the views in them remember.
pub struct Layout {
    tree: Tree<Pane>,
    /// The user's own tabs while others stand in their place.
    set_aside: Option<Tree<Pane>>,
    /// What the views remember.
    pub states: ViewStates,
}

impl Layout {
    /// The layout that was remembered, else the usual one: also where what was remembered is of another version of the program.
    pub fn load(storage: Option<&dyn eframe::Storage>) -> Self {
        let tree = storage
            .and_then(|storage| storage.get_string(KEY))
            .and_then(|text| ron::from_str::<Tree<Pane>>(&text).ok())
            .filter(has_each_view_once)
            .unwrap_or_else(usual_tree);
        let mut states = ViewStates::default();
        let claims = storage
            .and_then(|storage| storage.get_string(CLAIMS_KEY))
            .and_then(|text| ron::from_str(&text).ok());
        states.claims.restore(claims.unwrap_or_default());
        Self { tree, set_aside: None, states }
    }

    /// Remembers it.
    pub fn save(&self, storage: &mut dyn eframe::Storage) {
        match ron::to_string(self.set_aside.as_ref().unwrap_or(&self.tree)) {
            Ok(text) => storage.set_string(KEY, text),
            Err(error) => log::warn!("the layout cannot be remembered: {error}"),
        }
        match ron::to_string(&self.states.claims.remembered()) {
            Ok(text) => storage.set_string(CLAIMS_KEY, text),
            Err(error) => log::warn!("the table of claims cannot be remembered: {error}"),
        }
    }

    /// Puts everything back.
    pub fn reset(&mut self) {
        self.tree = usual_tree();
    }

    /// Puts the usual tabs in the place of the user's for a while.
    pub fn set_aside(&mut self) {
        let own = std::mem::replace(&mut self.tree, usual_tree());
        self.set_aside.get_or_insert(own);
    }

    /// Puts the user's tabs back where they were set aside.
    pub fn take_back(&mut self) {
        if let Some(own) = self.set_aside.take() {
            self.tree = own;
        }
    }

    /// Brings a view to the front; makes a tab for it where it has none.
    pub fn show_view(&mut self, view: ViewKind) {
        if self.tree.make_active(|_, tile| matches!(tile, Tile::Pane(pane) if pane.view == view)) {
            return;
        }
        match self.first_tabs() {
            Some(tabs) => {
                let tile = self.tree.tiles.insert_pane(Pane { view });
                self.tree.move_tile_to_container(tile, tabs, usize::MAX, true);
                self.tree.make_active(|id, _| id == tile);
            }
            None => self.reset(),
        }
    }

    /// The view that is in front, the leftmost one where several are seen.
    pub fn front_view(&self) -> Option<ViewKind> {
        self.front_pane().map(|(_, view)| view)
    }

    fn front_pane(&self) -> Option<(TileId, ViewKind)> {
        let panes = self.tree.active_tiles().into_iter().filter_map(|id| match self.tree.tiles.get(id) {
            Some(Tile::Pane(pane)) => Some((id, pane.view)),
            _ => None,
        });
        panes.min_by(|(a, _), (b, _)| self.compare_places(*a, *b))
    }

    /// Gives the view in front a place of its own, to the left of those that shared its tabs.
    pub fn split(&mut self) {
        if let Some((front, _)) = self.front_pane() {
            self.split_off(front, LinearDir::Horizontal, true);
        }
    }

    /// Takes a tab out of its tabs and puts it beside or below them.
    fn split_off(&mut self, pane: TileId, direction: LinearDir, goes_first: bool) {
        let tiles = &mut self.tree.tiles;
        let Some(tabs) = tiles.parent_of(pane) else { return };
        let Some(Tile::Container(container)) = tiles.get_mut(tabs) else { return };
        // A tab alone has its own place already.
        if container.num_children() < 2 {
            return;
        }
        container.remove_child(pane);
        let above = tiles.parent_of(tabs);
        let own = tiles.insert_tab_tile(vec![pane]);
        let children = if goes_first { vec![own, tabs] } else { vec![tabs, own] };
        let both = match direction {
            LinearDir::Horizontal => tiles.insert_horizontal_tile(children),
            LinearDir::Vertical => tiles.insert_vertical_tile(children),
        };
        match above.and_then(|above| tiles.get_mut(above)) {
            Some(Tile::Container(above)) => {
                let _place = above.replace_child(tabs, both);
            }
            _ => self.tree.root = Some(both),
        }
    }

    fn first_tabs(&self) -> Option<TileId> {
        let is_tabs =
            |id: &TileId| matches!(self.tree.tiles.get(*id), Some(Tile::Container(Container::Tabs(_))));
        let tabs = self.tree.tiles.tile_ids().filter(is_tabs);
        tabs.min_by(|a, b| self.compare_places(*a, *b))
    }

    /// From left to right, then from top to bottom; what was never drawn comes last. The tree gives its tiles in no order,
    /// so that none may be left undecided.
    fn compare_places(&self, a: TileId, b: TileId) -> Ordering {
        let place =
            |tile| self.tree.tiles.rect(tile).map_or(Pos2::new(f32::INFINITY, f32::INFINITY), |it| it.min);
        let (left, right) = (place(a), place(b));
        left.x.total_cmp(&right.x).then(left.y.total_cmp(&right.y)).then(a.0.cmp(&b.0))
    }

    /// Draws the tabs and the views in them.
    pub fn show(&mut self, ui: &mut Ui, cx: &ViewContext<'_>) {
        let shown = views_of(&self.tree);
        let missing: Vec<ViewKind> =
            ViewKind::ALL.iter().copied().filter(|view| !shown.contains(view)).collect();
        let palette = tokens::palette(ui);
        let crowded =
            tabs::crowded(&self.tree.tiles, ui, if missing.is_empty() { 0.0 } else { tabs::ICON_TAB });
        let mut tabs = Tabs { cx, states: &mut self.states, palette, missing, crowded, request: None };
        self.tree.ui(&mut tabs, ui);
        // The tabs cannot change the tree while it is drawn.
        match tabs.request {
            Some(Request::Split(pane, direction)) => self.split_off(pane, direction, false),
            Some(Request::Close(pane)) => {
                self.tree.remove_recursively(pane);
            }
            None => {}
        }
    }
}

fn usual_tree() -> Tree<Pane> {
    let panes = ViewKind::ALL.iter().map(|view| Pane { view: *view }).collect();
    Tree::new_tabs(egui::Id::unique("views"), panes)
}

fn views_of(tree: &Tree<Pane>) -> Vec<ViewKind> {
    let view = |tile: &Tile<Pane>| match tile {
        Tile::Pane(pane) => Some(pane.view),
        Tile::Container(_) => None,
    };
    tree.tiles.tiles().filter_map(view).collect()
}

/// Whether a tree has at least one view, and none of them twice: the views remember by their kind.
fn has_each_view_once(tree: &Tree<Pane>) -> bool {
    let mut views = views_of(tree);
    let count = views.len();
    views.sort_unstable();
    views.dedup();
    count > 0 && views.len() == count && tree.root().is_some_and(|root| tree.tiles.get(root).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Memory(std::collections::HashMap<String, String>);

    impl eframe::Storage for Memory {
        fn get_string(&self, key: &str) -> Option<String> {
            self.0.get(key).cloned()
        }

        fn set_string(&mut self, key: &str, value: String) {
            self.0.insert(key.to_owned(), value);
        }

        fn remove_string(&mut self, key: &str) {
            self.0.remove(key);
        }

        fn flush(&mut self) {}
    }

    #[test]
    fn a_layout_comes_back_as_it_was() {
        let mut storage = Memory(Default::default());
        let mut layout = Layout::load(None);
        layout.split();
        layout.save(&mut storage);
        let again = Layout::load(Some(&storage));
        assert_eq!(again.tree, layout.tree);
        assert_ne!(again.tree, usual_tree());
    }

    #[test]
    fn what_another_version_remembered_is_passed_over() {
        for text in ["", "()", "(id:1,root:None,tiles:())", "nonsense", "(root:Some((1)),tiles:{})"] {
            let storage = Memory([(KEY.to_owned(), text.to_owned())].into());
            assert_eq!(views_of(&Layout::load(Some(&storage)).tree).len(), ViewKind::ALL.len(), "{text}");
        }
    }

    #[test]
    fn tabs_that_were_set_aside_come_back_and_are_the_ones_remembered() {
        let mut storage = Memory(Default::default());
        let mut layout = Layout::load(None);
        layout.split();
        let own = layout.tree.clone();
        layout.set_aside();
        layout.set_aside();
        assert_eq!(layout.tree, usual_tree());
        layout.save(&mut storage);
        assert_eq!(Layout::load(Some(&storage)).tree, own);
        layout.take_back();
        assert_eq!(layout.tree, own);
        layout.take_back();
        assert_eq!(layout.tree, own);
    }

    #[test]
    fn which_view_is_in_front_is_no_matter_of_chance() {
        let mut layout = Layout::load(None);
        layout.split();
        // Nothing was drawn yet: all stand at the same place.
        let front = layout.front_view();
        for _ in 0..20 {
            let mut storage = Memory(Default::default());
            layout.save(&mut storage);
            assert_eq!(Layout::load(Some(&storage)).front_view(), front);
        }
    }

    #[test]
    fn splitting_keeps_every_view_once() {
        let mut layout = Layout::load(None);
        for direction in [LinearDir::Horizontal, LinearDir::Vertical, LinearDir::Horizontal] {
            let panes: Vec<TileId> = layout.tree.tiles.tile_ids().collect();
            for pane in panes {
                if matches!(layout.tree.tiles.get(pane), Some(Tile::Pane(_))) {
                    layout.split_off(pane, direction, false);
                }
            }
            assert!(has_each_view_once(&layout.tree));
            assert_eq!(views_of(&layout.tree).len(), ViewKind::ALL.len());
        }
    }
}
