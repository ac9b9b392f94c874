//! The typefaces: Noto Sans in two weights, Lucide for icons, and whatever the system has for other scripts.

use std::sync::Arc;

use eframe::egui::{Context, FontData, FontDefinitions, FontFamily, RichText};

const REGULAR: &str = "noto-sans";
const BOLD: &str = "noto-sans-bold";
const ICONS: &str = "lucide";

/// Makes the typefaces known. Glyphs that they lack come from egui's own fonts, then from the system's.
pub fn install_fonts(ctx: &Context) {
    let mut fonts = FontDefinitions::default();
    let mut add = |name: &str, bytes: &'static [u8]| {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    };
    add(REGULAR, notosans::REGULAR_TTF);
    add(BOLD, notosans::BOLD_TTF);
    add(ICONS, lucide_icons::LUCIDE_FONT_BYTES);

    let fallbacks = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let family = |first: &str| {
        let mut names = vec![first.to_owned(), ICONS.to_owned()];
        names.extend(fallbacks.iter().cloned());
        names
    };
    let (regular, bold) = (family(REGULAR), family(BOLD));
    fonts.families.insert(FontFamily::Proportional, regular);
    fonts.families.insert(bold_family(), bold);
    // Formulas have letters below the line, which the font of fixed width lacks.
    fonts.families.entry(FontFamily::Monospace).or_default().push(REGULAR.to_owned());
    ctx.set_fonts(fonts);
}

/// The heavier of the two weights, for text that is painted and not laid out.
pub fn bold_family() -> FontFamily {
    FontFamily::Name(BOLD.into())
}

/// Text in the heavier of the two weights.
pub fn bold(text: impl Into<String>) -> RichText {
    RichText::new(text).family(bold_family())
}
