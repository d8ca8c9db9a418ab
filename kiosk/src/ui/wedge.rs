//! A scanner that is a keyboard (keyboard wedge): it types what it read
//! faster than anybody could, and then the key that ends a line.

use std::time::{Duration, Instant};

/// The longest pause within what a scanner types. A scanner takes a few
/// milliseconds a key, but the screen may be drawn in between.
const PAUSE_MAX: Duration = Duration::from_millis(250);

/// Fewer characters than any code has are a person's.
const CHARS_MIN: usize = 6;

/// More than any code has; what comes further is no code.
const CHARS_MAX: usize = 512;

/// What was typed so far without a pause.
#[derive(Debug, Default)]
pub(super) struct Wedge {
    typed: String,
    last: Option<Instant>,
}

impl Wedge {
    /// A key went down: its character, or a control character. What was
    /// read, once it is complete.
    pub(super) fn hears(&mut self, key: &str, at: Instant) -> Option<String> {
        let paused = self.last.is_none_or(|last| at.duration_since(last) > PAUSE_MAX);
        if paused {
            self.typed.clear();
        }
        let mut chars = key.chars();
        let (Some(key), None) = (chars.next(), chars.next()) else { return None };
        if key == '\n' || key == '\r' || key == '\t' {
            let read = std::mem::take(&mut self.typed);
            self.last = None;
            let length = read.chars().count();
            return (CHARS_MIN..=CHARS_MAX).contains(&length).then_some(read);
        }
        // Shift and its like come as keys of their own.
        if !key.is_control() && !('\u{e000}'..='\u{f8ff}').contains(&key) {
            if self.typed.len() <= CHARS_MAX {
                self.typed.push(key);
            }
            self.last = Some(at);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Types keys so many milliseconds apart; what was read at last.
    fn typed(wedge: &mut Wedge, at: &mut Instant, keys: &str, apart_ms: u64) -> Option<String> {
        let mut read = None;
        for key in keys.chars() {
            *at += Duration::from_millis(apart_ms);
            read = wedge.hears(&key.to_string(), *at);
        }
        read
    }

    #[test]
    fn what_is_typed_at_once_and_ended_is_read() {
        let (mut wedge, mut at) = (Wedge::default(), appliance::monotonic());
        let read = typed(&mut wedge, &mut at, "http://h/t/k7Qd\n", 12);
        assert_eq!(read.as_deref(), Some("http://h/t/k7Qd"));
        // Shift comes before each capital, and some scanners end with a tab.
        let read = typed(&mut wedge, &mut at, "\u{10}A\u{10}B1234\u{f700}5\t", 5);
        assert_eq!(read.as_deref(), Some("AB12345"));
        assert_eq!(typed(&mut wedge, &mut at, "\n", 5), None, "nothing is read twice");
    }

    #[test]
    fn a_person_is_no_scanner() {
        let (mut wedge, mut at) = (Wedge::default(), appliance::monotonic());
        assert_eq!(typed(&mut wedge, &mut at, "12345678\n", 300), None);
        assert_eq!(typed(&mut wedge, &mut at, "12345\n", 10), None);
        // Keys pressed long before are not part of what is read.
        assert_eq!(typed(&mut wedge, &mut at, "99", 300), None);
        at += Duration::from_secs(1);
        assert_eq!(typed(&mut wedge, &mut at, "12345678\n", 10).as_deref(), Some("12345678"));
    }

    #[test]
    fn a_flood_is_not_kept() {
        let (mut wedge, mut at) = (Wedge::default(), appliance::monotonic());
        assert_eq!(typed(&mut wedge, &mut at, &"7".repeat(100_000), 1), None);
        assert!(wedge.typed.len() <= CHARS_MAX + 1);
        assert_eq!(typed(&mut wedge, &mut at, "\n", 1), None);
    }
}
