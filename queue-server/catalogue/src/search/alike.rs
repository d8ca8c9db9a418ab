//! What was probably meant: how much of what was typed a matter explains,
//! in any order, with letters missing, doubled, swapped or wrong.
//!
//! Stretches of the query are laid beside stretches of a phrase (a local
//! alignment, as for sequences of genes). Signs that agree count by how
//! rare they are among the matters, each error costs; the best stretches
//! that do not overlap are added up. So a query may be longer than the
//! phrase (我要办身份证), shorter, in another order, or misspelt.

use super::index::{Phrase, Phrases, Sign};
use super::letters::{Pairs, folded_sounds, near};
use super::typed::Typed;

/// An error: a sign too many, too few, or another one.
const ERROR: i32 = 70;

/// Two signs in the wrong order; both are there.
const SWAP: i32 = 70;

/// A stretch that is not from the beginning of a word or syllable.
const MIDDLE: i32 = 120;

/// A stretch that is the whole phrase, or begins it.
const WHOLE: i32 = 40;

/// A stretch below this is chance: letters.
const LETTERS_MIN: i32 = 300;

/// And characters: two that agree are a word.
const CHARS_MIN: i32 = 280;

/// What a character counts for, in letters.
const CHAR: i32 = 2;

/// Who explains less than this share of what the best does, percent, is
/// not shown.
const SHARE_MIN_PERCENT: i32 = 45;

/// The same beside matters that fit exactly.
const SHARE_MIN_BESIDE_EXACT_PERCENT: i32 = 85;

/// Letters of a query in which an error may leave but one pair of letters
/// whole.
const SHORT: usize = 6;

/// Initials are too short to forgive an error in fewer.
const INITIALS_MIN: usize = 4;

/// The matters beside the exact ones that are like what was typed, with
/// how much; in the order of the catalogue. `compared` counts the work.
pub(super) fn all(
    index: &Phrases,
    typed: &Typed,
    exact: &[usize],
    compared: &mut usize,
) -> Vec<(i32, usize)> {
    let query = Query::of(typed);
    let scored = index.iter().map(|(at, phrases)| (query.score(phrases, compared), at));
    let mut alike: Vec<(i32, usize)> = scored.filter(|&(score, _)| score > 0).collect();
    let best = alike.iter().map(|&(score, _)| score).max().unwrap_or_default();
    let least = if exact.is_empty() { SHARE_MIN_PERCENT } else { SHARE_MIN_BESIDE_EXACT_PERCENT };
    alike.retain(|&(score, at)| score * 100 >= best * least && !exact.contains(&at));
    alike
}

struct Query {
    letters: Vec<u8>,
    pairs: Pairs,
    chars: Vec<Char>,
    /// The only word as it was typed, in letters.
    word: Option<String>,
}

/// A character with its folded sounds.
struct Char {
    c: char,
    sounds: Vec<Vec<u8>>,
}

/// A stretch of the query that a phrase explains.
#[derive(Clone, Copy, Default)]
struct Stretch {
    from: usize,
    score: i32,
}

impl Query {
    fn of(typed: &Typed) -> Self {
        let joined = typed.joined();
        let is_han = joined.iter().any(|c| !c.is_ascii());
        let chars = if is_han { joined.iter().map(|&c| Char::of(c)).collect() } else { Vec::new() };
        let letters = if is_han { Vec::new() } else { typed.letters() };
        let word = match typed.words.as_slice() {
            [word] if !is_han => Some(word.iter().collect()),
            _ => None,
        };
        Self { pairs: Pairs::of(&letters), letters, chars, word }
    }

    fn score(&self, phrases: &[Phrase], compared: &mut usize) -> i32 {
        let n_signs = self.letters.len().max(self.chars.len());
        let mut best = vec![Stretch::default(); n_signs + 1];
        for phrase in phrases {
            if !self.letters.is_empty() {
                self.lay_letters(phrase, &mut best, compared);
            } else if !phrase.weights.is_empty() {
                self.lay_chars(phrase, &mut best, compared);
            }
        }
        let total = add_up(&best);
        let initials = phrases.iter().map(|it| self.initials(it)).max().unwrap_or_default();
        total.max(initials)
    }
}

impl Query {
    fn lay_letters(&self, phrase: &Phrase, best: &mut [Stretch], compared: &mut usize) {
        let (query, letters) = (&self.letters, &phrase.letters);
        // Most phrases have no two letters in a row of the query, and need
        // not be laid beside it.
        let wanted = if query.len() > SHORT { 2 } else { 1 };
        if self.pairs.shared(&letters.pairs) < wanted {
            return;
        }
        let alike = |q: usize, p: usize| match (query[q], letters.read[p]) {
            (typed, meant) if typed == meant => letters.weights[p],
            (typed, meant) if near(typed, meant) => letters.weights[p] / 3,
            _ => -ERROR,
        };
        let same = |q: usize, p: usize| query[q] == letters.read[p];
        let lay = Lay { starts: &letters.starts, long: 5, alike, same };
        lay.down(best, LETTERS_MIN);
        *compared += query.len() * letters.read.len();
    }

