//! What is to be said, before anybody says it.

use serde::{Deserialize, Serialize};

/// A call to be spoken: who, and where to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// The capital letters of the number, possibly none (a hall may name
    /// its lanes by number only).
    pub letters: String,
    /// The digits of the number as printed: leading zeros are spoken.
    pub digits: String,
    /// Where to.
    pub window: WindowName,
}

impl Announcement {
    /// From the number on the paper (`A012`) and what is painted over
    /// the window (`A02` or `3`). Of the number only capital letters and
    /// digits are spoken.
    pub fn new(number: &str, window_label: &str) -> Announcement {
        let split = number.find(|c: char| c.is_ascii_digit()).unwrap_or(number.len());
        let (letters, digits) = number.split_at(split);
        Announcement {
            letters: letters.chars().filter(char::is_ascii_uppercase).collect(),
            digits: digits.chars().filter(char::is_ascii_digit).collect(),
            window: WindowName::new(window_label),
        }
    }
}

/// How a window is called aloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WindowName {
    /// A plain number, spoken as an ordinal: 三号, 十二号.
    Numbered(u16),
    /// Letters and digits, spoken one by one: A零二.
    Labelled(String),
}

impl WindowName {
    /// A label of nothing but digits (1 to 999) is a number; leading
    /// zeros are paint, not speech.
    pub fn new(label: &str) -> WindowName {
        match label.parse() {
            Ok(number @ 1..=999) if label.bytes().all(|b| b.is_ascii_digit()) => {
                WindowName::Numbered(number)
            }
            _ => WindowName::Labelled(label.to_owned()),
        }
    }
}

/// The language of an announcement and of a board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Mandarin, simplified characters.
    #[default]
    Zh,
    /// English.
    En,
}

impl Language {
    /// The folder of its clips in a voice pack.
    pub fn folder(self) -> &'static str {
        match self {
            Language::Zh => "zh",
            Language::En => "en",
        }
    }
}

/// How Mandarin reads the digit 1 of a ticket number; a window's number
/// is always 一.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DigitOne {
    /// 一, the neutral reading.
    #[default]
    Yi,
    /// 幺, as on the telephone: 一 and 七 are mistaken for each other in
    /// noise.
    Yao,
}
