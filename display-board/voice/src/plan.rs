//! An announcement as a sequence of clips and pauses.
//!
//! Three chunks (请A · 012号 · 到3号窗口办理) are understood far better in
//! a noisy hall than one synthesised sentence or single digits; so the
//! longest clip that the pack has is taken, and single digits only for
//! what no clip covers.

use serde::{Deserialize, Serialize};

use crate::sentence::Sentence;
use crate::{Announcement, DigitOne, Language, Repertoire};

/// How often a call is spoken in the first language; in the others, once.
pub const PASSES: usize = 2;

/// No hall wants to hear a call more often.
pub const PASSES_MAX: usize = 5;

/// Between the letter and the digits, in milliseconds.
pub const PAUSE_IN_NUMBER_MS: u32 = 60;

/// Between the number and the window, in milliseconds.
pub const PAUSE_TO_WINDOW_MS: u32 = 220;

/// Between two passes, in milliseconds.
pub const PAUSE_BETWEEN_PASSES_MS: u32 = 800;

/// What comes before a call.
pub const CHIME: &str = "common/chime2";

/// One piece of an announcement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A clip, by its name in the pack (`zh/qing_A`).
    Clip(String),
    /// Silence, in milliseconds.
    Pause(u32),
}

/// How a hall has its calls spoken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manner {
    /// In which languages, one after the other.
    pub languages: Vec<Language>,
    /// How often in the first of them.
    pub passes: usize,
    /// How the digit 1 of a number is read in Mandarin.
    pub one: DigitOne,
}

impl Default for Manner {
    fn default() -> Manner {
        Manner { languages: vec![Language::Zh], passes: PASSES, one: DigitOne::default() }
    }
}

/// What is to be played.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Clips and pauses, in order.
    pub steps: Vec<Step>,
    /// Clips that the pack lacks and nothing stands in for. A sentence
    /// without one of them is left out whole: a number with a digit
    /// missing would call somebody else.
    pub lacking: Vec<String>,
}

/// The whole announcement: chime, the sentence as often as the hall wants
/// it, and once in each further language. Where a sentence cannot be
/// said, the chime alone makes people look at the board.
pub fn plan(announcement: &Announcement, manner: &Manner, has: &Repertoire) -> Plan {
    let mut plan = Plan::default();
    if has.has(CHIME) {
        plan.steps.push(Step::Clip(CHIME.to_owned()));
    }
    let mut spoken = false;
    for (place, language) in manner.languages.iter().enumerate() {
        let sentence = match language {
            Language::Zh => zh_pass(announcement, manner.one, has),
            Language::En => en_pass(announcement, has),
        };
        if !sentence.lacking.is_empty() {
            plan.lacking.extend(sentence.lacking);
            continue;
        }
        let passes = if place == 0 { manner.passes.clamp(1, PASSES_MAX) } else { 1 };
        for _ in 0..passes {
            if spoken {
                plan.steps.push(Step::Pause(PAUSE_BETWEEN_PASSES_MS));
            }
            spoken = true;
            plan.steps.extend(sentence.steps.iter().cloned());
        }
    }
    plan
}

fn zh_pass(announcement: &Announcement, one: DigitOne, has: &Repertoire) -> Plan {
    let Announcement { letters, digits, window } = announcement;
    let mut sentence = Sentence::new(Language::Zh.folder(), has);
    let mut letters = letters.chars();
    match letters.next() {
        Some(first) => sentence.zh_please(first),
        None => sentence.ornament("p_qing"),
    }
    letters.for_each(|it| sentence.letter(it));
    sentence.pause(PAUSE_IN_NUMBER_MS);
    sentence.zh_number(digits, one);
    sentence.pause(PAUSE_TO_WINDOW_MS);
    sentence.zh_window(window);
    sentence.plan()
}

fn en_pass(announcement: &Announcement, has: &Repertoire) -> Plan {
    let Announcement { letters, digits, window } = announcement;
    let mut sentence = Sentence::new(Language::En.folder(), has);
    let mut letters = letters.chars();
    match letters.next() {
        Some(first) => sentence.en_ticket(first),
        None => sentence.ornament("p_ticket"),
    }
    letters.for_each(|it| sentence.letter(it));
    sentence.pause(PAUSE_IN_NUMBER_MS);
    sentence.digits(digits);
    sentence.pause(PAUSE_TO_WINDOW_MS);
    sentence.en_window(window);
    sentence.plan()
}

#[cfg(test)]
mod tests;
