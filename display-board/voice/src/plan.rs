//! An announcement as a sequence of clips and pauses.
//!
//! Three chunks (请A · 012号 · 到3号窗口办理) are understood far better in
//! a noisy hall than one synthesised sentence or single digits; so the
//! longest clip that exists is taken, and single digits only for what no
//! clip covers.

use crate::words::{zh_digit, zh_number};
use crate::{Announcement, DigitOne, Language, WindowName};

/// How often a call is spoken.
pub const PASSES: usize = 2;

/// Between the letter and the digits, in milliseconds.
pub const PAUSE_IN_NUMBER_MS: u32 = 60;

/// Between the number and the window, in milliseconds.
pub const PAUSE_TO_WINDOW_MS: u32 = 220;

/// Between two passes, in milliseconds.
pub const PAUSE_BETWEEN_PASSES_MS: u32 = 800;

/// The packs have whole-number clips up to this many digits (zh) …
const ZH_WHOLE_DIGITS_MAX: usize = 3;

/// … and whole-window clips up to this window.
const WHOLE_WINDOW_MAX: u16 = 99;

/// One piece of an announcement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A clip, by its path inside the voice folder
    /// (`zh/clips/qing_A.ogg`).
    Clip(String),
    /// Silence, in milliseconds.
    Pause(u32),
}

/// The whole announcement: chime, then the sentence [`PASSES`] times.
pub fn plan(announcement: &Announcement, language: Language, one: DigitOne) -> Vec<Step> {
    let pass = match language {
        Language::Zh => zh_pass(announcement, one),
        Language::En => en_pass(announcement),
    };
    let mut steps = vec![Step::Clip("common/chime2.ogg".to_owned())];
    for turn in 0..PASSES {
        if turn > 0 {
            steps.push(Step::Pause(PAUSE_BETWEEN_PASSES_MS));
        }
        steps.extend(pass.iter().cloned());
    }
    steps
}

fn zh(name: &str) -> Step {
    Step::Clip(format!("zh/clips/{name}.ogg"))
}

fn en(name: &str) -> Step {
    Step::Clip(format!("en/clips/{name}.ogg"))
}

fn zh_pass(announcement: &Announcement, one: DigitOne) -> Vec<Step> {
    let Announcement { letters, digits, window } = announcement;
    let mut steps = Vec::new();
    let mut letters = letters.chars();
    match letters.next() {
        Some(first) => steps.push(zh(&format!("qing_{first}"))),
        None => steps.push(zh("p_qing")),
    }
    steps.extend(letters.map(|it| zh(&format!("l_{it}"))));
    steps.push(Step::Pause(PAUSE_IN_NUMBER_MS));
    steps.extend(zh_number_clips(digits, one));
    steps.push(Step::Pause(PAUSE_TO_WINDOW_MS));
    match window {
        WindowName::Numbered(number @ ..=WHOLE_WINDOW_MAX) => {
            steps.push(zh(&format!("w_{number}")));
        }
        WindowName::Numbered(number) => {
            steps.push(zh("p_dao"));
            steps.extend(zh_number(*number).chars().filter_map(zh_character));
            steps.extend([zh("p_haochuangkou"), zh("p_banli")]);
        }
        WindowName::Labelled(label) => {
            steps.push(zh("p_dao"));
            steps.extend(label.chars().filter_map(zh_character));
            steps.extend([zh("p_chuangkou"), zh("p_banli")]);
        }
    }
    steps
}

/// The digits with 号 at their end.
fn zh_number_clips(digits: &str, one: DigitOne) -> Vec<Step> {
    if one == DigitOne::Yao && digits.contains('1') {
        let mut steps: Vec<Step> = digits
            .chars()
            .map(|it| if it == '1' { zh("p_yao") } else { zh(&format!("d_{it}")) })
            .collect();
        steps.push(zh("p_hao"));
        return steps;
    }
    if digits.len() <= ZH_WHOLE_DIGITS_MAX {
        return vec![zh(&format!("n_{digits}"))];
    }
    let mut steps = in_pairs(digits, |it| zh(&format!("d_{it}")));
    steps.push(zh("p_hao"));
    steps
}

/// The clip of one character of a label or cardinal; what has no clip
/// (a hyphen) is not spoken.
fn zh_character(c: char) -> Option<Step> {
    match zh_digit(c) {
        '十' => Some(zh("p_shi")),
        '百' => Some(zh("p_bai")),
        letter if letter.is_ascii_uppercase() => Some(zh(&format!("l_{letter}"))),
        digit => (0..=9)
            .find(|it| char::from_digit(*it, 10).map(zh_digit) == Some(digit))
            .map(|it| zh(&format!("d_{it}"))),
    }
}

fn en_pass(announcement: &Announcement) -> Vec<Step> {
    let Announcement { letters, digits, window } = announcement;
    let mut steps = Vec::new();
    let mut letters = letters.chars();
    match letters.next() {
        Some(first) => steps.push(en(&format!("t_{first}"))),
        None => steps.push(en("p_ticket")),
    }
    steps.extend(letters.map(|it| en(&format!("l_{it}"))));
    steps.push(Step::Pause(PAUSE_IN_NUMBER_MS));
    steps.extend(in_pairs(digits, en_digits));
    steps.push(Step::Pause(PAUSE_TO_WINDOW_MS));
    match window {
        WindowName::Numbered(number @ ..=WHOLE_WINDOW_MAX) => {
            steps.push(en(&format!("w_{number}")));
        }
        WindowName::Numbered(number) => steps.extend(in_pairs(&number.to_string(), en_digits)),
        // The pack has no "please go to counter" on its own: the label
        // alone, after the pause, is what the wall says.
        WindowName::Labelled(label) => steps.extend(label.chars().filter_map(en_character)),
    }
    steps
}

fn en_digits(digits: &str) -> Step {
    if digits.len() == 1 { en(&format!("d_{digits}")) } else { en(&format!("n_{digits}")) }
}

fn en_character(c: char) -> Option<Step> {
    match c {
        '0'..='9' => Some(en(&format!("d_{c}"))),
        'A'..='Z' => Some(en(&format!("l_{c}"))),
        _ => None,
    }
}

/// Two digits a clip flow better than one; an odd one stands last.
fn in_pairs(digits: &str, clip: impl Fn(&str) -> Step) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut rest = digits;
    while !rest.is_empty() {
        let (pair, after) = rest.split_at(rest.len().min(2));
        steps.push(clip(pair));
        rest = after;
    }
    steps
}

#[cfg(test)]
mod tests;
