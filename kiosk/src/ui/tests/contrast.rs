//! Every text against what is really drawn behind it: 7:1 or more (WCAG 2.1,
//! 1.4.6), whatever tokens the page took.

use std::path::Path;

use catalogue::Lang;
use kiosk_core::Shape;
use legible::texts;
use slint::{ComponentHandle, PhysicalSize};

use crate::shots::{PAPER_DOTS, pictured};
use crate::ui::{Canvas, KioskWindow, Shown, fit};

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
        let across = usize::try_from(picture.width()).expect("a side fits");
        for set in texts(window.window()) {
            let Some(ratio) = legible::contrast(&set, across, picture.as_slice()) else { continue };
            n_texts += 1;
            if ratio < legible::LEAST {
                faults.push(format!("{}: {:?} {ratio:.1}:1\n", sight.name, set.text));
            }
        }
    }
    assert!(n_texts > 900, "{n_texts} texts are every text");
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.concat());
}
