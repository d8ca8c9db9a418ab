//! A line of text: as text where the printer has every character, with
//! dots where it lacks one.
//!
//! Dots within a line are 24 high and no more, so a taller line with a
//! rare character goes as raster altogether. This file must not choose
//! sizes or break lines.

use crate::font::{MISSING, glyph};
use crate::layout::{Line, TextLine};
use crate::preview::picture;
use crate::profile::{HanziSize, PrinterFont, Profile, Rare};
use crate::text::is_marked_latin;

use super::compiler::Compiler;
use super::{Warning, image};

/// How a character gets onto the paper.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// By its code.
    Code,
    /// By our font.
    Dots,
    /// Not at all.
    Never,
}

pub(super) fn encode(
    compiler: &mut Compiler,
    line: &TextLine,
    profile: &Profile,
    warnings: &mut Vec<Warning>,
) {
    let characters: Vec<(char, Way)> =
        line.text.chars().map(|it| (it, way(it, profile.font))).collect();
    let missing = characters.iter().filter(|(_, way)| *way == Way::Never);
    warnings.extend(missing.map(|&(it, _)| Warning::NoGlyph(it)));
    let has_dots = characters.iter().any(|(_, way)| *way == Way::Dots);
    if must_be_raster(line, has_dots, profile) {
        let picture = picture(&Line::Text(line.clone()), profile.width_dots);
        return compiler.raster(&picture, profile.raster_band_rows);
    }
    compiler.style(line.style);
    let mut run = String::new();
    for (character, way) in characters {
        match way {
            Way::Code => run.push(character),
            Way::Never => run.push(MISSING),
            Way::Dots => {
                compiler.text(&std::mem::take(&mut run));
                let glyph = glyph(character).expect("dots come from our font");
                compiler.command(&image::columns(glyph, line.style));
            }
        }
    }
    compiler.text(&run);
    compiler.line_feed();
}

/// Whether a line cannot be made of the printer's characters and images
/// of their height.
fn must_be_raster(line: &TextLine, has_dots: bool, profile: &Profile) -> bool {
    let largest = line.style.wide.max(line.style.high);
    if profile.hanzi_size != HanziSize::Gs && largest > 2 && !line.text.is_ascii() {
        return true;
    }
    has_dots && (profile.rare == Rare::Line || line.style.high > 1)
}

fn way(character: char, font: PrinterFont) -> Way {
    if printer_has(character, font) {
        Way::Code
    } else if glyph(character).is_some() {
        Way::Dots
    } else {
        Way::Never
    }
}

/// Whether the printer's own font has a character. Codes that begin with
/// 0xFE are user-defined characters in real printers. Most print a code
/// of four bytes as digits; the best are right for the first extension.
fn printer_has(character: char, font: PrinterFont) -> bool {
    if matches!(character, ' '..='~') {
        return true;
    }
    if is_marked_latin(character) {
        return false;
    }
    if character == '€' {
        // It has two bytes within GB 2312, but came with GB18030.
        return font == PrinterFont::Gb18030;
    }
    let mut buffer = [0; 4];
    let text: &str = character.encode_utf8(&mut buffer);
    let (bytes, _, unmappable) = encoding_rs::GB18030.encode(text);
    let is_known = match *bytes {
        [0xfe, _] => false,
        [lead, trail] => {
            let gb2312 = matches!(lead, 0xa1..=0xa9 | 0xb0..=0xf7) && trail >= 0xa1;
            let gbk = matches!(lead, 0x81..=0xa0) || lead >= 0xa8 && trail < 0xa1;
            gb2312 || gbk && font != PrinterFont::Gb2312
        }
        _ => font == PrinterFont::Gb18030 && matches!(character, '\u{3400}'..='\u{4db5}'),
    };
    is_known && !unmappable
}
