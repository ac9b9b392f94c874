//! A place off the screen where charts are drawn with the program's own fonts and styles, and without a graphics card.

use std::sync::Arc;

use eframe::egui::epaint::{ClippedPrimitive, ClippedShape};
use eframe::egui::{Context, FullOutput, Id, Pos2, RawInput, Rect, TextureId, Theme, Ui, Vec2, ViewportInfo};
use egui_system_font_provider::SystemFontProvider;

use super::raster::Letters;
use crate::ui::tokens;

/// The greatest side of the picture that holds all letters in use, in pixels.
const LETTERS_SIDE: usize = 8192;
/// The first time a layout is drawn some widgets only find out how large they are.
const PASSES: usize = 2;

/// Whether what is drawn becomes a figure: then what only helps the pointer, such as the dots under a number that can be
/// clicked, is left out.
pub fn is_figure(ui: &Ui) -> bool {
    ui.ctx().data(|data| data.get_temp(Id::NULL)).is_some_and(|FigureMark| true)
}

/// Marks the context of a figure.
#[derive(Clone, Copy)]
struct FigureMark;

/// A window that nobody sees.
pub struct Stage {
    ctx: Context,
    pixels_per_point: f32,
    letters: Letters,
}

impl Stage {
    /// An empty one in a theme. Text is laid out as for a screen with so many pixels to a point.
    pub fn new(theme: Theme, pixels_per_point: f32) -> Self {
        let ctx = Context::default();
        tokens::install_fonts(&ctx);
        ctx.add_font_provider(Arc::new(SystemFontProvider::new()));
        tokens::install_styles(&ctx, tokens::Look { reduces_motion: true, has_high_contrast: false });
        ctx.set_theme(theme);
        ctx.data_mut(|data| data.insert_temp(Id::NULL, FigureMark));
        Self { ctx, pixels_per_point, letters: Letters::default() }
    }

    /// Draws on a sheet of this size, in points, and gives back what was painted.
    pub fn draw(&mut self, size: Vec2, mut content: impl FnMut(&mut Ui)) -> Vec<ClippedShape> {
        let mut shapes = Vec::new();
        for _ in 0..PASSES {
            shapes = self.pass(size, &mut content).shapes;
        }
        shapes
    }

    /// Finds something out that depends on how large text is, on a sheet of this size, in points.
    pub fn measure<T>(&mut self, size: Vec2, mut content: impl FnMut(&mut Ui) -> T) -> Option<T> {
        let mut found = None;
        for _ in 0..PASSES {
            self.pass(size, |ui| found = Some(content(ui)));
        }
        found
    }

    /// What was painted as triangles, with the picture of the letters in them.
    pub fn triangles(&self, shapes: Vec<ClippedShape>) -> (Vec<ClippedPrimitive>, &Letters) {
        (self.ctx.tessellate(shapes, self.pixels_per_point), &self.letters)
    }

    fn pass(&mut self, size: Vec2, content: impl FnMut(&mut Ui)) -> FullOutput {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
            max_texture_side: Some(LETTERS_SIDE),
            // Nothing moves: every figure is drawn at the first moment.
            time: Some(0.0),
            focused: false,
            ..RawInput::default()
        };
        let viewport =
            ViewportInfo { native_pixels_per_point: Some(self.pixels_per_point), ..ViewportInfo::default() };
        input.viewports.insert(input.viewport_id, viewport);
        let mut output = self.ctx.run_ui(input, content);
        if let Some(deltas) = output.textures_delta.set.get(&TextureId::default()) {
            for delta in deltas {
                self.letters.update(delta);
            }
        }
        output.textures_delta.clear();
        output
    }
}
