//! The contrast of a text with what is drawn behind it.

use std::collections::HashMap;

use slint::Rgb8Pixel;

use crate::Set;

/// What every text must have (WCAG 2.1, 1.4.6).
pub const LEAST: f64 = 7.0;

/// The contrast of the text with its ground in a picture that is `across`
/// pixels wide; none if nothing of the ground is to be seen.
pub fn contrast(set: &Set, across: usize, picture: &[Rgb8Pixel]) -> Option<f64> {
    ground_of(set, across, picture).map(|ground| ratio(set.colour, ground))
}

/// The colour of most of the box that is not the text's own.
fn ground_of(set: &Set, across: usize, picture: &[Rgb8Pixel]) -> Option<[u8; 3]> {
    let [left, top, width, height] = set.place.map(px);
    let down = picture.len() / across;
    let mut counts: HashMap<[u8; 3], usize> = HashMap::new();
    for y in top..(top + height).min(down) {
        for x in left..(left + width).min(across) {
            let Rgb8Pixel { r, g, b } = picture[y * across + x];
            *counts.entry([r, g, b]).or_default() += 1;
        }
    }
    counts.remove(&set.colour);
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(colour, _)| colour)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place on a screen")]
fn px(length: f32) -> usize {
    length.max(0.0).round() as usize
}

/// The contrast of two colours (WCAG 2.1).
pub fn ratio(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: [u8; 3]) -> f64 {
    let [r, g, b] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
#[test]
fn contrast_is_that_of_the_standard() {
    assert!((ratio([0; 3], [255; 3]) - 21.0).abs() < 0.001);
    assert!((ratio([0x17, 0x21, 0x24], [0xF5, 0xF3, 0xED]) - 14.8).abs() < 0.05);
}
