//! The paper: dots that are black or white, as long as it gets.
//!
//! It draws what it is told where it is told. It must not know commands.

use std::fmt;
use std::io::Write;

use slip::{GLYPH_HEIGHT, MISSING, glyph};

/// A strip of paper of a fixed width.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Paper {
    width: usize,
    /// One byte a dot, row by row; the last row may be white.
    dots: Vec<u8>,
}

/// Its size only: a million dots tell nobody anything.
impl fmt::Debug for Paper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Paper({} × {})", self.width, self.height())
    }
}

impl Paper {
    pub(crate) fn new(width: usize) -> Self {
        Self { width, dots: Vec::new() }
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    pub(crate) fn height(&self) -> usize {
        self.dots.len() / self.width
    }

    /// Makes the paper at least so long.
    pub(crate) fn reach(&mut self, height: usize) {
        if height > self.height() {
            self.dots.resize(height * self.width, 0);
        }
    }

    pub(crate) fn blacken(&mut self, x: usize, y: usize) {
        if x < self.width {
            self.reach(y + 1);
            self.dots[y * self.width + x] = 1;
        }
    }

    /// Draws a character with its left top corner at a point; one that
    /// no font has becomes an empty box.
    pub(crate) fn draw_character(&mut self, character: char, at: (usize, usize), look: Look) {
        let glyph = glyph(character).or_else(|| glyph(MISSING)).expect("the font has 〓");
        for y in 0..GLYPH_HEIGHT {
            for x in 0..glyph.width() {
                if glyph.dot(x, y) {
                    self.draw_square(x as usize, y as usize, at, look);
                }
            }
        }
    }

    /// Draws one dot of something that is printed larger.
    pub(crate) fn draw_square(&mut self, x: usize, y: usize, at: (usize, usize), look: Look) {
        let Look { wide, high, bold } = look;
        for down in 0..high {
            for right in 0..wide + usize::from(bold) {
                self.blacken(at.0 + x * wide + right, at.1 + y * high + down);
            }
        }
    }

    /// Writes the paper as a black-and-white PNG.
    pub(crate) fn write_png(&self, to: impl Write) -> Result<(), png::EncodingError> {
        let size = |it: usize| u32::try_from(it).expect("paper is shorter than a kilometre");
        let height = self.height().max(1);
        let mut encoder = png::Encoder::new(to, size(self.width), size(height));
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        let mut rows = Vec::with_capacity(self.width.div_ceil(8) * height);
        for row in self.dots.chunks(self.width) {
            for byte in row.chunks(8) {
                let bits = byte.iter().enumerate().fold(0_u8, |acc, (n, it)| acc | it << (7 - n));
                rows.push(!bits);
            }
        }
        if self.height() == 0 {
            rows.resize(self.width.div_ceil(8), 0xff);
        }
        encoder.write_header()?.write_image_data(&rows)
    }
}

/// How large and how thick something is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    pub(crate) wide: usize,
    pub(crate) high: usize,
    pub(crate) bold: bool,
}

impl Look {
    pub(crate) const PLAIN: Self = Self { wide: 1, high: 1, bold: false };
}
