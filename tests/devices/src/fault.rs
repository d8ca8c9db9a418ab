//! What can go wrong with the emulated printer, on demand.

use std::str::FromStr;

use thiserror::Error;

/// A fault and when it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The roll is at its end: nothing moves until it is cleared.
    NoPaper(Moment),
    /// The cover is open: nothing moves until it is cleared.
    CoverOpen(Moment),
    /// The roll is near its end; it prints.
    PaperNearEnd,
    /// It prints and never says a word.
    NoAnswer,
    /// It takes no byte any more.
    Stall(Moment),
    /// The cable is out until it is cleared; what is under way is lost.
    Unplug(Moment),
}

/// When a fault begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// At once.
    Now,
    /// Before the byte at this offset of a receipt.
    AtByte(usize),
}

/// A text that names no fault.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "`{0}` is no fault: no-paper, cover-open, paper-near-end, no-answer, stall or unplug, \
     each but the third and fourth with `@BYTE` if wanted"
)]
pub struct BadFault(String);

impl FromStr for Fault {
    type Err = BadFault;

    fn from_str(text: &str) -> Result<Self, BadFault> {
        let bad = || BadFault(text.to_owned());
        let (name, moment) = match text.split_once('@') {
            None => (text, Moment::Now),
            Some((name, byte)) => (name, Moment::AtByte(byte.parse().map_err(|_| bad())?)),
        };
        match (name, moment) {
            ("no-paper", at) => Ok(Self::NoPaper(at)),
            ("cover-open", at) => Ok(Self::CoverOpen(at)),
            ("stall", at) => Ok(Self::Stall(at)),
            ("unplug", at) => Ok(Self::Unplug(at)),
            ("paper-near-end", Moment::Now) => Ok(Self::PaperNearEnd),
            ("no-answer", Moment::Now) => Ok(Self::NoAnswer),
            _ => Err(bad()),
        }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (name, moment) = match *self {
            Self::NoPaper(at) => ("no-paper", at),
            Self::CoverOpen(at) => ("cover-open", at),
            Self::PaperNearEnd => ("paper-near-end", Moment::Now),
            Self::NoAnswer => ("no-answer", Moment::Now),
            Self::Stall(at) => ("stall", at),
            Self::Unplug(at) => ("unplug", at),
        };
        match moment {
            Moment::Now => f.write_str(name),
            Moment::AtByte(byte) => write!(f, "{name}@{byte}"),
        }
    }
}

impl Fault {
    /// When it begins.
    pub(crate) fn moment(self) -> Moment {
        match self {
            Self::NoPaper(at) | Self::CoverOpen(at) | Self::Stall(at) | Self::Unplug(at) => at,
            Self::PaperNearEnd | Self::NoAnswer => Moment::Now,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_reads_back_as_it_was_written() {
        for text in
            ["no-paper", "cover-open@3", "paper-near-end", "no-answer", "stall@120", "unplug"]
        {
            assert_eq!(text.parse::<Fault>().unwrap().to_string(), text);
        }
        for text in ["", "fire", "stall@", "no-answer@3"] {
            assert!(text.parse::<Fault>().is_err(), "{text}");
        }
    }
}
