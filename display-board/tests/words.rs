//! Every text of the board exists in both languages: each `@tr` of the
//! `.slint` files has an English line, and no English line is left over.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The English lines.
const PO: &str = include_str!("../lang/en/LC_MESSAGES/display-board.po");

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The quoted text that follows `mark`, for each place where it stands.
fn quoted_after<'a>(text: &'a str, mark: &str) -> impl Iterator<Item = &'a str> {
    text.split(mark).skip(1).filter_map(|rest| rest.split('"').next())
}

fn msgids_in_ui() -> BTreeSet<String> {
    let mut msgids = BTreeSet::new();
    let files = fs::read_dir(root().join("ui")).expect("the board has a ui folder");
    for file in files {
        let path = file.expect("the ui folder can be listed").path();
        let text = fs::read_to_string(&path).expect("a .slint file is text");
        let all = text.matches("@tr(").count();
        let simple: Vec<&str> = quoted_after(&text, "@tr(\"").collect();
        assert_eq!(all, simple.len(), "`{}` has a @tr this test cannot read", path.display());
        msgids.extend(simple.into_iter().map(str::to_owned));
    }
    msgids
}

fn translations() -> BTreeMap<String, String> {
    let entries = PO.split("\n\n").skip(1);
    entries
        .map(|entry| {
            let id = quoted_after(entry, "msgid \"").next().expect("an entry has a msgid");
            let text = quoted_after(entry, "msgstr \"").next().expect("an entry has a msgstr");
            (id.to_owned(), text.to_owned())
        })
        .collect()
}

#[test]
fn every_text_is_translated_and_no_translation_is_left_over() {
    let used = msgids_in_ui();
    let translated = translations();
    assert!(used.len() > 30, "the scan finds the texts");
    let known: BTreeSet<String> = translated.keys().cloned().collect();
    assert_eq!(used, known, "left: used in .slint files; right: in the .po file");
    for (id, text) in &translated {
        assert!(!text.trim().is_empty(), "`{id}` has no English");
        assert!(text.is_ascii(), "`{text}` is not English");
    }
}

#[test]
fn placeholders_survive_translation() {
    let placeholders = |text: &str| {
        let mut found: Vec<String> = text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next().map(str::to_owned))
            .collect();
        found.sort();
        found
    };
    for (id, text) in translations() {
        assert_eq!(placeholders(&id), placeholders(&text), "`{id}`");
    }
}

#[test]
fn colours_are_written_in_the_theme_only() {
    let ui = root().join("ui");
    let shared = root().join("../assets/ui");
    for folder in [ui.as_path(), shared.as_path()] {
        for file in slint_files(folder) {
            if file.ends_with("theme.slint") {
                continue;
            }
            let text = fs::read_to_string(&file).expect("a .slint file is text");
            for (line, content) in text.lines().enumerate() {
                let colour = content
                    .split('#')
                    .skip(1)
                    .any(|rest| rest.chars().take_while(char::is_ascii_hexdigit).count() >= 3);
                assert!(!colour, "{}:{}: a colour literal", file.display(), line + 1);
            }
        }
    }
}

fn slint_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|it| it.expect("it can be listed").path());
    paths.filter(|it| it.extension().is_some_and(|it| it == "slint")).collect()
}
