//! Facts about reading a file with many faults.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use expect_test::{Expect, expect};
use serde::Deserialize;

use crate::{Document, SourceFile};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "printed with Debug only")]
struct Shelf {
    name: String,
    place: Place,
    #[serde(default)]
    books: Vec<Book>,
    #[serde(default)]
    notes: BTreeMap<String, Book>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "printed with Debug only")]
struct Book {
    title: String,
    pages: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
enum Place {
    Left,
    Right,
}

const SPARE: &str = r#"
name = "spare"
place = "right"
"#;

#[track_caller]
fn check(text: &str, expected: &Expect) {
    let file = SourceFile { name: "shelf.toml".to_owned(), text: text.to_owned() };
    let mut document = Document::parse(&file);
    let shelf: Option<Shelf> = document.read(SPARE);
    let mut seen = String::new();
    for fault in document.into_faults() {
        writeln!(seen, "{fault}").unwrap();
    }
    writeln!(seen, "{shelf:?}").unwrap();
    expected.assert_eq(&seen);
}

#[test]
fn a_sound_file_is_read_as_it_is() {
    check(
        "name = 'a'\nplace = 'left'\n[[books]]\ntitle = 'x'\npages = 3\n",
        &expect![[r#"
        Some(Shelf { name: "a", place: Left, books: [Book { title: "x", pages: 3 }], notes: {} })
    "#]],
    );
}

#[test]
fn every_fault_has_its_own_line() {
    check(
        "nam = 'a'\nplace = 'up'\nextra = 1\n\n[[books]]\ntitle = 'x'\npages = 'three'\n\n\
         [[books]]\npages = 3\n\n[[books]]\ntitle = 'z'\npages = 3\ncolour = 'red'\n\n\
         [notes.a]\ntitle = 'n'\n",
        &expect![[r#"
            shelf.toml:7: invalid type: string "three", expected u32
            shelf.toml:9: missing field `title`
            shelf.toml:15: unknown field `colour`, expected `title` or `pages`
            shelf.toml:3: unknown field `extra`, expected one of `name`, `place`, `books`, `notes`
            shelf.toml:1: unknown field `nam`, expected one of `name`, `place`, `books`, `notes`
            shelf.toml:17: missing field `pages`
            shelf.toml:2: unknown variant `up`, expected `left` or `right`
            shelf.toml:1: missing field `name`
            Some(Shelf { name: "spare", place: Right, books: [Book { title: "z", pages: 3 }], notes: {} })
        "#]],
    );
}

#[test]
fn a_fault_of_syntax_does_not_hide_the_rest() {
    check(
        "name = 'a\nplace = 'left'\n[[books]]\ntitle = 'x'\npages = -1\n",
        &expect![[r#"
        shelf.toml:1: invalid literal string, expected `'`
        shelf.toml:5: invalid value: integer `-1`, expected u32
        Some(Shelf { name: "a", place: Left, books: [], notes: {} })
    "#]],
    );
}

#[test]
fn inline_tables_are_parts_like_any_other() {
    check(
        "name = 'a'\nplace = 'left'\nbooks = [\n  { title = 'x', pages = 1 },\n  { title = 2, pages = 'p' },\n]\n",
        &expect![[r#"
            shelf.toml:5: invalid type: string "p", expected u32
            shelf.toml:5: invalid type: integer `2`, expected a string
            Some(Shelf { name: "a", place: Left, books: [Book { title: "x", pages: 1 }], notes: {} })
        "#]],
    );
}

#[test]
fn a_part_that_is_not_there_has_the_line_of_what_it_belongs_to() {
    let text = "name = 'a'\nplace = 'left'\n\n[[books]]\ntitle = 'x'\n\n[[books]]\ntitle = 'y'\n";
    let file = SourceFile { name: "shelf.toml".to_owned(), text: text.to_owned() };
    let document = Document::parse(&file);
    let lines: Vec<usize> = ["name", "books", "books.1", "books.1.title", "books.1.pages", "gone"]
        .map(|part| document.line(part))
        .to_vec();
    assert_eq!(lines, [1, 4, 7, 8, 7, 1]);
}
