//! The 24-dot bitmap font: the same cells as a thermal printer's own.
//!
//! It draws previews, receipts of emulated printers and characters that
//! a printer lacks. It must not scale, embolden or measure text; the
//! file and its format are made by `assets/fonts/efont24.py`.

/// The height of every glyph in dots.
pub const GLYPH_HEIGHT: u32 = 24;

/// The replacement for a character that nobody can draw (〓, GB 2312
/// 01-94, which printers use for the same purpose).
pub const MISSING: char = '〓';

const FILE: &[u8] = include_bytes!("../../../assets/fonts/efont24.bin");
const HEADER_BYTES: usize = 8;
const NARROW_BYTES: usize = 48;
const WIDE_BYTES: usize = 72;

/// The dots of one character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    rows: &'static [u8],
    row_bytes: usize,
}

impl Glyph {
    /// The width in dots: 12 for ASCII, 24 for everything else.
    pub fn width(self) -> u32 {
        if self.row_bytes == 2 { 12 } else { 24 }
    }

    /// Whether the dot is black; outside the glyph nothing is.
    pub fn dot(self, x: u32, y: u32) -> bool {
        if x >= self.width() || y >= GLYPH_HEIGHT {
            return false;
        }
        let byte = self.rows[y as usize * self.row_bytes + x as usize / 8];
        byte & (0x80 >> (x % 8)) != 0
    }
}

/// The glyph of a character, if the font has one.
pub fn glyph(character: char) -> Option<Glyph> {
    let code = u16::try_from(u32::from(character)).ok()?;
    let n_narrow = usize::from(u16_at(4));
    let n_wide = usize::from(u16_at(6));
    let narrow_glyphs = HEADER_BYTES + 2 * (n_narrow + n_wide);
    let wide_glyphs = narrow_glyphs + NARROW_BYTES * n_narrow;
    if let Some(index) = find(HEADER_BYTES, n_narrow, code) {
        let start = narrow_glyphs + NARROW_BYTES * index;
        return Some(Glyph { rows: &FILE[start..start + NARROW_BYTES], row_bytes: 2 });
    }
    let index = find(HEADER_BYTES + 2 * n_narrow, n_wide, code)?;
    let start = wide_glyphs + WIDE_BYTES * index;
    Some(Glyph { rows: &FILE[start..start + WIDE_BYTES], row_bytes: 3 })
}

/// Searches `n` rising code points that begin at byte `table`.
fn find(table: usize, n: usize, code: u16) -> Option<usize> {
    let (mut low, mut high) = (0, n);
    while low < high {
        let middle = low.midpoint(high);
        match u16_at(table + 2 * middle).cmp(&code) {
            std::cmp::Ordering::Equal => return Some(middle),
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    None
}

fn u16_at(at: usize) -> u16 {
    u16::from_le_bytes([FILE[at], FILE[at + 1]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_file_is_whole() {
        assert_eq!(&FILE[..4], b"EF24");
        let (narrow, wide) = (usize::from(u16_at(4)), usize::from(u16_at(6)));
        assert_eq!(
            FILE.len(),
            HEADER_BYTES + (NARROW_BYTES + 2) * narrow + (WIDE_BYTES + 2) * wide
        );
    }

    #[test]
    fn ascii_is_narrow_and_all_of_gb2312_is_wide() {
        for byte in 0x20..0x7f_u8 {
            assert_eq!(glyph(char::from(byte)).map(Glyph::width), Some(12), "{byte:#x}");
        }
        for row in (0xb0..=0xf7_u8).chain(0xa1..=0xa3) {
            for cell in 0xa1..=0xfe_u8 {
                let code = [row, cell];
                let (text, _, bad) = encoding_rs::GB18030.decode(&code);
                let character = text.chars().next().unwrap();
                if bad || ('\u{e000}'..='\u{f8ff}').contains(&character) {
                    continue;
                }
                let width = glyph(character).map(Glyph::width);
                // Half a dozen symbols beyond GB 2312 share its rows.
                let in_gb2312 = row >= 0xb0 || !matches!((row, cell), (0xa2, ..=0xb0 | 0xe3..));
                assert!(width == Some(24) || !in_gb2312, "{character} {row:#x} {cell:#x}");
            }
        }
    }

    #[test]
    fn a_character_beyond_the_font_has_no_glyph() {
        assert_eq!(glyph('𠮷'), None);
        assert_eq!(glyph('㛃'), None);
        assert!(glyph(MISSING).is_some());
    }

    #[test]
    fn one_is_a_single_stroke_across() {
        let one = glyph('一').unwrap();
        let rows: Vec<u32> =
            (0..24).filter(|&y| (0..24).filter(|&x| one.dot(x, y)).count() > 12).collect();
        assert!(!rows.is_empty() && rows.len() <= 2, "{rows:?}");
    }
}
