//! Pictures that are made while the kiosk runs: the code of a ticket,
//! and the slip as it lies at the printer.

use slint::{Image, Rgb8Pixel, SharedPixelBuffer};
use slip::Slip;

/// Paper white and printed black: what lies there looks so in any mode.
const WHITE: Rgb8Pixel = Rgb8Pixel { r: 255, g: 255, b: 255 };
const BLACK: Rgb8Pixel = Rgb8Pixel { r: 0, g: 0, b: 0 };

/// Rows of a slip that can be seen below the slot.
const ROWS_MAX: u32 = 312;

/// More modules on a side are finer than three pixels of the design where
/// a code is shown, and no phone is sure of them.
const MODULES_MAX: usize = 61;

/// The code of an address, a pixel a module, with a margin of white.
/// Empty if there is none, or one that is too long to be read from a
/// screen.
pub(super) fn code(url: &str) -> Image {
    const MARGIN: usize = 2;
    if url.is_empty() {
        return Image::default();
    }
    let Ok(code) = qrcode::QrCode::new(url.as_bytes()) else { return Image::default() };
    let (modules, inner) = (code.to_colors(), code.width());
    if inner > MODULES_MAX {
        return Image::default();
    }
    let side = inner + 2 * MARGIN;
    let px = u32::try_from(side).expect("a code has at most 177 modules on a side");
    let mut picture = SharedPixelBuffer::<Rgb8Pixel>::new(px, px);
    let pixels = picture.make_mut_slice();
    pixels.fill(WHITE);
    for (at, module) in modules.iter().enumerate() {
        if *module == qrcode::Color::Dark {
            let (x, y) = (at % inner + MARGIN, at / inner + MARGIN);
            pixels[y * side + x] = BLACK;
        }
    }
    Image::from_rgb8(picture)
}

/// The upper part of a slip on paper of so many dots, a pixel a dot, as
/// the printer prints it. Empty without a slip.
pub(super) fn paper_picture(slip: Option<&Slip>, paper_dots: u16) -> Image {
    let Some(slip) = slip else { return Image::default() };
    let columns = usize::from(paper_dots / slip::CELL_DOTS);
    let paper = slip::preview(&slip::layout(slip, columns), paper_dots);
    let rows = paper.height().min(ROWS_MAX);
    let mut picture = SharedPixelBuffer::<Rgb8Pixel>::new(paper.width(), rows);
    let places = (0..rows).flat_map(|y| (0..paper.width()).map(move |x| (x, y)));
    for (pixel, (x, y)) in picture.make_mut_slice().iter_mut().zip(places) {
        *pixel = if paper.dot(x, y) { BLACK } else { WHITE };
    }
    Image::from_rgb8(picture)
}
