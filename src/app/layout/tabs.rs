//! How tabs look and what they do.

use std::sync::Arc;

use eframe::egui::accesskit::Role;
use eframe::egui::{
    self, Align2, Button, FontId, Galley, Id, PointerButton, Popup, Rect, Response, Sense, Ui, WidgetInfo,
    WidgetText, pos2, vec2,
};
use egui_tiles::{Container, LinearDir, SimplificationOptions, TabState, Tile, TileId, Tiles, UiResponse};

use super::Pane;
use crate::ui::tokens::{self, Icon, Palette};
use crate::ui::views::{self, ViewKind, ViewStates};
use crate::ui::widgets::{icon_text, named, square};
use crate::ui::{Action, Command, Landmark, ViewContext};

/// A change of the tree that a tab asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Request {
    /// Give the tab a place of its own, beside or below.
    Split(TileId, LinearDir),
    /// Close the tab.
    Close(TileId),
}

/// What the tabs draw from.
pub struct Tabs<'a> {
    /// What the views may see.
    pub cx: &'a ViewContext<'a>,
    /// What the views remember.
    pub states: &'a mut ViewStates,
    /// The colours.
    pub palette: &'static Palette,
    /// The views that have no tab.
    pub missing: Vec<ViewKind>,
    /// The tabs that do not fit as a whole.
    pub crowded: Vec<(TileId, Fit)>,
    /// What a tab asks for.
    pub request: Option<Request>,
}

/// How much of a tab that is not in front there is room for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fit {
    /// Icon, label, and the button that closes it.
    Whole,
    /// Icon and label: it is closed by the middle button of the mouse and from its menu.
    Label,
    /// A word alone, a little smaller: it says more than an icon. The tab in front looks the same, so that no tab moves far when
    /// another one comes to the front.
    Word {
        /// The room at either side, in points.
        padding: f32,
        /// Whether it is the view's short name.
        is_short: bool,
    },
    /// The icon alone, rather than that a tab stands out of sight.
    Icon,
}

/// How wide the names of a view are, in points.
#[derive(Clone, Copy, Debug)]
struct Widths {
    /// Its label, at the size of text.
    label: f32,
    /// Its label, a little smaller.
    word: f32,
    /// Its short name, as small.
    short: f32,
}

/// How much of their tabs fits into the places that they had in the last frame, but for `at_end`, in points; those that are not
/// named fit as a whole.
pub fn crowded(tiles: &Tiles<Pane>, ui: &Ui, at_end: f32) -> Vec<(TileId, Fit)> {
    let width = |text: &str, size: f32| label_galley(ui, text, size, tokens::palette(ui).text).size().x;
    let widths = |child: &TileId| match tiles.get(*child) {
        Some(Tile::Pane(pane)) => Widths {
            label: width(pane.view.label(), tokens::BODY),
            word: width(pane.view.label(), tokens::DENSE),
            short: width(pane.view.short_label(), tokens::DENSE),
        },
        _ => Widths { label: 0.0, word: 0.0, short: 0.0 },
    };
    let mut crowded = Vec::new();
    for (id, tile) in tiles.iter() {
        let (Tile::Container(Container::Tabs(tabs)), Some(rect)) = (tile, tiles.rect(*id)) else { continue };
        let widths: Vec<Widths> = tabs.children.iter().map(widths).collect();
        crowded.extend(tabs.children.iter().copied().zip(fits(&widths, rect.width() - at_end)));
    }
    crowded
}

