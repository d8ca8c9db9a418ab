//! The 24-dot bitmap fonts: the same cells as a thermal printer's own.
//!
//! They draw previews, receipts of emulated printers and characters that
//! a printer lacks. `efont24.bin` has what two-byte fonts have, in the
//! style of printers; `rare24.bin` has every other hanzi that a free font
//! has. This file must not scale, embolden or measure text; the files
//! and their formats are made by the scripts beside them.

mod covered;

use crate::text::normalise;

use self::covered::COVERED;

/// The height of every glyph in dots.
pub const GLYPH_HEIGHT: u32 = 24;

/// The replacement for a character that nobody can draw (〓, GB 2312
/// 01-94, which printers use for the same purpose).
pub const MISSING: char = '〓';

const FILE: &[u8] = include_bytes!("../../../assets/fonts/efont24.bin");
const RARE_FILE: &[u8] = include_bytes!("../../../assets/fonts/rare24.bin");
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
    /// A wide glyph of these 24 rows of three bytes.
    #[cfg(test)]
    pub(crate) fn of_rows(rows: &'static [u8]) -> Self {
        Self { rows, row_bytes: 3 }
    }

    /// The width in dots: 12 for Latin, 24 for everything else.
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

/// The glyph of a character, if a font has one.
pub fn glyph(character: char) -> Option<Glyph> {
    let code = u32::from(character);
    let (n_narrow, n_wide) = (usize::from(u16_at(4)), usize::from(u16_at(6)));
    let narrow_glyphs = HEADER_BYTES + 2 * (n_narrow + n_wide);
    let wide_glyphs = narrow_glyphs + NARROW_BYTES * n_narrow;
    let common = |table: usize| move |index: usize| u32::from(u16_at(table + 2 * index));
    if let Some(index) = find(n_narrow, code, common(HEADER_BYTES)) {
        let start = narrow_glyphs + NARROW_BYTES * index;
        return Some(Glyph { rows: &FILE[start..start + NARROW_BYTES], row_bytes: 2 });
    }
    if let Some(index) = find(n_wide, code, common(HEADER_BYTES + 2 * n_narrow)) {
        let start = wide_glyphs + WIDE_BYTES * index;
        return Some(Glyph { rows: &FILE[start..start + WIDE_BYTES], row_bytes: 3 });
    }
    let n_rare = n_rare();
    let index = find(n_rare, code, |index| rare_u32_at(HEADER_BYTES + 4 * index))?;
    let start = HEADER_BYTES + 4 * n_rare + WIDE_BYTES * index;
    Some(Glyph { rows: &RARE_FILE[start..start + WIDE_BYTES], row_bytes: 3 })
}

/// The characters of a text that no slip can show, each once, in their
/// order. A text that is to be printed should have none: 〓 would stand
/// in their place. A program that only asks this does not carry the
/// fonts.
pub fn unprintable(text: &str) -> Vec<char> {
    let mut missing = Vec::new();
    for character in normalise(text).chars() {
        if !is_covered(character) && !missing.contains(&character) {
            missing.push(character);
        }
    }
    missing
}

/// Whether a font has a glyph for a character.
fn is_covered(character: char) -> bool {
    let code = u32::from(character);
    let after = COVERED.partition_point(|&(first, _)| first <= code);
    after > 0 && code <= COVERED[after - 1].1
}

/// Searches `n` rising code points.
fn find(n: usize, code: u32, at: impl Fn(usize) -> u32) -> Option<usize> {
    let (mut low, mut high) = (0, n);
    while low < high {
        let middle = low.midpoint(high);
        match at(middle).cmp(&code) {
            std::cmp::Ordering::Equal => return Some(middle),
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    None
}

fn n_rare() -> usize {
    usize::try_from(rare_u32_at(4)).expect("a count that a 32-bit machine can index")
}

fn rare_u32_at(at: usize) -> u32 {
    let bytes = [0, 1, 2, 3].map(|it| RARE_FILE[at + it]);
    u32::from_le_bytes(bytes)
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
    fn every_glyph_is_as_wide_as_its_cells() {
        for (first, last) in COVERED {
            for character in (first..=last).filter_map(char::from_u32) {
                let width = glyph(character).map(|it| it.width() as usize / 12);
                assert_eq!(width, Some(crate::text::char_cells(character)), "{character}");
            }
        }
    }

    #[test]
    fn the_rare_font_file_is_whole() {
        assert_eq!(&RARE_FILE[..4], b"RA24");
        let n = n_rare();
        assert_eq!(RARE_FILE.len(), HEADER_BYTES + (4 + WIDE_BYTES) * n);
        let code = |it: usize| rare_u32_at(HEADER_BYTES + 4 * it);
        assert!((1..n).all(|it| code(it - 1) < code(it)), "the code points rise");
    }

    /// `UPDATE_EXPECT=1` writes the list anew when a font changes.
    #[test]
    fn the_list_of_covered_characters_is_that_of_the_fonts() {
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for code in (0..=0x10_ffff).filter_map(char::from_u32) {
            let (has, code) = (glyph(code).is_some(), u32::from(code));
            match ranges.last_mut() {
                Some((_, last)) if has && *last + 1 == code => *last = code,
                _ if has => ranges.push((code, code)),
                _ => {}
            }
        }
        let mut file = COVERED_HEAD.to_owned();
        file.push_str(&format!("pub(super) const COVERED: [(u32, u32); {}] = [\n", ranges.len()));
        for (first, last) in ranges {
            file.push_str(&format!("    ({first:#x}, {last:#x}),\n"));
        }
        file.push_str("];\n");
        expect_test::expect_file!["font/covered.rs"].assert_eq(&file);
    }

    const COVERED_HEAD: &str = "\
//! Which characters the fonts have a glyph for.
//!
//! Made from the fonts by a test beside them; nobody edits this.

/// The first and last code point of each run, rising.
";

    #[test]
    fn every_hanzi_that_a_name_can_have_has_a_glyph() {
        for character in "㛃䶮𠮷堃垚喆鑫𬭊𫖯𬀩㴋𪚥𰻞飝䧳〇﨑".chars() {
            assert_eq!(glyph(character).map(Glyph::width), Some(24), "{character}");
        }
        // The last blocks are later than the fonts, and so are the last
        // characters of the older ones.
        let blocks = [
            0x4e00..0x9feb,
            0x3400..0x4db6,
            0x20000..0x2a6d7,
            0x2a700..0x2b735,
            0x2b740..0x2b81e,
            0x2b820..0x2cea2,
            0x2ceb0..0x2ebe1,
        ];
        for character in blocks.into_iter().flatten().filter_map(char::from_u32) {
            assert!(glyph(character).is_some(), "{character} {:#x}", u32::from(character));
        }
    }

    #[test]
    fn what_no_font_has_is_named_once() {
        assert_eq!(unprintable("㛃䶮𠮷 ￥€〇①㎡“”\u{a0}A01–A04 Müller"), []);
        assert_eq!(unprintable("好😀的👍\u{fe0f}😀\u{10ffff}"), ['😀', '👍', '\u{10ffff}']);
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
