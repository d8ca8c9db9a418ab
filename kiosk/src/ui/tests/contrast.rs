//! Every text against what is really drawn behind it: 7:1 or more (WCAG 2.1,
//! 1.4.6), whatever tokens the page took.

use std::collections::HashMap;
use std::path::Path;

use catalogue::Lang;
use kiosk_core::Shape;
use slint::{ComponentHandle, PhysicalSize, Rgb8Pixel, SharedPixelBuffer};

use super::texts::{Set, texts};
use crate::shots::{PAPER_DOTS, pictured};
use crate::ui::{Canvas, KioskWindow, Shown, fit};

const LEAST: f64 = 7.0;

#[test]
fn every_text_stands_out_seven_to_one() {
    let canvas = Canvas::install().unwrap();
    let window = KioskWindow::new().unwrap();
    window.show().unwrap();
    canvas.resize(PhysicalSize::new(1080, 1920));
    assert_eq!(fit(&window), Shape::Portrait);
    let hall = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/halls/demo");
    let mut n_texts = 0;
    let mut faults = Vec::new();
    // Language and size change no colour.
    let mut sights = pictured(&hall, Shape::Portrait, &["", "-contrast"]).unwrap();
    sights.retain(|it| it.view.lang == Lang::Zh);
    for sight in sights {
        Shown::new(PAPER_DOTS).show(&window, sight.view);
        canvas.settle();
        let picture = canvas.pixels();
        for set in texts(&window) {
            let Some(ground) = ground_of(&set, &picture) else { continue };
            n_texts += 1;
            let ratio = contrast(set.colour, ground);
            if ratio < LEAST {
                faults.push(format!("{}: {:?} {ratio:.1}:1\n", sight.name, set.text));
            }
        }
    }
    assert!(n_texts > 900, "{n_texts} texts are every text");
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.concat());
}

/// The colour of most of the box that is not the text's own.
fn ground_of(set: &Set, picture: &SharedPixelBuffer<Rgb8Pixel>) -> Option<[u8; 3]> {
    let [left, top, width, height] = set.place.map(px);
    let (across, down) = (px_of(picture.width()), px_of(picture.height()));
    let mut counts: HashMap<[u8; 3], usize> = HashMap::new();
    for y in top..(top + height).min(down) {
        for x in left..(left + width).min(across) {
            let Rgb8Pixel { r, g, b } = picture.as_slice()[y * across + x];
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

fn px_of(side: u32) -> usize {
    usize::try_from(side).expect("a side fits")
}

/// The contrast of two colours (WCAG 2.1).
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
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

#[test]
fn contrast_is_that_of_the_standard() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 0.001);
    assert!((contrast([0x17, 0x21, 0x24], [0xF5, 0xF3, 0xED]) - 14.8).abs() < 0.05);
}
