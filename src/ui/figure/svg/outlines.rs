//! Signs that hardly any reader has a font for, such as the program's icons: they are drawn as outlines.

use std::collections::BTreeMap;

use eframe::egui::{FontDefinitions, FontFamily};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, MetadataProvider};

use super::xml::number;

/// How many units a stored outline has to the height of its font; it is scaled to the size of the text.
pub const UNITS: f32 = 100.0;

/// An outline with its baseline at 0, [`UNITS`] to the height of the font.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// The data of an SVG path.
    pub path: String,
}

/// Knows which characters are text, and has the outlines of the others.
#[derive(Debug)]
pub struct Outlines {
    fonts: FontDefinitions,
    known: BTreeMap<char, Option<Outline>>,
}

impl Outlines {
    /// None drawn yet.
    pub fn new() -> Self {
        Self { fonts: FontDefinitions::default(), known: BTreeMap::new() }
    }

    /// The outline of a character that is to be drawn; `None` for text, which the reader's own fonts show.
    pub fn of(&mut self, letter: char) -> Option<&Outline> {
        let fonts = &self.fonts;
        self.known.entry(letter).or_insert_with(|| outline(fonts, letter)).as_ref()
    }
}

/// Whether the program's own text font has a character.
fn is_in_text_font(letter: char) -> bool {
    FontRef::new(notosans::REGULAR_TTF).is_ok_and(|font| font.charmap().map(letter).is_some())
}

fn outline(fonts: &FontDefinitions, letter: char) -> Option<Outline> {
    // Letters of any script are text: the reader's system has a font for them, and a search finds them.
    if letter.is_alphanumeric() || letter.is_whitespace() || is_in_text_font(letter) {
        return None;
    }
    if let Some(found) = drawn(lucide_icons::LUCIDE_FONT_BYTES, letter, 1.0) {
        return Some(found);
    }
    let names = fonts.families.get(&FontFamily::Proportional)?;
    names
        .iter()
        .filter_map(|name| fonts.font_data.get(name))
        .find_map(|data| drawn((*data.font).as_ref(), letter, data.tweak.scale))
}

fn drawn(font: &[u8], letter: char, scale: f32) -> Option<Outline> {
    let font = FontRef::new(font).ok()?;
    let glyph = font.outline_glyphs().get(font.charmap().map(letter)?)?;
    let settings = DrawSettings::unhinted(Size::new(UNITS * scale), LocationRef::default());
    let mut pen = Pen::default();
    glyph.draw(settings, &mut pen).ok()?;
    (!pen.path.is_empty()).then_some(Outline { path: pen.path })
}

/// Writes an outline as the data of an SVG path; fonts count upwards, SVG downwards.
#[derive(Default)]
struct Pen {
    path: String,
}

impl Pen {
    fn put(&mut self, command: char, points: &[(f32, f32)]) {
        self.path.push(command);
        for (place, (x, y)) in points.iter().enumerate() {
            if place > 0 {
                self.path.push(' ');
            }
            self.path.push_str(&format!("{} {}", number(*x), number(-*y)));
        }
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.put('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.put('L', &[(x, y)]);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.put('Q', &[(cx, cy), (x, y)]);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.put('C', &[(cx0, cy0), (cx1, cy1), (x, y)]);
    }

    fn close(&mut self) {
        self.path.push('Z');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::tokens::Icon;

    #[test]
    fn letters_are_text_and_icons_are_drawn() {
        let mut outlines = Outlines::new();
        for letter in ['a', 'É', 'ж', '中', 'ع', '…', '–', ' ', '7', '’'] {
            assert_eq!(outlines.of(letter), None, "{letter:?}");
        }
        for letter in [char::from(Icon::TriangleAlert), char::from(Icon::ChevronDown)] {
            assert!(outlines.of(letter).is_some_and(|it| it.path.starts_with('M')), "{letter:?}");
        }
    }
}
