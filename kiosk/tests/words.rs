//! Every text of the pages exists in both languages: each `@tr` of the
//! `.slint` files has an English line, and no English line is left over.

#![allow(clippy::unwrap_used, reason = "this is a test program")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The English lines.
const PO: &str = include_str!("../lang/en/LC_MESSAGES/kiosk.po");

/// Every `.slint` file of the kiosk with its text.
fn pages() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui");
    let folders = [root.clone(), root.join("components"), root.join("pages")];
    let mut pages = Vec::new();
    for folder in folders {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|it| it == "slint") {
                let text = fs::read_to_string(&path).unwrap();
                pages.push((path, text));
            }
        }
    }
    assert!(pages.len() > 15, "the scan finds the pages");
    pages
}

/// The quoted text that follows `mark`, for each place where it stands.
fn quoted_after<'a>(text: &'a str, mark: &str) -> impl Iterator<Item = &'a str> {
    text.split(mark).skip(1).filter_map(|rest| rest.split('"').next())
}

/// English by Chinese; of plurals all forms in one text.
fn translations() -> BTreeMap<String, String> {
    let entries = PO.split("\n\n").skip(1).filter(|entry| entry.contains("msgid"));
    let pair = |entry: &str| {
        let id = quoted_after(entry, "msgid \"").next().unwrap().to_owned();
        let plural = quoted_after(entry, "msgstr[").next().is_some();
        let forms: Vec<&str> = if plural {
            vec![
                quoted_after(entry, "msgstr[0] \"").next().unwrap(),
                quoted_after(entry, "msgstr[1] \"").next().unwrap(),
            ]
        } else {
            quoted_after(entry, "msgstr \"").collect()
        };
        (id, forms.join(" | "))
    };
    entries.map(pair).collect()
}

#[test]
fn every_text_is_translated_and_no_translation_is_left_over() {
    let mut used = BTreeSet::new();
    for (path, text) in pages() {
        let read: Vec<&str> = quoted_after(&text, "@tr(\"").collect();
        let all = text.matches("@tr(").count();
        assert_eq!(all, read.len(), "`{}` has a @tr this test cannot read", path.display());
        used.extend(read.into_iter().map(str::to_owned));
    }
    let translated = translations();
    let known: BTreeSet<String> = translated.keys().cloned().collect();
    assert_eq!(used, known, "left: used in .slint files; right: in the .po file");
    for (id, text) in &translated {
        assert!(!text.trim().is_empty(), "`{id}` has no English");
        // The language button says the other language's own name.
        let language = ["English", "文"].contains(&id.as_str());
        assert!(language || text.chars().all(|c| c.is_ascii() || c == '…'), "`{text}`");
    }
}

#[test]
fn placeholders_survive_translation() {
    let placeholders = |text: &str| {
        let found = text.split('{').skip(1).filter_map(|rest| rest.split('}').next());
        let mut found: Vec<String> = found.map(str::to_owned).collect();
        found.sort();
        found
    };
    for (id, text) in translations() {
        for form in text.split(" | ") {
            assert_eq!(placeholders(&id), placeholders(form), "`{id}`");
        }
    }
}

/// Chinese on a page stands in `@tr`, but on the pages that say everything
/// in both languages at once.
#[test]
fn no_chinese_escapes_translation() {
    for (path, text) in pages() {
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let code = lines.collect::<Vec<_>>().join("\n");
        let twice = code.split("component ").filter(|part| {
            ["AwayPage", "JoiningPage", "NightPage", "StartingPage"]
                .iter()
                .any(|it| part.starts_with(it))
        });
        let twice: String = twice.collect();
        for literal in code.split('"').skip(1).step_by(2) {
            let han = literal.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            let translated = code.contains(&format!("@tr(\"{literal}\""))
                || code.contains(&format!("| \"{literal}\""));
            let said_twice = twice.contains(literal);
            assert!(!han || translated || said_twice, "`{literal}` in `{}`", path.display());
        }
    }
}
