//! Feeding one target as many inputs as wanted. An input that makes it
//! do something that none before did is kept, and others are made of it.

use std::collections::HashSet;

use crate::Target;
use crate::mutate::mutate;
use chance::Chance;

/// More kept inputs than these would make the corpus unreadable.
const KEPT_MAX: usize = 128;

/// One input of so many is not made of another.
const FROM_NOTHING: u64 = 64;

/// One target under fire.
pub struct Hunt {
    target: Target,
    chance: Chance,
    kept: Vec<Vec<u8>>,
    seen: HashSet<String>,
    tally: Tally,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// The inputs fed.
    pub n_inputs: u64,
    /// The different things that they did.
    pub n_behaviours: usize,
}

impl Hunt {
    /// Begins with the inputs of a corpus and those that the target
    /// knows.
    pub fn new(target: Target, corpus: &[Vec<u8>], seed: u64) -> Self {
        let mut hunt = Self {
            target,
            chance: Chance::new(seed),
            kept: Vec::new(),
            seen: HashSet::new(),
            tally: Tally::default(),
        };
        for input in (target.seeds)().into_iter().chain(corpus.iter().cloned()) {
            hunt.feed(input);
        }
        hunt
    }

    /// Makes and feeds another input; `before` is shown it first, so
    /// that it can be told should the target panic.
    pub fn step(&mut self, before: impl FnOnce(&[u8])) {
        let n_kept = self.kept.len();
        let (old, other) = match n_kept {
            0 => (&[][..], &[][..]),
            _ => (
                &self.kept[self.chance.place(n_kept)][..],
                &self.kept[self.chance.place(n_kept)][..],
            ),
        };
        let old = if self.chance.once_in(FROM_NOTHING) { &[][..] } else { old };
        let Target { words, bytes_max, .. } = self.target;
        let input = mutate(&mut self.chance, old, other, words, bytes_max);
        before(&input);
        self.feed(input);
    }

    /// Inputs that did something new, the newest among them.
    pub fn kept(&self) -> &[Vec<u8>] {
        &self.kept
    }

    /// What came of it so far.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    fn feed(&mut self, input: Vec<u8>) {
        let did = (self.target.feed)(&input);
        self.tally.n_inputs += 1;
        let n_seen = self.seen.len();
        self.seen.extend(did);
        if self.seen.len() > n_seen {
            self.tally.n_behaviours = self.seen.len();
            if self.kept.len() < KEPT_MAX {
                self.kept.push(input);
            } else {
                // The newest may lead on to where the others do not.
                let gone = self.chance.place(KEPT_MAX);
                self.kept[gone] = input;
            }
        }
    }
}
