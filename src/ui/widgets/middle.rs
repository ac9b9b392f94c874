//! A line of text that loses its middle where there is no room for it: names that begin alike are told apart by their ends.

use std::sync::Arc;

use eframe::egui::{Color32, FontId, Galley, Painter, Ui};

/// The most of the room that the end of a text is given, and a single long word or what stands in brackets there.
const END: f32 = 0.5;
const LONG_WORD: f32 = 0.68;
/// What it is given in a text without spaces.
const PART_OF_WORD: f32 = 0.4;

/// The first line of a text with so much of its middle left out that it has room, in points; `None` where all of it has.
pub fn without_middle(painter: &Painter, text: &str, font: &FontId, room: f32) -> Option<String> {
    // Each glyph is measured once and remembered by the fonts.
    painter.fonts_mut(|fonts| {
        cut(text.lines().next().unwrap_or_default(), room, |glyph| fonts.glyph_width(font, glyph))
    })
}

/// The same, ready to be painted, whether or not it is cut.
pub fn middle_galley(painter: &Painter, text: &str, font: FontId, colour: Color32, room: f32) -> Arc<Galley> {
    let cut = without_middle(painter, text, &font, room);
    let shown = cut.unwrap_or_else(|| text.lines().next().unwrap_or_default().to_owned());
    painter.layout_no_wrap(shown, font, colour)
}

/// How wide the first line of a text is, in points.
pub fn line_width(ui: &Ui, text: &str, font: &FontId) -> f32 {
    let line = text.lines().next().unwrap_or_default();
    ui.fonts_mut(|fonts| line.chars().map(|glyph| fonts.glyph_width(font, glyph)).sum())
}

fn cut(text: &str, room: f32, mut width_of: impl FnMut(char) -> f32) -> Option<String> {
    let glyphs: Vec<(char, f32)> = text.chars().map(|glyph| (glyph, width_of(glyph))).collect();
    let width = |part: &[(char, f32)]| part.iter().map(|(_, width)| width).sum::<f32>();
    if width(&glyphs) <= room {
        return None;
    }
    let left = room - width_of('…');
    // The longest end that begins with a word; a part of a word says nothing beside the parts of others.
    let fits = |place: &usize, share: f32| glyphs.get(*place..).is_some_and(|end| width(end) <= share * left);
    let begins_word = |place: &usize| {
        place
            .checked_sub(1)
            .and_then(|before| glyphs.get(before))
            .is_some_and(|(before, _)| before.is_whitespace())
    };
    let opens = |place: &usize| glyphs.get(*place).is_some_and(|(glyph, _)| *glyph == '(');
    let words = || (0..glyphs.len()).filter(|place| begins_word(place));
    let word = words().find(|place| fits(place, END));
    let word = words().find(|place| opens(place) && fits(place, LONG_WORD)).or(word);
    let word = word.or_else(|| words().find(|place| fits(place, LONG_WORD)));
    let gap = if word.is_some() { " " } else { "" };
    let has_words = words().next().is_some();
    let part = || (0..glyphs.len()).find(|place| !has_words && fits(place, PART_OF_WORD));
    let end = word.or_else(part).unwrap_or(glyphs.len());
    let (start, end) = glyphs.split_at(end);
    let mut left = left - width(end) - if word.is_some() { width_of(' ') } else { 0.0 };
    let start: String = start
        .iter()
        .take_while(|(_, width)| {
            left -= width;
            left >= 0.0
        })
        .map(|(glyph, _)| glyph)
        .collect();
    let end: String = end.iter().map(|(glyph, _)| glyph).collect();
    Some(format!("{}…{gap}{end}", start.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn the_middle_is_left_out() {
        let check = |text: &str, room: f32, expect: Option<&str>| {
            let found = cut(text, room, |_| 1.0);
            assert_eq!(found.as_deref(), expect, "{text} in {room}");
            assert!(found.is_none_or(|text| text.chars().count() as f32 <= room.max(1.0)));
        };
        check("OPM breach found in 2015", 24.0, None);
        check("OPM breach found in 2015", 18.0, Some("OPM breac… in 2015"));
        check("OPM breach found in March 2014", 18.0, Some("OPM breach f… 2014"));
        check("Data theft from Ashdown energy (case 12)", 20.0, Some("Data thef… (case 12)"));
        check("Data theft from Ashdown energy (case 271)", 16.0, Some("Data… (case 271)"));
        check("Exfiltration", 8.0, Some("Exfil…on"));
        check("Two words", 6.0, Some("Two w…"));
        check("Attempt on jet technology", 16.0, Some("Atte… technology"));
        check("Intrusions into aerospace suppliers", 16.0, Some("Intru… suppliers"));
        check("", 0.0, None);
        check("nothing fits", 1.0, Some("…"));
        check("nothing fits", 0.0, Some("…"));
        check("中国东方航空公司被入侵案", 8.0, Some("中国东方航…侵案"));
    }
}