/// How much of each tab fits into a width: the whole, then without the buttons that close them, then words, then short words,
/// and at last as many of these as fit, and
/// icons for the others.
fn fits(tabs: &[Widths], width: f32) -> Vec<Fit> {
    let count = tabs.len() as f32;
    let room_beside = |name: fn(&Widths) -> f32| width - tabs.iter().map(name).sum::<f32>();
    let all = |fit: Fit| vec![fit; tabs.len()];
    // The tab in front has its closing button always.
    let beside_labels = room_beside(|tab| tab.label);
    if count * ROOM_OF_ALL <= beside_labels {
        return all(Fit::Whole);
    }
    if (count - 1.0) * ROOM_OF_LABEL + ROOM_OF_ALL <= beside_labels {
        return all(Fit::Label);
    }
    // Some labels are of several words, which must not stand as close as the words within them.
    let stages = [
        (room_beside(|tab| tab.word), WORDS_PADDING, false),
        (room_beside(|tab| tab.short), LEAST_PADDING, true),
    ];
    for (beside, least, is_short) in stages {
        let padding = (beside - ROOM_OF_CLOSING) / count / 2.0;
        if padding >= least {
            return all(Fit::Word { padding: padding.min(MOST_PADDING).floor(), is_short });
        }
    }
    // What a word takes more than an icon; the one in front has its word in any case.
    let more = |tab: &Widths| (tab.short + 2.0 * LEAST_PADDING - ICON_TAB).max(0.0);
    let in_front = tabs.iter().map(more).fold(0.0, f32::max);
    let mut left = width - count * ICON_TAB - ROOM_OF_CLOSING - in_front;
    let mut shortest_first: Vec<(f32, usize)> = tabs.iter().map(more).zip(0..).collect();
    shortest_first.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut fits = all(Fit::Icon);
    for (more, place) in shortest_first {
        left -= more;
        if let Some(fit) = fits.get_mut(place).filter(|_| left >= 0.0) {
            *fit = SHORT;
        }
    }
    fits
}

/// The width of a tab that shows its icon alone, and of the button that shows a view, in points.
pub const ICON_TAB: f32 = 40.0;
/// What icon, padding and the button that closes it take of a tab beside its label, in points.
const ROOM_OF_ALL: f32 = 66.0;
/// The same without the button, in points.
const ROOM_OF_LABEL: f32 = 48.0;
/// The room of the button, in points.
const ROOM_OF_CLOSING: f32 = 20.0;
/// The least room at either side of a short word, and of a label that may be of several, and the greatest, in points.
const LEAST_PADDING: f32 = 5.0;
const WORDS_PADDING: f32 = 8.0;
const MOST_PADDING: f32 = 12.0;
/// A short word as narrow as can be.
const SHORT: Fit = Fit::Word { padding: LEAST_PADDING, is_short: true };

fn label_galley(ui: &Ui, label: &str, size: f32, colour: egui::Color32) -> Arc<Galley> {
    ui.painter().layout_no_wrap(label.to_owned(), FontId::proportional(size), colour)
}

