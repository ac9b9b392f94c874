//! A line of text that loses its middle where there is no room for it: names that begin alike are told apart by their ends.

use std::sync::Arc;

use eframe::egui::{Color32, FontId, Galley, Painter, Ui};
use rustc_hash::FxHashMap;

/// The most of the room that the end of a text is given, and a single long word or what stands in brackets there.
const END: f32 = 0.5;
const LONG_WORD: f32 = 0.68;
/// What it is given in a text without spaces.
const PART_OF_WORD: f32 = 0.4;

/// The first line of a text with so much of its middle left out that it has room, in points; `None` where all of it has.
pub fn without_middle(painter: &Painter, text: &str, font: &FontId, room: f32) -> Option<String> {
    told_apart(painter, (text, Shared::default()), font, room)
}

/// The same among others, from which it is told apart where it can be.
pub fn told_apart(
    painter: &Painter,
    (text, shared): (&str, Shared),
    font: &FontId,
    room: f32,
) -> Option<String> {
    // Each glyph is measured once and remembered by the fonts.
    painter.fonts_mut(|fonts| {
        let line = text.lines().next().unwrap_or_default();
        cut((line, shared), room, |glyph| fonts.glyph_width(font, glyph))
    })
}

/// The same, ready to be painted, whether or not it is cut.
pub fn middle_galley(painter: &Painter, text: &str, font: FontId, colour: Color32, room: f32) -> Arc<Galley> {
    galley_apart(painter, (text, Shared::default()), font, colour, room)
}

/// The same among others, from which it is told apart where it can be.
pub fn galley_apart(
    painter: &Painter,
    (text, shared): (&str, Shared),
    font: FontId,
    colour: Color32,
    room: f32,
) -> Arc<Galley> {
    let cut = told_apart(painter, (text, shared), &font, room);
    let shown = cut.unwrap_or_else(|| text.lines().next().unwrap_or_default().to_owned());
    painter.layout_no_wrap(shown, font, colour)
}

/// How many letters a name shares with another one of the names that it stands among, at its beginning and at its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    start: usize,
    end: usize,
}

/// What names share with one another, so that they are told apart where they are cut, as far as there is room for it.
#[derive(Clone, Debug, Default)]
pub struct NamesApart(FxHashMap<String, Shared>);

impl NamesApart {
    /// Of names that stand in one list.
    pub fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut names: Vec<&str> = names.collect();
        names.sort_unstable();
        names.dedup();
        let mut found = FxHashMap::default();
        // In order, neighbours share most.
        for pair in names.windows(2) {
            if let [a, b] = *pair {
                let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
                note(&mut found, [a, b], Shared { start: shared, end: 0 });
            }
        }
        names.sort_by(|a, b| a.chars().rev().cmp(b.chars().rev()));
        for pair in names.windows(2) {
            if let [a, b] = *pair {
                let shared = a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b).count();
                note(&mut found, [a, b], Shared { start: 0, end: shared });
            }
        }
        Self(found)
    }

    /// What a name shares with another one; nothing where it stands alone.
    pub fn shared(&self, name: &str) -> Shared {
        self.0.get(name).copied().unwrap_or_default()
    }
}

/// Notes what two names share, beside what each shares with others.
fn note(found: &mut FxHashMap<String, Shared>, pair: [&str; 2], shared: Shared) {
    for name in pair {
        let most = found.entry(name.to_owned()).or_default();
        most.start = most.start.max(shared.start);
        most.end = most.end.max(shared.end);
    }
}

/// How wide the first line of a text is, in points.
pub fn line_width(ui: &Ui, text: &str, font: &FontId) -> f32 {
    let line = text.lines().next().unwrap_or_default();
    ui.fonts_mut(|fonts| line.chars().map(|glyph| fonts.glyph_width(font, glyph)).sum())
}

fn cut((text, shared): (&str, Shared), room: f32, mut width_of: impl FnMut(char) -> f32) -> Option<String> {
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
    let begin = |glyphs: &[(char, f32)], mut left: f32| -> String {
        let fitting = glyphs.iter().take_while(|(_, width)| {
            left -= width;
            left >= 0.0
        });
        fitting.map(|(glyph, _)| glyph).collect()
    };
    let (front, end) = glyphs.split_at(end);
    let front = begin(front, left - width(end) - if word.is_some() { width_of(' ') } else { 0.0 });
    // What another name begins and ends with as well says nothing of this one: then it is its beginning that tells it apart.
    if !end.is_empty() && end.len() <= shared.end && front.chars().count() <= shared.start {
        return Some(format!("{}…", begin(&glyphs, left).trim_end()));
    }
    let end: String = end.iter().map(|(glyph, _)| glyph).collect();
    Some(format!("{}…{gap}{end}", front.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::{NamesApart, Shared, cut};

    #[test]
    fn the_middle_is_left_out() {
        let check = |text: &str, room: f32, expect: Option<&str>| {
            let found = cut((text, Shared::default()), room, |_| 1.0);
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

    #[test]
    fn names_that_begin_and_end_alike_are_told_apart() {
        let names = [
            "Director of National Intelligence (James Clapper)",
            "Director of the NSA (Michael Rogers)",
            "Ministry of Foreign Affairs (China)",
            "Ministry of State Security (China)",
            "Xinhua",
        ];
        let apart = NamesApart::of(names.into_iter());
        let check = |place: usize, room: f32, expect: &str| {
            let name = names[place];
            let found = cut((name, apart.shared(name)), room, |_| 1.0);
            assert_eq!(found.as_deref().unwrap_or(name), expect, "{name} in {room}");
        };
        check(0, 26.0, "Director… (James Clapper)");
        check(2, 20.0, "Ministry of Foreign…");
        check(3, 20.0, "Ministry of State S…");
        check(3, 26.0, "Ministry of State… (China)");
        check(4, 20.0, "Xinhua");
    }
}
