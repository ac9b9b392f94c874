//! A figure as pixels.

use eframe::egui::TextureId;
use eframe::egui::Vec2;
use eframe::egui::epaint::{ClippedPrimitive, Primitive};
use png::{BitDepth, ColorType, Encoder, PixelDimensions, SrgbRenderingIntent, Unit};

use super::FigureError;
use super::raster::{Canvas, Letters};

/// The most pixels that are drawn: as many as take a quarter of a gigabyte.
const MOST_PIXELS: f32 = 64e6;
/// How many points an inch and a metre have.
const POINTS_PER_METRE: f32 = 96.0 / 0.0254;

/// How many pixels are drawn, and how many are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sharpness {
    /// How many pixels are drawn to a point in each direction.
    pub drawn: u8,
    /// How many of them become one in the file, in each direction.
    pub merged: u8,
}

impl Sharpness {
    /// The best one first: two pixels to a point, each the mean of four; two; one.
    const ALL: [Self; 3] =
        [Self { drawn: 4, merged: 2 }, Self { drawn: 2, merged: 1 }, Self { drawn: 1, merged: 1 }];

    /// The best one for a picture of this size, in points.
    pub fn for_size(size: Vec2) -> Result<Self, FigureError> {
        let pixels = |it: &Self| size.x * size.y * f32::from(it.drawn) * f32::from(it.drawn);
        Self::ALL.into_iter().find(|it| pixels(it) <= MOST_PIXELS).ok_or(FigureError::TooManyPixels {
            width: size.x as u32,
            height: size.y as u32,
            most: MOST_PIXELS as u32,
        })
    }
}

/// Draws what was painted on a sheet of this size, in points, as a PNG file.
pub fn write(
    size: Vec2,
    painted: &[ClippedPrimitive],
    letters: &Letters,
    sharpness: Sharpness,
) -> Result<Vec<u8>, FigureError> {
    let (drawn, merged) = (f32::from(sharpness.drawn), usize::from(sharpness.merged));
    let side = |points: f32| (points * drawn) as usize / merged * merged;
    let (width, height) = (side(size.x), side(size.y));
    let mut canvas = Canvas::new(width, height);
    for part in painted {
        match &part.primitive {
            Primitive::Mesh(mesh) if mesh.texture_id == TextureId::default() => {
                canvas.draw(mesh, part.clip_rect, drawn, letters);
            }
            Primitive::Mesh(_) => return Err(FigureError::Unsupported { what: "a picture made of pixels" }),
            Primitive::Callback(_) => {
                return Err(FigureError::Unsupported {
                    what: "a picture that only a graphics card can draw",
                });
            }
        }
    }
    let failed = |error: png::EncodingError| FigureError::NotWritten { why: error.to_string() };
    let mut bytes = Vec::new();
    let pixels = |count: usize| u32::try_from(count / merged).unwrap_or(u32::MAX);
    let mut encoder = Encoder::new(&mut bytes, pixels(width), pixels(height));
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_source_srgb(SrgbRenderingIntent::Perceptual);
    // Where it is printed or put into a text it has the size that it has on the screen.
    let density = (drawn / f32::from(sharpness.merged) * POINTS_PER_METRE).round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: density, yppu: density, unit: Unit::Meter }));
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&canvas.shrunk(merged)).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes)
}
