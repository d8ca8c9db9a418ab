//! What is read aloud of every page: the suite's own pack has the words, but
//! for those that a ticket, a booking or the day puts in.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;
use std::rc::Rc;

use catalogue::Lang;
use expect_test::expect_file;
use kiosk_core::{PageView, Shape};
use slint::{ComponentHandle, PhysicalSize};
use sound::Pack;
use voice::{DigitOne, Guidance, Language, guide};

use super::Placed;
use crate::shots::{PAPER_DOTS, sights};
use crate::ui::generated::Aloud;
use crate::ui::layout_file::elements;
use crate::ui::{Canvas, KioskWindow, Shown, fit};

/// Digits stand for any: `第 # 页`.
fn without_digits(text: &str) -> String {
    let mut shape = text.replace(|it: char| it.is_ascii_digit(), "#").replace('\n', " / ");
    while shape.contains("##") {
        shape = shape.replace("##", "#");
    }
    shape
}

#[test]
fn what_no_clip_says_is_known() {
    let canvas = Canvas::install().unwrap();
    let window = KioskWindow::new().unwrap();
    window.show().unwrap();
    canvas.resize(PhysicalSize::new(1080, 1920));
    assert_eq!(fit(&window), Shape::Portrait);
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets");
    let (pack, faults) = Pack::open(&assets.join("voice")).unwrap();
    assert!(faults.is_empty(), "{faults:?}");

    let spoken = Rc::new(RefCell::new(Vec::new()));
    let hears = Rc::clone(&spoken);
    window.global::<Aloud>().on_text(move |text| hears.borrow_mut().push(String::from(text)));
    let (mut said, mut lacking) = (BTreeSet::new(), BTreeSet::new());
    sights(&assets.join("halls/demo"), Shape::Portrait, |sight| {
        let staff = matches!(sight.view.page, PageView::Staff(_));
        if !sight.mode.is_empty() || staff {
            return;
        }
        let lang = sight.view.lang;
        Shown::new(PAPER_DOTS).show(&window, sight.view);
        let placed: Vec<Placed> = elements(&window).iter().map(Placed::from).collect();
        let pressed = placed.into_iter().filter(|it| it.role == "button").map(|it| it.label);
        let language = if lang == Lang::En { Language::En } else { Language::Zh };
        for text in spoken.take().into_iter().chain(pressed) {
            let all = [Guidance::Text(text.clone())];
            let plan = guide(&all, language, DigitOne::Yi, pack.repertoire());
            let text = (language.folder(), without_digits(&text));
            if plan.lacking.is_empty() {
                said.insert(text)
            } else {
                lacking.insert(text)
            };
        }
    })
    .unwrap();
    assert!(said.len() > 600, "{} texts are every text", said.len());
    let lines: Vec<String> = lacking.iter().map(|(lang, it)| format!("{lang} {it}\n")).collect();
    expect_file!["aloud/lacking.txt"].assert_eq(&lines.concat());
}
