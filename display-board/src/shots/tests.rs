//! Every scene of every layout in both languages: each text is whole, has
//! all its glyphs, and stands out from its ground seven to one.

use board_core::Language;
use legible::{Glyphs, LEAST, contrast, texts};
use slint::{ComponentHandle, Rgb8Pixel};

use super::{LAYOUTS, Painter};

#[test]
fn every_text_of_a_board_can_be_read() {
    let painter = Painter::new().unwrap();
    let glyphs = Glyphs::new();
    let (mut n_texts, mut faults) = (0, Vec::new());
    for layout in LAYOUTS {
        for scene in layout.scenes {
            for language in [Language::Zh, Language::En] {
                let name = painter.show(&layout, scene, language, 1.0).unwrap();
                let ((across, _), bytes) = painter.canvas.pixels();
                let pixels: Vec<Rgb8Pixel> =
                    bytes.chunks_exact(3).map(|it| Rgb8Pixel::new(it[0], it[1], it[2])).collect();
                for set in texts(painter.window.window()) {
                    n_texts += 1;
                    let missing = glyphs.missing(&set.text);
                    faults.extend(missing.map(|it| format!("{name}: no glyph for `{it}`")));
                    let ratio = contrast(&set, across as usize, &pixels);
                    if let Some(ratio) = ratio.filter(|it| *it < LEAST) {
                        faults.push(format!("{name}: {:?} {ratio:.1}:1", set.text));
                    }
                    // The longest names end in an ellipsis, by rule.
                    if scene.name != "long" {
                        let wrong = set.faults.iter();
                        faults.extend(wrong.map(|it| format!("{name}: {:?} {it}", set.text)));
                    }
                }
            }
        }
    }
    assert!(n_texts > 1_000, "{n_texts} texts are every text");
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}
