//! A scanner that is a keyboard (keyboard wedge): it types what it read
//! faster than anybody could, and then the key that ends a line.
//!
//! A key is held back until it is known whose it is: digits of a code
//! must not answer a question. A person's key goes on after `HOLD`, too
//! soon for anybody to notice.

use std::time::{Duration, Instant};

/// The pause after which a key was a person's: a scanner takes a few
/// milliseconds a key.
pub(super) const HOLD: Duration = Duration::from_millis(60);

/// The longest pause within what a scanner types: the screen may be drawn
/// in between.
const PAUSE_MAX: Duration = Duration::from_millis(250);

/// Fewer characters than any code has are a person's.
const CHARS_MIN: usize = 6;

/// More than any code has; what comes further is no code.
const CHARS_MAX: usize = 512;

/// What was typed so far without a pause.
#[derive(Debug, Default)]
pub(super) struct Wedge {
    typed: String,
    /// Pauses in it that are too long for a scanner.
    n_slow: usize,
    last: Option<Instant>,
    /// Keys that are held back, no more than make a code.
    held: Vec<String>,
    /// They were looked at late, and once more is allowed.
    late: bool,
    /// An end came behind too few of them: they are a person's.
    known: bool,
}

/// What a key is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// A person's: it goes on at once.
    Passed,
    /// Perhaps a scanner's: ask again after `HOLD`.
    Held,
    /// The end of what a scanner read.
    Read(String),
}

/// What becomes of the keys that were held back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// They are a person's: they go on now.
    GoOn(Vec<String>),
    /// That is not known yet: ask again after `HOLD`.
    NotYet,
    /// There is none.
    Nothing,
}

impl Wedge {
    /// A key went down: its character, or a control character.
    pub(super) fn hears(&mut self, key: &str, at: Instant) -> Heard {
        let pause = self.last.map(|last| at.duration_since(last));
        if pause.is_none_or(|it| it > PAUSE_MAX) {
            self.typed.clear();
            self.n_slow = 0;
        }
        let mut chars = key.chars();
        let (Some(char), None) = (chars.next(), chars.next()) else { return Heard::Passed };
        if matches!(char, '\n' | '\r' | '\t') {
            return self.line_ended(key);
        }
        // Shift and its like come as keys of their own.
        if char.is_control() || ('\u{e000}'..='\u{f8ff}').contains(&char) {
            return Heard::Passed;
        }
        if self.typed.len() <= CHARS_MAX {
            self.typed.push(char);
            self.n_slow += usize::from(pause.is_some_and(|it| it > HOLD && it <= PAUSE_MAX));
        }
        self.last = Some(at);
        self.late = false;
        // The space of somebody who presses what has the focus.
        if char == ' ' && self.held.is_empty() {
            return Heard::Passed;
        }
        if self.held.len() < CHARS_MIN {
            self.held.push(key.to_owned());
        }
        Heard::Held
    }

    /// What becomes of the keys held back, at least `HOLD` after the last.
    pub(super) fn due(&mut self, at: Instant) -> Due {
        if self.held.is_empty() {
            return Due::Nothing;
        }
        if std::mem::take(&mut self.known) {
            return Due::GoOn(std::mem::take(&mut self.held));
        }
        let silent = self.last.map_or(PAUSE_MAX, |last| at.duration_since(last));
        if silent < HOLD {
            return Due::NotYet;
        }
        if self.held.len() >= CHARS_MIN {
            // Nobody types so fast: the rest of a code, or nothing.
            if silent <= PAUSE_MAX {
                return Due::NotYet;
            }
            self.held.clear();
            return Due::Nothing;
        }
        // The screen was drawn so long that further keys may wait.
        if silent > 2 * HOLD && !std::mem::replace(&mut self.late, true) {
            return Due::NotYet;
        }
        self.late = false;
        Due::GoOn(std::mem::take(&mut self.held))
    }

