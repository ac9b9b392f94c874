//! Turns what was painted into an SVG file: shapes as shapes, text as text, so that it can be searched, edited and read aloud.

mod outlines;
mod shapes;
mod text;
mod xml;

use std::fmt::Write as _;

use eframe::egui::emath::TSTransform;
use eframe::egui::epaint::ClippedShape;
use eframe::egui::{Color32, Rect, Vec2};

use super::FigureError;
use outlines::Outlines;
use xml::{escape, number};

/// The fonts of text: the program's own where the reader has it, else what is there.
const FONTS: &str = "'Noto Sans', 'Open Sans', 'Segoe UI', 'Helvetica Neue', Helvetica, Arial, \
                     'Liberation Sans', 'DejaVu Sans Condensed', sans-serif";
/// How far a shape may reach out of what is to be seen of it before it is cut there, in points.
const TOLERANCE: f32 = 0.6;

/// What a picture says of itself to those who do not see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caption {
    /// Its title.
    pub title: String,
    /// What it shows.
    pub description: String,
    /// What its identifiers begin with, so that several pictures can stand in one page: letters, digits and hyphens.
    pub prefix: String,
}

/// Writes shapes that were painted on a sheet of this size, in points, as an SVG file. The same shapes give the same text.
pub fn write(size: Vec2, shapes: &[ClippedShape], caption: &Caption) -> Result<String, FigureError> {
    let mut writer = Writer {
        body: String::new(),
        prefix: caption.prefix.clone(),
        clips: Vec::new(),
        open: None,
        outlines: Outlines::new(),
        fault: None,
    };
    for shape in shapes {
        if shape.transform_after_tessellation != TSTransform::IDENTITY {
            writer.fault.get_or_insert("something that is still moving");
        }
        writer.clipped(shape.clip_rect, &shape.shape);
    }
    writer.close();
    match writer.fault {
        Some(what) => Err(FigureError::Unsupported { what }),
        None => Ok(writer.document(size, caption)),
    }
}

/// Collects the elements of a file.
struct Writer {
    body: String,
    prefix: String,
    /// The rectangles outside of which something is cut.
    clips: Vec<Rect>,
    /// Which of them holds for what is being written.
    open: Option<usize>,
    outlines: Outlines,
    /// The first thing that cannot stand in a file.
    fault: Option<&'static str>,
}

impl Writer {
    fn line(&mut self, element: &str) {
        self.body.push_str(element);
        self.body.push('\n');
    }

    /// Begins to cut at a rectangle, unless that is what is done already.
    fn cut_at(&mut self, clip: Rect) {
        if self.open.and_then(|open| self.clips.get(open)) == Some(&clip) {
            return;
        }
        self.close();
        let number = self.clips.iter().position(|other| *other == clip).unwrap_or_else(|| {
            self.clips.push(clip);
            self.clips.len() - 1
        });
        let group = format!("<g clip-path=\"url(#{}-clip-{number})\">", self.prefix);
        self.line(&group);
        self.open = Some(number);
    }

    /// Ends cutting.
    fn close(&mut self) {
        if self.open.take().is_some() {
            self.line("</g>");
        }
    }

    fn document(&self, size: Vec2, caption: &Caption) -> String {
        let prefix = &self.prefix;
        let (width, height) = (number(size.x), number(size.y));
        let mut text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             role=\"img\" aria-labelledby=\"{prefix}-title {prefix}-desc\" font-family=\"{FONTS}\">\n"
        );
        let _ = writeln!(text, "<title id=\"{prefix}-title\">{}</title>", escape(&caption.title));
        let _ = writeln!(text, "<desc id=\"{prefix}-desc\">{}</desc>", escape(&caption.description));
        if !self.clips.is_empty() {
            text.push_str("<defs>\n");
            for (number, clip) in self.clips.iter().enumerate() {
                let _ = writeln!(
                    text,
                    "<clipPath id=\"{prefix}-clip-{number}\"><rect{}/></clipPath>",
                    place_and_size(*clip)
                );
            }
            text.push_str("</defs>\n");
        }
        text.push_str(&self.body);
        text.push_str("</svg>\n");
        text
    }
}

/// The attributes of a rectangle.
fn place_and_size(rect: Rect) -> String {
    let (x, y) = (number(rect.left()), number(rect.top()));
    let (width, height) = (number(rect.width().max(0.0)), number(rect.height().max(0.0)));
    format!(" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"")
}

/// A colour as SVG has it, and how much of what is behind it hides.
fn colour(colour: Color32) -> (String, f32) {
    let [red, green, blue, alpha] = colour.to_srgba_unmultiplied();
    (format!("#{red:02x}{green:02x}{blue:02x}"), f32::from(alpha) / 255.0)
}

/// The attributes of a fill.
fn fill(fill: Color32) -> String {
    if fill == Color32::TRANSPARENT {
        return " fill=\"none\"".to_owned();
    }
    let (paint, opacity) = colour(fill);
    if opacity < 1.0 {
        format!(" fill=\"{paint}\" fill-opacity=\"{}\"", number(opacity))
    } else {
        format!(" fill=\"{paint}\"")
    }
}
