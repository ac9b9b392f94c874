//! The design system: colours, sizes, type and icons. It never sees data.

mod fonts;
pub mod palette;
mod style;

use eframe::egui::{Color32, Context, Ui, Visuals};

pub use fonts::{bold, bold_family, install_fonts};
pub use lucide_icons::Icon;
pub use palette::Palette;
pub use style::{Look, install_styles};

use crate::model::Tlp;

/// The unit of the grid, in points.
pub const GRID: f32 = 4.0;
/// The height of a row of a table or tree, in points.
pub const ROW_HEIGHT: f32 = 24.0;
/// The padding of a panel, in points.
pub const PADDING: f32 = 8.0;
/// The gap between two sections, in points.
pub const SECTION_GAP: f32 = 16.0;
/// The one corner radius, in points.
pub const RADIUS: u8 = 4;
/// The size of numbers within the marks of a chart, in points.
pub const TINY: f32 = 10.0;
/// The size of notes, in points.
pub const SMALL: f32 = 11.0;
/// The size of labels and numbers where many stand close together, in points.
pub const DENSE: f32 = 12.0;
/// The size of text, in points.
pub const BODY: f32 = 13.0;
/// The size of titles, in points.
pub const TITLE: f32 = 18.0;
/// The size of an icon beside small text or in a line of it, in points.
pub const SMALL_ICON: f32 = 13.0;
/// The size of an icon, in points.
pub const ICON: f32 = 15.0;
/// The size of the icon that stands where there is nothing to show, in points.
pub const LARGE_ICON: f32 = 36.0;
/// The greatest width of a form, in points.
pub const FORM_WIDTH: f32 = 560.0;

/// The colours of the theme that `ui` has.
pub fn palette(ui: &Ui) -> &'static Palette {
    palette_of(ui.visuals())
}

/// The colours of the theme of the window, for what is painted above everything.
pub fn window_palette(ctx: &Context) -> &'static Palette {
    palette_of(&ctx.style_of(ctx.theme()).visuals)
}

fn palette_of(visuals: &Visuals) -> &'static Palette {
    let (usual, high) = if visuals.dark_mode {
        (&palette::DARK, &palette::HIGH_DARK)
    } else {
        (&palette::LIGHT, &palette::HIGH_LIGHT)
    };
    // A style does not name the palette that it was made of; the quiet text of each is its own.
    if visuals.weak_text_color == Some(high.quiet) { high } else { usual }
}

/// The official colour of a marking.
pub const fn tlp_colour(tlp: Tlp) -> Color32 {
    match tlp {
        Tlp::Clear => palette::TLP_CLEAR,
        Tlp::Green => palette::TLP_GREEN,
        Tlp::Amber | Tlp::AmberStrict => palette::TLP_AMBER,
        Tlp::Red => palette::TLP_RED,
    }
}