    /// A scanner has read something, or a person pressed Enter or Tab.
    fn line_ended(&mut self, key: &str) -> Heard {
        let read = std::mem::take(&mut self.typed);
        let n_slow = std::mem::take(&mut self.n_slow);
        self.last = None;
        let length = read.chars().count();
        if (CHARS_MIN..=CHARS_MAX).contains(&length) && n_slow * 4 <= length {
            self.held.clear();
            return Heard::Read(read);
        }
        if self.held.is_empty() {
            return Heard::Passed;
        }
        if self.held.len() >= CHARS_MIN {
            self.held.clear();
            return Heard::Passed;
        }
        // It goes on behind the keys before it.
        self.held.push(key.to_owned());
        self.known = true;
        Heard::Held
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A keyboard, its clock, and the keys that went on.
    struct Keyboard {
        wedge: Wedge,
        at: Instant,
        went_on: String,
    }

    impl Keyboard {
        fn new() -> Keyboard {
            let (wedge, at) = (Wedge::default(), appliance::monotonic());
            Keyboard { wedge, at, went_on: String::new() }
        }

        /// Types keys so many milliseconds apart; what was read.
        fn types(&mut self, keys: &str, apart_ms: u64) -> Vec<String> {
            let mut read = Vec::new();
            for key in keys.chars() {
                self.passes(apart_ms);
                match self.wedge.hears(&key.to_string(), self.at) {
                    Heard::Passed => self.went_on.push(key),
                    Heard::Held => {}
                    Heard::Read(text) => read.push(text),
                }
            }
            read
        }

        /// Lets the time pass, asking as the screen does.
        fn passes(&mut self, ms: u64) {
            for _ in 0..ms / 10 {
                self.at += Duration::from_millis(10);
                if let Due::GoOn(keys) = self.wedge.due(self.at) {
                    self.went_on.extend(keys);
                }
            }
            self.at += Duration::from_millis(ms % 10);
        }
    }

    #[test]
    fn what_is_typed_at_once_and_ended_is_read() {
        let mut keyboard = Keyboard::new();
        assert_eq!(keyboard.types("http://h/t/k7Qd\n", 12), ["http://h/t/k7Qd"]);
        // Shift comes before each capital, and some scanners end with a tab.
        assert_eq!(keyboard.types("\u{10}A\u{10}B1234\u{f700}5\t", 5), ["AB12345"]);
        assert!(keyboard.types("\n", 5).is_empty(), "nothing is read twice");
        keyboard.passes(1_000);
        assert_eq!(keyboard.went_on, "\u{10}\u{10}\u{f700}\n", "no key of a code goes on");
    }

    #[test]
    fn a_key_of_a_person_goes_on_after_a_moment_and_in_turn() {
        let mut keyboard = Keyboard::new();
        assert!(keyboard.types("1", 300).is_empty());
        keyboard.passes(50);
        assert_eq!(keyboard.went_on, "");
        keyboard.passes(10);
        assert_eq!(keyboard.went_on, "1", "after {HOLD:?}");
        // Two fingers at once, and Enter behind them.
        assert!(keyboard.types("23\n", 20).is_empty());
        keyboard.passes(100);
        assert_eq!(keyboard.went_on, "123\n");
        // The space of who presses the button with the focus.
        keyboard.types(" ", 500);
        assert_eq!(keyboard.went_on, "123\n ");
    }

    #[test]
    fn a_person_is_no_scanner() {
        for apart_ms in [300, 200, 120, 80] {
            let mut keyboard = Keyboard::new();
            assert!(keyboard.types("12345678\n", apart_ms).is_empty(), "{apart_ms} ms");
            keyboard.passes(100);
            assert_eq!(keyboard.went_on, "12345678\n", "{apart_ms} ms");
        }
        let mut keyboard = Keyboard::new();
        assert!(keyboard.types("12345\n", 10).is_empty(), "no code is so short");
        keyboard.passes(100);
        assert_eq!(keyboard.went_on, "12345\n");
        // Keys pressed long before are not part of what is read.
        keyboard.types("99", 300);
        keyboard.passes(1_000);
        assert_eq!(keyboard.types("12345678\n", 10), ["12345678"]);
    }

    #[test]
    fn a_screen_that_is_drawn_meanwhile_tears_no_code_apart() {
        let mut keyboard = Keyboard::new();
        assert!(keyboard.types("1", 300).is_empty());
        // Nothing was asked for so long; the next keys waited meanwhile.
        keyboard.at += Duration::from_millis(150);
        assert_eq!(keyboard.wedge.due(keyboard.at), Due::NotYet);
        assert_eq!(keyboard.types("2345678\n", 1), ["12345678"]);
        keyboard.passes(1_000);
        assert_eq!(keyboard.went_on, "");
    }

    #[test]
    fn a_code_without_an_end_is_nobodys() {
        let mut keyboard = Keyboard::new();
        assert!(keyboard.types("6901234567892", 5).is_empty());
        keyboard.passes(1_000);
        assert_eq!(keyboard.went_on, "");
    }

    #[test]
    fn a_flood_is_not_kept() {
        let mut keyboard = Keyboard::new();
        assert!(keyboard.types(&"7".repeat(100_000), 1).is_empty());
        assert!(keyboard.wedge.typed.len() <= CHARS_MAX + 1);
        assert!(keyboard.wedge.held.len() <= CHARS_MIN);
        keyboard.types("\n", 1);
        keyboard.passes(1_000);
        assert_eq!(keyboard.went_on, "\n");
    }
}
