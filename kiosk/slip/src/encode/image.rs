//! Dots as commands: a character within a line, a QR code in bands.
//!
//! Some printers look for real-time commands in every byte they receive,
//! dots included, so no dots may spell one.

use crate::Bitmap;
use crate::font::{GLYPH_HEIGHT, Glyph};
use crate::layout::Style;

/// A character as a 24-dot image within the line (`ESC * 33`), as wide
/// and as thick as the text around it.
pub(super) fn columns(glyph: Glyph, style: Style) -> Vec<u8> {
    let wide = u32::from(style.wide);
    let width = u8::try_from(glyph.width() * wide).expect("a glyph is at most 96 dots wide");
    let is_black = |x: u32, y: u32| {
        glyph.dot(x / wide, y) || style.bold && x > 0 && glyph.dot((x - 1) / wide, y)
    };
    let mut bytes = vec![0x1b, b'*', 33, width, 0];
    for x in 0..u32::from(width) {
        for top in (0..GLYPH_HEIGHT).step_by(8) {
            let set = |acc: u8, y: u32| acc << 1 | u8::from(is_black(x, top + y));
            bytes.push((0..8).fold(0, set));
        }
    }
    guarded(bytes)
}

/// What a row of a raster stands for (`m` of `GS v 0`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    /// One row of dots.
    Each = 0,
    /// Two that are alike: half the bytes on the line.
    ForTwo = 2,
}

/// A picture as raster bands (`GS v 0`) of so many rows at most, without
/// the white to its right.
pub(super) fn bands(picture: &Bitmap, rows_max: u8, rows_are: Rows) -> Vec<Vec<u8>> {
    let step = if rows_are == Rows::ForTwo { 2 } else { 1 };
    let rows: Vec<&[u8]> = picture.bits().chunks(picture.row_bytes()).step_by(step).collect();
    let inked = |row: &&[u8]| row.iter().rposition(|it| *it != 0).map_or(0, |it| it + 1);
    let row_bytes = rows.iter().map(inked).max().unwrap_or(0).max(1);
    let [x_low, x_high] = le_bytes(row_bytes);
    let mut bands = Vec::new();
    for band in rows.chunks(usize::from(rows_max)) {
        let [y_low, y_high] = le_bytes(band.len());
        let mut bytes = vec![0x1d, b'v', b'0', rows_are as u8, x_low, x_high, y_low, y_high];
        for row in band {
            bytes.extend_from_slice(&row[..row_bytes]);
        }
        bands.push(guarded(bytes));
    }
    bands
}

fn le_bytes(n: usize) -> [u8; 2] {
    u16::try_from(n).expect("paper has fewer dots than that").to_le_bytes()
}

/// Changes one dot wherever dots would spell a real-time command
/// (`DLE EOT`, `DLE ENQ`, `DLE ACK`, `DLE DC4`).
fn guarded(mut bytes: Vec<u8>) -> Vec<u8> {
    for at in 1..bytes.len() {
        if bytes[at - 1] == 0x10 && matches!(bytes[at], 0x04 | 0x05 | 0x06 | 0x14) {
            bytes[at] |= 0x20;
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dots_never_spell_a_real_time_command() {
        for last in [0x04, 0x05, 0x06, 0x14] {
            assert_eq!(guarded(vec![0x10, last, 0x01]), vec![0x10, last | 0x20, 0x01]);
        }
        assert_eq!(guarded(vec![0x10, 0x07]), vec![0x10, 0x07]);
    }

    #[test]
    fn a_band_has_as_many_bytes_as_it_says() {
        let mut picture = Bitmap::new(384, 50);
        picture.blacken(200, 49);
        let bands = bands(&picture, 24, Rows::Each);
        let rows: Vec<u8> = bands.iter().map(|it| it[6]).collect();
        assert_eq!(rows, [24, 24, 2]);
        for band in &bands {
            let row_bytes = usize::from(u16::from_le_bytes([band[4], band[5]]));
            assert_eq!(row_bytes, 26, "dot 200 is in the 26th byte");
            assert_eq!(band.len(), 8 + row_bytes * usize::from(band[6]));
        }
    }

    proptest! {
        #[test]
        fn no_picture_and_no_glyph_spells_a_real_time_command(
            bits in proptest::collection::vec(prop_oneof![Just(0x10_u8), 4_u8..7, Just(0x14)], 3 * 24),
            width in 1_u32..200,
            rows_max in 8_u8..=255,
            wide in 1_u8..=4,
            bold in any::<bool>(),
        ) {
            let mut picture = Bitmap::new(width, 30);
            for (at, bits) in (0..).zip(bits.iter().cycle().take(25 * 30)) {
                for bit in (0..8).filter(|it| bits & (0x80 >> it) != 0) {
                    picture.blacken(at % 25 * 8 + bit, at / 25);
                }
            }
            let style = Style { wide, bold, ..Style::PLAIN };
            let mut all = bands(&picture, rows_max, Rows::Each).concat();
            all.extend(columns(Glyph::of_rows(Box::leak(bits.into_boxed_slice())), style));
            prop_assert!(!spells(&all));
        }
    }

    #[test]
    fn every_glyph_of_both_fonts_is_harmless_after_and_before_a_header() {
        for character in ('\u{a1}'..='\u{9fff}').step_by(7) {
            let Some(glyph) = crate::font::glyph(character) else { continue };
            let twice = [columns(glyph, Style::PLAIN), columns(glyph, Style::HEADING)].concat();
            assert!(!spells(&twice), "{character}");
        }
    }

    fn spells(bytes: &[u8]) -> bool {
        bytes.windows(2).any(|it| it[0] == 0x10 && matches!(it[1], 0x04 | 0x05 | 0x06 | 0x14))
    }
}
