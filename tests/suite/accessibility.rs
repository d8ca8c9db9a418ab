//! The pages for those who read and press otherwise than most: no page,
//! in no state and no language, has anything that axe-core holds against
//! it; words are of one language; a keyboard is enough.

use std::cell::RefCell;
use std::fmt::Write;

use tests::browser::Browser;
use tests::program::repository;
use tests::tour::{Sight, Tour, WRITTEN};

/// A clerk's screen, and a phone.
const DESK: (u32, u32) = (1366, 768);
const PHONE: (u32, u32) = (390, 844);

#[tokio::test]
async fn no_page_has_a_fault_that_axe_finds_and_each_is_of_one_language() {
    let wrong = RefCell::new(String::new());
    let looks = async |browser: &Browser, sight: &Sight| {
        let (width, height) = if sight.on_a_phone { PHONE } else { DESK };
        browser.resize(width, height).await?;
        let mut faults = browser.judged().await?;
        // Colours are the same in each language.
        if sight.language == "zh" {
            browser.prefer_contrast(true).await?;
            faults.extend(browser.colours_judged().await?);
            browser.prefer_contrast(false).await?;
        }
        let mut wrong = wrong.borrow_mut();
        let mut say = |what: &str| {
            writeln!(wrong, "{} [{}] {what}", sight.name, sight.language).unwrap();
        };
        for fault in faults {
            say(&format!("{} ({}): {}", fault.rule, fault.impact, fault.nodes.join(" | ")));
        }
        for text in browser.foreign_words(sight.language, &WRITTEN).await? {
            say(&format!("words: {text}"));
        }
        // So is the focus; what it leaves closes lists that were open.
        if sight.language == "en" {
            for node in browser.unseen_focus().await? {
                say(&format!("focus unseen: {node}"));
            }
        }
        Ok(())
    };
    let folder = repository().join("target/e2e").join(format!("axe-{}", std::process::id()));
    let mut tour = Tour::prepare(folder, looks).await.unwrap();
    let walked = tour.walk().await;
    let wrong = wrong.borrow();
    assert!(wrong.is_empty() && walked.is_ok(), "{walked:?}\n{wrong}");
    let missed = tour.missed().await.unwrap();
    assert_eq!(missed, Vec::<String>::new(), "pages that nobody came to");
}
