//! Breaking a text into lines, as readers of Chinese and English expect.
//!
//! Each character hangs on the one before it by a bond; a line ends at
//! the last free place, and only what is wider than a whole line is cut
//! at a stronger bond, the weakest first. What binds how strongly is in
//! `bond`; this file must not know characters.

mod bond;

use crate::text::{cells, char_cells};

use self::bond::{Bond, bond};

/// A last line of one word looks lost up to this width, in cells.
const LONE_CELLS_MAX: usize = 4;

/// Wraps a text to lines of so many cells. The first begins with `lead`,
/// the others are indented as far.
pub(super) fn wrap(text: &str, columns: usize, lead: &str) -> Vec<String> {
    let indent = cells(lead);
    debug_assert!(indent < columns, "a lead leaves room for text");
    let room = columns.saturating_sub(indent).max(2);
    let letters = letters(text);
    let mut starts = starts(&letters, room);
    keep_company(&letters, room, &mut starts);
    lines(&letters, &starts, lead)
}

/// Wraps a text that stands in the middle: no more lines than it needs,
/// and none much shorter than the others.
pub(super) fn wrap_evenly(text: &str, columns: usize) -> Vec<String> {
    let letters = letters(text);
    let mut even = starts(&letters, columns);
    for room in (columns / 2..columns).rev() {
        let narrower = starts(&letters, room);
        let is_free = |at: &usize| *at == 0 || letters[*at].bond == Bond::Free;
        if narrower.len() > even.len() || !narrower.iter().all(is_free) {
            break;
        }
        even = narrower;
    }
    lines(&letters, &even, "")
}

/// The lines that start there, the first with the lead.
fn lines(letters: &[Letter], starts: &[usize], lead: &str) -> Vec<String> {
    let ends = starts.iter().skip(1).copied().chain([letters.len()]);
    let pad = " ".repeat(cells(lead));
    let line = |(nth, (&start, end)): (usize, (&usize, usize))| {
        let mut line = if nth == 0 { lead.to_owned() } else { pad.clone() };
        for (at, letter) in letters[start..end].iter().enumerate() {
            let spaces = if at == 0 { 0 } else { letter.spaces_before };
            line.extend(std::iter::repeat_n(' ', spaces));
            line.push(letter.character);
        }
        line
    };
    starts.iter().zip(ends).enumerate().map(line).collect()
}

/// A character that is not a space, and how it hangs on the one before.
struct Letter {
    character: char,
    spaces_before: usize,
    bond: Bond,
}

fn letters(text: &str) -> Vec<Letter> {
    let mut letters = Vec::new();
    let mut spaces_before = 0;
    for (at, character) in text.char_indices() {
        if character == ' ' {
            spaces_before += 1;
            continue;
        }
        let bond = bond(text[..at].trim_end_matches(' '), spaces_before, &text[at..]);
        letters.push(Letter { character, spaces_before, bond });
        spaces_before = 0;
    }
    letters
}

/// Where the lines start.
fn starts(letters: &[Letter], room: usize) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut start = 0;
    while start < letters.len() {
        starts.push(start);
        let end = start + n_fitting(&letters[start..], room);
        start = if end == letters.len() { end } else { cut(letters, start, end, room) };
    }
    starts
}

/// How many letters fit on a line, one at least.
fn n_fitting(letters: &[Letter], room: usize) -> usize {
    let mut used = 0;
    let too_wide = letters.iter().enumerate().position(|(at, it)| {
        used += width(it, at == 0);
        used > room
    });
    too_wide.unwrap_or(letters.len()).max(1)
}

fn width(letter: &Letter, first: bool) -> usize {
    char_cells(letter.character) + if first { 0 } else { letter.spaces_before }
}

/// Where the next line starts if this one can reach `end`.
fn cut(letters: &[Letter], start: usize, end: usize, room: usize) -> usize {
    let last = |bond| (start + 1..=end).rev().find(|&at| letters[at].bond == bond);
    // An address is cut behind a `/`, unless the line would be half empty.
    let long = |at: &usize| 2 * n_cells(&letters[start..*at]) >= room;
    last(Bond::Free)
        .or_else(|| last(Bond::Tie))
        .or_else(|| last(Bond::Joint).filter(long))
        .or_else(|| last(Bond::Word))
        .or_else(|| last(Bond::Joint))
        .unwrap_or(end)
}

/// Gives a lone character or a short word on the last line the unit
/// before it for company.
fn keep_company(letters: &[Letter], room: usize, starts: &mut [usize]) {
    let [.., before, last] = starts else { return };
    let lone = &letters[*last..];
    let is_one = lone.iter().skip(1).all(|it| matches!(it.bond, Bond::Word | Bond::Mark));
    if !is_one || n_cells(lone) > LONE_CELLS_MAX || letters[*last].bond != Bond::Free {
        return;
    }
    let company = (*before + 1..*last).rev().find(|&at| letters[at].bond == Bond::Free);
    let Some(company) = company else { return };
    let stays = n_cells(&letters[*before..company]);
    if 2 * stays >= room && n_cells(&letters[company..]) <= room {
        *last = company;
    }
}

fn n_cells(letters: &[Letter]) -> usize {
    letters.iter().enumerate().map(|(at, it)| width(it, at == 0)).sum()
}

#[cfg(test)]
mod rules;
#[cfg(test)]
mod tests;
