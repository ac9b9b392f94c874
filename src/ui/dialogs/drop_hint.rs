//! What is shown while a file is held over the window.

use std::path::Path;

use eframe::egui::{Align2, Context, FontId, Id, LayerId, Order, Stroke, StrokeKind};

use crate::ui::tokens::{self, Icon};

/// Says what happens when the file is let go of.
pub fn show(ctx: &Context) {
    let hovered = ctx.input(|input| input.raw.hovered_files.clone());
    let Some(file) = hovered.first() else { return };
    let name = file.path.as_deref().and_then(Path::file_name);
    let text = match (hovered.len(), name) {
        (1, Some(name)) => {
            let is_table = Path::new(name)
                .extension()
                .is_some_and(|it| it.eq_ignore_ascii_case("csv") || it.eq_ignore_ascii_case("tsv"));
            let verb = if is_table { "see what comes in of" } else { "open" };
            format!("Let go to {verb} {}", name.to_string_lossy())
        }
        (1, None) => "Let go to open the file".to_owned(),
        _ => "Let go to open the first of the files".to_owned(),
    };
    let palette = tokens::window_palette(ctx);
    let painter = ctx.layer_painter(LayerId::new(Order::Tooltip, Id::unique("drop-hint")));
    let rect = ctx.content_rect().shrink(12.0);
    let radius = f32::from(tokens::RADIUS);
    painter.rect(
        rect,
        radius,
        palette.background.gamma_multiply(0.92),
        Stroke::new(2.0, palette.accent),
        StrokeKind::Inside,
    );
    let above = rect.center() - eframe::egui::vec2(0.0, 26.0);
    let icon = FontId::proportional(tokens::LARGE_ICON);
    painter.text(above, Align2::CENTER_CENTER, char::from(Icon::FolderOpen), icon, palette.quiet);
    let below = rect.center() + eframe::egui::vec2(0.0, 18.0);
    painter.text(below, Align2::CENTER_CENTER, text, FontId::proportional(tokens::TITLE), palette.text);
}
