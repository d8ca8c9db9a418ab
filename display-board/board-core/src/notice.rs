//! The notice line: it stands still; if there are several notices, or one
//! is too long for the line, it changes by whole sentences.

use jiff::Timestamp;

/// How long one part of a long notice stands.
pub const NOTICE_SECS: i64 = 8;

/// Width of the line in characters: a Han character is one, a letter or
/// digit a little over half, a space or full stop a quarter.
pub const NOTICE_EMS_MAX: f32 = 42.0;

/// Width of a letter or digit in the suite's font, on the average.
const LETTER_EM: f32 = 0.56;

/// Width of a space or of small punctuation.
const SPACE_EM: f32 = 0.26;

/// What the line says now.
pub(crate) fn notice_at(notices: &[&str], now: Timestamp) -> String {
    let parts = parts_of(notices);
    let turn = usize::try_from(now.as_second().div_euclid(NOTICE_SECS)).unwrap_or(0);
    parts.get(turn % parts.len().max(1)).cloned().unwrap_or_default()
}

/// Whether the line changes with time.
pub(crate) fn changes(notices: &[&str]) -> bool {
    parts_of(notices).len() > 1
}

/// Each notice begins a line of its own.
fn parts_of(notices: &[&str]) -> Vec<String> {
    notices.iter().flat_map(|it| parts(it)).collect()
}

/// The notice in parts that fit, each of one or more whole sentences. A
/// single sentence that does not fit stays whole.
fn parts(notice: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for sentence in sentences(notice.trim()) {
        match parts.last_mut() {
            Some(part) if ems(part) + ems(sentence) <= NOTICE_EMS_MAX => part.push_str(sentence),
            _ => parts.push(sentence.trim_start().to_owned()),
        }
    }
    parts
}

/// Cut after every Chinese full stop and every full stop before a space.
fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut rest = text;
    while let Some(end) = sentence_end(rest) {
        let (sentence, after) = rest.split_at(end);
        sentences.push(sentence);
        rest = after;
    }
    if !rest.is_empty() {
        sentences.push(rest);
    }
    sentences
}

fn sentence_end(text: &str) -> Option<usize> {
    let chinese = text.find('。').map(|at| at + '。'.len_utf8());
    let english = text.find(". ").map(|at| at + 1);
    chinese.into_iter().chain(english).min()
}

fn ems(text: &str) -> f32 {
    let em = |c: char| match c {
        ' ' | '.' | ',' | ':' | ';' | '\'' | '!' | 'i' | 'l' | 'j' => SPACE_EM,
        '\0'..='\u{24f}' | '\u{2010}'..='\u{2015}' => LETTER_EM,
        _ => 1.0,
    };
    text.chars().map(em).sum()
}
