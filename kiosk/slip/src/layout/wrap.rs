//! Breaking a text into lines, as readers of Chinese and English expect.
//!
//! A break is allowed at a space and between Chinese characters. Never
//! split: a word, a number with what belongs to it, an identifier, a
//! date; and no line begins with a closing mark or ends with an opening
//! one. Only what is wider than a whole line is cut where it must be.

use crate::text::{cells, char_cells};

/// Wraps a text to lines of so many cells. The first begins with `lead`,
/// the others are indented as far.
pub(super) fn wrap(text: &str, columns: usize, lead: &str) -> Vec<String> {
    let indent = cells(lead);
    debug_assert!(indent < columns, "a lead leaves room for text");
    let room = columns.saturating_sub(indent).max(2);
    let mut lines = Lines { room, done: Vec::new(), line: String::new(), used: 0 };
    for unit in units(text) {
        lines.place(&unit);
    }
    lines.finish();
    let pad = " ".repeat(indent);
    let with_lead =
        |(n, line): (usize, String)| format!("{}{line}", if n == 0 { lead } else { &pad });
    lines.done.into_iter().enumerate().map(with_lead).collect()
}

/// The lines so far and the one being filled.
struct Lines {
    room: usize,
    done: Vec<String>,
    line: String,
    used: usize,
}

impl Lines {
    fn place(&mut self, unit: &Unit) {
        let spaces = if self.line.is_empty() { 0 } else { unit.spaces_before };
        let width = cells(&unit.text);
        if self.used + spaces + width <= self.room {
            self.line.push_str(&" ".repeat(spaces));
            self.line.push_str(&unit.text);
            self.used += spaces + width;
            return;
        }
        self.finish();
        for character in unit.text.chars() {
            if self.used + char_cells(character) > self.room {
                self.finish();
            }
            self.line.push(character);
            self.used += char_cells(character);
        }
    }

    fn finish(&mut self) {
        if !self.line.is_empty() {
            self.done.push(std::mem::take(&mut self.line));
            self.used = 0;
        }
    }
}

/// What stays together on a line.
#[derive(Debug, PartialEq, Eq)]
struct Unit {
    text: String,
    /// The spaces between the unit before and this one.
    spaces_before: usize,
}

fn units(text: &str) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut spaces = 0;
    for character in text.chars() {
        if character == ' ' {
            spaces += 1;
            continue;
        }
        match units.last_mut() {
            Some(last) if stays_together(&last.text, spaces, character) => {
                last.text.push_str(&" ".repeat(spaces));
                last.text.push(character);
            }
            _ => units.push(Unit { text: character.to_string(), spaces_before: spaces }),
        }
        spaces = 0;
    }
    units
}

/// Whether a character belongs to the unit before it.
fn stays_together(unit: &str, spaces: usize, next: char) -> bool {
    let Some(last) = unit.chars().next_back() else { return false };
    match spaces {
        0 => touching(unit, last, next),
        // "5 人" and "约 20 分钟" keep their number; a list of numbers
        // does not become one.
        1 if last.is_ascii_digit() => is_han(next),
        1 => BEFORE_NUMBER.contains(last) && next.is_ascii_digit(),
        _ => false,
    }
}

const BEFORE_NUMBER: &str = "第约￥№＄";

fn touching(unit: &str, last: char, next: char) -> bool {
    const AFTER_NUMBER: &str = "年月日号时点分秒元℃％‰";
    match (last, next) {
        _ if closes(next) || opens(last) => true,
        (a, b) if a.is_ascii() && b.is_ascii() => true,
        (a, b) if a.is_ascii_digit() && AFTER_NUMBER.contains(b) => true,
        (a, b) if BEFORE_NUMBER.contains(a) && b.is_ascii_digit() => true,
        // "11月" waits for its "22日", "9时" for its "30分".
        (a, b) if "年月时点".contains(a) && b.is_ascii_digit() => {
            unit.chars().rev().nth(1).is_some_and(|it| it.is_ascii_digit())
        }
        ('—', '—') | ('…', '…') => true,
        _ => false,
    }
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// Marks that must not begin a line.
fn closes(character: char) -> bool {
    "，。、；：？！）》〉」』】〕］｝”’…—·～％‰℃,.;:?!)]}%".contains(character)
}

/// Marks that must not end a line.
fn opens(character: char) -> bool {
    "（《〈「『【〔［｛“‘([{".contains(character)
}

#[cfg(test)]
mod tests;
