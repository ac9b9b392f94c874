//! Text as text: one element for each run of a line that has one look.

use std::fmt::Write as _;
use std::ops::Range;

use eframe::egui::epaint::TextShape;
use eframe::egui::epaint::text::{Galley, Glyph, LayoutSection, PlacedRow};
use eframe::egui::{Color32, FontFamily, Pos2};

use super::Writer;
use super::outlines::UNITS;
use super::xml::{escape, number, printable};
use crate::ui::tokens;

/// Up to how many letters the width of a run is left to the reader's font.
const FREE_LETTERS: usize = 2;

/// A part of a line that has one look.
struct Run<'a> {
    section: &'a LayoutSection,
    glyphs: &'a [Glyph],
    /// Whether it is drawn, and not written.
    is_drawn: bool,
}

impl Writer {
    /// Writes laid-out text, line by line.
    pub(super) fn text(&mut self, shape: &TextShape) {
        if shape.opacity_factor <= 0.0 || shape.galley.is_empty() {
            return;
        }
        let is_turned = shape.angle != 0.0;
        let origin = if is_turned { Pos2::ZERO } else { shape.pos };
        if is_turned {
            let (x, y) = (number(shape.pos.x), number(shape.pos.y));
            let angle = number(shape.angle.to_degrees());
            self.line(&format!("<g transform=\"translate({x} {y}) rotate({angle})\">"));
        }
        let whole = shape.galley.elided.then(|| shape.galley.text());
        let sections = sections(&shape.galley);
        let mut place = 0;
        for row in &shape.galley.rows {
            for run in self.runs(row, &sections, place) {
                self.run(shape, origin, row, &run, whole);
            }
            place += row.glyphs.len() + usize::from(row.ends_with_newline);
        }
        if is_turned {
            self.line("</g>");
        }
    }

    /// The runs of a line whose first letter is the one at `first` of the whole text.
    fn runs<'a>(
        &mut self,
        row: &'a PlacedRow,
        sections: &[(Range<usize>, &'a LayoutSection)],
        first: usize,
    ) -> Vec<Run<'a>> {
        let section_of = |place: usize| {
            let found = sections.iter().position(|(range, _)| range.contains(&(first + place)));
            // What stands for the part that was cut off looks like what stands before it.
            found.unwrap_or(sections.len().saturating_sub(1))
        };
        let looks: Vec<(usize, bool)> = row
            .glyphs
            .iter()
            .enumerate()
            .map(|(place, glyph)| (section_of(place), self.outlines.of(glyph.chr).is_some()))
            .collect();
        let mut runs = Vec::new();
        let mut start = 0;
        for chunk in looks.chunk_by(|a, b| a == b) {
            let end = start + chunk.len();
            let section = chunk.first().and_then(|(section, _)| sections.get(*section));
            if let (Some((_, section)), Some(glyphs)) = (section, row.glyphs.get(start..end)) {
                let is_drawn = chunk.first().is_some_and(|(_, is_drawn)| *is_drawn);
                runs.push(Run { section, glyphs, is_drawn });
            }
            start = end;
        }
        runs
    }

    fn run(&mut self, shape: &TextShape, origin: Pos2, row: &PlacedRow, run: &Run<'_>, whole: Option<&str>) {
        let format = &run.section.format;
        let own = if format.color == Color32::PLACEHOLDER { shape.fallback_color } else { format.color };
        let colour = shape.override_text_color.unwrap_or(own).gamma_multiply(shape.opacity_factor);
        if colour == Color32::TRANSPARENT {
            return;
        }
        let origin = origin + row.pos.to_vec2();
        if run.is_drawn {
            return self.drawn(origin, run, colour);
        }
        // Spaces at the ends are not seen, and SVG would not keep them.
        let is_seen = |glyph: &Glyph| !glyph.chr.is_whitespace() && printable(glyph.chr).is_some();
        let first = run.glyphs.iter().position(is_seen);
        let last = run.glyphs.iter().rposition(is_seen);
        let seen = first.zip(last).and_then(|(first, last)| run.glyphs.get(first..=last));
        let Some((seen, start, end)) = seen.and_then(|seen| Some((seen, seen.first()?, seen.last()?))) else {
            return;
        };
        let text: String = seen.iter().filter_map(|glyph| printable(glyph.chr)).collect();
        let mut element = format!(
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\"",
            number(origin.x + start.pos.x),
            number(origin.y + start.pos.y),
            number(format.font_id.size)
        );
        element.push_str(family(&format.font_id.family));
        if format.italics {
            element.push_str(" font-style=\"italic\"");
        }
        let underlined = !format.underline.is_empty() || !shape.underline.is_empty();
        match (underlined, format.strikethrough.is_empty()) {
            (true, true) => element.push_str(" text-decoration=\"underline\""),
            (true, false) => element.push_str(" text-decoration=\"underline line-through\""),
            (false, false) => element.push_str(" text-decoration=\"line-through\""),
            (false, true) => {}
        }
        if text.contains("  ") {
            element.push_str(" xml:space=\"preserve\"");
        }
        if text.chars().count() > FREE_LETTERS {
            // Another font of the reader's is fitted into the same room.
            let width = number(end.max_x() - start.pos.x);
            let _ = write!(element, " textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\"");
        }
        element.push_str(&super::fill(colour));
        element.push('>');
        if let Some(whole) = whole {
            let _ = write!(element, "<title>{}</title>", escape(whole));
        }
        let _ = write!(element, "{}</text>", escape(&text));
        self.line(&element);
    }

    /// Draws the outlines of signs.
    fn drawn(&mut self, origin: Pos2, run: &Run<'_>, colour: Color32) {
        let scale = number_of_scale(run.section.format.font_id.size / UNITS);
        for glyph in run.glyphs {
            let Some(outline) = self.outlines.of(glyph.chr) else { continue };
            let (x, y) = (number(origin.x + glyph.pos.x), number(origin.y + glyph.pos.y));
            let element = format!(
                "<path transform=\"translate({x} {y}) scale({scale})\" d=\"{}\"{}/>",
                outline.path,
                super::fill(colour)
            );
            self.line(&element);
        }
    }
}

/// A factor needs more decimals than a place.
fn number_of_scale(scale: f32) -> String {
    let text = format!("{scale:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The attributes of a font family; none for the usual one.
fn family(family: &FontFamily) -> &'static str {
    match family {
        FontFamily::Proportional => "",
        FontFamily::Monospace => " font-family=\"Hack, 'DejaVu Sans Mono', Menlo, Consolas, monospace\"",
        FontFamily::Name(_) if *family == tokens::bold_family() => " font-weight=\"700\"",
        FontFamily::Name(_) => "",
    }
}

/// The looks of a text, each with the letters that have it, counted from 0.
fn sections(galley: &Galley) -> Vec<(Range<usize>, &LayoutSection)> {
    let text = galley.text();
    let letter_at = |byte: usize| text.get(..byte).map_or(usize::MAX, |before| before.chars().count());
    let sections = galley.job.sections.iter();
    sections
        .map(|section| {
            let bytes = section.byte_range.start.0..section.byte_range.end.0;
            (letter_at(bytes.start)..letter_at(bytes.end), section)
        })
        .collect()
}
