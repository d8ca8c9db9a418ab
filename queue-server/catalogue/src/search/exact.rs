//! Whether a matter has what was typed, letter by letter, and where.

use super::index::{Part, Phrase, Sign};
use super::typed::Typed;

/// How well a matter fits, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
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
pub(super) enum Place {
    Whole,
    Start,
    Inside,
}

/// The best of: all that was typed in one; every word of it; the same
/// without the words that only ask.
pub(super) fn fit_typed(phrases: &[Phrase], typed: &Typed) -> Option<Fit> {
    let as_typed = fit_words(phrases, &typed.words);
    if typed.bare == typed.words {
        return as_typed;
    }
    as_typed.into_iter().chain(fit_words(phrases, &typed.bare)).min()
}

/// Pinyin and English are typed with and without spaces. Of several words
/// every one must fit.
fn fit_words(phrases: &[Phrase], words: &[Vec<char>]) -> Option<Fit> {
    let joined = fit(phrases, &words.concat());
    if words.len() < 2 {
        return joined;
    }
    let each = words.iter().map(|word| fit(phrases, word)).collect::<Option<Vec<_>>>();
    let worst = each.and_then(|fits| fits.into_iter().max());
    joined.into_iter().chain(worst).min()
}

fn fit(phrases: &[Phrase], word: &[char]) -> Option<Fit> {
    phrases.iter().filter_map(|it| Some(fit_at(it.part, holds(&it.signs, word)?))).min()
}

const fn fit_at(part: Part, place: Place) -> Fit {
    match (part, place) {
        (Part::Short, Place::Whole | Place::Start) => Fit::Short,
        (Part::Keyword, Place::Whole) => Fit::Keyword,
        (Part::Short, Place::Inside) => Fit::InShort,
        (Part::Keyword, Place::Start) => Fit::KeywordStart,
        (Part::Name, _) => Fit::Name,
        (Part::Keyword, Place::Inside) => Fit::InKeyword,
        (Part::Department, _) => Fit::Department,
    }
}

/// Whether a text holds a word, read as characters, as pinyin or as
/// initials, mixed as people type them: 身份证, shenfenzheng, sfz, 身fz.
/// English is found at the beginnings of words, not in their middles.
pub(super) fn holds(text: &[Sign], word: &[char]) -> Option<Place> {
    let starts = (0..text.len()).filter(|&at| text[at].starts);
    let places = starts.filter_map(|at| {
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
fn reads(text: &[Sign], word: &[char]) -> Option<bool> {
    // A bit for each length of the word that can be read off so far;
    // `Typed` cuts words to fewer signs than there are bits.
    let mut read: u64 = 1;
    for (at, sign) in text.iter().enumerate() {
        let mut on = 0;
        for sofar in (0..word.len()).filter(|sofar| read >> sofar & 1 == 1) {
            on |= steps(sign, &word[sofar..]) << sofar;
        }
        read = on;
        if read == 0 {
            return None;
        }
        if read >> word.len() & 1 == 1 {
            return Some(at + 1 == text.len());
        }
    }
    None
}

/// How many signs of the rest of a word one sign can stand for, a bit for
/// each number.
fn steps(sign: &Sign, rest: &[char]) -> u64 {
    let mut steps = u64::from(rest[0] == sign.c) << 1;
    for sound in &sign.sounds {
        let same = sound.chars().zip(rest).take_while(|(a, b)| a == *b).count();
        if same == sound.len() || same == rest.len() {
            // The whole syllable, or one that is still being typed.
            steps |= 1 << same;
        }
        if same > 0 {
            steps |= 1 << 1;
        }
    }
    steps
}
