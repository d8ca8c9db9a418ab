//! The lines of a slip as a picture.
//!
//! It shows what a printer with a 24-dot font prints, for screens,
//! printers that are a folder, and golden pictures. It must not be the
//! judge of the encoder: emulated printers draw on their own.

use crate::Bitmap;
use crate::encode::LINE_DOTS;
use crate::font::{GLYPH_HEIGHT, Glyph, MISSING, glyph};
use crate::layout::{Align, Line, TextLine};
use crate::profile::CELL_DOTS;
use crate::qr::{self, Modules, QUIET_MODULES};

/// The white paper between the last line and the cut, in dots.
const BELOW_DOTS: u32 = 120;

/// Draws lines on paper of so many dots.
pub fn preview(lines: &[Line], width_dots: u16) -> Bitmap {
    let height: u32 = lines.iter().map(|it| line_height(it, width_dots)).sum();
    let mut paper = Bitmap::new(u32::from(width_dots), height + BELOW_DOTS);
    let mut y = 0;
    for line in lines {
        draw(&mut paper, line, y);
        y += line_height(line, width_dots);
    }
    paper
}

/// One line across paper of so many dots, with the white below it.
pub(crate) fn picture(line: &Line, width_dots: u16) -> Bitmap {
    let mut paper = Bitmap::new(u32::from(width_dots), line_height(line, width_dots));
    draw(&mut paper, line, 0);
    paper
}

fn draw(paper: &mut Bitmap, line: &Line, y: u32) {
    match line {
        Line::Text(text) => draw_text(paper, text, y),
        Line::Rule => draw_rule(paper, y),
        Line::Qr(text) => draw_qr(paper, text, y),
        Line::Gap(_) => {}
    }
}

fn line_height(line: &Line, width_dots: u16) -> u32 {
    let normal = u32::from(LINE_DOTS);
    match line {
        Line::Text(text) => normal.max(GLYPH_HEIGHT * u32::from(text.style.high)),
        Line::Rule => normal,
        Line::Gap(dots) => u32::from(*dots),
        Line::Qr(text) => {
            qr::modules(text, width_dots).map_or(normal, |it| u32::from(it.side_dots()))
        }
    }
}

fn draw_text(paper: &mut Bitmap, line: &TextLine, y: u32) {
    let (wide, high) = (u32::from(line.style.wide), u32::from(line.style.high));
    let cells = u32::try_from(line.cells()).expect("a line fits its paper");
    let free = paper.width().saturating_sub(cells * u32::from(CELL_DOTS));
    let mut x = match line.style.align {
        Align::Left => 0,
        Align::Centre => free / 2,
        Align::Right => free,
    };
    for character in line.text.chars() {
        let glyph = glyph(character).or_else(|| glyph(MISSING)).expect("the font has 〓");
        draw_glyph(paper, glyph, (x, y), (wide, high), line.style.bold);
        x += glyph.width() * wide;
    }
}

fn draw_glyph(
    paper: &mut Bitmap,
    glyph: Glyph,
    (left, top): (u32, u32),
    (wide, high): (u32, u32),
    bold: bool,
) {
    for y in 0..GLYPH_HEIGHT * high {
        for x in 0..glyph.width() * wide {
            if glyph.dot(x / wide, y / high) {
                paper.blacken(left + x, top + y);
                if bold {
                    paper.blacken(left + x + 1, top + y);
                }
            }
        }
    }
}

fn draw_rule(paper: &mut Bitmap, y: u32) {
    let dash = glyph('-').expect("the font has ASCII");
    for column in 0..paper.width() / dash.width() {
        draw_glyph(paper, dash, (column * dash.width(), y), (1, 1), false);
    }
}

fn draw_qr(paper: &mut Bitmap, text: &str, top: u32) {
    let width_dots = u16::try_from(paper.width()).expect("paper is made of so many dots");
    let Some(code) = qr::modules(text, width_dots) else { return };
    let left = (width_dots - code.side_dots()) / 2;
    debug_assert!(left >= QUIET_MODULES * code.dots, "the white border fits");
    draw_code(paper, &code, (u32::from(left), top));
}

fn draw_code(paper: &mut Bitmap, code: &Modules, (left, top): (u32, u32)) {
    for y in 0..code.side_dots() {
        for x in 0..code.side_dots() {
            if code.is_dark(x / code.dots, y / code.dots) {
                paper.blacken(left + u32::from(x), top + u32::from(y));
            }
        }
    }
}

/// A code alone, in the middle of the fewest bytes that hold it, without
/// its white border.
pub(crate) fn code_picture(code: &Modules) -> Bitmap {
    let side = u32::from(code.side_dots());
    let mut picture = Bitmap::new(side.next_multiple_of(8), side);
    let left = (picture.width() - side) / 2;
    draw_code(&mut picture, code, (left, 0));
    picture
}
