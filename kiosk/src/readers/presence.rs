//! Whether a reader is there, told to the operator when it changes and
//! not each time it is looked for.

use crate::readers::SerialAddress;

/// What was told last.
#[derive(Debug)]
pub(super) struct Presence {
    what: &'static str,
    address: String,
    told: Option<Told>,
}

#[derive(Debug, PartialEq, Eq)]
enum Told {
    There,
    /// With the cause.
    Away(String),
}

impl Presence {
    /// Of a reader that was not looked for yet.
    pub(super) fn new(what: &'static str, address: &SerialAddress) -> Presence {
        Presence { what, address: address.to_string(), told: None }
    }

    /// It answers; whether that is news.
    pub(super) fn there(&mut self) -> bool {
        let news = self.changes(Told::There);
        if news {
            tracing::info!(reader = self.what, at = self.address, "the reader is there");
        }
        news
    }

    /// It does not, and why; whether that is news.
    pub(super) fn away(&mut self, cause: &str) -> bool {
        let was_away = matches!(self.told, Some(Told::Away(_)));
        if self.changes(Told::Away(cause.to_owned())) {
            tracing::warn!(
                reader = self.what,
                at = self.address,
                cause,
                "the reader is away; it is looked for until it is back"
            );
        }
        !was_away
    }

    fn changes(&mut self, now: Told) -> bool {
        let news = self.told.as_ref() != Some(&now);
        self.told = Some(now);
        news
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_on_is_told_once() {
        let address = SerialAddress { path: "/dev/ttyUSB1".into(), baud: 9_600 };
        let mut presence = Presence::new("scanner", &address);
        assert!(presence.away("no such file") && !presence.away("no such file"));
        assert!(!presence.away("permission denied"), "away is away");
        assert!(presence.there() && !presence.there());
        assert!(presence.away("permission denied"));
    }
}