impl Tabs<'_> {
    /// How much of a tab is shown.
    fn fit(&self, tile: TileId, state: &TabState) -> Fit {
        let crowded = self.crowded.iter().find(|(id, _)| *id == tile).map(|(_, fit)| *fit);
        match crowded {
            Some(fit) if !state.active || matches!(fit, Fit::Word { .. }) => fit,
            Some(Fit::Icon) => SHORT,
            // One that cannot be closed needs no room for it.
            _ if !state.closable => Fit::Label,
            _ => Fit::Whole,
        }
    }

    fn menu(&mut self, ui: &mut Ui, tile: TileId, is_closable: bool) {
        let quiet = self.palette.quiet;
        let mut entry = |icon: Icon, label: &str, request: Request| {
            let button = Button::new((icon_text(icon).color(quiet), label))
                .frame_when_inactive(false)
                .min_size(vec2(160.0, 24.0));
            if named(ui.add_enabled(is_closable, button), label).clicked() {
                self.request = Some(request);
                ui.close();
            }
        };
        entry(Icon::SquareSplitHorizontal, "Split right", Request::Split(tile, LinearDir::Horizontal));
        entry(Icon::SquareSplitVertical, "Split down", Request::Split(tile, LinearDir::Vertical));
        entry(Icon::X, "Close tab", Request::Close(tile));
    }

    fn close_button(&mut self, ui: &Ui, tab: Rect, id: Id, tile: TileId, name: &str, is_seen: bool) {
        let rect = Rect::from_center_size(pos2(tab.right() - 16.0, tab.center().y), vec2(18.0, 18.0));
        let response = ui.interact(rect, id.with("close"), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Close {name}")));
        let is_lit = response.hovered() || response.has_focus();
        if is_lit {
            ui.painter().rect_filled(rect, f32::from(tokens::RADIUS), self.palette.hovered);
        }
        if is_seen || is_lit {
            let colour = if is_lit { self.palette.text } else { self.palette.quiet };
            let font = FontId::proportional(tokens::SMALL_ICON);
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, char::from(Icon::X), font, colour);
        }
        if response.clicked() {
            self.request = Some(Request::Close(tile));
        }
    }
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
        pane.view.label().into()
    }

    fn tab_ui(
        &mut self,
        tiles: &mut Tiles<Pane>,
        ui: &mut Ui,
        id: Id,
        tile: TileId,
        state: &TabState,
    ) -> Response {
        let view = match tiles.get(tile) {
            Some(Tile::Pane(pane)) => Some(pane.view),
            _ => None,
        };
        let name = self.tab_title_for_tile(tiles, tile).text().to_owned();
        let colour = if state.active { self.palette.text } else { self.palette.quiet };
        let fit = self.fit(tile, state);
        let (size, word) = match fit {
            Fit::Word { is_short: true, .. } => {
                (tokens::DENSE, view.map_or(name.as_str(), |view| view.short_label()))
            }
            Fit::Word { .. } => (tokens::DENSE, name.as_str()),
            Fit::Whole | Fit::Label | Fit::Icon => (tokens::BODY, name.as_str()),
        };
        let galley = label_galley(ui, word, size, colour);
        // One that cannot be closed has no button, and where room is short only the one in front has.
        let has_button = match fit {
            Fit::Whole => true,
            Fit::Word { .. } => state.active && state.closable,
            Fit::Label | Fit::Icon => false,
        };
        let width = match fit {
            Fit::Icon => ICON_TAB,
            Fit::Word { padding, .. } => {
                galley.size().x + 2.0 * padding + if has_button { ROOM_OF_CLOSING } else { 0.0 }
            }
            Fit::Label => ROOM_OF_LABEL + galley.size().x,
            Fit::Whole => ROOM_OF_ALL + galley.size().x,
        };
        let (_, rect) = ui.allocate_space(vec2(width, ui.available_height()));
        let response = ui.interact(rect, id, Sense::click_and_drag());
        if let Some(view) = view {
            Landmark::Tab(view).is_at(ui, rect);
        }
        response
            .widget_info(|| WidgetInfo::selected(Role::Tab, ui.is_enabled(), state.active, name.as_str()));
        if !ui.is_rect_visible(rect) || state.is_being_dragged {
            return response;
        }
        if state.active {
            // Over the hairline under the tabs, so that the tab and its view are one.
            ui.painter().rect_filled(rect.expand2(vec2(0.0, 1.0)), 0.0, self.palette.background);
            let side = egui::Stroke::new(1.0, self.palette.line);
            ui.painter().vline(rect.right(), rect.y_range(), side);
            ui.painter().vline(rect.left(), rect.y_range(), side);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, 0.0, self.palette.hovered);
        }
        if response.has_focus() {
            let stroke = egui::Stroke::new(1.0, self.palette.accent);
            ui.painter().rect_stroke(rect.shrink(1.0), 0.0, stroke, egui::StrokeKind::Inside);
        }
        let middle = rect.center().y;
        if let Some(view) = view.filter(|_| !matches!(fit, Fit::Word { .. })) {
            let icon = char::from(view.icon());
            let at = pos2(rect.left() + 20.0, middle);
            ui.painter().text(at, Align2::CENTER_CENTER, icon, FontId::proportional(tokens::ICON), colour);
        }
        if fit != Fit::Icon {
            let left = if let Fit::Word { padding, .. } = fit { padding } else { 34.0 };
            ui.painter().galley(pos2(rect.left() + left, middle - galley.size().y / 2.0), galley, colour);
        }
        if has_button {
            self.close_button(ui, rect, id, tile, &name, state.active || response.hovered());
        }
        if state.closable && response.clicked_by(PointerButton::Middle) {
            self.request = Some(Request::Close(tile));
        }
        response.context_menu(|ui| self.menu(ui, tile, state.closable));
        match view {
            Some(view) if fit == Fit::Icon || word != name => {
                response.on_hover_text(format!("{name}: {}", view.description()))
            }
            Some(view) => response.on_hover_text(view.description()),
            None => response,
        }
    }

    fn tab_bar_trailing_ui(
        &mut self,
        _tiles: &Tiles<Pane>,
        ui: &mut Ui,
        _tile: TileId,
        _tabs: &egui_tiles::Tabs,
    ) {
        if self.missing.is_empty() {
            return;
        }
        ui.add_space(4.0);
        let plus = square(ui, icon_text(Icon::Plus).color(self.palette.quiet)).on_hover_text("Show a view");
        let plus = named(plus, "Show a view");
        Popup::menu(&plus).show(|ui| {
            for view in &self.missing {
                let button = Button::new((icon_text(view.icon()).color(self.palette.quiet), view.label()))
                    .frame_when_inactive(false)
                    .min_size(vec2(160.0, 24.0));
                if named(ui.add(button), view.label()).clicked() {
                    self.cx.send(Command::Do(Action::Show(*view)));
                    ui.close();
                }
            }
        });
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

    fn tab_bar_hline_stroke(&self, _visuals: &egui::Visuals) -> egui::Stroke {
        egui::Stroke::new(1.0, self.palette.line)
    }

    fn drag_preview_stroke(&self, _visuals: &egui::Visuals) -> egui::Stroke {
        egui::Stroke::new(1.0, self.palette.accent)
    }

    fn drag_preview_color(&self, _visuals: &egui::Visuals) -> egui::Color32 {
        self.palette.selection.gamma_multiply(0.5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As wide as the names of the views are.
    const NAMES: [(f32, f32); 10] = [
        (43.0, 43.0),
        (85.0, 85.0),
        (56.0, 56.0),
        (36.0, 36.0),
        (70.0, 70.0),
        (40.0, 40.0),
        (98.0, 38.0),
        (118.0, 44.0),
        (68.0, 68.0),
        (66.0, 66.0),
    ];

    fn names() -> Vec<Widths> {
        NAMES.map(|(word, short)| Widths { label: word * 13.0 / 12.0, word, short }).to_vec()
    }

    #[test]
    fn each_stage_of_crowding_has_its_width() {
        let check = |width: f32, expect: &str| {
            let kinds: String = fits(&names(), width)
                .iter()
                .map(|fit| match fit {
                    Fit::Whole => 'a',
                    Fit::Label => 'l',
                    Fit::Word { is_short: false, .. } => 'w',
                    Fit::Word { is_short: true, .. } => 's',
                    Fit::Icon => 'i',
                })
                .collect();
            assert_eq!(kinds, expect, "{width}");
        };
        check(1_600.0, "aaaaaaaaaa");
        check(1_300.0, "llllllllll");
        check(900.0, "wwwwwwwwww");
        // The room at 1280 × 800 with both panels.
        check(712.0, "ssssssssss");
        check(600.0, "sississsis");
        check(300.0, "iiiiiiiiii");
    }

    #[test]
    fn tabs_stay_within_their_width_whichever_is_in_front() {
        let names = names();
        for width in (480..1_700).map(|width| width as f32) {
            let fits = fits(&names, width);
            let taken = |place: usize| -> f32 {
                let of = |(number, (tab, fit)): (usize, (&Widths, &Fit))| {
                    let is_front = number == place;
                    let closing = if is_front { ROOM_OF_CLOSING } else { 0.0 };
                    match fit {
                        Fit::Whole => tab.label + ROOM_OF_ALL,
                        Fit::Label if is_front => tab.label + ROOM_OF_ALL,
                        Fit::Label => tab.label + ROOM_OF_LABEL,
                        Fit::Word { padding, is_short } => {
                            closing + 2.0 * padding + if *is_short { tab.short } else { tab.word }
                        }
                        Fit::Icon if is_front => closing + 2.0 * LEAST_PADDING + tab.short,
                        Fit::Icon => ICON_TAB,
                    }
                };
                names.iter().zip(&fits).enumerate().map(of).sum()
            };
            for front in 0..names.len() {
                assert!(taken(front) <= width + 0.1, "{front} in front of {width}: {}", taken(front));
            }
        }
    }
}
