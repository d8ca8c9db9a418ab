//! What a kiosk reads aloud to guide a visitor: any text that is made of
//! phrases the pack has, of ticket numbers and of windows.
//!
//! Which phrases there are is the pack's matter: its manifest says what
//! is spoken in each clip, so a phrase recorded later is said without a
//! change here.

use crate::sentence::Sentence;
use crate::{Announcement, DigitOne, Language, Plan, Repertoire, Step, WindowName};

/// Between two sentences, in milliseconds.
const PAUSE_BETWEEN_SENTENCES_MS: u32 = 350;

/// Between two parts of one, in milliseconds.
const PAUSE_BETWEEN_PARTS_MS: u32 = 150;

/// Longer than this nothing is spelt: `A023`, a digit of a keypad, 12345.
const CODE_MAX: usize = 6;

/// What ends a sentence, and what only divides it.
const ENDS: [char; 10] = ['。', '！', '？', '；', '…', '.', '!', '?', ';', '\n'];
const DIVIDES: [char; 5] = ['，', '、', ',', ':', '：'];

/// Something to be read aloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guidance {
    /// A text of phrases.
    Text(String),
    /// A ticket number on its own, as printed (`A012`).
    Number(String),
    /// Where to go: the window's label, as painted.
    Window(String),
}

/// Clips for what is to be read aloud, with pauses between. A text that
/// no clips make up is named in `lacking` and left out whole; the rest is
/// still said.
pub fn guide(all: &[Guidance], language: Language, one: DigitOne, has: &Repertoire) -> Plan {
    let mut plan = Plan::default();
    for guidance in all {
        let mut part = match guidance {
            Guidance::Text(text) => text_plan(text, language, has),
            Guidance::Number(number) => number_plan(number, language, one, has),
            Guidance::Window(label) => window_plan(label, language, has),
        };
        plan.lacking.append(&mut part.lacking);
        if !plan.steps.is_empty() && !part.steps.is_empty() {
            plan.steps.push(Step::Pause(PAUSE_BETWEEN_SENTENCES_MS));
        }
        plan.steps.append(&mut part.steps);
    }
    plan
}

/// The longest phrases first: the whole text, then sentences, then
/// parts of them.
fn text_plan(text: &str, language: Language, has: &Repertoire) -> Plan {
    let mut plan = Plan::default();
    for (n, sentence) in pieces(text, &ENDS, language, has).enumerate() {
        if n > 0 {
            plan.steps.push(Step::Pause(PAUSE_BETWEEN_SENTENCES_MS));
        }
        if let Some(steps) = part_steps(sentence, language, has) {
            plan.steps.extend(steps);
            continue;
        }
        for (n, part) in pieces(sentence, &DIVIDES, language, has).enumerate() {
            if n > 0 {
                plan.steps.push(Step::Pause(PAUSE_BETWEEN_PARTS_MS));
            }
            match part_steps(part, language, has) {
                Some(steps) => plan.steps.extend(steps),
                None => plan.lacking.push(part.to_owned()),
            }
        }
    }
    if !plan.lacking.is_empty() {
        plan.steps.clear();
    }
    plan
}

/// A phrase; or a key, or the letter of a lane with a phrase behind it.
fn part_steps(part: &str, language: Language, has: &Repertoire) -> Option<Vec<Step>> {
    if let Some(clip) = has.phrase(part, language) {
        return Some(vec![Step::Clip(clip.to_owned())]);
    }
    let (code, rest) = part.split_once(' ').unwrap_or((part, ""));
    if code.len() > CODE_MAX || !code.chars().all(|it| it.is_ascii_alphanumeric()) {
        return None;
    }
    let letters = code.trim_end_matches(|it: char| it.is_ascii_digit());
    if letters.len() > 1 {
        return None;
    }
    let mut sentence = Sentence::new(language.folder(), has);
    sentence.label(code);
    let mut steps = Some(sentence.plan()).filter(|it| it.lacking.is_empty())?.steps;
    if !rest.is_empty() {
        steps.push(Step::Pause(PAUSE_BETWEEN_PARTS_MS));
        steps.push(Step::Clip(has.phrase(rest, language)?.to_owned()));
    }
    Some(steps)
}

/// The text whole if it is a phrase, else its parts between the marks.
fn pieces<'a>(
    text: &'a str,
    marks: &'a [char],
    language: Language,
    has: &Repertoire,
) -> impl Iterator<Item = &'a str> {
    let whole = has.phrase(text, language).is_some();
    text.split(move |it| !whole && marks.contains(&it)).map(str::trim).filter(|it| !it.is_empty())
}

/// A012号, "ticket A zero one two".
fn number_plan(number: &str, language: Language, one: DigitOne, has: &Repertoire) -> Plan {
    let Announcement { letters, digits, .. } = Announcement::new(number, "");
    let mut sentence = Sentence::new(language.folder(), has);
    let mut letters = letters.chars();
    if language == Language::En
        && let Some(first) = letters.next()
    {
        sentence.en_ticket(first);
    }
    letters.for_each(|it| sentence.letter(it));
    match language {
        Language::Zh => sentence.zh_number(&digits, one),
        Language::En => sentence.digits(&digits),
    }
    sentence.plan()
}

/// 到3号窗口办理, "please go to counter three".
fn window_plan(label: &str, language: Language, has: &Repertoire) -> Plan {
    let window = WindowName::new(label);
    let mut sentence = Sentence::new(language.folder(), has);
    match language {
        Language::Zh => sentence.zh_window(&window),
        Language::En => sentence.en_window(&window),
    }
    sentence.plan()
}

#[cfg(test)]
mod tests;
