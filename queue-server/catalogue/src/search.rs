//! Finding a matter by what a visitor types: characters, pinyin or its
//! initials, English words; in whole sentences, and with typing errors.
//!
//! Exact fits come first, by kind ([`exact::Fit`]). Only where they are
//! few does [`alike`] look for what was probably meant, and ranks by how
//! much of what was typed a matter explains. Of equal fit the most used
//! matters of the hall come first. Other words for a matter are content:
//! they stand among the `keywords` of its file.

mod alike;
mod exact;
mod index;
mod letters;
mod typed;

use crate::{Catalogue, Matter};
use typed::Typed;

pub(crate) use index::Index;

/// So many exact fits, and nothing else is looked for.
const EXACT_ENOUGH: usize = 3;

/// Matters shown at most that are only like what was typed.
const ALIKE_MAX: usize = 6;

impl Catalogue {
    /// The matters that fit what was typed, best first; of equal fit
    /// those of `most_used` in its order, then in the order of the
    /// catalogue. Nothing typed fits nothing.
    pub fn find(&self, typed: &str, most_used: &[String]) -> Vec<&Matter> {
        self.find_counted(typed, most_used).0
    }

    /// As [`Catalogue::find`]; with how many pairs of signs were compared
    /// in looking for what is alike.
    fn find_counted(&self, typed: &str, most_used: &[String]) -> (Vec<&Matter>, usize) {
        let typed = Typed::read(typed);
        if typed.is_empty() {
            return (Vec::new(), 0);
        }
        let index = self.index.of(&self.matters);
        let use_of = |at: usize| {
            let id = &self.matters[at].id;
            most_used.iter().position(|used| used == id).unwrap_or(usize::MAX)
        };
        let mut exact: Vec<_> = (0..self.matters.len())
            .filter_map(|at| Some((exact::fit_typed(index.of_matter(at), &typed)?, at)))
            .collect();
        exact.sort_by_key(|&(fit, at)| (fit, use_of(at), at));
        let mut found: Vec<usize> = exact.into_iter().map(|(_, at)| at).collect();
        let mut compared = 0;
        if found.len() < EXACT_ENOUGH {
            let mut alike = alike::all(index, &typed, &found, &mut compared);
            alike.sort_by_key(|&(score, at)| (std::cmp::Reverse(score), use_of(at), at));
            found.extend(alike.into_iter().take(ALIKE_MAX).map(|(_, at)| at));
        }
        (found.into_iter().map(|at| &self.matters[at]).collect(), compared)
    }
}

#[cfg(test)]
mod tests;
