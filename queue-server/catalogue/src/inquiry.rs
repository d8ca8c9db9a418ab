//! What somebody asked about, short enough for the QR code of a list: a
//! phone or a window opens the same list from it, and nothing is kept of
//! who asked.
//!
//! `matter~question.option.option~question.option`, and `~~` before the
//! next matter. Ids have letters, digits, `-` and `_` only, so that all of
//! it may stand in an address as it is.

use crate::{Answers, Catalogue, Matter};

/// Longest text that is read, characters.
const CHARS_MAX: usize = 2_000;

/// A matter and what was answered to its questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inquiry {
    /// The matter's id.
    pub matter: String,
    /// The answers, as far as they were given.
    pub answers: Answers,
}

impl Inquiry {
    /// Most matters that are asked about at once.
    pub const MATTERS_MAX: usize = 6;

    /// One or several as text.
    pub fn write(inquiries: &[Inquiry]) -> String {
        inquiries.iter().map(Inquiry::written).collect::<Vec<_>>().join("~~")
    }

    fn written(&self) -> String {
        let mut text = self.matter.clone();
        for (question, chosen) in &self.answers {
            text.push('~');
            text.push_str(question);
            for option in chosen {
                text.push('.');
                text.push_str(option);
            }
        }
        text
    }

    /// From text, as far as the catalogue knows it still: answers that no
    /// longer concern the matter are left out, so that the list is longer
    /// rather than wrong. None if it is no such text, or if a matter is
    /// there no more.
    pub fn read(text: &str, catalogue: &Catalogue) -> Option<Vec<Inquiry>> {
        if text.len() > CHARS_MAX {
            return None;
        }
        let inquiries: Option<Vec<Inquiry>> =
            text.split("~~").map(|it| Inquiry::read_one(it, catalogue)).collect();
        inquiries.filter(|it| it.len() <= Inquiry::MATTERS_MAX)
    }

    fn read_one(text: &str, catalogue: &Catalogue) -> Option<Inquiry> {
        let mut parts = text.split('~');
        let matter: &Matter = catalogue.matter(parts.next()?)?;
        let mut answers = Answers::new();
        for part in parts {
            let mut words = part.split('.').map(str::to_owned);
            answers.insert(words.next()?, words.collect());
        }
        Some(Inquiry { matter: matter.id.clone(), answers: matter.concerning(&answers) })
    }
}

#[cfg(test)]
mod tests;
