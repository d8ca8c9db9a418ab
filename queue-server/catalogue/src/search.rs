//! Finding a matter by what a visitor types: characters, pinyin or its
//! initials, English words. It ranks; it does not guess at typing errors.

use std::collections::BTreeSet;

use pinyin::ToPinyinMulti;

use crate::{Catalogue, Matter};

/// Queries are cut to this many characters; no name is longer.
const QUERY_CHARS_MAX: usize = 40;

/// How well a matter fits, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The short label begins with the query.
    Short,
    /// A keyword is the query.
    Keyword,
    /// The short label has it inside.
    InShort,
    /// A keyword begins with it.
    KeywordStart,
    /// The official name has it.
    Name,
    /// A keyword has it inside.
    InKeyword,
    /// The department has it.
    Department,
}

/// How a text holds a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Whole,
    Start,
    Inside,
}

impl Catalogue {
    /// The matters that fit what was typed, best first; of equal fit in
    /// the order of the catalogue. Nothing typed fits nothing. Of several
    /// words every one must fit.
    pub fn find(&self, typed: &str) -> Vec<&Matter> {
        let query: String = typed.to_lowercase().chars().take(QUERY_CHARS_MAX).collect();
        let words: Vec<&str> = query.split_whitespace().collect();
        if words.is_empty() {
            return Vec::new();
        }
        let joined = words.concat();
        let mut found: Vec<(Fit, &Matter)> = self
            .matters
            .iter()
            .filter_map(|matter| {
                let each = words.iter().map(|word| fit(matter, word)).collect::<Option<Vec<_>>>();
                let worst = each.and_then(|fits| fits.into_iter().max());
                // Pinyin is typed with and without spaces.
                let best = [fit(matter, &joined), worst].into_iter().flatten().min();
                best.map(|fit| (fit, matter))
            })
            .collect();
        found.sort_by_key(|&(fit, _)| fit);
        found.into_iter().map(|(_, matter)| matter).collect()
    }
}

fn fit(matter: &Matter, word: &str) -> Option<Fit> {
    let short = holds_either(&matter.short.zh, &matter.short.en, word);
    let keyword = matter.keywords.iter().filter_map(|it| holds(it, word)).min();
    let name = holds_either(&matter.name.zh, &matter.name.en, word);
    let department = holds_either(&matter.department.zh, &matter.department.en, word);
    match (short, keyword) {
        (Some(Place::Whole | Place::Start), _) => Some(Fit::Short),
        (_, Some(Place::Whole)) => Some(Fit::Keyword),
        (Some(Place::Inside), _) => Some(Fit::InShort),
        (None, Some(Place::Start)) => Some(Fit::KeywordStart),
        (None, _) if name.is_some() => Some(Fit::Name),
        (None, Some(Place::Inside)) => Some(Fit::InKeyword),
        (None, None) => department.map(|_| Fit::Department),
    }
}

fn holds_either(zh: &str, en: &str, word: &str) -> Option<Place> {
    holds(zh, word).into_iter().chain(holds_english(en, word)).min()
}

/// English is found at the beginnings of words, not in their middles.
fn holds_english(text: &str, word: &str) -> Option<Place> {
    let text = text.to_lowercase();
    let starts =
        |(at, _): &(usize, &str)| !text[..*at].ends_with(|c: char| c.is_ascii_alphanumeric());
    let (at, _) = text.match_indices(word).find(starts)?;
    Some(match at {
        0 if text.len() == word.len() => Place::Whole,
        0 => Place::Start,
        _ => Place::Inside,
    })
}

/// Whether a Chinese text holds a word, read as characters, as pinyin or
/// as initials, mixed as people type them: 身份证, shenfenzheng, sfz, 身fz.
fn holds(text: &str, word: &str) -> Option<Place> {
    let text: Vec<char> = text.to_lowercase().chars().collect();
    let places = (0..text.len()).filter_map(|at| {
        let whole = reads(&text[at..], word)?;
        Some(match at {
            0 if whole => Place::Whole,
            0 => Place::Start,
            _ => Place::Inside,
        })
    });
    places.min()
}

/// Whether a text begins with a word; if so, whether it ends with it too.
fn reads(text: &[char], word: &str) -> Option<bool> {
    // How much of the word can be read off the characters so far.
    let mut read = BTreeSet::from([0]);
    for (at, &c) in text.iter().enumerate() {
        let on = |&sofar: &usize| steps(c, &word[sofar..]).into_iter().map(move |it| sofar + it);
        read = read.iter().flat_map(on).collect();
        if read.contains(&word.len()) {
            return Some(at + 1 == text.len());
        }
    }
    None
}

/// How many bytes of the rest of a word one character can stand for.
fn steps(c: char, rest: &str) -> Vec<usize> {
    let mut steps = Vec::new();
    if rest.starts_with(c) {
        steps.push(c.len_utf8());
    }
    for sound in sounds(c) {
        if rest.starts_with(sound) {
            steps.push(sound.len());
        } else if sound.starts_with(rest) {
            // A syllable that is still being typed.
            steps.push(rest.len());
        }
        if rest.starts_with(&sound[..1]) {
            steps.push(1);
        }
    }
    steps
}

/// The readings of a character without tones, each once: 行 is xing and
/// hang.
fn sounds(c: char) -> Vec<&'static str> {
    let mut sounds: Vec<&'static str> = c
        .to_pinyin_multi()
        .into_iter()
        .flatten()
        .map(pinyin::Pinyin::plain)
        .filter(|sound| sound.is_ascii() && !sound.is_empty())
        .collect();
    sounds.sort_unstable();
    sounds.dedup();
    sounds
}

#[cfg(test)]
mod tests;
