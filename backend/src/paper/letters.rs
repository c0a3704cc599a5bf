//! The font: which letters it has, and how wide they are. Noto Sans, under the SIL Open Font License, which lets it be
//! embedded.

use std::sync::LazyLock;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::{
    FontRef, MetadataProvider,
    charmap::Charmap,
    instance::{LocationRef, Size},
    metrics::GlyphMetrics,
};

use crate::{Error, Result};

/// Stands for a letter that the font does not have.
const MISSING: char = '?';

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

/// A font that was read: once, for a process draws many papers.
struct Read {
    font: Font,
    letters: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    units: f32,
}

static REGULAR: LazyLock<Option<Read>> = LazyLock::new(|| read(notosans::REGULAR_TTF));
static BOLD: LazyLock<Option<Read>> = LazyLock::new(|| read(notosans::BOLD_TTF));

fn read(bytes: &'static [u8]) -> Option<Read> {
    let (font, shape) = (Font::new(bytes.into(), 0)?, FontRef::new(bytes).ok()?);
    let units = font.units_per_em();
    let metrics = shape.glyph_metrics(Size::unscaled(), LocationRef::default());
    Some(Read { font, letters: shape.charmap(), metrics, units })
}

fn of(weight: Weight) -> Result<&'static Read> {
    let read = match weight {
        Weight::Regular => &REGULAR,
        Weight::Bold => &BOLD,
    };
    read.as_ref().ok_or(Error::Broken("the font of papers"))
}

/// A line of text, ready to be drawn.
pub struct Line {
    pub font: Font,
    pub glyphs: Vec<KrillaGlyph>,
    /// What it says: with [`MISSING`] in place of what the font does not have.
    pub text: String,
}

/// What is left of a text: letters that the font has, and a space in place of what makes none. What takes no room is
/// dropped.
pub fn kept(text: &str) -> Result<String> {
    let read = of(Weight::Regular)?;
    let kept = |c: char| match c {
        c if c.is_control() || c.is_whitespace() => Some(' '),
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => None,
        c if read.letters.map(c).is_some_and(|glyph| glyph.to_u32() != 0) => Some(c),
        _ => Some(MISSING),
    };
    Ok(text.chars().filter_map(kept).collect())
}

/// In parts of the font's size.
pub fn width(weight: Weight, text: &str) -> Result<f32> {
    let read = of(weight)?;
    Ok(text.chars().map(|c| advance(read, c).1).sum())
}

pub fn line(weight: Weight, text: &str) -> Result<Line> {
    let read = of(weight)?;
    let glyphs = text.char_indices().map(|(at, c)| {
        let (glyph, wide) = advance(read, c);
        KrillaGlyph::new(glyph, wide, 0.0, 0.0, 0.0, at..at + c.len_utf8(), None)
    });
    Ok(Line { font: read.font.clone(), glyphs: glyphs.collect(), text: text.to_owned() })
}

fn advance(read: &Read, letter: char) -> (GlyphId, f32) {
    let glyph = read.letters.map(letter).unwrap_or_default();
    let wide = read.metrics.advance_width(glyph).unwrap_or_default();
    (GlyphId::new(glyph.to_u32()), wide / read.units)
}
