//! Golden pictures: every scene of every layout, drawn without a display
//! and compared pixel by pixel with `tests/golden`; then the same at the
//! size of small and of large screens, which must be the same pictures.
//! `UPDATE_EXPECT=1` writes them anew; a picture that differs is left in
//! `target/pictures`.

use std::env;
use std::fs;
use std::path::PathBuf;

use display_board::{Painter, Picture};

/// Golden pictures are this much smaller than a board of 1920 × 1080.
const SHRINK: u32 = 3;

/// How much a scaled picture may differ from the golden one, of 255, on
/// average: letters end on other pixels.
const DIFFERENCE_MAX: f64 = 8.0;

/// And how much in any square of [`SQUARE`] pixels: a line that wraps
/// elsewhere or a word that lost its end differs more.
const DIFFERENCE_IN_SQUARE_MAX: f64 = 60.0;
const SQUARE: u32 = 20;

#[test]
fn every_scene_looks_as_it_did_on_screens_of_any_size() {
    let painter = Painter::new().expect("a board can be drawn");
    let pictures =
        painter.draw(1.0 / f64::from(SHRINK), |_| true).expect("the pictures can be drawn");
    assert!(pictures.len() >= 80, "scenes, layouts and languages");
    compare_with_golden(&pictures);
    // 1280 × 720 and 3840 × 2160; of the largest those with most on them.
    let full = |scene: &str| ["long", "sixty", "tags", "come"].contains(&scene);
    let small = painter.draw(2.0 / 3.0, |_| true).expect("the pictures can be drawn");
    let large = painter.draw(2.0, full).expect("the pictures can be drawn");
    for (picture, shrink) in small.iter().map(|it| (it, 2)).chain(large.iter().map(|it| (it, 6))) {
        let golden = pictures.iter().find(|it| it.name == picture.name);
        assert_alike(&shrunk(picture, shrink), golden.expect("the same scene"));
    }
}

fn compare_with_golden(pictures: &[Picture]) {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let golden = root.join("tests/golden");
    let bless = env::var_os("UPDATE_EXPECT").is_some();
    let mut changed = Vec::new();
    for picture in pictures {
        let path = golden.join(format!("{}.png", picture.name));
        if bless {
            fs::create_dir_all(&golden).expect("the golden folder can be made");
            fs::write(&path, picture.png().expect("a picture is a PNG file"))
                .expect("a golden picture can be written");
            continue;
        }
        let before = fs::read(&path).map(|it| pixels(&it)).unwrap_or_default();
        if before != (picture.size, picture.pixels.clone()) {
            keep(picture);
            changed.push(picture.name.clone());
        }
    }
    let left_over = fs::read_dir(&golden).expect("the golden folder is there").count();
    assert_eq!(left_over, pictures.len(), "golden pictures and scenes");
    assert!(changed.is_empty(), "look at target/pictures: {changed:?}");
}

/// Leaves the picture where somebody can look at it.
fn keep(picture: &Picture) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/pictures");
    fs::create_dir_all(&folder).expect("the target folder can be written");
    let png = picture.png().expect("a picture is a PNG file");
    fs::write(folder.join(format!("{}.png", picture.name)), png).expect("a picture can be written");
}

/// Width, height and colours: the encoder may change, the picture not.
fn pixels(file: &[u8]) -> ((u32, u32), Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().expect("a PNG file");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a picture of bounded size")];
    let info = reader.next_frame(&mut pixels).expect("a whole PNG file");
    pixels.truncate(info.buffer_size());
    ((info.width, info.height), pixels)
}

/// The picture with the means of squares of `by` pixels.
fn shrunk(picture: &Picture, by: u32) -> Picture {
    let (width, height) = (picture.size.0 / by, picture.size.1 / by);
    let mut pixels = Vec::with_capacity((width * height * 3) as usize);
    for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
        for channel in 0..3 {
            let inside = (0..by * by).map(|it| (x * by + it % by, y * by + it / by));
            let sum: u32 = inside
                .map(|(x, y)| u32::from(picture.pixels[index(picture.size.0, x, y, channel)]))
                .sum();
            pixels.push(u8::try_from(sum / (by * by)).expect("a mean of bytes is one"));
        }
    }
    Picture { name: picture.name.clone(), size: (width, height), pixels }
}

fn index(width: u32, x: u32, y: u32, channel: u32) -> usize {
    ((y * width + x) * 3 + channel) as usize
}

/// Fails where two pictures of one size differ by more than letters do.
fn assert_alike(picture: &Picture, golden: &Picture) {
    assert_eq!(picture.size, golden.size, "{}", picture.name);
    let (width, height) = picture.size;
    let mut whole = 0_u64;
    for (top, left) in (0..height)
        .step_by(SQUARE as usize)
        .flat_map(|y| (0..width).step_by(SQUARE as usize).map(move |x| (y, x)))
    {
        let (mut inside, mut n) = (0_u64, 0_u64);
        for y in top..(top + SQUARE).min(height) {
            for x in left..(left + SQUARE).min(width) {
                for channel in 0..3 {
                    let at = index(width, x, y, channel);
                    inside += u64::from(picture.pixels[at].abs_diff(golden.pixels[at]));
                    n += 1;
                }
            }
        }
        whole += inside;
        let mean = mean(inside, n);
        if mean > DIFFERENCE_IN_SQUARE_MAX {
            keep(picture);
            panic!("{} differs at {left}, {top} by {mean:.1}: target/pictures", picture.name);
        }
    }
    let mean = mean(whole, u64::from(width * height) * 3);
    assert!(mean < DIFFERENCE_MAX, "{} differs by {mean:.2}", picture.name);
}

#[expect(clippy::cast_precision_loss, reason = "sums of bytes of one picture")]
fn mean(sum: u64, n: u64) -> f64 {
    sum as f64 / n as f64
}
