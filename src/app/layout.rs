//! The tabs and tiles of the centre.

use eframe::egui::{self, Ui, WidgetText};
use egui_tiles::{SimplificationOptions, Tile, TileId, Tiles, Tree, UiResponse};
use serde::{Deserialize, Serialize};

use crate::ui::ViewContext;
use crate::ui::tokens::{self, palette::Palette};
use crate::ui::views::{self, ViewKind, ViewStates};

const KEY: &str = "ascribe-layout";

/// One tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pane {
    /// Which view it shows.
    pub view: ViewKind,
}

/// The tabs and tiles, and what the views in them remember.
pub struct Layout {
    tree: Tree<Pane>,
    /// What the views remember.
    pub states: ViewStates,
}

impl Layout {
    /// The layout that was remembered, else the usual one.
    pub fn load(storage: Option<&dyn eframe::Storage>) -> Self {
        let tree = storage
            .and_then(|storage| eframe::get_value::<Tree<Pane>>(storage, KEY))
            .filter(|tree| !tree.is_empty())
            .unwrap_or_else(usual_tree);
        Self { tree, states: ViewStates::default() }
    }

    /// Remembers it.
    pub fn save(&self, storage: &mut dyn eframe::Storage) {
        eframe::set_value(storage, KEY, &self.tree);
    }

    /// Puts everything back.
    pub fn reset(&mut self) {
        self.tree = usual_tree();
    }

    /// Brings a view to the front; makes a tab for it where it has none.
    pub fn show_view(&mut self, view: ViewKind) {
        let is_it = |tile: &Tile<Pane>| matches!(tile, Tile::Pane(pane) if pane.view == view);
        if self.tree.make_active(|_, tile| is_it(tile)) {
            return;
        }
        let tile = self.tree.tiles.insert_pane(Pane { view });
        match self.tree.root() {
            Some(root) => {
                let target = self.first_tabs().unwrap_or(root);
                self.tree.move_tile_to_container(tile, target, usize::MAX, true);
                self.tree.make_active(|id, _| id == tile);
            }
            None => self.tree = usual_tree(),
        }
    }

    /// The view that is in front, the leftmost one where several are seen.
    pub fn front_view(&self) -> Option<ViewKind> {
        let panes = self.tree.active_tiles().into_iter().filter_map(|id| match self.tree.tiles.get(id) {
            Some(Tile::Pane(pane)) => Some((id, pane.view)),
            _ => None,
        });
        panes.min_by(|(a, _), (b, _)| self.left_edge(*a).total_cmp(&self.left_edge(*b))).map(|(_, view)| view)
    }

    /// Shows the view in front and the next one side by side.
    pub fn split(&mut self) {
        let Some(front) = self.front_view() else { return self.reset() };
        let others = ViewKind::ALL.iter().copied().filter(|view| *view != front);
        let tree = &mut self.tree;
        let left = tree.tiles.insert_pane(Pane { view: front });
        let left = tree.tiles.insert_tab_tile(vec![left]);
        let right = others.map(|view| tree.tiles.insert_pane(Pane { view })).collect();
        let right = tree.tiles.insert_tab_tile(right);
        let root = tree.tiles.insert_horizontal_tile(vec![left, right]);
        if let Some(old) = tree.root.replace(root) {
            tree.remove_recursively(old);
        }
    }

    fn first_tabs(&self) -> Option<TileId> {
        let is_tabs = |id: &TileId| {
            matches!(self.tree.tiles.get(*id), Some(Tile::Container(egui_tiles::Container::Tabs(_))))
        };
        let tabs = self.tree.tiles.tile_ids().filter(is_tabs);
        tabs.min_by(|a, b| self.left_edge(*a).total_cmp(&self.left_edge(*b)))
    }

    fn left_edge(&self, tile: TileId) -> f32 {
        self.tree.tiles.rect(tile).map_or(f32::INFINITY, |rect| rect.left())
    }

    /// Draws the tabs and the views in them.
    pub fn show(&mut self, ui: &mut Ui, cx: &ViewContext<'_>) {
        let palette = tokens::palette(ui);
        self.tree.ui(&mut Tabs { cx, states: &mut self.states, palette }, ui);
    }
}

fn usual_tree() -> Tree<Pane> {
    let panes = ViewKind::ALL.iter().map(|view| Pane { view: *view }).collect();
    Tree::new_tabs(egui::Id::unique("views"), panes)
}

/// How the tabs look and what they show.
struct Tabs<'a> {
    cx: &'a ViewContext<'a>,
    states: &'a mut ViewStates,
    palette: &'static Palette,
}

impl egui_tiles::Behavior<Pane> for Tabs<'_> {
    fn pane_ui(&mut self, ui: &mut Ui, _tile: TileId, pane: &mut Pane) -> UiResponse {
        egui::Frame::new().fill(self.palette.background).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            views::show(pane.view, ui, self.cx, self.states);
        });
        UiResponse::None
    }

    fn tab_title_for_pane(&mut self, pane: &Pane) -> WidgetText {
        format!("{}  {}", char::from(pane.view.icon()), pane.view.label()).into()
    }

    fn is_tab_closable(&self, tiles: &Tiles<Pane>, _tile: TileId) -> bool {
        // The last tab stays: an empty centre would only ask how to get one back.
        tiles.tiles().filter(|tile| matches!(tile, Tile::Pane(_))).count() > 1
    }

    fn simplification_options(&self) -> SimplificationOptions {
        SimplificationOptions { all_panes_must_have_tabs: true, ..Default::default() }
    }

    fn tab_bar_height(&self, _style: &egui::Style) -> f32 {
        30.0
    }

    fn gap_width(&self, _style: &egui::Style) -> f32 {
        1.0
    }

    fn tab_bar_color(&self, _visuals: &egui::Visuals) -> egui::Color32 {
        self.palette.panel
    }

    fn tab_bg_color(
        &self,
        _visuals: &egui::Visuals,
        _tiles: &Tiles<Pane>,
        _tile: TileId,
        state: &egui_tiles::TabState,
    ) -> egui::Color32 {
        if state.active { self.palette.background } else { self.palette.panel }
    }

    fn tab_outline_stroke(
        &self,
        _visuals: &egui::Visuals,
        _tiles: &Tiles<Pane>,
        _tile: TileId,
        state: &egui_tiles::TabState,
    ) -> egui::Stroke {
        if state.active { egui::Stroke::new(1.0, self.palette.line) } else { egui::Stroke::NONE }
    }

    fn tab_bar_hline_stroke(&self, _visuals: &egui::Visuals) -> egui::Stroke {
        egui::Stroke::new(1.0, self.palette.line)
    }

    fn tab_text_color(
        &self,
        _visuals: &egui::Visuals,
        _tiles: &Tiles<Pane>,
        _tile: TileId,
        state: &egui_tiles::TabState,
    ) -> egui::Color32 {
        if state.active { self.palette.text } else { self.palette.quiet }
    }
}
