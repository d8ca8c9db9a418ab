//! Dots as commands: a character within a line, a QR code in bands.
//!
//! Some printers look for real-time commands in every byte they receive,
//! dots included, so no dots may spell one.

use crate::font::{GLYPH_HEIGHT, glyph};
use crate::profile::Profile;
use crate::qr::Modules;

/// A character as a 24-dot image within the line (`ESC * 33`), if our
/// font has it.
pub(super) fn glyph_columns(character: char) -> Option<Vec<u8>> {
    let glyph = glyph(character)?;
    let width = u8::try_from(glyph.width()).expect("a glyph is at most 24 dots wide");
    let mut bytes = vec![0x1b, b'*', 33, width, 0];
    for x in 0..glyph.width() {
        for top in (0..GLYPH_HEIGHT).step_by(8) {
            let set = |acc: u8, y: u32| acc << 1 | u8::from(glyph.dot(x, top + y));
            bytes.push((0..8).fold(0, set));
        }
    }
    Some(guarded(bytes))
}

/// A QR code in the middle of the paper as raster bands (`GS v 0`).
pub(super) fn qr_bands(code: &Modules, profile: &Profile) -> Vec<Vec<u8>> {
    let side = code.side * code.dots;
    let left = (profile.width_dots - side) / 2;
    let rows_max = u16::from(profile.raster_band_rows);
    let row_bytes = (left + side).div_ceil(8);
    let mut bands = Vec::new();
    for top in (0..side).step_by(usize::from(rows_max)) {
        let rows = rows_max.min(side - top);
        let [x_low, x_high] = row_bytes.to_le_bytes();
        let [y_low, y_high] = rows.to_le_bytes();
        let mut bytes = vec![0x1d, b'v', b'0', 0, x_low, x_high, y_low, y_high];
        for y in top..top + rows {
            for x in (0..row_bytes * 8).step_by(8) {
                let dark = |x: u16| {
                    (left..left + side).contains(&x)
                        && code.is_dark((x - left) / code.dots, y / code.dots)
                };
                bytes.push((0..8).fold(0, |acc: u8, bit| acc << 1 | u8::from(dark(x + bit))));
            }
        }
        bands.push(guarded(bytes));
    }
    bands
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
        let code = crate::qr::modules("http://192.168.1.10/t/abc", 384).unwrap();
        let bands = qr_bands(&code, &Profile::GENERIC_58);
        for band in &bands {
            let row_bytes = usize::from(u16::from_le_bytes([band[4], band[5]]));
            let rows = usize::from(u16::from_le_bytes([band[6], band[7]]));
            assert_eq!(band.len(), 8 + row_bytes * rows);
            assert!(row_bytes * 8 <= 384);
        }
        let rows: usize = bands.iter().map(|it| usize::from(it[6])).sum();
        assert_eq!(rows, usize::from(code.side * code.dots));
    }
}
