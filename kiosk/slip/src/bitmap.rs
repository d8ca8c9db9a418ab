//! Black and white dots.
//!
//! One bit a dot, as printers and the preview use them. This file must
//! not know what the dots show.

/// A picture of one bit a dot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bitmap {
    width: u32,
    height: u32,
    bits: Vec<u8>,
}

impl Bitmap {
    /// A white picture.
    pub fn new(width: u32, height: u32) -> Self {
        let bytes = width.div_ceil(8) as usize * height as usize;
        Self { width, height, bits: vec![0; bytes] }
    }

    /// The width in dots.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// The height in dots.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The rows from the top, each padded to whole bytes; the left dot
    /// in the top bit, 1 is black.
    pub fn bits(&self) -> &[u8] {
        &self.bits
    }

    /// The bytes of one row.
    pub fn row_bytes(&self) -> usize {
        self.width.div_ceil(8) as usize
    }

    /// Whether a dot is black; outside the picture nothing is.
    pub fn dot(&self, x: u32, y: u32) -> bool {
        self.index(x, y).is_some_and(|(byte, bit)| self.bits[byte] & bit != 0)
    }

    /// Makes a dot black; outside the picture nothing happens.
    pub fn blacken(&mut self, x: u32, y: u32) {
        if let Some((byte, bit)) = self.index(x, y) {
            self.bits[byte] |= bit;
        }
    }

    fn index(&self, x: u32, y: u32) -> Option<(usize, u8)> {
        (x < self.width && y < self.height)
            .then(|| (y as usize * self.row_bytes() + x as usize / 8, 0x80 >> (x % 8)))
    }
}
