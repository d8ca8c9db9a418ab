//! Every page in both shapes and both languages: what can be pressed is
//! large enough, within reach and alone; texts do not run into each other.

use std::path::Path;

use kiosk_core::Shape;
use serde_json::Value;
use slint::{ComponentHandle, PhysicalSize};

use super::layout_file::elements;
use super::{Canvas, KioskWindow, Shown, fit};
use crate::shots::{PAPER_DOTS, Sight, sights};

/// Least side of what can be pressed, design pixels (look: 30 mm).
const TOUCH_MIN: f64 = 86.0;

/// Above this line of a portrait nothing needs to be pressed.
const REACH: f64 = 640.0;

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

    fn meets(&self, other: &Placed) -> bool {
        let across = self.right().min(other.right()) - self.x.max(other.x);
        let down = self.bottom().min(other.bottom()) - self.y.max(other.y);
        across > AIR && down > AIR && !self.holds(other) && !other.holds(self)
    }
}

/// What is wrong with a page.
fn faults_of(sight: &Sight, placed: &[Placed]) -> Vec<String> {
    let (width, height) = match sight.shape {
        Shape::Portrait => (1080.0, 1920.0),
        Shape::Landscape => (1920.0, 1080.0),
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
            if it.width < TOUCH_MIN - 2.0 || it.height < TOUCH_MIN {
                faults.push(format!("{it:?} is too small to press"));
            }
            if sight.shape == Shape::Portrait && it.y < REACH {
                faults.push(format!("{it:?} is too high to reach"));
            }
        }
    }
    // What is asked over a page hides what is below.
    if sight.view.still_here_s.is_none() {
        for (at, one) in placed.iter().enumerate() {
            let others = placed[at + 1..].iter().filter(|it| it.role == one.role && it.meets(one));
            faults.extend(others.map(|it| format!("{one:?} meets {it:?}")));
        }
    }
    faults
}

#[test]
fn every_page_can_be_read_and_pressed() {
    let canvas = Canvas::install().unwrap();
    let window = KioskWindow::new().unwrap();
    window.show().unwrap();
    let hall = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/halls/demo");
    let mut shape = None;
    let mut n_pages = 0;
    let mut faults: Vec<String> = Vec::new();
    for sight in sights(&hall).unwrap() {
        if shape.replace(sight.shape) != Some(sight.shape) {
            canvas.resize(match sight.shape {
                Shape::Portrait => PhysicalSize::new(1080, 1920),
                Shape::Landscape => PhysicalSize::new(1920, 1080),
            });
            assert_eq!(fit(&window), sight.shape);
        }
        Shown::new(PAPER_DOTS).show(&window, sight.view.clone());
        let placed: Vec<Placed> = elements(&window).iter().map(Placed::from).collect();
        let placed: Vec<Placed> = placed.into_iter().filter(|it| !it.label.is_empty()).collect();
        assert!(!placed.is_empty(), "{}: nothing is on the screen", sight.name);
        faults
            .extend(faults_of(&sight, &placed).iter().map(|it| format!("{}: {it}\n", sight.name)));
        n_pages += 1;
    }
    assert!(n_pages > 400, "{n_pages} pages are every page");
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults[..faults.len().min(20)].concat()
    );
}