    fn lay_chars(&self, phrase: &Phrase, best: &mut [Stretch], compared: &mut usize) {
        let (query, signs) = (&self.chars, &phrase.signs);
        let alike = |q: usize, p: usize| match &signs[p] {
            sign if sign.c == query[q].c => CHAR * phrase.weights[p],
            sign if query[q].sounds_like(sign) => phrase.weights[p],
            _ => -ERROR * CHAR,
        };
        let same = |q: usize, p: usize| query[q].c == signs[p].c;
        let starts = vec![true; signs.len()];
        let lay = Lay { starts: &starts, long: 2, alike, same };
        lay.down(best, CHARS_MIN);
        *compared += query.len() * signs.len();
    }

    /// Initials of a phrase with one error.
    fn initials(&self, phrase: &Phrase) -> i32 {
        let meant = &phrase.initials;
        let Some(typed) = self.word.as_ref().filter(|it| it.len() <= meant.len() + 1) else {
            return 0;
        };
        // Whoever knows the initials begins with the right one.
        if meant.len() < INITIALS_MIN || typed.as_bytes()[0] != meant.as_bytes()[0] {
            return 0;
        }
        match strsim::osa_distance(typed, meant) {
            0 | 1 => LETTERS_MIN,
            _ => 0,
        }
    }
}

impl Char {
    fn of(c: char) -> Self {
        Self { c, sounds: folded_sounds(c) }
    }

    /// A wrong character is mostly one that sounds the same.
    fn sounds_like(&self, sign: &Sign) -> bool {
        sign.folded.iter().any(|sound| self.sounds.contains(sound))
    }
}

/// The most that stretches which do not overlap come to.
fn add_up(best: &[Stretch]) -> i32 {
    let mut total = vec![0; best.len()];
    for end in 1..best.len() {
        let with = total[best[end].from] + best[end].score;
        total[end] = with.max(total[end - 1]);
    }
    total.last().copied().unwrap_or_default()
}

/// A query beside a phrase.
struct Lay<'a, A, S> {
    /// Where words and syllables of the phrase begin.
    starts: &'a [bool],
    /// Phrases of so many signs are not whole by chance.
    long: usize,
    /// What a sign of the query beside one of the phrase is worth.
    alike: A,
    /// Whether they are the same.
    same: S,
}

/// The best stretch that ends at a place of both.
#[derive(Clone, Copy)]
struct Cell {
    score: i32,
    /// Where it begins in the query, and in the phrase.
    from: (usize, usize),
}

impl Cell {
    const fn or(self, other: Self) -> Self {
        if other.score > self.score { other } else { self }
    }
}

impl<A: Fn(usize, usize) -> i32, S: Fn(usize, usize) -> bool> Lay<'_, A, S> {
    /// Keeps, for each end in the query, what is better than was known.
    fn down(&self, best: &mut [Stretch], least: i32) {
        let n_phrase = self.starts.len();
        let begin = |q: usize| (0..=n_phrase).map(|p| Cell { score: 0, from: (q, p) }).collect();
        let (mut before, mut above): (Vec<Cell>, Vec<Cell>) = (begin(0), begin(0));
        // A stretch ends at one sign of the query at least.
        for (q, best) in best.iter_mut().enumerate().skip(1) {
            let mut row: Vec<Cell> = begin(q);
            for p in 1..=n_phrase {
                let on = |cell: Cell, gain: i32| Cell { score: cell.score + gain, ..cell };
                let beside = on(above[p - 1], (self.alike)(q - 1, p - 1));
                let missing = on(row[p - 1], -ERROR);
                let cell = row[p].or(beside).or(on(above[p], -ERROR)).or(missing);
                let swapped =
                    q > 1 && p > 1 && (self.same)(q - 1, p - 2) && (self.same)(q - 2, p - 1);
                row[p] = if swapped {
                    let both = (self.alike)(q - 1, p - 2) + (self.alike)(q - 2, p - 1);
                    cell.or(on(before[p - 2], both - SWAP))
                } else {
                    cell
                };
                let score = self.worth(row[p], p);
                if score >= least && score > best.score {
                    *best = Stretch { from: row[p].from.0, score };
                }
            }
            before = std::mem::replace(&mut above, row);
        }
    }

    fn worth(&self, cell: Cell, end: usize) -> i32 {
        let first = cell.from.1;
        if cell.score == 0 {
            return 0;
        }
        let long = self.starts.len() >= self.long;
        let whole = i32::from(long && first == 0) + i32::from(long && end == self.starts.len());
        let middle = if self.starts[first] { 0 } else { MIDDLE };
        cell.score + whole * WHOLE - middle
    }
}
