//! Every page in both shapes, both languages and every mode: what can be
//! pressed is large enough, within reach and alone; texts are whole, have
//! all their glyphs and do not run into each other.

mod aloud;
mod contrast;

use std::path::Path;

use kiosk_core::Shape;
use legible::texts;
use serde_json::Value;
use slint::{ComponentHandle, PhysicalSize};

use super::layout_file::elements;
use super::{Canvas, KioskWindow, Shown, fit};
use crate::shots::{PAPER_DOTS, SCREENS, Sight, sights};

/// Least side of what can be pressed, design pixels.
const TOUCH_MIN: f64 = 84.0;
const TOUCH_LANDSCAPE: f64 = 102.0;

/// Above this line of a portrait nothing needs to be pressed, nor in low
/// reach above the lower one (look: 1.27 m and 1.15 m above the floor).
const REACH: f64 = 640.0;
const LOW_REACH: f64 = 960.0;

/// Least gap between two things that can be pressed, design pixels: what
/// is meant to be apart is not to touch.
const GAP: f64 = 8.0;

/// What is asked over a page begins so.
const STILL_HERE: [&str; 2] = ["还在用吗？", "Still here?"];

/// Less of an overlap than a line of type has air.
const AIR: f64 = 14.0;

#[derive(Debug)]
struct Placed {
    role: String,
    label: String,
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl Placed {
    fn from(json: &Value) -> Placed {
        let number = |key: &str| json[key].as_f64().expect("a place has numbers");
        Placed {
            role: json["role"].as_str().expect("an element has a role").to_owned(),
            label: json["label"].as_str().expect("an element has a label").to_owned(),
            x: number("x"),
            y: number("y"),
            width: number("width"),
            height: number("height"),
        }
    }

    /// A field is read like a text: neither may lie on the other.
    fn kind(&self) -> &str {
        if self.role == "field" { "text" } else { &self.role }
    }

    fn right(&self) -> f64 {
        self.x + self.width
    }

    fn bottom(&self) -> f64 {
        self.y + self.height
    }

    fn holds(&self, other: &Placed) -> bool {
        self.x <= other.x
            && self.y <= other.y
            && self.right() >= other.right()
            && self.bottom() >= other.bottom()
    }

    /// Whether a finger may hit the one for the other.
    fn touches(&self, other: &Placed) -> bool {
        let across = self.x.max(other.x) - self.right().min(other.right());
        let down = self.y.max(other.y) - self.bottom().min(other.bottom());
        across < GAP && down < GAP && !self.holds(other) && !other.holds(self)
    }

    fn meets(&self, other: &Placed) -> bool {
        let across = self.right().min(other.right()) - self.x.max(other.x);
        let down = self.bottom().min(other.bottom()) - self.y.max(other.y);
        across > AIR && down > AIR && !self.holds(other) && !other.holds(self)
    }
}

/// What is wrong with a page.
fn faults_of(sight: &Sight, shape: Shape, placed: &[Placed]) -> Vec<String> {
    let (width, height, least, reach) = match shape {
        Shape::Portrait if sight.view.low => (1080.0, 1920.0, TOUCH_MIN, LOW_REACH),
        Shape::Portrait => (1080.0, 1920.0, TOUCH_MIN, REACH),
        Shape::Landscape => (1920.0, 1080.0, TOUCH_LANDSCAPE, 0.0),
    };
    let mut faults = Vec::new();
    for it in placed {
        // Types are lifted a little in their boxes.
        let inside =
            it.x >= 0.0 && it.y >= -AIR && it.right() <= width && it.bottom() <= height + AIR;
        if !inside {
            faults.push(format!("{it:?} is beyond the screen"));
        }
        if it.role == "button" {
            if it.width < least || it.height < least {
                faults.push(format!("{it:?} is too small to press"));
            }
            if it.y < reach {
                faults.push(format!("{it:?} is too high to reach"));
            }
        }
    }
    // What is asked over a page hides what is below.
    let asked = placed.iter().position(|it| STILL_HERE.contains(&it.label.as_str()));
    assert_eq!(asked.is_some(), sight.view.still_here_s.is_some(), "{}", sight.name);
    faults.extend(crowded(&placed[asked.unwrap_or(0)..]));
    faults
}

/// What lies on something else, or too near to it.
fn crowded(placed: &[Placed]) -> Vec<String> {
    let mut faults = Vec::new();
    for (at, one) in placed.iter().enumerate() {
        for it in placed[at + 1..].iter().filter(|it| it.kind() == one.kind()) {
            if it.meets(one) {
                faults.push(format!("{one:?} meets {it:?}"));
            } else if one.role == "button" && it.touches(one) {
                faults.push(format!("{one:?} touches {it:?}"));
            }
        }
    }
    let (texts, pressed): (Vec<_>, Vec<_>) = placed.iter().partition(|it| it.kind() == "text");
    for text in texts {
        let below = pressed.iter().filter(|it| it.role == "button" && text.meets(it));
        faults.extend(below.map(|it| format!("{text:?} runs below {it:?}")));
    }
    faults
}

/// The screens that halls buy, pixels and the smallest diagonal they come
/// in, inches.
const PANELS: [(u32, u32, f64); 4] =
    [(1080, 1920, 21.5), (1920, 1080, 21.5), (1366, 768, 18.5), (1280, 1024, 19.0)];

/// Least side of what can be pressed, mm.
const TOUCH_MM: f64 = 20.0;

#[test]
fn what_is_pressed_is_20_mm_on_every_panel() {
    for (width, height, inches) in PANELS {
        assert!(SCREENS.contains(&(width, height)));
        let (across, down) = (f64::from(width), f64::from(height));
        let (long, short) = if width > height { (across, down) } else { (down, across) };
        let scale = (long / 1920.0).min(short / 1080.0);
        let px_of_mm = across.hypot(down) / (inches * 25.4);
        let least = if width > height { TOUCH_LANDSCAPE } else { TOUCH_MIN };
        let mm = least * scale / px_of_mm;
        assert!(mm >= TOUCH_MM, "{width} × {height} on {inches} inches: {mm:.1} mm");
    }
}

#[test]
fn every_page_can_be_read_and_pressed() {
    let canvas = Canvas::install().unwrap();
    let window = KioskWindow::new().unwrap();
    window.show().unwrap();
    let hall = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/halls/demo");
    let glyphs = legible::Glyphs::new();
    let mut n_pages = 0;
    let mut faults: Vec<String> = Vec::new();
    for (shape, size) in [(Shape::Portrait, (1080, 1920)), (Shape::Landscape, (1920, 1080))] {
        canvas.resize(PhysicalSize::new(size.0, size.1));
        assert_eq!(fit(&window), shape);
        sights(&hall, shape, |sight| {
            Shown::new(PAPER_DOTS).show(&window, sight.view.clone());
            let placed: Vec<Placed> = elements(&window).iter().map(Placed::from).collect();
            let nameless = placed.iter().filter(|it| it.role == "button" && it.label.is_empty());
            let mut wrong: Vec<String> = nameless.map(|it| format!("{it:?} has no name")).collect();
            let placed: Vec<Placed> =
                placed.into_iter().filter(|it| !it.label.is_empty()).collect();
            assert!(!placed.is_empty(), "{}: nothing is on the screen", sight.name);
            wrong.extend(faults_of(&sight, shape, &placed));
            for it in texts(window.window()) {
                wrong.extend(it.faults.iter().map(|fault| format!("{:?} {fault}", it.text)));
                let missing = glyphs.missing(&it.text);
                wrong.extend(missing.map(|c| format!("`{}`: no glyph for `{c}`", it.text)));
            }
            faults.extend(wrong.iter().map(|it| format!("{}: {it}\n", sight.name)));
            n_pages += 1;
        })
        .unwrap();
    }
    assert!(n_pages > 2_000, "{n_pages} pages are every page");
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults[..faults.len().min(60)].concat()
    );
}
