//! The pages for those who read and press otherwise than most: no page,
//! in no state and no language, has anything that axe-core holds against
//! it; words are of one language; a keyboard is enough.

use std::cell::RefCell;
use std::fmt::Write;

use tests::browser::Browser;
use tests::hall::{CLERK, DemoHall, PIN};
use tests::program::repository;
use tests::tour::{Sight, Tour, WRITTEN};

/// A clerk's screen, and a phone.
const DESK: (u32, u32) = (1366, 768);
const PHONE: (u32, u32) = (390, 844);

/// No page has more to go through by the Tab key.
const TABS_MAX: usize = 60;

#[tokio::test]
async fn no_page_has_a_fault_that_axe_finds_and_each_is_of_one_language() {
    let wrong = RefCell::new(String::new());
    let looks = async |browser: &Browser, sight: &Sight| {
        let (width, height) = if sight.on_a_phone { PHONE } else { DESK };
        browser.resize(width, height).await?;
        let mut faults = browser.judged().await?;
        // Colours are the same in each language, but not for each reader.
        if sight.language == "zh" {
            for more in [true, false] {
                browser.prefer_contrast(more).await?;
                faults.extend(browser.colours_judged().await?);
            }
        }
        faults.retain(|it| !is_meant(&it.rule, sight));
        let words = browser.foreign_words(sight.language, &WRITTEN).await?;
        // The focus, too, is the same; what it leaves closes open lists.
        let unseen =
            if sight.language == "en" { browser.unseen_focus().await? } else { Vec::new() };
        let mut wrong = wrong.borrow_mut();
        let mut say = |what: &str| {
            writeln!(wrong, "{} [{}] {what}", sight.name, sight.language).unwrap();
        };
        for fault in faults {
            say(&format!("{} ({}): {}", fault.rule, fault.impact, fault.nodes.join(" | ")));
        }
        for text in words {
            say(&format!("words: {text}"));
        }
        for node in unseen {
            say(&format!("focus unseen: {node}"));
        }
        Ok(())
    };
    let folder = repository().join("target/e2e").join(format!("axe-{}", std::process::id()));
    let mut tour = Tour::prepare(folder, looks).await.unwrap();
    let walked = tour.walk().await;
    let wrong = wrong.borrow().clone();
    assert!(wrong.is_empty() && walked.is_ok(), "{walked:?}\n{wrong}");
    let missed = tour.missed().await.unwrap();
    assert_eq!(missed, Vec::<String>::new(), "pages that nobody came to");
}

/// What axe-core calls a fault and is none here. A phone without scripts
/// follows its queue by loading the page again, or not at all: the wait
/// is a real-time event, for which WCAG 2.2.1 makes an exception.
fn is_meant(rule: &str, sight: &Sight) -> bool {
    rule == "meta-refresh" && sight.name == "plain-waiting"
}

#[tokio::test]
async fn a_clerk_comes_serves_and_goes_without_a_mouse_and_sees_the_focus() {
    let hall = DemoHall::start("axe-keys").unwrap();
    let ticket = hall.issue("A").await.unwrap();
    let browser = Browser::start().await.unwrap();

    browser.open(&format!("{}/signin", hall.address)).await.unwrap();
    browser.until("return document.activeElement.id === 'staff'").await.unwrap();
    browser.strike(&format!("{CLERK}\t{PIN}\n")).await.unwrap();
    browser.offers("开窗").await.unwrap();
    browser.strike(" ").await.unwrap();
    browser.offers("叫下一位").await.unwrap();
    // The main button by the Tab key, as whoever knows no keys goes.
    tab_to(&browser, "[data-action=call_next]").await;
    browser.strike("\n").await.unwrap();
    browser.shows("plate", &ticket.number.to_string()).await.unwrap();
    browser.offers("到了").await.unwrap();
    browser.strike("a").await.unwrap();
    browser.shows("state", "正在办理").await.unwrap();
    browser.offers("办结").await.unwrap();
    browser.strike("f").await.unwrap();
    browser.has("#chooser[open]").await.unwrap();
    tab_to(&browser, "#choices button:nth-child(3)").await;
    browser.strike("\n").await.unwrap();
    browser.shows("outcomes", "补正 1").await.unwrap();
    browser.shows("state", "等您叫号").await.unwrap();
    browser.offers("关窗").await.unwrap();
    browser.strike("c").await.unwrap();
    browser.shows("state", "窗口关着").await.unwrap();
    tab_to(&browser, "#sign-out").await;
    browser.strike("\n").await.unwrap();
    browser.offers("登录").await.unwrap();
    let session = hall.window(1).await.unwrap();
    assert_eq!((session.served_today, session.clerk), (1, None));
    browser.ran_clean(&hall.address).await.unwrap();
}

/// Goes on by the Tab key until this has the focus. Wherever it is on the
/// way, it is drawn, in sight and under nothing.
async fn tab_to(browser: &Browser, css: &str) {
    let look = format!(
        "const at = document.activeElement; \
         if (at === document.body) {{ return 'nowhere'; }} \
         const {{ outlineStyle, outlineWidth }} = getComputedStyle(at); \
         const box = at.getBoundingClientRect(); \
         const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2); \
         const drawn = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2; \
         const seen = drawn && top && (at.contains(top) || top.contains(at)); \
         return seen ? (at.matches('{css}') ? 'there' : 'on the way') : at.outerHTML"
    );
    for _ in 0..TABS_MAX {
        let place = browser.evaluate(&look).await.unwrap();
        match place.as_str().unwrap() {
            "there" => return,
            "nowhere" | "on the way" => browser.strike("\t").await.unwrap(),
            unseen => panic!("the focus is at `{unseen}`, which does not show it"),
        }
    }
    panic!("the Tab key never came to `{css}`");
}
