//! Golden pictures: every scene of the board, drawn without a display and
//! compared pixel by pixel with `tests/golden`. `UPDATE_EXPECT=1` writes
//! them anew; a picture that differs is left in `target/pictures`.

use std::env;
use std::fs;
use std::path::PathBuf;

use display_board::Picture;

/// Golden pictures are this much smaller than a board.
const SHRINK: u32 = 3;

#[test]
fn every_scene_looks_as_it_did_and_no_golden_picture_is_left_over() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let golden = root.join("tests/golden");
    let differs = root.join("../target/pictures");
    let bless = env::var_os("UPDATE_EXPECT").is_some();
    let pictures = Picture::all(SHRINK).expect("the pictures can be drawn");
    assert!(pictures.len() >= 20, "five scenes, two shapes, two languages");
    let mut changed = Vec::new();
    for picture in &pictures {
        let path = golden.join(format!("{}.png", picture.name));
        if bless {
            fs::create_dir_all(&golden).expect("the golden folder can be made");
            fs::write(&path, &picture.png).expect("a golden picture can be written");
            continue;
        }
        let before = fs::read(&path).map(|it| pixels(&it)).unwrap_or_default();
        if before != pixels(&picture.png) {
            fs::create_dir_all(&differs).expect("the target folder can be written");
            fs::write(differs.join(format!("{}.png", picture.name)), &picture.png)
                .expect("a picture can be written");
            changed.push(picture.name.clone());
        }
    }
    let left_over = fs::read_dir(&golden).expect("the golden folder is there").count();
    assert_eq!(left_over, pictures.len(), "golden pictures and scenes");
    assert!(changed.is_empty(), "look at {}: {changed:?}", differs.display());
}

/// Width, height and colours: the encoder may change, the picture not.
fn pixels(file: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().expect("a PNG file");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a picture of bounded size")];
    let info = reader.next_frame(&mut pixels).expect("a whole PNG file");
    pixels.truncate(info.buffer_size());
    (info.width, info.height, pixels)
}
