//! The phrases that matters are known by, prepared for the search once.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::letters::{Pairs, fold, folded_sounds, sound_of, sounds};
use crate::Matter;

/// What makes one place of a phrase weigh less than another, hundredths.
const WEIGHT_MAX: i32 = 100;

/// Letters that are looked at together when it is asked how rare they
/// are.
const RUN: usize = 3;

/// The phrases of all matters, made when first asked for. It follows from
/// the matters and is no part of what is published.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index(OnceLock<Arc<Phrases>>);

impl PartialEq for Index {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Index {}

impl Index {
    pub(super) fn of(&self, matters: &[Matter]) -> &Phrases {
        self.0.get_or_init(|| Arc::new(Phrases::of(matters)))
    }
}

/// The phrases by matter, in the order of the catalogue.
#[derive(Debug)]
pub(super) struct Phrases(Vec<Vec<Phrase>>);

impl Phrases {
    fn of(matters: &[Matter]) -> Self {
        let mut phrases: Vec<Vec<Phrase>> = matters.iter().map(phrases).collect();
        weigh(&mut phrases);
        Self(phrases)
    }

    pub(super) fn of_matter(&self, at: usize) -> &[Phrase] {
        self.0.get(at).map_or(&[], Vec::as_slice)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &[Phrase])> {
        self.0.iter().map(Vec::as_slice).enumerate()
    }
}

/// Where a phrase stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Short,
    Keyword,
    Name,
    Department,
}

/// A phrase in both languages' terms: signs without spaces and marks.
#[derive(Debug)]
pub(super) struct Phrase {
    pub(super) part: Part,
    pub(super) signs: Vec<Sign>,
    /// How the signs weigh where characters are among them.
    pub(super) weights: Vec<i32>,
    pub(super) letters: Letters,
    /// The first letters of a phrase that is all characters.
    pub(super) initials: String,
}

/// A character or letter.
#[derive(Debug)]
pub(super) struct Sign {
    pub(super) c: char,
    pub(super) sounds: Vec<&'static str>,
    pub(super) folded: Vec<Vec<u8>>,
    /// Whether a word may begin here.
    pub(super) starts: bool,
}

/// A phrase read aloud and folded.
#[derive(Debug, Default)]
pub(super) struct Letters {
    pub(super) read: Vec<u8>,
    pub(super) starts: Vec<bool>,
    pub(super) weights: Vec<i32>,
    pub(super) pairs: Pairs,
}

fn phrases(matter: &Matter) -> Vec<Phrase> {
    let texts = [
        (Part::Short, &matter.short.zh),
        (Part::Short, &matter.short.en),
        (Part::Name, &matter.name.zh),
        (Part::Name, &matter.name.en),
        (Part::Department, &matter.department.zh),
        (Part::Department, &matter.department.en),
    ];
    let keywords = matter.keywords.iter().map(|it| (Part::Keyword, it));
    texts.into_iter().chain(keywords).map(|(part, text)| Phrase::of(part, text)).collect()
}

impl Phrase {
    pub(super) fn of(part: Part, text: &str) -> Self {
        let mut signs: Vec<Sign> = Vec::new();
        let mut starts = true;
        for c in text.chars().flat_map(char::to_lowercase) {
            if c.is_alphanumeric() {
                let starts = starts || !c.is_ascii();
                signs.push(Sign { c, sounds: sounds(c), folded: folded_sounds(c), starts });
            }
            starts = !c.is_ascii_alphanumeric() && !matches!(c, '\'' | '’');
        }
        let first = |sign: &Sign| sound_of(sign.c)?.chars().next();
        let initials = signs.iter().map(first).collect::<Option<String>>().unwrap_or_default();
        Self { part, letters: aloud(&signs), weights: Vec::new(), initials, signs }
    }
}

fn aloud(signs: &[Sign]) -> Letters {
    let mut text = String::new();
    let mut starts = Vec::new();
    for sign in signs {
        let sound = sound_of(sign.c);
        starts.push((text.len(), sign.starts));
        match sound {
            Some(sound) => text.push_str(sound),
            None => text.push(sign.c),
        }
    }
    let begins = |at: usize| starts.iter().any(|&(start, word)| word && start == at);
    let folded = fold(&text);
    let letters: Vec<u8> = folded.iter().map(|&(letter, _)| letter).collect();
    Letters {
        starts: folded.iter().map(|&(_, at)| begins(at)).collect(),
        pairs: Pairs::of(&letters),
        read: letters,
        weights: Vec::new(),
    }
}

/// Gives every place its weight: a sign counts the more, the fewer
/// matters have the signs around it. 登记 says little, 户口 much.
fn weigh(matters: &mut [Vec<Phrase>]) {
    let letters = |it: &Phrase| it.letters.read.clone();
    let chars = |it: &Phrase| it.signs.iter().map(|sign| sign.c).collect::<Vec<char>>();
    let letter_runs = Runs::count(matters, RUN, letters);
    let char_runs = Runs::count(matters, 2, chars);
    for phrase in matters.iter_mut().flatten() {
        phrase.letters.weights = letter_runs.weights(&letters(phrase));
        if phrase.signs.iter().any(|sign| !sign.c.is_ascii()) {
            phrase.weights = char_runs.weights(&chars(phrase));
        }
    }
}

/// In how many matters each run of signs is.
struct Runs<T> {
    run: usize,
    n_matters: usize,
    in_matters: BTreeMap<Vec<T>, usize>,
}

impl<T: Ord + Clone> Runs<T> {
    fn count(matters: &[Vec<Phrase>], run: usize, signs: impl Fn(&Phrase) -> Vec<T>) -> Self {
        let mut last: BTreeMap<Vec<T>, (usize, usize)> = BTreeMap::new();
        for (at, matter) in matters.iter().enumerate() {
            for phrase in matter {
                for window in signs(phrase).windows(run) {
                    let (count, seen) = last.entry(window.to_vec()).or_insert((0, usize::MAX));
                    *count += usize::from(*seen != at);
                    *seen = at;
                }
            }
        }
        let in_matters = last.into_iter().map(|(window, (count, _))| (window, count)).collect();
        Self { run, n_matters: matters.len(), in_matters }
    }

    /// The weight of each place: the mean of the runs across it.
    fn weights(&self, signs: &[T]) -> Vec<i32> {
        let runs: Vec<i32> = signs
            .windows(self.run)
            .map(|window| self.weight(self.in_matters.get(window)))
            .collect();
        let at = |place: usize| {
            let first = (place + 1).saturating_sub(self.run);
            let across = &runs[first.min(runs.len())..(place + 1).min(runs.len())];
            let count = i32::try_from(across.len()).expect("a run is short");
            if count == 0 { WEIGHT_MAX } else { across.iter().sum::<i32>() / count }
        };
        (0..signs.len()).map(at).collect()
    }

    /// 100 for what one matter has, 50 for what all have, by the
    /// logarithm between.
    #[expect(clippy::cast_possible_truncation, reason = "the weight is between 50 and 100")]
    #[expect(clippy::cast_precision_loss, reason = "counts of matters are small")]
    fn weight(&self, in_matters: Option<&usize>) -> i32 {
        let all = (self.n_matters.max(2) as f64).ln();
        let share = (*in_matters.unwrap_or(&1) as f64).ln() / all;
        WEIGHT_MAX - (share * 50.0) as i32
    }
}
